"""What checks share that mend a translation by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable

KEPT = re.compile(
    r"((`+)(?!`).*?(?<!`)\2(?!`)|<[^>]*>|(?<=\])\([^)]*\)|\{[^{}]*\}|(?:https?:|mailto:|tel:)\S+|&#?\w+;|\\.)", re.S
)
"""Code, tags, targets, placeholders, addresses, entities, escapes."""


def in_prose(text: str, mend: Callable[[str], str]) -> str:
    """A text with its prose mended, and all else as it is."""
    made, at = [], 0
    for kept in KEPT.finditer(text):
        made += [mend(text[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*made, mend(text[at:])])
