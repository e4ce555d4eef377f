"""Which terms of the glossary an English text is about."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pipeline.checks.glossary import Glossary, Term
from pipeline.text import Reading
from pipeline.text.terms import Index, index, near

EXAMPLE = Glossary(
    terms=(
        Term(
            ("pain pump",),
            {"es": {"must": ("bomba* analgésica*",), "prefer": ("bomba analgésica",), "never": ("bomba de dolor",)}},
        ),
    )
)
"""The glossary of the rules' own examples."""


Said = tuple[Term, Mapping[str, tuple[str, ...]]]
"""A term that is said, and what must, may and must not be said for it in the language."""


def terms_said(glossary: Glossary, english: Reading, source: str, locale: str) -> tuple[Said, ...]:
    """The terms that an English text uses and the glossary has something to say about in a language."""
    return tuple(
        (term, tiers)
        for term in terms_in(glossary, english, source)
        if (tiers := term.tiers.get(locale) or term.tiers.get(locale.partition("_")[0]))
    )


@lru_cache(maxsize=1 << 12)
def terms_in(glossary: Glossary, english: Reading, source: str) -> tuple[Term, ...]:
    """The terms that an English text uses."""
    return tuple([glossary.terms[at] for at in sorted(near(english_terms(glossary, source), english))])


@lru_cache(maxsize=8)
def english_terms(glossary: Glossary, source: str) -> Index:
    """The terms of a glossary by their English forms."""
    return index(((at, form) for at, term in enumerate(glossary.terms) for form in term.english), source)
