"""Coverage: how much of each page and language is in which state, in messages and words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipeline.core.model import Finding, Key, Resolution
from pipeline.core.states import State

EDITOR, TRANSLATOR, REVISER = "editor", "translator", "reviser"
REVIEWERS = frozenset({REVISER, "clinician"})
"""The roles of those who read what another translated."""
NOTHING = frozenset({State.UNTRANSLATED, State.SUGGESTED})
"""The states in which there is no translation to withhold."""
GRAVITY = tuple(sorted(State, key=lambda state: state.traits.gravity))


@dataclass(frozen=True, slots=True)
class Tally:
    """Messages and English words by state; both sum to the whole. Of the messages that are shown translated, how many a machine
    made with no qualified person's signature (`machine`), and how many have every signature that the policy asks for and one of a
    reviewer (`reviewed`); `withheld` have a translation, and readers get the English."""

    messages: Mapping[State, int]
    words: Mapping[State, int]
    machine: int = 0
    reviewed: int = 0
    withheld: int = 0
    waits: Mapping[str, int] = field(default_factory=dict)
    """How many messages wait for whom, by role; one that two people have to look at waits for both."""
    machine_words: int = 0
    """The English words of the messages counted in `machine` that are translated and in step."""

    @property
    def said(self) -> str:
        """The share as people read it: of what is translated, what no machine made alone."""
        return percent((self.done_words - self.machine_words) / self.total_words if self.total_words else 1.0)

    @property
    def whole(self) -> bool:
        """Whether everything is translated, and nothing a machine made waits for a person."""
        return self.share == 1 and not self.machine

    @property
    def total(self) -> int:
        return sum(self.messages.values())

    @property
    def total_words(self) -> int:
        return sum(self.words.values())

    @property
    def share(self) -> float:
        """Share of words translated and in step (carried ones too), 0 to 1; a page without words is whole."""
        return self.done_words / self.total_words if self.total_words else 1.0

    @property
    def done_words(self) -> int:
        return sum(count for state, count in self.words.items() if state.done)


@dataclass(frozen=True, slots=True)
class Coverage:
    """One language: its tally, its tallies by source file, and every resolution that leaves a translator something to do."""

    locale: str
    whole: Tally
    pages: Mapping[str, Tally]
    open: tuple[Resolution, ...]
    findings: tuple[Finding, ...]


@cache
def words(text: str) -> int:
    """The words of an English message: runs of non-spaces with a letter or digit in them."""
    return sum(1 for word in text.split() if re.search(r"\w", word))


def percent(share: float) -> str:
    """A share as a whole percentage; 100 % only when nothing is left."""
    return "100%" if share == 1 else f"{min(int(share * 100 + 1e-9), 99)}%"  # 0.29 * 100 is 28.999…


def tally(resolutions: Iterable[Resolution]) -> Tally:
    """Count each message once, in the gravest state it has."""
    return counted(gravest(resolutions).values())


def counted(worst: Iterable[Resolution]) -> Tally:
    """The tally of messages, each of which stands there once."""
    messages, texts = dict.fromkeys(GRAVITY, 0), dict.fromkeys(GRAVITY, 0)
    waits: Counter[str] = Counter()
    machine = reviewed = withheld = unread = 0
    for found in worst:
        state, count, review = found.state, words(found.message.key.msgid), found.vouched
        messages[state] += 1
        texts[state] += count
        if review:
            machine += review.machine
            unread += count if review.machine and state.done else 0
            reviewed += not review.open and any(role in REVIEWERS for role, _ in review.signed)
        withheld += found.review is None and state not in NOTHING
        for who in awaited(found):
            waits[who] += 1
    return Tally(messages, texts, machine, reviewed, withheld, dict(sorted(waits.items())), unread)


def awaited(found: Resolution) -> Iterator[str]:
    """Whom a message waits for: a translator where it is not translated as the English is now, else those who have to sign (a machine's
    text: a reviser, where nobody else is asked for); where it is withdrawn an editor, who mends the English or has two people approve
    it."""
    if found.state is State.RECALLED:
        yield EDITOR
        return
    if not found.state.done and not found.state.traits.signable:
        yield TRANSLATOR
        return
    review = found.vouched
    missing = review.missing if review else ()
    if not missing and (found.state is State.UNREVIEWED or (review is not None and review.machine)):
        missing = (REVISER,)
    yield from missing


def gravest(resolutions: Iterable[Resolution]) -> dict[Key, Resolution]:
    """Each message once, with the gravest of its resolutions, in order of first appearance."""
    worst: dict[Key, Resolution] = {}
    for found in resolutions:
        old = worst.get(found.message.key)
        if old is None or found.state.traits.gravity > old.state.traits.gravity:
            worst[found.message.key] = found
    return worst


def together(tallies: Sequence[Tally]) -> Tally:
    """The tally of messages of which each is counted in one of these."""
    waits = sum((Counter(one.waits) for one in tallies), Counter[str]())
    return Tally(
        {state: sum(one.messages[state] for one in tallies) for state in GRAVITY},
        {state: sum(one.words[state] for one in tallies) for state in GRAVITY},
        sum(one.machine for one in tallies),
        sum(one.reviewed for one in tallies),
        sum(one.withheld for one in tallies),
        dict(sorted(waits.items())),
        sum(one.machine_words for one in tallies),
    )


def coverage(locale: str, by_page: Mapping[str, tuple[Resolution, ...]], findings: Iterable[Finding]) -> Coverage:
    """The coverage of one language from every resolution of every source file."""
    worst = gravest(found for resolutions in by_page.values() for found in resolutions)
    return Coverage(
        locale,
        counted(worst.values()),
        {page: tally(resolutions) for page, resolutions in by_page.items() if resolutions},
        tuple(found for found in worst.values() if not found.state.done),
        tuple(findings),
    )
