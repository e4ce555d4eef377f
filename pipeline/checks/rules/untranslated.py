"""English left in a translation: a run of words that stands in the English too."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level
from pipeline.text import Reading, language
from pipeline.text.tokens import Token


def run(pair: Pair) -> Iterator[str]:
    if pair.translation.source == pair.english.source:
        words = [token for token in pair.ours.tokens if token.kind == "word"]
        if len(words) > 2 and spoken(words, pair):
            yield "The translation is the English, word for word. Translate it."
        return
    pairs = neighbours(pair.ours)
    if pairs.isdisjoint(itertools.pairwise(pair.theirs.words)):
        return
    run: list[Token] = []
    for token in (*pair.theirs.tokens, Token("", "end", 0)):
        if token.kind == "word" and token.text[0].isascii() and (not run or (run[-1].text, token.text) in pairs):
            run.append(token)
            continue
        if len(run) >= 3 and spoken(run, pair):
            yield f"“{' '.join(word.text for word in run)}” is left in English. Translate it."
            return
        run = [token] if token.kind == "word" and token.text[:1].isascii() else []


@lru_cache(maxsize=1 << 12)
def neighbours(english: Reading) -> frozenset[tuple[str, str]]:
    """The words of an English text, two and two."""
    return frozenset(itertools.pairwise(english.words))


def spoken(words: Sequence[Token], pair: Pair) -> bool:
    """Whether a run of words is English prose rather than a name: not all capitals, and with English function words."""
    said = re.search(r"[\W_]+".join(re.escape(word.text) for word in words), pair.english.source, re.I)
    content = [word for word in re.findall(r"[^\W\d_]+", said[0] if said else "") if len(word) > 3]
    if content and all(word[0].isupper() for word in content):
        return False
    english = language(pair.source).function
    telling = sum(1 for word in words if word.text in english and word.text not in pair.language.function)
    return telling >= (2 if len(words) > 4 else 1) or (telling >= 1 and len(words) >= 3)


CHECK = Check(
    "untranslated",
    Level.WARNING,
    run,
    needs=needs.shared_words,
    speaks=lambda language: language.code != "en",
    good=(
        ("es", "Call Acme Pain Center", "Llame a Acme Pain Center"),
        ("es", "No", "No"),
        ("de", "The Journal of Pain says so", "Das Journal of Pain schreibt das"),
    ),
    bad=(
        ("es", "Call us if you feel sick", "Call us if you feel sick"),
        ("es", "Rest. Call us if you feel sick.", "Descanse. Call us if you feel sick."),
        ("zh_Hans", "Rest. Call us if you feel sick.", "休息。Call us if you feel sick."),
    ),
    strict=Level.ERROR,
)
