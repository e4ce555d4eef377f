"""Code of the English that the translation lost or changed."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    code = {node.text for node in pair.english.nodes if node.kind == "code"}
    changed = False
    for node in pair.translation.nodes:
        if node.kind == "code" and node.text not in code:
            changed = True
            yield f"The code `{node.text}` is not in the English. Code is not translated."
    if not changed and "the element <code>" in pair.missing:
        yield "The English has a word in `code` that the translation does not. Add it as it is."


CHECK = Check(
    "code",
    Level.WARNING,
    run,
    needs=needs.markup,
    good=(("es", "Run `a`", "Ejecute `a`"),),
    bad=(("es", "Take `x`", "Tome x"), ("es", "Run `a`", "Use `b`")),
)
