"""Names that change with what is in a file (`lockstep.0a1b2c3d4e.css`), so that browsers need not ask for it again.

Only for what tells a reader nothing by itself: style sheets, scripts, fonts, and images that style sheets alone name. A picture on
a page keeps its one address, since one that is withdrawn has to be gone from it at once (decision 56).
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote, urlsplit

from pipeline.content.files import below, files
from pipeline.content.links import written
from pipeline.core import inputs
from pipeline.core.inline import restyled
from pipeline.core.model import Output
from pipeline.core.settings import Settings

DIGITS = 10
STYLE = ".css"
KINDS = (STYLE, ".js", ".mjs", ".woff2", ".woff", ".ttf", ".otf", ".eot")
IMAGES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
COMMENT = re.compile(r"(/\*.*?(?:\*/|\Z))", re.S)
TRANSLATED = re.compile(r"(\{%[-+]?\s*trans\b.*?\{%[-+]?\s*endtrans\b)", re.S)
ROOT = r"\{\{-?\s*root\s*-?\}\}"
"""The way to the top of the site, as templates have it."""


def named(path: str, body: bytes) -> str:
    """The name of a file that holds this."""
    stem, kind = posixpath.splitext(path)
    return f"{stem}.{hashlib.sha256(body).hexdigest()[:DIGITS]}{kind}"


def outputs(settings: Settings, more: Mapping[str, bytes]) -> dict[str, Output]:
    """The files that are published under such a name, by the name that they have without it: those of templates/static/ and
    `more`. None where the settings do not ask for it."""
    if not settings.hashed:
        return {}
    names = [name.removeprefix("templates/") for name in below(settings.root, "templates/static")]
    found = Files(settings, frozenset(names), more)
    for name in sorted({*names, *more}):
        if name.lower().endswith(KINDS):
            found.output(name)
    return found.made


@dataclass
class Files:
    """The files of templates/static/ as they get their names. `more`: those of ours that stand beside them."""

    settings: Settings
    names: frozenset[str]
    more: Mapping[str, bytes]
    made: dict[str, Output] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def output(self, name: str) -> Output:
        """A file under its name, which covers what it names itself."""
        if name not in self.made:
            self.begun.add(name)
            body = self.more[name] if name in self.more else inputs.read(self.settings.root, f"templates/{name}") or b""
            if name.lower().endswith(STYLE):
                body = self.styled(name, body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
            self.made[name] = Output(named(name, body), body)
        return self.made[name]

    def styled(self, name: str, css: str) -> str:
        """A style sheet in which other files have their names. Style sheets that name each other in a circle could have none: the
        last one of it is named as it is written, and asked for each time."""

        def change(url: str) -> str:
            path = re.split("[?#]", url, maxsplit=1)[0]
            target = self.target(name, path)
            if target not in self.made and (target in self.begun or not self.silent(target)):
                return url
            folder, _, _ = path.rpartition("/")
            way = f"{folder}/" if "/" in path else ""
            new = posixpath.basename(self.output(target).path)
            return url if "'" in url else f"{way}{written(new)}{url[len(path) :]}"

        parts = COMMENT.split(css)
        return "".join(part if at % 2 else restyled(part, change) for at, part in enumerate(parts))

    def target(self, name: str, path: str) -> str:
        """The file that an address in a style sheet leads to, by its path below `dist/`."""
        base = urlsplit(self.settings.url).path.rstrip("/")
        if path.startswith("/"):
            return unquote(path.removeprefix(f"{base}/")) if path.startswith(f"{base}/") else ""
        return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path)))

    def silent(self, name: str) -> bool:
        """Whether a file is one that says nothing by itself."""
        if name not in self.names:
            return False
        if name.lower().endswith(KINDS):
            return True
        last = posixpath.basename(name)
        return name.lower().endswith(IMAGES) and not any(one in self.said for one in (last, written(last)))

    @cached_property
    def said(self) -> str:
        """All that pages, their data and templates say."""
        root = self.settings.root
        paths = {path for path, _ in files(self.settings)} | {*below(root, "templates")}
        found = (inputs.read(root, path) or b"" for path in sorted(paths) if not path.startswith("templates/static/"))
        return "\n".join(body.decode("utf-8", "replace") for body in found)


def template(text: str, names: Mapping[str, str], base: str) -> str:
    """A template that names files under their hashed names, wherever it wrote their plain ones after the way to the top of the
    site (`base` is its path on its host). Texts for translators stay: they are looked up as they are written."""
    if not names:
        return text
    way = re.compile(rf"({ROOT}|(?<=[\"'(=\s]){re.escape(base)}/)(static/[^\s\"'()<>?#{{}}]+)")

    def change(match: re.Match[str]) -> str:
        new = names.get(unquote(match[2]))
        return f"{match[1]}{written(new)}" if new else match[0]

    return "".join(part if at % 2 else way.sub(change, part) for at, part in enumerate(TRANSLATED.split(text)))
