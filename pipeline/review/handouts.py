"""Papers `locale/handouts.jsonl`: which versions of pages were handed out, and what each of them said, as digests.

A version is known by all that its reader got: the English page, the clinic's numbers around it, and every text in the language of
the paper. So its id follows
from what its line lists, and a line that somebody wrote by hand can make no paper current: it is that while its page still says
the same, and only then. The lines are a set (`core/ledger`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.core.ledger import Fields, Ledger, written
from pipeline.core.locales import NAME

PATH = "locale/handouts.jsonl"
MOST = 100
"""How many versions of one page in one language have an answer of their own, the youngest; an older paper gets the answer for all
papers that nobody knows: it is out of date."""
VERSION = re.compile(r"[0-9a-f]{12}")
Part = tuple[str, str]
"""A text of a paper: the id of its message, and a digest of what stood there."""


def version_of(page: str, locale: str, content: str, parts: Iterable[Part]) -> str:
    """The id of a version of a page in a language. `content`: a digest of the English page and the numbers around it."""
    said = json.dumps([page, locale, content, [list(part) for part in parts]])
    return hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()[:12]


def spelled(version: str) -> str:
    """An id as people read it out: `7f3a-91c2-e05b`."""
    return "-".join(version[at : at + 4] for at in range(0, len(version), 4))


@dataclass(frozen=True, slots=True)
class Handout:
    """A version that was handed out, and the day on which it first was."""

    id: str
    page: str
    locale: str
    content: str
    date: str
    parts: tuple[Part, ...]

    def line(self) -> str:
        """The line as it stands in the file."""
        found = {name: getattr(self, name) for name in ("id", "page", "locale", "content", "date")}
        return written({**found, "parts": [" ".join(part) for part in self.parts]})

    @staticmethod
    def parse(found: Fields) -> Handout:
        """A line of the file. Raises ValueError with what is wrong."""
        page, locale, content = found.text("page", None), found.text("locale", None), found.text("content", None)
        parts = tuple((one[:16], one[17:]) for one in found.texts("parts"))
        if not all(re.fullmatch("[0-9a-f]{16}", half) for part in parts for half in part):
            raise ValueError("`parts` is a list of two ids of 16 hex digits each")
        if not NAME.match(locale):
            raise ValueError("`locale` is a locale name, as es or zh_Hans")
        known = version_of(page, locale, content, parts)
        if found.raw("id", None) != known:
            raise ValueError(f"`id` is not {known}, which follows from what the line lists")
        return Handout(known, page, locale, content, found.day("date"), parts)


@dataclass(frozen=True)
class Handouts(Ledger[Handout]):
    """The papers of a site."""

    path: str = PATH

    code, until = "handouts", "Until then the papers of this line are answered as out of date."
    parse = staticmethod(Handout.parse)

    @cached_property
    def by_page(self) -> Mapping[tuple[str, str], Sequence[Handout]]:
        """The youngest versions of each page in each language, by source file and locale name, each once."""
        found: dict[tuple[str, str], dict[str, Handout]] = {}
        for row in sorted(self.rows, key=lambda row: (row.date, row.id), reverse=True):
            found.setdefault((row.page, row.locale), {}).setdefault(row.id, row)
        return {key: [*some.values()][:MOST] for key, some in sorted(found.items())}

    def has(self, version: str) -> bool:
        """Whether a version was handed out before."""
        return any(row.id == version for row in self.rows)


def load(root: Path) -> Handouts:
    """The papers of a site; none where there is no file."""
    return Handouts().load(root)
