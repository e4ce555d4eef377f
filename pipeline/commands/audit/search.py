"""Whether a search finds what stands on its pages, and nothing else: the records of every index, read without Pagefind."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline.site import html_text
from pipeline.site.search import BETWEEN

MARK = b"pagefind_dcd"
"""What a record begins with, once it is unpacked."""
PARTS = "\N{ZERO WIDTH SPACE}"
"""What parts the words of a language that writes them together."""


def wrong(dist: Path, tag: str, find: str, part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What of the index of a language is not so, with the file. `find`: the folder of the list of all pages."""
    words: dict[str, tuple[set[str], frozenset[str]]] = {}
    for path in sorted((dist / tag / find / "pagefind").glob("*/fragment/*.pf_fragment")):
        name = path.relative_to(dist).as_posix()
        try:
            found = json.loads(gzip.decompress(path.read_bytes()).removeprefix(MARK))
            address, meta = urlsplit(found["url"]), found["meta"]
            lang, said = meta["lang"], [found["content"].replace(PARTS, ""), meta["title"], meta.get("heading", "")]
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError):
            yield name, "is no record of a search"
            continue
        file = unquote(address.path).lstrip("/")
        page = f"{tag}/{file if file.endswith('.html') else f'{file}index.html'}"
        if page not in part or not (dist / page).is_file():
            yield name, f"finds {address.path}, which is no page"
            continue
        if page not in words:
            html = html_text.read((dist / page).read_text("utf-8", "replace"))
            texts = (*(one.text for one in html.texts), *html.words.values())
            there = {word for text in texts for word in text.replace(PARTS, "").split()}
            words[page] = there, frozenset(html.idents)
        there, idents = words[page]
        if missing := sorted({word for one in said for word in one.split()} - there - {BETWEEN.strip()}):
            yield name, f"finds “{missing[0]}” on {page}, which does not stand there"
        if address.fragment and unquote(address.fragment) not in idents:
            yield name, f"leads to #{address.fragment} of {page}, which is not there"
        if path.parent.parent.name != lang or not any(
            block.get("lang") == lang for block in part[page]["blocks"].values()
        ):
            yield name, f"is of [{lang}], in which nothing stands on {page}"
