"""What a FHIR server answers, counted by operation against what the SKOS graph says."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from skosify_rad.model.namespaces import RDF, SKOS
from skosify_rad.model.statements import Literal
from skosify_rad.outputs.fhir.concept_maps import read_coding
from skosify_rad.stores.fhir.verify import list_expansion, read_parameter
from skosify_rad.stores.http import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from skosify_rad.graph.graph import Graph
    from skosify_rad.stores.fhir.client import FhirClient, Resource

OPERATIONS: Final = (
    "`$lookup`: display",
    "`$lookup`: all labels",
    "`$lookup`: all parents, `related`",
    "`$lookup` that names no property",
    "`$validate-code`: code and display",
    "`$validate-code` refuses a wrong display",
    "`$validate-code` refuses a wrong code",
    "`$subsumes`: the first parent",
    "`$subsumes`: further parents",
    "`$subsumes`: not the other way round",
    "`$expand`: all",
    "`$expand`: branch",
    "`$expand`: collection",
    "`$expand` with a label as `filter`",
    "`$expand` with an alternative label as `filter`",
    "`$translate`",
)
"""What is asked, in the order of the table in the documentation."""

MOST_FILTERS: Final = 200
"""Concepts whose names are filters: each takes an expansion of everything."""


class Answers:
    """A server that is asked about a graph: `right` and `asked` count by operation."""

    def __init__(self, client: FhirClient, graph: Graph, resources: list[Resource]) -> None:
        self.client, self.graph, self.resources = client, graph, resources
        self.url = resources[0]["url"]
        self.concepts = [s for s, said in graph.subjects.items() if SKOS.Concept in said.get(RDF.type, ())]
        self.parents = {iri: [str(p) for p in graph.objects(iri, SKOS.broader)] for iri in self.concepts}
        self.right: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.wrong: dict[str, str] = {}

    def count(self, operation: str, about: str, *, right: bool) -> None:
        assert operation in OPERATIONS
        self.asked[operation] += 1
        self.right[operation] += right
        if not right:
            self.wrong.setdefault(operation, about)

    def compare(self, step: int) -> None:
        """Look up every concept; of the further questions ask every one with an index that is a multiple of `step`."""
        for iri in self.concepts:
            self.look_up(iri)
        for iri in self.concepts[::step]:
            self.validate(iri)
        self.compare_subsumption(step)
        self.compare_expansions(step)
        self.translate()

    def code(self, iri: object) -> str:
        return str(iri).removeprefix(self.graph.scheme)

    def labels(self, iri: str, *predicates: str) -> list[str]:
        return [t.value for p in predicates for t in self.graph.objects(iri, p) if isinstance(t, Literal)]

    def ask(self, kind: str, operation: str, parameters: dict[str, str | list[str]]) -> Resource | None:
        """Return the answer; None where it was refused."""
        try:
            return self.client.ask(kind, operation, parameters)
        except RefusedError:
            return None

    def look_up(self, iri: str) -> None:
        code, (label, *_) = self.code(iri), self.labels(iri, SKOS.prefLabel)
        question: dict[str, str | list[str]] = {"system": self.url, "code": code, "property": ["parent", "related"]}
        answer = self.ask("CodeSystem", "lookup", question) or {"parameter": []}
        self.count("`$lookup`: display", code, right=read_parameter(answer, "display") == label)
        told = [{p.get("name"): value(p) for p in part["part"]} for part in answer["parameter"] if "part" in part]
        shown = {part["value"] for part in told if "use" in part}
        named = set(self.labels(iri, SKOS.altLabel, SKOS.hiddenLabel))
        self.count("`$lookup`: all labels", code, right=named <= shown)
        found = [{part["value"] for part in told if part.get("code") == name} for name in ("parent", "related")]
        said = [{self.code(o) for o in self.graph.objects(iri, p)} for p in (SKOS.broader, SKOS.related)]
        self.count("`$lookup`: all parents, `related`", code, right=found == said)

    def validate(self, iri: str) -> None:
        code, (label, *_) = self.code(iri), self.labels(iri, SKOS.prefLabel)
        plain = self.fails_not(lambda: self.client.ask("CodeSystem", "lookup", {"system": self.url, "code": code}))
        self.count("`$lookup` that names no property", code, right=plain)
        self.count("`$validate-code`: code and display", code, right=self.is_valid(code=code, display=label))
        nonsense = self.is_valid(code=code, display="Nonsense")
        self.count("`$validate-code` refuses a wrong display", code, right=not nonsense)
        self.count("`$validate-code` refuses a wrong code", code, right=not self.is_valid(code=code + "-x"))

    def fails_not(self, ask: Callable[[], Resource]) -> bool:
        try:
            return read_parameter(ask(), "display") is not None
        except Exception as error:  # noqa: BLE001 - an answer of the server, counted and shown
            self.wrong.setdefault("`$lookup` that names no property", str(error))
            return False

    def is_valid(self, **parameters: str | list[str]) -> bool:
        answer = self.ask("CodeSystem", "validate-code", {"url": self.url, **parameters})
        return answer is not None and read_parameter(answer, "result") is True

    def compare_subsumption(self, step: int) -> None:
        nested = dict(find_nested(self.resources[0]))
        pairs = [(iri, parent) for iri, parents in self.parents.items() for parent in parents]
        first = [(iri, parent) for iri, parent in pairs if nested[self.code(iri)] == self.code(parent)]
        further = [pair for pair in pairs if pair not in set(first)]
        for operation, chosen in (
            ("`$subsumes`: the first parent", first[::step]),
            ("`$subsumes`: further parents", further),
        ):
            for iri, parent in chosen:
                self.count(operation, self.code(iri), right=self.subsumes(iri, parent) == "subsumed-by")
        for iri, parent in first[::step]:
            right = self.subsumes(parent, iri) == "subsumes"
            self.count("`$subsumes`: not the other way round", self.code(iri), right=right)

    def subsumes(self, one: str, other: str) -> object:
        codes = {"codeA": self.code(one), "codeB": self.code(other)}
        answer = self.ask("CodeSystem", "subsumes", {"system": self.url, **codes})
        return read_parameter(answer or {}, "outcome")

    def expand(self, name: str, **more: str) -> set[str]:
        url = f"{self.url}/ValueSet/{name}"
        many = str(len(self.concepts) + 1)
        answer = self.ask("ValueSet", "expand", {"url": url, "excludeNested": "true", "count": many, **more})
        return set(list_expansion((answer or {}).get("expansion")))

    def compare_expansions(self, step: int) -> None:
        below: dict[str, list[str]] = {}
        for iri, parents in self.parents.items():
            for parent in parents:
                below.setdefault(parent, []).append(iri)
        for value_set in (r for r in self.resources if r["resourceType"] == "ValueSet"):
            name = value_set["url"].rpartition("/")[2]
            if name == "all":
                operation, expected = "`$expand`: all", {self.code(iri) for iri in self.concepts}
            elif name.startswith("branch-"):
                whole = descend(self.graph.scheme + name.removeprefix("branch-"), below)
                operation, expected = "`$expand`: branch", {self.code(iri) for iri in whole}
            else:
                chosen = value_set["compose"]["include"][0]["concept"]
                operation, expected = "`$expand`: collection", {c["code"] for c in chosen}
            self.count(operation, name, right=self.expand(name) == expected)
        named = [iri for iri in self.concepts if self.has_other_name(iri)]
        self.filter(named[:: max(1, len(named) * step // MOST_FILTERS)])

    def has_other_name(self, iri: str) -> bool:
        """Tell whether the first alternative label says what the code and the label do not."""
        known = f"{self.code(iri)} {self.labels(iri, SKOS.prefLabel)[0]}".casefold()
        return any(words.casefold() not in known for words in self.labels(iri, SKOS.altLabel)[:1])

    def filter(self, chosen: Sequence[str]) -> None:
        for iri in chosen:
            code = self.code(iri)
            by_label = code in self.expand("all", filter=self.labels(iri, SKOS.prefLabel)[0])
            self.count("`$expand` with a label as `filter`", code, right=by_label)
            by_other = code in self.expand("all", filter=self.labels(iri, SKOS.altLabel)[0])
            self.count("`$expand` with an alternative label as `filter`", code, right=by_other)

    def translate(self) -> None:
        for iri in self.concepts:
            for term in self.graph.objects(iri, SKOS.exactMatch):
                coding = read_coding(str(term))
                assert coding is not None
                asked = {"system": self.url, "code": self.code(iri), "targetsystem": coding.system}
                answer = self.ask("ConceptMap", "translate", {**asked}) or {}
                parts = [p for part in answer.get("parameter", ()) for p in part.get("part", ())]
                found = [value(p).get("code") for p in parts if p["name"] == "concept"]
                right = read_parameter(answer, "result") is True and coding.code in found
                self.count("`$translate`", self.code(iri), right=right)


def value(part: dict[str, Any]) -> Any:  # noqa: ANN401 - FHIR's value[x]
    return next((found for key, found in part.items() if key.startswith("value")), None)


def find_nested(system: Resource) -> list[tuple[str, str]]:
    """Return each code and the one that it is nested in, empty for the outermost."""
    found, work = [], [(concept, "") for concept in system["concept"]]
    while work:
        concept, above = work.pop()
        found.append((concept["code"], above))
        work += [(inner, concept["code"]) for inner in concept.get("concept", ())]
    return found


def descend(top: str, below: dict[str, list[str]]) -> set[str]:
    whole, work = set(), [top]
    while work:
        whole.add(work[-1])
        work += [child for child in below.get(work.pop(), []) if child not in whole]
    return whole
