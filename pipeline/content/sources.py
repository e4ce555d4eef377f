"""Source files, each read once as a Document: which module reads which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.content import html_pages, markdown, yaml
from pipeline.content.files import decoded, words
from pipeline.content.included_lines import Whole, placed
from pipeline.content.inline_html import Urls
from pipeline.content.marks import Marks
from pipeline.core import plugins
from pipeline.core.errors import LockstepError
from pipeline.core.model import HTML_FILES, Document, Finding, Level
from pipeline.core.options import DATA, HTML, MARKDOWN
from pipeline.core.settings import SourceMapping

Read = Callable[[str, str, Sequence[str], Urls, Marks], Document]
"""Reads a file: its path, its text, the keys that are messages, the map of its links, the site's own marks. What it makes of them
follows from them alone: it reads no other file and no clock."""


@dataclass(frozen=True, slots=True)
class Format:
    """How files of one kind are read. `suffixes`: how their names usually end (`.adoc`), to be said where no mapping reads one."""

    read: Read
    suffixes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.suffixes, tuple) or not all(isinstance(one, str) and one for one in self.suffixes):
            raise TypeError(f'suffixes is {self.suffixes!r}, and no tuple of endings; write it as (".gmi",)')


FORMATS: dict[str, Format] = {
    MARKDOWN: Format(markdown.read, (".md",)),
    HTML: Format(html_pages.read, HTML_FILES),
    DATA: Format(lambda path, text, keys, urls, marks: yaml.read(path, text, keys), (".yaml", ".yml")),
}
"""The formats that Lockstep reads itself, by the method of a mapping."""


@cache
def of_method(method: str) -> Format:
    """The format of a method: ours, or that of a plug-in. Raises LockstepError where a plug-in cannot be loaded."""
    if found := FORMATS.get(method):
        return found
    loaded = plugins.load(method)
    if not isinstance(loaded, Format):
        what = f"the plug-in for {method!r} ({plugins.named()[method]}) brings no Format, but a {type(loaded).__name__}"
        todo = "Mend or update the package that brings it: docs/formats.md of Lockstep says what it names."
        raise LockstepError(what, path="pyproject.toml", todo=todo)
    return loaded


def document(
    body: bytes, path: str, mapping: SourceMapping, urls: Urls, marks: Marks, made: Whole | None = None
) -> Document:
    """Read the bytes of one mapped file; `made`: the same with what it includes. Raises LockstepError when they are not UTF-8, and where a
    plug-in fails."""
    if made is not None:
        keys = words(mapping.options.get("keys", ""))
        return placed(parsed(made.text, path, mapping.method, keys, urls, marks), made)
    text = decoded(body, path)
    return parsed(text, path, mapping.method, words(mapping.options.get("keys", "")), urls, marks)


def parsed(text: str, path: str, method: str, keys: Sequence[str], urls: Urls, marks: Marks) -> Document:
    """Read the text of one file. Raises LockstepError where a plug-in fails."""
    form = of_method(method)
    if method in FORMATS:
        return form.read(path, text, keys, urls, marks)
    try:
        found = form.read(path, text, keys, urls, marks)
    except LockstepError as problem:
        raise LockstepError(problem.what, path=problem.path or path, line=problem.line, todo=problem.todo) from problem
    except (Exception, SystemExit) as problem:  # no plug-in ends the program
        raise failed(method, path, f"{type(problem).__name__}: {problem}") from problem
    if not isinstance(found, Document):
        raise failed(method, path, f"it gave a {type(found).__name__}, and no Document")
    if wrong := unsound(found, path):
        raise failed(method, path, wrong)
    return found


def unsound(document: Document, path: str) -> str:
    """What is wrong with a document that a plug-in made, in words; "" where nothing is."""
    numbers = [block.number for block in document.blocks()]
    if document.path != path:
        return f"its document is of another file, {document.path}"
    if numbers != list(range(len(numbers))):
        return "its blocks are not numbered in reading order, from 0 on"
    if any(message.span.path != path or message.span.line < 1 for message in document.messages()):
        return "a message of it has no place in this file"
    return ""


def failed(method: str, path: str, why: str) -> LockstepError:
    """The error of a plug-in that failed on a file."""
    what = f"the plug-in for {method!r} ({plugins.named()[method]}) failed on this file: {why}"
    todo = 'Tell the authors of the plug-in, and leave the file out until then: the method "ignore" in `mappings`.'
    return LockstepError(" ".join(what.split())[:400], path=path, line=1, todo=todo)


SHOWN = frozenset(["dialect"])
"""The errors that change no message: a mark that nobody reads is a text like any other until it is mended."""


def broken(document: Document) -> tuple[Finding, ...]:
    """What of a document could not be read, so that its messages would seem to be gone."""
    return tuple(one for one in document.findings if one.level is Level.ERROR and one.code not in SHOWN)
