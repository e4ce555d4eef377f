"""What to do about what other tools would run: each line that a finding says to write is one that works."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from pipeline.core.components import WORDS

CALLED = re.compile(
    r"(?:\{\{[<%]\s*/?\s*|\{%-?\s*(?:include\s+[\"']?(?:[\w.-]+/)*|end(?=\w)|/)?|</?)(?!\w*[#!])([A-Za-z][\w.:/-]*)"
)
"""What a component, a shortcode or a tag is called."""
ENDED = re.compile(r"(?:\{\{[<%]\s*/\s*|\{%-?\s*(?:/|end)|</)([A-Za-z][\w.:/-]*)")
STEPS = frozenset(
    "if elsif else unless for break continue case when assign capture increment decrement cycle tablerow raw render liquid".split()  # noqa: SIM905
)
"""Tags of Liquid that are no part of a page, but steps of its program."""
INCLUDE = 'would include a file, which nobody does here. Copy its text; or name "{}" in `dialect` of [tool.lockstep].'
INCLUDING = re.compile(r"\{\{[ \t]*#(?:include|rustdoc_include|play)|\{!|\{\* |.*8<")
"""A mark that includes a file."""
CAPTURED = " It is read where `{% include note.html content=… %}`, or its name in `{{ … }}` on a line of its own, shows it below."


def as_box(shown: str, text: str, known: Mapping[str, str], ended: Set[str]) -> str:
    """What more there is to say of a component: how it is read, or what to write so that it is. `ended`: what has an end
    on the page."""
    name = CALLED.match(shown)
    html = shown.startswith("<") and name and name[1][0].islower()
    if not name or html or name[1] in STEPS:
        return CAPTURED if name and name[1] == "capture" and "end" not in shown else ""
    if known.get(name[1]) in WORDS:
        return " Its words are read where they stand in quotation marks, in attributes that are known."
    if name[1] in known:
        return " It is a box where it begins a line and its end ends one, both in one list item or quotation, its words in quotation marks."
    if ENDED.match(shown):
        return ""  # its start says it
    begins, where = text.startswith(shown[:-1]) and text.rstrip()[-1:] in {">", "}"}, "in [tool.lockstep.components]."
    if name[1] in ended:
        as_text = f'If its words are a part of the sentence: `"{name[1]}" = "inline"`'
        return f' If it is a box, say which: `"{name[1]}" = "note"` {where}' if begins else f" {as_text} {where}"
    return f' If readers need nothing of it: `"{name[1]}" = "nothing"` {where}'


def as_html(shown: str, known: Mapping[str, str]) -> str:
    """What to do about a component that is known and stands in the middle of HTML, where nothing but HTML is read."""
    name = CALLED.match(shown)
    if not name or not name[1][0].isupper() or name[1] not in known:
        return ""
    if known[name[1]] in WORDS:
        return " In HTML it is not read: write what it shows in HTML, too."
    return " In the middle of HTML it is not read: put an empty line above it and below its end."


def run(code: str, *, above: bool = False) -> str:
    """What to do about what a tool would run; `above`: it stands in front matter, where no dialect includes a file."""
    inner = code.strip("{}%<> \t-;")
    if above and INCLUDING.match(code.strip()):
        return "would include a file, which nobody does here. Copy its text."
    if inner.startswith(("#include", "#rustdoc_include", "#playground", "#playpen")) or "8<" in code:
        return INCLUDE.format("mkdocs" if "8<" in code else "mdbook")
    if code.strip().startswith(("{!", "{* ")):
        return INCLUDE.format("mkdocs")
    if inner.startswith("include"):
        if code.startswith("{{"):
            return "would include a file. With the dialect `hugo` it does so on a line of its own, by the file's name alone; else copy its text."
        return "would include a file, which nobody does here. Copy its text."
    if inner.startswith("#"):
        return "is a command to a program of mdBook, and nobody runs one here. Write what readers are to see."
    if code.startswith(("{{<", "{{%")):
        return "is a shortcode, and nobody runs it here. Write what readers are to see, in Markdown or HTML."
    if code.startswith("{%"):
        return "is a tag of a template, and nobody runs it here. Write what readers are to see."
    return "is a value that nobody fills in here. Put it in source/site.yaml and write `{group.name}`, or write it out."
