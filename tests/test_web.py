"""What machines read of a site: addresses, languages, sitemap, feeds; all of them one story, and the manifest's."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

import pytest

from pipeline.cli.main import main
from pipeline.commands import recall
from pipeline.commands.audit import audit
from pipeline.core.tags import social_tag
from pipeline.site import manifest
from tests.conftest import Make, built, read_tree, translate
from tests.sites import every_notice, on

URL = "https://clinic.example/care"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
LINK = re.compile(r"""<(a|link)\b([^>]*)\shref="([^"]*)"([^>]*)>""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages on which every notice stands, some of them recalled, under an address with a path."""
    root = every_notice(tmp_path_factory.mktemp("web") / "site")
    path = root / "pyproject.toml"
    path.write_text(path.read_text("utf-8").replace("locales =", f'url = "{URL}"\nlocales =', 1), "utf-8")
    with on(3):
        built(root)
    return root


def told(dist: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((dist / manifest.PATH).read_text("utf-8"))
    return found


def check(dist: Path) -> None:
    """Hold everything that machines read of the pages to the manifest, with no code of the program's."""
    found = told(dist)
    tags = [tag for tag, about in found["languages"].items() if about["published"]]
    parts = {tag: json.loads((dist / f"lockstep/{tag}.json").read_text("utf-8")) for tag in tags}

    def address(name: str) -> str:
        return f"{URL}/{name.removesuffix('index.html') if found['folders'] else name}"

    mapped = {
        str(one.findtext("{*}loc")): {link.get("hreflang"): link.get("href") for link in one.findall("{*}link")}
        for one in ElementTree.parse(dist / "sitemap.xml").getroot()
    }
    wanted = set()
    for tag, part in parts.items():
        for name, page in part.items():
            html = (dist / name).read_text("utf-8")
            heads = [
                (before + after, unescape(href)) for kind, before, href, after in LINK.findall(html) if kind == "link"
            ]
            own = [href for rest, href in heads if 'rel="canonical"' in rest]
            others = {lang[1]: href for rest, href in heads if (lang := re.search('hreflang="([^"]*)"', rest))}
            speaks = {
                found["languages"][one]["search"]: address(f"{one}/{name.partition('/')[2]}")
                for one in tags
                if parts[one][f"{one}/{name.partition('/')[2]}"].get("indexed")
            }
            hidden = page.get("noindex", False)
            assert others == {**speaks, "x-default": address("index.html")}, name
            assert own == [address(name if page.get("indexed") or hidden else f"en/{name.partition('/')[2]}")], name
            assert ('<meta name="robots" content="noindex">' in html) == hidden
            if page.get("indexed"):
                wanted.add(address(name))
                assert mapped[address(name)] == (others if len(others) > 1 else {}), name
            assert re.findall('<meta property="og:locale" content="([^"]*)">', html) == [
                found["languages"][tag]["social"]
            ]
            data = json.loads(html.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
            named = data["name"] if isinstance(data["name"], str) else data["name"]["@value"]
            assert [data["inLanguage"], named] == [tag, page["title"][1]], name
            assert data.get("dateModified", "") == page.get("updated", "")
            assert ("translationOfWork" in data) == (tag != found["source"])
            for kind, _, href, _ in LINK.findall(html):
                to = unquote(urljoin(address(name), unescape(href)).partition("#")[0])
                if kind == "a" and to.startswith(f"{URL}/"):
                    inner = to.removeprefix(f"{URL}/")
                    assert (
                        dist / inner / "index.html" if inner.endswith("/") or not inner else dist / inner
                    ).is_file(), href
                    assert inner.endswith("/index.html") is not found["folders"] or not inner or inner == "index.html"
        feed = ElementTree.parse(dist / tag / "feed.xml").getroot()
        assert feed.findtext("a:id", "", ATOM) == f"{URL}/{tag}/feed.xml"
        rows = [
            (
                one.find("a:link", ATOM).attrib["href"],
                one.findtext("a:title", "", ATOM),
                one.findtext("a:updated", "", ATOM),
            )  # type: ignore[union-attr]
            for one in feed.findall("a:entry", ATOM)
        ]
        assert rows == [
            (address(row[0]), part[row[0]]["title"][1], f"{row[1]}T00:00:00Z") for row in found["feeds"][tag]
        ]
        ids = [one.text for one in feed.iter("{http://www.w3.org/2005/Atom}id")]
        assert len(set(ids)) == len(ids)
    assert mapped.keys() == wanted


@pytest.mark.parametrize("form", ["auto", "folders", "files"])
def test_all_that_machines_read_is_one_story(site: Path, tmp_path: Path, form: str) -> None:
    root = Path(shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns("dist")))
    path = root / "pyproject.toml"
    path.write_text(path.read_text("utf-8").replace("locales =", f'addresses = "{form}"\nlocales =', 1), "utf-8")
    with on(3):
        built(root)
        assert told(root / "dist")["folders"] is (form != "files")
        check(root / "dist")
        assert main(["audit", "--root", str(root)]) == 0


@pytest.mark.parametrize(("form", "folders"), [("auto", False), ("folders", True), ("files", False)])
def test_files_open_from_disk_where_the_site_has_no_address(make: Make, form: str, folders: bool) -> None:
    root = make(
        {"index.md": "# Home\n\n[on](a.md#x)\n", "a.md": "# A\n\n## X\n\n[back](index.md)\n"},
        extra=f'addresses = "{form}"\n',
    )
    built(root)
    html = (root / "dist/en/a/index.html").read_text()
    assert f'<a href="../{"" if folders else "index.html"}">back</a>' in html
    assert f'<a href="a/{"" if folders else "index.html"}#x">on</a>' in (root / "dist/en/index.html").read_text()
    assert ("index.html" not in html) is folders and not (root / "dist/en/feed.xml").exists()
    assert main(["audit", "--root", str(root)]) == 0


def test_pages_that_are_to_be_left_out(make: Make) -> None:
    """By class, by language, by who made them; a rule about blocks says nothing of pages, and is refused."""
    rules = '[[tool.lockstep.policy.rules]]\nclasses = ["draft"]\nnoindex = "always"\n'
    pages = {"index.md": "# Home\n", "a.md": "---\nclass: draft\n---\n\n# Words\n", "b.md": "# More\n"}
    root = make(pages, locales=("es", "fr"), extra=f'url = "{URL}"\n[tool.lockstep.policy]\norigin = "machine"\n{rules}'
                '[[tool.lockstep.policy.rules]]\nlocales = ["fr"]\nnoindex = "machine"\n')  # fmt: skip
    for name in ("es", "fr"):
        translate(root, {"Home": "Uno", "Words": "Dos"}, name)
    built(root)
    check(root / "dist")
    hidden = {
        (tag, name)
        for tag in ("en", "es", "fr")
        for name, page in json.loads((root / f"dist/lockstep/{tag}.json").read_text()).items()
        if page.get("noindex")
    }
    assert hidden == {
        ("en", "en/a/index.html"),
        ("es", "es/a/index.html"),
        ("fr", "fr/a/index.html"),
        ("fr", "fr/index.html"),
    }
    assert main(["audit", "--root", str(root)]) == 0
    path = root / "pyproject.toml"
    path.write_text(path.read_text().replace('noindex = "machine"', 'noindex = "machine"\nblocks = "critical"'))
    assert main(["build", "--root", str(root)]) == 2


def test_a_feed_says_nothing_of_what_is_withdrawn(site: Path) -> None:
    """An edit of a text that is recalled is no news, and no text of a page stands in a feed."""
    with on(3):
        dist = site / "dist"
        assert {(row[0], row[1]) for row in told(dist)["feeds"]["es"]} >= {("es/notices/index.html", "2026-11-03")}
        body = (dist / "es/feed.xml").read_text("utf-8")
        assert "partes de esta página están en inglés" in body
        for text in json.loads((dist / "lockstep/es.json").read_text())["es/notices/index.html"]["blocks"].values():
            assert text["message"] not in body
        assert not {"drive", "swim", "manej", "nad"} & set(re.findall(r"\w+", body.lower()))


FORGED = [
    ("a link", r"/es/notices/(?=\"/>\n<updated>)", "/es/", "leads to"),
    ("a title", r"(<entry>.*?<title[^>]*>)[^<]*", r"\1Otra", "is called"),
    ("a title's language", r"(<entry>.*?<title)>", r'\1 xml:lang="en">', "is called"),
    ("a day", r"(<entry>.*?<updated>)2026-11-03", r"\g<1>2026-11-02", "its days"),
    ("the newest day", r"(<feed.*?<updated>)2026-11-03", r"\g<1>2026-11-09", "its days"),
    ("the written day", r"3 de noviembre", "2 de noviembre", "does not say"),
    ("how grave", r'<category term="critical"/>', '<category term="wording"/>', "how grave"),
    ("a figure", r">\d+ de (\d+ partes)", r">1 de \1", "counts what is no figure"),
    ("no figure", r"(<p [^>]*>[^<]*</p>)<p [^>]*>[^<]*</p>", r"\1", "how much of the page"),
    ("a sentence", r"(xhtml\"><p)", r'xhtml"><p>Tome 50 mg.</p><p', "is not known"),
    ("the language", r'xml:lang="es"', 'xml:lang="fr"', "says it is in"),
    ("an entry less", r"<entry>.*?</entry>\n", "", "its days"),
    ("no XML", "</feed>", "", "is no XML"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), [row[1:] for row in FORGED], ids=[row[0] for row in FORGED])
def test_a_lie_in_a_feed_is_seen(site: Path, tmp_path: Path, old: str, new: str, said: str) -> None:
    dist = Path(shutil.copytree(site / "dist", tmp_path / "dist"))
    lie(dist, "es/feed.xml", lambda text: re.sub(old, new, text, count=1, flags=re.S))
    found = audit.audit(dist)
    assert any(one.page == "es/feed.xml" and said in one.what for one in found), found


HEADS = [
    ("noindex", '<meta name="color-scheme"', '<meta name="robots" content="noindex"><meta name="color-scheme"'),
    ("the locale", 'og:locale" content="es_ES"', 'og:locale" content="ar_EG"'),
    ("another locale", r'(og:locale:alternate" content=")\w+', r"\1de_DE"),
    ("the feed", 'href="../feed.xml"', 'href="../../ar/feeds.xml"'),
    ("the network's title", r'(og:title" content=")[^"]*', r"\1Inicio"),
]


@pytest.mark.parametrize(("old", "new"), [row[1:] for row in HEADS], ids=[row[0] for row in HEADS])
def test_a_lie_in_a_head_is_seen(site: Path, tmp_path: Path, old: str, new: str) -> None:
    dist = Path(shutil.copytree(site / "dist", tmp_path / "dist"))
    lie(dist, "es/held/index.html", lambda text: re.sub(old, new, text, count=1))
    assert [one for one in audit.audit(dist) if one.page == "es/held/index.html" and "not the file" not in one.what]


def lie(dist: Path, name: str, change: Callable[[str], str]) -> None:
    """Tell a lie in a file, and forge its digest."""
    path = dist / name
    text = path.read_text("utf-8")
    assert change(text) != text, "the lie is told"
    path.write_text(change(text), "utf-8")
    found = told(dist)
    found["files"][name] = hashlib.sha256(path.read_bytes()).hexdigest()
    (dist / manifest.PATH).write_text(json.dumps(found), "utf-8")


def test_pages_of_the_version_before_are_read_by_their_old_names(site: Path, tmp_path: Path) -> None:
    """`manifest.json` and `manifest/`, as version 0.1 wrote them: audited, and asked what was recalled."""
    dist = Path(shutil.copytree(site / "dist", tmp_path / "dist"))
    found = {**told(dist), **json.loads((dist / manifest.TEXTS).read_text()), "format": 3}
    shutil.move(dist / "lockstep", dist / "manifest")
    for name in (manifest.PATH, "manifest/texts.json"):
        (dist / name).unlink()
    found["files"] = {
        name.replace("lockstep/", "manifest/"): digest
        for name, digest in found["files"].items()
        if name != manifest.TEXTS
    }
    (dist / manifest.FORMER).write_text(json.dumps(found, indent=1))
    assert audit.audit(dist) == []
    lie_in = dist / "es/held/index.html"
    lie_in.write_text(lie_in.read_text().replace("</main>", "<p>Tome 50 mg.</p></main>"))
    assert audit.audit(dist)
    assert len(recall.recalled_before(dist / manifest.FORMER)) == len(found["recalled"]) == 2


def test_the_manifest_is_small_and_feeds_are_the_same_twice(site: Path) -> None:
    before = read_tree(site / "dist")
    with on(3):
        built(site)
    assert read_tree(site / "dist") == before
    assert len(before[manifest.PATH]) < 16_000


@pytest.mark.parametrize(
    ("name", "tag"),
    [("es", "es_ES"), ("es_MX", "es_MX"), ("es_419", "es_ES"), ("zh_Hans", "zh_CN"), ("zh_Hant", "zh_TW"), ("ht", "ht_HT"), ("pt", "pt_BR"), ("tlh", "tlh")],
)  # fmt: skip
def test_networks_have_their_own_names_for_languages(name: str, tag: str) -> None:
    assert social_tag(name) == tag
