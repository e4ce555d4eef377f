"""The glossary as TBX, and terms from TBX into the glossary: added where they are new, named where somebody has to decide."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.catalog.exchange import Heading, recognised, tbx
from pipeline.catalog.exchange.tbx import Concept
from pipeline.checks import glossary
from pipeline.checks.glossary import GLOSSARY_PATH, TIERS, Glossary
from pipeline.content import yaml
from pipeline.core import disk, inputs
from pipeline.core.errors import LockstepError
from pipeline.project.project import Project

PROTECTED, CONFUSED = "A protected name: it stays as it is.", "Not to be confused with: "
PLAIN = re.compile(r"\w[\w \-*/()'’]*")
Terms = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Forms by tier by locale."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file makes of the glossary: its text then, how many forms are new, and what is to be said."""

    path: str
    before: bytes | None
    text: str
    added: int
    said: tuple[str, ...]


def is_glossary(name: str, body: bytes) -> bool:
    """Whether a file is a glossary."""
    return recognised(name, body) == "tbx"


def export(project: Project, locales: Sequence[str]) -> tuple[bytes, int]:
    """The glossary as TBX with the terms of some languages, and how many terms it has."""
    found = project.glossary
    concepts = [*concepts_of(found, locales)]
    heading = Heading(project.settings.english.tag, "", project.settings.project)
    return tbx.write(heading, concepts), len(concepts)


def concepts_of(found: Glossary, locales: Sequence[str]) -> Iterator[Concept]:
    """A glossary as concepts: its terms, then the protected names."""
    for term in found.terms:
        languages = {
            name.replace("_", "-"): tuple((tier, form) for tier in TIERS for form in term.tiers[name].get(tier, ()))
            for name in locales
            if name in term.tiers
        }
        yield Concept(term.english, languages)
    for name in found.names:
        notes = (PROTECTED, *(f"{CONFUSED}{other}" for other in name.confuse))
        forms = {
            one.replace("_", "-"): tuple(("must", form) for form in name.accepted[one])
            for one in locales
            if one in name.accepted
        }
        yield Concept((name.english,), forms, notes)


def bring(project: Project, body: bytes, name: str) -> Brought:
    """What a TBX file makes of the glossary; nothing is written. Raises LockstepError for what cannot be read."""
    before = inputs.read(project.root, GLOSSARY_PATH)
    known = project.glossary
    lines = (before or b"").decode().splitlines()
    said: list[str] = []
    added = 0
    fresh: list[str] = []
    inserts: list[tuple[int, list[str]]] = []
    starts = term_lines(project, before)
    protected = {one.english.casefold() for one in known.names}
    for concept in tbx.read(body, name, project.settings.english.tag):
        given = tiers_of(project, concept)
        at = next(
            (
                at
                for at, term in enumerate(known.terms)
                if {*map(str.casefold, term.english)} & {*map(str.casefold, concept.english)}
            ),
            None,
        )
        if any(word.casefold() in protected for word in concept.english) or PROTECTED in concept.notes:
            continue
        if not given:
            continue
        if at is None:
            fresh += entry(concept.english, given)
            added += count(given)
            continue
        term = known.terms[at]
        new = {locale: tiers for locale, tiers in given.items() if locale not in term.tiers}
        if new and at in starts:
            line, indent = starts[at]
            inserts.append((line, [f"{indent}{text}" for text in languages(new)]))
            added += count(new)
        for locale, tiers in given.items():
            here = {form.casefold() for forms in term.tiers.get(locale, {}).values() for form in forms}
            more = [form for forms in tiers.values() for form in forms if form.casefold() not in here]
            if here and more:
                place = f"{GLOSSARY_PATH}:{starts[at][0]}" if at in starts else GLOSSARY_PATH
                said.append(
                    f"{place}: “{term.english[0]}” has other forms in {locale} than the file: {', '.join(more)}. Add by hand what is right."
                )
    for line, texts in sorted(inserts, reverse=True):
        lines[line:line] = texts
    text = "\n".join(placed(lines, fresh)) + "\n" if fresh or inserts else (before or b"").decode()
    if fresh or inserts:
        read_back(text, known, added)
    return Brought(GLOSSARY_PATH, before, text, added, tuple(said))


def write(project: Project, found: Brought) -> bool:
    """Write the glossary if something is new."""
    if found.text.encode() == (found.before or b""):
        return False
    disk.replace(project.root / found.path, found.text.encode(), expected=found.before)
    return True


def tiers_of(project: Project, concept: Concept) -> dict[str, dict[str, tuple[str, ...]]]:
    """The forms of a concept in the languages of the site, by tier. What is preferred is allowed, too, where other terms are."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for locale in project.settings.locales:
        terms = next(
            (terms for tag, terms in concept.terms.items() if tag.replace("_", "-").lower() == locale.tag.lower()), ()
        )
        tiers = {tier: tuple(dict.fromkeys(form for one, form in terms if one == tier)) for tier in TIERS}
        if made := {tier: forms for tier, forms in tiers.items() if forms}:
            found[locale.name] = made
    return found


def term_lines(project: Project, before: bytes | None) -> dict[int, tuple[int, str]]:
    """By the number of each term of the file: the line after its last, and how its keys are indented."""
    if before is None:
        return {}
    data = yaml.load(GLOSSARY_PATH, before.decode())
    texts = before.decode().splitlines()
    found: dict[int, tuple[int, str]] = {}
    for keys, line in yaml.lines(data):
        if len(keys) > 2 and keys[0] == "terms" and isinstance(keys[1], int):
            column = next(
                (len(texts[line - 1]) - len(texts[line - 1].lstrip(" -")) for _ in [0] if len(keys) == 3), None
            )
            last, indent = found.get(keys[1], (0, ""))
            found[keys[1]] = (max(last, line), indent or " " * (column or 0))
    return found


def count(tiers: Terms) -> int:
    return sum(len(forms) for by_tier in tiers.values() for forms in by_tier.values())


def entry(english: Sequence[str], tiers: Terms) -> list[str]:
    """A term as lines of the glossary."""
    return [f"  - english: {written(english)}", *(f"    {line}" for line in languages(tiers))]


def languages(tiers: Terms) -> Iterator[str]:
    """What is said of a term by language, as lines."""
    for locale, by_tier in tiers.items():
        yield f"{locale}:"
        yield from (f"  {tier}: {written(forms)}" for tier, forms in by_tier.items())


def written(forms: Sequence[str]) -> str:
    """Forms as a value of YAML."""
    if all(PLAIN.fullmatch(form) for form in forms) and len(forms) > 1:
        return ", ".join(forms)
    if (
        len(forms) == 1
        and PLAIN.fullmatch(forms[0])
        and not re.fullmatch(r"(?i)true|false|yes|no|on|off|null|[\d.]+", forms[0])
    ):
        return forms[0]
    return json.dumps([*forms], ensure_ascii=False)


def placed(lines: list[str], fresh: Sequence[str]) -> list[str]:
    """The lines of the file with terms at the end of their list, which is begun where there is none."""
    if not fresh:
        return lines
    at = next((number for number, line in enumerate(lines) if re.match(r"terms:\s*(#.*)?$", line)), None)
    if at is None:
        return [*lines, "terms:", *fresh]
    end = next((number for number in range(at + 1, len(lines)) if re.match(r"[^\s#-]", lines[number])), len(lines))
    while end > at + 1 and not lines[end - 1].strip():
        end -= 1
    first = next((line for line in lines[at + 1 : end] if line.lstrip().startswith("- ")), "  - ")
    indent = first[: len(first) - len(first.lstrip())]
    return [*lines[:end], *(indent + line[2:] for line in fresh), *lines[end:]]


def read_back(text: str, known: Glossary, added: int) -> None:
    """Refuse to write what would read otherwise than it is meant."""
    try:
        found = glossary.GLOSSARY.read(yaml.node(GLOSSARY_PATH, yaml.load(GLOSSARY_PATH, text)))
        before, after = (sum(count(term.tiers) for term in one.terms) for one in (known, found))
        good = after == before + added and found.names == known.names
    except LockstepError:
        good = False
    if not good:
        raise LockstepError(
            "is laid out in a way that we cannot add to",
            path=GLOSSARY_PATH,
            todo="Nothing was written. Add the terms by hand.",
        )
