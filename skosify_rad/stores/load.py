"""Loading as one act: stage, verify, move, verify; whatever happens, the graph is the old or the new one."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Final

from skosify_rad.model.diagnostics import InputError, SkosifyError, TargetError
from skosify_rad.model.namespaces import SKOS
from skosify_rad.stores.base import QueryGraphs, UncertainError, in_chunks
from skosify_rad.stores.canonical import Fingerprint, canonical_lines, fingerprint
from skosify_rad.stores.http import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyoxigraph as ox

    from skosify_rad.stores.base import GraphStore

STAGING: Final = "urn:rad2skos:staging:"
"""Staging graphs begin so; then come a hash of the graph's IRI, the time and a random part."""
STALE_SECONDS: Final = 900.0
"""A staging graph older than this is no other load at work but one that was killed."""
_TOO_LARGE: Final = 413


def _say_nothing(stage: str, done: int, total: int) -> None:
    del stage, done, total


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How to load."""

    verify: bool = False
    """Compare the hash of the graph in place, too; that of the staging graph always is."""
    previous: str = ""
    """IRI of a graph that keeps what was there before; nothing is kept when empty."""
    progress: Callable[[str, int, int], None] = _say_nothing
    """Called with a stage, how much of it is done and how much there is."""
    settle_seconds: float = 2.0
    """Wait between looks at a store whose answer was lost, in seconds."""


@dataclass(frozen=True, slots=True)
class LoadReceipt:
    """What a load did."""

    graph: str
    """IRI of the graph."""
    triples: int
    """Triples in it now."""
    before: int
    """Triples in it before."""
    digest: str
    """SHA-256 of its canonical form."""
    verified: bool
    """The graph in place was compared by that hash, not only the staging graph before."""
    cleaned: tuple[str, ...] = ()
    """Staging graphs that killed loads had left, removed now."""
    left: tuple[str, ...] = ()
    """Staging graphs of loads that may still be at work."""


class Load:
    """One load of one graph into one store."""

    def __init__(self, store: GraphStore, graph: str, options: LoadOptions) -> None:
        self.store = store
        self.graph = graph
        self.options = options
        self.lines: set[bytes] = set()
        self.staging = staging_prefix(graph) + f"{time_stamp()}:{secrets.token_hex(4)}"

    def run(self, triples: Sequence[ox.Triple]) -> LoadReceipt:
        """Replace the graph by these triples.

        Raises:
            InputError: there is nothing to load.
            TargetError: it failed; the message says what happened and what state the graph is in.

        """
        if not triples:
            raise InputError("there is nothing to load: the export holds no triple")
        self.lines = canonical_lines(triples)
        sent = fingerprint(self.lines)
        with _OldGraphWhole(self.graph):
            self.store.check()
            before = self.store.count(self.graph)
            cleaned, left = self.clean()
        if self.store.replaces_at_once:
            self._replace(triples, sent)
        else:
            self._stage_and_move(triples, sent)
        in_place = self.options.verify or self.store.replaces_at_once
        return LoadReceipt(self.graph, sent.triples, before, sent.digest, in_place, cleaned, left)

    def clean(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Remove what killed loads left; return what was removed, and what may belong to a load at work."""
        found = self.store.list_graphs(staging_prefix(self.graph))
        stale = [name for name in found if self.store.is_exclusive or is_stale(name)]
        for name in stale:
            self.store.drop(name)
        return tuple(stale), tuple(name for name in found if name not in stale)

    def _stage_and_move(self, triples: Sequence[ox.Triple], sent: Fingerprint) -> None:
        subjects = list_subjects(triples)
        with _OldGraphWhole(self.graph):
            try:
                self._stage(triples)
                self.options.progress("verifying", 0, 0)
                self._compare(self.staging, subjects, sent)
                self._keep_previous()
            except BaseException:
                self._drop_staging()
                raise
        self.options.progress("putting in place", 0, 0)
        try:
            with _OldGraphWhole(self.graph, but=UncertainError):
                self.store.move(self.staging, self.graph)
        except UncertainError as error:
            self._settle(subjects, sent, error)
        except SkosifyError:
            self._drop_staging()
            raise
        self._confirm(subjects, sent)

    def _stage(self, triples: Sequence[ox.Triple]) -> None:
        """Send the triples in chunks, in smaller ones where the server finds them too large."""
        done = 0
        for chunk in in_chunks(triples, self.store.chunk_size):
            self._send(chunk)
            done += len(chunk)
            self.options.progress("sending", done, len(triples))

    def _send(self, chunk: list[ox.Triple]) -> None:
        try:
            self.store.add(self.staging, chunk)
        except RefusedError as error:
            if error.status != _TOO_LARGE or len(chunk) == 1:
                raise
            half = len(chunk) // 2
            self._send(chunk[:half])
            self._send(chunk[half:])

    def _replace(self, triples: Sequence[ox.Triple], sent: Fingerprint) -> None:
        """Use what the store offers as one act: a transaction, or a PUT that the operator vouches for."""
        subjects = list_subjects(triples)
        self.options.progress("sending", 0, len(triples))
        try:
            with _OldGraphWhole(self.graph, but=UncertainError):
                self._keep_previous()
                self.store.replace(self.graph, triples)
        except UncertainError as error:
            self._settle(subjects, sent, error)
        self._confirm(subjects, sent)

    def _keep_previous(self) -> None:
        if self.options.previous and self.store.count(self.graph):
            self.store.copy(self.graph, self.options.previous)

    def _compare(self, graph: str, subjects: list[str], sent: Fingerprint) -> None:
        held = canonical_lines(self.store.read(graph, subjects))
        found = fingerprint(held)
        count = self.store.count(graph)
        if found != sent:
            raise TargetError(f"{self.store.name}: does not hold what was sent: {self._find_difference(held)}")
        if count < found.triples:
            raise TargetError(f"{self.store.name}: counts {count:,} triples where {found.triples:,} were sent")

    def _find_difference(self, held: set[bytes]) -> str:
        """Return one triple that is missing and one that is too many, in words."""
        missing, surplus = sorted(self.lines - held), sorted(held - self.lines)
        words = f"{len(missing):,} triples are missing and {len(surplus):,} are too many"
        for name, lines in (("missing", missing), ("too many", surplus)):
            if lines:
                words += f"; {name}: {lines[0].decode()[:300]}"
        return words

    def _settle(self, subjects: list[str], sent: Fingerprint, error: SkosifyError) -> None:
        """Find out whether a request was carried out whose answer was lost.

        The staging graph is left alone when it was not: a late move of a graph no longer there would empty the
        target on some stores. The next load cleans it.
        """
        for attempt in range(3):
            if attempt and not self.store.is_exclusive:
                time.sleep(self.options.settle_seconds)
            try:
                if fingerprint(canonical_lines(self.store.read(self.graph, subjects))) == sent:
                    return
            except SkosifyError as second:
                raise TargetError(
                    f"{error}; then: {end_sentence(second)} <{self.graph}> is the old graph or the new one, entirely; "
                    "when the server is back, `rad2skos load ... --verify --dry-run` tells which"
                ) from error
        raise TargetError(
            f"{end_sentence(error)} The new graph is not in place: <{self.graph}> is the old one; repeat the load"
        ) from error

    def _confirm(self, subjects: list[str], sent: Fingerprint) -> None:
        """Look at the graph in place: its count, and its hash where asked for."""
        try:
            if self.options.verify or self.store.replaces_at_once:
                self._compare(self.graph, subjects, sent)
            elif self.store.count(self.graph) < sent.triples:
                raise TargetError(f"{self.store.name}: holds fewer triples than were moved")
        except SkosifyError as error:
            raise TargetError(
                f"{end_sentence(error)} The new graph <{self.graph}> was put in place, but it could not be confirmed; "
                "`rad2skos load ... --verify --dry-run` compares it"
            ) from error

    def _drop_staging(self) -> None:
        """Remove the staging graph; where that fails too, the next load does it."""
        try:
            self.store.drop(self.staging)
        except SkosifyError:
            return


class _OldGraphWhole:
    """Adds to a failure that the old graph is untouched."""

    def __init__(self, graph: str, but: type[BaseException] | tuple[()] = ()) -> None:
        self.graph = graph
        self.but = but

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        """Say what state the graph is in."""
        del kind, traceback
        if isinstance(error, TargetError) and not isinstance(error, self.but):
            raise TargetError(f"{end_sentence(error)} <{self.graph}> is as it was before") from error


def end_sentence(error: Exception) -> str:
    """Return a message with a full stop, where it has no other end."""
    text = str(error)
    return text if text.endswith((".", "?", "!")) else text + "."


def compare(store: GraphStore, graph: str, triples: Sequence[ox.Triple]) -> tuple[Fingerprint, Fingerprint]:
    """Return the fingerprints of what is given and of what the store holds."""
    store.check()
    held = store.read(graph, list_subjects(triples))
    return fingerprint(canonical_lines(triples)), fingerprint(canonical_lines(held))


def find_scheme(store: GraphStore) -> str:
    """Return the graph of a store that holds a concept scheme; empty where none or several do."""
    text = f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?scheme a <{SKOS.ConceptScheme}> }} }}"
    found = (str(getattr(row[0], "value", "")) for row in store.query(text, QueryGraphs("")).rows)
    graphs = [name for name in found if not name.startswith(STAGING) and not name.endswith("/.well-known/previous")]
    return graphs[0] if len(graphs) == 1 else ""


def list_subjects(triples: Sequence[ox.Triple]) -> list[str]:
    """Return the IRIs of the subjects, in the order in which they first occur."""
    return list(dict.fromkeys(str(getattr(triple.subject, "value", "")) for triple in triples))


def staging_prefix(graph: str) -> str:
    """Return how the names of the staging graphs of a graph begin."""
    return f"{STAGING}{hashlib.sha256(graph.encode()).hexdigest()[:12]}:"


def time_stamp() -> str:
    """Return the time as staging graphs are named: `20260131T235959Z`."""
    return datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def is_stale(name: str) -> bool:
    """Tell whether a staging graph is so old that its load must have been killed."""
    try:
        made = datetime.strptime(name.split(":")[-2], "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    except (ValueError, IndexError):
        return False
    return (datetime.now(timezone.utc) - made).total_seconds() > STALE_SECONDS
