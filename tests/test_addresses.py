"""Addresses and the places they lead to: each is mapped to what is published, or said to lead nowhere."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest

from pipeline.build import deciding, rendering
from pipeline.changes import Log
from pipeline.changes.addresses import Addresses
from pipeline.changes.edit_log import Edit
from pipeline.cli.main import main
from pipeline.commands.check import check
from pipeline.content import beside, markdown
from pipeline.content.files import slugs
from pipeline.content.links import Links, local
from pipeline.content.marks import ANY_MARKS
from pipeline.core.inline import addresses
from pipeline.core.model import Severity
from pipeline.site import Site
from pipeline.site.redirects import moved
from tests.conftest import Make, built, project_of, updated

SITE = Links(
    slugs(["source/index.md", "source/guide/index.md", "source/guide/deep.md", "source/Why C#.md", "source/100%.md"]),
    frozenset(["images/a.svg", "images/b c.svg", "guide/x.pdf"]),
    frozenset(["en", "es"]),
    "/docs",
    static=frozenset(["lockstep.css"]),
)
WAYS = [
    ("https://example.org/guide/", None),
    ("mailto:a@b.org", None),
    ("//example.org/a", None),
    ("#deep", None),
    ("?tab=two", None),
    ("nothing.md", None),
    ("/nothing/", None),
    ("/images/none.svg", None),
    ("/es/guide/", None),
    ("/static/lockstep.css", None),
    ("{clinic.url}/guide/", None),
    ("index.md", "../index.html"),
    ("../index.md#top", "../../index.html#top"),
    ("deep.md?tab=two#part", "../../guide/deep/index.html?tab=two#part"),
    ("deep", "../../guide/deep/index.html"),
    ("deep/", "../../guide/deep/index.html"),
    ("deep.html#x", "../../guide/deep/index.html#x"),
    ("/", "../../index.html"),
    ("/guide.md", None),
    ("/guide/", "../../guide/index.html"),
    ("/guide/index.html?a=b", "../../guide/index.html?a=b"),
    ("/guide/deep.md", "../../guide/deep/index.html"),
    ("/docs/guide/deep/", "../../guide/deep/index.html"),
    ("/docs", "../../index.html"),
    ("../images/a.svg?v=2#layer", "../../../assets/images/a.svg?v=2#layer"),
    ("../images/b%20c.svg", "../../../assets/images/b%20c.svg"),
    ("/images/a.svg", "../../../assets/images/a.svg"),
    ("/assets/images/a.svg", "../../../assets/images/a.svg"),
    ("../Why%20C%23.md", "../../Why%20C%23/index.html"),
    ("../100%25.md", "../../100%25/index.html"),
    ("/Why%20C%23/", "../../Why%20C%23/index.html"),
    ("x.pdf", "../../../assets/guide/x.pdf"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "wanted"), WAYS)
def test_where_a_link_leads(target: str, wanted: str | None) -> None:
    path = "source/guide/deep.md"
    if target == "index.md":
        path, wanted = "source/Why C#.md", "../index.html"
    assert SITE.urls(path)(target) == (wanted or target)
    link = local(path, target)
    if wanted is None and link and not target.startswith(("/es", "/static")):
        assert SITE.page(link) is None and SITE.asset(link) is None and not SITE.elsewhere(link)


IN_HTML = [
    ("<a title=' href=x.md '>", []),
    ("<meta name=description content='0.5 url: x'>", []),
    ("<meta http-equiv=refresh content='0; url=go/'>", ["go/"]),
    ("<a ping='a/ b/' href=x.md>", ["a/", "b/", "x.md"]),
    ("<p style='@import \"x.css\"'>", ["x.css"]),
    ("<!-- <a href=x.md> -->", []),
    ("<p style='color: red'>", []),
    ("<a href=x.md>", ["x.md"]),
    ("<a href='x.md?a&amp;b'>", ["x.md?a&b"]),
    ('<a HREF = "x.md">', ["x.md"]),
    ('<img srcset="a.svg 1x, b.svg 2x">', ["a.svg", "b.svg"]),
    ('<source srcset="a.svg, b,c.svg 100w,d.svg">', ["a.svg", "b,c.svg", "d.svg"]),
    ('<video poster="p.png" src=v.mp4>', ["p.png", "v.mp4"]),
    ("<object data='o.pdf'>", ["o.pdf"]),
    ("<form action=go.md><button formaction=b.md>", ["go.md", "b.md"]),
    ("<div style=\"background: url(a.svg), url('b.svg')\">", ["a.svg", "b.svg"]),
    ("<div style='background:url(&quot;a.svg&quot;)'>", ["a.svg"]),
    (
        "<div style=\"background: image-set('a.svg' 1x, url(b.svg) 2x, 'c.svg' type('image/png'))\">",
        ["a.svg", "c.svg", "b.svg"],
    ),
    ("<svg><use xlink:href='i.svg#a' /></svg>", ["i.svg#a"]),
    ('<link imagesrcset="a.svg 1x" href="b.css">', ["a.svg", "b.css"]),
]  # fmt: skip


@pytest.mark.parametrize(("html", "wanted"), IN_HTML)
def test_addresses_in_html(html: str, wanted: list[str]) -> None:
    assert addresses(html) == wanted


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<img srcset="a.svg 1x, b.svg 2x">', 'srcset="M/a.svg 1x, M/b.svg 2x"'),
        ("<p style='background: url(a.svg)'>b</p>", "style=\"background: url(&#x27;M/a.svg&#x27;)\""),
        ('<style>\n@import "a.css";\n</style>', "@import 'M/a.css';"),
    ("a <meta http-equiv=refresh content='0; url=go/'> b", 'content="0; url=M/go/"'),
    ("<style>\n.x { background: url( \"a.svg\" ) }\n</style>", "url( 'M/a.svg' )"),
        ("<script>\nvar a = '<img src=a.svg>';\n</script>", "<img src=a.svg>"),
        ('<object data="a.svg">b</object>', 'data="M/a.svg"'),
        ('a <video poster="a.svg"></video>', 'poster="M/a.svg"'),
        ('a <b style="background: url(a.svg)">b</b>', "url(&#x27;M/a.svg&#x27;)"),
    ],
)  # fmt: skip
def test_addresses_in_html_are_mapped(html: str, wanted: str) -> None:
    from tests.laws.test_pages import in_english

    assert wanted in in_english(markdown.read("p.md", f"{html}\n", (), lambda url: f"M/{url}"))


PLACES = [
    ("<p id='x'>a</p>", ["x"]),
    ("<p id=x>a</p>", ["x"]),
    ('<a name="x"></a>', ["x"]),
    ("a <a id=x></a> b", ["x"]),
    ("## With <a id='x'></a>anchor", ["x", "with-anchor"]),
    ("| a |\n|---|\n| <i id=x>b</i> |", ["x"]),
    ("<div\n  class=a\n  id = x>\na</div>", ["x"]),
    ("<input name=x>", []),
    ("<p data-id=x>a</p>", []),
    ("<p title=' id=x '>a</p>", []),
    ("<!-- <p id=x> -->", []),
    ("<script>\n'<p id=x>'\n</script>", []),
    ("`<p id=x>`", []),
    ("## Cafe\u0301", ["caf\u00e9"]),
    ("<p id='cafe\u0301'>a</p>", ["caf\u00e9"]),
    ("## A & b", ["a-b", "a--b"]),
    ("## A & b\n\n## A & b", ["a-b", "a--b", "a-b-1", "a--b-1"]),
    ("## \U0001f600 Hi", ["hi", "-hi"]),
    ("## A b", ["a-b"]),
    ("## What's (new)?", ["whats-new"]),
    ("<p id=dose>a</p>\n\n## Dose", ["dose", "dose-1"]),
    ("## Dose\n\n<p id='dose'>a</p>", ["dose", "dose-1"]),
    ("## Dose\n\nTake <i id=dose>two</i>.", ["dose", "dose-1"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), PLACES)
def test_places_that_a_link_can_lead_to(text: str, wanted: list[str]) -> None:
    document = markdown.read("p.md", text, (), marks=ANY_MARKS)
    assert list(document.anchors) == wanted
    assert [f for f in document.findings if f.code == "duplicate-id"] == []


@pytest.mark.parametrize(("text", "line"), [
    ("<p id=x>a</p>\n\n<p id='x'>b</p>", 3),
    ("<div>\n<p id=x>a</p>\n<p id=x>b</p>\n</div>", 3),
    ('a <a name="x"></a>\n\nb <i id=x>c</i>', 3),
])  # fmt: skip
def test_an_id_that_stands_twice_is_named(text: str, line: int) -> None:
    found = [f for f in markdown.read("p.md", text, ()).findings if f.code == "duplicate-id"]
    assert [(f.span.line, "`x`" in f.text) for f in found] == [(line, True)]


PAGES = {
    "index.md": "# Home\n\n[a](<Why C#.md>), [b](Why%20C%23.md#part), [c](/guide/?x=1#café), [d](/guide.md), ![e](images/b%20c.svg)\n\n[f](/nope/) <a href=/nada>g</a> [h](?a=b#no-place) [i](https://x.org/docs/guide/) [j](https://x.org/docs/none/) [k]({a.page}) [l](#Content)\n",
    "Why C#.md": "# Why\n\n## Part\n\n<img srcset='images/a.svg 1x, /images/b%20c.svg 2x' src=images/a.svg alt=''>\n",
    "Crème.md": "# C\n\n<i id='e\u0301'></i>[to](#é) ",
    "cre\u0300me.svg": "<svg/>",
    "guide.md": "# Guide\n\n[c](Cre\u0300me.md#e\u0301) ![d](cr\u00e8me.svg)\n\n## Cafe\u0301\n\n[up](./), [to](#cafe%CC%81), [what](what?.md), [q](q%3F.md)\n",
    "q?.md": "# Q\n\n<div style='background: url(images/a.svg)'>\n\na\n\n</div>\n",
    "images/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "images/b c.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}  # fmt: skip


NOWHERE = {
    "/nope/",
    "/nada",
    "what?.md",
    "Why%20C#.md",
    "https://x.org/docs/none/",
    "?a=b#no-place",
    "/gone/",
    "{{ root }}static/none.css",
    "no.svg",
}


def test_every_address_of_a_built_site_leads_somewhere_or_is_named(make: Make) -> None:
    """Every link of every page of `dist/` leads to a file of it, and its fragment to a place there; the others are findings."""
    root = make(
        PAGES, locales=("es", "ar"), data="name: Site\na:\n  page: /gone/\n", extra='url = "https://x.org/docs"'
    )
    page = root / "templates/page.html"
    page.write_text(
        f'{page.read_text("utf-8")}<a href="{{{{ root }}}}static/none.css">{{{{ _("Menu") }}}}</a>', "utf-8"
    )
    (root / "templates/static/own.css").write_text("a { background: url(no.svg) }")
    built(root)
    found = check(project_of(root))
    said = {
        one
        for f in found
        if f.code == "link"
        for one in re.findall(r"(?:leads to|The (?:link|address)) ((?:\{\{ root \}\})?\S+?),? ", f.text)
    }
    places = {f.span.line for f in found if f.code == "anchor"}
    assert said - {"no", "nothing", "{a.page}"} == NOWHERE - {"?a=b#no-place"} and places == {5}
    dead = {
        target.removeprefix("../").removeprefix("../") for _, target in dead_links(root / "dist", "https://x.org/docs")
    }
    assert dead == {one.removeprefix("{{ root }}") for one in NOWHERE} - {"no.svg"}


BESIDE = [
    ("templates/page.html", '<a href="{{ item.href }}">a</a>', []),
    ("templates/page.html", '<a href="{{ root }}static/a.css">{# <a href="x.html"> #}</a>', []),
    ("templates/page.html", '<script>"<a href=x>"</script><a href="https://other.org/x">a</a><a href="tel:1">a</a>', []),
    ("templates/page.html", '<p id="Here"></p>\n<a href="#Here">a</a> <a href="#Top">a</a> <a href="{% if a %}{{ b }}{% endif %}">', []),
    ("templates/page.html", '<a href="{{ up }}guide/">a</a> <a href="{{ root }}es/guide/">a</a> <a href="/docs/assets/images/a.svg">', []),
    ("templates/page.html", '<a href="{{ root }}">a</a> <a href="{{ up }}feed.xml"> <a href="{{- root -}}sitemap.xml">', []),
    ("templates/page.html", '{#\n#}<a\nhref="{{ root }}static/no.css">', [(3, "{{ root }}static/no.css")]),
    ("templates/page.html", '<a href="/guide/">', [(1, "/guide/")]),
    ("templates/page.html", '<img srcset="{{ root }}assets/images/a.svg 1x, {{ root }}assets/no.svg 2x">', [(1, "{{ root }}assets/no.svg")]),
    ("templates/page.html", '<img src="assets/images/a.svg">', [(1, "assets/images/a.svg")]),
    ("templates/page.html", '<a href="#Nope">', [(1, "#Nope")]),
    ("templates/page.html", '<a href="https://x.org/docs/nope/">', [(1, "https://x.org/docs/nope/")]),
    ("templates/page.html", '<a href="{{ root }}es/nope/">', [(1, "{{ root }}es/nope/")]),
    ("templates/page.html", '<style>\na { background: url({{ root }}assets/no.svg) }\n</style>', [(2, "{{ root }}assets/no.svg")]),
    ("source/guide/a.css", "/* url(no.svg) */ a { background: url(../images/b%20c.svg?x#y) }", []),
    ("source/guide/a.css", '@import "x.pdf";\n@import "no.css";', [(2, "no.css")]),
    ("source/guide/a.css", "a { background: url(/images/a.svg) }", [(1, "/images/a.svg")]),
    ("templates/static/a.css", "a { background: url(../assets/images/a.svg), url(a.css) }", []),
    ("templates/static/a.css", "\na { background: url('images/a.svg') }", [(2, "images/a.svg")]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "wanted"), BESIDE)
def test_addresses_in_templates_and_style_sheets(path: str, text: str, wanted: list[tuple[int, str]]) -> None:
    links = replace(SITE, url="https://x.org/docs", static=frozenset(["a.css"]))
    html = beside.plain(text)
    found = beside.of_style(path, text) if path.endswith(".css") else beside.of_template(path, html)
    said = [(one.span.line, wrong) for one in found if (wrong := beside.wrong(one, links, {*beside.places(html)}))]
    assert [line for line, _ in said] == [line for line, _ in wanted]
    assert all(
        f" {name} " in f"{wrong} ".replace(". ", " ") for (_, wrong), (_, name) in zip(said, wanted, strict=True)
    )


def dead_links(dist: Path, url: str = "") -> set[tuple[str, str]]:
    """The addresses in the pages of a site built for `url` that lead to nothing, each with its page."""
    pages = {path.relative_to(dist).as_posix(): path.read_text("utf-8") for path in dist.rglob("*.html")}
    places = {path: {unescape(name) for name in re.findall(r'\sid="?([^"\s>]+)', html)} for path, html in pages.items()}
    dead = set()
    for path, html in pages.items():
        for target in addresses(html):
            base = urlsplit(url).path
            there = target.replace(url, f"http://dist{base}", 1) if url and target.startswith(url) else target
            parts = urlsplit(urljoin(f"http://dist{base}/{quote(path)}", there))
            if parts.netloc != "dist" or parts.scheme != "http":
                continue
            name = unquote(parts.path.removeprefix(base)).removeprefix("/")
            name = f"{name}index.html" if name.endswith("/") or not name else name
            if not (dist / name).is_file() or (
                parts.fragment and name in places and unquote(parts.fragment) not in places[name]
            ):
                dead.add((path, target))
    return dead


def went(old: str, new: str, on: int, texts: int = 0, how: str = "moved") -> list[Edit]:
    """Lines of the log: a file that was renamed, or some of its texts that went to another one (or were deleted)."""
    day, why = f"2026-01-{on:02}", (f"moved from source/{old}.md",)
    if not texts:
        return [Edit(None, None, f"source/{new}.md", "", day, Severity.COSMETIC, why, how)]
    ids = [f"{ord(old[0]):02x}{at:014x}" for at in range(texts)]
    return [
        Edit(one, one, f"source/{new}.md", f"top.{at}", day, Severity.COSMETIC, why, how) for at, one in enumerate(ids)
    ]


WENT = [
    ("nothing", [], "a", {}),
    ("it is there", went("b", "a", 1), "ab", {}),
    ("it went nowhere that is there", went("b", "c", 1), "a", {}),
    ("renamed", went("b", "a", 1), "a", {"a": "b"}),
    ("twice", [*went("c", "b", 1), *went("b", "a", 2)], "a", {"a": "bc"}),
    ("and back", [*went("a", "b", 1), *went("b", "a", 2)], "a", {"a": "b"}),
    ("in a circle on one day", [*went("a", "b", 1), *went("b", "a", 1)], "", {}),
    ("in a circle, and out", [*went("a", "b", 1), *went("b", "a", 1), *went("a", "c", 1)], "c", {"c": "ab"}),
    ("most of its texts", [*went("b", "a", 1, 2), *went("b", "c", 1, 3)], "ac", {"c": "b"}),
    ("the last time counts", [*went("b", "a", 1), *went("b", "c", 2, 1)], "ac", {"c": "b"}),
    ("most of it was deleted", [*went("b", "a", 1, 1), *went("x", "b", 1, 3, "deleted")], "a", {}),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "there", "wanted"), [row[1:] for row in WENT], ids=[row[0] for row in WENT])
def test_which_files_pages_were(edits: list[Edit], there: str, wanted: dict[str, str]) -> None:
    found = Addresses(Log(tuple(edits))).pages([f"source/{one}.md" for one in there])
    assert found == {f"source/{now}.md": tuple(f"source/{one}.md" for one in was) for now, was in wanted.items()}
    assert found == Addresses(Log(tuple(reversed(edits)))).pages([f"source/{one}.md" for one in there]), (
        "lines are a set"
    )


def test_a_signature_outlives_the_former_name_of_a_heading(make: Make) -> None:
    """The digest of a page is of what is read; and a link to the former name is no broken one."""
    root = make({"index.md": "# A\n\nGo to [it](#dose).\n\n## Dose\n\nTake two.\n\n## Pain\n\nCall us.\n"})
    updated(root)
    path = root / "source/index.md"
    path.write_text(path.read_text("utf-8").replace("## Dose", "## Your dose"), "utf-8")
    assert [one.code for one in check(project_of(root)) if one.code == "anchor"] == ["anchor"], "before it is noted"
    before = project_of(root).page_digests["source/index.md"]
    updated(root)
    after = built(root)
    assert after.page_digests["source/index.md"] == before
    assert '<a id="dose" class="alias"></a>\n<h2 id="your-dose"' in (root / "dist/es/index.html").read_text("utf-8")
    assert not [one for one in check(project_of(root)) if one.code == "anchor"]
    path.write_text(path.read_text("utf-8") + "\n## Dose\n\nAsk your nurse.\n", "utf-8")
    html = (built(root), (root / "dist/es/index.html").read_text("utf-8"))[1]
    assert html.count('id="dose"') == 1 and '<h2 id="dose"' in html, "what is there now has it"


def test_nobody_is_led_away_from_what_is_there(make: Make) -> None:
    """No redirect at a page, at a list of the language, where letter case alone differs, or where a file would be a folder."""
    aliases = [
        "/B/",
        "/find-a-topic/",
        "/404.html",
        "/feed.xml",
        "/b/",
        "/old.html",
        "/old.html/x",
        "/v/1/",
        "/OLD.html",
    ]
    root = make({"index.md": "# A\n", "a.md": f"---\naliases: [{', '.join(aliases)}]\n---\n# C\n", "b.md": "# B\n"})
    assert {one for one in moved(languages_site(root)) if one.startswith("es/")} == {
        "es/feed.xml/index.html",
        "es/old.html",
        "es/v/1/index.html",
    }
    built(root)
    assert main(["audit", "--root", str(root)]) == 0


def languages_site(root: Path) -> Site:
    """What the pages of a site are made from."""
    found = project_of(root)
    with deciding.crew(found, 1) as crew:
        decided, _ = deciding.measured(found, crew)
    return rendering.site(found, {name: one.shared for name, one in decided.items()}, rendering.planned(found, decided))


def test_a_link_to_a_page_by_the_file_that_it_was_names_it(make: Make) -> None:
    """In a page from another folder, from the root and in `nav`; its readers are led there until it is mended. A page or a draft
    that has the name now is meant itself."""
    page = "# A\n\nSee [care](care.md#wounds), [by the root](/care.md) and [nothing](none.md).\n"
    root = make(
        {"index.md": page, "b/deep.md": "# B\n\n[up](../care.md)\n", "care.md": "# Care\n\n## Wounds\n\nKeep.\n"}
    )
    (root / "source/site.yaml").write_text("name: A\nnav:\n  - page: index.md\n  - page: care.md\n")
    updated(root)
    (root / "source/care.md").rename(root / "source/b/wounds.md")
    before = [one.text for one in check(project_of(root)) if one.code in {"link", "shape"}]
    assert len(before) == 5 and not any("now" in one for one in before), "nobody has noted it yet"
    updated(root)
    assert [one.text for one in check(project_of(root)) if one.code in {"link", "shape"}] == [
        "The link ../care.md names care.md, which is b/wounds.md now. Write wounds.md.",
        "The link /care.md names care.md, which is b/wounds.md now. Write /b/wounds.md.",
        "The link care.md#wounds names care.md, which is b/wounds.md now. Write b/wounds.md#wounds.",
        "The link none.md leads to no page or file of source/. Correct it.",
        "`nav` names 'care.md', which is b/wounds.md now. Write `page: b/wounds.md`.",
    ]
    (root / "source/site.yaml").write_text("name: A\n")
    built(root)
    html = (root / "dist/es/index.html").read_text("utf-8")
    assert 'href="b/wounds/index.html#wounds"' in html and 'href="b/wounds/index.html"' in html
    assert 'href="../../b/wounds/index.html"' in (root / "dist/es/b/deep/index.html").read_text("utf-8")
    (root / "source/care.md").write_text("---\ndraft: true\n---\n\n# Another\n")
    assert sum("leads to a draft" in one.text for one in check(project_of(root))) == 3
    (root / "source/care.md").write_text("# Another\n\n## Wounds\n")
    assert not [one.text for one in check(project_of(root)) if "now" in one.text]


def test_pages_lead_on_from_the_folder_that_their_language_had(make: Make) -> None:
    """English pages alone did."""
    pages = {"index.md": "# Home\n", "guide.md": "---\naliases: [/old/]\n---\n# Guide\n", "zh/a.md": "# A\n"}
    root = make(pages, locales=["zh_Hans", "pt_BR"])
    text = (root / "pyproject.toml").read_text("utf-8")
    said = '\n[tool.lockstep.locale.zh_Hans]\nformer = "zh-cn docs/zh en"\n[tool.lockstep.locale.pt_BR]\nformer = "pt-br"\n'
    (root / "pyproject.toml").write_text(text + said, "utf-8")
    updated(root)
    assert main(["build", "--root", str(root)]) == 0
    dist = root / "dist"
    for folder, up in (("zh-cn", "../"), ("docs/zh", "../../")):
        assert f"url={up}zh-Hans/" in (dist / folder / "index.html").read_text("utf-8")
        for one in ("guide", "old"):
            assert f"url=../{up}zh-Hans/guide/" in (dist / folder / one / "index.html").read_text("utf-8")
        assert (dist / folder / "zh/a/index.html").exists()
    assert "http-equiv" not in (dist / "en/index.html").read_text("utf-8"), "that is a folder of the site"
    assert not (dist / "pt-br").exists(), "to some file systems that is pt-BR"
    assert main(["audit", "--root", str(root)]) == 0


@pytest.mark.parametrize("said", ["../a", "/a", "a//b", "a  b", "", "a/", ".git"])
def test_a_former_folder_that_is_none_is_named(make: Make, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "# Home\n"})
    text = (root / "pyproject.toml").read_text("utf-8")
    (root / "pyproject.toml").write_text(f'{text}\n[tool.lockstep.locale.es]\nformer = "{said}"\n', "utf-8")
    assert main(["check", "--root", str(root)]) == 2 and "folders of addresses" in "".join(capsys.readouterr())
