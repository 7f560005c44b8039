"""Other names that an edit gives a thing or takes from it: synonyms, aliases, and what stands in brackets.

A name that nothing had, and nobody wrote or looked for, changes what no other name means. One that is taken away must
have been one thing's alone, and nobody's words for it.
"""

from collections.abc import Iterable

from skosify_rad.edits import Edits, require
from skosify_rad.exported import Exported
from skosify_rad.names import clean, fold
from skosify_rad.namings import Naming
from skosify_rad.register_lines import list_gone
from skosify_rad.resolve import Named
from skosify_rad.statements import Literal
from skosify_rad.vocab import SKOS


class OtherNames:
    """What things are called beside their preferred labels."""

    def __init__(self, edits: Edits, exported: Exported) -> None:
        """Take what was edited, and what was exported before."""
        self._edits = edits
        self._exported = exported
        self.learnt: dict[str, str] = {}
        """Name, folded -> the identifier of the thing that has it now and had it not."""
        self._kept: dict[str, str] = {}
        """Name, folded -> the identifier of the thing that had it before and is given it once more."""
        self._forgotten: dict[str, bool] = {}
        """Name, folded -> whether it was an alternative label, which hides the same in brackets."""

    def learn(self, thing: Named, name: str, predicate: str) -> None:
        """Give a thing another name, as a label of one kind.

        Raises:
            WholeNeededError: another thing may have it, or this one as a label of another kind.

        """
        key = fold(name)
        if self._edits.before.others.get(key) == thing.id:
            same = {label if predicate == SKOS.altLabel else label[:1] for label in self._list_alike(thing, name)}
            require(same <= {(SKOS.altLabel, clean(name)) if predicate == SKOS.altLabel else (SKOS.hiddenLabel,)})
            self._kept[key] = thing.id
            return
        require(bool(key) and key not in self.learnt and not self._edits.is_heard(key))
        self.learnt[key] = thing.id

    def _list_alike(self, thing: Named, name: str) -> Iterable[tuple[str, str]]:
        """Yield the labels of a thing that differ from a name in letter case only, if at all (SKOS S13)."""
        for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
            for label in self._exported[thing.iri].get(predicate, ()):
                if isinstance(label, Literal) and label.value.casefold() == clean(name).casefold():
                    yield predicate, label.value

    def forget(self, identifier: str, name: str, predicate: str) -> None:
        """Take another name from a thing, as a label of one kind.

        Raises:
            WholeNeededError: others have it too.

        """
        require(self._edits.before.others.get(fold(name)) == identifier)
        key = fold(name)
        self._forgotten[key] = self._forgotten.get(key, False) or predicate == SKOS.altLabel

    def check(self, namings: Iterable[Naming], met: Iterable[str], register: bytes) -> None:
        """Go on only where nobody uses what was forgotten, or what was learnt, for another thing.

        Given are all that is named now, the names, folded, that were met for the first time, and the register.
        """
        require(self.learnt.keys().isdisjoint(met))
        gone = {key: hides for key, hides in self._forgotten.items() if key not in self._kept}
        require(not gone or gone.keys().isdisjoint(self._edits.find_left()))  # a link by such a name may tell of it
        for naming in namings if gone or self._kept else ():
            names = {fold(name) for name in (naming.words, naming.label, naming.spelling)}
            require(gone.keys().isdisjoint(names))
            require(all(self._kept.get(name, naming.id) == naming.id for name in names))  # else it is learnt too late
            others = gone.keys() & map(fold, naming.others)
            require(not any(map(gone.get, others)))
            require(not others or self._edits.before.called.get(fold(naming.spelling)) == naming.id)  # found by these
        if gone or self.learnt:  # what is gone is replaced by what bears its name
            require((gone.keys() | self.learnt.keys()).isdisjoint(fold(entry.label) for entry in list_gone(register)))
