"""Two revisions side by side: the same site, alternating rounds, the ratio of their CPU a stage."""

from __future__ import annotations

import math
import statistics
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench import product
from bench.product import REPO

SLOWER, SURE = 1.25, 0.95
"""A stage is slower where, so surely, more than half of all rounds would show a ratio above this."""


@contextmanager
def checkout(revision: str) -> Iterator[Path]:
    """A worktree of a revision, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(tree), revision], cwd=REPO, check=True)
        try:
            yield tree
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=REPO, check=True)


def bound(ratios: Sequence[float]) -> float:
    """What the median of all rounds surely reaches: the order statistic of the sign test; 0 of too few rounds (under five)."""
    count, chance, found = len(ratios), 0.0, 0.0
    for at, ratio in enumerate(sorted(ratios)):
        chance += math.comb(count, at) / 2**count
        if chance > 1 - SURE:
            break
        found = ratio
    return found


def lines_of(ratios: dict[str, list[float]]) -> tuple[list[str], bool]:
    """The comparison as a table, and whether any stage is slower."""
    lines, slower = ["| stage | CPU now ÷ then | lowest–highest | |", "| --- | --: | --: | --- |"], False
    for name, found in ratios.items():
        worse = bound(found) > SLOWER
        slower |= worse
        spread = f"{min(found):.2f}–{max(found):.2f}"
        lines.append(f"| {name} | {statistics.median(found):.2f} | {spread} | {'slower' * worse} |")
    return lines, slower


def main(revision: str, site: Path, rounds: int, limit: float) -> int:
    """Print the ratios; 1 where a stage is slower, with confidence."""
    ratios: dict[str, list[float]] = {}
    with checkout(revision) as then:
        for tree in (then, REPO):
            product.warm(tree)
        for number in range(rounds):
            costs = {}
            for tree in ((then, REPO), (REPO, then))[number % 2]:
                with tempfile.TemporaryDirectory() as folder:
                    bench = product.lay_out(site, Path(folder), tree=tree, limit=limit)
                    costs[tree] = {stage.name: cost.cpu for stage, cost in product.day(bench) if not cost.stopped}
            for name in costs[REPO].keys() & costs[then].keys():
                ratios.setdefault(name, []).append(costs[REPO][name] / costs[then][name])
    lines, slower = lines_of({stage.name: ratios[stage.name] for stage in product.DAY if stage.name in ratios})
    print(
        f"This tree beside {revision}, {rounds} rounds; slower: above {SLOWER} with {SURE:.0%} confidence",
        *lines,
        sep="\n",
    )
    return int(slower)
