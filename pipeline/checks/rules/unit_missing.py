"""A number whose unit the translation lacks."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.comparison.answering import primary
from pipeline.core.model import Level
from pipeline.text.figures import DOSES


def run(pair: Pair) -> Iterator[str]:
    for found in pair.agreement.matched:
        unit = primary(found.english)
        if (
            unit
            and found.english.digits
            and unit != "dollar"
            and not found.translation.unit
            and unit not in pair.theirs.units
            and pair.language.knows("unit", unit)
            and (not pair.language.rough or unit in DOSES)
            and not any(also in pair.theirs.units for also in ALSO.get(unit, ()))
        ):
            yield f"{found.english.text} ({unit}) has no unit in the translation. Write the unit after the number."


ALSO = {
    "celsius": ("degree",),
    "fahrenheit": ("degree",),
    "degree": ("celsius", "fahrenheit"),
    "iu": ("unit",),
    "unit": ("iu",),
}

CHECK = Check(
    "unit-missing",
    Level.WARNING,
    run,
    sentences=True,
    needs=needs.measured,
    good=(("es", "Take 5 mg", "Tome 5 mg"), ("es", "5 to 10 mg", "de 5 a 10 mg")),
    bad=(("es", "Take 5 mg", "Tome 5"), ("es", "Wait 2 hours", "Espere 2")),
    strict=Level.ERROR,
)
