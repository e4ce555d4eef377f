"""Mistakes in what holds a text together: links, placeholders, markup, letters, sentences, contacts."""

from __future__ import annotations

import random
import re

from bench.mistakes.words import Words, put
from pipeline.text.quantities import phones_of

BIDI, ZERO = "\u202e", "\u200b"
TWINS = {
    "a": "а",
    "e": "е",
    "o": "о",
    "p": "р",
    "c": "с",
    "x": "х",
    "а": "a",
    "е": "e",
    "о": "o",
    "р": "p",
    "с": "c",
    "х": "x",
    "i": "і",
}


def contact(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = list(phones_of(text)) or list(re.finditer(r"[\w.]+@[\w.]+", text))
    if not found:
        return None
    match = rnd.choice(found)
    places = [n for n, char in enumerate(match[0]) if char.isalnum()]
    at = rnd.choice(places)
    new = str((int(match[0][at]) + 1) % 10) if match[0][at].isdigit() else ("x" if match[0][at] != "x" else "y")
    return put(text, match, match[0][:at] + new + match[0][at + 1 :])


LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)([^)]*)\)")


def url(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = list(LINK.finditer(text))
    if found:
        match = rnd.choice(found)
        return put(text, match, f"[{match[1]}]({match[2]}x{match[3]})")
    match = re.search(r"https?://[^\s)>]+\w", text)
    return put(text, match, match[0] + "x") if match else None


def drop_link(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = list(LINK.finditer(text))
    return put(text, match := rnd.choice(found), match[1]) if found else None


def swap_links(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = list(LINK.finditer(text))
    if len(found) < 2 or found[0][2] == found[1][2]:
        return None
    one, other = found[:2]
    return text[: one.start(2)] + other[2] + text[one.end(2) : other.start(2)] + one[2] + text[other.end(2) :]


def add_link(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    return text + " [x](https://evil.example)"


def placeholder(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = list(re.finditer(r"\{[a-z][\w.]*\.[\w.]+\}|%\(\w+\)s", text))
    return put(text, match := rnd.choice(found), rnd.choice(["", match[0][:2] + "x" + match[0][2:]])) if found else None


def unmark(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    found = list(re.finditer(r"\*\*([^*]+)\*\*|`([^`]+)`|(?<!\*)\*([^*]+)\*(?!\*)", text))
    return put(text, match := rnd.choice(found), match[1] or match[2] or match[3]) if found else None


def hidden(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    at = rnd.randrange(len(text) + 1)
    return text[:at] + rnd.choice([BIDI, ZERO, "\u2066", "\u00ad\u200b", "\u202d"]) + text[at:]


def homoglyph(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    shown = LINK.sub(
        lambda m: "\x00" * len(m[0]),
        re.sub(r"\{[^}]*\}|<[^>]*>|`[^`]*`|https?://\S+", lambda m: "\x00" * len(m[0]), text),
    )
    found = list(re.finditer(r"(?<=[^\W\d_])[aeopcxаеорсхi](?=[^\W\d_])", shown))
    return put(text, match := rnd.choice(found), TWINS[match[0]]) if found else None


STOP = re.compile(r"(?<=[.!?])\s+(?=\S)|(?<=[。！？؟।])\s*(?=\S)")


def split(text: str) -> list[str]:
    return [part for part in STOP.split(text) if part.strip()]


def drop_sentence(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    parts = split(text)
    if len(parts) < 2 or len(split(english)) != len(parts) or min(map(len, split(english))) < 12:
        return None
    parts.pop(rnd.randrange(len(parts)))
    return ("" if not words.spaces else " ").join(parts)


def drop_clause(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    if re.search(r"[\[{<`*]", text) or len(split(text)) > 2:
        return None
    cuts = [m.start() for m in re.finditer(r"[,;，；、،]", text) if 0.3 < m.start() / len(text) < 0.75]
    end = re.search(r"[.!?。！？؟।]+$", text)
    return text[: rnd.choice(cuts)] + (end[0] if end else "") if cuts else None


def truncate(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    return (
        text[: int(len(text) * rnd.uniform(0.3, 0.7))].rstrip()
        if len(text) > 30 and not re.search(r"[\[{<`*]", text)
        else None
    )


def untranslated(english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    parts, ours = split(text), split(english)
    if len(ours) != len(parts) or not any(len(part.split()) > 3 for part in ours) or "[" in english:
        return None
    at = rnd.choice([n for n, part in enumerate(ours) if len(part.split()) > 3])
    parts[at] = ours[at]
    return " ".join(parts)
