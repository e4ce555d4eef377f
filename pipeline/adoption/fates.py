"""What may become of a translation that another tool's catalog holds, from the best to the worst; each in words for people."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Traits(NamedTuple):
    """How a fate is called, and whether the translation is live here, offered as fuzzy, or kept aside."""

    rank: int
    title: str
    where: str


LIVE, FUZZY, KEPT, NONE = "live", "fuzzy", "kept", "none"


class Fate(Enum):
    """What became of one translation."""

    EXACT = Traits(0, "the same English", LIVE)
    SPACES = Traits(1, "the same but for white space and line ends", LIVE)
    WRITTEN = Traits(2, "the same, written otherwise (emphasis, escapes, entities, reference links, line breaks)", LIVE)
    BLOCK = Traits(3, "the same without the marks of its block (#, -, >, |) or its field", LIVE)
    SPLIT = Traits(4, "several texts in one message there, one message each here", LIVE)
    JOINED = Traits(5, "one message here, several there", LIVE)
    FIELD = Traits(6, "the same words in a page's front matter", LIVE)
    LOOKS = Traits(7, "the same words: case, quotes, dashes or the markup around them differ", LIVE)
    DRAFT = Traits(8, "fuzzy there, so fuzzy here", FUZZY)
    EDITED = Traits(9, "the English here says something else", FUZZY)
    OTHER = Traits(10, "another translation of the same English is used; this one is kept as a note", KEPT)
    PARTLY = Traits(11, "some of its texts found a place; the whole is kept as obsolete", KEPT)
    UNSPLIT = Traits(12, "several texts in one message, and the translation has not the same parts", KEPT)
    CODE = Traits(13, "code, which is not translated here", KEPT)
    BESIDE = Traits(14, "its English is on a page, and is no message here", KEPT)
    MENU = Traits(15, "a title in the table of contents of the book; here pages are listed by their own titles", KEPT)
    DEFINITION = Traits(16, "a link definition, which the English has for all languages", KEPT)
    WORDLESS = Traits(17, "no words of a language in it: code, an address, a comment, the mark of another tool", KEPT)
    GONE = Traits(18, "its English is not in the site", KEPT)
    OBSOLETE = Traits(19, "obsolete there, and obsolete here", KEPT)
    EMPTY = Traits(20, "not translated there", NONE)

    @property
    def rank(self) -> int:
        return self.value.rank

    @property
    def title(self) -> str:
        """The fate in words, for the head of a list."""
        return self.value.title

    @property
    def where(self) -> str:
        """`live`, `fuzzy`, `kept`, or `none` where there was nothing to take over."""
        return self.value.where

    @property
    def live(self) -> bool:
        return self.value.where == LIVE
