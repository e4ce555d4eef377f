"""Values as JSON, and back by their types: what is read can only become what the type says, so reading it runs nothing.

Records (dataclasses and named tuples) are lists in the order of their fields, mappings lists of pairs, choices their values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Read = Callable[[Any], Any]
PLAIN = (str, int, float, bool, NoneType)


def dump(value: Any) -> Any:
    """A value as what `json` writes."""
    if type(value) in PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, tuple):
        return [dump(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(dump(one) for one in value)
    if isinstance(value, Mapping):
        return [[dump(name), dump(one)] for name, one in value.items()]
    if is_dataclass(value):
        return [dump(getattr(value, one.name)) for one in fields(value) if one.init]
    raise TypeError(f"{type(value).__name__} is no value that can be written")


def load(kind: type[T], found: Any) -> T:
    """A value of a type from what `json` read. Raises ValueError where it is of another shape."""
    try:
        value: T = reader(kind)(found)  # type: ignore[arg-type]  # a type is hashable
    except (TypeError, ValueError, LookupError, RecursionError) as problem:
        raise ValueError(f"this is no {kind.__name__}: {problem}") from problem
    return value


@cache
def reader(kind: Any) -> Read:
    """What reads a type."""
    if kind in PLAIN:
        return lambda found: exactly(kind, found)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (UnionType, Union):
        (one,) = (reader(each) for each in inner if each is not NoneType)
        return lambda found: None if found is None else one(found)
    if origin is tuple and inner[-1] is not Ellipsis:
        parts = [reader(each) for each in inner]
        return lambda found: tuple(read(each) for read, each in zip(parts, listed(found), strict=True))
    if origin in (tuple, frozenset):
        one, made = reader(inner[0]), origin
        return lambda found: made(map(one, listed(found)))
    if origin is not None and issubclass(origin, Mapping):
        name, value = map(reader, inner)
        return lambda found: {name(key): value(each) for key, each in map(listed, listed(found))}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda found: kind(found)
    return record(kind)


def record(kind: Any) -> Read:
    """What reads a record; the types of its fields are looked up when the first is read, since it may hold its own kind."""
    names = [one.name for one in fields(kind) if one.init] if is_dataclass(kind) else [*kind._fields]
    parts: list[Read] = []

    def read(found: Any) -> Any:
        if not parts:
            hints = get_type_hints(kind)
            parts.extend(reader(hints[name]) for name in names)
        return kind(*(part(each) for part, each in zip(parts, listed(found), strict=True)))

    return read


def exactly(kind: type, found: Any) -> Any:
    """A plain value, of this type and no other."""
    if type(found) is not kind:
        raise TypeError(f"{type(found).__name__} in place of {kind.__name__}")
    return found


def listed(found: Any) -> list[Any]:
    """A list, and not a text that happens to have as many letters."""
    if type(found) is not list:
        raise TypeError(f"{type(found).__name__} in place of a list")
    return found
