"""What must hold for every corpus, whatever the figures: evidence, names of their own, the same bytes every time."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from quality.corpora import COMMITTED, Corpus

from skosify_rad import pipeline
from skosify_rad.concepts.head_nouns import RULE
from skosify_rad.graph.graph import evidence_of
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Place
from skosify_rad.model.namespaces import RDF, SKOS
from skosify_rad.model.statements import Literal
from skosify_rad.outputs import find_output, render_evidence
from skosify_rad.outputs.evidence import select_evidence
from skosify_rad.vault.notes import read_vault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skosify_rad.model.diagnostics import Diagnostic
    from skosify_rad.model.statements import Evidence, Triple
    from skosify_rad.pipeline import Export
    from skosify_rad.vault.notes import Vault

RELATIONS = (SKOS.narrower, SKOS.broader, SKOS.related)
WORD = re.compile(r"\w+")
NOWHERE = Path("no register lies here")
LEAST = 20
"""Relations and names of the smallest corpus."""

every_corpus = pytest.mark.parametrize("corpus", COMMITTED, ids=lambda corpus: corpus.name)


@cache
def export_of(corpus: Corpus) -> Export:
    return pipeline.build(corpus.vault, Config(), out=NOWHERE)


def rendered(export: Export) -> tuple[bytes, bytes, list[Diagnostic]]:
    turtle = find_output("turtle").render(export.graph, Config())
    return turtle, render_evidence(export.sources), list(export.diagnostics)


def relations(export: Export) -> list[Triple]:
    return [triple for triple in export.graph if triple.predicate in RELATIONS]


def lines_of(export: Export) -> dict[str, list[str]]:
    root = export.vault.root
    return {n.path: (root / n.path).read_text(encoding="utf-8-sig").split("\n") for n in export.vault.notes}


@every_corpus
def test_every_line_of_evidence_is_in_the_graph(corpus: Corpus) -> None:
    export = export_of(corpus)
    stated = [triple for triple, _ in select_evidence(export.sources)]
    assert len(stated) > LEAST
    missing = [t for t in stated if t.object not in export.graph.objects(t.subject, t.predicate)]
    assert missing == []


@every_corpus
def test_every_relation_has_evidence(corpus: Corpus) -> None:
    export = export_of(corpus)
    found = relations(export)
    assert len(found) > LEAST
    assert [triple for triple in found if not evidence_of(export.sources, triple)] == []


@every_corpus
def test_evidence_stands_at_a_place_that_exists(corpus: Corpus) -> None:
    """In a note; for the collection of a folder it is the folder, for a subtype inferred from names the vault."""
    export = export_of(corpus)
    lines = lines_of(export)
    folders = {"/".join(note.folders[:n]) for note in export.vault.notes for n in range(1, len(note.folders) + 1)}
    found = [evidence for _, evidence in select_evidence(export.sources)]
    assert all(evidence.place == Place(".") for evidence in found if evidence.rule == RULE)
    places = {evidence.place for evidence in found if evidence.rule != RULE}
    nowhere = [
        place
        for place in sorted(places)
        if place not in {Place(folder) for folder in folders}
        and not (
            1 <= place.line <= len(lines.get(place.path, ()))
            and 1 <= place.column <= len(lines[place.path][place.line - 1]) + 1
        )
    ]
    assert nowhere == []


def evidence_of_relations(export: Export) -> Iterator[Evidence]:
    for triple in relations(export):
        yield from evidence_of(export.sources, triple)


@every_corpus
def test_the_words_of_the_evidence_stand_on_its_line(corpus: Corpus) -> None:
    """Every word is on the line, its markup left out, or a name starts there and goes on in the next line.

    A comparison may be said by the note's own title.
    """
    export = export_of(corpus)
    lines = lines_of(export)
    titles = {note.path: note.title.casefold() for note in export.vault.notes}
    for evidence in evidence_of_relations(export):
        if evidence.rule == RULE:
            continue  # inferred from names, stated nowhere
        path, line, _ = evidence.place
        words = WORD.findall(evidence.written.casefold())
        assert words
        text, more = (one.casefold().replace("**", "") for one in (lines[path] + [""])[line - 1 : line + 1])
        whole = f"{text} {more}" if words[0] in text else text  # stars: `**T**rauma` of a mnemonic
        assert all(word in whole for word in words) or all(word in titles[path] for word in words), evidence


@every_corpus
def test_no_two_concepts_share_a_label(corpus: Corpus) -> None:
    owners: dict[str, str] = {}
    for subject, properties in export_of(corpus).graph.subjects.items():
        if SKOS.Concept not in properties.get(RDF.type, ()):
            continue
        terms = [term for predicate in (SKOS.prefLabel, SKOS.altLabel) for term in properties.get(predicate, ())]
        for term in terms:
            assert isinstance(term, Literal)
            assert owners.setdefault(term.value.casefold(), subject) == subject, term.value
    assert len(owners) > LEAST


@every_corpus
@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_notes_does_not_matter(corpus: Corpus, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = rendered(export_of(corpus))

    def read_shuffled(root: Path, config: Config) -> tuple[Vault, list[Diagnostic]]:
        vault, found = read_vault(root, config)
        notes = random.Random(seed).sample(vault.notes, len(vault.notes))  # noqa: S311 - a shuffle, no secret
        assert tuple(notes) != vault.notes
        return replace(vault, notes=tuple(notes)), found

    monkeypatch.setattr("skosify_rad.pipeline.read_vault", read_shuffled)
    assert rendered(pipeline.build(corpus.vault, Config(), out=NOWHERE)) == expected


def test_the_hash_seed_does_not_matter(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from skosify_rad import build
from skosify_rad import write
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Place
for vault in map(Path, sys.argv[2:]):
    out = Path(sys.argv[1]) / vault.parent.name
    write(build(vault, Config(), out=out), out, Config())
"""
    exports = []
    for seed in ("0", "1"):
        command = [sys.executable, "-c", script, str(tmp_path / seed), *(str(c.vault) for c in COMMITTED)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        files = sorted(path for path in (tmp_path / seed).rglob("*") if path.is_file())
        exports.append({path.relative_to(tmp_path / seed): path.read_bytes() for path in files})
    assert len(exports[0]) > 4 * len(COMMITTED)
    assert exports[0].keys() == exports[1].keys()
    assert [str(name) for name in exports[0] if exports[0][name] != exports[1][name]] == []
