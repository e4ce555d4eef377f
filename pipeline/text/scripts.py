"""Which scripts a text is written in (ISO 15924 codes, by Unicode block)."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.text import han
from pipeline.text.spelling import PUNCTUATION

BLOCKS = {
    "Latn": "a-zA-Z\u00c0-\u024f\u1e00-\u1eff",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Cyrl": "\u0400-\u052f",
    "Armn": "\u0530-\u058f",
    "Hebr": "\u05d0-\u05ea",
    "Arab": "\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    "Deva": "\u0900-\u0963\u0966-\u097f",
    "Beng": "\u0980-\u09ff",
    "Guru": "\u0a00-\u0a7f",
    "Gujr": "\u0a80-\u0aff",
    "Orya": "\u0b00-\u0b7f",
    "Taml": "\u0b80-\u0bff",
    "Telu": "\u0c00-\u0c7f",
    "Knda": "\u0c80-\u0cff",
    "Mlym": "\u0d00-\u0d7f",
    "Sinh": "\u0d80-\u0dff",
    "Thai": "\u0e00-\u0e7f",
    "Laoo": "\u0e80-\u0eff",
    "Mymr": "\u1000-\u109f",
    "Geor": "\u10a0-\u10ff",
    "Ethi": "\u1200-\u137f",
    "Khmr": "\u1780-\u17ff",
    "Hira": "\u3040-\u309f",
    "Kana": "\u30a0-\u30ff",
    "Hang": "\uac00-\ud7af\u1100-\u11ff",
    "Hani": "\u3400-\u9fff\uf900-\ufaff",
}


@lru_cache
def letters_of(scripts: frozenset[str]) -> re.Pattern[str]:
    """Runs of letters of some scripts."""
    return re.compile(f"[{''.join(BLOCKS.get(script, '') for script in sorted(scripts)) or chr(0)}]+")


@lru_cache
def foreign_letter(scripts: frozenset[str]) -> re.Pattern[str]:
    """A letter of another script than these."""
    return re.compile(f"[^\\s\\d{PUNCTUATION}{''.join(BLOCKS.get(script, '') for script in sorted(scripts))}]")


def in_scripts(text: str, scripts: frozenset[str]) -> int:
    """How many letters of a text are of these scripts."""
    return sum(map(len, letters_of(scripts).findall(text)))


def written(text: str, language: str, likely: str) -> str:
    """The script that a text of a language is in, by its letters: `Hans`, `Hant`, or the likely one or Latin or Cyrillic, whichever has
    most; "" where they do not tell."""
    if language == "zh":
        return han.written(text)
    counts = {script: in_scripts(text, frozenset({script})) for script in (likely, "Latn", "Cyrl") if script in BLOCKS}
    best = max(counts, key=lambda one: counts[one], default="")
    return best if counts.get(best, 0) > sum(counts.values()) / 2 else ""
