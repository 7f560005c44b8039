"""A configuration that comes with the notes reaches nothing outside the vault and no secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from skosify_rad.cli.server_options import find_profile
from skosify_rad.model.config import parse_config
from skosify_rad.model.config_files import find_user_file
from skosify_rad.model.diagnostics import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]

NOTE = "Osteoma is a benign tumour of bone.\n"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a vault with one note; go there; the user's configuration is empty."""
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "Osteoma.md").write_text(NOTE)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(
    ("keys", "options"),
    [
        ('password_env = "AWS_SECRET_ACCESS_KEY"\nauth = "bearer"', {}),
        ('user = "me"', {}),
        ("", {"user": "me", "password_env": "SECRET"}),
        ("", {"auth": "bearer", "password_env": "SECRET"}),
        ("", {"password_env": "SECRET"}),
    ],
)
def test_a_vaults_profile_gets_no_credentials(vault: Path, keys: str, options: dict[str, str]) -> None:
    (vault / "rad2skos.toml").write_text(f'[targets.production]\nkind="gsp"\nurl="http://127.0.0.1:1/store"\n{keys}\n')
    with pytest.raises(ConfigError, match="no user, password or token is sent"):
        find_profile("production", options)  # type: ignore[arg-type] # a plain dict
    found = find_profile("production", {"config": vault / "rad2skos.toml", **options})  # type: ignore[typeddict-item]
    assert found.url == "http://127.0.0.1:1/store"


def test_a_file_in_a_parent_folder_is_not_trusted_either(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (vault / "rad2skos.toml").write_text('[targets.x]\nkind="gsp"\nurl="http://127.0.0.1:1/store"\nuser="me"\n')
    (vault / "folder").mkdir()
    monkeypatch.chdir(vault / "folder")
    with pytest.raises(ConfigError, match="comes with the notes"):
        find_profile("x", {})


def test_a_typed_url_is_never_looked_up(vault: Path) -> None:
    url = "http://127.0.0.1:2/store"
    (vault / "rad2skos.toml").write_text(f'[targets."{url}"]\nkind="gsp"\nurl="http://127.0.0.1:1/store"\n')
    assert find_profile(url, {"user": "me"}).url == url


def test_the_users_own_profile_wins(vault: Path) -> None:
    user_file = find_user_file()
    user_file.parent.mkdir(parents=True)
    user_file.write_text('[targets.production]\nkind="gsp"\nurl="http://127.0.0.1:3/store"\nuser="me"\n')
    (vault / "rad2skos.toml").write_text('[targets.production]\nkind="gsp"\nurl="http://127.0.0.1:1/store"\n')
    assert find_profile("production", {}).url == "http://127.0.0.1:3/store"


def test_a_vaults_profile_names_no_folder_outside(vault: Path) -> None:
    (vault / "rad2skos.toml").write_text('[targets.a]\nurl="../elsewhere"\n[targets.b]\nurl="inside"\n')
    with pytest.raises(ConfigError, match="names a folder outside the vault"):
        find_profile("a", {})
    assert find_profile("b", {}).url == "inside"


@pytest.mark.parametrize(
    "name", ["../stolen.jsonl", "/nowhere/stolen.jsonl", ".git/hooks/post-commit", "Osteoma.md", "l/r.jsonl"]
)
def test_a_vaults_register_stays_inside(vault: Path, run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (vault / "l").symlink_to(vault.parent)
    (vault / "rad2skos.toml").write_text(f'[output]\nregister = "{name}"\n')
    monkeypatch.chdir(vault.parent)
    before = sorted(vault.parent.iterdir())
    result = run("build", vault, "--out", vault / "out")
    assert result.exit_code == 2
    assert "register must be a .jsonl file in the vault" in result.output
    assert sorted(vault.parent.iterdir()) == before
    assert (vault / "Osteoma.md").read_text() == NOTE


def test_a_register_named_on_the_command_line_may_lie_anywhere(vault: Path, run: Run) -> None:
    (vault / "rad2skos.toml").write_text('[output]\nregister = "../register.jsonl"\n')
    assert run("build", vault, "--config", vault / "rad2skos.toml").exit_code == 0
    assert (vault.parent / "register.jsonl").is_file()


def test_the_default_folder_is_not_followed_out_of_the_vault(vault: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "home")
    result = run("build", vault)
    assert (result.exit_code, "is a symbolic link" in result.output) == (2, True)
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize("prefix", ["xml", "XMLfoo", "", "a b", "a:b", "é"])
def test_unusable_prefixes_are_refused(prefix: str) -> None:
    with pytest.raises(ConfigError, match="prefix"):
        parse_config({"scheme": {"prefix": prefix}})


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\xa0", "\x00", "\x7f", "\u3000", "\n", " "])
def test_unusable_namespaces_are_refused(character: str) -> None:
    with pytest.raises(ConfigError, match="base must be"):
        parse_config({"scheme": {"base": f"https://example.org/{character}/"}})


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "1" * 5_000,
        "a" + ".a" * 20_000 + " = 1",
        "#" * 1_100_000,
        '[site]\ntemplates = "\\u0000"',
        '[output]\nregister = "\\u0000.jsonl"',
        f'[scheme]\nbase = "{"x" * 9_000}"',
    ],
)
def test_hostile_toml_ends_in_one_line(vault: Path, run: Run, text: str) -> None:
    (vault / "rad2skos.toml").write_text(text)
    result = run("build", vault)
    assert result.exit_code == 2
    assert len(result.output) < 1_100
    assert result.output.count("\n") == 1


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "0"])
def test_a_timeout_is_a_positive_number(vault: Path, value: str) -> None:
    (vault / "rad2skos.toml").write_text(
        f'[targets.x]\nurl="x"\ntimeout_seconds={value}.0\n'.replace("n.0", "n").replace("f.0", "f")
    )
    with pytest.raises(ConfigError, match="positive number"):
        find_profile("x", {})
