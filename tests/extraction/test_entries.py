"""Lists -> entries: which items name things, which remark, and when siblings enumerate kinds."""

from __future__ import annotations

import pytest

from skosify_rad.extraction.entries import are_names, enumerates, is_group, items_of, judge, judge_items, kind_like
from skosify_rad.vault.markdown.blocks import Item, ListBlock
from skosify_rad.vault.markdown.parser import parse_blocks

KNOWN = {"known thing"}


def knows(name: str) -> bool:
    return name.lower() in KNOWN


def score(raw: str, parent: str = "") -> int:
    return judge(Item(raw, 1, 1), knows, parent).score


def items(*texts: str) -> list[Item]:
    (block,) = parse_blocks("".join(f"- {text}\n" for text in texts))
    assert isinstance(block, ListBlock)
    return block.items


@pytest.mark.parametrize(
    "raw",
    [
        "[[Anything at all]]",
        "Known thing",
        "Osteosarcoma",
        "**Fibrous dysplasia**: ground glass",
        "Codman sign",
        "Chronic osteomyelitis (late)",
    ],
)
def test_names_score_high(raw: str) -> None:
    assert score(raw) >= 2


@pytest.mark.parametrize(
    "raw",
    [
        "Usually in adults",
        "Others",
        "Other",
        "etc.",
        "Age",
        "MRI: bright",
        "Treatment",
        "> 2 cm",
        "DDx: gout",
        "Gout vs pseudogout",
        "",
        "…",
        "N/A",
        "The lesion is well defined and shows a sclerotic margin.",
        "5 points",
    ],
)
def test_remarks_score_below_zero(raw: str) -> None:
    assert score(raw) < 0


def test_a_parents_head_noun_speaks_for_a_kind() -> None:
    assert score("Vertical talus", "Oblique talus") > score("Vertical talus", "Flat foot")


def test_siblings_that_all_start_small_mean_nothing_by_it() -> None:
    together = [j.score for j in judge_items(items("vertical strut", "oblique strut"), knows)]
    alone = [score("vertical strut"), score("oblique strut")]
    assert together == [s + 1 for s in alone]


def test_siblings_of_one_name_are_told_apart_by_their_brackets() -> None:
    judged = judge_items(items("Descending (central)", "Descending (uncal)", "Ascending (late)"), knows)
    assert [j.entry.names[0].words for j in judged] == ["Descending (central)", "Descending (uncal)", "Ascending"]


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        (("Type I", "Type II"), "Endoleak"),
        (("Le Fort I", "Le Fort II", "Le Fort III"), "Midface trauma"),
        (("Sliding hernia", "Rolling hernia"), "Hiatus hernia"),
        (("Benign", "Malignant"), "Ascites"),
        (("Sliding hernia: common", "Rolling hernia: rare", "Usually in adults"), "Hiatus hernia"),
    ],
)
def test_kinds_show_by_their_form(texts: tuple[str, ...], title: str) -> None:
    assert enumerates(judge_items(items(*texts), knows, title), title)


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        (("Type I",), "Endoleak"),
        (("Gout", "Trauma"), "Effusion"),
        (("Sliding hernia", "Reflux", "Anaemia"), "Hiatus hernia"),
        (("Hernia repair", "Hernia mesh"), "Hiatus hernia"),
        (("Radiograph", "CT", "MRI"), "Fracture"),
        (("In adults", "In children"), "Fracture"),
    ],
)
def test_other_lists_do_not(texts: tuple[str, ...], title: str) -> None:
    assert not enumerates(judge_items(items(*texts), knows, title), title)


def test_only_the_kind_like_siblings_are_kinds() -> None:
    judged = judge_items(items("Sliding hernia", "Rolling hernia", "Reflux"), knows, "Hiatus hernia")
    assert [j.entry.head for j in kind_like(judged, "Hiatus hernia")] == ["Sliding hernia", "Rolling hernia"]


def test_nested_names_are_names_and_nested_remarks_are_not() -> None:
    names = judge_items(items("Osteoma", "Osteosarcoma"), knows)
    remarks = judge_items(items("Seen in adults", "Often bilateral"), knows)
    assert are_names(names, opened=True)
    assert are_names(names, opened=False)
    assert not are_names(remarks, opened=True)
    assert not are_names([], opened=True)
    mixed = judge_items(items("Osteoma", "Seen in adults", "Osteosarcoma", "Enchondroma"), knows)
    assert are_names(mixed, opened=True)
    assert not are_names(mixed, opened=False)


def test_groups_gather() -> None:
    assert is_group(judge(Item("Benign:", 1, 1), knows))
    assert is_group(judge(Item("Upper lobes", 1, 1), knows))
    assert not is_group(judge(Item("Osteoma: ivory", 1, 1), knows))
    assert not is_group(judge(Item("Osteosarcoma", 1, 1), knows))


def test_items_of_lists_among_blocks() -> None:
    assert [i.text for i in items_of(parse_blocks("text\n\n- a\n- b\n\n# h\n\n1. c\n"))] == ["a", "b", "c"]
