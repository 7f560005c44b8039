"""What becomes of identifiers that are gone or in doubt, and the dates: vaults in git, exported again and again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from history import History, iri_of, iris

from skosify_rad.concepts.moved_folders import find_moved
from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import DCT, OWL, RDF, SKOS, XSD
from skosify_rad.model.statements import Literal

if TYPE_CHECKING:
    from pathlib import Path

    from skosify_rad.pipeline import Export

NOTES = {
    "Bone/Fibrous dysplasia.md": """\
---
aliases: [Jaffe disease]
---
Fibrous dysplasia is a disorder of bone maturation.

## Types
- Monostotic
- Polyostotic

## Imaging
Ground glass matrix.
Endosteal scalloping.
Shepherd crook deformity.
""",
    "Bone/Simple bone cyst.md": """\
---
permalink: /bone/simple-cyst/
---
Simple bone cyst is a fluid filled cavity.

## Differential diagnosis
- [[Fibrous dysplasia]]: ground glass
- [[Brodie abscess]]: sclerotic rim
- [[Old fracture]]
""",
    "Bone/Brodie abscess.md": "Brodie abscess is subacute osteomyelitis.\n\nRim of sclerosis.\nTract to the physis.\n",
}


@pytest.fixture
def history(tmp_path: Path) -> History:
    vault = History(tmp_path / "vault", tmp_path / "out")
    vault.root.mkdir()
    vault.git("init", "-q")
    for path, text in NOTES.items():
        vault.put(path, text)
    return vault


def test_what_is_gone_is_exported_as_it_was_last_published(history: History) -> None:
    text = "---\naliases: [Brodie disease]\n---\nBrodie abscess is a form of subacute osteomyelitis.\n"
    history.put("Bone/Brodie abscess.md", text)
    history.edit("Bone/Simple bone cyst.md", "- [[Brodie abscess]]: sclerotic rim\n", "")
    gone = history.published()["Bone/Brodie abscess.md"]
    history.drop("Bone/Brodie abscess.md")
    for graph in (history.export().graph, history.export().graph):
        assert graph.objects(gone, SKOS.altLabel) == (Literal("Brodie disease", "en"),)
        assert graph.objects(gone, SKOS.definition) == (
            Literal("Brodie abscess is a form of subacute osteomyelitis.", "en"),
        )
        assert graph.objects(gone, SKOS.changeNote) == (Literal("Deprecated: no note names it any more.", "en"),)
        assert graph.objects(gone, DCT.created) == graph.objects(gone, DCT.modified) == ()


def test_dates_are_those_of_the_release_that_brought_the_change(history: History) -> None:
    def dates(export: Export, iri: str) -> tuple[str, ...]:
        terms = (*export.graph.objects(iri, DCT.created), *export.graph.objects(iri, DCT.modified))
        return tuple(term.value for term in terms if isinstance(term, Literal))

    cyst, abscess = "Bone/Simple bone cyst.md", "Bone/Brodie abscess.md"
    found = history.published()
    assert dates(history.export(), found[cyst]) == ()
    assert dates(history.export("2026-01-01"), found[cyst]) == ("2026-01-01", "2026-01-01")
    assert dates(history.export("2026-02-02"), found[cyst]) == ("2026-01-01", "2026-01-01")
    history.edit(cyst, "fluid filled", "serous")
    history.drop(abscess)
    history.edit(cyst, "- [[Brodie abscess]]: sclerotic rim\n", "")
    assert dates(history.export(), found[cyst]) == ("2026-01-01",)
    export = history.export("2026-03-03")
    assert dates(export, found[cyst]) == ("2026-01-01", "2026-03-03")
    assert dates(export, found[abscess]) == ("2026-01-01", "2026-03-03")
    assert export.graph.objects(found[abscess], SKOS.changeNote) == (
        Literal("Deprecated on 2026-03-03: no note names it any more.", "en"),
    )
    later = history.export("2026-04-04")
    assert [dates(later, found[note]) for note in (cyst, abscess)] == [("2026-01-01", "2026-03-03")] * 2
    assert [dates(later, iri_of(later, "Monostotic fibrous dysplasia"))] == [("2026-01-01", "2026-01-01")]


def test_the_dates_of_a_note_take_precedence(history: History) -> None:
    history.edit("Bone/Brodie abscess.md", "Brodie", "---\ncreated: 2020-01-01\nupdated: 2020-02-02\n---\nBrodie")
    export = history.export("2026-01-01")
    iri = iris(export)["Bone/Brodie abscess.md"]
    assert export.graph.objects(iri, DCT.created) == (Literal("2020-01-01", "", XSD.date),)
    assert export.graph.objects(iri, DCT.modified) == (Literal("2020-02-02", "", XSD.date),)


def test_a_folder_that_is_gone_leaves_a_deprecated_collection(history: History) -> None:
    iri = "https://example.org/radiology/collection/folder/bone"
    assert history.export().graph.objects(iri, RDF.type) == (SKOS.Collection,)
    history.git("mv", "Bone", "Skeleton")
    graph = history.export().graph
    assert graph.objects(iri, RDF.type) == (SKOS.Collection,)
    assert graph.objects(iri, SKOS.prefLabel) == (Literal("Bone", "en"),)
    assert graph.objects(iri, OWL.deprecated) == (Literal("true", "", XSD.boolean),)
    assert graph.objects(iri, SKOS.member) == ()
    assert graph.objects(iri, DCT.isReplacedBy) == ("https://example.org/radiology/collection/folder/skeleton",)
    history.git("mv", "Skeleton", "Osseous")
    for _ in range(2):  # the second build changes nothing
        graph = history.export().graph
        assert graph.objects(iri, DCT.isReplacedBy) == ("https://example.org/radiology/collection/folder/osseous",)


@pytest.mark.parametrize(
    ("now", "replaced"),
    [
        ({"a": "x/f", "b": "x/f", "c": "x/f", "x/f": "x"}, {"o/f": ["x/f"], "o": ["x"]}),
        ({"a": "x", "b": "x", "c": "y"}, {"o/f": ["x", "y"], "o": []}),
        ({"a": "x", "d": "y"}, {"o/f": ["x"], "o": []}),
        ({}, {"o/f": [], "o": []}),
    ],
    ids=["renamed above", "split", "most are gone", "all are gone"],
)
def test_a_folder_is_replaced_by_what_holds_its_members(now: dict[str, str], replaced: dict[str, list[str]]) -> None:
    former = {"a": "o/f", "b": "o/f", "c": "o/f", "o/f": "o"}
    assert find_moved(former, now, ["o", "o/f"]) == replaced


def test_a_concept_named_after_a_note_keeps_its_iri_when_the_note_is_renamed(history: History) -> None:
    before = iri_of(history.export(), "Monostotic fibrous dysplasia")
    history.move("Bone/Fibrous dysplasia.md", "Bone/Fibro-osseous dysplasia.md")
    history.edit("Bone/Simple bone cyst.md", "[[Fibrous dysplasia]]", "[[Fibro-osseous dysplasia]]")
    export = history.export()
    assert iri_of(export, "Monostotic fibro-osseous dysplasia") == before
    assert len(export.graph.objects(iris(export)["Bone/Fibro-osseous dysplasia.md"], SKOS.narrower)) == 2


def possible_renames(export: Export) -> list[str]:
    return [d.place.path for d in export.diagnostics if d.rule.slug == "possible-rename"]


def publish_beside(history: History) -> tuple[str, str]:
    """Publish a note under a second name, then delete it; return both IRIs."""
    text = (history.root / "Bone/Brodie abscess.md").read_text(encoding="utf-8")
    history.put("Bone/Intraosseous abscess.md", text.replace("Brodie", "Intraosseous"))
    history.edit("Bone/Simple bone cyst.md", "- [[Brodie abscess]]: sclerotic rim\n", "")
    found = history.published()
    history.drop("Bone/Brodie abscess.md")
    return found["Bone/Brodie abscess.md"], found["Bone/Intraosseous abscess.md"]


def test_what_was_published_under_a_new_name_first_is_replaced_and_the_author_is_asked(history: History) -> None:
    old, new = publish_beside(history)
    for export in (history.export(), history.export()):
        assert export.graph.objects(old, DCT.isReplacedBy) == (new,)
        assert possible_renames(export) == ["Bone/Intraosseous abscess.md"]
    history.edit("Bone/Intraosseous abscess.md", "Intraosseous", "---\naliases: [Brodie abscess]\n---\nIntraosseous")
    export = history.export()
    assert export.graph.objects(old, DCT.isReplacedBy) == (new,)
    assert possible_renames(export) == []


def test_an_author_can_say_that_a_note_is_not_a_former_one(history: History) -> None:
    old, _ = publish_beside(history)
    history.export()
    comment = "%% rad2skos: ignore possible-rename -- a copy by mistake %%\n\nIntraosseous"
    history.edit("Bone/Intraosseous abscess.md", "Intraosseous", comment)
    export = history.export()
    assert export.graph.objects(old, OWL.deprecated)
    assert export.graph.objects(old, DCT.isReplacedBy) == ()
    assert possible_renames(export) == []


def test_a_note_of_a_template_does_not_take_the_identifier_of_another(history: History) -> None:
    template = "".join(f"- Question {n} of the template?\n" for n in range(20))
    for name in ("Alpha", "Beta", "Gamma"):
        history.put(f"Templ/{name} sign.md", f"{name} sign is seen in {name}.\n\n{template}")
    before = history.published()
    history.drop("Templ/Alpha sign.md")
    history.put("Templ/Delta sign.md", f"Delta sign is seen in delta.\n\n{template}")
    export = history.export()
    assert iris(export)["Templ/Delta sign.md"] not in before.values()
    assert export.graph.objects(before["Templ/Alpha sign.md"], DCT.isReplacedBy) == ()
    assert possible_renames(export) == []


def test_stubs_that_are_left_out_once_published_are_deprecated_until_they_are_back(history: History) -> None:
    without = replace(Config(), output=replace(Config().output, stubs="exclude"))
    with_stubs = history.export("2026-01-01")
    stub, other = iri_of(with_stubs, "Old fracture"), iri_of(with_stubs, "Polyostotic fibrous dysplasia")
    history.edit("Bone/Simple bone cyst.md", "- [[Old fracture]]", "- [[Old fracture]]\n- [[Unpublished lesion]]")
    for date in ("2026-02-02", "2026-03-03"):
        graph = history.export(date, without).graph
        assert set(with_stubs.graph.subjects) - set(graph.subjects) == set()
        for iri, label in ((stub, "Old fracture"), (other, "Polyostotic fibrous dysplasia")):
            assert graph.objects(iri, SKOS.prefLabel) == (Literal(label, "en"),)
            assert graph.objects(iri, OWL.deprecated) == (Literal("true", "", XSD.boolean),)
            assert graph.objects(iri, SKOS.changeNote) == (Literal("Deprecated on 2026-02-02: it has no note.", "en"),)
            assert graph.objects(iri, SKOS.broader) == graph.objects(iri, SKOS.related) == ()
        assert [s for s in graph.subjects if "unpublished" in s] == []
    back = history.export("2026-04-04").graph
    assert back.objects(stub, OWL.deprecated) == ()
    assert back.objects(stub, DCT.created) == (Literal("2026-01-01", "", XSD.date),)
    assert back.objects(other, SKOS.broader)
