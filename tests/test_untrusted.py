"""Notes from anywhere: nothing crashes, nothing hangs, nothing is written where it should not be, all output parses."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
import pytest
import rdflib

from skosify_rad import pipeline
from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import RDF, SKOS

if TYPE_CHECKING:
    from pathlib import Path

    from skosify_rad.pipeline import Export

# rdflib's own use of what it deprecated, in its JSON-LD parser
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

TICK = "`" * 3
ATTACK = "<script>alert('x')</script>"


class Written(NamedTuple):
    """An export and where it was written."""

    export: Export
    out: Path
    before: frozenset[Path]


def export_of(folder: Path, notes: dict[str, str | bytes]) -> Written:
    """Build and write a vault of notes, and check what must hold of any export."""
    root, out = folder / "vault", folder / "out"
    for path, text in notes.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    before = frozenset(folder.rglob("*"))
    export = pipeline.build(root, Config(), out=out)
    pipeline.write(export, out, Config())
    written = Written(export, out, before)
    check_writing(written, folder)
    check_parsing(written)
    check_report(written)
    return written


def check_writing(written: Written, folder: Path) -> None:
    """Nothing is written but in the output folder."""
    new = [path for path in folder.rglob("*") if path not in written.before]
    assert {path.relative_to(folder).parts[0] for path in new} == {"out"}
    assert {path.name for path in written.out.iterdir()} == {
        "concepts.ttl",
        "concepts.jsonld",
        "evidence.jsonl",
        "ontology.ttl",
        "register.jsonl",
        "register.sketches.tsv",
        "validation.html",
        "validation.json",
    }


def check_parsing(written: Written) -> None:
    """Two parsers read the Turtle alike; the JSON-LD says the same; there are no blank nodes; all IRIs are valid."""
    turtle = (written.out / "concepts.ttl").read_bytes()
    strict = set(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    assert len(strict) == len(written.export.graph) > 0
    assert not any(isinstance(term, ox.BlankNode) for quad in strict for term in (quad.subject, quad.object))
    for line in (written.out / "evidence.jsonl").read_bytes().splitlines():
        assert json.loads(line)["note"]
    json.loads((written.out / "validation.json").read_bytes())
    if len(strict) > 3000:
        return  # what rdflib reads in seconds it has read in the smaller ones
    lenient = rdflib.Graph().parse(data=turtle, format="turtle")
    compact = rdflib.Graph().parse(data=(written.out / "concepts.jsonld").read_bytes(), format="json-ld")
    assert set(lenient) == set(compact)
    assert len(lenient) == len(strict)


class Tags(HTMLParser):
    """Collects the elements and attributes of a page, scripts' own text aside."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.elements: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "script":
            self.scripts.append(self.get_starttag_text() or "")

    def handle_data(self, data: str) -> None:
        del data


def check_report(written: Written) -> None:
    """Nothing that a note wrote runs on the page."""
    page = (written.out / "validation.html").read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(page)
    assert not {"img", "iframe", "object", "embed", "svg", "base", "link"} & tags.elements
    assert [name for name, _ in tags.attributes if name.startswith("on")] == []
    assert [value for name, value in tags.attributes if name in ("href", "src") and "script:" in value.lower()] == []
    assert ATTACK not in page
    assert len(tags.scripts) <= 1


def labels_of(written: Written) -> set[str]:
    graph = written.export.graph
    return {
        term.value for s in graph.subjects for term in graph.objects(s, SKOS.prefLabel) if not isinstance(term, str)
    }


NASTY_NAMES = [
    ATTACK,
    "<img src=x onerror=alert(1)>",
    'tumour "of bone" \' \\ {x} ^^ `tick` | pipe',
    "a> <http://evil.example/> <b",
    'x"@en ; <p> <o> . #',
    "../../../etc/passwd",
    "javascript:alert(1)",
    "%2e%2e%2f%00",
    "Tumour\u202eenob fo\u202c",
    "שאת של עצם",
    "🦴 tumour 👩‍⚕️",
    "line\u2028paragraph\u2029next\u0085line",
    "zero\u200bwidth\ufeffmark\u00ad",
    "bell\x07escape\x1b[31mred\x7f",
    "e\u0301 is é",
    "\U0010ffff\ufffe noncharacter",
    "{{7*7}} ${x} %s %(a)s",
    "@prefix a: <b> .",
    "*" * 200,
    "[" * 300,
    "((((" * 50,
]


@pytest.mark.parametrize("name", NASTY_NAMES, ids=range(len(NASTY_NAMES)))
def test_any_name_anywhere(name: str, tmp_path: Path) -> None:
    note = f"""\
---
aliases: {json.dumps([name, name + " two"])}
permalink: {json.dumps("/" + name)}
exactMatch: {json.dumps("http://example.org/" + name)}
tags: {json.dumps([name])}
---
{name} is a tumour of bone.

## Classification {name}
- {name}: lytic
    - {name} inner tumour
- [[{name}]]
- **{name}** fibroma

## Differential diagnosis
- [[{name}|{name}]]: {name}
- [{name}](<{name}>)
- {name} sarcoma ({name})

| Diagnosis | {name} |
|---|---|
| {name} | {name} |

> [!summary] {name}
> {name}

%% rad2skos: {name} %%
"""
    export_of(tmp_path, {"Bone/Tumour.md": note, f"{name[:20]}.md".replace("/", "_").replace("\0", ""): note})


def test_names_with_markup_are_kept_as_text(tmp_path: Path) -> None:
    written = export_of(tmp_path, {'A "b" \\ {c} ^.md': "## Differential diagnosis\n- Osteoma “x” > y: z\n"})
    assert 'A "b" \\ {c} ^' in labels_of(written)


@pytest.mark.parametrize(
    "front",
    [
        "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: &d [*c,*c,*c]\naliases: *d\n",
        "a: &a [&b [*a]]\naliases: *a\n",
        "aliases: !!python/object/apply:os.system ['touch pwned']\n",
        "aliases: !!binary aGVsbG8=\n",
        "aliases: {a: {b: [1, null, 2.5, true, 2024-01-01]}}\npermalink: [1]\ncreated: {}\ntags: 7\n",
        "? [complex, key]\n: value\n",
        "aliases: [" + "[" * 2000 + "\n",
        "aliases: '" + "x" * 100_000 + "'\n",
        "created: 99999-99-99\nupdated: '2024-13-45'\ndg-path: ../../../../x/y.md\n",
        "\t- tab\n  bad: : :\n",
    ],
    ids=range(10),
)
def test_any_yaml(front: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written = export_of(tmp_path, {"Tumour.md": f"---\n{front}---\nIt is benign.\n"})
    assert "Tumour" in labels_of(written)
    assert not (tmp_path / "pwned").exists()


def test_a_yaml_bomb_is_no_bomb(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in range(1, 12):
        bomb += f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n"
    written = export_of(tmp_path, {"Bomb.md": f"---\n{bomb}aliases: *a11\n---\nIt goes off.\n"})
    assert "Bomb" in labels_of(written)


@pytest.mark.parametrize(
    "front",
    [
        '{"aliases": ["\\ud83d", "a\\udc00b"], "permalink": "/\\ud83d/", "title": "\\u0000"}',
        '{"dg-path": "A\\ud83d/../B/\\u0000.md", "exactMatch": "http://example.org/\\ud83d"}',
        '{"aliases": ' + "[" * 5000 + "]" * 5000 + "}",
        '{"aliases": [1e999, -0.0, NaN]}',
        '{"a": 1, "a": 2, "aliases": {"__proto__": null}}',
    ],
    ids=range(5),
)
def test_any_json(front: str, tmp_path: Path) -> None:
    written = export_of(tmp_path, {"Tumour.md": f"---\n{front}\n---\nIt is benign.\n"})
    assert "Tumour" in labels_of(written)


@pytest.mark.parametrize(
    "data",
    [
        b"\0" * 1000,
        b"## Types\n- a\0b tumour\n- \xff\xfe tumour\n",
        b"\xff\xfe" + "## Types\n- Bone tumour\n".encode("utf-16-le"),
        b"\xff\xfe\x00",
        bytes(range(256)) * 20,
        "\ud83d lone\n".encode("utf-8", "surrogatepass"),
        b"\xef\xbb\xbf---\r\naliases: [x]\r\n---\r\n## Types\r- One tumour\r\n",
        b"---\n",
        b"---\n---",
        b"%PDF-1.7\n\x89PNG\r\n\x1a\n",
    ],
    ids=range(10),
)
def test_any_bytes(data: bytes, tmp_path: Path) -> None:
    assert "Tumour" in labels_of(export_of(tmp_path, {"Tumour.md": data}))


def test_links_out_of_the_vault_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("## Types\n- Secret sarcoma\n", encoding="utf-8")
    links = (
        "[[../secret]]",
        "[x](../secret.md)",
        "[x](file:///etc/passwd)",
        "![[../../etc/passwd]]",
        "[[/etc/passwd]]",
    )
    items = "".join(f"- {link}: x\n" for link in links)
    written = export_of(tmp_path, {"Bone/Tumour.md": f"## Differential diagnosis\n{items}"})
    everything = b"".join(path.read_bytes() for path in written.out.iterdir())
    assert b"Secret sarcoma" not in everything
    assert b"root:" not in everything
    for quad in ox.parse((written.out / "concepts.ttl").read_bytes(), format=ox.RdfFormat.TURTLE):
        assert ".." not in quad.subject.value


def test_match_iris_that_are_none_are_left_out(tmp_path: Path) -> None:
    values = ["javascript:alert(1)", "http://a b", "x> <y", "urn:x:1", "http://example.org/ok", "", 7, None, ["a"]]
    front = json.dumps({"exactMatch": values})
    written = export_of(tmp_path, {"Tumour.md": f"---\n{front}\n---\nText.\n"})
    concept = next(s for s, p in written.export.graph.subjects.items() if SKOS.Concept in p.get(RDF.type, ()))
    found = written.export.graph.objects(concept, SKOS.exactMatch)
    assert "http://example.org/ok" in found
    assert not any(re.search(r"[\s<>]|^javascript:", str(iri)) for iri in found)


def test_a_line_of_a_megabyte(tmp_path: Path) -> None:
    words = "bone and marrow, " * 60_000
    text = f"{words}\n\n## Types\n- {words}\n- Small tumour\n\n## Differential diagnosis\n{words}\n- {words}: {words}\n"
    assert "Tumour" in labels_of(export_of(tmp_path, {"Tumour.md": text}))


@pytest.mark.parametrize("unit", ["[[", "**", "- ", "> ", "`", "<b>", "(", "| ", "#", "a/", "vs ", "\\", "![[x|", "%%"])
def test_the_same_sign_again_and_again(unit: str, tmp_path: Path) -> None:
    run = unit * (6_000 // len(unit))
    text = f"{run}\n\n## Types\n- {run}\n- Small tumour {run}\n\n## Differential diagnosis\n- x {run}: y\n"
    assert "Tumour" in labels_of(export_of(tmp_path, {"Tumour.md": text}))


def test_a_list_of_ten_thousand(tmp_path: Path) -> None:
    items = "".join(f"- Tumour number {number}q sarcoma: remark\n" for number in range(10_000))
    written = export_of(tmp_path, {"Sarcoma.md": f"## Differential diagnosis\n{items}"})
    assert written.export.counts.related == 10_000


def test_lists_nested_hundreds_deep(tmp_path: Path) -> None:
    nested = "".join(f"{'  ' * depth}- Level{depth}a sarcoma\n" for depth in range(400))
    tabs = "".join(f"{chr(9) * depth}- Tab{depth}a sarcoma\n" for depth in range(300))
    quotes = "> " * 400 + "deep\n"
    text = f"## Types\n{nested}\n## Subtypes\n{tabs}\n{quotes}\n"
    assert "Level0a sarcoma" in labels_of(export_of(tmp_path, {"Sarcoma.md": text}))


def test_huge_tables(tmp_path: Path) -> None:
    wide = "|" + " x |" * 500 + "\n|" + "---|" * 500 + "\n" + ("|" + " Sarcoma |" * 500 + "\n") * 3
    long = "| Diagnosis | Key |\n|---|---|\n" + "".join(f"| Tumour {n}q sarcoma | k |\n" for n in range(3000))
    ragged = "| Type |\n|---|\n| a | b | c | d sarcoma |\n||||\n| \\| |\n"
    text = f"## Types\n{ragged}\n## Differential diagnosis\n{long}\n\n{wide}\n"
    assert export_of(tmp_path, {"Sarcoma.md": text}).export.counts.related >= 3000


def test_unclosed_everything(tmp_path: Path) -> None:
    items = "- [[Open sarcoma\n- **Bold sarcoma\n- (Bracket sarcoma\n"
    text = f"## Types\n{items}\n{TICK}python\n## Differential diagnosis\n- x\n$$ \n%%\n<!--\n"
    assert "Tumour" in labels_of(export_of(tmp_path, {"Tumour.md": text}))
