"""How much the checks catch, and how often they cry wolf: `python bench/checks.py [PO …] [--seed N] [--most N]`.

Good translations (this site's, or those of the catalogs named) are spoilt in one way each, with a fresh seed each run. A
mutation counts as caught when a check that is silent on the original speaks. False alarms are counted on the originals.
Beside it, where translate-toolkit is installed, what its pofilter says of the same texts.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.catalog import po_file
from pipeline.checks import runner
from pipeline.checks.check import CatalogRow, Pair
from pipeline.checks.glossary import load as load_glossary
from pipeline.checks.levels import ORDINARY
from pipeline.content.inline import parse, translated
from pipeline.core.inline import NOWHERE, Syntax
from pipeline.core.model import Key, Level
from pipeline.text.languages import Language, language, normal
from pipeline.text.medicines import medicine
from pipeline.text.quantities import phones_of

ROOT = Path(__file__).parents[1]
NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[.,]\d+)*(?![\w/]|[.,-]\d)")
BIDI, ZERO = "\u202e", "\u200b"
TWINS = {
    "a": "а",
    "e": "е",
    "o": "о",
    "p": "р",
    "c": "с",
    "x": "х",
    "а": "a",
    "е": "e",
    "о": "o",
    "р": "p",
    "с": "c",
    "х": "x",
    "i": "і",
}
SYMBOLS = {"mg": ["g", "mcg"], "mcg": ["mg"], "µg": ["mg"], "μg": ["mg"], "g": ["mg"], "ml": ["l"], "kg": ["g"], "мг": ["г", "мкг"], "мкг": ["мг"], "毫克": ["克", "微克"], "微克": ["毫克"], "°C": ["°F"], "°F": ["°C"], "ملغ": ["غرام"], "ملغم": ["غرام"], "مجم": ["غرام"]}  # fmt: skip

Mutation = Callable[[str, str, Language, random.Random], str | None]


def numbers(text: str) -> list[re.Match[str]]:
    """The numbers of a text that are not part of an address, a link target or code."""
    hidden = [
        match.span() for match in re.finditer(r"\]\([^)]*\)|`[^`]*`|\{[^}]*\}|https?://\S+|\S+@\S+|<[^>]*>", text)
    ]
    return [m for m in NUMBER.finditer(text) if not any(a <= m.start() < b for a, b in hidden)]


def put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def digit(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = numbers(text)
    if not found:
        return None
    match = rnd.choice(found)
    places = [n for n, char in enumerate(match[0]) if char.isdigit()]
    at = rnd.choice(places)
    zero = ord(match[0][at]) - int(match[0][at])
    new = rnd.choice([n for n in range(at == places[0], 10) if n != int(match[0][at])])
    return put(text, match, match[0][:at] + chr(zero + new) + match[0][at + 1 :])


def tenfold(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = [m for m in numbers(text) if m[0].isdigit()]
    if not found:
        return None
    match = rnd.choice(found)
    zero = chr(ord(match[0][0]) - int(match[0][0]))
    return put(text, match, match[0][:-1] if match[0].endswith(zero) and len(match[0]) > 1 else match[0] + zero)


def decimal(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = [m for m in numbers(text) if re.fullmatch(r"\d+[.,]\d{1,2}", m[0])]
    if not found:
        return None
    match = rnd.choice(found)
    return put(text, match, re.sub(r"[.,]", "", match[0]).lstrip("0") or "0")


def separator(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = [m for m in numbers(text) if re.fullmatch(r"\d{1,3}[.,]\d{3}", m[0])]
    if not found:
        return None
    match = rnd.choice(found)
    return put(text, match, match[0].translate({44: ".", 46: ","}))


def swapped_range(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = [
        m
        for m in re.finditer(
            r"(?<![\w.,/-])(\d+(?:[.,]\d)?)(\s?[-–—~至到]\s?| a | à | bis | до | إلى | đến | a )(\d+(?:[.,]\d)?)(?![\w/-])",
            text,
        )
        if m[1] != m[3]
    ]
    if not found or "](" in text:
        return None
    match = rnd.choice(found)
    return put(text, match, match[3] + match[2] + match[1])


def swapped_numbers(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = numbers(text)
    pairs = [(a, b) for a in found for b in found if a.start() < b.start() and a[0] != b[0]]
    if not pairs:
        return None
    one, other = rnd.choice(pairs)
    return text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]


def drop_number(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = numbers(text)
    return put(text, rnd.choice(found), "") if found else None


def unit_symbol(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    alternatives = "|".join(map(re.escape, sorted(SYMBOLS, key=len, reverse=True)))
    found = list(re.finditer(rf"(?<=\d)(\s?)({alternatives})(?![^\W\d_])", text))
    if not found:
        return None
    match = rnd.choice(found)
    return put(text, match, match[1] + rnd.choice(SYMBOLS[match[2]]))


def senses(text: str, spoken: Language, kind: str) -> list[tuple[re.Match[str], str]]:
    """The words of a text that have a sense of this kind, as matches in the text itself."""
    forms = [
        (form.words[0], sense.value)
        for index in spoken.exact.values()
        for form in index
        if len(form.words) == 1
        for sense in form.senses
        if sense.kind == kind
    ]
    value = dict(forms)
    words = sorted((word for word in value if "*" not in word and word), key=len, reverse=True)
    if not words:
        return []
    edge = (r"(?<![^\W_])", r"(?![^\W_])") if spoken.spaces else ("", "")
    pattern = re.compile(edge[0] + "(?:" + "|".join(map(re.escape, words)) + ")" + edge[1], re.I)
    return [(match, value[normal(match[0])]) for match in pattern.finditer(text) if normal(match[0]) in value]


def other_form(spoken: Language, kind: str, value: str, like: str = "") -> str | None:
    found = [
        " ".join(form.words)
        for index in spoken.exact.values()
        for form in index
        for sense in form.senses
        if sense == (kind, value) and not any("*" in word for word in form.words)
    ]
    return max(found, key=lambda form: (len(form) > 2, -abs(len(form) - len(like)))) if found else None


TURN = {
    "hour": "day",
    "day": "week",
    "week": "month",
    "month": "year",
    "year": "month",
    "minute": "hour",
    "second": "minute",
}


def unit_word(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    theirs = normal(english)
    found = [
        (m, v) for m, v in senses(text, spoken, "unit") if v in TURN and re.search(rf"\b{v}", theirs) and len(m[0]) > 1
    ]
    if not found:
        return None
    match, value = rnd.choice(found)
    new = other_form(spoken, "unit", TURN[value], match[0])
    return put(text, match, new) if new else None


WORDS = {
    "2": "two",
    "3": "three",
    "4": "four",
    "5": "five",
    "6": "six",
    "7": "seven",
    "8": "eight",
    "9": "nine",
    "10": "ten",
}


def number_word(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = [
        (m, v) for m, v in senses(text, spoken, "number") if v in WORDS and re.search(rf"\b{WORDS[v]}\b", english, re.I)
    ]
    if not found:
        return None
    match, value = rnd.choice(found)
    new = other_form(spoken, "number", rnd.choice([v for v in WORDS if v != value]), match[0])
    return put(text, match, new) if new else None


def half_day(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    if not re.search(r"\d\s?[ap]\.?m", english, re.I):
        return None
    for one, other in (
        ("a. m.", "p. m."),
        ("a.m.", "p.m."),
        ("AM", "PM"),
        ("上午", "下午"),
        ("صباحًا", "مساءً"),
        ("صباحا", "مساء"),
        ("sáng", "tối"),
        ("утра", "вечера"),
        ("de la mañana", "de la noche"),
        ("du matin", "du soir"),
        ("nan maten", "nan aswè"),
        ("morgens", "abends"),
    ):
        for a, b in ((one, other), (other, one)):
            if a in text:
                return text.replace(a, b, 1)
    match = re.search(r"\b(0?[6-9]|1[0-1]):(\d\d)", text)
    return put(text, match, f"{int(match[1]) + 12}:{match[2]}") if match else None


def drop_negation(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    if not re.search(r"\b(?:not|no|never|cannot|without)\b|n['’]t\b", english, re.I):
        return None
    found = [m for m, v in senses(text, spoken, "says") if v == "not"]
    if not found or len(found) > (2 if spoken.code in {"fr", "ht"} else 1):
        return None
    for match in reversed(found):
        text = put(text, match, "")
    return re.sub("  +", " ", text).strip()


def antonym(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    from pipeline.checks.rules.direction import BOTH

    turned = dict(BOTH)
    said = {
        sense.value for form in senses(english, language("en"), "says") for sense in [type("S", (), {"value": form[1]})]
    }
    found = [(m, v) for m, v in senses(text, spoken, "says") if v in turned and v in said]
    if not found:
        return None
    match, value = rnd.choice(found)
    new = other_form(spoken, "says", turned[value], match[0])
    return put(text, match, new) if new else None


def drug(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = [m for m in re.finditer(r"[^\W\d_]{5,}", text) if medicine(normal(m[0]))]
    if not found:
        named = senses(text, spoken, "name")
        if not named:
            return None
        match, value = rnd.choice(named)
        other = rnd.choice([name for name in ("morphine", "baclofen", "clonidine", "fentanyl") if name != value])
        new = other_form(spoken, "name", other)
        return put(text, match, new) if new else None
    match = rnd.choice(found)
    local = {"ru": ["морфин", "баклофен", "клонидин", "фентанил"]}.get(
        spoken.code, ["morfina", "baclofen", "clonidina", "fentanilo"]
    )
    return put(text, match, rnd.choice([name for name in local if medicine(name) != medicine(normal(match[0]))]))


def contact(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = list(phones_of(text)) or list(re.finditer(r"[\w.]+@[\w.]+", text))
    if not found:
        return None
    match = rnd.choice(found)
    places = [n for n, char in enumerate(match[0]) if char.isalnum()]
    at = rnd.choice(places)
    new = str((int(match[0][at]) + 1) % 10) if match[0][at].isdigit() else ("x" if match[0][at] != "x" else "y")
    return put(text, match, match[0][:at] + new + match[0][at + 1 :])


LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)([^)]*)\)")


def url(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = list(LINK.finditer(text))
    if found:
        match = rnd.choice(found)
        return put(text, match, f"[{match[1]}]({match[2]}x{match[3]})")
    match = re.search(r"https?://[^\s)>]+\w", text)
    return put(text, match, match[0] + "x") if match else None


def drop_link(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = list(LINK.finditer(text))
    return put(text, match := rnd.choice(found), match[1]) if found else None


def swap_links(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = list(LINK.finditer(text))
    if len(found) < 2 or found[0][2] == found[1][2]:
        return None
    one, other = found[:2]
    return text[: one.start(2)] + other[2] + text[one.end(2) : other.start(2)] + one[2] + text[other.end(2) :]


def add_link(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    return text + " [x](https://evil.example)"


def placeholder(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = list(re.finditer(r"\{[a-z][\w.]*\.[\w.]+\}|%\(\w+\)s", text))
    return put(text, match := rnd.choice(found), rnd.choice(["", match[0][:2] + "x" + match[0][2:]])) if found else None


def unmark(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = list(re.finditer(r"\*\*([^*]+)\*\*|`([^`]+)`|(?<!\*)\*([^*]+)\*(?!\*)", text))
    return put(text, match := rnd.choice(found), match[1] or match[2] or match[3]) if found else None


def hidden(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    at = rnd.randrange(len(text) + 1)
    return text[:at] + rnd.choice([BIDI, ZERO, "\u2066", "\u00ad\u200b", "\u202d"]) + text[at:]


def homoglyph(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    shown = LINK.sub(
        lambda m: "\x00" * len(m[0]),
        re.sub(r"\{[^}]*\}|<[^>]*>|`[^`]*`|https?://\S+", lambda m: "\x00" * len(m[0]), text),
    )
    found = list(re.finditer(r"(?<=[^\W\d_])[aeopcxаеорсхi](?=[^\W\d_])", shown))
    return put(text, match := rnd.choice(found), TWINS[match[0]]) if found else None


STOP = re.compile(r"(?<=[.!?])\s+(?=\S)|(?<=[。！？؟।])\s*(?=\S)")


def split(text: str) -> list[str]:
    return [part for part in STOP.split(text) if part.strip()]


def drop_sentence(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    parts = split(text)
    if len(parts) < 2 or len(split(english)) != len(parts) or min(map(len, split(english))) < 12:
        return None
    parts.pop(rnd.randrange(len(parts)))
    return ("" if not spoken.spaces else " ").join(parts)


def drop_clause(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    if re.search(r"[\[{<`*]", text) or len(split(text)) > 2:
        return None
    cuts = [m.start() for m in re.finditer(r"[,;，；、،]", text) if 0.3 < m.start() / len(text) < 0.75]
    end = re.search(r"[.!?。！？؟।]+$", text)
    return text[: rnd.choice(cuts)] + (end[0] if end else "") if cuts else None


def truncate(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    return (
        text[: int(len(text) * rnd.uniform(0.3, 0.7))].rstrip()
        if len(text) > 30 and not re.search(r"[\[{<`*]", text)
        else None
    )


def untranslated(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    parts, ours = split(text), split(english)
    if len(ours) != len(parts) or not any(len(part.split()) > 3 for part in ours) or "[" in english:
        return None
    at = rnd.choice([n for n, part in enumerate(ours) if len(part.split()) > 3])
    parts[at] = ours[at]
    return " ".join(parts)


PAIRS: dict[str, Mutation] = {
    "digit": digit, "tenfold": tenfold, "decimal shift": decimal, "separator": separator, "range": swapped_range,
    "swapped numbers": swapped_numbers, "number dropped": drop_number, "unit": unit_symbol, "unit word": unit_word,
    "number word": number_word, "a.m./p.m.": half_day, "negation dropped": drop_negation, "antonym": antonym, "drug": drug,
    "contact": contact, "URL": url, "link dropped": drop_link, "links swapped": swap_links, "link added": add_link,
    "placeholder": placeholder, "markup": unmark, "hidden character": hidden, "homoglyph": homoglyph,
    "sentence dropped": drop_sentence, "clause dropped": drop_clause, "truncation": truncate, "untranslated sentence": untranslated,
}  # fmt: skip


# What is right in another way: nothing may speak that was silent before.


def grouped(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = [
        m for m in numbers(text) if re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", m[0]) and m[0][-4] == spoken.marks.group[:1]
    ]
    return (
        put(text, match := rnd.choice(found), match[0].replace(match[0][-4], rnd.choice(["", "\u00a0", "\u202f"])))
        if found
        else None
    )


def native(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    zero = {"ar": 0x660, "fa": 0x6F0, "ur": 0x6F0, "hi": 0x966, "ne": 0x966, "bn": 0x9E6}.get(spoken.code)
    found = [m for m in numbers(text) if m[0].isascii()]
    if zero is None or not found:
        return None
    match = rnd.choice(found)
    return put(text, match, "".join(chr(zero + int(c)) if c.isdigit() else {".": "٫", ",": "٬"}[c] for c in match[0]))


def micro(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    match = re.search(r"(?<=\d)(\s?)(mcg|µg|μg)\b", text)
    return put(text, match, match[1] + rnd.choice([s for s in ("mcg", "µg", "μg") if s != match[2]])) if match else None


def percent(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    match = re.search(r"(?<=\d)(\s?)%", text)
    return put(text, match, "%" if match[1] else "\u00a0%") if match else None


def wide(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    found = [m for m in numbers(text) if m[0].isascii() and m[0].isdigit()]
    return (
        put(text, match := rnd.choice(found), "".join(chr(0xFF10 + int(c)) for c in match[0]))
        if found and not spoken.spaces
        else None
    )


def spelled(english: str, text: str, spoken: Language, rnd: random.Random) -> str | None:
    from pipeline.text.matching import dose
    from pipeline.text.quantities import read

    found = [m for m in numbers(text) if m[0] in WORDS]
    if not found or dose(read(normal(english), language("en"))) or not spoken.knows("number"):
        return None
    match = rnd.choice(found)
    if re.match(r"\s?[:%°hч点時时.,/-]|\s?[ap]\.", text[match.end() :]) or re.search(
        r"[:.,/-]$", text[: match.start()]
    ):
        return None
    new = other_form(spoken, "number", match[0])
    return put(text, match, new) if new else None


LEGITIMATE: dict[str, Mutation] = {
    "group mark": grouped, "native digits": native, "mcg ↔ µg ↔ μg": micro, "percent with a space": percent,
    "full-width digits": wide, "number in words": spelled,
}  # fmt: skip


class Source:
    """One catalog's good translations."""

    def __init__(self, path: Path, locale: str) -> None:
        found = po_file.load(path.parent, path.name)
        self.locale, self.language, self.path = locale, language(locale), path
        self.rows = [
            (entry.key, entry.strings[0], entry.line)
            for entry in found.entries
            if entry.plural is None and not entry.obsolete and not entry.fuzzy and all(entry.strings)
        ]

    def pairs(self) -> Iterator[tuple[str, str]]:
        return ((key.msgid, text) for key, text, _ in self.rows)


GLOSSARY = load_glossary(ROOT)


class Peer:
    """translate-toolkit's pofilter, where it is installed (GPL: compared with, never depended on)."""

    def __init__(self) -> None:
        from translate.filters import checks as filters
        from translate.storage import po

        self.filters, self.unit = filters, po.pounit
        self.made: dict[str, object] = {}
        self.caught: dict[str, Counter[bool]] = defaultdict(Counter)
        self.wolves = self.total = 0

    def said(self, english: str, text: str, locale: str) -> set[str]:
        if locale not in self.made:
            config = self.filters.CheckerConfig(targetlanguage={"zh_Hans": "zh_CN"}.get(locale, locale))
            self.made[locale] = self.filters.StandardChecker(checkerconfig=config)
        unit = self.unit(english)
        unit.target = text
        return set(self.made[locale].run_filters(unit))  # type: ignore[attr-defined]


def peer() -> Peer | None:
    try:
        return Peer()
    except ImportError:
        return None


def said(english: str, text: str, locale: str) -> dict[str, Level]:
    form = Syntax.TEMPLATE if "%(" in english else Syntax.MARKDOWN
    ours = parse(english, form)
    pair = Pair(ours, translated(text, ours, NOWHERE), locale, glossary=GLOSSARY)
    return {check.code: ORDINARY.of(check, pair.locale, "")[pair.strict] for check, _ in runner.run(pair)}


def across(rows: Sequence[CatalogRow], spoken: Language) -> set[int]:
    return {at for check in runner.across() for at, _ in check.run(rows, spoken)}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "po", nargs="*", type=Path, help="catalogs; the language is read off the name (es.po, zh_CN.po) or folder"
    )
    arguments.add_argument("--seed", type=int, default=None)
    arguments.add_argument("--most", type=int, default=100_000, help="entries of a catalog at most")
    arguments.add_argument("--misses", action="store_true", help="print a few of what was missed or cried at")
    asked = arguments.parse_args()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(1 << 30)
    print(f"seed {seed}")
    paths = asked.po or sorted(ROOT.glob("locale/*/LC_MESSAGES/messages.po"))
    sources = []
    for path in paths:
        name = path.parent.parent.name if path.stem == "messages" else path.stem.split("__")[-1].split(".")[-1]
        sources.append(Source(path, {"zh": "zh_Hans", "zh_CN": "zh_Hans", "zh-cn": "zh_Hans"}.get(name, name)))
    caught: dict[str, Counter[bool]] = defaultdict(Counter)
    wolves: Counter[str] = Counter()
    by_code: Counter[str] = Counter()
    shown: dict[str, list[str]] = defaultdict(list)
    total, clock = 0, 0.0
    other = peer()
    per_locale: dict[str, Counter[str]] = defaultdict(Counter)
    for source in sources:
        rnd = random.Random(f"{seed} {source.path}")
        rows = source.rows[: asked.most]
        began = time.process_time()
        originals = [said(key.msgid, text, source.locale) for key, text, _ in rows]
        clock += time.process_time() - began
        total += len(rows)
        for (key, text, line), found in zip(rows, originals, strict=True):
            theirs = other.said(key.msgid, text, source.locale) if other else set()
            if other:
                other.total += 1
                other.wolves += bool(theirs)
            error = Level.ERROR in found.values()
            notable = any(level > Level.INFO for level in found.values())
            wolves["error"] += error
            wolves["all"] += bool(notable)
            per_locale[source.locale]["n"] += 1
            per_locale[source.locale]["error"] += error
            per_locale[source.locale]["all"] += bool(notable)
            by_code.update(f"{code} {level}" for code, level in found.items() if level > Level.INFO)
            if notable:
                shown["wolf"].append(
                    f"{source.locale}:{line} {{code: str(level) for code, level in found.items()}}\n    {key.msgid}\n    {text}"
                )
            for kind, mutation in [*PAIRS.items(), *LEGITIMATE.items()]:
                try:
                    new = mutation(key.msgid, text, source.language, rnd)
                except (ValueError, IndexError):
                    continue
                if new is None or new == text:
                    continue
                now = said(key.msgid, new, source.locale)
                hit = bool({code for code, level in now.items() if level > Level.INFO} - set(found))
                caught[kind][hit] += 1
                if other:
                    other.caught[kind][bool(other.said(key.msgid, new, source.locale) - theirs)] += 1
                if hit != (kind in PAIRS):
                    shown[kind].append(f"{source.locale} {now}\n    {key.msgid}\n    {new}")
        whole(source, rows, sources, caught, wolves, shown, rnd)
    print(f"{total} good entries of {len(sources)} catalogs, {total / clock:,.0f} entries a CPU second")
    print(
        f"false alarms per 1,000: {1000 * wolves['error'] / total:.1f} at error level, {1000 * wolves['all'] / total:.1f} at all, across catalogs {1000 * wolves['across'] / total:.1f}"
    )
    print(
        "  by language: "
        + ", ".join(
            f"{name} {1000 * c['error'] / c['n']:.0f}/{1000 * c['all'] / c['n']:.0f}" for name, c in per_locale.items()
        )
    )
    print("  by check: " + ", ".join(f"{code} {count}" for code, count in by_code.most_common(14)))
    if other:
        print(f"pofilter: {1000 * other.wolves / other.total:.1f} false alarms per 1,000")
    for kind, found in caught.items():
        what = "alarms" if kind in LEGITIMATE else "caught"
        beside = other.caught.get(kind) if other else None
        said_too = f"   (pofilter {beside[True] / sum(beside.values()):.1%})" if beside else ""
        print(f"{kind:24} {sum(found.values()):6} {found[True] / sum(found.values()):7.1%} {what}{said_too}")
    if asked.misses:
        rnd = random.Random(seed)
        for kind, texts in shown.items():
            print(f"\n== {kind}: {len(texts)}")
            print("\n".join(rnd.sample(texts, min(6 if kind != "wolf" else 60, len(texts)))))


def whole(
    source: Source,
    rows: Sequence[tuple[Key, str, int]],
    sources: Sequence[Source],
    caught: dict[str, Counter[bool]],
    wolves: Counter[str],
    shown: dict[str, list[str]],
    rnd: random.Random,
) -> None:
    """The mutations that only a look across the catalog can catch: shifted, swapped, duplicated; and another language's text."""
    made = [
        CatalogRow(key, parse(key.msgid, Syntax.MARKDOWN), parse(text, Syntax.MARKDOWN), line)
        for key, text, line in rows
    ]
    if len(made) < 8:
        return
    before = across(made, source.language)
    wolves["across"] += len(before)
    for at in list(before)[:5]:
        shown["across"].append(
            f"{source.locale}:{made[at].line}\n    {made[at].english.source}\n    {made[at].translation.source}"
        )
    for kind in ("shift", "swap", "duplicate"):
        for _ in range(max(1, 400 // max(len(made), 1)) + 1):
            spoilt, touched = list(made), set()
            for at in rnd.sample(range(1, len(made)), min(len(made) - 1, max(4, len(made) // 60))):
                other = at - 1 if kind == "shift" else rnd.randrange(len(made))
                if {at, other} & touched or min(len(made[at].english.source), len(made[other].english.source)) < 20:
                    continue
                if made[at].translation.source == made[other].translation.source:
                    continue
                spoilt[at] = replace(made[at], translation=made[other].translation)
                touched.add(at)
                if kind == "swap":
                    spoilt[other] = replace(made[other], translation=made[at].translation)
                    touched.add(other)
                if kind == "shift":
                    spoilt[other] = replace(made[other], translation=made[other - 1].translation)
                    touched.add(other)
            after = across(spoilt, source.language)
            for at in touched - before:
                row = spoilt[at]
                alone = set(said(row.english.source, row.translation.source, source.locale)) - set(
                    said(row.english.source, made[at].translation.source, source.locale)
                )
                caught[kind][at in after or bool(alone)] += 1
    others = {
        key: text for other in sources if other.language.code != source.language.code for key, text, _ in other.rows
    }
    for key, text, _ in rows:
        wrong = others.get(key)
        if wrong and wrong != text and len(wrong) > 25:
            new = set(said(key.msgid, wrong, source.locale)) - set(said(key.msgid, text, source.locale))
            caught["wrong language"][bool(new)] += 1
            if not new:
                shown["wrong language"].append(f"{source.locale}\n    {key.msgid}\n    {wrong}")


if __name__ == "__main__":
    main()
