"""The lists behind `english`: what endings and order do not tell. Each grew from real notes; none names a single note."""

import re
from typing import Final

from skosify_rad.model.lazy_pattern import lazy_pattern

ADJECTIVE_END: Final = lazy_pattern(
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
    " proximal distal central peripheral superficial deep superior inferior anterior posterior medial lateral internal external"
    " unilateral bilateral symmetric asymmetric single multiple solitary generalised generalized localised localized"
    " regional systemic sporadic hereditary familial idiopathic pure combined minor major common rare other"
    " conventional dedifferentiated differentiated undifferentiated anaplastic intermediate borderline indeterminate"
    " suspicious known unknown probable possible definite healed healing active inactive stable unstable displaced undisplaced"
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
    " noncommunicating conventional intermediate mixed temporary permanent".split()
)
THING_ENDS: Final = tuple(
    "oma itis osis iasis asis pathy emia ism plasia trophy cele ectasis ectasia lith algia penia megaly rrhage rrhoea rrhea"
    " ectopia phyma cyst tumor tumour schisis oedema edema lysis ptosis genesis stenosis plegia uria rrhagia ptysis thorax"
    " coele malacia dynia".split()
)
THINGS: Final = frozenset(
    "disease syndrome cancer abscess fracture lesion infection anomaly malformation injury infarct infarction"
    " hernia ulcer polyp stone calculus thrombus thrombosis embolus embolism aneurysm dissection rupture tear"
    " collapse effusion atrophy fistula stricture obstruction sequestration sign artefact artifact defect variant"
    " deformity dislocation subluxation disorder condition mass nodule plaque scar contusion cavity diverticulum"
    " duplication rest leukaemia leukemia mycetoma perforation volvulus intussusception ischaemia ischemia shunt"
    " failure insufficiency reaction rebound island mole naevus nevus rash web band spur ringing interference"
    " met emboli pregnancy neoplasm malformation cholesteatoma croup bezoar ileus reflux diverticulosis varix varices gout rickets scurvy lupus tuberculosis sepsis stroke trauma toxicity deficiency poisoning complex triad"
    " pneumothorax haemothorax hemothorax pneumonia phlegmon bleed leak torsion foreign body"
    " hypertension hypotension endoleak entrapment impingement colic atresia empyema sarcoid laceration coarctation malrotation"
    " occlusion spondylolisthesis sprain heterotopia goitre goiter enthesophyte fibroid bulla bleb carcinoid contracture"
    " nonunion apoplexy herniation avulsion instability diabetes asthma emphysema hydrocephalus dementia migraine malaria eczema acne"
    " allergy jaundice pseudoaneurysm achalasia pneumomediastinum immunodeficiency demyelination anaphylaxis haemophilia hemophilia"
    " hypoplasia wart".split()
)
_AGREEING: Final = (
    "show present appear occur arise involve affect tend suggest favour favor help indicate cause contain develop lack"
    " represent mimic require remain become include consist refer describe produce spare measure enhance increase decrease"
    " lead look need depend resolve recur exist come enter".split()
)
FINITE: Final = frozenset(
    "is are was were has have had may might can could should must will would does do did cannot lies seen varies".split()
) | {verb + end for verb in _AGREEING for end in ("", "s")}
"""Verbs as whole words, a set: searched as alternatives of a pattern they took a tenth of extraction."""
NEGATED: Final = lazy_pattern(r"\b(?:do|is)n[’']t\b")
REMARK_WORDS: Final = frozenset(
    "usually often more less most mostly rarely commonly common typically typical classically sometimes occasionally"
    " frequently generally mainly predominantly almost always never not no without with because if when where after before"
    " during while although however but and or also see seen found caused associated consider think look check note"
    " remember avoid use exclude compare differentiate distinguish correlate assess evaluate suspect beware do can may must"
    " should is are has have there this these those it its they you we i all any both each every some many few several"
    " about around only at on from within along between through into over under near by as to than etc vs versus in of for"
    " similar likely unlikely possible best better worse worst ask get obtain perform measure review recommend request"
    " describe search ensure suggest suggests favour favours favor favors present presents show shows arise arises involve"
    " involves affect affects occur occurs appear appears contain contains lack lacks require requires include includes"
    " treat treated follow mc mcc m/c what how why which where".split()
)
"""First words of remarks."""
REMARK_PHRASES: Final = lazy_pattern(
    r"(?:rare in|due to|related to|rule out|don[’']t|up to|the same|e\.?g\.?|i\.?e\.?)\b", re.IGNORECASE
)
"""How remarks start where one word does not tell."""
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
