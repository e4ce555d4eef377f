"""A message's text as it stands on its page: written in a language, with links that lead somewhere. Light, to be read everywhere."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.core.inline import NOWHERE, References, Scope, Syntax
from pipeline.core.model import Key, Refs

Under = tuple[str, ...]
"""The texts that a message stands under, the widest first."""


class Around(NamedTuple):
    """What stands around a message at a place: the texts that it stands under, and what its reference links lead to."""

    under: Under = ()
    refs: Refs = ()


NOWHERE_ELSE = Around()


class Text(NamedTuple):
    """A message as it stands on its page."""

    key: Key
    syntax: Syntax
    refs: Refs = ()


def scope(refs: Refs) -> Scope:
    """Where a text stands that refers to these definitions."""
    if not refs:
        return NOWHERE
    links = {label: {"href": address, "title": title} for label, address, title in refs}
    return Scope(References(links, {}))
