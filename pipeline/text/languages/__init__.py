"""What the checks know of each language: number words, units, clock, negation and opposites, one TOML file a language.

The format is told in `README.md` beside the files. A text is brought to one form first (`normal`), the tables likewise, so
that digits of any script, hamza on or off its alef, ё and е, and letters of full width compare as one.
"""

from __future__ import annotations

import gc
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pipeline.core import cache
from pipeline.core.locales import marks
from pipeline.text.languages.rows import forms_of, made
from pipeline.text.languages.stored import dumped, kept
from pipeline.text.languages.table import SHORT, Form, Language, Marks


def code_of(locale: str) -> str:
    """The language of a locale name: `zh_Hans` → `zh`."""
    return locale.partition("_")[0]


FOLDER = Path(__file__).parent
"""Where the files are."""


@lru_cache(maxsize=64)
def language(locale: str) -> Language:
    """What is known of the language of a locale; empty tables where there is no file for it."""
    tables = tables_of(code_of(locale))
    return tables if tables.marks.decimal else replace(tables, marks=Marks(*marks(locale)))


@lru_cache(maxsize=64)
def tables_of(code: str) -> Language:
    """A language's tables, the same in each of its regions but for its marks; without these, where its file names none."""
    store, key = cache.read(), cache.digest(cache.program(), code)
    tables = kept(store.read("language", key))
    if tables is None:
        path = FOLDER / f"{code}.toml"
        tables = made(code, tomllib.loads(path.read_text("utf-8")) if path.is_file() else {})
        store.write("language", key, dumped(tables))
    gc.freeze()  # tables stay as long as the process, and are not looked through again
    return tables


def forms_at(language: Language, word: str) -> Sequence[Form]:
    """The forms that a word may begin, the longest first. What is a word of the tables itself is none with a prefix, but *and*:
    *kilā*, both, is no *ka-lā*, like no."""
    found = language.exact.get(word, ())
    more: list[Form] = []
    if word not in language.function:
        begun, short, size = stemmed(language, word), language.short, len(word)
        if language.endings and word.endswith(language.ends):
            begun = [(n, forms) for n, forms in begun if n > short or size >= n + SHORT]
            begun += [(n, language.endings.get(word[n:], ())) for n in range(1, size)]
            begun.sort(key=lambda pair: pair[0])
            short = 0
        for n, forms in begun:
            if n > short or size >= n + SHORT:
                more += forms
    if language.prefixes:
        whole = [form for form in found if len(form.words) == 1]
        prefixes = language.prefixes if not whole else AND_ON
        if word.startswith(prefixes):
            for prefix in prefixes:
                if word.startswith(prefix) and len(word) > len(prefix) + 1:
                    more += direct(language, word[len(prefix) :])
            more = [*{id(form): form for form in more}.values()]  # a hash of a form is dear
    if not more and len(found) < 2:
        return found
    every = (*found, *more)
    phrases = [form for form in every if len(form[0]) > 1]
    if not phrases:
        return every
    return (*sorted(phrases, key=longest), *[form for form in every if len(form[0]) == 1])


AND_ON = ("و", "ו")
"""*And* of Arabic and Hebrew, written onto any word."""


def longest(form: Form) -> int:
    """By which forms are sorted, the longest first."""
    return -len(form.words)


def stemmed(language: Language, word: str) -> list[tuple[int, tuple[Form, ...]]]:
    """How long each stem is that a word begins with, and its forms; the shortest first."""
    sought, find, most = language.lengths.get, language.stems.get, len(word)
    lengths = sought(word[:3]) or sought(word[:2]) or sought(word[:1])
    return [(n, forms) for n in lengths if n <= most and (forms := find(word[:n]))] if lengths else []


def direct(language: Language, word: str) -> Iterator[Form]:
    yield from language.exact.get(word, ())
    for length, forms in stemmed(language, word):
        if length > 1:
            yield from forms


def matches(form: Form, said: Sequence[str], at: int) -> bool:
    """Whether the words of a phrase stand in `said` from `at` on; its first word is found already."""
    words = form[0]
    length = len(words)
    return (
        len(said) >= at + length
        and fits(words[1], said[at + 1])
        and (length == 2 or all(fits(words[n], said[at + n]) for n in range(2, length)))
    )


def fits(pattern: str, word: str) -> bool:
    """Whether a word is the pattern's, whose star is any ending."""
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@lru_cache(maxsize=1)
def spoken_by() -> Mapping[str, tuple[str, ...]]:
    """Function word → the languages that have it. Read off the files without the rest of their tables."""
    found: dict[str, list[str]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        if said := FUNCTION.search(path.read_text("utf-8")):
            for word in sorted(set(forms_of(said[1]))):
                found.setdefault(word, []).append(path.stem)
    return {word: tuple(codes) for word, codes in found.items()}


FUNCTION = re.compile(r"^\[function\]\nwords = \"([^\"]*)\"", re.M)
