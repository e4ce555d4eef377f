"""What pages of real sites are made of, kind by kind: read as their tools read it, or named at its line. Never words lost in silence."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.content import elements, markdown
from pipeline.content.marks import Marks
from pipeline.content.pages import read
from pipeline.core.components import simple
from pipeline.core.dialects import constructs
from pipeline.core.model import Document, Finding, Level
from pipeline.core.settings import load
from tests.conftest import Make, built, updated
from tests.laws.test_pages import in_english


def page(text: str, *dialects: str, path: str = "p.md") -> Document:
    return markdown.read(path, text, (), marks=Marks(reads=constructs(["common", *dialects])))


def html(text: str, *dialects: str) -> str:
    return in_english(page(text, *dialects)).replace("\n", "")


def texts(text: str, *dialects: str) -> list[str]:
    return [one.key.msgid for one in page(text, *dialects).messages() if one.kind != "label"]


def named(text: str, *dialects: str, path: str = "p.md") -> list[Finding]:
    return [one for one in page(text, *dialects, path=path).findings if one.code == "dialect"]


NOTES = [
    ("a[^n]\n\n[^n]:\nb *c*\nd\n\ne", ["a[^n]", "e", "b *c* d"]),
    ("a[^n] b[^m]\n\n[^n]: d\n[^m]:\nc\n", ["a[^n] b[^m]", "d", "c"]),
    ("a[^n]\n\n[^n]:\n\n    b\n\nc", ["a[^n]", "c", "b"]),
    ("a[^n]\n\n[^n]: b\nc\n\nd", ["a[^n]", "d", "b c"]),
    ("- a[^n]\n\n  [^n]:\n  b\n\n- c", ["a[^n]", "c", "b"]),
]


@pytest.mark.parametrize(("text", "messages"), NOTES)
def test_the_text_of_a_footnote_may_stand_below_its_name(text: str, messages: list[str]) -> None:
    """A note without a text was printed, and its text in the middle of the page."""
    assert texts(text) == messages
    assert page(text).findings == ()


def test_a_footnote_with_nothing_in_it_is_named() -> None:
    for text in ("a[^n] b[^m]\n\n[^n]:\n[^m]:\nc\n", "a[^n]\n\n[^n]:\n# The next heading"):
        found = page(text).findings
        assert [(one.code, one.span.line) for one in found] == [("footnote-empty", 3)]
    found = page("a[^n] b[^m]\n\n[^n]:\n[^m]:\nc\n").findings
    assert [(one.code, one.span.line) for one in found] == [("footnote-empty", 3)]


TITLES = [
    (":::tip:Never *mind*\n\na\n\n:::", "tip", "Never <em>mind</em>"),
    ("::: warning: Do not\na\n:::", "warning", "Do not"),
    (":::tip:\na\n:::", "tip", "Tip"),
    (':::caution[Look out]{icon="sun"}\na\n:::', "caution", "Look out"),
]


@pytest.mark.parametrize(("text", "kind", "title"), TITLES)
def test_titles_of_boxes_as_books_write_them(text: str, kind: str, title: str) -> None:
    assert f'<div class="callout {kind}" role="note"><p class="callout-label">{title}</p><p>a</p></div>' in html(text)
    assert page(text).findings == ()


PROGRAMS = [
    ("a\n\nexport const A = ({b, c}) => (\n  <span\n    style={{\n      color: b,\n    }}>\n    {c}\n  </span>\n);\n\nd", ["a", "d"], [3]),
    ("export const toc = [{value: 'A)', id: 'a'}];\n\nd", ["d"], [1]),
    ("export default function Page() {\n\n  return null\n}\n\nd", ["d"], [1]),
    ("export const a = (\n  1\n\nd", ["d"], [1]),
    ("export {a} from './a'\n\nd", ["d"], [1]),
    ("export const a = 1\n# T\n\nd", ["T", "d"], [1]),
    ("export const a = [\n  - 1,\n]\nTake two of them.\n\nd", ["Take two of them.", "d"], [1]),
    ("export is a word", ["export is a word"], []),
    ("export default values to a file", ["export default values to a file"], [1]),
    ("```js\nexport const a = 1;\n```\n\nd", ["d"], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages", "lines"), PROGRAMS)
def test_a_program_is_no_text(text: str, messages: list[str], lines: list[int]) -> None:
    """It was a paragraph for translators, and readers saw it; what stands below it is never taken with it."""
    assert texts(text) == messages
    assert [(one.span.line, one.level) for one in named(text)] == [(line, Level.ERROR) for line in lines]


REMARKS = [
    ("{/* truncate */}\n\na", ["a"]),
    ("{/*\n b\n\n c\n*/}\n\na", ["a"]),
    ("a {/* b */} c", ["a  c"]),
    ("- {/* b */}\n- a", ["a"]),
    ("## a {/* #b */}", ["a"]),
    ("`{/* a */}` is how", ["`{/* a */}` is how"]),
    ("{/* i18n: skip */}\n\na\n\nb", ["b"]),
    ("{/* i18n: skip */}\n\na\n\nb {/* -- */}", ["b"]),
    ("<div>\n{/* a\nb */}\n</div>\n\nc", ["c"]),
    ("<div>c</div>\n\nc", ["c", "c"]),
]


@pytest.mark.parametrize(("text", "messages"), REMARKS)
def test_a_comment_of_mdx_is_one(text: str, messages: list[str]) -> None:
    """Its pages can have no other; readers saw them."""
    assert texts(text) == messages
    assert page(text).findings == ()
    assert "/*" not in html(text) or "code" in html(text)


def test_a_directive_in_a_comment_of_mdx_is_read() -> None:
    (message,) = page("{/* i18n: critical */}\n\nNever stop.").messages()
    assert message.critical
    assert [one.code for one in page("{/* i18n: critcal */}\n\nNever stop.").findings] == ["directive"]


def test_a_directive_of_mdx_that_counts_nowhere_is_named() -> None:
    """It was taken away like any other comment."""
    for text in ("Never {/* i18n: critical */} stop.", "{/* i18n: critical */} Never", "{/* i18n: skip -- b */}\n\na"):
        assert [one.code for one in page(text).findings] == ["directive"], text


def test_a_program_in_html_keeps_its_comments() -> None:
    assert "if(a){/* b */}" in html("<script>\nif(a){/* b */}\n</script>")


SAID = [
    ("a\n\nb <Foo bar={1 c.", 3, "component"),
    ('a\n\n<Foo bar="b', 3, "component"),
    ('a\n\n<Foo :b="c" @click="d">e</Foo>', 3, '<Foo :b="c" @click="d">` is a component'),
    ("a\n\n<img src={useUrl('/a.png')", 3, "values of a program"),
    ("a\n\n<div style={{color: 'red'}}>\n\nb\n\n</div>", 3, "values of a program"),
    ("import Tabs from '@theme/Tabs';\n\nThe {version} is out.", 3, "works out"),
    ("Press ++ctrl+pump++, then go.", 1, "<kbd>"),
    ("a\n\n{# to do #}", 3, "comment of a template"),
    ("{==\n\na\n\n==}", 1, "editor"),
    ("a\n\n(label)=\n## B", 3, "MyST"),
    ("{:refdef: style='b'}\na\n{: refdef}", 1, "under a name"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "said"), SAID)
def test_what_was_shown_in_silence_is_named(text: str, line: int, said: str) -> None:
    found = named(text, "mkdocs")
    assert found and found[0].span.line == line and found[0].level is Level.ERROR and said in found[0].text, found


def test_a_page_called_mdx_has_values_that_nobody_works_out() -> None:
    assert [one.text[:11] for one in named("The {version} is out.", path="p.mdx")] == ["`{version}`"]
    assert named("The {version} is out.") == []


def test_advice_is_what_can_be_followed() -> None:
    """A step of a program is no box, and an element of HTML none either."""
    for text in ("{% if site.a %}\nb\n{% endif %}", "<figure markdown='span'>\n**a**\n</figure>"):
        assert all("box" not in one.text for one in named(text, "mkdocs"))


SHOWN = [
    ("```\n{{</* note */>}}\n{{%/* tip */%}}\n```", "{{&lt; note &gt;}}{{% tip %}}"),
    ("Write `{{</* note */>}}`.", "<code>{{&lt; note &gt;}}</code>"),
    ("Write {{%/* note */%}} here.", "<code>{{% note %}}</code>"),
    ("```c\n/* {{ a }} */\n```", "/* {{ a }} */"),
]


@pytest.mark.parametrize(("text", "wanted"), SHOWN)
def test_a_shortcode_that_is_to_be_shown_is_shown_as_it_is_written(text: str, wanted: str) -> None:
    """Hugo takes the marks of the comment away; readers saw them."""
    assert wanted in html(text, "hugo") and named(text, "hugo") == []


IN_TEXTS = [
    ('Use <Tooltip tip="A long text">the *pump*</Tooltip> daily.', 'Use <abbr title="A long text">the *pump*</abbr> daily.'),
    ('Use <Tooltip content="Say &quot;a&quot;">it</Tooltip>.', 'Use <abbr title="Say &quot;a&quot;">it</abbr>.'),
    ('Since <Badge text="new" type="tip"/> it is <Badge variant="note">beta</Badge>.', "Since **new** it is **beta**."),
    ('It<Badge text="(new)" />', "It<strong>(new)</strong>"),
    ('See <Link to="/docs/a#b">the *guide*</Link>.', "See [the *guide*](/docs/a#b)."),
    ('<Link className="button" to="/docs/a">Start</Link>', "[Start](/docs/a)"),
    ('<Tooltip tip="b">\n  a\n</Tooltip>', '<abbr title="b">a</abbr>'),
    ('- <Badge text="new" /> a', "**new** a"),
    ("| a |\n|---|\n| <Badge text='new' /> |", "**new**"),
    ('A {{< glossary_tooltip text="Pod" term_id="pod" >}} runs.', "A Pod runs."),
    ('Is {{< badge content="new" type="info" >}} here.', "Is **new** here."),
    ('{{< button relref="/a" >}}Go *on*{{< /button >}}', "[Go *on*](/a)"),
    ('A <Term popup="What it is" reference="/terms/pump">pump</Term>.', 'A <abbr title="What it is">[pump](/terms/pump)</abbr>.'),
    ("<Link to='/a'><Badge text='new' /> one</Link>", "[**new** one](/a)"),
    ('<Link to="/a">The guide</Link> and <Link to="/b">more</Link>', "[The guide](/a) and [more](/b)"),
    ('> <Link to="/a">\n> b\n> </Link>', "[b](/a)"),
    ('<Link to="/a">\n  <Badge text="b" />\n  c\n</Link>', "[**b** c](/a)"),
    ('See <Link to="/a">`]` or a]</Link>.', "See [`]` or a\\]](/a)."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), IN_TEXTS)
def test_components_inside_of_sentences_are_their_words(text: str, message: str) -> None:
    """They were tags that no browser knows, and what stood in their attributes was shown to nobody."""
    assert texts(text)[-1] == message
    assert page(text).findings == ()


LEFT = [
    ('a <Badge text="b" note="Never stop it" /> c', "in quotation marks"),
    ("a <Badge text={b} /> c", "in quotation marks"),
    ("a <Badge type='tip' /> c", "in quotation marks"),
    ('a <Link to="javascript:b()">c</Link>', "in quotation marks"),
    ("a <Mine b='c'>d</Mine> e", '`"Mine" = "inline"`'),
    ("<Mine>a</Mine> b", '`"Mine" = "inline"`'),
    ("<Mine>\n\na\n\n</Mine>", '`"Mine" = "note"`'),
    ("a <Icon name='play' /> b", '`"Icon" = "nothing"`'),
    ("a <Badge text='b'> c", "in quotation marks"),
    ('a <Tooltip tip="Long text">b c\n\n</b>', "in quotation marks"),
    ('a <Link to="/b"><b>c</b> [d](/e)</Link>', "in quotation marks"),
    ('a <Link to="/b"><Link to="/c">d</Link></Link>', "in quotation marks"),
    ('a <Link to="b\\">c</Link>', "in quotation marks"),
    ('<Note title="Never stop\\">\na\n</Note>', "nobody works out"),
    ('<Tooltip tip="a">\n- b\n- c\n</Tooltip>', "in quotation marks"),
    ("<Badge>\n```\na\n```\n</Badge>", "in quotation marks"),
    ("a <Tabs>b</Tabs> {{< note >}}c{{< /note >}} d", "It is a box where"),
]


@pytest.mark.parametrize(("text", "said"), LEFT)
def test_a_component_in_a_sentence_that_says_more_is_named(text: str, said: str) -> None:
    found = named(text)
    assert found and all(one.level is Level.ERROR for one in found) and said in found[0].text, found


def test_a_site_says_what_its_own_components_in_sentences_are() -> None:
    own = (("Mine", simple("inline")), ("Icon", simple("nothing")), ("mark", simple("badge")))
    marks = Marks(reads=constructs(["common"]), components=own)
    text = 'Press <Icon name="play" />the <Mine id="b" title="C d">b</Mine>. {{< mark >}}e{{< /mark >}}'
    found = markdown.read("p.md", text, (), marks=marks)
    assert [one.key.msgid for one in found.messages()] == ['Press the <abbr title="C d">b</abbr>. **e**']
    assert found.findings == ()


def test_a_heading_is_called_without_its_badge() -> None:
    """Links to it lead where they did; what stands in its attributes is no part of its name."""
    assert '<h2 id="the-option">The option <strong>new</strong></h2>' in html('## The option <Badge text="new" />')
    assert '<h2 id="the-option">' in html("## <Link to='/a'>The option</Link>")
    assert '<a id="b" class="alias"></a><h2 id="own">B <strong>new</strong></h2>' in html(
        '## B <Badge text="new" /> {#own}'
    )


NESTS = ['<Link to="/a">', '<Badge note="Never stop it">', '<Tooltip tip="b">', "<Tabs>"]


@pytest.mark.parametrize("start", NESTS)
def test_components_in_components_take_no_time(start: str) -> None:
    """What one holds was read twice where the one around it was not, so that thirty were read a thousand million times; a thousand
    ended the program."""
    end = f"</{start[1:].split()[0].rstrip('>')}>"
    for line in (" ", "\n"):
        assert "Stop" in html("a " + f"{start}{line}" * 1000 + "Stop" + f"{line}{end}" * 1000)


SLOW = [
    "export default async function" + " " * 100_000,
    "export const a = '" + "\\'" * 50_000,
    "export const a: " + "b" * 100_000,
    "a\n\n:::note a" + " " * 100_000 + "b" + " " * 100_000 + ":",
    ":::note: a" + " " * 100_000 + ":",
    "a" + " " * 100_000 + ":material-x",
    "{/* " * 25_000,
    "{/*\n" * 25_000,
    "{/* " * 25_000 + "*/}}",
    "*/} " + "{/* " * 25_000,
    "{# " * 33_000,
    "{{</* " * 15_000,
]


@pytest.mark.parametrize("text", SLOW, ids=range(len(SLOW)))
def test_a_long_line_is_read_once(text: str) -> None:
    began = time.process_time()
    page(text, "mkdocs", "docusaurus")
    assert time.process_time() - began < 4  # they took 7 to 30


def test_a_link_in_a_link_is_named() -> None:
    """Readers see the marks of the outer one."""
    for text in ('[see <Link to="/a">b</Link>](/c)', "[see [b](/a) too](c.md)"):
        assert ["another one in it" in one.text for one in named(text)] == [True]
    assert named("[b](/a) (see [c](/d))") == named("[[b](/a)] (2020)") == []


def test_code_shows_how_components_in_sentences_are_written() -> None:
    text = '`<Badge text="a" />` and\n\n```\nb <Badge text="a" />\n```'
    assert texts(text) == ['`<Badge text="a" />` and'] and page(text).findings == ()


KEPT = [
    ("{% capture b %}\nNever *stop*.\n\n- c\n{% endcapture %}\n{% include warning.html content=b %}\n\nd", ["Never *stop*.", "c", "d"], '<div class="callout warning" role="note"><p class="callout-label">Warning</p><p>Never <em>stop</em>.</p><ul><li>c</li></ul></div><p>d</p>'),
    ("{% capture b %}Never stop.{% endcapture %}\n\na\n\n{{ b | markdownify }}", ["a", "Never stop."], "<p>a</p><p>Never stop.</p>"),
    ("{% capture b %}c{% endcapture %}\n{% include note.html content=b %}\n{% capture b %}d{% endcapture %}\n{% include note.html title='T' content=b %}", ["c", "T", "d"], '<p class="callout-label">T</p><p>d</p></div>'),
    ("1. a\n\n   {% capture b %}\n   c\n   {% endcapture %}\n   {% include tip.html content=b %}\n2. d", ["a", "c", "d"], "<p>c</p></div>"),
    ("{%- capture b -%}\n```\nx\n```\n{%- endcapture -%}\n{{ b }}", [], "<pre><code>x</code></pre>"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages", "wanted"), KEPT)
def test_what_is_captured_is_read_where_it_is_shown(text: str, messages: list[str], wanted: str) -> None:
    """It stood between pieces of code, and the box that shows it was an error."""
    assert texts(text) == messages
    assert wanted in html(text) and page(text).findings == ()


def test_the_lines_of_what_is_captured_are_where_it_is_written() -> None:
    text = "a\n\n{% capture b %}\n\nNever stop.\n{% endcapture %}\n\n{% include note.html content=b %}\n"
    assert [(one.key.msgid, one.span.line) for one in page(text).messages()][-1] == ("Never stop.", 5)


NOT_KEPT = [
    ("{% capture b %}\nc\n{% endcapture %}", 1, "on a line of its own"),
    ("{% capture b %}\nc\n{% endcapture %}\n\na {{ b }} d", 1, "on a line of its own"),
    ("{{ b }}\n\n{% capture b %}c{% endcapture %}", 1, "fills in"),
    ("{% capture b %}c{% endcapture %}\n\n{% capture b %}d{% endcapture %}\n\n{{ b }}", 1, "shown nowhere below"),
    ("{% capture b %}\nc\n\n{{ b }}", 1, "on a line of its own"),
    ("{% capture b %}c{% endcapture %}\n{{ b | replace: 'c', 'd' }}", 1, "fills in"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "said"), NOT_KEPT)
def test_what_is_captured_and_not_shown_is_named(text: str, line: int, said: str) -> None:
    found = named(text)
    assert any(one.span.line == line and one.level is Level.ERROR and said in one.text for one in found), found


def test_a_picture_that_is_included_is_one() -> None:
    text = '{% include figure.html src="/a.png" alt="The pump" caption="Where *it* is" %}'
    assert texts(text) == ["![The pump](/a.png)", "Where *it* is"] and named(text) == []


def test_texts_that_show_each_other_end() -> None:
    """One shows itself; thirty show the one before twice, which would be a thousand million."""
    assert texts("{% capture b %}\nc\n{{ b }}\n{% endcapture %}\n{{ b }}")[0].startswith("c")
    page = "".join(f"{{% capture a{n + 1} %}}\n{{{{ a{n} }}}}\n{{{{ a{n} }}}}\n{{% endcapture %}}\n" for n in range(30))
    assert len(html("{% capture a0 %}c{% endcapture %}\n" + page + "\n{{ a30 }}")) < 1_000_000


ICONS = [
    ("#### :material-check:{ .green } Custom names", "Custom names", '<h4 id="custom-names">'),
    ("[:octicons-home-16: Home](https://a.org){ .md-button }", "[Home](https://a.org)", ""),
    ("Thank you! :material-heart:{ .red }", "Thank you!", ""),
    ("| a |\n|---|\n| :material-information-outline:{ .blue } Paid only |", "Paid only", ""),
    ("- [More :material-arrow-right:](a.md)", "[More](a.md)", ""),
    ("Done :material-check::material-heart:.", "Done.", ""),
    ('!!! tip ":material-pump: Fill it"\n\n    a', "a", ">Fill it<"),
]


@pytest.mark.parametrize(("text", "message", "wanted"), ICONS)
def test_an_icon_beside_words_is_not_shown_as_text(text: str, message: str, wanted: str) -> None:
    """Readers saw its name between colons, and a heading was called after it."""
    assert texts(text, "mkdocs")[-1] == message and wanted in html(text, "mkdocs")
    assert [one.level for one in named(text, "mkdocs") if "icon" in one.text] == [Level.WARNING]


ALONE = [
    "Press :material-play: to start.",
    "a :material-x::material-y: b",
    "a:material-x:b",
    "| a |\n|---|\n| :material-check:{ .green } |",
    "a [:simple-tor:](https://a.org) b",
    ":material-check:",
]


@pytest.mark.parametrize("text", ALONE)
def test_an_icon_that_says_something_alone_is_an_error(text: str) -> None:
    assert {one.level for one in named(text, "mkdocs") if "icon" in one.text} == {Level.ERROR}


def test_what_a_finding_advises_can_be_followed() -> None:
    """The line it names is one that helps, in each way of writing that is named."""
    for text, name in (
        ("{{%segment outline}}", "segment"),
        ("{{< lastmod >}}", "lastmod"),
        ("a {% gist b %} c", "gist"),
        ("<Chart />", "Chart"),
    ):
        assert f'"{name}" = "nothing"' in named(text)[0].text
        marks = Marks(reads=constructs(["common"]), components=((name, simple("nothing")),))
        assert markdown.read("p.md", text, (), marks=marks).findings == (), text


def test_the_end_of_a_component_advises_nothing_else_than_its_start() -> None:
    found = named('a\n\n{{% def id="b" %}} c {{% /def %}}')
    assert ['"def" = "' in one.text for one in found] == [True, False]


def test_a_component_keeps_its_id() -> None:
    """Links lead there."""
    text = '<Accordion id="why" title="Why">\na\n</Accordion>\n\nSee [it](#why).'
    assert '<details class="callout note" role="note" id="why">' in html(text) and page(text).findings == ()
    assert page(text).anchors == ("why",)


@pytest.mark.parametrize("said", ["slug: /", "permalink: /index.html", "url: /", "redirect_from: [/]"])
def test_a_page_that_says_it_is_the_first_is_found_there(make: Make, said: str) -> None:
    """A site without an index page had nothing at its first address."""
    root = make({"index.md": "# A", "intro.md": f"---\n{said}\n---\n# Intro\n", "b.md": "# B\n\nTo the [start](/).\n"})
    (root / "source/index.md").unlink()
    updated(root)
    built(root)
    assert "url=intro/" in (root / "dist/en/index.html").read_text("utf-8").replace("index.html", "").replace(
        "../en/", ""
    )
    assert 'href="intro' in (root / "dist/en/b/index.html").read_text("utf-8").replace("../", "")
    assert "Intro" not in (root / "dist/index.html").read_text("utf-8") or "http-equiv" not in (
        root / "dist/index.html"
    ).read_text("utf-8")


def test_a_first_page_stays_the_first(make: Make) -> None:
    root = make({"index.md": "# First\n", "intro.md": "---\nslug: /\n---\n# Intro\n"})
    updated(root)
    built(root)
    assert "First" in (root / "dist/en/index.html").read_text("utf-8")


def test_a_page_is_found_at_the_name_that_docusaurus_knows_it_by(make: Make) -> None:
    """Its `id` is the last part of its address there; a number is the id of something else."""
    root = make({"a/WritingTests.mdx": "---\nid: writing-tests\n---\n# Tests\n", "b.md": "---\nid: 42\n---\n# B\n\nTo the [tests](/a/writing-tests#tests).\n"})  # fmt: skip
    text = (root / "pyproject.toml").read_text("utf-8")
    (root / "pyproject.toml").write_text(text.replace('"source/**.md"', '["source/**.md", "source/**.mdx"]'), "utf-8")
    updated(root)
    built(root)
    assert "a/WritingTests/" in (root / "dist/en/a/writing-tests/index.html").read_text("utf-8")
    assert 'href="../a/WritingTests/' in (root / "dist/en/b/index.html").read_text("utf-8")
    assert not (root / "dist/en/42").exists()


LEADING = [
    ({"docs/_index.md": '# D\n\n[a]({{< ref "docs/faq.md" >}}), [b]({{< relref "top.md#t" >}}), [c]({{< ref "faq.md" >}})\n', "docs/faq.md": "# F\n", "top.md": "# T\n"}, "hugo", "docs", ["docs/faq/", "top/index.html#t", "docs/faq/"]),
    ({"docs.md": "---\npermalink: /docs/\n---\n# D\n\n[a](FAQ_-_Client), [b](../about/)\n", "docs/FAQ_-_Client.md": "# F\n", "about.md": "# A\n"}, "jekyll", "docs", ["docs/FAQ_-_Client/", "about/"]),
    ({"docs/a.md": "# A\n\n[a](@site/docs/b.md#b), [b](@site/static/c.txt)\n", "b.md": "# B\n", "c.txt": "c"}, "docusaurus", "docs/a", ["b/index.html#b", "assets/c.txt"]),
    ({"docs/a.md": "# A\n\n[a]({% link _docs/b.md %}#b), [b](../_posts/2026-01-02-c.md), [c]({% post_url 2026-01-02-c %}), [d](/_pages/d.md)\n", "docs/b.md": "# B\n", "posts/2026-01-02-c.md": "# C\n", "d.md": "# D\n"}, "jekyll", "docs/a", ["docs/b/index.html#b", "posts/2026-01-02-c/", "d/"]),
    ({"docs/faq.md": "# F\n\n[a](../../about/), [b](../more)\n", "docs/more.md": "# M\n", "about.md": "# A\n"}, "common", "docs/faq", ["about/", "docs/more/"]),
]  # fmt: skip
"""Told from the root of the site (Hugo's `ref`), from the address that a page says it has, from its own."""


@pytest.mark.parametrize(("files", "dialect", "page", "wanted"), LEADING)
def test_a_link_leads_where_its_tool_has_it_lead(
    make: Make, files: dict[str, str], dialect: str, page: str, wanted: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each of them led nowhere."""
    root = make({"index.md": "# I\n", **files})
    text = (root / "pyproject.toml").read_text("utf-8")
    (root / "pyproject.toml").write_text(text.replace("[tool.lockstep]\n", f'[tool.lockstep]\ndialect = ["common", "{dialect}"]\n', 1), "utf-8")  # fmt: skip
    updated(root)
    built(root)
    html = (root / f"dist/en/{page}/index.html").read_text("utf-8")
    article = html[html.index("<article") : html.index("</article>")]
    assert all(f"../{one}" in article for one in wanted)
    capsys.readouterr()
    main(["check", "--root", str(root)])
    assert "[link]" not in capsys.readouterr().out


def test_a_link_that_leads_nowhere_by_any_of_its_ways_is_named(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"docs/a.md": "# A\n\n[a](b.md), [c](top.md)\n", "top.md": "# T\n", "docs/a/b.md": "# B\n"})
    updated(root)
    capsys.readouterr()
    main(["check", "--root", str(root)])
    said = capsys.readouterr().out
    assert "The link b.md leads to no page" in said and "The link top.md leads to no page" in said, "without Hugo"


def test_pages_of_jekyll_that_are_set_apart_are_told(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All pages of one site stood in such folders: none was published, and nothing was found."""
    files = {"_docs/a.md": "---\ntitle: A\n---\nWords.\n", "_docs/b.md": "Words.\n", "_pages/about.md": "---\ntitle: B\n---\n", "_posts/c.markdown": "---\ntitle: C\n---\n", "_includes/d.md": "---\nx: y\n---\n", "_parts/e.md": "Words.\n"}  # fmt: skip
    root = make({"index.md": "# I\n", **files})
    updated(root)
    capsys.readouterr()
    main(["check", "--root", str(root)])
    said = [line for line in capsys.readouterr().out.splitlines() if "[unread-page]" in line]
    assert [line.partition(":")[0] for line in said] == [
        "source/_docs/a.md",
        "source/_pages/about.md",
        "source/_posts/c.markdown",
    ]
    assert "(2 in source/_docs/)" in said[0] and "Call the folder source/docs;" in said[0]
    for name, text in {"_config.yml": "collections:\n  docs:\n    permalink: /docs/:title/\n", **files}.items():
        (tmp_path / "old" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / name).write_text(text, "utf-8")
    assert main(["init", str(tmp_path / "new"), "--like", str(tmp_path / "old")]) == 0
    out = capsys.readouterr().out
    assert all(f"{tmp_path / 'old' / one} into {tmp_path / 'new/source' / into}:" in out for one, into in (("_docs", "docs"), ("_pages", ""), ("_posts", "posts")))  # fmt: skip
    assert "_includes" not in out and "_parts" not in out and "which addresses pages had is read from it" in out


def test_a_key_of_another_tool_that_stands_twice_holds_no_page_back() -> None:
    """Hugo takes the second; a key of ours is an error, since one of two titles would be lost."""
    made = page("---\nmenu: main\ntitle: T\nmenu:\n  a: b\n---\n# A\n")
    assert [(one.level, one.span.line) for one in made.findings if "stands twice" in one.text] == [(Level.WARNING, 4)]
    assert made.data["title"] == "T" and made.data["menu"] == {"a": "b"}
    doubled = page("---\ntitle: T\ntitle: S\n---\n# A\n").findings
    assert [(one.code, one.level, one.span.line) for one in doubled] == [("syntax", Level.ERROR, 3)]
    inner = page("---\nmenu:\n  a: b\n  a: c\n---\n# A\n").findings
    assert [one.level for one in inner if "stands twice" in one.text] == [Level.ERROR]


BOXES: list[tuple[str, Level | None]] = [
    ('!!! warning "Never **stop**"\n', None),
    ('!!! warning "Never"\n\n## Next\n', None),
    ("> [!NOTE] Title\n", None),
    (":::note[T]\n:::\n", None),
    ('!!! warning "Never"\n\nText', Level.WARNING),
    ('!!! note annotate "Never"\n\n```python\nx\n```', Level.WARNING),
    ('!!! warning "Never"\nText', Level.ERROR),
    ("!!! warning\n", Level.ERROR),
    ("!!! warning\n\nText", Level.ERROR),
    ("> [!NOTE]\n", Level.ERROR),
    ('=== "Tab"\n\n## Next', Level.ERROR),
]


@pytest.mark.parametrize(("text", "level"), BOXES)
def test_a_box_may_be_its_title(text: str, level: Level | None) -> None:
    """A text that stands apart below may be meant to stand in it; it held back pages that MkDocs shows as they are."""
    found = [one.level for one in page(text, "mkdocs").findings if "This box has nothing in it" in one.text]
    assert found == ([] if level is None else [level])


WORDED = [
    ('[:octicons-code-16:](https://a.b/c){ .link title="Source Code" }', "[Source Code](https://a.b/c)"),
    ("[:simple-a: :simple-b:](x_(y)){: title=Docs} and more", "[Docs](x_(y)) and more"),
    ("[:octicons-code-16:](u){ .x }", "[:octicons-code-16:](u)"),
    ('`[:octicons-code-16:](u){ title="T" }` it', '`[:octicons-code-16:](u){ title="T" }` it'),
    ('[:octicons-code-16:](u){ title="[T]" }', "[:octicons-code-16:](u)"),
]


@pytest.mark.parametrize(("text", "message"), WORDED)
def test_a_link_of_icons_is_called_by_its_title(text: str, message: str) -> None:
    """The words were lost, and readers saw `:octicons-code-16:`."""
    assert texts(text, "mkdocs") == [message]


UNSEEN = [
    ("#### <!-- md:setting config.enabled -->\n\nText", "mkdocs", [(1, "This heading has nothing in it"), (1, "md:setting config.enabled")]),
    ("a\n\n<!-- md:version 9.2.0 --> ·\n<!-- md:default `true` -->\n", "common", [(3, "`<!-- md:version 9.2.0 -->` is a word to a program, which shows readers something in its place (2 such")]),
    ("a <!-- md:flag x --> b", "common", [(1, "md:flag x")]),
    ("##\n\na", "common", [(1, "This heading has nothing in it")]),
    ("[a] and [b]\n\n[a]: x.md\n[A]: y.md\n[b]: z.md\n[b]: z.md\n", "common", [(4, "`[a]` is given a second address; the first counts (line 3)")]),
    ("Text\n[a]: https://x.org\n\n[a]", "common", [(1, "gives no link an address")]),
    ("[a]: http://x 'unclosed\n", "common", [(1, "gives no link an address")]),
    ("a %%not this%% b", "common", [(1, "is a comment of Obsidian")]),
    ('[=50% "Half"]', "common", [(1, "is a progress bar")]),
    ('> a\n>\n> --8<-- "a.md"\n', "mkdocs", [(3, "includes nothing where it stands")]),
]  # fmt: skip
SEEN = ["[Note]: see https://x.org", "[RFC 1]: a.b. c", "[Ana]: Hello. Bob", "`[a]: https://x.org`", "[a]: <b c.md>\n\n[a]", "100%% sure 5%%", "`%%a%%`", "[=a](b)", "## <img src='a.png' alt='b'>", "## ![b](a.png)", "## `a`", "## a <!-- b -->", "a\n-\n", "<!-- more -->", '## <a id="b"></a>', "`<!-- md:version 1 -->`", '`--8<-- "a.md"`', '```\n--8<-- "a.md"\n```']  # fmt: skip


@pytest.mark.parametrize(("text", "dialect", "wanted"), UNSEEN)
def test_what_readers_miss_in_silence_is_named(text: str, dialect: str, wanted: list[tuple[int, str]]) -> None:
    found = sorted((one.span.line, one.text) for one in page(text, dialect).findings)
    assert [line for line, _ in found] == [line for line, _ in wanted]
    assert all(any(said in text for _, text in found) for _, said in wanted)


@pytest.mark.parametrize("text", SEEN)
def test_what_readers_see_is_not(text: str) -> None:
    assert not [one for one in page(text, "mkdocs").findings if "nothing" in one.text or "word to" in one.text]


ENV = 'nav:\n  - Home: \'index.md\'\n  - !ENV [NAV_GUIDES, "Guides"]:\n    - \'z.md\'\n    - "T": "b/my page.md" # x\n    - a.md\nplugins:\n  - c.md\n'
PLAIN = "nav:\n  - !ENV [A, B]: z.md\n  - It's: b/my page.md # x\n  - Home: index.md\n  - a.md\n"
QUOTED = """m = { docs: [{ label: "The pages' list", link: { id: 'z' }, items: ['b'], href: 'https://e.example//a' }, 'It\\'s Bob\\'s', "a/*", 'a', 'index' /* ' */] }"""
BARS = """// 'a' is last
module.exports = {
  docs: [
    'z', /* 'a', */ { type: 'category', label: 'B', link: { type: "doc", id: 'b/start' }, items: [`b/my page`] },
    'a',
  ],
}
"""
ORDERED = [
    ({"z.md": "", "b/my page.md": "", "a.md": ""}, {"mkdocs.yml": ENV}, ["index.md", "z.md", "b/my page.md", "a.md"]),
    ({"01-z.md": "", "b/intro.md": "---\nid: start\n---\n", "b/my page.md": "", "a.md": ""}, {"sidebars.js": BARS}, ["01-z.md", "b/intro.md", "b/my page.md", "a.md", "index.md"]),
    ({"z.md": "", "b/my page.md": "", "a.md": ""}, {"mkdocs.yml": PLAIN}, ["z.md", "b/my page.md", "index.md", "a.md"]),
    ({"z.md": "", "a.md": ""}, {"mkdocs.yml": "nav: # by hand\n  - z.md\n  - index.md\n"}, ["z.md", "index.md", "a.md"]),
    ({"z.md": "", "a.md": ""}, {"mkdocs.yml": "\ufeffnav: [z.md,\n  T: index.md\n]\n"}, ["z.md", "index.md", "a.md"]),
    ({"z.md": "", "b.md": "", "a.md": ""}, {"sidebars.js": QUOTED}, ["z.md", "b.md", "a.md", "index.md"]),
    ({"z.md": "", "a.md": ""}, {"sidebars.ts": "import type {X} from 'y';\nexport default { docs: [{type: 'autogenerated', dirName: '.'}] }"}, ["index.md", "a.md", "z.md"]),
]  # fmt: skip


@pytest.mark.parametrize(("pages", "lists", "wanted"), ORDERED)
def test_pages_stand_in_the_order_of_their_tool(
    make: Make, pages: dict[str, str], lists: dict[str, str], wanted: list[str]
) -> None:
    """A nav with values of the environment and sidebars were passed over in silence."""
    root = make({"index.md": "# I\n", **{name: f"{head}# {name}\n" for name, head in pages.items()}})
    for name, text in lists.items():
        (root / name).write_text(text, "utf-8")
    content = read(load(root))
    assert [one.path.removeprefix("source/") for one in content.pages] == wanted


def test_a_nav_in_which_no_page_can_be_read_is_named(make: Make) -> None:
    root = make({"index.md": "# I\n"})
    (root / "mkdocs.yml").write_text("site_name: x\nnav: !include nav.yml\n", "utf-8")
    assert [(one.span.path, one.span.line) for one in read(load(root)).findings if "`nav`" in one.text] == [("mkdocs.yml", 2)]  # fmt: skip


@pytest.mark.parametrize(
    "nav", ["nav:\n", "nav: []  # none yet\n# x\n", "nav: ~\n\nplugins:\n  - a.md\n", "navigation: x\n"]
)
def test_a_nav_with_nothing_in_it_is_none(make: Make, nav: str) -> None:
    root = make({"index.md": "# I\n"})
    (root / "mkdocs.yml").write_text(nav, "utf-8")
    assert [one.text for one in read(load(root)).findings] == []


@pytest.mark.parametrize(("name", "body"), [("mkdocs.yml", b"nav:\n  - a.md # \xe9\n"), ("sidebars.ts", b"// \xe9\n")])
def test_a_list_of_pages_that_cannot_be_read_is_named(make: Make, name: str, body: bytes) -> None:
    root = make({"index.md": "# I\n"})
    (root / name).write_bytes(body)
    assert [one.text for one in read(load(root)).findings if one.span.path == name] == ["This file is not UTF-8, so pages stand as if it were not there. Correct it; or remove it."]  # fmt: skip


def test_a_list_of_pages_is_read_in_linear_time(make: Make) -> None:
    root = make({"index.md": "# I\n"})
    for name, text in (("sidebars.js", "/* "), ("sidebars.js", '"\\"'), ("mkdocs.yml", " "), ("mkdocs.yml", ": ")):
        (root / name).write_text(f"nav: \n  - {text * 200_000}!x\n", "utf-8")
        read(load(root))


def test_a_site_like_another_says_all_that_is_to_be_copied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sample page stood where theirs belongs; pictures and the order of pages were left behind."""
    for name in ("docusaurus.config.js", "docs/a.md", "static/img/a.png"):
        (tmp_path / "old" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / name).write_text("", "utf-8")
    assert main(["init", str(tmp_path / "new"), "--locales", "es", "--like", str(tmp_path / "old")]) == 0
    said = capsys.readouterr().out
    assert (
        f"Copy the files of {tmp_path / 'old/static'}" in said and f"Remove {tmp_path / 'new/source/index.md'}" in said
    )
    (tmp_path / "other/docs").mkdir(parents=True)
    (tmp_path / "other/docs/index.md").write_text("# A\n", "utf-8")
    (tmp_path / "other/mkdocs.yml").write_text("site_name: x\n", "utf-8")
    assert main(["init", str(tmp_path / "third"), "--locales", "es", "--like", str(tmp_path / "other")]) == 0
    said = capsys.readouterr().out
    assert f"Copy {tmp_path / 'other/mkdocs.yml'} to" in said and "Remove" not in said


DRAWN = [
    ('<div class="admonition warning" markdown>\n<p class="admonition-title">Never</p>\n\nDo *not*.\n\n</div>', '<div class="admonition warning callout" role="note"><p class="admonition-title callout-label">Never</p><p>Do <em>not</em>.</p></div>'),
    ("<div class='admonition info'>\n\na\n\n</div>", '<div class="admonition info callout note" role="note">'),
    ('<details class="admonition question" markdown>\n<summary>Why</summary>\n\na\n\n</details>', '<details class="admonition question callout note" role="note">'),
    ("<div data-a=' class=\"admonition\"'>\n\na\n\n</div>", "data-a=' class=\"admonition\"'>"),
    ("<div class='admonition \"x'>\n\na\n\n</div>", "<div class='admonition \"x'>"),
    ('<div id="a" CLASS=admonition>\n\na\n\n</div>', '<div id="a" class="admonition callout note" role="note">'),
    ('<div class="not-admonition">\n\na\n\n</div>', '<div class="not-admonition">'),
    ('<div class="admonition" role="alert">\n\na\n\n</div>', '<div class="admonition callout note" role="alert">'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), DRAWN)
def test_a_box_in_html_is_drawn_as_one(text: str, wanted: str) -> None:
    """A warning in the HTML of Python-Markdown was a paragraph like any other."""
    assert wanted in html(text, "mkdocs") and page(text, "mkdocs").findings == ()


HEADED = [
    ("# A\n\nb", ["A", "b"], 0),
    ("![logo](a.png)\n\n# A\n\nb", ["![logo](a.png)", "A", "b"], 0),
    ("b\n\n# T\n\nc", ["b", "T", "c"], 0),
    ("b\n\n# A\n\nc\n\n# D\n", ["T", "b", "A", "c", "D"], 1),
    ("{/* x */}\n\n<!-- y -->\n\n# A\n", ["A"], 0),
]


@pytest.mark.parametrize(("text", "messages", "shown"), HEADED)
def test_a_heading_of_a_part_is_not_that_of_the_page(text: str, messages: list[str], shown: int) -> None:
    """A page whose parts have headings of the first level had no title."""
    found = markdown.read("p.md", f"---\ntitle: T\n---\n{text}", ("title",), marks=Marks(reads=constructs(["common"])))
    assert [one.key.msgid for one in found.messages()][-len(messages) :] == messages
    assert ('<h1 id="t">T</h1>' in in_english(found)) == (shown == 1 or "# T" in text)


ADDRESSED = [
    ('[a]({{ "/b/" | prepend: site.baseurl }})', "[a](/b/)"),
    ('[a]({{ "/b/" | prepend: site.baseurl | prepend: site.url }})', "[a](/b/)"),
    ("`#!css [data]` and `#!/bin/sh` and `#! a`", "`[data]` and `#!/bin/sh` and `#! a`"),
]


@pytest.mark.parametrize(("text", "message"), ADDRESSED)
def test_what_a_tool_would_fill_in_or_take_away(text: str, message: str) -> None:
    assert texts(text) == [message] and page(text).findings == ()


def test_a_style_that_is_imported_is_no_text() -> None:
    assert texts("import A from 'a'\nimport 'a/b.css'\n\nc") == ["c"]
    assert texts("import 'a/b.css';\n\nc") == ["c"]


def test_a_heading_in_html_names_its_page(make: Make) -> None:
    """The page of a README was called `Home` everywhere."""
    root = make(
        {
            "index.md": '<h1 align="center">\n  The pump<br>at home\n</h1>\n\nText.\n',
            "b.md": "<h1><img src='x.png' alt=''></h1>\n\n# B\n",
        }
    )
    updated(root)
    built(root)
    assert "The pump at home" in (root / "dist/en/index.html").read_text("utf-8").partition("</title>")[0]
    assert ">B" in (root / "dist/en/b/index.html").read_text("utf-8").partition("</title>")[0]


SPANS = [
    ("A C++ file, a==b, x ^ y and ~/a ~/b", "A C++ file, a==b, x ^ y and ~/a ~/b"),
    ("`++ctrl++` `==a==` \\==b== [c](https://d.org/?e==f==)", "`++ctrl++` `==a==` \\==b== [c](https://d.org/?e==f==)"),
    ("== a == and a==b==c and ===d===", "== a == and a==b==c and ===d==="),
    ("a[^1] b[^2]\n\n[^1]: c\n[^2]: d", "a[^1] b[^2]"),
    ("~~a~~ and 5 ~ 10", "~~a~~ and 5 ~ 10"),
    ("Press ++ctrl+alt+del++.", "Press <kbd>Ctrl</kbd>+<kbd>Alt</kbd>+<kbd>Del</kbd>."),
    ('++"Big red"++, ++f5++, ++arrow-up++, ++x++', "<kbd>Big red</kbd>, <kbd>F5</kbd>, <kbd>Up</kbd>, <kbd>X</kbd>"),
    ("==Never *stop* `a==b` now==, ever", "<mark>Never *stop* `a==b` now</mark>, ever"),
    ("^^Added words^^ here", "<ins>Added words</ins> here"),
    ("H~2~O and x^2^ and a^b\\ c^", "H<sub>2</sub>O and x<sup>2</sup> and a<sup>b c</sup>"),
    ("| ==a== | ++esc++ |\n|--|--|\n| b | c |", "<mark>a</mark>"),
    ("## Press ++ctrl+c++", "Press <kbd>Ctrl</kbd>+<kbd>C</kbd>"),
    ('!!! note "Press ++esc++"\n    a', "Press <kbd>Esc</kbd>"),
    ("Of ==, != and a==b none; ==c and d==e", "Of ==, != and a==b none; ==c and d==e"),
    ("*x*^2^, *R*~max~, `k`~1~, <b>y</b>^3^ and &alpha;~4~", "*x*<sup>2</sup>, *R*<sub>max</sub>, `k`<sub>1</sub>, <b>y</b><sup>3</sup> and &alpha;<sub>4</sub>"),
    ("Take ^99m^Tc (^14^C), ~/a/~ and ~5-~10", "Take <sup>99m</sup>Tc (<sup>14</sup>C), ~/a/~ and ~5-~10"),
    ("==a==[^b^c^] [==d==][e==f==]\n\n[^b^c^]: g\n\n[e==f==]: h.md", "<mark>a</mark>[^b^c^] [<mark>d</mark>][e==f==]"),
    ("<https://d.org/==a==> and <https://d.org/b^2^>", "<https://d.org/==a==> and <https://d.org/b^2^>"),
]  # fmt: skip


FORMULAS = [
    "$x^2+y^2$ and $a_1~b~c$, $$d^2+e^2$$",
    "An $n^2$x$m^2$ and $n^{th}$th",
    "\\(x^2+y^2\\) or $a==b==c$ or $++d++$",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_has_no_marks_in_it(text: str) -> None:
    """`$x^2+y^2$` was drawn with `<sup>` in it, and where nobody draws formulas, none was named."""
    assert texts(text, "mkdocs", "pandoc") == [text]
    assert any("is not read here ($x$" in one.text for one in named(text, "mkdocs"))
    assert texts("It costs $5, ==now== $6^a^", "mkdocs", "pandoc") == ["It costs $5, <mark>now</mark> $6<sup>a</sup>"]


def test_an_attribute_list_behind_a_mark_is_taken_away() -> None:
    """Readers saw it, and nobody said so."""
    assert texts("==a=={.b} ++esc++{ .c } ^^d^^{#e} x^2^{.f}", "mkdocs") == [
        "<mark>a</mark> <kbd>Esc</kbd> <ins>d</ins> x<sup>2</sup>"
    ]
    assert texts("a == {.b}", "mkdocs") == ["a == {.b}"] and len(named("a == {.b}", "mkdocs")) == 1


def test_a_note_is_called_by_its_words() -> None:
    assert texts("a^[See H~2~O and x^2^.]", "pandoc")[0] == "a[^see-h-2-o]"


@pytest.mark.parametrize(("text", "message"), SPANS)
def test_keys_marks_and_scripts_are_the_elements_that_they_are(text: str, message: str) -> None:
    """They were named, each with what to write, on some pages a hundred times."""
    assert texts(text, "mkdocs")[0] == message
    assert named(text, "mkdocs") == []


def test_keys_that_nobody_knows_and_sites_that_have_none_are_told() -> None:
    assert [one.text for one in named("++ctrl+pump++", "mkdocs")] == [
        "`++ctrl+pump++` is no key here. Write `<kbd>…</kbd>`."
    ]
    (one,) = named("a ++ctrl+c++ b")
    assert one.text.endswith('Write `<kbd>…</kbd>`; or name "mkdocs" or "keys" in `dialect` of [tool.lockstep].')
    assert texts("a ++ctrl+c++ b", "keys") == ["a <kbd>Ctrl</kbd>+<kbd>C</kbd> b"]


def test_marks_that_nothing_ends_cost_no_more_than_they_are_long() -> None:
    began = time.process_time()
    for text in ("==a " * 20_000, "a^b " * 20_000, "x~ " * 20_000, "++a+" * 20_000, "`==" * 20_000):
        page(text, "mkdocs")
    assert time.process_time() - began < 20


TITLED = [
    ("```js\na\n```", [], '<pre><code class="language-js">a</code></pre>'),
    ("```js {1,3}\na\n```", [], '<pre><code class="language-js">a</code></pre>'),
    ('```js title=""\na\n```', [], '<pre><code class="language-js">a</code></pre>'),
    ("    title=\"a\"", [], "<pre><code>title=&quot;a&quot;</code></pre>"),
    ('```js title="The *pump*" {1}\na\n```', ["The *pump*"], '<div class="callout tab" role="note"><p class="callout-label">The <em>pump</em></p><pre><code class="language-js">a</code></pre></div>'),
    ("```js [src/a.js]\na\n```", [], '<p class="callout-label"><code>src/a.js</code></p><pre><code class="language-js">a</code></pre></div>'),
    ("- b\n\n  ```ini title='.env'\n  a\n  ```", ["b"], '<p class="callout-label"><code>.env</code></p>'),
    ('```yaml {filename="hugo.yaml"}\na\n```', [], '<p class="callout-label"><code>hugo.yaml</code></p>'),
    ("<PackageManagerTabs>\n  <Fragment slot=\"npm\">\n  ```sh\n  a\n  ```\n  </Fragment>\n</PackageManagerTabs>", ["npm"], '<p class="callout-label">npm</p><pre><code class="language-sh">a</code></pre></div>'),
    ("/// html | div.result\na\n///\n\n/// caption\nb\n///", ["a", "b"], "<p>a</p><p>b</p>"),
    ("/// note | ### The pump\na\n///", ["The pump", "a"], '<p class="callout-label">The pump</p>'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages", "wanted"), TITLED)
def test_what_code_is_called_stands_above_it(text: str, messages: list[str], wanted: str) -> None:
    """Readers of the tool see it; here it was named, and not shown. The name of a file is nobody's to translate."""
    assert texts(text) == messages and wanted in html(text)
    assert named(text) == []


def test_a_site_of_plain_markdown_is_told_of_the_titles_of_code() -> None:
    document = markdown.read(
        "p.md", 'a\n\n```js title="The pump"\nb\n```', (), marks=Marks(reads=constructs(["commonmark"]))
    )
    assert [(one.code, one.span.line) for one in document.findings] == [("dialect", 3)]


IN_ELEMENTS = [
    ('<div markdown="0">\n*a*\n</div>', ["*a*"], "<div>*a*</div>"),
    ("<div>\n*a*\n</div>", ["*a*"], "<div>*a*</div>"),
    ('<div class="a markdown b">\n*a*\n</div>', ["*a*"], '<div class="a markdown b">*a*</div>'),
    ("<div markdown>\n*a*", ["*a*"], "<div>*a*"),
    ("<p markdown=1>\n*a*\n</p>", ["*a*"], "<p>*a*</p>"),
    ('<figure markdown="span">\n  ![A *b*](https://d.org/a.png)\n  <figcaption>c</figcaption>\n</figure>\n\nd', ["![A *b*](https://d.org/a.png)", "c", "d"], '<figure><p><img src="https://d.org/a.png" alt="A b"></p><figcaption>c</figcaption></figure><p>d</p>'),
    ('<details open markdown="block">\n  <summary>\n    Contents\n  </summary>\n  {: .text-delta }\n  - TOC\n  {:toc}\n</details>\n\n## B', ["Contents", "B", "B"], '</summary><ul class="text-delta"><li><ul class="toc"><li class="toc-2"><a href="#b">B</a></li></ul></li></ul></details>'),
    ("<div class='a' markdown>\n*a*\n<div markdown>\n**b**\n</div>\n</div>\nc", ["*a*", "**b**", "c"], "<p><em>a</em></p><div><p><strong>b</strong></p></div></div><p>c</p>"),
    ("- b\n\n  <div markdown>\n  *a*\n  </div>\n\nc", ["b", "*a*", "c"], "<div><p><em>a</em></p></div></li></ul><p>c</p>"),
    ("<div markdown>\n```html\n</div>\n```\n*a*\n</div>", ["*a*"], "&lt;/div&gt;</code></pre><p><em>a</em></p></div>"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages", "wanted"), IN_ELEMENTS)
def test_markdown_right_below_a_tag_that_says_so_is_read(text: str, messages: list[str], wanted: str) -> None:
    """A picture above its caption was text between its marks, and nobody saw it."""
    assert texts(text, "jekyll") == messages and wanted in html(text, "jekyll")


def test_elements_that_nothing_ends_cost_no_more_than_they_are_long() -> None:
    began = time.process_time()
    page("<script>\n" * 20_000 + "\n" + "=={{ " * 20_000, "mkdocs")
    page(f"{'-' * 40_000}|{'-' * 40_000}\n\n" * 4, "mkdocs")
    for text in ("<div markdown>\na\n" * 4_000, "<div markdown>\n" * 4_000, "<div markdown>\na\n</div>\n" * 2_000):
        page(text, "mkdocs")
    assert time.process_time() - began < 20


BELOW_A_TABLE = [
    ("| a |\n|--|\n| b |\n{: .c #d}\n\ne", ["a", "b", "e"], '<table class="c" id="d">'),
    ("| a | b |\n|--|--|\n| c | d |\n{.e}", ["a", "b", "c", "d"], '<table class="e">'),
    ("| a | b |\n|--|--|\n{.e}", ["a", "b"], "</th></tr></thead></table>"),
    ("| a |\n|--|\n| {: .c} |\n| d |", ["a", "{: .c}", "d"], "<table><thead>"),
    ("| a |\n|--|\n| b |\n\n{: .c}\ne", ["a", "b", "e"], '<p class="c">e</p>'),
]


@pytest.mark.parametrize(("text", "messages", "wanted"), BELOW_A_TABLE)
def test_an_attribute_list_right_below_a_table_is_no_row_of_it(text: str, messages: list[str], wanted: str) -> None:
    """Hugo and kramdown have it there; it was a row, for translators too."""
    assert texts(text, "jekyll") == messages and wanted in html(text, "jekyll")


SLIPS = [
    ("The <button :class='b' @click=\"n++\">Add</button>", "<button :class='b' @click=\"n++\">` is no tag here", ()),
    ("a <b @c>d", "<b @c>` is no tag here", ()),
    ("a {~~b~>c~~} d", "{~~b~>c~~}` is a mark of an editor", ("mkdocs",)),
    ('![a](https://d.org/b.png){: standalone #f data-title="The pump" } c', 'data-title="The pump" }` is a list', ("jekyll",)),
    ("a {.b c} d", "{.b c}` is a list", ("hugo",)),
    ("a[^the other note] b", "[^the other note]` is no footnote here: its name has a space", ("mkdocs",)),
    ("*a* {.b}", "{.b}` is text here", ("mkdocs",)),
    ("<div markdown>\n<div class='x'></div>\n**a**\n</div>", "</div>` has Markdown in it", ()),
    ("<div markdown>\na\n\n<br>\n- b\n</div>", "<br>` has Markdown in it", ("mkdocs",)),
    ("Link to [std][`Vec`].", "[std][`Vec`]` has no address", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "dialects"), SLIPS)
def test_marks_that_readers_saw_in_silence(text: str, said: str, dialects: tuple[str, ...]) -> None:
    (one,) = named(text, *dialects)
    assert said in one.text and one.level is (Level.WARNING if "is text here" in said else Level.ERROR)


def test_what_only_looks_like_one_is_left_alone() -> None:
    quiet = [
        '\\<b @x="1"> `<b @x="1">` 1 <a =2>',
        '<img alt="write to me@b.org" src="https://d.org/a.png"> a <a href="#b" id="b">c</a>',
        "`a[b][`c`]` and [`x`][] and \\[a][`b`]\n\n[`x`]: https://d.org",
        "{==b==} ==c==",
        "Take {group.name} of it",
        "Not [^a-z 0-9] but [^0-9 ,;]",
        "<div markdown>\n<div>a</div>\n<pre>\n- `b`\n</pre>\n<figure><figcaption>`c`</figcaption></figure>\n\n**d**\n</div>",
    ]
    assert [[one.text for one in named(text, "mkdocs")] for text in quiet] == [
        [],
        [],
        [],
        ["`{==b==}` is a mark of an editor. Take it in, or out."],
        [],
        [],
        [],
    ]


def test_code_of_jekyll_has_no_guards_in_it() -> None:
    text = "`{% raw %}{{ x }}{% endraw %}` is it\n\n```\n{% raw %}\n{{ y }}\n{%- endraw -%}\n```"
    assert html(text, "jekyll") == "<p><code>{{ x }}</code> is it</p><pre><code>{{ y }}</code></pre>"
    assert "endraw" in html(text), "which others show"
    assert named(text, "jekyll") == []


def test_a_table_of_contents_may_have_classes() -> None:
    assert texts("1. TOC\n{:toc .large-only}\n\n## A", "jekyll") == ["A", "A"]
    assert html("a :100: b", "github") == "<p>a 💯 b</p>"


def test_a_name_of_an_attribute_costs_no_more_than_it_is_long() -> None:
    """20,000 characters took seven seconds, 40,000 four times as long."""
    began = time.process_time()
    page(f"<div {'x' * 90_000}>\n\na\n\n</div>\n")
    assert time.process_time() - began < 5


ATTRIBUTED = [
    ('{{< alert context="info" text="press `a`" />}}\n\nb', "hugo", ["press `a`", "b"], 'note" role="note"><p class="callout-label">Note</p><p>press <code>a</code></p></div>'),
    ("- a\n\n  {{< alert text=\"Each.\"/>}}\n\n  b", "hugo", ["a", "Each.", "b"], "<p>Each.</p></div><p>b</p></li>"),
    ('{{< alert level="danger" >}}\na\n{{< /alert >}}', "hugo", ["a"], '<div class="callout danger"'),
    ('{{< callout icon="warning" >}}\na\n{{< /callout >}}', "hugo", ["a"], '<div class="callout warning"'),
    ('<Aside id="danger">\n\na\n\n</Aside>', "docusaurus", ["a"], '<div class="callout note"'),
    ('{{< alert title="Danger" >}}\na\n{{< /alert >}}', "hugo", ["Danger", "a"], '<div class="callout note"'),
    ('<Callout level="danger">\n\na\n\n</Callout>', "docusaurus", ["a"], '<div class="callout danger"'),
    ('{% include alert.html type="success" alert="Every user." %}', "jekyll", ["Success", "Every user."], '<div class="callout tip"'),
    ('{% include alert.html\n   type="warning"\n   message="Stop."\n%}\n\nb', "jekyll", ["Stop.", "b"], '<div class="callout warning"'),
    ('{% include note.html text="a" class="danger" %}', "jekyll", ["a"], '<div class="callout note"'),
    ('{{< img src="https://d.org/a.png" alt="The pump" caption="How" >}}', "hugo", ["![The pump](https://d.org/a.png)", "How"], 'alt="The pump"></p><p>How</p>'),
    ("{% raw %}`{% include a.html %}`{% endraw %} and {% raw %}{{ z }}{% endraw %}", "jekyll", ["`{% include a.html %}` and \\{\\{ z }}"], "<p><code>{% include a.html %}</code> and {{ z }}</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "dialect", "messages", "wanted"), ATTRIBUTED)
def test_words_and_kinds_of_boxes_that_stand_in_attributes(
    text: str, dialect: str, messages: list[str], wanted: str
) -> None:
    """A danger that its theme calls a level was a note, and nobody was told."""
    assert texts(text, dialect) == messages and wanted in html(text, dialect)
    assert page(text, dialect).findings == ()


def test_what_is_kept_between_skips_is_skipped_where_it_is_shown() -> None:
    """The skip stood around nothing that is shown, and translators got the text."""
    kept, shown = "{% capture n %}\nSecret\n{% endcapture %}", "{% include note.html content=n %}\n\nb"
    skip = "<!-- i18n: skip-start -->\n\n{}\n\n<!-- i18n: skip-end -->"
    for text, wanted in (
        (f"{kept}\n\n{shown}", ["Secret", "b"]),
        (f"{skip.format(kept)}\n\n{shown}", ["b"]),
        (f"{skip.format('c')}\n\n{kept}\n\n{shown}", ["Secret", "b"]),
        (f"{skip.format(kept)}\n\n{{{{ n }}}}\n\nb", ["b"]),
    ):
        assert texts(text, "jekyll") == wanted and page(text, "jekyll").findings == ()
        assert "Secret" in html(text, "jekyll")


IN_HTML = [
    (
        "<table><tr><td>\n<small>see <Link to='b.md'>here</Link></small>\n</td></tr></table>",
        "write what it shows in HTML, too",
    ),
    ("<div>\n<Note>\nNever stop.\n</Note>\n</div>", "put an empty line above it and below its end"),
]


@pytest.mark.parametrize(("text", "said"), IN_HTML)
def test_advice_for_a_component_in_the_middle_of_html_works(text: str, said: str) -> None:
    """It stood on its own lines, and was told to."""
    assert said in named(text)[0].text
    followed = text.replace("<Note>", "\n<Note>").replace("</Note>\n", "</Note>\n\n")
    followed = followed.replace("<Link to='b.md'>", "<a href='b.md'>").replace("</Link>", "</a>")
    assert named(followed) == []
    assert texts('<Button href="https://d.org">Go</Button>') == ["[Go](https://d.org)"]


ENDED_FURTHER_IN = [
    ('<div class="r" markdown>\n  <div class="g" markdown>\n\n- a\n- b\n\n  </div>\n</div>\n\nc', ["a", "b", "c"], '<div class="r">  <div class="g"><ul><li>a</li><li>b</li></ul>  </div></div><p>c</p>'),
    ("  <div markdown>\n\n1. a\n\n  </div>\n\n*b*", ["a", "*b*"], "  <div><ol><li>a</li></ol>  </div><p><em>b</em></p>"),
    ("<div markdown>\n\n- a\n\n</div>", ["a"], "<div><ul><li>a</li></ul></div>"),
    ("<div>\n\n- a\n\n  </div>\n", ["a"], "<div><ul><li><p>a</p></div></li></ul>"),
    ("```html\n<div markdown>\n\n- a\n\n  </div>\n```", [], "- a  &lt;/div&gt;"),
    ("<figure markdown>\n\n![a](https://d.org/a.png)\n\n  <figcaption markdown>By [c], *d*</figcaption>\n</figure>\n\n[c]: https://d.org", ["![a](https://d.org/a.png)", "By [c], *d*"], '<figcaption>By <a href="https://d.org">c</a>, <em>d</em></figcaption></figure>'),
    ('<details markdown="1">\n<summary markdown="span">The *a*</summary>\nb\n</details>', ["The *a*", "b"], "<summary>The <em>a</em></summary>"),
    ('<p markdown="1" class="d">a `b`</p>', ["a `b`"], '<p class="d">a <code>b</code></p>'),
    ("<figcaption>By *c*</figcaption>", ["By *c*"], "<figcaption>By *c*</figcaption>"),
    ('<figcaption title="a markdown b">By *c*</figcaption>', ["By *c*"], 'title="a markdown b"><span lang="en" dir="ltr">By *c*</span></figcaption>'),
    ("<p markdown>a</p> and <p>b</p>", ["a", "and", "b"], "<p>a</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages", "wanted"), ENDED_FURTHER_IN)
def test_an_element_ends_where_its_author_ends_it(text: str, messages: list[str], wanted: str) -> None:
    """The end of a grid of cards stood in the last item of its list; `[c]` in a caption was shown with its brackets; and the word "markdown" was taken out of the titles of tags."""
    assert sorted(texts(text, "mkdocs")) == sorted(messages) and wanted in html(text, "mkdocs")


HEADED = [
    ("[![P](https://d.org/p.png)](https://d.org)\n\n# A\n\na\n\n# B", True),
    ("![P](https://d.org/p.png)\n\n# A\n\na", False),
    ("# A\n\na\n\n# B", False),
    ("![P](https://d.org/p.png)\n\n# The title\n\na\n\n# B", False),
]


@pytest.mark.parametrize(("text", "shown"), HEADED)
def test_a_title_above_a_picture_and_several_parts_is_shown(text: str, shown: bool) -> None:
    """A picture above the first of them made that the heading of the page, and its title was lost."""
    document = markdown.read(
        "p.md", f"---\ntitle: The title\n---\n{text}\n", ("title",), marks=Marks(reads=constructs(["common", "mkdocs"]))
    )
    made = "".join(
        piece if isinstance(piece, str) else piece.opening for one in document.sections for piece in one.pieces
    )
    assert (made.count("<h1") == 3) is shown


ENDED_AT_ONCE = [
    ('## Ads<a name="Ads" />\n\nb', ["Ads<a name=\"Ads\" />", "b"], 'Ads<a name="Ads"></a></h2><p>b</p>'),
    ('a <span class="i"/>b', ['a <span class="i"/>b'], '<p>a <span class="i"></span>b</p>'),
    ('<div id="x" />\n\nb', ["b"], '<div id="x"></div><p>b</p>'),
    ('<iframe src="https://d.org/a" />\n\nb', ["b"], '<iframe src="https://d.org/a"></iframe><p>b</p>'),
    ("a <br/> b <img src='https://d.org/a.png' alt='c' />", ["a <br/> b <img src='https://d.org/a.png' alt='c' />"], "a <br/> b <img"),
    ('<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>\n\nb', ["b"], '<path d="M0 0"/></svg>'),
    ('`<a id="x"/>` and \\<b/>', ['`<a id="x"/>` and \\<b/>'], "<code>&lt;a id=&quot;x&quot;/&gt;</code> and &lt;b/&gt;"),
    ('<a href="https://d.org/a/">b</a>', ['<a href="https://d.org/a/">b</a>'], '<a href="https://d.org/a/">b</a>'),
    ("a <a href=#b/>b</a>", ["a <a href=#b/>b</a>"], "a <a href=#b/>b</a>"),
    ('<script>\nlet a = "<b />";\n</script>\n\nc', ["c"], 'let a = "<b />";'),
    ("<style>\na { content: '<p />' }\n</style>\n\nc", ["c"], "'<p />'"),
    ('<div data-a="<p />">\nb\n</div>', ["b"], 'data-a="<p />"'),
    ("<!-- <p /> -->\n\nc", ["c"], "<!-- <p /> -->"),
    ('<pre>\nx <span id="y" /> z\n</pre>\n\nc', ["c"], 'x <span id="y"></span> z'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages", "wanted"), ENDED_AT_ONCE)
def test_an_element_that_its_author_ends_at_once_is_empty(text: str, messages: list[str], wanted: str) -> None:
    """To browsers `<a name="b" />` begins an element: all below a heading was in it, and only the audit said so."""
    assert texts(text) == messages and wanted in html(text)
    assert [one for one in page(text).findings if one.code == "unclosed"] == []


def test_a_caption_in_a_long_line_is_sought_once() -> None:
    """A line of 10,000 times `<p` took 6 s, of twice as many four times as long."""
    text = "<p markdown>" + "<p" * 100_000
    assert elements.CAPTION.fullmatch(text) is None


def test_the_audit_reads_an_element_that_is_ended_at_once_as_browsers_do(make: Make) -> None:
    root = make({"index.md": '# A\n\n- b <a id="x"/>c\n- d\n\n<div id="y" />\n\n<p>e <i/>f</p>\n\n## G<a name="h"/>\n'})
    updated(root)
    assert main(["build", "--root", str(root)]) == 0
    assert main(["audit", "--root", str(root)]) == 0


STRINGS = [
    ("a{' '}b", ["a b"], "<p>a b</p>"),
    ("{'The words'} and {\"more\"} and {`ticks`}.", ["The words and more and ticks."], "<p>The words and more and ticks.</p>"),
    ("Press {'<'} or {'{'}", ["Press \\< or \\{"], "<p>Press &lt; or {</p>"),
    ("{'It\\'s *here*'}", ["It's \\*here\\*"], "<p>It&#x27;s *here*</p>"),
    ("- **a**{' '}\n  b\n- c", ["**a** b", "c"], "<strong>a</strong>"),
    ("`a{' '}b` and \\{'c'}", ["`a{' '}b` and \\{'c'}"], "<code>a{&#x27; &#x27;}b</code> and {&#x27;c&#x27;}"),
    ("```js\n{'a'}\n```", [], "{'a'}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages", "wanted"), STRINGS)
def test_a_string_of_mdx_is_its_words(text: str, messages: list[str], wanted: str) -> None:
    """Readers saw its braces and quotation marks, and nothing was said."""
    for page_text, path in ((text, "p.mdx"), (f"import A from './a';\n\n{text}", "p.md")):
        document = page(page_text, "docusaurus", path=path)
        assert [one.key.msgid for one in document.messages()] == messages
        assert wanted in in_english(document).replace("\n", "")


def test_on_a_page_that_is_no_mdx_it_is_text() -> None:
    assert texts("a{' '}b {'c'}") == ["a{' '}b {'c'}"]
    assert texts("Take {group.name} of {1}.", "docusaurus") == ["Take {group.name} of {1}."]


def test_the_contents_of_a_page_of_hugo_are_its_headings() -> None:
    """`{{< toc >}}` (the pages of REUSE) was an error on each page."""
    for mark in ("{{< toc >}}", "{{% toc %}}", "{{<toc/>}}"):
        assert '<ul class="toc"><li class="toc-2"><a href="#b">B</a></li></ul>' in html(f"{mark}\n\n## B", "hugo"), mark
        assert named(f"{mark}\n\n## B", "hugo") == []
    assert [one.code for one in named("a {{< toc >}} b\n\n## B", "hugo")] == ["dialect"]
    for text in ("{{</* toc */>}}\n\n## B", "`{{< toc >}}`\n\n## B", "{{< toc %}}\n\n## B", "{{< tocs >}}\n\n## B"):
        assert 'class="toc"' not in html(text, "hugo"), text
