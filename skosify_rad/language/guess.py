"""The language of notes, guessed from their commonest words and their script; and what we know of each language."""

import re
from collections import Counter
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

_COMMON: Final = {
    "da": "og af med det ved ikke er på",
    "de": "der die und ist mit eine bei nicht",
    "en": "the of and is with in are or",
    "es": "el los las del con una por y",
    "fr": "le les des et est une dans du",
    "it": "di della con che una sono è gli",
    "nl": "het een van met bij niet zijn en",
    "pt": "o os as do da com uma não",
    "sv": "och av med som vid inte är på",
}
_SCRIPTS: Final = (
    ("ja", r"[\u3040-\u30ff]"),  # before Chinese, whose characters Japanese has too
    ("zh", r"[\u3400-\u9fff]"),
    ("ko", r"[\uac00-\ud7af]"),
    ("ru", r"[\u0400-\u04ff]"),
)
_LANGUAGES: Final = {
    word: [tag for tag, words in _COMMON.items() if word in words.split()]
    for word in " ".join(_COMMON.values()).split()
}
_MOST_CHARACTERS: Final = 200_000
"""Characters that are looked at."""
_FEWEST: Final = 3
"""Common words that make a guess."""


HEADINGS: Final = MappingProxyType(
    {
        "da": (("Klassifikation", "Inddeling", "Typer"), ("Differentialdiagnose", "Differentialdiagnoser")),
        "de": (
            ("Einteilung", "Klassifikation", "Formen"),
            ("Differentialdiagnose", "Differentialdiagnosen", "Differenzialdiagnose", "Differenzialdiagnosen"),
        ),
        "es": (("Clasificación", "Tipos"), ("Diagnóstico diferencial",)),
        "fr": (("Formes", "Types"), ("Diagnostic différentiel", "Diagnostics différentiels")),
        "it": (("Classificazione", "Tipi", "Forme"), ("Diagnosi differenziale", "Diagnosi differenziali")),
    }
)
"""Language -> headings of subtypes and of differentials, beside those recognised in every vault: English and Chinese."""


def guess_language(texts: Iterable[str]) -> str:
    """Return the language of most of these texts, a BCP 47 tag; `en` if there is too little to tell.

    >>> guess_language(["Die Gicht ist eine Arthritis mit Kristallen."]), guess_language(["痛风是一种关节炎"])
    ('de', 'zh')
    """
    text = " ".join(texts)[:_MOST_CHARACTERS].lower()
    letters = sum(map(str.isalpha, text))
    for tag, script in _SCRIPTS:
        if len(re.findall(script, text)) * 5 > letters:
            return tag
    numbers = Counter(tag for word in re.findall(r"[^\W\d_]+", text) for tag in _LANGUAGES.get(word, ()))
    best = max(sorted(numbers), key=numbers.__getitem__, default="en")
    return best if numbers[best] >= _FEWEST else "en"


def has_morphology(tag: str) -> bool:
    """Return whether we know how names of this language are built: only of English, and some of Chinese."""
    return tag.partition("-")[0].lower() in ("en", "zh")


def is_latin(tag: str) -> bool:
    """Return whether names of this language are written in Latin letters, which IRIs keep."""
    return tag.partition("-")[0].lower() not in ("ar", "el", "fa", "he", "hi", "ja", "ko", "ru", "th", "uk", "zh")
