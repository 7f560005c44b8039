"""What every FHIR resource of one scheme needs: its URL and version, codes, labels, and a hierarchy without cycles."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from skosify_rad.graph.cycles import Ancestry, find_weakest
from skosify_rad.model.namespaces import DCT, OWL, RDF, SKOS
from skosify_rad.model.statements import Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skosify_rad.graph.graph import Graph
    from skosify_rad.model.config import Config
    from skosify_rad.model.fhir_config import Fhir

Resource = dict[str, Any]
"""A FHIR resource, or a part of one, as JSON has it."""

_ID_LENGTH: Final = 64
_CODE: Final = re.compile(r"[^\s]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SEMVER: Final = re.compile(r"(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:[-+][0-9A-Za-z.+-]+)?")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A graph as the writers of FHIR resources see it."""

    graph: Graph
    """The concept scheme."""
    settings: Fhir
    """The `[fhir]` table."""
    url: str
    """Canonical URL of the code system."""
    stem: str
    """What the ids of the resources begin with."""
    language: str
    """Language of the preferred labels shown first, a BCP 47 tag in lower case; empty where the scheme has none."""
    codes: Mapping[str, str]
    """IRI of a concept -> its code, in the order of the codes."""
    parents: Mapping[str, tuple[str, ...]]
    """IRI of a concept -> those directly above it, the deepest first; no cycles."""
    levels: Mapping[str, int]
    """IRI of a concept that has a place in the hierarchy -> its level, parents before children."""
    children: Mapping[str, Sequence[str]]
    """IRI of a concept -> those directly below it, in the order of their codes."""

    @property
    def is_r5(self) -> bool:
        """Whether resources are those of R5."""
        return self.settings.version == "R5"

    @property
    def version(self) -> str:
        """The scheme's version, empty where it has none."""
        return self.text(self.graph.scheme, OWL.versionInfo)

    @property
    def title(self) -> str:
        """The scheme's title."""
        return self.text(self.graph.scheme, DCT.title) or self.stem

    def texts(self, subject: str, predicate: str) -> list[Literal]:
        """Return the literals of a property that are not empty, those of the scheme's language first."""
        found = [term for term in self.graph.objects(subject, predicate) if isinstance(term, Literal)]
        cleaned = [term._replace(value=clean(term.value)) for term in found]
        return sorted([term for term in cleaned if term.value], key=self._rank)

    def _rank(self, term: Literal) -> tuple[object, ...]:
        primary = self.language.partition("-")[0]
        others = (term.language.partition("-")[0] != primary, bool(term.language))
        return (term.language != self.language, *others, term.language, term.value)

    def text(self, subject: str, predicate: str) -> str:
        """Return the first of these, empty where there is none."""
        found = self.texts(subject, predicate)
        return found[0].value if found else ""

    def label(self, iri: str) -> str:
        """Return what a concept or collection is shown as: its preferred label, else its code or IRI."""
        return self.text(iri, SKOS.prefLabel) or self.codes.get(iri, iri)

    def local(self, iri: str) -> str:
        """Return the part of an IRI behind the scheme's namespace, the whole IRI where it lies elsewhere."""
        return iri.removeprefix(self.graph.scheme) or iri


def read_vocabulary(graph: Graph, config: Config) -> Vocabulary:
    """Index a graph; codes are the identifiers behind the scheme's namespace. Edges that close a cycle are left out."""
    concepts = sorted(iri for iri in graph.subjects if SKOS.Concept in graph.objects(iri, RDF.type))
    coded = {iri: iri.removeprefix(graph.scheme) or iri for iri in concepts}
    codes = {iri: code for iri, code in sorted(coded.items(), key=lambda pair: pair[1]) if _CODE.fullmatch(code)}
    edges = {(str(p), iri) for iri in codes for p in graph.objects(iri, SKOS.broader)}
    edges |= {(iri, str(c)) for iri in codes for c in graph.objects(iri, SKOS.narrower)}
    inside = sorted((p, c) for p, c in edges if p in codes and c in codes and p != c)
    closing = {(edge.parent, edge.child) for edge in find_weakest(inside)}
    kept = [edge for edge in inside if edge not in closing]
    levels = dict(Ancestry(kept).levels)
    parents: dict[str, list[str]] = {}
    for parent, child in kept:
        parents.setdefault(child, []).append(parent)
    ordered = {c: tuple(sorted(ps, key=lambda p: (-levels.get(p, 0), codes[p]))) for c, ps in parents.items()}
    url = config.fhir.url or (graph.scheme or config.scheme.base).rstrip("/#")
    stem = config.fhir.id or make_slug(config.scheme.prefix, 40) or "vocabulary"
    children: dict[str, list[str]] = {}
    for iri in codes:
        for parent in ordered.get(iri, ()):
            children.setdefault(parent, []).append(iri)
    language = config.scheme.language.lower()
    return Vocabulary(graph, config.fhir, url, stem, language, codes, ordered, levels, children)


def clean(text: str) -> str:
    """Return a text as FHIR's `string` allows it: no control characters, no white space at the ends."""
    return _CONTROL.sub("", text).strip()


def make_slug(text: str, length: int, *, hashed: bool = False) -> str:
    """Return text as the last part of a URL or an id: letters, digits, `-` and `.`, with a hash where it is cut.

    `hashed` adds the hash in any case, to a name that is taken.

    >>> make_slug("collection/Bone tumours", 64)
    'collection-Bone-tumours'
    """
    slug = re.sub(r"[^A-Za-z0-9.]+", "-", text).strip("-.")
    if len(slug) <= length and (slug or not text) and not hashed:
        return slug
    return f"{slug[: length - 9]}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}".strip("-.")


def make_id(vocabulary: Vocabulary, slug: str) -> str:
    """Return the id of a resource."""
    return f"{vocabulary.stem}-{slug}" if slug else vocabulary.stem


def slug_length(vocabulary: Vocabulary) -> int:
    """Return how long a slug may be for the id to fit."""
    return _ID_LENGTH - len(vocabulary.stem) - 1


def make_head(vocabulary: Vocabulary, kind: str, slug: str, title: str) -> Resource:
    """Return what each of these resources begins with, up to and without `description`."""
    settings = vocabulary.settings
    head: Resource = {
        "resourceType": kind,
        "id": make_id(vocabulary, slug),
        "url": f"{vocabulary.url}/{kind}/{slug}" if slug else vocabulary.url,
    }
    if vocabulary.version:
        head["version"] = vocabulary.version
        algorithm = (
            "semver" if _SEMVER.fullmatch(vocabulary.version) else "date" if _is_date(vocabulary.version) else ""
        )
        if vocabulary.is_r5 and algorithm:
            head["versionAlgorithmString"] = algorithm
    head |= {"name": make_name(title, kind), "title": title, "status": settings.status}
    head["experimental"] = settings.experimental
    return head | _make_origin(vocabulary)


def _make_origin(vocabulary: Vocabulary) -> Resource:
    """Return date, publisher and contact, as far as they are known."""
    origin: Resource = {}
    scheme = vocabulary.graph.scheme
    if date := find_date(vocabulary):
        origin["date"] = date
    creators = [str(term) if isinstance(term, str) else clean(term.value) for term in _objects(vocabulary, DCT.creator)]
    creators = [name for name in creators if name]
    names = [name for name in creators if not name.startswith(("http://", "https://"))]
    publisher = (
        vocabulary.settings.publisher or vocabulary.text(scheme, DCT.publisher) or "".join([*names, *creators][:1])
    )
    if publisher:
        origin["publisher"] = publisher
    contacts: list[Resource] = [{"name": name} for name in names]
    links = [name for name in creators if name not in names]
    contacts += [{"telecom": [{"system": "url", "value": link}]} for link in links]
    if contacts:
        origin["contact"] = contacts
    return origin


def _objects(vocabulary: Vocabulary, predicate: str) -> tuple[str | Literal, ...]:
    return vocabulary.graph.objects(vocabulary.graph.scheme, predicate)


def find_date(vocabulary: Vocabulary) -> str:
    """Return the day of the last change, else that of creation; never that of today."""
    scheme = vocabulary.graph.scheme
    said = (vocabulary.text(scheme, DCT.modified), vocabulary.text(scheme, DCT.created))
    return next((day[:10] for day in said if _is_date(day[:10])), "")


def find_copyright(vocabulary: Vocabulary) -> str:
    """Return the copyright statement, else the license; empty where there is none."""
    licenses = [term if isinstance(term, str) else clean(term.value) for term in _objects(vocabulary, DCT.license)]
    return vocabulary.settings.copyright or "".join(licenses[:1])


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def make_name(title: str, fallback: str) -> str:
    """Return a name for machines, which FHIR wants to be a token that begins with a capital.

    >>> make_name("Bosniak classification, in order", "ValueSet")
    'BosniakClassificationInOrder'
    """
    words = re.findall(r"[A-Za-z0-9]+", title)
    name = "".join(word[:1].upper() + word[1:] for word in words)
    return (name if name[:1].isalpha() else fallback + name)[:200]


def write_language(tag: str) -> str:
    """Return a BCP 47 tag in its usual case.

    >>> write_language("en-gb"), write_language("zh-hant-tw")
    ('en-GB', 'zh-Hant-TW')
    """
    first, *rest = tag.split("-")
    cased = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest]  # noqa: PLR2004 - BCP 47, 2.1.1
    return "-".join([first.lower(), *cased])
