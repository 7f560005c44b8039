"""Each fault in FHIR resources that validators do not see is found, and nothing else."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from skosify_rad.checks.consumers import RESOURCE_SLUGS
from skosify_rad.cli import command
from skosify_rad.model.diagnostics import InputError
from skosify_rad.outputs.fhir.checks import find_faults
from skosify_rad.stores.fhir.push import read_bundle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

Resource = dict[str, Any]
PARENT = {"code": "parent", "uri": "http://hl7.org/fhir/concept-properties#parent", "type": "code"}


def sound() -> tuple[Resource, Resource]:
    """Return a code system and a value set without a fault."""
    below = {"code": "b", "display": "B", "property": [{"code": "parent", "valueCode": "a"}]}
    system = {
        "resourceType": "CodeSystem",
        "id": "s",
        "url": "https://example.org/s",
        "hierarchyMeaning": "is-a",
        "property": [PARENT],
        "concept": [{"code": "a", "display": "A", "concept": [below]}],
    }
    included = {"system": "https://example.org/s", "concept": [{"code": "b"}]}
    value_set = {
        "resourceType": "ValueSet",
        "id": "v",
        "url": "https://example.org/v",
        "compose": {"include": [included]},
    }
    return copy.deepcopy(system), value_set


def undeclared(system: Resource, _: Resource) -> None:
    system["concept"][0]["property"] = [{"code": "colour", "valueString": "red"}]


def wrong_type(system: Resource, _: Resource) -> None:
    system["property"].append({"code": "weight", "type": "integer"})
    system["concept"][0]["property"] = [{"code": "weight", "valueString": "1"}]


def unknown_parent(system: Resource, _: Resource) -> None:
    system["concept"][0]["property"] = [{"code": "parent", "valueCode": "z"}]


def cycle(system: Resource, _: Resource) -> None:
    system["concept"][0]["property"] = [{"code": "parent", "valueCode": "b"}]


def own_parent(system: Resource, _: Resource) -> None:
    system["concept"].append({"code": "c", "property": [{"code": "parent", "valueCode": "c"}]})


def no_meaning(system: Resource, _: Resource) -> None:
    del system["hierarchyMeaning"]


def twice(system: Resource, _: Resource) -> None:
    system["concept"].append({"code": "b"})


def nothing_listed(_: Resource, value_set: Resource) -> None:
    value_set["compose"]["include"][0]["concept"] = [{"code": "z"}]


def nothing_filtered(_: Resource, value_set: Resource) -> None:
    rule = {"property": "concept", "op": "descendent-of", "value": "b"}
    value_set["compose"]["include"] = [{"system": "https://example.org/s", "filter": [rule]}]


def everything_excluded(_: Resource, value_set: Resource) -> None:
    value_set["compose"]["exclude"] = [{"system": "https://example.org/s"}]


FAULTY: dict[Callable[[Resource, Resource], None], str] = {
    undeclared: "fhir-undeclared-property",
    wrong_type: "fhir-property-type",
    unknown_parent: "fhir-unknown-parent",
    cycle: "fhir-parent-cycle",
    own_parent: "fhir-parent-cycle",
    no_meaning: "fhir-hierarchy-meaning",
    twice: "fhir-duplicate-code",
    nothing_listed: "fhir-empty-value-set",
    nothing_filtered: "fhir-empty-value-set",
    everything_excluded: "fhir-empty-value-set",
}


def test_what_is_sound_has_no_fault() -> None:
    assert list(find_faults(sound())) == []


def test_every_rule_has_a_case() -> None:
    assert set(FAULTY.values()) == RESOURCE_SLUGS


@pytest.mark.parametrize("break_it", FAULTY)
def test_a_fault_is_found(break_it: Callable[[Resource, Resource], None]) -> None:
    system, value_set = sound()
    break_it(system, value_set)
    assert [fault.slug for fault in find_faults([system, value_set])] == [FAULTY[break_it]]


def test_what_selects_from_elsewhere_is_not_judged() -> None:
    system, value_set = sound()
    value_set["compose"]["include"] = [{"system": "http://snomed.info/sct", "concept": [{"code": "1"}]}]
    assert list(find_faults([system, value_set])) == []


KEYS = st.sampled_from(["code", "concept", "property", "uri", "include", "valueCode"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=10,
)


@given(st.sampled_from(["concept", "property", "url", "compose", "hierarchyMeaning"]), json_values)
def test_no_shape_of_json_breaks_the_checks(key: str, value: object) -> None:
    system, value_set = sound()
    list(find_faults([{**system, key: value}, {**value_set, key: value}]))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ('{"entry": [{"resource": {"resourceType": "ValueSet", "id": "a"}}]}', "no id or no url"),
        ('{"entry": [{"resource": {"resourceType": "ValueSet", "id": "../a", "url": "u:a"}}]}', "no id or no url"),
        ('{"entry": [{"resource": {"resourceType": "NamingSystem", "id": "a"}}]}', "no id or no url"),
        (
            '{"entry": [{"resource": {"resourceType": "CodeSystem", "id": "a", "url": "u:a", "concept": [{}]}}]}',
            "has no code",
        ),
    ],
)
def test_a_bundle_that_cannot_be_used_is_told(text: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "bundle.json"
    file.write_text(text)
    with pytest.raises(InputError, match=words):
        read_bundle(file)
    file.write_text(json.dumps(3))
    assert read_bundle(file) == []


def test_the_example_passes_the_checks_for_fhir(run: Callable[..., Result], example_vault: Path) -> None:
    said = run("check", example_vault, "--for", "fhir", "--select", "RAD66,RAD607,RAD608").output
    assert "RAD6" not in said


def test_a_target_that_is_no_server_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(command, ["push", "--to", "somewhere"])
    assert result.exit_code == 2
    assert "http(s) URL" in result.output
