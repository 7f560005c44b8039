"""The fingerprint of a scheme does not depend on order or repetition."""

from __future__ import annotations

import pytest

from skosify_rad.graph.scheme import fingerprint
from skosify_rad.model.statements import Literal, Triple

ONE = {"a": [Triple("a", "p", "x"), Triple("a", "q", Literal("y", "en"))], "b": [Triple("b", "p", "a")]}


def test_order_and_repetition_do_not_count() -> None:
    assert fingerprint({"b": ONE["b"], "a": [*reversed(ONE["a"]), ONE["a"][0]]}) == fingerprint(ONE)


@pytest.mark.parametrize(
    "term", ["y", Literal("y"), Literal("y", "de"), Literal("y", "", "en"), Literal("Y", "en")], ids=str
)
def test_every_part_of_a_term_counts(term: str | Literal) -> None:
    assert fingerprint({**ONE, "a": [ONE["a"][0], Triple("a", "q", term)]}) != fingerprint(ONE)
