"""Names as keys and identifiers: fold spelling variants into one key, and make the last segment of an IRI.

Only regular variation is folded (case, plural, British and American spelling, hyphens, possessives, diacritics);
names that are merely similar remain distinct.
"""

import hashlib
import unicodedata
from typing import Final

from skosify_rad.model.lazy_pattern import lazy_pattern
from skosify_rad.model.memo import Remembered

_SPELLING: Final = (
    ("ae", lazy_pattern(r"ae(?=[a-z])"), "e"),
    ("oe", lazy_pattern(r"oe(?=[a-z])"), "e"),
    ("our", lazy_pattern(r"our(?=$|s|al|ed|ing|less|like)"), "or"),
    ("is", lazy_pattern(r"is(?=e$|ed$|es$|ing$|ation|er$|ers$)"), "iz"),
    ("ys", lazy_pattern(r"ys(?=e$|ed$|es$|ing$)"), "yz"),
    ("re", lazy_pattern(r"(?<=[tbc])re$"), "er"),
    ("ll", lazy_pattern(r"ll(?=ed$|ing$|er$)"), "l"),
    ("sulph", lazy_pattern(r"sulph"), "sulf"),
    ("logue", lazy_pattern(r"logue$"), "log"),
    ("grey", lazy_pattern(r"^grey"), "gray"),
    ("artefact", lazy_pattern(r"^artefact"), "artifact"),
    ("ical", lazy_pattern(r"ical$"), "ic"),
)
"""British to American spelling, for comparison only. Each pattern is preceded by letters it requires, a fast test."""

_PREFIXES: Final = (
    "non pre post anti sub intra extra inter peri para micro macro multi pseudo hyper hypo neo de re co semi"
).split()
_JOINED_PREFIX: Final = lazy_pattern(rf"\b({'|'.join(_PREFIXES)})[ -](?=[a-z]{{3}})")
_JOINING: Final = frozenset([*_PREFIXES, "the"])
_ARTICLES: Final = lazy_pattern(r"^(?:the )+")
_SINGULAR_SE: Final = frozenset(
    "disease phase case base increase decrease nose dose release lease kinase vase cause pause course purpose".split()
)
_SPELT_OUT: Final = str.maketrans(
    {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "λ": "lambda"}
    | {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d"}
)
_GAPS: Final = str.maketrans(dict.fromkeys("-(),:;[]!?", " "))
_PLAIN: Final = lazy_pattern(r"[a-z0-9 ]+")
"""Most names match this after hyphens and brackets become spaces, and need none of the patterns below."""
_POSSESSIVE: Final = lazy_pattern(r"(?<=\w)[’'`]s\b|(?<=s)[’'`](?=\s|$)")
_NOT_WORD: Final = lazy_pattern(r"[^\w+<>=≤≥%./]+|(?<!\d)[./]|[./](?!\d)")
_DASHES: Final = lazy_pattern(r"[\u2010-\u2015\u2212/·]")
_SLUG_GAP: Final = lazy_pattern(r"[^a-z0-9]+")
MAX_SLUG: Final = 80
"""Longest identifier, in characters; longer names are cut at a word and get a hash."""


def singular(word: str) -> str:  # noqa: PLR0911 - one for each ending
    """Return a lower-case word in the singular, Greek and Latin plurals too.

    >>> [singular(w) for w in ("metastases", "biopsies", "diseases", "vertebrae", "thrombi", "pelvis", "masses")]
    ['metastasis', 'biopsy', 'disease', 'vertebra', 'thrombus', 'pelvis', 'mass']
    """
    if word[-1:] not in "saei" or len(word) <= 3 or not word.isalpha():  # noqa: PLR2004 - `gas`, `T2s`
        return word
    if word.endswith("ses") and word[:-1] not in _SINGULAR_SE and word[-4] in "aeoy":
        return word[:-2] + "is"
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004 - `dies`
        return word[:-3] + "y"
    if word.endswith(("xes", "shes", "ches", "sses", "zes")):
        return word[:-2]
    if word.endswith("s"):
        return word if word.endswith(("ss", "us", "is")) else word[:-1]
    if word.endswith("omata"):
        return word[:-2]
    if word.endswith("ae"):
        return word[:-1]
    return word[:-1] + "us" if word.endswith("i") and len(word) > 4 else word  # noqa: PLR2004 - `genu`


def _fold_word(word: str) -> str:
    word = singular(word)
    for letters, pattern, replacement in _SPELLING:
        if letters in word:
            word = pattern.sub(replacement, word)
    return word[:-2] + "a" if word.endswith("um") and len(word) > 4 else word  # noqa: PLR2004 - `drum`


def _fold(name: str) -> str:
    text = name.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_SPELT_OUT))
    if not text.isascii():
        text = "".join([c for c in text if not unicodedata.combining(c)])
    plain = text.translate(_GAPS)
    if _PLAIN.fullmatch(plain):
        words = plain.split()
        if not _JOINING.isdisjoint(words):
            words = _split_words(" ".join(words))
    else:
        words = _split_words(_NOT_WORD.sub(" ", _POSSESSIVE.sub("", text)).strip())
    return " ".join([_FOLDED_WORDS[word] for word in words]) or name.casefold().strip()


def _split_words(text: str) -> list[str]:
    return _ARTICLES.sub("", _JOINED_PREFIX.sub(r"\1", text)).split()


_FOLDED_WORDS: Final = Remembered(_fold_word, 1 << 14)
_FOLDED: Final = Remembered(_fold, 1 << 17)


def fold(name: str) -> str:
    """Return the key that all spellings of a name share; for comparison only.

    >>> fold("Paget's disease") == fold("Paget Disease"), fold("Soft-tissue tumours") == fold("soft tissue tumor")
    (True, True)
    >>> fold("Osteoma") == fold("Osteosarcoma")
    False
    """
    return _FOLDED[name]


def slug(name: str) -> str:
    """Return the readable ASCII identifier of a name; empty if no letter or digit remains.

    >>> slug("Sjögren's disease (late)"), slug("≥9")
    ('sjogrens-disease-late', '9')
    """
    text = _DASHES.sub("-", name.casefold().translate(_SPELT_OUT).replace("’", "").replace("'", ""))
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    result = _SLUG_GAP.sub("-", text).strip("-")
    if len(result) > MAX_SLUG:
        result = result[: MAX_SLUG - 9].rsplit("-", 1)[0] + "-" + digest(name)[:8]
    return result


def digest(text: str) -> str:
    """Return a short, stable hash (16 hexadecimal digits) of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def clean(text: str) -> str:
    r"""Return text for a literal: NFC, single spaces, no control characters or lone surrogates.

    >>> clean("  a\u0000b\n c ")
    'ab c'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if text.isprintable():  # then its only white space is the space, and most texts are unchanged
        return " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text
    text = " ".join(text.split())
    if text.isprintable():
        return text
    text = "".join([c for c in text if c.isprintable() or unicodedata.category(c) in _KEPT])
    return " ".join(text.split())


_KEPT: Final = frozenset({"Cf", "Zl", "Zp", "Co"})
"""Categories kept although `isprintable` rejects them: joiners, direction marks, separators, private use."""


def small_letters(text: str) -> str:
    """Return text in lower case, of the same length and as `re.IGNORECASE` compares: `ſ` is an s, `İ` an i."""
    if not text.isascii() and ("ſ" in text or "ı" in text or "İ" in text):
        text = text.translate(_UNUSUAL)
    return text.lower()


_UNUSUAL: Final = str.maketrans("İıſ", "iis")


def initials(name: str) -> str:
    """Return the capital initials of a name's words, small words included lower-case.

    >>> initials("Non-ossifying fibroma"), initials("Monoclonal gammopathy of uncertain significance")
    ('NOF', 'MGoUS')
    """
    return "".join([w[0] if w in _SMALL else w[0].upper() for w in _WORD.findall(name)])


_WORD: Final = lazy_pattern(r"[^\W\d_]+|\d+")
_NOT_LETTER: Final = lazy_pattern(r"[^A-Za-z0-9]+")
_CAPITAL: Final = lazy_pattern(r"[A-Z0-9]")


_SMALL: Final = frozenset({"of", "the", "and", "in", "with", "to", "for", "a", "an", "or", "on", "by", "from", "at"})


def abbreviates(short: str, name: str) -> bool:
    """Return whether `short` is an abbreviation made of the letters of `name`'s words, in order.

    >>> abbreviates("ABC", "Aneurysmal bone cyst"), abbreviates("DSRCT", "Desmoplastic small round cell tumour")
    (True, True)
    >>> abbreviates("HPOA", "Hypertrophic pulmonary osteoarthropathy"), abbreviates("FD", "Enchondroma")
    (True, False)
    """
    letters = _NOT_LETTER.sub("", short)
    if letters.endswith("s") and letters[:-1].isupper():
        letters = letters[:-1]
    if not 2 <= len(letters) <= 8:  # noqa: PLR2004 - `a few capitals`
        return False
    capitals = len(_CAPITAL.findall(letters))
    if capitals < 2 or capitals * 2 < len(letters):  # noqa: PLR2004 - as above
        return False
    letters = letters.lower()
    lower = name.lower()
    if any(c not in lower for c in letters):
        return False  # a fast test that rejects nine of ten
    words = tuple(w.lower() for w in _WORD.findall(name))
    return bool(words) and _spells(letters, words)


def _spells(letters: str, words: tuple[str, ...]) -> bool:
    """Match letters against words: each takes one to four letters of a word, small words may be passed over."""
    if not letters:
        return all(w in _SMALL for w in words)
    if not words or len(words) > 12:  # noqa: PLR2004 - a sentence, not a name
        return False
    word = words[0]
    if word in _SMALL and _spells(letters, words[1:]):
        return True
    if word[0] != letters[0]:
        return False
    return any(
        _subsequence(letters[1:n], word[1:]) and _spells(letters[n:], words[1:])
        for n in range(1, min(4, len(letters)) + 1)
    )


def _subsequence(letters: str, word: str) -> bool:
    rest = iter(word)
    return all(c in rest for c in letters)
