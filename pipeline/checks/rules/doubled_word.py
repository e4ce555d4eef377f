"""The same word twice in a row."""

import itertools
import re
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level

REPEATED = frozenset(["nous", "vous", "die", "das", "der", "sich", "que", "sie", "hahaha", "bla"])
"""Words that good sentences say twice in a row: *nous nous lavons*, *die, die …*."""
REDUPLICATES = frozenset(
    [
        "id",
        "ms",
        "tl",
        "vi",
        "zh",
        "ja",
        "th",
        "km",
        "ht",
        "sw",
        "hi",
        "bn",
        "ur",
        "ta",
        "te",
        "mr",
        "ne",
        "my",
        "lo",
        "ko",
        "tr",
        "jv",
        "ceb",
        "fa",
        "ar",
        "am",
        "ha",
        "so",
        "zu",
        "pa",
        "gu",
        "ps",
    ]
)
"""Languages that double a word to say more of it, where it says nothing that a word stands twice."""


def run(pair: Pair) -> Iterator[str]:
    before, end = "", -1
    words = [token.text for token in pair.ours.tokens]
    if any(one == other and len(one) > 1 for one, other in itertools.pairwise(words)):
        return  # the English doubles a word as well
    for token in pair.theirs.tokens:
        if token.kind == "word":
            doubled = token.text == before and token.start == end + 1 and len(token.text) > 2
            if doubled and token.text not in REPEATED and not is_variable(pair, token.text):
                yield f"“{token.text} {token.text}”: a word stands twice. Remove one."
            before, end = token.text, token.start + len(token.text)
        else:
            before = ""


def is_variable(pair: Pair, word: str) -> bool:
    """Whether a translation says of a word in capitals, which stands for something, what it is: *el archivo ARCHIVO*."""
    loud = re.escape(word.upper())
    found = re.search(rf"\b(?!{loud})(?i:{re.escape(word)})\s+[*_`]*{loud}(?![^\W_])", pair.translation.source)
    return found is not None


CHECK = Check(
    "doubled-word",
    Level.WARNING,
    run,
    needs=needs.repetition,
    speaks=lambda language: language.known and language.code not in REDUPLICATES,
    good=(
        ("es", "Call us", "Llame"),
        ("es", "Read FILE as well", "Lea también el archivo ARCHIVO"),
        ("es", "Read FILE_ as well", "Lea también el archivo ARCHIVO_."),
        ("fr", "We wash", "Nous nous lavons"),
        ("id", "Children", "Anak-anak"),
    ),
    bad=(
        ("es", "Call the clinic", "Llame a la clínica clínica"),
        ("es", "Call the clinic", "Llame a la CLÍNICA CLÍNICA"),
        ("es", "The clinic", "Las las clínicas"),
    ),
)
