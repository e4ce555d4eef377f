"""A title of the English, shown when a reader points at a link or a picture, that the translation leaves out."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.content.structure import titles_missing
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    for part, title in titles_missing(pair.english, pair.translation):
        yield f"The title “{title}” of {part} is missing. Translate it too: readers see it when they point there."


CHECK = Check(
    "title-missing",
    Level.WARNING,
    run,
    needs=needs.titles,
    good=(
        ("es", 'See [a](x "Lamp")', 'Vea [a](x "Lámpara")'),
        ("es", "See [a](x)", "Vea [a](x)"),
        ("es", 'See [a](x "Lamp")', "Vea a"),
        ("es", "A <b title='now'>word</b>", "Una <b title='ya'>palabra</b>"),
    ),
    bad=(
        ("es", 'See [a](x "Lamp")', "Vea [a](x)"),
        ("es", 'See ![a lamp](x.png "Lamp")', "Vea ![una lámpara](x.png)"),
        ("es", "A <b title='now'>word</b>", "Una <b>palabra</b>"),
        ("es", "A <b title='now'>word</b>", "Una <b title=''>palabra</b>"),
        ("es", '[a](x "One") [b](x "Two")', '[a](x "Uno") [b](x)'),
    ),
)
