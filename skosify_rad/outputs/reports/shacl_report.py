"""The report as a SHACL validation report; each result also names the rule, the note and the line.

Source: https://www.w3.org/TR/shacl/#validation-report
"""

import json
import re
from typing import Final

from skosify_rad.model.diagnostics import Diagnostic, Severity
from skosify_rad.model.namespaces import DCT, RAD_NS, SH
from skosify_rad.outputs.reports.report import Report, fingerprint_all

_SEVERITIES: Final = {Severity.ERROR: "sh:Violation", Severity.WARNING: "sh:Warning", Severity.INFO: "sh:Info"}
_HEAD: Final = f"""@prefix dct: <{DCT.NS}> .
@prefix rad: <{RAD_NS}> .
@prefix sh: <{SH.NS}> .
"""
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
"""The start of an absolute IRI. Blank nodes and file paths do not match and are written as literals."""
_NOT_IN_IRI: Final = re.compile(r'[\x00-\x20<>"{}|\\^`]')


def render_shacl(report: Report) -> str:
    """Return a sh:ValidationReport in Turtle. The fingerprint of a finding is part of its result's IRI."""
    fingerprints = fingerprint_all(report.diagnostics)
    names = [f"<urn:rad2skos:finding:{f}>" for f in fingerprints]
    conforms = "false" if report.diagnostics else "true"
    results = "".join(f" ;\n    sh:result {name}" for name in names)
    unchecked = "".join(f' ;\n    rad:notChecked "{item.rule.code}"' for item in report.unchecked)
    fixed = "".join(f" ;\n    rad:fixed {_quote(f'{k.path}:{k.line}: {k.code}: {k.message}')}" for k in report.fixed)
    blocks = [
        _HEAD,
        f"<urn:rad2skos:report> a sh:ValidationReport ;\n    sh:conforms {conforms}{results}{unchecked}{fixed} .\n",
    ]
    for diagnostic, name, fingerprint in zip(report.diagnostics, names, fingerprints, strict=True):
        state = "" if report.new is None else "new" if fingerprint in report.new else "known"
        blocks.append(_render_result(diagnostic, name, state))
    return "\n".join(blocks)


def _render_result(diagnostic: Diagnostic, name: str, state: str) -> str:
    rule, place = diagnostic.rule, diagnostic.place
    subject = diagnostic.subject
    focus = f"<{_NOT_IN_IRI.sub(_percent, subject)}>" if _ABSOLUTE.match(subject) else _quote(subject)
    second = f'\n    rad:state "{state}" ;' if state else ""
    second += f"\n    rad:second {_quote(str(diagnostic.second))} ;" if diagnostic.second else ""
    return f"""{name} a sh:ValidationResult ;
    sh:focusNode {focus} ;
    sh:resultSeverity {_SEVERITIES[diagnostic.level]} ;
    sh:sourceConstraintComponent <{RAD_NS}{rule.slug}> ;
    sh:resultMessage {_quote(diagnostic.message)}@en ;{second}
    dct:identifier "{rule.code}" ;
    rad:path {_quote(place.path)} ;
    rad:line {place.line} ;
    rad:column {place.column} .
"""


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _quote(text: str) -> str:
    return json.dumps(text.encode("utf-8", "replace").decode("utf-8"), ensure_ascii=False).replace("\x7f", "\\u007F")
