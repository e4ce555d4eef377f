"""Mending what a check can mend by itself: white space and characters that nobody sees, never a word.

A text that somebody answers for (a line of its review ledger) is left to them, and so is one that is not in step with its
English: a changed text would say that somebody had looked at it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from pipeline.catalog import Entry, po_entry, po_file
from pipeline.catalog.po_entry import string_line
from pipeline.checks import runner
from pipeline.core.errors import LockstepError
from pipeline.core.model import Finding, Key
from pipeline.project.project import Project
from pipeline.review.reviews import pair_of


@dataclass(frozen=True, slots=True)
class Mended:
    """What was mended: the places (`PATH:LINE`) with the codes, those left to a person, and the catalogs that could not be written."""

    done: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]
    refused: tuple[LockstepError, ...] = ()


def mend(project: Project, found: Collection[Finding]) -> Mended:
    """Mend what was found and can be mended, and write the catalogs."""
    able = {code: check.mend for code, check in runner.by_code().items() if check.mend}
    done: list[tuple[str, str]] = []
    left: list[tuple[str, str]] = []
    refused = []
    for name, catalog in project.catalogs.items():
        wrong: dict[object, list[str]] = {}
        for one in found:
            if one.locale == name and one.key is not None and one.code in able and one.span.path == catalog.path:
                wrong.setdefault(one.key, []).append(one.code)
        if not wrong or catalog.broken:
            continue
        ledger, edited = project.records.ledger(name), stale(project, name)
        made, mended = [], []
        for entry in catalog.entries:
            codes = () if entry.obsolete or entry.fuzzy else tuple(dict.fromkeys(wrong.get(entry.key, ())))
            new = entry
            for code in codes:
                fix = able[code]
                assert fix is not None
                strings = tuple(fix(english, text, name) for english, text in texts(new))
                new = po_entry.amended(entry, new._replace(strings=strings)) if strings != new.strings else new
            if new is not entry:
                where = f"{catalog.path}:{string_line(entry)}", ", ".join(codes)
                if ledger.by_pair.get(pair_of(entry.key, entry.strings, entry.plural)) or entry.key in edited:
                    left.append(where)
                    new = entry
                else:
                    mended.append(where)
            made.append(new)
        try:
            po_file.save(project.root, replace(catalog, entries=tuple(made)))
            done += mended
        except LockstepError as problem:
            refused.append(problem)
    return Mended(tuple(done), tuple(left), tuple(refused))


def texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """Each form of a translation with the English it stands for."""
    for at, text in enumerate(entry.strings):
        yield (entry.plural if entry.plural is not None and at else entry.key.msgid), text


def stale(project: Project, name: str) -> frozenset[Key]:
    """The messages whose English was edited since their translation was made, or whose text is a guess."""
    shown = (one for rows in project.table(name).by_file.values() for one in rows)
    return frozenset(one.message.key for one in shown if one.change is not None)
