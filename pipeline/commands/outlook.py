"""What the edit of one page would do, while it is typed: `impact` for that page alone, fast enough to be asked at every keystroke.

Nothing is predicted by rule here either: what was edited is logged and brought into the catalogs in memory, for the texts that it
touches, and the page is decided before and after.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import is_

from pipeline.catalog import Catalog, Entry, bundled, template
from pipeline.changes import Log, Occurrence, Occurrences, align, merge, occurrences
from pipeline.changes.edit_log import Edit, not_yet
from pipeline.changes.former import text_id
from pipeline.commands import impact, outcome, remember
from pipeline.content.content import SITE
from pipeline.core.dialects import INLINE, constructs
from pipeline.core.inline import NOWHERE, Scope
from pipeline.core.model import Block, Document, Key, Resolution, Severity, ident
from pipeline.live import Live
from pipeline.live.anew import over
from pipeline.project.project import Project
from pipeline.resolve import Translations
from pipeline.resolve.table import Decided, Deciding, blocks_of

ALSO = "also"
"""How a text came to look otherwise that nobody edited."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What becomes of one text of a page: its line, what it was, how grave its edit is and why, the languages that had it, and
    what readers will see otherwise (as a `Turn` names it) in which languages. `how` is `also` where another edit does it."""

    line: int
    was: Key
    now: Key
    how: str
    severity: Severity
    reasons: tuple[str, ...]
    had: tuple[str, ...]
    turns: Mapping[str, tuple[str, ...]]


@dataclass
class Outlooks:
    """The outlook of the pages of a site. What a page was at the last update is worked out once a language."""

    live: Live
    body: bytes | None = b"?"
    places: Occurrences = field(default_factory=dict)
    were: dict[tuple[str, str], tuple[tuple[object, ...], Mapping[Key, Resolution], Decided]] = field(
        default_factory=dict
    )
    made: dict[str, tuple[tuple[Project, tuple[str, ...]], tuple[Outlook, ...]]] = field(default_factory=dict)
    """What was worked out last of each page, and of what site and languages."""

    def before(self, path: str) -> tuple[Occurrence, ...]:
        """The texts of a file at the last update."""
        body = self.live.read(occurrences.OCCURRENCES_PATH)
        if body != self.body:
            project = self.live.project
            self.places = occurrences.before(self.live.root, project.template, project.catalogs.values())
            self.body = body
            self.were.clear()
        return self.places.get(path, ())

    def of(self, path: str, names: Sequence[str]) -> tuple[Outlook, ...]:
        """What was edited on a page since the last update, in reading order, as far as these languages are concerned."""
        for _ in self.steps(path, names):
            pass
        return self.made[path][1]

    def steps(self, path: str, names: Sequence[str]) -> Iterator[None]:
        """Work that out, a language at a time; nothing where it is known. Whoever stops in between may begin anew."""
        of = (self.live.project, tuple(names))
        known = self.made.get(path)
        if known is None or known[0][0] is not of[0] or known[0][1] != of[1]:
            self.made[path] = of, tuple((yield from self.worked_out(path, names)))

    def worked_out(self, path: str, names: Sequence[str]) -> Generator[None, None, list[Outlook]]:
        document, project = self.live.document(path), self.live.project
        if document is None:
            return []
        old = self.before(path)
        new = occurrences.of_messages(document.messages()).get(path, ())
        day, words = project.clock.day, project.terms[0].words
        then, now = ({path: found} if found else {} for found in (old, new))
        pairs, *_ = align.aligned(then, now)
        steps = [one for one in align.edits(then, now, project.log, day, words) if one.was and one.now]
        log = project.log.added(not_yet(steps, project.log.rows))
        entries = {name: project.translations[name].entries for name in names}
        found = [
            *impact.edited(pairs, log, day, words),
            *impact.placed(then, now, log, day, words),
        ]
        gained = {one.key for one in new} - {one.key for one in old}
        turns: Mapping[Key, dict[str, tuple[str, ...]]] = {}
        if found or gained:
            turns = yield from self.turns(document, old, new, pairs, log, steps, names)
        else:
            for name in names:
                self.was(path, old, name)  # before somebody types
                yield
        lines = lines_of(document)
        told_of, made = set(), list[Outlook]()
        for one in found:
            told_of.add(one.now)
            had = tuple(name for name in names if translated(entries[name], one.was))
            turn = turns.get(one.now, {})
            at = lines.get(one.now, 1)
            made.append(Outlook(at, one.was, one.now, one.how, one.severity, one.reasons, had, turn))
        for key in lines:
            if key in gained - told_of:
                had = tuple(name for name in names if translated(entries[name], key))
                made.append(Outlook(lines[key], key, key, "new", Severity.COSMETIC, (), had, {}))
            elif key not in told_of and (also := turns.get(key)):
                made.append(Outlook(lines[key], key, key, ALSO, Severity.COSMETIC, (), (), also))
        return made

    def turns(
        self,
        document: Document,
        old: Sequence[Occurrence],
        new: Sequence[Occurrence],
        pairs: Iterable[align.Pairing],
        log: Log,
        steps: Sequence[Edit],
        names: Sequence[str],
    ) -> Generator[None, None, Mapping[Key, dict[str, tuple[str, ...]]]]:
        """What readers will see otherwise of each text, and in which languages."""
        project, path = self.live.project, document.path
        was = {pair.new.key: pair.old.key for pair in pairs}
        keys = {*was, *was.values(), *({one.key for one in new} - {one.key for one in old})}
        around = {one.key for one in new if any(step.was == step.now for step in steps)}
        wanted = template.entries(one for one in document.messages() if one.key in keys)
        later: dict[str, Translations] = {}
        for name in names:
            later[name] = updated(project, name, wanted, keys, log)
            yield
        found: dict[Key, dict[str, tuple[str, ...]]] = {}
        source, rules, gone = project.settings.english.name, replace(project.rules, log=log), keys | around
        for name in names:
            before, decided = self.was(path, old, name)
            kept = {key: {**ways} for key, ways in decided.items() if key not in gone}
            deciding = Deciding(tuple(later.get(one.locale.name, one) for one in project.chains[name]), rules, kept)
            for one in blocks_of(document, self.live.content.fields, deciding).values():
                key = one.message.key
                former = before.get(was.get(key, key))
                if former and not as_it_was(former, one) and (kind := outcome.turned(former, one, name, source)):
                    here = found.setdefault(key, {})
                    here[kind] = tuple(dict.fromkeys((*here.get(kind, ()), name)))
            yield
        return found

    def was(self, path: str, old: Sequence[Occurrence], name: str) -> tuple[Mapping[Key, Resolution], Decided]:
        """What was shown of a page in a language at the last update, and the decisions behind it."""
        project = self.live.project
        chain, rules = project.chains[name], project.rules
        rests = (*chain, project.log, project.written, old)
        known = self.were.get((path, name))
        if known and len(known[0]) == len(rests) and all(map(is_, known[0], rests)):
            return known[1], known[2]
        scope = Scope(reads=constructs(project.settings.dialect) & INLINE)
        deciding = Deciding(chain, rules)
        shown = {
            key: one
            for (_, key), one in outcome.shown_of(path, old, chain, declared(self.places), deciding, scope).items()
        }
        self.were[path, name] = rests, shown, deciding.decided
        return shown, deciding.decided


def declared(places: Occurrences) -> Mapping[str, Block]:
    """The translated facts as they were."""
    return {
        one.kind: outcome.block_of(one, 0, None, NOWHERE) for one in places.get(SITE, ()) if one.kind == one.key.context
    }


def updated(project: Project, name: str, wanted: tuple[Entry, ...], keys: Iterable[Key], log: Log) -> Translations:
    """A language's translations as an update would leave those of some messages. Where its catalog is broken, as they are."""
    old, catalog = project.translations[name], project.catalogs[name]
    if catalog.broken:
        return old
    ids = {ident(key) for key in keys}
    ids |= {was for one in tuple(ids) for was in log.ways(one)}
    some = tuple(old.known.by_id[one] for one in sorted(ids) if one in old.known.by_id)
    part, texts = replace(catalog, entries=some), {text_id(entry.strings) for entry in some}
    whole = project.held[name]
    rows = (row for row in whole.former.rows if row.message in ids or row.translation in texts)
    mine = replace(whole, former=replace(whole.former, rows=tuple(rows)))  # those of all texts are sorted for long
    held = remember.brought(project, log, (), part, mine)
    around = remember.places(project, {name: held})
    asked: Catalog = replace(project.template, entries=wanted)
    new = merge.update(asked, {name: part}, project.settings, log, bundled.texts, {name: held}, around)[name]
    return over(old, new.entries, held)


def translated(entries: Mapping[Key, Entry], key: Key) -> bool:
    """Whether a message has a translation that is no guess."""
    entry = entries.get(key)
    return entry is not None and entry.translated and not entry.fuzzy


def lines_of(document: Document) -> Mapping[Key, int]:
    """The line on which each text of a document first stands."""
    found: dict[Key, int] = {}
    for one in document.messages():
        found.setdefault(one.key, one.span.line)
    return found


def as_it_was(before: Resolution, now: Resolution) -> bool:
    """Whether a text that is decided as before is shown as before: all that `outcome.turned` looks at is the same."""
    return (
        before.state is now.state
        and before.spoken == now.spoken
        and before.action is now.action
        and before.change is now.change
        and before.review is now.review
        and before.told == now.told
        and not before.facts
        and not now.facts
        and before.message.critical == now.message.critical
    )
