"""Two numbers of one unit that changed places: each stands there, but says the other's thing."""

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.comparison.answering import Matched
from pipeline.comparison.dates import turned
from pipeline.comparison.matching import ranged, swapped
from pipeline.comparison.traded import traded
from pipeline.core.model import Level
from pipeline.text.figures import Item
from pipeline.text.quantities import Reading
from pipeline.text.spelling import normal
from pipeline.text.tokens import Token

MOST = 20
"""The most pairs of numbers that are named: of a list turned round, each number would be named with each."""


def run(pair: Pair) -> Iterator[str]:
    times = sorted(pair.agreement.times, key=lambda found: found.english.at)
    for one, other in itertools.pairwise(times):
        if one.english.minutes != other.english.minutes and one.translation.at > other.translation.at:
            yield f"{one.english.text} comes before {other.english.text} in the English and after it in the translation. Check the times."
    yield from crossed(pair)
    yield from fact_behind_every(pair)
    yield from upside_down(pair)
    yield from calendar(pair)
    if dates := next(turned(pair.ours, pair.theirs, pair.language), None):
        yield f"The English says “{dates[0].text}”, the translation “{dates[1].text}”. Write the same date."
    if pair.language.free_order:
        for first, second in traded(pair.agreement.matched, pair.ours, pair.theirs):
            yield f"{first.english.text} and {second.english.text} changed places in the translation. Check that each number stands where it belongs."
    found = swapped(pair.agreement, pair.ours, free=pair.language.free_order)
    wrong = (
        (first, second)
        for first, second in found
        if not ranged(first.english, second.english, pair.ours) and not out_of(first, second, pair)
    )
    for count, (first, second) in enumerate(itertools.islice(wrong, MOST + 1)):
        if count < MOST:
            yield f"{first.english.text} comes before {second.english.text} in the English and after it in the translation. Check that each number stands where it belongs."
        else:
            yield "More numbers than are named here stand in another order than in the English. Check each of them."


def upside_down(pair: Pair) -> Iterator[str]:
    """Parts that are told as the whole, where the language puts the whole first: *3 में से 10* for *3 of 10*."""
    if (
        len(pair.ours.items) < PART_AND_WHOLE
        or len(pair.theirs.items) < PART_AND_WHOLE
        or not pair.language.knows("of")
    ):
        return
    told = {(whole.value, part.value) for part, whole in shares(pair.theirs) if part.value > whole.value}
    for part, whole in itertools.pairwise(pair.ours.items) if told else ():
        between = [token.text for token in pair.ours.tokens[part.end : whole.at]]
        if (part.value, whole.value) in told and len(between) <= NEAR and not {"in", "of"}.isdisjoint(between):
            yield f"The English says {part.text} of {whole.text}, the translation {whole.text} of {part.text}. Write the same."


def shares(reading: Reading) -> Iterator[tuple[Item, Item]]:
    """The parts of a text, each with the whole that it is of, by the words that stand behind the whole, or before it."""
    starts = [item.at for item in reading.items]
    for at, token in enumerate(reading.tokens):
        for sense, length in token.slots:
            if sense.kind != "of":
                continue
            place = bisect_left(starts, at)
            beside = reading.items[max(place - AROUND, 0) : place + AROUND]
            before = [item for item in beside if at - NEAR < item.end <= at]
            after = [item for item in beside if at + length <= item.at < at + length + NEAR]
            if sense.value == "behind" and before and after:
                yield after[0], before[-1]
            elif sense.value == "before" and after and len(before) + len(after) > 1:
                yield (before[-1] if before else after[1]), after[0]


PART_AND_WHOLE = 2
AROUND = 16
"""How many numbers on either side of a word are looked at: more than may stand near it."""


def out_of(part: Matched, whole: Matched, pair: Pair) -> bool:
    """Whether *3 in 10* is told from its whole: *of every ten, three*, with a word for *of* before the ten. What says *10 of 3* has
    it elsewhere."""
    between = {token.text for token in pair.ours.tokens[part.english.end : whole.english.at]}
    if part.english.value >= whole.english.value or between.isdisjoint(["in", "of"]) or len(between) > NEAR:
        return False
    if whole.english.unit or whole.translation.unit or bounded(pair.ours.tokens, part.english.at):
        return False  # 2 sprays in 4 hours; no more than 3 of 10
    before = pair.theirs.tokens[max(whole.translation.at - 2, 0) : whole.translation.at]
    return not OF.isdisjoint(token.text for token in before) and not bounded(pair.theirs.tokens, whole.translation.at)


def bounded(tokens: Sequence[Token], at: int) -> bool:
    """Whether *more*, *less*, *at least* or *at most* stands before a number, so that a word for *than* may look like *of*."""
    return any(
        token.sense("bound") or (token.senses and {sense.value for sense, _ in token.senses} & {"more", "less"})
        for token in tokens[max(at - BEFORE, 0) : at]
    )


BEFORE = 4
DATE = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
DAY = re.compile(r"-\d\d-\d\d")
"""What is in every such date: looked for first."""


def calendar(pair: Pair) -> Iterator[str]:
    """Dates in figures that are another day in the translation, with the month and the day the other way round."""
    if DAY.search(pair.ours.text) is None:
        return
    ours, theirs = (set(DATE.findall(reading.text)) for reading in (pair.ours, pair.theirs))
    for year, month, day in sorted(ours - theirs):
        if (year, day, month) in theirs - ours:
            yield f"{year}-{month}-{day} is {year}-{day}-{month} in the translation. Write the same date."


NEAR = 4
OF = frozenset(
    map(
        normal,
        [
            "de",
            "des",
            "dos",
            "das",
            "sur",
            "parmi",
            "entre",
            "из",
            "von",
            "unter",
            "aus",
            "dari",
            "kati",
            "ya",
            "از",
            "من",
            "بين",
            "میان",
            "trong",
            "số",
            "sou",
        ],
    )
)
"""Words for *of*, and *of every*, that stand before the whole."""


def crossed(pair: Pair) -> Iterator[str]:
    """Two numbers or facts in order beside two opposites that are not: 1 in the morning and 2 at night."""
    matched = [found for found in pair.agreement.matched if found.english.kind in {"digits", "word"}]
    if len(matched) == BOTH and matched[0].english.value != matched[1].english.value:
        kept = matched[0].translation.at < matched[1].translation.at
    elif len(facts := facts_of(pair)) == BOTH:
        kept = facts[0][1] < facts[1][1]
    else:
        return
    said = frozenset([sense for token in pair.ours.tokens if token.senses for sense, _ in token.senses])
    for one, other in TOGETHER:
        if said.isdisjoint(one) or said.isdisjoint(other):
            continue
        here = [standing(tokens, words) for tokens in (pair.ours.tokens, pair.theirs.tokens) for words in (one, other)]
        if all(len(found) == 1 for found in here) and ((here[0] < here[1]) == (here[2] < here[3])) is not kept:
            yield f"“{one[0][1]}” and “{other[0][1]}” changed places beside their numbers. Check that each number stands where it belongs."


BOTH = 2


def facts_of(pair: Pair) -> list[tuple[int, int]]:
    """Where the facts stand that each text has once, in the English and in the translation, in the order of the English."""
    ours, theirs = (
        Counter(token.text for token in tokens if token.kind == "fact")
        for tokens in (pair.ours.tokens, pair.theirs.tokens)
    )
    there = {token.text: at for at, token in enumerate(pair.theirs.tokens) if token.kind == "fact"}
    return [
        (at, there[token.text])
        for at, token in enumerate(pair.ours.tokens)
        if token.kind == "fact" and ours[token.text] == 1 == theirs[token.text]
    ]


def fact_behind_every(pair: Pair) -> Iterator[str]:
    """A fact right behind *every* in whose place the translation has another: *{dose} every {hours}*."""
    if pair.language.free_order or len(facts := facts_of(pair)) < BOTH:
        return
    ours, theirs = pair.ours.tokens, pair.theirs.tokens
    here = [at for at, _ in facts if at and EVERY in [sense for sense, _ in ours[at - 1].slots]]
    there = {at for _, at in facts if at and EVERY in [sense for sense, _ in theirs[at - 1].slots]}
    for at, place in facts if len(here) == 1 == len(there) else ():
        if at in here and place not in there:
            told = theirs[min(there)].text
            yield f"The English says {ours[at - 1].text} {ours[at].text}, the translation {theirs[min(there) - 1].text} {told}. Put each where it belongs."


EVERY = ("frequency", "every")


def standing(tokens: Sequence[Token], meant: Sequence[tuple[str, str]]) -> list[int]:
    """Where a sentence says one of some concepts."""
    return [at for at, token in enumerate(tokens) if token.senses and any(sense in meant for sense, _ in token.senses)]


TOGETHER = (
    ((("says", "morning"), ("am", "am")), (("says", "night"), ("pm", "pm"))),
    *(
        ((("says", one),), (("says", other),))
        for one, other in (
            ("before", "after"),
            ("left", "right"),
            ("adult", "child"),
            ("first", "last"),
            ("upper", "lower"),
        )
    ),
)
"""Opposites that one sentence may say, each with a number."""

CHECK = Check(
    "number-order",
    Level.ERROR,
    run,
    sentences=True,
    needs=needs.several,
    good=(
        ("es", "10 % of men and 20 % of women", "10 % de los hombres y 20 % de las mujeres"),
        ("es", "3 in 10 patients", "De cada 10 pacientes, 3"),
        ("es", "Call {clinic.phone} within {call.in}.", "Dentro de {call.in}, llame al {clinic.phone}."),
        ("zh_Hans", "Come back on March 5.", "请于3月5日复诊。"),
    ),
    bad=(
        (
            "fr",
            "Take 1 tablet in the morning and 2 tablets at night.",
            "Prenez 1 comprimé le soir et 2 comprimés le matin.",
        ),
        ("es", "6 a.m. to 10 a.m.", "De 10 a.m. a 6 a.m."),
        (
            "es",
            "Take {a.dose} in the morning and {b.dose} at night.",
            "Tome {b.dose} por la mañana y {a.dose} por la noche.",
        ),
        ("es", "Take {a.dose} every {a.hours}.", "Tome {a.hours} cada {a.dose}."),
        ("es", "3 in 10 patients", "10 de cada 3 pacientes"),
        ("es", "10 % of men and 20 % of women", "20 % de los hombres y 10 % de las mujeres"),
        ("zh_Hans", "Come back on March 5.", "请于5月3日复诊。"),
        ("ko", "Come back on March 5.", "5월 3일에 오십시오."),
        ("hi", "Wait 15 days, then call 215 people.", "215 दिन रुकें, फिर 15 लोगों को फ़ोन करें।"),
    ),
)
