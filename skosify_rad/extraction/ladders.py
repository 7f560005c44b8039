"""Steps of scales written by their codes alone: `I whole aorta`, `(Ellman): 1 <3 mm, 2 3–6 mm, 3 >6 mm`."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Final

from skosify_rad.extraction.candidates import Candidate, part_at
from skosify_rad.extraction.compounds import Name
from skosify_rad.extraction.entries import Entry
from skosify_rad.extraction.node import Node
from skosify_rad.language.grades import grade_code, ladder_kind, leading_code
from skosify_rad.language.spelling import clean
from skosify_rad.model.purposes import Purpose
from skosify_rad.vault.markdown.blocks import Block

_LEAST: Final = 3
_MOST: Final = 10
"""Scales looked for in a line."""
_LONGEST: Final = 60
"""Characters of a label, and of a step on average."""
_FIRST: Final = r"(?=(?:I|A|T?[01]|Ia|T?1a)[\s:=–(-])"
_INLINE: Final = re.compile(rf"(?:[:=]\s+|\(){_FIRST}")
"""What stands between a label and the steps of its scale in one line."""
_RUN_IN: Final = re.compile(rf"[^:=\n]{{2,40}}[.:]\s+{_FIRST}")
"""A label in bold and the sign behind it: `**Kadish (ONB).** A nasal`."""
_CLAUSE: Final = re.compile(
    r"(?:^|[.,;:(]\s+|\band\s+)(?P<step>(?i:(?P<noun>type|grade|stage|score|level|class|category)\s+)?"
    r"(?P<code>(?:[IVX]{1,4}|\d{1,2}|[A-H])[a-d]?))(?=[\s,:(])"
)
"""A step at the start of a clause: `Score 1 means ...; score 2 is ...`."""
_LABEL: Final = re.compile(r"[^.:;=\n]{2,60}$")
_ENUMERATOR: Final = re.compile(r"\w{1,4}[.)]\s")
_NEXT: Final = re.compile(r"(?:^|[,;·.|→/]\s+|\s[–-]\s+)(?=(?:[IVX]{1,4}|T?\d{1,2}|[A-H])[a-d]?[\s:=–(])")
"""Where the next step of a line starts."""
_INNER: Final = re.compile(r"\([^()]*\)")
_RANGE: Final = re.compile(r"\s*(?:\([^()]*\)|\b[IVX]+\s*[-–]\s*[IVX]+\b)")
_BRACKETED: Final = re.compile(r"\((?P<name>[A-Z][^()\d]{2,40})\)")
"""A name in brackets behind a label: `depth (Ellman)`."""


def read_ladder(run: list[Node], above: str = "") -> list[Candidate]:
    """Return the steps that the items of a list start with: `A normal`, `B enlarged`; empty if they are no scale.

    Below a step, `above` is its code, and its parts start with it: `IIa`, `IIb`.
    """
    if not run or not leading_code(run[0].text.text)[0]:
        return []
    if _ENUMERATOR.match(run[0].text.text):
        return []  # `A. Hereditary` is numbered
    read = [leading_code(clean(node.text.text.partition("\n")[0])) for node in run]
    steps = [step for step in read if step[0]]
    if all(grade_code(node.words)[1] for node in run) or len(steps) + (len(steps) > _LEAST) < len(run):
        return []
    parts = bool(above) and len(run) > 1 and all(code.startswith(above) and code != above for code, _ in steps)
    kind = ladder_kind([code for code, _ in steps]) if len(run) >= _LEAST else ""
    climbs = parts or kind in ("roman", "letter") or (kind == "digit" and steps[0][0] == "0")
    return (
        [*_make(steps, [(node.block, node) for node, step in zip(run, read, strict=True) if step[0]])] if climbs else []
    )


def read_inline_ladder(node: Node) -> tuple[str, list[Candidate]]:
    """Return the name of a scale and the steps that a line gives of it; empty if it gives none.

    The name is that in brackets behind the label, else the label.
    """
    text = node.text.text.replace("\n", " ")
    bare = _INNER.sub(lambda bracket: " " * len(bracket[0]), text)  # parts of a step stand in its brackets
    run_in = _RUN_IN.match(text) if node.text.strong[:1] and node.text.strong[0][0] == 0 else None
    for match in (*([run_in] if run_in else []), *islice(_INLINE.finditer(text), _MOST)):
        label = match[0].rstrip(" .:") if match is run_in else _find_label(text, match.start())
        if not label:
            continue
        last = match.end() + _LONGEST * _MOST
        ends = [one.end() for one in _NEXT.finditer(text if match[0] == "(" else bare, match.end(), last)]
        starts = [match.end(), *(end for end in ends if end > match.end())]
        codes = [leading_code(text[a:b].strip(" ,;·.|→/–-")) for a, b in pairwise((*starts, last))]
        steps = next(
            (codes[:n] for n in range(len(codes), _LEAST - 1, -1) if ladder_kind([c for c, _ in codes[:n]])), []
        )
        places = [(part_at(node.block, node.text.text[:start]), None) for start in starts[: len(steps)]]
        found = [*_make(steps, places)]
        named = find_bracketed(label)
        counted = all(code.isdigit() for code, _ in steps) and not (
            named or (match is run_in and steps[:1] and steps[0][0] == "0")
        )
        if found and not counted:  # as steps of procedures are
            return (named or clean(_RANGE.sub("", label))), found
    return "", []


def _find_label(text: str, end: int) -> str:
    """Return the words before a place of a text, from the sign before them; empty if there are none."""
    label = _LABEL.search(text, max(0, end - _LONGEST), end)
    return label[0] if label else ""


def read_clauses(node: Node, above: str) -> list[Candidate]:
    """Return the steps that the clauses of a text start with; below a step, `above` is its code, and its parts count."""
    text = node.text.text.replace("\n", " ")
    clauses = [*islice(_CLAUSE.finditer(text), _MOST)]
    named = [one for one in clauses if one["noun"]]
    parts = [one for one in clauses if above and one["code"].startswith(above) and one["code"] != above]
    found = parts if len(parts) > 1 else named
    codes = [one["code"] for one in found]
    if found is named and (len({one["noun"].lower() for one in named}) != 1 or not ladder_kind(codes)):
        return []
    ends = [one.start() for one in found[1:]] + [len(text)]
    steps = [(one["step"], text[one.end() : end].strip(" ,;:.")) for one, end in zip(found, ends, strict=True)]
    return [*_make(steps, [(part_at(node.block, node.text.text[: one.end()]), None) for one in found])]


def find_bracketed(label: str) -> str:
    """Return the name in brackets behind a label, `depth (Ellman)`; empty if there is none."""
    named = _BRACKETED.search(label)
    return named["name"] if named and not named["name"].isupper() else ""


def _make(steps: list[tuple[str, str]], places: Sequence[tuple[Block, Node | None]]) -> Iterator[Candidate]:
    """Yield a candidate for each step; none if the words are a mnemonic of the codes: `A airway`, `B breathing`."""
    alike = sum(rest[:1].upper() == code[:1] for code, rest in steps)
    if alike * 2 > len(steps):
        return
    for (code, rest), (block, node) in zip(steps, places, strict=True):
        says = node.says._replace(purpose=Purpose.NONE) if node is not None else None
        yield Candidate(block, Entry((Name(code),), code, rest, separated=True), node, says, rest)
