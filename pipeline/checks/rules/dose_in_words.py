"""A dose that stands there as a word: its value is right, and figures are what a patient finds again on the label."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import in_words
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if pair.plural:
        return
    for found in pair.agreement.matched:
        if found.how == "word" and in_words(found, pair):
            was, now = found.english.text, found.translation.text
            yield f"The dose {was} is there as a word (“{now}”), with the right value. Write it in figures, as the English does."


CHECK = Check(
    "dose-in-words",
    Level.WARNING,
    run,
    sentences=True,
    needs=needs.measured,
    good=(
        ("es", "Take 2 tablets", "Tome 2 tabletas"),
        ("es", "Take two tablets", "Tome dos tabletas"),
        ("es", "Wait 2 hours", "Espere dos horas"),
        ("es", "Take 2 tablets", "Tome tres tabletas"),
        ("ar", "Take 2 tablets", "تناول قرصين"),
        ("fr", "Take 1 tablet", "Prenez un ou deux comprimés"),
        ("vi", "Take 1 tablet", "Uống một vài viên"),
        ("ht", "Take 1 tablet", "Pran yon pil grenn"),
    ),
    bad=(
        ("es", "Take 1 tablet", "Tome una tableta"),
        ("es", "Take 2 tablets", "Tome dos tabletas"),
        ("ar", "Take 1 tablet", "تناول قرصا واحدا"),
        ("sw", "Take 1 tablet", "Meza kidonge kimoja"),
        ("es", "Take 5 mg now", "Tome cinco mg ahora"),
    ),
)
