"""Values: what became of each translation of another tool's catalogs, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.adoption.fates import FUZZY, KEPT, LIVE, NONE, Fate
from pipeline.adoption.foreign import Foreign
from pipeline.adoption.readings import Unit
from pipeline.core.model import Key

ELSEWHERE = frozenset([Fate.EDITED, Fate.CODE, Fate.MENU, Fate.DEFINITION, Fate.WORDLESS, Fate.GONE])
"""The fates of a translation whose English is no text of this site, or is another one now."""


class Part(NamedTuple):
    """One text of a translation: its unit, its fate, the messages that have it now, and the reason in words."""

    unit: Unit
    fate: Fate
    keys: tuple[Key, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one translation."""

    foreign: Foreign
    fate: Fate
    parts: tuple[Part, ...] = ()
    why: str = ""

    @property
    def counted(self) -> str:
        """Under which of the four counts it comes: `live`, `fuzzy`, `kept`, `none`."""
        return self.fate.where


@dataclass(frozen=True, slots=True)
class Adopted:
    """What became of all translations of one language. `withheld`:
    of those that are live now, what the page cannot show, by message, with what is wrong."""

    locale: str
    path: str
    accounts: tuple[Account, ...] = ()
    withheld: tuple[tuple[Key, str], ...] = ()

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many translations came to each fate."""
        return Counter(one.fate for one in self.accounts)

    def sum(self, where: str, *, approved: bool = False) -> int:
        """How many translations are `live`, `fuzzy`, `kept`; of those alone that their own site shows, where asked."""
        return sum(one.counted == where and (one.foreign.approved or not approved) for one in self.accounts)

    @property
    def placeable(self) -> int:
        """How many translations that their own site shows have an English that is a text of this one."""
        return sum(one.foreign.approved and one.fate not in ELSEWHERE for one in self.accounts)

    @property
    def translations(self) -> int:
        """How many there were."""
        return sum(self.sum(where) for where in (LIVE, FUZZY, KEPT))

    @property
    def untranslated(self) -> int:
        return self.sum(NONE)
