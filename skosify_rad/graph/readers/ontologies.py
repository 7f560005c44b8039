"""Ontologies to map to: names and parents of the terms in OBO, obographs JSON, OWL and SKOS files.

Source: https://owlcollab.github.io/oboformat/doc/GO.format.obo-1_4.html, https://github.com/geneontology/obographs.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from skosify_rad.graph.readers.archives import find_suffix
from skosify_rad.graph.readers.limits import MAX_BYTES
from skosify_rad.graph.readers.read import read_vocabulary
from skosify_rad.model.diagnostics import InputError
from skosify_rad.model.namespaces import OIO, OWL, RDFS, SKOS
from skosify_rad.model.statements import Literal

_OBO: Final = "http://purl.obolibrary.org/obo/"
_OIO_SYNONYM: Final = OIO + "hasExactSynonym"
_OBO_ID: Final = re.compile(r"[A-Za-z][A-Za-z_]*:\w+")
_SYNONYM: Final = re.compile(r'"((?:[^"\\]|\\.)*)"\s+EXACT\b')
_ESCAPED: Final = re.compile(r"\\(.)")
_ENGLISH: Final = ("", "en")


@dataclass(slots=True)
class OntologyTerm:
    """A term of an ontology."""

    iri: str
    """Its IRI."""
    label: str = ""
    """Its name."""
    synonyms: list[str] = field(default_factory=list)
    """Exact synonyms."""
    parents: list[str] = field(default_factory=list)
    """IRIs of the terms directly above it."""
    obsolete: bool = False
    """It is kept for its identifier only."""


def read_ontology(path: Path, language: str = "en") -> dict[str, OntologyTerm]:
    """Return IRI -> term of all terms of an ontology that have a name and are in use.

    Raises:
        InputError: the file cannot be read, or holds no such term.

    """
    suffix = find_suffix(path)
    if suffix not in (".obo", ".json"):
        terms = list(_read_rdf(str(path), language))
    else:
        try:
            if path.stat().st_size > MAX_BYTES:
                raise InputError(f"{path}: is larger than {MAX_BYTES:,} bytes")
            text = path.read_text(encoding="utf-8")
            terms = list(_read_obo(text) if suffix == ".obo" else _read_json(json.loads(text)))
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}") from error
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            raise InputError(f"{path}: is not a valid ontology in {suffix[1:].upper()}: {error}") from error
    found = {term.iri: term for term in terms if term.label and not term.obsolete}
    if not found:
        raise InputError(f"{path}: holds no term with a name; supported are OBO, obographs JSON, OWL and SKOS in RDF")
    return found


def _read_obo(text: str) -> Iterator[OntologyTerm]:
    for stanza in re.split(r"^(?=\[)", text, flags=re.MULTILINE):
        if not stanza.startswith("[Term]"):
            continue
        term = OntologyTerm("")
        for line in stanza.split("\n"):
            key, _, value = line.partition(": ")
            value = value.strip()
            if key == "id":
                term.iri = _expand(value)
            elif key == "name":
                term.label = _ESCAPED.sub(r"\1", value)
            elif key == "synonym" and (match := _SYNONYM.match(value)):
                term.synonyms.append(_ESCAPED.sub(r"\1", match[1]))
            elif key == "is_a":
                term.parents.append(_expand(value.split()[0]) if value else "")
            elif key == "is_obsolete":
                term.obsolete = value.startswith("true")
        if term.iri:
            yield term


def _expand(name: str) -> str:
    return _OBO + name.replace(":", "_", 1) if _OBO_ID.fullmatch(name) else name


def _read_json(data: Any) -> Iterator[OntologyTerm]:  # noqa: ANN401 - any JSON
    for graph in data.get("graphs", ()):
        parents: dict[str, list[str]] = {}
        for edge in graph.get("edges", ()):
            if edge.get("pred") == "is_a":
                parents.setdefault(edge["sub"], []).append(_expand(str(edge["obj"])))
        for node in graph.get("nodes", ()):
            meta = node.get("meta", {})
            exact = [str(s["val"]) for s in meta.get("synonyms", ()) if s.get("pred") == "hasExactSynonym"]
            if node.get("type", "CLASS") == "CLASS":
                above = parents.get(node["id"], [])
                yield OntologyTerm(
                    _expand(str(node["id"])), str(node.get("lbl") or ""), exact, above, bool(meta.get("deprecated"))
                )


def _read_rdf(path: str, language: str) -> Iterator[OntologyTerm]:
    """Yield the terms of OWL or SKOS; names in other languages than this one do not count."""
    read = read_vocabulary([path])
    faults = [fault for fault in read.diagnostics if fault.rule.slug == "unreadable-file"]
    if faults:
        raise InputError(f"{faults[0].place}: {faults[0].message}")
    wanted = (*_ENGLISH, language.partition("-")[0])
    for iri, said in read.graph.subjects.items():
        if iri.startswith("_:"):
            continue
        names = [
            [t.value for p in predicates for t in said.get(p, ()) if isinstance(t, Literal) and _speaks(t, wanted)]
            for predicates in ((SKOS.prefLabel, RDFS.label), (SKOS.altLabel, _OIO_SYNONYM))
        ]
        above = [p for key in (SKOS.broader, RDFS.subClassOf) for p in said.get(key, ()) if isinstance(p, str)]
        obsolete = any(isinstance(t, Literal) and t.value == "true" for t in said.get(OWL.deprecated, ()))
        yield OntologyTerm(iri, (names[0] or [""])[0], [*names[0][1:], *names[1]], above, obsolete)


def _speaks(label: Literal, wanted: tuple[str, ...]) -> bool:
    return label.language.partition("-")[0] in wanted
