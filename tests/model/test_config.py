"""The page `configuration` matches the code: keys, defaults and valid examples."""

from __future__ import annotations

import sys
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from skosify_rad.docs import read_page
from skosify_rad.model.config import Config, Target, parse_config, read_config
from skosify_rad.model.diagnostics import ConfigError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from pathlib import Path

TABLES = {f.name: type(getattr(Config(), f.name)) for f in fields(Config) if f.name not in ("targets", "path")}
PAGE = read_page("configuration")


def rows(heading: str) -> dict[str, list[str]]:
    """Return key -> cells of the table below a heading."""
    section = PAGE.split(f"## [{heading}]\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0].strip("`"): row for row in cells}


def nest(heading: str, key: str, value: str) -> dict[str, object]:
    text = f"[{heading.replace('NAME', 'x')}]\n{key} = {value}\n"
    return tomllib.loads(text)


@pytest.mark.parametrize(("heading", "kind"), [*TABLES.items(), ("targets.NAME", Target)])
def test_every_key_has_its_row_in_order(heading: str, kind: type) -> None:
    assert list(rows(heading)) == [field.name for field in fields(kind)]


@pytest.mark.parametrize("heading", [*TABLES, "targets.NAME"])
def test_every_example_is_valid_and_not_the_default(heading: str) -> None:
    for key, cells in rows(heading).items():
        example = cells[3].strip("`")
        found = parse_config(nest(heading, key, example))
        assert found != Config(), key


@pytest.mark.parametrize("heading", [*TABLES, "targets.NAME"])
def test_every_literal_default_is_the_default(heading: str) -> None:
    for key, cells in rows(heading).items():
        if cells[1].startswith("`") and cells[1].endswith("`") and key != "register":
            found = parse_config(nest(heading, key, cells[1].strip("`")))
            default = parse_config({"targets": {"x": {}}} if heading.startswith("targets") else {})
            assert found == default, key


def test_the_whole_file_is_accepted() -> None:
    text = PAGE.rsplit("```toml\n", 1)[1].split("```", 1)[0]
    assert parse_config(tomllib.loads(text)).checks.fail_on == "warning"


def test_error_messages_name_the_problem(tmp_path: Path) -> None:
    file = tmp_path / "rad2skos.toml"
    for text, words in [
        ("[shceme]\n", "unknown table [shceme]"),
        ("[scheme]\nbsae = 'x'\n", "unknown key 'bsae'"),
        ("[scheme]\nbase = 3\n", "base must be a string"),
        ("[scheme]\nmodified = '31.1.2026'\n", "[scheme] modified must be a date such as 2026-01-31, not '31.1.2026'"),
        ("[scheme]\ncreated = '2026-02-30'\n", "[scheme] created must be a date such as 2026-01-31, not '2026-02-30'"),
        ("[scheme]\nbase = 'ftp://x/'\n", "must be an http(s) IRI"),
        ("[vault]\nexclude = 'x'\n", "must be a list of strings"),
        ("[output]\nstubs = 'maybe'\n", "must be one of include, exclude"),
        ("[scheme\n", "is not valid TOML"),
        ("targets = 3\n", "must hold tables"),
        ("[checks]\nseverity = 3\n", "must be a table of strings"),
        ("scheme = 3\n", "must be a table"),
    ]:
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            read_config(file)
        assert words in str(caught.value)
        assert str(file) in str(caught.value)
        assert "\n" not in str(caught.value).rstrip()
