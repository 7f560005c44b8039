"""Every recogniser's page: its examples, read by the whole pipeline, say what the page says, no more and no less.

An example is one or more fenced ```` ```markdown PATH ```` notes and ```` ```toml ```` settings, then
```` ```statements ```` with what this recogniser reads: `LINE property Subject -> Object`, the note's path and a colon
before the line where the example has several notes. ```` ```findings ```` may follow: `LINE slug`, the findings about
sections and front matter. `%20` in a path is a blank.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from reading import Reading

from skosify_rad.docs import page_names, read_page
from skosify_rad.extraction.recognisers import RULES
from skosify_rad.model.config import read_config
from skosify_rad.model.diagnostics import Stage
from skosify_rad.pipeline import build

if TYPE_CHECKING:
    from pathlib import Path

FENCE = re.compile(r"^(`{3,})(\w+)([^\n]*)\n(.*?)^\1[ ]*$", re.MULTILINE | re.DOTALL)
NAMES = [name for name in RULES if f"sections/{name}" in page_names()]  # `test_house` asks for all of them
ABOUT_MEANING = (Stage.SECTIONS,)
MORE_FINDINGS = {"invalid-mapping"}


class Example(NamedTuple):
    """One example of a page."""

    rule: str
    notes: dict[str, str]
    settings: str
    statements: list[str]
    findings: list[str]


def examples(rule: str) -> list[Example]:
    found: list[Example] = []
    notes: dict[str, str] = {}
    settings = ""
    for match in FENCE.finditer(read_page(f"sections/{rule}")):
        kind, words, text = match[2], match[3].split(), match[4]
        if kind == "markdown":
            notes[words[0].replace("%20", " ")] = text
        elif kind == "toml":
            settings = text
        elif kind == "statements":
            found.append(Example(rule, notes, settings, text.splitlines(), []))
            notes, settings = {}, ""
        elif kind == "findings":
            found[-1].findings.extend(text.splitlines())
    assert not notes, "notes without the statements they give"
    return found


def outcome(example: Example, folder: Path) -> tuple[list[str], list[str]]:
    """Return what the recogniser says of an example's notes, and what is found wrong."""
    root = folder / "vault"
    for path, text in example.notes.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    settings = folder / "rad2skos.toml"
    settings.write_text(example.settings, encoding="utf-8")
    export = build(root, read_config(settings), out=folder / "output")
    reading = Reading([], export.graph, export.sources, list(export.diagnostics))
    several = len(example.notes) > 1
    said = [f"{s.path}:{s}" if several else str(s) for s in reading.said(example.rule)]
    wrong = [d for d in export.diagnostics if d.rule.stage in ABOUT_MEANING or d.rule.slug in MORE_FINDINGS]
    places = [f"{d.place.path}:{d.place.line}" if several else str(d.place.line) for d in wrong]
    return said, [f"{place} {d.rule.slug}" for place, d in zip(places, wrong, strict=True)]


EXAMPLES = [(name, number) for name in NAMES for number in range(len(examples(name)))]


@pytest.mark.parametrize(("name", "number"), EXAMPLES, ids=[f"{name}-{number + 1}" for name, number in EXAMPLES])
def test_an_example_says_what_the_page_says(name: str, number: int, tmp_path: Path) -> None:
    example = examples(name)[number]
    said, findings = outcome(example, tmp_path)
    assert said == example.statements
    assert findings == example.findings


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_how_to_overrule_it_and_what_it_leaves_alone(name: str) -> None:
    page = read_page(f"sections/{name}")
    assert page.startswith(f"# {name}: ")
    for heading in ("What it reads", "What it leaves alone", "The last word is yours"):
        assert f"\n## {heading}\n" in page
    assert any(example.statements for example in examples(name))
    assert any(not example.statements for example in examples(name)), "no example of what is left alone"
