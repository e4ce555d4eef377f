"""A word that turned into its opposite: stop and keep, before and after, above and below, left and right."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import FLIPS, negations
from pipeline.core.model import Level
from pipeline.text.tokens import Token

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
AGAINST: defaultdict[str, list[str]] = defaultdict(list)
"""The opposites of each concept."""
for one, other in BOTH:
    AGAINST[one].append(other)


def opposed(pair: Pair) -> bool:
    """A concept in the English and its opposite in the translation."""
    says = pair.theirs.says
    return bool(says) and any(against in says for concept in pair.ours.says for against in AGAINST.get(concept, ()))


def run(pair: Pair) -> Iterator[str]:
    if pair.plural:
        return
    ours, theirs = pair.ours.sentences, pair.theirs.sentences
    pairs = zip(ours, theirs, strict=True) if len(ours) == len(theirs) else [(pair.ours.tokens, pair.theirs.tokens)]
    for english, translation in pairs:
        says, excuses = concepts(english)
        if not says:
            continue
        said, excused = concepts(translation)
        for one, opposite in ((concept, against) for concept in says for against in AGAINST[concept] if said[against]):
            if (
                says[one] - said[one] - max(0, excused[one] - excuses[one]) > 0
                and said[opposite] - says[opposite] - max(0, excuses[opposite] - excused[opposite]) > 0
            ):
                if (one, opposite) in FLIPS and abs(negations(english) - negations(translation)) == 1:
                    continue  # not to stop is to go on
                yield f"The English says “{one}”, the translation “{opposite}”. Check that it says the same."


def concepts(tokens: Sequence[Token]) -> tuple[Counter[str], Counter[str]]:
    """How often a sentence says each concept, and how many other words of it may stand for each."""
    says: Counter[str] = Counter()
    excuses: Counter[str] = Counter()
    for token in tokens:
        if token.senses:
            meant = dict.fromkeys(sense.value for sense, _ in token.senses if sense.kind == "says")
            says.update(meant.keys())
            excuses.update({sense.value for sense, _ in token.senses if sense.kind == "excuses"} - meant.keys())
    return says, excuses


CHECK = Check(
    "direction",
    Level.WARNING,
    run,
    needs=opposed,
    good=(("es", "Before you eat", "Antes de comer"), ("es", "Your left arm", "Su brazo izquierdo")),
    bad=(
        ("es", "Before you eat", "Después de comer"),
        ("es", "Your left arm", "Su brazo derecho"),
        ("es", "Stop taking it", "Siga tomándolo"),
    ),
    strict=Level.ERROR,
)
