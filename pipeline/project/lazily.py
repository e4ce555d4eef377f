"""A mapping that reads what it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Lazily(Mapping[str, T]):
    """A mapping whose values are read when they are first asked for."""

    names: Collection[str]
    read: Callable[[str], T]
    found: dict[str, T] = field(default_factory=dict)

    def __getitem__(self, name: str) -> T:
        if name not in self.found:
            if name not in self.names:
                raise KeyError(name)
            self.found[name] = self.read(name)
        return self.found[name]

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)
