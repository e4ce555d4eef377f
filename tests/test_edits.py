"""How grave edits are that their author wrote before the code: no critical one is looks, few harmless ones turn English."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.content.inline import parse
from pipeline.core.inline import Syntax
from pipeline.severity.severity import grade

ADJUNCT = "if when after before until while during for in on at with every each once because unless".replace(" ", "|")
LEAST = {"aside-3": 0.97, "aside-4": 0.91}
"""The share of critical edits that is critical, where it is less than elsewhere."""
FOLDER = Path(__file__).parent / "edits"


def table(name: str) -> list[list[str]]:
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def moved(text: str) -> Iterator[str]:
    """A sentence with the phrase or clause at one of its ends at the other."""
    said = text.removesuffix(".")
    if "." in said or said == text:
        return
    if first := re.match(rf"((?:{ADJUNCT})\b[^,]*), (.+)", said, re.I):
        yield f"{first[2][:1].upper()}{first[2][1:]} {first[1][:1].lower()}{first[1][1:]}."
    for at in sorted({found.start() for found in re.finditer(rf" (?:{ADJUNCT}) ", said)})[-1:]:
        main, last = said[:at], said[at + 1 :]
        if "," not in last and " " in main:
            yield f"{last[:1].upper()}{last[1:]}, {main[:1].lower()}{main[1:]}."


def shares(name: str) -> dict[str, Counter[str]]:
    """What the edits of a table should be → what they are graded, in hundredths."""
    found: dict[str, Counter[str]] = {}
    for wanted, before, after, _ in table(name):
        old, new = parse(before, Syntax.MARKDOWN), parse(after, Syntax.MARKDOWN)
        found.setdefault(wanted, Counter())[str(grade(old, new).severity)] += 1
    return found


@pytest.mark.parametrize(
    ("name", "served", "turned", "worded"),
    [
        ("seen", 0, 8, 2),
        ("seen-2", 0, 3, 0),
        ("seen-3", 6, 5, 12),
        ("seen-4", 0, 4, 0),
        ("seen-5", 0, 9, 0),
        ("seen-6", 0, 21, 0),
        ("seen-7", 0, 18, 0),
        ("seen-8", 0, 31, 0),
        ("seen-9", 1, 15, 0),
        ("seen-10", 0, 9, 0),
        ("seen-12", 0, 50, 0),
        ("seen-13", 0, 0, 0),
        ("seen-14", 3, 21, 0),
        ("seen-11", 0, 34, 0),
        ("aside", 0, 10, 16),
        ("aside-2", 1, 13, 0),
        ("aside-3", 0, 0, 17),
        ("aside-4", 0, 0, 0),
        ("aside-6", 0, 10, 0),
        ("aside-7", 3, 21, 0),
        ("aside-8", 3, 40, 0),
        ("aside-9", 1, 34, 0),
        ("aside-10", 3, 13, 0),
        ("aside-12", 0, 50, 0),
        ("aside-13", 0, 10, 0),
        ("aside-11", 0, 10, 0),
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


def test_what_moved_beside_an_edit_hides_nothing() -> None:
    """The edits of all tables with a phrase moved as well: what was to be critical still is, what was harmless mostly."""
    found: dict[str, Counter[str]] = {"critical": Counter(), "harmless": Counter()}
    for name in sorted(path.stem for path in FOLDER.glob("*.tsv")):
        for wanted, before, after, _ in table(name):
            itself = sorted(re.findall(r"[\w’']+", before.lower())) == sorted(re.findall(r"[\w’']+", after.lower()))
            for other in (
                () if itself and wanted == "real" else moved(after)
            ):  # an edit that is a move may be undone by one
                kind = {"real": "critical", "wording": "harmless"}.get(wanted, wanted)
                severity = str(grade(parse(before, Syntax.MARKDOWN), parse(other, Syntax.MARKDOWN)).severity)
                found.setdefault(kind, Counter())[severity] += 1
    assert found["critical"].total() > 600 and found["harmless"].total() > 400, found
    assert 100 * (found["critical"].total() - found["critical"]["critical"]) <= 1.5 * found["critical"].total(), found
    assert 100 * found["harmless"]["critical"] <= 20 * found["harmless"].total(), found
