"""The addresses that pages had with other tools, where these have them in tables, and those that no file is called by."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands.check import check
from pipeline.content import redirect_tables, tool_addresses
from tests.conftest import Make, built, project_of, updated

PAGES = {"index.md": "# Home\n", "guide/pump.md": "# Pump\n\n## Care\n", "a.svg": "<svg/>"}
TABLES = [
    ("book.toml", '[book]\ntitle = "A"\n[output.html.redirect]\n# old\n"/old.html" = "guide/pump.html"\n\'guide/gone.html\' = "pump.html#care"\n[other]\n"b.html" = "c.html"\n', ["old.html", "guide/gone.html"]),
    ("mkdocs.yml", "plugins:\n  - search\n  - redirects:\n      redirect_maps:\n        # old\n        old.md: guide/pump.md\n        'more/index.md': \"guide/pump.md#care\"\n        https.md: index.md\n  - tags\nnav:\n  - index.md\n", ["old/index.html", "more/index.html", "https/index.html"]),
    ("_redirects", "# of a host\n/old /guide/pump/ 301\n/more.html   /guide/pump.html   301!\n/none /404.html 404\n", ["old/index.html", "more.html"]),
    ("source/_redirects", "/old /guide/pump/\n", ["old/index.html"]),
    ("docusaurus.config.ts", "export default {plugins: [['@docusaurus/plugin-client-redirects', {redirects: [\n// {from: '/not', to: '/guide/pump'}\n{from: ['/old', \"/more/\"], to: '/guide/pump'}, {to: '/guide/pump', from: '/last'}]}]]};\n", ["old/index.html", "more/index.html", "last/index.html"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "places"), TABLES)
def test_what_a_table_of_another_tool_says_leads_to_its_page(
    make: Make, name: str, text: str, places: list[str]
) -> None:
    root = make(PAGES)
    (root / name).write_text(text)
    built(root)
    found = {path.relative_to(root / "dist").as_posix() for path in (root / "dist").rglob("*.html")}
    assert {*places, *(f"es/{one}" for one in places)} <= found
    for one in places:
        if one != "https/index.html":
            said = (root / "dist/es" / one).read_text()
            assert f'content="0; url={"../" * (one.count("/") + 1)}es/guide/pump/index.html"' in said
    assert not {"b.html", "not/index.html", "none/index.html"} & found
    assert [one for one in check(project_of(root)) if one.code == "link"] == []
    assert main(["audit", "--root", str(root)]) == 0


def test_a_link_to_an_address_of_a_table_leads_to_the_page(make: Make) -> None:
    root = make({**PAGES, "index.md": "# Home\n\n[a](/old/) [b](/old/#care)\n"})
    (root / "_redirects").write_text("/old /guide/pump/\n")
    built(root)
    said = (root / "dist/es/index.html").read_text()
    assert 'href="guide/pump/index.html"' in said and 'href="guide/pump/index.html#care"' in said
    (root / "_redirects").write_text("/older /guide/pump/\n")
    built(root)
    assert 'href="/old/"' in (root / "dist/es/index.html").read_text(), "a table is read again once it changed"
    assert not (root / "dist/old").exists() and (root / "dist/older/index.html").exists()


def test_a_row_that_nobody_can_follow_is_named(make: Make) -> None:
    root = make(PAGES)
    (root / "_redirects").write_text(
        "/a https://example.org/\n/b/* /guide/pump/:splat\n\n/c /nowhere/\n/d /a.svg\n/ /guide/pump/\n"
    )
    updated(root)
    found = [(one.span.path, one.span.line, one.text) for one in check(project_of(root)) if one.code == "link"]
    assert [(path, line) for path, line, _ in found] == [("_redirects", line) for line in (1, 2, 4, 5, 6)]
    why = (
        "to another site",
        "a pattern",
        "/nowhere/, which is no page. Correct",
        "/a.svg, which is no page. Have",
        "the page source/index.md",
    )
    assert all(one in text for one, (_, _, text) in zip(why, found, strict=True))


def test_the_first_of_two_rows_counts_and_a_condition_is_none(make: Make) -> None:
    root = make(PAGES)
    (root / "_redirects").write_text(
        "/twice /guide/pump/\n/twice /\n/here /guide/pump/ 302 Language=es\n/by id=:id /guide/pump/ 301\n/b?x=1 /guide/pump/\n/c%20d /guide/pump/\n"
    )
    built(root)
    assert 'url=../en/guide/pump/index.html"' in (root / "dist/twice/index.html").read_text()
    assert (root / "dist/c d/index.html").exists()
    assert not [one for one in ("here", "by", "b?x=1", "c%20d") if (root / "dist" / one).exists()]
    found = [one for one in check(project_of(root)) if one.code == "link"]
    assert [one.span.line for one in found] == [2, 3, 4, 5]
    assert all("a pattern or a condition" in one.text for one in found[1:])


def test_a_row_of_a_book_that_leads_to_another_site_says_so(make: Make) -> None:
    root = make(PAGES)
    (root / "book.toml").write_text('[output.html.redirect]\n"/a/b.html" = "https://example.org/"\n')
    (one,) = (one for one in check(project_of(root)) if one.code == "link")
    assert "leads to another site" in one.text


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("mkdocs.yml", "plugins:\n  - redirects:\n      redirect_maps: {old.md: guide/pump.md}\n", 3),
        ("mkdocs.yml", "plugins:\n  - redirects:\n      redirect_maps: {}\n", 0),
        ("book.toml", '[output.html]\nredirect = {"/old.html" = "guide/pump.html"}\n', 2),
        ("docusaurus.config.js", "plugins: [['@docusaurus/plugin-client-redirects', {createRedirects() {}}]]\n", 1),
    ],
)
def test_a_table_of_which_no_row_can_be_read_is_named(make: Make, name: str, text: str, line: int) -> None:
    """It was lost in silence."""
    root = make(PAGES)
    (root / name).write_text(text)
    found = [(one.span.path, one.span.line) for one in check(project_of(root)) if one.code == "link"]
    assert found == [(name, line)] * bool(line)


def test_no_table_takes_the_place_of_what_stands_beside_the_pages(make: Make) -> None:
    """The build ended with an error that named no file."""
    root = make(PAGES)
    settings = root / "pyproject.toml"
    settings.write_text(
        settings.read_text().replace("[tool.lockstep]\n", '[tool.lockstep]\nurl = "https://example.org"\n', 1)
    )
    names = ("lockstep.json", "sitemap.xml", "robots.txt", "feed.xml", "404.html", "find-a-topic")
    (root / "_redirects").write_text("".join(f"/{one} /guide/pump/\n/{one}/a /guide/pump/\n" for one in names))
    built(root)
    assert (root / "dist/lockstep.json").is_file() and (root / "dist/sitemap.xml").is_file()
    assert main(["audit", "--root", str(root)]) == 0


def test_no_table_takes_the_place_of_a_page(make: Make) -> None:
    root = make(PAGES)
    (root / "_redirects").write_text("/guide/pump/ /\n/index.html /guide/pump/\n/en/ /guide/pump/\n")
    built(root)
    before = (root / "dist/index.html").read_bytes()
    (root / "_redirects").unlink()
    built(root)
    assert (root / "dist/index.html").read_bytes() == before
    assert "<h1" in (root / "dist/es/guide/pump/index.html").read_text()


NUMBERED = [
    ("source/02.install/10-on/20_pi.mdx", ("install/on/pi/",)),
    ("source/02.install/index.mdx", ("install/",)),
    ("source/02 - install/README.md", ("install/",)),
    ("source/10.users/20.users.md", ("users/",)),
    ("source/2024-01-02-news.md", ()),
    ("source/12.1-bookworm.md", ()),
    ("source/guide/a.md", ()),
    ("source/5.md", ()),
]


@pytest.mark.parametrize(("path", "wanted"), NUMBERED)
def test_a_number_before_a_name_is_in_no_address_of_docusaurus(path: str, wanted: tuple[str, ...]) -> None:
    assert tool_addresses.Ways(numbered=True).made(path, b"# A\n", frozenset()) == wanted
    assert tool_addresses.NO_WAYS.made(path, b"# A\n", frozenset()) == ()


def test_a_link_without_the_numbers_leads_to_the_page(make: Make) -> None:
    """All links between the pages of one site were dead."""
    files = {"index.md": "# H\n\n[a](/install/pi/)\n", "02.install/10.pi.md": "---\nslug: board\n---\n# Pi\n\n[b](/)\n"}
    root = make(files)
    settings = root / "pyproject.toml"
    settings.write_text(
        settings.read_text().replace("[tool.lockstep]\n", '[tool.lockstep]\ndialect = ["common", "docusaurus"]\n', 1)
    )
    built(root)
    assert [one for one in check(project_of(root)) if one.code == "link"] == []
    assert 'href="02.install/10.pi/index.html"' in (root / "dist/es/index.html").read_text()
    assert (root / "dist/install/pi/index.html").exists() and (root / "dist/es/install/board/index.html").exists()


@pytest.mark.parametrize("name", redirect_tables.FILES)
def test_a_table_that_is_no_text_is_none(make: Make, name: str) -> None:
    root = make(PAGES)
    (root / name).write_bytes(b"\xff\xfe redirect_maps: [output.html.redirect]\n")
    assert list(redirect_tables.rows(Path(root))) == []


SAID = [
    ("permalink: /guide/pump/", "/guide/pump/", "source/guide/pump.md. Remove it here"),
    ("url: /guide/pump/", "/guide/pump/", "source/guide/pump.md. Remove it here"),
    ("slug: guide/pump", "/guide/pump/", "source/guide/pump.md. Remove it here"),
    ("aliases:\n  - /free/\n  - /Guide/Pump", "/Guide/Pump/", "source/guide/pump.md. Remove it here"),
    ("redirect_from: [/]", "/", "source/index.md. Remove it here"),
    ("aliases: [/en/guide/pump/]", "/guide/pump/", "source/guide/pump.md. Remove it here"),
    ("aliases: [/404.html]", "/404.html", "publishes stands there"),
    ("aliases: [/status/x/]", "/status/x/", "publishes stands there"),
    ("id: first", "/first/", "it leads to source/a.md already (source/a.md:2)"),
    ("aliases: [/FIRST]", "/FIRST/", "it leads to source/a.md already (source/a.md:2)"),
    (f"aliases: [/{'a' * 256}/]", f"/{'a' * 60}…", "longer than the names of files"),
    (f"aliases: [/{'a/' * 501}]", f"/{'a/' * 30}…", "longer than the names of files"),
    ("aliases: [/guide/pump/index.html/x/]", "/guide/pump/index.html/x/", "source/guide/pump.md. Remove it here"),
]


@pytest.mark.parametrize(("front", "address", "why"), SAID)
def test_an_address_at_which_something_else_stands_is_named(make: Make, front: str, address: str, why: str) -> None:
    """It was left out in silence."""
    root = make(
        {**PAGES, "a.md": "---\naliases: [/first/, /en/more/]\n---\n# A\n", "b.md": f"---\n{front}\n---\n# B\n"}
    )
    found = [one for one in check(project_of(root)) if one.code == "link"]
    line = 4 if "free" in front else 2
    assert [(one.span.path, one.span.line) for one in found if one.span] == [("source/b.md", line)]
    assert found[0].text.startswith(f"{address} leads nobody to source/b.md: ") and why in found[0].text


@pytest.mark.parametrize(
    "front", ["permalink: /b/", "url: /b.html", "slug: b", "aliases: [/b/, /free/, /free/]", "aliases: [/en/b/, /es/b/]", "aliases: [/feed.xml]"]
)  # fmt: skip
def test_an_address_at_which_its_own_page_stands_or_nothing_is_not(make: Make, front: str) -> None:
    root = make({**PAGES, "a.md": "---\naliases: [/first/]\n---\n# A\n", "b.md": f"---\n{front}\n---\n# B\n"})
    assert [one for one in check(project_of(root)) if one.code == "link"] == []


def test_a_row_whose_address_is_taken_is_named(make: Make) -> None:
    """It was left out in silence."""
    root = make({**PAGES, "a.md": "---\naliases: [/first/]\n---\n# A\n"})
    (root / "_redirects").write_text(
        "/guide/pump /a/\n/first /guide/pump/\n/twice /a/\n/twice/ /guide/pump/\n/twice /a/\n/a /a/\n/ /en/\n/lockstep.json /a/\n/en/old/ /en/guide/pump/\n"
    )
    (root / "mkdocs.yml").write_text("plugins:\n  - redirects:\n      redirect_maps:\n        a.md: guide/pump.md\n")
    found = {(one.span.path, one.span.line): one.text for one in check(project_of(root)) if one.code == "link"}
    assert {*found} == {("_redirects", 1), ("_redirects", 2), ("_redirects", 4), ("_redirects", 8), ("mkdocs.yml", 4)}
    assert "source/guide/pump.md. Remove it here" in found["_redirects", 1]
    assert "it leads to source/a.md already (source/a.md:2)" in found["_redirects", 2]
    assert "it leads to source/a.md already (_redirects:3)" in found["_redirects", 4]
    assert "it is the address of the page source/a.md" in found["mkdocs.yml", 4]
    built(root)
    assert 'url=../en/a/index.html"' in (root / "dist/twice/index.html").read_text()
    assert 'url=../../es/guide/pump/index.html"' in (root / "dist/es/old/index.html").read_text()
    assert main(["audit", "--root", str(root)]) == 0


def test_a_link_to_an_address_that_two_pages_had_leads_where_its_readers_are_led(make: Make) -> None:
    """It led to the last of them, and whoever came to the address to the first."""
    root = make(
        {"index.md": "# H\n\n[x](/old/)\n", **{f"{one}.md": f"---\naliases: [/old/]\n---\n# {one}\n" for one in "ab"}}
    )
    built(root)
    assert 'url=../../es/a/index.html"' in (root / "dist/es/old/index.html").read_text()
    assert 'href="a/index.html"' in (root / "dist/es/index.html").read_text()


def test_a_list_of_a_whole_host_has_the_path_of_the_site(make: Make) -> None:
    """`/care/old` was made below the site once more."""
    root = make(PAGES, extra='url = "https://example.org/care"\n')
    (root / "_redirects").write_text("/care/old /care/guide/pump/\n/more /guide/pump/\n")
    assert [one for one in check(project_of(root)) if one.code == "link"] == []
    built(root)
    assert (root / "dist/old/index.html").exists() and (root / "dist/more/index.html").exists()
