"""Lists of Chinese, which has a comma of its own between items (、): how many items each has is plain to see."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.text.listing import COMMAS, ENDS, ENUMERATING, Listed, joins
from pipeline.text.tokens import Token


def counted(tokens: Sequence[Token], *, apart: bool) -> int:
    """How many items the longest list has that a joining word ends, the last one with them; two where no such comma stands before it, 0 where
    no word joins anything. `apart`: a joining word ends a list, else only a mark does: an item may be two of something."""
    most, count = 0, 2
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.text == ENUMERATING:
            count += not (after and joins(after))
        elif token.text in ENDS or (token.text in COMMAS and not (after and joins(after))):
            count = 2
        elif token.slots and joins(token):
            most = max(most, count)
            count = 2 if apart else count
    return most


def fewer(ours: Sequence[Listed], theirs: Sequence[Token]) -> bool:
    """Whether the longest list of the English has more items than any of the translation, or the translation parts no items at all."""
    if not ours or not ours[0].plain:
        return False
    return not enumerates(theirs) or 0 < counted(theirs, apart=False) < len(ours[0].items)


def more_items(ours: Sequence[Listed], theirs: Sequence[Token]) -> bool:
    """Whether a list of the translation has more than the longest of the English."""
    return bool(ours) and enumerates(theirs) and counted(theirs, apart=True) > len(ours[0].items)


def enumerates(tokens: Sequence[Token]) -> bool:
    """Whether a sentence has such a comma."""
    return any(token.text == ENUMERATING for token in tokens)
