"""A translation in another language or script than its catalog's."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.check import Check, Pair
from pipeline.core.inline import FACT
from pipeline.core.model import Level
from pipeline.text.languages import spoken_by
from pipeline.text.scripts import foreign_letter, in_scripts


def run(pair: Pair) -> Iterator[str]:
    if pair.copied:
        return  # left untranslated: said by its own check
    spoken, text = pair.language, pair.theirs.text
    if "{" in text:
        text = FACT.sub("", text)
    latin = "Latn" in spoken.scripts
    if (
        len(text) > 3
        and spoken.scripts
        and not (latin and text.isascii())
        and foreign_letter(spoken.scripts).search(text)
    ):
        own, letters = in_scripts(text, spoken.scripts), pair.theirs.letters
        if (
            letters >= (6 if text.isascii() else 3)
            and own < letters * (0.5 if latin else 0.15)
            and (latin or not same_words(pair))
            and (not own or letters >= 30 or latin)
        ):
            yield "Most letters are not of this language's script. Check that this is the right translation."
            return
    if len(pair.theirs.words) < 5 or not spoken.function or not spoken.spaces:
        return
    words = pair.theirs.vocabulary
    ours, others = function_words(spoken.code)
    own = len(words & ours)
    said = words & others
    if own + len(said) <= max(2, 2 * own + 1) or len(words) < 4:
        return
    known = spoken_by()
    counts = Counter(code for word in (*said, *(words & ours)) for code in known[word] if code != spoken.code)
    best, code = max(((count, code) for code, count in counts.items()), default=(0, ""))
    if best >= 3 and best > 2 * own + 1:
        yield f"The text looks like another language ({code}). Check that this is the right translation."


@lru_cache
def function_words(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """The function words of a language, and those of all others that it has not."""
    own = frozenset([word for word, codes in spoken_by().items() if code in codes])
    return own, frozenset(spoken_by()) - own


def same_words(pair: Pair) -> bool:
    """Whether a text in Latin letters is a name or code that the English has as well."""
    english = {token.text for token in pair.ours.tokens}
    words = [token.text for token in pair.theirs.tokens if token.kind == "word" and token.text[0].isascii()]
    return bool(words) and len(words) < 4 and all(word in english for word in words) and pair.theirs.text.isascii()


CHECK = Check(
    "language",
    Level.WARNING,
    run,
    good=(
        ("es", "Call us if you feel sick", "Llámenos si se siente mal"),
        ("zh_Hans", "MRI", "MRI"),
        ("ru", "Call us now", "Позвоните нам"),
    ),
    bad=(
        (
            "es",
            "Call us if you feel sick",
            "Appelez-nous si vous ne vous sentez pas bien et que la fièvre est dans les jambes",
        ),
        ("ru", "Call us if you feel sick", "Llámenos si se siente mal"),
        ("es", "Call us if you feel sick", "如果您感觉不适，请致电我们"),
    ),
    strict=Level.ERROR,
)
