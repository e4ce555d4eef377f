"""The rows of one locale's documents, and their accounts, as an earlier run left them: rows are read, or decided, when somebody asks for
them, which of most documents nobody does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.core.book import Book
from pipeline.core.cache import digest
from pipeline.core.model import Key, ident
from pipeline.project.resting import Resting, at_line, at_lines
from pipeline.resolve.account import Account
from pipeline.resolve.table import Rows, Works


@dataclass(frozen=True, eq=False)
class KnownRows(Mapping[str, Rows]):
    """The rows of each document, by its path. `named`: what they are found by in the book; `rests`: what they rest on document by
    document, where that is known."""

    book: Book
    named: Mapping[str, str]
    works: Works
    rests: Resting | None
    found: dict[str, Rows] = field(default_factory=dict)

    def __getitem__(self, path: str) -> Rows:
        if path not in self.found:
            self.found[path] = self.read(path)
        return self.found[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.works.documents)

    def __len__(self) -> int:
        return len(self.works.documents)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)

    def read(self, path: str) -> Rows:
        """The rows of a document as they are known, with the lines of today, else as they are worked out."""
        kept = self.book.get(self.named[path], dict)
        rows = self.rests.today(kept) if self.rests and kept is not None else kept
        if rows is None:
            rows = self.works.rows(path)
            self.book.put(self.named[path], rows)
        return rows

    def hold(self) -> None:
        """Have the rows of every document stay in the book."""
        for key in self.named.values():
            self.book.hold(key)

    def settle(self) -> None:
        """Let go of what most rows were decided by, and of the bytes of those that were read, now that the book is kept."""
        self.works.deciding.decided.clear()
        for path in self.found:
            self.book.let_go(self.named[path])

    def account(self, book: Book, path: str, shared: frozenset[Key], work: Callable[[], Account]) -> Account:
        """The account of a document. `shared`: the messages that stand in several files."""
        key = digest(self.named[path], sorted(map(ident, shared)))
        kept = book.get(key, Account)
        made = self.today(kept) if kept else None
        if made is None:
            made = work()
            book.put(key, made)
        return made

    def today(self, account: Account) -> Account | None:
        """An account with each finding at the line that its entry stands on today; None where there is no such entry."""
        if self.rests is None:
            return account
        by_path = self.rests.entries
        try:
            return account._replace(
                listed=tuple(at_lines(one, by_path) for one in account.listed),
                findings=tuple(at_line(one, by_path) for one in account.findings),
                title=account.title and at_lines(account.title, by_path),
            )
        except LookupError:
            return None
