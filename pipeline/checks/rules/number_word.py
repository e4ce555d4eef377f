"""A number in words that is another in the translation: two tablets are not three, `once` in Spanish is eleven."""

from collections.abc import Iterator, Sequence

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level
from pipeline.text.figures import Item


def run(pair: Pair) -> Iterator[str]:
    if (
        pair.plural
        or not pair.language.knows("number")
        or (pair.language.rough and (not pair.strict or pair.language.knows("rough")))
    ):
        return
    found = pair.agreement
    extra = found.words_extra or found.extra if not found.missing else found.words_extra
    missing = [item for item in found.words_missing if pair.strict or told(item, extra)]
    if missing and extra:
        was, now = missing[0].text, extra[0].text
        yield f"The English says “{was}”, the translation “{now}” ({extra[0].value}). Write the same number."


def told(item: Item, extra: Sequence[Item]) -> bool:
    """Whether an English word is a number beyond doubt in prose: *one* often is none (*one might wonder*, *the last one*), and is
    one where the translation has another number of the same thing."""
    return item.value != 1 or item.kind != "word" or any(same(item, other) for other in extra)


def same(item: Item, other: Item) -> bool:
    """Whether two numbers are of one unit or thing."""
    return (item.unit or item.thing) == (other.unit or other.thing) != ""


CHECK = Check(
    "number-word",
    Level.ERROR,
    run,
    needs=needs.numbers,
    good=(
        ("es", "Take two tablets", "Tome dos tabletas"),
        ("es", "Once a day", "Una vez al día"),
        ("es", "Both arms", "Los dos brazos"),
        ("fr", "One might wonder if three are better.", "On peut se demander si trois valent mieux."),
    ),
    bad=(("es", "Take two tablets", "Tome tres tabletas"), ("es", "Take it once a day", "Tómelo once veces al día")),
)
