"""`rad2skos init`: write a commented configuration file, filled in from the vault."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from skosify_rad.cli.options import VAULT
from skosify_rad.cli.run import build_export
from skosify_rad.cli.terminal import echo
from skosify_rad.model.config import FILE_NAME
from skosify_rad.model.diagnostics import OutputError
from skosify_rad.model.regular_files import read_regular

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from skosify_rad.pipeline import Export

EXAMPLES = """\
Examples:

\b
  rad2skos init ~/notes
  rad2skos init ~/notes --base https://w3id.org/acme/rad/
"""

_GARDEN = ".obsidian/plugins/digitalgarden/data.json"
"""Settings of the Digital Garden plug-in, which hold the address of the published site."""

_MOST_HEADINGS = 12
"""Unread headings listed in the file."""


_MOST_NOTES = 200
"""Notes whose language is looked at."""

_MAX_EXCLUDES = 20
"""Globs listed in the file."""


class InitOptions(TypedDict, total=False):
    """Values of the options of `init`."""

    base: str | None
    force: bool


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Values for the configuration file, taken from the vault."""

    title: str
    """The folder's name with spaces for `-` and `_`."""
    base: str
    """The namespace given, or one derived from the site."""
    site: str
    """Address of the published site; empty if unknown."""
    publish: str
    """A comment that says how many notes have `dg-publish`."""
    excluded: tuple[str, ...]
    """Globs of files that are no notes of things: drawings, READMEs, templates, backups, daily notes."""
    language: str
    """Language of the notes, guessed."""
    unread: tuple[str, ...]
    """Headings that look like a classification or differential but were not read, most frequent first."""


@click.command("init", short_help="Write a configuration file.", epilog=EXAMPLES)
@VAULT
@click.option("--base", metavar="IRI", help="Namespace of the concepts.  [default: derived from the published site]")
@click.option("--force", is_flag=True, help="Overwrite an existing configuration file.")
def command(vault: Path, **options: Unpack[InitOptions]) -> None:
    """Write a commented rad2skos.toml into the folder VAULT, filled in from its notes."""
    from skosify_rad.outputs import write_files

    target = vault / FILE_NAME
    if target.exists() and not options.get("force"):
        raise OutputError(f"{target} already exists; --force overwrites it")
    # Neither the existing configuration nor an earlier build may influence the suggestions.
    export, _ = build_export(vault, {"config": Path(os.devnull), "out": vault / ".rad2skos-none"})
    text = render_config(_suggest(export, vault, options.get("base")))
    write_files({target: text.encode()})
    echo(f"written: {target}\nReview it, then run: rad2skos build {vault}")


def _suggest(export: Export, vault: Path, base: str | None) -> Suggestions:
    from skosify_rad.language.spelling import slug
    from skosify_rad.vault.notes import FLAG

    name = vault.resolve().name
    site = _find_site(vault)
    notes = export.vault.notes
    carried = sum(FLAG in note.front_matter for note in notes)
    hidden = sum(reason == "not published" for reason in export.vault.skipped.values())
    if carried or hidden:
        publish = f"Here, {carried} notes with dg-publish are read and {hidden} are not published."
    else:
        publish = "Here, no note has dg-publish, so all are read."
    drawings = any(path.endswith(".excalidraw.md") for path in (n.path for n in notes))
    return Suggestions(
        title=re.sub(r"[-_]+", " ", name).strip() or "Radiology notes",
        base=base or (f"{site.rstrip('/')}/concept/" if site else f"https://example.org/{slug(name) or 'radiology'}/"),
        site=site,
        publish=publish,
        language=_guess_language(export, vault),
        excluded=(*(("**.excalidraw.md",) if drawings else ()), *_find_excludes(export)),
        unread=_unread_headings(export),
    )


def _guess_language(export: Export, vault: Path) -> str:
    from skosify_rad.language.guess import guess_language

    texts = ((vault / note.path).read_bytes() for note in export.vault.notes[:_MOST_NOTES])
    return guess_language(text.decode(errors="replace") for text in texts)


def _find_excludes(export: Export) -> tuple[str, ...]:
    """Return globs of the files skipped for their name or folder: a whole folder where nothing else is in it."""
    from skosify_rad.vault.titles import find_aside

    read = {note.path.rpartition("/")[0] for note in export.vault.notes}
    globs: dict[str, None] = {}
    for path in export.vault.skipped:
        folder = path.rpartition("/")[0]
        if find_aside(path):
            glob = f"{folder}/**" if folder and folder not in read else path
            globs[glob.replace("[", "[[]")] = None
    return tuple(globs)[:_MAX_EXCLUDES]


def _find_site(vault: Path) -> str:
    """Return the address of the published site from the settings of the Digital Garden plug-in."""
    try:
        settings = json.loads(read_regular(vault / _GARDEN))
    except (OSError, ValueError, RecursionError):
        return ""
    url = settings.get("gardenBaseUrl", "") if isinstance(settings, dict) else ""
    if not isinstance(url, str) or not re.fullmatch(r"(?:https?://)?[\w.-]+(?:/[\w./-]*)?", url):
        return ""
    return url if url.startswith("http") else f"https://{url}"


def _unread_headings(export: Export) -> tuple[str, ...]:
    """Return the headings of `unread-section` findings, most frequent first."""
    numbers: dict[str, int] = {}
    for finding in export.diagnostics:
        if finding.rule.slug == "unread-section" and finding.words:
            numbers[finding.words] = numbers.get(finding.words, 0) + 1
    return tuple(sorted(numbers, key=lambda words: (-numbers[words], words))[:_MOST_HEADINGS])


def _quote(text: str) -> str:
    """Return a TOML basic string. JSON escapes are the same except for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(words: tuple[str, ...]) -> str:
    return "[" + ", ".join(_quote(word) for word in words) + "]"


def render_config(found: Suggestions) -> str:
    """Return the configuration file's text."""
    from skosify_rad.language.guess import HEADINGS

    example = "" if found.site else "  # an example: use a namespace of your own before you publish"
    site = f"site = {_quote(found.site)}" if found.site else '# site = "https://notes.example.org"'
    exclude = f"exclude = {_list(found.excluded)}" if found.excluded else '# exclude = ["Journal/**"]'
    unread = "".join(f"#   {words}\n" for words in (" ".join(w.split()) for w in found.unread))
    headings = (
        f"# Headings in this vault that look like one of these but were not recognised:\n{unread}" if unread else ""
    )
    own = HEADINGS.get(found.language)
    return _TEMPLATE.format(
        base=_quote(found.base),
        example=example,
        title=_quote(found.title),
        publish=found.publish,
        language=_quote(found.language),
        exclude=exclude,
        site=site,
        headings=headings,
        classification=f"classification_headings = {_list(own[0])}"
        if own
        else '# classification_headings = ["Flavours"]',
        differential=f"differential_headings = {_list(own[1])}"
        if own
        else '# differential_headings = ["Do not confuse with"]',
    )


_TEMPLATE = """\
# Configuration of rad2skos. Every line is optional; commented lines show the default or an example.
# All keys: rad2skos explain configuration

[scheme]
# Namespace of all concept IRIs. Choose it once: published IRIs must not change.
base = {base}{example}
title = {title}
# description = "What these notes are about."
# creator = "https://orcid.org/0000-0002-1825-0097"
# license = "https://creativecommons.org/licenses/by/4.0/"
# version = "1.0.0"
language = {language}

[vault]
# "auto": only notes with dg-publish: true, if any note has that key. "all": every note. Or another front-matter key.
# {publish}
publish = "auto"
{exclude}
# Address of the published notes; links every concept to its page.
{site}

[extraction]
# Your own headings, in addition to those already recognised.
{headings}{classification}
{differential}
# definition_headings = ["In a nutshell"]
# synonym_headings = ["Also called"]
# ignore_headings = ["Exam pearls"]
# list_titles = ["Approach to *"]

[output]
formats = ["turtle", "jsonld"]
# Stubs are concepts that are named but have no note yet: "include" or "exclude".
stubs = "include"

[checks]
# Exit with 1 if there is a finding of this severity or worse: error, warning, info or never.
fail_on = "error"
# ignore = ["undocumented-concept"]
"""
