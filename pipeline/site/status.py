"""The status pages, which a coordinator can put on a screen: all languages, each language, all edits and all findings."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.changes import Log
from pipeline.core.locales import Locale
from pipeline.core.model import Finding, Level, Output
from pipeline.core.settings import Settings
from pipeline.core.states import State
from pipeline.resolve import Coverage, worklist
from pipeline.resolve.coverage import EDITOR, REVIEWERS, TRANSLATOR, Tally
from pipeline.resolve.worklist import Blocks
from pipeline.site import contents, hashed, templates

STATES = tuple(State)
DONE = tuple(state for state in STATES if state.done)
ROLES = (TRANSLATOR, *sorted(REVIEWERS, reverse=True), EDITOR)
AWAITED = {
    "translator": "a text to translate, or to bring up to date",
    "reviser": "a translation to read beside its English, and to sign for",
    "clinician": "a text to read, and to sign for",
    "editor": "a withdrawn text to mend, or to have two people approve",
}
FIRST_EDITS, FIRST_FINDINGS = 6, 20
"""How many rows of the worklist over all languages, and how many findings, stand on the first page."""
MOST = 50
"""How many rows of a worklist, and how many pages, a page of its own lists: those first that have something to do."""
MOST_FINDINGS = 500
MOST_CELLS = 150
"""How many pages times languages the first page has a table of; above, each language's page has its pages."""
EDITS, FINDINGS = "edits", "findings"
"""The folders of the pages that list more than the first one does; no language has such a tag."""


Kept = Callable[[str, object, Callable[[], bytes]], bytes]
"""The page of a language (its name), from before or as it is made now; what it rests on besides what is known of the language."""


def always(name: str, rests: object, work: Callable[[], bytes]) -> bytes:
    """A page as it is made now."""
    return work()


def outputs(
    settings: Settings,
    measured: Sequence[Coverage],
    findings: Sequence[Finding],
    titles: Mapping[str, str],
    log: Log,
    blocks: Blocks,
    today: datetime.date | None,
    hrefs: Mapping[str, Mapping[str, str]] = {},
    kept: Kept = always,
) -> Iterator[Output]:
    """`status/index.html` from the same figures as the other reports, and the pages that it leads to.

    `today` is None where the build is not told its day, so that the same input gives the same bytes. `hrefs` are the addresses of
    pages below the folder of each language that is published, by locale name and source file. The pages of languages are `kept`.
    """
    languages = [language_view(language, settings.by_name[language.locale], blocks) for language in measured]
    pages = list(dict.fromkeys(path for language in measured for path in language.pages))
    order = {path: at for at, path in enumerate(pages)}
    edited = [row for row in worklist.rows(measured, blocks) if row.state.traits.pressing]
    told = [one for level in (Level.ERROR, Level.WARNING) for one in findings if one.level == level]
    env = templates.environment(Path(__file__).parent)
    index = "" if settings.folders else "index.html"

    style = templates.page(env, "status_style.html", states=STATES).lstrip()
    files = [Output("status.css", style), Output("status.js", (Path(__file__).parent / "status.js").read_bytes())]
    if settings.hashed:
        files = [Output(hashed.named(one.path, one.body), one.body) for one in files]

    def made(path: str, template: str, **context: Any) -> Output:
        up = "../" * path.count("/")
        body = templates.page(
            env,
            template,
            up=up,
            style=files[0].path,
            script=files[1].path,
            root=f"../{up}",
            back=up + index or "./",
            own=lambda name: f"{up}{name}/{index}",
            pages=[(path, titles.get(path, path)) for path in pages],
            states=STATES,
            page=lambda path, locale: address(hrefs, settings.by_name[locale], path),
            section=section,
            file=lambda path: contents.edited(settings, path),
            catalog=lambda locale: settings.catalog_path(settings.by_name[locale]),
            tag=lambda locale: settings.by_name[locale].tag,
            project=settings.project,
            age=lambda since: worklist.age(since, today) if today else "",
            **context,
        )
        return Output(f"status/{path}", body)

    yield made(
        "index.html",
        "status.html",
        languages=languages,
        findings=told,
        edits=edited,
        first_edits=FIRST_EDITS,
        first_findings=FIRST_FINDINGS,
        most_cells=MOST_CELLS,
        decisions=worklist.decisions(log),
        roles=[role for role in ROLES if any(language.whole.waits.get(role) for language in measured)],
        awaited=AWAITED,
        english=sum(not found.locale for found in told),
        date=today.isoformat() if today else "",
    )
    around = [(path, titles.get(path, path)) for path in pages], today, files[0].path, files[1].path
    for language in languages:
        tag, name = language["locale"].tag, language["locale"].name
        path = f"{tag}/index.html"

        def work(language: Mapping[str, Any] = language, path: str = path) -> bytes:
            own = sorted(
                (path for path in pages if path in language["pages"]), key=lambda path: language["pages"][path].done
            )
            left = [(path, titles.get(path, path)) for path in sorted(own[:MOST], key=order.__getitem__)]
            more = len(own) - len(left)
            return made(path, "status_language.html", language=language, rows=left, more=more, most=MOST).body

        yield Output(f"status/{path}", kept(name, (*around, sorted(hrefs.get(name, {}).items())), work))
    if len(edited) > FIRST_EDITS:
        some, more = edited[:MOST], len(edited[MOST:])
        title = "Edited English, what did most to readers first"
        yield made(f"{EDITS}/index.html", "status_list.html", title=title, edits=some, findings=[], more=more)
    if len(told) > FIRST_FINDINGS:
        found, more = told[:MOST_FINDINGS], len(told[MOST_FINDINGS:])
        yield made(f"{FINDINGS}/index.html", "status_list.html", title="Findings", edits=[], findings=found, more=more)
    yield from (Output(f"status/{one.path}", one.body) for one in files)


def address(hrefs: Mapping[str, Mapping[str, str]], locale: Locale, path: str) -> str:
    """The way from the top of the site to a page in a language; "" where there is none."""
    href = hrefs.get(locale.name, {}).get(path)
    return "" if href is None else f"{locale.tag}/{href}"


def section(row: worklist.Task) -> str:
    """The way to the section of a page that a block stands in; "" where it is not in one, as above the first heading (`top`)."""
    name = row.block.rpartition(".")[0]
    return f"#{quote(name)}" if name not in {"", "top"} and row.message.span.path.startswith("source/") else ""


def language_view(language: Coverage, locale: Any, blocks: Blocks) -> dict[str, Any]:
    """One language as the pages show it: its bar, its pages, what to do next (gravest first, in reading order)."""
    todo = worklist.rows([language], blocks)
    return {
        "locale": locale,
        "tally": Bar(language.whole),
        "pages": {path: Bar(part) for path, part in language.pages.items()},
        "todo": todo,
        "order": {
            "left": -language.whole.total_words + language.whole.done_words,
            "reviewed": -language.whole.reviewed,
            "english": -len([row for row in todo if row.turned]),
        },
    }


@dataclass(frozen=True)
class Bar:
    """A tally with the widths of its bar, in percent of words; of those that are done, what a machine made alone is apart. Each is
    worked out where a page prints it: a language has one for every page, and shows few."""

    tally: Tally

    @property
    def share(self) -> str:
        return self.tally.said

    @property
    def done(self) -> bool:
        return self.tally.whole

    @property
    def translated(self) -> bool:
        return self.tally.share == 1

    @property
    def waits(self) -> Mapping[str, int]:
        return self.tally.waits

    @property
    def total(self) -> int:
        return self.tally.total

    @property
    def words(self) -> int:
        return self.tally.total_words

    @property
    def left(self) -> int:
        return self.tally.total_words - self.tally.done_words

    @property
    def machine(self) -> int:
        return self.tally.machine

    @property
    def reviewed(self) -> int:
        return self.tally.reviewed

    @property
    def withheld(self) -> int:
        return self.tally.withheld

    @cached_property
    def counts(self) -> dict[str, int]:
        return {state: self.tally.messages[state] for state in STATES}

    @property
    def stack(self) -> Iterator[tuple[str, float]]:
        """What its bar is made of, and how wide: the states, without what a machine made alone, which stands after what was carried over."""
        whole, made, left = self.tally.total_words or 1, dict(self.tally.words), self.tally.machine_words
        for state in DONE:
            made[state], left = max(made[state] - left, 0), max(left - made[state], 0)
        for state in STATES:
            yield state, round(100 * made[state] / whole, 2)
            if state is State.CARRIED:
                yield "by-machine", round(100 * self.tally.machine_words / whole, 2)
