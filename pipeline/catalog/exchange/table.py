"""CSV ⇄ units: one row a text, for spreadsheets. A cell that a spreadsheet would run as a formula has an apostrophe before it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from pipeline.catalog.exchange import Format, Heading
from pipeline.catalog.exchange.forms import OURS, apart, gathered, numbered, unnumbered
from pipeline.core.errors import LockstepError
from pipeline.core.exchange import FUZZY, REVIEWED, TRANSLATED, UNSAID, Piece, Unit, joined

COLUMNS = ("id", "context", "source", "target", "state", "notes", "comments", "files", "previous", "base", "language")
RUN, GUARDED = re.compile(r"'*[=+\-@\t\r]"), re.compile(r"'+[=+\-@\t\r]")
NAMES = {"source": ("source", "english", "msgid", "original"), "target": ("target", "translation", "msgstr")}
"""What other tools call the two columns that matter."""


def write(heading: Heading, units: Sequence[Unit]) -> bytes:
    """A table of all units, UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    made = csv.writer(out, lineterminator="\r\n")
    made.writerow(COLUMNS)
    for unit in units:
        for part in apart(unit):
            one = part.unit
            row = (
                numbered(one),
                one.context or "",
                joined(part.source),
                joined(part.target),
                one.state,
                "\n".join(one.notes),
                "\n".join(one.comments),
                " ".join(one.references),
                "\n".join(one.previous),
                one.base,
                heading.target,
            )
            made.writerow([f"'{cell}" if RUN.match(cell) else cell for cell in row])
    return f"\ufeff{out.getvalue()}".encode("utf-8", "surrogatepass")


def read(body: bytes, path: str) -> Iterator[Unit]:
    """The units of a table: by the names in its first row, in any order; separated by commas, semicolons or tabs."""
    try:
        text = body.decode("utf-16" if body[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", "surrogatepass")
    except UnicodeDecodeError as problem:
        raise LockstepError("is not UTF-8", path=path, todo="Save it as “CSV UTF-8”.") from problem
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    csv.field_size_limit(10_000_000)
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
        places = {name: at for at, name in enumerate(names)}
        for name, others in NAMES.items():
            places.setdefault(name, next((places[other] for other in others if other in places), -1))
        if min(places["source"], places["target"]) < 0:
            raise LockstepError(
                "has no columns `source` and `target`", path=path, line=1, todo="Name them in the first row."
            )
        rows = [
            (reader.line_num, {name: plain(row[at]) for name, at in places.items() if at < len(row)})
            for row in reader
            if any(row)
        ]
    except csv.Error as problem:
        raise LockstepError(
            f"is no table: {problem}", path=path, line=reader.line_num, todo="Save it again as CSV."
        ) from problem
    yield from gathered([unit_of(row, line) for line, row in rows])


def plain(cell: str) -> str:
    """A cell without the apostrophe that keeps it from being run."""
    return cell[1:] if GUARDED.match(cell) else cell


def unit_of(row: dict[str, str], line: int) -> Unit:
    """A row as a unit."""
    id, form = unnumbered(row.get("id", ""))
    state, target = row.get("state", "").strip().casefold(), row.get("target", "")
    return Unit(
        id,
        ((Piece("text", row.get("source", "")),),),
        ((Piece("text", target),),) if target else (),
        row.get("context") or None,
        placed=OURS.fullmatch(id) is not None,
        state=state if state in {REVIEWED, TRANSLATED, UNSAID} else FUZZY,
        notes=tuple(filter(None, row.get("notes", "").split("\n"))),
        base=row.get("base", ""),
        form=form,
        line=line,
        locale=row.get("language", ""),
    )


FORMAT = Format((".csv", ".tsv"), write, read)
