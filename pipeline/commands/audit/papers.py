"""What the audit asks of the answers about papers: that a paper is called current where its page still is that version, and nowhere
else, in the words of its language; and that what is said to have changed stands so on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.commands.audit.known import Around
from pipeline.commands.audit.links import odd
from pipeline.site import html_text, papers
from pipeline.site.html_text import Seen, Text

Outside = Callable[[Seen, Mapping[str, Any]], Iterator[Text]]
"""The texts of a page that the manifest does not know, blocks left out."""


@dataclass
class Answers:
    """What the manifest says of every paper, by the file of the answer, and the words of the answers so far."""

    said: Mapping[str, Any]
    wanted: dict[str, dict[str, Any]] = field(default_factory=dict)
    words: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """By language and what became of the paper: what is said of it, and the file that first said so."""

    def note(self, name: str, page: Mapping[str, Any]) -> None:
        """The version that a page has now."""
        if isinstance(page, dict) and (version := page.get("version")):
            self.wanted[papers.file_of(version)] = {
                "lang": page["lang"], "standing": "current", "page": name, "changed": {}, "version": version
            }  # fmt: skip

    def finish(self) -> Iterator[tuple[str, str]]:
        """The papers that are not current; what is not so of how they are listed."""
        for version, one in self.said.items():
            name = papers.file_of(version)
            if name in self.wanted or one["standing"] == "current":
                yield name, "is listed as out of date and as current"
            else:
                self.wanted[name] = {**one, "version": version}

    def wrong(self, name: str, html: Seen | None, around: Around, outside: Outside) -> Iterator[str]:
        """What is not so of one answer."""
        wanted = self.wanted[name]
        if html is None:
            yield "says nothing"
            return
        if html.lang != wanted["lang"]:
            yield f"the page is in [{html.lang}]; the manifest says {wanted['lang']}"
        main = next((one.given for one in html.elements if one.tag == "main"), {})
        for what in ("version", "standing"):
            if main.get(f"data-{what}") != wanted[what]:
                yield f"its {what} is {main.get(f'data-{what}')}; the manifest says {wanted[what]}"
        told = html_text.folded(" ".join(one.text for one in html.texts if one.place.ident == "Answer"))
        first = self.words.setdefault((wanted["lang"], wanted["standing"]), (told, name))
        if not told or first[0] != told:
            yield f"says “{told[:60]}” of a paper that is {wanted['standing']}, and {first[1]} says something else"
        for (lang, standing), (words, other) in self.words.items():
            if lang == wanted["lang"] and standing != wanted["standing"] and words == told:
                yield f"says of a paper that is {wanted['standing']} what {other} says of one that is {standing}"
        if html.unseen or {at: html_text.digest(words) for at, words in html.words.items()} != wanted["changed"]:
            yield "the texts that it shows as changed are not those of the manifest"
        ways = {around.way(name, one.get("href", "")) for one in html.links}
        if wanted["page"] and wanted["page"] not in ways:
            yield f"does not lead to {wanted['page']}"
        for one in outside(html, {at: {} for at in wanted["changed"]}):
            yield f"“{html_text.folded(one.text)[:60]}” stands there as [{one.place.lang}], which the manifest does not say"
        yield from odd(around, around.tags[papers.TEMPLATE], name, html.elements, html)
