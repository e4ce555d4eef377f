"""What the header of another tool's catalog says of the people who made it, in ours."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.catalog import Entry, po_entry
from pipeline.catalog.po_header import fields, minute, value
from pipeline.catalog.template import union

PEOPLE = ("last-translator", "language-team", "po-revision-date")
UNSAID = ("", "full name <email@address>", "language <ll@li.org>", "automatically generated", "none")
BOILERPLATE = (
    "SOME DESCRIPTIVE TITLE", "YEAR THE PACKAGE'S COPYRIGHT HOLDER", "FIRST AUTHOR", "as the PACKAGE package", "#-#-#-#-#",
    "YEAR Free Software Foundation",
)  # fmt: skip
"""What tools write for somebody to fill in."""


def headed(ours: Entry | None, theirs: Sequence[Entry]) -> Entry | None:
    """Our header with the notes of others (who translated, whose copyright it is), and, where ours names nobody, with the last
    translator, the team and the date of the one that was saved last."""
    if ours is None or not theirs:
        return ours
    notes = ours.notes
    for one in theirs:
        notes = union(notes, [note for note in one.notes if note and not any(word in note for word in BOILERPLATE)])
    new = ours._replace(notes=notes)
    last = max(theirs, key=lambda one: minute(value(fields(one), "po-revision-date")))
    if value(fields(ours), "last-translator").lower() in UNSAID:
        found = fields(last)
        lines = []
        for name, field in fields(ours).items():
            said = value(found, name)
            if name in PEOPLE and said.lower() not in UNSAID:
                title = field.text.partition(":")[0]
                lines.append(f"{title}: {said}\n")
            else:
                lines.append(field.text)
        new = new._replace(strings=("".join(lines),))
    return po_entry.amended(ours, new)
