"""Mistakes in what a sentence tells a patient to do: its words turned (by `words`), its lists, conditions, medicines and numbers."""

from __future__ import annotations

import random
import re
from functools import partial

from bench.mistakes import words as listed
from bench.mistakes.figures import numbers
from bench.mistakes.words import SAID, SERIES, Words, places, put, tidy

LIST = re.compile(r"[\w'’ -]{2,40}(?:, [\w'’ -]{2,40})+,? (?:and|or) [\w'’ -]{2,40}", re.I)
"""A list of three items or more in English."""
ITEM = re.compile(r"(?<=[,،、，])\s?([^,،、，.。;؛；:：()\d!?؟？।۔]{2,40})(?=[,،、，])")
"""An item between two commas."""
MARK = "،、，,"
DATE = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|\d/\d", re.I
)
END = re.compile(r"[.!?。！？؟।۔]+$")


def items(english: str, text: str) -> list[re.Match[str]]:
    """The inner items of the list of a sentence; none where the English has no list."""
    return list(ITEM.finditer(text)) if LIST.search(english) else []


def item_dropped(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = items(english, text)
    if not found:
        return None
    match = rnd.choice(found)
    return text[: match.start()].rstrip()[:-1] + text[match.end() :]


def item_added(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = items(english, text)
    others = [item for item in words.pool if item not in text]
    if not found or not others:
        return None
    match = rnd.choice(found)
    return (
        text[: match.end()]
        + text[match.end()]
        + (" " if words.spaces else "")
        + rnd.choice(others)
        + text[match.end() :]
    )


def condition_dropped(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    """Without the clause that begins with if, when or unless and ends at a comma or the end of its sentence."""
    if len(re.findall(r"\b(?:if|when|unless|while|until)\b", english, re.I)) != 1 or re.search(r"[\[{<`*]", text):
        return None
    cuts = []
    for form in words.conditions:
        for match in places(text, form, words.spaces):
            first = match.start() == 0 or bool(re.search(r"[.!?。]\s*$", text[: match.start()]))
            end = (
                re.compile(r"[,،，]").search(text, match.end())
                if first
                else re.compile(r"[.!?。！？؟।۔]|$").search(text, match.end())
            )
            if end and 8 < end.start() - match.start() < 0.8 * len(text):
                cuts.append((match.start(), end.end() if first else end.start()))
    if not cuts:
        return None
    start, end_at = rnd.choice(cuts)
    left = text[:start].rstrip(" ,،，") + text[end_at:] if start else text[end_at:]
    return tidy(left)


def swapped(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    """Two numbers of a text changed places; none where it has a date, whose parts each language orders."""
    found = [m for m in numbers(text) if not re.fullmatch(r"(?:19|20)\d\d", m[0])]
    pairs = [(a, b) for a in found for b in found if a.start() < b.start() and a[0] != b[0]]
    if DATE.search(english) or not pairs:
        return None
    one, other = rnd.choice(pairs)
    return text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]


def named(english: str, text: str, words: Words) -> list[tuple[re.Match[str], str]]:
    """The medicines of a text that the English names too, each with its name."""
    found: list[tuple[re.Match[str], str]] = []
    rows = [(form, name) for name, forms in words.medicines.items() for form in forms]
    for form, name in sorted(rows, key=lambda row: -len(row[0])):
        there = name if name != "paracetamol" else "paracetamol|acetaminophen"
        if not re.search(there, english, re.I):
            continue
        for match in places(text, form, words.spaces):
            if not any(match.start() < other.end() and other.start() < match.end() for other, _ in found):
                found.append((match, name))
    return found


def medicine(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = named(english, text, words)
    if not found:
        return None
    match, name = rnd.choice(found)
    others = [forms[0] for other, forms in words.medicines.items() if other != name and other not in english.lower()]
    return put(text, match, rnd.choice(others))


def medicines_swapped(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = sorted(named(english, text, words), key=lambda one: one[0].start())
    pairs = [(a, b) for a, an in found for b, bn in found if a.start() < b.start() and an != bn]
    both = [
        pair for pair in pairs if not re.fullmatch(r"\s?[,،、/–-]?\s?\S{0,4}\s?", text[pair[0].end() : pair[1].start()])
    ]
    if not both:  # `lopinavir and ritonavir` is `ritonavir and lopinavir`
        return None
    one, other = rnd.choice(both)
    return text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]


STATEMENTS = {
    **{key: (kind, partial(listed.turned, key)) for key, (kind, _) in SAID.items()},
    **{name: (kind, partial(listed.series, name)) for name, (kind, _) in SERIES.items()},
    "item dropped": ("list item dropped", item_dropped),
    "item added": ("list item added", item_added),
    "condition dropped": ("condition dropped", condition_dropped),
    "swapped": ("swapped numbers", swapped),
    "medicine": ("medicine", medicine),
    "medicines swapped": ("medicines swapped", medicines_swapped),
}
"""Name → the kind of mistake, and what makes it."""
