"""Bans that a translation loosens: what *need not* be where the English says *must not* (German *müssen nicht*, Spanish *no tiene que*, Chinese
不必), and what is excepted where it says *not even*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.core.forms import normalized
from pipeline.text.languages import Language
from pipeline.text.statements import Statement, flatly
from pipeline.text.tokens import Token

NEEDLESS = {
    "de": r"(?:müssen|müsst|muss|brauchen|braucht)\b(?!.*\bd[aü]rf)[^.,;:]*\bnicht\b|\bnicht nötig\b|\bnicht notwendig\b",
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
    return bool(found.search(text(translation.tokens, language)))


def excepted(english: Statement, translation: Statement) -> bool:
    """Whether what is not even to be is excepted in a translation: *nothing, not even water*, and *nichts außer Wasser*."""
    ours = [token.text for token in english.tokens]
    return ("not", "even") in pairwise(ours) and any(token.text.startswith(EXCEPT) for token in translation.tokens)


EXCEPT = (
    "ausser", "except", "exceto", "salvo", "sauf", "кроме", "إلا", "الا", "عدا", "باستثناء", "trừ", "除", "sof", "sòf", "eksepte", "सिवा", "छोड़कर", "kecuali", "selain", "제외",
)  # fmt: skip
"""How words of all languages for *except* begin."""


def text(tokens: Sequence[Token], language: Language) -> str:
    """The words of a sentence as one text."""
    return ("" if not language.spaces else " ").join(token.text for token in tokens)


NEEDING = frozenset(
    "need needs needed have has had necessary required worry if unless more longer hesitate mind bother matter care require requires does did doesn't didn't whether".split()  # noqa: SIM905
)
"""English words of what need not be, and of what is not forbidden: *do not worry*, *do not be afraid*."""
