"""Every rule's page matches the catalogue; its example has the finding, its fixed example does not.

An example consists of fenced blocks. ```` ```turtle ```` is a vocabulary (without prefixes); a line that ends in a
code, `# RAD512`, must have the finding. ```` ```markdown PATH ```` is a note, ```` ```toml ```` the configuration,
```` ```tsv PATH ```` a table,
```` ```symlink PATH TARGET ```` a symbolic link, ```` ```denied PATH ```` a file without read permission and
```` ```renamed OLD NEW ```` its new name; `%20` is a space. ```` ```findings ```` lists `PATH:LINE` of each expected
finding. A block marked `fixed` replaces the Turtle, or the note of the same path; the result must not have the finding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from skosify_rad.checks import CONSUMERS, NETWORK_SLUGS
from skosify_rad.checks.consumers import RESOURCE_SLUGS
from skosify_rad.checks.not_run import Scope, list_unchecked
from skosify_rad.checks.validate import validate
from skosify_rad.docs import read_page
from skosify_rad.graph.readers import read_vocabulary
from skosify_rad.model.catalogue import BY_SLUG, RULES
from skosify_rad.model.config import Config, read_config
from skosify_rad.pipeline import build

if TYPE_CHECKING:
    from pathlib import Path

    from skosify_rad.model.diagnostics import Diagnostic, Rule

PREFIXES = " ".join(
    f"PREFIX {prefix}: <{iri}>"
    for prefix, iri in {
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xl": "http://www.w3.org/2008/05/skos-xl#",
        "dct": "http://purl.org/dc/terms/",
        "owl": "http://www.w3.org/2002/07/owl#",
        "ex": "http://example.org/",
    }.items()
)
FENCE = re.compile(r"^(`{3,})(\w+)([^\n]*)\n(.*?)^\1[ ]*$", re.MULTILINE | re.DOTALL)
WITHOUT_EXAMPLE = {"house-shape", "possible-rename", "unwritable-term"} | RESOURCE_SLUGS
"""Rules whose page has no example; tests/outputs/test_writable.py, tests/concepts/test_register_gone.py,
tests/checks/test_conformance.py and test_fhir_checks.py test them."""


class Block(NamedTuple):
    """A fenced block of a page."""

    kind: str
    words: tuple[str, ...]
    text: str


def blocks_of(rule: Rule) -> list[Block]:
    page = read_page(f"rules/{rule.slug}")
    return [Block(m[2], tuple(m[3].split()), m[4]) for m in FENCE.finditer(page)]


def consumers_of(rule: Rule) -> tuple[str, ...]:
    return tuple(name for name, slugs in CONSUMERS.items() if rule.slug in slugs) if rule.code >= "RAD6" else ()


def check_turtle(text: str, folder: Path, rule: Rule) -> tuple[Diagnostic, ...]:
    file = folder / "example.ttl"
    file.write_text(f"{PREFIXES} {text}", encoding="utf-8")
    vocabulary = read_vocabulary([str(file)])
    assert rule.slug in ("unreadable-file", "no-skos") or not vocabulary.diagnostics
    return (*validate(vocabulary.graph, vocabulary.places, Config(), consumers_of(rule)), *vocabulary.diagnostics)


def write_note(block: Block, root: Path) -> None:
    path = root / block.words[0].replace("%20", " ")
    path.parent.mkdir(parents=True, exist_ok=True)
    if block.kind == "symlink":
        target = (path.parent / block.words[1]).resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("Elsewhere.\n", encoding="utf-8")
        path.symlink_to(target)
    elif block.kind == "renamed":
        path.rename(root / block.words[1].replace("%20", " "))
    else:
        encoding = next((w.partition("=")[2] for w in block.words if w.startswith("encoding=")), "utf-8")
        path.write_text(block.text, encoding=encoding)


def check_notes(blocks: list[Block], folder: Path) -> tuple[Diagnostic, ...]:
    root = folder / "vault"
    for block in blocks:
        if block.kind in ("markdown", "tsv", "denied", "symlink", "renamed"):
            write_note(block, root)
    settings = [block.text for block in blocks if block.kind == "toml"]
    if settings:
        (folder / "rad2skos.toml").write_text(settings[0], encoding="utf-8")
    config = read_config(folder / "rad2skos.toml" if settings else None)
    return build(root, config).diagnostics


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_page_matches_the_catalogue(rule: Rule) -> None:
    page = read_page(f"rules/{rule.slug}")
    assert page.startswith(f"# {rule.code} {rule.slug}\n\n{rule.summary}\n\n*{rule.severity}, {rule.kind.value}*\n")
    headings = re.findall(r"^## (What is wrong|Example|What to do)$", page, re.MULTILINE)
    has_example = rule.slug not in NETWORK_SLUGS | WITHOUT_EXAMPLE
    assert headings == ["What is wrong", *(["Example"] if has_example else []), "What to do"]
    source = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", page).partition("\nSource: ")[2]
    assert source == (f"{rule.source}.\n" if rule.source else "")
    for_consumers = re.findall(r"^Checked with `--for (.*)`\.$", page, re.MULTILINE)
    assert for_consumers == (["|".join(consumers_of(rule))] if consumers_of(rule) else [])


TURTLE = [rule for rule in RULES if any(b.kind == "turtle" for b in blocks_of(rule))]
NOTES = [rule for rule in RULES if any(b.kind == "findings" for b in blocks_of(rule))]


def test_every_rule_has_an_example() -> None:
    without = {rule.slug for rule in RULES} - {rule.slug for rule in (*TURTLE, *NOTES)}
    assert without <= NETWORK_SLUGS | WITHOUT_EXAMPLE


@pytest.mark.parametrize("rule", TURTLE, ids=lambda rule: rule.slug)
def test_turtle_example_gives_its_finding(rule: Rule, tmp_path: Path) -> None:
    blocks = blocks_of(rule)
    example = next(b.text for b in blocks if b.kind == "turtle" and "fixed" not in b.words)
    expected = [n for n, line in enumerate(example.splitlines(), 1) if line.endswith(f"# {rule.code}")]
    assert expected
    found = check_turtle(example, tmp_path, rule)
    assert [d.place.line for d in found if d.rule == rule] == expected
    fixed = next(b.text for b in blocks if b.kind == "turtle" and "fixed" in b.words)
    after = {d.rule.slug for d in check_turtle(fixed, tmp_path, rule)}
    assert rule.slug not in after
    assert after <= {d.rule.slug for d in found} | MAY_FOLLOW


MAY_FOLLOW = {"undocumented-concept", "orphan-concept", "one-way-relation", "no-outward-link", "concept-without-scheme"}
"""Rules about missing statements, which a resource added by the fixed example may violate."""


@pytest.fixture(autouse=True)
def _denied_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make reading a ```` ```denied ```` file fail, even if root runs the tests."""
    real = open

    def denying(path: str, mode: str = "r", encoding: str | None = None) -> object:
        if path in DENIED:
            raise PermissionError(13, "Permission denied", path)
        return real(path, mode, encoding=encoding)

    monkeypatch.setattr("skosify_rad.vault.notes.open", denying, raising=False)


DENIED: set[str] = set()


@pytest.mark.parametrize("rule", NOTES, ids=lambda rule: rule.slug)
def test_note_example_gives_its_finding(rule: Rule, tmp_path: Path) -> None:
    blocks = blocks_of(rule)
    before, after = tmp_path / "before", tmp_path / "after"
    DENIED.update(str(before / "vault" / b.words[0]) for b in blocks if b.kind == "denied")
    expected = next(b.text for b in blocks if b.kind == "findings").split("\n")[:-1]
    found = check_notes([b for b in blocks if "fixed" not in b.words and b.kind != "renamed"], before)
    assert sorted(f"{d.place.path}:{d.place.line}" for d in found if d.rule == rule) == sorted(expected)
    fixed = [b for b in blocks if "fixed" in b.words or b.kind == "renamed"]
    names = {b.words[0] for b in fixed if b.kind == "markdown"}
    kept = [b for b in blocks if b not in fixed and not (b.words and b.words[0] in names)]
    assert rule not in {d.rule for d in check_notes([*kept, *fixed], after)}


def test_network_rules_are_listed_as_not_checked() -> None:
    unchecked = {item.rule.slug for item in list_unchecked(Config(), Scope())}
    assert unchecked >= NETWORK_SLUGS
    assert {rule.slug for rule in map(BY_SLUG.__getitem__, unchecked)} == unchecked
