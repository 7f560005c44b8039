"""What an edit changes of what is wrong: the rules run over a part of the export as it was and as it is.

What differs is what the edit changed, and what stays may have its place elsewhere.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from skosify_rad.amend import Amendment
from skosify_rad.checks import Finding, View
from skosify_rad.config import Config
from skosify_rad.diagnostics import Diagnostic, Severity
from skosify_rad.edits import Edits, require
from skosify_rad.exported import Exported
from skosify_rad.graph import Subjects
from skosify_rad.region import Region, Told, freeze_part
from skosify_rad.validate import find_all, place, settle
from skosify_rad.vocab import SKOS

_TOLD_FROM_ALL: Final = ("orphan-concept", "disconnected-cluster", "wanted-note")
"""Rules that no part of a graph can tell. Of the first two `_join` sees to it that the same groups hang together; the
third is about things that have no note, and these are not touched."""

_Found = dict[Finding, Severity]


class Recheck:
    """The findings of a part of an export, before an edit and after it."""

    def __init__(self, amendment: Amendment, region: Region, config: Config) -> None:
        self._amendment = amendment
        self._region = region
        self._config = config

    def renew(self, edits: Edits, found: Collection[Diagnostic]) -> tuple[set[Diagnostic], set[Diagnostic]]:
        """Return the findings of the last export that are no more, and those that are there instead.

        Raises:
            WholeNeededError: the part does not tell what the whole did.

        """
        gone = {*settle((d for changes in edits.changes for d in changes.mended), self._config)}
        reading = (d for changes in edits.changes for d in changes.found)
        come = {*settle((*reading, *edits.find_broken()), self._config)}
        if self._amendment.touched:
            left, new = self._check()
            joined = self._join(found)
            require(not (joined and edits.exempts))
            gone |= left | {d for d in found if d.rule.slug == "orphan-concept" and d.subject in joined}
            come |= new
        require(gone <= set(found))
        require(not any(edits.is_guarded(d.place.path) for d in come))
        return gone, come

    def _check(self) -> tuple[set[Diagnostic], set[Diagnostic]]:
        """Return what the rules said of the part and do not say now, and what they say instead."""
        amendment = self._amendment
        was = self._find(self._view(amendment.before, amendment.tell_before()))
        now = self._find(self._view(amendment.after, amendment.tell_after()))
        gone, come = self._part_from(was, now), self._part_from(now, was)
        self._region.read_all_about(_list_subjects((*gone, *come)))
        before = self._view(amendment.before, amendment.tell_before())
        after = self._view(amendment.after, amendment.tell_after())
        return (
            {place(finding, level, before) for finding, level in gone.items()},
            {place(finding, level, after) for finding, level in come.items()},
        )

    def _find(self, view: View) -> _Found:
        checks = self._config.checks
        ignoring = replace(checks, ignore=(*checks.ignore, *_TOLD_FROM_ALL))
        return dict(find_all(view, replace(self._config, checks=ignoring)))

    def _part_from(self, some: _Found, others: _Found) -> _Found:
        """Return the findings that the others do not hold, and those whose place may be another now."""
        touched = self._amendment.touched
        return {f: o for f, o in some.items() if others.get(f) != o or f.triple in touched or f.second in touched}

    def _view(self, subjects: Subjects, told: Told) -> View:
        graph, sources = freeze_part(subjects, told, Exported.make_graph({}, self._config))
        return View(graph, sources, self._config.scheme.language.lower())

    def _join(self, found: Iterable[Diagnostic]) -> set[str]:
        """Return the concepts that were related to none and now are, to one of the largest group.

        Raises:
            WholeNeededError: groups meet or part otherwise, or the hierarchy says already how two are related.

        """
        region = self._region
        related = {t for t in self._amendment.altered if t.predicate == SKOS.related}
        pairs = {(t.subject, str(t.object)) for t in related if t.subject < str(t.object)}
        require(not pairs or not region.maps_inside)
        require(not any(region.is_above(one, other) for one, other in pairs))
        apart = [(one, other) for one, other in pairs if not region.are_connected(one, other, related)]
        groups = (d.subject for d in found if d.rule.slug == "disconnected-cluster") if apart else ()
        smaller = {iri for subject in groups for iri in region.find_group(subject)}
        joined = {iri for pair in apart for iri in pair if region.is_alone(iri)}
        require(all(smaller.isdisjoint(pair) and len(joined.intersection(pair)) == 1 for pair in apart))
        return joined


def _list_subjects(found: Iterable[Finding]) -> set[str]:
    """Return the resources whose evidence places some findings."""
    triples = [triple for f in found for triple in (f.triple, f.second) if triple is not None]
    ends = {term for t in triples for term in (t.subject, t.object) if isinstance(term, str)}
    return ends | {f.subject for f in found}
