"""Extraction: source files → messages → `locale/messages.pot`, through Babel.

The three functions `markdown`, `data` and `template` are Babel extraction methods, registered as entry points, so that
plain `pybabel extract -F pyproject.toml .` finds the same messages as `lockstep extract`.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.extract import extract as babel_extract
from babel.util import pathmatch
from jinja2 import TemplateSyntaxError
from jinja2.ext import babel_extract as jinja_extract

from pipeline.catalog import po_entry as po
from pipeline.catalog import po_file as catalog
from pipeline.catalog.po_entry import Entry
from pipeline.catalog.po_file import Catalog
from pipeline.content import markdown as markdown_format
from pipeline.content import yaml as yaml_format
from pipeline.content.markup import FACT, Urls, same
from pipeline.core.errors import LockstepError
from pipeline.core.model import Document, Key, Level, Message, Span
from pipeline.core.settings import TEMPLATE_PATH, Settings

Found = Iterator[tuple[int, str | None, Any, list[str]]]
"""What a Babel extraction method yields: line, function name, message or tuple of them, comments."""

COMMENT_TAGS = ("Translators:",)
ARGUMENT = re.compile(r"%\(\w+\)[sd]")
FOLDERS = ("source", "templates")
UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u2068\u2069\ud800-\udfff]")
"""What cannot stand in a reference: line ends, control characters, gettext's own marks, bytes that are not UTF-8."""


def markdown(fileobj: Any, keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, Any]) -> Found:
    """Babel extraction method for Markdown pages; option `keys`: the front-matter keys that are messages."""
    return document_messages(markdown_format.read(name_of(fileobj), decoded(fileobj), words(options.get("keys", ""))))


def data(fileobj: Any, keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, Any]) -> Found:
    """Babel extraction method for YAML data; option `keys`: the dotted keys that are messages."""
    return document_messages(yaml_format.read(name_of(fileobj), decoded(fileobj), words(options.get("keys", ""))))


def template(fileobj: Any, keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, Any]) -> Found:
    """Babel extraction method for Jinja templates: Jinja's own, never silent about a broken template."""
    strict = {**options, "silent": "false", "newstyle_gettext": "true", "trimmed": "true"}
    try:
        for line, function, message, comments in jinja_extract(
            fileobj, keywords, [*COMMENT_TAGS, *comment_tags], strict
        ):
            yield (
                line,
                function,
                message,
                ["interface", *(comment.removeprefix("Translators:").strip() for comment in comments)],
            )
    except TemplateSyntaxError as problem:
        raise LockstepError(
            f"broken template: {problem.message}",
            path=name_of(fileobj),
            line=problem.lineno,
            todo="Mend the tag on this line.",
        ) from problem


def document_messages(document: Document) -> Found:
    """A document's messages as Babel wants them. Raises LockstepError where part of it could not be read."""
    wrong = [finding for finding in document.findings if finding.level is Level.ERROR]
    if wrong:
        raise LockstepError("\n".join(f"{finding.span}: {finding.text}" for finding in wrong))
    for message in document.messages():
        context, msgid = message.key
        comments = [message.kind, *message.comments]
        yield (
            (message.span.line, "gettext", msgid, comments)
            if context is None
            else (message.span.line, "pgettext", (context, msgid), comments)
        )


def name_of(fileobj: Any) -> str:
    """The file's name as it should stand in an error."""
    return str(getattr(fileobj, "name", "(unknown)"))


def decoded(fileobj: Any) -> str:
    return text_of(fileobj.read(), name_of(fileobj))


def text_of(body: bytes, path: str) -> str:
    """A source file's text. Raises LockstepError naming the line that is not UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = body[: problem.start].count(b"\n") + 1
        raise LockstepError("not UTF-8", path=path, line=line, todo="Save the file as UTF-8.") from problem


def words(value: str | Sequence[str]) -> Sequence[str]:
    """An option that is a list in TOML and a string of words in an ini file."""
    return value.split() if isinstance(value, str) else value


METHODS = {"lockstep-markdown": markdown, "lockstep-yaml": data, "lockstep-template": template}
READERS = {
    "lockstep-markdown": markdown_format.read,
    "lockstep-yaml": lambda path, text, keys, urls: yaml_format.read(path, text, keys),
}


def files(settings: Settings) -> Iterator[tuple[str, Any]]:
    """Every mapped file under source/ and templates/, sorted, with its mapping. Links out of the site are not followed.

    Raises LockstepError for a name that cannot be written into a catalog.
    """
    found: dict[str, Any] = {}
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


def document(settings: Settings, path: str, mapping: Any, urls: Urls = same) -> Document | None:
    """Read one mapped source file as a Document; None for files of other methods. Raises LockstepError when it is not UTF-8."""
    reader = READERS.get(mapping.method)
    if reader is None:
        return None
    return reader(
        path, text_of((settings.root / path).read_bytes(), path), words(mapping.options.get("keys", "")), urls
    )


def messages(settings: Settings) -> tuple[Message, ...]:
    """Every message of the site as Babel finds them, files sorted, each file in its own order.

    Raises LockstepError naming every file that cannot be read; then nothing should be written.
    """
    found: list[Message] = []
    wrong: list[str] = []
    for path, mapping in files(settings):
        try:
            found += file_messages(settings.root, path, mapping)
        except LockstepError as problem:
            wrong.append(str(problem))
    if wrong:
        raise LockstepError(
            "\n".join(wrong),
            todo="Nothing was written: a file that cannot be read would make its translations obsolete.",
        )
    return tuple(found)


def file_messages(root: Path, path: str, mapping: Any) -> Iterator[Message]:
    """One file's messages, through Babel."""
    with (root / path).open("rb") as file:
        named = Named(file, path)
        method = METHODS.get(mapping.method, mapping.method)
        for line, message, comments, context in babel_extract(
            method, named, DEFAULT_KEYWORDS, (), dict(mapping.options)
        ):
            msgid, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, None)
            yield Message(
                Key(context, msgid),
                Span(path, line),
                plural,
                comments[0] if comments else "",
                tuple(comments[1:]),
                flags(path, msgid),
            )


class Named:
    """A file that gives its name relative to the site, for errors; Babel and Jinja only read it."""

    def __init__(self, file: Any, name: str) -> None:
        self.read, self.readline, self.seek, self.tell, self.name = file.read, file.readline, file.seek, file.tell, name


def flags(path: str, msgid: str) -> tuple[str, ...]:
    """The format flag of a message: `{fact}` in pages and data, `%(name)s` in templates, nothing for a stray percent sign."""
    if path.startswith("templates/"):
        return ("python-format",) if ARGUMENT.search(msgid) else ()
    return ("python-brace-format",) if FACT.search(msgid) else ()


def entries(found: Iterable[Message]) -> tuple[Entry, ...]:
    """The messages as catalog entries: one a key, in order of first appearance, files as references.

    References name the file only, and `#.` lines the kind of block and the author's comments: nothing that changes
    when a neighbour is edited.
    """
    merged: dict[Key, Entry] = {}
    for message in found:
        old = merged.get(message.key) or Entry(message.key, ("",))
        merged[message.key] = replace(
            old,
            plural=old.plural or message.plural,
            strings=("", "") if old.plural or message.plural else ("",),
            extracted=union(old.extracted, (*([message.kind] if message.kind else []), *message.comments)),
            references=union(old.references, (message.span.path,)),
            flags=union(old.flags, message.flags),
        )
    return tuple(merged.values())


def union(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """Both, each once, in order of appearance."""
    return tuple(dict.fromkeys((*one, *other)))


def now() -> datetime.datetime:
    """The time to write into files: SOURCE_DATE_EPOCH (reproducible-builds.org) or the clock, in UTC.

    Raises LockstepError where SOURCE_DATE_EPOCH is not a whole number of seconds that is a date.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.datetime.now(datetime.UTC)
    try:
        if not (epoch.isascii() and epoch.isdigit()):
            raise ValueError(epoch)
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    except (ValueError, OverflowError, OSError) as problem:
        raise LockstepError(
            f"SOURCE_DATE_EPOCH is {epoch[:40]!r}, which is no time in seconds since 1970",
            todo="Set it to a whole number, for example: SOURCE_DATE_EPOCH=$(git log -1 --format=%ct), or unset it.",
        ) from problem


def header(settings: Settings, date: str) -> Entry:
    """The header entry of the template."""
    fields = [
        ("Project-Id-Version", f"{settings.project} {settings.version}"),
        ("Report-Msgid-Bugs-To", ""),
        ("POT-Creation-Date", date),
        ("PO-Revision-Date", "YEAR-MO-DA HO:MI+ZONE"),
        ("Last-Translator", "FULL NAME <EMAIL@ADDRESS>"),
        ("Language-Team", "LANGUAGE <LL@li.org>"),
        ("Language", ""),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]
    return po.fresh(Entry(Key(None, ""), (po.header_lines(fields),), flags=("fuzzy",)))


def pot(settings: Settings, found: Iterable[Message]) -> Catalog:
    """The template catalog as it should stand on disk: the old file's date unless the messages in it changed."""
    old = catalog.load(settings.root, TEMPLATE_PATH)
    made = tuple(po.fresh(entry) for entry in entries(found))
    same_messages = {(entry.key, entry.plural) for entry in made} == {
        (entry.key, entry.plural) for entry in old.entries
    }
    date = old.metadata("POT-Creation-Date") if same_messages else ""
    head = header(settings, date or now().strftime("%Y-%m-%d %H:%M+0000"))
    return Catalog(TEMPLATE_PATH, head, entries=made, body=old.body)
