"""Read a vocabulary to compare, from wherever it is."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from skosify_rad.model.diagnostics import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from skosify_rad.graph.graph import Graph
    from skosify_rad.graph.readers import Vocabulary
    from skosify_rad.outputs.changes import Places


class Edition(NamedTuple):
    """A vocabulary as it is or was somewhere."""

    name: str
    """As the command line names it."""
    graph: Graph
    """All its triples."""
    find_places: Callable[[Collection[str]], Places]
    """Returns where the notes state what is said about some subjects."""


def read_edition(words: str, graph: str | None = None) -> Edition:
    """Return the vocabulary in a file, folder, export, vault, store, `git:REV:PATH` or at an address.

    `graph` names the graph of a store that has several vocabularies.

    Raises:
        SkosifyError: there is no such vocabulary, or it cannot be read whole.

    """
    from skosify_rad.graph.readers.git import PREFIX, check_out
    from skosify_rad.stores.exports import find_export

    path = Path(words)
    if words.startswith(PREFIX):
        with tempfile.TemporaryDirectory(prefix="rad2skos-") as folder:
            found = read_edition(str(check_out(words, Path(folder))))
            evidence = _read_file(Path(folder) / "evidence.jsonl")
            return Edition(words, found.graph, lambda subjects: _places_of(evidence, subjects))
    if words.startswith(("http://", "https://")) and graph is None:
        return _read_files(words, words)
    if (path / "CURRENT").is_file() or not path.exists():
        return _read_store(words, graph)
    export = find_export(path)
    if export is None and path.is_dir() and any(path.rglob("*.md")):
        return _build_vault(path)
    return _read_files(words, str(export or path))


def _read_file(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _places_of(evidence: bytes, subjects: Collection[str]) -> Places:
    from skosify_rad.outputs.changes import Places

    return Places.of_lines(evidence.splitlines(), subjects)


def _read_files(words: str, place: str) -> Edition:
    from skosify_rad.graph.readers import read_vocabulary

    path = Path(place)
    evidence = path.parent / "evidence.jsonl" if path.name.startswith("concepts.") else path / "evidence.jsonl"
    graph = _take_whole(read_vocabulary([place]))
    return Edition(words, graph, lambda subjects: _places_of(_read_file(evidence), subjects))


def _take_whole(vocabulary: Vocabulary) -> Graph:
    """Return the graph of a vocabulary. Half of a file would make the other half look removed.

    Raises:
        InputError: a file could not be parsed to its end, or there is no SKOS.

    """
    for found in vocabulary.diagnostics:
        raise InputError(f"{found.place}: {found.message}")
    return vocabulary.graph


def _build_vault(path: Path) -> Edition:
    from skosify_rad.cli.run import build_export
    from skosify_rad.outputs.changes import Places

    export, _ = build_export(path, {})
    return Edition(str(path), export.graph, lambda subjects: Places.of_sources(export.sources, subjects))


def _read_store(words: str, graph: str | None) -> Edition:
    """Read a graph of an embedded store, or of the store or server that a profile of the configuration names."""
    from skosify_rad.cli.endpoint import find_profile
    from skosify_rad.graph.readers import Source, read_sources
    from skosify_rad.outputs.changes import Places
    from skosify_rad.stores import open_target
    from skosify_rad.stores.load import find_scheme
    from skosify_rad.stores.terms import join_lines

    target = find_profile(words, {"graph": graph})
    if target.kind == "embedded" and not Path(target.url).is_dir():
        raise InputError(f"{words}: no such file, folder, store or profile")
    store = open_target(target)
    try:
        name = target.graph or find_scheme(store)
        if not name:
            raise InputError(f"{words}: does not hold exactly one concept scheme; name its graph with --graph")
        lines = store.read(name, ())
    finally:
        store.close()
    found = read_sources([Source(words, join_lines(lines), "N_TRIPLES")])
    return Edition(words, _take_whole(found), lambda _: Places())
