"""The documents and the messages of templates that the store has of a site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.content import babel_methods, earlier_names, includes, sources
from pipeline.content.earlier_names import NOTHING, Told
from pipeline.content.inline_html import Urls
from pipeline.content.marks import Marks
from pipeline.core.book import Book
from pipeline.core.cache import Store, digest, program
from pipeline.core.model import Document, Message
from pipeline.core.options import TEMPLATE
from pipeline.core.settings import Settings, SourceMapping


@dataclass
class Shelf:
    """The documents and the templates' messages of a site, taken from the store where this program has read the same bytes."""

    settings: Settings
    store: Store
    marks: Marks
    told: Told = NOTHING
    was: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    included: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def book(self) -> Book:
        return Book(self.store, "sources", digest(program(), str(self.settings.root)) if self.store.folder else "")

    @cached_property
    def templates(self) -> Book:
        """The messages of templates, for every site: most have those that are shipped."""
        return Book(self.store, "templates", program() if self.store.folder else "")

    def save(self) -> None:
        self.book.save()
        self.templates.save()

    def document(self, path: str, body: bytes, mapping: SourceMapping, urls: Urls) -> Document:
        """A document, its headings under their former ids as well. Raises LockstepError when it is not UTF-8."""
        found = self.alone(path, body, mapping, urls)
        made = earlier_names.with_former_ids(found, self.told, (path, *self.was.get(path, ())))
        if made is not found and path in self.digests:
            self.digests[path] = digest(self.digests[path], made.anchors)
        return made

    def alone(self, path: str, body: bytes, mapping: SourceMapping, urls: Urls) -> Document:
        """A document by itself."""
        made = includes.of_file(self.settings.root, path, body, mapping.method, self.marks)
        if made:
            self.included[path] = made.files
        if self.store.folder is None:
            return sources.document(body, path, mapping, urls, self.marks, made)
        key = digest(path, mapping.method, sorted(mapping.options.items()), self.marks.said, body, made and made.said)
        found = self.book.get(key, Document)
        if found is None or any(urls(one.target) != found.scope.url(one.target) for one in found.links):
            found = sources.document(body, path, mapping, urls, self.marks, made)
            self.book.put(key, found)
        self.digests[path] = digest(key, sorted(found.scope.urls.items()))
        return found

    def messages(self, path: str, body: bytes, mapping: SourceMapping) -> tuple[Message, ...]:
        """The messages of a file that is no document. Raises LockstepError where it is broken."""
        if mapping.method != TEMPLATE:  # others may read what they like
            return tuple(babel_methods.messages(body, path, mapping))

        def work() -> tuple[Message, ...]:
            return babel_methods.of_template(body, path, mapping)

        if self.store.folder is None:
            return work()
        return self.templates.find(digest(path, sorted(mapping.options.items()), body), tuple, work)
