"""A link, image, code or emphasis of the English that the translation lost: shown, but said."""

from collections.abc import Iterator

from pipeline.checks import Check, Pair
from pipeline.markup import missing
from pipeline.model import Level


def run(pair: Pair) -> Iterator[str]:
    for part in missing(pair.english, pair.translation):
        if part[0] not in "{%" and not part.startswith("the HTML </"):
            yield f"The English has {part}, the translation does not. Add it, with the same target or tag."


CHECK = Check(
    "structure",
    Level.WARNING,
    run,
    good=(("es", "Call **us**", "**Llame**"), ("es", "Plain", "Simple")),
    bad=(("es", "See [a](x)", "Vea a"), ("zh_Hans", "**Now.** Call", "**现在。**打电话"), ("es", "Take `x`", "Tome x")),
)
