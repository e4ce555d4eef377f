"""The numbers of a text: their values, their units, and what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from hashlib import sha256
from typing import NamedTuple

from pipeline.text.clocks import Clock
from pipeline.text.languages.table import Language, Marks
from pipeline.text.measures import (
    ALWAYS,
    DEGREES,
    JOINTS,
    always,
    below_zero,
    decimal_behind,
    glued,
    slashed,
    thing_near,
    unit_near,
)
from pipeline.text.spelling import normal
from pipeline.text.tokens import COUNTED, MYRIADS, NUMERAL_RUN, NUMERALS, Token, touches, written

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


DOSES = frozenset("mg mcg ng g ml iu unit mmol meq tablet capsule drop puff teaspoon tablespoon".split())  # noqa: SIM905
"""Units in which a medicine is given: a number beside one is a dose."""

DURATIONS = frozenset("second minute hour day week month year".split())  # noqa: SIM905


LONGEST = 100
"""Digits of a number that is reckoned with. Python reads none of more than 4,300, and no measure has a hundred."""


def whole_number(digits: str) -> int:
    """What digits say; those that are too many for any measure are told apart by a digest of them."""
    if len(digits) <= LONGEST:
        return int(digits)
    return int(sha256("".join(str(int(digit)) for digit in digits).lstrip("0").encode()).hexdigest(), 16)


def decimal_number(whole: str, part: str) -> Fraction:
    """What digits before and after a decimal mark say."""
    if len(whole) + len(part) <= LONGEST:
        return Fraction(f"{whole}.{part}")
    return whole_number(whole) + Fraction(whole_number(part), whole_number(part) + 1)


def value_of(digits: str, marks: Marks) -> tuple[Value, Value | None]:
    """What digits with their marks say in a language, and what they say to a reader of the other convention, if that differs."""
    if digits.isdigit():
        return whole_number(digits), None
    digits = digits.replace("·", ".")
    if digits[0] in ".,":
        return decimal_number("0", digits[1:]) if digits[1:].isdigit() else Fraction(0), None
    seps = re.findall(r"\D", digits)
    groups = re.split(r"\D", digits)
    last = seps[-1]
    grouped = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0] != "0"
    indian = len(groups[-1]) == 3 and all(len(group) == 2 for group in groups[1:-1]) and len(groups[0]) <= 2
    if len(set(seps)) > 1:  # 1.234,5: the last mark is the decimal one
        return decimal_number("".join(groups[:-1]), groups[-1]), None
    if len(seps) > 1:
        return whole_number("".join(groups)) if grouped or indian else Fraction(0), None
    whole, part = whole_number("".join(groups)), decimal_number(groups[0], groups[1])
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
        return whole_number("".join(str(NUMERALS[char]) for char in said))
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
    made = halved(summed(repeated(made, found) if language.code in EVERY else made), found, language)
    if language.code in AND_A_HALF:
        made = [raised(item, found, AND_A_HALF[language.code]) for item in made]
    reached: Item | None = None
    for n in range(len(made) - 2, -1, -1):
        here, after = made[n], made[n + 1]
        between = found[here.end : after.at]
        if len(between) == 1 and between[0].text in COMMAS and after is not reached and 1900 <= here.value < 2100:
            continue  # 5, 10 mg is a list; *in 2019, 5 days* is none
        if (
            after.unit
            and not (here.unit or here.thing or here.attached)
            and here.kind in {"digits", "word", "fraction"}
            and after.kind in {"digits", "word", "fraction"}
            and len(between) <= 2
            and all(token.text in JOINTS for token in between)
            and between  # `one 10 mg tablet` is one tablet
        ):
            made[n] = reached = here._replace(unit=after.unit)
    for n in range(1, len(made)):
        here, after = made[n - 1], made[n]
        if (
            here.kind == "dual"
            and after.kind in {"digits", "word"}
            and not (after.unit or after.thing or after.attached)
        ):
            joints = [token.text for token in found[here.end : after.at]]
            if len(joints) == 1 and joints[0] in JOINTS:
                made[n] = after._replace(unit=here.unit)  # أسبوعين إلى ثلاثة: two weeks to three
        if here.unit == "percent" and found[here.end - 1].kind == "number" and headed(found, here, after):
            made[n] = after._replace(unit="percent", thing="")
    yield from made


def repeated(made: list[Item], found: Sequence[Token]) -> list[Item]:
    """Numbers, one that is said twice for *every* once: Portuguese *de 6 em 6 horas*, Spanish *de 6 en 6 horas*."""
    kept: list[Item] = []
    for item in made:
        last = kept[-1] if kept else None
        if (
            last
            and last.value == item.value
            and last.end + 1 == item.at
            and found[last.end].text in EVERY.values()
            and last.at
            and found[last.at - 1].text == "de"
        ):
            kept.pop()
        kept.append(item)
    return kept


EVERY = {"pt": "em", "es": "en"}
"""What stands between a number and itself where both say *every*."""


def headed(found: Sequence[Token], here: Item, after: Item) -> bool:
    """Whether a percent sign stands before a range, and so is that of both its ends: `%80-90`."""
    return (
        here.at > 0
        and found[here.at - 1].text in "%٪"
        and after.at == here.end + 1
        and found[here.end].text in DASHES
        and touches(found, after.at)
    )


COMMAS = frozenset(",،、")
DASHES = frozenset("-‐‑–—−")


def summed(made: list[Item]) -> list[Item]:
    """Numbers in figures that go on with a smaller scale as one: 2 lakh 44 thousand."""
    found: list[Item] = []
    for item in made:
        last = found[-1] if found else None
        if (
            last
            and last.end == item.at
            and last.kind == item.kind
            and item.kind in {"digits", "word"}
            and 0 < item.base < item.value < last.value / max(last.base, 1)
            and last.value != last.base
        ):
            found[-1] = item._replace(
                value=last.value + item.value, at=last.at, text=f"{last.text} {item.text}", base=last.value + item.value
            )
        else:
            found.append(item)
    return found


def halved(made: list[Item], found: Sequence[Token], language: Language) -> list[Item]:
    """Numbers with the half that is said after them as one: *one and a half hours*, *une heure et demie*, *two and a half
    million*, *dos millones y medio*, *dua setengah juta*."""
    kept: list[Item] = []
    for item in made:
        last = kept[-1] if kept else None
        if (
            last
            and item.kind == "fraction"
            and last.kind == "word"
            and last.value == 1
            and last.end == item.at
            and not clitic(found[item.at])
            and language.code not in HALF_BEHIND
            and (language.spaces or last.end == last.at + 1)  # 一片半 is one and a half
        ):
            kept[-1] = item._replace(at=last.at)  # the *une* of *une demi-heure* is an article
            continue
        if last and last.kind == "scale" and item.base == HALF and last.end == item.at and clitic(found[item.at]):
            value: Value = last.value + (item.value if item.value != HALF else last.value * HALF)
            kept[-1] = last._replace(value=value, text=written(found, last.at, item.end), end=item.end, base=value)
            continue
        if last and last.kind == "dual" and item.kind == "fraction" and last.end == item.at and clitic(found[item.at]):
            kept[-1] = last._replace(
                value=last.value + item.value, text=written(found, last.at, item.end), end=item.end
            )
            continue
        if item.kind == "fraction" and item.value == HALF and (start := begun(item, last, found, language)) is not None:
            thing = thing_before(found, start)
            text = written(found, start, item.end)
            kept.append(item._replace(value=3 * HALF, text=text, at=start, unit=thing, thing=thing, base=3 * HALF))
            continue
        if last and item.kind == "fraction" and item.base == HALF and last.kind in {"word", "digits"} and last.base:
            taken = last.end == item.at and found[item.at - 1].text in AND  # the s of Russian s polovinoi is no second
            between = [token.text for token in found[last.end - taken : item.at]]
            joined = len(between) in {1, 2} and between[0] in AND and all(text in A for text in between[1:])
            joined = joined or (
                last.end == item.at and (clitic(found[item.at]) or bool(last.unit and not language.spaces))
            )
            scale = item.value / HALF if item.value != HALF else Fraction(last.value) / last.base
            if (joined or (not between and language.code in HALF_BEHIND)) and last.value in {
                last.base,
                last.base * scale,
            }:
                value = (last.base + HALF) * scale
                text = written(found, last.at, item.end)
                kept[-1] = last._replace(
                    value=value,
                    text=text,
                    end=item.end,
                    unit=item.unit if taken else last.unit or item.unit,
                    other=None,
                    base=value,
                )
                continue
        kept.append(item)
    return kept


def begun(item: Item, last: Item | None, found: Sequence[Token], language: Language) -> int | None:
    """Where *a tablet and a half* begins, of which the one is not said as a number: *ḥabba wa-niṣf*, *kidonge kimoja na nusu*."""
    if item.unit or item.thing:
        return None
    joined = item.at > 0 and found[item.at - 1].text in AND
    if not joined and not clitic(found[item.at]):
        return None
    at = item.at - 1 - joined
    if at > 0 and found[at].text in ONE:
        at -= 1
    return at if at >= 0 and (last is None or last.end <= at) and thing_before(found, at) else None


def thing_before(found: Sequence[Token], at: int) -> str:
    """What medicine is counted by, that the word at a place names: tablet, capsule; "" where it names none."""
    said = found[at].sense("unit")
    return said[0] if said and said[1] == 1 and said[0] in PIECES else ""


ONE = frozenset(["kimoja", "moja"])
"""Swahili words for one, behind what they count."""
PIECES = frozenset(["tablet", "capsule", "pill", "drop", "patch", "puff", "teaspoon", "tablespoon", "cup", "hour"])
AND_A_HALF = {"ur": "ساڑھے", "hi": "साढ़े"}
"""A word before a number that adds a half to it: *sāṛhe tīn* is three and a half."""
AND_A_HALF = {code: normal(word) for code, word in AND_A_HALF.items()}


def raised(item: Item, found: Sequence[Token], word: str) -> Item:
    """A number with the half that the word before it adds."""
    if not item.at or found[item.at - 1].text != word or not item.base:
        return item
    return item._replace(value=item.value + Fraction(item.value) / item.base / 2, base=item.base + HALF, other=None)


def clitic(token: Token) -> bool:
    """Whether *and* is written onto a word, as in Arabic: a million *wa-nisf* is a million and a half; Haitian *edmi*."""
    return (token.text.startswith("و") and len(token.text) > 1) or token.text in HALVES


HALVES = frozenset(["edmi", "edmiy"])
HALF_BEHIND = frozenset(["id", "ms", "vi"])
"""Languages that put the half right behind its number: dua setengah."""
HALF = Fraction(1, 2)
AND = frozenset("and na с et y e und и ו و và ak en og och i und 个".split())  # noqa: SIM905
A = frozenset("a an una un une uma um eine ein ein en et".split())  # noqa: SIM905


def number_at(found: Sequence[Token], at: int, language: Language) -> Item | None:
    """The number that begins at a token, with its scale and unit; None where none does."""
    token = found[at]
    if token.kind == "number":
        value, other = value_of(token.text, language.marks)
        end, kind = at + 1, "digits"
        value, end, other = spaced(found, at, end, value, other, language)
        if language.code in SLASHED and (part := decimal_behind(found, at, end)):
            whole, other = value_of(f"{token.text}.{part}", SLASH_MARKS)
            value, other = (whole, slashed(found, at, end, value)) if other is None else (whole, other)
            end += 2
        elif fraction := slashed(found, at, end, value):
            value, end = fraction, end + 2
        attached = bool(at) and glued(found, at) and found[at - 1].text not in language.prefixes
        attached = attached or (token.text in ALWAYS and always(found, at))
        attached = attached or (
            token.text in SPATIAL and end < len(found) and touches(found, end) and found[end].text == "d"
        )
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
        if not kind or (token.text in MULTIPLYING and multiplies(found, at)):
            return None  # do not double the dose
        if kind == "number":  # một lần is once, بیست و یکم the 21st
            kind = next((one for one in LONGER if one in meant and meant[one][1] > meant[kind][1]), kind)
        said = meant[kind]
        end = at + said[1]
        if kind == "scale" and language.unit_first and (item := scaled_first(found, at, end, int(said[0]), language)):
            return item
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
        if end < len(found) and (scale := found[end].sense("scale")) and int(scale[0]) > value:
            value, end = value * int(scale[0]), end + scale[1]  # a hundred and fifty thousand
    if scaled and kind == "digits":
        other = None
    compound = language.code in COMPOUND and kind in {"word", "fraction"} and end == at + 1 and len(token.text) > 1
    compound = compound or (kind == "fraction" and token.sense("unit") is not None)  # mezz'ora
    own = token.sense("unit") if compound else None  # трёхдневный, 이틀
    unit, stop = ("", end) if attached else (own[0], end) if own else unit_near(found, at, end, language)
    if unit and stop > end and found[stop - 1].sense("fraction"):
        unit, stop = "", end  # eine Dreiviertelstunde
    if language.code in ONE_BEHIND and kind == "word" and value == 1:
        before = found[at - 1].sense("unit") if at else None
        unit, stop = (before[0] if before else ""), end
    if not unit and end > at + 1 and found[end - 1].text.startswith("сут"):
        unit = "hour"  # за сутки: 24 hours
    counted = "" if attached else thing_near(found, at, end, language)
    if unit in DEGREES and kind == "digits" and below_zero(found, at, max(stop, end)):
        value, base, other = -value, -base, None
    return Item(value, kind, written(found, at, end), at, max(stop, end), unit, other, attached, base, counted)


def multiplies(found: Sequence[Token], at: int) -> bool:
    """Whether an English *double* is a verb, and no number: *never double it*, *double your dose*."""
    before, after = (found[near].text if 0 <= near < len(found) else "" for near in (at - 1, at + 1))
    return before in DOUBLING or after in DOUBLED


def multiplied(found: Sequence[Token], at: int) -> bool:
    """Whether an English *double* tells to double something, with no *not* before it."""
    before, after = (found[near].text if 0 <= near < len(found) else "" for near in (at - 1, at + 1))
    return after in DOUBLED and before not in DOUBLING


MULTIPLYING = {"double": 2, "doubles": 2, "doubled": 2, "triple": 3}
DOUBLING = frozenset(["not", "to", "never", "don't"])
"""English words after which *double* is a verb."""
DOUBLED = frozenset(["the", "your", "his", "her", "its", "their", "this", "that"])
"""English words before which it is one, or is told as one: *take double the dose*."""
COMPOUND = frozenset(["ru", "de", "ko"])
"""Languages that write a number and its unit as one word; elsewhere such a word is one or the other (Vietnamese *năm*)."""
ONE_BEHIND = frozenset(["ar"])
"""Languages that put their word for one behind what it counts, and never before it: *ḥabba wāḥida*, a tablet; in *mawʿid wāḥid al-yawm*
it counts no days."""
LONGER = ("count", "ordinal", "fraction")
"""What a word that is a number may begin."""
SLASHED = frozenset(["fa"])
"""Languages that set a slash before decimals: ۱/۵ is 1.5, and only a reader knows it from a fifth."""
SLASH_MARKS = Marks(".", ",")
SPATIAL = frozenset("234")
"""How many dimensions what is `2D`, `3D`, `4D` has: a word of its own in most languages (*трёхмерный*)."""


def scaled_first(found: Sequence[Token], at: int, end: int, scale: int, language: Language) -> Item | None:
    """The number whose scale stands before it, with its unit between or not (`milioni 290`, `bilioni $50`, `elfu mbili`); None
    where no number follows."""
    place = end
    while place < min(end + 2, len(found)) and (found[place].text == "$" or found[place].sense("unit")):
        place += 1
    if place == len(found) or not (found[place].kind == "number" or found[place].sense("number")):
        return None
    item = number_at(found, place, language)
    if item is None or item.value >= 1000 or item.attached:
        return None
    value, stop = item.value * scale, item.end
    if item.end < len(found) and item.kind == "word":
        value, stop = added(found, item.end, value)
    text = written(found, at, stop)
    before = found[at - 1].sense("unit") if at else None
    unit = before[0] if before and before[1] == 1 else item.unit  # dola milioni 5 kwa miezi 3
    return item._replace(value=value, text=text, at=at, end=stop, unit=unit, other=None, base=item.value)


def added(found: Sequence[Token], at: int, value: Value) -> tuple[Value, int]:
    """`value` (one hundred …) with the smaller number that goes on from it (… and fifty)."""
    step = at + 1 if found[at].kind == "word" and len(found[at].text) <= 3 and not found[at].sense("number") else at
    if step < len(found) and (said := found[step].sense("number")) and int(said[0]) < 100 <= value:
        after = found[step + said[1]].sense("scale") if step + said[1] < len(found) else None
        if after is None or int(after[0]) > value:  # one crore, sixty lakh
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
    if digits.isdigit():
        return whole_number(digits), end, value
    groups = re.split("[.,]", digits)
    return decimal_number(groups[0], groups[1]), end, value
