"""A link or image of the English that the translation lost."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    for part in pair.missing:
        if part.startswith(("a link", "the image")):
            yield f"The English has {part}, the translation does not. Add it, with the same target."


CHECK = Check(
    "link-missing",
    Level.WARNING,
    run,
    needs=needs.missing,
    good=(("es", "See [a](x)", "Vea [a](x)"),),
    bad=(("es", "See [a](x)", "Vea a"), ("es", "![a](x.png)", "a")),
    strict=Level.ERROR,
)
