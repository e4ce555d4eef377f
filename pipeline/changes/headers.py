"""The header of a catalog as an update leaves it: what its editors wrote stays, but for a plural rule that is none of the
language's and the addresses that the settings state."""

from __future__ import annotations

import re

from pipeline.catalog import Catalog, Entry, po_entry
from pipeline.catalog.template import header
from pipeline.core.locales import Locale
from pipeline.core.model import Key
from pipeline.core.settings import Settings

COUNT = re.compile(r"nplurals=\s*0*([1-9])\s*(?:;|\Z)")
UNNAMED = frozenset(["", "LANGUAGE <LL@li.org>", "none"])
"""What stands in `Language-Team` where nobody wrote one (gettext manual, "Header Entry")."""


def in_step(found: Catalog, template: Catalog, locale: Locale, settings: Settings) -> Entry:
    """The header that a catalog is to have: its very own where nothing is to be said otherwise."""
    head = ruled(found, locale)
    return fresh_header(template, locale, settings) if head is None else addressed(head, locale, settings)


def ruled(found: Catalog, locale: Locale) -> Entry | None:
    """The catalog's header; the language's plural rule in it where what it states is none, or tells less apart, and no entry
    has been translated by it."""
    head, said = found.header, found.metadata("Plural-Forms")
    if head is None or not said or any(entry.plural is not None and any(entry.strings) for entry in found.entries):
        return head
    if locale.has_rule(said):
        return head
    line = re.compile(r"^(plural-forms:[ \t]*).*$", re.I | re.M)
    text = line.sub(lambda match: match[1] + locale.plurals, head.strings[0], count=1)
    return po_entry.amended(head, head._replace(strings=(text, *head.strings[1:])))


def addressed(head: Entry, locale: Locale, settings: Settings) -> Entry:
    """A header with the addresses that the settings state: where to ask about the English, always; the team, where the header
    names none."""
    if not head.strings or not (settings.report_bugs or locale.team):
        return head
    text = head.strings[0]
    if settings.report_bugs:
        text = stating(text, "Report-Msgid-Bugs-To", settings.report_bugs)
    team = re.search(r"^language-team:(.*)$", text, re.I | re.M)
    if locale.team and (team is None or team[1].strip() in UNNAMED):
        text = stating(text, "Language-Team", locale.team)
    return po_entry.amended(head, head._replace(strings=(text, *head.strings[1:])))


def stating(text: str, name: str, value: str) -> str:
    """A header's text in which a field has this value, at the field's place or, where there is none, at the end."""
    line, field = re.compile(rf"^{name}:.*$", re.I | re.M), f"{name}: {value}"
    if line.search(text):
        return line.sub(lambda match: field, text, count=1)
    return text + ("" if text.endswith("\n") or not text else "\n") + field + "\n"


def forms(found: Catalog, locale: Locale | None = None) -> int:
    """How many plural forms the catalog's own header states; the locale's where it states none, one where nobody knows that."""
    stated = COUNT.search(found.metadata("Plural-Forms")) or (COUNT.search(locale.plurals) if locale else None)
    return int(stated[1]) if stated else 1


def fresh_header(template: Catalog, locale: Locale, settings: Settings) -> Entry:
    """The header of a new catalog."""
    date = template.metadata("POT-Creation-Date")
    fields = dict(line.split(": ", 1) for line in header(settings, date).strings[0].strip().split("\n") if ": " in line)
    fields |= {
        "PO-Revision-Date": date,
        "Last-Translator": "",
        "Report-Msgid-Bugs-To": settings.report_bugs,
        "Language-Team": locale.team,
        "Language": locale.name,
        "Plural-Forms": locale.plurals,
    }
    order = [
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Language",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Plural-Forms",
    ]
    return po_entry.fresh(Entry(Key(None, ""), (po_entry.header_lines((name, fields[name]) for name in order),)))
