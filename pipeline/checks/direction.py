"""A word that turned into its opposite: stop and keep, before and after, above and below, left and right."""

from collections.abc import Iterator, Sequence

from pipeline.checks import Check, Pair
from pipeline.model import Level
from pipeline.quantities import Token

OPPOSITES = tuple(
    tuple(pair.split("/"))
    for pair in [
        "stop/continue", "start/stop", "before/after", "above/below", "increase/decrease", "more/less", "left/right",
        "hot/cold", "open/closed", "inside/outside", "always/never", "minimum/maximum", "high/low", "upper/lower",
        "night/morning", "early/late", "same/different", "first/last", "positive/negative", "safe/dangerous",
        "adult/child", "push/pull", "with_food/without_food",
    ]
)  # fmt: skip
BOTH = tuple((one, other) for pair in OPPOSITES for one, other in (pair, pair[::-1]))


def run(pair: Pair) -> Iterator[str]:
    if not pair.ours.says or not pair.theirs.says or pair.plural:
        return
    ours, theirs = pair.ours.sentences, pair.theirs.sentences
    pairs = zip(ours, theirs, strict=True) if len(ours) == len(theirs) else [(pair.ours.tokens, pair.theirs.tokens)]
    for english, translation in pairs:
        (says, excuses), (said, excused) = concepts(english), concepts(translation)
        for one, opposite in BOTH:
            if one in says and opposite in said and opposite not in says | excuses and one not in said | excused:
                yield f"The English says “{one}”, the translation “{opposite}”. Check that it says the same."


def concepts(tokens: Sequence[Token]) -> tuple[set[str], set[str]]:
    """What a sentence says and what it excuses."""
    found: dict[str, set[str]] = {"says": set(), "excuses": set()}
    for token in tokens:
        for sense, _ in token.senses:
            if sense.kind in found:
                found[sense.kind].add(sense.value)
    return found["says"], found["excuses"]


CHECK = Check(
    "direction",
    Level.WARNING,
    run,
    good=(("es", "Before you eat", "Antes de comer"), ("es", "Your left arm", "Su brazo izquierdo")),
    bad=(("es", "Before you eat", "Después de comer"), ("es", "Your left arm", "Su brazo derecho"), ("es", "Stop taking it", "Siga tomándolo")),
    strict=Level.ERROR,
)
