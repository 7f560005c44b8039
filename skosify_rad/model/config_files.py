"""Configuration files: where the user's own is, and how an untrusted one is read within limits."""

import os
import re
import sys
from pathlib import Path
from typing import Any, Final

from skosify_rad.model.diagnostics import ConfigError
from skosify_rad.model.regular_files import read_regular

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

MAX_BYTES: Final = 1_000_000
"""Larger configuration files are refused (bytes)."""
_IRI: Final = re.compile(r'[^\s\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff\ufffe\uffff<>"{}|\\^`]+')
_PREFIX: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def find_user_file() -> Path:
    """Return the path of the user's own configuration, which may not exist; only its [targets] are used.

    Source: https://specifications.freedesktop.org/basedir-spec/latest/.
    """
    base = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(base) if os.path.isabs(base) else Path.home() / ".config") / "rad2skos" / "config.toml"  # noqa: PTH117


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tables of a TOML file.

    Raises:
        ConfigError: It is missing, too large, nested too deeply, no regular file or not TOML.

    """
    try:
        return {} if str(path) == os.devnull else tomllib.loads(read_regular(path, MAX_BYTES).decode())
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: is nested too deeply") from error
    except ValueError as error:  # not TOML, not UTF-8, or a number of thousands of digits
        raise ConfigError(f"{path}: is not valid TOML: {error}") from error


def check_namespace(base: str, prefix: str, where: str) -> None:
    """Check the namespace and its prefix.

    Raises:
        ConfigError: One of them cannot be used in every format.

    """
    if not base.startswith(("http://", "https://")) or base[-1] not in "/#" or not _IRI.fullmatch(base):
        raise ConfigError(f"{where}[scheme] base must be an http(s) IRI ending in / or #, not {base!r}")
    if not _PREFIX.fullmatch(prefix) or prefix.lower().startswith("xml"):  # XML keeps those for itself
        raise ConfigError(
            f"{where}[scheme] prefix must be letters, digits, - and _, and not begin with xml, not {prefix!r}"
        )
