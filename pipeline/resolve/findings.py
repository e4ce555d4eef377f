"""What is wrong in one locale: its catalog, its translations, and whether it is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256

from pipeline.catalog import Catalog
from pipeline.catalog.po_header import stated as fields_of
from pipeline.changes.mended_headers import contradictions
from pipeline.checks import kept, runner
from pipeline.checks.check import Texts, with_line
from pipeline.content import Content, parse
from pipeline.core.inline import Inline, Syntax
from pipeline.core.locales import Locale
from pipeline.core.model import Finding, Key, Level, Span
from pipeline.core.settings import Settings
from pipeline.resolve.account import Accounting, Accounts, Read, templates
from pipeline.resolve.publication import graded, unpublished
from pipeline.resolve.rules import NOTICES, Rules
from pipeline.resolve.table import Table

ENOUGH = 4000
"""Rows from which a rule learns enough. (From 2,500 instead of 5,000 it finds a sixth fewer of the translations that slipped by one.)"""


def findings(
    settings: Settings, content: Content, table: Table, accounts: Accounts, catalog: Catalog, rules: Rules
) -> Iterator[Finding]:
    """Everything that is wrong in one language."""
    locale = table.locale.name
    if catalog.body is None:
        text = "There is no catalog yet. Run `lockstep update`."
        yield Finding("catalog", Level.WARNING, text, Span(catalog.path, 1), locale)
    yield from catalog.findings(locale)
    yield from strange_header(catalog, table.locale)
    yield from (replace(finding, locale=locale) for finding in catalog.said)
    for one in accounts.values():
        yield from one.findings
    reading = Accounting(content, locale, rules.source, catalog.live())
    yield from across(table, accounts, reading, catalog, rules)
    every = sum(one.tally.total for one in accounts.values())
    kept.save(rules.store, locale, rules.glossary, rules.source, every)
    for why in unpublished(settings, content, table, accounts):
        yield graded(settings, why, begun=begun(catalog, rules, locale))


def begun(catalog: Catalog, rules: Rules, locale: str) -> bool:
    """Whether the notices have, or ever had, a word in a language: its catalog has one, or cannot be read, or its ledger tells of
    a translation."""
    words = any(any(entry.strings) for entry in catalog.entries if NOTICES in entry.references)
    return words or catalog.broken or bool(rules.records.ledger(locale).rows)


def strange_header(catalog: Catalog, locale: Locale) -> Iterator[Finding]:
    """Whether the header contradicts the language or the texts under it, or does not name it: said once, with what mends it."""
    said = contradictions(catalog, locale)
    mends = f"`lockstep update --mend-headers -l {locale.name}`"
    begun = any(entry.translated for entry in catalog.entries)
    if begun and catalog.header and not said and not catalog.broken and not catalog.metadata("Language"):
        text = f"The header names no Language. {mends} writes it."
        yield Finding("catalog", Level.INFO, text, Span(catalog.path, catalog.header.line), locale.name)
    if not said:
        return
    text = f"{'. '.join(said)}. {mends} writes what fits and moves the forms."
    field = "plural-forms" if said[0].startswith("Plural-Forms") else "content-type"
    at = (line for name, _, line in fields_of(catalog.header) if name == field) if catalog.header else ()
    code = "plural" if field == "plural-forms" else "catalog"
    yield Finding(code, Level.WARNING, text, Span(catalog.path, next(iter(at), 1)), locale.name)


def across(table: Table, accounts: Accounts, reading: Accounting, catalog: Catalog, rules: Rules) -> Iterator[Finding]:
    """What the checks that look across a whole catalog say of one language."""
    locale, entries, files, shared = table.locale.name, reading.entries, *read_of(accounts, reading)
    half = 2 * sum(map(len, files.values())) >= sum(entry.plural is None for entry in entries.values())
    for number, check in enumerate(runner.across()):
        if check.filled and not half:
            continue
        for part in parts(files) if check.parted else [[*files]]:
            found = [(path, one) for path in part for one in files[path]]
            read = [one.said[number] for _, one in found]
            seal = kept.hashed(*(word for path in part for word in (path, accounts[path].seal)), shared)
            texts = texts_of([(path, one.key, one.syntax) for path, one in found], table, reading)
            said = kept.across(rules.store, check, read, texts, seal, locale, rules.glossary, rules.source)
            for at, what, other in said:
                path, key = found[at][0], found[at][1].key
                level = rules.levels.across(check, locale, path)
                if level is None or rules.accepted(check, locale, key, entries[key].strings):
                    continue
                text = with_line(what, entries[found[other][1].key].line)
                place = Span(catalog.path, entries[key].line)
                yield Finding(check.code, level, text, place, locale, key, place_of(reading.content, path, key))


def read_of(accounts: Accounts, reading: Accounting) -> tuple[dict[str, tuple[Read, ...]], str]:
    """What the checks across a catalog read of each file, in the order of extraction; a message that stands in several counts to the
    first that shows it. And a digest of the texts of these, each with its file: which of them a part has rests on the order of all."""
    content = reading.content
    documents = [one.path for one in content.documents]
    found, known, seals = dict[str, tuple[Read, ...]](), set[Key](), list[str]()
    for path in (*documents, *(path for path in accounts if path not in content.keys)):
        some, seal = reading.read(one for one in accounts[path].listed if one.message.key in content.shared)
        seals += (path, seal) if some else ()
        found[path] = (*accounts[path].read, *(one for one in some if one.key not in known))
        known.update(one.key for one in some)
    return found, kept.hashed(*seals)


def texts_of(rows: Sequence[tuple[str, Key, Syntax]], table: Table, reading: Accounting) -> Texts:
    """The texts of some rows, each with its file."""

    @cache
    def translations(path: str) -> Mapping[Key, Inline]:
        return reading.texts(table.shown(path) if path in table.documents else templates(table)[path])

    def english(at: int) -> Inline:
        return parse(rows[at][1].msgid, rows[at][2])

    return Texts(english, lambda at: translations(rows[at][0])[rows[at][1]])


def parts(files: Mapping[str, Sequence[object]], bit: int = 0) -> list[list[str]]:
    """Files in parts, by hashes of their names: halved as long as both halves have enough. So an edit of one file leaves the other
    parts what they were."""
    halves: tuple[list[str], list[str]] = [], []
    for path in files:
        halves[sha256(path.encode()).digest()[bit // 8] >> bit % 8 & 1].append(path)
    if bit == 255 or any(sum(len(files[path]) for path in half) < ENOUGH for half in halves):
        return [[*files]]
    return [part for half in halves for part in parts({path: files[path] for path in half}, bit + 1)]


def place_of(content: Content, path: str, key: Key) -> Span:
    """Where a message stands in a file."""
    document = next((one for one in content.documents if one.path == path), None)
    messages = document.messages() if document else content.interface
    return [one.place for one in messages if one.key == key and one.span.path == path][-1]
