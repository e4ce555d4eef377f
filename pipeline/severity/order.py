"""Whether the same words in another order say the same: a clause that moved to the front, an adverb, two items of a list.

Anything else that moved around a number, a negation or the like is for a person to look at.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from pipeline.rewording import thesaurus
from pipeline.text import lexicon
from pipeline.text.english import Word
from pipeline.text.features import Feature, features, value_of
from pipeline.text.sentences import sentences

ADJUNCTS = frozenset(
    "if when whenever while before after until once unless during since because as at in on for with by to every each from "  # noqa: SIM905
    "through over within without between most sometimes usually often under near although though even whereas despite depending given soon shortly later".split()
)
"""What a clause or phrase begins with that may stand before its sentence or behind it."""
REASONS = frozenset("because as since to so".split())  # noqa: SIM905
"""Those of them that a negation may reach: "do not stop because it hurts"."""
JOINING = frozenset("and or but nor then".split())  # noqa: SIM905
FOCUS = frozenset("only just even not no never".split())  # noqa: SIM905
"""Words that say what they stand before; they do not move."""
ADVERBS = frozenset(
    "well soon later afterwards afterward straight perhaps maybe ever all both often usually sometimes always also too now then please today generally normally still already again otherwise however therefore thus anyway nevertheless together here there off on "  # noqa: SIM905
    "up down out".split()
)


def harmless(old: Sequence[Word], new: Sequence[Word]) -> bool:
    """Whether the texts have the same words, and those that moved did so inside their sentence without a change of sense."""
    before, after = list(sentences(old)), list(sentences(new))
    if len(before) != len(after):
        return False
    for one, other in zip(before, after, strict=True):
        was, now = old[one.start : one.end], new[other.start : other.end]
        if same(was) != same(now) and not (Counter(same(was)) == Counter(same(now)) and moved_well(was, now)):
            return False
    return True


def same(found: Sequence[Word]) -> list[str]:
    return [word.same for word in found]


def moved_well(was: Sequence[Word], now: Sequence[Word]) -> bool:
    """Whether one sentence became the other by one harmless move."""
    was, now = joined_on(was, now)
    return (
        turned_round(was, now)
        or adverb(was, now)
        or swapped_items(was, now)
        or phrase(was, now)
        or two_phrases(was, now)
        or participle(was, now)
        or only(was, now)
    )


def only(was: Sequence[Word], now: Sequence[Word]) -> bool:
    """Whether an *only* moved from the verb to what it is about, or back, in one clause: "you can only drink water", "drink only water"."""
    said, other = same(was), same(now)
    if said.count("only") != 1 or other.count("only") != 1:
        return False
    here, there = sorted((said.index("only"), other.index("only")))
    first = was if said.index("only") == here else now
    if [word for word in said if word != "only"] != [word for word in other if word != "only"]:
        return False
    verb = first[here + 1].same if here + 1 < len(first) else ""
    led = not here or first[here].before or first[here - 1].same in SHARING
    inner = first[here + 1 : there + 1]
    ends = there + 1 == len(first) or bool(first[there + 1].before)
    told = len(inner) == 1 and thesaurus.verb(inner[0].same) and not ends and first[there + 1].same in ADJUNCTS
    if told or (ends and one_thing(inner)):
        return True
    return bool(
        led
        and (verb in lexicon.IMPERATIVES or (here and first[here - 1].same in SHARING))
        and not any(word.before.strip("-") or word.same in CLAUSE | JOINING | FOCUS for word in inner)
    )


def one_thing(part: Sequence[Word]) -> bool:
    """Whether words are one thing or phrase, before or behind which an *only* sets it apart: "only on the face", "on the face only"."""
    said = same(part)
    acts = lexicon.IMPERATIVES | SHARING | FOCUS | JOINING | CLAUSE | {"you", "is", "are", "be"}
    later = said[1:] if part else []
    return (
        bool(part)
        and not any(word.before.strip("-") for word in part[1:])
        and acts.isdisjoint(said)
        and ADJUNCTS.isdisjoint(later)
    )


CLAUSE = frozenset("if when unless while until that which who because".split())  # noqa: SIM905


def joined_on(was: Sequence[Word], now: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """Two sentences without the conjunction that both begin with: "But with this you can", "But you can with this"."""
    both = (
        len(was) > 1
        and was[0].same == now[0].same
        and was[0].same in {"but", "and", "so", "or", "yet", "note", "please"}
    )
    return (was[1:], now[1:]) if both else (was, now)


MEASURED = frozenset("number time amount finding food device place body who medicine".split())  # noqa: SIM905
"""What a phrase may say that stands before another or behind it: how often, how long, where, with what."""


def two_phrases(was: Sequence[Word], now: Sequence[Word]) -> bool:
    """Whether two whole phrases behind a verb changed places: "three times a week for four hours", "for four hours, three times a week"."""
    low, high = window(was, now)
    inner, other = was[low:high], same(now[low:high])
    words = {word.same for word in inner}
    if words & (FOCUS | JOINING | {"than", "to"}) or any(
        feature.kind not in MEASURED and feature.same != "equal" for feature in weighty(inner)
    ):
        return False
    if high < len(was) and not (was[high].before and now[high].before):
        return False
    return any(
        same(inner[cut:]) + same(inner[:cut]) == other and all(whole(part) for part in (inner[:cut], inner[cut:]))
        for cut in range(1, len(inner))
    )


def whole(part: Sequence[Word]) -> bool:
    """Whether words are one phrase of their own: with a preposition, or how often."""
    said = same(part)
    often = said[0] in {"once", "twice", "every", "each"} or (len(said) > 1 and said[1] == "times")
    return said[0] in ADJUNCTS - {"to", "by"} or often


def participle(was: Sequence[Word], now: Sequence[Word]) -> bool:
    """Whether a participle went from one side of its noun to the other: "samples collected", "collected samples"."""
    low, high = window(was, now)
    return (
        high - low == 2
        and any(word.same.endswith("ed") and len(word.same) > 4 for word in was[low:high])
        and all(feature.kind in THINGS for feature in weighty(was[low:high]))
        and not was[low + 1].before
        and not now[low + 1].before
    )


def turned_round(was: Sequence[Word], now: Sequence[Word]) -> bool:
    """Whether a clause or phrase moved from one end of the sentence to the other: "After the scan, rest"."""
    said, other = same(was), same(now)
    for cut in range(1, len(said)):
        if said[cut:] + said[:cut] != other:
            continue
        for adjunct, main in ((was[:cut], was[cut:]), (was[cut:], was[:cut])):
            if begins(adjunct) and stands_alone(adjunct, main):
                return True
    return False


def begins(found: Sequence[Word]) -> bool:
    """Whether a clause or phrase begins that may stand before its sentence or behind it."""
    first, second = found[0].same, found[1].same if len(found) > 1 else ""
    third = found[2].same if len(found) > 2 else ""
    return (
        first in ADJUNCTS
        or (first == "the" and second in DAYS and third in {"before", "after", "of"})
        or (first, second) in {("now", "that"), ("so", "that")}
        or (first == "even" and second in EVEN)
        or (first.endswith("ly") and second in {"before", "after"})
        or how_often(found)
    )


SPELLS = frozenset("minute minutes hour hours day days week weeks month months year years night nights".split())  # noqa: SIM905


def how_often(found: Sequence[Word]) -> bool:
    """Whether a phrase begins that says how often, or how long before or after: "twice a day", "24 hours before your visit"."""
    first, said = found[0], [word.same for word in found[1:4]]
    if first.kind != "number" and first.same not in {"a", "an", "one", "once", "about"}:
        return False
    if said[:1] == ["times"] or first.same == "once":
        return bool(set(said) & {"a", "an", "every", "each", "per", "daily"})
    return any(word in SPELLS and set(said[at + 1 : at + 2]) & {"before", "after"} for at, word in enumerate(said[:2]))


DAYS = frozenset("day days night morning evening afternoon week weeks month".split())  # noqa: SIM905
"""What a phrase says *when* with that has no preposition: "the day after surgery"."""
EVEN = frozenset("if when though after while".split())  # noqa: SIM905
"""What an *even* before it belongs to: "even when you feel well"."""


def stands_alone(adjunct: Sequence[Word], main: Sequence[Word], *, apart: bool = False) -> bool:
    """Whether an adjunct belongs to the whole of a main clause, wherever it stands; `apart`: a comma sets it off behind it."""
    said = {word.same for word in main}
    own_not = apart or next((word.same in RELATIVE for word in main if word.same in RELATIVE | DENYING), True)
    own = adjunct[1:] if adjunct[0].same == "even" else adjunct
    if FOCUS & {word.same for word in own} & {"only", "just", "even"} or said & {"only", "just", "even"}:
        return False
    if adjunct[0].same == "depending" and not said & {"not", "no", "never"}:
        return True
    if said & DENYING and adjunct[0].same in REASONS and not own_not:
        return False
    return not (clauses(main) > 1 and weighty(main))


RELATIVE, DENYING = frozenset("that which who".split()), frozenset("not no never".split())  # noqa: SIM905


def clauses(found: Sequence[Word]) -> int:
    """How many things are told: a conjunction or mark before a verb of instruction, a number, a negation or a modal parts two."""
    more = 0
    for at in range(1, len(found)):
        word = found[at]
        marked = {",", ";", ":"} & set(word.before) or (found[at - 1].same in JOINING and not shared(found, at - 1))
        if (
            marked
            and not (forbidden(found, at) or (found[at - 1].same == "or" and forbidden(found, at - 2)))
            and word.same not in JOINING
            and (
                word.same in lexicon.IMPERATIVES
                or {";", ":"} & set(word.before)
                or (weighs(found, at) and not coloured(word))
            )
        ):
            more += 1
    return more + 1


def forbidden(found: Sequence[Word], at: int) -> bool:
    """Whether the act at a place is one of several that one *not* forbids: "do not bend, twist or lift"."""
    link = next((to for to in range(at + 1, min(at + 6, len(found) - 1)) if found[to].same == "or"), 0)
    return bool(
        link
        and found[link + 1].same in lexicon.IMPERATIVES
        and found[at].same in lexicon.IMPERATIVES
        and any(word.same == "not" for word in found[:at])
        and all("," in word.before or word.same == "or" for word in found[at:link])
    )


def shared(found: Sequence[Word], at: int) -> bool:
    """Whether what is joined at a place has all else in common: two verbs of one *not* or modal, "you must not eat or drink"; two numbers."""
    if found[at].same == "or" and at + 1 < len(found) and value_of(found[at + 1]) is not None:
        return value_of(found[at - 1]) is not None or found[at - 1].same in SPELLS  # "a day or two"
    if at > 1 and found[at - 2].same in SHARING and found[at - 1].same in lexicon.IMPERATIVES:
        return True  # "you may eat and drink"
    return found[at].same == "or" and at > 1 and found[at - 2].same in {"not", "never"}


def coloured(word: Word) -> bool:
    """Whether a word is a colour, which begins a thing and never a clause: "cuts, blisters and red patches"."""
    return [feature.kind for feature in weighty([word])] == ["colour"]


SHARING = frozenset("may can must should will could might".split())  # noqa: SIM905


def weighs(found: Sequence[Word], at: int) -> bool:
    """Whether the word at a place is a number, a negation, a modal or the like: not a thing of which lists are made."""
    others = any(feature.kind not in THINGS for feature in weighty(found[at : at + 1]))
    return others or found[at].same in {"you", "we", "they", "it"}


THINGS = frozenset("finding food device place body who medicine".split())  # noqa: SIM905
"""What may stand in any order in a list."""


def weighty(found: Sequence[Word]) -> list[Feature]:
    """What of some words may not change silently."""
    return [*features([*found, Word("", "", "end")], frozenset())]


def adverb(was: Sequence[Word], now: Sequence[Word]) -> bool:
    """Whether one adverb or particle moved within its clause: "gently presses", "presses gently"; "turn it off"."""
    for word in {w.same for w in was}:
        if word not in ADVERBS and word != "first" and not (word.endswith("ly") and len(word) > 4):
            continue
        if same(was).count(word) != 1:
            continue
        here, there = same(was).index(word), same(now).index(word)
        if word == "first" and sorted((here, there)) != [0, len(was) - 1]:
            continue  # "the first tablet"
        less, other = [w for w in same(was) if w != word], [w for w in same(now) if w != word]
        if (
            less == other
            and not {*less[min(here, there) : max(here, there)]} & (FOCUS | JOINING)
            and one_clause(was, here, there)
        ):
            return True
    return False


def one_clause(found: Sequence[Word], start: int, end: int) -> bool:
    """Whether no mark but a comma beside its ends and no conjunction stands between two places."""
    low, high = sorted((start, end))
    inner = found[low + 2 : high + 1]
    return not any(word.before.strip("-") or word.same in PARTING for word in inner)


PARTING = frozenset("if when unless while until after before because that which who".split())  # noqa: SIM905
"""What begins a clause of its own, which an adverb does not leave or enter."""


def swapped_items(was: Sequence[Word], now: Sequence[Word]) -> bool:
    """Whether words of a list, each a single word, changed places: "herbs, vitamins and oils"."""
    low, high = window(was, now)
    inner = [word for word in was[low:high] if word.same not in {"the", "a", "an", "your"}]
    led = not low or was[low].before or was[low - 1].same in SHARING | {"then", "please", "to"}
    if led and len(inner) == 3 and inner[1].same == "and" and {inner[0].same, inner[2].same} <= lexicon.IMPERATIVES:
        return high == len(was) or bool(was[high].before)  # "shake and open the bottle": one after the other
    if any(
        feature.kind not in THINGS for feature in weighty([word for word in inner if word.same not in {"and", "or"}])
    ):
        return False
    return all(
        other.same in {"and", "or"} or one.same in {"and", "or"} or "," in other.before
        for one, other in itertools.pairwise(inner)
    )


def window(was: Sequence[Word], now: Sequence[Word]) -> tuple[int, int]:
    """Where two sentences of equal length differ."""
    differ = [at for at, (one, other) in enumerate(zip(was, now, strict=True)) if one.same != other.same]
    return (differ[0], differ[-1] + 1) if differ else (0, 0)


def phrase(was: Sequence[Word], now: Sequence[Word]) -> bool:
    """Whether one phrase moved past another, and neither says anything that may not change silently."""
    low, high = window(was, now)
    inner, other = was[low:high], same(now[low:high])
    if any(feature.kind not in THINGS for feature in weighty(inner)) or any(word.same in JOINING for word in inner):
        return False
    return any(same(inner[cut:]) + same(inner[:cut]) == other for cut in range(1, len(inner))) and any(
        word.same in ADJUNCTS for word in inner
    )
