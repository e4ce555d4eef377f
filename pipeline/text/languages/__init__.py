"""What the checks know of each language: number words, units, clock, negation and opposites, one TOML file a language.

The format is told in `README.md` beside the files. A text is brought to one form first (`normal`), the tables likewise, so
that digits of any script, hamza on or off its alef, ё and е, and letters of full width compare as one.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from pipeline.core.locales import marks


class Sense(NamedTuple):
    """What a form stands for: its kind (number, unit, am, says, excuses …) and what it says of it (`30`, `mg`, `before`)."""

    kind: str
    value: str


class Form(NamedTuple):
    """A word or phrase of a table: the words it is made of (`*` is any ending or beginning) and its senses."""

    words: tuple[str, ...]
    senses: tuple[Sense, ...]


class Marks(NamedTuple):
    """How a language writes numbers (CLDR): its decimal mark, and the mark between thousands."""

    decimal: str
    group: str


@dataclass(frozen=True, eq=False)
class Language:
    """One language's tables, ready to be asked.

    `exact`, `stems` and `endings` find forms by their first word; `ends` are the endings alone, `lengths` says by its first letters how long a stem may be,
    `cuts` by its first letter how long such a word, the longest first.
    `known` says whether there is a file for the language at all, `has` which of its tables are filled.
    """

    code: str
    known: bool
    scripts: frozenset[str]
    length: float
    spaces: bool
    elides: bool
    unit_first: bool
    part_first: bool
    free_order: bool
    prefixes: tuple[str, ...]
    marks: Marks
    exact: Mapping[str, tuple[Form, ...]]
    stems: Mapping[str, tuple[Form, ...]]
    endings: Mapping[str, tuple[Form, ...]]
    ends: tuple[str, ...]
    lengths: Mapping[str, tuple[int, ...]]
    cuts: Mapping[str, tuple[int, ...]]
    has: frozenset[str]
    function: frozenset[str]
    slots: frozenset[Sense]

    @property
    def rough(self) -> bool:
        """Whether the tables come from CLDR alone or are short: inflected number words and units may well be missing."""
        return "says not" not in self.has

    def knows(self, kind: str, value: str = "") -> bool:
        """Whether the language's tables have a form of this kind and value."""
        return f"{kind} {value}".strip() in self.has


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
    **dict.fromkeys((0x0640, 0x0670, 0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF, 0x61C), ""),
    **dict.fromkeys((0x0591, *range(0x0592, 0x05BE), 0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7), ""),
    **dict.fromkeys(map(ord, "أإآٱ"), "ا"),
    **dict.fromkeys(map(ord, "ىی"), "ي"),
    **dict.fromkeys((0x200C, 0x200D), ""),
    ord("ک"): "ك",
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
"""Characters that are one another to a reader. Arabic's own decimal mark and thousands mark become `.` and `,` (CLDR, arab)."""
MANY_FORMS = re.compile(f"[{''.join(re.escape(chr(code)) for code in ONE_FORM)}]")

PUNCTUATION = (
    r"!-/:-@\[-`{-~\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u05be\u060c\u061b\u061f\u066a-\u066d\u06d4"
    r"\u0964\u0965\u0970\u0e3f\u0e5a\u104a\u104b\u1360-\u1368\u17d4-\u17da\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff"
    r"\u3000-\u3004\u3008-\u3020\u3030\u30fb\ufe30-\ufe6f\uff61-\uff65"
)
LETTER = rf"[^\s\d{PUNCTUATION}]"
PLACEHOLDER = r"\{[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+\}|%\(\w+\)[sd]"
ADDRESS = (
    r"(?<![^\W_])[a-z][a-z0-9+.-]{1,20}://[!-'*-;=?-~]+|(?<![^\W_])www\.[a-z0-9.-]+[!-'*-;=?-~]*"
    r"|(?<![\w.+-])[a-z0-9.+_-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}"
)
NUMBER = r"\d+(?:[.,']\d+)*"
WORD = rf"{LETTER}+(?:['\"·]{LETTER}+)*"
BESIDE_ADDRESS = rf"(?:{LETTER}|(?<={LETTER})['\"·](?={LETTER}))+"
"""A word; one that follows an address may begin with an apostrophe."""
TOKEN = re.compile(
    rf"(?P<fact>{PLACEHOLDER})|(?P<url>{ADDRESS})|(?P<number>{NUMBER})|(?P<word>{BESIDE_ADDRESS})|(?P<sign>\S)"
)
"""What a text is made of: placeholders, addresses, numbers, words and signs."""
UNADDRESSED = re.compile(rf"(?P<word>{WORD})|(?P<number>{NUMBER})|(?P<sign>\S)")
"""The same of a text without placeholders and addresses, four times as fast."""

HYPHENS = frozenset("-‐‑")
HYPHENATED = re.compile(rf"{LETTER}[-‐‑](?={LETTER})")
DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})")
ELISION = r"(?:[a-zœ]{1,2}|qu|lorsqu|jusqu|puisqu|quelqu|presqu|all|dell|nell|sull|dall|un|quest|quell)'"
ELIDED = re.compile(rf"^{ELISION}(?=.)")
SIGN = rf"(?!(?<={LETTER})[-‐‑]{LETTER})\S"
"""A sign; a hyphen between letters is none."""
ONE_WORD = re.compile(rf"{LETTER}+\*?")


def normal(text: str) -> str:
    """`text` in the form in which it is compared: NFC, lower case, ASCII digits, invisible characters and diacritics of Arabic and Hebrew left out."""
    if text.isascii():
        return text.lower()
    return MANY_FORMS.sub(lambda char: ONE_FORM[ord(char[0])], unicodedata.normalize("NFC", text)).casefold()


def code_of(locale: str) -> str:
    """The language of a locale name: `zh_Hans` → `zh`."""
    return locale.partition("_")[0]


FOLDER = Path(__file__).parent
"""Where the files are."""


@lru_cache(maxsize=64)
def language(locale: str) -> Language:
    """What is known of the language of a locale; empty tables where there is no file for it."""
    path = FOLDER / f"{code_of(locale)}.toml"
    found = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    return made(locale, found)


def made(locale: str, table: Mapping[str, object]) -> Language:
    """A language from its tables, as read from its file."""
    spaces, elides = bool(table.get("spaces", True)), bool(table.get("elides", False))
    gathered: dict[tuple[str, ...], list[Sense]] = {}
    has: set[str] = set()
    for sense, said in senses(table):
        for form in forms_of(said):
            whole = ONE_WORD.fullmatch(form) or (not spaces and any(char > "\u0e00" for char in form))
            words = (form,) if whole else tuple(words_of(form, elides))
            if words:
                gathered.setdefault(words, []).append(sense)
                has.add(sense.kind)
                has.add(f"{sense.kind} {sense.value}")
    exact: dict[str, list[Form]] = {}
    stems: dict[str, list[Form]] = {}
    endings: dict[str, list[Form]] = {}
    for words, meant in gathered.items():
        first = words[0]
        where = stems if first.endswith("*") else endings if first.startswith("*") else exact
        where.setdefault(first.strip("*"), []).append(Form(words, tuple(dict.fromkeys(meant))))
    functions = table.get("function", {})
    words_said = str(functions.get("words", "")) if isinstance(functions, dict) else ""
    decimal, group = str(table.get("decimal", "")), str(table.get("group", ""))
    decimal, group = (decimal, group) if decimal else marks(locale)
    return Language(
        code_of(locale),
        bool(table),
        frozenset(str(table.get("script", "")).split()),
        float(str(table.get("length", 0))),
        spaces,
        elides,
        bool(table.get("unit-first", False)),
        bool(table.get("part-first", False)),
        table.get("order") == "free",
        tuple(sorted(normal(str(table.get("prefixes", ""))).split(), key=len, reverse=True)),
        Marks(decimal, group),
        frozen(exact),
        frozen(stems),
        frozen(endings),
        tuple(endings),
        lengths_of(stems),
        {first: lengths[::-1] for first, lengths in lengths_of(exact, 1).items()},
        frozenset(has),
        frozenset(forms_of(words_said)),
        frozenset([sense for meant in gathered.values() for sense in meant if sense.kind in SLOTS]),
    )


def frozen(index: Mapping[str, list[Form]]) -> dict[str, tuple[Form, ...]]:
    return {first: tuple(found) for first, found in index.items()}


FIRST = 2
"""Letters by which stems are sought."""


def lengths_of(words: Iterable[str], first: int = FIRST) -> dict[str, tuple[int, ...]]:
    """How long the words are that begin with the same letters, the shortest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[:first], set()).add(len(word))
    return {first: tuple(sorted(lengths)) for first, lengths in found.items()}


PLAIN = {
    "numbers": "number",
    "ordinals": "ordinal",
    "months": "month",
    "scales": "scale",
    "fractions": "fraction",
    "counts": "count",
    "duals": "dual",
    "units": "unit",
    "names": "name",
}


SLOTS = frozenset(
    "act basis body bound colour condition contact day finding frequency join modal route thing urgency who".split()  # noqa: SIM905
)
"""What a statement may say, by the names of the tables under `slots` (told in `README.md`)."""
SAID = SLOTS | {f"{slot}?" for slot in SLOTS}
"""The kinds of the senses that say something of a slot, or excuse that it is not said."""


SHORT = 3
"""A stem of at most so many letters (`un*`) is followed by as many, or most short words would have it; it excuses only what is
wanted where it stands."""
MANY = "…"
"""Among the excuses of a slot's value: so much may stand for it that its absence tells nothing."""


def senses(table: Mapping[str, object]) -> Iterator[tuple[Sense, str]]:
    """What the rows of a language's tables stand for, each with its forms as written."""
    for name, rows in table.items():
        for key, said in flat(rows):
            if name == "concepts":
                says, _, excuses = str(said).partition("|")
                yield Sense("says", key), says
                short = [form for form in excuses.split(",") if len(form.strip(" *")) <= SHORT and "*" in form]
                yield Sense("excuses", key), ",".join(form for form in excuses.split(",") if form not in short)
                yield Sense("hints", key), ",".join(short)
            elif name == "slots":
                slot, _, value = key.partition(".")
                says, _, excuses = str(said).partition("|")
                yield Sense(slot, value), says
                yield Sense(f"{slot}?", value), excuses
                if MANY in excuses:
                    yield Sense("many", f"{slot} {value}"), MANY
            elif name == "clock":
                yield Sense(key, key), str(said)
            elif name == "others":
                yield Sense("other", key), str(said)
            elif name in PLAIN:
                yield Sense(PLAIN[name], key), str(said)


def flat(rows: object) -> Iterator[tuple[str, object]]:
    """The rows of a table; a key with a point, as in `0.5 = …`, is one key."""
    for key, said in rows.items() if isinstance(rows, dict) else ():
        if isinstance(said, dict):
            yield from ((f"{key}.{part}", inner) for part, inner in said.items())
        else:
            yield key, said


def forms_of(said: str) -> list[str]:
    """The forms of one row, in their normal form."""
    return [form for part in normal(said).split(",") if (form := part.strip())]


def words_of(form: str, elides: bool = False) -> Iterator[str]:
    """The words, numbers and signs of a form; a star stays with its word."""
    if ONE_WORD.fullmatch(form):
        yield form
        return
    for part in re.split(r"[\s-]+", form):
        star = (part.startswith("*"), part.endswith("*"))
        found = [word for word, _, _ in tokens(part.strip("*"), elides)]
        for at, word in enumerate(found):
            yield f"{'*' * (star[0] and at == 0)}{word}{'*' * (star[1] and at == len(found) - 1)}"


def addressed(text: str) -> bool:
    """Whether there may be a web or mail address in a normal text."""
    return "://" in text or "@" in text or "www." in text


def tokens(text: str, elides: bool = False) -> list[tuple[str, str, int]]:
    """What a normal text is made of, in order: `(text, kind, where it starts)`."""
    found: list[tuple[str, str, int]] = []
    for match in (TOKEN if "{" in text or "%(" in text or addressed(text) else UNADDRESSED).finditer(text):
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


def forms_at(language: Language, word: str) -> Sequence[Form]:
    """The forms that a word may begin, the longest first."""
    found = language.exact.get(word, ())
    more: list[Form] = []
    if word not in language.function:
        begun = [(n, forms) for n, forms in stemmed(language, word) if n > SHORT or len(word) >= n + SHORT]
        if language.endings and word.endswith(language.ends):
            begun += [(n, language.endings.get(word[n:], ())) for n in range(1, len(word))]
            begun.sort(key=lambda pair: pair[0])
        for _, forms in begun:
            more += forms
    if language.prefixes and word.startswith(language.prefixes):
        for prefix in language.prefixes:
            if word.startswith(prefix) and len(word) > len(prefix) + 1:
                more += direct(language, word[len(prefix) :])
    if not more and len(found) < 2:
        return found
    return tuple(dict.fromkeys(sorted([*found, *more], key=lambda form: -len(form.words))))


def stemmed(language: Language, word: str) -> Sequence[tuple[int, tuple[Form, ...]]]:
    """How long each stem is that a word begins with, and its forms; the shortest first."""
    lengths = language.lengths.get(word[:1], ())
    if len(word) >= FIRST:
        lengths += language.lengths.get(word[:FIRST], ())
    stems = language.stems
    return [(n, stems[word[:n]]) for n in lengths if word[:n] in stems and n <= len(word)]


def direct(language: Language, word: str) -> Iterator[Form]:
    yield from language.exact.get(word, ())
    for length, forms in stemmed(language, word):
        if length > 1:
            yield from forms


def matches(form: Form, said: Sequence[str], at: int) -> bool:
    """Whether the words of a phrase stand in `said` from `at` on; its first word is found already."""
    length = len(form.words)
    return (
        len(said) >= at + length
        and fits(form.words[1], said[at + 1])
        and (length == 2 or all(fits(form.words[n], said[at + n]) for n in range(2, length)))
    )


def fits(pattern: str, word: str) -> bool:
    """Whether a word is the pattern's, whose star is any ending."""
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@lru_cache(maxsize=1)
def spoken_by() -> Mapping[str, tuple[str, ...]]:
    """Function word → the languages that have it. Read off the files without the rest of their tables."""
    found: dict[str, list[str]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        if said := FUNCTION.search(path.read_text("utf-8")):
            for word in sorted(set(forms_of(said[1]))):
                found.setdefault(word, []).append(path.stem)
    return {word: tuple(codes) for word, codes in found.items()}


FUNCTION = re.compile(r"^\[function\]\nwords = \"([^\"]*)\"", re.M)
