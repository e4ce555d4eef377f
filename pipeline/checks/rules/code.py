"""Code of the English that the translation lost or changed."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.content.typed import tagged
from pipeline.core.model import Level

CODE = "the element <code>"


def run(pair: Pair) -> Iterator[str]:
    code = {node.text for node in pair.english.nodes if node.kind == "code"}
    changed = False
    for node in pair.translation.nodes:
        if node.kind == "code" and node.text not in code:
            changed = True
            yield f"The code `{node.text}` is not in the English. Code is not translated."
    if (
        not changed and CODE in pair.missing and CODE not in tagged(pair.english, pair.translation)
    ):  # of which `brings` speaks
        yield code_lost(pair)


def code_lost(pair: Pair) -> str:
    """The code of the English that the translation lacks, to be copied."""
    there = {node.text for node in pair.translation.nodes if node.kind == "code"}
    words = next((node.text for node in pair.english.nodes if node.kind == "code" and node.text not in there), "")
    if not words:
        return "The English has a word in `code` more often than the translation. Add it as it is."
    return f"The English has “`{words}`”, the translation does not. Write it as it is, with the marks around it."


CHECK = Check(
    "code",
    Level.WARNING,
    run,
    needs=needs.markup,
    good=(("es", "Run `a`", "Ejecute `a`"),),
    bad=(("es", "Take `x`", "Tome x"), ("es", "Run `a`", "Use `b`")),
)
