"""Words that a patient's harm hangs on, in each language, and what turns them: `words/<ll>.toml`.

These lists know nothing of the product's tables (`pipeline/text/languages`) and are read by nothing but the mutator: words
that both had from one place would only show that the product knows its own tables. A row says, for one thing that English
may say, how good translators say it and what would be put in its place: `at_least = "al menos, por lo menos > como máximo"`.
Several such groups stand apart by `;`, an empty right side drops the form. In a row of `[series]` the forms are a series
(hour, day, week …) of which one is put for another.
"""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pipeline.core.locales import marks

FOLDER = Path(__file__).parent / "words"

NUMBER = r"(?:\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|ten\b|half\b|a (?:day|week|month|year|dozen|third)\b)"
SAID: dict[str, tuple[str, str]] = {
    # key → the kind of mistake, and what the English must say, once
    "not": ("negation dropped", r"\b(?:not|no|never|cannot|without)\b|n['’]t\b"),
    "should": ("negation added", r"\b(?:should|must)\b(?! not| never)|\bneed(?:s|ed)? to\b"),
    "avoid": ("polarity", r"\bavoid(?:ed|ing)?\b"),
    "stop": ("stop/not stop", r"\bstop(?:ped|ping|s)?\b|\bdiscontinu\w+"),
    "must": ("modal", r"\bmust\b(?! not| never)"),
    "at_least": ("bound", r"\bat least\b|\bno (?:less|fewer) than\b|\bminimum of\b"),
    "at_most": ("bound", r"\bat most\b|\b(?:no|not) more than\b|\bup to\b|\bmaximum of\b"),
    "more_than": ("bound", rf"\b(?<!no )(?<!not )(?:more than|over|above|greater than|exceed\w*) {NUMBER}"),
    "less_than": ("bound", rf"\b(?:less than|under|below|fewer than|lower than) {NUMBER}"),
    "before": ("before/after", r"\b(?:before|prior to)\b"),
    "after": ("before/after", r"\bafter\b"),
    "more": ("opposite", r"\bmore\b(?! than \d)"),
    "less": ("opposite", r"\b(?:less|fewer)\b(?! than \d)"),
    "increase": ("opposite", r"\bincreas\w+"),
    "decrease": ("opposite", r"\b(?:decreas|reduc)\w+"),
    "high": ("opposite", r"\bhigh(?:er)?\b"),
    "low": ("opposite", r"\blow(?:er)?\b"),
    "positive": ("opposite", r"\bpositive\b"),
    "negative": ("opposite", r"\bnegative\b"),
    "first": ("opposite", r"\bfirst\b"),
    "early": ("opposite", r"\bearly\b"),
    "safe": ("opposite", r"\bsafe\b"),
    "left": ("left/right", r"\bleft (?:arm|leg|eye|ear|side|hand|foot|kidney|breast|lung|shoulder|chest)"),
    "right": ("left/right", r"\bright (?:arm|leg|eye|ear|side|hand|foot|kidney|breast|lung|shoulder|chest)"),
    "per_day": ("basis", r"\b(?:per|an?|each) day\b|/day"),
    "per_hour": ("basis", r"\b(?:per|an?|each) hour\b|/h\b"),
    "per_week": ("basis", r"\b(?:per|a|each) week\b"),
    "per_dose": ("basis", r"\bper dose\b"),
    "per_kg": ("basis", r"\bper k(?:ilo)?g(?:ram)?\b|/kg\b"),
    "every_day": ("frequency", r"\b(?:daily|every day)\b"),
    "once": ("frequency", r"\bonce\b (?:a|per|every|daily)"),
    "twice": ("frequency", r"\btwice\b"),
    "every_other_day": ("every other day", r"\bevery (?:other|second|two) days?\b"),
    "as_needed": ("as needed", r"\b(?:as|if|when) (?:needed|necessary)\b"),
    "oral": ("route", r"\b(?:orally?|by mouth)\b"),
    "intravenous": ("route", r"\bintravenous(?:ly)?\b|\binto (?:a|the|your) vein"),
    "injected": ("route", r"\binject(?:ed|ion|ions|able)\b"),
    "under_skin": ("route", r"\bunder (?:the|your) skin\b|\bsubcutaneous"),
    "inhaled": ("route", r"\binhal\w+"),
    "eye": ("body", r"\beyes?\b"),
    "nose": ("body", r"\bnose\b|\bnasal\b"),
    "mouth": ("body", r"\bmouth\b"),
    "kidney": ("body", r"\bkidneys?\b|\brenal\b"),
    "liver": ("body", r"\bliver\b|\bhepatic\b"),
    "heart": ("body", r"\bheart\b|\bcardiac\b"),
    "lung": ("body", r"\blungs?\b|\bpulmonary\b"),
    "chest": ("body", r"\bchest\b"),
    "child": ("person", r"\bchild(?:ren)?\b"),
    "adult": ("person", r"\badults?\b"),
    "elderly": ("person", r"\b(?:elderly|older (?:people|adults|persons|patients))\b"),
    "pregnant": ("person", r"\bpregnan(?:t|cy)\b"),
    "women": ("person", r"\b(?:women|woman)\b"),
    "baby": ("person", r"\b(?:baby|babies|infants?|newborns?)\b"),
    "if": ("if → unless", r"\bif\b(?! (?:needed|necessary|possible|not|any))"),
    "unless": ("if → unless", r"\bunless\b"),
    "until": ("condition", r"\buntil\b"),
    "only": ("condition", r"\bonly\b"),
    "at_once": ("urgency", r"\b(?:right away|immediately|at once|urgent(?:ly)?)\b"),
    "morning": ("time of day", r"\bmorning\b"),
    "night": ("time of day", r"\bnight\b|\bbedtime\b"),
}
SERIES = {
    # series → the kind, and the English of each of its places
    "times": ("unit word", "second minute hour day week month year"),
    "numbers": ("number word", "two three four five six seven eight nine ten"),
    "weekdays": ("weekday", "monday tuesday wednesday thursday friday saturday sunday"),
    "months": ("month", "january february march april may june july august september october november december"),
}


@dataclass(frozen=True, eq=False)
class Words:
    """The words of one language.

    `rows`: key of `SAID` → (forms as a pattern, form → what is put for it). `series`: name → places, each with its forms.
    `medicines`: name → forms. `joints`: what stands before the last item of a list. `pool`: items of other lists, to add.
    """

    code: str
    spaces: bool
    group: str
    rows: Mapping[str, tuple[tuple[str, str], ...]]
    series: Mapping[str, tuple[tuple[str, ...], ...]]
    medicines: Mapping[str, tuple[str, ...]]
    joints: tuple[str, ...]
    conditions: tuple[str, ...]
    pool: list[str] = field(default_factory=list)


def put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


@lru_cache(maxsize=1)
def listed() -> tuple[str, ...]:
    """The languages that have a list."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def split(said: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in said.split(",") if form.strip())


def words(locale: str) -> Words:
    """The lists of a language; empty ones where nobody wrote any."""
    path = FOLDER / f"{locale.partition('_')[0]}.toml"
    table = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    rows: dict[str, tuple[tuple[str, str], ...]] = {}
    for key, said in table.get("said", {}).items():
        found: list[tuple[str, str]] = []
        for group in said.split(";"):
            forms, _, new = group.partition(">")
            found += [(form, new.strip()) for form in split(forms)]
        rows[key] = tuple(sorted(found, key=lambda one: -len(one[0])))
    series = {name: tuple(split(place) for place in said.split(";")) for name, said in table.get("series", {}).items()}
    lists = table.get("lists", {})
    return Words(
        locale.partition("_")[0],
        bool(table.get("spaces", True)),
        marks(locale)[1],
        rows,
        series,
        {name: split(said) for name, said in table.get("medicines", {}).items()},
        split(lists.get("joints", "")),
        split(lists.get("conditions", "")),
    )


def letter(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "LM"


def places(text: str, form: str, spaces: bool) -> list[re.Match[str]]:
    """Where a form stands in a text, as whole words where the language sets words apart."""
    found = list(re.finditer(re.escape(form), text, re.I))
    if not spaces:
        return found
    return [m for m in found if not letter(text[m.start() - 1 : m.start()]) and not letter(text[m.end() : m.end() + 1])]


def stands(text: str, forms: tuple[tuple[str, str], ...], spaces: bool) -> list[tuple[re.Match[str], str]]:
    """Where any of the forms stands, the longest first, none inside another; each with what is put for it."""
    found: list[tuple[re.Match[str], str]] = []
    for form, new in forms:
        for match in places(text, form, spaces):
            if not any(match.start() < other.end() and other.start() < match.end() for other, _ in found):
                found.append((match, new))
    return found


def tidy(text: str) -> str:
    return re.sub(r"\s+([,.;:!?])", r"\1", re.sub("  +", " ", text)).strip()


def turned(key: str, english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    """The text with a form of one key turned: only where both sides say it equally often, so that what is turned answers the English."""
    said = list(re.finditer(SAID[key][1], english, re.I))
    found = stands(text, words.rows.get(key, ()), words.spaces) if said else []
    twice = 2 if words.code in {"fr", "ht", "km"} and key == "not" else 1
    if not found or not len(said) <= len(found) <= twice * len(said):
        return None
    if twice == 2:
        if len(said) > 1:
            return None
        for match, new in sorted(found, key=lambda one: -one[0].start()):
            text = put(text, match, new)
        return tidy(text)
    match, new = rnd.choice(found)
    return tidy(put(text, match, new))


def series(name: str, english: str, text: str, words: Words, rnd: random.Random) -> str | None:
    """The text with one word of a series for another, of the same place in its row of inflections where there is one."""
    rows = words.series.get(name, ())
    choices: list[tuple[re.Match[str], str]] = []
    for at, answer in enumerate(SERIES[name][1].split()):
        if at >= len(rows):
            continue
        said = len(re.findall(rf"\b{answer}s?\b", english, re.I))
        found = stands(text, tuple((form, str(n)) for n, form in enumerate(rows[at])), words.spaces) if said else []
        if not found or len(found) != said:
            continue
        near = [n for n in range(len(rows)) if n != at and (name != "times" or abs(n - at) == 1) and rows[n]]
        other = rows[rnd.choice(near)]
        match, place = rnd.choice(found)
        choices.append((match, other[min(int(place), len(other) - 1)]))
    return put(text, *rnd.choice(choices)) if choices else None
