"""A date in figures kept in the English order: 03/05/2026 is the third of May to most readers."""

import re
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.locales import day_first
from pipeline.core.model import Level

DATE = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/])")


def run(pair: Pair) -> Iterator[str]:
    if "/" not in pair.ours.text or day_first(pair.source) == day_first(pair.locale):
        return
    theirs = set(DATE.findall(pair.theirs.text))
    for date in DATE.findall(pair.ours.text):
        if date in theirs and date[0] != date[1]:
            yield f"{'/'.join(date)} has the day and the month the English way round. Write it in this language's order, or the month as a word."


CHECK = Check(
    "date-order",
    Level.WARNING,
    run,
    needs=needs.strokes,
    good=(("es", "Since 03/05/2026", "Desde el 05/03/2026"), ("es", "Since 03/05/2026", "Desde el 5 de marzo de 2026")),
    bad=(("es", "Since 03/05/2026", "Desde el 03/05/2026"),),
    strict=Level.ERROR,
)
