"""What a run did not look at, and why: never to be taken for passed."""

from typing import Final, NamedTuple

from skosify_rad.checks import BUILD_SLUGS, CONSUMER_SLUGS, CONSUMERS, EVIDENCE_SLUGS, NETWORK_SLUGS
from skosify_rad.checks.validate import find_demands, is_selected
from skosify_rad.model.catalogue import RULES
from skosify_rad.model.catalogue.outputs import OUTPUT_RULES
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Rule, Stage

_VAULT_SLUGS: Final = EVIDENCE_SLUGS | BUILD_SLUGS | frozenset(r.slug for r in OUTPUT_RULES)
"""Rules of the graph and after it that only an export from notes can break."""
_FILE_SLUGS: Final = frozenset({"unreadable-file", "no-skos"})
"""Rules that are looked at while SKOS files are read."""


class NotChecked(NamedTuple):
    """A rule that was not looked at; never to be shown as passed."""

    rule: Rule
    """The catalogue's entry."""
    reason: str
    """Why not."""


class Scope(NamedTuple):
    """What a run looked at, for the list of what it did not."""

    vault: bool = True
    """Notes were read; False for a SKOS file from elsewhere."""
    consumers: tuple[str, ...] = ()
    """Consumers of `--for`."""
    network: bool = False
    """Outward links were followed."""
    engine: str = ""
    """The SHACL engine, where only the shapes were run."""


def list_unchecked(config: Config, scope: Scope) -> tuple[NotChecked, ...]:
    """Return every rule that a run of this scope did not look at, with the reason."""
    demanded = find_demands(scope.consumers)
    found = []
    shaped = _list_shaped(scope.engine)
    for rule in RULES:
        if not is_selected(rule, config.checks):
            found.append(NotChecked(rule, "not selected"))
        elif rule.slug == "missing-in-links":
            found.append(NotChecked(rule, "needs an index of other vocabularies, which is not at hand"))
        elif rule.slug in NETWORK_SLUGS and not scope.network:
            found.append(NotChecked(rule, "needs the network: --network"))
        elif rule.slug in CONSUMER_SLUGS and rule.slug not in demanded:
            names = [name for name, slugs in CONSUMERS.items() if rule.slug in slugs]
            found.append(NotChecked(rule, f"only with --for {'|'.join(names)}"))
        elif not scope.vault and (rule.stage < Stage.GRAPH or rule.slug in _VAULT_SLUGS):
            found.append(NotChecked(rule, "about notes, and no vault was read"))
        elif scope.vault and rule.slug in _FILE_SLUGS:
            found.append(NotChecked(rule, "about SKOS files, and a vault was read"))
        elif not scope.vault and rule.code not in shaped and rule.slug not in _FILE_SLUGS | NETWORK_SLUGS:
            found.append(NotChecked(rule, f"no shape for {scope.engine} says it"))
    return tuple(found)


def _list_shaped(engine: str) -> frozenset[str]:
    """Return the codes that the shapes of an engine say; all where no engine took the checks' place."""
    if not engine:
        return frozenset(rule.code for rule in RULES)
    from skosify_rad.checks.shacl import list_shaped_codes  # noqa: PLC0415 - imports rdflib

    return list_shaped_codes(engine)
