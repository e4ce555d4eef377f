"""The times of day of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.text.languages.table import Language
from pipeline.text.tokens import Token, touches, written


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


def clocks_of(found: Sequence[Token], language: Language) -> Iterator[Clock]:
    """The times of day of a text: `8:30`, `8 a.m.`, `8h30`, `上午8点`, `8 giờ tối`."""
    following = 0
    for at, token in enumerate(found):
        if at < following:
            continue
        clock = (
            clock_at(found, at, language)
            if token.kind == "number"
            else worded(found, at, language)
            if language.code == "sw"
            else None
        )
        if clock:
            yield clock
            following = clock.end


def clock_at(found: Sequence[Token], at: int, language: Language) -> Clock | None:
    """The time of day that begins at a number; None where none does."""
    token = found[at]
    hour, minute, end, colon, hm = token.text, 0, at + 1, False, re.fullmatch(r"(\d{1,2})\.([0-5]\d)", token.text)
    if hm:
        hour = hm[1]
    if not hour.isdigit() or len(hour) > 2 or int(hour) > 24:
        return None
    if end + 1 < len(found) and (
        found[end].text == "h" or (found[end].text in {":", "点", "时"} and touches(found, end))
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
    elif not colon and end < len(found) and measured(found[end]):
        return None
    part, reach = part_of_day(found, at, end + oclock, first=language.part_first)
    if hm:
        if not part and not oclock:
            return None
        minute = int(hm[2])
    if not (part or colon or (oclock and found[end].sense("unit") is None)):
        return None
    stop = max(end + oclock, reach)
    if part and language.code == "sw" and at and found[at - 1].text == "saa":
        counted, part = by_sunrise(int(hour), part, {token.text for token in found[at + 1 : stop]})
        hour = str(counted)
    return Clock(int(hour), minute, part if int(hour) <= 12 else "", written(found, at, stop), at, stop)


def measured(token: Token) -> bool:
    """Whether a word says what a number counts, so that it is no time: *in the morning take 2 tablets*, 早上服用2片."""
    unit = token.sense("unit") if token.senses else None
    return bool(unit and unit[0] != "hour") or bool(token.slots and token.slot("thing"))


SUNRISE = 6
"""The hour from which Swahili counts: saa 2 asubuhi, the second hour of the morning, is 8 a.m."""
PARTS = {
    "alfajiri": range(3, 7),
    "asubuhi": range(5, 13),
    "mchana": range(11, 17),
    "alasiri": range(15, 18),
    "jioni": range(16, 20),
}
NIGHT = frozenset([*range(18, 25), *range(6)])


MINUTES = {"nusu": 30, "robo": 15}


def worded(found: Sequence[Token], at: int, language: Language) -> Clock | None:
    """A Swahili time in words (*saa mbili na nusu asubuhi*); None where there is none, as in *kwa saa mbili*, for two hours."""
    if not at or found[at - 1].text != "saa" or (at > 1 and found[at - 2].text in {"kwa", "kila", "baada", "ya", "za"}):
        return None
    said = found[at].sense("number")
    if said is None or not said[0].isdigit() or not 1 <= int(said[0]) <= 12:
        return None
    end, minute = at + said[1], 0
    if end + 1 < len(found) and found[end].text == "na" and found[end + 1].text in MINUTES:
        end, minute = end + 2, MINUTES[found[end + 1].text]
    part, stop = part_of_day(found, at, end, first=False)
    if not part or stop == end:
        return None
    hour, part = by_sunrise(int(said[0]), part, {token.text for token in found[end:stop]})
    return Clock(hour, minute, part, written(found, at, stop), at, stop)


def by_sunrise(hour: int, part: str, said: set[str]) -> tuple[int, str]:
    """The hour of a Swahili time as English counts it, with a.m. or p.m.; one that lies in no such part of the day is counted so
    already (*saa 8 asubuhi*)."""
    within = next((PARTS[word] for word in said if word in PARTS), NIGHT if "usiku" in said else ())
    for late in (SUNRISE, SUNRISE + 12):
        there = (hour + late) % 24
        if hour <= 12 and there in within:
            return (there % 12 or 12), "am" if there < 12 else "pm"
    return hour, part


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
