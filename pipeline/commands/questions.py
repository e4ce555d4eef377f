"""Asking about a text, and answering: once for all languages, kept with the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.changes import occurrences
from pipeline.changes.notes import CARRIED
from pipeline.core.errors import LockstepError
from pipeline.core.ledger import save
from pipeline.core.model import Finding, Key, Level, Message, ident
from pipeline.core.signers import given
from pipeline.project.project import Project
from pipeline.review import questions
from pipeline.review.questions import ANSWERED, ASKED, Question, Questions, Row


def ask(project: Project, target: str, text: str, by: str, locale: str = "") -> Row:
    """Ask about the text at `target` (`PAGE#block` or a message id). Raises LockstepError where that is no one text, or the question
    says nothing; where it was asked already, nothing is written."""
    from pipeline.commands.recall import somebody

    old, text = whole(project), " ".join(text.split())
    who = given(by or somebody(project.root), "a question").name
    if not text:
        raise LockstepError("the question is empty", todo='Say what is to be known: lockstep ask PAGE#block "…?"')
    places = {ident(place.key): place for place in reversed(list(occurrences.at(project.occurrences, target)))}
    if len(places) > 1:
        some = ", ".join(f"{place.path.removeprefix('source/')}#{place.block}" for place in reversed(places.values()))
        raise LockstepError(f"{target} is more than one text", todo=f"Ask about one: {some}.")
    ((message, place),) = places.items()
    date = project.clock.stamp
    row = Row(ASKED, questions.id_of(message, locale, who, date, text), who, date, text, message, locale, place.path, place.block)  # fmt: skip
    save(project.root, old, old.added([row]))
    return row


def answer(project: Project, name: str, text: str, by: str) -> Row:
    """Answer the question of an id (or its first digits). Raises LockstepError where there is none, or the answer says nothing."""
    from pipeline.commands.recall import somebody

    old, text = whole(project), " ".join(text.split())
    who = given(by or somebody(project.root), "an answer").name
    if not text:
        raise LockstepError("the answer is empty", todo='Say it: lockstep answer ID "…"')
    found = [one.asked for one in old.every if len(name) >= 4 and one.asked.question.startswith(name)]
    if len(found) != 1:
        opened = ", ".join(one.asked.question[:8] for one in old.every if not one.answers) or "none"
        what = f"several questions begin with {name!r}" if found else f"there is no question {name!r}"
        raise LockstepError(what, path=questions.PATH, todo=f"Open questions: {opened}.")
    row = Row(ANSWERED, found[0].question, who, project.clock.stamp, text)
    save(project.root, old, old.added([row]))
    return row


def whole(project: Project) -> Questions:
    """The questions. Raises LockstepError where a line of them cannot be read."""
    if found := project.questions.findings:
        raise LockstepError(found[0].text, path=questions.PATH, line=found[0].span.line)
    return project.questions


def about(project: Project) -> Mapping[str, tuple[Question, ...]]:
    """The questions about each message, by id; nothing is read of the log where nobody asked."""
    return project.questions.about(project.log) if project.questions.every else {}


def findings(project: Project) -> Iterator[Finding]:
    """The questions that nobody answered, where their texts stand now; and answers to what nobody asked."""
    ledger = project.questions
    first: dict[str, Message] = {}
    found = about(project)
    for message in readable(project) if found else ():
        first.setdefault(ident(message.key), message)
    told = set()
    for name, message in first.items():
        for one in found.get(name, ()):
            if not one.answers and one.asked.question not in told:
                told.add(one.asked.question)
                yield Finding("question", Level.INFO, said(one.asked), message.span, key=message.key)
    for one in ledger.every:
        if not one.answers and one.asked.question not in told:
            text = said(one.asked)
            if not project.content.amiss():  # else it may stand in what cannot be read
                text += " The text that it is about stands nowhere any more."
            yield Finding("question", Level.INFO, text, ledger.span(one.asked))
    for row in ledger.orphans:
        text = f"This answers a question {row.question} that is not in the file. Restore its line from git."
        yield Finding(ledger.code, Level.WARNING, text, ledger.span(row))


def readable(project: Project) -> Sequence[Message]:
    """The messages of all files that can be read; what is wrong with the others is told elsewhere."""
    return found.messages if (found := project.extracted) is not None else tuple(project.content.messages())


def said(row: Row) -> str:
    """An open question, and how it is answered."""
    lang = f", {row.locale}" if row.locale else ""
    return (
        f'{row.by} asks ({row.date[:10]}{lang}): "{row.text}" Answer: lockstep answer {row.question[:8]} "…" --by NAME'
    )


def comments(project: Project) -> Mapping[Key, tuple[str, ...]]:
    """What a catalog says of each message that somebody answered about, as `#.` lines, which translators' tools show and keep."""
    found = about(project)
    if not any(one.answers for some in found.values() for one in some):
        return {}
    return {
        message.key: lines
        for message in readable(project)
        if (lines := tuple(line for one in found.get(ident(message.key), ()) for line in spoken(one) if one.answers))
    }


def spoken(one: Question) -> Iterator[str]:
    """A question and its answers, a line each. None of them is taken for the mark by which an entry says where it came from."""
    lines = [f"Question ({one.asked.by}): {one.asked.text}"]
    lines += [f"Answer ({row.by}): {row.text}" for row in one.answers]
    return (line.replace(CARRIED, CARRIED.replace(" ", "\u00a0")) for line in lines)
