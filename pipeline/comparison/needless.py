"""Bans that a translation loosens: what *need not* be where the English says *must not* (German *müssen nicht*, Spanish *no tiene que*, Chinese
不必), and what is excepted where it says *not even*."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from itertools import pairwise

from pipeline.text.languages.table import Language
from pipeline.text.statements import Statement, flatly
from pipeline.text.wordings import says, spans


def needless(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what must not be done need not be done in a translation: the English forbids flatly, and says nothing of a need itself."""
    if not flatly(english) or any(token.text in NEEDING for token in english.tokens):
        return False
    found = spans(translation.tokens, language, "needless")
    if not found or says(translation.tokens, language, "barring"):
        return False  # *müssen … nicht … darf*
    return not says_no_outside(found, translation, language)


def says_no_outside(found: Iterable[tuple[int, int]], translation: Statement, language: Language) -> bool:
    """Whether a translation says no elsewhere: *no tome medicinas que no necesitan receta*, *请勿将不用的药物冲入马桶*."""
    within = frozenset(itertools.chain.from_iterable(itertools.starmap(range, found)))
    denials, start = frozenset(translation.negations), 0
    for at, token in enumerate(translation.tokens):
        if at in denials and within.isdisjoint(range(start, start + len(token.text))):
            return True
        start += len(token.text) + (1 if language.spaces else 0)
    return False


def excepted(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what is not even to be is excepted in a translation: *nothing, not even water*, and *nichts außer Wasser*."""
    ours = [token.text for token in english.tokens]
    return ("not", "even") in pairwise(ours) and says(translation.tokens, language, "except")


NEEDING = frozenset(
    "need needs needed have has had necessary required worry if unless more longer hesitate mind bother matter care require requires does did doesn't didn't whether".split()  # noqa: SIM905
)
"""English words of what need not be, and of what is not forbidden: *do not worry*, *do not be afraid*."""
