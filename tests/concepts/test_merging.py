"""Branches that change different notes and both export merge in git, and the result is what a build writes."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from history import History

from skosify_rad.concepts.register_file import read_entries
from skosify_rad.model.namespaces import SKOS

if TYPE_CHECKING:
    from pathlib import Path

NOTES = {
    "Bone cyst.md": "Bone cyst is a cavity of bone.\n\n## Types\n- Simple\n- Aneurysmal\n",
    "Gout.md": "---\nupdated: 2025-05-01\n---\nGout is an arthropathy of crystals.\n",
    "Meningioma.md": "Meningioma is a tumour of the meninges.\n",
    "Silicosis.md": "Silicosis is a disease of inhaled dust.\n",
}
CYST = "Duplication cyst.md", "---\nupdated: 2026-02-01\n---\nDuplication cyst is a cyst of gut.\n\n- [[Gout]]\n"
SLING = "Pulmonary sling.md", "---\nupdated: 2026-03-01\n---\nPulmonary sling is a vascular anomaly.\n"


def branch(history: History, *notes: tuple[str, str]) -> None:
    """Let two branches add one note each, and export."""
    history.git("init", "-q", "-b", "main")
    history.put_all(NOTES)
    history.export()
    history.commit("Export")
    for name, note in zip(("one", "two"), notes, strict=True):
        history.git("checkout", "-q", "-b", name, "main")
        history.put(*note)
        history.export()
        history.commit("Export")


def read(history: History) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in history.out.iterdir()}


def test_branches_that_add_different_notes_merge(tmp_path: Path) -> None:
    history = History(tmp_path, tmp_path / "out")
    branch(history, CYST, SLING)
    history.git("merge", "-q", "-m", "Merge", "one")  # raises on a conflict
    merged = read(history)
    history.export()
    built = read(history)
    assert {name for name in built if built[name] != merged[name]} <= {"validation.html", "validation.json"}  # totals


def test_registers_merge_by_union_where_branches_add_lines_at_one_place(tmp_path: Path) -> None:
    history = History(tmp_path, tmp_path / "out")
    (tmp_path / ".gitattributes").write_text("register* merge=union\n", encoding="utf-8")
    branch(history, CYST, ("Duplex kidney.md", "Duplex kidney is a kidney with two ureters.\n"))
    ids = {entry.id for entry in read_entries(history.out / "register.jsonl")}
    with pytest.raises(subprocess.CalledProcessError):
        history.git("merge", "-q", "-m", "Merge", "one")
    conflicts = history.git("diff", "--name-only", "--diff-filter=U").split()
    assert conflicts
    assert not [path for path in conflicts if "register" in path]
    history.export()
    merged = {entry.id: entry for entry in read_entries(history.out / "register.jsonl")}
    assert merged.keys() == ids | {"duplication-cyst"}
    assert not any(entry.deprecated for entry in merged.values())


def test_decisions_of_two_branches_merge_by_union(tmp_path: Path) -> None:
    history = History(tmp_path, tmp_path / "out")
    history.git("init", "-q", "-b", "main")
    history.put_all(NOTES | {".gitattributes": "decisions.tsv merge=union\n"})
    head, line = "subject\tproperty\tobject\tdecision\tcomment\n", "bone-cyst\tnarrower\t{}-bone-cyst\t{}\t\n"
    history.put("decisions.tsv", head)
    for name, kind, verdict in (("one", "simple", "reject"), ("two", "aneurysmal", "accept")):
        history.git("checkout", "-q", "-b", name, "main")
        history.put("decisions.tsv", head + line.format(kind, verdict))
    history.git("merge", "-q", "-m", "Merge", "one")  # raises on a conflict
    export = history.export()
    base = "https://example.org/radiology/"
    assert export.graph.objects(base + "bone-cyst", SKOS.narrower) == (base + "aneurysmal-bone-cyst",)
    assert not [d for d in export.diagnostics if d.rule.slug == "unused-decision"]
