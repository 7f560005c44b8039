"""The rules of the code base: imports, sizes, names, pages, links."""

from __future__ import annotations

import ast
import re
import subprocess
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from skosify_rad.cli import COMMANDS
from skosify_rad.docs import FOLDER, page_names, read_page
from skosify_rad.model.catalogue import RULES
from skosify_rad.model.diagnostics import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click
    import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "skosify_rad"
MODULES = sorted(PACKAGE.rglob("*.py"))
CODE = [*MODULES, *sorted((ROOT / "benchmarks").rglob("*.py"))]

MOST_BODY_LINES = 40
MOST_FILE_LINES = 300
MOST_PARAMETERS = 4
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[tuple[str, Function]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def body_lines(function: Function) -> int:
    """Return the number of lines of a function's body, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def parameters(function: Function) -> int:
    """Return the number of parameters, without `self` and `cls`."""
    own = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return len([argument for argument in own if argument.arg not in ("self", "cls")])


def tracked_files() -> list[Path]:
    """Return the files of the repository: git's where there is git, else those of an unpacked sdist."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        found = [p for p in ROOT.rglob("*") if not any(part.startswith(".") for part in p.relative_to(ROOT).parts)]
    return [path for path in found if path.is_file()]


def test_imports_go_down_only(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlinter.cli import lint_imports  # noqa: PLC0415 - 300 ms, for this test only

    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


def test_function_bodies_are_short() -> None:
    long = [
        f"{name}: {n} lines" for path in CODE for name, f in functions(path) if (n := body_lines(f)) > MOST_BODY_LINES
    ]
    assert long == []


def test_files_are_short() -> None:
    long = [f"{p.relative_to(ROOT)}: {n} lines" for p in CODE if (n := p.read_bytes().count(b"\n")) > MOST_FILE_LINES]
    assert long == []


def test_functions_take_few_parameters() -> None:
    many = [f"{name}: {n}" for path in CODE for name, f in functions(path) if (n := parameters(f)) > MOST_PARAMETERS]
    assert many == []


def test_modules_are_named_after_what_they_hold() -> None:
    assert [path for path in CODE if path.stem in VAGUE_NAMES] == []


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    pages = {name.removeprefix("rules/") for name in page_names() if name.startswith("rules/")}
    assert {rule.slug for rule in RULES} == pages


def test_a_rules_page_names_its_code() -> None:
    pages = {rule: read_page(f"rules/{rule.slug}") for rule in RULES if f"rules/{rule.slug}" in page_names()}
    assert [rule.slug for rule, page in pages.items() if rule.code not in page] == []


def test_codes_and_slugs_are_unique_and_well_formed() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.slug for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r"RAD[1-6]\d\d", rule.code)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.slug)
        assert rule.stage in Stage


def test_every_recogniser_has_a_page_and_every_page_a_recogniser() -> None:
    from skosify_rad.extraction.recognisers import RULES as RULES_READ  # noqa: PLC0415 - so that the others run without it

    names = set(RULES_READ)
    pages = {name.removeprefix("sections/") for name in page_names() if name.startswith("sections/")}
    assert names == pages


MOST_ENTRIES = 12


def test_the_code_map_names_every_package_and_there_are_few() -> None:
    text = (FOLDER / "ARCHITECTURE.md").read_text(encoding="utf-8")
    names = {path.name for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    entries = {name if name.endswith(".py") else f"{name}/" for name in names if not name.startswith("__")}
    assert len(entries) <= MOST_ENTRIES
    assert [name for name in sorted(entries) if f"| `{name}` |" not in text] == []


def test_two_modules_of_one_name_are_two_sides_of_one_thing() -> None:
    """A command has the name of what it runs, a fix that of its rule; no other two modules share a name."""
    paths: dict[str, list[str]] = {}
    for path in MODULES:
        inside = path.relative_to(PACKAGE)
        if len(inside.parts) > 1 and path.stem != "__init__":
            paths.setdefault(path.stem, []).append(inside.parent.as_posix())
    others = {
        name: [where for where in places if where not in {"cli", "checks/fixes"}] for name, places in paths.items()
    }
    twice = {name: places for name, places in others.items() if len(places) > 1}
    assert twice == {}


def test_every_command_is_listed_and_described() -> None:
    text = read_page("commands")
    for name in COMMANDS:
        found: click.Command = import_module(f"skosify_rad.cli.{name}").command
        assert found.name == name
        assert f"## rad2skos {name}" in text
        options = [option for parameter in found.params for option in parameter.opts if option.startswith("--")]
        section = text.split(f"## rad2skos {name}\n", 1)[1].split("\n## ", 1)[0]
        assert [option for option in options if f"`{option}" not in section] == []


def test_no_file_names_the_host_of_a_registry() -> None:
    hosts = [  # in halves, so that this file names none either
        "pypi." + "org",
        "python" + "hosted.org",
        "npm" + "js.org",
        "npm" + "js.com",
        "crates" + ".io",
        "repo1.maven" + ".org",
        "repo.maven.apache" + ".org",
        "proxy.go" + "lang.org",
        "deb.deb" + "ian.org",
    ]
    named = re.compile("|".join(map(re.escape, hosts)).encode())
    assert [path for path in tracked_files() if named.search(path.read_bytes())] == []


def links() -> Iterator[tuple[Path, str]]:
    for path in [*MODULES, *sorted(FOLDER.rglob("*.md")), FOLDER / "ARCHITECTURE.md", ROOT / "README.md"]:
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for match in re.finditer(r"(?:Source: |\]\()(https?://[^\s)\"]+)", text):
            yield path, match[1].rstrip(".,")


def test_links_to_specifications_are_well_formed() -> None:
    found = list(links())
    assert len(found) > 5
    for path, link in found:
        parts = urlsplit(link)
        assert "." in parts.netloc, f"{path}: {link}"
        assert not re.search(r"[<>\"{}|\\^`]", link), f"{path}: {link}"
        if parts.netloc == "www.w3.org":
            assert parts.scheme == "https", f"{path}: {link}"


def test_links_between_our_documents_lead_somewhere() -> None:
    documents = [*FOLDER.rglob("*.md"), FOLDER / "ARCHITECTURE.md", ROOT / "README.md", ROOT / "CHANGELOG.md"]
    broken = []
    for path in documents:
        text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        targets = re.findall(r"(?<!\[)\[[^\[\]]+\]\(([^)\s]+)\)", text)
        files = [target.split("#", 1)[0] for target in targets if not re.match(r"[a-z]+:", target)]
        broken += [f"{path.relative_to(ROOT)}: {file}" for file in files if not (path.parent / file).exists()]
    assert broken == []
