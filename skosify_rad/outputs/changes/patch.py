"""Changes that turn the old graph into the new one: RDF Patch and SPARQL Update.

A blank node has no name that another copy of the graph knows. If statements with blank nodes changed, the update
replaces all of them, which is right whatever else they say; an RDF patch cannot do that.

Source: https://www.w3.org/TR/sparql11-update/, https://afs.github.io/rdf-patch/.
"""

from collections.abc import Iterable

import pyoxigraph as ox

from skosify_rad.graph.changes.blank_nodes import is_blank
from skosify_rad.graph.graph import Graph
from skosify_rad.model.diagnostics import OutputError
from skosify_rad.model.statements import Literal, Triple
from skosify_rad.outputs.changes.release_notes import ChangeReport
from skosify_rad.outputs.rdf_terms import Nodes, to_literal


def write_rdf_patch(report: ChangeReport) -> str:
    """Return the changed triples as an RDF patch.

    Raises:
        OutputError: a changed triple has a blank node, or a term that no RDF syntax can write.

    """
    differences = report.comparison.differences
    if differences.touches_blanks:
        raise OutputError("changed statements have blank nodes, which an RDF patch cannot name; use --format sparql")
    lines = [f"D {line}" for line in _write(differences.removed)] + [f"A {line}" for line in _write(differences.added)]
    return "\n".join(["TX .", *lines, "TC .", ""])


def write_update(report: ChangeReport) -> str:
    """Return a SPARQL Update that turns the old graph into the new one.

    Raises:
        OutputError: a changed triple has a term that no RDF syntax can write.

    """
    differences = report.comparison.differences
    removed = [triple for triple in differences.removed if not _has_blank(triple)]
    added = [triple for triple in differences.added if not _has_blank(triple)]
    operations = [_write_block("DELETE DATA", removed)] if removed else []
    if differences.touches_blanks:
        operations.append("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }")
        added += [triple for triple in Graph(differences.new) if _has_blank(triple)]
    if added:
        operations.append(_write_block("INSERT DATA", added))
    return " ;\n".join(operations) + "\n"


def _write_block(verb: str, triples: Iterable[Triple]) -> str:
    return "\n".join([f"{verb} {{", *_write(triples), "}"])


def _has_blank(triple: Triple) -> bool:
    return is_blank(triple.subject) or is_blank(triple.object)


def _write(triples: Iterable[Triple]) -> list[str]:
    """Return triples as lines of N-Triples, in order."""
    nodes = Nodes()

    def node(term: str) -> ox.NamedNode | ox.BlankNode:
        return ox.BlankNode(term[2:]) if term.startswith("_:") else nodes[term]

    return [
        f"{ox.Triple(node(s), nodes[p], to_literal(o, nodes) if isinstance(o, Literal) else node(o))} ."
        for s, p, o in triples
    ]
