"""HL7's own validator finds no error in what is written, in either release of FHIR."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from sample_graphs import BASE, graph_of, small_triples

from contract.fhir_servers import java_command
from contract.servers import NotRun
from skosify_rad import pipeline
from skosify_rad.model.config import Config, read_config
from skosify_rad.model.fhir_config import Fhir
from skosify_rad.model.namespaces import OWL
from skosify_rad.model.statements import Literal, Triple
from skosify_rad.outputs.fhir.bundle import build_resources, encode, make_bundle, name_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skosify_rad.outputs.fhir.code_view import Resource

_PROFILES = "http://hl7.org/fhir/StructureDefinition/shareable"


@pytest.fixture(scope="module", params=["R4", "R5"])
def judged(
    request: pytest.FixtureRequest, example_vault: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """Return the errors in the example, in one of everything, and in what is faulty; all in one run of Java."""
    config = Config(scheme=read_config(example_vault / "rad2skos.toml").scheme, fhir=Fhir(version=request.param))
    graph = pipeline.build(example_vault, config).graph
    example = list(build_resources(graph, config))
    assert {r["resourceType"] for r in example} == {"CodeSystem", "ValueSet", "ConceptMap", "NamingSystem"}
    version = Triple(BASE, OWL.versionInfo, Literal("1.0.0"))
    config = Config(fhir=Fhir(version=request.param, publisher="Acme", identifier="urn:oid:2.25.1"))
    everything = list(build_resources(graph_of([*small_triples(), version]), config))
    system = json.loads(encode(everything[0]))
    system["status"] = "final"
    system["concept"].append(system["concept"][0])
    folder = tmp_path_factory.mktemp("fhir")
    named = {"example": example, "everything": everything, "faulty": [system]}
    return judge({folder / name: resources for name, resources in named.items()}, request.param)


def judge(folders: dict[Path, list[Resource]], release: str) -> dict[str, list[str]]:
    """Return the errors that the validator finds in the resources of each folder and in the Bundle of all."""
    try:
        command = [*java_command("validator", "Validate", "-Xmx1500m"), release.lower()]
    except NotRun as reason:
        pytest.skip(f"not run: {reason}")
    lines = [line for folder, resources in folders.items() for line in write(folder, resources)]
    ran = subprocess.run(
        command, input="\n".join(lines), capture_output=True, text=True, check=False, timeout=900, encoding="utf-8"
    )
    said = ran.stdout.splitlines()
    assert sum(line.startswith("DONE\t") for line in said) == len(lines), ran.stderr[-3000:]
    errors = [line for line in said if line.startswith(("ERROR", "FATAL"))]
    return {folder.name: [line for line in errors if f"{folder}/" in line] for folder in folders}


def write(folder: Path, resources: list[Resource]) -> Iterator[str]:
    """Write the files and yield for each the line that the validator reads: path and profile."""
    (folder / "fhir").mkdir(parents=True)
    for resource in [*resources, make_bundle(resources, "https://example.org/rad")]:
        kind = resource["resourceType"]
        file = folder / ("Bundle.json" if kind == "Bundle" else name_file(resource))
        file.write_bytes(encode(resource))
        yield f"{file}\t{_PROFILES}{kind.lower()}" if kind in ("CodeSystem", "ValueSet") else str(file)


def test_the_example_is_valid(judged: dict[str, list[str]]) -> None:
    assert judged["example"] == []


def test_one_of_everything_is_valid(judged: dict[str, list[str]]) -> None:
    assert judged["everything"] == []


def test_the_validator_finds_errors(judged: dict[str, list[str]]) -> None:
    assert any("csd-1" in line for line in judged["faulty"])
    assert any("final" in line for line in judged["faulty"])
