"""The policy: what readers see of a translation whose English changed, or that nobody has reviewed. A table of the settings.

Rows are situations: `cosmetic`, `wording`, `critical` (how grave the edit was; each within the days of grace and after
them), `unreviewed` (a required role has not signed), `machine` (a machine made it and no qualified person signed). Columns
are languages, page classes, and blocks that are critical or not. Of several situations the gravest action holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.core.model import Action

ROLES = ("translator", "reviser", "clinician")
ORIGINS = ("human", "memory", "unknown", "machine+edited", "machine")
"""Where a text is from, the most trusted first."""
INDEXED = 50
"""The share of words, in percent, below which a page is not named to search engines, where the settings say nothing."""
NOINDEX = ("never", "unreviewed", "machine", "always")
"""Which pages ask search engines to leave them out: none; those with a part that nobody reviewed, or that a machine made and nobody
reviewed; all."""
EDITS = ("cosmetic", "wording", "critical")
REVIEWS = ("unreviewed", "machine")
ACTIONS = {str(action): action for action in Action}

Cell = tuple[Action, Action]
"""What is done within the days of grace, and after them."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds in one place of the table."""

    cells: Mapping[str, Cell]
    require: tuple[str, ...]
    grace: int
    origin: str
    noindex: str = "never"


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of `[[tool.lockstep.policy.rules]]`: what differs in some languages, page classes or blocks (None: in all blocks)."""

    cells: Mapping[str, Cell] = field(default_factory=dict)
    require: tuple[str, ...] | None = None
    grace: int | None = None
    origin: str = ""
    locales: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    critical: bool | None = None
    noindex: str = ""
    line: int = field(default=1, compare=False)

    def fits(self, locale: str, page_class: str, critical: bool) -> bool:
        """Whether the rule is about such a block of a page of this class in this language."""
        return (
            (not self.locales or locale in self.locales)
            and (not self.classes or page_class in self.classes)
            and (self.critical is None or self.critical == critical)
        )


DEFAULT = Terms(
    {
        "cosmetic": (Action.SERVE, Action.SERVE),
        "wording": (Action.NOTICE, Action.ENGLISH),
        "critical": (Action.ENGLISH, Action.ENGLISH),
        "unreviewed": (Action.SERVE, Action.SERVE),
        "machine": (Action.SERVE, Action.SERVE),
    },
    ("reviser",),
    90,
    "unknown",
)
TOLD = ("wording", *REVIEWS)
"""The rows that in a critical block are never without a notice, so that the English stands beside the translation."""


@dataclass(frozen=True)
class Policy:
    """The table: what holds everywhere, the rules in order (the last that fits decides, cell by cell), and the shares, in
    percent of words, below which a language is not listed, a page not named to search engines, a language not published."""

    base: Terms = DEFAULT
    rules: tuple[Rule, ...] = ()
    listed: Mapping[str, float] = field(default_factory=dict)
    indexed: Mapping[str, float] = field(default_factory=dict)
    published: Mapping[str, float] = field(default_factory=dict)

    def terms(self, locale: str, page_class: str, critical: bool) -> Terms:
        """What holds for such a block of a page of this class in this language."""
        made = self.base
        for rule in self.rules:
            if rule.fits(locale, page_class, critical):
                made = replace(
                    made,
                    cells={**made.cells, **rule.cells},
                    require=made.require if rule.require is None else rule.require,
                    grace=made.grace if rule.grace is None else rule.grace,
                    origin=rule.origin or made.origin,
                    noindex=rule.noindex or made.noindex,
                )
        if not critical:
            return made
        told = {row: at_least(made.cells[row], Action.NOTICE) for row in TOLD}
        return replace(made, cells={**made.cells, **told})

    def classes(self) -> frozenset[str]:
        """The page classes that the rules name."""
        return frozenset(name for rule in self.rules for name in rule.classes)


def at_least(cell: Cell, action: Action) -> Cell:
    """A cell, made as grave as an action where it is less."""
    return max(cell[0], action), max(cell[1], action)


NO_POLICY = Policy()
"""The policy of a site that says nothing: the safe defaults."""
