"""A translator's brief as text, HTML, mail or Atom feed: what is new since their last visit, gravest first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.core.locales import Locale
from pipeline.core.states import State
from pipeline.resolve.worklist import Task
from pipeline.site import templates

MOST = 50
"""How many of the texts that waited before are listed."""


@dataclass(frozen=True, slots=True)
class Item:
    """A text that waits: its row of the worklist, its id, where its entry stands, its page and where the file is edited ("" where that is
    not known), and what was asked about it."""

    row: Task
    ident: str
    entry: str
    page: str
    edit: str
    told: tuple[str, ...]
    picture: str = ""
    """Of its place, as a data: address."""

    @property
    def name(self) -> str:
        """The text as `lockstep ask` takes it."""
        path = self.row.message.span.path.removeprefix("source/")
        return f"{path}#{self.row.block}" if self.row.block else self.ident

    @property
    def words(self) -> str:
        """The English, what went as [-…-] and what came as {+…+}."""
        marks = {"-": ("[-", "-]"), "+": ("{+", "+}"), "=": ("", "")}
        return " ".join(f"{marks[sign][0]}{text}{marks[sign][1]}" for sign, text in self.row.diff)

    @property
    def why(self) -> tuple[str, ...]:
        """What an edit changed, or what is wrong."""
        return self.row.change.reasons if self.row.change and self.row.state is State.STALE else self.row.texts


@dataclass(frozen=True, slots=True)
class Brief:
    """What is told of a language at a time (`stamp`, UTC), and since when (`since`, a day or "", and `how` that is known)."""

    project: str
    locale: Locale
    url: str
    stamp: str
    since: str
    how: str
    new: tuple[Item, ...]
    waiting: tuple[Item, ...]
    asked: tuple[str, ...]

    @property
    def title(self) -> str:
        """The subject."""
        count = len(self.new)
        grave = sum(item.row.grade == "critical" for item in self.new)
        also = f", {grave} critical" if grave else ""
        return f"{self.project}: {count or 'nothing'} new in {self.locale.english}{also}"


def text(told: Brief) -> str:
    """As plain text."""
    return "\n".join(lines(told)) + "\n"


def lines(told: Brief) -> Iterator[str]:
    """The lines of the plain text."""
    yield told.title
    yield f"{told.how[:1].upper()}{told.how[1:]}."
    for item in told.new:
        yield from said(item)
    if told.asked:
        yield "\nQuestions"
        yield from (f"  {line}" for line in told.asked)
    if told.waiting:
        yield f"\nStill waiting from before: {len(told.waiting)}"
        for item in told.waiting[:MOST]:
            yield from said(item)
        if len(told.waiting) > MOST:
            yield f"\n… and {len(told.waiting) - MOST} more: lockstep status --todo -l {told.locale.name}"


def said(item: Item) -> Iterator[str]:
    """One text."""
    change = item.row.change
    since = f", since {change.since}" if change and change.since else ""
    english = "; readers get English" if item.row.turned else ""
    yield f"\n{item.row.grade.upper()}{since}{english}\n  {item.words}"
    yield from (f"  {why}" for why in item.why)
    yield from (f"  {line}" for line in item.told)
    yield from (f"  {place}" for place in (item.entry, item.page, f'lockstep ask {item.name} "…"') if place)


def html(told: Brief) -> bytes:
    """As a page that needs nothing beside it."""
    env = templates.environment(Path(__file__).parent)
    return templates.page(env, "brief.html", told=told, waiting=told.waiting[:MOST], more=len(told.waiting[MOST:]))


def mail(told: Brief, sender: str, to: str) -> bytes:
    """As a message to be sent (RFC 5322), plain text and HTML; the same bytes for the same brief."""
    made = EmailMessage(SMTP)
    made["Subject"] = told.title
    made["From"] = sender
    if to:
        made["To"] = to
    made["Date"] = date(told.stamp)
    digest = hashlib.sha256(f"{told.stamp} {text(told)}".encode(errors="replace")).hexdigest()[:32]
    made["Message-ID"] = f"<{digest}@{urlsplit(told.url).hostname or 'lockstep.invalid'}>"
    made.set_content(text(told))
    made.add_alternative(html(told).decode(), subtype="html")
    made.set_boundary(digest)
    return made.as_bytes()


def date(stamp: str) -> str:
    """A UTC time as mail has it."""
    import datetime
    from email.utils import format_datetime

    return format_datetime(datetime.datetime.fromisoformat(stamp))


def atom(told: Brief) -> bytes:
    """As an Atom feed (RFC 4287) with an entry for each text that is new."""
    base = f"tag:{urlsplit(told.url).hostname or 'lockstep.invalid'},2026:brief/{told.locale.tag}"
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
        f"<id>{escape(base)}</id>\n<title>{escape(f'{told.project}: to translate into {told.locale.english}')}</title>\n"
        f"<author><name>{escape(told.project)}</name></author>\n<updated>{told.stamp}</updated>\n"
    ]
    for item in told.new:
        change = item.row.change
        day = f"{change.since}T00:00:00Z" if change and change.since else told.stamp
        link = f'<link rel="alternate" href="{escape(item.page)}"/>\n' if item.page else ""
        title = f"{item.row.grade}: {item.name}"
        parts.append(
            f"<entry>\n<id>{escape(f'{base}/{item.ident}')}</id>\n<title>{escape(title)}</title>\n{link}"
            f'<updated>{day}</updated>\n<content type="text">{escape(chr(10).join(said(item)).strip())}</content>\n</entry>\n'
        )
    return ("".join(parts) + "</feed>\n").encode(errors="replace")
