"""The English of a message as a reader meets it: words, numbers, signs and placeholders, with the punctuation between them.

Markup splits no word and is not in it; contractions are opened, numbers brought to one form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from pipeline.core.forms import normalized
from pipeline.core.inline import WORDED, Inline
from pipeline.text import lexicon
from pipeline.text.respelling import american


class Word(NamedTuple):
    """One word, number, sign or placeholder: as written, as compared, what kind, and what stands before it."""

    text: str
    same: str
    kind: str
    before: str = ""


TOKEN = re.compile(
    r"(?P<fact>\{[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+\}|%\(\w+\)[sd])"
    r"|(?P<url>\b[a-z][a-z0-9+.-]{1,20}://[^\s<>]+|\bwww\.[^\s<>]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"
    r"|(?P<meridiem>(?<![^\W\d_])[ap]\.\s?m\b\.?|(?<=\d)[ap]m\b|(?<=\d\s)[ap]m\b)"
    r"|(?P<letters>(?<![^\W_])(?:[a-z]\.){2,3}(?![^\W_])|(?<![^\W_.])(?:[a-z]\.\s){1,2}[a-z]\.(?![^\W_]))"
    r"|(?P<number>(?:(?<![\w.,)])[-−–](?=\.?\d)|(?<!\d)(?<!\d\s)[-−–]\s(?=\d+(?:[.,]\d+)?\s?°))?(?:\.\d|\d)\d*(?:[.,:/’'\u2009\u202f]\d+)*|[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u215f])"
    r"|(?P<word>[^\W\d_](?:[^\W_]|[’'](?=[^\W\d_])|[\u00ad\u200b-\u200d\u2060](?=\w)|\u0300-\u036f)*)"
    r"|(?P<sign>[^\s\w]|_)",
    re.I,
)
GAPS = {"?": "?", ".": ".", "!": ".", "…": ".", ",": ",", ";": ";", ":": ":"} | dict.fromkeys("-‐‑‒–—―−", "-")
QUOTES = frozenset("\"'`´‘’‚‛“”„‟«»‹›")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
CONTRACTED = re.compile(r"(\w+)n['’]?t")
NO_APOSTROPHE = frozenset(
    "dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wont cant shouldnt couldnt wouldnt mustnt neednt".split()  # noqa: SIM905
)
SHORT = re.compile(r"(i|you|he|she|it|we|they|that|there|here|what|who|let)'(s|re|ll|ve|m)")
LONG = {"s": "is", "re": "are", "ll": "will", "ve": "have", "m": "am"}
"""What pronouns are contracted with. *It's gone* is read as *it is gone*."""


def words(inline: Inline) -> Iterator[Word]:
    """The words of a text as a reader meets them, each with the punctuation before it; a last empty one ends it."""
    gap = ""
    for text, kind in texts(inline):
        if kind == "code":
            for word in split(text, gap):
                if word.text:
                    yield word._replace(kind="code" if word.kind == "word" else word.kind)
                gap = "" if word.text else word.before
            continue
        for word in split(text, gap):
            if word.text:
                yield word
            gap = "" if word.text else word.before
    yield Word("", "", "end", gap)


def texts(inline: Inline) -> Iterator[tuple[str, str]]:
    """The stretches of visible text in order, neighbours joined; code apart. Emphasis splits no word."""
    run = ""
    for node in inline.nodes:
        match node.kind:
            case "text":
                run += node.text
            case "escaped":
                run += f"{node.text} "  # no placeholder begins here
            case "soft" | "break":
                run += " "
            case "code":
                yield from ((run, "text"), (node.text, "code"))
                run = ""
            case "image":
                run += f" {node.text} {node.title or ''} ".replace("\0", " ")  # nor here
            case "footnote" | "opaque":
                run += " "
            case "math":
                yield from ((run, "text"), (node.text, "code"))
                run = ""
            case _:
                said = [
                    (node.title or "").replace("\0", " "),
                    *(unescape(match[2][1:-1]) for match in WORDED.finditer(node.text)),
                ]
                run += "".join(f" {text} " for text in said if text) if node.kind in {"open", "html"} else ""
                if node.kind == "html" and node.tag == "br":
                    run += " "
    yield run, "text"


def split(text: str, gap: str = "") -> Iterator[Word]:
    """The words of one stretch; a last empty word carries the punctuation after them."""
    for match in TOKEN.finditer(INVISIBLE.sub("", normalized("NFC", text))):
        shown, kind = match[0], match.lastgroup or "sign"
        if kind == "sign" and (shown in GAPS or shown in QUOTES):
            gap += "" if shown in QUOTES else GAPS[shown]
            continue
        for word in read(shown, kind):
            yield word._replace(before=gap) if gap else word
            gap = ""
    yield Word("", "", "end", gap)


def read(shown: str, kind: str) -> Iterator[Word]:
    """One token as words: contractions opened, numbers and units brought to one form."""
    fold = shown.casefold().replace("’", "'")
    if kind == "number":
        yield Word(shown, numeral(shown), "number")
    elif kind == "meridiem":
        yield Word(shown, f"{fold[0]}m", "word")
    elif kind == "letters":
        yield Word(shown, re.sub(r"[.\s]", "", fold), "word")
    elif kind != "word":
        yield Word(shown, "and" if shown == "&" else fold if kind == "fact" else shown, kind)
    elif (match := CONTRACTED.fullmatch(fold)) and (
        fold in NO_APOSTROPHE or ("'" in fold and match[1] in lexicon.CONTRACTIONS)
    ):
        yield Word(shown, lexicon.CONTRACTIONS.get(match[1], match[1]), kind)
        yield Word("not", "not", kind)
    elif match := SHORT.fullmatch(fold):
        yield Word(shown, match[1], kind)
        yield Word(LONG[match[2]], "us" if match[1] == "let" else LONG[match[2]], kind)
    elif fold == "cannot":
        yield Word(shown, "can", kind)
        yield Word("not", "not", kind)
    else:
        yield Word(shown, american(fold), kind)


def numeral(text: str) -> str:
    """A number in one form: ASCII digits, marks of thousands left out. `1.50` stays apart from `1.5` (ISMP: trailing zeros)."""
    ascii_ = "".join(
        str(unicodedata.digit(char)) if char.isdigit() and unicodedata.digit(char, None) is not None else char
        for char in text
    )
    sign = "-" if ascii_[0] in "-−–" else ""
    body = FRACTIONS.get(ascii_) or ascii_.lstrip("-−– ")
    if re.fullmatch(r"\d{1,3}(?:[,’'\u2009\u202f]\d{3})+(?:\.\d+)?", body):
        body = re.sub(r"[,’'\u2009\u202f]", "", body)
    return sign + body


FRACTIONS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8"}


def name_of(text: str) -> tuple[str, ...]:
    """A protected name as the words it is compared by."""
    return tuple(word.same for word in split(text) if word.text)
