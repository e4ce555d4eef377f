"""What an editor is told of a catalog: what the checks say, why a text is not shown, what changed of its English, what may be done."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from pipeline.catalog import Catalog, Entry
from pipeline.catalog.po_entry import BODY, Previous, amended, string_line
from pipeline.checks import runner
from pipeline.commands.entries import in_place, stamp, translated
from pipeline.core.model import Finding, Key, Level, Resolution, Severity, Span, ident
from pipeline.core.states import State
from pipeline.live import Live
from pipeline.lsp.said import Fix, Lines, Place, Said, escaped, marked, of_findings
from pipeline.resolve.worklist import word_diff

REASONS = (
    "it says the same in other words",
    "it is right for these readers",
    "the name or figure is written so in this language",
)
"""What a person may say when accepting a finding, for an editor that has no box to write in."""
ACCEPT, DECIDE, WHO = "lockstep.accept", "lockstep.decide", "lockstep.who"
"""The acts that an editor may ask for."""


def locale_of(live: Live, path: str) -> str | None:
    """The language whose catalog a file is, None where it is none of the site's."""
    return next((one.name for one in live.settings.locales if live.settings.catalog_path(one) == path), None)


@dataclass
class Judged:
    """What is known of the catalog of a language: of each file of the site, what was said of its texts when it was last decided.

    A file that is to be decided anew is told of as it was until that is done, so that nothing flickers."""

    live: Live
    locale: str
    files: dict[str, tuple[object, tuple[Finding, ...], tuple[Resolution, ...]]] = field(default_factory=dict)
    alone: dict[Key, Resolution] = field(default_factory=dict)
    """What was edited last, decided without the page around it until that is."""

    def lacking(self) -> list[str]:
        """The documents that are still to be decided: those with what was edited first, those that nothing is known of last."""
        shown = self.live.language(self.locale)
        edited = {path for key in shown.edited for path in self.live.where.get(key, ())}
        lack = (path for path in shown.rows.names if path not in shown.rows.found)
        return sorted(lack, key=lambda path: (path not in edited, path not in self.files))

    def steps(self) -> Iterator[bool]:
        """Decide what is to be decided, a text at a time, what was edited last first of all. Each step says whether that has an answer
        by now, so that nobody waits for the rest."""
        shown, found = self.live.language(self.locale), self.live.language(self.locale).rows.found
        self.alone = {
            key: one for key in shown.edited if not self.known(key) if (one := self.live.alone(self.locale, key))
        }
        for path in self.lacking():
            yield bool(self.files)
            document = self.live.document(path)
            for block in document.blocks() if document and path not in found else ():
                if document and block.message:
                    _ = shown.deciding.shown(block.message, block.inline, document.scope, path)
                    yield bool(self.files)
            _ = shown.rows[path]

    def known(self, key: Key) -> bool:
        """Whether a text is decided, with a page that it stands on."""
        return not self.live.where.get(key, frozenset()).isdisjoint(self.live.language(self.locale).rows.found)

    def said(self) -> tuple[Said, ...]:
        """Everything about the catalog, in its order: what the checks say, and why texts wait for somebody. What was said of a text
        before it was edited is not said again."""
        catalog, shown = self.live.project.catalogs[self.locale], self.live.language(self.locale)
        self.files = {path: one for path, one in self.files.items() if path in shown.rows.names or not path}
        for path, rows in shown.rows.found.items():
            self.take(path, rows, rows.values(), catalog.path)
        self.take("", shown.table.interface, shown.table.interface, catalog.path)
        entries = self.live.project.translations[self.locale].entries
        found: list[Finding] = [*catalog.findings(self.locale)]
        told: dict[Key, Said] = {}
        alone = [one for key, one in self.alone.items() if not self.known(key)]
        mine = notes(alone, catalog.path)
        for path, (_, wrong, waiting) in [("", (None, *mine)), *self.files.items()]:
            past = shown.edited if path and path not in shown.rows.found else ()
            for finding in wrong:
                entry = entries.get(finding.key) if finding.key else None
                line = string_line(entry) if entry else finding.span.line
                if finding.key not in past:
                    found.append(replace(finding, span=Span(finding.span.path, line), source=None))
            for one in waiting:
                key = one.message.key
                if key not in told and key not in past and (entry := entries.get(key)):
                    told[key] = state(entry, one)
        return tuple(sorted((*of_findings(found), *told.values()), key=lambda one: (one.line, one.code)))

    def take(self, path: str, rows: object, shown: Iterable[Resolution], catalog: str) -> None:
        """Note what is said of a file, where that is not known yet."""
        known = self.files.get(path)
        if known is None or known[0] is not rows:
            self.files[path] = rows, *notes(shown, catalog)


def notes(shown: Iterable[Resolution], catalog: str) -> tuple[tuple[Finding, ...], tuple[Resolution, ...]]:
    """What the checks say of some texts in their catalog, and those that wait for somebody otherwise."""
    every = tuple(shown)
    wrong = tuple(finding for one in every for finding in one.findings if finding.span.path == catalog)
    return wrong, tuple(one for one in every if one.change and not one.findings)


def state(entry: Entry, one: Resolution) -> Said:
    """Why a text waits for somebody."""
    change = one.change
    assert change is not None
    since = f" since {change.since}" if change.since else ""
    why = f": {'; '.join(change.reasons)}" if change.reasons else ""
    level = None if one.state.done else Level.WARNING if change.severity is Severity.CRITICAL else Level.INFO
    words = one.state.traits.words
    return Said(entry.line, level, str(one.state), f"{words[:1].upper()}{words[1:]} ({change.severity}{since}{why}).")


def start_of(entry: Entry) -> int:
    """The first line of an entry, its comments included."""
    return entry.line - next((at for at, part in enumerate(parts(entry)) if part in BODY), 0)


def parts(entry: Entry) -> list[str]:
    """What each line of an entry is, the blank ones around it left out."""
    return [part for part, _ in entry.lines if part != "blank"]


def at(catalog: Catalog, line: int) -> Entry | None:
    """The entry that a line belongs to, its comments and obsolete ones included; None for the header."""
    entries = catalog.entries
    after = bisect_right(entries, line, key=lambda one: one.line)
    if after < len(entries) and start_of(entries[after]) <= line:
        return entries[after]
    return entries[after - 1] if after else None


def resolution(live: Live, locale: str, key: Key) -> Resolution | None:
    """What becomes of a message in a language, where it first stands."""
    table = live.language(locale).table
    for path in sorted(live.where.get(key, ())):
        if path in table.documents:
            return next((one for one in table.documents[path].values() if one.message.key == key), None)
    return next((one for one in table.interface if one.message.key == key), None)


def hover(live: Live, locale: str, line: int) -> tuple[str, int, int] | None:
    """What is to be known of the entry at a line, in Markdown, with its first line and how many it has."""
    entry = at(live.project.catalogs[locale], line)
    if entry is None:
        return None
    one = None if entry.obsolete else resolution(live, locale, entry.key)
    parts_of_it = [*known(live, entry, one)] if one else [GONE if entry.obsolete else UNKNOWN]
    return "\n\n".join(parts_of_it), start_of(entry), len(parts(entry))


GONE = "*Nothing of the site has this text any more.*"
UNKNOWN = "*Not in the site as it is now: run* `lockstep update`."


def known(live: Live, entry: Entry, one: Resolution) -> Iterator[str]:
    """What there is to say of an entry, gravest first."""
    yield f"**{escaped(one.state.traits.words)}**" + (" · *critical*" if one.message.critical else "")
    if one.change:
        since = f", since {one.change.since}" if one.change.since else ""
        yield f"{one.change.severity}{since}: {escaped('; '.join(one.change.reasons))}"
        yield marked(word_diff(one.change.was.msgid, entry.key.msgid))
    for finding in dict.fromkeys(one.findings):
        yield f"{finding.level} `{finding.code}`: {escaped(finding.text)}"
    if one.message.under:
        yield "Under: " + " › ".join(escaped(text) for text in one.message.under)
    yield " · ".join(f"`{path}`" for path in sorted(live.where.get(entry.key, ())) or [one.message.span.path])
    if one.review and one.review.signed:
        yield "Signed: " + escaped(", ".join(" ".join(role) for role in one.review.signed))


def places(live: Live, locale: str, line: int) -> tuple[Place, ...]:
    """Where the English of the entry at a line stands."""
    entry = at(live.project.catalogs[locale], line)
    if entry is None:
        return ()
    found = []
    for path in sorted(live.where.get(entry.key, ())):
        document = live.document(path)
        every = document.messages() if document else live.content.interface
        found += [Place(path, one.span.line) for one in every if one.key == entry.key and one.span.path == path]
    return tuple(dict.fromkeys(found))


def fixes(live: Live, locale: str, line: int, name: str) -> Iterator[Fix]:
    """What may be done about the entry at a line. `name`: the person's, "" where nobody said who sits there."""
    catalog = live.project.catalogs[locale]
    entry = at(catalog, line)
    if entry is None or entry.obsolete or catalog.broken:
        return
    one = resolution(live, locale, entry.key)
    found = {finding.code: finding for finding in (one.findings if one else ()) if finding.span.path == catalog.path}
    yield from mended(live, entry, locale, found)
    if entry.fuzzy and any(entry.strings):
        title = "Right for this English: take the fuzzy mark off"
        yield Fix(title, change=changed(catalog, entry, translated(entry, entry.strings)))
    if not any(entry.strings):
        yield from former(live, locale, entry)
    yield from said_by_name(live, locale, entry, one, found, name)


def said_by_name(
    live: Live, locale: str, entry: Entry, one: Resolution | None, found: Iterable[str], name: str
) -> Iterator[Fix]:
    """What a person stands by: that a finding is wrong, that an edit did not change the meaning."""
    of, by_code = (locale, ident(entry.key), stamp(entry)), runner.by_code()
    codes = [code for code in found if not (code in by_code and by_code[code].final)]
    grade = one.change.severity if one and one.change and one.state is State.STALE else Severity.CRITICAL
    decided = grade is not Severity.CRITICAL  # that takes two people, and an editor is one's
    if (codes or decided) and not name:
        yield Fix("Accept or decide: say who you are first", act=WHO)
        return
    for code in codes:
        for reason in REASONS:
            yield Fix(f"Accept [{code}] as {name}: {reason}", code, act=ACCEPT, given=(*of, code, reason))
    if decided:
        yield Fix(f"The edit of the English did not change its meaning, says {name}", act=DECIDE, given=of)


def mended(live: Live, entry: Entry, locale: str, found: dict[str, Finding]) -> Iterator[Fix]:
    """What a check mends by itself."""
    for code in found:
        check = runner.by_code().get(code)
        if check and check.mend:
            strings = tuple(
                check.mend(entry.plural if entry.plural is not None and at else entry.key.msgid, text, locale)
                for at, text in enumerate(entry.strings)
            )
            if strings != entry.strings:
                new = entry._replace(strings=strings)
                yield Fix(f"Mend [{code}]", code, changed(live.project.catalogs[locale], entry, new))


def former(live: Live, locale: str, entry: Entry) -> Iterator[Fix]:
    """The translation of what the English was before, to start from; it stays a guess until somebody revises it."""
    by_id = live.project.translations[locale].known.by_id
    past = (by_id.get(one) for one in live.project.log.ways(ident(entry.key)))
    for old in past:
        if old is not None and any(old.strings) and len(old.strings) == len(entry.strings):
            flags = entry.flags if entry.fuzzy else ("fuzzy", *entry.flags)
            new = entry._replace(strings=old.strings, flags=flags, previous=Previous(old.key, old.plural))
            title = "Take the translation of the former English, to be revised"
            yield Fix(title, change=changed(live.project.catalogs[locale], entry, new))
            return


def changed(catalog: Catalog, old: Entry, new: Entry) -> Lines:
    """An entry's lines with others in their place; what stays as it is keeps its place."""
    made = in_place(old, amended(old, new))
    lines = tuple(line for part, line in made.lines if part != "blank")
    return Lines(start_of(old), len(parts(old)), lines, catalog.newline)


def entries_of(live: Live, key: Key, locales: Iterable[str]) -> Iterator[Place]:
    """Where a message stands in catalogs."""
    for name in locales:
        entry = live.project.translations[name].entries.get(key)
        if entry is not None:
            yield Place(live.project.catalogs[name].path, string_line(entry))
