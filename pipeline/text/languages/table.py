"""What a language's tables hold once they are read: forms, the senses they stand for, and the language they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple


class Sense(NamedTuple):
    """What a form stands for: its kind (number, unit, am, says, excuses …) and what it says of it (`30`, `mg`, `before`)."""

    kind: str
    value: str


class Form(NamedTuple):
    """A word or phrase of a table: the words it is made of (`*` is any ending or beginning), its senses, whether it fills a slot,
    and whether it only looks like other forms and hides them."""

    words: tuple[str, ...]
    senses: tuple[Sense, ...]
    fills: bool = False
    hides: bool = False


FORM = partial(tuple.__new__, Form)
"""A form of its fields in their order."""


class Marks(NamedTuple):
    """How a language writes numbers (CLDR): its decimal mark, and the mark between thousands."""

    decimal: str
    group: str


@dataclass(frozen=True, eq=False)
class Language:
    """One language's tables, ready to be asked.

    `exact`, `stems` and `endings` find forms by their first word; `ends` are the endings alone, `lengths` says by its first letters how long a stem may be,
    `cuts` how long such a word, the longest first, where no spaces are written.
    `parted_no`: the words that begin a no whose other word stands some words on, and that word (French *ne … plus*). `parted`: first words of
    verbs whose second word ends the clause (*nehmen … ab*), with what each of these says.
    `short`: up to how many letters a stem is short. `wordings`: the rows of wordings that are looked for as a whole (`text/wordings`).
    `known` says whether there is a file for the language at all, `has` which of its tables are filled.
    """

    code: str
    known: bool
    scripts: frozenset[str]
    length: float
    spaces: bool
    elides: bool
    unit_first: bool
    part_first: bool
    free_order: bool
    loose_order: bool
    prefixes: tuple[str, ...]
    marks: Marks
    parted_no: tuple[frozenset[str], str]
    parted: Mapping[str, Mapping[str, tuple[Sense, ...]]]
    exact: Mapping[str, tuple[Form, ...]]
    stems: Mapping[str, tuple[Form, ...]]
    endings: Mapping[str, tuple[Form, ...]]
    ends: tuple[str, ...]
    lengths: Mapping[str, tuple[int, ...]]
    cuts: Mapping[str, tuple[int, ...]]
    has: frozenset[str]
    function: frozenset[str]
    slots: frozenset[Sense]
    short: int
    wordings: Mapping[str, str]

    @property
    def rough(self) -> bool:
        """Whether the tables come from CLDR alone or are short: inflected number words and units may well be missing."""
        return "says not" not in self.has or "rough" in self.has

    def knows(self, kind: str, value: str = "") -> bool:
        """Whether the language's tables have a form of this kind and value."""
        return f"{kind} {value}".strip() in self.has


NOUNS = ("body", "finding", "food", "object", "part", "person", "place", "remedy", "symptom", "who")
"""The slots of what a sentence names: of each a text may name several."""
SLOTS = frozenset(NOUNS) | frozenset(
    "act basis bound colour condition contact day frequency join meal mealtime modal of route share storage thing urgency".split()  # noqa: SIM905
)
"""What a statement may say, by the names of the tables under `slots` (told in `README.md`)."""
SAID = SLOTS | {f"{slot}?" for slot in SLOTS}
"""The kinds of the senses that say something of a slot, or excuse that it is not said."""
SHORT = 3
"""A stem of at most so many letters (`un*`) is followed by as many, or most short words would have it; it excuses only what is
wanted where it stands."""
