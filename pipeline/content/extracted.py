"""The messages of a site without its pages: what each file says is kept in the store, and a file is parsed when it changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pipeline.content.files import files, slug_of
from pipeline.core import cache
from pipeline.core.book import Book
from pipeline.core.cache import Store
from pipeline.core.errors import LockstepError
from pipeline.core.model import Key, Message, Span
from pipeline.core.settings import Settings, SourceMapping

READ = frozenset({"lockstep-markdown", "lockstep-yaml"})
OURS = READ | {"lockstep-template"}
"""The methods whose messages follow from a file's bytes, its name and its options alone."""


class File(NamedTuple):
    """A mapped file of a site: what its messages follow from."""

    path: str
    mapping: SourceMapping
    digest: str


def listed(settings: Settings) -> tuple[File, ...] | None:
    """Every mapped file; None where the messages of one do not follow from itself."""
    found = []
    for path, mapping in files(settings):
        if mapping.method not in OURS:
            return None
        body = hashlib.sha256((settings.root / path).read_bytes()).hexdigest()
        options = sorted(mapping.options.items())
        found.append(File(path, mapping, cache.digest(path, mapping.method, options, body)))
    return tuple(found)


def messages(settings: Settings, store: Store, found: Iterable[File]) -> tuple[Message, ...] | None:
    """Every message of files, as `Content.whole` has them; None where `whole` has something to say."""
    book = Book(store, "messages", cache.digest(cache.program(), settings.project, settings.english.name))
    documents: list[Message] = []
    others: list[Message] = []
    slugs: set[str] = set()
    for path, mapping, digest in found:
        inside = path.startswith("source/")
        try:
            (documents if inside and mapping.method in READ else others).extend(
                of_file(settings, path, mapping, digest, book)
            )
        except LockstepError:
            return None
        if mapping.method == "lockstep-markdown":
            if not inside or slug_of(path).lower() in slugs:
                return None
            slugs.add(slug_of(path).lower())
    book.save()
    return (*documents, *others) if slugs else None


def of_file(settings: Settings, path: str, mapping: SourceMapping, digest: str, book: Book) -> Sequence[Message]:
    """The messages of a file. Raises LockstepError where a part of it cannot be read."""
    try:
        return [read(path, *said) for said in book.get(digest, list)]  # type: ignore[union-attr]
    except (TypeError, ValueError):
        found = parsed(settings, path, mapping)
        book.put(digest, [row(message) for message in found])
        return found


def parsed(settings: Settings, path: str, mapping: SourceMapping) -> Sequence[Message]:
    """The messages of a file, from its text."""
    if not (path.startswith("source/") and mapping.method in READ):
        from pipeline.content import babel_methods

        return tuple(babel_methods.messages(settings.root, path, mapping))
    from pipeline.content import sources
    from pipeline.content.inline_html import same

    document = sources.document((settings.root / path).read_bytes(), path, mapping, same)
    if sources.broken(document):
        raise LockstepError("cannot be read", path=path)
    return tuple(document.messages())


Row = tuple[str | None, str, int, str | None, str, list[str], list[str], bool]


def row(message: Message) -> Row:
    """A message as JSON."""
    m = message
    return (*m.key, m.span.line, m.plural, m.kind, [*m.comments], [*m.flags], m.critical)


def read(path: str, *said: Any) -> Message:
    """A message, from JSON. Raises TypeError or ValueError for what is none."""
    context, msgid, line, plural, kind, comments, flags, critical = said
    key = Key(context, msgid + "")
    return Message(key, Span(path, line + 0), plural, kind + "", tuple(comments), tuple(flags), critical)
