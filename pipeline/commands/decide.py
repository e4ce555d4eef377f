"""Decisions: people say of an edit that its meaning is unchanged, or that it is graver than its words show.

A decision is one more line of the edit log, so it stands in the diff of one file, with names and a reason. Lowering a
critical edit takes two people.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.changes import Occurrence, edit_log, occurrences
from pipeline.changes.edit_log import UNCHANGED, Decision, Edit, Step
from pipeline.commands.extract import extraction
from pipeline.commands.project import Project
from pipeline.core.errors import LockstepError
from pipeline.core.ledger import save
from pipeline.core.model import Severity, ident
from pipeline.core.signers import SECOND, doubt, given


def decide(project: Project, target: str, meaning: str, by: Sequence[str], reason: str) -> tuple[Edit, ...]:
    """Record a decision about the edits at `target` (`PAGE` or `PAGE#block`); returns the lines written.

    `meaning`: `unchanged` or `raised`. Raises LockstepError where there is no such edit, where the source has edits that
    are not logged yet, where a critical edit would be lowered by fewer than two people, and where nothing would change.
    """
    names = tuple(given(name, "a decision").name for name in by if name.strip())
    said = Decision(meaning, names, " ".join(reason.split()), project.clock.stamp)
    if not names or not said.reason:
        raise LockstepError("a decision needs a name and a reason", todo='Give --by "NAME" and --reason "TEXT".')
    step = extraction(project)
    if step.log is not step.old_log or occurrences.differ(project.root, step.places, step.fixtures):
        raise LockstepError(
            "source/ has edits that are not in the log yet", path=edit_log.LOG_PATH, todo="Run `lockstep update` first."
        )
    found = [
        (place, one)
        for place in occurrences.at(step.places, target)
        for one in step.log.steps.get(ident(place.key), ())
        if (one.severity > Severity.COSMETIC if meaning == UNCHANGED else one.severity < Severity.CRITICAL)
    ]
    if not found:
        wanted = "more than cosmetic" if meaning == UNCHANGED else "less than critical"
        raise LockstepError(
            f"no edit that is {wanted} led to what stands at {target}",
            path=edit_log.LOG_PATH,
            todo="`lockstep status --todo` and `lockstep impact` name the edited blocks.",
        )
    critical = [place.block for place, one in found if one.severity is Severity.CRITICAL]
    if meaning == UNCHANGED and critical and said.people < 2:
        alone = f": {why}" if (why := doubt(names)) else ""
        raise LockstepError(
            f"a critical edit stays critical on one person's word ({target.partition('#')[0]}#{critical[0]}){alone}",
            path=edit_log.LOG_PATH,
            todo=SECOND,
        )
    severity = Severity.COSMETIC if meaning == UNCHANGED else Severity.CRITICAL
    lines = tuple(dict.fromkeys(line(place, one, severity, said) for place, one in found))
    new = step.log.added(lines)
    for edit in lines:
        after = new.step(edit.was or "", edit.now or "")
        if after and after.severity is not severity:
            raise LockstepError(
                f"the edit at {edit.page}#{edit.block} would stay {after.severity}: the log has a decision that is dated later",
                path=edit_log.LOG_PATH,
                todo="Correct its date, or decide again after it. Nothing was written.",
            )
    save(project.root, step.old_log, new)
    return lines


def line(place: Occurrence, step: Step, severity: Severity, said: Decision) -> Edit:
    """One decided edit as a line of the log."""
    day = said.at[:10]
    return Edit(step.was, step.now, place.path, place.block, day, severity, step.reasons, "decided", said)
