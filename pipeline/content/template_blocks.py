"""Blocks that a template of a site writes anew and that the one of ours which it extends has not: nothing of them is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.core import starter
from pipeline.core.lines import Lines
from pipeline.core.model import Finding, Level, Span
from pipeline.core.schema import nearest

CODE = "template-block"
EXTENDS = re.compile(r"""\{%[-+]?\s*extends\s+["']lockstep/([\w.-]+)["']""")
BLOCK = re.compile(r"\{%[-+]?\s*(?:block\s+(\w+)|(endblock)\b)|\{#.*?#\}", re.S)
DEFINED = re.compile(r"\{%[-+]?\s*block\s+(\w+)")


def unplaced(path: str, text: str) -> Iterator[Finding]:
    """Each block that stands in no other and that nothing of ours has, at its line. Nothing of a template that extends none of ours."""
    extended = EXTENDS.search(text)
    if extended is None or "block" not in text:
        return
    ours = [starter.template(extended[1]) or "", *(inner for _, inner in starter.inherited(text))]
    known = dict.fromkeys(name for one in ours for name in DEFINED.findall(one))
    depth, lines = 0, Lines(text)
    for found in BLOCK.finditer(text):
        if found[2]:
            depth -= 1
        elif found[1]:
            if depth == 0 and found[1] not in known:
                has = f"It has: {', '.join(known)}." if known else "It has none: copy it here, and change the copy."
                what = f"lockstep/{extended[1]} has no block `{found[1]}`, so nothing of this is shown."
                line = lines.below(found.start()) + 1
                yield Finding(CODE, Level.ERROR, f"{what} {nearest(found[1], known, has)}", Span(path, line))
            depth += 1
