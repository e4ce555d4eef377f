"""How grave edits are that their author wrote before the code: no critical one is looks, few harmless ones turn English."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from pipeline.changes.severity import grade
from pipeline.content.inline import parse
from pipeline.core.inline import Syntax

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


@pytest.mark.parametrize("name", ["seen", "aside"])
def test_shares(name: str) -> None:
    """No row is printed where a share is not held: the misses of `aside` stay unknown."""
    found = shares(name)
    assert found["critical"]["cosmetic"] == found["real"]["cosmetic"] == 0
    assert found["critical"]["critical"] >= 0.95 * found["critical"].total()
    assert found["real"]["critical"] == found["real"].total(), "not one real change is served"
    assert found["cosmetic"]["cosmetic"] >= 0.9 * found["cosmetic"].total()
    assert found["wording"]["critical"] <= 0.1 * found["wording"].total()
    assert found["harmless"]["critical"] <= 0.15 * found["harmless"].total()
