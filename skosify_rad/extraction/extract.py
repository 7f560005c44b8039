"""Notes -> Statements: run the recognisers over every note."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from skosify_rad.extraction.cache import ReadingCache
from skosify_rad.extraction.executors import NO_MEANS, Means, map_chunks
from skosify_rad.extraction.reader import Reader
from skosify_rad.extraction.readings import Reading
from skosify_rad.extraction.recognisers import read_blocks
from skosify_rad.extraction.source import prepare
from skosify_rad.model.catalogue import BY_SLUG
from skosify_rad.model.config import Config, Extraction
from skosify_rad.model.diagnostics import Diagnostic, Place
from skosify_rad.model.gc_pause import collector_held
from skosify_rad.model.statements import Statement
from skosify_rad.vault.links import Asking, Knowing, Links
from skosify_rad.vault.markdown.blocks import Block, ListBlock, Table, walk
from skosify_rad.vault.markdown.parser import MAX_DEPTH, parse_note
from skosify_rad.vault.notes import Note, Vault
from skosify_rad.vault.roles import Role

_LINK: Final = re.compile(r"\[\[(?<!!\[\[)(?P<target>[^\[\]\n|\\#]*)")
_ATTACHMENT: Final = re.compile(r"\.(?!md$)[a-z0-9]{2,5}$", re.IGNORECASE)


def extract(
    vault: Vault, links: Links, config: Config, means: Means = NO_MEANS
) -> tuple[list[Statement], list[Diagnostic]]:
    """Return what the notes say, in their own words, in the order of the notes; and what was wrong."""
    statements: list[Statement] = []
    diagnostics: list[Diagnostic] = []
    for note, reading in zip(vault.notes, _read_notes(vault, links.names, config, means), strict=True):
        statements += reading.statements
        diagnostics += reading.diagnostics
        if note.path in links.doubtful:  # one in eight
            diagnostics += check_links(note, links, vault.unpublished)
    return statements, diagnostics


def _read_notes(vault: Vault, names: frozenset[str], config: Config, means: Means) -> Iterator[Reading]:
    """Yield the reading of every note: kept ones where they still hold, the others made anew."""
    read = partial(read_chunk, names=names, extraction=config.extraction)
    if means.cache is None:
        yield from map_chunks(read, vault.notes, means)
        return
    cache = ReadingCache(means.cache, vault.root, config)
    kept = [cache.find(note, names) for note in vault.notes]
    made = map_chunks(read, [n for n, k in zip(vault.notes, kept, strict=True) if k is None], means)
    for note, found in zip(vault.notes, kept, strict=True):
        reading = found
        if reading is None:
            reading = next(made)
            cache.keep(note, reading)
        yield reading
    cache.write()


def read_chunk(notes: Sequence[Note], names: frozenset[str], extraction: Extraction) -> list[Reading]:
    """Read some notes; all that this depends on is given, so that it can be done elsewhere or be remembered."""
    config = Config(extraction=extraction)
    readings = []
    with collector_held():
        for note in notes:
            asking = Asking(names)
            statements, diagnostics = read_note(note, asking, config)
            readings.append(Reading(statements, diagnostics, frozenset(asking.known), frozenset(asking.unknown)))
    return readings


def read_note(note: Note, links: Knowing, config: Config) -> tuple[list[Statement], list[Diagnostic]]:
    """Return what one note says."""
    if note.role is Role.INDEX:
        return [], []
    reader, checked = read_fully(note, links, config)
    return reader.statements, [*reader.diagnostics, *checked]


def read_fully(note: Note, links: Knowing, config: Config) -> tuple[Reader, list[Diagnostic]]:
    """Return one note as it was read, with every decision; and what could not be read of it as it was drawn."""
    blocks, whole = parse_note(note.text[: note.body_start] + prepare(note.body), note.body_start)
    reader = read_blocks(note, blocks, links, config)
    return reader, [] if whole else [*_check_blocks(note, blocks)]


def _check_blocks(note: Note, blocks: list[Block]) -> Iterator[Diagnostic]:
    """Yield what could not be read of a note's lists and tables as it was drawn."""
    for block in walk(blocks):
        if isinstance(block, Table):
            for line in block.ragged:
                message = "The row has more cells than the table's header; what is too much was not read."
                hint = "Write \\| for a bar that parts no cells, or give the header another column."
                yield Diagnostic(BY_SLUG["ragged-table"], Place(note.path, line), message, hint)
        elif isinstance(block, ListBlock) and block.too_deep:
            message = f"Lists nest more than {MAX_DEPTH} deep; deeper ones were read as if they stood at that depth."
            yield Diagnostic(
                BY_SLUG["nesting-too-deep"], Place(note.path, block.line, block.column), message, "Nest less."
            )


def check_links(note: Note, links: Links, unpublished: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield a finding for each target of a note that leads nowhere or to several notes, at its first mention."""
    for target, place in iter_targets(note):
        resolved = links.resolve(target, note.path)
        name = target.rsplit("/", 1)[-1]
        if resolved.path and not (resolved.others and "/" not in target):
            continue
        if resolved.path:
            others = ", ".join((resolved.path, *resolved.others)) + (
                f" and {resolved.more} more" if resolved.more else ""
            )
            message = f"“{name}” fits {others}; {resolved.path} was accepted."
            hint = "Link with the folder, as Obsidian does when names clash."
            yield Diagnostic(BY_SLUG["ambiguous-link"], place, message, hint, words=target)
        elif name.casefold() in unpublished:
            yield Diagnostic(
                BY_SLUG["link-to-unpublished"], place, f"“{name}” is a note that is not published.", words=target
            )
        else:
            yield report_broken(target, place)


def report_broken(target: str, place: Place) -> Diagnostic:
    """Return the finding for a link that leads to no note."""
    message = f"“{target.rsplit('/', 1)[-1]}” is no note of this vault."
    hint = "Write the note, or mend the link; until then it is a candidate concept."
    return Diagnostic(BY_SLUG["broken-link"], place, message, hint, words=target)


def iter_targets(note: Note) -> Iterator[tuple[str, Place]]:
    """Yield the targets of a note's links, attachments apart, each where it stands first."""
    seen: set[str] = set()
    line, begin, counted = 1, 0, 0
    for match in _LINK.finditer(note.text, note.body_start):
        target, here = match["target"].strip(), match.start()
        if not target or target in seen or ("." in target and _ATTACHMENT.search(target)):
            continue
        seen.add(target)
        line += note.text.count("\n", counted, here)
        begin = note.text.rfind("\n", counted, here) + 1 or begin  # a line may hold a hundred thousand links
        counted = here
        yield target, Place(note.path, line, here - begin + 1)
