"""Adopting pages: translated copies of pages become entries of a catalog, block by block (`changes/pairing`).

Where git has them, a copy is paired with the English as it was when the copy was last changed; what became of that English since
goes into the edit log, so that what is stale is known from the first day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pipeline.changes import align, occurrences
from pipeline.changes.carry_over import DESTINATION, destinations, inlined
from pipeline.changes.edit_log import Edit
from pipeline.changes.pairing import CERTAIN, ENGLISH, Paired, Part, paired, parts, target
from pipeline.commands.bring import OLDER, Merge, Origin
from pipeline.commands.extract import protected
from pipeline.commands.project import Project
from pipeline.content import files, marks, sources
from pipeline.content.inline_html import same
from pipeline.core import git, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.exchange import FUZZY, TRANSLATED, Piece, Unit
from pipeline.core.model import Document, Message, Severity, ident
from pipeline.core.settings import SourceMapping
from pipeline.core.states import State
from pipeline.text import language

PAGE = "{page}"
LED = frozenset(["edited", "split", "merged"])
"""The kinds of edits that lead from one English to another."""


@dataclass(frozen=True)
class Where:
    """Where the pages of a language are: a folder, or a path with `{page}` in it. `pattern` finds the name of a page in a path
    below the folder, `form` makes the path of one."""

    folder: Path
    form: str = PAGE

    @staticmethod
    def parse(text: str) -> Where:
        """A folder or pattern as a person writes it. Raises LockstepError where there is no such folder."""
        before, mark, after = text.partition(PAGE)
        folder, slash, begin = before.rpartition("/") if mark else (text, "", "")
        home = Path(folder or (slash or "."))
        if not home.is_dir():
            raise LockstepError(
                "there is no such folder", path=home, todo="Give it as es=docs/es or es=content/{page}.es.md"
            )
        return Where(home, f"{begin}{PAGE}{after}" if mark else PAGE)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        begin, _, end = self.form.partition(PAGE)
        return re.compile(f"{re.escape(begin)}(.+?){re.escape(end) or '[.][^./]+'}", re.S)

    def pages(self) -> Mapping[str, str]:
        """The paths below the folder by the name of their page, sorted."""
        names = (name.removeprefix("./") for name in files.inside(str(self.folder), "."))
        found = {match[1]: name for name in sorted(names) if (match := self.pattern.fullmatch(name))}
        return found


class Then(NamedTuple):
    """An English page as it was when its copy was last changed."""

    body: bytes
    day: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A translated copy of a page: its path as people call it, the site's page, both read; `then` where git has the English of the
    copy's time, and the day of that copy."""

    path: str
    page: str
    english: Document
    copy: Document
    day: str = ""


@dataclass
class Adopted:
    """What copies of one language made: how many pairs of each kind, what was not paired, and what is stale, in words."""

    locale: str
    merge: Merge
    pages: int = 0
    dated: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    alone: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def adopt(project: Project, locale: str, where: Where, english: Where | None) -> Adopted:
    """What the copies of a language are worth, ready to be merged (`update.update`); nothing is written. Raises LockstepError
    where there is nothing to read."""
    merge = Merge(project, locale, Origin(), "", ())
    made = Adopted(locale, merge)
    copies = [*read(project, made, where, english)]
    if not copies:
        names = ", ".join([*where.pages()][:3]) or "nothing"
        raise LockstepError(
            f"has no copy of a page of this site ({names} …)",
            path=where.folder,
            todo="A copy has the name of its page: source/guide.md and docs/es/guide.md; else say how: es=docs/{page}.es.md",
        )
    both = [(parts(one.english), parts(one.copy)) for one in copies]
    units: list[Unit] = []
    edits: list[Edit] = []
    length = language(locale).length
    for one, (ours, theirs), pairs in zip(copies, both, paired(both, length), strict=True):
        units += units_of(made, one, ours, theirs, pairs)
        edits += since(project, one)
        made.pages += 1
        made.dated += bool(one.day)
    units.sort(key=lambda unit: unit.state == FUZZY)  # of two texts of one English the certain one
    merge.units, merge.edits = tuple(units), tuple(dict.fromkeys(edits))
    return made


def units_of(
    made: Adopted, one: Copy, ours: Sequence[Part], theirs: Sequence[Part], pairs: Sequence[Paired]
) -> Iterator[Unit]:
    """The pairs of a page as units, and what of the copy is in none."""
    taken = {pair.copy for pair in pairs}
    for pair in pairs:
        made.counts[pair.how] = made.counts.get(pair.how, 0) + 1
        english, copy = ours[pair.english].message, theirs[pair.copy].message
        if pair.how != ENGLISH and english and copy:
            text = readdressed(inlined(copy.key.msgid, copy.refs), english.key.msgid)
            where = f"{one.path}:{copy.span.line}"
            yield Unit(
                ident(english.key),
                ((Piece("text", english.key.msgid),),),
                ((Piece("text", text),),),
                english.key.context,
                placed=True,
                state=TRANSLATED if pair.how == CERTAIN else FUZZY,
                notes=(f"from {where}, {pair.how}: {pair.why}",),
                references=(one.path,),
                line=copy.span.line,
                locale=made.locale,
            )
    for at, part in enumerate(theirs):
        if at not in taken and part.message and part.kind != "label":
            made.alone.append(f"{one.path}:{part.message.span.line}: “{short(part.message)}”")


def short(message: Message) -> str:
    """The beginning of a text, for a list."""
    text = " ".join("".join(char if char.isprintable() else " " for char in message.key.msgid).split())
    return text if len(text) <= 70 else f"{text[:69].rstrip()}…"


def readdressed(translation: str, english: str) -> str:
    """A translation with the addresses of its English: a copy has links to the pages of its own language."""
    ours, theirs = destinations(english), destinations(translation)
    spare = [one for one in ours if one not in theirs]
    names: dict[str, str] = {}
    for one in dict.fromkeys(theirs):
        if one not in ours:
            alike = [other for other in spare if target(other) == target(one)]
            if alike:
                names[one] = alike[0]
                spare.remove(alike[0])
    odd = [one for one in dict.fromkeys(theirs) if one not in ours and one not in names]
    if len(odd) == len(spare) == 1 and "://" not in odd[0]:
        names[odd[0]] = spare[0]
    return (
        DESTINATION.sub(lambda found: found[1] + names.get(found[2], found[2]), translation) if names else translation
    )


def read(project: Project, made: Adopted, where: Where, english: Where | None) -> Iterator[Copy]:
    """The copies of a language with their English. What has none on the site, or cannot be read, is noted."""
    here = {path.removeprefix("source/").rpartition(".")[0]: path for path in project.content.by_path}
    theirs = english.pages() if english else {}
    at = english.folder if english else project.root / "source"
    found = where.pages()
    for name in sorted({*found} - {*here}):
        made.missing.append(f"{where.folder / found[name]}: no page of the site is called {name}")
    home, known = (english or Where(at)), marks.of(project.settings)
    then = past(
        where,
        found,
        home,
        {name: theirs.get(name, here[name].removeprefix("source/")) for name in found if name in here},
    )
    mappings = dict(files.files(project.settings))
    for name, path in found.items():
        if name not in here:
            continue
        page, shown = here[name], str(where.folder / path)
        mapping = mappings[page]
        try:
            body = inputs.plain(shown, shown, inputs.most_of(shown)) or b""
            copy = document(body, page, mapping, known)
            was = then.get(name)
            old = document(was.body, page, mapping, known) if was else project.content.by_path[page].document
        except LockstepError as problem:
            made.missing.append(f"{shown}: {problem.what}")
            continue
        yield Copy(shown, page, old, copy, was.day if was else "")


def document(body: bytes, page: str, mapping: SourceMapping, known: marks.Marks) -> Document:
    """A copy as the page that it is of is read."""
    return sources.document(body, page, mapping, same, known)


def past(where: Where, found: Mapping[str, str], english: Where, pages: Mapping[str, str]) -> dict[str, Then]:
    """The English of each page as of the commit that last changed its copy; what git does not have is not there."""
    try:
        if git.position(where.folder.resolve()) is None or git.position(english.folder.resolve()) is None:
            return {}
        last = git.newest(where.folder, list(found.values()))
        now = git.newest(english.folder, list(pages.values()))
    except LockstepError:
        return {}
    asked = {name: last[found[name]] for name in pages if found[name] in last}
    bodies = git.versions(english.folder, [f"{one.name}:./{pages[name]}" for name, one in asked.items()])
    return {
        name: Then(body, now[pages[name]].day if pages[name] in now else one.day)
        for (name, one), body in zip(asked.items(), bodies, strict=True)
        if body is not None
    }


def since(project: Project, one: Copy) -> list[Edit]:
    """What became of the English of a page since its copy was made."""
    if not one.day:
        return []
    then = occurrences.of_messages(one.english.messages())
    now = {path: found for path, found in project.occurrences.items() if path == one.page}
    if then == now:
        return []
    found = align.edits(then, now, project.log, one.day, protected(project))
    return [edit for edit in found if edit.how in LED and edit.was and edit.now and edit.was != edit.now]


class Stale(NamedTuple):
    """A text that is stale from the start: where, how gravely, since when and why."""

    severity: Severity
    since: str
    place: str
    why: str


def stale(project: Project, made: Adopted) -> list[Stale]:
    """What of the adopted texts is of an earlier English, the gravest first, by a project that has read them."""
    keys = {one.key: one.place for one in made.merge.outcomes if one.what == OLDER and one.key}
    found = []
    for (path, key), shown in project.own(made.locale).items():
        if key in keys and shown.change and shown.state is not State.CARRIED:
            place = f"{path}#{project.blocks.get((path, key), '')}"
            found.append(Stale(shown.change.severity, shown.change.since, place, "; ".join(shown.change.reasons)))
    return sorted(found, key=lambda one: (-one.severity, one.place))
