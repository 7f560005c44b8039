"""Whether a FHIR server knows what it was given: it is asked, code by code."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from skosify_rad.model.diagnostics import TargetError
from skosify_rad.outputs.fhir.checks import CheckedSystem, select_codes
from skosify_rad.stores.fhir.client import as_dicts
from skosify_rad.stores.http import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from skosify_rad.stores.fhir.client import FhirClient, Resource
    from skosify_rad.stores.fhir.server_profiles import ServerProfile

_SAMPLE: Final = 25
"""Concepts, and as many value sets, that are asked for where not all are."""
_NO_CODE: Final = "no-such-code-at-all"


@dataclass(frozen=True, slots=True)
class Questions:
    """What to ask, and how long to wait for the right answer."""

    extent: str = "sample"
    """`all`, `sample` or `none`."""
    wait_seconds: float = 120.0
    """How long a server that indexes later may take, in seconds."""
    pause_seconds: float = 2.0
    """Between two attempts, in seconds."""
    sleep: Callable[[float], None] = field(default=time.sleep)
    """What waits."""


class Verified(NamedTuple):
    """What a server was asked, and how it answered."""

    concepts: int
    """Concepts that were looked up."""
    value_sets: int
    """Value sets that were expanded."""
    unanswered: tuple[str, ...]
    """What the server would not answer, though it is no fault: an expansion too large for it."""
    wrong: str
    """The first wrong answer, in words; empty where there is none."""


def verify(client: FhirClient, resources: Sequence[Resource], questions: Questions, server: ServerProfile) -> Verified:
    """Ask for concepts and value sets; a server that indexes later is asked again when it answers wrongly.

    Raises:
        TargetError: the server is not reached.

    """
    if questions.extent == "none":
        return Verified(0, 0, (), "")
    end = time.monotonic() + (questions.wait_seconds if server.indexes_later else 0.0)
    concepts = expanded = 0
    unanswered: list[str] = []
    for system in (r for r in resources if r["resourceType"] == "CodeSystem"):
        flat = list(list_concepts(system))
        for concept in _choose(flat, questions.extent):
            wrong = _ask_until(questions, end, partial(_check_concept, client, system, concept))
            if wrong:
                return Verified(concepts, expanded, tuple(unanswered), wrong)
            concepts += 1
        wrong = _check_unknown(client, system)
        if wrong:
            return Verified(concepts, expanded, tuple(unanswered), wrong)
        value_sets = [r for r in resources if r["resourceType"] == "ValueSet"]
        # Each may have been expanded too early, and would stay so.
        for value_set in value_sets if server.keeps_expansions else _choose(value_sets, questions.extent):
            size = _Size(value_set, count_codes(value_set, system), server.keeps_expansions)
            try:
                wrong = _ask_until(questions, end, partial(_check_size, client, size))
            except _TooLargeError:
                unanswered.append(value_set["url"])
                continue
            if wrong:
                return Verified(concepts, expanded, tuple(unanswered), wrong)
            expanded += 1
    return Verified(concepts, expanded, tuple(unanswered), "")


class _TooLargeError(Exception):
    """An expansion that the server finds too large."""


def _choose(found: list[Resource], extent: str) -> list[Resource]:
    """Return all, or some spread evenly, the first always among them."""
    step = 1 if extent == "all" else max(1, -(-len(found) // _SAMPLE))
    return found[::step]


def _ask_until(questions: Questions, end: float, ask: Callable[[], str]) -> str:
    while True:
        wrong = ask()
        if not wrong or time.monotonic() >= end:
            return wrong
        questions.sleep(questions.pause_seconds)


def _ask(client: FhirClient, kind: str, operation: str, parameters: dict[str, str]) -> Resource | str:
    """Return the answer, or in words why it was refused."""
    try:
        return client.ask(kind, operation, {key: value for key, value in parameters.items() if value})
    except RefusedError as error:
        return str(error)
    except TargetError as error:
        if "answered 5" in str(error):  # HAPI's word for an expansion it has not got ready
            return str(error)
        raise


def _check_concept(client: FhirClient, system: Resource, concept: Resource) -> str:
    """Return in words what is wrong with the answers about a concept; empty where nothing is."""
    code, display, version = concept["code"], concept.get("display", ""), system.get("version", "")
    named = {"code": code, "version": version}
    # HAPI fails on boolean properties unless others are named.
    answer = _ask(client, "CodeSystem", "lookup", {"system": system["url"], **named, "property": "parent"})
    if isinstance(answer, str):
        return f"does not find {code!r}: {answer}"
    shown = read_parameter(answer, "display")
    if shown != display:
        return f"shows {code!r} as {shown!r}, not {display!r}"
    answer = _ask(client, "CodeSystem", "validate-code", {"url": system["url"], **named, "display": display})
    if isinstance(answer, str):
        return f"does not validate {code!r}: {answer}"
    return "" if read_parameter(answer, "result") is True else f"says that {code!r} with its own display is not valid"


def _check_unknown(client: FhirClient, system: Resource) -> str:
    """Return in words what is wrong where a code that is none is taken for one."""
    asked = {"url": system["url"], "code": _NO_CODE, "version": system.get("version", "")}
    answer = _ask(client, "CodeSystem", "validate-code", asked)
    valid = isinstance(answer, dict) and read_parameter(answer, "result") is True
    return f"takes {_NO_CODE!r} for a code" if valid else ""


class _Size(NamedTuple):
    """A value set, and how many codes it is to expand to."""

    value_set: Resource
    codes: int | None
    is_kept: bool
    """The server keeps its expansion."""


def _check_size(client: FhirClient, size: _Size) -> str:
    value_set = size.value_set
    asked = {"url": value_set["url"], "valueSetVersion": value_set.get("version", ""), "excludeNested": "true"}
    if size.codes is not None:
        asked["count"] = str(size.codes + 1)  # HAPI sends 1,000 codes unless more are asked for
    answer = _ask(client, "ValueSet", "expand", asked)
    if isinstance(answer, str):
        if any(words in answer.lower() for words in ("too costly", "too-costly", "too many codes", "hapi-0831")):
            raise _TooLargeError
        return f"does not expand {value_set['url']}: {answer}"
    many = len(set(list_expansion(answer.get("expansion"))))
    if size.codes in (None, many):
        return ""
    if size.is_kept:  # HAPI may have expanded it before it knew all codes
        client.invalidate_expansion(value_set)
    return f"expands {value_set['url']} to {many:,} codes, not {size.codes:,}"


def list_expansion(expansion: object) -> list[str]:
    """Return the codes of an expansion, in order; servers nest them or do not."""
    found = []
    work = [*reversed(as_dicts(expansion.get("contains")))] if isinstance(expansion, dict) else []
    while work:
        entry = work.pop()
        if isinstance(entry.get("code"), str):
            found.append(entry["code"])
        work.extend(reversed(as_dicts(entry.get("contains"))))
    return found


def read_parameter(answer: Resource, name: str) -> object:
    """Return the value of a parameter; None where there is none."""
    for part in as_dicts(answer.get("parameter")):
        if part.get("name") == name:
            return next((value for key, value in part.items() if key.startswith("value")), None)
    return None


def list_concepts(system: Resource) -> Iterator[Resource]:
    """Yield the concepts of a code system, flattened, in their order."""
    work = [*reversed(as_dicts(system.get("concept")))]
    while work:
        concept = work.pop()
        yield concept
        work.extend(reversed(as_dicts(concept.get("concept"))))


def count_codes(value_set: Resource, system: Resource) -> int | None:
    """Return how many codes a value set holds; None where it selects from elsewhere."""
    selected = select_codes(value_set, {system["url"]: CheckedSystem(system)})
    return None if selected is None else len(selected)
