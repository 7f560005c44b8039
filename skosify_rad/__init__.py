"""rad2skos: a vault of radiology notes as a SKOS concept scheme.

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

_HOMES = {
    "graph.graph": ("Graph",),
    "model.config": ("Config", "parse_config", "read_config"),
    "model.diagnostics": ("Diagnostic", "Place", "Severity", "SkosifyError"),
    "model.statements": ("Evidence", "Literal", "Triple"),
    "pipeline": ("Export", "Receipt", "build", "write"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Import a public name when it is first used, so that `--help` loads none of them."""
    for module, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"skosify_rad.{module}"), name)
            globals()[name] = value
            return value
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
