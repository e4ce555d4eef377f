"""The only place that decides what is shown: one message, one language → the text, the language it is in, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.catalog.po_entry import Entry
from pipeline.catalog.po_file import Catalog
from pipeline.changes.edit_log import NO_LOG, Log
from pipeline.changes.lineage import Standing, carried_strings, standing
from pipeline.checks import check as checks
from pipeline.checks.rules import length
from pipeline.content.markup import Form, Inline, Scope, parse, translated
from pipeline.core.locales import Locale, plural_rule
from pipeline.core.model import Action, Change, Finding, Key, Level, Message, Resolution, Review, Severity, Span, State
from pipeline.core.policy import NOTHING, Said, Terms, gravest, of_change, of_review
from pipeline.resolve.rules import PLAIN, Standards
from pipeline.review.recalls import Recall
from pipeline.review.reviews import pair_of

STUB = "stub"
"""What is told of a text whose English is withdrawn too: the text in its place says so itself."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One locale's catalog, ready to be asked: its live entries and all of them by key, the edit log, its plural rule.

    `standards` are what its translations are held to.
    """

    locale: Locale
    path: str
    entries: Mapping[Key, Entry]
    known: Mapping[Key, Entry]
    log: Log
    plurals: tuple[int, Callable[[int], int]] | None
    standards: Standards = PLAIN


class Verdict(NamedTuple):
    """What one voice says: the state of its entry, its text where it may be shown, and why."""

    state: State
    text: Inline | None = None
    findings: tuple[Finding, ...] = ()
    change: Change | None = None
    review: Review | None = None
    said: Said = NOTHING


def voice(locale: Locale, catalog: Catalog, log: Log = NO_LOG, standards: Standards = PLAIN) -> Voice:
    """A catalog as a voice. The file's own plural rule wins where it is one we know."""
    own = catalog.metadata("Plural-Forms")
    known = {entry.key: entry for entry in sorted(catalog.entries, key=lambda entry: not entry.obsolete)}
    return Voice(locale, catalog.path, catalog.live(), known, log, plural_rule(own or locale.plurals), standards)


def resolve(
    message: Message, english: Inline, scope: Scope, voices: Sequence[Voice], source: str, count: int | None = None
) -> Resolution:
    """What is shown for `message`: the first voice of the chain that has a translation fit to show, else the English.

    `voices` are the locale's own and its parents', nearest first; `source` is the name of the English locale; `count` picks a plural form.
    The policy of the page's language holds for what a parent says, and what is wrong in its own entry stays said.
    """
    if voices and (recall := voices[0].standards.recalled(message.key, voices[0].log)):
        return withdrawn(message, english, recall, voices, voices[0].standards, source)
    first: Resolution | None = None
    for speaker in voices:
        entry = speaker.entries.get(message.key)
        found = judge(message, english, scope, speaker, entry, count, voices[0].locale.name)
        text, spoken = (english, source) if found.text is None else (found.text, speaker.locale.name)
        action = gravest(found.said)
        told = () if found.text is None else tuple(row for row, what in found.said.items() if what is Action.NOTICE)
        findings = (*(first.findings if first else ()), *found.findings)
        made = Resolution(message, found.state, text, spoken, findings, found.change, found.review, action, told)
        if found.text is not None or action is Action.HOLD:
            return made
        first = first or made
    return first or Resolution(message, State.UNTRANSLATED, english, source)


def original(message: Message, english: Inline, source: str, standards: Standards, log: Log) -> Resolution:
    """What is shown for `message` in the language it is written in, and who vouches for the English."""
    if (recall := standards.recalled(message.key, log)) and recall.stub:
        return withdrawn(message, english, recall, (), standards, source)
    review = standards.review_of_source(message, log)
    return Resolution(message, State.TRANSLATED, english, source, review=review)


def withdrawn(
    message: Message,
    english: Inline,
    recall: Recall,
    voices: Sequence[Voice],
    standards: Standards,
    source: str,
) -> Resolution:
    """A recalled message: its English, or where that is withdrawn too the site's text for such a place."""
    if not recall.stub:
        return Resolution(message, State.RECALLED, english, source, action=Action.ENGLISH)
    stub = standards.stub
    said = parse(stub.key.msgid, Form.TEMPLATE)
    for speaker in voices:
        found = judge(stub, said, Scope(), speaker, speaker.entries.get(stub.key), None, voices[0].locale.name)
        if found.text is not None:
            return Resolution(message, State.RECALLED, found.text, speaker.locale.name, told=(STUB,))
    return Resolution(message, State.RECALLED, said, source, told=(STUB,))


def judge(
    message: Message,
    english: Inline,
    scope: Scope,
    speaker: Voice,
    entry: Entry | None,
    count: int | None,
    locale: str,
) -> Verdict:
    """What becomes of one entry on a page of `locale`: what is shown of it, and what the checks say of it.

    A stale text is held to the English of today before it is shown; what it lacks is the edit's doing, not an error of its own.
    """
    if entry is None or not any(entry.strings):
        return Verdict(State.UNTRANSLATED)
    if not all(entry.strings):
        empty = ", ".join(f"msgstr[{at}]" for at, string in enumerate(entry.strings) if not string)
        text = f"The form {empty} is empty, so the English is shown. Translate every form."
        amiss = Finding(
            "plural",
            Level.WARNING,
            text,
            Span(speaker.path, entry.line),
            speaker.locale.name,
            message.key,
            message.span,
        )
        return Verdict(State.UNTRANSLATED, None, () if entry.fuzzy else (amiss,))
    now = standing(entry, speaker.log, speaker.known)
    terms = speaker.standards.terms(locale, message)
    change, said = None, NOTHING
    if now.state is not State.TRANSLATED:
        grave = Severity.CRITICAL if now.state is State.STALE and message.critical else now.severity
        change = Change(now.made_for, grave, now.since, now.reasons)
        if now.state is State.SUGGESTED:
            return Verdict(now.state, change=change)
        said = of_change(terms, change, speaker.standards.today)
        if speaker.standards.recalled(now.made_for, speaker.log):
            said = {**said, "recalled": Action.ENGLISH}
        if gravest(said) >= Action.ENGLISH:
            return Verdict(State.STALE, change=change, said=said)
    if wrong := forms_amiss(message, speaker, entry):
        amiss = Finding(
            "plural",
            Level.WARNING,
            wrong,
            Span(speaker.path, entry.line),
            speaker.locale.name,
            message.key,
            message.span,
        )
        return Verdict(State.UNTRANSLATED, None, (amiss,))
    strings = carried_strings(speaker.known[now.made_for], entry) if now.state is State.CARRIED else None
    texts = [parsed(string, english, scope) for string in strings or entry.strings]
    found = tuple(complaints(message, english, texts, speaker, entry, scope))
    if any(finding.level is Level.ERROR for finding in found):
        return Verdict(State.STALE, change=change) if now.state is State.STALE else Verdict(State.UNSAFE, None, found)
    review = vouched(speaker, entry, now, terms)
    said = {**said, **of_review(terms, review)}
    if gravest(said) >= Action.ENGLISH:
        state = State.STALE if now.state is State.STALE else State.UNREVIEWED
        return Verdict(state, None, found, change, review, said)
    index = speaker.plurals[1](count) if entry.plural is not None and speaker.plurals and count is not None else 0
    return Verdict(now.state, texts[index], () if now.state is State.STALE else found, change, review, said)


def vouched(speaker: Voice, entry: Entry, now: Standing, terms: Terms) -> Review:
    """Who vouches for an entry; of a stale one, who vouched for it as a translation of the English it was made for."""
    ledger, carried = speaker.standards.ledger(speaker.locale.name), None
    if now.state is State.CARRIED:
        origin = speaker.known[now.made_for]
        carried = pair_of(now.made_for, origin.strings, origin.plural)
    pair = pair_of(entry.key, entry.strings, entry.plural)
    if now.state is State.STALE:
        plural = entry.previous.plural if entry.previous else entry.plural
        pair = pair_of(now.made_for, entry.strings, plural)
    return ledger.review(pair, terms, speaker.log, carried)


def forms_amiss(message: Message, speaker: Voice, entry: Entry) -> str:
    """What is wrong with the number of an entry's plural forms, in words; "" where nothing is."""
    if entry.plural is None and message.plural is None:
        return ""
    if (entry.plural is None) != (message.plural is None):
        return "The English has a plural and this entry has none, or the other way round. Run `lockstep update`."
    if speaker.plurals is None:
        return (
            "The Plural-Forms of this catalog's header is no rule that CLDR knows for any language. Correct the header."
        )
    if len(entry.strings) != speaker.plurals[0]:
        return (
            f"The language has {speaker.plurals[0]} plural forms, this entry {len(entry.strings)}. Add or remove forms."
        )
    return ""


def of_one_number(form: int, rule: Callable[[int], int]) -> bool:
    """Whether a plural form stands for one number, or (French) none and one, which it may say in words: *one page*, the Arabic dual."""
    return sum(rule(n) == form for n in range(201)) <= 2


def parsed(string: str, english: Inline, scope: Scope) -> Inline:
    """A translation, parsed; one that is too long to show is not worth parsing."""
    if len(string.encode(errors="replace")) > length.limit(english.source):
        return Inline(string, english.form, ())
    return translated(string, english, scope)


def complaints(
    message: Message, english: Inline, texts: Sequence[Inline], speaker: Voice, entry: Entry, scope: Scope
) -> Iterator[Finding]:
    """What the checks say of an entry, as the site's standards weigh it; what a named person accepted is not said."""
    standards, said = speaker.standards, set()
    whole = either = english
    if message.plural is not None:
        whole = parse(message.plural, english.form, scope)
        either = parse(f"{message.key.msgid} {message.plural}", english.form, scope)
    for form, text in enumerate(texts):
        alone = speaker.plurals is not None and entry.plural is not None and of_one_number(form, speaker.plurals[1])
        pair = checks.Pair(
            either if alone else whole,
            text,
            speaker.locale.name,
            alone,
            message.critical,
            standards.glossary,
            standards.source,
        )
        for check, complaint in checks.run(pair):
            level = standards.level(check, pair, message.span.path)
            if (
                level is None
                or (check.code, complaint) in said
                or standards.accepted(check, speaker.locale.name, message.key, entry.strings)
            ):
                continue
            said.add((check.code, complaint))
            yield Finding(
                check.code,
                level,
                complaint,
                Span(speaker.path, entry.line),
                speaker.locale.name,
                message.key,
                message.span,
            )
