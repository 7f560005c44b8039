"""Real FHIR servers answer, concept by concept, what the SKOS graph says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from sample_graphs import graph_of, kind, labelled

from contract.faults import proxy
from contract.fhir_servers import FHIR_SERVERS, hapi
from contract.servers import NotRun
from skosify_rad import pipeline
from skosify_rad.cli import command
from skosify_rad.model.config import Config, Scheme, Target, read_config
from skosify_rad.model.diagnostics import TargetError
from skosify_rad.model.fhir_config import Fhir
from skosify_rad.model.namespaces import DCT, OWL, RDF, SKOS
from skosify_rad.model.statements import Literal, Triple
from skosify_rad.outputs.fhir.bundle import build_resources
from skosify_rad.outputs.fhir.concept_maps import read_coding
from skosify_rad.stores.fhir.client import FhirClient
from skosify_rad.stores.fhir.push import PushOptions, make_plan, push
from skosify_rad.stores.fhir.verify import Questions, list_expansion, read_parameter
from skosify_rad.stores.http import RefusedError, RetryPolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from contract.servers import Server
    from skosify_rad.graph.graph import Graph
    from skosify_rad.outputs.fhir.vocabulary import Resource
    from skosify_rad.stores.fhir.push import Receipt

BASE = "https://example.org/many/"
MANY = 2_000
OPTIONS = PushOptions(questions=Questions("sample", wait_seconds=180, pause_seconds=1))


@dataclass(frozen=True)
class Traits:
    """Where servers differ, as measured."""

    knows_second_parents: bool
    refuses_wrong_display: bool
    filters_designations: bool
    reads_booleans: bool


TRAITS = {
    "helios": Traits(
        knows_second_parents=True,
        refuses_wrong_display=True,
        filters_designations=False,
        reads_booleans=True,
    ),
    "hapi": Traits(
        knows_second_parents=False,
        refuses_wrong_display=False,
        filters_designations=False,
        reads_booleans=False,
    ),
}


@pytest.fixture(scope="module", params=list(FHIR_SERVERS))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    try:
        with FHIR_SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as started:
            yield started
    except NotRun as reason:
        pytest.skip(f"not run: {reason}")


@pytest.fixture
def client(server: Server) -> Iterator[FhirClient]:
    opened = FhirClient(Target(kind="fhir", url=server.store, timeout_seconds=300))
    yield opened
    opened.close()


def send(client: FhirClient, graph: Graph, config: Config, options: PushOptions = OPTIONS) -> Receipt:
    resources = list(build_resources(graph, config))
    return push(client, make_plan(client, resources, options), options)


def many_triples() -> list[Triple]:
    """Return 2,000 concepts in three levels; each hundredth has a second parent; collections and mappings."""
    names = [f"{BASE}c{number:04}" for number in range(MANY)]
    triples = [
        Triple(BASE, RDF.type, SKOS.ConceptScheme),
        Triple(BASE, DCT.title, Literal("Many", "en")),
        Triple(BASE, OWL.versionInfo, Literal("1")),
    ]
    for number, name in enumerate(names):
        triples += labelled(name, f"Finding {number}")
        triples.append(Triple(name, SKOS.altLabel, Literal(f"Beobachtung {number}", "de")))
        if number >= 40:
            triples += kind(names[number // 45], name)
        if number >= 45 and number % 100 == 7:
            triples += kind(names[number // 100], name)
        if number % 50 == 0:
            triples.append(Triple(name, SKOS.exactMatch, f"http://id.nlm.nih.gov/mesh/D{number:06}"))
    chosen = BASE + "collection/chosen"
    triples += [Triple(chosen, RDF.type, SKOS.Collection), Triple(chosen, SKOS.prefLabel, Literal("Chosen", "en"))]
    return [*triples, *(Triple(chosen, SKOS.member, name) for name in names[::40])]


def example(vault: Path) -> tuple[Graph, Config]:
    config = read_config(vault / "rad2skos.toml")
    return pipeline.build(vault, config).graph, config


def many(_: Path) -> tuple[Graph, Config]:
    config = Config(scheme=Scheme(base=BASE, prefix="many"), fhir=Fhir(status="active"))
    return graph_of(many_triples(), BASE), config


@pytest.mark.parametrize("make", [example, many])
def test_answers_are_what_the_graph_says(
    make: Callable[[Path], tuple[Graph, Config]], client: FhirClient, server: Server, example_vault: Path
) -> None:
    compare_everything(client, TRAITS[server.name], *make(example_vault))


def test_hapi_answers_what_the_graph_says(tmp_path: Path, example_vault: Path) -> None:
    try:
        with hapi(tmp_path) as started:
            client = FhirClient(Target(kind="fhir", url=started.store, timeout_seconds=300))
            compare_everything(client, TRAITS["hapi"], *example(example_vault))
            client.close()
    except NotRun as reason:
        pytest.skip(f"not run: {reason}")


def compare_everything(client: FhirClient, traits: Traits, graph: Graph, config: Config) -> None:
    resources = list(build_resources(graph, config))
    receipt = send(client, graph, config)
    assert receipt.verified.concepts >= 20
    asked = Asked(client, graph, resources, traits)
    asked.compare_concepts()
    asked.compare_subsumption()
    asked.compare_expansions()
    asked.compare_mappings()


class Asked:
    """A server that is asked about a graph."""

    def __init__(self, client: FhirClient, graph: Graph, resources: list[Resource], traits: Traits) -> None:
        self.client, self.graph, self.traits = client, graph, traits
        self.url = resources[0]["url"]
        self.value_sets = [r for r in resources if r["resourceType"] == "ValueSet"]
        self.concepts = [s for s, said in graph.subjects.items() if SKOS.Concept in said.get(RDF.type, ())]

    def code(self, iri: object) -> str:
        return str(iri).removeprefix(self.graph.scheme)

    def labels(self, iri: str, *predicates: str) -> list[str]:
        return [t.value for p in predicates for t in self.graph.objects(iri, p) if isinstance(t, Literal)]

    def validate(self, **parameters: str) -> bool:
        try:
            answer = self.client.ask("CodeSystem", "validate-code", {"url": self.url, **parameters})
        except RefusedError:
            return False
        return read_parameter(answer, "result") is True

    def compare_concepts(self) -> None:
        for iri in self.concepts:
            code, (label, *_) = self.code(iri), self.labels(iri, SKOS.prefLabel)
            answers = [
                self.lookup(code, name) for name in ([""] if self.traits.reads_booleans else ["parent", "related"])
            ]
            assert {read_parameter(answer, "display") for answer in answers} == {label}
            parts = [part["part"] for answer in answers for part in answer["parameter"] if "part" in part]
            told = [{p.get("name"): value(p) for p in part} for part in parts]
            others = set(self.labels(iri, SKOS.altLabel, SKOS.hiddenLabel))
            assert {part["value"] for part in told if "use" in part} >= others
            parents = {part["value"] for part in told if part.get("code") == "parent"}
            assert parents == {self.code(p) for p in self.graph.objects(iri, SKOS.broader)}
            related = {part["value"] for part in told if part.get("code") == "related"}
            assert related == {self.code(p) for p in self.graph.objects(iri, SKOS.related)}
        for iri in self.concepts[:: max(1, len(self.concepts) // 40)]:
            code, (label, *_) = self.code(iri), self.labels(iri, SKOS.prefLabel)
            assert self.validate(code=code)
            assert self.validate(code=code, display=label)
            assert self.validate(code=code, display="Nonsense") != self.traits.refuses_wrong_display
            assert not self.validate(code=code + "-x")

    def lookup(self, code: str, name: str = "") -> Resource:
        asked = {"system": self.url, "code": code, **({"property": name} if name else {})}
        return self.client.ask("CodeSystem", "lookup", asked)

    def compare_subsumption(self) -> None:
        above = {iri: [str(p) for p in self.graph.objects(iri, SKOS.broader)] for iri in self.concepts}
        pairs = [(iri, parent) for iri, parents in above.items() for parent in parents]
        for iri, parent in pairs if len(pairs) < 500 else pairs[::20]:
            expected = "subsumed-by" if self.traits.knows_second_parents or len(above[iri]) == 1 else None
            told = self.subsumes(iri, parent)
            assert told == expected or (expected is None and told in ("subsumed-by", "not-subsumed"))
            assert self.subsumes(parent, iri) in ("subsumes", "not-subsumed" if expected is None else "subsumes")
        tops = [iri for iri, parents in above.items() if not parents]
        assert self.subsumes(tops[0], tops[1]) == "not-subsumed"

    def subsumes(self, one: str, other: str) -> object:
        codes = {"codeA": self.code(one), "codeB": self.code(other)}
        return read_parameter(self.client.ask("CodeSystem", "subsumes", {"system": self.url, **codes}), "outcome")

    def expand(self, url: str, **more: str) -> set[str]:
        answer = self.client.ask("ValueSet", "expand", {"url": url, "excludeNested": "true", **more})
        return set(list_expansion(answer.get("expansion")))

    def compare_expansions(self) -> None:
        below: dict[str, list[str]] = {}
        for iri in self.concepts:
            for parent in self.graph.objects(iri, SKOS.broader):
                below.setdefault(str(parent), []).append(iri)
        for value_set in self.value_sets:
            found, name = self.expand(value_set["url"]), value_set["url"].rpartition("/")[2]
            if name == "all":
                assert found == {self.code(iri) for iri in self.concepts}
            elif name.startswith("branch-"):
                whole, work = set(), [self.graph.scheme + name.removeprefix("branch-")]
                while work:
                    whole.add(work[-1])
                    work += [child for child in below.get(work.pop(), []) if child not in whole]
                assert found == {self.code(iri) for iri in whole}
            else:
                assert found == {c["code"] for c in value_set["compose"]["include"][0]["concept"]}
        everything = f"{self.url}/ValueSet/all"
        named = [iri for iri in self.concepts if self.labels(iri, SKOS.altLabel)]
        for iri in named[:: max(1, len(named) // 20)]:
            words = self.labels(iri, SKOS.altLabel)[0]
            if words.casefold() in f"{self.code(iri)} {self.labels(iri, SKOS.prefLabel)[0]}".casefold():
                continue
            assert (self.code(iri) in self.expand(everything, filter=words)) == self.traits.filters_designations
            label = self.labels(iri, SKOS.prefLabel)[0]
            assert self.code(iri) in self.expand(everything, filter=label)

    def compare_mappings(self) -> None:
        mapped = [(iri, t) for iri in self.concepts for t in self.graph.objects(iri, SKOS.exactMatch)]
        assert mapped
        for iri, term in mapped:
            coding = read_coding(str(term))
            assert coding is not None
            asked = {"system": self.url, "code": self.code(iri), "targetsystem": coding.system}
            answer = self.client.ask("ConceptMap", "translate", asked)
            assert read_parameter(answer, "result") is True
            found = [value(p) for part in answer["parameter"] for p in part.get("part", ()) if p["name"] == "concept"]
            assert coding.code in [concept["code"] for concept in found]


def value(part: dict[str, Any]) -> Any:  # noqa: ANN401 - FHIR's value[x]
    return next((found for key, found in part.items() if key.startswith("value")), None)


def small(label: str, version: str, *more: Triple) -> Graph:
    base = "https://example.org/small/"
    head = [Triple(base, RDF.type, SKOS.ConceptScheme), Triple(base, OWL.versionInfo, Literal(version))]
    shown = [
        *labelled(base + "bone", label),
        *labelled(base + "marrow", "Marrow"),
        *kind(base + "bone", base + "marrow"),
    ]
    return graph_of([*head, *shown, *more], base)


SMALL = Config(scheme=Scheme(base="https://example.org/small/", prefix="small"))
NEW = labelled("https://example.org/small/cyst", "Cyst")


def show(client: FhirClient, code: str = "bone") -> object:
    asked = {"system": "https://example.org/small", "code": code}
    return read_parameter(client.ask("CodeSystem", "lookup", asked), "display")


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_changed_scheme_is_answered_anew(client: FhirClient, version: str) -> None:
    everything = replace(OPTIONS, questions=replace(OPTIONS.questions, extent="all"))
    send(client, small("Bone", "1"), SMALL, everything)
    assert show(client) == "Bone"
    receipt = send(client, small("Os", version, *NEW), SMALL, everything)
    assert [change.previous is None for change in receipt.plan.changes][:1] == [False]
    assert (show(client), show(client, "cyst")) == ("Os", "Cyst")
    answer = client.ask("ValueSet", "expand", {"url": "https://example.org/small/ValueSet/all"})
    assert set(list_expansion(answer["expansion"])) == {"bone", "marrow", "cyst"}
    send(client, small("Bone", "1"), SMALL, everything)


def test_both_versions_are_kept_where_that_is_asked_for(client: FhirClient) -> None:
    config = replace(SMALL, fhir=Fhir(url="https://example.org/kept", id="kept"))
    send(client, small("Bone", "1"), config)
    send(client, small("Os", "2"), config, replace(OPTIONS, keep_previous=True))
    for version, label in (("1", "Bone"), ("2", "Os")):
        asked = {"system": "https://example.org/kept", "version": version, "code": "bone"}
        assert read_parameter(client.ask("CodeSystem", "lookup", asked), "display") == label
    found = client.find("CodeSystem", {"url": "https://example.org/kept"})
    assert sorted((r["id"], r["version"]) for r in found) == [("kept", "1"), ("kept-2", "2")]


def test_an_id_that_another_scheme_has_is_not_taken(client: FhirClient) -> None:
    send(client, small("Bone", "1"), SMALL)
    config = replace(SMALL, fhir=Fhir(url="https://example.org/other"))
    with pytest.raises(TargetError, match=r"is taken by https://example.org/small"):
        send(client, small("Bone", "1"), config)


@pytest.mark.parametrize("fault", ["reset-after", "500-before", "cut-answer", "413"])
def test_what_was_there_is_back_when_something_fails(client: FhirClient, server: Server, fault: str) -> None:
    options = replace(OPTIONS, send="single")
    send(client, small("Bone", "1"), SMALL, options)
    with proxy("/".join(server.store.split("/", 3)[:3])) as between:
        target = Target(kind="fhir", url=between.through(server.store), timeout_seconds=60)
        behind = FhirClient(target, RetryPolicy(attempts=1))
        resources = list(build_resources(small("Os", "2", *NEW), SMALL))
        plan = make_plan(behind, resources, options)
        between.arm(fault, 1)  # the second of the three: code system, all, branch
        with pytest.raises(TargetError, match="what was there before is back"):
            push(behind, plan, options)
        behind.close()
    assert show(client) == "Bone"
    with pytest.raises(RefusedError):
        show(client, "cyst")
    (found,) = client.find("CodeSystem", {"url": "https://example.org/small"})
    assert found["version"] == "1"


def test_a_wrong_answer_is_told_and_the_old_version_is_back(client: FhirClient) -> None:
    send(client, small("Bone", "1"), SMALL)
    resources = list(build_resources(small("Os", "2"), SMALL))
    options = replace(OPTIONS, questions=Questions("all", wait_seconds=0))
    plan = make_plan(client, resources, options)
    bone, cyst = ({"code": "bone", "display": label} for label in ("Os", "Cyst"))  # which of the two will it show?
    broken = {**plan.changes[0].resource, "concept": [bone, cyst]}
    stored = replace(plan, changes=(replace(plan.changes[0], resource=broken), *plan.changes[1:]))
    with pytest.raises(TargetError, match="what was there before is back"):
        push(client, stored, options)
    assert show(client) == "Bone"


def test_a_transaction_that_a_server_does_not_carry_out_is_told(client: FhirClient) -> None:
    options = replace(OPTIONS, send="bundle")
    send(client, small("Bone", "1"), SMALL)
    with pytest.raises(TargetError, match=r"did not store CodeSystem/small.*--send single"):
        send(client, small("Os", "2"), SMALL, options)
    assert show(client) == "Bone"


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == code, result.output
    return result.output


def test_the_command_line_pushes_an_export_and_a_vault(
    server: Server, make_vault: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config = f'[scheme]\nbase = "https://example.org/cli-{server.name}/"\nprefix = "cli"\n'
    vault = make_vault({"Osteoma.md": "A tumour.", "Bone/Cyst.md": "A hole.", "Bone/Island.md": "A spot."}, config)
    run("build", str(vault), "--format", "fhir", "--quiet")
    assert "CodeSystem/cli  (create)" in run("push", "--to", server.store, "--dry-run")
    said = run("push", "output", "--to", server.store, "--verify", "all")
    assert "(1 new, 0 replaced)" in said
    assert "3  (concepts looked up; 2 value sets expanded)" in said
    (vault / "Osteoma.md").write_text("A tumour of bone.", encoding="utf-8")
    profile = f'[targets.here]\nkind = "fhir"\nurl = "{server.store}"\n'
    (tmp_path / "rad2skos.toml").write_text(profile, encoding="utf-8")
    assert "(0 new, 1 replaced)" in run("push", str(vault), "--to", "here")
    assert run("push", str(vault), "--to", "here", "--quiet") == ""


def test_another_release_is_refused(client: FhirClient) -> None:
    release = "R4" if client.describe().release == "R5" else "R5"
    config = replace(SMALL, fhir=Fhir(version=release))
    graph = small("Bone", "1.0.0", Triple("https://example.org/small/bone", SKOS.exactMatch, "http://a.example/b"))
    with pytest.raises(TargetError, match="build with --fhir-version"):
        send(client, graph, config)
