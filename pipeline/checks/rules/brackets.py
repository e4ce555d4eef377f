"""Brackets and quotes that do not close, where the English ones do."""

import re
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level

PAIRS = {"(": ")", "[": "]", "{": "}", "（": "）", "「": "」", "『": "』", "【": "】", "《": "》", "“": "”", "«": "»"}


MARK = re.compile(f"[{re.escape(''.join([*PAIRS, *PAIRS.values()]))}]")


def open_ones(text: str) -> list[str]:
    """The brackets of a text that have no partner. French and Danish quote marks may face either way."""
    marks = MARK.findall(text)
    kinds = set(marks)
    return [
        f"{one}{other}"
        for one, other in PAIRS.items()
        if (one in kinds or other in kinds) and marks.count(one) != marks.count(other)
    ]


def run(pair: Pair) -> Iterator[str]:
    theirs = "".join(node.text for node in pair.translation.nodes if node.kind == "text")
    lone = open_ones(theirs.replace("（", "(").replace("）", ")"))
    if not lone:
        return
    ours = "".join(node.text for node in pair.english.nodes if node.kind == "text")
    if any(char in lone[0] for one in open_ones(ours) for char in one) or (
        pair.language.code in {"de", "cs", "bg", "pl", "hu", "ro", "sk", "sl", "nl", "hr", "sr", "lt", "ka", "he"}
        and "“" in lone[0]
    ):
        return
    if (
        lone[0] == "()"
        and len(open_ones(ours)) == 0
        and any(f"{n})" in theirs for n in "123456789abc")
        and "(" not in ours
    ):
        return
    yield f"{lone[0][0]} and {lone[0][1]} do not go in pairs. Add or remove one."


CHECK = Check(
    "brackets",
    Level.WARNING,
    run,
    needs=needs.brackets,
    good=(
        ("es", "Call (now)", "Llame (ahora)"),
        ("zh_Hans", "Call (now)", "请致电（现在)"),
        ("de", "A “word”", "Ein „Wort“"),
    ),
    bad=(("es", "Call (now)", "Llame (ahora"),),
)
