"""Questions `locale/questions.jsonl`: what a translator asks about a text, and what somebody answers, once for all languages.

A question is about a message and follows it through every edit of its English, as the edit log tells them. Its id follows from what
its line says, so an answer names the question that was asked and no other. Nothing is decided by it. The lines are a set
(`core/ledger`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pipeline.changes import Log
from pipeline.core.ledger import Fields, Ledger, written
from pipeline.core.locales import NAME

PATH = "locale/questions.jsonl"
ASKED, ANSWERED = "asked", "answered"


def id_of(message: str, locale: str, by: str, date: str, text: str) -> str:
    """The id of a question."""
    return hashlib.sha256(json.dumps([message, locale, by, date, text]).encode(errors="surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Row:
    """A question about a message, or an answer to a question (`question`: its id), by whom and when (UTC). `locale`: the language
    that it was asked for, "" for none; `page` and `block` are for readers of the file."""

    how: str
    question: str
    by: str
    date: str
    text: str
    message: str = ""
    locale: str = ""
    page: str = ""
    block: str = ""

    def line(self) -> str:
        """The line as it stands in the file."""
        names = "how", "question", "by", "date", "text", "message", "locale", "page", "block"
        return written({name: getattr(self, name) for name in names})

    @staticmethod
    def parse(found: Fields) -> Row:
        """A line of the file. Raises ValueError with what is wrong."""
        how, question = found.choice("how", (ASKED, ANSWERED)), found.ident("question")
        by, text, date = found.text("by", None), found.text("text", None), found.time("date")
        if not by.strip() or not text.strip():
            raise ValueError("`by` and `text` say who and what")
        if how == ANSWERED:
            return Row(how, question, by, date, text)
        message, locale = found.ident("message"), found.text("locale")
        if locale and not NAME.match(locale):
            raise ValueError("`locale` is a locale name, as es or zh_Hans")
        if question != (known := id_of(message, locale, by, date, text)):
            raise ValueError(f"`question` is not {known}, which follows from what the line says")
        return Row(how, question, by, date, text, message, locale, found.text("page"), found.text("block"))


class Question(NamedTuple):
    """A question, and what was answered, the oldest first."""

    asked: Row
    answers: tuple[Row, ...]


@dataclass(frozen=True)
class Questions(Ledger[Row]):
    """The questions of a site."""

    path: str = PATH

    code, until = "questions", "Until then nobody sees the question or answer of this line."
    parse = staticmethod(Row.parse)

    @cached_property
    def every(self) -> tuple[Question, ...]:
        """Every question, the oldest first. An answer to a question that is not in the file is nowhere."""
        answers: dict[str, list[Row]] = {}
        rows = sorted(self.rows, key=lambda row: (row.date, row.line()))
        for row in rows:
            if row.how == ANSWERED:
                answers.setdefault(row.question, []).append(row)
        asked = {row.question: row for row in rows if row.how == ASKED}
        return tuple(Question(row, tuple(answers.get(name, ()))) for name, row in asked.items())

    @property
    def orphans(self) -> Iterator[Row]:
        """The answers to questions that are not in the file."""
        asked = {row.question for row in self.rows if row.how == ASKED}
        return (row for row in self.rows if row.how == ANSWERED and row.question not in asked)

    def about(self, log: Log) -> Mapping[str, tuple[Question, ...]]:
        """The questions about each message, by id: about itself, or about one that edits made it from."""
        found: dict[str, list[Question]] = {}
        for one in self.every:
            seen, waiting = {one.asked.message}, [one.asked.message]
            while waiting:
                for step in log.onward.get(waiting.pop(), ()):
                    if step.now not in seen:
                        seen.add(step.now)
                        waiting.append(step.now)
            for message in seen:
                found.setdefault(message, []).append(one)
        return {message: tuple(some) for message, some in found.items()}


def load(root: Path) -> Questions:
    """The questions of a site; none where there is no file."""
    return Questions().load(root)
