"""The `[fhir]` table of the configuration."""

import re
from dataclasses import dataclass
from typing import Final

from skosify_rad.model.diagnostics import ConfigError

_MEANINGS: Final = ("is-a", "grouped-by", "part-of", "classified-with")
_REQUIRED: Final = ("version", "status", "hierarchy_meaning")


@dataclass(frozen=True, slots=True)
class Fhir:
    """`[fhir]`: what FHIR resources say of themselves, beside what `[scheme]` says."""

    version: str = "R4"
    """`R4` or `R5`."""
    url: str = ""
    """Canonical URL of the code system; the scheme's base without its last `/` or `#` when empty."""
    id: str = ""
    """What the ids of the resources begin with; the scheme's prefix when empty. `"acme-rad"`"""
    status: str = "draft"
    """`draft`, `active` or `retired`."""
    experimental: bool = False
    """For testing only, not for use."""
    identifier: str = ""
    """A business identifier, usually an OID. `"urn:oid:1.2.3.4"`"""
    publisher: str = ""
    """The publisher's name; that of `[scheme]` when empty. `"Acme Hospital"`"""
    copyright: str = ""
    """The copyright statement; the scheme's license when empty. `"© Acme Hospital"`"""
    hierarchy_meaning: str = "is-a"
    """`is-a`, `grouped-by`, `part-of` or `classified-with`: what narrower concepts are. Servers subsume by `is-a`."""
    version_needed: bool = False
    """A code means nothing without the version of the code system."""
    not_selectable: tuple[str, ...] = ()
    """Globs of preferred labels of concepts that only group others. `["Approach to *"]`"""


def check_fhir(fhir: Fhir, where: str) -> None:
    """Refuse values that FHIR does not allow; `where` begins the message.

    Raises:
        ConfigError: there is one.

    """
    for key, value, pattern, wanted in (
        ("version", fhir.version, r"R4|R5", "R4 or R5"),
        ("status", fhir.status, r"draft|active|retired", "draft, active or retired"),
        ("hierarchy_meaning", fhir.hierarchy_meaning, "|".join(_MEANINGS), f"one of {', '.join(_MEANINGS)}"),
        ("url", fhir.url, r"(https?://|urn:)[^\s<>\"{}|\\^`#]+", "an absolute URL without #"),
        ("identifier", fhir.identifier, r"[a-z]+:\S+", "a URI such as urn:oid:1.2.3"),
        ("id", fhir.id, r"[A-Za-z0-9.-]{1,40}", "at most 40 letters, digits, - and ."),
    ):
        if (value or key in _REQUIRED) and not re.fullmatch(pattern, value):
            raise ConfigError(f"{where}[fhir] {key} must be {wanted}, not {value!r}")
