"""Former translations `locale/<l>/former.jsonl`: which text was the translation of an English that has changed since.

A catalog forgets: other tools clear the mark on a stale entry, and drop the comment, `#|` and the obsolete entry that say
what its text was made for. So `update` notes, for each English that was edited, the id of its translation, and what it lends
to other messages before anybody has put it there. The lines are a set (`core/ledger`); none of them is dated.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from pipeline.changes.texts import NOWHERE_ELSE, Around
from pipeline.core.forms import normalized
from pipeline.core.ledger import Fields, Ledger, written
from pipeline.core.model import Key, ident

MADE, LENT, GUESS, PLACED = "", "lent", "guess", "placed"


PAIRS = frozenset([MADE, LENT])
"""What says of which English a text is the translation."""


def folded(text: str) -> str:
    """A text as it is compared: white space and ways of writing the same letter, which tools change, make no other text."""
    return " ".join(normalized("NFC", text).split())


STOPS = ".。।．"
"""What ends a sentence, by the script."""
SPACED = re.compile(r"\s+(?=[!?:;»%])|(?<=«)\s+")
QUOTES = str.maketrans("“”„‟‘’‚‛", "\"\"\"\"''''")
TOUCHED: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("…", "..."),
    lambda text: text.replace("...", "…"),
    lambda text: text.rstrip().rstrip(STOPS),
    *(partial("{1}{0}".format, stop) for stop in STOPS),
    lambda text: SPACED.sub("", text),
    lambda text: text.translate(QUOTES),
)
"""What a text may have been before a tool touched it, or somebody a full stop: three dots for one sign, another mark at its end, a space
before a mark, quotation marks of a language."""


def likely(strings: Iterable[str]) -> tuple[str, ...]:
    """The ids of a translation as it stands, and as it may have stood before such a touch, which translates nothing."""
    forms = tuple(strings)
    return tuple(dict.fromkeys((text_id(forms), *(text_id(map(touch, forms)) for touch in TOUCHED))))


def text_id(strings: Iterable[str]) -> str:
    """A translation's id here: the first 16 hex digits of the SHA-256 of its forms that have text, each once, joined by U+0004."""
    forms = dict.fromkeys(filter(None, map(folded, strings)))
    return hashlib.sha256("\x04".join(forms).encode(errors="surrogatepass")).hexdigest()[:16]


def bare_id(strings: Iterable[str]) -> str:
    """The id of a translation less all that such a touch changes."""
    return text_id(SPACED.sub("", text.translate(QUOTES).replace("…", "...")).rstrip(STOPS + " \n") for text in strings)


WORD = re.compile(r"\w+")


def ends(strings: Iterable[str]) -> tuple[str, ...]:
    """The first word of a translation, and the last one backwards, which no such touch changes: texts of one `bare_id` have the same,
    and they are found in a tenth of the time."""
    text = normalized("NFC", "\x04".join(strings))
    return tuple(found[0] for found in (WORD.search(text), WORD.search(text[::-1])) if found)


def begins(strings: Iterable[str]) -> str:
    """The first word of a translation, as `ends` has it; "" where there is none."""
    found = WORD.search(normalized("NFC", "\x04".join(strings)))
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class Was:
    """One line: a text was the translation of `message`, whose English is given.

    `lent`: it was lent in its name, as a draft or with another link, and was never its translation as it stands. `guess`: it
    was offered to `message` and is the translation of this English, which is another ("": nobody knows of which). `placed`: it was
    made where `around` stood around the message, which came to stand elsewhere.
    """

    how: str
    message: str
    translation: str
    english: str
    context: str | None = None
    around: Around = NOWHERE_ELSE

    @property
    def key(self) -> Key:
        """The English that the text was made for."""
        return Key(self.context, self.english)

    def line(self) -> str:
        """The line as it stands in the file."""
        found = {name: getattr(self, name) for name in ("how", "message", "translation", "english", "context")}
        return written({**found, "under": list(self.around.under), "refs": list(map(list, self.around.refs))})

    @staticmethod
    def parse(found: Fields) -> Was:
        """A line of the file. Raises ValueError with what is wrong."""
        how, english = found.choice("how", (LENT, GUESS, PLACED), MADE), found.raw("english", "")
        context = None if found.found.get("context") is None else found.raw("context")
        under = found.texts("under") if found.has("under") else ()
        around = Around(under, found.triples("refs") if found.has("refs") else ())
        made = Was(how, found.ident("message"), found.ident("translation"), english, context, around)
        if how != GUESS and ident(made.key) != made.message:
            raise ValueError("`message` is not the id of `english`")
        return made


@dataclass(frozen=True)
class Former(Ledger[Was]):
    """The former translations of one language."""

    code, until = "former", "Until then a text whose English was edited is shown only where a person signed for it."
    parse = staticmethod(Was.parse)

    @cached_property
    def made(self) -> Mapping[tuple[str, str], Key]:
        """The English of each message and text that were a pair, or lent as one, by their ids."""
        return {(row.message, row.translation): row.key for row in self.rows if row.how in PAIRS}

    @cached_property
    def paired(self) -> frozenset[str]:
        """The messages of which a text is known, by id."""
        return frozenset(message for message, _ in self.made)

    @cached_property
    def sound(self) -> frozenset[tuple[str, str]]:
        """The messages and texts that were a translation as they stand, by their ids."""
        return frozenset((row.message, row.translation) for row in self.rows if row.how == MADE)

    @cached_property
    def translated(self) -> frozenset[str]:
        """The messages of which a text is known that was their translation as it stands, by id."""
        return frozenset(message for message, _ in self.sound)

    @cached_property
    def guesses(self) -> Mapping[tuple[str, str], Key]:
        """The English that each text was made for which was offered to a message of other words, by their ids; not where it is
        known to be the message's translation as well."""
        rows = sorted((row for row in self.rows if row.how == GUESS), key=Was.line)
        found = {(row.message, row.translation): row.key for row in rows}
        return {pair: key for pair, key in found.items() if pair not in self.sound}

    @cached_property
    def guessed(self) -> frozenset[str]:
        """The messages to which a text was offered as a guess, by id."""
        return frozenset(message for message, _ in self.guesses)

    @cached_property
    def placed(self) -> Mapping[tuple[str, str], tuple[Around, ...]]:
        """Where each text was made whose message came to stand elsewhere, by their ids."""
        found: dict[tuple[str, str], list[Around]] = {}
        for row in self.rows:
            if row.how == PLACED:
                found.setdefault((row.message, row.translation), []).append(row.around)
        return {pair: tuple(some) for pair, some in found.items()}

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """The messages that came to stand elsewhere than where some text of theirs was made, by id."""
        return frozenset(message for message, _ in self.placed)

    def unlogged(self, logged: Mapping[str, object]) -> Mapping[str, Key]:
        """The texts, by their ids, whose English was edited though none of the edits that are `logged`, by message, says so:
        lines of the log were lost. Worked out once for a log."""
        found: Mapping[str, Key]
        known, found = self.__dict__.get("unlogged of", (None, {}))
        if known is not logged:
            rows = sorted((row for row in self.rows if row.how in PAIRS and row.message not in logged), key=Was.line)
            found = {row.translation: row.key for row in rows}
            self.__dict__["unlogged of"] = logged, found
        return found


NO_FORMER = Former()


def path_of(locale: str) -> str:
    """Where a language's former translations are, relative to the root."""
    return f"locale/{locale}/former.jsonl"


def load(root: Path, locale: str) -> Former:
    """The former translations of a language; none where there is no file."""
    return Former(path=path_of(locale), locale=locale).load(root)
