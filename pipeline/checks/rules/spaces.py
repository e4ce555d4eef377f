"""Spaces at the start or the end, or two in a row, where the English has none."""

import re
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level

DOUBLE = re.compile(r"(?<=\S)  +(?=\S)")


def run(pair: Pair) -> Iterator[str]:
    ours, theirs = pair.english.source, pair.translation.source
    if theirs != theirs.strip() and ours == ours.strip():
        yield "There is a space at the start or the end. Remove it."
    if "  " in theirs and DOUBLE.search(theirs) and "  " not in ours:
        yield "There are two spaces in a row. Remove one."


CHECK = Check(
    "spaces",
    Level.INFO,
    run,
    needs=needs.spaces,
    good=(("es", "Call us", "Llame"),),
    bad=(("es", "Call us", "Llame "), ("es", "Call us now", "Llame  ahora")),
)
