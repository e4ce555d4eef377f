"""The language server as an editor meets it: the protocol's own client library, a real process, a real site."""

from __future__ import annotations

import asyncio
import itertools
import re
import shutil
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lsprotocol import types as lsp
from pygls.workspace import PositionCodec, TextDocument

from pipeline.cli.main import main
from pipeline.lsp.catalogs import REASONS
from pipeline.lsp.site import Site
from pipeline.lsp.wire import Text
from tests.conftest import REPO, Make, lay_out, made_once, translate

PAGE = "# Pump\n\nTake 5 mg at night.\n\nRest after the refill.\n\nCall us when it beeps.\n"
SPANISH = {
    "Pump": "Bomba",
    "Take 5 mg at night.": "Tome 5 mg por la noche.",
    "Rest after the refill.": "Descanse después  de la recarga.",
    "Call us when it beeps.": "Llámenos cuando suene.",
}
PO = "locale/es/LC_MESSAGES/messages.po"
LONG = 60
"""Seconds after which a story is told no further."""
SERVER = f"import sys; sys.path.insert(0, {str(REPO)!r}); from pipeline.cli.main import main; sys.exit(main())"


class Editor:
    """An editor with files open: what it types, asks and is told."""

    def __init__(self, root: Path) -> None:
        self.root, self.client, self.version = root, pytest_lsp.make_test_lsp_client(), 1
        self.versions: dict[str, int] = {}
        self.client.protocol.fm.features.pop(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, None)

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def told(params: lsp.PublishDiagnosticsParams) -> None:
            self.versions[params.uri] = params.version or 0
            self.told[params.uri] = list(params.diagnostics)

        read = self.client.protocol._converter  # which takes every action with a command for a command alone
        read.register_structure_hook(
            lsp.CodeActionResponse,
            lambda said, _: lsp.CodeActionResponse(
                said["id"], [read.structure(one, lsp.CodeAction) for one in said.get("result") or ()]
            ),
        )

    @property
    def told(self) -> dict[str, list[lsp.Diagnostic]]:
        return self.client.diagnostics  # type: ignore[no-any-return]

    @property
    def said(self) -> list[str]:
        return [one.message for one in self.client.messages]

    async def start(self, *arguments: str, like: str = "neovim") -> None:
        await self.client.start_io(sys.executable, "-c", SERVER, "lsp", "--stdio", *arguments)
        able = pytest_lsp.client_capabilities(like)
        await self.client.initialize_session(lsp.InitializeParams(able, root_uri=self.root.as_uri()))

    async def until(self, path: str, fits: Callable[[set[str]], bool]) -> list[lsp.Diagnostic]:
        """What is said of a file, once it fits; told by the codes of it."""
        async with asyncio.timeout(LONG / 2):
            while not fits(codes(self.told.get(self.uri(path), []))):
                await asyncio.sleep(0.01)
                assert not [text for text in self.said if "mistake" in text], self.client.log_messages
        return list(self.told[self.uri(path)])

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    async def after(self, act: Callable[[], None], path: str) -> list[lsp.Diagnostic]:
        """What is said of a file after an act."""
        self.told.pop(self.uri(path), None)
        act()
        uri, version = self.uri(path), self.version
        return await self.until(path, lambda found: uri in self.told and self.versions[uri] in {0, version})

    async def open(self, path: str, text: str = "") -> list[lsp.Diagnostic]:
        text = text or (self.root / path).read_text("utf-8")
        self.version += 1
        item = lsp.TextDocumentItem(self.uri(path), "text", self.version, text)
        return await self.after(lambda: self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item)), path)

    async def type(self, path: str, text: str, *where: tuple[int, int]) -> list[lsp.Diagnostic]:
        """What is said after a change: of the whole text, or at a place, as lines and characters from 0."""
        self.version += 1
        at = lsp.VersionedTextDocumentIdentifier(self.version, self.uri(path))
        change: Any = lsp.TextDocumentContentChangeWholeDocument(text)
        if where:
            start, end = lsp.Position(*where[0]), lsp.Position(*where[-1])
            change = lsp.TextDocumentContentChangePartial(lsp.Range(start, end), text)
        return await self.after(
            lambda: self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(at, [change])), path
        )

    def save(self, path: str) -> None:
        at = lsp.TextDocumentIdentifier(self.uri(path))
        self.client.text_document_did_save(lsp.DidSaveTextDocumentParams(at))

    def at(self, path: str, words: str) -> lsp.Position:
        text = (self.root / path).read_text("utf-8", "replace")
        return lsp.Position(text[: text.index(words)].count("\n"), 0)

    async def fixes(self, path: str, words: str) -> dict[str, lsp.CodeAction]:
        at = self.at(path, words)
        asked = lsp.CodeActionParams(
            lsp.TextDocumentIdentifier(self.uri(path)),
            lsp.Range(at, at),
            lsp.CodeActionContext(self.told.get(self.uri(path), [])),
        )
        return {one.title: one for one in await self.client.text_document_code_action_async(asked) or []}

    async def act(self, action: lsp.CodeAction) -> str:
        """What an act is answered with."""
        assert action.command
        before = len(self.said)
        await self.client.workspace_execute_command_async(
            lsp.ExecuteCommandParams(action.command.command, action.command.arguments)
        )
        async with asyncio.timeout(LONG / 2):
            while len(self.said) == before:
                await asyncio.sleep(0.01)
        return self.said[-1]

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


def edited(root: Path, story: Callable[[Editor], Awaitable[None]], *arguments: str, **options: Any) -> None:
    """Tell a story in an editor."""

    async def told() -> None:
        editor = Editor(root)
        try:
            await editor.start(*arguments, **options)
            await story(editor)
            await editor.client.shutdown_session()
        finally:
            if editor.client._server and editor.client._server.returncode is None:
                editor.client._server.kill()
            await editor.client.stop()

    asyncio.run(asyncio.wait_for(told(), LONG))


@pytest.fixture
@made_once
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
            "Call us when it beeps", "Please call us when it beeps"
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
        assert not any("did not change" in title for title in await editor.fixes(PO, "Rest at home")), (
            "one person alone"
        )
        assert any("did not change" in title for title in await editor.fixes(PO, "Please call")), await editor.hover(
            PO, "Please call"
        )
        await editor.type(PO, empty)
        (site / PO).write_text(empty)
        (taken,) = [one for title, one in (await editor.fixes(PO, "Rest at home")).items() if "former English" in title]
        assert "#, fuzzy" in editor.applied(PO, taken) and "Descanse después  de la recarga." in editor.applied(
            PO, taken
        )

    edited(site, story, "--by", "Ana Ruiz")


def test_a_finding_is_accepted_by_name(site: Path) -> None:
    path = site / PO
    path.write_text(path.read_text("utf-8").replace("Tome 5 mg", "Tome 50 mg"), "utf-8")

    async def story(editor: Editor) -> None:
        assert "number" in codes(await editor.open(PO))
        text = path.read_text("utf-8")
        accept = "Accept [number] as Ana Ruiz: " + REASONS[0]
        one = (await editor.fixes(PO, "Tome 50 mg"))[accept]
        await editor.type(PO, text.replace("Tome 50 mg", "Tome 55 mg"))
        assert "not what it was" in await editor.act(one), "another text is not accepted unseen"
        one = (await editor.fixes(PO, "Tome 50 mg"))[accept]
        assert "not saved" in await editor.act(one), "nor one that nobody wrote yet"
        assert not (site / "locale/es/exceptions.yaml").exists()
        await editor.type(PO, text)
        one = (await editor.fixes(PO, "Tome 50 mg"))[accept]
        assert "accepted in locale/es/exceptions.yaml" in await editor.act(one)
        await editor.until(PO, lambda found: "number" not in found)

    edited(site, story, "--by", "Ana Ruiz")
    assert "Ana Ruiz" in (site / "locale/es/exceptions.yaml").read_text("utf-8")


def test_nobody_vouches_without_a_name(site: Path) -> None:
    path = site / PO
    path.write_text(path.read_text("utf-8").replace("Tome 5 mg", "Tome 50 mg"), "utf-8")

    async def story(editor: Editor) -> None:
        await editor.open(PO)
        (one,) = (await editor.fixes(PO, "Tome 50 mg")).values()
        assert "--by" in await editor.act(one)

    edited(site, story, like="visual_studio_code")


def test_other_programs_and_broken_files_are_heard_of_and_the_server_lives(site: Path) -> None:
    settings, catalog = site / "pyproject.toml", site / PO
    good, text = settings.read_text(), catalog.read_text("utf-8")

    async def story(editor: Editor) -> None:
        outside = site.parent / "elsewhere.md"
        outside.write_text("# Not of the site\n")
        assert await editor.open("../elsewhere.md") == [] and await editor.hover("../elsewhere.md", "Not") == ""
        await editor.open(PO)
        catalog.write_text(text.replace("Tome 5 mg", "Tome 50 mg"), "utf-8")
        editor.save(PO)
        await editor.until(PO, lambda found: "number" in found)
        settings.write_text("[tool.lockstep]\nlocales = 3\n")
        said = await editor.until(PO, lambda found: found == {"site"})
        assert "pyproject.toml" in said[0].message
        settings.write_text(good)
        await editor.until(PO, lambda found: "number" in found)
        catalog.write_bytes(b"\xff\x00 no catalog")
        editor.save(PO)
        await editor.type(PO, "\0 no catalog")
        assert "catalog" in codes(await editor.until(PO, lambda found: "catalog" in found))
        assert "messages.po" not in await editor.hover(PO, "no")
        catalog.write_text(text, "utf-8")
        await editor.type(PO, text)
        shutil.move(site, site.with_name("away"))
        said = await editor.type(PO, text + "\n")
        assert codes(said) == {"site"} and "gone" in said[0].message
        shutil.move(site.with_name("away"), site)
        await editor.until(PO, lambda found: "site" not in found and bool(found))

    edited(site, story)


def test_a_site_that_cannot_be_read_is_said_of_the_file_and_read_once_it_is_mended(site: Path) -> None:
    settings = site / "pyproject.toml"
    good = settings.read_text()
    settings.write_text("[tool.lockstep]\nlocales = 3\n")

    async def story(editor: Editor) -> None:
        assert codes(await editor.open(PO)) == {"site"}
        settings.write_text(good)
        assert "site" not in codes(await editor.type(PO, (site / PO).read_text("utf-8")))

    edited(site, story)


def test_a_page_is_judged_as_it_is_typed_even_where_its_place_changes(site: Path) -> None:
    """Front matter that would move the page, a draft, a page that is not saved yet: told, or left until it is saved."""

    async def story(editor: Editor) -> None:
        page = "source/index.md"
        await editor.open(page)
        for head in ("---\nnav: 3\nclass: info\n---\n", "---\ndraft: true\n---\n", ""):
            assert (
                "impact-critical" in codes(await editor.type(page, head + PAGE.replace("5 mg", "6 mg")))
                or "draft" in head
            )
        assert await editor.open("source/new.md", "# New\n\nNothing yet.\n") == []
        (site / "source/new.md").write_text("# New\n\nNothing [yet](nowhere.md).\n")
        editor.save("source/new.md")
        await editor.until("source/new.md", lambda found: {"link", "impact-new"} <= found)

    edited(site, story)


def test_a_file_that_pages_include_is_read_in_an_editor(make: Make) -> None:
    pages = dict.fromkeys(("index.md", "other.md"), '# A page\n\n--8<-- "note.md"\n')
    root, note = make(pages, extra='dialect = ["mkdocs"]\n'), "includes/note.md"
    (root / "includes").mkdir()
    (root / note).write_text("Call us.\n\nTake .5 mg, see [how to store it](nowhere.md).\n")
    translate(root, {"Call us.": "Llámenos."})
    site = Site(root)
    for _ in site.steps(note):
        pass
    assert {(one.line, one.code) for one in site.said(note)} == {(3, "link"), (3, "bare-decimal")}
    assert (site.hover(note, 2) or ("",))[0].startswith(f"`{note}:1`")
    assert [one.path for one in site.places(note, 1)] == [PO]
    assert site.hover("source/index.md", 1) and site.hover("includes/none.md", 1) is None
    (root / note).write_text("Call us.\n")
    site.saved(note)
    assert site.said(note) == ()


def test_what_is_typed_at_a_place_is_the_text_that_is_judged(site: Path) -> None:
    """Changes by place, as editors send them: behind characters of two units, over a line that U+2028 does not end, at the end."""
    page = "source/index.md"
    text = "# Pump\n\nTake 5 mg at night.\n\n\U0001f600 one\u2028two [see](nowhere.md)\n"

    async def story(editor: Editor) -> None:
        said = await editor.open(page, text)
        (one,) = [one for one in said if one.code == "link"]
        assert one.range.start.line == 4
        said = await editor.type(page, "index", (4, 21), (4, 28))
        assert "link" not in codes(said), said
        said = await editor.type(page, "0", (2, 6))
        assert "impact-critical" in codes(said)
        said = await editor.type(page, "\n[more](nowhere.md)", (9, 0))
        (one,) = [one for one in said if one.code == "link"]
        assert one.range.start.line == 6

    edited(site, story)


PIECES = st.text(st.sampled_from("ab\n\r\u2028\U0001f600é"), max_size=8)
PLACES = st.tuples(st.integers(0, 6), st.integers(0, 9))


@given(text=PIECES, changes=st.lists(st.tuples(PLACES, PLACES, PIECES), max_size=4))
def test_a_text_by_lines_is_the_text(text: str, changes: list[tuple[tuple[int, int], tuple[int, int], str]]) -> None:
    """Whatever is typed where, over ends of lines of any kind and beyond the last: as somebody does it who counts two bytes a unit."""
    open_ = Text(TextDocument("file:///x", text, 1, position_codec=PositionCodec()))
    for start, end, new in changes:
        start, end = sorted((start, end))
        change = lsp.TextDocumentContentChangePartial(lsp.Range(lsp.Position(*start), lsp.Position(*end)), new)
        open_.apply_change(change)
        rows = re.split("(?<=\n)|(?<=\r)(?!\n)", text)
        at = []
        for line, character in (start, end):
            row = (rows[line] if line < len(rows) else "").rstrip("\r\n").encode("utf-16-le")
            cut = row[: 2 * character]
            whole = cut.decode("utf-16-le", "ignore")
            if len(whole.encode("utf-16-le")) < len(cut):  # half a character counts as all of it
                whole = row[: 2 * character + 2].decode("utf-16-le")
            at.append(len("".join(rows[:line])) + len(whole))
        text = text[: at[0]] + new + text[max(at) :]
        assert open_.source == text and "".join(open_.lines) == text


def several(root: Path) -> Path:
    """A site of some pages, nothing of which is decided yet."""
    pages = {f"p{number}.md": f"# Page {number}\n\nTake {number} mg.\n\nShared text.\n" for number in range(3, 9)}
    lay_out(root, {"index.md": PAGE, **pages})
    main(["update", "-C", str(root)])
    given = {f"Take {number} mg.": f"Tome {number} mg." for number in range(3, 9)}
    translate(root, {**SPANISH, **given, "Shared text.": "Texto  compartido."})
    return root


def test_what_is_edited_is_answered_before_the_rest_is_read(tmp_path: Path) -> None:
    root = several(tmp_path / "site")
    site, text = Site(root), (root / PO).read_text("utf-8")
    site.typed(PO, text)
    next(iter(site.steps(PO)))
    site.said(PO)
    for number in (8, 5):
        site.typed(PO, text.replace(f"Tome {number} mg.", f"Tome {number}0 mg."))
        assert next(iter(site.steps(PO))) and site.judged["es"].lacking(), "nothing else is decided yet"
        said = [one for one in site.said(PO) if one.code == "number"]
        assert len({one.line for one in said}) == 1, said
        assert said[0].line == text[: text.index(f"Tome {number} mg.")].count("\n") + 1
    site.typed(PO, text)
    next(iter(site.steps(PO)))
    assert "number" not in {one.code for one in site.said(PO)}
    for _ in site.steps(PO):
        pass
    at = text[: text.index("Texto  comp")].count("\n") + 1
    assert at in {one.line for one in site.said(PO)}
    site.typed(PO, text.replace("Texto  comp", "Texto comp"))
    assert next(iter(site.steps(PO))) and at not in {one.line for one in site.said(PO)}, "six pages still say it"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return several(tmp_path_factory.mktemp("many") / "site")


SPOTS = ["Tome 3 mg.", "Tome 5 mg.", "Texto  compartido.", 'msgid "Take 4 mg."', "Bomba", "Llámenos cuando suene."]
KEYS = st.tuples(st.sampled_from(SPOTS), st.integers(0, 12), st.sampled_from(["0", " 7", "\\", '"', "\n", "%", "x"]))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(keys=st.lists(st.tuples(KEYS, st.integers(0, 60)), min_size=1, max_size=5), opened=st.booleans())
@example(keys=[(("Tome 5 mg.", 10, '"'), 0), (("Tome 5 mg.", 10, "\\"), 0), (("Tome 3 mg.", 6, "0"), 9)], opened=True)
@example(keys=[(("Texto  compartido.", 6, "7"), 9), (("Tome 3 mg.", 5, "0"), 0)], opened=True)
def test_what_is_told_in_steps_is_what_is_told_at_once(
    many: Path, keys: list[tuple[tuple[str, int, str], int]], opened: bool
) -> None:
    """However somebody types while the rest is read: in the end it says what a server says that was just started."""
    text = (many / PO).read_text("utf-8")
    site = Site(many)
    for _ in site.steps(PO) if opened else ():
        pass
    site.said(PO)
    for (spot, at, char), some in keys:
        at = text.find(spot) + min(at, len(spot))
        text = text[:at] + char + text[at:]
        site.typed(PO, text)
        for _ in itertools.islice(site.steps(PO), some):
            pass
        site.said(PO)
    new = Site(many)
    new.typed(PO, text)
    for one in (site, new):
        for _ in one.steps(PO):
            pass
    assert site.said(PO) == new.said(PO)
