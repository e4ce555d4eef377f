"""The strings of templates, as a language says them.

Nothing from a catalog is ever a format: text is escaped or parsed by `content`, and placeholders are replaced literally.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from pipeline.content import parse, plain
from pipeline.content.inline_html import words
from pipeline.core.inline import ARGUMENT, NOWHERE, Facts, Syntax
from pipeline.core.locales import Locale, figures, number
from pipeline.core.model import Key, Message, Resolution, Span
from pipeline.core.pickled import travels
from pipeline.resolve import Rules, Translations
from pipeline.resolve.message import counted, resolve


@travels
@dataclass(frozen=True, slots=True)
class Said:
    """A text in a page: printed by a template it is marked with its language wherever that is not the page's."""

    html: str
    text: str
    lang: str
    dir: str
    foreign: bool

    def __html__(self) -> str:
        return f'<span lang="{self.lang}" dir="{self.dir}">{self.html}</span>' if self.foreign else self.html

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Interface:
    """What the templates of one language are made with: their strings, decided; the facts for text in each language and
    every locale, by locale name; and what a string that nobody extracted is decided by, the catalogs by locale name."""

    locale: Locale
    source: Locale
    locales: Mapping[str, Locale]
    strings: Mapping[tuple[Key, str | None], Resolution]
    facts: Mapping[str, Facts]
    chains: Mapping[str, tuple[Translations, ...]] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)

    def string(self, key: Key, plural: str | None) -> Resolution:
        """What is shown of a template's string."""
        if found := self.strings.get((key, plural)):
            return found
        english = parse(key.msgid, Syntax.TEMPLATE)
        return resolve(
            Message(key, Span("templates", 0), plural), english, NOWHERE, self.chains[self.locale.name], self.rules
        )


Printed = tuple[str, str]
"""A text outside of blocks, with the tag of its language before it; `%(name)s` not filled in."""


@dataclass(frozen=True, slots=True)
class Speech:
    """One rendering in one language: says texts, and notes what it printed outside of blocks."""

    interface: Interface
    printed: dict[Printed, None] = field(default_factory=dict)
    known: dict[Key, tuple[Said, Printed]] = field(default_factory=dict)
    """The strings without a value in them that were asked for, and what they print."""
    unextracted: set[Key] = field(default_factory=set)
    """The strings that were asked for and that no template names."""

    @property
    def locale(self) -> Locale:
        return self.interface.locale

    def said(self, found: Resolution) -> Said:
        """A resolution as plain text for a template: a heading's links and footnotes stay in the heading."""
        spoken = self.interface.locales[found.spoken]
        text = plain(found.text, self.interface.facts[spoken.name])
        self.printed[spoken.tag, text] = None
        html = words(text, right_to_left=spoken.direction == "rtl")
        return Said(html, text, spoken.tag, spoken.direction, spoken.name != self.locale.name)

    def gettext(self, msgid: str, /, **values: Any) -> Said:
        """A template's string in this language, its `%(name)s` filled in."""
        return self.string(msgid, values)

    def string(
        self,
        msgid: str,
        values: Mapping[str, Any],
        context: str | None = None,
        plural: str | None = None,
        count: int | None = None,
    ) -> Said:
        """A template's string, filled in literally: no text of a catalog is ever a format. Numbers are written the language's way."""
        key = Key(context, msgid)
        plain_ = not values and count is None
        if plain_ and key in self.known:
            said, printed = self.known[key]
            self.printed[printed] = None
            return said
        found = self.interface.string(key, plural)
        if (key, plural) not in self.interface.strings:
            self.unextracted.add(key)
        shown = found.text if count is None else counted(found, count, self.interface.source.name)
        spoken = self.interface.locales[found.spoken]
        known = values if count is None else {"num": count, **values}

        def fill(show: Callable[[Any], str]) -> str:
            def value(match: re.Match[str]) -> str:
                given = "%" if match[2] else known.get(match[1], match[0])
                if isinstance(given, (int, float)) and not isinstance(given, bool):
                    return show(number(spoken, given))
                return show(given)

            parts = re.split(r"(%\(\w+\)[sd]|%%)", source)
            return "".join(value(match) if (match := ARGUMENT.fullmatch(part)) else show(part) for part in parts)

        source = "".join(node.text for node in shown.nodes)
        self.printed[spoken.tag, source] = None
        html, text = fill(lambda part: str(escape(part))), fill(lambda part: str(getattr(part, "text", part)))
        said = Said(html, text, spoken.tag, spoken.direction, spoken.name != self.locale.name)
        if plain_:
            self.known[key] = said, (spoken.tag, source)
        return said


ARABIC = re.compile("[\u0660-\u0669]")
"""Digits that take the way of the text around them with what stands between (UAX 9, class AN): no isolate sets that right."""


def figures_of(locale: Locale, value: str) -> Markup:
    """A value that is figures alone as the language writes it, set apart so that it reads from the left."""
    written = figures(locale, value)
    tag = "bdo" if ARABIC.search(written) else "bdi"
    return Markup(f'<{tag} dir="ltr">{escape(written)}</{tag}>')
