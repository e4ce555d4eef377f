"""A negation that was dropped or brought in: “do not stop” is not “stop”."""

from collections.abc import Iterator, Sequence

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import FLIPS, excuses, negations
from pipeline.core.model import Level
from pipeline.text.tokens import Token


def run(pair: Pair) -> Iterator[str]:
    if pair.plural or not pair.theirs.tokens:
        return
    ours, theirs = pair.ours.sentences, pair.theirs.sentences
    pairs = zip(ours, theirs, strict=True) if len(ours) == len(theirs) else [(pair.ours.tokens, pair.theirs.tokens)]
    for english, translation in pairs:
        wanted, found = negations(english), negations(translation)
        if wanted > found and dropped(english, translation, wanted, found):
            yield "The English says no or not, the translation does not, or less often. Check that it says the same."
            return
        if found and not wanted and not excuses(english):
            yield "The translation says no or not, the English does not. Check that it says the same."
            return


def dropped(english: Sequence[Token], translation: Sequence[Token], wanted: int, found: int) -> bool:
    """Whether a translated sentence that has fewer negations than its English (`found` of `wanted`) lacks any.

    Words that may stand for one (*prevent*, *until*, *un-*) make up for it, as far as they are no answer to such a word of
    the English (*hasta* to *until*) or to another concept that it says (*suspenda* to *stop*).
    """
    if wanted == found + 1 and turned(english, translation):
        return False
    return found + max(0, excuses(translation, english) - excuses(english)) < wanted


def turned(english: Sequence[Token], translation: Sequence[Token]) -> bool:
    """Whether a translation says by an opposite what the English says by a negation."""
    ours, theirs = said(english), said(translation)
    return any(one in ours and one not in theirs and other in theirs and other not in ours for one, other in FLIPS)


def said(tokens: Sequence[Token]) -> set[str]:
    """The concepts that a sentence says."""
    return {sense.value for token in tokens for sense, _ in token.senses if sense.kind == "says"}


CHECK = Check(
    "negation",
    Level.WARNING,
    run,
    needs=needs.negations,
    speaks=lambda language: language.knows("says", "not"),
    good=(
        ("es", "Do not stop", "No se detenga"),
        ("es", "Avoid alcohol", "No beba alcohol"),
        ("es", "Call us", "Llame"),
        ("es", "Do not wait until tomorrow", "No espere hasta mañana"),
        ("fr", "Do not stop your tablets", "Continuez vos comprimés"),
    ),
    bad=(
        ("es", "Do not take it with food", "Tómelo con comida"),
        ("es", "Take it with food", "No lo tome con comida"),
        ("es", "Do not stop your medicine. Call us.", "Suspenda su medicina. Llámenos."),
        ("es", "Do not wait until tomorrow", "Espere hasta mañana"),
    ),
    strict=Level.ERROR,
)
