"""Everything that a decision rests on beside the two texts: policy, glossary, levels, edit log, what people recorded, the day."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.changes import Log
from pipeline.changes.edit_log import NO_LOG
from pipeline.checks import Check, Glossary, Levels
from pipeline.checks.check import Across
from pipeline.checks.glossary import NO_GLOSSARY
from pipeline.checks.levels import ORDINARY
from pipeline.core.cache import NO_STORE, Store
from pipeline.core.model import Key, Message, Review, Span, ident
from pipeline.core.policy import NO_POLICY, Policy, Terms
from pipeline.review import Records
from pipeline.review.recalls import Recall
from pipeline.review.records import NO_RECORDS
from pipeline.review.reviews import pair_of
from pipeline.review.wording import wording

NOTICES = "templates/notices.html"
"""Everything that readers are told about translations: a language lacking any of it is not published."""
STUB = Message(
    Key("recalled", "This text was taken off the page while we check it. Please ask your care team."),
    Span("templates", 0),
)
"""What stands in place of a withdrawn English text where the templates have no message of this context."""


@dataclass(frozen=True)
class Rules:
    """What translations are held to, and what is known of them.

    `source` is the name of the locale the site is written in, `today` the day that the age of an edit is counted to, `stub`
    what stands in place of a withdrawn English text, `store` what was worked out before.
    """

    source: str = "en"
    policy: Policy = NO_POLICY
    glossary: Glossary = NO_GLOSSARY
    levels: Levels = ORDINARY
    log: Log = NO_LOG
    records: Records = NO_RECORDS
    today: datetime.date = datetime.date.min
    stub: Message = STUB
    store: Store = NO_STORE

    def terms(self, locale: str, message: Message) -> Terms:
        """What the policy says where a message stands, in a language."""
        return self.policy.terms(locale, self.levels.page_class(message.span.path), message.critical)

    def recalled(self, key: Key) -> Recall | None:
        """The recall that holds for a message."""
        recalls = self.records.recalls
        return recalls.of(ident(key), self.log, wording(key)) if recalls.active else None

    def withdrawn(self, message: str, key: Key) -> Recall | None:
        """The recall that holds for a message by its id, or by what is known of its text."""
        recalls = self.records.recalls
        return recalls.of(message, self.log, wording(key)) if recalls.active else None

    def review_of_source(self, message: Message) -> Review:
        """Who vouches for the English of a message. It is nobody's translation, so a clinician alone can be missing."""
        pair = pair_of(message.key, (message.key.msgid,))
        terms = self.terms(self.source, message)
        asked = tuple(role for role in terms.require if role == "clinician")
        return self.records.ledger(self.source).review(pair, replace(terms, require=asked, origin="human"), self.log)

    def accepted(self, check: Check | Across, locale: str, key: Key, strings: Sequence[str]) -> bool:
        """Whether a named person accepted what the check says of this very pair of texts, with the values that their facts have."""
        found = self.records.suppressed(locale)
        if not found.rows or (isinstance(check, Check) and check.final):
            return False
        return found.silences(check.code, key, strings)
