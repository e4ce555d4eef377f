"""What a template may print, and what is said where it asks for what is not there."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from jinja2 import StrictUndefined, TemplateRuntimeError, Undefined
from jinja2.utils import missing

from pipeline.core.schema import nearest


class Missing(StrictUndefined):
    """What a template asks for and is not there: an error that says so in our words, and names what there is."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return str(self._undefined_hint)
        if self._undefined_obj is missing:
            return f"there is no `{self._undefined_name}` here"
        has = sorted(parts_of(self._undefined_obj))
        return f"there is no `{self._undefined_name}` in it; {nearest(str(self._undefined_name), has, listed(has))}"


def parts_of(value: Any) -> Iterable[str]:
    """The names of what there is in a value."""
    if isinstance(value, Mapping):
        return map(str, value)
    if isinstance(value, (str, int, float, list, tuple)) or callable(value):
        return ()
    return (name for name in dir(value) if not name.startswith("_") and not callable(getattr(value, name, None)))


def listed(names: Iterable[str]) -> str:
    """What there is in a value, as a sentence."""
    some = ", ".join(names)
    return f"there are: {some[:200]}" if some else "it has no parts"


def shown(value: Any) -> Any:
    """What a template prints, nothing where there is nothing. Raises where it is no text and no number, so that what readers would
    see is Python's."""
    if value is None:
        return ""
    if isinstance(value, (str, int, float, Undefined)) or hasattr(value, "__html__"):
        return value
    if isinstance(value, (datetime.date, Decimal, Enum)):
        return value
    if callable(value):
        raise TemplateRuntimeError("this is a function, and no text: call it, `name(…)`")
    if isinstance(value, (Mapping, list, tuple, set, frozenset)) or not parts_of(value):
        kind = "a mapping" if isinstance(value, Mapping) else "a list"
        raise TemplateRuntimeError(f"this is {kind}, and no text; {listed(parts_of(value))}. Print one of it")
    raise TemplateRuntimeError(f"this is several things, and no text; {listed(sorted(parts_of(value)))}. Print one")
