"""The command line: help, version, imports at start-up, errors, completion."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from skosify_rad import __version__, cli
from skosify_rad.model.diagnostics import TargetError

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

HEAVY = {
    "rdflib",
    "pyshacl",
    "pyromark",
    "pyoxigraph",
    "orjson",
    "yaml",
    "frontmatter",
    "requests",
    "keyring",
    "skosify_rad.pipeline",
}


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def test_version(run: Callable[..., Result]) -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout == f"rad2skos, version {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([name, "--help"] for name in cli.COMMANDS)])
def test_help_and_version_import_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from skosify_rad.cli import main\n"
        f"try:\n    main({arguments!r})\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "print('LOADED', *sys.modules)"
    )
    result = python("-c", code)
    assert result.returncode == 0, result.stderr
    loaded = set(result.stdout.rsplit("LOADED", 1)[1].split())
    assert "click" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_has_help_with_examples(name: str, run: Callable[..., Result]) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"rad2skos {name} " in result.stdout.split("Options:")[1]


def test_every_module_of_a_command_is_listed() -> None:
    modules = {path.stem for path in Path(cli.__path__[0]).glob("*.py")} - {"__init__"}
    commands = {name for name in modules if hasattr(import_module(f"skosify_rad.cli.{name}"), "command")}
    assert commands == set(cli.COMMANDS)


def test_an_unknown_command_is_a_usage_error(run: Callable[..., Result]) -> None:
    result = run("biuld")
    assert result.exit_code == 2
    assert "No such command" in result.stderr


@click.command()
def refused() -> None:
    raise TargetError("the server said no")


@click.command()
def interrupted() -> None:
    raise KeyboardInterrupt


@pytest.fixture
def replace_command(monkeypatch: pytest.MonkeyPatch) -> Callable[[click.Command], None]:
    def put(command: click.Command) -> None:
        monkeypatch.setattr(import_module("skosify_rad.cli.check"), "command", command)

    return put


def test_a_skosify_error_is_one_line_and_exit_code_2(
    run: Callable[..., Result], replace_command: Callable[[click.Command], None]
) -> None:
    replace_command(refused)
    result = run("check")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "rad2skos: error: the server said no\n"


def test_ctrl_c_is_exit_code_130(run: Callable[..., Result], replace_command: Callable[[click.Command], None]) -> None:
    replace_command(interrupted)
    result = run("check")
    assert result.exit_code == 130
    assert "Traceback" not in result.stderr


def test_a_real_interrupt_ends_cleanly(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    for number in range(40):  # a minute's work, so that the interrupt arrives in the middle of the run
        (vault / f"Tumour {number}.md").write_text("## Types\n" + "- Giant cell tumour\n" * 20_000, encoding="utf-8")
    command = [sys.executable, "-m", "skosify_rad", "check", str(vault), "--no-cache"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str, run: Callable[..., Result]) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_RAD2SKOS_COMPLETE" in result.stdout


@pytest.mark.parametrize(
    ("words", "position", "offered"), [("rad2skos bu", 1, "build"), ("rad2skos build --fo", 2, "--format")]
)
def test_completion_completes(words: str, position: int, offered: str) -> None:
    environment = os.environ | {
        "_RAD2SKOS_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(position),
    }
    code = "from skosify_rad.cli import main; main()"
    result = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert offered in result.stdout
