"""What became of the translations of other tools' catalogs: for a terminal, for programs, in Markdown, and as a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.adoption import Account, Adopted, Fate
from pipeline.cli.console import counted
from pipeline.commands.adopt import Adoption
from pipeline.core.locales import Locale
from pipeline.core.settings import Settings
from pipeline.resolve.worklist import word_diff

FEW = 3
"""How many translations of each fate a terminal shows."""
HEADS = {
    "live": "live here",
    "fuzzy": "offered to translators as fuzzy",
    "kept": "kept in the catalog, not shown",
}


class Group(NamedTuple):
    """The translations that came to one fate."""

    fate: Fate
    accounts: Sequence[Account]


def groups(found: Adopted, where: str) -> list[Group]:
    """The translations that are `live`, `fuzzy` or `kept`, by fate."""
    made = [Group(fate, [one for one in found.accounts if one.fate is fate]) for fate in Fate if fate.where == where]
    return [group for group in made if group.accounts]


def sources(found: Adoption, locale: str) -> str:
    """Which catalogs a language came from."""
    own = [one for one in found.sources if one.locale == locale]
    tools = ", ".join(dict.fromkeys(one.tool for one in own))
    return f"{counted(len(own), 'catalog')} ({tools})"


def percent(part: int, whole: int) -> str:
    return f"{100 * part // whole} %" if whole else "0 %"


# For a terminal -------------------------------------------------------------------------------------------------------


def text(found: Adoption, locales: Mapping[str, Locale], *, every: bool = False) -> Iterator[str]:
    """The counts of each language by cause, and of what is not live the first few, or all."""
    for one in found.languages:
        name = locales[one.locale].english
        yield f"{one.locale}  {name}: {counted(one.translations, 'translation')} in {sources(found, one.locale)}"
        live = one.sum("live", approved=True)
        yield f"    {live} of the {one.placeable} whose English is a text of this site are live ({percent(live, one.placeable)})"
        for where, head in HEADS.items():
            if one.sum(where):
                yield f"  {one.sum(where)} {head}"
            for fate, accounts in groups(one, where):
                yield f"    {len(accounts):>6}  {fate.title}"
                if where != "live":
                    for account in accounts if every else accounts[:FEW]:
                        yield from shown(account)
                    if not every and len(accounts) > FEW:
                        yield f"            … and {len(accounts) - FEW} more (--all)"
        if one.withheld:
            yield f"  {len(one.withheld)} of the live ones are shown in English until somebody mends them"
            for key, why in one.withheld if every else one.withheld[:FEW]:
                yield f"            “{plain(key.msgid)}”: {why}"
        if one.untranslated:
            yield f"  {one.untranslated} not translated there"


def shown(account: Account) -> Iterator[str]:
    """One translation for a terminal."""
    yield f"            {account.foreign.place}  “{plain(account.foreign.english)}” → “{plain(account.foreign.translation)}”"
    if account.why:
        yield f"                {plain(account.why, 200)}"


def plain(words: str, most: int = 70) -> str:
    """A text on one line of a terminal, which obeys control characters."""
    line = " ".join("".join(char if char.isprintable() else " " for char in words).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


# For programs -----------------------------------------------------------------------------------------------------------


def data(found: Adoption) -> str:
    """Every translation, its fate, and the messages that have it."""
    made = {
        "languages": [
            {
                "locale": one.locale,
                "catalog": one.path,
                "translations": one.translations,
                "live": one.sum("live"),
                "fuzzy": one.sum("fuzzy"),
                "kept": one.sum("kept"),
                "untranslated": one.untranslated,
                "causes": {fate.name.lower(): count for fate in Fate if (count := one.counts.get(fate, 0))},
                "withheld": [{**message(key), "why": why} for key, why in one.withheld],
                "entries": [entry(account) for account in one.accounts if account.foreign.entry.translated],
            }
            for one in found.languages
        ],
        "findings": [
            {"file": one.span.path, "line": one.span.line, "level": str(one.level), "message": one.text}
            for one in found.findings
        ],
        "written": list(found.written),
    }
    return json.dumps(made, ensure_ascii=False, indent=2)


def message(key: Any) -> dict[str, Any]:
    return {"msgctxt": key.context, "msgid": key.msgid}


def entry(account: Account) -> dict[str, Any]:
    """One translation as JSON."""
    theirs = account.foreign.entry
    return {
        "file": account.foreign.path,
        "line": theirs.line,
        "msgctxt": theirs.key.context,
        "msgid": theirs.key.msgid,
        "msgstr": list(theirs.strings),
        "fuzzy": theirs.fuzzy,
        "obsolete": theirs.obsolete,
        "became": account.counted,
        "cause": account.fate.name.lower(),
        "why": account.why,
        "parts": [
            {"english": part.unit.english, "translation": part.unit.translation, "cause": part.fate.name.lower(),
             "why": part.why, "messages": [message(key) for key in part.keys]}
            for part in account.parts
        ],
    }  # fmt: skip


# For people -------------------------------------------------------------------------------------------------------------


def markdown(found: Adoption, locales: Mapping[str, Locale]) -> Iterator[str]:
    """A table a language, for the description of a merge request."""
    from pipeline.cli.reports.markdown import code
    from pipeline.cli.reports.markdown import plain as meant

    for one in found.languages:
        yield f"### {meant(locales[one.locale].english)}: {one.translations} translations in {sources(found, one.locale)}"
        yield ""
        yield "| | translations | |"
        yield "|---|--:|---|"
        for where, head in HEADS.items():
            for fate, accounts in groups(one, where):
                yield f"| {head} | {len(accounts)} | {meant(fate.title)} |"
        yield ""
        for where in ("fuzzy", "kept"):
            for fate, accounts in groups(one, where):
                yield f"<details><summary>{len(accounts)}: {meant(fate.title)}</summary>"
                yield ""
                for account in accounts:
                    why = f" ({meant(account.why)})" if account.why else ""
                    yield f"- {code(account.foreign.place)} {code(plain(account.foreign.english, 160))}{why}"
                yield ""
                yield "</details>"
                yield ""
        for key, why in one.withheld:
            yield f"- live, and shown in English until somebody mends it: {code(plain(key.msgid, 160))}: {meant(why)}"


def html(found: Adoption, settings: Settings, day: str) -> str:
    """All of it as one page of its own."""
    from pipeline.site import templates

    env = templates.environment(Path(__file__).parent)
    return templates.page(
        env,
        "adoption_report.html",
        found=found,
        difference=lambda account: list(difference(account)),
        languages=[seen(found, one, settings.by_name[one.locale]) for one in found.languages],
        project=settings.project,
        day=day,
    ).decode()


def seen(found: Adoption, one: Adopted, locale: Locale) -> Mapping[str, Any]:
    """One language as the page shows it."""
    live = one.sum("live", approved=True)
    return {
        "locale": locale,
        "sources": sources(found, one.locale),
        "adopted": one,
        "live": live,
        "share": percent(live, one.placeable),
        "rows": [(where, head, one.sum(where), groups(one, where)) for where, head in HEADS.items()],
    }


def difference(account: Account) -> Iterable[tuple[str, str]]:
    """The words that tell the English of a translation from that of the message it is offered to."""
    part = next((part for part in account.parts if part.fate is Fate.EDITED and part.keys), None)
    return word_diff(part.unit.english, part.keys[0].msgid) if part else ()
