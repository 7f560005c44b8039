"""The formats of a comparison: for people, for programs, and to apply to the old graph."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from skosify_rad.outputs.changes.json_changes import write_json
from skosify_rad.outputs.changes.kgcl import write_kgcl
from skosify_rad.outputs.changes.patch import write_rdf_patch, write_update
from skosify_rad.outputs.changes.places import Places, list_subjects, read_evidence, read_sources
from skosify_rad.outputs.changes.release_notes import ChangeReport, write_markdown, write_text

CHANGE_FORMATS: Final[Mapping[str, Callable[[ChangeReport], str]]] = MappingProxyType(
    {
        "text": write_text,
        "markdown": write_markdown,
        "json": write_json,
        "kgcl": write_kgcl,
        "rdf-patch": write_rdf_patch,
        "sparql": write_update,
    }
)
"""Name -> function that writes the changes in this format."""

__all__ = ["CHANGE_FORMATS", "ChangeReport", "Places", "list_subjects", "read_evidence", "read_sources"]
