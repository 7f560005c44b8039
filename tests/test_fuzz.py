"""Whatever strangers' vaults, configurations and registers hold, the export keeps the standard and all files agree."""

from __future__ import annotations

import json
import os
import random
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hostile_vaults import BASE, NAMES, write_vault
from site_pages import check_injection, check_links

from skosify_rad import pipeline
from skosify_rad.checks.validate import validate, validate_with_shapes
from skosify_rad.model.config import Config, Scheme
from skosify_rad.model.diagnostics import InputError, RuleClass, Severity
from skosify_rad.outputs.site import make_site

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from skosify_rad.model.diagnostics import Diagnostic
    from skosify_rad.pipeline import Export

ROUNDS = int(os.environ.get("RAD2SKOS_FUZZ_ROUNDS", "200"))
"""Vaults, each built twice; for a longer run, RAD2SKOS_FUZZ_ROUNDS=20000 pytest tests/test_fuzz.py."""
IDENTIFIERS = (
    *("osteoma", "cyst", "scale", "grade-1", "a-b", "x1", "collection", "differential", "notation", "id", "type"),
    *("collection/scale", "collection/scale-in-order-2", "collection/list-of-osteoma", "collection/folder"),
)


def choose_config(chance: random.Random) -> Config:
    """Return one of the configurations that change what is written."""
    base = Config(scheme=Scheme(base=BASE, language=chance.choice(["en", "EN-gb", "zh-Hans"])))
    output = replace(base.output, stubs=chance.choice(["include", "exclude"]), folders=chance.choice([True, False]))
    return replace(base, output=output, hierarchy=replace(base.hierarchy, infer=chance.choice([True, False])))


def write_register(path: Path, chance: random.Random) -> None:
    """Write a register that another build may have left, or somebody else."""
    with path.open("w", encoding="utf-8", errors="surrogatepass") as file:
        for _ in range(chance.randrange(8)):
            entry = {
                "id": chance.choice(IDENTIFIERS),
                "label": chance.choice(NAMES),
                "state": chance.choice(["stub", "deprecated", "deprecated", "note"]),
                "replacedBy": [chance.choice([*IDENTIFIERS * 2, "../x", "x y", "#", ""])],
            }
            file.write(json.dumps(entry) + "\n")


def find_refused(found: Iterable[Diagnostic]) -> list[str]:
    """Return what the standard refuses among findings."""
    return [d.message for d in found if d.rule.kind is RuleClass.STANDARD and d.level is Severity.ERROR]


def check_files(export: Export, out: Path) -> None:
    """Turtle and JSON-LD say the same, without blank nodes; every triple of the evidence is in them."""
    turtle = set(ox.parse((out / "concepts.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    assert turtle == set(ox.parse((out / "concepts.jsonld").read_bytes(), format=ox.RdfFormat.JSON_LD))
    assert len(turtle) == len(export.graph)
    assert not any(isinstance(term, ox.BlankNode) for quad in turtle for term in (quad.subject, quad.object))
    assert set(export.sources) <= set(export.graph)
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


def check_site(export: Export, config: Config) -> None:
    """Every link leads somewhere, and no note's text became an element."""
    files = dict(make_site(export.graph, export.sources, export.diagnostics, config))
    check_links(files)
    check_injection(files)


def build(vault: Path, config: Config, out: Path) -> Export:
    """Build a vault, without its register if that is another vault's or names what is no identifier."""
    with suppress(InputError):
        export = pipeline.build(vault, config, out=out)
        if not export.foreign:
            return export
    (out / "register.jsonl").unlink()
    return pipeline.build(vault, config, out=out)


@pytest.mark.parametrize("first", range(0, ROUNDS, 50))
def test_no_vault_makes_an_export_that_the_standard_refuses(tmp_path: Path, first: int) -> None:
    for seed in range(first, min(first + 50, ROUNDS)):
        chance, folder = random.Random(seed), tmp_path / str(seed)  # noqa: S311 - to repeat it
        config, out = choose_config(chance), folder / "out"
        out.mkdir(parents=True)
        write_register(out / "register.jsonl", chance)
        for turn in (seed, seed + 1_000_000):  # the second time with more notes, and the first ones as known
            write_vault(folder / "vault", turn)
            export = build(folder / "vault", config, out)
            pipeline.write(export, out, config)
            assert find_refused(validate(export.graph, export.sources, config)) == [], f"seed {seed}"
            check_files(export, out)
    check_site(export, config)  # sampled, as what follows
    assert find_refused(validate_with_shapes(export.graph, export.sources, config)) == []  # a second opinion
