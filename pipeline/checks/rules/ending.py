"""The mark at the end: where the English ends a sentence, so does the translation, with the language's own mark."""

import re
from collections.abc import Iterator

from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level

CLOSERS = " \t\n\u00a0\u202f\"'“„‚‘”’»«)]}）」』】》*_`\u200f\u200e\u2005•"
KINDS = {
    **dict.fromkeys(".。।॥۔।։።။។｡៕", "full stop"),
    **dict.fromkeys("?？؟;՞፧", "question mark"),
    **dict.fromkeys("!！՜", "exclamation mark"),
    **dict.fromkeys(":：፡፦", "colon"),
    **dict.fromkeys("…⋯", "ellipsis"),
}
UNSTOPPED = frozenset(["th", "lo"])
"""Languages that end a sentence without a mark."""
ABBREVIATION = re.compile(r"(?:\w\.\s?\w|\b(?:etc|dr|mr|st|vs|approx|no|inc|ltd|co|corp|jr|sr|mg|ml|р|г|т|др))\.$")


def ending(text: str, language: str) -> str:
    """What kind of mark a text ends with, "" where with none."""
    text = text.rstrip(CLOSERS)
    if text.endswith("..."):
        return "ellipsis"
    last = text[-1:]
    if last == ";":
        return "question mark" if language == "el" else ""
    return KINDS.get(last, "")


def one(mark: str) -> str:
    """A mark with its article."""
    return f"{'an' if mark[0] in 'aeiou' else 'a'} {mark}"


def run(pair: Pair) -> Iterator[str]:
    code = pair.language.code
    ours, theirs = ending(pair.ours.text, "en"), ending(pair.theirs.text, code)
    if ours == theirs or code in UNSTOPPED or not pair.theirs.text.strip() or (ours and len(pair.ours.tokens) < 3):
        return
    if theirs == "full stop" and ours in {"", "colon"}:
        return  # a heading or list item made a sentence: common, and nothing is lost
    if {ours, theirs} <= {"full stop", "exclamation mark"} or {ours, theirs} <= {"full stop", "ellipsis"}:
        return
    if (
        not theirs
        and ours == "full stop"
        and (
            ABBREVIATION.search(pair.ours.text.rstrip(CLOSERS))
            and sum(len(token.text) > 2 for token in pair.ours.tokens) < 4
        )
    ):
        return
    if not theirs:
        yield f"The English ends with {one(ours)}, the translation with none. Check that nothing is cut off, and end it."
    elif not ours:
        yield f"The translation ends with {one(theirs)}, the English does not. Remove it."
    else:
        yield f"The English ends with {one(ours)}, the translation with {one(theirs)}. Write the same."


CHECK = Check(
    "ending",
    Level.WARNING,
    run,
    good=(
        ("zh_Hans", "Call us now.", "请致电。"),
        ("ar", "Do you feel sick?", "هل تشعر بالمرض؟"),
        ("fr", "Now call us!", "Appelez !"),
        ("hi", "Call us now.", "हमें कॉल करें।"),
        ("es", "At 8 a.m.", "A las 8 a. m."),
    ),
    bad=(("es", "Call us if you feel sick.", "Llame si"), ("es", "Do you feel sick?", "Se siente mal.")),
)
