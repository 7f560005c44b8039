"""Mappings from SSSOM files: accepted rows count, proposals wait, denied ones never become mappings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from skosify_rad.concepts import mapping_table
from skosify_rad.concepts.mapping_table import read_table, render_table
from skosify_rad.model.config import read_config
from skosify_rad.model.diagnostics import ConfigError, InputError
from skosify_rad.model.namespaces import SKOS
from skosify_rad.pipeline import build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from skosify_rad.pipeline import Export

HEAD = """\
# curie_map:
#   ACME: https://acme.example/term/
# license: https://creativecommons.org/licenses/by/4.0/
subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\treviewer_label
"""
CONFIG = """\
[scheme]
base = "https://example.org/bone/"
prefix = "bone"
[mappings]
files = ["maps/mappings.sssom.tsv"]
"""
HAND, LEXICAL = "semapv:ManualMappingCuration", "semapv:LexicalMatching"
GOUT = "https://example.org/bone/gout"
DOID = "http://purl.obolibrary.org/obo/DOID_13189"


def make_row(predicate: str = "skos:exactMatch", target: str = "DOID:13189", **more: str) -> str:
    cells = (more.get("subject", "bone:gout"), predicate, more.get("modifier", ""), target)
    return "\t".join([*cells, more.get("why", HAND), more.get("reviewer", "")]) + "\n"


@pytest.fixture
def build_with(make_vault: Callable[..., Path]) -> Callable[..., Export]:
    def make(*rows: str, front: str = "") -> Export:
        notes = {"Gout.md": f"---\n{front}\n---\nAn arthritis.", "maps/mappings.sssom.tsv": HEAD + "".join(rows)}
        vault = make_vault(notes, CONFIG)
        return build(vault, read_config(vault / "rad2skos.toml"))

    return make


def faults(export: Export) -> list[tuple[str, str, int]]:
    wanted = ("invalid-mapping", "unreviewed-mapping")
    return [(d.rule.slug, d.place.path, d.place.line) for d in export.diagnostics if d.rule.slug in wanted]


def test_a_row_becomes_a_mapping_whose_evidence_is_its_line(build_with: Callable[..., Export]) -> None:
    export = build_with(make_row(), make_row("skos:closeMatch", "ACME:7"))
    assert export.graph.objects(GOUT, SKOS.exactMatch) == (DOID,)
    assert export.graph.objects(GOUT, SKOS.closeMatch) == ("https://acme.example/term/7",)
    (evidence,) = next(e for t, e in export.sources.items() if t.predicate == SKOS.closeMatch)
    assert evidence.place[:2] == ("maps/mappings.sssom.tsv", 6)
    assert faults(export) == []


@pytest.mark.parametrize(
    "row",
    [
        make_row(target="DOID:gout"),
        make_row(target="NOPE:1"),
        make_row(target="javascript:alert(1)"),
        make_row(target=""),
        make_row("owl:equivalentClass"),
        make_row(subject="bone:nothing"),
        make_row(subject="http://elsewhere.example/gout"),
    ],
)
def test_a_wrong_row_is_reported_at_its_line_and_left_out(row: str, build_with: Callable[..., Export]) -> None:
    export = build_with(make_row("skos:closeMatch"), row)
    assert faults(export) == [("invalid-mapping", "maps/mappings.sssom.tsv", 6)]
    assert [t.object for t in export.graph if t.predicate.endswith("Match")] == [DOID]


def test_a_denied_mapping_is_none_wherever_it_is_stated(build_with: Callable[..., Export]) -> None:
    denial = make_row(modifier="Not", why=LEXICAL)
    export = build_with(denial, make_row(), front="exactMatch: DOID:13189")
    assert not [t for t in export.graph if t.predicate.endswith("Match")]
    assert faults(export) == [("invalid-mapping", "Gout.md", 2), ("invalid-mapping", "maps/mappings.sssom.tsv", 6)]
    assert {d.second[:2] for d in export.diagnostics if d.second} == {("maps/mappings.sssom.tsv", 5)}


def test_a_proposal_waits_for_a_reviewer(build_with: Callable[..., Export]) -> None:
    waiting = build_with(make_row(why=LEXICAL))
    assert not waiting.graph.objects(GOUT, SKOS.exactMatch)
    assert faults(waiting) == [("unreviewed-mapping", "maps/mappings.sssom.tsv", 5)]
    accepted = build_with(make_row(why=LEXICAL, reviewer="A. Radiologist"))
    assert accepted.graph.objects(GOUT, SKOS.exactMatch) == (DOID,)
    assert faults(accepted) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("subject_id\tobject_id\n", "lacks the columns predicate_id, mapping_justification"),
        ("# curie_map: [\n" + HEAD, "the head is not valid YAML"),
        (HEAD + "bone:gout\t" + "x" * 200_000, "is no table"),
    ],
)
def test_a_file_that_is_no_table_is_an_error(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "m.tsv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_table(file)


def test_files_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "m.tsv"
    with pytest.raises(InputError, match="no such file"):
        read_table(file)
    file.write_text(HEAD, encoding="utf-8")
    monkeypatch.setattr(mapping_table, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="larger than 10"):
        read_table(file)


def test_files_outside_the_folder_of_the_configuration_are_refused(make_vault: Callable[..., Path]) -> None:
    vault = make_vault({"Gout.md": "x"}, '[mappings]\nfiles = ["../../etc/passwd"]\n')
    with pytest.raises(ConfigError, match="is not in"):
        build(vault, read_config(vault / "rad2skos.toml"))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "m.tsv"
    row = {"subject_id": "a:b", "predicate_id": "skos:exactMatch", "object_id": "c:d", "mapping_justification": HAND}
    nasty = {**row, "object_label": 'says "so", and # more', "own_column": "kept"}
    file.write_bytes(render_table({"curie_map": {"a": "http://a.example/"}, "comment": "ä: #"}, [row, nasty]))
    table = read_table(file)
    assert table.metadata == {"curie_map": {"a": "http://a.example/"}, "comment": "ä: #"}
    assert [read for _, read in table.rows] == [row, nasty]
