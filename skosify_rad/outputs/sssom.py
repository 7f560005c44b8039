"""SSSOM: the mappings to other vocabularies, one a row."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from skosify_rad.concepts.mapping_table import SUFFIX, Row, make_row, render_table
from skosify_rad.graph.graph import Graph
from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import DCT, OWL, RDF, SKOS
from skosify_rad.model.statements import Literal
from skosify_rad.outputs.order import order_terms
from skosify_rad.outputs.output_format import Output

PREDICATES: Final = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
_NO_LICENSE: Final = "https://w3id.org/sssom/license/unspecified"


def list_rows(graph: Graph, prefixes: dict[str, str]) -> Iterator[Row]:
    """Yield the mappings of every concept, ordered by concept; prefixes used are added to `prefixes`."""
    for subject in sorted(graph.subjects):
        if SKOS.Concept in graph.objects(subject, RDF.type):
            for predicate in PREDICATES:
                for term in order_terms(graph.objects(subject, predicate)):
                    if isinstance(term, str):
                        yield make_row((subject, find_label(graph, subject)), predicate, (term, ""), prefixes)


def find_label(graph: Graph, subject: str) -> str:
    """Return the first preferred label of a concept."""
    labels = order_terms(graph.objects(subject, SKOS.prefLabel))
    return next((label.value for label in labels if isinstance(label, Literal)), "")


def render_set(
    graph: Graph, rows: Iterable[Row], prefixes: dict[str, str], head: Mapping[str, Any] = MappingProxyType({})
) -> bytes:
    """Return the file of a set of mappings of this scheme; what `head` says comes first."""
    kept = list(rows)
    licenses = [t if isinstance(t, str) else t.value for t in graph.objects(graph.scheme, DCT.license)]
    versions = [t.value for t in graph.objects(graph.scheme, OWL.versionInfo) if isinstance(t, Literal)]
    found: dict[str, Any] = {
        "curie_map": dict(sorted(prefixes.items())),
        "mapping_set_id": f"{graph.scheme}mappings",
        "license": "".join(licenses[:1]) or _NO_LICENSE,
    }
    if versions:
        found["mapping_set_version"] = versions[0]
    return render_table({**found, **head, "curie_map": found["curie_map"]}, kept)


def start_prefixes(graph: Graph) -> dict[str, str]:
    """Return the prefixes of every such table: the scheme's own, SKOS' and that of justifications."""
    own = graph.prefixes or {"local": graph.scheme}
    return {**own, "semapv": "https://w3id.org/semapv/vocab/", "skos": SKOS.NS}


def write_sssom(graph: Graph, config: Config) -> Iterator[bytes]:
    """Yield the mappings of a graph."""
    del config
    prefixes = start_prefixes(graph)
    yield render_set(graph, list_rows(graph, prefixes), prefixes)


SSSOM: Final = Output("sssom", SUFFIX, "text/tab-separated-values", write_sssom, is_rdf=False)
