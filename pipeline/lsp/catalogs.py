"""What an editor is told of a catalog: what the checks say, why a text is not shown, what changed of its English, what may be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.catalog import Catalog, Entry
from pipeline.catalog.po_entry import BODY, Previous, amended, string_line
from pipeline.checks import runner
from pipeline.commands.live import Live
from pipeline.core.model import Finding, Key, Level, Resolution, ident
from pipeline.core.states import State
from pipeline.lsp.said import Fix, Lines, Place, Said, escaped, marked, of_findings
from pipeline.resolve.worklist import word_diff

REASONS = (
    "it says the same in other words",
    "it is right for these readers",
    "the name or figure is written so in this language",
)
"""What a person may say when accepting a finding, for an editor that has no box to write in."""


def locale_of(live: Live, path: str) -> str | None:
    """The language whose catalog a file is, None where it is none of the site's."""
    return next((one.name for one in live.settings.locales if live.settings.catalog_path(one) == path), None)


def shown(live: Live, locale: str) -> Iterator[Resolution]:
    """What becomes of every message in a language."""
    table = live.language(locale).table
    for rows in table.documents.values():
        yield from rows.values()
    yield from table.interface


def said(live: Live, locale: str) -> tuple[Said, ...]:
    """Everything about the catalog of a language, in its order."""
    catalog = live.project.catalogs[locale]
    path, entries = catalog.path, live.project.translations[locale].entries
    found: list[Finding] = [*catalog.findings(locale)]
    states: dict[Key, Said] = {}
    for one in shown(live, locale):
        found += (finding for finding in one.findings if finding.span.path == path)
        entry = entries.get(one.message.key)
        if entry and one.change and one.message.key not in states and not one.findings:
            states[one.message.key] = state(entry, one)
    return tuple(sorted((*of_findings(found), *states.values()), key=lambda one: (one.line, one.code)))


def state(entry: Entry, one: Resolution) -> Said:
    """Why a text waits for somebody."""
    change = one.change
    assert change is not None
    since = f" since {change.since}" if change.since else ""
    why = f": {'; '.join(change.reasons)}" if change.reasons else ""
    level = None if one.state.done else Level.WARNING if str(change.severity) == "critical" else Level.INFO
    text = f"{one.state.traits.words[:1].upper()}{one.state.traits.words[1:]} ({change.severity}{since}{why})."
    return Said(string_line(entry), level, str(one.state), text)


def start_of(entry: Entry) -> int:
    """The first line of an entry, its comments included."""
    above = next((at for at, (part, _) in enumerate(entry.lines) if part in BODY), 0)
    blank = sum(1 for part, _ in entry.lines[:above] if part == "blank")
    return entry.line - above + blank


def at(catalog: Catalog, line: int) -> Entry | None:
    """The entry that a line belongs to, its comments and obsolete ones included; None for the header."""
    before = [one for one in catalog.entries if start_of(one) <= line]
    return before[-1] if before else None


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
    parts = []
    one = None if entry.obsolete else resolution(live, locale, entry.key)
    if one is None:
        parts.append(
            "*Nothing of the site has this text any more.*"
            if entry.obsolete
            else "*Not in the site as it is now: run* `lockstep update`."
        )
    else:
        parts.append(f"**{escaped(one.state.traits.words)}**" + (" · *critical*" if one.message.critical else ""))
        if one.change:
            since = f", since {one.change.since}" if one.change.since else ""
            parts.append(f"{one.change.severity}{since}: {escaped('; '.join(one.change.reasons))}")
            parts.append(marked(word_diff(one.change.was.msgid, entry.key.msgid)))
        if one.message.under:
            parts.append("Under: " + " › ".join(escaped(text) for text in one.message.under))
        parts.append(
            " · ".join(f"`{path}`" for path in sorted(live.where.get(entry.key, ())) or [one.message.span.path])
        )
        if one.review and one.review.signed:
            parts.append("Signed: " + escaped(", ".join(" ".join(role) for role in one.review.signed)))
        for finding in dict.fromkeys(one.findings):
            parts.append(f"{finding.level} `{finding.code}`: {escaped(finding.text)}")
    return "\n\n".join(parts), start_of(entry), len(entry.lines)


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
    """What may be done about the entry at a line. `name`: the person's, "" where the editor has not told."""
    catalog = live.project.catalogs[locale]
    entry = at(catalog, line)
    if entry is None or entry.obsolete or catalog.broken:
        return
    one = resolution(live, locale, entry.key)
    found = {finding.code: finding for finding in (one.findings if one else ()) if finding.span.path == catalog.path}
    yield from mended(entry, locale, found)
    if entry.fuzzy and any(entry.strings):
        flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
        yield Fix(
            "Right for this English: take the fuzzy mark off",
            change=changed(entry, entry._replace(flags=flags, previous=None)),
        )
    if not any(entry.strings):
        yield from former(live, locale, entry)
    target = f"{catalog.path}:{string_line(entry)}"
    by_code = runner.by_code()
    for code in found:
        if name and not (code in by_code and by_code[code].final):
            for reason in REASONS:
                yield Fix(
                    f"Accept [{code}] as {name}: {reason}",
                    code,
                    act="lockstep.accept",
                    given=(target, code, name, reason),
                )
    if name and one and one.change and one.state is State.STALE:
        block = live.project.blocks.get((one.message.span.path, one.message.key), "")
        where = f"{one.message.span.path}#{block}"
        yield Fix(
            f"The edit of {where} did not change its meaning, says {name}",
            act="lockstep.decide",
            given=(where, name, "the meaning is unchanged"),
        )


def mended(entry: Entry, locale: str, found: dict[str, Finding]) -> Iterator[Fix]:
    """What a check mends by itself."""
    for code in found:
        check = runner.by_code().get(code)
        if check and check.mend:
            strings = tuple(
                check.mend(entry.plural if entry.plural is not None and at else entry.key.msgid, text, locale)
                for at, text in enumerate(entry.strings)
            )
            if strings != entry.strings:
                yield Fix(f"Mend [{code}]", code, changed(entry, entry._replace(strings=strings)))


def former(live: Live, locale: str, entry: Entry) -> Iterator[Fix]:
    """The translation of what the English was before, to start from; it stays a guess until somebody revises it."""
    ways = live.project.log.ways(ident(entry.key))
    ids = [*ways]
    had = {ident(one.key): one for one in live.project.catalogs[locale].entries if any(one.strings)}
    old = next((had[one] for one in ids if one in had and len(had[one].strings) == len(entry.strings)), None)
    if old is not None:
        flags = (*entry.flags, *(() if "fuzzy" in entry.flags else ("fuzzy",)))
        new = entry._replace(strings=old.strings, flags=flags, previous=Previous(old.key, old.plural))
        yield Fix("Take the translation of the former English, to be revised", change=changed(entry, new))


def changed(old: Entry, new: Entry) -> Lines:
    """An entry's lines with others in their place."""
    made = amended(old, new)
    lines = [line for part, line in made.lines if part != "blank"]
    return Lines(start_of(old), len([part for part, _ in old.lines if part != "blank"]), tuple(lines))


def entries_of(live: Live, key: Key, locales: Sequence[str]) -> Iterator[Place]:
    """Where a message stands in catalogs."""
    for name in locales:
        entry = live.project.translations[name].entries.get(key)
        if entry is not None:
            yield Place(live.project.catalogs[name].path, string_line(entry))
