"""A translation without a letter or figure, where the English has words: nobody could read it."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if pair.ours.words and not any(map(str.isalnum, pair.translation.source)):
        yield "The translation has neither letter nor figure. Write it in words."


CHECK = Check(
    "wordless",
    Level.ERROR,
    run,
    needs=needs.signs,
    good=(("es", "Stop", "Alto"), ("zh_Hans", "Stop", "停"), ("zh_Hans", "at 3 p.m.", "15:00")),
    bad=(("es", "A machine translated this part.", "\u00ad"), ("es", "Stop", "."), ("ar", "Stop now", "!")),
)
