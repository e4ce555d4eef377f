"""Which tool a site is of is found out by what lies there, said, and written into the settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.catalog import po_file
from pipeline.cli.main import main
from pipeline.commands.guess import TOOLS, guess, inserted, ours
from pipeline.content.marks import Marks
from pipeline.core import settings
from pipeline.core.dialects import DIALECTS
from tests.conftest import Make

SIGNS = [
    ({"mkdocs.yml": "site_name: x", "docs/a.md": ""}, "mkdocs", "docs"),
    ({"website/docusaurus.config.js": "", "website/docs/a.md": ""}, "docusaurus", "docs"),
    ({"docusaurus.config.ts": "", "docs/a.md": ""}, "docusaurus", "docs"),
    ({"website/docusaurus.config.js": "", "docs/a.md": ""}, "docusaurus", "../docs"),
    ({"astro.config.mjs": "import starlight from '@astrojs/starlight';", "src/content/docs/a.mdx": ""}, "starlight", "src/content/docs"),
    ({"hugo.toml": "", "content/en/a.md": ""}, "hugo", "content/en"),
    ({"config.toml": 'base_url = "https://a.example/"\ntheme = "x"', "content/a.md": ""}, "zola", "content"),
    ({"config.toml": 'baseURL = "https://a.example/"', "content/a.md": ""}, "hugo", "content"),
    ({"config.yaml": "theme: docsy", "content/a.md": ""}, "hugo", "content"),
    ({"docs/.vitepress/config.ts": "", "docs/a.md": ""}, "vitepress", "docs"),
    ({"rspress.config.ts": "", "docs/en/a.mdx": "", "docs/zh/a.mdx": ""}, "rspress", "docs/en"),
    ({"docs/en/mkdocs.yml": "site_name: x", "docs/en/docs/a.md": "", "docs/es/mkdocs.yml": "", "docs/es/docs/a.md": ""}, "mkdocs", "docs"),
    ({"book.toml": "", "src/SUMMARY.md": ""}, "mdbook", "src"),
    ({"_quarto.yml": "", "a.qmd": ""}, "pandoc", "."),
    ({"docs/conf.py": "extensions = ['myst_parser']", "docs/a.md": ""}, "myst", "docs"),
    ({"docs.json": '{"$schema": "https://mintlify.com/docs.json"}', "a.mdx": ""}, "mintlify", "."),
    ({".gitbook.yaml": "", "README.md": ""}, "gitbook", "."),
    ({"_config.yml": "", "a.md": ""}, "jekyll", "."),
    ({"_config.yml": "", "index.md": "", "docs/a.md": ""}, "jekyll", "."),
]  # fmt: skip
NO_SIGNS: list[dict[str, str]] = [
    {"astro.config.mjs": "export default {}"},
    {"config.toml": "[db]\nuser = 1"},
    {"docs/conf.py": "extensions = ['sphinx.ext.autodoc']"},
    {"docs.json": "{}"},
    {"README.md": "", "docs/a.md": ""},
]


def laid_out(root: Path, files: dict[str, str]) -> Path:
    for name, text in {".git/HEAD": "", **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


@pytest.mark.parametrize(("files", "dialect", "pages"), SIGNS)
def test_a_tool_is_told_by_its_files(tmp_path: Path, files: dict[str, str], dialect: str, pages: str) -> None:
    found = guess(laid_out(tmp_path / "old", files))
    assert found and (found.tool.dialect, found.pages) == (dialect, pages)
    inner = next(path for path in (tmp_path / "old").rglob("*.md*") if path.name.startswith(("a.md", "README", "SUMMARY")) ) if dialect != "pandoc" else None  # fmt: skip
    assert inner is None or (again := guess(inner.parent)) is None or again.tool.dialect == dialect


@pytest.mark.parametrize("files", NO_SIGNS)
def test_what_tells_nothing_is_no_sign(tmp_path: Path, files: dict[str, str]) -> None:
    assert guess(laid_out(tmp_path / "old", files)) is None


def test_every_tool_has_a_dialect() -> None:
    assert {one.dialect for one in TOOLS} <= DIALECTS.keys()


@pytest.mark.parametrize("tool", TOOLS, ids=[one.name for one in TOOLS])
def test_init_writes_settings_for_the_site_that_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tool: object
) -> None:
    files, dialect, pages = next(row for row in SIGNS if row[1] == tool.dialect)  # type: ignore[attr-defined]
    old, new = laid_out(tmp_path / "old", files), tmp_path / "new"
    assert main(["init", str(new), "--like", str(old)]) == 0
    said = capsys.readouterr().out
    assert f'dialect = ["common", "{dialect}"]' in said and "since " in said
    assert f"Copy the English pages of {(old / pages).resolve()}"[:-2] in said or "website" in said
    assert settings.load(new).dialect == ("common", dialect)
    (new / "source/guide.md").write_text("# Guide\n\nWords.\n", "utf-8")
    if any("mdx" in name for name in files):
        (new / "source/more.mdx").write_text("# More\n\nWords of MDX.\n", "utf-8")
    assert main(["update", "--root", str(new)]) == 0 and main(["check", "--root", str(new)]) == 0
    assert ("Words of MDX" in (new / "locale/messages.pot").read_text("utf-8")) is any("mdx" in name for name in files)


SPELT = [
    ({"hugo.toml": "", "content/en/a.md": "", "content/en/post/b.markdown": ""}, ("markdown",)),
    ({"docusaurus.config.js": "", "docs/a.md": ""}, ("mdx",)),
    ({"mkdocs.yml": "", "docs/a.md": "", "docs/b.txt": ""}, ()),
]


@pytest.mark.parametrize(("files", "endings"), SPELT)
def test_the_endings_that_pages_have_are_read(tmp_path: Path, files: dict[str, str], endings: tuple[str, ...]) -> None:
    found = guess(laid_out(tmp_path / "old", files))
    assert found and found.endings == endings


SAID = [
    ({"docusaurus.config.js": "module.exports = { trailingSlash: true }", "docs/a.md": ""}, "trailingSlash"),
    ({"hugo.toml": 'title = "permalinks"', "content/a.md": ""}, ""),
    ({"mkdocs.yml": "permalink: true", "docs/a.md": ""}, ""),
    ({"hugo.toml": f"# a\n{' ' * 300_000}b", "content/a.md": ""}, ""),
]


@pytest.mark.parametrize(("files", "said"), SAID)
def test_settings_that_make_addresses_are_told(tmp_path: Path, files: dict[str, str], said: str, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    """Addresses of hundreds of posts were others, and nobody was told."""
    found = guess(laid_out(tmp_path / "old", files))
    assert found and found.addresses == said
    main(["init", str(tmp_path / "new"), "--like", str(tmp_path / "old")])
    assert (f"`{said}` of" in capsys.readouterr().out) is bool(said)


MADE = [
    ({"hugo.toml": '[permalinks]\npost = "/:year/:slug/"', "content/a.md": ""}, ["hugo.toml"], ""),
    ({"config.yaml": "theme: a\nuglyURLs: true\nbaseURL: https://a.example/b/", "content/a.md": ""}, ["config.yaml"], "/b"),
    ({"config/_default/hugo.toml": "a = 1", "config/_default/permalinks.toml": 'a = "/b/"', "content/a.md": ""}, ["config/_default/permalinks.toml"], ""),
    ({"_config.yml": "collections:\n  docs:\n    permalink: /docs/:title/", "a.md": ""}, ["_config.yml"], ""),
    ({"_config.yml": "baseurl: /b", "a.md": ""}, ["_config.yml"], "/b"),
    ({"_config.yml": "title: a", "a.md": ""}, [], ""),
    ({"docusaurus.config.js": "presets: [['classic', {docs: {}}]], baseUrl: '/'", "docs/a.md": ""}, ["docusaurus.config.js"], ""),
    ({"docusaurus.config.js": "baseUrl: '/b/'", "docs/a.md": ""}, ["docusaurus.config.js"], "/b"),
    ({"mkdocs.yml": "site_url: https://a.example/b/", "docs/a.md": ""}, [], "/b"),
    ({"config.toml": 'base_url = "https://a.example/b"', "content/a.md": ""}, ["config.toml"], "/b"),
    ({"hugo.toml": 'title = "permalinks"', "content/a.md": ""}, [], ""),
]  # fmt: skip


@pytest.mark.parametrize(("files", "names", "under"), MADE)
def test_settings_that_make_addresses_are_to_be_copied(tmp_path: Path, files: dict[str, str], names: list[str], under: str, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    found = guess(laid_out(tmp_path / "old", files))
    assert found and [path.relative_to(tmp_path / "old").as_posix() for path in found.makes] == names
    assert found.under == under and found.addresses == ""
    main(["init", str(tmp_path / "new"), "--like", str(tmp_path / "old")])
    said = capsys.readouterr().out
    assert said.count("which addresses pages had is read from it") == len(names)
    assert ("published below" in said) is bool(under)


TABLED = [
    ({"book.toml": '[output.html.redirect]\n"a.html" = "b.html"', "src/SUMMARY.md": ""}, ["book.toml"]),
    ({"book.toml": "[output.html]", "src/SUMMARY.md": ""}, []),
    ({"docusaurus.config.js": "x('@docusaurus/plugin-client-redirects')", "docs/a.md": "", "static/_redirects": "/a /b"}, ["docusaurus.config.js", "static/_redirects"]),
    ({"mkdocs.yml": "plugins:\n  - redirects:\n      redirect_maps:\n        a.md: b.md", "docs/a.md": "", "docs/_redirects": "/a /b"}, ["docs/_redirects"]),
    ({"hugo.toml": "", "content/a.md": "", "static/_redirects": "/a /b"}, ["static/_redirects"]),
]  # fmt: skip


@pytest.mark.parametrize(("files", "names"), TABLED)
def test_tables_of_redirects_are_to_be_copied(tmp_path: Path, files: dict[str, str], names: list[str], capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    found = guess(laid_out(tmp_path / "old", files))
    assert found and [path.relative_to(tmp_path / "old").as_posix() for path in found.tables] == names
    assert found.addresses == ""
    main(["init", str(tmp_path / "new"), "--like", str(tmp_path / "old")])
    assert capsys.readouterr().out.count("the redirects in it are made") == len(names)


LAID = "---\nlayout: x\n---\n<p>Words of HTML</p>\n"
OF_HTML = [
    ({"hugo.toml": "", "content/en/a.html": LAID}, True),
    ({"_config.yml": "", "docs/a.html": LAID}, True),
    ({"_config.yml": "", "docs/_layouts/a.html": LAID}, False),
    ({"hugo.toml": "", "content/en/a.html": "<p>b</p>"}, False),
    ({"mkdocs.yml": "", "docs/a.html": LAID}, False),
]


@pytest.mark.parametrize(("files", "read"), OF_HTML)
def test_pages_in_html_are_read_where_their_tool_has_such(tmp_path: Path, files: dict[str, str], read: bool) -> None:
    """They were published in English under assets/, until somebody wrote the mapping."""
    old, new = laid_out(tmp_path / "old", files), tmp_path / "new"
    assert main(["init", str(new), "--like", str(old)]) == 0
    (new / "source/b.html").write_text("---\ntitle: B\n---\n<p>Words of HTML</p>\n", "utf-8")
    main(["update", "--root", str(new)])
    assert ("Words of HTML" in (new / "locale/messages.pot").read_text("utf-8")) is read


def test_init_in_the_site_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = laid_out(tmp_path / "old", {"mkdocs.yml": "site_name: x", "docs/a.md": "# A"})
    assert main(["init", str(root)]) == 0
    assert (
        settings.load(root).dialect == ("common", "mkdocs") and "since mkdocs.yml is there" in capsys.readouterr().out
    )
    assert main(["init", str(root)]) == 0
    said = capsys.readouterr().out
    assert "was there: see that it has" in said and f"into {root / 'includes'}" in said


SEEN_THERE = [("hugo", "linkTitle"), ("hugo", "summary"), ("docusaurus", "sidebar_label"), ("vitepress", "hero"), ("vitepress", "features"), ("starlight", "hero"), ("mintlify", "sidebarTitle"), ("jekyll", "summary")]  # fmt: skip


@pytest.mark.parametrize(("dialect", "key"), SEEN_THERE)
def test_a_key_with_words_that_readers_see_elsewhere_is_told(dialect: str, key: str) -> None:
    """Its words are lost here: the first page of a VitePress site was blank, and nothing was found."""
    some = next(one.keys for one in TOOLS if one.dialect == dialect)
    assert [*Marks(keys=some).unknown({key: "Words", "title": "T"})]


def test_init_says_where_the_order_of_pages_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = laid_out(tmp_path / "old", {"website/docusaurus.config.js": "", "website/sidebars.js": "", "docs/a.md": ""})
    assert main(["init", str(tmp_path / "new"), "--like", str(old)]) == 0
    assert f"Copy {old / 'website/sidebars.js'} to {tmp_path / 'new/sidebars.js'}:" in capsys.readouterr().out


def test_init_says_what_files_for_git_that_were_there_lack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is built would have been committed, and git have merged catalogs by lines; nobody was told."""
    root = laid_out(tmp_path / "old", {".gitignore": "/dist\nsite/\n", ".gitattributes": "*.svg text\n"})
    assert main(["init", str(root)]) == 0
    said = capsys.readouterr().out
    assert f"{root / '.gitignore'} was there, and is left alone. Add to it:" in said and "    /.nox\n" in said
    assert "    /dist\n" not in said and "    *.po -text merge=lockstep\n" in said
    assert (root / ".gitignore").read_text("utf-8") == "/dist\nsite/\n"
    assert main(["init", str(tmp_path / "new")]) == 0 and main(["init", str(tmp_path / "new")]) == 0
    assert "was there, and" not in capsys.readouterr().out


def test_init_says_where_nothing_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "new"), "--like", str(laid_out(tmp_path / "old", {}))]) == 0
    assert "Nothing in " in capsys.readouterr().out
    assert main(["init", str(tmp_path / "x"), "--like", str(tmp_path / "none")]) == 2 and not (tmp_path / "x").exists()


def test_init_reads_pages_in_html_where_the_pages_are_that(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = laid_out(
        tmp_path / "old", {"en/MANUAL.html": "<h1>Manual</h1>", "en/old.htm": "<h1>Old</h1>", "README.md": "# Read\n"}
    )
    new = tmp_path / "new"
    assert main(["init", str(new), "--like", str(old)]) == 0
    assert "are HTML: " in capsys.readouterr().out
    (new / "source/index.md").unlink()
    for name in ("MANUAL.html", "old.htm"):
        (new / "source" / name).write_bytes((old / "en" / name).read_bytes())
    assert main(["update", "--root", str(new)]) == 0
    assert {"Manual", "Old"} <= {key.msgid for key in po_file.load(new, "locale/messages.pot").live()}
    assert main(["init", str(new), "--like", str(old)]) == 0
    assert 'pattern = "source/**.htm"' in capsys.readouterr().out
    (old / "en/MANUAL.html").rename(old / "en/MANUAL.md")
    assert main(["init", str(tmp_path / "third"), "--like", str(old)]) == 0
    assert "lockstep-html" not in (tmp_path / "third/pyproject.toml").read_text("utf-8")


def test_adopt_finds_out_the_dialect_too(make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Copies of a Hugo site are read as Hugo reads them, from the first try on."""
    root = make({"index.md": "# A\n\nWash your hands. :tada:\n"})
    before = (root / "pyproject.toml").read_bytes()
    old = laid_out(tmp_path / "old", {"hugo.toml": "", "content/es/index.md": "# A\n\nLávese las manos. :tada:\n"})
    words = ["adopt", "--root", str(root), "--pages", f"es={old / 'content/es'}"]
    main(words)
    said = capsys.readouterr().out
    assert "since hugo.toml is there" in said and "(with --write)" in said
    assert f"lockstep adopt --root {root} --write" in said and (root / "pyproject.toml").read_bytes() == before
    main([*words, "--write"])
    said = capsys.readouterr().out
    assert "is in pyproject.toml now" in said and settings.load(root).dialect == ("common", "hugo")
    assert "Lávese las manos. 🎉" in (root / "locale/es/LC_MESSAGES/messages.po").read_text("utf-8")
    main([*words, "--write"])
    assert "since hugo.toml" not in capsys.readouterr().out, "what a person may have changed is left alone"


def test_a_folder_above_the_copies_is_told(make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"guide.md": "# A\n", "index.md": "# I\n"})
    old = laid_out(tmp_path / "old", {"docs/es/guide.md": "# B\n"})
    assert main(["adopt", "--root", str(root), "--pages", f"es={old / 'docs'}"]) == 2
    assert f"Did you mean es={old / 'docs/es'}?" in capsys.readouterr().err


WRITTEN = [
    '[tool.lockstep]\nlocales = ["es"]\n',
    '[ tool.lockstep ]\nlocales = ["es"]\n',
    '[tool]\nlockstep.locales = ["es"]\n',
    'tool.lockstep.locales = ["es"]\n',
    '[tool]\nlockstep = {locales = ["es"]}\n',
    '[tool."lockstep"]\nlocales = ["es"]\n',
    "[tool.lockstep]",
    '[tool.lockstep]\n  front-matter = ["x"]\n',
    'x = """\n[tool.lockstep]\n"""\n[tool.lockstep]\nlocales = ["es"]\n',
    '[tool.other]\nfront-matter = []\n[tool.lockstep]\nlocales = ["es"]\n',
    "[tool.other]\nx = 1\n",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_settings_are_written_however_they_stand_there(tmp_path: Path, text: str) -> None:
    found = guess(laid_out(tmp_path / "old", {"hugo.toml": ""}))
    assert found
    said = ours(inserted(text, found))
    kept = ours(text)
    assert said == {"dialect": ["common", "hugo"], "front-matter": [*found.tool.keys], **kept}


def test_a_folder_that_nobody_may_read_tells_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, stat = laid_out(tmp_path / "old", {}), os.stat

    def refused(path: Any, *args: Any, **more: Any) -> os.stat_result:
        if str(path).startswith(f"{folder}/docs"):
            raise PermissionError(13, "Permission denied", str(path))
        return stat(path, *args, **more)

    monkeypatch.setattr(os, "stat", refused)
    assert guess(folder) is None


def test_signs_of_two_tools_are_both_said(tmp_path: Path) -> None:
    found = guess(laid_out(tmp_path / "old", {"mkdocs.yml": "", "docusaurus.config.js": ""}))
    assert found and found.why == "MkDocs, since mkdocs.yml is there (as is docusaurus.config.js of Docusaurus)"
    found = guess(laid_out(tmp_path / "new", {"hugo.toml": "", "config.toml": "theme = 1"}))
    assert found and found.why == "Hugo, since hugo.toml is there"


TITLED = [
    ({"mkdocs.yml": "# x\nsite_name: Clinic handbook # ours\n"}, "Clinic handbook"),
    ({"mkdocs.yml": 'site_name: "It: a #1 book"\n'}, "It: a #1 book"),
    ({"mkdocs.yml": "site_name: !ENV [NAME, x]\n"}, ""),
    ({"mkdocs.yml": "theme:\n  site_name: no\n"}, ""),
    ({"hugo.toml": "title = 'H o'\n"}, "H o"),
    ({"hugo.yaml": "title: H o\n"}, "H o"),
    ({"book.toml": '[book]\ntitle = "B"\n'}, "B"),
    ({"_config.yml": "title:  J\n"}, "J"),
    ({"docusaurus.config.js": "module.exports={title:'D'}"}, "D"),
    ({"docusaurus.config.js": "module.exports={title: TITLE}"}, ""),
    ({"conf.py": "extensions = ['myst_parser']\nproject = 'S'\n"}, "S"),
]


@pytest.mark.parametrize(("files", "title"), TITLED)
def test_a_new_site_is_called_as_the_old_one(tmp_path: Path, files: dict[str, str], title: str) -> None:
    """It was called after its folder."""
    old = laid_out(tmp_path / "old", files)
    assert main(["init", str(tmp_path / "new"), "--like", str(old)]) == 0
    assert (tmp_path / "new/source/site.yaml").read_text("utf-8").startswith(f'name: "{title or "New"}"')


def test_the_folders_of_languages_that_are_spelt_otherwise_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["content/en/a.md", "content/zh-cn/a.md", "content/pt-BR/a.md", "content/fr/a.md", "content/blog/a.md"]
    old = laid_out(tmp_path / "old", {"hugo.toml": "", **dict.fromkeys(names, "# A\n")})
    assert main(["init", str(tmp_path / "new"), "--like", str(old), "--locales", "zh_Hans,pt_BR,fr"]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "former" in line]
    assert len(told) == 1 and "below zh-cn/" in told[0] and '[tool.lockstep.locale.zh_Hans] former = "zh-cn"' in told[0]
