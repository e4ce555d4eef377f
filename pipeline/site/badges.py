"""A badge for each language, for a README: an SVG, and what shields.io's endpoint reads (its schema, version 1).

It never says more than is so: what a machine made and nobody qualified signed for is counted apart, and green is for a language of
which everything is translated and reviewed.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from html import escape

from pipeline.core.locales import Locale
from pipeline.core.model import Output
from pipeline.core.settings import Settings
from pipeline.core.states import State
from pipeline.resolve import Coverage
from pipeline.resolve.coverage import Tally

FOLDER = "status/badges"
COLOURS = {"brightgreen": "#2f7d32", "yellow": "#8a6100", "orange": "#a84300", "red": "#b3261e"}
"""Colours by their names at shields.io, and as we print them: white on each is read at 4.5 to 1 (WCAG 2.2, 1.4.3)."""
NARROW, WIDE = 6.6, 12.0
"""Pixels of a letter at 11 px, and of one that is as wide as high."""


def outputs(settings: Settings, measured: Sequence[Coverage]) -> Iterator[Output]:
    """Two files for each language."""
    for language in measured:
        locale = settings.by_name[language.locale]
        said, colour = verdict(language.whole, published=all(one.code != "not-published" for one in language.findings))
        yield Output(f"{FOLDER}/{locale.tag}.svg", svg(locale, said, COLOURS[colour]).encode())
        endpoint = {"schemaVersion": 1, "label": locale.endonym, "message": said, "color": colour}
        yield Output(f"{FOLDER}/{locale.tag}.json", (json.dumps(endpoint, ensure_ascii=False) + "\n").encode())


def verdict(found: Tally, *, published: bool) -> tuple[str, str]:
    """What a badge says of a language, in words, and its colour."""
    done = sum(count for state, count in found.messages.items() if state.done)
    people, machine = max(done - found.machine, 0), found.machine
    made = f"{share(people, found.total)} translated" + (" by people" if machine else "")
    alone = f", {share(machine, found.total)} by machine alone" if machine else ""
    said = f"{made}{alone}, {share(found.reviewed, found.total)} reviewed"
    if not published:
        return f"not published, {said}", "red"
    if done < found.total or found.messages[State.UNSAFE]:
        return said, "orange"
    return said, "brightgreen" if found.reviewed == found.total else "yellow"


def share(some: int, of: int) -> str:
    """A share as a whole percentage; 100 % only where nothing is left, 0 % only where there is nothing."""
    return "100%" if some >= of else f"{max(min(some * 100 // of, 99), 1 if some else 0)}%"


def svg(locale: Locale, said: str, colour: str) -> str:
    """The badge as a picture with its words as its name."""
    left, right = width(locale.endonym), width(said)
    name = escape(f"{locale.endonym}: {said}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{name}">'
        f"<title>{name}</title>"
        f'<rect width="{left + right}" height="20" rx="3" fill="#3d3d3d"/>'
        f'<path d="M{left} 0h{right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{left}z" fill="{colour}"/>'
        f'<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="{left / 2:g}" y="14" xml:lang="{escape(locale.tag)}">{escape(locale.endonym)}</text>'
        f'<text x="{left + right / 2:g}" y="14">{escape(said)}</text></g></svg>\n'
    )


def width(text: str) -> int:
    """About how many pixels a text takes, with a margin."""
    return round(sum(WIDE if unicodedata.east_asian_width(char) in "WF" else NARROW for char in text)) + 12
