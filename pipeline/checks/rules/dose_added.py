"""A dose in a translation whose English has none: nobody checked that dose, whoever wrote it."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.comparison.answering import primary
from pipeline.comparison.matching import dose
from pipeline.core.model import Level
from pipeline.text.figures import DOSES


def run(pair: Pair) -> Iterator[str]:
    if pair.critical or dose(pair.ours):
        return  # where the English has a dose, `number` and `number-added` say it
    for item in pair.agreement.extra:
        if item.digits and primary(item) in DOSES:
            yield f"The translation says {item.text}, and the English has no dose. Remove it."


CHECK = Check(
    "dose-added",
    Level.ERROR,
    run,
    sentences=True,
    needs=needs.unanswered,
    good=(
        ("es", "Take 7 mg.", "Tome 7 mg."),
        ("es", "The pump is small.", "La bomba es pequeña (véase la página 7)."),
        ("fr", "It takes two hours.", "Cela dure 2 heures."),
    ),
    bad=(
        ("es", "The pump sits under the skin.", "La bomba está debajo de la piel, 7 mg."),
        ("ar", "Ask your team.", "اسأل فريقك عن 7 مغ."),
        ("zh_Hans", "Ask your team.", "请询问您的团队，7 毫克。"),
    ),
)
