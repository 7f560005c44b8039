"""Changes as JSON, for programs. Its schema is `schema.json` beside this file."""

from pathlib import Path
from typing import Any, Final

from skosify_rad.model.namespaces import curie
from skosify_rad.model.statements import Literal, Term
from skosify_rad.outputs.changes.release_notes import ChangeReport

SCHEMA: Final = Path(__file__).parent / "schema.json"
"""The JSON Schema of the document."""


def write_json(report: ChangeReport) -> str:
    """Return the changes as a JSON document."""
    import orjson  # noqa: PLC0415 - 10 ms at start-up

    comparison, suggestion = report.comparison, report.suggestion
    document = {
        "old": {"name": report.names[0], "version": comparison.versions[0]},
        "new": {"name": report.names[1], "version": comparison.versions[1]},
        "suggested": {
            "level": str(suggestion.bump),
            "version": suggestion.version,
            "reason": suggestion.reason,
        },
        "triples": {"added": len(comparison.differences.added), "removed": len(comparison.differences.removed)},
        "changes": [
            {
                "kind": change.kind.slug,
                "level": str(change.kind.bump),
                "subject": change.subject,
                "label": comparison.name(change.subject),
                "property": curie(change.predicate),
                "other": change.other,
                "old": [_write_term(term) for term in change.old],
                "new": [_write_term(term) for term in change.new],
                "place": report.locate(change),
            }
            for change in comparison.changes
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n"


def _write_term(term: Term) -> dict[str, Any]:
    if not isinstance(term, Literal):
        return {"iri": term}
    kind = {"language": term.language} if term.language else {"datatype": term.datatype} if term.datatype else {}
    return {"value": term.value, **kind}
