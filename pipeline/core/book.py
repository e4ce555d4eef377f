"""A book of the store: many values of ours in one record, each under a key that says all it depends on."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from pipeline.core import pickled
from pipeline.core.cache import Store

T = TypeVar("T")
OTHERS = 2
"""A book keeps what other runs asked for while that is no more than so many times what this run asked for."""
LEAST = 512
"""The smallest value that is worth compressing, in bytes."""


def packed(value: object) -> bytes:
    """A value of ours as bytes."""
    body = pickled.dump(value)
    return b"z" + zlib.compress(body, 1) if len(body) >= LEAST else b"-" + body


def unpacked(body: bytes) -> Any:
    """The value that bytes were made of. Raises ValueError or zlib.error where these are none."""
    return pickled.load(zlib.decompress(body[1:]) if body[:1] == b"z" else body[1:])


@dataclass
class Book:
    """The values under one name. What cannot be read is not there; nothing is written before `save`."""

    store: Store
    kind: str
    name: str
    asked: dict[str, bytes] = field(default_factory=dict)
    """What this run asked for or put."""
    grown: bool = False

    @cached_property
    def kept(self) -> dict[str, bytes]:
        """What the store has."""
        body = self.store.read(self.kind, self.name)
        try:
            found = pickled.load(body) if body else {}
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def get(self, key: str, kind: type[T]) -> T | None:
        """The value under a key; None where there is none, or none of this type."""
        body = self.asked.get(key) or self.kept.get(key)
        try:
            found = unpacked(body) if body else None
        except (ValueError, TypeError, zlib.error):
            return None
        if not isinstance(found, kind):
            return None
        self.asked[key] = body  # type: ignore[assignment]
        return found

    def hold(self, key: str) -> None:
        """Have what stands under a key be among what was asked for, without being read."""
        if body := self.kept.get(key):
            self.asked.setdefault(key, body)

    def let_go(self, key: str) -> None:
        """Have nothing stand under a key from now on, for whoever still has this book."""
        self.asked.pop(key, None)
        self.kept.pop(key, None)

    def touch(self) -> None:
        """Have it be among those that were asked for last, without being read."""
        self.store.touch(self.kind, self.name)

    def put(self, key: str, value: object) -> None:
        """Have a value stand under a key."""
        self.asked[key] = packed(value)
        self.grown = True

    def find(self, key: str, kind: type[T], work: Callable[[], T]) -> T:
        """The value under a key, worked out where there is none."""
        found = self.get(key, kind)
        if found is None:
            found = work()
            self.put(key, found)
        return found

    def save(self, *, sure: bool = False) -> None:
        """Keep what is new, and of the rest what was there before, while that is not too much. `sure`: the program was unchanged
        after the last value was put."""
        if not self.grown:
            return
        others = self.kept if len(self.kept) <= OTHERS * len(self.asked) else {}
        self.store.write(self.kind, self.name, pickled.dump({**others, **self.asked}), sure=sure)
        self.grown = False
