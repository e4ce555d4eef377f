"""A translation that belongs to another message: the neighbour's, after a slip of one line, or one swapped with another.

What the catalog itself teaches is enough to tell: which words of the translations go with which words of the English (Dice's
coefficient over its entries, the entry in question left out). A translation that has none of the words that go with its own
English, and those of another message, is somebody else's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from statistics import median
from sys import intern

from pipeline.checks.check import LINE, Across, Remark, Texts
from pipeline.core.inline import Inline, Syntax
from pipeline.core.model import Level
from pipeline.text import Language
from pipeline.text.quantities import visible
from pipeline.text.spelling import LETTER

ENOUGH = 90
"""Fewer entries of whose English three words stand elsewhere teach too little: of parts of catalogs with 30 to 90 of them 15 to 20 % of the
slips were found, and 0.2 to 0.8 right texts a part were named (2026-11-30)."""
BESIDE = 2
"""How far a text is looked for that slipped; any farther, it has to have more words in common."""
STEM = 6
WORD = re.compile(rf"{LETTER}{{3,}}|\d+")
"""A word with its vowel signs, which are no letters to Unicode, or a number."""
NEVER_APART, OFTEN, OFTEN_APART = 0.25, 200, 0.05
"""A word in more than a quarter of the entries tells nothing; of a catalog where that is more than 200 of them, one in more than these, or than a
twentieth. (Of ten catalogs with 800 to 5,700 entries this found 687 of the slips and 498 of the swaps that we put there, where a quarter found 603
and 418, of 4,010; of the right ones 212 and 207 were named. A twentieth of small ones named twice as many right ones. 2026-12-01.)"""

Words = tuple[str, ...]
"""In order, so that sums and ties come out alike in every run."""


def reads(english: Inline, translation: Inline, language: Language) -> str:
    """The words of both."""
    return f"{english_words(english)}\t{' '.join(words(visible(translation), spaces=language.spaces))}"


def words_read(read: str) -> tuple[Words, Words]:
    """The words of the English and of the translation, of a row as it was read."""
    ours, _, theirs = read.partition("\t")
    return tuple(map(intern, ours.split())), tuple(map(intern, theirs.split()))


def judge(read: Sequence[str], texts: Texts, language: Language) -> Iterator[Remark]:
    if len(read) < ENOUGH:
        return
    both = [*map(words_read, read)]
    ours, theirs = [one for one, _ in both], [other for _, other in both]
    lexicon = Lexicon(ours, theirs)
    own = [lexicon.own(ours[at], theirs[at]) for at in range(len(read))]
    sure = [score for score, known in own if known >= 3]
    if len(sure) < ENOUGH:
        return
    usual = median(sure)
    for at, (score, known) in enumerate(own):
        if known < 3 or score > usual * 0.5:
            continue
        others = {*range(at - BESIDE, at), *range(at + 1, at + BESIDE + 1), *lexicon.likely(theirs[at])}
        scored = (
            (*lexicon.score(ours[other], theirs[at]), other)
            for other in others
            if 0 <= other < len(read) and ours[other] != ours[at]
        )
        best, where = max(
            ((found, other) for found, rests, other in scored if rests >= (3 if abs(other - at) <= BESIDE else 5)),
            default=(0.0, 0),
        )
        if best > max(usual, 0.3) * 0.75 and best > 3 * score:
            yield (
                at,
                f"This looks like the translation of “{short(texts.english(where).source)}” (line {LINE}). Check that the texts have not slipped.",
                where,
            )
        elif known >= 4 and score < usual * 0.1 and len(theirs[at]) >= (4 if language.spaces else 6):
            yield (
                at,
                "Hardly a word of this translation goes with its English elsewhere in the catalog. Check that it belongs here.",
                at,
            )


class Lexicon:
    """Which words of the translations go with which of the English, learnt from the entries themselves."""

    def __init__(self, ours: Sequence[Words], theirs: Sequence[Words]) -> None:
        most = most_of(len(ours))
        self.ours = {word: count for word, count in Counter(chain(*ours)).items() if 2 <= count <= most}
        self.theirs = {word: count for word, count in Counter(chain(*theirs)).items() if 2 <= count <= most}
        self.rows: dict[str, list[int]] = defaultdict(list)
        for at, row in enumerate(ours):
            for word in row:
                if word in self.ours:
                    self.rows[word].append(at)
        self.back: dict[str, str] = {}
        known = [[word for word in row if word in self.theirs] for row in theirs]
        self.both = {word: Counter(chain.from_iterable([known[at] for at in rows])) for word, rows in self.rows.items()}
        self.again = {
            word: {other: count for other, count in found.items() if count > 1} for word, found in self.both.items()
        }
        self.ranked = {word: self.likest(word, found) for word, found in self.again.items()}

    def likest(self, word: str, found: Mapping[str, int]) -> list[tuple[float, str]]:
        """How well the words of the translations go with a word of the English, an entry that has both left out; the best first."""
        others = self.ours[word] - 1
        return sorted(
            [(2 * (count - 1) / (others + self.theirs[other] - 1), other) for other, count in found.items()],
            reverse=True,
        )

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

    def own(self, english: Words, translation: Words) -> tuple[float, int]:
        """How well the words of an entry that the lexicon was learnt from go together, 0 to 1, and how many words that rests on;
        the entry does not count for itself."""
        total, known, candidates = 0.0, 0, frozenset(translation)
        for word in english:
            if self.ours.get(word, 0) < 2:
                continue
            known += 1
            for likeness, other in self.ranked[word]:
                if other in candidates:
                    total += likeness
                    break
        return (total / known if known else 0.0), known

    def score(self, english: Words, translation: Words) -> tuple[float, int]:
        """How well the words of a translation go with those of another entry's English."""
        total, known = 0.0, 0
        candidates = self.theirs.keys() & translation
        for word in english:
            if (count := self.ours.get(word, 0)) < 1:
                continue
            known += 1
            together = self.both[word]
            total += max(
                [2 * together[other] / (count + self.theirs[other]) for other in candidates & together.keys()],
                default=0.0,
            )
        return (total / known if known else 0.0), known


def most_of(entries: int) -> int:
    """In how many of so many entries a word stands at most that tells anything."""
    return max(3, min(int(entries * NEVER_APART), max(OFTEN, int(entries * OFTEN_APART))))


def words(text: str, *, spaces: bool) -> Words:
    """The words of a text by their first letters; of a text without spaces, its pairs of characters."""
    found = {word[:STEM] for word in WORD.findall(text)}
    if spaces:
        return tuple(sorted(found))
    pairs = {run[at : at + 2] for run in re.findall(r"[^\W\da-z_]+", text) for at in range(max(len(run) - 1, 1))}
    return tuple(sorted(pairs | {word for word in found if word.isascii()}))


KNOWN: dict[tuple[str, Syntax], str] = {}
"""The words of English texts, for all languages."""
KEPT = 1 << 14
"""Texts of which they are kept; of more the rest is read anew, since each language asks for all of them in the same order."""


def english_words(english: Inline) -> str:
    """The words of an English text as it stands by itself."""
    known = KNOWN.get((english.source, english.syntax))
    if known is None:
        known = " ".join(words(visible(english), spaces=True))
        if len(KNOWN) >= KEPT:
            KNOWN.popitem()
        KNOWN[english.source, english.syntax] = known
    return known


def short(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= 40 else f"{text[:39]}…"


CHECK = Across("misplaced", Level.WARNING, reads, judge, parted=True, filled=True)
