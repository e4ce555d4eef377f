"""Pages in HTML: what is a message, what is not, on which line, what is said of it; and a site that has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.audit import audit
from pipeline.content import html_pages
from pipeline.core.inline import Syntax
from pipeline.core.model import Document, Level, syntax_of
from tests.conftest import Make, built, translate, updated

GOLDEN = Path(__file__).parent / "golden"


def read(text: str) -> Document:
    return html_pages.read("source/p.html", text, ("title", "description"))


def test_golden_page() -> None:
    """Every kind of element on one page: line, kind, context, text, comments, and what it stands under."""
    lines = []
    for one in read((GOLDEN / "page.html").read_text("utf-8")).messages():
        context, comments = (
            (f"[{one.key.context}] " if one.key.context else ""),
            "".join(f"  # {c}" for c in one.comments),
        )
        under = f"  < {' < '.join(reversed(one.under))}" if one.under else ""
        lines.append(f"{one.span.line:>3} {one.kind:<14} {context}{one.key.msgid!r}{comments}{under}")
        assert syntax_of(one.key, one.kind, one.span.path) is (
            Syntax.TEXT if one.key.context in {"title", "description", "callout"} else Syntax.HTML
        )
    assert "\n".join(lines) + "\n" == (GOLDEN / "page-html.messages").read_text("utf-8")


def test_a_text_is_html_whatever_its_file_is_called() -> None:
    text = "<title>a</title><h2>*a*</h2><p>b</p><div><img src=x alt='a cat'></div><iframe src=x title='d e'></iframe>"
    found = [*html_pages.read("source/p.page", text, ("title",)).messages()]
    said = [syntax_of(one.key, one.kind, one.span.path) for one in found]
    assert said == [Syntax.TEXT, *[Syntax.HTML] * 4], [one.kind for one in found]


LEAVE_ALONE = [
    "<pre>code with words</pre>", "<p>12.5</p>", "<p>{clinic.phone}</p>", "<!-- a comment -->", "<script>var words</script>", "<style>words{}</style>",
    "<p translate=no>Name</p>", "<p lang=fr>Mot</p>", "<img src=x.png alt=''>", "<!-- i18n: skip --><div><p>not this</p>or this</div>",
    "<!-- i18n: skip-start --><p>not</p><h2>this</h2><!-- i18n: skip-end -->", "<svg><text>words</text></svg>", "<p><code>code only</code></p>",
    "<iframe src=x></iframe>", "<textarea>words</textarea>",
]  # fmt: skip


@pytest.mark.parametrize("text", LEAVE_ALONE)
def test_no_message(text: str) -> None:
    assert not [*read(text).messages()]


OPENINGS = [
    ("<p>a</p>", "<p"), ("<p>a", "<p"), ("<p>a<p>b</p>", "<p"), ("<ul><li>a<li>b</ul>", "<li"), ("<ul><li>a <ul></ul></ul>", ""), ("<div>a<p>b</p></div>", ""),
    ("<P CLASS=x>\n a\n</P>", "<p CLASS=x"), ('<p lang="en">a</p>', ""), ('<p id="{a.b}">a</p>', ""), ("<h2>A b</h2>", '<h2 id="a-b"'), ("<h2 id=x>A</h2>", '<h2 id="x"'), ("<h2 class=c>A</h2>", '<h2 id="a" class=c'),
    ("<H2 class=c ID='x&amp;y'>A</H2>", '<h2 class=c id="x&amp;y"'), ("<table><tr><td>a<td>b</table>", "<td"), ("<p><!-- c -->a</p>", ""), ("a", ""), ("<a href=x>a</a>", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "opening"), OPENINGS)
def test_the_tag_that_says_a_texts_language(text: str, opening: str) -> None:
    """The start tag of a text that is all of its element; an id is the author's, or made of the words."""
    assert next(block.opening for block in read(text).blocks() if block.message) == opening


FINDINGS = [
    ("<p>a\n<div>\nb", "unclosed", Level.ERROR, 2, "`<div>` has no end"),
    ("<p>a</p>\n</section>", "unclosed", Level.ERROR, 2, "`</section>` closes nothing"),
    ("<section>\n<div>\n</section>", "unclosed", Level.ERROR, 2, "Write `</div>`"),
    ("a\n<!-- b\n<p>c</p>\n<!-- d -->", "unclosed", Level.ERROR, 2, "comment has no end"),
    ("a\n<p title='x>b", "unclosed", Level.ERROR, 2, "tag has no end"),
    ("a\n<script>x", "unclosed", Level.ERROR, 2, "`<script>` has no end"),
    ("a\n<script>b\n<p>c</p>\n<script>d</script>", "unclosed", Level.ERROR, 2, "before another one"),
    ("a\n<textarea>b\n<p>c</p><textarea></textarea>", "unclosed", Level.ERROR, 2, "before another one"),
    ("a\n<table><tr><td>b</td></tr>\nc</table>", "unclosed", Level.ERROR, 2, "moves or drops"),
    ("a\n<div/>b", "unclosed", Level.ERROR, 2, "`/>` closes no `<div>`"),
    ("a\n<?php echo 1 ?>", "unclosed", Level.ERROR, 2, "begins nothing in HTML"),
    ("<a href=x>b\n<a href=y>c</a></a>", "unclosed", Level.ERROR, 2, "`<a>` stands inside of `<a>`"),
    ("<b>\n<i>x</b></i>", "unclosed", Level.ERROR, 2, "`<i>` has no end before `</b>`"),
    ("a\n<h2>b\n<p>c</p>", "unclosed", Level.ERROR, 2, "`<h2>` has no end"),
    ("<div>" * 300, "nesting", Level.ERROR, 1, "too deeply"),
    ("a\n<p>b\x07c", "control-character", Level.ERROR, 2, "U+0007"),
    ("a\n<p>{{ site.title }}</p>", "dialect", Level.ERROR, 2, "is a value that nobody fills in"),
    ("a\n<p>{% include x %}</p>", "dialect", Level.ERROR, 2, "would include a file"),
    ("a\n<p>b <!-- i18n: skipp --> c</p>", "directive", Level.ERROR, 2, "skip-start"),
    ("<p>a</p>\n<!-- i18n: critical -->", "directive", Level.ERROR, 2, "no block after it"),
    ("<div>\n<!-- i18n: critical -->\n</div>", "directive", Level.ERROR, 3, "no block after it"),
    ("a\n<!-- i18n: skip-start -->\n<p>b</p>", "directive", Level.ERROR, 3, "skip-end"),
    ("a\n<section aria-label='Words'>b</section>", "html-unreachable", Level.WARNING, 2, "aria-label"),
    ("a\n<a title=\"Words\"><div>b</div></a>", "html-unreachable", Level.WARNING, 2, "title="),
    ("a\n<p><input type=submit value='Book'></p>", "html-unreachable", Level.WARNING, 2, "Book"),
    ("a\n<svg>\n<text>Words</text></svg>", "html-unreachable", Level.WARNING, 2, "<svg>"),
    ("<p id=x>a</p>\n<p id=x>b</p>", "duplicate-id", Level.WARNING, 2, "twice"),
    ("a\n<div class='callout wrning'>b</div>", "box", Level.ERROR, 2, "warning"),
    ("<!doctype html>\n<html lang=de><title>a</title>b", "html-lang", Level.WARNING, 2, "`de`"),
    ("<!doctype html>\n<title>a</title>\n<base href=/x/>b", "link", Level.ERROR, 3, "<base>"),
    ("<title>a</title>\n<link rel=icon href=x>\n<style>p{}</style>b", "html-left-out", Level.WARNING, 2, "`<style>` (line 3)"),
    ("<body>\n<nav>Menu</nav>\n<main>a</main>", "html-left-out", Level.WARNING, 2, "outside of `<main>`"),
    ("<body>\n<nav>Menu</nav>\n<div class=body role=main>a<div>b</div></div>c", "html-left-out", Level.WARNING, 2, "`<nav>` (line 2), “c” (line 3)."),
    ("<body><div>\n<nav><a href=x>Menu</a></nav>\n<main>a</main>\n<p></p>Words <b>b</b>\n<footer><p>c</p></footer></div>", "html-left-out", Level.WARNING, 2, "`<nav>` (line 2), “Words” (line 4), `<b>` (line 4), `<footer>` (line 5)."),
    ('<?xml version="1.0"?>\n<!doctype html>\n<title>a</title><p>b</body></html>\nWords', "unclosed", Level.ERROR, 4, "after the end"),
    ('<?xml version="1.0"?>\n<p>a</p>', "unclosed", Level.ERROR, 1, "begins nothing in HTML"),
    ("<head><title>a</title>\n<title>b</title></head><p>c", "html-left-out", Level.WARNING, 2, "second title, and the first is the one that readers see (line 1)"),
    ("<head><title>a</title>\n<meta name=description content=b>\n<meta name=description content=c></head><p>d", "html-left-out", Level.WARNING, 3, "second description"),
    ("<head>\n<style></style>" + "\n<link rel=x href=y>" * 8 + "</head><p>d", "html-left-out", Level.WARNING, 2, "(line 10)"),
    ("---\ntitle: A\n---\n<title>B</title>c", "front-matter", Level.WARNING, 4, "this one is not"),
    ("---\ntitle: [\n---\n<p>a", "syntax", Level.ERROR, 3, "not valid YAML"),
    ("x" * 200_001, "too-long", Level.ERROR, 1, "Break it"),
    (" \n", "empty", Level.ERROR, 1, "Restore it"),
    ("<!doctype html>\n<title>a</title><p>b</body></html>\nWords", "unclosed", Level.ERROR, 3, "after the end of the page"),
    ("<!doctype html>\n<body>a</body>\nWords</html>", "unclosed", Level.ERROR, 3, "after the end of the page"),
    ("<body><main>a</main></body>\n<p>Words</p>\n</html>", "unclosed", Level.ERROR, 2, "after the end of the page"),
    ("<title>a</title>b</html>\n<p>Words", "unclosed", Level.ERROR, 2, "after the end of the page"),
    ("a</body>\n<p>Words</p>", "unclosed", Level.ERROR, 2, "after the end of the page"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "level", "line", "said"), FINDINGS)
def test_what_is_not_read_is_named(text: str, code: str, level: Level, line: int, said: str) -> None:
    found = [(one.code, one.level, one.span.line) for one in read(text).findings if said in one.text]
    assert (code, level, line) in found, read(text).findings


@pytest.mark.parametrize(
    "sign",
    [
        '<a class="headerlink" href="#use" title="Link to this heading">¶</a>',
        '<a href="#use" class="header-anchor x" aria-hidden="true">\n#</a> ',
        "<a class=anchor-link href=#use>&para;</a>",
    ],
)
def test_the_sign_by_which_a_theme_lets_a_heading_be_linked_is_no_text(sign: str) -> None:
    document = html_pages.read(
        "a.html", f"<h2 id=use>Use{sign}</h2>\n<p>See ¶ <a class=permalink href='#use'>¶ 3</a>.", ()
    )
    said = [block.message.key.msgid for block in document.blocks() if block.message]
    assert said == ["Use", "See ¶ <a class=permalink href='#use'>¶ 3</a>."]
    assert [block.message.span.line for block in document.blocks() if block.message] == [1, 2 + sign.count("\n")]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Never exceed 4 g.</p><div title='write role=\"main\" here'><p>One.</p></div>",
        "<p>See <span role=main>x</span>: never exceed 4 g.</p>",
        "<p>Never exceed 4 g.</p><div role=main id=app></div>",
        "<p>Never exceed 4 g.</p><div role=main>a</div><div role=main>b</div>",
        "<h2>Never exceed 4 g.<a id=dose class=anchor-link href=#dose></a></h2>",
    ],
)
def test_no_words_are_lost_by_what_seems_to_be_the_main_part(html: str) -> None:
    document = html_pages.read("a.html", f"<html><body>{html}</body></html>", ())
    assert any("4 g" in block.message.key.msgid for block in document.blocks() if block.message)
    assert ("dose" in document.anchors) is ("id=dose" in html)


def test_of_two_titles_the_first_is_shown_as_browsers_do() -> None:
    assert read("<head><title>a</title><title>b</title></head><p>c").data["title"] == "a"


SILENT = [
    "<ul><li>a<li>b</ul>", "<p>a<p>b", "<p>a<ul><li>b</ul></p>", "<table><tr><td>a<td>b</table>", "<dl><dt>a<dd>b</dl>", "<br/><hr /><img src=x alt=''/>", "a < b & c &copy; &nope;",
    '<?xml version="1.0" encoding="utf-8" ?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>a</title></head><body><p>b</p></body></html>',
    "<svg><path/><g/></svg>", "<ol><li><li></li></li></ol>", "<my-box>a</my-box>", "<select><option>a<option>b</select>", "<script>if (a<b) '</p>'</script>", "<script>write('<script src=x><\\/script>')</script>", "<!doctype html><title>a</title><p>b",
    "<p><b class=x CLASS=y>a</b>", "<button type=button>a</button>", "<video><source src=a><track src=b></video>", "<noscript><p>a</p></noscript>", "<a href=x><div>a</div></a>", "\ufeff<p>a</p>",
    "<!doctype html><title>a</title><body>b</body></html>\n<!-- c -->\n", "<title>a</title>b</body>\n<!-- c --></html>\n",
    "<p>a<script><!--//--><![CDATA[//><!--\nif (a) { b(); }\n//--><!]]></script>", "<script>\n<!--\nvar words\n</script>", "<style><!--\n b{}\n --></style>",
    "<table>" + "<tr><td>a<td><p>b" * 300 + "</table>", "<ul>" + "<li><p>a" * 300 + "</ul>", "<p>a" * 300, "<dl>" + "<dt>a<dd><p>b" * 300 + "</dl>",
]  # fmt: skip


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_wrong_with_what_a_browser_sees_as_it_stands(text: str) -> None:
    assert not read(text).findings


PAGE = """<!doctype html>
<html lang="en"><head><title>The card</title><meta name="description" content="For your wallet."></head>
<body><h1 id=card>The card</h1>
<p>See <a href="index.md">home</a> or <a href="#dose">the dose</a>.
<!-- i18n: critical --><p id=dose>Take <b>5 mg</b> a day.</p>
<iframe src="https://example.org" title="The way"></iframe>
<ul><li>One<li>Two</ul>
</body></html>
"""
MAPPING = """
[[tool.babel.mappings]]
method = "lockstep-html"
pattern = "source/**.html"
keys = ["title", "description"]
"""
SPANISH = {
    "The card": "La tarjeta",
    "Take <b>5 mg</b> a day.": "Tome <b>5 mg</b> al día.",
    "One": "Uno <script>alert()</script>",
    '<iframe src="https://example.org" title="The way"></iframe>': '<iframe src="https://example.org" title="El camino"></iframe>',
}


def mapped(make: Make, text: str = PAGE, locales: tuple[str, ...] = ("es",)) -> Path:
    root = make({"index.md": "# Home\n\nText. [Card](card.html)", "card.html": text}, locales=locales)
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8") + MAPPING, "utf-8")
    return root


def test_a_site_with_a_page_in_html(make: Make) -> None:
    """Extracted, translated, published and audited as any other page; what is hostile is withheld."""
    root = mapped(make)
    updated(root)
    translate(root, SPANISH)
    project = built(root)
    html = (root / "dist/es/card/index.html").read_text("utf-8")
    assert '<h1 id="card" data-block="the-card.0">La tarjeta</h1>' in html and ">La tarjeta</title>" in html
    assert "Tome <b>5 mg</b> al día." in html and 'title="El camino"' in html and "alert()" not in html
    assert (
        '<a href="../index.html">home</a>' in html
        and 'href="card/index.html"' in (root / "dist/es/index.html").read_text()
    )
    assert 'data-state="unsafe"' in html and not (root / "dist/assets/card.html").exists()
    assert audit.audit(root / "dist") == []
    assert "card.html" not in " ".join(one.text for one in project.content.findings)


LABELLED = """<h1>The card</h1>
<nav aria-label="On this page"><ul><li><a href="#dose">Dose</a></li></ul></nav>
<section aria-label="The dose" id="dose">
<p>Take <b>5 mg</b> a day.</p>
<table title="By day"><tr><th title="Of the week">Day</th><td>5</td></tr></table>
<details class="callout tip" title="More"><p>Rest.</p></details>
</section>
<!-- i18n: skip -->
<aside aria-label="Not for you"><p>Skipped</p></aside>
"""


@pytest.mark.parametrize("name", ["card.html", "card.md"])
def test_words_on_a_block_are_said_to_be_in_the_language_of_the_source(make: Make, name: str) -> None:
    """No translator gets them, and check says so; what a screen reader is told is true, and what stands in the block says its own
    language, the notices too."""
    text = (
        LABELLED
        if name == "card.html"
        else LABELLED.replace("<!-- i18n: skip -->", "\n<!-- i18n: skip -->\n").replace(
            "<p>Take", "\nWhat **now**?\n\n<p>Take"
        )
    )
    root = make({"index.md": "# Home", name: text}, locales=("es", "ar"))
    (root / "pyproject.toml").write_text((root / "pyproject.toml").read_text("utf-8") + MAPPING, "utf-8")
    updated(root)
    for locale in ("es", "ar"):
        translate(root, {"Take <b>5 mg</b> a day.": "Tome <b>5 mg</b> al día."}, locale)
    built(root)
    html = (root / "dist/es/card/index.html").read_text("utf-8")
    for tag in ('<nav lang="en" aria-label="On this page">', '<section lang="en" aria-label="The dose" id="dose">'):
        assert tag in html
    assert 'lang="es" dir="ltr">Tome <b>5 mg</b> al día.' in html
    assert audit.audit(root / "dist") == []


def test_without_a_mapping_an_html_page_is_a_file(make: Make) -> None:
    """It is published as it stands, and that is said."""
    root = make({"index.md": "# Home", "card.html": PAGE})
    project = built(root)
    assert (root / "dist/assets/card.html").read_text("utf-8") == PAGE
    assert [(one.code, one.level) for one in project.content.findings if one.span.path == "source/card.html"] == [
        ("unread-page", Level.WARNING)
    ]
