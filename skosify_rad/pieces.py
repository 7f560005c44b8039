"""The pieces of an export's files that an edit has changed: resources as they were and as they are."""

from collections.abc import Iterable
from functools import partial

from skosify_rad.amend import Amendment
from skosify_rad.config import Config
from skosify_rad.edits import require
from skosify_rad.exported import Exported
from skosify_rad.graph import Graph, Properties, Subjects
from skosify_rad.outputs.writable import find_faults
from skosify_rad.scheme import renew_fingerprint
from skosify_rad.statements import Literal
from skosify_rad.vocab import OWL, RDF

Piece = tuple[Graph, Graph]
"""Resources that stand one behind the other in a file: as they were, and as they are."""


def list_pieces(amendment: Amendment, exported: Exported, config: Config) -> list[Piece]:
    """Return the resources that are others now, each with those that came or went behind it.

    Those that stay as they are, of the core, stand among them: they show what the head of a file must still declare.

    Raises:
        WholeNeededError: something could not be written, and would be left out.

    """
    before, after, scheme = dict(amendment.before), dict(amendment.after), config.scheme.base
    changed = {iri for iri in before.keys() | after.keys() if _differ(before.get(iri), after.get(iri))}
    if not changed:
        return []
    make = partial(Exported.make_graph, config=config)
    require(not find_faults(make({iri: after[iri] for iri in changed if iri in after})))
    if not config.scheme.version:
        before[scheme] = exported[scheme]
        version = _renew_version(before[scheme], before, after, changed)
        after[scheme] = {**after.get(scheme, before[scheme]), OWL.versionInfo: (version,)}
        changed.add(scheme)
    pieces: dict[str, tuple[dict[str, Properties], dict[str, Properties]]] = {}
    for iri in changed | amendment.core:
        head = _find_head(iri, (before, after), exported)
        piece = pieces.setdefault(head, ({}, {}))
        for one, side in zip(piece, (before, after), strict=True):
            one.update({name: side[name] for name in (head, iri) if name in side})
    return [(make(was), make(now)) for was, now in pieces.values()]


def _find_head(iri: str, sides: tuple[dict[str, Properties], dict[str, Properties]], exported: Exported) -> str:
    """Return the resource itself where it stays, else the last one before it that does; both sides then hold it."""
    before, after = sides
    while iri not in before or iri not in after:
        if iri in before or iri in after:
            iri = exported.find_before(iri, (before.get(iri) or after[iri]).get(RDF.type, ()))
        else:
            before[iri] = after[iri] = exported[iri]
    return iri


def _differ(one: Properties | None, other: Properties | None) -> bool:
    if one is None or other is None:
        return one is not other
    return one.keys() != other.keys() or any({*one[name]} != {*other[name]} for name in one)


def _renew_version(scheme: Properties, before: Subjects, after: Subjects, changed: Iterable[str]) -> Literal:
    """Return the version; it is told from all that is said but of itself."""
    (version,) = scheme[OWL.versionInfo]
    was, now = (
        {iri: [t for t in Graph({iri: side[iri]}) if t.predicate != OWL.versionInfo] for iri in changed if iri in side}
        for side in (before, after)
    )
    return Literal(renew_fingerprint(version[0] if isinstance(version, Literal) else "", was, now))
