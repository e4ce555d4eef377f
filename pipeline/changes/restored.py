"""What an editor moved or turned round, put back to where the old text has it, so that what changed beside it is compared in its place.

A clause or phrase that stands before its sentence or behind it says the same (`order` has when); so does the other voice of a verb.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.changes.items import content
from pipeline.changes.order import JOINING, begins, same, stands_alone
from pipeline.text import similarity, thesaurus
from pipeline.text.english import Word
from pipeline.text.paraphrases import alike
from pipeline.text.sentences import sentences
from pipeline.text.stems import stemmed

Part = Sequence[Word]
MOSTLY = 85.0
"""Likeness of two sentences less a phrase (0–100) from which on they are one."""
LONG = 80
"""Words from which on nothing is looked for in a sentence: there is a way for each word of one with each of the other."""
ALIKE = 0.5
"""Share of the words with content that a phrase has to keep in order to be the one that moved."""


def restored(old: Part, new: Part) -> Part:
    """The new words, with what moved where the old ones have it; the same words where nothing did."""
    before, after = list(sentences(old)), list(sentences(new))
    if len(before) != len(after) or same(old) == same(new):
        return new
    made: list[Word] = []
    for one, other in zip(before, after, strict=True):
        was, now = old[one.start : one.end], new[other.start : other.end]
        if same(was) == same(now) or max(len(was), len(now)) > LONG:
            made += now
        elif voiced(same(was), same(now)) or focused(same(was), same(now)):
            made += [was[0]._replace(before=now[0].before), *was[1:]]
        else:
            now = denied_alike(was, now) or now
            made += back(was, now) or now
    return [*made, *new[after[-1].end :]] if after else new


# Moved ------------------------------------------------------------------------------------------------------------


def back(was: Part, now: Part) -> Part | None:
    """One sentence with the clause or phrase that moved where the other has it; None where none did."""
    roots = [stemmed(word.same) for word in was]
    best, least = None, similarity.ratio(roots, [stemmed(word.same) for word in now])
    for made in moves(was, now):
        ratio = similarity.ratio(roots, [stemmed(word.same) for word in made])
        if ratio > least:
            best, least = made, ratio
    return best


def moves(was: Part, now: Part) -> Iterator[Part]:
    """What a sentence would be if its adjunct stood where the other sentence has its own."""
    for first, main, fronted in adjuncts(now):
        for theirs, rest, ahead in adjuncts(was):
            if ahead == fronted or not (one_adjunct(theirs, first) or one_main(rest, main)):
                continue
            if stands_alone(first, main) and stands_alone(theirs, rest):
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


def adjuncts(found: Part) -> Iterator[tuple[Part, Part, bool]]:
    """The clauses and phrases that may stand at either end of a sentence: one, what it belongs to, and whether it stands first."""
    if begins(found):
        cut = next((at for at in range(1, len(found)) if "," in found[at].before), 0)
        if cut:
            yield found[:cut], found[cut:], True
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
    return False


# No and not ------------------------------------------------------------------------------------------------------

DOING = frozenset("do does did".split())  # noqa: SIM905
HEDGED = frozenset("usually normally generally typically".split())  # noqa: SIM905
"""Adverbs that say the same before a *not* and behind it: not *always*, which does not."""


def denied_alike(was: Part, now: Part) -> Part | None:
    """The new words with "causes no pain" where the old ones have it and they have "does not cause any pain", or the other way round;
    None where they have not."""
    for at, word in enumerate(was[:-1]):
        if word.same == "no" and at and thesaurus.verb(was[at - 1].same):
            for place, (start, end, size) in nots(now):
                if end < len(now) and kin(was[at - 1].same, now[place].same) and kin(was[at + 1].same, now[end].same):
                    hedge = [one for one in now[start:place] if one.same in HEDGED]
                    verb = was[at - 1]._replace(before=now[start].before)
                    return [*now[:start], *hedge, verb, was[at], *now[place + 1 + size :]]
    for place, (start, end, size) in nots(was):
        for at, word in enumerate(now[:-1]):
            if word.same != "no" or not at or end >= len(was):
                continue
            if kin(now[at - 1].same, was[place].same) and kin(now[at + 1].same, was[end].same):
                before = at - 1 - (at > 1 and now[at - 2].same in HEDGED)
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


# Voices -----------------------------------------------------------------------------------------------------------

BEING = frozenset("is are was were be".split())  # noqa: SIM905
PAST = frozenset(["was", "were"])
MODALS = frozenset("will should must can may might could would shall".split())  # noqa: SIM905
POSSIBLE = frozenset(["can", "may"])
SUBJECTS = {"us": "we", "them": "they", "me": "i", "him": "he"}


def voiced(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether two sentences say the same of the same, in the two voices of a verb: "a doctor should see children", "children should be seen
    by a doctor". Nothing else may differ."""
    return any(bare(active) == bare(other) for one, other in ((was, now), (now, was)) for active in turned(one, other))


def bare(found: Sequence[str]) -> list[str]:
    """Words without *that*, which an editor may leave out: "the pen that you are using", "the pen you are using"."""
    return [word for word in found if word != "that"]


def turned(passive: Sequence[str], active: Sequence[str]) -> Iterator[Sequence[str]]:
    """What a sentence in the passive voice is in the active one, with the form of its verb that the other has."""
    if {"not", "no", "never"} & {*passive, *active}:
        return
    for at, word in enumerate(passive[:-1]):
        if at and word in BEING:
            yield from acted(passive, active, at)


def acted(passive: Sequence[str], active: Sequence[str], at: int) -> Iterator[Sequence[str]]:
    """The same for the form of *be* at a place."""
    done = passive[at + 1]
    by = next((by for by in range(at + 2, len(passive)) if passive[by] == "by"), 0)
    if not by:  # what can be done is what you can do
        possible = passive[at - 1] in POSSIBLE and active[:2] == ["you", passive[at - 1]] and len(active) > 2
        if possible and thesaurus.lemmas(active[2]) & thesaurus.lemmas(done):
            yield [*active[:3], *passive[: at - 1], *passive[at + 2 :]]
        return
    modal = [passive[at - 1]] if passive[at] == "be" and passive[at - 1] in MODALS else []
    whom, rest = passive[: at - len(modal)], passive[at + 2 : by]
    if passive[at] == "be" and not modal:
        return
    for size in range(1, len(passive) - by):
        agent = [SUBJECTS.get(word, word) for word in passive[by + 1 : by + 1 + size]]
        verb = active[size + len(modal)] if size + len(modal) < len(active) else ""
        base = thesaurus.lemmas(verb) & thesaurus.lemmas(done) if verb and verb != "be" else frozenset[str]()
        now = bool(base & {verb, verb.removesuffix("s"), verb.removesuffix("es")}) and verb != done
        if base and now == (passive[at] not in PAST):
            yield [*agent, *modal, verb, *whom, *rest, *passive[by + 1 + size :]]


def exchanged(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether who does it to whom is the other way round, by the voice alone: "the nurse calls you", "the nurse is called by you"."""
    for passive, active in ((was, now), (now, was)):
        for at in range(1, len(passive) - 2):
            if passive[at] not in BEING or passive[at + 2] != "by" or passive[at - 1] in {"not", "no"}:
                continue
            modal = [passive[at - 1]] if passive[at] == "be" else []
            whom = passive[: at - len(modal)]
            verb = active[len(whom) + len(modal)] if len(active) > len(whom) + len(modal) else ""
            told = [*whom, *modal, verb, *passive[at + 3 :]] == [*active] and verb != "be"
            if told and thesaurus.lemmas(verb) & thesaurus.lemmas(passive[at + 1]):
                return True
    return False
