"""Measure every stage on generated or given sites, beside what people would use instead: `nox -s bench -- [SITE …]`.

A SITE is a folder, or a size like 594x3: so many pages in so many languages besides English, made from this repository's own texts. Each site is
copied first, so nothing of it changes. Each round runs every stage once, each in a process of its own, and beside it the tools that are
installed; shown are medians over the rounds. LOCKSTEP_STORE names a folder of the round's own, emptied where a stage says cold.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path

from bench import compare, linear, peers, product, report
from bench.generate import Plan
from bench.measure import Cost
from bench.report import Key, Result

SIZE = re.compile(r"(\d+)x(\d+)\Z")


def made(name: str, folder: Path, seed: int) -> Path:
    """The folder of a site, made there where its name is a size."""
    if size := SIZE.match(name):
        product.generate(folder / name, Plan(int(size[1]), int(size[2]), seed=seed))
        return folder / name
    if not (Path(name) / "pyproject.toml").exists():
        sys.exit(f"{name} is neither the folder of a site nor a size like 100x8.")
    return Path(name).resolve()


def round_of(site: Path, costs: dict[Key, list[Cost]], given: argparse.Namespace) -> tuple[int, int, int]:
    """Run a round and add what it cost; returns pages, languages and entries of the site as it was at the end."""
    with tempfile.TemporaryDirectory() as folder:
        bench = product.lay_out(site, Path(folder), limit=given.limit)
        locales = sorted(path.parent.parent.name for path in peers.catalogs(bench.site / "locale"))
        beside = () if given.no_peers else peers.PEERS
        if beside:
            peers.prepare(bench, locales)
        for stage, cost in product.day(bench):
            costs.setdefault((stage.name, ""), []).append(cost)
            if stage.name == "update, first":
                peers.snapshot(bench)
            for peer in beside:
                if peer.beside == stage.name:
                    found = peers.run(peer, bench, given.patience)
                    costs.setdefault((stage.name, peer.name), []).extend([found] if found else [])
        template = (bench.site / "locale/messages.pot").read_text("utf-8")
        pages = len(list((bench.site / "source").rglob("*.md")))
        return pages, len(locales), (template.count("\nmsgid ") - 1) * len(locales)


def measured(name: str, given: argparse.Namespace) -> Result:
    """Every round of one site."""
    costs: dict[Key, list[Cost]] = {}
    with tempfile.TemporaryDirectory() as folder:
        site = made(name, Path(folder), given.seed)
        for number in range(given.rounds):
            print(f"{name}: round {number + 1} of {given.rounds} …", file=sys.stderr, flush=True)
            size = round_of(site, costs, given)
    title = "a made site" if SIZE.match(name) else "the sample site" if site == product.REPO else site.name
    return Result(title, *size, costs)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="nox -s bench --", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sites", nargs="*", metavar="SITE", help="a site's folder, or a size (default: 100x8)")
    parser.add_argument("--rounds", type=int, default=5, help="how often (default: 5)")
    parser.add_argument(
        "--limit", type=float, default=600, help="seconds after which a command is stopped (default: 600)"
    )
    parser.add_argument(
        "--patience", type=float, default=60, help="seconds after which a peer is stopped (default: 60)"
    )
    parser.add_argument("--seed", type=int, default=1, help="which generated site (default: 1)")
    parser.add_argument("--no-peers", action="store_true", help="measure Lockstep alone")
    parser.add_argument("--docs", action="store_true", help="write docs/speed.md and its chart")
    parser.add_argument(
        "--compare", metavar="REV", help="this tree beside a revision; exit code 1 where a stage became slower"
    )
    parser.add_argument(
        "--linear",
        action="store_true",
        help=f"what a doubling costs: {', '.join(one.name for one in linear.SERIES)}, {linear.TEXTS} as SITE names some",
    )
    given = parser.parse_args()
    if given.linear:
        return linear.main(given.sites, given.limit)
    given.sites = given.sites or ["100x8"]
    product.warm(product.REPO)
    if given.compare:
        with tempfile.TemporaryDirectory() as folder:
            return compare.main(
                given.compare, made(given.sites[0], Path(folder), given.seed), given.rounds, given.limit
            )
    results = [measured(name, given) for name in given.sites]
    for result in results:
        print(report.heading(result), "", *report.table(result), "", sep="\n")
    print(report.machine(), *report.versions(), sep="\n")
    if given.docs:
        report.write_docs(results, f"nox -s bench -- {' '.join(sys.argv[1:])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
