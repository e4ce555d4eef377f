"""How grave it is that one message became another, or came to stand under other texts: what `severity` reads of two texts, and
what a text alone does not say (its context, where its reference links lead, what it stands under)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline.changes.texts import Around, Text, Under, scope
from pipeline.content import parse
from pipeline.core.inline import Syntax
from pipeline.core.model import IN_CRITICAL, Refs, Severity
from pipeline.severity.severity import Grade, grade, grade_of, turned
from pipeline.text.english import words
from pipeline.text.features import Names, features


def grade_of_messages(old: Text, new: Text, names: Names, critical: bool) -> Grade:
    """The grade of one message that became another. Another context is wording at least: its author says that the words mean
    something else here, or do no longer."""
    if old.refs or new.refs:
        found = referring(old.key.msgid, old.syntax, old.refs, new.key.msgid, new.syntax, new.refs, names, critical)
    else:
        found = grade_of(old.key.msgid, old.syntax, new.key.msgid, new.syntax, names, critical)
    if old.key.context == new.key.context:
        return found
    said = f"context: {named(old.key.context)} → {named(new.key.context)}"
    if old.key.msgid == new.key.msgid:
        return Grade(Severity.CRITICAL, (IN_CRITICAL, said)) if critical else Grade(Severity.WORDING, (said,))
    if found.severity is Severity.COSMETIC:
        return Grade(Severity.WORDING, (said,))
    return Grade(found.severity, (*found.reasons, said))


def named(context: str | None) -> str:
    return "none" if context is None else f"“{context}”"


@lru_cache(4096)
def referring(
    old: str, was: Syntax, before: Refs, new: str, now: Syntax, after: Refs, names: Names, critical: bool
) -> Grade:
    """The grade of texts whose reference links lead somewhere."""
    found = grade(parse(old, was, scope(before)), parse(new, now, scope(after)), names, critical=critical)
    if old != new and found.reasons[-1:] == ("white space",) and " ".join(old.split()) != " ".join(new.split()):
        return found._replace(reasons=(*found.reasons[:-1], "how a link is written"))
    return found


# What a message stands under -------------------------------------------------------------------------------------


@lru_cache(1 << 14)
def turned_round(old: Under, new: Under) -> tuple[str, ...]:
    """Why a message says something else though its words are the same: what it stands under turned round; () where it did not.

    Only what turns it counts: a *not*, *avoid* or *stop* that came or went, an opposite, another side or unit. A heading in other
    words, a number or a day in it, say so themselves, and what stands under them is as true as it was.
    """
    lost, gained = [one for one in old if one not in new], [one for one in new if one not in old]
    if forbids(lost) != forbids(gained) or any(opposite(one, other) for one in lost for other in gained):
        return (f"now under {quoted(gained)}, before under {quoted(lost)}",)
    return ()


def moved(old: Around, new: Around, one: Text, names: Names) -> Grade:
    """How grave it is that a message stands under other texts than before, or that its links lead elsewhere. A reference that
    was nowhere before belonged to no text there: what came with it was an edit, and is graded as one."""
    if why := turned_round(old.under, new.under):
        return Grade(Severity.CRITICAL, why)
    if old.refs == new.refs:
        return Grade(Severity.COSMETIC, ())
    names_there = {name for name, *_ in old.refs}
    before = (*old.refs, *(ref for ref in new.refs if ref[0] not in names_there))
    return grade_of_messages(one._replace(refs=before), one._replace(refs=new.refs), names, critical=False)


def forbids(texts: Iterable[str]) -> bool:
    """Whether one of the texts turns what stands under it round."""
    return any(turns(text) for text in texts)


TURNING = frozenset("not never no none neither nor nothing nobody don'ts without except excluding unsafe".split())  # noqa: SIM905
STOPS = frozenset(
    "stop stops stopping stopped quit quits quitting cease discontinue discontinues discontinuing withhold withholds pause "  # noqa: SIM905
    "omit omits skip skips skipping cancel avoid avoids avoiding avoided forbidden prohibited".split()
)
"""What says no to all that follows. Of one with a *not* before it nothing is left: *do not stop*."""
CONDITION = re.compile(
    r"\b(?:if|when|while|because|since|until|whether)\s+(?!not\b|to\b|never\b)[^,.;:!?]*?(?:\bnot|n['’]t|\bcannot|\bnever|\bno)"
    r"\s+[^\W\d_]{2,}[^,.;:!?]*",
    re.I,
)
"""A condition with a *not* that says no to a word of its own (*if you cannot sleep*), and so to nothing that follows."""


@lru_cache(4096)
def turns(text: str) -> bool:
    """Whether a text turns what stands under it round: *do not*, *foods to avoid*, *never do these things*."""
    found = [word.same for word in words(parse(CONDITION.sub("", text), Syntax.TEXT))]
    return (sum(word in TURNING for word in found) + any(word in STOPS for word in found)) % 2 == 1


OPPOSITES = frozenset(
    frozenset(pair.split("/"))
    for pair in "before/after morning/evening morning/night day/night more/less more/fewer above/below right/wrong good/bad".split()  # noqa: SIM905
)
"""Opposites that `severity` knows as directions and times of the day."""


@lru_cache(1 << 14)
def opposite(one: str, other: str) -> bool:
    """Whether a text became its opposite, or names another side or unit: the rest of it being the same, or nothing."""
    was, now = (list(words(parse(text, Syntax.TEXT))) for text in (one, other))
    ours, theirs = ({word.same for word in found if word.text} for found in (was, now))
    if 2 * len(ours & theirs) < len(ours) and min(len(ours), len(theirs)) > 2:
        return False
    if any(why.startswith("opposite") for why in turned(was, now)):
        return True
    if any(frozenset((left, right)) in OPPOSITES for left in ours - theirs for right in theirs - ours):
        return True
    for kind in ("side", "unit"):
        before, after = (
            {each.same for each in features(found, frozenset()) if each.kind == kind} for found in (was, now)
        )
        if before and after and before != after:
            return True
    return False


def quoted(texts: Sequence[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts) or "nothing"
