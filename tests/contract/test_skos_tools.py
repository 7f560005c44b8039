"""Tools for SKOS take the example's export and show every concept; each runs in a virtual environment of its own."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib
from rdflib.namespace import RDF, SKOS

from skosify_rad import pipeline
from skosify_rad.model import namespaces
from skosify_rad.model.config import Config, read_config
from skosify_rad.outputs.jskos import JSKOS, write_jskos_more
from skosify_rad.outputs.sssom import PREDICATES, SSSOM
from skosify_rad.outputs.turtle import TURTLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skosify_rad.graph.graph import Graph

TOOLS = Path.home() / ".cache" / "rad2skos" / "tools"
"""Where `.ci/servers` puts the environments."""
OUTPUT = Path(__file__).parents[2] / "output"
BASE = "https://example.org/rad/"


def find_tool(name: str, command: str = "") -> str:
    """Return a command of a tool, by default that of its own name."""
    found = TOOLS / name / "bin" / (command or name)
    if not found.exists():
        pytest.skip(f"not run: {found} is not there: .ci/servers installs {name} by pip")
    return str(found)


def run(folder: Path, *command: str) -> str:
    """Run a command and return what it prints; 120 s are enough for the slowest, which loads its models."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def exported() -> rdflib.Graph:
    return rdflib.Graph().parse(OUTPUT / "concepts.ttl")


@pytest.fixture(scope="module")
def example(example_vault: Path) -> Graph:
    return pipeline.build(example_vault, read_config(example_vault / "rad2skos.toml")).graph


@pytest.fixture
def turtle() -> str:
    return str(OUTPUT / "concepts.ttl")


def test_skosify_removes_nothing_and_adds_only_what_skos_entails(
    exported: rdflib.Graph, turtle: str, tmp_path: Path
) -> None:
    said = run(tmp_path, find_tool("skosify"), turtle, "-o", "out.ttl", "--no-mark-top-concepts")
    warnings = [line for line in said.splitlines() if line.startswith(("WARNING", "ERROR", "CRITICAL"))]
    assert [line for line in warnings if "Redundant hierarchical" not in line] == []
    found = rdflib.Graph().parse(tmp_path / "out.ttl")
    assert not set(exported) - set(found)
    mapped = (SKOS.exactMatch, SKOS.narrowMatch, SKOS.broader, SKOS.narrower)  # inverses; broadMatch as broader
    elsewhere = [(s, p, o) for s, p, o in set(found) - set(exported) if f"{s} {o}".count(BASE) != 2]
    assert {p for _, p, _ in set(found) - set(exported)} <= set(mapped)
    assert len(elsewhere) == len(set(found) - set(exported))


def test_annif_loads_every_concept(exported: rdflib.Graph, turtle: str, tmp_path: Path) -> None:
    project = "[rad]\nname=Rad\nlanguage=en-gb\nbackend=tfidf\nvocab=rad\nanalyzer=simple\n"
    (tmp_path / "projects.cfg").write_text(project, encoding="utf-8")
    run(tmp_path, find_tool("annif"), "load-vocab", "rad", turtle)
    (file,) = tmp_path.rglob("subjects.csv")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert {row["uri"]: row["label_en-gb"] for row in rows} == labels(exported)


def labels(graph: rdflib.Graph) -> dict[str, str]:
    return {str(s): str(graph.value(s, SKOS.prefLabel)) for s in graph.subjects(RDF.type, SKOS.Concept)}


PROVIDER = """
import json, sys, rdflib
from skosprovider_rdf.providers import RDFProvider
provider = RDFProvider({"id": "rad"}, rdflib.Graph().parse(sys.argv[1]))
found = [provider.get_by_id(item["id"]) for item in provider.get_all()]
concepts = [c for c in found if c.type == "concept"]
print(json.dumps({
    "title": [label.label for label in provider.concept_scheme.labels],
    "concepts": {c.uri: [l.label for l in c.labels if l.type == "prefLabel"][0] for c in concepts},
    "broader": sorted([c.uri, b] for c in concepts for b in c.broader),
    "members": sorted([c.uri, m] for c in found if c.type == "collection" for m in c.members),
}))
"""


def test_skosprovider_reads_concepts_hierarchy_and_collections(
    exported: rdflib.Graph, turtle: str, tmp_path: Path
) -> None:
    found = json.loads(run(tmp_path, find_tool("atramhasis", "python"), "-W", "ignore", "-c", PROVIDER, turtle))
    assert found["title"] == ["Radiology notebook"]
    assert found["concepts"] == labels(exported)
    assert found["broader"] == pairs(exported, SKOS.broader)
    ordered = set(exported.subjects(RDF.type, SKOS.OrderedCollection))
    members = [pair for pair in pairs(exported, SKOS.member) if rdflib.URIRef(pair[0]) not in ordered]
    assert found["members"] == members


def pairs(graph: rdflib.Graph, predicate: rdflib.URIRef) -> list[list[str]]:
    return sorted([str(s), str(o)] for s, o in graph.subject_objects(predicate))


@pytest.mark.parametrize(
    ("shapes", "creator"),
    [("vp4cat-5.3", "https://orcid.org/0000-0002-1825-0097"), ("vocpub-5.2", "https://ror.org/0")],
)
def test_voc4cat_finds_the_profile_vocpub_conforming(
    shapes: str, creator: str, example_vault: Path, tmp_path: Path
) -> None:
    tool, file = find_tool("voc4cat"), tmp_path / "concepts.ttl"
    config = read_config(example_vault / "rad2skos.toml")
    config = replace(config, scheme=replace(config.scheme, creator=creator))
    file.write_bytes(TURTLE.render(build_for("vocpub", example_vault, config), config))
    run(tmp_path, tool, "check", "--profile", shapes, "--fail-at-level", "3", str(file))
    file.write_bytes(file.read_bytes().replace(b"skos:definition", b"skos:note", 1))
    said = subprocess.run(
        [tool, "check", "--profile", shapes, str(file)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "at least one definition" in said.stdout + said.stderr  # and it does see a missing one


def build_for(profile: str, vault: Path, config: Config) -> Graph:
    output = replace(config.output, profile=profile)
    return pipeline.build(vault, replace(config, output=output)).graph


ATRAMHASIS = """
import json, sys, types
from atramhasis import main, skos
from atramhasis.data.models import Base
from atramhasis.scripts import import_file
from skosprovider.registry import Registry
from skosprovider_sqlalchemy.models import Base as SkosBase, Initialiser
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session
from webob import Request

def create_registry(request):  # as Atramhasis' own, without vocabularies on the web
    registry = Registry(instance_scope="threaded_thread")
    skos.register_providers_from_db(registry, request.db)
    return registry

sys.modules["local"] = types.SimpleNamespace(create_registry=create_registry)
url = "sqlite:///db.sqlite"
engine = create_engine(url)
SkosBase.metadata.create_all(engine); Base.metadata.create_all(engine)
with Session(engine) as session:
    Initialiser(session).init_all()
    session.execute(text("create table alembic_version (version_num varchar)"))
    session.commit()
stdout, sys.stdout = sys.stdout, sys.stderr
sys.argv = ["import_file", sys.argv[1], "--uri-pattern", sys.argv[2] + "%s", "--to", url, "--provider-id", "RAD",
            "--id-generation-strategy", "manual"]
import_file.main()
sys.stdout = stdout
app = main({}, **{
    "sqlalchemy.url": url, "skosprovider.skosregistry_factory": "local.create_registry",
    "atramhasis.session_factory.secret": "x", "atramhasis.dump_location": "dump",
    "layout.focus_conceptschemes": "RAD", "atramhasis.note_type_order": "{}",
    "available_languages": "en", "pyramid.default_locale_name": "en"})
get = lambda path, accept: Request.blank(path, accept=accept).get_response(app)
ids = [c["id"] for c in get("/conceptschemes/RAD/c", "application/json").json]
found = [get("/conceptschemes/RAD/c/" + i, "application/json").json for i in ids]
page = get("/conceptschemes/RAD/c/amyloidosis", "text/html")
print(json.dumps({
    "concepts": {c["uri"]: [l["label"] for l in c["labels"] if l["type"] == "prefLabel"][0] for c in found},
    "broader": sorted([c["uri"], b["uri"]] for c in found for b in c["broader"]),
    "page": [page.status_int, page.text.count("-amyloidosis")],
}))
"""


def test_atramhasis_imports_its_profile_and_shows_every_concept(
    exported: rdflib.Graph, example_vault: Path, tmp_path: Path
) -> None:
    python, file = find_tool("atramhasis", "python"), tmp_path / "concepts.ttl"
    config = read_config(example_vault / "rad2skos.toml")
    file.write_bytes(TURTLE.render(build_for("atramhasis", example_vault, config), config))
    said = run(tmp_path, python, "-W", "ignore", "-c", ATRAMHASIS, str(file), BASE)
    found = json.loads(next(line for line in said.splitlines() if line.startswith('{"concepts"')))
    assert found["concepts"] == labels(exported)
    assert found["broader"] == pairs(exported, SKOS.broader)
    assert found["page"][0] == 200
    assert found["page"][1] >= len(list(exported.objects(rdflib.URIRef(BASE + "amyloidosis"), SKOS.narrower)))


VALIDATE = """
const { validate } = require("jskos-validate")
const counts = {}, schemes = [], faults = []
for (const [kind, file] of [["scheme", "scheme"], ["concept", "concepts"], ["mapping", "mappings"]])
  for (const line of require("fs").readFileSync(file + ".jskos.ndjson", "utf8").split("\\n").filter(Boolean)) {
    const options = { scheme: { rememberSchemes: schemes }, concept: { knownSchemes: schemes }, mapping: {} }[kind]
    counts[kind] = (counts[kind] || 0) + 1
    if (!validate[kind](JSON.parse(line), options)) faults.push([line, validate[kind].errorMessages])
  }
console.log(JSON.stringify([counts, faults]))
"""


def test_jskos_validate_finds_every_object_valid(exported: rdflib.Graph, example: Graph, tmp_path: Path) -> None:
    modules, node = TOOLS / "jskos-validate" / "node_modules", shutil.which("node")
    if not modules.exists() or not node:
        pytest.skip(f"not run: {modules} is not there: .ci/servers installs jskos-validate by npm")
    (tmp_path / "node_modules").symlink_to(modules)
    (tmp_path / JSKOS.file_name).write_bytes(JSKOS.render(example, Config()))
    for name, content in write_jskos_more(example, Config()):
        (tmp_path / name).write_bytes(content)
    counts, faults = json.loads(run(tmp_path, node, "-e", VALIDATE))
    assert faults == []
    mappings = sum(len(pairs(exported, mapping)) for mapping in map(rdflib.URIRef, PREDICATES))
    assert counts == {"scheme": 1, "concept": len(labels(exported)), "mapping": mappings}
    with (tmp_path / JSKOS.file_name).open("a") as file:  # and the validator does see a fault
        file.write('{"uri": "https://example.org/rad/x", "prefLabel": "no map"}\n')
    assert len(json.loads(run(tmp_path, node, "-e", VALIDATE))[1]) == 1


def test_the_sssom_library_takes_what_we_write(tmp_path: Path, example: Graph) -> None:
    (tmp_path / "m.sssom.tsv").write_bytes(SSSOM.render(example, Config()))
    tool = find_tool("sssom")
    run(tmp_path, tool, "validate", "m.sssom.tsv")
    run(tmp_path, tool, "convert", "m.sssom.tsv", "-O", "rdf", "-o", "m.ttl")
    found = rdflib.Graph().parse(tmp_path / "m.ttl")
    stated = {(t.subject, t.predicate, t.object) for t in example if t.predicate.endswith("Match")}
    owl = rdflib.Namespace(namespaces.OWL.NS)
    assert set(axioms(found, owl)) == stated


def axioms(graph: rdflib.Graph, owl: rdflib.Namespace) -> Iterator[tuple[str, str, str]]:
    for node in graph.subjects(owl.annotatedSource):
        parts = (owl.annotatedSource, owl.annotatedProperty, owl.annotatedTarget)
        one, two, three = (str(graph.value(node, part)) for part in parts)
        yield one, two, three
