"""Decisions: people say of an edit that its meaning is unchanged, or that it is graver than its words show.

A decision is one more line of the edit log, so it stands in the diff of one file, with names and a reason. Lowering a
critical edit takes two people, and so does lowering one by which small edits come to something critical. A decision is about
translations: who signed for the former words has not signed for these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.changes import Log, Occurrence, edit_log, lineage_of, occurrences
from pipeline.changes.edit_log import UNCHANGED, Decision, Edit, Step
from pipeline.changes.lineage import Lineage
from pipeline.changes.people import DECIDE, PATH
from pipeline.changes.texts import Around
from pipeline.commands.extract import extraction
from pipeline.core.errors import LockstepError
from pipeline.core.ledger import save
from pipeline.core.model import Severity, ident
from pipeline.core.signers import SECOND, doubt, given
from pipeline.core.states import State
from pipeline.project.project import Project


@dataclass(frozen=True, slots=True)
class Decided:
    """The lines written, and what becomes of the translation of each place in each language that has one of its former English."""

    lines: tuple[Edit, ...]
    now: Mapping[Occurrence, Mapping[str, Lineage]] = field(default_factory=dict)


def decide(project: Project, target: str, meaning: str, by: Sequence[str], reason: str) -> Decided:
    """Record a decision about the edits at `target` (`PAGE` or `PAGE#block`).

    `meaning`: `unchanged` or `raised`. Raises LockstepError where there is no such edit, where the source has edits that
    are not logged yet, where what is critical would be lowered by fewer than two people, and where nothing would change.
    """
    names = tuple(given(name, "a decision").name for name in by if name.strip())
    said = Decision(meaning, names, " ".join(reason.split()), project.clock.stamp)
    if not names or not said.reason:
        raise LockstepError("a decision needs a name and a reason", todo='Give --by "NAME" and --reason "TEXT".')
    for name in names:
        if why := project.log.who.unlisted(name, DECIDE):
            if unsure := doubt(names):
                raise LockstepError(unsure, path=edit_log.LOG_PATH, todo=SECOND)
            raise LockstepError(why, path=PATH, todo="Let somebody decide who is listed. Nothing was written.")
    step = extraction(project)
    if step.log is not step.old_log or occurrences.differ(project.root, step.places, step.fixtures):
        raise LockstepError(
            "source/ has edits that are not in the log yet", path=edit_log.LOG_PATH, todo="Run `lockstep update` first."
        )
    places = tuple(occurrences.at(step.places, target))
    if meaning == UNCHANGED:
        found = tuple(lowered(project, step.log, places, said))
    else:
        edits = ((place, one) for place in places for one in led_to(step.log, place))
        found = tuple((place, one) for place, one in edits if one.severity < Severity.CRITICAL)
    if not found:
        wanted = "more than cosmetic" if meaning == UNCHANGED else "less than critical"
        raise LockstepError(
            f"no edit that is {wanted} led to what stands at {target}",
            path=edit_log.LOG_PATH,
            todo="`lockstep status --todo` and `lockstep impact` name the edited blocks.",
        )
    severity = Severity.COSMETIC if meaning == UNCHANGED else Severity.CRITICAL
    lines = tuple(dict.fromkeys(line(place, one, severity, said) for place, one in found))
    new = step.log.added(lines)
    for edit in lines:
        after = (
            new.placed[edit.was][edit.after]
            if edit.was and edit.was == edit.now
            else new.step(edit.was or "", edit.now or "")
        )
        if after and after.severity is not severity:
            raise LockstepError(
                f"the edit at {edit.page}#{edit.block} would stay {after.severity}: the log has a decision that is dated later",
                path=edit_log.LOG_PATH,
                todo="Correct its date, or decide again after it. Nothing was written.",
            )
    save(project.root, step.old_log, new)
    concerned = dict.fromkeys(place for place, _ in found)
    return Decided(lines, {place: dict(stood(project, new, place)) for place in concerned})


def lowered(
    project: Project, log: Log, places: Sequence[Occurrence], said: Decision
) -> Iterator[tuple[Occurrence, Step]]:
    """The edits to lower at some places: those that led to what stands there, and where small edits come to something
    graver, the former ones that fewer people lowered than that needs. Raises LockstepError where it needs more people."""
    for place in places:
        ways = [now.way for _, now in stood(project, log, place)]
        for one in led_to(log, place):
            here = [way for way in ways if one in way]
            sums = [way[-1] for way in here if way[-1] not in log.steps.get(way[-1].now, ())]
            worst = max((one, *sums), key=lambda step: step.severity)
            if worst.severity is Severity.COSMETIC:
                continue
            if worst.severity is Severity.CRITICAL and log.who.count(said.by, DECIDE) < 2:
                why, todo = log.who.second(said.by, DECIDE)
                raise LockstepError(alone(place, one, worst, said, why), path=edit_log.LOG_PATH, todo=todo)
            yield place, one
            for way in here:
                many = log.who.count(said.by, DECIDE)
                yield from ((place, step) for step in way if 0 < step.lowered < many and step is not one)


def led_to(log: Log, place: Occurrence) -> tuple[Step, ...]:
    """The edits that led to a message, and the one that put it where it stands."""
    moved = log.placed.get(ident(place.key), {}).get(place.around)
    return (*log.steps.get(ident(place.key), ()), *((moved,) if moved else ()))


def alone(place: Occurrence, edit: Step, worst: Step, said: Decision, why: str) -> str:
    """What is told to somebody whose word does not suffice."""
    where, why = f"({place.path}#{place.block})", f": {why}" if why else ""
    word = "one person's word" if len(said.by) < 2 else "the word of these two"
    if worst is edit:
        return f"a critical edit stays critical on {word} {where}{why}"
    return f"what the edits come to here is critical, and stays so on {word} {where}: {'; '.join(worst.reasons)}{why}"


def stood(project: Project, log: Log, place: Occurrence) -> Iterator[tuple[str, Lineage]]:
    """How the translations of a former English stand at a place by a log, by language."""
    for name, found in project.translations.items():
        entry = found.entries.get(place.key)
        if entry and entry.translated:
            now = lineage_of(entry, log, found.known, found.held, critical=place.critical, places=(place.around,))
            if now.way and now.state in {State.STALE, State.CARRIED}:
                yield name, now


def line(place: Occurrence, step: Step, severity: Severity, said: Decision) -> Edit:
    """One decided edit as a line of the log."""
    day = said.at[:10]
    after = place.around if step.loop else Around(refs=step.refs[1])
    before = Around(refs=step.refs[0])
    return Edit(
        step.was, step.now, place.path, place.block, day, severity, step.reasons, "decided", said, before, after
    )
