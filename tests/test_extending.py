"""The steps of ARCHITECTURE.md, walked in a copy of the package: what is added takes effect everywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from skosify_rad.model.namespaces import RAD_NS

ROOT = Path(__file__).parent.parent
RECOGNISER = '''"""Eponyms: who a disease is named after -> rad:eponym."""

from skosify_rad.extraction.reader import Reader
from skosify_rad.language.spelling import fold
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Statement


def read_eponym(reader: Reader) -> None:
    """State who the subject is named after, where a label says so."""
    for node in reader.root.walk():
        name = node.body.text.strip()
        if fold(node.words) == "named after" and name:
            place = reader.place(node.block)
            reader.state(Statement(reader.subject, RAD.eponym, name, place, node.path, "eponym", name))
'''
PROPERTY = """    eponym: Final = _declare(
        OwnTerm(
            "eponym",
            "eponym",
            "The person whom the disease is named after.",
            SKOS.Concept,
            RDF.langString,
            many=True,
        )
    )
"""
TOY = '''"""A toy: one label a line."""

from collections.abc import Iterator
from typing import Final

from skosify_rad.graph.graph import Graph
from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.statements import Literal
from skosify_rad.outputs.output_format import Output


def write_toy(graph: Graph, config: Config) -> Iterator[bytes]:
    """Yield the preferred labels, sorted."""
    del config
    labels = (term for iri in graph.subjects for term in graph.objects(iri, SKOS.prefLabel))
    yield from sorted(f"{label.value}\\n".encode() for label in labels if isinstance(label, Literal))


TOY: Final = Output("toy", ".toy", "text/plain", write_toy, is_rdf=False)
'''


class Copy:
    """A copy of the package, to which things are added."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        shutil.copytree(ROOT / "skosify_rad", folder / "skosify_rad", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "shapes", folder / "shapes")
        (folder / "vault").mkdir()

    def write(self, path: str, text: str) -> None:
        """Add a file to the package."""
        file = self._folder / "skosify_rad" / path
        assert not file.exists()
        file.write_text(text, encoding="utf-8")

    def insert(self, path: str, before: str, text: str) -> None:
        """Insert text into a file of the package, before words that stand there once."""
        file = self._folder / "skosify_rad" / path
        old = file.read_text(encoding="utf-8")
        assert old.count(before) == 1, f"{path}: {before!r}"
        file.write_text(old.replace(before, text + before), encoding="utf-8")

    def note(self, name: str, text: str) -> None:
        """Write a note of the vault."""
        (self._folder / "vault" / name).write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        """Return a file of the export."""
        return (self._folder / "out" / name).read_text(encoding="utf-8")

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run the copy's command, and return what it prints."""
        return self.python("-m", "skosify_rad", *arguments, code=code)

    def python(self, *arguments: str, code: int = 0) -> str:
        """Run Python with the copy, and return what it prints."""
        command = [sys.executable, *arguments]
        environment = {**os.environ, "PYTHONPATH": str(self._folder), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            command, cwd=self._folder, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def test_a_recogniser_with_a_property_of_our_own(copy: Copy) -> None:
    copy.insert("model/ontology.py", "    note: Final = _declare(", PROPERTY)
    copy.write("extraction/eponyms.py", RECOGNISER)
    line = "from skosify_rad.extraction.front_matter import"
    copy.insert("extraction/recognisers.py", line, "from skosify_rad.extraction.eponyms import read_eponym\n")
    copy.insert("extraction/recognisers.py", '"front-matter", "definition"', '"eponym", ')
    copy.insert("extraction/recognisers.py", "        read_synonyms(reader)\n", "        read_eponym(reader)\n")
    copy.write("docs/sections/eponym.md", "# eponym: who it is named after\n")
    copy.note("Perthes disease.md", "A necrosis of the femoral head.\n\n**Named after:** Georg Perthes\n")
    copy.run("build", "vault", "--out", "out")
    turtle, context = copy.read("concepts.ttl"), json.loads(copy.read("concepts.jsonld"))
    assert 'rad:eponym "Georg Perthes"@en' in turtle
    assert turtle.index("skos:inScheme") < turtle.index("rad:eponym") < turtle.index("rad:note")
    assert context["@context"]["eponym"] == {"@id": RAD_NS + "eponym", "@container": ["@language", "@set"]}
    (concept,) = [node for node in context["@graph"] if node.get("eponym")]
    assert concept["eponym"] == {"en": ["Georg Perthes"]}
    declared = ox.parse(copy.read("ontology.ttl"), format=ox.RdfFormat.TURTLE)
    assert "The person whom the disease is named after." in [getattr(quad.object, "value", "") for quad in declared]
    assert "## rad:eponym\n\nThe person" in copy.run("explain", "vocabulary")
    assert '"rule":"eponym"' in copy.read("evidence.jsonl")
    assert copy.run("explain", "eponym").startswith("# eponym")
    assert "(eponym)" in copy.run("explain", "Perthes disease", "--vault", "vault")


def test_an_output_format(copy: Copy) -> None:
    copy.write("outputs/toy.py", TOY)
    line = "from skosify_rad.outputs.trig import TRIG\n"
    copy.insert("outputs/__init__.py", line, "from skosify_rad.outputs.toy import TOY\n")
    copy.insert("outputs/__init__.py", "CSV)\n", "TOY, ")
    copy.write("docs/outputs/toy.md", "# Toy\n")
    copy.note("Gout.md", "A disease of joints.\n")
    copy.run("build", "vault", "--out", "out", "--format", "toy,csv")
    assert "Gout\n" in copy.read("concepts.toy")
    assert copy.read("concepts.csv").startswith('"id"')
    assert "toy, csv" in copy.run("build", "vault", "--format", "none", code=2)
    assert "unknown format" in copy.run("load", "out/concepts.toy", "--to", "store", code=2)
    copy.run("build", "vault", "--out", "out", "--format", "toy,turtle")
    copy.run("load", "out", "--to", "store")
    known = "from skosify_rad.outputs import RDF_OUTPUTS; print(*(output.name for output in RDF_OUTPUTS))"
    names = copy.python("-c", known).split()  # what the RDF tests go through
    assert "turtle" in names
    assert not {"toy", "csv"} & set(names)


def test_a_heading_word(copy: Copy) -> None:
    copy.note("Marrow disease.md", "## Morphotypes\n- Adipose osteoma\n- Myeloid sarcoma\n")
    copy.run("build", "vault", "--out", "out")
    assert "skos:narrower" not in copy.read("concepts.ttl")
    copy.insert("extraction/words.py", "classification subclassification variety", "morphotype ")
    copy.run("build", "vault", "--out", "out")
    assert copy.read("concepts.ttl").count("skos:broader") == 2
