"""What changed on the pages of a language, as an Atom feed (RFC 4287): for each page and day that the edit log has.

A feed says which page, on which day, how gravely, and how much of the page is in English now. It has the page's title and nothing
of its texts, so nothing that is withheld or withdrawn can stand in it. It has days and no clock: the same log gives the same bytes.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pipeline.changes.edit_log import Edit
from pipeline.content.content import SITE, Page
from pipeline.core import locales
from pipeline.core.locales import Locale
from pipeline.core.model import Output, Severity
from pipeline.site.site import Site, address
from pipeline.site.speech import Said, Speech

MOST = 30
"""How many entries a feed has."""
NEVER = "1970-01-01"
"""The day of a feed in which nothing ever changed: a feed has to have one."""
UPDATED, TRANSLATED = "Updated: %(date)s", "English text updated: %(date)s"
PARTS = (
    "%(num)s of %(all)s parts of this page is in English. It has a mark.",
    "%(num)s of %(all)s parts of this page are in English. Each one has a mark.",
)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one page on one day: the messages that came (ids), and how grave the gravest edit was; none where the page
    says the day itself."""

    day: str
    messages: frozenset[str] = frozenset()
    severity: str = ""


class News(NamedTuple):
    """A row of a feed: a page (its entry of the manifest), and what became of it."""

    file: str
    entry: Mapping[str, Any]
    change: Change


def changes(pages: Sequence[Page], rows: Iterable[Edit]) -> dict[str, tuple[Change, ...]]:
    """What became of each page, by source file, the newest first: from the edit log, and the day that the page itself says."""
    found: dict[str, dict[str, list[Edit]]] = {page.path: {} for page in pages}
    for edit in rows:
        if edit.now and edit.on and edit.page in found and edit.severity > Severity.COSMETIC:
            found[edit.page].setdefault(edit.on, []).append(edit)
    made = {}
    for page in pages:
        days = found[page.path]
        told = [
            Change(day, frozenset(edit.now for edit in edits if edit.now), str(max(edit.severity for edit in edits)))
            for day, edits in days.items()
        ]
        if page.updated and page.updated.isoformat() not in days:
            told.append(Change(page.updated.isoformat()))
        made[page.path] = tuple(sorted(told, key=lambda one: one.day, reverse=True))[:MOST]
    return made


def news(entry: str, file: str, told: Mapping[str, Sequence[Change]]) -> list[News]:
    """The rows that a page of a language brings to its feed; `entry`: what the manifest says of it, as JSON. An edit counts where
    what it made still stands on the page."""
    found = json.loads(entry)
    there = {block["message"] for block in found["blocks"].values()}
    brief = {key: found[key] for key in ("source", "title", "figures", "lang", "noindex") if key in found}
    return [
        News(file, brief, one)
        for one in told.get(found["source"], ())
        if not one.messages or not there.isdisjoint(one.messages)
    ]


def newest(site: Site, rows: Iterable[News]) -> list[News]:
    """The rows of one feed, the newest first, on one day in reading order."""
    shown = [row for row in rows if not row.entry.get("noindex")]
    shown.sort(key=lambda row: site.places[row.entry["source"]])
    return sorted(shown, key=lambda row: row.change.day, reverse=True)[:MOST]


def output(site: Site, locale: Locale, rows: Sequence[News], speech: Speech) -> Output:
    """The feed of one language, of rows as `newest` has them."""
    home = address(site, locale, site.home)
    name = site.content.fields.get("name")
    called = speech.said(site.tables[locale.name].documents[SITE][name.number]) if name else None
    title = speech.gettext("Changes to these pages")
    own = f"{site.settings.url}/{path(locale)}"
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{locale.tag}">\n'
        f"<id>{escape(own)}</id>\n<title{spoken(title)}>{escape(title.text)}</title>\n"
        + (f"<subtitle{spoken(called)}>{escape(called.text)}</subtitle>\n" if called else "")
        + f"<author><name>{escape(called.text if called else site.settings.project)}</name></author>\n"
        f'<link rel="self" type="application/atom+xml" href="{escape(own)}"/>\n'
        f'<link rel="alternate" type="text/html" hreflang="{locale.tag}" href="{escape(home)}"/>\n'
        f"<updated>{rows[0].change.day if rows else NEVER}T00:00:00Z</updated>\n"
    ]
    for row in rows:
        page = site.content.by_path[row.entry["source"]]
        parts.append(entry(site, locale, row, address(site, locale, page), speech))
    return Output(path(locale), ("".join(parts) + "</feed>\n").encode())


def path(locale: Locale) -> str:
    """Where the feed of a language is."""
    return f"{locale.tag}/feed.xml"


def entry(site: Site, locale: Locale, row: News, href: str, speech: Speech) -> str:
    """One row as an entry."""
    lang, text = row.entry["title"]
    where = urlsplit(site.settings.url)
    file = site.content.by_path[
        row.entry["source"]
    ].file  # whatever it is called in this language: an entry is the same one for good
    ident = f"tag:{where.hostname},{row.change.day}:{where.path}/{locale.tag}/{file.removesuffix('index.html')}"
    grave = f'<category term="{row.change.severity}"/>\n' if row.change.severity else ""
    said = "".join(
        f'<p lang="{one.lang}" dir="{one.dir}">{escape(one.text)}</p>' for one in sentences(site, locale, row, speech)
    )
    mark = f' xml:lang="{lang}"' if lang != locale.tag else ""
    return (
        f"<entry>\n<id>{escape(ident)}</id>\n<title{mark}>{escape(text)}</title>\n"
        f'<link rel="alternate" type="text/html" hreflang="{locale.tag}" href="{escape(href)}"/>\n'
        f"<updated>{row.change.day}T00:00:00Z</updated>\n{grave}"
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{said}</div></content>\n</entry>\n'
    )


def sentences(site: Site, locale: Locale, row: News, speech: Speech) -> Iterator[Said]:
    """What is said of a change: its day, and how much of the page is in English."""
    date, english = written(locale, row.change.day), row.entry["figures"]["english"]
    source = locale.name == site.english.name
    yield speech.gettext(UPDATED if source else TRANSLATED, date=date)
    if english:
        values = {"all": row.entry["figures"]["parts"]}
        yield speech.string(PARTS[0], values, plural=PARTS[1], count=english)


def written(locale: Locale, day: str) -> str:
    """A day as a language writes it."""
    return locales.date(locale, datetime.date.fromisoformat(day))


def spoken(said: Said) -> str:
    """What marks a text that is not in the language of its feed."""
    return f' xml:lang="{said.lang}"' if said.foreign else ""


def told_of(rows: Sequence[News], locale: Locale) -> list[list[str]]:
    """What the manifest says of a feed: each entry's page, its day, the day as it is written, and how grave it was."""
    return [[row.file, row.change.day, written(locale, row.change.day), row.change.severity] for row in rows]
