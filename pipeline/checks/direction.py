"""A word that turned into its opposite: stop and keep, before and after, above and below, left and right."""

from collections.abc import Iterator

from pipeline.checks import Check, Pair
from pipeline.model import Level

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
    ours, theirs = pair.ours, pair.theirs
    if not ours.says or not theirs.says or pair.plural:
        return
    for said, opposite in BOTH:
        if (
            said in ours.says
            and opposite in theirs.says
            and opposite not in ours.says
            and opposite not in ours.excuses
            and said not in theirs.says
            and said not in theirs.excuses
        ):
            yield f"The English says “{said}”, the translation “{opposite}”. Check that it says the same."


CHECK = Check(
    "direction",
    Level.WARNING,
    run,
    good=(("es", "Before you eat", "Antes de comer"), ("es", "Your left arm", "Su brazo izquierdo")),
    bad=(("es", "Before you eat", "Después de comer"), ("es", "Your left arm", "Su brazo derecho"), ("es", "Stop taking it", "Siga tomándolo")),
    strict=Level.ERROR,
)
