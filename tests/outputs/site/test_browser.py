"""The site in a real browser: from a folder, with and without scripts, by keyboard, and under attack."""

from __future__ import annotations

import random
import re
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest
from site_pages import PAGES

from skosify_rad.checks.not_run import Scope, list_unchecked
from skosify_rad.outputs.reports import Report, write_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog, Page

    from skosify_rad.model.config import Config
    from skosify_rad.pipeline import Export

TARGETS = {"rules": {"target-size": {"enabled": True}}}
"""WCAG 2.2: targets of at least 24 pixels, which axe checks only if asked."""


class Watch:
    """Opens pages and holds them to do nothing that none of ours may do."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.faults: list[str] = []

    def _dismiss(self, dialog: Dialog) -> None:
        self.faults.append(dialog.message)
        dialog.dismiss()

    def __call__(self, site: Path, path: str = "index.html", **settings: Any) -> Page:  # noqa: ANN401 - Playwright's own
        page = self.browser.new_context(**settings).new_page()
        page.set_default_timeout(8000)
        page.on("console", lambda m: self.faults.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", self._dismiss)
        page.on("request", lambda r: None if r.url.startswith((site.as_uri(), "about:")) else self.faults.append(r.url))
        page.goto(f"{site.as_uri()}/{path}")
        return page


@pytest.fixture
def visit(browser: Browser) -> Iterator[Watch]:
    watch = Watch(browser)
    yield watch
    for context in browser.contexts:
        context.close()
    assert watch.faults == []


def labels(page: Page, selector: str) -> list[str]:
    return [text.strip() for text in page.locator(selector).all_text_contents()]


def test_search_by_keyboard(visit: Watch, example_site: Path) -> None:
    page = visit(example_site, "site/about.html")
    page.keyboard.press("/")
    page.keyboard.type("osteomalcia")  # a letter is missing
    page.wait_for_selector("#found li")
    assert page.locator("#found-count").inner_text().endswith("found")
    first = page.locator("#found li").first
    assert "Osteomalacia" in first.inner_text()
    assert first.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    assert page.locator("#words").get_attribute("aria-activedescendant") == "found-1"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/osteomalacia.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("zzzz")
    page.wait_for_selector("#found .nothing")
    page.keyboard.press("Escape")
    assert page.locator("#found").is_hidden()
    assert page.locator("#words").get_attribute("aria-expanded") == "false"


def test_content_is_a_few_stops_away(visit: Watch, example_site: Path) -> None:
    page = visit(example_site, "osteoporosis.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    stops = 1
    while not page.evaluate("document.querySelector('main').contains(document.activeElement)"):
        page.keyboard.press("Tab")
        stops += 1
    assert stops <= 11


def test_compare(visit: Watch, example_site: Path) -> None:
    page = visit(example_site, "site/compare.html")
    page.wait_for_selector("#comparison p")
    assert page.locator("#starts a").count() > 2
    page.focus("#add")
    for name in ("osteoporosis", "osteomalacia"):
        page.keyboard.type(name)
        page.wait_for_selector("#add-found li[aria-selected=true]")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#comparison thead a[href$='/{name}.html']")
    assert page.url.endswith("#osteoporosis+osteomalacia")
    assert page.locator("#starts").is_hidden()
    rows = labels(page, "#comparison tbody th")  # what the notes say of both faces each other
    assert rows[:4] == ["What it is", "Problem", "Calcium, phosphate", "Alkaline phosphatase"]
    facing = page.locator("#comparison tbody tr", has_text="Alkaline phosphatase").locator("td").all_inner_texts()
    assert [re.sub(r"\s*▸?\s*Osteomalacia vs osteoporosis:7–11$", "", cell) for cell in facing] == ["normal", "raised"]
    told = page.locator("#comparison tbody tr", has_text="What else tells it apart").locator("td")
    assert "Looser zones" in told.nth(1).inner_text()
    assert re.search(r"Osteoporosis:\d+", told.nth(1).inner_text())
    page.get_by_role("button", name="+ Multiple myeloma").click()
    page.wait_for_selector(".compare.of3")
    told = page.locator("#comparison tbody tr", has_text="What tells it from Osteoporosis").locator("td")
    assert told.nth(0).get_attribute("class") == "own"
    marked = page.locator("#comparison tbody tr", has_text="Differentials").last
    assert marked.locator("mark").count() > 0
    assert re.search(r"also [A-C]", marked.inner_text())
    page.get_by_role("button", name="remove Osteomalacia").click()
    page.wait_for_selector(".compare.of2")
    page.go_back()
    page.wait_for_selector(".compare.of3")


def test_compare_survives_any_address(visit: Watch, example_site: Path) -> None:
    page = visit(example_site, "site/compare.html#%+__proto__+nothing+constructor")
    page.wait_for_selector("#comparison p")
    assert "Nothing here has this address" in page.locator("#comparison").inner_text()


def test_graph(visit: Watch, example_site: Path) -> None:
    page = visit(example_site, "site/graph.html#osteoporosis")
    page.wait_for_selector(".graph")
    assert "5 differentials" in page.locator("#graph-status").inner_text()
    first = page.locator(".graph").inner_html()
    assert page.locator(".graph .node.stub").count() > 0
    page.locator(".graph a", has_text="Osteomalacia").first.click()
    page.wait_for_url("**#osteomalacia")
    page.wait_for_function("document.querySelector('.graph text.middle').textContent === 'Osteomalacia'")
    page.go_back()
    page.wait_for_function("document.querySelector('.graph text.middle').textContent === 'Osteoporosis'")
    assert page.locator(".graph").inner_html() == first
    names = set(labels(page, "#same a:not(.compare)"))
    assert set(labels(page, ".graph text.step1")) <= names


def test_theme_is_kept(visit: Watch, example_site: Path) -> None:
    page = visit(example_site, color_scheme="light")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.click("#theme")
    dark = page.evaluate(background)
    assert dark != light
    page.goto(f"{example_site.as_uri()}/osteoporosis.html")
    assert page.evaluate(background) == dark


def test_reads_without_scripts(visit: Watch, example_site: Path) -> None:
    page = visit(example_site, "osteoporosis.html", java_script_enabled=False)
    assert page.locator("#search").is_hidden()
    assert page.locator("text=Looser zones").first.is_visible()
    assert page.locator("figure.picture svg").is_visible()
    page.click("text=Osteomalacia >> nth=0")
    assert page.url.endswith("osteomalacia.html")
    page.goto(f"{example_site.as_uri()}/site/compare.html")
    assert page.locator("text=Comparing needs JavaScript").is_visible()
    assert page.locator("#picker").is_hidden()


def test_policy_stops_what_is_not_ours(browser: Browser, example_site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    copytree(example_site, folder)
    page_file = folder / "osteoporosis.html"
    attack = (
        '<script>window.injected=1</script><img src="https://example.org/x.png" onerror="window.injected=1"></main>'
    )
    page_file.write_text(page_file.read_text(encoding="utf-8").replace("</main>", attack), encoding="utf-8")
    page = browser.new_context().new_page()
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text))
    page.goto(page_file.as_uri())
    page.wait_for_timeout(200)
    assert page.evaluate("window.injected") is None
    assert len([text for text in blocked if "Content Security Policy" in text]) >= 2
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "path",
    ["index.html", "osteoporosis.html", "site/compare.html#osteoporosis+metastasis", "site/graph.html#metastasis"],
)
def test_nothing_moves_while_a_page_loads(visit: Watch, example_site: Path, path: str, width: int) -> None:
    page = visit(example_site, path, viewport={"width": width, "height": 800})
    if "#" in path:
        page.wait_for_selector(".compare, .graph")
    observe = """new Promise(give => {
        const seen = new PerformanceObserver(list => give(list.getEntries().map(e => e.value)));
        seen.observe({type: 'layout-shift', buffered: true});
        setTimeout(() => give([]), 300);
    })"""
    assert page.evaluate(observe) == []
    if path == "index.html":  # so that an observer that sees nothing is no success
        page.evaluate("document.querySelector('main').style.paddingTop = '50px'")
        assert page.evaluate(observe) != []


def test_a_concept_is_printed_without_what_needs_a_screen(visit: Watch, example_site: Path) -> None:
    page = visit(example_site, "osteoporosis.html", color_scheme="dark")
    page.emulate_media(media="print")
    for selector in (".top", ".picture", "details.fold", "a.compare"):
        assert page.locator(selector).first.is_hidden(), selector
    assert page.locator("table.ddx").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_scrolls_sideways(visit: Watch, example_site: Path, width: int) -> None:
    page = visit(example_site, viewport={"width": width, "height": 800})
    for path in PAGES:
        page.goto("about:blank")
        page.goto(f"{example_site.as_uri()}/{path}")
        if "#" in path:
            page.wait_for_selector(".compare, .graph")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_kind_of_page_is_accessible(browser: Browser, example_site: Path, width: int, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="not run: rad2skos[site-test]").Axe()
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if theme == "dark" else "light",
        bypass_csp=True,  # axe is a script of its own
    )
    page = context.new_page()
    found = []
    for path in PAGES:
        page.goto("about:blank")
        page.goto(f"{example_site.as_uri()}/{path}")
        if "#" in path:
            page.wait_for_selector(".compare, .graph")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        violations = axe.run(page, options=TARGETS).response["violations"]
        found += [f"{path}: {v['id']}: {v['nodes'][0]['html']}" for v in violations]
    page.evaluate("document.querySelector('#words').previousElementSibling.remove()")
    page.evaluate("document.querySelector('#words').removeAttribute('placeholder')")
    assert axe.run(page).violations_count > 0  # so that an axe that does not run is no success
    context.close()
    assert found == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_report_is_accessible(
    browser: Browser, example: tuple[Export, Config], tmp_path: Path, width: int, theme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="not run: rad2skos[site-test]").Axe()
    report = Report(example[0].diagnostics, list_unchecked(example[1], Scope()), lambda _path, _line: "a line")
    (tmp_path / "validation.html").write_bytes(b"".join(write_report(report, "html")))
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if theme == "dark" else "light", bypass_csp=True
    )
    page = context.new_page()
    page.goto((tmp_path / "validation.html").as_uri())
    page.check("[value=info]")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = [f"{v['id']}: {v['nodes'][0]['html']}" for v in axe.run(page).response["violations"]]
    context.close()
    assert found == []


def attacks(page: Page) -> list[str]:
    """Return what of an attack has got through on a page as it is now."""
    script = "[window.injected, document.querySelectorAll('.injected, main b[onclick], img').length].map(String)"
    found: list[str] = page.evaluate(script)
    return [name for name in found if name not in ("undefined", "0")]


def walk(visit: Watch, site: Path, **settings: Any) -> list[str]:  # noqa: ANN401 - Playwright's own
    """Use every script on hostile data, and return what has got through."""
    through: list[str] = []
    page = visit(site, "index.html", **settings)
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
        through += attacks(page)
    page.goto(f"{site.as_uri()}/index.html")
    for words, shown in (("alpha", "#found li"), ("abel", "#found .hint")):
        page.fill("#words", words)
        page.wait_for_selector(shown)
        through += attacks(page)
    for name in ("compare.html#a+b+__proto__", "graph.html#a", "graph.html#__proto__"):
        page.goto("about:blank")
        page.goto(f"{site.as_uri()}/site/{name}")
        page.wait_for_selector(".compare, .graph")
        page.wait_for_timeout(200)
        through += attacks(page)
    page.context.close()
    return through


@pytest.mark.parametrize("with_policy", [True, False])
def test_hostile_notes_run_nothing(visit: Watch, hostile_site: Path, *, with_policy: bool) -> None:
    assert walk(visit, hostile_site, bypass_csp=not with_policy) == []


MUTANTS = {
    "search.js": ("element.append(...children);", "element.innerHTML = children.map(c => c.outerHTML ?? c).join('');"),
    "graph.js": (
        "return element;",
        "if (children.length && !children[0].tagName) element.innerHTML = children[0];\n    return element;",
    ),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_hostile_notes_run_where_scripts_write_html(
    browser: Browser, hostile_site: Path, tmp_path: Path, name: str
) -> None:
    """Show that the test above can fail."""
    folder = tmp_path / "site"
    copytree(hostile_site, folder)
    script = folder / "site" / "assets" / name
    before, after = MUTANTS[name]
    text = script.read_text(encoding="utf-8")
    assert before in text
    script.write_text(text.replace(before, after), encoding="utf-8")
    assert walk(Watch(browser), folder, bypass_csp=True) != []
    for context in browser.contexts:
        context.close()


def spoil(word: str, number: int, chance: random.Random) -> str:
    """Return a word with so many letters swapped, left out, doubled or replaced; never the first."""
    for _ in range(number):
        at = chance.randrange(1, len(word) - 1)
        kind = chance.randrange(4)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        word = [
            swapped,
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + "x" + word[at + 1 :],
        ][kind]
    return word


def to_american(name: str) -> str:
    for british, american in (
        ("oedema", "edema"),
        ("tumour", "tumor"),
        ("haem", "hem"),
        ("aem", "em"),
        ("ised", "ized"),
        ("fibre", "fiber"),
    ):
        name = name.replace(british, american)
    return name


def make_queries(names: list[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Return kind -> query and path, made of labels, always the same."""
    chance = random.Random(7)  # noqa: S311 - typing errors, no secrets
    long = [(re.sub(r"[^\w ]", " ", label), path) for label, path in names if len(label) > 9]
    words = [(max(label.split(), key=len), label, path) for label, path in long]
    return {
        "as written": long,
        "one typo": [
            (label.replace(word, spoil(word, 1, chance)), path) for word, label, path in words if len(word) > 5
        ],
        "two typos": [
            (label.replace(word, spoil(word, 2, chance)), path) for word, label, path in words if len(word) > 9
        ],
        "reversed words": [(" ".join(label.split()[::-1]), path) for label, path in long if " " in label],
        "American spelling": [(to_american(label), path) for label, path in names if to_american(label) != label],
        "inside a word": [(label.replace(word, word[3:]), path) for word, label, path in words if len(word) > 9],
        "abbreviation": [
            ("RCC", "renal-cell-carcinoma"),
            ("GCT", "giant-cell-tumour-gct"),
            ("ABC", "aneurysmal-bone-cyst"),
            ("DXA", "dual-energy-x-ray-absorptiometry-dxa"),
        ],
    }


FLOORS = {
    "as written": 100,
    "one typo": 97,
    "two typos": 93,
    "reversed words": 100,
    "American spelling": 100,
    "inside a word": 97,
    "abbreviation": 100,
}
"""Kind of query -> least share, in per cent, of which the concept is among the first five results."""


@pytest.mark.parametrize("kind", FLOORS)
def test_search_finds(visit: Watch, example_site: Path, kind: str) -> None:
    page = visit(example_site)
    rows = page.evaluate("rad.load_index().then(() => rad.load('names'))")
    queries = make_queries([(row[0], row[1]) for row in rows if row[2] < 2])[kind]
    assert len(queries) > 2
    found = page.evaluate(
        "queries => queries.map(q => rad.search(q, 5).map(hit => hit.row[1]))", [q for q, _ in queries]
    )
    missed = [query for (query, path), paths in zip(queries, found, strict=True) if path not in paths]
    assert 100 * (1 - len(missed) / len(queries)) >= FLOORS[kind], missed


MOST_SCANS = 20
"""Times that a key may take as long as one look at every name; the worst key took 6."""


def make_names(number: int) -> list[list[object]]:
    """Return so many rows of the list of names, of some 4,000 different words."""
    chance = random.Random(5)  # noqa: S311 - names, no secrets
    parts = ["osteo", "chondro", "fibro", "angio", "lipo", "myxo", "neuro", "aden", "haemato", "lympho", "melan"]
    ends = ["ma", "sarcoma", "sis", "blastoma", "pathy", "itis", "dysplasia", "matosis", "lysis", "cele"]
    words = [f"{a}{chance.choice(parts)}{chance.randrange(9)}{end}" for a in parts for end in ends for _ in range(40)]
    return [[" ".join(chance.sample(words, 3)).capitalize(), f"c{n}", n % 2, ["ABC"]] for n in range(number)]


def test_no_key_takes_longer_than_some_scans_of_all_names(visit: Watch, example_site: Path) -> None:
    """The times themselves are measured by benchmarks/pages.py; a ratio also holds on a busy machine."""
    page = visit(example_site)
    names = make_names(10_000)
    page.evaluate("rows => { rad.load('names'); radData('names', rows); return rad.load_index(); }", names)
    longest = "osteochondxo3sarcoma lipofibro1blastxma"
    keys = [longest[:end] for end in range(1, len(longest) + 1)] + ["a", "zzzzzz", "a " * 60, "osteo " * 2000]
    best_of_five = """([keys, names]) => {
        const time = run => Math.min(...[1, 2, 3, 4, 5].map(() => {
            const began = performance.now();
            run();
            return performance.now() - began;
        }));
        const scan = () => names.filter(name => name[0].toLowerCase().includes("zq")).length;
        const scans = () => { for (let n = 0; n < 10; n++) scan(); };
        return keys.map(key => time(() => rad.search(key)) / time(scans) * 10);
    }"""
    taken = page.evaluate(best_of_five, [keys, names])
    assert {key[:40]: scans for key, scans in zip(keys, taken, strict=True) if scans > MOST_SCANS} == {}
