"""XML of strangers read without harm, and ours written: no document types of their own, no entities, nothing fetched, bounded in
depth and number. The one module that knows expat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.core.errors import LockstepError
from pipeline.core.exchange import UNWRITABLE

DEPTH, MANY = 100, 5_000_000
"""The most elements in each other, and in a file."""
XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(slots=True)
class Element:
    """An element: its local name, its namespace, its attributes by local name (`xml:lang` with its prefix), what is in it, and
    the line where it begins."""

    name: str
    space: str
    given: dict[str, str]
    line: int
    inside: list[Element | str] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        return self.given.get(name, default)

    def each(self, *names: str) -> Iterator[Element]:
        """The elements right in it that have one of these names."""
        return (one for one in self.inside if isinstance(one, Element) and one.name in names)

    def first(self, *names: str) -> Element | None:
        return next(self.each(*names), None)

    def below(self, *names: str) -> Iterator[Element]:
        """The elements at any depth that have one of these names, in order; what is in one of them is not looked at."""
        for one in self.inside:
            if isinstance(one, Element):
                if one.name in names:
                    yield one
                else:
                    yield from one.below(*names)

    @property
    def text(self) -> str:
        """All its text."""
        return "".join(one if isinstance(one, str) else one.text for one in self.inside)


def parse(body: bytes, path: str) -> Element:
    """The root of a document. Raises LockstepError, with the line, for what is not well-formed or brings what may do harm."""
    from xml.parsers import expat

    reader = expat.ParserCreate(namespace_separator=" ")
    reader.buffer_text = True
    top = Element("", "", {}, 0)
    stack, count = [top], 0

    def refuse(what: str, todo: str = "Export it again without that.") -> LockstepError:
        return LockstepError(what, path=path, line=reader.CurrentLineNumber, todo=todo)

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(stack) > DEPTH or count > MANY:
            raise refuse(
                f"has more than {DEPTH if len(stack) > DEPTH else MANY} elements {'in each other' * (len(stack) > DEPTH)}".strip()
            )
        space, _, local = name.rpartition(" ")
        one = Element(local, space, {called(key): value for key, value in given.items()}, reader.CurrentLineNumber)
        stack[-1].inside.append(one)
        stack.append(one)

    def end(name: str) -> None:
        stack.pop()

    def text(words: str) -> None:
        stack[-1].inside.append(words)

    def doctype(name: str, system: str | None, public: str | None, internal: int) -> None:
        if internal:
            raise refuse("brings a document type of its own, which is not read")

    def entity(*said: Any) -> None:
        raise refuse("declares or uses an entity, which is not read")

    reader.StartElementHandler, reader.EndElementHandler, reader.CharacterDataHandler = start, end, text
    reader.StartDoctypeDeclHandler, reader.EntityDeclHandler, reader.SkippedEntityHandler = doctype, entity, entity
    try:
        reader.Parse(body, True)
    except expat.ExpatError as problem:
        raise LockstepError(
            f"is no XML that can be read: {expat.ErrorString(problem.code)}",
            path=path,
            line=problem.lineno,
            todo="Export it again.",
        ) from problem
    except (ValueError, LookupError) as problem:
        raise refuse(f"is no XML that can be read: {problem}", "Save it as UTF-8.") from problem
    return next(top.each(*(one.name for one in top.inside if isinstance(one, Element))))


def called(name: str) -> str:
    """An attribute's local name; with `xml:` where it is XML's own."""
    space, _, local = name.rpartition(" ")
    return f"xml:{local}" if space == XML else local


def words(text: str) -> str:
    """Text as it stands between tags; line ends and spaces come back as they were."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def value(text: str) -> str:
    """Text as it stands in an attribute; what cannot be in XML is shown as U+FFFD."""
    return UNWRITABLE.sub("\ufffd", words(text)).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def tag(name: str, inside: str | None = None, /, **given: str | None) -> str:
    """An element; `_` in the name of an attribute is `-`, `__` is `:`. Attributes that are None are left out."""
    said = "".join(
        f' {key.replace("__", ":").rstrip("_").replace("_", "-")}="{value(text)}"'
        for key, text in given.items()
        if text is not None
    )
    return f"<{name}{said}/>" if inside is None else f"<{name}{said}>{inside}</{name}>"


def plain(text: str) -> str:
    """Text between tags of which nothing is read back as a code: what cannot be in XML is shown as U+FFFD."""
    return UNWRITABLE.sub("\ufffd", words(text))
