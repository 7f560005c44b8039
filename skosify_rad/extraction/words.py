"""The words by which headings and labels announce: the only lists of their kind, English and Chinese."""

import re
from typing import Final

from skosify_rad.language.lexicon import ATTRIBUTES
from skosify_rad.language.spelling import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


KINDS: Final = _words(
    "classification subclassification variety type subtype variant subvariant form category subcategory kind class entity"
    " division subdivision phenotype taxonomy subgroup species stage staging grade grading tier"
)
"""Nouns that announce kinds wherever they head a phrase."""
WEAK_KINDS: Final = _words(
    "pattern group grouping bucket spectrum family member system scale score scoring list level morphology severity course phase size duration"
    " degeneration flavour example histology"
)
"""Nouns that may; what stands below must confirm it."""
SCALES: Final = _words("classification system scale score scoring grading staging criteria")
"""Nouns that head the name of a scale of its own: `Mirels scoring system`."""
STEPS: Final = {
    "stage": "stage", "staging": "stage", "grade": "grade", "grading": "grade", "score": "score", "scoring": "score",
    "scale": "grade", "category": "category", "class": "class",
}  # fmt: skip
"""Noun -> what the steps of such a scale are called."""
CAUSES: Final = _words(
    "cause etiology aetiology risk complication association associated sequela trigger predisposing predisposition origin"
    " consequence outcome trouble problem"
)
FIELDS: Final = (
    CAUSES
    | _words(
        "mechanism pathogenesis pathophysiology typing histopathology histology immunohistochemistry update trivia"
    )
    | frozenset(fold(word) for word in ATTRIBUTES) - _words("grade stage staging type differential ddx")
    | _words(
        "imaging image treatment therapy surgery operation procedure management modality technique sequence study test"
        " investigation medication contrast enhancement graft implant device stent catheter repair resection biopsy pain"
        " symptom sign finding feature factor location site distribution age patient population response protocol view"
        " projection data evidence calcification margin border matrix reaction signal report research pathology epidemiology"
        " clinical presentation radiograph radiography ct mri us ultrasound pet scintigraphy mammography prognosis pearl"
        " pitfall tip exam nugget buzzword reporting mnemonic reference source reading link anatomy indication"
        " contraindication workup approach followup appearance diagnosis genetics gene screening prevention history flag"
        " objective goal point message checklist criteria question answer rule measurement interpretation assessment"
        " evaluation examination advice principle limitation pro con advantage disadvantage tool resource action"
        " significance implication consideration correlation manifestation recommendation note fact clue landmark nerve muscle"
        " artery vein epidemiology demographic physiology function monitoring dose structure"
    )
    - _words("artery vein nerve muscle")
)
"""Nouns of properties: nothing below them is a kind."""
OWN_THINGS: Final = _words(
    "treatment therapy surgery operation procedure technique protocol modality device equipment sequence test management"
    " medication drug intervention repair reconstruction"
)
"""Fields that come in types of their own: below them nothing is a kind of the topic, whatever is announced."""
EMPTY: Final = _words(
    "main key common major clinical classic classical general basic important rare less more most other specific special"
    " the a an of and or by who new modern current old simplified detailed summary table overview anatomic anatomical"
    " histological histologic histopathological pathological morphological radiological radiographic functional molecular"
    " genetic etiological two three four five six seven eight nine ten several different various primary tumor lesion disease"
    " condition recognized recognised revised modified updated edition version typical frequent typing"
)
"""Words that tell nothing of whose kinds they are."""
GROUPS: Final = _words(
    "other others miscellaneous misc common uncommon rare rarer less more most frequent important likely unlikely key main"
    " major minor top benign malignant cystic solid infectious neoplastic vascular congenital acquired inflammatory"
    " traumatic metabolic developmental must always also consider additional further special"
)
"""Words of which a label consists that only gathers: `Common`, `Other malignant lesions`."""
GENERIC: Final = _words(
    "lesion mass tumor condition disease entity cause disorder one category group type neoplasm possibility"
)

CHINESE: Final = (
    ("differential", re.compile(r"鑑別診斷|鉴别诊断|鑑別|鉴别|模仿者|擬似病")),
    ("kinds", re.compile(r"分型|分類|分类|分級|分级|分期|亞型|亚型|類型|类型|類別|类别|種類|种类")),
    ("definition", re.compile(r"定義|定义|是什麼|是什么")),
    ("synonyms", re.compile(r"別名|别名|同義|同义|又稱|又称")),
    ("causes", re.compile(r"病因|原因|機轉|机制|機制|危險因子|危险因素|併發症|并发症|合併症|誘因")),
    (
        "field",
        re.compile(
            r"影像|徵象|征象|表現|表现|判讀|判读|治療|治疗|處置|預後|预后|臨床|临床|流行病學|流行病学|病理|陷阱|檢查|检查|特徵|特征|好發|部位|症狀|症状"
            r"|[科学學]$|重點|重点|考點|考点|速記|參考|参考|來源|追蹤|骨架|記憶|记忆|口訣|位置|本質|定位|技巧|角色"
        ),
    ),
    ("overview", re.compile(r"概述|概論|概要|簡介|简介|總結|总结|摘要")),
)
"""Kind of announcement -> the Chinese words for it; where several stand in a heading the first counts."""
