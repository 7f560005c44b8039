"""Concepts that may be the same are reported once a pair, and never merged."""

from __future__ import annotations

import pytest
from reading import read

from skosify_rad.checks.exemptions import apply_exemptions

DDX = "## Differential diagnosis\n"


def suspicions(notes: dict[str, str]) -> list[str]:
    """Return `path:line message` of every finding that is not exempt."""
    found = [d for d in read(notes).diagnostics if d.rule.slug == "possible-duplicate"]
    return [f"{d.place.path}:{d.place.line} {d.message.partition(' may')[0]}" for d in apply_exemptions(found, notes)]


@pytest.mark.parametrize(
    ("title", "item"),
    [
        ("Giant cell tumour", "GCT"),
        ("Breast carcinoma", "Carcinoma of the breast"),
        ("Crohn disease", "Crohn"),
        ("Lymphoma", "Lymphoma lesion"),
        ("Sarcoidosis", "Sarcoid"),
    ],
)
def test_a_pair_is_reported_at_the_line_of_the_doubtful_name(title: str, item: str) -> None:
    notes = {f"{title}.md": "Text.\n", "Nodule.md": f"{DDX}- {item}\n- Gout\n", "Mass.md": f"{DDX}- {item}\n- Scar\n"}
    assert suspicions(notes) == [f"Mass.md:2 “{item}” and “{title}”"]
    exempt = f"{DDX}- {item} %% rad2skos: ignore possible-duplicate -- another thing %%\n- Scar\n"
    assert suspicions({**notes, "Mass.md": exempt}) == []
    stated = {**notes, f"{title}.md": f"---\naliases: [{item}]\n---\nText.\n"}
    assert suspicions(stated) == []


def test_a_link_shown_under_the_name_of_another_note() -> None:
    notes = {"Enchondroma.md": "Text.\n", "Osteochondroma.md": "Text.\n"}
    notes["Exostosis.md"] = f"{DDX}- [[Enchondroma|Osteochondroma]]\n- Gout\n"
    assert suspicions(notes) == ["Exostosis.md:2 “Osteochondroma” and “Enchondroma”"]


def test_the_hint_says_what_to_write() -> None:
    reading = read({"Crohn disease.md": "Text.\n", "Colitis.md": f"{DDX}- Crohn\n- Gout\n"})
    (found,) = (d for d in reading.diagnostics if d.rule.slug == "possible-duplicate")
    assert "add aliases: [Crohn] to the front matter of Crohn disease.md" in found.hint
    assert "%% rad2skos: ignore possible-duplicate -- why %%" in found.hint


@pytest.mark.parametrize(
    "items",
    ["- GCT\n- Giant cell tumour\n", "- Liver\n- Liver lesion\n", "- AL\n- Atrial lipoma\n", "- Osteoma\n- Osteomas\n"],
)
def test_no_pair_where_notes_list_both_or_nothing_speaks_for_it(items: str) -> None:
    assert suspicions({"Nodule.md": DDX + items}) == []


def test_initials_of_several_concepts_are_no_sign() -> None:
    notes = {"Giant cell tumour.md": "Text.\n", "Germ cell tumour.md": "Text.\n", "Mass.md": f"{DDX}- GCT\n- Scar\n"}
    assert suspicions(notes) == []


def test_anatomy_with_a_general_noun_is_another_thing() -> None:
    assert suspicions({"Liver.md": "The liver is an organ.\n", "Pain.md": f"{DDX}- Liver disease\n- Gout\n"}) == []


def test_an_abbreviation_that_any_note_states_is_an_alternative_label_and_found_everywhere() -> None:
    notes = {
        "Lytic lesion.md": f"{DDX}- Langerhans cell histiocytosis (LCH)\n- Gout\n",
        "Bone scan.md": f"{DDX}- LCH\n- Gout\n",
        "Rash.md": f"{DDX}- LCH\n- Scar\n",
    }
    reading = read(notes)
    assert reading.objects("altLabel") == ['"LCH"']
    assert "LCH" not in {reading.name(s) for s in reading.graph.subjects}
    assert reading.pairs("related").count("Rash -> Langerhans cell histiocytosis") == 1
