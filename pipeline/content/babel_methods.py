"""Babel's extraction methods as a thin adapter over `Document.messages()`, and Babel's own reading of all other files.

`markdown`, `data` and `template` are registered as entry points, so that plain `pybabel extract -F pyproject.toml .` finds
the same messages as `lockstep extract`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.extract import extract as babel_extract
from jinja2 import TemplateSyntaxError
from jinja2.ext import babel_extract as jinja_extract

from pipeline.content import marks
from pipeline.content.files import decoded, words
from pipeline.content.inline_html import same
from pipeline.content.marks import ANY_MARKS, Marks
from pipeline.content.sources import broken, parsed
from pipeline.content.template_errors import unreadable
from pipeline.core import settings, starter
from pipeline.core.errors import LockstepError
from pipeline.core.inline import FACT
from pipeline.core.model import Document, Key, Message, Span
from pipeline.core.options import DATA, HTML, MARKDOWN, TEMPLATE
from pipeline.core.settings import SourceMapping

Found = Iterator[tuple[int, str | None, Any, list[str]]]
"""What a Babel extraction method yields: line, function name, message or tuple of them, comments."""

COMMENT_TAGS = ("Translators:",)
SURROGATE = re.compile("[\ud800-\udfff]")
ARGUMENT = re.compile(r"%\(\w+\)[sd]")


def markdown(fileobj: Any, keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, Any]) -> Found:
    """Babel extraction method for Markdown pages; option `keys`: the front-matter keys that are messages."""
    return document_messages(read("lockstep-markdown", fileobj, options))


def html(fileobj: Any, keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, Any]) -> Found:
    """Babel extraction method for HTML pages; option `keys`: the values of head and front matter that are messages."""
    return document_messages(read("lockstep-html", fileobj, options))


def of_format(method: str) -> Any:
    """The Babel extraction method of a plug-in's format, for its entry point in `babel.extractors`."""

    def extract(
        fileobj: Any, keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, Any]
    ) -> Found:
        return document_messages(read(method, fileobj, options))

    return extract


def data(fileobj: Any, keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, Any]) -> Found:
    """Babel extraction method for YAML data; option `keys`: the dotted keys that are messages."""
    return document_messages(read("lockstep-yaml", fileobj, options))


def read(method: str, fileobj: Any, options: Mapping[str, Any]) -> Document:
    """The file as the document that its pages are rendered from."""
    path = name_of(fileobj)
    return parsed(decoded(fileobj.read(), path), path, method, words(options.get("keys", "")), same, known())


def known() -> Marks:
    """Any marks, in the dialects of the site that Babel is run in."""
    try:
        own = marks.of(settings.load(Path()))
        return replace(ANY_MARKS, reads=own.reads, components=own.components)
    except LockstepError:
        return ANY_MARKS


def template(fileobj: Any, keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, Any]) -> Found:
    """Babel extraction method for Jinja templates: Jinja's own, never silent about a broken template; with the texts of those of
    ours that a template extends, which are texts of its own."""
    body = fileobj.read()
    file = Named(io.BytesIO(body), name_of(fileobj))
    own = decoded(body, file.name)
    yield from one_template(file, keywords, comment_tags, options)
    for _, text in starter.inherited(own) if starter.PREFIX in own else ():
        yield from one_template(Named(io.BytesIO(text.encode()), file.name), keywords, comment_tags, options)


def one_template(
    fileobj: Any, keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, Any]
) -> Found:
    strict = {**options, "silent": "false", "newstyle_gettext": "true", "trimmed": "true"}
    try:
        for line, function, message, comments in jinja_extract(
            fileobj, keywords, [*COMMENT_TAGS, *comment_tags], strict
        ):
            if not whole(message):
                what = "broken template: this text has half a character, as `\\ud83d` is"
                raise LockstepError(what, path=name_of(fileobj), line=line, todo="Write the character itself.")
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
    except Exception as problem:  # deep nesting, a number of 5,000 digits: whatever Jinja's parser falls over
        raise unreadable(problem, name_of(fileobj)) from problem


def whole(message: Any) -> bool:
    """Whether a text, or each of several, can be written to a file."""
    parts = message if isinstance(message, tuple) else (message,)
    return not any(SURROGATE.search(part) for part in parts if isinstance(part, str))


def document_messages(document: Document) -> Found:
    """A document's messages as Babel wants them. Raises LockstepError where part of it could not be read."""
    if wrong := broken(document):
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


MOST = 256
KNOWN: dict[tuple[bytes, str, str], tuple[Message, ...]] = {}
"""The messages of the templates that this process parsed."""
METHODS: dict[str, Any] = {MARKDOWN: markdown, DATA: data, HTML: html, TEMPLATE: template}


def messages(body: bytes, path: str, mapping: SourceMapping) -> Iterator[Message]:
    """The messages of a file that is no document (a template, or a file of another Babel method), through Babel.

    Raises LockstepError where the file is broken.
    """
    method = METHODS.get(mapping.method, mapping.method)
    named = Named(io.BytesIO(body), path)
    for line, message, comments, context in extracted(method, named, mapping):
        msgid, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, None)
        yield Message(
            Key(context, msgid),
            Span(path, line),
            plural,
            comments[0] if comments else "",
            tuple(comments[1:]),
            flags(path, msgid),
        )


def of_template(body: bytes, path: str, mapping: SourceMapping) -> tuple[Message, ...]:
    """The messages of a template: they follow from its text and the options, so it is parsed once in a process, whichever site it is
    of. Raises LockstepError where it is broken."""
    key = body, path, repr(sorted(mapping.options.items()))
    found = KNOWN.get(key)
    if found is None:
        found = tuple(messages(body, path, mapping))
        if len(KNOWN) >= MOST:
            KNOWN.clear()  # another thread may do so at any time
        KNOWN[key] = found
    return found


def extracted(method: Any, file: Named, mapping: SourceMapping) -> Iterator[tuple[int, Any, list[str], str | None]]:
    """What a method finds in a file. Raises LockstepError with the method's name where one that is not ours fails."""
    try:
        yield from babel_extract(method, file, DEFAULT_KEYWORDS, (), dict(mapping.options))
    except LockstepError:
        raise
    except Exception as problem:
        if mapping.method in METHODS:
            raise
        what = f"the method {mapping.method!r} failed: {type(problem).__name__}: {problem}"
        todo = "Mend the method, or the line of `mappings` in pyproject.toml that names it."
        raise LockstepError(what[:300], path=file.name, todo=todo) from problem


class Named:
    """A file that gives its name relative to the site, for errors; Babel and Jinja only read it."""

    def __init__(self, file: Any, name: str) -> None:
        self.read, self.readline, self.seek, self.tell, self.name = file.read, file.readline, file.seek, file.tell, name


def flags(path: str, msgid: str) -> tuple[str, ...]:
    """The format flag of a message: `{fact}` in pages and data, `%(name)s` in templates, nothing for a stray percent sign."""
    if path.startswith("templates/"):
        return ("python-format",) if ARGUMENT.search(msgid) else ()
    return ("python-brace-format",) if FACT.search(msgid) else ()
