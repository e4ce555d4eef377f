"""Whether a term or name stands in a text, in any of its inflections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text.languages import Language, fits, language, normal, words_of
from pipeline.text.quantities import Reading


@lru_cache(maxsize=1 << 16)
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


@dataclass(frozen=True, eq=False, slots=True)
class Index:
    """Many forms of a language by their first words, so that the few that may stand in a text are found without trying each.

    `lengths` says how long the stems are, `anywhere` has by their first character the forms of a language without spaces.
    """

    exact: Mapping[str, tuple[int, ...]]
    stems: Mapping[str, tuple[int, ...]]
    lengths: tuple[int, ...]
    anywhere: Mapping[str, tuple[int, ...]]
    prefixes: tuple[str, ...]


def near(forms: Index, reading: Reading) -> frozenset[int]:
    """The numbers of the forms that may stand in a text; no other does."""
    found: set[int] = set()
    if forms.exact or forms.stems:
        heads = {token.text for token in reading.tokens}
        for word in [word for word in heads if word.startswith(forms.prefixes)]:
            heads |= {word[len(prefix) :] for prefix in forms.prefixes if word.startswith(prefix)}
        for head in heads & forms.exact.keys():
            found.update(forms.exact[head])
        for length in forms.lengths:
            for stem in {head[:length] for head in heads} & forms.stems.keys():
                found.update(forms.stems[stem])
    if forms.anywhere:
        for char in forms.anywhere.keys() & set(reading.text):
            found.update(forms.anywhere[char])
    return frozenset(found)


def index(forms: Iterable[tuple[int, str]], locale: str) -> Index:
    """The index of some forms of a language, each with the number of what it is a form of."""
    spoken = language(locale)
    exact: dict[str, list[int]] = {}
    stems: dict[str, list[int]] = {}
    anywhere: dict[str, list[int]] = {}
    for number, form in forms:
        if words := pattern(form, locale):
            whole = normal(form)
            if not spoken.spaces and not whole.isascii():
                anywhere.setdefault(whole.strip("*")[0], []).append(number)
            elif words[0].endswith("*"):
                stems.setdefault(words[0][:-1], []).append(number)
            else:
                exact.setdefault(words[0], []).append(number)
    return Index(
        {first: tuple(found) for first, found in exact.items()},
        {first: tuple(found) for first, found in stems.items()},
        tuple(sorted({len(stem) for stem in stems})),
        {first: tuple(found) for first, found in anywhere.items()},
        spoken.prefixes,
    )


def begins(word: str, pattern: str, spoken: Language) -> bool:
    """Whether a word is the pattern's, with or without a clitic in front."""
    return fits(pattern, word) or any(
        word.startswith(prefix) and fits(pattern, word[len(prefix) :]) for prefix in spoken.prefixes
    )
