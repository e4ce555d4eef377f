"""Random pages and random translations, for the laws."""

from __future__ import annotations

from hypothesis import strategies as st

WORD = st.sampled_from(
    [
        "pump",
        "dose",
        "tube",
        "Take",
        "Do",
        "not",
        "stop",
        "call",
        "nurse",
        "5",
        "mg",
        "20",
        "ml",
        "daily",
        "pain",
        "relief",
        "café",
        "naïve",
    ]
)
PLAIN = st.lists(WORD, min_size=1, max_size=7).map(" ".join)
SPAN = st.one_of(
    PLAIN,
    PLAIN.map(lambda text: f"*{text}*"),
    PLAIN.map(lambda text: f"**{text}**"),
    PLAIN.map(lambda text: f"`{text}`"),
    PLAIN.map(lambda text: f"[{text}](https://example.org/a)"),
    PLAIN.map(lambda text: f'![{text}](img.png "A title")'),
    PLAIN.map(lambda text: f'<b class="x" title="{text}">{text}</b>'),
    st.sampled_from(
        [
            "a & b",
            "5 < 6",
            "\\*",
            "{clinic.phone}",
            "<https://example.org>",
            "one  \ntwo",
            "one\\\ntwo",
            "&copy;",
            "[ref]",
            "x[^n]",
            "<!-- c -->",
            "<!-- d --> <i>k</i>",
        ]
    ),
)
INLINE = st.lists(SPAN, min_size=1, max_size=3).map(" ".join)


def indented(text: str, by: str = "  ") -> str:
    return "\n".join(by + line if line else line for line in text.split("\n"))


LEAF = st.one_of(
    INLINE,
    st.tuples(INLINE, INLINE).map("\n".join),
    st.tuples(st.integers(1, 6), PLAIN).map(lambda pair: "#" * pair[0] + " " + pair[1]),
    PLAIN.map(lambda text: f"{text}\n==="),
    st.just("```py\nx = 1\n```"),
    st.just("    code"),
    st.just("***"),
    st.lists(PLAIN, min_size=2, max_size=2).map(
        lambda cells: f"| {cells[0]} | b |\n| --- | --: |\n| {cells[1]} | **c** |"
    ),
    st.tuples(PLAIN, INLINE).map(lambda pair: f"{pair[0]}\n: {indented(pair[1]).strip()}"),
    PLAIN.map(lambda text: f'<div class="x">\n<p>{text} <b>bold</b></p> tail\n</div>'),
    PLAIN.map(lambda text: f"<details><summary>{text}</summary>\n<p>more &amp; more</p></details>"),
    st.just("<!-- a comment -->"),
    st.just("<!-- i18n: comment=mind the dose -->\n\ncommented"),
    st.just("<!-- i18n: critical -->\n\n- one\n- two"),
)


def nest(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    blocks = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        blocks.map(lambda items: "\n".join("- " + indented(item).strip() for item in items)),
        blocks.map(lambda items: "\n\n".join("1. " + indented(item, "   ").strip() for item in items)),
        blocks.map(lambda items: indented("\n\n".join(items), "> ").replace("\n\n", "\n>\n")),
    )


BLOCK = st.recursive(LEAF, nest, max_leaves=5)
TAIL = "\n\n[ref]: https://example.org/ref\n[^n]: A footnote.\n"
PAGE = st.lists(BLOCK, min_size=1, max_size=6).map(lambda blocks: "\n\n".join(blocks) + TAIL)

HOSTILE = st.one_of(
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "![](https://evil.example/x.png)",
            "<a href=//evil.example>x</a>",
            "</p><p>",
            "</b><b>",
            "<b onclick=x>y</b>",
            "{clinic.fax}",
            "{clinic.phone} {clinic.phone}",
            "[ref]",
            "[^n]",
            "# heading",
            "- item",
            "> quote",
            "```\ncode\n```",
            "| a |\n|---|",
            "**bold**",
            "`code`",
            "<!-- c -->",
            "<?php ?>",
            "<![CDATA[x]]>",
            "{{ 7*7 }}",
            "{% raw %}",
            "%(x)s",
            "%s",
            "a  \nb",
            "&lt;script&gt;",
            "\u202e",
            "\x00",
            "\ud7ff",
            "<svg/onload=x>",
            "[a](<javascript:x>)",
            '[a](x "t" onmouseover=x)',
            "<https://evil.example>",
            "<style>*{}</style>",
            '"><script>',
            "' onfocus=x '",
            "-->",
            '<b title="x" style="x">y</b>',
            "[[a](b)](c)",
        ]
    ),
    st.text(alphabet="<>[]()*_`!\"'={}&;#/ab:\\%$- \n", max_size=40),
    SPAN,
)
HOSTILE_TEXT = st.lists(HOSTILE, min_size=1, max_size=4).map(" ".join)
