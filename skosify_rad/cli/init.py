"""`rad2skos init`: a commented configuration file that fits the vault it finds."""

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
from skosify_rad.language.spelling import slug
from skosify_rad.model.config import FILE_NAME
from skosify_rad.model.diagnostics import OutputError
from skosify_rad.outputs import write_files
from skosify_rad.vault.notes import FLAG

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
"""Where the Digital Garden plug-in keeps the address of the published site."""

_MOST_HEADINGS = 12
"""So many unread headings are listed."""


class InitOptions(TypedDict, total=False):
    """What the options of `init` hold."""

    base: str | None
    """`--base`."""
    force: bool
    """`--force`."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a vault tells about itself."""

    title: str
    """The folder's name, made readable."""
    base: str
    """The namespace given, or one guessed from the site."""
    site: str
    """Address of the published site; empty where none is found."""
    publish: str
    """What is said about publishing: how many notes carry `dg-publish`."""
    excluded: tuple[str, ...]
    """Globs of notes that are drawings, not text."""
    unread: tuple[str, ...]
    """Headings that look like a classification or differential and were not read, the most frequent first."""


@click.command("init", short_help="Write a configuration file.", epilog=EXAMPLES)
@VAULT
@click.option("--base", metavar="IRI", help="Namespace of the concepts.  [default: guessed from the site]")
@click.option("--force", is_flag=True, help="Overwrite a configuration file that is there.")
def command(vault: Path, **options: Unpack[InitOptions]) -> None:
    """Write a commented rad2skos.toml into the folder VAULT, fitting the notes found there."""
    target = vault / FILE_NAME
    if target.exists() and not options.get("force"):
        raise OutputError(f"{target} is there already; --force overwrites it")
    # What the vault is without a configuration and without what was published before.
    export, _ = build_export(vault, {"config": Path(os.devnull), "out": vault / ".rad2skos-none"})
    text = render_config(_look(export, vault, options.get("base")))
    write_files({target: text.encode()})
    click.echo(f"written: {target}\nRead it through, then: rad2skos build {vault}")


def _look(export: Export, vault: Path, base: str | None) -> Findings:
    name = vault.resolve().name
    site = _find_site(vault)
    notes = export.vault.notes
    carried = sum(FLAG in note.front_matter for note in notes)
    hidden = sum(reason == "not published" for reason in export.vault.skipped.values())
    if carried or hidden:
        publish = f"found: {carried} notes with dg-publish are read, {hidden} are not published"
    else:
        publish = "found: no note carries dg-publish, so every note is read"
    drawings = any(path.endswith(".excalidraw.md") for path in (n.path for n in notes))
    return Findings(
        title=re.sub(r"[-_]+", " ", name).strip() or "Radiology notes",
        base=base or (f"{site.rstrip('/')}/concept/" if site else f"https://example.org/{slug(name) or 'radiology'}/"),
        site=site,
        publish=publish,
        excluded=("**.excalidraw.md",) if drawings else (),
        unread=_unread_headings(export),
    )


def _find_site(vault: Path) -> str:
    """Return the address of the published site from the Digital Garden plug-in's settings."""
    try:
        settings = json.loads((vault / _GARDEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    url = settings.get("gardenBaseUrl", "") if isinstance(settings, dict) else ""
    if not isinstance(url, str) or not re.fullmatch(r"(?:https?://)?[\w.-]+(?:/[\w./-]*)?", url):
        return ""
    return url if url.startswith("http") else f"https://{url}"


def _unread_headings(export: Export) -> tuple[str, ...]:
    """Return the headings of `unread-section` findings, the most frequent first."""
    numbers: dict[str, int] = {}
    for finding in export.diagnostics:
        if finding.rule.slug == "unread-section" and finding.words:
            numbers[finding.words] = numbers.get(finding.words, 0) + 1
    return tuple(sorted(numbers, key=lambda words: (-numbers[words], words))[:_MOST_HEADINGS])


def _quote(text: str) -> str:
    """Return a TOML basic string; JSON's escapes are TOML's but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(words: tuple[str, ...]) -> str:
    return "[" + ", ".join(_quote(word) for word in words) + "]"


def render_config(found: Findings) -> str:
    """Return the text of a configuration file."""
    example = "" if found.site else "  # an example: put a namespace of your own before you publish"
    site = f"site = {_quote(found.site)}" if found.site else '# site = "https://notes.example.org"'
    exclude = f"exclude = {_list(found.excluded)}" if found.excluded else '# exclude = ["Journal/**"]'
    unread = "".join(f"#   {words}\n" for words in (" ".join(w.split()) for w in found.unread))
    headings = f"# Headings found that look like one of these but were not read:\n{unread}" if unread else ""
    return _TEMPLATE.format(
        base=_quote(found.base),
        example=example,
        title=_quote(found.title),
        publish=found.publish,
        exclude=exclude,
        site=site,
        headings=headings,
    )


_TEMPLATE = """\
# Configuration of rad2skos. Every line is optional; what is commented out shows the default or an example.
# All of it: rad2skos explain configuration

[scheme]
# Namespace of every concept's IRI. Choose it once: an IRI that is published must not change.
base = {base}{example}
title = {title}
# description = "What these notes are about."
# creator = "https://orcid.org/0000-0002-1825-0097"
# license = "https://creativecommons.org/licenses/by/4.0/"
# version = "1.0.0"
language = "en"

[vault]
# "auto" reads only what is published if any note carries dg-publish; "all"; or a front-matter key of yours.
# {publish}
publish = "auto"
{exclude}
# Address of the published notes; gives every concept a link to its page.
{site}

[extraction]
# Headings of yours, beside those that are known.
{headings}# classification_headings = ["Flavours"]
# differential_headings = ["Do not confuse with"]
# definition_headings = ["In a nutshell"]
# synonym_headings = ["Also called"]
# ignore_headings = ["Exam pearls"]
# list_titles = ["Approach to *"]

[output]
formats = ["turtle", "jsonld"]
# "exclude" leaves out the concepts that are named but have no note yet.
stubs = "include"

[checks]
# Exit code 1 when a finding is at least this bad: error, warning, info or never.
fail_on = "error"
# ignore = ["undocumented-concept"]
"""
