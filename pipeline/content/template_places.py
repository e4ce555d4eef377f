"""Where a template prints what: in a text, in an attribute, in a script. What is printed in a place where it cannot be is told here;
Jinja makes a value safe for texts and for attributes in quotes, and for no other place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.core.lines import Lines
from pipeline.core.model import Finding, Level, Span

PLACE, ATTRIBUTE = "template-place", "template-attribute"
JINJA = (
    r"\{\#(?:(?!\#\}|\{\#).)*+\#\}|\{%[-+]?\s*+raw\b(?:(?!endraw|\{%[-+]?\s*+raw\b).)*+endraw\s*+[-+]?%\}"
    r"|\{%(?:(?!%\}|\{%).)*+%\}|\{\{(?:(?!\}\}|\{\{).)*+\}\}"
)
IN_TEXT = re.compile(rf"({JINJA})|<!--|<(script|style)\b|</?[A-Za-z]", re.S | re.I)
IN_TAG = re.compile(rf"({JINJA})|(?<![^\s\"'<>/={{}}])([^\s\"'<>/={{}}]++)(\s*+=\s*+)([\"']?)|>", re.S)
IN_QUOTES = {quote: re.compile(rf"({JINJA})|{quote}", re.S) for quote in "\"'"}
UNQUOTED = re.compile(rf"({JINJA})|[\s>]", re.S)
AFTER = {
    "": re.compile(rf"({JINJA})|-->", re.S),
    "script": re.compile(rf"({JINJA})|</script", re.S | re.I),
    "style": re.compile(rf"({JINJA})|</style", re.S | re.I),
}
SPOKEN = re.compile(r"\b(?:_|n?p?gettext)\(|\.text\b|\b(?:title|description|label|front|site)\b")
"""What is said to readers, or written by the site's people: it may be any text."""
SAFE_IN_SCRIPT = re.compile(r"\|\s*tojson\b")
TEXT = re.compile(r"(?:([a-z]\w*)|.*\.(?:title|description|label))\s*(?:\|\s*(?:trim|upper|lower|e|escape)\s*)?")
TEXTS = frozenset(["title", "description"])
"""The variables that are texts: printed alone they have their language around them."""
PROGRAM = re.compile(r"\s*(?:java|vb|live)script\s*:|\s*data\s*:", re.I)
ADDRESSES = frozenset("href src action formaction poster cite data srcset".split())  # noqa: SIM905
OF_FRONT = re.compile(r"""front(?:\.get\(\s*["']([\w-]+)["'].*\)|\[\s*["']([\w-]+)["']\s*\]|\.(\w+))""", re.S)


class Printed(NamedTuple):
    """One `{{ }}` of a template: what it prints, at which letter of the file, in which attribute ("" for none; `quoted`: in quotes,
    `first`: at the beginning of it), and whether it stands in a script."""

    what: str
    at: int
    attribute: str = ""
    quoted: bool = False
    first: bool = False
    script: bool = False


def places(text: str) -> Iterator[Printed]:
    """Every `{{ }}` of a template with its place, in its order. It is read from the top to the end, as if each choice took all ways."""
    at, state, attribute, quote, start = 0, "text", "", "", 0
    raw: str | None = None
    while True:
        match state:
            case "text":
                reading = IN_TEXT
            case "tag":
                reading = IN_TAG
            case "value":
                reading = IN_QUOTES[quote] if quote else UNQUOTED
            case _:
                reading = AFTER[state.removeprefix("comment")]
        found = reading.search(text, at)
        if found is None:
            return
        at = found.end()
        if jinja := found[1]:
            if jinja.startswith("{{"):
                first = state == "value" and found.start() == start
                inside = attribute if state == "value" else ""
                yield Printed(
                    jinja[2:-2].strip("-+ \t\n"), found.start(), inside, bool(quote), first, state == "script"
                )
            continue
        match state:
            case "text":
                if found[0] == "<!--":
                    state = "comment"
                else:
                    state, raw = "tag", found[2]
                    name = re.compile(r"[\w-]*").match(text, at)
                    at = name.end() if name and not raw else at
            case "tag":
                if found[0] == ">":
                    state, raw = (raw.lower(), None) if raw else ("text", None)
                elif found[3] is not None:
                    state, attribute, quote, start = "value", found[2].lower(), found[4], at
            case "value":
                at = found.start() if found[0] == ">" else at
                state, attribute, quote = "tag", "", ""
            case _:
                state = "text"


def misplaced(path: str, text: str, own: frozenset[str]) -> Iterator[Finding]:
    """What a template prints where it cannot be. `own`: the names that the template gives itself, which may be anything."""
    lines = Lines(text)
    for one in places(text):
        span = Span(path, lines.below(one.at) + 1)
        if one.attribute and not one.quoted:
            what = f"`{one.attribute}={{{{ {one.what} }}}}` ends at the first space of what is printed."
            yield Finding(PLACE, Level.ERROR, f'{what} Write quotes around it: {one.attribute}="{{{{ … }}}}".', span)
        elif one.script or one.attribute.startswith("on"):
            if SPOKEN.search(one.what) and not SAFE_IN_SCRIPT.search(one.what):
                what = f"`{{{{ {one.what} }}}}` is no script, and is printed in one."
                yield Finding(PLACE, Level.ERROR, f"{what} Print it with `|tojson`, a text as `….text|tojson`.", span)
        elif one.attribute and is_text(one.what, own):
            what = f"A text inside an attribute is printed with `.text`: {{{{ {one.what.partition('|')[0].strip()}.text }}}}."
            yield Finding(ATTRIBUTE, Level.ERROR, what, span)


def is_text(what: str, own: frozenset[str]) -> bool:
    """Whether what is printed is a text as a whole, with its language."""
    found = TEXT.fullmatch(what)
    return found is not None and (found[1] is None or (found[1] in TEXTS and found[1] not in own))


def addresses(path: str, text: str) -> Iterator[tuple[str, Span]]:
    """The keys of a page's front matter that a template takes an address from, each with where it does."""
    lines = Lines(text)
    for one in places(text):
        if one.first and one.attribute in ADDRESSES and (found := OF_FRONT.fullmatch(one.what)):
            yield found[1] or found[2] or found[3], Span(path, lines.below(one.at) + 1)
