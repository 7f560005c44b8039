"""rad2skos: a vault of radiology notes as a SKOS concept scheme.

>>> from skosify_rad import Config, build
>>> export = build(Path("examples/vault"), Config())  # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skosify_rad.config import Config, parse_config, read_config
    from skosify_rad.diagnostics import Diagnostic, Place, Severity, SkosifyError
    from skosify_rad.export import Export, Receipt
    from skosify_rad.graph import Graph
    from skosify_rad.pipeline import build, write
    from skosify_rad.statements import Evidence, Literal, Triple

__version__ = "0.1.0"

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
    "build",
    "parse_config",
    "read_config",
    "write",
]

_HOMES = {
    "config": ("Config", "parse_config", "read_config"),
    "diagnostics": ("Diagnostic", "Place", "Severity", "SkosifyError"),
    "export": ("Export", "Receipt"),
    "graph": ("Graph",),
    "pipeline": ("build", "write"),
    "statements": ("Evidence", "Literal", "Triple"),
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
