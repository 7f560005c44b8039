"""The rules that a run did not check, and why. A rule that was not checked has not passed."""

from dataclasses import replace
from typing import Final, NamedTuple

from skosify_rad.checks import BUILD_SLUGS, CONSUMER_SLUGS, CONSUMERS, EVIDENCE_SLUGS
from skosify_rad.checks.shacl import list_shaped_codes
from skosify_rad.checks.validate import find_required, is_selected
from skosify_rad.model.catalogue import RULES
from skosify_rad.model.catalogue.output_rules import OUTPUT_RULES
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Rule, Stage

_VAULT_SLUGS: Final = EVIDENCE_SLUGS | BUILD_SLUGS | frozenset(r.slug for r in OUTPUT_RULES)
"""Graph and output rules that apply only to exports from notes."""
_FILE_SLUGS: Final = frozenset({"unreadable-file", "no-skos"})
"""Rules that are checked while SKOS files are read."""

_NEEDS: Final = {
    "missing-in-links": "needs an index of other vocabularies; none is available",
    "broken-outward-link": "needs the network: --network",
    "house-shape": "needs [checks] shapes in the configuration, and the shapes to be run",
}
"""Rules that need more than the graph."""


class NotChecked(NamedTuple):
    """A rule that was not checked."""

    rule: Rule
    """The catalogue's entry."""
    reason: str
    """Why not."""


class Scope(NamedTuple):
    """What a run covered."""

    vault: bool = True
    """Notes were read; False for a SKOS file."""
    consumers: tuple[str, ...] = ()
    """Consumers of `--for`."""
    network: bool = False
    """Outward links were followed."""
    is_partial: bool = False
    """A file could not be read to its end, or holds no SKOS."""
    engine: str = ""
    """The SHACL engine, if only the shapes were run."""
    house: bool = False
    """The user's own shapes were run."""


def list_unchecked(config: Config, scope: Scope) -> tuple[NotChecked, ...]:
    """Return every rule that a run of this scope did not check, with the reason."""
    required = find_required(scope.consumers)
    found = []
    covered = list_shaped_codes(scope.engine) if scope.engine else frozenset(rule.code for rule in RULES)
    met = {"broken-outward-link": scope.network, "house-shape": scope.house}
    needs = {slug: reason for slug, reason in _NEEDS.items() if not met.get(slug)}
    everything = replace(config.checks, ignore=())
    for rule in RULES:
        if not is_selected(rule, config.checks):
            found.append(NotChecked(rule, "ignored" if is_selected(rule, everything) else "not selected"))
        elif rule.slug in needs:
            found.append(NotChecked(rule, needs[rule.slug]))
        elif rule.slug in CONSUMER_SLUGS and rule.slug not in required:
            names = [name for name, slugs in CONSUMERS.items() if rule.slug in slugs]
            found.append(NotChecked(rule, f"only with --for {'|'.join(names)}"))
        elif not scope.vault and (rule.stage < Stage.GRAPH or rule.slug in _VAULT_SLUGS):
            found.append(NotChecked(rule, "applies to notes; no vault was read"))
        elif scope.vault and rule.slug in _FILE_SLUGS:
            found.append(NotChecked(rule, "applies to SKOS files; a vault was read"))
        elif not scope.vault and rule.code not in covered and rule.slug not in _FILE_SLUGS | _NEEDS.keys():
            found.append(NotChecked(rule, f"not covered by the shapes of {scope.engine}"))
        elif scope.is_partial and rule.slug not in _FILE_SLUGS:
            found.append(NotChecked(rule, "not in what follows the error in a file, or in a file without SKOS"))
    return tuple(found)
