"""validate: selection, severities, places, consumers, exemptions, outward links and rules not checked."""

from __future__ import annotations

from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest
from loopback import serve
from skos_fixtures import parse_graph

from skosify_rad.checks import CHECKS, CONSUMERS
from skosify_rad.checks.exemptions import apply_exemptions, find_exemptions
from skosify_rad.checks.not_run import Scope, list_unchecked
from skosify_rad.checks.validate import (
    is_selected,
    merge,
    settle,
    validate,
    validate_links,
    validate_with_shapes,
)
from skosify_rad.graph.readers import read_vocabulary
from skosify_rad.model.catalogue import RULES
from skosify_rad.model.config import Checks, Config
from skosify_rad.model.diagnostics import ConfigError, Diagnostic, Place, Severity
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.statements import Evidence, Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EX = "http://example.org/"
FAULTY = ':a a skos:Concept ; skos:prefLabel "A"@en , "B"@en ; skos:related :b . :b skos:narrower :a .'


def configure(**checks: object) -> Config:
    return Config(checks=replace(Checks(), **checks))  # type: ignore[arg-type]


def slugs(found: tuple[Diagnostic, ...]) -> set[str]:
    return {d.rule.slug for d in found}


@pytest.mark.parametrize("word", ["second-preferred-label", "RAD512", "rad512", "RAD51", "standard"])
def test_select_and_ignore_take_codes_prefixes_classes_and_slugs(word: str, tmp_path: Path) -> None:
    graph = parse_graph(FAULTY, tmp_path)
    assert "second-preferred-label" in slugs(validate(graph, {}, configure(select=(word,))))
    assert "missing-label" not in slugs(validate(graph, {}, configure(select=(word,))))
    assert "second-preferred-label" not in slugs(validate(graph, {}, configure(ignore=(word,))))
    assert "missing-label" in slugs(validate(graph, {}, configure(ignore=(word,))))


def test_severity_is_configured_by_slug_or_code(tmp_path: Path) -> None:
    graph = parse_graph(FAULTY, tmp_path)
    found = validate(graph, {}, configure(severity={"RAD512": "info", "missing-label": "warning"}))
    levels = {d.rule.slug: d.level for d in found}
    assert levels["second-preferred-label"] is Severity.INFO
    assert levels["missing-label"] is Severity.WARNING
    assert levels["related-and-broader"] is Severity.ERROR


@pytest.mark.parametrize(
    "checks",
    [{"select": ("RAD9",)}, {"ignore": ("nonsense",)}, {"severity": {"x": "error"}}, {"severity": {"RAD512": "bad"}}],
)
def test_unknown_rules_and_severities_are_refused(checks: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        settle((), configure(**checks))


def test_every_finding_leads_to_its_note_line_and_words(tmp_path: Path) -> None:
    graph = parse_graph(FAULTY, tmp_path)

    def said(path: str, line: int, words: str) -> tuple[Evidence, ...]:
        return (Evidence(Place(path, line), ("Types",), words, "classification"),)

    sources = {
        Triple(EX + "a", SKOS.related, EX + "b"): said("A.md", 9, "B"),
        Triple(EX + "a", SKOS.broader, EX + "b"): said("B.md", 4, "A"),
        Triple(EX + "a", SKOS.prefLabel, Literal("B", "en")): said("A.md", 2, "aliases"),
    }
    found = {d.rule.slug: d for d in validate(graph, sources, Config())}
    conflict = found["related-and-broader"]
    assert (conflict.place, conflict.second, conflict.words) == (Place("A.md", 9), Place("B.md", 4), "B")
    assert found["second-preferred-label"].place == Place("A.md", 2)
    assert found["missing-label"].place == Place("B.md", 4)
    shapes = {d.rule.slug: d for d in validate_with_shapes(graph, sources, Config(), "pyshacl-core")}
    assert shapes["related-and-broader"].place == Place("A.md", 9)
    assert shapes["second-preferred-label"].place == Place("A.md", 2)


def test_shapes_add_nothing_to_what_the_code_found(tmp_path: Path) -> None:
    graph = parse_graph(FAULTY, tmp_path)
    code = validate(graph, {}, Config())
    assert merge(code, validate_with_shapes(graph, {}, Config(), "pyshacl-core")) == code


@pytest.mark.parametrize("consumer", CONSUMERS)
def test_consumers_make_their_rules_errors(consumer: str, tmp_path: Path) -> None:
    graph = parse_graph(":a skos:broader :b . :b skos:broader :a .", tmp_path)
    plain, asked = validate(graph, {}, Config()), validate(graph, {}, Config(), (consumer,))
    assert slugs(plain) <= slugs(asked)
    demanded = [d for d in asked if d.rule.slug in CONSUMERS[consumer]]
    assert demanded
    assert all(d.level is Severity.ERROR for d in demanded)


def test_unknown_consumer_and_engine_are_refused(tmp_path: Path) -> None:
    graph = parse_graph(FAULTY, tmp_path)
    with pytest.raises(ConfigError, match="unknown consumer"):
        validate(graph, {}, Config(), ("nobody",))
    with pytest.raises(ConfigError, match="unknown engine"):
        validate_with_shapes(graph, {}, Config(), "nothing")


def test_every_rule_has_a_check_or_is_listed_as_not_checked() -> None:
    checked = {slug for check in CHECKS for slug in check.slugs} | {"unreadable-file", "no-skos"}
    unchecked = {item.rule.slug for item in list_unchecked(Config(), Scope(vault=False))}
    assert {rule.slug for rule in RULES} <= checked | unchecked
    everything = list_unchecked(Config(), Scope(consumers=tuple(CONSUMERS), network=True, house=True))
    assert {item.rule.slug for item in everything} == {"missing-in-links", "unreadable-file", "no-skos"}


def test_rules_not_selected_or_not_covered_by_the_engine_are_not_checked() -> None:
    config = configure(select=("standard",))
    assert "missing-label" in {item.rule.slug for item in list_unchecked(config, Scope())}
    by_shapes = {i.rule.slug: i.reason for i in list_unchecked(Config(), Scope(vault=False, engine="pyshacl-core"))}
    assert by_shapes["orphan-concept"] == "not covered by the shapes of pyshacl-core"
    assert "overlapping-labels" in by_shapes
    assert "related-and-broader" not in by_shapes
    assert not is_selected(RULES[0], config.checks)


def test_a_comment_exempts_its_line_or_the_whole_note() -> None:
    text = "---\ntags: x\n---\n# A\n%% rad2skos: ignore RAD401 -- on its way %%\n\nText\n- y %% rad2skos: ignore %%"
    found = find_exemptions("A.md", text)
    assert found.note == {"RAD401"}
    assert found.lines == {8: {"*"}}
    rule = {r.slug: r for r in RULES}
    broken = Diagnostic(rule["broken-link"], Place("A.md", 7), "")
    empty = Diagnostic(rule["empty-section"], Place("A.md", 7), "")
    kept = apply_exemptions([broken, empty, replace(empty, place=Place("A.md", 8))], {"A.md": text})
    assert kept == (empty,)
    other = replace(broken, place=Place("B.md", 7))
    assert apply_exemptions([other], {"A.md": text, "B.md": "x"}) == (other,)


@pytest.mark.parametrize(
    ("text", "note", "lines"),
    [
        ("%%\nrad2skos: ignore RAD401\n%%\n# A\nText", {"RAD401"}, {}),
        ("Text\n- y %%\nrad2skos: ignore RAD401\n%%", set(), {2: {"RAD401"}, 3: {"RAD401"}, 4: {"RAD401"}}),
        ("Text %% rad2skos: ignore RAD401 -- 50% sure, 100 % %% more", set(), {1: {"RAD401"}}),
        ("One\x0cpage\u2028and\x85one\n\n- y %% rad2skos: ignore RAD401 %%", set(), {3: {"RAD401"}}),
        ("x %% rad2skos: ignore RAD401 %% y %% rad2skos: ignore RAD301 %%", set(), {1: {"RAD401", "RAD301"}}),
        ("%% seen %%\n\n---\n## B %% rad2skos: ignore RAD401 %%\ntext", {"RAD401"}, {}),
        ("%% rad2skos: ignore RAD401 %% text", set(), {1: {"RAD401"}}),
        ("---\na: b\n---\n\n%% rad2skos: ignore %%", {"*"}, {}),
    ],
)
def test_exemptions_stand_where_comments_may(text: str, note: set[str], lines: dict[int, set[str]]) -> None:
    found = find_exemptions("A.md", text)
    assert (set(found.note), {n: set(codes) for n, codes in found.lines.items()}) == (note, lines)
    assert not found.faults


class Answer(BaseHTTPRequestHandler):
    """Answers 200, 404, or 405 to HEAD and 200 to GET."""

    def do_HEAD(self) -> None:
        self.send_response({"/gone": 404, "/get": 405, "/private": 403}.get(self.path, 200))
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with serve(Answer) as address:
        yield address


def test_outward_links_are_followed_on_request(server: str, tmp_path: Path) -> None:
    matches = ", ".join(f"<{server}/{name}>" for name in ("gone", "get", "fine", "private"))
    graph = parse_graph(f":a skos:exactMatch {matches} , <http://127.0.0.1:1/nobody> .", tmp_path)
    found = validate_links(graph, {}, Config())
    assert [d.message.rpartition(" the address ")[2].partition(" (")[0] for d in found] == [
        "cannot be reached",
        "answers with 404",
    ]
    assert "broken-outward-link" not in slugs(validate(graph, {}, Config()))


def test_findings_about_a_whole_scheme_have_the_place_of_the_scheme(tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    path.write_text(
        f"@prefix skos: <{SKOS.NS}> .\n<http://e.org/s> a skos:ConceptScheme .\n"
        '<http://e.org/a> skos:prefLabel "A"@en ; skos:inScheme <http://e.org/s> ; skos:broader <http://e.org/b> .\n'
        '<http://e.org/b> skos:prefLabel "B"@fr ; skos:inScheme <http://e.org/s> .\n',
        encoding="utf-8",
    )
    vocabulary = read_vocabulary([str(path)])
    found = validate(vocabulary.graph, vocabulary.places, configure(select=("RAD537", "RAD564")))
    assert [(d.rule.code, d.place.path, d.place.line) for d in found] == [
        ("RAD537", str(path), 2),
        ("RAD564", str(path), 2),
    ]
