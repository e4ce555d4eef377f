"""Recalling: a wording is withdrawn in every language at once, until two people approve it again."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pipeline.changes import Occurrence, occurrences
from pipeline.changes.people import RECALL
from pipeline.core import git
from pipeline.core.errors import LockstepError
from pipeline.core.ledger import save
from pipeline.core.model import Finding, Level, Span, ident
from pipeline.core.signers import given, signer
from pipeline.project.project import Project
from pipeline.review import recalls
from pipeline.review.recalls import APPROVED, RECALLED, Recall, Recalls
from pipeline.review.wording import holds, wording
from pipeline.site import manifest

NOTHING = b'\n"recalled":{},'
"""How a manifest says that nothing is withdrawn."""


class Recalled(NamedTuple):
    """The lines written, other places whose text holds the recalled words, and the sections named after a withdrawn text."""

    lines: tuple[Recall, ...]
    inside: tuple[Occurrence, ...] = ()
    anchors: tuple[Occurrence, ...] = ()


def recall(project: Project, target: str, by: Sequence[str], reason: str, *, stub: bool, approve: bool) -> Recalled:
    """Withdraw the wording at `target` (`PAGE#block`, `PAGE` or a message id) wherever it stands, or approve it again.

    The same English under another context, or in other looks, is the same wording. With `stub` the English is withdrawn too.
    A recall without a name is by whoever runs it; an approval needs two. Raises LockstepError where there is no such text, a
    name or reason is missing, or one person alone approves.
    """
    if not approve and not by[0]:
        by = (somebody(project.root), *by[1:])
    names = tuple(given(name, "a recall").name for name in by if name.strip())
    reason = " ".join(reason.split())
    if not names or not reason:
        raise LockstepError("a recall needs a name and a reason", todo='Give --by "NAME" and --reason "TEXT".')
    old = project.records.recalls
    if old.findings:
        raise LockstepError(old.findings[0].text, path=recalls.PATH, line=old.findings[0].span.line)
    known = project.occurrences
    everywhere = [place for group in known.values() for place in group]
    asked = [place.key for place in occurrences.at(known, target)]
    exact, wordings = {key.msgid for key in asked}, {said for key in asked if (said := wording(key))}
    found = {
        ident(place.key): place for place in everywhere if place.key.msgid in exact or wording(place.key) in wordings
    }
    date = project.clock.stamp
    if not approve:
        lines = tuple(
            Recall(RECALLED, message, date, names, reason, stub, place.path, place.block, wording(place.key))
            for message, place in found.items()
        )
    else:
        if old.who.count(names, RECALL) < 2:
            why, todo = old.who.second(names, RECALL)
            alone = f", and {why}" if why else ""
            raise LockstepError(f"what was recalled is approved by two people{alone}", path=recalls.PATH, todo=todo)
        held = {
            was: place
            for message, place in found.items()
            for was in (message, *recalls.ancestors(project.log, message), *saying(old, wording(place.key)))
            if was in old.active
        }
        if not held:
            raise LockstepError(f"no recall holds at {target}", path=recalls.PATH, todo="Nothing was written.")
        lines = tuple(
            Recall(APPROVED, message, date, names, reason, False, place.path, place.block, old.active[message].words)
            for message, place in held.items()
        )
    new = old.added(lines)
    save(project.root, old, new)
    if approve:
        return Recalled(lines)
    if left := [line.message for line in lines if line.message not in new.active]:
        what = f"the recall of {left[0]} was written and is not in force: an approval in this file is dated later"
        raise LockstepError(what, path=recalls.PATH, todo="Correct the dates in it (lockstep verify names the lines).")
    named = (place for place in found.values() if place.block.endswith(".0"))
    return Recalled(lines, tuple(holding(everywhere, found)), tuple(named) if stub else ())


def saying(old: Recalls, words: str) -> Iterator[str]:
    """The recalled messages that say the same, whether or not they stand anywhere still."""
    return (message for message, line in old.active.items() if words and line.words == words)


def somebody(root: Path) -> str:
    """Who runs this, as git knows them, else as the machine does: a recall does not wait for a name."""
    if signer(name := git.user(root)):
        return name
    with suppress(OSError, KeyError):
        if signer(getpass.getuser()):
            return getpass.getuser()
    return "unknown"


def holding(everywhere: Sequence[Occurrence], recalled: Mapping[str, Occurrence]) -> Iterator[Occurrence]:
    """The places whose text holds one of the recalled wordings, two words or more, within a longer one: a recall leaves them."""
    said = {place.key.msgid for place in recalled.values()}
    for place in everywhere:
        if ident(place.key) not in recalled and any(holds(text, place.key.msgid) for text in said):
            yield place


def lost(project: Project) -> Iterator[Finding]:
    """The texts that the last build had as recalled, that will be shown now, and that nobody approved: a line of the recalls was
    lost."""
    dist = project.root / "dist"
    before = recalled_before(dist / manifest.PATH) or recalled_before(dist / manifest.FORMER)
    since = {words: at for words, at in before.values() if words}
    for message in project.content.messages() if before else ():
        name, words = ident(message.key), wording(message.key)
        at = before[name][1] if name in before else since.get(words)
        if at is None or project.rules.recalled(message.key) or project.records.recalls.approved(name, words, at):
            continue
        text = (
            "This text was recalled when the pages were last built, nobody approved it since, and no recall of it is there now: "
            "a line of this file was lost. The text is published. Restore the line from git, or recall it again."
        )
        yield Finding("recall-lost", Level.WARNING, text, Span(recalls.PATH, 1), "", message.key, message.span)


def recalled_before(path: Path) -> dict[str, tuple[str, str]]:
    """What a manifest says is withdrawn: by message what it says, and since when; nothing where there is no manifest to read."""
    try:
        body = path.read_bytes()
        if NOTHING in body:  # most manifests are large, and most have none
            return {}
        return {str(message): (str(words), str(at)) for message, (words, at) in json.loads(body)["recalled"].items()}
    except (OSError, ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return {}
