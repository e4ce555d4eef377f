"""What other tools write inside of texts: attribute lists, emoji by their names, notes. What they leave is plain Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from markdown_it.token import Token

from pipeline.content import component_texts, spans
from pipeline.content.inline import label as reference
from pipeline.content.marks import NAMES
from pipeline.core.components import Table
from pipeline.core.dialects import CONSTRUCTS, DIALECTS

VALUE = r"(?:\"[^\"]*\"|'[^']*'|[^\s{}\"']++)"
SHORT = r"#[^\s{}.#=\"']+(?:\.\d[^\s{}.#=\"']*)*+|\.[^\s{}.#=\"']+"
"""An id, which may have figures behind full stops in it (`#v1.2`), or a class."""
ATTRIBUTE_LIST = rf"(?:{SHORT}|[A-Za-z][\w:.-]*={VALUE})"
LISTED = re.compile(rf"\{{:?[ \t]*({ATTRIBUTE_LIST}(?:[ \t]*(?=[#.])|[ \t]+|(?=[ \t]*\}})))+\}}")
"""An attribute list: `{#id .class key=value}`, `{: #id}`."""
ONE = re.compile(rf"{SHORT}|[A-Za-z][\w:.-]*={VALUE}")


def unread(construct: str) -> str:
    """What to do where a construct is not read."""
    tools = [name for name, some in DIALECTS.items() if construct in some and name != "common"]
    named = ", ".join(f'"{one}"' for one in [*tools[:4], construct])
    return (
        f"is not read here ({CONSTRUCTS[construct].replace('`', '')}), so readers would see its marks. "
        f"Name one of {named} in `dialect` of [tool.lockstep], or write it otherwise."
    )


def listed(opening: Token, written: str, line: int) -> Iterator[tuple[int, str]]:
    """Put the id and the classes of an attribute list on an element; what of it is not published."""
    for one in ONE.findall(written.strip("{}: \t\n")):
        name, _, value = one.partition("=")
        if one[0] == "#" or name == "id":
            opening.attrs["id"] = one[1:] if one[0] == "#" else value.strip("\"'")
        elif one[0] == ".":
            opening.attrJoin("class", one[1:])
        elif name == "class":
            opening.attrJoin("class", value.strip("\"'"))
        else:
            yield line, f"`{one}` is not published: only an id and classes are. Remove it."


APART = re.compile(
    r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\\.|<[^<>]*>|\]\([^()]*\)|\{\{(?:(?!\{\{|\}\}).)*+\}\}|\{%(?:(?!\{%|%\}).)*+%\}",
    re.S,
)
"""What no mark is sought in: code, what is escaped, tags, addresses, what another tool would run."""
UNMARKED = re.compile(f"{spans.FORMULA}|{spans.NAMES}|{APART.pattern}", re.S)
"""The same, with formulas and names."""
UNESCAPED = re.compile(UNMARKED.pattern.replace(r"|\\.", "", 1), re.S)
"""The same without what is escaped, which may stand inside of a mark."""
IN_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.S)
ICON = r":(?:material|fontawesome|octicons|simple)-[\w-]+:"
"""A picture that a theme of MkDocs would put there."""
ICON_LISTED = rf"{ICON}(?:\{{[^{{}}\n]*\}})?"
ICON_RUN = rf"{ICON_LISTED}(?:[ \t]*{ICON_LISTED})*+"
ICON_HERE = re.compile(rf"(?<![ \t])[ \t]+{ICON_RUN}(?=\Z|[.,;:!?)\]])|{ICON_RUN}[ \t]*")
"""The same, with the lists of their attributes, and as many as stand side by side."""
ICON_LINK = re.compile(
    rf"\[[ \t]*(?P<icons>{ICON_RUN})[ \t]*\](?P<to>\((?:[^()\n]|\([^()\n]*\))*\))(?P<list>\{{:?[^{{}}\n]*\}})"
)
"""A link of which only pictures are seen, with the list of its attributes, which may say in words what it is."""
TITLED = re.compile(rf"[ \t]*\btitle=({VALUE})")
ADDRESS = re.compile(r"\]\([^()]*\)|\{[^{}\n]*\}")
EMOJI = re.compile(r"(?<![\w:/]):([a-z][a-z0-9_+-]*|[+-]1|100|1234|8ball):(?![\w:])")
NOTE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\\.|\^\[(?P<note>(?:`[^`]*`|[^\[\]\\`]|\\.|\[[^\[\]]*\])+)\]", re.S)
"""A note; what is no note before it (code, what is escaped) is passed over."""
COMMENT = re.compile(r"(?<!\{)\{/\*(?!\s*#[\w-]+\s*\*/)(.*?)\*/\}", re.S)
"""A comment of MDX, but for the one that gives a heading its id."""
DIRECTED = re.compile(rf"\s*(?:{'|'.join(NAMES)})\s*[:;=]", re.I)
"""How one begins that is for us."""
AS_IS = re.compile(r"<(?:script|style|pre|textarea|code)\b", re.I)
"""HTML in which nothing is a comment of MDX."""
REACH = 1100
"""How far back a text is read for what a list of attributes is of: the longest name of a reference (CommonMark 0.31, 4.7), and more."""
SHOWN_CODE = re.compile(r"(\{\{[<%])/\*(.{0,2000}?)\*/([%>]\}\})", re.S)
WORD = re.compile(r"[^\W\d_]")
ELEMENT = re.compile(r"</?[a-z][^<>]*>")
ICONS = re.compile(r":[a-z0-9][\w+-]*:\Z")
FILLED = {
    "shortcodes": re.compile(r"\]\(\{\{[<%]\s*(?:rel)?ref\s+(?:path=)?[\"'`]?([^\s\"'`{}]+)[\"'`]?\s*[%>]\}\}"),
    "tags": re.compile(
        r"\]\((?:\{\{\s*site\.(?:baseurl|url)\s*\}\}){1,2}(?=/)"
        r"|\]\(\{\{\s*[\"']([^\s\"'{}]+)[\"']\s*\|\s*(?:relative_url|absolute_url|(?:prepend:\s*site\.(?:baseurl|url)\s*\|?\s*){1,2})\s*\}\}"
        r"|\]\((?:\{\{\s*site\.baseurl\s*\}\})?(\{%-?\s*(?:link|post_url)\s+)/?([^\s%{}]++)\s*-?%\}"
    ),
}
"""Addresses that Hugo (`{{< ref "a.md" >}}`) and Jekyll (`{{ site.baseurl }}`, `{% link a.md %}`,
`{% post_url 2026-01-01-a %}`) would fill in."""
LANGUAGE = re.compile(r"(?<!`)(`+)#![a-z][\w+.-]*[ \t]+(?=[^\s`])")
"""The language that code in a text is of (PyMdown Extensions, "InlineHilite")."""
OWN_LINE = re.compile(rf"(?:\A{LISTED.pattern}[ \t]*(?:\n|\Z)|\n[ \t]*{LISTED.pattern}[ \t]*\Z)")


def begun(part: str) -> str:
    """A part of such an address; in place of the tag of Jekyll that it stands in, the folder that it is told from."""
    return part if not part.startswith("{%") else "/_posts/" if "post_url" in part else "/"


@dataclass(slots=True)
class Inner:
    """Reads the marks inside of texts: emoji, notes, attribute lists. What they leave is plain Markdown, the same for everybody."""

    reads: frozenset[str]
    strays: list[tuple[int, str]]
    env: dict[str, Any]
    known: Mapping[str, Table] = field(default_factory=dict)
    """The components that may stand in a text."""
    found: list[tuple[str, str, int]] = field(default_factory=list)
    """The notes: label, text, line."""
    labels: dict[str, str] = field(default_factory=dict)
    """The label of each text of a note."""
    used: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    """How many notes begin with the same words."""

    def read(self, token: Token, opening: Token | None) -> None:
        """Take the marks out of one text; `opening` is the element it stands in."""
        line = token.map[0] + 1 if token.map else 1
        if "components" in self.reads:
            token.content = without_comments(token.content)
        if "mdx" in self.env and "{" in token.content:
            token.content = STRING.sub(as_words, token.content).strip()
        if "shortcodes" in self.reads and "/*" in token.content:
            token.content = outside(token.content, lambda text: SHOWN_CODE.sub(r"`\1\2\3`", text), IN_CODE)
            token.content = as_shown(token.content)
        if "raw" in self.reads and "raw" in token.content:
            token.content = IN_CODE.sub(lambda code: unguarded(code[0]), token.content)
            token.content = GUARDED.sub(lambda said: outside(said[1], braced, IN_CODE), token.content)
        if self.known:
            self.components(token, opening)
        if "](" in token.content and "{" in token.content and self.reads & FILLED.keys():
            token.content = outside(token.content, self.addressed, IN_CODE)
        if "emoji" in self.reads and ":" in token.content:
            if "attributes" in self.reads and ":](" in token.content:
                token.content = outside(
                    token.content, lambda text: ICON_LINK.sub(partial(self.worded, line), text), IN_CODE
                )
            token.content = self.without_icons(token.content, line)
        if "blocks" in self.reads and "`#!" in token.content:
            token.content = LANGUAGE.sub(r"\1", token.content)
        if "attributes" in self.reads and "{" in token.content:
            self.attributes(token, opening, line)
        if "emoji" in self.reads and ":" in token.content:
            token.content = self.faced(token.content, line)
        token.content = self.spanned(token.content)
        if "notes" in self.reads and "^[" in token.content:
            token.content = NOTE.sub(
                lambda match: self.note(match["note"], line) if match["note"] else match[0], token.content
            )

    def spanned(self, text: str) -> str:
        """A text with the elements of HTML that keys, marked words and scripts are."""
        if "keys" in self.reads:
            text = spans.keyed(text, partial(outside, apart=UNMARKED))
        if "marks" in self.reads:
            text = spans.marked(text, UNMARKED)
        return spans.scripted(text, UNESCAPED) if "scripts" in self.reads else text

    def components(self, token: Token, opening: Token | None) -> None:
        """Write out what the components in a text show. A heading is called as it is without what they say beside it."""
        written = token.content
        token.content = component_texts.read(written, self.known)
        if token.content != written and opening is not None and opening.type == "heading_open":
            opening.meta = {"called": component_texts.read(written, self.known, words=False)}

    def addressed(self, text: str) -> str:
        """A text with the addresses that other tools would fill in, as they are meant."""
        for construct, looks in FILLED.items():
            if construct in self.reads:
                text = looks.sub(lambda match: "](" + "".join(map(begun, filter(None, match.groups()))), text)
        return text

    def attributes(self, token: Token, opening: Token | None, line: int) -> None:
        """Put a list on a line of its own on the element, and take those in the text away."""
        if opening is not None and opening.type == "paragraph_open" and (own := OWN_LINE.search(token.content)):
            self.strays += listed(opening, own[0], line)
            token.content = (token.content[: own.start()] + token.content[own.end() :]).strip("\n")
        if (opening is not None and opening.type == "heading_open") or not LISTED.search(token.content):
            return
        made, at = "", 0
        for apart in [*APART.finditer(token.content), None]:
            text = token.content[at : apart.start() if apart else None]
            made += LISTED.sub(partial(self.taken, before=made, opening=opening, line=line), text)
            made, at = (made + apart[0], apart.end()) if apart else (made, at)
        token.content = made

    def taken(self, match: re.Match[str], *, before: str, opening: Token | None, line: int) -> str:
        """An attribute list in a text, taken away where it is one of a link, an image, code, emphasis or an icon: of it only the id
        of a text that has none is published, on the element of that text."""
        said = before[-REACH:] + match.string[max(match.start() - REACH, 0) : match.start()]
        if not said or not (said[-1] in ")]*_`>" or ICONS.search(said) or self.marks(said)):
            return match[0]
        if said[-1] == "]" and not self.refers(said):
            what = (
                f"`{match[0]}` makes a span of the words in brackets, which is not read here. Write `<span …>…</span>`."
            )
            self.strays.append((line, what))
            return match[0]
        for one in ONE.findall(match[1]):
            name, _, value = one.partition("=")
            own = one[1:] if one[0] == "#" else value.strip("\"'") if name == "id" else ""
            if own and opening is not None and not opening.hidden and "id" not in opening.attrs:
                opening.attrs["id"] = own
            elif own or (name in {"title", "alt"} and WORD.search(value)):
                what = f"`{one}` is not published: it stands on a part of a text. Write the part in HTML (`<a {one}>`)."
                self.strays.append((line, what))
            else:
                self.env["dropped"].append((line, match[0]))
        return ""

    def marks(self, before: str) -> bool:
        """Whether a text ends with a mark that is read (`==so=={.a}`)."""
        return any(
            before.endswith(one) for construct in self.reads & spans.ENDS.keys() for one in spans.ENDS[construct]
        )

    def refers(self, before: str) -> bool:
        """Whether a text ends with a reference that the page defines (CommonMark 0.31, 6.3)."""
        name = before.removesuffix("[]")
        return reference(name[name.rfind("[") + 1 : -1]) in self.env.get("references", {})

    def title(self, token: Token) -> None:
        """Read the marks in the title of a box."""
        line = token.map[0] + 1 if token.map else 1
        if made := token.meta.get("box"):
            title = self.without_icons(made.title, line) if "emoji" in self.reads else made.title
            token.meta = {**token.meta, "box": made._replace(title=self.shown(title, line))}
        token.info = self.shown(token.info, line)

    def shown(self, title: str, line: int) -> str:
        """A title with its emoji, keys and marks."""
        return self.spanned(self.faced(title, line) if "emoji" in self.reads else title)

    def without_icons(self, text: str, line: int) -> str:
        """A text without the pictures of a theme that stand beside its words; one that is all there is to see stays, to be
        named, and so does one in the middle of a sentence."""
        if not ICON_HERE.search(text):
            return text
        found: list[tuple[int, str]] = []

        def taken(match: re.Match[str]) -> str:
            before, after = match.string[: match.start()].rstrip(" \t")[-1:], match.string[match.end() :][:1]
            if (before == "[" and after in {"]", ""}) or (before.isalnum() and after.isalnum()):
                return match[0]  # which a sentence needs: press … to start
            found.extend((line, one) for one in re.findall(ICON, match[0]))
            return ""

        left = outside(text, lambda words: ICON_HERE.sub(taken, words)).strip()
        if not found or not WORD.search(ADDRESS.sub("", ICON_HERE.sub("", left))):
            return text
        self.env.setdefault("icons", []).extend(found)
        return left

    def worded(self, line: int, match: re.Match[str]) -> str:
        """A link of which only pictures are seen, by its title; one that has none stays, to be named."""
        title = TITLED.search(match["list"])
        words = title[1].strip("\"'").strip() if title else ""
        if not title or not WORD.search(words) or re.search(r"[\[\]\\]", words):
            return match[0]
        self.env.setdefault("icons", []).extend((line, one) for one in re.findall(ICON, match["icons"]))
        rest = TITLED.sub("", match["list"], 1)
        return f"[{words}]{match['to']}{rest if rest.strip('{}: ') else ''}"

    def faced(self, text: str, line: int) -> str:
        """A text with its emoji."""
        return outside(text, lambda words: EMOJI.sub(lambda found: self.drawn(found, line), words))

    def drawn(self, match: re.Match[str], line: int) -> str:
        """An emoji by its name."""
        from rich.emoji import Emoji

        if re.fullmatch(ICON, match[0]):
            return match[0]
        found = str(Emoji.replace(match[0]))
        if found == match[0]:
            self.strays.append((line, f"`{found}`: no emoji has this name. Correct it, or write `\\:`."))
        return found

    def note(self, text: str, line: int) -> str:
        """A note in a text, as the reference to a footnote. Its label is made from its words: another note moves none."""
        stem = "-".join(re.findall(r"\w+", ELEMENT.sub(" ", text).lower())[:4]) or "note"
        if text in self.labels:
            return f"[^{self.labels[text]}]"
        count = self.counts.get(stem, 0) + 1
        while (label := stem if count == 1 else f"{stem}-{count}") in self.used:
            count += 1
        self.counts[stem] = count
        self.labels[text] = label
        self.used.add(label)
        self.found.append((label, text, line))
        return f"[^{label}]"

    def notes(self, env: dict[str, Any]) -> Iterator[Token]:
        """The footnotes that the notes are, as the footnote plugin has them."""
        for label, text, line in self.found:
            refs = env.setdefault("footnotes", {}).setdefault("refs", {})
            refs.setdefault(f":{label}", -1)
            yield Token("footnote_reference_open", "", 1, meta={"label": label}, level=0)
            yield Token("paragraph_open", "p", 1, map=[line - 1, line], level=1, block=True)
            yield Token("inline", "", 0, map=[line - 1, line], level=2, content=text, children=[], block=True)
            yield Token("paragraph_close", "p", -1, level=1, block=True)
            yield Token("footnote_reference_close", "", -1, level=0)


def outside(text: str, change: Callable[[str], str], apart: re.Pattern[str] = APART) -> str:
    """A text changed where no code, tag or address is."""
    made, at = "", 0
    for match in apart.finditer(text):
        made += change(text[at : match.start()]) + match[0]
        at = match.end()
    return made + change(text[at:])


STRING = re.compile(
    r"\{[ \t]*(?:'(?P<a>(?:[^'\\\n]|\\.)*+)'|\"(?P<b>(?:[^\"\\\n]|\\.)*+)\"|`(?P<c>[^`\\$\n]*+)`)[ \t]*\}"
    r"|(?<!`)(`+)(?!`).*?(?<!`)\4(?!`)|\\.|<[A-Za-z/][^<>]*>",
    re.S,
)
"""A string of MDX (`{' '}`, `{'<'}`), of which readers see the words; or what it is not sought in: code, what is escaped, tags."""


def as_words(said: re.Match[str]) -> str:
    """The words of a string of MDX, as Markdown; all else as it stands."""
    words = next((said[name] for name in "abc" if said[name] is not None), None)
    if words is None:
        return said[0]
    plain = re.sub(r"\\(.)", lambda one: " " if one[1] in "nrt" else one[1], words)
    return re.sub(r"([\\`*_\[\]<>{}&|~$])", r"\\\1", plain)


def without_comments(text: str) -> str:
    """A text without the comments of MDX in it, which its readers are not to see."""
    return outside(text, uncommented, IN_CODE).strip() if "{/*" in text and "*/}" in text else text


def uncommented(text: str, *, lines: bool = False) -> str:
    """The same of words without code; one that is for us is a comment of HTML, as it is on all other pages. `lines`: no line moves."""
    last = text.rfind("*/}") + len("*/}")  # beyond it nothing ends, and each beginning would be read to the end

    def taken(match: re.Match[str]) -> str:
        if said := as_directive(match[1]):
            return said
        return "\n" * match[0].count("\n") if lines else ""

    return COMMENT.sub(taken, text[:last]) + text[last:] if last >= len("*/}") else text


def as_directive(said: str) -> str:
    """What a comment of MDX says to us, as a comment of HTML; "" where it is none."""
    return f"<!-- {said.strip()} -->" if DIRECTED.match(said) and "-->" not in said else ""


def as_shown(code: str) -> str:
    """Code with the shortcodes in it that Hugo is to show and not to run, as its readers see them: `{{</* note */>}}`."""
    return SHOWN_CODE.sub(r"\1\2\3", code)


GUARD = re.compile(r"^[ \t]*\{%-?\s*(?:end)?raw\s*-?%\}[ \t]*\n|\{%-?\s*(?:end)?raw\s*-?%\}", re.M)


GUARDED = re.compile(r"\{%-?\s*raw\s*-?%\}((?:(?!\{%).|\{%(?!-?\s*(?:end)?raw\b))*+)\{%-?\s*endraw\s*-?%\}", re.S)
"""What Liquid shows as it is in a text."""


def braced(words: str) -> str:
    """Words in which a brace is one."""
    return words.replace("{", "\\{")


def unguarded(code: str) -> str:
    """Code without the tags that keep Liquid from running what stands in it (Jekyll): its readers do not see them."""
    return GUARD.sub("", code) if "raw" in code else code


def without_hidden(code: str) -> str:
    """Rust code without the lines that its readers are not to see (rustdoc, "Hiding portions of the example"; mdBook)."""
    if not ANY_HIDDEN.search(code):
        return code
    lines = (line for line in code.split("\n") if not HIDDEN.match(line))
    return "\n".join(SHOWN.sub(r"\1#", line) for line in lines)


def without_marked_lines(code: str) -> str:
    """Code without the comments that say which lines of it another tool is to draw otherwise (Docusaurus, VitePress)."""
    if "highlight-" in code:
        code = HIGHLIGHTED.sub("", code)
    return DRAWN.sub("", code) if "[!code" in code else code


BEGUN, ENDED = r"(?://|\#|--|;|%|/\*|<!--|\{/\*)", r"(?:\*/\}|\*/|-->)?"
HIGHLIGHTED = re.compile(rf"^[ \t]*{BEGUN}[ \t]*highlight-(?:next-line|start|end)[ \t]*{ENDED}[ \t]*\n", re.M)
DRAWN = re.compile(
    rf"^[ \t]*{BEGUN}[ \t]*\[!code [^\]\n]{{1,100}}\][ \t]*{ENDED}[ \t]*\n|(?<![ \t])[ \t]*{BEGUN}[ \t]*\[!code [^\]\n]{{1,100}}\][ \t]*{ENDED}[ \t]*$",
    re.M,
)
EXAMPLES = frozenset(["md", "mdx", "markdown", "text", "txt", "plaintext"])
"""The languages of code that shows how one writes such marks."""


ANY_HIDDEN = re.compile(r"^[ \t]*#(?:[ #]|$)", re.M)
HIDDEN, SHOWN = re.compile(r"[ \t]*#(?: |\Z)"), re.compile(r"\A([ \t]*)##")
