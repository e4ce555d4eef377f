"""Plurals in files that have no word for them: a unit for each form, and back to one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from pipeline.core.exchange import FUZZY, Pieces, Unit

FORM = re.compile(r"(.*)\[(\d{1,3})\]", re.S)
OURS = re.compile(r"[0-9a-f]{16}")
"""The id of a message, as we write it."""


def numbered(unit: Unit) -> str:
    """The id of a unit, with its form where it is one of a plural's."""
    return unit.id if unit.form is None else f"{unit.id}[{unit.form}]"


def unnumbered(id: str) -> tuple[str, int | None]:
    """An id without its form, and that."""
    found = FORM.fullmatch(id)
    return (found[1], int(found[2])) if found else (id, None)


class Apart(NamedTuple):
    """One form of a unit on its own: its English is the plural's from the second on."""

    unit: Unit
    source: Pieces
    target: Pieces


def apart(unit: Unit) -> Iterator[Apart]:
    """Each form of a unit; a unit without a plural as it is."""
    if len(unit.sources) < 2:
        yield Apart(unit, unit.sources[0], unit.targets[0] if unit.targets else ())
        return
    for form in range(max(len(unit.targets), 2)):
        target = unit.targets[form] if form < len(unit.targets) else ()
        yield Apart(replace(unit, form=form), unit.sources[min(form, 1)], target)


def gathered(found: Iterable[Unit]) -> Iterator[Unit]:
    """Units with the forms of each plural together again, wherever they stand."""
    plurals: dict[tuple[str, str], dict[int, Unit]] = {}
    for unit in found:
        if unit.form is None:
            yield unit
        else:
            plurals.setdefault((unit.id, unit.locale), {})[unit.form] = unit
    for forms in plurals.values():
        first = forms[min(forms)]
        targets = tuple(
            forms[at].targets[0] if at in forms and forms[at].targets else () for at in range(max(forms) + 1)
        )
        plural = next((one.sources[0] for at, one in sorted(forms.items()) if at), ())
        notes = tuple(dict.fromkeys(note for one in forms.values() for note in one.notes))
        unsure = any(one.state == FUZZY for one in forms.values())
        yield replace(
            first,
            sources=(forms[0].sources[0] if 0 in forms else (), plural),
            targets=targets if any(targets) else (),
            notes=notes,
            state=FUZZY if unsure else first.state,
            form=None,
        )


def fitted(targets: tuple[Pieces, ...], count: int) -> tuple[Pieces, ...]:
    """The forms of a plural for a language that has `count`. Files have a place for the English plural, too, where the language has
    one form alone: what stands beyond the forms is left out where it is empty or, of one form, says the same."""
    spare = {(), targets[0]} if count == 1 and targets else {()}
    return targets[:count] if spare.issuperset(targets[count:]) else targets
