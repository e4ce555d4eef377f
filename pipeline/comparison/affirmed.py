"""A *no* that an order and its translation tell from the other side: *always with food*, *never without*; *do not take it off*, *leave it on*; *do not
start without asking*, *ask before you start*.

Asked only where a *no* seems to be lost or brought in, and only where the one text has none at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.comparison.keeping import AGAINST, said
from pipeline.text.languages.table import Language
from pipeline.text.statements import BREAKS, WITHOUT, Statement, denies, flatly
from pipeline.text.tokens import Token
from pipeline.text.wordings import says

ENDING = frozenset(["stop", "avoid", "skip", "miss"])
"""Acts of which the English order is a *no* of its own."""
GIVEN_UP = frozenset(["stop", "avoid"])
"""What a *leave* says of an act (*dejar de*)."""


def affirmed(english: Statement, translation: Statement) -> int:
    """How many *no*s of a translation make a yes: those of a clause that forbids something *without* what the English says to do or to have
    (*ne … jamais sans*, *никогда … натощак*)."""
    if english.negations or any(map(lacks, english.tokens)) or not ENDING.isdisjoint(english.values("act")):
        return 0
    return sum(len(nots) for nots, without in clauses(translation) if without and nots)


def clauses(translation: Statement) -> Iterator[tuple[list[int], bool]]:
    """Of each clause where its *no*s stand, and whether one of them is of what is done without, behind the first."""
    tokens, start = translation.tokens, 0
    for end in [*(at for at, token in enumerate(tokens) if token.text in BREAKS), len(tokens)]:
        nots = [at for at in range(start, end) if denies(tokens[at])]
        bare = [at for at in range(start, end) if lacks(tokens[at])]
        flat = [at for at in nots if tokens[at].text not in WITHOUT]
        yield nots, bool(flat) and any(at > min(flat) for at in bare)
        start = end + 1


def lacks(token: Token) -> bool:
    """Whether a word says without, or without food."""
    return token.text in WITHOUT or token.slot("meal") == "empty" or ("says", "without_food") in kinds(token)


def kinds(token: Token) -> list[tuple[str, str]]:
    return [sense for sense, _ in token.senses]


def asked_first(english: Statement, translation: Statement) -> int:
    """Two where what must not be done *without* something else is told as what that something comes *before*: all that is forbidden stands behind
    the *before* of the translation."""
    ours, theirs = english.tokens, translation.tokens
    no, bare = flatly(english), [at for at, token in enumerate(ours) if token.text == "without"]
    if len(no) != 1 or len(bare) != 1 or bare[0] < no[0] or translation.negations[1:]:
        return 0
    then = next((at for at, token in enumerate(theirs) if ("says", "before") in kinds(token)), None)
    if then is None:
        return 0
    forbidden, behind = said(ours[no[0] : bare[0]]), said(theirs[then + 1 : then + SPAN], loosely=True)
    asked = {token.text for token in ours[bare[0] : bare[0] + NEXT]}
    return 2 if forbidden & behind and not asked.isdisjoint(ASKING) else 0


SPAN, NEXT = 10, 5
"""How many words behind a *before* are what it is said of, and among how many behind a *without* what is to be done first stands."""
ASKING = frozenset(
    "asking checking talking speaking consulting telling calling approval permission advice consent consultation discussing".split()  # noqa: SIM905
)


def kept(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what must not be ended is told as what is to be kept: *do not take it off* as *déjeselo puesto*, *do not get up* as *bleiben
    Sie liegen*, *do not move* as *keep still*."""
    no = flatly(english) or [at for at in english.negations if english.tokens[at].text == "never"]
    if len(no) != 1 or len(english.negations) != 1 or translation.negations:
        return False
    ended, theirs = first_act(english.tokens[no[0] + 1 :]), translation.tokens
    if not says(theirs, language, "keeping") or says(theirs, language, "left-off"):
        return False
    done, may = said(theirs), said(theirs, loosely=True)
    if done & (ended | GIVEN_UP):
        return False
    if "remove" in ended:
        return True
    if any(one in done | may and ended & ends for one, ends in AGAINST.items()):
        return True
    words = {token.text for token in english.tokens[no[0] + 1 : no[0] + NEXT]}
    return not words.isdisjoint(STIRRING) and says(theirs, language, "still")


STIRRING = frozenset("move bend talk speak touch pull pick scratch disturb shift".split())  # noqa: SIM905
"""English words for what is not done by whoever, or whatever, is still."""


def first_act(tokens: Sequence[Token]) -> set[str]:
    """What the first of some words that says so says is done."""
    return next((done for token in tokens[:NEXT] if (done := said([token]) - {"not"})), set())


def spared(value: str, new: str, english: Statement, translation: Statement) -> bool:
    """Whether an English act stands behind a *no* that the translation has not, so that its opposite says the same there: *do not stop*, *go on*;
    or the opposite behind one that the English has not."""
    ours, theirs = english.negations, translation.negations
    if len(theirs) < len(ours):
        return any(at < place <= at + NEXT for at in flatly(english) for place in english.values("act").get(value, ()))
    if len(theirs) == len(ours) or (value, new) not in GOING_ON:
        return False
    return any(
        abs(place - at) <= NEXT
        and not any(token.text in BREAKS for token in translation.tokens[min(at, place) : max(at, place)])
        for at in theirs
        for place in translation.values("act").get(new, ())
    )


GOING_ON = frozenset([("continue", "stop"), ("take", "stop"), ("take", "skip"), ("use", "stop")])
"""Acts whose opposite with a *no* is the same order: *keep taking it*, *n'arrêtez pas*."""
