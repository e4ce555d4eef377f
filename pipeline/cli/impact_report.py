"""The impact of an edit for an editor's terminal, for programs, and as Markdown for a pull request."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.changes import Occurrence
from pipeline.changes.beside import Beside
from pipeline.commands.impact import Edited, Impact
from pipeline.resolve.worklist import word_diff

MOST = 12
"""How many lines of advice are shown."""
GRADES = ("critical", "wording", "new")
STYLES = {"critical": "bold red", "wording": "yellow", "cosmetic": "green"}


def named(place: Occurrence) -> str:
    """A place as `lockstep decide` takes it."""
    return f"{place.path}#{place.block}"


def totals(found: Impact) -> str:
    """The first line: how many messages of each grade."""
    counts = [(sum(1 for one in found.edited if str(one.severity) == grade), grade) for grade in STYLES]
    counts += [
        (len({place.key for place in found.new}), "new"),
        (len(found.moved) + len(found.reordered), "moved"),
        (len({place.key for place in found.deleted}), "deleted"),
        (len(found.beside), f"changed beside the texts{f' ({len(found.grave)} critical)' * bool(found.grave)}"),
        (len(found.marked), "marked otherwise"),
    ]
    pages = Counter(one.how for one in found.went)
    counts += [(count, f"page{'s' * (count != 1)} {how}") for how, count in sorted(pages.items())]
    counts.append((len(found.withheld), f"file{'s' * (len(found.withheld) != 1)} withheld"))
    return ", ".join(f"{count} {what}" for count, what in counts if count) or "nothing in the texts"


def tables(found: Impact) -> Iterator[tuple[str, list[str]]]:
    """A row a language: strings and words to redo by grade, how many translations stay, and how many reviews end."""
    for one in found.languages:
        cells = [
            f"{one.strings[g]} ({one.words[g]} word{'s' * (one.words[g] != 1)})" if one.strings.get(g) else "0"
            for g in GRADES
        ]
        yield one.locale, [*cells, str(one.carried), str(one.ended)]


def shown(advice: Sequence[str]) -> Iterator[str]:
    """As much advice as anybody reads."""
    yield from advice[:MOST]
    if len(advice) > MOST:
        yield f"… and {len(advice) - MOST} more (--format json has them all)."


Listed = tuple[str, list[tuple[str, str]]]
"""A title, and under it what is about what: its name (a block, a page, a language), and a word on it."""

TURNS = (
    ("english", "Will turn English"),
    ("translated", "In English until now, will be shown in translation"),
    ("notice", "Old translation, under a notice"),
    ("marks", "Same text, with other notices, other English beside it, or another fact in it"),
    ("kept", "Notices that stay as they were; `lockstep check` fails until they are translated"),
)


def before_texts(found: Impact) -> Iterator[Listed]:
    """What changed that is the words of no message."""
    yield "Moved within the page (translations stay)", [(named(place), place.key.msgid) for place in found.reordered]
    said = {True: "critical now", False: "no longer critical"}
    yield "Marked otherwise", [(named(place), said[now]) for place, now in found.marked]
    yield (
        "Changed beside the texts, in every language",
        [other(one, where, one in found.grave) for one, where in found.beside],
    )
    yield "Pages", [(one.was or one.now, one.said) for one in found.went]
    yield "Leads to a page that is not there any more", [(str(one.at), one.said) for one in found.astray]


def other(one: Beside, where: Sequence[str], grave: bool) -> tuple[str, str]:
    """What changed beside the messages: its name, what became of it, and of a fact where it stands."""
    said = f"critical: {one.said}" if grave else one.said
    places = f" (in {', '.join(where)})" if where else ""
    return f"{one.path}#{one.name}" if one.name else one.path, said + places


def for_readers(found: Impact) -> Iterator[Listed]:
    """What readers will see otherwise."""
    for to, title in TURNS:
        yield title, [(named(turn.place), " ".join(turn.locales)) for turn in found.turns if turn.to == to]
    files = [(f"source/{name}", " ".join(locales)) for name, locales in found.withheld]
    yield "Withheld, for the words that they carry, until somebody makes them anew", files
    ended = [(page, " ".join(locales)) for page, locales in found.ended]
    yield "The review of the page ends, until somebody signs again", ended
    leaving = [(one.locale, f"{f'from {one.on} on' if one.on else 'at once'}: {one.why}") for one in found.leaving]
    yield "Will not be published", leaving


def text(found: Impact) -> Iterator[Any]:
    """For a terminal, as renderables of rich."""
    from rich.table import Table
    from rich.text import Text

    if found.empty:
        yield Text(f"No English text changed since {found.base}, nor anything else that readers see.")
        return
    yield Text(f"Since {found.base}: {totals(found)}", "bold")
    for one in found.edited:
        grade = str(one.severity)
        line = Text.assemble("\n", (f"{grade:<9}", STYLES[grade]), (", ".join(map(named, one.places[:4])), "bold"))
        line.append(f"  {one.how}" if one.how != "edited" else "")
        line.append(f"\n    {'; '.join(one.reasons)}\n    ")
        for sign, words in word_diff(one.was.msgid, one.now.msgid):
            line.append(
                {"=": words, "-": f"[-{words}-]", "+": f"{{+{words}+}}"}[sign] + " ",
                style={"=": "dim", "-": "red", "+": "green"}[sign],
            )
        yield line
    for place in found.new:
        yield Text.assemble("\n", ("new      ", "cyan"), (named(place), "bold"), f"\n    {place.key.msgid}")
    for old, new in found.moved:
        yield Text.assemble("\n", ("moved    ", "dim"), f"{old.path} → ", (named(new), "bold"), "  (translations stay)")
    for place in found.deleted:
        yield Text.assemble("\n", ("deleted  ", "dim"), (place.path, "bold"), f"\n    {place.key.msgid}")
    for title, rows in before_texts(found):
        yield from listed_text(title, rows)
    yield Text("\nTo redo", "bold")
    made = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("language", *GRADES, "translations that stay", "reviews that end"):
        made.add_column(name, justify="left" if name == "language" else "right")
    for locale, cells in tables(found):
        made.add_row(locale, *cells)
    yield made
    for title, rows in for_readers(found):
        yield from listed_text(title, rows)
    if found.advice:
        yield Text("\nAdvice", "bold")
    for advice in shown(found.advice):
        yield Text(f"  {advice}")


def listed_text(title: str, rows: Sequence[tuple[str, str]]) -> Iterator[Any]:
    """A list for a terminal; nothing where it is empty."""
    from rich.text import Text

    if rows:
        yield Text(f"\n{title}", "bold")
    yield from (Text(f"  {name}: {said}") for name, said in rows)


def listed_markdown(title: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The same for a pull request."""
    if rows:
        yield f"**{title}:**\n"
        yield from (f"- {code(name)}: {escaped(said)}" for name, said in rows)
        yield ""


def markdown(found: Impact) -> Iterator[str]:
    """For a pull request."""
    if found.empty:
        yield f"**Translations:** no English text changed since {code(found.base)}, nor anything else that readers see."
        return
    yield f"### Translations: {totals(found)}\n"
    yield f"Compared with {code(found.base)}.\n"
    if found.edited:
        yield "| severity | block | what changed | English |\n| --- | --- | --- | --- |"
        yield from (markdown_row(one) for one in found.edited)
        yield ""
    for title, listed in (("New", found.new), ("Deleted", found.deleted)):
        if listed:
            yield f"**{title}:**\n"
            yield from (f"- {code(named(place))} {code(place.key.msgid)}" for place in listed)
            yield ""
    if found.moved:
        yield "**Moved** (translations stay):\n"
        yield from (f"- {code(old.path)} → {code(named(new))}" for old, new in found.moved)
        yield ""
    for title, rows in before_texts(found):
        yield from listed_markdown(title, rows)
    yield f"| language | {' | '.join(GRADES)} | translations that stay | reviews that end |\n|{' --- |' + ' ---: |' * 5}"
    yield from (f"| {locale} | {' | '.join(cells)} |" for locale, cells in tables(found))
    yield ""
    for title, rows in for_readers(found):
        yield from listed_markdown(title, rows)
    if found.advice:
        yield "**Advice:**\n"
        yield from (f"- {escaped(line)}" for line in shown(found.advice))


def markdown_row(one: Edited) -> str:
    """One edit as a row."""
    diff = " ".join(
        {"=": escaped(words), "-": f"<del>{escaped(words)}</del>", "+": f"<ins>{escaped(words)}</ins>"}[sign]
        for sign, words in word_diff(one.was.msgid, one.now.msgid)
    )
    grade = "**critical**" if str(one.severity) == "critical" else str(one.severity)
    return f"| {grade} | {'<br>'.join(code(named(p)) for p in one.places[:4])} | {escaped('; '.join(one.reasons))} | {diff} |"


def escaped(words: str) -> str:
    """Text that Markdown shows as it is."""
    text = words.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|").replace("\n", " ")
    return "".join(f"\\{char}" if char in "*_`[]#~" else char for char in text)


def code(words: str) -> str:
    """Text as code, whatever backticks are in it."""
    clean = words.replace("|", "\\|").replace("\n", " ")
    fence = "`" * (max(map(len, re.findall("`+", clean)), default=0) + 1)
    return f"{fence} {clean} {fence}" if "`" in clean else f"`{clean}`"


def data(found: Impact) -> str:
    """For programs: JSON."""
    return json.dumps(
        {
            "base": found.base,
            "edited": [
                {
                    "severity": str(one.severity),
                    "reasons": list(one.reasons),
                    "how": one.how,
                    "was": {"context": one.was.context, "msgid": one.was.msgid},
                    "now": {"context": one.now.context, "msgid": one.now.msgid},
                    "blocks": [named(place) for place in one.places],
                    "locales": list(one.had),
                }
                for one in found.edited
            ],
            "new": [
                {"block": named(place), "context": place.key.context, "msgid": place.key.msgid} for place in found.new
            ],
            "moved": [{"from": old.path, "to": named(new), "msgid": new.key.msgid} for old, new in found.moved],
            "deleted": [
                {"page": place.path, "context": place.key.context, "msgid": place.key.msgid} for place in found.deleted
            ],
            "locales": {
                one.locale: {
                    "strings": {"total": sum(one.strings.values()), **one.strings},
                    "words": {"total": sum(one.words.values()), **one.words},
                    "carried": one.carried,
                    "reviews": one.ended,
                }
                for one in found.languages
            },
            "turns": [
                {
                    "block": named(turn.place),
                    "msgid": turn.place.key.msgid,
                    "to": turn.to,
                    "locales": list(turn.locales),
                }
                for turn in found.turns
            ],
            "reordered": [named(place) for place in found.reordered],
            "critical": [{"block": named(place), "critical": now} for place, now in found.marked],
            "beside": [
                {
                    "file": one.path,
                    "kind": one.kind,
                    "name": one.name,
                    "critical": one in found.grave,
                    "was": one.was,
                    "now": one.now,
                    "blocks": list(where),
                }
                for one, where in found.beside
            ],
            "pages": [
                {"was": one.was, "now": one.now, "address": {"was": one.address_was, "now": one.address_now}}
                for one in found.went
            ],
            "astray": [
                {"file": one.at.path, "line": one.at.line, "target": one.target, "write": one.write}
                for one in found.astray
            ],
            "withheld": [{"file": f"source/{name}", "locales": list(locales)} for name, locales in found.withheld],
            "reviews": [{"page": page, "locales": list(locales)} for page, locales in found.ended],
            "unpublished": [{"locale": one.locale, "on": one.on, "why": one.why} for one in found.leaving],
            "advice": list(found.advice),
        },
        ensure_ascii=False,
        indent=2,
    )
