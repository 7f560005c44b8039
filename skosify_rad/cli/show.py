"""`rad2skos show`: print the result of a stage of the pipeline for one note."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict

import click

from skosify_rad.cli.options import CONFIG, EARLIER_OUT, VAULT_OPTION, find_vault, load_config
from skosify_rad.cli.run import build_export
from skosify_rad.cli.terminal import echo
from skosify_rad.model.diagnostics import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from typing_extensions import Unpack

    from skosify_rad.graph.graph import Graph
    from skosify_rad.model.config import Config
    from skosify_rad.model.statements import Literal, Mention, Term
    from skosify_rad.pipeline import Export
    from skosify_rad.vault.links import Links
    from skosify_rad.vault.markdown.blocks import Block
    from skosify_rad.vault.notes import Note, Vault

EXAMPLES = """\
Examples:

\b
  rad2skos show ~/notes/MSK/Osteoporosis.md --stage blocks
  rad2skos show ~/notes/MSK/Osteoporosis.md --stage statements
  rad2skos show Osteoporosis --vault ~/notes
"""


class ShowOptions(TypedDict, total=False):
    """Values of the options of `show`."""

    vault: Path | None
    out: Path
    config: Path | None
    stage: str


@click.command("show", short_help="Show how one note is read.", epilog=EXAMPLES)
@click.argument("note")
@click.option(
    "--stage",
    type=click.Choice(["blocks", "candidates", "statements", "triples"]),
    default="triples",
    show_default=True,
    help="Stage whose result is printed.",
)
@VAULT_OPTION
@EARLIER_OUT
@CONFIG
def command(note: str, **options: Unpack[ShowOptions]) -> None:
    """Show how NOTE, a path or a title, is read. Each output line begins with the line number in the note.

    blocks: headings, paragraphs, lists and tables. candidates: every set of names that was considered, with its
    signals, and whether each item was accepted. statements: what the recognisers read, in the note's words.
    triples: the statements about concepts that go into the graph.
    """
    path = Path(note)
    vault = options.get("vault") or find_vault(path if path.exists() else Path())
    if vault is None:
        if not path.is_file():
            raise InputError(f"{note}: no such note here; give its vault with --vault")
        vault = path.resolve().parent
    if options.get("stage") in _STAGES:
        lines = _show_reading(note, vault, options)
    else:
        export, _ = build_export(vault, {"config": options.get("config"), "out": options["out"], "quiet": True})
        lines = _triples(export, _find_note(export.vault, note))
    for line in lines:
        echo(line)


def _show_reading(word: str, root: Path, options: ShowOptions) -> Iterator[str]:
    """Return the lines for a stage that does not need the other notes to be read."""
    from skosify_rad.vault.links import Links
    from skosify_rad.vault.notes import read_vault

    config = load_config(root, {"config": options.get("config")})
    vault, _ = read_vault(root, config)
    return _STAGES[options["stage"]](_find_note(vault, word), Links(vault), config)


def _find_note(vault: Vault, word: str) -> Note:
    """Return the note with this path or title."""
    path = Path(word)
    inside = path.resolve().relative_to(vault.root.resolve()) if _is_inside(path, vault.root) else path
    wanted = {inside.as_posix(), f"{inside.as_posix()}.md"}
    for note in vault.notes:
        if note.path in wanted or word.casefold() in (note.title.casefold(), note.name.casefold()):
            return note
    skipped = (r for p, r in vault.skipped.items() if p in wanted or Path(p).stem.casefold() == word.casefold())
    why = next(skipped, "")
    raise InputError(f"{word}: " + (f"the note was skipped: {why}" if why else f"no such note in {vault.root}"))


def _is_inside(path: Path, folder: Path) -> bool:
    return path.exists() and path.resolve().is_relative_to(folder.resolve())


def _blocks(note: Note, links: Links, config: Config) -> Iterator[str]:
    from skosify_rad.vault.markdown.parser import parse_blocks

    del links, config
    yield f"role: {note.role.value}"
    for block in parse_blocks(note.text, note.body_start):
        yield from _outline(block, 0)


def _outline(block: Block, depth: int) -> Iterator[str]:
    """Yield a line for a block and for each block nested in it."""
    from skosify_rad.vault.markdown.blocks import Heading, Item, ListBlock, Quote, Table

    kind = type(block).__name__.removesuffix("Block").lower()
    if isinstance(block, Heading):
        kind += f" {block.level}"
    elif isinstance(block, Quote) and block.callout:
        kind = f"callout {block.callout}"
    links = "".join(f"  -> {link.target or '#' + link.anchor}" for link in block.inline.links)
    text = " ".join(block.text.split())
    yield f"{block.line:>5}  {'  ' * depth}{kind}{': ' if text else ''}{text}{links}"
    inner: list[Block] = []
    if isinstance(block, ListBlock):
        inner = list(block.items)
    elif isinstance(block, (Item, Quote)):
        inner = block.children
    elif isinstance(block, Table):
        inner = [cell for row in (block.header, *block.rows) for cell in row]
    for child in inner:
        yield from _outline(child, depth + 1)


def _statements(note: Note, links: Links, config: Config) -> Iterator[str]:
    from skosify_rad.extraction.extract import read_note
    from skosify_rad.model.namespaces import curie

    for statement in read_note(note, links, config)[0]:
        said = statement.object if isinstance(statement.object, str) else _mention(statement.object)
        remark = f"  [{statement.remark}]" if statement.remark else ""
        yield (
            f"{statement.place.line:>5}  {_mention(statement.subject)}  {curie(statement.predicate)}  "
            f"{said}{remark}  ({statement.rule})"
        )


def _candidates(note: Note, links: Links, config: Config) -> Iterator[str]:
    from skosify_rad.extraction.extract import read_fully

    yield f"role: {note.role.value}, title: {note.title}"
    for found in read_fully(note, links, config)[0].decisions:
        sign = "+" if found.accepted else "-"
        signals = _signals(found.signals)
        announced = f"  ({found.announced.purpose.value} announced)"
        yield f"{sign} {found.score:5.2f}  {found.form} below {_mention(found.parent)}{announced}  {signals}"
        for item in found.items:
            left = "+" if item.accepted and found.accepted else "-"
            names = ", ".join(name.words + (f" -> {name.link}" if name.link else "") for name in item.entry.names)
            said = f"  [{item.remark[:60]}]  {_signals(item.signals)}"
            yield f"  {item.block.line:>5} {left} {item.score:5.2f}  {names}{said}"


def _signals(signals: Mapping[str, float]) -> str:
    return " ".join(f"{name}={float(value):.2g}" for name, value in signals.items() if value and name != "set")


def _mention(mention: Mention) -> str:
    """Return a name as written, with its link target if it has one."""
    return f"{mention.words!r}" + (f" -> {mention.link}" if mention.link else "")


def _triples(export: Export, note: Note) -> Iterator[str]:
    from skosify_rad.model.namespaces import curie

    rows = [
        (evidence.place.line, triple, evidence.rule)
        for triple in export.graph
        for evidence in export.sources.get(triple, ())
        if evidence.place.path == note.path
    ]
    for line, triple, rule in sorted(rows, key=lambda row: row[0]):
        yield (
            f"{line:>5}  {name_term(triple.subject, export.graph)}  {curie(triple.predicate)}  "
            f"{name_term(triple.object, export.graph)}  ({rule})"
        )


def name_term(term: Term, graph: Graph) -> str:
    """Return a readable name: the quoted text of a literal; the label of a resource, or else its IRI."""
    from skosify_rad.model.namespaces import SKOS, curie
    from skosify_rad.model.statements import Literal as LiteralTerm

    if isinstance(term, LiteralTerm):
        return f'"{term.value}"' + (f"@{term.language}" if term.language else "")
    labels: list[Literal] = [label for label in graph.objects(term, SKOS.prefLabel) if isinstance(label, LiteralTerm)]
    return labels[0].value if labels else curie(term)


_STAGES: Final = {"blocks": _blocks, "candidates": _candidates, "statements": _statements}
"""Stages that need one note only."""
