"""A placeholder of the English must stand in the translation: it is a phone number or a dose."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    for part in pair.missing:
        if part[0] in "{%" and not pair.plural:  # "one page" may well leave out the 1
            yield f"The placeholder {part} is missing. Put it where the value should stand."


CHECK = Check(
    "placeholder-missing",
    Level.ERROR,
    run,
    needs=needs.missing,
    good=(("es", "Call {clinic.phone}", "Llame al {clinic.phone}"), ("es", "In {braces}", "Entre llaves")),
    bad=(("es", "Call {clinic.phone}", "Llame"), ("es", "{a.b} or {a.b}", "{a.b}")),
)
