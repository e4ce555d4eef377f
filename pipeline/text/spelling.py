"""A text in the form in which it is compared, and what it is made of: words, numbers, signs, placeholders, addresses."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate

from pipeline.core.forms import normalized
from pipeline.text.han import SIMPLER

ZEROS = (
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0xFF10,
)  # fmt: skip
"""Where the ten digits of each script begin (Unicode, general category Nd)."""

ONE_FORM = {
    **{zero + n: str(n) for zero in ZEROS for n in range(10)},
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if not 0xFF10 <= code <= 0xFF19},
    **dict.fromkeys((0xB5,), "μ"),
    **dict.fromkeys(range(0x064B, 0x0653), ""),
    **dict.fromkeys((0x0640, 0x0654, 0x0670, 0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF, 0x61C), ""),
    **dict.fromkeys((0x0591, *range(0x0592, 0x05BE), 0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7), ""),
    **dict.fromkeys(map(ord, "أإآٱ"), "ا"),
    **dict.fromkeys(map(ord, "ىی"), "ي"),
    **dict.fromkeys((0x200C, 0x200D), ""),
    ord("ک"): "ك",
    **dict.fromkeys(map(ord, "ہھۀۂەۃ"), "ه"),
    ord("ۓ"): "ئے",
    0x0901: "ं",
    0x093C: "",
    ord("ё"): "е",
    ord("’"): "'",
    ord("ʼ"): "'",
    ord("״"): '"',
    ord("℃"): "°c",
    ord("℉"): "°f",
    ord("º"): "°",
    ord("٪"): "%",
    ord("٫"): ".",
    ord("٬"): ",",
    ord("½"): " 1/2",
    ord("¼"): " 1/4",
    ord("¾"): " 3/4",
    ord("⅓"): " 1/3",
    ord("⅔"): " 2/3",
    ord("⁄"): "/",
}  # fmt: skip
"""Characters that are one another to a reader. Arabic's own decimal mark and thousands mark become `.` and `,` (CLDR, arab);
the heh of Urdu, Persian and Arabic are typed for one another, with the hamza of an ezafe or without (*قطرهٔ*, *قطره*), and so are the
letters in their forms of presentation;
Hindi is typed with and without its nukta, and with either sign of the nasal."""
ONE_FORM |= {
    code: form.translate(ONE_FORM)
    for code in (*range(0xFB50, 0xFDC8), *range(0xFE70, 0xFEFD))
    if (form := unicodedata.normalize("NFKC", chr(code))) != chr(code) and " " not in form
}
HAN = re.compile(r"[\u4e00-\u9fff]")
MANY_FORMS = re.compile(f"[{''.join(re.escape(chr(code)) for code in ONE_FORM)}]")

PUNCTUATION = (
    r"!-/:-@\[-`{-~\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u05be\u060c\u061b\u061f\u066a-\u066d\u06d4"
    r"\u0964\u0965\u0970\u0e3f\u0e5a\u104a\u104b\u1360-\u1368\u17d4-\u17da\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff"
    r"\u3000-\u3004\u3008-\u3020\u3030\u30fb\ufe30-\ufe6f\uff61-\uff65"
)
KHMER_AGAIN = "\u17d7"
"""The one letter among what we take for punctuation."""
LETTER = rf"[^\s\d{PUNCTUATION}]"
PLACEHOLDER = r"\{[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+\}|%\(\w+\)[sd]"
ADDRESS = (
    r"(?<![^\W_])[a-z][a-z0-9+.-]{1,20}://[!-'*-;=?-~]+|(?<![^\W_])www\.[a-z0-9.-]+[!-'*-;=?-~]*"
    r"|(?<![\w.+-])[a-z0-9.+_-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}"
)
NUMBER = r"(?:(?<![^\s(\[<>≤≥=~±+-])[.,])?\d+(?:[.,']\d+)*"
"""A number; one below 1 may lack its zero: `.5`."""
INSIDE = r"(?:['·]|(?<=[\u05d0-\u05ea])\")"
"""What may stand inside a word: a quotation mark only in a Hebrew acronym, for in Arabic one may begin behind a prefix (`و"ليست"`)."""
WORD = rf"{LETTER}+(?:{INSIDE}{LETTER}+)*"
BESIDE_ADDRESS = rf"(?:{LETTER}|(?<={LETTER}){INSIDE}(?={LETTER}))+"
"""A word; one that follows an address may begin with an apostrophe."""
TOKEN = re.compile(
    rf"(?P<fact>{PLACEHOLDER})|(?P<url>{ADDRESS})|(?P<number>{NUMBER})|(?P<word>{BESIDE_ADDRESS})|(?P<sign>\S)"
)
"""What a text is made of: placeholders, addresses, numbers, words and signs."""
UNADDRESSED = re.compile(rf"(?P<word>{WORD})|(?P<number>{NUMBER})|(?P<fact>{PLACEHOLDER})|(?P<sign>\S)")
"""The same of a text without addresses, faster."""

HYPHENS = frozenset("-‐‑")
HYPHENATED = re.compile(rf"{LETTER}[-‐‑](?={LETTER})")
DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})")
ELISION = r"(?:[a-zœ]{1,2}|qu|lorsqu|jusqu|puisqu|quelqu|presqu|all|dell|nell|sull|dall|un|quest|quell)'"
ELIDED = re.compile(rf"^{ELISION}(?=.)")
SIGN = rf"(?!(?<={LETTER})[-‐‑]{LETTER})\S"
"""A sign; a hyphen between letters is none."""
ONE_WORD = re.compile(rf"{LETTER}+\*?")


ARABIC_GROUP = re.compile(r"(?<!\d)(\d{1,3})،(?=\d{3}(?!\d))")
"""The Arabic comma as a mark of thousands, as Persian, Urdu and Pashto write it; after a year (*2019،417*) it is a comma."""
WIDE_COMMA = re.compile(r"(?<=[0-9%])，(?=[0-9])")
"""The Chinese comma between figures that are no Chinese ones: it parts two numbers."""
YEAR = re.compile(r"(?<![\d.,])([1-9]|[12]\d|3[01]),(?=(?:19|20)\d\d(?![\d,]|\.\d))")
"""A day with its year, with no space between: *March 5,2020*."""


CHANGED = re.compile(r"(?<!\w)([وف]?)غي\u0651[\u064b-\u0650]?ر(?!\w*[^\Wيوا])")
"""The Arabic word for *change*, told from the one for *not* and *un-* by its doubled letter alone; told as *replace*, which is no other word without."""


def normal(text: str) -> str:
    """`text` in the form in which it is compared: NFC, lower case, ASCII digits, invisible characters and diacritics of Arabic and Hebrew left out."""
    if ",2" in text or ",1" in text:
        text = YEAR.sub(r"\1, ", text)
    if text.isascii():
        return text.lower()
    if "\u0651" in text:
        text = CHANGED.sub(r"\1بدل", text)
    if "，" in text:
        text = WIDE_COMMA.sub(", ", text)
    made = MANY_FORMS.sub(lambda char: ONE_FORM[ord(char[0])], normalized("NFC", text)).casefold()
    if HAN.search(made):
        made = made.translate(SIMPLER)
    return ARABIC_GROUP.sub(r"\1,", made) if "،" in made else made


def addressed(text: str) -> bool:
    """Whether there may be a web or mail address in a normal text."""
    return "://" in text or "@" in text or "www." in text


def tokens(text: str, elides: bool = False) -> list[tuple[str, str, int]]:
    """What a normal text is made of, in order: `(text, kind, where it starts)`."""
    found: list[tuple[str, str, int]] = []
    for match in (TOKEN if addressed(text) else UNADDRESSED).finditer(text):
        kind, said, start = match.lastgroup or "sign", match[0], match.start()
        if kind == "word":
            while elides and "'" in said and (cut := ELIDED.match(said)):
                found.append((said[: cut.end()], "word", start))
                said, start = said[cut.end() :], start + cut.end()
        elif said in HYPHENS and HYPHENATED.match(text, start - 1 if start else 0):
            continue  # thirty-two is thirty two
        elif kind == "number" and "." in said and DATE.fullmatch(said):
            found += [(part[0], kind, start + part.start()) for part in re.finditer(r"\d+", said)]
            continue
        found.append((said, kind, start))
    return found


@lru_cache
def parts(linked: bool, elides: bool) -> re.Pattern[str]:
    """What `tokens` finds in a text without dates, to split by: with addresses, or without in a language that elides or not."""
    if linked:
        return re.compile(f"({PLACEHOLDER}|{ADDRESS}|{NUMBER}|{BESIDE_ADDRESS}|{SIGN})")
    elided = rf"{ELISION}(?={LETTER})|" * elides
    return re.compile(f"({elided}{WORD}|{NUMBER}|{PLACEHOLDER}|{SIGN})")


def parted(text: str, elides: bool = False) -> tuple[list[str], list[int]]:
    """The texts of the tokens of a normal text, and where each starts."""
    linked, elides = addressed(text), elides and "'" in text
    if (linked and elides) or ("." in text and DATE.search(text)):
        dated = tokens(text, elides)
        return [said for said, _, _ in dated], [start for _, _, start in dated]
    found = parts(linked, elides).split(text)
    return found[1::2], list(accumulate(map(len, found)))[:-1:2]
