"""A time of day that fell into the other half of the day: 8 a.m. is 08:00, and 8 p.m. is not."""

import re
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.comparison.matching import Timed
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if pair.ours.clocks and (cut := CUT.search(pair.theirs.text)) and not CUT.search(pair.ours.text):
        yield f"The time {cut[0]} has lost its minutes. Write the whole time."
    for found in pair.agreement.times:
        if turned(found, pair):
            yield f"The English says {found.english.text}, the translation {found.translation.text}. Write the same time of day."


CUT = re.compile(r"(?<![\d:])\d{1,2}:(?![\d/])")
"""An hour and a colon without minutes."""


def turned(found: Timed, pair: Pair) -> bool:
    """Whether the two times are twelve hours apart to a reader; `8:00` alone is the morning where the clock has 24 hours."""
    ours, theirs = found.english, found.translation
    if not ours.part or ours.minutes == theirs.minutes or (ours.hour == 12 and not theirs.part):
        return False
    if theirs.part:
        return True
    if not any(char.isdigit() for char in theirs.text):
        return theirs.hour > 12
    if ours.part == "am":
        return 12 < theirs.hour < 24
    if any(half_said(found, other) for other in pair.agreement.times):
        return False
    return theirs.hour < 12 and pair.language.knows("pm")


def half_said(found: Timed, other: Timed) -> bool:
    """Whether the half of the day of a time is said once for it and another one near it: *오후 2시부터 3시까지*, from 2 to 3 p.m."""
    near = abs(found.translation.at - other.translation.at) <= NEAR
    return near and found.english.part == other.english.part == other.translation.part


NEAR = 6
"""Words between two times of a span, at most."""

CHECK = Check(
    "clock",
    Level.ERROR,
    run,
    needs=needs.clocks,
    good=(
        ("es", "At 8 a.m.", "A las 8 de la mañana"),
        ("es", "At 8 a.m.", "A las 08:00"),
        ("es", "At 8 p.m.", "A las 20:00"),
        ("de", "At 8 p.m.", "Um 20 Uhr"),
    ),
    bad=(
        ("es", "At 8 a.m.", "A las 8 p. m."),
        ("es", "At 8 a.m.", "A las 8 de la noche"),
        ("es", "At 8 p.m.", "A las 8:00"),
        ("ru", "Not after 6 a.m.", "Не позже 6:"),
    ),
)
