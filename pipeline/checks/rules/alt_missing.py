"""The words that the English has for a picture and the translation leaves out: who cannot see it is told nothing."""

from collections import Counter
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.inline import Inline, Node
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    empty = Counter(node.url for node in pictures(pair.translation) if not node.text.strip())
    empty -= Counter(node.url for node in pictures(pair.english) if not node.text.strip())
    for node in pictures(pair.english):
        if node.text.strip() and empty[node.url] > 0:
            empty[node.url] -= 1
            yield f"The words “{node.text}” for the picture {node.url} are missing. Translate them too: who cannot see it hears them."


def pictures(text: Inline) -> Iterator[Node]:
    """The pictures of a text."""
    return (node for node in text.nodes if node.kind == "image")


CHECK = Check(
    "alt-missing",
    Level.WARNING,
    run,
    needs=needs.pictures,
    good=(
        ("es", "![The pump](a.png)", "![La bomba](a.png)"),
        ("es", "![](a.png) here", "![](a.png) aquí"),
        ("es", "See ![a lamp](a.png)", "Vea"),
        ("es", "![](a.png) ![The pump](a.png)", "![La bomba](a.png) ![](a.png)"),
    ),
    bad=(
        ("es", "See ![The pump](a.png)", "Vea ![](a.png)"),
        ("es", "![](a.png) ![The pump](a.png)", "![](a.png) ![](a.png)"),
        ("es", "[![The pump](a.png)](b.md)", "[![](a.png)](b.md)"),
    ),
)
