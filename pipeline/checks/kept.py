"""What the checks say of a pair or a catalog, taken from the store where this very program said it of the very same texts.

One record of the store holds a language: every pair, and every catalog as a whole, by a hash of its texts. In it stands what
the rules said; how much that matters, and what people accepted, is no part of it. What was said of a pair in one region of a
language is said of it in each other of which the rules know the same (`kin`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any

from pipeline.checks import runner
from pipeline.checks.check import Across, Check, Remark, Texts
from pipeline.checks.glossary import Glossary
from pipeline.core.cache import Store, digest, program
from pipeline.core.inline import Inline
from pipeline.core.locales import day_first
from pipeline.text import language

OTHERS = 4
"""A record keeps what other runs asked for while that is no more than so many times what this run asked for, or would have."""
CLEAN = 0
"""What is kept of a pair about which there is no complaint."""


@dataclass(eq=False)
class Book:
    """The verdicts on one language: those `kept` in the store, those `asked` for since, and those that were `lent` by regions of
    the same kin."""

    store: Store
    key: str
    kept: dict[str, Any]
    asked: dict[str, Any] = field(default_factory=dict)
    grown: bool = False
    lent: Mapping[str, Any] = field(default_factory=dict)

    def find(self, key: str, read: Callable[[Any], Any], work: Callable[[], Any]) -> Any:
        """The value of a key, as `read` makes it of what stands here; worked out, as JSON, where nothing that can be read does."""
        known = self.asked.get(key, self.kept.get(key))
        if known is None and key in self.lent:
            known, self.grown = self.lent[key], True
        try:
            made = read(known)
        except (TypeError, ValueError, LookupError):
            known, self.grown = work(), True
            made = read(known)
        self.asked[key] = known
        return made

    def save(self, least: int = 0) -> None:
        """Keep what is new, and what other runs have kept meanwhile. `least`: how many there are to be asked for in the whole language;
        of files to which nothing happened nobody asks."""
        if not self.grown:
            return
        now = self.store.get("verdicts", self.key)
        others = {**self.kept, **(now if isinstance(now, dict) else {})}
        if len(others) > OTHERS * max(len(self.asked), least):
            others = {}
        self.kept, self.grown = {**others, **self.asked}, False
        self.store.put("verdicts", self.key, self.kept)


Kin = tuple[object, ...]
"""What the rules know of a language by its name."""
LENT: dict[Kin, dict[str, Any]] = {}
"""The verdicts on the regions of one language that were saved so far, by their kin."""
KINS = 2
"""The most kins whose verdicts are held: *es* and its neighbours, and *es_419* and those that write numbers as in Mexico."""


def kin(locale: str, glossary: Glossary, source: str) -> Kin:
    """All that a rule learns from the name of a locale: regions of one language that have the same are judged alike. What its tables
    are follows from its code, but for its marks; by the whole name ask `date-order`, `french-spaces`, and who looks up the glossary."""
    spoken = language(locale)
    code = locale.partition("_")[0]
    named = [name.forms(locale) for name in glossary.names]
    terms = [term.tiers.get(locale) or term.tiers.get(code) for term in glossary.terms]
    said = repr((named, terms, glossary.names, glossary.terms, sorted(map(repr, glossary.words))))
    return code, spoken.marks, day_first(locale), locale == "fr_CA", source, said


@lru_cache(maxsize=256)
def book(store: Store, locale: str, glossary: Glossary, source: str) -> Book:
    """The verdicts on one language under a glossary."""
    terms = repr((glossary.names, glossary.terms)), sorted(map(repr, glossary.words))
    key = digest(program(), locale, source, terms)
    kept = store.get("verdicts", key)
    return Book(store, key, kept if isinstance(kept, dict) else {}, lent=LENT.get(kin(locale, glossary, source), {}))


def lend(locale: str, glossary: Glossary, source: str, asked: Mapping[str, Any]) -> None:
    """Have the next regions of a language know what was said of this one."""
    mine = kin(locale, glossary, source)
    for other in [one for one in LENT if one[0] != mine[0]]:
        del LENT[other]
    LENT[mine] = {**LENT.pop(mine, {}), **asked}
    for other in [*LENT][:-KINS]:
        del LENT[other]


def told(text: Inline) -> str:
    """What a text is: its source, and where links or tags in it lead elsewhere on another page, its nodes."""
    source = text.source
    nodes = repr([*map(tuple, text.nodes)]) if "[" in source or "<" in source else ""
    return f"{text.syntax.value}{len(source)}:{source}{nodes}"


def hashed(*words: str) -> str:
    """A hash of texts; not shorter than that nobody can write two that share it."""
    said = "".join([f"{len(word)}:{word}" for word in words])
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:48]


def complaints(
    store: Store,
    english: Inline,
    translation: Inline,
    locale: str,
    alone: bool,
    critical: bool,
    glossary: Glossary,
    source: str,
) -> tuple[bool, tuple[tuple[Check, str], ...]]:
    """As `runner.complaints`."""
    if store.folder is None:
        return runner.complaints(english, translation, locale, alone, critical, glossary, source)

    def work() -> object:
        strict, found = runner.judged(english, translation, locale, alone, critical, glossary, source)
        return [strict, [[check.code, said] for check, said in found]] if found else CLEAN

    key = hashed(told(english), told(translation), f"{alone:d}{critical:d}")
    return book(store, locale, glossary, source).find(key, of_pair, work)  # type: ignore[no-any-return]


def of_pair(kept: Any) -> tuple[bool, tuple[tuple[Check, str], ...]]:
    """A verdict on a pair, from JSON. Raises TypeError, ValueError or LookupError for what is none."""
    if kept == CLEAN:
        return False, ()
    strict, found = kept
    return bool(strict), tuple((runner.by_code()[code], said + "") for code, said in found)


def across(
    store: Store,
    rule: Across,
    read: Sequence[str],
    texts: Texts,
    seal: str,
    locale: str,
    glossary: Glossary,
    source: str,
) -> list[Remark]:
    """What a rule about a whole catalog says of all that it read. `seal` is a digest of the texts."""

    def work() -> list[list[Any]]:
        return [[*one] for one in rule.judge(read, texts, language(locale))]

    def known(kept: Any) -> list[Remark]:
        places = range(len(read))
        return [(places[at], said + "", places[other]) for at, said, other in kept]

    if store.folder is None:
        return known(work())
    found = book(store, locale, glossary, source)
    return found.find(hashed(rule.code, seal), known, work)  # type: ignore[no-any-return]


def save(store: Store, locale: str, glossary: Glossary, source: str, least: int = 0) -> None:
    """Keep what was found of a language; `least` as `Book.save` has it."""
    if store.folder is not None:
        found = book(store, locale, glossary, source)
        found.save(least)
        lend(locale, glossary, source, found.asked)
