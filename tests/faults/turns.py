"""Two programs that take turns at every call that reads or changes the disk: one step of the one, some of the other, as dice say.

Only one of them runs at a time, so what happens is known by the number of the dice, and happens again with it.
"""

from __future__ import annotations

import os
import random
import select
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pipeline.core import disk
from tests.faults import calls
from tests.faults.calls import Call, Ended

TIGHT = 16
"""About as many calls as one file takes to be written."""
STUCK = 60
"""Seconds after which a program that does not come to its next call has failed."""


def race(
    works: Sequence[Callable[[], int]], dice: random.Random, home: Path, *, calls_of_first: int, tight: str
) -> list[Ended]:
    """Let some programs take turns until all have ended. The first of them is ahead by any part of its calls; in two games of
    three by a part of those about paths that hold a text (`tight`)."""
    pipes, children = [], []
    for at, work in enumerate(works):
        ready, say = os.pipe()
        listen, go = os.pipe()

        def act(call: Call, make: Callable[[], Any], say: int = say, listen: int = listen) -> Any:
            where = (calls.place(call), *map(str, call.args[:2]))
            os.write(say, b"!" if any(tight in one for one in where) else b".")
            os.read(listen, 1)
            return make()

        children.append(calls.start(work, act, home / f"out{at}", waits=True))
        os.close(say)
        os.close(listen)
        pipes.append((ready, go))
    waiting: set[int] = set()
    alive = set(range(len(works)))
    last, stay, ahead = 0, dice.choice((0.3, 0.7, 0.95)), dice.randrange(calls_of_first)
    counted = dice.choice((b"!.", b"!", b"!"))
    if counted == b"!":
        ahead = dice.randrange(TIGHT)
    while alive:
        for at in sorted(alive - waiting):
            assert select.select([pipes[at][0]], [], [], STUCK)[0], f"program {at} hangs"
            if said := os.read(pipes[at][0], 1):
                ahead -= at == 0 and said in counted
                waiting.add(at)
            else:
                alive.discard(at)
        if waiting:
            stays = last in waiting and (dice.random() < stay or (last == 0 and ahead > 0))
            last = at = last if stays else dice.choice(sorted(waiting))
            waiting.discard(at)
            os.write(pipes[at][1], b".")
    for ends in pipes:
        for end in ends:
            os.close(end)
    return [calls.ended(child, home / f"out{at}") for at, child in enumerate(children)]


def exchanged(path: Path, pairs: Sequence[tuple[str, str]]) -> bytes:
    """A catalog as a translator's editor has it after some strings were changed; as it is where it lacks one of them."""
    body = disk.read(path) or b""
    for old, new in pairs:
        body = body.replace(old.encode(), new.encode())
    return body


def by_rename(path: Path, pairs: Sequence[tuple[str, str]]) -> int:
    """Save as most editors do: beside, and then in place of the old file."""
    body = exchanged(path, pairs)
    beside = path.with_name(f"{path.name}~new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.write(handle, body)
    os.close(handle)
    os.rename(beside, path)
    return 0


def by_backup(path: Path, pairs: Sequence[tuple[str, str]]) -> int:
    """Save as vim may: the old file out of the way first, so that for an instant there is none."""
    body = exchanged(path, pairs)
    os.rename(path, path.with_name(f"{path.name}~"))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.write(handle, body)
    os.close(handle)
    os.unlink(path.with_name(f"{path.name}~"))
    return 0


def in_place(path: Path, pairs: Sequence[tuple[str, str]]) -> int:
    """Save as many tools do: into the very file, a piece at a time."""
    body = exchanged(path, pairs)
    handle = os.open(path, os.O_WRONLY | os.O_TRUNC)
    third = len(body) // 3
    for piece in (body[:third], body[third : 2 * third], body[2 * third :]):
        os.write(handle, piece)
    os.close(handle)
    return 0


def over(path: Path, pairs: Sequence[tuple[str, str]]) -> int:
    """The same without emptying it first: the file is cut at the end."""
    handle = os.open(path, os.O_RDWR)
    body = exchanged(path, pairs)
    third = len(body) // 3
    for piece in (body[:third], body[third : 2 * third], body[2 * third :]):
        os.write(handle, piece)
    os.ftruncate(handle, len(body))
    os.close(handle)
    return 0
