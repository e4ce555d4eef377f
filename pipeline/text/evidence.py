"""What the checks can read of a language, by its tables: where a table is missing, silence says nothing."""

from __future__ import annotations

from pipeline.text.languages.table import Language
from pipeline.text.medicines import readable

ASPECTS = (
    ("numbers in words", "number"),
    ("times of day", "am"),
    ("negation", "says not"),
    ("before and after", "says before"),
    ("bounds", "bound"),
    ("per dose, per day", "basis"),
    ("every other day, as needed", "frequency"),
    ("routes", "route"),
    ("conditions", "condition"),
    ("who is meant", "who"),
    ("parts of the body", "body"),
    ("what a patient feels", "finding"),
    ("what a patient handles", "object"),
    ("what to do", "act"),
)
"""What a sentence tells a patient, and the kind of sense that a language's tables need for it to be read."""


def unread(language: Language) -> tuple[str, ...]:
    """What the checks cannot read of a language, in the order of `ASPECTS`; all of it where there is no table."""
    lacking = [
        name for name, kind in ASPECTS if not language.knows(kind) or (kind == "number" and language.knows("rough"))
    ]
    if not (language.knows("name") or readable(language)):
        lacking.append("medicines")
    return tuple(lacking)


def measured(language: Language) -> bool:
    """Whether what is read of a language was measured on translations by professionals (`docs/checks.md`)."""
    return language.knows("measured")
