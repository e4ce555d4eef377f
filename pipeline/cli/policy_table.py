"""The policy as a table: what holds in each language, page class and kind of block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline.core.policy import EDITS, REVIEWS, Policy, Terms

COLUMNS = ("languages", "pages", "blocks", *EDITS, *REVIEWS, "required", "grace", "origin", "noindex")


def rows(policy: Policy, locales: Sequence[str], classes: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """A row for each set of languages that differ in nothing, page class and kind of block."""
    for page_class in ("", *sorted({*classes, *policy.classes()} - {""})):
        for critical in (False, True):
            grouped: dict[tuple[str, ...], list[str]] = {}
            for locale in locales:
                grouped.setdefault(cells(policy.terms(locale, page_class, critical)), []).append(locale)
            for said, names in grouped.items():
                who = "all" if len(names) == len(locales) else " ".join(names)
                yield who, page_class or "others", "critical" if critical else "prose", *said


def cells(terms: Terms) -> tuple[str, ...]:
    """What holds, as words: of two different actions the second is after the days of grace."""
    found = []
    for row in (*EDITS, *REVIEWS):
        within, after = terms.cells[row]
        found.append(str(within) if within is after else f"{within}, then {after}")
    return (*found, " ".join(terms.require) or "nobody", f"{terms.grace} days", terms.origin, terms.noindex)


def table(policy: Policy, locales: Sequence[str], classes: Iterable[str]) -> Any:
    """The table for a terminal."""
    from rich.table import Table

    made = Table(box=None, pad_edge=False, header_style="bold")
    for name in COLUMNS:
        made.add_column(name)
    for row in rows(policy, locales, classes):
        made.add_row(*row)
    return made
