r"""Invented vaults with the texture of real ones, of any size, the same every time for one seed.

Measured on real vaults of radiology notes and imitated here: 2.7 kB a note, 8 links a note written
`[[path\|Title]]`, a classification in a third of the notes, a differential in two thirds (half of them tables),
nested bullets, callouts in a fifth, a forest eight deep, folders four deep; a few links that lead nowhere, twin names,
cycles and differentials among relatives, since real vaults have them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final

MAX_DEPTH: Final = 8
"""The forest's levels."""

_MODIFIERS: Final = (
    "",
    *"Benign Malignant Juvenile Chronic Acute Diffuse Focal Solitary Primary Recurrent Cystic Sclerosing".split(),
    *"Papillary Infantile Paraneoplastic".split(),
)
_SITES: Final = (
    "tibial femoral humeral radial ulnar pelvic sacral vertebral cranial orbital sinonasal laryngeal thyroid thymic"
    " bronchial pleural cardiac aortic oesophageal gastric duodenal ileal colonic rectal hepatic biliary pancreatic"
    " splenic renal ureteric vesical adrenal ovarian uterine testicular prostatic mammary cutaneous meningeal pituitary"
).split()
_STEMS: Final = (
    "chondr oste fibr angi lip myx leiomy rhabdomy neur gli mening ependym schwann aden cyst lymph haemangi synovi"
    " thym hepat nephr blast carcin melan plasmacyt histiocyt xanth elast desm mesotheli germin terat dermat epitheli"
    " arthr myel encephal vascul granul amyl"
).split()
_ENDINGS: Final = ("oma", "osarcoma", "osis", "oblastoma", "opathy", "itis", "odysplasia", "omatosis")
_QUALIFIERS: Final = "Central|Peripheral|Clear cell|Conventional|Dedifferentiated|Type I|Type II|Grade 1".split("|")
_TOPICS: Final = "MSK Neuro Chest Abdomen Breast Paediatrics Vascular Head-and-neck Physics Cardiac".split()
_WORDS: Final = (
    "lesion margin cortex medulla signal enhancement oedema mass nodule calcification lucency sclerosis septation wall"
    " matrix marrow periosteum effusion density attenuation restriction diffusion echo shadow vessel flow capsule"
    " necrosis haemorrhage fluid level extension invasion displacement thickening contour lobulation homogeneous"
    " heterogeneous hyperintense hypointense isointense peripheral central rim early late delayed often rarely"
    " typically usually well ill defined thin thick small large on with without in of after before young adult older"
    " patients"
).split()
_SIGNS: Final = "Rim enhancement|Cortical breach|Fluid level|Soft-tissue mass|Calcified matrix|Marrow oedema".split("|")


@dataclass(slots=True)
class _Plan:
    """A note before it is written."""

    number: int
    title: str
    path: str
    depth: int
    parent: "_Plan | None"
    children: "list[_Plan]" = field(default_factory=list)

    @property
    def link(self) -> str:
        """Return the link to it as Obsidian writes it in a garden."""
        return f"[[{self.path[:-3]}\\|{self.title}]]"


def write_vault(folder: Path, notes: int, seed: int = 1) -> Path:
    """Write a vault of so many notes into a folder that is not there yet; return the folder."""
    for path, text in build_notes(notes, seed):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def build_notes(notes: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield the vault path and the text of every note."""
    plans = _plan_forest(notes, seed)
    for plan in plans:
        yield plan.path, _Writer(plan, plans, Random(f"{seed}-{plan.number}")).write()  # noqa: S311 - to be repeated


def make_name(number: int) -> str:
    """Return the name of a thing; no two numbers below 204,800 share one.

    >>> make_name(1) != make_name(2)
    True
    """
    size = len(_MODIFIERS) * len(_SITES) * len(_STEMS) * len(_ENDINGS)
    rest = number * 57_797 % size  # prime to the size, so that neighbours differ in all their parts
    rest, modifier = divmod(rest, len(_MODIFIERS))
    rest, site = divmod(rest, len(_SITES))
    rest, stem = divmod(rest, len(_STEMS))
    words = f"{_MODIFIERS[modifier]} {_SITES[site]} {_STEMS[stem]}{_ENDINGS[rest]}".strip()
    return words[0].upper() + words[1:]


def _plan_forest(notes: int, seed: int) -> list[_Plan]:
    """Lay out the notes depth first; each goes below the last one of the level above it."""
    random = Random(f"{seed}-forest")  # noqa: S311 - to be repeated
    plans: list[_Plan] = []
    last: dict[int, _Plan] = {}
    depth = 0
    for number in range(notes):
        parent = last.get(depth - 1) if depth else None
        title = make_name(number)
        if number % 500 == 499 and parent:  # noqa: PLR2004 - two notes of one name, in two folders
            title = plans[number // 2].title
        above = parent.path.split("/")[:-1] if parent else ["Notes", random.choice(_TOPICS)]
        folders = [*above, parent.title] if parent and depth < 3 else above  # noqa: PLR2004 - folders end there
        plan = _Plan(number, title, "/".join((*folders, title + ".md")), depth, parent)
        if parent:
            parent.children.append(plan)
        plans.append(plan)
        last[depth] = plan
        depth = min(MAX_DEPTH - 1, max(0, depth + random.choice((1, 1, 1, 0, 0, 0, -1, -1, -2))))
    return plans


class _Writer:
    """Writes one note."""

    def __init__(self, plan: _Plan, plans: list[_Plan], random: Random) -> None:
        self._plan = plan
        self._plans = plans
        self._random = random

    def write(self) -> str:
        """Return the text."""
        parts = [self._front_matter(), self._overview(), self._bullets("Epidemiology", 2)]
        if self._plan.children:
            parts.append(self._classification())
        parts.append("## Imaging Features")
        parts += [self._bullets(name, 3, "###") for name in ("X-ray", "CT", "MRI")]
        if self._random.random() < 0.4:  # noqa: PLR2004 - shares measured on real vaults, here and below
            parts.append(self._signs())
        if self._random.random() < 2 / 3:
            parts.append(self._differential())
        parts.append(self._bullets("Management", 2))
        if self._random.random() < 0.2:  # noqa: PLR2004
            parts.append(f"> [!tip] Pearls\n> {self._sentence()}\n> - {self._sentence()}")
        parts.append(self._bullets("Reporting Tips", 2))
        return "\n".join(parts) + "\n"

    def _front_matter(self) -> str:
        plan, random = self._plan, self._random
        values: dict[str, object] = {
            "dg-publish": True,
            "dg-path": plan.path,
            "permalink": "/" + plan.path[:-3].lower().replace(" ", "-") + "/",
        }
        if random.random() < 0.2:  # noqa: PLR2004
            values["aliases"] = [f"{plan.title.split()[-1].capitalize()} of type {plan.number}"]
        if random.random() < 0.5:  # noqa: PLR2004
            values["updated"] = f"2025-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}T09:30:00.000+07:00"
        return f"---\n{json.dumps(values)}\n---\n"

    def _overview(self) -> str:
        title = self._plan.title
        noun = title.split()[-1]
        return f"## Overview\n- **{title}** is a {noun} of the {self._random.choice(_SITES)} {self._sentence()}"

    def _bullets(self, heading: str, count: int, level: str = "##") -> str:
        lines = [f"{level} {heading}"]
        depth = 0
        for _ in range(count):
            lines.append("\t" * depth + f"- {self._sentence()}")
            depth = min(2, max(0, depth + self._random.choice((0, 0, 1, -1))))
        return "\n".join(lines)

    def _sentence(self) -> str:
        random = self._random
        words = random.choices(_WORDS, k=random.randrange(5, 12))
        if random.random() < 0.3:  # noqa: PLR2004
            words[0] = f"**{words[0]}**"
        if random.random() < 0.2:  # noqa: PLR2004 - so that a note has eight links in all
            words.append(f"({self._relative().link})" if random.random() < 0.97 else "[[No such note]]")  # noqa: PLR2004
        return " ".join(words)

    def _relative(self) -> _Plan:
        """Return another note: mostly a near one, sometimes one of the few that all notes link to."""
        random, plans = self._random, self._plans
        if random.random() < 0.1:  # noqa: PLR2004
            return plans[int(len(plans) ** random.random()) - 1]
        near = self._plan.number + random.randrange(-200, 200)
        return plans[near % len(plans)]

    def _classification(self) -> str:
        kinds = [child.link for child in self._plan.children[:30]]
        kinds += self._random.sample(_QUALIFIERS, k=self._random.randrange(3))
        if self._plan.parent and self._random.random() < 0.001:  # noqa: PLR2004 - a cycle
            kinds.append(self._plan.parent.link)
        if self._random.random() < 0.25:  # noqa: PLR2004
            rows = [f"| **{kind}** | {self._sentence()} |" for kind in kinds]
            return "\n".join(("## Classification\n", "| Type | Features |", "| --- | --- |", *rows))
        lines = ["## Classification"]
        for kind in kinds:
            lines.append(f"- **{kind}**: {self._sentence()}")
            lines += [f"\t- {self._sentence()}" for _ in range(self._random.randrange(2))]
        return "\n".join(lines)

    def _signs(self) -> str:
        rows = [f"| {s} | {self._sentence()} |" for s in self._random.sample(_SIGNS, k=3)]
        return "\n".join(("## Signs\n", "| Sign | Meaning |", "| --- | --- |", *rows))

    def _differential(self) -> str:
        random = self._random
        others = [o for o in islice(iter(self._relative, None), random.randrange(3, 7)) if o is not self._plan]
        if self._plan.parent and random.random() < 0.005:  # noqa: PLR2004 - a differential among relatives
            others.append(self._plan.parent)
        names = [
            o.link if random.random() < 0.7 else make_name(len(self._plans) + o.number)  # noqa: PLR2004
            for o in {o.number: o for o in others}.values()
        ]
        if random.random() < 0.5:  # noqa: PLR2004
            rows = [f"| **{name}** | {self._sentence()} |" for name in names]
            return "\n".join(("## Differential Diagnosis\n", "| Diagnosis | Key Differences |", "| --- | --- |", *rows))
        return "\n".join(("## Differential Diagnosis", *(f"- {name}: {self._sentence()}" for name in names)))
