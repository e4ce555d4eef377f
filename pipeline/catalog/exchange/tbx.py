"""TBX (ISO 30042:2019, dialect TBX-Basic; that of 2008 is read too) ⇄ terms: a glossary for other tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.catalog.exchange import Heading
from pipeline.catalog.exchange.xml import Element, parse, plain, tag
from pipeline.core.errors import LockstepError

SPACE = "urn:iso:std:iso:30042:ed-2"
STATUS = {"must": "admittedTerm-admn-sts", "prefer": "preferredTerm-admn-sts", "never": "deprecatedTerm-admn-sts"}
"""The picklist values of `administrativeStatus` (TBX-Basic) for our tiers."""
TIERS = {
    "preferredterm": "prefer",
    "preferred": "prefer",
    "deprecatedterm": "never",
    "supersededterm": "never",
    "obsolete": "never",
    "forbidden": "never",
}
"""Tiers by how such a value begins; any other, and none, is a term that may be used."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept: its English terms, by language tag its terms with their tiers, and notes."""

    english: tuple[str, ...]
    terms: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    line: int = 0


def write(heading: Heading, concepts: Sequence[Concept]) -> bytes:
    """A glossary."""
    rows = [entry(concept, number, heading.source) for number, concept in enumerate(concepts, 1)]
    about = tag("p", plain(f"Glossary of {heading.project}"))
    head = tag("tbxHeader", tag("fileDesc", tag("sourceDesc", about)))
    text = tag("text", tag("body", "\n" + "\n".join(rows) + "\n"))
    top = tag("tbx", f"\n{head}\n{text}\n", style="dca", type="TBX-Basic", xml__lang=heading.source, xmlns=SPACE)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{top}\n'.encode()


def entry(concept: Concept, number: int, source: str) -> str:
    """One concept."""
    inside = [tag("note", plain(text)) for text in concept.notes]
    inside.append(section(source, [("", term) for term in concept.english]))
    inside += [section(language, terms) for language, terms in concept.terms.items()]
    return tag("conceptEntry", "".join(inside), id=f"c{number}")


def section(language: str, terms: Sequence[tuple[str, str]]) -> str:
    """The terms of a language."""
    rows = []
    for tier, term in terms:
        status = tag("termNote", STATUS[tier], type="administrativeStatus") if tier else ""
        rows.append(tag("termSec", tag("term", plain(term)) + status))
    return tag("langSec", "".join(rows), xml__lang=language)


def read(body: bytes, path: str, source: str) -> Iterator[Concept]:
    """The concepts of a glossary that have a term in the source language. Raises LockstepError for what is no TBX."""
    root = parse(body, path)
    if root.name not in {"tbx", "martif"}:
        raise LockstepError(
            f"begins with <{root.name}>, and is no TBX", path=path, line=root.line, todo="Export it again."
        )
    for one in root.below("conceptEntry", "termEntry"):
        sections = [(part.get("xml:lang"), part) for part in one.each("langSec", "langSet")]
        found = {lang: [*terms(part)] for lang, part in sections}
        english = [term for lang, some in found.items() if same(lang, source) for tier, term in some if tier != "never"]
        others = {lang: tuple(some) for lang, some in found.items() if not same(lang, source)}
        if english:
            yield Concept(tuple(english), others, tuple(note.text for note in one.each("note")), one.line)


def same(language: str, source: str) -> bool:
    """Whether a tag is of the source language."""
    return language.lower().replace("_", "-").partition("-")[0] == source.lower().partition("-")[0]


def terms(section: Element) -> Iterator[tuple[str, str]]:
    """The terms of a language, each with its tier."""
    for one in section.below("termSec", "tig", "ntig"):
        term = next(one.below("term"), None)
        status = next(
            (note.text.strip().lower() for note in one.below("termNote") if note.get("type") == "administrativeStatus"),
            "",
        )
        text = " ".join(term.text.split()) if term else ""
        if any(char.isalpha() for char in text):
            yield next((tier for begins, tier in TIERS.items() if status.startswith(begins)), "must"), text
