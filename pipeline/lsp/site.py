"""A site that an editor has files open of: what is said of each, read and judged in small steps so that nobody waits for all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.changes.edit_log import UNCHANGED
from pipeline.commands import accept, decide
from pipeline.commands.entries import stamp
from pipeline.commands.outlook import Outlooks
from pipeline.content import excerpts
from pipeline.core import cache, clock, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.model import Level, ident
from pipeline.live import Live
from pipeline.lsp import catalogs, pages
from pipeline.lsp.catalogs import Judged
from pipeline.lsp.said import Fix, Place, Said
from pipeline.project import project

READ = "source/", f"{excerpts.FOLDER}/"
"""The folders of what is written in the source language."""
AGAIN = "Ask for the fixes again."


@dataclass
class Site:
    """One site. Raises LockstepError where there is none that can be read."""

    root: Path
    live: Live = field(init=False)
    outlooks: Outlooks = field(init=False)
    judged: dict[str, Judged] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    """The languages that are read so far, for whoever edits the English."""
    lost: bool = False
    """Whether it was told that the site is gone, and nobody looked for it since."""

    def __post_init__(self) -> None:
        self.live = Live(self.root, clock.read, cache.read())
        _ = self.live.content
        self.outlooks = Outlooks(self.live)

    @property
    def gone(self) -> bool:
        """Whether somebody took the site away."""
        return inputs.read(self.root, "pyproject.toml") is None

    @property
    def identity(self) -> int:
        """The folder itself, whatever it is called; 0 where there is none."""
        try:
            return self.root.stat().st_ino
        except OSError:
            return 0

    def take(self, paths: set[str]) -> None:
        """Read again what changed, on the disk or in an editor."""
        if self.live.trouble and self.gone:
            return
        self.live.take(paths)

    def typed(self, path: str, text: str) -> None:
        """Take a text that is not saved yet, where it counts before that: pages and catalogs. All else counts once it is saved."""
        locale = catalogs.locale_of(self.live, path)
        if locale or path in self.live.content.by_path:
            encoding = self.live.project.catalogs[locale].encoding if locale else "utf-8"
            self.live.unsaved[path] = encoded(text, encoding)
            self.take({path})

    def saved(self, path: str) -> None:
        """A text is on the disk as it is in the editor, or the editor let go of it."""
        self.live.unsaved.pop(path, None)
        self.take({path})

    def differs(self, path: str) -> bool:
        """Whether an editor has something else than the disk."""
        return path in self.live.unsaved and self.live.unsaved[path] != inputs.read(self.root, path)

    # what is said ---------------------------------------------------------------------------------

    def steps(self, path: str) -> Iterator[bool]:
        """Work out what is to be said of a file, a step at a time; each says whether what was edited last is answered."""
        if locale := catalogs.locale_of(self.live, path):
            yield from self.judged.setdefault(locale, Judged(self.live, locale)).steps()
        elif path in self.live.content.by_path:
            for name in pages.languages(self.live):
                if name not in self.read:
                    _ = self.live.project.translations[name].known.by_id
                    self.outlooks.was(path, self.outlooks.before(path), name)  # which the first keystroke asks for
                    self.read.append(name)
                    yield False
            for _ in self.outlooks.steps(path, self.read):
                yield False

    def said(self, path: str) -> tuple[Said, ...]:
        """All that is to be said of a file, of what is worked out by now."""
        self.lost = self.lost or self.gone
        if self.gone:
            return (Said(1, Level.ERROR, "site", f"The site in {self.root} is gone. Put it back, or close this file."),)
        if self.live.trouble:
            return (Said(1, Level.ERROR, "site", f"What you see is from before: {self.live.trouble}"),)
        if locale := catalogs.locale_of(self.live, path):
            return self.judged.setdefault(locale, Judged(self.live, locale)).said()
        return pages.said(self.live, self.outlooks, path, self.read) if path.startswith(READ) else ()

    def hover(self, path: str, line: int) -> tuple[str, int, int] | None:
        """What is to be known of the text at a line, in Markdown; its first line, and how many it has."""
        if locale := catalogs.locale_of(self.live, path):
            return catalogs.hover(self.live, locale, line)
        told = pages.hover(self.live, self.outlooks, path, line, self.read)
        return (*told, 1) if told else None

    def places(self, path: str, line: int) -> tuple[Place, ...]:
        """Where an entry's English stands, or where a text stands in catalogs."""
        if locale := catalogs.locale_of(self.live, path):
            return catalogs.places(self.live, locale, line)
        return tuple(pages.places(self.live, path, line, pages.languages(self.live)))

    def fixes(self, path: str, line: int, name: str) -> tuple[Fix, ...]:
        """What may be done about the entry at a line; nothing is offered elsewhere."""
        locale = catalogs.locale_of(self.live, path)
        return tuple(catalogs.fixes(self.live, locale, line, name)) if locale else ()

    # acts -----------------------------------------------------------------------------------------

    def line_of(self, locale: str, message: str, seen: str) -> tuple[str, int]:
        """The catalog and line of an entry that was looked at. Raises LockstepError where it is another one now, or where the editor
        has what the disk has not: a person vouches for what is written, not for what may never be."""
        path, entries = self.live.project.catalogs[locale].path, self.live.project.translations[locale].entries
        entry = next((one for key, one in entries.items() if ident(key) == message), None)
        if entry is None or stamp(entry) != seen:
            raise LockstepError("this text is not what it was when you looked at it", path=path, todo=AGAIN)
        if self.differs(path):
            raise LockstepError("has changes that are not saved", path=path, todo=f"Save it first. {AGAIN}")
        return path, entry.line


def accepting(root: Path, target: str, code: str, name: str, reason: str) -> str:
    """Accept a finding as the verb does; what came of it."""
    ((path, found),) = accept.accept(project.load(root, clock.read(), store=cache.read()), [target], code, name, reason)
    return f"{len(found)} finding{'s' * (len(found) != 1)} accepted in {path}."


def deciding(root: Path, target: str, name: str) -> str:
    """Decide as the verb does that an edit left the meaning unchanged; what came of it."""
    made = project.load(root, clock.read(), store=cache.read())
    done = decide.decide(made, target, UNCHANGED, (name,), "the meaning is unchanged")
    return f"{len(done.lines)} line{'s' * (len(done.lines) != 1)} written to the edit log."


def encoded(text: str, encoding: str) -> bytes:
    """A text as its file would have it; where its own encoding lacks a character, as the file may have it once that is mended."""
    try:
        return text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return text.encode("utf-8", "surrogatepass")
