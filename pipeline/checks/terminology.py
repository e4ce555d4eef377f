"""Which terms of the glossary a pair of texts is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.checks.check import Pair
from pipeline.checks.glossary import Glossary, Term
from pipeline.text.terms import stands

EXAMPLE = Glossary(
    terms=(
        Term(
            ("pain pump",),
            {"es": {"must": ("bomba* analgésica*",), "prefer": ("bomba analgésica",), "never": ("bomba de dolor",)}},
        ),
    )
)
"""The glossary of the rules' own examples."""


def terms_said(pair: Pair) -> Iterator[tuple[Term, Mapping[str, tuple[str, ...]]]]:
    """The terms that the English of a pair uses and the glossary has something to say about in its language."""
    for term in pair.glossary.terms:
        tiers = term.tiers.get(pair.locale) or term.tiers.get(pair.locale.partition("_")[0])
        if tiers and any(stands(form, pair.ours, pair.source) for form in term.english):
            yield term, tiers
