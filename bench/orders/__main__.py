"""What harms of composed orders is withheld, and what is right served: `python -m bench.orders [LANGUAGE …] [--misses KIND]`.

Of the acts a third is kept aside by a hash of their names: rules are made by the other two alone, and `--misses` prints no others.
"""

from __future__ import annotations

import argparse
from collections import defaultdict

from bench.orders import LANGUAGES, Told, told
from bench.verdict import said
from pipeline.core.model import Level

Counts = dict[tuple[str, bool, str], list[int]]
"""Kind, whether it is right, language → how many of the rest, of which as they should be, and of those aside."""


def held(row: Told, locale: str) -> list[str]:
    """What withholds a pair."""
    return sorted(code for code, level in said(row.english, row.translation, locale).items() if level is Level.ERROR)


def cell(counts: list[int]) -> str:
    """Per cent of the rest and of those aside."""
    return " · ".join(f"{100 * well / every:.0f}" if every else "–" for every, well in (counts[:2], counts[2:]))


def line(name: str, cells: list[list[int]]) -> str:
    every = [sum(column) for column in zip(*cells, strict=True)]
    return f"| {name} ({every[0]}, {every[2]}) | {cell(every)} | " + " | ".join(map(cell, cells)) + " |"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("languages", nargs="*", default=LANGUAGES)
    arguments.add_argument("--misses", help="print what is not as it should be, of kinds that begin so")
    asked = arguments.parse_args()
    counts: Counts = defaultdict(lambda: [0, 0, 0, 0])
    for locale in asked.languages:
        for row in told(locale):
            codes = held(row, locale)
            well = bool(codes) is not row.right
            count, at = counts[row.kind, row.right, locale], 2 * row.aside
            count[at] += 1
            count[at + 1] += well
            if asked.misses is not None and not row.aside and not well and row.kind.startswith(asked.misses):
                print(
                    locale, row.kind, "right" if row.right else "wrong", row.english, row.translation, *codes, sep="\t"
                )
    print("| kind (mended by, aside) | all | " + " | ".join(asked.languages) + " |")
    print("|---" * (2 + len(asked.languages)) + "|")
    for right, name in ((False, "wrong ones withheld"), (True, "right ones served")):
        kinds = list(dict.fromkeys(kind for kind, one, _ in counts if one is right))
        rows = {kind: [counts[kind, right, locale] for locale in asked.languages] for kind in kinds}
        for kind, cells in rows.items():
            print(line(kind, cells))
        every = [[sum(column) for column in zip(*each, strict=True)] for each in zip(*rows.values(), strict=True)]
        print(line(f"**{name}**", every))


if __name__ == "__main__":
    main()
