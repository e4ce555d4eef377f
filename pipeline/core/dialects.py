"""Whose Markdown the pages are written in: the constructs beyond CommonMark that are read, by the name of a tool or of one construct."""

from __future__ import annotations

from collections.abc import Iterable

COMMON = (
    "alerts",
    "tasks",
    "admonitions",
    "blocks",
    "fenced-boxes",
    "tabs",
    "boxes",
    "hidden-lines",
    "heading-ids",
    "ids",
    "toml",
    "toc",
    "shortcodes",
    "components",
    "tags",
    "code-titles",
    "code-marks",
    "elements",
    "partials",
)
"""What no reader is to see as text, whoever wrote it."""
OWN = (
    "math",
    "emoji",
    "notes",
    "attributes",
    "cjk",
    "keys",
    "marks",
    "scripts",
    "raw",
    "abbreviations",
    "annotations",
    "snippets",
    "includes",
    "embeds",
    "readfiles",
    "inclusions",
    "autodoc",
)
"""What is text to one tool and not to another: a page that costs $5, `:x:`, `^[1]`, `{: .big}`, 强调**（重要）**强调, `a==b==c`."""
INLINE = frozenset(["math", "cjk"])
"""Those that change how a text is read, its translations too."""
CONSTRUCTS = {
    "alerts": "`> [!NOTE]`",
    "tasks": "`- [ ]`",
    "admonitions": '`!!! note "Title"`, `??? note`',
    "blocks": "`/// note | Title`",
    "fenced-boxes": "```` ```admonish note ````, ```` ```{note} ````, `:::{note}`",
    "hidden-lines": "`# …` in Rust code, which rustdoc and mdBook hide",
    "tabs": '`=== "Tab"`',
    "boxes": "`:::note[Title]`",
    "heading-ids": "`## Title {#id}`",
    "ids": "`#a--b` for a heading `A & b`, as GitHub makes it",
    "toml": "front matter between `+++`",
    "toc": "`[TOC]`, `[[toc]]`",
    "shortcodes": "`{{< note >}}…{{< /note >}}`",
    "components": "`<Aside>…</Aside>`",
    "code-titles": '```` ```py title="a.py" ````',
    "code-marks": "`// highlight-next-line`, `// [!code ++]` in code",
    "elements": "Markdown right below `<div markdown>`",
    "tags": "`{% note %}…{% endnote %}`",
    "math": "`$x$`, `$$x$$`",
    "emoji": "`:tada:`",
    "notes": "`text^[A note.]`",
    "attributes": "`{: .class #id}`, `{ .class }`",
    "keys": "`++ctrl+c++`",
    "marks": "`==marked==`, `^^inserted^^`",
    "scripts": "`H~2~O`, `x^2^`",
    "abbreviations": "`*[WHO]: World Health Organization`",
    "annotations": "`# (1)!` in code, answered by the list below it",
    "partials": "`import A from './_a.mdx'` and `<A />`",
    "snippets": '`--8<-- "a.md"`',
    "autodoc": "`::: package.module`, which a plug-in writes from a program",
    "includes": "`{{#include a.rs:here}}`",
    "embeds": "`<!--@include: ./a.md-->`, `<<< @/a.js`",
    "readfiles": '`{{< readfile file="a.md" >}}`',
    "inclusions": "```` ```{include} a.md ````",
    "raw": "`{% raw %}…{% endraw %}` in code",
    "cjk": "emphasis beside Chinese and Japanese marks",
}
"""Each construct, as it is written."""
DIALECTS: dict[str, tuple[str, ...]] = {
    "commonmark": (),
    "common": COMMON,
    "github": ("ids", "alerts", "tasks", "emoji", "math"),
    "mkdocs": (
        "admonitions",
        "blocks",
        "tabs",
        "heading-ids",
        "toc",
        "tasks",
        "emoji",
        "attributes",
        "keys",
        "marks",
        "scripts",
        "abbreviations",
        "annotations",
        "snippets",
        "autodoc",
        "code-titles",
        "elements",
    ),
    "hugo": ("toml", "ids", "heading-ids", "alerts", "tasks", "emoji", "attributes", "shortcodes", "readfiles"),
    "zola": ("toml", "ids", "heading-ids", "tasks", "shortcodes", "tags"),
    "jekyll": ("ids", "heading-ids", "toc", "attributes", "tags", "elements", "raw", "abbreviations"),
    "docusaurus": ("boxes", "ids", "heading-ids", "tasks", "components", "partials", "code-titles", "code-marks"),
    "mdbook": ("ids", "heading-ids", "alerts", "tasks", "fenced-boxes", "hidden-lines", "includes"),
    "myst": ("fenced-boxes", "tasks", "inclusions"),
    "vitepress": (
        "boxes",
        "heading-ids",
        "toc",
        "alerts",
        "emoji",
        "tasks",
        "attributes",
        "code-titles",
        "code-marks",
        "embeds",
    ),
    "starlight": ("boxes", "tasks", "components", "code-titles"),
    "rspress": ("boxes", "ids", "heading-ids", "alerts", "tasks", "components", "partials", "code-titles"),
    "mintlify": ("tasks", "components", "code-titles"),
    "gitbook": ("tasks", "tags"),
    "pandoc": ("heading-ids", "notes", "math", "attributes", "tasks", "scripts"),
}
NAMES = (*DIALECTS, *CONSTRUCTS)
"""What the setting `dialect` can name."""


def constructs(names: Iterable[str]) -> frozenset[str]:
    """The constructs that some dialects read."""
    return frozenset(one for name in names for one in DIALECTS.get(name, (name,)))
