"""A negation that was dropped where the English forbids what is itself not done: *do not miss a visit*, told as *come to each*."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.negation import dropped
from pipeline.comparison.unsure import otherwise_allowed
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if pair.plural or not pair.theirs.tokens:
        return
    for english, translation in pair.sentences:
        if otherwise_allowed(english, translation) and dropped(english, translation, pair.language):
            yield "The English says no or not, the translation does not; it seems to tell what is to be done. Check that it says the same."
            return


CHECK = Check(
    "negation-unsure",
    Level.WARNING,
    run,
    sentences=True,
    needs=needs.negations,
    speaks=lambda language: language.knows("says", "not"),
    good=(("es", "Do not miss a visit", "No falte a ninguna cita"),),
    bad=(("es", "Do not miss a visit", "Acuda a todas las citas"),),
)
