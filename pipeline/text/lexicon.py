"""The words that turn a clinical sentence round: what `severity` holds to be critical when it comes, goes or changes.

English only, since only the English is ever graded. Sources: ISMP, "List of Error-Prone Abbreviations, Symbols, and Dose
Designations" (units, trailing zeros, comparison signs); The Joint Commission, "Do Not Use" list; WHO, "The use of stems in
the selection of International Nonproprietary Names" (INN stems); Vincze et al. 2008, the BioScope corpus (negation and
speculation cues); Quirk et al. 1985, §3.39 ff. (modals) and §5.45 (prepositions that are opposites).
"""

from __future__ import annotations

NUMBER_WORDS = {
    word: str(value)
    for value, words in {
        0: "zero nil",
        1: "one",
        2: "two",
        3: "three",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        11: "eleven",
        12: "twelve",
        13: "thirteen",
        14: "fourteen",
        15: "fifteen",
        16: "sixteen",
        17: "seventeen",
        18: "eighteen",
        19: "nineteen",
        20: "twenty",
        30: "thirty",
        40: "forty",
        50: "fifty",
        60: "sixty",
        70: "seventy",
        80: "eighty",
        90: "ninety",
    }.items()
    for word in words.split()
}
"""Number words that count like digits: "two tablets" is "2 tablets"."""

AMOUNTS = frozenset(
    "once twice thrice half halve halves halved third thirds quarter quarters double doubled doubles triple tripled single "  # noqa: SIM905
    "hundred hundreds thousand thousands million millions billion dozen dozens pair couple another extra additional every each "
    "whole full empty first second fourth fifth sixth seventh eighth ninth tenth "
    "last next percent".split()
)
"""Amounts, shares and orders: a change of any of them is a change of quantity."""

TIMES = frozenset(
    "second seconds minute minutes hour hours day days night nights week weeks weekend weekends month months year years "  # noqa: SIM905
    "daily nightly hourly weekly monthly yearly annual annually fortnight fortnightly biweekly bimonthly quarterly overnight "
    "morning mornings afternoon afternoons evening evenings noon midday midnight bedtime breakfast lunch dinner supper meal "
    "meals mealtime today tomorrow tonight yesterday now immediately soon later early earlier late sooner urgent urgently "
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays "
    "sundays mon tue tues wed thu thur thurs fri spring summer autumn winter january february march april june july august september october november "
    "december jan feb mar apr jun jul aug sep sept oct nov dec oclock qd bid tid qid qod prn hs hrs hr mins".split()
)
CAPITALISED_TIMES = frozenset(["Sat", "Sun"])

NEGATIONS = frozenset(
    "not never no none nor neither nothing nobody nowhere without avoid avoids avoided avoiding unless except excluding "  # noqa: SIM905
    "hardly rarely seldom barely scarcely refuse refuses refused forbid forbids forbidden prohibit prohibits prohibited deny "
    "denies denied lack lacks lacking absent absence fail fails failed failing false non negative free instead rather "
    "unable impossible".split()
)
CONTRACTIONS = {
    "wo": "will",
    "ca": "can",
    "sha": "shall",
    "ai": "be",
    **{
        word: word
        for word in "do does did is are was were has have had should could would must need might may dare ought".split()  # noqa: SIM905
    },
}
"""What stands before -n't, and the verb it stands for."""

ACTIONS = frozenset(
    "stop stops stopped stopping quit quits quitting cease discontinue discontinues discontinued discontinuing hold holds "  # noqa: SIM905
    "held holding withhold withheld pause paused skip skips skipped skipping miss misses missed missing omit resume resumes "
    "resumed resuming restart restarts restarted start starts started starting begin begins began beginning continue "
    "continues continued continuing keep keeps kept keeping remove removes removed removing replace replaces replaced "
    "cancel cancelled".split()
)

MODALS = frozenset(
    "must may might should shall can could ought need needs needed needn required require requires requirement allowed "  # noqa: SIM905
    "allow allows permitted permit permits optional mandatory recommended recommend recommends always often sometimes "
    "usually only supposed likely unlikely possible probably possibly perhaps maybe safe".split()
)

DIRECTIONS = frozenset(
    "more less fewer above below before after increase increases increased increasing decrease decreases decreased "  # noqa: SIM905
    "decreasing reduce reduces reduced reducing raise raises raised raising lower lowers lowered lowering higher highest "
    "lowest maximum minimum max min most least until till since within beyond exceed exceeds exceeded exceeding rise rises "
    "rising rose fall falls falling fell worse worsen worsens better improve improves improved faster slower longer shorter "
    "larger smaller bigger greater heavier lighter older younger stronger weaker warmer colder hotter closer farther "
    "further deeper equal same different than up down unlike".split()
)

SIDES = frozenset(
    "left right both bilateral bilaterally unilateral either upper lower top bottom medial lateral proximal distal anterior "  # noqa: SIM905
    "posterior superior inferior dorsal ventral cervical thoracic lumbar sacral clockwise counterclockwise".split()
)
NOT_SIDES = frozenset([("right", "away"), ("right", "now"), ("all", "right")])

ROUTES = frozenset(
    "intrathecal intrathecally epidural epidurally intravenous intravenously iv oral orally mouth inject injects injected "  # noqa: SIM905
    "injection injections injecting subcutaneous subcutaneously intramuscular intramuscularly rectal rectally topical "
    "topically sublingual inhale inhaled inhales nasal nasally swallow swallowed swallows chew chewed crush crushed".split()
)

UNITS = {
    word: name
    for name, words in {
        "mg": "mg milligram milligrams mgs",
        "mcg": "mcg µg μg ug microgram micrograms",
        "ng": "ng nanogram nanograms",
        "g": "g gram grams gm gms",
        "kg": "kg kilogram kilograms kilo kilos kgs",
        "ml": "ml milliliter milliliters millilitre millilitres cc mls",
        "l": "l liter liters litre litres",
        "dl": "dl",
        "unit": "unit units u",
        "iu": "iu",
        "mmol": "mmol millimole millimoles",
        "meq": "meq",
        "%": "% percent pct",
        "cm": "cm centimeter centimeters centimetre centimetres",
        "mm": "mm millimeter millimeters millimetre millimetres",
        "m": "m meter meters metre metres",
        "km": "km kilometer kilometers kilometre kilometres",
        "in": "inch inches",
        "ft": "foot feet ft",
        "lb": "lb lbs pound pounds",
        "oz": "oz ounce ounces",
        "tsp": "tsp teaspoon teaspoons",
        "tbsp": "tbsp tablespoon tablespoons",
        "cup": "cup cups",
        "c": "c celsius",
        "f": "f fahrenheit",
        "degree": "degree degrees °",
        "mmhg": "mmhg",
        "bpm": "bpm",
        "v": "volt volts",
        "second": "second seconds sec secs s",
        "minute": "minute minutes min mins",
        "hour": "hour hours hr hrs h",
        "day": "day days d",
        "week": "week weeks wk wks",
        "month": "month months",
        "year": "year years yr yrs",
        "am": "am",
        "pm": "pm",
    }.items()
    for word in words.split()
}
"""Units by every spelling: "5 mcg" is "5 µg". A unit of one letter counts only beside a number."""

FUNCTION_WORDS = frozenset(
    "a an the of and or to in on at by for from with as is are was were be been being it its this that these those you your "  # noqa: SIM905
    "we our us they their he she his her i me my if when while then so but about into out off over under through during "
    "between per do does did has have had will would any who which what how there here also just very".split()
)
"""Words that are no unit after a number and no object of a negation."""

QUALIFIERS = {
    **{word: word for word in "within in for over under by past from than per at to least most only".split()},  # noqa: SIM905
    **dict.fromkeys(["every", "each"], "every"),
    **dict.fromkeys(["about", "around", "approximately", "roughly", "nearly", "almost"], "about"),
}
"""What stands before a number and says what it means: "within 2 hours" is not "after 2 hours"."""

CONNECTORS = {"to": "to", "through": "to", "thru": "to", "until": "to", "or": "or", "x": "x", "by": "x", "times": "x"}
"""What joins two numbers; a dash is `to`."""

SAME = {
    "each": "every",
    "minute": "minutes",
    "hour": "hours",
    "day": "days",
    "night": "nights",
    "week": "weeks",
    "month": "months",
    "year": "years",
    "meal": "meals",
    "until": "till",
    "needs": "need",
    "needed": "need",
    "maximum": "max",
    "minimum": "min",
}
"""Critical words that are one another in another form."""

OPPOSITES = frozenset(
    frozenset(pair.split("/"))
    for pair in [
        "in/out",
        "on/off",
        "up/down",
        "over/under",
        "open/close",
        "open/closed",
        "opened/closed",
        "inside/outside",
        "into/from",
        "high/low",
        "hot/cold",
        "warm/cold",
        "warm/cool",
        "cold/room",
        "full/empty",
        "fast/slow",
        "long/short",
        "large/small",
        "big/small",
        "strong/weak",
        "adult/child",
        "adults/children",
        "adult/children",
        "adult/infant",
        "child/infant",
        "men/women",
        "man/woman",
        "male/female",
        "mother/father",
        "and/or",
        "all/some",
        "all/any",
        "every/some",
        "few/many",
        "few/several",
        "some/many",
        "some/no",
        "much/little",
        "many/one",
        "front/back",
        "inner/outer",
        "inward/outward",
        "wet/dry",
        "sterile/dirty",
        "clean/dirty",
        "allow/forbid",
        "accept/refuse",
        "with/without",
        "to/from",
        "if/unless",
        "for/against",
        "take/give",
        "take/avoid",
        "use/avoid",
        "eat/fast",
        "drink/fast",
        "call/wait",
        "sit/stand",
        "sit/lie",
        "stand/lie",
        "awake/asleep",
        "tighten/loosen",
        "loose/tight",
        "pull/push",
        "fill/drain",
        "fill/empty",
        "refill/drain",
        "attach/detach",
        "connect/disconnect",
        "lock/unlock",
        "charge/drain",
        "turn/leave",
        "sitting/lying",
        "standing/sitting",
        "normal/abnormal",
        "rare/common",
        "rarely/often",
        "never/always",
        "good/bad",
        "safe/dangerous",
        "safely/dangerously",
        "wanted/unwanted",
        "pass/fail",
        "present/absent",
        "positive/negative",
        "brand/generic",
        "doctor/patient",
        "thicker/thinner",
        "thick/thin",
        "hypo/hyper",
        "same/other",
        "louder/quieter",
        "looser/tighter",
        "forward/backward",
        "forwards/backwards",
        "center/edge",
        "rear/front",
        "approved/rejected",
        "alive/dead",
        "help/harm",
        "helps/harms",
        "relieve/cause",
        "relieves/causes",
        "treat/cause",
        "treats/causes",
    ]
)
"""Pairs that turn a sentence round when one takes the place of the other."""

OPPOSITE_PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis", "anti", "contra", "counter", "mal", "de", "re")
OTHER_PREFIXES = (
    ("hypo", "hyper"),
    ("pre", "post"),
    ("over", "under"),
    ("in", "out"),
    ("up", "down"),
    ("intra", "inter"),
    ("intra", "extra"),
    ("ante", "anti"),
    ("brady", "tachy"),
    ("macro", "micro"),
    ("uni", "bi"),
    ("ab", "ad"),
    ("in", "ex"),
    ("endo", "exo"),
    ("sub", "super"),
    ("fore", "hind"),
    ("mono", "multi"),
    ("milli", "micro"),
    ("kilo", "milli"),
    ("in", "de"),
    ("micro", "nano"),
)
OPPOSITE_ENDINGS = (("less", "ful"), ("less", ""), ("proof", ""), ("free", ""))

DRUGS = frozenset(
    "morphine hydromorphone fentanyl sufentanil remifentanil oxycodone hydrocodone codeine methadone tramadol tapentadol "  # noqa: SIM905
    "buprenorphine meperidine naloxone naltrexone baclofen tizanidine dantrolene ziconotide clonidine dexmedetomidine "
    "bupivacaine ropivacaine lidocaine ketamine gabapentin pregabalin amitriptyline duloxetine aspirin ibuprofen naproxen "
    "diclofenac celecoxib acetaminophen paracetamol warfarin heparin enoxaparin apixaban rivaroxaban dabigatran clopidogrel "
    "insulin metformin prednisone prednisolone dexamethasone diazepam lorazepam midazolam alprazolam clonazepam zolpidem "
    "ondansetron metoclopramide adrenaline epinephrine atropine digoxin furosemide hydralazine hydroxyzine penicillin "
    "amoxicillin cephalexin vancomycin gentamicin opioid opioids opiate narcotic benzodiazepine steroid steroids antibiotic "
    "antibiotics antacid laxative saline alcohol".split()
)
"""Common names, so that a site without a glossary is not without any guard."""

DRUG_STEMS = [
    "caine",
    "cillin",
    "mycin",
    "micin",
    "cycline",
    "floxacin",
    "azole",
    "conazole",
    "prazole",
    "tidine",
    "setron",
    "olol",
    "pril",
    "sartan",
    "statin",
    "dipine",
    "thiazide",
    "semide",
    "parin",
    "xaban",
    "gatran",
    "grel",
    "gliptin",
    "gliflozin",
    "glitazone",
    "glutide",
    "azepam",
    "azolam",
    "barbital",
    "triptan",
    "profen",
    "oxicam",
    "coxib",
    "fenac",
    "morphone",
    "codone",
    "orphan",
    "orphine",
    "fentanil",
    "fentanyl",
    "nidine",
    "baclofen",
    "gabalin",
    "oxetine",
    "pramine",
    "triptyline",
    "azapine",
    "peridol",
    "perazine",
    "idone",
    "vastatin",
    "mab",
    "nib",
    "vir",
    "sone",
    "solone",
    "onide",
    "terol",
    "tropium",
    "phylline",
    "curium",
    "curonium",
    "flurane",
    "tocin",
    "relin",
    "tide",
    "bactam",
    "penem",
    "oxacin",
]
"""INN stems: a word of seven letters or more that ends in one is taken for a medicine."""

SIGNS = frozenset("<>≤≥±+=×÷°%$€£¥~≈−∞µ½¼¾⅓⅔⅛⅜⅝⅞²³¹⁰⁄√∆↑↓→←№")
"""Signs that carry quantity or direction."""
