"""What turns an instruction round though no critical word of it changed: an item of its list, a mark behind its *not*."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.rewording import thesaurus
from pipeline.severity import order
from pipeline.severity.items import FINITE, PERSONS, REACH, content, items
from pipeline.text import lexicon, similarity
from pipeline.text.english import Word
from pipeline.text.features import lone_words
from pipeline.text.sentences import Parted, sentences
from pipeline.text.stems import stemmed

NOT = frozenset("not no never avoid avoids without none nor neither nothing".split())  # noqa: SIM905
SUBORDINATE = frozenset(
    "if when whenever unless until while because since so as but even please too then which who that before after once except "  # noqa: SIM905
    "or and especially however".split()
)
"""What a comma may stand before or not, as the editor likes."""
HARD = frozenset(".?")
PRONOUNS = frozenset("it us am or in who he as at so if me we".split())  # noqa: SIM905
"""Words that are abbreviations of something else in capitals: IT, US, AM, WHO."""


def turned_round(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """What such changes an edit makes, as a person reads them."""
    yield from items(old, new)
    yield from exchanged(old, new)
    yield from acts(old, new)
    yield from marks(old, new)
    yield from capitals(old, new)
    yield from elsewhere(old, new)


APART = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("hospital", "clinic center unit"),
        ("ward", "room bay"),
        ("line lines", "tube tubes catheter catheters"),
    )
)
"""Places and devices that stand for one another where a text tells of them, and not where it tells to go there or to use them."""


PLACES = frozenset().union(*(one | other for one, other in APART))


def elsewhere(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Another place to be at, or another device to use: "do not leave your room", "do not leave your ward"."""
    if not any(word.same in PLACES for word in old) or not any(word.same in PLACES for word in new):
        return
    before, after = Parted(old), Parted(new)
    for span in similarity.spans([word.same for word in old], [word.same for word in new]):
        if span.same or span.start == span.end or span.begin == span.finish:
            continue
        told, tells = before.at(span.end - 1), after.at(span.finish - 1)
        if not (told and tells and told.instructs and tells.instructs):
            continue
        was, now = (
            {word.same for word in part} for part in (old[span.start : span.end], new[span.begin : span.finish])
        )
        for one, other in APART:
            if (was & one and now & other and not now & one) or (was & other and now & one and not was & one):
                yield f"in an instruction: {min(was & (one | other))} → {min(now & (one | other))}"


def exchanged(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """One word of an instruction that gave way to one other, which nothing tells to mean the same: "your room", "your bed"."""
    before, after = Parted(old), Parted(new)
    for span in similarity.spans([stemmed(w.same) for w in old], [stemmed(w.same) for w in new]):
        if span.same:
            continue
        was, now = content(old[span.start : span.end]), content(new[span.begin : span.finish])
        if len(was) != 1 or len(now) != 1 or any(word.endswith("ly") or word.isdigit() for word in (*was, *now)):
            continue
        words = [word.same for word in (*old[span.start : span.end], *new[span.begin : span.finish])]
        if any(word in table for word in words for table in (lexicon.units(), lexicon.number_words(), lone_words())):
            continue  # these are compared by what they say
        if acted_on(before, span.start) and acted_on(after, span.begin):
            yield f"in an instruction: {was[0]} → {now[0]}"


def acts(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """What is to be done, where another act took its place, or two changed theirs: "return", "flush"; wash, then dry."""
    told = [[*orders(found)] for found in (old, new)]
    every = [[stemmed(word) for word in found] for found in told]
    if every[0] == every[1]:
        return
    if Counter(every[0]) == Counter(every[1]):
        if not order.harmless(old, new):
            yield f"in another order: {', '.join(every[0])} → {', '.join(every[1])}"
        return
    said = [[word for word in found if word not in HELPING] for found in told]
    was, now = ([stemmed(word) for word in found] for found in said)
    if was == now:
        return
    if len(was) > 1 and Counter(was) == Counter(now):
        if not order.harmless(old, new):
            yield f"in another order: {', '.join(was)} → {', '.join(now)}"
        return
    for span in similarity.spans(was, now):
        lost, gained = was[span.start : span.end], now[span.begin : span.finish]
        if not span.same and lost and gained:
            ours, theirs = said[0][span.start : span.end], said[1][span.begin : span.finish]
            if len(ours) == len(theirs) and all(map(thesaurus.related, ours, theirs)):
                continue
            yield f"in an instruction: {', '.join(lost)} → {', '.join(gained)}"
        elif not span.same and lost and span.start and len(list(sentences(old))) == len(list(sentences(new))):
            # (one that is added leaves the others true)
            only = [word for word in lost if not any(stemmed(other.same) == word for other in new)]
            if only:
                yield f"in an instruction: {', '.join(only)} removed"


def orders(found: Sequence[Word]) -> Iterator[str]:
    """The verbs by which the clauses of a text tell what to do."""
    for sentence in sentences(found):
        starting = True
        for at in range(sentence.start, sentence.end):
            word = found[at]
            before = found[at - 1].same if at > sentence.start else ""
            starting = starting or bool(word.before.strip("-")) or before in {"and", "or", "then"}
            led = (
                at + 1 < sentence.end
                and not found[at + 1].before.strip("-")
                and found[at + 1].same not in {"and", "or", "of", "is", "are"}
            ) or both(found, at, sentence.end)
            if (
                starting
                and led
                and (
                    (sentence.instructs and word.same in lexicon.IMPERATIVES)
                    or (word.same == "look" and found[at + 1].same == "at")
                )
                and word.same not in NO_ACTS
            ):
                yield "inspect" if word.same == "look" else word.same
            starting = starting and word.same in LEADING


def both(found: Sequence[Word], at: int, end: int) -> bool:
    """Whether the word at a place is the first of two verbs of one object: "shake and open the bottle"."""
    return (
        at + 3 < end
        and found[at + 1].same == "and"
        and found[at + 2].same in lexicon.IMPERATIVES
        and not any(word.before.strip("-") for word in found[at + 1 : at + 4])
    )


LEADING = frozenset(
    "please then also first next carefully gently slowly always just only now do not don't never".split()  # noqa: SIM905
)
HELPING = frozenset("do don't dont let keep go come get tell call wait have".split())  # noqa: SIM905
"""Verbs of instructions that others may stand for: what they say is read otherwise, or is nothing."""
NO_ACTS = frozenset(["do", "don't", "dont"])


ACTS = frozenset(
    "take give use inject apply eat drink store swallow inhale put insert sleep feed rub mix fill".split()  # noqa: SIM905
)
"""Verbs whose object says what a patient gets, or where."""
FELT = frozenset("have has feel feels get gets develop develops".split())  # noqa: SIM905
"""The same of what patients find in themselves: "tell us if you have …"."""


def acted_on(text: Parted, at: int) -> bool:
    """Whether the word at a place is what a patient is told to take, use or the like, or how."""
    sentence, found = text.at(at), text.found
    if sentence is None or not sentence.instructs:
        return False
    for back in range(at - 1, max(at - REACH, sentence.start) - 1, -1):
        if found[back].same in ACTS or (
            found[back].same in FELT and back and found[back - 1].same in {"you", "child", "baby"}
        ):
            return True
        if found[back + 1].before or found[back].same in {
            "and",
            "or",
            "when",
            "if",
            "before",
            "after",
            "so",
            "that",
            "every",
            "each",
            "to",
            "for",
        }:
            return False
    return False


def marks(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Marks and conjunctions behind a negation that change how far it reaches: "do not stop, call us"."""
    said = [[word.same for word in found] for found in (old, new)]
    fresh = False
    for span in similarity.spans(*said):
        if not span.same:
            fresh = True
            if link := joint(old[span.start : span.end], new[span.begin : span.finish]):
                at, then = span.end, span.finish
                if (
                    then < len(new)
                    and new[then].same in lexicon.IMPERATIVES
                    and (negated(old, at) or negated(new, then))
                ):
                    yield f"the reach of a negation: {link}"
            continue
        first, fresh = int(fresh), False  # the mark before the first word belongs to what changed there
        for step in range(first, span.end - span.start):
            at, then = span.start + step, span.begin + step
            if not at or not then or old[at].kind == "end":
                continue
            was, now = mark(old[at]), mark(new[then])
            if (
                was != now
                and (negated(old, at) or negated(new, then) or new[then].same in NOT)
                and reaches(old, new, at, then, was, now)
            ):
                yield f"the reach of a negation: “{was}” → “{now}” before “{old[at].text}”"


def joint(lost: Sequence[Word], gained: Sequence[Word]) -> str:
    """A conjunction that came, went or changed and nothing else, in words; "" for other changes."""
    both = [word.same for word in (*lost, *gained)]
    if not both or len(both) > 2 or not all(word in {"and", "or", "but", "then", "nor"} for word in both):
        return ""
    was, now = " ".join(word.text for word in lost), " ".join(word.text for word in gained)
    return f"“{was}” → “{now}”" if was and now else f"“{now}” added" if now else f"“{was}” removed"


def mark(word: Word) -> str:
    """The mark before a word that parts clauses most: a full stop, semicolon or colon, else a comma."""
    dash = ";" if "-" in word.before and word.same in PERSONS else ""
    return next((char for char in ".?;:," if char in word.before), dash)


def negated(found: Sequence[Word], at: int) -> bool:
    """Whether a negation stands before a place, in the same sentence."""
    for back in range(at - 1, -1, -1):
        if found[back].same in NOT:
            return True
        if {".", "?"} & set(found[back].before):
            return False
    return False


def reaches(old: Sequence[Word], new: Sequence[Word], at: int, then: int, was: str, now: str) -> bool:
    """Whether the change of a mark before one and the same word may change what a negation before it reaches."""
    if new[then].same in NOT and opened(new, then):
        return False  # "If you feel sick, do not drive"
    if {was, now} == {";", "."} and (new[then].same in PERSONS or finite(new, then)):
        return False  # no negation reaches over either; what has no verb of its own may be of a list: "do not: bend; twist"
    hard = bool(was and was in HARD), bool(now and now in HARD)
    if hard[0] != hard[1]:
        return True
    if hard[0]:
        return False
    if {was, now} & {";", ":"} and finite(new, then):
        return True
    word = new[then]
    following = new[then + 1].same if then + 1 < len(new) else ""
    if word.same in {"and", "or"} and following in lexicon.IMPERATIVES:
        return not serial(new, then)
    return (word.same in lexicon.IMPERATIVES and word.same not in SUBORDINATE) or word.same in NOT


def finite(found: Sequence[Word], at: int) -> bool:
    """Whether a clause of its own begins at a place: "do not take ibuprofen; paracetamol is fine"."""
    return any(word.same in FINITE for word in found[at : at + 5])


OPENINGS = frozenset(
    "if when after before while once until in at on for please with during because as however unless otherwise".split()  # noqa: SIM905
)


def opened(found: Sequence[Word], at: int) -> bool:
    """Whether what stands before a place in its sentence is a clause or phrase that opens it."""
    start = next((s.start for s in sentences(found) if s.start <= at < s.end), 0)
    return found[start].same in OPENINGS


BEING = frozenset("is are was were be been being".split())  # noqa: SIM905


def voiced(old: Sequence[Word], new: Sequence[Word]) -> bool:
    """Whether the one *not* of a text is of the same verb in the other voice, by the same to the same: "they do not know it", "it is not
    known"."""
    told = []
    for found in (old, new):
        nots = [at for at, word in enumerate(found) if word.same in NOT and found[at + 1].text]
        if len(nots) != 1 or found[nots[0]].same != "not" or not nots[0]:
            return False
        at, sentence = nots[0], next((one for one in sentences(found) if one.end > nots[0]), None)
        if not sentence:
            return False
        first, last = found[sentence.start : at - 1], found[at + 2 : sentence.end]
        told.append((found[at - 1].same in BEING, found[at + 1].same, first, last))
    if told[0][0] == told[1][0]:
        return False
    (_, verb, who, whom), (_, done, thing, rest) = sorted(told, key=lambda one: one[0])
    by = next((at for same in ("by", "in") for at, word in enumerate(rest) if word.same == same), len(rest))
    return (
        verb != done
        and bool(thesaurus.lemmas(verb) & thesaurus.lemmas(done))
        and {*content(thing)} <= {*content(whom)}
        and (
            {*content(rest[by:])} == {*content(who)} or (by < len(rest) and rest[by].same == "in" and not content(who))
        )
    )


ENDING = frozenset(
    "but if when unless because so while until till before after however although though since except".split()  # noqa: SIM905
)
"""Words behind which a negation of the same sentence does not reach."""


def denied(found: Sequence[Word]) -> Counter[str]:
    """The content words that negations reach, in their stems, each as often as they do."""
    reached: Counter[str] = Counter()
    for sentence in sentences(found):
        inside = False
        for at in range(sentence.start, sentence.end):
            word = found[at]
            comma = (
                {",", "-"} & set(word.before)
                and at > sentence.start
                and (word.same in lexicon.IMPERATIVES or word.same in PERSONS)
            )
            at_once = at > sentence.start and found[at - 1].same in NOT and "," in word.before  # No, stop
            if (
                ";" in word.before
                or comma
                or joins(found, at)
                or at_once
                or (word.same in ENDING and not (word.same == "so" and found[at - 1].same in NOT))
            ):
                inside = False
            if word.same in NOT:
                inside = True
            elif inside:
                reached.update(content([word]))
    return reached


def joins(found: Sequence[Word], at: int) -> bool:
    """Whether the word at a place joins a clause of its own: ", and the outbreak can end"."""
    return found[at].same in {"and", "or"} and found[at + 1].same in PERSONS and finite(found, at + 2)


def serial(found: Sequence[Word], at: int) -> bool:
    """Whether a comma of the same sentence stands before the one at a place: that of a list, before its last item."""
    for back in range(at - 1, 0, -1):
        if {".", "?", ";"} & set(found[back].before):
            return False
        if "," in found[back].before:
            return True
    return False


def capitals(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Abbreviations that became words, or words abbreviations: "IT" and "it"."""
    if [word.same for word in old] != [word.same for word in new]:
        return
    for at, (one, other) in enumerate(zip(old, new, strict=True)):
        if one.same in PRONOUNS and {one.text.isupper(), other.text.isupper()} == {True, False}:
            found = old if one.text.isupper() else new
            beside = [
                word.text for word in (*found[max(at - 1, 0) : at], *found[at + 1 : at + 2]) if word.text.isalpha()
            ]
            if len(one.text) > 1 and not any(text.isupper() and len(text) > 1 for text in beside):
                yield f"abbreviation: {one.text} → {other.text}"
