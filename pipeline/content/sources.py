"""Source files: which there are, and each read once as a Document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from babel.util import pathmatch

from pipeline.content import markdown, yaml
from pipeline.content.inline_html import Urls
from pipeline.content.marks import Marks
from pipeline.core.errors import LockstepError
from pipeline.core.model import Document, Finding, Level
from pipeline.core.settings import Settings, SourceMapping

FOLDERS = ("source", "templates")
UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u2068\u2069\ud800-\udfff]")
"""What cannot stand in a reference: line ends, control characters, gettext's own marks, bytes that are not UTF-8."""

Read = Callable[[str, str, Sequence[str], Urls, Marks], Document]
"""Reads a file: its path, its text, the keys that are messages, the map of its links, the site's own marks."""
READERS: dict[str, Read] = {
    "lockstep-markdown": markdown.read,
    "lockstep-yaml": lambda path, text, keys, urls, marks: yaml.read(path, text, keys),
}


def files(settings: Settings) -> Iterator[tuple[str, SourceMapping]]:
    """Every mapped file under source/ and templates/, sorted, with its mapping. Links out of the site are not followed.

    Raises LockstepError for a name that cannot be written into a catalog.
    """
    found: dict[str, SourceMapping] = {}
    for folder in FOLDERS:
        for path in sorted((settings.root / folder).rglob("*"), key=Path.as_posix):
            name = path.relative_to(settings.root).as_posix()
            inside = path.resolve().is_relative_to(settings.root.resolve())
            if path.is_file() and inside and not any(part.startswith((".", "_")) for part in name.split("/")):
                mapping = next((mapping for mapping in settings.mappings if pathmatch(mapping.pattern, name)), None)
                if mapping is not None:
                    found[writable(name)] = mapping
    return iter(found.items())


def writable(name: str) -> str:
    """The name itself. Raises LockstepError where a catalog could not hold it."""
    if UNWRITABLE.search(name):
        raise LockstepError(
            "a file name with a line break or control character, or that is not UTF-8",
            path=ascii(name),
            todo="Rename the file (where the name looks right, run with LANG=C.UTF-8).",
        )
    return name


def document(body: bytes, path: str, mapping: SourceMapping, urls: Urls, marks: Marks) -> Document:
    """Read the bytes of one mapped file of a method in READERS. Raises LockstepError when they are not UTF-8."""
    text = decoded(body, path)
    return READERS[mapping.method](path, text, words(mapping.options.get("keys", "")), urls, marks)


def broken(document: Document) -> tuple[Finding, ...]:
    """What of a document could not be read, so that its messages would seem to be gone."""
    return tuple(finding for finding in document.findings if finding.level is Level.ERROR)


def decoded(body: bytes, path: str) -> str:
    """A source file's text. Raises LockstepError naming the line that is not UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = body[: problem.start].count(b"\n") + 1
        raise LockstepError("not UTF-8", path=path, line=line, todo="Save the file as UTF-8.") from problem


def words(value: object) -> Sequence[str]:
    """An option that is a list in TOML and a string of words in an ini file."""
    return value.split() if isinstance(value, str) else tuple(value) if isinstance(value, (list, tuple)) else ()
