"""Membership: what a list note enumerates -> skos:member of its collection; its nested items stay kinds."""

from collections.abc import Iterator
from typing import Final

from skosify_rad.extraction.entries import Judged, are_names, enumerates, judge, judge_items
from skosify_rad.extraction.outline import Section
from skosify_rad.extraction.sections.context import Context
from skosify_rad.language.english import head_noun, is_qualifier, names_a_thing
from skosify_rad.language.spelling import clean, fold
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.purposes import Purpose
from skosify_rad.model.statements import Mention, Statement
from skosify_rad.vault.markdown.blocks import Item, ListBlock, Table
from skosify_rad.vault.roles import Role

RULE: Final = "membership"
_SHORT: Final = 3
_LINKED: Final = 3
"""Score of a name the vault knows; less does not make a member of a list that may remark as well."""


def read_membership(context: Context) -> Iterator[Statement]:
    """Yield the members of a list note's collection, and the kinds nested among them."""
    if context.note.role is not Role.LIST:
        return
    for section in context.outline.walk():
        if section.purpose is Purpose.PROPERTY:
            continue
        for block in section.blocks:
            if isinstance(block, ListBlock):
                yield from _items(context, section, block.items, None)
            elif isinstance(block, Table):
                for row in block.rows:
                    one = judge(row[0], context.knows)
                    if _is_member(one):
                        yield from _members(context, section, one)


def _is_member(one: Judged) -> bool:
    """Tell whether an item is a member: a link, a name the vault knows, or a plain short name of a thing."""
    head = one.entry.head
    plain = names_a_thing(head) and len(head.split()) <= _SHORT and not is_qualifier(head.split()[0])
    known = one.score >= _LINKED and (any(n.link for n in one.entry.names) or not one.entry.parted)
    return known or (plain and one.score >= 0)


def _members(context: Context, section: Section, one: Judged) -> Iterator[Statement]:
    state = context.state(RULE, section, 5)
    for mention in context.mentions(one.entry, one.block):
        yield state(context.subject, SKOS.member, mention, mention.place, written=mention.words)


def _items(context: Context, section: Section, items: list[Item], parent: Mention | None) -> Iterator[Statement]:
    judged = judge_items(items, context.knows, parent.words if parent else "")
    for one in judged:
        item = one.block
        assert isinstance(item, Item)
        nested = [i for b in item.children if isinstance(b, ListBlock) for i in b.items]
        if not _is_member(one):
            if nested and are_names(judge_items(nested, context.knows), opened=one.entry.opens):
                yield from _items(context, section, nested, None)
            continue
        mentions = context.mentions(one.entry, item)
        if parent is None:
            yield from _members(context, section, one)
        else:
            state = context.state(RULE, section, 5)
            for mention in mentions:
                yield state(parent, SKOS.narrower, mention, mention.place, written=mention.words)
        if nested and len(mentions) == 1 and _nests_kinds(context, nested, mentions[0]):
            yield from _items(context, section, nested, mentions[0])


def _agrees(one: Judged, parent: Mention) -> bool:
    """Tell whether a linked item has its parent's head noun: a complication below a disease is no kind of it."""
    head = head_noun(parent.link.rsplit("/", 1)[-1] or parent.words)
    return any(head_noun(n.link.rsplit("/", 1)[-1] or n.words) == head for n in one.entry.names)


def _nests_kinds(context: Context, nested: list[Item], parent: Mention) -> bool:
    """Nested items are kinds where each is a known name: a remark is never a link from end to end."""
    below = judge_items(nested, context.knows, parent.words)
    kinds = enumerates(below, parent.words) and are_names(below, opened=True)
    return (
        bool(below)
        and (kinds or all(j.score >= _LINKED and _agrees(j, parent) for j in below))
        and fold(parent.words) not in {fold(clean(j.entry.head)) for j in below}
    )
