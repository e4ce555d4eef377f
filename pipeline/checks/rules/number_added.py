"""A number that the translation has and the English does not."""

import re
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import full_day
from pipeline.comparison.figured import answers, figured
from pipeline.core.model import Level
from pipeline.text.figures import MULTIPLYING, Item, multiplies
from pipeline.text.languages.rows import forms_of
from pipeline.text.languages.table import Sense
from pipeline.text.statements import JOINED


def run(pair: Pair) -> Iterator[str]:
    if pair.plural or pair.agreement.missing:
        return
    ours = pair.ours.tokens
    times = [
        MULTIPLYING[token.text] for at, token in enumerate(ours) if token.text in MULTIPLYING and multiplies(ours, at)
    ]
    always = "24/7" in pair.ours.text
    extra = [*pair.agreement.extra, *worded(pair)]
    bases = {BASES[token.text] for token in ours if token.text in BASES} if extra else NONE
    kept = {figure for node in pair.english.nodes if node.kind == "code" for figure in FIGURES.findall(node.text)}
    told = figured(pair.ours, pair.language) if extra else None
    for item in extra:
        if emergency(item, pair) or full_day(item, pair):
            continue  # an ambulance: 119; a full day: 24 hours
        if told is not None and (not pair.strict or item.unit in TIMES) and answers(item, told):
            continue  # at noon: a las 12
        if always and item.value in {7, 24}:
            continue  # 24 heures sur 24, 7 jours sur 7
        if based(item, pair):
            continue  # 1 time a day: 1日1回
        if item.value in bases or item.text in kept:
            continue  # in hex: 16進数; `123x321`: «123x321»
        if again(item, pair):
            continue  # 30 minutes before or after: 30 minutes before or 30 minutes after
        if item.value in times:
            times.remove(int(item.value))
            continue  # 2倍
        yield f"The translation says {item.text}, the English does not. Remove the number."


def again(item: Item, pair: Pair) -> bool:
    """Whether a measure that answers one of the English is told once more, where the English joins two things that it is said of."""
    if not item.unit or not any(token.slot("join") in JOINED for token in pair.ours.tokens):
        return False
    return any(
        found.translation.value == item.value
        and found.translation.unit == item.unit
        and found.english.unit == item.unit
        for found in pair.agreement.matched
    )


def based(item: Item, pair: Pair) -> bool:
    """Whether a number is how often something is done, and another one of the translation is the one day, hour … that the English has as
    *a day*, and was taken for it."""
    return any(
        found.translation.value == 1
        and found.english.value == item.value
        and not found.english.unit
        and Sense("basis", found.translation.unit) in pair.ours.slots
        for found in pair.agreement.matched
    )


def worded(pair: Pair) -> Iterator[Item]:
    """The numbers in words that a translation gives a unit (*in three days*) where no number of the English may be meant."""
    found, language = pair.agreement, pair.language
    if found.words_missing or language.rough or not language.spaces:
        return
    yield from (item for item in found.words_extra if item.unit and item.kind == "word" and item.value >= TWO)


BASES = {"hex": 16, "hexadecimal": 16, "octal": 8, "binary": 2, "decimal": 10}
"""Ways of writing numbers that Chinese, Japanese and Korean name by their base."""
FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
NONE = frozenset[int]()
TIMES = frozenset(["minute", "hour", "day", "week", "month", "year"])
"""What English says by a word (*a fortnight*) of a patient's instructions, too."""
TWO = 2
"""The least number that is one beyond doubt: *one* may be an article."""


def emergency(item: Item, pair: Pair) -> bool:
    """Whether a number is that by which readers of the language call for help, and the English says so without one."""
    if not any(sense.kind == "contact" for sense in pair.ours.slots) or pair.ours.phones:
        return False
    return item.text in forms_of(pair.language.wordings.get("ambulance", ""))


CHECK = Check(
    "number-added",
    Level.ERROR,
    run,
    sentences=True,
    needs=needs.unanswered,
    good=(
        ("es", "Write the size as `12x34` there", "Escriba ahí el tamaño como «12x34»"),
        ("es", "Twice a day", "2 veces al día"),
        ("es", "Lunch is at noon.", "El almuerzo es a las 12."),
        ("es", "Call us in a fortnight.", "Llámenos dentro de dos semanas."),
    ),
    bad=(
        ("es", "Call us after a few days.", "Llámenos después de tres días."),
        ("es", "Take your medicine", "Tome 2 medicinas"),
        ("es", "Lunch is at noon.", "El almuerzo es a las 11."),
    ),
)
