"""SKOS files: every syntax gives the same graph, and findings have the right lines."""

from __future__ import annotations

import bz2
import gzip
import lzma
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import rdflib
from loopback import serve
from rdflib.compare import graph_diff

from skosify_rad.checks.validate import validate
from skosify_rad.graph.readers import address as reader
from skosify_rad.graph.readers import read_vocabulary, write_graph
from skosify_rad.graph.readers.archives import unpack
from skosify_rad.model.config import Checks, Config
from skosify_rad.model.diagnostics import InputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TURTLE = '''@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
PREFIX ex: <http://example.org/>
# a "comment" . with <traps> ; '
ex:s a skos:ConceptScheme ; skos:hasTopConcept ex:a.b .
ex:a.b a skos:Concept ; skos:prefLabel "One. \\"two\\" "@en ;
    skos:definition """long . "text"
        over two lines."""@en , 'short # one'@en ;
    skos:inScheme ex:s ;
    skos:prefLabel "Caf\\u00e9"@EN .
ex:c skos:broader ex:a.b ; skos:notation 1.5 , [ ex:x "y" ; ex:z ( 1 2 ) ] , ex:code ;
    skos:related ex:a.b .
'''
CONFIG = Config(checks=Checks(select=("RAD512", "RAD513", "RAD520")))


def lines(path: Path) -> dict[str, set[str]]:
    """Return rule -> the source lines (stripped) at which it is found."""
    vocabulary = read_vocabulary([str(path)])
    assert vocabulary.diagnostics == ()
    text = path.read_text(encoding="utf-8").splitlines()
    found: dict[str, set[str]] = {}
    for d in validate(vocabulary.graph, vocabulary.places, CONFIG):
        found.setdefault(d.rule.slug, set()).add(text[d.place.line - 1].strip())
    return found


@pytest.fixture
def turtle(tmp_path: Path) -> Path:
    path = tmp_path / "v.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    return path


def convert(turtle: Path, syntax: str, suffix: str) -> Path:
    path = turtle.with_suffix(suffix)
    data = rdflib.Graph().parse(turtle).serialize(format=syntax, encoding="utf-8")
    path.write_bytes(data)
    return path


def test_turtle_lines(turtle: Path) -> None:
    found = lines(turtle)
    assert found["second-preferred-label"] == {'skos:prefLabel "Caf\\u00e9"@EN .'}
    assert found["related-and-broader"] == {"skos:related ex:a.b ."}
    assert found["notation-not-literal"] == {TURTLE.splitlines()[9]}


@pytest.mark.parametrize(
    ("syntax", "suffix", "label", "relation"),
    [
        ("nt", ".nt", "Café", "#related> <http://example.org/a.b>"),
        ("xml", ".rdf", "Café</skos:prefLabel>", "<skos:related rdf:resource="),
        ("trig", ".trig", "Café", "skos:related ex:a.b"),
        ("json-ld", ".jsonld", "Café", "{"),
    ],
)
def test_lines_of_other_syntaxes(turtle: Path, syntax: str, suffix: str, label: str, relation: str) -> None:
    path = convert(turtle, syntax, suffix)
    found = lines(path)
    (at,) = found["second-preferred-label"]
    assert label in at or "two" in at
    (at,) = found["related-and-broader"]
    assert relation in at or "\\u" in at
    same = read_vocabulary([str(path)]).graph
    assert len(same) == len(read_vocabulary([str(turtle)]).graph)


def test_typed_nodes_and_nested_nodes_of_rdfxml(tmp_path: Path) -> None:
    path = tmp_path / "v.rdf"
    path.write_text(
        """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [<!ENTITY ex "http://example.org/">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#"
  xml:base="http://example.org/">
 <skos:Concept rdf:ID="a">
  <skos:prefLabel xml:lang="en">One</skos:prefLabel>
  <skos:prefLabel xml:lang="en">Two &amp; three</skos:prefLabel>
  <skos:broader>
   <skos:Concept rdf:about="&ex;b">
    <skos:related rdf:resource="#a"/>
   </skos:Concept>
  </skos:broader>
 </skos:Concept>
</rdf:RDF>
""",
        encoding="utf-8",
    )
    assert lines(path) == {
        "second-preferred-label": {'<skos:prefLabel xml:lang="en">Two &amp; three</skos:prefLabel>'},
        "related-and-broader": {'<skos:related rdf:resource="#a"/>'},
    }


def test_json_with_a_context_and_language_maps(tmp_path: Path) -> None:
    path = tmp_path / "v.jsonld"
    path.write_text(
        """{"@context": {"skos": "http://www.w3.org/2004/02/skos/core#", "ex": "http://example.org/", "id": "@id",
  "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"}, "related": {"@id": "skos:related", "@type": "@id"},
  "broader": {"@id": "skos:broader", "@type": "@id"}},
 "@graph": [
  {"id": "ex:a", "prefLabel": {"en": [
     "One",
     "Two"]},
   "broader": "ex:b",
   "related": "ex:b"}]}
""",
        encoding="utf-8",
    )
    assert lines(path) == {"second-preferred-label": {'"Two"]},'}, "related-and-broader": {'"related": "ex:b"}]}'}}


def test_blank_nodes_get_the_same_names_every_time(turtle: Path) -> None:
    first, second = (read_vocabulary([str(turtle)]).graph for _ in range(2))
    assert first == second
    assert any(subject.startswith("_:f1-b") for subject in first.subjects)


def test_several_files_and_folders_are_one_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.ttl").write_text("<http://e/x> <http://www.w3.org/2004/02/skos/core#broader> <http://e/y> .")
    (tmp_path / "two.nt").write_text("<http://e/y> <http://www.w3.org/2004/02/skos/core#broader> <http://e/x> .\n")
    vocabulary = read_vocabulary([str(tmp_path / "a"), str(tmp_path / "two.nt")])
    found = {d.rule.slug: d for d in validate(vocabulary.graph, vocabulary.places, Config())}
    cycle = found["cyclic-hierarchy"]
    assert {Path(place.path).name for place in (cycle.place, cycle.second) if place} == {"one.ttl", "two.nt"}


def test_a_malformed_file_is_read_up_to_the_error(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    path.write_text("<http://e/x> a <http://e/y> .\n<http://e/x> a oops .\n", encoding="utf-8")
    vocabulary = read_vocabulary([str(path)])
    (fault,) = vocabulary.diagnostics
    assert (fault.rule.slug, fault.place.line) == ("unreadable-file", 2)
    assert len(vocabulary.graph) == 1


@pytest.mark.parametrize("name", ["nowhere.ttl", "v.pdf", "empty"])
def test_unreadable_inputs_are_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "v.pdf").write_bytes(b"x")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError):
        read_vocabulary([str(tmp_path / name)])


def test_a_graph_is_written_and_read_again(turtle: Path, tmp_path: Path) -> None:
    graph = read_vocabulary([str(turtle)]).graph
    for suffix in (".ttl", ".nt", ".rdf"):
        out = tmp_path / f"out{suffix}"
        write_graph(graph, out)
        _, lost, made_up = graph_diff(rdflib.Graph().parse(turtle), rdflib.Graph().parse(out))
        assert not lost
        assert not made_up
    with pytest.raises(OutputError):
        write_graph(graph, tmp_path / "out.doc")
    with pytest.raises(OutputError):
        write_graph(graph, tmp_path / "nowhere" / "out.ttl")


DESCRIPTION = "[] a <http://www.w3.org/ns/sparql-service-description#Service> ."
"""A SPARQL endpoint's answer to a request without a query."""


class Store(BaseHTTPRequestHandler):
    """A file at /v.ttl, a SPARQL endpoint at /query, a page at /, a redirect at /away, an endless answer at /drip."""

    def do_GET(self) -> None:
        if self.path == "/drip":
            self.answer("text/turtle", "#")
            with suppress(OSError):
                for _ in range(15):
                    self.wfile.write(b"#")
                    time.sleep(0.1)
        elif self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
        else:
            kind = "text/turtle" if self.path in ("/v.ttl", "/query", "/described.ttl") else "text/html"
            self.answer(kind, TURTLE if self.path == "/v.ttl" else DESCRIPTION)

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"])).decode()
        triples = '<http://e/x> <http://www.w3.org/2004/02/skos/core#altLabel> "x" .\n'
        self.answer("application/n-triples" if self.path == "/query" and "CONSTRUCT" in query else "text/html", triples)

    def answer(self, kind: str, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def store() -> Iterator[str]:
    with serve(Store) as address:
        yield address


def test_addresses_are_files_or_endpoints(store: str, turtle: Path) -> None:
    assert len(read_vocabulary([f"{store}/v.ttl"]).graph) == len(read_vocabulary([str(turtle)]).graph)
    assert list(read_vocabulary([f"{store}/query"]).graph.subjects) == ["http://e/x"]
    assert len(read_vocabulary([f"{store}/described.ttl"]).graph) == 1  # a file, not an endpoint
    for path, message in (("/", "neither RDF nor a SPARQL endpoint"), ("/away", "redirects to another host")):
        with pytest.raises(InputError, match=message):
            read_vocabulary([store + path])
    with pytest.raises(InputError, match="cannot be reached"):
        read_vocabulary(["http://127.0.0.1:1/"])


def test_the_time_limit_is_that_of_the_whole_answer(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = threading.active_count()
    monkeypatch.setattr(reader, "_SECONDS", 0.5)
    with pytest.raises(InputError, match=r"cannot be reached: took longer than 0.5 s"):
        read_vocabulary([f"{store}/drip"])
    while threading.active_count() > before:  # the answer does end after all
        time.sleep(0.05)


@pytest.mark.parametrize("name", ["two words.ttl", '100% "sure", a:b.ttl', "Knochenbrüche <1>.ttl"])
def test_a_file_may_be_called_anything(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(TURTLE.replace("ex:c skos", "<#c> skos"), encoding="utf-8")
    assert set(lines(path)) == {"second-preferred-label", "related-and-broader", "notation-not-literal"}


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz"])
def test_compressed_files_are_read_with_their_lines(suffix: str, turtle: Path, tmp_path: Path) -> None:
    packers: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}
    folder = tmp_path / "packed"
    folder.mkdir()
    path = folder / f"v.ttl{suffix}"
    path.write_bytes(packers[suffix](turtle.read_bytes()))
    for given in (path, folder):
        vocabulary = read_vocabulary([str(given)])
        found = validate(vocabulary.graph, vocabulary.places, CONFIG)
        assert {(d.place.path, d.place.line) for d in found} == {(path.as_posix(), n) for n in (9, 10, 11)}
        assert vocabulary.places.read_line(path.as_posix(), 11).strip() == "ex:related ex:a.b .".replace(
            "ex:r", "skos:r"
        )
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(InputError, match="cannot be unpacked"):
        read_vocabulary([str(path)])


def test_an_archive_holds_several_files(turtle: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("b/one.ttl", turtle.read_text(encoding="utf-8"))
        archive.writestr("a/two.nt", "<http://e/x> <http://e/y> <http://e/z> .\n")
        archive.writestr("readme.txt", "Not RDF.")
    vocabulary = read_vocabulary([str(path)])
    assert vocabulary.files == (f"{path.as_posix()}/a/two.nt", f"{path.as_posix()}/b/one.ttl")
    with pytest.raises(InputError, match="larger than the limit"):
        list(unpack(path, 50))
    path.write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(InputError, match="cannot be unpacked"):
        read_vocabulary([str(path)])


def test_a_failed_write_leaves_the_old_file(turtle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = turtle.read_bytes()
    real = Path.write_bytes

    def fail(path: Path, data: bytes) -> int:
        real(path, data[:9])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OutputError, match="No space left"):
        write_graph(read_vocabulary([str(turtle)]).graph, turtle)
    assert turtle.read_bytes() == before
    assert list(turtle.parent.iterdir()) == [turtle]
