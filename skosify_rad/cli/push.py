"""`rad2skos push`: put a concept scheme on a FHIR terminology server."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skosify_rad.cli.server_options import EndpointOptions, find_profile, server_options
from skosify_rad.cli.terminal import Progress, echo, print_row, print_seconds

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from skosify_rad.stores.fhir.client import FhirClient, Resource
    from skosify_rad.stores.fhir.push import Plan, PushOptions

EXAMPLES = """\
Examples:

\b
  rad2skos push output --to http://localhost:8080/fhir        HAPI
  rad2skos push output --to http://localhost:8090             Helios
  rad2skos push ~/notes --to https://fhir.example.org/fhir --user me --password-env FHIR_PASSWORD
  rad2skos push output --to production --verify all           a profile in rad2skos.toml
  rad2skos push output --to production --dry-run              what would change?
"""


class PushCommandOptions(EndpointOptions, total=False):
    """Values of the options of `push`."""

    to: str
    send: str | None
    verify: str
    dry_run: bool
    keep_previous: bool
    fhir_version: str | None
    quiet: bool


@click.command("push", short_help="Put a concept scheme on a FHIR terminology server.", epilog=EXAMPLES)
@click.argument("source", type=click.Path(path_type=Path), default="output")
@click.option("--to", required=True, metavar="TARGET", help="The server's base URL, or a profile in the configuration.")
@server_options
@click.option(
    "--send",
    type=click.Choice(["auto", "bundle", "single"]),
    help="One transaction, or one request for each resource.  [default: auto, by the server's software]",
)
@click.option(
    "--verify",
    type=click.Choice(["sample", "all", "none"]),
    default="sample",
    show_default=True,
    help="Concepts and value sets that the server is asked for afterwards.",
)
@click.option(
    "--fhir-version",
    type=click.Choice(["R4", "R5"]),
    help="Release of FHIR, if SOURCE is a vault.  [default: the server's]",
)
@click.option("--keep-previous", is_flag=True, help="Keep the versions on the server beside this one.")
@click.option("-n", "--dry-run", is_flag=True, help="Change nothing. List what would be created and replaced.")
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
def command(source: Path, **options: Unpack[PushCommandOptions]) -> None:
    """Put the FHIR resources of SOURCE, an export or a vault, on a FHIR terminology server.

    SOURCE is `output` by default. Resources with the same canonical URL are replaced. Afterwards the server is asked
    for concepts and value sets. If anything fails, the previous resources are restored.
    """
    from skosify_rad.stores.fhir.client import FhirClient
    from skosify_rad.stores.fhir.push import make_plan

    started = time.monotonic()
    target = find_profile(options["to"], options, "fhir")
    client = FhirClient(target)
    progress = Progress(quiet=options.get("quiet", False))
    try:
        resources = _read_source(source, options, client)
        asked = _make_options(options, target.send, progress)
        plan = make_plan(client, resources, asked)
        if options.get("dry_run"):
            progress.clear()
            _print_plan(client, plan)
        else:
            _push(client, (plan, asked), progress, quiet=options.get("quiet", False))
    finally:
        progress.clear()
        client.close()
    if not options.get("quiet"):
        print_seconds(started)


def _read_source(source: Path, options: PushCommandOptions, client: FhirClient) -> list[Resource]:
    """Read the Bundle of an export, or build a vault in memory, in the release of FHIR that the server speaks.

    Raises:
        InputError: there is no Bundle, or it cannot be used.

    """
    from skosify_rad.model.diagnostics import InputError
    from skosify_rad.outputs.fhir.bundle import FHIR, build_resources
    from skosify_rad.stores.fhir.push import read_bundle

    file = source / FHIR.file_name if source.is_dir() else source
    if file.is_file():
        return read_bundle(file)
    if not source.is_dir() or not any(source.rglob("*.md")):
        raise InputError(f"{source}: holds no {FHIR.file_name}; run `rad2skos build --format fhir` first")
    from skosify_rad.cli.run import build_export

    export, config = build_export(source, {"config": options.get("config"), "quiet": options.get("quiet", False)})
    release = options.get("fhir_version") or client.describe().release
    version = release if release in ("R4", "R5") else config.fhir.version
    return list(build_resources(export.graph, replace(config, fhir=replace(config.fhir, version=version))))


def _make_options(options: PushCommandOptions, send: str, progress: Progress) -> PushOptions:
    from skosify_rad.stores.fhir.push import PushOptions
    from skosify_rad.stores.fhir.verify import Questions

    questions = Questions(options.get("verify", "sample"))
    return PushOptions(options.get("send") or send, options.get("keep_previous", False), questions, progress)


def _print_plan(client: FhirClient, plan: Plan) -> None:
    echo(f"{client.name}: {plan.capabilities.software or 'software unknown'}, FHIR {plan.capabilities.release}")
    for change in plan.changes:
        place = f"{change.resource['resourceType']}/{change.resource['id']}"
        before = (change.previous or {}).get("version", "")
        state = "create" if change.previous is None else f"replace version {before}" if before else "replace"
        echo(f"  {place}  ({state})")
    for kind in plan.left_out:
        echo(f"  {kind}: the server does not keep these; they would be left out")


def _push(client: FhirClient, job: tuple[Plan, PushOptions], progress: Progress, *, quiet: bool) -> None:
    from skosify_rad.stores.fhir.push import push

    plan, asked = job
    receipt = push(client, plan, asked)
    progress.clear()
    if quiet:
        return
    echo(f"{client.name}: {plan.capabilities.software or 'software unknown'}, FHIR {plan.capabilities.release}")
    for kind, many in Counter(change.resource["resourceType"] for change in plan.changes).items():
        new = sum(c.previous is None and c.resource["resourceType"] == kind for c in plan.changes)
        print_row(kind, many, f"{new:,} new, {many - new:,} replaced")
    for kind in plan.left_out:
        echo(f"{kind:<14}  left out: the server does not keep these")
    found = receipt.verified
    if asked.questions.extent == "none":
        echo(f"{'verified':<14}  not asked for")
    else:
        print_row("verified", found.concepts, f"concepts looked up; {found.value_sets:,} value sets expanded")
    for url in found.unanswered:
        echo(f"not verified: the server finds the expansion of {url} too large")
