"""The site in Firefox, from a folder: every kind of page, and what is done by keyboard."""

from __future__ import annotations

import shutil
from shutil import copytree
from typing import TYPE_CHECKING

import pytest
from firefox import Firefox
from site_pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WIDTHS = (1280, 390)
"""Pixels: a desk, a phone."""


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("not run: there is no Firefox: apt-get install firefox-esr")
    browser = Firefox(program, tmp_path_factory.mktemp("firefox"))
    browser.send("WebDriver:SetWindowRect", width=1400, height=1000)
    yield browser
    browser.close()


@pytest.fixture(params=WIDTHS)
def firefox(request: pytest.FixtureRequest, started: Firefox, example_site: Path) -> Iterator[Firefox]:
    """Yield the browser at each width; the test fails if it has an error or a warning of the site."""
    started.send("WebDriver:Navigate", url="about:blank")
    started.set_width(request.param)
    started.take_faults("")
    yield started
    assert started.take_faults(example_site.as_uri()) == []


def visit(firefox: Firefox, site: Path, path: str) -> None:
    firefox.send("WebDriver:Navigate", url="about:blank")  # so that a fragment alone is a new page, too
    firefox.send("WebDriver:Navigate", url=f"{site.as_uri()}/{path}")


def test_every_kind_of_page_loads(firefox: Firefox, example_site: Path) -> None:
    for path in PAGES:
        visit(firefox, example_site, path)
        if "#" in path:
            firefox.wait_for("document.querySelector('.compare, .graph')")
        firefox.run("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert firefox.run("return document.querySelector('h1').checkVisibility()"), path
        assert firefox.run("return getComputedStyle(document.querySelector('.skip')).position") == "absolute", path
        assert firefox.run("return document.documentElement.scrollWidth <= innerWidth"), path


def test_search_by_keyboard(firefox: Firefox, example_site: Path) -> None:
    visit(firefox, example_site, "site/about.html")
    firefox.press("/")
    firefox.write("osteomalcia")  # a letter is missing
    firefox.wait_for("document.querySelector('#found li[aria-selected=true]')?.textContent.includes('Osteomalacia')")
    firefox.press("Enter")
    firefox.wait_for("location.pathname.endsWith('/osteomalacia.html') && document.readyState === 'complete'")
    firefox.press("Control", "k")
    firefox.write("zzzz")
    firefox.wait_for("document.querySelector('#found .nothing')")
    firefox.press("Escape")
    assert firefox.run("return document.querySelector('#found').hidden")


def test_compare_by_keyboard(firefox: Firefox, example_site: Path) -> None:
    visit(firefox, example_site, "site/compare.html")
    firefox.run("document.querySelector('#add').focus()")
    for name in ("osteoporosis", "osteomalacia"):
        firefox.write(name)
        firefox.wait_for("document.querySelector('#add-found li[aria-selected=true]')")
        firefox.press("Enter")
        firefox.wait_for(f"document.querySelector(`#comparison thead a[href$='/{name}.html']`)")
    assert firefox.run("return location.hash") == "#osteoporosis+osteomalacia"
    rows = firefox.run("return [...document.querySelectorAll('#comparison tbody th')].map(th => th.textContent.trim())")
    assert rows[:2] == ["What it is", "Problem"]


def test_graph(firefox: Firefox, example_site: Path) -> None:
    visit(firefox, example_site, "site/graph.html#osteoporosis")
    firefox.wait_for(
        "document.querySelector('.graph') && document.querySelector('#graph-status a')?.textContent === 'Osteoporosis'"
    )
    firefox.run("location.hash = '#osteomalacia'")
    firefox.wait_for("document.querySelector('#graph-status a').textContent === 'Osteomalacia'")


def test_policy_stops_what_is_not_ours(started: Firefox, example_site: Path, tmp_path: Path) -> None:
    """Show that the tests above see a page's faults, and that Firefox keeps the policy of a page in a folder."""
    folder = tmp_path / "site"
    copytree(example_site, folder)
    page = folder / "osteoporosis.html"
    attack = "<script>window.injected = 1</script><img src='https://example.org/x.png' onerror='window.injected = 1'>"
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", attack + "</main>"), encoding="utf-8")
    script = folder / "site" / "assets" / "theme.js"
    script.write_text(script.read_text(encoding="utf-8") + "\nmissing();", encoding="utf-8")
    started.take_faults("")
    visit(started, folder, "osteoporosis.html")
    faults = "\n".join(started.take_faults(folder.as_uri()))
    assert started.run("return window.injected ?? null") is None
    assert faults.count("Content-Security-Policy") >= 2
    assert "missing is not defined" in faults
