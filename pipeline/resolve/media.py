"""Which files are withheld in a language: those that carry words which the pages do not say any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from pipeline.core.model import Resolution, ident
from pipeline.resolve.table import Table
from pipeline.review.media import Declarations
from pipeline.review.reviews import PairId
from pipeline.review.suppressions import hash_of


def pair_shown(found: Resolution) -> PairId:
    """A text and what is shown for it, by id."""
    forms = found.forms or (found.text,)
    return PairId(ident(found.message.key), hash_of([form.source for form in forms]))


def said(table: Table) -> frozenset[PairId]:
    """Every text that a locale shows in its own language, up to date."""
    return said_of((one for shown in table.by_file.values() for one in shown), table.locale.name)


def said_of(shown: Iterable[Resolution], locale: str) -> frozenset[PairId]:
    """Those of some that a locale shows so."""
    return frozenset(pair_shown(one) for one in shown if one.state.done and one.spoken == locale)


def withheld(declared: Declarations, table: Table, original: Table) -> frozenset[str]:
    """The files that a locale's pages do not show, by name. `original`: what the source language shows."""
    locale, source = table.locale.name, original.locale.name
    return withheld_of(declared, locale, source, {source: said(original), locale: said(table)} if declared else {})


def withheld_of(
    declared: Declarations, locale: str, source: str, every: Mapping[str, Collection[PairId]]
) -> frozenset[str]:
    """The same by what the locale and the source language say (`every`, by locale name)."""
    return frozenset(name for name, one in declared.items() if one.findings or one.gone(locale, source, every))
