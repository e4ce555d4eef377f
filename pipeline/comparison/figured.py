"""What English says by a word and a translation may well say in figures: *noon* is 12 o'clock, a decade 10 years, *yearly* once in 1 year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.comparison.answering import primary
from pipeline.text.figures import DOSES, Item, Value
from pipeline.text.languages.table import Language
from pipeline.text.quantities import Reading

ANY = "*"
"""Beside whatever is no measure of a medicine, nor a part of a whole."""
PARTS = frozenset(["percent"])
Figure = tuple[Value, str]
"""A number and its unit; "" where it has none."""

SINGLE = frozenset(
    "a an each every per another single once monthly".split()  # noqa: SIM905
)
"""English words for one of something."""
TOLD: dict[str, tuple[Figure, ...]] = {
    **dict.fromkeys(SINGLE, ((1, ANY),)),
    **dict.fromkeys(["noon", "midday"], ((12, "hour"), (12, ""))),
    "midnight": ((0, "hour"), (12, "hour"), (24, "hour"), (0, ""), (12, ""), (24, "")),
    **dict.fromkeys(["decade", "decades"], ((10, "year"),)),
    **dict.fromkeys(["century", "centuries"], ((100, "year"),)),
    **dict.fromkeys(["fortnight", "fortnightly", "biweekly"], ((14, "day"), (15, "day"), (2, "week"))),
    **dict.fromkeys(["hour", "hourly"], ((60, "minute"), (1, ANY))),
    **dict.fromkeys(["day", "daily"], ((24, "hour"), (1, ANY))),
    **dict.fromkeys(["week", "weekly"], ((7, "day"), (8, "day"), (1, ANY))),
    **dict.fromkeys(["year", "yearly", "annual", "annually"], ((12, "month"), (1, ANY))),
    **dict.fromkeys(["trimester", "quarterly"], ((3, "month"),)),
    "semester": ((6, "month"),),
    "weekend": ((2, "day"), (48, "hour")),
    "couple": ((2, ANY),),
    "tomorrow": ((2, "day"), (48, "hour")),
    "half": ((50, "percent"), (30, "minute"), (1, ANY), (2, "")),
    "quarter": ((25, "percent"), (15, "minute"), (3, "month"), (1, ANY), (4, "")),
    "third": ((33, "percent"), (1, ANY), (3, "")),
    "fifth": ((20, "percent"),),
    "tenth": ((10, "percent"),),
    "clock": ((24, "hour"), (7, "day"), (24, "")),
    "night": ((24, "hour"), (24, "")),
    "hours": ((24, "hour"),),
    **{
        f"{name}ies": ((tens, ANY),)
        for tens, name in zip(
            range(20, 100, 10),
            ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet"),
            strict=True,
        )
    },
}
"""What each English word may be in figures, with its unit."""
BEFORE = {"night": ("day", "and"), "clock": ("around", "the"), "hours": ("at", "all"), "tomorrow": ("day", "after")}
"""Words that stand before some of them, or these say a time alone."""
OTHER: tuple[Figure, ...] = tuple((2, unit) for unit in ("day", "week", "month", "year", "hour", ""))
"""*Every other day*."""
DAYS = {f"{name}day": at for at, name in enumerate(("mon", "tues", "wednes", "thurs", "fri", "satur"), 2)}
COUNTING = frozenset(["vi", "pt"])
"""Languages that call days of the week by their numbers, Monday the second."""


def figured(english: Reading, language: Language) -> Counter[Figure]:
    """The figures that a translation may have for words of the English, and for numbers and months that it says again."""
    return Counter(figures(english, language))


def figures(english: Reading, language: Language) -> Iterator[Figure]:
    """The same, word by word."""
    words = [token.text for token in english.tokens]
    for at, word in enumerate(words):
        if word in TOLD and (word not in BEFORE or tuple(words[max(at - 2, 0) : at]) == BEFORE[word]):
            yield from TOLD[word]
        elif word == "other" and at and words[at - 1] == "every":
            yield from OTHER
        elif language.code in COUNTING and (day := DAYS.get(word.removesuffix("s"))):
            yield day, ""
    scales = [item.value for item in english.items if item.kind == "scale"]
    for item in english.items:
        yield item.value, "month" if item.kind == "month" else primary(item)
        if item.kind == "fraction" and scales:
            yield item.value * scales[-1], ""  # half a million


def answers(item: Item, told: Counter[Figure]) -> bool:
    """Whether a number of a translation is one of those figures, which is then used up; a dose never is."""
    unit = primary(item)
    if unit in DOSES:
        return False
    for figure in ((item.value, unit), (item.value, ANY)):
        if told[figure] > 0 and (figure[1] != ANY or unit not in PARTS):
            told[figure] -= 1
            return True
    return False
