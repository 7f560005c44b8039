"""Read a vocabulary to compare, from wherever it is."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from skosify_rad.model.diagnostics import InputError

if TYPE_CHECKING:
    from skosify_rad.graph.graph import Graph, SourceMap
    from skosify_rad.graph.readers import Vocabulary
    from skosify_rad.outputs.changes import ChangeReport


class Edition(NamedTuple):
    """A vocabulary as it is or was somewhere."""

    name: str
    """As the command line names it."""
    graph: Graph
    """All its triples."""
    evidence: bytes | SourceMap = b""
    """Where the notes state them: an `evidence.jsonl`, or the sources of a build."""


def read_edition(words: str, graph: str | None = None) -> Edition:
    """Return the vocabulary in a file, folder, export, vault, store, `git:REV:PATH` or at an address.

    `graph` names the graph of a store that has several vocabularies.

    Raises:
        SkosifyError: there is no such vocabulary, or it cannot be read whole.

    """
    from skosify_rad.graph.readers import read_vocabulary
    from skosify_rad.graph.readers.git import PREFIX, check_out
    from skosify_rad.stores.exports import find_export

    path = Path(words)
    if words.startswith(PREFIX):
        with tempfile.TemporaryDirectory(prefix="rad2skos-") as folder:
            return read_edition(str(check_out(words, Path(folder))))._replace(name=words)
    if words.startswith(("http://", "https://")) and graph is None:
        return Edition(words, _take_whole(read_vocabulary([words])))
    if (path / "CURRENT").is_file() or not path.exists():
        return _read_store(words, graph)
    export = find_export(path)
    if export is None and path.is_dir() and any(path.rglob("*.md")):
        from skosify_rad.cli.run import build_export

        built, _ = build_export(path, {})
        return Edition(words, built.graph, built.sources)
    file = (export or path).parent / "evidence.jsonl"
    return Edition(
        words, _take_whole(read_vocabulary([str(export or path)])), file.read_bytes() if file.is_file() else b""
    )


def _take_whole(vocabulary: Vocabulary) -> Graph:
    """Return the graph of a vocabulary; half of a file would make the other half look removed."""
    for found in vocabulary.diagnostics:
        raise InputError(f"{found.place}: {found.message}")
    return vocabulary.graph


def _read_store(words: str, graph: str | None) -> Edition:
    """Read a graph of an embedded store, or of the store or server that a profile of the configuration names."""
    from skosify_rad.cli.server_options import find_profile
    from skosify_rad.graph.readers import Source, read_sources
    from skosify_rad.stores import open_target
    from skosify_rad.stores.load import find_scheme
    from skosify_rad.stores.sparql_text import join_lines

    target = find_profile(words, {"graph": graph})
    if target.kind == "embedded" and not Path(target.url).is_dir():
        raise InputError(f"{words}: no such file, folder, store or profile")
    store = open_target(target)
    try:
        name = target.graph or find_scheme(store)
        if not name:
            raise InputError(f"{words}: does not hold exactly one concept scheme; name its graph with --graph")
        lines = store.read(name)
    finally:
        store.close()
    return Edition(words, _take_whole(read_sources([Source(words, join_lines(lines), "N_TRIPLES")])))


def compare_editions(old: Edition, new: Edition) -> ChangeReport:
    """Compare two vocabularies and find where the notes state the changes."""
    from skosify_rad.graph.changes import compare
    from skosify_rad.outputs.changes import ChangeReport, Places, list_subjects, read_evidence, read_sources

    comparison = compare(old.graph, new.graph)
    subjects = list_subjects(comparison.changes)

    def locate(evidence: bytes | SourceMap) -> Places:
        if isinstance(evidence, bytes):
            return Places(read_evidence(evidence.splitlines(), subjects))
        return Places(read_sources(evidence, subjects))

    return ChangeReport(comparison, (old.name, new.name), (locate(old.evidence), locate(new.evidence)))
