"""Which box of ours a component, a shortcode or a tag of another tool is: by its name, with the attributes that hold words.

The tables are of what the documentation of widely used tools and themes names (Hugo itself, Docsy, Book, Geekdoc, Relearn, Hextra,
Blowfish, Kubernetes; Docusaurus, Starlight, Nextra, Mintlify; GitBook, Markdoc, Documentation Theme for Jekyll).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SHAPES = "tab", "details", "plain", "code", "picture", "inline", "badge", "nothing"
"""What a component can be beside a kind of box: a titled part, one that unfolds, what stands in it alone, code, a picture (its `link`), words
of a sentence, a word or two behind them, nothing."""
WORDS = frozenset(["inline", "badge"])
IN_TEXTS = WORDS | {"plain", "nothing"}
"""What it can be inside of a text."""
KINDS = {
    **dict.fromkeys(("primary", "secondary", "light", "dark", "default", "notice", "neutral", "blue", "grey"), "note"),
    **dict.fromkeys(("green", "ok", "positive"), "tip"),
    **dict.fromkeys(("orange", "yellow", "warn"), "warning"),
    **dict.fromkeys(("red", "negative", "critical"), "danger"),
}
"""What attributes call the kinds of boxes, beside their own names: colours, mostly."""


@dataclass(frozen=True, slots=True)
class Component:
    """What becomes of a component: its `box`, a kind or one of SHAPES; and the attributes that say its `kind` instead, hold its
    `title` or other `words`, or a `link` for its title. "1" is the first value without a name. Of several, the first that is there."""

    box: str = "note"
    kind: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    link: tuple[str, ...] = ()

    @property
    def known(self) -> frozenset[str]:
        """The attributes that are read."""
        return frozenset((*self.kind, *self.title, *self.words, *self.link))


NAMED = ("title", "label", "header", "heading")
"""What attributes with the title of a box are called."""
SORTED = ("type", "style", "kind", "level", "color", "context", "variant", "severity", "intent", "status")
"""What attributes with its kind are called."""
SAID = ("content", "text", "message", "alert", "body")
"""What attributes with its words are called, where it has no end."""
PLAIN = Component("plain")


BESIDE = Component("badge", title=("text", "label", "title", "content", "1"))
"""A word or two in a frame, behind what they are said of."""
LINK = Component("inline", link=("to", "href", "relref", "link", "url"))


def simple(box: str) -> Component:
    """A component of which a site says its box alone."""
    return Component(box, title=NAMED)


Table = Mapping[str, Component]
BY_KIND = ("note", "tip", "important", "warning", "caution", "danger", "info", "attention", "error", "success")
SHORTCODES: Table = {
    **{name: Component(name, title=(*NAMED, "1"), words=SAID) for name in BY_KIND},
    **dict.fromkeys(
        ("alert", "hint", "notice", "callout", "admonition"), Component("note", (*SORTED, "1"), (*NAMED, "2"), SAID)
    ),
    "Aside": Component("note", SORTED, NAMED),
    "pageinfo": Component("note", SORTED, NAMED),
    **dict.fromkeys(("tab", "tabbody"), Component("tab", title=(*NAMED, "name", "tabName", "1"))),
    **dict.fromkeys(("details", "expand", "collapse"), Component("details", title=("summary", *NAMED, "1"))),
    **dict.fromkeys(("tabs", "tabpane", "steps", "cards", "cardpane", "columns", "column", "lead", "center"), PLAIN),
    "card": Component(
        "tab", title=(*NAMED, "1"), words=("header", "subtitle", "description", "footer"), link=("link", "href", "url")
    ),
    **dict.fromkeys(("blocks/cover", "blocks/feature"), Component("tab", title=NAMED, link=("url",))),
    **dict.fromkeys(("blocks/lead", "blocks/section"), PLAIN),
    "blocks/link-down": Component("nothing"),
    "highlight": Component("code"),
    **dict.fromkeys(
        ("figure", "img", "image"),
        Component("picture", title=("alt", "title", "caption"), words=("title", "caption"), link=("src",)),
    ),
    "comment": Component("nothing"),
    "badge": BESIDE,
    "glossary_tooltip": Component("inline", title=("text",)),
    "button": LINK,
}
"""What Hugo and its themes know: `{{< note >}}`."""
COMPONENTS: Table = {
    **{name.capitalize(): Component(name, title=NAMED) for name in BY_KIND},
    "Check": Component("tip", title=NAMED),
    **dict.fromkeys(("Aside", "Admonition", "Callout", "Alert", "Hint"), Component("note", SORTED, NAMED)),
    **dict.fromkeys(("TabItem", "Tab", "Tabs.Tab"), Component("tab", title=(*NAMED, "name", "value"))),
    **dict.fromkeys(("Accordion", "Expandable", "Details"), Component("details", title=("summary", *NAMED))),
    **dict.fromkeys(("Step", "Steps.Step"), Component("tab", title=NAMED)),
    "Fragment": Component("tab", title=("slot",)),
    **dict.fromkeys(
        ("Card", "LinkCard", "Cards.Card"), Component("tab", title=NAMED, words=("description",), link=("href",))
    ),
    **dict.fromkeys(
        ("ParamField", "ResponseField"), Component("tab", title=("path", "query", "body", "header", "name"))
    ),
    "Frame": Component("plain", words=("caption",)),
    **dict.fromkeys(
        "Tabs PackageManagerTabs UIFrameworkTabs CodeGroup AccordionGroup Accordions Steps CardGroup CardGrid Cards Columns Column FileTree".split(),  # noqa: SIM905
        PLAIN,
    ),
    **dict.fromkeys(("Badge", "Tag", "Pill", "Chip", "Label"), BESIDE),
    **dict.fromkeys(("Link", "NavLink", "RouterLink", "NuxtLink", "ExternalLink", "LinkButton", "Button"), LINK),
    "Tooltip": Component("inline", words=("tip", "content", "text", "label", "title", "headline")),
    **dict.fromkeys(
        ("Term", "GlossaryTerm", "Abbr"),
        Component("inline", words=("popup", "definition", "title"), link=("reference", "to", "href")),
    ),
}
"""What Docusaurus, Starlight and the like know: `<Aside>`."""
TAGS: Table = {
    **{name: Component(name, title=(*NAMED, "1")) for name in BY_KIND},
    **dict.fromkeys(("hint", "callout", "alert", "admonition"), Component("note", (*SORTED, "1"), (*NAMED, "2"))),
    "tab": Component("tab", title=(*NAMED, "2", "1")),
    "step": Component("tab", title=NAMED),
    "code": Component("tab", title=NAMED),
    **dict.fromkeys(("details", "expand", "collapse"), Component("details", title=("summary", *NAMED, "1"))),
    **dict.fromkeys(("tabs", "stepper", "columns", "column"), PLAIN),
    "highlight": Component("code"),
    "comment": Component("nothing"),
    "capture": Component("capture"),
    **{f"{name}.html": Component(name, title=NAMED, words=SAID) for name in BY_KIND},
    **dict.fromkeys(("callout.html", "alert.html"), Component("note", SORTED, NAMED, SAID)),
    **dict.fromkeys(
        ("image.html", "figure.html", "img.html"),
        Component(
            "picture", title=("alt", "title", "caption"), words=("caption",), link=("src", "file", "path", "url")
        ),
    ),
}
"""What Liquid and the like know: `{% note %}`, and files that are included, `{% include note.html content="…" %}`."""
CONTAINERS: Table = {
    **dict.fromkeys(("code-group", "tabs", "steps", "cards", "card-group", "raw", "v-pre"), PLAIN),
    **dict.fromkeys(("tab", "card", "step"), Component("tab")),
}
"""What VitePress and its plugins write as `::: name`."""
TABLES: Mapping[str, Table] = {"shortcodes": SHORTCODES, "components": COMPONENTS, "tags": TAGS}
Own = tuple[tuple[str, Component], ...]
"""What a site says itself."""


def in_texts(known: Mapping[str, Table]) -> Mapping[str, Table]:
    """Those of some components that may stand inside of a text."""
    return {kind: {name: one for name, one in table.items() if one.box in IN_TEXTS} for kind, table in known.items()}


def tables(reads: Iterable[str], own: Own) -> Mapping[str, Table]:
    """What is read of each kind: what everybody knows, and what the site says."""
    return {kind: {**table, **dict(own)} for kind, table in TABLES.items() if kind in reads}
