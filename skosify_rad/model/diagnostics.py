"""What is wrong, how bad, where: Place, Severity, Rule, Diagnostic, and the errors of the operator's side.

Three kinds of error are never mixed:

    Diagnostic                  the vault's fault: collected, located, coded; never raised
    SkosifyError                the operator's or a server's: one line on stderr, exit code 2
    ├── ConfigError             a configuration file or option that cannot be used
    ├── InputError              a vault or file that is not there or cannot be read as a whole
    ├── OutputError             a file that cannot be written; what was there is untouched
    └── TargetError             a store or server that refused or failed
    any other exception         a bug: traceback
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum
from itertools import islice
from typing import Final, NamedTuple


class Place(NamedTuple):
    """A point in a file. A NamedTuple since millions are made: half the cost of a frozen dataclass."""

    path: str
    """Vault-relative POSIX path (or the path given, for files that are no notes)."""
    line: int = 1
    """Line, from 1, in the file as it is on disk, front matter included."""
    column: int = 1
    """Column, from 1, in code points."""

    def __str__(self) -> str:
        """Return `path:line:column`, as editors and terminals link it."""
        return f"{self.path}:{self.line}:{self.column}"


class Severity(IntEnum):
    """How bad a finding is; ordered, so that `--fail-on` can compare."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        """Return the lower-case word that reports print."""
        return self.name.lower()


class RuleClass(Enum):
    """Whose rule it is."""

    STANDARD = "standard"
    """The W3C SKOS Reference says so."""
    PRACTICE = "practice"
    """Good practice of the field (qSKOS, ISO 25964, consumers' demands)."""
    EDITORIAL = "editorial"
    """About the notes: a radiologist decides."""


class Stage(IntEnum):
    """The stage of the pipeline that finds it: the first digit of the code."""

    VAULT = 1
    BLOCKS = 2
    SECTIONS = 3
    RESOLVE = 4
    GRAPH = 5
    OUTPUT = 6


@dataclass(frozen=True, slots=True)
class Rule:
    """An entry of the catalogue; its page is `pages/rules/<slug>.md`."""

    code: str
    """`RADnnn`; the first digit is the stage; never reused."""
    slug: str
    """Names the fault (`broken-link`), never the fix."""
    severity: Severity
    """Default severity; the configuration may change it."""
    kind: RuleClass
    """Standard, practice or editorial."""
    summary: str
    """One line: what is wrong."""
    source: str = ""
    """The rule it cites: a SKOS condition, a qSKOS issue, a URL."""

    @property
    def stage(self) -> Stage:
        """The stage that finds it."""
        return Stage(int(self.code[3]))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding at one place."""

    rule: Rule
    """The catalogue's entry."""
    place: Place
    """Where it is."""
    message: str
    """What is wrong here, in words an author understands."""
    hint: str = ""
    """What to do about it."""
    second: Place | None = None
    """The other place, where two contradict each other."""
    words: str = ""
    """The words of the note that caused it."""
    subject: str = ""
    """IRI of the resource it is about, where there is one."""
    severity: Severity | None = None
    """Severity when configured otherwise than the rule's; read it through `level`."""

    @property
    def level(self) -> Severity:
        """The severity in force."""
        return self.rule.severity if self.severity is None else self.severity

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order by place, then code, then message: reports are the same every time."""
        return (self.place.path, self.place.line, self.place.column, self.rule.code, self.message)


MOST_NAMED: Final = 10
"""So many things a message names."""


def shorten(names: Iterable[str], many: int) -> list[str]:
    """Return the first of so many names and how many more there are: a name may be shared by ten thousand notes.

    >>> shorten(["a", "b"], 2), shorten(iter("abcdefghijklm"), 13)[-2:]
    (['a', 'b'], ['j', '3 more'])
    """
    return [*islice(names, MOST_NAMED), *([f"{many - MOST_NAMED} more"] if many > MOST_NAMED else [])]


class SkosifyError(Exception):
    """The operator's or a server's fault; the message is one line that says what to do."""


class ConfigError(SkosifyError):
    """A configuration file or option that cannot be used."""


class InputError(SkosifyError):
    """A vault or file that is not there or cannot be read as a whole."""


class OutputError(SkosifyError):
    """A file that cannot be written; what was there before is untouched."""


class TargetError(SkosifyError):
    """A store or server that refused or failed; says what state it is in."""
