"""What is published stays: vaults with a history of moves, in git, exported again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from history import History, iri_of, iris

from skosify_rad import pipeline
from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import ADMS, DCT, OWL, RDF, SKOS
from skosify_rad.model.statements import Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]

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


def test_a_folder_that_moves_moves_no_iri(history: History) -> None:
    before = history.published()
    assert len(before) == len(NOTES)
    history.git("mv", "Bone", "Musculoskeletal")
    history.commit("Rename the folder")
    after = history.published()
    assert sorted(after.values()) == sorted(before.values())
    assert after["Musculoskeletal/Brodie abscess.md"] == before["Bone/Brodie abscess.md"]


@pytest.mark.parametrize(
    "path", ["Bone/Bone cyst (simple) of childhood.md", "Cystic/Unicameral cyst.md", "UBC.md", "骨嚢胞.md"]
)
@pytest.mark.parametrize("source", sorted(NOTES))
def test_a_note_renamed_and_moved_keeps_its_iri(history: History, source: str, path: str) -> None:
    before = history.published()
    history.move(source, path)
    after = history.published()
    assert after.pop(path) == before.pop(source)
    assert after == before


def test_a_note_renamed_moved_and_edited_keeps_its_iri(history: History) -> None:
    before = history.published()
    history.edit("Bone/Fibrous dysplasia.md", "Shepherd crook deformity", "Bowing of the femur")
    history.edit("Bone/Fibrous dysplasia.md", "aliases: [Jaffe disease]", "tags: [bone]")
    history.move("Bone/Fibrous dysplasia.md", "Fibro-osseous/Fibro-osseous dysplasia.md")
    after = history.published()
    assert after["Fibro-osseous/Fibro-osseous dysplasia.md"] == before["Bone/Fibrous dysplasia.md"]


def test_a_note_rewritten_under_a_new_name_keeps_its_iri_by_its_old_name(history: History) -> None:
    before = history.published()
    history.drop("Bone/Brodie abscess.md")
    history.put("Subacute osteomyelitis.md", "---\naliases: [Brodie abscess]\n---\nNothing is as it was here.\n")
    assert history.published()["Subacute osteomyelitis.md"] == before["Bone/Brodie abscess.md"]


def test_a_note_rewritten_under_a_new_name_keeps_its_iri_by_its_page(history: History) -> None:
    before = history.published()
    history.drop("Bone/Simple bone cyst.md")
    history.put("Unicameral cyst.md", "---\npermalink: /bone/simple-cyst/\n---\nNothing is as it was here.\n")
    assert history.published()["Unicameral cyst.md"] == before["Bone/Simple bone cyst.md"]


def test_a_long_history_moves_no_iri(history: History) -> None:
    before = history.published()
    at = "Bone/Fibrous dysplasia.md"
    for step, path in enumerate(("A/First.md", "B/Second.md", "C/D/Third.md", "Bone/Fibrous dysplasia.md")):
        history.move(at, path)
        history.edit(path, "Ground glass matrix" + "." * step, "Ground glass matrix" + "." * (step + 1))
        assert history.published()[path] == before["Bone/Fibrous dysplasia.md"]
        at = path
    assert len(history.git("log", "--oneline").splitlines()) == 3 + 8


def test_an_older_commit_has_the_same_iris(history: History) -> None:
    before = history.published()
    history.move("Bone/Brodie abscess.md", "Infection/Abscess of Brodie.md")
    history.published()
    history.git("checkout", "-q", "HEAD~1")
    assert history.published() == before


def test_a_new_note_of_an_old_name_is_another_concept(history: History) -> None:
    before = history.published()
    history.move("Bone/Fibrous dysplasia.md", "Bone/Fibro-osseous dysplasia.md")
    history.published()
    history.put("Skin/Fibrous dysplasia.md", "Here the name is used for a thing of the skin.\n")
    after = history.published()
    assert after["Bone/Fibro-osseous dysplasia.md"] == before["Bone/Fibrous dysplasia.md"]
    assert after["Skin/Fibrous dysplasia.md"] not in before.values()


def test_a_stub_that_becomes_a_note_keeps_its_iri(history: History) -> None:
    first = history.export()
    stub = iri_of(first, "Old fracture")
    assert first.graph.objects(stub, ADMS.status) == (ADMS.UnderDevelopment,)
    history.put("Trauma/Old fracture.md", "Old fracture is one that has healed.\n")
    second = history.export()
    assert iris(second)["Trauma/Old fracture.md"] == stub
    assert second.graph.objects(stub, ADMS.status) == (ADMS.Completed,)


def test_a_deleted_note_that_others_link_to_is_a_stub_of_the_same_iri(history: History) -> None:
    before = history.published()
    history.drop("Bone/Brodie abscess.md")
    export = history.export()
    stub = iri_of(export, "Brodie abscess")
    assert stub == before["Bone/Brodie abscess.md"]
    assert export.graph.objects(stub, ADMS.status) == (ADMS.UnderDevelopment,)
    assert export.graph.objects(stub, OWL.deprecated) == ()


def test_what_vanishes_is_deprecated_not_deleted(history: History) -> None:
    before = history.published()["Bone/Simple bone cyst.md"]
    history.drop("Bone/Simple bone cyst.md")
    for _ in range(2):
        graph = history.export().graph
        assert graph.objects(before, OWL.deprecated)[0] == Literal(
            "true", "", "http://www.w3.org/2001/XMLSchema#boolean"
        )
        assert graph.objects(before, SKOS.prefLabel) == (Literal("Simple bone cyst", "en"),)
        assert graph.objects(before, ADMS.status) == (ADMS.Deprecated,)
        assert graph.objects(before, DCT.isReplacedBy) == ()
        assert graph.objects(before, RDF.type) == (SKOS.Concept,)
        relations = (SKOS.broader, SKOS.narrower, SKOS.related, SKOS.topConceptOf)
        assert [p for p in relations if graph.objects(before, p)] == []


def test_what_was_merged_is_replaced(history: History) -> None:
    history.put("Bone/Bone cyst.md", "Bone cyst is a cavity.\n\nWell defined.\n")
    before = history.published()
    history.drop("Bone/Bone cyst.md")
    history.edit("Bone/Simple bone cyst.md", "permalink:", "aliases: [Bone cyst]\npermalink:")
    export = history.export()
    graph = export.graph
    gone, kept = before["Bone/Bone cyst.md"], before["Bone/Simple bone cyst.md"]
    assert graph.objects(gone, DCT.isReplacedBy) == (kept,)
    assert Literal("Bone cyst", "en") in graph.objects(kept, SKOS.altLabel)
    assert {"shared-label", "overlapping-labels"}.isdisjoint(d.rule.slug for d in export.diagnostics)


def test_an_export_without_a_change_changes_nothing(history: History) -> None:
    history.export()
    first = {path.name: path.read_bytes() for path in history.out.iterdir()}
    history.export()
    assert {path.name: path.read_bytes() for path in history.out.iterdir()} == first


# The command line


def test_a_first_build_needs_no_register(history: History, run: Run) -> None:
    assert run("build", history.root, "--out", history.out, "--quiet").exit_code == 0
    assert (history.out / "register.jsonl").read_bytes().count(b"\n") >= len(NOTES)


def test_a_damaged_register_stops_the_build_and_nothing_is_overwritten(history: History, run: Run) -> None:
    history.export()
    register = history.out / "register.jsonl"
    register.write_bytes(register.read_bytes()[:-9])
    before = {path.name: path.read_bytes() for path in history.out.iterdir()}
    history.edit("Bone/Brodie abscess.md", "subacute", "chronic")
    result = run("build", history.root, "--out", history.out)
    assert result.exit_code == 2
    assert "not a line of the register; restore it from version control" in result.stderr
    assert result.stderr.count("\n") == 1
    assert {path.name: path.read_bytes() for path in history.out.iterdir()} == before


def test_another_vaults_register_is_neither_used_nor_overwritten(history: History, run: Run, tmp_path: Path) -> None:
    history.export()
    before = {path.name: path.read_bytes() for path in history.out.iterdir()}
    other = tmp_path / "other"
    other.mkdir()
    for number in range(4):
        (other / f"Chest note {number}.md").write_text(f"Chest note {number} is on the lung.\n", encoding="utf-8")
    result = run("build", other, "--out", history.out)
    assert result.exit_code == 2
    assert "another vault" in result.stderr
    assert {path.name: path.read_bytes() for path in history.out.iterdir()} == before
    assert not any(
        "fibrous-dysplasia" in iri for iri in pipeline.build(other, Config(), out=history.out).graph.subjects
    )


def test_the_register_may_lie_beside_the_configuration(history: History, run: Run) -> None:
    config = history.root / "rad2skos.toml"
    config.write_text('[output]\nregister = "ids.jsonl"\n', encoding="utf-8")
    assert run("build", history.root, "--config", config, "--out", history.out, "--quiet").exit_code == 0
    assert (history.root / "ids.jsonl").is_file()
    assert not (history.out / "register.jsonl").exists()
