"""Branches that change different notes and both export merge in git, and the result is what a build writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from history import History

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


def test_branches_that_add_different_notes_merge(tmp_path: Path) -> None:
    history = History(tmp_path, tmp_path / "out")
    history.git("init", "-q", "-b", "main")
    history.put_all(NOTES)
    history.export()
    history.commit("Export")
    for name, note in (("one", CYST), ("two", SLING)):
        history.git("checkout", "-q", "-b", name, "main")
        history.put(*note)
        history.export()
        history.commit("Export")
    history.git("merge", "-q", "-m", "Merge", "one")  # raises on a conflict
    merged = {path.name: path.read_bytes() for path in history.out.iterdir()}
    history.export()
    built = {path.name: path.read_bytes() for path in history.out.iterdir()}
    assert {name for name in built if built[name] != merged[name]} <= {"validation.html", "validation.json"}  # totals
