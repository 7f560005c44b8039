"""How much there is of everything."""

from __future__ import annotations

from pathlib import Path

from reading import read

from skosify_rad.outputs.summary import Counts, count
from skosify_rad.vault.notes import Vault


def test_everything_is_counted_once() -> None:
    reading = read(
        {
            "Bone/Gout.md": "---\naliases: [Podagra]\n---\nGout is an arthropathy caused by urate crystals.\n\n"
            "## Types\n- Acute\n- Chronic\n",
            "Bone/Pseudogout.md": "## Differential diagnosis\n- [[Gout]]: tophi\n- Septic arthritis: fever\n",
        }
    )
    vault = Vault(Path(), (), {"A.md": "too large", "B.md": "not published", "C.md": "not published"})
    assert count(vault, reading.graph) == Counts(
        notes_read=0,
        notes_skipped={"too large": 1, "not published": 2},
        concepts=5,
        stubs=3,
        broader=2,
        related=2,
        labels=5 + 1 + 2 + 1,  # preferred, alternative, hidden `Acute` and `Chronic`, and that of the folder
        definitions=1,
        collections=1,
    )
