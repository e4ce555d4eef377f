"""Every message of a locale, the interface's included, decided once: what everything else reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from pipeline.changes.grading import turns
from pipeline.changes.texts import Around
from pipeline.content import Content, parse
from pipeline.content.surroundings import said_by
from pipeline.core.inline import FACT, NOWHERE, Inline, Scope, Syntax, attributes_have_facts
from pipeline.core.locales import Locale
from pipeline.core.model import Action, Block, Change, Document, Key, Message, Resolution
from pipeline.core.states import State
from pipeline.resolve.message import Translations, resolve
from pipeline.resolve.rules import NOTICES, Rules


@dataclass(frozen=True)
class Table:
    """What one locale shows, and why.

    `documents` has a resolution for each block that is a message, by source file and block number; `interface` one for each
    message of the templates, in their order; `facts` the declared values of site.yaml as they stand alone, by dotted name.
    """

    locale: Locale
    documents: Mapping[str, Mapping[int, Resolution]]
    interface: tuple[Resolution, ...]
    facts: Mapping[str, Resolution]
    titles: Mapping[str, tuple[int, Resolution]] = field(default_factory=dict)
    """What is shown of titles of pages, by source file, each with the number of its block: they are asked for more often than the rest."""

    def at(self, path: str, number: int) -> Resolution | None:
        """What is shown for one block of a document, if it is a message."""
        at, found = self.titles.get(path, (-1, None))
        return found if found and at == number else self.documents.get(path, {}).get(number)

    def shown(self, path: str) -> tuple[Resolution, ...]:
        """What is shown of a source file, in reading order."""
        return tuple(self.documents[path].values())

    def among(self, paths: Iterable[str]) -> Table:
        """The same with no other files than these."""
        return replace(self, documents={path: self.documents[path] for path in paths})

    @cached_property
    def by_file(self) -> Mapping[str, tuple[Resolution, ...]]:
        """What is shown of every file, templates included."""
        found = {path: list(blocks.values()) for path, blocks in self.documents.items()}
        for one in self.interface:
            found.setdefault(one.message.span.path, []).append(one)
        return {path: tuple(resolutions) for path, resolutions in found.items()}

    @cached_property
    def strings(self) -> Mapping[tuple[Key, str | None], Resolution]:
        """What is shown of the templates' messages, by key and plural."""
        first = sorted(self.interface, key=lambda one: one.message.span.path != NOTICES)  # there it stays the longest
        return {(one.message.key, one.message.plural): one for one in reversed(first)}


Rows = dict[int, Resolution]
"""What is shown for each block of a document that is a message, by its number."""


class Works(NamedTuple):
    """What the rows of each document are worked out from. `fields`: the declared facts."""

    documents: Mapping[str, Document]
    fields: Mapping[str, Block]
    deciding: Deciding

    def rows(self, path: str) -> Rows:
        """The rows of one."""
        return blocks_of(self.documents[path], self.fields, self.deciding)


Known = Callable[[Works], Mapping[str, Rows]]
"""The rows of each document: as they are known from before, or worked out, at once or when they are first asked for."""


def worked_out(works: Works) -> dict[str, Rows]:
    """All of them, at once."""
    return {path: works.rows(path) for path in works.documents}


def tabulate(
    locale: Locale,
    content: Content,
    chain: Sequence[Translations],
    rules: Rules,
    known: Known = worked_out,
) -> Table:
    """Decide every message of a locale. `chain`: its own translations and its parents', nearest first; none for the source."""
    deciding = Deciding(tuple(chain), rules)
    documents = (*(page.document for page in content.pages), *content.data)
    shown = known(Works({one.path: one for one in documents}, content.fields, deciding))
    interface = tuple(
        deciding.shown(message, parse(message.key.msgid, Syntax.TEMPLATE), NOWHERE, "") for message in content.interface
    )
    facts = {
        name: deciding.shown(block.message, block.inline, NOWHERE, "")
        for name, block in content.fields.items()
        if block.message
    }
    return Table(locale, shown, interface, facts)


def own(content: Content, chain: Sequence[Translations], rules: Rules) -> dict[tuple[str, Key], Resolution]:
    """What becomes of each message of each file in a locale itself, whatever a parent of it says. `chain`: as for its table."""
    deciding = Deciding(tuple(chain[:1]), rules)
    found: dict[tuple[str, Key], Resolution] = {}
    for document in content.documents:
        for block in document.blocks():
            if block.message and (document.path, block.message.key) not in found:
                one = deciding.shown(block.message, block.inline, document.scope, document.path)
                found[document.path, block.message.key] = one
    for message in content.interface:
        one = deciding.shown(message, parse(message.key.msgid, Syntax.TEMPLATE), NOWHERE, "")
        found.setdefault((message.span.path, message.key), one)
    return found


Asked = tuple[Key, str | None, bool, str, str, Syntax, Inline | None, str, Around | None]
"""What a decision depends on: key and plural, critical, page class, the English and its syntax; where its scope counts, the
English as parsed, and the file; and what stands around it, if some text of it was made elsewhere."""


Decided = dict[Key, dict[Asked, Resolution]]
"""Decisions by their message."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """The decisions of one locale while its table is made, each distinct one once."""

    chain: tuple[Translations, ...]
    rules: Rules
    decided: Decided = field(default_factory=dict)

    def asked(self, message: Message, english: Inline, path: str) -> Asked:
        """What the decision about a message depends on."""
        texts = [english.source]
        for one in self.chain:
            if entry := one.entries.get(message.key):
                texts += entry.strings
        said = "".join(texts)
        linked = "[" in said or "<" in said
        page_class = self.rules.levels.page_class(message.span.path)
        parsed, path = (english, path) if linked else (None, NOTICES if message.span.path == NOTICES else "")
        around = None
        for one in self.chain:
            if one.held.former.elsewhere and (entry := one.entries.get(message.key)):
                around = Around(message.under, message.refs) if one.held.elsewhere(entry, self.rules.log) else around
        return (
            message.key,
            message.plural,
            message.critical,
            page_class,
            english.source,
            english.syntax,
            parsed,
            path,
            around,
        )

    def shown(self, message: Message, english: Inline, scope: Scope, path: str) -> Resolution:
        """What is shown of a message; `path` names the file whose `scope` it is."""
        asked = self.asked(message, english, path)
        ways = self.decided.setdefault(message.key, {})
        found = ways.get(asked)
        if found is None:
            found = ways[asked] = resolve(message, english, scope, self.chain, self.rules)
        return placed(found, message)


def placed(found: Resolution, message: Message) -> Resolution:
    """A decision about a message that stands elsewhere too, at this place."""
    if found.message is message or found.message == message:
        return found
    findings = tuple(replace(finding, source=message.place) for finding in found.findings)
    return replace(found, message=message, findings=findings)


def blocks_of(document: Document, fields: Mapping[str, Block], deciding: Deciding) -> Rows:
    """What is shown for each block of a document that is a message, by its number. `fields`: the declared facts."""
    found: dict[int, Resolution] = {}
    blocks = [block for block in document.blocks() if block.message]
    for block in blocks:
        assert block.message is not None
        one = deciding.shown(block.message, block.inline, document.scope, document.path)
        found[block.number] = with_facts(fields, block, one, deciding)
    grouped(document, found, deciding)
    if all(one.action < Action.HOLD for one in found.values()):
        return found
    return {block.number: held(block, found[block.number], deciding.rules.source) for block in blocks}


def grouped(document: Document, found: Rows, deciding: Deciding) -> None:
    """Show what stands under a text that turns it round in English where that text is: “drive a car”, translated, under “Never do
    these things:” reads as the opposite to whoever cannot read the one line that matters."""
    source, over = deciding.rules.source, dict[int, Resolution | None]()
    blocks = list(document.blocks())
    leading = {number for block in blocks for number in block.under}
    for block in blocks if leading and deciding.chain else ():
        one = found.get(block.number)
        above = [over[number] for number in block.under if number in over]
        if above and one and one.spoken != source:
            one = found[block.number] = under_english(block, one, above[0], source)
        in_english = one.spoken == source or one.state is State.RECALLED if one else block.english
        if block.number in leading and in_english and any(map(turns, said_by(block.inline))):
            over[block.number] = one


def under_english(block: Block, found: Resolution, above: Resolution | None, source: str) -> Resolution:
    """A block in English though its own translation may be as good as it was, since the text above it is in English (`above`, None
    where that is no message)."""
    state = above.state if above and not above.state.done and above.state is not State.RECALLED else State.UNTRANSLATED
    change = None
    if state is State.STALE and above and above.change:
        why = (f"it stands under “{above.message.key.msgid}”, which is shown in English",)
        change = Change(found.message.key, above.change.severity, above.change.since, why)
    action = max(found.action, Action.ENGLISH)
    return Resolution(found.message, state, block.inline, source, found.findings, change, None, action)


def held(block: Block, found: Resolution, source: str) -> Resolution:
    """A block of a page that is held: its English, whatever there is of it."""
    if found.state is State.RECALLED:
        return found
    return replace(found, text=block.inline, spoken=source, action=Action.HOLD)


def with_facts(fields: Mapping[str, Block], block: Block, found: Resolution, deciding: Deciding) -> Resolution:
    """A block with what is shown of the translated facts in it, held to what its page and its place ask for.

    The English where a fact may not be shown here as it is elsewhere, or where it stands in English and no language can be
    marked: in a title, a label, an attribute.
    """
    source, facts = deciding.rules.source, []
    for text in declared(fields, block):
        assert text.message is not None and block.message is not None
        asked = replace(text.message, critical=block.message.critical, span=block.message.span)
        here = deciding.shown(asked, text.inline, NOWHERE, "")
        elsewhere = deciding.shown(text.message, text.inline, NOWHERE, "")
        unmarked = found.spoken != elsewhere.spoken and plain_text(block)
        if found.spoken not in {source, here.spoken} and (found.spoken == elsewhere.spoken or unmarked):
            return replace(
                here,
                message=found.message,
                state=State.UNTRANSLATED if here.state.done else here.state,
                text=block.inline,
                spoken=source,
                action=max(found.action, here.action),
                findings=found.findings,
                told=(),
            )
        facts.append(here)
    if not facts:
        return found
    on_hold = any(fact.action is Action.HOLD for fact in facts)
    return replace(found, facts=tuple(facts), action=Action.HOLD if on_hold else found.action)


def declared(fields: Mapping[str, Block], block: Block) -> Iterator[Block]:
    """The declared facts that stand in a block."""
    names = dict.fromkeys(FACT.findall(block.inline.source)) if "{" in block.inline.source else ()
    return (fields[name] for name in names if name in fields and fields[name].message)


def plain_text(block: Block) -> bool:
    """Whether a block is also shown where no language can be marked inside it."""
    plain = block.inline.syntax not in {Syntax.MARKDOWN, Syntax.HTML} or block.opening.startswith("<h")
    return plain or attributes_have_facts(block.inline)
