"""Running the checks: every rule there is, on each distinct pair of texts once."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks import rules
from pipeline.checks.check import Across, Check, Pair
from pipeline.checks.glossary import NO_GLOSSARY, Glossary
from pipeline.core.inline import Inline


@lru_cache
def every_rule() -> tuple[Check | Across, ...]:
    """All rules, sorted by code."""
    found = [
        importlib.import_module(f"{rules.__name__}.{module.name}") for module in pkgutil.iter_modules(rules.__path__)
    ]
    return tuple(sorted((module.CHECK for module in found), key=lambda check: str(check.code)))


@lru_cache
def checks() -> tuple[Check, ...]:
    """All checks of one translation, sorted by code."""
    return tuple(check for check in every_rule() if isinstance(check, Check))


@lru_cache
def by_code() -> dict[str, Check]:
    """The checks of one translation by their codes."""
    return {check.code: check for check in checks()}


@lru_cache
def across() -> tuple[Across, ...]:
    """All checks of whole catalogs, sorted by code."""
    return tuple(check for check in every_rule() if isinstance(check, Across))


def run(pair: Pair) -> Iterator[tuple[Check, str]]:
    """Every complaint of every check about one pair."""
    return ((check, said) for check in checks() for said in check.run(pair))


@lru_cache(maxsize=1 << 16)
def complaints(
    english: Inline,
    translation: Inline,
    locale: str,
    alone: bool,
    critical: bool,
    glossary: Glossary = NO_GLOSSARY,
    source: str = "en",
) -> tuple[bool, tuple[tuple[Check, str], ...]]:
    """Whether a patient may act on the pair (see `Pair.strict`), and every complaint about it; worked out once for each pair."""
    pair = Pair(english, translation, locale, alone, critical, glossary, source)
    found = tuple(run(pair))
    return bool(found) and pair.strict, found
