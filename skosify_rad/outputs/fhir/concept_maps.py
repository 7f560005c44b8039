"""The ConceptMaps: mappings to other vocabularies, one map for each of them, and what replaces deprecated concepts.

Source: https://hl7.org/fhir/R4/conceptmap.html, https://hl7.org/fhir/R5/conceptmap.html.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from skosify_rad.model.curies import KNOWN, Known, write_curie
from skosify_rad.model.namespaces import DCT, SKOS, curie
from skosify_rad.outputs.fhir.code_view import Resource, find_copyright, make_head, make_slug, slug_length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skosify_rad.outputs.fhir.code_view import Vocabulary

RELATIONS: Final = {
    SKOS.exactMatch: ("equivalent", "equivalent"),
    SKOS.closeMatch: ("relatedto", "related-to"),
    SKOS.broadMatch: ("wider", "source-is-narrower-than-target"),
    SKOS.narrowMatch: ("narrower", "source-is-broader-than-target"),
    SKOS.relatedMatch: ("relatedto", "related-to"),
    DCT.isReplacedBy: ("relatedto", "related-to"),
}
"""Property -> R4's `equivalence`, which tells of the target, and R5's `relationship`, which tells of the source."""


class Coding(NamedTuple):
    """A code of another vocabulary."""

    system: str
    """Its code system's URL."""
    code: str
    """The code."""


def read_coding(iri: str) -> Coding | None:
    """Return system and code of a concept elsewhere; None where the IRI does not part into two.

    >>> read_coding("http://id.nlm.nih.gov/mesh/D010024").system
    'https://www.nlm.nih.gov/mesh'
    >>> read_coding("http://purl.obolibrary.org/obo/MONDO_0005298")
    Coding(system='http://purl.obolibrary.org/obo/mondo.owl', code='MONDO:0005298')
    >>> read_coding("http://www.wikidata.org/entity/Q165328")
    Coding(system='http://www.wikidata.org/entity', code='Q165328')
    """
    prefix, namespace, code = write_curie(iri.replace("http://www.radlex.org/RID/#", "http://radlex.org/RID/"))
    known = KNOWN.get(prefix)
    if prefix and known is None:  # one of the many other OBO ontologies
        known = Known(namespace, "", f"{namespace.rpartition('/')[0]}/{prefix.lower()}.owl", f"{prefix}:")
    if known is not None and code:
        return Coding(known.system or namespace.rstrip("/"), known.code + code)
    system = namespace[:-1]
    return Coding(system, code) if code and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:/?/?[^\s/#]\S*", system) else None


def build_concept_maps(vocabulary: Vocabulary) -> Iterator[Resource]:
    """Yield a ConceptMap for each vocabulary that concepts match, in the order of its URL; then the replacements."""
    rows: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for iri, code in vocabulary.codes.items():
        for predicate in RELATIONS:
            for term in sorted(t for t in vocabulary.graph.objects(iri, predicate) if isinstance(t, str)):
                other = vocabulary.codes.get(term)
                coding = read_coding(term) if other is None else Coding(vocabulary.url, other)
                if coding is not None and (other is None) == (predicate != DCT.isReplacedBy):
                    rows[coding.system][code].append((coding.code, predicate))
    taken: set[str] = set()
    for system in sorted(rows):
        inside = system == vocabulary.url
        name = "replacements" if inside else system.partition(":")[2]
        slug = make_slug(name, slug_length(vocabulary))
        if slug.casefold() in taken:
            slug = make_slug(system, slug_length(vocabulary), hashed=True)
        taken.add(slug.casefold())
        yield _make(vocabulary, (slug, system), rows[system])


def _make(vocabulary: Vocabulary, names: tuple[str, str], rows: dict[str, list[tuple[str, str]]]) -> Resource:
    slug, system = names
    inside = system == vocabulary.url
    title = f"{vocabulary.title}: " + ("replacements of deprecated concepts" if inside else f"mappings to {system}")
    about = "What to use instead of deprecated concepts." if inside else f"Concepts of {vocabulary.title} in {system}."
    made = make_head(vocabulary, "ConceptMap", slug, title) | {"description": about}
    if said := find_copyright(vocabulary):
        made["copyright"] = said
    made["sourceScopeCanonical" if vocabulary.is_r5 else "sourceCanonical"] = f"{vocabulary.url}/ValueSet/all"
    displays = {code: vocabulary.label(iri) for iri, code in vocabulary.codes.items()}
    group: Resource = {"source": vocabulary.url}
    if vocabulary.is_r5 and vocabulary.version:
        group["source"] += f"|{vocabulary.version}"
    elif vocabulary.version:
        group["sourceVersion"] = vocabulary.version
    group["target"] = system
    elements = []
    for code, targets in rows.items():
        shown = [_make_target(vocabulary, target, displays if inside else {}) for target in targets]
        elements.append({"code": code, "display": displays[code], "target": shown})
    return made | {"group": [group | {"element": elements}]}


def _make_target(vocabulary: Vocabulary, target: tuple[str, str], displays: dict[str, str]) -> Resource:
    code, predicate = target
    old, new = RELATIONS[predicate]
    made: Resource = {"code": code}
    if code in displays:
        made["display"] = displays[code]
    made |= {"relationship": new} if vocabulary.is_r5 else {"equivalence": old}
    return made | {"comment": curie(predicate)}
