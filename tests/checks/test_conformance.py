"""The SHACL shapes run by default up to a size, agree with the checks in code, and may be joined by the user's own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skosify_rad import build, parse_config
from skosify_rad.checks import conformance
from skosify_rad.checks.conformance import MOST_CONCEPTS, choose_engine, run_conformance
from skosify_rad.checks.validate import merge, validate_with_shapes
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import ConfigError, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    from skosify_rad.graph.graph import Graph, SourceMap
    from skosify_rad.model.diagnostics import Diagnostic

EXAMPLE = Path(__file__).parents[2] / "examples" / "vault"
HOUSE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
[] a sh:NodeShape ; sh:targetClass skos:Concept ; sh:property
    [ sh:path skos:altLabel ; sh:maxCount 1 ; sh:severity sh:Warning ; sh:message "One other name at most." ] .
"""
NOTES = {"Gout.md": "---\naliases: [Podagra, Urate arthritis]\n---\nGout is an arthritis.\n"}


@pytest.fixture
def house(make_vault: Callable[..., Path]) -> Path:
    vault = make_vault(NOTES)
    (vault / "house.ttl").write_text(HOUSE, encoding="utf-8")
    (vault / "rad2skos.toml").write_text('[checks]\nshapes = ["house.ttl"]\n', encoding="utf-8")
    return vault


def test_code_and_shapes_agree_on_what_a_build_makes() -> None:
    export = build(EXAMPLE, Config())
    found = run_conformance(export.graph, export.sources, Config(), ("pyshacl-core", None)).found
    assert {finding.rule.slug for finding in found} == {"redundant-broader"}
    assert merge(export.diagnostics, found) == export.diagnostics


def test_above_the_size_they_run_only_when_asked_for() -> None:
    assert choose_engine("auto", MOST_CONCEPTS) == ("pyshacl-core", "")
    engine, reason = choose_engine("auto", MOST_CONCEPTS + 1)
    assert engine == ""
    assert "--shapes pyshacl-core" in reason
    assert choose_engine("pyshacl-core", MOST_CONCEPTS + 1) == ("pyshacl-core", "")


def test_build_says_that_the_graph_conforms_or_how_many_results(
    make_vault: Callable[..., Path], run: Callable[..., Result], tmp_path: Path
) -> None:
    vault = make_vault({"Gout.md": "Gout is an arthritis.\n"})
    assert "conforms to the SHACL shapes" in run("build", vault, "--out", tmp_path / "a").output
    assert "SHACL shapes: 5 results" in run("build", EXAMPLE, "--out", tmp_path / "b").output
    shown = run("build", vault, "--out", tmp_path / "c", "--shapes", "none").output
    assert "SHACL shapes: not run" in shown


def test_the_same_graph_is_not_validated_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export = build(EXAMPLE, Config())
    config = parse_config({"checks": {"ignore": ["redundant-broader"]}})
    kept = tmp_path / "kept"
    ran: list[str] = []

    def validate(graph: Graph, sources: SourceMap, config: Config, engine: str) -> tuple[Diagnostic, ...]:
        ran.append(engine)
        return validate_with_shapes(graph, sources, config, engine)

    monkeypatch.setattr(conformance, "validate_with_shapes", validate)
    monkeypatch.setattr(conformance, "find_environment", lambda settings, *_: str(settings))
    first, again = (run_conformance(export.graph, export.sources, config, ("pyshacl-core", kept)) for _ in range(2))
    assert first == again
    assert len(ran) == 1
    first = run_conformance(export.graph, export.sources, Config(), ("pyshacl-core", kept))
    assert len(ran) == 2
    assert first.found
    assert run_conformance(export.graph, export.sources, Config(), ("pyshacl-core", kept)) == first
    assert len(ran) == 2
    run_conformance(export.graph, {}, Config(), ("pyshacl-core", kept))
    assert len(ran) == 3
    kept.write_bytes(b"[1, 2")
    assert run_conformance(export.graph, export.sources, Config(), ("pyshacl-core", kept)) == first


def test_own_shapes_have_place_and_severity(house: Path, run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("check", house, "--select", "house-shape", "--fail-on", "warning")
    assert "Gout.md:1:1" in result.output.replace("\\", "/")
    assert "warning RAD590 house-shape: One other name at most." in result.output
    assert result.exit_code == 1
    built = run("build", house, "--out", tmp_path / "out")
    assert "house-shape" in built.output
    assert "house-shape" in (tmp_path / "out" / "validation.html").read_text(encoding="utf-8")
    assert {d.level for d in build(house, Config()).diagnostics} <= {Severity.INFO}
    vocabulary = tmp_path / "out" / "concepts.ttl"
    shown = run("validate", vocabulary, "--config", house / "rad2skos.toml", "--fail-on", "warning")
    assert re.search(r"concepts.ttl:\d+:\d+: warning RAD590 house-shape: One other name at most.", shown.output)
    assert shown.exit_code == 1
    assert "RAD590" not in run("validate", vocabulary).output


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("none.ttl", None, "is no file"),
        ("../outside.ttl", HOUSE, "is no file"),
        ("house.ttl", "no Turtle", "is not Turtle"),
        ("house.ttl", HOUSE + '[] <http://www.w3.org/ns/shacl#select> "SELECT * {}" .', "only SHACL Core"),
        ("house.ttl", HOUSE.replace("sh:maxCount 1", 'sh:maxCount "a"'), "pySHACL cannot run them"),
    ],
)
def test_bad_shapes_are_refused_in_one_line(house: Path, name: str, text: str | None, message: str) -> None:
    if text is not None:
        (house / name).write_text(text, encoding="utf-8")
    config = parse_config({"checks": {"shapes": [name]}}, house / "rad2skos.toml")
    export = build(house, config)
    with pytest.raises(ConfigError, match=message):
        run_conformance(export.graph, export.sources, config, ("pyshacl-core", None))
