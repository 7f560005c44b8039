"""Resources put on a FHIR server: each replaces what has its URL; when anything fails, the old ones return."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from skosify_rad.model.diagnostics import InputError, TargetError
from skosify_rad.outputs.fhir.bundle import TYPES, make_bundle, name_place
from skosify_rad.outputs.fhir.checks import find_faults
from skosify_rad.outputs.fhir.code_view import make_slug
from skosify_rad.stores.fhir.client import as_dicts, is_id
from skosify_rad.stores.fhir.restore import renew_expansions, restore
from skosify_rad.stores.fhir.server_profiles import find_server
from skosify_rad.stores.fhir.verify import Questions, Verified, list_concepts, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from skosify_rad.stores.fhir.client import Capabilities, FhirClient, Resource
    from skosify_rad.stores.fhir.server_profiles import ServerProfile

_LONGEST_ID: Final = 64


@dataclass(frozen=True, slots=True)
class PushOptions:
    """How to push."""

    send: str = "auto"
    """`auto`, `bundle` or `single`."""
    keep_previous: bool = False
    """Leave other versions where they are and put this one beside them."""
    questions: Questions = field(default_factory=Questions)
    """What to ask afterwards."""
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _total: None
    """Called with stage, how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one resource."""

    resource: Resource
    """As it will stand on the server, with the id it has there."""
    previous: Resource | None
    """What stands in its place now."""
    is_alone: bool
    """No other version of it is on the server."""

    def as_asked(self, resource: Resource) -> Resource:
        """Return the resource as the server is to be asked for it: without a version, if there is no other."""
        return {key: value for key, value in resource.items() if key != "version"} if self.is_alone else resource


@dataclass(frozen=True, slots=True)
class Plan:
    """What a push will do."""

    server: ServerProfile
    """The kind of server."""
    capabilities: Capabilities
    """What it says of itself."""
    changes: tuple[Change, ...]
    """In the order of sending."""
    left_out: tuple[str, ...]
    """Types of resources that the server does not keep."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a push did."""

    plan: Plan
    """What was to be done, and was."""
    verified: Verified
    """What the server was asked."""


def make_plan(client: FhirClient, resources: Sequence[Resource], options: PushOptions) -> Plan:
    """Find out what stands on the server, and what is to take its place; nothing is changed.

    Raises:
        InputError: there is no CodeSystem among the resources, or one is faulty.
        TargetError: the server cannot take them.

    """
    check_resources(resources)
    able = client.describe()
    release = find_release(resources)
    if able.release not in ("R4", "R5") or release not in ("", able.release):
        wanted = f"; build with --fhir-version {able.release}" if able.release in ("R4", "R5") else ""
        raise TargetError(f"{client.name}: speaks FHIR {able.release}, and these resources are {release}{wanted}")
    kept = [r for r in resources if not able.types or r["resourceType"] in able.types]
    left_out = tuple(sorted({r["resourceType"] for r in resources} - {r["resourceType"] for r in kept}))
    if "CodeSystem" in left_out:
        raise TargetError(f"{client.name}: keeps no CodeSystem; is this a terminology server?")
    changes = []
    for number, resource in enumerate(kept):
        options.progress("looking up", number, len(kept))
        changes.append(_plan_change(client, resource, options))
    return Plan(find_server(able.software), able, tuple(changes), left_out)


def check_resources(resources: Sequence[Resource]) -> None:
    """Refuse resources that no server should get.

    Raises:
        InputError: there is no CodeSystem among them, or one is faulty.

    """
    if not any(r["resourceType"] == "CodeSystem" for r in resources):
        raise InputError("there is no CodeSystem to push; run `rad2skos build --format fhir` first")
    faults = list(find_faults(resources))
    if faults:
        more = f" (and {len(faults) - 1:,} more faults)" if faults[1:] else ""
        raise InputError(f"nothing was sent: {faults[0].message} [{faults[0].slug}]{more}")


def find_release(resources: Sequence[Resource]) -> str:
    """Return `R4` or `R5` by elements that only one of them has; empty where the resources fit both."""
    for resource in resources:
        if "sourceScopeCanonical" in resource or "versionAlgorithmString" in resource:
            return "R5"
        if "sourceCanonical" in resource:
            return "R4"
        if resource["resourceType"] == "NamingSystem":
            return "R5" if "url" in resource else "R4"
    return ""


def _plan_change(client: FhirClient, resource: Resource, options: PushOptions) -> Change:
    """Match a resource by URL and version, then by URL alone, then by id."""
    kind = resource["resourceType"]
    found = _find_namesakes(client, resource)
    same = [r for r in found if r.get("version") == resource.get("version")]
    chosen = same or ([] if options.keep_previous else found)
    chosen.sort(key=lambda r: (r["id"] != resource["id"], r["id"]))
    if chosen:
        place = {"resourceType": kind, "id": chosen[0]["id"]}  # whatever the server says is in there
        previous = client.read(f"{kind}/{chosen[0]['id']}") or chosen[0]
        return Change({**resource, "id": chosen[0]["id"]}, {**previous, **place}, not found[1:])
    identifier = resource["id"]
    if found:
        identifier = make_slug(f"{identifier}-{resource.get('version', '')}", _LONGEST_ID)
    taken = client.read(f"{kind}/{identifier}")
    if taken is not None:
        other = taken.get("url") or taken.get("name") or "another resource"
        raise TargetError(f"{client.name}/{kind}/{identifier}: is taken by {other}; choose another [fhir] id")
    return Change({**resource, "id": identifier}, None, not found)


def _find_namesakes(client: FhirClient, resource: Resource) -> list[Resource]:
    """Return the resources on the server that have this one's URL, whatever their version."""
    if "url" in resource:
        found = client.find(resource["resourceType"], {"url": resource["url"]})
        return [r for r in found if r.get("url") == resource["url"]]  # some servers pass over what they cannot search
    value = _find_url(resource)
    found = client.find(resource["resourceType"], {"value": value})
    return [r for r in found if any(u.get("value") == value for u in as_dicts(r.get("uniqueId")))]


def push(client: FhirClient, plan: Plan, options: PushOptions) -> Receipt:
    """Carry out a plan and ask the server whether it knows what it was given.

    Raises:
        TargetError: something failed; the message says what, and that the old resources are back.

    """
    by_bundle = options.send == "bundle" or (options.send == "auto" and plan.server.by_bundle)
    done: list[Change] = []
    try:
        if by_bundle:
            _send_bundle(client, plan.changes, done)
        else:
            for number, change in enumerate(plan.changes):
                options.progress("sending", number, len(plan.changes))
                done.append(change)  # before it is sent: a lost answer says nothing of what happened
                client.put(change.resource)
        if plan.server.keeps_expansions:
            renew_expansions(client, plan.changes)
        asked = [change.as_asked(change.resource) for change in plan.changes]
        verified = verify(client, asked, options.questions, plan.server)
        _refuse_wrong(client, verified)
    except (TargetError, KeyboardInterrupt) as error:
        interrupted = isinstance(error, KeyboardInterrupt)
        questions = replace(options.questions, extent="none") if interrupted else options.questions
        state = restore(client, plan, done, questions)
        if interrupted:
            raise
        raise TargetError(f"{error}; {state}") from error
    return Receipt(plan, verified)


def _refuse_wrong(client: FhirClient, verified: Verified) -> None:
    if verified.wrong:
        raise TargetError(f"{client.name}: {verified.wrong}")


def _send_bundle(client: FhirClient, changes: Sequence[Change], done: list[Change]) -> None:
    """Send all in one transaction, and note which changes took place.

    A lost answer says nothing of what happened, so that all of them may have.
    """
    bundle = make_bundle([change.resource for change in changes], client.name)
    done.extend(changes)
    refusals = client.send_bundle(bundle)
    if any(refusals):
        done[:] = [change for change, refusal in zip(changes, refusals, strict=True) if not refusal]
        first = next(number for number, refusal in enumerate(refusals) if refusal)
        more = sum(map(bool, refusals)) - 1
        place = name_place(changes[first].resource)
        others = f" (and {more:,} more)" if more else ""
        raise TargetError(f"{client.name}: did not store {place}: {refusals[first]}{others}; try --send single")


def read_bundle(path: Path) -> list[Resource]:
    """Return the terminology resources of a Bundle in a file.

    Raises:
        InputError: it cannot be read, is no Bundle, or one of its resources lacks what every resource has.

    """
    try:
        bundle = json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: is no JSON: {error}") from error
    entries = bundle.get("entry") if isinstance(bundle, dict) else None
    found = [e.get("resource") for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []
    resources = [r for r in found if isinstance(r, dict) and r.get("resourceType") in TYPES]
    for resource in resources:
        if not (is_id(resource.get("id")) and _find_url(resource)):
            raise InputError(f"{path}: a {resource['resourceType']} in it has no id or no url")
        if not all(isinstance(concept.get("code"), str) for concept in list_concepts(resource)):
            raise InputError(f"{path}: a concept in {name_place(resource)} has no code")
    return resources


def _find_url(resource: Resource) -> str:
    """Return what a resource is known by everywhere: its URL, or that of R4's NamingSystem; empty if it has none."""
    named = resource.get("url")
    if named is None and resource["resourceType"] == "NamingSystem":
        named = next((unique.get("value") for unique in as_dicts(resource.get("uniqueId"))), None)
    return named if isinstance(named, str) else ""
