"""Whatever an RDF file holds, reading, checking, loading and querying it end with findings or with one line."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

ROUNDS = int(os.environ.get("RAD2SKOS_FUZZ_ROUNDS", "200"))
"""Files of each syntax; for a longer run, RAD2SKOS_FUZZ_ROUNDS=20000 pytest tests/test_rdf_fuzz.py."""
SYNTAXES: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
PIECES: Final = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        *("\0", "\ud800", "<", ">", '"', "'''", '"""', "_:", "[]", "(", ")", "{", "}", "null", "1e999", "#", "\n" * 50),
        *("@base <x:> .", "@prefix : <> .", "@id", "@context", "@version '1.2'", "--ltr", "@en-" + "x" * 300),
        *(
            "\\u0000",
            "\\uD800",
            "&lt;",
            "&a;",
            "<!DOCTYPE x [<!ENTITY a 'b'>]>",
            "<?xml version='1.1'?>",
            "xml:lang='--'",
        ),
        *(
            "rdf:parseType='Literal'",
            "rdf:nodeID='x'",
            "<http://[>",
            "<a:" + "x" * 3000 + ">",
            "<< :a :b :c >>",
            "{| |}",
        ),
        *("a skos:ConceptScheme;", "a skos:Concept;", "skos:memberList", "rdf:rest", "rdf:first", "\u202e", "\x1b[2J"),
    )
)
COMMANDS: Final = (
    ("validate", "{}", "--verbose"),
    ("validate", "{}", "--report", "github", "--for", "skosmos"),
    ("validate", "{}", "--fix", "redundant-broader"),
    ("load", "{}", "--to", "store"),
    ("query", "differentials", "Osteoporosis", "--on", "{}"),
)


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Return data with pieces inserted, cut out, repeated, or a byte changed."""
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        way, start = chance.random(), chance.randrange(len(data) + 1)
        if way < 0.4:
            data = data[:start] + chance.choice(PIECES) + data[start:]
        elif way < 0.6:
            data = data[:start] + data[start + chance.randrange(1, 60) :]
        elif way < 0.8:
            other = chance.randrange(len(data) + 1)
            data = data[:start] + data[other : other + chance.randrange(1, 200)] + data[start:]
        else:
            data = data[:start] + bytes([chance.randrange(256)]) + data[start + 1 :]
    return data


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_no_file_breaks_a_command(suffix: str, root: Path, run: Callable[..., Result], tmp_path: Path) -> None:
    turtle = (root / "output" / "concepts.ttl").read_bytes()[:6_000].rpartition(b" .\n")
    quads = [quad.triple for quad in ox.parse(turtle[0] + turtle[1], format=ox.RdfFormat.TURTLE)]
    sound = ox.serialize(quads, format=SYNTAXES[suffix])
    assert sound is not None
    for seed in range(ROUNDS):
        chance = random.Random(seed)  # noqa: S311 - no secret
        file = tmp_path / f"vocabulary{suffix}"
        file.write_bytes(mutate(sound, chance))
        command = [part.format(file) for part in chance.choice(COMMANDS)]
        result = run(*command)
        assert result.exception is None or isinstance(result.exception, SystemExit), f"seed {seed}: {command}"
        assert result.exit_code in (0, 1, 2)
        if result.exit_code == 2:
            assert result.output.count("\n") == 1, result.output
