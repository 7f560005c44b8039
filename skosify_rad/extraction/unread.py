"""Findings about what was not read: sections that announce kinds and have none, items rejected from an accepted set."""

import re
from typing import Final

from skosify_rad.extraction.candidates import Candidate, CandidateSet
from skosify_rad.extraction.node import OWNING, Form, Node
from skosify_rad.extraction.reader import Reader, Scope
from skosify_rad.language.spelling import fold
from skosify_rad.model.purposes import Purpose

_NAMES_ONE: Final = re.compile(r"\s(?:type|form|variant|subtype|histology)$", re.IGNORECASE)
"""A heading of several words that ends so may name one kind: `Cold haemolysin type`."""
_RANGE: Final = re.compile(r"\d\s*[-–]\s*\d")
"""Steps given together: `PI-RADS 1-2`."""


def report_section(reader: Reader, node: Node, scope: Scope) -> None:
    """Report a section that announces kinds and gave none, unless it stands below treatment, causes or the like."""
    above, says = scope.announced, node.says
    hidden = above.purpose is Purpose.CAUSES or (above.purpose is Purpose.FIELD and above.sure)
    bare = fold(node.words) == "pattern" and node.form in (*OWNING, Form.CALLOUT)
    if hidden or not (says.sure or bare) or _NAMES_ONE.search(node.words):
        return  # `Imaging patterns` and `Histology` mostly hold no kinds
    if node.children:
        message = f"No subtype was read from the section “{node.words}”."
        hint = "List the subtypes, one per item, or mark the section with “%% rad2skos: section none %%”."
        reader.report("unread-section", node.block, message, hint)
    elif node.form in (Form.HEADING, Form.CALLOUT):
        message = f"The section “{node.words}” names no subtype."
        reader.report("empty-section", node.block, message, "List the subtypes, one per item.")


def report_items(reader: Reader, found: CandidateSet) -> None:
    """Report the items of an accepted set of announced kinds that were left out because they say something else."""
    if found.announced.purpose is Purpose.KINDS and found.announced.sure:
        for item in found.items:
            if not item.accepted and _says_something(item):
                message = f"“{item.words[:80]}” does not read as a subtype of {found.parent.words}."
                hint = "If it is one, write its name first; if not, indent it below the subtype it describes."
                reader.report("item-not-a-kind", item.block, message, hint)


def _says_something(item: Candidate) -> bool:
    """Return whether an item is a remark, and not merely `others` or a label of its own."""
    signals = item.signals
    said = signals["remark"] or signals["verb"] or signals["long"]
    return bool(said) and not signals["nobody"] and not _RANGE.search(item.words)
