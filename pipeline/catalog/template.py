"""The template `locale/messages.pot`: the messages of an extraction as catalog entries, one a key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.catalog import po_entry, po_file
from pipeline.catalog.po_entry import Entry
from pipeline.catalog.po_file import Catalog
from pipeline.core.clock import Clock
from pipeline.core.model import Key, Message
from pipeline.core.settings import TEMPLATE_PATH, Settings


def load(root: Path) -> Catalog:
    """The template of the last extraction."""
    return po_file.load(root, TEMPLATE_PATH)


def template(
    settings: Settings, found: Iterable[Message], old: Catalog, clock: Clock, said: Mapping[Key, Sequence[str]] = {}
) -> Catalog:
    """The template catalog as it should stand on disk: the date of `old` unless the messages in it changed. `said`: further lines
    for translators (`#.`)."""
    made = tuple(
        po_entry.fresh(entry._replace(extracted=union(entry.extracted, said.get(entry.key, ()))))
        for entry in entries(found)
    )
    same_messages = {(entry.key, entry.plural) for entry in made} == {
        (entry.key, entry.plural) for entry in old.entries
    }
    date = old.metadata("POT-Creation-Date") if same_messages else ""
    head = header(settings, date or clock.minute)
    return Catalog(TEMPLATE_PATH, head, entries=made, body=old.body)


def entries(found: Iterable[Message]) -> tuple[Entry, ...]:
    """The messages as catalog entries: one a key, in order of first appearance, files as references.

    References name the file only (the page, and what it includes if that is where the text is written), and `#.` lines the kind of block and the author's comments: nothing that changes
    when a neighbour is edited.
    """
    merged: dict[Key, Entry] = {}
    for message in found:
        old = merged.get(message.key) or Entry(message.key, ("",))
        merged[message.key] = old._replace(
            plural=old.plural or message.plural,
            strings=("", "") if old.plural or message.plural else ("",),
            extracted=union(old.extracted, (*([message.kind] if message.kind else []), *message.comments)),
            references=union(old.references, (message.span.path, message.place.path)),
            flags=union(old.flags, message.flags),
        )
    return tuple(merged.values())


def union(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """Both, each once, in order of appearance."""
    return tuple(dict.fromkeys((*one, *other)))


def header(settings: Settings, date: str) -> Entry:
    """The header entry of the template."""
    fields = [
        ("Project-Id-Version", f"{settings.project} {settings.version}"),
        ("Report-Msgid-Bugs-To", settings.report_bugs),
        ("POT-Creation-Date", date),
        ("PO-Revision-Date", "YEAR-MO-DA HO:MI+ZONE"),
        ("Last-Translator", "FULL NAME <EMAIL@ADDRESS>"),
        ("Language-Team", "LANGUAGE <LL@li.org>"),
        ("Language", ""),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]
    return po_entry.fresh(Entry(Key(None, ""), (po_entry.header_lines(fields),), flags=("fuzzy",)))
