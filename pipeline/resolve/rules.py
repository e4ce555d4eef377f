"""What a site holds its translations to: glossary, levels of checks, what people accepted and signed, policy and recalls."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.changes.edit_log import Log, ident
from pipeline.checks import check as checks
from pipeline.checks import glossary
from pipeline.checks import readability as plain_language
from pipeline.checks.glossary import NO_GLOSSARY, Glossary
from pipeline.content.sources import now
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Key, Level, Message, Review, Span
from pipeline.core.policy import NO_POLICY, Policy, Terms
from pipeline.core.settings import KEEP, Rule, Settings
from pipeline.review import recalls, reviews
from pipeline.review import suppressions as exceptions
from pipeline.review.recalls import NO_RECALLS, Recall, Recalls
from pipeline.review.reviews import NO_LEDGER, Ledger
from pipeline.review.suppressions import Exceptions

NONE = Exceptions()
STUB = Message(
    Key("recalled", "This text was taken off the page while we check it. Please ask your care team."),
    Span("templates", 0),
)
"""What stands in place of a withdrawn English text where the templates have no message of this context."""


@dataclass(frozen=True, eq=False)
class Standards:
    """The glossary, the rules of the settings in order, the class of each page by its path, exceptions and ledgers by locale.

    `today` is the day that the age of an edit is counted to, `stub` what stands in place of a withdrawn English text.
    """

    glossary: Glossary = NO_GLOSSARY
    rules: tuple[Rule, ...] = ()
    classes: Mapping[str, str] = field(default_factory=dict)
    exceptions: Mapping[str, Exceptions] = field(default_factory=dict)
    source: str = "en"
    findings: tuple[Finding, ...] = ()
    policy: Policy = NO_POLICY
    ledgers: Mapping[str, Ledger] = field(default_factory=dict)
    recalls: Recalls = NO_RECALLS
    today: datetime.date = datetime.date.min
    stub: Message = STUB

    def terms(self, locale: str, message: Message) -> Terms:
        """What the policy says where a message stands, in a language."""
        return self.policy.terms(locale, self.classes.get(message.span.path, ""), message.critical)

    def ledger(self, locale: str) -> Ledger:
        """Who signed for what in a language."""
        return self.ledgers.get(locale, NO_LEDGER)

    def recalled(self, key: Key, log: Log) -> Recall | None:
        """The recall that holds for a message."""
        return self.recalls.of(ident(key), log) if self.recalls.active else None

    def review_of_source(self, message: Message, log: Log) -> Review:
        """Who vouches for the English of a message. It is nobody's translation, so a clinician alone can be missing."""
        pair = reviews.pair_of(message.key, (message.key.msgid,))
        terms = self.terms(self.source, message)
        asked = tuple(role for role in terms.require if role == "clinician")
        return self.ledger(self.source).review(pair, replace(terms, require=asked, origin="human"), log)

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
                if rule.level is not KEEP:
                    ordinary = rule.level
                if rule.strict is not KEEP:
                    strict = rule.strict
        return ordinary, strict

    def level_across(self, check: checks.Across, locale: str, path: str) -> Level | None:
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
                rule.check == finding.code
                and rule.level is not KEEP
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


def load(settings: Settings, classes: Mapping[str, str] = {}, stub: Message = STUB) -> Standards:
    """Read a site's glossary, exceptions, ledgers and recalls. What cannot be read is a finding; nothing is accepted by it."""
    findings = [*rule_findings(settings), *class_findings(settings, classes)]
    try:
        names = glossary.load(settings.root)
    except LockstepError as problem:
        names = NO_GLOSSARY
        text = f"{problem.what}. {problem.todo}"
        findings.append(Finding("syntax", Level.ERROR, text, Span(glossary.GLOSSARY_PATH, problem.line or 1)))
    accepted = {locale.name: exceptions.load(settings.root, locale.name) for locale in settings.locales}
    ledgers = {
        locale.name: reviews.load(settings.root, locale.name) for locale in (settings.english, *settings.locales)
    }
    recalled = recalls.load(settings.root)
    for read in (*(found.findings for found in accepted.values()), *(found.findings for found in ledgers.values())):
        findings += read
    findings += (*recalled.findings, *recalled.ahead())
    return Standards(
        names,
        settings.rules,
        classes,
        accepted,
        settings.english.name,
        tuple(findings),
        settings.policy,
        ledgers,
        recalled,
        now().date(),
        stub,
    )


def class_findings(settings: Settings, classes: Mapping[str, str]) -> Iterator[Finding]:
    """Rules of the policy for page classes that no page has: a misspelling would let through what should be held."""
    known = set(classes.values()) - {""}
    for rule in settings.policy.rules if classes else ():
        for name in sorted(rule.classes - known):
            there = ", ".join(sorted(known)) or "none"
            text = f"The policy has a rule for pages of class {name!r}, and no page has it. The classes are: {there}."
            yield Finding("settings", Level.WARNING, text, Span("pyproject.toml", rule.line))


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
