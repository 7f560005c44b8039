"""Every file of the site: path -> content, in a fixed order, one page in memory at a time."""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from skosify_rad.graph.graph import Graph, SourceMap
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Diagnostic
from skosify_rad.model.gc_pause import collector_held
from skosify_rad.model.namespaces import DCT, OWL, RDF, SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.outputs.concepts_csv import CSV
from skosify_rad.outputs.fhir.bundle import FHIR
from skosify_rad.outputs.jsonld import JSONLD
from skosify_rad.outputs.output_format import FILE_STEM
from skosify_rad.outputs.site import data, lists
from skosify_rad.outputs.site.addresses import INNER
from skosify_rad.outputs.site.concepts import ConceptPages, is_web
from skosify_rad.outputs.site.extracts import Extracts
from skosify_rad.outputs.site.htaccess import write_htaccess
from skosify_rad.outputs.site.site_view import Vocabulary
from skosify_rad.outputs.site.templates import Render, make_renderer, read_assets
from skosify_rad.outputs.site.trees import MOST_LEVELS, grow_regions
from skosify_rad.outputs.site.views import Group, Ref
from skosify_rad.outputs.turtle import TURTLE

File = tuple[str, bytes]
"""Path in the site's folder, and content."""

DOWNLOADS: Final = (TURTLE, JSONLD, FHIR, CSV)
"""The whole vocabulary, as files to download."""
FEEDBACK: Final = (("correction", "Something is wrong"), ("addition", "Something is missing"))
"""Kinds of feedback: the word in the address, and the link."""
MAIN_PAGES: Final = (
    ("index", "Browse"),
    (f"{INNER}/a-z", "A–Z"),
    (f"{INNER}/differentials", "Differentials"),
    (f"{INNER}/compare", "Compare"),
    (f"{INNER}/graph", "Graph"),
    (f"{INNER}/wanted", "Wanted"),
)
"""The pages that the head of every page leads to."""
_MOST_LISTED: Final = 12
"""Rows of the short lists on the start page."""
_MOST_LOOSE: Final = 200
"""Concepts on the start page of a vocabulary without folders and lists."""
_LEVELS_OF_LARGE: Final = 2
"""Levels of the start page's tree where the vocabulary is large."""


def make_site(graph: Graph, sources: SourceMap, diagnostics: tuple[Diagnostic, ...], config: Config) -> Iterator[File]:
    """Yield every file of the site; the same graph gives the same bytes.

    Raises:
        ConfigError: Jinja2 is not installed, or a template of the user's cannot be used.

    """
    shown = _withhold_notes(graph) if config.site.sources == "none" else graph
    with collector_held():
        yield from Site(Vocabulary(shown, sources, diagnostics, config)).make()


def _withhold_notes(graph: Graph) -> Graph:
    """Return the graph without the paths of notes."""
    subjects = {s: MappingProxyType({p: o for p, o in ps.items() if p != RAD.note}) for s, ps in graph.subjects.items()}
    return replace(graph, subjects=MappingProxyType(subjects))


class Site:
    """Makes the files of a vocabulary's site."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.pages = ConceptPages(vocabulary)
        self.render: Render = make_renderer(vocabulary.config, self._shared())
        self._parts = self._index_parts()
        self.extracts = Extracts(vocabulary.graph)
        self.scales = lists.list_scales(self.pages)

    def _shared(self) -> dict[str, object]:
        """Return the variables of every page."""
        vocabulary = self.vocabulary
        version = vocabulary.texts(vocabulary.graph.scheme, OWL.versionInfo)
        return {
            "site_title": vocabulary.title,
            "language": vocabulary.config.scheme.language,
            "version": version[0] if version else "",
            "licences": [
                str(getattr(o, "value", o)) for o in vocabulary.graph.objects(vocabulary.graph.scheme, DCT.license)
            ],
            "is_web": is_web,
            "inner": INNER,
            "shards": data.count_shards(vocabulary),
            "site_url": vocabulary.config.site.url.rstrip("/"),
            "main_pages": MAIN_PAGES,
            "main_paths": {path for path, _ in MAIN_PAGES},
            "stubs_in": self.pages.stubs_in,
        }

    def make(self) -> Iterator[File]:
        """Yield the pages, then data and assets."""
        yield from self._make_concepts()
        yield from self._make_collections()
        yield from self._make_list("a-z", lists.list_names(self.vocabulary))
        yield from self._make_list("differentials", lists.list_differentials(self.vocabulary, dict(self.pages.folders)))
        yield from self._make_list("wanted", lists.list_wanted(self.vocabulary))
        yield self._page(
            f"{INNER}/collections",
            "collections.html",
            {"scales": self.scales, "groups": lists.list_groups(self.vocabulary)},
        )
        yield self._page(f"{INNER}/deprecated", "deprecated.html", {"rows": self._list_deprecated()})
        releases = lists.list_changes(self.vocabulary)
        yield self._page(f"{INNER}/changes", "changes.html", {"releases": releases})
        lookalikes = lists.list_lookalikes(self.vocabulary, _MOST_LISTED)
        yield self._page(
            "index", "start.html", {**self._start(), "lookalikes": lookalikes, "news": _find_news(releases)}
        )
        yield self._page(f"{INNER}/compare", "compare.html", {"lookalikes": lookalikes})
        yield self._page(f"{INNER}/graph", "graph.html", {})
        yield self._page(f"{INNER}/about", "about.html", self._about())
        yield self._page("404", "404.html", {})
        yield ".nojekyll", b""
        yield f"{INNER}/htaccess.txt", write_htaccess(self.vocabulary.config)
        for name, content in read_assets(self.vocabulary.config).items():
            yield f"{INNER}/assets/{name}", content
        yield from self.extracts.write(f"{INNER}/{FILE_STEM}", self.vocabulary.graph.subjects)
        for output in (FHIR, CSV):
            yield f"{INNER}/{output.file_name}", output.render(self.vocabulary.graph, self.vocabulary.config)

    def _page(self, path: str, template: str, variables: dict[str, object]) -> File:
        root = "../" * path.count("/")
        if path == "404" and self.vocabulary.config.site.url:
            root = self.vocabulary.config.site.url.rstrip("/") + "/"  # it is shown at any address
        return f"{path}.html", self.render(root, template, {"path": path, **variables})

    def _make_concepts(self) -> Iterator[File]:
        rows: list[tuple[str, list[object]]] = []
        for ref in self.vocabulary.refs.values():
            if SKOS.Concept not in self.vocabulary.types[ref.iri]:
                continue
            concept = self.pages.make(ref)
            yield self._page(ref.path, "concept.html", {"c": concept, "feedback": self._feedback(ref)})
            yield from self._make_downloads(ref)
            if ref.kind != "deprecated":
                rows.append((ref.path, data.make_row(concept, self.pages)))
        for name, content in data.write_scripts(self.vocabulary, rows):
            yield f"{INNER}/data/{name}", content

    def _make_collections(self) -> Iterator[File]:
        for ref in self.vocabulary.refs.values():
            if SKOS.Concept not in self.vocabulary.types[ref.iri]:
                collection = lists.make_collection(self.pages, ref)
                yield self._page(ref.path, "collection.html", {"c": collection})
                yield from self._make_downloads(ref)

    def _make_downloads(self, ref: Ref) -> Iterator[File]:
        """Yield what the graph says of one resource: itself, its differentials with their words, its steps."""
        yield from self.extracts.write(ref.path, {ref.iri, *self._parts.get(ref.iri, ())})

    def _index_parts(self) -> dict[str, list[str]]:
        """Return concept -> its differentials, ordered collection -> the cells of its list."""
        found: dict[str, list[str]] = {}
        for iri, properties in self.vocabulary.graph.subjects.items():
            if RAD.Differential in properties.get(RDF.type, ()):
                for end in (RAD.differentialOf, RAD.differentialDiagnosis):
                    for term in properties.get(end, ()):
                        found.setdefault(str(term), []).append(iri)
            elif SKOS.memberList in properties:
                found[iri] = [f"{iri}/{number}" for number in range(1, len(properties.get(SKOS.member, ())) + 1)]
        return found

    def _make_list(self, name: str, groups: list[Group]) -> Iterator[File]:
        """Yield a list on one page, or where it is long on one page a group, and a page that leads to these."""
        total = sum(len(group.rows) for group in groups)
        template = f"{name}.html"
        if total <= lists.MOST_ROWS:
            yield self._page(f"{INNER}/{name}", template, {"groups": groups, "others": [], "total": total})
            return
        parts = lists.split(groups)
        yield self._page(f"{INNER}/{name}", template, {"groups": [], "others": parts, "total": total})
        for part in parts:
            variables: dict[str, object] = {"groups": [part], "others": parts, "total": total}
            yield self._page(f"{INNER}/{name}-{part.key}", template, variables)

    def _start(self) -> dict[str, object]:
        vocabulary = self.vocabulary
        large = len(vocabulary.refs) > lists.MOST_ROWS
        ranked = sorted(vocabulary.concepts, key=lambda ref: -len(vocabulary.neighbours[ref.iri]))[:_MOST_LISTED]
        return {
            "described": sum(ref.kind == "note" for ref in vocabulary.concepts),
            "named": sum(ref.kind == "stub" for ref in vocabulary.concepts),
            "told": len(vocabulary.told),
            "with_differentials": sum(bool(others) for others in vocabulary.neighbours.values()),
            "tree": grow_regions(vocabulary, _LEVELS_OF_LARGE if large else MOST_LEVELS),
            "ranked": [(ref, len(vocabulary.neighbours[ref.iri])) for ref in ranked if vocabulary.neighbours[ref.iri]],
            "scales": self.scales,
            "concepts": () if vocabulary.collections else vocabulary.concepts[:_MOST_LOOSE],
        }

    def _about(self) -> dict[str, object]:
        graph, scheme = self.vocabulary.graph, self.vocabulary.graph.scheme
        facts = [
            (name, str(getattr(term, "value", term)))
            for name, predicate in (
                ("Description", DCT.description),
                ("Made by", DCT.creator),
                ("Published by", DCT.publisher),
                ("Licence", DCT.license),
                ("Created", DCT.created),
                ("Modified", DCT.modified),
                ("Version", OWL.versionInfo),
            )
            for term in graph.objects(scheme, predicate)
        ]
        return {
            "facts": [(name, value, value if is_web(value) else "") for name, value in facts],
            "scheme": scheme,
            "counts": self._counts(),
            "downloads": [(output.name, output.file_name, output.media_type) for output in DOWNLOADS],
            "example": next((r for r in self.vocabulary.concepts if r.kind == "note"), None),
            "has_deprecated": bool(self.vocabulary.deprecated),
        }

    def _counts(self) -> list[tuple[str, int]]:
        vocabulary = self.vocabulary
        return [
            ("concepts with a note", sum(r.kind == "note" for r in vocabulary.concepts)),
            ("concepts that notes only name", sum(r.kind == "stub" for r in vocabulary.concepts)),
            ("pairs of differentials", len(data.list_pairs(vocabulary)) // 2),
            ("statements of what tells two diagnoses apart", len(vocabulary.told)),
            ("collections", len(vocabulary.collections)),
            ("triples", len(vocabulary.graph)),
        ]

    def _list_deprecated(self) -> list[tuple[Ref, tuple[Ref, ...]]]:
        successors = ((r, self.vocabulary.graph.objects(r.iri, DCT.isReplacedBy)) for r in self.vocabulary.deprecated)
        return [(ref, self.vocabulary.sort(map(str, terms))) for ref, terms in successors]

    def _feedback(self, ref: Ref) -> list[tuple[str, str]]:
        """Return the links of a concept's page to wherever suggestions are taken: text and address."""
        pattern = self.vocabulary.config.site.feedback_url
        if not pattern:
            return []
        filled = pattern.replace("{label}", _quote(ref.label)).replace("{address}", _quote(ref.iri))
        return [(text, filled.replace("{kind}", kind)) for kind, text in FEEDBACK]


def _find_news(releases: list[tuple[str, list[tuple[Ref, str]]]]) -> tuple[str, list[Ref]] | None:
    """Return the newest release and what it changed, deprecated concepts left out; None where nothing is to be seen."""
    if not releases:
        return None
    version, rows = releases[0]
    changed = list(dict.fromkeys(ref for ref, _ in rows if ref.kind != "deprecated"))
    return (version, changed) if changed else None


def _quote(text: str) -> str:
    return quote(text, safe="", errors="replace")
