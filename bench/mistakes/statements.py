"""Mistakes in what a sentence tells a patient to do: its words turned (by `words`), its lists, conditions, medicines and numbers."""

from __future__ import annotations

import itertools
import random
import re
from functools import partial

from bench.mistakes import words as listed
from bench.mistakes.figures import numbers
from bench.mistakes.words import SAID, SERIES, Words, places, put, tidy

CLAUSE = "and|or|which|who|that|where|when|while|if|in|as|with|by|for|is|are|was|were|has|have|it|we|they|he|she|this|i|e|including|especially|such"
PART = rf"(?!(?:{CLAUSE})\b)[\w'’-]+(?: (?!(?:which|is|are|was|were|has|have)\b)[\w'’-]+){{0,3}}"
LIST = re.compile(rf"\b{PART}(?:, {PART})+,? (?:and|or) \w", re.I)
"""A list of three items or more in English, each of a few words and no clause of its own."""
BETWEEN = re.compile(r", (?:and |or )?| and | or ", re.I)
ITEM = re.compile(r"[^,،、，.。;؛；:：()\d!?؟？।۔]{2,40}")
"""What an item of a list is made of."""
MARK = r"[,،、，]"
DATE = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|\d/\d", re.I
)
END = re.compile(r"[.!?。！？؟।۔]+$")


def items(english: str, text: str, words: Words) -> list[tuple[int, int]]:
    """The inner items of a list, each from where to where it stands with the comma before it: only of lists that end in *and* or
    *or* in both languages, with as many items in the one as in the other."""
    counts = {len(BETWEEN.split(match[0])) for match in LIST.finditer(english)}
    found: list[tuple[int, int]] = []
    for last in joint(words).finditer(text):
        commas = [match.start() for match in re.finditer(MARK, text[: last.start()])][1 - max(counts, default=0) :]
        for count in counts:
            places = [*commas[len(commas) - count + 2 :], last.start()] if 2 < count < len(commas) + 3 else []
            spans = list(itertools.pairwise(places))
            if spans and all(ITEM.fullmatch(text[start + 1 : end].strip()) for start, end in spans):
                found += spans
    return found


def joint(words: Words) -> re.Pattern[str]:
    """What stands before the last item of a list, with the comma before it."""
    said = "|".join(re.escape(word) for word in words.joints)
    if not words.spaces:
        return re.compile(f"{MARK}?(?:{said})") if said else NEVER
    clitic = rf"|{MARK}\s*و(?=\w{{3}})" if words.code == "ar" else ""
    return re.compile(rf"{MARK}?\s+(?:{said})\s{clitic}") if said else NEVER


NEVER = re.compile("(?!)")


def item_dropped(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = items(english, text, words)
    if not found:
        return None
    start, end = rnd.choice(found)
    return tidy(text[:start] + text[end:])


def item_added(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = items(english, text, words)
    others = [item for item in words.pool if item not in text]
    if not found or not others:
        return None
    start, end = rnd.choice(found)
    return text[:end] + text[start] + (" " if words.spaces else "") + rnd.choice(others) + text[end:]


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
