"""Reports: every format holds every finding and the rules not checked; text from notes cannot inject anything."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest
import rdflib

from skosify_rad.checks.not_run import Scope, list_unchecked
from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import ConfigError, Diagnostic, InputError, Place, Severity
from skosify_rad.outputs.reports import (
    FORMATS,
    Report,
    compare,
    find_base,
    fingerprint_all,
    make_line_reader,
    read_baseline,
    render,
)

NASTY = "<script>alert(1)</script> \"quoted\" 'single' & 100% \x1b[31m a,b:c ]]> \u202e \ud800 \x00"
FINDINGS = (
    Diagnostic(BY_SLUG["related-and-broader"], Place("A.md", 3, 5), "A is related to B", "Fix it.", Place("B.md", 2)),
    Diagnostic(BY_SLUG["ambiguous-link"], Place("A.md", 4), NASTY, NASTY, words=NASTY, subject="javascript:alert(1)"),
    Diagnostic(BY_SLUG["wanted-note"], Place(f"{NASTY}.md", 1), "Wanted", subject='http://example.org/x"><b>'),
)
REPORT = Report(FINDINGS, list_unchecked(Config(), Scope()))


def json_of(report: Report) -> dict[str, list[dict[str, object]]]:
    loaded: dict[str, list[dict[str, object]]] = json.loads(render(report, "json"))
    return loaded


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_holds_every_finding_and_what_was_not_checked(name: str) -> None:
    text = render(REPORT, name)
    for finding in FINDINGS:
        assert finding.rule.code in text
    assert "broken-outward-link" in text or "RAD568" in text
    text.encode("utf-8")
    assert render(REPORT, name) == text


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_report_is_a_report(name: str) -> None:
    assert "RAD" not in render(Report(()), name) or name == "sarif"


def test_only_lines_below_the_folder_are_read(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "A.md").write_bytes(b"one\r\ntwo\x0cand more\n")
    (tmp_path / "B.md").write_text("outside\n", encoding="utf-8")
    read_line = make_line_reader(tmp_path / "vault")
    assert [read_line("A.md", 2), read_line("A.md", 3), read_line("../B.md", 1), read_line("C.md", 1)] == [
        *("two\x0cand more", "", "", "")
    ]


def test_text_is_grouped_and_shows_line_hint_and_second_place(tmp_path: Path) -> None:
    (tmp_path / "A.md").write_text("one\ntwo\nthe third line\n", encoding="utf-8")
    text = render(Report(FINDINGS[:1], read_line=make_line_reader(tmp_path)), "text")
    assert text.splitlines()[:5] == [
        "A.md",
        "  A.md:3:5: error RAD513 related-and-broader: A is related to B",
        "      | the third line",
        "      see also B.md:2:1",
        "      → Fix it.",
    ]
    assert "standard:                     1" in text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_match_those_of_places(end: str, tmp_path: Path) -> None:
    (tmp_path / "A.md").write_bytes(f"a\x0cpage\u2028b\x85c{end}two{end}three".encode())
    assert make_line_reader(tmp_path)("A.md", 3) == "three"


def test_lines_outside_the_vault_are_not_shown(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    (vault / "folder").mkdir(parents=True)
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (vault / "folder" / "A.md").write_text("a", encoding="utf-8")
    (vault / "Inside.md").symlink_to(vault / "folder" / "A.md")
    (vault / "Outside.md").symlink_to(tmp_path / "secret")
    read = make_line_reader(vault)
    assert [read(name, 1) for name in ("Inside.md", "Outside.md", "../secret", str(tmp_path / "secret"))] == [
        "a",
        "",
        "",
        "",
    ]


def test_text_holds_no_terminal_escape_codes() -> None:
    assert all(c.isprintable() for c in render(REPORT, "text").replace("\n", ""))


def test_sarif_fits_its_schema(tmp_path: Path) -> None:
    schema = json.loads((Path(__file__).parents[1] / "fixtures" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    before = tmp_path / "before.json"
    before.write_text(render(Report(FINDINGS[:2]), "json"), encoding="utf-8")
    for report in (REPORT, Report(()), compare(REPORT, read_baseline(before))):
        document = json.loads(render(report, "sarif"))
        jsonschema.Draft202012Validator(schema).validate(document)
    assert len(document["runs"][0]["results"]) == len(FINDINGS)


def test_sarif_places_are_uris() -> None:
    for path in ('http://example.org/a b"<c>', "notes/100% sure: a, b.md", "_:f1-b1"):
        report = Report((Diagnostic(BY_SLUG["missing-label"], Place(path), "m"),))
        (result,) = json.loads(render(report, "sarif"))["runs"][0]["results"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9:/?#\[\]@!$&'()*+,;=._~-]|%[0-9A-F]{2})+", uri)
        assert uri.startswith("http://example.org/") == path.startswith("http")


def test_github_lines_are_one_command_each() -> None:
    lines = render(REPORT, "github").splitlines()
    assert len(lines) == len(FINDINGS) + 1
    assert lines[0].startswith("::error file=A.md,line=3,col=5,title=RAD513 related-and-broader::A is related to B%0A")
    assert all(re.match(r"::(error|warning|notice) ", line) for line in lines)


def test_junit_is_xml_with_failures_and_skips() -> None:
    root = ET.fromstring(render(REPORT, "junit"))  # noqa: S314 - our own output
    assert len(root.findall(".//failure")) == 2
    assert len(root.findall(".//skipped")) == len(REPORT.unchecked)


def test_shacl_report_is_a_graph_with_one_result_a_finding() -> None:
    graph = rdflib.Graph().parse(data=render(REPORT, "shacl"), format="turtle")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    assert len(set(graph.subjects(rdflib.RDF.type, sh.ValidationResult))) == len(FINDINGS)
    assert (None, sh.conforms, rdflib.Literal(False)) in graph  # noqa: FBT003 - an RDF literal
    severities = set(graph.objects(None, sh.resultSeverity))
    assert severities == {sh.Violation, sh.Warning, sh.Info}


def test_shacl_writes_file_names_as_literals() -> None:
    found = Diagnostic(BY_SLUG["unreadable-file"], Place("a/b:c d.ttl"), "m", subject="a/b:c d.ttl")
    graph = rdflib.Graph().parse(data=render(Report((found,)), "shacl"), format="turtle")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    assert list(graph.objects(None, sh.focusNode)) == [rdflib.Literal("a/b:c d.ttl")]


def test_html_opens_notes_in_obsidian_and_holds_the_rules_pages() -> None:
    finding = Diagnostic(BY_SLUG["broken-link"], Place("MSK/Bone & joint.md", 3), "“Gout” is no note.")
    page = render(Report((finding,), vault="My notes"), "html")
    assert 'href="obsidian://open?vault=My%20notes&amp;file=MSK%2FBone%20%26%20joint.md"' in page
    assert '<section data-folder="MSK">' in page
    assert '<option value="broken-link">broken-link (1)</option>' in page
    assert '<option value="MSK">MSK (1)</option>' in page
    assert '<a href="#broken-link"' in page
    assert '<details class="fold" id="broken-link">' in page
    assert "<h2>What to do</h2>" in page
    assert "obsidian:" not in render(Report((finding,)), "html")


def test_html_runs_nothing_but_its_own_script() -> None:
    page = render(REPORT, "html")
    assert page.count("<script") == 1
    assert "default-src 'none'" in page
    assert "script-src 'sha256-" in page
    assert "javascript:" not in re.sub(r"<code.*?</code>", "", page)
    assert "<b>" not in page
    assert not re.findall(r"""(?:src|href)=["'](?!http|#|obsidian://open)""", page)
    assert "https://" not in page.partition("<main>")[0]


def test_fingerprints_ignore_moved_lines_and_number_repetitions() -> None:
    moved = tuple(
        Diagnostic(d.rule, Place(d.place.path, d.place.line + 7), d.message, subject=d.subject) for d in FINDINGS
    )
    assert fingerprint_all(moved) == fingerprint_all(FINDINGS)
    assert len(set(fingerprint_all((FINDINGS[0], FINDINGS[0])))) == 2


def test_baseline_marks_new_fixed_and_known(tmp_path: Path) -> None:
    baseline = tmp_path / "before.json"
    baseline.write_text(render(Report(FINDINGS[:2]), "json"), encoding="utf-8")
    report = compare(Report(FINDINGS[1:]), read_baseline(baseline))
    assert report.new == frozenset({fingerprint_all(FINDINGS)[2]})
    assert [known.code for known in report.fixed] == ["RAD513"]
    assert "1 new, 1 fixed, 1 known" in render(report, "text")
    assert [row["state"] for row in json_of(report)["diagnostics"]] == ["known", "new"]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_new_fixed_and_known(name: str, tmp_path: Path) -> None:
    baseline = tmp_path / "before.json"
    baseline.write_text(render(Report(FINDINGS[:2]), "json"), encoding="utf-8")
    text = render(compare(Report(FINDINGS[1:]), read_baseline(baseline)), name)
    expected = {
        "text": ("1 new, 1 fixed, 1 known", "A is related to B"),
        "json": ('"state": "known"', '"state": "new"', "A is related to B"),
        "sarif": ('"unchanged"', '"new"', '"absent"'),
        "github": ("1 new, 1 fixed, 1 known", "::notice file=A.md,line=4"),
        "junit": ('<skipped message="known from the baseline',),
        "shacl": ('rad:state "known"', 'rad:state "new"', 'rad:fixed "A.md:3: RAD513'),
        "html": ("1 new, 1 fixed, 1 known", "Fixed (1)", "A is related to B"),
    }
    assert all(words in text for words in expected[name])
    if name == "junit":
        assert 'failures="0" skipped="1"' in text


def test_paths_are_relative_to_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my notes").mkdir()
    monkeypatch.chdir(tmp_path)
    assert [find_base(path) for path in (tmp_path, Path(), tmp_path.parent, Path("my notes"))] == [
        "",
        "",
        "",
        "my notes/",
    ]
    report = Report((*FINDINGS[:1], Diagnostic(BY_SLUG["no-outward-link"], Place("http://e/s"), "m")), base="my notes/")
    for name, words in {
        "text": ("my notes/A.md:3:5: error", "see also my notes/B.md:2:1", "  http://e/s: info"),
        "github": ("file=my notes/A.md,line=3", "See also my notes/B.md", "file=http%3A//e/s,"),
        "sarif": ('"my%20notes/A.md"', '"my%20notes/B.md"', '"http://e/s"'),
        "json": ('"path": "A.md"',),
    }.items():
        assert all(word in render(report, name) for word in words), name
    assert fingerprint_all(report.diagnostics[:1]) == fingerprint_all(FINDINGS[:1])


def test_a_changed_count_is_not_a_new_finding() -> None:
    rule = BY_SLUG["wanted-note"]

    def wanted(message: str) -> str:
        return fingerprint_all((Diagnostic(rule, Place("A.md"), message, subject="http://e/x"),))[0]

    assert wanted("“Type 2” is named in 2 notes (rank 1 of 9)") == wanted(
        "“Type 2” is named in 31 notes (rank 4 of 10)"
    )
    assert wanted("“Type 2” is named in 2 notes") != wanted("“Type 3” is named in 2 notes")


WRONG = '{"diagnostics": [{"fingerprint": [], "code": "RAD512", "path": "A.md", "line": 1, "message": "m"}]}'


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"diagnostics": [{}]}', "[" * 100_000, WRONG, WRONG.replace("[]", "1")]
)
def test_an_invalid_baseline_is_an_input_error(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="not a JSON report"):
        read_baseline(tmp_path / "x.json")
    with pytest.raises(InputError, match="cannot be read"):
        read_baseline(tmp_path / "nowhere.json")


def test_unknown_format_is_refused() -> None:
    with pytest.raises(ConfigError, match="unknown report format"):
        render(REPORT, "pdf")


def test_severities_are_counted() -> None:
    assert REPORT.severities == {Severity.ERROR: 1, Severity.WARNING: 1, Severity.INFO: 1}
