"""What several rules ask of two texts: hosts of addresses, units that changed, how often a sentence says no."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from pipeline.comparison.answering import COUNTED, Matched, measure, primary
from pipeline.text.figures import DOSES, Item
from pipeline.text.languages.table import Language
from pipeline.text.listing import joins
from pipeline.text.tokens import Token
from pipeline.text.wordings import says

if TYPE_CHECKING:
    from pipeline.checks.check import Pair

SAME = {
    frozenset(pair.split("/"))
    for pair in [
        "iu/unit",
        "degree/celsius",
        "degree/fahrenheit",
        "tablet/capsule",
        "pound/dollar",
        "dl/l",
        "dose/injection",
        "dose/time",
    ]
}
"""Units that translators rightly use for one another, or whose words are the same."""
NOT = ("says", "not")
ADVERBS = frozenset(["only", "also", "until", "since"])
"""Concepts whose words stand for a *not* as well as for themselves."""
NONE = frozenset[str]()
FLIPPED = (
    "stop/continue same/different safe/dangerous dry/wet slow/fast cover/uncover put_on/remove full/empty often/rarely "
    "always/sometimes tight/loose connect/disconnect wake/sleep clean/dirty deep/shallow strong/weak straight/bent lie/sit lie/stand"
)
FLIPS = tuple(
    flip for one, other in (pair.split("/") for pair in FLIPPED.split()) for flip in ((one, other), (other, one))
)
"""Opposites of which a *not* makes the one the other: not to stop is to go on."""
CONTRARY = (
    ("above", "below"),
    ("below", "above"),
    ("high", "low"),
    ("low", "high"),
    ("open", "closed"),
    ("closed", "open"),
    ("skip", "take"),
)
"""States of which a *not* of an English sentence is told as the other: *not to be left open* is *to be kept closed*."""


def host(address: str) -> str:
    """The host of an address; a mail address is one whole."""
    if "@" in address and "://" not in address:
        return address
    try:
        return urlsplit(address if "://" in address else f"//{address}").netloc
    except ValueError:
        return address


def unit_changed(found: Matched, language: Language) -> bool:
    """Whether both numbers have a unit or are of something that medicine is counted by, and not the same."""
    if found.how == "span":
        return False
    ours, theirs = measure(found.english), measure(found.translation)
    if (ours, theirs) == ("dose", "time"):
        return False  # no more than 4 doses a day: 4 times
    if not ours or not theirs or not language.knows("thing" if ours in COUNTED else "unit", ours):
        return False
    if ours == theirs:
        return (
            "/" in found.english.unit and "/" in found.translation.unit and found.english.unit != found.translation.unit
        )
    return frozenset([ours, theirs]) not in SAME


def full_day(item: Item, pair: Pair) -> bool:
    """Whether a number of a translation is the 24 hours of a full day of the English, or of its *day and night*."""
    if item.value != HOURS or item.unit not in {"hour", ""}:
        return False
    ours = pair.ours.tokens
    if not item.unit:  # 24 heures sur 24
        return says(ours, pair.source_language, "day-and-night") and pair.language.code == "fr"
    full = any(one.text in WHOLE and then.text == "day" for one, then in pairwise(ours))
    return full or says(ours, pair.source_language, "day-and-night")


HOURS = 24
WHOLE = frozenset(["full", "whole", "entire", "one", "a"])


def worded(found: Matched) -> bool:
    """Whether a dose in figures is answered by a word alone."""
    return found.how == "word" and found.translation.kind == "word" and primary(found.english) in DOSES


def in_words(found: Matched, pair: Pair) -> bool:
    """Whether it is answered by a word that counts the same thing and no other is beside it, in a language whose number words are
    surely read: the value is right, and only not in figures. What is counted stands right at the word: *eine Handvoll Tabletten*
    are no tablet."""
    item, tokens = found.translation, pair.theirs.tokens
    if not worded(found) or pair.language.rough or measure(found.english) != measure(item) or beside(found, pair):
        return False
    for at in range(max(item.at - 1, 0), min(item.end + RANGE, len(tokens))):
        if tokens[at].sense("unit"):
            return at <= item.at or at == max(ends(tokens, item.at, at))
    return False


def ends(tokens: Sequence[Token], start: int, end: int) -> Iterator[int]:
    """Where the numbers end that begin in a part of a sentence."""
    for at in range(start, end):
        number = tokens[at].sense("number")
        if number or tokens[at].kind == "number" or at == start:
            yield at + (number[1] if number else 1)


RANGE = 4
"""So far from a number its unit may stand, with another number between: *una o dos tabletas*."""


def beside(found: Matched, pair: Pair) -> Item | None:
    """Another number that the translation puts beside a dose, which the English has nowhere: *two or three tablets* for 2. *One*
    may be an article, so it counts right before an *or* alone."""
    dose, tokens = found.translation, pair.theirs.tokens
    if primary(found.english) not in DOSES:
        return None
    extra = [*pair.agreement.words_extra, *pair.agreement.extra]
    if len(pair.theirs.items) > len(pair.ours.items):
        known = {one.translation.at for one in pair.agreement.matched}
        extra += [one for one in pair.theirs.items if (one.kind == "dual" or one.value == 1) and one.at not in known]
    for other in extra:
        first, last = sorted((dose, other), key=lambda item: item.at)
        if other.value == dose.value or (measure(other) and measure(other) != measure(dose)):
            continue
        between = tokens[first.at + 1 : last.at]
        near = len(between) < NEAR and not any(token.text in STOPS for token in between)
        if near and (other.value != 1 or [*map(joins, between)] == [True]):
            return other
    return None


NEAR = 3
"""So many words stand between two numbers that are told of one thing, less one: *una tableta o dos*."""
STOPS = frozenset(".!?;:。！？；：؟۔।")
NOR = "nor"
"""*Neither … nor* says no once."""
NI = "ni"
"""In Spanish and French it goes on with a no before it: alone (*se pare ni se siente*) it is what is left of one."""
REACH, AFAR = 0.25, 0.5
"""How far from where the English says something its translation may say it, as a share of the sentence; and where a language
puts the parts of a sentence in another order."""
STEPS, LEAPS = 5, 8
"""Words that are always near, and where a language puts the parts of a sentence in another order."""

NIGHT = ("says", "night")
"""What is said by *every night* and *at bedtime* as well, which are bases."""

Placed = tuple[float, ...]
"""Where in a sentence something stands, each place as a share of its length, in order."""


def places(tokens: Sequence[Token], sense: tuple[str, str], but: tuple[str, str] = ("", "")) -> Placed:
    """Where a sentence has a sense, by words that have not another (`but`) as well."""
    count = len(tokens)
    found = [at for at, token in enumerate(tokens) if token[3] and token.has(sense) and token[0] != NOR]
    if sense == NIGHT:
        found = sorted(
            {*found, *(at for at, token in enumerate(tokens) if token[4] and token.slot("basis") == "night")}
        )
    if but[0]:
        found = [at for at in found if but not in [one for one, _ in tokens[at][3]]]
    if len(found) == 1 and tokens[found[0]][0] == NI:
        return ()
    return tuple([at / count for at in found])


class Excuses(NamedTuple):
    """Where words of a sentence stand that may stand for a concept: such words, those that only begin like one (`un*`), and
    those that hold a no in themselves (*unable*)."""

    words: Placed
    hints: Placed
    denying: Placed = ()


def turned(one: str, other: str, ours: Sequence[Token], theirs: Sequence[Token], languages: Sequence[Language]) -> bool:
    """Whether just one of two sentences denies what it says of two opposites, so that both say the same: *not to stop*, *go on*. A *not*
    that stands elsewhere turns nothing: *cover it to avoid an infection*."""
    return (one, other) in FLIPS and denied(ours, one, languages[0]) is not denied(theirs, other, languages[1])


def denied(tokens: Sequence[Token], concept: str, language: Language) -> bool:
    """Whether a *not* stands by the words for a concept, in the same clause. Of *sometimes* there is no *not*: it is of what follows."""
    if concept == "sometimes":
        return False
    far = AHEAD if language.spaces else FURTHER
    spots = [spot for at, token in enumerate(tokens) for spot in spans(token, at, ("says", concept))]
    nots = [
        (spot, near)
        for at, token in enumerate(tokens)
        if token.senses and ("says", concept) not in [sense for sense, _ in token.senses]
        for near, sense in ((far, NOT), (far, NEVER), (1, DENIES))
        for spot in spans(token, at, sense)
    ]
    behind = AHEAD if language.knows("clause-comma") else BEHIND
    return any(
        (0 <= start - stop < near and flowing(tokens[stop:start]))
        or (0 <= first - end < behind and near > 1 and flowing(tokens[end:first]))
        for start, end in spots
        for (first, stop), near in nots
    )


def spans(token: Token, at: int, wanted: tuple[str, str]) -> Iterator[tuple[int, int]]:
    """Where the words of a token begin and end that have a sense."""
    for sense, length in token.senses:
        if sense == wanted:
            yield at, at + length


def flowing(tokens: Sequence[Token]) -> bool:
    """Whether no mark divides these words."""
    return not any(token.text in STOPS or token.text in COMMAS for token in tokens)


NEVER = ("says", "never")
DENIES = ("denies", "not")
"""What holds a no in itself, and turns what it stands right before: *from getting dirty*."""
COMMAS = frozenset(",，،、")
AHEAD, FURTHER, BEHIND = 6, 10, 1
"""So few words stand from a *not* to what it is of, less one: before it, before it in a language without spaces, and right after it (*ne
couvrez pas*; German puts it as far behind as before)."""


def excuses(
    tokens: Sequence[Token],
    value: str,
    answered: frozenset[str] = NONE,
    *,
    against: str = "",
    common: frozenset[str] = NONE,
    sure: bool = False,
) -> Excuses:
    """The words of a sentence that may stand for a concept and do not say it, nor what is `against` it, nor answer one of
    `answered`, nor are too `common`; `sure`: nor say one of these themselves."""
    found: list[float] = []
    hints: list[float] = []
    denying: list[float] = []
    for at, token in enumerate(tokens):
        if not token.senses or token.text in common:
            continue
        meant = [sense for sense, _ in token.senses]
        denies = ("denies", value) in meant
        excuse = denies or ("excuses", value) in meant
        hint = ("hints", value) in meant
        if not (excuse or hint) or ("says", value) in meant or ("says", against) in meant:
            continue
        answers = [sense.value for sense in meant if not sure or sense.kind == "says"]
        if answered.isdisjoint([answer for answer in answers if answer not in ADVERBS]):
            place = at / len(tokens)
            (found if excuse else hints).append(place)
            if denies:
                denying.append(place)
    return Excuses(tuple(found), tuple(hints), tuple(denying))


def reach(tokens: Sequence[Token], *, free: bool) -> float:
    """How far in a sentence is near."""
    return max(AFAR, LEAPS / max(len(tokens), 1)) if free else max(REACH, STEPS / max(len(tokens), 1))


def unanswered(wanted: Placed, found: Placed) -> Placed:
    """The places of `wanted` that no place of `found` answers: as many as there are too few, those farthest from any."""
    if not found:
        return wanted
    least = max(len(wanted) - len(found), 0)
    return tuple(sorted(wanted, key=lambda at: -min(abs(at - other) for other in found))[:least])


def within(at: float, found: Excuses, far: float) -> int:
    """How many excuses are near a place."""
    return close(at, found.words, far) + close(at, found.hints, far * CLOSER)


def close(at: float, found: Placed, far: float) -> int:
    """How many of some places are near one."""
    return sum([abs(at - other) <= far for other in found])


CLOSER = 0.5
"""How much nearer a hint has to stand than a word."""


def concepts(tokens: Sequence[Token]) -> frozenset[str]:
    """The concepts that a sentence says, its negations aside."""
    says = [sense.value for token in tokens if token.senses for sense, _ in token.senses if sense.kind == "says"]
    fills = [
        sense.value
        for token in tokens
        if token.slots
        for sense, _ in token.slots
        if sense.kind in ANSWERS or sense == ("basis", "night")
    ]
    return frozenset([*says, *fills]) - {"not"}


ANSWERS = frozenset(["act", "condition"])
"""Slots whose values are concepts as well; and so is what is done each night."""


def told(slot: str, value: str, tokens: Sequence[Token], language: Language) -> str:
    """A value of a slot in plain words, with the word that was read so, where it is another and stands there."""
    said = PHRASES.get(slot, "{}").format(value.replace("-", " "))
    word = next(worded_as(tokens, (slot, value), language), said)
    return f"“{said}”" if word == said else f"“{said}” (“{word}”)"


def read_as(tokens: Sequence[Token], sense: tuple[str, str], language: Language) -> str:
    """The words that were read so, for the end of a clause: ` (“evita”)`."""
    found = [*dict.fromkeys(worded_as(tokens, sense, language))][:NAMED]
    return f" ({', '.join(f'“{word}”' for word in found)})" if found else ""


NAMED = 3
"""How many words are named that say the same."""


def worded_as(tokens: Sequence[Token], sense: tuple[str, str], language: Language) -> Iterator[str]:
    """The words of a text that have a sense or a value of a slot, in order."""
    for at, token in enumerate(tokens):
        for one, length in (*token.senses, *token.slots):
            if one == sense:
                between = " " if language.spaces else ""
                yield between.join(part.text for part in tokens[at : at + length])
                break


PHRASES = {"basis": "per {}", "route": "by or into: {}", "finding": "{}"}
"""How the values of some slots are said."""
