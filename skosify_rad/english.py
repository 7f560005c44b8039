"""Regularities of English that names and remarks follow: adjectives, heads of noun phrases, verbs, sentences.

Word classes are told by their endings first; the lists hold only what endings do not tell.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from skosify_rad.names import abbreviates, fold, singular

_ADJECTIVE_END: Final = re.compile(
    r"(?:(?<!m)(?<!g)ent|ant|al|ic|ous|ar|ary|ive|ed|oid|iform|able|ible|ory|ile|ise|less|like|genic|wide|most"
    r"|some|ish|ward|fold|[a-z]{4}ian)$"
)
_NOUN_LIKE_ADJECTIVE: Final = frozenset(
    "canal hospital pedestal portal signal interval removal arrival renewal withdrawal trial bridal referral"
    " colic clinic mimic topic relic logic critic fabric magic music panic public traffic antibiotic"
    " scar collar molar pillar cellar calcar bar ear radar cancer vulgar ovary artery biliary capillary library"
    " summary salivary boundary pituitary anniversary implant quadrant contrast patient stent segment accident agent"
    " carcinoid sarcoid keloid thyroid haemorrhoid hemorrhoid steroid xiphoid mastoid deltoid bed seed weed"
    " need speed breed bleed reed feed olive archive hive five detective hand profile missile file tile reptile"
    " history memory category factory laboratory story theory inventory cable table variable vegetable crucible"
    " adenoid metal crystal mineral femoral? hole pole rise exercise disease enterprise noise raise"
    " sessional individual material potential principal original interstitium aggressive? sclerosing? mural nodule"
    " villus mucus callus focus sinus fish dish hash plant infant transplant pollutant parent event percent scent"
    " extent content moment element talar? atlas plasma sled shed".split()
)
_ADJECTIVES: Final = frozenset(
    "acute chronic benign malignant primary secondary tertiary simple complex diffuse focal mixed solid cystic open closed"
    " left right early late adult juvenile infantile congenital acquired upper lower inner outer high low mild moderate"
    " severe partial complete incomplete total subtotal direct indirect typical atypical classic classical true false"
    " proximal distal central peripheral superficial deep anterior posterior medial lateral internal external"
    " unilateral bilateral symmetric asymmetric single multiple solitary generalised generalized localised localized"
    " regional systemic sporadic hereditary familial idiopathic pure combined minor major common rare other"
    " conventional dedifferentiated differentiated undifferentiated anaplastic intermediate borderline indeterminate"
    " suspicious probable possible definite healed healing active inactive stable unstable displaced undisplaced"
    " communicating obstructive occlusive invasive noninvasive minimally mature immature wet dry small large giant"
    " well poorly fetal foetal neonatal paediatric pediatric senile postmenopausal male female subacute hyperacute"
    " blunt penetrating papillary medullary follicular serous mucinous clear tubular spindle hyperplastic lobular ductal".split()
)
_NOUNS_IN_ING: Final = frozenset(
    "ringing scarring staging imaging thickening swelling bleeding narrowing shunting remodelling remodeling stranding tethering"
    " widening beading screening scanning grading warning finding meaning drowning poisoning wrapping aliasing blooming ghosting"
    " clubbing bowing lining opening coating feeding breathing twisting bruising crowding notching fracturing tearing sampling"
    " scalloping enhancing? spring string evening morning building training clipping coiling ageing aging hearing".replace(
        "enhancing? ", ""
    ).split()
)
_KIND_ADJECTIVES: Final = frozenset(
    "acute chronic subacute hyperacute benign malignant primary secondary tertiary congenital acquired focal diffuse"
    " localised localized generalised generalized regional unilateral bilateral complete incomplete partial typical"
    " atypical classic classical simple complex juvenile adult infantile internal external direct indirect traumatic"
    " atraumatic hereditary familial sporadic idiopathic intrinsic extrinsic open closed communicating obstructive"
    " noncommunicating conventional intermediate mixed".split()
)
_THING_END: Final = re.compile(
    r"(?:oma|itis|osis|iasis|asis|[oa]pathy|a?emia|ism|plasia|trophy|cele|ectasi[sa]|lith|pathy|algia|penia|megaly"
    r"|cytoma|blastoma|sarcoma|rrhage|rrhoea|rrhea|ectopia|phyma|cyst|tumou?r|schisis|oedema|edema|lysis|ptosis"
    r"|physis|agenesis|genesis|stenosis|plegia|uria|rrhagia|ptysis|thorax|coele|angioma|malacia|dynia)$"
)
_THINGS: Final = frozenset(
    "disease syndrome cancer abscess fracture lesion infection anomaly malformation injury infarct infarction"
    " hernia ulcer polyp stone calculus thrombus thrombosis embolus embolism aneurysm dissection rupture tear"
    " collapse effusion atrophy fistula stricture obstruction sequestration sign artefact artifact defect variant"
    " deformity dislocation subluxation disorder condition mass nodule plaque scar contusion cavity diverticulum"
    " duplication rest leukaemia leukemia mycetoma perforation volvulus intussusception ischaemia ischemia shunt"
    " failure insufficiency reaction rebound island mole naevus nevus rash web band spur ringing interference"
    " met emboli pregnancy neoplasm malformation cholesteatoma croup bezoar ileus reflux diverticulosis varix varices gout rickets scurvy lupus tuberculosis sepsis stroke trauma toxicity deficiency poisoning complex triad"
    " pneumothorax haemothorax hemothorax pneumonia phlegmon bleed leak torsion foreign body".split()
)
_FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|may|might|can|could|should|must|will|would|does|do|did|cannot|don[’']t|isn[’']t"
    r"|shows?|presents?|appears?|occurs?|arises?|involves?|affects?|tends?|suggests?|favou?rs?|helps?|indicates?"
    r"|causes?|contains?|develops?|lacks?|represents?|mimics?|requires?|remains?|becomes?|includes?|consists?|refers?"
    r"|describes?|produces?|spares?|lies|measures?|enhances?|increases?|decreases?|leads?|looks?|seen|needs?)\b",
    re.IGNORECASE,
)
_REMARK_START: Final = re.compile(
    r"(?:usually|often|more|less|most|mostly|rarely|rare in|commonly|common in|common|typically|typical|classically"
    r"|sometimes|occasionally|frequently|generally|mainly|predominantly|almost|always|never|not|no|without|with|due to"
    r"|because|if|when|where|after|before|during|while|although|however|but|and|or|also|see|seen|found|caused"
    r"|associated|related to|consider|think|look|check|note|remember|avoid|use|exclude|rule out|compare|differentiate"
    r"|distinguish|correlate|assess|evaluate|suspect|beware|do|don[’']t|can|may|must|should|is|are|has|have|there"
    r"|this|these|those|it|its|they|you|we|i|all|any|both|each|every|some|many|few|several|up to|about|around|only"
    r"|at|on|from|within|along|between|through|into|over|under|near|by|as|to|than|e\.?g\.?|i\.?e\.?|etc|vs|versus"
    r"|in|of|for|the same|similar|likely|unlikely|possible|best|better|worse|worst|suggests?|favou?rs?|presents?"
    r"|shows?|arises?|involves?|affects?|occurs?|appears?|contains?|lacks?|requires?|includes?|treat|treated|follow)\b",
    re.IGNORECASE,
)
_ATTRIBUTES: Final = frozenset(
    "protein source setting organ variable parameter factor item domain age sex gender site location distribution size shape number margin border density signal enhancement appearance"
    " imaging feature finding finding clinical presentation symptom sign history aetiology etiology cause mechanism pathology"
    " pathophysiology pathogenesis histology genetic gene mutation incidence prevalence frequency epidemiology"
    " demographic risk prognosis survival outcome treatment management therapy surgery complication association"
    " ct mri mr us ultrasound xray x-ray radiograph pet scintigraphy t1 t2 t1wi t2wi stir dwi adc swi flair gd"
    " contrast post-contrast doppler angiography mammography fluoroscopy key pearl tip pitfall buzzword note example"
    " explanation description definition meaning name synonym origin source morphology pattern matrix"
    " calcification lab laboratory marker stain ihc immunohistochemistry grade stage staging type course"
    " time timing onset duration laterality side level zone region organ tissue structure anatomy blood vessel"
    " step protocol technique sequence indication contraindication dose advantage disadvantage limitation criteria"
    " criterion score point rule mnemonic differential ddx clue hallmark character characteristic behaviour behavior"
    " growth spread metastasis? recurrence follow-up workup diagnosis test biopsy report reporting radiology modality"
    " plain film bone? nuclear medicine usg radiographic general other others etc function vasculature component"
    " composition content wall septa cortex medulla view projection position purpose target goal population patient"
    " peak male female m:f ratio percentage proportion weight height timeline background summary overview".replace(
        "?", ""
    ).split()
) - {"metastasis", "bone"}
_QUANTITY: Final = re.compile(
    r"[↑↓<>≤≥≈~%±]|\d\s*(?:cm|mm|hu|years?|yo|y|months?|weeks?|days?|%|x)\b|\d\s*[–-]\s*\d", re.IGNORECASE
)
_GRADE: Final = re.compile(
    r"^(?:(?P<noun>type|grade|stage|class|category|group|level|zone|phase|score|subtype|variant|tier|degree)\s*)?"
    r"(?P<code>(?:[IVX]{1,5}|[0-9]{1,2}(?:\.\d)?|[0-9]{1,2}\+)(?:\s*[-/]?\s*[a-hA-HxX])?(?:\d)?[+]?|[A-H]{1,2}(?:[1-9])?|(?:T|N|M|G|R|F)[0-4][a-d]?|"
    r"[A-Z]{1,3}-?RADS\s*[0-6][A-C]?|[A-Z]{2}-[1-5MNV][A-C]?)$",
)
_SERIAL: Final = re.compile(r"[A-Z]{1,2}\d{1,2}[a-c]?(?:-\d)?")
_LEADING_CODE: Final = re.compile(
    r"^(?:(?:type|grade|stage|class|category|group|level)\s+)?(?P<code>(?:[IVX]{1,4}|\d{1,2})[a-dA-D]?|[A-H]\d?|T\d[a-d]?|[NM][0-3][a-c]?)(?=[\s:–—=.,;(]|$)(?!\s*(?:%|cm|mm|[-–]\s*\d|\.\d|[a-z]\s|years?|of))"
)
_GRADE_NOUN: Final = re.compile(
    r"^(?:type|grade|stage|class|category|group|level|zone|phase|score|subtype|tier|degree)\b", re.IGNORECASE
)
_PREPOSITION_START: Final = re.compile(
    r"^(?:secondary to|due to|caused by|related to|associated with|of|in|with|without|from|after|following)\s+\S",
    re.IGNORECASE,
)
_OF: Final = re.compile(
    r"\s+(?:of|in|with|without|due|secondary to|from|to|for|by|at|on|after|within|involving|arising)\s+"
)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“(\[]?[A-Z0-9→])")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|approx|esp|incl|etc|ca|no|fig|dr|st|resp|max|min)\.|\b(?-i:[A-Z])\.)$", re.IGNORECASE
)


def head_noun(name: str) -> str:
    """Return the word a name is a kind of, folded: the last word before `of`, `with`, `due to` ...

    >>> head_noun("Transient osteoporosis of the hip"), head_noun("Stress fractures")
    ('osteoporosis', 'fracture')
    """
    words = fold(_OF.split(name.split(" (", 1)[0].strip(), 1)[0]).split()
    return words[-1] if words else ""


def is_adjective(word: str) -> bool:
    """Tell whether a single word reads as an adjective.

    >>> [is_adjective(w) for w in ("Generalised", "Cortical", "ligament", "Desmoid-type", "Fibroma")]
    [True, True, False, True, False]
    """
    lower = word.lower().strip("’'\"“”.,;:")
    last = lower.rsplit("-", 1)[-1]
    if lower in _ADJECTIVES or last in (
        "type",
        "like",
        "cell",
        "grade",
        "related",
        "dominant",
        "risk",
        "rich",
        "poor",
        "only",
    ):
        return True
    if lower.endswith("ing") and len(lower) > 6 and lower not in _NOUNS_IN_ING:  # noqa: PLR2004 - `ring`, `wing`
        return True
    if lower in _NOUN_LIKE_ADJECTIVE or is_thing_word(lower) or len(lower) < 5:  # noqa: PLR2004 - `oral` is listed
        return False
    return _ADJECTIVE_END.search(lower) is not None or last in _ADJECTIVES


def is_thing_word(lower: str) -> bool:
    """Tell whether a lower-case word is the kind of noun that diseases, lesions and signs are called by."""
    word = singular(lower)
    return word in _THINGS or _THING_END.search(word) is not None


def names_a_thing(name: str) -> bool:
    """Tell whether a name's head is the kind of noun diseases, lesions and signs are called by.

    >>> names_a_thing("Chronic osteomyelitis"), names_a_thing("Older patients")
    (True, False)
    """
    core = _OF.split(name.split(" (", 1)[0].strip(), 1)[0]
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", core.lower())
    if not words:
        return False
    latin = 1 < len(words) <= 3 and _THING_END.search(words[0]) is not None and not is_adjective(words[0])  # noqa: PLR2004
    return latin or is_thing_word(words[-1]) or is_thing_word(words[-1].rsplit("-", 1)[-1])


def is_qualifier(name: str) -> bool:
    """Tell whether a name cannot stand alone: adjectives without a noun, `clear cell`, `secondary to ...`.

    >>> [is_qualifier(n) for n in ("Clear cell", "Secondary to hyperaemia", "Focal disuse", "Oncocytoma")]
    [True, True, False, False]
    """
    if _PREPOSITION_START.match(name):
        return True
    words = re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", name)
    if not words or len(words) > 5:  # noqa: PLR2004 - longer ones are phrases
        return False
    last = words[-1].lower()
    if last in ("cell", "grade", "type", "risk") and len(words) > 1:
        return not _GRADE_NOUN.match(name)
    return is_adjective(words[-1])


def is_kind_adjective(name: str) -> bool:
    """Tell whether a name is one of the adjectives by which diseases are commonly divided."""
    return name.strip().lower() in _KIND_ADJECTIVES


@lru_cache(maxsize=1 << 14)
def grade_code(name: str) -> tuple[str, str]:
    """Return (noun, code) of a grade, stage or numbered type; two empty strings where it is none.

    >>> grade_code("Type IVa"), grade_code("1A"), grade_code("Stage 3"), grade_code("Fracture")
    (('type', 'IVa'), ('', '1A'), ('stage', '3'), ('', ''))
    """
    match = _GRADE.match(name.strip().rstrip(".:")) or _GRADE.match(_lower_noun(name.strip().rstrip(".:")))
    return (match["noun"] or "", match["code"]) if match else ("", "")


def step_of(name: str) -> tuple[str, str]:
    """Return (prefix, code) of a step named after its scale; two empty strings where it is none.

    >>> step_of("Le Fort II"), step_of("PI-RADS 4"), step_of("Vitamin B12 deficiency")
    (('Le Fort', 'II'), ('PI-RADS', '4'), ('', ''))
    """
    prefix, _, last = name.strip().rpartition(" ")
    noun, code = grade_code(last)
    code = code or (last if _SERIAL.fullmatch(last) else "")
    known = bool(code) and not noun and bool(prefix) and len(prefix.split()) <= 4  # noqa: PLR2004 - a name
    return (prefix, code) if known else ("", "")


def leading_code(text: str) -> tuple[str, str]:
    """Return (code, rest) of a text that starts with a bare code: `IIIa to the diaphragm`.

    >>> leading_code("IIIa to the diaphragm"), leading_code("Almost all")
    (('IIIa', 'to the diaphragm'), ('', ''))
    """
    match = _LEADING_CODE.match(text)
    return (match["code"], text[match.end() :].strip(" :–—-=→.,;")) if match else ("", "")


def shares_head(name: str, title: str) -> bool:
    """Tell whether a name shares a title's head noun and says more: `Tonsillar herniation` of `Cerebral herniation`."""
    mine = head_noun(title)
    last = name.split()[-1:] or [""]
    if len(name.split()) > 1 and last[0].isupper() and abbreviates(last[0], title.split(" (", 1)[0]):
        return True  # `Primary ABC` of `Aneurysmal bone cyst`
    return bool(mine) and head_noun(name) == mine and fold(name) != fold(title) and len(fold(name).split()) > 1


def _lower_noun(name: str) -> str:
    return _GRADE_NOUN.sub(lambda m: m[0].lower(), name)


def is_attribute(name: str) -> bool:
    """Tell whether words label a property (`Age`, `Imaging features`, `T1`) rather than name a thing.

    >>> is_attribute("Common sites"), is_attribute("MRI"), is_attribute("Bone island")
    (True, True, False)
    """
    words = fold(name.replace("/", " ").replace("&", " ")).split()
    if not words or len(words) > 5 or (name.split() and "-" in name.split()[-1]):  # noqa: PLR2004 - longer ones are phrases
        return False
    if words[-1] in ("type", "grade", "stage") and len(words) > 1 and is_adjective(words[0]):
        return False  # `Mixed type`
    return _attribute_word(words[-1]) and all(
        _attribute_word(w)
        or w in ("and", "or", "of")
        or is_adjective(w)
        or w in ("key", "main", "top", "common", "best")
        for w in words
    )


def _attribute_word(word: str) -> bool:
    return word in _ATTRIBUTES or word in _FOLDED_ATTRIBUTES


_FOLDED_ATTRIBUTES: Final = frozenset(fold(w) for w in _ATTRIBUTES)


def is_remark(text: str) -> bool:
    """Tell whether words read as a remark (verb, quantity, adverb first) rather than a name.

    >>> [is_remark(t) for t in ("Usually in adults", "Lesion is lytic", "Size >2 cm", "Ewing sarcoma")]
    [True, True, True, False]
    """
    stripped = text.strip()
    if re.match(r"in situ\b", stripped, re.IGNORECASE) or (
        stripped.lower().startswith("not ") and is_qualifier(stripped[4:])
    ):
        return False
    if _PREPOSITION_START.match(stripped) and stripped[:1].isupper() and len(stripped.split()) <= 4:  # noqa: PLR2004
        return not stripped.lower().startswith(("secondary to", "due to"))
    return bool(
        _REMARK_START.match(stripped)
        or _QUANTITY.search(stripped)
        or _FINITE.search(stripped)
        or len(stripped.split()) > 9  # noqa: PLR2004
    )


def has_verb(text: str) -> bool:
    """Tell whether a text holds a finite verb."""
    return _FINITE.search(text) is not None


def sentences(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of a text.

    >>> text = "Rare tumour. Seen in bone, e.g. Femur."
    >>> [text[a:b] for a, b in sentences(text)]
    ['Rare tumour.', 'Seen in bone, e.g. Femur.']
    """
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        if not _ABBREVIATED.search(text[start : match.start()].rstrip('"”’)]')):
            spans.append((start, match.start() + len(match[0].rstrip())))
            start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def lower_first(name: str, seen_lower: Callable[[str], bool]) -> str:
    """Return a name as it stands inside a longer one: its first letter small unless it is a proper name.

    `seen_lower` tells whether a word was seen in small letters elsewhere.
    """
    first, _, rest = name.partition(" ")
    plain = first.rstrip(",.:;")
    proper = (
        sum(c.isupper() for c in plain) > 1
        or any(c.isdigit() for c in plain)
        or plain.endswith(("’s", "'s"))
        or not (seen_lower(plain.lower()) or is_adjective(plain) or is_thing_word(plain.lower()))
    )
    return name if proper else (first[:1].lower() + first[1:] + (" " + rest if rest else ""))
