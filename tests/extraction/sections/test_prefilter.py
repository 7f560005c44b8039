"""Glances: what is looked for before a pattern is tried must be in all that the pattern finds, in any letters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skosify_rad.extraction.compounds import COMMA, OR
from skosify_rad.extraction.item_heads import _CUT
from skosify_rad.extraction.sections.definition import _EPIDEMIOLOGY, _MAY_COUNT, _NAMED, _NAMING
from skosify_rad.extraction.sections.differential import _LABEL_END, _may_announce
from skosify_rad.extraction.sections.differentials import _ARROW
from skosify_rad.extraction.sections.prose import _SEPARATOR
from skosify_rad.extraction.sections.synonyms import _ALSO, _ALSO_WORDS
from skosify_rad.language.english import holds_any
from skosify_rad.language.lexicon import FINITE, REMARK_WORDS
from skosify_rad.language.spelling import small_letters

PAIRS = [(_ALSO, _ALSO_WORDS), (_EPIDEMIOLOGY, _MAY_COUNT), (_NAMED, _NAMING)]


@pytest.mark.parametrize(("pattern", "parts"), PAIRS)
@given(data=st.data())
def test_what_is_looked_for_first_is_in_all_that_is_found(
    pattern: re.Pattern[str], parts: tuple[str, ...], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern))
    assert holds_any(small_letters(text), parts), text


_DIFFERENTIAL = re.compile(
    r"d\.?dx|\bd\.?d\b|diff|mimic|consider|\bvs\b|versus|look|simil|confus|mistak|resembl|imitat|simulat|masquer|else|\bnot\b"
    r"|n.t\b|diagnos|fak|fool|think|false|other|besides|apart|rather|instead",
    re.IGNORECASE,
)


@given(st.from_regex(_DIFFERENTIAL) | st.text(alphabet="dDxvsnot.' ’ſ\n", max_size=8))
def test_the_glance_for_differentials_is_that_of_a_pattern(text: str) -> None:
    assert _may_announce(text) is (_DIFFERENTIAL.search(text[:120]) is not None)


@given(st.text(alphabet="aAiIsSkKıİſK é.", max_size=12))
def test_small_letters_are_those_that_patterns_compare(text: str) -> None:
    small = small_letters(text)
    assert len(small) == len(text)
    for part in ("a", "is", "ask", "k i"):
        assert (part in small) is (re.search(re.escape(part), text, re.IGNORECASE) is not None)


SIGNS = "aZ9 \n\v:;,.=-–—−>→≠(<~%/&+|"


@given(st.lists(st.sampled_from([*SIGNS, "and", "or", "and/or", "plus", "vs", "cm", "e.g.", "if"])).map("".join))
@pytest.mark.parametrize(
    ("pattern", "plain"),
    [
        (OR, r"\s*/\s*|,?\s+(?:and/or|or)\s+"),
        (COMMA, r",\s+(?:and\s+|or\s+|&\s*)?|\s+and\s+|\s*&\s*|\s+plus\s+|\s*\+\s+"),
        (_LABEL_END, r"\s*(?::|→|->|⇒|=>|➜|–|—)\s*"),
        (_ARROW, r"\s*(?:→|➜|⇒|->|=>)\s*"),
        (
            _SEPARATOR,
            r"\s+\|\s+|\s*[,;]\s*(?:and/or\s+|and\s+|or\s+|&\s*)?|\s+(?:and/or|and|or|versus|vs\.?)\s+|\s*[/&]\s*",
        ),
    ],
)
def test_separators_that_start_with_a_set_are_the_plain_ones(pattern: re.Pattern[str], plain: str, text: str) -> None:
    assert [m.span() for m in pattern.finditer(text)] == [m.span() for m in re.finditer(plain, text, re.IGNORECASE)]


_PLAIN_CUT = re.compile(
    r":(?=\s|\v|$)|(?<=\s)[–—−-]{1,2}(?=\s)|\s*[–—](?=\s)|\s*(?:[\u2190-\u21FF\u2794-\u27BE\u27F0-\u27FF≠≈]|=>|->)\s*|\s+=\s+|[\v\n]|;"
    r"|\s+(?=[<>≤≥~±]\s*\d)|\s+(?=\d[\d.,–-]*\s*(?:%|cm\b|mm\b|years?\b|yo\b|[hdy]\b|months?\b|weeks?\b|days?\b))"
    r"|\s+(?=(?:e\.g\.|i\.e\.|eg\b|ie\b|incl\.|esp\.|especially\b|including\b|such as\b|if\b|when\b|unless\b))"
    r"|\.(?=\s|$)|[(\[{]"
)


@given(st.lists(st.sampled_from([*SIGNS, "12", "cm", "e.g.", "if", "such as", "iffy"])).map("".join))
def test_a_name_is_cut_where_the_plain_pattern_cuts(text: str) -> None:
    for position in range(len(text) + 1):
        cut, plain = _CUT.search(text, position), _PLAIN_CUT.search(text, position)
        assert (cut and cut.start()) == (plain and plain.start())


def test_words_that_tell_a_verb_or_a_remark_are_single_small_words() -> None:
    assert all(re.fullmatch(r"[a-z]+", word) for word in FINITE | REMARK_WORDS)
