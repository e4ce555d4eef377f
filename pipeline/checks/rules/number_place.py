"""Two bare numbers that stand the other way round, in a language that puts the parts of a sentence in another order."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.comparison.matching import ranged, swapped
from pipeline.comparison.traded import kept
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    for first, second in swapped(pair.agreement, pair.ours, free=True, bare=True):
        if not ranged(first.english, second.english, pair.ours) and not kept(first, second, pair.ours, pair.theirs):
            yield f"{first.english.text} comes before {second.english.text} in the English and after it in the translation. Check that each number stands where it belongs."


CHECK = Check(
    "number-place",
    Level.WARNING,
    run,
    sentences=True,
    needs=needs.several,
    speaks=lambda language: language.free_order,
    good=(
        ("zh_Hans", "Rooms 4 and 7", "4号和7号房间"),
        ("zh_Hans", "The study (Figure 5) has 100 patients.", "该研究有 100 名患者（图 5）。"),
    ),
    bad=(("zh_Hans", "Rooms 4 and 7", "7号和4号房间"),),
)
