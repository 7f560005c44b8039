"""The configuration: one TOML file, `rad2skos.toml`; every field with its default and an example.

Secrets never stand here: a target names the environment variable that holds its password or token.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_type_hints

from skosify_rad.model.diagnostics import ConfigError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE_NAME = "rad2skos.toml"
"""The name looked for in the vault's root when no `--config` is given."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """`[scheme]`: what the concept scheme says of itself."""

    base: str = "https://example.org/radiology/"
    """Namespace of all IRIs, ending in `/` or `#`; the scheme's own IRI. `"https://w3id.org/acme/rad/"`"""
    title: str = ""
    """dcterms:title; the vault's folder name when empty. `"Radiology notes"`"""
    description: str = ""
    """dcterms:description. `"What I know of bone."`"""
    creator: str = ""
    """dcterms:creator, an IRI (ORCID) or a name. `"https://orcid.org/0000-0002-1825-0097"`"""
    publisher: str = ""
    """dcterms:publisher, an IRI or a name. `"Acme Hospital"`"""
    license: str = ""
    """dcterms:license, an IRI. `"https://creativecommons.org/licenses/by/4.0/"`"""
    created: str = ""
    """dcterms:created, an ISO 8601 date. `"2026-01-31"`"""
    modified: str = ""
    """dcterms:modified, an ISO 8601 date; the newest `updated` of the notes when empty. `"2026-02-28"`"""
    version: str = ""
    """owl:versionInfo; a hash of the content when empty. `"1.2.0"`"""
    prefix: str = "vault"
    """Prefix of the base in Turtle; vann:preferredNamespacePrefix. `"msk"`"""
    language: str = "en"
    """Language of every literal, a BCP 47 tag. `"en-GB"`"""


@dataclass(frozen=True, slots=True)
class Vault:
    """`[vault]`: which notes are read."""

    publish: str = "auto"
    """`auto` (only `dg-publish: true` if any note carries it), `all`, or a front-matter key of yours."""
    exclude: tuple[str, ...] = ()
    """Globs of vault paths to leave out. `["Templates/**", "*.excalidraw.md"]`"""
    site: str = ""
    """URL the notes' permalinks are relative to; gives dcterms:source. `"https://notes.example.org"`"""
    max_note_bytes: int = 52_428_800
    """Longer notes are reported and skipped (bytes)."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """`[extraction]`: the author's last word on headings; each entry is a phrase, case and plural ignored."""

    classification_headings: tuple[str, ...] = ()
    """Headings whose lists enumerate kinds. `["Flavours"]`"""
    differential_headings: tuple[str, ...] = ()
    """Headings whose lists are differentials. `["Do not confuse with"]`"""
    definition_headings: tuple[str, ...] = ()
    """Headings whose first sentence defines the subject. `["In a nutshell"]`"""
    synonym_headings: tuple[str, ...] = ()
    """Headings whose items are synonyms. `["Also called"]`"""
    ignore_headings: tuple[str, ...] = ()
    """Headings never read as any of these. `["Exam pearls"]`"""
    list_titles: tuple[str, ...] = ()
    """Globs of titles of notes that are lists or signposts, not concepts. `["Approach to *"]`"""


@dataclass(frozen=True, slots=True)
class Output:
    """`[output]`: what is written where."""

    formats: tuple[str, ...] = ("turtle", "jsonld")
    """Formats written. `["turtle", "jsonld", "ntriples"]`"""
    register: str = ""
    """The register of identifiers, relative to this file; `register.jsonl` in the output folder when empty."""
    stubs: str = "include"
    """`include` or `exclude` concepts that no note describes."""
    spelling_variants: bool = False
    """Add British/American twins of labels as skos:hiddenLabel."""
    folders: bool = True
    """Make collections of the folders."""


@dataclass(frozen=True, slots=True)
class Checks:
    """`[checks]`: which findings count, and how much."""

    select: tuple[str, ...] = ()
    """Codes, code prefixes or slugs to check; all when empty. `["RAD5", "broken-link"]`"""
    ignore: tuple[str, ...] = ()
    """Codes, code prefixes or slugs to leave out. `["undocumented-concept"]`"""
    fail_on: str = "error"
    """Exit code 1 when a finding is at least this bad: `error`, `warning`, `info` or `never`."""
    severity: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Severity by slug or code. `{ "broken-link" = "error" }`"""


@dataclass(frozen=True, slots=True)
class Target:
    """`[targets.NAME]`: a store or server to load into."""

    kind: str = "embedded"
    """`embedded`, `gsp` (Graph Store Protocol) or `sparql` (SPARQL Update)."""
    url: str = ""
    """The directory of an embedded store, or the endpoint to write to."""
    query_url: str = ""
    """SPARQL query endpoint, where it is another."""
    update_url: str = ""
    """SPARQL Update endpoint of a Graph Store Protocol server, which the last step needs."""
    swap: str = "auto"
    """How the staged graph takes its place: `transaction` (one update of several operations), `move` (SPARQL's MOVE,
    for stores whose updates are no transactions), or `auto`: `move` for Virtuoso, else `transaction`."""
    atomic_put: bool = False
    """The server has no SPARQL Update, but replaces a graph by PUT as one act (Oxigraph does, Virtuoso does not)."""
    graph: str = ""
    """IRI of the named graph; the scheme's IRI when empty."""
    user: str = ""
    """User name; no authentication when it and `token_env` are empty."""
    auth: str = "basic"
    """`basic`, `digest` or `bearer`."""
    password_env: str = ""
    """Environment variable that holds the password or token."""
    ca_file: str = ""
    """Certificate authority file for TLS, where it is your own."""
    timeout_seconds: float = 60.0
    """Time-out of a request, in seconds."""


@dataclass(frozen=True, slots=True)
class Site:
    """`[site]`: the static site that `--format site` writes."""

    title: str = ""
    """Name of the site; the scheme's title when empty. `"Radiology notes"`"""
    url: str = ""
    """Address it is published at, for canonical links and the page for missing pages. `"https://acme.github.io/rad/"`"""
    note_url: str = ""
    """Address of a line of a note. `"https://github.com/acme/notes/blob/main/{path}#L{line}"`"""
    feedback_url: str = ""
    """Address for suggestions. `"https://github.com/acme/notes/issues/new?title={kind}:%20{label}&body={address}"`"""
    findings: bool = False
    """Show on each page what the checks found about its concept."""
    sources: str = "lines"
    """`lines` shows the line of the note that each statement comes from, `none` no path and no line of any note."""
    templates: str = ""
    """Folder beside or below this file; its templates replace those of the same name. `"site-templates"`"""


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration."""

    scheme: Scheme = field(default_factory=Scheme)
    """What the concept scheme says of itself."""
    vault: Vault = field(default_factory=Vault)
    """Which notes are read."""
    extraction: Extraction = field(default_factory=Extraction)
    """The author's last word on headings."""
    output: Output = field(default_factory=Output)
    """What is written where."""
    checks: Checks = field(default_factory=Checks)
    """Which findings count."""
    site: Site = field(default_factory=Site)
    """The static site."""
    targets: Mapping[str, Target] = field(default_factory=lambda: MappingProxyType({}))
    """Stores and servers by name."""
    path: Path | None = None
    """The file it was read from."""


def read_config(path: Path | None) -> Config:
    """Read a configuration file; the defaults where `path` is None.

    Raises:
        ConfigError: the file is not there, is no TOML, or holds an unknown key or a wrong value.

    """
    if path is None:
        return Config()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: is not valid TOML: {error}") from error
    return parse_config(data, path)


def parse_config(data: Mapping[str, Any], path: Path | None = None) -> Config:
    """Turn the tables of a TOML file into a Config.

    Raises:
        ConfigError: an unknown key or a value of the wrong type; the message names it.

    """
    where = f"{path}: " if path else ""
    targets = data.get("targets", {})
    if not isinstance(targets, Mapping):
        raise ConfigError(f"{where}[targets] must hold tables: [targets.NAME]")
    known = {"scheme": Scheme, "vault": Vault, "extraction": Extraction, "output": Output, "checks": Checks, "site": Site}
    for name in data:
        if name not in known and name != "targets":
            raise ConfigError(f"{where}unknown table [{name}]; known are {', '.join([*known, 'targets'])}")
    parts = {name: _parse_table(kind, data.get(name, {}), f"{where}[{name}]") for name, kind in known.items()}
    parsed = {n: _parse_table(Target, t, f"{where}[targets.{n}]") for n, t in targets.items()}
    config = Config(**parts, targets=MappingProxyType(parsed), path=path)
    _check_values(config, where)
    return config


def _parse_table(kind: type, table: object, where: str) -> Any:  # noqa: ANN401 - an instance of `kind`
    if not isinstance(table, Mapping):
        raise ConfigError(f"{where} must be a table")
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    assert is_dataclass(kind)
    names = [f.name for f in fields(kind)]
    for key, value in table.items():
        if key not in names:
            raise ConfigError(f"{where} unknown key {key!r}; known are {', '.join(names)}")
        values[key] = _parse_value(hints[key], value, f"{where} {key}")
    return kind(**values)


def _parse_value(hint: Any, value: object, where: str) -> object:  # noqa: ANN401 - a type hint
    if hint == tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
        raise ConfigError(f"{where} must be a list of strings")
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if hint in (str, int, bool, float):
        if type(value) is hint:
            return value
        raise ConfigError(f"{where} must be a {hint.__name__}, not {value!r}")
    if isinstance(value, Mapping) and all(isinstance(v, str) for v in value.values()):
        return MappingProxyType(dict(value))
    raise ConfigError(f"{where} must be a table of strings")


def _check_values(config: Config, where: str) -> None:
    choices = (
        ("[output] stubs", config.output.stubs, ("include", "exclude")),
        ("[checks] fail_on", config.checks.fail_on, ("error", "warning", "info", "never")),
        ("[site] sources", config.site.sources, ("lines", "none")),
    )
    for name, value, allowed in choices:
        if value not in allowed:
            raise ConfigError(f"{where}{name} must be one of {', '.join(allowed)}, not {value!r}")
    base = config.scheme.base
    if not base.startswith(("http://", "https://")) or base[-1] not in "/#" or set(base) & set(' <>"{}|\\^`'):
        raise ConfigError(f"{where}[scheme] base must be an http(s) IRI ending in / or #, not {base!r}")
    site = config.site
    for name, url in (("url", site.url), ("note_url", site.note_url), ("feedback_url", site.feedback_url)):
        if url and not url.lower().startswith(("http://", "https://")):
            raise ConfigError(f"{where}[site] {name} must be an http(s) address, not {url!r}")
