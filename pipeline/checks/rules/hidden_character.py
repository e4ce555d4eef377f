"""Characters a reader cannot see, which can hide or turn round a number: refused unless the English has them too."""

import re
import unicodedata
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.inline import Inline, bared
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
    return "\n".join([inline.source, *(bared(node.text + (node.title or "")) for node in inline.nodes)])


def hidden(text: str) -> Iterator[str]:
    """The hidden characters of a text that have no place there."""
    depth = 0
    unspaced = not BREAKS.isdisjoint(text) and any(
        unicodedata.name(char, "").startswith(UNSPACED) for char in set(text)
    )
    if "\u2067" in text:
        yield from ("\u2067" for inner in TURNED.findall(text) if not RIGHT_TO_LEFT.search(inner))
    for found in needs.HIDDEN.finditer(text):
        at, char = found.start(), found[0]
        if char in BREAKS and ((unspaced and breaks(*around(text, at))) or idle(text, at)):
            continue
        if char == SOFT_HYPHEN and (text[at - 1 : at].isdigit() or text[at + 1 : at + 2].isdigit()):
            yield char
        ending = char in "\n\t" or text[at : at + 2] == "\r\n"
        tag, control = "\U000e0000" <= char <= "\U000e007f", unicodedata.category(char) == "Cc" and not ending
        lone = char in JOINERS and not joins(*around(text, at))
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


BREAKS, SOFT_HYPHEN = frozenset("\u200b\u2060"), "\u00ad"
SKIPPED = JOINERS | BREAKS | {"\u200e", "\u200f"}
UNSPACED = ("THAI", "LAO", "KHMER", "MYANMAR", "TAI ", "NEW TAI", "JAVANESE", "BALINESE", "TIBETAN")
"""Scripts that write no spaces, in which U+200B says where a word ends."""
TURNED = re.compile("\u2067([^\u2069]*\\d[^\u2069]*)\u2069")
"""Figures that are shown from right to left: 2-3 as 3-2."""
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def around(text: str, at: int) -> tuple[str, str]:
    """What stands before and after a place, other characters that readers do not see left out; "" at an end."""
    before = next((char for char in reversed(text[max(at - 4, 0) : at]) if char not in SKIPPED), "")
    return before, next((char for char in text[at + 1 : at + 5] if char not in SKIPPED), "")


def breaks(before: str, after: str) -> bool:
    """Whether a break between words stands where it hides nothing: in a text of a script that has it, at a space or between two
    letters, one of them of that script."""
    if (before.isdigit() and not after.isspace()) or (after.isdigit() and not before.isspace()):
        return False
    named = [unicodedata.name(char, "") for char in (before, after) if char]
    return any(name.startswith(UNSPACED) for name in named) or not (before.isalnum() and after.isalnum())


def idle(text: str, at: int) -> bool:
    """Whether a break between words stands beside a space, where it hides and parts nothing: what pages leave that are copied.
    Beside a figure it stays refused."""
    before, after = around(text, at)
    return (not before or not after or before.isspace() or after.isspace()) and not (before + after).strip().isdecimal()


def joins(before: str, after: str) -> bool:
    """Whether a joiner stands between two characters of a script that needs it, or at the edge of a word of one."""
    named = [unicodedata.name(char, "").startswith(JOINED_SCRIPTS) for char in (before, after) if char]
    edge = not before or not after or not (before.isalnum() and after.isalnum())
    return any(named) if edge else all(named)


NOTHING = frozenset("\u200b\u2060\ufeff")
"""What shows nothing, turns nothing and joins nothing."""


def mend(english: str, translation: str, locale: str) -> str:
    """The translation without those that do nothing, unless a digit stands beside: there a person has to look."""
    wrong = NOTHING.intersection(hidden(translation)) - set(english)

    def idle(at: int, char: str) -> bool:
        before, after = around(translation, at)
        return char in wrong and not before.isdigit() and not after.isdigit() and any(hidden(before + char + after))

    kept = [char for at, char in enumerate(translation) if not idle(at, char)]
    return "".join(kept)


CHECK = Check(
    "hidden-character",
    Level.ERROR,
    run,
    mend=mend,
    needs=needs.hidden,
    good=(
        ("es", "Rest. Drink water.", "Descanse.\r\nBeba agua."),
        ("fa", "I go", "می\u200cروم"),
        ("de", "Physician", "Kranken\u00adhaus"),
        ("ar", "Call 5", "\u200fاتصل 5"),
        ("ar", "Call 5", "اتصل \u20665\u2069"),
        ("km", "Take", "លេប\u200bថ្នាំ"),
        ("fa", "Wash", "می\u200c شوید"),
    ),
    bad=(
        ("ar", "Wait 2-3 days", "انتظر \u20672-3\u2069 أيام"),
        ("de", "Take 50 mg", "Nehmen Sie 5\u00ad0 mg"),
        ("km", "Take 50", "លេប 5\u200b0"),
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
