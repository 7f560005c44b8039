"""What tests of reading and extraction share: notes in memory -> what the pipeline makes of them, one line each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from skosify_rad.concepts.register import Register
from skosify_rad.concepts.settling import Decisions
from skosify_rad.concepts.triples import resolve
from skosify_rad.extraction.extract import extract
from skosify_rad.graph.assembly import build_graph
from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import RAD_NS, SKOS, curie
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Literal
from skosify_rad.vault.directives import find_stated_role
from skosify_rad.vault.frontmatter import parse_front_matter
from skosify_rad.vault.links import Links
from skosify_rad.vault.notes import Note, Vault
from skosify_rad.vault.roles import find_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from skosify_rad.graph.graph import Graph, SourceMap
    from skosify_rad.model.diagnostics import Diagnostic
    from skosify_rad.model.statements import Statement, Term

LIST_WORK = frozenset({"type", "memberList", "first", "rest", "prefLabel", "status", "note", "inScheme"})
"""Properties that every resource has or that only build a list: no page and no test of reading asks for them."""


class Said(NamedTuple):
    """One statement with one piece of its evidence, resources by their labels, texts in quotes."""

    path: str
    line: int
    predicate: str
    """Local name of the property: `narrower`."""
    subject: str
    object: str
    rule: str

    def __str__(self) -> str:
        """Return it as pages write it."""
        return f"{self.line} {self.predicate} {self.subject} -> {self.object}"


class Reading(NamedTuple):
    """What a few notes became."""

    statements: list[Statement]
    """In the notes' own words."""
    graph: Graph
    """The concept scheme."""
    sources: SourceMap
    """Where each triple comes from."""
    diagnostics: list[Diagnostic]
    """What was wrong."""

    def said(self, rule: str = "") -> list[Said]:
        """Return what a recogniser (or any) said, by place."""
        return sorted({s for s in self._said() if rule in ("", s.rule)})

    def pairs(self, predicate: str, rule: str = "") -> list[str]:
        """Return `Subject -> Object` for every statement with this predicate, in the order of places."""
        return list(dict.fromkeys(f"{s.subject} -> {s.object}" for s in self.said(rule) if s.predicate == predicate))

    def objects(self, predicate: str, rule: str = "") -> list[str]:
        """Return the objects of every statement with this predicate, in the order of places."""
        return list(dict.fromkeys(s.object for s in self.said(rule) if s.predicate == predicate))

    def slugs(self) -> set[str]:
        """Return the slugs of what was wrong."""
        return {d.rule.slug for d in self.diagnostics}

    def name(self, term: Term) -> str:
        """Return a literal's value in quotes, a resource's label, or its IRI."""
        if isinstance(term, Literal):
            return f'"{term.value}"'
        labels = self.graph.objects(term, SKOS.prefLabel)
        return labels[0].value if labels and isinstance(labels[0], Literal) else term

    def _said(self) -> Iterator[Said]:
        for triple, evidence in self.sources.items():
            predicate = curie(triple.predicate).split(":")[-1]
            subject = self.name(triple.subject)
            if triple.predicate == RAD.distinguishedBy:
                ends = [*self.graph.objects(triple.subject, RAD.differentialOf)]
                ends += self.graph.objects(triple.subject, RAD.differentialDiagnosis)
                subject = " | ".join(map(self.name, ends))
            elif predicate in LIST_WORK or triple.predicate.startswith(RAD_NS):
                continue
            for one in evidence:
                yield Said(one.place.path, one.place.line, predicate, subject, self.name(triple.object), one.rule)


def make_note(path: str, text: str, config: Config) -> Note:
    """Return a note as the vault's reader would."""
    front = parse_front_matter(text)
    title = path.rsplit("/", 1)[-1][:-3]
    tags = front.values.get("tags", ())
    role = find_stated_role(text) or find_role(title, tuple(tags), config.extraction)
    return Note(path, title, text, front.body_start, front.values, role)


def read_vault_of(notes: Mapping[str, str], config: Config) -> Vault:
    """Return a vault of notes, path -> text."""
    return Vault(Path(), tuple(make_note(p, t, config) for p, t in sorted(notes.items())), {})


def read(notes: Mapping[str, str] | str, config: Config | None = None) -> Reading:
    """Return what notes became; a mere text is a note on `Marrow disease`."""
    config = config or Config()
    notes = {"Marrow disease.md": notes} if isinstance(notes, str) else notes
    vault = read_vault_of(notes, config)
    links = Links(vault)
    statements, d1 = extract(vault, links, config)
    stated, d2 = resolve(
        statements, vault, links, (Register(), config, Decisions(stubs=config.output.stubs == "include"))
    )
    graph, sources, d3 = build_graph(stated, config, "notes")
    return Reading(statements, graph, sources, [*d1, *d2, *d3])
