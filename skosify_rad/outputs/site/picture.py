"""The differentials of a concept as a small picture: two columns around it, in whole pixels."""

from collections.abc import Iterator
from typing import Final

from skosify_rad.outputs.site.views import Node, Picture, Ref

WIDTH: Final = 320
_ROW: Final = 38
_MOST: Final = 12
_LINE_LENGTH: Final = 20
"""Characters that fit between a column and the picture's edge."""
_LEFT, _RIGHT = 140, 180
_GAP: Final = 22
_LINE: Final = 13
"""From one line of a label to the next."""
_BESIDE: Final = 10
"""From a neighbour to its label."""


def draw(refs: tuple[Ref, ...]) -> Picture | None:
    """Return the picture; None where there is nothing around the concept."""
    if not refs:
        return None
    shown = sorted(refs, key=lambda ref: ref.kind != "note")[:_MOST]
    half = (len(shown) + 1) // 2
    columns = (shown[:half], shown[half:])
    height = _ROW * half + _GAP
    nodes = [node for at, column in enumerate(columns) for node in _place(column, height, left=at == 0)]
    edges = "".join(f"M{WIDTH // 2} {height // 2} {node.x} {node.y}" for node in nodes)
    return Picture(WIDTH, height, edges, tuple(nodes), len(refs) - len(shown))


def _place(column: list[Ref], height: int, *, left: bool) -> Iterator[Node]:
    top = (height - _ROW * len(column)) // 2
    for number, ref in enumerate(column):
        y = top + _ROW * number + _ROW // 2
        lines = break_label(ref.label)
        first = y + 4 - (6 if len(lines) > 1 else 0)
        placed = tuple((line, first + _LINE * at) for at, line in enumerate(lines))
        if left:
            yield Node(ref, _LEFT, y, "left", _LEFT - _BESIDE, placed)
        else:
            yield Node(ref, _RIGHT, y, "right", _RIGHT + _BESIDE, placed)


def break_label(label: str) -> tuple[str, ...]:
    """Return a label on at most two lines, with an ellipsis where it is cut.

    >>> break_label("Congenital mesoblastic nephroma of the newborn")
    ('Congenital', 'mesoblastic nephrom…')
    """
    lines = [""]
    for word in label.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= _LINE_LENGTH or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > 2:  # noqa: PLR2004 - two lines fit
        lines = [lines[0], " ".join(lines[1:])]
    return tuple(line if len(line) <= _LINE_LENGTH else line[: _LINE_LENGTH - 1].rstrip() + "…" for line in lines)
