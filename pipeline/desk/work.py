"""What the desk does, each thing by one call: read, judge, save, undo, sign. Everything here happens in one thread, in turn.

A save writes one entry, a signature one line of a ledger, by the same hands as the verbs of the command line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.catalog import Entry
from pipeline.commands import decide, entries, looked, review
from pipeline.commands.review import Signing
from pipeline.content.content import Page
from pipeline.content.files import below
from pipeline.core import inputs
from pipeline.core.errors import LockstepError
from pipeline.core.model import Message, ident
from pipeline.desk import card as cards
from pipeline.desk.guard import Asked, Refused
from pipeline.live import Live
from pipeline.live.anew import OF_RECORDS, heir
from pipeline.resolve import coverage, worklist
from pipeline.resolve.coverage import Coverage

UNDONE = 200
"""How many saves can be taken back."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who sits at the desk, as said at its start. `edits`: whether they may write translations, `writes`: anything at all."""

    role: str = ""
    name: str = ""
    qualification: str = ""
    edits: bool = True
    writes: bool = True


@dataclass
class Work:
    """The site and whoever works on it."""

    live: Live
    person: Person
    saved: list[tuple[str, Message, str, Entry]] = field(default_factory=list)
    """What was saved: language, message, the stamp of the entry as it was saved, the entry before."""
    tokens: set[str] = field(default_factory=set)
    """What was handed out to be looked at, as tokens of `looked`."""

    # pages ----------------------------------------------------------------------------------------

    def address(self, path: str) -> tuple[str, Page] | None:
        """The language and the page that stand at an address below the site."""
        tag, _, rest = path.strip("/").partition("/")
        name = next((one.name for one in self.live.settings.by_name.values() if one.tag == tag), None)
        slug = rest.removesuffix("index.html").strip("/")
        page = next((one for one in self.live.content.pages if one.slug == slug), None)
        return (name, page) if name and page else None

    def page(self, path: str) -> bytes | None:
        """The page at an address, as a build would make it now."""
        found = self.address(path)
        return self.live.page(found[0], found[1].path).output.body if found else None

    def missing(self, path: str) -> bytes:
        """What the site shows at an address where it has no page, as a server shows it."""
        return self.live.missing(path.strip("/").partition("/")[0]).output.body

    def file(self, path: str) -> bytes | None:
        """A file that is published as it is, by its address; None for anything else, wherever it leads."""
        folder, _, name = path.strip("/").partition("/")
        if folder == "assets" and name in self.live.content.assets:
            return inputs.read(self.live.root, f"source/{name}")
        if folder == "static" and f"templates/{folder}/{name}" in {*below(self.live.root, "templates/static")}:
            return inputs.read(self.live.root, f"templates/static/{name}")
        return None

    def site(self) -> dict[str, Any]:
        """What there is to work on, and who does."""
        settings, person = self.live.settings, self.person
        english = self.live.language(settings.english.name)
        titles = english.edition.titles
        return {
            "english": settings.english.name,
            "locales": [
                {"name": one.name, "tag": one.tag, "dir": one.direction, "title": one.endonym, "english": one.english}
                for one in settings.by_name.values()
            ],
            "pages": [
                {"path": page.path, "href": page.href, "title": titles[page.path].text}
                for page in self.live.content.pages
            ],
            "person": {"role": person.role, "name": person.name, "edits": person.edits, "writes": person.writes},
            "site": str(self.live.root),
        }

    def blocks(self, locale: str, path: str) -> dict[str, Any]:
        """Every text of a page in its order, and how each stands."""
        shown, page = self.language(locale), self.live.content.by_path.get(path)
        if page is None:
            raise Refused(404, "There is no such page.")
        names = shown.edition.site.names(page)
        rows = shown.rows[path]
        return {
            "trouble": self.live.trouble,
            "blocks": [
                {
                    "id": ident(one.message.key),
                    "name": names.get(number, ""),
                    "state": one.state.value,
                    "words": one.state.traits.words,
                    "done": one.state.done,
                    "level": max(
                        (str(f.level) for f in one.findings), key=("info", "warning", "error").index, default=""
                    ),
                    "text": one.text.source[:120],
                    "spoken": one.spoken,
                }
                for number, one in rows.items()
            ],
        }

    def language(self, name: str) -> Any:
        if name not in self.live.settings.by_name:
            raise Refused(404, "The site has no such language.")
        return self.live.language(name)

    def message(self, asked: Asked) -> tuple[str, Message]:
        """The language and the message that a request is about."""
        locale, path, name = asked.text("locale"), asked.text("path", ""), asked.text("id")
        self.language(locale)
        if message := cards.found(self.live, path, name):
            return locale, message
        raise Refused(404, "This text does not stand there any more. Its English was edited meanwhile.")

    def card(self, asked: Asked) -> dict[str, Any]:
        """The card of a text, with the signatures under it and the token to sign it by."""
        locale, message = self.message(asked)
        made = cards.card(self.live, locale, message)
        project, found = cards.signatures(self.live, locale, message)
        token = looked.listed(project, locale, found)
        self.tokens.add(token)
        signatures = [
            (one.line.role, one.line.name, one.line.day, one.why) for text in found for one in text.signatures
        ]
        made["signatures"] = [list(one) for one in dict.fromkeys(signatures)]
        made["signable"] = any(one.pair and one.shown.state.traits.signable for one in found)
        made["unchanged"] = any(review.unchanged(one) for one in found)
        made["token"] = token
        made["undo"] = bool(self.undoable(locale, message, made.get("hash", "")))
        return made

    # typing and saving ----------------------------------------------------------------------------

    def check(self, asked: Asked) -> dict[str, Any]:
        """What the checks say of a text as it is typed, and the page as it would be with it."""
        locale, message = self.message(asked)
        entry = self.entry(locale, message)
        typed = entries.translated(entry, self.typed(asked, entry))
        shown = self.live.having(locale, typed)
        made: dict[str, Any] = cards.state(
            cards.shown_of(self.live, shown, message), self.live.settings.by_name[locale], self.live.settings.english
        )
        page = asked.text("page", "")
        if page in self.live.content.by_path:
            made["html"] = self.live.page(locale, page, shown).output.body.decode()
        return made

    def entry(self, locale: str, message: Message) -> Entry:
        entry = cards.entry_of(self.live, locale, message.key)
        if entry is None:
            raise Refused(
                409, "This text is not in the catalog yet. Run `lockstep update` first; what you typed is kept."
            )
        return entry

    def typed(self, asked: Asked, entry: Entry) -> tuple[str, ...]:
        strings = asked.texts("strings")
        if len(strings) != len(entry.strings):
            raise Refused(400, f"This text has {len(entry.strings)} form(s).")
        return tuple(ended(text, entry) for text in strings)

    def save(self, asked: Asked) -> dict[str, Any]:
        """Write a translation. Raises Changed where the entry is not what was loaded."""
        self.may("edits")
        locale, message = self.message(asked)
        strings = self.typed(asked, self.entry(locale, message))
        return self.write(locale, message, asked.text("hash"), lambda old: entries.translated(old, strings))

    def write(self, locale: str, message: Message, loaded: str, change: Any, *, undoes: bool = False) -> dict[str, Any]:
        known = self.live.project.catalogs[locale]
        _, old, new = entries.save(self.live.root, known, message.key, loaded, change)
        if not undoes:
            self.saved = [*self.saved, (locale, message, entries.stamp(new), old)][-UNDONE:]
        self.live.take([known.path])
        return self.card(Asked({"locale": locale, "path": message.span.path, "id": ident(message.key)}))

    def undoable(self, locale: str, message: Message, now: str) -> tuple[str, Message, str, Entry] | None:
        """The last save of a text, where nobody changed it since."""
        mine = [one for one in self.saved if one[0] == locale and one[1].key == message.key]
        return mine[-1] if mine and mine[-1][2] == now else None

    def undo(self, asked: Asked) -> dict[str, Any]:
        """Put back what a text was before it was saved here."""
        self.may("edits")
        locale, message = self.message(asked)
        now = asked.text("hash")
        last = self.undoable(locale, message, now)
        if last is None:
            raise Refused(409, "There is nothing to take back.")
        before = last[3]

        def back(entry: Entry) -> Entry:
            return entry._replace(
                strings=before.strings, flags=before.flags, previous=before.previous, notes=before.notes
            )

        made = self.write(locale, message, now, back, undoes=True)
        self.saved.remove(last)
        return made | {"undo": bool(self.undoable(locale, message, made.get("hash", "")))}

    def theirs(self, asked: Asked) -> dict[str, Any]:
        """A text as it is in the file now, for whoever has to choose."""
        locale, message = self.message(asked)
        self.live.take([self.live.project.catalogs[locale].path])
        return self.card(Asked({"locale": locale, "path": message.span.path, "id": ident(message.key)}))

    # reviewing ------------------------------------------------------------------------------------

    def may(self, what: str) -> None:
        if not self.person.writes or not getattr(self.person, what):
            raise Refused(
                403, "This desk only shows." if not self.person.writes else "This desk writes no translations."
            )

    def seen(self, asked: Asked, project: Any, locale: str, found: Sequence[review.Signable]) -> None:
        """Raises Refused where a text was not on this desk's screen, or is not what it was then."""
        token = asked.text("token")
        if token not in self.tokens:
            raise Refused(409, "Read the text first: open its card, and look at it on its page.")
        try:
            looked.hold(project, locale, found, token)
        except LockstepError as problem:
            raise Refused(409, f"{problem.what[0].upper()}{problem.what[1:]}. Read it again, then sign.") from problem

    def sign(self, asked: Asked) -> dict[str, Any]:
        """Sign for a text as who sits here."""
        locale, message, project, found = self.reviewed(asked)
        self.seen(asked, project, locale, found)
        person = self.person
        by = Signing(person.role, person.name, person.qualification, note=asked.text("note", "", 2000))
        lines, skipped = review.sign(project, locale, [f"{message.span.path}#{ident(message.key)}"], by)
        self.live.take([f"locale/{locale}/reviews.jsonl"])
        if not lines:
            why = skipped[0].shown.state.traits.words if skipped else "nothing stands there"
            raise Refused(409, f"This text cannot be signed for ({why.lower()}).")
        return self.card(asked)

    def reviewed(self, asked: Asked) -> tuple[str, Message, Any, list[review.Signable]]:
        self.may("writes")
        if not (self.person.role and self.person.name):
            raise Refused(403, "Start the desk with --as ROLE and --by NAME to review.")
        locale, message = self.message(asked)
        return locale, message, *cards.signatures(self.live, locale, message)

    def send_back(self, asked: Asked) -> dict[str, Any]:
        """Say that a translation has to be mended: readers get the English until it is, and the translator is told why."""
        locale, message, project, found = self.reviewed(asked)
        self.seen(asked, project, locale, found)
        note = self.note(asked)
        target = f"{message.span.path}#{ident(message.key)}"
        if any(not signature.why for one in found for signature in one.signatures):
            review.void(project, locale, [target], "", self.person.name, note)
        if locale == self.live.settings.english.name:
            self.live.take([f"locale/{locale}/reviews.jsonl"])
            return self.card(asked)

        def back(entry: Entry) -> Entry:
            flags = entry.flags if entry.fuzzy else ("fuzzy", *entry.flags)
            return entry._replace(flags=flags, notes=(*entry.notes, self.remark("sent back", note)))

        made = self.write(locale, message, asked.text("hash"), back)
        self.live.take([f"locale/{locale}/reviews.jsonl"])
        return made

    def comment(self, asked: Asked) -> dict[str, Any]:
        """Leave a remark for the translator; the translation stands."""
        locale, message, _, _ = self.reviewed(asked)
        note = self.note(asked)
        if locale == self.live.settings.english.name:
            raise Refused(409, "A remark on the English has no place in a catalog. Send it back, or tell its editor.")
        return self.write(
            locale, message, asked.text("hash"), lambda one: one._replace(notes=(*one.notes, self.remark("note", note)))
        )

    def note(self, asked: Asked) -> str:
        note = " ".join(asked.text("note", "", 2000).split())
        if not note:
            raise Refused(400, "Say in a few words why.")
        return note

    def remark(self, what: str, note: str) -> str:
        return f"{what} by {self.person.name} ({self.person.role}), {self.live.now().day}: {note}"

    def decide(self, asked: Asked) -> dict[str, Any]:
        """Say of an edit of the English that its meaning is unchanged, or that it is graver than its words show."""
        self.may("writes")
        _, message = self.message(asked)
        by = [name for name in (self.person.name, asked.text("second", "", 200)) if name.strip()]
        project = heir(self.live.project, OF_RECORDS, self.live.now())  # a log knows what holds at its own time
        target = f"{message.span.path}#{ident(message.key)}"
        decide.decide(project, target, asked.text("meaning"), by, self.note(asked))
        self.live.take(["locale/edits.jsonl"])
        return self.card(asked)

    # what there is to do --------------------------------------------------------------------------

    def undecided(self, locale: str) -> Iterator[str]:
        """The documents of a language of which nothing is known yet."""
        shown = self.live.language(locale)
        return (path for path in shown.rows.names if path not in shown.rows.found)

    def decide_some(self, locale: str) -> bool:
        """Decide the next document that nobody asked for yet; whether there was one."""
        path = next(self.undecided(locale), None)
        if path is not None:
            _ = self.live.language(locale).rows[path]
        return path is not None

    def worklist(self, locale: str) -> dict[str, Any]:
        """What waits in a language, gravest first, of what is known of it so far; its figures."""
        shown = self.language(locale)
        known = {path: tuple(rows.values()) for path, rows in shown.rows.found.items()}
        for one in shown.table.interface:
            known[one.message.span.path] = (*known.get(one.message.span.path, ()), one)
        measured: Coverage = coverage.coverage(locale, known, ())
        titles = shown.edition.titles
        pages = self.live.content.by_path
        english = locale == self.live.settings.english.name
        rows = [] if english else worklist.rows([measured], self.live.project.blocks)
        codes = {one.message.key: sorted({found.code for found in one.findings}) for one in measured.open}
        return {
            "known": len(shown.rows.found),
            "of": len(shown.rows.names),
            "words": measured.whole.total_words,
            "done": measured.whole.done_words,
            "states": {state.value: count for state, count in measured.whole.messages.items() if count},
            "left": worklist.left(rows),
            "rows": [
                {
                    "id": ident(row.message.key),
                    "path": row.message.span.path,
                    "page": titles[row.message.span.path].text
                    if row.message.span.path in pages
                    else row.message.span.path,
                    "href": pages[row.message.span.path].href if row.message.span.path in pages else "",
                    "name": row.block,
                    "grade": row.grade,
                    "state": row.state.value,
                    "since": row.change.since if row.change else "",
                    "english": row.message.key.msgid[:200],
                    "words": coverage.words(row.message.key.msgid),
                    "codes": codes.get(row.message.key, []),
                }
                for row in rows
            ],
        }


def ended(text: str, entry: Entry) -> str:
    """A text as typed, its line ends as the English has them: an editor's box knows no newline at the end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    english = entry.key.msgid
    return f"{text}\n" if text and english.endswith("\n") and not text.endswith("\n") else text
