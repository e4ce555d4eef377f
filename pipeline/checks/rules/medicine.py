"""A medicine that became another one."""

from collections import Counter
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level
from pipeline.text.medicines import readable
from pipeline.text.quantities import names


def run(pair: Pair) -> Iterator[str]:
    ours, theirs = pair.ours.medicines, pair.theirs.medicines
    gone, came = sorted(ours - theirs), sorted(theirs - ours)
    if gone and came:
        yield f"The English says {gone[0]}, the translation {came[0]}. Write the same medicine."
    elif came == ["insulin"] and not ABOUT_INSULIN.isdisjoint(pair.ours.vocabulary):
        return  # the pump: the insulin pump
    elif came and (readable(pair.language) or pair.language.knows("name", came[0])):
        yield f"The translation says {came[0]}, the English does not. Write the medicine that the English names."
    elif len(ours) > 1 and not gone:
        yield from exchanged(pair)


ABOUT_INSULIN = frozenset(
    "pump pumps bolus boluses basal dose doses dosing overdose overdosing underdosing underdose isf dia iob tdd tdi loop pen pens glucose diabetes "  # noqa: SIM905
    "diabetic correction sensitivity carb carbs ratio".split()
)
"""English words that may well be told with insulin's name: a *pump* in a text for people with diabetes, *ISF*, its sensitivity factor."""


def exchanged(pair: Pair) -> Iterator[str]:
    """Medicines that a sentence names in place of one another, where the whole text has them all."""
    if len(pair.ours.sentences) != len(pair.theirs.sentences):
        return
    for english, translation in zip(pair.ours.sentences, pair.theirs.sentences, strict=True):
        here, there = names(english, pair.source), names(translation, pair.language.code)
        gone, came = sorted(Counter(here) - Counter(there)), sorted(Counter(there) - Counter(here))
        if gone and came:
            yield f"The English says {gone[0]}, the translation {came[0]}. Write the same medicine."
        elif sorted(here) == sorted(there) and here != there and not pair.language.free_order:
            yield f"The English names {' before '.join(dict.fromkeys(here))}, the translation in another order. Check which is which."


CHECK = Check(
    "medicine",
    Level.ERROR,
    run,
    sentences=True,
    needs=needs.medicines,
    good=(
        ("es", "Take morphine", "Tome morfina"),
        ("ru", "Take morphine", "Примите морфин"),
        ("fr", "Take acetaminophen", "Prenez du paracétamol"),
    ),
    bad=(
        ("es", "Take morphine", "Tome hidromorfona"),
        ("ru", "Take baclofen", "Примите морфин"),
        ("es", "Morphine is not hydromorphone. Take morphine.", "La morfina no es hidromorfona. Tome hidromorfona."),
        ("hi", "Take sertraline", "सेटिरिज़िन लें"),
    ),
)
