"""Definitions, synonyms, members and front matter; on invented notes, beside the examples of the pages."""

from __future__ import annotations

import pytest
from reading import read


def definition(text: str, title: str = "Enostosis") -> str:
    found = read({f"{title}.md": text}).objects("definition")
    return found[0].strip('"') if found else ""


def synonyms(text: str, title: str = "Enostosis") -> list[str]:
    return sorted(name.strip('"') for name in read({f"{title}.md": text}).objects("altLabel", "synonyms"))


SAYS = "A focus of compact bone within cancellous bone."


@pytest.mark.parametrize(
    "text",
    [
        f"{SAYS}\n",
        f"{SAYS} Small ones are common.\n",
        f"# Enostosis\n\n{SAYS}\n",
        f"---\na: 1\n---\n{SAYS}\n",
        f"## Definition\n{SAYS}\n",
        f"## Definition\n- {SAYS}\n- Small ones are common.\n",
        f"## Overview\n{SAYS}\n",
        f"> [!abstract]\n> {SAYS}\n",
        f"> [!definition] What it is\n> {SAYS}\n",
        f"## Imaging\nDense.\n\n## Definition\n{SAYS}\n",
        f"**Definition:** {SAYS}\n",
        f"**Definition**: {SAYS}\n",
        f"%% draft %%\n{SAYS}\n",
        "A **focus** of [[Bone|compact bone]] within ==cancellous== bone.\n",
        f"![[figure.png]]\n\n{SAYS}\n",
        f"Also known as bone island.\n\n{SAYS}\n",
    ],
)
def test_the_definition_is_found(text: str) -> None:
    assert definition(text) == SAYS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "See [[Osteoma]].\n",
        "https://example.org/enostosis\n",
        "Bone island.\n",
        "```\nA focus of compact bone within cancellous bone.\n```\n",
        "## Types\n- Giant enostosis\n- Small enostosis\n",
        "## Related\n- [[Osteoma]]\n- [[Osteopoikilosis]]\n",
    ],
)
def test_what_defines_nothing_is_no_definition(text: str) -> None:
    assert definition(text) == ""


def test_a_definition_is_one_and_in_its_place() -> None:
    reading = read(
        "---\na: 1\n---\n\n## Overview\n- Rare.\n- It is a disease of the marrow, and of nothing else.\n\n"
        "## Summary\nAnother text of some length.\n"
    )
    assert [(s.line, s.object) for s in reading.said("definition")] == [
        (7, '"It is a disease of the marrow, and of nothing else."')
    ]


def test_a_very_long_sentence_is_cut() -> None:
    assert len(definition(f"A lesion {'that goes on ' * 200}.\n")) <= 600


@pytest.mark.parametrize("title", ["List of dense lesions", "Enostosis vs osteoma"])
def test_lists_and_comparisons_define_nothing(title: str) -> None:
    assert definition(f"{SAYS}\n", title) == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("---\naliases: [Bone island]\n---\nx", ["Bone island"]),
        ("Enostosis, also known as bone island, is dense.\n", ["bone island"]),
        ("Enostosis (a.k.a. bone island) is dense.\n", ["bone island"]),
        ("Previously called medullary osteoma.\n", ["medullary osteoma"]),
        ("Synonyms: bone island, compact island\n", ["bone island", "compact island"]),
        ("## Synonyms\n- Bone island\n- Compact island\n", ["Bone island", "Compact island"]),
        ("## Other names\nBone island; compact island\n", ["Bone island", "compact island"]),
    ],
)
def test_other_names_of_the_subject(text: str, names: list[str]) -> None:
    assert synonyms(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Osteoma, also known as exostosis, is another thing.\n",
        "## DDx\n- Osteoma (also known as exostosis)\n",
        "## Imaging\nThe brush border, also called thorny radiation, is typical.\n",
        "Also known to be common in adults.\n",
        "Dense on CT and MRI, cold on PET.\n",
        "Enostosis (dense) is common. Enostosis (Figure) is shown.\n",
        "Synonyms:\n",
    ],
)
def test_other_names_of_other_things(text: str) -> None:
    assert synonyms(text) == []


@pytest.mark.parametrize(
    ("title", "text", "names"),
    [
        ("Aneurysmal bone cyst", "ABC is a lytic lesion.\n", ["ABC"]),
        ("Aneurysmal bone cyst", "ABCs are lytic lesions.\n", []),
        ("Aneurysmal bone cyst", "CT and MRI show fluid levels, as in GCT.\n", []),
        ("Aneurysmal bone cyst", "Abc or abc.\n", []),
        ("Giant cell tumour (GCT)", "GCT recurs.\n", ["GCT"]),
        ("Magnetic resonance imaging", "MRI is slow.\n", ["MRI"]),
        ("Gout", "GT is not gout.\n", []),
    ],
)
def test_abbreviations_of_the_subject(title: str, text: str, names: list[str]) -> None:
    assert [n for n in synonyms(text, title) if n != "ABCs"] == names


def test_a_links_shown_words_are_a_name_only_where_they_abbreviate() -> None:
    notes = {
        "A.md": "See [[Aneurysmal bone cyst|ABC]], [[Aneurysmal bone cyst|that]], [[Aneurysmal bone cyst|CT]].\n",
        "Aneurysmal bone cyst.md": "x",
    }
    assert read(notes).pairs("altLabel", "synonyms") == ['Aneurysmal bone cyst -> "ABC"']


@pytest.mark.parametrize(
    ("front", "pairs"),
    [
        ('related: "[[Osteoma]]"', ["Enostosis -> Osteoma"]),
        ("related: [[Osteoma]]", ["Enostosis -> Osteoma"]),
        ("related:\n  - [[Osteoma]]\n  - Gout", ["Enostosis -> Osteoma", "Enostosis -> Gout"]),
        ("related: [Osteoma, Gout]", ["Enostosis -> Osteoma", "Enostosis -> Gout"]),
        ("related: true", []),
        ("related:", []),
        ("related: {a: b}", []),
        ("related: &loop [*loop]", []),
        ("related: '  '", []),
    ],
)
def test_relations_of_the_front_matter(front: str, pairs: list[str]) -> None:
    reading = read({"Enostosis.md": f"---\n{front}\n---\nx\n"})
    assert sorted(reading.pairs("related", "front-matter")) == sorted(pairs)


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("http://snomed.info/id/90560007", 0),
        ("http://snomed.info/id/1", 1),
        ("DOID:13189", 0),
        ("[doid:13189, RID:RID34521, SCTID:90560007, ICD10:M10.9, MESH:D006073, wikidata:Q133087]", 0),
        ("[HP:0001997, MONDO:0005393, UMLS:C0018099, ICD11:1117021250]", 0),
        ("DOID:gout", 1),
        ("ICD10:gout", 1),
        ("NOPE:1", 1),
        ("javascript:alert(1)", 1),
        ("urn:oid:2.16.840.1", 0),
        ("12345", 1),
        ("SNOMED 12345", 1),
        ('"http://a b"', 1),
        ("'http://a<b>'", 1),
        ("[http://a.example/1, nonsense]", 1),
        ("true", 0),
        ("", 0),
    ],
)
def test_a_mapping_is_an_iri(value: str, wrong: int) -> None:
    reading = read({"Enostosis.md": f"---\nexactMatch: {value}\n---\nx\n"})
    assert [d.rule.slug for d in reading.diagnostics] == ["invalid-mapping"] * wrong


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("- [[Osteoma]]\n- [[Gout]]\n", ["Osteoma", "Gout"]),
        ("1. **Osteoma**: dense\n2. Osteosarcoma\n", ["Osteoma", "Osteosarcoma"]),
        ("- Young:\n    - [[Osteoma]]\n- Old:\n    - Metastasis\n", ["Osteoma", "Metastasis"]),
        ("| Lesion | Age |\n|---|---|\n| Osteoma | any |\n", ["Osteoma"]),
        ("> [!tip] Remember\n> - [[Osteoma]]\n", ["Osteoma"]),
        ("- Look at the margin\n- Usually benign\n", []),
        ("## Management\n- [[Osteoma]]\n", []),
        ("See [[Osteoma]].\n", []),
        ("", []),
    ],
)
def test_members_of_a_list_note(text: str, members: list[str]) -> None:
    reading = read({"List of dense lesions.md": text})
    assert reading.objects("member", "membership") == members
    assert reading.pairs("related") == []
