"""The page of a review: decisions are kept, and only by who opened it."""

from __future__ import annotations

import http.client
import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from skosify_rad.concepts.decisions import Key, read_decisions
from skosify_rad.model.config import Config
from skosify_rad.outputs.reports import make_line_reader
from skosify_rad.outputs.review import Review, make_finder
from skosify_rad.outputs.review_rows import list_rows
from skosify_rad.pipeline import build
from skosify_rad.stores.review_server import ReviewServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

ATTACK = "<img src=x onerror=alert(1)>"
NOTES = {
    "Cyst.md": f"A cyst is a sac.\n\n## Types\n- Simple cyst\n- Septated cyst `{ATTACK}`\n- Milk {ATTACK} cyst\n",
    "Lipoma.md": "## Differential diagnosis\n- [[Cyst]]\n- Liposarcoma: septa\n",
}


@pytest.fixture
def server(make_vault: Callable[..., Path]) -> Iterator[ReviewServer]:
    vault = make_vault(NOTES)
    export = build(vault, Config())
    rows = list_rows(export.graph, export.sources, export.diagnostics, ())
    review = Review(rows, vault / "decisions.tsv", make_finder(export.graph))
    with ReviewServer(review, make_line_reader(vault), 0) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def ask(server: ReviewServer, path: str, given: object = None, **headers: str) -> tuple[int, Any]:
    """Return the status and what the JSON or text of the answer says; sent as the page does, unless headers differ."""
    home = f"127.0.0.1:{server.server_port}"
    sent = {"Host": home, "Origin": f"http://{home}", "X-Token": server.token}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    body = given if isinstance(given, str | None) else json.dumps(given)
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    connection.request("GET" if given is None else "POST", path, body, sent)
    answer = connection.getresponse()
    content = answer.read().decode()
    connection.close()
    return answer.status, json.loads(content) if content.startswith("{") else content


def list_verdicts(folder: Path) -> list[str]:
    made, found = read_decisions(folder / "vault" / "decisions.tsv")
    assert found == []
    return sorted(decision.words for decision in made.values())


def test_a_decision_is_kept_at_once(server: ReviewServer, tmp_path: Path) -> None:
    status, before = ask(server, "/rows")
    assert (status, before["left"]) == (200, before["total"])
    first = next(row for row in before["rows"] if "Simple cyst” is a kind" in row["statement"])
    assert [number for number, _ in first["lines"]] == [1, 3, 4, 5, 6]
    status, after = ask(server, "/decide", {"id": first["id"], "decision": "reject", "comment": "no\tkind\n"})
    assert status == 200
    assert first["id"] not in after["open"]
    assert len(after["open"]) < before["left"]
    assert ask(server, "/rows")[1]["left"] == len(after["open"])
    assert list_verdicts(tmp_path) == ["reject"]


def test_what_a_relation_names_is_renamed_or_merged(server: ReviewServer, tmp_path: Path) -> None:
    listed = ask(server, "/rows")[1]["rows"]
    rows = {row["text"]: row for row in listed if "is a kind or stage of" in row["statement"]}
    assert ask(server, "/decide", {"id": rows["Simple cyst"]["id"], "decision": "rename to Plain cyst"})[0] == 200
    status, after = ask(server, "/decide", {"id": rows["Milk cyst"]["id"], "decision": "same as simple cyst"})
    made, found = read_decisions(tmp_path / "vault" / "decisions.tsv")
    assert (status, found) == (200, [])
    assert set(made) == {Key("simple-cyst", "concept"), Key("milk-cyst", "same", "simple-cyst")}
    assert rows["Simple cyst"]["id"] in after["open"]  # whether it is a kind is another question
    assert rows["Milk cyst"]["id"] not in after["open"]


@pytest.mark.parametrize(
    ("given", "headers", "status"),
    [
        ({"id": "x", "decision": "accept"}, {}, 400),
        ({"decision": 5}, {}, 400),
        ([], {}, 400),
        ("{", {}, 400),
        ("[" * 90_000, {}, 400),
        ("x" * 100_001, {}, 400),
        ("{}", {"Content_Length": "-1"}, 400),
        ({}, {"X_Token": "guess"}, 403),
        ({}, {"X_Token": "\u00e4"}, 403),
        ({}, {"Origin": "https://evil.example"}, 403),
        ({}, {"Origin": ""}, 403),
        ({}, {"Origin": "null"}, 403),
        ({}, {"Host": "evil.example"}, 421),
        (None, {"X_Token": ""}, 403),
        (None, {"Host": "evil.example"}, 421),
    ],
)
def test_what_is_no_decision_of_the_page_is_refused(
    server: ReviewServer, given: object, headers: dict[str, str], status: int, tmp_path: Path
) -> None:
    assert ask(server, "/rows" if given is None else "/decide", given, **headers)[0] == status
    assert not (tmp_path / "vault" / "decisions.tsv").exists()


def test_decisions_at_the_same_time_are_all_kept(server: ReviewServer, tmp_path: Path) -> None:
    rows = ask(server, "/rows")[1]["rows"]
    threads = [
        threading.Thread(target=ask, args=(server, "/decide", {"id": row["id"], "decision": "accept"})) for row in rows
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list_verdicts(tmp_path) == ["accept"] * len(rows)


@pytest.fixture
def page(browser: Browser, server: ReviewServer) -> Iterator[Page]:
    """Open the page; it may ask nobody else and report no error."""
    faults: list[str] = []
    opened = browser.new_context(viewport={"width": 390, "height": 700}).new_page()
    opened.on("console", lambda m: None if m.type == "log" or "400 (Bad Request)" in m.text else faults.append(m.text))
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("dialog", lambda dialog: faults.append(dialog.message))
    home = f"http://127.0.0.1:{server.server_port}/"
    opened.on("request", lambda r: None if r.url.startswith(home) else faults.append(r.url))
    opened.goto(server.address)
    opened.wait_for_selector("#lines mark")
    yield opened
    opened.context.close()
    assert faults == []


def test_statements_are_decided_by_keyboard(page: Page, server: ReviewServer, tmp_path: Path) -> None:
    total = server.describe()["total"]
    seen = [page.locator("#statement").inner_text()]
    for key in ("a", "s", "r"):
        page.keyboard.press(key)
        page.wait_for_function("text => document.getElementById('statement').textContent !== text", arg=seen[-1])
        seen.append(page.locator("#statement").inner_text())
    assert len(set(seen)) == 4
    assert list_verdicts(tmp_path) == ["accept", "reject"]
    assert f"of {total} decided" in page.locator("#count").inner_text()
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("no decision")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('message').textContent.includes('is no decision')")
    assert "same as ..." in page.locator("#allowed").inner_text()
    page.locator("#cancel").click()
    page.keyboard.press("e")
    page.keyboard.press("Escape")
    assert page.locator("#form").is_hidden()
    shown = ""
    while page.locator("#buttons").is_visible():
        text = page.locator("#statement").inner_text()
        shown += page.locator("#lines").inner_text()
        assert page.locator("img").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("a")
        page.wait_for_function("text => document.getElementById('statement').textContent !== text", arg=text)
    assert ATTACK in shown
    assert "skipped" in page.locator("#statement").inner_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_accessible(page: Page, theme: Any) -> None:  # noqa: ANN401 - Playwright's literal
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="not run: rad2skos[site-test]").Axe()
    page.emulate_media(color_scheme=theme)
    page.keyboard.press("e")
    found = axe.run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []


def test_nobody_without_the_token_sees_a_note(browser: Browser, server: ReviewServer) -> None:
    page = browser.new_page()
    page.goto(server.address.partition("#")[0])
    page.wait_for_function("() => document.getElementById('statement').textContent.includes('address that rad2skos')")
    assert page.locator("#lines li").count() == 0
    page.close()
