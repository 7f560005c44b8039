"""The obvious pipeline, the baseline of `compare.py`: what one writes first, with the best-known library for each step.

python-frontmatter reads, markdown-it-py parses, rdflib holds and writes the graph, pySHACL validates it; a note's
tokens are dropped when its statements are read, since keeping them costs it half as much again.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import frontmatter
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, Namespace, URIRef

BASE: Final = Namespace("https://example.org/radiology/")
"""Namespace of the concepts."""
SHAPES: Final = {
    "sparql": "obvious-sparql.ttl",
    "core": "obvious-core.ttl",
}
"""How the shapes say that differentials are no ancestors and hierarchies no cycles."""

_LINK: Final = re.compile(r"\[\[([^\[\]|\\#]+)[^\[\]]*\]\]")
_KINDS: Final = re.compile(r"classification|types|subtypes|variants", re.IGNORECASE)
_DIFFERENTIAL: Final = re.compile(r"differential|ddx", re.IGNORECASE)


class Post(NamedTuple):
    """A note."""

    title: str
    text: str
    aliases: list[str]


def read_notes(folder: Path) -> list[Post]:
    """Read every note of a vault."""
    posts = []
    for path in sorted(folder.rglob("*.md")):
        post = frontmatter.load(str(path))
        aliases = post.get("aliases")
        posts.append(Post(path.stem, post.content, list(map(str, aliases)) if isinstance(aliases, list) else []))
    return posts


def parse_notes(posts: list[Post]) -> list[tuple[str, URIRef, str]]:
    """Return (title, property, other title or words) of all that the notes say in so many words."""
    parser = MarkdownIt("commonmark").enable("table")
    return [statement for post in posts for statement in _read(post, parser.parse(post.text))]


def _read(post: Post, tokens: list[Token]) -> Iterator[tuple[str, URIRef, str]]:
    for alias in post.aliases:
        yield post.title, SKOS.altLabel, alias
    heading, defined = "", False
    for outer, opening, token in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.type != "inline":
            continue
        item = opening.type == "paragraph_open" and opening.level == 2  # noqa: PLR2004 - list, item, paragraph
        named = item or (opening.type == "td_open" and outer.type == "tr_open")
        if opening.type == "heading_open":
            heading = token.content
        elif not defined and opening.type == "paragraph_open":
            defined = True
            yield post.title, SKOS.definition, _LINK.sub(lambda m: m[1].rsplit("/", 1)[-1], token.content)
        elif named and _KINDS.search(heading):
            yield post.title, SKOS.narrower, _name(token.content)
        elif named and _DIFFERENTIAL.search(heading):
            yield post.title, SKOS.related, _name(token.content)


def _name(text: str) -> str:
    link = _LINK.search(text)
    name = link[1].rsplit("/", 1)[-1] if link else re.split(r":| – | - ", text)[0]
    return name.strip("* ")


def build_graph(posts: list[Post], statements: list[tuple[str, URIRef, str]]) -> Graph:
    """Return the concept scheme, inverses and top concepts included."""
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.bind("", BASE)
    scheme = URIRef(str(BASE))
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, DCTERMS.title, Literal("Radiology notes", lang="en")))
    for post in posts:
        _add_concept(graph, post.title)
    for subject, predicate, value in statements:
        if predicate in (SKOS.altLabel, SKOS.definition):
            graph.add((_iri(subject), predicate, Literal(value, lang="en")))
            continue
        if not value or value == subject:
            continue
        _add_concept(graph, value)
        inverse = SKOS.broader if predicate == SKOS.narrower else SKOS.related
        graph.add((_iri(subject), predicate, _iri(value)))
        graph.add((_iri(value), inverse, _iri(subject)))
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        if not any(graph.objects(concept, SKOS.broader)):
            graph.add((concept, SKOS.topConceptOf, scheme))
            graph.add((scheme, SKOS.hasTopConcept, concept))
    return graph


def _add_concept(graph: Graph, name: str) -> None:
    iri = _iri(name)
    graph.add((iri, RDF.type, SKOS.Concept))
    graph.add((iri, SKOS.prefLabel, Literal(name, lang="en")))
    graph.add((iri, SKOS.inScheme, URIRef(str(BASE))))


def _iri(name: str) -> URIRef:
    return BASE[re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "x"]


def validate_graph(graph: Graph, shapes: str) -> bool:
    """Run pySHACL with one of `SHAPES`."""
    from pyshacl import validate  # noqa: PLC0415 - as heavy as the rest, and one run goes without

    path = Path(__file__).parent / SHAPES[shapes]
    conforms, _, _ = validate(graph, shacl_graph=str(path), shacl_graph_format="turtle")
    return bool(conforms)


def write_turtle(graph: Graph, folder: Path) -> None:
    """Write `concepts.ttl`."""
    graph.serialize(folder / "concepts.ttl", format="turtle")


def write_jsonld(graph: Graph, folder: Path) -> None:
    """Write `concepts.jsonld`."""
    graph.serialize(folder / "concepts.jsonld", format="json-ld")
