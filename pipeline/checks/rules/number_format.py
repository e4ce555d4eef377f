"""A decimal or thousands mark that readers of the language read otherwise: `1,500` is one and a half in Spanish."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    for found in pair.agreement.matched:
        if found.how == "format":
            marks = pair.language.marks
            group = "a space" if marks.group.isspace() else f"“{marks.group}”"
            yield (
                f"{found.translation.text} is read as another number than {found.english.text} in this language: "
                f"it writes decimals with “{marks.decimal}” and thousands with {group}."
            )


CHECK = Check(
    "number-format",
    Level.WARNING,
    run,
    needs=needs.measured,
    good=(("es", "1,500 people", "1.500 personas"), ("es", "1,500 people", "1500 personas")),
    bad=(("es", "1,500 people", "1,500 personas"), ("de", "2,000 mcg", "2,000 µg")),
    strict=Level.ERROR,
)
