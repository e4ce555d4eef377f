"""Medicines by their international names: which of them a word of any language is.

Most languages write an INN with their own ending and letters (morphine, morfina, Morphin, морфин). So names are compared by
the sounds of the whole word, its last vowel or case ending aside; in Arabic and Indic letters, which write vowels as they
please or not at all, by its consonants. Where a language writes otherwise (吗啡), its table `[names]` says how.
Source: WHO, Guidance on INN (1997), which asks for such names to be kept in step across languages.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.core.forms import normalized
from pipeline.text.formulary import BRANDS, NAMES, PRODUCTS, STEMS, SYNONYMS
from pipeline.text.languages.table import Language

CYRILLIC = dict(
    zip(
        "абвгдезийклмнопрстуфхцыэіґ", ["a", "b", "v", "g", "d", "e", "s", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "k", "s", "i", "e", "i", "g"], strict=True
    )
) | {"є": "e", "ї": "i", "ю": "iu", "я": "ia", "ь": "", "ъ": "", "ж": "s", "ч": "s", "ш": "s", "щ": "s"}  # fmt: skip


@lru_cache(maxsize=1 << 15)
def skeleton(word: str) -> str:
    """The sounds of a name, without the spelling and ending of its language: `morphine`, `morfina` and `морфин` are one."""
    return stem(sounds(word))


def sounds(word: str) -> str:
    """The sounds of a word with its ending."""
    if not word.isascii():
        word = normalized("NFD", "".join([CYRILLIC.get(char, char) for char in word]))
    plain = NO_LETTER.sub("", word)
    for old, new in CONSONANTS:
        plain = plain.replace(old, new)
    plain = "".join([char for char, following in zip(plain, f"{plain[1:]} ", strict=False) if char != following])
    for old, new in VOWELS:
        plain = plain.replace(old, new)
    return plain


def stem(sounds: str) -> str:
    """The sounds of a word without the ending of its language."""
    return ENDING.sub("", sounds) if len(sounds) > LEAST else sounds


NO_LETTER = re.compile("[^a-zA-Z]+")
CONSONANTS = (
    ("ph", "f"), ("qu", "k"), ("ch", "k"), ("ck", "k"), ("x", "ks"), ("y", "i"), ("h", ""), ("z", "s"), ("w", "v"), ("j", "i"),
    ("ce", "se"), ("ci", "si"), ("c", "k"),
)  # fmt: skip
VOWELS = (("ai", "e"), ("ei", "e"), ("oi", "o"), ("eu", "e"), ("ae", "e"), ("oe", "e"))
ENDING = re.compile(r"(?:um|us|am|em|om|os|as|es|ov|ami|[aeiou])$")
"""One ending: an article's vowel, a plural, a case."""
LEAST = 5
"""Sounds that a name has at least, its ending aside."""


@lru_cache(maxsize=1)
def skeletons() -> dict[str, str]:
    """The sounds of all names, with the name that they stand for."""
    found = {skeleton(name): SYNONYMS.get(name, name) for name in sorted(NAMES, reverse=True)}
    return {said: name for said, name in found.items() if len(said) >= LEAST}


@lru_cache(maxsize=1)
def beginnings() -> frozenset[str]:
    """The first sounds of all names."""
    return frozenset(name[:3] for name in skeletons())


@lru_cache(maxsize=1)
def stems() -> tuple[str, ...]:
    """The sounds of the stems."""
    return tuple(dict.fromkeys(skeleton(name) for name in STEMS))


COARSE = {
    ord(char): sound
    for chars, sound in (
        ("x", "kk"), ("ckqszçсзцкшщчж", "k"), ("eyijéèêëíìîïеиіыйэє", "i"), ("fpuvwwúùûüфпувю", "f"), ("hьъ", ""), ("aáàâãäåая", "a"),
        ("oóòôõöо", "o"), ("бb", "b"), ("гg", "g"), ("дd", "d"), ("лl", "l"), ("мm", "m"), ("нn", "n"), ("рr", "r"), ("тt", "t"),
    )
    for char in chars
}  # fmt: skip
"""Letters that may be one sound, so that most words can be told from any name at a glance."""


def coarse(word: str) -> str:
    """What a word begins with, so roughly that no spelling of a name begins otherwise."""
    return word[:6].translate(COARSE)[:4]


@lru_cache(maxsize=1)
def likely_beginnings() -> frozenset[str]:
    return frozenset(coarse(name) for name in NAMES)


@lru_cache(maxsize=1)
def stem_endings() -> frozenset[str]:
    """How the stems of names end, as roughly."""
    return frozenset(ended(name) for name in STEMS)


def ended(word: str) -> str:
    """What a word ends in, its last vowels and case aside, so roughly that no spelling of a stem ends otherwise."""
    return word[-8:].translate(COARSE).rstrip("aiomf")[-3:]


LONGEST = 28
COMPOUNDING = frozenset("da de fi hu nb nl sv".split())  # noqa: SIM905
"""Languages that write a medicine and what is done with it in one word: Morphinpumpe."""
HEADS = ("insulin", "insuline", "insuliini", "inzulin")
"""What such a word may end in: Basalinsulin."""
OWN = ("glargin", "aspart", "lispro", "detemir", "degludec", "glulisin")
"""Insulins with names of their own."""
PART = 6
"""Sounds of a name that begins a longer word, at least."""


@lru_cache(maxsize=1 << 15)
def medicine(word: str, code: str = "") -> str:
    """The medicine a word of a language names, by its international name, or by its sounds where only the stem of it is known;
    "" for any other word."""
    if not 5 <= len(word) <= LONGEST:
        return ""
    first = word[0]
    if not ("a" <= first <= "z" or "\u0400" <= first <= "\u04ff"):
        return by_consonants(word, code) if first > "\u05ff" else ""
    if word in PRODUCTS or word in BRANDS:
        return PRODUCTS.get(word, word)
    begun = coarse(word)
    likely = first in "гх" or begun in likely_beginnings() or begun[1:2] == begun[2:3] or begun[2:3] == begun[3:4]
    if code in COMPOUNDING and word.endswith(HEADS) and not word.startswith((*HEADS, *OWN)):
        return "insulin"
    if not likely and (len(word) < 8 or ended(word) not in stem_endings()):
        return ""
    heard = sounds(word)
    if heard[:3] in beginnings() or first == "г":
        said = stem(heard)
        for name in (said, heard, said[1:] if first == "г" else ""):  # гидро-, гепарин: a Greek h
            if len(name) >= LEAST and name in skeletons():
                return skeletons()[name]
        if code in COMPOUNDING:
            for length in range(len(heard) - 3, PART - 1, -1):
                if heard[:length] in skeletons():
                    return skeletons()[heard[:length]]
    if len(heard) > 7 and (said := stem(heard)).endswith(stems()) and not said.startswith("anti"):
        return said
    return medicine(word[:-1], code) if code in PLURAL and word[-1] == "s" else ""


PLURAL = frozenset(["en", "fr", "pt"])
"""Languages that may set an s behind a name: *interferons*."""


@lru_cache(maxsize=1)
def framed() -> dict[str, str]:
    """The names by their consonants, those that share them with another left out."""
    found: dict[str, set[str]] = {}
    for name in NAMES:
        said = skeleton(name)
        if len(frame := consonants(said, LATIN)) >= LEAST:
            found.setdefault("a" * (said[0] in "aeiou") + frame, set()).add(SYNONYMS.get(name, name))
    return {frame: names.pop() for frame, names in found.items() if len(names) == 1}


LATIN = {char: char for char in "bfklmnrstdg"} | {"p": "b", "v": "f", "g": "k", "q": "k"}
ARABIC = dict(zip("بپتثدذرزسشصضطظفغقكگلمنجچڤک", "bbttddrsssstttfkkkklmnksfk", strict=True)) | {
    "ٹ": "t",
    "ڈ": "d",
    "ڑ": "r",
}
INDIC = {
    letter: sound
    for letters, sound in (
        ("\u0915\u0916\u0917\u0918", "k"), ("\u091a\u091b\u0938\u0936\u0937\u091c\u091d", "s"), ("\u091f\u0920\u0924\u0925", "t"),
        ("\u0921\u0922\u0926\u0927", "d"), ("\u0928\u0923\u0919\u091e\u0902", "n"), ("\u092a\u092b", "b"), ("\u092c\u092d", "b"),
        ("\u092e", "m"), ("\u0930", "r"), ("\u0932\u0933", "l"), ("\u0935", "f"),
    )
    for letter in letters
}  # fmt: skip
"""Devanagari; the scripts beside it in Unicode have the same letters at the same places."""


def consonants(word: str, table: dict[str, str]) -> str:
    """The consonants of a word, doubled ones once."""
    made = ""
    for char in word:
        sound = table.get(char, "")
        if sound and not made.endswith(sound):
            made += sound
    return made


def by_consonants(word: str, code: str) -> str:
    """The medicine that a word in Arabic or Indic letters names; "" for any other word."""
    if len(word) <= LEAST:
        return ""
    block, begun = ord(word[0]), word
    if 0x0620 <= block <= 0x06FF:
        begun = ARTICLE.sub("", word)
        frame = consonants(begun, ARABIC)
    elif 0x0900 <= block < 0x0B00:
        shift = (block - 0x0900) // 0x80 * 0x80
        frame = consonants("".join([chr(ord(char) - shift) for char in word if 0x0900 <= ord(char) < 0x0B80]), INDIC)
        frame = frame.replace("fb", "f")
    else:
        return ""
    return framed().get("a" * (begun[0] in OPEN) + frame, "") if len(frame) >= LEAST else ""


ARTICLE = re.compile("^(?:[وفبك]?ال|[وف]?لل|[وف])(?=.{4})")
OPEN = frozenset("اع" + "".join(chr(base + n) for base in (0x0900, 0x0980, 0x0A00, 0x0A80) for n in range(5, 0x15)))
"""Letters of a vowel with which a word begins."""


def readable(language: Language) -> bool:
    """Whether any name can be read off a text of the language; in other scripts only those of its own table are known."""
    return bool(language.scripts & {"Latn", "Cyrl"})
