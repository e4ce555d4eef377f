"""What a site holds its translations to: its glossary, the levels its settings give to checks, and what people accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline import checks, exceptions, glossary, plain_language
from pipeline.edits import ident
from pipeline.errors import LockstepError
from pipeline.exceptions import Exceptions
from pipeline.glossary import NO_GLOSSARY, Glossary
from pipeline.model import Finding, Key, Level, Span
from pipeline.settings import Rule, Settings

NONE = Exceptions()


@dataclass(frozen=True, eq=False)
class Standards:
    """The glossary, the rules of the settings in order, the class of each page by its path, the exceptions by locale."""

    glossary: Glossary = NO_GLOSSARY
    rules: tuple[Rule, ...] = ()
    classes: Mapping[str, str] = field(default_factory=dict)
    exceptions: Mapping[str, Exceptions] = field(default_factory=dict)
    source: str = "en"
    findings: tuple[Finding, ...] = ()

    def level(self, check: checks.Check, pair: checks.Pair, path: str) -> Level | None:
        """How much what a check says of a pair on a page matters; None where the check is off. The last rule that fits decides."""
        ordinary, strict = self.levels(check, pair.locale, path)
        return strict if pair.strict else ordinary

    def levels(self, check: checks.Check, locale: str, path: str) -> tuple[Level | None, Level | None]:
        """The level of a check on a page in a language, in prose and where a patient may act on the text."""
        ordinary: Level | None = check.level
        strict: Level | None = check.level if check.strict is None else check.strict
        if check.final:
            return ordinary, strict
        for rule in self.rules:
            if rule.check == check.code and rule.fits(locale, self.classes.get(path, "")):
                if rule.level is not ...:
                    ordinary = rule.level
                if rule.strict is not ...:
                    strict = rule.strict
        return ordinary, strict

    def level_across(self, check: checks.Across, locale: str, path: str) -> Level | None:
        """How much what a check of whole catalogs says of a translation matters; never an error, which only `resolve` could heed."""
        level: Level | None = check.level
        for rule in self.rules:
            if rule.check == check.code and rule.level is not ... and rule.fits(locale, self.classes.get(path, "")):
                level = rule.level
        return level if level is None else min(level, Level.WARNING)

    def hint(self, finding: Finding) -> Finding | None:
        """A hint about the English at the level that the settings give it; None where it is off."""
        level: Level | None = finding.level
        for rule in self.rules:
            if (
                rule.check == finding.code
                and rule.level is not ...
                and rule.fits("", self.classes.get(finding.span.path, ""))
            ):
                level = rule.level
        return None if level is None else replace(finding, level=level)

    def accepted(self, check: checks.Check | checks.Across, locale: str, key: Key, strings: Sequence[str]) -> bool:
        """Whether a named person accepted what the check says of this very pair of texts."""
        found = self.exceptions.get(locale, NONE)
        return (
            bool(found.rows)
            and not (isinstance(check, checks.Check) and check.final)
            and found.silences(check.code, ident(key), strings)
        )


PLAIN = Standards()
"""The standards of a site that has no glossary, no rules and no exceptions."""


def load(settings: Settings, classes: Mapping[str, str] = {}) -> Standards:
    """Read a site's glossary and exceptions. What cannot be read is a finding; nothing is accepted by it."""
    findings = list(rule_findings(settings))
    try:
        names = glossary.load(settings.root)
    except LockstepError as problem:
        names = NO_GLOSSARY
        text = f"{problem.what}. {problem.todo}"
        findings.append(Finding("syntax", Level.ERROR, text, Span(glossary.GLOSSARY_PATH, problem.line or 1)))
    accepted = {locale.name: exceptions.load(settings.root, locale.name) for locale in settings.locales}
    findings += (finding for found in accepted.values() for finding in found.findings)
    return Standards(names, settings.rules, classes, accepted, settings.english.name, tuple(findings))


def rule_findings(settings: Settings) -> Iterator[Finding]:
    """Rules of the settings about checks that do not exist or that nobody can turn off."""
    known: dict[str, checks.Check | checks.Across | None] = {check.code: check for check in checks.modules()}
    known |= dict.fromkeys(plain_language.CODES)
    for rule in settings.rules:
        check = known.get(rule.check)
        if rule.check not in known:
            text = f"There is no check {rule.check!r}. The checks are: {', '.join(known)}."
        elif isinstance(check, checks.Check) and check.final:
            text = f"The check {rule.check!r} holds always. Remove this rule."
        else:
            continue
        yield Finding("settings", Level.ERROR, text, Span("pyproject.toml", rule.line))
