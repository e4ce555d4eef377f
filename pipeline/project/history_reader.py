"""What git's history tells of the catalogs: which translations a merge by lines put under another English.

Four facts show one. A merge has a pair of English and translation that none of its parents has. A commit was written before
the English that it translates came (a rebase and a cherry-pick keep the time at which a commit was written), or holds a catalog
that by its own header was last saved before that (a squash keeps no other trace of its own). The branch that was squashed, where it is
still there, has the translation under the English before. A commit that was made anew elsewhere gives a
translation to another English, without the entry that `update` leaves behind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from pipeline.catalog import Catalog, Entry, po_file
from pipeline.catalog.po_entry import Previous
from pipeline.catalog.po_header import minute
from pipeline.changes import Log, astray, edit_log, unmarked
from pipeline.changes.astray import Astray, Pair, news, origin
from pipeline.changes.occurrences import LINE, OCCURRENCES_PATH
from pipeline.changes.unmarked import Mark, Marks
from pipeline.core import disk, git, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.git import Commit
from pipeline.core.model import Finding, Level, Severity, Span, ident
from pipeline.core.settings import TEMPLATE_PATH
from pipeline.project import dropped
from pipeline.project.dropped import Lost

WINDOW = 30
"""How many commits that changed a catalog are looked at; older ones were, when they were new."""
SAVES = 10
"""How many of them are read whatever their times say: a squash keeps none."""
EDITS = 500
"""How many commits that changed the places of messages are known by their times."""


@dataclass(frozen=True)
class History:
    """What is astray in the catalogs, by path, why nobody can tell, where nobody can, the lines that ledgers lost."""

    astray: Mapping[str, tuple[Astray, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    lost: Lost = field(default_factory=dict)
    marks: Mapping[str, Marks] = field(default_factory=dict)
    """What earlier commits said of stale texts and of those that came to stand under another English, by the path of the catalog."""
    heads: Mapping[str, str] = field(default_factory=dict)
    """The digest of each catalog as the commit has it."""


def unseen(level: Level, why: str) -> Finding:
    text = f"Whether git put a translation under another English when it merged cannot be told: {why}."
    return Finding("history", level, text, Span("locale", 1))


Brought = Iterator[tuple[Pair, Astray | None]]
"""The pairs of English and translation that a commit brought, each with what is wrong with it."""


@dataclass(frozen=True)
class Reader:
    """One look at the history of a site's catalogs. `paths`: the locale of each."""

    root: Path
    paths: Mapping[str, str]
    here: git.Position
    branches: dict[str, list[tuple[str, Catalog]]] = field(default_factory=dict, compare=False)

    def history(self) -> History:
        """Everything that is astray by the commits of the window, and by a merge that is not committed yet. Of one pair the
        newest commit that brought it counts."""
        known: dict[str, dict[Pair, Astray | None]] = {path: {} for path in self.paths}
        passed: dict[str, list[Commit]] = {path: [] for path in self.paths}
        if self.here.merging:
            for path in self.paths:
                known[path] = dict(self.uncommitted(path))
        for at, commit in enumerate(self.commits):
            paths = [path for path in commit.files if path in self.paths] if commit.parents else []
            look = self.may_be_late(commit, at)
            for path, now, before in self.versions(commit, paths) if look else ():
                late = self.late(commit, now, before[0])
                found = self.brought(commit, path, now, before, late) if late else self.squashed(path, now, before)
                for pair, one in found:
                    if one and pair not in known[path]:
                        known[path] = {**self.again(path, passed.pop(path)), **known[path]}
                        passed[path] = []
                    known[path].setdefault(pair, one)
            for path in () if look else paths:
                passed[path].append(commit)
        wrong = {path: tuple(one for one in found.values() if one) for path, found in known.items()}
        lost, unknown = self.lost()
        return History(
            {path: some for path, some in wrong.items() if some}, (*self.shallow(), *unknown), lost, *self.marks()
        )

    def marks(self) -> tuple[dict[str, Marks], dict[str, str]]:
        """What the catalogs said of stale texts, at the commit that is checked out and before each of the newest ones that changed
        them: a tool that takes the marks off leaves them there; and which texts came to stand under another English by one of them. And
        the digest of each as the commit has it."""
        found: dict[str, Marks] = {}
        heads: dict[str, str] = {}
        for path in self.paths:
            changed = [one for one in self.commits if path in one.files][:SAVES]
            names = [
                *dict.fromkeys(
                    ["HEAD", *self.here.merging, *(name for one in changed for name in (one.name, *one.parents))]
                )
            ]
            known = dict(zip(names, git.versions(self.root, [f"{name}:./{path}" for name in names]), strict=True))
            if body := known["HEAD"]:
                heads[path] = disk.digest(body)
            said = unmarked.marks(path, filter(None, known.values()))
            if every := (*said, *self.came(path, changed, known)):
                found[path] = every
        return found, heads

    def came(self, path: str, changed: Sequence[Commit], known: Mapping[str, bytes | None]) -> Iterator[Mark]:
        """The texts that commits put under an English which their one parent had no entry of, and that it had under another."""
        for commit in changed:
            now, before = known[commit.name], known[commit.parents[0]] if len(commit.parents) == 1 else None
            if now and before:
                yield from unmarked.came(path, now, before)

    def lost(self) -> tuple[Lost, list[Finding]]:
        """The lines that ledgers lost, and why nobody can tell, where nobody can: a clone may lack the files of older commits."""
        try:
            return dropped.lines(self.root, dropped.ledgers(self.paths.values()), self.here.merging), []
        except LockstepError as problem:
            return {}, [unseen(Level.INFO, problem.what)]

    def again(self, path: str, passed: Sequence[Commit]) -> dict[Pair, None]:
        """What commits brought that cannot be late: read only where an older one brought something astray."""
        return {
            astray.pair(entry): None
            for commit in passed
            for _, now, before in self.versions(commit, [path])
            for *_, entry in news(path, now, before, self.paths[path])
        }

    def may_be_late(self, commit: Commit, at: int) -> bool:
        """Whether a commit, the `at`th of the window, is a merge or may have been written before it was made: it says so; or it
        may be a squash, unless it edits English, since then its headers tell nothing."""
        if len(commit.parents) > 1 or self.replayed(commit):
            return True
        return at == 0 or (at < SAVES and OCCURRENCES_PATH not in commit.files)

    def replayed(self, commit: Commit) -> bool:
        """Whether a commit was written before it was made, and the English was edited with it or between."""
        edits = OCCURRENCES_PATH in commit.files or self.edited(commit.written, commit.made)
        return commit.written < commit.made and edits

    def versions(self, commit: Commit, paths: Sequence[str]) -> Iterator[tuple[str, bytes, list[bytes]]]:
        """Some catalogs at a commit and at its parents, where they were there."""
        names = (commit.name, *commit.parents)
        bodies = git.versions(self.root, [f"{name}:./{path}" for path in paths for name in names])
        for path in paths:
            now, *before = [next(bodies) for _ in names]
            if now is not None and (there := [body for body in before if body is not None]):
                yield path, now, there

    @cached_property
    def commits(self) -> list[Commit]:
        return git.commits(self.root, [*self.paths, OCCURRENCES_PATH], WINDOW)

    @cached_property
    def edits(self) -> list[Commit]:
        """The commits that changed the places of messages, newest first."""
        return git.commits(self.root, [OCCURRENCES_PATH], EDITS)

    @cached_property
    def log(self) -> Log:
        return edit_log.load(self.root)

    def shallow(self) -> Iterator[Finding]:
        """That the parents of the commit that is checked out are not there."""
        head = self.here.commit
        if head and head in self.here.cut:
            merge = len(git.parents(self.root, head)) > 1
            what = "a merge, and this shallow clone lacks its parents" if merge else "the only one of a shallow clone"
            text = f"the commit that is checked out is {what}. Fetch more of the history (in CI: fetch-depth: 0)"
            yield unseen(Level.WARNING if merge else Level.INFO, text)

    def uncommitted(self, path: str) -> Brought:
        """What a merge that is under way brings."""
        now = inputs.read(self.root, path)
        before = [*git.versions(self.root, [f"{name}:./{path}" for name in ("HEAD", *self.here.merging)])]
        there = [body for body in before if body is not None]
        if now is not None and there and now not in there:
            yield from self.joined(path, now, there, "the merge that is under way")

    def joined(self, path: str, now: bytes, before: Sequence[bytes], name: str) -> Brought:
        """What a file has that none of the files it was joined from has."""
        for found, sides, entry in news(path, now, before, self.paths[path]):
            why = f"neither side of {name} has the two together"
            yield astray.pair(entry), Astray(astray.pair(entry), origin(entry, found, sides), why)

    def late(self, commit: Commit, now: bytes, before: bytes) -> tuple[int, str] | None:
        """When the texts of a commit were written at the latest and what says so, if the English was edited between then and
        the commit: its own time, or the header of the catalog where it brought another one. Any time for a merge."""
        if len(commit.parents) > 1:
            return 0, ""
        written, what = commit.written, "the translation was written"
        stamps = [header(body).metadata("PO-Revision-Date") for body in (now, before)]
        saved = minute(stamps[0]) * 60 + 59 if stamps[0][-5:-4] in {"+", "-"} else 0
        if 59 < saved < written and stamps[0] != stamps[1]:
            written, what = saved, "by its header the catalog was last saved"
        return (written, what) if self.replayed(commit) or self.edited(written, commit.made) else None

    def brought(self, commit: Commit, path: str, now: bytes, before: Sequence[bytes], late: tuple[int, str]) -> Brought:
        """What a commit brought: a merge, that none of its parents has; any other, before its English was, or, made anew
        elsewhere, with an English for which its parent had another translation."""
        if len(commit.parents) > 1:
            yield from self.joined(path, now, before, f"the merge {commit.name[:10]}")
            return
        written, what = late
        for found, sides, entry in news(path, now, before, self.paths[path]):
            pair, why, was = astray.pair(entry), "", None
            if entry.key not in sides[0].live():
                was = origin(entry, found, sides) if commit.written < commit.made else None
                if was and was.key not in {one.key for one in found.entries}:
                    why = f"with commit {commit.name[:10]} it passed from one English to another"
            elif self.born_after(commit, entry, written):
                why = f"{what} before this English was (commit {commit.name[:10]})"
                was = self.then(commit, entry, written)
            yield pair, Astray(pair, was, why) if why else None

    def squashed(self, path: str, now: bytes, before: Sequence[bytes]) -> Brought:
        """What a commit of one parent brought, by the commits of branches that are not merged: a squash leaves them behind. A text
        that stands there under the English before this one was made for that; so was one that the parent has so, where the
        branch has this English and no text for it."""
        for found, sides, entry in news(path, now, before, self.paths[path]):
            pair, there = astray.pair(entry), sides[0].live().get(entry.key)
            ways = self.log.ways(ident(entry.key)) if there is None or not there.translated else {}
            older = {one for one, way in ways.items() if edit_log.gravest(way) is not Severity.COSMETIC}
            one = None
            for name, branch in self.unmerged(path) if older else ():
                mine = branch.live().get(entry.key)
                if there is None and (mine is None or mine.translated or stands(found, sides[0], entry, older)):
                    continue
                if (there is None or mine is None) and (
                    was := stood(sides[0] if there is None else branch, entry, older)
                ):
                    why = f"a branch that was squashed has it otherwise (commit {name[:10]})"
                    one = Astray(pair, was, why)
                    break
            yield pair, one

    def unmerged(self, path: str) -> Iterator[tuple[str, Catalog]]:
        """A catalog as branches have it that are not merged, newest first."""
        if path not in self.branches:
            names = [one.name for one in git.commits(self.root, [path], SAVES, git.UNMERGED)]
            bodies = zip(names, git.versions(self.root, [f"{name}:./{path}" for name in names]), strict=True)
            self.branches[path] = [(name, po_file.parse(path, body)) for name, body in bodies if body is not None]
        yield from self.branches[path]

    def edited(self, since: int, until: int) -> bool:
        """Whether messages came, went or changed between two times."""
        return since < until and any(since < one.written and one.made <= until for one in self.edits)

    def at(self, commit: Commit, written: int) -> str:
        """The newest of the commits that changed places by a time, as one may have had it who worked then."""
        earlier = [one for one in self.edits if one.written <= written and one.name != commit.name]
        return max(earlier, key=lambda one: one.written).name if earlier else ""

    def born_after(self, commit: Commit, entry: Entry, written: int) -> bool:
        """Whether the English of an entry came after a time."""
        message, then = ident(entry.key), self.at(commit, written)
        if then and message in places(self.root, then):
            return False
        born = git.born(self.root, commit.parents[0], message, OCCURRENCES_PATH)
        return born is not None and born > written

    def then(self, commit: Commit, entry: Entry, written: int) -> Previous | None:
        """What the English of an entry was at a time, by the edit log."""
        then = self.at(commit, written)
        known = template(self.root, then) if then else {}
        was = next((known[one] for one in self.log.ways(ident(entry.key)) if one in known), None)
        return Previous(was.key, was.plural) if was else None


def stood(found: Catalog, entry: Entry, older: Collection[str]) -> Previous | None:
    """The older English that the text of an entry stands under in a catalog."""
    texts = (one for one in astray.said(found.entries) if one.strings == entry.strings and ident(one.key) in older)
    return next((Previous(one.key, one.plural) for one in texts), None)


def stands(found: Catalog, before: Catalog, entry: Entry, older: Collection[str]) -> bool:
    """Whether the older English of a text is still there, as `update` leaves it: then it went by an ordinary edit."""
    was = stood(before, entry, older)
    return was is None or was.key in {one.key for one in found.entries}


def header(body: bytes) -> Catalog:
    """A catalog without its entries."""
    return po_file.parse("", body.lstrip(b"\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n")


@lru_cache(8)
def places(root: Path, name: str) -> frozenset[str]:
    """The ids of the messages that a site had at a commit."""
    (body,) = git.versions(root, [f"{name}:./{OCCURRENCES_PATH}"])
    lines = (body or b"").decode(errors="replace").split("\n")
    return frozenset(match[1] for line in lines if (match := LINE.fullmatch(line)))


@lru_cache(8)
def template(root: Path, name: str) -> Mapping[str, Entry]:
    """The messages of the template at a commit, by id."""
    (body,) = git.versions(root, [f"{name}:./{TEMPLATE_PATH}"])
    return {ident(entry.key): entry for entry in po_file.parse(TEMPLATE_PATH, body or b"").entries}
