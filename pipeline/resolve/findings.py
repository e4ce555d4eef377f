"""What is wrong in one locale: its catalog, its translations, and whether it is published."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from hashlib import sha256
from itertools import accumulate, chain

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
from pipeline.resolve.account import Accounting, Accounts, Reading, templates
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
    return has_notices(catalog) or catalog.broken or bool(rules.records.ledger(locale).rows)


def has_notices(catalog: Catalog) -> bool:
    """Whether a catalog has a word of the notices."""
    return any(any(entry.strings) for entry in catalog.entries if NOTICES in entry.references)


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
    sizes = {path: one.places for path, one in files.items()}
    half = 2 * sum(map(len, sizes.values())) >= sum(entry.plural is None for entry in entries.values())
    for number, check in enumerate(runner.across()):
        if check.filled and not half:
            continue
        for part in parts(sizes) if check.parted else [[*files]]:
            read = [*chain.from_iterable(files[path].of(number) for path in part)]
            seal = kept.hashed(*(word for path in part for word in (path, accounts[path].seal)), shared)
            rows = Rows(part, files, reading)
            said = kept.across(
                rules.store, check, read, texts_of(rows, table), seal, locale, rules.glossary, rules.source
            )
            for at, what, other in said:
                (path, key, _), (_, beside, _) = rows.at(at), rows.at(other)
                level = rules.levels.across(check, locale, path)
                if level is None or rules.accepted(check, locale, key, entries[key].strings):
                    continue
                text = with_line(what, entries[beside].line)
                place = Span(catalog.path, entries[key].line)
                yield Finding(check.code, level, text, place, locale, key, place_of(reading.content, path, key))


@dataclass(frozen=True)
class Rows:
    """The rows of some files (`part`), one after the other."""

    part: Sequence[str]
    files: Mapping[str, Reading]
    reading: Accounting

    @cached_property
    def starts(self) -> list[int]:
        """Where those of each file begin."""
        return [*accumulate((len(self.files[path].places) for path in self.part), initial=0)]

    def at(self, number: int) -> tuple[str, Key, Syntax]:
        """The file, the message and the syntax of one."""
        nth = bisect_right(self.starts, number) - 1
        path, row = self.part[nth], number - self.starts[nth]
        found = self.files[path]
        return path, self.reading.keys(path)[found.places[row]], found.syntaxes[row]


def read_of(accounts: Accounts, reading: Accounting) -> tuple[dict[str, Reading], str]:
    """What the checks across a catalog read of each file, in the order of extraction; a message that stands in several counts to the
    first that shows it. And a digest of the texts of these, each with its file: which of them a part has rests on the order of all."""
    content = reading.content
    documents = [one.path for one in content.documents]
    found, known, seals = dict[str, Reading](), set[Key](), list[str]()
    for path in (*documents, *(path for path in accounts if path not in content.keys)):
        found[path], (some, seal) = accounts[path].read, accounts[path].both
        if some.places:
            seals += path, seal
            keys = reading.keys(path)
            fresh = [at for at, place in enumerate(some.places) if keys[place] not in known]
            known.update(keys[place] for place in some.places)
            found[path] = found[path].with_more(some.among(fresh))
    return found, kept.hashed(*seals)


def texts_of(rows: Rows, table: Table) -> Texts:
    """The texts of some rows."""
    reading = rows.reading

    @cache
    def translations(path: str) -> Mapping[Key, Inline]:
        return reading.texts(table.shown(path) if path in table.documents else templates(table)[path])

    def english(at: int) -> Inline:
        _, key, syntax = rows.at(at)
        return parse(key.msgid, syntax)

    def translation(at: int) -> Inline:
        path, key, _ = rows.at(at)
        return translations(path)[key]

    return Texts(english, translation)


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
