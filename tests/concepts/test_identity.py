"""Vaults that live for fifty versions: no identifier is lost, given to another thing, or gone without a trace."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from histories import CHANGES, World
from hypothesis import given, settings
from hypothesis import strategies as st

from skosify_rad.concepts.register_file import read_entries
from skosify_rad.model.config import Config

if TYPE_CHECKING:
    from histories import Change


@pytest.mark.parametrize("seed", [0, 1])
def test_fifty_versions_lose_no_identifier(seed: int, tmp_path: Path) -> None:
    world = World(tmp_path / "vault", tmp_path / "out", seed)
    world.grow(20)
    world.build()
    order = [*CHANGES] * 4
    world.random.shuffle(order)
    for change in order[:50]:
        world.step(change)
        world.grow(15)
    assert world.kept.total() >= 150
    assert not world.lost
    assert not world.stolen
    assert not world.vanished


@settings(max_examples=12)
@given(st.integers(0, 10**6), st.lists(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=5), max_size=5))
def test_no_history_gives_an_identifier_to_another_thing_or_drops_one(seed: int, versions: list[list[Change]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "vault", Path(folder) / "out", seed)
        world.grow(24)
        world.build()
        for changes in versions:
            for change in changes:
                world.change(change)
            world.build()
            world.grow(24)
        assert not world.stolen
        assert not world.vanished
        known = {entry.id for entry in read_entries(world.out / "register.jsonl")}
        base = Config().scheme.base
        assert {iri.removeprefix(base) for iri in world.seen} == known
