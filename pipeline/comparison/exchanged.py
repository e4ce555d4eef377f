"""Two things that changed places: one in the morning and one at night, switch it off before and on after, into the belly and not the arm.

What a sentence says is the same in both texts, and no word of it is wrong: only what belongs to what. It is told by the order, where the
two are joined by *and* and each has words of its own, and nothing else that both texts say once changed its order with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.comparison.reach import denies, joint, ordering, said
from pipeline.text.languages.table import Language
from pipeline.text.listing import COMMAS
from pipeline.text.statements import Statement
from pipeline.text.tokens import Token

Spots = tuple[int, int]
"""Where two things stand in a sentence."""


def exchanged(
    ours: Sequence[Token],
    theirs: Sequence[Token],
    here: Spots,
    there: Spots,
    languages: tuple[Language, Language],
    but: frozenset[str],
    *,
    before: bool = False,
) -> bool:
    """Whether two things stand the other way round in a translation, and each has words of its own, in English `before` it. `but`: what
    they are called, which tells no order."""
    if (here[0] < here[1]) is (there[0] < there[1]):
        return False
    if any(token.slot("condition") for token in (*ours, *theirs)):
        return False
    if not apiece(ours, here, languages[0], before=before) or not apiece(theirs, there, languages[1], before=False):
        return False
    mine, yours = once(ours, but), once(theirs, but)
    both = sorted((value for value in mine if value in yours), key=mine.__getitem__)
    return both == sorted(both, key=yours.__getitem__)


def apiece(tokens: Sequence[Token], spots: Spots, language: Language, *, before: bool) -> bool:
    """Whether *and* or a comma stands between two things, and on both its sides words of their own; `before`: each before its thing."""
    first, second = sorted(spots)
    link = next((at for at in range(second, first, -1) if joint(tokens[at]) == "and" or tokens[at].text in COMMAS), 0)
    if not link or leads(tokens, first, second):
        return False
    parts = (
        (range(first), range(link, second))
        if before
        else ([*range(first), *range(first + 1, link)], [*range(link, second), *range(second + 1, len(tokens))])
    )
    said = [{tokens[at].text for at in part if telling(tokens[at], language)} for part in parts]
    return all(said) and not (before and said[1] <= said[0])  # one at night and one in the morning


def leads(tokens: Sequence[Token], first: int, second: int) -> bool:
    """Whether a comma between two things parts one act from another before or after it, so that either may come first: *before you open the
    bag, close the clamp*, *schließen Sie die Klemme, bevor …*."""
    commas = [at for at in range(first + 1, second) if tokens[at].text in COMMAS]
    return bool(commas) and (ordering(tokens[0]) or any(ordering(tokens[at + 1]) for at in commas))


def telling(token: Token, language: Language) -> bool:
    """Whether a word is none of those that every sentence has, or says what is done by one of them (*an und aus*)."""
    if token.kind != "word" or len(token.text) < LEAST or joint_alone(token):
        return False
    return token.text not in language.function or any(sense in DONE for sense, _ in token.senses)


LEAST = 2
DONE = frozenset([("says", "put_on"), ("says", "remove")])


def joint_alone(token: Token) -> bool:
    """Whether a word only joins: Arabic writes its *and* onto other words."""
    return bool(joint(token)) and not token.text.startswith("و")


def once(tokens: Sequence[Token], but: frozenset[str]) -> dict[tuple[str, str], int]:
    """What a sentence says once, with its place."""
    found: dict[tuple[str, str], int] = {}
    twice: set[tuple[str, str]] = set()
    for at, token in enumerate(tokens):
        meant = {
            (kind, value) for kind, value in (sense for sense, _ in (*token.senses, *token.slots)) if kind in TELLING
        }
        if token.kind == "number":
            meant.add(("number", token.text))
        for sense in meant:
            if sense[1] not in but:
                twice.update({sense} & found.keys())
                found[sense] = at
    return {sense: at for sense, at in found.items() if sense not in twice}


TELLING = frozenset("says act who body colour number fraction ordinal finding mealtime".split())  # noqa: SIM905


def switched_round(one: Statement, other: Statement, languages: tuple[Language, Language]) -> bool:
    """Whether what is switched off and on again is switched on and off."""
    spots: list[Spots] = []
    for sentence in (one, other):
        acts = sentence.values("act")
        if any(len(acts.get(act, ())) != 1 for act in SWITCHING):
            return False
        spots.append((acts[SWITCHING[0]][0], acts[SWITCHING[1]][0]))
    return exchanged(one.tokens, other.tokens, spots[0], spots[1], languages, frozenset(SWITCHING))


SWITCHING = ("turn-off", "turn-on")


def done_before(ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether of two acts that the English tells to do one *then* the other a translation tells the second first, each said once, with no
    word for before or after in either."""
    link = [at for at, token in enumerate(ours) if token.text == "then"]
    if len(link) != 1 or any(ordering(token) or token.slot("condition") for token in (*ours, *theirs)):
        return False
    if any(token.text in ONCE for token in theirs):
        return False
    here, there = acts_once(ours), acts_once(theirs)
    both = sorted(here.keys() & there.keys(), key=here.__getitem__)
    first = [act for act in both if here[act] < link[0]]
    second = [act for act in both if here[act] > link[0]]
    return bool(first and second) and max(there[act] for act in second) < min(there[act] for act in first)


ONCE = frozenset(["fois", "vez", "erst"])
"""Words by which what is told first is done last: *une fois lavé*."""


def acts_once(tokens: Sequence[Token]) -> dict[str, int]:
    """The acts that a sentence says once, each with its place."""
    found: dict[str, list[int]] = {}
    for at, token in enumerate(tokens):
        for act in said(token):
            found.setdefault(act, []).append(at)
    return {act: places[0] for act, places in found.items() if len(places) == 1}


def denied_instead(slot: str, one: Statement, other: Statement, language: Language) -> Iterator[tuple[str, str]]:
    """Two values of a slot of which the English says the one and not the other, and the translation the other and not the one."""
    ours, theirs = one.values(slot), other.values(slot)
    if language.code == KOREAN:
        mine = (
            contrast(ours, one.tokens, NEAR) if slot == "body" and all(len(at) == 1 for at in ours.values()) else None
        )
        if mine and ordered_instead(theirs.get(mine[1], ()), other.tokens):
            yield mine
        return
    if len(ours) != PAIR or (slot == "act" and language.code in BEHIND) or not ours.keys() <= theirs.keys():
        return
    answer = {value: theirs[value] for value in ours}  # Russian *рука* is an arm and a hand
    if any(len(places) != 1 for places in (*ours.values(), *answer.values())):
        return
    near = NEXT if slot == "act" else NEAR
    mine, yours = contrast(ours, one.tokens, near), contrast(answer, other.tokens, near)
    if mine and yours and mine == yours[::-1]:
        yield mine


def ordered_instead(places: Sequence[int], tokens: Sequence[Token]) -> bool:
    """Whether a Korean value stands once, right behind the *not* of another: *배가 아니라 팔에* is into the arm."""
    return (
        len(places) == 1
        and places[0] > 0
        and denies(tokens[places[0] - 1])
        and not any(denies(token) for token in tokens[places[0] + 1 : places[0] + 1 + NEAR])
    )


KOREAN = "ko"
PAIR = 2
BEHIND = frozenset(["fr", "de", "nl", "nb", "da", "sv"])
"""Languages that put their *not* behind the verb that it is of, or one that may be."""


def contrast(values: Mapping[str, Sequence[int]], tokens: Sequence[Token], near: int) -> tuple[str, str] | None:
    """Of two values the one that is said before a *not*, and the one `near` behind it."""
    placed = sorted((places[0], value) for value, places in values.items())
    (first, said), (second, shunned) = placed
    noes = [at for at in range(first + 1, second) if denies(tokens[at]) or tokens[at].text in INSTEAD]
    if noes and second - noes[-1] <= near and all(token.kind == "word" for token in tokens[noes[-1] : second]):
        return said, shunned
    return None


def shunned_instead(
    one: str, other: str, ours: Sequence[Token], theirs: Sequence[Token], spots: tuple[Spots, Spots], code: str
) -> bool:
    """Whether of two opposites the English says the one and not the other, and the translation the other and not the one: *the left eye, not
    the right*. `spots`: where each stands in both."""
    (here, there), (mine, yours) = spots
    said = contrast({one: [here], other: [there]}, ours, NEAR)
    found = {one: [mine], other: [yours]}
    if code in NOT_LAST:
        answer = contrast_behind(found, theirs)
    else:
        answer = contrast(found, theirs, NEAR) if code in CONTRASTING else None
    return said is not None and answer is not None and said == answer[::-1]


CONTRASTING = frozenset("es fr pt it ca de nl ru uk vi ar ht id".split())  # noqa: SIM905
"""Languages that put their *not* before what is shunned."""
NOT_LAST = frozenset(["ko", "hi", "ur"])
"""And those that put it behind: Korean *왼쪽이 아니라 오른쪽* is the right, not the left."""


def contrast_behind(values: Mapping[str, Sequence[int]], tokens: Sequence[Token]) -> tuple[str, str] | None:
    """The same of two values in a language that says its *not* behind what is shunned."""
    (first, before), (second, after) = sorted((places[0], value) for value, places in values.items())
    if any(denies(tokens[at]) for at in range(first + 1, min(first + 1 + NEAR, second))):
        return after, before
    if any(denies(token) for token in tokens[second + 1 : second + 1 + NEAR]):
        return before, after
    return None


INSTEAD = frozenset(["instead", "rather"])
NEAR = 4
"""A value stands so near behind its *not*."""
NEXT = 3
"""And an act, which its *not* is of."""
