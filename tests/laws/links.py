"""What a reader who follows links finds: every link of every page of a published site, and where it leads."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

HREF = re.compile(r'<(?:a|link|area)\b[^>]*?\shref="([^"]*)"')
ID = re.compile(r'<[a-z][^>]*?\sid="([^"]*)"')
REFRESH = re.compile(r'http-equiv="refresh" content="0; url=([^"]*)"')


def pages(dist: Path) -> dict[str, str]:
    """Every page below a language, by its path."""
    found = sorted(path for path in dist.rglob("*.html") if path.parent != dist)
    return {path.relative_to(dist).as_posix(): path.read_text("utf-8") for path in found}


def led(dist: Path, name: str, href: str, url: str = "") -> tuple[str, str] | None:
    """The file that a link on a page leads to, and the place in it; None for one that leaves the site."""
    if url and href.startswith(url):
        href = urlsplit(url).path.rstrip("/") + (href.removeprefix(url) or "/")
    parts = urlsplit(unescape(href))
    if parts.scheme or parts.netloc:
        return None
    base = urlsplit(url).path.rstrip("/")
    there = unquote(parts.path)
    if there.startswith("/"):
        there = posixpath.relpath(there.removeprefix(base) or "/", "/" + posixpath.dirname(name))
    path = name if not parts.path else posixpath.join(posixpath.dirname(name), there)
    path = posixpath.normpath(path) if parts.path else path
    if (dist / path).is_dir():
        path = posixpath.normpath(f"{path}/index.html")
    return path, unquote(parts.fragment)


def broken(dist: Path, url: str = "") -> Iterator[str]:
    """The links that lead to no file, or to no place in it; and the ids that stand on a page twice."""
    known = pages(dist)
    ids = {name: Counter(map(unescape, ID.findall(html))) for name, html in known.items()}
    for name, html in known.items():
        yield from (f"{name} has #{one} {count} times" for one, count in ids[name].items() if count > 1)
        for href in HREF.findall(html):
            if (to := led(dist, name, href, url)) is None:
                continue
            file, place = to
            if not (dist / file).is_file():
                yield f"{name}: {href} leads to no file ({file})"
            elif place and file in ids and place not in ids[file]:
                yield f"{name}: {href} leads to no place"


def answers(dist: Path, file: str) -> str:
    """The page that an address of a site answers with in the end; "" where it answers with nothing."""
    for _ in range(3):
        if not (dist / file).is_file():
            return ""
        found = REFRESH.search((dist / file).read_text("utf-8"))
        if not found:
            return file
        to = led(dist, file, found[1])
        file = to[0] if to else ""
    return "more than two redirects"
