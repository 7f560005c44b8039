"""Vaults that a stranger wrote to break the export: names that collide, mappings onto our own IRIs, odd files."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

BASE: Final = "https://example.org/rad/"
NAMES: Final = (
    *("Osteoma", "osteoma", "Osteomas", "Östeoma", "Oste-oma", "Osteo ma", "OSTEOMA", "Osteoma (bone)", "Bone island"),
    *("Scale", "Scale, in order", "Scale in order", "scale-in-order", "Scale type", "Folder", "Folder x", "Collection"),
    *("Grade 1", "Grade I", "Type 2", "Stage IV", "1", "2", "I", "nil", "type", "id", "@id", "Osteoma--Cyst", "Cyst"),
    *(
        "骨",
        "ß",
        "ss",
        "ẞ",
        "ﬁbroma",
        "fibroma",
        "İ",
        "i̇",
        "e\u0301",
        "é",
        "Dž",
        "\u200b",
        "\u202eabc",
        "a\u2028b",
        "''",
    ),
    *("A" * 90, "A" * 91, "B " * 60, "<b>x</b>", 'say "x"', "back\\slash", "...", "-", "—", "5", "%", "{x}", "[x]"),
    *("<img src=x onerror=alert(1) class=injected>", '"><script class=injected>', "javascript:alert(1)", "{{7*7}}"),
)
TARGETS: Final = (
    *(BASE, f"{BASE}osteoma", f"{BASE}cyst", f"{BASE}scale", f"{BASE}collection/scale-in-order", BASE[:-1]),
    *(f"{BASE}collection/scale-in-order/1", f"{BASE}differential/osteoma--cyst", f"{BASE}collection/folder/folder"),
    *(
        "http://a.example/x",
        "http://a.example/y",
        "http://www.w3.org/2004/02/skos/core#Concept",
        f"{BASE}collection/scale",
    ),
    *("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil", "urn:x:y", "http://a.example/\u2028", "http://[x", "x:\ud800"),
    *(f"{BASE}collection/folder", f"{BASE}bone-island", f"{BASE}collection/bone-tumours", f"{BASE}grade-1"),
)
FOLDERS: Final = (
    "",
    "",
    "Folder",
    "folder",
    "Fol-der",
    "Fol der",
    "x",
    "Folder/x",
    "骨",
    "ß",
    "01 Folder",
    "Folder!",
    "!",
)
TITLES: Final = ("{}", "List of {}", "{} signpost", "{} classification", "{} grading", "{}, in order", "Types of {}")
LINES: Final = (
    "{} is a benign tumour of bone, also known as {}.",
    "## Types\n- {}\n- [[{}]]: dense\n  - {}\n  - {}",
    "## Classification\n- Grade 1: {}\n- Grade 2: {}\n- Grade 3",
    "## Classification\n1. Type I: {}\n2. Type II: {}\n3. Type III",
    "## Grading\n- Grade 3\n- Grade 2\n- Grade 1",
    "## Staging\n| Stage | Finding |\n|---|---|\n| I | {} |\n| II | {} |\n| IV | {} |",
    "## Differential diagnosis\n- [[{}]]: older patients\n- {} ({})\n- [[{}|{}]]",
    "## Classification by {}\n### {}\n- {}\n- {}",
    "| Diagnosis | {} |\n| --- | --- |\n| {} | fat |",
    "- [[{}]]\n- [[{}]]\n- [[{}]]",
    "{} (**{}**) vs {}",
    "%% rad2skos: note {} %%",
    "%% rad2skos: section classification %%\n- {}",
)
MAPPINGS: Final = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
RELATIONS: Final = ("broader", "narrower", "related")


def write_vault(folder: Path, seed: int) -> None:
    """Write the vault of a seed."""
    chance = random.Random(seed)  # noqa: S311 - to repeat it
    few = chance.choices(NAMES, k=chance.choice([3, 6, 12]))  # few names meet often
    for _ in range(chance.randrange(2, 9)):
        title = chance.choice(TITLES).format(chance.choice(few)).replace("/", "").replace("\0", "")[:70]
        path = folder / chance.choice(FOLDERS) / f"{title}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write_note(chance, few), encoding="utf-8", errors="surrogatepass")


def write_note(chance: random.Random, names: list[str]) -> str:
    """Return the text of a note."""
    front: dict[str, object] = {}
    if chance.random() < 0.6:
        front["aliases"] = chance.choices(names, k=2)
    for key in MAPPINGS:
        if chance.random() < 0.3:
            front[key] = chance.choices(TARGETS, k=chance.choice([1, 2]))
    for key in RELATIONS:
        if chance.random() < 0.2:
            front[key] = [f"[[{name}]]" for name in chance.choices(names, k=2)]
    if chance.random() < 0.1:
        front["title"] = chance.choice(names)
    if chance.random() < 0.1:
        front["permalink"] = f"/{chance.choice(names)}/"
    head = f"---\n{json.dumps(front)}\n---\n" if front else ""
    lines = (chance.choice(LINES) for _ in range(chance.randrange(1, 6)))
    return head + "\n\n".join(line.format(*chance.choices(names, k=6)) for line in lines) + "\n"
