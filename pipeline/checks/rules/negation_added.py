"""A negation that the translation brought in: “stop” is not “do not stop”."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import NOT, read_as
from pipeline.checks.negation import added
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if pair.plural:
        return
    for english, translation in pair.sentences:
        if added(english, translation, pair.language, strict=pair.strict):
            no = read_as(translation.tokens, NOT, pair.language)
            yield f"The translation says no or not{no}, the English does not. Check that it says the same."
            return


CHECK = Check(
    "negation-added",
    Level.WARNING,
    run,
    sentences=True,
    needs=needs.more_negations,
    speaks=lambda language: language.knows("says", "not"),
    good=(
        ("es", "Avoid alcohol", "No beba alcohol"),
        ("es", "Call us", "Llame"),
        ("es", "Keep the box closed and call us", "No abra la caja y llámenos"),
        ("es", "Do not eat or drink", "No coma ni beba"),
    ),
    bad=(
        ("es", "Take it with food", "No lo tome con comida"),
        ("es", "Stop taking it", "No deje de tomarlo"),
        ("es", "Keep the box closed and call us", "No abra la caja ni nos llame"),
        ("pt", "Keep it on and take your tablets", "Não tire o adesivo e os comprimidos"),
        ("es", "Call us and do not open the box", "No nos llame ni abra la caja"),
    ),
    strict=Level.ERROR,
)
