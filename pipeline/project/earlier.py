"""What an earlier run worked out, where nothing that it rests on has changed: a language decided, a document's rows, its pages.

Everything is found by the bytes it was made from, so it serves other checkouts and machines too; and nothing is kept where a
file of the site has changed since it was first looked at, since then nobody knows which bytes a result comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.changes import copied, former
from pipeline.core import cache, pickled, seen
from pipeline.core.book import Book
from pipeline.core.cache import Store, digest, program
from pipeline.core.model import Resolution
from pipeline.core.seen import Seen, Watch
from pipeline.core.settings import Settings
from pipeline.review import handouts, official, questions, reviews, slugs, suppressions

if TYPE_CHECKING:
    from pipeline.content import Content


UNDECIDING = frozenset([handouts.PATH, official.PATH, questions.PATH, slugs.PATH])
"""The files in `locale/` that no decision rests on."""


@dataclass
class Earlier:
    """The results of earlier runs about a site, as it stands when this is made. `astray`: what git put under another English in
    the catalog of each language (a digest, by locale name); `told`: what else rests on git (a digest)."""

    settings: Settings
    day: str
    store: Store
    seen: Seen | None
    books: dict[tuple[str, str], Book] = field(default_factory=dict)
    astray: Mapping[str, str] = field(default_factory=dict)
    told: str = ""
    wholes: dict[str, tuple[Content | None, str, str]] = field(default_factory=dict)
    """What `whole` said, by locale, of which content and at which `told`."""

    def steady(self) -> bool:
        """Whether the files of the site are what they were."""
        return self.watch is not None and self.watch.still()

    @cached_property
    def watch(self) -> Watch | None:
        """What they are asked of."""
        return Watch(paths(self.settings.root), self.seen) if self.seen else None

    def book(self, kind: str, locale: str) -> Book:
        """What is known of one language."""
        if (kind, locale) not in self.books:
            name = digest(program(), self.settings.project, self.settings.english.name, locale)
            self.books[kind, locale] = Book(self.store, kind, name)
        return self.books[kind, locale]

    def save(self, *kinds: str) -> None:
        """Keep what is new of some kinds, and let go of it."""
        books = [self.books.pop(key) for key in [*self.books] if key[0] in kinds]
        if any(book.grown for book in books) and self.steady() and cache.unchanged():  # looked at once for all of them
            for book in books:
                book.save(sure=True)

    @cached_property
    def hashes(self) -> Mapping[str, list[tuple[str, str]]]:
        """The digest of each file, by the folder of `locale/` that it is in; of the templates; and under "" of what stands in `locale/`
        itself, those left out that decide nothing."""
        root, found = self.settings.root, dict[str, list[tuple[str, str]]]()
        for folder in ("locale", "templates"):
            for row in seen.rows(root / folder):
                name = Path(row[0]).relative_to(root).as_posix()
                if row[4] and name not in UNDECIDING:
                    group = folder if folder == "templates" else name.split("/")[1] if name.count("/") > 1 else ""
                    found.setdefault(group, []).append((name, seen.hashed(row[0])))
        return found

    @cached_property
    def files(self) -> Mapping[str, str]:
        """One digest of each folder."""
        return {group: digest(rows) for group, rows in self.hashes.items()}

    def folder(self, group: str, but: Set[str]) -> str:
        """The digest of a folder, `but` for some files."""
        rows = self.hashes.get(group, [])
        return digest([row for row in rows if row[0] not in but]) if but else self.files.get(group, "")

    @cached_property
    def people(self) -> str:
        """A digest of who may say what."""
        from pipeline.changes import people

        return pickled.digest(people.load(self.settings.root))

    @cached_property
    def settled(self) -> str:
        """A digest of the settings."""
        return pickled.digest(pickled.without_sets(replace(self.settings, root=Path())))

    def language(self, content: Content, locale: str, but: Set[str] = frozenset()) -> str:
        """A digest of all that a language's decisions rest on besides the page that a message stands on, `but` for some files."""
        by_name, english = self.settings.by_name, self.settings.english.name
        chain = [locale, *(by_name[locale].chain if locale in by_name else ())]
        folders = [
            (name, self.folder(name, but), self.astray.get(name, "")) for name in dict.fromkeys(["", *chain, english])
        ]
        kin = [
            row
            for one in copied.relatives(locale, tuple(by_name))
            for row in self.hashes.get(one, ())
            if row[0] in {former.path_of(one), reviews.path_of(one), suppressions.path_of(one)} - but
        ]
        return digest(program(), self.day, self.settled, self.people, folders, content.ground, kin, self.told)

    def whole(self, content: Content, locale: str) -> str:
        """A digest of all that a language's decisions rest on."""
        read, told, found = self.wholes.get(locale, (None, "", ""))
        if read is not content or told != self.told:
            found = digest(self.language(content, locale), content.sealed)
            self.wholes[locale] = content, self.told, found
        return found


def paths(root: Path) -> list[Path]:
    """What a site is read from."""
    return [root / name for name in seen.INPUTS]


def earlier(settings: Settings, day: str, store: Store) -> Earlier | None:
    """The results of earlier runs about a site; None where nothing can be known of them."""
    found = seen.look(paths(settings.root)) if store.folder else None
    return Earlier(settings, day, store, found) if found else None


def as_read(found: Resolution) -> tuple[object, ...]:
    """What of a resolution reaches readers or the manifest: not where a message or an entry stands, nor what is to be mended."""
    message = found.message
    return (
        message.key,
        message.plural,
        message.critical,
        found.state.value,
        found.text,
        found.spoken,
        found.change,
        found.review,
        found.action,
        found.told,
        tuple(map(as_read, found.facts)),
        found.forms,
        found.plurals,
    )


def mark(resolutions: Iterable[Resolution]) -> str:
    """A digest of what resolutions say to readers."""
    return pickled.digest(list(map(as_read, resolutions)))
