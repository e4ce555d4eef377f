"""The menu of a large site: bounded, the reader's own section in it, and every page within three links of every other."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.content.content import Page
from pipeline.core.inline import NOWHERE
from pipeline.core.model import Document, Level
from pipeline.site import menu
from pipeline.site.menu import MOST, sections
from tests.conftest import Make, built, project_of, updated


def site(*slugs: str) -> tuple[Page, ...]:
    return tuple(Page(Document(f"source/{slug or 'index'}.md", NOWHERE), slug, None) for slug in slugs)


def shown(slugs: list[str], current: str) -> list[tuple[str, int]]:
    pages = site(*slugs)
    return [
        (page.slug, depth)
        for page, depth in sections(pages[0], pages).menu(next(page for page in pages if page.slug == current))
    ]


TREE = ["", "a", "a/x", "a/y", "a/y/deep", "b/one", "b/two", "c"]


def test_a_menu_shows_the_top_and_the_section_the_reader_is_in() -> None:
    top = [("", 0), ("a", 0), ("b/one", 0), ("c", 0)]
    assert shown(TREE, "") == [(slug, slug.count("/")) for slug in TREE], "home has them all"
    assert shown(TREE, "c") == top
    assert shown(TREE, "a") == [("", 0), ("a", 0), ("a/x", 1), ("a/y", 1), *top[2:]], "its children"
    inner = [("a/x", 1), ("a/y", 1), ("a/y/deep", 2)]
    assert shown(TREE, "a/y") == [*top[:2], *inner, *top[2:]], "its siblings and its children"
    assert shown(TREE, "a/y/deep") == [*top[:2], ("a/y", 1), ("a/y/deep", 2), *top[2:]], "the way to it"
    assert shown(TREE, "b/two") == [*top[:3], ("b/two", 1), top[3]], "a folder without a page is under its first"


PARTS = st.sampled_from("abcdefgh")
SLUGS = st.lists(st.lists(PARTS, min_size=1, max_size=4).map("/".join), min_size=1, max_size=120, unique=True)


@given(SLUGS, st.integers(1, 6))
def test_no_menu_is_long_and_every_page_is_in_the_one_of_home(slugs: list[str], most: int) -> None:
    pages, kept = site("", *slugs), menu.MOST
    try:
        menu.MOST = most
        found = sections(pages[0], pages)
        assert {page.slug for page, _ in found.menu(pages[0])} == {"", *slugs}
        for current in pages[1:]:
            made = [page.slug for page, _ in found.menu(current)]
            assert current.slug in made and made[0] == "" and len(set(made)) == len(made) <= 3 * most + 4
    finally:
        menu.MOST = kept


def links(dist: Path, path: str) -> set[str]:
    """The pages that a page links to, by path."""
    found = re.findall(r'href="([^":#]+\.html)', (dist / path).read_text("utf-8"))
    return {posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) for target in found}


def test_every_page_of_a_large_site_is_three_links_away_at_most(make: Make) -> None:
    names = [
        "index",
        *(f"part-{part}/page-{at}" for part in range(5) for at in range(60)),
        *map("flat-{}".format, range(90)),
    ]
    root = make({f"{name}.md": f"# About {name}\n" for name in names}, locales=())
    built(root)
    dist = root / "dist"
    pages = {path.relative_to(dist).as_posix() for path in (dist / "en").rglob("*.html")} - {
        "en/find-a-topic/index.html",
        "en/404.html",
    }
    ways = {path: links(dist, path) & pages for path in pages}
    assert len(pages) == len(names) and max(len(ways[path]) for path in pages - {"en/index.html"}) <= 3 * MOST
    for start in ("en/index.html", "en/flat-89/index.html", "en/part-4/page-59/index.html"):
        reached = {start}
        for _ in range(3):
            reached |= {to for path in reached for to in ways[path]}
        assert reached == pages


def test_a_navigation_that_is_given_is_shown_as_given(make: Make) -> None:
    names = [f"p{at}" for at in range(MOST + 5)]
    data = "name: Site\nnav:\n" + "".join(f"  - page: {name}.md\n" for name in names)
    root = make({f"{name}.md": f"# {name}\n" for name in ("index", *names)}, locales=(), data=data)
    built(root)
    html = (root / "dist/en/p3/index.html").read_text("utf-8")
    assert html.count('<li><a href="../p') == 2 * len(names) and 'style="margin' not in html


def test_templates_from_before_still_build(make: Make) -> None:
    """Those that look for the home page and the page about the translations in the menu themselves."""
    root = make({f"p{at}.md": "Text\n" for at in range(MOST + 5)} | {"index.md": "# Start\n"}, locales=())
    built(root)
    new = (root / "dist/en/p3/index.html").read_bytes()
    path = root / "templates/page.html"
    path.write_text(path.read_text("utf-8").replace("{% set start = start or breadcrumb|first %}", BEFORE), "utf-8")
    assert BEFORE in path.read_text("utf-8")
    built(root)
    assert (root / "dist/en/p3/index.html").read_bytes() == new


BEFORE = """\
{% set start = nav|selectattr("home")|first|default(breadcrumb|first) %}
{% set about = nav|selectattr("href", "in", [up ~ "about-these-translations/index.html"])|first|default(none) %}"""


UNLISTED = {
    "index.md": "# Home\n\nSee [more](more.md).\n",
    "menu.md": "# Menu\n",
    "more.md": "# More\n\nSee [deep](deep.md) and [Spanish](/es/abroad/).\n",
    "deep.md": "# Deep\n",
    "abroad.md": "# Abroad\n",
    "below.md": "# Below\n",
    "alone.md": "# Alone\n\nSee [itself](alone.md) and [its friend](friend.md).\n",
    "friend.md": "# Friend\n\nSee [its friend](alone.md).\n",
    "draft.md": "---\ndraft: true\n---\n\n# Draft\n",
}


def test_a_page_that_no_reader_comes_to_is_named(make: Make) -> None:
    """By no menu and no link: not the first page, a draft, nor what another page or a template leads to; a menu that has it by its
    former name has it. A site without `nav` has every page in its menu."""
    root = make(UNLISTED)
    page = root / "templates/page.html"
    page.write_text(page.read_text().replace("</body>", '<a href="{{ up }}below/"></a></body>', 1))

    def unlisted() -> list[str]:
        return [one.span.path for one in project_of(root).findings if one.code == "unlisted"]

    assert unlisted() == []
    (root / "source/site.yaml").write_text("name: A\nnav:\n  - page: menu.md\n")
    assert sorted(unlisted()) == ["source/alone.md", "source/friend.md"]
    said = next(one for one in project_of(root).findings if one.span.path == "source/alone.md")
    assert said.level is Level.WARNING and "Add `- page: alone.md` there" in said.text
    updated(root)
    (root / "source/menu.md").rename(root / "source/else.md")
    updated(root)
    assert sorted(unlisted()) == ["source/alone.md", "source/friend.md"]
    rule = '\n[[tool.lockstep.checks]]\ncheck = "unlisted"\nlevel = "off"\n'
    (root / "pyproject.toml").write_text((root / "pyproject.toml").read_text() + rule)
    assert unlisted() == []


def test_a_page_without_a_title_is_called_by_the_heading_it_begins_with_or_named(make: Make) -> None:
    pages = {
        "index.md": "# Home\n\n[a](a/problem.md) [b](b.md) [c](c.md)\n",
        "a/problem.md": "Write a loop.\n\n## The challenge\n\nMake it.\n",
        "b.md": "## Loops\n\nMake it.\n",
        "c.md": "---\ntitle: Made\n---\n\nMake it.\n",
    }
    root = make(pages)
    assert [one.span.path for one in project_of(root).findings if one.code == "untitled"] == ["source/a/problem.md"]
    built(root)
    menu = (root / "dist/es/index.html").read_text()
    assert ">problem<" in menu and ">Loops<" in menu and ">The challenge<" not in menu
