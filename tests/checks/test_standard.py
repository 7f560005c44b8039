"""Integrity conditions: the SKOS Reference's examples and harder cases, in code and in two SHACL engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from skos_fixtures import Case, read_cases, to_graph

from skosify_rad.checks.shacl import ENGINES
from skosify_rad.checks.validate import validate, validate_with_shapes
from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import RuleClass

if TYPE_CHECKING:
    from pathlib import Path

    from skosify_rad.model.diagnostics import Diagnostic

REFERENCE = read_cases("examples.trig")
HARDER = read_cases("harder.trig")
CASES = [*REFERENCE, *HARDER]
RULES = {
    "S9": {"scheme-is-concept"},
    "S12": {"label-not-text"},
    "S13": {"label-in-two-roles"},
    "S14": {"second-preferred-label"},
    "S15": {"notation-not-literal"},
    "S18": {"text-as-resource"},
    "S27": {"related-and-broader"},
    "S32": {"member-is-scheme"},
    "S34": {"invalid-member-list", "text-as-resource"},
    "S35": {"invalid-member-list"},
    "S36": {"member-is-scheme"},
    "S37": {"collection-is-concept"},
    "S46": {"conflicting-mappings"},
    "S48": {"xl-label-is-concept"},
    "S49": {"xl-literal-form"},
    "S51": {"xl-literal-form"},
    "S52": {"xl-literal-form"},
    "S53": {"text-as-resource"},
    "S58": {"xl-label-in-two-roles", "label-in-two-roles"},
}


def violated(found: tuple[Diagnostic, ...]) -> set[str]:
    return {d.rule.slug for d in found if d.rule.kind is RuleClass.STANDARD}


def check_verdict(case: Case, slugs: set[str]) -> None:
    if case.condition:
        assert slugs & RULES[case.condition]
        assert slugs <= RULES[case.condition] | {"collection-is-concept", "scheme-is-concept"}
    else:
        assert slugs == set()


def test_the_examples_of_the_reference_are_complete() -> None:
    inconsistent = {int(case.name) for case in REFERENCE if case.condition}
    assert inconsistent == {12, 13, 14, 15, 26, 27, 28, 29, 45, 46, 47, 52, 53, 59, 60, 61}
    assert len(REFERENCE) - len(inconsistent) == 35


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_code(case: Case, tmp_path: Path) -> None:
    found = validate(to_graph(case.triples, tmp_path), {}, Config())
    check_verdict(case, violated(found))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_shapes_agree(case: Case, engine: str, tmp_path: Path) -> None:
    if engine.startswith("pyshifty"):
        pytest.importorskip("shifty")
    graph = to_graph(case.triples, tmp_path)
    found = violated(validate_with_shapes(graph, {}, Config(), engine))
    expected = violated(validate(graph, {}, Config()))
    if engine.endswith("-core") and case.name == "s58-two-roles":
        expected -= {"label-in-two-roles"}  # compares two paths, which only SPARQL can
    assert found == expected


def test_every_standard_rule_has_a_case() -> None:
    slugs = {slug for slug, rule in BY_SLUG.items() if rule.kind is RuleClass.STANDARD}
    assert slugs == set().union(*RULES.values()) | {"related-in-hierarchy"}
