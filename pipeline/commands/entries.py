"""One entry of a catalog is written, every other byte left as it is, and never over what somebody else wrote meanwhile.

Whoever saves says what they had loaded (`stamp`). The file may have changed elsewhere since: then its newest text is taken. Where
the entry itself changed, nothing is written (`Changed`), and a person chooses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.catalog import Catalog, Entry, po_again, po_file
from pipeline.catalog.po_entry import BODY, ORDER, PARTS, amended, written
from pipeline.catalog.po_file import PLAIN
from pipeline.core import disk, inputs
from pipeline.core.errors import LockstepError
from pipeline.core.model import Key

TRIES = 200
"""How often a save is tried again while others keep saving the same file."""


class Changed(LockstepError):
    """The entry is not what was loaded; `now` is what it is, None where it is gone."""

    def __init__(self, now: Entry | None, path: str) -> None:
        super().__init__(
            "somebody changed this text meanwhile" if now else "this text is not in the catalog any more",
            path=path,
            line=now.line if now else None,
            todo="Nothing was written. Choose one of the two texts." if now else "Run `lockstep update`.",
        )
        self.now = now


def stamp(entry: Entry) -> str:
    """A digest of what an entry says: its texts, and whether and of what it is a guess."""
    said = entry.strings, entry.plural, entry.fuzzy, entry.previous, entry.obsolete
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def translated(entry: Entry, strings: Sequence[str]) -> Entry:
    """An entry that a translator saves: its texts, no mark of a guess any more, her remarks kept."""
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    return entry._replace(strings=tuple(strings), flags=flags, previous=None)


def save(
    root: Path, known: Catalog, key: Key, loaded: str, change: Callable[[Entry], Entry]
) -> tuple[Catalog, Entry, Entry]:
    """Write what `change` makes of an entry. `known` is its catalog as it was last read. Returns the catalog as it is now, the
    entry as it was and as it is.

    Raises Changed where the entry is not what was `loaded`, LockstepError where the catalog cannot be written.
    """
    path, now = known.path, known
    for _ in range(TRIES):
        now, _read = po_again.parse(now, inputs.read(root, path) or b"")
        old = next((one for one in now.entries if one.key == key and not one.obsolete), None)
        if old is None or stamp(old) != loaded:
            raise Changed(old, path)
        new = amended(old, change(old))
        if new is old:
            return now, old, old
        new = in_place(old, new)
        body = spliced(now, old, new)
        place = po_file.inside(root, path)
        try:
            if body is None:
                whole = replace(now, entries=tuple(new if one is old else one for one in now.entries))
                body = po_file.save(root, whole) or now.body or b""
            else:
                disk.replace(place, body, expected=now.body)
        except LockstepError:
            if disk.read(place) == now.body:
                raise
            continue
        made, _read = po_again.parse(now, body)
        return made, old, next(one for one in made.entries if one.key == key and not one.obsolete)
    raise LockstepError("other programs keep saving this file", path=path, todo="Try again. Nothing was written.")


def in_place(old: Entry, new: Entry) -> Entry:
    """A new entry with the lines of the old one where they stand, in whatever order somebody wrote them; what says something else
    stands where it stood."""
    changed = [part for part, value in PARTS.items() if value(old) != value(new)]
    lines: list[tuple[str, str]] = []
    told: set[str] = set()
    for part, line in old.lines:
        if part not in changed:
            lines.append((part, line))
        elif part not in told:
            told.add(part)
            lines += [(part, text) for text in written(new, part)]
    for part in changed:
        if part not in told:
            at = next((n for n, (name, _) in enumerate(lines) if ORDER.index(name) > ORDER.index(part)), len(lines))
            lines[at:at] = [(part, text) for text in written(new, part)]
    return new._replace(written=tuple(lines))


def spliced(catalog: Catalog, old: Entry, new: Entry) -> bytes | None:
    """The bytes of a catalog with the lines of one entry in the place of those it had; None where the file has to be written as a
    whole. Raises LockstepError where what is written would not read back."""
    if catalog.broken or catalog.body is None or catalog.encoding not in PLAIN or catalog.newline != "\n":
        return None
    lines = [line for _, line in old.lines]
    above = next((at for at, (part, _) in enumerate(old.lines) if part in BODY), None)
    if above is None or catalog.header is None:
        return None
    start = old.line - 1 - above
    rows = catalog.body.decode(catalog.encoding).split("\n")
    if start < 0 or rows[start : start + len(lines)] != lines:
        return None
    try:
        alone = Catalog(catalog.path, catalog.header, 0, (new,), ("",), "\n", catalog.encoding)
        po_file.verify(alone, alone.text())
        made = [line for _, line in new.lines]
        return "\n".join([*rows[:start], *made, *rows[start + len(lines) :]]).encode(catalog.encoding)
    except UnicodeEncodeError as problem:
        raise LockstepError(
            f"the character {problem.object[problem.start]!r} does not exist in {catalog.encoding}",
            path=catalog.path,
            todo="Convert the file once: msgconv -t UTF-8.",
        ) from problem
