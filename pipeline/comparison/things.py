"""Things that became others: a needle told as a syringe, water as milk, the bathroom as the kitchen.

A thing that is not named tells nothing: good translators say *it*, or a verb that holds it (*bandage*, *towel off*). Another thing in its
place does, where nothing near stands for either and neither text names it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.comparison.lost_values import Difference, beside
from pipeline.text.imperatives import orders
from pipeline.text.languages.table import Language, Sense
from pipeline.text.statements import Statement

THINGS = frozenset(["object", "food", "place", "remedy", "part", "symptom", "person"])
"""The slots of things: what a patient handles, eats and drinks, and where; kinds of medicines; and parts of the body, symptoms and persons beside those
of which it is asked, too, whether they are lost."""
KIN = {"body": "part", "finding": "symptom", "who": "person"}
"""The slots whose values these may become, and those that these may."""
SLOTS = tuple(sorted(THINGS | KIN.keys()))
LONG = 24
"""Words of a sentence from which on it names too many things to tell which stands for which, unless it is an order."""


def told_apart(said: frozenset[Sense], found: frozenset[Sense]) -> bool:
    """Whether a text names a thing that another does not, and the other one that it does not."""
    gone = {KIN.get(sense.kind, sense.kind) for sense in said - found} & THINGS
    return bool(gone) and not gone.isdisjoint(KIN.get(sense.kind, sense.kind) for sense in found - said)


def became(one: Statement, other: Statement, source: Language, language: Language) -> Iterator[Difference]:
    """Things of one sentence in whose place the other names another."""
    if len(one.tokens) > LONG and not orders(one.tokens):
        return
    gone = [found for found in unanswered(one, other, balanced=True) if language.knows(*found)]
    came = [found for found in unanswered(other, one) if source.knows(*found)] if gone else []
    for slot, value in gone if came else ():
        near = (
            new
            for new in came
            if alike(slot, new[0])
            and beside(one.values(slot)[value], other.values(new[0])[new[1]], one, other, language)
        )
        if instead := next(near, None):
            came.remove(instead)
            yield Difference(slot, value, instead[1])


def alike(slot: str, new: str) -> bool:
    """Whether a thing of one slot may stand for one of another; two parts of the body of which more is asked are compared elsewhere."""
    return KIN.get(slot, slot) == KIN.get(new, new) and not (slot in KIN and new in KIN)


def unanswered(one: Statement, other: Statement, *, balanced: bool = False) -> list[tuple[str, str]]:
    """The things that a sentence names more often than another, where nothing in that stands for them; `balanced`: nor more than answers
    what the one says besides: for the needle stands no *injection* where both are told of. A word that says two things (a finger, a hand)
    says what the other has."""
    found: list[tuple[str, str]] = []
    answered: set[int] = set()
    for slot in SLOTS:
        said = one.says.get(slot)
        answers = other.values(slot) if said else {}
        for value, places in said.items() if said else ():
            if len(answers.get(value, ())) >= len(places):
                answered.update(places)
                continue
            besides = set(one.excused(slot, value)) - set(places) if balanced else ()
            if len(other.excused(slot, value)) <= len(besides):
                found.append((slot, value))
    return [(slot, value) for slot, value in found if answered.isdisjoint(one.values(slot)[value])]
