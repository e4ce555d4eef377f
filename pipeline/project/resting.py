"""What a language shows of a document rests on the entries of its messages and on what is told of them, not on all of its catalog:
one text rewritten, in a catalog or in the English, leaves the other documents as they were.

An entry is not alone: whose text it has is told by those that its message came from, and that it says it was made for or carried
over from. All that are linked so, by the edit log or by a catalog, over any number of steps, count as one. With them counts what the log
and the former translations say of any of them, in the order of their files; and of a former translation that the log has lost, which is looked for by the
text alone, whether an entry has its text. All other files count whole. An entry counts without the lines that it stands on; where
something is said of one, its line is looked up when the rows are found again.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import is_
from typing import TYPE_CHECKING

from pipeline.catalog import Entry
from pipeline.catalog.po_entry import string_line
from pipeline.changes import Log, copied, edit_log, former, occurrences
from pipeline.changes.former import text_id
from pipeline.changes.notes import carried_id
from pipeline.core.cache import digest
from pipeline.core.model import Finding, Key, Resolution, ident
from pipeline.core.settings import TEMPLATE_PATH

if TYPE_CHECKING:
    from pipeline.content import Content
    from pipeline.project.earlier import Earlier
    from pipeline.resolve import Translations
    from pipeline.resolve.table import Rows

APART = frozenset([edit_log.LOG_PATH, occurrences.OCCURRENCES_PATH, TEMPLATE_PATH])
"""The files in `locale/` itself that do not count whole: the log counts by message, and the others say what the source says, where pages
stand as the last extraction had them."""


class Kin:
    """Messages in groups, by their ids: those that are linked with each other over any number of steps. `above`: links to begin with."""

    def __init__(self, above: Mapping[str, str] | None = None) -> None:
        self.above = dict(above or {})

    def root(self, one: str) -> str:
        """The message that stands for a group."""
        above = self.above
        while (over := above.get(one, one)) != one:
            above[one] = above.get(over, over)
            one = over
        return one

    def link(self, one: str, other: str) -> None:
        """Have two messages be in one group."""
        one, other = self.root(one), self.root(other)
        if one != other:
            self.above.setdefault(other, other)
            self.above[one] = other

    @cached_property
    def members(self) -> Mapping[str, Sequence[str]]:
        """Every group of more than one message, by the one that stands for it. No two are linked after this was asked for."""
        found: dict[str, list[str]] = {}
        for one in [*self.above]:
            found.setdefault(self.root(one), []).append(one)
        return found

    def of(self, one: str) -> Sequence[str]:
        """The messages that are in one group with a message, itself among them."""
        return self.members.get(self.root(one), (one,))


@dataclass
class Lines:
    """The lines of a ledger by the messages that they are about, in the order of the file."""

    rows: Sequence[edit_log.Edit | former.Was]
    at: Mapping[str, Sequence[int]]

    @cached_property
    def written(self) -> dict[int, str]:
        """Those that were asked for, as they are written."""
        return {}

    def of(self, group: Iterable[str]) -> list[str]:
        """What is said of some messages."""
        places = sorted({at for one in group for at in self.at.get(one, ())})
        return [self.written.get(at) or self.written.setdefault(at, self.rows[at].line()) for at in places]


@dataclass
class Logged:
    """What the log says of messages, by their ids, each group as one."""

    log: Log
    told: dict[str, str] = field(default_factory=dict)

    @cached_property
    def kin(self) -> Kin:
        """The messages that it links."""
        found = Kin()
        for edit in self.log.rows:
            if edit.was and edit.now:
                found.link(edit.was, edit.now)
        return found

    @cached_property
    def lines(self) -> Lines:
        """Its lines, by each message that they name."""
        found: dict[str, list[int]] = {}
        for at, edit in enumerate(self.log.rows):
            for one in {edit.was, edit.now} - {None}:
                found.setdefault(one or "", []).append(at)
        return Lines(self.log.rows, found)

    def of(self, name: str) -> str:
        """What it says of a message and of those that are linked with it; "" where that is nothing."""
        root = self.kin.root(name)
        if root not in self.told:
            found = self.lines.of(self.kin.of(name))
            self.told[root] = digest(found) if found else ""
        return self.told[root]


@dataclass
class Said:
    """What one catalog says of messages, with what is held of them beside it, each group as one."""

    asked: Translations
    logged: Logged
    kin: Kin
    told: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)

    @cached_property
    def fresh(self) -> frozenset[str]:
        """The messages that came to stand elsewhere, or whose English a hand wrote anew or copied."""
        return self.asked.held.fresh

    @cached_property
    def former(self) -> Lines:
        """The former translations, by the message that each is about."""
        rows, found = self.asked.held.former.rows, dict[str, list[int]]()
        for at, row in enumerate(rows):
            found.setdefault(row.message, []).append(at)
        return Lines(rows, found)

    @cached_property
    def lost(self) -> Mapping[str, Key]:
        """The English of the texts that are looked for whatever message has them."""
        held = self.asked.held.former
        return held.unlogged(self.logged.log.onward) if held.rows else {}

    @cached_property
    def told_of(self) -> frozenset[str]:
        """The messages of which an entry alone does not tell everything."""
        return self.fresh.union(self.kin.above, self.logged.lines.at, self.former.at)

    def document(self, path: str, keys: Sequence[Key]) -> str:
        """What it says of the messages of a document, and of those that are linked with them."""
        if path not in self.documents:
            self.documents[path] = self.plainly(keys) or digest([*map(self.of, keys)])
        return self.documents[path]

    def plainly(self, keys: Sequence[Key]) -> str:
        """The same in a fifth of the time, where what is told of most messages is told by their entries; "" where an entry is more
        than texts. The keys follow from the document."""
        if self.lost:
            return ""
        names = [*map(ident, keys)]
        linked = self.told_of.intersection(names)
        rest = [key for key, name in zip(keys, names, strict=True) if name not in linked] if linked else keys
        found = [*map(self.asked.known.get, rest)]
        if not all(map(is_, found, map(self.asked.entries.get, rest))):
            return ""
        try:
            said = marshal.dumps([one and one[1:AS_SAID] for one in found], EXACT)
        except ValueError:
            return ""
        more = [self.of(key) for key, name in zip(keys, names, strict=True) if name in linked] if linked else []
        return digest(sorted(linked), more, hashlib.sha256(said).hexdigest())

    def of(self, key: Key) -> object:
        """What it says of a message and of those that are linked with it, as a digest is made of it."""
        name = ident(key)
        if name in self.kin.above or name in self.logged.lines.at or name in self.former.at or name in self.fresh:
            root = self.kin.root(name)
            if root not in self.told:
                self.told[root] = digest(*self.group(key, self.kin.of(name)))
            return self.told[root]
        entry, live = self.asked.known.get(key), self.asked.entries.get(key)
        return self.bare(entry), live is entry or self.bare(live)

    def bare(self, entry: Entry | None) -> object:
        """An entry without the lines that it stands on, and the English of its text where that is looked for."""
        return entry and (*entry[0], *entry[1:AS_SAID], self.lost.get(text_id(entry.strings)) if self.lost else None)

    def group(self, key: Key, ids: Sequence[str]) -> Iterable[object]:
        """All that decisions about some messages rest on that are linked (`ids`, of which `key` is one)."""
        entries, known = self.asked.entries, self.asked.known
        keys = [key] if len(ids) == 1 else [known.by_id[one].key for one in sorted(ids) if one in known.by_id]
        for at in keys:
            entry, live = known.get(at), entries.get(at)
            yield self.bare(entry), live is entry or self.bare(live)
        yield self.logged.lines.of(ids)
        yield self.former.of(ids)
        yield sorted(self.fresh.intersection(ids))


EXACT = 2
"""The last version of `marshal` that writes equal texts alike, whatever in them is one object."""
AS_SAID = Entry._fields.index("line")
"""The parts of an entry that come before this one are what it says; the others, where and how it is written."""


def kin_of(asked: Translations, logged: Logged) -> Kin:
    """The messages that are linked by the log and by what a catalog says of itself. Former translations link none: each names a
    message that the log leads from, or is looked for by the entry's own text."""
    found = Kin(logged.kin.above)
    for entry in asked.known.values():
        if entry.previous:
            found.link(ident(entry.key), ident(entry.previous.key))
        if entry.extracted and (was := carried_id(entry.extracted)):
            found.link(ident(entry.key), was)
    return found


@dataclass
class Resting:
    """The documents of a site in one language. `base` is a digest of what all of them rest on."""

    base: str
    keys: Mapping[str, Sequence[Key]]
    digests: Mapping[str, str]
    logged: Logged
    chain: tuple[Said, ...]

    def key(self, path: str) -> str:
        """A digest of all that the rows of a document rest on."""
        keys = self.keys[path]
        said = [one.document(path, keys) for one in self.chain] or self.said(keys)
        return digest(self.base, path, self.digests[path], said)

    def said(self, keys: Iterable[Key]) -> list[object]:
        """What the catalogs say of messages; in the language that they are written in, the log."""
        wanted = list(keys)
        if not self.chain:
            return [self.logged.of(ident(key)) for key in wanted]
        return [one.of(key) for one in self.chain for key in wanted]

    @cached_property
    def entries(self) -> Mapping[str, Mapping[Key, Entry]]:
        """What is alive in each catalog, by its path."""
        return {one.asked.path: one.asked.entries for one in self.chain}

    def today(self, rows: Rows) -> Rows | None:
        """Rows with each finding at the line that its entry stands on today; None where there is no such entry."""
        by_path = self.entries
        try:
            found = {number: at_lines(one, by_path) for number, one in rows.items()}
        except LookupError:
            return None
        return found if any(found[number] is not one for number, one in rows.items()) else rows


def at_lines(one: Resolution, by_path: Mapping[str, Mapping[Key, Entry]]) -> Resolution:
    """A resolution, and those of the facts in it, with the lines of today in what is said of them. Raises LookupError."""
    if not one.findings and not one.facts:
        return one
    findings = tuple(at_line(said, by_path) for said in one.findings)
    facts = tuple(at_lines(fact, by_path) for fact in one.facts)
    if all(map(same, findings, one.findings)) and all(map(same, facts, one.facts)):
        return one
    return replace(one, findings=findings, facts=facts)


def at_line(said: Finding, by_path: Mapping[str, Mapping[Key, Entry]]) -> Finding:
    """A finding at the line that its entry stands on today. Raises LookupError."""
    entries = by_path.get(said.span.path)
    if not said.key or not entries:
        return said
    line = string_line(entries[said.key])
    return said if line == said.span.line else replace(said, span=said.span._replace(line=line))


def same(one: object, other: object) -> bool:
    """Whether two are one."""
    return one is other


def resting(
    content: Content,
    chain: Sequence[Translations],
    logged: Logged,
    stub: Key,
    before: Earlier,
    name: str,
    heard: dict[str, Said],
) -> Resting:
    """What a language rests on document by document. `stub`: the message that stands in place of a text that is withdrawn; `heard`:
    what the language before asked of its catalogs, by path: it may stand on the same."""
    catalogs = frozenset(one.path for one in chain)
    for path in heard.keys() - catalogs:
        del heard[path]
    for one in chain:
        if one.path not in heard or heard[one.path].asked is not one:
            heard[one.path] = Said(one, logged, kin_of(one, logged))
    found = tuple(heard[one.path] for one in chain)
    made = Resting("", content.keys, content.digests, logged, found)
    shared = [*(block.message.key for block in content.fields.values() if block.message), stub]
    heads = [(one.path, one.plurals, one.stated, bool(one.held.former.findings)) for one in chain]
    names = [one.locale.name for one in chain]
    kin = copied.relatives(name, tuple(before.settings.by_name))  # what they know counts where it is held of an entry
    apart = catalogs | APART | {former.path_of(one) for one in (*names, *kin)}
    made.base = digest(before.language(content, name, apart), heads, made.said(shared))
    return made
