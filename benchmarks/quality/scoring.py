"""An export against gold: every relation is right, missed or invented, each at its line.

The rules are those of the gold's own scorer.
"""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, Final, NamedTuple

from quality.gold import RELATIONS, Edge, GoldNote, find_parents, fold
from skosify_rad.graph.graph import Graph
from skosify_rad.model.namespaces import INVERSES, SKOS
from skosify_rad.model.statements import Literal

MEASURES: Final = (*RELATIONS, "definition")
"""What is measured; of definitions only the recall is."""

_PREDICATES: Final = {
    "narrower": (SKOS.narrower, SKOS.member),
    "related": (SKOS.related,),
    "altLabels": (SKOS.altLabel,),
    "definition": (SKOS.definition,),
}
_BETWEEN_CONCEPTS: Final = (SKOS.narrower, SKOS.related, SKOS.member)


class Verdict(Enum):
    """What became of a relation."""

    RIGHT = "right"
    MISSED = "missed"
    INVENTED = "invented"


class Outcome(NamedTuple):
    """One relation that counts."""

    measure: str
    """One of `MEASURES`."""
    verdict: Verdict
    """What became of it."""
    note: str
    """Vault-relative path."""
    line: int
    """Line of the gold; of the evidence where it is invented."""
    words: str
    """The name: as annotated, or as written where it is invented."""
    under: str = ""
    """What it is a kind or label of."""


class Claim(NamedTuple):
    """One line of `evidence.jsonl`, the hierarchy downwards."""

    note: str
    """Vault-relative path, NFC."""
    line: int
    """Line of the note, from 1."""
    predicate: str
    """IRI."""
    subject: str
    """IRI."""
    object: str
    """IRI; empty for a literal."""
    words: str
    """Words as written."""
    value: str
    """The literal; empty for a concept."""


class Figures(NamedTuple):
    """How many relations are right, missed and invented."""

    right: int
    """Required, and read."""
    missed: int
    """Required, and not read."""
    invented: int
    """Read, and neither required nor optional."""

    @property
    def precision(self) -> float:
        """Share of what was read that is right, rounded to 4 digits; 0 where nothing was read."""
        return round(_share(self.right, self.invented), 4)

    @property
    def recall(self) -> float:
        """Share of what is required that was read, rounded to 4 digits; 0 where nothing is required."""
        return round(_share(self.right, self.missed), 4)

    @property
    def f1(self) -> float:
        """Harmonic mean of both, rounded to 4 digits."""
        precision, recall = _share(self.right, self.invented), _share(self.right, self.missed)
        return round(2 * precision * recall / (precision + recall) if self.right else 0.0, 4)


class Score(NamedTuple):
    """All that a corpus gave."""

    outcomes: tuple[Outcome, ...]
    """Every relation that counts, by note."""
    notes: int
    """Notes of the gold."""
    unsupported: int
    """Lines of evidence whose relation is not in the graph."""


def score(gold: Mapping[str, GoldNote], evidence: bytes, graph: Graph) -> Score:
    """Score an export: its `evidence.jsonl` and the graph of the same run."""
    names = collect_names(graph)
    claims: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    unsupported = 0
    for claim in read_claims(evidence):
        if claim.note not in gold:
            continue
        if claim.predicate in _BETWEEN_CONCEPTS and not _holds(graph, claim):
            unsupported += 1
        else:
            claims[claim.note, claim.predicate].append(claim)
    outcomes: list[Outcome] = []
    for note in gold.values():
        for measure in RELATIONS:
            made = [claim for predicate in _PREDICATES[measure] for claim in claims[note.path, predicate]]
            outcomes.extend(_judge(note, measure, made, names))
        outcomes.extend(_judge_definition(note, claims[note.path, SKOS.definition]))
    return Score(tuple(outcomes), len(gold), unsupported)


def collect_names(graph: Graph) -> dict[str, frozenset[str]]:
    """Return every concept's labels, folded."""
    return {
        subject: frozenset(
            fold(term.value if isinstance(term, Literal) else term)
            for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
            for term in properties.get(predicate, ())
        )
        for subject, properties in graph.subjects.items()
    }


def read_claims(evidence: bytes) -> Iterator[Claim]:
    """Yield the lines of an `evidence.jsonl`."""
    for line in evidence.splitlines():
        data: dict[str, Any] = json.loads(line)
        predicate = data["predicate"].replace("skos:", SKOS.NS)
        subject, other = data["subject"], data["object"] or ""
        if predicate == SKOS.broader:
            subject, predicate, other = other, SKOS.narrower, subject
        note = unicodedata.normalize("NFC", data["note"])
        yield Claim(note, data["line"], predicate, subject, other, data["written"] or "", data["value"] or "")


def tally(outcomes: Iterable[Outcome]) -> dict[str, Figures]:
    """Count outcomes by measure."""
    counts = {measure: dict.fromkeys(Verdict, 0) for measure in MEASURES}
    for outcome in outcomes:
        counts[outcome.measure][outcome.verdict] += 1
    return {m: Figures(n[Verdict.RIGHT], n[Verdict.MISSED], n[Verdict.INVENTED]) for m, n in counts.items()}


def _holds(graph: Graph, claim: Claim) -> bool:
    inverse = INVERSES.get(claim.predicate)
    if claim.object in graph.objects(claim.subject, claim.predicate):
        return True
    return inverse is not None and claim.subject in graph.objects(claim.object, inverse)


def _judge(
    note: GoldNote, measure: str, claims: Iterable[Claim], names: Mapping[str, frozenset[str]]
) -> Iterator[Outcome]:
    """Yield what is invented among the claims, then what of the gold they hit and missed."""
    edges = note.edges[measure]
    hit: set[int] = set()
    seen: set[tuple[object, ...]] = set()
    for claim in claims:
        child = _claimed_names(note, measure, claim, names)
        key = (child,) if measure == "altLabels" else (claim.subject, claim.object)
        if key in seen:
            continue
        seen.add(key)
        matched = [i for i, edge in enumerate(edges) if edge.names & child]
        if measure == "narrower":
            subject = names.get(claim.subject, frozenset())
            matched = [i for i in matched if find_parents(edges[i], edges) & subject]
        hit.update(matched)
        if not matched and claim.predicate != SKOS.member:  # a collection may hold what is no kind
            under = min(names.get(claim.subject, ()), default="")
            yield Outcome(measure, Verdict.INVENTED, note.path, claim.line, claim.words, under)
    for i, edge in enumerate(edges):
        if edge.required:
            yield _found(note, measure, edge, Verdict.RIGHT if i in hit else Verdict.MISSED)


def _claimed_names(note: GoldNote, measure: str, claim: Claim, names: Mapping[str, frozenset[str]]) -> frozenset[str]:
    if measure == "altLabels":
        return frozenset({fold(claim.value or claim.words)})
    subject, written = names.get(claim.subject, frozenset()), {fold(claim.words)}
    child = names.get(claim.object, frozenset()) | written
    if measure == "related" and note.title in child and note.title not in subject:
        return subject | written  # said the other way round: the note's own concept is the object
    return child


def _found(note: GoldNote, measure: str, edge: Edge, verdict: Verdict) -> Outcome:
    return Outcome(measure, verdict, note.path, edge.line, edge.label, edge.parent)


def _judge_definition(note: GoldNote, claims: Iterable[Claim]) -> Iterator[Outcome]:
    if note.definition:
        right = any(claim.line in note.definition for claim in claims)
        yield Outcome(
            "definition", Verdict.RIGHT if right else Verdict.MISSED, note.path, note.definition[0], "definition"
        )


def _share(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else 0.0
