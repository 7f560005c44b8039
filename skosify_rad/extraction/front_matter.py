"""Front matter: mappings to other vocabularies, and relations the author states outright."""

from typing import Final

from skosify_rad.extraction.reader import Reader
from skosify_rad.model.curies import read_iri
from skosify_rad.model.namespaces import SKOS
from skosify_rad.model.statements import Mention, Statement
from skosify_rad.vault.markdown.blocks import Block
from skosify_rad.vault.markdown.inline import parse_inline

RULE: Final = "front-matter"
_MAPPINGS: Final = {
    "exactMatch": SKOS.exactMatch,
    "closeMatch": SKOS.closeMatch,
    "broadMatch": SKOS.broadMatch,
    "narrowMatch": SKOS.narrowMatch,
    "relatedMatch": SKOS.relatedMatch,
}
_RELATIONS: Final = {"broader": SKOS.broader, "narrower": SKOS.narrower, "related": SKOS.related}
_KEYS: Final = frozenset((*_MAPPINGS, *_RELATIONS))


def read_front_matter(reader: Reader) -> None:
    """State the mappings and relations of a note's front matter."""
    values = reader.note.front_matter
    if _KEYS.isdisjoint(values):
        return
    for key, predicate in _MAPPINGS.items():
        for value in _values(values.get(key)):
            block = _line_of(reader, key, value)
            try:
                iri = read_iri(value)
            except ValueError as error:
                hint = "Write the whole IRI, http:// included, or a CURIE such as DOID:0050073."
                reader.report("invalid-mapping", block, f"{key}: {error}.", hint)
            else:
                reader.state(Statement(reader.subject, predicate, iri, reader.place(block), (), RULE, value, 9))
    for key, predicate in _RELATIONS.items():
        for value in _values(values.get(key)):
            place = reader.place(_line_of(reader, key, value))
            inline = parse_inline(value)
            other = Mention(inline.text.strip(), place, inline.links[0].target if inline.links else "")
            reader.state(Statement(reader.subject, predicate, other, place, (), RULE, value, 9))


def _values(value: object) -> list[str]:
    """Return the texts of a value, one or a list of them; YAML reads a link without quotes as a list in a list."""
    if not isinstance(value, list):
        return _texts([value])
    if len(value) == 1 and isinstance(value[0], list) and _texts(value[0]):
        return [f"[[{', '.join(_texts(value[0]))}]]"]
    return [text for one in value for text in (_linked(one) or _texts([one]))]


def _linked(value: object) -> list[str]:
    """Return a link without quotes among others, `- [[Gout]]`, as it was written."""
    inner = value[0] if isinstance(value, list) and len(value) == 1 else None
    return [f"[[{text}]]" for text in _texts(inner)] if isinstance(inner, list) else []


def _texts(values: list[object]) -> list[str]:
    texts = [str(v) for v in values if isinstance(v, (str, int, float)) and not isinstance(v, bool)]
    return [text for text in texts if text.strip()]


def _line_of(reader: Reader, key: str, value: str) -> Block:
    """Return the line of the front matter a value stands on, the key's where it spans lines."""
    lines = reader.note.text[: reader.note.body_start].split("\n")
    for wanted in (value, key):
        for number, line in enumerate(lines, 1):
            if wanted in line:
                return Block(line, number, line.index(wanted) + 1)
    return Block("", 1, 1)
