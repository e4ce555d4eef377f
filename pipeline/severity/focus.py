"""What an adverb of reach is said of: "only your partner may give it in the evening", "your partner may give it only in the evening".

Of a text each such adverb has one thing that it sets apart: who does it, what it is done with, when, or (before a verb) all that the verb says. It may
stand elsewhere with the same one; another one is another instruction, though the words are the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from pipeline.rewording import thesaurus
from pipeline.severity.items import content
from pipeline.severity.order import ADJUNCTS, CLAUSE, SHARING, SPELLS
from pipeline.text import lexicon
from pipeline.text.english import Word

Part = Sequence[Word]
REACHING = frozenset("only just even solely exclusively merely mainly especially particularly".split())  # noqa: SIM905
"""Adverbs that set one thing of a sentence apart from others. Not *also* and *too*: whatever they are said of, it is so besides."""
BEING = frozenset("is are was were be been am has have had do does did".split())  # noqa: SIM905
PEOPLE = frozenset("you we they i who".split())  # noqa: SIM905
LEADING = SHARING | BEING | PEOPLE | {"to", "please", "then", "not"}
"""What stands before an adverb that is said of a verb and all that goes with it."""
WHEN = frozenset("if when whenever while unless before after during at with every each by as".split())  # noqa: SIM905
"""What limits a whole act: an *only* before its verb is said of this, if it is there."""
DATED = SPELLS | frozenset(
    ["morning", "mornings", "evening", "evenings", "afternoon", "lunch", "breakfast", "bedtime", "weekend", "weekends"]
)


class Reach(NamedTuple):
    """What one adverb of a text is said of: how it stands to that, the words of it, all the words that it may be said of, and
    those of them that say when or by whom."""

    kind: str
    words: frozenset[str]
    all: frozenset[str]
    limited: frozenset[str]


def refocused(old: Part, new: Part) -> Iterator[str]:
    """The adverbs of reach that are said of something else than they were, which both texts have."""
    for word in dict.fromkeys(one.same for one in old if one.same in REACHING):
        was, now = ([*reaches(found, word)] for found in (old, new))
        if len(was) != len(now):
            continue
        roots = [frozenset(content(found)) for found in (old, new)]
        if any(apart(*pair, *roots) for pair in zip(was, now, strict=True)):
            yield f"“{word}” is said of something else"


def apart(was: Reach, now: Reach, before: Collection[str], after: Collection[str]) -> bool:
    """Whether an adverb is said of one thing in one text, and of another of the same things in the other."""
    if was.kind == now.kind == "behind":
        return False
    for one, other, text in ((was, now, after), (now, was, before)):
        if one.kind in THINGS | {"phrase", "verb"} and one.words and other.all:
            moved = one.words.isdisjoint(other.all) and not one.words.isdisjoint(text)
            if moved and not (one.kind == "verb" and other.kind != "verb"):
                return True
        if one.kind == "doer" and other.kind == "behind" and one.words < other.words:
            return True
        if one.kind in THINGS and other.kind not in THINGS and one.words != other.words:
            limited = other.kind != "phrase" and other.limited
            if not one.words or (limited and one.words.isdisjoint(limited)):
                return True
    return False


def reaches(found: Part, word: str) -> Iterator[Reach]:
    """What each of one adverb of a text is said of, in order."""
    for at, one in enumerate(found[:-1]):
        if one.same == word:
            yield reach(found, at)


def reach(found: Part, at: int) -> Reach:
    """What the adverb at a place is said of."""
    low, high = clause(found, at)
    before, then = found[low:at], found[at + 1 : high]
    then = then[1:] if len(then) > 1 and then[0].same in REACHING else then
    if not then:
        said = frozenset(content(before))
        return Reach("behind", said, said, limits(before))
    first, last = then[0].same, before[-1].same if before else ""
    if first in ADJUNCTS | CLAUSE:
        end = next((to for to, one in enumerate(then) if to and one.same in WHEN), LONG)
        said = frozenset(content(then[: min(end, LONG)]))
        return Reach("phrase", said, said, frozenset())
    if (
        first in lexicon.IMPERATIVES | SHARING | BEING
        or last in LEADING
        or (thesaurus.verb(first) and names_alone(before))
    ):
        verb = next((one for one in then if one.same not in BEING | SHARING | {"not"}), then[0])
        return Reach("verb", frozenset(content([verb])), frozenset(content(then)), limits(then[1:]))
    end = next((to for to, one in enumerate(then) if to and one.same in ADJUNCTS | CLAUSE | SHARING | BEING), LONG)
    said = frozenset(content(then[: min(end, LONG)]))
    doer = at == low and any(one.same in SHARING | BEING for one in then[end : end + 1])
    return Reach("doer" if doer else "thing", said, said, frozenset())


def names_alone(said: Part) -> bool:
    """Whether what stands before an adverb has no verb yet: "a virus only spreads", not "take only drops"."""
    words = {word.same for word in said}
    return bool(said) and words.isdisjoint(SHARING | BEING) and not thesaurus.verb(said[0].same)


THINGS = frozenset(["doer", "thing"])
LONG = 6
"""Words of what an adverb is said of, at most."""


def clause(found: Part, at: int) -> tuple[int, int]:
    """Where the clause begins and ends that a place is in."""
    low = next((to for to in range(at, 0, -1) if found[to].before.strip("-")), 0)
    return low, next(
        (to for to in range(at + 1, len(found)) if found[to].before.strip("-") or not found[to].text), len(found)
    )


def limits(said: Part) -> frozenset[str]:
    """The words that say when, how often, with what or by whom a whole act is done; none where nothing says so."""
    for at, word in enumerate(said):
        dated = word.same in {"in", "on", "for", "within"} and any(one.same in DATED for one in said[at + 1 : at + 4])
        if word.same in WHEN or dated:
            return frozenset([word.same, *content(said[at + 1 :])])
    return frozenset()
