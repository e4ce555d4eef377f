"""What several rules ask of two texts: hosts of addresses, units that changed, how often a sentence says no."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from pipeline.text.matching import Matched, primary
from pipeline.text.tokens import Token

SAME = {
    frozenset(pair.split("/"))
    for pair in ["iu/unit", "degree/celsius", "degree/fahrenheit", "tablet/capsule", "pound/dollar", "dl/l"]
}
"""Units that translators rightly use for one another, or whose words are the same."""
NOT = ("says", "not")
FLIPS = (
    ("stop", "continue"),
    ("continue", "stop"),
    ("same", "different"),
    ("different", "same"),
    ("safe", "dangerous"),
)
"""Opposites of which a *not* makes the one the other: not to stop is to go on."""


def host(address: str) -> str:
    """The host of an address; a mail address is one whole."""
    if "@" in address and "://" not in address:
        return address
    try:
        return urlsplit(address if "://" in address else f"//{address}").netloc
    except ValueError:
        return address


def unit_changed(found: Matched) -> bool:
    """Whether both numbers have a unit, and not the same."""
    ours, theirs = primary(found.english), primary(found.translation)
    if not ours or not theirs:
        return False
    if ours == theirs:
        return (
            "/" in found.english.unit and "/" in found.translation.unit and found.english.unit != found.translation.unit
        )
    return frozenset([ours, theirs]) not in SAME


def negations(tokens: Sequence[Token]) -> int:
    """How often a sentence says no; *neither … nor* says it once."""
    return sum(
        [NOT in [sense for sense, _ in senses] for text, _, _, senses in tokens if senses and text != "nor"],
    )


def excuses(tokens: Sequence[Token], other: Sequence[Token] = ()) -> int:
    """How many words of a sentence may stand for a negation; those that answer another concept of `other` do not."""
    answered = {sense.value for token in other for sense, _ in token.senses if sense.kind == "says" and sense != NOT}
    count = 0
    for token in tokens:
        meant = [sense for sense, _ in token.senses]
        if ("excuses", "not") in meant and NOT not in meant:
            count += not any(sense.value in answered for sense in meant)
    return count


def told(slot: str, value: str) -> str:
    """A value of a slot in plain words."""
    said = value.replace("-", " ")
    return f"“{PHRASES.get(slot, '{}').format(said)}”"


PHRASES = {"basis": "per {}", "route": "by or into: {}", "finding": "{}"}
"""How the values of some slots are said."""
