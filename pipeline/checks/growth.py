"""Lists that are longer in a translation, and what fell out between two things that both texts say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import starmap

from pipeline.checks import needs
from pipeline.checks.check import Pair
from pipeline.checks.lists import beside, free_of_more, shorter
from pipeline.comparison.aligned import NEVER, unanswered
from pipeline.comparison.anchored import SURE, overrun, shortfall
from pipeline.comparison.chained import chained
from pipeline.comparison.enumerated import fewer, more_items
from pipeline.comparison.joined import further, grown, most_joined, outnumbered, sparing
from pipeline.comparison.lost_values import letters
from pipeline.text.languages.table import Language
from pipeline.text.listing import ENUMERATING, Listed, english_lists, joins, opened
from pipeline.text.tokens import Token


@lru_cache(maxsize=1)
def grew(pair: Pair) -> tuple[bool, ...]:
    """For each sentence whose translation has a list of more items than the English joins, whether that is sure: it is where the count
    of what is joined tells it, and a stretch between two things that both texts say is as much longer as well."""
    return tuple(growing(pair))


def growing(pair: Pair) -> Iterator[bool]:
    """The same, sentence by sentence."""
    language = pair.language
    scale = language.length or 1
    for most, (english, translation) in zip(most_joined(pair.ours), beside(pair), strict=False):
        if language.code == "ar" and chained(english, translation, language):
            yield False
            continue
        more = further(english, translation)
        if more <= 0:
            continue
        if not language.spaces and not any(token.text == ENUMERATING for token in translation):
            continue  # the other comma parts clauses
        if parted(english) and not parted(translation):
            continue  # `…; should not go; and should stay`, with commas in their place
        if pair.strict and set_apart(english, translation, scale, more):
            continue
        if pair.strict and more == 1 and opened(english, translation):
            continue  # to protect yourself, use …
        if free_of_more(english, translation, pair):
            continue
        counted = grown(english, translation, language, most) or any(outnumbered(english, translation, language))
        if not counted and ((language.loose_order and not language.free_order) or language.code == "ar"):
            continue
        length = 0.0 if any(token.text == "both" for token in english) else overrun(english, translation, scale)
        if counted or length > LONGER:
            sure = length > SURELY if counted else length >= SURE
            yield sure and language.code != "ar"  # which writes its *and* onto words inside an item as well


@lru_cache(maxsize=256)
def counting(language: Language) -> bool:
    """Whether it is known which commas of a language part clauses and no items."""
    apart = sparing(language) or language.knows("join", "clause") or not language.spaces
    return language.knows("join") and apart


@lru_cache(maxsize=2)
def shrank(pair: Pair) -> bool:
    """Whether a stretch of a sentence, between two things that both texts say, has fewer commas and joining words than its English and is
    as much shorter as if an item were gone."""
    scale = pair.language.length or 1
    return any(
        (not pair.strict or letters(translation) < letters(english) * scale)
        and shortfall(english, translation, scale) > SHORTER
        for english, translation in beside(pair)
    )


LONGER, SHORTER = 0.5, 1.0
"""By how many letters a stretch is longer or shorter that has an item more or less, by the root of those that it needs."""
SURELY = 1.5
"""The same where the count of what is joined says so too."""


def parted(tokens: Sequence[Token]) -> bool:
    """Whether a sentence has a semicolon."""
    return any(token.text in SEMICOLONS for token in tokens)


def set_apart(english: Sequence[Token], theirs: Sequence[Token], scale: float, more: int) -> bool:
    """Whether the commas of which there are `more` may only set apart what the English says: two of them, in no more letters than it needs (*use the cream, twice a day,
    on arms and legs*), or one before times of day that are as many and joined in both (*take it, morning and night*)."""
    ours, yours = (sum(len(token.text) for token in tokens if token.kind != "sign") for tokens in (english, theirs))
    if more > 1 and yours <= ours * scale * LOOSELY:
        return True
    here, there = ([at for at, token in enumerate(tokens) if timely(token)] for tokens in (english, theirs))
    return len(here) == len(there) == 2 and all(
        any(map(joins, tokens[at[0] : at[1]])) for tokens, at in ((english, here), (theirs, there))
    )


def timely(token: Token) -> bool:
    """Whether a word says a time of day."""
    return bool(token.slots and token.slot("mealtime")) or any(
        sense.kind == "says" and sense.value in PARTS for sense, _ in token.senses
    )


LOOSELY = 1.1
"""How much longer than the rule a translation may be without more in it."""
PARTS = frozenset(["morning", "evening", "night"])
SEMICOLONS = frozenset(";؛；")


@lru_cache(maxsize=2)
def left_over(pair: Pair) -> tuple[float, float]:
    """How much likelier it is that a sentence of the translation lacks an item, and that it has one more, than that all of it answers its
    English: the most of all sentences, or of both texts as wholes where they have not as many."""
    scale = pair.language.length or 1
    sides = [*beside(pair)] or [(pair.ours.tokens, pair.theirs.tokens)]
    found = [unanswered(english, translation, scale) for english, translation in sides]
    return max(less for less, _ in found), max(more for _, more in found)


def lacks(pair: Pair) -> bool:
    """Whether an item of the English is likely to be gone, by what answers what."""
    return left_over(pair)[0] > likelihoods(pair.language)[0] or any(starmap(fewer, enumerating(pair)))


def has_more(pair: Pair) -> bool:
    """Whether a translation is likely to have an item more, by what answers what. Arabic writes its *and* onto words inside an item as well,
    and German has a comma before every clause."""
    language = pair.language
    told = language.code != "ar" and not language.knows("clause-comma")
    more = told and left_over(pair)[1] > likelihoods(language)[1]
    return more or any(starmap(more_items, enumerating(pair)))


def likelihoods(language: Language) -> tuple[float, float]:
    """From where on it is said that an item is gone, and that there is one more."""
    if sparing(language):
        return SPARING
    return LOOSE if language.spaces else UNSPACED


SPARING, LOOSE, UNSPACED = (1.2, 1.2), (1.4, 1.5), (2.0, 2.0)
"""How much likelier it is, as a natural logarithm: where commas part no clauses, where they do or the order is another, and where no
spaces are written and lengths tell less."""


def borne_out(pair: Pair, *, more: bool) -> bool:
    """Whether what a count of commas and joining words says in prose, that an item is gone or that there is one more, is likely by what answers what,
    and not sure by it; also where that does not tell."""
    if not more and surely_gone(pair):
        return False  # for `list-item`
    found = left_over(pair)
    return pair.strict or not sparing(pair.language) or max(found) <= NEVER or found[more] > BORNE[more]


BORNE = (-1.5, 0.5)
"""The same of what is counted as well: that an item is gone, and that there is one more."""


def surely_gone(pair: Pair) -> bool:
    """Whether two ways agree that an item of the English is gone: a count that alone is not sure, and what answers what."""
    if not sparing(pair.language) or not doubtful(pair):
        return False
    return left_over(pair)[0] > SURELY_GONE


@lru_cache(maxsize=2)
def doubtful(pair: Pair) -> bool:
    """Whether a count says that something is gone, and is not sure."""
    if any(any(shorter(pair, plain=plain, sure=False)) for plain in (True, False)):
        return True
    return any(shorter(pair, plain=False)) or (needs.lists(pair) and shrank(pair))


SURELY_GONE = 1.8
"""How much likelier it is that an item is gone which a count says as well."""


def enumerating(pair: Pair) -> Iterator[tuple[Sequence[Listed], Sequence[Token]]]:
    """The lists of each English sentence, and the translation of that, in a language that has a comma for items alone."""
    if pair.language.code in ENUMERATED and len(pair.ours.sentences) == len(pair.theirs.sentences):
        yield from zip(english_lists(pair.ours), pair.theirs.sentences, strict=False)


ENUMERATED = frozenset(["zh"])
