"""The figures and findings for a person at a terminal."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from shlex import quote
from typing import TYPE_CHECKING, Any

from pipeline.checks.readability import is_hint
from pipeline.core.locales import Locale
from pipeline.core.model import Finding, Level
from pipeline.core.states import State
from pipeline.resolve import Coverage
from pipeline.resolve.coverage import Tally
from pipeline.resolve.worklist import Task, age, left

if TYPE_CHECKING:
    from pipeline.commands.review import Signable
    from pipeline.commands.trend import Trend

COUNTED = "A message that stands on several pages counts once in its language's total; percentages are of words, and leave out\nwhat a machine made and nobody signed for. The gate (`translated`) counts that, too."
COLUMNS = (
    *(f"{state.value} (by people)" if state is State.TRANSLATED else state.value for state in State),
    "of",
    "words left",
    "machine-made",
    "reviewed",
    "withheld",
)
TREND = (
    "Entries with a translation that is not fuzzy, of all; in brackets those of them that a reviser or clinician signed for.\n"
    "Whether a machine made them, and what readers got, is in no catalog: `lockstep status` says it of today."
)
GRADES = {"critical": "bold red", "wording": "yellow", **{state.value: state.traits.terminal for state in State}}
STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.INFO: "dim"}


def table(measured: Sequence[Coverage], locales: Mapping[str, Locale]) -> Any:
    """A row a language: share translated, and messages by state."""
    from rich.table import Table

    made = Table(box=None, pad_edge=False, header_style="bold")
    made.add_column("language")
    for name in COLUMNS:
        made.add_column(name, justify="right")
    for language in measured:
        made.add_row(f"{language.locale}  [dim]{locales[language.locale].english}[/]", *row(language.whole))
    return made


MANY, MOST = 10, 12
"""From how many marks of other tools on their kinds are counted, and how many kinds are told."""
MARK = re.compile(r"`(?:\{\{[<%-]?|\{%-?|</?)?[ \t]*/?(\S[^\s>`]*).*?` ([^.,(]*)")
"""What stands there, and what it is: the beginning of what is said of a mark."""
RUN = "is a shortcode", "is a tag", "is a component", "is a value"
"""What is of a kind of its own by its name."""


def marks(found: Iterable[Finding]) -> Iterator[str]:
    """How often each mark of another tool stands on the pages, where many do: whoever brings a site mends them by kind."""
    matched = [match for one in found if one.code == "dialect" and (match := MARK.match(one.text))]
    if len(matched) < MANY:
        return
    kinds: dict[tuple[str, str], list[str]] = {}
    for match in matched:
        said = match[2].strip()
        kinds.setdefault((match[1] if said.startswith(RUN) else "", said), []).append(match[1])
    yield f"\nMarks of other tools, {len(matched)} in all, by kind:"
    for (_, said), names in sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST]:
        yield f"{len(names):>6} × {names[0]} {said}"
    if len(kinds) > MOST:
        yield f"         … and {len(kinds) - MOST} more kinds"
    yield "         docs/ecosystems.md of Lockstep says of each tool what is read, what is not, and which `dialect` reads more."


def trend(told: Trend) -> Any:
    """A row a day: of each language what was translated, of how many, and what of it was reviewed."""
    from rich.table import Table

    names = list(dict.fromkeys(name for point in told.points for name in point.locales))
    made = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("day", "commit"):
        made.add_column(name)
    for name in names:
        made.add_column(name, justify="right")
    for point in told.points:
        cells = (point.locales.get(name) for name in names)
        said = (f"{one.translated}/{one.messages} ({one.reviewed})" if one else "[dim]-[/]" for one in cells)
        made.add_row(point.day, point.commit[:9], *said)
    return made


def pages_table(language: Coverage, locale: Locale) -> Any:
    """A row a page of one language, the ones with most to do first."""
    from rich.table import Table

    made = Table(
        box=None,
        pad_edge=False,
        header_style="bold",
        title=f"{language.locale}  {locale.english}",
        title_justify="left",
    )
    made.add_column("file")
    for name in COLUMNS:
        made.add_column(name, justify="right")
    for path, part in sorted(language.pages.items(), key=lambda item: (item[1].share, item[0])):
        made.add_row(path, *row(part))
    return made


def row(found: Tally) -> list[str]:
    """One tally as cells; zeros are dim, so that what needs a person stands out."""

    def count(state: State) -> str:
        number = found.messages[state]
        return f"[{state.traits.terminal}]{number}[/]" if number else "[dim]0[/]"

    left = found.total_words - found.done_words
    done = "green" if found.whole else "cyan"
    return [
        f"[{done}]{found.messages[State.TRANSLATED]} ({found.said})[/]",
        *(count(state) for state in State if state is not State.TRANSLATED),
        str(found.total),
        str(left) if left else "[dim]0[/]",
        f"[yellow]{found.machine}[/]" if found.machine else "[dim]0[/]",
        f"[green]{found.reviewed}[/]" if found.reviewed else "[dim]0[/]",
        f"[yellow]{found.withheld}[/]" if found.withheld else "[dim]0[/]",
    ]


def worklist(found: Sequence[Task], today: datetime.date, most: int) -> Iterator[Any]:
    """The first `most` rows of what waits for a translator, each with its word-level difference, and what is left over."""
    from rich.text import Text

    for row in found[:most]:
        when = f"  since {row.change.since} ({age(row.change.since, today)})" if row.change and row.change.since else ""
        line = Text.assemble((f"{row.grade:<12}", GRADES.get(row.grade, "")), (row.place, "bold"), when)
        line.append(f"  {' '.join(row.locales)}", style="dim")
        if row.turned:
            line.append(f"  in English now: {len(row.turned)}", style="red")
        why = row.change.reasons if row.change and row.state is State.STALE else row.texts
        if why:
            line.append(f"\n    {'; '.join(why)}")
        line.append("\n    ")
        for sign, text in row.diff:
            style = {"=": "dim", "-": "red", "+": "green"}[sign]
            line.append({"=": text, "-": f"[-{text}-]", "+": f"{{+{text}+}}"}[sign] + " ", style=style)
        yield line
    if len(found) > most:
        yield Text(
            f"… and {len(found) - most} more messages, {left(found[most:])} words (lockstep status --todo).", "dim"
        )


def reviews_list(found: Iterable[Signable], facts: Mapping[str, str]) -> Iterator[Any]:
    """Each text with its translation: its state, where it is from, who signed for it, which roles are missing; and the values of the
    facts with figures that it names, for which whoever signs signs as well."""
    from rich import text

    from pipeline.commands.review import SAME
    from pipeline.core.measures import values_in

    for one in found:
        review = one.shown.review
        line = text.Text.assemble((f"{one.place.path}#{one.place.block}", "bold"), f"  {one.shown.state}")
        if review and review.origin:
            line.append(f"  origin: {review.origin}", style="dim")
        for signature in one.signatures:
            said = signature.line
            line.append(f"\n    {said.role} {said.name} {said.day}")
            if signature.why:
                line.append(f"  does not hold: {signature.why}", style="red")
            elif (since := one.read(said)) not in {"", SAME}:
                line.append(f"  for the text; {since}", style="yellow")
        if review and review.missing:
            line.append(f"\n    missing: {' '.join(review.missing)}", style="yellow")
        for words in dict.fromkeys((one.place.key.msgid, *one.translation)):
            line.append(f"\n      {words}", style="dim")
        for value in values_in(one.place.key.msgid, facts):
            name, _, said_now = value.partition(": ")
            line.append(f"\n      {{{name}}} is {said_now}", style="dim")
        yield line


def once(found: Iterable[Finding]) -> list[tuple[Finding, int]]:
    """The findings, each once, with the number of further places where the English of its entry stands."""
    places: dict[tuple[object, ...], list[Finding]] = {}
    for one in found:
        places.setdefault((str(one.span), one.level, one.code, one.text, one.key), []).append(one)
    return [(some[0], len(some) - 1) for some in places.values()]


def finding(found: Finding, more: int = 0) -> Iterator[tuple[str, str]]:
    """One finding in pieces, each with its style: place, level, and what to do; below it the English it is about, where that stands, and
    in how many places `more`."""
    yield str(found.span), "bold"
    yield ": ", ""
    yield str(found.level), STYLES[found.level]
    yield f" [{found.code}] ", ""
    yield found.text, ""
    if found.key is not None:
        about = found.key.msgid if len(found.key.msgid) < 90 else found.key.msgid[:87] + "…"
        beside = f" and {more} more place{'s' * (more != 1)}" if more else ""
        yield f"\n    {found.source or ''}{beside}: {about}", "dim"


def answered(found: Iterable[Finding]) -> Iterator[str]:
    """How a finding about a translation is answered that is wrong, by the first one that a person may accept."""
    from pipeline.checks import runner

    accepted = {check.code for check in runner.every_rule() if not getattr(check, "final", False)}
    for one in found:
        if one.key is not None and one.locale and one.code in accepted and one.level > Level.INFO:
            line = (
                f'lockstep accept {quote(str(one.span))} --check {one.code} --by "YOUR NAME" --reason "WHY IT IS RIGHT"'
            )
            yield f"\nIs a finding wrong, and the translation right? Say so with your name (here for the first of them):\n    {line}"
            return


def unread(locales: Iterable[Locale]) -> Iterator[str]:
    """What the checks cannot read, by language: there, that nothing is found says nothing."""
    from pipeline.checks.levels import OF_WORDS, unsure
    from pipeline.text import evidence, language

    found: dict[str, list[str]] = {}
    for locale in locales:
        spoken = language(locale.name)
        lacking, said = evidence.unread(spoken), ""
        if len(lacking) > len(evidence.ASPECTS) - 2:
            said = "is read for digits, links and markup only"
        elif lacking:
            said = f"is not read for: {', '.join(lacking)}"
        elif doubted := unsure(spoken):
            what = f" for {', '.join(doubted)}" if len(doubted) < len(OF_WORDS) else ""
            said = f"is read tentatively{what}: only where a patient may act on a text do its words withhold it"
        elif not evidence.measured(spoken):
            said = "is read, but nobody has measured how much of what is wrong is found: let a person look at numbers, doses and negations"
        if said:
            found.setdefault(said, []).append(locale.name)
    for said, names in found.items():
        verb = said if len(names) == 1 else re.sub("^is", "are", said)
        yield f"{', '.join(names)} {verb}. (docs/checks.md of Lockstep)"


def withheld(languages: Iterable[Coverage]) -> Iterator[str]:
    """In how many places readers get the English although there is a translation: it is stale, unsafe or recalled. A check that finds
    nothing wrong says so all the same."""
    if some := [f"{one.locale} {one.whole.withheld}" for one in languages if one.whole.withheld]:
        yield f"Translated, and shown in English: {', '.join(some)}. Which, and why: lockstep status"


def summary(found: Iterable[Finding]) -> str:
    """How many findings of each level; last the hints about the style of the English, which are none."""
    every = [one for one, _ in once(found)]
    hints = sum(map(is_hint, every))
    levels = [one.level for one in every if not is_hint(one)]
    counts = [
        f"{levels.count(level)} {level}{'s' * (levels.count(level) != 1)}"
        for level in (Level.ERROR, Level.WARNING, Level.INFO)
        if level in levels
    ]
    said = ", ".join(counts) or "nothing found"
    return said + (f"; {hints} hint{'s' * (hints != 1)} about the English" if hints else "")
