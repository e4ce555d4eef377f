"""What the desk says of one text: its English and what changed of it, why it is in its state, what is wrong, what may help."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.catalog import Entry
from pipeline.catalog.po_entry import string_line
from pipeline.checks.check import Pair
from pipeline.commands import questions, review
from pipeline.commands.entries import stamp
from pipeline.content import parse
from pipeline.core.inline import TAG
from pipeline.core.locales import Locale
from pipeline.core.model import Key, Message, Resolution, Span, ident, syntax_of
from pipeline.core.plurals import plural_rule
from pipeline.live import Live
from pipeline.live.anew import heir
from pipeline.live.showing import Shown
from pipeline.project.project import Project
from pipeline.resolve.worklist import word_diff
from pipeline.text import similarity

PIECES = re.compile(
    rf"(?P<tag>{TAG.pattern})|%\(\w+\)[sd]|\{{[A-Za-z_][\w.-]*\}}|`[^`\n]+`|!?\[[^\]\n]*\](?:\([^)\s]*\)|\[[^\]\n]*\])|<https?://[^>\s]+>",
    re.S,
)
"""What of an English text a translation takes over as it is: tags, placeholders, code, links."""
MOST_LIKE, LIKE = 4, 70.0
"""How many similar texts are shown, and how alike they are at least (0 to 100)."""


def messages(live: Live, path: str) -> Iterator[Message]:
    """The messages of a source file or template, each once, in reading order."""
    document = live.document(path)
    every = document.messages() if document else (one for one in live.content.interface if one.span.path == path)
    yield from {one.key: one for one in every}.values()


def found(live: Live, path: str, name: str) -> Message | None:
    """The message of this id in a file; in whichever it stands where no file is named."""
    paths = [path] if path else sorted({one for places in live.where.values() for one in places})
    return next((one for one in (m for p in paths for m in messages(live, p)) if ident(one.key) == name), None)


def shown_of(live: Live, shown: Shown, message: Message) -> Resolution:
    """What becomes of a message where it stands."""
    if live.document(message.span.path):
        for one in shown.rows[message.span.path].values():
            if one.message.key == message.key:
                return one
    return next(one for one in shown.table.interface if one.message.key == message.key)


def entry_of(live: Live, locale: str, key: Key) -> Entry | None:
    return live.project.catalogs[locale].live().get(key) if locale != live.settings.english.name else None


def card(live: Live, locale: str, message: Message, shown: Shown | None = None) -> dict[str, Any]:
    """All of it. `shown`: the language with what is typed and not saved yet."""
    now, spoken = shown or live.language(locale), live.settings.by_name[locale]
    one, entry = shown_of(live, now, message), entry_of(live, locale, message.key)
    english = locale == live.settings.english.name
    asked = questions.about(live.project).get(ident(message.key), ())
    made: dict[str, Any] = {
        "id": ident(message.key),
        "locale": locale,
        "path": message.span.path,
        "block": live.project.blocks.get((message.span.path, message.key), ""),
        "place": str(message.place),
        "english": message.key.msgid,
        "plural": message.plural,
        "context": message.key.context or "",
        "kind": message.kind,
        "comments": [*message.comments, *(line for one in asked for line in questions.spoken(one))],
        "under": list(message.under),
        "critical": message.critical,
        "places": [path for path in sorted(live.where.get(message.key, ())) if path != message.span.path],
        "pieces": pieces(message.key.msgid),
        **state(one, spoken, live.settings.english),
        "editable": entry is not None,
    }
    if entry is not None:
        made |= {
            "hash": stamp(entry),
            "strings": list(entry.strings),
            "forms": forms(spoken, live, locale, entry),
            "fuzzy": entry.fuzzy,
            "notes": list(entry.notes),
            "file": str(Span(live.settings.catalog_path(spoken), string_line(entry))),
        }
    if not english:
        made |= {"terms": list(terms(live, locale, message)), "memory": list(memory(live, locale, message))}
    return made


def state(one: Resolution, locale: Locale, english: Locale) -> dict[str, Any]:
    """What became of a text, and why."""
    change = one.change
    made: dict[str, Any] = {
        "state": one.state.value,
        "words": one.state.traits.words,
        "done": one.state.done,
        "in_english": one.spoken == english.name and locale != english,
        "findings": [{"code": f.code, "level": str(f.level), "text": f.text} for f in dict.fromkeys(one.findings)],
    }
    if change:
        made |= {
            "severity": str(change.severity),
            "since": change.since,
            "reasons": list(change.reasons),
            "was": change.was.msgid,
            "diff": [list(run) for run in word_diff(change.was.msgid, one.message.key.msgid)],
        }
    if one.review:
        made["signed"] = [list(role) for role in one.review.signed]
        made["missing"] = list(one.review.missing)
        made["origin"] = one.review.origin
    return made


def pieces(english: str) -> list[str]:
    """What a translator inserts rather than types."""
    return list(dict.fromkeys(match[0] for match in PIECES.finditer(english)))[:9]


def forms(spoken: Locale, live: Live, locale: str, entry: Entry) -> list[str]:
    """Of a plural, some numbers that each form is for, in words; one empty name for any other text."""
    if entry.plural is None:
        return [""]
    rule = plural_rule(live.project.translations[locale].rule(len(entry.strings)))
    named = []
    for at in range(len(entry.strings)):
        numbers = [str(n) for n in range(1001) if rule and rule.form(n) == at]
        some = ", ".join(numbers[:5]) + (" …" if len(numbers) > 5 else "")
        named.append(f"for {some}" if some else f"form {at}")
    return named


def terms(live: Live, locale: str, message: Message) -> Iterator[dict[str, Any]]:
    """What the glossary says of the terms in a text."""
    english = parse(message.key.msgid, syntax_of(message.key, message.kind, message.span.path))
    glossary = live.project.terms[0]
    pair = Pair(english, english, locale, glossary=glossary, source=live.settings.english.name)
    for term, tiers in pair.terms:
        yield {"english": term.english[0], **{tier: list(said) for tier, said in tiers.items()}}
    for name in glossary.names:
        if re.search(rf"\b{re.escape(name.english)}\b", message.key.msgid, re.I):
            yield {"english": name.english, "must": list(name.accepted.get(locale, ()) or (name.english,))}


def memory(live: Live, locale: str, message: Message) -> Iterator[dict[str, Any]]:
    """Texts like this one that are translated, likest first."""
    entries: Mapping[Key, Entry] = live.project.translations[locale].entries
    if not message.key.msgid.strip():
        return
    known = [key for key, one in entries.items() if key != message.key and all(one.strings) and not one.fuzzy]
    for match in similarity.similar([message.key], known)[:MOST_LIKE]:
        if match.score >= LIKE:
            yield {"english": match.old.msgid, "text": entries[match.old].strings[0], "score": round(match.score)}


class Own(dict[tuple[str, Key], Resolution]):
    """What becomes of each text in a language itself, whatever a parent of it says, worked out when it is asked for."""

    def __init__(self, live: Live, locale: str) -> None:
        super().__init__()
        self.live, self.locale = live, locale

    def __missing__(self, asked: tuple[str, Key]) -> Resolution:
        path, key = asked
        deciding = self.live.deciding(self.locale)
        document = self.live.document(path)
        for block in document.blocks() if document else ():
            if document and block.message and block.message.key == key:
                made = self[asked] = deciding.shown(block.message, block.inline, document.scope, path)
                return made
        shown = self.live.language(self.locale)
        return next(one for one in shown.table.interface if one.message.key == key)


def signing(live: Live, locale: str) -> Project:
    """The site for a verb of review, at this very moment."""
    made = heir(live.project, (), live.now())
    made.alone[locale] = Own(live, locale)
    return made


def signatures(live: Live, locale: str, message: Message) -> tuple[Project, list[review.Signable]]:
    """A text as somebody signs for it, with every signature under it."""
    project = signing(live, locale)
    return project, review.texts(project, locale, f"{message.span.path}#{ident(message.key)}")
