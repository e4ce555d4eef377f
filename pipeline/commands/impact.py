"""Impact: what the edits in the working tree cost and break, before they are committed.

Nothing is predicted by rule: the update is made in memory, every message is decided before and after, and the two are compared, one
language after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.build import deciding
from pipeline.catalog import Catalog
from pipeline.changes import Log, Occurrence, Occurrences, align, beside
from pipeline.changes.addresses import Addresses
from pipeline.changes.beside import Beside
from pipeline.changes.edit_log import Edit, Step
from pipeline.checks import kept
from pipeline.commands import outcome, whereabouts
from pipeline.commands.extract import Extraction, extraction
from pipeline.commands.outcome import Leaving, Shown, Turn
from pipeline.commands.sides import Before, former, since, updated
from pipeline.commands.whereabouts import Astray, Went
from pipeline.content.fixed import FACTS
from pipeline.core.model import IN_CRITICAL, Block, Key, Severity, ident
from pipeline.core.states import State
from pipeline.project.project import Project
from pipeline.resolve.coverage import words
from pipeline.resolve.media import said_of, withheld_of
from pipeline.review.reviews import PairId
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
    had: tuple[str, ...] = ()


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
    grave: frozenset[Beside] = frozenset()
    """What of that is critical."""
    ended: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The pages whose review ends, and in which languages."""
    leaving: tuple[Leaving, ...] = ()
    """The languages that will not be published."""
    went: tuple[Went, ...] = ()
    """The pages that are in another file, that came, and that are gone."""
    astray: tuple[Astray, ...] = ()
    """What leads to a page that is not in that file any more."""
    withheld: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The files that carry words which are not said any more, and in which languages they are withheld from now on."""

    @property
    def empty(self) -> bool:
        texts = self.edited or self.new or self.moved or self.deleted or self.reordered
        readers = self.turns or self.ended or self.leaving or self.went or self.astray or self.withheld
        return not (texts or self.marked or self.beside or readers)


def measure(project: Project, base: str | None) -> Impact:
    """The impact of what is in the working tree against the last update, or against the commit `base`.

    Raises LockstepError where the source cannot be read, or git does not know `base`.
    """
    step = extraction(project)
    with since(project, step, base) as before:
        return measured(project, step, before, base)


def measured(project: Project, step: Extraction, before: Before, base: str | None) -> Impact:
    """The impact of an extraction on the site as it was."""
    names = project.glossary.words
    pairs, lost, gained, moves = align.aligned(before.places, step.places)
    stands = tuple(placed(before.places, step.places, step.log, project.clock.day, names))
    edits = (*edited(pairs, step.log, project.clock.day, names), *stands)
    edits = tuple(sorted(edits, key=lambda one: -one.severity))
    known = align.keys_of(before.places)
    fresh = tuple(place for place in gained if place.key not in known)
    after = align.keys_of(step.places)
    gone = tuple(place for place in lost if place.key not in after)
    elsewhere = {place for one in stands for place in one.places}
    moved = tuple((one, two) for one, two in moves if one.path != two.path and two not in elsewhere)
    others = tuple(changed_beside(project, before, step.places))
    alike = matches(edits, fresh, step.places)
    was = {one.now: one.was for one in edits}
    sought = frozenset(one.was for one in edits), frozenset(match.old for match in alike)
    sides = Sides(former(project, before), updated(project, step), before, step, pairs_of(pairs), was, sought, others)
    locales = [locale.name for locale in project.settings.locales]
    found = {one.locale: one for one in sides.outcomes()}
    by_name = [found[name] for name in locales]
    edits = tuple(replace(one, had=tuple(each.locale for each in by_name if one.was in each.had)) for one in edits)
    ended = {
        path: tuple(name for name in project.settings.by_name if path in found[name].ended) for path in sides.changed
    }
    files = {
        name: tuple(one for one in project.settings.by_name if name in found[one].withheld) for name in project.declared
    }
    had_now = Counter(key for each in by_name for key in each.has)
    where = whereabouts.changed(
        project.settings,
        project.content,
        (before.places, before.fixtures or {}),
        (step.places, project.fixtures),
        Addresses(step.log),
    )
    return Impact(
        base or "the last update",
        edits,
        fresh,
        moved,
        gone,
        tuple(one.left for one in by_name if one.left),
        tuple(outcome.turns(sides.places, {one.locale: one.turns for one in by_name})),
        tuple(advice(edits, alike, step.places, had_now)),
        tuple(two for one, two in moves if one.path == two.path and two not in elsewhere),
        tuple(outcome.marked(before.places, step.places)),
        tuple((one, tuple(outcome.stands(project, one.name)) if one.kind == FACTS else ()) for one in others),
        frozenset(one for one in others if one.edit(project.clock.day, names).severity is Severity.CRITICAL),
        tuple((path, some) for path, some in ended.items() if some),
        tuple(one.leaving for one in by_name if one.leaving),
        tuple(where.pages()),
        tuple(where.astray()),
        tuple((name, some) for name, some in files.items() if some),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the edits do in one language: what they leave to do (None: it is the source language), the blocks that look otherwise,
    by where they are among all, the pages whose review ends, whether it goes, which of the messages that are asked about it had a
    translation of (`had`), and has one of now (`has`), and which files it does not show any more."""

    locale: str
    left: LanguageImpact | None = None
    turns: Mapping[int, str] = field(default_factory=dict)
    ended: frozenset[str] = frozenset()
    leaving: Leaving | None = None
    had: frozenset[Key] = frozenset()
    has: frozenset[Key] = frozenset()
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sides:
    """A site as it was and as it will be, to be compared language by language. `was`: what each edited place was, and `edits` what
    each edited message was; `sought`: the messages of which is asked whether a language had and has them; `beside`: what changed
    beside the messages."""

    old: Project
    new: Project
    before: Before
    step: Extraction
    was: Mapping[Occurrence, Key]
    edits: Mapping[Key, Key]
    sought: tuple[frozenset[Key], frozenset[Key]]
    beside: tuple[Beside, ...]

    @cached_property
    def places(self) -> list[Occurrence]:
        """Where every message stands."""
        return [place for group in self.step.places.values() for place in group]

    @cached_property
    def changed(self) -> list[str]:
        """The pages in which something is not as it was."""
        touched = outcome.touched(self.before.places, self.new, self.beside)
        return [path for path in self.new.content.by_path if path in touched and path in self.before.places]

    @cached_property
    def facts(self) -> Mapping[str, Block]:
        """The translated facts as they were."""
        return outcome.facts_before(self.before.places)

    @cached_property
    def original(self) -> Shown:
        """What the source language showed."""
        return outcome.shown_before(self.old, self.before.places, self.facts, self.new.settings.english.name)

    @cached_property
    def sources(self) -> tuple[frozenset[PairId], frozenset[PairId]]:
        """What the source language said, and says, up to date."""
        source = self.new.settings.english.name
        now = outcome.shown_now(self.new, source)
        return said_of(self.original.values(), source), said_of(now.values(), source)

    def withheld(self, name: str, *shown: Shown) -> frozenset[str]:
        """The files that a language showed and does not show any more, for the words that they carry. `shown`: what it showed, and
        shows; of the source language nothing more need be told."""
        declared, source = self.new.declared, self.new.settings.english.name
        if not declared:
            return frozenset()
        own = [said_of(one.values(), name) for one in shown] or self.sources
        before, after = (
            withheld_of(declared, name, source, {source: first, name: second})
            for first, second in zip(self.sources, own, strict=True)
        )
        return after - before

    def outcomes(self) -> Iterator[Outcome]:
        """Every language, the source language first, then those that stand on one beside each other; what is read and decided of
        a family of languages is let go of when it is done."""
        settings, source = self.new.settings, self.new.settings.english.name
        ended = outcome.reviews_ended(self.new, self.before.places, self.changed, self.original, self.original, source)
        yield Outcome(source, ended=frozenset(ended), withheld=self.withheld(source))
        for name in deciding.related(self.new, [one.name for one in settings.locales], {}):
            for side in (self.old, self.new):
                side.close_but(settings.by_name[name].chain)
            yield self.of(name)
            if deciding.is_large(self.new):
                self.new.forget(name)

    def of(self, name: str) -> Outcome:
        """One language."""
        new, places, locale = self.new, self.before.places, self.new.settings.by_name[name]
        source = new.settings.english.name
        old, now = outcome.shown_before(self.old, places, self.facts, name), outcome.shown_now(new, name)
        asked, asking = self.sought
        kept.save(new.rules.store, name, new.rules.glossary, source)
        return Outcome(
            name,
            language(name, old, now, self.edits),
            outcome.turns_in(self.places, self.was, old, now, name, source),
            frozenset(outcome.reviews_ended(new, places, self.changed, old, self.original, name)),
            outcome.leaving(new, places, old, locale),
            translated(self.before.catalogs[name], asked),
            translated(new.catalogs[name], asking),
            self.withheld(name, old, now),
        )


def translated(found: Catalog, asked: Set[Key]) -> frozenset[Key]:
    """Those of some messages that a catalog has a translation of."""
    live = found.live() if asked else {}
    return frozenset(key for key in asked if (one := live.get(key)) and one.translated and not one.fuzzy)


def changed_beside(project: Project, before: Before, places: Occurrences) -> Iterator[Beside]:
    """What changed beside the messages."""
    if before.fixtures is not None:
        yield from beside.changed(before.fixtures, project.fixtures, before.places, places)


def edited(pairs: Sequence[align.Pairing], log: Log, today: str, names: Names) -> Iterator[Edited]:
    """The pairs by message, gravest first; decisions of the log count. Which languages had them is not said yet."""
    grouped: dict[tuple[Key, Key], list[tuple[align.Pairing, Edit]]] = {}
    for pair in pairs:
        grouped.setdefault((pair.old.key, pair.new.key), []).append((pair, align.graded(pair, today, names)))
    made = []
    for (was, now), group in grouped.items():
        worst = max((edit for _, edit in group), key=lambda edit: edit.severity)
        logged: Step | None = next((s for s in log.steps.get(ident(now), ()) if s.was == ident(was)), None)
        severity, reasons = (logged.severity, logged.reasons) if logged else (worst.severity, worst.reasons)
        places = tuple(pair.new for pair, _ in group)
        made.append(Edited(was, now, severity, reasons, group[0][0].how, places))
    yield from sorted(made, key=lambda one: (-one.severity, one.places[0].path))


def placed(before: Occurrences, places: Occurrences, log: Log, today: str, names: Names) -> Iterator[Edited]:
    """The messages that are what they were and stand elsewhere, where that says something else, or their links lead elsewhere."""
    by_name = {(place.path, place.block): place for group in places.values() for place in group}
    for edit in align.placed(before, places, log, today, names):
        place = by_name[edit.page, edit.block]
        step = log.placed.get(ident(place.key), {}).get(edit.after)
        severity = step.severity if step else edit.severity
        yield Edited(place.key, place.key, severity, edit.reasons, "stands elsewhere", (place,))


def pairs_of(pairs: Sequence[align.Pairing]) -> Mapping[Occurrence, Key]:
    """What each new place was before, where it was edited."""
    return {pair.new: pair.old.key for pair in reversed(pairs)}


def language(name: str, old: Shown, new: Shown, was: Mapping[Key, Key]) -> LanguageImpact:
    """What is to be done in one language that was not before, each message once. `was`: what each message was."""
    before = {key for (_, key), one in old.items() if not one.state.done}
    todo: dict[Key, str] = {}
    known = {key for _, key in old}
    carried = {key for (_, key), one in new.items() if one.state is State.CARRIED and key not in known}
    for (_, key), one in new.items():
        if not one.state.done and was.get(key, key) not in before:
            todo[key] = str(one.change.severity) if one.state is State.STALE and one.change else "new"
    strings = Counter(todo.values())
    counted: Counter[str] = Counter()
    for key, grade in todo.items():
        counted[grade] += words(key.msgid)
    done = {key for (_, key), one in new.items() if one.state.done}
    signed = {key for (_, key), one in old.items() if one.state.done and one.review and one.review.signed}
    ended = [now for now, former in was.items() if former in signed and now not in done]
    holds = {key for (_, key), one in new.items() if one.review and one.review.signed}
    ended += signed & done - holds - {*was.values()}  # another value of a fact in it
    return LanguageImpact(name, dict(strings), dict(counted), len(carried), len(ended))


def matches(found: Sequence[Edited], fresh: Sequence[Occurrence], now: Occurrences) -> list[similarity.Match]:
    """The likest other sentence of the site for each that was written, where one is near."""
    edited_now = {one.now: one.was for one in found if one.severity > Severity.COSMETIC and one.was != one.now}
    asked = dict.fromkeys([*edited_now, *(place.key for place in fresh)])
    others = [key for key in dict.fromkeys(place.key for group in now.values() for place in group) if key not in asked]
    best: dict[Key, similarity.Match] = {}
    for match in similarity.similar(asked, others):
        best.setdefault(match.new, match)
    return [match for match in best.values() if match.score >= NEAR]


def advice(
    found: Sequence[Edited], alike: Sequence[similarity.Match], now: Occurrences, has: Mapping[Key, int]
) -> Iterator[str]:
    """What an editor may do instead: undo what gains nothing, use a sentence that is translated already. `alike`: see `matches`;
    `has`: in how many languages a message is translated."""
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
        elif one.had and one.severity is not Severity.CRITICAL:
            yield (
                f"“{short(one.was.msgid)}” is translated into {len(one.had)} language{'s' * (len(one.had) != 1)}: if the edit gains "
                "nothing, put it back, and nothing is to be done again."
            )
    count = Counter(place.key for group in now.values() for place in group)
    for match in alike:
        if had := has.get(match.old, 0):
            times = f"{count[match.old]} time{'s' * (count[match.old] != 1)}"
            yield (
                f"“{short(match.new.msgid)}” exists {times} as “{short(match.old.msgid)}”, translated into {had} "
                f"language{'s' * (had != 1)}: if it says the same, write it the same way."
            )


def short(text: str) -> str:
    """A text for the middle of a sentence."""
    return text if len(text) <= 70 else f"{text[:67].rstrip()}…"
