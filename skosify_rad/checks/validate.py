"""Graph -> Diagnostics: run the checks or the SHACL shapes and locate each finding in its note or file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, repeat
from operator import itemgetter

from skosify_rad.checks import CHECKS, CONSUMER_SLUGS, CONSUMERS, Check, Finding, View
from skosify_rad.checks.consumers import KEPT_SEVERITY
from skosify_rad.checks.shacl import find_with_shapes
from skosify_rad.graph.columns import ReadGraph, entail_declared
from skosify_rad.graph.graph import Graph, SourceMap, evidence_of
from skosify_rad.model.catalogue import BY_SLUG, RULES
from skosify_rad.model.config import Checks, Config
from skosify_rad.model.diagnostics import ConfigError, Diagnostic, Place, Rule, Severity, suggest
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.statements import Evidence, Triple


def validate(
    graph: Graph, sources: SourceMap, config: Config, consumers: tuple[str, ...] = ()
) -> tuple[Diagnostic, ...]:
    """Return the findings of the checks, with their places.

    Raises:
        ConfigError: a consumer or a rule in the configuration is unknown.

    """
    view = _make_view(graph, sources, config)
    found = (
        _locate_with_level(finding, levels[finding.slug], view)
        for check, levels in _list_checks(config, consumers)
        for finding in check.run(view)
        if finding.slug in levels
    )
    return settle(found, config)


def validate_in_brief(
    graph: Graph, sources: SourceMap, config: Config, consumers: tuple[str, ...] = ()
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Return the errors and warnings of the checks, and separately the infos, without places, for reports that count.

    Raises:
        ConfigError: a consumer or a rule in the configuration is unknown.

    """
    view = _make_view(graph, sources, config)
    found: list[Diagnostic] = []
    infos: Counter[str] = Counter()
    seen: set[tuple[str, str, str]] = set()
    for check, levels in _list_checks(config, consumers):
        if check.count_by_rule and max(levels.values()) <= Severity.INFO:
            infos.update({slug: count for slug, count in check.count_by_rule(view).items() if slug in levels})
            continue
        for finding in check.run(view):
            level = levels.get(finding.slug)
            if level is not None and level > Severity.INFO:
                found.append(_locate_with_level(finding, level, view))
            elif level is not None and finding[:3] not in seen:
                seen.add(finding[:3])
                infos[finding.slug] += 1
    return settle(found, config), tuple(chain.from_iterable(map(_repeat_info, infos, infos.values())))


def _make_view(graph: Graph, sources: SourceMap, config: Config) -> View:
    return View(entail_declared(graph), sources, config.scheme.language.lower())


def _repeat_info(slug: str, count: int) -> Iterator[Diagnostic]:
    rule = BY_SLUG[slug]
    return repeat(Diagnostic(rule, Place(""), rule.summary, severity=Severity.INFO), count)


def _list_checks(config: Config, consumers: tuple[str, ...]) -> Iterator[tuple[Check, dict[str, Severity]]]:
    """Yield the selected checks, each with the severity of its selected rules."""
    required = find_required(consumers)
    severities = _read_severities(config.checks)
    for check in CHECKS:
        rules = [BY_SLUG[s] for s in check.slugs if s in required or s not in CONSUMER_SLUGS]
        levels = {r.slug: severities.get(r.code, r.severity) for r in rules if is_selected(r, config.checks)}
        for slug in levels.keys() & required - KEPT_SEVERITY:
            levels[slug] = severities.get(BY_SLUG[slug].code, Severity.ERROR)
        if levels:
            yield check, levels


def _locate_with_level(finding: Finding, level: Severity, view: View) -> Diagnostic:
    diagnostic = locate(finding, view.graph, view.sources)
    return diagnostic if level == diagnostic.level else replace(diagnostic, severity=level)


def validate_with_shapes(
    graph: Graph, sources: SourceMap, config: Config, engine: str = "pyshacl"
) -> tuple[Diagnostic, ...]:
    """Return the findings of the SHACL shapes, with their places.

    Raises:
        ConfigError: the engine is unknown or not installed.

    """
    graph = entail_declared(graph)
    return settle((locate(finding, graph, sources) for finding in find_with_shapes(graph, engine)), config)


def demand(found: Iterable[Diagnostic], consumers: Iterable[str]) -> tuple[Diagnostic, ...]:
    """Return findings with those that a named consumer depends on as errors; `settle` then applies the configuration.

    Raises:
        ConfigError: a consumer is unknown.

    """
    required = find_required(consumers) - KEPT_SEVERITY
    return tuple(replace(d, severity=Severity.ERROR) if d.rule.slug in required else d for d in found)


def validate_links(graph: Graph, sources: SourceMap, config: Config) -> tuple[Diagnostic, ...]:
    """Follow the outward links over the network; return a finding for each broken one."""
    from skosify_rad.checks.outward_links import find_broken_links  # noqa: PLC0415 - urllib.request takes 45 ms

    view = _make_view(graph, sources, config)
    return settle((locate(finding, graph, sources) for finding in find_broken_links(view)), config)


def merge(first: Iterable[Diagnostic], second: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return both, except findings in `second` whose rule and resource, or rule and line, also occur in `first`."""
    kept = list(first)
    known = {(d.rule.code, d.subject) for d in kept} | {(d.rule.code, d.place[:2]) for d in kept}
    kept.extend(d for d in second if known.isdisjoint({(d.rule.code, d.subject), (d.rule.code, d.place[:2])}))
    return tuple(sorted(kept, key=lambda d: d.sort_key))


def settle(found: Iterable[Diagnostic], config: Config) -> tuple[Diagnostic, ...]:
    """Return the selected findings with their configured severities, sorted and without duplicates.

    Raises:
        ConfigError: the configuration names a rule or severity that does not exist.

    """
    checks = config.checks
    severities = _read_severities(checks)
    for word in (*checks.select, *checks.ignore):
        if not any(_fits(rule, word) for rule in RULES):
            near = suggest(word, BY_SLUG)
            raise ConfigError(f"[checks] “{word}” is not a rule's code, slug, code prefix or class{near}")
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
    """Return whether the configuration selects a rule; `ignore` wins over `select`."""
    chosen = not checks.select or any(_fits(rule, word) for word in checks.select)
    return chosen and not any(_fits(rule, word) for word in checks.ignore)


def find_required(consumers: Iterable[str]) -> frozenset[str]:
    """Return the slugs of the rules that the named consumers depend on.

    Raises:
        ConfigError: a consumer is unknown.

    """
    for name in consumers:
        if name not in CONSUMERS:
            raise ConfigError(f"unknown consumer “{name}”; choose from {', '.join(CONSUMERS)}")
    return frozenset(slug for name in consumers for slug in CONSUMERS[name])


def locate(finding: Finding, graph: Graph, sources: SourceMap) -> Diagnostic:
    """Return a finding with its place: that of its triple, else that of its subject, else the subject's IRI."""
    triple = finding.triple
    if triple and isinstance(graph, ReadGraph):
        triple = graph.origins.get(triple, (triple,))[0]
    evidence = _find_first(triple, sources) or _find_subject(finding.subject, graph, sources)
    second = _find_first(finding.second, sources)
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


def _find_first(triple: Triple | None, sources: SourceMap) -> Evidence | None:
    evidence = () if triple is None else evidence_of(sources, triple)
    return evidence[0] if evidence else None


def _find_subject(subject: str, graph: Graph, sources: SourceMap) -> Evidence | None:
    properties = graph.subjects.get(subject, {}) if sources else {}  # SKOS files list no evidence
    for predicate in sorted(properties, key=lambda p: p != SKOS.prefLabel):
        for term in properties[predicate]:
            evidence = _find_first(Triple(subject, predicate, term), sources)
            if evidence:
                return evidence
    return None


def _read_severities(checks: Checks) -> dict[str, Severity]:
    severities: dict[str, Severity] = {}
    for word, name in checks.severity.items():
        rules = [rule for rule in RULES if word.upper() == rule.code or word.lower() == rule.slug]
        if not rules:
            raise ConfigError(f"[checks.severity] “{word}” is not a rule's code or slug")
        if name.upper() not in Severity.__members__:
            raise ConfigError(f"[checks.severity] {word} must be error, warning or info, not “{name}”")
        severities[rules[0].code] = Severity[name.upper()]
    return severities


def _fits(rule: Rule, word: str) -> bool:
    code = word.upper()
    by_code = rule.code == code or (code.startswith("RAD") and rule.code.startswith(code))
    return by_code or word.lower() in (rule.slug, rule.kind.value)
