"""A shard as a folder: what one machine of several decided and rendered, each file known by its SHA-256. All of it is JSON and
pages, so that reading one runs nothing; and nothing of it is believed before it is what this very site would make.

    shard.json             what it is, what it was made from, and the digest of each file
    decided/<locale>.json  what was decided about a language
    pages.jsonl            what the manifest says of each page, and the page's digest
    pages/…                the pages, as they stand in dist/
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NamedTuple

from pipeline.build import origin
from pipeline.build.deciding import Decided
from pipeline.build.editions import Made
from pipeline.build.origin import Origin
from pipeline.build.rendering import Stretch
from pipeline.core import codec, disk
from pipeline.core.errors import LockstepError
from pipeline.core.model import Output
from pipeline.site.search import Found
from pipeline.site.speech import Printed

FORMAT = 1
SLIP, ROWS = "shard.json", "pages.jsonl"
AGAIN = "Copy it whole from the machine that made it, or make it again there."


@dataclass(frozen=True, slots=True)
class Part:
    """One of `of` equal parts of the work, counted from 1."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number} of {self.of}"

    def languages(self, names: Sequence[str]) -> list[str]:
        """The languages that are this part's to decide."""
        return [name for at, name in enumerate(names) if at * self.of // len(names) == self.number - 1]

    def pages(self, every: Sequence[Stretch]) -> list[Stretch]:
        """The pages that are this part's to render: a part holds few languages, and all parts are as large."""
        total = sum(one.stop - one.start for one in every)
        first, last = total * (self.number - 1) // self.of, total * self.number // self.of
        found, before = [], 0
        for name, start, stop in every:
            shift = start - before
            before += stop - start
            found.append(Stretch(name, max(start, first + shift), min(stop, last + shift)))
        return [one for one in found if one.start < one.stop]


@dataclass(frozen=True, slots=True)
class Slip:
    """What a shard says of itself: the verb that made it, which part it is, what from, and the SHA-256 of its files but the
    pages."""

    format: int
    verb: str
    part: Part
    origin: Origin
    files: Mapping[str, str]


class Row(NamedTuple):
    """What a shard says of a page."""

    path: str
    digest: str
    entry: str
    printed: Mapping[str, frozenset[Printed]]
    paper: tuple[str, str]
    search: tuple[Found, ...] = ()


def decided_path(name: str) -> str:
    """The file that says what was decided about a language."""
    return f"decided/{name}.json"


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard that was read, as far as its slip."""

    folder: Path
    slip: Slip

    def torn(self, path: str, what: str) -> LockstepError:
        """That a file of it is not what was made."""
        return LockstepError(f"shard {self.slip.part} is damaged: {what}", path=self.folder / path, todo=AGAIN)

    def holds(self, paths: Collection[str]) -> None:
        """Raise LockstepError unless it holds exactly these files."""
        wanted = {SLIP, *paths}
        there = {
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_symlink() or not path.is_dir()
        }
        for path in sorted(wanted - there):
            raise self.torn(path, "this file is missing")
        for path in sorted(there - wanted):
            raise self.torn(path, "this file is none of its own")
        for path in sorted(wanted):
            if (self.folder / path).is_symlink():
                raise self.torn(path, "this is a link")

    def noted(self, path: str) -> bytes:
        """A file that the slip names. Raises LockstepError where it is another one."""
        body = disk.read(self.folder / path) or b""
        if hashlib.sha256(body).hexdigest() != self.slip.files.get(path):
            raise self.torn(path, "this file is not as it was made")
        return body

    def decided(self, names: Sequence[str]) -> dict[str, Decided]:
        """What was decided about its languages; `names` are those of the site."""
        found = {}
        for name in self.slip.part.languages(names):
            path = decided_path(name)
            try:
                found[name] = codec.load(Decided, json.loads(self.noted(path)))
            except (ValueError, RecursionError) as problem:
                raise self.torn(path, "this file cannot be read") from problem
        return found

    def rows(self) -> Iterator[bytes]:
        """The lines about its pages, the file having been looked through before the first."""
        with (self.folder / ROWS).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != self.slip.files.get(ROWS):
                raise self.torn(ROWS, "this file is not as it was made")
            file.seek(0)
            yield from file

    def pages(self, paths: Collection[str]) -> Iterator[Made]:
        """Its pages, which are these. Raises LockstepError at the first that is not as it was made."""
        left = set(paths)
        for line in self.rows():
            try:
                row = codec.load(Row, json.loads(line))
                left.remove(row.path)
            except (ValueError, KeyError, RecursionError) as problem:
                raise self.torn(ROWS, "a line of this file is of no page of this part") from problem
            body = disk.read(self.folder / "pages" / row.path) or b""
            if hashlib.sha256(body).hexdigest() != row.digest:
                raise self.torn(f"pages/{row.path}", "this page is not as it was made")
            yield Made(Output(row.path, body), row.digest, row.entry, row.printed, paper=row.paper, search=row.search)
        for path in sorted(left):
            raise self.torn(ROWS, f"this file lacks the page {path}")


def read(folder: Path) -> Shard:
    """The shard in a folder. Raises LockstepError where there is none, or its slip cannot be read."""
    body = disk.read(folder / SLIP) if folder.is_dir() else None
    if body is None:
        raise LockstepError(f"is no shard: it has no {SLIP}", path=folder, todo="Name the folders that --shard made.")
    try:
        found = json.loads(body)
        if isinstance(found, dict) and isinstance(found.get("format"), int) and found["format"] != FORMAT:
            what = f"this shard has the form {found['format']}, and this program reads {FORMAT}"
            raise LockstepError(what, path=folder / SLIP, todo="Install the same Lockstep everywhere.")
        slip = codec.load(Slip, [found[one.name] for one in fields(Slip)])
        if not 1 <= slip.part.number <= slip.part.of:
            raise ValueError(f"part {slip.part}")
    except (ValueError, TypeError, LookupError, RecursionError) as problem:
        raise LockstepError(
            "this shard is damaged: its slip cannot be read", path=folder / SLIP, todo=AGAIN
        ) from problem
    return Shard(folder, slip)


def together(folders: Sequence[Path], verb: str, ours: Origin) -> list[Shard]:
    """The shards of one whole, in their order. Raises LockstepError, the shard named, where one is not from `ours`, is of
    another whole, stands twice or is missing."""
    found = [read(folder) for folder in folders]
    for one in found:
        if one.slip.verb != verb:
            what = f"is a shard of `lockstep {one.slip.verb}`, and one of `lockstep {verb}` is wanted"
            raise LockstepError(
                what,
                path=one.folder,
                todo=f"Make it with: lockstep {verb} --shard {one.slip.part.number}/{one.slip.part.of}",
            )
        if doubt := origin.doubt(ours, one.slip.origin):
            raise LockstepError(f"shard {one.slip.part} was {doubt[0]}", path=one.folder, todo=doubt[1])
    by_number: dict[int, Shard] = {}
    for one in found:
        part, first = one.slip.part, found[0]
        if part.of != first.slip.part.of:
            what = f"is shard {part}, and {first.folder} is shard {first.slip.part}"
            raise LockstepError(what, path=one.folder, todo="Join the shards of one build only.")
        if part.number in by_number:
            what = f"is shard {part}, and so is {by_number[part.number].folder}"
            raise LockstepError(what, path=one.folder, todo="Leave one of them out.")
        by_number[part.number] = one
    of = found[0].slip.part.of if found else 1
    for number in range(1, of + 1):
        if number not in by_number:
            what = f"shard {Part(number, of)} is missing" if found else "there are no shards here"
            raise LockstepError(what, todo=f"Make it with: lockstep {verb} --shard {number}/{of if found else 'N'}")
    return [by_number[number] for number in sorted(by_number)]
