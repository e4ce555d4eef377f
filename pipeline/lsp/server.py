"""The protocol: what an editor asks and is told (Language Server Protocol 3.17). The one module that knows pygls.

An editor's unsaved text counts as the file; nothing is written but what a person asked for: a fix is a change that the editor
makes itself, an act is the verb of the command line. Whatever goes wrong is said in the editor, and the server lives on.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter
from pygls.uris import from_fs_path, to_fs_path

from pipeline import __version__
from pipeline.core import inputs
from pipeline.core.errors import LockstepError
from pipeline.core.model import Level
from pipeline.desk.server import watch
from pipeline.lsp.catalogs import ACCEPT, DECIDE, WHO
from pipeline.lsp.said import Fix, Place, Said
from pipeline.lsp.site import Site, accepting, deciding
from pipeline.lsp.wire import Questions, by_lines, listen

LEVELS = {
    Level.ERROR: lsp.DiagnosticSeverity.Error,
    Level.WARNING: lsp.DiagnosticSeverity.Warning,
    Level.INFO: lsp.DiagnosticSeverity.Information,
    None: lsp.DiagnosticSeverity.Hint,
}
STEP = 0.01
"""Seconds of work after which whoever asks something is answered first."""
REST = 0.2
"""Seconds without a question after which it is gone on with what nobody waits for."""
NEWS = 2.0
"""Seconds after which what is worked out so far is told, where all of it takes longer; what was known before is told at once."""
LOST = 2.0
"""Seconds between two looks whether a site is still where it was: a folder that is moved tells nobody."""


class Server(LanguageServer):
    """The server, with the sites of the files that are open. `root`: the one site that it serves, None for whichever a file is in;
    `person`: who sits there, "" where nobody said."""

    def __init__(self, root: Path | None, person: str) -> None:
        super().__init__("lockstep", __version__, converter_factory=plain)
        self.root, self.person = root, person
        self.sites: dict[Path, Site] = {}
        self.open: set[str] = set()
        self.waiting: dict[str, asyncio.Handle] = {}
        self.taken: dict[str, int | None] = {}
        self.questions: Questions | None = None
        self.asked = self.begun = 0.0
        self.working: dict[str, asyncio.Task[None]] = {}
        self.watching: set[asyncio.Task[None]] = set()

    # sites ----------------------------------------------------------------------------------------

    def site(self, uri: str) -> tuple[Site, str] | None:
        """The site of a file and the file's name in it; None where it is in none. Raises LockstepError where that cannot be read."""
        name = to_fs_path(uri) if uri.startswith("file:") else None
        if not name:
            return None
        file = Path(name).resolve()
        for folder in [self.root] if self.root else file.parents:
            if file.is_relative_to(folder) and (folder in self.sites or is_site(folder)):
                if folder not in self.sites:
                    self.sites[folder] = Site(folder)
                    task = asyncio.get_running_loop().create_task(self.watch(self.sites[folder]))
                    self.watching.add(task)
                return self.sites[folder], file.relative_to(folder).as_posix()
        return None

    async def watch(self, site: Site) -> None:
        """Hear of what other programs write: git, an update, a translator elsewhere."""

        def changed(paths: set[str]) -> None:
            if site.gone:
                raise FileNotFoundError(site.root)
            site.take(paths)
            self.publish_all()

        while True:
            heard = asyncio.get_running_loop().create_task(watch(site.root, changed))
            here = site.identity
            while not heard.done() and site.identity == here and not site.lost:
                await asyncio.sleep(LOST)
            heard.cancel()
            await asyncio.gather(heard, return_exceptions=True)
            if not site.gone:
                site.lost = False
                site.take({"pyproject.toml"})
            self.publish_all()
            await asyncio.sleep(LOST)

    def tell(self, text: str, kind: lsp.MessageType = lsp.MessageType.Error) -> None:
        self.window_show_message(lsp.ShowMessageParams(kind, f"Lockstep: {text}"))

    # what is open ---------------------------------------------------------------------------------

    def soon(self, uri: str) -> None:
        """Take a text once all that was typed by now is here."""
        self.still(uri)
        self.waiting[uri] = asyncio.get_running_loop().call_soon(self.now, uri)

    def still(self, uri: str) -> bool:
        """Whether a text was waiting to be taken; it waits no more."""
        timer = self.waiting.pop(uri, None)
        if timer:
            timer.cancel()
        return timer is not None

    def now(self, uri: str) -> None:
        """Take a text as the editor has it, and tell what is to be said of it."""
        self.still(uri)
        with contextlib.suppress(LockstepError):  # which is said of the file
            if found := self.site(uri):
                document = self.workspace.get_text_document(uri)
                self.taken[uri] = document.version
                found[0].typed(found[1], document.source)
        self.publish(uri)

    def settled(self, uri: str) -> tuple[Site, str] | None:
        """The site and name of a file, once what was typed last is taken."""
        if uri in self.waiting:
            self.now(uri)
        return self.site(uri)

    def publish(self, uri: str) -> None:
        """Tell all that is to be said of a file, as soon as it is worked out."""
        if uri in self.working:
            self.working.pop(uri).cancel()
        if uri in self.open:
            self.working[uri] = asyncio.get_running_loop().create_task(self.work(uri))

    async def work(self, uri: str) -> None:
        """Work out what is to be said of a file, in steps between which others are answered."""
        told = time.monotonic()
        try:
            found = self.site(uri)
            answered = False
            for known in steps(*found) if found else ():
                if found and (known > answered or time.monotonic() - told > NEWS):
                    self.say(uri, found[0].said(found[1]))
                    answered, told = answered or known, time.monotonic()
                await self.others(rest=answered)
            self.say(uri, found[0].said(found[1]) if found else ())
        except LockstepError as problem:
            self.say(uri, (Said(1, Level.ERROR, "site", str(problem)),))
        except Exception as problem:
            self.failed(problem)

    async def others(self, *, rest: bool) -> None:
        """Let others be answered, if it is time or somebody asks; with `rest`, until nobody asked anything for a while."""
        now = time.monotonic
        coming = self.questions is not None and self.questions.coming
        if not coming and now() - self.begun < STEP and not (rest and now() - self.asked < REST):
            return
        await asyncio.sleep(0)
        while (self.questions is not None and self.questions.coming) or (rest and now() - self.asked < REST):
            await asyncio.sleep(STEP / 2)
        self.begun = now()

    def publish_all(self, but: str = "") -> None:
        """The same for every file that is open."""
        for uri in [*self.open]:
            if uri != but:
                self.publish(uri)

    def say(self, uri: str, said: Sequence[Said]) -> None:
        if uri in self.open:
            lines = self.workspace.get_text_document(uri).lines
            shown: list[Any] = [self.diagnostic(one, lines) for one in said]
            told = lsp.PublishDiagnosticsParams(uri, shown, self.taken.get(uri))
            self.text_document_publish_diagnostics(told)

    def diagnostic(self, one: Said, lines: Sequence[str]) -> dict[str, Any]:
        """Something as the protocol says it (see `plain`)."""
        at = max(min(one.line, len(lines)), 1) - 1
        text = lines[at].rstrip("\r\n") if lines else ""
        first = len(text) - len(text.lstrip())
        units = self.workspace.position_codec.client_num_units
        start, end = (first, len(text)) if text.isascii() else (units(text[:first]), units(text))
        where = {"start": {"line": at, "character": start}, "end": {"line": at, "character": end}}
        level = int(LEVELS[one.level])
        return {"range": where, "severity": level, "code": one.code, "source": "lockstep", "message": one.text}

    def failed(self, problem: Exception) -> None:
        """Say of a mistake of ours that it is one."""
        self.window_log_message(
            lsp.LogMessageParams(lsp.MessageType.Error, "".join(traceback.format_exception(problem)))
        )
        self.tell(
            f"a mistake of its own ({type(problem).__name__}: {problem}). Its log has the details; please report it."
        )


def plain() -> Any:
    """How messages become JSON: what is told of a file is JSON already, since it is told of hundreds of lines at every keystroke."""

    def told(one: lsp.PublishDiagnosticsParams) -> dict[str, Any]:
        version = {} if one.version is None else {"version": one.version}
        return {"uri": one.uri, "diagnostics": one.diagnostics, **version}

    made = default_converter()  # type: ignore[no-untyped-call]
    made.register_unstructure_hook(lsp.PublishDiagnosticsParams, told)
    return made


def steps(site: Site, path: str) -> Iterator[bool]:
    """The work on a file, where there is a site to work on."""
    return iter(()) if site.gone or site.live.trouble else site.steps(path)


def is_site(folder: Path) -> bool:
    """Whether a folder is a site's."""
    return (folder / "pyproject.toml").is_file() and b"[tool.lockstep" in (inputs.read(folder, "pyproject.toml") or b"")


def location(site: Site, place: Place) -> lsp.Location:
    at = lsp.Position(place.line - 1, 0)
    return lsp.Location(from_fs_path(str(site.root / place.path)) or "", lsp.Range(at, at))


def action(uri: str, fix: Fix, told: Sequence[lsp.Diagnostic]) -> lsp.CodeAction:
    """A fix as an editor offers it."""
    answers = [one for one in told if one.code == fix.code] or None
    kind = lsp.CodeActionKind.QuickFix
    if fix.change is None:
        return lsp.CodeAction(
            fix.title, kind, answers, command=lsp.Command(fix.title, fix.act, None, [uri, *fix.given])
        )
    first = lsp.Position(fix.change.start - 1, 0)
    last = lsp.Position(fix.change.start - 1 + fix.change.count, 0)
    edit = lsp.TextEdit(lsp.Range(first, last), "".join(f"{line}{fix.change.newline}" for line in fix.change.new))
    return lsp.CodeAction(fix.title, kind, answers, edit=lsp.WorkspaceEdit({uri: [edit]}))


def opened(server: Server, params: lsp.DidOpenTextDocumentParams) -> None:
    server.open.add(params.text_document.uri)
    by_lines(server, params.text_document.uri)
    server.now(params.text_document.uri)


def typed(server: Server, params: lsp.DidChangeTextDocumentParams) -> None:
    server.soon(params.text_document.uri)


def saved(server: Server, params: lsp.DidSaveTextDocumentParams) -> None:
    """What is saved may be what other open files rest on."""
    server.still(params.text_document.uri)
    if found := server.site(params.text_document.uri):
        found[0].saved(found[1])
    server.publish_all()


def closed(server: Server, params: lsp.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    server.still(uri)
    server.say(uri, ())
    server.open.discard(uri)
    if found := server.site(uri):
        found[0].saved(found[1])
    server.publish_all()


def hovered(server: Server, params: lsp.HoverParams) -> lsp.Hover | None:
    found = server.settled(params.text_document.uri)
    told = found[0].hover(found[1], params.position.line + 1) if found else None
    if not told:
        return None
    text, start, count = told
    at = lsp.Range(lsp.Position(start - 1, 0), lsp.Position(start - 1 + count, 0))
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text), at)


def led(server: Server, params: lsp.DefinitionParams) -> list[lsp.Location]:
    """From an entry to where its English stands, and from a text to its entries."""
    found = server.settled(params.text_document.uri)
    return [location(found[0], one) for one in found[0].places(found[1], params.position.line + 1)] if found else []


def fixed(server: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    uri = params.text_document.uri
    found = server.settled(uri)
    made = found[0].fixes(found[1], params.range.start.line + 1, server.person) if found else ()
    return [action(uri, one, params.context.diagnostics) for one in made]


ANSWERS: Sequence[tuple[str, Callable[..., Any]]] = (
    (lsp.TEXT_DOCUMENT_DID_OPEN, opened),
    (lsp.TEXT_DOCUMENT_DID_CHANGE, typed),
    (lsp.TEXT_DOCUMENT_DID_SAVE, saved),
    (lsp.TEXT_DOCUMENT_DID_CLOSE, closed),
    (lsp.TEXT_DOCUMENT_HOVER, hovered),
    (lsp.TEXT_DOCUMENT_DEFINITION, led),
    (lsp.TEXT_DOCUMENT_CODE_ACTION, fixed),
)


def guarded(server: Server, answer: Callable[..., Any]) -> Callable[[Any], Any]:
    """An answer of a server that says in the editor why there is none."""

    def asked(params: Any) -> Any:
        server.asked = time.monotonic()
        try:
            return answer(server, params)
        except LockstepError as problem:
            server.tell(str(problem))
        except Exception as problem:
            server.failed(problem)
        return None

    return asked


def made(root: Path | None, person: str) -> Server:
    """A server."""
    server = Server(root, person)
    for name, answer in ANSWERS:
        server.feature(name)(guarded(server, answer))

    async def act(uri: str, path: str, work: Callable[[], str]) -> None:
        """Do what the verb does, beside all else, say what came of it, and tell all files anew."""
        try:
            server.tell(await asyncio.to_thread(work), lsp.MessageType.Info)
        except LockstepError as problem:
            server.tell(str(problem))
        except Exception as problem:
            server.failed(problem)
        if found := server.site(uri):
            found[0].take({path})
        server.publish_all()

    @server.command(ACCEPT)
    async def accept(uri: str, locale: str, message: str, seen: str, code: str, reason: str) -> None:
        if (found := server.settled(uri)) and (at := looked_at(server, found[0], locale, message, seen)):
            target = f"{at[0]}:{at[1]}"
            work = functools.partial(accepting, found[0].root, target, code, server.person, reason)
            await act(uri, f"locale/{locale}/exceptions.yaml", work)

    @server.command(DECIDE)
    async def decide(uri: str, locale: str, message: str, seen: str) -> None:
        if (found := server.settled(uri)) and looked_at(server, found[0], locale, message, seen):
            await act(uri, "locale/edits.jsonl", functools.partial(deciding, found[0].root, message, server.person))

    @server.command(WHO)
    def who(uri: str) -> None:
        server.tell(
            'start the server with --by "YOUR NAME": docs/editor-setup.md of Lockstep says where.',
            lsp.MessageType.Warning,
        )

    return server


def looked_at(server: Server, site: Site, locale: str, message: str, seen: str) -> tuple[str, int] | None:
    """The entry that a person vouches for; None, which is said, where it is not what they looked at."""
    try:
        return site.line_of(locale, message, seen)
    except LockstepError as problem:
        server.tell(str(problem))
        return None


def serve(root: Path | None, person: str) -> None:
    """Answer an editor on standard input and output until it goes."""
    listen(made(root, person))
