"""The only place that decides what is shown: one message, one language → the text, the language it is in, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline import checks
from pipeline.catalog import Catalog
from pipeline.checks import length
from pipeline.locales import Locale, plural_rule
from pipeline.markup import Inline, Scope, parse, translated
from pipeline.model import Finding, Key, Level, Message, Resolution, Span, State
from pipeline.po import Entry


@dataclass(frozen=True, slots=True)
class Voice:
    """One locale's catalog, ready to be asked: entries by key, and which plural form a number takes."""

    locale: Locale
    path: str
    entries: Mapping[Key, Entry]
    plurals: tuple[int, Callable[[int], int]] | None


def voice(locale: Locale, catalog: Catalog) -> Voice:
    """A catalog as a voice. The file's own plural rule wins where it is one we know."""
    own = catalog.metadata("Plural-Forms")
    return Voice(locale, catalog.path, catalog.live(), plural_rule(own or locale.plurals))


def resolve(
    message: Message, english: Inline, scope: Scope, voices: Sequence[Voice], source: str, count: int | None = None
) -> Resolution:
    """What is shown for `message`: the first voice of the chain that has a translation fit to show, else the English.

    `voices` are the locale's own and its parents', nearest first; `source` is the name of the English locale; `count` picks a plural form.
    """
    first: Resolution | None = None
    for speaker in voices:
        entry = speaker.entries.get(message.key)
        state, text, findings = judge(message, english, scope, speaker, entry, count)
        if state is State.TRANSLATED and text is not None:
            return Resolution(message, state, text, speaker.locale.name, findings)
        first = first or Resolution(message, state, english, source, findings)
    return first or Resolution(message, State.UNTRANSLATED, english, source)


def judge(
    message: Message, english: Inline, scope: Scope, speaker: Voice, entry: Entry | None, count: int | None
) -> tuple[State, Inline | None, tuple[Finding, ...]]:
    """The state of one entry, its text where it may be shown, and what the checks say of it."""
    if entry is None or not all(entry.strings):
        return State.UNTRANSLATED, None, ()
    if entry.fuzzy:
        return State.STALE, None, ()
    if (entry.plural is None) != (message.plural is None) or (
        entry.plural is not None and (speaker.plurals is None or len(entry.strings) != speaker.plurals[0])
    ):
        return State.UNTRANSLATED, None, ()
    texts = [parsed(string, english, scope) for string in entry.strings]
    either = english if message.plural is None else parse(f"{message.key.msgid} {message.plural}", english.form, scope)
    found = tuple(complaints(message, either, texts, speaker, entry))
    if any(finding.level is Level.ERROR for finding in found):
        return State.UNSAFE, None, found
    index = speaker.plurals[1](count) if entry.plural is not None and speaker.plurals and count is not None else 0
    return State.TRANSLATED, texts[index], found


def parsed(string: str, english: Inline, scope: Scope) -> Inline:
    """A translation, parsed; one that is too long to show is not worth parsing."""
    if len(string.encode(errors="replace")) > length.limit(english.source):
        return Inline(string, english.form, ())
    return translated(string, english, scope)


def complaints(
    message: Message, english: Inline, texts: Sequence[Inline], speaker: Voice, entry: Entry
) -> Iterator[Finding]:
    for text in texts:
        for check, said in checks.run(checks.Pair(english, text, speaker.locale.name, entry.plural is not None)):
            yield Finding(
                check.code,
                check.level,
                said,
                Span(speaker.path, entry.line),
                speaker.locale.name,
                message.key,
                message.span,
            )
