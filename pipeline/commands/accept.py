"""Acceptances: a named person says of one finding about one translation that the translation is right all the same.

It is bound to the exact two texts, so it ends by itself when either changes by one character (`exceptions`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.catalog import Entry
from pipeline.changes import people
from pipeline.checks import runner
from pipeline.core.errors import LockstepError
from pipeline.core.measures import values_in
from pipeline.core.model import Finding, ident
from pipeline.core.signers import given
from pipeline.project.project import Project
from pipeline.review import suppressions
from pipeline.review.confirmed import UNCHANGED, seen

Silenced = tuple[str, tuple[Finding, ...]]
"""The file that an exception is written to, and the findings that it silences."""


def accept(project: Project, targets: Sequence[str], check: str, by: str, reason: str) -> list[Silenced]:
    """Record that the findings of `check` about the entries at `targets` (`PATH.po:LINE`, any line of the entry) are accepted: all of
    them, or none; each language's at once, so that the same words, said again, write what a run that died between two languages had not.

    Returns, for each, its file and the findings that are silenced now; none where the same person has accepted it before with the same
    reason. Raises LockstepError where there is no such entry or finding, where a name or reason is missing, and for checks whose findings
    nobody can accept.
    """
    found = {}
    for target in targets:
        locale, message, rows, silenced = excepted(project, target, check, by, reason)
        found[locale, message] = (locale, rows, silenced)
    if not any(rows for _, rows, _ in found.values()):
        locale, target = next(iter(found))[0], targets[0]
        raise LockstepError(
            f"{target} is accepted already, by the same person and with the same reason",
            path=suppressions.path_of(locale),
            todo="Nothing was written.",
        )
    longer = [
        suppressions.longer(project.root, name, [row for one, rows, _ in found.values() if one == name for row in rows])
        for name in dict.fromkeys(locale for locale, rows, _ in found.values() if rows)
    ]
    for one in longer:
        one.save(project.root)
    return [(suppressions.path_of(locale), silenced) for locale, _, silenced in found.values()]


def excepted(
    project: Project, target: str, check: str, by: str, reason: str
) -> tuple[str, str, Sequence[dict[str, str]], tuple[Finding, ...]]:
    """The language of one entry, the id of its message, the rows that except it, and the findings that these silence; no rows where the very
    same is written already. Raises LockstepError as `accept` does."""
    reason = " ".join(reason.split())
    if not by.strip() or not reason:
        raise LockstepError("an exception needs a name and a reason", todo='Give --by "NAME" and --reason "TEXT".')
    signer = given(by, "an exception")
    path, _, line = target.rpartition(":")
    who, locale = project.log.who, path.removeprefix("locale/").partition("/")[0]
    named = {found.path: name for name, found in project.catalogs.items()}
    if path not in named or not line.isdigit():
        raise LockstepError(
            f"{target!r} is no line of a catalog",
            todo="Write each place as `lockstep check` prints it: locale/es/LC_MESSAGES/messages.po:120",
        )
    if why := who.unlisted(signer.name, people.ACCEPT, locale):
        raise LockstepError(why, path=people.PATH, todo="Let somebody accept it who is listed. Nothing was written.")
    before = [
        entry for entry in project.catalogs[named[path]].entries if entry.line <= int(line) and not entry.obsolete
    ]
    if not before:
        raise LockstepError(
            "there is no entry at this line", path=path, line=int(line), todo="Run `lockstep check` again."
        )
    entry = max(before, key=lambda one: one.line)
    said = [
        finding
        for finding in project.language_findings(named[path])
        if finding.span.path == path and finding.key == entry.key
    ]
    silenced = tuple(finding for finding in said if finding.code == check)
    had = project.records.suppressed(named[path]).of(check, entry.key, entry.strings)
    if not silenced and any((one.by, one.reason) == (signer.name, reason) for one in had):
        return named[path], ident(entry.key), (), ()
    if not silenced:
        others = ", ".join(sorted({finding.code for finding in said})) or "nothing"
        raise LockstepError(
            f"no check {check!r} complains of this entry",
            path=path,
            line=entry.line,
            todo=f"The checks complain of: {others}.",
        )
    if any(one.final for one in runner.checks() if one.code == check):
        raise LockstepError(
            f"what the check {check!r} finds cannot be accepted",
            path=path,
            line=entry.line,
            todo="Mend the translation. Nothing was written.",
        )
    row = {
        "check": check,
        "message": ident(entry.key),
        "translation": suppressions.hash_of(entry.strings),
        "text": entry.key.msgid,
        "reason": reason,
        "by": signer.name,
        "on": project.clock.day,
    }
    if values := values_in(entry.key.msgid, project.content.weighing):
        row["values"] = json.dumps(values)
    rows = [row | {"under": json.dumps(place)} for place in places(project, named[path], entry, check)] or [row]
    if still := left(project, named[path], rows, silenced):
        raise LockstepError(
            f"what the check {check!r} finds cannot be accepted",
            path=path,
            line=still.span.line,
            todo="Mend the translation. Nothing was written.",
        )
    return named[path], ident(entry.key), rows, silenced


def places(project: Project, locale: str, entry: Entry, check: str) -> Iterator[tuple[str, ...]]:
    """What an entry stands under, at each place, for the file, where its text was made under other texts and that is accepted."""
    if check == UNCHANGED and project.translations[locale].held.elsewhere(entry, project.log):
        yield from dict.fromkeys(map(seen, project.arounds.get(entry.key, ())))


def left(
    project: Project, locale: str, rows: Sequence[dict[str, str]], silenced: tuple[Finding, ...]
) -> Finding | None:
    """The first finding that would be said all the same."""
    old = project.records.suppressed(locale)
    new = (
        suppressions.Accepted(
            row["check"],
            row["message"],
            row["translation"],
            row["reason"],
            row["by"],
            0,
            suppressions.texts_of(row.get("under")),
            suppressions.texts_of(row.get("values")),
        )
        for row in rows
    )
    accepted = {
        **project.records.suppressions,
        locale: replace(old, rows=(*old.rows, *new), facts=project.content.weighing),
    }
    then = project.having(records=replace(project.records, suppressions=accepted))
    return next((finding for finding in then.language_findings(locale) if finding in silenced), None)
