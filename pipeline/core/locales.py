"""Languages: names, tags, direction, plural rules, dates and numbers, from CLDR through Babel, overridable.

CLDR in Babel lacks some languages that clinics need, and has borrowed data for others (Haitian Creole months are
French), so settings may state an endonym, direction, plural rule and date pattern.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.core.plurals import refines

if TYPE_CHECKING:
    from babel import Locale as CLDR

NAME = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2}|_[0-9]{3})?\Z")
RTL_SCRIPTS = frozenset(["Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg"])
PLURALS = {
    rule: frozenset(names.split())
    for rule, names in (
        ("nplurals=1; plural=0;", "bo cv dz fa hu hy ja ka km ko lo th tr vi zh"),
        ("nplurals=2; plural=(n > 1);", "fr fur ht pt_BR"),
        ("nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);", "is"),
        ("nplurals=3; plural=((n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2);", "cs sk"),
        ("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);", "lv"),
        ("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);", "lt"),
        (
            "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
            "be bs hr ru sr uk",
        ),
        ("nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2);", "ro"),
        ("nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);", "pl"),
        ("nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);", "sl"),
        (
            "nplurals=4; plural=(n==1 ? 0 : n==0 || ( n%100>=1 && n%100<=10) ? 1 : (n%100>10 && n%100<20 ) ? 2 : 3);",
            "mt",
        ),
        ("nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n>=3 && n<=6 ? 2 : n>=7 && n<=10 ? 3 : 4);", "ga"),
        ("nplurals=5; plural=(n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 0);", "cy"),
        (
            "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
            "ar",
        ),
        (
            "nplurals=6; plural=(n==1 ? 0 : n%10==1 && n%100!=11 && n%100!=71 && n%100!=91 ? 1 : n%10==2 && n%100!=12 && n%100!=72 && n%100!=92 ? 2 : "
            "(n%10==3 || n%10==4 || n%10==9) && n%100!=13 && n%100!=14 && n%100!=19 && n%100!=73 && n%100!=74 && n%100!=79 && n%100!=93 && n%100!=94 "
            "&& n%100!=99 ? 3 : n%1000000==0 ? 4 : 5);",
            "br",
        ),
    )
}
"""The plural rules of new catalogs, as most editors of catalogs have them (GNU gettext's manual, "Plural forms"), with the languages that they are
of. Whose name is in none has `USUAL`. They are no library's: one that learns CLDR's rule for Spanish millions would change every catalog."""
USUAL = "nplurals=2; plural=(n != 1);"


ZEROS = {
    "adlm": 0x1E950, "arab": 0x660, "arabext": 0x6F0, "beng": 0x9E6, "cakm": 0x11136, "deva": 0x966, "gujr": 0xAE6, "guru": 0xA66,
    "hmnp": 0x1E140, "java": 0xA9D0, "khmr": 0x17E0, "knda": 0xCE6, "laoo": 0xED0, "lepc": 0x1C40, "limb": 0x1946, "mlym": 0xD66,
    "mong": 0x1810, "mtei": 0xABF0, "mymr": 0x1040, "mymrshan": 0x1090, "nkoo": 0x7C0, "olck": 0x1C50, "orya": 0xB66,
    "rohg": 0x10D30, "sund": 0x1BB0, "tamldec": 0xBE6, "telu": 0xC66, "thai": 0xE50, "tibt": 0xF20, "vaii": 0xA620,
}  # fmt: skip
"""The digit nought of each numbering system of CLDR in which ten digits follow each other (UTS 35, "Numbering Systems")."""
LATIN, NATIVE = "latn", "native"


@dataclass(frozen=True, slots=True)
class Locale:
    """A language of the site: POSIX `name`, BCP 47 `tag`, and what the settings state of it, laid over CLDR.

    What CLDR has is read when it is asked for: a language's data takes a hundredth of a second.
    """

    name: str
    tag: str
    stated: tuple[tuple[str, str], ...] = ()

    @property
    def chain(self) -> tuple[str, ...]:
        """This name and its parents, nearest first: `pt_BR`, `pt`."""
        parts = self.name.split("_")
        return tuple("_".join(parts[:n]) for n in range(len(parts), 0, -1))

    def states(self, option: str) -> str | None:
        """What the settings state, None where they do not."""
        return next((value for name, value in self.stated if name == option), None)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        stated = self.states("direction")
        return direction(self.name) if stated is None else stated

    @property
    def endonym(self) -> str:
        """Its own name for itself."""
        stated = self.states("name")
        return endonym(self.name) if stated is None else stated

    @property
    def english(self) -> str:
        """Its English name."""
        stated = self.states("english-name")
        return english(self.name) if stated is None else stated

    @property
    def plurals(self) -> str:
        """The value of a `Plural-Forms` header."""
        stated = self.states("plural-forms")
        return plurals(self.name) if stated is None else stated

    @property
    def digits(self) -> str:
        """The numbering system of the numbers that we write (CLDR): the usual one of the language, unless the settings say `latn`
        or `native`."""
        return numbering(self.name, self.states("digits") or "")

    @property
    def date_pattern(self) -> str:
        """What overrides CLDR's long date; "" where nothing does."""
        return self.states("date") or ""

    @property
    def team(self) -> str:
        """The `Language-Team` that the settings name, "" where they name none."""
        return self.states("team") or ""

    @property
    def former(self) -> tuple[str, ...]:
        """The folders that its pages were in, elsewhere."""
        return tuple((self.states("former") or "").split())

    @property
    def rules(self) -> tuple[str, ...]:
        """The plural rules of the language: its own, and CLDR's, which may tell apart more (Spanish millions)."""
        return tuple(filter(None, dict.fromkeys((self.plurals, cldr_plurals(self.name)))))

    def has_rule(self, header: str) -> bool:
        """Whether a plural rule tells apart all that one of the language's does."""
        return header == self.plurals or any(refines(header, rule) for rule in self.rules)


def make(name: str, overrides: Mapping[str, str] = {}) -> Locale:
    """The locale called `name` (already matched against NAME), with what settings say of it."""
    return Locale(name, name.replace("_", "-"), tuple(sorted(overrides.items())))


@lru_cache
def direction(name: str) -> str:
    """The direction a language is written in."""
    parts, cldr = name.split("_"), known(name)
    script = parts[1] if len(parts) > 1 and len(parts[1]) == 4 else ""
    return "rtl" if script in RTL_SCRIPTS else cldr.text_direction if cldr else "ltr"


@lru_cache
def endonym(name: str) -> str:
    """A language's own name for itself."""
    cldr = known(name)
    return capital((cldr and cldr.display_name) or name)


@lru_cache
def english(name: str) -> str:
    """A language's English name."""
    cldr = known(name)
    return (cldr and cldr.english_name) or name


@lru_cache
def plurals(name: str) -> str:
    """A language's plural rule, as a header."""
    names = (name, name.partition("_")[0])
    return next((rule for one in names for rule, known in PLURALS.items() if one in known), USUAL)


def capital(name: str) -> str:
    """A language's name as a label: its first letter a capital where the script has them at the start of words (Georgian does not)."""
    return name if "\u10d0" <= name[:1] <= "\u10ff" else name[:1].upper() + name[1:]


@lru_cache
def known(name: str) -> CLDR | None:
    """CLDR's data for a locale name, or None where Babel has none."""
    from babel import Locale as CLDR
    from babel import UnknownLocaleError

    try:
        return CLDR.parse(name)
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache
def cldr_plurals(name: str) -> str:
    """CLDR's plural rule of a language for whole numbers as a `Plural-Forms` header, "" where nothing is known of it."""
    from babel.plural import to_gettext

    cldr = None if name.partition("_")[0] in UNTOLD else known(name)
    return re.sub(r"\be\b", "0", to_gettext(cldr.plural_form)) if cldr else ""  # Babel leaves the exponent in


UNTOLD = frozenset(["ht"])
"""Languages of which CLDR has names and no plural rule; Babel, from 2.19 on, has one form for them."""


def date(locale: Locale, day: datetime.date) -> str:
    """The day as readers of the language write it; ISO 8601 where nothing is known of the language."""
    from babel.dates import format_date

    cldr = known(locale.name)
    if locale.date_pattern:
        return figures(locale, format_date(day, locale.date_pattern, locale=cldr or known("en")))
    return figures(locale, format_date(day, "long", locale=cldr)) if cldr else day.isoformat()


def number(locale: Locale, value: float) -> str:
    """The number with the language's own separators and digits."""
    from babel.numbers import format_decimal

    cldr, system = known(locale.name), locale.digits
    system = system if cldr and system in cldr.number_symbols else LATIN
    return figures(locale, format_decimal(value, locale=cldr or known("en"), numbering_system=system))


def figures(locale: Locale, text: str) -> str:
    """A text of ours with its European digits as the language writes them."""
    zero = ZEROS.get(locale.digits)
    return text if zero is None else text.translate({ord("0") + digit: zero + digit for digit in range(10)})


@lru_cache
def numbering(name: str, stated: str) -> str:
    """The numbering system of a locale: `latn` where it is stated, where nothing is known, or where its digits are no ten in a row."""
    cldr = known(name)
    if cldr is None or stated == LATIN:
        return LATIN
    native = str(cldr.other_numbering_systems.get("native", LATIN))
    found = native if stated == NATIVE else str(cldr.default_numbering_system)
    return found if found in ZEROS else LATIN


@lru_cache
def marks(name: str) -> tuple[str, str]:
    """The decimal mark of a locale and the mark between its thousands, in Western digits (CLDR); English ones where nothing is known."""
    cldr = known(name) or known(name.partition("_")[0]) or known("en")
    symbols = cldr.number_symbols.get("latn", {}) if cldr else {}
    return str(symbols.get("decimal", ".")), str(symbols.get("group", ","))


@lru_cache
def day_first(name: str) -> bool:
    """Whether the language writes the day before the month in figures (CLDR's short date)."""
    cldr = known(name) or known(name.partition("_")[0])
    pattern = str(cldr.date_formats["short"].pattern) if cldr else "dM"
    return "d" in pattern and pattern.find("d") < pattern.find("M")
