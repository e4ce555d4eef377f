"""Laws of the Markdown of other tools: whatever is read, a message read again where it stands is the text that its page shows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.content import markdown
from pipeline.content.inline import parse
from pipeline.content.marks import Marks
from pipeline.core.dialects import CONSTRUCTS
from tests.laws.test_pages import in_english

PARTS = [
    '!!! note "T"', "    a b", "> [!WARNING]", "> [!tip]- T", "> c *d*", "- [ ] e", "1. [X] f", '=== "Tab"', "::: tip[T]", "::: note", ":::", "## H {#id .c}", "# H & I", "[TOC]", "* TOC\n{:toc}",
    "{: .x #y}", "a $x_1$ b $$c$$", "$$\nx\n$$", "\\(a\\) \\[b_1\\]", ":tada: :x:", "q^[n *o*] r^[n]", "{{< x >}} {% y %} {{ z }}", "Term\nTwo\n: def", "<div id=a>", "</div>", "<p style='background:url(x)'>t</p>",
    "| a | b |\n|---|---|\n| c^[n] | $x_1$ |", "```\ncode {{#include x}}\n```", "[l](x.md){ .c }", "s[^1]", "[^1]: t", "**（u）**v", "<!-- i18n: skip -->", "???+ tip", "  - > [!NOTE]\n    > w", "", "---\ntitle: T\n---",
]  # fmt: skip
LINE = st.tuples(
    st.sampled_from(["", "", "", "  ", "> ", "- ", "    "]), st.sampled_from(PARTS), st.sampled_from(["\n", "\n\n"])
)
PAGE = st.lists(LINE, max_size=12).map(lambda lines: "".join(map("".join, lines)))
READS = st.frozensets(st.sampled_from(sorted(CONSTRUCTS)))


@given(PAGE, READS)
def test_extraction_and_pages_read_the_same(text: str, reads: frozenset[str]) -> None:
    document = markdown.read("p.md", text, ("title",), lambda url: f"M/{url}", Marks(reads=reads))
    assert in_english(document) is not None
    numbers = [block.number for block in document.blocks()]
    assert numbers == sorted(set(numbers))
    assert len(set(document.anchors)) == len(document.anchors)
    for block in document.blocks():
        if block.message:
            again = parse(block.message.key.msgid, block.inline.syntax, document.scope)
            said = [[node._replace(ids=(0, 0)) for node in inline.nodes] for inline in (again, block.inline)]
            assert said[0] == said[1]
            assert 1 <= block.message.span.line <= text.count("\n") + 1


@given(st.lists(LINE, max_size=2).map(lambda lines: "".join(map("".join, lines))))
@settings(max_examples=400)
def test_what_has_no_mark_of_another_tool_is_read_alike_by_all(text: str) -> None:
    """Reading a construct changes only the pages that have it: where nothing is found, none is needed."""
    plain = markdown.read("p.md", text, ("title",))
    if not plain.findings:
        every = markdown.read("p.md", text, ("title",), marks=Marks(reads=frozenset(CONSTRUCTS) - {"cjk", "ids"}))
        assert [message.key for message in every.messages()] == [message.key for message in plain.messages()]
