"""Whether a person stands by a text as the translation of the English it stands under: by more than a mark taken off.

A reviser signed for this very pair, or somebody accepted by name that it is unchanged. Both end by themselves when either
text changes. What came along from an earlier English, or was dated ahead, confirms nothing.
"""

from __future__ import annotations

from pipeline.catalog import Entry
from pipeline.changes import Log
from pipeline.changes.texts import Around
from pipeline.review.reviews import Reviews, pair_of
from pipeline.review.suppressions import Suppressions

UNCHANGED = "unchanged-since-edit"
"""The code of the finding about such a text by which nobody stands."""


def here(entry: Entry, around: Around, ledger: Reviews, accepted: Suppressions, log: Log) -> bool:
    """Whether somebody stands by an entry whose message came to stand elsewhere, as it stands now: who said so before has not."""
    places = [row.under for row in accepted.of(UNCHANGED, entry.key, entry.strings) if row.under]
    pair = pair_of(entry.key, entry.strings, entry.plural)
    places += (
        signature.line.under
        for signature in (ledger.signatures(pair, log) if pair in ledger.by_pair else ())
        if not signature.why
        and signature.line.role == "reviser"
        and signature.line.pair == pair
        and signature.line.under
    )
    return any(still(place, around) for place in places)


LEADS = "→ "
"""Stands before the address of a link, among what somebody saw around a text."""


def seen(around: Around) -> tuple[str, ...]:
    """What somebody saw around a text, for the ledgers: an empty text first, since to see nothing is not to have looked."""
    return ("", *around.under, *(LEADS + address for _, address, _ in around.refs))


def still(place: tuple[str, ...], around: Around) -> bool:
    """Whether what stands around a text is what somebody saw there, or says the same."""
    from pipeline.changes.grading import turned_round

    now = seen(around)
    texts = (tuple(one for one in some if not one.startswith(LEADS)) for some in (place, now))
    return set(place).issuperset(one for one in now if one.startswith(LEADS)) and not turned_round(*texts)


def confirmed(entry: Entry, ledger: Reviews, accepted: Suppressions, log: Log) -> bool:
    """Whether somebody stands by an entry."""
    if accepted.silences(UNCHANGED, entry.key, entry.strings):
        return True
    pair = pair_of(entry.key, entry.strings, entry.plural)
    return any(
        not signature.why and signature.line.role == "reviser" and signature.line.pair == pair
        for signature in (ledger.signatures(pair, log) if pair in ledger.by_pair else ())
    )
