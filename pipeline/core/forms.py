"""The normal forms of Unicode in a time that grows as the text does."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

MARKS = 30
"""The most marks on one letter that are brought into order, as of the Stream-Safe Text Format (UAX 15, 13): no language has
more than a few, and to sort them takes a time that grows with the square of their number."""
MARK = re.compile(r"[^\w\s\0-\u02ff]")
"""What may be a mark: no mark is a letter. Of more in a row than are brought into order, one stands at every so many characters: those are
looked at first."""
MANY = re.compile(rf"{MARK.pattern}{{{MARKS + 1},}}")
"""Where more may stand."""
JOINER = "\u034f"
"""Parts two runs of marks without being seen."""


Form = Literal["NFC", "NFD", "NFKC", "NFKD"]


def normalized(form: Form, text: str) -> str:
    """A text in a normal form. Marks beyond what any letter has are kept in the order in which they stand."""
    if text.isascii():
        return text
    if MARK.search(text[MARKS :: MARKS + 1]) is not None:
        text = MANY.sub(lambda run: parted(run[0]), text)
    return unicodedata.normalize(form, text)


def parted(text: str) -> str:
    """The text with a joiner after every so many marks in a row."""
    made: list[str] = []
    count = 0
    for char in text:
        count = count + 1 if unicodedata.combining(char) else 0
        if count > MARKS:
            made.append(JOINER)
            count = 1
        made.append(char)
    return "".join(made)
