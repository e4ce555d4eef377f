"""Which number of a translation answers which number of its English, and what is left over on either side.

Values are compared, not spellings. What may vary without harm (a word for a digit, XIX for 19th, 12 hours for 24, 2019–20
for 2019–2020) is matched here once, so that no check has to excuse it again.
"""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Callable, Hashable, Iterator, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from pipeline.comparison.answering import (
    Keys,
    Matched,
    answered,
    century,
    doubled,
    dual_part,
    either,
    measure,
    parts,
    primary,
    roughly,
    same_value,
    scaled,
    shares,
    span,
    spans,
    whole_spans,
    years,
)
from pipeline.comparison.told_lengths import lengths, overlaps
from pipeline.text.clocks import Clock
from pipeline.text.figures import DOSES, PIECES, SLASHED, Item, Value
from pipeline.text.languages import tables_of
from pipeline.text.languages.table import Language, Sense
from pipeline.text.quantities import Reading
from pipeline.text.spoken import spoken
from pipeline.text.tokens import touches


class Timed(NamedTuple):
    """A time of day of the English and the one of the translation that answers it."""

    english: Clock
    translation: Clock


@dataclass(frozen=True, slots=True)
class Agreement:
    """What of two readings agrees and what does not; `missing` and `extra` are digits, the `words_` number words."""

    matched: tuple[Matched, ...]
    times: tuple[Timed, ...]
    missing: tuple[Item, ...]
    extra: tuple[Item, ...]
    words_missing: tuple[Item, ...]
    words_extra: tuple[Item, ...]
    months_missing: tuple[Item, ...]
    months_extra: tuple[Item, ...]


NO = (Sense("says", "not"), 1)
"""The sense of words that say no."""
NOTHING = Agreement((), (), (), (), (), (), (), ())
FREQUENCY = re.compile(
    r"\b(?:once|twice|thrice|(?:\d+|one|two|three|four|five|six)(?:\s?(?:-|to|or)\s?(?:\d+|two|three|four|five|six))? times?)"
    r" (?:a|an|per|each|every|daily|weekly|nightly)\b|\bevery (?:\d+|two|three|four|six|eight|twelve)\b"
)
ROMAN = re.compile(r"(?=[ivxl])(xl|l?x{0,3})(ix|iv|v?i{0,3})$")


@lru_cache(maxsize=1 << 12)
def dose(reading: Reading) -> bool:
    """Whether an English text carries a dose or a contact: a number with a unit of medicine, times a day, a phone."""
    return (
        bool(reading.phones)
        or any(item.digits and primary(item) in DOSES for item in reading.items)
        or FREQUENCY.search(reading.text) is not None
    )


def agree(english: Reading, translation: Reading, language: Language) -> Agreement:
    """Match the numbers and times of two readings."""
    if not english.clocks and not translation.clocks:
        if not english.items and not translation.items:
            return NOTHING
        if (matched := told_alike(english.items, translation.items)) is not None:
            return Agreement(matched, (), (), (), (), (), (), ())
    times, lone, alone = timed(english, translation)
    ours = [*(item for item in english.items if item.digits), *(hours(clock) for clock in lone)]
    theirs = [*(item for item in translation.items if item.digits), *(hours(clock) for clock in alone)]
    if language.code in SLASHED and "/" in english.text:
        values = frozenset([one.value for one in english.items])
        theirs = [half for item in theirs for half in strengths(item, english, values)]
    pool = [item for item in translation.items if not item.digits]
    words = [item for item in english.items if not item.digits]
    found: list[Matched] = []

    def pair(left: list[Item], right: list[Item], mine: Keys, yours: Keys | None = None, how: str = "same") -> None:
        found.extend(answered(left, right, mine, yours or mine, how))

    if lone:
        as_numbers(lone, ours, theirs, times, language)
        named(lone, ours, translation)
        in_words(lone, (ours, theirs, pool), times, spoken(translation.tokens, language))
    if alone or (theirs and not CLOCKED.isdisjoint(english.vocabulary)):
        mirrored: list[Timed] = []
        told = spoken(english.tokens, tables_of("en"))
        in_words(alone, (theirs, ours, words), mirrored, told)
        in_figures(told, (theirs, words), mirrored)
        times.extend(Timed(there, here) for here, there in mirrored)
    pair(ours, theirs, lambda item: ((item.value, measure(item)),))
    pair(ours, theirs, same_value)
    if not language.knows("scale"):
        pair(
            ours,
            theirs,
            lambda item: (item.base,) if item.base != item.value else (),
            lambda item: (item.base,),
            "scale",
        )
    if language.code in SLASHED:
        pair(
            ours, theirs, same_value, lambda item: (item.other,) if "/" in item.text and item.other is not None else ()
        )
    pair(ours, theirs, same_value, lambda item: () if item.other is None else (item.other,), "format")
    if any(clock.part == "pm" for clock in english.clocks):
        pair(ours, theirs, afternoon, late)  # between 2 and 4 p.m.: entre 14 h et 16 h
    pair(words, pool, lambda item: (item.value,) if item.kind == "month" else ())
    pair(ours, pool, same_value, how="word")
    pair(ours, theirs, century, years, "year")
    pair(ours, pool, century, years, "year")
    pair(words, pool, lambda item: ((item.value, measure(item)),) if measure(item) else ())
    pair(words, theirs, lambda item: (*shares(item), *parts(item, english.tokens)), shares)
    pair(words, pool, lambda item: ((item.value, item.kind == "month"),))
    if words and pool:
        pair(
            words,
            pool,
            lambda item: parts(item, english.tokens),
            lambda item: (item.value,) if measure(item) in {"", "year"} else (),
        )
        if language.code == "ar":
            pair(
                words,
                pool,
                lambda item: doubled(item, english.tokens),
                lambda item: (item.value,) if dual_part(item, translation.tokens) else (),
            )
    if ours and (theirs or pool):
        mine, yours = (scaled(reading.items, reading.tokens) for reading in (english, translation))
        for there in (theirs, pool) if mine or yours else ():
            pair(
                ours,
                there,
                lambda item: (item.value, *either(item, mine)),
                lambda item: (item.value, *either(item, yours)),
            )
    if words and len(theirs) > 1:
        theirs = [*whole_spans(theirs)]
    for here, there in ((ours, theirs), (ours, pool), (words, theirs), (words, pool)):
        if here and there:
            pair(
                here,
                there,
                lambda item: (*spans(item, english.tokens), *roughly(item, language.code)),
                span,
                how="span",
            )
    if (ours or words) and language.wordings:
        long = lengths(translation.tokens, language)
        for left in (ours, words) if long else ():
            before = len(found)
            pair(left, long, lambda item: (*spans(item, english.tokens), (item.value, primary(item))), both, "span")
            for one in found[before:]:
                theirs = [item for item in theirs if not overlaps(item, one.translation)]
                pool = [item for item in pool if not overlaps(item, one.translation)]
    ours, theirs = unroman(ours, translation, english), unroman(theirs, english, translation)
    if not any(item.attached for item in theirs):
        ours = [item for item in ours if not item.attached or (theirs and named_by(item, english))]
    if not any(item.attached for item in ours):
        theirs = [item for item in theirs if not item.attached]
    return Agreement(
        tuple(sorted(found, key=lambda one: one.english.at)),
        tuple(times),
        tuple(ours),
        tuple(theirs),
        tuple(item for item in words if item.kind in {"word", "count"} or shared(item, (*theirs, *pool))),
        tuple(
            item
            for item in pool
            if (
                item.kind in {"word", "count"}
                or (item.kind == "fraction" and item.unit and language.spaces)
                or (
                    item.kind in {"dual", "fraction"}
                    and item.unit in PIECES
                    and any(counts(one) == item.unit for one in words)
                )
            )
            and item.value != 1
            and not denial(item, translation)
        ),
        tuple(item for item in words if item.kind == "month"),
        tuple(item for item in pool if item.kind == "month"),
    )


def strengths(item: Item, english: Reading, values: Set[Value]) -> tuple[Item, ...]:
    """What a number with a slash says where the English has it so too: *10/5 mg* are 10 and 5, and not 10.5."""
    whole, slash, part = item.text.partition("/")
    if not slash or f"{whole}/{part}" not in english.text or not (whole.isdecimal() and part.isdecimal()):
        return (item,)
    if not {int(whole), int(part)} <= values:
        return (item,)  # 1/2 is a half
    first = item._replace(value=int(whole), text=whole, end=item.at + 1, other=None, base=int(whole))
    return (first, item._replace(value=int(part), text=part, at=item.at + 2, other=None, base=int(part)))


def named_by(item: Item, reading: Reading) -> bool:
    """Whether a number is written onto the letters of a name: ACE2, which a language may write out and set its 2 apart."""
    return item.at > 0 and reading.tokens[item.at - 1].text.isalpha() and touches(reading.tokens, item.at)


def shared(item: Item, others: Sequence[Item]) -> bool:
    """Whether a fraction is of what another number counts that nothing answers: *half a tablet*, *una tableta y media*."""
    return (
        item.kind == "fraction"
        and bool(counts(item))
        and any(other.value not in {1, item.value} and counts(other) == counts(item) for other in others)
    )


def counts(item: Item) -> str:
    """What a number is of: its unit, or the thing that it counts."""
    return primary(item) or item.thing


def denial(item: Item, reading: Reading) -> bool:
    """Whether a word that is a number says no where it stands: Persian *noh*, nine, is written as *na*, not, is; where *and* or a
    comma stands before it, and nothing that it counts is known, it may be either."""
    if NO not in reading.tokens[item.at].senses or item.unit or item.thing:
        return False
    if reading.tokens[item.at].text == "không":
        return True  # Vietnamese không, not, is a nought beside a unit alone
    before = reading.tokens[item.at - 1] if item.at else None
    return before is None or before.kind == "sign" or before.slot("join") not in {"", "clause"}


def as_numbers(
    lone: Sequence[Clock], ours: list[Item], theirs: list[Item], times: list[Timed], language: Language
) -> None:
    """3 p.m. as a plain 15, or `15 h`, which may be a time and may be a while."""
    plain, while_of = dict[Value, deque[Item]](), dict[Value, deque[Item]]()
    for item in theirs:
        plain.setdefault(item.value, deque()).append(item)
        if primary(item) == "hour":
            while_of.setdefault(item.value, deque()).append(item)
    gone, used = set[Item](), set[Item]()
    for clock in lone:
        if clock.minute:
            continue
        late, early = (
            first(places.get(hour), gone) for places, hour in ((plain, clock.minutes // 60), (while_of, clock.hour))
        )
        if late and primary(late) in {"", "hour"}:
            gone.add(late)
            used.add(hours(clock))
        elif early and language.knows("oclock") and isinstance(early.value, int):
            gone.add(early)
            used.add(hours(clock))
            times.append(Timed(clock, Clock(early.value, 0, "", early.text, early.at, early.end)))
    ours[:] = [item for item in ours if item not in used]
    theirs[:] = [item for item in theirs if item not in gone]


def afternoon(item: Item) -> tuple[int, ...]:
    """A bare number of a text that tells a time after noon, as that hour after noon."""
    bare = not item.unit and not item.thing and isinstance(item.value, int) and 0 < item.value < NOON
    return (int(item.value) + NOON,) if bare else ()


def late(item: Item) -> tuple[int, ...]:
    """A number that may be an hour after noon."""
    may = primary(item) in {"", "hour"} and isinstance(item.value, int) and NOON < item.value < NOON * 2
    return (int(item.value),) if may else ()


NOON = 12


def in_words(lone: Sequence[Clock], items: tuple[list[Item], ...], times: list[Timed], told: list[Clock]) -> None:
    """Times of one text that the other tells in words: *8:30*, *las ocho y media*. `items`: what nothing answers of the one, and of the
    other the figures and the words."""
    ours, theirs, pool = items
    waiting: dict[tuple[int, int], deque[Clock]] = {}
    for one in told:
        waiting.setdefault((one.hour % NOON, one.minute), deque()).append(one)
    left, gone, used, covered = {*ours}, set[Item](), set[Clock](), set[int]()
    for clock in lone if waiting else ():
        there, item = waiting.get((clock.hour % NOON, clock.minute)), hours(clock)
        answer = (
            next((one for one in there if alike(clock, one)), None)
            if there and item in left and item not in gone
            else None
        )
        if there and answer:
            there.remove(answer)
            used.add(answer)
            gone.add(item)
            times.append(Timed(clock, answer))
            covered.update(range(answer.at, answer.end))
    if used:
        told[:] = [one for one in told if one not in used]
        ours[:] = [item for item in ours if item not in gone]
        theirs[:], pool[:] = ([item for item in found if item.at not in covered] for found in (theirs, pool))


def in_figures(told: Sequence[Clock], items: tuple[list[Item], list[Item]], times: list[Timed]) -> None:
    """English times in words of the part of the day that they say, as plain figures: *two in the afternoon*, `14.00`, `14 h`."""
    theirs, words = items
    waiting: dict[Value, deque[Item]] = {}
    for item in theirs:
        if primary(item) in {"", "hour"}:
            waiting.setdefault(item.value, deque()).append(item)
    used, covered = set[Item](), set[int]()
    for clock in told:
        there = waiting.get(hours(clock._replace(hour=clock.minutes // 60)).value) if clock.part else None
        if there:
            answer = there.popleft()
            used.add(answer)
            covered.update(range(clock.at, clock.end))
            times.append(Timed(Clock(clock.minutes // 60, clock.minute, "", answer.text, answer.at, answer.end), clock))
    if used:
        theirs[:] = [item for item in theirs if item not in used]
        words[:] = [item for item in words if item.at not in covered]


def alike(one: Clock, other: Clock) -> bool:
    """Whether two times are one, or twelve hours apart where one does not count 24."""
    if one.minutes == other.minutes:
        return True
    return (one.hour % 12, one.minute) == (other.hour % 12, other.minute) and not (one.hour > 12 and other.hour > 12)


CLOCKED = frozenset(["o'clock", "clock", "morning", "afternoon", "evening", "night", "half", "quarter"])
"""English words of times that are told in words."""


def first(waiting: deque[Item] | None, gone: Set[Item]) -> Item | None:
    """The first of some numbers that is not gone yet."""
    while waiting and waiting[0] in gone:
        waiting.popleft()
    return waiting[0] if waiting else None


def named(lone: Sequence[Clock], ours: list[Item], translation: Reading) -> None:
    """12:00 a.m. as midnight."""
    words = {0: "midnight", 720: "noon"}
    told = {hours(clock): words[clock.minutes] for clock in lone if clock.minutes in words}
    if told:
        said = {word for word in words.values() if any(token.sense(word) for token in translation.tokens)}
        ours[:] = [item for item in ours if told.get(item) not in said]


def told_alike(english: Sequence[Item], translation: Sequence[Item]) -> tuple[Matched, ...] | None:
    """The numbers of two texts that have the same digits, each once, in some order; None for any others."""
    answers = {item.value: item for item in translation}
    if len(english) != len(translation) or len(answers) != len(english):
        return None
    if not all(item.kind == "digits" for item in (*english, *translation)):
        return None
    if not all(item.value in answers for item in english) or len({item.value for item in english}) < len(english):
        return None
    return tuple([Matched(item, answers[item.value]) for item in english])


def timed(english: Reading, translation: Reading) -> tuple[list[Timed], list[Clock], list[Clock]]:
    """The times of day of both, matched; and those of each that nothing answers."""
    ours, theirs, times = list(english.clocks), list(translation.clocks), []
    for key in SAME_TIME if ours and theirs else ():
        waiting: dict[object, deque[int]] = {}
        for at, clock in enumerate(theirs):
            waiting.setdefault(key(clock), deque()).append(at)
        left, taken = [], set[int]()
        for clock in ours:
            if alike := waiting.get(key(clock)):
                taken.add(alike[0])
                times.append(Timed(clock, theirs[alike.popleft()]))
            else:
                left.append(clock)
        ours, theirs = left, [clock for at, clock in enumerate(theirs) if at not in taken]
    return times, ours, theirs


def both(item: Item) -> Sequence[Hashable]:
    """A length of time by how long it is, and as it is told; parts of ten as they are told."""
    return (*span(item), (item.value, primary(item)))


SAME_TIME: tuple[Callable[[Clock], object], ...] = (
    lambda clock: (clock.minutes, bool(clock.part)),
    lambda clock: clock.minutes,
    lambda clock: (clock.hour % 12, clock.minute),
)
"""What two times have in common that are one, the surest first; the last may be twelve hours apart."""


def hours(clock: Clock) -> Item:
    """A time of day that nothing answers, as the number it is written with."""
    value: Value = Fraction(clock.hour * 100 + clock.minute, 100) if clock.minute else clock.hour
    return Item(value, "digits", clock.text, clock.at, clock.end)


def unroman(items: list[Item], reading: Reading, own: Reading) -> list[Item]:
    """The numbers that do not stand in the other text in Roman figures, as those up to 39 may; a figure that both texts have so
    answers itself, and no number."""
    if not any(isinstance(item.value, int) and 0 < item.value < 40 for item in items):
        return items
    there = romans(reading) - romans(own)
    return [item for item in items if not (isinstance(item.value, int) and item.value in there)]


def romans(reading: Reading) -> set[int]:
    """The numbers that stand in a text in Roman figures, a Chinese word behind them or none."""
    found = [token for token in reading.tokens if token.text[0] in "ivxl"]
    said = {figure(token.text) for token in found if token.kind == "word"}
    return (said | {figure(token.text[:-1]) for token in found if token.text[-1] > "\u4e00"}) - {0}


def figure(text: str) -> int:
    """A Roman figure in small letters as a number, French endings left out (xixe); 0 for what is none."""
    text = re.sub(r"(?<=[ivxl])(?:e|er|re|ème|è)$", "", text)
    if not ROMAN.fullmatch(text):
        return 0
    total = 0
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[char] for char in text]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total


def dated(item: Item, months: Set[int]) -> bool:
    """Whether a number is part of a date, whose parts each language puts in its own order. `months`: where they stand."""
    if not item.unit and isinstance(item.value, int) and 1900 <= item.value < 2100:
        return True
    return not item.unit and not months.isdisjoint((item.at - 1, item.at - 2, item.end, item.end + 1))


def swapped(
    agreement: Agreement, reading: Reading, *, free: bool = False, years: bool = False, bare: bool = False
) -> Iterator[tuple[Matched, Matched]]:
    """Numbers that stand the other way round in the translation than in the English, each beside the other's thing.

    `years`: parts of dates too, which languages otherwise put in their own order. Two that took their units or things along are where they belong. `free`: the language puts what follows a noun in English
    before it (*1,500 people in 12 countries*), so there such numbers tell nothing.
    """
    if len(agreement.matched) < 2:
        return
    months = {month.at for month in reading.items if month.kind == "month" and month.attached} | calendar(reading)
    plain = [
        found
        for found in agreement.matched
        if found.english.kind in AMOUNTS
        and found.translation.kind in AMOUNTS
        and not found.english.attached
        and (years or not dated(found.english, months))
    ]
    for count, (first, second) in enumerate(turned(plain, near=free)):
        if count > MOST:
            yield first, second
            return
        if first.english.value == second.english.value:
            continue
        if not all((found.english.digits and found.translation.digits) or measured(found) for found in (first, second)):
            continue
        if primary(first.english) != primary(second.english) and (free or along(first) or along(second)):
            continue
        if along(first) and along(second) and thing(first.english) != thing(second.english):
            continue
        if free and bare is surely(first, second, reading):
            continue
        if bare and not first.english.unit and nested(first.english, second.english, reading):
            continue
        yield first, second


MOST = 100_000
"""The pairs in another order that are looked at one by one. Of more, which only a text of hundreds of numbers has, the next is told
as it is: too much is said of such a text rather than too little."""


def turned(plain: Sequence[Matched], *, near: bool) -> Iterator[tuple[Matched, Matched]]:
    """The pairs that stand the other way round in the translation; `near`: side by side in the English only. Where none does, that is known without a look at each pair."""
    places = [found.translation.at for found in plain]
    lowest = [*itertools.accumulate(reversed(places), min)][::-1]
    for at, one in enumerate(plain[:-1]):
        if lowest[at + 1] > places[at]:
            continue
        for other in plain[at + 1 : at + 2] if near else itertools.islice(plain, at + 1, None):
            if other.translation.at <= one.translation.at:
                yield one, other


def surely(first: Matched, second: Matched, reading: Reading) -> bool:
    """Whether two numbers of one unit or thing stand side by side, neither in what describes the other."""
    return bool(thing(first.english)) and not nested(first.english, second.english, reading)


AMOUNTS = frozenset(["digits", "word", "count"])


def measured(found: Matched) -> bool:
    """Whether both numbers have a unit, or a thing that medicine is counted by."""
    return bool(measure(found.english) and measure(found.translation))


def thing(item: Item) -> str:
    """What a number counts or measures, "" where nothing is known."""
    return primary(item) or item.thing


def along(found: Matched) -> bool:
    """Whether a number has its unit or thing in the translation too."""
    return thing(found.english) == thing(found.translation) != ""


def nested(first: Item, second: Item, reading: Reading) -> bool:
    """Whether the second number stands in what describes the first: `5 of 10`, `12 people in 3 groups`."""
    return any(token.text in NESTING for token in reading.tokens[first.end : second.at])


NESTING = frozenset("aged of in from among per within on at to by under with for".split())  # noqa: SIM905


DATED = re.compile(r"\d{4}-\d")


def calendar(reading: Reading) -> set[int]:
    """Where the hyphens of dates in figures stand: `2001-01-25`."""
    return (
        set()
        if "-" not in reading.text or DATED.search(reading.text) is None
        else hyphens(reading, 0, len(reading.tokens))
    )


def hyphens(reading: Reading, start: int, end: int) -> set[int]:
    """Where the hyphens of such dates stand that begin between two places."""
    start = max(start, 0)
    found = [token.text for token in reading.tokens[start : end + 4]]
    return {
        start + place
        for at, text in enumerate(found[:-4])
        if len(text) == 4 and text.isdigit() and found[at + 1] == found[at + 3] == "-" and found[at + 2].isdigit()
        for place in (at + 1, at + 3)
    }


def ranged(first: Item, second: Item, reading: Reading) -> bool:
    """Whether two numbers are the ends of one range: `2 to 3`, `2–3`, `between 2 and 3`."""
    if second.at - first.at > 4 or not hyphens(reading, first.at - 3, second.at).isdisjoint(range(first.at, second.at)):
        return False
    between: Sequence[str] = [token.text for token in reading.tokens[first.at + 1 : second.at]]
    joints = [text for text in between if text in {"-", "–", "—", "‐", "‑", "~", "to", "and", "through", "thru"}]
    if not joints or any(text in {".", ",", ";", "(", ")"} for text in between):
        return False
    if any(token.senses and token.sense("month") for token in reading.tokens[first.end : second.at]):
        return False  # 22 March to 3 April
    return joints != ["and"] or any(
        token.text == "between" for token in reading.tokens[max(first.at - 3, 0) : first.at]
    )
