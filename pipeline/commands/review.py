"""Reviews: a named person signs for translations, takes a signature back, and an auditor asks what stands.

Only what readers may see is signed for: a live translation that is in step with its English and passed its checks.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.catalog import Entry
from pipeline.changes import Log, Occurrence, edit_log, lineage_of, occurrences
from pipeline.changes.occurrences import stem
from pipeline.changes.people import PATH
from pipeline.core.errors import LockstepError
from pipeline.core.ledger import save
from pipeline.core.measures import values_in
from pipeline.core.model import Finding, Level, Resolution, Severity, ident
from pipeline.core.policy import ROLES
from pipeline.core.signers import APART, Likeness, Signer, given, likeness
from pipeline.core.states import State
from pipeline.project.project import Project
from pipeline.resolve.coverage import words
from pipeline.review import reviews
from pipeline.review.confirmed import UNCHANGED, seen
from pipeline.review.reviews import BACK, CARRIED, SIGNED, VOID, Line, PairId, Reviews, Signature, pair_of

SAME, CHANGED, NOT_NOTED = "as signed", "the page changed since", "the page was not noted"
"""What has become of a page since somebody signed for a text on it."""
STAMP = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Signable:
    """One text of a page in one language: where it stands, what is shown and why, its pair (None: nothing is translated),
    every signature under it, and the digest of the page as it is ("" where it stands on none)."""

    place: Occurrence
    shown: Resolution
    translation: tuple[str, ...]
    pair: PairId | None
    signatures: tuple[Signature, ...]
    page: str = ""

    def read(self, line: Line) -> str:
        """Whether the page is as it was when somebody signed, in words."""
        if not self.page or line.seen == self.page:
            return SAME if self.page else ""
        return CHANGED if line.seen else NOT_NOTED


@dataclass(frozen=True, slots=True)
class Signing:
    """What a person signs as: role, name, qualification, and what they say of the text."""

    role: str
    name: str
    qualification: str = ""
    origin: str = ""
    note: str = ""
    back_translation: bool = False


def texts(project: Project, locale: str, target: str = "") -> list[Signable]:
    """The texts of a language, all of them or those that `PAGE[#block]` names, in reading order."""
    by_name = project.settings.by_name
    if locale not in by_name:
        raise LockstepError(f"{locale!r} is no language of this site", todo=f"They are: {', '.join(by_name)}.")
    known = project.occurrences
    wanted = occurrences.at(known, target) if target else (place for group in known.values() for place in group)
    own = project.own(locale)
    return [text(project, locale, place, own[place.path, place.key]) for place in wanted]


def text(project: Project, locale: str, place: Occurrence, shown: Resolution) -> Signable:
    """One text with its signatures. The English is its own translation."""
    ledger = project.records.ledger(locale)
    page = project.page_digests.get(place.path, "")
    if locale == project.settings.english.name:
        pair = pair_of(place.key, (place.key.msgid,))
        return Signable(place, shown, (place.key.msgid,), pair, ledger.signatures(pair, project.log), page)
    entry = project.catalogs[locale].live().get(place.key)
    if entry is None or not all(entry.strings) or entry.fuzzy:
        return Signable(place, shown, (), None, (), page)
    pair = pair_of(place.key, entry.strings, entry.plural)
    carried = origin_of(project, locale, entry)
    return Signable(place, shown, entry.strings, pair, ledger.signatures(pair, project.log, carried), page)


def around(project: Project, locale: str, one: Signable) -> tuple[str, ...]:
    """What a text stands under, for the ledger, where it was made under other texts; else ()."""
    asked = project.translations.get(locale)
    entry = asked.entries.get(one.place.key) if asked else None
    if asked is None or entry is None or not asked.held.elsewhere(entry, project.log):
        return ()
    return seen(one.place.around)


def origin_of(project: Project, locale: str, entry: Entry) -> PairId | None:
    """The pair that an entry was carried over from."""
    asked = project.translations[locale]
    now = lineage_of(entry, project.log, asked.known, asked.held)
    made_for = asked.known.get(now.made_for)
    if now.state is not State.CARRIED or made_for is None or not all(step.looks for step in now.way):
        return None
    return pair_of(now.made_for, made_for.strings, made_for.plural)


def sign(project: Project, locale: str, targets: Sequence[str], by: Signing) -> tuple[tuple[Line, ...], list[Signable]]:
    """Sign for the texts that `targets` name. Returns the lines written and the texts that cannot be signed for.

    Raises LockstepError, nothing being written, where the name or the role is missing, there is no such text, or the
    person has another role for it already.
    """
    asked(locale, targets)
    if not by.role:
        raise LockstepError("a signature has a role", todo="Give --as translator, --as reviser or --as clinician.")
    signer = given(by.name, "a signature")
    if by.role not in ROLES:
        raise LockstepError(f"{by.role!r} is no role", todo=f"The roles are: {', '.join(ROLES)}.")
    if why := project.records.ledger(locale).who.unlisted(signer.name, by.role, locale):
        raise LockstepError(why, path=PATH, todo="Let somebody sign who is listed. Nothing was written.")
    if locale == project.settings.english.name and by.role != "clinician":
        raise LockstepError("nobody translated the English", todo="Only a clinician signs for it: --as clinician")
    qualification = by.qualification.strip() or known_as(project, locale, by.role, signer)
    found = [one for target in targets for one in texts(project, locale, target)]
    ledger = readable(project, locale)
    now = project.clock.stamp
    lines: dict[tuple[PairId, str], Line] = {}
    skipped = []
    for one in found:
        if one.pair is None or not (one.shown.state.traits.signable or (by.role == "reviser" and unchanged(one))):
            skipped.append(one)
            continue
        date = later(now, ledger.voids([one.pair], project.log))
        lines[one.pair, one.place.path] = Line(
            SIGNED,
            one.pair,
            date,
            by.role,
            signer.name,
            qualification,
            by.origin,
            BACK if by.back_translation else "",
            " ".join(by.note.split()),
            page=one.place.path,
            block=one.place.block,
            seen=one.page,
            values=values_in(english_of(one), project.content.weighing),
            under=around(project, locale, one),
        )
    if project.content.weighing:
        ledger = replace(ledger, facts=project.content.weighing)
    more = ledger.added(lines.values())
    for one in found:
        if one.pair is None or (one.pair, one.place.path) not in lines:
            continue
        for signature in more.signatures(one.pair, project.log, carried_of(project, locale, one)):
            if signature.line == lines[one.pair, one.place.path] and signature.why:
                raise LockstepError(
                    f"{signer.name} cannot sign as {by.role} ({one.place.path}#{one.place.block}): {signature.why}",
                    path=more.path,
                    todo=f"Each role takes another person. {APART} Nothing was written.",
                )
    save(project.root, ledger, more)
    return tuple(lines.values()), skipped


def english_of(one: Signable) -> str:
    """The English of a text, its plural too."""
    return f"{one.place.key.msgid} {one.shown.message.plural or ''}"


def unchanged(one: Signable) -> bool:
    """Whether a text waits for somebody who stands by it as it is, though its English changed."""
    return any(finding.code == UNCHANGED for finding in one.shown.findings)


def later(now: str, voids: Sequence[Line]) -> str:
    """Now, or a second after the last of the lines that take back, where that was in this very second."""
    last = max((void.at for void in voids), default="")
    second = datetime.timedelta(seconds=1)
    return (datetime.datetime.strptime(last, STAMP) + second).strftime(STAMP) if last == now else now


def carried_of(project: Project, locale: str, one: Signable) -> PairId | None:
    entry = project.catalogs[locale].live().get(one.place.key) if locale in project.catalogs else None
    return origin_of(project, locale, entry) if entry else None


def readable(project: Project, locale: str) -> Reviews:
    """The ledger of a language. Raises LockstepError where a line of it cannot be read: what it says might count here."""
    ledger = project.records.ledger(locale)
    if ledger.findings:
        wrong = ledger.findings[0]
        raise LockstepError(wrong.text, path=wrong.span.path, line=wrong.span.line, todo="Nothing was written.")
    return ledger


def known_as(project: Project, locale: str, role: str, who: Signer) -> str:
    """The qualification that a person stated last in this role, under a name that is theirs without doubt; a translator's and
    a reviser's hold for one language."""
    ledgers = project.records.ledgers.values() if role == "clinician" else [project.records.ledger(locale)]
    said = [
        line
        for ledger in ledgers
        for line in ledger.rows
        if line.qualification and line.role == role and line.how == SIGNED
        if likeness(Signer.parse(line.name), who) is Likeness.SAME
    ]
    return max(said, key=lambda line: line.at).qualification if said else ""


def asked(locale: str, targets: Sequence[str]) -> None:
    """Raises LockstepError where no page is named."""
    if not targets:
        raise LockstepError("nothing to sign for", todo=f"Name a page: lockstep review {locale} pain-pump --as reviser")


def void(project: Project, locale: str, targets: Sequence[str], role: str, by: str, note: str) -> tuple[Line, ...]:
    """Take back every valid signature (or those of one role) under the texts that `targets` name; returns the lines written.

    Raises LockstepError where a name or a reason is missing, or nothing is there to take back.
    """
    asked(locale, targets)
    note = " ".join(note.split())
    if not by.strip() or not note:
        raise LockstepError(
            "taking back a signature needs a name and a reason", todo='Give --by "NAME" and --note "TEXT".'
        )
    signer = given(by, "taking back a signature")
    ledger, date = readable(project, locale), project.clock.stamp
    lines = {
        one.pair: Line(VOID, one.pair, date, role, signer.name, note=note, page=one.place.path, block=one.place.block)
        for target in targets
        for one in texts(project, locale, target)
        if one.pair and any(not signature.why and role in {"", signature.line.role} for signature in one.signatures)
    }
    if not lines:
        raise LockstepError(
            "no valid signature stands there", todo=f"See: lockstep review {locale} {' '.join(targets)} --list"
        )
    more = ledger.added(lines.values())
    for pair, line in lines.items():
        for signature in more.signatures(pair, project.log):
            if not signature.why and role in {"", signature.line.role} and signature.line.at > line.at:
                raise LockstepError(
                    f"the signature of {signature.line.name} at {line.page}#{line.block} is dated later and would stay",
                    path=more.path,
                    line=more.span(signature.line).line,
                    todo="Correct its date. Nothing was written.",
                )
    save(project.root, ledger, more)
    return tuple(lines.values())


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A row for an auditor: a text, its translation, and one signature under it (or none), valid or why not."""

    page: str
    block: str
    english: str
    translation: str
    line: Line | None
    origin: str
    why: str
    read: str = ""
    """What has become of the page since."""


def rows(project: Project, locale: str, targets: Sequence[str] = ()) -> Iterator[AuditRow]:
    """Every text with every signature, then the signatures under texts that are no more; all, or those of `targets`."""
    return (row for row in every_row(project, locale) if not targets or wanted(row.page, row.block, targets))


def wanted(page: str, block: str, targets: Sequence[str]) -> bool:
    """Whether one of the targets names this block, its section or its page."""
    names = {page, page.removeprefix("source/"), stem(page)}
    return any(
        target.partition("#")[0] in names and target.partition("#")[2] in {"", block, block.rpartition(".")[0]}
        for target in targets
    )


def every_row(project: Project, locale: str) -> Iterator[AuditRow]:
    """The rows of a language."""
    seen: set[Line] = set()
    now: set[str] = set()
    for one in texts(project, locale):
        now.add(ident(one.place.key))
        origin = one.shown.review.origin if one.shown.review else ""
        where = (one.place.path, one.place.block, one.place.key.msgid, " / ".join(one.translation))
        seen.update(signature.line for signature in one.signatures)
        for signature in one.signatures:
            line = signature.line
            yield AuditRow(*where, line, line.origin or origin, signature.why, one.read(line))
        if not one.signatures:
            why = "nobody signed" if one.pair else f"not translated ({one.shown.state})"
            yield AuditRow(*where, None, origin, why)
    for line in project.records.ledger(locale).rows:
        if line.how == SIGNED and line.role and line not in seen:
            why = (
                "the translation changed since" if line.pair.message in now else "the English changed since, or is gone"
            )
            yield AuditRow(line.page, line.block, "", "", line, line.origin, why)


def verify(project: Project) -> tuple[list[Finding], dict[str, tuple[int, int]]]:
    """Recompute every ledger from the files: what is wrong in them, and by language how many signatures hold and how many
    do not. A signature that ended with a change of its texts is not wrong."""
    log, recalled = project.log, project.records.recalls
    found: list[Finding] = [*recalled.findings, *recalled.idle(), *log.idle()]
    found += (finding for former in project.former.values() for finding in former.findings)
    counts = {}
    for locale, ledger in project.records.ledgers.items():
        found += (*ledger.findings, *ledger.ahead())
        found += (wrong for wrong in wrongs(project, locale, ledger))
        signed = [row for row in rows(project, locale) if row.line is not None]
        valid = {row.line for row in signed if not row.why}
        counts[locale] = (len(valid), len({row.line for row in signed} - valid))
    return found, counts


def ended(project: Project, locale: str) -> list[AuditRow]:
    """The signatures of a language that hold no more, each once, where nobody of their role has signed for the place since."""
    every = [row for row in rows(project, locale) if row.line is not None]
    held = {(row.page, row.block, row.line.role) for row in every if row.line and not row.why}
    valid = {row.line for row in every if not row.why}
    return [
        row
        for row in {row.line: row for row in reversed(every)}.values()
        if row.line and row.line not in valid and (row.page, row.block, row.line.role) not in held
    ][::-1]


def wrongs(project: Project, locale: str, ledger: Reviews) -> Iterator[Finding]:
    """What a ledger says that is not so."""

    def said(line: Line, level: Level, what: str) -> Finding:
        return Finding("reviews", level, what, ledger.span(line), locale)

    for line in ledger.rows:
        if line.how == CARRIED and not reviews.carries_over(project.log, line):
            what = "The edit log does not say that only looks changed here, so no signature is carried over."
            yield said(line, Level.WARNING, f"{what} Have the translation reviewed again.")
        for before, change in moved(ledger, line, project.log):
            what = (
                f"This translation was signed for on {before.day}; then the English changed ({change}), and the same "
                "translation was signed for again. Make sure that it was read again."
            )
            yield said(line, Level.WARNING, what)
    told: set[Line] = set()
    for one in texts(project, locale):
        for signature in one.signatures:
            if signature.line in told:
                continue
            told.add(signature.line)
            if "same person" in signature.why:
                what = f"{signature.line.name} signed as {signature.line.role}, but {signature.why}. It does not count."
                yield said(signature.line, Level.ERROR, what)
            elif not signature.why and one.shown.state is State.UNSAFE:
                what = "This translation is signed for, but a check withholds it (lockstep check)."
                yield said(signature.line, Level.WARNING, what)
            elif not signature.why and locale != project.settings.english.name and same_words(one):
                what = "This translation is signed for, but it is the English. Translate it, or say in --note why."
                yield (
                    said(signature.line, Level.WARNING, what)
                    if not signature.line.note
                    else said(signature.line, Level.INFO, f"It is the English, on purpose: {signature.line.note}")
                )


def moved(ledger: Reviews, line: Line, log: Log) -> Iterator[tuple[Line, str]]:
    """The earlier signature under the very same translation of an English that has changed gravely since, and that change."""
    if line.how != SIGNED or not line.role:
        return
    ways = log.ways(line.pair.message)
    for was in ways:
        before = ledger.by_pair.get(PairId(was, line.pair.translation), ())
        earlier = [old for old in before if old.how == SIGNED and old.role == line.role and old.at < line.at]
        if earlier and edit_log.gravest(ways[was]) is Severity.CRITICAL:
            yield earlier[-1], "; ".join(edit_log.reasons(ways[was]))
            return


def same_words(one: Signable) -> bool:
    """Whether a translation of some length is its English."""
    return one.translation[:1] == (one.place.key.msgid,) and words(one.place.key.msgid) > 3
