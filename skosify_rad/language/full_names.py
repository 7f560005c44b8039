"""Full names: complete a bare qualifier or grade by its parent, and read the labels in a title."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from skosify_rad.language.english import head_noun, is_adjective, is_qualifier, lower_first, names_a_thing
from skosify_rad.language.grades import grade_code, step_of
from skosify_rad.language.spelling import abbreviates, clean, fold, singular
from skosify_rad.model.lazy_pattern import lazy_pattern

_BRACKET_END: Final = lazy_pattern(r"^(?P<name>.+?)\s*\((?P<inside>[^()]+)\)$")
_EDITORIAL: Final = lazy_pattern(r"^(?:overview|summary|notes?|draft|wip|todo|signpost|moc|list|stub)$", re.IGNORECASE)
_SCALE_END: Final = lazy_pattern(
    r"\s+(?P<noun>classification|grading|staging|grade|stage|score|scoring(?: system)?|grading system|system|scale|categories|criteria)"
    r"(?P<of>\s+(?:of|for|system)\b.*)?$",
    re.IGNORECASE,
)
_STEP: Final = {
    "classification": "type",
    "grading": "grade",
    "staging": "stage",
    "grade": "grade",
    "stage": "stage",
    "score": "score",
}
_NAMES_ITS_SCALE: Final = lazy_pattern(r"[A-Z]{1,3}-?RADS\b|[A-Z]{2}-")
"""Codes that stand alone: `PI-RADS 4`, `LR-5`."""
_VARIANT: Final = lazy_pattern(r"([\w-]+ (?:variant|form))s?", re.IGNORECASE)
"""`Infantile variants`, of what stands above."""
_COMPOUND: Final = lazy_pattern(r"[A-Z]?[a-z]+-[a-z]+")
_ABBREVIATED: Final = lazy_pattern(r"(?P<name>.+) \((?P<short>[^()]+)\) - .+")
"""A title with its abbreviation and a remark: `Background enhancement (BE) - MRI`."""
_POSTPOSED: Final = lazy_pattern(
    r"^(?:secondary to|due to|caused by|related to|associated with|of|in|with|without|from|after|following)\s",
    re.IGNORECASE,
)


class Title(NamedTuple):
    """The labels in a note's title."""

    preferred: str
    """The preferred label."""
    others: tuple[str, ...] = ()
    """Alternative labels."""


_LIST_OF: Final = lazy_pattern(
    r"list of (?P<of>(?:[\w-]+ ){0,3})(?P<noun>[\w-]+)(?P<clause> (?:that|which|with|in|of) .+)?", re.IGNORECASE
)


def read_title(title: str) -> Title:
    """Return the labels in a title.

    >>> read_title("Giant cell tumour (GCT)")
    Title(preferred='Giant cell tumour', others=('GCT',))
    >>> read_title("Myelolipoma (of the adrenal gland)").preferred
    'Myelolipoma (of the adrenal gland)'
    """
    plain = clean(title)
    match = _BRACKET_END.match(plain) if plain.endswith(")") else None  # nine of ten end otherwise
    if match is None:
        return Title(plain)
    name, inside = match["name"], match["inside"].strip()
    if abbreviates(inside, name):
        return Title(name, (inside,))
    if abbreviates(name, inside):
        return Title(name, (inside,))
    return Title(name) if _EDITORIAL.match(inside) else Title(plain)


@lru_cache(maxsize=4096)  # every section of a note asks it about the same title
def listed_thing(title: str) -> str:
    """Return what a list is of, in the singular and without a clause behind it; empty for other titles.

    >>> listed_thing("List of leukodystrophies that spare the cortex")
    'leukodystrophy'
    >>> listed_thing("List of sclerotic bone conditions"), listed_thing("List of what to ask when in doubt")
    ('sclerotic bone condition', '')
    """
    found = _LIST_OF.fullmatch(title)
    if found is None or (found["clause"] and singular(found["noun"]) == found["noun"]):
        return ""
    return f"{found['of']}{singular(found['noun'])}"


def is_scale(title: str) -> bool:
    """Return whether a title names a classification, grading or staging system.

    >>> is_scale("Lodwick classification (original)"), is_scale("Osteosarcoma")
    (True, False)
    """
    match = _BRACKET_END.match(title)
    if re.search(r"RADS\b", title):
        return True
    return _SCALE_END.search(match["name"] if match else title) is not None


def stub_label(words: str) -> str:
    """Return the label of a stub: its words with an upper-case first letter.

    >>> stub_label("low-grade glioma"), stub_label("pT1 tumour")
    ('Low-grade glioma', 'pT1 tumour')
    """
    words = clean(words)
    first = words.split(" ", 1)[0]
    return words if any(c.isupper() for c in first[1:]) or not first[:1].isascii() else words[:1].upper() + words[1:]


def needs_parent(words: str, parent: str) -> bool:
    """Return whether a subtype's name needs its parent's: it is a grade or an adjective."""
    code = grade_code(words)[1]
    if code:
        return _NAMES_ITS_SCALE.match(code) is None
    if _VARIANT.fullmatch(words) and is_qualifier(words.split(maxsplit=1)[0]):
        return True
    if names_a_thing(words.partition(",")[0]) or step_of(words)[1]:
        return False  # `Astrocytoma, IDH-mutant`; `PI-RADS 4`
    return is_qualifier(words) and (not head_noun(parent) or head_noun(words) != head_noun(parent))


def is_compound(words: str) -> bool:
    """Return whether a name is one word of two in small letters that names nothing by itself: `Branch-duct`."""
    return _COMPOUND.fullmatch(words) is not None and not names_a_thing(words)


def lower_known(words: str, knows: Callable[[str], bool], seen_lower: Callable[[str], bool]) -> str:
    """Return words with a known name at the end in lower case: `Low-grade [[Chondrosarcoma]]`.

    Text in Title Case is unchanged.

    >>> lower_known("Low-grade Chondrosarcoma", lambda n: n == "Chondrosarcoma", lambda w: True)
    'Low-grade chondrosarcoma'
    """
    parts = words.split()
    for index in range(1, len(parts)):
        tail = " ".join(parts[index:])
        if tail[:1].isupper() and knows(tail) and not any(w[:1].isupper() for w in parts[1:index]):
            return f"{' '.join(parts[:index])} {lower_first(tail, seen_lower)}"
    return words


def names_parent(words: str, parent: str) -> bool:
    """Return whether words already name their parent: `Islet amyloid` below an amyloidosis."""
    mine, theirs = fold(words).split(), fold(parent).split()
    stem = (
        any(len(w) > _STEM and theirs[-1].startswith(w) for w in mine) if theirs and not is_qualifier(words) else False
    )
    return stem or set(mine) <= set(theirs)


def lends_noun(group: str, kind: str) -> bool:
    """Return whether a group completes its subtypes: a site (`Groin`) does not, nor an adjective a noun.

    >>> lends_noun("Groin", "Inguinal"), lends_noun("Lumbar", "Petit"), lends_noun("Lumbar", "Acquired")
    (False, False, True)
    """
    if grade_code(group)[1] or names_a_thing(group):
        return True
    return is_qualifier(group) and (is_qualifier(kind) or bool(grade_code(kind)[1]))


_STEM: Final = 5
"""Words must be longer than this to name a parent by its first letters."""


def compose(words: str, parent: str, seen_lower: Callable[[str], bool]) -> str:
    """Return the full name of a bare qualifier below its parent.

    >>> compose("Clear cell", "Renal cell carcinoma", lambda word: True)
    'Clear cell renal cell carcinoma'
    >>> compose("Type IVa", "Choledochal cyst", lambda word: True)
    'Choledochal cyst type IVa'
    >>> compose("IA", "Lodwick classification (original)", lambda word: False)
    'Lodwick type IA (original)'
    >>> compose("Secondary to hyperaemia", "Localised osteoporosis", lambda word: True)
    'Localised osteoporosis secondary to hyperaemia'
    """
    words, parent = clean(words), clean(parent)
    if (titled := _ABBREVIATED.fullmatch(parent)) and abbreviates(titled["short"], titled["name"]):
        parent = titled["name"]
    qualifier = ""
    match = _BRACKET_END.match(parent)
    if match:
        parent, qualifier = match["name"], f" ({match['inside']})"
    noun, code = grade_code(words)
    if not words or not parent or _NAMES_ITS_SCALE.match(code):
        return words or f"{parent}{qualifier}"
    if code:
        return _graded(noun, code, parent) + qualifier
    if _POSTPOSED.match(words):
        return f"{parent} {words[:1].lower()}{words[1:]}{qualifier}"
    if words.lower().endswith("-type") or is_adjective(words.split()[-1]) or is_qualifier(words):
        words = _without_repeated_head(words, parent)
    variant = _VARIANT.fullmatch(words)
    if variant is not None:
        return f"{stub_label(variant[1])} of {lower_first(parent, seen_lower)}{qualifier}"
    words, parent = _overlapped(words, parent)
    capitals = len(parent.split()) > 1 and all(word[:1].isupper() for word in parent.split())
    lowered = " ".join(lower_first(word, seen_lower) for word in (parent.split() if capitals else [parent]))
    return stub_label(f"{words} {lowered}") + qualifier


def _without_repeated_head(words: str, parent: str) -> str:
    """`Clear cell` before `cell carcinoma` keeps both; `Primary osteoporosis` needs no second head."""
    return (
        words.removesuffix(" " + parent)
        if fold(words).endswith(fold(parent)) and fold(words) != fold(parent)
        else words
    )


def _overlapped(words: str, parent: str) -> tuple[str, str]:
    """Remove the words that end one and begin the other: `Benign phyllodes`, `Phyllodes tumour`."""
    mine, theirs = words.split(), parent.split()
    for size in range(min(len(mine), len(theirs) - 1), 0, -1):
        if fold(" ".join(mine[-size:])) == fold(" ".join(theirs[:size])):
            return " ".join(mine[:-size]) or words, parent if mine[:-size] else " ".join(theirs[size:])
    return words, parent


def _graded(noun: str, code: str, parent: str) -> str:
    """Return `Choledochal cyst type I`, `Lodwick type IA`, `Bosniak IIF` ..."""
    scale = _SCALE_END.search(parent)
    own = parent.rsplit(maxsplit=1)[-1].lower() if parent.split() else ""
    earlier, earlier_code = grade_code(" ".join(parent.split()[-2:]))
    if earlier_code and (code.startswith(earlier_code) or not noun):
        return f"{' '.join(parent.split()[:-2])} {earlier} {code if code.startswith(earlier_code) else earlier_code + code}".strip()
    if scale and parent[: scale.start()].strip():
        step = noun or _STEP.get(scale["noun"].lower(), "grade")
        of = (scale["of"] or "").removeprefix(" system")
        return (
            f"{parent[: scale.start()]}{of} {step} {code}" if not of else f"{parent[: scale.start()]} {step} {code}{of}"
        )
    step = noun or ("" if own in ("type", "grade", "stage") else "type")
    return f"{parent} {step} {code}".replace("  ", " ")
