"""Whether the checks read a paragraph as they read its sentences: `python -m bench.paragraphs PO … [--part seen] [--most N]`.

Right translations that are joined are right, and a wrong one that is joined to right ones is still wrong. Neighbouring entries of a
catalog, each of which ends as a sentence does in both languages, are joined by twos, threes and fours. Counted are the findings at error
level that a join has and none of its pieces (*false*; *raised*, where a piece has the same as a warning, as when an instruction stands
beside what told nobody anything); and, of a piece that is spoilt in one way (`bench/mistakes`), what is said and withheld of it alone and
among its neighbours. `--part` as in `bench/professional.py`.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from bench.astray import astray
from bench.mistakes import CRITICAL
from bench.mistakes.statements import items
from bench.mistakes.words import Words, words
from bench.professional import NAMES, every_row, of_part, share
from bench.verdict import said
from pipeline.core.model import Level
from pipeline.text.languages import language

SIZES = (2, 3, 4)
ENDED = re.compile(r"[.!?。！？؟۔।។][\"”’»)\]]*\Z")
Row = tuple[str, str]


class Join(NamedTuple):
    """Neighbouring entries, and what stands between them in the translation."""

    pieces: Sequence[Row]
    between: str

    def text(self, at: int = -1, other: str = "") -> Row:
        """English and translation of the whole; of the piece at a place, another translation."""
        theirs = [other if place == at else text for place, (_, text) in enumerate(self.pieces)]
        return " ".join(english for english, _ in self.pieces), self.between.join(theirs)


class Spoilt(NamedTuple):
    """What is said and withheld of spoilt pieces, alone and among their neighbours, and of how many it is withheld alone only."""

    count: int = 0
    said: int = 0
    held: int = 0
    said_among: int = 0
    held_among: int = 0
    lost: int = 0

    def plus(self, other: Spoilt) -> Spoilt:
        return Spoilt(*map(sum, zip(self, other, strict=True)))


class Tally(NamedTuple):
    """What was counted of one catalog: joins by their size, and how many of them are withheld falsely; false findings by code, and
    those that are raised; what is spoilt, by kind; and what there is to read of it."""

    locale: str
    joins: Mapping[int, int]
    wrong: Mapping[int, int]
    codes: Mapping[str, int]
    raised: Mapping[str, int]
    kinds: Mapping[str, Spoilt]
    shown: Sequence[tuple[str, str, str, str]]


def joins(rows: Sequence[Row], most: int, rnd: random.Random, between: str) -> list[Join]:
    """As many joins of each size at most, of neighbours, in the order of the catalog."""
    found: list[Join] = []
    for size in SIZES:
        starts = range(len(rows) - size + 1)
        found.extend(
            Join(rows[at : at + size], between) for at in sorted(rnd.sample(starts, max(min(most, len(starts)), 0)))
        )
    return found


def levels(row: Row, locale: str) -> dict[str, Level]:
    return said(*row, locale)


def errors(found: Mapping[str, Level]) -> set[str]:
    return {code for code, level in found.items() if level is Level.ERROR}


def measured(path: Path, part: str, seed: int, most: int, spoil: int) -> Tally:
    """One catalog, measured: of every so manyeth join one piece is spoilt in every way that can be."""
    locale = NAMES.get(path.stem, path.stem)
    rnd, spoken = random.Random(f"{seed} {path.name}"), words(locale)
    whole = every_row(path)
    strays = astray(whole)
    rows = [
        row
        for at, row in enumerate(whole)
        if at not in strays and of_part(row[0], part) and all(ENDED.search(text.rstrip()) for text in row)
    ]
    for english, text in rows:
        listed = (text[start + 1 : end].strip() for start, end in items(english, text, spoken))
        spoken.pool.extend(item for item in listed if len(item.split()) <= len(SIZES))
    alone = {row: levels(row, locale) for row in rows}
    counts, wrong, codes, raised = Counter[int](), Counter[int](), Counter[str](), Counter[str]()
    kinds: dict[str, Spoilt] = {}
    shown: list[tuple[str, str, str, str]] = []
    for number, join in enumerate(joins(rows, most, rnd, " " if language(locale).spaces else "")):
        size, row = len(join.pieces), join.text()
        whole_said = levels(row, locale)
        spoken_of = {code for piece in join.pieces for code in alone[piece]}
        new = errors(whole_said) - {code for piece in join.pieces for code in errors(alone[piece])}
        counts[size] += 1
        wrong[size] += bool(new - spoken_of)
        codes.update(new - spoken_of)
        raised.update(new & spoken_of)
        shown += [(f"false {code}", *row, code) for code in sorted(new)]
        if number % spoil or any(errors(alone[piece]) for piece in join.pieces):
            continue  # among right ones
        at = rnd.randrange(size)
        for kind, spoilt, other in ways(join, at, spoken, alone, locale, rnd):
            among = levels(join.text(at, other), locale)
            held = bool(errors(among) - errors(whole_said))
            spoilt = spoilt._replace(
                said_among=held or bool(among.keys() - whole_said.keys()),
                held_among=held,
                lost=spoilt.held > held,
            )
            kinds[kind] = kinds.get(kind, Spoilt()).plus(spoilt)
            if spoilt.lost:
                shown.append((f"lost {kind}", *join.text(at, other), " ".join(sorted(among))))
    return Tally(locale, counts, wrong, codes, raised, kinds, shown)


def ways(
    join: Join, at: int, spoken: Words, alone: Mapping[Row, Mapping[str, Level]], locale: str, rnd: random.Random
) -> Iterator[tuple[str, Spoilt, str]]:
    """The ways in which the piece at a place can be spoilt, with what is said of each alone, and the spoilt translation."""
    english, text = join.pieces[at]
    before = alone[english, text]
    for kind, mutation in CRITICAL.values():
        new = mutation(english, text, spoken, rnd)
        if new is None or new == text:
            continue
        now = levels((english, new), locale)
        held = bool(errors(now) - errors(before))
        yield kind, Spoilt(1, held or bool(now.keys() - before.keys()), held), new


def false_table(tallies: Sequence[Tally]) -> str:
    """A line a language: how many joins of each size are withheld though their pieces are not, and by which codes."""
    lines = [
        f"| language | {' | '.join(f'false of {size}' for size in SIZES)} | raised | codes |",
        "|---" * (len(SIZES) + 3) + "|",
    ]
    for tally in tallies:
        cells = [f"{tally.wrong.get(size, 0)} of {tally.joins.get(size, 0)}" for size in SIZES]
        codes = ", ".join(f"{code} {count}" for code, count in Counter(tally.codes).most_common())
        lines.append(f"| {tally.locale} | {' | '.join(cells)} | {sum(tally.raised.values())} | {codes} |")
    wrong, count = (
        sum(sum(each.values()) for each in found) for found in ([t.wrong for t in tallies], [t.joins for t in tallies])
    )
    lines.append(f"\n{wrong} of {count} joins withheld falsely, {1000 * wrong / max(count, 1):.1f} in 1,000")
    return "\n".join(lines)


def cell(found: Spoilt) -> str:
    alone, among = (found.said, found.held), (found.said_among, found.held_among)
    shares = ["·".join(share(part, found.count) for part in pair) for pair in (alone, among)]
    return f"{' → '.join(shares)} ({found.count}, lost {found.lost})" if found.count else ""


def spoilt_table(tallies: Sequence[Tally]) -> str:
    """A line a kind: what is said and withheld of it alone, and among neighbours."""
    names = [tally.locale for tally in tallies]
    lines = [f"| kind: said·withheld alone → among | all | {' | '.join(names)} |", "|---" * (2 + len(names)) + "|"]
    for kind in [*dict.fromkeys(kind for kind, _ in CRITICAL.values()), "**all**"]:
        each = [
            total(tally.kinds.values() if kind == "**all**" else [tally.kinds.get(kind, Spoilt())]) for tally in tallies
        ]
        if total(each).count:
            lines.append(f"| {kind} | {cell(total(each))} | {' | '.join(map(cell, each))} |")
    return "\n".join(lines)


def total(found: Iterator[Spoilt] | Sequence[Spoilt]) -> Spoilt:
    made = Spoilt()
    for one in found:
        made = made.plus(one)
    return made


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("po", nargs="+", type=Path, help="catalogs named by their language: es.po, zh_CN.po")
    arguments.add_argument("--part", choices=("seen", "unseen", "worn", "kept", "all"), default="seen")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--most", type=int, default=300, help="joins of each size at most, of each catalog")
    arguments.add_argument("--spoil", type=int, default=3, help="of every so manyeth join a piece is spoilt")
    arguments.add_argument("--show", help="print what begins so: `false`, `lost negation` (never of the unseen part)")
    arguments.add_argument("--jobs", type=int, default=1)
    asked = arguments.parse_args()
    if asked.show is not None and asked.part != "seen":
        sys.exit("What is wrong in the unseen part stays unseen: ask with --part seen.")
    with ProcessPoolExecutor(asked.jobs) as crew:
        jobs = [crew.submit(measured, path, asked.part, asked.seed, asked.most, asked.spoil) for path in asked.po]
        tallies = [job.result() for job in jobs]
    print(false_table(tallies), spoilt_table(tallies), sep="\n\n")
    for tally in tallies if asked.show is not None else ():
        for kind, english, text, codes in tally.shown:
            if kind.startswith(asked.show):
                print(f"\n{tally.locale} {kind} [{codes}]\n  {english}\n  {text}")


if __name__ == "__main__":
    main()
