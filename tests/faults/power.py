"""A disk without a journal, when the power fails: of all that was not synced, anything may be there, in any order, or nothing.

The calls of a run are replayed on a model: what a file holds lasts once the file was synced (`fsync`), and the names in a
folder once the folder was; `syncfs` makes all of it last. Until then each name that was made, moved or removed may or may not
have reached the disk, whatever came after it, and a file may be empty, cut off, full of zeros, or whole. Two names that are
exchanged in one call stand in one block and change together.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.faults.calls import Call

WAYS = 4
"""What may be left of a file that was not synced: nothing, half of it, zeros, all."""
MOST = 6
"""Of so many events that did not last, every choice is tried; of more, some."""


class Named(NamedTuple):
    """A name in a folder that stands for a file (None: for none), each by its number."""

    folder: int
    name: str
    node: int | None


@dataclass
class Disk:
    """Files and folders by number, 0 the top: as programs see them (`names`, `data`), and what of that lasts."""

    home: Path
    names: dict[tuple[int, str], int] = field(default_factory=dict)
    data: dict[int, bytes] = field(default_factory=dict)
    """What each file holds; folders are not in it."""
    lasting_names: dict[tuple[int, str], int] = field(default_factory=dict)
    lasting_data: dict[int, bytes] = field(default_factory=dict)
    waiting: list[tuple[Named, ...]] = field(default_factory=list)
    """Changes of names that need not last, in their order; those of one entry change together."""
    count: int = 0

    def node(self, path: str | Path) -> int | None:
        found: int | None = 0
        for part in Path(path).relative_to(self.home).parts:
            found = None if found is None else self.names.get((found, part))
        return found

    def place(self, path: str | Path) -> tuple[int, str]:
        folder = self.node(Path(path).parent)
        assert folder is not None, path
        return folder, Path(path).name

    def fresh(self) -> int:
        self.count += 1
        return self.count

    def filled(self) -> Disk:
        """This disk with all that stands below `home` on it, to last."""
        for path in sorted(self.home.rglob("*")):
            node = self.fresh()
            self.names[self.place(path)] = node
            if not path.is_dir():
                self.data[node] = path.read_bytes()
        self.lasting_names, self.lasting_data = dict(self.names), dict(self.data)
        return self

    def change(self, *changes: Named) -> None:
        self.waiting.append(changes)
        for folder, name, node in changes:
            if node is None:
                self.names.pop((folder, name), None)
            else:
                self.names[folder, name] = node

    def make(self, call: Call) -> None:
        """Do what a call did."""
        where = call.rest.get("where", "")
        path = f"{where}/{call.args[0]}" if call.rest.get("dir_fd") is not None else str(call.args[0])
        match call.name:
            case "open":
                if self.node(path) is None:
                    node = self.fresh()
                    self.data[node] = b""
                    self.change(Named(*self.place(path), node))
            case "write":
                node = self.node(where)
                assert node is not None, where
                self.data[node] += call.args[1][: call.rest["result"]]
            case "mkdir":
                self.change(Named(*self.place(path), self.fresh()))
            case "link":
                self.change(Named(*self.place(call.args[1]), self.node(path)))
            case "rename" | "replace":
                node = self.node(path)
                self.change(Named(*self.place(call.args[1]), node))
                self.change(Named(*self.place(path), None))
            case "exchange":
                one, other = self.node(path), self.node(call.args[1])
                if call.rest["result"]:
                    self.change(Named(*self.place(path), other), Named(*self.place(call.args[1]), one))
            case "unlink" | "remove" | "rmdir":
                self.change(Named(*self.place(path), None))
            case "fsync":
                node = self.node(where)
                if node in self.data:
                    self.lasting_data[node] = self.data[node]
                else:
                    self.sync([one for one in self.waiting if any(change.folder == node for change in one)])
            case "syncfs":
                self.lasting_data = dict(self.data)
                self.sync(list(self.waiting))

    def sync(self, some: Sequence[tuple[Named, ...]]) -> None:
        for one in some:
            apply(self.lasting_names, one)
            self.waiting.remove(one)

    def states(self, dice: random.Random, most: int) -> Iterator[dict[str, bytes | None]]:
        """What may stand on the disk if the power fails now: the files by path, None for a folder."""
        choices = list(itertools.product((False, True), repeat=len(self.waiting))) if len(self.waiting) <= MOST else [
            *([False] * at + [True] * (len(self.waiting) - at) for at in (0, len(self.waiting))),
            *([dice.random() < share for _ in self.waiting] for share in (0.1, 0.5, 0.9) for _ in range(most)),
        ]  # fmt: skip
        for choice in choices if len(choices) <= most else dice.sample(choices, most):
            names = dict(self.lasting_names)
            for change, done in zip(self.waiting, choice, strict=True):
                if done:
                    apply(names, change)
            for way in range(WAYS):
                yield self.seen(names, way, dice)

    def seen(self, names: dict[tuple[int, str], int], way: int, dice: random.Random) -> dict[str, bytes | None]:
        """The files that are reached from the top; of what each holds, one `way` of it that may have lasted, or any."""
        below: dict[int, list[tuple[str, int]]] = {}
        for (folder, name), node in names.items():
            below.setdefault(folder, []).append((name, node))
        found: dict[str, bytes | None] = {}
        todo = [("", 0)]
        while todo:
            path, folder = todo.pop()
            for name, node in below.get(folder, ()):
                here = f"{path}/{name}" if path else name
                if node not in self.data:
                    found[here] = None
                    todo.append((here, node))
                elif (lasting := self.lasting_data.get(node)) == self.data[node]:
                    found[here] = lasting
                else:
                    found[here] = left_of(self.data[node], lasting or b"", way if way < 3 else dice.randrange(WAYS))
        return found


def apply(names: dict[tuple[int, str], int], changes: Sequence[Named]) -> None:
    for folder, name, node in changes:
        if node is None:
            names.pop((folder, name), None)
        else:
            names[folder, name] = node


def left_of(body: bytes, lasting: bytes, way: int) -> bytes:
    return (lasting, body[: len(body) // 2], bytes(len(body)), body)[way]


def laid_out(state: dict[str, bytes | None], home: Path) -> None:
    """Put a state into an empty folder."""
    for name, body in sorted(state.items()):
        path = home / name
        if body is None:
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
