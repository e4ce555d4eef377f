"""How well the languages are read, on translations that nobody here made: `python -m bench.professional PO … [--pairs TSV]`.

Good translations of the catalogs are spoilt in one way each (`bench/mistakes`, by word lists of its own), and for each
language and kind of mistake it is counted what is said at any level and what is withheld. False alarms are counted on the
originals. `--part unseen` keeps the third that nobody looks at while tables are made (by a hash of the English, so it is the
same third in every language), `--part seen` what was never in such a third. `--pairs` reads a table of right and wrong translations.
False errors are counted twice: of all lines, and without those that stand beside another line's English (`bench/astray`).
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from bench.astray import astray
from bench.mistakes import CRITICAL, FIGURES, LEGITIMATE
from bench.mistakes.statements import items
from bench.mistakes.words import listed, words
from bench.verdict import said
from pipeline.catalog import po_file
from pipeline.core.model import Level

NAMES = {"zh_CN": "zh_Hans", "zh": "zh_Hans", "pt_BR": "pt_BR"}


class Tally(NamedTuple):
    """What was counted of one catalog: per kind how many, how many spoken of, how many withheld; the same of the originals."""

    locale: str
    entries: int
    alarms: int
    errors: int
    kinds: dict[str, tuple[int, int, int]]
    wrong: dict[str, tuple[int, int, int]]
    shown: list[tuple[str, str, str, str]]
    strayed: tuple[int, int] = (0, 0)
    """Of the entries and of the errors, those whose translation is another line's."""


SALTS = ("", "2026-11-29 ")
"""What parts the thirds that were kept aside from the rest, the last the one in use. A third is worn out when its figures have been
asked for often; nobody looks at its lines afterwards either, so what is *seen* is in none of them."""


def third(english: str, salt: str) -> bool:
    """Whether an entry is of the third that a salt keeps aside."""
    return hashlib.sha256(f"{salt}{english}".encode()).digest()[0] % 3 == 0


def of_part(english: str, part: str) -> bool:
    """Whether an entry is of a part: `unseen`, the third in use; `worn`, a former one; `kept`, any of them; `seen`, none; `all`."""
    kept = [third(english, salt) for salt in SALTS]
    return {"unseen": kept[-1], "worn": any(kept[:-1]), "kept": any(kept), "seen": not any(kept), "all": True}[part]


def rows_of(path: Path, part: str) -> list[tuple[str, str]]:
    return [row for row in every_row(path) if of_part(row[0], part)]


def every_row(path: Path) -> list[tuple[str, str]]:
    found = po_file.load(path.parent, path.name).entries
    return [
        (entry.key.msgid, entry.strings[0])
        for entry in found
        if entry.plural is None and not entry.obsolete and not entry.fuzzy and all(entry.strings)
    ]


def measured(path: Path, part: str, seed: int, draws: int) -> Tally:
    """One catalog, measured."""
    locale = NAMES.get(path.stem, path.stem)
    rnd, spoken = random.Random(f"{seed} {path.name}"), words(locale)
    whole = every_row(path)
    strays = {whole[at] for at in astray(whole)}
    rows = [row for row in whole if of_part(row[0], part)]
    for english, text in rows:
        said_items = (text[start + 1 : end].strip() for start, end in items(english, text, spoken))
        spoken.pool.extend(item for item in said_items if len(item.split()) <= 3)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    wrong: dict[str, Counter[str]] = defaultdict(Counter)
    shown: list[tuple[str, str, str, str]] = []
    alarms = errors = strayed = 0
    for english, text in rows:
        before = said(english, text, locale)
        stopped = {code for code, level in before.items() if level is Level.ERROR}
        alarms += bool(before)
        errors += bool(stopped)
        strayed += bool(stopped) and (english, text) in strays
        if before:
            shown.append(("false error" if stopped else "false alarm", english, text, " ".join(before)))
        for name, (kind, mutation) in [*CRITICAL.items(), *((n, (n, m)) for n, m in LEGITIMATE.items())]:
            made = {mutation(english, text, spoken, rnd) for _ in range(draws)} - {None, text}
            for new in sorted(filter(None, made)):
                now = said(english, new, locale)
                spoken_of = bool(now.keys() - before.keys())
                held = bool({code for code, level in now.items() if level is Level.ERROR} - stopped)
                count = wrong[kind] if name in LEGITIMATE else kinds[kind]
                count.update(n=1, any=spoken_of or held, error=held)
                if held == (name in LEGITIMATE) or (name in LEGITIMATE and spoken_of):
                    shown.append((kind + (" (said)" if spoken_of else ""), english, new, " ".join(now)))
    counted = [
        {kind: (count["n"], count["any"], count["error"]) for kind, count in one.items()} for one in (kinds, wrong)
    ]
    apart = sum(row in strays for row in rows), strayed
    return Tally(locale, len(rows), alarms, errors, counted[0], counted[1], shown, apart)


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else "–"


def table(tallies: Sequence[Tally]) -> str:
    """The figures of all languages, a line for each kind."""
    names = [tally.locale for tally in tallies]
    lines = ["| kind (n) | any level | withheld | " + " | ".join(names) + " |", "|---" * (3 + len(names)) + "|"]
    order = dict.fromkeys(kind for kind, _ in CRITICAL.values())

    def line(kind: str, rows: Iterable[tuple[int, int, int]]) -> str:
        rows = list(rows)
        n, spoken, held = (sum(row[at] for row in rows) for at in range(3))
        cells = [f"{share(row[1], row[0])}·{share(row[2], row[0])} ({row[0]})" if row[0] else "" for row in rows]
        return f"| {kind} ({n}) | {share(spoken, n)} | {share(held, n)} | " + " | ".join(cells) + " |"

    none = (0, 0, 0)
    lines += [line(kind, [tally.kinds.get(kind, none) for tally in tallies]) for kind in order]
    lines.append(
        line("**all**", [tuple(map(sum, zip(*tally.kinds.values(), strict=True))) or none for tally in tallies])
    )  # type: ignore[misc]
    for kind in LEGITIMATE:
        if any(kind in tally.wrong for tally in tallies):
            lines.append(line(f"right: {kind}", [tally.wrong.get(kind, none) for tally in tallies]))
    entries, alarms, errors = (sum(tally[at] for tally in tallies) for at in (1, 2, 3))
    each = " | ".join(f"{1000 * t.alarms / t.entries:.0f}·{1000 * t.errors / t.entries:.0f}" for t in tallies)
    lines.append(
        f"| false alarms per 1,000 ({entries}) | {1000 * alarms / entries:.0f} | {1000 * errors / entries:.0f} | {each} |"
    )
    own = [(t.entries - t.strayed[0], t.errors - t.strayed[1]) for t in tallies]
    entries, errors = (sum(row[at] for row in own) for at in (0, 1))
    each = " | ".join(f"{1000 * wrong / count:.0f} ({count})" if count else "" for count, wrong in own)
    lines.append(
        f"| false errors beside their own English ({entries}) | | {1000 * errors / max(entries, 1):.0f} | {each} |"
    )
    return "\n".join(lines)


FIGURED = frozenset([*FIGURES, "swapped numbers", "unit word", "number word", "month", "weekday"])
LISTS = frozenset(["list item dropped", "list item added"])


def by_language(tallies: Sequence[Tally]) -> str:
    """A line a language: recall on figures, on the rest, on lists; and the false alarms per 1,000."""

    def cell(tally: Tally, kinds: Iterable[str]) -> str:
        rows = [tally.kinds[kind] for kind in kinds if kind in tally.kinds]
        n, spoken, held = (sum(row[at] for row in rows) for at in range(3))
        return f"{share(spoken, n)} · {share(held, n)} ({n})"

    lines = [
        "| language | entries | figures: said · withheld | statements | lists | false: errors · all |",
        "|---|---|---|---|---|---|",
    ]
    for tally in tallies:
        rest = [kind for kind in tally.kinds if kind not in FIGURED | LISTS]
        false = f"{1000 * tally.errors / tally.entries:.0f} · {1000 * tally.alarms / tally.entries:.0f}"
        cells = [cell(tally, kinds) for kinds in (FIGURED, rest, LISTS)]
        lines.append(f"| {tally.locale} | {tally.entries} | {' | '.join(cells)} | {false} |")
    return "\n".join(lines)


GROUPS = {
    "figures": (*FIGURES, "range", "swapped numbers", "unit word", "number word", "month", "weekday"),
    "negation": ("negation dropped", "negation added", "polarity", "stop/not stop"),
    "opposites": ("opposite", "before/after", "left/right", "time of day"),
    "bounds, how often": ("bound", "basis", "frequency", "every other day", "as needed"),
    "body": ("body",),
    "person": ("person",),
    "conditions": ("condition", "condition dropped", "if → unless"),
    "lists": ("list item dropped", "list item added"),
    "medicines": ("medicine", "medicines swapped"),
}
"""What a language is read for, each with its kinds of mistakes."""


def by_group(tallies: Sequence[Tally]) -> str:
    """A line a language: what is said and withheld of each group of mistakes, and how many of the untouched are withheld, those that
    stand beside another line's English apart."""
    lines = [f"| language | {' | '.join(GROUPS)} | withheld of the untouched |", "|---" * (len(GROUPS) + 2) + "|"]
    for tally in tallies:
        cells = []
        for kinds in GROUPS.values():
            rows = [tally.kinds[kind] for kind in dict.fromkeys(kinds) if kind in tally.kinds]
            n, spoken, held = (sum(row[at] for row in rows) for at in range(3))
            cells.append(f"{share(spoken, n)} · {share(held, n)}" if n else "–")
        apart = f", {tally.strayed[1]} beside another" if tally.strayed[1] else ""
        lines.append(f"| {tally.locale} | {' | '.join(cells)} | {tally.errors} of {tally.entries}{apart} |")
    return "\n".join(lines)


def pairs(path: Path, part: str) -> None:
    """A table of right and wrong translations: language, kind, English, right, wrong."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#") or line.count("\t") < 4:
            continue
        locale, kind, english, right, wrong = line.split("\t")[:5]
        locale = NAMES.get(locale, locale)
        good, bad = said(english, right, locale), said(english, wrong, locale)
        held = Level.ERROR in bad.values()
        count = counts[locale]
        count.update(n=1, any=bool(bad), error=held, wolf=Level.ERROR in good.values(), alarm=bool(good))
        if Level.ERROR in good.values():
            print(f"right one withheld: {locale} {kind}: {english} | {right} | {good}")
        if not held:
            print(f"not withheld: {locale} {kind}: {english} | {wrong} | {' '.join(bad)}")
    total = sum(counts.values(), Counter())
    for locale, count in [*counts.items(), ("all", total)]:
        print(
            f"{locale:8} {count['n']:4} pairs: {count['any']} spoken of, {count['error']} withheld; right ones: "
            f"{count['alarm']} spoken of, {count['wolf']} withheld"
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("po", nargs="*", type=Path, help="catalogs named by their language: es.po, zh_CN.po")
    arguments.add_argument("--pairs", type=Path, help="a table of right and wrong translations")
    arguments.add_argument("--part", choices=("seen", "unseen", "worn", "kept", "all"), default="seen")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--draws", type=int, default=2, help="how often each kind is tried on each entry")
    arguments.add_argument(
        "--misses", default="", help="print what was missed of kinds that begin so (never of the unseen part)"
    )
    arguments.add_argument("--jobs", type=int, default=1)
    asked = arguments.parse_args()
    if asked.misses and asked.part != "seen":
        sys.exit("What was missed of the unseen part stays unseen: ask with --part seen.")
    if asked.pairs:
        pairs(asked.pairs, asked.part)
    if not asked.po:
        return
    with ProcessPoolExecutor(asked.jobs) as crew:
        jobs = [crew.submit(measured, path, asked.part, asked.seed, asked.draws) for path in asked.po]
        tallies = [job.result() for job in jobs]
    print(table(tallies))
    print()
    print(by_language(tallies))
    print()
    print(by_group(tallies))
    print("languages with words of their own: " + ", ".join(listed()))
    for tally in tallies if asked.misses else ():
        for kind, english, text, codes in tally.shown:
            if kind.startswith(asked.misses):
                print(f"\n{tally.locale} {kind} [{codes}]\n  {english}\n  {text}")


if __name__ == "__main__":
    main()
