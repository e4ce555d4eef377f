"""What is found in a paragraph, held to its sentences: right sentences that are joined are right, and a wrong one among them is still wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.checks.check import Pair
from pipeline.comparison.beads import beads
from pipeline.text.tokens import Token


def parts(pair: Pair) -> tuple[Pair, ...]:
    """The sentences of a pair, each English one with what says it in the translation; none where it has one alone."""
    ours, theirs = pair.ours, pair.theirs
    if len(ours.sentences) < TWO or len(theirs.sentences) < TWO:
        return ()
    found = beads(ours, theirs, pair.language.length)
    if len(found) < TWO:
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
