"""A translation in another language or script than its catalog's."""

import re
from collections.abc import Iterator

from pipeline.checks import Check, Pair
from pipeline.languages import all_functions
from pipeline.model import Level
from pipeline.scripts import script_counts


def run(pair: Pair) -> Iterator[str]:
    spoken = pair.language
    text = pair.theirs.text
    if spoken.scripts and len(text) > 3:
        counts = script_counts(text)
        letters = sum(counts.values())
        own = sum(counts.get(script, 0) for script in spoken.scripts)
        latin = "Latn" in spoken.scripts
        if letters >= 6 and own < letters * (0.5 if latin else 0.15) and (latin or not same_words(pair)):
            yield "Most letters are not of this language's script. Check that this is the right translation."
            return
    words = [token.text for token in pair.theirs.tokens if token.kind == "word"]
    if len(words) < 5 or not spoken.function:
        return
    said = set(words)
    own_share = sum(1 for word in words if word in spoken.function)
    best, code = max(((sum(1 for word in words if word in functions), code) for code, functions in all_functions().items() if code != spoken.code), default=(0, ""))
    if best >= 3 and best > 2 * own_share + 1 and len(said) > 3 and not (code == "en" and pair.translation.source == pair.english.source):
        yield f"The text looks like another language ({code}). Check that this is the right translation."


LATIN_ONLY = re.compile(r"[a-z0-9 .,:;()/_+*\-'\"&%\u2005{}]*$")


def same_words(pair: Pair) -> bool:
    """Whether a text in Latin letters is a name or code that the English has as well."""
    english = {token.text for token in pair.ours.tokens}
    words = [token.text for token in pair.theirs.tokens if token.kind == "word" and token.text[0].isascii()]
    return all(word in english for word in words) and len(words) < 4


CHECK = Check(
    "language",
    Level.WARNING,
    run,
    good=(("es", "Call us if you feel sick", "Llámenos si se siente mal"), ("zh_Hans", "MRI", "MRI"), ("ru", "Call us now", "Позвоните нам")),
    bad=(
        ("es", "Call us if you feel sick", "Appelez-nous si vous ne vous sentez pas bien et que la fièvre est dans les jambes"),
        ("ru", "Call us if you feel sick", "Llámenos si se siente mal"),
        ("es", "Call us if you feel sick", "如果您感觉不适，请致电我们"),
    ),
    strict=Level.ERROR,
)
