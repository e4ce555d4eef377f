"""One of two things that the English joins is gone: *bring your card and your pump*, and the translation names the card alone."""

from collections.abc import Iterator, Sequence

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.lists import beside, parted
from pipeline.comparison.joined import halved, joining, pairing
from pipeline.comparison.unreached import fasts
from pipeline.core.model import Level
from pipeline.text.statements import denies
from pipeline.text.tokens import Token


def run(pair: Pair) -> Iterator[str]:
    if not pairing(pair.language) and not pair.strict:
        return
    for english, translation in beside(pair):
        if parted(english, translation) or feeding(english, translation):
            continue  # they dissolve: no need to take them out
        if halved(english, translation, pair.language) and not fasts(english, translation):
            yield "The English joins two things (“and”, “or”), the translation has one. Say both."
            return


def feeding(english: Sequence[Token], translation: Sequence[Token]) -> bool:
    """Whether what the English joins are eating and drinking, and the translation tells of fasting."""
    if any(denies(token) or token.text == "fast" for token in english):
        return False
    acts = {token.slot("act") for token in english}
    return {"eat", "drink"} <= acts and any(token.slot("meal") == "empty" for token in translation)


CHECK = Check(
    "joined-item",
    Level.WARNING,
    run,
    sentences=True,
    needs=needs.unjoined,
    speaks=joining,
    good=(
        ("es", "Bring your card and your pump", "Traiga su tarjeta y su bomba"),
        ("es", "Now and then", "De vez en cuando"),
        ("es", "Go and see your doctor", "Vaya al médico"),
        ("es", "Do not eat or drink after midnight", "Permanezca en ayunas desde la medianoche"),
        ("fr", "Take it as and when needed", "Prenez-le au besoin"),
        ("es", "Call us day or night", "Llámenos siempre"),
        ("es", "Rinse again and again", "Enjuague mucho"),
        ("es", "Wait between 2 and 5 days", "Espere de 2 a 5 días"),
        ("es", "Bread and butter pudding is fine", "Puede comer budín de pan con mantequilla"),
    ),
    bad=(
        ("es", "Bring your card and your pump", "Traiga su tarjeta"),
        ("fr", "Wash and dry your hands", "Lavez vos mains"),
    ),
    strict=Level.ERROR,
)
