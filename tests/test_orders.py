"""Composed orders (`bench/orders`): the tables hold together, and what harms of them is withheld."""

from __future__ import annotations

import pytest

from bench import orders
from bench.orders.__main__ import held

SIMPLE = {"a no brought in": 80, "a no lost": 94}
"""Of so many of a hundred at least it is said, in every language."""


@pytest.mark.parametrize("locale", orders.LANGUAGES)
def test_every_act_has_two_forms(locale: str) -> None:
    """An act that a language orders and forbids alike would be counted as right and as wrong."""
    known = orders.acts(locale)
    assert all(act.order and (not act.opposite or act.opposite in known) for act in known.values())
    forms = [(orders.ordered(act, locale), orders.forbidden(act, locale)) for act in known.values()]
    assert all(order and ban and order != ban for order, ban in forms)
    assert all(all(theirs) and theirs[0] != theirs[1] for _, _, theirs in orders.turns(locale))


@pytest.mark.parametrize("locale", orders.LANGUAGES)
def test_orders_are_not_told_as_bans(locale: str) -> None:
    """The simplest harms, over all acts: one that is ordered and told as forbidden, or the other way round."""
    rows = [row for row in orders.told(locale) if row.kind in SIMPLE or row.kind in {"order", "ban"}]
    right = [held(row, locale) for row in rows if row.right]
    assert sum(map(bool, right)) * 100 <= 3 * len(right)
    for kind, share in SIMPLE.items():
        wrong = [bool(held(row, locale)) for row in rows if row.kind == kind]
        assert sum(wrong) * 100 >= share * len(wrong), kind
