"""Checks of a translation against its English: each module here builds one `Check`; nothing else is edited to add one.

A check is pure: it sees one English text and one translation, both parsed, and yields what is wrong in words.
An error withholds the translation from the page.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.markup import Inline
from pipeline.model import Level


@dataclass(frozen=True, slots=True)
class Pair:
    """An English text and its translation into the locale called `locale`; `plural` when it is one of several forms."""

    english: Inline
    translation: Inline
    locale: str
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One rule with its own examples: `(locale, English, translation)` that must stay silent, and that must not."""

    code: str
    level: Level
    run: Callable[[Pair], Iterator[str]]
    good: tuple[tuple[str, str, str], ...]
    bad: tuple[tuple[str, str, str], ...]


@lru_cache
def every() -> tuple[Check, ...]:
    """All checks, sorted by code."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    return tuple(sorted((module.CHECK for module in modules), key=lambda check: check.code))


def run(pair: Pair) -> Iterator[tuple[Check, str]]:
    """Every complaint of every check about one pair."""
    return ((check, said) for check in every() for said in check.run(pair))
