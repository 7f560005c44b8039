"""CURIEs: how identifiers of other vocabularies are written, `DOID:0050073`, and the IRIs they stand for.

Prefixes, IRIs and patterns are those of the Bioregistry; code systems are those of HL7's terminology (THO).
Source: https://bioregistry.io/, https://terminology.hl7.org/external_terminologies.html.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

_OBO: Final = "http://purl.obolibrary.org/obo/"


class Known(NamedTuple):
    """A vocabulary whose identifiers are known."""

    namespace: str
    """What its IRIs begin with."""
    pattern: str
    """What follows, as a regular expression."""
    system: str = ""
    """Its code system in FHIR, where that is not the namespace."""
    code: str = ""
    """What its codes in FHIR begin with."""


def _obo(prefix: str, pattern: str = r"\d{7}") -> Known:
    return Known(f"{_OBO}{prefix}_", pattern, f"{_OBO}{prefix.lower()}.owl", f"{prefix}:")


KNOWN: Final[Mapping[str, Known]] = MappingProxyType(
    {
        "DOID": _obo("DOID", r"\d+"),
        "HP": _obo("HP"),
        "ICD10": Known(
            "https://icd.who.int/browse10/2019/en#/", r"[A-Z]\d\d(\.\d+)?", "http://hl7.org/fhir/sid/icd-10"
        ),
        "ICD11": Known("http://id.who.int/icd/entity/", r"\d{6,10}"),
        "LOINC": Known("http://loinc.org/rdf/", r"(LP)?\d+-\d", "http://loinc.org"),
        "MESH": Known("http://id.nlm.nih.gov/mesh/", r"[CDMQ]\d{6}(\d{3})?", "https://www.nlm.nih.gov/mesh"),
        "MONDO": _obo("MONDO"),
        "NCIT": _obo("NCIT", r"C\d+"),
        "RADLEX": Known("http://radlex.org/RID/", r"RID\d+", "http://radlex.org"),
        "SNOMEDCT": Known("http://snomed.info/id/", r"[1-9]\d{5,17}", "http://snomed.info/sct"),
        "UBERON": _obo("UBERON"),
        "UMLS": Known(
            "https://uts.nlm.nih.gov/uts/umls/concept/", r"C\d{7}", "http://terminology.hl7.org/CodeSystem/umls"
        ),
        "WIKIDATA": Known("http://www.wikidata.org/entity/", r"Q[1-9]\d*", "http://www.wikidata.org/entity"),
    }
)
"""Prefix, in capitals -> vocabulary."""
_ALIASES: Final = MappingProxyType(
    {"RID": "RADLEX", "SNOMED": "SNOMEDCT", "SCTID": "SNOMEDCT", "SCT": "SNOMEDCT", "HPO": "HP", "WD": "WIKIDATA"}
)
_IRI: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|urn:|tag:|info:)[^\s<>\"{}|\\^`\x00-\x20\x7f-\xa0\ud800-\udfff]+", re.IGNORECASE
)
"""An absolute IRI of a kind that names things; `javascript:` and the like are none."""
_CURIE: Final = re.compile(r"([A-Za-z][\w.-]*):(\S+)")


def read_iri(text: str, prefixes: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the IRI that an IRI or a CURIE stands for; `prefixes` (prefix -> namespace) come before those we know.

    Raises:
        ValueError: it is neither, its prefix is unknown, or the identifier is none of that vocabulary; the message
            says which.

    >>> read_iri("DOID:0050073"), read_iri("sctid:90560007")
    ('http://purl.obolibrary.org/obo/DOID_0050073', 'http://snomed.info/id/90560007')

    """
    text = text.strip()
    curie = _CURIE.fullmatch(text)
    if curie and curie[1] in prefixes:
        text = prefixes[curie[1]] + curie[2]
    elif curie and (known := find_known(curie[1])):
        text = known.namespace + curie[2].removeprefix(f"{curie[1]}_")
    if not _IRI.fullmatch(text) or text.lower().startswith("file:"):
        if curie and "//" not in text:
            raise ValueError(f"the prefix of {text[:80]!r} is unknown; known are {', '.join(KNOWN)}")
        raise ValueError(f"{text[:80]!r} is not an IRI")
    for prefix, known in KNOWN.items():
        rest = text[len(known.namespace) :]
        if text.startswith(known.namespace) and not re.fullmatch(known.pattern, rest):
            raise ValueError(f"{rest[:80]!r} is not an identifier of {prefix} ({known.pattern})")
    return text


def find_known(prefix: str) -> Known | None:
    """Return the vocabulary of a prefix, whatever its case."""
    name = prefix.upper()
    return KNOWN.get(_ALIASES.get(name, name))


def write_curie(iri: str, prefixes: Mapping[str, str] = MappingProxyType({})) -> tuple[str, str, str]:
    """Return prefix, namespace and identifier of an IRI; the prefix is empty where we know none.

    >>> write_curie("http://purl.obolibrary.org/obo/DOID_0050073")
    ('DOID', 'http://purl.obolibrary.org/obo/DOID_', '0050073')
    >>> write_curie("https://vocab.example/term#a1")
    ('', 'https://vocab.example/term#', 'a1')
    """
    known = {prefix: one.namespace for prefix, one in KNOWN.items()}
    for prefix, namespace in ({**known, **prefixes}).items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return prefix, namespace, iri[len(namespace) :]
    if match := re.fullmatch(rf"({re.escape(_OBO)}([A-Za-z]+)_)(\w+)", iri):
        return match[2], match[1], match[3]
    end = max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":") if iri.startswith("urn:") else -1) + 1
    return "", iri[:end], iri[end:]
