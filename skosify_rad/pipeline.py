"""The pipeline: notes -> statements -> triples -> graph -> findings -> files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from skosify_rad.checks.exemptions import apply_exemptions
from skosify_rad.checks.not_run import Scope, list_unchecked
from skosify_rad.checks.validate import merge, settle, validate
from skosify_rad.concepts.decisions import decisions_path, read_decisions
from skosify_rad.concepts.mapping_files import read_mappings
from skosify_rad.concepts.register import Register
from skosify_rad.concepts.register_file import (
    is_foreign,
    read_entries,
    register_path,
    render_entries,
    render_sketches,
    sketches_path,
)
from skosify_rad.concepts.settling import Decisions
from skosify_rad.concepts.triples import resolve
from skosify_rad.extraction.executors import NO_MEANS, Means
from skosify_rad.extraction.extract import extract
from skosify_rad.graph.assembly import build_graph
from skosify_rad.graph.export_profiles import apply_profile
from skosify_rad.graph.graph import Graph, SourceMap
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Diagnostic, OutputError
from skosify_rad.model.gc_pause import collector_held
from skosify_rad.outputs import (
    SITE,
    Content,
    find_outdated,
    find_output,
    iter_evidence,
    keep_writable,
    ontology_file,
    write_files,
)
from skosify_rad.outputs.files import make_folders
from skosify_rad.outputs.reports import Report, make_line_reader, write_report
from skosify_rad.outputs.summary import Counts, count
from skosify_rad.vault.links import Links
from skosify_rad.vault.notes import Vault, read_vault


@dataclass(frozen=True, slots=True)
class Export:
    """A built concept scheme, not yet written; its `repr` shows counts only, since the rest may take gigabytes."""

    vault: Vault = field(repr=False)
    """The notes, without the texts that are no longer needed."""
    graph: Graph = field(repr=False)
    """The concept scheme."""
    sources: SourceMap = field(repr=False)
    """The evidence for every triple."""
    register: Register = field(repr=False)
    """Every identifier ever assigned."""
    diagnostics: tuple[Diagnostic, ...] = field(repr=False)
    """The findings, sorted by place."""
    counts: Counts
    """Numbers for the summary."""
    foreign: bool = False
    """The register found belongs to another vault: it was not used and must not be overwritten."""
    release_notes: str = field(default="", repr=False)
    """What changed since the last release, as Markdown; empty if this is no release."""
    scope: Scope = field(default_factory=Scope)
    """What was checked."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The result of writing an export."""

    files: Mapping[Path, str]
    """The files written, in order, each with its SHA-256 digest; those of the site last."""


def build(root: Path, config: Config, means: Means = NO_MEANS, out: Path = Path("output")) -> Export:
    """Build a concept scheme from a vault and write nothing. `out` is the folder of the register."""
    with collector_held():
        entries = read_entries(register_path(config, out))
        made, d0 = read_decisions(decisions_path(config, root)) if config.output.review != "ignore" else ({}, [])
        output = config.output
        decisions = Decisions(made, output.review == "only", output.stubs == "include", diagnostics=d0)
        mappings = read_mappings(config, decisions)
        vault, d1 = read_vault(root, config)
        foreign = is_foreign(entries, vault.notes)
        register = Register(() if foreign else entries, config.scheme.modified, config.scheme.identifiers)
        links = Links(vault)
        statements, d2 = extract(vault, links, config, means)
        stated, d3 = resolve(statements, vault, links, (register, config, decisions))
        vault = vault.released()
        del links, statements
        graph, sources, d4 = build_graph(
            mappings.add_to(stated), config, root.resolve().name, partial(register.record, config.scheme.base)
        )
        graph, sources = apply_profile(graph, sources, config.output.profile)
        graph, sources, d5 = keep_writable(graph, sources)
        told = (*d1, *d2, *d3, *d4, *mappings.diagnostics, *d5, *decisions.list_unused())
        found = merge(settle(told, config), validate(graph, sources, config))
        found = settle(apply_exemptions(found, vault.texts), config)
    return Export(vault, graph, sources, register, found, count(vault, graph), foreign)


def write(export: Export, out: Path, config: Config) -> Receipt:
    """Write all files of an export or none, then the site, page by page.

    Single FHIR resources that the last build wrote and this one does not are removed.

    Raises:
        ConfigError: the site cannot be made.
        OutputError: a file cannot be written, or the register there belongs to another vault.

    """
    if export.foreign:
        path = register_path(config, out)
        raise OutputError(f"{path}: holds the identifiers of another vault; choose another --out or [output] register")
    outputs = [find_output(name) for name in config.output.formats if name != SITE]
    root = export.vault.root
    unchecked = list_unchecked(config, export.scope)
    report = Report(export.diagnostics, unchecked, make_line_reader(root), vault=root.resolve().name)
    register, entries = register_path(config, out), export.register.entries()
    files: dict[Path, Content] = {
        # First, so that whatever becomes of this process no identifier is published that the register lacks.
        register: partial(render_entries, entries),
        sketches_path(register): partial(render_sketches, entries),
        **{out / f"concepts{o.suffix}": partial(o.write, export.graph, config) for o in outputs},
        out / "evidence.jsonl": partial(iter_evidence, export.sources),
        out / ontology_file.FILE_NAME: ontology_file.render_ontology,
        **({out / "changes.md": export.release_notes.encode()} if export.release_notes else {}),
        out / "validation.json": partial(write_report, report, "json"),
        out / "validation.html": partial(write_report, report, "html"),
    }
    more = {
        out / name: content for o in outputs if o.write_more for name, content in o.write_more(export.graph, config)
    }
    outdated = find_outdated(out, more)
    make_folders(out, {path.parent for path in more})
    with collector_held():
        digests = write_files(files | more)
        for path in outdated:
            path.unlink(missing_ok=True)
    if SITE in config.output.formats:
        from skosify_rad.outputs.site import make_site, write_site  # noqa: PLC0415 - 26 ms, for this format only

        site = write_site(out / SITE, make_site(export.graph, export.sources, export.diagnostics, config))
        digests |= site.files
    return Receipt(digests)
