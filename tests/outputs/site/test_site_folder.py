"""The site's files: their bytes, links, addresses, and what is not in them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sample_graphs import BASE, NASTY, graph_of, small_triples
from site_graphs import (
    ATTACKS,
    concept,
    configure,
    differential,
    evidence_for,
    hostile_triples,
    large_graph,
    make_files,
    text,
)
from site_pages import Page, check_injection, check_links

from skosify_rad.model.diagnostics import ConfigError, OutputError, Place
from skosify_rad.model.namespaces import RDF, SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import REVIEWED, Evidence, Literal, Triple
from skosify_rad.outputs.site import make_site, write_site
from skosify_rad.outputs.site.addresses import make_paths
from skosify_rad.outputs.site.lists import MOST_ROWS
from skosify_rad.outputs.site.templates import ASSETS, FOLDER

if TYPE_CHECKING:
    from skosify_rad.model.config import Config
    from skosify_rad.pipeline import Export

ROOT = Path(__file__).parents[3]


def test_every_link_of_the_example_leads_somewhere(example: tuple[Export, Config]) -> None:
    export, config = example
    check_links(dict(make_site(export.graph, export.sources, export.diagnostics, config)))


def test_every_link_leads_somewhere_whatever_the_graph() -> None:
    check_links(make_files(graph_of([*small_triples(), *hostile_triples()]), evidence_for(hostile_triples())))


def test_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import hashlib; from site_graphs import *; t = hostile_triples(); s = hashlib.sha256();"
        "[s.update(p.encode() + c) for p, c in make_files(graph_of(t), evidence_for(t)).items()]; print(s.hexdigest())"
    )
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests"), *sys.path])
    sums = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(sums) == 1


def test_order_of_the_graph_does_not_show() -> None:
    triples = hostile_triples()
    assert make_files(graph_of(triples)) == make_files(graph_of(triples[::-1]))


def test_unchanged_files_are_not_written_and_old_ones_go(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    old = graph_of([*concept("a", "Alpha"), *concept("old", "Old")])
    first = write_site(folder, make_files(old).items())
    assert len(first.written) == len(first.files) - 1  # the list of files is our own business
    stamps = {path: path.stat().st_mtime_ns for path in first.files}
    again = write_site(folder, make_files(old).items())
    assert (again.written, again.removed) == (frozenset(), 0)
    assert {path: path.stat().st_mtime_ns for path in again.files} == stamps
    (folder / "mine.html").write_text("by hand", encoding="utf-8")
    later = write_site(folder, make_files(graph_of(concept("a", "Alpha"))).items())
    assert later.removed == 3
    assert not (folder / "old.html").exists()
    assert (folder / "mine.html").exists()
    assert folder / "a.ttl" not in later.written


def test_nothing_outside_is_removed(tmp_path: Path) -> None:
    outside = tmp_path / "precious.txt"
    outside.write_text("keep", encoding="utf-8")
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / ".rad2skos-files").write_text(f"../precious.txt\n{outside}\n\n", encoding="utf-8")
    assert write_site(folder, [("index.html", b"x")]).removed == 0
    assert outside.exists()


def test_what_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_site(tmp_path / "site", [("a.html", b"x")])


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("osteoporosis", "osteoporosis"),
        ("collection/folder/msk", "collection/folder/msk"),
        ("__proto__", "__proto__"),
    ],
)
def test_a_page_lies_at_its_identifier(name: str, path: str) -> None:
    assert make_paths([BASE + name], BASE) == {BASE + name: path}


NAMES = [
    "index",
    "404",
    "site",
    "con",
    "a/nul",
    "LPT1",
    "Bone",
    "bone",
    "a.b",
    "",
    "../x",
    "/etc",
    "%2e",
    "ß",
    "x" * 500,
    "a/../b",
    "a//b",
    "a\\b",
    "a b",
    "?q",
    "c/bone",
]


@pytest.mark.parametrize("base", [BASE, "https://example.org/rad#", ""])
def test_paths_collide_with_nothing(base: str) -> None:
    paths = make_paths([base + name for name in NAMES] + ["urn:elsewhere:bone"], base)
    assert len({path.casefold() for path in paths.values()}) == len(paths) == len(NAMES) + 1
    for path in paths.values():
        assert re.fullmatch(r"[\w-]+(/[\w-]+)*", path, re.ASCII)
        assert not {"index", "404", "site", "con", "nul", "lpt1"} & set(path.casefold().split("/"))
        assert base.endswith("/") or path.startswith("c/")
    assert make_paths([*reversed(list(paths))], base) == paths


def test_circles_and_ladders_of_subtypes_end() -> None:
    triples = [t for n in range(60) for t in concept(f"c{n}", f"C{n}")]
    for n in range(60):  # each of a pair above both of the next: 2 to the 30th ways down, and back up again
        for other in (n // 2 * 2 + 2, n // 2 * 2 + 3, 0):
            triples.append(Triple(f"{BASE}c{n}", SKOS.narrower, f"{BASE}c{other % 60}"))
            triples.append(Triple(f"{BASE}c{other % 60}", SKOS.broader, f"{BASE}c{n}"))
    deep = [t for n in range(1500) for t in concept(f"d{n}", f"D{n}")]
    deep += [Triple(f"{BASE}d{n}", SKOS.narrower, f"{BASE}d{n + 1}") for n in range(1499)]
    folders = [f"{BASE}collection/folder/{n}" for n in range(3)]
    for n, folder in enumerate(folders):
        triples += [Triple(folder, RDF.type, SKOS.Collection), Triple(folder, SKOS.member, folders[n - 1])]
    files = make_files(graph_of([*triples, *deep]))
    assert len(files["c0.html"]) < 100_000
    assert b"more on its page" in files["d0.html"]


def test_long_lists_are_split() -> None:
    files = make_files(large_graph(MOST_ROWS + 600))
    assert b"Q disease" not in files["site/a-z.html"]
    assert b"Q disease 16<" in files["site/a-z-q.html"]
    assert b'a-z-q.html" aria-current="page"' in files["site/a-z-q.html"]
    assert {path for path in files if path.startswith("site/a-z")} == {"site/a-z.html"} | {
        f"site/a-z-{letter}.html" for letter in "abcdefghijklmnopqrstuvwxyz"
    }
    assert b"(2 of 2)" in files["site/differentials-elsewhere-in-the-notes-2.html"]
    assert len(files["index.html"]) < 50_000
    assert sum(path.startswith("site/data/c") for path in files) == 13
    check_links(files)


def test_scripts_and_templates_have_no_way_round_escaping() -> None:
    scripts = {path.name: path.read_text(encoding="utf-8") for path in ASSETS.glob("*.js")}
    assert len(scripts) == 4
    banned = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|DOMParser|fetch\("
    assert [name for name, script in scripts.items() if re.search(banned, script)] == []
    templates = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.html")}
    assert len(templates) > 12
    assert [
        name
        for name, page in templates.items()
        if re.search(r"\|\s*safe|autoescape|Markup|style=|<style|\son\w+=", page)
    ] == []
    package = FOLDER.parent
    assert [path.name for path in package.glob("*.py") if "Markup" in path.read_text(encoding="utf-8")] == []


def read_site(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_of_a_hostile_graph_is_an_element(hostile_site: Path) -> None:
    files = read_site(hostile_site)
    check_injection(files)
    pages = [content for path, content in files.items() if path.endswith(".html")]
    assert len(pages) > 12
    for content in pages:
        assert b"{{7*7}}" in content  # it came as text
        assert b"default-src 'none'; script-src 'self'" in content


def test_the_check_above_fails_without_escaping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import jinja2  # noqa: PLC0415 - the tests of other files run without it

    real = jinja2.Environment
    monkeypatch.setattr(jinja2, "Environment", lambda **given: real(**{**given, "autoescape": False}))
    folder = tmp_path / "site"
    triples = hostile_triples()
    write_site(folder, make_site(graph_of(triples), evidence_for(triples), (), configure()))
    with pytest.raises(AssertionError):
        check_injection(read_site(folder))


def test_notes_can_be_withheld() -> None:
    triples = hostile_triples()
    sources = evidence_for(triples)
    shown, withheld = (
        dict(make_site(graph_of(triples), sources, (), configure(sources=word))) for word in ("lines", "none")
    )
    assert any(b".md" in content for path, content in shown.items() if path.endswith(".ttl"))
    assert [path for path, content in withheld.items() if b".md" in content] == []
    assert b"Where each statement comes from" not in withheld["a.html"]


def test_links_to_notes_and_feedback_are_addresses() -> None:
    triples = [*concept("a", "Alpha & co"), *differential("a", "b", "Round"), *concept("b", "Beta")]
    files = make_files(
        graph_of(triples),
        evidence_for(triples),
        note_url="https://notes.example.org/{path}#L{line}",
        feedback_url="https://example.org/new?t={kind}:{label}&b={address}",
    )
    page = Page(files["a.html"])
    notes = [link for link in page.links if link.startswith("https://notes.example.org/")]
    assert notes
    assert all(link.endswith("#L7") and not set('"<> ') & set(link) for link in notes)
    assert (
        "https://example.org/new?t=correction:Alpha%20%26%20co&b=https%3A%2F%2Fexample.org%2Fradiology%2Fa"
        in page.links
    )


@pytest.mark.parametrize("name", ["url", "note_url", "feedback_url"])
def test_addresses_are_for_browsers(name: str) -> None:
    with pytest.raises(ConfigError, match=f"{name} must be an http"):
        configure(**{name: "javascript:alert(1)//"})


def test_a_note_may_open_in_obsidian() -> None:
    files = make_files(
        graph_of(concept("a", "Alpha")),
        evidence_for(concept("a", "Alpha")),
        note_url="obsidian://open?vault=Rad&file={path}",
    )
    assert any(link.startswith("obsidian://open?vault=Rad&file=%3Cimg") for link in Page(files["a.html"]).links)
    with pytest.raises(ConfigError, match="note_url must be an http"):
        configure(note_url="obsidian://new?content=x")


def test_concepts_elsewhere_have_names() -> None:
    matches = ["http://id.nlm.nih.gov/mesh/D010024", "https://example.net/x", "http://purl.obolibrary.org/obo/MONDO_1"]
    triples = [*concept("a", "Alpha"), *(Triple(BASE + "a", SKOS.exactMatch, iri) for iri in matches)]
    triples += [Triple("https://example.net/x", SKOS.prefLabel, text("Porous bone"))]
    page = make_files(graph_of(triples))["a.html"].decode()
    assert f'<a href="{matches[0]}" rel="noreferrer">MeSH D010024</a>' in page
    assert ">Porous bone</a>" in page
    assert ">http://purl.obolibrary.org/obo/mondo.owl MONDO:1</a>" in page


def test_own_colours_are_used_if_they_can_be_read() -> None:
    css = make_files(graph_of([]), colours=["#8a1f5c", "#f5a9d0"])["site/assets/site.css"]
    assert css.endswith(b":root { --accent: light-dark(#8a1f5c, #f5a9d0); --a: var(--accent); }\n")
    assert css.startswith(make_files(graph_of([]))["site/assets/site.css"])
    for colours in (["#8a1f5c"], ["red", "#f5a9d0"], ["#8a1f5c", "#f5a9d0}"], ["#f5a9d0", "#f5a9d0"]):
        with pytest.raises(ConfigError, match=r"\[site\] colours"):
            make_files(graph_of([]), colours=colours)


def test_own_templates_replace_ours(tmp_path: Path) -> None:
    config = configure(templates="mine")
    config = replace(config, path=tmp_path / "rad2skos.toml")
    graph = graph_of(concept("a", "<i>Alpha</i>"))
    with pytest.raises(ConfigError, match="is no folder"):
        list(make_site(graph, {}, (), config))
    own = tmp_path / "mine"
    own.mkdir()
    (own / "404.html").write_text(
        "{% extends 'base.html' %}{% block title %}Mine{% endblock %}{% block content %}{{ site_title }}{% endblock %}",
        encoding="utf-8",
    )
    assert b"<title>Mine</title>" in dict(make_site(graph, {}, (), config))["404.html"]
    for attack in (
        "{{ ''.__class__.__mro__ }}",
        "{% include '../secret.html' %}",
        "{% include 'link.html' %}",
        "{{ nothing }}",
        "{% bad %}",
    ):
        (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
        (own / "link.html").unlink(missing_ok=True)
        (own / "link.html").symlink_to(tmp_path / "secret.html")
        (own / "404.html").write_text(attack, encoding="utf-8")
        with pytest.raises(ConfigError, match=r"the template .* cannot be used"):
            list(make_site(graph, {}, (), config))


def test_templates_lie_beside_the_configuration(tmp_path: Path) -> None:
    config = configure(templates="..")
    config = replace(config, path=tmp_path / "vault" / "rad2skos.toml")
    with pytest.raises(ConfigError, match="is no folder in"):
        list(make_site(graph_of([]), {}, (), config))


def test_changes_are_listed_by_release_the_newest_first() -> None:
    notes = {"a": ["1.2.0: renamed", "1.10.0: definition changed"], "b": ["1.10.0: new", "Deprecated: no note"]}
    triples = [t for name in notes for t in concept(name, name.upper())]
    triples += [Triple(BASE + name, SKOS.changeNote, text(note)) for name, found in notes.items() for note in found]
    files = make_files(graph_of(triples))
    page = files["site/changes.html"].decode()
    assert re.findall(r"<h2[^>]*>([\d.]+)", page) == ["1.10.0", "1.2.0"]
    assert page.count('<tr><th scope="row">') == 3
    assert "no note" not in page
    start = files["index.html"].decode()
    assert re.findall(r'class="note">([AB])</a>', start.partition("New in 1.10.0")[2].partition("</p>")[0]) == [
        "A",
        "B",
    ]


def test_a_concept_without_a_note_stands_in_the_folder_that_names_it() -> None:
    folder, a, b = f"{BASE}collection/folder/f", BASE + "a", BASE + "b"
    triples = [*concept("a", "Alpha"), *concept("b", "Beta", stub=True), *differential("a", "b", "Round")]
    triples += [Triple(folder, RDF.type, SKOS.Collection), Triple(folder, SKOS.prefLabel, text("Folder"))]
    triples += [Triple(folder, SKOS.member, a), Triple(a, RAD.note, Literal("f/A.md"))]
    piece = Evidence(Place("f/A.md", 3), (), "beta", "differential")
    files = make_files(graph_of(triples), {Triple(a, SKOS.related, b): (piece,)})
    assert b'collection/folder/f.html#stubs">1 named in these notes' in files["index.html"]
    assert b'<a href="../../b.html" class="stub"' in files["collection/folder/f.html"].partition(b'id="stubs"')[2]
    assert Page(files["b.html"]).links.count("collection/folder/f.html") == 1


def test_the_page_says_who_made_a_statement() -> None:
    a, b, place = BASE + "a", BASE + "b", Place("A.md", 3)
    triples = [*concept("a", "Alpha"), *concept("b", "Beta"), Triple(a, SKOS.altLabel, text("Al"))]
    triples += [Triple(a, SKOS.narrower, b), Triple(a, SKOS.related, b)]
    sources = {
        Triple(a, SKOS.altLabel, text("Al")): (Evidence(place, (), "Al", "aliases"),),
        Triple(a, SKOS.narrower, b): (Evidence(place, (), "beta", "list", 5, ("a list",), 0.8),),
        Triple(a, SKOS.related, b): (Evidence(place, (), "beta", "list", REVIEWED, ("a list",), 0.8),),
    }
    page = make_files(graph_of(triples), sources)["a.html"].decode()
    assert re.findall(r'data-name="By">(\w+)<', page) == ["author", "inferred", "reviewed"]


def test_an_empty_graph_has_a_site() -> None:
    check_links(make_files(graph_of([])))


def test_texts_stand_as_they_are() -> None:
    files = make_files(
        graph_of(
            [*concept("a", "Alpha"), *(Triple(BASE + "a", SKOS.scopeNote, text(t)) for t in (*NASTY, *ATTACKS) if t)]
        )
    )
    assert b"{{7*7}}" in files["a.html"]
    assert b"49" not in files["a.html"]


def test_data_hold_names_as_values() -> None:
    files = make_files(graph_of(hostile_triples()))
    for path, content in files.items():
        if path.startswith("site/data/"):
            assert b'"__proto__":' not in content
