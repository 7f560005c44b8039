"""The commands that read a vault: output, files and exit codes."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from skosify_rad.cli import terminal
from skosify_rad.model.config import read_config

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]
    MakeVault = Callable[..., Path]

NOTES = {
    "Bone/Osteoporosis.md": """\
---
aliases: [Bone thinning]
---
Osteoporosis is a systemic disease of low bone mass.

## Classification
- Generalised
- Regional

## Differential diagnosis
- [[Osteomalacia]]: Looser zones
- Multiple myeloma
""",
    "Bone/Osteomalacia.md": "Osteomalacia is defective mineralisation of osteoid. See [[Nowhere]].\n",
    "Bone/Broken.md": "---\n{not json\n---\nText.\n",
}


def test_build_writes_files_and_prints_a_summary(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("build", make_vault(NOTES), "--out", out)
    assert result.exit_code == 0, result.output
    written = {path.name for path in out.iterdir()}
    assert {"concepts.ttl", "concepts.jsonld", "evidence.jsonl", "register.jsonl"} <= written
    for words in (
        "concepts from 3 notes",
        "only named in notes",
        "pairs of differentials",
        "conforms to the SHACL shapes",
        "warning to mend: invalid-front-matter (1)",
        "1 link leads to a note that does not exist; the most wanted: Nowhere",
        "seconds",
    ):
        assert words in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines() if str(tmp_path) not in line)
    for name in written:
        assert str(out / name) in result.stdout
    assert "Bone/Broken.md:" not in result.stdout
    assert "Bone/Broken.md:" in run("check", tmp_path / "vault").stdout


@pytest.mark.usefixtures("same_code")
def test_build_writes_nothing_when_nothing_changed(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    vault, out = make_vault(NOTES), tmp_path / "out"
    first = run("build", vault, "--out", out)
    assert "\nWritten:\n" in first.stdout
    written = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    again = run("build", vault, "--out", out, "--baseline", out / "validation.json")
    assert "\nNothing written; these files are up to date:\n" in again.stdout
    assert {path: path.stat().st_mtime_ns for path in out.iterdir()} == written
    assert "since the baseline: 0 new, 0 fixed, 5 known" in again.stdout
    assert counted(first.stdout) == counted(again.stdout)[:5]
    for more in (["--for", "skosmos"], ["--no-cache"], ["--shapes", "pyshacl-core"]):
        assert "\nWritten:\n" in run("build", vault, "--out", out, *more).stdout
    note = vault / "Bone" / "Osteomalacia.md"
    note.write_text("One more paragraph.\n\n" + note.read_text(encoding="utf-8"), encoding="utf-8")
    assert "\nWritten:\n" in run("build", vault, "--out", out).stdout


def test_the_summary_counts_what_is_in_the_graph(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("build", make_vault(NOTES), "--out", out, "--format", "ntriples")
    triples = (out / "concepts.nt").read_text(encoding="utf-8")
    concepts, subtypes = triples.count("core#Concept> ."), triples.count("core#broader>")
    pairs = triples.count("core#related>") // 2
    assert f"{concepts} concepts from 3 notes" in result.stdout
    assert f"{subtypes} subtypes, {pairs} pairs of differentials," in result.stdout


def test_quiet_prints_nothing(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    result = run("build", make_vault(NOTES), "--out", tmp_path / "out", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_verbose_prints_info_too(run: Run, make_vault: MakeVault) -> None:
    vault = make_vault(NOTES)
    assert ": info RAD" in run("check", vault, "--verbose").stdout
    assert ": info RAD" not in run("check", vault).stdout
    assert "   1  broken-link: A link points to no note. Nowhere\n" in run("check", vault).stdout


def test_statistics_count_the_findings_of_each_rule(run: Run, make_vault: MakeVault) -> None:
    shown = run("check", make_vault(NOTES), "--statistics").stdout
    assert "      1  info     RAD401  broken-link\n" in shown
    assert "needs the network" in shown


def test_what_people_wait_for_is_not_reported_concept_by_concept(run: Run, make_vault: MakeVault) -> None:
    names = [f"Tumour {letter}" for letter in "ABCDEFGHIJKLMNO"]
    notes = {f"{name}.md": f"# {name}\n\n## Imaging\nSee [[Nowhere]].\n" for name in names}
    shown = run("check", make_vault(notes), "--select", "undocumented-concept,broken-link").stdout
    assert "  15  broken-link: A link points to no note. Nowhere (15)\n" in shown
    line = next(line for line in shown.splitlines() if "undocumented-concept" in line)
    assert line.startswith("  15  ")
    assert "Tumour J, ..." in " ".join(shown.split())
    assert "Tumour K" not in shown


def test_a_concept_without_a_note_is_not_asked_for_a_definition(run: Run, make_vault: MakeVault) -> None:
    notes = {"Gout.md": "Gout hurts.\n\n## Differential diagnosis\n- Septic arthritis\n"}
    shown = run("check", make_vault(notes), "--verbose").stdout
    assert "“Gout” has no definition" in shown
    assert "“Septic arthritis” has no definition" not in shown


def test_colour_follows_the_terminal_and_no_color(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = make_vault(NOTES)
    code = f"from skosify_rad.cli import main\nmain(['check', {str(vault)!r}])"
    assert "\x1b[33mwarning\x1b[0m" in watch(4096, code, stdout=True)
    monkeypatch.setenv("NO_COLOR", "1")
    shown = watch(4096, code, stdout=True)
    assert "warning RAD104" in shown
    assert "\x1b[" not in shown


def test_dry_run_writes_nothing_and_lists_what_would_change(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    vault, out = make_vault(NOTES), tmp_path / "out"
    result = run("build", vault, "--out", out, "--dry-run")
    assert result.exit_code == 0
    assert "concepts.ttl  (new)" in result.stdout
    assert not out.exists()
    run("build", vault, "--out", out)
    assert "concepts.ttl  (unchanged)" in run("build", vault, "--out", out, "--dry-run").stdout
    (vault / "Bone" / "Osteopenia.md").write_text("Osteopenia is low bone density.\n", encoding="utf-8")
    assert "concepts.ttl  (changed)" in run("build", vault, "--out", out, "--dry-run").stdout


@pytest.mark.parametrize("names", [["--format", "ntriples,rdfxml"], ["--format", "ntriples", "--format", "rdfxml"]])
def test_formats_are_added(run: Run, make_vault: MakeVault, tmp_path: Path, names: list[str]) -> None:
    run("build", make_vault(NOTES), "--out", tmp_path / "out", *names)
    assert {"concepts.ttl", "concepts.jsonld", "concepts.nt", "concepts.rdf"} <= {
        path.name for path in (tmp_path / "out").iterdir()
    }


def test_an_unknown_format_is_a_usage_error(run: Run, make_vault: MakeVault) -> None:
    result = run("build", make_vault(NOTES), "--format", "word")
    assert result.exit_code == 2
    assert "turtle" in result.stderr


def test_writing_into_a_file_is_a_usage_error(run: Run, make_vault: MakeVault) -> None:
    vault = make_vault(NOTES)
    result = run("build", vault, "--out", vault / "Bone" / "Broken.md")
    assert result.exit_code == 2
    assert "is a file" in result.stderr


def test_stubs_can_be_left_out(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    run("build", make_vault(NOTES), "--out", tmp_path / "with")
    run("build", make_vault(NOTES), "--out", tmp_path / "without", "--stubs", "exclude")
    assert "Multiple myeloma" in (tmp_path / "with" / "concepts.ttl").read_text(encoding="utf-8")
    assert "Multiple myeloma" not in (tmp_path / "without" / "concepts.ttl").read_text(encoding="utf-8")


def test_check_writes_nothing(run: Run, make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = make_vault(NOTES)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    result = run("check", vault, "--verbose")
    assert result.exit_code == 0
    assert "Bone/Osteomalacia.md:1:" in result.stdout
    assert sorted(tmp_path.rglob("*")) == before


def counted(text: str) -> list[str]:
    """Return the lines of the summary that hold numbers."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if " concepts from " in line)
    return [line for line in lines[start : start + 6] if line and not line.startswith("seconds")]


def test_check_counts_what_build_counts(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    vault = make_vault(NOTES)
    run("build", vault, "--out", tmp_path / "out")
    (vault / "Bone" / "Broken.md").unlink()  # published before, so its concept becomes deprecated
    checked = counted(run("check", vault, "--out", tmp_path / "out").stdout)
    assert checked == counted(run("build", vault, "--out", tmp_path / "out").stdout)
    assert len(checked) == 5
    assert checked != counted(run("check", vault, "--out", tmp_path / "elsewhere").stdout)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 0),
        (["--fail-on", "warning"], 1),
        (["--fail-on", "info"], 1),
        (["--fail-on", "never"], 0),
        (["--fail-on", "warning", "--ignore", "RAD"], 0),
        (["--fail-on", "info", "--select", "broken-link"], 1),
        (["--fail-on", "warning", "--select", "note-too-large"], 0),
        (["--select", "RAD999"], 2),
    ],
)
def test_exit_codes(run: Run, make_vault: MakeVault, options: list[str], code: int) -> None:
    result = run("check", make_vault(NOTES), *options)
    assert result.exit_code == code, result.output


def test_the_configuration_in_the_vault_is_read(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    vault = make_vault(NOTES, '[scheme]\nbase = "https://w3id.org/acme/"\n[checks]\nfail_on = "warning"\n')
    assert run("build", vault, "--out", tmp_path / "out").exit_code == 1
    assert "https://w3id.org/acme/" in (tmp_path / "out" / "concepts.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["build", "{tmp}/nowhere"], "no such folder"),
        (["build", "{tmp}/vault/Bone/Broken.md"], "is not a folder"),
        (["build", "{tmp}/vault", "--config", "{tmp}/nowhere.toml"], "cannot be read"),
        (["build", "{tmp}/vault", "--out", "/proc/nowhere"], "cannot be written"),
        (["show", "{tmp}/nowhere.md"], "no such note"),
        (["show", "Nowhere", "--vault", "{tmp}/vault"], "no such note"),
        (["explain", "Osteoporosi", "--vault", "{tmp}/vault"], "did you mean 'Osteoporosis'"),
        (["init", "{tmp}/nowhere"], "no such folder"),
    ],
)
def test_an_error_is_one_line_and_exit_code_2(
    run: Run, make_vault: MakeVault, tmp_path: Path, arguments: list[str], words: str
) -> None:
    make_vault(NOTES)
    result = run(*[argument.format(tmp=tmp_path) for argument in arguments])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert words in result.stderr
    assert result.stderr.startswith("rad2skos: error: ")
    assert result.stderr.count("\n") == 1


def test_show_blocks(run: Run, make_vault: MakeVault) -> None:
    lines = run("show", make_vault(NOTES) / "Bone" / "Osteoporosis.md", "--stage", "blocks").stdout.splitlines()
    assert lines[0] == "role: concept"
    assert "    6  heading 2: Classification" in lines
    assert "    7    item: Generalised" in lines
    assert "   11    item: Osteomalacia: Looser zones  -> Osteomalacia" in lines


def test_show_statements(run: Run, make_vault: MakeVault) -> None:
    result = run("show", "Osteoporosis", "--vault", make_vault(NOTES), "--stage", "statements")
    assert "    7  'Osteoporosis'  skos:narrower  'Generalised'  (classification)" in result.stdout.splitlines()
    assert "Looser zones" in result.stdout


def test_show_triples(run: Run, make_vault: MakeVault) -> None:
    result = run("show", "Osteoporosis", "--vault", make_vault(NOTES))
    lines = result.stdout.splitlines()
    assert "    7  Osteoporosis  skos:narrower  Generalised osteoporosis  (classification)" in lines
    assert [int(line.split()[0]) for line in lines] == sorted(int(line.split()[0]) for line in lines)


@pytest.mark.parametrize("word", ["Osteoporosis", "bone thinning", "osteoporosis"])
def test_explain_a_concept(run: Run, make_vault: MakeVault, word: str) -> None:
    result = run("explain", word, "--vault", make_vault(NOTES))
    assert result.exit_code == 0
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert lines[0] == "Osteoporosis  <https://example.org/radiology/osteoporosis>"
    assert "skos:narrower  Regional osteoporosis" in lines
    assert 'Bone/Osteoporosis.md:8:3  Classification  "Regional"  (classification)' in lines
    assert "Looser zones" in result.stdout


def test_explain_a_stub_by_its_iri(run: Run, make_vault: MakeVault) -> None:
    result = run("explain", "https://example.org/radiology/multiple-myeloma", "--vault", make_vault(NOTES))
    assert "skos:related  Osteoporosis" in result.stdout
    assert "Bone/Osteoporosis.md:12:" in result.stdout


@pytest.mark.parametrize("word", ["RAD401", "rad401", "broken-link", "Broken-Link", "rules/broken-link"])
def test_explain_a_rule(run: Run, word: str) -> None:
    result = run("explain", word)
    assert result.exit_code == 0
    assert "RAD401" in result.stdout


def test_explain_lists_rules_and_pages(run: Run) -> None:
    assert "RAD401  broken-link" in run("explain", "rules").stdout
    assert "configuration\n" in run("explain", "pages").stdout


def test_explain_needs_a_vault(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("explain", "Osteoporosis")
    assert result.exit_code == 2
    assert "--vault" in result.stderr


def test_init_fills_in_the_configuration_from_the_vault(run: Run, make_vault: MakeVault) -> None:
    vault = make_vault({**NOTES, "A.md": "---\ndg-publish: true\n---\n# Flavour types\n\nText.\n"})
    settings = vault / ".obsidian" / "plugins" / "digitalgarden"
    settings.mkdir(parents=True)
    (settings / "data.json").write_text(json.dumps({"gardenBaseUrl": "notes.example.org"}), encoding="utf-8")
    result = run("init", vault)
    assert result.exit_code == 0, result.output
    config = read_config(vault / "rad2skos.toml")
    assert config.scheme.title == "vault"
    assert config.vault.site == "https://notes.example.org"
    assert config.scheme.base == "https://notes.example.org/concept/"
    assert "1 notes with dg-publish" in (vault / "rad2skos.toml").read_text(encoding="utf-8")


def test_init_proposes_to_exclude_what_is_no_note_of_a_thing(run: Run, make_vault: MakeVault) -> None:
    notes = {"Gout.md": "A disease.", "README.md": "x", "Bone/Note template.md": "x", "Bone/Cyst [old].md": "x"}
    days = {"journals/2024-03-01.md": "x", "journals/2024-03-02.md": "x", "logseq/bak/Gout.md": "x"}
    vault = make_vault({**notes, **days})
    run("init", vault)
    text = (vault / "rad2skos.toml").read_text(encoding="utf-8")
    assert '\nexclude = ["Bone/Note template.md", "README.md", "journals/**", "logseq/bak/**"]\n' in text
    assert run("build", vault, "--dry-run").exit_code == 0


def test_init_overwrites_only_with_force(run: Run, make_vault: MakeVault) -> None:
    vault = make_vault(NOTES, "# mine\n")
    result = run("init", vault)
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert (vault / "rad2skos.toml").read_text(encoding="utf-8") == "# mine\n"
    assert run("init", vault, "--force", "--base", "https://w3id.org/acme/").exit_code == 0
    assert read_config(vault / "rad2skos.toml").scheme.base == "https://w3id.org/acme/"


def test_build_accepts_what_init_writes(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    vault = make_vault(NOTES)
    run("init", vault)
    assert run("build", vault, "--out", tmp_path / "out").exit_code == 0


def watch(terminal_size: int, code: str, *, stdout: bool = False) -> str:
    """Run Python code with a terminal as standard error, or as standard output; return what it wrote there."""
    ours, theirs = pty.openpty()
    out, error = (theirs, subprocess.PIPE) if stdout else (subprocess.PIPE, theirs)
    subprocess.run([sys.executable, "-c", code], stdout=out, stderr=error, check=True)
    os.close(theirs)
    os.set_blocking(ours, False)
    try:
        return os.read(ours, terminal_size).decode()
    except (BlockingIOError, OSError):
        return ""
    finally:
        os.close(ours)


PROGRESS = """
from skosify_rad.cli import terminal
terminal.PATIENCE_SECONDS = {patience}
progress = terminal.Progress(quiet={quiet})
progress("reading", 10, 1000)
progress.clear()
"""


def test_progress_is_shown_on_a_terminal_when_a_run_is_long() -> None:
    assert "reading 10 of 1,000" in watch(4096, PROGRESS.format(patience=0, quiet=False))
    assert watch(4096, PROGRESS.format(patience=60, quiet=False)) == ""
    assert watch(4096, PROGRESS.format(patience=0, quiet=True)) == ""


def test_progress_is_never_shown_in_a_pipe(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "PATIENCE_SECONDS", 0.0)
    progress = terminal.Progress(quiet=False)
    progress("reading", 10, 1000)
    progress.clear()
    assert capsys.readouterr() == ("", "")
