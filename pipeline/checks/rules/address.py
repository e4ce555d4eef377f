"""A web or mail address in the text of the English stands in the translation; its host letter for letter."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import host
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if pair.ours.addresses == pair.theirs.addresses:
        return
    ours, theirs = (sorted(map(host, reading.addresses)) for reading in (pair.ours, pair.theirs))
    for wanted in dict.fromkeys(ours):
        if theirs.count(wanted) < ours.count(wanted):
            yield f"The address {wanted} is not in the translation. Write it letter for letter."
    for brought in dict.fromkeys(theirs):
        if theirs.count(brought) > ours.count(brought):
            yield f"The address {brought} is not in the English. Remove it."


CHECK = Check(
    "address",
    Level.ERROR,
    run,
    needs=needs.addresses,
    good=(
        ("es", "See https://a.example/en", "Vea https://a.example/es"),
        ("es", "Write to a@b.example", "Escriba a a@b.example"),
    ),
    bad=(
        ("es", "See https://a.example", "Vea https://b.example"),
        ("es", "Write to a@b.example", "Escriba a c@b.example"),
    ),
)
