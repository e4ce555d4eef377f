"""The texts of our own templates come translated: what Lockstep ships in a language, for catalogs that have never seen them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipeline.catalog import po_file
from pipeline.catalog.po_entry import Entry
from pipeline.core import disk, tags
from pipeline.core.locales import Locale
from pipeline.core.model import Key
from pipeline.core.plurals import spread
from pipeline.core.starter import home

TEMPLATES, LABEL = "templates/", "callout"


@cache
def texts(name: str) -> Mapping[Key, Entry]:
    """The interface texts that we have in a language, by key: those of the sample site, or of `catalog/interface/`; for a
    variant those of its language in the script it is likely in (`zh_CN`: `zh_Hans`, `pt_BR`: `pt`, `sr_Latn`: none)."""
    return shipped(name) or next(filter(None, map(shipped, tags.ways(name))), {})


@cache
def shipped(name: str) -> Mapping[Key, Entry]:
    """The interface texts that we have under a name, each plural in the forms of the language's own rule: the sample site's own
    before those beside this module, which have the labels of all boxes."""
    beside = Path(__file__).parent / f"interface/{name}.po"
    found: dict[Key, Entry] = {}
    for path in (beside, home() / f"locale/{name}/LC_MESSAGES/messages.po"):
        entries = po_file.parse(beside.name, disk.read(path) or b"").entries
        found |= {one.key: one for one in entries if one.translated and not one.fuzzy and in_templates(one)}
    return found


@cache
def digest(name: str) -> str:
    """What `texts` reads outside of this program's own files, by digest."""
    if home().is_relative_to(Path(__file__).parent):
        return ""
    body = disk.read(home() / f"locale/{name}/LC_MESSAGES/messages.po")
    return hashlib.sha256(body or b"").hexdigest()


def given(name: str, entry: Entry) -> bool:
    """Whether the text of an entry is one of those that we have in its language."""
    ours = texts(name).get(entry.key)
    return ours is not None and set(entry.strings) <= set(ours.strings)


def by_rule(ours: Entry, language: Locale, header: str) -> tuple[str, ...]:
    """The forms of one of our texts as a header asks for them, "" for one that none is right for. What they count is there: never 0."""
    return spread(ours.strings, language.plurals, header, 1)


def in_templates(entry: Entry) -> bool:
    """Whether a template has this text, or every site: the label of a kind of box, which has a context of its own."""
    return entry.key.context == LABEL or any(reference.startswith(TEMPLATES) for reference in entry.references)
