"""Tables as the store keeps them: their forms by columns, which are read in a sixth of the time of their file."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from pipeline.core import pickled
from pipeline.text.languages.table import FORM, Form, Language


def kept(body: bytes | None) -> Language | None:
    """The tables that the store has, a sixth of the work of reading their file; None where it has none that are whole."""
    if not body:
        return None
    with contextlib.suppress(ValueError, TypeError):
        found, (exact, stems, endings) = pickled.load(body)
        if isinstance(found, Language):
            return replace(found, exact=index_of(*exact), stems=index_of(*stems), endings=index_of(*endings))
    return None


def dumped(tables: Language) -> bytes:
    """Tables as bytes, their forms by columns: so they are written in half the time, and read in less."""
    indexes = (tables.exact, tables.stems, tables.endings)
    return pickled.dump((replace(tables, exact={}, stems={}, endings={}), tuple(map(columns, indexes))))


Columns = tuple[tuple[str, ...], tuple[int, ...], tuple[Any, ...]]
"""An index of forms: what they are found by, how many each of these finds, and the columns of all forms."""


def columns(index: Mapping[str, tuple[Form, ...]]) -> Columns:
    """An index of forms by columns."""
    return tuple(index), tuple(map(len, index.values())), tuple(zip(*chain.from_iterable(index.values()), strict=True))


def index_of(
    firsts: Sequence[str], counts: Sequence[int], fields: Sequence[Sequence[Any]]
) -> dict[str, tuple[Form, ...]]:
    """The index that `columns` took apart."""
    forms = map(FORM, zip(*fields, strict=True))
    return {
        first: (next(forms),) if count == 1 else tuple(islice(forms, count))
        for first, count in zip(firsts, counts, strict=True)
    }
