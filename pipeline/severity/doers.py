"""Who does what: what a reader is told to do is not what others do, "remove the stitches after a week", "we will remove the stitches after a week"."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pipeline.rewording import thesaurus
from pipeline.rewording.clause_forms import base
from pipeline.severity.items import STAFF, content
from pipeline.severity.voices import CLAUSES, CLINICAL
from pipeline.text import lexicon, similarity
from pipeline.text.english import Word
from pipeline.text.sentences import sentences
from pipeline.text.stems import stemmed

READER, OTHERS = "you", "others"
ACTS = (
    lexicon.IMPERATIVES
    | lexicon.MILD_IMPERATIVES
    | CLINICAL
    | {"fix", "arrange", "email", "send", "stitch", "decide", "replace", "collect", "move", "add"}
) - frozenset(
    "do don't dont let get go come see visit choose learn leave start begin stop continue increase reduce drop run stand cease turn stay keep use".split()  # noqa: SIM905
)
"""What one does or another does for one. Not what may be said either way: who sees a doctor is seen by one."""
MODALS = frozenset("will can may might should must would could shall".split())  # noqa: SIM905
BETWEEN = frozenset("not also then usually always often normally never only be".split())  # noqa: SIM905
"""What stands between a modal and its verb."""
GIVEN = frozenset("give tell ask show offer send teach allow advise bring have need".split())  # noqa: SIM905
"""What is done with a thing to somebody: "you will be given a sling", "a sling will be given to you"."""
PRONOUNS = frozenset("we they he she".split())  # noqa: SIM905
ANYBODY = frozenset(
    "people patients anyone everyone adults children babies women men those person patient child baby who that which".split()  # noqa: SIM905
)
"""Whom a reader may be one of."""
BEING = frozenset("is are was were be been being".split())  # noqa: SIM905
STARTS = frozenset("and or then please also just always first next carefully gently slowly".split())  # noqa: SIM905


def handed_over(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """What the reader does in one text and others do in the other."""
    was, now = doers(old), doers(new)
    for verb in sorted(was.keys() & now.keys()):
        if {*was[verb], *now[verb]} == {READER, OTHERS} and len(was[verb]) == len(now[verb]) == 1:
            yield f"who does it: {verb}: {min(was[verb])} → {min(now[verb])}"


def acted_otherwise(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """What is done to whom in one text and done by them in the other; another act; what is only asked about, learnt or planned in one."""
    (done, does), (done_now, does_now) = voices(old), voices(new)
    for who, verb in sorted((done & does_now) - does - done_now | (does & done_now) - done - does_now):
        yield f"who does it: “{who}” and “{verb}” in the other voice"
    yield from another_act(old, new)
    yield from governed(old, new)


PERSONS = frozenset(
    "you we they he she child children baby babies patient patients person people partner relative relatives carer carers parent parents "  # noqa: SIM905
    "everyone anyone nurse nurses doctor doctors surgeon staff team pharmacist".split()
)


VERBAL = MODALS | BETWEEN | BEING | frozenset("to need needs have has do".split())  # noqa: SIM905


def voices(found: Sequence[Word]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """What is done to people, and what they do: each with its verb in the plain form: "you must be tested", "you must test"."""
    done, does = set[tuple[str, str]](), set[tuple[str, str]]()
    for at in range(1, len(found) - 1):
        word, then = found[at], found[at + 1]
        if (
            (word.same not in VERBAL and word.same not in PERSONS)
            or not then.text
            or then.before
            or word.before.strip("-")
        ):
            continue
        back = at
        while back > max(0, at - 4) and found[back].same in VERBAL:
            back -= 1
        who = found[back].same
        if who not in PERSONS or back + 3 < at:
            continue
        verb = base(then.same)
        if verb in EITHER:
            continue
        if word.same in BEING and verb and verb != then.same and not then.same.endswith("ing"):
            done.add((who, verb))
        elif (verb and back < at and word.same not in BEING and verb == then.same) or (
            back == at and verb and word.same in PERSONS and verb == then.same.removesuffix("s")
        ):
            does.add((who, verb))
    return done, does


def another_act(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """Another act of the clinic's on the same thing, where one text tells it of the thing: "the drain will be removed", "we will check the
    drain"."""
    if not any(word.same in STAFF or word.same == "we" for word in (*old, *new)):
        return
    for one, other, turned in ((old, new, False), (new, old, True)):
        theirs = several(performed(other))
        for verb, whom in several((*suffered(one), *performed(one))) if theirs else ():
            for act, what in theirs:
                if (
                    not whom
                    or not whom <= what
                    or verb in LITTLE_SAID
                    or act in LITTLE_SAID
                    or {act, verb} <= LOOKING
                    or said_of(verb, other, what)
                    or said_of(act, one, whom)
                ):
                    continue
                pair = (act, verb) if turned else (verb, act)
                yield "what is done: {} → {}".format(*pair)
                return


Act = tuple[str, frozenset[str]]
"""A verb in its plain form, and the words for the thing."""
MOST = 24


def several(acts: Iterable[Act]) -> Sequence[Act]:
    """Each act once, and of many the first."""
    return [*itertools.islice(dict.fromkeys(acts), MOST)]


EITHER = frozenset("start begin move transfer".split())  # noqa: SIM905
"""What one does, or is made to do: *you will start an antibiotic*, *you will be started on one*."""
LOOKING = frozenset("check measure test monitor examine record".split())  # noqa: SIM905
"""Acts on a thing that find out how it is."""
LITTLE_SAID = frozenset("help take give do make have get need put let be ask tell see want go come".split())  # noqa: SIM905


def said_of(verb: str, found: Sequence[Word], things: frozenset[str]) -> bool:
    """Whether a text says the verb, or another of its sense, beside the words for a thing."""
    return any(
        word.text and base(word.same) and stemmed(word.same) not in things and thesaurus.near(verb, word.same)
        for word in found
    )


def suffered(found: Sequence[Word]) -> Iterator[Act]:
    """What is done by a text, and with what: verbs in their plain form, and the words for the thing."""
    for sentence in sentences(found):
        for at in range(sentence.start + 1, sentence.end - 1):
            verb = base(found[at + 1].same)
            if (
                found[at].same not in BEING
                or not verb
                or verb == found[at + 1].same
                or found[at + 1].same.endswith("ing")
            ):
                continue
            first = max(sentence.start, at - SUBJECT)
            start = next((back + 1 for back in range(at - 1, first, -1) if found[back].same in CLAUSES), first)
            yield verb, frozenset(content([word for word in found[start:at] if word.same not in MODALS]))


SUBJECT = 20
"""Words of what is done to something, at most."""


def performed(found: Sequence[Word]) -> Iterator[Act]:
    """What those of the clinic do by a text, and with what."""
    for at in range(1, len(found) - 1):
        subject, back = found[at - 1].same, at - 1
        while back > max(0, at - 9) and found[back].same in MODALS | BETWEEN:
            back -= 1
        subject = found[back].same
        verb = base(found[at].same) if found[at].same not in MODALS | BEING else ""
        if (
            not verb
            or (subject not in STAFF and subject != "we")
            or (back == at - 1 and subject != "we" and verb == found[at].same)
        ):
            continue
        last = min(len(found), at + 7)
        end = next((to for to in range(at + 1, last) if found[to].before.strip("-") or not found[to].text), last)
        yield verb, frozenset(content(found[at + 1 : end]))


GOVERNING = frozenset(
    "ask learn plan prepare think talk speak practise practice refuse fail consider decide agree offer hope teach show watch try tell".split()  # noqa: SIM905
)
"""Verbs of doing something that is not done by that: to learn to inject, to ask about stopping."""
TO = frozenset("to about how whether".split())  # noqa: SIM905


def governed(old: Sequence[Word], new: Sequence[Word]) -> Iterator[str]:
    """What one is to do, or is told about, of which the other text says no more than that one asks, learns or plans it."""
    roots = [[stemmed(word.same) for word in found] for found in (old, new)]
    for span in similarity.spans(*roots):
        was, now = old[span.start : span.end], new[span.begin : span.finish]
        if span.same or bool(was) == bool(now):
            continue
        part, then = (was, old[span.end]) if was else (now, new[span.finish])
        verbs = [word for word in part if thesaurus.lemmas(word.same) & GOVERNING]
        if (
            verbs
            and then.text
            and not then.before
            and base(then.same)
            and (part[-1].same in TO or then.same.endswith("ing"))
        ):
            yield f"what is done: “{' '.join(word.text for word in part)}” {'removed' if was else 'added'}"


def doers(found: Sequence[Word]) -> dict[str, set[str]]:
    """Who does what by a text: verbs in their plain form → the reader, others."""
    made: dict[str, set[str]] = {}
    for sentence in sentences(found):
        last = READER
        for at in range(sentence.start, sentence.end):
            verb = plain_form(found[at].same)
            whom = "" if verb in GIVEN else done_to(found, sentence.start, at - 1)
            if whom:
                made.setdefault(f"{verb}, to whom", set()).add(whom)
            if verb not in ACTS or (verb == "move" and at + 1 < sentence.end and found[at + 1].same in {"to", "into"}):
                continue  # you will move to a ward, and be moved to it
            if who := doer(found, sentence.start, sentence.end, at, last):
                made.setdefault(verb, set()).add(who)
                last = who
    return made


AGENTS = frozenset(
    "gp gps porter porters midwife company supplier suppliers pharmacy hospital ward lab laboratory driver manufacturer paramedic paramedics consultant".split()  # noqa: SIM905
)


def acting(word: str) -> bool:
    """Whether a word names those who do something for a reader: nurses, the receptionist, the company."""
    return word in STAFF | AGENTS or (
        word.endswith(("ist", "ists", "ician", "icians", "grapher", "graphers")) and len(word) > 6
    )


LETTING = frozenset("let help have watch".split())  # noqa: SIM905
ONESELF = frozenset("take swallow use eat drink wear inhale chew apply put store wash clean empty change".split())  # noqa: SIM905
"""What readers do themselves, though no one is named: "the tablets are taken with food"."""


@lru_cache(1 << 14)
def plain_form(word: str) -> str:
    """A verb in its plain form, and any other word as it stands."""
    known = base(word)
    ending = next((end for end in ("ed", "s") if word.endswith(end)), "")
    return known or next((one for one in (word[:-1], word[:-2]) if ending and one in ACTS), word)


SOMEONE = frozenset("someone somebody child baby partner relative carer".split())  # noqa: SIM905


def had_done(found: Sequence[Word], start: int, at: int) -> bool:
    """Whether the participle at a place is what readers have others do: "have your stitches removed"."""
    for back in range(at - 2, max(at - 6, start - 1), -1):
        if any(word.before.strip("-") for word in found[back + 1 : at + 1]):
            return False
        if found[back].same in {"have", "get"}:
            if found[at].same in {"filled", "refilled"}:
                return False  # a prescription
            return found[back + 1].same in {"your", "the", "a", "it", "them", "any", "this"}
    return False


def done_to(found: Sequence[Word], start: int, be: int) -> str:
    """To whom something must, should or may be done whose *be* stands at a place: "you should be tested"; "" where that is not told."""
    back = be - 1
    if back <= start or found[be].same != "be":
        return ""
    while back > start and found[back].same in MODALS | BETWEEN and not found[back + 1].before.strip("-"):
        back -= 1
    who = found[back].same
    if back == be - 1 or {word.same for word in found[max(start, back - 3) : back + 1]} & (ANYBODY | {"it", "this"}):
        return ""
    return READER if who == "you" else OTHERS


def doer(found: Sequence[Word], start: int, end: int, at: int, last: str) -> str:
    """Who does what the verb at a place says, "" where that is not told: the `last` one, where it only goes on."""
    if at > start and found[at - 1].same in BEING and found[at].same != base(found[at].same):
        by = next((to for to in range(at + 1, min(at + 4, end)) if found[to].same == "by"), 0)
        agent = found[by + 1].same if by and by + 1 < end else ""
        verb = plain_form(found[at].same)
        be, will = found[at - 1].same == "be", at > start + 1 and found[at - 2].same == "will"
        agentless = not by and not found[at].same.endswith("ing")
        if agentless and (verb in CLINICAL or (be and will) or not (be or verb in ONESELF)):
            return OTHERS  # what will be done is done for the reader
        return READER if agent == "you" else OTHERS if agent and not agent.endswith("ing") else ""
    if found[at].same != plain_form(found[at].same):
        if at > start and found[at].same.endswith("s") and acting(found[at - 1].same) and not found[at].before:
            return OTHERS
        return OTHERS if had_done(found, start, at) else ""
    if at > start + 1 and found[at - 1].same == "to" and found[at - 2].same in {"you", "how"} | STAFF | SOMEONE:
        return OTHERS if found[at - 2].same in STAFF | SOMEONE else READER
    if (
        at > start
        and found[at - 1].same in STAFF | SOMEONE
        and any(word.same in LETTING for word in found[max(at - 4, start) : at])
    ):
        return OTHERS
    if at > start and found[at - 1].same in {"and", "or"}:
        return last
    back = at - 1
    while back >= start and (found[back].same in STARTS | BETWEEN | {"do"}) and not found[back + 1].before.strip("-"):
        back -= 1
    if back < start or found[back + 1].before.strip("-"):
        return READER
    if found[back].same in MODALS and back > start:
        while back > start and found[back].same in MODALS | BETWEEN:
            back -= 1
        who = found[back].same
        phrase = {word.same for word in found[max(start, back - 3) : back + 1]}
        return READER if who == "you" else "" if phrase & ANYBODY or who in {"it", "this"} else OTHERS
    if found[back].same == "to" and back > start + 1 and found[back - 1].same in {"need", "have"}:
        back -= 2
    if found[back].same == "you":
        return READER
    return OTHERS if found[back].same in PRONOUNS else ""
