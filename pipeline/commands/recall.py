"""Recalling: a wording is withdrawn in every language at once, until two people approve it again."""

from __future__ import annotations

import getpass
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pipeline.changes import Occurrence, occurrences
from pipeline.commands.project import Project
from pipeline.content import parse, plain
from pipeline.core import git
from pipeline.core.errors import LockstepError
from pipeline.core.inline import NO_FACTS
from pipeline.core.ledger import save
from pipeline.core.model import ident
from pipeline.core.signers import SECOND, doubt, given, people, signer
from pipeline.review import recalls
from pipeline.review.recalls import APPROVED, RECALLED, Recall


class Recalled(NamedTuple):
    """The lines written, other places whose text holds the recalled words, and the sections named after a withdrawn text."""

    lines: tuple[Recall, ...]
    inside: tuple[Occurrence, ...] = ()
    anchors: tuple[Occurrence, ...] = ()


def recall(project: Project, target: str, by: Sequence[str], reason: str, *, stub: bool, approve: bool) -> Recalled:
    """Withdraw the wording at `target` (`PAGE#block`, `PAGE` or a message id) wherever it stands, or approve it again.

    The same English under another context is the same wording. With `stub` the English is withdrawn too. A recall
    without a name is by whoever runs it; an approval needs two. Raises
    LockstepError where there is no such text, a name or reason is missing, or one person alone approves.
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
    wordings = {place.key.msgid for place in occurrences.at(known, target)}
    found = {ident(place.key): place for group in known.values() for place in group if place.key.msgid in wordings}
    date = project.clock.stamp
    if not approve:
        lines = tuple(
            Recall(RECALLED, message, date, names, reason, stub, place.path, place.block)
            for message, place in found.items()
        )
    else:
        if people(names) < 2:
            alone = f", and {why}" if (why := doubt(names)) else ""
            raise LockstepError(f"what was recalled is approved by two people{alone}", path=recalls.PATH, todo=SECOND)
        held = {
            was: place
            for message, place in found.items()
            for was in (message, *recalls.ancestors(project.log, message))
            if was in old.active
        }
        if not held:
            raise LockstepError(f"no recall holds at {target}", path=recalls.PATH, todo="Nothing was written.")
        lines = tuple(
            Recall(APPROVED, message, date, names, reason, False, place.path, place.block)
            for message, place in held.items()
        )
    new = old.added(lines)
    save(project.root, old, new)
    if approve:
        return Recalled(lines)
    if left := [line.message for line in lines if line.message not in new.active]:
        what = f"the recall of {left[0]} was written and is not in force: an approval in this file is dated later"
        raise LockstepError(what, path=recalls.PATH, todo="Correct the dates in it (lockstep verify names the lines).")
    everywhere = [place for group in known.values() for place in group]
    named = (place for place in everywhere if place.key.msgid in wordings and place.block.endswith(".0"))
    return Recalled(lines, tuple(holding(everywhere, wordings)), tuple(named) if stub else ())


def somebody(root: Path) -> str:
    """Who runs this, as git knows them, else as the machine does: a recall does not wait for a name."""
    if signer(name := git.user(root)):
        return name
    with suppress(OSError, KeyError):
        if signer(getpass.getuser()):
            return getpass.getuser()
    return "unknown"


def holding(everywhere: Sequence[Occurrence], wordings: Collection[str]) -> Iterator[Occurrence]:
    """The places whose text holds one of the wordings, two words or more, within a longer one: a recall leaves them."""
    said = {folded(place) for place in everywhere if place.key.msgid in wordings}
    patterns = [re.compile(rf"(?<!\w){re.escape(words)}(?!\w)") for words in sorted(said) if " " in words]
    for place in everywhere:
        if place.key.msgid not in wordings and any(pattern.search(folded(place)) for pattern in patterns):
            yield place


def folded(place: Occurrence) -> str:
    """A place's words, whatever the case and what ends them."""
    return plain(parse(place.key.msgid, place.syntax), NO_FACTS).casefold().strip().rstrip(".!?:")
