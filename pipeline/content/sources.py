"""Source files, each read once as a Document: which module reads which."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.content import markdown, yaml
from pipeline.content.files import decoded, words
from pipeline.content.inline_html import Urls
from pipeline.content.marks import Marks
from pipeline.core.model import Document, Finding, Level
from pipeline.core.settings import SourceMapping

Read = Callable[[str, str, Sequence[str], Urls, Marks], Document]
"""Reads a file: its path, its text, the keys that are messages, the map of its links, the site's own marks."""
READERS: dict[str, Read] = {
    "lockstep-markdown": markdown.read,
    "lockstep-yaml": lambda path, text, keys, urls, marks: yaml.read(path, text, keys),
}


def document(body: bytes, path: str, mapping: SourceMapping, urls: Urls, marks: Marks) -> Document:
    """Read the bytes of one mapped file of a method in READERS. Raises LockstepError when they are not UTF-8."""
    text = decoded(body, path)
    return READERS[mapping.method](path, text, words(mapping.options.get("keys", "")), urls, marks)


SHOWN = frozenset(["dialect"])
"""The errors that change no message: a mark that nobody reads is a text like any other until it is mended."""


def broken(document: Document) -> tuple[Finding, ...]:
    """What of a document could not be read, so that its messages would seem to be gone."""
    return tuple(one for one in document.findings if one.level is Level.ERROR and one.code not in SHOWN)
