"""Facts that are data: an amount, a duration, a time, a date, a telephone number, written in each language by its own rules.

`{amount: 0.5, unit: mg}` is *0.5 mg* in English, *0,5 mg* in Spanish, *0.5毫克* in Chinese: units, decimal marks and plurals are
CLDR's, through Babel, and no translator types them. Where CLDR has nothing of a language, or only another language's data, nothing is
written in it: its pages have the English value, marked as English.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.core import locales
from pipeline.core.inline import FACT
from pipeline.core.locales import Locale
from pipeline.core.schema import nearest

if TYPE_CHECKING:
    from babel import Locale as CLDR

UNITS = {
    name: unit
    for unit, names in {
        "mass-microgram": "mcg µg μg microgram micrograms",
        "mass-milligram": "mg milligram milligrams",
        "mass-gram": "g gram grams",
        "mass-kilogram": "kg kilogram kilograms",
        "mass-pound": "lb pound pounds",
        "mass-ounce": "oz ounce ounces",
        "volume-milliliter": "ml mL milliliter milliliters millilitre millilitres",
        "volume-liter": "l L liter liters litre litres",
        "volume-teaspoon": "tsp teaspoon teaspoons",
        "volume-tablespoon": "tbsp tablespoon tablespoons",
        "volume-cup": "cup cups",
        "volume-fluid-ounce": "fl-oz",
        "temperature-celsius": "°C C celsius",
        "temperature-fahrenheit": "°F F fahrenheit",
        "length-millimeter": "mm millimeter millimeters",
        "length-centimeter": "cm centimeter centimeters centimetre centimetres",
        "length-meter": "m meter meters metre metres",
        "length-inch": "in inch inches",
        "length-foot": "ft foot feet",
        "duration-second": "s second seconds",
        "duration-minute": "min minute minutes",
        "duration-hour": "h hr hour hours",
        "duration-day": "d day days",
        "duration-week": "wk week weeks",
        "duration-month": "month months",
        "duration-year": "yr year years",
        "pressure-millimeter-ofhg": "mmHg",
        "concentr-millimole-per-liter": "mmol/L",
        "concentr-milligram-ofglucose-per-deciliter": "mg/dL",
        "concentr-percent": "% percent",
        "energy-foodcalorie": "kcal Cal calories",
        "electric-volt": "V volt volts",
    }.items()
    for name in names.split()
}
"""Units by what an editor writes; the names are CLDR's (Unicode Technical Standard 35, part 6, "Unit Identifiers")."""
SPELT = re.compile(r"[a-z]{4,}\Z")
"""A unit that is written out, and is so in every language."""
SAID_IN_FULL = {"mass-microgram": "mcg"}
"""Units whose sign is easily misread (ISMP: µg for mg): written out in every language, and in English as here."""
DURATIONS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?\Z")
TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\Z")
PHONE = re.compile(r"\+?[\d(][\d ()./-]{1,30}\Z")
KINDS = ("amount", "number", "time", "date", "phone")
"""Keys by one of which a group of `site.yaml` is such a fact; besides them the durations."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A fact that is data. `parts`: numbers as the editor wrote them, each with its unit ("" of a plain number; of a duration
    of several, the largest first); `upto`: where a range ends, "" where there is none; `said`: all of it in plain English."""

    kind: str
    parts: tuple[tuple[str, str], ...]
    upto: str
    said: str


def is_measure(name: str, value: object) -> bool:
    """Whether a value of `site.yaml` is a group that states a measure, well or badly. `name` is its dotted name: what has no dot in
    it is a group of facts, whatever they are called, since no placeholder can name it."""
    return (
        "." in name
        and isinstance(value, Mapping)
        and any(key in value for key in (*KINDS, *DURATIONS))
        and all(isinstance(inner, str) for inner in value.values())
    )


@lru_cache(maxsize=1 << 10)
def of_rows(rows: tuple[tuple[str, str], ...]) -> Measure:
    """The measure that a group's keys and values state. Raises ValueError with what is wrong and what to do."""
    value = dict(rows)
    kind = next((key for key in KINDS if key in value), "duration")
    known = {"amount": {"amount", "unit", "to"}, "number": {"number", "to"}, "duration": {*DURATIONS, "to"}}.get(
        kind, {kind}
    )
    for key in value:
        if key not in known:
            raise ValueError(
                f"`{key}` is nothing that {article(kind)} has. {nearest(key, known, f'It has: {listed(known)}.')}"
            )
    if kind in {"time", "date", "phone"}:
        return one_word(kind, value[kind])
    if kind == "amount" and "unit" not in value:
        raise ValueError(
            "an `amount` has a `unit`. Write `{amount: 0.5, unit: mg}`, or `{number: 3}` where there is none."
        )
    upto = numeral(value["to"]) if "to" in value else ""
    if kind == "duration":
        parts = tuple((numeral(value[key]), f"duration-{key[:-1]}") for key in DURATIONS if key in value)
        if upto and len(parts) > 1:
            raise ValueError("a range has one unit. Write `{days: 5, to: 7}`.")
        spelt = [(number, key) for key in DURATIONS if key in value for number in (numeral(value[key]),)]
        said = " ".join(f"{number}{f'–{upto}' if upto else ''} {name}" for number, name in spelt)
        return Measure(kind, parts, upto, said)
    number = numeral(value[kind])
    unit = value.get("unit", "")
    if unit and unit not in UNITS:
        todo = nearest(
            unit, UNITS, "A unit that no standard has (tablets, drops) is words: make the fact a text, and declare it."
        )
        raise ValueError(f"“{unit}” is no unit that every language writes by a rule. {todo}")
    reach = f"{number}–{upto}" if upto else number
    gap = "" if unit == "%" else " "
    return Measure(kind, ((number, f"{UNITS[unit]} {unit}" if unit else ""),), upto, f"{reach}{gap}{unit}".strip())


def one_word(kind: str, value: str) -> Measure:
    """A time, a date or a telephone number. Raises ValueError."""
    if kind == "phone":
        if not PHONE.fullmatch(value):
            raise ValueError(
                f"“{value}” is no telephone number. Write figures, spaces, `-`, `(`, `)` and a leading `+`."
            )
    elif kind == "time":
        if not TIME.fullmatch(value):
            raise ValueError(f'“{value}” is no time of day. Write hours and minutes of 24 hours: `{{time: "14:30"}}`.')
    else:
        try:
            datetime.date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"“{value}” is no date. Write year, month and day: `{{date: 2026-11-15}}`.") from None
    return Measure(kind, ((value, ""),), "", value)


def article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def listed(names: object) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))  # type: ignore[call-overload]


def numeral(value: str) -> str:
    """A number as written, checked. Raises ValueError."""
    if not NUMBER.fullmatch(value):
        raise ValueError(
            f"“{value}” is no number. Write figures with a decimal point and without marks between thousands: 0.5, 1000."
        )
    return value


def measures(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Measure | str]]:
    """Every measure of nested groups by its dotted name, or what is wrong with it, in words."""
    for key, value in values.items():
        name = f"{above}{key}"
        if is_measure(name, value):
            try:
                yield name, of_rows(tuple((str(inner), str(said)) for inner, said in value.items()))
            except ValueError as problem:
                yield name, str(problem)
        elif isinstance(value, Mapping) and "." not in key:
            yield from measures(value, f"{name}.")


def weighing(facts: Mapping[str, str]) -> dict[str, str]:
    """Of the facts of a site those whose value a signature is about: they have a figure, and are no telephone number, which is not
    what a text says."""
    return {name: value for name, value in facts.items() if re.search(r"\d", value) and not telephone(value)}


def values_in(text: str, facts: Mapping[str, str]) -> tuple[str, ...]:
    """The facts with figures that an English text names, each with its value, as the ledgers note them."""
    return tuple(f"{name}: {facts[name]}" for name in dict.fromkeys(FACT.findall(text)) if name in facts)


def telephone(value: str) -> bool:
    """Whether a value can only be a telephone number: seven figures or more, or parts with marks between, and no date."""
    if not PHONE.fullmatch(value) or re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return False
    return len(re.findall(r"\d", value)) >= 7 or not value.replace(".", "", 1).isdigit()


# In a language ---------------------------------------------------------------------------------------------------


def written(locale: Locale, measure: Measure) -> str | None:
    """A measure as the language writes it; None where CLDR does not tell how."""
    if measure.kind == "phone":
        return measure.said
    if measure.kind == "date":
        cldr = own(locale.name)
        return locales.date(locale, datetime.date.fromisoformat(measure.said)) if cldr or locale.date_pattern else None
    cldr = own(locale.name)
    if cldr is None:
        return None
    if measure.kind == "time":
        from babel.dates import format_time

        hour, minute = measure.said.split(":")
        found_time = format_time(datetime.time(int(hour), int(minute)), "short", locale=cldr)
        borrowed = any("a" <= char.lower() <= "z" for char in found_time) and not latin(cldr)
        return f"{int(hour):02}:{minute}" if borrowed else found_time
    found = [part(cldr, number, unit, measure.upto) for number, unit in measure.parts]
    if not all(found):
        return None
    text = together(cldr, [text for text in found if text])
    return APART.sub("\u00a0", text) if measure.kind == "amount" else text


APART = re.compile(r"(?<=\d) (?=\D)|(?<=\D) (?=\d)")
"""The space between an amount and its unit: at the end of a line they stay together."""


@lru_cache
def own(name: str) -> CLDR | None:
    """CLDR's data for a locale, None where there is none, or only that of another language (Haitian Creole has French)."""
    from babel.core import get_global

    found, language = locales.known(name), name.partition("_")[0]
    if found is None or found.language not in {language, RENAMED.get(language)}:
        return None
    parent = str(get_global("parent_exceptions").get(str(found), ""))
    return None if parent.partition("_")[0] not in {"", "root", found.language} else found


RENAMED = {"tl": "fil", "iw": "he", "no": "nb", "sh": "sr"}
"""Languages that CLDR has under another code."""


def part(cldr: CLDR, number: str, unit: str, upto: str) -> str | None:
    """A number (and where its range ends) with its unit as a language writes it."""
    from babel.numbers import format_percent

    value = Decimal(upto or number)
    figures = figure(cldr, number)
    if upto:
        figures = f"{figures}–{figure(cldr, upto)}"
    if not unit:
        return figures
    name, _, typed = unit.partition(" ")
    if name == "concentr-percent":
        sample = format_percent(Decimal(0), locale=cldr, decimal_quantization=False)
        return sample.replace("0", figures, 1)
    if cldr.language == "en" and name in SAID_IN_FULL and not SPELT.match(typed):
        return f"{figures} {SAID_IN_FULL[name]}"
    patterns = cldr._data["unit_patterns"].get(name, {})
    in_full = name.startswith("duration-") or name in SAID_IN_FULL or SPELT.match(typed)
    foreign = not latin(cldr) and any("a" <= char <= "z" for char in str(patterns.get("short", {}).get("other", "")))
    for length in ("long", "short") if in_full or foreign else ("short", "long"):
        found = patterns.get(length, {})
        forms = [found.get(cldr.plural_form(value)), found.get("other")]
        if forms[0] and not upto and name.startswith("duration-"):
            return str(forms[0]).replace("{0}", figures)  # Arabic says "two days" in one word
        for pattern in forms:
            if pattern and "{0}" in pattern:
                return str(pattern).replace("{0}", figures)  # of a dose the figure is always seen
    return None


def figure(cldr: CLDR, number: str) -> str:
    """A number with the language's own marks, as many decimals as it was written with, in Western digits (see `locales.number`)."""
    from babel.numbers import format_decimal

    decimals = len(number.partition(".")[2])
    pattern = re.sub(r"\.#+", f".{'0' * decimals}" if decimals else "", str(cldr.decimal_formats[None].pattern))
    return format_decimal(Decimal(number), pattern, locale=cldr)


def together(cldr: CLDR, found: list[str]) -> str:
    """Parts of a duration, joined: *1 hour, 30 minutes*."""
    from babel.lists import format_list

    for style in ("unit", "standard"):
        try:
            text = format_list(found, style=style, locale=cldr)
        except (ValueError, KeyError):
            continue
        if all(text.count(one) == 1 for one in found):  # Babel says the last one twice in Arabic
            return text
    return " ".join(found)


@lru_cache
def latin(cldr: CLDR) -> bool:
    """Whether a language is written in Latin letters, by its own name for itself."""
    return bool(re.match("[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]", cldr.display_name or "a"))
