"""A list of three in the translation where the English joins two things: *your card and your pump*, and medicines."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level
from pipeline.text.joined import grown, sparing


def run(pair: Pair) -> Iterator[str]:
    if pair.plural or len(pair.ours.sentences) != len(pair.theirs.sentences):
        return
    for english, translation in zip(pair.ours.sentences, pair.theirs.sentences, strict=True):
        if grown(english, translation, pair.language):
            yield "The translation has a list where the English joins two things. Take out what the English does not have."
            return


CHECK = Check(
    "list-longer",
    Level.WARNING,
    run,
    needs=needs.joined_more,
    speaks=sparing,
    good=(
        ("es", "Take your card and your pump", "Tome su tarjeta y su bomba"),
        ("es", "Now rest and drink", "Ahora, descanse y beba"),
    ),
    bad=(("es", "Take your card and your pump", "Tome su tarjeta, su bomba y sus medicinas"),),
)
