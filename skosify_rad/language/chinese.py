"""Endings of Chinese names: of diseases, qualifiers and grades."""

import re
from typing import Final

from skosify_rad.model.lazy_pattern import lazy_pattern

CJK: Final = lazy_pattern(r"[\u3400-\u9fff]")
_THING: Final = lazy_pattern(
    r"(?:瘤|癌|炎|症|病|骨折|梗死|梗塞|出血|综合征|綜合徵|症候群|损伤|損傷|囊肿|囊腫|肿|腫|畸形|结石|結石|血栓|栓塞|动脉瘤|感染|坏死|壞死|脓肿|膿腫|水肿|水腫|中毒|衰竭|不全"
    r"|增生|硬化|退化|破裂|脱位|脫位|疝|毒|激素|胰岛素)$"
)
_QUALIFIER: Final = lazy_pattern(r"(?:型|性|度|样|樣|效|混|期)$")
_STEP: Final = lazy_pattern(r"(?:WHO\s*|[A-Z]+\s*)?(?:\d{1,2}|[IVX]{1,4})\s*[级級期型]|[轻輕中重]度")


def names_a_thing(name: str) -> bool:
    """Return whether a Chinese name ends like those of diseases, lesions and drugs.

    >>> names_a_thing("星形细胞瘤"), names_a_thing("分子特征")
    (True, False)
    """
    return _THING.search(re.split(r"[,(（，]", name, maxsplit=1)[0].strip()) is not None


def is_qualifier(name: str) -> bool:
    """Return whether a Chinese name is only a qualifier: `经典型`, `继发性`."""
    return not name.isascii() and CJK.search(name) is not None and _QUALIFIER.search(name.strip()) is not None


def is_step(name: str) -> bool:
    """Return whether a Chinese name is a grade of a scale: `WHO 2 级`, `轻度`."""
    return not name.isascii() and _STEP.fullmatch(name.strip()) is not None


def shares_end(name: str, parent: str) -> bool:
    """Return whether a longer Chinese name ends in the last two characters of its parent's."""
    if parent.isascii() or name.isascii():
        return False
    end = re.split(r"[,(（，]", parent, maxsplit=1)[0].strip()[-2:]
    mine = re.split(r"[,(（，]", name, maxsplit=1)[0].strip()
    return len(end) == 2 and CJK.search(end) is not None and mine.endswith(end) and mine != parent  # noqa: PLR2004 - two characters


def restore_signs(words: str) -> str:
    """Return a Chinese name with full-width commas, as its author wrote it."""
    return words.replace(", ", "，") if ", " in words and CJK.search(words) else words


_BEHIND: Final = re.compile(r"\s*(?:伴|[^，、]{0,20}型\s*$)")


def follows_name(text: str) -> bool:
    """Return whether words behind a comma belong to the name before it.

    >>> follows_name("IDH 突变型"), follows_name("伴 MYB 改变"), follows_name("预后良好")
    (True, True, False)
    """
    return CJK.search(text) is not None and _BEHIND.match(text) is not None
