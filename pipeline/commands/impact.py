"""Impact: what the edits in the working tree cost and break, before they are committed.

Nothing is predicted by rule: the update is made in memory, every message is decided before and after, and the two are compared.
"""

from __future__ import annotations

import io
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.catalog import Catalog, bundled
from pipeline.changes import Log, Occurrence, Occurrences, align, beside, merge, occurrences
from pipeline.changes.beside import Beside
from pipeline.changes.edit_log import Edit, Step
from pipeline.commands import outcome, remember
from pipeline.commands.extract import extraction
from pipeline.commands.outcome import Leaving, States, Turn, after_states
from pipeline.commands.project import Project
from pipeline.content.fixed import FACTS, Fixtures
from pipeline.content.pages import SITE
from pipeline.core import git, settings
from pipeline.core.errors import LockstepError
from pipeline.core.measures import weighing
from pipeline.core.model import IN_CRITICAL, Key, Severity, ident
from pipeline.core.states import State
from pipeline.resolve.coverage import words
from pipeline.text import similarity
from pipeline.text.features import Names

NEAR = 75.0
"""Least likeness (0–100) at which a sentence that exists already is pointed out."""


@dataclass(frozen=True, slots=True)
class Edited:
    """One message that became another: how grave, why, where it stands, and which languages had the former one."""

    was: Key
    now: Key
    severity: Severity
    reasons: tuple[str, ...]
    how: str
    places: tuple[Occurrence, ...]
    had: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageImpact:
    """What the edits leave to do in one language: messages and English words, by grade; how many translations are carried
    over, and under how many the signatures end."""

    locale: str
    strings: Mapping[str, int]
    words: Mapping[str, int]
    carried: int
    ended: int


@dataclass(frozen=True, slots=True)
class Impact:
    """All of it."""

    base: str
    edited: tuple[Edited, ...]
    new: tuple[Occurrence, ...]
    moved: tuple[tuple[Occurrence, Occurrence], ...]
    deleted: tuple[Occurrence, ...]
    languages: tuple[LanguageImpact, ...]
    turns: tuple[Turn, ...]
    advice: tuple[str, ...]
    reordered: tuple[Occurrence, ...] = ()
    """Texts that stand elsewhere on their page."""
    marked: tuple[tuple[Occurrence, bool], ...] = ()
    """Blocks that are called critical now, or no more."""
    beside: tuple[tuple[Beside, tuple[str, ...]], ...] = ()
    """What changed beside the messages, and of a fact the blocks in which it stands."""
    ended: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The pages whose review ends, and in which languages."""
    leaving: tuple[Leaving, ...] = ()
    """The languages that will not be published."""

    @property
    def empty(self) -> bool:
        texts = self.edited or self.new or self.moved or self.deleted or self.reordered
        return not (texts or self.marked or self.beside or self.turns or self.ended or self.leaving)


@dataclass(frozen=True)
class Before:
    """The site as it was: where its messages stood, its catalogs, its log, and what stood beside its messages (None: nobody
    noted it)."""

    places: Occurrences
    catalogs: Mapping[str, Catalog]
    log: Log
    fixtures: Fixtures | None


def measure(project: Project, base: str | None) -> Impact:
    """The impact of what is in the working tree against the last update, or against the commit `base`.

    Raises LockstepError where the source cannot be read, or git does not know `base`.
    """
    step = extraction(project)
    if base is None:
        places = occurrences.before(project.root, project.template, project.catalogs.values())
        before = Before(places, project.catalogs, step.old_log, occurrences.fixtures_before(project.root))
    else:
        before = before_at(project, base)
    held = remember.before(project, step.log, step.joined)
    around = remember.places(project, held)
    new = merge.update(step.template, project.catalogs, project.settings, step.log, bundled.texts, held, around)
    now = project.having(catalogs=new, log=step.log, former={name: one.former for name, one in held.items()})
    pairs, lost, gained, moves = align.aligned(before.places, step.places)
    stands = tuple(placed(before, step.places, step.log, project.clock.day, project.glossary.words))
    found = (*edited(pairs, before, step.log, project.clock.day, project.glossary.words), *stands)
    found = tuple(sorted(found, key=lambda one: -one.severity))
    known = align.keys_of(before.places)
    fresh = tuple(place for place in gained if place.key not in known)
    after = align.keys_of(step.places)
    gone = tuple(place for place in lost if place.key not in after)
    elsewhere = {place for one in stands for place in one.places}
    moved = tuple((one, two) for one, two in moves if one.path != two.path and two not in elsewhere)
    open_before, open_now = outcome.states(former(project, before), before.places), after_states(now)
    source, names = project.settings.english.name, [locale.name for locale in project.settings.locales]
    turned = tuple(outcome.turns(step.places, pairs_of(pairs), open_before, open_now, source, names))
    others = tuple(changed_beside(project, before, step.places))
    was = {one.now: one.was for one in found}
    languages = tuple(language(locale.name, open_before, open_now, was) for locale in project.settings.locales)
    said = tuple(advice(found, fresh, step.places, new))
    return Impact(
        base or "the last update",
        found,
        fresh,
        moved,
        gone,
        languages,
        turned,
        said,
        tuple(two for one, two in moves if one.path == two.path and two not in elsewhere),
        tuple(outcome.marked(before.places, step.places)),
        tuple((one, tuple(outcome.stands(project, one.name)) if one.kind == FACTS else ()) for one in others),
        tuple(outcome.reviews_ended(now, before.places, open_before, others)),
        tuple(outcome.leaving(now, before.places, open_before)),
    )


def changed_beside(project: Project, before: Before, places: Occurrences) -> Iterator[Beside]:
    """What changed beside the messages."""
    if before.fixtures is not None:
        yield from beside.changed(before.fixtures, project.fixtures, before.places, places)


def former(project: Project, before: Before) -> Project:
    """The site as it was, by the settings of today."""
    if before.fixtures is None:
        return project.having(catalogs=before.catalogs, log=before.log)
    levels = replace(project.levels, classes=outcome.classes(before.fixtures))
    facts = weighing({one.name: one.value for one in before.fixtures.get(SITE, ()) if one.kind == FACTS})
    records = project.records.with_facts(facts) if project.records.weighed else project.records
    return project.having(catalogs=before.catalogs, log=before.log, levels=levels, records=records)


@contextmanager
def checkout(root: Path, base: str) -> Iterator[Path]:
    """The site's folder as it was at a commit, in a temporary folder."""
    try:
        done = git.archive(root, base)
    except LockstepError as problem:
        raise LockstepError(problem.what, todo="Install git, or leave out --base.") from problem
    if done.code:
        why = done.err.splitlines()
        raise LockstepError(
            f"git does not know {base!r} here: {why[-1] if why else 'it says no more'}",
            todo="Name a commit or branch, for example --base main (in CI: fetch it first).",
        )
    with tempfile.TemporaryDirectory(prefix="lockstep-base-") as folder:
        with tarfile.open(fileobj=io.BytesIO(done.out)) as archive:
            safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11.4
            archive.extractall(folder, **safely)  # type: ignore[arg-type]
        yield Path(folder)


def before_at(project: Project, base: str) -> Before:
    """The site at a commit, brought into step as its build would be."""
    with checkout(project.root, base) as root:
        if not (root / "pyproject.toml").exists():
            raise LockstepError(f"there was no site here at {base!r}", todo="Name a later commit.")
        old = Project(replace(project.settings, root=root, mappings=settings.load(root).mappings), project.clock)
        step = extraction(old)
        held = remember.before(old, step.log, step.joined)
        around = remember.places(old, held)
        updated = merge.update(step.template, old.catalogs, old.settings, step.log, bundled.texts, held, around)
        return Before(step.places, updated, step.log, old.fixtures)


def edited(pairs: Sequence[align.Pairing], before: Before, log: Log, today: str, names: Names) -> Iterator[Edited]:
    """The pairs by message, gravest first; decisions of the log count."""
    grouped: dict[tuple[Key, Key], list[tuple[align.Pairing, Edit]]] = {}
    for pair in pairs:
        grouped.setdefault((pair.old.key, pair.new.key), []).append((pair, align.graded(pair, today, names)))
    made = []
    for (was, now), group in grouped.items():
        worst = max((edit for _, edit in group), key=lambda edit: edit.severity)
        logged: Step | None = next((s for s in log.steps.get(ident(now), ()) if s.was == ident(was)), None)
        severity, reasons = (logged.severity, logged.reasons) if logged else (worst.severity, worst.reasons)
        places = tuple(pair.new for pair, _ in group)
        made.append(Edited(was, now, severity, reasons, group[0][0].how, places, tuple(had_by(before, was))))
    yield from sorted(made, key=lambda one: (-one.severity, one.places[0].path))


def placed(before: Before, places: Occurrences, log: Log, today: str, names: Names) -> Iterator[Edited]:
    """The messages that are what they were and stand elsewhere, where that says something else, or their links lead elsewhere."""
    by_name = {(place.path, place.block): place for group in places.values() for place in group}
    for edit in align.placed(before.places, places, log, today, names):
        place = by_name[edit.page, edit.block]
        step = log.placed.get(ident(place.key), {}).get(edit.after)
        severity = step.severity if step else edit.severity
        had = tuple(had_by(before, place.key))
        yield Edited(place.key, place.key, severity, edit.reasons, "stands elsewhere", (place,), had)


def had_by(before: Before, key: Key) -> Iterator[str]:
    """The languages that had a translation of a message."""
    for name, found in before.catalogs.items():
        if (entry := found.live().get(key)) and entry.translated and not entry.fuzzy:
            yield name


def pairs_of(pairs: Sequence[align.Pairing]) -> Mapping[Occurrence, Key]:
    """What each new place was before, where it was edited."""
    return {pair.new: pair.old.key for pair in reversed(pairs)}


def language(name: str, old: States, new: States, was: Mapping[Key, Key]) -> LanguageImpact:
    """What is to be done in one language that was not before, each message once. `was`: what each message was."""
    before = {key for (_, key), one in old[name].items() if not one.state.done}
    todo: dict[Key, str] = {}
    known = {key for _, key in old[name]}
    carried = {key for (_, key), one in new[name].items() if one.state is State.CARRIED and key not in known}
    for (_, key), one in new[name].items():
        if not one.state.done and was.get(key, key) not in before:
            todo[key] = str(one.change.severity) if one.state is State.STALE and one.change else "new"
    strings = Counter(todo.values())
    counted: Counter[str] = Counter()
    for key, grade in todo.items():
        counted[grade] += words(key.msgid)
    done = {key for (_, key), one in new[name].items() if one.state.done}
    signed = {key for (_, key), one in old[name].items() if one.state.done and one.review and one.review.signed}
    ended = [now for now, former in was.items() if former in signed and now not in done]
    holds = {key for (_, key), one in new[name].items() if one.review and one.review.signed}
    ended += signed & done - holds - {*was.values()}  # another value of a fact in it
    return LanguageImpact(name, dict(strings), dict(counted), len(carried), len(ended))


def advice(
    found: Sequence[Edited], fresh: Sequence[Occurrence], now: Occurrences, catalogs: Mapping[str, Catalog]
) -> Iterator[str]:
    """What an editor may do instead: undo what gains nothing, use a sentence that is translated already."""
    for one in found:
        if one.was == one.now:
            continue
        if one.severity is Severity.CRITICAL and one.reasons[:1] == (IN_CRITICAL,):
            yield (
                f"“{short(one.now.msgid)}” stands in a critical block, so even this edit withdraws {len(one.had)} "
                f"translation{'s' * (len(one.had) != 1)}: revert it, or record a decision (lockstep decide)."
            )
        elif one.severity is Severity.COSMETIC and one.had:
            yield (
                f"“{short(one.now.msgid)}”: only {'; '.join(one.reasons)}. Every translation stays "
                f"({len(one.had)} language{'s' * (len(one.had) != 1)}): nothing to do."
            )
        elif one.had:
            yield f"{len(one.had)} language{'s have' if len(one.had) != 1 else ' has'} the former sentence “{short(one.was.msgid)}”."
    count = Counter(place.key for group in now.values() for place in group)
    edited_now = {one.now: one.was for one in found if one.severity > Severity.COSMETIC and one.was != one.now}
    asked = dict.fromkeys([*edited_now, *(place.key for place in fresh)])
    others = [key for key in count if key not in asked]
    best: dict[Key, similarity.Match] = {}
    for match in similarity.similar(asked, others):
        best.setdefault(match.new, match)
    for key, match in best.items():
        had = sum(
            1
            for one in catalogs.values()
            if (entry := one.live().get(match.old)) and entry.translated and not entry.fuzzy
        )
        if match.score >= NEAR and had:
            times = f"{count[match.old]} time{'s' * (count[match.old] != 1)}"
            yield (
                f"“{short(key.msgid)}” exists {times} as “{short(match.old.msgid)}”, translated into {had} "
                f"language{'s' * (had != 1)}: if it says the same, write it the same way."
            )


def short(text: str) -> str:
    """A text for the middle of a sentence."""
    return text if len(text) <= 70 else f"{text[:67].rstrip()}…"
