"""What is wrong in one locale: its catalog, its translations, and whether it is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipeline.catalog import Catalog
from pipeline.catalog.po_header import stated as fields_of
from pipeline.changes.mended_headers import contradictions
from pipeline.checks import kept, runner
from pipeline.checks.check import CatalogRow
from pipeline.content import Content, parse
from pipeline.core.locales import Locale
from pipeline.core.model import Finding, Level, Resolution, Span
from pipeline.core.settings import Settings
from pipeline.resolve.publication import graded, unpublished
from pipeline.resolve.rules import NOTICES, Rules
from pipeline.resolve.table import Table


def findings(settings: Settings, content: Content, table: Table, catalog: Catalog, rules: Rules) -> Iterator[Finding]:
    """Everything that is wrong in one language."""
    locale = table.locale.name
    if catalog.body is None:
        text = "There is no catalog yet. Run `lockstep update`."
        yield Finding("catalog", Level.WARNING, text, Span(catalog.path, 1), locale)
    yield from catalog.findings(locale)
    yield from strange_header(catalog, table.locale)
    yield from (replace(finding, locale=locale) for finding in catalog.said)
    for found in table.by_file.values():
        for resolution in found:
            yield from resolution.findings
    yield from across(table, catalog, rules)
    kept.save(rules.store, locale, rules.glossary, rules.source)
    for one in unpublished(settings, content, table):
        yield graded(settings, one, begun=begun(catalog, rules, locale))


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


def across(table: Table, catalog: Catalog, rules: Rules) -> Iterator[Finding]:
    """What the checks that look across a whole catalog say of one language."""
    locale, entries = table.locale.name, catalog.live()
    shown: dict[object, Resolution] = {
        resolution.message.key: resolution
        for found in table.by_file.values()
        for resolution in found
        if resolution.spoken == locale and resolution.state.done
    }
    found = [
        (key, shown[key].text, entry.line) for key, entry in entries.items() if key in shown and entry.plural is None
    ]

    @cache
    def rows() -> list[CatalogRow]:
        return [CatalogRow(key, parse(key.msgid, text.syntax), text, line) for key, text, line in found]

    seal = kept.sealed(rules.store, found)
    for check in runner.across():
        for at, said in kept.across(rules.store, check, found, rows, seal, locale, rules.glossary, rules.source):
            key, _, line = found[at]
            message = shown[key].message
            level = rules.levels.across(check, locale, message.span.path)
            if level is None or rules.accepted(check, locale, key, entries[key].strings):
                continue
            yield Finding(check.code, level, said, Span(catalog.path, line), locale, key, message.place)
