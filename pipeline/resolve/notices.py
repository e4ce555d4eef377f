"""What readers are told of a block: which notices stand above it, and whether its English stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pipeline.core.model import Action, Resolution
from pipeline.core.states import State
from pipeline.resolve.message import STUB


class Notice(NamedTuple):
    """What a reader is told above a block: which of the notices, since when, and whether in plain words to all (a critical
    block) or quietly."""

    kind: str
    since: str = ""
    plain: bool = False


WITHHELD = dict.fromkeys(state.traits.notice for state in sorted(State, key=lambda state: -state.traits.urgency))
KINDS = (*WITHHELD, "older", "looks", "machine", "waiting", "held")
"""The kinds of notices, the gravest first; `held` is told once a page, in the line `Held`."""
TOLD = {"wording": "older", "cosmetic": "looks", "machine": "machine", "unreviewed": "waiting"}
"""The notice of a translation that is shown all the same, by the row of the policy that wants it."""


def notices_of(found: Resolution, locale: str, source: str) -> tuple[Notice, ...]:
    """What a reader of `locale` is told of one block; nothing where nothing is to be told."""
    if locale == source or STUB in found.told:
        return ()
    plain = found.message.critical
    if found.spoken == source or found.state is State.RECALLED:
        if found.action is Action.HOLD:
            return (Notice("held"),)
        return (Notice(found.state.traits.notice, since_of(found) if found.state is State.STALE else "", plain),)
    parts = [one for one in found.parts if one.told]
    if not parts and not found.facts:
        return ()
    kinds = {kind: one for row, kind in TOLD.items() for one in parts if row in one.told}
    if "machine" in kinds:
        kinds.pop("waiting", None)
    values = {of_value(fact): None for fact in found.facts if fact.spoken == source}
    return (
        *(Notice(kind, since, plain) for kind, since in values),
        *(Notice(kind, since_of(one) if kind in {"older", "looks"} else "", plain) for kind, one in kinds.items()),
    )


def by_number(shown: Mapping[int, Resolution], locale: str, source: str) -> dict[int, tuple[Notice, ...]]:
    """What a reader of `locale` is told of each block, by its number."""
    return {number: notices_of(one, locale, source) for number, one in shown.items()}


def of_value(fact: Resolution) -> tuple[str, str]:
    """The kind of notice of a declared value that stands in English in a translation, and since when."""
    return fact.state.traits.notice, since_of(fact) if fact.state is State.STALE else ""


def since_of(found: Resolution) -> str:
    return found.change.since if found.change else ""


def stands_beside(found: Resolution, source: str) -> bool:
    """Whether the English stands beside a translation: in a critical block, where it is stale or nobody has reviewed it."""
    served = found.spoken != source and found.state is not State.RECALLED
    unreviewed = found.vouched is not None and found.vouched.open
    return served and found.message.critical and (found.older or unreviewed or not found.whole)
