"""Graph -> Diagnostics: the checks on sets, the SHACL shapes, each finding brought back to note, line and words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, repeat
from operator import itemgetter

from skosify_rad.checks import (
    CHECKS,
    CONSUMER_SLUGS,
    CONSUMERS,
    Check,
    Finding,
    View,
)
from skosify_rad.checks.consumers import KEPT_SEVERITY
from skosify_rad.graph.graph import Graph, SourceMap
from skosify_rad.model.catalogue import BY_SLUG, RULES
from skosify_rad.model.config import Checks, Config
from skosify_rad.model.diagnostics import ConfigError, Diagnostic, Place, Rule, Severity
from skosify_rad.model.namespaces import INVERSES, SKOS
from skosify_rad.model.statements import Evidence, Triple


def validate(
    graph: Graph, sources: SourceMap, config: Config, consumers: tuple[str, ...] = ()
) -> tuple[Diagnostic, ...]:
    """Run the checks on sets over a graph and bring every finding to its place.

    Raises:
        ConfigError: a consumer or a rule in the configuration is unknown.

    """
    view = View(graph, sources, config.scheme.language.lower())
    return settle((place(f, level, view) for f, level in find_all(view, config, consumers)), config)


def validate_in_brief(
    graph: Graph, sources: SourceMap, config: Config, consumers: tuple[str, ...] = ()
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Do the same for a report that only counts remarks; they come apart, by their rule and without a place.

    Raises:
        ConfigError: a consumer or a rule in the configuration is unknown.

    """
    view = View(graph, sources, config.scheme.language.lower())
    found: list[Diagnostic] = []
    remarks: Counter[str] = Counter()
    told: set[tuple[str, str, str]] = set()
    for check, levels in _list_checks(config, consumers):
        if check.tally and max(levels.values()) <= Severity.INFO:
            remarks.update({slug: many for slug, many in check.tally(view).items() if slug in levels})
            continue
        for finding in check.run(view):
            level = levels.get(finding.slug)
            if level is not None and level > Severity.INFO:
                found.append(place(finding, level, view))
            elif level is not None and finding[:3] not in told:
                told.add(finding[:3])
                remarks[finding.slug] += 1
    return settle(found, config), tuple(chain.from_iterable(map(_remark, remarks, remarks.values())))


def _remark(slug: str, many: int) -> Iterator[Diagnostic]:
    rule = BY_SLUG[slug]
    return repeat(Diagnostic(rule, Place(""), rule.summary, severity=Severity.INFO), many)


def find_all(view: View, config: Config, consumers: tuple[str, ...] = ()) -> Iterator[tuple[Finding, Severity]]:
    """Yield what the selected checks find, each with the severity in force."""
    for check, levels in _list_checks(config, consumers):
        for finding in check.run(view):
            if finding.slug in levels:
                yield finding, levels[finding.slug]


def _list_checks(config: Config, consumers: tuple[str, ...]) -> Iterator[tuple[Check, dict[str, Severity]]]:
    """Yield the selected checks, each with the severities in force of its selected rules."""
    demanded = find_demands(consumers)
    severities = _read_severities(config.checks)
    for check in CHECKS:
        rules = [BY_SLUG[s] for s in check.slugs if s in demanded or s not in CONSUMER_SLUGS]
        levels = {r.slug: severities.get(r.code, r.severity) for r in rules if is_selected(r, config.checks)}
        for slug in levels.keys() & demanded - KEPT_SEVERITY:
            levels[slug] = severities.get(BY_SLUG[slug].code, Severity.ERROR)
        if levels:
            yield check, levels


def place(finding: Finding, level: Severity, view: View) -> Diagnostic:
    """Bring a finding to its place, with the severity in force."""
    diagnostic = place_finding(finding, view.graph, view.sources)
    return diagnostic if level == diagnostic.level else replace(diagnostic, severity=level)


def validate_with_shapes(
    graph: Graph, sources: SourceMap, config: Config, engine: str = "pyshacl"
) -> tuple[Diagnostic, ...]:
    """Run the SHACL shapes over a graph and bring every result to its place.

    Raises:
        ConfigError: the engine is unknown or not installed.

    """
    from skosify_rad.checks.shacl import find_with_shapes  # noqa: PLC0415 - imports an engine, 200 ms

    return settle((place_finding(f, graph, sources) for f in find_with_shapes(graph, engine)), config)


def demand(found: Iterable[Diagnostic], consumers: Iterable[str]) -> tuple[Diagnostic, ...]:
    """Make errors of the findings that the named consumers cannot do with; the configuration still wins in `settle`.

    Raises:
        ConfigError: a consumer is unknown.

    """
    demanded = find_demands(consumers) - KEPT_SEVERITY
    return tuple(replace(d, severity=Severity.ERROR) if d.rule.slug in demanded else d for d in found)


def validate_links(graph: Graph, sources: SourceMap, config: Config) -> tuple[Diagnostic, ...]:
    """Follow the outward links over the network and bring every broken one to its place."""
    from skosify_rad.checks.network import find_broken_links  # noqa: PLC0415 - only when asked for

    view = View(graph, sources, config.scheme.language.lower())
    return settle((place_finding(finding, graph, sources) for finding in find_broken_links(view)), config)


def merge(first: Iterable[Diagnostic], second: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return both, leaving out of `second` what `first` says already about the same resource or place."""
    kept = list(first)
    known = {(d.rule.code, d.subject) for d in kept} | {(d.rule.code, d.place[:2]) for d in kept}
    kept.extend(d for d in second if known.isdisjoint({(d.rule.code, d.subject), (d.rule.code, d.place[:2])}))
    return tuple(sorted(kept, key=lambda d: d.sort_key))


def settle(found: Iterable[Diagnostic], config: Config) -> tuple[Diagnostic, ...]:
    """Leave out what is not selected, set the configured severities, drop repetitions and sort.

    Raises:
        ConfigError: the configuration names a rule or severity that does not exist.

    """
    checks = config.checks
    severities = _read_severities(checks)
    for word in (*checks.select, *checks.ignore):
        if not any(_fits(rule, word) for rule in RULES):
            raise ConfigError(f"[checks] “{word}” is no code, code prefix, class or slug of a rule")
    selected = {rule.code for rule in RULES if is_selected(rule, checks)}
    kept: dict[tuple[tuple[object, ...], str], Diagnostic] = {}
    for diagnostic in found:
        code = diagnostic.rule.code
        if code in selected:
            severity = severities.get(code, diagnostic.level)
            settled = diagnostic if severity == diagnostic.level else replace(diagnostic, severity=severity)
            kept.setdefault((settled.sort_key, settled.subject), settled)
    return tuple(kept[key] for key in sorted(kept, key=itemgetter(0)))


def is_selected(rule: Rule, checks: Checks) -> bool:
    """Tell whether the configuration lets a rule be checked; `ignore` wins over `select`."""
    chosen = not checks.select or any(_fits(rule, word) for word in checks.select)
    return chosen and not any(_fits(rule, word) for word in checks.ignore)


def find_demands(consumers: Iterable[str]) -> frozenset[str]:
    """Return the slugs of the rules that the named consumers depend on.

    Raises:
        ConfigError: a consumer is unknown.

    """
    for name in consumers:
        if name not in CONSUMERS:
            raise ConfigError(f"unknown consumer “{name}”; known are {', '.join(CONSUMERS)}")
    return frozenset(slug for name in consumers for slug in CONSUMERS[name])


def place_finding(finding: Finding, graph: Graph, sources: SourceMap) -> Diagnostic:
    """Give a finding its place: where its triple is stated, else where its subject is named, else its IRI."""
    evidence = _find_evidence(finding.triple, sources) or _find_subject(finding.subject, graph, sources)
    second = _find_evidence(finding.second, sources)
    place = evidence.place if evidence else Place(finding.subject)
    return Diagnostic(
        rule=BY_SLUG[finding.slug],
        place=place,
        message=finding.message,
        hint=finding.hint,
        second=second.place if second and second.place != place else None,
        words=evidence.written if evidence else "",
        subject=finding.subject,
    )


def _find_evidence(triple: Triple | None, sources: SourceMap) -> Evidence | None:
    if triple is None:
        return None
    evidence = sources.get(triple)
    if not evidence and triple.predicate in INVERSES and isinstance(triple.object, str):
        evidence = sources.get(Triple(triple.object, INVERSES[triple.predicate], triple.subject))
    return evidence[0] if evidence else None


def _find_subject(subject: str, graph: Graph, sources: SourceMap) -> Evidence | None:
    properties = graph.subjects.get(subject, {}) if sources else {}  # a SKOS file from elsewhere has no evidence
    for predicate in sorted(properties, key=lambda p: p != SKOS.prefLabel):
        for term in properties[predicate]:
            evidence = _find_evidence(Triple(subject, predicate, term), sources)
            if evidence:
                return evidence
    return None


def _read_severities(checks: Checks) -> dict[str, Severity]:
    severities: dict[str, Severity] = {}
    for word, name in checks.severity.items():
        rules = [rule for rule in RULES if word.upper() == rule.code or word.lower() == rule.slug]
        if not rules:
            raise ConfigError(f"[checks.severity] “{word}” is no code or slug of a rule")
        if name.upper() not in Severity.__members__:
            raise ConfigError(f"[checks.severity] {word} must be error, warning or info, not “{name}”")
        severities[rules[0].code] = Severity[name.upper()]
    return severities


def _fits(rule: Rule, word: str) -> bool:
    code = word.upper()
    by_code = rule.code == code or (code.startswith("RAD") and rule.code.startswith(code))
    return by_code or word.lower() in (rule.slug, rule.kind.value)
