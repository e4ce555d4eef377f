"""Who does what: what a reader is told to do is not what others do, "remove the stitches after a week", "we will remove the stitches after a week"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.text import lexicon
from pipeline.text.clause_forms import base
from pipeline.text.english import Word
from pipeline.text.sentences import sentences

READER, OTHERS = "you", "others"
ACTS = (lexicon.IMPERATIVES | lexicon.MILD_IMPERATIVES | {"fix", "arrange", "email", "send", "stitch"}) - frozenset(
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
    for verb in was.keys() & now.keys():
        if {*was[verb], *now[verb]} == {READER, OTHERS} and len(was[verb]) == len(now[verb]) == 1:
            yield f"who does it: {verb}: {min(was[verb])} → {min(now[verb])}"


def doers(found: Sequence[Word]) -> dict[str, set[str]]:
    """Who does what by a text: verbs in their plain form → the reader, others."""
    made: dict[str, set[str]] = {}
    for sentence in sentences(found):
        last = READER
        for at in range(sentence.start, sentence.end):
            verb = base(found[at].same) or found[at].same
            whom = "" if verb in GIVEN else done_to(found, sentence.start, at - 1)
            if whom:
                made.setdefault(f"{verb}, to whom", set()).add(whom)
            if verb not in ACTS:
                continue
            if who := doer(found, sentence.start, sentence.end, at, last):
                made.setdefault(verb, set()).add(who)
                last = who
    return made


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
        return READER if agent == "you" else OTHERS if agent and not agent.endswith("ing") else ""
    if found[at].same != (base(found[at].same) or found[at].same):
        return ""
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
    if found[back].same == "you":
        return READER
    return OTHERS if found[back].same in PRONOUNS else ""
