"""Bans that a translation loosens: what *need not* be where the English says *must not* (German *müssen nicht*, Spanish *no tiene que*, Chinese
不必), and what is excepted where it says *not even*."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.core.forms import normalized
from pipeline.text.languages import Language
from pipeline.text.statements import Statement, flatly
from pipeline.text.tokens import Token

NEEDLESS = {
    "de": r"(?:müssen|müsst|muss|brauchen|braucht)\b(?!.{0,400}\bd[aü]rf)(?:(?!\bund\b)[^.,;:]){0,200}\bnicht\b|\bnicht nötig\b|\bnicht notwendig\b",
    "es": r"\bno (?:tiene|tienen|tienes) (?:por )?que\b|\bno (?:es|hace) (?:necesari\w+|falta)\b|\bno (?:necesit\w+)\b",
    "fr": r"\bpas (?:besoin|nécessaire|obligé\w*|tenue?)\b|\bn' avez pas à\b",
    "pt": r"\bnão (?:precisa|precisam|necessita)\b|\bnão (?:é|são) (?:necessári\w+|preciso)\b",
    "ru": r"\bне (?:обязательно|обязан\w*|требуется)\b|\bнет необходимости\b",
    "ar": r"\bلا (?:داعي|حاجه|يلزم|ضروره)\b|\bليس (?:ضروريا|من الضروري)\b|\bلست (?:مضطرا|بحاجه)\b",
    "vi": r"\bkhông (?:cần|bắt buộc|nhất thiết)\b",
    "zh": r"不必|不需要|无需|无须|不用",
    "ht": r"\bpa (?:bezwen|oblije|nesesè)\b",
    "hi": r"(?:ज़रूरत|जरूरत|आवश्यकता) नहीं|(?:ज़रूरी|जरूरी|आवश्यक) नहीं",
    "id": r"\btidak (?:perlu|harus|wajib)\b",
    "ko": r"필요(?:가|는)? 없|않아도 (?:됩|돼|되)",
}
"""How languages say that something need not be, as a pattern of their words."""


@lru_cache
def pattern(code: str) -> re.Pattern[str] | None:
    """The pattern of a language, in the form in which texts are read."""
    return re.compile(normalized("NFC", NEEDLESS[code])) if code in NEEDLESS else None


def needless(english: Statement, translation: Statement, language: Language) -> bool:
    """Whether what must not be done need not be done in a translation: the English forbids flatly, and says nothing of a need itself."""
    found = pattern(language.code)
    if found is None or not flatly(english) or any(token.text in NEEDING for token in english.tokens):
        return False
    spans = [match.span() for match in found.finditer(text(translation.tokens, language))]
    return bool(spans) and not says_no_outside(spans, translation, language)


def says_no_outside(spans: Iterable[tuple[int, int]], translation: Statement, language: Language) -> bool:
    """Whether a translation says no elsewhere: *no tome medicinas que no necesitan receta*, *请勿将不用的药物冲入马桶*."""
    within = frozenset(itertools.chain.from_iterable(itertools.starmap(range, spans)))
    denials, start = frozenset(translation.negations), 0
    for at, token in enumerate(translation.tokens):
        if at in denials and within.isdisjoint(range(start, start + len(token.text))):
            return True
        start += len(token.text) + (1 if language.spaces else 0)
    return False


def excepted(english: Statement, translation: Statement) -> bool:
    """Whether what is not even to be is excepted in a translation: *nothing, not even water*, and *nichts außer Wasser*."""
    ours = [token.text for token in english.tokens]
    return ("not", "even") in pairwise(ours) and any(
        token.text in EXCEPT or token.text.startswith(EXCEPTING) for token in translation.tokens
    )


EXCEPT = frozenset("ausser salvo sauf кроме إلا الا عدا trừ 除 除了 sof sòf selain".split())  # noqa: SIM905
EXCEPTING = ("except", "exceto", "باستثناء", "eksepte", "सिवा", "छोड़कर", "kecuali", "제외")
"""Words of all languages for *except*, and how others of them begin."""


def text(tokens: Sequence[Token], language: Language) -> str:
    """The words of a sentence as one text."""
    return ("" if not language.spaces else " ").join(token.text for token in tokens)


NEEDING = frozenset(
    "need needs needed have has had necessary required worry if unless more longer hesitate mind bother matter care require requires does did doesn't didn't whether".split()  # noqa: SIM905
)
"""English words of what need not be, and of what is not forbidden: *do not worry*, *do not be afraid*."""
