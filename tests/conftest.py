"""What all tests share: the repository's folders, the command line, Hypothesis' profile."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from skosify_rad.cli import command
from skosify_rad.model import kept_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parent.parent

# The same examples on every run in CI, so that a red run can be repeated; new ones on a developer's machine.
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.register_profile("local", deadline=None, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep readings in a folder of the tests, not in the user's."""
    os.environ["RAD2SKOS_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def same_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is kept count as made by this code, which may be edited while the tests run."""
    monkeypatch.setattr(kept_files, "hash_code", lambda _: "this code")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def example_vault() -> Path:
    """Return the example vault."""
    return ROOT / "examples" / "vault"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that runs the command line in this process, in a folder where no `output` lies."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(command, [str(argument) for argument in arguments], prog_name="rad2skos")

    return invoke


@pytest.fixture
def make_vault(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes notes, path -> text, into a folder of its own."""

    def write(notes: dict[str, str], config: str = "") -> Path:
        folder = tmp_path / "vault"
        for path, text in notes.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        if config:
            (folder / "rad2skos.toml").write_text(config, encoding="utf-8")
        return folder

    return write


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start the driver of browsers."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="not run: pip install 'rad2skos[site-test]'")
    with sync_api.sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start Debian's Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("not run: there is no browser: apt-get install chromium")
    # Tests run as root in containers, where Chromium has no sandbox; they open no page but our own.
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    yield browser
    browser.close()
