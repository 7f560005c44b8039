"""Kinds: what a section enumerates, and the sub-headings that are kinds themselves."""

from collections.abc import Iterator
from typing import Final

from skosify_rad.extraction.entries import Judged, are_names, judge, judge_all, judge_items
from skosify_rad.extraction.headings import announce_sentence, principle
from skosify_rad.extraction.outline import CALLOUT_LEVEL, Section
from skosify_rad.extraction.sections.listed import ListedKinds
from skosify_rad.language.english import head_noun, is_kind_adjective, is_qualifier, is_remark, names_a_thing
from skosify_rad.language.grades import grade_code
from skosify_rad.language.spelling import clean, singular
from skosify_rad.model.purposes import Announced, Purpose
from skosify_rad.model.statements import Mention, Statement
from skosify_rad.vault.markdown.blocks import ListBlock, Paragraph, Table

_HEADING: Final = 6
"""Weight of the evidence of a heading."""


class Kinds(ListedKinds):
    """Reads the kinds of one section and its sub-sections."""

    def read(self, parent: Mention) -> Iterator[Statement]:
        """Yield the statements of the section and its sub-sections."""
        yield from self.blocks(self._section.blocks, parent)
        for child in self._section.children:
            yield from self.child(child, parent)

    def child(self, child: Section, parent: Mention) -> Iterator[Statement]:
        """Yield what a sub-section says: its heading is a kind, a principle of division, or only gathers."""
        if child.purpose in (Purpose.DIFFERENTIAL, Purpose.COMPARISON, Purpose.DEFINITION, Purpose.SYNONYMS):
            return
        heading = child.heading
        inner = Kinds(self._context, child, self._scale)
        if (
            heading is None
            or child.level == CALLOUT_LEVEL
            or child.purpose in (Purpose.CLASSIFICATION, Purpose.OVERVIEW)
        ):
            yield from inner.read(parent)
            return
        if principle(child.title):
            found = list(inner.read(parent))
            yield from found
            yield from inner.members(
                Mention(clean(child.title.text), self._context.place(heading), parent=parent, kind="facet"), found
            )
            return
        one = judge(heading, self._context.knows, parent.words)
        steps = [i for b in child.blocks if isinstance(b, ListBlock) for i in b.items]
        if steps and not names_a_thing(one.entry.head) and self.is_scale_of(one, steps):
            yield from inner.scale(one, steps, parent)
            return
        if child.purpose is Purpose.PROPERTY and one.score < 2 and not grade_code(one.entry.head)[1]:  # noqa: PLR2004 - see Judged
            return
        if one.score < 0 or is_remark(one.entry.head):
            return
        yield from inner.below_heading(one, parent)

    def below_heading(self, one: Judged, parent: Mention) -> Iterator[Statement]:
        """Yield a heading that is a kind; below it stand features mostly, and kinds only where names stand in a row."""
        section = self._section
        kinds = [self.kind(name, one.block, parent) for name in one.entry.names]
        for kind in kinds:
            yield self.narrower(one.block, parent, kind, _HEADING)
        if len(kinds) != 1:
            return
        kind = kinds[0]
        plural = singular(one.entry.head.split()[-1].lower()) != one.entry.head.split()[-1].lower()
        group = is_kind_adjective(one.entry.head) or is_qualifier(one.entry.head) or plural
        announced = Announced(Purpose.NONE)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                announced = announce_sentence(block.text.strip().rsplit("\n", 1)[-1], self._context.note.title)
            elif isinstance(block, Table) and announced.purpose is Purpose.CLASSIFICATION:
                yield from self.table(block, kind)
            elif isinstance(block, ListBlock):
                plural = plural or announced.purpose is Purpose.CLASSIFICATION
                yield from self._list_below(block, kind, group=group or plural, plural=plural)
        yield from self._subsections(kind, group=group)

    def _subsections(self, kind: Mention, *, group: bool) -> Iterator[Statement]:
        """Yield the kinds that headings below a kind name: all where it is a group or they are bare qualifiers."""
        subs = [s for s in self._section.children if s.heading is not None and s.purpose is Purpose.NONE]
        judged = judge_all([s.heading for s in subs if s.heading is not None], self._context.knows, kind.words)
        bare = len(judged) > 1 and all(is_qualifier(j.entry.head.split(" (")[0]) for j in judged)
        for sub in self._section.children:
            if sub.purpose is Purpose.CLASSIFICATION:
                yield from Kinds(self._context, sub, self._scale).read(kind)
        for sub, one in zip(subs, judged, strict=True):
            if one.score >= (0 if group or bare else 2):
                yield from Kinds(self._context, sub, self._scale).below_heading(one, kind)

    def _list_below(self, block: ListBlock, kind: Mention, *, group: bool, plural: bool) -> Iterator[Statement]:
        judged = judge_items(block.items, self._context.knows, kind.words)
        related = all(self._belongs(j, kind.words) for j in judged)
        if are_names(judged, opened=plural) and (group or related):
            yield from self.items(block.items, kind, 1)
            return
        for one in judged:
            nested = [i for b in getattr(one.block, "children", ()) if isinstance(b, ListBlock) for i in b.items]
            if nested and self.is_scale_of(one, nested):
                yield from self.scale(one, nested, kind)

    def _belongs(self, one: Judged, parent: str) -> bool:
        return any(
            n.link or self._context.knows(n.words) or head_noun(n.words) == head_noun(parent) for n in one.entry.names
        )
