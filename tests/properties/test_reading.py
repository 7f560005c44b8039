"""Any text is read: nothing raises, nothing hangs, nothing is said without a place where it stands."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import LIST_WORK, make_note, read, read_vault_of

from skosify_rad.extraction.entries import parse_entry
from skosify_rad.extraction.extract import read_note
from skosify_rad.extraction.tree import build_tree
from skosify_rad.language.spelling import clean, fold, slug
from skosify_rad.model.config import Config
from skosify_rad.model.namespaces import SKOS, curie
from skosify_rad.model.statements import Literal, Mention
from skosify_rad.vault.frontmatter import parse_front_matter
from skosify_rad.vault.links import Links
from skosify_rad.vault.markdown.blocks import ListBlock, Quote, Table, walk
from skosify_rad.vault.markdown.inline import LINE_BREAK, parse_inline
from skosify_rad.vault.markdown.parser import parse_blocks

if TYPE_CHECKING:
    from collections.abc import Callable

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SECONDS = 2
"""Of CPU time; no invented text takes longer."""

WORDS = st.sampled_from(
    "Osteoma Cyst Benign Malignant Type I IIa TNM Stage 2 gout myeloma sarcoma of or and / , ; the in usually > 2 cm"
    " DDx Types Classification Definition Synonyms vs Mimics By location Generalised Secondary to drugs é ß 骨 🔬 − –"
    " → ( ) [ ] : . ABC".split()
)
PHRASES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
MARKS = st.sampled_from(
    [
        "**{}**",
        "*{}*",
        "__{}__",
        "[[{}]]",
        "[[Bone/{}]]",
        "[[{}|shown]]",
        r"[[{}\|shown]]",
        "[[{}#Heading]]",
        "![[{}]]",
        "[{}](Cyst.md)",
        "`{}`",
        "=={}==",
        "%%{}%%",
        "<!-- {} -->",
        "<b>{}</b>",
        "{}<br>{}",
        "${}$",
        "\\{}",
        "{} #tag ^block",
        "{}[^1]",
        "{}",
        "{}",
    ]
)
INLINES = st.builds(lambda mark, phrase: mark.replace("{}", phrase), MARKS, PHRASES)
LINES = st.lists(INLINES, min_size=1, max_size=4).map(": ".join)
INDENTS = st.sampled_from(["", "", "  ", "    ", "\t", "\t\t", "\t  ", "   ", "        "])
OPENINGS = st.sampled_from(
    [
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2) ",
        "- [ ] ",
        "# ",
        "## ",
        "### ",
        "###### ",
        "> ",
        "> - ",
        "> [!ddx] ",
        "> > ",
        "| ",
        "→ ",
        "",
        "",
        "%% ",
        "```",
        "---",
        ": ",
    ]
)
BLOCKS = st.one_of(
    st.builds("{}{}{}".format, INDENTS, OPENINGS, LINES),
    st.sampled_from(
        [
            "",
            "## Classification",
            "## Differential diagnosis",
            "**Types:**",
            "| Type | DDx |\n|---|---|",
            "| Cyst | Osteoma | Gout |",
            "---",
            "```",
            "%%",
            "<!--",
            "$$",
            "***",
            "===",
            "> [!summary]",
            "%% rad2skos: section classification %%",
            "%% rad2skos: note list %%",
            "<div>",
            "It can be divided into:",
        ]
    ),
)
MARKDOWN = st.lists(BLOCKS, max_size=25).map("\n".join)
SIGNS = st.text(alphabet="[]|\\*_`%<>!-#=~&;:()/{}^$ \n\tab1.,+→–\u00e9\u200b\ufeff", max_size=120)
TEXTS = st.one_of(MARKDOWN, SIGNS, st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
TITLES = st.sampled_from(
    ["Cyst", "Bone tumour", "Bosniak classification", "Gout vs pseudogout", "List of cysts", "Giant cell tumour (GCT)"]
)
FRONTS = st.sampled_from(
    [
        "",
        "---\n---\n",
        "---\naliases: [Gout, ABC]\n---\n",
        '---\n{"related": "[[Gout]]"}\n---\n',
        "---\nbroader: [a, [b]]\n---\n",
    ]
)


def timely(function: Callable[[], object]) -> None:
    start = time.process_time()
    function()
    assert time.process_time() - start < SECONDS


@FEW
@given(TEXTS)
def test_any_text_becomes_blocks_that_lie_in_it(text: str) -> None:
    lines = text.count("\n") + 1
    blocks: list[object] = []
    timely(lambda: blocks.extend(walk(parse_blocks(text))))
    for block in walk(parse_blocks(text)):
        assert 1 <= block.line <= lines
        assert block.column >= 1
        assert block.raw in text or "\n" in block.raw or "\x1f" in block.raw or "%%" in text or "<!--" in text


@FEW
@given(TEXTS)
def test_no_block_is_lost_twice_or_held_twice(text: str) -> None:
    found = list(walk(parse_blocks(text)))
    assert len({id(b) for b in found}) == len(found)
    for block in found:
        if isinstance(block, Table):
            assert all(len(row) == len(block.header) for row in block.rows)
        if isinstance(block, ListBlock):
            assert block.items
        if isinstance(block, Quote):
            assert block.callout == block.callout.lower()


@FEW
@given(TEXTS)
def test_a_tree_holds_every_node_once(text: str) -> None:
    blocks = parse_blocks(text)
    root = build_tree(blocks, "Gout")
    nodes = list(root.walk())
    assert len({id(node) for node in nodes}) == len(nodes)
    for node in nodes:
        assert all(child.level > node.level for child in node.children if child.level and node.level)


@FEW
@given(st.one_of(LINES, SIGNS))
def test_text_without_markup_is_found_by_its_offsets(raw: str) -> None:
    found = parse_inline(raw)
    for link in found.links:
        assert 0 <= link.start <= link.end <= len(found.text)
        assert not set(link.target) & set("[]|\n\x1f")
    assert all(0 <= a <= b <= len(found.text) for a, b in found.strong)
    assert "<!--" not in found.text.replace("\\", "") or "\\" in raw or "`" in raw or "&" in raw or "<" in found.text


@FEW
@given(
    st.lists(
        st.builds(
            lambda target, shown: f"[[{target}|{shown}]]",
            PHRASES.filter(lambda p: not set(p) & set("[]|#")),
            PHRASES.filter(lambda p: not set(p) & set("[]|")),
        ),
        max_size=4,
    )
)
def test_text_never_holds_a_links_markup(links: list[str]) -> None:
    found = parse_inline(" and ".join(links))
    assert "[[" not in found.text
    assert "]]" not in found.text
    assert len(found.links) == len(links)


@FEW
@given(st.one_of(LINES, SIGNS))
def test_any_item_names_something_or_nothing(raw: str) -> None:
    entry = parse_entry(parse_inline(raw), lambda name: name == "Gout")
    for name in entry.names:
        assert name.words == clean(name.words)
        assert LINE_BREAK not in name.words


@FEW
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_keys_and_identifiers_are_settled(name: str) -> None:
    assert clean(clean(name)) == clean(name)
    assert slug(name).isascii()
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(name))
    assert fold(name.upper()) == fold(name.upper())


@FEW
@given(PHRASES)
def test_a_key_of_a_key_is_itself(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert slug(slug(name)) == slug(name)


@FEW
@given(st.one_of(TEXTS, MARKDOWN.map(lambda t: f"---\n{t}\n---\nText")))
def test_any_front_matter_is_read_or_told(text: str) -> None:
    found = parse_front_matter(text)
    assert 0 <= found.body_start <= len(text)
    assert all(isinstance(key, str) for key in found.values)
    assert 1 <= found.problem_line <= text.count("\n") + 1


@FEW
@given(FRONTS, MARKDOWN, TITLES)
def test_any_note_is_read_and_every_statement_has_its_place(front: str, text: str, title: str) -> None:
    config = Config()
    note = make_note(f"Bone/{title}.md", front + text, config)
    links = Links(read_vault_of({note.path: note.text, "Gout.md": "x"}, config))
    start = time.process_time()
    statements, diagnostics = read_note(note, links, config)
    assert time.process_time() - start < SECONDS
    lines = note.text.split("\n")
    for statement in statements:
        mentions = [m for m in (statement.subject, statement.object) if isinstance(m, Mention)]
        for place in (statement.place, *(m.place for m in mentions)):
            assert place.path == note.path
            assert 1 <= place.line <= len(lines)
            assert place.column >= 1
        assert statement.rule
        assert 1 <= statement.weight <= 9
        assert all(m.words.strip() or m.link for m in mentions)
    for found in diagnostics:
        assert 1 <= found.place.line <= len(lines)


@FEW
@given(st.lists(st.tuples(TITLES, FRONTS, MARKDOWN), max_size=3, unique_by=lambda n: n[0]))
def test_no_relation_without_evidence_and_no_odd_term(notes: list[tuple[str, str, str]]) -> None:
    vault = {f"{title}.md": front + text for title, front, text in notes}
    reading = read(vault)
    for triple in reading.graph:
        said = reading.sources.get(triple, ())
        if triple.predicate in (SKOS.narrower, SKOS.member, SKOS.definition, SKOS.altLabel) and isinstance(
            triple.object, (str, Literal)
        ):
            assert said, triple
        for one in said:
            assert one.place.path in vault or one.rule in ("folder", "head-noun")
        if curie(triple.predicate).split(":")[-1] in LIST_WORK:
            continue
        if isinstance(triple.object, Literal):
            assert triple.object.value == clean(triple.object.value) != ""
    for concept in reading.graph.subjects:
        assert concept.isascii()
        assert " " not in concept
        broader = set(reading.graph.objects(concept, SKOS.broader))
        related = set(reading.graph.objects(concept, SKOS.related))
        assert not broader & related
        assert concept not in broader | related


@FEW
@given(st.lists(st.tuples(TITLES, MARKDOWN), max_size=3, unique_by=lambda n: n[0]), st.randoms(use_true_random=False))
def test_the_order_in_which_notes_are_given_does_not_matter(notes: list[tuple[str, str]], random: object) -> None:
    shuffled = list(notes)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = (read({f"{title}.md": text for title, text in some}) for some in (notes, shuffled))
    assert list(first.graph) == list(second.graph)
    assert [d.message for d in first.diagnostics] == [d.message for d in second.diagnostics]


@FEW
@given(MARKDOWN, st.sampled_from([("%%", "%%"), ("<!--", "-->"), ("````", "````")]))
def test_what_is_hidden_says_nothing(text: str, marks: tuple[str, str]) -> None:
    opening, closing = marks
    inside = text.replace("%%", "").replace("-->", "").replace("`", "")
    hidden = read({"Cyst.md": f"{opening}\n{inside}\n{closing}\n"})
    said = [s.predicate for s in hidden.statements]
    assert not {SKOS.narrower, SKOS.related, SKOS.definition, SKOS.member} & set(said)


@FEW
@given(st.integers(1, 300), st.sampled_from(["- ", "> ", "1. ", "* "]), st.sampled_from(["  ", "\t", "    ", ""]))
def test_any_nesting_is_read(depth: int, sign: str, indent: str) -> None:
    text = "## Types\n" + "".join(f"{indent * n}{sign}Tumour {n}\n" for n in range(depth))
    timely(lambda: read({"Cyst.md": text}))
