"""`rad2skos serve`: serve an export with the Oxigraph server on this machine."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from skosify_rad.cli.options import SITE_PORT
from skosify_rad.cli.terminal import echo

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Unpack

EXAMPLES = """\
Examples:

\b
  rad2skos serve                       the export in output/
  rad2skos serve store --port 7879     a store written by `rad2skos load --to store`
  rad2skos serve output --cors         allow requests from web pages
  rad2skos build notes --format site   add a site to the export; `serve` then shows it

In another terminal:

\b
  rad2skos query differentials Osteoporosis --on http://127.0.0.1:7878/store
"""


class ServeOptions(TypedDict):
    """Values of the options of `serve`."""

    port: int
    """`--port`."""
    site_port: int
    """`--site-port`."""
    cors: bool
    """`--cors`."""
    show: bool
    """`--open`."""


@click.command("serve", short_help="Serve a concept scheme, read-only.", epilog=EXAMPLES)
@click.argument("source", type=click.Path(path_type=Path), default="output")
@click.option("--port", type=click.IntRange(1, 65535), default=7878, show_default=True, help="TCP port on 127.0.0.1.")
@SITE_PORT
@click.option("--cors", is_flag=True, help="Allow cross-origin SPARQL requests from web pages (CORS).")
@click.option("--open", "show", is_flag=True, help="Open the site in the browser.")
def command(source: Path, **options: Unpack[ServeOptions]) -> None:
    """Serve SOURCE, an export or an embedded store, read-only on 127.0.0.1 until Ctrl-C.

    SOURCE is `output` by default. If it holds a site (`build --format site`), the site is served on --site-port.
    SPARQL needs the Oxigraph server: pip install 'rad2skos[servers]'.
    """
    from skosify_rad.model.diagnostics import ConfigError

    where = options["port"], options["cors"]
    binary = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    site = next((folder for folder in (source / "site", source) if (folder / "index.html").is_file()), None)
    if site is not None:
        sparql = partial(_serve_sparql, binary, source, where) if binary and site != source else None
        _serve_site(site, sparql, options)
    elif binary is not None:
        _serve_sparql(binary, source, where)
    else:
        raise ConfigError(
            "there is no site in the export (rad2skos build --format site), and for SPARQL the Oxigraph server is not "
            "installed: pip install 'rad2skos[servers]'"
        )


def start_site(folder: Path, port: int, *, show: bool = False) -> threading.Thread:
    """Serve a site in a thread, which ends with the process; say where, and open it in the browser if asked to."""
    import webbrowser

    from skosify_rad.stores.site_server import SiteServer

    server = SiteServer(folder, port)
    echo(f"site: {server.address}; Ctrl-C to stop", err=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    if show and not webbrowser.open(server.address):
        echo("no browser was found to open it", err=True)
    return thread


def _serve_site(folder: Path, sparql: Callable[[], None] | None, options: ServeOptions) -> None:
    """Serve a site in a thread, and SPARQL until Ctrl-C in this one."""
    thread = start_site(folder, options["site_port"], show=options["show"])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        if sparql is None:
            thread.join()
        else:
            sparql()
    except KeyboardInterrupt:
        return


def _serve_sparql(binary: str, source: Path, where: tuple[int, bool]) -> None:
    """Serve an export or a store by the Oxigraph server until Ctrl-C."""
    if (source / "CURRENT").is_file():
        _serve(binary, source, where)
        return
    from skosify_rad.stores.embedded import EmbeddedStore
    from skosify_rad.stores.exports import read_export

    export = read_export(source)
    with tempfile.TemporaryDirectory(prefix="rad2skos-") as folder:
        store = EmbeddedStore(folder)
        store.add(export.scheme or "urn:rad2skos:export", export.triples)
        store.close()
        _serve(binary, Path(folder), where)


def _serve(binary: str, folder: Path, where: tuple[int, bool]) -> None:
    """Run the server until Ctrl-C.

    Raises:
        TargetError: the server exits by itself.

    """
    from skosify_rad.model.diagnostics import TargetError

    port, cors = where
    address = f"127.0.0.1:{port}"
    options = ["--location", str(folder), "--bind", address, "--union-default-graph", *(["--cors"] if cors else [])]
    echo(f"SPARQL endpoint: http://{address}/query; web page: http://{address}/; Ctrl-C to stop", err=True)
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
