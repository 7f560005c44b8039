"""Numbers as identifiers: opaque, kept through renames, and never one number for two things on two branches."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from history import History

from skosify_rad.concepts.identifiers import Issuer
from skosify_rad.concepts.register_file import read_entries
from skosify_rad.model.config import parse_config
from skosify_rad.model.diagnostics import InputError
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.statements import Literal
from skosify_rad.outputs import find_output

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    from skosify_rad.pipeline import Export

NUMBERS = parse_config({"scheme": {"identifiers": "number"}})
CONFIG = '[scheme]\nidentifiers = "number"\n'
NOTES = {
    "rad2skos.toml": CONFIG,
    ".gitattributes": "register* merge=union\n",
    ".gitignore": "out/*\n!out/register*\n",
    "Bone cyst.md": "Bone cyst is a cavity of bone.\n\n## Types\n- Simple\n\n## Stages\n- Stage I\n- Stage II\n",
    "List of cysts.md": "- [[Bone cyst]]\n- [[Gout]]\n",
    "Gout.md": "Gout is an arthropathy of crystals.\n\n## Differential diagnosis\n- Pseudogout\n- 骨折\n",
}


@pytest.fixture
def history(tmp_path: Path) -> History:
    made = History(tmp_path, tmp_path / "out")
    made.git("init", "-q", "-b", "main")
    made.put_all(NOTES)
    return made


def numbers(export: Export) -> dict[str, str]:
    """Return label -> identifier of every concept and list, without collections that are made of something else."""
    base = "https://example.org/radiology/"
    found = {}
    for iri in export.graph.subjects:
        made = iri == base or "/folder/" in iri or iri.endswith("-in-order")
        for label in export.graph.objects(iri, SKOS.prefLabel):
            if isinstance(label, Literal) and not made:
                found[label.value] = iri.removeprefix(base).removeprefix("collection/")
    return found


def test_every_identifier_is_a_number_of_nine_digits(history: History) -> None:
    export = history.export(config=NUMBERS)
    found = numbers(export)
    assert {"Bone cyst", "Simple bone cyst", "List of cysts", "Pseudogout", "骨折"} <= found.keys()
    assert [number for number in found.values() if not (number.isdecimal() and len(number) == 9)] == []
    assert len(set(found.values())) == len(found)
    assert [d for d in export.diagnostics if d.level.name == "ERROR" or d.rule.slug == "title-lost-in-slug"] == []


def test_a_number_stays_when_the_note_is_renamed_or_the_setting_is_taken_back(history: History) -> None:
    before = numbers(history.export(config=NUMBERS))
    history.move("Bone cyst.md", "Osseous cyst.md")
    after = numbers(history.export(config=NUMBERS))
    assert after["Osseous cyst"] == before["Bone cyst"]
    history.put("Wen.md", "A wen is a cyst of the scalp.\n")
    mixed = numbers(history.export())
    assert (mixed["Osseous cyst"], mixed["Wen"]) == (before["Bone cyst"], "wen")


def test_branches_give_different_things_different_numbers_and_one_thing_the_same(history: History) -> None:
    history.export(config=NUMBERS)
    history.commit("Export")
    found = []
    for name, note in (("one", "Meningioma"), ("two", "Silicosis")):
        history.git("checkout", "-q", "-b", name, "main")
        history.put(f"{note}.md", f"{note} is a disease of its own.\n\n## Differential diagnosis\n- Sarcoid\n")
        found.append(numbers(history.export(config=NUMBERS)))
        history.commit("Export")
    history.git("merge", "-q", "-m", "Merge", "one")  # raises on a conflict
    assert numbers(history.export(config=NUMBERS)) == found[0] | found[1]
    assert found[0]["Sarcoid"] == found[1]["Sarcoid"]
    assert found[0]["Meningioma"] != found[1]["Silicosis"]


def test_a_number_that_is_taken_is_passed_over() -> None:
    taken: set[str] = set()
    for _ in range(3):
        taken.add(Issuer("number", taken.__contains__).issue("Cyst", "collection/"))
    assert len(taken) == 3
    free: set[str] = set()
    one, other = (Issuer("number", free.__contains__).issue(name, "") for name in ("Paget's disease", "Paget disease"))
    assert one == other


def test_one_number_of_two_things_stops_the_build(tmp_path: Path) -> None:
    lines = ('{"id":"123456789","label":"Gout","state":"note"}', '{"id":"123456789","label":"Cyst","state":"note"}')
    (tmp_path / "register.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError, match="123456789 stands twice in the register"):
        read_entries(tmp_path / "register.jsonl")


def test_numbers_are_the_codes_of_every_format(
    make_vault: Callable[..., Path], run: Callable[..., Result], tmp_path: Path
) -> None:
    vault, out = make_vault(NOTES), tmp_path / "out"
    formats = "turtle,jsonld,rdfxml,csv,fhir,jskos"
    assert run("build", vault, "--out", out, "--format", formats).exit_code == 0
    code = next(e.id for e in read_entries(out / "register.jsonl") if e.label == "Pseudogout")
    for name in formats.split(","):
        suffix = find_output(name).suffix
        text = (out / f"concepts{suffix}").read_text(encoding="utf-8")
        assert code in text, name
        assert "pseudogout" not in text, name
    resource = json.loads((out / "concepts.fhir.json").read_text(encoding="utf-8"))
    assert f'"code": "{code}"' in json.dumps(resource)
