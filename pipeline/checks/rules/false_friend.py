"""A false friend of the glossary: what a term must never be translated as."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.terminology import EXAMPLE
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    for term, tiers in pair.terms:
        for form in tiers.get("never", ()):
            if pair.has(form):
                yield f"“{term.english[0]}” is never “{form}” (locale/glossary.yaml). Use another word."


CHECK = Check(
    "false-friend",
    Level.ERROR,
    run,
    needs=needs.terms,
    good=(("es", "Your pain pump", "Su bomba analgésica"), ("es", "A pump of pain", "Una bomba de dolor")),
    bad=(("es", "Your pain pump", "Su bomba de dolor"),),
    glossary=EXAMPLE,
)
