"""The lists behind `english`: what endings and order do not tell. Each grew from real notes; none names a single note."""

import re
from typing import Final

ADJECTIVE_END: Final = re.compile(
    r"(?:(?<!m)(?<!g)ent|ant|al|ic|ous|ar|ary|ive|ed|oid|iform|able|ible|ory|ile|ise|ose|less|like|genic|wide|most"
    r"|some|ish|ward|fold|[a-z]{4}ian)$"
)
NOUN_LIKE_ADJECTIVE: Final = frozenset(
    "amyloid canal hospital pedestal portal signal interval removal arrival renewal withdrawal trial bridal referral"
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
ADJECTIVES: Final = frozenset(
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
    " blunt penetrating papillary medullary follicular serous mucinous clear tubular spindle neuroendocrine apocrine hyperplastic lobular ductal".split()
)
NOUNS_IN_ING: Final = frozenset(
    "ringing scarring staging imaging thickening swelling bleeding narrowing shunting remodelling remodeling stranding tethering"
    " widening beading screening scanning grading warning finding meaning drowning poisoning wrapping aliasing blooming ghosting"
    " clubbing bowing lining opening coating feeding breathing twisting bruising crowding notching fracturing tearing sampling"
    " scalloping enhancing? spring string evening morning building training clipping coiling ageing aging hearing".replace(
        "enhancing? ", ""
    ).split()
)
KIND_ADJECTIVES: Final = frozenset(
    "acute chronic subacute hyperacute benign malignant primary secondary tertiary congenital acquired focal diffuse"
    " localised localized generalised generalized regional unilateral bilateral complete incomplete partial typical"
    " atypical classic classical simple complex juvenile adult infantile internal external direct indirect traumatic"
    " atraumatic hereditary familial sporadic idiopathic intrinsic extrinsic open closed communicating obstructive"
    " noncommunicating conventional intermediate mixed".split()
)
THING_END: Final = re.compile(
    r"(?:oma|itis|osis|iasis|asis|[oa]pathy|a?emia|ism|plasia|trophy|cele|ectasi[sa]|lith|pathy|algia|penia|megaly"
    r"|cytoma|blastoma|sarcoma|rrhage|rrhoea|rrhea|ectopia|phyma|cyst|tumou?r|schisis|oedema|edema|lysis|ptosis"
    r"|agenesis|genesis|stenosis|plegia|uria|rrhagia|ptysis|thorax|coele|angioma|malacia|dynia)$"
)
THINGS: Final = frozenset(
    "disease syndrome cancer abscess fracture lesion infection anomaly malformation injury infarct infarction"
    " hernia ulcer polyp stone calculus thrombus thrombosis embolus embolism aneurysm dissection rupture tear"
    " collapse effusion atrophy fistula stricture obstruction sequestration sign artefact artifact defect variant"
    " deformity dislocation subluxation disorder condition mass nodule plaque scar contusion cavity diverticulum"
    " duplication rest leukaemia leukemia mycetoma perforation volvulus intussusception ischaemia ischemia shunt"
    " failure insufficiency reaction rebound island mole naevus nevus rash web band spur ringing interference"
    " met emboli pregnancy neoplasm malformation cholesteatoma croup bezoar ileus reflux diverticulosis varix varices gout rickets scurvy lupus tuberculosis sepsis stroke trauma toxicity deficiency poisoning complex triad"
    " pneumothorax haemothorax hemothorax pneumonia phlegmon bleed leak torsion foreign body".split()
)
FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|may|might|can|could|should|must|will|would|does|do|did|cannot|don[’']t|isn[’']t"
    r"|shows?|presents?|appears?|occurs?|arises?|involves?|affects?|tends?|suggests?|favou?rs?|helps?|indicates?"
    r"|causes?|contains?|develops?|lacks?|represents?|mimics?|requires?|remains?|becomes?|includes?|consists?|refers?"
    r"|describes?|produces?|spares?|lies|measures?|enhances?|increases?|decreases?|leads?|looks?|seen|needs?|depends?|varies|resolves?|recurs?)\b",
    re.IGNORECASE,
)
REMARK_START: Final = re.compile(
    r"(?:usually|often|more|less|most|mostly|rarely|rare in|commonly|common in|common|typically|typical|classically"
    r"|sometimes|occasionally|frequently|generally|mainly|predominantly|almost|always|never|not|no|without|with|due to"
    r"|because|if|when|where|after|before|during|while|although|however|but|and|or|also|see|seen|found|caused"
    r"|associated|related to|consider|think|look|check|note|remember|avoid|use|exclude|rule out|compare|differentiate"
    r"|distinguish|correlate|assess|evaluate|suspect|beware|do|don[’']t|can|may|must|should|is|are|has|have|there"
    r"|this|these|those|it|its|they|you|we|i|all|any|both|each|every|some|many|few|several|up to|about|around|only"
    r"|at|on|from|within|along|between|through|into|over|under|near|by|as|to|than|e\.?g\.?|i\.?e\.?|etc|vs|versus"
    r"|in|of|for|the same|similar|likely|unlikely|possible|best|better|worse|worst|ask|get|obtain|perform|measure|review|recommend|request|describe|search|ensure|suggests?|favou?rs?|presents?"
    r"|shows?|arises?|involves?|affects?|occurs?|appears?|contains?|lacks?|requires?|includes?|treat|treated|follow)\b",
    re.IGNORECASE,
)
ATTRIBUTES: Final = frozenset(
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
