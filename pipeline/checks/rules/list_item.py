"""An item that a list of the translation lacks: *call us if you have a fever, chills, or a stiff neck*."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level
from pipeline.text.listing import lists, shortened
from pipeline.text.statements import together


def run(pair: Pair) -> Iterator[str]:
    if pair.plural:
        return
    for english, translation in together(pair.ours, pair.theirs, pair.source_language, pair.language):
        ours = lists(english.tokens, english=True)
        if ours.items and (found := shortened(ours, lists(translation.tokens, spaces=pair.language.spaces))):
            yield f"A list of the English has {found[0]} items, in the translation it has fewer. Add what is missing."


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
