"""What a check needs in a pair of texts before it can say anything: where it is not there, the check is not asked.

A need may be there and its checks still be silent; where it is not, they are (`tests/laws/test_checks.py` holds it for each).
"""

from __future__ import annotations

from pipeline.checks.check import Pair


def numbers(pair: Pair) -> bool:
    """A number or a time of day on either side."""
    return bool(pair.ours.items or pair.theirs.items or pair.ours.clocks or pair.theirs.clocks)


def clocks(pair: Pair) -> bool:
    """A time of day in the English."""
    return bool(pair.ours.clocks)


def strokes(pair: Pair) -> bool:
    """A stroke in the English, as in a date in figures."""
    return "/" in pair.ours.text


def units(pair: Pair) -> bool:
    """Units in words on both sides."""
    return bool(pair.ours.units and pair.theirs.units)


def phones(pair: Pair) -> bool:
    """A phone number on either side."""
    return bool(pair.ours.phones or pair.theirs.phones)


def addresses(pair: Pair) -> bool:
    """Addresses in the text that are not the same on both sides."""
    return pair.ours.addresses != pair.theirs.addresses


def medicines(pair: Pair) -> bool:
    """Medicines that are not the same on both sides."""
    ours, theirs = pair.medicines
    return ours != theirs


def negations(pair: Pair) -> bool:
    """A negation on either side."""
    return "not" in pair.ours.says or "not" in pair.theirs.says


def sentences(pair: Pair) -> bool:
    """More sentences in the English than in the translation."""
    return len(pair.ours.sentences) > len(pair.theirs.sentences)


def markup(pair: Pair) -> bool:
    """Markup, code, a link, a tag or a placeholder on either side, or a character in the translation that makes emphasis or code."""
    return bool(pair.english.parts or pair.translation.parts or any(mark in pair.translation.source for mark in "*_`~"))


def missing(pair: Pair) -> bool:
    """Markup or a placeholder that the translation lacks."""
    return bool(pair.english.parts and pair.missing)


def names(pair: Pair) -> bool:
    """A glossary with protected names."""
    return bool(pair.glossary.names)


def terms(pair: Pair) -> bool:
    """A term of the glossary in the English, with something to say of it in the language."""
    return bool(pair.glossary.terms and pair.terms)


def letters(pair: Pair) -> bool:
    """A letter or sign beyond ASCII in the translation."""
    return not pair.translation.source.isascii()
