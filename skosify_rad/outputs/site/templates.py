"""The templates: ours, and in their place those of the user's folder; whatever they print is escaped.

The command line takes the user's templates only from a configuration that is named to it; still Jinja runs them in its
sandbox, which takes twice the time, and no file outside their folder is read. Source: https://jinja.palletsprojects.com/en/stable/sandbox/.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import ConfigError
from skosify_rad.outputs.site.addresses import INNER

if TYPE_CHECKING:
    import jinja2

FOLDER: Final = Path(__file__).parent / "templates"
"""Our templates."""
ASSETS: Final = Path(__file__).parent / "assets"
"""Style sheet and scripts, copied as they are."""
_FILTERS: Final = ("link", "sources", "number")
_PARTS: Final = ("assets", "top", "bottom")
"""The macros of `kept.html`: Jinja calls a filter in a third of the time of a macro."""
_MOST_KEPT: Final = 50_000
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_GROUNDS: Final = ("#e2f1ee", "#12312e")
"""The darkest light and the lightest dark ground behind text in the accent colour (`--tint` in `site.css`)."""
_LEAST_CONTRAST: Final = 4.5
"""WCAG 2.2 AA for text."""

Render = Callable[[str, str, Mapping[str, object]], bytes]
"""Relative address of the site's folder, template's name, its variables -> the page."""


def make_renderer(config: Config, shared: Mapping[str, object]) -> Render:
    """Return what renders a template; `shared` are variables of every page.

    Raises:
        ConfigError: Jinja2 is not installed, or the user's folder cannot be used.

    """
    try:
        import jinja2.sandbox  # noqa: PLC0415 - 66 ms, for those who write the site
    except ImportError as error:
        raise ConfigError("the site needs Jinja2: pip install 'rad2skos[site]'") from error
    own = _find_own(config)
    environments: dict[str, jinja2.Environment] = {}

    def render(root: str, name: str, variables: Mapping[str, object]) -> bytes:
        try:
            if root not in environments:
                environments[root] = _make_environment(own, {"root": root, "inside": f"{root}{INNER}/", **shared})
            page = environments[root].get_template(name).render(variables)
        except jinja2.TemplateError as error:
            where = getattr(error, "name", None) or name
            raise ConfigError(f"the template {where} cannot be used: {error}") from error
        return page.encode("utf-8", "replace")

    return render


def _make_environment(own: Path | None, shared: Mapping[str, object]) -> "jinja2.Environment":
    """Return the templates for the pages of one depth, which share the addresses that links begin with."""
    import jinja2.sandbox  # noqa: PLC0415 - as above

    def read(name: str) -> str | None:
        for folder in filter(None, (own, FOLDER)):
            path = (folder / name).resolve()
            if path.is_relative_to(folder.resolve()) and path.is_file():
                return path.read_text(encoding="utf-8")
        return None

    kind = jinja2.sandbox.ImmutableSandboxedEnvironment if own else jinja2.Environment
    environment = kind(
        loader=jinja2.FunctionLoader(read),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(shared)
    kept = environment.get_template("kept.html").module
    environment.filters.update({name: lru_cache(_MOST_KEPT)(getattr(kept, name)) for name in _FILTERS})
    environment.globals.update({name: lru_cache(_MOST_KEPT)(getattr(kept, name)) for name in _PARTS})
    return environment


def _find_own(config: Config) -> Path | None:
    """Return the user's folder of templates.

    Raises:
        ConfigError: it is not there, or lies outside the folder of the configuration file.

    """
    if not config.site.templates:
        return None
    beside = (config.path.parent if config.path else Path()).resolve()
    folder = (beside / config.site.templates).resolve()
    if not folder.is_relative_to(beside) or not folder.is_dir():
        raise ConfigError(f"[site] templates: {config.site.templates!r} is no folder in {beside}")
    return folder


def read_assets(config: Config) -> dict[str, bytes]:
    """Return file name -> content of the style sheet and the scripts.

    Raises:
        ConfigError: a colour is none, or too pale to be read.

    """
    found = {p.name: p.read_bytes() for p in sorted(ASSETS.iterdir()) if p.suffix in (".css", ".js", ".svg")}
    if config.site.colours:
        found["site.css"] += _write_accent(config.site.colours)
    return found


def _write_accent(colours: tuple[str, ...]) -> bytes:
    """Return the rule that sets the accent colours, which must stand out from the pages' backgrounds."""
    if len(colours) != len(_GROUNDS) or not all(_COLOUR.fullmatch(colour) for colour in colours):
        raise ConfigError('[site] colours must be two, of the light and the dark theme: ["#0b6b63", "#55d0c0"]')
    for colour, ground in zip(colours, _GROUNDS, strict=True):
        low, high = sorted((_luminance(colour), _luminance(ground)))
        if (high + 0.05) / (low + 0.05) < _LEAST_CONTRAST:
            raise ConfigError(
                f"[site] colours: {colour} is hard to read on {ground} (contrast below {_LEAST_CONTRAST})"
            )
    light, dark = colours
    return f":root {{ --accent: light-dark({light}, {dark}); --a: var(--accent); }}\n".encode()


def _luminance(colour: str) -> float:
    """Return the relative luminance. Source: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)  # noqa: PLR2004 - sRGB
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
