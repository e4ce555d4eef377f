"""The `#.` lines in which we say how an entry stands to its English: for people, and one mark that is read back."""

from __future__ import annotations

import re
from collections.abc import Iterable

CARRIED, STALE, GUESS = "carried over", "stale since", "similar text, not an edit"
TAKEN = "taken over, "
"""How the line of a draft begins that was adopted."""
UNSURE = re.compile(r"from .+:\d+, likely: (.+)")
OTHERS = re.compile(r"adopted from .+; the English here differs: (.+)")
MARK = re.compile(rf"{CARRIED} .*\(from ([0-9a-f]{{16}})\)")


def is_note(line: str) -> bool:
    """Whether a `#.` line is one of ours."""
    return line == GUESS or line.startswith((f"{STALE} ", f"{CARRIED} ", "stale, ", TAKEN))


def guess(notes: Iterable[str]) -> str:
    """What to say of a fuzzy text that no edit led to: what was unsure about it, where the note of its origin tells."""
    for note in notes:
        if found := UNSURE.fullmatch(note):
            return f"{TAKEN}not sure: {found[1]}"
        if found := OTHERS.fullmatch(note):
            return f"{TAKEN}for another English: {found[1]}"
    return GUESS


STATED = re.compile(rf"{STALE} (\d{{4}}-\d\d-\d\d), (\w+): ")


def stated(extracted: Iterable[str]) -> tuple[str, str]:
    """Since when an entry says that its text is stale, and how gravely; "" where it says so of none."""
    found = next((match for line in extracted if line.startswith(STALE) and (match := STATED.match(line))), None)
    return (found[1], found[2]) if found else ("", "")


UNDER = r"(?:nothing|“[^”]*”(?:, “[^”]*”)*)"
PLACE = re.compile(rf"now under {UNDER}, before under {UNDER}|now under .*|it stands elsewhere now")
"""What a note says of where a text stands, whole or cut at its end."""


def of_words(extracted: Iterable[str]) -> bool:
    """Whether the note by which an entry says that its text is stale tells of words that changed, and not alone of where it stands."""
    line = next((line for line in extracted if line.startswith(STALE) and STATED.match(line)), "")
    return bool(PLACE.sub("", STATED.sub("", line)).strip("; …"))


def carried_id(extracted: Iterable[str]) -> str:
    """The id of the message that an entry says it was carried over from, "" where it says so of none; some editors wrap
    comments, so its lines are read as one."""
    text = " ".join(extracted)
    mark = MARK.search(text) if CARRIED in text else None
    return mark[1] if mark else ""
