"""The only place that decides what is shown: one message, one locale → the text, the language it is in, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from pipeline.catalog import Catalog, Entry
from pipeline.catalog.bundled import LABEL
from pipeline.catalog.po_entry import string_line
from pipeline.changes import lineage_of
from pipeline.changes.lineage import NOTHING as NOTHING_HELD
from pipeline.changes.lineage import Held, Known, Lineage, carried_strings
from pipeline.changes.texts import Around
from pipeline.checks import kept
from pipeline.checks.rules import length, untranslated
from pipeline.content import parse
from pipeline.content.inline import translated
from pipeline.content.structure import excess
from pipeline.core.inline import NOWHERE, Inline, Scope, Syntax
from pipeline.core.locales import Locale
from pipeline.core.model import Action, Change, Finding, Key, Level, Message, Resolution, Review, Severity, Span, ident
from pipeline.core.plurals import Rule, completed, fitting, plural_rule
from pipeline.core.policy import Terms
from pipeline.core.states import State
from pipeline.resolve.policy_eval import NOTHING, Verdicts, gravest, of_change, of_review
from pipeline.resolve.rules import NOTICES, Rules
from pipeline.review.confirmed import UNCHANGED
from pipeline.review.recalls import Recall
from pipeline.review.reviews import PairId, pair_of

STUB = "stub"
"""What is told of a text whose English is withdrawn too: the text in its place says so itself."""


@dataclass(frozen=True)
class Translations:
    """One locale's catalog, ready to be asked: its live entries and all of them by key. `plurals` is its `Plural-Forms`, that of
    the language where it states none."""

    locale: Locale
    path: str
    entries: Mapping[Key, Entry]
    known: Known
    plurals: str
    held: Held = NOTHING_HELD
    stated: bool = False

    def rule(self, count: int) -> str:
        """The `Plural-Forms` that picks among so many forms, "" where there is none."""
        own = self.locale.plurals
        usual = fitting(own, (own,), count) if self.plurals == own else ""
        return usual or fitting(self.plurals, self.locale.rules, count)

    def finding(self, code: str, level: Level, text: str, entry: Entry, message: Message) -> Finding:
        """Something a translator can mend in an entry."""
        return Finding(
            code, level, text, Span(self.path, string_line(entry)), self.locale.name, message.key, message.place
        )


def translations(locale: Locale, catalog: Catalog, held: Held = NOTHING_HELD) -> Translations:
    """A catalog's translations. The file's own plural rule wins where it is one for the language (see `fitting`)."""
    known = Known((entry.key, entry) for entry in sorted(catalog.entries, key=lambda entry: not entry.obsolete))
    stated = catalog.metadata("Plural-Forms")
    return Translations(locale, catalog.path, catalog.live(), known, stated or locale.plurals, held, bool(stated))


class Verdict(NamedTuple):
    """What one catalog says: the state of its entry, its texts (one, or one a plural form) where they may be shown, and why."""

    state: State
    texts: tuple[Inline, ...] = ()
    findings: tuple[Finding, ...] = ()
    change: Change | None = None
    review: Review | None = None
    verdicts: Verdicts = NOTHING


def resolve(message: Message, english: Inline, scope: Scope, chain: Sequence[Translations], rules: Rules) -> Resolution:
    """What is shown for `message`: the first of the chain that has a translation fit to show, else the English.

    `chain` are the locale's own translations and its parents', nearest first; none for the source language itself. The policy
    of the page's language holds for what a parent says, and what is wrong in its own entry stays said.
    """
    if not chain:
        return original(message, english, rules)
    if recall := rules.recalled(message.key):
        return withdrawn(message, english, recall, chain, rules)
    first: Resolution | None = None
    for asked in chain:
        entry = asked.entries.get(message.key)
        found = judge(message, english, scope, asked, entry, rules, chain[0].locale.name)
        text, spoken = (found.texts[0], asked.locale.name) if found.texts else (english, rules.source)
        action = gravest(found.verdicts)
        told = tuple(row for row, what in found.verdicts.items() if what is Action.NOTICE) if found.texts else ()
        findings = (*(first.findings if first else ()), *found.findings)
        made = Resolution(message, found.state, text, spoken, findings, found.change, found.review, action, told)
        if found.texts and message.plural is not None:
            made = replace(made, forms=found.texts, plurals=asked.rule(len(found.texts)))
        if found.texts or action is Action.HOLD:
            return made
        first = first or made
    return first or Resolution(message, State.UNTRANSLATED, english, rules.source)


def original(message: Message, english: Inline, rules: Rules) -> Resolution:
    """What is shown for `message` in the language it is written in, and who vouches for the English."""
    if (recall := rules.recalled(message.key)) and recall.stub:
        return withdrawn(message, english, recall, (), rules)
    return Resolution(message, State.TRANSLATED, english, rules.source, review=rules.review_of_source(message))


def withdrawn(
    message: Message, english: Inline, recall: Recall, chain: Sequence[Translations], rules: Rules
) -> Resolution:
    """A recalled message: its English, or where that is withdrawn too the site's text for such a place."""
    if not recall.stub:
        return Resolution(message, State.RECALLED, english, rules.source, action=Action.ENGLISH)
    stub = rules.stub
    said = parse(stub.key.msgid, Syntax.TEMPLATE)
    for asked in chain:
        found = judge(stub, said, NOWHERE, asked, asked.entries.get(stub.key), rules, chain[0].locale.name)
        if found.texts:
            return Resolution(message, State.RECALLED, found.texts[0], asked.locale.name, told=(STUB,))
    return Resolution(message, State.RECALLED, said, rules.source, told=(STUB,))


def counted(found: Resolution, count: int, source: str) -> Inline:
    """The text of a plural message for a number: the form that its catalog's rule picks, in the source language one or more."""
    if found.forms and (rule := plural_rule(found.plurals)):
        return found.forms[rule.form(count)]
    if found.spoken == source and found.message.plural is not None and STUB not in found.told:
        return parse(found.message.key.msgid if count == 1 else found.message.plural, Syntax.TEMPLATE)
    return found.text


def judge(
    message: Message,
    english: Inline,
    scope: Scope,
    asked: Translations,
    entry: Entry | None,
    rules: Rules,
    locale: str,
) -> Verdict:
    """What becomes of one entry on a page of `locale`: what is shown of it, and what the checks say of it.

    A stale text is held to the English of today before it is shown; what it lacks is the edit's doing, not an error of its own.
    """
    if entry is None or not any(entry.strings):
        return Verdict(State.UNTRANSLATED)
    filled = entry.strings
    if not all(filled):
        filled = completed(entry.strings, asked.rule(len(entry.strings)), asked.locale.rules)
    if not all(filled):
        empty = ", ".join(f"msgstr[{at}]" for at, string in enumerate(entry.strings) if not string)
        text = f"The form {empty} is empty, so the English is shown. Translate every form."
        amiss = asked.finding("plural", Level.WARNING, text, entry, message)
        return Verdict(State.UNTRANSLATED, (), () if entry.fuzzy else (amiss,))
    around = (Around(message.under, message.refs),)
    now = lineage_of(entry, rules.log, asked.known, asked.held, critical=message.critical, places=around)
    terms = rules.terms(locale, message)
    change, verdicts = None, NOTHING
    loose = (unchanged(asked, entry, now, message),) if now.unmarked else ()
    if now.state is State.STALE and unlogged(now, entry, rules):
        loose = (*loose, asked.finding("history", Level.WARNING, UNLOGGED, entry, message))
    if now.state is not State.TRANSLATED:
        grave = Severity.CRITICAL if now.state is State.STALE and message.critical else now.severity
        change = Change(now.made_for, grave, now.since, now.reasons)
        if now.state is State.SUGGESTED:
            return Verdict(now.state, (), loose, change)
        if message.span.path == NOTICES and (
            kept := last_good(message, english, asked, entry, now, change, rules, locale)
        ):
            return kept
        verdicts = of_change(terms, change, rules.today)
        if rules.withdrawn(now.origin, now.made_for):
            verdicts = {**verdicts, "recalled": Action.ENGLISH}
        if gravest(verdicts) >= Action.ENGLISH:
            return Verdict(State.STALE, (), loose, change, verdicts=verdicts)
    if wrong := forms_amiss(message, asked, entry):
        finding = asked.finding("plural", Level.WARNING, wrong, entry, message)
        return Verdict(State.UNTRANSLATED, (), () if told_of_file(message, asked, entry) else (finding,))
    origin = asked.known.get(now.made_for) if now.state is State.CARRIED else None
    strings = carried_strings(origin, entry, rules.log.refs) if origin else None
    texts = tuple(parsed(string, english, scope) for string in strings or filled)
    found = tuple(complaints(message, english, texts, asked, entry, scope, rules))
    if left_in_english(message, texts, found):
        return Verdict(State.UNTRANSLATED, (), found)
    if any(finding.level is Level.ERROR for finding in found):
        if now.state is State.STALE:
            return Verdict(State.STALE, (), loose, change)
        return Verdict(State.UNSAFE, (), found)
    review = vouched(asked, entry, now, terms, rules)
    verdicts = {**verdicts, **of_review(terms, review)}
    if gravest(verdicts) >= Action.ENGLISH:
        state = State.STALE if now.state is State.STALE else State.UNREVIEWED
        return Verdict(state, (), (*loose, *found), change, review, verdicts)
    return Verdict(now.state, texts, loose if now.state is State.STALE else found, change, review, verdicts)


UNLOGGED = (
    "This entry says that its English was edited, and locale/edits.jsonl has no such edit: lines of it were lost, in a rebase or a merge "
    "that kept one side. It counts as stale all the same. Restore them where git has them (`git log --all --reflog -p -- locale/edits.jsonl`)."
)


def unlogged(now: Lineage, entry: Entry, rules: Rules) -> bool:
    """Whether only an entry itself tells of the edit that it is stale by."""
    was, here = ident(now.made_for), ident(entry.key)
    return was != here and was not in (rules.log.ways(here) if here in rules.log.steps else ())


def unchanged(asked: Translations, entry: Entry, now: Lineage, message: Message) -> Finding:
    """The error that a text is what it was before its English changed, with no mark and nobody who stands by it."""
    was = " ".join(now.made_for.msgid.split())
    was = f"“{was if len(was) <= 60 else f'{was[:59].rstrip()}…'}”" if was else "another English text"
    if now.way and now.way[-1].loop:
        what = (
            f"This was translated where it stood elsewhere, and it says something else here ({'; '.join(now.reasons)})"
        )
    elif now.state is State.SUGGESTED:
        what = f"This is the translation of {was}, offered as a guess, and nobody changed it"
    else:
        what = f"This is still the translation of {was}, and since then the English changed ({'; '.join(now.reasons)})"
    todo = (
        "Mend the translation. If it is right as it stands, let a reviser sign for it (lockstep review), "
        f"or accept it by name (lockstep accept --check {UNCHANGED})."
    )
    return asked.finding(
        UNCHANGED, Level.ERROR, f"{what}. Taking off the mark confirms nothing. {todo}", entry, message
    )


def left_in_english(message: Message, texts: Sequence[Inline], found: Sequence[Finding]) -> bool:
    """Whether a text is the English itself, and its check says that this is no translation (which a person may have accepted).

    Only templates have plurals; their forms are said to be English and shown, or a language would go for want of one.
    """
    same = message.plural is None and texts[0].source == message.key.msgid
    return same and any(finding.code == untranslated.CHECK.code for finding in found)


def last_good(
    message: Message,
    english: Inline,
    asked: Translations,
    entry: Entry,
    now: Lineage,
    change: Change,
    rules: Rules,
    locale: str,
) -> Verdict | None:
    """A notice whose English was edited: its translation from before, as good as it was then, and an error until there is a
    new one. None where the ordinary way holds.

    What a notice says is what its place means, however the English is worded; without it the whole language would go.
    """
    terms = rules.terms(locale, message)
    served = now.state is State.CARRIED and gravest(of_change(terms, change, rules.today)) < Action.ENGLISH
    unknown = not now.made_for.msgid  # nobody can say whether it was good
    if served or unknown or rules.withdrawn(now.origin, now.made_for) or forms_amiss(message, asked, entry):
        return None
    was = replace(message, key=now.made_for, plural=entry.previous.plural if entry.previous else message.plural)
    before = parse(was.key.msgid, english.syntax)
    either = english if message.plural is None else parse(f"{message.key.msgid} {message.plural}", english.syntax)
    texts = tuple(parsed(string, either, NOWHERE) for string in entry.strings)
    wrong = any(one.level is Level.ERROR for one in complaints(was, before, texts, asked, entry, NOWHERE, rules))
    if wrong or not all(text.nodes and not excess(either, text) for text in texts):
        return None
    review = vouched(asked, entry, now, terms, rules)
    verdicts = of_review(terms, review)
    if gravest(verdicts) >= Action.ENGLISH:
        return None
    since = f" on {change.since}" if change.since else ""
    text = (
        f"The English of this notice changed{since}. Readers still get the translation from before. Translate it anew."
    )
    return Verdict(
        now.state,
        texts,
        (asked.finding("notice", Level.ERROR, text, entry, message),),
        change,
        review,
        verdicts,
    )


def vouched(asked: Translations, entry: Entry, now: Lineage, terms: Terms, rules: Rules) -> Review:
    """Who vouches for an entry; of a stale one, who vouched for it as a translation of the English it was made for."""
    ledger, carried = rules.records.ledger(asked.locale.name), None
    if not ledger.rows:
        return ledger.review(NOBODY, terms)
    origin = asked.known.get(now.made_for)
    if now.state is State.CARRIED and origin and all(step.looks for step in now.way):
        carried = pair_of(now.made_for, origin.strings, origin.plural)
    pair = pair_of(entry.key, entry.strings, entry.plural)
    if now.state is State.STALE:
        plural = entry.previous.plural if entry.previous else entry.plural
        pair = pair_of(now.made_for, entry.strings, plural)
    found = ledger.review(pair, terms, rules.log, carried)
    return replace(found, label=True) if entry.key.context == LABEL and ledger.shipped(pair) else found


NOBODY = PairId("", "")
"""The pair that is asked for where nobody signed for any."""


def forms_amiss(message: Message, asked: Translations, entry: Entry) -> str:
    """What is wrong with the number of an entry's plural forms, in words; "" where nothing is."""
    if entry.plural is None and message.plural is None:
        return ""
    if (entry.plural is None) != (message.plural is None):
        return "The English has a plural and this entry has none, or the other way round. Run `lockstep update`."
    if not asked.rule(len(entry.strings)):
        known = asked.locale.plurals if plural_rule(asked.plurals) is None else asked.plurals
        return (
            f"This entry has {len(entry.strings)} plural forms, and no rule says which to show. Correct Plural-Forms in the "
            f"header, or give as many forms as here: {known}"
        )
    return ""


def told_of_file(message: Message, asked: Translations, entry: Entry) -> bool:
    """Whether it is said of the file already, as an error, that an entry has another number of forms than its header states."""
    rule = plural_rule(asked.plurals) if asked.stated and message.plural is not None else None
    return rule is not None and entry.plural is not None and rule.count != len(entry.strings)


@lru_cache(maxsize=256)
def of_one_number(form: int, rule: Rule) -> bool:
    """Whether a plural form stands for one number, or (French) none and one, which it may say in words: *one page*, the Arabic dual."""
    return sum(rule.form(n) == form for n in range(201)) <= 2


def parsed(string: str, english: Inline, scope: Scope) -> Inline:
    """A translation, parsed; one that is too long to show is not worth parsing."""
    if len(string.encode(errors="replace")) > length.limit(english.source):
        return Inline(string, english.syntax, ())
    return translated(string, english, scope)


def complaints(
    message: Message,
    english: Inline,
    texts: Sequence[Inline],
    asked: Translations,
    entry: Entry,
    scope: Scope,
    rules: Rules,
) -> Iterator[Finding]:
    """What the checks say of an entry, at the site's levels; what a named person accepted is not said."""
    told: set[tuple[str, str]] = set()
    whole = either = english
    if message.plural is not None:
        whole = parse(message.plural, english.syntax, scope)
        either = parse(f"{message.key.msgid} {message.plural}", english.syntax, scope)
    rule = plural_rule(asked.rule(len(texts))) if entry.plural is not None else None
    for form, text in enumerate(texts):
        alone = rule is not None and of_one_number(form, rule)
        ours = either if alone else whole
        strict, found = kept.complaints(
            rules.store, ours, text, asked.locale.name, alone, message.critical, rules.glossary, rules.source
        )
        for check, complaint in found:
            level = rules.levels.of(check, asked.locale.name, message.span.path)[strict]
            if (
                level is None
                or (check.code, complaint) in told
                or rules.accepted(check, asked.locale.name, message.key, entry.strings)
            ):
                continue
            told.add((check.code, complaint))
            yield asked.finding(check.code, level, complaint, entry, message)
