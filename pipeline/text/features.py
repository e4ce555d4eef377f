"""What of an English text may not change silently: its quantities, negations, modals, directions, sides and names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from pipeline.text import lexicon
from pipeline.text.english import Word

Names = frozenset[tuple[str, ...]]
"""Protected names, each as the words it is compared by."""


class Feature(NamedTuple):
    """Something whose change is critical: of what kind, as compared, as written."""

    kind: str
    same: str
    text: str


ROMAN = re.compile(r"[IVXLC]{2,}|[VX]")


def features(found: Sequence[Word], names: Names) -> Iterator[Feature]:
    """What of a text may not change silently, in reading order."""
    longest, at = max(map(len, names), default=0), 0
    while at < len(found) - 1:
        word = found[at]
        length = next((n for n in range(longest, 0, -1) if tuple(w.same for w in found[at : at + n]) in names), 0)
        if length:
            part = found[at : at + length]
            yield Feature("name", " ".join(w.same for w in part), " ".join(w.text for w in part))
            at += length
            continue
        if value_of(word) is not None:
            feature, at = quantities(found, at)
            yield feature
            continue
        yield from lone(found, at)
        at += 1


def quantities(found: Sequence[Word], at: int) -> tuple[Feature, int]:
    """The number at `at` and those joined to it (`1 to 3 hours`, `2, 4 or 6`), as one feature, and where the text goes on."""
    said, text, linked = [], "", False
    while True:
        feature, at = quantity(found, at, linked)
        said.append(feature.same)
        text += feature.text
        link = joined(found, at)
        if link is None:
            return Feature("number", " ".join(said), text), at
        same, shown, step = link
        said.append(same)
        text += shown
        at, linked = at + step, True


def value_of(word: Word) -> str | None:
    """The number a word stands for, None for any other word."""
    return word.same if word.kind == "number" else lexicon.NUMBER_WORDS.get(word.same) if word.kind != "sign" else None


def quantity(found: Sequence[Word], at: int, linked: bool) -> tuple[Feature, int]:
    """The number at `at` with what qualifies it and its unit, and where the text goes on.

    `linked`: a number stands before it, joined by what would otherwise qualify this one.
    """
    word = found[at]
    value, start, end = value_of(word) or "", at, at + 1
    while found[end].same in {"hundred", "thousand", "million", "billion", "dozen"} and not found[end].before:
        value, end = f"{value} {found[end].same}", end + 1
    qualifier = (
        lexicon.QUALIFIERS.get(found[at - 1].same, "") if at and not linked and not word.before.strip("-") else ""
    )
    start -= bool(qualifier)
    unit, stop = unit_at(found, end)
    text = " ".join(part.text for part in found[start:stop])
    return Feature("number", f"{qualifier} {value} {unit}".strip(), text), stop


def unit_at(found: Sequence[Word], at: int) -> tuple[str, int]:
    """The unit that stands at `at` (with what it is per), in one form, and where it ends; "" where none does."""
    word = found[at]
    if word.same in {"°", "%", "$", "€", "£"} and not word.before:
        following = found[at + 1] if at + 2 < len(found) else word
        if word.same == "°" and following.same in {"c", "f"}:
            return following.same, at + 2
        return {"%": "%", "°": "degree"}.get(word.same, word.same), at + 1
    if word.kind not in {"word", "code"} or word.before.strip("-") or word.same in lexicon.FUNCTION_WORDS:
        return "", at
    if re.fullmatch(r"st|nd|rd|th", word.same):
        return "th", at + 1
    unit = lexicon.UNITS.get(word.same) or stem(word.same)
    if unit in {"degree"} and found[at + 1].same in lexicon.UNITS:
        return lexicon.UNITS[found[at + 1].same], at + 2
    if word.same in lexicon.UNITS and len(word.text) == 2 and word.text[0] == "M" and word.text[1].islower():
        unit = word.text  # 5 Mg is not 5 mg
    end = at + 1
    if found[end].same in {"/", "per"} and end + 1 < len(found) - 1:
        return f"{unit}/{lexicon.UNITS.get(found[end + 1].same) or stem(found[end + 1].same)}", end + 2
    return unit, end


def stem(word: str) -> str:
    """A noun without its plural s: `2 tablet` and `2 tablets` are the same quantity."""
    return re.sub(r"(?<=[a-z]{2})(?:(?<=[sx])es|(?<![s])s)$", "", word)


def joined(found: Sequence[Word], at: int) -> tuple[str, str, int] | None:
    """What joins the number just read to one at `at`: as compared, as written, and how many words it takes."""
    word = found[at]
    if word.before and value_of(word) is not None:
        dashed = "-" in word.before
        return ("to", "–", 0) if dashed else (word.before[-1], f"{word.before[-1]} ", 0)
    if word.same in lexicon.CONNECTORS and at + 1 < len(found) and value_of(found[at + 1]) is not None:
        return lexicon.CONNECTORS[word.same], f" {word.text} ", 1
    return None


def lone(found: Sequence[Word], at: int) -> Iterator[Feature]:
    """What one word that is no number is, if a change of it is critical."""
    word = found[at]
    pair = (word.same, found[at + 1].same)
    if word.kind == "fact":
        yield Feature("placeholder", word.same, word.text)
    elif word.kind == "url":
        host = urlsplit(word.text if "://" in word.text else f"//{word.text}").netloc
        yield Feature("address", word.text if "@" in word.text else host.casefold(), word.text)
    elif word.kind == "sign":
        beside = {value_of(found[at - 1]) if at else None, value_of(found[at + 1])} != {None}
        if word.same in lexicon.SIGNS or (word.same in "/*~^#" and beside):
            yield Feature("sign", word.same, word.text)
    elif word.same in {"other", "second", "third"} and at and found[at - 1].same in {"every", "each"}:
        yield Feature("time", f"every {word.same}", word.text)
    elif word.same in lexicon.NEGATIONS:
        yield Feature("negation", " ".join([word.same, *scope(found, at)]), " ".join([word.text, *scope(found, at)]))
    else:
        kind = kind_of(word, pair, after_stop=not at or "." in word.before or "?" in word.before)
        if kind:
            same = lexicon.UNITS.get(word.same) if kind == "unit" else lexicon.SAME.get(word.same)
            yield Feature(kind, same or word.same, word.text)


def scope(found: Sequence[Word], at: int) -> list[str]:
    """The two words with content that a negation stands before, in its sentence; none where a comma follows it at once."""
    said: list[str] = []
    for place, word in enumerate(found[at + 1 : at + 6]):
        if set(word.before) & set(".?" if place else ".,?") or word.kind == "end" or len(said) == 2:
            break
        if word.same not in lexicon.FUNCTION_WORDS:
            said.append(word.same)
    return said


SETS = (
    ("modal", lexicon.MODALS),
    ("action", lexicon.ACTIONS),
    ("direction", lexicon.DIRECTIONS),
    ("time", lexicon.TIMES),
    ("amount", lexicon.AMOUNTS),
    ("side", lexicon.SIDES),
    ("route", lexicon.ROUTES),
    ("medicine", lexicon.DRUGS),
)


def kind_of(word: Word, pair: tuple[str, str], *, after_stop: bool) -> str:
    """The kind of critical word that `word` is, "" for any other."""
    if pair in lexicon.NOT_SIDES:
        return ""
    if pair in {("have", "to"), ("has", "to"), ("had", "to")}:
        return "modal"
    for kind, members in SETS:
        if word.same in members:
            return kind
    if word.text in lexicon.CAPITALISED_TIMES:
        return "time"
    if len(word.same) > 1 and word.same in lexicon.UNITS and word.same not in {"in", "am", "min"}:
        return "unit"
    if len(word.same) >= 7 and word.same.endswith(tuple(lexicon.DRUG_STEMS)):
        return "medicine"
    if re.search(r"\d", word.text) or ROMAN.fullmatch(word.text):
        return "designation"
    if len(word.text) == 1 and word.text.isupper() and word.text != "I" and not (word.text == "A" and after_stop):
        return "designation"
    return ""
