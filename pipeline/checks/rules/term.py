"""A term of the glossary: what must be said for it is said, what never may be said is not; only where the English has the term."""

from collections.abc import Iterator

from pipeline.checks.check import Check, Pair
from pipeline.checks.glossary import Glossary, Term
from pipeline.core.model import Level
from pipeline.text.terms import said


def run(pair: Pair) -> Iterator[str]:
    for term, tiers in said(pair):
        if tiers.get("must") and not any(pair.has(form) for form in tiers["must"]):
            yield f"“{term.english[0]}” must be translated as {' or '.join(tiers['must'])} (locale/glossary.yaml)."


EXAMPLE = Glossary(
    terms=(
        Term(
            ("pain pump",),
            {"es": {"must": ("bomba* analgésica*",), "prefer": ("bomba analgésica",), "never": ("bomba de dolor",)}},
        ),
    )
)

CHECK = Check(
    "term",
    Level.WARNING,
    run,
    good=(("es", "Your pain pump", "Sus bombas analgésicas"), ("es", "Your pump", "Su bomba")),
    bad=(("es", "Your pain pump", "Su máquina"),),
    strict=Level.ERROR,
    glossary=EXAMPLE,
)
