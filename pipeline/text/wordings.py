"""Wordings of several words, or of one in place of another: *only … after*, *nothing to worry*, *not … exceed*.

They stand in a language's table `[wordings]`, row by row, and are looked for only when something else has found that a word is
missing. So they hide no word of the other tables, and cost nothing where nothing is amiss.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.text.languages.rows import MANY, forms_of, words_of
from pipeline.text.languages.table import Language, Sense
from pipeline.text.tokens import Token

AMONG = 12
"""Words, at most, between two parts of a wording (`…`), and letters where no spaces are written."""
STOPS = ".,;:!?،؛؟。，；：！？।۔—–"
"""Signs that no wording goes over."""
AND = Sense("join", "and")


@lru_cache(maxsize=1 << 10)
def pattern(language: Language, row: str) -> re.Pattern[str] | None:
    """What finds the wordings of a row of a language's table; None where it has none."""
    said = [one for form in forms_of(language.wordings.get(row, "")) if (one := written(form, language))]
    if not said:
        return None
    whole = "|".join(sorted(said, key=len, reverse=True))
    return re.compile(rf"(?<!\S)(?:{whole})(?!\S)" if language.spaces else whole)


def written(form: str, language: Language) -> str:
    """One wording as a pattern of words that stand one space apart."""
    parts = [part.strip() for part in form.split(MANY) if part.strip()]
    if not language.spaces:
        gap = rf"[^{re.escape(STOPS)}]{{0,{AMONG}}}?"
        return gap.join(re.escape(part.replace(" ", "")) for part in parts)
    ands = "|".join(re.escape(word) for word in sorted(joining(language)))
    barred = rf"(?!(?:{ands})(?!\S))" if ands else ""
    gap = rf" (?:{barred}[^\s{re.escape(STOPS)}]\S* ){{0,{AMONG}}}?"
    found = gap.join(" ".join(starred(word) for word in words_of(part, language.elides)) for part in parts)
    if language.elides:
        found = found.replace(" '", "'")  # *qu'* alone is one word
    if language.prefixes:
        return rf"(?:{'|'.join(map(re.escape, language.prefixes))})?{found}"
    return found


def starred(word: str) -> str:
    """A word of a form, whose star is any ending or beginning."""
    return r"\S*".join(re.escape(part) for part in word.split("*"))


@lru_cache(maxsize=64)
def joining(language: Language) -> frozenset[str]:
    """The words for *and* of a language: no wording goes over one."""
    return frozenset(
        word
        for word, forms in language.exact.items()
        if any(len(form.words) == 1 and AND in form.senses for form in forms)
    )


def spoken(tokens: Sequence[Token], language: Language) -> str:
    """The words of a sentence as one text."""
    return ("" if not language.spaces else " ").join(token.text for token in tokens)


def says(tokens: Sequence[Token], language: Language, *rows: str) -> bool:
    """Whether a sentence has a wording of one of some rows."""
    text = spoken(tokens, language)
    return any(
        any(map(text.__contains__, parts_in(language, row)))
        and (found := pattern(language, row)) is not None
        and found.search(text) is not None
        for row in rows
    )


@lru_cache(maxsize=1 << 10)
def parts_in(language: Language, row: str) -> tuple[str, ...]:
    """The longest part of each wording of a row that stands as it is in every text which has it: without one of them no pattern is made."""
    forms = (form for form in forms_of(language.wordings.get(row, "")) if written(form, language))
    return tuple({max(literals(form, language), key=len, default="") for form in forms})


def literals(form: str, language: Language) -> list[str]:
    """The parts of a wording without stars and gaps."""
    parts = [part.strip() for part in form.split(MANY) if part.strip()]
    if not language.spaces:
        return [part.replace(" ", "") for part in parts]
    return [one for part in parts for word in words_of(part, language.elides) for one in word.split("*")]


def spans(tokens: Sequence[Token], language: Language, row: str) -> list[tuple[int, int]]:
    """Where the wordings of a row stand in the text of a sentence (`spoken`)."""
    found = pattern(language, row)
    return [match.span() for match in found.finditer(spoken(tokens, language))] if found else []
