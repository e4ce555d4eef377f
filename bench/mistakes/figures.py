"""Mistakes in figures: numbers, units by their symbols, times of day, ranges."""

from __future__ import annotations

import random
import re

from bench.mistakes.words import Words, put

NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[.,]\d+)*(?![\w/]|[.,-]\d)")
SYMBOLS = {"mg": ["g", "mcg"], "mcg": ["mg"], "µg": ["mg"], "μg": ["mg"], "g": ["mg"], "ml": ["l"], "kg": ["g"], "мг": ["г", "мкг"], "мкг": ["мг"], "毫克": ["克", "微克"], "微克": ["毫克"], "°C": ["°F"], "°F": ["°C"], "ملغ": ["غرام"], "ملغم": ["غرام"], "مجم": ["غرام"]}  # fmt: skip


def numbers(text: str) -> list[re.Match[str]]:
    """The numbers of a text that are not part of an address, a link target or code."""
    hidden = [
        match.span() for match in re.finditer(r"\]\([^)]*\)|`[^`]*`|\{[^}]*\}|https?://\S+|\S+@\S+|<[^>]*>", text)
    ]
    return [m for m in NUMBER.finditer(text) if not any(a <= m.start() < b for a, b in hidden)]


def digit(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = numbers(text)
    if not found:
        return None
    match = rnd.choice(found)
    places = [n for n, char in enumerate(match[0]) if char.isdigit()]
    at = rnd.choice(places)
    zero = ord(match[0][at]) - int(match[0][at])
    new = rnd.choice([n for n in range(at == places[0], 10) if n != int(match[0][at])])
    return put(text, match, match[0][:at] + chr(zero + new) + match[0][at + 1 :])


def tenfold(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = [m for m in numbers(text) if m[0].isdigit()]
    if not found:
        return None
    match = rnd.choice(found)
    zero = chr(ord(match[0][0]) - int(match[0][0]))
    return put(text, match, match[0][:-1] if match[0].endswith(zero) and len(match[0]) > 1 else match[0] + zero)


def decimal(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = [m for m in numbers(text) if re.fullmatch(r"\d+[.,]\d{1,2}", m[0])]
    if not found:
        return None
    match = rnd.choice(found)
    return put(text, match, re.sub(r"[.,]", "", match[0]).lstrip("0") or "0")


def separator(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = [m for m in numbers(text) if re.fullmatch(r"\d{1,3}[.,]\d{3}", m[0])]
    if not found:
        return None
    match = rnd.choice(found)
    return put(text, match, match[0].translate({44: ".", 46: ","}))


def swapped_range(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = [
        m
        for m in re.finditer(
            r"(?<![\w.,/-])(\d+(?:[.,]\d)?)(\s?[-–—~至到]\s?| a | à | bis | до | إلى | đến | a )(\d+(?:[.,]\d)?)(?![\w/-])",
            text,
        )
        if m[1] != m[3]
    ]
    if not found or "](" in text:
        return None
    match = rnd.choice(found)
    return put(text, match, match[3] + match[2] + match[1])


def swapped_numbers(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = numbers(text)
    pairs = [(a, b) for a in found for b in found if a.start() < b.start() and a[0] != b[0]]
    if not pairs:
        return None
    one, other = rnd.choice(pairs)
    return text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]


def drop_number(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = numbers(text)
    return put(text, rnd.choice(found), "") if found else None


def unit_symbol(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    alternatives = "|".join(map(re.escape, sorted(SYMBOLS, key=len, reverse=True)))
    found = list(re.finditer(rf"(?<=\d)(\s?)({alternatives})(?![^\W\d_])", text))
    if not found:
        return None
    match = rnd.choice(found)
    return put(text, match, match[1] + rnd.choice(SYMBOLS[match[2]]))


def half_day(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    if not re.search(r"\d\s?[ap]\.?m", english, re.I):
        return None
    for one, other in (
        ("a. m.", "p. m."),
        ("a.m.", "p.m."),
        ("AM", "PM"),
        ("上午", "下午"),
        ("صباحًا", "مساءً"),
        ("صباحا", "مساء"),
        ("sáng", "tối"),
        ("утра", "вечера"),
        ("de la mañana", "de la noche"),
        ("du matin", "du soir"),
        ("nan maten", "nan aswè"),
        ("morgens", "abends"),
    ):
        for a, b in ((one, other), (other, one)):
            if a in text:
                return text.replace(a, b, 1)
    match = re.search(r"\b(0?[6-9]|1[0-1]):(\d\d)", text)
    return put(text, match, f"{int(match[1]) + 12}:{match[2]}") if match else None
