"""Links that changed places: each target is there, but under the words of another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.inline import Inline
from pipeline.core.model import Level
from pipeline.text.spelling import normal

ANCHOR = re.compile(r"\{[\w.-]+\}|\d+|[a-z][a-z0-9_./:+-]{2,}")


def links(inline: Inline) -> list[tuple[str, str]]:
    """The links of a text in order: `(target, words)`."""
    found: list[tuple[str, str]] = []
    target, words = None, ""
    for node in inline.nodes:
        if node.kind == "open" and node.tag == "a":
            target, words = node.target, ""
        elif node.kind == "close" and node.tag == "a" and target is not None:
            found.append((target, normal(words)))
            target = None
        elif target is not None:
            words += node.text
    return found


def run(pair: Pair) -> Iterator[str]:
    ours = links(pair.english)
    if len(ours) < 2:
        return
    theirs = links(pair.translation)
    targets, said = [target for target, _ in ours], [target for target, _ in theirs]
    if len(set(targets)) < len(targets) or sorted(targets) != sorted(said):
        return
    words = dict(theirs)
    for target, text in ours:
        wanted, found = set(ANCHOR.findall(text)), set(ANCHOR.findall(words[target]))
        others = {anchor for other, also in ours if other != target for anchor in ANCHOR.findall(also)}
        if (found & others) - wanted and not found & wanted:
            yield f"The link to {target} is on other words than in the English (“{words[target]}”). Put it back on its own."
            return
    if targets != said and not any(
        set(ANCHOR.findall(text)) & set(ANCHOR.findall(words[target])) for target, text in ours
    ):
        yield f"The links come in another order than in the English ({said[0]} first). Check that each is on its own words."


CHECK = Check(
    "link-order",
    Level.WARNING,
    run,
    needs=needs.markup,
    good=(
        ("es", "See [one](a) and [two](b)", "Vea [uno](a) y [dos](b)"),
        ("es", "Call [{clinic.phone}](x) or [{clinic.fax}](y)", "[{clinic.fax}](y) o [{clinic.phone}](x)"),
    ),
    bad=(
        ("es", "See [one](a) and [two](b)", "Vea [uno](b) y [dos](a)"),
        ("es", "Call [{clinic.phone}](x) or [{clinic.fax}](y)", "Llame [{clinic.phone}](y) o [{clinic.fax}](x)"),
    ),
)
