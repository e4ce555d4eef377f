"""Markdown of other tools: read as what it is, or named at its line. Never text in front of readers in silence."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipeline.cli.main import main
from pipeline.content import dialects, markdown
from pipeline.content.inline import parse, translated
from pipeline.content.marks import Marks
from pipeline.content.sources import broken
from pipeline.content.structure import excess, missing
from pipeline.core.components import Component, simple
from pipeline.core.dialects import CONSTRUCTS, DIALECTS, NAMES, constructs
from pipeline.core.inline import Syntax, has_words
from pipeline.core.model import Level
from tests.conftest import Make, built, project_of, translate, updated
from tests.laws.test_pages import in_english

COMMON = Marks(reads=constructs(["common"]))


def html(text: str, *reads: str) -> str:
    return re.sub(
        r"\n", "", in_english(markdown.read("p.md", text, (), marks=Marks(reads=constructs(reads or ["common"]))))
    )


def texts(text: str, *reads: str) -> list[str]:
    found = markdown.read("p.md", text, (), marks=Marks(reads=constructs(reads or ["common"])))
    return [message.key.msgid for message in found.messages() if message.kind != "label"]


LEAVE_ALONE = [
    "/// three slashes begin a comment",
    "a\n\n<!-- include the night number once there is one -->",
    "{" + "a=x.b " * 60 + "!",
    "\\[=" * 9000,
    "```text\nadmonish\n```",
    "```{r}\na\n```",
    "```python\n# a\n```",
    "```\n/// note\n\na\n\n///\n```",
    "<div markdown_x>\n\na\n\n</div>",
    "> [!important link](x.md)",
    "> A [!NOTE] inside",
    "Wow!!! note this",
    "??? ",
    "- [link] text",
    "- [ ]",
    "- [x](y.md) text",
    "1. [y] a",
    "    !!! note\n\n        a",
    "```\n!!! note\n\n    a\n```",
    "## Sets {1, 2}",
    "## The {clinic.phone} number",
    "## A {b}",
    "See [TOC] here",
    "Title\n===",
    "[toc]: /x\n\nsee [toc]",
]


@pytest.mark.parametrize("text", LEAVE_ALONE)
def test_what_is_plain_is_left_alone(text: str) -> None:
    plain = markdown.read("p.md", text, ())
    found = markdown.read("p.md", text, (), marks=COMMON)
    assert in_english(found) == in_english(plain)
    assert [m.key for m in found.messages()] == [m.key for m in plain.messages()]
    assert [f for f in found.findings if f.code == "dialect"] == []


READ = [
    ("> [!WARNING]\n> Do *not*.", ["Do *not*."], '<div class="callout warning" role="note"><p class="callout-label">Warning</p><p>Do <em>not</em>.</p></div>'),
    ("> [!note]\n>\n> a\n>\n> - b", ["a", "b"], '<div class="callout note" role="note"><p class="callout-label">Note</p><p>a</p><ul><li>b</li></ul></div>'),
    ("> [!danger] My *title*\n> a", ["My *title*", "a"], '<p class="callout-label">My <em>title</em></p><p>a</p></div>'),
    ("> [!TIP]-\n> a", ["a"], '<details class="callout tip" role="note"><summary class="callout-label">Tip</summary><p>a</p></details>'),
    ("> [!info]\n> a", ["a"], '<div class="callout note" role="note">'),
    ("- > [!NOTE]\n  > a\n- b", ["a", "b"], '<li><div class="callout note"'),
    ('!!! danger "Never stop"\n\n    Do *not*.\n\n    - a\n\nb', ["Never stop", "Do *not*.", "a", "b"], '<div class="callout danger" role="note"><p class="callout-label">Never stop</p><p>Do <em>not</em>.</p><ul><li>a</li></ul></div><p>b</p>'),
    ("!!! warning\n    a\n    b", ["a b"], "<p>a b</p></div>"),
    ("a\n!!! warning\n    b", ["a", "b"], "<p>a</p><div"),
    ("??? question\n    a", ["Question", "a"], '<details class="callout note" role="note"><summary class="callout-label">Question</summary><p>a</p></details>'),
    ('???+ tip "T"\n    a', ["T", "a"], '<details class="callout tip" role="note" open>'),
    ("!!! note\n\n    !!! danger\n\n        a\n\n    b", ["a", "b"], '<div class="callout danger" role="note">'),
    ("- a\n\n    !!! note\n\n        b", ["a", "b"], '<div class="callout note" role="note">'),
    ('=== "At home"\n\n    a\n\n=== "Out"\n\n    b', ["At home", "a", "Out", "b"], '<p class="callout-label">At home</p><p>a</p></div>'),
    (":::warning[Never *stop*]\na\n:::", ["Never *stop*", "a"], '<div class="callout warning" role="note"><p class="callout-label">Never <em>stop</em></p>'),
    (":::tip[T]{icon=x}\na\n:::", ["T", "a"], '<p class="callout-label">T</p>'),
    ("::: tip T\na\n:::", ["T", "a"], '<p class="callout-label">T</p>'),
    ("::: details More {open}\na\n:::", ["More", "a"], '<details class="callout note" role="note" open><summary class="callout-label">More</summary>'),
    ("::: details More\na\n:::", ["More", "a"], '<details class="callout note" role="note"><summary class="callout-label">More</summary>'),
    ("## Call us {#call}", ["Call us"], '<a id="call-us" class="alias"></a><h2 id="call">Call us</h2>'),
    ("## Call us {: #call .big }", ["Call us"], '<h2 id="call" class="big">Call us</h2>'),
    ("## Call us {#call.big}", ["Call us"], '<h2 id="call" class="big">Call us</h2>'),
    ("## Call us {.big}", ["Call us"], '<h2 class="big" id="call-us">Call us</h2>'),
    ("Call us {#call}\n---", ["Call us"], '<h2 id="call">Call us</h2>'),
    ("## Call us {/* #call */}", ["Call us"], '<h2 id="call">Call us</h2>'),
    ("## {clinic.phone} {#call}", [], '<h2 id="call">'),
    ("- [ ] a\n- [x] b", ["a", "b"], '<li class="task"><input type="checkbox" disabled> a</li><li class="task"><input type="checkbox" disabled checked> b</li>'),
    ("1. [X] a", ["a"], '<input type="checkbox" disabled checked> a'),
    ("/// note\n\nDo *not*.\n\n///\n\nb", ["Do *not*.", "b"], '<div class="callout note" role="note"><p class="callout-label">Note</p><p>Do <em>not</em>.</p></div><p>b</p>'),
    ("a\n/// warning | Never *stop*\nb\n///", ["a", "Never *stop*", "b"], '<p>a</p><div class="callout warning" role="note"><p class="callout-label">Never <em>stop</em></p><p>b</p></div>'),
    ("//// tab | Home\n\n/// tip\n\na\n\n///\n\n////\n\nb", ["Home", "a", "b"], '<p class="callout-label">Home</p><div class="callout tip" role="note"><p class="callout-label">Tip</p><p>a</p></div></div><p>b</p>'),
    ("/// details | More\n    type: warning\n    open: true\n\na\n///", ["More", "a"], '<details class="callout warning" role="note" open><summary class="callout-label">More</summary><p>a</p></details>'),
    ("/// admonition | T\n    type: danger\n\na\n///", ["T", "a"], '<div class="callout danger" role="note"><p class="callout-label">T</p><p>a</p></div>'),
    ("- a\n\n    /// note\n\n    b\n\n    ///\n\n- c", ["a", "b", "c"], "<p>b</p></div></li><li>"),
    ("/// note\n\n```\n///\n```\n\na\n\n///\n\nb", ["a", "b"], "<p>a</p></div><p>b</p>"),
    ('```admonish danger title="Never *stop*"\nDo *not*.\n\n- a\n```\n\nb', ["Never *stop*", "Do *not*.", "a", "b"], '<div class="callout danger" role="note"><p class="callout-label">Never <em>stop</em></p><p>Do <em>not</em>.</p><ul><li>a</li></ul></div><p>b</p>'),
    ("~~~ admonish\na\n```sh\nx\n```\n~~~", ["a"], '<div class="callout note" role="note"><p class="callout-label">Note</p><p>a</p><pre><code class="language-sh">x</code></pre></div>'),
    ("```admonish question collapsible=true\na\n```", ["Question", "a"], '<details class="callout note" role="note"><summary class="callout-label">Question</summary>'),
    ("- a\n\n  ```admonish tip\n  b\n  ```\n- c", ["a", "b", "c"], "<p>b</p></div></li>"),
    ("```{warning}\n:class: dropdown\n\na\n```", ["a"], '<details class="callout warning" role="note"><summary class="callout-label">Warning</summary><p>a</p></details>'),
    (":::{tip}\n```\n:::\n```\na\n:::\n\nb", ["a", "b"], "<p>a</p></div><p>b</p>"),
    ("````{admonition} My *title*\n:class: danger\n```{note}\na\n```\n````", ["My *title*", "a"], '<div class="callout danger" role="note"><p class="callout-label">My <em>title</em></p><div class="callout note" role="note">'),
    ("```rust\n# fn main() {\nlet a = 1;\n#\n#[b]\n## c\n# }\n```", [], '<pre><code class="language-rust">let a = 1;#[b]# c</code></pre>'),
    ("[TOC]\n\n## A\n\n### B", ["A", "B", "A", "B"], '<ul class="toc"><li class="toc-2"><a href="#a">A</a></li><li class="toc-3"><a href="#b">B</a></li></ul>'),
    ("[[toc]]\n\n# T\n\n## A", ["A", "T", "A"], '<li class="toc-2"><a href="#a">A</a></li></ul>'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages", "wanted"), READ)
def test_what_is_read(text: str, messages: list[str], wanted: str) -> None:
    found = markdown.read("p.md", text, (), marks=COMMON)
    assert texts(text) == messages
    assert wanted in html(text)
    assert [f for f in found.findings if f.level > Level.INFO] == []


COMPONENTS = [
    ('{{% alert title="Never *stop*" color="warning" %}}\nDo *not*.\n\n- a\n{{% /alert %}}\n\nb', ["Never *stop*", "Do *not*.", "a", "b"], '<div class="callout warning" role="note"><p class="callout-label">Never <em>stop</em></p><p>Do <em>not</em>.</p><ul><li>a</li></ul></div><p>b</p>'),
    ('{{% alert title="T" %}} **Always** `a`\nb. {{%\n/alert %}}', ["T", "**Always** `a` b."], "<p><strong>Always</strong> <code>a</code> b.</p></div>"),
    ("{{< hint danger >}}a{{< /hint >}}\n\nb", ["a", "b"], '<div class="callout danger" role="note"><p class="callout-label">Danger</p><p>a</p></div><p>b</p>'),
    ("{{< note >}}\na\n{{< /note >}}\n{{< tip >}}\nb\n{{< /tip >}}", ["a", "b"], '</div><div class="callout tip" role="note">'),
    ('{{< tabs "u" >}}\n{{% tab "Mac" %}}\na\n{{% /tab %}}{{< /tabs >}}', ["Mac", "a"], '<div class="callout tab" role="note"><p class="callout-label">Mac</p><p>a</p></div>'),
    ('{{< tabs items="JSON,At home" >}}\n{{< tab >}}a{{< /tab >}}\n{{< tab >}}b{{< /tab >}}\n{{< /tabs >}}', ["JSON", "a", "At home", "b"], '<p class="callout-label">At home</p><p>b</p>'),
    ('{{< tabpane >}}\n{{< tab header="Java" lang="java" >}}\nint x; // *a*\n{{< /tab >}}\n{{< /tabpane >}}', ["Java"], '<pre><code class="language-java">int x; // *a*</code></pre>'),
    ('{{< tabpane text=true >}}\n{{< tab header="Java" >}}\n*a*\n{{< /tab >}}\n{{< /tabpane >}}', ["Java", "*a*"], "<p><em>a</em></p>"),
    ('{{< tabs name="u" >}}\n{{% tab name="Ubuntu" %}}\n    apt update\n    # find it\n{{% /tab %}}\n{{< /tabs >}}', ["Ubuntu"], "<pre><code>apt update# find it</code></pre>"),
    ('{{< tabs "u" >}}\n    {{< tab "Mac" >}}\n    a\n    {{< /tab >}}\n{{< /tabs >}}', ["Mac", "a"], "<p>a</p></div>"),
    ('{{<Aside type="note" header="Retrieve a token">}}\n\na\n\n{{</Aside>}}', ["Retrieve a token", "a"], '<p class="callout-label">Retrieve a token</p><p>a</p>'),
    ("1. a\n   {{< tip >}}\n   b\n   {{< /tip >}}\n2. c", ["a", "b", "c"], '<li>a<div class="callout tip"'),
    ("> {{< note >}}\n> a\n> {{< /note >}}", ["a"], "<blockquote><div"),
    ('{{< card link="x.md" title="A b" subtitle="The c" >}}', ["[A b](x.md)", "The c"], '<a href="x.md">A b</a></p><p>The c</p></div>'),
    ('{{< card code=true title="C" lang="c" >}}\nputs("Hello you");\n{{< /card >}}', ["C"], '<pre><code class="language-c">puts(&quot;Hello you&quot;);'),
    ("{{< columns >}}\na\n<--->\nb\n\n<--->\n\nc\n{{< /columns >}}", ["a", "b", "c"], "<p>a</p><p>b</p><p>c</p>"),
    ('<Card href="/a" title="B" rel="noopener noreferrer" />', ["[B](/a)"], '<a href="/a">B</a></p></div>'),
    ('{{< card link="/a" title="B" options="600x q80 webp" >}}', ["[B](/a)"], '<a href="/a">B</a></p></div>'),
    ("{{< highlight go >}}\nx := 1\n{{< /highlight >}}", [], '<pre><code class="language-go">x := 1</code></pre>'),
    ('{{< figure src="/a.png" caption="A *b*" >}}\n\nc', ["![A *b*](/a.png)", "A *b*", "c"], '<img src="/a.png" alt="A b"></p><p>A <em>b</em></p>'),
    ('See [a]({{< ref "b.md" >}}), [c]({{% relref d.md %}}#e) and `[f]({{< ref "g" >}})`.', ['See [a](b.md), [c](d.md#e) and `[f]({{< ref "g" >}})`.'], '<a href="d.md#e">c</a>'),
    ("[a]({{ site.baseurl }}/b/) [c]({% link d/e.md %}) ![f]({{ '/g.png' | relative_url }})", ["[a](/b/) [c](/d/e.md) ![f](/g.png)"], '<a href="/d/e.md">c</a>'),
    ("a\n\n{{% comment %}}\nto do\n{{% /comment %}}\n\nb", ["a", "b"], "<p>a</p><p>b</p>"),
    ('import { Aside } from "@astrojs/starlight/components";\n\n<Aside type="caution" title="Watch out!">\nDo *not*.\n</Aside>', ["Watch out!", "Do *not*."], '<div class="callout caution" role="note"><p class="callout-label">Watch out!</p><p>Do <em>not</em>.</p></div>'),
    ("import Tabs from '@theme/Tabs';\nimport TabItem from '@theme/TabItem';\n\n<Tabs groupId='os'>\n  <TabItem value='a' label='At home' default>\n    b\n\n    - c\n  </TabItem>\n</Tabs>\n\nd", ["At home", "b", "c", "d"], '<div class="callout tab" role="note"><p class="callout-label">At home</p><p>b</p><ul><li>c</li></ul></div><p>d</p>'),
    ("<Tabs\n  values={[\n    {label: 'At home', value: 'a'},\n    {label: 'Out', value: 'b'},\n  ]}>\n<TabItem value='b'>\n\nc\n\n</TabItem>\n<TabItem value='a'>d</TabItem>\n</Tabs>", ["Out", "c", "At home", "d"], '<p class="callout-label">Out</p><p>c</p>'),
    ("<Steps>\n\n1. a\n\n   ```\n   </Steps>\n   ```\n\n</Steps>\n\nb", ["a", "b"], "</li></ol><p>b</p>"),
    ('<LinkCard title="A b" description="The c" href="x.md" />', ["[A b](x.md)", "The c"], '<a href="x.md">A b</a></p><p>The c</p>'),
    ("<AccordionGroup>\n  <Accordion title=\"No answer\">\n    ```bash\n    a <b> [--c <d>]\n    ```\n\n    Like so:\n\n    - `e`\n\n    | f |\n    |---|\n    | g |\n\n  </Accordion>\n</AccordionGroup>", ["No answer", "Like so:", "f", "g"], '<summary class="callout-label">No answer</summary><pre><code class="language-bash">a &lt;b&gt; [--c &lt;d&gt;]</code></pre>'),
    ('<ParamField path="ttl" type="number" default="1800">\n  How long.\n</ParamField>', ["ttl", "How long."], '<p class="callout-label">ttl</p><p>How long.</p></div>'),
    ('{% include callout.html type="warning" content="**a**\n\nb" %}', ["**a**", "b"], '<p class="callout-label">Warning</p><p><strong>a</strong></p><p>b</p></div>'),
    ('{% hint style="danger" %}\na\n{% endhint %}', ["a"], '<div class="callout danger" role="note">'),
    ("```mdx-code-block\nimport Tabs from '@theme/Tabs';\nimport TabItem from '@theme/TabItem';\n```\n\n```mdx-code-block\n<Tabs>\n<TabItem value='a' label='At home'>\n```\n\n```sh\nx\n```\n\nb\n\n```mdx-code-block\n</TabItem>\n</Tabs>\n```\n\nc", ["At home", "b", "c"], '<pre><code class="language-sh">x</code></pre><p>b</p></div><p>c</p>'),
    ('{{% blocks/section type="row" %}}\n\n{{% blocks/feature\n  title="A b" icon="fa-x"\n  url="c.md"\n%}}\n\nd\n\n{{% /blocks/feature %}}\n\n{{% blocks/link-down color="info" %}}\n\n{{% /blocks/section %}}', ["[A b](c.md)", "d"], '<a href="c.md">A b</a></p><p>d</p></div>'),
    ("::: code-group\n```js [a.js]\nx\n```\n:::\n\nb", ["b"], '<p class="callout-label"><code>a.js</code></p><pre><code class="language-js">x</code></pre></div><p>b</p>'),
    ('{% callout type="note" title="T" %}\na\n{% /callout %}', ["T", "a"], '<p class="callout-label">T</p><p>a</p>'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages", "wanted"), COMPONENTS)
def test_components_that_are_boxes_are_read(text: str, messages: list[str], wanted: str) -> None:
    found = markdown.read("p.md", text, (), marks=COMMON)
    assert texts(text) == messages
    assert wanted in html(text)
    assert [f for f in found.findings if f.level > Level.WARNING] == []


NOT_BOXES = [
    ("a\n\n- b\n  {{< note >}}\nc\n{{< /note >}}", "It is a box where"),
    ("a\n\n{{< note >}}\nc", "It is a box where"),
    ("a\n\n<Note>\nc\n</Note> d", "It is a box where"),
    ("a\n\n{{< alert fire >}}\nc\n{{< /alert >}}", "no kind of box"),
    ("a\n\n{{< alert style=waring >}}\nc\n{{< /alert >}}", "Did you mean `warning`?"),
    ("a\n\n{% include note.html content=b %}", "in quotation marks"),
    ("a\n\n<Card title={<b>c</b>}>\nd\n</Card>", "works out"),
    ('a\n\n<Note footer="See below">\nd\n</Note>', 'of [tool.lockstep.components."Note"]'),
    ('a\n\n<Note href="/d/">\nd\n</Note>', "is not shown"),
    ('a\n\n<Card href="/d/">\nd\n</Card>', "`href` of `Card` is not shown"),
    ('a\n\n{{< note title="Never stop" title="b" >}}\nd\n{{< /note >}}', "`Never stop`"),
    ("a\n\n{{< details Never stop it >}}\nd\n{{< /details >}}", "`stop it`"),
    ('a\n\n{{< columns "Never stop" >}}\nd\n{{< /columns >}}', "`Never stop`"),
    ('a\n\n{{< note limit="Dose: 5 mg" >}}\nd\n{{< /note >}}', "`Dose: 5 mg`"),
    ('a\n\n{{< note limit="Call *us*" >}}\nd\n{{< /note >}}', "`Call *us*`"),
    ('a\n\n{{< note limit="\u8bf7\u7acb\u5373\u81f4\u7535" >}}\nd\n{{< /note >}}', "is not shown"),
    ("a\n\n<Note more={<p>Never stop</p>}>\nd\n</Note>", "nobody works out"),
    ("a\n\n<Tabs items={['A b', 'C d']}>\n<Tab>e</Tab>\n</Tabs>", "`C d` of `Tabs`"),
    ("a\n\n<Tabs values={[{label: 'A', value: 'b'}]}>\n<TabItem value='b' label='C'>e</TabItem>\n</Tabs>", "`C`"),
    ('a\n\n<Card title="b" imageAlt="The pump">\nd\n</Card>', "`imageAlt` of `Card` is not shown"),
    ('a\n\n<Card title="b" href="javascript:alert(1)" />', "is a program"),
    ('a\n\n{{< figure link="/d/" >}}\nd\n{{< /figure >}}', "It is a box where"),
]


@pytest.mark.parametrize(("text", "said"), NOT_BOXES)
def test_what_of_a_component_is_not_read_is_named(text: str, said: str) -> None:
    found = [f for f in markdown.read("p.md", text, (), marks=COMMON).findings if f.code == "dialect"]
    assert any(said in one.text and one.level is Level.ERROR and one.span.line >= 3 for one in found), found


def test_what_leads_nowhere_is_told_with_what_to_write() -> None:
    """A component with an end may be a box; of one without, a site can say that readers need nothing of it."""
    for text, said in (
        ("{{< mine >}}\n\na\n\n{{< /mine >}}", '`"mine" = "note"`'),
        ("{{< youtube x >}}", '`"youtube" = "nothing"`'),
        ("<Mine />", '`"Mine" = "nothing"`'),
    ):
        found = markdown.read("p.md", text, (), marks=COMMON).findings
        assert said in found[0].text, found
    own = Marks(
        reads=constructs(["common"]), components=(("youtube", Component("nothing")), ("Mine", Component("nothing")))
    )
    made = markdown.read("p.md", "a\n\n{{< youtube x >}}\n\n<Mine />\n\nb", (), marks=own)
    assert made.findings == () and [one.key.msgid for one in made.messages()] == ["a", "b"]


def test_a_second_title_is_shown_or_named() -> None:
    assert texts('{{< card header="A" title="B c" >}}\nd\n{{< /card >}}') == ["B c", "A", "d"]
    (found,) = markdown.read("p.md", '<Note title="A" header="B c">\nd\n</Note>', (), marks=COMMON).findings
    assert "`header` of `Note` is not shown" in found.text


def test_how_a_component_looks_is_no_word() -> None:
    text = '{{< card title="A" icon="fab fa-github" class="one two" height="full td-below" >}}\nb\n{{< /card >}}'
    assert markdown.read("p.md", text, (), marks=COMMON).findings == ()


def test_of_several_imports_those_that_are_known_go() -> None:
    text = "import Tabs from '@theme/Tabs';\nimport Mine from './mine';\nimport {\n  TabItem,\n} from '@theme/TabItem';\n\na"
    assert texts(text) == ["a"], "no reader and no translator is to see a line of a program"
    ((line, said),) = [(one.span.line, one.text) for one in markdown.read("p.md", text, (), marks=COMMON).findings]
    assert line == 2 and "import Mine" in said
    found = [
        (one.span.line, one.text) for one in markdown.read("p.md", f"{text}\n\n<Mine />", (), marks=COMMON).findings
    ]
    assert [line for line, _ in found] == [9] and "`<Mine" in found[0][1], "it is named where it stands, once"


def test_code_shows_how_components_are_written() -> None:
    text = "```\n{{< note >}}\na\n{{< /note >}}\n```\n\n    <Note>\n    b\n    </Note>\n\n`<Note>` c"
    assert texts(text) == ["`<Note>` c"]
    assert 'class="callout' not in html(text)


CLOSED = [
    ("{{< highlight go >}}\nfoo(){{< /highlight >}}", '<code class="language-go">foo()</code></pre>'),
    ("{{< highlight go >}}{{< /highlight >}}", '<code class="language-go"></code></pre>'),
    ("<Note>\n<div>a</div></Note>", "<div>a</div></div>"),
    ('{{< card link="/a b/" title="A [b" >}}', '<a href="/a%20b/">A [b</a></p></div>'),
    ('<Card title="A" href="/b/">\n</Card>', '<a href="/b/">A</a></p></div>'),
]


@pytest.mark.parametrize(("text", "wanted"), CLOSED)
def test_an_end_on_the_last_line_is_no_part_of_it(text: str, wanted: str) -> None:
    assert html(text).endswith(wanted)
    assert markdown.read("p.md", text, (), marks=COMMON).findings == ()


ENDLESS = [
    "import " + " " * 9000 + "x",
    "a " + "`" * 90000,
    "<!-- " * 40000,
]


@pytest.mark.parametrize("text", ENDLESS)
def test_a_page_with_components_is_looked_through_once(text: str) -> None:
    """Some of these never ended."""
    assert "<p>end</p>" in html("<Note>\n\nend\n\n</Note>\n\n" + text)


def test_what_a_site_has_no_box_for_loses_no_title() -> None:
    marks = Marks(reads=constructs(["common"]), components=(("Mine", simple("plain")),))
    found = markdown.read("p.md", '<Mine title="Stop">\na\n</Mine>', (), marks=marks).findings
    assert [one.text[:43] for one in found] == ["`title` of `Mine` is not shown: `Stop`. Nam"]


def test_a_site_says_what_its_own_components_are(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    page = '# A\n\n::: own T\nf\n:::\n\n{{< dose level="danger" name="Never stop" >}}\nb\n{{< /dose >}}\n\n<Mine>\nc\n</Mine>\n\n{% include box.html say="d e" %}\n'
    root = make({"index.md": page})
    with (root / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[tool.lockstep.components]\nMine = "tip"\nown = "danger"\ndose = {kind = "level", title = "name"}\n'
            '"box.html" = {box = "warning", words = ["say"]}\n'
        )
    updated(root)
    assert main(["check", "--root", str(root)]) == 0, capsys.readouterr().out
    built(root)
    shown = (root / "dist/en/index.html").read_text("utf-8")
    for one in ("callout danger", "Never stop", "callout tip", "callout warning", "d e"):
        assert one in shown


UNREAD = [
    ("a\n\n> [!WARNING]\n> b", 3),
    ("a\n\n!!! danger\n\n    b", 3),
    ('a\n\n=== "Tab"\n\n    b', 3),
    ("a\n\n:::warning[b]\nc\n:::", 3),
    ("a\n\n## b {#c}", 3),
    ("a\n\n- [ ] b", 3),
    ("a\n\n[TOC]", 3),
    ("a\n\n/// note\n\nb\n\n///", 3),
    ("a\n\n```admonish note\nb\n```", 3),
    ("a\n\n```{note}\nb\n```", 3),
    ("a\n\n:::{note}\nb\n:::", 3),
    ("a\n\n/// note | Title\nb\n///", 3),
]


@pytest.mark.parametrize(("text", "line"), UNREAD)
def test_what_is_not_read_is_named(text: str, line: int) -> None:
    found = [f for f in markdown.read("p.md", text, ()).findings if f.code in {"dialect", "box"}]
    assert found and (found[0].span.line, found[0].level) == (line, Level.ERROR)


TOML = '''+++
title = "Alarms # and more"
weight = 3
draft = false
tags = ["a", "b"]
date = 2026-11-01
[nav]
label = """
Two
lines"""
+++
text
'''


def test_toml_front_matter_is_read_as_yaml_is() -> None:
    keys = ("title", "nav.label")
    document = markdown.read("p.md", TOML, keys, marks=COMMON)
    assert [(m.key.msgid, m.span.line) for m in document.messages()] == [
        ("Alarms # and more", 2),
        ("Two lines", 8),
        ("text", 12),
    ]
    assert document.data == {
        "title": "Alarms # and more", "weight": "3", "draft": "false", "tags": ["a", "b"], "date": "2026-11-01", "nav": {"label": "Two\nlines"},
    }  # fmt: skip
    assert in_english(document) == '<h1 id="alarms-and-more">Alarms # and more</h1>\n<p>text</p>\n'


FRONT = [
    ("+++\ntitle = \n+++\ntext", "syntax", 2),
    ("+++\ntitle = 'a'\ntext", "unclosed", 1),
    ("---\ntitle: a\ntext", "unclosed", 1),
    ('{\n  "title": "a"\n}\n\ntext', "front-matter", 1),
    ("+++\ntitel = 'a'\n+++\ntext", "front-matter", 2),
    ("---\npublished: perhaps\n---\ntext", "front-matter", 2),
    ("\n---\ntitle: a\n---\ntext", "front-matter", 2),
    ("\ufeff\n\n---\ntitle: a\ntags:\n  - b\n---\ntext", "front-matter", 3),
    ("<!-- of whom -->\n---\ntitle: a\nurl: /b/\n---\ntext", "front-matter", 2),
    ("<!--\nof whom\n-->\n\n+++\ntitle = 'a'\n+++\ntext", "front-matter", 5),
]


@pytest.mark.parametrize(("text", "code", "line"), FRONT)
def test_what_is_wrong_in_front_matter_is_said(text: str, code: str, line: int) -> None:
    found = markdown.read("p.md", text, (), marks=COMMON).findings
    assert [(f.code, f.span.line, f.level) for f in found] == [(code, line, Level.ERROR)]


@pytest.mark.parametrize(
    "text",
    ["\n---\n\nWords of a page.\n\n---\ntext", "<!-- a -->\n---\n# A\n---\n", "\n---\ntitle: a\nWords of a page.\n---\n", "\n---\ntitle: a\n\ntext", "# A\n\n---\ntitle: a\n---\n"],
)  # fmt: skip
def test_a_line_across_the_page_is_no_front_matter(text: str) -> None:
    assert markdown.read("p.md", text, (), marks=COMMON).findings == ()


def test_a_formula_in_a_code_block_is_named() -> None:
    for text in ("a\n\n```math\nx = \\frac{a}{b}\n```", "- a\n\n  ~~~ Math\n  x\n  ~~~"):
        found = markdown.read("p.md", text, (), marks=COMMON).findings
        assert [(one.span.line, one.level, '"math"' in one.text) for one in found] == [(3, Level.WARNING, True)]


def test_a_formula_by_name_is_named_until_it_is_one() -> None:
    """It was said to be one where "math" is read: then readers saw its marks, and nothing was said."""
    for reads in (COMMON, Marks(reads=constructs(["common", "math"]))):
        for text in ("a\n\n\\begin{align}\nx_1\n\\end{align}", "a\n\nb \\begin{cases*}x\\end{cases*} c"):
            (one,) = markdown.read("p.md", text, (), marks=reads).findings
            assert one.span.line == 3 and "`$$`" in one.text and '"math"' in one.text
        for text in ("`\\begin{align}x\\end{align}`", "a \\begin{align} b", "\\begin{align}x\\end{gather}"):
            assert markdown.read("p.md", text, (), marks=reads).findings == ()
    right = "$$\n\\begin{align}\nx\n\\end{align}\n$$\n\na $\\begin{matrix}x\\end{matrix}$ b"
    assert markdown.read("p.md", right, (), marks=reads).findings == ()


def test_two_headings_of_one_id_are_named() -> None:
    found = markdown.read("p.md", "## A {#x}\n\n## B {#x}\n\n## x", (), marks=COMMON)
    assert [(f.code, f.span.line) for f in found.findings] == [("duplicate-id", 3)]
    assert "x-1" in found.anchors


def test_every_dialect_is_made_of_constructs() -> None:
    assert {one for some in DIALECTS.values() for one in some} <= {*CONSTRUCTS}
    assert set(NAMES) == {*DIALECTS, *CONSTRUCTS}


FOREIGN = [
    ("a\n\n{{< youtube x >}}", 3, "shortcode"),
    ('a\n\nb {{<youtube title="The {c} d">}} e', 3, "shortcode"),
    ("a\n\n{{% mine warning %}}\nb\n{{% /mine %}}", 3, "`\"mine\" = \"note\"`"),
    ("See {{< relref y >}}.", 1, "shortcode"),
    ("Call {{ site.phone }}.", 1, "source/site.yaml"),
    ("a\n\n{% include note.html %}", 3, "Copy its text"),
    ("a\n\n{% for a in b %}\nb\n{% endfor %}", 3, "template"),
    ("{{#include a.rs:2:10}}", 1, "Copy its text"),
    ("a\n\n```rust\nb\n{{#include a.rs}}\n```", 5, "Copy its text"),
    ("--8<-- 'a.md'", 1, "Copy its text"),
    ("import Mine from './mine.js';", 1, "program"),
    ("export const A = () => (\n  <b>x</b>\n);", 1, "program"),
    ("a\n\n<Mine groupId='os'>\n<TabItem>\n\nb\n\n</TabItem>\n</Mine>", 3, "`\"Mine\" = \"note\"`"),
    ("Use <Chart text='new' /> here.", 1, "component"),
    ("<div>\n{{ x }}\n</div>", 2, "fills in"),
    ("a {/* b c", 1, "comment"),
    ("See [[Page]].", 1, "wiki"),
    ("Press\n[here](javascript:alert(1)) now.", 1, "program"),
    ("Press [**here**](javascript:a) now.", 1, "program"),
    ("See ![a dot](data:text/html,x).", 1, "program"),
    ("See <JavaScript:alert(1)>.", 1, "program"),
    ("[x]: vbscript:go", 1, "program"),
    ("a :material-pump: b", 1, "icon"),
    ("a :tada: b", 1, '"emoji"'),
    ("a ^[b c]", 1, '"notes"'),
    ("a $x_1$ b", 1, '"math"'),
    ("a\n\n$$\nx = \\frac{a}{b}\n$$", 3, '"math"'),
    ("a \\(a_1\\) b", 1, '"math"'),
    ("a \\(k\\) and \\(2f+1\\)", 1, '"math"'),
    ("a \\(4.5 \\sim 5\\)", 1, '"math"'),
    ("\\[x = 1\\]", 1, '"math"'),
    ("\\begin{align*}\nx\n\\end{align*}", 1, '"math"'),
    ('a <a href="x>b</a>', 1, "quotation mark"),
    ("- a <img src=\"a.svg\" alt='b> c", 1, "quotation mark"),
    ("| a |\n| - |\n| <i class='x>b</i> |", 3, "quotation mark"),
    ("\\[x_1 \\\\[2mm] y\\]", 1, '"math"'),
    ("\\[a\\\\b\\]", 1, '"math"'),
    ("a\n{: .note}", 1, '"attributes"'),
    ("[a](b.md){ .big }", 1, '"attributes"'),
    ("a ==b== c", 1, "<mark>"),
    ("a\n\n<<< @/snippets/a.js{2}", 3, "Copy its text"),
    ("a\n\n<!--@include: ./a.md-->\n\nb", 3, "Copy its text"),
    ("a <!-- include: a.md --> b", 1, "Copy its text"),
    ("!> Never", 1, "no box"),
    ("<img src={require('./a.png').default} alt=\"b\" />", 1, "values of a program"),
    ("<a className=\"b\" href=\"c.md\">d</a> e", 1, "values of a program"),
    ("<div>\n<p onClick={a}>b</p>\n</div>", 2, "values of a program"),
    ("{::comment}a{:/comment} b", 1, "kramdown"),
    ("a {:/} b", 1, "kramdown"),
    ("a [b](c d.md) e", 1, "no link"),
    ("a ![b](c d.png) e", 1, "no link"),
    ("a [b](c.md d", 1, "no link"),
    ("x^2^ b", 1, "<sup>"),
    ("H~2~O", 1, "<sub>"),
    ("See [the book][none].", 1, "no address"),
    ("See [the book][].", 1, "no address"),
    ("See[^none].", 1, "no footnote"),
    ("*[HTML]: Hyper Text", 1, "abbreviation"),
    ("[a]({{base}}/b)", 1, "fills in"),
    ("## Two {#a b c}", 1, "no list of attributes"),
    ("## Two {#a {#b}", 1, "no list of attributes"),
    ("![a]({{base}}/b.png)", 1, "fills in"),
    ("---\ntitle: About {{ site.title }}\n---\ntext", 2, "fills in"),
    ("<img src='{{ x }}' alt='a'> b", 1, "fills in"),
    ("{* ../../docs_src/a.py hl[1,5] *}", 1, "Copy its text"),
    ("a\n\n{!../../docs_src/a.py!}", 3, "Copy its text"),
    ("a ^^b c^^ d", 1, "<ins>"),
    ("a\n\n```mdx-code-block\n<Mine>\n```", 4, "component"),
    ("a\n\n```{figure} b.png\nb\n```", 3, "Write it in Markdown"),
    ("a\n\n```{note} Words\nb\n```", 3, "Write it in Markdown"),
    ("a\n\n```admonish warn\nb\n```", 3, "`warn` is no box that Lockstep knows. Did you mean `warning`? Here it is shown as a note."),
    ("a\n\n!!! xyz\n\n    b", 3, "Here it is shown as a note."),
    ("See {doc}`pump`.", 1, "role"),
    ("a [b c]\n[d] e\n\n[d]: f.md", 1, "Take out the space"),
    ("[a](pathname:///b.pdf)", 1, "Docusaurus"),
    ("import A from 'a'\n\nIt is {1 + 1}.", 3, "works out"),
    ('!!! tip ":material-pump: a"\n\n    b', 1, "icon"),
    ("::: tip :material-pump: a\nb\n:::", 1, "icon"),
    ("> [!TIP] :material-pump: a\n> b", 1, "icon"),
    ("<p markdown='1'>\n**a** b\n</p>", 1, "blank line"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "said"), FOREIGN)
def test_what_another_tool_would_run_is_named(text: str, line: int, said: str) -> None:
    document = markdown.read("p.md", text, (), marks=COMMON)
    found = [f for f in document.findings if f.code == "dialect"]
    assert found and found[0].span.line == line and said in found[0].text and found[0].level is Level.ERROR, found
    assert broken(document) == ()


OURS = [
    "::: tip See **the** `code` and [a](b.md)\nc\n:::", '!!! tip "A `b`"\n\n    c', "> [!TIP] **a**\n> b",
    "#1 of 3", "See #Doses", "\\#Doses", "# a", "a -- b | c", "a -- | b", "a | b", "a \\`b", "Press <kbd>`</kbd>", "<code>**a</code> `b`", "``a`b``", "arr[i] (x)", "a](b)", "```js [1]\na\n```", "a < b << c <<< d", "!>a", "<!-- includes a word -->",
    "2**3 and **/*.md and a/**/b", "a \\*\\*b", "`**a`", "** a ** b", "a*b*c",
    "```\na  # (1)\n```", "```js {1,4}\na\n```", "```{.python}\na\n```", "```{r}\na\n```", '```html\n<a title="b">\n```', "{a}`b`" if False else "a {b} `c`", "[1] [a]\n\n[a]: b.md", "[a] [b]", "[x](y.md) [a]\n\n[a]: b.md",
    "<div markdown>\n\n**a**\n\n</div>", "<div>\n**a** b\n</div>", "A {b c} without MDX", "{ *a* }", "{!}",
    "\\[sic\\] and \\(see below\\) and \\(foo\\)", "[a](\\(b\\))", "\\[\\\\\\]",
    "It costs $5 (or $6).", "Use $HOME/$USER here.", "From $5-$10.", "At 10:30:45.", "a:b:c", "Ratio 1 : 2 : 3", "`{{ x }}` and `:tada:`", "\\[a](b)", "a\\[b\\](c)",
    "\\[a](javascript:x)", "[a\\](javascript:x)", "\\<javascript:x>", "`[a](javascript:x)`", "Write to us (data: none) [or](b.md).",
    "{clinic.phone}", "{a} and {b c}", "a[0][1]", "[a][b]\n\n[b]: c.md", "[a][]\n\n[A]: c.md", "a[^n]\n\n[^n]: b", "\\[a][b]", "a == b", "a == b == c", "C++ and D++", "a ~ b ~ c",
    "~~gone~~", "2^10", "<DIV>a</DIV>", "<BR>", "<custom-tab>a</custom-tab>", "<https://example.org/A.b>", "We import many things from abroad.", "export is a word",
    "```jinja\n{{ x }} {% y %}\n```", "$ ls", "[x]: http://a/{{b}}", "a <!-- {{ b }} --> c", "<!-- {{ b }} -->", "::: note\na\n:::", "I^II", "5 > 4 <> 3",
]  # fmt: skip


@pytest.mark.parametrize("text", OURS)
def test_what_is_ours_is_not_named(text: str) -> None:
    assert [f for f in markdown.read("p.md", text, (), marks=COMMON).findings if f.code == "dialect"] == []


def test_what_a_tool_would_run_is_guarded_in_translations() -> None:
    """A translator can move it and not change it; nothing in it is a fact of ours, or words."""
    document = markdown.read("p.md", "Call {{ site.phone }} at {% now %} {{< a_b_c >}}.\n\n{{ site.x }}\n", ())
    (message,) = document.messages()
    block = next(block for block in document.blocks() if block.message)
    assert message.key.msgid == "Call {{ site.phone }} at {% now %} {{< a_b_c >}}."
    assert dict(block.inline.parts) == {"{{ site.phone }}": 1, "{% now %}": 1, "{{< a_b_c >}}": 1}
    assert (
        excess(block.inline, translated("Llame {{ sitio.tel }}", block.inline, document.scope))
        == "the placeholder {{ sitio.tel }}"
    )
    good = translated("{{< a_b_c >}} {% now %} llame {{ site.phone }}.", block.inline, document.scope)
    assert excess(block.inline, good) == "" and not list(missing(block.inline, good))


MATHS = [
    ("a $r_1 * r_2 * k$ b", ["a $r_1 * r_2 * k$ b"], '<span class="math inline" dir="ltr" translate="no">\\(r_1 * r_2 * k\\)</span>'),
    ("a \\(a_1\\) b", ["a \\(a_1\\) b"], "\\(a_1\\)</span>"),
    ("a\n\n```math\nx = \\frac{a}{b}\n```\n\nb", ["a", "b"], '<div class="math display" dir="ltr">\\[x = \\frac{a}{b}\\]</div>'),
    ("a\n\n$$\nx = \\frac{a}{b}\n$$\n\nb", ["a", "b"], '<div class="math display" dir="ltr">\\[x = \\frac{a}{b}\\]</div>'),
    ("\\[\nx < y\n\\]", [], '<div class="math display" dir="ltr">\\[x &lt; y\\]</div>'),
    ("It costs $5 (or $6).", ["It costs $5 (or $6)."], "<p>It costs $5 (or $6).</p>"),
    ("`$a$` and \\$b\\$", ["`$a$` and \\$b\\$"], "<p><code>$a$</code> and $b$</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages", "wanted"), MATHS)
def test_formulas_are_kept_apart(text: str, messages: list[str], wanted: str) -> None:
    assert texts(text, "common", "math") == messages
    assert wanted in html(text, "common", "math")
    found = markdown.read("p.md", text, (), marks=Marks(reads=constructs(["common", "math"])))
    assert found.findings == ()


def test_a_formula_is_the_same_in_a_translation() -> None:
    document = markdown.read("p.md", "The rate $r_1 * r_2$ is high.\n", (), marks=Marks(reads=constructs(["math"])))
    english = next(document.blocks()).inline
    assert not has_words(parse("$x_{dose}$", Syntax.MARKDOWN, document.scope))
    good = translated("La tasa $r_1 * r_2$ es alta.", english, document.scope)
    assert excess(english, good) == "" and [node.kind for node in good.nodes] == ["text", "math", "text"]
    assert excess(english, translated("La tasa $r_1 * r_3$ es alta.", english, document.scope))


HEADED = [
    ("---\ntitle: Pump *safety*\n---\ntext", '<h1 id="pump-safety">Pump *safety*</h1>'),
    ("---\ntitle: Safety\n---\n## Safety", '<h1 id="safety-1">Safety</h1>'),
    ("---\ntitle: Safety\n---\n# Pump", '<h1 id="pump">Pump</h1>'),
    ("---\ntitle: Safety\n---\nPump\n===", '<h1 id="pump">Pump</h1>'),
    ("---\ntitle: Safety\n---\n<h1>Pump</h1>", "<h1>Pump</h1>"),
]


@pytest.mark.parametrize("keys", [("title",), ()])
@pytest.mark.parametrize(("text", "wanted"), HEADED)
def test_a_title_is_the_heading_of_a_page_that_has_none(text: str, wanted: str, keys: tuple[str, ...]) -> None:
    document = markdown.read("p.md", text, keys)
    assert in_english(document).count("<h1") == 1 and wanted in in_english(document)
    numbers = [block.number for block in document.blocks()]
    assert numbers == sorted(set(numbers))
    assert [m.key.msgid for m in document.messages()].count("Safety") <= 1 + ("## Safety" in text)


def test_a_title_as_heading_is_translated_noticed_and_audited(make: Make) -> None:
    root = make({"index.md": "---\ntitle: Pump safety\n---\nKeep dry.\n"})
    translate(root, {"Pump safety": "Seguridad de la bomba", "Keep dry.": "Mantenga seco."})
    built(root)
    assert (
        '<h1 id="pump-safety" data-block="title">Seguridad de la bomba</h1>'
        in (root / "dist/es/index.html").read_text()
    )
    (root / "source/index.md").write_text("---\ntitle: Pump risks\n---\nKeep dry.\n")
    updated(root)
    built(root)
    page = (root / "dist/es/index.html").read_text()
    assert re.search(r'<h1 id="pump-risks" data-block="title"[^>]* aria-describedby="Notice-1">', page)
    assert main(["audit", "--root", str(root)]) == 0


MORE = [
    ("Hi :tada: :+1: :x:", "emoji", ["Hi \U0001f389 \U0001f44d \u274c"], ""),
    ("`:tada:` \\:tada: a:x:b 10:30:45", "emoji", ["`:tada:` \\:tada: a:x:b 10:30:45"], "<code>:tada:</code>"),
    ("# A :tada:", "emoji", ["A \U0001f389"], '<h1 id="a">'),
    ("[a :x:](b:c:d)", "emoji", ["[a \u274c](b:c:d)"], 'href="b:c:d"'),
    ("Text^[A *note*.] and^[`b]` c.].", "notes", ["Text[^a-note] and[^b-c].", "A *note*.", "`b]` c."], '<li id="fn1" class="footnote-item"><p>A <em>note</em>. '),
    ("- a^[See [b](c.md).]", "notes", ["a[^see-b-c-md]", "See [b](c.md)."], 'href="#fn1"'),
    ("`^[a]` and \\^[b]", "notes", ["`^[a]` and \\^[b]"], "<code>^[a]</code> and ^[b]"),
    ("a^[b] c^[b] d^[B!]", "notes", ["a[^b] c[^b] d[^b-2]", "b", "B!"], 'id="fn2"'),
    ("A note.\n{: .note #why }", "attributes", ["A note."], '<p class="note" id="why">A note.</p>'),
    ("{: .note}\nA note.", "attributes", ["A note."], '<p class="note">A note.</p>'),
    ("> A note.\n> { .note }", "attributes", ["A note."], '<blockquote><p class="note">A note.</p>'),
    ("A {b} and {clinic.x}.", "attributes", ["A {b} and {clinic.x}."], "<p>A {b}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "construct", "messages", "wanted"), MORE)
def test_what_is_read_where_a_site_asks_for_it(text: str, construct: str, messages: list[str], wanted: str) -> None:
    assert texts(text, construct) == messages
    assert wanted in html(text, construct)
    assert [
        f
        for f in markdown.read("p.md", text, (), marks=Marks(reads=constructs([construct]))).findings
        if f.code == "dialect"
    ] == []


@pytest.mark.parametrize(("text", "construct", "said"), [
    ("a\n\n:no_such_thing:", "emoji", "no emoji"),
    ("a\n\n[b](c){ .big }", "attributes", "not published"),
    ("a\n\nb\n{: width=3 }", "attributes", "not published"),
])  # fmt: skip
def test_what_of_it_cannot_be_read_is_named(text: str, construct: str, said: str) -> None:
    found = markdown.read("p.md", text, (), marks=Marks(reads=constructs([construct]))).findings
    assert [(f.code, f.span.line) for f in found] == [("dialect", 3)] and said in found[0].text


def test_another_note_moves_no_label() -> None:
    before, after = texts("a^[One.] b^[Two.]", "notes"), texts("c^[New.]\n\na^[One.] b^[Two.]", "notes")
    assert set(before) <= set(after)


CJK = [
    ("**\u91cd\u8981\u3002**\u8bf7\u6ce8\u610f", "<strong>\u91cd\u8981\u3002</strong>\u8bf7"),
    ("\u8bf7**\uff08\u91cd\u8981\uff09**\u770b", "\u8bf7<strong>\uff08\u91cd\u8981\uff09</strong>\u770b"),
    ("\u3053\u308c\u306f**\u300c\u5927\u4e8b\u300d**\u3067\u3059", "<strong>\u300c\u5927\u4e8b\u300d</strong>"),
    ("\u8bf7**`a`**\u770b", "<strong><code>a</code></strong>"),
    ("\u8bf7~~\uff08\u65e7\uff09~~\u770b", "<s>\uff08\u65e7\uff09</s>"),
    ("a **b** c*d*e f_g_h", "<strong>b</strong> c<em>d</em>e f_g_h"),
    ('a**"b"**c', "a**&quot;b&quot;**c"),
]


@pytest.mark.parametrize(("text", "wanted"), CJK)
def test_emphasis_in_chinese_japanese_and_korean(text: str, wanted: str) -> None:
    assert wanted in html(text, "cjk")
    scope = markdown.read("p.md", "x", (), marks=Marks(reads=constructs(["cjk"]))).scope
    english = parse("Read **this**.", Syntax.MARKDOWN, scope)
    assert [n.tag for n in translated("\u8bf7**\uff08\u8fd9\uff09**\u770b", english, scope).nodes if n.tag] == [
        "strong",
        "strong",
    ]


@pytest.mark.parametrize(
    "text", ["a\n\n!!! danger\n\nb", "a\n\n> [!WARNING]\n\nb", "a\n\n::: warning\n:::\n\nb", 'a\n\n=== "T"\nb']
)
def test_a_box_with_nothing_in_it_is_named(text: str) -> None:
    """Its text is likely to stand below it, where it warns of nothing."""
    found = markdown.read("p.md", text, (), marks=COMMON).findings
    assert [(f.code, f.level, f.span.line) for f in found] == [("box", Level.ERROR, 3)]


def warned(text: str, *reads: str) -> list[tuple[int, str]]:
    document = markdown.read("p.md", text, (), marks=Marks(reads=constructs(reads or ["common"])))
    assert {f.level for f in document.findings} <= {Level.WARNING} and not broken(document)
    return [(f.span.line, f.text) for f in document.findings if f.span]


SHOWN_OTHERWISE = [
    ("a **b c", 1, "bold"),
    ("a `b c", 1, "no code"),
    ("##Doses", 1, "no heading"),
    ("#Doses are", 1, "no heading"),
    ("a | b\n--|\nc | d", 1, "no table"),
    ("See [Smith](2020, p. 4).", 1, "no link"),
    ("Dose [mg](per kg)", 1, "no link"),
    ("a ** b**", 1, "bold"),
    ("a b** c", 1, "bold"),
    ("a\n\n```mermaid\ngraph\n```", 3, "diagram"),
    ("a\n\n```yaml\nb\nc: # (1)!\n```", 5, "place of a note"),
]


@pytest.mark.parametrize(("text", "line", "said"), SHOWN_OTHERWISE)
def test_what_its_tool_shows_otherwise_is_named(text: str, line: int, said: str) -> None:
    ((at, words),) = warned(text)
    assert at == line and said in words


LISTS = [
    ("See [a](b.md){.internal-link target=_blank}.", "See [a](b.md).", '<p>See <a href="b.md">a</a>.</p>'),
    ("![a](b.png){ width=30 } c", "![a](b.png) c", '<p><img src="b.png" alt="a"> c</p>'),
    ("[a][b]{ .c } d\n\n[b]: e.md", "[a][b] d", '<p><a href="e.md">a</a> d</p>'),
    ("[b]{ .c } d\n\n[b]: e.md", "[b] d", '<p><a href="e.md">b</a> d</p>'),
    ("**a**{.b} c", "**a** c", "<p><strong>a</strong> c</p>"),
]


@pytest.mark.parametrize(("text", "msgid", "wanted"), LISTS)
def test_an_attribute_list_of_a_part_of_a_text_is_no_text(text: str, msgid: str, wanted: str) -> None:
    """It is what the look of a theme hangs on: no reader and no translator is to see it, and a page says once that it is gone."""
    assert texts(text, "attributes") == [msgid] and wanted in html(text, "attributes")
    ((line, said),) = warned(text, "attributes")
    assert line == 1 and "is not published" in said


ALONE = [
    ("## A\n{: .no_toc #b }\n\nc", '<a id="a" class="alias"></a><h2 class="no_toc" id="b">A</h2><p>c</p>', []),
    ("{: .important }\n> a\n>\n> b", '<blockquote class="important"><p>a</p><p>b</p></blockquote>', []),
    ("{: .x }\n- a\n- b", '<ul class="x"><li>a</li><li>b</li></ul>', []),
    ("> {: .new }\n> > a", '<blockquote><blockquote class="new"><p>a</p></blockquote></blockquote>', []),
    ("a\n\n{: .x }\n\nb", "<p>a</p><p>b</p>", [3]),
    ("a\n\n{: .x }", "<p>a</p>", [3]),
    ("| a |\n|---|\n{: .x }\n| b |", "", [3]),
]


@pytest.mark.parametrize(("text", "wanted", "lines"), ALONE)
def test_an_attribute_list_alone_belongs_to_what_is_next_to_it(text: str, wanted: str, lines: list[int]) -> None:
    """As kramdown has it; it leaves no empty paragraph, and where nothing is next to it, that is said."""
    assert not wanted or html(text, "attributes", "heading-ids") == wanted
    found = markdown.read("p.md", text, (), marks=Marks(reads=constructs(["attributes", "heading-ids"]))).findings
    assert [(f.span.line, f.level) for f in found if f.span] == [(line, Level.ERROR) for line in lines]


def test_the_language_of_code_is_a_word() -> None:
    for info in ("js{4}", "js {1,3}", "js,editable", "js:line-numbers=2 {1}", "js"):
        assert html(f"```{info}\na\n```") == '<pre><code class="language-js">a</code></pre>'
    assert '"language-c++"' in html("```c++\na\n```") and '"language-c#"' in html("```c#\na\n```")


def test_an_id_in_a_text_is_kept_where_links_lead() -> None:
    document = markdown.read("p.md", "`cards`{ #cards }\n:   A b", (), marks=Marks(reads=constructs(["mkdocs"])))
    assert '<dt id="cards"><code>cards</code></dt>' in in_english(document)
    assert "cards" in document.anchors and document.findings == ()


@pytest.mark.parametrize("drawn", [False, True])
def test_formulas_that_nothing_draws_are_named(make: Make, drawn: bool) -> None:
    root = make({"index.md": "# A\n\nText\n", "b.md": "# B\n\nSo $x_1$ is.\n\n$$\ny\n$$\n"})
    settings = root / "pyproject.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("[tool.lockstep]\n", '[tool.lockstep]\ndialect = ["math"]\n', 1)
    )
    if drawn:
        template = root / "templates/page.html"
        template.write_text(template.read_text("utf-8") + '<script src="{{ root }}static/katex.js"></script>', "utf-8")
    found = [one for one in project_of(root).content.findings if "shown as TeX (pages with formulas: 1)" in one.text]
    wanted = [] if drawn else [("source/b.md", 3, Level.WARNING)]
    assert [(one.span.path, one.span.line, one.level) for one in found if one.span] == wanted


def test_a_list_that_belongs_to_nothing_in_its_text_is_named() -> None:
    for text in ("a {.b} c", "A word{:.red} b"):
        ((line, said),) = warned(text, "attributes")
        assert line == 1 and "is text here" in said


KEPT = ["a {.b} c", "`{.b}` and `a` {.b}", "\\*a\\*", "{{ a }}{.b}" if False else "a {b}", "[a](b.md) {.c}"]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_list_of_a_part_stays(text: str) -> None:
    assert texts(text, "attributes") == [text]


def test_words_in_a_list_and_spans_of_pandoc_are_named() -> None:
    for text in ('![a](b.png){title="See it"}', "[a b]{.underline} c"):
        found = markdown.read("p.md", text, (), marks=Marks(reads=constructs(["attributes"]))).findings
        assert [(f.code, f.level) for f in found] == [("dialect", Level.ERROR)], (text, found)


def test_emoji_in_the_title_of_a_box_are_drawn() -> None:
    for text in (
        '!!! tip ":tada: a"\n\n    b',
        "::: tip :tada: a\nb\n:::",
        "> [!TIP] :tada: a\n> b",
        "/// tip | :tada: a\nb\n///",
    ):
        assert texts(text, "common", "emoji") == ["🎉 a", "b"], text


def test_the_mark_of_markdown_in_an_element_is_no_attribute() -> None:
    assert html("<div class='a' markdown=\"1\">\n\nb\n\n</div>") == "<div class='a'><p>b</p></div>"
    assert html("<figure markdown>\n\nb\n\n</figure>") == "<figure><p>b</p></figure>"


def test_many_marks_of_other_tools_are_counted_by_kind(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever brings a site mends them by kind, and not one by one; a few are told line by line alone."""
    few = "# A\n\n{{< mine >}}\nb\n{{< /mine >}}\n\n:material-a: :octicons-b:\n"
    root = make({"index.md": few})
    updated(root)
    main(["check", "--root", str(root)])
    assert "by kind" not in capsys.readouterr().out
    (root / "source/b.md").write_text(
        f"# B\n\n{few[5:]}\n<Mine>\n\nc\n\n</Mine>\n\n{{{{< tab x >}}}}\n\n:simple-c: d\n", "utf-8"
    )
    updated(root)
    capsys.readouterr()
    main(["check", "--root", str(root)])
    out = capsys.readouterr().out
    assert [line.split("here")[0].strip() for line in out.partition("by kind:\n")[2].split("\n")[:4]] == [
        "5 × :material-a: is an icon of a theme that is not",
        "4 × mine is a shortcode",
        "2 × Mine is a component",
        "1 × tab is a shortcode",
    ]


def test_a_build_names_some_marks_and_how_many_more(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "# A\n\n" + "\n\n".join(f"a :material-{at}x:" for at in range(14))})
    updated(root)
    capsys.readouterr()
    assert main(["build", "--root", str(root)]) == 0
    said = capsys.readouterr().err
    assert said.count("is an icon of a theme") == 10 and "… and 4 more marks of other tools: lockstep check" in said


LOST = [
    ("/// note\n    Dose: 5 mg daily\n\nHi\n///", "Dose: 5 mg daily"),
    (":::{note}\n:Dose: 5 mg daily\nHi\n:::", "5 mg daily"),
    ("```admonish warning title=Stop it now\nHi\n```", ""),
    ("```admonish Never stop\nHi\n```", ""),
]


@pytest.mark.parametrize(("text", "words"), LOST)
def test_words_where_options_belong_are_not_lost(text: str, words: str) -> None:
    document = markdown.read("p.md", text, (), marks=COMMON)
    assert words in html(text) and any(f.level is Level.ERROR for f in document.findings)


def test_a_title_with_quotation_marks_in_it_is_whole() -> None:
    assert texts('```admonish warning title="A \\"b\\" c"\nHi\n```') == ['A "b" c', "Hi"]
    assert texts("```admonish warning.big\nHi\n```") == ["Hi"]


def test_many_notes_that_begin_alike_are_told_apart_at_once() -> None:
    """6,000 of them took the time of 6,000 × 6,000 × 6,000 looks before."""
    text = " ".join(f"a^[the same four words {at % 5000}]" for at in range(6000))
    found = html(text, "notes")
    assert found.count('<li id="') == 5000


@pytest.mark.parametrize("mark", ["/// note\n\n", ":::{note}\n\n", "/// note\n\n```\n\n```\n\n"])
def test_many_marks_that_nothing_ends_are_looked_through_once(mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def counting(state: Any, line: int) -> str:
        seen.append(line)
        return line_of(state, line)

    line_of = dialects.line_of
    monkeypatch.setattr(dialects, "line_of", counting)
    html(mark * 200)
    assert 200 < len(seen) < 200 * 40


def test_a_cell_may_be_called_as_an_attribute_list() -> None:
    cell, row = "| a | b |\n|---|---|\n| {a=b} | x |\n", "| a | b |\n|---|---|\n| c | x |\n{: .big}\n"
    assert texts(cell, "attributes") == ["a", "b", "{a=b}", "x"]
    for text, lines in ((cell, []), (row.replace("x |\n{", "x |\n| e | f |\n{"), []), (row + "| g | h |\n", [4])):
        found = markdown.read("p.md", text, (), marks=Marks(reads=constructs(["attributes"]))).findings
        assert [one.span.line for one in found] == lines


def test_words_behind_the_kind_of_an_admonition_are_named() -> None:
    """To Python-Markdown they are classes: nobody would see them, and nobody was told."""
    for text, said in (
        ("!!! note call us", True),
        ("!!! note call us\n\n    a", True),
        ("!!! note inline end\n\n    a", False),
    ):
        found = [one for one in markdown.read("p.md", text, (), marks=COMMON).findings if "classes" in one.text]
        assert bool(found) is said and all('`!!! note "call us"`' in one.text for one in found)


def test_many_tiny_tables_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A head was sought in the next 512 tokens of the page, whatever table it stood in."""
    from pipeline.content import unextractable

    class Counted(list[Any]):
        asked = 0

        def __getitem__(self, at: Any) -> Any:
            found = super().__getitem__(at)
            Counted.asked += len(found) if isinstance(at, slice) else 1
            return found

    tokens = Counted(markdown.builder().parse("| a |\n|---|\n| b |\n\n" * 50))
    assert [*unextractable.cut_rows("p.md", ["| a |", "|---|", "| b |", ""] * 50, tokens)] == []
    assert Counted.asked <= len(tokens)


@pytest.mark.parametrize(("kind", "meant"), [("custom", ""), ("center", ""), ("attention-please", ""), ("warnng", "warning"), ("tpi", "tip"), ("cauton", "caution")])  # fmt: skip
def test_a_box_is_likely_one_that_is_called_nearly_so(kind: str, meant: str) -> None:
    """`custom` was asked to be `caution`, and nothing said what to do with a box of one's own."""
    said = Marks().box(kind, "")
    assert (
        (f"Did you mean `{meant}`?" in said)
        if meant
        else ("Did you mean" not in said and "name one of your own" in said)
    )
