"""A term of the glossary that is translated otherwise than preferred."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.terminology import EXAMPLE
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    for term, tiers in pair.terms:
        if tiers.get("prefer") and not any(pair.has(form) for form in tiers["prefer"]):
            yield f"“{term.english[0]}” is best translated as {' or '.join(tiers['prefer'])} (locale/glossary.yaml)."


CHECK = Check(
    "term-preferred",
    Level.INFO,
    run,
    needs=needs.terms,
    good=(("es", "Your pain pump", "Su bomba analgésica"),),
    bad=(("es", "Your pain pump", "Sus bombas analgésicas"),),
    glossary=EXAMPLE,
)
