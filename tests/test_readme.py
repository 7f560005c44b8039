"""The README's examples and commands work."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from skosify_rad import build, write
from skosify_rad.cli import COMMANDS
from skosify_rad.model.config import parse_config

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def test_the_example_note_gives_the_example_turtle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a folder without a register
    vault = tmp_path / "Bone"
    vault.mkdir()
    (vault / "Osteoporosis.md").write_text(fenced("markdown")[0], encoding="utf-8")
    config = parse_config({"scheme": {"base": "https://example.org/bone/", "prefix": "bone"}})
    write(build(vault, config), tmp_path / "out", config)
    turtle = (tmp_path / "out" / "concepts.ttl").read_text(encoding="utf-8")
    blocks = fenced("turtle")[0].strip().split("\n\n")
    assert len(blocks) == 3
    for block in blocks:
        assert f"\n{block}\n" in turtle


def test_the_configuration_is_accepted() -> None:
    for text in fenced("toml"):
        parse_config(tomllib.loads(text))


def test_the_library_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    exec(compile(fenced("python")[0], "README.md", "exec"), {})  # noqa: S102 - our own code
    assert (tmp_path / "export" / "concepts.ttl").is_file()
    assert ".md:" in capsys.readouterr().out


def test_commands_and_options_exist() -> None:
    lines = re.findall(r"rad2skos ([a-z]+)\b([^\n|`]*)", "\n".join([*fenced("sh"), *fenced("yaml")]))
    lines += re.findall(r"^\| `rad2skos ([a-z]+)\b([^`]*)`", README, flags=re.MULTILINE)
    assert {name for name, _ in lines} <= set(COMMANDS)
    assert {name for name, _ in re.findall(r"^\| `rad2skos ([a-z]+)\b([^`]*)`", README, flags=re.MULTILINE)} == set(
        COMMANDS
    )
    for name, rest in lines:
        known = {
            option for parameter in import_module(f"skosify_rad.cli.{name}").command.params for option in parameter.opts
        }
        assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= known


def test_the_two_commands_are_marked_for_ci() -> None:
    for name in ("install", "test"):
        assert re.search(rf"^<!-- command: {name} -->\n```sh\n[^\n]+\n```$", README, flags=re.MULTILINE)


def test_the_hook_it_names_exists() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    for name in re.findall(r"- id: (\S+)", README):
        assert f"- id: {name}\n" in hooks


@pytest.mark.parametrize("page", ["configuration", "commands", "dependencies"])
def test_it_links_to_the_pages(page: str) -> None:
    assert f"skosify_rad/docs/{page}.md" in README
