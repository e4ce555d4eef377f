"""What a page explains beside its text: abbreviations where they stand, notes on lines of code. Read by the setting, else named."""

from __future__ import annotations

import re

import pytest

from pipeline.checks.rules import abbreviation_unused
from pipeline.cli.main import main
from pipeline.content.marks import Marks
from pipeline.content.sources import broken
from pipeline.core.abbreviations import explained, places
from pipeline.core.model import Level
from tests.conftest import Make, built, project_of, translate
from tests.laws.test_pages import in_english
from tests.test_ecosystems import html, named, page, texts

WHO = "*[WHO]: World Health Organization"
ABBR = '<abbr title="World Health Organization">WHO</abbr>'

READ = [
    (f"The WHO says.\n\n{WHO}", [WHO, "The WHO says."], f"<p>The {ABBR} says.</p>"),
    (f"{WHO}\n\n## WHO, `WHO` and *the WHO*", [WHO, "WHO, `WHO` and *the WHO*"], f">{ABBR}, <code>WHO</code> and <em>the {ABBR}</em></h2>"),
    (f"WHOLE, WHO's\n{WHO}", [WHO, "WHOLE, WHO's"], f"<p>WHOLE, {ABBR}&#x27;s</p>"),
    (f"- [WHO](https://who.int)\n\n{WHO}", [WHO, "[WHO](https://who.int)"], f'<a href="https://who.int">{ABBR}</a>'),
    ("a CO2\n\n*[CO2]:\n  carbon *dioxide*\n*[C]: coal", ["*[CO2]: carbon *dioxide*", "*[C]: coal", "a CO2"], 'a <abbr title="carbon *dioxide*">CO2</abbr></p>'),
    (f'<abbr title="x">WHO</abbr> WHO\n\n{WHO}', [WHO, '<abbr title="x">WHO</abbr> WHO'], f'<p><abbr title="x">WHO</abbr> {ABBR}</p>'),
    (f"<option>WHO</option>\n\n{WHO}", [WHO, "WHO"], "<option>WHO</option>"),
    ("A C++ B\n\n*[C++]: a \"language\"", ['*[C++]: a "language"', "A C++ B"], '<abbr title="a &#34;language&#34;">C++</abbr> B'),
    (f"使用WHO的\n\n{WHO}", [WHO, "使用WHO的"], f"使用{ABBR}的"),
    (f"WHO\n\n{WHO}\n\n{WHO}", [WHO, "WHO"], ABBR),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages", "wanted"), READ)
def test_an_abbreviation_is_explained_where_it_stands(text: str, messages: list[str], wanted: str) -> None:
    """It was named, and its list stood on the page as text."""
    for dialect in ("mkdocs", "jekyll", "abbreviations"):
        assert texts(text, dialect) == messages and wanted in html(text, dialect)
        assert named(text, dialect) == []


PLAIN = [
    "a\n*[b](c.md)*",
    "*[b]:c* d",
    "a *[WHO]: b",
    "`*[WHO]: b`",
    "```\n*[WHO]: b\n```",
    "[WHO]: b.md",
]


@pytest.mark.parametrize("text", PLAIN)
def test_what_explains_nothing_stays_text(text: str) -> None:
    assert texts(text, "mkdocs")[:1] == texts(text)[:1] or text.startswith("*[b]:")
    assert "<abbr" not in html(text, "mkdocs")


def test_a_list_that_nobody_reads_is_named_line_by_line() -> None:
    """Of several only the first was, and none below a text."""
    found = named(f"WHO\n{WHO}\n*[C]: d")
    assert [(one.span.line, one.level) for one in found] == [(2, Level.ERROR), (3, Level.ERROR)]
    assert '"mkdocs", "jekyll", "abbreviations"' in found[0].text
    assert [one.span.line for one in named("*[A]: b\n*[C]:\n\nd", "mkdocs")] == [2]
    assert [one.span.line for one in named(f"<!-- i18n: skip -->\n\n{WHO}\n\na", "mkdocs")] == [3]


def test_a_definition_is_a_message_at_its_line() -> None:
    (one,) = (one for one in page(f"a\n\nb\n{WHO}", "mkdocs").messages() if one.kind == "abbreviation")
    assert one.span.line == 4 and one.comments and one.key.context == "abbreviation"


def test_an_abbreviation_stands_where_no_word_goes_on() -> None:
    terms = {"WHO", "WHO Europe", "世卫", "{a"}
    assert [*places("WHO Europe, aWHO, WHOs, WHO_x; (WHO)", terms)] == [(0, 10), (32, 35)]
    assert [*places("按世卫说", terms)] == [(1, 3)]
    assert [*places("{a.b} WHO", terms)] == [(6, 9)]
    assert explained("*[世卫]：世界卫生组织") == ("世卫", "世界卫生组织")
    assert explained("*[a]:") is explained("[a]: b") is explained("*[ ]: b") is None


def test_a_language_explains_its_own_abbreviations(make: Make) -> None:
    root = make(
        {"index.md": f"# Home\n\nThe WHO says.\n\nThe EU, too.\n\nAsk the WHO.\n\n{WHO}\n*[EU]: European Union\n"},
        extra='dialect = ["mkdocs"]\n',
    )
    oms = "*[OMS]: Organización Mundial de la Salud"
    catalog = translate(root, {"The WHO says.": "Lo dice la OMS.", "The EU, too.": "La EU también.", WHO: oms})
    assert "#. abbreviation\n#. What the word in brackets stands for" in catalog.read_text()
    built(root)
    spanish = (root / "dist/es/index.html").read_text()
    assert 'Lo dice la <abbr title="Organización Mundial de la Salud">OMS</abbr>.' in spanish
    assert 'La <abbr title="European Union" lang="en" dir="ltr">EU</abbr> también.' in spanish
    assert 'Ask the <abbr title="World Health Organization">WHO</abbr>.' in spanish  # it is shown in English
    assert "*[" not in re.sub(r"(?s)<script.*?</script>", "", spanish)
    assert 'The <abbr title="World Health Organization">WHO</abbr> says.' in (root / "dist/en/index.html").read_text()
    assert main(["audit", "--root", str(root)]) == 0
    translate(root, {WHO: "Organización Mundial de la Salud"})
    assert main(["check", "--root", str(root)]) == 1
    built(root)
    assert (
        'title="World Health Organization" lang="en"' not in (root / "dist/es/index.html").read_text()
    )  # no WHO there
    assert "Lo dice la OMS." in (root / "dist/es/index.html").read_text()
    assert main(["audit", "--root", str(root)]) == 0


def test_an_abbreviation_that_a_page_explains_needs_no_other_words(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make(
        {"index.md": "# Home\n\nThe CT and the MRI.\n\n*[MRI]: magnetic resonance imaging\n"},
        extra='dialect = ["mkdocs"]\n',
    )
    assert main(["check", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    assert "CT is not explained" in said and "MRI is not" not in said


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("Your INR is high.\n\nINR\n: A number that says how thin blood is.\n", set()),
        ("Your INR is high.\n\n**INR** (*ratio*)\n: A number.\n", set()),
        ("Your INR is high.\n\n<dl>\n<dt>INR</dt><dd>A number.</dd>\n</dl>\n", set()),
        ("Your INR is high.\n\n<dl>\n<dt id='a'>\n<b>INR</b></dt><dd>A number.</dd>\n</dl>\n", set()),
        ('A high <abbr title="international normalized ratio">INR</abbr>. Your INR.\n', set()),
        ("A high <ABBR class=a title='a ratio'>*INR*</ABBR>. Your INR.\n", set()),
        ('A high <abbr title="">INR</abbr>.\n', {"INR"}),
        ("A high <abbr>INR</abbr>.\n", {"INR"}),
        ("Ratio\n: A number, the INR.\n", {"INR"}),
        ('<abbr title="ratio">INR</abbr> and ECG\n', {"ECG"}),
        ("<dl>\n<dt>Ratio</dt><dd>The INR.</dd>\n</dl>\n", {"INR"}),
    ],
)
def test_what_explains_an_acronym_on_its_page(make: Make, page: str, wanted: set[str]) -> None:
    root = make({"index.md": f"# Home\n\n{page}"})
    assert {one.text.split()[0] for one in project_of(root).findings if one.code == "acronym"} == wanted


def test_a_list_whose_abbreviation_stands_nowhere_is_told(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": f"# Home\n\nThe WHO says.\n\n{WHO}\n"}, extra='dialect = ["mkdocs"]\n')
    own = "*[WHO]: Organización Mundial de la Salud"
    translate(root, {"The WHO says.": "Lo dice la OMS.", WHO: own})
    assert main(["check", "--root", str(root)]) == 0
    assert "No translated text has “WHO”" in capsys.readouterr().out
    translate(root, {WHO: own.replace("WHO", "OMS")})
    assert main(["check", "--root", str(root)]) == 0
    assert "abbreviation-unused" not in capsys.readouterr().out
    assert abbreviation_unused.CHECK.level is Level.WARNING


CODE = "```yaml\na: 1 # (1)!\nb: 2 // (2)!\n```\n\n1.  One *a*\n2.  Two\n"
NOTE = '<a class="code-note" href="#code-1-note-{0}" data-note="{0}" aria-label="{0}"></a>'

NOTES = [
    (CODE, ["One *a*", "Two"], f'<div class="annotated"><pre><code class="language-yaml">a: 1 {NOTE.format(1)}b: 2 {NOTE.format(2)}</code></pre><ol class="code-notes"><li id="code-1-note-1">One <em>a</em></li>'),
    ("- x\n\n    ```\n    <p> <!-- (1)! -->\n    ```\n\n    1. y\n\nz", ["x", "y", "z"], f"&lt;p&gt; {NOTE.format(1)}</code></pre>"),
    ('``` { .py .annotate title="a.py" }\nf() # (1)!\n```\n\n1. y', ["y"], f'<div class="annotated"><div class="callout tab" role="note"><p class="callout-label"><code>a.py</code></p><pre><code class="language-py">f() {NOTE.format(1)}'),
    ("```\na /* (1)! */\n{# (1)! #}\n```\n\n1. y\n\n    ```\n    b # (1)!\n    ```\n\n    1. z\n2. w", ["y", "z", "w"], '<a class="code-note" href="#code-2-note-1"'),
    ('=== "A"\n\n    ```\n    -- (1)!\n    ```\n\n    1. y\n', ["A", "y"], NOTE.format(1)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages", "wanted"), NOTES)
def test_notes_on_code_stand_with_it(text: str, messages: list[str], wanted: str) -> None:
    """The marks were code, to be copied with it, and each such block was named."""
    assert texts(text, "mkdocs") == messages and wanted in html(text, "mkdocs")
    assert named(text, "mkdocs") == []
    assert "(1)!" not in html(text, "mkdocs")
    assert html(text, "mkdocs").count('<div class="annotated">') == html(text, "mkdocs").count(
        '<ol class="code-notes">'
    )


LEFT = [
    ("```\na # (1)!\n```\n\nb", 2),
    ("```\na # (1)!\nb # (3)!\n```\n\n1. c\n2. d", 2),
    ("```\na # (1)!\nb # see (2)!\n```\n\n1. c\n2. d", 3),
    ("    a # (1)!\n\nb\n\n1. c", 1),
    ("```\na # (1)!\n```\n\n- c", 2),
]


@pytest.mark.parametrize(("text", "line"), LEFT)
def test_a_note_that_nothing_answers_is_named(text: str, line: int) -> None:
    assert [one.span.line for one in named(text, "mkdocs")] == [line]
    assert [one.level for one in named(text)] == [Level.WARNING]
    assert 'name "mkdocs" or "annotations"' in named(text)[0].text
    assert texts(text) == texts(text, "mkdocs")


def test_what_is_no_note_stays_code() -> None:
    for code in ("f(1)!", 'say("(1)!")', "# (1)", "a # (1)! b", "x#(1)!"):
        text = f"```\n{code}\n```\n\n1. y"
        assert named(text, "mkdocs") == [] and "annotated" not in html(text, "mkdocs"), code


KEYS = [
    ("++brace-left++", "<kbd>&#123;</kbd>"),
    ("++ctrl+bracket-right++", "<kbd>Ctrl</kbd>+<kbd>&#93;</kbd>"),
    ("++alt+dblquote++", "<kbd>Alt</kbd>+<kbd>&quot;</kbd>"),
    ("++shift+less++", "<kbd>Shift</kbd>+<kbd>&lt;</kbd>"),
    ("++media-next-track++", "<kbd>Next Track</kbd>"),
    ("++left-button++", "<kbd>Left Button</kbd>"),
    ("++num-equal++", "<kbd>Num Equal</kbd>"),
    ('++ctrl+"+"++', "<kbd>Ctrl</kbd>+<kbd>+</kbd>"),
]


@pytest.mark.parametrize(("text", "wanted"), KEYS)
def test_every_key_of_the_tool_is_known(text: str, wanted: str) -> None:
    """They were named, as keys that nobody knows."""
    assert texts(f"a {text}", "mkdocs") == [f"a {wanted}"] and named(f"a {text}", "mkdocs") == []


AS_ITS_TOOL = [
    ("> [!warning | inline | end]\n> Make", ["Make"], '<div class="callout warning"'),
    ('??? note "### A *b*"\n    c', ["A *b*", "c"], "A <em>b</em></summary>"),
    ('!!! note "# of pumps"\n    c', ["# of pumps", "c"], "# of pumps"),
    ("a ^†^", ["a <sup>†</sup>"], "<sup>†</sup>"),
    ("``` { .py hl_lines=1 }\na\n```", [], 'class="language-py"'),
    ("```{r}\na\n```", [], 'class="language-{r}"'),
]


@pytest.mark.parametrize(("text", "messages", "wanted"), AS_ITS_TOOL)
def test_what_was_shown_in_silence_is_as_its_tool_has_it(text: str, messages: list[str], wanted: str) -> None:
    """The marks stood there as text."""
    assert texts(text, "mkdocs") == messages and wanted in html(text, "mkdocs")
    assert named(text, "mkdocs") == []


LISTED = [
    ("## Name (*required*) ## {: #name }", ["Name (*required*)"], '<h2 id="name">Name (<em>required</em>)</h2>'),
    (
        "### [Version 1.2](https://a.org) - 2021 ### {: #v1.2.0 .b }",
        ["[Version 1.2](https://a.org) - 2021"],
        '<h3 id="v1.2.0" class="b"><a href="https://a.org">Version 1.2</a> - 2021</h3>',
    ),
    ("## C# {#c}", ["C#"], '<h2 id="c">C#</h2>'),
    ("## A # b {#d.e}", ["A # b"], '<h2 id="d" class="e">A # b</h2>'),
    ("a\n{: #v1.2 }", ["a"], '<p id="v1.2">a</p>'),
]


@pytest.mark.parametrize(("text", "messages", "wanted"), LISTED)
def test_a_heading_may_end_before_its_list_and_a_version_be_an_id(text: str, messages: list[str], wanted: str) -> None:
    """Readers saw the marks behind the heading, and of 105 headings of one site the id was that of the first version."""
    assert texts(text, "mkdocs") == messages and wanted in html(text, "mkdocs")
    assert named(text, "mkdocs") == []


GENERATED = [
    ("a\n\n::: hatch.a.B\n    options:\n      members:\n      - c\n\nb", ["a", "b"], [3]),
    ("::: mkdocs-click\n    :module: hatch.cli\n    :depth: 0\n", [], [1]),
    ("a\n::: pkg.mod\nb", ["a", "b"], [2]),
    ("- a\n\n    ::: pkg\n        handler: python\n", ["a"], [3]),
]


@pytest.mark.parametrize(("text", "messages", "lines"), GENERATED)
def test_what_a_plug_in_writes_is_named_and_no_text(text: str, messages: list[str], lines: list[int]) -> None:
    """It was an error that held the page back, and a text for translators."""
    assert texts(text, "mkdocs") == messages
    assert [(one.code, one.span.line) for one in page(text, "mkdocs").findings] == [("dialect", one) for one in lines]
    assert broken(page(text, "mkdocs")) == ()


def test_a_box_is_nothing_that_a_plug_in_writes() -> None:
    for text in ("::: warning\na\n:::", "::: tip Title\n\n    code: a\n:::", "::: note\n\na\n\n:::"):
        assert html(text, "mkdocs") == html(text) and named(text, "mkdocs") == []


DRAWN = [
    ("a\n// highlight-next-line\nb\n", "a\nb\n"),
    ("# highlight-start\na\n# highlight-end\nb", "a\nb\n"),
    ("<!-- highlight-next-line -->\n<p>\n  {/* highlight-end */}\n", "&lt;p&gt;\n"),
    ("a // [!code ++]\n  // [!code focus:2]\nb /* [!code --] */\n", "a\nb\n"),
    (
        "a // highlight-next-line\n// highlight this\nb[!code ++]\n",
        "a // highlight-next-line\n// highlight this\nb[!code ++]\n",
    ),
]


@pytest.mark.parametrize(("code", "wanted"), DRAWN)
def test_comments_that_mark_lines_are_no_code(code: str, wanted: str) -> None:
    """Readers saw them, in silence."""
    text = f"```js\n{code.removesuffix(chr(10))}\n```"
    assert f'<code class="language-js">{wanted}</code>' in in_english(page(text))
    shown = in_english(page(text.replace("js", "md", 1)))
    assert "[!code" in shown or "highlight" in shown


def test_values_of_a_program_in_html_are_named() -> None:
    assert [one.span.line for one in named("<pre>\n  <b>a: </b>1{'\\n'}\n</pre>", path="p.mdx")] == [2]
    for text in ("<pre>{'a'}</pre>", "<style>\na {b: c}\n</style>", "<p>{clinic.phone}</p>"):
        assert named(text, path="p.md" if text.startswith("<pre") else "p.mdx") == []


def test_the_marks_of_a_site_without_any_read_none() -> None:
    assert "abbreviations" not in Marks().reads and texts(CODE) == texts(CODE, "mkdocs")
