"""What a language shows of a document rests on the entries of its messages, not on all of its catalog: one text rewritten leaves
the other documents as they were.

An entry is not alone: whose text it has is told by those that its message came from, and that it says it was made for or carried
over from. All that are linked so, over any number of steps, count as one. All other files count whole, the edit log and former
translations too. An entry counts without the lines that it stands on; where something is said of one, its line is looked at when the rows
are found again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.catalog import Entry
from pipeline.catalog.po_entry import string_line
from pipeline.changes import Log
from pipeline.changes.notes import carried_id
from pipeline.core.cache import digest
from pipeline.core.model import Document, Key, Resolution, ident

if TYPE_CHECKING:
    from pipeline.commands.earlier import Earlier
    from pipeline.content import Content
    from pipeline.resolve import Translations
    from pipeline.resolve.table import Rows


class Kin:
    """Messages in groups, by their ids: those that are linked with each other over any number of steps."""

    def __init__(self, log: Log) -> None:
        self.above: dict[str, str] = {}
        for edit in log.rows:
            if edit.was and edit.now:
                self.link(edit.was, edit.now)

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
class Said:
    """What one catalog says of messages, each group as one."""

    asked: Translations
    kin: Kin
    told: dict[Key, str] = field(default_factory=dict)

    def of(self, key: Key) -> str:
        """What it says of a message and of those that are linked with it."""
        if key not in self.told:
            entries, known = self.asked.entries, self.asked.known
            if self.kin.above and len(group := self.kin.of(ident(key))) > 1:
                keys = [known.by_id[one].key for one in sorted(group) if one in known.by_id]
            else:
                keys = [key]
            found = [one for at in keys for one in (known.get(at), entries.get(at))]
            self.told[key] = digest(*[one and (*one[0], *one[1:AS_SAID]) for one in found])
        return self.told[key]


AS_SAID = Entry._fields.index("line")
"""The parts of an entry that come before this one are what it says; the others, where and how it is written."""


def kin_of(asked: Translations, log: Log) -> Kin:
    """The messages that are linked by the log and by what a catalog says of itself. Former translations link none: each names a
    message that the log leads from, or is looked for by the entry's own text."""
    found = Kin(log)
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
    documents: Mapping[str, Document]
    digests: Mapping[str, str]
    chain: tuple[Said, ...]

    def key(self, path: str) -> str:
        """A digest of all that the rows of a document rest on."""
        keys = dict.fromkeys(block.message.key for block in self.documents[path].blocks() if block.message)
        return digest(self.base, path, self.digests[path], self.said(keys))

    def said(self, keys: Iterable[Key]) -> list[str]:
        """What the catalogs say of messages."""
        wanted = list(keys)
        return [one.of(key) for one in self.chain for key in wanted]

    def holds(self, rows: Rows) -> bool:
        """Whether each finding names the line that its entry stands on today."""
        by_path = {one.asked.path: one.asked.entries for one in self.chain}
        for said in (said for one in every(rows.values()) for said in one.findings):
            if said.key and (entries := by_path.get(said.span.path)):
                entry = entries.get(said.key)
                if entry is None or string_line(entry) != said.span.line:
                    return False
        return True


def every(rows: Iterable[Resolution]) -> Iterator[Resolution]:
    """Resolutions and those of the facts in them."""
    for one in rows:
        yield one
        yield from every(one.facts)


def resting(
    content: Content,
    chain: Sequence[Translations],
    log: Log,
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
            heard[one.path] = Said(one, kin_of(one, log))
    found = tuple(heard[one.path] for one in chain)
    made = Resting("", {one.path: one for one in content.documents}, content.digests, found)
    shared = [*(block.message.key for block in content.fields.values() if block.message), stub]
    heads = [(one.path, one.plurals, sorted(one.held.fresh)) for one in chain]
    made.base = digest(before.language(content, name, catalogs), heads, made.said(shared))
    return made
