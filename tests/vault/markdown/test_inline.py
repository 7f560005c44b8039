"""Inline Markdown: what is text, what is a link, what is bold; and what is none of them."""

from __future__ import annotations

import pytest

from skosify_rad.vault.markdown.inline import LINE_BREAK, Inline, Link, parse_inline


@pytest.mark.parametrize(
    ("raw", "text", "target"),
    [
        ("[[Gout]]", "Gout", "Gout"),
        ("[[Joint/Crystal/Gout]]", "Gout", "Joint/Crystal/Gout"),
        ("[[Joint/Gout|tophi]]", "tophi", "Joint/Gout"),
        (r"[[Joint/Gout\|tophi]]", "tophi", "Joint/Gout"),
        ("[[Gout\x1ftophi]]", "tophi", "Gout"),
        ("[[Gout#Imaging]]", "Gout", "Gout"),
        ("[[Gout#^a1b2]]", "Gout", "Gout"),
        ("[[Gout#Imaging|its imaging]]", "its imaging", "Gout"),
        ("[[#Imaging]]", "Imaging", ""),
        ("[[Gout|]]", "Gout", "Gout"),
        ("[[Gout| ]]", "Gout", "Gout"),
        ("[[Gout|**tophi**]]", "tophi", "Gout"),
        ("[[T2* mapping_v1]]", "T2* mapping_v1", "T2* mapping_v1"),
        ("[tophi](Joint/Gout.md)", "tophi", "Joint/Gout.md"),
        ("[tophi](<Joint/Gout arthritis.md>)", "tophi", "Joint/Gout arthritis.md"),
        ("[tophi](Joint/Gout%20arthritis.md#Imaging)", "tophi", "Joint/Gout arthritis.md"),
        ("[**tophi**](Gout.md)", "tophi", "Gout.md"),
        ("[tophi](Gout_(disease).md)", "tophi", "Gout_(disease).md"),
    ],
)
def test_every_form_of_link_is_read(raw: str, text: str, target: str) -> None:
    found = parse_inline(raw)
    assert found.text == text
    assert [link.target for link in found.links] == [target]
    assert [found.text[link.start : link.end] for link in found.links] == [text]


def test_a_links_anchor_is_kept() -> None:
    assert parse_inline("[[Gout#Imaging]]").links == (Link("Gout", 0, 4, "Imaging"),)


@pytest.mark.parametrize(
    "raw",
    [
        "![[figure.png]]",
        "![[Gout#Imaging]]",
        "![a figure](figure.png)",
        "[a page](https://example.org/gout)",
        "[write](mailto:a@example.org)",
        "`[[Gout]]`",
        "[[Gout",
        "[[Go[ut]]",
        r"\[[Gout]]",
        "%%[[Gout]]%%",
        "<!-- [[Gout]] -->",
    ],
)
def test_what_is_no_link_to_a_note_gives_none(raw: str) -> None:
    assert parse_inline(raw).links == ()


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("**Gout** and *tophi*", "Gout and tophi"),
        ("__Gout__ and _tophi_", "Gout and tophi"),
        ("***Gout***", "Gout"),
        ("==Gout== ~~tophi~~", "Gout tophi"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        (r"\*no\* emphasis", "*no* emphasis"),
        ("`code`", "code"),
        ("T1 <b>bright</b><sup>2</sup>", "T1 bright2"),
        ("a<br>b<br/>c", f"a{LINE_BREAK}b{LINE_BREAK}c"),
        ("fat &gt; water &amp; air &#8594;", "fat > water & air →"),
        ("R&D; a & b", "R&D; a & b"),
        ("seen %%by whom?%% often", "seen  often"),
        ("seen %%by whom?", "seen "),
        ("seen <!-- ? --> often", "seen  often"),
        ("note[^1]", "note"),
        ("tagged #ddx/bone here", "tagged  here"),
        ("C# and #1", "C# and #1"),
        ("a block ^a1b2c3", "a block "),
        ("10^9 cells", "10^9 cells"),
        ("≥ 2 cm – “late”", "≥ 2 cm – “late”"),
    ],
)
def test_markup_leaves_the_text(raw: str, text: str) -> None:
    assert parse_inline(raw).text == text


def test_tags_are_kept_apart() -> None:
    assert parse_inline("Look #ddx and #bone/lytic").tags == ("ddx", "bone/lytic")
    assert parse_inline("[[Gout#Imaging]] page#1").tags == ()


@pytest.mark.parametrize(
    ("raw", "bold"),
    [
        ("**Gout** late", ["Gout"]),
        ("__Gout__ late", ["Gout"]),
        ("**[[Gout]]** late", ["Gout"]),
        ("*Gout* late", ["Gout"]),
        ("late *Gout*", []),
        ("late **Gout**, early **tophi**", ["Gout", "tophi"]),
        ("plain", []),
        ("**open", ["open"]),
    ],
)
def test_bold_spans_are_known(raw: str, bold: list[str]) -> None:
    found = parse_inline(raw)
    assert [found.text[a:b] for a, b in found.strong] == bold


def test_a_slice_keeps_the_links_and_bold_inside_it() -> None:
    found = parse_inline("**Early** [[Gout]] and [[Pseudogout]]")
    part = found.slice(6, 10)
    assert part.text == "Gout"
    assert part.links == (Link("Gout", 0, 4),)
    assert part.strong == ()
    assert found.slice(2, 5).strong == ((0, 3),)
    assert Inline("  a ").strip().text == "a"
    assert Inline("   ").strip().text == ""


def test_plain_text_is_handed_on_as_it_is() -> None:
    text = "Plain words, nothing else (really)."
    assert parse_inline(text) == Inline(text)


def test_many_open_signs_are_read_in_no_time() -> None:
    for sign in ("[[", "[", "**", "*", "_", "`", "%%", "<!--", "<", "![[", "&", "==", "[a](", "\\"):
        assert parse_inline(sign * 2000) is not None
