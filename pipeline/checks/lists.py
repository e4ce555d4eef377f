"""What the lists of an English text have and those of its translation do not, or have more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.checks.check import Pair
from pipeline.comparison.joined import further, outnumbered, outnumbering
from pipeline.comparison.lost_values import letters
from pipeline.text.languages.table import Language
from pipeline.text.listing import ENUMERATING, Listed, english_lists, lengthened, separators, shortened, unsaid
from pipeline.text.statements import Statement
from pipeline.text.tokens import Token


def free_of_more(english: Sequence[Token], translation: Sequence[Token], pair: Pair) -> bool:
    """Whether a sentence, which a patient may act on, is no longer than it needs to be: its commas part what the English says, and no item more."""
    return (
        pair.strict
        and len(english) >= AMPLE
        and letters(translation) <= letters(english) * (pair.language.length or 1) * FITTING
    )


FITTING, AMPLE = 1.0, 10
"""What share of the length that a sentence needs has room for no item more, in one of so many words at least."""


def beside(pair: Pair) -> Iterator[tuple[Sequence[Token], Sequence[Token]]]:
    """The sentences of a pair side by side, where both texts have as many."""
    ours, theirs = pair.ours.sentences, pair.theirs.sentences
    if not pair.plural and len(ours) == len(theirs):
        yield from zip(ours, theirs, strict=True)


def longer(here: Sequence[Listed], ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> bool:
    """Whether a list beyond doubt of a sentence has more items in its translation, joining word by joining word. Sure enough where a
    patient may act on it; in prose, where a clause more often goes before a list with a comma of its own, `list-longer` says so."""
    if language.free_order and not any(token.text == ENUMERATING for token in theirs):
        return False
    plain = places(here)
    return any(sure and at in plain for at, sure in outnumbered(ours, theirs, language))


def parted(english: Sequence[Token], translation: Sequence[Token]) -> bool:
    """Whether a translation has a colon or a question more, which may stand for a comma of the English."""
    ours, theirs = (sum(token.text in PARTING for token in said) for said in (english, translation))
    return theirs > ours


PARTING = frozenset(":?")


def places(here: Sequence[Listed]) -> dict[int, int]:
    """Where the joining words of lists beyond doubt stand, and how many items these have."""
    return {listed.items[-1][0]: len(listed.items) for listed in here if listed.plain}


def shorter(pair: Pair, *, plain: bool, sure: bool = True) -> Iterator[str]:
    """What is missing in each sentence or was added, in words: of what is a list beyond doubt (`plain`), or of what may be one. Where
    a translation joins as much as its English, only otherwise (*A and B, C*), that its list is shorter is not `sure`."""
    yield from (said for told, said in differing(pair, plain) if told is sure)


def named(english: Statement, listed: Listed, translation: Statement) -> bool:
    """Whether each item of an English list names something that the tables know, and all of it stands in the translation."""
    for start, end in listed.items:
        found = [
            (slot, value)
            for slot in NAMING
            for value, places in english.values(slot).items()
            if any(start <= at < end for at in places)
        ]
        if not found or not all(value in translation.values(slot) for slot, value in found):
            return False
    return True


NAMING = ("finding", "who", "colour", "day", "body", "part", "symptom", "person", "object", "food", "place", "remedy")
"""The slots whose values name things."""


@lru_cache(maxsize=2)
def differing(pair: Pair, plain: bool) -> tuple[tuple[bool, str], ...]:
    """All of that, each with whether it is sure."""
    return tuple(missing(pair, plain))


def missing(pair: Pair, plain: bool) -> Iterator[tuple[bool, str]]:
    """The same, sentence by sentence."""
    if pair.plural:
        return
    found = english_lists(pair.ours)
    if len(pair.ours.sentences) != len(pair.theirs.sentences):
        found = found[-1:]
    if not any(listed.plain is plain for here in found for listed in here):
        return
    for here, (english, translation) in zip(found, pair.sentences, strict=False):
        if not any(listed.plain is plain for listed in here):
            continue
        words = {token.text for token in translation.tokens}
        for listed in here:
            if name := unsaid(english, listed, translation, words, pair.language):
                if listed.plain is plain:
                    yield True, f"A list of the English names {name}, the translation does not. Add what is missing."
                break
        else:
            if here[0].plain is not plain:
                continue
            if (
                pair.strict
                and not plain
                and letters(translation.tokens) >= letters(english.tokens) * (pair.language.length or 1)
            ):
                continue  # nothing is missing in what is as long as it needs to be
            if not pair.language.spaces and all(named(english, one, translation) for one in here):
                continue  # eyes, nose and mouth: 眼鼻口
            count = len(here[0].items)
            more = further(english.tokens, translation.tokens) if plain else 0
            if shortened(here, translation.tokens, pair.language) or (
                more < 0 and pair.language.spaces and outnumbering(english.tokens, translation.tokens, places(here))
            ):
                sure = separators(translation.tokens) < separators(english.tokens) and not (
                    pair.strict and parted(english.tokens, translation.tokens)
                )
                yield (
                    sure,
                    f"A list of the English has {count} items, in the translation it has fewer. Add what is missing.",
                )
            elif more > 0 and (
                lengthened(here[0], english.tokens, translation.tokens, pair.language)
                or (pair.strict and longer(here, english.tokens, translation.tokens, pair.language))
            ):
                yield (
                    not free_of_more(english.tokens, translation.tokens, pair),
                    f"A list of the English has {count} items, in the translation it has more. Take out what the English does not have.",
                )
