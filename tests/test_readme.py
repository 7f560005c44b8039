"""The README's examples and commands work."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skosify_rad import build, write
from skosify_rad.cli import COMMANDS
from skosify_rad.model.config import parse_config

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

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
    lines = re.findall(
        r"rad2skos ([a-z]+)\b([^\n|`]*)", "\n".join([*fenced("sh"), *fenced("powershell"), *fenced("yaml")])
    )
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


INSTALLS = re.compile(r"pipx |uv |py -m venv|python3 -m venv")


def test_every_command_runs_as_it_is_typed(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run the lines of each block in order; .ci/run runs those that install, and `serve` has tests of its own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for name in ("notes", "examples/vault"):
        shutil.copytree(ROOT / "examples" / "vault", tmp_path / name)
    (tmp_path / "notes" / "rad2skos.toml").unlink()
    ran = []
    for block in [*fenced("sh"), *fenced("powershell"), *fenced("yaml")]:
        for line in re.findall(r"^(?:- run: |      entry: )?(\S*rad2skos .*)$", block.replace("\\", "/"), re.MULTILINE):
            words = shlex.split(line.replace("~/", f"{tmp_path}/"), comments=True)
            assert words[0] in {"rad2skos", ".venv/bin/rad2skos", ".venv/Scripts/rad2skos"}
            if words[1] != "serve":
                result = run(*words[1:])
                assert result.exit_code in ({0, 1} if "--fail-on" in words else {0}), (line, result.output)
                ran.append(words[1])
        rest = [line for line in block.splitlines() if "rad2skos" not in line and not line.startswith(("- ", " "))]
        assert all(INSTALLS.match(line) for line in rest), rest
    assert set(ran) == {"init", "check", "build"}
    assert (tmp_path / "export" / "site" / "index.html").is_file()


def test_nothing_is_left_to_fill_in() -> None:
    assert not re.search(r"OWNER|TODO|your-?name", README)
    for path in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (ROOT / path).is_file()


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
