"""`rad2skos serve`: the export on a real SPARQL server, for trying out, on this machine only."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import click

EXAMPLES = """\
Examples:

\b
  rad2skos serve                       the export in output/
  rad2skos serve store --port 7879     a store that `rad2skos load --to store` made
  rad2skos serve output --cors         for a web page of yours

In another terminal:

\b
  rad2skos query differentials Osteoporosis --on http://127.0.0.1:7878/store
"""


@click.command("serve", short_help="Serve an export on this machine, for trying out.", epilog=EXAMPLES)
@click.argument("source", type=click.Path(path_type=Path), default="output")
@click.option("--port", type=click.IntRange(1, 65535), default=7878, show_default=True, help="TCP port on 127.0.0.1.")
@click.option("--cors", is_flag=True, help="Let web pages from elsewhere ask, too.")
def command(source: Path, port: int, *, cors: bool) -> None:
    """Serve SOURCE, an export or an embedded store, by the Oxigraph server until Ctrl-C; nobody can write to it."""
    binary = _find_server()
    if (source / "CURRENT").is_file():
        _serve(binary, source, (port, cors))
        return
    from skosify_rad.stores.embedded import EmbeddedStore  # noqa: PLC0415 - keeps --help fast
    from skosify_rad.stores.exports import read_export  # noqa: PLC0415 - as above

    export = read_export(source)
    with tempfile.TemporaryDirectory(prefix="rad2skos-") as folder:
        store = EmbeddedStore(folder)
        store.add(export.scheme or "urn:rad2skos:export", export.triples)
        store.close()
        _serve(binary, Path(folder), (port, cors))


def _find_server() -> str:
    """Return the path of the Oxigraph server, beside our Python first.

    Raises:
        ConfigError: it is not installed.

    """
    from skosify_rad.model.diagnostics import ConfigError  # noqa: PLC0415 - keeps --help fast

    found = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if found is None:
        raise ConfigError("the Oxigraph server is not installed: pip install 'rad2skos[servers]'")
    return found


def _serve(binary: str, folder: Path, where: tuple[int, bool]) -> None:
    """Run the server until it ends; Ctrl-C reaches it, too.

    Raises:
        TargetError: it stops of itself.

    """
    from skosify_rad.model.diagnostics import TargetError  # noqa: PLC0415 - keeps --help fast

    port, cors = where
    address = f"127.0.0.1:{port}"
    options = ["--location", str(folder), "--bind", address, "--union-default-graph", *(["--cors"] if cors else [])]
    click.echo(
        f"SPARQL at http://{address}/query, with a page for people at http://{address}/; Ctrl-C ends it", err=True
    )
    process = subprocess.Popen([binary, "serve-read-only", *options])  # noqa: S603 - the server, without a shell
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # or the server would outlive us
    try:
        code = process.wait()
    except KeyboardInterrupt:
        return
    finally:
        process.terminate()
        process.wait()
    if code > 0:
        raise TargetError(f"the server stopped with code {code}; is port {port} taken? choose another with --port")
