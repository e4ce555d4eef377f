"""What people recorded of a site's texts: who signed, what is withdrawn, what somebody accepted; read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.changes import people
from pipeline.core.clock import Clock
from pipeline.core.model import Finding
from pipeline.core.settings import Settings
from pipeline.review import recalls, reviews, suppressions
from pipeline.review.recalls import NO_RECALLS, Recalls
from pipeline.review.reviews import NO_REVIEWS, Reviews
from pipeline.review.suppressions import NO_SUPPRESSIONS, Suppressions


@dataclass(frozen=True)
class Records:
    """Ledgers and suppressions by locale name, the recalls, and what of the files could not be read."""

    ledgers: Mapping[str, Reviews] = field(default_factory=dict)
    recalls: Recalls = NO_RECALLS
    suppressions: Mapping[str, Suppressions] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def ledger(self, locale: str) -> Reviews:
        """Who signed for what in a language."""
        return self.ledgers.get(locale, NO_REVIEWS)

    @property
    def weighed(self) -> bool:
        """Whether any signature or acceptance may note the value of a fact."""
        if any(found.rows for found in self.suppressions.values()):
            return True
        return any(row.values for ledger in self.ledgers.values() for row in ledger.rows)

    def with_facts(self, facts: Mapping[str, str]) -> Records:
        """The same on a day when the facts with figures have these values."""
        ledgers = {name: replace(one, facts=facts) for name, one in self.ledgers.items()}
        accepted = {name: replace(one, facts=facts) for name, one in self.suppressions.items()}
        return replace(self, ledgers=ledgers, suppressions=accepted)

    def suppressed(self, locale: str) -> Suppressions:
        """What people accepted in a language although a check complains."""
        return self.suppressions.get(locale, NO_SUPPRESSIONS)


NO_RECORDS = Records()


def load(settings: Settings, clock: Clock) -> Records:
    """Read all of them. What cannot be read is a finding; nothing is accepted by it, and no signature holds."""
    accepted = {locale.name: suppressions.load(settings.root, locale.name) for locale in settings.locales}
    ledgers = {
        locale.name: reviews.load(settings.root, locale.name, clock.day)
        for locale in (settings.english, *settings.locales)
    }
    recalled = recalls.load(settings.root, clock.stamp)
    findings = [*people.load(settings.root).findings]
    findings += (finding for found in accepted.values() for finding in found.findings)
    findings += (finding for ledger in ledgers.values() for finding in (*ledger.findings, *ledger.ahead()))
    return Records(ledgers, recalled, accepted, (*findings, *recalled.findings, *recalled.idle()))
