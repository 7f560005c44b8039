"""`rad2skos diff` and `rad2skos build --release` from the command line."""

from __future__ import annotations

import subprocess
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from loopback import serve

from skosify_rad.cli.build import command as build_command
from skosify_rad.cli.diff import FORMATS
from skosify_rad.cli.diff import command as diff_command
from skosify_rad.cli.load import command as load_command
from skosify_rad.graph.readers import read_vocabulary
from skosify_rad.model.diagnostics import ConfigError, InputError, OutputError
from skosify_rad.model.namespaces import DCT, OWL, SKOS
from skosify_rad.model.statements import Literal
from skosify_rad.outputs.changes import CHANGE_FORMATS

if TYPE_CHECKING:
    import click

CONFIG = '[scheme]\nbase = "https://w3id.org/acme/rad/"\nversion = "1.0.0"\n'
NOTE = "# {0}\n{0} is a disease of bone.\n\n## Differential diagnosis\n- {1}: {2}\n"


def run(command: click.Command, *arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(command, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a vault with an export in `old` and, after a change of its notes, one in `new`."""
    monkeypatch.chdir(tmp_path)
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "rad2skos.toml").write_text(CONFIG, encoding="utf-8")
    (notes / "Osteoporosis.md").write_text(NOTE.format("Osteoporosis", "Myeloma", "holes"), encoding="utf-8")
    assert run(build_command, notes, "--out", "old", "--no-cache", "--quiet")[0] == 0
    (notes / "Scurvy.md").write_text(NOTE.format("Scurvy", "Rickets", "a wide growth plate"), encoding="utf-8")
    assert run(build_command, notes, "--out", "new", "--no-cache", "--quiet")[0] == 0
    return notes


@pytest.mark.parametrize("new", ["new", "new/concepts.jsonld", "notes"])
def test_exports_files_and_vaults_are_compared_with_note_and_line(vault: Path, new: str) -> None:
    code, text, _ = run(diff_command, "old", new)
    assert code == 0
    assert "suggested version: 1.1.0 (minor), because of concepts added: 2" in text
    assert "\n  Scurvy (Scurvy.md:1)\n" in text
    assert "\n  Rickets (Scurvy.md:5)\n" in text
    assert vault.is_dir()


@pytest.mark.usefixtures("vault")
def test_every_format_is_written() -> None:
    assert list(FORMATS) == list(CHANGE_FORMATS)
    for name in FORMATS:
        code, text, _ = run(diff_command, "old", "new", "--format", name)
        assert code == 0
        assert "scurvy" in text.lower()


@pytest.mark.usefixtures("vault")
def test_the_exit_code_tells_of_breaking_changes() -> None:
    assert run(diff_command, "old", "new", "--fail-on", "breaking")[0] == 0
    assert run(diff_command, "new", "old", "--fail-on", "breaking")[0] == 1
    assert run(diff_command, "old", "new", "--fail-on", "any")[0] == 1
    assert run(diff_command, "old", "old", "--fail-on", "any")[0] == 0
    assert run(diff_command, "new", "old")[0] == 0


@pytest.mark.usefixtures("vault")
def test_a_store_is_compared() -> None:
    assert run(load_command, "old", "--to", "store", "--quiet")[0] == 0
    code, text, _ = run(diff_command, "store", "new")
    assert code == 0
    assert "Concepts added (2)" in text
    assert "no changes" in run(diff_command, "store", "old")[1]
    with pytest.raises(InputError, match=r"no SKOS|No SKOS"):
        run(diff_command, "store", "new", "--graph", "https://x.test/none")


@pytest.fixture
def repository(vault: Path) -> Path:
    """Return a folder in a repository with the old export as `output` in its first commit."""
    folder = vault.parent
    (folder / "old").rename(folder / "output")
    settings = ("-c", "user.name=A", "-c", "user.email=a@x.test", "-c", "commit.gpgsign=false")
    for arguments in (
        ("init", "--quiet"),
        ("add", "output"),
        (*settings, "commit", "--quiet", "-m", "1.0.0"),
        ("tag", "v1"),
    ):
        subprocess.run(["git", *arguments], cwd=folder, check=True)
    return folder


def test_a_revision_in_git_is_compared(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    for old in ("git:v1:output", "git:HEAD:output/concepts.ttl", "git:v1:output/"):
        code, text, _ = run(diff_command, old, "new")
        assert code == 0
        assert f"old: {old}, version 1.0.0" in text
        assert "Concepts added (2)" in text
    monkeypatch.chdir(repository / "output")
    assert "no changes" in run(diff_command, "git:v1:.", ".")[1]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("git:v1:nothing", "no such file in this revision"),
        ("git:v9:output", "v9"),
        ("git:--help:output", "is not git:REV:PATH"),
        ("git:", "is not git:REV:PATH"),
        ("git:v1:../..", "outside"),
        ("nothing.ttl", "no such file, folder, store or profile"),
    ],
)
def test_what_is_not_there_is_one_clear_message(
    repository: Path, monkeypatch: pytest.MonkeyPatch, words: str, message: str
) -> None:
    monkeypatch.chdir(repository)
    with pytest.raises(InputError, match=message):
        run(diff_command, words, "new")
    assert not (repository / "nothing.ttl").exists()


@pytest.mark.usefixtures("vault")
def test_half_a_file_is_not_compared() -> None:
    Path("half.ttl").write_bytes(Path("old/concepts.ttl").read_bytes() + b"<broken")
    with pytest.raises(InputError, match=r"half\.ttl:\d+"):
        run(diff_command, "half.ttl", "new")


def test_a_release_states_its_version_and_what_changed(vault: Path) -> None:
    code, _, errors = run(build_command, vault, "--out", "new", "--release", "1.1.0", "--since", "old")
    assert (code, errors) == (0, "")
    graph = read_vocabulary(["new/concepts.ttl"]).graph
    base = "https://w3id.org/acme/rad/"
    assert graph.objects(base, OWL.versionInfo) == (Literal("1.1.0"),)
    assert graph.objects(base, OWL.versionIRI) == (f"{base}1.1.0",)
    assert graph.objects(base, OWL.priorVersion) == (f"{base}1.0.0",)
    assert graph.objects(f"{base}scurvy", SKOS.changeNote) == (Literal("1.1.0: concept added", "en"),)
    assert graph.objects(f"{base}osteoporosis", SKOS.changeNote) == ()
    notes = Path("new/changes.md").read_text(encoding="utf-8")
    assert notes.startswith("## Changes from 1.0.0 to 1.1.0\n")
    assert "- **Scurvy** (Scurvy.md:1)" in notes
    assert run(diff_command, "old", "new", "--format", "json")[1].count('"kind": "concept-added"') == 2


def test_the_same_release_gives_the_same_bytes_and_keeps_earlier_change_notes(vault: Path) -> None:
    release = ("--release", "1.1.0", "--since", "old", "--no-cache", "--quiet")
    for out in ("one", "two"):
        assert run(build_command, vault, "--out", out, *release)[0] == 0
    assert {p.name: p.read_bytes() for p in Path("one").iterdir()} == {
        p.name: p.read_bytes() for p in Path("two").iterdir()
    }
    (vault / "Scurvy.md").write_text(NOTE.format("Scurvy", "Rickets", "fraying"), encoding="utf-8")
    assert run(build_command, vault, "--out", "one", "--release", "1.2.0", "--since", "one", "--quiet")[0] == 0
    graph = read_vocabulary(["one/concepts.jsonld"]).graph
    assert graph.objects("https://w3id.org/acme/rad/scurvy", SKOS.changeNote) == (
        Literal("1.1.0: concept added", "en"),
        Literal("1.2.0: differential changed", "en"),
    )
    assert graph.objects("https://w3id.org/acme/rad/", DCT.modified) == ()


def test_a_release_is_refused_or_warned_of(vault: Path) -> None:
    with pytest.raises(ConfigError, match=r"is version 1\.0\.0 already"):
        run(build_command, vault, "--out", "new", "--release", "1.0.0", "--since", "old")
    with pytest.raises(ConfigError, match="--since needs --release"):
        run(build_command, vault, "--out", "new", "--since", "old")
    with pytest.raises(ConfigError, match="use letters"):
        run(build_command, vault, "--out", "new", "--release", "1 3")
    _, _, errors = run(build_command, vault, "--out", "new", "--release", "1.0.1", "--since", "old")
    assert "warning: the changes ask for version 1.1.0, because of concepts added: 2" in errors


def test_a_placeholder_base_is_a_warning_to_build_with_and_an_error_to_release_with(vault: Path) -> None:
    (vault / "rad2skos.toml").unlink()
    code, said, errors = run(build_command, vault, "--out", "none")
    assert code == 0
    assert "https://example.org" not in said  # once is enough
    assert errors == "warning: [scheme] base is a placeholder; set your own before you publish\n"
    with pytest.raises(ConfigError, match="cannot be released"):
        run(build_command, vault, "--out", "none", "--release", "1.0.0")


@pytest.mark.usefixtures("vault")
def test_an_rdf_patch_of_blank_nodes_is_refused() -> None:
    extra = (
        '\n<https://w3id.org/acme/rad/scurvy> <http://www.w3.org/2004/02/skos/core#note> [ <http://x.test/p> "x" ] .\n'
    )
    Path("blank.ttl").write_bytes(Path("new/concepts.ttl").read_bytes() + extra.encode())
    with pytest.raises(OutputError, match="--format sparql"):
        run(diff_command, "new", "blank.ttl", "--format", "rdf-patch")


@pytest.mark.usefixtures("vault")
def test_a_vocabulary_at_an_address_is_compared(tmp_path: Path) -> None:
    class Files(SimpleHTTPRequestHandler):
        extensions_map = {".ttl": "text/turtle"}  # noqa: RUF012 - as the library has it

        def __init__(self, *arguments: Any) -> None:  # noqa: ANN401 - as the library has it
            super().__init__(*arguments, directory=str(tmp_path))

        def log_message(self, *_: object) -> None:
            pass

    with serve(Files) as url:
        code, text, _ = run(diff_command, f"{url}/old/concepts.ttl", "new", "--fail-on", "any")
        with pytest.raises(InputError, match="is neither RDF nor a SPARQL endpoint"):
            run(diff_command, f"{url}/none.ttl", "new")
    assert (code, "Scurvy (Scurvy.md:1)" in text) == (1, True)
