"""A model of a site far larger than this machine can build: measure small ones, fit, and say what the large one would cost.

`python -m bench.scale [PAGESxLANGUAGES] [--sizes 60x2 120x2 …] [--machines N]` makes a site of each size, runs a build in one process
with an empty store, and the same in one part: `check --shard 1/1`, `build --shard 1/1 --checked`, `join`. Each figure is taken to be
a + b·pages + c·pages·languages (a page's bytes: a + b·languages) and fitted by least squares of the relative error. The worst error
on what was measured stands beside each; what grows otherwise than that beyond the sizes measured, the model does not know.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import product
from bench.generate import Plan
from bench.measure import Cost
from bench.product import Bench

ROOM, MEMORY = "16 GB", 16e9
"""The memory of a machine."""
SIZES = "60x2", "120x2", "240x2", "60x8", "120x4"
Row = Mapping[str, float]
Basis = Callable[[float, float], tuple[float, ...]]


def grid(pages: float, languages: float) -> tuple[float, ...]:
    return 1.0, pages, pages * languages


def per_page(pages: float, languages: float) -> tuple[float, ...]:
    return 1.0, languages


def per_language(pages: float, languages: float) -> tuple[float, ...]:
    return 1.0, pages


@dataclass(frozen=True, slots=True)
class Law:
    """How a figure grows: its factors, and how far off it is at worst on what was measured, as a share."""

    basis: Basis
    factors: tuple[float, ...]
    error: float

    def at(self, pages: float, languages: float) -> float:
        return sum(one * factor for one, factor in zip(self.basis(pages, languages), self.factors, strict=True))


def fit(basis: Basis, found: Sequence[tuple[tuple[int, int], float]]) -> Law:
    """The factors with the least squares of the relative error, none below 0: one that would be is left out."""
    rows = [[one / value for one in basis(*size)] for size, value in found]
    used = [*range(len(rows[0]))]
    while True:
        solved = solve([[row[at] for at in used] for row in rows])
        if min(solved) >= 0:
            break
        used.pop(solved.index(min(solved)))
    factors = [0.0] * len(rows[0])
    for at, one in zip(used, solved, strict=True):
        factors[at] = one
    law = Law(basis, tuple(factors), 0.0)
    return Law(basis, law.factors, max(abs(law.at(*size) / value - 1) for size, value in found))


def solve(rows: Sequence[Sequence[float]]) -> list[float]:
    """What brings every row nearest to 1: the normal equations, by elimination."""
    count = len(rows[0])
    left = [
        [sum(row[i] * row[j] for row in rows) for j in range(count)] + [sum(row[i] for row in rows)]
        for i in range(count)
    ]
    for at in range(count):
        best = max(range(at, count), key=lambda i: abs(left[i][at]))
        left[at], left[best] = left[best], left[at]
        for other in range(count):
            if other != at:
                share = left[other][at] / left[at][at]
                left[other] = [one - share * two for one, two in zip(left[other], left[at], strict=True)]
    return [left[at][count] / left[at][at] for at in range(count)]


LAWS: dict[str, Basis] = {
    "build, CPU s": grid,
    "check --shard, CPU s": grid,
    "check --shard, bytes of memory": grid,
    "build --shard, CPU s": grid,
    "build --shard, bytes of memory": grid,
    "join, CPU s": grid,
    "join, bytes of memory": grid,
    "a page, bytes": per_page,
    "a home page, bytes": grid,
    "lockstep.json, bytes": grid,
    "the manifest of a language, bytes": per_language,
    "status page, bytes": grid,
    "a catalog, bytes": per_language,
    "shards of the check, bytes": grid,
    "shards of the build less pages, bytes": grid,
}


def measured(pages: int, languages: int, seed: int) -> Row:
    """Every figure of one size."""
    with tempfile.TemporaryDirectory() as folder:
        product.generate(Path(folder) / "made", Plan(pages, languages, seed=seed))
        bench = product.lay_out(Path(folder) / "made", Path(folder))
        run(bench, "update")
        bench.forget()
        costs = {
            "check --shard": run(bench, "check", "--shard", "1/1", "--fail-on", "never"),
            "build --shard": run(bench, "build", "--shard", "1/1", "--checked", "check-shard-1-of-1"),
            "join": run(bench, "join"),
        }
        found = sizes(bench, pages, languages)
        bench.forget()
        costs["build"] = run(bench, "build", "--jobs", "1")
    for name, cost in costs.items():
        found |= {f"{name}, CPU s": cost.cpu, f"{name}, bytes of memory": cost.memory}
    return {name: found[name] for name in LAWS}


def run(bench: Bench, *words: str) -> Cost:
    """Run a verb that has to go well."""
    cost = bench.lockstep(*words)
    if cost.code:
        raise SystemExit(f"lockstep {' '.join(words)} failed:\n{cost.said}")
    return cost


def sizes(bench: Bench, pages: int, languages: int) -> dict[str, float]:
    """The bytes of what was made."""
    dist, parts = bench.site / "dist", bench.site / "dist-shard-1-of-1"

    def size(folder: Path, pattern: str = "*") -> int:
        return sum(path.stat().st_size for path in folder.rglob(pattern) if path.is_file())

    homes = [path.stat().st_size for path in dist.glob("*/index.html") if path.parent.name != "status"]
    return {
        "a page, bytes": (size(parts / "pages") - sum(homes)) / (pages - 1) / (languages + 1),
        "a home page, bytes": sum(homes) / len(homes),
        "lockstep.json, bytes": (dist / "lockstep.json").stat().st_size,
        "the manifest of a language, bytes": size(dist / "manifest") / (languages + 1),
        "status page, bytes": (dist / "status/index.html").stat().st_size,
        "a catalog, bytes": size(bench.site / "locale", "*.po") / languages,
        "shards of the check, bytes": size(bench.site / "check-shard-1-of-1"),
        "shards of the build less pages, bytes": size(parts) - size(parts / "pages"),
    }


def said(name: str, value: float) -> str:
    """A figure as a person reads it."""
    if name.startswith("pages"):
        return f"{value:,.0f}"
    if "CPU s" in name:
        return f"{value / 3600:,.1f} h" if value > 3600 else f"{value:,.1f} s"
    for unit, bytes_ in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if value >= bytes_:
            return f"{value / bytes_:,.1f} {unit}"
    return f"{value:,.0f} B"


def report(rows: Mapping[tuple[int, int], Row], pages: int, languages: int, machines: int) -> str:
    """The model as two tables of Markdown: what each figure grows by, and what the large site would cost."""
    laws = {name: fit(basis, [(size, row[name]) for size, row in rows.items()]) for name, basis in LAWS.items()}
    largest = max(rows, key=lambda size: size[0] * size[1])
    lines = [
        f"| figure | {largest[0]} × {largest[1]}, measured | {pages:,} × {languages} | off by at most |",
        "| --- | --: | --: | --: |",
    ]
    lines += [
        f"| {name} | {said(name, rows[largest][name])} | {said(name, law.at(pages, languages))} | {law.error:.0%} |"
        for name, law in laws.items()
    ]
    alone = languages / machines
    checked, built = (parted(laws[f"{verb} --shard, CPU s"], pages, languages, machines) for verb in ("check", "build"))
    dist = laws["a page, bytes"].at(pages, languages) * pages * (languages + 1)
    for name in ("a home page, bytes", "the manifest of a language, bytes"):
        dist += laws[name].at(pages, languages) * (languages + 1)
    derived = {
        "dist/, bytes": dist + laws["lockstep.json, bytes"].at(pages, languages),
        "all catalogs, bytes": laws["a catalog, bytes"].at(pages, languages) * languages,
        "a part of the check, CPU s": checked,
        "a part of the check, bytes of memory": laws["check --shard, bytes of memory"].at(pages, alone),
        "a part of the build, CPU s": built,
        "a part of the build, bytes of memory": laws["build --shard, bytes of memory"].at(pages, alone),
        f"pages at which a part of the check needs {ROOM}": most(laws["check --shard, bytes of memory"], alone),
        f"pages at which a part of the build needs {ROOM}": most(laws["build --shard, bytes of memory"], alone),
        f"pages at which the join needs {ROOM}": most(laws["join, bytes of memory"], languages),
        "all parts and the join, CPU s": machines * (checked + built) + laws["join, CPU s"].at(pages, languages),
        "from the first part to the last page, CPU s": checked + built + laws["join, CPU s"].at(pages, languages),
    }
    lines += ["", f"| on {machines} machines | |", "| --- | --: |"]
    lines += [f"| {name} | {said(name, value)} |" for name, value in derived.items()]
    return "\n".join(lines)


def parted(law: Law, pages: int, languages: int, machines: int) -> float:
    """What one of several equal parts costs: reading the source is the same for all, the languages are shared out."""
    return law.at(pages, languages / machines)


def most(law: Law, languages: float) -> float:
    """The pages at which a process needs all the memory of a machine."""
    start, more = law.at(0, languages), law.at(1, languages)
    return (MEMORY - start) / (more - start)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench.scale", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("large", nargs="?", default="100000x50", metavar="PAGESxLANGUAGES", help="(default: 100000x50)")
    parser.add_argument("--sizes", nargs="+", default=SIZES, metavar="PAGESxLANGUAGES", help="what is measured")
    parser.add_argument("--machines", type=int, default=50, help="how many machines share the work (default: 50)")
    parser.add_argument("--seed", type=int, default=1, help="which generated sites (default: 1)")
    given = parser.parse_args()
    rows = {}
    for name in given.sizes:
        print(f"{name} …", file=sys.stderr, flush=True)
        rows[numbers(name)] = measured(*numbers(name), given.seed)
    print(report(rows, *numbers(given.large), given.machines))
    return 0


def numbers(name: str) -> tuple[int, int]:
    if not (found := re.fullmatch(r"(\d+)x(\d+)", name)):
        sys.exit(f"{name} is no size like 100x8.")
    return int(found[1]), int(found[2])


if __name__ == "__main__":
    sys.exit(main())
