"""What stood on a server before a push that failed is put back, and the server is asked whether it knows it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skosify_rad.model.diagnostics import TargetError
from skosify_rad.outputs.fhir.bundle import name_place
from skosify_rad.stores.fhir.verify import list_concepts, verify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skosify_rad.stores.fhir.client import FhirClient, Resource
    from skosify_rad.stores.fhir.push import Change, Plan
    from skosify_rad.stores.fhir.verify import Questions


def restore(client: FhirClient, plan: Plan, done: Sequence[Change], questions: Questions) -> str:
    """Put back what was there before some changes, the last first, and return in words how that went."""
    if not done:
        return "nothing was changed"
    left = [name_place(change.resource) for change in reversed(done) if not _put_back(client, change, questions)]
    if left:
        return f"could not be put back: {', '.join(left)}"
    if plan.server.keeps_expansions:
        renew_expansions(client, done)
    before = [change.as_asked(change.previous) for change in done if change.previous is not None]
    sound = [resource for resource in before if _is_sound(resource)]
    try:
        wrong = verify(client, sound, questions, plan.server).wrong
    except TargetError as error:
        wrong = str(error)
    return "what was there before is back" + (f", but not answered yet: {wrong}" if wrong else "")


def renew_expansions(client: FhirClient, changes: Sequence[Change]) -> None:
    """Have a server forget the expansions that it keeps of value sets which are replaced."""
    for change in changes:
        if change.previous is not None and change.resource["resourceType"] == "ValueSet":
            client.invalidate_expansion(change.resource)


def _put_back(client: FhirClient, change: Change, questions: Questions) -> bool:
    """Restore one resource, at the third attempt at last; tells whether that worked.

    HAPI refuses while a job of its own, that expands a value set, holds the same rows.
    """
    for pause in (questions.pause_seconds, questions.pause_seconds, 0.0):
        if _replace(client, change):
            return True
        questions.sleep(pause)
    return False


def _replace(client: FhirClient, change: Change) -> bool:
    try:
        if change.previous is None:
            client.delete(name_place(change.resource))
        else:
            client.put(change.previous)
    except TargetError:
        return False
    return True


def _is_sound(resource: Resource) -> bool:
    """Return whether the server can be asked for what it sent itself."""
    has_codes = all(isinstance(concept.get("code"), str) for concept in list_concepts(resource))
    return isinstance(resource.get("url"), str) and has_codes
