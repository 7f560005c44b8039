"""Findings (Place, Severity, Rule, Diagnostic) and the exceptions.

Three kinds of error are kept apart:

    Diagnostic                  a problem in the vault: collected with its place, never raised
    SkosifyError                a problem with the command, a file or a server: one line on stderr, exit code 2
    ├── ConfigError             an invalid configuration file or option
    ├── InputError              a vault or file that does not exist or cannot be read
    ├── OutputError             a file that cannot be written; an existing file is unchanged
    └── TargetError             a store or server that refused or failed
    any other exception         a bug: traceback
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum
from itertools import islice
from typing import Final, NamedTuple


class Place(NamedTuple):
    """A position in a file. A NamedTuple, since a large vault has millions: half the cost of a frozen dataclass."""

    path: str
    """POSIX path relative to the vault; for files other than notes, the path as given."""
    line: int = 1
    """Line in the file on disk, front matter included, counted from 1."""
    column: int = 1
    """Column in code points, counted from 1."""

    def __str__(self) -> str:
        """Return `path:line:column`, which editors and terminals turn into a link."""
        return f"{self.path}:{self.line}:{self.column}"


class Severity(IntEnum):
    """The severity of a finding; ordered, for `--fail-on`."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        """Return the lower-case name used in reports."""
        return self.name.lower()


class RuleClass(Enum):
    """The origin of a rule."""

    STANDARD = "standard"
    """An integrity condition of the W3C SKOS Reference."""
    PRACTICE = "practice"
    """Good practice (qSKOS, ISO 25964, requirements of consumers)."""
    EDITORIAL = "editorial"
    """About the notes: for a radiologist to decide."""


class Stage(IntEnum):
    """The stage of the pipeline that checks a rule: the first digit of its code."""

    VAULT = 1
    BLOCKS = 2
    SECTIONS = 3
    RESOLVE = 4
    GRAPH = 5
    OUTPUT = 6


@dataclass(frozen=True, slots=True)
class Rule:
    """An entry of the catalogue; its page is `docs/rules/<slug>.md`."""

    code: str
    """`RADnnn`; the first digit is the stage. Codes are never reused."""
    slug: str
    """Names the problem (`broken-link`), never the fix."""
    severity: Severity
    """Default severity, which the configuration can change."""
    kind: RuleClass
    """Standard, practice or editorial."""
    summary: str
    """One line: what is wrong."""
    source: str = ""
    """Its source: a SKOS condition, a qSKOS issue, a specification."""

    @property
    def stage(self) -> Stage:
        """The stage that checks it."""
        return Stage(int(self.code[3]))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding at a place."""

    rule: Rule
    """The rule that is violated."""
    place: Place
    """Where."""
    message: str
    """What is wrong, in words a radiologist understands."""
    hint: str = ""
    """What to do about it."""
    second: Place | None = None
    """The other place, if two statements contradict each other."""
    words: str = ""
    """The words of the note that caused it."""
    subject: str = ""
    """IRI of the resource concerned, if any."""
    other: str = ""
    """IRI of the other resource, if the finding is about two."""
    severity: Severity | None = None
    """Configured severity, if it differs from the rule's; read it as `level`."""

    @property
    def level(self) -> Severity:
        """The effective severity."""
        return self.rule.severity if self.severity is None else self.severity

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Sort key by place, code and message, which makes reports reproducible."""
        return (self.place.path, self.place.line, self.place.column, self.rule.code, self.message)


MAX_NAMES: Final = 10
"""Names listed in a message."""


def shorten(names: Iterable[str], total: int) -> list[str]:
    """Return the first names and, if there are more, their number: ten thousand notes may share a name.

    >>> shorten(["a", "b"], 2), shorten(iter("abcdefghijklm"), 13)[-2:]
    (['a', 'b'], ['j', '3 more'])
    """
    return [*islice(names, MAX_NAMES), *([f"{total - MAX_NAMES} more"] if total > MAX_NAMES else [])]


def suggest(word: str, known: Iterable[str]) -> str:
    """Return what may have been meant by a word, as the end of a message; empty if nothing is close.

    >>> suggest("biuld", ["build", "check"]), suggest("Gout", ["Osteoma"])
    ("; did you mean 'build'?", '')
    """
    from difflib import get_close_matches  # noqa: PLC0415 - for a mistake only

    names = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), list(names), n=3)
    return "; did you mean " + " or ".join(repr(names[name]) for name in close) + "?" if close else ""


class SkosifyError(Exception):
    """A problem with the command, a file or a server; the message is one line that says what to do."""


class ConfigError(SkosifyError):
    """An invalid configuration file or option."""


class InputError(SkosifyError):
    """A vault or file that does not exist or cannot be read."""


class OutputError(SkosifyError):
    """A file that cannot be written; an existing file is unchanged."""


class TargetError(SkosifyError):
    """A store or server that refused or failed; the message says in which state it was left."""
