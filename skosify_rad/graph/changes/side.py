"""One of two graphs under comparison: what its resources are, what they are called, and what hangs together."""

from collections.abc import Iterator
from typing import Final

from skosify_rad.graph.graph import Properties, Subjects
from skosify_rad.language.spelling import fold
from skosify_rad.model.namespaces import ADMS, DCT, INVERSES, OWL, RDF, RDFS, SKOS, SKOSXL
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Literal, Term, Triple

_ROLES: Final = {
    SKOS.Concept: "concept",
    SKOS.ConceptScheme: "scheme",
    SKOS.Collection: "collection",
    SKOS.OrderedCollection: "collection",
    RAD.Differential: "differential",
}
_OF_CONCEPTS: Final = (SKOS.prefLabel, SKOSXL.prefLabel, SKOS.broader, SKOS.narrower, SKOS.inScheme, OWL.deprecated)
"""A resource without a type that has one of these is taken for a concept."""
XL_LABELS: Final = {
    SKOSXL.prefLabel: SKOS.prefLabel,
    SKOSXL.altLabel: SKOS.altLabel,
    SKOSXL.hiddenLabel: SKOS.hiddenLabel,
}
_XL: Final = {plain: xl for xl, plain in XL_LABELS.items()}
LABELS: Final = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
_NAMES: Final = (SKOS.prefLabel, DCT.title, RDFS.label)
_NEIGHBOURS: Final = (SKOS.broader, SKOS.narrower, SKOS.related, SKOS.exactMatch, SKOS.closeMatch)
_SHORTEST_WORD: Final = 2
"""Letters of a word that two names may share by more than chance."""


class Side:
    """The old or the new graph, its blank nodes named."""

    def __init__(self, subjects: Subjects) -> None:
        """Take subject -> properties."""
        self.subjects = subjects
        self._names: dict[str, str] = {}

    def properties(self, subject: str) -> Properties:
        """Return the properties of a subject."""
        return self.subjects.get(subject, {})

    def objects(self, subject: str, predicate: str) -> tuple[Term, ...]:
        """Return the objects of a subject and property."""
        return self.properties(subject).get(predicate, ())

    def links(self, subject: str, predicate: str) -> list[str]:
        """Return the resources among the objects."""
        return [term for term in self.objects(subject, predicate) if isinstance(term, str)]

    def role(self, subject: str) -> str:
        """Return `concept`, `scheme`, `collection`, `differential`, `other`, or nothing if it is not described."""
        properties = self.properties(subject)
        found = {_ROLES[term] for term in properties.get(RDF.type, ()) if isinstance(term, str) and term in _ROLES}
        if found:
            return min(found)
        if any(name in properties for name in _OF_CONCEPTS):
            return "concept"
        return "other" if properties else ""

    def is_deprecated(self, subject: str) -> bool:
        """Return whether a concept is deprecated."""
        flags = (term.value for term in self.objects(subject, OWL.deprecated) if isinstance(term, Literal))
        return any(flag in ("true", "1") for flag in flags) or ADMS.Deprecated in self.objects(subject, ADMS.status)

    def texts(self, subject: str, predicate: str) -> Iterator[Literal]:
        """Yield the texts of a property, those of SKOS-XL labels and of notes that are resources included."""
        for term in self.objects(subject, predicate):
            found = (term,) if isinstance(term, Literal) else self.objects(term, RDF.value)
            yield from (text for text in found if isinstance(text, Literal))
        if predicate in _XL:
            for label in self.links(subject, _XL[predicate]):
                yield from (text for text in self.objects(label, SKOSXL.literalForm) if isinstance(text, Literal))

    def name(self, subject: str) -> str:
        """Return the name of a resource, English if there is one; nothing if it has none."""
        if subject not in self._names:
            texts = next(filter(None, (list(self.texts(subject, predicate)) for predicate in _NAMES)), ())
            first = min(texts, key=lambda text: (not text.language.startswith("en"), text), default=Literal(""))
            self._names[subject] = first.value
        return self._names[subject]

    def holds(self, triple: Triple) -> bool:
        """Return whether a statement is there, directly, from the other end or with a SKOS-XL label."""
        subject, predicate, term = triple
        if term in self.objects(subject, predicate):
            return True
        if isinstance(term, Literal):
            return term in self.texts(subject, predicate)
        return predicate in INVERSES and subject in self.objects(term, INVERSES[predicate])

    def folded_labels(self, subject: str) -> set[str]:
        """Return the labels of all kinds, folded."""
        return {fold(text.value) for predicate in LABELS for text in self.texts(subject, predicate)}

    def find_signs(self, subject: str) -> set[str]:
        """Return what tells a concept by: labels, words of labels, definitions, members and neighbours."""
        labels = self.folded_labels(subject)
        words = {word for label in labels for word in label.split() if len(word) >= _SHORTEST_WORD}
        texts = {text.value for text in self.texts(subject, SKOS.definition)}
        return (
            labels
            | words
            | texts
            | set(self.list_members(subject))
            | {term for p in _NEIGHBOURS for term in self.links(subject, p)}
        )

    def list_members(self, collection: str) -> tuple[str, ...]:
        """Return the members of a collection, those of an ordered one in order."""
        found = dict.fromkeys(node for start in self.links(collection, SKOS.memberList) for node in self._walk(start))
        return tuple(found | dict.fromkeys(sorted(self.links(collection, SKOS.member))))

    def _walk(self, node: str) -> Iterator[str]:
        seen: set[str] = set()
        while node not in seen and node != RDF.nil:
            seen.add(node)
            yield from self.links(node, RDF.first)
            node = next(iter(self.links(node, RDF.rest)), RDF.nil)
