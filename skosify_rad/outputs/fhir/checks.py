"""Faults in FHIR terminology resources that FHIR's own validators do not see.

Resources may come from a file that someone has edited: any shape of JSON is taken, and what is no resource is passed
over.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from skosify_rad.checks.finding import Finding
from skosify_rad.checks.validate import locate, merge, settle
from skosify_rad.graph.components import strong_components
from skosify_rad.outputs.fhir.bundle import build_resources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from skosify_rad.graph.graph import Graph, SourceMap
    from skosify_rad.model.config import Config
    from skosify_rad.model.diagnostics import Diagnostic
    from skosify_rad.outputs.fhir.code_view import Resource

_HL7: Final = "http://hl7.org/fhir/concept-properties#"
_VALUE_TYPES: Final = {
    "valueCode": "code",
    "valueCoding": "Coding",
    "valueString": "string",
    "valueInteger": "integer",
    "valueBoolean": "boolean",
    "valueDateTime": "dateTime",
    "valueDecimal": "decimal",
}


class Fault(NamedTuple):
    """What is wrong in a resource."""

    slug: str
    """The rule's slug."""
    url: str
    """Canonical URL of the resource."""
    code: str
    """The code it is about; empty where it is about the resource."""
    message: str
    """What is wrong."""
    hint: str
    """What to do about it."""


def check_fhir(graph: Graph, sources: SourceMap, config: Config) -> tuple[Diagnostic, ...]:
    """Make the resources of a graph and bring every fault in them to its place in the notes."""
    found = []
    for fault in find_faults(build_resources(graph, config)):
        subject = next((iri for iri in (graph.scheme + fault.code, fault.code) if iri in graph.subjects), graph.scheme)
        found.append(locate(Finding(fault.slug, subject, fault.message, fault.hint), graph, sources))
    return settle(merge((), found), config)


def find_faults(resources: Iterable[Resource]) -> Iterator[Fault]:
    """Yield the faults of code systems, then those of value sets."""
    systems: dict[str, CheckedSystem] = {}
    value_sets = []
    for resource in resources:
        if resource.get("resourceType") == "CodeSystem":
            system = CheckedSystem(resource)
            systems[system.url] = system
            yield from system.find_faults()
        elif resource.get("resourceType") == "ValueSet":
            value_sets.append(resource)
    for value_set in value_sets:
        selected = select_codes(value_set, systems)
        if selected is not None and not selected:
            url = str(value_set.get("url", ""))
            yield Fault("fhir-empty-value-set", url, "", f"The value set {url} selects no code", "Leave it out.")


def _dicts(value: object) -> list[dict[str, Any]]:
    """Return the objects of a JSON array; none where it is no array."""
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


class CheckedSystem:
    """A code system: its concepts, flattened, and what lies above what."""

    def __init__(self, resource: Resource) -> None:
        self.url = str(resource.get("url", ""))
        self._resource = resource
        self._declared = {str(p.get("code")): p for p in _dicts(resource.get("property"))}
        self.concepts: list[Resource] = []
        self.edges: dict[str, set[str]] = {}
        """Code -> those directly below it."""
        work = [(concept, "") for concept in reversed(_dicts(resource.get("concept")))]
        while work:
            concept, above = work.pop()
            code = str(concept.get("code", ""))
            self.concepts.append(concept)
            if above:
                self.edges.setdefault(above, set()).add(code)
            work.extend((below, code) for below in reversed(_dicts(concept.get("concept"))))
        self.codes = Counter(str(concept.get("code", "")) for concept in self.concepts)
        for concept in self.concepts:
            code = str(concept.get("code", ""))
            for meaning, other in self._name_neighbours(concept):
                above, below = (other, code) if meaning == "parent" else (code, other)
                self.edges.setdefault(above, set()).add(below)

    def _name_neighbours(self, concept: Resource) -> Iterator[tuple[str, str]]:
        """Yield `parent` or `child`, by the URI of the property, and the code it names."""
        for said in _dicts(concept.get("property")):
            code = str(said.get("code"))
            uri = str(self._declared.get(code, {}).get("uri") or _HL7 + code)
            if uri in (_HL7 + "parent", _HL7 + "child"):
                yield uri.removeprefix(_HL7), str(said.get("valueCode", ""))

    def find_faults(self) -> Iterator[Fault]:
        """Yield what is wrong, concept by concept."""
        for code, many in self.codes.items():
            if many > 1:
                yield self._fault("duplicate-code", code, f"The code {code!r} stands {many} times", "Keep one of them.")
        for concept in self.concepts:
            yield from self._check_properties(concept)
        for cycle in strong_components({code: sorted(below) for code, below in self.edges.items()}):
            yield self._name_cycle(sorted(cycle))
        for code in sorted(code for code, below in self.edges.items() if code in below):
            yield self._name_cycle([code])
        if self.edges and not self._resource.get("hierarchyMeaning"):
            message = f"The code system {self.url} has a hierarchy without hierarchyMeaning"
            yield self._fault("hierarchy-meaning", "", message, "Set it: `[fhir] hierarchy_meaning`.")

    def _name_cycle(self, codes: list[str]) -> Fault:
        message = f"{codes[0]!r} lies above itself" + (f", through {', '.join(codes[1:4])}" if codes[1:] else "")
        return self._fault("parent-cycle", codes[0], message, "Take one of the parents away.")

    def _check_properties(self, concept: Resource) -> Iterator[Fault]:
        code = str(concept.get("code", ""))
        for said in _dicts(concept.get("property")):
            name = str(said.get("code"))
            declared = self._declared.get(name)
            if declared is None:
                message = f"{code!r} has the property {name!r}, which the code system does not declare"
                yield self._fault("undeclared-property", code, message, "Declare it in CodeSystem.property.")
                continue
            types = [_VALUE_TYPES.get(key, key) for key in said if key.startswith("value")]
            if types != [declared.get("type")]:
                message = f"{name!r} of {code!r} is {' and '.join(types) or 'nothing'}, not {declared.get('type')}"
                yield self._fault("property-type", code, message, "Give the value the type that is declared.")
        for meaning, other in self._name_neighbours(concept):
            if other not in self.codes:
                message = f"The {meaning} {other!r} of {code!r} is no code of this system"
                yield self._fault("unknown-parent", code, message, "Add that concept, or take the property away.")

    def _fault(self, slug: str, code: str, message: str, hint: str) -> Fault:
        return Fault(f"fhir-{slug}", self.url, code, message, hint)

    def descend(self, top: str) -> set[str]:
        """Return a code and all below it; none where the system has no such code."""
        found = {top} & self.codes.keys()
        work = list(found)
        while work:
            new = self.edges.get(work.pop(), set()) - found
            found |= new
            work.extend(new)
        return found


def select_codes(value_set: Resource, systems: dict[str, CheckedSystem]) -> set[tuple[str, str]] | None:
    """Return the codes that a value set selects; None where that hangs on what is not at hand."""
    compose = value_set.get("compose")
    if not isinstance(compose, dict):
        return None
    found: set[tuple[str, str]] = set()
    for part in _dicts(compose.get("include")):
        chosen = _include(part, systems)
        if chosen is None:
            return None
        found |= chosen
    for part in _dicts(compose.get("exclude")):
        found -= _include(part, systems) or set()
    return found


def _include(part: Resource, systems: dict[str, CheckedSystem]) -> set[tuple[str, str]] | None:
    system = systems.get(str(part.get("system", "")))
    if system is None or part.get("valueSet"):
        return None
    codes = set(system.codes)
    if "concept" in part:
        codes &= {str(concept.get("code")) for concept in _dicts(part["concept"])}
    for rule in _dicts(part.get("filter")):
        top = str(rule.get("value"))
        if rule.get("property") != "concept" or rule.get("op") not in ("is-a", "descendent-of"):
            return None
        codes &= system.descend(top) - ({top} if rule["op"] == "descendent-of" else set())
    return {(system.url, code) for code in codes}
