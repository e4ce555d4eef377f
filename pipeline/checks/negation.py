"""A negation that was dropped or brought in: “do not stop” is not “stop”."""

from collections.abc import Iterator, Sequence

from pipeline.checks import Check, Pair
from pipeline.model import Level
from pipeline.quantities import Token


def run(pair: Pair) -> Iterator[str]:
    if pair.plural or not pair.language.knows("says", "not") or not pair.theirs.tokens:
        return
    ours, theirs = pair.ours.sentences, pair.theirs.sentences
    pairs = zip(ours, theirs, strict=True) if len(ours) == len(theirs) else [(pair.ours.tokens, pair.theirs.tokens)]
    for english, translation in pairs:
        if says(english) and not says(translation) and not excuses(translation, english):
            yield "The English says no or not, the translation does not. Check that it says the same."
            return
        if says(translation) and not says(english) and not excuses(english):
            yield "The translation says no or not, the English does not. Check that it says the same."
            return


def says(tokens: Sequence[Token]) -> bool:
    return any(sense == ("says", "not") for token in tokens for sense, _ in token.senses)


def excuses(tokens: Sequence[Token], other: Sequence[Token] = ()) -> bool:
    """Whether a sentence has a word in whose translation a no may stand: *avoid*, *until*, *un-*.

    A word that answers one of the other sentence (`until` there and `hasta` here) excuses nothing.
    """
    plain = [token.senses for token in other if not any(sense == ("says", "not") for sense, _ in token.senses)]
    answered = {sense.value for senses in plain for sense, _ in senses if sense.value != "not"}
    for token in tokens:
        meant = [sense for sense, _ in token.senses]
        if ("excuses", "not") in meant and not any(
            sense.kind in {"says", "excuses"} and sense.value in answered for sense in meant
        ):
            return True
    return False


CHECK = Check(
    "negation",
    Level.WARNING,
    run,
    good=(
        ("es", "Do not stop", "No se detenga"),
        ("es", "Avoid alcohol", "No beba alcohol"),
        ("es", "Call us", "Llame"),
        ("es", "Do not wait until tomorrow", "No espere hasta mañana"),
    ),
    bad=(
        ("es", "Do not take it with food", "Tómelo con comida"),
        ("es", "Take it with food", "No lo tome con comida"),
        ("es", "Do not stop your medicine. Call us.", "Suspenda su medicina. Llámenos."),
        ("es", "Do not wait until tomorrow", "Espere hasta mañana"),
    ),
    strict=Level.ERROR,
)
