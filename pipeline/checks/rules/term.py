"""A term of the glossary: what must be said for it is said, what never may be said is not; only where the English has the term."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.terminology import EXAMPLE
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    for term, tiers in pair.terms:
        if tiers.get("must") and not any(pair.has(form) for form in tiers["must"]):
            yield f"“{term.english[0]}” must be translated as {' or '.join(tiers['must'])} (locale/glossary.yaml)."


CHECK = Check(
    "term",
    Level.WARNING,
    run,
    needs=needs.terms,
    good=(("es", "Your pain pump", "Sus bombas analgésicas"), ("es", "Your pump", "Su bomba")),
    bad=(("es", "Your pain pump", "Su máquina"),),
    strict=Level.ERROR,
    glossary=EXAMPLE,
)
