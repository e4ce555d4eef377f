"""A range the wrong way round."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.comparison.matching import ranged, swapped
from pipeline.core.model import Level
from pipeline.text.figures import DASHES, Item
from pipeline.text.quantities import Reading


def run(pair: Pair) -> Iterator[str]:
    leftward = bool(pair.language.scripts & TURNED)
    for first, second in swapped(pair.agreement, pair.ours, years=not leftward):
        if leftward and either_way(first.translation, second.translation, pair.theirs):
            continue
        if ranged(first.english, second.english, pair.ours):
            yield f"The range {first.english.text}–{second.english.text} of the English is turned round in the translation. Write the smaller end where the English has it."


def either_way(first: Item, second: Item, reading: Reading) -> bool:
    """Whether a dash alone stands between two numbers of a translation: written from right to left, `14-2` is read as 2 to 14."""
    left, right = sorted((first, second), key=lambda item: item.at)
    between = [token.text for token in reading.tokens[left.end : right.at]]
    return bool(between) and all(text in DASHES or text in "%٪" for text in between)


TURNED = frozenset(["Arab", "Hebr"])
"""Scripts in which a range of years, and one with a dash, is written either way round."""

CHECK = Check(
    "range",
    Level.ERROR,
    run,
    sentences=True,
    needs=needs.several,
    good=(
        ("es", "Wait 2 to 3 hours", "Espere de 2 a 3 horas"),
        ("ar", "2-3 mg", "٢-٣ ملغ"),
        ("fa", "2–14 days", "۱۴-۲ روز"),
    ),
    bad=(
        ("es", "Wait 2 to 3 hours", "Espere de 3 a 2 horas"),
        ("es", "2-3 mg", "3-2 mg"),
        ("fa", "2–14 days", "۱۴ تا ۲ روز"),
    ),
)
