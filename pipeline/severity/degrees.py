"""How what ails goes on, how much there is of it, who sees to it, and how much depends on it that a reader does something: what plain
sentences say by words that no table of critical ones has."""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import pairwise

from pipeline.rewording import thesaurus
from pipeline.severity.clauses import Said
from pipeline.severity.heads import Part, Spans, bare
from pipeline.severity.items import STAFF
from pipeline.severity.unexplained import INTENSE
from pipeline.text import lexicon
from pipeline.text.sentences import sentences

COURSES = (
    frozenset(
        [
            "away",
            "disappear",
            "disappears",
            "disappeared",
            "pass",
            "passes",
            "fade",
            "fades",
            "heal",
            "heals",
            "healed",
            "better",
            "improve",
            "improves",
            "clear",
            "clears",
            "settle",
            "settles",
        ]
    ),
    frozenset(
        [
            "worse",
            "worsen",
            "worsens",
            "stay",
            "stays",
            "remain",
            "remains",
            "return",
            "returns",
            "persist",
            "persists",
            "spread",
            "spreads",
            "last",
            "lasts",
            "grow",
            "grows",
        ]
    ),
)
"""How what ails goes on: it goes away, or it does not."""


def course(before: Said, after: Said) -> Iterator[str]:
    """What goes away that gets worse, or stays: "the bloating goes away", "gets worse"."""
    lost, gained = before.words - after.words, after.words - before.words
    for one, other in (COURSES, COURSES[::-1]):
        if lost & one and gained & other and not gained & one and not lost & other:
            yield f"course: {min(lost & one)} → {min(gained & other)}"


LITTLE, LOT = (
    frozenset(["little", "bit", "slightly", "few", "somewhat", "any", "some"]),
    frozenset(["lot", "lots", "plenty", "much", "many", "heavily", "severely", "greatly"]),
)


FAINT = frozenset("slight slightly mild small minor light faint little bit few somewhat".split())  # noqa: SIM905
STRONG = frozenset("heavy severe large big great bright intense sharp strong high extensive huge massive bad".split())  # noqa: SIM905


def much(old: Part, new: Part, spans: Spans) -> Iterator[str]:
    """A lot of what was a little, or any: "it may bleed a little", "it may bleed a lot"; what is no more than a little, and what is of
    another kind: "a little fluid", "cloudy fluid"; what is less so that is so."""
    for span in spans:
        sides = (old[span.start : span.end], old[span.end].same), (new[span.begin : span.finish], new[span.finish].same)
        was, now = ({word.same for word in part} for part, _ in sides)
        both = frozenset({*was, *now})
        too = both == {"too"} and sides[0][1] == sides[1][1] and beyond(sides[0][1])
        if too or (both == {"enough"} and min(len(was), len(now)) == 0):
            yield f"how much: “{max(both)}” {'removed' if was else 'added'}"
        if was.isdisjoint(TOLD) and now.isdisjoint(TOLD):
            continue
        few, few_now = (bool(said & (LITTLE | FAINT)) and not said & STRONG for said in (was, now))
        many, many_now = (bool(said & (LOT | STRONG)) for said in (was, now))
        if (few and many_now and not few_now) or (many and few_now and not many_now and not few):
            yield f"how much: {min(was & AMOUNTS)} → {min(now & AMOUNTS)}"
        elif sides[0][1] == sides[1][1] and was and now and (of_a_kind(*sides[0], now) or of_a_kind(*sides[1], was)):
            yield f"how much: {' '.join(word.text for word in sides[0][0])} → {' '.join(word.text for word in sides[1][0])}"
        elif {*was, *now} == {"less"} and min(len(was), len(now)) == 0 and sides[0][1] != "than":
            yield f"how much: “less” {'removed' if was else 'added'}"


def beyond(word: str) -> bool:
    """Whether a *too* before a word says that it is more than is good: "too hot", "too much"."""
    return word in {"much", "many", "long", "soon", "fast", "late", "early"} or thesaurus.adjective(word)


AMOUNTS = LITTLE | FAINT | LOT | STRONG
TOLD = AMOUNTS | {"less"}


def of_a_kind(part: Part, noun: str, other: Set[str]) -> bool:
    """Whether words say of which kind a thing is, where the other text has how little there is of it."""
    kinds = [word.same for word in bare(part)]
    little = other & (LITTLE | FAINT) and other <= LITTLE | FAINT | {"a", "an", "the", "of"}
    return bool(
        little
        and len(kinds) == 1
        and thesaurus.adjective(kinds[0])
        and kinds[0] not in lexicon.FUNCTION_WORDS | AMOUNTS | INTENSE
        and not any(thesaurus.near(kinds[0], one) for one in other)
        and noun not in {"people", "patients"}
    )


NEEDED = frozenset("essential vital crucial imperative critical necessary important key".split())  # noqa: SIM905
"""What it is to do something that has to be done."""
COMMENDED = frozenset("best better helpful useful advisable sensible wise worth nice handy optional".split())  # noqa: SIM905
"""What it is to do something that may be left."""


def urged(old: Part, new: Part) -> Iterator[str]:
    """How much depends on it that something is done: "it is essential to rest", "it is a good idea to rest"."""
    (needed, commended), (needed_now, commended_now) = weights(old), weights(new)
    if commended == commended_now:
        return
    told, told_now = (
        needed + sum(one.instructs for one in sentences(text)) for needed, text in ((needed, old), (needed_now, new))
    )
    if (told > told_now) == (commended < commended_now) and told != told_now:
        yield "advice: what has to be done, what is good to do"


ABLE, WISHING = frozenset(["can"]), frozenset("want like wish please choose".split())  # noqa: SIM905


def pleased(old: Part, new: Part) -> Iterator[str]:
    """What readers do as far as they can, and as they like: "whenever you can", "whenever you want"."""
    (able, able_now), (wish, wish_now) = (
        [said_of_you(text, verbs) for text in (old, new)] for verbs in (ABLE, WISHING)
    )
    if able != able_now and wish != wish_now and (able > able_now) == (wish < wish_now):
        yield "advice: as one can, as one likes"


def meanwhile(old: Part, new: Part) -> Iterator[str]:
    """What is done once something is so, and while it becomes so: "once the skin is dry", "while the skin dries"; of texts in one form, in
    which *once* is a *when*."""
    (once, once_now), (during, during_now) = (
        [sum((word.text.lower(), word.same) == said for word in text) for text in (old, new)]
        for said in (("once", "when"), ("while", "while"))
    )
    if once != once_now and during != during_now and (once > once_now) == (during < during_now):
        yield "time: once it is so, while it is so"


def allowed(old: Part, new: Part) -> Iterator[str]:
    """What readers do as far as they can, and what they may do: "if you can, rest", "you can rest"."""
    led, led_now = as_one_can(old), as_one_can(new)
    free, free_now = (said_of_you(text, ABLE) - asked for text, asked in ((old, led), (new, led_now)))
    if led != led_now and free != free_now and (led > led_now) == (free < free_now):
        yield "advice: as far as one can, what one may do"


def as_one_can(found: Part) -> int:
    """How often a text says *if you can*, or *when*, and no more of it."""
    return sum(
        found[at].same in {"if", "when", "whenever", "where", "wherever"}
        and (found[at + 1].same, found[at + 2].same) == ("you", "can")
        and bool(found[at + 3].before.strip() or not found[at + 3].text)
        for at in range(len(found) - 3)
    )


def said_of_you(found: Part, verbs: frozenset[str]) -> int:
    """How often a text says *you* with one of some verbs right behind it."""
    return sum(one.same == "you" and other.same in verbs for one, other in pairwise(found))


def weights(found: Part) -> tuple[int, int]:
    """How often a text says of an act that it has to be done, and how often that it is good, or may help, to do it."""
    needed = commended = 0
    for at, word in enumerate(found):
        near = {one.same for one in found[max(at - 4, 0) : at]}
        if word.same in NEEDED | COMMENDED and "is" in near and near & {"it", "that", "this"}:
            needed += word.same in NEEDED
            commended += word.same in COMMENDED
        elif word.same == "sure" and near & {"make", "be"}:
            needed += 1
        elif (
            (word.same == "idea" and near & {"good", "an"})
            or (word.same in {"help", "helps"} and "it" in near)
            or (word.same == "consider" and at + 1 < len(found) and found[at + 1].same.endswith("ing"))
        ):
            commended += 1
    return needed, commended


def done_by(before: Said, after: Said, spans: Spans) -> Iterator[str]:
    """What somebody of the clinic does that readers do themselves, by the words that stand for one another: "changed by the nurse", "by you"."""
    old, new = before.found, after.found
    for span in spans:
        was, now = old[span.start : span.end], new[span.begin : span.finish]
        for one, other in ((was, now), (now, was)):
            you = {word.same for word in one} & {"you", "yourself"}
            staff = {word.same for word in other} & STAFF
            others = {word.same for word in other} & {"you", "your", "yourself"}
            if (
                you
                and staff
                and not others
                and len(one) <= 2
                and len(other) <= 4
                and not {word.same for word in one} & STAFF
            ):
                yield f"who: {' '.join(word.text for word in was)} → {' '.join(word.text for word in now)}"
