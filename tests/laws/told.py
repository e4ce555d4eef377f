"""Edits of what is told of texts beside their catalogs: the log, former translations, catalogs of other regions, marks that a tool takes off."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from pipeline.catalog import po_file
from pipeline.changes import edit_log
from pipeline.changes.edit_log import Edit
from pipeline.changes.former import GUESS, LENT, MADE, Was, path_of, text_id
from pipeline.core.model import Key, Severity, ident
from pipeline.review import recalls

GONE = Key(None, "Take two tablets before each meal, never more.")
"""An English that no log and no catalog has."""


PAGE = "source/notices.md"


def catalog(name: str) -> str:
    """Where the catalog of a language is."""
    return f"locale/{name}/LC_MESSAGES/messages.po"


def append(root: Path, path: str, line: str) -> None:
    """One line more in a ledger."""
    (root / path).parent.mkdir(exist_ok=True)
    with (root / path).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def noted(root: Path, at: int, how: str, name: str = "es", whose: str = "es") -> None:
    """A line of the former translations of a language (`name`) about a text that stands in a catalog (`whose`)."""
    entries = [one for one in po_file.load(root, catalog(whose)).entries if one.translated and not one.obsolete]
    entry, other = entries[at % len(entries)], entries[(at + 1) % len(entries)]
    was = {MADE: GONE, LENT: GONE, GUESS: other.key}[how]
    message = ident(entry.key) if how == GUESS else ident(was)
    append(root, path_of(name), Was(how, message, text_id(entry.strings), was.msgid, was.context).line())


def logged(root: Path, at: int, severity: Severity) -> None:
    """A line of the log by hand, about an edit that a text is known to have been made before."""
    noted(root, at, MADE)
    live = [one for one in po_file.load(root, catalog("es")).entries if one.translated and not one.obsolete]
    was, now = ident(GONE), ident(live[at % len(live)].key)
    append(root, edit_log.LOG_PATH, Edit(was, now, PAGE, "x", "2026-11-01", severity, ("by hand",)).line())


def recalled(root: Path, at: int) -> None:
    """A line of the log by hand: a text that is withdrawn, its English too, became another one by an edit of looks."""
    found = [json.loads(line) for line in (root / recalls.PATH).read_text("utf-8").splitlines()]
    was = next(line["message"] for line in found if line.get("stub"))
    live = [one for one in po_file.load(root, catalog("es")).entries if PAGE in one.references and not one.obsolete]
    row = Edit(was, ident(live[at % len(live)].key), PAGE, "x", "2026-11-01", Severity.COSMETIC, ("by hand",))
    append(root, edit_log.LOG_PATH, row.line())


def unmarked(root: Path, at: int) -> None:
    """Every mark of a catalog taken off, as tools do."""
    path = root / catalog("es")
    path.write_text(re.sub(r"(?m)^#(, fuzzy|\||\. (stale|carried)).*\n", "", path.read_text("utf-8")), "utf-8")


def copied(root: Path, at: int, name: str, other: str) -> None:
    """The catalog of a language begun as a copy of another region's, without the ledgers."""
    text = (root / catalog(name)).read_text("utf-8")
    (root / catalog(other)).parent.mkdir(parents=True, exist_ok=True)
    (root / catalog(other)).write_text(text.replace(f"Language: {name}\\n", f"Language: {other}\\n"), "utf-8")


def moved(root: Path, at: int) -> None:
    """What a language knows of its texts is known by another region's alone."""
    (root / path_of("es_MX")).parent.mkdir(exist_ok=True)
    shutil.move(root / path_of("es"), root / path_of("es_MX"))


def renamed(root: Path, at: int) -> None:
    """A page that goes to another file, and the names of it."""
    (root / "source/held.md").rename(root / f"source/kept{at}.md")
    for path in sorted((root / "source").glob("*")):
        if path.suffix in {".md", ".yaml"}:
            path.write_text(path.read_text("utf-8").replace("held.md", f"kept{at}.md"), "utf-8")
