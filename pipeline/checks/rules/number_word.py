"""A number in words that is another in the translation: two tablets are not three, `once` in Spanish is eleven."""

import re
from collections.abc import Hashable, Iterator, Sequence
from fractions import Fraction

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.comparison.answering import span, spans, whole_spans
from pipeline.core.model import Level
from pipeline.text.figures import PIECES, Item
from pipeline.text.quantities import Reading
from pipeline.text.tokens import Token


def run(pair: Pair) -> Iterator[str]:
    if (
        pair.plural
        or not pair.language.knows("number")
        or (pair.language.rough and (not pair.strict or pair.language.knows("rough")))
    ):
        return
    found = pair.agreement
    extra = found.words_extra or found.extra if not found.missing else found.words_extra
    missing = [
        item
        for item in found.words_missing
        if (pair.strict or told(item, extra) or amount(item, pair.ours.tokens)) and not pronoun(item, pair.ours.tokens)
    ]
    text = pair.ours.text
    doubling = VERB.search(text) if not missing and "double" in text else None
    if doubling and (more := [item for item in found.words_extra if item.kind == "count" and item.value in {3, 4}]):
        yield f"The English says “{doubling[0]}”, the translation “{more[0].text}” ({more[0].value}). Write the same number."
    yield from ranked(pair)
    yield from after_which(pair)
    if missing and extra:
        was, now = missing[0].text, extra[0].text
        yield f"The English says “{was}”, the translation “{now}” ({extra[0].value}). Write the same number."
    elif said := part_lost(pair) or while_grown(pair):
        yield f"The English says “{said[0]}”, the translation “{said[1]}”. Write the same number."


def part_lost(pair: Pair) -> tuple[str, str] | None:
    """A part of a piece that the translation makes a whole one, or a whole one of which it makes a part: half a tablet, a tablet; and
    what the two say for it. Only where one of the two texts says no part of anything."""
    ours, theirs = pieces(pair.ours), pieces(pair.theirs)
    if bool(ours) is bool(theirs):
        return None
    text, unit = (ours or theirs)[0]
    other = pair.theirs if ours else pair.ours
    if any(parted(token) for token in other.tokens) or any(one.unit in MINUTES for one in other.items):
        return None
    if theirs and any(token.text in AVERAGE for token in other.tokens):
        return None
    wholes = [token.text for token in other.tokens if ("unit", unit) in [sense for sense, _ in token.senses]]
    if not wholes or not pair.language.knows("fraction") or not pair.language.knows("unit", unit):
        return None
    return (text, wholes[0]) if ours else (wholes[0], text)


def while_grown(pair: Pair) -> tuple[str, str] | None:
    """A part of an hour, a day or a week that the translation puts on top of a whole one, or the other way round: half an hour, an hour
    and a half; and what the two say for it."""
    theirs: dict[Hashable, str] | None = None
    said: dict[Hashable, str] = {}
    for item in pair.ours.items:
        if item.value.denominator == 1 or not (long := spans(item, pair.ours.tokens)):
            continue
        if theirs is None:
            theirs, said = whiles(pair.theirs.items), whiles(pair.ours.items)
        here = long[0]
        if here in theirs or not isinstance(here, Fraction | int):
            continue
        others = [there for there in (here * ON_TOP, Fraction(here, ON_TOP)) if there not in said]
        other = next((theirs[there] for there in others if there in theirs), "")
        if other:
            return item.text, other
    return None


def whiles(items: Sequence[Item]) -> dict[Hashable, str]:
    """How long what a text says in units of time is, with its words for it."""
    return {long[0]: item.text for item in whole_spans(items) if (long := span(item))}


ON_TOP = 3
"""So many halves are one and a half."""


def pieces(reading: Reading) -> list[tuple[str, str]]:
    """The parts of pieces of a text, as it says them, each with its piece: half a tablet, an hour and a half."""
    found = []
    for item in reading.items:
        if item.kind != "digits" and item.value.denominator > 1:
            near = [token.sense("unit") for token in reading.tokens[item.end : item.end + ARTICLES + 1]]
            unit = next((said[0] for said in near if said), item.thing)
            if item.unit in HALVED or (not item.unit and unit in HALVED):
                found.append((item.text, item.unit or unit))
    return found


def parted(token: Token) -> bool:
    """Whether a word or figure may say a part of something."""
    if token.kind == "number":
        return not token.text.isdecimal()
    return bool(
        token.text in SLASHES
        or token.sense("fraction")
        or token.slot("share")
        or token.slot("share?")
        or token.slot("act") == "halve"
    )


AVERAGE = frozenset("average mean median medium middle mid".split())  # noqa: SIM905
"""English words that other languages say as *half*: *la dosis media*."""
ARTICLES = 2
"""Words between a part and its piece, at most: half of a tablet."""
SLASHES = frozenset("/⁄½¼¾")
HALVED = PIECES | {"year", "minute"}
"""Of what a part may become a whole."""
MINUTES = frozenset(["minute", "second", "percent", "month"])
"""What part of a whole is told in as well: 30 minutes, 50 %."""


def ranked(pair: Pair) -> Iterator[str]:
    """The one ordinal of the English that is another in the translation: the third day is not the second."""
    if sum(item.kind == "ordinal" for item in pair.ours.items) != 1:
        return
    ours, theirs = ordinals(pair.ours.tokens), ordinals(pair.theirs.tokens)
    if len(ours) != 1 or len(theirs) != 1:
        return
    (was, said), (now, told_as) = *ours.items(), *theirs.items()
    if was == now or FIRST in {was, now}:
        return
    there = [item for item in pair.theirs.items if item.value == was]
    here = [item for item in pair.ours.items if item.value == now]
    crossed = any(one.unit and one.unit == other.unit for one in here for other in there)
    if (here or there) and not crossed:
        return  # on day 3, in the third
    yield f"The English says “{said}”, the translation “{told_as}” ({now}). Write the same number."


def after_which(pair: Pair) -> Iterator[str]:
    """Of two ordinals the one that stands behind *after* or *before*, where the translation has the other there: the second dose after
    the first."""
    if pair.language.free_order or len(ordinals(pair.ours.tokens)) != BOTH:
        return
    here, there = behind(pair.ours.tokens), behind(pair.theirs.tokens)
    if (
        here
        and there
        and here[0] == there[0]
        and here[1] != there[1]
        and {here[1], there[1]} <= {*ordinals(pair.ours.tokens)}
    ):
        yield f"The English says “{here[0]}” of number {here[1]}, the translation of number {there[1]}. Write the same order."


BOTH, NEAR = 2, 4


def behind(tokens: Sequence[Token]) -> tuple[str, int] | None:
    """The one *after* or *before* of a text, and the first ordinal that stands near behind it."""
    said = [(at, sense[1]) for at, token in enumerate(tokens) for sense, _ in token.senses if sense in SIDES]
    places = {at for at, _ in said}
    if len(places) != 1:
        return None
    start, concept = said[0]
    found = (token.sense("ordinal") for token in tokens[start + 1 : start + NEAR])
    return next(((concept, int(value[0])) for value in found if value), None)


SIDES = frozenset([("says", "before"), ("says", "after")])


def ordinals(tokens: Sequence[Token]) -> dict[int, str]:
    """The ordinals of a text in words, whatever else these words may be, each with its word: *cuarto* is the fourth and a quarter."""
    found = ((token.sense("ordinal"), token.text) for token in tokens if token.senses)
    return {int(said[0]): text for said, text in found if said}


FIRST = 1
"""What languages say in many ways, of things that are no places in an order (*first of all*)."""


def pronoun(item: Item, tokens: Sequence[Token]) -> bool:
    """Whether an English *one* stands for what was named: *a missed one*, *the first one*."""
    if item.text != "one" or not item.at:
        return False
    before, after = tokens[item.at - 1].text, tokens[item.end].text if item.end < len(tokens) else "."
    named = before in NAMING or (item.at > 1 and tokens[item.at - 2].text in ARTICLES_BEFORE and before not in HAVING)
    return named and (not after.isalpha() or after in NO_NOUN)


NAMING = frozenset(
    [
        "the",
        "this",
        "that",
        "first",
        "last",
        "next",
        "other",
        "another",
        "same",
        "new",
        "old",
        "each",
        "every",
        "which",
        "any",
        "right",
        "wrong",
        "no",
    ]
)
ARTICLES_BEFORE = frozenset(["a", "an", "the", "this", "that", "your"])
NO_NOUN = frozenset(
    [
        "is",
        "was",
        "does",
        "do",
        "has",
        "have",
        "that",
        "which",
        "you",
        "it",
        "and",
        "or",
        "if",
        "when",
        "at",
        "in",
        "on",
        "by",
        "to",
        "will",
        "can",
        "should",
        "may",
        "of",
        "with",
        "as",
        "than",
    ]
)
"""English words before an article's *one*, and behind it where it names nothing itself."""


def told(item: Item, extra: Sequence[Item]) -> bool:
    """Whether an English word is a number beyond doubt in prose: *one* often is none (*one might wonder*, *the last one*), and is
    one where the translation has another number of the same thing."""
    return item.value != 1 or item.kind != "word" or any(same(item, other) for other in extra)


def amount(item: Item, tokens: Sequence[Token]) -> bool:
    """Whether a lone *one* stands where only an amount does: *one more*, *one each day*, *has one alarm*."""
    before = tokens[item.at - 1].text if item.at else ""
    return item.end < len(tokens) and (tokens[item.end].text in AMOUNT or before in HAVING)


VERB = re.compile(r"\b(?:not|never|to|don't) double\b")
"""*Double* as a verb, which is no number: but three times as much is another thing."""
AMOUNT = frozenset(["more", "each", "every", "per", "daily", "a", "is", "at", "tonight"])
HAVING = frozenset(
    ["has", "have", "holds", "contains", "gives", "give", "take", "takes", "use", "uses", "get", "needs", "need"]
)
"""English verbs whose object *one* is so many."""


def same(item: Item, other: Item) -> bool:
    """Whether two numbers are of one unit or thing."""
    return (item.unit or item.thing) == (other.unit or other.thing) != ""


CHECK = Check(
    "number-word",
    Level.ERROR,
    run,
    sentences=True,
    needs=needs.number_words,
    good=(
        ("es", "Take two tablets", "Tome dos tabletas"),
        ("es", "Once a day", "Una vez al día"),
        ("es", "Both arms", "Los dos brazos"),
        ("es", "Take half a tablet", "Tome media tableta"),
        ("es", "Wait half an hour", "Espere 30 minutos"),
        ("es", "The average dose is a tablet", "La dosis media de una tableta"),
        ("fr", "One might wonder if three are better.", "On peut se demander si trois valent mieux."),
    ),
    bad=(
        ("es", "Take two tablets", "Tome tres tabletas"),
        ("es", "Take it once a day", "Tómelo once veces al día"),
        ("es", "Take half a tablet", "Tome una tableta"),
        ("es", "Take a tablet", "Tome media tableta"),
        ("es", "Wait half an hour", "Espere una hora y media"),
    ),
)
