"""What stands beside a number: its unit, what it counts, whether it is below zero."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pipeline.text.languages.table import Language
from pipeline.text.tokens import Token, touches

APART = frozenset("each every per a an in of for the at on with".split())  # noqa: SIM905
"""English words after which a unit is not the number's before them: $5 each year."""


DEGREES = frozenset(["celsius", "fahrenheit", "degree"])
MINUS = frozenset("- − – ‐ ‑ minus menos moins meno минус мінус ناقص سالب 零下 负 âm mwens".split())  # noqa: SIM905
BELOW_ZERO = (
    "below zero", "below freezing", "bajo cero", "au-dessous de zéro", "en dessous de zéro", "abaixo de zero", "unter null",
    "sotto zero", "ниже нуля", "تحت الصفر", "dưới 0", "dưới không", "anba zewo", "शून्य से नीचे", "di bawah nol",
)  # fmt: skip


def below_zero(found: Sequence[Token], at: int, end: int) -> bool:
    """Whether a temperature has a minus before it, or is told to be below zero. A hyphen between two numbers is a range."""
    if at and found[at - 1].text in MINUS and (at < 2 or found[at - 2].kind != "number"):
        return found[at - 1].kind == "word" or at < 2 or not touches(found, at - 1) or not lettered(found[at - 2])
    said = " ".join(token.text for token in found[end : end + 4])
    return said.startswith(BELOW_ZERO)


def thing_near(found: Sequence[Token], at: int, end: int, language: Language) -> str:
    """What a number that ends before `end` counts: what stands up to three words after it, or right before it where the
    language writes so; "" where the tables know nothing of it."""
    for step in range(end, min(end + 3, len(found))):
        here = found[step]
        if here.kind == "number" or (here.kind != "word" and here.text not in HYPHENS):
            break
        if step > end and (here.text in APART or (here.senses and here.sense("number"))):
            break
        if here.slots and (said := here.slot("thing")):
            return said
    return found[at - 1].slot("thing") if language.unit_first and at else ""


def lettered(token: Token) -> bool:
    """Whether a token is a word of an alphabet (Chinese writes numbers against its words), and no number or unit itself."""
    return (
        token.kind == "word"
        and not "\u3040" <= token.text[-1] <= "\u9fff"
        and not "\uac00" <= token.text[-1] <= "\ud7ff"
        and not any(sense.kind in {"number", "unit", "scale"} for sense, _ in token.senses)
    )


def unit_near(found: Sequence[Token], at: int, end: int, language: Language) -> tuple[str, int]:
    """The unit of the number that ends before `end`: right after it, one word on, or before it; and where the unit ends."""
    if at and found[at - 1].text == "$":
        return "dollar", end
    place, count = end, len(found)
    if (
        language.unit_first
        and at
        and place < count
        and found[place].kind == "word"
        and not (len(found[place].text) <= ABBREVIATED and found[place].sense("unit"))
        and (said := found[at - 1].sense("unit"))
        and said[1] == 1
    ):
        return said[0], end  # asilimia 80 siku ya 5: the day is the next number's
    if place < count and found[place].text in HYPHENS and touches(found, place):
        place += 1
    for step in range(place, min(place + 2, count)):
        here = found[step]
        if step > place and found[place].text in APART:
            break
        if here.senses and (said := here.sense("unit")):
            if len(here.text) == 1 and initialled(found, step):
                break
            if step > place and (
                len(here.text) == 1
                or found[place].kind != "word"
                or found[place].text in JOINTS
                or found[place].slot("thing")
            ):
                break
            return per(found, said[0], step + said[1], end, far=step > place)
        if here.kind != "word":
            break
    for step in range(at - 1, max(at - 3, -1), -1):
        here = found[step]
        if (
            here.senses
            and (said := here.sense("unit"))
            and (language.unit_first or here.text in {"$", "°"} or (here.text in "%٪" and ahead(found, step)))
            and step + said[1] <= at
        ):
            return said[0], end
        if here.kind != "word":
            break
    return "", end


ABBREVIATED = 2
"""Letters of an abbreviated unit, which stands behind its number in every language."""


def initialled(found: Sequence[Token], at: int) -> bool:
    """Whether a letter is one of several with points between: the U of `U.S.` is no unit."""
    return (
        at + 2 < len(found)
        and found[at + 1].text == "."
        and touches(found, at + 1)
        and touches(found, at + 2)
        and found[at + 2].kind == "word"
    )


def ahead(found: Sequence[Token], at: int) -> bool:
    """Whether a percent sign is that of the number behind it, as in Urdu, Persian and Turkish: `%98`."""
    alone = not at or found[at - 1].kind != "number" or not touches(found, at)
    return alone and at + 1 < len(found) and touches(found, at + 1)


HYPHENS = frozenset("-‑‐–")
JOINTS = frozenset(
    "- ‐ ‑ – — ~ / , ، 、 and or to through o a y e u ou à et bis oder und или до и либо 或 至 到 和 أو إلى الي الى و او và đến hoặc hay oswa "  # noqa: SIM905
    "rive ak से या और तक sampai hingga atau dan au hadi mpaka na تا یا يا سے تک ê em of tot en till eller och til og lub i do až nebo 또는 내지 から "
    "または ឬ ដល់ និង থেকে বা ve veya ila".split()
)
"""What stands between the numbers of a range or a choice."""


def per(found: Sequence[Token], unit: str, stop: int, end: int, *, far: bool) -> tuple[str, int]:
    """A unit with what it is per (`mg/kg`), and where the text goes on."""
    if (
        stop + 1 < len(found)
        and found[stop].text in {"/", "per", "a", "an", "por", "pro", "par"}
        and (said := found[stop + 1].sense("unit"))
    ):
        return f"{unit}/{said[0]}", stop + 1 + said[1]
    return unit, end if far else stop


PRESSURE = 30
"""What follows a slash and is so much or more is no decimal but a blood pressure, where what stands before it is more still."""


def decimal_behind(found: Sequence[Token], at: int, end: int) -> str:
    """The decimals that a slash sets behind a number; "" in a date, a blood pressure, and 24/7."""
    if end != at + 1 or end + 1 >= len(found) or found[end].text != "/" or found[end + 1].kind != "number":
        return ""
    whole, part = found[at].text, found[end + 1].text
    if not (whole.isdigit() and part.isdigit() and len(part) <= 3 and touches(found, end) and touches(found, end + 1)):
        return ""
    if (at and found[at - 1].text == "/") or (end + 2 < len(found) and found[end + 2].text == "/") or always(found, at):
        return ""
    return "" if 2 * PRESSURE <= int(whole) < 300 and len(part) < 4 and int(part) >= PRESSURE else part


ALWAYS = frozenset(["24", "7"])


def always(found: Sequence[Token], at: int) -> bool:
    """Whether a number is part of 24/7, which languages say in words of their own."""
    start = at if found[at].text == "24" else at - 2
    if start < 0 or found[at].text not in ALWAYS:
        return False
    return [token.text for token in found[start : start + 3]] == ["24", "/", "7"]


def slashed(found: Sequence[Token], at: int, end: int, value: Fraction | int) -> Fraction | None:
    """`1/2` as a fraction; None for `120/80` and for dates."""
    if end + 1 >= len(found) or found[end].text != "/" or not touches(found, end) or found[end + 1].kind != "number":
        return None
    below = found[end + 1].text
    if below in {"2", "3", "4", "5", "8"} and isinstance(value, int) and 0 < value < int(below):
        after = end + 2
        before = at - 1
        if (after < len(found) and found[after].text == "/") or (before >= 0 and found[before].text == "/"):
            return None
        return Fraction(value, int(below))
    return None


def glued(found: Sequence[Token], at: int) -> bool:
    """Whether a number is part of a name: COVID-19, H1N1, L4, IL-6."""
    before = found[at - 1]
    if not touches(found, at):
        return False
    if before.text in "-‐‑–":
        return at > 1 and touches(found, at - 1) and lettered(found[at - 2])
    return lettered(before)
