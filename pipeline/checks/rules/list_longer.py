"""A list that is longer in the translation: of three things where the English joins two (*your card and your pump*, and medicines), or of
more than what may be a list of the English; one that is a list beyond doubt, or surely longer, is for `list-item`."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.growth import borne_out, counting, grew
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if any(not sure for sure in grew(pair)) and borne_out(pair, more=True):
        yield "A list of the translation has more items than the English joins. Take out what the English does not have."


CHECK = Check(
    "list-longer",
    Level.WARNING,
    run,
    sentences=True,
    needs=needs.joined_more,
    speaks=counting,
    good=(
        ("es", "Take your card and your pump", "Tome su tarjeta y su bomba"),
        ("es", "Now rest and drink", "Ahora, descanse y beba"),
        ("es", "The kit has tape, pads in a bag and a tube", "En la caja, hay cinta, gasas en una bolsa y un tubo"),
        (
            "fr",
            "The ill stay home, except for care; do not work; and stay away from others",
            "Les malades restent chez eux, sauf pour des soins, ne travaillent pas, et restent loin des autres",
        ),
        ("fr", "It has both pads and tape", "Elle contient, à la fois, des gazes et du ruban"),
    ),
    bad=(
        ("es", "Take your card and your pump", "Tome su tarjeta, su bomba y sus medicinas"),
        (
            "es",
            "Bats and dogs may carry it as well",
            "Los murciélagos, los gatos y los perros pueden portarlo",
        ),
        ("ar", "Avoid alcohol, tobacco, and coffee.", "تجنب الكحول، والتبغ، والشاي، والقهوة."),
    ),
    strict=Level.ERROR,
)
