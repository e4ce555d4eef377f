"""A translation that belongs to another message: the neighbour's, after a slip of one line, or one swapped with another.

What the catalog itself teaches is enough to tell: which words of the translations go with which words of the English (Dice's
coefficient over its entries, the entry in question left out). A translation that has none of the words that go with its own
English, and those of another message, is somebody else's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from pipeline.checks.check import Across, CatalogRow
from pipeline.core.model import Level
from pipeline.text import Language
from pipeline.text.quantities import visible

ENOUGH = 60
"""Fewer entries teach nothing."""
STEM = 6
WORD = re.compile(r"[^\W\d_]{3,}|\d+", re.U)
NEVER_APART = 0.25
"""A word in more than this share of the entries tells nothing."""

Words = tuple[str, ...]
"""In order, so that sums and ties come out alike in every run."""


def run(rows: Sequence[CatalogRow], language: Language) -> Iterator[tuple[int, str]]:
    if len(rows) < ENOUGH:
        return
    ours = [words(visible(row.english), spaces=True) for row in rows]
    theirs = [words(visible(row.translation), spaces=language.spaces) for row in rows]
    lexicon = Lexicon(ours, theirs)
    own = [lexicon.score(ours[at], theirs[at], own=True) for at in range(len(rows))]
    sure = [score for score, known in own if known >= 3]
    if len(sure) < ENOUGH // 2:
        return
    usual = median(sure)
    for at, (score, known) in enumerate(own):
        if known < 3 or score > usual * 0.5:
            continue
        others = {at - 1, at + 1, at - 2, at + 2, *lexicon.likely(theirs[at])}
        scored = (
            (*lexicon.score(ours[other], theirs[at]), other)
            for other in others
            if 0 <= other < len(rows) and ours[other] != ours[at]
        )
        best, where = max(((found, other) for found, rests, other in scored if rests >= 3), default=(0.0, 0))
        if best > max(usual, 0.3) * 0.75 and best > 3 * score:
            yield (
                at,
                f"This looks like the translation of “{short(rows[where].english.source)}” (line {rows[where].line}). Check that the texts have not slipped.",
            )
        elif known >= 4 and score < usual * 0.1:
            yield (
                at,
                "Hardly a word of this translation goes with its English elsewhere in the catalog. Check that it belongs here.",
            )


class Lexicon:
    """Which words of the translations go with which of the English, learnt from the entries themselves."""

    def __init__(self, ours: Sequence[Words], theirs: Sequence[Words]) -> None:
        most = max(3, int(len(ours) * NEVER_APART))
        self.ours = {
            word: count for word, count in Counter(word for row in ours for word in row).items() if 2 <= count <= most
        }
        self.theirs = {
            word: count for word, count in Counter(word for row in theirs for word in row).items() if 2 <= count <= most
        }
        self.rows: dict[str, list[int]] = defaultdict(list)
        for at, row in enumerate(ours):
            for word in row:
                if word in self.ours:
                    self.rows[word].append(at)
        self.back: dict[str, str] = {}
        self.both: dict[str, Counter[str]] = defaultdict(Counter)
        for one, other in zip(ours, theirs, strict=True):
            known = [word for word in other if word in self.theirs]
            for word in one:
                if word in self.ours:
                    self.both[word].update(known)
        self.again = {
            word: {other: count for other, count in found.items() if count > 1} for word, found in self.both.items()
        }

    def likely(self, translation: Words) -> list[int]:
        """The rows whose English has the words that go best with those of a translation, the likeliest first."""
        if not self.back:
            best: dict[str, float] = {}
            for word, found in self.again.items():
                for other, count in found.items():
                    score = 2 * count / (self.ours[word] + self.theirs[other])
                    if score > best.get(other, 0.3):
                        best[other], self.back[other] = score, word
        seen: Counter[int] = Counter()
        for other in translation:
            seen.update(self.rows[self.back[other]][:200] if other in self.back else ())
        return [at for at, _ in seen.most_common(4)]

    def score(self, english: Words, translation: Words, *, own: bool = False) -> tuple[float, int]:
        """How well the words of a translation go with those of an English text, 0 to 1, and how many words that rests on.

        `own`: the two are an entry the lexicon was learnt from, which does not count for itself.
        """
        total, known, less = 0.0, 0, int(own)
        candidates = self.theirs.keys() & translation
        both: Mapping[str, Mapping[str, int]] = self.again if own else self.both
        for word in english:
            count = self.ours.get(word, 0) - less
            if count < 1:
                continue
            known += 1
            together, best = both.get(word, {}), 0.0
            for other in candidates & together.keys():
                likeness = 2 * (together[other] - less) / (count + self.theirs[other] - less)
                if likeness > best:
                    best = likeness
            total += best
        return (total / known if known else 0.0), known


def words(text: str, *, spaces: bool) -> Words:
    """The words of a text by their first letters; of a text without spaces, its pairs of characters."""
    found = {word[:STEM] for word in WORD.findall(text)}
    if spaces:
        return tuple(sorted(found))
    pairs = {run[at : at + 2] for run in re.findall(r"[^\W\da-z_]+", text) for at in range(max(len(run) - 1, 1))}
    return tuple(sorted(pairs | {word for word in found if word.isascii()}))


def short(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= 40 else f"{text[:39]}…"


CHECK = Across("misplaced", Level.WARNING, run)
