"""A number of the English that the translation lacks."""

import re
from collections.abc import Iterator, Sequence

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import beside, in_words, worded
from pipeline.comparison.answering import measure
from pipeline.comparison.lost_values import times_of_day
from pipeline.core.model import Level
from pipeline.text.figures import MULTIPLYING, Item, multiplied
from pipeline.text.medicines import medicine
from pipeline.text.tokens import Token
from pipeline.text.wordings import says


def run(pair: Pair) -> Iterator[str]:
    if pair.plural:
        return
    yield from not_always(pair)
    yield from not_multiplied(pair)
    if not pair.agreement.extra:
        duals_answer = False
        if pair.language.code == "ar" and any(item.value == 2 and not item.unit for item in pair.agreement.missing):
            wanted = sum(one.value == 2 for one in (*pair.agreement.missing, *pair.agreement.words_missing))
            duals_answer = wanted <= sum(map(dual, pair.theirs.tokens))
        for item in pair.agreement.missing:
            if not pair.strict and spared(item, pair):
                continue
            if duals_answer and item.value == 2 and not item.unit and things(item, pair.ours.tokens):
                continue
            if daily(item, pair):
                continue
            yield f"The English says {item.text}, the translation does not. Add the number."
    for found in pair.agreement.matched:
        if other := beside(found, pair):
            yield f"The English says {found.english.text}, and the translation “{other.text}” beside it. Write the one number of the English."
        elif worded(found) and not in_words(found, pair):
            yield f"The dose {found.english.text} is there as a word at most (“{found.translation.text}”). Write it in figures, as the English does."
    if pair.strict and not (pair.agreement.words_extra or pair.agreement.extra):
        for item in pair.agreement.words_missing:
            if (
                item.kind == "count"
                and item.value > 1
                and measure(item)
                and not told_by_verb(item, pair.theirs.tokens)
                and pair.language.knows("count", str(item.value))
                and item.value not in {times_of_day(said) for _, said in pair.sentences}
            ):
                yield f"The English says “{item.text}”, the translation does not. Say how often."


def spared(item: Item, pair: Pair) -> bool:
    """Whether a language may say a small number otherwise, or not at all (*a dose*): no decimal, and no number that is a name (*type 1*)."""
    before = pair.ours.tokens[item.at - 1].text if item.at else ""
    most = SPELLED if pair.language.rough else 1
    return item.value <= most and "." not in item.text and (before not in NAMING or pair.language.rough)


NAMING = frozenset(["number", "#", "no", "type", "step", "phase", "stage", "grade", "category", "figure", "table"])
"""English words behind which a number is a name."""


def daily(item: Item, pair: Pair) -> bool:
    """Whether *in 24 hours* is told as *a day*, or *for 24 hours* as *a day and a night*."""
    if item.value != HOURS or item.unit != "hour":
        return False
    before = pair.ours.tokens[item.at - 1].text if item.at else ""
    return (before in PER and DAY in pair.theirs.slots) or says(pair.theirs.tokens, pair.language, "day-and-night")


HOURS, PER, DAY = 24, frozenset(["in", "per", "every", "within", "each", "any"]), ("basis", "day")


def not_always(pair: Pair) -> Iterator[str]:
    """24/7 of which the translation has the seven days alone, and no hour, day and night, or clock; or fewer days."""
    if "24/7" not in pair.ours.text:
        return
    values = {item.value for item in pair.theirs.items}
    senses = {sense for token in pair.theirs.tokens for sense, _ in token.senses}
    if 7 in values and 24 not in values and ROUND.isdisjoint(senses):
        yield "The English says 24/7, the translation 7 alone. Say that it is at all hours."
    said = {item.value for item in pair.ours.items}
    for item in pair.theirs.items:
        if 7 not in values and item.unit == "day" and 1 < item.value < 7 and item.value not in said:
            yield f"The English says 24/7, the translation {item.text}. Say that it is on all days."


ROUND = frozenset(
    [("unit", "hour"), ("says", "night"), ("excuses", "night"), ("excuses", "always"), ("says", "always")]
)
"""What may say that something is at all hours."""


def not_multiplied(pair: Pair) -> Iterator[str]:
    """*Take double the dose* of which the translation has no double, and no two more than the English has twos."""
    ours = pair.ours.tokens
    told = {token.text for at, token in enumerate(ours) if token.text in MULTIPLYING and multiplied(ours, at)}
    for word in sorted(told):
        value, act = MULTIPLYING[word], "triple" if word == "triple" else "double"
        here, there = ([item for item in found.items if item.value == value] for found in (pair.ours, pair.theirs))
        if len(there) <= len(here) and not any(multiplies_too(one, act) for one in pair.theirs.tokens):
            yield f"The English says “{word}”, the translation does not. Say it as well."


def told_by_verb(item: Item, tokens: Sequence[Token]) -> bool:
    """Whether a double or triple dose is told by a verb that says to double or triple it."""
    act = {2: "double", 3: "triple"}.get(int(item.value), "")
    return item.text in MULTIPLYING and any(token.slot("act") == act for token in tokens)


def multiplies_too(token: Token, act: str) -> bool:
    """Whether a word of a translation says to double something, and is not the number two alone."""
    return any(
        (sense.kind == "act" and sense.value == act) or (sense == ("act?", act) and not token.sense("number"))
        for sense, _ in token.slots
    )


def things(item: Item, tokens: Sequence[Token]) -> bool:
    """Whether English names right behind a number what it counts: *2 doses*, and not *2 at night*."""
    return item.at + 1 < len(tokens) and tokens[item.at + 1].text.endswith("s")


def dual(token: Token) -> bool:
    """Whether an Arabic word says two of what it names, and of nothing that the tables count by (*marratayn*, twice)."""
    if DUAL.search(token.text) is None or SUBSTANCE.search(token.text) or medicine(token.text.removeprefix("ال"), "ar"):
        return False
    return not (token.sense("count") or token.sense("dual"))


DUAL = re.compile("..(?:تين|تان)$")
"""An Arabic word that says two of what it names (*jurʿatayn*, two doses), feminine: of others the plural ends alike."""
SUBSTANCE = re.compile("(?:بروتين|نيكوتين|كرياتين|كيراتين|جيلاتين|كارنيتين|ستين|سيتين)$")
"""Substances that end as a dual does: protein, nicotine, duloxetine."""
SPELLED = 12
"""Up to here numbers in prose are often words, which the tables of a roughly known language may lack."""

CHECK = Check(
    "number-missing",
    Level.ERROR,
    run,
    sentences=True,
    needs=needs.numbers_amiss,
    good=(
        ("es", "About 3 weeks", "Unas tres semanas"),
        ("ar", "Wait 2 hours", "انتظر ساعتين"),
        ("ar", "In 2 doses", "على جرعتين"),
        ("es", "Take 2 tablets", "Tome dos tabletas"),
        ("es", "Take 2 tablets with a glass of water", "Tome dos tabletas con un vaso de agua"),
        ("es", "Take 35 mg", "Tome treinta y cinco mg"),
        ("es", "Take 1 or 2 tablets", "Tome una o dos tabletas"),
        ("es", "Take 1 tablet twice a day", "Tome una tableta dos veces al día"),
        ("ar", "Take 1 tablet, then 2 tablets", "تناول حبة واحدة ثم حبتين"),
    ),
    bad=(
        ("es", "Take 5 mg", "Tome la dosis"),
        ("ar", "Take 2 mg twice a day", "تناول الدواء مرتين يوميًا"),
        ("es", "Take 1 tablet in a drink", "Tome tabletas en un vaso"),
        ("es", "Take 5 mg twice a day", "Tome 5 mg al día"),
        ("de", "Take 1 tablet", "Nehmen Sie eine Handvoll Tabletten"),
        ("vi", "Take 1 tablet", "Uống một chục viên"),
        ("es", "Take 2 tablets", "Tome dos o tres tabletas"),
        ("es", "Take 2 tablets", "Tome 2 o tres tabletas"),
        ("es", "Take 2 tablets", "Tome una o dos tabletas"),
        ("es", "Take 1 tablet", "Tome una tableta o dos"),
        ("vi", "Take 2 tablets", "Uống hai ba viên"),
        ("ar", "Take 1 tablet", "تناول حبة واحدة أو حبتين"),
    ),
)
