"""What is remembered is bounded in number and in length, and the same as what is worked out anew."""

from __future__ import annotations

from skosify_rad.language.english import is_attribute, names_a_thing
from skosify_rad.model.memo import LONGEST, Remembered, remembered


def test_a_short_text_is_worked_out_once() -> None:
    asked: list[str] = []

    def find(text: str) -> int:
        asked.append(text)
        return len(text)

    lengths = Remembered(find, 10)
    assert [lengths["cyst"], lengths["cyst"], lengths["tumour"]] == [4, 4, 6]
    assert asked == ["cyst", "tumour"]


def test_there_are_never_more_than_it_may_keep() -> None:
    lengths = Remembered(len, 3)
    for number in range(100):
        assert lengths[f"cyst {number}"] == len(f"cyst {number}")
        assert len(lengths) <= 3


def test_long_texts_are_not_kept() -> None:
    lengths = Remembered(len, 10)
    assert lengths["x" * LONGEST] == LONGEST
    assert lengths["x" * (LONGEST + 1)] == LONGEST + 1
    assert list(lengths) == ["x" * LONGEST]


def test_a_function_that_is_remembered_is_still_the_same_function() -> None:
    asked: list[str] = []

    @remembered
    def measure(text: str) -> int:
        asked.append(text)
        return len(text)

    for text in ("cyst", "cyst", "c" * 500, "c" * 500):
        assert measure(text) == len(text)
    assert asked == ["cyst", "c" * 500, "c" * 500]
    assert names_a_thing.__doc__
    assert is_attribute.__name__ == "is_attribute"
