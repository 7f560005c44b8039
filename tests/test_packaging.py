"""The wheel: everything is in it, and it works where the repository is not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build the wheel and the sdist; return their paths."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


@pytest.fixture(scope="session")
def installed(distributions: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the wheel into a folder of its own, as an installer does."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(distributions[0]) as wheel:
        wheel.extractall(folder)  # noqa: S202 - our own wheel
    return folder


def run_installed(installed: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, "-m", "skosify_rad", *map(str, arguments)],
        cwd=installed,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def relative_files(folder: Path, pattern: str) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob(pattern)}


def test_pages_and_shapes_are_in_the_wheel(installed: Path) -> None:
    package = installed / "skosify_rad"
    assert relative_files(package / "docs", "*.md") == relative_files(ROOT / "skosify_rad" / "docs", "*.md") != set()
    assert relative_files(package / "shapes", "*.ttl") == relative_files(ROOT / "shapes", "*.ttl") != set()
    assert (package / "py.typed").exists()


def test_everything_of_the_package_and_nothing_else_is_in_the_wheel(installed: Path) -> None:
    assert {path.name.split("-")[0] for path in installed.iterdir()} == {"skosify_rad", "rad2skos"}
    assert relative_files(installed / "skosify_rad", "*.py") == relative_files(ROOT / "skosify_rad", "*.py")


def test_the_sdist_can_be_tested(distributions: tuple[Path, Path]) -> None:
    with tarfile.open(distributions[1]) as sdist:
        names = {name.split("/", 1)[1] for name in sdist.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "tests/test_packaging.py"} <= names
    assert {"shapes/skos-core.ttl", "examples/vault/rad2skos.toml", "output/concepts.ttl"} <= names


def test_installed_elsewhere_it_exports_the_same_bytes(installed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run_installed(installed, "build", ROOT / "examples" / "vault", "--out", out, "--shapes", "pyshacl-core")
    assert result.returncode == 0, result.stderr
    assert read_files(out) == read_files(ROOT / "output")


def read_files(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_installed_elsewhere_it_explains_offline(installed: Path) -> None:
    result = run_installed(installed, "explain", "configuration")
    assert result.returncode == 0, result.stderr
    assert "[scheme]" in result.stdout


def test_every_dependency_has_its_reason_and_the_same_floor() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "skosify_rad" / "docs" / "dependencies.md").read_text(encoding="utf-8")
    documented = dict(re.findall(r"^\| `([\w-]+)` \| ([\d.]+) \|", page, flags=re.MULTILINE))
    declared = dict(re.findall(r"^([\w-]+)(?:\[\w+\])?>=([\d.]+)", line)[0] for line in project["dependencies"])
    assert documented == declared
    for extra in project["optional-dependencies"]:
        assert f"| `{extra}` |" in page


def list_needed(name: str, extras: set[str]) -> set[str]:
    """Return the names of all packages that a package with some extras needs, as far as they are installed here."""
    found: set[str] = set()
    pending = [(name, extras)]
    while pending:
        needed, wanted = pending.pop()
        try:
            lines = metadata.requires(needed) or []
        except metadata.PackageNotFoundError:  # for another system or Python
            continue
        for requirement in map(Requirement, lines):
            key = canonicalize_name(requirement.name)
            marker = requirement.marker
            if key not in found and (
                marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *wanted))
            ):
                found.add(key)
                pending.append((key, requirement.extras))
    return found


def test_the_licence_of_every_package_is_listed() -> None:
    page = (ROOT / "skosify_rad" / "docs" / "dependencies.md").read_text(encoding="utf-8").partition("### Licences")[2]
    listed = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", page.partition("\n\n- ")[0]))
    needed = list_needed("rad2skos", {"accelerator", "dask", "keyring", "servers", "site"})
    assert len(needed) > 20
    assert needed - listed == set()


def test_every_requirement_is_locked_with_hashes() -> None:
    lock = (ROOT / ".ci" / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]
    locked = {entry.partition("==")[0] for entry in entries if "--hash=sha256:" in entry}
    assert len(locked) == len({entry.partition("==")[0] for entry in entries})
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for lines in project["optional-dependencies"].values() for line in lines)]
    asked = {canonicalize_name(Requirement(line).name) for line in lines} - {"rad2skos"}
    assert asked - locked == set()
    assert "://" not in lock
