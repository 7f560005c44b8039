"""Headings that tell a property of the thing: cause, site, imaging, treatment; nothing below them is a kind."""

import re
from typing import Final

from skosify_rad.language.english import is_attribute
from skosify_rad.language.spelling import clean, fold, small_letters

BRACKET: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_PROPERTY_NOUNS: Final = frozenset(
    fold(w)
    for w in (
        "imaging image treatment therapy surgery operation procedure management modality technique sequence study test"
        " investigation injury? drug medication contrast agent enhancement graft implant device stent catheter repair"
        " resection biopsy pain symptom sign finding feature cause risk factor complication association location site"
        " distribution age patient population severity response protocol view projection artefact? data evidence error"
        " calcification margin border matrix reaction signal report research".replace("injury? ", "").replace(
            "artefact? ", ""
        )
    ).split()
)
TAIL: Final = re.compile(
    r"\s+(?:by|based on|according to|depending on|per|on|in|with|used|at|from|to)\s+(?P<rest>.+)$", re.IGNORECASE
)
OF: Final = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?(?P<of>.+)$", re.IGNORECASE)
AND: Final = re.compile(r"\s*(?:&|/|,|\+|\band\b|\bor\b)\s*", re.IGNORECASE)

_MAY_PART: Final = re.compile(r"&|/|,|\+|and|or")


def without_brackets(text: str) -> str:
    """Return a text without what stands in brackets."""
    return clean(BRACKET.sub(" ", text) if "(" in text or "[" in text else text)


def words_apart(text: str, sign: str) -> list[str]:
    """Return the folded words of a text, a sign of one's own between its parts."""
    return fold(AND.sub(sign, text) if _MAY_PART.search(small_letters(text)) else text).split()


def names_property(text: str) -> bool:
    """Tell whether words hold a noun of a property: imaging, treatment, cause ..."""
    return not _PROPERTY_NOUNS.isdisjoint(fold(text).split())


def is_property(text: str) -> bool:
    """Tell whether a heading tells a property of the thing: cause, site, imaging, treatment, pearls."""
    return not _PROPERTY_WORDS.isdisjoint(words_apart(text, " ")) or is_attribute(text)


_PROPERTY_WORDS: Final = _PROPERTY_NOUNS | frozenset(
    fold(w)
    for w in (
        "aetiology etiology cause pathophysiology pathogenesis pathology histology epidemiology clinical presentation"
        " imaging radiograph radiography ct mri us ultrasound pet scintigraphy mammography management treatment therapy"
        " prognosis complication sequela association associated differential? pearl pitfall tip exam nugget buzzword"
        " reporting mnemonic reference source further reading see related link anatomy mechanism indication"
        " contraindication technique protocol workup approach follow-up outcome appearance location site distribution"
        " feature finding sign symptom investigation diagnosis genetics gene risk screening prevention history red flag".replace(
            "differential? ", ""
        )
    ).split()
)
