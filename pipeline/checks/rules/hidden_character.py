"""Characters a reader cannot see, which can hide or turn round a number: refused unless the English has them too."""

import unicodedata
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.inline import Inline
from pipeline.core.model import Level

ISOLATES, POP_ISOLATE = frozenset("\u2066\u2067\u2068"), "\u2069"
REFUSED = frozenset(
    "\u034f\u2800\u202a\u202b\u202c\u202d\u202e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u180e\u115f\u1160\u3164\uffa0\ufff9\ufffa\ufffb\ufffc\u2028\u2029"
)
JOINERS = frozenset("\u200c\u200d")
JOINED_SCRIPTS = (
    "ARABIC",
    "SYRIAC",
    "MONGOLIAN",
    "DEVANAGARI",
    "BENGALI",
    "GURMUKHI",
    "GUJARATI",
    "ORIYA",
    "TAMIL",
    "TELUGU",
    "KANNADA",
    "MALAYALAM",
    "SINHALA",
    "KHMER",
    "MYANMAR",
    "TIBETAN",
    "NKO",
    "THAANA",
)


def run(pair: Pair) -> Iterator[str]:
    text = shown(pair.translation)
    allowed = set(shown(pair.english))
    for char in dict.fromkeys(hidden(text)):
        if char not in allowed:
            yield f"The hidden character U+{ord(char):04X} ({unicodedata.name(char, 'control')}) stands in the translation. Remove it."


def shown(inline: Inline) -> str:
    """A text as written and as shown: `&#x202e;` is a hidden character too."""
    if "&" not in inline.source:
        return inline.source
    return "\n".join([inline.source, *(node.text + (node.title or "") for node in inline.nodes)])


def hidden(text: str) -> Iterator[str]:
    """The hidden characters of a text that have no place there."""
    depth = 0
    for at, char in enumerate(text):
        tag, control = "\U000e0000" <= char <= "\U000e007f", unicodedata.category(char) == "Cc" and char not in "\n\t"
        lone = char in JOINERS and not joins(text[at - 1 : at], text[at + 1 : at + 2])
        if char in REFUSED or tag or control or lone or no_character(char):
            yield char
        depth += (char in ISOLATES) - (char == POP_ISOLATE)
        if depth < 0:
            yield char
            depth = 0
    if depth:
        yield next(char for char in reversed(text) if char in ISOLATES)


def no_character(char: str) -> bool:
    """Whether Unicode says that there is never such a character (Unicode 23.7)."""
    return char in "\ufffe\uffff" or "\ufdd0" <= char <= "\ufdef" or ord(char) & 0xFFFE == 0xFFFE


def joins(before: str, after: str) -> bool:
    """Whether a joiner stands between two characters of a script that needs it."""
    return all(char and unicodedata.name(char, "").startswith(JOINED_SCRIPTS) for char in (before, after))


CHECK = Check(
    "hidden-character",
    Level.ERROR,
    run,
    needs=needs.hidden,
    good=(
        ("fa", "I go", "می\u200cروم"),
        ("de", "Physician", "Kranken\u00adhaus"),
        ("ar", "Call 5", "\u200fاتصل 5"),
        ("ar", "Call 5", "اتصل \u20665\u2069"),
    ),
    bad=(
        ("es", "Take 05 mg", "Tome \u202e50\u202c mg"),
        ("es", "Take", "To\u200bme"),
        ("es", "Take", "To\u200dme"),
        ("es", "Take", "Tome\x07"),
        ("es", "Take", "Tome\uffff"),
        ("es", "Take", "Tome\ufdd0"),
        ("es", "Take", "Tome\U0010fffe"),
        ("es", "Take 05 mg", "Tome &#x202e;50 mg"),
        ("es", "Take", "To&ZeroWidthSpace;me"),
        ("ar", "Call 5", "اتصل \u20665"),
    ),
)
