"""`rad2skos show`: what each stage makes of one note."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict

import click

from skosify_rad.cli.options import BESIDE, CONFIG, VAULT_OPTION, find_vault, load_config
from skosify_rad.cli.run import build_export
from skosify_rad.diagnostics import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from typing_extensions import Unpack

    from skosify_rad.blocks import Block
    from skosify_rad.config import Config
    from skosify_rad.export import Export
    from skosify_rad.graph import Graph
    from skosify_rad.links import Links
    from skosify_rad.statements import Literal, Mention, Term
    from skosify_rad.vault import Note, Vault

EXAMPLES = """\
Examples:

\b
  rad2skos show ~/notes/MSK/Osteoporosis.md --stage blocks
  rad2skos show ~/notes/MSK/Osteoporosis.md --stage statements
  rad2skos show Osteoporosis --vault ~/notes
"""


class ShowOptions(TypedDict, total=False):
    """What the options of `show` hold."""

    vault: Path | None
    """`--vault`."""
    out: Path
    """`--out`."""
    config: Path | None
    """`--config`."""
    stage: str
    """`--stage`."""


@click.command("show", short_help="Show what each stage makes of one note.", epilog=EXAMPLES)
@click.argument("note")
@click.option(
    "--stage",
    type=click.Choice(["blocks", "candidates", "statements", "triples"]),
    default="triples",
    show_default=True,
    help="Which stage's result.",
)
@VAULT_OPTION
@BESIDE
@CONFIG
def command(note: str, **options: Unpack[ShowOptions]) -> None:
    """Show what each stage makes of NOTE, a path or a title; each line begins with the note's line.

    blocks: headings, paragraphs, lists and tables. candidates: every set of names that was weighed, with its signals,
    and each item taken or left. statements: what the recognisers read, in the note's words.
    triples: what goes into the graph.
    """
    path = Path(note)
    vault = options.get("vault") or find_vault(path if path.exists() else Path())
    if vault is None:
        if not path.is_file():
            raise InputError(f"{note}: no such note here; name its vault with --vault")
        vault = path.resolve().parent
    if options.get("stage") in _STAGES:
        lines = _show_reading(note, vault, options)
    else:
        export, _ = build_export(vault, {"config": options.get("config"), "out": options["out"], "quiet": True})
        lines = _triples(export, _find_note(export.vault, note))
    for line in lines:
        click.echo(line)


def _show_reading(word: str, root: Path, options: ShowOptions) -> Iterator[str]:
    """Return the lines on what is read of one note, for which the others need not be read."""
    from skosify_rad.links import Links  # noqa: PLC0415 - keeps --help fast
    from skosify_rad.vault import read_vault  # noqa: PLC0415 - as above

    config = load_config(root, {"config": options.get("config")})
    vault, _ = read_vault(root, config)
    return _STAGES[options["stage"]](_find_note(vault, word), Links(vault), config)


def _find_note(vault: Vault, word: str) -> Note:
    """Return the note that a path or title names."""
    path = Path(word)
    inside = path.resolve().relative_to(vault.root.resolve()) if _is_inside(path, vault.root) else path
    wanted = {inside.as_posix(), f"{inside.as_posix()}.md"}
    for note in vault.notes:
        if note.path in wanted or word.casefold() in (note.title.casefold(), note.name.casefold()):
            return note
    why = next((reason for skipped, reason in vault.skipped.items() if skipped in wanted), "")
    raise InputError(f"{word}: " + (f"the note was skipped: {why}" if why else f"no such note in {vault.root}"))


def _is_inside(path: Path, folder: Path) -> bool:
    return path.exists() and path.resolve().is_relative_to(folder.resolve())


def _blocks(note: Note, links: Links, config: Config) -> Iterator[str]:
    from skosify_rad.markdown import parse_blocks  # noqa: PLC0415 - keeps --help fast

    del links, config
    yield f"role: {note.role.value}"
    for block in parse_blocks(note.text, note.body_start):
        yield from _outline(block, 0)


def _outline(block: Block, depth: int) -> Iterator[str]:
    """Yield a block and what is nested in it, one line each."""
    from skosify_rad.blocks import Heading, Item, ListBlock, Quote, Table  # noqa: PLC0415 - as above

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
    from skosify_rad.extract import read_note  # noqa: PLC0415 - as above
    from skosify_rad.vocab import curie  # noqa: PLC0415 - as above

    for statement in read_note(note, links, config)[0]:
        said = statement.object if isinstance(statement.object, str) else _mention(statement.object)
        remark = f"  [{statement.remark}]" if statement.remark else ""
        yield (
            f"{statement.place.line:>5}  {_mention(statement.subject)}  {curie(statement.predicate)}  "
            f"{said}{remark}  ({statement.rule})"
        )


def _candidates(note: Note, links: Links, config: Config) -> Iterator[str]:
    from skosify_rad.extract import read_fully  # noqa: PLC0415 - as above

    yield f"role: {note.role.value}, title: {note.title}"
    for found in read_fully(note, links, config)[0].decisions:
        sign = "+" if found.accepted else "-"
        signals = _signals(found.signals)
        announced = f"  ({found.announced.purpose.value} announced)"
        yield f"{sign} {found.score:5.2f}  {found.form} below {_mention(found.parent)}{announced}  {signals}"
        for item in found.items:
            left = "+" if item.taken and found.accepted else "-"
            names = ", ".join(name.words + (f" -> {name.link}" if name.link else "") for name in item.entry.names)
            said = f"  [{item.remark[:60]}]  {_signals(item.signals)}"
            yield f"  {item.block.line:>5} {left} {item.score:5.2f}  {names}{said}"


def _signals(signals: Mapping[str, float]) -> str:
    return " ".join(f"{name}={float(value):.2g}" for name, value in signals.items() if value and name != "set")


def _mention(mention: Mention) -> str:
    """Return a name as written, with the link it carries."""
    return f"{mention.words!r}" + (f" -> {mention.link}" if mention.link else "")


def _triples(export: Export, note: Note) -> Iterator[str]:
    from skosify_rad.vocab import curie  # noqa: PLC0415 - as above

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
    """Return how a term is best named to a reader: a literal in quotes, a resource by its label, else by its IRI."""
    from skosify_rad.statements import Literal as LiteralTerm  # noqa: PLC0415 - as above
    from skosify_rad.vocab import SKOS, curie  # noqa: PLC0415 - as above

    if isinstance(term, LiteralTerm):
        return f'"{term.value}"' + (f"@{term.language}" if term.language else "")
    labels: list[Literal] = [label for label in graph.objects(term, SKOS.prefLabel) if isinstance(label, LiteralTerm)]
    return labels[0].value if labels else curie(term)


_STAGES: Final = {"blocks": _blocks, "candidates": _candidates, "statements": _statements}
"""Stages that one note goes through alone."""
