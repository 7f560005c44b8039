"""Front matter: JSON and YAML, and everything between dashes that is neither."""

from __future__ import annotations

import time

import pytest

from skosify_rad.vault.frontmatter import MAX_LENGTH, parse_front_matter


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("---\ntitle: Gout\naliases: [Tophi, Podagra]\n---\nText", {"title": "Gout", "aliases": ["Tophi", "Podagra"]}),
        ('---\n{"dg-publish":true,"permalink":"/gout/"}\n---\nText', {"dg-publish": True, "permalink": "/gout/"}),
        ('---\n{\n  "tags": ["a", "b"]\n}\n---\nText', {"tags": ["a", "b"]}),
        ("--- \t\na: 1\n---  \nText", {"a": 1}),
        ("---\na: 1\n...\nText", {"a": 1}),
        ("---\n# a remark\na: 1\n---\nText", {"a": 1}),
        ("---\n2026: year\n---\nText", {"2026": "year"}),
        ('---\n"quoted key": yes\n---\nText', {"quoted key": True}),
        ("---\ncontent: not the body\n---\nText", {"content": "not the body"}),
        ("---\nhandler: x\nmetadata: y\n---\nText", {"handler": "x", "metadata": "y"}),
        ('---\n{"icon": "\\ud83e\\uddb4", "a": 1}\n---\nText', {"icon": "🦴", "a": 1}),
        ("---\nicon: 🦴\n---\nText", {"icon": "🦴"}),
        ("---\n\n---\nText", {}),
        ("---\n---\nText", {}),
    ],
)
def test_json_and_yaml_are_read(text: str, values: dict[str, object]) -> None:
    found = parse_front_matter(text)
    assert found.values == values
    assert found.problem == ""
    assert text[found.body_start :] == "Text"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Text",
        "---",
        "----\na: 1\n----\nText",
        "---\na: 1\nno end",
        "\n---\na: 1\n---\nText",
        "Text\n---\na: 1\n---\n",
        "---\n\nA note that opens with a rule, and has another.\n\n---\nText",
        "---\n**Bold** words between rules.\n---\nText",
        "---\n- a list\n- between rules\n---\nText",
        "---\n> [!note] a callout\n---\nText",
        "---\n# A heading\n\n---\nText",
    ],
)
def test_what_is_no_front_matter_stays_text(text: str) -> None:
    found = parse_front_matter(text)
    assert (dict(found.values), found.body_start, found.problem) == ({}, 0, "")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\na: 1\nb: [1, 2\nc: 3\n---\nText", 3),
        ("---\na: 1\n\tb: 2\n---\nText", 3),
        ('---\n{"a": 1,}\nnot json\n---\nText', 2),
        ("---\na: 'open\n---\nText", 2),
        ("---\na: b: c\n---\nText", 2),
        ("---\na: *nobody\n---\nText", 2),
        ("---\na: !!python/object/apply:os.system ['true']\n---\nText", 2),
        ('---\na: "\\|"\n---\nText', 2),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, line: int) -> None:
    found = parse_front_matter(text)
    assert found.values == {}
    assert found.problem
    assert "\n" not in found.problem
    assert line <= found.problem_line <= line + 2
    assert text[found.body_start :] == "Text"


def test_of_two_equal_keys_the_last_counts() -> None:
    assert parse_front_matter("---\na: 1\na: 2\n---\n").values == {"a": 2}


def test_lines_of_the_body_count_on() -> None:
    text = "---\na: 1\n---\n\n\nText"
    assert text[: parse_front_matter(text).body_start].count("\n") == 3


def test_a_bomb_of_aliases_is_no_danger() -> None:
    layers = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    text = "\n".join(["---", "a0: &a0 [lol, lol]", *layers, "---", "Text"])
    start = time.process_time()
    parse_front_matter(text)
    assert time.process_time() - start < 1


def test_front_matter_that_is_too_long_or_too_deep_is_left_alone() -> None:
    long = parse_front_matter(f"---\na: {'x' * MAX_LENGTH}\n---\nText")
    assert (long.values, "longer" in long.problem) == ({}, True)
    for deep in ("[" * 5000, "a:\n" + "".join(f"{' ' * n}- \n" for n in range(1, 300)), '{"a":' * 5000):
        found = parse_front_matter(f"---\na: {deep}\n---\nText")
        assert isinstance(dict(found.values), dict)
