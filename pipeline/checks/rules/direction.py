"""A word that turned into its opposite: stop and keep, before and after, above and below, left and right."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import (
    CONTRARY,
    FLIPS,
    NOT,
    concepts,
    denied,
    excuses,
    places,
    reach,
    turned,
    unanswered,
    within,
)
from pipeline.checks.negation import contrary, either_way
from pipeline.comparison.affirmed import affirmed, kept
from pipeline.comparison.carried import reachless
from pipeline.comparison.exchanged import done_before, exchanged, shunned_instead
from pipeline.comparison.implied import firmly
from pipeline.comparison.keeping import keeps
from pipeline.comparison.limits import behind, parted, vague
from pipeline.comparison.unreached import bans
from pipeline.core.model import Level
from pipeline.text.imperatives import orders
from pipeline.text.languages.table import Language
from pipeline.text.quantities import Reading
from pipeline.text.tokens import Token
from pipeline.text.wordings import says as said_otherwise

OPPOSITES = tuple(
    tuple(pair.split("/"))
    for pair in [
        "stop/continue", "start/stop", "before/after", "above/below", "increase/decrease", "more/less", "left/right",
        "hot/cold", "open/closed", "inside/outside", "always/never", "minimum/maximum", "high/low", "upper/lower",
        "night/morning", "evening/morning", "early/late", "same/different", "first/last", "positive/negative", "safe/dangerous",
        "adult/child", "push/pull", "with_food/without_food", "high/less", "high/decrease", "low/increase", "only/also", "until/since",
        "dry/wet", "slow/fast", "cover/uncover", "raise/put_down", "put_on/remove", "full/empty", "full/half_full",
        "often/rarely", "often/never", "rarely/always", "always/sometimes", "never/sometimes", "tight/loose",
        "connect/disconnect", "inhale/exhale", "gain/lose", "sit/stand", "sit/lie", "stand/lie", "wake/sleep", "clean/dirty",
        "deep/shallow", "strong/weak", "thick/thin", "straight/bent", "face_up/face_down", "front_back/back_front",
        "clockwise/counterclockwise", "heat/ice", "new/same",
    ]
)  # fmt: skip
PLAIN = frozenset(["only", "until"])
"""Concepts for which the commonest words of a language (*que*, *si*, *no*) do not stand."""
PLAINLY = frozenset(["before/after", "increase/decrease", "more/less", "high/low", "first/last"])
"""Pairs of which a sentence that says the one and never the other has turned if the other alone is said, though a word near by
might be an excuse on one of the two sides; asked of languages alone whose tables were measured."""
BOTH = tuple((one, other) for pair in OPPOSITES for one, other in (pair, pair[::-1]))
AGAINST: defaultdict[str, list[str]] = defaultdict(list)
"""The opposites of each concept."""
for one, other in BOTH:
    AGAINST[one].append(other)


AGAINST["within"].append("after")
"""The other way round it is none: *dentro de 24 horas* may well be after them."""


def opposed(pair: Pair) -> bool:
    """A concept in the English and its opposite in the translation, or a *then*."""
    if "then" in pair.ours.vocabulary:
        return True
    theirs, against = pair.theirs, against_which(pair.ours)
    return not against.isdisjoint(theirs.says) or ("night" in against and NIGHTLY in theirs.slots)


@lru_cache(maxsize=1 << 12)
def against_which(english: Reading) -> frozenset[str]:
    """The opposites of all that an English text says."""
    says = english.says | {"night"} if NIGHTLY in english.slots else english.says
    return frozenset([opposite for concept in says for opposite in AGAINST.get(concept, ())])


NIGHTLY = ("basis", "night")


def run(pair: Pair) -> Iterator[str]:
    if pair.plural:
        return
    free = pair.language.loose_order
    for english, translation in pair.sentences:
        here, there = english.tokens, translation.tokens
        if "then" in pair.ours.vocabulary and done_before(here, there):
            yield "The English tells what to do first and what then, the translation the other way round. Check the order."
            return
        says, said = concepts(here), concepts(there)
        for one, opposite in (
            (concept, against) for concept in sorted(says) for against in AGAINST.get(concept, ()) if against in said
        ):
            nots = abs(len(places(here, NOT)) - len(places(there, NOT)))
            alone = (
                pair.language.knows("measured")
                and opposite not in says
                and one not in said
                and not nots
                and {f"{one}/{opposite}", f"{opposite}/{one}"} & PLAINLY
            )
            shifted = (
                pair.language.knows("measured")
                and not nots
                and {f"{one}/{opposite}", f"{opposite}/{one}"} & PLAINLY
                and shift(one, opposite, here, there)
            )
            if (one, opposite) == ("within", "after") and pair.language.free_order and {one, opposite} <= says & said:
                continue  # within two months after it: after it, within two months
            if alike(opposite, says) and alike(one, said) and crossed(one, opposite, pair, here, there):
                yield f"What the English says of “{one}”, the translation says of “{opposite}”. Check which is which."
                return
            ban = (
                (one, opposite) in FLIPS
                and denied(here, one, pair.source_language)
                and denied(there, opposite, pair.language)
            )
            lost = wanting(one, opposite, here, there, pair.language.function, ban=ban, free=free)
            gone = lost and (alone or never(one, opposite, here, pair.source_language))
            if shifted or gone or ((lost or alone) and wanting(opposite, one, there, here, ban=ban, free=free)):
                if turned(one, opposite, here, there, (pair.source_language, pair.language)):
                    continue
                if said_by_contrary(one, opposite, here, there):
                    continue  # never higher: always lower
                if (one, opposite) == ("before", "after") and parted(english, translation, pair.language):
                    continue  # two hours before tea: tea two hours later
                if {one, opposite} == {"before", "after"} and behind(one, english, translation, pair.language):
                    continue  # rest before you try again: try again after a rest
                if (one, opposite) == ("after", "before") and firmly(english, translation, pair.language):
                    continue  # from the day after: from the day after, not before
                if (one, opposite) == ("never", "always") and reachless(english, translation, pair.language):
                    continue  # never where children reach it: always out of reach
                if opposite.startswith("with") and either_way(here):
                    continue  # with or without food
                if (one, opposite) == ("within", "after") and ("after" in says or (vague(here) and not orders(here))):
                    continue  # within three months after; within weeks: after some weeks
                if (one, opposite) == ("wake", "sleep") and (
                    translation.negations or said_otherwise(there, pair.language, "except")
                ):
                    continue  # while you are awake: except when you sleep
                if (one, opposite) == ("always", "never") and said_otherwise(there, pair.language, "remember"):
                    continue  # never forget
                if opposite in {"never", "without_food"} and affirmed(english, translation):
                    continue  # always with food: never without
                if kept(english, translation, pair.language):
                    continue  # do not get up: stay lying
                if keeps(here, there):
                    continue  # keep it closed: do not open it
                if one == "lie" and denied(here, one, pair.source_language) and not places(there, NOT):
                    continue  # do not lie down: sit or stand
                if (one, opposite) in FLIPS and bans(here, one):
                    continue  # do not touch it or get it wet: keep it dry
                yield f"The English says “{one}”, the translation “{opposite}”. Check that it says the same."


def said_by_contrary(one: str, opposite: str, ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether a state is forbidden in the English and its opposite told in the translation; its *never* is that one's *always* then."""
    if not places(ours, NOT) or places(theirs, NOT):
        return False
    return contrary(ours, theirs) and ((one, opposite) in CONTRARY or (one, opposite) == ("never", "always"))


def never(one: str, opposite: str, ours: Sequence[Token], language: Language) -> bool:
    """Whether a *not always* became a *never*: its *not* is no excuse for that."""
    return (one, opposite) == ("always", "never") and denied(ours, "always", language)


def crossed(one: str, other: str, pair: Pair, ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether a concept and its opposite changed places, each said once, and what they are said of did not: *2 in the morning and
    1 at night*. What that is, two numbers or colours that both sentences have once tell, in the same order; of parts of the day, and of
    what is put on and taken off, any words of their own that each of them has."""
    spots = [
        [
            [at for said in (concept, ALIKE.get(concept, "")) for at in places(tokens, ("says", said))]
            for concept in (one, other)
        ]
        for tokens in (ours, theirs)
    ]
    if any(len(found) != 1 for found in (*spots[0], *spots[1])):
        return False
    here, there, mine, yours = (found[0] for found in (*spots[0], *spots[1]))
    places_ours = round(here * len(ours)), round(there * len(ours))
    places_theirs = round(mine * len(theirs)), round(yours * len(theirs))
    if shunned_instead(one, other, ours, theirs, (places_ours, places_theirs), pair.language.code):
        return True
    if (here < there) is (mine < yours):
        return False
    named, found = anchors(ours), anchors(theirs)
    both = [value for value in named if value in found]
    if len(both) > 1 or {one, other} not in EXCHANGED:
        return len(both) > 1 and both == sorted(both, key=found.__getitem__)
    names = frozenset(said for concept in (one, other) for said in (concept, ALIKE.get(concept, concept)))
    return exchanged(
        ours,
        theirs,
        places_ours,
        places_theirs,
        (pair.source_language, pair.language),
        names,
        before="morning" in {one, other},
    )


EXCHANGED = ({"night", "morning"}, {"evening", "morning"}, {"put_on", "remove"}, {"open", "closed"})
"""What each thing of two has its own of."""


def alike(concept: str, said: frozenset[str]) -> bool:
    """Whether a concept is said, or what stands for it between morning and evening."""
    return concept in said or ALIKE.get(concept, "") in said


ALIKE = {"night": "evening", "evening": "night"}


def anchors(tokens: Sequence[Token]) -> dict[str, int]:
    """The numbers and colours that a sentence says once, in their order, each with its place."""
    said: dict[str, int] = {}
    twice: set[str] = set()
    for at, token in enumerate(tokens):
        number = token.sense("number") or token.sense("fraction")
        value = token.text if token.kind == "number" else number[0] if number else token.slot("colour")
        if value in said:
            twice.add(value)
        elif value:
            said[value] = at
    return {value: at for value, at in said.items() if value not in twice}


def shift(one: str, opposite: str, ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether two sentences say a concept and its opposite equally often in all, and the one of them less often: *before eating
    and after coughing*, and *after* both."""
    here, there = ([count(tokens, concept) for concept in (one, opposite)] for tokens in (ours, theirs))
    unclear = sum(token.has(("says", one)) for token in theirs) > there[0]  # Russian *до*
    return sum(here) == sum(there) and there[0] < here[0] and here[1] > 0 and not unclear


def count(tokens: Sequence[Token], concept: str) -> int:
    """How often a sentence says a concept by words that say nothing of a bound or a while: Russian *до* is *before*, *until* and *to*."""
    sense = ("says", concept)
    said = [token for token in tokens if token.senses and sense in [one for one, _ in token.senses]]
    return sum(not (token.slot("condition") or token.slot("bound")) for token in said)


def wanting(
    concept: str,
    opposite: str,
    ours: Sequence[Token],
    theirs: Sequence[Token],
    common: frozenset[str] = frozenset(),
    *,
    ban: bool = False,
    free: bool,
) -> bool:
    """Whether a concept that one sentence says is missing in the other, and nothing near its place may stand for it there that
    stands for nothing here, nor says its opposite (the *lebih*, more, of *lebih rendah*, lower). `ban`: both deny what they say, so no *not* stands
    for it."""
    far = reach(ours, free=free)
    plain = common if concept in PLAIN else frozenset[str]()
    if ban:
        plain |= {token.text for token in (*ours, *theirs) if token.has(NOT)}
    instead = excuses(theirs, concept, concepts(ours) - {concept}, against=opposite, common=plain)
    answered = excuses(ours, concept, concepts(theirs) - {concept}, common=plain if ban else frozenset())
    kept = {token.text for token in theirs}
    if any(("says", concept) in [sense for sense, _ in token.senses] and token.text in kept for token in ours):
        return False  # a name that is left in English
    return any(
        within(at, instead, far) <= within(at, answered, far)
        for at in unanswered(places(ours, ("says", concept)), places(theirs, ("says", concept), but=("says", opposite)))
    )


CHECK = Check(
    "direction",
    Level.ERROR,
    run,
    sentences=True,
    needs=opposed,
    good=(("es", "Before you eat", "Antes de comer"), ("es", "Your left arm", "Su brazo izquierdo")),
    bad=(
        ("es", "Before you eat", "Después de comer"),
        ("es", "Your left arm", "Su brazo derecho"),
        ("es", "Stop taking it", "Siga tomándolo"),
    ),
)
