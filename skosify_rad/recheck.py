"""What an edit changes of what is wrong: the rules run over a part of the export as it was and as it is.

What differs is what the edit changed, and what stays may have its place elsewhere.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from skosify_rad.amend import Amendment
from skosify_rad.assemble import tell_conflict
from skosify_rad.catalogue import BY_SLUG
from skosify_rad.checks import BUILD_SLUGS, Finding, View
from skosify_rad.checks.editorial import rank_wanted, read_wanted
from skosify_rad.checks.relations import list_related_ancestors
from skosify_rad.checks.schemes import tell_group
from skosify_rad.config import Config
from skosify_rad.diagnostics import Diagnostic, Severity
from skosify_rad.edits import Edits, known, require
from skosify_rad.exported import Exported
from skosify_rad.graph import Subjects
from skosify_rad.groups import GROUP_SLUGS, Regrouped, find_parted, regroup
from skosify_rad.region import Region, Told, freeze_part
from skosify_rad.validate import find_all, is_selected, place, place_finding, settle
from skosify_rad.vocab import SKOS

_TOLD_FROM_ALL: Final = (*GROUP_SLUGS, "wanted-note")
"""Rules that no part of a graph can tell: they are told from what the last export found (`_regroup`, `_rank`)."""

_Found = dict[Finding, Severity]


class Recheck:
    """The findings of a part of an export, before an edit and after it."""

    def __init__(self, amendment: Amendment, region: Region, config: Config, total: int) -> None:
        """Take a part of an export that had so many concepts."""
        self._total = total
        self._amendment = amendment
        self._region = region
        self._config = config

    def renew(self, edits: Edits, found: Collection[Diagnostic]) -> tuple[set[Diagnostic], set[Diagnostic]]:
        """Return the findings of the last export that are no more, and those that are there instead.

        Raises:
            WholeNeededError: the part does not tell what the whole did.

        """
        require(edits.nowhere <= {d.words for d in found if d.rule.slug == "broken-link"})
        mended = (d for changes in edits.changes for d in changes.mended)
        gone = {*settle(mended, self._config), *edits.find_mended(found)}
        reading = (d for changes in edits.changes for d in changes.found)
        come = {*settle((*reading, *edits.find_broken()), self._config)}
        if self._amendment.touched:
            self._require_plain(found, edits)
            require(not (self._amendment.stubs and edits.exempts))
            for left, new in (self._check(edits, found), self._regroup(edits, found)):
                gone |= left
                come |= new
        subjects = {d.subject for d in gone}
        require(gone <= {d for d in found if d.subject in subjects})
        require(not edits.exempts or not any(edits.is_guarded(d.place.path) for d in come))
        return gone, come

    def _require_plain(self, found: Iterable[Diagnostic], edits: Edits) -> None:
        """Go on only where nothing had been left out of the hierarchy that now might stand, or the reverse.

        Raises:
            WholeNeededError: a cycle was broken, or a differential left out, where kinds came or went.

        """
        descent = self._amendment.descent
        if descent.kinds:
            rules = [BY_SLUG[slug] for slug in BUILD_SLUGS]
            require(not edits.exempts and all(is_selected(rule, self._config.checks) for rule in rules))
            require(not any(d.rule.slug == "hierarchy-cycle" and d.subject in descent.below for d in found))
            require(not any(d.rule.slug == "related-in-hierarchy" and self._is_between(d) for d in found))

    def _is_between(self, left_out: Diagnostic) -> bool:
        """Tell whether a differential that was left out joins what is above a kind to what is below."""
        above, below = self._amendment.descent.above, self._amendment.descent.below
        subject = left_out.subject
        others = (above if subject in below else set()) | (below if subject in above else set())
        name = self._region.name(subject) if others else ""
        return any(left_out.message == tell_conflict(name, self._region.name(other)) for other in others)

    def _check(self, edits: Edits, found: Iterable[Diagnostic]) -> tuple[set[Diagnostic], set[Diagnostic]]:
        """Return what the rules said of the part and do not say now, and what they say instead."""
        amendment = self._amendment
        before = self._view(amendment.before, amendment.tell_before())
        after = self._view(amendment.after, amendment.tell_after())
        require(_list_conflicts(before) == _list_conflicts(after))  # new ones would be left out of a whole export
        was, now = self._find(before), self._find(after)
        gone, come = self._part_from(was, now), self._part_from(now, was)
        self._region.read_all_about(_list_subjects((*gone, *come)))
        before = self._view(amendment.before, amendment.tell_before())
        after = self._view(amendment.after, amendment.tell_after())
        left = {place(finding, level, before) for finding, level in gone.items()}
        new = {place(finding, level, after) for finding, level in come.items()}
        was_wanted, wanted = self._rank(edits, found, after)
        return left | was_wanted, new | wanted

    def _rank(self, edits: Edits, found: Iterable[Diagnostic], after: View) -> tuple[set[Diagnostic], set[Diagnostic]]:
        """Return the findings that ask for notes and are others now, and those instead: of all, since they rank."""
        rule, stubs = BY_SLUG["wanted-note"], self._amendment.stubs
        if not stubs or not is_selected(rule, self._config.checks):
            return set(), set()
        was = {d.subject: d for d in found if d.rule is rule}
        checks = replace(self._config.checks, select=(rule.slug,), ignore=())
        asked = find_all(after, replace(self._config, checks=checks))
        new = {finding.subject: place(finding, level, after) for finding, level in asked if finding.subject in stubs}
        rest = {subject: d for subject, d in was.items() if subject not in stubs}
        said = {subject: known(read_wanted(d.message)) for subject, d in (*new.items(), *rest.items())}
        ranks = rank_wanted({subject: many for subject, (_, many) in said.items()})
        message = {subject: told + ranks[subject] for subject, (told, _) in said.items()}
        gone = {d for subject, d in was.items() if d.message != message.get(subject) or subject in new}
        moved = edits.move(d for d in rest.values() if d in gone)
        return gone, {replace(d, message=message[d.subject]) for d in (*new.values(), *moved)}

    def _find(self, view: View) -> _Found:
        checks = self._config.checks
        ignoring = replace(checks, ignore=(*checks.ignore, *_TOLD_FROM_ALL))
        return dict(find_all(view, replace(self._config, checks=ignoring)))

    def _part_from(self, some: _Found, others: _Found) -> _Found:
        """Return the findings that the others do not hold, and those whose place may be another now."""
        touched = self._amendment.touched
        return {f: o for f, o in some.items() if others.get(f) != o or f.triple in touched or f.second in touched}

    def _view(self, subjects: Subjects, told: Told) -> View:
        graph, sources = freeze_part(self._show_scheme(subjects), told, Exported.make_graph({}, self._config))
        return View(graph, sources, self._config.scheme.language.lower())

    def _show_scheme(self, subjects: Subjects) -> Subjects:
        """Return the same with the scheme, which lists the top concepts among them and, for all others, one."""
        iri = self._config.scheme.base
        scheme = subjects.get(iri) or self._region.look_up(iri)
        tops = sorted(map(str, scheme.get(SKOS.hasTopConcept, ())))
        shown = [top for top in tops if top in subjects] + [top for top in tops if top not in subjects][:1]
        return {**subjects, iri: {**scheme, SKOS.hasTopConcept: (*shown,)}}

    def _regroup(self, edits: Edits, found: Collection[Diagnostic]) -> tuple[set[Diagnostic], set[Diagnostic]]:
        """Return what was found of which concepts hang together and is not so any more, and what is so instead."""
        links, stubs = self._amendment.list_links(), self._amendment.stubs
        require(not any(links) or not self._region.maps_inside)
        told = [d for d in found if d.rule.slug in GROUP_SLUGS]
        gone, groups = Regrouped((), ())
        selected = [is_selected(BY_SLUG[slug], self._config.checks) for slug in GROUP_SLUGS]
        if any(selected) and (parted := find_parted(self._region, links)):
            require(all(selected) and not edits.exempts)  # else what was found is not all there is
            gone, groups = regroup(self._region, links, parted, (told, self._total))
        require(not any(d.subject in stubs and d not in gone for d in told))  # its place may be another now
        self._region.read_all_about(group[0] for group in groups)
        shown = self._amendment.look_up({iri for group in groups for iri in group})
        view = self._view(shown, self._amendment.tell_after())
        come = (place_finding(tell_group(view, group), view.graph, view.sources) for group in groups)
        return set(gone), {*settle(come, self._config)}


def _list_conflicts(view: View) -> tuple[object, ...]:
    """Return the cycles of the hierarchy, and the pairs on one line of descent that are also related (SKOS S27)."""
    return [view.names.sort(nodes) for nodes in view.entailed_reach.components], list_related_ancestors(view)


def _list_subjects(found: Iterable[Finding]) -> set[str]:
    """Return the resources whose evidence places some findings."""
    triples = [triple for f in found for triple in (f.triple, f.second) if triple is not None]
    ends = {term for t in triples for term in (t.subject, t.object) if isinstance(term, str)}
    return ends | {f.subject for f in found}
