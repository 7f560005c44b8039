"""The version of a content: a sum over its subjects, so that it can be told from what has changed."""

from __future__ import annotations

import pytest

from skosify_rad.scheme import fingerprint, renew_fingerprint
from skosify_rad.statements import Literal, Triple

ONE = {"a": [Triple("a", "p", "x"), Triple("a", "q", Literal("y", "en"))], "b": [Triple("b", "p", "a")]}
OTHER = {"b": [Triple("b", "p", "c")], "c": [Triple("c", "p", "x")]}


def test_order_and_repetition_do_not_count() -> None:
    assert fingerprint({"b": ONE["b"], "a": [*reversed(ONE["a"]), ONE["a"][0]]}) == fingerprint(ONE)


@pytest.mark.parametrize(
    "term", ["y", Literal("y"), Literal("y", "de"), Literal("y", "", "en"), Literal("Y", "en")], ids=str
)
def test_every_part_of_a_term_counts(term: str | Literal) -> None:
    assert fingerprint({**ONE, "a": [ONE["a"][0], Triple("a", "q", term)]}) != fingerprint(ONE)


def test_it_is_told_from_what_has_changed() -> None:
    was = {"b": ONE["b"]}

    assert renew_fingerprint(fingerprint(ONE), was, OTHER) == fingerprint({**ONE, **OTHER})
    assert renew_fingerprint(fingerprint({**ONE, **OTHER}), OTHER, was) == fingerprint(ONE)
