"""Disjoint classes and the values of properties: SKOS S9, S12, S15, S30, S32, S34-S37, S48-S52."""

from collections.abc import Iterator
from typing import Final

from skosify_rad.checks.entailment import LABELS, LINKS, XL_LABELS
from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.iri_index import Members
from skosify_rad.checks.view import View, read_list
from skosify_rad.graph.columns import THIRD
from skosify_rad.model.namespaces import RDF, SKOS, SKOSXL, XSD, curie
from skosify_rad.model.statements import Literal, Term, Triple

_TEXT: Final = frozenset({"", XSD.string, RDF.langString})
"""Datatypes of plain text."""


def find_scheme_concepts(view: View) -> Iterator[Finding]:
    """Yield resources that are both a concept and a scheme (S9), stated or entailed."""
    hint = "Give the scheme its own IRI, or remove the statement that makes it a concept."
    message = "{} is both a concept and a concept scheme"
    yield from _find_in_both("scheme-is-concept", (view.schemes, view.concepts), view, (message, hint))


def find_collection_concepts(view: View) -> Iterator[Finding]:
    """Yield collections that are also concepts or schemes (S37), stated or entailed."""
    hint = "Relate its members instead: a collection groups concepts and is not part of the hierarchy."
    for others, kind in ((view.concepts, "concept"), (view.schemes, "concept scheme")):
        text = (f"{{}} is both a collection and a {kind}", hint)
        yield from _find_in_both("collection-is-concept", (view.collections, others), view, text)


def find_xl_label_concepts(view: View) -> Iterator[Finding]:
    """Yield SKOS-XL labels that are also a concept, scheme or collection (S48), or a member of one (S32, S36)."""
    labels = view.classes[SKOSXL.Label]
    text = ("{} is a SKOS-XL label and also a concept, scheme, collection or member", "Give the label its own IRI.")
    for others in (view.concepts, view.schemes, view.collections):
        yield from _find_in_both("xl-label-is-concept", (others, labels), view, text)
    for _, term, triple in view.members if labels else ():
        if isinstance(term, str) and term in labels:
            yield Finding("xl-label-is-concept", term, text[0].format(view.name(term)), text[1], triple, labels[term])


def _find_in_both(slug: str, classes: tuple[Members, Members], view: View, text: tuple[str, str]) -> Iterator[Finding]:
    """Yield the resources that are in both classes; `text` is message and hint."""
    one, other = classes
    for resource in view.index.sort_iris(one.numbers.keys() & other.numbers.keys()):
        message = text[0].format(view.name(resource))
        yield Finding(slug, resource, message, text[1], other[resource], one[resource])


def find_scheme_members(view: View) -> Iterator[Finding]:
    """Yield schemes that are members of a collection or items of a member list (S32, S36 with S9 and S37)."""
    schemes = view.schemes.numbers.keys()
    if schemes.isdisjoint(view.ends(SKOS.member)) and not view.column(SKOS.memberList).links:
        return
    for collection, term, triple in view.members:
        if isinstance(term, str) and term in view.schemes:
            message = f"The concept scheme {view.name(term)} is a member of the collection {view.name(collection)}"
            hint = "Remove it: members are concepts or collections."
            yield Finding("member-is-scheme", term, message, hint, triple, view.schemes[term])


def find_wrong_objects(view: View) -> Iterator[Finding]:
    """Yield labels that are not text (S12), notations that are IRIs (S15), relations whose object is text."""
    for predicate in LABELS:
        text_of = f"The {curie(predicate)} of {{}} is {{}}, not text"
        hint = "Write the label as text in quotes."
        for subject, term in view.links(predicate):
            message = text_of.format(view.name(subject), f"the resource {view.name(term)}")
            yield Finding("label-not-text", subject, message, hint, Triple(subject, predicate, term))
        odd = set(map(THIRD, view.column(predicate).texts)) - _TEXT
        for subject, text in view.texts(predicate) if odd else ():
            if text.datatype in odd:
                message = text_of.format(view.name(subject), f"“{text.value}” with the datatype {curie(text.datatype)}")
                yield Finding("label-not-text", subject, message, hint, Triple(subject, predicate, text))
    for subject, term in view.links(SKOS.notation):
        message = f"The notation of {view.name(subject)} is an IRI"
        hint = "Write the code as a literal, for example with its own datatype."
        yield Finding("notation-not-literal", subject, message, hint, Triple(subject, SKOS.notation, term))
    for predicate in sorted(LINKS | {*XL_LABELS}):
        for subject, text in view.texts(predicate):
            message = f"The {curie(predicate)} of {view.name(subject)} is the text “{text.value}”, not a resource"
            hint = "Write the resource's IRI."
            yield Finding("text-as-resource", subject, message, hint, Triple(subject, predicate, text))
    for subject, item, triple in view.members if view.links(SKOS.memberList) else ():
        if isinstance(item, Literal) and triple.predicate == SKOS.memberList:
            message = f"The member list of {view.name(subject)} contains the text “{item.value}”, not a resource"
            yield Finding("text-as-resource", subject, message, "Write the member's IRI.", triple)


def find_invalid_lists(view: View) -> Iterator[Finding]:
    """Yield member lists that are malformed (S34) and collections with two member lists (S35)."""
    heads: dict[str, str] = {}
    for subject, head in sorted(view.links(SKOS.memberList)):
        triple = Triple(subject, SKOS.memberList, head)
        if not read_list(view.graph, head)[1]:
            fault = "a node has not exactly one rdf:first and rdf:rest, or the list no end"
            message = f"The member list of {view.name(subject)} is malformed: {fault}"
            yield Finding("invalid-member-list", subject, message, "Write it as one list: ( ex:a ex:b ).", triple)
        if subject in heads:
            message = f"{view.name(subject)} has two member lists"
            second = Triple(subject, SKOS.memberList, heads[subject])
            yield Finding("invalid-member-list", subject, message, "Keep one.", triple, second)
        heads[subject] = head


def find_xl_forms(view: View) -> Iterator[Finding]:
    """Yield SKOS-XL labels without exactly one literal form (S52), or with one that is not text (S49, S51)."""
    forms: dict[str, set[object]] = {}
    for label, form in (*view.texts(SKOSXL.literalForm), *view.links(SKOSXL.literalForm)):
        forms.setdefault(label, set()).add(form)
    for label, witness in sorted(view.classes[SKOSXL.Label].items()):
        count = len(forms.get(label, ()))
        properties = view.graph.subjects.get(label, {})
        own = SKOSXL.labelRelation in properties or SKOSXL.Label in properties.get(RDF.type, ())
        if count > 1 or (count == 0 and own):
            message = f"The SKOS-XL label {view.name(label)} has {count or 'no'} literal form{'s' if count else ''}"
            yield Finding("xl-literal-form", label, message, "Give it exactly one skosxl:literalForm.", witness)
    odd: list[tuple[str, Term]] = [*view.links(SKOSXL.literalForm)]
    odd += [(label, form) for label, form in view.texts(SKOSXL.literalForm) if form.datatype not in _TEXT]
    for label, form in sorted(odd, key=str):
        message = f"The literal form of {view.name(label)} is not text"
        triple = Triple(label, SKOSXL.literalForm, form)
        yield Finding("xl-literal-form", label, message, "Write the label as text in quotes.", triple)


CHECKS: Final = (
    Check(find_scheme_concepts, ("scheme-is-concept",)),
    Check(find_collection_concepts, ("collection-is-concept",)),
    Check(find_scheme_members, ("member-is-scheme",)),
    Check(find_xl_label_concepts, ("xl-label-is-concept",)),
    Check(find_xl_forms, ("xl-literal-form",)),
    Check(find_wrong_objects, ("label-not-text", "notation-not-literal", "text-as-resource")),
    Check(find_invalid_lists, ("invalid-member-list",)),
)
"""In the order of the catalogue."""
