"""What `build --release` adds to an export: the version, the version before, change notes and release notes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from skosify_rad.model.diagnostics import ConfigError

if TYPE_CHECKING:
    from skosify_rad.pipeline import Export


def is_placeholder(base: str) -> bool:
    """Return whether a base is on a host that nobody can own. Source: https://www.rfc-editor.org/rfc/rfc2606.

    >>> is_placeholder("https://example.org/radiology/"), is_placeholder("https://w3id.org/acme/rad/")
    (True, False)
    """
    labels = (urlsplit(base).hostname or "").split(".")
    return labels[-1] == "example" or labels[-2:-1] == ["example"]


def release_export(export: Export, version: str, since: str | None) -> Export:
    """Return the export as release `version`, compared with the release `since`, if there is one.

    Raises:
        SkosifyError: the base is a placeholder, the version is no IRI segment or not after the old one, or the old
            release cannot be read.

    """
    from skosify_rad.cli.editions import Edition, compare_editions, read_edition
    from skosify_rad.graph.changes.release import add_release
    from skosify_rad.graph.changes.versions import is_after
    from skosify_rad.outputs.changes import CHANGE_FORMATS

    if is_placeholder(export.graph.scheme):
        raise ConfigError(f"{export.graph.scheme} cannot be released: set [scheme] base to a namespace of your own")
    if not version.replace(".", "").replace("-", "").replace("+", "").isalnum() or not version.isascii():
        raise ConfigError(f"--release {version!a}: use letters, digits, dots and hyphens, for example 1.3.0")
    if not since:
        return replace(export, graph=add_release(export.graph, version, None, None))
    old = read_edition(since)
    report = compare_editions(old, Edition("the notes", export.graph, export.sources))
    before, advice = report.comparison.versions[0], report.suggestion
    if before == version or is_after(before, version):
        raise ConfigError(f"--release {version}: {since} is version {before} already")
    if is_after(advice.version, version):
        click.echo(f"warning: the changes ask for version {advice.version}, because of {advice.reason}", err=True)
    graph = add_release(export.graph, version, old.graph, report.comparison)
    return replace(export, graph=graph, release_notes=CHANGE_FORMATS["markdown"](report))
