"""The `[site]` table of the configuration."""

from dataclasses import dataclass

from skosify_rad.model.diagnostics import ConfigError


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


def check_site(site: Site, where: str) -> None:
    """Check the addresses of the site.

    Raises:
        ConfigError: One of them is no address that a page may link to.

    """
    for name, url in (("url", site.url), ("note_url", site.note_url), ("feedback_url", site.feedback_url)):
        app = name == "note_url" and url.startswith("obsidian://open?")
        if url and not app and not url.lower().startswith(("http://", "https://")):
            raise ConfigError(f"{where}[site] {name} must be an http(s) address, not {url!r}")
