"""How much a finding matters: a check's own level, as the site's settings change it by language and page class."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pipeline.checks import readability, runner
from pipeline.checks.check import Across, Check
from pipeline.content.marks import close
from pipeline.core.model import Finding, Level, Span
from pipeline.core.settings import KEEP, Rule, Settings
from pipeline.text import Language, language

OF_WORDS = frozenset(["direction", "list-item", "negation", "number-order", "number-word", "statement", "unit-word"])
"""The checks that hang on the words of a language's tables. Where these are tentative, for all of them or for the one, what such a
check finds in prose is said and withholds nothing; where a patient may act on the text, it is withheld as in every language."""


@dataclass(frozen=True)
class Levels:
    """The rules of the settings in order, and the class of each page by its source file."""

    rules: tuple[Rule, ...] = ()
    classes: Mapping[str, str] = field(default_factory=dict)

    def page_class(self, path: str) -> str:
        """The class of a source file, "" where it has none."""
        return self.classes.get(path, "")

    def of(self, check: Check, locale: str, path: str) -> tuple[Level | None, Level | None]:
        """The level of a check on a page in a language, in prose and where a patient may act on the text."""
        ordinary: Level | None = check.level
        strict: Level | None = check.level if check.strict is None else check.strict
        if check.code in unsure(language(locale)):
            ordinary = min(check.level, Level.WARNING)
        if check.final:
            return ordinary, strict
        for rule in self.rules:
            if rule.check == check.code and rule.fits(locale, self.classes.get(path, "")):
                if rule.level is not KEEP:
                    ordinary = rule.level
                if rule.strict is not KEEP:
                    strict = rule.strict
        return ordinary, strict

    def across(self, check: Across, locale: str, path: str) -> Level | None:
        """How much what a check of whole catalogs says of a translation matters; never an error, which only `resolve` could heed."""
        level: Level | None = check.level
        for rule in self.rules:
            if rule.check == check.code and rule.level is not KEEP and rule.fits(locale, self.classes.get(path, "")):
                level = rule.level
        return level if level is None else min(level, Level.WARNING)

    def hint(self, finding: Finding) -> Finding | None:
        """A hint about the English at the level that the settings give it; None where it is off."""
        level: Level | None = finding.level
        for rule in self.rules:
            if (
                (
                    rule.check == finding.code
                    or (rule.check == readability.STYLE and finding.code in readability.OF_STYLE)
                )
                and rule.level is not KEEP
                and rule.fits("", self.classes.get(finding.span.path, ""))
            ):
                level = rule.level
        return None if level is None else replace(finding, level=level)


def unsure(spoken: Language) -> tuple[str, ...]:
    """The checks whose findings hang on words of a language and are not sure enough to withhold prose."""
    every = spoken.knows("tentative", "*")
    return tuple(sorted(code for code in OF_WORDS if every or spoken.knows("tentative", code)))


ORDINARY = Levels()
"""The levels of a site whose settings say nothing of checks."""


def findings(settings: Settings, classes: Mapping[str, str]) -> Iterator[Finding]:
    """What the settings say of checks and page classes that there are not."""
    yield from rule_findings(settings)
    yield from class_findings(settings, classes)


def class_findings(settings: Settings, classes: Mapping[str, str]) -> Iterator[Finding]:
    """Rules for page classes that no page has, and pages of a class that is nearly a rule's: a misspelling would let through what should
    be held, on one of ten pages as well."""
    known = set(classes.values()) - {""}
    for rule in settings.policy.rules if classes else ():
        for name in sorted(rule.classes - known):
            there = ", ".join(sorted(known)) or "none"
            text = f"The policy has a rule for pages of class {name!r}, and no page has it. The classes are: {there}."
            yield Finding("settings", Level.WARNING, text, Span("pyproject.toml", rule.line))
    of_rules = [*(rule.classes for rule in settings.policy.rules), *(rule.classes for rule in settings.rules)]
    named = {name.lower(): name for names in of_rules for name in sorted(names)}
    strange = {name: nearly(name, named) for name in known - set(named.values())} if named else {}
    for path, name in sorted(classes.items()):
        if meant := strange.get(name):
            text = f"The settings have rules for pages of class {meant!r}, and none for {name!r}. Did you mean {meant!r}? If not, name it in a rule."
            yield Finding("front-matter", Level.ERROR, text, Span(path, 1))


COUNTED = re.compile(r"\d+|(?:(?<=[-_ ])|\A)[a-z]\Z", re.I)
"""What tells classes of one kind apart: `stage-1`, `type-b`."""


def nearly(name: str, named: Mapping[str, str]) -> str:
    """The class of a rule of which another is a misspelling; "" where it is likely to be one of its own."""
    meant = named.get(close(name, named), "")
    counted = COUNTED.findall(name) != COUNTED.findall(meant) and COUNTED.sub("", name) == COUNTED.sub("", meant)
    return "" if counted else meant


def rule_findings(settings: Settings) -> Iterator[Finding]:
    """Rules of the settings about checks that do not exist or that nobody can turn off."""
    known: dict[str, Check | Across | None] = {check.code: check for check in runner.every_rule()}
    known |= dict.fromkeys([*readability.CODES, readability.STYLE])
    for rule in settings.rules:
        check = known.get(rule.check)
        if rule.check not in known:
            text = f"There is no check {rule.check!r}. The checks are: {', '.join(known)}."
        elif isinstance(check, Check) and check.final:
            text = f"The check {rule.check!r} holds always. Remove this rule."
        else:
            continue
        yield Finding("settings", Level.ERROR, text, Span("pyproject.toml", rule.line))
