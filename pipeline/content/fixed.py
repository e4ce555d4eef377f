"""What a site's files show beside their messages: facts, texts that are no message, files, page classes. The values alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from pipeline.content.pictures import versions

FILE, TEXT, FACTS, CLASS, BOX = "file", "text", "fact", "class", "box"


class Fixed(NamedTuple):
    """Something that every language shows as it is: its kind, its name (of a fact or a file; of a text or a box the section it
    stands in) and what it says (of a box its kind)."""

    kind: str
    name: str
    value: str

    @property
    def single(self) -> bool:
        """Whether a file has one of this kind and name."""
        return self.kind not in {TEXT, BOX}


Fixtures = Mapping[str, tuple[Fixed, ...]]
"""What every source file shows beside its messages, in reading order, by path."""


def digest_of(body: bytes) -> str:
    """The first 16 hex digits of a SHA-256: how a page or a file is named where somebody signs for it."""
    return hashlib.sha256(body).hexdigest()[:16]


class Part(NamedTuple):
    """What one source file has of this, whatever other files there are, and the files of source/ that it may lead to."""

    rows: tuple[Fixed, ...] = ()
    names: tuple[str, ...] = ()


def together(parts: Iterable[tuple[str, Part]], assets: Collection[str], digest: Callable[[str], str]) -> Fixtures:
    """What every file shows beside its messages. `digest`: of one of the `assets`, the files that are published as they are."""
    kept = versions(assets)
    return {path: rows for path, part in sorted(parts) if (rows := tuple(of_part(part, assets, digest, kept)))}


def of_part(
    part: Part, assets: Collection[str], digest: Callable[[str], str], kept: Mapping[str, tuple[str, ...]]
) -> Iterator[Fixed]:
    """What one file shows, the files on it last, those that languages have of their own (`kept`) among them."""
    yield from part.rows
    files = (one for name in part.names if name in assets for one in (name, *kept.get(name, ())))
    yield from (Fixed(FILE, name, digest(name)) for name in sorted({*files}))
