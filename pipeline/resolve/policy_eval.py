"""What the policy says of one text: the rows of the table that it is in, each with its action."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from pipeline.core.model import Action, Change, Review, Severity
from pipeline.core.policy import EDITS, Terms

Verdicts = Mapping[str, Action]
"""Row → action."""
NOTHING: Verdicts = MappingProxyType({})


def of_change(terms: Terms, change: Change | None, today: datetime.date) -> Verdicts:
    """What is done with a translation whose English changed. A day nobody knows is long ago."""
    if change is None:
        return {}
    row = EDITS[change.severity]
    late = not change.since or (today - datetime.date.fromisoformat(change.since)).days > terms.grace
    action = terms.cells[row][late]
    return {row: max(action, Action.ENGLISH) if change.severity is Severity.CRITICAL else action}


def of_review(terms: Terms, review: Review) -> Verdicts:
    """What is done with a translation that these people vouch for."""
    rows = (("unreviewed", bool(review.missing)), ("machine", review.machine))
    return {row: terms.cells[row][0] for row, holds in rows if holds}


def gravest(verdicts: Verdicts) -> Action:
    """Of several rows the gravest action holds."""
    return max(verdicts.values(), default=Action.SERVE)
