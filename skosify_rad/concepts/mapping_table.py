"""SSSOM tables: mappings as tab-separated values below a head of YAML in comments.

Source: https://mapping-commons.github.io/sssom/spec-formats-tsv/.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from skosify_rad.language.spelling import clean
from skosify_rad.model.curies import read_iri, write_curie
from skosify_rad.model.diagnostics import InputError
from skosify_rad.model.namespaces import SKOS
from skosify_rad.vault.decoding import decode_text
from skosify_rad.vault.frontmatter import parse_front_matter

SUFFIX: Final = ".sssom.tsv"
MAX_BYTES: Final = 52_428_800
"""Larger files are refused (bytes)."""
COLUMNS: Final = (
    *("subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label"),
    *("mapping_justification", "subject_match_field", "object_match_field", "match_string", "confidence"),
    *("reviewer_label", "comment"),
)
"""Columns that we write, those of them that hold something."""
REQUIRED: Final = ("subject_id", "predicate_id", "object_id", "mapping_justification")
LEXICAL: Final = "semapv:LexicalMatching"
CURATED: Final = "semapv:ManualMappingCuration"
_ALWAYS: Final = frozenset({*REQUIRED, "predicate_modifier", "reviewer_label"})
"""Columns that are there even if empty: a person fills in the last two."""
_PEOPLE: Final = ("reviewer_id", "reviewer_label", "author_id", "author_label")

Row = dict[str, str]
"""Column -> value."""


@dataclass(frozen=True, slots=True)
class Table:
    """The mappings of one file."""

    metadata: Mapping[str, Any]
    """The head."""
    rows: tuple[tuple[int, Row], ...]
    """Line and content of each row."""

    @property
    def prefixes(self) -> dict[str, str]:
        """Prefix -> namespace, from the head."""
        found = self.metadata.get("curie_map")
        return {str(k): v for k, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}

    def iri(self, row: Row, column: str) -> str:
        """Return the IRI in a cell.

        Raises:
            ValueError: there is none.

        """
        return read_iri(row[column], {"skos": SKOS.NS} | self.prefixes)


def is_denied(row: Row) -> bool:
    """Return whether a row says that something is no mapping."""
    return row.get("predicate_modifier", "").casefold() == "not"


def is_reviewed(row: Row) -> bool:
    """Return whether a person answers for a row, which a program's proposal has to wait for."""
    return row.get("mapping_justification") != LEXICAL or any(row.get(column) for column in _PEOPLE)


def read_table(path: Path) -> Table:
    """Return the mappings in a file.

    Raises:
        InputError: it cannot be read or is no such table; the message says why.

    """
    try:
        if not path.is_file():
            raise InputError(f"{path}: no such file")
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: is larger than {MAX_BYTES:,} bytes")
        text, _ = decode_text(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    head = "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines[:start])
    front = parse_front_matter(f"---\n{head}\n---\n")
    if front.problem:
        raise InputError(f"{path}:{front.problem_line - 1}: the head is {front.problem}")
    reader = csv.DictReader(lines[start:], delimiter="\t", restval="")
    try:
        missing = [column for column in REQUIRED if column not in (reader.fieldnames or ())]
        if missing:
            raise InputError(f"{path}:{start + 1}: the table lacks the columns {', '.join(missing)}")
        rows = [(start + reader.line_num, {k: clean(v) for k, v in row.items() if k and v}) for row in reader]
    except csv.Error as error:
        raise InputError(f"{path}:{start + reader.line_num}: is no table: {error}") from error
    filled = dict.fromkeys(REQUIRED, "")
    return Table(front.values, tuple((line, filled | row) for line, row in rows if row))


def make_row(subject: tuple[str, str], predicate: str, target: tuple[str, str], prefixes: dict[str, str]) -> Row:
    """Return a mapping between two concepts, each an IRI with its label, as a curated one.

    Prefixes that are used for the first time are added to `prefixes`.
    """
    return {
        "subject_id": _shorten(subject[0], prefixes),
        "subject_label": subject[1],
        "predicate_id": _shorten(predicate, prefixes),
        "object_id": _shorten(target[0], prefixes),
        "object_label": target[1],
        "mapping_justification": CURATED,
    }


def _shorten(iri: str, prefixes: dict[str, str]) -> str:
    prefix, namespace, local = write_curie(iri, prefixes)
    if not prefix:
        prefix = next(f"ns{n}" for n in range(1, len(prefixes) + 2) if f"ns{n}" not in prefixes)
    prefixes.setdefault(prefix, namespace)
    return f"{prefix}:{local}"


def render_table(metadata: Mapping[str, Any], rows: Iterable[Row]) -> bytes:
    """Return the file of a table."""
    import yaml  # noqa: PLC0415 - 15 ms, for those who write such tables

    kept = list(rows)
    used = dict.fromkeys([*COLUMNS, *(column for row in kept for column in row)])
    columns = [c for c in used if c in _ALWAYS or any(row.get(c) for row in kept)]
    text = io.StringIO()
    for line in yaml.safe_dump(dict(metadata), sort_keys=False, allow_unicode=True, width=10_000).splitlines():
        text.write(f"# {line}\n")
    writer = csv.DictWriter(text, columns, "", "ignore", delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    return text.getvalue().encode("utf-8", "replace")
