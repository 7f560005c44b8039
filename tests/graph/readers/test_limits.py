"""Hostile RDF files end in one clear line, in bounded time and memory."""

from __future__ import annotations

import bz2
import gzip
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from skosify_rad.graph.readers import read_vocabulary
from skosify_rad.graph.readers.limits import MAX_ENTITY, MAX_LITERAL, MAX_NESTING, check_limits
from skosify_rad.model.diagnostics import InputError
from skosify_rad.model.namespaces import SKOS
from skosify_rad.stores.exports import read_export

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACES = f'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="{SKOS.NS}"'


def rdfxml(declarations: str, label: str) -> str:
    concept = f'<s:Concept rdf:about="http://e/a"><s:prefLabel>{label}</s:prefLabel></s:Concept>'
    return f'<?xml version="1.0"?><!DOCTYPE rdf:RDF [{declarations}]><rdf:RDF {NAMESPACES}>{concept}</rdf:RDF>'


BILLION = '<!ENTITY a0 "lollollol">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
HOSTILE = {
    "deep.jsonld": ('{"http://e/p":' * 4_000 + '"x"' + "}" * 4_000, "nested more than 200 deep"),
    "deep-array.jsonld": (
        '{"@id":"http://e/\\\\\\"[","http://e/p":' + "[" * 4_000 + "]" * 4_000 + "}",
        "nested more than",
    ),
    "billion.rdf": (rdfxml(BILLION, "&a9;"), "XML entity a3 is longer than 10,000 bytes"),
    "quadratic.rdf": (rdfxml(f'<!ENTITY a "{"x" * 9_000}">', "&a;" * 20_000), "XML entities expand to more"),
    "single.rdf": (rdfxml(f"<!ENTITY a '{'x' * 100_000}'>", "&a;"), "XML entity a is longer"),
    "loop.rdf": (rdfxml('<!ENTITY a "&b;"><!ENTITY b "&a;">', "&a;"), "uses one that is declared after it"),
    "parameter.rdf": (rdfxml('<!ENTITY % p "x">', "x"), "declaration is not understood"),
    "literal.ttl": (f'<http://e/a> <{SKOS.prefLabel}> "{"x" * (MAX_LITERAL + 1)}" .', "literal is longer than"),
    "buffer.ttl": (f'<http://e/a> <{SKOS.prefLabel}> "{"x" * (17 << 20)}" .', "Too large for the parser"),
    "literal.rdf": (rdfxml("", "x" * (MAX_LITERAL + 1)), "literal is longer than"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_finding(tmp_path: Path, name: str) -> None:
    text, words = HOSTILE[name]
    (tmp_path / name).write_text(text)
    found = read_vocabulary([str(tmp_path / name)]).diagnostics
    assert [d.rule.slug for d in found] == ["unreadable-file"]
    assert words in found[0].message
    assert len(found[0].message) < 300


@pytest.mark.parametrize("name", ["deep.jsonld", "billion.rdf", "quadratic.rdf", "buffer.ttl"])
def test_load_has_the_same_limits(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(HOSTILE[name][0])
    with pytest.raises(InputError) as caught:
        read_export(tmp_path / name)
    assert len(str(caught.value)) < 400


def test_what_people_write_is_within_the_limits() -> None:
    check_limits(('{"a":' * MAX_NESTING + "1" + "}" * MAX_NESTING).encode(), "JSON_LD")
    check_limits(('{"a":"' + "[{" * 5_000 + '\\""}').encode(), "JSON_LD")  # brackets in a string
    namespaces = f'<!ENTITY skos "{SKOS.NS}"><!ENTITY x "{"x" * (MAX_ENTITY - 50)}"><!ENTITY y "&skos;core">'
    check_limits(rdfxml(namespaces, "&skos;" * 100_000 + "&x;&amp;&y;").encode(), "RDF_XML")


@pytest.mark.parametrize("suffix", [".gz", ".bz2"])
def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bomb.ttl{suffix}"
    with (gzip.open if suffix == ".gz" else bz2.open)(path, "wb") as file:
        for _ in range(70):
            file.write(b" " * (1 << 20))
    with pytest.raises(InputError, match="larger than the limit"):
        read_vocabulary([str(path)])


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "v.ttl")
    with pytest.raises(InputError, match="not a regular file"):
        read_vocabulary([str(tmp_path / "v.ttl")])


@pytest.mark.parametrize("shape", ["clique", "chain"])
def test_many_findings_take_linear_time(tmp_path: Path, shape: str) -> None:
    names = range(150)
    text = f"@prefix s: <{SKOS.NS}> . @prefix e: <http://e/> .\n"
    if shape == "clique":
        text += "".join(f"e:c{i} a s:Concept ; s:exactMatch {', '.join(f'e:c{j}' for j in names)} .\n" for i in names)
    else:
        text += "e:a s:related " + "[ s:related " * 8_000 + "e:b" + "]" * 8_000 + " ."
    path = tmp_path / "v.ttl"
    path.write_text(text)
    command = [sys.executable, "-m", "skosify_rad", "validate", str(path)]
    ended = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert ended.returncode in (0, 1)
    assert ended.stderr == b""
