"""`rad2skos validate` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from skosify_rad.cli.validate import command
from skosify_rad.model.diagnostics import ConfigError, InputError

PREFIX = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix : <http://example.org/> .\n"
FAULTY = ':a skos:broader :b ; skos:prefLabel "A"@en .\n:b skos:broader :a ; skos:prefLabel "B"@en , "C"@en .\n'


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "v.ttl"
    path.write_text(PREFIX + FAULTY, encoding="utf-8")
    return str(path)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_findings_have_lines_and_exit_code_1(file: str) -> None:
    code, text = run(file)
    assert code == 1
    assert f"{file}:4:46: error RAD512 second-preferred-label" in text
    assert "standard:                     1" in text
    assert "not checked:" in text


@pytest.mark.parametrize("engine", ["pyshacl-core", "pyshacl"])
def test_an_engine_finds_the_same_and_lists_what_it_cannot_check(file: str, engine: str) -> None:
    code, text = run(file, "--engine", engine)
    assert code == 1
    assert "RAD512" in text
    assert f"not covered by the shapes of {engine}" in text


def test_fail_on_select_and_quiet(file: str) -> None:
    assert run(file, "--fail-on", "never")[0] == 0
    assert run(file, "--select", "cyclic-hierarchy")[0] == 0
    assert run(file, "--select", "cyclic-hierarchy", "--for", "skosmos")[0] == 1
    assert run(file, "--quiet") == (1, "")


def test_a_baseline_counts_only_what_is_new(file: str, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    before.write_text(run(file, "--report", "json")[1], encoding="utf-8")
    assert run(file, "--baseline", str(before))[0] == 0
    with Path(file).open("a", encoding="utf-8") as stream:
        stream.write(":a skos:related :b .\n")
    code, text = run(file, "--baseline", str(before))
    assert code == 1
    assert "2 new, 0 fixed" in text


def test_a_fix_is_a_patch_until_it_is_written(file: str, tmp_path: Path) -> None:
    out = tmp_path / "fixed.ttl"
    _, patch = run(file, "--fix", "cyclic-hierarchy")
    assert "# cyclic-hierarchy:" in patch
    assert "\n- <http://example.org/" in patch
    assert not out.exists()
    run(file, "--fix", "cyclic-hierarchy", "--out", str(out))
    found = json.loads(run(str(out), "--report", "json", "--fail-on", "never")[1])
    assert "cyclic-hierarchy" not in {row["slug"] for row in found["diagnostics"]}
    assert Path(file).read_text(encoding="utf-8") == PREFIX + FAULTY


def test_out_without_fix_is_refused(file: str) -> None:
    with pytest.raises(ConfigError, match="needs --fix"):
        run(file, "--out", "x.ttl")


@pytest.mark.parametrize(
    "text",
    ["", "<http://e/a> <http://e/b> <http://e/c> .", "<http://e/a> a <https://www.w3.org/2004/02/skos/core#Concept> ."],
)
def test_nothing_to_check_is_not_clean(text: str, tmp_path: Path) -> None:
    path = tmp_path / "v.ttl"
    path.write_text(text, encoding="utf-8")
    code, report = run(str(path))
    assert code == 1
    assert "RAD571 no-skos" in report


def test_names_may_be_joined_by_commas(file: str) -> None:
    report = json.loads(run(file, "--select", "RAD512, cyclic-hierarchy,", "--report", "json")[1])
    assert {d["code"] for d in report["diagnostics"]} == {"RAD512", "RAD550"}
    assert "annif" in run(file, "--for", "skosmos,fhir")[1]


def test_an_input_is_never_overwritten(file: str) -> None:
    before = Path(file).read_bytes()
    with pytest.raises(ConfigError, match="name another file"):
        run(file, "--fix", "cyclic-hierarchy", "--out", file)
    assert Path(file).read_bytes() == before


def test_checking_has_a_time_limit(tmp_path: Path) -> None:
    names = [f"e:c{number}" for number in range(150)]
    clique = "".join(f"{one} skos:broader {', '.join(names)} ; skos:related {', '.join(names)} .\n" for one in names)
    (tmp_path / "v.ttl").write_text(f"{PREFIX}@prefix e: <http://e/> .\n{clique}", encoding="utf-8")
    with pytest.raises(InputError, match=r"v.ttl took longer than 0.01 s; raise --timeout"):
        run(str(tmp_path / "v.ttl"), "--timeout", "0.01")


@pytest.mark.parametrize("engine", ["pyshacl-core", "pyshifty-core"])
def test_an_iri_that_an_engine_does_not_read_is_one_line(engine: str, tmp_path: Path) -> None:
    (tmp_path / "v.ttl").write_text(f"{PREFIX}<http://e/a<b> a skos:Concept .\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"does not read the vocabulary: .*nvalid"):
        run(str(tmp_path / "v.ttl"), "--engine", engine)
