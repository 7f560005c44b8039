"""The configuration file `rad2skos.toml`: every key with its default and an example.

It holds no secrets: a target names the environment variable that holds its password or token. A file that comes with
the notes is not trusted: see docs/limits.md.
"""

import datetime as dt
import math
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_type_hints

from skosify_rad.model.config_files import check_namespace, read_toml
from skosify_rad.model.diagnostics import ConfigError
from skosify_rad.model.fhir_config import Fhir, check_fhir
from skosify_rad.model.site_config import Site, check_site

EXPORT_PROFILES = ("atramhasis", "skohub", "vocpub")
"""Values of `[output] profile`."""
FILE_NAME = "rad2skos.toml"
"""The file looked for in the vault if `--config` is not given."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """`[scheme]`: metadata of the concept scheme."""

    base: str = "https://example.org/radiology/"
    """Namespace of all IRIs, ending in `/` or `#`; also the scheme's IRI. `"https://w3id.org/acme/rad/"`"""
    title: str = ""
    """dcterms:title; if empty, the name of the vault's folder. `"Radiology notes"`"""
    description: str = ""
    """dcterms:description; if empty, a sentence with the title. `"What I know of bone."`"""
    creator: str = ""
    """dcterms:creator, an IRI (ORCID) or a name. `"https://orcid.org/0000-0002-1825-0097"`"""
    publisher: str = ""
    """dcterms:publisher, an IRI or a name. `"Acme Hospital"`"""
    license: str = ""
    """dcterms:license, an IRI. `"https://creativecommons.org/licenses/by/4.0/"`"""
    created: str = ""
    """dcterms:created, an ISO 8601 date. `"2026-01-31"`"""
    modified: str = ""
    """dcterms:modified, an ISO 8601 date: the day of this release, which what is new or changed gets. `"2026-02-28"`"""
    version: str = ""
    """owl:versionInfo: the version of this release. Between releases, leave it as it is or empty. `"1.2.0"`"""
    identifiers: str = "slug"
    """Last part of a new concept's IRI: the `slug` of its name, or an opaque `number`. `"number"`"""
    prefix: str = "vault"
    """Prefix of `base` in Turtle; vann:preferredNamespacePrefix. `"msk"`"""
    language: str = "en"
    """Language of every literal, a BCP 47 tag. `"en-GB"`"""


@dataclass(frozen=True, slots=True)
class Vault:
    """`[vault]`: the notes to read."""

    publish: str = "auto"
    """`auto` (only notes with `dg-publish: true`, if any note has that key), `all`, or another front-matter key."""
    exclude: tuple[str, ...] = ()
    """Globs of vault paths to exclude. `["Templates/**", "*.excalidraw.md"]`"""
    site: str = ""
    """Base URL of the notes' permalinks; used for dcterms:source. `"https://notes.example.org"`"""
    max_note_bytes: int = 5_242_880
    """Larger notes are skipped with a finding (bytes)."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """`[extraction]`: additional headings; each entry is a phrase, and case and plural are ignored."""

    classification_headings: tuple[str, ...] = ()
    """Headings whose lists enumerate subtypes. `["Flavours"]`"""
    differential_headings: tuple[str, ...] = ()
    """Headings whose lists are differentials. `["Do not confuse with"]`"""
    definition_headings: tuple[str, ...] = ()
    """Headings whose first sentence defines the subject. `["In a nutshell"]`"""
    synonym_headings: tuple[str, ...] = ()
    """Headings whose items are synonyms. `["Also called"]`"""
    ignore_headings: tuple[str, ...] = ()
    """Headings that are never read as any of these. `["Exam pearls"]`"""
    list_titles: tuple[str, ...] = ()
    """Globs of titles of notes that are lists or signposts rather than concepts. `["Approach to *"]`"""


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """`[hierarchy]`: subtypes that no note states."""

    infer: bool = True
    """Infer a parent from a name that has none: `Hodgkin lymphoma` below `Lymphoma`. `false`"""


@dataclass(frozen=True, slots=True)
class Output:
    """`[output]`: the files to write."""

    formats: tuple[str, ...] = ("turtle", "jsonld")
    """Formats written. `["turtle", "jsonld", "ntriples"]`"""
    register: str = ""
    """Path of the register of identifiers, relative to this file; if empty, `register.jsonl` in the output folder."""
    stubs: str = "include"
    """`include` or `exclude` concepts that are named but have no note."""
    spelling_variants: bool = False
    """Add British and American spellings of labels as skos:hiddenLabel."""
    review: str = "apply"
    """`apply` decisions of people, `ignore` them, or export `only` what they accepted or the notes state themselves."""
    folders: bool = True
    """Make a collection from each folder that holds several things."""
    profile: str = ""
    """Export as one tool needs it: `atramhasis`, `skohub` or `vocpub`; if empty, as all others take it. `"skohub"`"""


@dataclass(frozen=True, slots=True)
class Mappings:
    """`[mappings]`: mappings to other vocabularies, beside those in front matter."""

    files: tuple[str, ...] = ()
    """SSSOM files in the folder of this file or below it. `["mappings.sssom.tsv"]`"""


@dataclass(frozen=True, slots=True)
class Checks:
    """`[checks]`: the rules to check and their severity."""

    select: tuple[str, ...] = ()
    """Rules to check, by code, code prefix, class or slug; all if empty. `["RAD5", "broken-link"]`"""
    ignore: tuple[str, ...] = ()
    """Rules to skip, by code, code prefix, class or slug. `["undocumented-concept"]`"""
    fail_on: str = "error"
    """Exit with 1 if a finding has this severity or worse: `error`, `warning`, `info` or `never`."""
    severity: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Severity by slug or code. `{ "broken-link" = "error" }`"""
    shapes: tuple[str, ...] = ()
    """Turtle files with SHACL Core shapes of your own, beside or below this file. `["house.ttl"]`"""


@dataclass(frozen=True, slots=True)
class Target:
    """`[targets.NAME]`: the profile of a store or server."""

    kind: str = "embedded"
    """`embedded`, `gsp` (Graph Store Protocol) or `sparql` (SPARQL Update)."""
    url: str = ""
    """The folder of an embedded store, or the endpoint to write to."""
    query_url: str = ""
    """SPARQL query endpoint, if different from `url`."""
    update_url: str = ""
    """SPARQL Update endpoint of a Graph Store Protocol server, needed to swap graphs."""
    swap: str = "auto"
    """How the staged graph replaces the old one: `transaction` (one update with several operations), `move` (SPARQL
    MOVE, for stores whose updates are not transactions), or `auto`: `move` for Virtuoso, otherwise `transaction`."""
    send: str = "auto"
    """How FHIR resources are sent: `bundle`, `single`, or `auto`: by the server's software."""
    atomic_put: bool = False
    """Replace a graph with one PUT, for servers without SPARQL Update whose PUT is atomic (Oxigraph, not Virtuoso)."""
    graph: str = ""
    """IRI of the named graph; if empty, the scheme's IRI."""
    user: str = ""
    """User name."""
    auth: str = "basic"
    """`basic`, `digest` or `bearer`."""
    password_env: str = ""
    """Environment variable that holds the password or token."""
    ca_file: str = ""
    """CA certificate file for TLS, if the CA is not a public one."""
    timeout_seconds: float = 60.0
    """Time-out of one request, in seconds."""


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration."""

    scheme: Scheme = field(default_factory=Scheme)
    """Metadata of the concept scheme."""
    vault: Vault = field(default_factory=Vault)
    """The notes to read."""
    extraction: Extraction = field(default_factory=Extraction)
    """Additional headings."""
    hierarchy: Hierarchy = field(default_factory=Hierarchy)
    """Subtypes that no note states."""
    output: Output = field(default_factory=Output)
    """The files to write."""
    mappings: Mappings = field(default_factory=Mappings)
    """Mappings to other vocabularies."""
    checks: Checks = field(default_factory=Checks)
    """The rules to check and their severity."""
    fhir: Fhir = field(default_factory=Fhir)
    """Metadata of FHIR resources."""
    site: Site = field(default_factory=Site)
    """The static site."""
    targets: Mapping[str, Target] = field(default_factory=lambda: MappingProxyType({}))
    """Stores and servers by name."""
    path: Path | None = None
    """The file it was read from; None for the defaults."""


def read_config(path: Path | None) -> Config:
    """Read a configuration file; return the defaults if `path` is None.

    Raises:
        ConfigError: the file is missing, is not TOML, or holds an unknown key or an invalid value.

    """
    if path is None:
        return Config()
    data = read_toml(path)
    return parse_config(data, path)


def parse_config(data: Mapping[str, Any], path: Path | None = None) -> Config:
    """Return the Config of the tables of a TOML file.

    Raises:
        ConfigError: an unknown key or a value of the wrong type; the message names it.

    """
    where = f"{path}: " if path else ""
    targets = data.get("targets", {})
    if not isinstance(targets, Mapping):
        raise ConfigError(f"{where}[targets] must hold tables: [targets.NAME]")
    known = {name: kind for name, kind in get_type_hints(Config).items() if name not in ("targets", "path")}
    for name in data:
        if name not in known and name != "targets":
            raise ConfigError(f"{where}unknown table [{name}]; the tables are {', '.join([*known, 'targets'])}")
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
            raise ConfigError(f"{where} unknown key {key!r}; the keys are {', '.join(names)}")
        values[key] = _parse_value(hints[key], value, f"{where} {key}")
    return kind(**values)


_TYPE_NAMES = {str: "a string", int: "an integer", bool: "true or false", float: "a number"}


def _parse_value(hint: Any, value: object, where: str) -> object:  # noqa: ANN401 - a type hint
    if hint == tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
        raise ConfigError(f"{where} must be a list of strings")
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if hint in (str, int, bool, float):
        if type(value) is hint and "\0" not in str(value):  # no path and no output can hold it
            return value
        raise ConfigError(f"{where} must be {_TYPE_NAMES[hint]}, not {reprlib.repr(value)}")
    if isinstance(value, Mapping) and all(isinstance(v, str) for v in value.values()):
        return MappingProxyType(dict(value))
    raise ConfigError(f"{where} must be a table of strings")


def _is_date(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _check_values(config: Config, where: str) -> None:
    choices = (
        ("[scheme] identifiers", config.scheme.identifiers, ("slug", "number")),
        ("[output] stubs", config.output.stubs, ("include", "exclude")),
        ("[output] review", config.output.review, ("apply", "ignore", "only")),
        ("[output] profile", config.output.profile, ("", *EXPORT_PROFILES)),
        ("[checks] fail_on", config.checks.fail_on, ("error", "warning", "info", "never")),
        ("[site] sources", config.site.sources, ("lines", "none")),
    )
    for name, value, allowed in choices:
        if value not in allowed:
            raise ConfigError(f"{where}{name} must be one of {', '.join(allowed)}, not {value!r}")
    for name, value in (("created", config.scheme.created), ("modified", config.scheme.modified)):
        if value and not _is_date(value):
            raise ConfigError(f"{where}[scheme] {name} must be a date such as 2026-01-31, not {value!r}")
    check_fhir(config.fhir, where)
    check_namespace(config.scheme.base, config.scheme.prefix, where)
    for name, target in config.targets.items():
        if not 0 < target.timeout_seconds < math.inf:
            raise ConfigError(f"{where}[targets.{name}] timeout_seconds must be a positive number")
    check_site(config.site, where)
