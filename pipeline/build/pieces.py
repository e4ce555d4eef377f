"""A table that waits on disk in pieces: nobody needs what is shown of a thousand pages at once."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import IO

from pipeline.core.book import packed, unpacked
from pipeline.resolve import Table
from pipeline.resolve.table import Rows

MOST = 32
"""How many documents are held that were asked for last: a page, those beside it, the site's own texts."""
END = 8
"""Bytes of a file's last word, which says how long its contents are."""


@dataclass(frozen=True, eq=False)
class Pieces(Mapping[str, Rows]):
    """What is shown of each document, by its path: read from a file when it is asked for."""

    file: IO[bytes]
    places: Mapping[str, tuple[int, int]]
    last: dict[str, Rows] = field(default_factory=dict)

    def __getitem__(self, path: str) -> Rows:
        if path not in self.last:
            start, size = self.places[path]
            self.file.seek(start)
            found: Rows = unpacked(self.file.read(size))
            while len(self.last) >= MOST:
                del self.last[next(iter(self.last))]
            self.last[path] = found
        return self.last[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


def write(file: IO[bytes], table: Table, known: Mapping[str, bytes]) -> None:
    """Put a table into a file, one document after the other. `known`: the bytes of those that somebody made bytes of already."""
    places, at = {}, 0
    for path in table.documents:
        body = known.get(path) or packed(table.documents[path])
        places[path] = at, len(body)
        at += file.write(body)
    contents = pickle.dumps((replace(table, documents={}), places), pickle.HIGHEST_PROTOCOL)
    file.write(contents + len(contents).to_bytes(END, "big"))


def read(file: IO[bytes]) -> Table:
    """The table in a file, which stays open as long as somebody asks the table."""
    end = file.seek(-END, 2)
    size = int.from_bytes(file.read(END), "big")
    file.seek(end - size)
    table, places = pickle.loads(file.read(size))
    found: Table = replace(table, documents=Pieces(file, places))
    return found
