"""Spanish opens a question and an exclamation with its own mark: ¿ and ¡."""

from collections.abc import Iterator

from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    text = pair.theirs.text
    for opening, closing in (("¿", "?"), ("¡", "!")):
        if text.count(opening) != text.count(closing):
            yield f"“{opening}” and “{closing}” do not go in pairs. Write {opening}…{closing}."


CHECK = Check(
    "inverted-marks",
    Level.INFO,
    run,
    speaks=lambda language: language.code in {"es", "gl", "ast"},
    good=(("es", "Do you feel sick?", "¿Se siente mal?"),),
    bad=(("es", "Do you feel sick?", "Se siente mal?"),),
)
