"""What a page explains an abbreviation with, written otherwise in a translation: readers get neither."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.abbreviations import explained
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if explained(pair.english.source) and not explained(pair.translation.source):
        yield "The English explains an abbreviation. Write the abbreviation as your texts have it, and what it stands for: `*[…]: …`."


CHECK = Check(
    "abbreviation",
    Level.ERROR,
    run,
    needs=needs.explained,
    good=(
        ("es", "*[WHO]: World Health Organization", "*[OMS]: Organización Mundial de la Salud"),
        ("zh_Hans", "*[WHO]: World Health Organization", "*[世卫]：世界卫生组织"),
        ("es", "See [WHO]: it is new", "Vea OMS: es nuevo"),
    ),
    bad=(
        ("es", "*[WHO]: World Health Organization", "Organización Mundial de la Salud"),
        ("es", "*[WHO]: World Health Organization", "*[OMS]:"),
    ),
)
