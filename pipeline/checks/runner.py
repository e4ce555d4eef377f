"""Running the checks: every rule there is, on each distinct pair of texts once."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.checks import rules
from pipeline.checks.check import Across, Check, Need, Pair
from pipeline.checks.glossary import NO_GLOSSARY, Glossary
from pipeline.checks.needs import WITHIN
from pipeline.checks.paragraphs import masking, parts
from pipeline.core.inline import Inline
from pipeline.text import Language
from pipeline.text.han import SIMPLER
from pipeline.text.positional import FIRST
from pipeline.text.positional import as_written as with_positions


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


Asked = tuple[tuple[Need | None, tuple[Check, ...]], ...]
"""Checks by what they need."""
ByNeed = tuple[tuple[Need | None, Asked], ...]
"""These by what is needed for that."""


@lru_cache(maxsize=256)
def by_need(language: Language, sentences: bool = False) -> ByNeed:
    """The checks of one translation into a language by what they need, and by what is needed for that; those alone that compare what
    `sentences` say."""
    found: dict[Need | None, dict[Need | None, list[Check]]] = {}
    for check in checks():
        if (check.sentences or not sentences) and (check.speaks is None or check.speaks(language)):
            wider = WITHIN.get(check.needs) if check.needs else None
            found.setdefault(wider, {}).setdefault(check.needs, []).append(check)
    return tuple(
        (wider, tuple((need, tuple(asked)) for need, asked in inner.items())) for wider, inner in found.items()
    )


def run(pair: Pair) -> tuple[tuple[Check, str], ...]:
    """Every complaint of every check about one pair, by code. A check that is about other languages, or whose need the pair
    has not, is not asked."""
    found = asked(pair, by_need(pair.language))
    amiss = bool(found) and any(check.sentences for check, _ in found)
    if amiss or masking(pair):
        found = by_sentence(found, parts(pair, surely=not amiss))
    if found and FIRST in pair.english.source:
        found = [(check, with_positions(said)) for check, said in found]
    if found and pair.language.code == "zh":
        found = [(check, as_written(said, pair.translation.source)) for check, said in found]
    return tuple(sorted(found, key=lambda one: one[0].code) if found else ())


def asked(pair: Pair, checks: ByNeed) -> list[tuple[Check, str]]:
    """Every complaint of some checks about one pair as it stands."""
    return [
        (check, said)
        for wider, inner in checks
        if wider is None or wider(pair)
        for need, asked in inner
        if need is None or need(pair)
        for check in asked
        for said in check.run(pair)
    ]


def by_sentence(found: list[tuple[Check, str]], sentences: Sequence[Pair]) -> list[tuple[Check, str]]:
    """What was found in a paragraph, of what compares sentences only that which is found in one of them, and all of that."""
    if not sentences:
        return found
    comparing = by_need(sentences[0].language, sentences=True)
    again = dict.fromkeys([one for sentence in sentences for one in asked(sentence, comparing)])
    return [one for one in found if not one[0].sentences] + [*again]


def as_written(said: str, translation: str) -> str:
    """A complaint with what it quotes of a Chinese translation in the characters of that: it is compared in simplified ones."""
    simpler = translation.translate(SIMPLER)

    def written(quoted: re.Match[str]) -> str:
        at = simpler.find(quoted[1])
        return f"“{translation[at : at + len(quoted[1])]}”" if at >= 0 else quoted[0]

    return said if simpler == translation else QUOTED.sub(written, said)


QUOTED = re.compile("“([^“”]+)”")


def judged(
    english: Inline,
    translation: Inline,
    locale: str,
    alone: bool,
    critical: bool,
    glossary: Glossary = NO_GLOSSARY,
    source: str = "en",
) -> tuple[bool, tuple[tuple[Check, str], ...]]:
    """Whether a patient may act on the pair (see `Pair.strict`), and every complaint about it."""
    pair = Pair(english, translation, locale, alone, critical, glossary, source)
    found = run(pair)
    return bool(found) and pair.strict, found


complaints = lru_cache(maxsize=1 << 16)(judged)
"""The same, kept: where there is no store that keeps it."""
