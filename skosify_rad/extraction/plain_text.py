"""Raw Markdown of a block -> plain text with its links: LaTeX, full-width signs and clozes made usual."""

import re
from typing import Final

from skosify_rad.vault.markdown.inline import Inline, parse_inline

_PREFIX: Final = re.compile(r"(?<=\n)[ \t]*(?:>[ \t]?)*[ \t]*")
_SPACES: Final = re.compile(r"[ \t]{2,}")
_LONG: Final = 1_000
"""Longer runs of spaces of any kind become one, and the text is read without its links: patterns take quadratic time
for them."""
_RUN: Final = re.compile(rf"\s{{{_LONG},}}")
_WIDE: Final = str.maketrans(
    {
        "：": ": ", "，": ", ", "、": ", ", "；": "; ", "。": ". ", "（": " (", "）": ") ",
        "／": "/", "！": "! ", "？": "? ", "～": "~", "＝": "=", "＜": "<", "＞": ">", "［": " [", "］": "] ",
        "　": " ", "＋": "+", "％": "%",
    }
)  # fmt: skip
_LATEX: Final = re.compile(r"\\(?:text|mathrm|textbf|mathbf)\{([^{}\n]*)\}|\\([A-Za-z]+)|[_^]\{([^{}\n]{1,20})\}")
_MATH: Final = re.compile(r"\$([^$\n]{1,200})\$|\\\(([^\n]{1,200}?)\\\)")
_COMMANDS: Final = {
    "rightarrow": "→", "to": "→", "Rightarrow": "⇒", "longrightarrow": "→", "leftarrow": "←", "leftrightarrow": "↔",
    "uparrow": "↑", "downarrow": "↓", "geq": "≥", "ge": "≥", "leq": "≤", "le": "≤", "pm": "±", "times": "×",
    "approx": "≈", "sim": "~", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "mu": "μ", "kappa": "κ",
    "lambda": "λ", "neq": "≠", "degree": "°", "circ": "°",
}  # fmt: skip
_CLOZE: Final = re.compile(r"\{\{c\d+:{0,2} ?([^{}\n]*)\}\}|\{\{[^{}\n]*\}\}|\(\([0-9a-f-]{36}\)\)")
_WIKI_TAG: Final = re.compile(r"#(\[\[[^\[\]\n]*\]\])")
_TAGS: Final = re.compile(r"#\S+")


def read_text(raw: str) -> Inline:
    """Return the plain text of a block's raw Markdown; its line ends stay."""
    if "\n" in raw:
        raw = _PREFIX.sub("", raw)
    if "   " in raw:
        raw = _SPACES.sub(" ", raw)
    if "$" in raw or "\\(" in raw:
        raw = _MATH.sub(_read_math, raw)
    if "{{" in raw or "((" in raw:
        raw = _CLOZE.sub(lambda cloze: cloze[1] or "", raw)
    if "#[[" in raw:
        raw = _WIKI_TAG.sub(_read_tag, raw)
    found = parse_inline(raw if raw.isascii() else raw.translate(_WIDE))
    return Inline(_RUN.sub(" ", found.text)) if len(raw) > _LONG and _RUN.search(found.text) else found


def _read_tag(tag: re.Match[str]) -> str:
    """Return the link that a Logseq tag is where it is a word of the text; nothing where it only files the text."""
    line = tag.string
    files = line[: tag.start()].strip() and not _TAGS.sub("", line[tag.end() :]).strip(" ]")
    return "" if files else tag[1]


def _read_math(formula: re.Match[str]) -> str:
    inside = formula[1] or formula[2] or ""
    if "\\" not in inside and not inside.isalnum():
        return inside if formula[2] else formula[0]
    return _LATEX.sub(lambda m: m[1] or m[3] or _COMMANDS.get(m[2] or "", m[2] or ""), inside)
