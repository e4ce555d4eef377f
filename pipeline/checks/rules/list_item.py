"""An item that a list of the translation lacks: *call us if you have a fever, chills, or a stiff neck*."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level
from pipeline.text.listing import english_lists, shortened, unsaid
from pipeline.text.statements import together


def run(pair: Pair) -> Iterator[str]:
    if pair.plural:
        return
    found = english_lists(pair.ours)
    if len(pair.ours.sentences) != len(pair.theirs.sentences):
        found = found[-1:]
    both = together(pair.ours, pair.theirs, pair.source_language, pair.language)
    for here, (english, translation) in zip(found, both, strict=False):
        if not here:
            continue
        words = {token.text for token in translation.tokens}
        if name := next(filter(None, (unsaid(english, one, translation, words, pair.language) for one in here)), ""):
            yield f"A list of the English names {name}, the translation does not. Add what is missing."
        elif shortened(here, translation.tokens, pair.language):
            count = len(here[0].items)
            yield f"A list of the English has {count} items, in the translation it has fewer. Add what is missing."


CHECK = Check(
    "list-item",
    Level.WARNING,
    run,
    needs=needs.lists,
    speaks=lambda language: language.knows("join"),
    good=(("es", "Call us if you have a fever, chills, or pain", "Llámenos si tiene fiebre, escalofríos o dolor"),),
    bad=(("es", "Call us if you have a fever, chills, or pain", "Llámenos si tiene fiebre o dolor"),),
    strict=Level.ERROR,
)
