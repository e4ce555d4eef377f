"""Pairs that strangers wrote and nobody who mends has read: how many right ones are served and wrong ones withheld, and no row of them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from pipeline.core.model import Level
from tests.test_pairs import worst

FOLDER = Path(__file__).parent / "pairs/aside"


@pytest.mark.parametrize(
    ("name", "served", "withheld"),
    [
        ("harms", 50, 35),
        ("nouns", 36, 26),
        ("verbs", 59, 22),
        ("remedies", 27, 18),
        ("free", 85, 35),
        ("free-2", 102, 16),
    ],
)
def test_shares(name: str, served: int, withheld: int) -> None:
    """At least so many right ones are served and wrong ones withheld; which they are stays unknown."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    found = Counter(
        (verdict, worst(locale, english, text)[0] is Level.ERROR) for locale, verdict, english, text, _ in rows
    )
    assert found["right", False] >= served
    assert found["wrong", True] >= withheld
