"""The messages of a site without its pages: what each file says is kept in the store, and a file is parsed when it changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline.content import includes, kept_back, marks
from pipeline.content.files import assets, files, is_draft, missing, slugs, strays, unmapped
from pipeline.content.fixed import Fixed, Part
from pipeline.content.included_lines import Whole
from pipeline.core import cache, inputs
from pipeline.core.book import Book
from pipeline.core.cache import Store
from pipeline.core.errors import LockstepError
from pipeline.core.model import Key, Level, Message, Span
from pipeline.core.options import TEMPLATE, is_format, is_known, is_page
from pipeline.core.settings import Settings, SourceMapping


class Extracted(NamedTuple):
    """Every message, what the files have beside them, and the files that are published as they are."""

    messages: tuple[Message, ...]
    parts: tuple[tuple[str, Part], ...]
    assets: frozenset[str]


Said = tuple[Sequence[Message], Part]
"""What one file says: its messages, and what it has beside them."""


class File(NamedTuple):
    """A mapped file of a site: what its messages follow from, and a digest of that."""

    path: str
    mapping: SourceMapping
    body: bytes
    digest: str
    whole: Whole | None = None

    @property
    def draft(self) -> bool:
        return is_page(self.mapping.method) and is_draft(self.body)


def listed(settings: Settings) -> tuple[File, ...] | None:
    """Every mapped file; None where the messages of one do not follow from itself."""
    found, known = [], marks.of(settings)
    if any(strays(settings.root)) or any(missing(settings)):
        return None
    for path, mapping in files(settings):
        if not is_known(mapping.method):
            return None
        try:
            body = inputs.read(settings.root, path) or b""
        except LockstepError:
            return None
        said = hashlib.sha256(body).hexdigest()
        made = includes.of_file(settings.root, path, body, mapping.method, known)
        said_whole = made and cache.digest(made.said)
        key = cache.digest(path, mapping.method, sorted(mapping.options.items()), known.said, said, said_whole)
        found.append(File(path, mapping, body, key, made))
    return tuple(found)


def read(settings: Settings, store: Store, today: str = "") -> Extracted | None:
    """What `Content` would have of this on a day; None where there is no store, and where `Content.whole` has something to say."""
    mapped = listed(settings) if store.folder else None
    if mapped is None:
        return None
    if any(one.level is Level.ERROR for one in unmapped(settings.root, {one.path for one in mapped})):
        return None
    pages = {one.path: one.body for one in mapped if is_page(one.mapping.method)}
    kept = kept_back.of(settings, pages, marks.of(settings).reads, today)
    if kept.unsure:
        return None
    book = Book(store, "messages", cache.digest(cache.program(), settings.project, settings.english.name))
    documents: list[Message] = []
    others: list[Message] = []
    names: list[str] = []
    parts: list[tuple[str, Part]] = []
    for one in mapped:
        if one.draft or one.path in kept.pages:
            continue
        try:
            found, part = of_file(settings, one, book)
        except LockstepError:
            return None
        path, method = one.path, one.mapping.method
        inside = path.startswith("source/")
        (documents if inside and is_format(method) else others).extend(found)
        parts.append((path, part))
        if is_page(method):
            if not inside:
                return None
            names.append(path)
    book.save()
    if len({slug.lower() for slug in slugs(names).values()}) < len(names):
        return None
    published = frozenset(assets(settings.root, {one.path for one in mapped}))
    return Extracted((*documents, *others), tuple(parts), published) if names else None


def of_file(settings: Settings, file: File, book: Book) -> Said:
    """What a file says. Raises LockstepError where a part of it cannot be read."""
    try:
        rows, fixed, names = book.get(file.digest, list)  # type: ignore[misc]
        return [message(file.path, *said) for said in rows], Part(tuple(Fixed(*one) for one in fixed), tuple(names))
    except (TypeError, ValueError):
        found, part = parsed(settings, file)
        book.put(file.digest, [[row(one) for one in found], list(map(list, part.rows)), list(part.names)])
        return found, part


def parsed(settings: Settings, file: File) -> Said:
    """What a file says, from its text."""
    path, mapping, body, _, made = file
    if not (path.startswith("source/") and is_format(mapping.method)):
        from pipeline.content import babel_methods

        work = babel_methods.of_template if mapping.method == TEMPLATE else babel_methods.messages
        return tuple(work(body, path, mapping)), Part()
    from pipeline.content import sources, whole
    from pipeline.content.inline_html import same

    document = sources.document(body, path, mapping, same, marks.of(settings), made)
    if sources.broken(document):
        raise LockstepError("cannot be read", path=path)
    return tuple(document.messages()), whole.part(document)


Row = tuple[
    str | None, str, int, str | None, str, list[str], list[str], bool, list[str], list[list[str]], list[Any] | None
]


def row(message: Message) -> Row:
    """A message as JSON."""
    m = message
    return (
        *m.key,
        m.span.line,
        m.plural,
        m.kind,
        [*m.comments],
        [*m.flags],
        m.critical,
        [*m.under],
        [*map(list, m.refs)],
        list(m.written) if m.written else None,
    )


def message(path: str, *said: Any) -> Message:
    """A message, from JSON. Raises TypeError or ValueError for what is none."""
    context, msgid, line, plural, kind, comments, flags, critical, under, refs, written = said
    key, links = (
        Key(context, msgid + ""),
        tuple((label + "", address + "", title + "") for label, address, title in refs),
    )
    return Message(
        key,
        Span(path, line + 0),
        plural,
        kind + "",
        tuple(comments),
        tuple(flags),
        critical,
        tuple(under),
        links,
        Span(written[0] + "", written[1] + 0) if written else None,
    )
