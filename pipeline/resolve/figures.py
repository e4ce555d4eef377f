"""What a page says of itself: how much of it is English, older, a machine's or unreviewed, and who reviewed it when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.model import QUALIFIED, Action, Key, Resolution
from pipeline.core.states import State
from pipeline.resolve.coverage import words

CLINICIAN = "clinician"


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


NO_FIGURES = Figures()


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


def reviewed(
    found: Mapping[int, Resolution], original: Mapping[int, Resolution], locale: str, source: str, page: str
) -> Reviewed:
    """Who vouches for a page: for what is shown of it and for its English, both by number of the block.

    Only who has read the page as it is counts: `page` is the digest of its English. The English is a translation of nothing,
    so there the clinician alone counts. A clinician who signed for the English vouches for a translation too, where all of it
    is reviewed: that review says that it says the same.
    """
    parts = list(found.values())
    if locale == source:
        whole = all(one.state is State.TRANSLATED and one.whole for one in parts)
        clinical = oldest(one.read(page, CLINICIAN) for one in parts) if whole else ""
        return Reviewed("", clinical, clinical)
    sound = all(one.whole and one.spoken == locale and one.vouched and not one.vouched.open for one in parts)
    linguistic = oldest(one.read(page, QUALIFIED) for one in parts) if sound else ""
    english = original if linguistic else {}
    clinical = oldest(clinician(one, english.get(at), page) for at, one in found.items())
    return Reviewed(linguistic, clinical, min(linguistic, clinical))


def clinician(found: Resolution, original: Resolution | None, page: str) -> str:
    """The day of a clinician's signature under a text or under its English, the newer of the two."""
    return max(found.read(page, CLINICIAN), original.read(page, CLINICIAN) if original else "")


def signed(found: Iterable[Resolution]) -> bool:
    """Whether anybody noted the page with a signature under one of these: where nobody did, its digest is not asked for."""
    return any(one.review and one.review.seen for one in found)


def oldest(days: Iterable[str]) -> str:
    """The oldest of some days, "" where one is missing."""
    return min(days, default="")


Shown = tuple[int, int]
"""The English words of some messages that are shown in another language, and all of them."""


def shown_of(groups: Iterable[tuple[Key, Sequence[Resolution]]], source: str) -> Shown:
    """The words of messages, each with its resolutions."""
    counted = [(words(key.msgid), all(one.spoken != source for one in group)) for key, group in groups]
    return sum(count for count, own in counted if own), sum(count for count, _ in counted)


def words_of(found: Iterable[Resolution], source: str) -> Shown:
    """The words of all messages of some rows, each once."""
    return shown_of(by_message(found).items(), source)


def share(shown: Shown) -> float:
    """The percentage of words shown in another language; 100 where there are none."""
    own, whole = shown
    return 100 * own / whole if whole else 100.0
