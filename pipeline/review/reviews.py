"""The review ledger `locale/<l>/reviews.jsonl`: who vouches for which translation, in which role, since when.

A line is bound to the ids of both texts, so it ends by itself when either changes by one character. It also says which page
its signer `seen`, by digest: what is said of a whole page ends with any change of it. The lines are a set:
their order carries nothing (`core/ledger`). Where `update` carries a translation over a cosmetic edit it adds a line that says
so; the signatures go along as long as the edit log calls that edit cosmetic. `locale/<source>/reviews.jsonl` holds what
clinicians say of the English itself, which is its own translation there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.changes import Log, people
from pipeline.changes.edit_log import NO_LOG
from pipeline.changes.people import EVERYBODY, People
from pipeline.core.ledger import Fields, Ledger, written
from pipeline.core.model import QUALIFIED, Finding, Key, Level, Review, ident
from pipeline.core.policy import ORIGINS, ROLES, Terms
from pipeline.core.signers import Likeness, Signer, likeness
from pipeline.review.suppressions import hash_of

SIGNED, VOID, CARRIED = "signed", "void", "carried"
BACK = "back-translation"
LINGUISTS = frozenset(["translator", "reviser"])
NOT_YET = "it is dated later than today"
BEFORE = {"reviser": ("translator",), "clinician": ("translator", "reviser")}
"""Whose work a role judges, and so must not be."""
UNREADABLE = "a line of the ledger cannot be read, and it may take this one back"


class PairId(NamedTuple):
    """A text and its translation, by id."""

    message: str
    translation: str


def pair_of(key: Key, strings: Sequence[str], plural: str | None = None) -> PairId:
    """The pair of a message and its translation's forms; the plural of the English, where it has one, counts with them."""
    return PairId(ident(key), hash_of(strings if plural is None else (*strings, plural)))


@dataclass(frozen=True, slots=True)
class Line:
    """One line: somebody signed for a pair, took that back (`void`), or it was carried over from the pair `was`.

    `date` is a UTC time; a bare day is its first second, of a void its last. `page` and `block` are for readers of the file;
    `seen` is the digest of the English page as its signer read it ("" where no page was read, or nobody noted it); `values`
    are the facts with figures in the text as they were then, as `dose.start: 0.5 mg`. `under`: what the text stood under, after
    an empty one, where that had turned round and its signer confirmed it so.
    """

    how: str
    pair: PairId
    date: str
    role: str = ""
    name: str = ""
    qualification: str = ""
    origin: str = ""
    method: str = ""
    note: str = ""
    was: PairId | None = None
    page: str = ""
    block: str = ""
    seen: str = ""
    values: tuple[str, ...] = ()
    under: tuple[str, ...] = ()

    @property
    def at(self) -> str:
        """The time, to the second."""
        return self.date if len(self.date) > 10 else f"{self.date}T{'23:59:59' if self.how == VOID else '00:00:00'}Z"

    @property
    def day(self) -> str:
        return self.date[:10]

    def line(self) -> str:
        """The line as it stands in the file."""
        found = {
            "how": self.how if self.how != SIGNED else "",
            "message": self.pair.message,
            "translation": self.pair.translation,
            "from": list(self.was) if self.was else None,
            "seen": self.seen,
            "values": list(self.values),
            "under": list(self.under),
            **{name: getattr(self, name) for name in TEXTS},
        }
        return written(found)

    @staticmethod
    def parse(found: Fields) -> Line:
        """A line of a ledger. Raises ValueError with what is wrong."""
        how = found.choice("how", (SIGNED, VOID, CARRIED), SIGNED)
        if how != CARRIED and found.has("from"):
            raise ValueError("only what is carried has `from`")
        pair = PairId(found.ident("message"), found.ident("translation"))
        was = PairId(*found.two_idents("from")) if how == CARRIED else None
        texts = {key: found.text(key) for key in TEXTS}
        found.day_or_time("date")
        for key, known in WORDS.items():
            found.choice(key, known, "")
        if how == SIGNED and not texts["role"] and not texts["origin"]:
            raise ValueError("a signature has a `role`, or says at least an `origin`")
        if (texts["role"] and how == SIGNED) or how == VOID:
            try:
                Signer.parse(texts["name"])
            except ValueError as problem:
                raise ValueError(f"`name` says who, and {problem}") from problem
        values = found.texts("values") if found.has("values") else ()
        under = found.texts("under") if found.has("under") else ()
        return Line(how, pair, was=was, seen=found.ident_if_any("seen") or "", values=values, under=under, **texts)


WORDS = {"role": ROLES, "origin": ORIGINS}
TEXTS = ("date", "role", "name", "qualification", "origin", "method", "note", "page", "block")


@dataclass(frozen=True, slots=True)
class Signature:
    """A signed line, and why it does not hold ("" where it does)."""

    line: Line
    why: str = ""


@dataclass(frozen=True)
class Reviews(Ledger[Line]):
    """One language's signatures. What is dated after `today` (an ISO day) does not hold yet; what was signed with another value
    of a fact in it holds no more; none holds while a line cannot be read."""

    today: str = "9999-12-31"
    facts: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What the facts with figures are today, by name."""
    who: People = EVERYBODY

    code, until = "reviews", "Until then no signature of this file holds."
    parse = staticmethod(Line.parse)

    @cached_property
    def by_pair(self) -> Mapping[PairId, tuple[Line, ...]]:
        """The lines about each pair, in an order that does not depend on the file's."""
        found: dict[PairId, list[Line]] = {}
        for line in sorted(self.rows, key=lambda line: (line.at, line.line())):
            found.setdefault(line.pair, []).append(line)
        return {pair: tuple(lines) for pair, lines in found.items()}

    @cached_property
    def onwards(self) -> Mapping[PairId, tuple[Line, ...]]:
        """The lines that carry each pair over to another."""
        found: dict[PairId, list[Line]] = {}
        for line in self.rows:
            if line.was:
                found.setdefault(line.was, []).append(line)
        return {pair: tuple(lines) for pair, lines in found.items()}

    def came_from(self, pair: PairId, log: Log, carried: PairId | None) -> list[tuple[PairId, ...]]:
        """A pair, then those it was carried over from over cosmetic edits, the nearest first, each once."""
        seen, found = {pair}, []
        level: tuple[PairId, ...] = (pair,)
        while level:
            found.append(level)
            before = [line.was for one in level for line in self.by_pair.get(one, ()) if carries_over(log, line)]
            if carried and len(found) == 1:
                before.append(carried)
            level = tuple(dict.fromkeys(was for was in before if was and was not in seen))
            seen.update(level)
        return found

    def voids(self, pairs: Iterable[PairId], log: Log) -> tuple[Line, ...]:
        """What takes signatures back under pairs, or under what they were carried over to: they went along as one."""
        seen = dict.fromkeys(pairs)
        waiting = list(seen)
        while waiting:
            for line in self.onwards.get(waiting.pop(), ()):
                if line.pair not in seen and carries_over(log, line):
                    seen[line.pair] = None
                    waiting.append(line.pair)
        return tuple(line for pair in seen for line in self.by_pair.get(pair, ()) if line.how == VOID)

    def signatures(self, pair: PairId, log: Log = NO_LOG, carried: PairId | None = None) -> tuple[Signature, ...]:
        """Every signature under a pair, those that came along over cosmetic edits too, oldest first.

        `carried`: the pair that this one is known to be carried over from, whether or not a line says so.
        """
        pairs = [one for level in self.came_from(pair, log, carried) for one in level]
        voids = self.voids(pairs, log)
        signed = (line for one in pairs for line in self.by_pair.get(one, ()) if line.how == SIGNED and line.role)
        found = judged(self.heard(voided(line, voids)) for line in dict.fromkeys(signed))
        if self.findings:
            return tuple(Signature(one.line, one.why or UNREADABLE) for one in found)
        found = tuple(Signature(one.line, one.why or self.other(one.line)) if one.line.values else one for one in found)
        return tuple(Signature(one.line, one.why or NOT_YET) if one.line.day > self.today else one for one in found)

    def other(self, line: Line) -> str:
        """Which fact in a text is another than when somebody signed for it, in words; "" where none is."""
        for said in line.values:
            name, _, value = said.partition(": ")
            if self.facts.get(name) != value:
                now = self.facts.get(name)
                return f"{{{name}}} was {value} then{f', and is {now}' if now else ''}"
        return ""

    def heard(self, one: Signature) -> Signature:
        """A signature, not holding where its signer is not listed for its role in the language."""
        if one.why or self.who.heard(one.line.name, one.line.role, self.locale):
            return one
        return Signature(one.line, self.who.unlisted(one.line.name, one.line.role, self.locale))

    def ahead(self) -> Iterator[Finding]:
        """The lines that are dated later than today: they do not hold yet."""
        for line in self.rows:
            if line.day > self.today:
                what = f"This line is dated {line.day}, which is not yet. Correct the date."
                yield Finding(self.code, Level.ERROR, what, self.span(line), self.locale)

    def origin(self, pair: PairId, default: str, log: Log = NO_LOG, carried: PairId | None = None) -> str:
        """Where a translation is from, as the newest line that holds says, the nearest pair first; else `default`.

        Of one time, and where a line of the file cannot be read, the least trusted counts. What was taken back, or is dated
        ahead, makes a text no more trusted than it would be without; an admission stands.
        """
        levels = self.came_from(pair, log, carried)
        voids = self.voids([one for level in levels for one in level], log)
        doubted = [default]
        for level in levels:
            lines = [line for one in level for line in self.by_pair.get(one, ()) if line.how == SIGNED and line.origin]
            held = (line for line in lines if line.day <= self.today and not voided(line, voids).why)
            said = [one for one in held if not one.role or self.who.heard(one.name, one.role, self.locale)]
            if said:
                newest = max(said, key=lambda line: (line.at, ORIGINS.index(line.origin))).origin
                return max(newest, default, key=ORIGINS.index) if self.findings else newest
            doubted += (line.origin for line in lines)
        return max(doubted, key=ORIGINS.index)

    def review(self, pair: PairId, terms: Terms, log: Log = NO_LOG, carried: PairId | None = None) -> Review:
        """Who vouches for a pair, as the policy's terms ask."""
        if carried is None and (not self.rows or pair not in self.by_pair):
            return unsigned(terms.origin, terms.require)
        valid = [one.line for one in self.signatures(pair, log, carried) if not one.why]
        signed = {line.role: line.day for line in valid}
        linguists = (line.day for line in valid if line.role in LINGUISTS and line.qualification)
        origin = self.origin(pair, terms.origin, log, carried)
        missing = tuple(role for role in terms.require if role not in signed)
        return Review(origin, tuple(sorted(signed.items())), missing, max(linguists, default=""), seen_by(valid))

    def shipped(self, pair: PairId) -> bool:
        """Whether every line that says where a pair is from says that it came with Lockstep."""
        notes = {line.note for line in self.by_pair.get(pair, ()) if line.how == SIGNED and line.origin}
        return notes == {SHIPPED}


SHIPPED = "came with Lockstep"
"""The note of a line about a text that we ship."""
NO_REVIEWS = Reviews()


@lru_cache(maxsize=64)
def unsigned(origin: str, required: tuple[str, ...]) -> Review:
    """Who vouches for a pair of which no line tells: nobody."""
    return Review(origin, missing=required)


def seen_by(valid: Iterable[Line]) -> tuple[tuple[str, str, str], ...]:
    """Which pages the signers read, by digest: the newest day of each role on each."""
    newest: dict[tuple[str, str], str] = {}
    for line in valid:
        qualified = line.qualification and line.role in LINGUISTS
        for role in (line.role, QUALIFIED) if qualified else (line.role,):
            if line.seen:
                newest[line.seen, role] = max(line.day, newest.get((line.seen, role), ""))
    return tuple((page, role, day) for (page, role), day in sorted(newest.items()))


def cosmetic(log: Log, was: PairId, now: PairId) -> bool:
    """Whether the log knows nothing but looks to have changed between two messages. What people decided keeps a translation;
    a signature is about words, and follows what is graded."""
    if was.message == now.message:
        return was.translation == now.translation
    step = log.step(was.message, now.message)
    return step.looks if step else now.message in log.alike(was.message)


def carries_over(log: Log, line: Line) -> bool:
    """Whether a line carries a pair over, and the log still calls that a matter of looks."""
    return line.was is not None and cosmetic(log, line.was, line.pair)


def voided(line: Line, voids: Iterable[Line]) -> Signature:
    """A signed line as a signature, void where somebody took it back at its time or later."""
    for void in voids:
        if (not void.role or void.role == line.role) and void.at >= line.at:
            return Signature(line, f"voided on {void.day} by {void.name}{f': {void.note}' if void.note else ''}")
    return Signature(line)


def judged(found: Iterable[Signature]) -> tuple[Signature, ...]:
    """Each role is another person: whoever translated does not revise, whoever did either does not sign as clinician.

    A signature that was taken back still says who worked on the text.
    """
    ordered = sorted(found, key=lambda one: (one.line.at, one.line.line()))
    made = []
    for one in ordered:
        earlier = BEFORE.get(one.line.role, ())
        who = Signer.parse(one.line.name)
        others = [
            (likeness(who, Signer.parse(other.line.name)), other.line)
            for other in ordered
            if other.line.role in earlier
        ]
        alike, other = max(others, key=lambda pair: pair[0], default=(Likeness.DIFFERENT, one.line))
        why = one.why
        if not why and alike:
            did = "translated or revised" if one.line.role == "clinician" else "translated"
            why = (
                f"the same person {did} it"
                if alike is Likeness.SAME
                else f"it may be the same person as {other.name}, who {did} it"
            )
        made.append(Signature(one.line, why))
    return tuple(made)


def path_of(locale: str) -> str:
    """Where a language's ledger is, relative to the root."""
    return f"locale/{locale}/reviews.jsonl"


def load(root: Path, locale: str, today: str) -> Reviews:
    """What is signed in a language, as of an ISO day; nothing where there is no file."""
    return Reviews(path=path_of(locale), locale=locale, today=today, who=people.load(root)).load(root)


def carries(ledger: Reviews, pairs: Iterable[tuple[PairId, PairId]], date: str) -> Iterator[Line]:
    """A line for each pair carried over from one that somebody signed for, or whose origin somebody stated."""
    said = {(line.was, line.pair) for line in ledger.rows if line.how == CARRIED}
    for was, now in pairs:
        if was != now and (was, now) not in said and ledger.by_pair.get(was):
            yield Line(CARRIED, now, date, was=was, note="only looks changed")
