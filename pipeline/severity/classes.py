"""Words of closed classes that gave way to others of theirs: *all*, *both*; *first*, *last*; *very*, *slightly*; *that*, *why*.

There are few of them, so each may be compared with each: what stands in one group may stand for one another, nothing else may.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.rewording import thesaurus
from pipeline.text.english import Word

CLASSES: Mapping[str, tuple[str, ...]] = {
    "what is known": ("that", "whether if", "why", "how", "where"),
    "because of what": (
        "because since as",
        "although though while whereas",
        "if when whenever once while since as",
    ),
    "how many": (
        "all every each both",
        "most many",
        "many several some",
        "several some few",
        "both these those your our two",
        "half",
        "other others",
        "these those your our my their his her",
    ),
    "which": ("first initial", "second", "third", "last final", "next", "previous former", "only", "other", "new"),
    "who": (
        "everyone everybody anyone anybody people persons patients",
        "someone somebody anyone anybody person",
        "you",
        "we",
        "they",
    ),
    "how much": (
        "very extremely highly really",
        "slightly somewhat mildly fairly quite rather",
        "more",
        "less",
        "always often usually sometimes rarely seldom never hardly not",
    ),
    "where to": (
        "to into toward towards inside within",
        "from",
        "past",
        "around round",
        "through",
        "onto on to over upon",
    ),
}
"""Each class, in groups of words that may stand for one another. A word may stand in several."""
EXEMPT = frozenset(
    frozenset(pair.split("/"))
    for pair in "in/on on/in in/around all/your all/our on/from on/through over/through people/they people/you people/we persons/they patients/they patients/you patients/we person/you person/they you/we you/they we/they other/new new/next if/that".split()  # noqa: SIM905
)
"""Pairs that say the same often enough, or are read otherwise."""
OFTEN = frozenset(
    "always often usually mostly normally generally sometimes occasionally rarely seldom never frequently commonly".split()  # noqa: SIM905
)
MANNER = frozenset("soon slowly quickly gradually suddenly gently fully partly completely early late".split())  # noqa: SIM905
BEING = frozenset("is are was were be been stays stay becomes become turns feels looks".split())  # noqa: SIM905
STATES = frozenset("on off open closed full empty clear blank locked dark free whole".split())  # noqa: SIM905
ANYBODY = frozenset("everyone everybody someone somebody".split())  # noqa: SIM905
SAME = frozenset("other same whole only first last next previous final second third".split())  # noqa: SIM905
"""Adjectives that say which is meant."""


def of_class(was: Word, now: Word, before: Word) -> Iterator[str]:
    """What one word says that gave way to one other, where both are of a class; `before` stands before them."""
    one, other = was.same, now.same
    said = f"{was.text} → {now.text}"
    if frozenset((one, other)) in EXEMPT or thesaurus.near(one, other):
        return
    for name, groups in CLASSES.items():
        ours, theirs = ([group for group in groups if word in group.split()] for word in (one, other))
        if ours and theirs and not set(ours) & set(theirs):
            yield f"{name}: {said}"
            return
    pair = (one, other), (other, one)
    if any(a in OFTEN and b in MANNER for a, b in pair):
        yield f"how: {said}"
    elif any(a in ANYBODY and noun(b) for a, b in pair):
        yield f"who: {said}"
    elif any(a in SAME and thesaurus.adjective(b) for a, b in pair):
        yield f"which: {said}"
    elif before.same in BEING and any(a in STATES and (b in STATES or thesaurus.adjective(b)) for a, b in pair):
        yield f"state: {said}"


def noun(word: str) -> bool:
    """Whether a word may name several people: doctors, parents, children."""
    return word in {"children", "men", "women"} or (word.endswith("s") and len(word) > 4)


AWAY = frozenset([("out", "of"), ("away", "from")])
TOWARD = frozenset("to into toward towards in through past around inside".split())  # noqa: SIM905


def away(was: Sequence[Word], now: Sequence[Word]) -> Iterator[str]:
    """Another way: "blood flows to the heart", "blood flows away from the heart"."""
    for one, other in ((was, now), (now, was)):
        if tuple(word.same for word in one) in AWAY and len(other) == 1 and other[0].same in TOWARD:
            yield f"way: {' '.join(word.text for word in was)} → {' '.join(word.text for word in now)}"
            return
        off = tuple(word.same for word in one) == ("away", "from")
        if off and len(other) < 2 and (not other or other[0].same in BESIDE):
            yield f"way: “away from” {'removed' if one is was else 'added'}"
            return


BESIDE = frozenset("at by near on against beside with over under facing".split())  # noqa: SIM905
