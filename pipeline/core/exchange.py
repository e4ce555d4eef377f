"""What travels between catalogs and the files of other translation tools: units, and their texts cut into words and codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What cannot stand in XML 1.0 ("Char"), however it is written."""


class Piece(NamedTuple):
    """A stretch of a text: `text`, or a code that a translator moves and does not write (`open` and `close` in pairs of one id,
    `ph` alone). `text` is what it is in the catalog's own text: the pieces of a text, joined, are that text."""

    kind: str
    text: str
    id: str = ""


Pieces = tuple[Piece, ...]
NEW, FUZZY, TRANSLATED, REVIEWED, UNSAID = "new", "fuzzy", "translated", "reviewed", ""
"""How far a unit is, as far as its file tells."""


def joined(pieces: Iterable[Piece]) -> str:
    """The text that pieces are cut from."""
    return "".join(piece.text for piece in pieces)


@dataclass(frozen=True, slots=True)
class Unit:
    """A message and its translation on their way. `sources` are the English, and its plural where it has one; `targets` the
    translation, or its forms; both empty-handed where a file says nothing. `id` is that of the message (`model.ident`) or what a
    tool made of it. `placed`: the file says in which context it stands (None: in none). `base` is the digest of the translation
    when it went out: a text that came back otherwise is somebody's edit of that one. `form` is that of a plural where a file has
    each of its texts apart, `line` where it stands there."""

    id: str
    sources: tuple[Pieces, ...]
    targets: tuple[Pieces, ...] = ()
    context: str | None = None
    placed: bool = False
    state: str = TRANSLATED
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    base: str = ""
    form: int | None = None
    line: int = 0
    locale: str = ""
    date: str = field(default="", compare=False)

    @property
    def texts(self) -> tuple[str, ...]:
        """The English as text."""
        return tuple(map(joined, self.sources))


def matched(target: Pieces, source: Pieces) -> Pieces:
    """A translation with the ids of the same codes of its English; what that has not gets an id of its own."""
    spare: dict[tuple[str, str, str], list[str]] = {}
    for key, id in coded(source):
        spare.setdefault(key, []).append(id)
    fresh = (f"t{number}" for number in range(1, len(target) + 1))
    names = {id: (spare[key].pop(0) if spare.get(key) else next(fresh)) for key, id in coded(target)}
    return tuple(piece._replace(id=names[piece.id]) if piece.id else piece for piece in target)


def coded(pieces: Pieces) -> Iterator[tuple[tuple[str, str, str], str]]:
    """The codes of a text, a pair as one, each with its id."""
    ends = {piece.id: piece.text for piece in pieces if piece.kind == "close"}
    for piece in pieces:
        if piece.kind in {"open", "ph"}:
            yield (piece.kind, piece.text, ends.get(piece.id, "")), piece.id


def restored(target: Sequence[Piece], source: Pieces) -> str | None:
    """The text of a translation that came back: a code that says nothing itself is the one of its English that has its id. None
    where there is no such code."""
    known = {(piece.kind, piece.id): piece.text for piece in source if piece.id}
    found = []
    for piece in target:
        text = piece.text or (known.get((piece.kind, piece.id)) if piece.id else "")
        if text is None:
            return None
        found.append(text)
    return "".join(found)
