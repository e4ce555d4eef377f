"""Files of other translation tools ⇄ units: one module a format, named in `FORMATS`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from pipeline.core.exchange import Unit


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file says of itself: the tags of the two languages, and the name of the site."""

    source: str
    target: str
    project: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of other tools: the endings of its files, how a file is recognised by its beginning, and both ways. `read` takes
    the bytes and what the file is called, and raises LockstepError, with the line, for what is no such file."""

    endings: tuple[str, ...]
    write: Callable[[Heading, Sequence[Unit]], bytes]
    read: Callable[[bytes, str], Iterator[Unit]]
    memory: bool = False
    """Whether its files are a memory of texts and not those of this site."""


FORMATS = {"xliff1": "xliff1", "xliff2": "xliff2", "tmx": "tmx", "csv": "table"}
"""The formats by name, each with its module."""


def named(name: str) -> Format:
    """The format of a name."""
    found = import_module(f"{__name__}.{FORMATS[name]}").FORMAT
    assert isinstance(found, Format)
    return found


def recognised(path: str, body: bytes) -> str:
    """The name of the format that a file is in; "" where it is none of them."""
    head = (
        body[:4096].decode("utf-8", "ignore")
        if body[:2] not in {b"\xff\xfe", b"\xfe\xff"}
        else body[:4096].decode("utf-16", "ignore")
    )
    if "<" not in head.lstrip("\ufeff \r\n\t")[:1]:
        return "csv" if path.lower().endswith((".csv", ".tsv")) else ""
    if "<xliff" in head:
        return "xliff1" if re.search(r"<xliff[^>]*(?:version=[\"']1|document:1)", head) else "xliff2"
    return next((name for name, mark in (("tmx", "<tmx"), ("tbx", "<tbx"), ("tbx", "<martif")) if mark in head), "")
