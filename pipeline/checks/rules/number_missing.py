"""A number of the English that the translation lacks."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level
from pipeline.text.matching import primary
from pipeline.text.quantities import DOSES


def run(pair: Pair) -> Iterator[str]:
    if pair.plural:
        return
    if not pair.agreement.extra:
        for item in pair.agreement.missing:
            if pair.language.rough and not pair.strict and item.value <= SPELLED:
                continue
            yield f"The English says {item.text}, the translation does not. Add the number."
    for found in pair.agreement.matched:
        if found.how == "word" and found.translation.kind == "word" and primary(found.english) in DOSES:
            yield f"The dose {found.english.text} is written as a word. Write it in digits, as the English does."


SPELLED = 12
"""Up to here numbers in prose are often words, which the tables of a roughly known language may lack."""

CHECK = Check(
    "number-missing",
    Level.WARNING,
    run,
    needs=needs.numbers,
    good=(("es", "About 3 weeks", "Unas tres semanas"), ("ar", "Wait 2 hours", "انتظر ساعتين")),
    bad=(("es", "Take 5 mg", "Tome la dosis"), ("es", "Take 5 mg now", "Tome cinco mg ahora")),
    strict=Level.ERROR,
)
