"""Emphasis, a line break, a footnote or a tag of the English that the translation lost, or has more often."""

import re
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.content import parse
from pipeline.content.inline import EMPHASIS
from pipeline.content.typed import MARKS, lost, tagged
from pipeline.core.inline import Syntax
from pipeline.core.model import Level

TAMED = frozenset(f"the element <{tag}>" for tag in (*EMPHASIS, "code"))
ELSEWHERE = ("{", "%", "the HTML </", "a link", "the image", "the element <code>")
"""What other checks speak of."""


def run(pair: Pair) -> Iterator[str]:
    told = tagged(pair.english, pair.translation) if pair.missing else ()
    for part in pair.missing:
        if not part.startswith(ELSEWHERE) and part not in told:  # of which `brings` speaks
            yield (
                lost(pair.english, pair.translation, part)
                or f"The English has {part}, the translation does not. Add it."
            )
    if pair.translation.syntax is Syntax.MARKDOWN and more_marks(pair):
        raw = parse(pair.translation.source, Syntax.MARKDOWN)
        for part, count in raw.parts.items():
            if part in TAMED and count > pair.english.parts.get(part, 0):
                mark = MARKS[part.removeprefix("the element <")[:-1]]
                yield f"The translation has `{mark}` more often than the English. It is shown as the English has it."


def more_marks(pair: Pair) -> bool:
    """Whether the translation may have more emphasis or code than the English: runs of one mark make an element two and two."""
    source = pair.translation.source
    marks = RUNS.findall(source)
    if not marks:
        return False
    if len(set(marks)) > 1 or marks[0] not in ELEMENTS or "\\" in source:
        return True
    return len(marks) // 2 > pair.english.parts.get(ELEMENTS[marks[0]], 0)


RUNS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`+|~+")
"""Runs of marks; low lines inside a word make nothing."""
ELEMENTS = {
    mark: f"the element <{tag}>"
    for tag, marks in {"em": "* _", "strong": "** __", "code": "`"}.items()
    for mark in marks.split()
}


CHECK = Check(
    "structure",
    Level.WARNING,
    run,
    needs=needs.markup,
    good=(("es", "Call **us**", "**Llame**"), ("es", "Plain", "Simple")),
    bad=(
        ("zh_Hans", "**Now.** Call", "**现在。**打电话"),
        ("es", "Call **us**", "Llame"),
        ("es", "Call us", "**Llame**"),
    ),
)
