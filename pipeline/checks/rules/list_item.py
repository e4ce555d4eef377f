"""An item that a list of the translation lacks: *call us if you have a fever, chills, or a stiff neck*."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level
from pipeline.text.listing import english_lists, lists, shortened


def run(pair: Pair) -> Iterator[str]:
    if pair.plural:
        return
    ours, theirs = english_lists(pair.ours), pair.theirs.sentences
    if len(pair.ours.sentences) != len(theirs):
        ours, theirs = ours[-1:], (pair.theirs.tokens,)
    for here, translation in zip(ours, theirs, strict=False):
        if here.items and (found := shortened(here, lists(translation, spaces=pair.language.spaces))):
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
