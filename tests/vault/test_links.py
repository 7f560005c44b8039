"""Links and names -> notes, as Obsidian resolves them."""

from __future__ import annotations

import weakref

import pytest
from reading import read_vault_of

from skosify_rad.model.config import Config
from skosify_rad.vault.links import Links, Resolved

NOTES = {
    "Bone/Cyst.md": "A cavity. See [[Brodie abscess]] and [[Moved/Enostosis]].",
    "Kidney/Cyst.md": "A cavity.",
    "Kidney/Deep/Other.md": "x",
    "Bone/Paget disease.md": "---\naliases: [Osteitis deformans, OD]\n---\nSee [[Tumor.png]].",
    "Bone/Soft-tissue tumour.md": "x",
    "Enostosis.md": "x",
    "Kidney/Pyelonephritis.md": "x",
}


@pytest.fixture(scope="module")
def links() -> Links:
    return Links(read_vault_of(NOTES, Config()))


@pytest.mark.parametrize(
    ("target", "source", "path"),
    [
        ("Enostosis", "Bone/Cyst.md", "Enostosis.md"),
        ("enostosis", "Bone/Cyst.md", "Enostosis.md"),
        ("ENOSTOSIS.md", "Bone/Cyst.md", "Enostosis.md"),
        ("/Enostosis", "Bone/Cyst.md", "Enostosis.md"),
        ("Bone/Paget disease", "Enostosis.md", "Bone/Paget disease.md"),
        ("Paget disease", "Enostosis.md", "Bone/Paget disease.md"),
        ("Paget's disease", "Enostosis.md", "Bone/Paget disease.md"),
        ("Osteitis deformans", "Enostosis.md", "Bone/Paget disease.md"),
        ("OD", "Enostosis.md", "Bone/Paget disease.md"),
        ("soft tissue tumor", "Enostosis.md", "Bone/Soft-tissue tumour.md"),
        ("Gone/Folder/Enostosis", "Bone/Cyst.md", "Enostosis.md"),
        ("../Bone/Paget disease.md", "Kidney/Cyst.md", "Bone/Paget disease.md"),
        ("./Pyelonephritis", "Kidney/Cyst.md", "Kidney/Pyelonephritis.md"),
        ("Cyst", "Bone/Paget disease.md", "Bone/Cyst.md"),
        ("Cyst", "Kidney/Deep/Other.md", "Kidney/Cyst.md"),
        ("Kidney/Cyst", "Bone/Paget disease.md", "Kidney/Cyst.md"),
    ],
)
def test_a_target_leads_to_its_note(links: Links, target: str, source: str, path: str) -> None:
    assert links.resolve(target, source).path == path


@pytest.mark.parametrize("target", ["", " ", "/", "Enostoses of the skull", "Paget", "Brodie abscess", "Enostosis.png"])
def test_what_is_no_note_leads_nowhere(links: Links, target: str) -> None:
    assert links.resolve(target, "Enostosis.md") == Resolved("")


def test_a_name_that_fits_several_notes_says_so(links: Links) -> None:
    assert links.resolve("Cyst", "Enostosis.md") == Resolved("Bone/Cyst.md", ("Kidney/Cyst.md",))
    assert links.resolve("Paget disease", "Enostosis.md").others == ()


def test_a_vault_knows_titles_aliases_and_targets(links: Links) -> None:
    for name in ("Enostoses", "paget disease", "OD", "Brodie abscess", "Brodie abscesses"):
        assert links.knows(name)
    for name in ("Brodie", "abscess", "Bone", "Osteitis"):
        assert not links.knows(name)


def test_links_follow_the_aliases_of_logseq_pages() -> None:
    page = "alias:: [[Avascular necrosis]], AVN\ntags:: bone\n\n- Dead bone.\n"
    links = Links(read_vault_of({"Osteonecrosis.md": page, "Late.md": "x\n" * 1500 + "alias:: Gout\n"}, Config()))
    for name in ("avascular necrosis", "AVN"):
        assert links.resolve(name, "x.md").path == "Osteonecrosis.md"
    assert links.resolve("Gout", "x.md").path == ""


def test_notes_whose_links_all_lead_to_one_note_need_no_look(links: Links) -> None:
    assert links.doubtful == {"Bone/Cyst.md", "Bone/Paget disease.md"}
    vague = Links(read_vault_of({**NOTES, "A.md": "[[Cyst]]", "B.md": "[[ Kidney/Cyst ]] [[Gone/Cyst]]"}, Config()))
    assert vague.doubtful == {*links.doubtful, "A.md"}


def test_a_name_is_a_note_by_title_or_alias_only(links: Links) -> None:
    assert links.note_named("Osteitis deformans", "x.md").path == "Bone/Paget disease.md"
    assert links.note_named("Brodie abscess", "x.md").path == ""


def test_words_written_small_are_no_proper_names(links: Links) -> None:
    assert links.seen_lower("cavity")
    assert not links.seen_lower("brodie")


def test_nothing_but_its_holder_keeps_the_index_alive() -> None:
    found = Links(read_vault_of(NOTES, Config()))
    found.resolve("Enostosis", "x.md")
    left = weakref.ref(found)
    del found
    assert left() is None  # without the collector, which is held while most memory is used
