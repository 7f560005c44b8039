"""All resources of a scheme, the transaction Bundle that holds them, and the files they are written to.

Source: https://hl7.org/fhir/R4/bundle.html, https://hl7.org/fhir/R4/namingsystem.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from skosify_rad.model.regular_files import read_regular
from skosify_rad.outputs.output_format import Output

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from skosify_rad.graph.graph import Graph
    from skosify_rad.model.config import Config
    from skosify_rad.outputs.fhir.code_view import Resource, Vocabulary

FOLDER: Final = "fhir"
"""Folder of the single resources, beside the Bundle."""
TYPES: Final = ("CodeSystem", "ValueSet", "ConceptMap", "NamingSystem")
"""Types of resources that are written, in this order."""
_ID: Final = re.compile(r"[A-Za-z0-9.-]{1,64}")


def build_resources(graph: Graph, config: Config) -> Iterator[Resource]:
    """Yield the resources of a scheme: CodeSystem, ValueSets, ConceptMaps, NamingSystem."""
    from skosify_rad.outputs.fhir.code_system import build_code_system  # noqa: PLC0415 - 25 ms, for this format only
    from skosify_rad.outputs.fhir.code_view import find_date, read_vocabulary  # noqa: PLC0415 - as above
    from skosify_rad.outputs.fhir.concept_maps import build_concept_maps  # noqa: PLC0415 - as above
    from skosify_rad.outputs.fhir.value_sets import build_value_sets  # noqa: PLC0415 - as above

    vocabulary = read_vocabulary(graph, config)
    yield build_code_system(vocabulary)
    yield from build_value_sets(vocabulary)
    yield from build_concept_maps(vocabulary)
    if find_date(vocabulary):  # FHIR demands one of this resource, and we know no other than the scheme's
        yield _build_naming_system(vocabulary)


def _build_naming_system(vocabulary: Vocabulary) -> Resource:
    from skosify_rad.outputs.fhir.code_view import make_head  # noqa: PLC0415 - as above

    made = make_head(vocabulary, "NamingSystem", "system", f"Identifiers of {vocabulary.title}")
    made["kind"] = "codesystem"
    if not vocabulary.is_r5:  # R4 has no such elements there
        made = {key: value for key, value in made.items() if key not in ("url", "version", "title", "experimental")}
    made["description"] = f"The URL, and further identifiers, of the code system {vocabulary.title}."
    unique: list[Resource] = [{"type": "uri", "value": vocabulary.url, "preferred": True}]
    identifier = vocabulary.settings.identifier
    if identifier.startswith("urn:oid:"):
        unique.append({"type": "oid", "value": identifier.removeprefix("urn:oid:"), "preferred": False})
    return made | {"uniqueId": unique}


def make_bundle(resources: Iterable[Resource], url: str) -> Resource:
    """Return a transaction that puts every resource in its place, in order."""
    entries = []
    for resource in resources:
        place = name_place(resource)
        entries.append({"fullUrl": f"{url}/{place}", "resource": resource, "request": {"method": "PUT", "url": place}})
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def name_place(resource: Resource) -> str:
    """Return where a resource stands on a server: `CodeSystem/rad`."""
    return f"{resource['resourceType']}/{resource['id']}"


def encode(resource: Resource) -> bytes:
    """Return a resource as JSON."""
    import orjson  # noqa: PLC0415 - loaded by those who write

    return orjson.dumps(resource, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def write_bundle(graph: Graph, config: Config) -> Iterator[bytes]:
    """Yield the transaction Bundle of all resources."""
    resources = list(build_resources(graph, config))
    yield encode(make_bundle(resources, resources[0]["url"]))


def write_resources(graph: Graph, config: Config) -> Iterator[tuple[str, bytes]]:
    """Yield the path of each single resource, `fhir/CodeSystem-rad.json`, and its bytes."""
    for resource in build_resources(graph, config):
        yield name_file(resource), encode(resource)


def name_file(resource: Resource) -> str:
    """Return the path of a single resource below the output folder."""
    return f"{FOLDER}/{resource['resourceType']}-{resource['id']}.json"


def find_outdated(out: Path, written: Iterable[Path]) -> list[Path]:
    """Return the single resources that the Bundle of the last build names, and that are not written now.

    Only what we wrote ourselves is named there; a resource of yours in the same folder is never touched.
    """
    import orjson  # noqa: PLC0415 - loaded by those who write

    kept = set(written)
    if not kept:
        return []
    try:
        last = orjson.loads(read_regular(out / FHIR.file_name))
        named = [entry["resource"] for entry in last["entry"]]
        files = [name_file(r) for r in named if r["resourceType"] in TYPES and _ID.fullmatch(r["id"])]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [path for path in (out / name for name in files) if path not in kept]


FHIR: Final = Output("fhir", ".fhir.json", "application/fhir+json", write_bundle, write_resources, is_rdf=False)
