"""The words that turn a clinical sentence round: what `severity` holds to be critical when it comes, goes or changes.

English only, since only the English is ever graded. Sources: ISMP, "List of Error-Prone Abbreviations, Symbols, and Dose
Designations" (units, trailing zeros, comparison signs); The Joint Commission, "Do Not Use" list; WHO, "The use of stems in
the selection of International Nonproprietary Names" (INN stems); Vincze et al. 2008, the BioScope corpus (negation and
speculation cues); Quirk et al. 1985, §3.39 ff. (modals) and §5.45 (prepositions that are opposites).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pipeline.text.languages import language


@lru_cache(1)
def number_words() -> Mapping[str, str]:
    """Number words that count like digits: "two tablets" is "2 tablets"."""
    return {**of_kind("number"), "nil": "0"}


@lru_cache(1)
def units() -> Mapping[str, str]:
    """Units by every spelling: "5 mcg" is "5 µg". Those of one letter count only beside a number."""
    return {**of_kind("unit"), **SHORT_UNITS}


def of_kind(kind: str) -> dict[str, str]:
    """The words of one kind in the table of English (`languages/en.toml`), each with what it stands for."""
    return {
        first: sense.value
        for first, forms in language("en").exact.items()
        for form in forms
        for sense in form.senses
        if sense.kind == kind and len(form.words) == 1
    }


SHORT_UNITS = {
    "µg": "mcg", "gms": "g", "c": "celsius", "f": "fahrenheit", "volt": "volt", "volts": "volt", "s": "second", "h": "hour",
    "tab": "tablet", "tabs": "tablet", "cap": "capsule", "caps": "capsule", "d": "day", "am": "am", "pm": "pm",
}  # fmt: skip
"""Units that only English text before an edit and after it is asked for: in other languages such letters mean much else."""

CRITICAL = {
    "negation": (
        "not no never none neither nor nothing nobody nowhere, without, avoid avoids avoided avoiding, unless, except excluding, "
        "hardly rarely seldom barely scarcely, refuse refuses refused, forbid forbids forbidden prohibit prohibits prohibited, "
        "deny denies denied, absent absence, non, negative, unable, impossible, ~free, ~instead, ~rather, ~lack lacks lacking, "
        "~fail fails failed failing, ~false"
    ),
    "modal": (
        "must shall, ~may might, ~can could, should ought recommend recommends recommended, only, ~need needs needed needn, require requires required requirement "
        "mandatory, ~allow allows allowed permit permits permitted, optional, supposed, ~always, "
        "~often usually generally normally mostly typically, ~sometimes occasionally, ~possible possibly perhaps maybe, "
        "~probably likely, ~unlikely, safe safely, ~will would"
    ),
    "action": (
        "stop stops stopped stopping quit quits quitting cease discontinue discontinues discontinued discontinuing, "
        "~hold holds held holding withhold withheld, pause paused, skip skips skipped skipping, ~miss misses missed missing omit, "
        "resume resumes resumed resuming restart restarts restarted, ~start starts started starting begin begins began beginning begun, "
        "~continue continues continued continuing keep keeps kept keeping, ~remove removes removed removing, ~replace replaces replaced, "
        "cancel cancels cancelled"
    ),
    "direction": (
        "~more, ~less fewer, ~most, ~least, above, below, before, after, exceed exceeds exceeded, until till, since, within, beyond, "
        "maximum max, minimum min, ~increase increases increased increasing raise raises raised raising rise rises rising rose up, "
        "~decrease decreases decreased decreasing reduce reduces reduced reducing lower lowers lowered lowering fall falls falling "
        "fell down, ~higher, ~highest, ~lowest, ~worse worsen worsens, ~better improve improves improved, ~faster, ~slower, ~longer, "
        "~shorter, ~larger bigger, ~smaller, ~greater, ~heavier, ~lighter, ~older, ~younger, ~stronger, ~weaker, ~warmer, ~colder, "
        "~hotter, ~closer, ~farther further, ~deeper, ~equal same, ~different, ~than, ~unlike"
    ),
    "time": (
        "daily, nightly, hourly, weekly, monthly, yearly annual annually, fortnight fortnightly, biweekly, bimonthly, quarterly, qd, "
        "bid bd bds, tid tds, qid qds, qod, prn, hs, ~overnight, ~now, ~immediately urgent urgently, ~soon sooner, ~later late, ~early earlier, "
        "~today, ~tonight, ~tomorrow, ~yesterday, ~second seconds, ~minute minutes mins, ~hour hours hr hrs, ~day days, "
        "~night nights, ~week weeks, ~weekend weekends, ~weekday weekdays workday workdays, ~month months, ~year years, ~morning mornings, ~afternoon afternoons, "
        "~evening evenings, noon midday, midnight, ~bedtime, ~breakfast, ~lunch, ~dinner supper, ~meal meals mealtime, "
        "monday mondays mon, tuesday tuesdays tue tues, wednesday wednesdays wed, thursday thursdays thu thur thurs, "
        "friday fridays fri, saturday saturdays, sunday sundays, ~spring, ~summer, ~autumn, ~winter, january jan, february feb, "
        "march mar, april apr, june jun, july jul, august aug, september sep sept, october oct, november nov, december dec, oclock"
    ),
    "amount": (
        "once, twice, thrice, half halve halves halved, thirds, quarter quarters, double doubled doubles, triple tripled, percent, "
        "~single, hundred hundreds, thousand thousands, million millions, billion, dozen dozens, ~pair couple, "
        "~another extra additional, ~plenty, ~sip sips, ~little, ~enough, ~few, ~several, ~many, ~every each all, ~whole full, ~empty, ~first, ~third, ~fourth, ~fifth, ~sixth, ~seventh, "
        "~eighth, ~ninth, ~tenth, ~last, ~next"
    ),
    "side": (
        "left, right, opposite, ~both, bilateral bilaterally, unilateral, ~either, upper, ~top, ~bottom, medial, lateral, proximal, distal, "
        "anterior, posterior, superior, inferior, dorsal, ventral, cervical, thoracic, lumbar, sacral, clockwise, counterclockwise"
    ),
    "route": (
        "inject injects injected injection injections injecting, swallow swallowed swallows swallowing, chew chewed chewing, crush crushed crushing, "
        "inhale inhaled inhales inhaling, nasal nasally, po, iv, im, sc subq, sl, pr, intrathecal intrathecally, epidural epidurally, "
        "intravenous intravenously, subcutaneous subcutaneously, intramuscular intramuscularly, sublingual, rectal rectally, "
        "topical topically, oral orally"
    ),
    "medicine": (
        "opioid opioids opiate narcotic, benzodiazepine benzodiazepines, steroid steroids, antibiotic antibiotics, antacid antacids, "
        "laxative laxatives, saline, alcohol, ~iron, ~calcium, ~potassium, ~magnesium, ~sodium, ~zinc, lithium, ~folic, ~folinic, "
        "statin statins, diuretic diuretics, anticoagulant anticoagulants, blood-thinner"
    ),
    "body": (
        "~gum gums, ~bone bones, ~joint joints, ~tooth teeth, ~tongue, ~womb uterus, ~scalp, ~face, ~lip lips, ~breast breasts, "
        "~wrist wrists, ~ankle ankles, ~knee knees, ~elbow elbows, ~artery arteries, ~spleen, ~pancreas, ~bowel bowels gut"
    ),
    "device": (
        "~mask masks, ~oxygen, ~tube tubes tubing catheter catheters line, ~spoon spoons, ~syringe syringes, ~drain drains, "
        "~spacer spacers, ~inhaler inhalers, ~nebulizer nebuliser, ~pacemaker pacemakers, ~dentures, ~stent stents, ~implant implants, "
        "~needle needles, ~bandage bandages dressing dressings gauze, ~cast casts, ~splint splints brace, ~sling slings, ~cane canes, "
        "~walker walkers, ~wheelchair, ~cuff, ~meter glucometer, ~sensor sensors, ~glove gloves, ~clamp clamps, ~valve, ~bottle bottles, "
        "~bag bags, ~vial vials, ~ampoule ampoules, ~pen pens, ~spray sprays, ~gel, ~cream creams, ~ointment ointments, ~lotion, ~syrup, "
        "~bleach, ~soap"
    ),
    "place": (
        "~fridge refrigerator, ~freezer, ~ward wards, ~clinic office hospital hospitals, ~pharmacy, ~poison, ~school, ~bath tub, "
        "~shower showers, ~pool, ~sauna"
    ),
    "food": (
        "~water, ~milk, ~juice juices, ~coffee, ~tea, ~soda, ~beer, ~wine, ~salt salty, ~sugar sugary, ~meat meats, ~fish, ~egg eggs, "
        "~cheese cheeses, ~fruit fruits, ~vegetable vegetables, ~bread, ~rice, ~grapefruit, ~banana bananas, ~potato potatoes, "
        "~tomato tomatoes, ~orange oranges, ~apple apples, ~nut nuts, ~honey, ~fat fats, ~protein proteins, ~fiber fibre, ~broth soup, "
        "~starch, ~carbohydrate carbohydrates carbs, ~formula"
    ),
    "who": "~surgeon surgeons, ~midwife midwives, ~dentist dentists",
    "condition": "~if when whenever, ~while whilst, even-if, only-if",
}
"""Words whose change is critical, kind by kind: a comma stands between values, a space between the words of one. Those behind
`~` are so only in an instruction, or where another value of their kind takes their place: "the surgery often takes 2 hours" may
lose its *often*, "take it often" may not."""
LOOSE = frozenset(["will", "device", "place", "food", "equal", "different", "than", "unlike"])
"""Values, and kinds, whose coming or going alone is nothing, only their taking another's place: "the nurse will show you"."""

CAPITALISED_TIMES = frozenset(["Sat", "Sun"])
NOT_SIDES = frozenset([("right", "away"), ("right", "now"), ("all", "right"), ("right", "to"), ("right", "for")])

IMPERATIVES = frozenset(
    "take give use inject swallow apply drink eat stop continue start skip chew crush call phone ring tell drive wait avoid wash "  # noqa: SIM905
    "store shake change remove hold keep put check weigh rest lie sit stand throw turn open close press push pull breathe inhale "
    "rinse clean cover uncover feed leave let lift measure mix place record report repeat return seek sleep stay soak test touch "
    "wake fill empty flush increase reduce raise lower limit refrigerate freeze heat insert massage rub dial resume restart pause "
    "replace dispose drop do don't dont begin quit discontinue cease omit withhold bathe shower shave swim run walk cook go come get dissolve dilute "
    "reconstitute draw warm chill tape wrap elevate raise monitor watch restrict double halve split cut smoke vape text wear "
    "switch unplug connect disconnect clamp unclamp attach detach loosen tighten twist unlock pinch".split()
)
"""Verbs by which a clause that begins with one tells a patient what to do."""
MILD_IMPERATIVES = frozenset("bring ask carry include choose see visit save learn write read plan book pack".split())  # noqa: SIM905
"""Verbs of advice that nobody is harmed by; the items of their lists count all the same."""
PATIENTS = frozenset("you adults children babies anyone everyone nobody anybody child guardian".split())  # noqa: SIM905
"""Who is told what they must, may or should."""

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

FUNCTION_WORDS = frozenset(
    "a an the of and or to in on at by for from with as is are was were be been being it its this that these those you your "  # noqa: SIM905
    "we our us they their he she his her i me my if when while then so but about into out off over under through during "
    "between per do does did has have had will would any who which what how there here also just very".split()
)
"""Words that are no unit after a number and no object of a negation."""

QUALIFIERS = {
    **{word: word for word in "within in for over under by past from than per at to least most only minus".split()},  # noqa: SIM905
    **dict.fromkeys(["every", "each"], "every"),
    **dict.fromkeys(["about", "around", "approximately", "roughly", "nearly", "almost"], "about"),
}
"""What stands before a number and says what it means: "within 2 hours" is not "after 2 hours"."""

CONNECTORS = {"to": "to", "through": "to", "thru": "to", "until": "to", "or": "or", "x": "x", "by": "x", "times": "x"}
"""What joins two numbers; a dash is `to`."""

SIGNS = frozenset("<>≤≥±+=×÷°%$€£¥~≈−∞µ½¼¾⅓⅔⅛⅜⅝⅞²³¹⁰⁄√∆↑↓→←№")
"""Signs that carry quantity or direction."""
