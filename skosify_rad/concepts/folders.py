"""Folders -> nested collections: the members of each are its subfolders and concepts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from skosify_rad.language.spelling import clean, digest, slug
from skosify_rad.model.config import Config
from skosify_rad.model.diagnostics import Place
from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.namespaces import RDF, SKOS
from skosify_rad.model.statements import Evidence, Literal, Stated, Triple

Folders = tuple[str, ...]
"""Names of folders, outermost first."""

_SORTING: Final = lazy_pattern(r"^\d+[\s_.-]+(?=\S)")
_RULE: Final = "folder"


def collect_folders(
    placed: Iterable[tuple[Folders, str]], config: Config, claim: Callable[[str, str, Iterable[str]], None]
) -> Iterator[Stated]:
    """Yield a collection for every folder with several members; `placed` holds (folders, IRI) of each concept.

    The only member of a folder is a member of the folder above. `claim` is told the identifier, the label and the
    members' identifiers of each collection.
    """
    held: dict[Folders, list[str]] = defaultdict(list)
    for folders, iri in placed:
        held[folders].append(iri)
    for folders in list(held):
        for depth in range(1, len(folders)):
            held.setdefault(folders[:depth], [])
    for folders in sorted(held, key=len, reverse=True):
        members = held[folders] if len(held[folders]) > 1 else held.pop(folders)
        if len(folders) > 1:
            held[folders[:-1]] += members if folders not in held else [_iri(folders, config)]
    twins = Counter(_plain(folders[-1]) for folders in held)
    names = {_iri(folders, config): folders for folders in sorted(held, reverse=True)}
    for folders in sorted(held):
        iri = _iri(folders, config)
        label = _label(names[iri], twins)  # folders that differ only in signs are one collection
        base = config.scheme.base
        claim(iri.removeprefix(base), label, [member.removeprefix(base) for member in held[folders]])
        evidence = Evidence(Place("/".join(folders)), (), label, _RULE, 9)
        yield Stated(Triple(iri, RDF.type, SKOS.Collection), evidence)
        yield Stated(Triple(iri, SKOS.prefLabel, Literal(clean(label), config.scheme.language.lower())), evidence)
        for member in sorted(held[folders]):
            yield Stated(Triple(iri, SKOS.member, member), evidence)


def _iri(folders: Folders, config: Config) -> str:
    return f"{config.scheme.base}collection/folder/{'/'.join(slug(f) or 'x' + digest(f)[:10] for f in folders)}"


def _label(folders: Folders, twins: Counter[str]) -> str:
    """Return a folder's name without its sorting number, qualified by its parent's if another folder has it too."""
    names = [_plain(f) for f in folders]
    return f"{names[-1]} ({names[-2]})" if len(names) > 1 and twins[names[-1]] > 1 else names[-1]


def _plain(folder: str) -> str:
    return _SORTING.sub("", folder) or folder
