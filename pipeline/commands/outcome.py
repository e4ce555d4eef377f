"""What readers get otherwise for an edit: blocks that look otherwise, pages whose review ends, languages that go.

Both sides are decided by the very functions that the pages are built with, and compared.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.changes import Occurrence, Occurrences
from pipeline.changes.beside import Beside
from pipeline.commands.project import Project
from pipeline.content import parse
from pipeline.content.fixed import CLASS, FACTS, Fixtures
from pipeline.content.pages import SITE
from pipeline.content.surroundings import said_by
from pipeline.core.dialects import INLINE, constructs
from pipeline.core.inline import NOWHERE, Scope, Syntax
from pipeline.core.model import Block, Document, Key, Message, Resolution, Section, Span
from pipeline.core.states import State
from pipeline.resolve import Rules, Translations, tabulate
from pipeline.resolve.figures import reviewed
from pipeline.resolve.notices import notices_of, stands_beside
from pipeline.resolve.publication import of_pages, withheld
from pipeline.resolve.rules import NOTICES
from pipeline.resolve.table import Deciding, blocks_of

ENGLISH, NOTICE, MARKS, KEPT, TRANSLATED = "english", "notice", "marks", "kept", "translated"


@dataclass(frozen=True, slots=True)
class Turn:
    """A block that readers will see otherwise. `to`: `english`; `translated`, in English until now; `notice`, the old translation under a notice; `marks`, the
    same text with other notices, with the English beside it or no more, or with another fact in it; `kept`, a notice that
    stays as it was."""

    place: Occurrence
    to: str
    locales: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """A language that will not be published: `on` is the day from which on it is not, unless somebody translates; "" for at
    once."""

    locale: str
    on: str
    why: str


States = Mapping[str, Mapping[tuple[str, Key], Resolution]]
"""Locale name → (file, message) → what is shown of it."""


def classes(fixtures: Fixtures) -> Mapping[str, str]:
    """The class of each page."""
    return {path: one.value for path, rows in fixtures.items() for one in rows if one.kind == CLASS}


def states(former: Project, places: Occurrences) -> States:
    """What was shown of every message of a former extraction, by the rules of today."""
    declared = {
        place.kind: block_of(place, 0, None, NOWHERE)
        for place in places.get(SITE, ())
        if place.kind == place.key.context
    }
    found: dict[str, dict[tuple[str, Key], Resolution]] = {}
    scope = Scope(reads=constructs(former.settings.dialect) & INLINE)
    for name in former.settings.by_name:
        chain = former.chains[name]
        deciding = Deciding(chain, former.rules)
        by_place = found[name] = {}
        for path, group in places.items():
            for place, one in shown_of(path, group, chain, declared, deciding, scope).items():
                by_place.setdefault(place, one)
    return found


def shown_of(
    path: str,
    group: Sequence[Occurrence],
    chain: Sequence[Translations],
    declared: Mapping[str, Block],
    deciding: Deciding,
    scope: Scope,
) -> dict[tuple[str, Key], Resolution]:
    """What was shown of the messages of one file. `declared`: the translated facts as they were."""
    blocks = tuple(standing(block_of(place, at, plural(place.key, chain), scope) for at, place in enumerate(group)))
    if path.startswith("templates/"):
        shown = {one.number: of_template(one, deciding) for one in blocks}
    else:
        shown = blocks_of(Document(path, scope, sections=(Section(blocks),)), declared, deciding)
    found: dict[tuple[str, Key], Resolution] = {}
    for at, place in enumerate(group):
        found.setdefault((path, place.key), shown[at])
    return found


def block_of(place: Occurrence, number: int, plural: str | None, scope: Scope) -> Block:
    """A place as a block of a page."""
    message = Message(
        place.key,
        Span(place.path, 0),
        plural,
        place.kind,
        critical=place.critical,
        under=place.under or (),
        refs=place.refs,
    )
    opening = "<h2" if place.kind.startswith("heading ") else ""
    return Block(parse(place.key.msgid, place.syntax, scope), opening, message, number=number)


def standing(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of a page with the numbers of those that they stand under: the last one before each that has the words."""
    last: dict[str, int] = {}
    for block in blocks:
        assert block.message is not None
        numbers = tuple(last[text] for text in block.message.under if text in last)
        yield replace(block, under=numbers) if numbers else block
        last.update(dict.fromkeys(said_by(block.inline), block.number))


def of_template(block: Block, deciding: Deciding) -> Resolution:
    assert block.message is not None
    return deciding.shown(block.message, parse(block.message.key.msgid, Syntax.TEMPLATE), NOWHERE, "")


def plural(key: Key, chain: Sequence[Translations]) -> str | None:
    """The plural of a message, as the catalogs have it."""
    return next((one.entries[key].plural for one in chain if key in one.entries), None)


def after_states(now: Project) -> States:
    """What will be shown of every message: by the very tables that the pages are built from."""
    found: dict[str, dict[tuple[str, Key], Resolution]] = {}
    for name in now.settings.by_name:
        by_place: dict[tuple[str, Key], Resolution] = {}
        for one in (one for shown in now.tables[name].by_file.values() for one in shown):
            by_place.setdefault((one.message.span.path, one.message.key), one)
        found[name] = by_place
    return found


def turns(
    now: Occurrences, was: Mapping[Occurrence, Key], old: States, new: States, source: str, names: Iterable[str]
) -> Iterator[Turn]:
    """The blocks that will look otherwise in some of the languages `names`. `was`: what each edited place was before."""
    former, languages = {place.path for place in was}, list(names)
    for group in now.values():
        for place in group:
            to: dict[str, list[str]] = {}
            for locale in languages:
                shown = new[locale].get((place.path, place.key))
                key = was.get(place, place.key)
                before = next(
                    (old[locale][path, key] for path in (place.path, *former) if (path, key) in old[locale]), None
                )
                if shown and before and (kind := turned(before, shown, locale, source)):
                    to.setdefault(kind, []).append(locale)
            for kind, locales in to.items():
                yield Turn(place, kind, tuple(locales))


def turned(before: Resolution, shown: Resolution, locale: str, source: str) -> str:
    """What becomes of one block in one language; "" where it looks as before."""
    if before.spoken != source and shown.spoken == source:
        return ENGLISH
    if before.spoken == source != shown.spoken:
        return TRANSLATED
    if before.spoken != source and shown.state is State.STALE and before.state is not State.STALE:
        return KEPT if shown.message.span.path == NOTICES else NOTICE
    same = before.spoken == shown.spoken and before.state.traits.shown == shown.state.traits.shown
    looks = [(notices_of(one, locale, source), stands_beside(one, source), facts_of(one)) for one in (before, shown)]
    return MARKS if same and looks[0] != looks[1] else ""


def facts_of(found: Resolution) -> list[tuple[str, str]]:
    """The translated facts in a text as they are shown: the language and the words."""
    return [(fact.spoken, fact.text.source) for fact in found.facts]


def marked(old: Occurrences, new: Occurrences) -> Iterator[tuple[Occurrence, bool]]:
    """The blocks whose text is the same and that an author calls critical now, or no more."""
    for path, group in new.items():
        before: dict[Key, list[bool]] = {}
        for place in old.get(path, ()):
            before.setdefault(place.key, []).append(place.critical)
        for place in group:
            said = before.get(place.key)
            if said and said.pop(0) != place.critical:
                yield place, place.critical


def stands(project: Project, fact: str) -> Iterator[str]:
    """Where a fact stands, as people name blocks: those of messages, and sections where it stands in no message."""
    words = f"{{{fact}}}"
    for path, group in project.occurrences.items():
        yield from (f"{path}#{place.block}" for place in group if words in place.key.msgid)
    for path, rows in project.fixtures.items():
        yield from (f"{path}#{row.name}" for row in rows if not row.single and words in row.value)


def touched(before: Occurrences, project: Project, beside: Iterable[Beside]) -> set[str]:
    """The files in which something is not as it was."""
    found = {
        path
        for path, group in project.occurrences.items()
        if [one.key for one in group] != [one.key for one in before.get(path, ())]
    }
    for one in beside:
        found.add(one.path)
        if one.kind == FACTS:
            found |= {where.partition("#")[0] for where in stands(project, one.name)}
    return found


def reviews_ended(
    now: Project, before: Occurrences, old: States, beside: Iterable[Beside]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The pages that were called reviewed, as they were, and will not be: the source file, and in which languages."""
    source, changed = now.settings.english.name, touched(before, now, beside)
    for path in now.content.by_path:
        if path not in changed or path not in before:
            continue
        by_name = {
            name: {at: old[name][path, place.key] for at, place in enumerate(before[path])}
            for name in now.settings.by_name
        }
        english, ended = by_name[source], []
        for name, found in by_name.items():
            seen = {
                page for one in (*found.values(), *english.values()) if one.review for page, _, _ in one.review.seen
            }
            was = any(reviewed(found, english, name, source, page).last for page in seen)
            here, original = now.tables[name].documents[path], now.tables[source].documents[path]
            if was and not reviewed(here, original, name, source, now.page_digests[path]).last:
                ended.append(name)
        if ended:
            yield path, tuple(ended)


def leaving(now: Project, before: Occurrences, old: States) -> Iterator[Leaving]:
    """The languages that were published and will not be, at once or when the days of grace are over."""
    settings, policy = now.settings, now.settings.policy
    pages = [path for path in before if path.startswith("source/") and not path.endswith((".yaml", ".yml"))]
    for locale in settings.locales:
        name = locale.name
        notices = [one for (path, _), one in old[name].items() if path == NOTICES]
        shown = [old[name][path, place.key] for path in pages for place in before[path]]
        if next(withheld(settings, locale, notices, shown), None):
            continue
        table = now.tables[name]
        if why := next(withheld(settings, locale, table.interface, of_pages(now.content, table)), None):
            yield Leaving(name, "", why.text)
        elif policy.published.get(name):
            grace = max([policy.base.grace, *(rule.grace or 0 for rule in policy.rules)])
            day = now.clock.today + datetime.timedelta(days=grace + 1)
            later = tabulate(locale, now.content, now.chains[name], on(now.rules, day))
            if why := next(withheld(settings, locale, later.interface, of_pages(now.content, later)), None):
                yield Leaving(name, day.isoformat(), why.text)


def on(rules: Rules, day: datetime.date) -> Rules:
    """The same rules on another day."""
    return replace(rules, today=day)
