"""The file of decisions: what a person accepted, rejected or corrected, one decision a line.

A line is keyed by identifiers, so it outlives moved lines and renamed notes. Lines are sorted, so that git merges them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from skosify_rad.language.spelling import clean
from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Diagnostic, InputError, Place
from skosify_rad.model.regular_files import read_regular

FILE_NAME: Final = "decisions.tsv"
"""The file beside the configuration; its name cannot be chosen, so notes from strangers name no other file."""
MAX_BYTES: Final = 10_485_760
"""A larger file is refused (bytes)."""
_MOST_FAULTS: Final = 1_000
"""A file with more lines that are no decisions is refused: it is something else, and may have millions."""
CONCEPT, SAME, DEFINITION = "concept", "same", "definition"
_COLUMNS: Final = ("subject", "property", "object", "decision", "comment")
_WORDS: Final = re.compile(r"(accept|reject|rename to|edit to|same as)(?: +(.+))?", re.IGNORECASE)
_ALLOWED: Final[Mapping[str, tuple[str, ...]]] = {
    CONCEPT: ("accept", "reject", "rename to", "same as"),
    DEFINITION: ("accept", "reject", "edit to"),
}
"""What may be decided about a concept and about a definition; about anything else, the first two."""
_MATCHES: Final = tuple(f"{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related"))
_PROPERTIES: Final = frozenset({CONCEPT, SAME, DEFINITION, "narrower", "related", *_MATCHES})


class Key(NamedTuple):
    """What is decided about."""

    subject: str
    """Identifier of a concept."""
    property: str
    """Local name of a property of SKOS; `concept` for the concept itself, `same` for the identity of two."""
    object: str = ""
    """Identifier of another concept, IRI of a mapping's target, or text of a definition; empty for `concept`."""


class Decision(NamedTuple):
    """A decision, and where it stands."""

    key: Key
    verdict: str
    """`accept`, `reject`, `rename to` or `edit to`."""
    value: str = ""
    """The new name or the new text."""
    comment: str = ""
    """Why, for people."""
    line: int = 0
    """Line of the file, from 1."""

    @property
    def words(self) -> str:
        """The decision as it is written."""
        return f"{self.verdict} {self.value}".strip()


def make_key(subject: str, local_name: str, term: str) -> Key:
    """Return the key of a statement; one of two related concepts is that of both directions."""
    if local_name == "related":
        subject, term = sorted((subject, term))
    return Key(subject, local_name, term)


def list_allowed(local_name: str) -> tuple[str, ...]:
    """Return what may be decided about a statement with this property."""
    return _ALLOWED.get(local_name, ("accept", "reject"))


def decide(key: Key, words: str, comment: str, find: Callable[[str], str]) -> Decision:
    """Return the decision that a person wrote: `accept`, `reject`, `rename to NAME`, `same as NAME`, `edit to TEXT`.

    `find` returns the identifier of the concept with a name, empty if there is none.

    Raises:
        ValueError: it is no decision about this; the message says what may be decided.

    """
    match = _WORDS.fullmatch(clean(words))
    verdict = match[1].lower() if match else ""
    allowed = list_allowed(key.property)
    value = (match[2] or "") if match else ""
    if key.property not in _PROPERTIES or verdict not in allowed or bool(value) != verdict.endswith((" to", " as")):
        listed = ", ".join(f"{word} ..." if " " in word else word for word in allowed)
        raise ValueError(f"{words[:80]!r} is no decision about {key.property!r}: write one of {listed}")
    if verdict == "same as":
        other = find(value)
        if other in ("", key.subject):
            raise ValueError(f"{value[:80]!r} is the name of no other concept")
        return Decision(Key(key.subject, SAME, other), "accept", comment=clean(comment))
    return Decision(key, verdict, value, clean(comment))


def decisions_path(config: Config, root: Path) -> Path:
    """Return the path of the file of decisions: beside the configuration file, else in the vault."""
    return (config.path.parent if config.path else root) / FILE_NAME


def read_decisions(path: Path) -> tuple[dict[Key, Decision], list[Diagnostic]]:
    """Return the decisions of a file, and findings about lines that are none or contradict each other.

    Raises:
        InputError: it cannot be read, is something else, or leads out of its folder: it may have come with the notes.

    """
    try:
        if not path.resolve().is_relative_to(path.parent.resolve()):
            raise InputError(f"{path}: is a symbolic link that leads out of its folder; put the file itself there")
        lines = read_regular(path, MAX_BYTES).decode().split("\n") if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {getattr(error, 'strerror', '') or 'it is not UTF-8'}") from error
    made: dict[Key, Decision] = {}
    refused: set[Key] = set()
    found: list[Diagnostic] = []
    for number, line in enumerate(lines, 1):
        if len(found) > _MOST_FAULTS:
            raise InputError(f"{path}: {len(found):,} of its first {number:,} lines are no decisions that can be used")
        cells = [clean(cell) for cell in line.split("\t")]
        if not any(cells) or tuple(cells) == _COLUMNS:
            continue
        try:
            subject, kind, term, words, comment = (*cells, "")[:5]
            decision = decide(Key(subject, kind, term), words, comment, str)._replace(line=number)
        except ValueError as error:
            found.append(report(number, f"This line is no decision: {error}."))
            continue
        other = made.setdefault(decision.key, decision)
        if other.words != decision.words:
            refused.add(decision.key)
            found.append(report(number, f"This line contradicts line {other.line}; neither was used."))
    return {key: decision for key, decision in made.items() if key not in refused}, found


def report(line: int, message: str) -> Diagnostic:
    """Return the finding about a decision that was not used."""
    hint = "Correct or remove this line."
    return Diagnostic(BY_SLUG["unused-decision"], Place(FILE_NAME, line), message, hint)


def render_decisions(decisions: Iterable[Decision]) -> bytes:
    """Return the file of decisions: a header, then the lines in order."""
    rows = sorted((*d.key, d.words, d.comment) for d in decisions)
    return "".join("\t".join(row) + "\n" for row in (_COLUMNS, *rows)).encode("utf-8", "replace")
