"""The page on extraction: its example prints what the page shows, whatever the weights are just now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from click.testing import CliRunner

from skosify_rad.cli.show import command
from skosify_rad.docs import read_page

if TYPE_CHECKING:
    from pathlib import Path

PAGE = read_page("extraction")
NOTE = re.compile(r"^```markdown (\S+)\n(.*?)^```$\s+```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WEIGHED = re.compile(r"-?\d+\.\d\d  |(?<=\)  )\w.*$|(?<=\]  )\w.*$", re.MULTILINE)
"""Scores and signals: what better weights may change."""


def test_the_example_prints_what_the_page_shows(tmp_path: Path) -> None:
    found = NOTE.search(PAGE)
    assert found
    name, note, shown = found.groups()
    file = tmp_path / name.replace("%20", " ")
    file.write_text(note, encoding="utf-8")
    printed = CliRunner().invoke(command, [str(file), "--stage", "candidates", "--vault", str(tmp_path)])
    assert printed.exit_code == 0, printed.output
    assert WEIGHED.sub("", printed.output) == WEIGHED.sub("", shown)
    assert "announced=1" in printed.output
