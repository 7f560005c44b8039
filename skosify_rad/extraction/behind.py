"""Names that stand behind a kind in its own item or row: `Benign: oncocytoma, angiomyolipoma`, a column `Examples`."""

import re
from typing import Final

from skosify_rad.extraction.candidates import Candidate, CandidateSet
from skosify_rad.extraction.compounds import Knows
from skosify_rad.extraction.sentences import read_names
from skosify_rad.language.english import is_plural
from skosify_rad.language.spelling import fold
from skosify_rad.model.purposes import NOTHING, Announced, Purpose
from skosify_rad.model.statements import Mention
from skosify_rad.vault.markdown.inline import Inline

_EXAMPLES: Final = re.compile(r"(?:^|; )(?:examples?|includes?|members?|e\.g\.):\s*(?P<names>[^;]+)", re.IGNORECASE)
_BEHAVIOURS: Final = frozenset("benign malignant borderline".split())
"""Adjectives that divide tumours, and behind which tumours stand rather than features."""
_LEAST: Final = 2


def propose_members(item: Candidate, kind: Mention, found: CandidateSet, knows: Knows) -> CandidateSet | None:
    """Return the set of names indented below a kind, or enumerated behind one that is a class; None if there is none."""
    if item.below:
        return CandidateSet(kind, found.form, found.announced, found.path, item.below, "list")
    examples = _EXAMPLES.search(item.remark) if found.form.startswith("column") else None
    if examples is not None:
        text, announced = Inline(examples["names"].strip()), Announced(Purpose.KINDS)
    elif (
        item.node is not None
        and not item.node.children
        and (is_plural(kind.words) or fold(item.words) in _BEHAVIOURS)
        and not found.signals["own-folder"]  # what is said of each note is no class's members
    ):
        text, announced = item.node.body, NOTHING
    else:
        return None
    names = read_names(text.strip(" ."), item.block, knows, _LEAST)
    return CandidateSet(kind, "enumeration", announced, found.path, names, "list") if names else None
