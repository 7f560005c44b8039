"""The recognisers: one file for each kind of section; each reads one note and yields statements in its words.

Order matters: a recogniser marks what it has read, and those behind it leave that alone.
"""

from collections.abc import Callable, Iterator
from typing import Final

from skosify_rad.extraction.sections.classification import read_classification
from skosify_rad.extraction.sections.context import Context
from skosify_rad.extraction.sections.definition import read_definition
from skosify_rad.extraction.sections.differential import read_differential
from skosify_rad.extraction.sections.mappings import read_front_matter
from skosify_rad.extraction.sections.membership import read_membership
from skosify_rad.extraction.sections.synonyms import read_synonyms
from skosify_rad.model.statements import Statement

Recogniser = Callable[[Context], Iterator[Statement]]
"""Reads one note."""

RECOGNISERS: Final[tuple[tuple[str, Recogniser], ...]] = (
    ("front-matter", read_front_matter),
    ("definition", read_definition),
    ("synonyms", read_synonyms),
    ("classification", read_classification),
    ("differential", read_differential),
    ("membership", read_membership),
)
"""Name (that of its page and of `rule` in the evidence) and function."""
