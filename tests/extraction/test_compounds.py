"""Compounds: where names part, and what their parts share."""

from __future__ import annotations

import pytest

from skosify_rad.extraction.compounds import (
    COMMA,
    OR,
    Name,
    and_pieces,
    closing,
    first_comma,
    in_complement,
    pieces_of,
    share,
)
from skosify_rad.vault.markdown.inline import Inline, parse_inline


def nobody(name: str) -> bool:
    del name
    return False


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("a (b) c", 2, 5), ("a (b (c) d) e", 2, 11), ("a [b", 2, 4), ("a (b\nc", 2, 4), ("a ([b)]", 2, 6)],
)
def test_brackets_close_where_they_close(text: str, start: int, end: int) -> None:
    assert closing(text, start) == end


@pytest.mark.parametrize(
    ("raw", "pieces"),
    [
        ("a or b", ["a", "b"]),
        ("a / b/c", ["a", "b/c"]),
        ("aa/bb", ["aa", "bb"]),
        ("N/A", ["N/A"]),
        ("1/3", ["1/3"]),
        ("w/ contrast", ["w/ contrast"]),
        ("aa (x or y) or bb", ["aa (x or y)", "bb"]),
        ("[[aa or bb]] or cc", ["aa or bb", "cc"]),
        ("oral organ", ["oral organ"]),
        ("aa and/or bb", ["aa", "bb"]),
    ],
)
def test_or_parts_outside_links_and_brackets(raw: str, pieces: list[str]) -> None:
    text = parse_inline(raw)
    assert [text.text[a:b] for a, b in pieces_of(text, OR)] == pieces


def test_and_parts_only_names() -> None:
    text = Inline("Lymphoma and leukaemia")
    assert len(and_pieces(text, nobody)) == 2
    assert len(and_pieces(Inline("head and neck"), nobody)) == 1
    assert len(and_pieces(Inline("Alpha and beta"), lambda name: name in ("Alpha", "beta"))) == 2
    assert len(pieces_of(Inline("a, b & c plus d"), COMMA)) == 4


def test_a_comma_begins_a_remark_unless_it_parts_names() -> None:
    assert first_comma(Inline("Gout, usually late"), nobody) == 4
    assert first_comma(Inline("Lymphoma, leukaemia, myeloma"), nobody) == 0
    assert first_comma(Inline("Serous, mucinous and clear cell carcinoma"), nobody) == 0
    assert first_comma(Inline("Gout"), nobody) == 0


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("Cyst of the lung or liver", True),
        ("Metastasis to bone/brain", True),
        ("Tear of the cuff or bursitis", False),
        ("Gout or pain", False),
    ],
)
def test_what_a_name_is_said_of_is_not_split(text: str, one: bool) -> None:  # noqa: FBT001 - a table of cases
    head = Inline(text)
    assert in_complement(head, pieces_of(head, OR), nobody) == one


@pytest.mark.parametrize(
    ("parts", "shared"),
    [
        (["Epidermoid", "dermoid cyst"], ["Epidermoid cyst", "dermoid cyst"]),
        (["Thymic rebound", "hyperplasia"], ["Thymic rebound", "Thymic hyperplasia"]),
        (["ABC", "giant cell tumour"], ["ABC", "giant cell tumour"]),
        (["Gout", "pseudogout"], ["Gout", "pseudogout"]),
        (["Gout"], ["Gout"]),
        ([], []),
    ],
)
def test_parts_get_what_they_share(parts: list[str], shared: list[str]) -> None:
    assert [n.words for n in share([Name(p) for p in parts], nobody)] == shared


def test_known_and_linked_parts_keep_their_names() -> None:
    names = [Name("Epidermoid", link="Epidermoid"), Name("dermoid cyst")]
    assert share(names, nobody) == names
    assert share([Name("Serous"), Name("mucinous tumour")], lambda name: name == "Serous")[0].words == "Serous"
