"""The door of a room: the few names that other rooms take from it, each loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def door(room: str, **names: str) -> Callable[[str], Any]:
    """The `__getattr__` of a package (PEP 562). `names`: exported name → module of the room that has it."""

    def found(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return getattr(import_module(f"{room}.{names[name]}"), name)

    return found
