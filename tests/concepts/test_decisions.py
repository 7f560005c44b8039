"""Decisions of people: applied by a build, kept through changes of the notes, reported where they no longer apply."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from skosify_rad.concepts.decisions import Key, decide, read_decisions, render_decisions
from skosify_rad.model.config import Config, parse_config
from skosify_rad.model.diagnostics import InputError
from skosify_rad.model.namespaces import ADMS, DCT, OWL, SKOS
from skosify_rad.model.ontology import RAD
from skosify_rad.model.statements import Literal, Triple, find_maker
from skosify_rad.outputs import render_evidence
from skosify_rad.pipeline import build, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from skosify_rad.pipeline import Export

BASE = Config().scheme.base
CYST = (
    "A cyst is a closed sac.\n\n## Types\n- Simple cyst\n- Septated cyst\n\n"
    "## Differential diagnosis\n- Abscess: thick wall\n- Lipoma\n"
)
NOTES = {"Cyst.md": CYST, "Abscess.md": "An abscess is a collection of pus.\n\n## Differential diagnosis\n- [[Cyst]]\n"}


@pytest.fixture
def decided(make_vault: Callable[..., Path]) -> Callable[..., Export]:
    def make(*lines: str, notes: dict[str, str] | None = None, review: str = "apply") -> Export:
        vault = make_vault(NOTES | (notes or {}))
        text = "".join("\t".join(part.strip() for part in line.split("|")) + "\n" for line in lines)
        (vault / "decisions.tsv").write_text(text, encoding="utf-8")
        return build(vault, parse_config({"output": {"review": review}}), out=vault.parent / "out")

    return make


def unused(export: Export) -> list[int]:
    found = [d for d in export.diagnostics if d.rule.slug == "unused-decision"]
    assert {d.place.path for d in found} <= {"decisions.tsv"}
    return [d.place.line for d in found]


def values(export: Export, subject: str, predicate: str) -> list[str]:
    found = export.graph.objects(BASE + subject, predicate)
    return sorted(t.value if isinstance(t, Literal) else t.removeprefix(BASE) for t in found)


def maker(export: Export, subject: str, predicate: str, target: str) -> str:
    evidence = export.sources[Triple(BASE + subject, predicate, BASE + target)][0]
    return find_maker(evidence.weight, evidence.reasons)


def test_without_decisions_nothing_changes(decided: Callable[..., Export]) -> None:
    export = decided()
    assert values(export, "cyst", SKOS.narrower) == ["septated-cyst", "simple-cyst"]
    assert values(export, "cyst", SKOS.related) == ["abscess", "lipoma"]
    assert maker(export, "cyst", SKOS.narrower, "simple-cyst") == "inferred"


def test_an_accepted_relation_is_reviewed_and_accepts_its_ends(decided: Callable[..., Export]) -> None:
    export = decided("cyst | narrower | simple-cyst | accept")
    assert maker(export, "cyst", SKOS.narrower, "simple-cyst") == "reviewed"
    assert maker(export, "cyst", SKOS.narrower, "septated-cyst") == "inferred"
    assert values(export, "simple-cyst", ADMS.status) == [ADMS.Accepted]
    assert values(export, "septated-cyst", ADMS.status) == [ADMS.UnderDevelopment]
    assert values(export, "cyst", ADMS.status) == [ADMS.Completed]
    lines = [json.loads(line) for line in render_evidence(export.sources).splitlines()]
    assert {line["by"] for line in lines if line["predicate"] == "skos:narrower"} == {"reviewed", "inferred"}
    assert unused(export) == []


def test_a_rejected_relation_is_left_out_in_both_directions_with_its_remark(decided: Callable[..., Export]) -> None:
    export = decided("abscess | related | cyst | reject", "cyst | narrower | simple-cyst | reject")
    assert values(export, "cyst", SKOS.related) == ["lipoma"]
    assert values(export, "abscess", SKOS.related) == []
    assert RAD.Differential not in {t.object for t in export.graph if "--abscess" in t.subject}
    assert values(export, "cyst", SKOS.narrower) == ["septated-cyst"]
    assert BASE + "simple-cyst" not in export.graph.subjects  # nothing else names it


def test_the_name_alone_brings_no_rejected_parent_back(decided: Callable[..., Export]) -> None:
    export = decided("cyst | narrower | simple-cyst | reject", "simple-cyst | concept | | accept")
    assert values(export, "simple-cyst", ADMS.status) == [ADMS.Accepted]
    assert values(export, "simple-cyst", SKOS.broader) == []


def test_a_rejected_concept_goes_with_its_relations(decided: Callable[..., Export]) -> None:
    export = decided("lipoma | concept | | reject")
    assert BASE + "lipoma" not in export.graph.subjects
    assert all(t.object != BASE + "lipoma" for t in export.graph)


def test_a_rejected_step_leaves_the_order_of_the_others(decided: Callable[..., Export]) -> None:
    notes = {"Pox.md": "## Stages\n- Stage I\n- Stage II\n- Stage III\n"}
    whole = decided(notes=notes)
    order = BASE + "collection/pox-in-order"
    assert len(whole.graph.objects(order, SKOS.member)) == 3
    middle = next(t for t in whole.graph.objects(order, SKOS.member) if str(t).endswith("-ii"))
    export = decided(f"pox | narrower | {str(middle).removeprefix(BASE)} | reject", notes=notes)
    assert len(export.graph.objects(order, SKOS.member)) == 2
    assert middle not in export.graph.objects(order, SKOS.member)
    assert not [d for d in export.diagnostics if d.rule.slug == "invalid-member-list"]


def test_a_renamed_concept_keeps_its_iri(decided: Callable[..., Export]) -> None:
    export = decided("lipoma | concept | | rename to Fatty tumour")
    assert values(export, "lipoma", SKOS.prefLabel) == ["Fatty tumour"]
    assert values(export, "lipoma", SKOS.hiddenLabel) == ["Lipoma"]
    assert values(export, "lipoma", ADMS.status) == [ADMS.Accepted]
    taken = decided("lipoma | concept | | rename to Abscess")
    assert (unused(taken), values(taken, "lipoma", SKOS.prefLabel)) == ([1], ["Lipoma"])


def test_a_merged_concept_is_deprecated_and_replaced(decided: Callable[..., Export], tmp_path: Path) -> None:
    notes = {"Wen.md": "## Differential diagnosis\n- Purulent cavity: hot\n- Empyema\n"}
    lines = "purulent-cavity | same | empyema | accept", "empyema | same | abscess | accept"
    fresh = decided(*lines, notes=notes)
    assert BASE + "purulent-cavity" not in fresh.graph.subjects  # it was never published
    write(decided(notes=notes), tmp_path / "out", Config())
    export = decided(*lines, notes=notes)
    assert values(export, "wen", SKOS.related) == ["abscess"]
    assert {"Purulent cavity", "Empyema"} <= {*values(export, "abscess", SKOS.altLabel)}
    for identifier in ("purulent-cavity", "empyema"):
        assert values(export, identifier, DCT.isReplacedBy) == ["abscess"]
        assert values(export, identifier, OWL.deprecated) == ["true"]
        assert values(export, identifier, SKOS.changeNote) == ["Deprecated: it is the same as “Abscess”."]
        assert values(export, identifier, SKOS.related) == []
    assert f"{BASE}differential/wen--abscess" in export.graph.subjects
    assert unused(export) == []
    assert not [d for d in export.diagnostics if d.level.name == "ERROR"]


def test_what_was_published_and_is_rejected_is_deprecated_until_it_is_taken_back(
    decided: Callable[..., Export], tmp_path: Path
) -> None:
    def release(date: str, *lines: str) -> Export:
        config = parse_config({"scheme": {"modified": date}})
        decided(*lines)
        export = build(tmp_path / "vault", config, out=tmp_path / "out")
        write(export, tmp_path / "out", config)
        return export

    reject, merge = "lipoma | concept | | reject", "simple-cyst | same | lipoma | accept"
    assert BASE + "lipoma" not in release("2026-01-01", reject).graph.subjects
    release("2026-02-01")
    for date in ("2026-03-01", "2026-04-01"):
        gone = release(date, reject, merge)
        for identifier in ("lipoma", "simple-cyst"):
            assert values(gone, identifier, DCT.modified) == ["2026-03-01"]
            assert values(gone, identifier, DCT.isReplacedBy) == []
        assert values(gone, "lipoma", SKOS.changeNote) == ["Deprecated on 2026-03-01: a review left it out."]
    back = release("2026-05-01")
    assert values(back, "lipoma", ADMS.status) == [ADMS.UnderDevelopment]
    assert values(back, "lipoma", DCT.created) == ["2026-02-01"]


def test_merges_that_cannot_be_are_reported(decided: Callable[..., Export]) -> None:
    export = decided(
        "cyst | same | abscess | accept",
        "lipoma | same | simple-cyst | accept",
        "simple-cyst | same | lipoma | accept",
        "lipoma | same | nothing-of-the-kind | accept",
    )
    assert unused(export) == [1, 3, 4]


def test_a_corrected_definition_stands_at_the_line_of_the_decision(decided: Callable[..., Export]) -> None:
    export = decided("cyst | definition | A cyst is a closed sac. | edit to A sac with a lining.")
    assert values(export, "cyst", SKOS.definition) == ["A sac with a lining."]
    place = export.sources[Triple(BASE + "cyst", SKOS.definition, Literal("A sac with a lining.", "en"))][0].place
    assert (place.path, place.line) == ("decisions.tsv", 1)


UNREAD = {"Cyst.md": "A wall around fluid.\n", "Abscess.md": "See [[Cyst]].\n"}


@pytest.mark.parametrize("review", ["apply", "only"])
def test_what_was_accepted_is_stated_when_the_notes_no_longer_say_it(
    decided: Callable[..., Export], review: str
) -> None:
    fundus = "http://purl.obolibrary.org/obo/UBERON_0000160"
    lines = (
        "cyst | narrower | abscess | accept",
        "cyst | definition | A cyst is a closed sac. | accept",
        "abscess | definition | An abscess is a collection of pus. | edit to Pus in a cavity.",
        f"abscess | closeMatch | {fundus} | accept",
    )
    export = decided(*lines, notes=UNREAD, review=review)
    assert values(export, "cyst", SKOS.narrower) == ["abscess"]
    assert values(export, "abscess", SKOS.broader) == ["cyst"]
    assert "A cyst is a closed sac." in values(export, "cyst", SKOS.definition)
    assert values(export, "abscess", SKOS.definition) == ["Pus in a cavity."]
    assert values(export, "abscess", SKOS.closeMatch) == [fundus]
    evidence = export.sources[Triple(BASE + "abscess", SKOS.closeMatch, fundus)][0]
    assert (evidence.place.path, evidence.place.line, evidence.rule) == ("decisions.tsv", 4, "decision")
    assert maker(export, "cyst", SKOS.narrower, "abscess") == "reviewed"
    assert unused(export) == []
    related = decided("abscess | related | cyst | accept", notes=UNREAD, review=review)
    assert values(related, "cyst", SKOS.related) == ["abscess"]


def test_what_was_accepted_about_what_is_gone_no_longer_applies(decided: Callable[..., Export]) -> None:
    export = decided(
        "cyst | narrower | simple-cyst | accept",  # no longer named
        "cyst | narrower | abscess | accept",
        "no-cyst | definition | A cyst is a closed sac. | accept",
        "cyst | exactMatch | javascript:alert(1) | accept",
        "cyst | narrower | cyst | accept",
        "simple-cyst | concept | | accept",
        notes=UNREAD,
    )
    assert unused(export) == [1, 3, 4, 5, 6]
    assert values(export, "cyst", SKOS.narrower) == ["abscess"]
    assert values(export, "cyst", SKOS.exactMatch) == []


def test_what_was_accepted_follows_a_merge_and_goes_with_a_rejected_end(decided: Callable[..., Export]) -> None:
    notes = {
        "Cyst.md": "## Differential diagnosis\n- Lipoma\n- Fatty lump\n",
        "Wen.md": "## Differential diagnosis\n- Sac\n",
    }
    merged = decided("lipoma | narrower | sac | accept", "lipoma | same | fatty-lump | accept", notes=notes)
    assert values(merged, "fatty-lump", SKOS.narrower) == ["sac"]
    rejected = decided("lipoma | narrower | sac | accept", "lipoma | concept | | reject", notes=notes)
    assert unused(rejected) == [1]
    assert BASE + "lipoma" not in rejected.graph.subjects
    assert values(rejected, "sac", SKOS.related) == ["wen"]


def test_decisions_outlive_moved_lines_and_a_renamed_note(decided: Callable[..., Export], tmp_path: Path) -> None:
    line = "cyst | narrower | simple-cyst | reject"
    write(decided(line), tmp_path / "out", Config())
    (tmp_path / "vault" / "Cyst.md").unlink()
    renamed = {"Rad/Closed sac.md": "More words above.\n\n" + CYST.replace("A cyst is", "It is")}
    notes = {name: text for name, text in NOTES.items() if name != "Cyst.md"} | renamed
    vault = tmp_path / "vault"
    for name, text in notes.items():
        (vault / name).parent.mkdir(exist_ok=True)
        (vault / name).write_text(text, encoding="utf-8")
    export = build(vault, Config(), out=tmp_path / "out")
    assert values(export, "cyst", SKOS.prefLabel) == ["Closed sac"]
    assert values(export, "cyst", SKOS.narrower) == ["septated-cyst"]


def test_only_reviewed_leaves_what_a_person_or_the_author_says(decided: Callable[..., Export]) -> None:
    notes = {"Wen.md": "---\nrelated: '[[Lump]]'\naliases: [Pilar cyst]\n---\nA wen is a cyst of the scalp.\n"}
    lines = ("cyst | narrower | simple-cyst | accept", "cyst | concept | | rename to Sac")
    export = decided(*lines, notes=notes, review="only")
    kept = {"abscess", "cyst", "lump", "simple-cyst", "wen"}
    assert {
        iri.removeprefix(BASE) for iri in export.graph.subjects if ADMS.status in export.graph.subjects[iri]
    } == kept
    assert values(export, "cyst", SKOS.related) == []
    assert values(export, "wen", SKOS.related) == ["lump"]
    assert values(export, "wen", SKOS.altLabel) == ["Pilar cyst"]
    makers = {find_maker(e.weight, e.reasons) for pieces in export.sources.values() for e in pieces}
    assert makers == {"author", "reviewed"}


def test_an_accepted_parent_from_a_name_stays_in_a_reviewed_export(decided: Callable[..., Export]) -> None:
    notes = {"Wen.md": "## Differential diagnosis\n- Septated abscess\n"}
    assert values(decided(notes=notes), "septated-abscess", SKOS.broader) == ["abscess"]
    export = decided("abscess | narrower | septated-abscess | accept", notes=notes, review="only")
    assert values(export, "septated-abscess", SKOS.broader) == ["abscess"]
    assert unused(export) == []


def test_rejected_duplicates_are_not_reported_again(decided: Callable[..., Export]) -> None:
    notes = {"Wen.md": "## Differential diagnosis\n- Simple bone cyst (of the heel)\n- Abscess disease\n"}
    slug = "possible-duplicate"
    assert [d for d in decided(notes=notes).diagnostics if d.rule.slug == slug]
    export = decided("abscess-disease | same | abscess | reject", notes=notes)
    assert [d for d in export.diagnostics if d.rule.slug == slug] == []


def test_lines_that_are_none_or_contradict_are_reported(decided: Callable[..., Export]) -> None:
    export = decided(
        "subject | property | object | decision | comment",
        "cyst | narrower | simple-cyst | accept",
        "cyst | narrower | simple-cyst | reject",
        "cyst | narrower | simple-cyst | perhaps",
        "cyst | colour | red | accept",
        "cyst",
        "<<<<<<< ours",
        "cyst | narrower | no-such-cyst | accept",
        "cyst | narrower | no-such-cyst | accept | the same again",
        "cyst | narrower | never-said | reject",
    )
    assert unused(export) == [3, 4, 5, 6, 7, 8]
    assert maker(export, "cyst", SKOS.narrower, "simple-cyst") == "inferred"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (Key("a", "concept"), "edit to x"),
        (Key("a", "concept"), "rename to"),
        (Key("a", "narrower", "b"), "rename to x"),
        (Key("a", "narrower", "b"), "accept it"),
        (Key("a", "definition", "x"), "same as b"),
        (Key("a", "concept"), "same as a"),
        (Key("a", "concept"), ""),
    ],
)
def test_what_is_no_decision_is_refused(key: Key, words: str) -> None:
    with pytest.raises(ValueError, match=r"is no decision about|is the name of no other"):
        decide(key, words, "", str)


def test_the_file_is_sorted_and_read_back(tmp_path: Path) -> None:
    keys = [Key("b", "concept"), Key("a", "definition", "A\tb\nc"), Key("a", "concept")]
    made = [
        decide(Key(k.subject, k.property, k.object.replace("\t", " ").replace("\n", " ")), "ACCEPT", "x\ty", str)
        for k in keys
    ]
    path = tmp_path / "decisions.tsv"
    path.write_bytes(render_decisions(made))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[1:] == sorted(lines[1:])
    assert len(lines) == 4
    read, found = read_decisions(path)
    assert ({d.key for d in made}, found) == (set(read), [])
    assert render_decisions(read.values()) == path.read_bytes()


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "decisions.tsv"
    path.write_bytes(b"x\n" * 5_000_000)
    with pytest.raises(InputError, match="1,001 of its first 1,002 lines are no decisions"):
        read_decisions(path)
    path.write_bytes(b"cyst\tconcept\t\taccept\n" * 1_000_000)
    with pytest.raises(InputError, match="cannot be read"):
        read_decisions(path)


def test_whatever_the_file_holds_a_build_ends_with_a_valid_export(decided: Callable[..., Export]) -> None:
    chance = random.Random(4)  # noqa: S311 - not a secret
    ids = [iri.removeprefix(BASE) for iri in decided().graph.subjects] + ["none", "a\r", "\ufeff", "x" * 3000]
    properties = ("concept", "same", "same", "definition", "narrower", "related", "exactMatch", "")
    words = ("accept", "reject", "rename to <b>\x1b[2J", "rename to Lipoma", "same as cyst", "edit to =1+1\u202e", "")
    for _ in range(60):
        lines = [
            " | ".join(map(chance.choice, (ids, properties, [*ids, ""], words))) for _ in range(chance.randint(1, 12))
        ]
        export = decided(*lines, review=chance.choice(("apply", "only")))
        assert [d for d in export.diagnostics if d.level.name == "ERROR"] == [], lines
        labelled = [iri for iri in export.graph.subjects if export.graph.objects(iri, ADMS.status)]
        assert [iri for iri in labelled if len(export.graph.objects(iri, SKOS.prefLabel)) != 1] == [], lines


def test_a_link_out_of_the_folder_is_refused(make_vault: Callable[..., Path], tmp_path: Path) -> None:
    vault = make_vault(NOTES)
    (tmp_path / "secret").write_text("words of another file", encoding="utf-8")
    (vault / "decisions.tsv").symlink_to(tmp_path / "secret")
    with pytest.raises(InputError, match="leads out of its folder") as caught:
        build(vault, Config())
    assert "words" not in str(caught.value)


def test_a_decided_mapping_needs_no_reviewer_in_its_table(decided: Callable[..., Export], tmp_path: Path) -> None:
    rows = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n" + "".join(
        f"vault:cyst\tskos:exactMatch\tHP:000000{number}\tsemapv:LexicalMatching\n" for number in (1, 2, 3)
    )
    decided(
        "cyst | exactMatch | http://purl.obolibrary.org/obo/HP_0000001 | accept",
        "cyst | exactMatch | http://purl.obolibrary.org/obo/HP_0000002 | reject",
        notes={"maps.sssom.tsv": rows},
    )
    vault = tmp_path / "vault"
    config = parse_config({"mappings": {"files": ["maps.sssom.tsv"]}}, vault / "rad2skos.toml")
    export = build(vault, config)
    assert values(export, "cyst", SKOS.exactMatch) == ["http://purl.obolibrary.org/obo/HP_0000001"]
    waiting = [d.message for d in export.diagnostics if d.rule.slug == "unreviewed-mapping"]
    assert waiting == ["1 proposed mappings have no reviewer; they were not used."]


def test_a_confirmed_rename_says_what_replaces_the_former_note(decided: Callable[..., Export], tmp_path: Path) -> None:
    lines = "".join(f"Line {number} about cavities and their walls.\n" for number in range(30))
    write(decided(notes={"Sac.md": lines, "Pouch.md": lines}), tmp_path / "out", Config())
    (tmp_path / "vault" / "Sac.md").unlink()
    asked = build(tmp_path / "vault", Config(), out=tmp_path / "out")
    found = [d for d in asked.diagnostics if d.rule.slug == "possible-rename"]
    assert [(d.subject, d.other) for d in found] == [(BASE + "pouch", BASE + "sac")]
    for verdict, replaced in (("accept", ["pouch"]), ("reject", [])):
        (tmp_path / "vault" / "decisions.tsv").write_text(f"sac\tsame\tpouch\t{verdict}\n", encoding="utf-8")
        export = build(tmp_path / "vault", Config(), out=tmp_path / "out")
        assert [d for d in export.diagnostics if d.rule.slug in ("possible-rename", "unused-decision")] == []
        assert values(export, "sac", DCT.isReplacedBy) == replaced
