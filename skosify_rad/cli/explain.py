"""`rad2skos explain`: print the sources of a concept's statements, or a page of the documentation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from skosify_rad.cli.options import CONFIG, EARLIER_OUT, VAULT_OPTION, find_vault
from skosify_rad.cli.run import build_export
from skosify_rad.cli.show import name_term
from skosify_rad.cli.terminal import echo
from skosify_rad.docs import find_page, page_names, read_page
from skosify_rad.graph.graph import evidence_of
from skosify_rad.model.catalogue import BY_SLUG, RULES, find_rule
from skosify_rad.model.diagnostics import InputError, suggest
from skosify_rad.model.namespaces import RDF, SKOS, curie
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Evidence, Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Unpack

    from skosify_rad.graph.graph import Graph
    from skosify_rad.pipeline import Export

EXAMPLES = """\
Examples:

\b
  rad2skos explain Osteoporosis --vault ~/notes
  rad2skos explain https://example.org/radiology/osteoporosis --vault ~/notes
  rad2skos explain RAD401
  rad2skos explain broken-link
  rad2skos explain differential
  rad2skos explain rules
  rad2skos explain pages
"""


class ExplainOptions(TypedDict, total=False):
    """Values of the options of `explain`."""

    vault: Path | None
    out: Path
    config: Path | None


@click.command("explain", short_help="Explain a concept or a rule.", epilog=EXAMPLES)
@click.argument("word")
@VAULT_OPTION
@EARLIER_OUT
@CONFIG
def command(word: str, **options: Unpack[ExplainOptions]) -> None:
    """Explain WORD: the IRI or label of a concept, the code or slug of a rule, or the name of a page.

    For a concept, print every statement about it with its source: note, line and words. For a rule or a page, print
    the documentation. `rules` lists all rules, `pages` all pages.
    """
    if word in ("rules", "pages"):
        lines = _rules() if word == "rules" else iter(page_names())
    else:
        rule = find_rule(word)
        page = find_page(f"rules/{rule.slug}" if rule else word)
        known = rule is not None or (page and not options.get("vault"))
        lines = iter([read_page(page).rstrip()]) if page and known else _concepts(word, page, options)
    for line in lines:
        echo(line)


def _rules() -> Iterator[str]:
    for rule in RULES:
        yield f"{rule.code}  {rule.slug:<28} {rule.severity!s:<8} {rule.kind.value:<10} {rule.summary}"


def _concepts(word: str, page: str | None, options: ExplainOptions) -> Iterator[str]:
    """Yield the statements about every resource with this IRI, identifier or label; if there is none, the page."""
    vault = options.get("vault") or find_vault(Path())
    if vault is None:
        near = suggest(word, [*BY_SLUG, *(name.rsplit("/", 1)[-1] for name in page_names())])
        raise InputError(f"{word!r} is not a rule or a page; for a concept, give its vault with --vault{near}")
    export, _ = build_export(vault, {"config": options.get("config"), "out": options["out"], "quiet": True})
    found = _find_resources(export.graph, word)
    if page and not found:
        yield read_page(page).rstrip()
    elif not found:
        known = [label for iri in export.graph.subjects for label in _labels(export.graph, iri)]
        raise InputError(f"{word!r} is not a concept of {vault}, a rule or a page{suggest(word, known)}")
    for number, subject in enumerate(found):
        if number:
            yield ""
        yield from _explain(export, subject)


def _find_resources(graph: Graph, word: str) -> list[str]:
    """Return the IRIs of the resources with this IRI, identifier or label (in any case)."""
    if word in graph.subjects:
        return [word]
    if graph.scheme + word in graph.subjects:
        return [graph.scheme + word]
    wanted = word.casefold()
    return [iri for iri in graph.subjects if any(label.casefold() == wanted for label in _labels(graph, iri))]


def _labels(graph: Graph, iri: str) -> list[str]:
    kinds = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    return [label.value for kind in kinds for label in graph.objects(iri, kind) if isinstance(label, Literal)]


def _explain(export: Export, subject: str) -> Iterator[str]:
    graph = export.graph
    yield f"{name_term(subject, graph)}  <{subject}>"
    for predicate, objects in graph.subjects[subject].items():
        for term in objects:
            yield f"  {curie(predicate)}  {name_term(term, graph)}"
            yield from _evidence(export, Triple(subject, predicate, term))
    for differential in _differentials(graph, subject):
        yield f"  differential  {' | '.join(_others(graph, differential, subject))}"
        for predicate, objects in graph.subjects[differential].items():
            if predicate in (RAD.distinguishedBy, RAD.note):
                for term in objects:
                    yield f"    {curie(predicate)}  {name_term(term, graph)}"
                    yield from _evidence(export, Triple(differential, predicate, term))


def _evidence(export: Export, triple: Triple) -> Iterator[str]:
    """Yield a line for each place that states a triple."""
    for evidence in evidence_of(export.sources, triple):
        yield f"      {_place(evidence)}"
        if evidence.reasons:
            yield f"        confidence {evidence.confidence:.2f}: {', '.join(evidence.reasons)}"


def _place(evidence: Evidence) -> str:
    section = f"  {' > '.join(evidence.section)}" if evidence.section else ""
    return f'{evidence.place}{section}  "{evidence.written}"  ({evidence.rule})'


def _differentials(graph: Graph, concept: str) -> list[str]:
    """Return the IRIs of the rad:Differential resources that refer to a concept."""
    return [
        iri
        for iri, properties in graph.subjects.items()
        if RAD.Differential in properties.get(RDF.type, ()) and any(concept in o for o in properties.values())
    ]


def _others(graph: Graph, differential: str, concept: str) -> list[str]:
    ends = (*graph.objects(differential, RAD.differentialOf), *graph.objects(differential, RAD.differentialDiagnosis))
    return [name_term(term, graph) for term in ends if term != concept]
