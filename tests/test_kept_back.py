"""Pages that the tool of a site keeps from being published are kept back here, too, and it is said why; what cannot be read stops the build."""

from __future__ import annotations

import datetime

import pytest

from pipeline.commands import update
from pipeline.commands.build import build
from pipeline.content import globs
from pipeline.content.kept_back import RSPRESS, SPHINX, VITEPRESS
from pipeline.content.pages import read
from pipeline.core import cache, seen
from pipeline.core.clock import Clock
from pipeline.core.errors import LockstepError
from pipeline.core.settings import load
from pipeline.project import project
from tests.conftest import Make, project_of, updated

TODAY = "2026-12-01"
HUGO_MORE = {
    "pub.md": "---\npublishDate: 2026-12-02\ndate: 2020-01-01\n---\n",
    "date.md": "+++\ndate = 2199-01-01\n+++\n",
    "words.md": "---\ndate: 3 Jan 2199\n---\n",
    "old.md": "---\nexpiryDate: 2026-12-01\n---\n",
    "headless.md": "---\nheadless: true\n---\n",
    "render.md": "---\nbuild:\n  render: never\n---\n",
    "render2.md": "---\n_build:\n  render: false\n---\n",
    "list.md": "---\nbuild:\n  list: never\n---\n",
    "c/_index.md": "---\ntitle: C\ncascade:\n  draft: true\n---\n",
    "c/d/e.md": "",
    "t/_index.md": "+++\n[[cascade]]\n[cascade.params]\nheadless = true\n[cascade._target]\nkind = 'page'\n+++\n",
    "t/e.md": "",
}
HUGO_GOOD = {
    "now.md": "---\ndate: 2026-12-01\n---\n",
    "was.md": "---\npublishDate: 2020-01-01\ndate: 2199-01-01\n---\n",
    "ends.md": "---\nexpiryDate: 2026-12-02\n---\n",
    "b.md": "---\nbuild:\n  render: always\n---\n",
    "c/own.md": "---\ndraft: false\n---\n",
    "cc/e.md": "",
}
CASES = [
    (
        "common",
        {"mkdocs.yml": "site_name: x\nexclude_docs: |\n  # ours\n  private.md\n  /notes/\n  *.tmp.md\n  !keep.tmp.md\ndraft_docs: |\n  a/b.md\nplugins: [x]\n"},
        {"private.md": "", "c/private.md": "", "notes/x.md": "", "x.tmp.md": "", "a/b.md": ""},
        {"keep.tmp.md": "", "c/notes/x.md": "", "b.md": "", "c/a/b.md": "", "notes.md": ""},
    ),
    ("mdbook", {"source/SUMMARY.md": "# S\n- [I](./index.md)\n- [One](one%20a.md)\n- [D]()\n- [Two](<b/two c.md>)\n<!-- - [N](n.md) -->\n"}, {"n.md": "", "b/o.md": ""}, {"one a.md": "", "b/two c.md": ""}),
    ("hugo", {}, HUGO_MORE, HUGO_GOOD),
    ("hugo", {"hugo.toml": 'ignoreFiles = ["secret\\\\.md$", "^content/in/"]\n'}, {"a/secret.md": "", "in/a.md": ""}, {"secret.mdx.md": "", "b/in/a.md": ""}),
    ("hugo", {"hugo.toml": "buildFuture = true\nbuildExpired = true\n"}, {"h.md": "---\nheadless: true\n---\n"}, {"a.md": "---\ndate: 2199-01-01\n---\n", "b.md": "---\nexpiryDate: 2001-01-01\n---\n"}),
    ("jekyll", {"_config.yml": "x: &y z\nexclude: [private.md, in/side, '*.tmp.md', _docs/p.md]\n"}, {"private.md": "", "in/side/x.md": "", "a/b.tmp.md": "", "docs/p.md": "", "posts/2199-01-02-x.md": "", "d.md": "---\ndate: 2199-01-01\n---\n"}, {"a/private.md": "", "posts/2020-01-02-x.md": ""}),
    ("jekyll", {"_config.yml": "exclude:\n- private.md\n- in/\n"}, {"private.md": "", "in/x.md": ""}, {"inn.md": ""}),
    ("vitepress", {".vitepress/config.mts": "export default { /* srcExclude: x */ srcExclude: ['**/TODO.md', \"in/**\", // y\n 'd/{a,b}?.md',], }"}, {"TODO.md": "", "x/TODO.md": "", "in/a/b.md": "", "d/a1.md": "", "d/b2.md": ""}, {"d/a.md": "", "x/in/a.md": ""}),
    ("vitepress", {"source/.vitepress/config.js": "module.exports = { srcExclude: ['a.md'] }"}, {"a.md": ""}, {"b.md": ""}),
    ("docusaurus", {"docusaurus.config.js": "module.exports={presets:[['classic',{docs:{exclude:['**/internal/**']}}]], rules: [{exclude: /node_modules/}]};"}, {"internal/a.md": "", "x/internal/a.md": "", "u.md": "---\nunlisted: true\n---\n"}, {"a.md": "", "v.md": "---\nunlisted: false\n---\n"}),
    ("myst", {"conf.py": "import os\nexclude_patterns = ['in/**', 'todo.md']\nexclude_patterns += ('drafts', '**/x_*')\n"}, {"in/a.md": "", "todo.md": "", "drafts/a.md": "", "b/x_1.md": ""}, {"a/todo.md": "", "draft.md": ""}),
    ("zola", {"config.toml": 'base_url = "x"\nignored_content = ["*.tmp.{md,x}", "notes/**"]\n'}, {"a.tmp.md": "", "b/c.tmp.md": "", "notes/a.md": "", "r.md": "+++\nrender = false\n+++\n"}, {"a.md": "+++\nrender = true\n+++\n"}),
    ("rspress", {"rspress.config.ts": "export default { route: { exclude: ['component/**', '**/en/config/**', '**/zh/shared/**'] } }"}, {"component/a.md": "", "config/a.md": ""}, {"a.md": "", "shared/a.md": ""}),
    ("common", {"mkdocs.yml": "exclude_docs: |\n  a.md\ndraft_docs: |\n  !a.md\n"}, {"a.md": ""}, {"b.md": ""}),
    ("common", {"mkdocs.yml": "exclude_docs:\ndraft_docs: ''\nnot_in_nav: |\n  a.md\n"}, {}, {"a.md": ""}),
    ("myst", {"source/conf.py": "exclude_patterns: list = ['a.md']\n"}, {"a.md": ""}, {"b.md": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "beside", "back", "good"), CASES)
def test_what_a_tool_keeps_back_is_kept_back(
    make: Make, dialect: str, beside: dict[str, str], back: dict[str, str], good: dict[str, str]
) -> None:
    pages = {name: f"{head}# Page\n\nWords of {name}.\n" for name, head in {**back, **good}.items()}
    root = make({"index.md": "# Home\n", **pages}, extra=f'dialect = ["common", "{dialect}"]\n')
    for name, text in beside.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, "utf-8")
    content = read(load(root), today=TODAY)
    assert {one.removeprefix("source/") for one in content.drafts} == back.keys()
    assert {one.path.removeprefix("source/") for one in content.pages} == {"index.md", *good}
    named = {**beside, **{f"source/{name}": "" for name in back}}
    for path, why in content.kept_back.items():
        assert any(name in why for name in named) or "Its date" in why, (path, why)
    assert not [one for one in content.findings if one.code == "front-matter"]
    site = project.load(root, Clock(datetime.datetime.fromisoformat(f"{TODAY}T12:00:00+00:00")))
    said = {one.span.path for one in site.findings if one.code == "draft"}
    assert said == {f"source/{name}" for name in back}


UNREAD = [
    ("common", "mkdocs.yml", "nav: x\nexclude_docs: [a.md]\n", 2),
    ("common", "mkdocs.yml", "exclude_docs: !ENV [A, b]\n", 1),
    ("jekyll", "_config.yml", "a: b\nexclude: *names\n", 2),
    ("jekyll", "_config.yml", "exclude: {a: b}\n", 1),
    ("vitepress", ".vitepress/config.ts", "const a = [];\nexport default { srcExclude: a }", 2),
    ("vitepress", ".vitepress/config.ts", "const srcExclude = ['a.md'];\nexport default { srcExclude }", 1),
    ("vitepress", ".vitepress/config.ts", "export default { srcExclude: ['!(a).md'] }", 1),
    ("vitepress", ".vitepress/config.ts", "export default { srcExclude: [`${a}.md`] }", 1),
    ("vitepress", ".vitepress/config.ts", f"export default {{ srcExclude: ['{'{a,b}' * 9}'] }}", 1),
    ("docusaurus", "docusaurus.config.ts", "export default { docs: { exclude: [...OURS, 'a.md'] } }", 1),
    ("myst", "conf.py", "\nexclude_patterns = ours()\n", 2),
    ("myst", "conf.py", "exclude_patterns = []\nexclude_patterns.append('a.md')\n", 2),
    ("myst", "conf.py", "include_patterns = ['a/**']\n", 1),
    ("myst", "conf.py", "exclude_patterns = [\n", 1),
    ("myst", "conf.py", f"exclude_patterns = {'(' * 5000}", 1),
    ("hugo", "hugo.toml", "ignoreFiles = ['(a+)+$']\n", 1),
    ("hugo", "hugo.toml", "ignoreFiles = ['.*a.*a.*a.*b']\n", 1),
    ("hugo", "hugo.toml", "a = 1\n[[cascade]]\ndraft = true\n[cascade._target]\npath = '/x/**'\n", 2),
    ("hugo", "hugo.toml", "ignoreFiles = [\n", 1),
    ("zola", "config.toml", "ignored_content = 'a.md'\n", 1),
    ("rspress", "rspress.config.ts", "export default { route: { exclude: ours } }", 1),
]


@pytest.mark.parametrize(("dialect", "name", "text", "line"), UNREAD)
def test_what_cannot_be_read_of_it_is_named_and_nothing_is_published(
    make: Make, dialect: str, name: str, text: str, line: int
) -> None:
    root = make({"index.md": "# Home\n", "a.md": "# A\n"}, extra=f'dialect = ["common", "{dialect}"]\n')
    updated(root)
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(text, "utf-8")
    found = [one for one in project_of(root).findings if one.code == "unreadable"]
    assert [one.span.path for one in found] == [name], found
    assert line in {one.span.line for one in found} or name == "hugo.toml"
    with pytest.raises(LockstepError, match="Nothing was published"):
        build(project_of(root))
    assert not (root / "dist").exists()


def test_a_page_is_there_from_its_day_on(make: Make) -> None:
    """With nothing but the day changed, and a store to have the earlier build from."""
    root = make(
        {"index.md": "# Home\n", "a.md": "---\ndate: 2026-12-02\n---\n# A\n"}, extra='dialect = ["common", "hugo"]\n'
    )
    for day, there in (("2026-12-01", False), ("2026-12-02", True), ("2026-12-01", False)):
        at = Clock(datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00"))
        update.update(project.load(root, at, store=cache.read()))
        site = project.load(root, at, store=cache.read())
        build(site)
        assert (root / "dist/en/a/index.html").exists() == there, day
        assert ('href="a/' in (root / "dist/en/index.html").read_text("utf-8")) == there, day
        assert ("source/a.md" in (root / "locale/places.txt").read_text("utf-8")) == there


PATTERNS = [
    ("**/a.md", "a.md", True), ("**/a.md", "x/y/a.md", True), ("**/a.md", "xa.md", False), ("a/**", "a/b/c", True),
    ("a/*", "a/b/c", False), ("a/**/b", "a/b", True), ("a/**/b", "a/x/y/b", True), ("[!a]b", "cb", True), ("[!a]b", "ab", False),
    ("[a-c]?", "bz", True), ("a?c", "a/c", False), ("\\*a", "*a", True), ("\\*a", "ba", False), ("[", "[", True), ("a**b", "a/xb", True),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "name", "wanted"), PATTERNS)
def test_a_pattern_fits(pattern: str, name: str, wanted: bool) -> None:
    assert globs.fits(globs.tokens(pattern), name) is wanted


def test_no_pattern_takes_long() -> None:
    """One that a regular expression would take ages for."""
    assert not globs.fits(globs.tokens("**/*a" * 30 + "b"), "a" * 250)


def test_what_is_read_for_it_is_among_the_inputs_of_a_site() -> None:
    assert {one for one in (*VITEPRESS, *RSPRESS, *SPHINX) if not one.startswith("source/")} <= {*seen.INPUTS}


SETTINGS = [
    "conf.py", "sidebars.js", "sidebars.ts", "docusaurus.config.ts", "package.json", "package-lock.json", "book.toml", "hugo.toml",
    "prod.env", "a/prod.env", "a/_meta.json", "Gemfile", "requirements.txt", "Makefile",
]  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_what_a_tool_is_set_up_with_is_no_file_for_readers(make: Make, name: str) -> None:
    """All of them were published below assets/."""
    root = make({"index.md": "# Home\n"})
    for one in (name, "a/card.json", "a/conf.py", ".env", ".vitepress/config.js", "mkdocs.yml"):
        (root / "source" / one).parent.mkdir(exist_ok=True)
        (root / "source" / one).write_text("x", "utf-8")
    content = read(load(root))
    assert {*content.assets} == {"a/card.json", "a/conf.py"}
    told = [one for one in content.findings if "Another tool is set up" in one.text]
    assert [one.span.path for one in told] == ([] if name == "a/_meta.json" else [f"source/{name}"])


CATEGORIES = [
    ({"a/_category_.json": '{"position": 9}', "z/_category_.json": '{\n\t"position": 2.5}'}, ["z/x.md", "a/x.md", "m/x.md"], []),
    ({"z/_category_.yml": "label: Last\nposition: 1\n"}, ["z/x.md", "a/x.md", "m/x.md"], ["z/_category_.yml"]),
    ({"z/_category_.yaml": "position: .nan\n"}, ["a/x.md", "m/x.md", "z/x.md"], []),
    ({"z/_category_.json": '{"position": 1'}, ["a/x.md", "m/x.md", "z/x.md"], ["z/_category_.json"]),
    ({"z/_category_.json": '{"position": NaN, "link": null}'}, ["a/x.md", "m/x.md", "z/x.md"], ["z/_category_.json"]),
    ({"z/_category_.json": "[" * 90_000}, ["a/x.md", "m/x.md", "z/x.md"], ["z/_category_.json"]),
    ({"m/_category_.json": "[]", "_category_.json": '{"position": 1}'}, ["a/x.md", "m/x.md", "z/x.md"], []),
]  # fmt: skip


@pytest.mark.parametrize(("lists", "wanted", "named"), CATEGORIES)
def test_folders_stand_where_docusaurus_has_them(
    make: Make, lists: dict[str, str], wanted: list[str], named: list[str]
) -> None:
    root = make({"index.md": "# Home\n", **{f"{one}/x.md": f"# {one}\n" for one in "amz"}})
    for name, text in lists.items():
        (root / "source" / name).write_text(text, "utf-8")
    content = read(load(root))
    assert [one.path for one in content.pages] == ["source/index.md", *(f"source/{one}" for one in wanted)]
    assert not content.assets
    assert [one.span.path for one in content.findings if "folder" in one.text] == [f"source/{one}" for one in named]


def test_a_folder_with_a_page_of_its_own_has_its_name(make: Make) -> None:
    root = make({"index.md": "# Home\n", "a/index.md": "# A\n", "a/x.md": "# X\n"})
    (root / "source/a/_category_.json").write_text('{"label": "A"}', "utf-8")
    assert not [one for one in read(load(root)).findings if "folder" in one.text]


def test_pages_that_mkdocs_has_in_no_menu_are_told(make: Make) -> None:
    root = make({"index.md": "# Home\n", "a.md": "# A\n", "b.md": "# B\n", "c.md": "# C\n"})
    (root / "mkdocs.yml").write_text("site_name: x\nexclude_docs: c.md\nnot_in_nav: |\n  /?.md\n", "utf-8")
    (one,) = [one for one in read(load(root)).findings if "not_in_nav" in one.text]
    assert (one.span.path, one.span.line) == ("mkdocs.yml", 3) and "source/a.md and 1 more" in one.text
