"""Markdown pages: what is a message, what is not, on which line, and what is said of it."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from pipeline.content import markdown
from pipeline.content.inline import parse, translated
from pipeline.content.inline_html import plain
from pipeline.content.marks import Marks
from pipeline.core.dialects import constructs
from pipeline.core.inline import NO_FACTS, References, Scope, Syntax, has_words
from pipeline.core.model import Level
from tests.conftest import REPO, material, seen
from tests.laws.test_pages import in_english

GOLDEN = Path(__file__).parent / "golden"


def messages(text: str) -> list[tuple[int, str, str | None, str, tuple[str, ...]]]:
    found = markdown.read("p.md", text, ("title", "nav.label")).messages()
    return [(m.span.line, m.kind, m.key.context, m.key.msgid, m.comments) for m in found]


def test_golden_page() -> None:
    """Every block kind on one page: line, kind, context, text, comments, as a translator could read them."""
    found = messages((GOLDEN / "page.md").read_text("utf-8"))
    lines = [
        f"{line:>3} {kind:<14} {f'[{context}] ' if context else ''}{msgid!r}{''.join(f'  # {comment}' for comment in comments)}"
        for line, kind, context, msgid, comments in found
    ]
    assert "\n".join(lines) + "\n" == (GOLDEN / "page.messages").read_text("utf-8")


LEAVE_ALONE = [
    "```\ncode with words\n```", "    indented code", "***", "12.5", "`code only`", "<https://example.org/words>", "https://example.org/words", "{clinic.phone}",
    "<!-- a comment -->", "[ref]: https://example.org 'title'", "<script>var words = 1</script>", "<pre>verbatim words</pre>", "![](x.png)", "| 1 | 2 |\n|---|---|\n| 3 | 4 |",
    "<pre>Take five pills</pre>", "Hello <script>run(1)</script>", "Hello <style>p{}</style>",
    "<!-- i18n: skip -->\n\nnot this", "<!-- i18n: skip -->\n\n- not\n- these\n\n  either", "<!-- i18n: skip-start -->\n\nnot\n\n# this\n\n<!-- i18n: skip-end -->",
]  # fmt: skip


@pytest.mark.parametrize("text", LEAVE_ALONE)
def test_no_message(text: str) -> None:
    assert messages(text) == []


TABLE = [
    ("one\ntwo", [(1, "paragraph", None, "one two", ())]),
    ("one  \n   two", [(1, "paragraph", None, "one  \ntwo", ())]),
    ("one\\\ntwo", [(1, "paragraph", None, "one\\\ntwo", ())]),
    ("Setext\nheading\n===", [(1, "heading 1", None, "Setext heading", ())]),
    ("- a\n\n  b\n- c", [(1, "list item", None, "a", ()), (3, "list item", None, "b", ()), (4, "list item", None, "c", ())]),
    ("> a\n> b\n>\n> c", [(1, "quotation", None, "a b", ()), (4, "quotation", None, "c", ())]),
    ("| a | b |\n|---|---|\n| c \\| d | `e` |", [(1, "table heading", None, "a", ()), (1, "table heading", None, "b", ()), (3, "table cell", None, "c | d", ())]),
    ("Term\n: Meaning", [(1, "term", None, "Term", ()), (2, "definition", None, "Meaning", ())]),
    ("a\n\nCatheter\n*Tube*\nLine\n: Meaning", [(1, "paragraph", None, "a", ()), (3, "term", None, "Catheter", ()), (4, "term", None, "*Tube*", ()), (5, "term", None, "Line", ()), (6, "definition", None, "Meaning", ())]),
    ("> One\n> Two\n> : Meaning", [(1, "term", None, "One", ()), (2, "term", None, "Two", ()), (3, "definition", None, "Meaning", ())]),
    ("- One\n  Two\n  : Meaning", [(1, "term", None, "One", ()), (2, "term", None, "Two", ()), (3, "definition", None, "Meaning", ())]),
    ("One\nTwo\n: A\n: B\n\nThree\nFour\n: C", [(1, "term", None, "One", ()), (2, "term", None, "Two", ()), (3, "definition", None, "A", ()), (4, "definition", None, "B", ()), (6, "term", None, "Three", ()), (7, "term", None, "Four", ()), (8, "definition", None, "C", ())]),
    ("One\n- Two\n: Meaning", [(1, "paragraph", None, "One", ()), (2, "list item", None, "Two : Meaning", ())]),
    ("One\nTwo\n\n: Meaning", [(1, "term", None, "One", ()), (2, "term", None, "Two", ()), (4, "definition", None, "Meaning", ())]),
    ("Text[^n]\n\n[^n]: Note\n\n    more", [(1, "paragraph", None, "Text[^n]", ()), (3, "footnote", None, "Note", ()), (5, "footnote", None, "more", ())]),
    ("::: warning\nText\n:::", [(1, "label", "callout", "Warning", ()), (2, "warning", None, "Text", ())]),
    ("::: note My *title*\nText\n:::", [(1, "note", None, "My *title*", ()), (2, "note", None, "Text", ())]),
    ('![alt text](x.png "The title")', [(1, "image", None, '![alt text](x.png "The title")', ())]),
    ("<!-- i18n: comment=mind  the dose -->\n\ntext", [(3, "paragraph", None, "text", ("mind the dose",))]),
    ("<!-- i18n: context=button -->\n\ntext", [(3, "paragraph", "button", "text", ())]),
    ("<!-- i18n: critical -->\n\n- a\n- b\n\nc", [(3, "list item", None, "a", ("critical",)), (4, "list item", None, "b", ("critical",)), (6, "paragraph", None, "c", ())]),
    ("<!-- i18n: critical -->\n<!-- i18n: comment=x -->\n\na", [(4, "paragraph", None, "a", ("x", "critical"))]),
    ("<!-- i18n: critical -->\n\na[^1]\n\nb[^2]\n\n[^1]: one[^3]\n\n[^2]: two\n\n[^3]: three", [(3, "paragraph", None, "a[^1]", ("critical",)), (5, "paragraph", None, "b[^2]", ()), (7, "footnote", None, "one[^3]", ("critical",)), (9, "footnote", None, "two", ()), (11, "footnote", None, "three", ("critical",))]),
    ("a[^1]\n\n<!-- i18n: critical -->\n\n::: warning\n- b[^1]\n:::\n\n[^1]: one\n\n    - two", [(1, "paragraph", None, "a[^1]", ()), (5, "label", "callout", "Warning", ()), (6, "list item", None, "b[^1]", ("critical",)), (9, "footnote", None, "one", ("critical",)), (11, "list item", None, "two", ("critical",))]),
    ("- <!-- i18n: skip -->\n\n  a\n\n  b", [(5, "list item", None, "b", ())]),
    ("<div>\n<p>One <b>two</b>\nthree</p>\n<img alt='words' src=x>\n</div>", [(2, "HTML text", None, "One <b>two</b> three", ()), (4, "HTML text", None, "<img alt='words' src=x>", ())]),
    ("<p>5\u00a0mg  daily</p>", [(1, "HTML text", None, "5\u00a0mg daily", ())]),
    ('<span class="big">Words <div>more</div></span>', [(1, "paragraph", None, '<span class="big">Words <div>more</div></span>', ())]),
    ('<div>\n<span>Words <p>more</p></span>\n</div>', [(2, "HTML text", None, "Words", ()), (2, "HTML text", None, "more", ())]),
    ("<div>\n<!--> seen <b>x</b> -->\n</div>", [(2, "HTML text", None, "seen <b>x</b> -->", ())]),
    ("::: Warning\nText\n:::", [(1, "label", "callout", "Warning", ()), (2, "warning", None, "Text", ())]),
    ("<details><summary>Sum</summary>\n\nBody\n\n</details>", [(1, "HTML text", None, "Sum", ()), (3, "paragraph", None, "Body", ())]),
    ("---\ntitle: A\nnav:\n  label: B\nother: C\n---\ntext", [(2, "title", "title", "A", ()), (4, "nav.label", "nav.label", "B", ()), (7, "paragraph", None, "text", ())]),
    ("---\r\ntitle: A\r\n---\r\ntext\r\nmore", [(2, "title", "title", "A", ()), (4, "paragraph", None, "text more", ())]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), TABLE)
def test_messages(text: str, wanted: list[tuple[int, str, str | None, str, tuple[str, ...]]]) -> None:
    assert messages(text) == wanted


FINDINGS = [
    ("<!-- i18n: skipp -->\n\ntext", "directive", 1, "skip-start"),
    ("text <!-- i18n: skip --> more", "directive", 1, "line of its own"),
    ("text\n\n<!-- i18n: critical -->", "directive", 3, "no block after it"),
    ("- a\n\n  <!-- i18n: skip -->\n\nb", "directive", 3, "no block after it"),
    ("a\n\n<!-- i18n: skip-start -->\n\nb", "directive", 5, "skip-end"),
    ("a\n\n<!-- i18n: skip-end -->\n\nb", "directive", 3, "skip-start"),
    ("---\ntitle: [a\n---\ntext", "syntax", 2, "not valid YAML"),
    ("---\ntitle: a\ntitle: b\n---\ntext", "syntax", 3, "stands twice"),
    ("text\n\n[^n]: Never used", "footnote-unused", 3, "never referred to"),
    ("text\n\n> [^n]: Never used", "footnote-unused", 3, "never referred to"),
    ("text\n\n- [^n]: Never used", "footnote-unused", 3, "never referred to"),
    ("a\n\n<svg>\n<text>Words</text>\n</svg>", "html-unreachable", 3, "text inside <svg>"),
    ("a\n\n<section\n  aria-label='Words'>\n</section>", "html-unreachable", 3, "aria-label"),
    ("a\n\nb\x07c", "control-character", 3, "U+0007"),
    (">" * 120 + " deep", "nesting", 1, "too deeply"),
    ("a\n\n[b][r]\n\n[r]: http://x 'Some words'", "reference-title", 5, "Write it with the link"),
    ("a[^n]\n\n[^n]: one\n\n[^n]: two", "footnote-twice", 5, "another name"),
    ("| a | b |\n|---|---|\n| 1 | 2 | three |", "table-row", 3, "3 cells"),
    ("a\n\n<div>\n<input type='submit' value='Book a visit'>\n</div>", "html-unreachable", 4, "Book a visit"),
    ("<div>\n<textarea>Type here</textarea>\n</div>", "html-unreachable", 2, "<textarea>"),
    ("<div>\n<img src=x alt=Pump>\n</div>", "html-unreachable", 2, "alt=Pump"),
    ("<div>\n<select><optgroup label='Doses'></select>\n</div>", "html-unreachable", 2, "Doses"),
    ("Hello <script>run(1)</script> there", "html-unreachable", 1, "<script>"),
    ("a\n\none\rtwo\n\n| a | b |\n|---|---|\n| c\r | d |", "control-character", 3, "U+000D"),
    ("a\n\nChoose <input type=button value='Press here'> now.", "html-unreachable", 3, "Press here"),
    ("a\n\n<video src=a><track src=b label='English captions'></video>", "html-unreachable", 3, "English captions"),
    ("See <img src=x alt=Pump>.", "html-unreachable", 1, "alt=Pump"),
    ("See <i aria-description='Read this'>a</i>.", "html-unreachable", 1, "Read this"),
    ("- a <custom-tab label='At home'>b</custom-tab>", "html-unreachable", 1, "At home"),
    ("# a\n\n: Meaning", "dialect", 3, "no term"),
    ("<!-- i18n: context= -->\n\ntext", "directive", 1, "context=…"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "line", "said"), FINDINGS)
def test_findings(text: str, code: str, line: int, said: str) -> None:
    found = [f for f in markdown.read("p.md", text, ("title",)).findings if f.code == code]
    assert len(found) == 1, found
    assert found[0].span.line == line and said in found[0].text


QUIET = [
    "<input type=checkbox value=yes> a",
    "<!-- i18n: skip -->\n\nChoose <input value='Press here'> now.",
    "See <img src=x alt='A pump'>.",
    "a\r\nb\r\n",
    "a\rb\r",
]


@pytest.mark.parametrize("text", QUIET)
def test_nothing_to_find(text: str) -> None:
    assert markdown.read("p.md", text, ()).findings == ()


CONTROLS = [chr(code) for code in (*range(1, 32), 0x7F, 0x80, 0x85, 0x9F, 0xAD, 0x200B, 0x2028, 0x2029, 0x202E, 0xFEFF)]


@pytest.mark.parametrize("char", CONTROLS, ids=lambda char: f"U+{ord(char):04X}")
def test_any_character_anywhere_is_read_or_named_at_its_line(char: str) -> None:
    """Every verb reads lines as this does: nothing rises, and what no catalog can hold is an error of its line."""
    text = f"---\ntitle: a\n---\n\n# On{char}e\n\n- a{char} b\n{char}\n\n| a | b |\n|---|---|\n| c{char} | d |\n\n```\n{char}\n```\n\n<p>\na{char}</p>\n"
    document = markdown.read("p.md", text, ("title",))
    found = [f for f in document.findings if f.code == "control-character"]
    assert bool(found) == bool(re.match(r"[\x00-\x08\x0b-\x1f\x7f]", char))
    assert all(f.span.line == 5 for f in found)
    for message in document.messages():
        assert message.span.line <= text.count("\n")


@pytest.mark.parametrize("tag", ["<br>", "<br/>", "<BR />", "\\\n", "  \n"])
def test_a_break_in_a_heading_is_a_space_in_its_names(tag: str) -> None:
    from pipeline.content.content import Page

    mark = "# " if "\n" not in tag else ""
    document = markdown.read("source/p.md", f"{mark}First{tag}Second part{'' if mark else chr(10) + '==='}\n", ())
    title = plain(Page(document, "p", None).title.inline, NO_FACTS)
    assert (document.anchors, " ".join(title.split())) == (("first-second-part",), "First Second part")


def test_an_edit_of_a_neighbour_changes_nothing_else() -> None:
    """Zero noise: adding an item, a row or a heading leaves every other message's key, kind and comments alone."""
    before = "# A\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n"
    after = "# A\n\n## New\n\n- zero\n- one\n- two\n\n| a | b |\n|---|---|\n| new | row |\n| c | d |\n"
    old = {m[1:] for m in messages(before)}
    assert old <= {m[1:] for m in messages(after)}


def test_heading_ids_come_from_the_english() -> None:
    assert markdown.read("p.md", "# Doses & *times*\n\n## Doses  times\n\n# A\n\n# A\n", ()).anchors == (
        "doses-times",
        "doses-times-1",
        "a",
        "a-1",
    )


COMMONMARK_DIFFERENT = {
    96: "`---` on the first line opens front matter",
    98: "`---` on the first line opens front matter",
    **dict.fromkeys((616, 617, 618), "`<a/>` is ended where its author ends it; in a browser it would begin a link"),
    493: "a line break inside <…> is folded before the link is read",
}


@pytest.mark.parametrize("reads", [(), ("common",), ("common", "math", "emoji", "notes", "attributes"), ("cjk",)])
def test_commonmark_specification(reads: tuple[str, ...]) -> None:
    """Our plain rendering of the CommonMark examples is the specification's, but for heading ids and what we add to the language,
    whatever else of other tools is read."""
    examples = json.loads((material("commonmark") / "spec.json").read_text("utf-8"))
    wrong = []
    for example in examples:
        document = markdown.read("p.md", example["markdown"], (), marks=Marks(reads=constructs(reads)))
        ours = re.sub(
            r'(<h\d) id="[^"]*"', r"\1", re.sub(r'<a id="[^"]*" class="alias"></a>', "", in_english(document))
        )
        if normal(ours) != normal(example["html"]) and example["example"] not in COMMONMARK_DIFFERENT:
            wrong.append(example["example"])
    assert wrong == [164] * ("common" in reads), "164 is `<Warning>` around a text: a box where components are read"


def normal(html: str) -> list[tuple[str, ...]]:
    return seen(re.sub(r"<(br|hr|img)((?:[^>\"]|\"[^\"]*\")*?) ?/>", r"<\1\2>", html))


@pytest.mark.parametrize("text", ["1@", "a@b.", "a.", "a-", "1,", "*a ", "{a.", "<a "])
def test_long_nonsense_is_read_in_linear_time(text: str) -> None:
    """Four times the text takes four times the time, not sixteen times."""

    def seconds(count: int) -> float:
        before = time.process_time()
        markdown.read("p.md", f"<div>\n{text * count}\n</div>\n\n{text * count}\n", ())
        return time.process_time() - before

    short, long = (min(seconds(count) for _ in range(3)) for count in (2000, 8000))
    assert long < 9 * short + 0.002


def test_heading_ids_leave_the_templates_and_footnotes_alone() -> None:
    """The ids of the templates start with a capital; a footnote's is never a heading's."""
    assert markdown.read("p.md", "# Content\n\n# Top\n\n# fn1\n", ()).anchors == ("content", "top", "heading-fn1")
    used = re.findall(r'id="([^"{]+)"', (REPO / "templates/page.html").read_text("utf-8"))
    assert used and all(name[0].isupper() for name in used)


def test_reparsed_footnotes_keep_the_english_numbers() -> None:
    text = "a[^x] and b[^y]\n\n[^x]: one\n[^y]: two\n"
    document = markdown.read("p.md", text, ())
    block = next(b for b in document.blocks() if b.message and b.message.key.msgid.startswith("a["))
    again = translated("y[^y] e x[^x]", block.inline, document.scope)
    assert [node.ids for node in again.nodes if node.kind == "footnote"] == [(2, 0), (1, 0)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("5 mg", True),
        ("5 & 6", False),
        ("`mg`", False),
        ("[https://a.b](x)", False),
        ("{a.b} {c.d}", False),
        ("{ab}", True),
        ("a@b.org", False),
        ("Ü", True),
        ("中", True),
    ],
)
def test_what_has_words(text: str, wanted: bool) -> None:
    assert has_words(parse(text, Syntax.MARKDOWN, Scope(References({}, {})))) is wanted


def test_the_sample_pages_have_no_findings() -> None:
    for path in sorted((REPO / "source").glob("*.md")):
        assert [f for f in markdown.read(path.name, path.read_text("utf-8"), ()).findings if f.level > Level.INFO] == []
