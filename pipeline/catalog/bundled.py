"""The texts of our own templates come translated: what Lockstep ships in a language, for catalogs that have never seen them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipeline.catalog import po_file
from pipeline.catalog.po_entry import Entry
from pipeline.core import disk
from pipeline.core.model import Key

TEMPLATES = "templates/"


def home() -> Path:
    """The folder that holds the templates and interface translations we ship: in an installed package, or this repository."""
    inside = Path(__file__).parent / "starter"
    return inside if inside.is_dir() else Path(__file__).parents[2]


@cache
def texts(name: str) -> Mapping[Key, Entry]:
    """The interface texts that we have in a language, by key: those of the sample site, or of `pipeline/interface/`; for a
    country's variant (`pt_BR`, not `zh_Hant`) those of its language where it has none of its own."""
    found = po_file.load(home(), f"locale/{name}/LC_MESSAGES/messages.po")
    if found.body is None:
        found = po_file.load(Path(__file__).parent, f"interface/{name}.po")
    language, _, country = name.partition("_")
    if found.body is None and (country.isupper() or country.isdigit()):
        return texts(language)
    return {entry.key: entry for entry in found.entries if entry.translated and not entry.fuzzy and in_templates(entry)}


@cache
def digest(name: str) -> str:
    """What `texts` reads outside of this program's own files, by digest."""
    if home().is_relative_to(Path(__file__).parent):
        return ""
    body = disk.read(home() / f"locale/{name}/LC_MESSAGES/messages.po")
    return hashlib.sha256(body or b"").hexdigest()


def in_templates(entry: Entry) -> bool:
    """Whether a template has this text."""
    return any(reference.startswith(TEMPLATES) for reference in entry.references)
