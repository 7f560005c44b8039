"""The `[site]` table of the configuration."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """`[site]`: the static site that `--format site` writes."""

    title: str = ""
    """Name of the site; the scheme's title when empty. `"Radiology notes"`"""
    url: str = ""
    """Address it is published at, for canonical links and the page for missing pages. `"https://acme.github.io/rad/"`"""
    note_url: str = ""
    """Address of a line of a note; may begin `obsidian://open?`.
    `"https://github.com/acme/notes/blob/main/{path}#L{line}"`"""
    feedback_url: str = ""
    """Address for suggestions. `"https://github.com/acme/notes/issues/new?title={kind}:%20{label}&body={address}"`"""
    findings: bool = False
    """Show on each page what the checks found about its concept."""
    sources: str = "lines"
    """`lines` shows the line of the note that each statement comes from, `none` no path and no line of any note."""
    colours: tuple[str, ...] = ()
    """Accent colours of the light and the dark theme. `["#0b6b63", "#55d0c0"]`"""
    templates: str = ""
    """Folder beside or below this file; its templates replace those of the same name. `"site-templates"`"""
