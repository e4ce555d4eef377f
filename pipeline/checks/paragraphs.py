"""What is found in a paragraph, held to its sentences: right sentences that are joined are right, and a wrong one among them is still wrong."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.checks.check import Pair
from pipeline.comparison.beads import beads
from pipeline.text import Reading
from pipeline.text.tokens import Token


def parts(pair: Pair, *, surely: bool = False) -> tuple[Pair, ...]:
    """The sentences of a pair, each English one with what says it in the translation; none where it has one alone, or, `surely`, where it
    is not sure which says which."""
    ours, theirs = pair.ours, pair.theirs
    if len(ours.sentences) < TWO or len(theirs.sentences) < TWO:
        return ()
    found, sure = beads(ours, theirs, pair.language.length)
    if len(found) < TWO or (surely and not sure):
        return ()
    here = [*slices(pair.texts[0], ours.sentences, [bead.ours[0] for bead in found])]
    there = [*slices(pair.texts[1], theirs.sentences, [bead.theirs[0] for bead in found])]
    return tuple([replace(pair, part=both) for both in zip(here, there, strict=True)])


TWO = 2


def slices(text: str, sentences: Sequence[Sequence[Token]], firsts: Sequence[int]) -> Iterator[str]:
    """A text cut before some of its sentences."""
    starts = [0, *(sentences[at][0].start for at in firsts[1:])]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text[start:end].strip()


def masking(pair: Pair) -> bool:
    """Whether what is wrong in a sentence of a pair may be made up for by another one: the texts have not as many, so that they are compared as
    wholes, or a number of the one answers one of another sentence."""
    ours, theirs = pair.ours, pair.theirs
    if len(ours.sentences) < TWO or len(theirs.sentences) < TWO:
        return False
    return len(ours.sentences) != len(theirs.sentences) or crossing(pair)


def crossing(pair: Pair) -> bool:
    """Whether a number is answered by one of another sentence."""
    ours, theirs = pair.ours, pair.theirs
    if not ours.items or not theirs.items or len(theirs.items) + len(ours.items) < TWO + 1:
        return False
    here, there = starts(ours), starts(theirs)
    return any(
        bisect_right(here, ours.tokens[found.english.at].start)
        != bisect_right(there, theirs.tokens[found.translation.at].start)
        for found in pair.agreement.matched
    )


def starts(reading: Reading) -> list[int]:
    """Where the sentences of a text begin."""
    return [tokens[0].start for tokens in reading.sentences[1:]]
