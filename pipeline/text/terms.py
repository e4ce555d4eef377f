"""Whether a term or name stands in a text, in any of its inflections."""

from __future__ import annotations

from functools import lru_cache

from pipeline.text.languages import Language, fits, language, normal, words_of
from pipeline.text.quantities import Reading


@lru_cache(maxsize=1 << 12)
def pattern(form: str, locale: str) -> tuple[str, ...]:
    """The words of a form, in their normal form, stars kept."""
    return tuple(words_of(normal(form), language(locale).elides))


def stands(form: str, reading: Reading, locale: str) -> bool:
    """Whether a form stands in a text. Where no spaces are written, anywhere in it; elsewhere as whole words, clitics allowed."""
    spoken, words = language(locale), pattern(form, locale)
    if not words:
        return False
    if not spoken.spaces and not normal(form).isascii():
        return normal(form).strip("*") in reading.text
    first, rest = words[0], words[1:]
    if first.strip("*") not in reading.text:
        return False
    for at, token in enumerate(reading.tokens):
        following = reading.tokens[at + 1 : at + len(words)]
        if (
            begins(token.text, first, spoken)
            and len(following) == len(rest)
            and all(fits(word, other.text) for word, other in zip(rest, following, strict=True))
        ):
            return True
    return False


def begins(word: str, pattern: str, spoken: Language) -> bool:
    """Whether a word is the pattern's, with or without a clitic in front."""
    return fits(pattern, word) or any(
        word.startswith(prefix) and fits(pattern, word[len(prefix) :]) for prefix in spoken.prefixes
    )
