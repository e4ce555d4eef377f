"""Names of people in append-only files: which names are one person, and which are no name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""Characters that show nothing and that Unicode calls letters or marks."""


ALIKE = frozenset(["LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"])
"""The alphabets whose letters are taken for each other's, as Unicode's names of characters begin."""


def person(name: str) -> str:
    """A name as it compares with others: neither letter case, spaces, Unicode forms, punctuation nor anything unseen makes
    another person. "" for what holds no letter."""
    text = UNSEEN.sub("", unicodedata.normalize("NFKC", name).casefold())
    seen = (
        char if unicodedata.category(char)[0] in "LMN" else " " if char.isspace() else ""
        for char in unicodedata.normalize("NFC", text)
    )
    found = " ".join("".join(seen).split())
    return found if any(char.isalpha() for char in found) else ""


def people(names: Iterable[str]) -> int:
    """How many different people these are."""
    return len({person(name) for name in names} - {""})


def amiss(name: str) -> str:
    """What is wrong with a name, in words; "" where nothing is.

    Letters of two alphabets in one word are how one person is made to look like two (UTS 39, 5.1).
    """
    if not person(name):
        return "it has no letter"
    if not name.isprintable() or UNSEEN.search(name):
        return "it has characters that cannot be seen"
    for word in name.split():
        alphabets = {unicodedata.name(char, "").partition(" ")[0] for char in word if char.isalpha()}
        if len(alphabets & ALIKE) > 1:
            return f"{word!r} mixes alphabets"
    return ""
