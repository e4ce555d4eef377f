"""A translation far longer than its English is not a translation: at most four times as long, or 2 KB."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level

FACTOR = 4


def limit(english: str) -> int:
    """The longest translation that is shown, in bytes of UTF-8."""
    return max(FACTOR * len(english.encode()), needs.ALWAYS)


def run(pair: Pair) -> Iterator[str]:
    size = len(pair.translation.source.encode())
    if size > limit(pair.english.source):
        yield f"The translation is {size} bytes long; the most that is shown is {limit(pair.english.source)}. Shorten it."


CHECK = Check(
    "length",
    Level.ERROR,
    run,
    needs=needs.bulk,
    good=(("es", "Yes", "Sí"), ("ru", "word " * 1000, "слово " * 1000)),
    bad=(("es", "Yes", "Sí " * 1000),),
    final=True,
)
