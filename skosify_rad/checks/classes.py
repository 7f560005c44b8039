"""What a resource is, and what its properties may hold: S9, S12, S15, S30, S32, S34-S37, S48-S52."""

from collections.abc import Iterator
from typing import Final

from skosify_rad.checks.entailment import LABELS, LINKS, XL_LABELS
from skosify_rad.checks.finding import Check, Finding
from skosify_rad.checks.numbering import Members
from skosify_rad.checks.view import View, read_list
from skosify_rad.graph.columns import THIRD
from skosify_rad.model.namespaces import RDF, SKOS, SKOSXL, XSD, curie
from skosify_rad.model.statements import Literal, Term, Triple

_TEXT: Final = frozenset({"", XSD.string, RDF.langString})
"""Datatypes of texts."""


def find_scheme_concepts(view: View) -> Iterator[Finding]:
    """Yield resources that are both concept and scheme (S9), stated or entailed."""
    hint = "Give the scheme an IRI of its own, or take the statement away that makes it a concept."
    message = "{} is a concept and a concept scheme"
    yield from _find_both("scheme-is-concept", (view.schemes, view.concepts), view, (message, hint))


def find_collection_concepts(view: View) -> Iterator[Finding]:
    """Yield collections that are also concepts or schemes (S37), stated or entailed."""
    hint = "Relate the members, not the collection; collections group concepts and stand outside the hierarchy."
    said = ("{} is a collection and a concept", hint)
    yield from _find_both("collection-is-concept", (view.collections, view.concepts), view, said)
    said = ("{} is a collection and a concept scheme", hint)
    yield from _find_both("collection-is-concept", (view.collections, view.schemes), view, said)


def find_xl_label_concepts(view: View) -> Iterator[Finding]:
    """Yield SKOS-XL labels that are also something else (S48); a member is a concept or a collection (S32, S36)."""
    labels = view.witnesses[SKOSXL.Label]
    said = ("{} is a SKOS-XL label and something else", "A label resource is only a label: give it an IRI of its own.")
    for others in (view.concepts, view.schemes, view.collections):
        yield from _find_both("xl-label-is-concept", (others, labels), view, said)
    for _, term, triple in view.members if labels else ():
        if isinstance(term, str) and term in labels:
            yield Finding("xl-label-is-concept", term, said[0].format(view.name(term)), said[1], triple, labels[term])


def _find_both(slug: str, classes: tuple[Members, Members], view: View, said: tuple[str, str]) -> Iterator[Finding]:
    one, other = classes
    for resource in view.names.sort(one.numbers.keys() & other.numbers.keys()):
        message = said[0].format(view.name(resource))
        yield Finding(slug, resource, message, said[1], other[resource], one[resource])


def find_scheme_members(view: View) -> Iterator[Finding]:
    """Yield schemes that are members of a collection, in a member list too (S32, S36 with S9 and S37)."""
    schemes = view.schemes.numbers.keys()
    if schemes.isdisjoint(view.ends(SKOS.member)) and not view.column(SKOS.memberList).links:
        return
    for collection, term, triple in view.members:
        if isinstance(term, str) and term in view.schemes:
            message = f"{view.name(term)}, a concept scheme, is a member of the collection {view.name(collection)}"
            hint = "Only concepts and collections can be members."
            yield Finding("member-is-scheme", term, message, hint, triple, view.schemes[term])


def find_wrong_objects(view: View) -> Iterator[Finding]:
    """Yield labels that are no text (S12), notations that are IRIs (S15), relations that lead to a text."""
    for predicate in LABELS:
        said = f"The {curie(predicate)} of {{}} is {{}}, not a text"
        hint = "Write the label as a text."
        for subject, term in view.links(predicate):
            message = said.format(view.name(subject), f"the resource {view.name(term)}")
            yield Finding("label-not-text", subject, message, hint, Triple(subject, predicate, term))
        odd = set(map(THIRD, view.column(predicate).texts)) - _TEXT
        for subject, text in view.texts(predicate) if odd else ():
            if text.datatype in odd:
                message = said.format(view.name(subject), f"“{text.value}” of another datatype")
                yield Finding("label-not-text", subject, message, hint, Triple(subject, predicate, text))
    for subject, term in view.links(SKOS.notation):
        message = f"The notation of {view.name(subject)} is an IRI"
        hint = "Write the notation as a literal with a datatype of its own."
        yield Finding("notation-not-literal", subject, message, hint, Triple(subject, SKOS.notation, term))
    for predicate in sorted(LINKS | {*XL_LABELS}):
        for subject, text in view.texts(predicate):
            message = f"{curie(predicate)} of {view.name(subject)} leads to the text “{text.value}”"
            hint = "Write the IRI of the resource that is meant."
            yield Finding("text-as-resource", subject, message, hint, Triple(subject, predicate, text))
    for subject, item, triple in view.members if view.links(SKOS.memberList) else ():
        if isinstance(item, Literal) and triple.predicate == SKOS.memberList:
            message = f"The member list of {view.name(subject)} holds the text “{item.value}”"
            yield Finding("text-as-resource", subject, message, "Write the IRI of the member that is meant.", triple)


def find_invalid_lists(view: View) -> Iterator[Finding]:
    """Yield member lists that are no lists (S34) and collections with two of them (S35)."""
    heads: dict[str, str] = {}
    for subject, head in sorted(view.links(SKOS.memberList)):
        triple = Triple(subject, SKOS.memberList, head)
        if not read_list(view.graph, head)[1]:
            fault = (
                "it leads back into itself"
                if _leads_back(view, head)
                else "an item without first or rest, or two of them"
            )
            message = f"The member list of {view.name(subject)} is broken: {fault}"
            yield Finding("invalid-member-list", subject, message, "Write the list as one chain that ends.", triple)
        if subject in heads:
            message = f"{view.name(subject)} has two member lists"
            second = Triple(subject, SKOS.memberList, heads[subject])
            yield Finding("invalid-member-list", subject, message, "Keep one of them.", triple, second)
        heads[subject] = head


def _leads_back(view: View, head: str) -> bool:
    """Tell whether the rests of a list come back to one of its nodes."""
    seen: set[Term] = set()
    node: Term = head
    while node not in seen:
        seen.add(node)
        rests = view.graph.objects(node, RDF.rest) if isinstance(node, str) else ()
        if len(rests) != 1:
            return False
        node = rests[0]
    return True


def find_xl_forms(view: View) -> Iterator[Finding]:
    """Yield SKOS-XL labels without exactly one literal form (S52), or with one that is no text (S49, S51)."""
    forms: dict[str, set[object]] = {}
    for label, form in (*view.texts(SKOSXL.literalForm), *view.links(SKOSXL.literalForm)):
        forms.setdefault(label, set()).add(form)
    for label, witness in sorted(view.witnesses[SKOSXL.Label].items()):
        count = len(forms.get(label, ()))
        properties = view.graph.subjects.get(label, {})
        own = SKOSXL.labelRelation in properties or SKOSXL.Label in properties.get(RDF.type, ())
        if count > 1 or (count == 0 and own):
            message = f"The SKOS-XL label {view.name(label)} has {count or 'no'} literal form{'s' if count else ''}"
            yield Finding("xl-literal-form", label, message, "Give it exactly one skosxl:literalForm.", witness)
    odd: list[tuple[str, Term]] = [*view.links(SKOSXL.literalForm)]
    odd += [(label, form) for label, form in view.texts(SKOSXL.literalForm) if form.datatype not in _TEXT]
    for label, form in sorted(odd, key=str):
        message = f"The literal form of {view.name(label)} is no text"
        triple = Triple(label, SKOSXL.literalForm, form)
        yield Finding("xl-literal-form", label, message, "Write the label as a text.", triple)


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
