"""A page's content in one language: its blocks with their language, the notices above them, the English beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote

from markupsafe import Markup, escape

from pipeline.content import render
from pipeline.content.inline_html import ALIAS
from pipeline.core.inline import ANCHORS, ATTRIBUTE, TAG, VOID, led
from pipeline.core.model import Block, Document, Resolution, Section
from pipeline.resolve.message import STUB
from pipeline.resolve.notices import KINDS, Notice, by_number, stands_beside
from pipeline.site import abbreviations
from pipeline.site.html_text import RECALLED
from pipeline.site.speech import Interface

HELD = "Held"
ALIASES = re.compile(re.escape(ALIAS).replace(r"\{\}", '[^"<>]*').strip() + r"\s*")
HEADING, EMERGENCY = re.compile(r"\s*<h1\b"), re.compile(r"""\s*<\w+[^>]*\sclass="callout emergency["\s]""")

LIST = re.compile(r"\s*<[uo]l\b")
FEW = 3
"""Of how many items of a list it is told in each of them that they are not translated."""
PLAIN, PARAGRAPH = re.compile(r"\s*<(?:p|h[1-6]|ul|ol)\b"), re.compile(r"\s*<p\b(?![^>]*\shidden)")

Tell = Callable[[Notice, str], str]
"""The visible line above a stretch, from what it says and its id."""


class Body(NamedTuple):
    """A page's content, and of each block that is a message, by number, the text and the English beside it as HTML. `urgent` is
    how the content begins where nothing may stand above it: the heading and the emergency boxes that follow it at once."""

    html: Markup
    texts: Mapping[int, tuple[str, str]]
    urgent: Markup = Markup()
    sections: tuple[str, ...] = ()
    """The same, each top-level block of the source by itself."""
    lead: Markup = Markup()
    """`urgent`; where there is none, the heading that the content begins with."""


def body(
    document: Document,
    shown: Mapping[int, Resolution],
    names: Mapping[int, str],
    interface: Interface,
    tell: Tell,
    files: Callable[[str], str] | None = None,
    before: Mapping[int, str] = {},
    said: Mapping[int, tuple[str, str]] | None = None,
    told: Mapping[int, tuple[Notice, ...]] | None = None,
) -> Body:
    """The page's content in one language. `shown` and `names` are by number of the block; each block is tied to the lines
    that tell of it. `files` takes out of a piece of HTML what is withheld. `before`: what stands before the
    section of a number, or after the last. `said` and `told`: the texts and the notices of the blocks, where they are known."""
    written: list[str] = []
    starts: list[int] = []
    texts: dict[int, tuple[str, str]] = {}
    above: dict[Notice, str] = {}
    count, first = 0, 0
    said = said_of(document, shown, interface) if said is None else said
    told = by_number(shown, interface.locale.name, interface.source.name) if told is None else told
    once = repeated(document.sections, shown)
    ends = urgent(document.sections)
    leads, lead = ends or int(begins(document.sections)), 0
    for at, section in enumerate(document.sections):
        if at == ends:
            first = len(written)
        starts.append(len(written))
        if at == leads:
            lead = len(written)
        if at in before:
            written.append(before[at])
        within = of_items(section, told)
        wanted = [] if within else notices(section, told)
        if wanted != list(above) or (above and EMERGENCY.match(opened(section))):
            above = {what: f"Notice-{count + number}" for number, what in enumerate(wanted, 1)}
            count += len(above)
            lines = "".join(tell(what, name) for what, name in above.items())
            stated = lines and any(block.stated for block in section.blocks)
            lang = f'lang="{interface.locale.tag}" dir="{interface.locale.direction}"'
            written.append(f"<div {lang}>{lines}</div>\n" if stated else lines)
        for piece in section.pieces:
            if isinstance(piece, str):
                written.append(files(piece) if files else piece)
                continue
            found = shown.get(piece.number)
            if piece.number in within:
                above = {what: f"Notice-{count + number}" for number, what in enumerate(within[piece.number], 1)}
                count += len(above)
                written += (tell(what, name) for what, name in above.items())
            tied = [tie(above, what) for what in told[piece.number]] if found else []
            html, beside = said[piece.number] if found else text(piece, found, interface)
            if files:
                html, beside = files(html), files(beside)
            if found:
                texts[piece.number] = html, beside
            opening = attributes(piece, found, interface, " ".join(tied), names.get(piece.number, ""))
            opening += f' hidden="{RECALLED}"' if piece.number in once else ""
            written.append(element(piece, opening, html, beside, interface))
        above = {} if within else above
    if ends == len(document.sections):
        first = len(written)
    if leads == len(document.sections):
        lead = len(written)
    apart = ("".join(written[start:stop]) for start, stop in pairwise([*starts, len(written)]))
    written.append(before.get(len(document.sections), ""))
    opening, heading = (Markup("".join(written[:count])) for count in (first, lead))
    return Body(Markup("".join(written)), texts, opening, tuple(apart), heading)


def repeated(sections: Sequence[Section], shown: Mapping[int, Resolution]) -> frozenset[int]:
    """The paragraphs and items of lists, by number of the block, in place of which the same stands as in place of the text before: of
    texts that were withdrawn one after another one says so. Not so in a box, where the text before stands outside of it, and not of headings."""
    if not any(STUB in one.told for one in shown.values()):
        return frozenset()
    found: set[int] = set()
    before: tuple[str, str] | None = None
    for section in sections:
        plain = PLAIN.match(opened(section))
        before = before if plain else None
        for at, piece in enumerate(section.pieces):
            if isinstance(piece, str):
                continue
            one = shown.get(piece.number)
            said = (one.spoken, one.text.source) if one and STUB in one.told else None
            if said and said == before and alone(section.pieces, at):
                found.add(piece.number)
            before = said
        before = before if plain else None
    return frozenset(found)


def alone(pieces: Sequence[str | Block], at: int) -> bool:
    """Whether a block of a section is a paragraph, or all of an item of a list."""
    piece = pieces[at]
    before, after = (str(pieces[one]) if 0 <= one < len(pieces) else "" for one in (at - 1, at + 1))
    if isinstance(piece, str):
        return False
    if piece.opening:
        return bool(PARAGRAPH.match(piece.opening)) and after.lstrip().startswith("</p>")
    return before.rstrip().endswith("<li>") and after.lstrip().startswith("</li>")


def urgent(sections: Sequence[Section]) -> int:
    """How many sections a page begins with that nothing may stand above: 0 where none of them is an emergency box."""
    start = int(begins(sections))
    end = start
    while end < len(sections) and EMERGENCY.match(opened(sections[end])):
        end += 1
    return end if end > start else 0


def begins(sections: Sequence[Section]) -> bool:
    """Whether a page begins with its heading."""
    return bool(sections) and bool(HEADING.match(opened(sections[0])))


def opened(section: Section) -> str:
    """The HTML that a section begins with, other names of its place left out."""
    for piece in section.pieces:
        if html := ALIASES.sub("", piece if isinstance(piece, str) else piece.opening):
            return html
    return ""


def without(gone: Sequence[str], off: str, html: str) -> str:
    """A piece of HTML without the files that are withheld: their addresses go, what describes them stays, and `off` says so."""

    def shows(url: str) -> bool:
        path = unquote(url.partition("#")[0].partition("?")[0])
        return any(path.endswith(f"../assets/{name}") for name in gone)

    def left(attribute: re.Match[str]) -> str:
        return "" if any(map(shows, led(attribute))) else attribute[0]

    def tag(match: re.Match[str]) -> str:
        if not match[2] or (made := ATTRIBUTE.sub(left, match[0])) == match[0]:
            return match[0]
        return f"{made}{off}" if match[2].lower() in VOID - {"source", "track"} else made

    made = TAG.sub(tag, html)
    return f"{made}{off}" if made != html and off not in made else made


def noted(names: Sequence[str], note: str, html: str) -> str:
    """A piece of HTML with a word after each picture that has one of these files, and after a text that links to one."""

    def shows(url: str) -> bool:
        path = unquote(url.partition("#")[0].partition("?")[0])
        return any(path.endswith(f"../assets/{name}") for name in names)

    told = False

    def tag(match: re.Match[str]) -> str:
        nonlocal told
        if not any(shows(url) for attribute in ATTRIBUTE.finditer(match[0]) for url in led(attribute)):
            return match[0]
        told = True
        return f"{match[0]}{note}" if (match[2] or "").lower() in VOID - {"source", "track"} else match[0]

    made = TAG.sub(tag, html)
    return f"{made}{note}" if told and note not in made else made


def notices(section: Section, told: Mapping[int, tuple[Notice, ...]]) -> list[Notice]:
    """What is to be told of a section's blocks, each once, the gravest first. `told`: what is told of each block, by number."""
    of_blocks = (told.get(block.number, ()) for block in section.blocks)
    found = {what for one in of_blocks for what in one if what.kind != "held"}
    said = [what for what in found if what.plain or what._replace(plain=True) not in found]
    return sorted(said, key=lambda what: (KINDS.index(what.kind), what.since, what.plain))


def of_items(section: Section, told: Mapping[int, tuple[Notice, ...]]) -> dict[int, tuple[Notice, ...]]:
    """What is to be told in a list, by number of the block, where it is told of a few of its items: a line above all of them would be
    taken for one about all. Nothing where it has to be told above the list: of most items, of a critical one, or of what is no item."""
    if not LIST.match(opened(section)) or any(block.stated for block in section.blocks):
        return {}
    found = {
        at: what
        for at, piece in enumerate(section.pieces)
        if isinstance(piece, Block) and (what := told.get(piece.number, ()))
    }
    of = sum(block.number in told for block in section.blocks)
    few = len(found) <= FEW and len(found) * 2 <= of
    if not few or any(what.plain or what.kind == "held" for some in found.values() for what in some):
        return {}
    if not all(is_item(section.pieces, at) for at in found):
        return {}
    return {piece.number: what for at, what in found.items() if isinstance(piece := section.pieces[at], Block)}


def is_item(pieces: Sequence[str | Block], at: int) -> bool:
    """Whether a block of a list is what an item begins with, or a paragraph."""
    piece, before = pieces[at], pieces[at - 1] if at else ""
    if isinstance(piece, str) or isinstance(before, Block):
        return False
    return bool(PARAGRAPH.match(piece.opening)) if piece.opening else before.rstrip().endswith("<li>")


def tie(above: Mapping[Notice, str], what: Notice) -> str:
    """The id of the line that tells this: the plain one where the stretch has it, the page's where it is told there."""
    return above.get(what) or above.get(what._replace(plain=True)) or HELD


def said_of(document: Document, shown: Mapping[int, Resolution], interface: Interface) -> dict[int, tuple[str, str]]:
    """The texts of a page's blocks that are messages, as `text` has them, by number of the block."""
    explained = abbreviations.of_page(document, shown, interface)
    pieces = (block for section in document.sections for block in section.blocks)
    return {
        block.number: text(block, found, interface, explained) for block in pieces if (found := shown.get(block.number))
    }


def text(
    piece: Block, found: Resolution | None, interface: Interface, explained: abbreviations.Explained = {}
) -> tuple[str, str]:
    """A block's text as HTML, and the English that has to stand beside it, "" where none has. `explained`: the abbreviations of its
    page."""
    source = interface.source
    if found is None:
        spoken = source if piece.english else interface.locale
        return render(piece.inline, interface.facts[spoken.name]._replace(kept="")), ""
    shown = abbreviations.with_abbreviations(found.text, explained.get(found.spoken, {}))
    html = render(shown, interface.facts[found.spoken])
    return html, render(piece.inline, interface.facts[source.name]) if stands_beside(found, source.name) else ""


def attributes(piece: Block, found: Resolution | None, interface: Interface, notice: str, name: str) -> str:
    """What a block's element says of it: its name, its language where that is not the page's, its state, its notices."""
    made, source = "", interface.source
    if found is None:
        if piece.english and interface.locale.name != source.name:
            made = f' lang="{source.tag}" dir="{source.direction}" translate="no"'
        return made
    spoken = interface.locales[found.spoken]
    if name:
        made = f' data-block="{escape(name)}"'
    if spoken.name != interface.locale.name or piece.stated:
        made += f' lang="{spoken.tag}" dir="{spoken.direction}"'
    if notice:
        made += "" if found.state.done else f' data-state="{found.state}"'
        made += f' aria-describedby="{notice}"'
    return made


def unanchored(html: str) -> str:
    """A text without its anchors: one that stands on a page twice has them once."""

    def left(attribute: re.Match[str]) -> str:
        return "" if attribute[1].lower() in ANCHORS else attribute[0]

    return TAG.sub(lambda tag: ATTRIBUTE.sub(left, tag[0]), html) if "=" in html else html


def element(piece: Block, attributes: str, html: str, beside: str, interface: Interface) -> str:
    """One block: its opening tag, its text, the English beside it (its anchors stand on the page once)."""
    if beside:
        lang = f'lang="{interface.source.tag}" dir="{interface.source.direction}"'
        html += f' <span class="beside" {lang}>{unanchored(beside)}</span>'
    if piece.opening:
        return f"{piece.opening}{attributes}>{html}"
    return f"<span{attributes}>{html}</span>" if attributes else html
