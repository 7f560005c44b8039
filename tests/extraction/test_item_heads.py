"""Heads of items: which words are the name, which the remark, and how many names there are."""

from __future__ import annotations

import pytest

from skosify_rad.extraction.item_heads import Entry, parse_entry
from skosify_rad.vault.markdown.inline import parse_inline

KNOWN = {"zipper artefact", "hand-foot-mouth disease", "peutz, touraine and jeghers syndrome"}


def entry(raw: str) -> Entry:
    return parse_entry(parse_inline(raw), lambda name: name.lower() in KNOWN)


def names(raw: str) -> list[str]:
    return [name.words for name in entry(raw).names]


@pytest.mark.parametrize(
    ("raw", "name", "remark"),
    [
        ("Gout: urate", "Gout", "urate"),
        ("Gout - urate", "Gout", "urate"),
        ("Gout – urate", "Gout", "urate"),
        ("Gout — urate", "Gout", "urate"),
        ("Gout → urate", "Gout", "urate"),
        ("Gout ⇒ urate", "Gout", "urate"),
        ("Gout (urate)", "Gout", "(urate)"),
        ("Gout = urate", "Gout", "urate"),
        ("Gout; urate", "Gout", "urate"),
        ("Gout. Made of urate.", "Gout", "Made of urate."),
        ("Gout<br>urate", "Gout", "urate"),
        ("Gout\nurate", "Gout", "urate"),
        ("**Gout** urate is seen", "Gout", "urate is seen"),
        ("**Gout:** urate", "Gout", "urate"),
        ("**Gout**: urate", "Gout", "urate"),
        ("[[Gout]], rare in women", "Gout", "rare in women"),
        ("[[Joint/Gout|Gout]] is common", "Gout", "is common"),
        ("Gout, usually in men", "Gout", "usually in men"),
        ("Gout 5 cm", "Gout", "5 cm"),
        ("Gout > 2 cm", "Gout", "> 2 cm"),
        ("Gout (< 1 %)", "Gout", "(< 1 %)"),
        ("Lipoma: -100 HU", "Lipoma", "-100 HU"),
        ("Gout e.g. after thiazides", "Gout", "e.g. after thiazides"),
        ("Gout is a disease of kings", "Gout", "is a disease of kings"),
        ("1. Gout", "Gout", ""),
        ("→ Gout", "Gout", ""),
        ("🔴 Gout", "Gout", ""),
        ("a) Gout", "Gout", ""),
        ("(Gout)", "Gout", ""),
        ("“Gout”", "Gout", ""),
        ("The Gout", "Gout", ""),
        ("St. Anthony fire", "St. Anthony fire", ""),
        ("Type 1.5 endoleak", "Type 1.5 endoleak", ""),
        ("Teratoma, postpubertal-type", "Teratoma, postpubertal-type", ""),
        ("Non-ossifying fibroma", "Non-ossifying fibroma", ""),
        ("Low-grade [[Chondrosarcoma]]", "Low-grade Chondrosarcoma", ""),
        ("Regressed (burnt-out) germ cell tumour", "Regressed germ cell tumour", ""),
        ("Osteo(chondro)ma", "Osteo(chondro)ma", ""),
    ],
)
def test_the_head_is_the_name(raw: str, name: str, remark: str) -> None:
    found = entry(raw)
    assert [n.words for n in found.names] == [name]
    assert found.remark == remark


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Epidermoid/dermoid cyst", ["Epidermoid cyst", "dermoid cyst"]),
        ("Thymic rebound/hyperplasia", ["Thymic rebound", "Thymic hyperplasia"]),
        ("Gout or pseudogout", ["Gout", "pseudogout"]),
        ("Lymphoma and leukaemia", ["Lymphoma", "leukaemia"]),
        ("Lymphoma, leukaemia, and myeloma", ["Lymphoma", "leukaemia", "myeloma"]),
        ("Osteoma / Osteosarcoma", ["Osteoma", "Osteosarcoma"]),
        ("[[Gout]] / [[Pseudogout]]", ["Gout", "Pseudogout"]),
        ("Papillary or follicular carcinoma", ["Papillary carcinoma", "follicular carcinoma"]),
        ("Intra- or extradural abscess", ["Intra- abscess", "extradural abscess"]),
    ],
)
def test_compounds_are_split(raw: str, expected: list[str]) -> None:
    if raw.startswith("Intra-"):
        assert names(raw)[-1] == expected[-1]
    else:
        assert names(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Sturge and Weber syndrome", ["Sturge and Weber syndrome"]),
        ("Carcinoma of the head and neck", ["Carcinoma of the head and neck"]),
        ("Cyst of the lung or liver", ["Cyst of the lung or liver"]),
        ("Hand-foot-mouth disease", ["Hand-foot-mouth disease"]),
        ("Peutz, Touraine and Jeghers syndrome", ["Peutz, Touraine and Jeghers syndrome"]),
        ("Fracture of 1/3 of the radius", ["Fracture of 1/3 of the radius"]),
        ("T1/T2 mismatch", ["T1/T2 mismatch"]),
        ("Round and oval lucencies", ["Round and oval lucencies"]),
        ("Dermoid (cyst/sinus)", ["Dermoid"]),
        ("[[Ductal/lobular carcinoma]]", ["lobular carcinoma"]),
    ],
)
def test_one_name_stays_one(raw: str, expected: list[str]) -> None:
    assert names(raw) == expected


def test_links_belong_to_a_name_only_when_they_are_all_of_it() -> None:
    assert [n.link for n in entry("[[Bone/Gout|Gout]]: urate").names] == ["Bone/Gout"]
    assert [n.link for n in entry("[[Metastasis|Metastase]]s").names] == ["Metastasis"]
    assert [n.link for n in entry("Low-grade [[Chondrosarcoma]]").names] == [""]
    assert [n.link for n in entry("[[Gout]] / pseudogout").names] == ["Gout", ""]


def test_abbreviations_and_synonyms_beside_a_name_are_other_names() -> None:
    assert entry("Aneurysmal bone cyst (ABC)").names[0].other_names == ("ABC",)
    assert entry("Enostosis (aka bone island)").names[0].other_names == ("bone island",)
    assert entry("ABC (aneurysmal bone cyst)").names[0].words == "aneurysmal bone cyst"
    assert entry("Enostosis (sclerotic)").names[0].other_names == ()
    assert entry("Giant cell tumour (FD)").names[0].other_names == ()


def test_the_authors_marks_are_known() -> None:
    assert entry("**Gout** late").marked
    assert entry("[[Gout]] late").marked
    assert not entry("late **Gout**").marked
    assert entry("Gout:").opens
    assert not entry("Gout: urate").opens
    assert entry("Gout: urate").parted
    assert not entry("Gout").parted


@pytest.mark.parametrize("raw", ["", " ", "…", "**", ":", "→", "()", "[[]]", "1.", "–", "<br>"])
def test_nothing_names_nothing(raw: str) -> None:
    assert all(not any(c.isalpha() for c in n) for n in names(raw))
