"""A page as a paper: one HTML file that holds all it needs, in one language or beside its English, for a browser to print."""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import unescape
from itertools import zip_longest
from pathlib import Path
from urllib.parse import unquote, urljoin

from markupsafe import Markup, escape

from pipeline.core import inputs, locales
from pipeline.core.inline import ATTRIBUTE, TAG, VOID
from pipeline.core.locales import Locale
from pipeline.core.model import Output
from pipeline.review.handouts import Handout, spelled
from pipeline.site import blocks, html_text, qr, templates
from pipeline.site.pages import Edition, reviews_of
from pipeline.site.site import address, parts_of

TEMPLATE = "handout.html"
SIZES = {"letter": "8.5in 11in", "a4": "210mm 297mm"}
LEADING = frozenset(["href", "src", "poster"])


@dataclass(frozen=True, slots=True)
class Look:
    """What a paper looks like: whether the English stands beside, whether the letters are large, the paper it is for."""

    bilingual: bool = False
    large: bool = False
    size: str = "letter"


def handout(edition: Edition, at: int, look: Look, original: Edition | None, day: str) -> tuple[Output, Handout]:
    """A page of an edition as a paper, and the line about its version. `original`: the English edition, to stand beside it."""
    site, page, locale = edition.site, edition.site.content.pages[at], edition.locale
    view = edition.view(at)
    body = body_of(edition, at)
    digests = {
        number: html_text.digest(html_text.text_of(text))
        for number, (text, _) in {**edition.head(view), **body.texts}.items()
    }
    version = edition.version(page, view, digests)
    row = Handout(version, page.path, locale.name, site.printed_of(page), day, tuple(parts_of(view.shown, digests)))
    rows = [(Markup(alone(edition, at, own)), Markup()) for own in together(body.sections)]
    if original:
        theirs = body_of(original, at).sections
        rows = [
            (Markup(alone(edition, at, own)), Markup(spoken(site.english, unnamed(alone(original, at, other)))))
            for own, other in zip_longest(*paired(body.sections, theirs), fillvalue="")
        ]
    base = site.settings.url
    check = edition.paper_address(version)
    html = templates.page(
        edition.env,
        TEMPLATE,
        speech=edition.speech,
        locale=locale,
        english=site.english,
        is_english=locale.name == site.english.name,
        title=edition.say(page.path, page.title),
        rows=rows,
        bilingual=look.bilingual,
        large=look.large,
        size=SIZES[look.size],
        css=Markup(style(site.settings.root)),
        figures=view.figures,
        updated=locales.date(locale, page.updated) if page.updated else "",
        updated_iso=page.updated.isoformat() if page.updated else "",
        reviews=[(role, date, edition.date(date)) for role, date in reviews_of(view.reviewed)],
        site=edition.values,
        address=address(site, locale, page) if base else "",
        check=check,
        qr=Markup(qr.svg(check)) if check else "",
        version_id=version,
        official=edition.official,
        spelled=spelled(version),
    )
    return Output(f"{page.slug.replace('/', '-') or 'home'}.{locale.tag}.html", marked(html.decode()).encode()), row


def body_of(edition: Edition, at: int) -> blocks.Body:
    """A page's content in the language of an edition, as its page has it."""
    site, page = edition.site, edition.site.content.pages[at]
    files = edition.files(page)
    tell = partial(edition.notice, edition.told)
    return blocks.body(page.document, edition.view(at).shown, site.names(page), edition.interface, tell, files)


def depth(html: str) -> int:
    """How many elements a piece of HTML leaves open, those that it closes of others counted off."""
    found = 0
    for tag in TAG.finditer(html):
        if (name := (tag[2] or "").lower()) and name not in VOID and not tag[0].endswith("/>"):
            found += -1 if tag[1] else 1
    return found


def grouped(sections: Sequence[str]) -> list[int]:
    """After how many top-level blocks a piece of a page ends that leaves nothing open."""
    ends, open_ = [], 0
    for at, section in enumerate(sections, 1):
        open_ += depth(section)
        if open_ == 0 and section.strip():
            ends.append(at)
    return ends if ends and ends[-1] == len(sections) else [*ends, len(sections)]


def together(sections: Sequence[str], ends: Sequence[int] | None = None) -> Iterator[str]:
    """The pieces of a page that leave nothing open."""
    start = 0
    for end in grouped(sections) if ends is None else ends:
        yield "".join(sections[start:end])
        start = end


def paired(own: Sequence[str], other: Sequence[str]) -> tuple[Iterator[str], Iterator[str]]:
    """The same pieces of a page in two languages."""
    ends = sorted({*grouped(own)} & {*grouped(other)})
    return together(own, ends), together(other, ends)


BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd td th caption summary figcaption".split())  # noqa: SIM905
INLINE = frozenset(["span", "bdi", "bdo", "q", "cite"])


def spoken(locale: Locale, html: str) -> str:
    """A piece of HTML in which every block says its language: what an element around several says of them does not get into a
    PDF."""
    said = f' lang="{locale.tag}" dir="{locale.direction}"'

    def tag(match: re.Match[str]) -> str:
        if match[1] or (match[2] or "").lower() not in BLOCKS or " lang=" in match[0]:
            return match[0]
        return f"<{match[2]}{said}{match[3]}>"

    return TAG.sub(tag, html)


def marked(html: str) -> str:
    """A page in which what is in another language inside a text has an id: else its language does not get into a PDF."""
    count = 0

    def tag(match: re.Match[str]) -> str:
        nonlocal count
        if match[1] or (match[2] or "").lower() not in INLINE or " lang=" not in match[0] or " id=" in match[0]:
            return match[0]
        count += 1
        return f'<{match[2]} id="Lang-{count}"{match[3]}>'

    return TAG.sub(tag, html)


NAMED = frozenset(["id", "name", "aria-describedby", "aria-labelledby", "for"])


def unnamed(html: str) -> str:
    """A piece of HTML without ids and what refers to them: what stands twice on a paper is named once."""

    def left(attribute: re.Match[str]) -> str:
        return "" if attribute[1].lower() in NAMED else attribute[0]

    return TAG.sub(lambda tag: ATTRIBUTE.sub(left, tag[0]), html)


def alone(edition: Edition, at: int, html: str) -> str:
    """A piece of a page that needs no other file: pictures within it, links with their whole address, none that leads nowhere."""
    page = edition.site.content.pages[at]
    base = address(edition.site, edition.locale, page) if edition.site.settings.url else ""

    def led(attribute: re.Match[str]) -> str:
        name, value = attribute[1].lower(), unescape(attribute[3].strip("\"'"))
        if name == "srcset":
            return ""
        if name not in LEADING or not value or value.startswith("#") or ":" in value.partition("/")[0]:
            return attribute[0]
        path = unquote(value.partition("#")[0].partition("?")[0])
        _, marked, file = path.partition("../assets/")
        if name != "href" and marked:
            return f'{name}="{data(edition, file)}"'
        return f'{name}="{escape(urljoin(base, value))}"' if base else ""

    return TAG.sub(lambda tag: ATTRIBUTE.sub(led, tag[0]), html)


def data(edition: Edition, file: str) -> str:
    """A file of source/ as an address that holds it."""
    kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
    body = inputs.read(edition.site.settings.root, f"source/{file}") or b""
    return f"data:{kind};base64,{base64.b64encode(body).decode()}"


def style(root: Path) -> str:
    """The style sheet of the site's pages, to stand inside a page."""
    body = inputs.read(root, "templates/static/lockstep.css") or b""
    return body.decode("utf-8", "replace").replace("</", "<\\/")
