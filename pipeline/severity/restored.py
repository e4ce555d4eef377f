"""What an editor moved or turned round, put back to where the old text has it, so that what changed beside it is compared in its place.

A clause or phrase that stands before its sentence or behind it says the same (`order` has when); so does the other voice of a verb.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.rewording import thesaurus
from pipeline.rewording.paraphrases import alike
from pipeline.rewording.turns import because
from pipeline.severity.items import content
from pipeline.severity.listings import behind_list, relisted
from pipeline.severity.order import (
    ADJUNCTS,
    ADVERBS,
    FOCUS,
    JOINING,
    PARTING,
    begins,
    moved_well,
    same,
    stands_alone,
    weighs,
)
from pipeline.severity.recast import in_sequence, recast, to_readers
from pipeline.severity.voices import turned_active, voiced
from pipeline.text import lexicon, similarity
from pipeline.text.english import Word
from pipeline.text.sentences import sentences
from pipeline.text.stems import stemmed

Part = Sequence[Word]
MOSTLY = 85.0
"""Likeness of two sentences less a phrase (0–100) from which on they are one."""
LONG = 80
"""Words from which on nothing is looked for in a sentence: there is a way for each word of one with each of the other."""
ALIKE = 0.5
"""Share of the words with content that a phrase has to keep in order to be the one that moved."""


ROUNDS = 4
"""Moves and turns that are put back in one sentence, at most."""


def restored(old: Part, new: Part) -> tuple[Part, Part]:
    """Both texts with what moved or turned round in the new one where the old one has it; the same words where nothing did. (Where the old
    one is in the other voice it is turned.)"""
    if same(old) == same(new):
        return old, new
    before, after = list(sentences(old)), list(sentences(new))
    pairs = paired([old[one.start : one.end] for one in before], [new[one.start : one.end] for one in after])
    if not pairs:
        return old, new
    made: tuple[list[Word], list[Word]] = [], []
    for was, now in pairs:
        one, other = brought(was, now)
        made[0].extend(one)
        made[1].extend(other)
    return [*made[0], *old[before[-1].end :]], [*made[1], *new[after[-1].end :]]


def brought(was: Part, now: Part) -> tuple[Part, Part]:
    """Two sentences, brought as near to one another as moves and turns that say the same bring them."""
    if same(was) == same(now) or max(len(was), len(now)) > LONG:
        return was, now
    moved = Counter(same(was)) == Counter(same(now)) and moved_well(was, now)
    if moved or voiced(same(was), same(now)) or focused(same(was), same(now)):
        return was, [was[0]._replace(before=now[0].before), *was[1:]]
    now = denied_alike(was, now) or now
    if now[0].same == "you":
        was = to_readers(was) or was
    elif was[0].same == "you":
        now = to_readers(now) or now
    if was[0].same == "after" != now[0].same:
        was = nearer(was, now, in_sequence(was))
    elif now[0].same == "after" != was[0].same:
        now = nearer(now, was, in_sequence(now))
    for _ in range(ROUNDS):
        if not displaced(was, now):
            break
        least = alikeness(was, now)
        ways = [
            *((was, made) for made in moves(was, now)),
            *((was, made) for made in adverbs(was, now)),
            *((was, made) for made in swaps(now)),
            *((was, made) for made in segments(was, now)),
            *((was, made) for made in coordinates(now)),
            *((was, made) for made in relisted(was, now)),
            *((made, now) for made in turned_active(was, now)),
            *((was, made) for made in turned_active(now, was)),
            *((was, made) for made in recast(now)),
            *((made, now) for made in recast(was)),
            (because(was), now),
            (was, because(now)),
        ]
        best = max(ways, key=lambda way: alikeness(*way), default=None)
        if best is None or alikeness(*best) <= least:
            break
        was, now = best
    return was, [was[0]._replace(before=now[0].before), *was[1:]] if named_later(same(was), same(now)) else now


def nearer(said: Part, other: Part, ways: Iterator[Part]) -> Part:
    """A sentence in the way in which it is most like another one."""
    return max([said, *ways], key=lambda made: alikeness(made, other))


def named_later(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether a thing and the *it* that stands for it changed places: "as the needle is thin, you hardly feel it"."""
    low = next((at for at, (one, other) in enumerate(zip(was, now, strict=False)) if one != other), 0)
    high = len(was) - next(
        (at for at, (one, other) in enumerate(zip(was[::-1], now[::-1], strict=False)) if one != other), 0
    )
    if len(was) != len(now):
        return False
    for one, other in ((was[low:high], now[low:high]), (now[low:high], was[low:high])):
        for size in range(1, min(5, len(one) - 1)):
            if (
                one[:1] in (["it"], ["they"])
                and one == [one[0], *other[size:-1], *other[:size]]
                and other[-1] in {one[0], "them"}
            ):
                return True
    return False


def displaced(was: Part, now: Part) -> bool:
    """Whether a word went from one place and came to another; else nothing moved, and no verb is in its other voice."""
    roots = [[stemmed(word.same) for word in found] for found in (was, now)]
    gone, come = set[str](), set[str]()
    for span in similarity.spans(*roots):
        if not span.same:
            gone.update(roots[0][span.start : span.end])
            come.update(roots[1][span.begin : span.finish])
    return not gone.isdisjoint(come)


def alikeness(was: Part, now: Part) -> float:
    return similarity.ratio([stemmed(word.same) for word in was], [stemmed(word.same) for word in now])


def paired(before: Sequence[Part], after: Sequence[Part]) -> list[tuple[Part, Part]]:
    """The sentences of two texts that became one another; where one was parted in two, or two were joined, its parts."""
    if len(before) == len(after):
        return list(zip(before, after, strict=True))
    if abs(len(before) - len(after)) != 1 or not before or not after:
        return []
    few, many = (before, after) if len(before) < len(after) else (after, before)
    first = next(
        (at for at, (one, other) in enumerate(zip(few, many, strict=False)) if alikeness(one, other) < 99), len(few) - 1
    )
    for at in range(first, len(few)):
        if len(few[at]) > LONG:
            continue
        best = max(joints(few[at]), key=lambda cut: split_well(few[at], cut, many[at], many[at + 1]), default=None)
        if best is not None and split_well(few[at], best, many[at], many[at + 1]) >= 2 * SPLIT:
            made = [*few[:at], few[at][:best], few[at][best:], *few[at + 1 :]]
            return list(zip(made, many, strict=True)) if few is before else list(zip(many, made, strict=True))
    return []


SPLIT = 60.0
"""Likeness (0–100) of its parts to two sentences, each, from which on a sentence was parted."""
JOINTS = frozenset("and but so because as which since".split())  # noqa: SIM905


def joints(found: Part) -> list[int]:
    """Where a sentence may be parted in two."""
    return [
        at
        for at in range(2, len(found) - 1)
        if found[at].same in JOINTS or {",", ";", "-", ":"} & set(found[at].before)
    ]


def split_well(found: Part, cut: int, first: Part, second: Part) -> float:
    return alikeness(found[:cut], first) + alikeness(found[cut:], second)


# Moved ------------------------------------------------------------------------------------------------------------


def moves(was: Part, now: Part) -> Iterator[Part]:
    """What a sentence would be if its adjunct stood where the other sentence has its own."""
    for first, main in parentheses(now):
        if stands_alone(first, main):
            yield joined(first, main, ",")
            yield joined(main, first, "")
    for first, main, fronted in adjuncts(now):
        for theirs, rest, ahead in adjuncts(was):
            if ahead == fronted or not (one_adjunct(theirs, first) or one_main(rest, main)):
                continue
            apart = bool((theirs if fronted else first)[0].before)
            if stands_alone(first, main, apart=apart) and stands_alone(theirs, rest, apart=apart):
                yield joined(main, first, theirs[0].before) if fronted else joined(first, main, rest[0].before)
        if not fronted or not stands_alone(first, main):
            continue
        for at in range(1, len(was) - len(first)):  # in the middle, word for word
            if was[at - 1].same in JOINING:
                continue  # "take it, and if it hurts, call us": of what follows alone
            if same(was[at : at + len(first)]) == same(first) and same(was[:at]) == same(main[:at]):
                head, tail = joined(main[:at], first, was[at].before), main[at:]
                after = was[at + len(first)] if at + len(first) < len(was) else None
                yield [*head, *([tail[0]._replace(before=after.before), *tail[1:]] if after and tail else tail)]


FRONT = 10
"""Words before the subject of a sentence, at most, that a comma need not set off."""
SUBJECT = frozenset("you we they it your our the a there this do".split())  # noqa: SIM905


def segments(was: Part, now: Part) -> Iterator[Part]:
    """What a sentence would be if a phrase stood where the other sentence has it, word for word: "in most cases", "three times a day"."""
    roots, theirs = ([stemmed(word.same) for word in found] for found in (now, was))
    marks = [at for at in range(len(now)) if begins(now[at:]) and (not at or now[at - 1].same not in JOINING | FOCUS)]
    ends = sorted({*marks, *(at for at in range(1, len(now)) if now[at].before), len(now)})
    for start in marks:
        for end in (end for end in ends if start + 1 < end <= start + FRONT):
            part, rest = now[start:end], [*now[:start], *now[end:]]
            place = found_at(theirs, roots[start:end])
            if place is None or not rest or not stands_alone(part, rest):
                continue
            left = theirs[place - 1] if place else ""
            right = theirs[place + end - start] if place + end - start < len(theirs) else ""
            less = [*roots[:start], *roots[end:]]
            for to in range(len(rest) + 1):
                if to == start or (
                    (less[to - 1] if to else "") != left and (less[to] if to < len(less) else "") != right
                ):
                    continue
                low, high = sorted((start, to))
                inner = rest[low:high]
                if {one.same for one in inner} & (LIMITS | JOINING | FOCUS - {"not"}) or any(
                    one.before.strip("-") for one in inner[1:]
                ):
                    continue
                yield spliced(rest, part, to, now[0].before)


def coordinates(now: Part) -> Iterator[Part]:
    """What a sentence would be if two things that an *and* or *or* joins stood the other way round. Not two things to do, one after the other."""
    for at in range(1, len(now) - 1):
        if now[at].same not in {"and", "or"} or now[at + 1].same == "then":
            continue
        for left in range(1, min(ITEM, at) + 1):
            one = now[at - left : at]
            if barred(one[0]) or (left > 1 and one[1].before.strip("-")):
                break
            for right in range(1, min(ITEM, len(now) - at - 1) + 1):
                other = now[at + 1 : at + 1 + right]
                if barred(other[-1]) or (right > 1 and other[-1].before.strip("-")):
                    break
                forbidden = now[at].same == "or" and any(word.same == "not" for word in now[: at - left])
                acts = {one[0].same, other[0].same} & lexicon.IMPERATIVES
                if acts and now[0].same not in LIMITS and not (forbidden and two_acts(now, at, left, right)):
                    continue
                if at == left and now[at].same == "and" and all(thesaurus.verb(part[0].same) for part in (one, other)):
                    continue  # "warm the milk and add the powder"
                first = other[0]._replace(before=one[0].before)
                yield [
                    *now[: at - left],
                    first,
                    *other[1:],
                    now[at],
                    one[0]._replace(before=""),
                    *one[1:],
                    *now[at + 1 + right :],
                ]


def two_acts(now: Part, at: int, left: int, right: int) -> bool:
    """Whether what an *or* joins are two acts, each with all that is of it: "drive or drink alcohol", "crush or chew it"."""
    end = at + 1 + right
    whole = left == right == 1 or end == len(now) or now[end].before or now[end].same in ADJUNCTS
    return bool(whole) and {now[at - left].same, now[at + 1].same} <= lexicon.IMPERATIVES


ITEM = 5
"""Words of one of two things that are joined, at most."""


@lru_cache(1 << 10)
def barred(word: Word) -> bool:
    """Whether a word is no part of a thing in a list: it joins, denies, counts, or begins a clause."""
    return word.same in JOINING | FOCUS | LIMITS or weighs([word], 0)


def found_at(whole: Sequence[str], part: Sequence[str]) -> int | None:
    """Where words stand in a sentence, if they do once."""
    places = [at for at in range(len(whole) - len(part) + 1) if whole[at : at + len(part)] == part]
    return places[0] if len(places) == 1 else None


def spliced(rest: Part, part: Part, to: int, first: str) -> list[Word]:
    """A sentence with a phrase put in at a place."""
    made = [*rest[:to], part[0]._replace(before=""), *part[1:], *rest[to:]]
    return [
        made[0]._replace(before=first),
        *(word._replace(before="") if at + 1 == to + len(part) else word for at, word in enumerate(made[1:])),
    ]


def parentheses(found: Part) -> Iterator[tuple[Part, Part]]:
    """The clauses and phrases between commas in the middle of a sentence: one, and what it belongs to."""
    marks = [at for at in range(1, len(found)) if "," in found[at].before]
    for start, end in pairwise(marks):
        if begins(found[start:]) and end - start > 1:
            yield found[start:end], [*found[:start], found[end]._replace(before=""), *found[end + 1 :]]


def adverbs(was: Part, now: Part) -> Iterator[Part]:
    """What a sentence would be if an adverb stood where the other sentence has it: "gently pull down the lid", "pull down the lid gently"."""
    said, theirs = same(now), same(was)
    for here, word in enumerate(said):
        if (
            not (
                word in ADVERBS - {"off", "on", "up", "down", "out", "then", "now", "again"}
                or (word.endswith("ly") and len(word) > 4)
            )
            or said.count(word) != 1
            or theirs.count(word) != 1
        ):
            continue
        place = theirs.index(word)
        less = [*now[:here], *now[here + 1 :]]
        if not less:
            continue
        if here == 0:
            less[0] = less[0]._replace(before=now[0].before)
        for to in range(len(less) + 1):
            before = less[to - 1].same if to else ""
            behind = less[to].same if to < len(less) else ""
            if before != (theirs[place - 1] if place else "") and behind != (
                theirs[place + 1] if place + 1 < len(theirs) else ""
            ):
                continue
            low, high = sorted((here, to))
            inner = less[low:high]
            if (
                to == here
                or {one.same for one in inner} & (FOCUS | JOINING | PARTING)
                or any(one.before.strip("-") for one in inner[1:])
            ):
                continue
            mark = less[to].before if not to else ""
            rest = less[to:]
            if not to:
                rest = [rest[0]._replace(before=""), *rest[1:]]
            yield [*less[:to], now[here]._replace(before=mark), *rest]


LIMITS = frozenset("if when unless while until that which who because".split())  # noqa: SIM905


def swaps(now: Part) -> Iterator[Part]:
    """What a sentence would be if two phrases behind its verb, side by side, stood the other way round: "for cuts every day"."""
    marks = [
        at
        for at in range(1, len(now))
        if begins(now[at:])
        and not now[at].before.strip("-")
        and now[at - 1].same not in JOINING
        and now[at].same not in PLACELESS
    ]
    for start, middle, end in zip(marks, marks[1:], [*marks[2:], len(now)], strict=False):
        one, other = now[start:middle], now[middle:end]
        if any(word.before.strip("-") or word.same in FOCUS | LIMITS | {"than"} for word in (*one, *other)):
            continue
        if all(one_phrase(part) for part in (one, other)):
            yield [*now[:start], *other, *one, *now[end:]]


PLACELESS = frozenset(["to", "by", "between"])


def one_phrase(part: Part) -> bool:
    """Whether words are one phrase: what an *and* joins in it are two things of one kind: "for cuts and blisters"."""
    if part[-1].same in JOINING:
        return False
    links = [at for at, word in enumerate(part) if word.same in JOINING]
    return not links or (
        len(links) == 1 and len(part) - links[0] == 2 and links[0] <= 3 and not weighs(part, len(part) - 1)
    )


def adjuncts(found: Part) -> Iterator[tuple[Part, Part, bool]]:
    """The clauses and phrases that may stand at either end of a sentence: one, what it belongs to, and whether it stands first."""
    if begins(found):
        cut = next((at for at in range(1, len(found)) if "," in found[at].before), 0)
        if cut:
            yield found[:cut], found[cut:], True
            end = behind_list(found, cut)
            if 0 < end < len(found):
                yield found[:end], found[end:], True
        else:
            for at in range(2, min(len(found), FRONT)):
                if (
                    found[at].same in SUBJECT
                    and found[at - 1].same not in JOINING | LIMITS
                    and not begins(found[at - 1 :])
                ):
                    yield found[:at], found[at:], True
    for at in range(1, len(found)):
        if begins(found[at:]) and not found[at].before.strip(",- "):
            yield found[at:], found[:at], False


def one_adjunct(one: Part, other: Part) -> bool:
    """Whether two phrases are one that moved, some of its words aside."""
    if one[0].same != other[0].same and not alike([one[0].same], [other[0].same]):
        return False
    mine, theirs = content(one[1:]), content(other[1:])
    common = sum(any(word == said or thesaurus.near(word, said) for said in theirs) for word in mine)
    return common >= ALIKE * max(len(mine), len(theirs))


def one_main(one: Part, other: Part) -> bool:
    """Whether what two phrases belong to is the same, so that the one took the other's place: "on the first day", "every day"."""
    return similarity.ratio([stemmed(word.same) for word in one], [stemmed(word.same) for word in other]) >= MOSTLY


def joined(first: Part, second: Part, mark: str) -> list[Word]:
    """Two parts of a sentence, the second behind a mark; it begins no sentence any more."""
    start = min(first[0].before, second[0].before, key=lambda before: not {".", "?"} & set(before))
    head, word = first[0]._replace(before=start), second[0]
    text = word.text[:1].lower() + word.text[1:] if word.text == "A" or word.text[1:].islower() else word.text
    return [head, *first[1:], word._replace(before=mark, text=text), *second[1:]]


WHEN = frozenset("when if after once with until while in on at".split())  # noqa: SIM905


def focused(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether an *only* went from the verb to the clause that it is about: "only open it when it rings", "open it only when it rings"."""
    for one, other in ((was, now), (now, was)):
        if one[0] == "only" and "only" in other[1:-1]:
            at = other.index("only")
            if other[at + 1] in WHEN and [*other[:at], *other[at + 1 :]] == [*one[1:]] and not WHEN & {*other[:at]}:
                return True
        if one[0] == other[-1] == "only" and one[1:] == other[:-1] and not FOCUS & {*one[1:]}:
            return any(word in WHEN | {"for", "with", "by"} for word in one[2:])
    return False


# No and not ------------------------------------------------------------------------------------------------------

DOING = frozenset("do does did should must will can may might would".split())  # noqa: SIM905
HEDGED = frozenset("usually normally generally typically".split())  # noqa: SIM905
"""Adverbs that say the same before a *not* and behind it: not *always*, which does not."""


def denied_alike(was: Part, now: Part) -> Part | None:
    """The new words with "causes no pain" where the old ones have it and they have "does not cause any pain", or the other way round;
    None where they have not."""
    for at, word in enumerate(was[:-1]):
        if word.same == "no" and at and thesaurus.verb(was[at - 1].same):
            for place, (start, end, _) in nots(now):
                if end < len(now) and kin(was[at - 1].same, now[place].same) and kin(was[at + 1].same, now[end].same):
                    hedge = [one for one in now[start:place] if one.same in HEDGED]
                    verb = was[at - 1]._replace(before=now[start].before)
                    modal = [] if now[start].same in {"do", "does", "did"} else [now[start]]
                    verb = verb._replace(before="") if modal else verb
                    return [*now[:start], *modal, *hedge, verb, was[at], *now[end:]]
    for place, (start, end, size) in nots(was):
        for at, word in enumerate(now[:-1]):
            if word.same != "no" or not at or end >= len(was):
                continue
            if kin(now[at - 1].same, was[place].same) and kin(now[at + 1].same, was[end].same):
                before = at - 1 - (at > 1 and now[at - 2].same in HEDGED)
                before -= before > 0 and now[before - 1].same == was[start].same
                first = was[start]._replace(before=now[before].before)
                return [*now[:before], first, *was[start + 1 : place + 1 + size], *now[at + 1 :]]
    return None


def nots(found: Part) -> Iterator[tuple[int, tuple[int, int, int]]]:
    """Where a verb stands that a *do not* denies of something: its place, where that begins, where its object stands, and how many
    words lie between."""
    for start, word in enumerate(found[:-3]):
        if (
            word.same in DOING and found[start + 1].same == "not" and start
        ):  # "do not" at the beginning tells somebody what not to do
            place = start + 2 + (found[start + 2].same in HEDGED)
            if place + 1 < len(found):
                size = int(found[place + 1].same in {"any", "a", "an"})
                yield place, (start, place + 1 + size, size)


def kin(one: str, other: str) -> bool:
    return one == other or stemmed(one) == stemmed(other)
