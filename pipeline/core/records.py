"""Records of which very many are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(eq_default=False, frozen_default=True)
def record(kind: type[T]) -> type[T]:
    """A record with slots that is itself alone, as a frozen dataclass without `eq`: nobody may change it, and the type checker says so.
    Python does not, for it would ask at each field that is set while one is made, which takes four times as long."""
    return dataclass(eq=False, slots=True)(kind)
