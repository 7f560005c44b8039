"""Lines of findings in SKOS files: well-formatted and other texts, blank nodes, unreadable files."""

from __future__ import annotations

import random
from codecs import BOM_UTF8
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skosify_rad.checks.validate import validate, validate_in_brief
from skosify_rad.graph.readers import read_vocabulary
from skosify_rad.graph.readers.turtle_locator import TurtleLocator
from skosify_rad.model.config import Checks, Config
from skosify_rad.model.diagnostics import InputError
from skosify_rad.model.namespaces import SKOS

if TYPE_CHECKING:
    from skosify_rad.model.diagnostics import Diagnostic

HEAD = "@prefix s: <http://www.w3.org/2004/02/skos/core#> .\n@prefix : <http://e/> .\n"
FORMS = (
    ':n{0} a s:Concept ;\n    s:prefLabel "{0} . :n1 "@en ;\n    s:broader :n1 .\n',
    ':n{0} s:altLabel "a{0}"@en . :n{0} s:related :n2 .\n',
    ':n{0} s:definition """over\n:n2 s:broader :n{0} .\nlines"""@en .\n',
    "# :n{0} s:broader :n3 .\n",
    "<http://e/n{0}> s:exactMatch <http://f/{0}> , :n2.\n",
    "  :n{0} s:notation {0} .\n",
    "@prefix e{0}: <http://e/> . e{0}:n{0} s:narrower e{0}:n1 .\n",
    ":n{0}\n    s:hiddenLabel 'x\\'. {0}' , [ s:note \"y\" ] .\n",
)
FAULTY = Config(checks=Checks(select=("RAD512",)))


def read(path: Path, text: str | bytes) -> list[Diagnostic]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    vocabulary = read_vocabulary([str(path)])
    return [*vocabulary.diagnostics, *validate(vocabulary.graph, vocabulary.places, FAULTY)]


@pytest.mark.parametrize("seed", range(40))
def test_the_outline_gives_the_same_places_as_a_full_parse(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    text = HEAD + "".join(chance.choice(FORMS).format(chance.randrange(5)) for _ in range(8))
    path = tmp_path / "v.ttl"
    path.write_text(text, encoding="utf-8")
    vocabulary = read_vocabulary([str(path)])
    assert vocabulary.diagnostics == ()
    full = TurtleLocator(text, "http://base/")
    full._split()  # noqa: SLF001 - reads the text in full
    for triple in vocabulary.graph:
        found = TurtleLocator(text, "http://base/").find(triple)
        expected = full.find(triple)
        lines = [place and (text.count("\n", 0, place[0]), place[1]) for place in (found, expected)]
        assert lines[0] == lines[1], triple


BLANK = {
    "v.ttl": f"""{HEAD}_:x a s:Concept ;
 s:prefLabel "C"@en ,
  "D"@en .
:p a s:Concept ; s:narrower [ s:prefLabel "A"@en ] ,
 [ s:narrower [ s:prefLabel "E"@en, "F"@en ] ] .
""",
    "v.rdf": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:s="http://www.w3.org/2004/02/skos/core#"> <!-- three --> <!-- lines -->
<s:Concept rdf:nodeID="q"><s:prefLabel xml:lang="en">C</s:prefLabel>

<s:prefLabel xml:lang="en">D</s:prefLabel></s:Concept>
<s:Concept rdf:about="http://e/p"><s:narrower><s:Concept/></s:narrower>
<s:narrower><s:Concept><s:prefLabel xml:lang="en">E</s:prefLabel>
<s:prefLabel xml:lang="en">F</s:prefLabel></s:Concept></s:narrower></s:Concept>
</rdf:RDF>""",
}


@pytest.mark.parametrize("name", BLANK)
def test_blank_nodes_have_the_line_of_their_label_or_of_a_statement_about_them(name: str, tmp_path: Path) -> None:
    found = {d.message[-4:]: d.place.line for d in read(tmp_path / name, BLANK[name])}
    assert found == {" “D”": 5, " “F”": 7}


def test_an_unreferenced_blank_node_has_the_place_of_the_file(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "v.ttl", HEAD + '\n[] s:prefLabel "A"@en , "B"@en .\n')
    assert found.place[1:] == (1, 1)


def test_circular_blank_nodes_do_not_hang(tmp_path: Path) -> None:
    text = '{"@context": {"s": "http://www.w3.org/2004/02/skos/core#"},\n"@id": "_:a", "s:broader": {"@id": "_:b",'
    text += '\n"s:broader": {"@id": "_:a"}, "s:prefLabel": [{"@value": "A"}, {"@value": "B"}]}}'
    (found,) = read(tmp_path / "v.jsonld", text)
    assert found.place.line == 3


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "v.ttl", BOM_UTF8 + (HEAD + ':a s:prefLabel "A" , "B" .').encode())
    assert (found.rule.slug, found.place.line) == ("second-preferred-label", 3)


def test_a_remote_context_is_reported_with_its_line_and_a_hint(tmp_path: Path) -> None:
    text = '{\n "@context": ["https://example.org/c.jsonld"],\n "@id": "http://e/a", "prefLabel": "A"}'
    (found,) = read(tmp_path / "v.jsonld", text)
    assert (found.place.line, found.place.column) == (2, 15)
    assert "https://example.org/c.jsonld" in found.message
    assert "Turtle" in found.hint


def test_unsupported_compression_is_refused(tmp_path: Path) -> None:
    (tmp_path / "v.ttl.zst").write_bytes(b"")
    with pytest.raises(InputError, match="unpack it first"):
        read_vocabulary([str(tmp_path / "v.ttl.zst")])


def test_a_report_that_counts_infos_finds_as_many(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    path.write_text(HEAD + ':a a s:Concept ; s:prefLabel "A"@en , "B"@en .\n:b a s:Concept .\n', encoding="utf-8")
    vocabulary = read_vocabulary([str(path)])
    whole = validate(vocabulary.graph, vocabulary.places, Config())
    found, infos = validate_in_brief(vocabulary.graph, vocabulary.places, Config())
    assert found == tuple(d for d in whole if d.level.name != "INFO")
    assert sorted(d.rule.code for d in infos) == sorted(d.rule.code for d in whole if d.level.name == "INFO")


def test_the_fault_of_a_member_list_is_named(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    head = (
        HEAD
        + "@prefix r: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n:c s:memberList :l . :l r:first :a ; r:rest "
    )
    for rest in ":l .", "r:nil , :l .":
        path.write_text(head + rest, encoding="utf-8")
        vocabulary = read_vocabulary([str(path)])
        config = Config(checks=Checks(select=("RAD518",)))
        (found,) = validate(vocabulary.graph, vocabulary.places, config)
        assert "exactly one rdf:first and rdf:rest, or the list no end" in found.message


def test_grandfathered_language_tags_are_valid(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    tags = ("en-GB-oed", "x-private", "i-klingon", "sgn-BE-FR", "zh-min-nan", "de-CH-1996", "en-a")
    path.write_text(HEAD + "".join(f':c s:altLabel "a"@{tag} .\n' for tag in tags), encoding="utf-8")
    vocabulary = read_vocabulary([str(path)])
    found = validate(vocabulary.graph, vocabulary.places, Config(checks=Checks(select=("RAD535",))))
    assert [d.place.line for d in found] == [9]


@pytest.mark.parametrize("names", [("1.ttl", "2.nt"), ("2.nt", "1.ttl")])
def test_a_contradiction_across_two_files_has_both_places(names: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "1.ttl").write_text(HEAD + ':a s:prefLabel "A"@en .\n', encoding="utf-8")
    (tmp_path / "2.nt").write_text(
        f'<http://e/x> <{SKOS.note}> "x" .\n<http://e/a> <{SKOS.prefLabel}> "B"@en .\n', encoding="utf-8"
    )
    vocabulary = read_vocabulary([str(tmp_path / name) for name in names])
    (found,) = validate(vocabulary.graph, vocabulary.places, Config(checks=Checks(select=("RAD512",))))
    assert found.second is not None
    places = {Path(place.path).name: place.line for place in (found.place, found.second)}
    assert places == {"1.ttl": 1 + HEAD.count("\n"), "2.nt": 2}
