"""A unit of time or measure in words that is another in the translation: every day is not every week."""

from collections.abc import Iterator

from pipeline.checks import Check, Pair
from pipeline.model import Level
from pipeline.quantities import DURATIONS

KINDS = (DURATIONS - {"second"}, frozenset(["teaspoon", "tablespoon", "cup"]), frozenset(["mg", "mcg", "g", "kg"]), frozenset(["inch", "foot", "mile", "cm", "m", "km"]))


def run(pair: Pair) -> Iterator[str]:
    if any(primary_changed(pair)):
        return  # said already, by the number
    for kind in KINDS:
        gone = sorted((pair.ours.units & kind) - pair.theirs.units)
        came = sorted((pair.theirs.units & kind) - pair.ours.units)
        if gone and came:
            yield f"The English says {gone[0]}, the translation {came[0]}. Write the same unit."


def primary_changed(pair: Pair) -> Iterator[bool]:
    from pipeline.checks.unit import changed

    return (changed(found) for found in pair.agreement.matched)


CHECK = Check(
    "unit-word",
    Level.WARNING,
    run,
    good=(("es", "Every day", "Cada día"),),
    bad=(("es", "Every day", "Cada semana"), ("es", "Once a week", "Una vez al mes")),
    strict=Level.ERROR,
)
