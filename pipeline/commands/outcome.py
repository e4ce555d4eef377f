"""What readers get otherwise for an edit: blocks that look otherwise, pages whose review ends, languages that go.

Both sides are decided by the very functions that the pages are built with, and compared: one language after the other, since
what two of them show need not be in memory at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.changes import Occurrence, Occurrences
from pipeline.changes.beside import Beside
from pipeline.content import parse
from pipeline.content.content import SITE
from pipeline.content.fixed import CLASS, FACTS, Fixtures
from pipeline.content.surroundings import said_by
from pipeline.core.dialects import INLINE, constructs
from pipeline.core.inline import NOWHERE, Scope, Syntax
from pipeline.core.locales import Locale
from pipeline.core.model import Block, Document, Key, Message, Resolution, Section, Span
from pipeline.core.states import State
from pipeline.project.project import Project
from pipeline.resolve import Rules, Translations, tabulate
from pipeline.resolve.figures import reviewed, words_of
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


Shown = Mapping[tuple[str, Key], Resolution]
"""(file, message) → what a language shows of it."""


def classes(fixtures: Fixtures) -> Mapping[str, str]:
    """The class of each page."""
    return {path: one.value for path, rows in fixtures.items() for one in rows if one.kind == CLASS}


def facts_before(places: Occurrences) -> Mapping[str, Block]:
    """The translated facts as they stood at a former extraction."""
    return {
        place.kind: block_of(place, 0, None, NOWHERE)
        for place in places.get(SITE, ())
        if place.kind == place.key.context
    }


def shown_before(former: Project, places: Occurrences, declared: Mapping[str, Block], name: str) -> Shown:
    """What a language showed of every message of a former extraction, by the rules of today. `declared`: see `facts_before`."""
    scope = Scope(reads=constructs(former.settings.dialect) & INLINE)
    chain = former.chains[name]
    deciding, found = Deciding(chain, former.rules), dict[tuple[str, Key], Resolution]()
    for path, group in places.items():
        for place, one in shown_of(path, group, chain, declared, deciding, scope).items():
            found.setdefault(place, one)
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


def shown_now(now: Project, name: str) -> Shown:
    """What a language will show of every message: by the very table that its pages are built from."""
    found: dict[tuple[str, Key], Resolution] = {}
    for one in (one for shown in now.table(name).by_file.values() for one in shown):
        found.setdefault((one.message.span.path, one.message.key), one)
    return found


def turns_in(
    places: Sequence[Occurrence], was: Mapping[Occurrence, Key], old: Shown, new: Shown, locale: str, source: str
) -> dict[int, str]:
    """What becomes of the blocks that look otherwise in a language, by where they are among `places`. `was`: what each edited
    place was before."""
    former, found = sorted({place.path for place in was}), dict[int, str]()
    for at, place in enumerate(places):
        shown = new.get((place.path, place.key))
        key = was.get(place, place.key)
        before = next((old[path, key] for path in (place.path, *former) if (path, key) in old), None)
        if shown and before and (kind := turned(before, shown, locale, source)):
            found[at] = kind
    return found


def turns(places: Sequence[Occurrence], found: Mapping[str, Mapping[int, str]]) -> Iterator[Turn]:
    """The blocks that look otherwise in some language. `found`: as `turns_in` has it, by locale name."""
    at_place: dict[int, dict[str, list[str]]] = {}
    for locale, kinds in found.items():
        for at, kind in kinds.items():
            at_place.setdefault(at, {}).setdefault(kind, []).append(locale)
    for at in sorted(at_place):
        for kind, locales in at_place[at].items():
            yield Turn(places[at], kind, tuple(locales))


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
    now: Project, before: Occurrences, changed: Sequence[str], old: Shown, original: Shown, name: str
) -> Iterator[str]:
    """The pages, by source file, that a language called reviewed, as they were, and will not. `changed`: the pages in which something
    is not as it was; `original`: what the source language showed."""
    source = now.settings.english.name
    for path in changed:
        found, english = (
            {at: shown[path, place.key] for at, place in enumerate(before[path])} for shown in (old, original)
        )
        seen = {page for one in (*found.values(), *english.values()) if one.review for page, _, _ in one.review.seen}
        if not any(reviewed(found, english, name, source, page).last for page in seen):
            continue
        here, there = now.table(name).documents[path], now.table(source).documents[path]
        if not reviewed(here, there, name, source, now.page_digests[path]).last:
            yield path


def leaving(now: Project, before: Occurrences, old: Shown, locale: Locale) -> Leaving | None:
    """A language that was published and will not be, at once or when the days of grace are over; None where it stays, or was not."""
    settings, policy, name = now.settings, now.settings.policy, locale.name
    pages = [path for path in before if path.startswith("source/") and not path.endswith((".yaml", ".yml"))]
    notices = [one for (path, _), one in old.items() if path == NOTICES]
    shown = [old[path, place.key] for path in pages for place in before[path]]
    source = settings.english.name
    if next(withheld(settings, locale, notices, words_of(shown, source)), None):
        return None
    table = now.table(name)
    if why := next(withheld(settings, locale, table.interface, words_of(of_pages(now.content, table), source)), None):
        return Leaving(name, "", why.text)
    if policy.published.get(name):
        grace = max([policy.base.grace, *(rule.grace or 0 for rule in policy.rules)])
        day = now.clock.today + datetime.timedelta(days=grace + 1)
        later = tabulate(locale, now.content, now.chains[name], on(now.rules, day))
        if why := next(
            withheld(settings, locale, later.interface, words_of(of_pages(now.content, later), source)), None
        ):
            return Leaving(name, day.isoformat(), why.text)
    return None


def on(rules: Rules, day: datetime.date) -> Rules:
    """The same rules on another day."""
    return replace(rules, today=day)
