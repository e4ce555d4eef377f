"""A word written in letters of two scripts that look alike: a Cyrillic о in a drug name, a Latin c in a Russian word."""

import re
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level

MIXED = re.compile(
    "[a-z\u00df-\u024f]+[\u0370-\u03ff\u0400-\u052f][\\w]*|[\u0400-\u052f]+[a-z\u00df-\u024f\u0370-\u03ff][\\w]*|[\u0370-\u03ff]+[a-z\u0400-\u052f][\\w]*"
)
TWIN = re.compile("[\u0370-\u052f]")
BORDER = re.compile(
    "[a-z\u00df-\u024f][\u0370-\u052f]|[\u0400-\u052f][a-z\u00df-\u024f\u0370-\u03ff]|[\u0370-\u03ff][a-z\u0400-\u052f]"
)
"""Where the one script meets the other."""
UNITS = re.compile("^(?:μ[a-z]+|[a-z]?μ[a-z]?)$")


def run(pair: Pair) -> Iterator[str]:
    text = pair.theirs.text
    if not TWIN.search(text) or not BORDER.search(text):
        return
    for match in MIXED.finditer(text):
        word = match[0]
        if word in pair.ours.text or UNITS.match(word) or "-" in word:
            continue
        yield f"The word “{word}” is written in letters of two scripts. Type it again in one."


CHECK = Check(
    "mixed-script",
    Level.ERROR,
    run,
    needs=needs.letters,
    good=(
        ("ru", "Take morphine", "Примите морфин"),
        ("es", "5 mcg", "5 µg"),
        ("ru", "Use a USB-cable", "USB-кабель"),
        ("ja", "Type A", "A型"),
    ),
    bad=(("es", "Take morphine", "Tome mоrfina"), ("ru", "Take morphine", "Примите мopфин")),
)
