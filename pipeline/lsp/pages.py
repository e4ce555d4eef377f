"""What an editor of the English is told of a page while it is typed: what is wrong in it, and what each edit does to its translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.changes import Occurrence, Occurrences, align, occurrences
from pipeline.checks import source
from pipeline.commands.live import Live
from pipeline.core.model import Document, Key, Message, Severity, ident
from pipeline.lsp.catalogs import entries_of
from pipeline.lsp.said import GRADES, Place, Said, escaped, listed, marked, of_findings
from pipeline.resolve.worklist import word_diff

BESIDE = 2
"""How many files a text is looked for in that came from another one: more would be the whole site."""


class Edit(NamedTuple):
    """What became of a text since the last update: its line, what it was, how grave that is and why, and the languages that had it."""

    line: int
    was: Key
    now: Key
    severity: Severity
    reasons: tuple[str, ...]
    had: tuple[str, ...]


@dataclass
class Before:
    """Where every text stood at the last update, read again when that file changed."""

    live: Live
    body: bytes | None = b"?"
    places: Occurrences = field(default_factory=dict)

    def of(self, path: str) -> tuple[Occurrence, ...]:
        """The texts of a file then."""
        body = self.live.read(occurrences.OCCURRENCES_PATH)
        if body != self.body:
            project = self.live.project
            self.places = occurrences.before(self.live.root, project.template, project.catalogs.values())
            self.body = body
        return tuple(self.places.get(path, ()))


def findings(live: Live, path: str) -> tuple[Said, ...]:
    """What is wrong in a page or data file."""
    document = live.document(path)
    if document is None:
        return of_findings(one for one in live.content.findings if one.span.path == path)
    found = [one for one in live.content.findings if one.span.path == path]
    found += source.of_document(live.content, document, live.project.levels, live.settings.reading_grade)
    return of_findings(one for one in found if one.span.path == path)


def edits(live: Live, before: Before, path: str) -> Iterator[Edit]:
    """What was edited on a page since the last update, in reading order."""
    document = live.document(path)
    if document is None:
        return
    old, lines = before.of(path), lines_of(document)
    new = occurrences.of_messages(document.messages()).get(path, ())
    pairs, *_ = align.aligned({path: old} if old else {}, {path: new} if new else {})
    day, names = live.project.clock.day, live.project.glossary.words
    for pair in sorted(pairs, key=lambda pair: lines.get(pair.new.key, 0)):
        grade = align.graded(pair, day, names)
        had = tuple(locale for locale in languages(live) if translated(live, locale, pair.old.key))
        yield Edit(lines.get(pair.new.key, 1), pair.old.key, pair.new.key, grade.severity, grade.reasons, had)
    for edit in align.placed({path: old}, {path: new}, live.project.log, day, names):
        place = next(one for one in new if one.block == edit.block)
        had = tuple(locale for locale in languages(live) if translated(live, locale, place.key))
        yield Edit(lines.get(place.key, 1), place.key, place.key, edit.severity, edit.reasons, had)


def languages(live: Live) -> tuple[str, ...]:
    return tuple(one.name for one in live.settings.locales)


def translated(live: Live, locale: str, key: Key) -> bool:
    """Whether a language has a translation of a message that is no guess."""
    entry = live.project.translations[locale].entries.get(key)
    return entry is not None and entry.translated and not entry.fuzzy


def lines_of(document: Document) -> Mapping[Key, int]:
    """The line on which each text first stands."""
    found: dict[Key, int] = {}
    for one in document.messages():
        found.setdefault(one.key, one.span.line)
    return found


def said(live: Live, before: Before, path: str) -> tuple[Said, ...]:
    """Everything about a page, by line."""
    impact = (
        Said(one.line, GRADES[one.severity], f"impact-{one.severity}", told(one)) for one in edits(live, before, path)
    )
    return tuple(sorted((*findings(live, path), *impact), key=lambda one: (one.line, one.code)))


def told(one: Edit) -> str:
    """What an edit does, in one sentence."""
    why = "; ".join(one.reasons)
    if not one.had:
        return f"{str(one.severity).capitalize()} edit ({why}). No language has this text translated."
    many = f"{len(one.had)} language{'s' * (len(one.had) != 1)} ({listed(one.had)})"
    then = {
        Severity.CRITICAL: f"Readers of {many} get the English from the next build on, until it is translated anew.",
        Severity.WORDING: f"Readers of {many} keep the translation under a notice, for as long as the policy grants.",
        Severity.COSMETIC: f"Every translation stays: {many}.",
    }
    return f"{str(one.severity).capitalize()} edit ({why}). {then[one.severity]}"


def message_at(live: Live, path: str, line: int) -> Message | None:
    """The text at a line: the last that begins on it or above."""
    document = live.document(path)
    every = [
        one for one in (document.messages() if document else ()) if one.span.path == path and one.span.line <= line
    ]
    return max(every, key=lambda one: one.span.line) if every else None


def hover(live: Live, before: Before, path: str, line: int) -> tuple[str, int] | None:
    """What is to be known of the text at a line, in Markdown, and the line on which it begins."""
    one = message_at(live, path, line)
    if one is None:
        return None
    place = live.project.blocks.get((path, one.key), "")
    parts = [f"`{path}#{place}`" + (" · *critical*" if one.critical else "")]
    for edit in edits(live, before, path):
        if edit.now == one.key:
            parts += [escaped(told(edit)), marked(word_diff(edit.was.msgid, edit.now.msgid))]
    have = [name for name in languages(live) if translated(live, name, one.key)]
    lack = [name for name in languages(live) if name not in have]
    if have:
        parts.append(f"Translated: {listed(have, 30)}")
    if lack:
        parts.append(f"Not translated: {listed(lack, 30)}")
    return "\n\n".join(parts), one.span.line


def places(live: Live, path: str, line: int) -> tuple[Place, ...]:
    """Where the text at a line stands in catalogs."""
    one = message_at(live, path, line)
    return tuple(entries_of(live, one.key, languages(live))) if one else ()


def block_at(live: Live, path: str, line: int) -> str:
    """What verbs call the block at a line: `PAGE#block`; "" where none begins above."""
    one = message_at(live, path, line)
    return f"{path}#{live.project.blocks.get((path, one.key), ident(one.key))}" if one else ""
