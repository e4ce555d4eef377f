"""Severity: how grave the change from one English text to another is, and why, in words a person reads.

Both texts are read as words, and from the words what may not change silently is drawn off: quantities, negations, modals,
directions, sides, names. A change of any of those is critical, of other words wording, of mere appearance cosmetic. In
doubt, the graver.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

from pipeline.content import parse
from pipeline.core.inline import Inline, Node, Syntax
from pipeline.core.model import IN_CRITICAL, Severity
from pipeline.rewording import thesaurus
from pipeline.rewording.constructions import one_form
from pipeline.rewording.medical import named_alike
from pipeline.rewording.occasions import told_alike, with_reasons
from pipeline.rewording.paraphrases import plain
from pipeline.severity import instructions, order
from pipeline.severity.attached import astray, attached, been, taken, ways
from pipeline.severity.clauses import unsaid
from pipeline.severity.degrees import meanwhile
from pipeline.severity.doers import acted_otherwise, handed_over
from pipeline.severity.focus import refocused
from pipeline.severity.items import content
from pipeline.severity.looks import (
    MORE_THAN_LOOKS,
    addresses,
    appearance,
    differences,
    letters,
    listed,
    remeasured,
    restructured,
)
from pipeline.severity.phrases import answered, mended, moved
from pipeline.severity.restored import restored
from pipeline.severity.told import told_otherwise
from pipeline.severity.unexplained import LIGHT, LIGHT_VERBS, unexplained
from pipeline.text import opposites, similarity
from pipeline.text.english import Word, texts, words
from pipeline.text.features import Feature, Names, features
from pipeline.text.respelling import respelled
from pipeline.text.stems import stemmed


class Grade(NamedTuple):
    """A severity and its reasons, gravest first."""

    severity: Severity
    reasons: tuple[str, ...]


SURVIVING = 40.0
"""Below this likeness of its words (0–100) an old text is no earlier wording of the new one, but another text."""
KEPT = 55.0
"""Share of the words (0–100), in any order and inflection, from which on it is the same text all the same."""
SHOWN = 4
"""How many reasons are named; the rest is counted."""


def grade(old: Inline, new: Inline, names: Names = frozenset(), *, critical: bool = False) -> Grade:
    """The severity of an edit. `names` are the protected names, as tuples of folded words; `critical`: the block is."""
    before, after = list(words(old)), list(words(new))
    plain_was, plain_now = told_alike(*map(one_form, with_reasons(*told_alike(*named_alike(before, after)))))
    one, other = restored(plain_was, moved(plain_was, plain_now))
    again = answered(one, mended(one, other))
    was, now = plain(one), plain(again)
    grave = [
        *changed(was, now, names),
        *turned(was, now),
        *instructions.turned_round(was, now),
        *unexplained(was, now),
        *unsaid(was, now),
        *told_otherwise(was, now),
        *handed_over(was, now),
        *meanwhile(plain_was, plain_now),
        *readdressed(old, new),
        *recoded(old, new, was, now),
        *lifted(old, new),
        *remeasured(old, new, before, after),
    ] or [
        *acted_otherwise(was, now),
        *attached(plain_was, plain_now),
        *been(was, now),
        *ways(was, now),
        *astray(was, now),
        *refocused(before, after),
        *taken(before, after),
    ]
    if grave:
        return Grade(Severity.CRITICAL, shortened(grave))
    if another_text(one[:-1], again[:-1]):
        return Grade(Severity.CRITICAL, ("mostly rewritten", *shortened(reworded(before, after))))
    mild = [*reworded(before, after), *restructured(old, new)]
    light = [] if mild else list(appearance(old, new, before, after)) or ["white space"]
    mild = mild or [reason for reason in light if reason in MORE_THAN_LOOKS]
    if critical:
        return Grade(Severity.CRITICAL, (IN_CRITICAL, *shortened(mild or light)))
    if mild:
        return Grade(Severity.WORDING, shortened(mild))
    return Grade(Severity.COSMETIC, shortened(light))


def another_text(old: Sequence[Word], new: Sequence[Word]) -> bool:
    """Whether so few words survive that the old text is no earlier wording; inflections and moved words are survivors."""
    said = [[word.same for word in found] for found in (old, new)]
    if said[0] == said[1] or similarity.ratio(said[0], said[1]) >= SURVIVING:
        return False
    told = [{*content(found)} for found in (old, new)]
    if told[0] and (told[0] == told[1] or (leads(said[0]) == leads(said[1]) and within(*sorted(told, key=len)))):
        return False
    roots = [[stemmed(word) for word in words] for words in said]
    common = (Counter(roots[0]) & Counter(roots[1])).total()
    return 200 * common / max(1, len(roots[0]) + len(roots[1])) < KEPT


AWAY = frozenset("out off away without against except instead".split())  # noqa: SIM905


def leads(said: Collection[str]) -> Collection[str]:
    """The small words of a text that turn what it says: "within reach", "out of reach"."""
    return AWAY.intersection(said)


WITHIN = 2
"""Words that a text may have more than another one, all of whose words it has."""


def within(less: Collection[str], more: Collection[str]) -> bool:
    """Whether a short text has all words of another, in any form, and hardly one more, which says little: "they do not know why", "why is
    not known"."""
    if len(less) < WITHIN or len(more) > len(less) + WITHIN or len(less) > 2 * SHOWN:
        return False
    if any(word not in little() and not any(thesaurus.near(word, one) for one in less) for word in more):
        return False
    return all(any(thesaurus.near(one, other) for other in more) for one in less)


@lru_cache(1)
def little() -> frozenset[str]:
    """The stems of words that say little of their own."""
    return frozenset(map(stemmed, LIGHT | LIGHT_VERBS | LITTLE))


LITTLE = frozenset(["some", "give", "want", "why", "eat", "position"])


@lru_cache(16384)
def grade_of(old: str, was: Syntax, new: str, now: Syntax, names: Names, critical: bool) -> Grade:
    """The grade of one text that became another, each written in its language."""
    return grade(parse(old, was), parse(new, now), names, critical=critical)


def shortened(reasons: Iterable[str]) -> tuple[str, ...]:
    """The first few reasons, each once, and how many more there are."""
    found = list(dict.fromkeys(reasons))
    more = len(found) - SHOWN
    return tuple(found) if more <= 0 else (*found[:SHOWN], f"and {more} more")


def changed(old: Sequence[Word], new: Sequence[Word], names: Names) -> Iterator[str]:
    """The changes among the features of two texts, as "20 ml → 40 ml"."""
    said = [word.same for word in old], [word.same for word in new]
    if said[0] != said[1] and Counter(said[0]) == Counter(said[1]) and order.harmless(old, new):
        return
    before, after = list(features(old, names)), list(features(new, names))
    keys = [(f.kind, f.same) for f in before], [(f.kind, f.same) for f in after]
    if keys[0] != keys[1]:
        if Counter(keys[0]) == Counter(keys[1]):
            strong = [[f for f in found if not f.weak] for found in (before, after)]
            if [f[:2] for f in strong[0]] != [f[:2] for f in strong[1]] and not order.harmless(old, new):
                yield f"order: {listed(f.text for f in strong[0])} → {listed(f.text for f in strong[1])}"
        else:
            yield from replaced(before, after)
    yield from reached(before, after, old, new)


def replaced(before: Sequence[Feature], after: Sequence[Feature]) -> Iterator[str]:
    """The features that came, went or took another's place; a weak one alone may come and go."""
    keys = [(f.kind, f.same) for f in before], [(f.kind, f.same) for f in after]
    gone, come = Counter(keys[0]) - Counter(keys[1]), Counter(keys[1]) - Counter(keys[0])
    for span in similarity.spans(*keys):
        if span.same:
            continue
        lost, gained = before[span.start : span.end], after[span.begin : span.finish]
        if not any(not f.weak for f in (*lost, *gained)):
            lost = [f for f in lost if (f.kind, f.same) in gone]
            gained = [f for f in gained if (f.kind, f.same) in come]
            both = {f.kind for f in lost} & {f.kind for f in gained} - {"negation"}
            if "direction" in both and not opposite(lost, gained):
                both -= {"direction"}
            lost, gained = ([f for f in found if f.kind in both] for found in (lost, gained))
            if not both or {f.same for f in (*lost, *gained)} <= ALIKE:
                continue
        lost, gained = unlike(lost, gained), unlike(gained, lost)
        if not lost and not gained:
            continue
        kinds = " and ".join(dict.fromkeys(f.kind for f in (*lost, *gained)))
        was, now = listed(f.text for f in lost), listed(f.text for f in gained)
        yield (
            f"{kinds}: {was} → {now}" if was and now else f"{kinds}: {now} added" if now else f"{kinds}: {was} removed"
        )


def unlike(some: Sequence[Feature], others: Sequence[Feature]) -> list[Feature]:
    """Features less the negations that the other text has in the same words, in a sentence that is no instruction there."""
    theirs = {f.text for f in others if f.kind == "negation"}
    return [f for f in some if f.kind != "negation" or f.text not in theirs]


def replaced_within(here: Feature, there: Feature, old: Sequence[Word], new: Sequence[Word]) -> bool:
    """Whether one word that a prohibition reaches gave way to one other: "do not use ice" is not "do not use heat"."""
    if " " not in here.same:
        return False  # no instruction
    for was, now in differences(old, new):
        if len(was) == len(now) == 1 and stemmed(was[0].same) in here.reach and stemmed(now[0].same) in there.reach:
            return not thesaurus.near(was[0].same, now[0].same)
    return False


def opposite(lost: Sequence[Feature], gained: Sequence[Feature]) -> bool:
    """Whether one of the directions that went is the opposite of one that came."""
    values = {f.same for f in (*lost, *gained)}
    return any(frozenset((one.same, other.same)) in opposites.OPPOSITES for one in lost for other in gained) or (
        "decrease" in values and not values.isdisjoint({"increase", "worse"})  # swelling goes down, or gets worse
    )


ALIKE = frozenset(["may", "can"])
"""Of what is possible, not allowed: "it may beep" and "it can beep"."""


def reached(
    before: Sequence[Feature], after: Sequence[Feature], old: Sequence[Word], new: Sequence[Word]
) -> Iterator[str]:
    """Negations that stand before other words of the text than they did; a word that is new in the text is none of it."""
    one, other = ([f for f in found if f.kind == "negation" and not f.weak] for found in (before, after))
    if len(one) != len(other):
        return
    for here, there in zip(one, other, strict=True):
        if replaced_within(here, there, old, new):
            yield f"negation: {here.text} → {there.text}"
    if instructions.voiced(old, new):
        return
    was, now = instructions.denied(old), instructions.denied(new)
    for word in dict.fromkeys((*was, *now)):
        if was[word] != now[word] and all_of(old, word) == all_of(new, word):
            yield f"a negation: “{word}” is denied in one text only"


def all_of(found: Sequence[Word], root: str) -> int:
    """How often a word stands in a text, in any inflection."""
    return sum(stemmed(word.same) == root for word in found)


def turned(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Words that gave way to their opposite, and numbers or negations that words moved around."""
    lost, gained = lost_and_gained(old, new)
    yield from (f"opposite: {one} → {other}" for one, other in thesaurus.contrary(lost, gained))
    before, after = [word.same for word in old], [word.same for word in new]
    moved = before != after and Counter(before) == Counter(after)
    if moved and any(not f.weak for f in features(old, frozenset())) and not order.harmless(old, new):
        yield "the same words in another order"


def lost_and_gained(old: Sequence[Word], new: Sequence[Word]) -> tuple[list[str], list[str]]:
    """The words that only one of the texts has, each as often as it has it more."""
    one, other = Counter(word.same for word in old), Counter(word.same for word in new)
    return list(one - other), list(other - one)


def host(url: str) -> str:
    """What of a link's target is more than a path: its host, the whole of one that is a contact; "" for a page of the site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme and parts.scheme not in {"http", "https"}:
        return re.sub(r"\s", "", url)
    facts = "".join(re.findall(r"\{[^}]*\}", url))
    return parts.netloc.casefold() + facts


def readdressed(old: Inline, new: Inline) -> Iterator[str]:
    """Links that lead to another host or contact than before."""
    before, after = [h for url in addresses(old) if (h := host(url))], [h for url in addresses(new) if (h := host(url))]
    if before != after:
        for span in similarity.spans(before, after):
            if not span.same:
                was, now = before[span.start : span.end], after[span.begin : span.finish]
                yield f"link: {listed(was) or 'none'} → {listed(now) or 'none'}"


def recoded(old: Inline, new: Inline, was: Sequence[Word], now: Sequence[Word]) -> Iterator[str]:
    """Code that went, came or changed places, to the last mark and capital: the name of a file, an option, what to type."""
    before, after = (
        [called(node.text.strip()) for node in inline.nodes if node.kind in {"code", "math"}] for inline in (old, new)
    )
    if before == after:
        return
    lost = [one for one, count in Counter(before).items() if count > times(one, new)]
    gained = [one for one, count in Counter(after).items() if count > times(one, old)]
    if lost or gained:
        yield f"code: {listed(lost) or 'none'} → {listed(gained) or 'none'}"
    elif Counter(before) == Counter(after) and not order.harmless(was, now):
        yield f"code: {listed(before)} → {listed(after)}"


def times(code: str, inline: Inline) -> int:
    """How often code stands in a text: as code to the letter, or written as a word, in capitals or not."""
    word = re.compile(rf"(?<![\w./-]){re.escape(code)}(?![\w/-]|\.\w)", re.I)
    return sum(
        called(text.strip()) == code if kind == "code" else len(word.findall(text)) if code else 1
        for text, kind in texts(inline)
    )


def called(code: str) -> str:
    """Code as it is compared: the name of a function (`call_command()`) without its brackets, anything else to the letter."""
    return code[:-2] if re.fullmatch(r"[A-Za-z.]*(?:_|[a-z][A-Z]|\w\.)\w*\(\)", code) else code


def lifted(old: Inline, new: Inline) -> Iterator[str]:
    """Words struck out or set high or low: 10<sup>2</sup> is not 102."""
    for tags, what in ((("s", "del", "strike"), "struck out"), (("sup", "sub"), "raised or lowered")):
        before, after = (
            [
                "".join(inside(inline.nodes, at))
                for at, node in enumerate(inline.nodes)
                if node.kind in {"open", "html"} and node.tag in tags
            ]
            for inline in (old, new)
        )
        if before != after:
            yield f"{what}: {listed(before) or 'nothing'} → {listed(after) or 'nothing'}"


def inside(nodes: Sequence[Node], at: int) -> Iterator[str]:
    """The texts between an opening node and the next one that closes its kind."""
    for node in nodes[at + 1 :]:
        if node.tag.lstrip("/") == nodes[at].tag:
            return
        if node.kind in {"text", "code", "escaped"}:
            yield node.text


# What is wording, and what is appearance -------------------------------------------------------------------------


def reworded(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """The words that changed, as “the doctor” → “your doctor”."""
    doubled = [
        frozenset(other.same for one, other in pairwise(found) if one.same == other.same and not other.before)
        for found in (old, new)
    ]
    for was, now in differences(old, new):
        if (
            respelled([word.same for word in was], [word.same for word in now])
            or twice(doubled[0], was, now)
            or twice(doubled[1], now, was)
        ):
            continue
        one, other = shown(was), shown(now)
        yield f"{one} → {other}" if one and other else f"{other} added" if other else f"{one} removed"
    if [word.same for word in old] == [word.same for word in new]:
        yield from rewritten(old, new)


def twice(doubled: Set[str], some: Sequence[Word], others: Sequence[Word]) -> bool:
    """Whether nothing but the second of two same words came or went: "the the". `doubled`: the words that stand so in the text."""
    return len(some) == 1 and not others and some[0].same in doubled


def rewritten(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Words that compare alike and are not written alike: “do not” and “don't”, “1,000” and “1000”, code in capitals."""
    for one, other in zip(old, new, strict=True):
        was, now = (word.text if word.kind in {"code", "number"} else letters(word.text) for word in (one, other))
        if was != now and not (one.same == other.same == "-"):
            yield f"“{one.text}” → “{other.text}”"


def shown(found: Sequence[Word]) -> str:
    """Words in quotation marks, a long stretch cut in its middle."""
    said = [word.text for word in found if word.text]
    text = " ".join(said if len(said) <= 12 else [*said[:6], "…", *said[-4:]])
    return f"“{text}”" if text else ""
