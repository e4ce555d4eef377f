"""A date in another month than the English has."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    found = pair.agreement
    gone = [item for item in found.months_missing if item.attached]
    came = found.months_extra or found.extra
    if not gone and found.months_extra:  # by March; may is a verb too, and mar the sea
        gone = [item for item in found.months_missing if item.value != MAY and len(item.text) > SHORT]
        came = tuple(item for item in found.months_extra if len(item.text) > SHORT)
    elif not gone and not found.missing and not pair.language.spaces:  # by 4月, where months are told by number
        gone = [item for item in found.months_missing if item.value != MAY and len(item.text) > SHORT]
        came = tuple(item for item in found.extra if item.unit == "month" and item.value <= DECEMBER)
    if gone and came:
        yield f"The English says {gone[0].text}, the translation {came[0].text}. Write the same month."


MAY, SHORT, DECEMBER = 5, 3, 12


CHECK = Check(
    "month",
    Level.ERROR,
    run,
    needs=needs.numbers,
    good=(
        ("es", "On June 5", "El 5 de junio"),
        ("zh_Hans", "Schools are closed until March", "学校停课至3月"),
        ("zh_Hans", "It may last 3 months from March", "从3月起可能持续3个月"),
    ),
    bad=(
        ("es", "It ends by March", "Termina en abril"),
        ("zh_Hans", "Schools are closed until March", "学校停课至4月"),
        ("es", "On January 25, 2020, a new rule came", "El 25 de junio de 2020 vino una nueva regla"),
        ("es", "On June 5", "El 5 de julio"),
    ),
)
