"""Where pages stand in each language: at the address that a translated title gave them, where that title is shown.

What a page is called is decided here; that it was ever called so is said by `review/slugs`. Two pages never have one address, and
none has that which another page has in English: that one is still answered there.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.content import Content, plain
from pipeline.content.content import Page
from pipeline.core.forms import normalized
from pipeline.core.inline import NO_FACTS
from pipeline.core.model import Finding, Level, Resolution, Span
from pipeline.core.states import State
from pipeline.resolve.table import Table
from pipeline.review.slugs import MOST, Slug, Slugs, component

CODE = "slug"


class Places(NamedTuple):
    """Where the pages of one language stand: the address of each that is not where the English page is, by the English address; and
    former addresses, each with the source file of its page."""

    slugs: Mapping[str, str] = {}
    former: tuple[tuple[str, str], ...] = ()


def called(page: Page, rows: Mapping[int, Resolution], locale: str) -> str:
    """What a page is called in an address: by its translated `slug`, else by its translated title; "" where neither is shown in the
    language."""
    blocks = (dict(page.document.fields).get("slug"), page.title)
    return next((name for block in blocks if block and (name := named(rows.get(block.number), locale))), "")


def named(shown: Resolution | None, locale: str) -> str:
    """A text as a part of an address, where it is shown in the language."""
    if shown is None or shown.spoken != locale or shown.state is State.RECALLED or "{" in shown.text.source:
        return ""
    return component(plain(shown.text, NO_FACTS))


def titled(content: Content, table: Table) -> frozenset[str]:
    """The pages (by English address) whose name is shown in a language."""
    rows, locale = table.documents, table.locale.name
    return frozenset(page.slug for page in content.pages if page.slug and called(page, rows[page.path], locale))


def folded(slug: str) -> str:
    """An address as a file system has it that tells neither letter case nor spellings of accents apart."""
    return normalized("NFC", slug).casefold()


def held(content: Content) -> Mapping[str, str]:
    """The pages that are held back, by source file, each with its English address: what is theirs stays theirs."""
    return content.links.held.pages if content.links.held else {}


def files(content: Content, page: Page) -> tuple[str, ...]:
    """The source files that a page is and was."""
    return (page.path, *content.was.get(page.path, ()))


def places(content: Content, locale: str, known: Slugs, shown: Iterable[str]) -> Places:
    """Where the pages of a language stand. `shown`: those whose name is shown in it (see `titled`)."""
    if not known.rows:
        return Places()
    rows = {page.path: known.of(locale, files(content, page)) for page in content.pages}
    owner = owners(content, rows | {path: known.of(locale, (path,)) for path in held(content)})
    some = frozenset(shown)
    slugs: dict[str, str] = {}
    for page in content.pages:
        slug = rows[page.path][-1].slug if page.slug in some and rows[page.path] else page.slug
        if slug != page.slug and owner[folded(slug)] == page.path and fits(slug, page.slug):
            slugs[page.slug] = slug
    now = {folded(slugs.get(page.slug, page.slug)) for page in content.pages}
    left = {page.slug: page.path for page in content.pages if page.slug in slugs}
    for path, found in rows.items():
        for slug in [*dict.fromkeys(row.slug for row in reversed(found))][:MOST]:
            if owner[folded(slug)] == path and folded(slug) not in now:
                left[slug] = path
    return Places(slugs, tuple(sorted(left.items())))


def pages_in(content: Content, table: Table, known: Slugs, translated: bool) -> dict[str, Page]:
    """The pages where they stand in the language of a table, by source file. `translated`: whether the settings ask for that."""
    shown = titled(content, table) if translated else ()
    slugs = places(content, table.locale.name, known, shown).slugs
    return {page.path: replace(page, slug=slugs.get(page.slug, page.slug)) for page in content.pages}


def owners(content: Content, rows: Mapping[str, Iterable[Slug]]) -> dict[str, str]:
    """Whose an address is, by the source file of its page: that of the page that has it in English, else of the first that had it,
    else of the one whose author says that it had it. So nobody who kept the address of one page ever comes to another, whatever two
    branches gave."""
    found = {folded(slug): path for path, slug in held(content).items()}
    found |= {folded(page.slug): page.path for page in content.pages}
    every = sorted(((row.at, path, row.slug) for path, some in rows.items() for row in some))
    for _, path, slug in (*every, *(("", path, slug) for path, slug in elsewhere(content))):
        found.setdefault(folded(slug), path)
    return found


def elsewhere(content: Content) -> Iterator[tuple[str, str]]:
    """The addresses that pages had with other tools, each with the source file of its page before it, as addresses are here."""
    for path, some in content.moved.items():
        yield from ((path, one.removesuffix("/")) for one in some)


def fits(slug: str, english: str) -> bool:
    """Whether an address can be that of a page: it is as deep as the English one (every way from it stays what it is), and what of it
    is not the English is a name that we give."""
    parts, theirs = slug.split("/"), english.split("/")
    return len(parts) == len(theirs) and all(
        one == other or component(one) == one for one, other in zip(parts, theirs, strict=True)
    )


def assigned(content: Content, table: Table, known: Slugs, stamp: str) -> tuple[list[Slug], list[Finding]]:
    """The addresses that the pages of a language get now, beside those they have; and where one could not have its own name."""
    locale = table.locale.name
    rows = {page.path: known.of(locale, files(content, page)) for page in content.pages}
    taken = owners(content, rows)
    stands: dict[str, str] = {}
    made = [*brought(content, known, locale, rows, stamp)]
    said: list[Finding] = []
    for page in sorted(content.pages, key=lambda page: (page.slug.count("/"), page.path)):
        if not page.slug:
            continue
        before = rows[page.path][-1].slug if rows[page.path] else page.slug
        name = called(page, table.documents[page.path], locale)
        if not name:
            stands[page.slug] = before
            continue
        wanted = below(page.slug, name, stands.get)
        got = next(free(wanted, page, taken))
        if got != wanted and re.fullmatch(rf"{re.escape(wanted)}-\d+", before) and taken[folded(before)] == page.path:
            got = before  # the number it has
        if got != before:
            times = [row.at for row in (*rows[page.path], *made) if row.page == page.path]
            at = after([*times, *known.left.get((locale, page.path), ())], stamp)
            made.append(Slug(at, locale, page.path, got))
        if got != wanted:
            what = f"{wanted} is the address of another page already, so this page is at {got}. Give one of the two another title."
            said.append(Finding(CODE, Level.WARNING, what, Span(page.path, 1), locale))
        taken[folded(got)] = page.path
        stands[page.slug] = got
    return made, [
        *said,
        *(
            unled(path, slug, other, locale)
            for path, slug in elsewhere(content)
            if (other := taken[folded(slug)]) != path
        ),
    ]


def unled(path: str, slug: str, other: str, locale: str) -> Finding:
    """That an address which a page had elsewhere is that of another page in a language."""
    what = f"/{slug} leads nobody to {path} in this language: it is or was the address of {other}. Remove it from {path}, or let it be so."
    return Finding(CODE, Level.WARNING, what, Span(path, 1), locale)


def brought(
    content: Content, known: Slugs, locale: str, rows: Mapping[str, Sequence[Slug]], stamp: str
) -> Iterator[Slug]:
    """A line for each renamed page that takes its addresses along from the file it was: whatever page gets that name later."""
    for path, found in rows.items():
        for old in content.was.get(path, ()):
            if known.of(locale, (old,)):
                yield Slug(after([row.at for row in found], stamp), locale, path, found[-1].slug, old)


def after(times: Iterable[str], stamp: str) -> str:
    """The time of a new line: now, or, where a clock was ahead, a second after the last one."""
    last = max(times, default="")
    if last < stamp:
        return stamp
    try:
        return f"{(datetime.datetime.fromisoformat(last) + datetime.timedelta(seconds=1)).replace(tzinfo=None).isoformat()}Z"
    except OverflowError:
        return last


def below(slug: str, name: str, stands: Callable[[str], str | None]) -> str:
    """The address of a page that is called so, in the folders that its pages have names for."""
    folder = slug.rpartition("/")[0]
    if not folder:
        return name
    above = stands(folder) or below(folder, folder.rpartition("/")[2], stands)
    return f"{above}/{name}"


def free(wanted: str, page: Page, taken: Mapping[str, str]) -> Iterator[str]:
    """The wanted address and those with a number after it, as far as no other page has or had them."""
    for one in (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))):
        if taken.get(folded(one), page.path) == page.path:
            yield one
