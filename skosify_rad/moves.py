"""What an edit has changed in what a note says: statements that came and went, and where the places of the rest are."""

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, Generic, NamedTuple, TypeVar

from skosify_rad.diagnostics import Diagnostic, Place
from skosify_rad.qualifiers import find_alike
from skosify_rad.readings import Reading
from skosify_rad.statements import Mention, Statement
from skosify_rad.stating import is_step, make_evidence
from skosify_rad.vocab import SKOS

Point = tuple[int, int]
"""Line and column, from 1."""

_Row = TypeVar("_Row")

_MOST_MATCHED: Final = 500
"""So many statements between the first and the last that changed are matched one by one; of more, all are others."""


class Moves(NamedTuple):
    """Old places of one note -> new ones: as many, in the same order, on as many lines.

    All that an export does with places is to compare them and to tell them; so what is still said is told as before,
    with the new places.
    """

    points: dict[Point, Point]
    """Line and column -> where that is now."""
    lines: dict[int, int]
    """Line -> where it is now."""

    def __call__(self, place: Place) -> Place | None:
        """Return where a place of the note is now; None where nobody can tell."""
        found = self.points.get((place.line, place.column))
        return None if found is None else Place(place.path, *found)


class Changes(NamedTuple):
    """What an edit changed."""

    moves: Moves
    """Where all that is still said has moved to."""
    gone: tuple[Statement, ...]
    """Statements no longer made, as they were."""
    come: tuple[Statement, ...]
    """Statements made now and not before."""
    mended: tuple[Diagnostic, ...]
    """What was wrong and is no longer, as it was."""
    found: tuple[Diagnostic, ...]
    """What is wrong now and was not."""
    alike: frozenset[int]
    """What `find_alike` finds in the note as it is now."""
    steps: tuple[Sequence[Statement], Sequence[Statement]]
    """All steps of scales, as they were and as they are."""
    stayed: Mapping[int, Point]
    """Identity of a mention that stays -> where it was."""
    dropped: tuple[Mention, ...]
    """Mentions that only what is gone held, those above it too."""


def find_changes(old: Reading, new: Reading, names: frozenset[str]) -> Changes | None:
    """Return what has changed between two readings of a note; None where that is no matter of single statements.

    `names` is what the vault knows. The old reading counts only where it asked for the same: a look at the vault in
    another state, since the last export, reads notes otherwise and keeps that.
    """
    if not names.issuperset(old.known) or not names.isdisjoint(old.unknown):
        return None
    contents = _Contents()
    said = _pair(old.statements, new.statements, contents.number)
    wrong = _pair(old.diagnostics, new.diagnostics, _say)
    mentions = _pair_mentions(said.kept)
    if mentions is None or not {_evidence(was) for was, _ in said.kept}.isdisjoint(map(_evidence, said.gone)):
        return None  # of two that say the same in one place, one went
    before, after = find_alike(old.statements), find_alike(new.statements)
    if any((id(was.object) in before) != (id(now.object) in after) for was, now in said.kept):
        return None  # what stays may be called otherwise
    dropped = _list_others(said.gone, mentions.before, [was for was, _ in said.kept])
    come = _list_others(said.come, mentions.after, [now for _, now in said.kept])
    if dropped is None or come is None:
        return None
    places = [*mentions.places, *((was.place[1:], now.place[1:]) for was, now in said.kept)]
    places += [(was.place[1:], now.place[1:]) for was, now in wrong.kept]
    places += [(was.second[1:], now.second[1:]) for was, now in wrong.kept if was.second and now.second]
    moves = _join([((1, 1), (1, 1)), *places])
    stayed = {other: where[0] for other, where in zip(mentions.after, mentions.places, strict=True)}
    steps = [*filter(is_step, old.statements)], [*filter(is_step, new.statements)]
    return moves and Changes(moves, said.gone, said.come, wrong.gone, wrong.come, after, steps, stayed, dropped)


@dataclass(frozen=True, slots=True)
class _Paired(Generic[_Row]):
    """Rows before and after."""

    kept: list[tuple[_Row, _Row]]
    """Those that say the same."""
    gone: tuple[_Row, ...]
    """Those before that have none after."""
    come: tuple[_Row, ...]
    """Those after that have none before."""


def _pair(old: Sequence[_Row], new: Sequence[_Row], key: Callable[[_Row], Hashable]) -> _Paired[_Row]:
    same = list(_match([key(row) for row in old], [key(row) for row in new]))
    before, after = {i for i, _ in same}, {j for _, j in same}
    return _Paired(
        [(old[i], new[j]) for i, j in same],
        tuple([row for index, row in enumerate(old) if index not in before]),
        tuple([row for index, row in enumerate(new) if index not in after]),
    )


def _evidence(statement: Statement) -> tuple[object, ...]:
    place, _, written, rule, *_ = make_evidence(statement)  # as it is told: of long words the beginning
    return statement.predicate, place, rule, written


class _Contents:
    """Numbers for all that statements and mentions say, places apart; what is above a mention is a part of it."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = defaultdict(lambda: len(self._numbers))
        self._of: dict[int, int] = {}
        """Identity of a mention -> its number."""

    def number(self, statement: Statement) -> int:
        """Return the number of what a statement says."""
        subject, predicate, target, _, *rest = statement
        meant = self._number_mention(target) if isinstance(target, Mention) else target
        return self._numbers[(self._number_mention(subject), predicate, meant, tuple(rest))]

    def _number_mention(self, mention: Mention) -> int:
        pending: list[Mention] = []  # no recursion: lists may be a thousand deep
        one: Mention | None = mention
        while one is not None and id(one) not in self._of:
            pending.append(one)
            one = one.parent
        for one in reversed(pending):
            words, _, link, note, parent, *rest = one
            above = self._of[id(parent)] if parent is not None else -1
            self._of[id(one)] = self._numbers[(above, words, link, note, tuple(rest))]
        return self._of[id(mention)]


def _match(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """Yield the indexes of what is the same in both, in order."""
    shorter = min(len(before), len(after))
    start = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    rest = shorter - start
    end = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    yield from ((n, n) for n in range(start))
    one, other = before[start : len(before) - end], after[start : len(after) - end]
    if max(len(one), len(other)) <= _MOST_MATCHED:
        for i, j, many in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
            yield from ((start + i + n, start + j + n) for n in range(many))
    yield from ((len(before) - n, len(after) - n) for n in range(end, 0, -1))


class _Mentions(NamedTuple):
    """Mentions before and after, one beside the other."""

    before: dict[int, int]
    """Identity -> that of what it is now."""
    after: dict[int, int]
    """The reverse, in the same order."""
    places: list[tuple[Point, Point]]
    """Where each was, and is."""


def _pair_mentions(kept: Iterable[tuple[Statement, Statement]]) -> _Mentions | None:
    """Return the mentions of what stays; None where these are others, be it in the same words."""
    found = _Mentions({}, {}, [])
    for old, new in kept:
        for was, now in ((old.subject, new.subject), (old.object, new.object)):
            one = was if isinstance(was, Mention) else None
            other = now if isinstance(now, Mention) else None
            while one and other and found.before.get(id(one)) != id(other):
                if id(one) in found.before or id(other) in found.after:
                    return None
                found.before[id(one)], found.after[id(other)] = id(other), id(one)
                found.places.append((one.place[1:], other.place[1:]))
                one, other = one.parent, other.parent
    return found


def _list_others(
    statements: Iterable[Statement], stayed: Container[int], kept: Iterable[Statement]
) -> tuple[Mention, ...] | None:
    """Return the mentions of statements, and those above, that do not stay; to give another name mentions nothing.

    None where one stays only above what stays: whether it names a thing there hangs on what it is completed for.
    """
    direct = {id(mention) for statement in kept for mention in (statement.subject, statement.object)}
    found: dict[int, Mention] = {}
    for statement in statements:
        for end in () if statement.predicate == SKOS.altLabel else (statement.subject, statement.object):
            one = end if isinstance(end, Mention) else None
            while one is not None and id(one) not in found:
                if id(one) not in stayed:
                    found[id(one)] = one
                elif id(one) not in direct:
                    return None
                one = one.parent
    return tuple(found.values())


def _say(finding: Diagnostic) -> tuple[object, ...]:
    d = finding
    return d.rule.code, d.message, d.hint, d.second is None, d.words, d.subject, d.severity


def _join(pairs: Iterable[tuple[Point, Point]]) -> Moves | None:
    points: dict[Point, Point] = {}
    lines: dict[int, int] = {}
    for here, there in sorted(pairs):
        if points.setdefault(here, there) != there or lines.setdefault(here[0], there[0]) != there[0]:
            return None  # one place, or one line, has become two
    if all(a < b for a, b in pairwise(points.values())) and all(a < b for a, b in pairwise(lines.values())):
        return Moves(points, lines)
    return None
