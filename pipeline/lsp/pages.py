"""What an editor of the English is told of a page while it is typed: what is wrong in it, and what each edit does to its translations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from pipeline.checks import readability, source
from pipeline.commands.outlook import ALSO, Outlook, Outlooks, translated
from pipeline.core.model import Document, Level, Message
from pipeline.live import Live
from pipeline.lsp.catalogs import entries_of
from pipeline.lsp.said import GRADES, Place, Said, escaped, listed, marked, of_findings
from pipeline.resolve.worklist import word_diff

BECOMES = {
    "english": "Readers of {} get the English from the next build on.",
    "notice": "Readers of {} keep the translation, under a notice.",
    "marks": "For readers of {} the translation stays, with other notices or facts.",
    "translated": "Readers of {} get a translation again.",
    "kept": "The notice stays as it was in {}.",
}
"""What readers see otherwise, as `outcome.turned` names it."""


def findings(live: Live, path: str) -> tuple[Said, ...]:
    """What is wrong in a page or data file, or in a file that pages include (as the first of them has it)."""
    found = [one for one in live.content.findings if one.span.path == path]
    if document := standing(live, path):
        hints = partial(readability.findings, grade=live.settings.reading_grade)
        found += source.of_document(live.content, document, live.project.levels, hints)
    return of_findings(dict.fromkeys(one for one in found if one.span.path == path))


def standing(live: Live, path: str) -> Document | None:
    """The document of a file; of one that is included, the first that includes it."""
    own = (
        document for document in live.content.documents if any(one.place.path == path for one in document.messages())
    )
    return live.document(path) or next(own, None)


def languages(live: Live) -> tuple[str, ...]:
    return tuple(one.name for one in live.settings.locales)


def said(live: Live, outlooks: Outlooks, path: str, names: Sequence[str]) -> tuple[Said, ...]:
    """Everything about a page, by line. `names`: the languages that are read by now."""
    wait = len(languages(live)) - len(names)
    more = f" {wait} more language{'s are' if wait != 1 else ' is'} still being read." if wait else ""
    found = outlooks.of(path, names) if live.document(path) else ()
    impact = (Said(one.line, level(one), code(one), told(one, len(names)) + more) for one in found)
    return tuple(sorted((*findings(live, path), *impact), key=lambda one: (one.line, one.code)))


def code(one: Outlook) -> str:
    return f"impact-{one.how if one.how in {ALSO, 'new'} else one.severity}"


def level(one: Outlook) -> Level | None:
    """How loud an edit is: as grave as it is, and no less than what readers see of it."""
    if "english" in one.turns:
        return Level.WARNING
    return Level.INFO if one.turns else GRADES[one.severity]


def told(one: Outlook, many: int) -> str:
    """What an edit does, in a few sentences; `many` languages are known."""
    parts = []
    if one.how == "new":
        parts.append(f"New text. {lacking(len(one.had), many)}")
    elif one.how == ALSO:
        parts.append("Nobody edited this text; another edit on this page changes how it is shown.")
    else:
        parts.append(f"{str(one.severity).capitalize()} edit ({'; '.join(one.reasons)}).")
        if not one.had:
            parts.append("No language has this text translated.")
    turned = {name for names in one.turns.values() for name in names}
    parts += [BECOMES[kind].format(languages_of(names)) for kind, names in one.turns.items()]
    still = [name for name in one.had if name not in turned]
    if still and one.how != "new":
        rest = "Every translation stays" if not turned else "What is shown stays as it is in"
        parts.append(f"{rest}: {languages_of(still)}." if not turned else f"{rest} {languages_of(still)}.")
    return " ".join(parts)


def lacking(had: int, many: int) -> str:
    """What a text that is new on a page costs."""
    if had == many:
        return "Every language has it translated already."
    return f"To be translated into {many - had} language{'s' * (many - had != 1)}; readers get the English until then."


def languages_of(names: Sequence[str]) -> str:
    return f"{len(names)} language{'s' * (len(names) != 1)} ({listed(names)})"


def message_at(live: Live, path: str, line: int) -> Message | None:
    """The text at a line of a page, a data file or a template: the last that begins on it or above."""
    document, own = standing(live, path), live.document(path) is not None
    found = [
        (one.span if own else one.place, one) for one in (document.messages() if document else live.content.interface)
    ]
    above = [(span.line, at, one) for at, (span, one) in enumerate(found) if span.path == path and span.line <= line]
    return min(above, key=lambda one: (-one[0], one[1]))[2] if above else None


def hover(live: Live, outlooks: Outlooks, path: str, line: int, names: Sequence[str]) -> tuple[str, int] | None:
    """What is to be known of the text at a line, in Markdown, and the line on which it begins."""
    one = message_at(live, path, line)
    if one is None:
        return None
    begins = one.span.line if live.document(path) else one.place.line
    parts = [("*critical* · " if one.critical else "") + f"`{path}:{begins}`"]
    for edit in outlooks.of(path, names) if live.document(path) else ():
        if edit.now == one.key:
            parts.append(escaped(told(edit, len(names))))
            if edit.was != edit.now:
                parts.append(marked(word_diff(edit.was.msgid, edit.now.msgid)))
    have = [name for name in names if translated(live.project.translations[name].entries, one.key)]
    lack = [name for name in names if name not in have]
    parts += [f"{what}: {listed(some, 30)}" for what, some in (("Translated", have), ("Not translated", lack)) if some]
    return "\n\n".join(parts), begins


def places(live: Live, path: str, line: int, names: Sequence[str]) -> Iterator[Place]:
    """Where the text at a line stands in catalogs."""
    if one := message_at(live, path, line):
        yield from entries_of(live, one.key, names)
