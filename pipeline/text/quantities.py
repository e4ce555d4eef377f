"""A text of any language read for what must not change: its numbers with their units, times of day, phones and addresses.

English and translation are read by the same rules with the tables of their own language (`languages`), so that what is
compared are values: `0,5` in Spanish is 0.5, `١٠` is 10, `3 亿` is 300 million, `8 p.m.` is 20:00.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from pipeline.core.inline import Inline
from pipeline.text.english import texts
from pipeline.text.formulary import SYNONYMS
from pipeline.text.languages import SLOTS, Language, Marks, Sense, addressed, normal
from pipeline.text.length import weight
from pipeline.text.medicines import medicine
from pipeline.text.tokens import COUNTED, MYRIADS, NUMERAL_RUN, NUMERALS, Token, tokenize

Value = Fraction | int


class Item(NamedTuple):
    """One number of a text.

    `kind` is digits, word, ordinal, month, count (twice), fraction (half), dual or scale (hundreds). `other` is what the
    digits say under the other convention of decimal marks, where that is something else. `attached`: part of a name (COVID-19), or, of a month, of a date.
    """

    value: Value
    kind: str
    text: str
    at: int
    end: int
    unit: str = ""
    other: Value | None = None
    attached: bool = False
    base: Value = 0
    """The number without its scale: the 3 of 3 million."""
    thing: str = ""
    """What it counts, where the tables know it: times, doses, people."""

    @property
    def digits(self) -> bool:
        return self.kind == "digits"


class Clock(NamedTuple):
    """One time of day: hour and minute as written, what part of the day is said of it (am, pm or nothing), where it stands."""

    hour: int
    minute: int
    part: str
    text: str
    at: int
    end: int

    @property
    def minutes(self) -> int:
        """Minutes after midnight."""
        hour = self.hour
        if self.part:
            hour = hour % 12 + 12 * (self.part == "pm") if hour <= 12 else hour
        return hour * 60 + self.minute


@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """A text as read: its tokens, its numbers, times, phones (digits only), addresses, the concepts and units it says, the
    medicines it names, its sentences, its words, each of them once, how many letters it has, and what it says of any slot."""

    tokens: tuple[Token, ...]
    items: tuple[Item, ...]
    clocks: tuple[Clock, ...]
    phones: tuple[str, ...]
    addresses: tuple[str, ...]
    says: frozenset[str]
    units: frozenset[str]
    text: str
    medicines: frozenset[str]
    sentences: tuple[tuple[Token, ...], ...]
    words: tuple[str, ...]
    vocabulary: frozenset[str]
    letters: int
    slots: frozenset[Sense]


PHONE = re.compile(
    r"(?<![a-z0-9.,/-])(?:\+\s?)?(?:\(\d{2,5}\)[\s.-]?|\d{1,4}[\s.-])(?:\(?\d{2,4}\)?[\s.-]){0,4}\d{3,5}(?![\d/]|[.,]\d|[\s-]\d{3,})"
)
PHONE_LIKE = re.compile(r"\d\)?[\s.-]\d{3}|\)\d{3}")
"""What is in every phone number."""
DIGIT = re.compile(r"\d")
DIGITS_ONLY = re.compile(r"\D+")

DOSES = frozenset("mg mcg ng g ml iu unit mmol meq tablet capsule drop puff teaspoon tablespoon".split())  # noqa: SIM905
"""Units in which a medicine is given: a number beside one is a dose."""

DURATIONS = frozenset("second minute hour day week month year".split())  # noqa: SIM905


def phones_of(text: str) -> Iterator[re.Match[str]]:
    """The phone numbers of a normal text: seven digits or more in groups that are no thousands, or with a plus or brackets."""
    for match in PHONE.finditer(text):
        said = match[0]
        digits = DIGITS_ONLY.sub("", said)
        if not 7 <= len(digits) <= 15:
            continue
        groups = re.findall(r"\d+", said)
        marked = "+" in said or "(" in said
        years = len(groups) == 2 and all(len(group) == 4 and group[0] in "12" for group in groups)
        date = len(groups) == 3 and (len(groups[0]) == 4 or len(groups[2]) == 4) and len(digits) <= 8
        thousands = (
            len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]) and not re.search(r"\d-\d", said)
        )
        if marked or (not (years or date or thousands) and (re.search(r"\d[-.]\d", said) or len(digits) >= 9)):
            yield match


def visible(inline: Inline) -> str:
    """The words of a message without its markup and code, in their normal form."""
    if len(inline.nodes) == 1 and inline.nodes[0].kind == "text":
        return normal(inline.nodes[0].text)
    return normal(" \u2005".join(text if kind == "text" else " " for text, kind in texts(inline)))


def read(text: str, language: Language) -> Reading:
    """Read a text (in its normal form) of a language."""
    phones: tuple[str, ...] = ()
    figures = DIGIT.search(text) is not None
    if figures and PHONE_LIKE.search(text):
        for match in phones_of(text):
            phones += (DIGITS_ONLY.sub("", match[0]),)
            text = text[: match.start()] + "\u2022" * len(match[0]) + text[match.end() :]
    found, said, counting, sounding = tokenize(text, language)
    kinds = frozenset([kind for kind, _ in said])
    words = tuple([token[0] for token in found if token[1] == "word"])
    timed = figures and (CLOCK.search(text) is not None or not CLOCKED.isdisjoint(kinds))
    clocks = tuple(clocks_of(found, language)) if timed else ()
    linked = addressed(text)
    return Reading(
        found,
        tuple(items_of(found, counting, language, clocks)) if counting else (),
        clocks,
        phones,
        tuple(token.text.rstrip(".,;:!?)'\"") for token in found if token.kind == "url") if linked else (),
        frozenset([value for kind, value in said if kind == "says"]) if "says" in kinds else NOTHING,
        units_of(found) if "unit" in kinds else NOTHING,
        text,
        frozenset(names(found, language.code)) if "name" in kinds else frozenset(sounding) if sounding else NOTHING,
        (found,) if words and not STOP.search(text, 0, found[-1].start) else tuple(split(found, clocks)),
        words,
        frozenset(words),
        weight(text) if linked or "{" in text or "%(" in text else letters_of(words),
        NOTHING if kinds.isdisjoint(SLOTS) else frozenset([sense for sense in said if sense[0] in SLOTS]),
    )


NOTHING = frozenset[str]()
CLOCKED = frozenset(["am", "pm", "oclock"])
"""The senses that make a number a time of day."""
CLOCK = re.compile(r"\d\s*[:h点點时時]")
"""What makes one without such a word."""


def units_of(found: Sequence[Token]) -> frozenset[str]:
    """The units that are said in more than one letter."""
    return frozenset(
        [
            sense.value
            for text, _, _, senses, _ in found
            if senses and len(text) > 1
            for sense, _ in senses
            if sense.kind == "unit"
        ]
    )


def names(found: Sequence[Token], code: str) -> list[str]:
    """The medicines that words of a language name, by its tables or by their sound, in order."""
    said = [(token.sense("name") or ("", 0), token.text) for token in found if token.kind == "word"]
    return [name for (value, _), word in said if (name := SYNONYMS.get(value, value) or medicine(word, code))]


def letters_of(words: Sequence[str]) -> int:
    """How many letters words have, the marks inside them left out."""
    joined = "".join(words)
    return len(joined) - joined.count("'") - joined.count('"') - joined.count("·")


STOPS = frozenset(".!?。！？｡।॥۔؟።፧။…")
STOP = re.compile(f"[{''.join(sorted(STOPS))}]")


def split(found: Sequence[Token], clocks: Sequence[Clock]) -> Iterator[tuple[Token, ...]]:
    """The tokens of a text by sentences; the points of `8 a.m.` end none, nor does one after a single letter."""
    inside = {at for clock in clocks for at in range(clock.at, clock.end - 1)}
    first = 0
    for at in [at for at, token in enumerate(found) if token[0] in STOPS]:
        if at not in inside and not (found[at].text == "." and initial(found, at - 1)):
            if at > first:
                yield tuple(found[first : at + 1])
            first = at + 1
    if any(token.kind != "sign" for token in found[first:]):
        yield tuple(found[first:])


def initial(found: Sequence[Token], at: int) -> bool:
    """Whether a single letter before a point is one of an abbreviation, not a short word that ends a sentence: *pati sa a.*"""
    if at < 0 or len(found[at].text) != 1 or found[at].text.isdigit():
        return False
    near = (*found[max(at - 1, 0) : at], *found[at + 2 : at + 3])
    word = found[at].text.islower() and len(near) == 2 and near[0].kind == "word" and near[1].text.istitle()
    return not (word and len(near[1].text) > 1)


APART = frozenset("each every per a an in of for the at on with".split())  # noqa: SIM905
"""English words after which a unit is not the number's before them: $5 each year."""


def value_of(digits: str, marks: Marks) -> tuple[Value, Value | None]:
    """What digits with their marks say in a language, and what they say to a reader of the other convention, if that differs."""
    if digits.isdigit():
        return int(digits), None
    digits = digits.replace("·", ".")
    seps = re.findall(r"\D", digits)
    groups = re.split(r"\D", digits)
    last = seps[-1]
    grouped = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0] != "0"
    indian = len(groups[-1]) == 3 and all(len(group) == 2 for group in groups[1:-1]) and len(groups[0]) <= 2
    if len(set(seps)) > 1:  # 1.234,5: the last mark is the decimal one
        return Fraction(f"{''.join(groups[:-1])}.{groups[-1]}"), None
    if len(seps) > 1:
        return int("".join(groups)) if grouped or indian else Fraction(0), None
    whole, part = int("".join(groups)), Fraction(f"{groups[0]}.{groups[1]}")
    if last == "'":
        return (whole, None) if grouped else (part, None)
    if not grouped:
        return part, None
    if last == marks.decimal:
        return part, whole
    return whole, part


def numeral(said: str) -> int | None:
    """A Chinese numeral below ten thousand as a number; None for what is none (`百` alone is a word)."""
    total = digit = 0
    if all(char in NUMERALS for char in said):
        return int("".join(str(NUMERALS[char]) for char in said))
    for char in said:
        if char in NUMERALS:
            digit = NUMERALS[char]
        else:
            total += (digit or 1) * MYRIADS[char]
            digit = 0
    return total + digit


def items_of(
    found: Sequence[Token], counting: Sequence[int], language: Language, clocks: Sequence[Clock]
) -> Iterator[Item]:
    """The numbers of a text in reading order; those of its times of day left out. Units found further on reach back over ranges.
    `counting`: where numbers may begin."""
    made: list[Item] = []
    timed = {at for clock in clocks for at in range(clock.at, clock.end)}
    following = 0
    for at in counting:
        if at < following or at in timed:
            continue
        if item := number_at(found, at, language):
            made.append(item)
            following = item.end
    for n in range(len(made) - 2, -1, -1):
        here, after = made[n], made[n + 1]
        between = found[here.end : after.at]
        if (
            after.unit
            and not (here.unit or here.thing or here.attached)
            and here.kind in {"digits", "word", "fraction"}
            and after.kind in {"digits", "word", "fraction"}
            and len(between) <= 2
            and all(token.text in JOINTS for token in between)
            and between  # `one 10 mg tablet` is one tablet
        ):
            made[n] = here._replace(unit=after.unit)
    yield from made


def number_at(found: Sequence[Token], at: int, language: Language) -> Item | None:
    """The number that begins at a token, with its scale and unit; None where none does."""
    token = found[at]
    if token.kind == "number":
        value, other = value_of(token.text, language.marks)
        end, kind = at + 1, "digits"
        value, end, other = spaced(found, at, end, value, other, language)
        if fraction := slashed(found, at, end, value):
            value, end = fraction, end + 2
        attached = bool(at) and glued(found, at) and found[at - 1].text not in language.prefixes
        if not attached and end < len(found) and touches(found, end) and (found[end].text in {"st", "nd", "rd", "th"}):
            return Item(value, "digits", token.text, at, end + 1)
    elif token.kind == "word" and not language.spaces and (run := NUMERAL_RUN.fullmatch(token.text)) and run:
        known = numeral(token.text)
        if known is None:
            return None
        value, other, end, kind, attached = known, None, at + 1, "word", False
        if at and found[at - 1].text in {"第", "星期", "周", "礼拜"}:
            kind = "ordinal"
    else:
        other, attached = None, False
        meant = {sense.kind: (sense.value, length) for sense, length in reversed(token.senses)}
        kind = next((kind for kind in COUNTED if kind in meant), "")
        if not kind:
            return None
        said = meant[kind]
        end = at + said[1]
        if kind == "dual":
            return Item(2, "dual", token.text, at, end, said[0], thing=said[0])
        value = Fraction(said[0]) if "." in said[0] else int(said[0])
        kind = "word" if kind == "number" else kind
        if kind in {"ordinal", "month", "count"}:
            dated = kind == "month" and any(
                0 <= near < len(found) and found[near].kind == "number" for near in (at - 1, at - 2, end, end + 1)
            )
            counted = ""
            if kind == "count":
                times = said[1] > 1 or token.slot("thing")
                counted = thing_near(found, at, end, language) or ("time" if times else "")
            return Item(value, kind, written(found, at, end), at, end, attached=dated, thing=counted)
    base, scaled = value, False
    while not attached and end < len(found) and found[end].senses and (scale := found[end].sense("scale")):
        value, end, scaled = value * int(scale[0]), end + scale[1], True
    if kind == "word" and value >= 100 and end < len(found):
        value, end = added(found, end, value)
    if scaled and kind == "digits":
        other = None
    unit, stop = ("", end) if attached else unit_near(found, at, end, language)
    counted = "" if attached else thing_near(found, at, end, language)
    return Item(value, kind, written(found, at, end), at, max(stop, end), unit, other, attached, base, counted)


def thing_near(found: Sequence[Token], at: int, end: int, language: Language) -> str:
    """What a number that ends before `end` counts: what stands up to three words after it, or right before it where the
    language writes so; "" where the tables know nothing of it."""
    for step in range(end, min(end + 3, len(found))):
        here = found[step]
        if here.kind == "number" or (here.kind != "word" and here.text not in HYPHENS):
            break
        if step > end and (here.text in APART or (here.senses and here.sense("number"))):
            break
        if here.slots and (said := here.slot("thing")):
            return said
    return found[at - 1].slot("thing") if language.unit_first and at else ""


def added(found: Sequence[Token], at: int, value: Value) -> tuple[Value, int]:
    """`value` (one hundred …) with the smaller number that goes on from it (… and fifty)."""
    step = at + 1 if found[at].kind == "word" and len(found[at].text) <= 3 and not found[at].sense("number") else at
    if step < len(found) and (said := found[step].sense("number")) and int(said[0]) < 100 <= value:
        return value + int(said[0]), step + said[1]
    return value, at


def spaced(
    found: Sequence[Token], at: int, end: int, value: Value, other: Value | None, language: Language
) -> tuple[Value, int, Value | None]:
    """A number whose thousands are set apart by spaces (`12 000`), where the language writes so or the spaces do not break."""
    if not (isinstance(value, int) and len(found[at].text) <= 3 and found[at].text.isdigit() and language.code != "en"):
        return value, end, other
    digits = found[at].text
    while (
        end < len(found)
        and found[end].kind == "number"
        and re.fullmatch(r"\d{3}(?:[.,]\d+)?", found[end].text)
        and found[end].start == found[end - 1].start + len(found[end - 1].text) + 1
    ):
        digits += found[end].text
        end += 1
        if not digits.isdigit():
            break
    if end == at + 1:
        return value, end, other
    return (int(digits) if digits.isdigit() else Fraction(digits.replace(",", "."))), end, value


def slashed(found: Sequence[Token], at: int, end: int, value: Value) -> Fraction | None:
    """`1/2` as a fraction; None for `120/80` and for dates."""
    if end + 1 >= len(found) or found[end].text != "/" or not touches(found, end) or found[end + 1].kind != "number":
        return None
    below = found[end + 1].text
    if below in {"2", "3", "4", "5", "8"} and isinstance(value, int) and 0 < value < int(below):
        after = end + 2
        before = at - 1
        if (after < len(found) and found[after].text == "/") or (before >= 0 and found[before].text == "/"):
            return None
        return Fraction(value, int(below))
    return None


def written(found: Sequence[Token], at: int, end: int) -> str:
    """Some tokens as they were written, one space where there was any."""
    if end == at + 1:
        return found[at].text
    return "".join(t.text if not n or touches(found, at + n) else f" {t.text}" for n, t in enumerate(found[at:end]))


def touches(found: Sequence[Token], at: int) -> bool:
    """Whether a token stands against the one before it, with no space between."""
    return found[at].start == found[at - 1].start + len(found[at - 1].text)


def glued(found: Sequence[Token], at: int) -> bool:
    """Whether a number is part of a name: COVID-19, H1N1, L4, IL-6."""
    before = found[at - 1]
    if not touches(found, at):
        return False
    if before.text in "-‐‑–":
        return at > 1 and touches(found, at - 1) and lettered(found[at - 2])
    return lettered(before)


def lettered(token: Token) -> bool:
    """Whether a token is a word of an alphabet (Chinese writes numbers against its words), and no number or unit itself."""
    return (
        token.kind == "word"
        and not "\u3040" <= token.text[-1] <= "\u9fff"
        and not "\uac00" <= token.text[-1] <= "\ud7ff"
        and not any(sense.kind in {"number", "unit", "scale"} for sense, _ in token.senses)
    )


def unit_near(found: Sequence[Token], at: int, end: int, language: Language) -> tuple[str, int]:
    """The unit of the number that ends before `end`: right after it, one word on, or before it; and where the unit ends."""
    if at and found[at - 1].text == "$":
        return "dollar", end
    place, count = end, len(found)
    if place < count and found[place].text in HYPHENS and touches(found, place):
        place += 1
    for step in range(place, min(place + 2, count)):
        here = found[step]
        if step > place and found[place].text in APART:
            break
        if here.senses and (said := here.sense("unit")):
            if len(here.text) == 1 and initialled(found, step):
                break
            if step > place and (len(here.text) == 1 or found[place].kind != "word" or found[place].text in JOINTS or found[place].slot("thing")):
                break
            return per(found, said[0], step + said[1], end, far=step > place)
        if here.kind != "word":
            break
    for step in range(at - 1, max(at - 3, -1), -1):
        here = found[step]
        if (
            here.senses
            and (said := here.sense("unit"))
            and (language.unit_first or here.text in {"$", "°"})
            and step + said[1] <= at
        ):
            return said[0], end
        if here.kind != "word":
            break
    return "", end


def initialled(found: Sequence[Token], at: int) -> bool:
    """Whether a letter is one of several with points between: the U of `U.S.` is no unit."""
    return (
        at + 2 < len(found)
        and found[at + 1].text == "."
        and touches(found, at + 1)
        and touches(found, at + 2)
        and found[at + 2].kind == "word"
    )


HYPHENS = frozenset("-‑‐–")
JOINTS = frozenset(
    "- ‐ ‑ – — ~ / , ، 、 and or to through o a y e u ou à et bis oder und или до и либо 或 至 到 和 أو إلى الي الى و او và đến hoặc hay oswa "  # noqa: SIM905
    "rive ak से या और तक sampai hingga atau dan au hadi mpaka na تا یا يا سے تک ê em of tot en till eller och til og lub i do až nebo 또는 내지 から "
    "または ឬ ដល់ និង থেকে বা ve veya ila".split()
)
"""What stands between the numbers of a range or a choice."""


def per(found: Sequence[Token], unit: str, stop: int, end: int, *, far: bool) -> tuple[str, int]:
    """A unit with what it is per (`mg/kg`), and where the text goes on."""
    if (
        stop + 1 < len(found)
        and found[stop].text in {"/", "per", "a", "an", "por", "pro", "par"}
        and (said := found[stop + 1].sense("unit"))
    ):
        return f"{unit}/{said[0]}", stop + 1 + said[1]
    return unit, end if far else stop


def clocks_of(found: Sequence[Token], language: Language) -> Iterator[Clock]:
    """The times of day of a text: `8:30`, `8 a.m.`, `8h30`, `上午8点`, `8 giờ tối`."""
    following = 0
    for at, token in enumerate(found):
        if token.kind == "number" and at >= following and (clock := clock_at(found, at, language)):
            yield clock
            following = clock.end


def clock_at(found: Sequence[Token], at: int, language: Language) -> Clock | None:
    """The time of day that begins at a number; None where none does."""
    token = found[at]
    hour, minute, end, colon, hm = token.text, 0, at + 1, False, re.fullmatch(r"(\d{1,2})\.([0-5]\d)", token.text)
    if hm:
        hour = hm[1]
    if not hour.isdigit() or int(hour) > 24 or len(hour) > 2:
        return None
    if end + 1 < len(found) and (
        found[end].text == "h" or (found[end].text in {":", "点", "點", "时", "時"} and touches(found, end))
    ):
        second = found[end + 1]
        if (
            second.kind == "number"
            and (touches(found, end + 1) or found[end].text == "h")
            and len(second.text) == 2
            and int(second.text[:2]) < 60
        ):
            minute, end, colon = int(second.text), end + 2, True
            if at and found[at - 1].text == ":" and touches(found, at):
                return None
    oclock = 0
    if end < len(found) and (said := found[end].sense("oclock")):
        oclock = said[1]
    part, reach = part_of_day(found, at, end + oclock, first=language.part_first)
    if hm:
        if not part and not oclock:
            return None
        minute = int(hm[2])
    if not (part or colon or (oclock and found[end].sense("unit") is None)):
        return None
    stop = max(end + oclock, reach)
    return Clock(int(hour), minute, part if int(hour) <= 12 else "", written(found, at, stop), at, stop)


def part_of_day(found: Sequence[Token], at: int, end: int, *, first: bool) -> tuple[str, int]:
    """What part of the day is said of a time, right after it or a few words before (`first`: rather before); and where it ends."""
    if not first:
        for part in ("am", "pm"):
            if end < len(found) and (said := found[end].sense(part)):
                return part, end + said[1]
    for step in range(at - 1, max(at - 4, -1), -1):
        for part in ("am", "pm"):
            if (said := found[step].sense(part)) and step + said[1] <= at:
                return part, end
        if found[step].kind == "number" or found[step].text in {".", ";", "。", ","}:
            break
    return part_of_day(found, at, end, first=False) if first else ("", end)
