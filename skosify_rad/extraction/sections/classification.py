"""Classification: sections that enumerate kinds of a note's subject -> skos:narrower.

A section is one when its heading or a sentence announces it, or when its siblings show it by their form: steps of a
scale, names with the subject's head noun, the adjectives by which diseases are divided.
"""

import re
from collections.abc import Iterator
from typing import Final

from skosify_rad.extraction.entries import enumerates, judge_items
from skosify_rad.extraction.headings import principle
from skosify_rad.extraction.outline import PSEUDO_LEVEL, Section
from skosify_rad.extraction.sections.context import Context
from skosify_rad.extraction.sections.kinds import Kinds
from skosify_rad.extraction.sections.listed import BODIES, RULE
from skosify_rad.extraction.sections.unannounced import read_unannounced
from skosify_rad.language.english import head_noun, is_attribute, is_qualifier, names_a_thing
from skosify_rad.language.full_names import is_scale
from skosify_rad.language.spelling import clean, fold
from skosify_rad.model.purposes import Purpose
from skosify_rad.model.statements import Mention, Statement
from skosify_rad.vault.markdown.blocks import ListBlock
from skosify_rad.vault.roles import Role

_OUTSIDE: Final = (Purpose.DIFFERENTIAL, Purpose.COMPARISON)
_NAME_WORDS: Final = 5
"""More words are a phrase, no name."""
_OTHER_THINGS: Final = re.compile(
    r"treat|manage|therap|surg|operat|interven|procedur|techni|protocol|modalit|caus|aetiolog|etiolog|complicat|associat"
    r"|risk|prevent|follow|medic|drug|equip|device|sequence",
    re.IGNORECASE,
)
"""Properties that are things themselves and come in types of their own."""
_SCALES: Final = frozenset(
    fold(w) for w in "classification grading staging score scoring scale system stages grades".split()
)


def read_classification(context: Context) -> Iterator[Statement]:
    """Yield what a note says of kinds."""
    if context.note.role is not Role.CONCEPT:
        return
    outside: set[int] = set()
    for section in context.sections:
        if section.purpose in _OUTSIDE or id(section.parent) in outside:
            outside.add(id(section))  # a section comes before those in it
            continue
        if id(section) in context.read:
            continue
        announced = section.purpose is Purpose.CLASSIFICATION
        inside_property = announced and _lies_in_property(section)
        if inside_property and _is_of_other_things(section):
            continue
        if announced and (not inside_property or section.announced.sure):
            yield from _read_announced(context, section)
        elif principle(section.title) and not _lies_in_property(section):
            yield from _read_divided(context, section)
        else:
            yield from read_unannounced(context, section)


def _lies_in_property(section: Section) -> bool:
    return any(a.purpose is Purpose.PROPERTY for a in section.ancestors())


def _is_of_other_things(section: Section) -> bool:
    """Tell whether the types below a property are that property's own, `Treatment > Types`, or not to be read at all."""
    return any(
        a.purpose is Purpose.PROPERTY and (a.announced.sure or _OTHER_THINGS.search(a.name))
        for a in section.ancestors()
    )


def _read_announced(context: Context, section: Section) -> Iterator[Statement]:
    """Read a section whose heading announces kinds; a doubtful heading counts when what it holds confirms it."""
    subject = _subject_of(context, section)
    before = len(context.diagnostics)
    found = list(Kinds(context, section).read(subject)) if subject else []
    heading = section.heading
    assert heading is not None
    sure = section.announced.sure and (not section.announced.of or subject is not context.subject)
    sure = sure and not _lies_in_property(section)  # `Pathology > Subtypes` may be anything
    if sure or _confirms(context, section, found, subject):
        context.read.update(id(s) for s in section.walk())
        if not found and subject:
            message = f"The section “{section.name}” names no kind."
            context.report("empty-section", heading, message, "List the kinds, one an item; or rename the heading.")
        yield from found
    else:
        del context.diagnostics[before:]  # what is no classification lacks no kinds
        message = f"“{section.name}” looks like a classification; nothing in it confirmed it."
        hint = "Name it Classification if it is one, or list it under [extraction] ignore_headings."
        found = list(read_unannounced(context, section))
        if not section.announced.strict and not found:
            context.report("unread-section", heading, message, hint)
        yield from found


def _subject_of(context: Context, section: Section) -> Mention | None:
    """Return whose kinds a section lists: the note's subject, another known concept, or a named scale."""
    of = section.announced.of
    heading = section.heading
    if of and heading is not None and context.knows(of):
        return Mention(of, context.place(heading))
    if heading is not None and _is_named_scale(context, section):
        return Mention(clean(section.title.text).rstrip(" :"), context.place(heading))
    return context.subject


def _is_named_scale(context: Context, section: Section) -> bool:
    """Tell whether a heading with a proper name (`Mirels scoring system`) heads a scale of its own."""
    words = clean(section.title.text.split("(", 1)[0]).split()
    words = words[1:] if len(words) > 1 and words[0] in BODIES and is_scale(words[1]) else words  # `ACR TI-RADS`
    titled = set(fold(context.note.title).split())
    proper = [
        w
        for w in words[: -1 if words and fold(words[-1]) in _SCALES else None]
        if w[:1].isupper() and fold(w) not in titled and w not in BODIES
    ]
    if (
        not words
        or (fold(words[-1]) not in _SCALES and not is_scale(words[-1]))
        or not section.announced.scale
        or not proper
        or len(words) > _NAME_WORDS
        or section.level >= PSEUDO_LEVEL
    ):
        return False
    return words[0] in proper and not is_qualifier(words[0]) and not is_attribute(words[0])


def _confirms(context: Context, section: Section, found: list[Statement], subject: Mention | None) -> bool:
    """Tell whether what stands below a doubtful heading shows that it enumerates kinds."""
    kinds = [s.object for s in found if isinstance(s.object, Mention) and s.subject is subject]
    if not kinds:
        return False
    if section.announced.strict:
        return _divides(context, section, kinds)
    if section.announced.number == len(kinds):
        return True
    for block in section.blocks:
        if isinstance(block, ListBlock) and len(block.items) > 1:
            judged = judge_items(block.items, context.knows)
            if all(j.entry.marked and j.score >= 0 for j in judged) or enumerates(judged, context.note.title):
                return True  # every item starts with a name in bold or a link; or they are steps of a scale
    own = head_noun(context.note.title)
    good = sum(bool(k.link) or context.knows(k.words) or head_noun(k.words) == own or _is_kind_like(k) for k in kinds)
    return good * 2 > len(kinds) and len(kinds) > 1


def _divides(context: Context, section: Section, kinds: list[Mention]) -> bool:
    """Tell whether a property (`Histology`, `Location`) divides the subject: bare names below it, mostly qualifiers."""
    items = [i for b in section.blocks if isinstance(b, ListBlock) for i in b.items]
    bare = all(len(k.words.split()) < _NAME_WORDS and not is_attribute(k.words) for k in kinds)
    if len(kinds) < max(2, len(items)) or not bare:
        return False
    own = head_noun(context.note.title)
    good = sum(is_qualifier(k.words) or head_noun(k.words) == own or k.words.isupper() or bool(k.link) for k in kinds)
    return good * 3 >= len(kinds) * 2


def _is_kind_like(kind: Mention) -> bool:
    named = is_qualifier(kind.words) or names_a_thing(kind.words) or kind.words.isupper()
    return named and not is_attribute(kind.words)


def _read_divided(context: Context, section: Section) -> Iterator[Statement]:
    """Read a section headed by a principle of division, `By location`, where its items read as kinds."""
    before = len(context.diagnostics)
    found = list(Kinds(context, section).read(context.subject))
    kinds = [s.object for s in found if isinstance(s.object, Mention) and s.subject is context.subject]
    if len(kinds) > 1 and not any(is_attribute(k.words) for k in kinds):
        heading = section.heading
        assert heading is not None
        context.read.update(id(s) for s in section.walk())
        yield from found
        facet = Mention(
            clean(section.title.text).rstrip(" :"), context.place(heading), parent=context.subject, kind="facet"
        )
        yield from Kinds(context, section).members(facet, found)
    else:
        del context.diagnostics[before:]


__all__ = ["RULE", "read_classification"]
