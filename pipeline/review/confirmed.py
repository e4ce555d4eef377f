"""Whether a person stands by a text as the translation of the English it stands under: by more than a mark taken off.

A reviser signed for this very pair, or somebody accepted by name that it is unchanged. Both end by themselves when either
text changes. What came along from an earlier English, or was dated ahead, confirms nothing.
"""

from __future__ import annotations

from pipeline.catalog import Entry
from pipeline.changes import Log
from pipeline.core.model import ident
from pipeline.review.reviews import Reviews, pair_of
from pipeline.review.suppressions import Suppressions

UNCHANGED = "unchanged-since-edit"
"""The code of the finding about such a text by which nobody stands."""


def confirmed(entry: Entry, ledger: Reviews, accepted: Suppressions, log: Log) -> bool:
    """Whether somebody stands by an entry."""
    if accepted.rows and accepted.silences(UNCHANGED, ident(entry.key), entry.strings):
        return True
    pair = pair_of(entry.key, entry.strings, entry.plural)
    return any(
        not signature.why and signature.line.role == "reviser" and signature.line.pair == pair
        for signature in (ledger.signatures(pair, log) if pair in ledger.by_pair else ())
    )
