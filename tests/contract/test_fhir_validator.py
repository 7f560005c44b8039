"""HL7's own validator finds no error in what is written, in either release of FHIR."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from sample_graphs import graph_of, small_triples

from contract.fhir_servers import java_command
from contract.servers import NotRun
from skosify_rad import pipeline
from skosify_rad.model.config import Config, Fhir, read_config
from skosify_rad.outputs.fhir.bundle import build_resources, encode, make_bundle, name_file

if TYPE_CHECKING:
    from pathlib import Path

    from skosify_rad.outputs.fhir.vocabulary import Resource

_PROFILES = "http://hl7.org/fhir/StructureDefinition/shareable"


def judge(folder: Path, resources: list[Resource], release: str) -> list[str]:
    """Return the errors that the validator finds in each resource and in the Bundle of all."""
    try:
        command = [*java_command("validator", "Validate", "-Xmx1500m"), release.lower()]
    except NotRun as reason:
        pytest.skip(f"not run: {reason}")
    lines = []
    for resource in [*resources, make_bundle(resources, "https://example.org/rad")]:
        kind = resource["resourceType"]
        file = folder / (f"{kind}.json" if kind == "Bundle" else name_file(resource))
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(encode(resource))
        profile = f"\t{_PROFILES}{kind.lower()}" if kind in ("CodeSystem", "ValueSet") else ""
        lines.append(f"{file}{profile}")
    ran = subprocess.run(
        command, input="\n".join(lines), capture_output=True, text=True, check=False, timeout=600, encoding="utf-8"
    )
    said = ran.stdout.splitlines()
    assert sum(line.startswith("DONE\t") for line in said) == len(lines), ran.stderr[-3000:]
    return [line for line in said if line.startswith(("ERROR", "FATAL"))]


@pytest.mark.parametrize("release", ["R4", "R5"])
def test_the_example_is_valid(release: str, example_vault: Path, tmp_path: Path) -> None:
    config = read_config(example_vault / "rad2skos.toml")
    graph = pipeline.build(example_vault, config).graph
    config = Config(scheme=config.scheme, fhir=Fhir(version=release, identifier="urn:oid:2.25.1"))
    resources = list(build_resources(graph, config))
    assert {r["resourceType"] for r in resources} == {"CodeSystem", "ValueSet", "ConceptMap", "NamingSystem"}
    assert judge(tmp_path, resources, release) == []


@pytest.mark.parametrize("release", ["R4", "R5"])
def test_one_of_everything_is_valid(release: str, tmp_path: Path) -> None:
    config = Config(fhir=Fhir(version=release, publisher="Acme"))
    assert judge(tmp_path, list(build_resources(graph_of(small_triples()), config)), release) == []


def test_the_validator_finds_errors(tmp_path: Path) -> None:
    config = Config(fhir=Fhir(publisher="Acme"))
    system, *_ = build_resources(graph_of(small_triples()), config)
    system["status"] = "final"
    system["concept"].append(system["concept"][0])
    shutil.rmtree(tmp_path / "fhir", ignore_errors=True)
    errors = judge(tmp_path, [system], "R4")
    assert any("csd-1" in line for line in errors)
    assert any("final" in line for line in errors)
