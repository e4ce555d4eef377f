"""A list that is longer in the translation: of three things where the English joins two (*your card and your pump*, and medicines), or of
more than what may be a list of the English; one that is a list beyond doubt is for `list-item`."""

from collections.abc import Iterator, Sequence

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.lists import beside
from pipeline.core.model import Level
from pipeline.text.joined import further, grown, outnumbered, sparing
from pipeline.text.listing import joins
from pipeline.text.tokens import Token


def run(pair: Pair) -> Iterator[str]:
    for english, translation in beside(pair):
        if (
            further(english, translation) > 0
            and (
                parted(translation) or not parted(english)
            )  # `…; should not go; and should stay`, with commas in their place
            and not (pair.strict and set_apart(english, translation, pair.language.length or 1))
            and (grown(english, translation, pair.language) or any(outnumbered(english, translation, pair.language)))
        ):
            yield "A list of the translation has more items than the English joins. Take out what the English does not have."
            return


def parted(tokens: Sequence[Token]) -> bool:
    """Whether a sentence has a semicolon."""
    return any(token.text in SEMICOLONS for token in tokens)


def set_apart(english: Sequence[Token], theirs: Sequence[Token], scale: float) -> bool:
    """Whether commas may only set apart what the English says: two of them, in no more letters than it needs (*use the cream, twice a day,
    on arms and legs*), or one before times of day that are as many and joined in both (*take it, morning and night*)."""
    ours, yours = (sum(len(token.text) for token in tokens if token.kind != "sign") for tokens in (english, theirs))
    if further(english, theirs) > 1 and yours <= ours * scale * LOOSELY:
        return True
    here, there = ([at for at, token in enumerate(tokens) if timely(token)] for tokens in (english, theirs))
    return len(here) == len(there) == 2 and all(
        any(map(joins, tokens[at[0] : at[1]])) for tokens, at in ((english, here), (theirs, there))
    )


def timely(token: Token) -> bool:
    """Whether a word says a time of day."""
    return bool(token.slots and token.slot("mealtime")) or any(
        sense.kind == "says" and sense.value in PARTS for sense, _ in token.senses
    )


LOOSELY = 1.1
"""How much longer than the rule a translation may be without more in it."""
PARTS = frozenset(["morning", "evening", "night"])
SEMICOLONS = frozenset(";؛；")

CHECK = Check(
    "list-longer",
    Level.WARNING,
    run,
    needs=needs.joined_more,
    speaks=sparing,
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
            "Bats, cats and dogs may carry it as well",
            "Los murciélagos, los gatos, los hurones y los perros pueden portarlo",
        ),
    ),
    strict=Level.ERROR,
)
