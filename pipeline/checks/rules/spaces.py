"""Spaces at the start or the end, or two in a row, where the English has none."""

import re
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.mending import in_prose
from pipeline.core.model import Level

DOUBLE = re.compile(r"(?<=\S)  +(?=\S)")
BESIDE = re.compile(r"(?<!\s) {2,}(?!\s)")
"""The same where a word may stand beyond the part that is looked at."""


def run(pair: Pair) -> Iterator[str]:
    ours, theirs = pair.english.source, pair.translation.source
    if theirs != theirs.strip() and ours == ours.strip():
        yield "There is a space at the start or the end. Remove it."
    if "  " in theirs and DOUBLE.search(theirs) and "  " not in ours:
        yield "There are two spaces in a row. Remove one."


def mend(english: str, translation: str, locale: str) -> str:
    """The translation without them. What stands in code, an address or a tag is let be."""
    if translation != translation.strip() and english == english.strip():
        translation = translation.strip()
    return translation if "  " in english else in_prose(translation, lambda text: BESIDE.sub(" ", text))


CHECK = Check(
    "spaces",
    Level.INFO,
    run,
    mend=mend,
    needs=needs.spaces,
    good=(("es", "Call us", "Llame"),),
    bad=(("es", "Call us", "Llame "), ("es", "Call us now", "Llame  ahora")),
)
