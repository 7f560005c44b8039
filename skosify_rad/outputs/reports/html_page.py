"""The report as one self-contained HTML page with a filter. Notes cannot inject scripts into it."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final
from urllib.parse import quote

from skosify_rad.docs import read_page
from skosify_rad.model.diagnostics import Diagnostic, RuleClass, Severity
from skosify_rad.outputs.reports.report import Report, mark_states

_CLOSED: Final = "base-uri 'none'; form-action 'none'"
_SITE_STYLE: Final = Path(__file__).parents[1] / "site" / "assets" / "site.css"
"""The style sheet of the site, so that both look alike."""
_STYLE: Final = """
form { display: flex; flex-wrap: wrap; gap: .3rem 1rem; align-items: center; margin: 1rem 0; }
form > :first-child { flex: 1 1 100%; }
.tick input { accent-color: var(--accent); width: auto; min-height: 0; vertical-align: middle; }
section { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); margin-top: .8rem; }
section h2 { font-size: 1rem; margin: 0; padding: .6rem 1rem; background: var(--sunk); border-radius: 9px 9px 0 0; }
section ul, .fold ul { list-style: none; margin: 0; padding: 0 1rem; }
section li { padding: .6rem 0; overflow-wrap: anywhere; }
section li:not([hidden]) ~ li { border-top: 1px solid var(--line); }
pre { margin: .3rem 0; padding: .35rem .7rem; white-space: pre-wrap; }
.error, .warning, .info { font-weight: 600; }
.error { color: light-dark(#a40000, #ff8a80); }
.warning { color: var(--warn); }
.info { color: var(--link); }
form label { max-width: 100%; }
select { font: inherit; max-width: min(100%, 18rem); min-height: 32px; color: var(--ink); background: var(--card); }
.fold > :not(summary) { margin-left: 1rem; margin-right: 1rem; }
main > h2 { margin-top: 2rem; }
[hidden] { display: none; }
"""
_SCRIPT: Final = """
const form = document.querySelector("form");
const items = [...document.querySelectorAll("li[data-level]")];
function filter() {
  const words = form.words.value.toLowerCase();
  const levels = new Set([...form.querySelectorAll("[name=level]:checked")].map((box) => box.value));
  const kinds = new Set([...form.querySelectorAll("[name=kind]:checked")].map((box) => box.value));
  const rule = form.rule.value, folder = form.folder.value;
  let shown = 0;
  for (const item of items) {
    const fits = (rule || levels.has(item.dataset.level)) && kinds.has(item.dataset.kind)
      && (!rule || item.dataset.rule === rule)
      && (item.closest("section").dataset.folder + "/").startsWith(folder && folder + "/")
      && (item.textContent + item.parentElement.previousElementSibling.textContent).toLowerCase().includes(words);
    item.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  for (const section of document.querySelectorAll("section")) {
    section.hidden = !section.querySelector("li:not([hidden])");
  }
  document.querySelector("output").textContent = shown + " of " + items.length + " shown";
}
form.addEventListener("input", filter);
addEventListener("hashchange", () => { document.querySelector("details:target")?.setAttribute("open", ""); });
form.addEventListener("submit", (event) => event.preventDefault());
filter();
"""


def iter_html(report: Report) -> Iterator[str]:
    """Yield the page. It loads nothing, and its Content-Security-Policy allows only its own script."""
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; {_CLOSED}"
    worst = max((d.level for d in report.diagnostics), default=Severity.INFO)
    least = min(worst, Severity.WARNING)  # info is hidden at first, unless there is nothing worse
    boxes = "".join(_render_box("level", str(n), checked=n >= least) for n in sorted(Severity, reverse=True))
    boxes += "".join(_render_box("kind", kind.value, checked=True) for kind in RuleClass)
    yield f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>rad2skos report</title>
<style>{_SITE_STYLE.read_text(encoding="utf-8")}{_STYLE}</style>
</head>
<body>
<main>
<h1>What the checks found</h1>
{_render_summary(report)}
<form><label>Filter <input type="search" name="words" placeholder="note, code or word"></label>
{_render_choices(report)}{boxes}<output class="hint"></output></form>
"""
    yield from _iter_sections(report)
    yield f"""
{_render_rules(report)}
{_render_unchecked(report)}
</main>
<script>{_SCRIPT}</script>
</body>
</html>
"""


def _render_box(name: str, value: str, *, checked: bool) -> str:
    mark = " checked" if checked else ""
    return f'<label class="tick"><input type="checkbox" name="{name}" value="{value}"{mark}> {value}</label>'


def _render_choices(report: Report) -> str:
    """Return the lists from which a rule and a folder are chosen, each with its number of findings."""
    rules = Counter(d.rule.slug for d in report.diagnostics)
    folders = Counter(_find_folder(d.place.path) for d in report.diagnostics)
    return _render_choice("rule", rules) + _render_choice("folder", folders)


def _render_choice(name: str, numbers: Mapping[str, int]) -> str:
    rows = "".join(
        f'<option value="{escape(value)}">{escape(value)} ({numbers[value]:,})</option>' for value in sorted(numbers)
    )
    return f'<label>{name} <select name="{name}"><option value="">all</option>{rows}</select></label>\n'


def _find_folder(path: str) -> str:
    """Return the folder of a note; `/` for the vault's own and for what lies in no note."""
    return "/" if "://" in path else path.rpartition("/")[0] or "/"


def _link_note(report: Report, path: str) -> str:
    """Return a note's path, as a link that opens it in Obsidian."""
    if not (report.vault and path.endswith(".md")):
        return escape(path)
    address = f"obsidian://open?vault={_quote(report.vault)}&file={_quote(path)}"
    return f'<a href="{escape(address)}" title="Open in Obsidian">{escape(path)}</a>'


def _quote(text: str) -> str:
    return quote(text.encode("utf-8", "backslashreplace"), safe="")


def _render_summary(report: Report) -> str:
    found = report.counts
    classes = ", ".join(f"{found.get(kind, 0)} {kind.value}" for kind in RuleClass)
    counts = f'<p class="lead">{len(report.diagnostics)} findings: {report.severity_counts}; by class: {classes}.</p>'
    lines = [counts, f"<p>{len(report.unchecked)} rules were not checked.</p>"]
    if report.new is not None:
        lines.append(f"<p>Compared with the baseline: {report.compared}.</p>")
    if report.fixed:
        rows = "".join(f"<li>{escape(f'{k.path}:{k.line}: {k.code}: {k.message}')}</li>" for k in report.fixed)
        lines.append(f'<details class="fold"><summary>Fixed ({len(report.fixed)})</summary><ul>{rows}</ul></details>')
    return "\n".join(lines)


def _iter_sections(report: Report) -> Iterator[str]:
    """Yield a section for each note with findings."""
    heads: dict[tuple[str, int], tuple[str, str]] = {}  # the parts that all findings of a rule share
    for path, items in groupby(mark_states(report), key=lambda pair: pair[0].place.path):
        parts = [f'\n<section data-folder="{escape(_find_folder(path))}"><h2>{_link_note(report, path)}</h2><ul>']
        for diagnostic, state in items:
            key = diagnostic.rule.code, int(diagnostic.level)
            if key not in heads:
                heads[key] = _render_head(diagnostic)
            parts += ["\n", heads[key][0], "<strong>new</strong> " if state == "new" else ""]
            parts += [*_iter_item(diagnostic, heads[key][1], report), "</li>"]
        yield "".join(parts) + "\n</ul></section>"
    if not report.diagnostics:
        yield "<p>No findings.</p>"


def _render_head(diagnostic: Diagnostic) -> tuple[str, str]:
    """Return the HTML before and after the place, the same for all findings of a rule and severity."""
    rule, level = diagnostic.rule, str(diagnostic.level)
    about = f'<a href="#{rule.slug}" title="{escape(rule.summary)}"><code>{rule.code} {rule.slug}</code></a>'
    return (
        f'<li data-level="{level}" data-kind="{rule.kind.value}" data-rule="{rule.slug}">',
        f'\n<span class="{level}">{level}</span> {about}\n',
    )


def _iter_item(diagnostic: Diagnostic, about: str, report: Report) -> Iterator[str]:
    place = diagnostic.place
    yield f"<code>{place.line}:{place.column}</code>{about}{escape(diagnostic.message)}"
    source = report.read_line(place.path, place.line).strip()
    if source:
        yield f"\n<pre>{escape(source[:400])}</pre>"
    if diagnostic.second:
        yield f"\n<div>see also <code>{escape(str(diagnostic.second))}</code></div>"
    if diagnostic.hint:
        yield f'\n<div class="hint">{escape(diagnostic.hint)}</div>'
    if diagnostic.subject.startswith(("http://", "https://")):
        href = escape(diagnostic.subject)
        yield f'\n<div><a href="{href}" rel="noreferrer noopener">{href}</a></div>'


def _render_rules(report: Report) -> str:
    """Return the pages of the rules that the findings name, closed until one is asked for."""
    from pyromark import html  # noqa: PLC0415 - 5 ms at start-up

    slugs = sorted({d.rule.slug for d in report.diagnostics})
    pages = ((slug, html(read_page(f"rules/{slug}").split("\n", 1)[1])) for slug in slugs)
    parts = (f'<details class="fold" id="{slug}"><summary>{slug}</summary>{page}</details>' for slug, page in pages)
    return "\n".join(["<h2>Rules</h2>", *parts]) if slugs else ""


def _render_unchecked(report: Report) -> str:
    if not report.unchecked:
        return ""
    rows = "".join(f"<li><code>{n.rule.code} {n.rule.slug}</code> {escape(n.reason)}</li>" for n in report.unchecked)
    return f'<details class="fold"><summary>Not checked ({len(report.unchecked)})</summary><ul>{rows}</ul></details>'
