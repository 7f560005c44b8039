"""The catalogue of rules: the single source of codes, slugs, severities, summaries and citations."""

from typing import Final

from skosify_rad.model.catalogue.graph_rules import GRAPH_RULES
from skosify_rad.model.catalogue.note_rules import NOTE_RULES
from skosify_rad.model.catalogue.output_rules import OUTPUT_RULES
from skosify_rad.model.diagnostics import Rule

RULES: Final[tuple[Rule, ...]] = (*NOTE_RULES, *GRAPH_RULES, *OUTPUT_RULES)
"""Every rule, ordered by code."""

BY_SLUG: Final[dict[str, Rule]] = {rule.slug: rule for rule in RULES}
"""Slug -> rule."""
BY_CODE: Final[dict[str, Rule]] = {rule.code: rule for rule in RULES}
"""Code -> rule."""


def find_rule(word: str) -> Rule | None:
    """Return the rule with this code or slug, ignoring case.

    >>> find_rule("rad101").slug
    'note-unreadable'
    """
    return BY_CODE.get(word.upper()) or BY_SLUG.get(word.lower())
