"""French sets a space that does not break before : ; ! ? and inside « » (Imprimerie nationale, Lexique des règles typographiques)."""

import re
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.mending import in_prose
from pipeline.core.model import Level

BARE = re.compile(r"[^\W\d_][;!?](?=\s|$)|[^\W\d_]:(?=\s)|«(?=[^\W\d_])|(?<=[^\W\d_])»")
BREAKING = re.compile(r"(?<=[^\W\d_]) [:;!?](?=\s|$)|« (?=\w)|(?<=\w) »")


def run(pair: Pair) -> Iterator[str]:
    if pair.locale == "fr_CA":
        return
    for node in pair.translation.nodes:
        if node.kind == "text" and (found := BARE.search(node.text) or BREAKING.search(node.text)):
            yield f"“{found[0].strip()}” needs a space that does not break (U+202F or U+00A0) beside the mark. Type one."
            return


NARROW, WHOLE = "\u202f", "\u00a0"
"""Before ; ! ? a narrow space that does not break, before : and inside « » a whole one."""


def mend(english: str, translation: str, locale: str) -> str:
    """The translation with the spaces. What stands in code, an address or a tag is let be."""

    def mended(text: str) -> str:
        text = re.sub(r"(?<=[^\W\d_]) ?(?=[;!?](?:\s|$))", NARROW, text)
        text = re.sub(r"(?<=[^\W\d_]) (?=:(?:\s|$))|(?<=[^\W\d_])(?=:\s)", WHOLE, text)
        return re.sub(r"(?<=«) ?(?=\w)|(?<=[^\W_]) (?=»)|(?<=[^\W\d_])(?=»)", WHOLE, text)

    return translation if locale == "fr_CA" else in_prose(translation, mended)


CHECK = Check(
    "french-spaces",
    Level.INFO,
    run,
    mend=mend,
    needs=needs.french_marks,
    speaks=lambda language: language.code == "fr",
    good=(("fr", "Call us now!", "Appelez\u202f!"), ("fr", "At 8:30", "À 8:30"), ("es", "Now!", "¡Ya!")),
    bad=(("fr", "Call us now!", "Appelez!"), ("fr", "Call us now!", "Appelez !"), ("fr", "A “word”", "Un «mot»")),
)
