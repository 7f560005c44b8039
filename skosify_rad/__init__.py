"""rad2skos: build a SKOS concept scheme from a vault of radiology notes.

>>> from skosify_rad import Config, build
>>> export = build(Path("examples/vault"), Config())  # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from skosify_rad.model.version import __version__

if TYPE_CHECKING:
    from skosify_rad.graph.graph import Graph
    from skosify_rad.model.config import Config, parse_config, read_config
    from skosify_rad.model.diagnostics import Diagnostic, Place, Severity, SkosifyError
    from skosify_rad.model.statements import Evidence, Literal, Triple
    from skosify_rad.pipeline import Export, Receipt, build, write

__all__ = [
    "Config",
    "Diagnostic",
    "Evidence",
    "Export",
    "Graph",
    "Literal",
    "Place",
    "Receipt",
    "Severity",
    "SkosifyError",
    "Triple",
    "__version__",
    "build",
    "parse_config",
    "read_config",
    "write",
]

_MODULES = {
    "graph.graph": ("Graph",),
    "model.config": ("Config", "parse_config", "read_config"),
    "model.diagnostics": ("Diagnostic", "Place", "Severity", "SkosifyError"),
    "model.statements": ("Evidence", "Literal", "Triple"),
    "pipeline": ("Export", "Receipt", "build", "write"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public object
    """Import a public name on first use, so that `--help` stays fast."""
    for module, names in _MODULES.items():
        if name in names:
            value = getattr(import_module(f"skosify_rad.{module}"), name)
            globals()[name] = value
            return value
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
