"""The marks of authors: boxes, directives and front-matter keys that Lockstep knows. Another one is never passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from pipeline.core.components import TABLES, Own, tables
from pipeline.core.dialects import constructs
from pipeline.core.model import Level
from pipeline.core.schema import nearest
from pipeline.core.settings import Settings

BOXES = {
    "note": "Note",
    "tip": "Tip",
    "important": "Important",
    "warning": "Warning",
    "caution": "Caution",
    "danger": "Danger",
    "emergency": "Emergency",
}
"""The kinds of boxes, and the label of each."""
WORDS = "skip", "skip-start", "skip-end", "context=…", "comment=…", "critical"
"""What a directive can be."""
KEYS = "title", "description", "class", "updated", "draft", "published"
OTHERS = (
    "weight",
    "sidebar_position",
    "nav_order",
    "order",
    "permalink",
    "slug",
    "id",
    "url",
    "aliases",
    "redirect_from",
)
"""The keys of a front matter that Lockstep reads: its own, and those of other tools that mean the same in all."""
DIRECTIVE = re.compile(
    r"\s*<!--\s*(?:i18n|mdbook-xgettext):\s*(skip-start|skip-end|skip|critical|(?:(?:context|comment)\s*[=:]\s*|(?:(?<=i18n:)|(?<=ettext:))comment\s+(?![=:]))(?:(?!-->)\S)++(?:\s++(?!-->)(?:(?!-->)\S)++)*+)\s*+-->\s*\Z",
    re.S,
)
"""A directive, in the words of mdbook-i18n-helpers too."""
OTHERS_DIRECTIVE = re.compile(r"(?:mdpo|mdbook-xgettext|po4a|crowdin|transifex|weblate)[-:]\s*\S", re.I)
"""A word to another tool about translations."""
COMMENT = re.compile(r"<!--\s*(.*?)\s*-->", re.S)
BARE = re.compile(r"(?:skip-start|skip-end|skip|critical|(?:context|comment)=\S.*)\Z", re.S | re.I)
NAMED = re.compile(r"([\w-]+)(?:\s*[:;=]\s*|\s+|\Z)(.*)", re.S)
NAMES = "i18n", "lockstep", "l10n"
"""What an author may call us in a comment; `i18n` it is."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a site adds to the marks that Lockstep knows: kinds of `boxes` of its own design, and `keys` of front matter (`*`
    stands for anything). `reads` are the constructs of other tools that its pages are written in; `source` is the tag of the
    language that authors write in; `components` are those of other tools of which the site says what they are; with the files of
    `append` every page ends."""

    boxes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    reads: frozenset[str] = frozenset()
    source: str = "en"
    components: Own = ()
    append: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[object, ...]:
        """All of it, for a digest."""
        return self.boxes, self.keys, sorted(self.reads), self.source, self.components, self.append

    @property
    def called(self) -> Mapping[str, str]:
        """The components that are read, and what each is."""
        return {name: one.box for table in tables(self.reads, self.components).values() for name, one in table.items()}

    def box(self, kind: str, title: str) -> str:
        """What is wrong with a box, "" where nothing is."""
        if kind in BOXES or "*" in self.boxes or (kind in self.boxes and title):
            return ""
        if kind in self.boxes:
            return f"The box `{kind}` has no label, so it needs a title: `::: {kind} Title`."
        todo = f'The boxes are: {", ".join([*BOXES, *self.boxes])}; name one of your own design in `boxes` of [tool.lockstep], or say which it is: `{kind} = "note"` in [tool.lockstep.components].'
        return f"`::: {kind}` is no box that Lockstep knows. {nearest(kind, [*BOXES, *self.boxes], todo, 0.65)}"

    def unknown(self, data: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
        """The keys of a front matter that nobody knows, each with its line and the key that it is likely to mean, or ""."""
        for key in data:
            if (
                key in KEYS
                or key in OTHERS
                or any(fnmatchcase(key, one) or key == one.partition(".")[0] for one in self.keys)
            ):
                continue
            yield key, getattr(key, "line", 1), close(key, [*KEYS, *self.keys])


KEEPING = {
    "hugo": ("date", "publishDate", "pubDate", "expiryDate", "unpublishDate", "headless", "build", "_build", "cascade"),
    "jekyll": ("date",),
    "zola": ("render",),
    "docusaurus": ("unlisted",),
}
"""The keys that keep a page from being published, by the dialect of their tool (`kept_back`)."""


def of(settings: Settings) -> Marks:
    """The marks of a site."""
    reads = constructs(settings.dialect) | (TABLES.keys() if settings.components else set())
    keys = (*settings.front_matter, *(key for one in settings.dialect for key in KEEPING.get(one, ())))
    return Marks(settings.boxes, keys, reads, settings.english.tag, settings.components, settings.append)


NO_MARKS = Marks()
"""The marks of a site that adds none."""
ANY_MARKS = Marks(("*",), ("*",), constructs(["common"]))
"""The marks where nobody can tell what a site adds."""


def close(word: str, known: Collection[str]) -> str:
    """The known word of which another is a misspelling, "" where it is likely to be one of its own (`date` is not `updated`)."""
    import difflib

    return next(iter(difflib.get_close_matches(word.lower(), known, 1, 0.8)), "")


def strange(html: str) -> Iterator[tuple[str, int, Level]]:
    """The comments in some HTML that seem to be directives and stand where none counts, or are none: what to write, where, and
    how grave it is. What may be one of ours is an error; a word to another tool is not heeded here, and that is said."""
    last = html.rfind("-->") + len(
        "-->"
    )  # beyond it nothing ends, and each beginning would be read to the end of the page
    for comment in COMMENT.finditer(html, 0, last) if "<!--" in html and last >= len("-->") else ():
        word = comment[1]
        if OTHERS_DIRECTIVE.match(word):
            shown = " ".join(comment[0].split())[:60]
            what = (
                f"`{shown}` is a word to another tool, and nobody heeds it here. Write one of ours: {', '.join(WORDS)}."
            )
            yield what, comment.start(), Level.WARNING
            continue
        if not BARE.match(word):
            named = NAMED.match(word)
            if named is None or not (named[1].lower() in NAMES or alike(named[1])):
                continue
            word = named[2]
        text, ours = said(" ".join(comment[0].split())[:60], word)
        yield text, comment.start(), Level.ERROR if ours or not I18N.match(comment[1]) else Level.WARNING


def alike(name: str) -> bool:
    """Whether a word is a misspelt `i18n`: `il8n`, `I18N`, `i18`."""
    import difflib

    return 3 <= len(name) <= 6 and difflib.SequenceMatcher(None, name.lower(), "i18n").ratio() >= 0.75


I18N = re.compile(r"i18n\s*:")


def said(comment: str, word: str) -> tuple[str, bool]:
    """What is wrong with a directive, and what to write; whether it is likely to be one of ours."""
    name, equals, value = (part.strip() for part in word.partition("="))
    near = close(name + equals, [one.removesuffix("…") for one in WORDS])
    todo = f"Write one of: {', '.join(WORDS)}."
    if near and (value or not equals):
        todo = f"Did you mean `<!-- i18n: {near}{value} -->`? {todo}"
    return f"Not a directive Lockstep knows, or not alone on its line: `{comment}`. {todo}", bool(near)
