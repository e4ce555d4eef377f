"""What the checks say of a pair, for the benchmarks: each code with its level, as a site without settings has it."""

from __future__ import annotations

from pathlib import Path

from pipeline.checks import runner
from pipeline.checks.check import Pair
from pipeline.checks.glossary import NO_GLOSSARY, Glossary
from pipeline.checks.levels import ORDINARY
from pipeline.content.inline import parse, translated
from pipeline.core.inline import NOWHERE, Syntax
from pipeline.core.model import Level

ROOT = Path(__file__).parents[1]


def said(english: str, text: str, locale: str, glossary: Glossary = NO_GLOSSARY) -> dict[str, Level]:
    """The codes of what is found in a pair, each with its level."""
    form = Syntax.TEMPLATE if "%(" in english else Syntax.MARKDOWN
    ours = parse(english, form)
    pair = Pair(ours, translated(text, ours, NOWHERE), locale, glossary=glossary)
    found: dict[str, Level] = {}
    for check, _ in runner.run(pair):
        level = ORDINARY.of(check, pair.locale, "")[pair.strict]
        if level is not None and level > Level.INFO:
            found[check.code] = level
    return found
