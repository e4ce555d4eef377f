"""Whether cost grows with size: doubling series of sites, and what a doubling multiplies each stage by."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench import growth, product
from bench.generate import Plan
from bench.measure import Cost

GOAL = 2.3
"""The most that a doubling may cost."""
TEXTS = "texts"
"""The series of single texts and pages (`bench/growth`)."""
FLOOR = 0.2
"""Seconds of CPU beside the start of the program below which a ratio is noise."""


@dataclass(frozen=True, slots=True)
class Series:
    """Sites of which one dimension doubles from step to step, and how large it is at each."""

    name: str
    sizes: tuple[int, ...]
    plans: tuple[Plan, ...]


def doubling(first: int, steps: int = 4) -> tuple[int, ...]:
    return tuple(first << step for step in range(steps))


SERIES = (
    Series("pages", doubling(25), tuple(Plan(size, 2) for size in doubling(25))),
    Series("languages", doubling(2), tuple(Plan(25, size) for size in doubling(2))),
    Series("blocks", doubling(500), tuple(Plan(1, 1, sections=size) for size in doubling(49))),
    Series("messages", doubling(12_500), tuple(Plan(25, 1, sections=size) for size in doubling(49))),
    Series("obsolete", doubling(12_500), tuple(Plan(25, 1, obsolete=size) for size in doubling(12_500))),
    Series("foreign", doubling(12_500), tuple(Plan(25, 1, foreign=size) for size in doubling(12_500))),
    Series("chain", doubling(250), tuple(Plan(25, 1, chain=size) for size in doubling(250))),
)
"""Pages and languages; blocks of one page; then in one catalog: messages, obsolete entries, live ones no page asks for, edits of one and the same text."""


def grown(costs: list[Cost], start: float) -> list[float | None]:
    """What each doubling multiplied the cost by, less the start of the program; None where it is next to nothing or was stopped."""
    return [
        (after.cpu - start) / (before.cpu - start) if before.cpu - start > FLOOR and not after.stopped else None
        for before, after in pairwise(costs)
    ]


def measured(series: Series, limit: float) -> dict[str, list[Cost]]:
    """The costs of every stage at every size."""
    found: dict[str, list[Cost]] = {}
    for plan in series.plans:
        with tempfile.TemporaryDirectory() as folder:
            product.generate(Path(folder) / "made", plan)
            for stage, cost in product.day(product.lay_out(Path(folder) / "made", Path(folder), limit=limit)):
                found.setdefault(stage.name, []).append(cost)
    return found


def table(series: Series, found: dict[str, list[Cost]]) -> list[str]:
    """The costs of a series and, last, its worst doubling; `!` where it misses the goal, `>` where the limit stopped it."""
    start = min(cost.cpu for cost in found[product.HELP])
    lines = [f"{series.name:<32}" + "".join(f"{size:>10,}" for size in series.sizes) + "   × a doubling"]
    for name, costs in found.items():
        ratios = [ratio for ratio in grown(costs, start) if ratio]
        seconds = "".join(f"{'>' * cost.stopped + format(cost.cpu, '.2f'):>10}" for cost in costs)
        said = "  ".join(f"{ratio:.2f}{'!' * (ratio > GOAL)}" for ratio in ratios)
        lines.append(f"{name:<32}{seconds}   {said or '–'}")
    return lines


def main(names: list[str], limit: float) -> int:
    """Print every series asked for (all where none is named); returns 1 where a doubling misses the goal."""
    if unknown := set(names) - {series.name for series in SERIES} - {TEXTS}:
        raise SystemExit(f"There is no series {', '.join(sorted(unknown))}.")
    missed = False
    for series in SERIES:
        if not names or series.name in names:
            found = measured(series, limit)
            print("\n".join(table(series, found)), end="\n\n", flush=True)
            missed |= "!" in "".join(table(series, found))
    if not names or TEXTS in names:
        missed |= growth.main(GOAL)
    return int(missed)
