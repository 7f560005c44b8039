"""`build --format site` as it is called."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from contract.servers import free_port

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

NOTES = {"MSK/Gout.md": "# Gout\n\n## Differential diagnosis\n\n- Pseudogout: chondrocalcinosis\n"}


@pytest.mark.usefixtures("same_code")
def test_a_site_is_one_line_of_what_was_written(
    run: Callable[..., Result], make_vault: Callable[..., Path], tmp_path: Path
) -> None:
    vault = make_vault(NOTES)
    before = run("build", vault, "--format", "site", "--dry-run")
    assert before.exit_code == 0, before.output
    assert before.output.count("/site/") == 1
    assert "output/site/  (" in before.output
    assert not (tmp_path / "output").exists()
    result = run("build", vault, "--format", "site")
    assert result.exit_code == 0, result.output
    assert result.output.count("/site/") == 1
    page = (tmp_path / "output" / "site" / "gout.html").read_text(encoding="utf-8")
    assert "chondrocalcinosis" in page
    assert "Gout:5" in page
    assert "Nothing written" in run("build", vault, "--format", "site").output
    (tmp_path / "output" / "site" / "gout.html").unlink()
    assert "Nothing written" not in run("build", vault, "--format", "site").output
    assert (tmp_path / "output" / "site" / "gout.html").is_file()


@pytest.mark.usefixtures("same_code")
def test_a_changed_template_is_seen(
    run: Callable[..., Result], make_vault: Callable[..., Path], tmp_path: Path
) -> None:
    vault = make_vault(NOTES, '[site]\ntemplates = "mine"\n[output]\nformats = ["turtle", "site"]\n')
    (vault / "mine").mkdir()
    for words in ("first", "second"):
        page = "{% extends 'base.html' %}{% block title %}x{% endblock %}{% block content %}" + words + "{% endblock %}"
        (vault / "mine" / "404.html").write_text(page, encoding="utf-8")
        assert run("build", vault, "--config", vault / "rad2skos.toml").exit_code == 0
        assert words in (tmp_path / "output" / "site" / "404.html").read_text(encoding="utf-8")


def test_without_jinja_it_says_what_to_install(
    run: Callable[..., Result], make_vault: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    monkeypatch.setitem(sys.modules, "jinja2.sandbox", None)
    result = run("build", make_vault(NOTES), "--format", "site")
    assert result.exit_code == 2
    assert "pip install 'rad2skos[site]'" in result.stderr


def test_serving_nothing_says_what_is_missing(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    (tmp_path / "output").mkdir()
    result = run("serve")
    assert result.exit_code == 2
    assert "rad2skos build --format site" in result.stderr


def test_templates_that_come_with_the_notes_are_not_used(
    run: Callable[..., Result], make_vault: Callable[..., Path]
) -> None:
    vault = make_vault(NOTES, '[site]\ntemplates = "mine"\n')
    (vault / "mine").mkdir()
    result = run("build", vault, "--format", "site")
    assert result.exit_code == 2
    assert "name this configuration with --config" in result.stderr


def test_the_browser_is_opened_at_the_site(
    run: Callable[..., Result], make_vault: Callable[..., Path], tmp_path: Path
) -> None:
    assert run("build", make_vault(NOTES), "--format", "site").exit_code == 0
    browser, port = tmp_path / "browser", free_port()
    browser.write_text(
        f'#!/bin/sh\necho "$1" > {tmp_path}/opened.tmp; mv {tmp_path}/opened.tmp {tmp_path}/opened\n', encoding="utf-8"
    )
    browser.chmod(0o755)
    command = [
        sys.executable,
        "-m",
        "skosify_rad",
        "serve",
        "--open",
        "--site-port",
        str(port),
        str(tmp_path / "output" / "site"),
    ]
    process = subprocess.Popen(command, env={**os.environ, "BROWSER": f"{browser} %s"}, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 60
        while not (tmp_path / "opened").exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        address = (tmp_path / "opened").read_text(encoding="utf-8").strip()
        assert address == f"http://127.0.0.1:{port}/"
        with urlopen(f"{address}gout.html", timeout=60) as page:  # noqa: S310 - ours
            assert b"chondrocalcinosis" in page.read()
    finally:
        process.terminate()
        process.communicate()
