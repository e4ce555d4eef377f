"""Our own values as bytes and back, for the store: a reader that knows nouns and nothing else, and a digest of a value.

Reading a pickle can run whatever it names. This reader knows the records, named tuples and enumerations of this program, days
and sets; anything else is refused before it is looked up, so that damaged or foreign bytes are an error, not a program.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import pickle
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from importlib import import_module
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")

OURS = __name__.partition(".")[0] + "."
OTHERS = frozenset({("datetime", "date"), ("collections", "Counter"), ("builtins", "frozenset"), ("builtins", "set")})


class Nouns(pickle.Unpickler):
    """The reader."""

    def find_class(self, module: str, name: str) -> Any:
        """A class of values. Raises UnpicklingError for whatever else a pickle may name."""
        return named(module, name)


@lru_cache(maxsize=1024)
def named(module: str, name: str) -> Any:
    """A class of values by its name; a build reads thousands of records, and each names a dozen. Raises UnpicklingError for any other."""
    if (module, name) in OTHERS or (module.startswith(OURS) and "." not in name):
        found = getattr(import_module(module), name, None)
        if (module, name) in OTHERS or (isinstance(found, type) and noun(found)):
            return found
    raise pickle.UnpicklingError(f"{module}.{name} is no value")


def travels(kind: type[T]) -> type[T]:
    """A record that is pickled as its class and its fields: three times as fast as dataclasses do it for slots."""
    names = [field.name for field in dataclasses.fields(kind) if field.init]  # type: ignore[arg-type]
    fields = attrgetter(*names) if len(names) > 1 else lambda one: (getattr(one, names[0]),)
    kind.__reduce__ = lambda self: (type(self), fields(self))  # type: ignore[method-assign]
    return kind


def noun(found: type) -> bool:
    """Whether a class is one of values: a record, a named tuple, an enumeration, or a text of a kind."""
    return dataclasses.is_dataclass(found) or issubclass(found, (Enum, str)) or hasattr(found, "_fields")


def dump(value: object) -> bytes:
    """A value as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def load(body: bytes) -> Any:
    """The value that `dump` made bytes of. Raises ValueError where these are none."""
    try:
        return Nouns(io.BytesIO(body)).load()
    except Exception as problem:  # a pickle that is none may end in any of them
        raise ValueError(f"no value: {problem}") from problem


def without_sets(value: object) -> object:
    """A value of ours with each set in it as a sorted tuple, so that it has a digest: a set is pickled in another order in another
    process, and this pickler fails on the 50th (CPython does not leave a set that it enters when it is `fast`)."""
    if isinstance(value, frozenset | set):
        return ("a set", *sorted(map(without_sets, value), key=repr))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return (
            type(value).__qualname__,
            *(without_sets(getattr(value, one.name)) for one in dataclasses.fields(value)),
        )
    if isinstance(value, Mapping):
        return ("a mapping", *((key, without_sets(one)) for key, one in value.items()))
    return tuple(map(without_sets, value)) if isinstance(value, tuple | list) else value


def digest(value: object) -> str:
    """The SHA-256 of a value of ours without sets: equal for equal values, whatever in them is one object."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    pickler.fast = True  # nothing is written as "the same as before"
    pickler.dump(value)
    return hashlib.sha256(written.getbuffer()).hexdigest()
