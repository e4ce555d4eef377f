"""The addresses that other tools made for pages, by their settings and by the names of files: each leads to its page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands.check import check
from pipeline.content import tool_addresses
from pipeline.content.tool_addresses import FILES, NO_WAYS
from pipeline.core import seen
from tests.conftest import Make, built, project_of

POST = '---\ntitle: "C++ & co: a Title"\ndate: 2024-03-05T10:00:00Z\nslug: short\n---\nText.\n'
HUGO = [
    ("/:year/:month/:day/:title/", "2024/03/05/c++--co-a-title/"),
    ("/:year/:monthname/:slug", "2024/march/short/"),
    ("/:section/:filename/", "post/my-day/"),
    ("/:sections/:slugorfilename/", "post/deep/short/"),
    ("/:sections[1:]/:contentbasename/", "deep/my-day/"),
    ("/:sections[last]/:weekdayname-:yearday/x.html", "deep/tuesday-65/x.html"),
    ("/:sections[0]/:weekday", "post/2/"),
]


@pytest.mark.parametrize(("pattern", "address"), HUGO)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hugo.toml", 'baseURL = "https://a.example/"\n[permalinks]\n  post = "{}"\n'),
        ("config.toml", '[permalinks.page]\npost = "{}"\n'),
        ("hugo.yaml", "baseURL: &x https://a.example/\npermalinks:\n  post: {}\nparams:\n  a: *x\n"),
        ("config.yml", "Permalinks:\n  page:\n    post: '{}'\n"),
        ("config.yaml", "'permalinks' :\n  post: {}\n"),
        ("config.json", '{{"permalinks": {{"post": "{}"}}}}'),
        ("permalinks.toml", 'post = "{}"\n'),
    ],
)
def test_a_pattern_of_hugo_makes_an_address(tmp_path: Path, name: str, text: str, pattern: str, address: str) -> None:
    (tmp_path / name).write_text(text.format(pattern))
    ways = tool_addresses.of(tmp_path, ("common", "hugo"))
    assert ways.made("source/post/deep/My Day.md", POST.encode(), frozenset()) == (address,)
    assert ways.made("source/post/deep/My Day/index.md", POST.encode(), frozenset()) == (address,)
    assert ways.made("source/post/_index.md", POST.encode(), frozenset()) == ()
    assert ways.made("source/other/a.md", POST.encode(), frozenset()) == ()
    assert ways.made("source/post/a.md", b"---\nurl: /x/\ntitle: A\ndate: 2024-01-01\n---\n", frozenset()) == ()
    assert tool_addresses.of(tmp_path, ("common",)) == NO_WAYS, "these are settings of something else"


JEKYLL = [
    ("", "posts/2024-03-05-day.md", "categories: [Big News, b]", ["big-news/b/2024/03/05/day.html"]),
    ("permalink: pretty\n", "posts/2024-03-05-day.md", "a: b", ["2024/03/05/day/"]),
    ("permalink: /blog/:year/:i_month/:title/\n", "posts/2024-03-05-day.md", "slug: other", ["blog/2024/3/other/"]),
    ("permalink: ordinal\n", "news/posts/2024-03-05-day.md", "date: 2023-01-02", ["news/2023/002/day.html"]),
    ("", "guide/a.md", "a: b", ["guide/a.html"]),
    ("permalink: pretty\n", "guide/a.md", "a: b", []),
    ("permalink: /:title\n", "guide/a.md", "a: b", []),
    ("", "guide/a.md", "permalink: /x/", []),
    ("", "guide/a.md", "permalink: /:path/:basename:output_ext", ["a/a.html"]),
    ("", "guide/index.md", "a: b", []),
    ("", "404.md", "a: b", []),
    ("collections:\n  docs:\n    output: true\n    permalink: /manual/:path/\n", "docs/b/c.md", "a: b", ["manual/b/c/"]),
    ("collections:\n  docs:\n    permalink: /:collection/:title:output_ext\n", "docs/b/c.md", "a: b", ["docs/c.html"]),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "path", "front", "wanted"), JEKYLL)
def test_a_pattern_of_jekyll_makes_an_address(tmp_path: Path, settings: str, path: str, front: str, wanted: list[str]) -> None:  # fmt: skip
    (tmp_path / "_config.yml").write_text(f"title: x\n{settings}theme: &a b\n")
    body = f"---\n{front}\n---\nText.\n".encode()
    assert [*tool_addresses.of(tmp_path, ("common", "jekyll")).made(f"source/{path}", body, frozenset())] == wanted


OTHERS = [
    ("mdbook", "", "", "b/C d.md", ["b/C d.html"]),
    ("mdbook", "", "", "b/README.md", []),
    ("myst", "", "", "b/c.md", ["b/c.html"]),
    ("vitepress", "", "", "b/c.md", ["b/c.html"]),
    ("pandoc", "", "", "b/c.qmd", ["b/c.html"]),
    ("mkdocs", "mkdocs.yml", "use_directory_urls: false\n", "b/c.md", ["b/c.html"]),
    ("mkdocs", "mkdocs.yml", "site_name: x\n", "b/c.md", []),
    ("hugo", "", "", "b/C d.md", ["b/c-d/"]),
    ("hugo", "", "", "b/c.md", []),
    ("hugo", "hugo.toml", "uglyURLs = true\n", "b/C.md", ["b/c.html"]),
    ("zola", "config.toml", '[permalinks]\nb = "/:title/"', "b/C d.md", ["b/c-d/"]),
    ("starlight", "", "", "b/C d.mdx", ["b/c-d/"]),
    ("docusaurus", "docusaurus.config.js", "presets: [['classic', {docs: {sidebarPath: 'a'}, blog: {routeBasePath: 'b'}}]]", "b/01-c.md", ["docs/b/c/"]),
    ("docusaurus", "docusaurus.config.js", "presets: [['classic', {docs: {/* {routeBasePath: 'no'} */ x: {y: 1}, routeBasePath: '/'}}]]", "b/c.md", []),
    ("docusaurus", "docusaurus.config.ts", "docs: { routeBasePath: \"manual\" }", "b/c.md", ["manual/b/c/"]),
    ("docusaurus", "docusaurus.config.ts", "docs: false", "b/c.md", []),
    ("docusaurus", "", "", "b/c.md", []),
    ("common", "_config.yml", "permalink: pretty\n", "b/C d.md", []),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "name", "text", "path", "wanted"), OTHERS)
def test_a_tool_makes_addresses_of_names(tmp_path: Path, dialect: str, name: str, text: str, path: str, wanted: list[str]) -> None:  # fmt: skip
    if name:
        (tmp_path / name).write_text(text)
    assert [*tool_addresses.of(tmp_path, (dialect,)).made(f"source/{path}", b"# A\n", frozenset())] == wanted


def site(make: Make, dialect: str, files: dict[str, str]) -> Path:
    root = make(files)
    settings = root / "pyproject.toml"
    text = settings.read_text().replace("[tool.lockstep]\n", f'[tool.lockstep]\ndialect = ["common", "{dialect}"]\n', 1)
    settings.write_text(text)
    return root


def test_whoever_comes_to_an_address_by_a_pattern_is_led_on(make: Make) -> None:
    """All posts of a blog were at other addresses, and nothing led there."""
    root = site(make, "hugo", {"index.md": "# H\n\n[a](/2024/03/short/) [b](/sub/post/a/)\n", "post/a.md": POST})
    (root / "hugo.toml").write_text('baseURL = "https://a.example/sub/"\n[permalinks]\npost = "/:year/:month/:slug/"\n')
    built(root)
    assert 'url=../../../../es/post/a/index.html"' in (root / "dist/es/2024/03/short/index.html").read_text()
    assert (root / "dist/2024/03/short/index.html").exists()
    assert [one for one in check(project_of(root)) if one.code == "link"] == []
    said = (root / "dist/es/index.html").read_text()
    assert '<a href="post/a/index.html">a</a>' in said and '<a href="post/a/index.html">b</a>' in said
    assert main(["audit", "--root", str(root)]) == 0


BASES = [
    ("mkdocs", "mkdocs.yml", "site_url: https://a.example/sub/\n"),
    ("jekyll", "_config.yml", 'url: "https://a.example"\nbaseurl: "/sub" # the path\n'),
    ("docusaurus", "docusaurus.config.js", "module.exports = {url: 'https://a.example', baseUrl: '/sub/'}"),
    ("hugo", "config.yaml", "baseURL: https://a.example/sub\n"),
    ("zola", "config.toml", 'base_url = "https://a.example/sub"\n'),
]


@pytest.mark.parametrize(("dialect", "name", "text"), BASES)
def test_links_that_begin_with_the_path_of_the_site_lead_somewhere(make: Make, dialect: str, name: str, text: str) -> None:  # fmt: skip
    """All of them were dead until somebody wrote `url`."""
    root = site(make, dialect, {"index.md": "# H\n\n[a](/sub/a/)\n", "a.md": "# A\n"})
    assert [
        "no page" in one.text or "leads nowhere" in one.text for one in check(project_of(root)) if one.code == "link"
    ]
    (root / name).write_text(text)
    assert [one for one in check(project_of(root)) if one.code == "link"] == []


WRONG = [
    ("hugo", "hugo.toml", '[permalinks]\npost = "/:year/:when/"\n', 2, "has :when, which is not read"),
    ("hugo", "hugo.toml", "[permalinks\n", 1, "not valid TOML"),
    ("hugo", "config.json", '{"permalinks": \n', 2, "not valid JSON"),
    ("jekyll", "_config.yml", "permalink: /:year/:hour/\n", 1, "has :hour, which is not read"),
    ("jekyll", "_config.yml", "a: b\ndefaults:\n  - scope:\n      path: x\n    values:\n      permalink: /:title/\n", 6, "of `defaults` is not read"),
    ("jekyll", "_config.yml", "collections: &a\n  permalink: x\n", 1, "are not read, since"),
    ("hugo", "hugo.yaml", "title: x\n\nparams:\n  - y\npermalinks:\n  post: /a/\n\tpage: /b/\n", 7, "a tab, where"),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "name", "text", "line", "why"), WRONG)
def test_a_pattern_that_is_not_read_is_named(make: Make, dialect: str, name: str, text: str, line: int, why: str) -> None:  # fmt: skip
    root = site(make, dialect, {"index.md": "# H\n", "post/a.md": POST})
    (root / name).write_text(text)
    (found,) = (one for one in check(project_of(root)) if one.code == "link")
    assert found.span and (found.span.path, found.span.line) == (name, line) and why in found.text


@pytest.mark.parametrize("name", FILES)
def test_settings_that_are_no_text_are_none(make: Make, name: str) -> None:
    (root := make({"index.md": "# H\n"})).joinpath(name).write_bytes(b"\xff\xfe permalink permalinks")
    assert name in seen.INPUTS
    for dialect in ("hugo", "jekyll"):
        said = [one.text for one in tool_addresses.of(root, (dialect,)).findings]
        assert said == ["This file is not UTF-8, so pages stand as if it were not there. Correct it; or remove it."] * (
            (dialect == "jekyll") is name.startswith("_")
        )


@pytest.mark.parametrize("pattern", [f"/:sections[{'1' * 5000}]/", "/\ud800/:title/", "/\0/", f"/{'x' * 256}/"])
def test_a_pattern_that_makes_no_address_stops_no_build(make: Make, pattern: str) -> None:
    """The first ended every verb with a bug of ours, the second `build`; the last had nothing built, and space be freed."""
    root = site(make, "hugo", {"index.md": "# H\n", "post/a.md": "# A\n"})
    (root / "permalinks.json").write_text(json.dumps({"post": pattern}))
    built(root)
    assert sorted(one.name for one in (root / "dist/es/post").iterdir()) == ["a"]


def test_a_link_of_zola_is_told_from_its_pages(make: Make) -> None:
    root = site(
        make,
        "zola",
        {"index.md": '+++\ntitle = "H"\n+++\n[a](@/b/a.md#c) [d](@/none.md) `@/b/a.md`\n', "b/a.md": "# A\n\n## C\n"},
    )
    built(root)
    assert (
        '<a href="b/a/index.html#c">a</a>' in (said := (root / "dist/es/index.html").read_text())
        and "<code>@/b/a.md</code>" in said
    )
    (found,) = (one for one in check(project_of(root)) if one.code == "link")
    assert "none.md" in found.text
