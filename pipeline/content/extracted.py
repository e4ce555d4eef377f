"""The messages of a site without its pages: what each file says is kept in the store, and a file is parsed when it changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

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


def messages(settings: Settings, store: Store) -> tuple[Message, ...] | None:
    """Every message, as `Content.whole` has them; None where there is no store, and where `whole` has something to say."""
    if store.folder is None:
        return None
    book = Book(store, "messages", cache.digest(cache.program(), str(settings.root)))
    documents: list[Message] = []
    others: list[Message] = []
    slugs: set[str] = set()
    for path, mapping in files(settings):
        try:
            found = of_file(settings, path, mapping, book)
        except LockstepError:
            return None
        inside = path.startswith("source/")
        (documents if inside and mapping.method in READ else others).extend(found)
        if mapping.method == "lockstep-markdown":
            if not inside or slug_of(path).lower() in slugs:
                return None
            slugs.add(slug_of(path).lower())
    book.save()
    return (*documents, *others) if slugs else None


def of_file(settings: Settings, path: str, mapping: SourceMapping, book: Book) -> Sequence[Message]:
    """The messages of a file. Raises LockstepError where a part of it cannot be read."""
    if mapping.method not in OURS:
        return parsed(settings, path, mapping)
    body = hashlib.sha256((settings.root / path).read_bytes()).hexdigest()
    key = cache.digest(path, mapping.method, sorted(mapping.options.items()), body)
    try:
        return [read(path, *said) for said in book.get(key, list)]  # type: ignore[union-attr]
    except (TypeError, ValueError):
        found = parsed(settings, path, mapping)
        book.put(key, [row(message) for message in found])
        return found


def parsed(settings: Settings, path: str, mapping: SourceMapping) -> Sequence[Message]:
    """The messages of a file, from its text."""
    from pipeline.content import babel_methods, sources
    from pipeline.content.inline_html import same

    if not (path.startswith("source/") and mapping.method in READ):
        return tuple(babel_methods.messages(settings.root, path, mapping))
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
