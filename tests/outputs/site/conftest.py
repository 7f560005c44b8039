"""The example's site, made once, and the browser that looks at it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_graphs import graph_of
from site_graphs import evidence_for, hostile_triples

from skosify_rad.model.config import Config, read_config
from skosify_rad.outputs.site import make_site, write_site
from skosify_rad.pipeline import Export, build

EXAMPLE = Path(__file__).parents[3] / "examples" / "vault"


@pytest.fixture(scope="session")
def example() -> tuple[Export, Config]:
    config = read_config(EXAMPLE / "rad2skos.toml")
    return build(EXAMPLE, config), config


@pytest.fixture(scope="session")
def example_site(example: tuple[Export, Config], tmp_path_factory: pytest.TempPathFactory) -> Path:
    export, config = example
    folder = tmp_path_factory.mktemp("example") / "site"
    write_site(folder, make_site(export.graph, export.sources, export.diagnostics, config))
    return folder


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "site"
    triples = hostile_triples()
    write_site(folder, make_site(graph_of(triples), evidence_for(triples), (), Config()))
    return folder
