"""A link or image of the English that the translation lost."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.content.typed import IMAGE, LINK, lost, tagged
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    for part in pair.missing:
        if part.startswith((LINK, IMAGE)) and part not in tagged(
            pair.english, pair.translation
        ):  # of which `brings` speaks
            yield (
                lost(pair.english, pair.translation, part)
                or f"The English has {part}, the translation does not. Add it, with the same target."
            )


CHECK = Check(
    "link-missing",
    Level.WARNING,
    run,
    needs=needs.missing,
    good=(("es", "See [a](x)", "Vea [a](x)"),),
    bad=(("es", "See [a](x)", "Vea a"), ("es", "![a](x.png)", "a")),
    strict=Level.ERROR,
)
