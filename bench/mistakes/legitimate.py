"""What is right in another way, which nothing may complain of: digits of the script, groups, words for figures, 24 hours."""

from __future__ import annotations

import random
import re

from bench.mistakes.figures import numbers
from bench.mistakes.words import SERIES, Words, put


def grouped(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = [m for m in numbers(text) if re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", m[0]) and m[0][-4] == words.group[:1]]
    return (
        put(text, match := rnd.choice(found), match[0].replace(match[0][-4], rnd.choice(["", "\u00a0", "\u202f"])))
        if found
        else None
    )


def native(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    zero = {"ar": 0x660, "fa": 0x6F0, "ur": 0x6F0, "hi": 0x966, "ne": 0x966, "bn": 0x9E6}.get(words.code)
    found = [m for m in numbers(text) if m[0].isascii()]
    if zero is None or not found:
        return None
    match = rnd.choice(found)
    return put(text, match, "".join(chr(zero + int(c)) if c.isdigit() else {".": "٫", ",": "٬"}[c] for c in match[0]))


def micro(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    match = re.search(r"(?<=\d)(\s?)(mcg|µg|μg)\b", text)
    return put(text, match, match[1] + rnd.choice([s for s in ("mcg", "µg", "μg") if s != match[2]])) if match else None


def percent(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    match = re.search(r"(?<=\d)(\s?)%", text)
    return put(text, match, "%" if match[1] else "\u00a0%") if match else None


def wide(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = [m for m in numbers(text) if m[0].isascii() and m[0].isdigit()]
    return (
        put(text, match := rnd.choice(found), "".join(chr(0xFF10 + int(c)) for c in match[0]))
        if found and not words.spaces
        else None
    )


def spelled(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    """A small number that is no dose, no time and no part of a name, in words."""
    rows = words.series.get("numbers", ())
    values = SERIES["numbers"][1].split()
    found = [m for m in numbers(text) if m[0].isdigit() and 2 <= int(m[0]) <= len(rows) + 1]
    if not found or DOSE.search(english):
        return None
    match = rnd.choice(found)
    if not re.search(
        rf"(?<![\w.,/:-]){int(match[0])}(?![\w%/:-]|[.,]\d)|\b{values[int(match[0]) - 2]}\b", english, re.I
    ):
        return None
    if re.match(r"\s?[:%°hч点時时.,/–—-]|\s?[ap]\.", text[match.end() :]) or re.search(
        r"[:.,/–—-]\s?$", text[: match.start()]
    ):
        return None
    return put(text, match, rows[int(match[0]) - 2][0])


DOSE = re.compile(
    r"\d\s?(?:mg|mcg|µg|g|ml|mL|iu|IU|units?|tablets?|capsules?|drops?|puffs?)\b|\btimes? (?:a|per)\b|\bevery \d", re.I
)


def other_clock(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    """A time of the afternoon written `3:30 p.m.` as 15:30, in a language that writes both."""
    match = re.search(r"(?<!\d)(\d{1,2}):(\d\d)\s?(?:p\.\s?m\.|pm|PM)", text)
    return put(text, match, f"{int(match[1]) % 12 + 12}:{match[2]}") if match else None
