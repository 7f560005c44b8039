"""Changes of the statements about a resource that stays: names, definitions, place in the hierarchy, mappings."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from skosify_rad.graph.changes.change_kinds import Change, make_change
from skosify_rad.graph.changes.differences import Differences
from skosify_rad.graph.changes.side import XL_LABELS, Side
from skosify_rad.language.spelling import fold
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.namespaces import ADMS, DCT, INVERSES, OWL, RDF, SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Literal, Term, Triple

Sides = tuple[Side, Side]
"""The old and the new graph."""
Terms = tuple[list[Term], list[Term]]
"""Objects lost and gained."""
Grouped = Mapping[str, Mapping[str, Terms]]
"""Subject -> property -> objects lost and gained."""

_TURNED: Final = frozenset({SKOS.narrower, SKOS.hasTopConcept, SKOS.narrowerTransitive})
"""Properties that are compared as their inverses."""
_OF_VERSIONS: Final = (DCT.created, DCT.modified, SKOS.changeNote, OWL.versionInfo, OWL.versionIRI, OWL.priorVersion)
_OF_LISTS: Final = (SKOS.memberList, RDF.first, RDF.rest)
_ELSEWHERE: Final = frozenset(
    (*_OF_VERSIONS, *_OF_LISTS, SKOS.member, OWL.deprecated, DCT.isReplacedBy, SKOS.related, SKOS.topConceptOf)
)
"""Properties of versions, which tell nothing of what a concept means, and those that other changes tell of."""
_SLUGS: Final = {
    SKOS.broader: "concept-moved",
    ADMS.status: "status-changed",
    **dict.fromkeys((SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch), "mapping-changed"),
    **dict.fromkeys((SKOS.relatedMatch, OWL.sameAs), "mapping-changed"),
    **dict.fromkeys((SKOS.scopeNote, SKOS.example, SKOS.note), "note-changed"),
    **dict.fromkeys((SKOS.editorialNote, SKOS.historyNote), "note-changed"),
}
"""Property -> the kind of its changes; others have a function in `_HANDLERS`, or are `other`."""
_NOT_WORD: Final = lazy_pattern(r"\W+")


def group_statements(differences: Differences, old: Side, new: Side) -> Grouped:
    """Return what was lost and gained, each relation from one end and SKOS-XL labels as plain ones.

    What the other graph states in another form counts as neither.
    """
    found: dict[str, dict[str, Terms]] = defaultdict(lambda: defaultdict(lambda: ([], [])))
    for number, triples, side, other in ((0, differences.removed, old, new), (1, differences.added, new, old)):
        for subject, predicate, term in dict.fromkeys(t for triple in triples for t in _normalise(triple, side)):
            if not other.holds(Triple(subject, predicate, term)):
                found[subject][predicate][number].append(term)
    return found


def _normalise(triple: Triple, side: Side) -> Iterator[Triple]:
    subject, predicate, term = triple
    if predicate in XL_LABELS and isinstance(term, str):
        plain = XL_LABELS[predicate]
        yield from (Triple(subject, plain, text) for text in side.texts(subject, plain))
    elif isinstance(term, str) and (predicate in _TURNED or (predicate == SKOS.related and term < subject)):
        yield Triple(term, INVERSES[predicate], subject)
    else:
        yield triple


def compare_statements(grouped: Grouped, settled: Collection[str], sides: Sides) -> Iterator[Change]:
    """Yield the changes of resources that are not `settled`, that is, added, removed or deprecated as a whole."""
    for subject, properties in grouped.items():
        role = sides[1].role(subject)
        if subject in settled or role in ("", "differential"):
            continue
        if role == "other" and (subject.startswith("_:") or not sides[0].role(subject)):
            continue  # what refers to it tells of it
        for predicate, (lost, gained) in properties.items():
            handler = _HANDLERS.get(predicate)
            if handler and role != "scheme":
                found = handler(subject, (_read_texts(sides[0], lost), _read_texts(sides[1], gained)), sides)
                yield from (change._replace(predicate=predicate) for change in found)
            elif predicate not in _ELSEWHERE:
                slug = "scheme-changed" if role == "scheme" else _SLUGS.get(predicate, "other")
                yield make_change(slug, subject, lost, gained)._replace(predicate=predicate)
            elif predicate == SKOS.topConceptOf and SKOS.broader not in properties:
                yield make_change("top-concept-changed", subject, lost, gained)._replace(predicate=predicate)


def _read_texts(side: Side, terms: list[Term]) -> list[Literal]:
    """Return the literals, and the texts of notes that are resources, sorted."""
    found = (t for term in terms for t in ((term,) if isinstance(term, Literal) else side.objects(term, RDF.value)))
    return sorted(text for text in found if isinstance(text, Literal))


_Texts = tuple[list[Literal], list[Literal]]


def _compare_names(subject: str, texts: _Texts, sides: Sides) -> Iterator[Change]:
    for old, new in _pair_by_language(texts):
        slug = "renamed"
        if not old or not new:
            slug = "label-changed"
        elif {fold(text.value) for text in old} == {fold(text.value) for text in new}:
            slug = "respelled"
        elif sides[0].find_signs(subject).isdisjoint(sides[1].find_signs(subject)):
            slug = "identifier-reused"
        yield make_change(slug, subject, old, new)


def _compare_labels(subject: str, texts: _Texts, sides: Sides) -> Iterator[Change]:
    """Yield changes of alternative and hidden labels, without those that are or were the preferred one."""
    preferred = {text for side in sides for text in side.texts(subject, SKOS.prefLabel)}
    old, new = ([text for text in side if text not in preferred] for side in texts)
    for text in list(old):
        twin = next((t for t in new if fold(t.value) == fold(text.value) and t.language == text.language), None)
        if twin:
            yield make_change("respelled", subject, (text,), (twin,))
            old.remove(text)
            new.remove(twin)
    if old or new:
        yield make_change("label-changed", subject, old, new)


def _compare_definitions(subject: str, texts: _Texts, sides: Sides) -> Iterator[Change]:
    del sides
    for old, new in _pair_by_language(texts):
        was, now = ([_NOT_WORD.sub(" ", t.value.casefold()).strip() for t in side] for side in (old, new))
        yield make_change("definition-respelled" if was == now else "definition-changed", subject, old, new)


def _compare_notations(subject: str, texts: _Texts, sides: Sides) -> Iterator[Change]:
    """Yield the change of notations by their text: a plain one beside one with a datatype tells nothing new."""
    del sides
    old, new = ({text.value: text for text in side} for side in texts)
    lost, gained = ([t for v, t in one.items() if v not in other] for one, other in ((old, new), (new, old)))
    if lost or gained:
        yield make_change("notation-changed", subject, lost, gained)


_HANDLERS: Final[Mapping[str, Callable[[str, _Texts, Sides], Iterator[Change]]]] = {
    SKOS.prefLabel: _compare_names,
    **dict.fromkeys((SKOS.altLabel, SKOS.hiddenLabel), _compare_labels),
    SKOS.definition: _compare_definitions,
    SKOS.notation: _compare_notations,
}


def _pair_by_language(texts: _Texts) -> Iterator[_Texts]:
    """Yield, for each language, the texts lost and gained."""
    for language in sorted({text.language for side in texts for text in side}):
        old, new = ([text for text in side if text.language == language] for side in texts)
        yield old, new


def find_moved_notations(grouped: Grouped, resources: Iterable[Change], sides: Sides) -> Iterator[Change]:
    """Yield notations that identified one concept and now stand on another."""
    heirs = {(change.subject, change.other) for change in resources if change.kind.slug == "identifier-changed"}
    lost, gained = (
        {term: s for s, properties in grouped.items() for term in properties.get(SKOS.notation, ((), ()))[number]}
        for number in (0, 1)
    )
    both = lost.keys() & gained.keys()
    owners = Counter(t for p in sides[0].subjects.values() for t in p.get(SKOS.notation, ()) if t in both)
    for term in sorted(both, key=str):
        before, after = lost[term], gained[term]
        if owners[term] == 1 and (before, after) not in heirs and sides[1].role(after) == "concept":
            yield make_change("notation-reused", after, (), (term,))._replace(predicate=SKOS.notation, other=before)


def compare_pairs(grouped: Grouped, settled: Collection[str], sides: Sides) -> Iterator[Change]:
    """Yield differentials and other relations lost and gained, without those that follow from a concept that is gone.

    A differential that an older concept gains counts even if it is a new concept: that is news about the older one.
    """
    nodes = [subject for subject in grouped if "differential" in (side.role(subject) for side in sides)]
    old, new = (_read_differentials(side, nodes) for side in sides)
    for pair in sorted(old.keys() | new.keys()):
        was, now = old.get(pair), new.get(pair)
        if was == now or pair[0] in settled or (now is None and pair[1] in settled):
            continue
        slug = f"differential-{'added' if was is None else 'removed' if now is None else 'changed'}"
        lost, gained = ([t for t in one or () if t not in (other or ())] for one, other in ((was, now), (now, was)))
        yield make_change(slug, pair[0], lost, gained)._replace(predicate=RAD.differentialDiagnosis, other=pair[1])
    for subject, properties in grouped.items():
        if subject not in settled and SKOS.related in properties:
            told = {*old, *new}
            both = [
                [t for t in terms if t not in settled and told.isdisjoint({(subject, str(t)), (str(t), subject)})]
                for terms in properties[SKOS.related]
            ]
            if any(both):
                yield make_change("relation-changed", subject, *both)._replace(predicate=SKOS.related)


def _read_differentials(side: Side, nodes: list[str]) -> dict[tuple[str, str], tuple[Literal, ...]]:
    """Return concept and its differential -> what distinguishes them."""
    return {
        (concept, other): tuple(sorted(side.texts(node, RAD.distinguishedBy)))
        for node in nodes
        for concept in side.links(node, RAD.differentialOf)
        for other in side.links(node, RAD.differentialDiagnosis)
    }


def compare_collections(grouped: Grouped, settled: Collection[str], sides: Sides) -> Iterator[Change]:
    """Yield the collections with other members, or with the same in another order."""
    changed = {subject for subject, properties in grouped.items() if SKOS.member in properties}
    if any(name in properties for properties in grouped.values() for name in _OF_LISTS):
        changed |= {s for s, properties in sides[1].subjects.items() if SKOS.memberList in properties}
    for subject in sorted(changed.difference(settled)):
        old, new = (side.list_members(subject) for side in sides)
        if sides[1].role(subject) == "collection" and old != new:
            before, now = frozenset(old), frozenset(new)
            lost, gained = [m for m in old if m not in now], [m for m in new if m not in before]
            yield make_change("collection-changed", subject, lost, gained)._replace(predicate=SKOS.member)
