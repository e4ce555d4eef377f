"""Other people's structure: folders' own pages, the order of a summary or of weights, addresses that pages had elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands.check import check
from pipeline.content import former
from pipeline.content.files import slugs
from pipeline.core.model import Level
from tests.conftest import Make, built, project_of, updated
from tests.test_addresses import dead_links

SLUGS = [
    (["index.md"], [""]),
    (["README.md"], [""]),
    (["_index.md"], [""]),
    (["a.md", "a/b.md"], ["a", "a/b"]),
    (["a/README.md"], ["a"]),
    (["a/readme.md"], ["a"]),
    (["a/_index.md", "a/b.md"], ["a", "a/b"]),
    (["a/README.md", "a/index.md"], ["a/README", "a"]),
    (["a/README.md", "a/_index.md"], ["a/README", "a"]),
    (["a/Index.md"], ["a/Index"]),
    (["a/index.markdown"], ["a"]),
]


@pytest.mark.parametrize(("paths", "wanted"), SLUGS)
def test_where_pages_stand(paths: list[str], wanted: list[str]) -> None:
    found = slugs([f"source/{path}" for path in paths])
    assert [found[f"source/{path}"] for path in paths] == wanted


def order_of(root: Path) -> list[str]:
    return [page.path.removeprefix("source/") for page in project_of(root).content.pages]


PAGES = {name: f"# {name}\n" for name in ("index.md", "a.md", "b.md", "c/README.md", "c/d.md", "c/e.md")}
PLAIN = ["index.md", "a.md", "b.md", "c/README.md", "c/d.md", "c/e.md"]


def test_without_a_list_the_order_is_by_path(make: Make) -> None:
    assert order_of(make(PAGES)) == PLAIN


def test_the_order_of_a_summary(make: Make) -> None:
    summary = "# Summary\n\n[Home](index.md)\n\n- [B](./b.md)\n  - [E](c/e.md#x)\n- [C](<c/README.md>)\n- [Draft]()\n- [gone](gone.md)\n"
    root = make({**PAGES, "SUMMARY.md": summary})
    assert order_of(root) == ["index.md", "b.md", "c/e.md", "c/README.md", "a.md", "c/d.md"]
    updated(root)
    assert [f for f in check(project_of(root)) if f.code in {"unread-page", "link"}] == []
    built(root)
    assert not list((root / "dist").rglob("*SUMMARY*"))


def test_the_order_of_mkdocs(make: Make) -> None:
    root = make(PAGES)
    (root / "mkdocs.yml").write_text(
        "site_name: X\nnav:\n  - index.md\n  - Part:\n    - c/e.md\n    - 'D: x': c/d.md\n  - B: b.md\n  - https://example.org\n"
        "theme:\n  icon: !!python/name:x.y\n"
    )
    assert order_of(root) == ["index.md", "c/e.md", "c/d.md", "b.md", "a.md", "c/README.md"]


def test_site_yaml_comes_first(make: Make) -> None:
    root = make({**PAGES, "SUMMARY.md": "[B](b.md)"}, data="name: x\nnav:\n  - page: a.md\n    label: A\n")
    assert order_of(root)[0] == "a.md"


@pytest.mark.parametrize("key", ["weight", "sidebar_position", "nav_order", "order"])
def test_weights(make: Make, key: str) -> None:
    weighed = {"b.md": 1, "c/README.md": 2, "c/e.md": 1.5, "c/d.md": 3}
    root = make(
        {name: f"---\n{key}: {weighed[name]}\n---\n{text}" if name in weighed else text for name, text in PAGES.items()}
    )
    assert order_of(root) == ["index.md", "b.md", "c/README.md", "c/e.md", "c/d.md", "a.md"]
    assert [f for f in check(project_of(root)) if f.code == "front-matter"] == []


ADDRESSES = [
    ("permalink: /launch/", ["launch/"]),
    ("permalink: /a/launch.html", ["a/launch.html"]),
    ("permalink: /:year/:title/", []),
    ("permalink: guide/launch.html\nurl: ../up", ["guide/launch.html", "up/"]),
    ("redirect_from: [old/a, b]", ["old/a/", "b/"]),
    ("slug: begin", ["guide/begin/"]),
    ("slug: /begin", ["begin/"]),
    ("url: /x/index.html", ["x/"]),
    ("aliases: [/old/, older]", ["old/", "guide/older/"]),
    ("redirect_from:\n  - /a%20b/\n  - https://example.org/c/", ["a b/", "c/"]),
    ("aliases: ['../../../etc']", ["etc/"]),
    ("aliases: [/]", ["index.html"]),
    ("title: slug", []),
]


@pytest.mark.parametrize(("front", "wanted"), ADDRESSES)
def test_the_addresses_that_a_page_had(front: str, wanted: list[str]) -> None:
    body = f"---\n{front}\n---\n\naliases: no\n".encode()
    assert [one for one, _ in former.told("source/guide/start.md", body, frozenset())] == wanted


def test_a_former_address_leads_to_the_page_in_every_language(make: Make) -> None:
    start = "---\ntitle: Start\npermalink: /launch/\naliases: [/old.html, /en/x/, /guide/]\n---\nText.\n"
    home = "# Home\n\n[a](/launch/) [b](/old.html) [c](guide/start.md)\n"
    root = make({"index.md": home, "guide/start.md": start, "guide/index.md": "# Guide\n"}, locales=("es",))
    updated(root)
    (found,) = (f for f in check(project_of(root)) if f.code in {"link", "front-matter"})
    assert found.text.startswith("/guide/ leads nobody to source/guide/start.md: it is the address of the page")
    built(root)
    for name in (
        "launch/index.html",
        "old.html",
        "x/index.html",
        "es/x/index.html",
        "es/launch/index.html",
        "en/old.html",
    ):
        assert "guide/start/index.html" in (root / "dist" / name).read_text(), name
    assert "<h1" in (root / "dist/en/guide/index.html").read_text()
    assert dead_links(root / "dist") == set()
    assert main(["audit", "--root", str(root)]) == 0


def test_a_second_page_of_a_folder_is_named(make: Make) -> None:
    """Whoever copies pages over those of `init` finds ours at the home address."""
    root = make({"index.md": "# A", "_index.md": "# B", "a/README.md": "# C", "a/b.md": "# D"})
    found = [one for one in project_of(root).content.findings if one.code == "slug"]
    assert [(one.span.path, one.level) for one in found if one.span] == [("source/_index.md", Level.WARNING)]
    assert "source/index.md" in found[0].text and "`_index`" in found[0].text
