"""The nouns: values that every other room passes on. All frozen; nothing here reads a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from pipeline.core.inline import Inline, Scope, Syntax
from pipeline.core.pickled import travels
from pipeline.core.states import State


class Key(NamedTuple):
    """What identifies a message in every catalog (gettext manual, "Contexts"): `(context, msgid)`."""

    context: str | None
    msgid: str


@lru_cache(maxsize=1 << 16)
def ident(key: Key) -> str:
    """A message's id: the first 16 hex digits of the SHA-256 of its context, U+0004 and its msgid."""
    text = f"{key.context or ''}\x04{key.msgid}"
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


HTML_FILES = (".html", ".htm", ".xhtml", ".shtml")
"""How the names of pages in HTML end."""
PLAIN, IN_HTML = " (plain)", " (HTML)"
"""How a kind ends of a text in which nothing is markup, and of one in HTML, where the name of its file does not tell."""


def syntax_of(key: Key, kind: str, path: str) -> Syntax:
    """The language a message's text is written in, by its kind (as in its first `#.` line) and its file."""
    if path.startswith("templates/"):
        return Syntax.TEMPLATE
    if kind == "HTML text" or kind.endswith(IN_HTML):
        return Syntax.HTML
    if kind == "label" or (kind and kind == key.context) or kind.endswith(PLAIN):
        return Syntax.TEXT
    return Syntax.HTML if path.lower().endswith(HTML_FILES) else Syntax.MARKDOWN


class Span(NamedTuple):
    """A place a person can open: path relative to the site's root (POSIX), 1-based line."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class Level(IntEnum):
    """How much a finding matters; an error about a translation withholds it from the page."""

    INFO = 0
    WARNING = 1
    ERROR = 2

    def __str__(self) -> str:
        return self.name.lower()


IN_CRITICAL = "in a critical block"
"""The first reason of an edit that is critical for where it stands, not for what it changed."""


class Severity(IntEnum):
    """How much an edit of the English matters to its translations."""

    COSMETIC = 0
    WORDING = 1
    CRITICAL = 2

    def __str__(self) -> str:
        return self.name.lower()


class Action(IntEnum):
    """What a policy lets readers see of a translation; the graver of two holds."""

    SERVE = 0
    NOTICE = 1
    ENGLISH = 2
    HOLD = 3

    def __str__(self) -> str:
        return ("serve", "serve-with-notice", "english", "hold")[self]


@travels
@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person can mend: what is wrong and what to do, and where to open the file."""

    code: str
    level: Level
    text: str
    span: Span
    locale: str = ""
    key: Key | None = None
    source: Span | None = None


Refs = tuple[tuple[str, str, str], ...]
"""Link definitions of a page that a text refers to: label, address and title ("" for none) of each."""


@travels
@dataclass(frozen=True, slots=True)
class Message:
    """One translatable text and what a translator is told about it. `under`: the texts that it stands under on its page, the
    widest first (headings, the lead-in of its list, the heads of its table cell); `refs`: what its reference links lead to. `written`: where
    it is written, if that is a file which its page includes; `span` is the place on the page."""

    key: Key
    span: Span
    plural: str | None = None
    kind: str = ""
    comments: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    critical: bool = False
    under: tuple[str, ...] = ()
    refs: Refs = ()
    written: Span | None = None

    @property
    def place(self) -> Span:
        """Where a person mends it."""
        return self.written or self.span


@travels
@dataclass(frozen=True, slots=True)
class Block:
    """One text-bearing block of a page: the English, parsed once, and the tag that opens it.

    `opening` is the start tag without its closing `>` (`<h2 id="doses"`), so that `lang` can be added; it is
    empty where the text has no element of its own (a tight list item). `message` is None where there is nothing to
    translate; `english` says that it has words all the same (an author's `skip`). `number` is its place in
    `Document.blocks()`; -1 for a block of no document. `under` has the numbers of the blocks that it stands under. `stated`: an
    author's element around it names the language of the source, so that what is shown has to say its own.
    """

    inline: Inline
    opening: str
    message: Message | None
    english: bool = False
    number: int = -1
    under: tuple[int, ...] = ()
    stated: bool = False


@travels
@dataclass(frozen=True, slots=True)
class Section:
    """One top-level block of a page: literal HTML and the text-bearing blocks inside it, in order."""

    pieces: tuple[str | Block, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Block))


@travels
@dataclass(frozen=True, slots=True)
class Link:
    """A link or image of the source, for the site to check: target as written, and where it stands."""

    target: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One source file, parsed once: what is extracted and what is rendered are both read off it.

    `fields` are the declared front-matter or data values that are messages, by dotted key, in file order;
    `data` is all of the front matter or data as strings, lists and mappings.
    """

    path: str
    scope: Scope
    fields: tuple[tuple[str, Block], ...] = ()
    sections: tuple[Section, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    anchors: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()
    placeholders: tuple[Link, ...] = ()
    """The facts that it names, each where it stands."""

    def blocks(self) -> Iterator[Block]:
        """Every text-bearing block in reading order, each once: the one walk that extraction and rendering share. A page that has
        its title in the front matter alone shows that field as its heading."""
        for _, block in self.fields:
            yield block
        for section in self.sections:
            yield from (block for block in section.blocks if block.number >= len(self.fields))

    def messages(self) -> Iterator[Message]:
        """The messages of `blocks`, in the same order."""
        return (block.message for block in self.blocks() if block.message is not None)


@travels
@dataclass(frozen=True, slots=True)
class Change:
    """What happened to the English of a translation since it was made: `was` is that English, `since` an ISO date or ""."""

    was: Key
    severity: Severity
    since: str
    reasons: tuple[str, ...]


QUALIFIED = "qualified"
"""Stands for the role of a translator or reviser who states a qualification."""


@travels
@dataclass(frozen=True, slots=True)
class Review:
    """Who vouches for a text: where it is from, each role that signed with the day of its newest valid signature, and the
    required roles that did not. `qualified`: the newest day on which a translator or reviser signed who states a
    qualification, "" where none did. `seen`: of each page that somebody read when signing, by digest, the newest day of each
    role on it (`QUALIFIED` for such a translator or reviser); it says nothing of the text alone, so it is not compared.
    `label`: it is the label of a box and came with Lockstep, so that it is a word of the interface, and nobody translated it for a page."""

    origin: str = "unknown"
    signed: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    qualified: str = ""
    seen: tuple[tuple[str, str, str], ...] = field(default=(), compare=False)
    label: bool = False

    @property
    def machine(self) -> bool:
        """Whether a machine made the text and no qualified person has signed for it (45 CFR 92.201(c)(3))."""
        return self.origin in {"machine", "machine+edited"} and not self.qualified and not self.label

    @property
    def open(self) -> bool:
        """Whether readers are to be told that somebody has yet to review it."""
        return self.machine or bool(self.missing)

    def day(self, role: str) -> str:
        """The day of the role's signature; "" where there is none."""
        return self.qualified if role == QUALIFIED else dict(self.signed).get(role, "")

    def read(self, page: str, role: str) -> str:
        """The day on which the role signed having read the page of this digest; "" where it did not."""
        return next((day for digest, who, day in self.seen if (digest, who) == (page, role)), "")


def joined(reviews: Sequence[Review]) -> Review:
    """Who vouches for several texts that are read as one: each role as long as for all of them, and what is open for any."""
    shared = set.intersection(*({role for role, _ in one.signed} for one in reviews))
    missing = dict.fromkeys(role for one in reviews for role in one.missing)
    qualified = min(one.qualified for one in reviews)
    worst = [one for one in reviews if one.machine] or [one for one in reviews if not one.qualified] or reviews
    return Review(
        worst[0].origin,
        tuple((role, min(one.day(role) for one in reviews)) for role in sorted(shared)),
        tuple(missing),
        qualified,
    )


@travels
@dataclass(frozen=True, slots=True)
class Resolution:
    """What is shown for one message in one language, and why.

    `text` is the parsed text to show, `spoken` the name of the locale it is written in. `change` is there where the
    English was edited (stale, carried) or the text is a guess (suggested), `review` where there is a text to vouch for.
    `action` is what the policy says of it, `told` the rows of the policy that want a notice. `facts` are the translated
    facts of `source/site.yaml` that stand in it: a text is as fresh and as reviewed as they are. Of a translated plural
    `forms` are all its texts and `plurals` is the `Plural-Forms` that picks one; `text` is the first.
    """

    message: Message
    state: State
    text: Inline
    spoken: str
    findings: tuple[Finding, ...] = ()
    change: Change | None = None
    review: Review | None = None
    action: Action = Action.SERVE
    told: tuple[str, ...] = ()
    facts: tuple[Resolution, ...] = ()
    forms: tuple[Inline, ...] = ()
    plurals: str = ""

    @property
    def parts(self) -> tuple[Resolution, ...]:
        """It, and the facts in it that are shown in its language."""
        return (self, *(fact for fact in self.facts if fact.spoken == self.spoken))

    @property
    def whole(self) -> bool:
        """Whether it and all facts in it are translated, up to date, and in one language."""
        return all(one.state.done and one.spoken == self.spoken for one in (self, *self.facts))

    @property
    def older(self) -> bool:
        """Whether some of what is shown is from before a rewording."""
        return any(one.state is State.STALE for one in self.parts)

    @property
    def vouched(self) -> Review | None:
        """Who vouches for all that is shown of it."""
        if self.review is None or not self.facts:
            return self.review
        return joined([one.review for one in self.parts if one.review])

    def read(self, page: str, role: str) -> str:
        """The day since which the role vouches for all that is shown of it on the page of this digest, "" for none: the page
        was read with the text, and the translated facts in it were signed for wherever they stand."""
        if self.review is None:
            return ""
        return min([self.review.read(page, role), *(one.review.day(role) for one in self.parts[1:] if one.review)])


@dataclass(frozen=True, slots=True)
class Output:
    """A file to publish: POSIX path under `dist/`, and its bytes."""

    path: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A file to publish that stands in `dist/` already: its path, and the SHA-256 of its bytes."""

    path: str
    digest: str
