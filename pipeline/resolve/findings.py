"""What is wrong in one locale: its catalog, its translations, and whether it is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipeline.catalog import Catalog
from pipeline.catalog.po_header import stated as fields_of
from pipeline.checks import kept, runner
from pipeline.checks.check import CatalogRow
from pipeline.content import Content, parse
from pipeline.core.locales import Locale
from pipeline.core.model import Finding, Level, Resolution, Span
from pipeline.core.plurals import plural_rule
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
    yield from strange_rule(catalog, table.locale)
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


def strange_rule(catalog: Catalog, locale: Locale) -> Iterator[Finding]:
    """Whether entries with a plural stand under a rule that is none of the language."""
    stated = catalog.metadata("Plural-Forms")
    plurals = any(entry.plural is not None and any(entry.strings) for entry in catalog.live().values())
    if not stated or not plurals or locale.has_rule(stated):
        return
    what = "cannot be read as a plural rule" if plural_rule(stated) is None else "is no plural rule of this language"
    text = f"Plural-Forms {what}: {stated[:80]} Texts with as many forms as the language has are shown by its own. Write: {locale.plurals}"
    at = (line for name, _, line in fields_of(catalog.header) if name == "plural-forms") if catalog.header else ()
    line = next(iter(at), 1)
    yield Finding("plural", Level.WARNING, text, Span(catalog.path, line), locale.name)


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
            yield Finding(check.code, level, said, Span(catalog.path, line), locale, key, message.span)
