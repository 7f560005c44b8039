"""The report as SARIF 2.1.0, which code hosts and editors read.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import json
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from skosify_rad.model.catalogue import RULES
from skosify_rad.model.diagnostics import Diagnostic, Place, Rule, Severity
from skosify_rad.model.version import __version__
from skosify_rad.outputs.reports.report import Known, Report, fingerprint_all

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_IN_IRI: Final = "%:/?#[]@!$&'()*+,;=~"
"""Characters that are not escaped in an IRI. Source: https://www.rfc-editor.org/rfc/rfc3986#section-2.2."""
_INDEX: Final = {rule.code: index for index, rule in enumerate(RULES)}


def render_sarif(report: Report) -> str:
    """Return the report as one SARIF run; rules that were not checked become notifications."""
    fingerprints = fingerprint_all(report.diagnostics)
    results = [_to_result(d, f, report) for d, f in zip(report.diagnostics, fingerprints, strict=True)]
    results.extend(_to_absent(known, report) for known in report.fixed if known.code in _INDEX)
    notifications = [
        {
            "descriptor": {"id": item.rule.code},
            "level": "none",
            "message": {"text": f"{item.rule.slug} was not checked: {item.reason}"},
        }
        for item in report.unchecked
    ]
    driver = {
        "name": "rad2skos",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_to_rule(rule) for rule in RULES],
        "notifications": [{"id": item.rule.code, "name": item.rule.slug} for item in report.unchecked],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolConfigurationNotifications": notifications}],
        "results": results,
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=True, indent=1) + "\n"


def _to_rule(rule: Rule) -> Mapping[str, object]:
    return {
        "id": rule.code,
        "name": rule.slug,
        "shortDescription": {"text": rule.summary},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.kind.value], **({"source": rule.source} if rule.source else {})},
    }


def _to_result(diagnostic: Diagnostic, fingerprint: str, report: Report) -> Mapping[str, object]:
    text = diagnostic.message + (f" {diagnostic.hint}" if diagnostic.hint else "")
    result: dict[str, object] = {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": _INDEX[diagnostic.rule.code],
        "level": _LEVELS[diagnostic.level],
        "message": {"text": text},
        "locations": [_to_location(report.locate(diagnostic.place))],
        "partialFingerprints": {"rad2skos/v1": fingerprint},
    }
    if diagnostic.second:
        result["relatedLocations"] = [
            {**_to_location(report.locate(diagnostic.second)), "message": {"text": "see also"}}
        ]
    if report.new is not None:
        result["baselineState"] = "new" if fingerprint in report.new else "unchanged"
    return result


def _to_absent(known: Known, report: Report) -> Mapping[str, object]:
    return {
        "ruleId": known.code,
        "ruleIndex": _INDEX[known.code],
        "message": {"text": known.message},
        "locations": [_to_location(report.locate(Place(known.path, known.line)))],
        "partialFingerprints": {"rad2skos/v1": known.fingerprint},
        "baselineState": "absent",
    }


def _to_location(place: Place) -> dict[str, object]:
    region = {"startLine": place.line, "startColumn": place.column}
    is_iri = "://" in place.path or place.path.startswith("urn:")
    safe = _IN_IRI if is_iri else "/"
    uri = quote(place.path if is_iri else place.path.replace("_:", "blank-node/"), safe=safe, errors="replace")
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
