"""A negation that was dropped or brought in: “do not stop” is not “stop”."""

from collections.abc import Iterator

from pipeline.checks import Check, Pair
from pipeline.model import Level
from pipeline.quantities import Reading


def run(pair: Pair) -> Iterator[str]:
    if pair.plural or not pair.language.knows("says", "not") or not pair.theirs.tokens:
        return
    if says(pair.ours) and not touches(pair.theirs):
        yield "The English says no or not, the translation does not. Check that it says the same."
    elif says(pair.theirs) and not touches(pair.ours):
        yield "The translation says no or not, the English does not. Check that it says the same."


def says(reading: Reading) -> bool:
    return "not" in reading.says


def touches(reading: Reading) -> bool:
    """Whether a text says no, or has a word in whose translation a no may well stand."""
    return "not" in reading.says or "not" in reading.excuses


CHECK = Check(
    "negation",
    Level.WARNING,
    run,
    good=(("es", "Do not stop", "No se detenga"), ("es", "Avoid alcohol", "No beba alcohol"), ("es", "Call us", "Llame")),
    bad=(("es", "Do not take it with food", "Tómelo con comida"), ("es", "Take it with food", "No lo tome con comida")),
    strict=Level.ERROR,
)
