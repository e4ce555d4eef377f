"""Extraction through Babel: ours and plain pybabel's are the same; a broken template is an error, never an empty extraction."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract as babel_extract

from pipeline.catalog import Catalog
from pipeline.cli.main import main
from pipeline.commands.check import check
from pipeline.commands.extract import extract, extraction
from pipeline.content import babel_methods
from pipeline.content.files import files
from pipeline.core import settings
from pipeline.core.errors import LockstepError
from pipeline.core.model import Key, Level
from pipeline.project.lazily import Lazily
from tests.conftest import REPO, Make, built, material, project_of, updated
from tests.sites import every_notice


def keys(found: polib.POFile) -> list[tuple[str | None, str, str]]:
    return [(e.msgctxt, e.msgid, e.msgid_plural) for e in found]


def test_pybabel_finds_the_same_messages(tmp_path: Path) -> None:
    """With the sample site's own mapping, in the same order, with the same comments."""
    out = tmp_path / "x.pot"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "babel.messages.frontend",
            "extract",
            "--no-wrap",
            "-F",
            "pyproject.toml",
            "-o",
            str(out),
            ".",
        ],
        check=True,
        cwd=REPO,
    )
    theirs, ours = polib.pofile(str(out)), polib.pofile(str(REPO / "locale/messages.pot"))
    assert sorted(keys(theirs), key=repr) == sorted(keys(ours), key=repr)
    comments = {(e.msgctxt, e.msgid): sorted(e.comment.split()) for e in theirs}  # pybabel folds comments
    assert all(sorted(e.comment.split()) == comments[e.msgctxt, e.msgid] for e in ours)


def test_extraction_holds_one_catalog_at_a_time(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one of a site that brings catalogs reads none; one after an edit lets go of each before it reads the next."""
    root = make({"index.md": "# One\n\nTake two tablets.\n"}, locales=("de", "es", "es_MX"))
    reading, held = Lazily.__getitem__, list[int]()

    def counted(self: Lazily[Catalog], name: str) -> Catalog:
        found = reading(self, name)
        if isinstance(found, Catalog):
            held.append(len(self.found))
        return found

    monkeypatch.setattr(Lazily, "__getitem__", counted)
    extract(project_of(root))
    assert held == []
    updated(root)
    held.clear()
    (root / "source/index.md").write_text("# One\n\nTake three tablets.\n")
    extract(project_of(root))
    assert set(held) == {1}


def test_extraction_loads_nothing_that_judges_or_renders(make: Make) -> None:
    """On a site of a few pages that was a part of its time that is felt, for the name of who asks a question."""
    root = make({"index.md": "# One\n"})
    asked = "import sys; from pipeline.cli.main import main; main(['extract']); print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(REPO)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    loaded = set(said.splitlines()[-1].split())
    rooms = {".".join(name.split(".")[:2]) for name in loaded}
    assert "pipeline.commands.extract" in loaded and rooms.isdisjoint({"pipeline.site", "pipeline.resolve"})
    assert loaded.isdisjoint({"pipeline.checks.runner", "pipeline.checks.readability"})


def by_babel(root: Path) -> list[tuple[Key, str | None, tuple[str, ...]]]:
    """What Babel extracts from a whole site through its own entry points, with its comments."""
    found = []
    for path, mapping in files(settings.load(root)):
        with (root / path).open("rb") as file:
            named = babel_methods.Named(file, path)
            for _, message, comments, context in babel_extract(mapping.method, named, options=dict(mapping.options)):
                msgid, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, None)
                found.append((Key(context, msgid), plural, tuple(comments)))
    return found


def by_us(root: Path) -> list[tuple[Key, str | None, tuple[str, ...]]]:
    """The messages that pages are rendered from."""
    return [(one.key, one.plural, (one.kind, *one.comments)) for one in project_of(root).content.whole()]


def test_sameness_holds_for_whole_sites(tmp_path: Path) -> None:
    """Rendering and plain Babel find the same messages in the same order, with the same comments, `critical` among them."""
    ours = by_us(REPO)
    assert ours == by_babel(REPO) and any("critical" in comments for _, _, comments in ours)
    notices = every_notice(tmp_path / "notices")
    assert by_us(notices) == by_babel(notices)


def test_sameness_holds_for_a_site_that_nobody_here_wrote(make: Make) -> None:
    book = material("rust-by-example") / "src"
    root = make({"index.md": "# Book\n"})
    shutil.copytree(book, root / "source" / "book", copy_function=shutil.copyfile)
    ours = by_us(root)
    assert ours == by_babel(root) and len(ours) > 1000


def test_references_are_files_only_and_flags_are_right(make: Make) -> None:
    root = make({"index.md": "Save 5% of the dose\n\nCall {clinic.phone}\n", "b.md": "Save 5% of the dose\n"})
    found = extraction(project_of(root)).template
    by_id = {entry.key.msgid: entry for entry in found.entries}
    assert by_id["Save 5% of the dose"].references == ("source/b.md", "source/index.md")
    assert by_id["Save 5% of the dose"].flags == (), "a stray percent sign is no format"
    assert by_id["Call {clinic.phone}"].flags == ("python-brace-format",)


def test_the_date_changes_only_when_messages_do(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make({"index.md": "One\n"})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = extraction(project_of(root)).template
    (root / "locale").mkdir(exist_ok=True)
    (root / "locale/messages.pot").write_text(first.text(), "utf-8")
    assert first.metadata("POT-Creation-Date") == "2023-11-14 22:13+0000"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert extraction(project_of(root)).template.text() == first.text()
    (root / "source/b.md").write_text("One\n")
    (root / "source/index.md").write_text("# One\n")
    moved = extraction(project_of(root)).template
    assert moved.text() != first.text() and moved.header == first.header, "other references and comments only"
    (root / "source/index.md").write_text("One\n\nTwo\n")
    assert extraction(project_of(root)).template.metadata("POT-Creation-Date").startswith("2027")


def test_a_broken_template_is_an_error(make: Make) -> None:
    root = make({"index.md": "One\n"})
    (root / "templates/page.html").write_text('{{ _("x") }}\n{% if %}\n')
    with pytest.raises(LockstepError, match=r"templates/page.html:2: broken template"):
        project_of(root).content.whole()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "babel.messages.frontend",
            "extract",
            "-F",
            "pyproject.toml",
            "-o",
            "x.pot",
            ".",
        ],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0 and "broken template" in done.stderr


def test_every_unreadable_file_is_named(make: Make) -> None:
    root = make({"a.md": "---\nx: [\n---\n", "b.md": "---\ny: {\n---\n", "index.md": "ok\n"})
    with pytest.raises(LockstepError, match=r"(?s)source/a.md:.*source/b.md:.*Nothing was written"):
        project_of(root).content.whole()


def test_links_out_of_the_site_are_not_followed(make: Make, tmp_path: Path) -> None:
    root = make({"index.md": "One\n"})
    (tmp_path / "secret.md").write_text("Secret words\n")
    (root / "source/leak.md").symlink_to(tmp_path / "secret.md")
    (root / "source/leak.png").symlink_to(tmp_path / "secret.md")
    content = project_of(root).content
    assert "Secret words" not in [message.key.msgid for message in content.messages()]
    assert [one.span.path for one in content.findings if one.code == "unreadable"] == [
        "source/leak.md",
        "source/leak.png",
    ]
    with pytest.raises(LockstepError, match="link out of the site"):
        content.whole()
    from tests.conftest import built

    with pytest.raises(LockstepError, match="Nothing was published"):
        built(root)


OTHERS = ["a.markdown", "Loud.MD", "deep/a.mkd", "a.mdx", "a.mdown", "a.rst", "a.adoc"]


@pytest.mark.parametrize("name", OTHERS)
def test_a_page_that_nothing_reads_is_named_and_not_published(
    make: Make, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make({"index.md": "# Home\n"})
    updated(root)
    (root / "source/deep").mkdir()
    (root / "source" / name).write_text("# Alarms\n\nCall us.\n\n<!-- private -->\n")
    found = [f for f in check(project_of(root)) if f.code == "unread-page"]
    assert [(f.span.path, f.level) for f in found] == [(f"source/{name}", Level.ERROR)]
    assert main(["update", "--root", str(root)]) == 2
    assert f"source/{name}:1: error [unread-page] This looks like a page" in "".join(capsys.readouterr())
    assert 'msgid "Alarms"' not in (root / "locale/messages.pot").read_text()
    built(root)
    assert [path for path in (root / "dist").rglob("*") if path.suffix.lower() == Path(name).suffix.lower()] == []


MADE_WITH = ["Chart.jsx", "deep/a.vue", "a.astro", "list.NJK", "a.html.erb"]
LEFT_BEHIND = ["index.md~", "deep/a.md.bak", "a.MDX.orig", "a.markdown.rej"]


def test_what_another_tool_makes_pages_with_is_named(make: Make) -> None:
    root = make({"index.md": "# Home\n", **dict.fromkeys([*MADE_WITH, *LEFT_BEHIND], "<p>Call us</p>"), "a.php": "x"})
    updated(root)
    found = [f for f in check(project_of(root)) if f.code == "unread-page"]
    assert sorted(f.span.path for f in found) == sorted(f"source/{name}" for name in [*MADE_WITH, *LEFT_BEHIND])
    assert {f.level for f in found} == {Level.WARNING}
    built(root)
    published = {path.relative_to(root / "dist/assets").as_posix() for path in (root / "dist/assets").rglob("*.*")}
    assert published == {*MADE_WITH, "a.php"}, "a copy of a page has what is for its editors alone"


def test_a_page_of_another_ending_is_read_where_the_mapping_says_so(make: Make) -> None:
    root = make(
        {
            "index.md": "# Home\n\n[a](alarms.markdown) [b](/alarms/)\n",
            "alarms.markdown": "# Alarms\n\nCall us.\n",
            "notes.rst": "Notes\n",
        }
    )
    settings = (root / "pyproject.toml").read_text()
    more = 'pattern = ["source/**.md", "source/**.markdown"]'
    settings = settings.replace('pattern = "source/**.md"', more, 1)
    (root / "pyproject.toml").write_text(
        f'{settings}\n[[tool.babel.mappings]]\nmethod = "ignore"\npattern = "source/**.rst"\n'
    )
    updated(root)
    assert [f for f in check(project_of(root)) if f.level > Level.INFO and f.code != "not-published"] == []
    built(root)
    assert "Call us" in (root / "dist/en/alarms/index.html").read_text()
    assert (root / "dist/en/index.html").read_text().count('href="alarms/index.html">') >= 3
    assert not (root / "dist/assets").exists()


def test_a_page_of_html_that_nobody_translates_is_named(make: Make) -> None:
    root = make({"index.md": "# Home\n\n[a](old.htm)\n", "old.htm": "<p>Call us</p>"})
    updated(root)
    assert [(f.code, f.level) for f in check(project_of(root)) if f.span.path == "source/old.htm"] == [
        ("unread-page", Level.WARNING)
    ]
