"""A date in another month than the English has, or whose month in figures fell out."""

from collections.abc import Iterator, Sequence

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level
from pipeline.text.figures import Item
from pipeline.text.tokens import Token


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
    elif (lost := list(filter(named, found.months_missing))) and numberless(pair.theirs.tokens):
        yield f"The English says {lost[0].text}, the translation has no number before its 月 or 월. Write which month."


def named(item: Item) -> bool:
    """Whether an English word is surely a month: a part of a date, or a long name that is no verb."""
    return item.attached or (item.value != MAY and len(item.text) > SHORT)


def numberless(tokens: Sequence[Token]) -> bool:
    """Whether *month* stands where a date has the number of its month, and none is there: `2019年月31日`."""
    return any(
        token.text in NUMBERED and (not at or tokens[at - 1].kind == "sign" or tokens[at - 1].text in DATING)
        for at, token in enumerate(tokens)
    )


NUMBERED = frozenset(["月", "월"])
"""Words for a month of languages that say by a number which."""
DATING = frozenset(["年", "년", "至", "到", "在", "于", "从", "自", "截至", "直到", "直至"])
"""What stands before the number of a month."""
MAY, SHORT, DECEMBER = 5, 3, 12


CHECK = Check(
    "month",
    Level.ERROR,
    run,
    sentences=True,
    needs=needs.unanswered,
    good=(
        ("es", "On June 5", "El 5 de junio"),
        ("zh_Hans", "Schools are closed until March", "学校停课至3月"),
        ("zh_Hans", "It may last 3 months from March", "从3月起可能持续3个月"),
        ("zh_Hans", "On January 5 and January 9", "1月5日和同月9日"),
    ),
    bad=(
        ("es", "It ends by March", "Termina en abril"),
        ("zh_Hans", "Schools are closed until March", "学校停课至4月"),
        ("es", "On January 25, 2020, a new rule came", "El 25 de junio de 2020 vino una nueva regla"),
        ("es", "On June 5", "El 5 de julio"),
        ("zh_Hans", "On December 31, 2019", "2019年月31日"),
        ("zh_Hans", "Schools are closed until March", "学校停课至月"),
    ),
)
