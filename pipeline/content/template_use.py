"""What is wrong with how a site's templates use what they are given, told from their text before anything is built."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pipeline.content import template_places
from pipeline.content.template_blocks import unplaced
from pipeline.core import starter
from pipeline.core.lines import Lines
from pipeline.core.model import Document, Finding, Level, Span

GETTEXT = re.compile(r"\b(?:_|n?p?gettext)\(")
PART = re.compile(r"\.(?:text|lang|dir)\b")
OURS_ALONE = re.compile(r"""\s*\{%[-+]?\s*extends\s+["']lockstep/[\w.-]+["']\s*[-+]?%\}\s*""")


def told(templates: Mapping[str, str], pages: Iterable[Document]) -> Iterator[Finding]:
    """What a build would fall over, or would print where it cannot be, of every template, by path; and the addresses that one takes
    from front matter and that are programs, at their pages."""
    own = {path: text for path, text in templates.items() if not of_ours(path, text)}
    taken: dict[str, Span] = {}
    for path, text in own.items():
        from pipeline.content import template_variables

        yield from texts_in_attributes(path, text)
        yield from template_places.misplaced(path, text, template_variables.names(text).own)
        yield from unplaced(path, text)
        yield from template_variables.wrong(path, text, templates)
        for key, span in template_places.addresses(path, text):
            taken.setdefault(key, span)
    for page in pages if taken else ():
        for key, value in page.data.items():
            if key in taken and isinstance(value, str) and template_places.PROGRAM.match(value):
                what = f"`{key}: {value[:30]}` is a program, and {taken[key]} prints it as an address."
                span = Span(page.path, getattr(key, "line", 1))
                yield Finding(template_places.PLACE, Level.ERROR, f"{what} Write an address.", span)


def of_ours(path: str, text: str) -> bool:
    """Whether a template is one of ours as it is."""
    return OURS_ALONE.fullmatch(text) is not None or starter.template(path.rpartition("/")[2]) == text


def texts_in_attributes(path: str, text: str) -> Iterator[Finding]:
    """Where a template prints a text of its own inside an attribute without `.text`."""
    what = 'A translated text inside an attribute is printed with `.text`: {{ _("…").text }}.'
    lines = Lines(text)
    for one in template_places.places(text):
        calls = [found.end() for found in GETTEXT.finditer(one.what)] if one.quoted else []
        if calls and not PART.search(one.what, calls[-1]):
            yield Finding(template_places.ATTRIBUTE, Level.ERROR, what, Span(path, lines.below(one.at) + 1))
