"""`rad2skos align`: propose mappings to an ontology, for a person to accept or reject."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skosify_rad.cli.options import QUIET, VAULT, ConfigOptions
from skosify_rad.cli.terminal import print_row, print_seconds
from skosify_rad.graph.graph import evidence_of
from skosify_rad.model.namespaces import OIO, RDFS, SKOS, curie

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from skosify_rad.checks.alignment import Proposal
    from skosify_rad.concepts.mapping_table import Table
    from skosify_rad.graph.graph import Graph
    from skosify_rad.model.config import Config


class AlignOptions(ConfigOptions, total=False):
    """Values of the options of `align`."""

    quiet: bool


EXAMPLES = """\
Examples:

\b
  rad2skos align ~/notes --to doid.obo
  rad2skos align ~/notes --to hp.json --out ~/notes/mappings.sssom.tsv
"""


@click.command("align", short_help="Propose mappings to an ontology.", epilog=EXAMPLES)
@VAULT
@click.option(
    "--to",
    "ontology",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="The ontology: OBO, obographs JSON, OWL or SKOS in RDF.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="mappings.sssom.tsv",
    show_default=True,
    help="The SSSOM file that proposals are added to.",
)
@click.option("--config", type=click.Path(path_type=Path), help="Configuration file.  [default: VAULT/rad2skos.toml]")
@QUIET
def command(vault: Path, ontology: Path, out: Path, **options: Unpack[AlignOptions]) -> None:
    """Compare the names of the concepts in the folder VAULT with those of an ontology, and add proposals to a file.

    Write your name into the column reviewer_label to accept a proposal, Not into predicate_modifier to reject it.
    A build uses the accepted rows of the files in [mappings] files. No pair is proposed twice.
    """
    from skosify_rad.checks.alignment import compare_hierarchies, propose
    from skosify_rad.cli.run import build_export
    from skosify_rad.graph.readers.ontologies import read_ontology
    from skosify_rad.outputs import write_files

    started = time.monotonic()
    export, config = build_export(vault, {"config": options.get("config"), "quiet": options.get("quiet", False)})
    terms = read_ontology(ontology, config.scheme.language)
    table = _read_table(out)
    exact, known = _list_known(export.graph, config, table)
    proposals = list(propose(export.graph, terms, known))
    write_files({out: _render(export.graph, table, proposals)})
    if options.get("quiet"):
        return
    exact += [(p.subject, p.term.iri) for p in proposals if p.predicate == SKOS.exactMatch]
    for tier, many in Counter(p.tier for p in proposals).items():
        print_row(curie(tier.predicate), many, tier.reason)
    same, others = compare_hierarchies(export.graph, terms, exact)
    print_row("hierarchy", same, f"relations that the ontology has too; {len(others):,} that it has not")
    for other in others:
        places = [f"{vault / e.place.path}:{e.place.line}: " for e in evidence_of(export.sources, other.triple)[:1]]
        click.echo(f"  {''.join(places)}{other.message}")
    click.echo(f"written: {out}  ({len(proposals):,} proposals added)")
    print_seconds(started)


def _read_table(out: Path) -> Table:
    """Return what the file holds already; an empty table where there is none."""
    from skosify_rad.concepts.mapping_table import Table, read_table

    return read_table(out) if out.exists() else Table({}, ())


def _list_known(graph: Graph, config: Config, table: Table) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the exact matches, stated or proposed, and every pair that was stated, proposed or rejected before."""
    from skosify_rad.concepts.mapping_files import find_files, with_prefix
    from skosify_rad.concepts.mapping_table import read_table
    from skosify_rad.outputs.sssom import PREDICATES

    stated = [(t.subject, str(t.object), t.predicate) for t in graph if t.predicate in PREDICATES]
    known = [(subject, term) for subject, term, _ in stated]
    exact = [(subject, term) for subject, term, predicate in stated if predicate == SKOS.exactMatch]
    for one in (table, *(read_table(path) for _, path in find_files(config))):
        readable = with_prefix(one, config)
        for _, row in one.rows:
            with contextlib.suppress(ValueError):  # a build reports it
                known.append((readable.iri(row, "subject_id"), readable.iri(row, "object_id")))
                if readable.iri(row, "predicate_id") == SKOS.exactMatch and not row.get("predicate_modifier"):
                    exact.append(known[-1])
    return exact, known


def _render(graph: Graph, table: Table, proposals: list[Proposal]) -> bytes:
    """Return the table with the proposals added."""
    from skosify_rad.concepts.mapping_table import LEXICAL, make_row
    from skosify_rad.outputs.sssom import find_label, render_set, start_prefixes

    prefixes = start_prefixes(graph) | {"oio": OIO, "rdfs": RDFS.NS} | table.prefixes
    rows = [row for _, row in table.rows]
    for proposal in proposals:
        subject = proposal.subject, find_label(graph, proposal.subject)
        row = make_row(subject, proposal.predicate, (proposal.term.iri, proposal.term.label), prefixes)
        fields = {"subject_match_field": proposal.tier.fields[0], "object_match_field": proposal.tier.fields[1]}
        why = {"confidence": proposal.tier.confidence, "match_string": proposal.words}
        rows.append(row | {"mapping_justification": LEXICAL} | fields | why)
    return render_set(graph, rows, prefixes, table.metadata)
