"""The protocol: what an editor asks and is told (Language Server Protocol 3.17). The one module that knows pygls.

An editor's unsaved text counts as the file; nothing is written but what a person asked for: a fix is a change that the editor
makes itself, an act is the verb of the command line. Whatever goes wrong is said in the editor, and the server lives on.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from pipeline import __version__
from pipeline.commands.live import Live
from pipeline.core import cache, clock
from pipeline.core.errors import LockstepError
from pipeline.core.model import Level
from pipeline.lsp import catalogs, pages
from pipeline.lsp.said import Fix, Place, Said

LEVELS = {
    Level.ERROR: lsp.DiagnosticSeverity.Error,
    Level.WARNING: lsp.DiagnosticSeverity.Warning,
    Level.INFO: lsp.DiagnosticSeverity.Information,
    None: lsp.DiagnosticSeverity.Hint,
}
PAUSE = 0.05
"""Seconds without a keystroke after which a text is judged."""
END = 2**31 - 1
"""Beyond the last character of any line (LSP 3.17, "Position": it then means the end)."""


@dataclass
class Site:
    """One site that files are open of."""

    live: Live
    before: pages.Before = field(init=False)

    def __post_init__(self) -> None:
        self.before = pages.Before(self.live)

    def said(self, path: str) -> tuple[Said, ...]:
        """All that is to be said of a file."""
        if self.live.trouble:
            return (Said(1, Level.ERROR, "site", f"What you see is from before: {self.live.trouble}"),)
        locale = catalogs.locale_of(self.live, path)
        if locale:
            return catalogs.said(self.live, locale)
        return pages.said(self.live, self.before, path) if path.startswith("source/") else ()


class Server(LanguageServer):
    """The server, with the sites of the files that are open."""

    def __init__(self, root: Path | None) -> None:
        super().__init__("lockstep", __version__)
        self.root, self.person = root, ""
        self.sites: dict[Path, Site | None] = {}
        self.open: dict[str, tuple[Site, str]] = {}
        self.waiting: dict[str, asyncio.TimerHandle] = {}

    # sites ----------------------------------------------------------------------------------------

    def site(self, uri: str) -> tuple[Site, str] | None:
        """The site of a file and the file's name in it; None where it is in none."""
        if uri in self.open:
            return self.open[uri]
        name = to_fs_path(uri)
        if not name:
            return None
        file = Path(name).resolve()
        for folder in [self.root] if self.root and file.is_relative_to(self.root) else file.parents:
            if folder not in self.sites and (folder / "pyproject.toml").is_file():
                self.sites[folder] = self.read(folder)
            if found := self.sites.get(folder):
                return found, file.relative_to(folder).as_posix()
        return None

    def read(self, folder: Path) -> Site | None:
        """The site in a folder; None where there is none, or it cannot be read, which is then said."""
        if b"[tool.lockstep]" not in (folder / "pyproject.toml").read_bytes():
            return None
        try:
            return Site(Live(folder, clock.read, cache.read()))
        except LockstepError as problem:
            self.tell(str(problem))
            return None

    def tell(self, text: str, kind: lsp.MessageType = lsp.MessageType.Error) -> None:
        self.window_show_message(lsp.ShowMessageParams(kind, f"Lockstep: {text}"))

    # what is open ---------------------------------------------------------------------------------

    def take(self, uri: str, text: str | None) -> None:
        """A file's text as the editor has it; None where it has it no more."""
        found = self.site(uri)
        if not found:
            return
        site, path = found
        if text is None:
            site.live.unsaved.pop(path, None)
            self.open.pop(uri, None)
        else:
            site.live.unsaved[path] = text.encode("utf-8", "surrogatepass")
            self.open[uri] = found
        site.live.take([path])

    def soon(self, uri: str, text: str | None) -> None:
        """Take a text, and tell what is to be said of it, once nobody types for a moment."""
        if uri in self.waiting:
            self.waiting.pop(uri).cancel()
        loop = asyncio.get_running_loop()
        self.waiting[uri] = loop.call_later(PAUSE, self.now, uri, text)

    def now(self, uri: str, text: str | None) -> None:
        self.waiting.pop(uri, None)
        self.take(uri, text)
        self.publish(uri)

    def settled(self, uri: str) -> tuple[Site, str] | None:
        """The site and name of a file, once what was typed last is taken."""
        if uri in self.waiting:
            self.waiting.pop(uri).cancel()
            self.now(uri, self.workspace.get_text_document(uri).source)
        return self.site(uri)

    def publish(self, uri: str) -> None:
        """Tell all that is to be said of a file."""
        found = self.open.get(uri)
        said = found[0].said(found[1]) if found else ()
        shown = [diagnostic(one) for one in said]
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, shown))

    def publish_all(self, but: str = "") -> None:
        """The same for every file that is open."""
        for uri in [*self.open]:
            if uri != but:
                self.publish(uri)


def diagnostic(one: Said) -> lsp.Diagnostic:
    at = lsp.Range(lsp.Position(one.line - 1, 0), lsp.Position(one.line - 1, END))
    return lsp.Diagnostic(at, one.text, LEVELS[one.level], code=one.code, source="lockstep")


def location(site: Site, place: Place) -> lsp.Location:
    at = lsp.Position(place.line - 1, 0)
    return lsp.Location(from_fs_path(str(site.live.root / place.path)) or "", lsp.Range(at, at))


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
    edit = lsp.TextEdit(lsp.Range(first, last), "".join(f"{line}\n" for line in fix.change.new))
    return lsp.CodeAction(fix.title, kind, answers, edit=lsp.WorkspaceEdit({uri: [edit]}))


def guarded(server: Server, answer: Callable[..., Any]) -> Callable[[Any], Any]:
    """An answer of a server that says in the editor why there is none."""

    def asked(params: Any) -> Any:
        try:
            return answer(server, params)
        except LockstepError as problem:
            server.tell(str(problem))
            return None

    return asked


def opened(server: Server, params: lsp.DidOpenTextDocumentParams) -> None:
    server.now(params.text_document.uri, params.text_document.text)


def typed(server: Server, params: lsp.DidChangeTextDocumentParams) -> None:
    uri = params.text_document.uri
    server.soon(uri, server.workspace.get_text_document(uri).source)


def saved(server: Server, params: lsp.DidSaveTextDocumentParams) -> None:
    """What is saved may be what other open files rest on."""
    uri = params.text_document.uri
    found = server.settled(uri)
    if found and found[1] not in found[0].live.unsaved:
        found[0].live.take([found[1]])
    server.publish_all(but=uri)


def closed(server: Server, params: lsp.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    if uri in server.waiting:
        server.waiting.pop(uri).cancel()
    server.take(uri, None)
    server.publish(uri)


def changed_on_disk(server: Server, params: lsp.DidChangeWatchedFilesParams) -> None:
    """Another program wrote files: git, an update, a translator elsewhere."""
    for change in params.changes:
        found = server.site(change.uri)
        if found and found[1] not in found[0].live.unsaved:
            found[0].live.take([found[1]])
    server.publish_all()


def hovered(server: Server, params: lsp.HoverParams) -> lsp.Hover | None:
    found = server.settled(params.text_document.uri)
    if not found:
        return None
    (site, path), line = found, params.position.line + 1
    if locale := catalogs.locale_of(site.live, path):
        known = catalogs.hover(site.live, locale, line)
        text, start, count = known or ("", 1, 1)
    else:
        told = pages.hover(site.live, site.before, path, line)
        (text, start), count = told or ("", 1), 1
    if not text:
        return None
    at = lsp.Range(lsp.Position(start - 1, 0), lsp.Position(start - 2 + count, END))
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text), at)


def led(server: Server, params: lsp.DefinitionParams) -> list[lsp.Location]:
    """From an entry to where its English stands, and from a text to its entries."""
    found = server.settled(params.text_document.uri)
    if not found:
        return []
    (site, path), line = found, params.position.line + 1
    locale = catalogs.locale_of(site.live, path)
    known = catalogs.places(site.live, locale, line) if locale else pages.places(site.live, path, line)
    return [location(site, place) for place in known]


def fixed(server: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    uri = params.text_document.uri
    found = server.settled(uri)
    locale = catalogs.locale_of(found[0].live, found[1]) if found else None
    if not found or not locale:
        return []
    made = catalogs.fixes(found[0].live, locale, params.range.start.line + 1, server.person)
    return [action(uri, one, params.context.diagnostics) for one in made]


def acted(server: Server, uri: str, act: Callable[[Site], str]) -> None:
    """Do what the verb does, say what came of it, and tell all files anew."""
    found = server.settled(uri)
    if not found:
        return
    site, _ = found
    try:
        server.tell(act(site), lsp.MessageType.Info)
    except LockstepError as problem:
        server.tell(str(problem))
    site.live.take_records()
    server.publish_all()


def accepting(server: Server, uri: str, target: str, code: str, name: str, reason: str) -> None:
    def act(site: Site) -> str:
        from pipeline.commands import accept, project

        made = project.load(site.live.root, clock.read(), store=cache.read())
        path, silenced = accept.accept(made, target, code, name, reason)
        return f"{len(silenced)} finding{'s' * (len(silenced) != 1)} accepted in {path}."

    acted(server, uri, act)


def deciding(server: Server, uri: str, target: str, name: str, reason: str) -> None:
    def act(site: Site) -> str:
        from pipeline.changes.edit_log import UNCHANGED
        from pipeline.commands import decide, project

        made = project.load(site.live.root, clock.read(), store=cache.read())
        done = decide.decide(made, target, UNCHANGED, (name,), reason)
        return f"{len(done.lines)} line{'s' * (len(done.lines) != 1)} written to the edit log."

    acted(server, uri, act)


def begun(server: Server, params: lsp.InitializedParams) -> None:
    """Ask to be told of files that other programs write."""
    asked = server.client_capabilities.workspace
    watched = asked and asked.did_change_watched_files
    if not (watched and watched.dynamic_registration):
        return
    globs = (
        "**/locale/**/*.{po,pot,jsonl,yaml,txt}",
        "**/source/**/*",
        "**/templates/**/*",
        "**/pyproject.toml",
        "**/people.yaml",
    )
    watchers = [lsp.FileSystemWatcher(glob) for glob in globs]
    options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
    with contextlib.suppress(Exception):
        server.client_register_capability(
            lsp.RegistrationParams([lsp.Registration("files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)])
        )


ANSWERS: Iterable[tuple[str, Callable[..., Any]]] = (
    (lsp.TEXT_DOCUMENT_DID_OPEN, opened),
    (lsp.TEXT_DOCUMENT_DID_CHANGE, typed),
    (lsp.TEXT_DOCUMENT_DID_SAVE, saved),
    (lsp.TEXT_DOCUMENT_DID_CLOSE, closed),
    (lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, changed_on_disk),
    (lsp.TEXT_DOCUMENT_HOVER, hovered),
    (lsp.TEXT_DOCUMENT_DEFINITION, led),
    (lsp.TEXT_DOCUMENT_CODE_ACTION, fixed),
    (lsp.INITIALIZED, begun),
)


def made(root: Path | None) -> Server:
    """A server. `root`: the one site that it serves; None for whichever a file is in."""
    server = Server(root)

    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        said = params.initialization_options
        name = said.get("name") if isinstance(said, dict) else None
        server.person = " ".join(name.split()) if isinstance(name, str) else ""

    for name, answer in ANSWERS:
        server.feature(name)(guarded(server, answer))

    @server.command("lockstep.accept")
    def accept(uri: str, target: str, code: str, name: str, reason: str) -> None:
        accepting(server, uri, target, code, name, reason)

    @server.command("lockstep.decide")
    def decide(uri: str, target: str, name: str, reason: str) -> None:
        deciding(server, uri, target, name, reason)

    return server


def serve(root: Path | None) -> None:
    """Answer an editor on standard input and output until it goes."""
    made(root).start_io()
