"""A mark of Markdown, or of another tool, that makes nothing in the translation: readers would see it."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.inline import OPAQUE, Inline, Syntax
from pipeline.core.model import Level

LETTER = r"[^\W\d_]"
MARKS = {
    "**": re.compile(r"\*\*(?=[^\W_]|[¿¡«“„(])|(?<=[^\W_]|[.!?:»”)])\*\*"),
    "__": re.compile(rf"(?<![\w_])__(?={LETTER})(?!\w+__\w)|(?<={LETTER})__(?![\w_])"),
    "*": re.compile(rf"(?<![*\w])\*(?=[«“„¿¡]?{LETTER})|(?<={LETTER}|[.!?…»”])\*(?![*\w])"),
    "_": re.compile(rf"(?<![_\w./-])_(?={LETTER})(?!\w*_)(?![\w]+[(.=])|(?<={LETTER})(?<!_)_(?![_\w])"),
    "`": re.compile(r"`+"),
    "](": re.compile(r"\]\((?=[^\s()])"),
    "{{<": re.compile(r"\{\{[<%]|\{%(?=[\s-])|[%>]\}\}|(?<=\s)%\}"),
}
"""How a mark looks that is likely to be meant as one."""
FIRST = {
    ":::": re.compile(r":{3,}"),
    "#": re.compile(r"#{1,6}(?=[ \t]+[^\s\d])"),
    ">": re.compile(r">(?=[ \t]+[^\s\d])"),
    "-": re.compile(r"[-+*•](?=[ \t]+[^\s\d])"),
    "```": re.compile(r"```|~~~"),
}
"""The same at the beginning of a text; `> 38 °C` and `# 1` are words."""
PART = {"{{<": ("{{", "{%", "}}", "%}")}
"""What is in a mark, where that is not the mark itself."""
EMPHASIS = frozenset(["**", "__", "*", "_"])
SEEN = ("*", "_", "`", "](", "{", "}", ":::", "~~~")
"""What is in every mark but those that begin a text."""
LATER = re.compile(r"(?:^|\s):{3,}(?=\s|\Z|[a-z])")
ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
TODO = {
    "**": "Write its other one, without a space inside of the two",
    "__": "Write its other one, without a space inside of the two",
    "*": "Write its other one, without a space inside of the two",
    "_": "Write its other one, without a space inside of the two",
    "`": "Write its other one",
    "](": "End the link with `)`",
    "{{<": "Copy the whole of it from the English",
}

FROM_THE_PAGE = "The English has none at this place: headings and lists come from the page. Take it out."


def stray(text: Inline, *, likely: bool = True) -> Counter[str]:
    """The marks that stand in the words of a text, by what they are; all of them, or those alone that are likely to be meant."""
    plain = text.syntax is not Syntax.MARKDOWN
    found: Counter[str] = Counter()
    shown = "\0".join([node[1] for node in text.nodes if node[0] == "text"])
    if not (shown[:1] in "#>~-+•" or any(map(shown.__contains__, SEEN))):
        return found
    written = text.source if plain else ESCAPED.sub("  ", text.source)
    if not any(mark in written for mark in "*_`(:#>{%-+•"):
        return found
    shown = OPAQUE.sub(" ", shown)
    for mark, looks in MARKS.items():
        if (mark == "](" and plain) or not any(map(shown.__contains__, PART.get(mark, (mark,)))):
            continue
        if not likely and mark in EMPHASIS:
            found[mark] = shown.count(mark)
            continue
        seen = sum(1 for _ in looks.finditer(shown))
        found[mark] = min(seen, sum(1 for _ in looks.finditer(written))) if seen else 0
    for mark, looks in FIRST.items():
        found[mark] = 1 if looks.match(shown) and looks.match(written) else 0
    found[":::"] += sum(1 for _ in LATER.finditer(shown)) if ":::" in shown else 0
    return found


def run(pair: Pair) -> Iterator[str]:
    theirs = +stray(pair.translation)
    if not theirs:
        return
    ours = stray(pair.english, likely=False)
    bold = any(part in {"the element <strong>", "the element <em>"} for part in pair.missing)
    for mark in chain(MARKS, FIRST):
        if (mark == "#" and mark in pair.english.source) or (bold and mark in EMPHASIS):  # which `structure` says
            continue
        if theirs[mark] > ours[mark]:
            seen = mark if mark != "-" else pair.translation.source.lstrip()[:1]
            todo = f"{TODO[mark]}, or take it out." if mark in TODO else FROM_THE_PAGE
            yield f"Readers would see “{seen}”: it makes nothing here. {todo}"


CHECK = Check(
    "stray-mark",
    Level.WARNING,
    run,
    needs=needs.marks,
    good=(
        ("es", "Call **us** now", "Llame **ahora**"),
        ("es", "Use `a` or `b`", "Use `b` o `a`"),
        ("es", "Two stars", "Dos \\*\\*estrellas"),
        ("es", "2 ** 3 is 8", "2 ** 3 son 8"),
        ("es", "The method __init__ is called", "Se llama al método __init__"),
        ("es", "Go to [a](x)", "Vaya a [a](x)"),
        ("es", "Rule # 1: call", "Regla # 1: llame"),
        ("es", "# of pumps", "# de bombas"),
        ("ur", "Without answers to #1 and 2", "# 1 اور 2 کا جواب"),
        ("fr", "See {{< badge >}} now", "Voir {{< badge >}}"),
        ("es", "Note: call", "Nota (uno): llame"),
        ("de", "Call above >38 °C", "> 38 °C: anrufen"),
        ("es", "Number 1: call", "# 1: llame"),
        ("es", "- yes", "- sí"),
        ("es", "-5 °C or less", "- 5 °C o menos"),
        ("zh_Hans", "The dose is __.", "剂量为__。"),
        ("zh_Hans", "5 mg ** daily", "每天5毫克**"),
        ("de", "Patients and nurses", "Patient*innen und Pfleger*innen"),
        ("es", "All *.md files", "Todos los archivos *.md"),
        ("es", "Price* for all", "Precio* para todos"),
        ("es", "2 * 3 is 6", "2 * 3 son 6"),
        ("es", "It is \\*new", "Es \\*nuevo"),
        ("es", "The field _name is kept", "Se conserva el campo _name"),
        ("es", "Call *us* now", "Llame *ahora"),
    ),
    bad=(
        ("es", "Call us now", "Llame **ahora"),
        ("es", "Call us now", "Llame ** ahora**"),
        ("es", "Call us now", "Llame __ahora"),
        ("es", "Take 5 mg", "Tome **5 mg"),
        ("es", "Call us now", "Llame *ahora"),
        ("es", "Call us now", "Llame ahora*."),
        ("es", "Call us now", "*Llame * ahora"),
        ("fr", "Call us now", "Appelez * maintenant*"),
        ("es", "Call us now", "Llame _ahora"),
        ("es", "Call us now.", "Llame ahora.**"),
        ("es", "Use `a` now", "Use `a ahora"),
        ("es", "Go to [a](x)", "Vaya a [a](x"),
        ("es", "Call us", "# Llame"),
        ("es", "Call us", "> Llame"),
        ("es", "Call us", "- Llame"),
        ("es", "Call us", "+ Llame"),
        ("es", "**Call** us", "* **Llame**"),
        ("ar", "Call us", "• اتصل بنا"),
        ("es", "Call us", "::: warning Llame"),
        ("es", "Call us", "Llame :::"),
        ("es", "See {{< badge >}} now", "Ver {{< badge ahora"),
        ("es", "See {{< badge >}} now", "Ver badge >}} ahora"),
    ),
)
