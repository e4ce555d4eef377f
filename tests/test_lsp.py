"""The language server as an editor meets it: the protocol's own client library, a real process, a real site."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.main import main
from tests.conftest import REPO, Make, translate

pytest.importorskip("pygls")

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

PAGE = "# Pump\n\nTake 5 mg at night.\n\nRest after the refill.\n\nCall us when it beeps.\n"
SPANISH = {
    "Pump": "Bomba",
    "Take 5 mg at night.": "Tome 5 mg por la noche.",
    "Rest after the refill.": "Descanse después  de la recarga.",
    "Call us when it beeps.": "Llámenos cuando suene.",
}
PO = "locale/es/LC_MESSAGES/messages.po"


class Editor:
    """An editor with files open: what it types, asks and is told."""

    def __init__(self, root: Path) -> None:
        self.root, self.client, self.version = root, LanguageClient("test", "1"), 0
        self.told: dict[str, list[lsp.Diagnostic]] = {}
        self.said: list[str] = []
        self.news = asyncio.Event()

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: lsp.PublishDiagnosticsParams) -> None:
            self.told[params.uri] = list(params.diagnostics)
            self.news.set()

        @self.client.feature(lsp.WINDOW_SHOW_MESSAGE)
        def show(params: lsp.ShowMessageParams) -> None:
            self.said.append(params.message)

    async def start(self, name: str = "Ana Ruiz") -> None:
        env = {**os.environ, "PYTHONPATH": str(REPO)}
        await self.client.start_io(sys.executable, "-P", "-m", "pipeline", "lsp", "--stdio", env=env)
        await self.client.initialize_async(
            lsp.InitializeParams(
                lsp.ClientCapabilities(), root_uri=self.root.as_uri(), initialization_options={"name": name}
            )
        )
        self.client.initialized(lsp.InitializedParams())

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    async def after(self, act: Callable[[], None], path: str) -> list[lsp.Diagnostic]:
        """What is said of a file after an act."""
        self.told.pop(self.uri(path), None)
        act()
        while self.uri(path) not in self.told:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 60)
        return self.told[self.uri(path)]

    async def open(self, path: str) -> list[lsp.Diagnostic]:
        text = (self.root / path).read_text("utf-8")
        item = lsp.TextDocumentItem(self.uri(path), "text", 1, text)
        return await self.after(lambda: self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item)), path)

    async def type(self, path: str, text: str) -> list[lsp.Diagnostic]:
        self.version += 1
        at = lsp.VersionedTextDocumentIdentifier(self.version, self.uri(path))
        change = lsp.TextDocumentContentChangeWholeDocument(text)
        return await self.after(
            lambda: self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(at, [change])), path
        )

    def at(self, path: str, words: str) -> lsp.Position:
        text = (self.root / path).read_text("utf-8")
        return lsp.Position(text[: text.index(words)].count("\n"), 0)

    async def fixes(self, path: str, words: str) -> dict[str, lsp.CodeAction]:
        at = self.at(path, words)
        asked = lsp.CodeActionParams(
            lsp.TextDocumentIdentifier(self.uri(path)),
            lsp.Range(at, at),
            lsp.CodeActionContext(self.told.get(self.uri(path), [])),
        )
        return {one.title: one for one in await self.client.text_document_code_action_async(asked) or []}

    async def hover(self, path: str, words: str) -> str:
        asked = lsp.HoverParams(lsp.TextDocumentIdentifier(self.uri(path)), self.at(path, words))
        found = await self.client.text_document_hover_async(asked)
        return found.contents.value if found else ""

    async def leads(self, path: str, words: str) -> list[str]:
        asked = lsp.DefinitionParams(lsp.TextDocumentIdentifier(self.uri(path)), self.at(path, words))
        found: Any = await self.client.text_document_definition_async(asked)
        return [f"{one.uri.rpartition(self.root.name + '/')[2]}:{one.range.start.line + 1}" for one in found or []]

    def applied(self, path: str, action: lsp.CodeAction) -> str:
        """A file's text after a fix, as an editor changes it."""
        (edit,) = action.edit.changes[self.uri(path)]  # type: ignore[union-attr, index]
        lines = (self.root / path).read_text("utf-8").splitlines(keepends=True)
        lines[edit.range.start.line : edit.range.end.line] = [edit.new_text]
        return "".join(lines)


def edited(root: Path, story: Callable[[Editor], Awaitable[None]], **options: Any) -> None:
    """Tell a story in an editor."""

    async def told() -> None:
        editor = Editor(root)
        try:
            await editor.start(**options)
            await story(editor)
            await editor.client.shutdown_async(None)
            editor.client.exit(None)
        finally:
            await editor.client.stop()

    asyncio.run(asyncio.wait_for(told(), 120))


@pytest.fixture
def site(make: Make) -> Path:
    root = make({"index.md": PAGE})
    main(["update", "-C", str(root)])
    translate(root, SPANISH)
    return root


def codes(found: list[lsp.Diagnostic]) -> set[str]:
    return {str(one.code) for one in found}


def test_what_an_edit_does_is_said_while_it_is_typed(site: Path) -> None:
    async def story(editor: Editor) -> None:
        page = "source/index.md"
        assert not codes(await editor.open(page)) & {"impact-critical", "impact-cosmetic"}
        said = await editor.type(page, PAGE.replace("5 mg", "50 mg"))
        (one,) = [one for one in said if one.code == "impact-critical"]
        assert one.range.start.line == 2 and "1 language (es)" in one.message and "English" in one.message
        assert (site / page).read_text() == PAGE, "nothing is written"
        said = await editor.type(page, PAGE.replace("beeps.", "beeps!"))
        assert codes(said) >= {"impact-cosmetic"} and "impact-critical" not in codes(said)
        said = await editor.type(page, PAGE + "\n[See](nowhere.md) {clinic.fone}\n")
        assert codes(said) >= {"link", "placeholder"}
        assert not codes(await editor.type(page, PAGE)) & {"link", "placeholder", "impact-cosmetic"}
        assert await editor.leads(page, "Take 5 mg") == [f"{PO}:{line(site, 'Tome 5 mg')}"]
        assert "Translated: es" in await editor.hover(page, "Take 5 mg")

    edited(site, story)


def line(root: Path, words: str) -> int:
    text = (root / PO).read_text("utf-8")
    return text[: text.index(words)].count("\n") + 1


def test_a_catalog_is_checked_while_it_is_typed(site: Path) -> None:
    async def story(editor: Editor) -> None:
        assert "spaces" in codes(await editor.open(PO))
        text = (site / PO).read_text("utf-8")
        said = await editor.type(PO, text.replace("Tome 5 mg", "Tome 50 mg"))
        (one,) = [one for one in said if one.severity == lsp.DiagnosticSeverity.Error]
        assert one.code == "number" and one.range.start.line == line(site, "Tome 5 mg") - 1
        assert await editor.type(PO, text.replace('msgid "Pump"', "<<<<<<< ours")) and "catalog" in codes(
            editor.told[editor.uri(PO)]
        )
        await editor.type(PO, text)
        mended = editor.applied(PO, (await editor.fixes(PO, "Descanse"))["Mend [spaces]"])
        assert mended == text.replace("después  de", "después de")
        assert "spaces" not in codes(await editor.type(PO, mended))
        assert await editor.leads(PO, "Tome 5 mg") == ["source/index.md:3"]
        assert (site / PO).read_text("utf-8") == text

    edited(site, story)


def test_what_changed_and_what_may_be_done(site: Path) -> None:
    """A stale text: its difference on hover; the mark taken off; the former translation taken; an acceptance by name."""
    page = site / "source/index.md"
    page.write_text(
        PAGE.replace("Rest after", "Rest at home after").replace(
            "Call us when it beeps", "Phone the clinic if it beeps"
        )
    )
    main(["update", "-C", str(site)])
    text = (site / PO).read_text("utf-8")
    empty = text.replace('#, fuzzy\n#| msgid "Rest after the refill."\n', "").replace(
        "Descanse después  de la recarga.", "", 1
    )

    async def story(editor: Editor) -> None:
        await editor.open(PO)
        told = await editor.hover(PO, "Rest at home")
        assert "**at home**" in told and "source/index.md" in told
        fixes = await editor.fixes(PO, "Rest at home")
        (off,) = [one for title, one in fixes.items() if "fuzzy mark off" in title]
        assert "fuzzy" not in editor.applied(PO, off).split('msgid "Rest at home')[0].split("\n\n")[-1]
        assert any("did not change its meaning" in title for title in await editor.fixes(PO, "Rest at home"))
        await editor.type(PO, empty)
        (site / PO).write_text(empty)
        (taken,) = [one for title, one in (await editor.fixes(PO, "Rest at home")).items() if "former English" in title]
        assert "#, fuzzy" in editor.applied(PO, taken) and "Descanse después  de la recarga." in editor.applied(
            PO, taken
        )

    edited(site, story)


def test_a_finding_is_accepted_by_name(site: Path) -> None:
    path = site / PO
    path.write_text(path.read_text("utf-8").replace("Tome 5 mg", "Tome 50 mg"), "utf-8")

    async def story(editor: Editor) -> None:
        assert "number" in codes(await editor.open(PO))
        fixes = await editor.fixes(PO, "Tome 50 mg")
        one = next(one for title, one in fixes.items() if title.startswith("Accept [number] as Ana Ruiz"))
        assert one.command
        editor.told.clear()
        await editor.client.workspace_execute_command_async(
            lsp.ExecuteCommandParams(one.command.command, one.command.arguments)
        )
        assert any("accepted in locale/es/exceptions.yaml" in text for text in editor.said), editor.said
        assert "number" not in codes(editor.told[editor.uri(PO)])

    edited(site, story)
    assert "Ana Ruiz" in (site / "locale/es/exceptions.yaml").read_text("utf-8")


def test_broken_settings_are_said_and_the_server_lives(site: Path) -> None:
    async def story(editor: Editor) -> None:
        await editor.open(PO)
        (site / "pyproject.toml").write_text("[tool.lockstep]\nlocales = 3\n")
        uri = editor.uri("pyproject.toml")
        changed = lsp.DidChangeWatchedFilesParams([lsp.FileEvent(uri, lsp.FileChangeType.Changed)])
        said = await editor.after(lambda: editor.client.workspace_did_change_watched_files(changed), PO)
        assert codes(said) == {"site"} and "pyproject.toml" in said[0].message

    edited(site, story)
