"""Things that an edit names and nothing in the vault did: a concept, an identifier and a line of the register for each.

A name counts as new only where neither a note nor a label nor anything written so far folds to it; then it changes
what no other name means.
"""

from collections.abc import Iterator

from skosify_rad.config import Config
from skosify_rad.edits import Edits, known, require
from skosify_rad.identifiers import add_stub
from skosify_rad.labels import Title, lower_known, read_title, stub_label
from skosify_rad.names import clean, fold
from skosify_rad.resolve import Named
from skosify_rad.statements import Mention, Stated
from skosify_rad.stating import Stating, make_title_evidence


class Newcomers:
    """The things without a note that an edit names for the first time."""

    def __init__(self, edits: Edits, register: bytes, config: Config) -> None:
        """Take the register as it stands."""
        self._edits = edits
        self.config = config
        """The configuration in force."""
        self._named: dict[str, Named] = {}
        """Folded name -> the thing."""
        self.register = register
        """The register with what was named since."""

    @property
    def names(self) -> frozenset[str]:
        """Their names, folded."""
        return frozenset(self._named)

    @property
    def iris(self) -> frozenset[str]:
        """Their IRIs."""
        return frozenset(thing.iri for thing in self._named.values())

    def find(self, mention: Mention) -> Named:
        """Return the new thing that a mention names.

        Raises:
            WholeNeededError: it may be none.

        """
        label = self._read(mention)
        key = fold(label)
        found = self._named.get(key)
        if found is not None:
            require(found.mentions[0][0] is mention)  # of several, which is first and how it is spelt would count
            return found
        require(bool(key) and read_title(label) == Title(label) and fold(mention.words) == key)
        require(not self._edits.is_used(key) and self.config.output.stubs != "exclude")
        identifier, self.register = known(add_stub(self.register, stub_label(label)))
        iri = self.config.scheme.base + identifier
        self._named[key] = Named(identifier, stub_label(label), iri, mentions=[(mention, label)])
        return self._named[key]

    def _read(self, mention: Mention) -> str:
        """Return what a mention calls a thing, as `Resolver` reads it where nothing completes or abbreviates it."""
        require(mention.kind == "kind" and not mention.other_names and not mention.notation)
        if mention.link:
            name = clean(mention.link.rsplit("/", 1)[-1])
            require(fold(name) in self._edits.taught)
            return name
        require(mention.parent is None)
        return lower_known(mention.words, self._edits.knows, self._edits.seen_lower)

    def introduce(self) -> Iterator[Stated]:
        """Yield what they are and how they are called."""
        stating = Stating(self.config)
        for thing in self._named.values():
            yield from stating.introduce(thing, make_title_evidence(thing))
