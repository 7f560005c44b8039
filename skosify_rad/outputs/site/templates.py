"""The templates: ours, and in their place those of the user's folder; whatever they print is escaped.

The user's templates may come with a vault from elsewhere, so with them Jinja runs in its sandbox, which takes twice
the time, and no file outside their folder is read. Source: https://jinja.palletsprojects.com/en/stable/sandbox/.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import ConfigError

if TYPE_CHECKING:
    import jinja2

FOLDER: Final = Path(__file__).parent / "templates"
"""Our templates."""
ASSETS: Final = Path(__file__).parent / "assets"
"""Style sheet and scripts, copied as they are."""

Render = Callable[[str, Mapping[str, object]], bytes]
"""Template's name, its variables -> the page."""


def make_renderer(config: Config, shared: Mapping[str, object]) -> Render:
    """Return what renders a template; `shared` are variables of every page.

    Raises:
        ConfigError: Jinja2 is not installed, or the user's folder cannot be used.

    """
    environment = _make_environment(_find_own(config))
    environment.globals.update(shared)
    import jinja2  # noqa: PLC0415 - 66 ms, for those who write the site

    def render(name: str, variables: Mapping[str, object]) -> bytes:
        try:
            page = environment.get_template(name).render(variables)
        except jinja2.TemplateError as error:
            where = getattr(error, "name", None) or name
            raise ConfigError(f"the template {where} cannot be used: {error}") from error
        return page.encode("utf-8", "replace")

    return render


def _make_environment(own: Path | None) -> "jinja2.Environment":
    try:
        import jinja2.sandbox  # noqa: PLC0415 - as above
    except ImportError as error:
        raise ConfigError("the site needs Jinja2: pip install 'rad2skos[site]'") from error

    def read(name: str) -> str | None:
        for folder in filter(None, (own, FOLDER)):
            path = (folder / name).resolve()
            if path.is_relative_to(folder.resolve()) and path.is_file():
                return path.read_text(encoding="utf-8")
        return None

    kind = jinja2.sandbox.ImmutableSandboxedEnvironment if own else jinja2.Environment
    return kind(
        loader=jinja2.FunctionLoader(read),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


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


def read_assets() -> dict[str, bytes]:
    """Return file name -> content of the style sheet and the scripts."""
    return {path.name: path.read_bytes() for path in sorted(ASSETS.iterdir()) if path.suffix in (".css", ".js", ".svg")}
