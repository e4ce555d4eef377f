"""Marks of other tools inside of texts for which HTML has an element: keys, marked and inserted words, sub- and superscript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

KEY = r"(?:[a-z0-9][\w-]*|\"[^\"\n]+\")"
KEYS = re.compile(rf"(?<![\w+\\{{])\+\+(?P<keys>{KEY}(?:\+{KEY})*+)\+\+(?![\w+}}])", re.I)
"""Keys that are pressed together (PyMdown Extensions, "Keys")."""
LABELS = {
    "escape": "Esc",
    "delete": "Del",
    "insert": "Ins",
    "control": "Ctrl",
    "command": "Cmd",
    "windows": "Win",
    "function": "Fn",
    "option": "Option",
    "altgr": "AltGr",
    "alt-graph": "AltGr",
    "backslash": "\\\\",
    "bar": "&#124;",
    "pipe": "&#124;",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "hyphen": "-",
    "period": ".",
    "comma": ",",
    "equal": "=",
    "colon": ":",
    "semicolon": ";",
    "question": "?",
    "exclam": "!",
    "tilde": "\\~",
    "underscore": "\\_",
    "grave": "\\`",
    **dict.fromkeys(("brace-left", "open-brace"), "&#123;"),
    **dict.fromkeys(("brace-right", "close-brace"), "&#125;"),
    **dict.fromkeys(("bracket-left", "open-bracket"), "&#91;"),
    **dict.fromkeys(("bracket-right", "close-bracket"), "&#93;"),
    **dict.fromkeys(("double-quote", "dblquote"), "&quot;"),
    **dict.fromkeys(("greater", "greater-than", "gt"), "&gt;"),
    **dict.fromkeys(("less", "less-than", "lt"), "&lt;"),
    "less-greater": "&lt;&gt;",
    "single-quote": "'",
    "section": "§",
    "question-mark": "?",
    "exclamation": "!",
    "grave-accent": "\\`",
    "backtab": "Back Tab",
    "apps": "Menu",
    "back": "Backspace",
    "tabulator": "Tab",
    **dict.fromkeys(("numlock", "numlk"), "Num Lock"),
    "volume-mute": "Mute",
    "media-play-pause": "Play/Pause",
    **{f"media-{what}-track": f"{name} Track" for what, name in (("next", "Next"), ("prev", "Previous"))},
    **dict.fromkeys(("pgup", "prior"), "Page Up"),
    **dict.fromkeys(("pgdn", "next"), "Page Down"),
    "printscreen": "Print Screen",
    "return": "Enter",
    "spc": "Space",
    "bksp": "Backspace",
    "prtsc": "Print Screen",
    "caps": "Caps Lock",
    "menu": "Alt",
    "context-menu": "Menu",
    "pg-up": "Page Up",
    "pg-dn": "Page Down",
    "page-dn": "Page Down",
    **{f"arrow-{way}": way.capitalize() for way in ("up", "down", "left", "right")},
}
"""What is on keys that are not called as they are labelled."""
ASIDE = ("", "left-", "right-")
NAMED = frozenset(
    "esc del ins ctrl cmd win fn opt alt shift tab enter space backspace home end page-up page-down up down left right meta super "  # noqa: SIM905
    "caps-lock num-lock scroll-lock print-screen pause break clear help select print copy eject reset "
    "sleep zoom mail media media-play media-pause media-stop volume-up volume-down button middle-button browser-back "
    "browser-favorites browser-forward browser-home browser-refresh browser-search browser-stop".split()
)
"""The others that have more than one letter; the ones on the left and on the right are called so."""
FUNCTION = re.compile(
    r"f\d{1,2}|num\d|num-(?:plus|minus|asterisk|slash|equal|enter|del|delete|clear|separator|lock)", re.I
)


def label(name: str) -> str:
    """What is on a key; "" for one that nobody knows."""
    if name.startswith('"'):
        return name.strip('"').strip()
    name = name.lower()
    if len(name) == 1 or FUNCTION.fullmatch(name):
        return name.upper() if len(name) < 4 else f"Num {name[3:].strip('-').capitalize()}"
    for side in ASIDE:
        bare = name.removeprefix(side)
        if name.startswith(side) and (bare in LABELS or bare in NAMED):
            return f"{side[:-1].capitalize()} {LABELS.get(bare) or bare.replace('-', ' ').title()}".strip()
    return ""


def pressed(match: re.Match[str]) -> str:
    """Some keys as HTML has them; as they were written where one of them is none."""
    names = re.findall(KEY, match["keys"], re.I)
    labels = [label(name) for name in names]
    return "+".join(f"<kbd>{one}</kbd>" for one in labels) if all(labels) else match[0]


TEX = r"(?:\\[A-Za-z]|[_^={}])"
FORMULA = (
    r"\$\$.+?\$\$|\$(?=\S)(?=[^$\n]*+(?<=\S)\$(?![\d$]))[^$\n]*?(?:\\[A-Za-z]|[_^={}~+])[^$\n]*+\$"
    rf"|\\\((?:(?!\\[()]|{TEX})[^\n])*+{TEX}(?:(?!\\[()])[^\n])*+\\\)"
    rf"|\\\[(?:(?!\\[\[\]]|{TEX})[^\n])*+{TEX}(?:(?!\\[\[\]])[^\n])*+\\\]"
)
"""A formula, whoever draws it: `^` and `=` in it are signs of it."""
NAMES = r"\]\[[^\[\]]*\]|\[\^[^\[\]]*\]"
"""What a reference and a footnote are called, which is written the same elsewhere."""
WIDE = {"==": "mark", "^^": "ins"}
"""What stands around words, and may stand around code, links and emphasis, too."""
BEHIND = r"(?:(?<=[\w)\]*`>;])|(?<![\w\\\[^~])(?=(?P<mark>[\^~])(?:\w{1,8}(?P=mark)\w|[†‡§¶]{1,3}(?P=mark))))"
"""Where a script begins: behind what it belongs to, or, as in `^14^C`, before that."""
ENDS = {"keys": ("++",), "marks": tuple(WIDE), "scripts": ("^", "~")}
"""What the marks of each construct end with."""
SUPERSCRIPT = re.compile(rf"{BEHIND}(?<!\^)\^(?P<words>(?:[^\s^~\\\[\]]|\\[ ]){{1,40}}+)\^(?!\^)")
SUBSCRIPT = re.compile(rf"{BEHIND}(?<!~)~(?P<words>(?:[^\s^~\\\[\]]|\\[ ]){{1,40}}+)~(?!~)")
ESCAPED = re.compile(r"\\ ")
Outside = Callable[[str, Callable[[str], str]], str]
"""Changes a text where no code, tag or address is."""


def keyed(text: str, outside: Outside) -> str:
    """A text with its keys as HTML has them: `++ctrl+c++`."""
    return outside(text, lambda words: KEYS.sub(pressed, words)) if "++" in text else text


def scripted(text: str, apart: re.Pattern[str]) -> str:
    """A text with its sub- and superscripts as HTML has them: `H~2~O`, `x^2^`."""
    for mark, element, looks in (("^", "sup", SUPERSCRIPT), ("~", "sub", SUBSCRIPT)):
        if mark not in text:
            continue
        made, at = "", 0
        for start, end in stretches(text, apart):
            for found in looks.finditer(text, start, end):
                made += f"{text[at : found.start()]}<{element}>{ESCAPED.sub(' ', found['words'])}</{element}>"
                at = found.end()
        text = made + text[at:]
    return text


def marked(text: str, apart: re.Pattern[str]) -> str:
    """A text with its marked and inserted words as HTML has them: `==this==`, `^^that^^`. `apart`: what no mark is sought in."""
    for mark, element in WIDE.items():
        if text.count(mark) > 1:
            text = around(text, mark, element, apart)
    return text


def around(text: str, mark: str, element: str, apart: re.Pattern[str]) -> str:
    """The same of one mark: one before a word begins, and the next one behind a word ends (PyMdown Extensions, "Mark")."""
    made, at, begun = "", 0, -1
    for found in places(text, mark, apart):
        before, after = text[found - 1 : found], text[found + 2 : found + 3]
        if begun >= 0 and before.strip() and not after.isalnum() and found > begun + 2:
            made += f"{text[at:begun]}<{element}>{text[begun + 2 : found]}</{element}>"
            at, begun = found + 2, -1
        elif after.strip() and not before.isalnum():
            begun = found
    return made + text[at:]


def places(text: str, mark: str, apart: re.Pattern[str]) -> Iterator[int]:
    """Where a mark stands in a text, outside of code and the like, and by itself: `===` is none, and `{==` an editor's."""
    looks = re.compile(rf"(?<![{{{re.escape(mark[0])}]){re.escape(mark)}(?![}}{re.escape(mark[0])}])")
    for start, end in stretches(text, apart):
        yield from (found.start() for found in looks.finditer(text, start, end))


def stretches(text: str, apart: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The parts of a text between what no mark is sought in."""
    at = 0
    for one in apart.finditer(text):
        yield at, one.start()
        at = one.end()
    yield at, len(text)
