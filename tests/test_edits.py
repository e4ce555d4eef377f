"""How grave edits are that their author wrote before the code: no critical one is looks, few harmless ones turn English."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from pipeline.changes.severity import grade
from pipeline.content.inline import parse
from pipeline.core.inline import Syntax

LEAST = {"aside-3": 0.97, "aside-4": 0.86}
"""The share of critical edits that is critical, where it is less than elsewhere."""
FOLDER = Path(__file__).parent / "edits"


def shares(name: str) -> dict[str, Counter[str]]:
    """What the edits of a table should be → what they are graded, in hundredths."""
    found: dict[str, Counter[str]] = {}
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    for wanted, before, after, _ in rows:
        old, new = parse(before, Syntax.MARKDOWN), parse(after, Syntax.MARKDOWN)
        found.setdefault(wanted, Counter())[str(grade(old, new).severity)] += 1
    return found


@pytest.mark.parametrize(
    ("name", "served", "turned", "worded"),
    [
        ("seen", 0, 9, 2),
        ("seen-2", 0, 3, 0),
        ("seen-3", 6, 6, 13),
        ("seen-4", 0, 7, 0),
        ("aside", 0, 13, 17),
        ("aside-2", 1, 17, 0),
        ("aside-3", 0, 0, 17),
        ("aside-4", 0, 15, 0),
    ],
)
def test_shares(name: str, served: int, turned: int, worded: int) -> None:
    """How many real changes are served; how many harmless ones and matters of wording in a hundred turn English, at most.

    No row is printed where a share is not held: the misses of what is put aside stay unknown.
    """
    found = shares(name)
    none: Counter[str] = Counter()
    critical, cosmetic, wording, harmless = (
        found.get(kind, none) for kind in ("critical", "cosmetic", "wording", "harmless")
    )
    real = found.get("real", none)
    assert critical["cosmetic"] == real["cosmetic"] == 0
    assert critical["critical"] >= LEAST.get(name, 0.98) * critical.total()
    assert real["critical"] >= real.total() - served
    assert cosmetic["cosmetic"] >= (0.76 if name == "seen-3" else 0.9) * cosmetic.total()
    assert 100 * wording["critical"] <= worded * wording.total()
    assert 100 * harmless["critical"] <= turned * harmless.total()
