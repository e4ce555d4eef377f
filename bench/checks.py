"""How much the checks catch, and how often they cry wolf: `python -m bench.checks [PO …] [--seed N] [--most N]`.

Good translations (this site's, or those of the catalogs named) are spoilt in one way each (`bench/mistakes`), with a fresh
seed each run. A mutation counts as caught when a check that is silent on the original speaks. False alarms are counted on
the originals. Beside it, where translate-toolkit is installed, what its pofilter says of the same texts. By language, and on
translations that nobody here made: `bench/professional.py`.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bench.mistakes import LEGITIMATE, MISTAKES
from bench.mistakes.words import words
from bench.verdict import ROOT
from bench.verdict import said as judged
from pipeline.catalog import po_file
from pipeline.checks import runner
from pipeline.checks.check import CatalogRow
from pipeline.checks.glossary import load as load_glossary
from pipeline.content.inline import parse
from pipeline.core.inline import Syntax
from pipeline.core.model import Key, Level
from pipeline.text.languages import language
from pipeline.text.languages.table import Language


class Source:
    """One catalog's good translations."""

    def __init__(self, path: Path, locale: str) -> None:
        found = po_file.load(path.parent, path.name)
        self.locale, self.language, self.words, self.path = locale, language(locale), words(locale), path
        self.rows = [
            (entry.key, entry.strings[0], entry.line)
            for entry in found.entries
            if entry.plural is None and not entry.obsolete and not entry.fuzzy and all(entry.strings)
        ]

    def pairs(self) -> Iterator[tuple[str, str]]:
        return ((key.msgid, text) for key, text, _ in self.rows)


GLOSSARY = load_glossary(ROOT)


class Peer:
    """translate-toolkit's pofilter, where it is installed (GPL: compared with, never depended on)."""

    def __init__(self) -> None:
        from translate.filters import checks as filters
        from translate.storage import po

        self.filters, self.unit = filters, po.pounit
        self.made: dict[str, object] = {}
        self.caught: dict[str, Counter[bool]] = defaultdict(Counter)
        self.wolves = self.total = 0

    def said(self, english: str, text: str, locale: str) -> set[str]:
        if locale not in self.made:
            config = self.filters.CheckerConfig(targetlanguage={"zh_Hans": "zh_CN"}.get(locale, locale))
            self.made[locale] = self.filters.StandardChecker(checkerconfig=config)
        unit = self.unit(english)
        unit.target = text
        return set(self.made[locale].run_filters(unit))  # type: ignore[attr-defined]


def peer() -> Peer | None:
    try:
        return Peer()
    except ImportError:
        return None


def said(english: str, text: str, locale: str) -> dict[str, Level]:
    return judged(english, text, locale, GLOSSARY)


def across(rows: Sequence[CatalogRow], spoken: Language) -> set[int]:
    return {at for check in runner.across() for at, _ in check.run(rows, spoken)}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "po", nargs="*", type=Path, help="catalogs; the language is read off the name (es.po, zh_CN.po) or folder"
    )
    arguments.add_argument("--seed", type=int, default=None)
    arguments.add_argument("--most", type=int, default=100_000, help="entries of a catalog at most")
    arguments.add_argument("--misses", action="store_true", help="print a few of what was missed or cried at")
    asked = arguments.parse_args()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(1 << 30)
    print(f"seed {seed}")
    paths = asked.po or sorted(ROOT.glob("locale/*/LC_MESSAGES/messages.po"))
    sources = []
    for path in paths:
        name = path.parent.parent.name if path.stem == "messages" else path.stem.split("__")[-1].split(".")[-1]
        sources.append(Source(path, {"zh": "zh_Hans", "zh_CN": "zh_Hans", "zh-cn": "zh_Hans"}.get(name, name)))
    caught: dict[str, Counter[bool]] = defaultdict(Counter)
    held: Counter[str] = Counter()
    wolves: Counter[str] = Counter()
    by_code: Counter[str] = Counter()
    shown: dict[str, list[str]] = defaultdict(list)
    total, clock = 0, 0.0
    other = peer()
    per_locale: dict[str, Counter[str]] = defaultdict(Counter)
    for source in sources:
        rnd = random.Random(f"{seed} {source.path}")
        rows = source.rows[: asked.most]
        began = time.process_time()
        originals = [said(key.msgid, text, source.locale) for key, text, _ in rows]
        clock += time.process_time() - began
        total += len(rows)
        for (key, text, line), found in zip(rows, originals, strict=True):
            theirs = other.said(key.msgid, text, source.locale) if other else set()
            if other:
                other.total += 1
                other.wolves += bool(theirs)
            error = Level.ERROR in found.values()
            notable = bool(found)
            wolves["error"] += error
            wolves["all"] += notable
            per_locale[source.locale]["n"] += 1
            per_locale[source.locale]["error"] += error
            per_locale[source.locale]["all"] += notable
            by_code.update(f"{code} {level}" for code, level in found.items())
            if notable:
                shown["wolf"].append(f"{source.locale}:{line} {' '.join(found)}\n    {key.msgid}\n    {text}")
            for kind, mutation in [*MISTAKES.values(), *LEGITIMATE.items()]:
                new = mutation(key.msgid, text, source.words, rnd)
                if new is None or new == text:
                    continue
                now = said(key.msgid, new, source.locale)
                hit = bool(now.keys() - found.keys())
                caught[kind][hit] += 1
                held[kind] += any(level is Level.ERROR and found.get(code) is not level for code, level in now.items())
                if other:
                    other.caught[kind][bool(other.said(key.msgid, new, source.locale) - theirs)] += 1
                if hit == (kind in LEGITIMATE):
                    shown[kind].append(f"{source.locale} {now}\n    {key.msgid}\n    {new}")
        whole(source, rows, sources, caught, wolves, shown, rnd)
    print(f"{total} good entries of {len(sources)} catalogs, {total / clock:,.0f} entries a CPU second")
    print(
        f"false alarms per 1,000: {1000 * wolves['error'] / total:.1f} at error level, {1000 * wolves['all'] / total:.1f} at all, across catalogs {1000 * wolves['across'] / total:.1f}"
    )
    print(
        "  by language: "
        + ", ".join(
            f"{name} {1000 * c['error'] / c['n']:.0f}/{1000 * c['all'] / c['n']:.0f}" for name, c in per_locale.items()
        )
    )
    print("  by check: " + ", ".join(f"{code} {count}" for code, count in by_code.most_common(14)))
    if other:
        print(f"pofilter: {1000 * other.wolves / other.total:.1f} false alarms per 1,000")
    for kind, found in caught.items():
        what = "alarms" if kind in LEGITIMATE else "caught"
        beside = other.caught.get(kind) if other else None
        said_too = f"   (pofilter {beside[True] / sum(beside.values()):.1%})" if beside else ""
        print(
            f"{kind:24} {sum(found.values()):6} {found[True] / sum(found.values()):7.1%} {what}, {held[kind] / sum(found.values()):6.1%} withheld{said_too}"
        )
    if asked.misses:
        rnd = random.Random(seed)
        for kind, texts in shown.items():
            print(f"\n== {kind}: {len(texts)}")
            print("\n".join(rnd.sample(texts, min(6 if kind != "wolf" else 60, len(texts)))))


def whole(
    source: Source,
    rows: Sequence[tuple[Key, str, int]],
    sources: Sequence[Source],
    caught: dict[str, Counter[bool]],
    wolves: Counter[str],
    shown: dict[str, list[str]],
    rnd: random.Random,
) -> None:
    """The mutations that only a look across the catalog can catch: shifted, swapped, duplicated; and another language's text."""
    made = [
        CatalogRow(key, parse(key.msgid, Syntax.MARKDOWN), parse(text, Syntax.MARKDOWN), line)
        for key, text, line in rows
    ]
    if len(made) < 8:
        return
    before = across(made, source.language)
    wolves["across"] += len(before)
    for at in list(before)[:5]:
        shown["across"].append(
            f"{source.locale}:{made[at].line}\n    {made[at].english.source}\n    {made[at].translation.source}"
        )
    for kind in ("shift", "swap", "duplicate"):
        for _ in range(max(1, 400 // max(len(made), 1)) + 1):
            spoilt, touched = list(made), set()
            for at in rnd.sample(range(1, len(made)), min(len(made) - 1, max(4, len(made) // 60))):
                other = at - 1 if kind == "shift" else rnd.randrange(len(made))
                if {at, other} & touched or min(len(made[at].english.source), len(made[other].english.source)) < 20:
                    continue
                if made[at].translation.source == made[other].translation.source:
                    continue
                spoilt[at] = replace(made[at], translation=made[other].translation)
                touched.add(at)
                if kind == "swap":
                    spoilt[other] = replace(made[other], translation=made[at].translation)
                    touched.add(other)
                if kind == "shift":
                    spoilt[other] = replace(made[other], translation=made[other - 1].translation)
                    touched.add(other)
            after = across(spoilt, source.language)
            for at in touched - before:
                row = spoilt[at]
                alone = set(said(row.english.source, row.translation.source, source.locale)) - set(
                    said(row.english.source, made[at].translation.source, source.locale)
                )
                caught[kind][at in after or bool(alone)] += 1
    others = {
        key: text for other in sources if other.language.code != source.language.code for key, text, _ in other.rows
    }
    for key, text, _ in rows:
        wrong = others.get(key)
        if wrong and wrong != text and len(wrong) > 25:
            new = set(said(key.msgid, wrong, source.locale)) - set(said(key.msgid, text, source.locale))
            caught["wrong language"][bool(new)] += 1
            if not new:
                shown["wrong language"].append(f"{source.locale}\n    {key.msgid}\n    {wrong}")


if __name__ == "__main__":
    main()
