"""`rad2skos serve`: serve an export with the Oxigraph server on this machine."""

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
  rad2skos serve store --port 7879     a store written by `rad2skos load --to store`
  rad2skos serve output --cors         allow requests from web pages

In another terminal:

\b
  rad2skos query differentials Osteoporosis --on http://127.0.0.1:7878/store
"""


@click.command("serve", short_help="Serve a concept scheme, read-only.", epilog=EXAMPLES)
@click.argument("source", type=click.Path(path_type=Path), default="output")
@click.option("--port", type=click.IntRange(1, 65535), default=7878, show_default=True, help="TCP port on 127.0.0.1.")
@click.option("--cors", is_flag=True, help="Allow cross-origin requests from web pages (CORS).")
def command(source: Path, port: int, *, cors: bool) -> None:
    """Serve SOURCE, an export or an embedded store, read-only on 127.0.0.1 until Ctrl-C.

    SOURCE is `output` by default. This needs the Oxigraph server: pip install 'rad2skos[servers]'.
    """
    binary = _find_server()
    if (source / "CURRENT").is_file():
        _serve(binary, source, (port, cors))
        return
    from skosify_rad.stores.embedded import EmbeddedStore
    from skosify_rad.stores.exports import read_export

    export = read_export(source)
    with tempfile.TemporaryDirectory(prefix="rad2skos-") as folder:
        store = EmbeddedStore(folder)
        store.add(export.scheme or "urn:rad2skos:export", export.triples)
        store.close()
        _serve(binary, Path(folder), (port, cors))


def _find_server() -> str:
    """Return the path of the Oxigraph server; one next to our Python is preferred.

    Raises:
        ConfigError: it is not installed.

    """
    from skosify_rad.model.diagnostics import ConfigError

    found = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if found is None:
        raise ConfigError("the Oxigraph server is not installed: pip install 'rad2skos[servers]'")
    return found


def _serve(binary: str, folder: Path, where: tuple[int, bool]) -> None:
    """Run the server until Ctrl-C.

    Raises:
        TargetError: the server exits by itself.

    """
    from skosify_rad.model.diagnostics import TargetError

    port, cors = where
    address = f"127.0.0.1:{port}"
    options = ["--location", str(folder), "--bind", address, "--union-default-graph", *(["--cors"] if cors else [])]
    click.echo(f"SPARQL endpoint: http://{address}/query; web page: http://{address}/; Ctrl-C to stop", err=True)
    process = subprocess.Popen([binary, "serve-read-only", *options])  # noqa: S603 - the server, without a shell
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # otherwise the server would outlive us
    try:
        code = process.wait()
    except KeyboardInterrupt:
        return
    finally:
        process.terminate()
        process.wait()
    if code > 0:
        raise TargetError(f"the server exited with code {code}; if port {port} is in use, choose another with --port")
