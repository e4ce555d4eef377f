"""A translation in another language or script than its catalog's."""

from collections import Counter
from collections.abc import Iterator

from pipeline.checks.check import Check, Pair
from pipeline.core.inline import FACT
from pipeline.core.model import Level
from pipeline.text.languages import spoken_by
from pipeline.text.length import weight
from pipeline.text.scripts import in_scripts


def run(pair: Pair) -> Iterator[str]:
    if pair.translation.source == pair.english.source:
        return  # left untranslated: said by its own check
    spoken, text = pair.language, FACT.sub("", pair.theirs.text)
    latin = "Latn" in spoken.scripts
    if spoken.scripts and len(text) > 3 and not (latin and text.isascii()):
        own, letters = in_scripts(text, spoken.scripts), weight(text)
        if (
            letters >= (6 if text.isascii() else 3)
            and own < letters * (0.5 if latin else 0.15)
            and (latin or not same_words(pair))
            and (not own or letters >= 30 or latin)
        ):
            yield "Most letters are not of this language's script. Check that this is the right translation."
            return
    words = [token.text for token in pair.theirs.tokens if token.kind == "word"]
    if len(words) < 5 or not spoken.function or not spoken.spaces:
        return
    counts = Counter(code for word in set(words) for code in spoken_by().get(word, ()))
    own = counts.pop(spoken.code, 0)
    best, code = max(((count, code) for code, count in counts.items()), default=(0, ""))
    if best >= 3 and best > 2 * own + 1 and len(set(words)) > 3:
        yield f"The text looks like another language ({code}). Check that this is the right translation."


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
