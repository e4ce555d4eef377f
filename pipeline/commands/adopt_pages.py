"""Adopting pages: translated copies of pages become entries of a catalog, block by block (`changes/pairing`).

Where git has them, a copy is paired with the English as it was when the copy was last changed, and each block of it by the English
of its own lines; what became of that English since goes into the edit log, so that what is stale is known from the first day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from pipeline.catalog import Entry, po_entry
from pipeline.changes import align, edit_log, occurrences
from pipeline.changes.carry_over import DESTINATION, destinations, inlined
from pipeline.changes.edit_log import Edit
from pipeline.changes.fragments import Leads, Sides
from pipeline.changes.pairing import CERTAIN, ENGLISH, LIKELY, NUMBERS, Paired, Pairs, paired
from pipeline.changes.parts import TITLE, Part, links, parts, target
from pipeline.checks import runner
from pipeline.checks.check import Pair
from pipeline.commands import set_aside, spelt
from pipeline.commands.bring import OLDER, REFUSED, UNKNOWN, UNSURE, Merge, Origin, Outcome, short
from pipeline.commands.copies import NO_PAGE, PAGE, Copy, Where, found, read
from pipeline.commands.extract import protected
from pipeline.commands.update import update
from pipeline.content.inline import translated
from pipeline.content.marks import BOXES
from pipeline.core import disk, git
from pipeline.core.errors import LockstepError
from pipeline.core.exchange import FUZZY, TRANSLATED, Piece, Unit
from pipeline.core.inline import Scope
from pipeline.core.model import Document, Finding, Key, Level, Message, Severity, ident
from pipeline.core.progress import Progress, silent
from pipeline.project.project import Project
from pipeline.text import language

LED = frozenset(["edited", "split", "merged"])
"""The kinds of edits that lead from one English to another."""
HREF = re.compile(r"""(\b(?:href|src|poster|data|action|cite)\s*=\s*["']?)([^\s"'<>]+)""", re.I)
"""An address in a tag."""
TAIL = re.compile(r"\{page\}[._-]([A-Za-z_-]+)\.\w+")
ANY_TAG = re.compile(r"<[^>]*>")
GONE = "kept as obsolete: its English is gone from the site"


@dataclass
class Brought(Merge):
    """The pairs of one language on their way into its catalog; a certain one whose English is gone stays there as obsolete."""

    def take(self, unit: Unit) -> None:
        before = len(self.outcomes)
        super().take(unit)
        if unit.state == FUZZY or [one.what for one in self.outcomes[before:]] != [UNKNOWN]:
            return
        key = Key(unit.context, unit.texts[0])
        text = "".join(piece.text for piece in unit.targets[0])
        self.gone.setdefault(key, po_entry.fresh(Entry(key, (text,), notes=unit.notes)._replace(obsolete=True)))
        self.outcomes[before] = Outcome(GONE, self.outcomes[before].place, unit.texts[0])


WORDS, LETTERS = 4, 40
"""How much may be the word for the kind of a box, and no text."""
TITLED = "titles of boxes that have none in English"
"""What a copy says in its language (`!!! note "Nota"`), and a box of that kind has by itself."""


class Alone(NamedTuple):
    """A text of a copy that no English was found for."""

    place: str
    text: str


class Stale(NamedTuple):
    """A text that is of an earlier English from the start: where, how gravely, since when and why."""

    severity: Severity
    since: str
    place: str
    english: str
    why: str


@dataclass
class Copied:
    """What the copies of one language made: `counts` of pairs by how sure they are, what was not paired, and what is stale."""

    locale: str
    where: Where
    merge: Brought
    pages: int = 0
    dated: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    alone: list[Alone] = field(default_factory=list)
    english: list[Alone] = field(default_factory=list)
    """What the copies have in English still."""
    code: list[Alone] = field(default_factory=list)
    """What the copies have as code that the English has not: in comments, or because words are indented as code is."""
    missing: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """The copies that were not published where they come from, each with what they say of it."""
    history: str = ""
    """What to do where git does not tell which English the copies were made from, in words."""
    stale: list[Stale] = field(default_factory=list)


def adopt(
    project: Project,
    given: Mapping[str, Where],
    english: Where | None,
    *,
    write: bool = False,
    progress: Progress = silent,
) -> tuple[list[Copied], list[str], list[Finding]]:
    """Bring the copies of each language into its catalog; what became of them, the files written, and what is wrong with those that
    were not. Without `write` nothing is written. Raises LockstepError where there is nothing to read."""
    project = set_aside.new_pages(project)
    read_once: dict[str, Document] = {}
    made = [copied(project, locale, where, english, progress, read_once) for locale, where in given.items()]
    taking = [one.merge for one in made]
    if write:
        written, wrong = update(project, *taking)
    else:
        written = []
        with disk.rehearsed():
            wrong = update(project, *taking)[1]
    for one in made:
        one.stale = stale(project, one.merge)
    return made, [*dict.fromkeys(written)], wrong


def copied(
    project: Project,
    locale: str,
    where: Where,
    english: Where | None,
    progress: Progress = silent,
    read_once: dict[str, Document] | None = None,
) -> Copied:
    """What the copies of a language are worth, ready to be merged. Raises LockstepError where there are none. `read_once`: English
    pages that were read for another language."""
    merge = Brought(project, locale, Origin(), "", ())
    made = Copied(locale, where, merge, history=history(where, english, project.settings.english.name))
    copies = [*read(project, where, english, made.missing.append, read_once)]
    if not copies and (unread := [one for one in made.missing if NO_PAGE not in one]):
        more = f", nor {len(unread) - 1} more" if unread[1:] else ""
        raise LockstepError(f"has no copy that can be taken{more}: {unread[0]}", path=where.folder)
    if not copies:
        names = ", ".join([*where.pages][:3]) or "nothing"
        todo = (
            "A copy has the name of its page: source/guide.md and docs/es/guide.md; else say how: es=docs/{page}.es.md"
        )
        nearer = found(project, where.folder).get(locale)
        if nearer and nearer != where:
            todo = f"Did you mean {locale}={nearer}?"
        raise LockstepError(f"has no copy of a page of this site ({names} …)", path=where.folder, todo=todo)
    first, second = language(project.settings.english.name), language(locale)
    leads = Leads(sides_of(project, copies))
    both = [
        (parts(one.english, first), parts(one.copy, second, partial(leads.english, called(one.page)))) for one in copies
    ]
    units: list[Unit] = []
    edits: list[Edit] = []
    every = [*paired(both, second.length, progress)]
    places = {called(one.page): sides.places for one, sides in zip(copies, every, strict=True)}
    for one, sides in zip(copies, every, strict=True):
        page = Page(project, made, one, sides, leads, places)
        units += page.units()
        edits += page.edits
        made.pages += 1
        if one.kept:
            made.kept.append(f"{one.path}:{one.kept.line}  `{one.kept.what}`")
        made.dated += one.dated
    units.sort(key=lambda unit: unit.state == FUZZY)  # of two texts of one English the certain one
    merge.units, merge.edits = tuple(units), tuple(dict.fromkeys(edits))
    return made


def history(where: Where, english: Where | None, name: str) -> str:
    """What there is to do about copies whose English git does not tell."""
    if not in_git(where):
        return f"{where.folder} is not in git, or not in it yet"
    if english is None:
        return f"Say where the English has its history: {name}={nearest(where, name)}"
    if not in_git(english):
        return f"{english.folder}, the English, is not in git, or not in it yet"
    return "Git has no commit with these files"


def nearest(where: Where, name: str) -> str:
    """Where the English of some copies is likely to be, as it is to be typed; `FOLDER` where nothing is there."""
    for part in reversed(where.folder.parts):
        if spelt.read(spelt.tag(part.lstrip("_"))):
            beside = Path(*(name if one == part else one for one in where.folder.parts))
            return str(beside if beside.is_dir() else where.folder.parent)
    return str(where.folder) if where.form != PAGE else "FOLDER"


def other_folder(made: Copied) -> tuple[str, str] | None:
    """What the folder of a language is called there and here, where that differs: then nobody leads on from its old addresses."""
    where, tag = made.where, made.merge.project.settings.by_name[made.locale].tag
    tail = TAIL.fullmatch(where.form)
    for part in ([tail[1]] if tail else []) + [one.lstrip("_") for one in reversed(where.folder.parts)]:
        if spelt.locale(spelt.tag(part), (made.locale,)) == made.locale:
            return None if part == tag else (part, tag)
    return None


def in_git(where: Where) -> bool:
    return git.position(where.folder.resolve()) is not None


def called(page: str) -> str:
    """The name of a page: `guide/pump` of `source/guide/pump.md`."""
    return page.partition("/")[2].rpartition(".")[0]


def sides_of(project: Project, copies: Sequence[Copy]) -> dict[str, Sides]:
    """All pages of the site by name, those that have a copy with it."""
    alone = {called(path): Sides(page.document) for path, page in project.content.by_path.items()}
    return alone | {called(one.page): Sides(one.english, one.copy) for one in copies}


@dataclass
class Page:
    """One copy beside its English, on its way to units: `places` are those of each page whose names are known; `edits` are what became of the English since; `looked` the older English
    that was looked at last, its blocks by id, and what led from it to that of the page."""

    project: Project
    made: Copied
    copy: Copy
    sides: Pairs
    leads: Leads
    places: Mapping[str, frozenset[str]]
    edits: list[Edit] = field(default_factory=list)
    looked: tuple[Document, dict[str, Part], list[Edit]] | None = None

    def units(self) -> list[Unit]:
        """The pairs as units; what of the copy is in none is noted."""
        pairs = [*self.sides.judged()]
        self.edits += self.since()
        made = [unit for pair in pairs if (unit := self.unit(pair))]
        taken = {pair.copy for pair in pairs}
        labels = Counter(part.message.key.msgid for part in self.sides.english if part.message and part.kind == "label")
        for at, part in enumerate(self.sides.copy):
            if at in taken or not part.message or part.kind == "label":
                continue
            label = BOXES.get(part.kind.removeprefix(TITLE), "") if part.kind.startswith(TITLE) else ""
            if labels[label] > 0 and len(part.words) <= WORDS and part.size <= LETTERS:
                labels[label] -= 1
                self.made.counts[TITLED] += 1
            else:
                self.made.alone.append(Alone(self.place(part.message), short(part.message.key.msgid)))
        self.made.code += self.other_code()
        return made

    def other_code(self) -> Iterator[Alone]:
        """The code of the copy that stands nowhere in the English of the page, by its first line."""
        ours, at = {said(part) for part in self.sides.english if part.kind == "code"}, 0
        for part in self.sides.copy:
            if part.message:
                at = max(at, part.message.span.line)
            elif part.kind == "code" and part.text.strip() and said(part) not in ours:
                first = next(filter(None, map(str.strip, plain(part).splitlines())), "")
                rows = range(at, len(self.copy.rows))
                at = next((row + 1 for row in rows if first and first in self.copy.rows[row]), at)
                yield Alone(f"{self.copy.path}:{at or 1}", short(plain(part)))

    @property
    def name(self) -> str:
        return called(self.copy.page)

    def place(self, message: Message) -> str:
        return f"{self.copy.path}:{message.span.line}"

    def unit(self, pair: Paired) -> Unit | None:
        """A pair as a unit; None where the copy has the English still."""
        ours, theirs = self.sides.english[pair.english], self.sides.copy[pair.copy]
        how, why = pair.how, pair.why
        if how == ENGLISH or ours.message is None or theirs.message is None:
            self.made.counts[ENGLISH] += 1
            if theirs.message:
                self.made.english.append(Alone(self.place(theirs.message), short(theirs.message.key.msgid)))
            return None
        if (then := self.copy.then(theirs.message.span.line, self.below(pair.copy))) is not None:
            ours, how, why = self.earlier(ours, theirs, then, how, why)
        english = ours.message
        assert english is not None
        text = readdressed(
            inlined(theirs.message.key.msgid, theirs.message.refs), english.key.msgid, self.leads, self.name
        )
        source = self.project.settings.english.tag
        if how == CERTAIN and (wrong := doubt(ours, text, (then or self.copy.english).scope, self.made.locale, source)):
            how, why = LIKELY, wrong
        if how == CERTAIN and not self.are_known(theirs):
            how, why = LIKELY, "the section that its link leads to may be another one"
        if how == CERTAIN and self.copy.kept:
            how, why = LIKELY, f"its copy was not published: `{self.copy.kept.what}`"
        self.made.counts[how] += 1
        return Unit(
            ident(english.key),
            ((Piece("text", english.key.msgid),),),
            ((Piece("text", text),),),
            english.key.context,
            placed=True,
            state=TRANSLATED if how == CERTAIN else FUZZY,
            notes=(f"from {self.place(theirs.message)}, {how}: {why}",),
            references=(self.copy.path,),
            line=theirs.message.span.line,
            locale=self.made.locale,
        )

    def are_known(self, theirs: Part) -> bool:
        """Whether all places that a text of the copy leads to are known: one that is called by translated words is that of the heading
        at its place only as long as that heading is the one that it seems to be."""
        led = (self.leads.by_place(self.name, one) for one in links(theirs.inline.nodes))
        return all(one is None or one[1] in self.places.get(one[0], ()) for one in led)

    def below(self, at: int) -> int:
        """The line of the next text of the copy."""
        rest = (part.message.span.line for part in self.sides.copy[at + 1 :] if part.message)
        return next(rest, len(self.copy.rows) + 1)

    def earlier(self, ours: Part, theirs: Part, then: Document, how: str, why: str) -> tuple[Part, str, str]:
        """The English that a block was made from, where its lines are older than its page, and how sure the pair is by that."""
        assert ours.message is not None
        if self.looked is None or self.looked[0] is not then:
            known = {ident(part.message.key): part for part in parts(then, ours.tongue) if part.message}
            self.looked = then, known, self.between(then, self.copy.english, self.project.clock.day)
        _, ids, led = self.looked
        if ident(ours.message.key) in ids:
            return ours, how, why
        edit = next((one for one in led if one.was in ids and one.now == ident(ours.message.key)), None)
        if edit is None or edit.was is None:
            return ours, LIKELY, "its lines are older than this English"
        if not leads(self.edits, edit.was, edit.now):
            self.edits.append(edit)
        was = ids[edit.was]
        if wrong := self.sides.against(was, theirs):
            return was, LIKELY, wrong
        return (was, CERTAIN, "the numbers of its time") if why == NUMBERS else (was, how, why)

    def since(self) -> list[Edit]:
        """What became of the English of a page since its copy was made, step by step."""
        if not self.copy.dated:
            return []
        found, steps = [], self.copy.steps
        for (_, old), (day, new) in pairwise(steps):
            found += self.between(old, new, day)
        return found + self.between(steps[-1][1], self.copy.today, self.project.clock.day)

    def between(self, old: Document, new: Document | None, day: str) -> list[Edit]:
        """The edits that led from one English of the page to another, or to that of today."""
        project, page = self.project, self.copy.page
        before = occurrences.of_messages(old.messages())
        now = {path: some for path, some in project.occurrences.items() if path == page}
        after = now if new is None else occurrences.of_messages(new.messages())
        if before == after:
            return []
        found = align.edits(before, after, project.log, day, protected(project))
        return [edit for edit in found if edit.how in LED and edit.was and edit.now and edit.was != edit.now]


def plain(code: Part) -> str:
    """What stands in a piece of code."""
    return unescape(ANY_TAG.sub("", code.text))


def said(code: Part) -> str:
    """The same, however it is indented."""
    return " ".join(plain(code).split())


def leads(edits: Sequence[Edit], was: str, now: str | None) -> bool:
    """Whether some edits lead from one message to another."""
    reached, grown = {was}, True
    while grown and now not in reached:
        more = {edit.now for edit in edits if edit.was in reached and edit.now} - reached
        reached, grown = reached | more, bool(more)
    return now in reached


def doubt(ours: Part, text: str, scope: Scope, locale: str, source: str = "en") -> str:
    """What the checks withhold a translation of a text for, in words; "" for nothing."""
    critical = ours.message is not None and ours.message.critical
    pair = Pair(ours.inline, translated(text, ours.inline, scope), locale, critical=critical, source=source)
    return next((said for check, said in runner.run(pair) if level(check.level, check.strict, pair) is Level.ERROR), "")


def level(plain: Level, strict: Level | None, pair: Pair) -> Level:
    """How grave a complaint is for this pair."""
    return strict if strict is not None and pair.strict else plain


def readdressed(translation: str, english: str, leads: Leads, page: str) -> str:
    """A translation with the addresses of its English: a copy has links to the pages of its own language, and to places by names in
    it. An address that leads elsewhere than any of the English stays: a translator has to see it."""
    markup = HREF if "<" in english and not destinations(english) else DESTINATION
    ours, theirs = ([one[2] for one in markup.finditer(text)] for text in (english, translation))
    spare = [one for one in ours if one not in theirs]
    names: dict[str, str] = {}
    for one in dict.fromkeys(theirs):
        if one in ours:
            continue
        led = leads.english(page, one)
        if alike := [other for other in spare if target(other) == target(led)]:
            names[one] = alike[0]
            spare.remove(alike[0])
        elif led != one:
            names[one] = led
    return markup.sub(lambda found: found[1] + names.get(found[2], found[2]), translation)


def stale(project: Project, merge: Brought) -> list[Stale]:
    """What of the texts is of an earlier English that says something else, the gravest first."""
    blocks: dict[Key, str] = {}
    for (path, key), block in project.blocks.items():
        blocks.setdefault(key, f"{path}#{block}")
    found = []
    was = {(unit_place(unit), unit.texts[0]): Key(unit.context, unit.texts[0]) for unit in merge.units}
    for one in merge.outcomes:
        if one.what == OLDER and one.key and (old := was.get((one.place, one.english))):
            way = merge.log.way(ident(old), ident(one.key)) or ()
            severity = edit_log.gravest(way)
            if severity > Severity.COSMETIC:
                why, since = "; ".join(edit_log.reasons(way)), edit_log.since(way)
                found.append(Stale(severity, since, blocks.get(one.key, one.place), short(one.english), why))
    return sorted(found, key=lambda one: (-one.severity, one.place))


def unit_place(unit: Unit) -> str:
    """Where a unit stands, as an outcome names it."""
    return f"{unit.references[0]}:{unit.line}"


def waiting(made: Copied) -> Sequence[Outcome]:
    """The pairs that were not taken, for a person; not a doubt about a text that another page has for certain."""
    return [one for one in made.merge.outcomes if one.what in REFUSED and one.what != UNSURE]
