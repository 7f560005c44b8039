"""What a note says itself, in a comment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import read

from skosify_rad.model.purposes import Purpose
from skosify_rad.vault.directives import Directive, find_directives, find_purposes, find_stated_role, is_understood
from skosify_rad.vault.roles import Role


def test_directives_have_line_verb_and_words() -> None:
    text = "One\n%% rad2skos: ignore broken-link, RAD501 -- the note is to come %%\n\n## A %%rad2skos:section none%%\n"
    assert list(find_directives(text)) == [
        Directive(2, "ignore", ("broken-link", "RAD501")),
        Directive(4, "section", ("none",)),
    ]


@pytest.mark.parametrize("text", ["", "%% a comment %%", "rad2skos: section none", "%% rad2skos: section none"])
def test_other_text_is_no_directive(text: str) -> None:
    assert list(find_directives(text)) == []


def test_purposes_by_line() -> None:
    text = (
        "%% rad2skos: section classification %%\n%% rad2skos: section nonsense %%\n%% rad2skos: section none now %%\n"
    )
    assert find_purposes(text) == {1: Purpose.KINDS}


def test_a_role_is_stated_once() -> None:
    assert find_stated_role("x\n%% rad2skos: note list %%\n%% rad2skos: note index %%\n") is Role.LIST
    assert find_stated_role("%% rad2skos: note banana %%") is None
    assert find_stated_role("") is None


@pytest.mark.parametrize(
    ("verb", "words", "expected"),
    [
        ("section", ("differential",), True),
        ("section", ("banana",), False),
        ("note", ("index",), True),
        ("note", (), False),
        ("banana", ("list",), False),
    ],
)
def test_what_is_understood(verb: str, words: tuple[str, ...], expected: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_understood(Directive(1, verb, words)) is expected


@given(st.text(max_size=60))
def test_any_comment(text: str) -> None:
    for directive in find_directives(f"%% rad2skos:{text}%%"):
        assert isinstance(is_understood(directive), bool)


# The author's last word


def test_a_section_may_be_called_a_classification() -> None:
    items = "- Vanilla: sweet\n- Mint: cool\n"
    assert read(f"## Flavours\n{items}").pairs("narrower") == []
    stated = read(f"## Flavours %% rad2skos: section classification %%\n{items}")
    assert stated.objects("narrower") == ["Vanilla", "Mint"]


def test_a_section_may_be_left_alone() -> None:
    text = "## Types\n{}\n- Alpha sarcoma\n- Beta sarcoma\n"
    assert read(text.format("")).objects("narrower") == ["Alpha sarcoma", "Beta sarcoma"]
    assert read(text.format("%% rad2skos: section none %%\n")).objects("narrower") == []


def test_a_note_may_say_that_it_is_a_list() -> None:
    reading = read({"Bone cysts I like.md": "%% rad2skos: note list %%\n- [[Simple cyst]]\n- [[Bone cyst]]\n"})
    assert reading.pairs("member") == ["Bone cysts I like -> Simple cyst", "Bone cysts I like -> Bone cyst"]
