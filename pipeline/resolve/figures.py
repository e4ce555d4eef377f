"""What a page says of itself: how much of it is English, older, a machine's or unreviewed, and who reviewed it when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.core.model import Action, Key, Resolution
from pipeline.core.states import State
from pipeline.resolve.coverage import words


@dataclass(frozen=True, slots=True)
class Figures:
    """How many parts (messages, each once) a page has: all, in English, from before a rewording, made by a machine and
    unreviewed, otherwise unreviewed. `held`: the whole page is in English by the policy's word."""

    parts: int = 0
    english: int = 0
    older: int = 0
    machine: int = 0
    unreviewed: int = 0
    held: bool = False


def by_message(found: Iterable[Resolution]) -> dict[Key, list[Resolution]]:
    """The resolutions of each message, in order of first appearance."""
    grouped: dict[Key, list[Resolution]] = {}
    for one in found:
        grouped.setdefault(one.message.key, []).append(one)
    return grouped


def figures(found: Iterable[Resolution], locale: str, source: str) -> Figures:
    """The figures of a page in a locale; of the source language, the number of its parts."""
    every = list(found)
    parts = by_message(every).values()
    if locale == source:
        return Figures(len(parts))
    english = older = machine = unreviewed = 0
    for group in parts:
        if any(one.spoken == source for one in group):
            english += 1
            continue
        vouched = [review for one in group if (review := one.vouched)]
        made_by_machine = any(review.machine for review in vouched)
        machine += made_by_machine
        unreviewed += not made_by_machine and any(review.missing for review in vouched)
        older += any(one.older for one in group)
    return Figures(len(parts), english, older, machine, unreviewed, any(one.action is Action.HOLD for one in every))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The days since which all of a page is reviewed by a qualified translator and by a clinician; "" where it is not.

    `last` is the older of the two, "" where either is void: the `lastReviewed` of schema.org.
    """

    linguistic: str = ""
    clinical: str = ""
    last: str = ""


def reviewed(found: Mapping[int, Resolution], original: Mapping[int, Resolution], locale: str, source: str) -> Reviewed:
    """Who vouches for a page: for what is shown of it and for its English, both by number of the block.

    The English is a translation of nothing, so there the clinician alone counts. A signature of a clinician under the
    English counts for every language, since the linguistic review says that the translation says the same.
    """
    parts = list(found.values())
    clinical = oldest(max(day(one, "clinician"), day(original.get(at), "clinician")) for at, one in found.items())
    if locale == source:
        whole = all(one.state is State.TRANSLATED and one.whole for one in parts)
        return Reviewed("", clinical if whole else "", clinical if whole else "")
    sound = all(one.whole and one.spoken == locale and one.vouched and not one.vouched.open for one in parts)
    linguistic = oldest(one.vouched.qualified if one.vouched else "" for one in parts) if sound else ""
    return Reviewed(linguistic, clinical, min(linguistic, clinical) if linguistic and clinical else "")


def day(found: Resolution | None, role: str) -> str:
    return found.vouched.day(role) if found and found.vouched else ""


def oldest(days: Iterable[str]) -> str:
    """The oldest of some days, "" where one is missing."""
    return min(days, default="")


def share(found: Iterable[Resolution], source: str) -> float:
    """The percentage of words shown in another language than `source`; 100 where there are none."""
    counted = [
        (words(key.msgid), all(one.spoken != source for one in group)) for key, group in by_message(found).items()
    ]
    whole = sum(count for count, _ in counted)
    return 100 * sum(count for count, own in counted if own) / whole if whole else 100.0
