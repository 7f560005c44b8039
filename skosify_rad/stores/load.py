"""Replace a graph atomically and verify it. Whatever happens, readers see the old graph or the new one."""

from __future__ import annotations

import hashlib
import secrets
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Final

from skosify_rad.model.diagnostics import InputError, SkosifyError, TargetError
from skosify_rad.model.namespaces import SKOS
from skosify_rad.stores.canonical import Fingerprint, canonical_lines, fingerprint
from skosify_rad.stores.dataset import PREVIOUS_SUFFIX
from skosify_rad.stores.http import RefusedError
from skosify_rad.stores.store import OutcomeUnknownError, QueryGraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from skosify_rad.stores.store import GraphStore

STAGING_PREFIX: Final = "urn:rad2skos:staging:"
"""Start of the IRI of a staging graph; a hash of the target graph's IRI, the time and a random part follow."""
STALE_SECONDS: Final = 900.0
"""A staging graph older than this was left by a killed load; a younger one may belong to a running load."""
_TOO_LARGE: Final = 413


def _ignore_progress(stage: str, done: int, total: int) -> None:
    del stage, done, total


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """Options of a load."""

    verify: bool = False
    """Also compare the graph in place, triple by triple. The staging graph is always compared."""
    previous: str = ""
    """IRI of a graph that receives a copy of the old graph; empty to keep no copy."""
    progress: Callable[[str, int, int], None] = _ignore_progress
    """Called with the stage, the number of triples done and their total."""
    settle_seconds: float = 2.0
    """Delay before asking again whether a request whose answer was lost was carried out, in seconds."""


@dataclass(frozen=True, slots=True)
class LoadReceipt:
    """The result of a load."""

    graph: str
    """IRI of the graph."""
    triples: int
    """Number of triples after the load."""
    before: int
    """Number of triples before the load."""
    digest: str
    """SHA-256 of the canonical form."""
    verified: bool
    """True if the graph in place was compared triple by triple, not only its staging graph."""
    cleaned: tuple[str, ...] = ()
    """Staging graphs of killed loads, removed by this load."""
    left: tuple[str, ...] = ()
    """Staging graphs that may belong to running loads."""


class Load:
    """One load of one graph into one store."""

    def __init__(self, store: GraphStore, graph: str, options: LoadOptions) -> None:
        self.store = store
        self.graph = graph
        self.options = options
        self.staging = staging_prefix(graph) + f"{time_stamp()}:{secrets.token_hex(4)}"
        self._lines: Sequence[bytes] = ()
        self._canonical: set[bytes] = set()

    def run(self, lines: Sequence[bytes]) -> LoadReceipt:
        """Replace the graph by triples, given as N-Triples lines.

        Raises:
            InputError: There are no triples.
            TargetError: The load failed. The message says why, and which graph is in place.

        """
        if not lines:
            raise InputError("nothing to load: the export contains no triples")
        self._lines = lines
        self._canonical = canonical_lines(lines)
        with self._unchanged():
            self.store.check()
            before = self.store.count(self.graph)
            cleaned, left = self._clean()
        if self.store.replaces_atomically:
            self._replace()
        else:
            self._stage_and_move()
        sent = fingerprint(self._canonical)
        verified = self.options.verify or self.store.replaces_atomically
        return LoadReceipt(self.graph, sent.triples, before, sent.digest, verified, cleaned, left)

    def _clean(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Remove the staging graphs of killed loads. Return those removed, and those that running loads may use."""
        found = self.store.list_graphs(staging_prefix(self.graph))
        stale = [name for name in found if self.store.is_exclusive or is_stale(name)]
        for name in stale:
            self.store.drop(name)
        return tuple(stale), tuple(name for name in found if name not in stale)

    def _stage_and_move(self) -> None:
        with self._unchanged():
            try:
                self._stage()
                self.options.progress("verifying", 0, 0)
                self._compare(self.staging)
                self._keep_previous()
            except BaseException:
                self._drop_staging()
                raise
        self.options.progress("putting in place", 0, 0)
        try:
            with self._unchanged(unless=OutcomeUnknownError):
                self.store.move(self.staging, self.graph)
        except OutcomeUnknownError as error:
            self._find_outcome(error)
        except SkosifyError:
            self._drop_staging()
            raise
        self._confirm()

    def _stage(self) -> None:
        """Send the triples to the staging graph in chunks."""
        size = self.store.chunk_size
        for start in range(0, len(self._lines), size):
            chunk = self._lines[start : start + size]
            self._send(chunk)
            self.options.progress("sending", start + len(chunk), len(self._lines))

    def _send(self, chunk: Sequence[bytes]) -> None:
        """Send a chunk; split it while the server answers that it is too large."""
        try:
            self.store.add(self.staging, chunk)
        except RefusedError as error:
            if error.status != _TOO_LARGE or len(chunk) == 1:
                raise
            half = len(chunk) // 2
            self._send(chunk[:half])
            self._send(chunk[half:])

    def _replace(self) -> None:
        """Replace the graph atomically: in a transaction, or by a PUT that the profile declares atomic."""
        self.options.progress("sending", 0, len(self._lines))
        try:
            with self._unchanged(unless=OutcomeUnknownError):
                self._keep_previous()
                self.store.replace(self.graph, self._lines)
        except OutcomeUnknownError as error:
            self._find_outcome(error)
        self._confirm()

    def _keep_previous(self) -> None:
        if self.options.previous and self.store.count(self.graph):
            self.store.copy(self.graph, self.options.previous)

    def _compare(self, graph: str) -> None:
        held = canonical_lines(self.store.read(graph))
        if held != self._canonical:
            raise TargetError(f"{self.store.name}: does not hold what was sent: {self._describe_difference(held)}")
        count = self.store.count(graph)
        if count < len(held):
            raise TargetError(f"{self.store.name}: counts {count:,} triples; {len(held):,} were sent")

    def _describe_difference(self, held: set[bytes]) -> str:
        """Return how many triples are missing and unexpected, with one example of each."""
        missing, unexpected = sorted(self._canonical - held), sorted(held - self._canonical)
        text = f"{len(missing):,} triples are missing and {len(unexpected):,} are unexpected"
        for name, lines in (("missing", missing), ("unexpected", unexpected)):
            if lines:
                text += f"; {name}: {lines[0].decode()[:300]}"
        return text

    def _find_outcome(self, error: SkosifyError) -> None:
        """Return if a request whose answer was lost put the new graph in place; raise TargetError otherwise.

        The staging graph is then left alone: if it were dropped, a MOVE that arrives late would empty the target on
        some stores. The next load removes it.
        """
        for attempt in range(3):
            if attempt and not self.store.is_exclusive:
                time.sleep(self.options.settle_seconds)
            try:
                if canonical_lines(self.store.read(self.graph)) == self._canonical:
                    return
            except SkosifyError as second:
                raise TargetError(
                    f"{error}; then: {end_sentence(second)} <{self.graph}> is either the old graph or the new one; "
                    "when the server is back, `rad2skos load ... --verify --dry-run` shows which"
                ) from error
        raise TargetError(
            f"{end_sentence(error)} The new graph is not in place: <{self.graph}> is the old one; repeat the load"
        ) from error

    def _confirm(self) -> None:
        """Check the graph in place: its count, or each triple if asked for or if there was no staging graph."""
        try:
            if self.options.verify or self.store.replaces_atomically:
                self.options.progress("verifying", 0, 0)
                self._compare(self.graph)
            elif self.store.count(self.graph) < len(self._canonical):
                raise TargetError(f"{self.store.name}: holds fewer triples than were moved")
        except SkosifyError as error:
            raise TargetError(
                f"{end_sentence(error)} The new graph <{self.graph}> was put in place but could not be confirmed; "
                "`rad2skos load ... --verify --dry-run` compares it"
            ) from error

    def _drop_staging(self) -> None:
        """Drop the staging graph. If that fails, the next load drops it."""
        try:
            self.store.drop(self.staging)
        except SkosifyError:
            return

    @contextmanager
    def _unchanged(self, unless: type[TargetError] | tuple[()] = ()) -> Iterator[None]:
        """Add to the message of a TargetError, unless it is of a certain class, that the graph is unchanged."""
        try:
            yield
        except unless:
            raise
        except TargetError as error:
            raise TargetError(f"{end_sentence(error)} <{self.graph}> is unchanged") from error


def end_sentence(error: Exception) -> str:
    """Return an error's message, ending with a full stop, question mark or exclamation mark."""
    text = str(error)
    return text if text.endswith((".", "?", "!")) else text + "."


def compare(store: GraphStore, graph: str, lines: Sequence[bytes]) -> tuple[Fingerprint, Fingerprint]:
    """Return the fingerprint of N-Triples lines and that of the graph in the store."""
    store.check()
    held = store.read(graph)
    return fingerprint(canonical_lines(lines)), fingerprint(canonical_lines(held))


def find_scheme(store: GraphStore) -> str:
    """Return the IRI of the store's only graph with a concept scheme; empty if there is none or more than one."""
    text = f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?scheme a <{SKOS.ConceptScheme}> }} }}"
    found = (str(getattr(row[0], "value", "")) for row in store.query(text, QueryGraphs("")).rows)
    graphs = [name for name in found if not name.startswith(STAGING_PREFIX) and not name.endswith(PREVIOUS_SUFFIX)]
    return graphs[0] if len(graphs) == 1 else ""


def staging_prefix(graph: str) -> str:
    """Return the start of the IRIs of a graph's staging graphs."""
    return f"{STAGING_PREFIX}{hashlib.sha256(graph.encode()).hexdigest()[:12]}:"


def time_stamp() -> str:
    """Return the current UTC time as in the IRIs of staging graphs: `20260131T235959Z`."""
    return datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def is_stale(name: str) -> bool:
    """Return True if a staging graph is so old that its load must have been killed."""
    try:
        made = datetime.strptime(name.split(":")[-2], "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    except (ValueError, IndexError):
        return False
    return (datetime.now(timezone.utc) - made).total_seconds() > STALE_SECONDS
