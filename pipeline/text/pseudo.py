"""Made-up languages that show what a translation will do to a page: `en-XA`, longer and with accents, and `ar-XB`, from the right."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.core.exchange import Pieces

LATIN = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"
)
ARABIC = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "ابجدهفغحيژكلمنوپقرستعڤطخيزابجدهفغحيژكلمنوپقرستعڤطخيز"
)
VOWEL = re.compile("[AEIOUaeiou]")
"""Written twice, they make a text about 40 % longer, as translations of short texts are into most languages."""
KEPT = re.compile(r"&#?\w+;|\b[\w+.-]+@[\w.-]+\w|\b(?:\w+://|www\.)\S+|:[a-z0-9_+-]+:")
"""What stands among words and is none: character references, addresses, names of emoji."""


def pseudo(locale: str, pieces: Pieces) -> str:
    """A text in a made-up language: its codes as they are, its words longer and in other letters."""
    table = LATIN if locale == "en_XA" else ARABIC
    return "".join(spelled(piece.text, table) if piece.kind == "text" else piece.text for piece in pieces)


def spelled(text: str, table: dict[int, int]) -> str:
    """Words in other letters; what is no word is left."""
    made, at = "", 0
    for match in KEPT.finditer(text):
        made += longer(text[at : match.start()]).translate(table) + match[0]
        at = match.end()
    return made + longer(text[at:]).translate(table)


def longer(text: str) -> str:
    """A text with each vowel twice."""
    return VOWEL.sub(lambda vowel: vowel[0] + vowel[0].lower(), text)


ENGLISH = re.compile(r"[A-Za-z]{2,}")


def words(texts: Iterable[str]) -> frozenset[str]:
    """The words in our letters that some texts have."""
    return frozenset(word.lower() for text in texts for word in ENGLISH.findall(text))
