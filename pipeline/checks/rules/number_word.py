"""A number in words that is another in the translation: two tablets are not three, `once` in Spanish is eleven."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if (
        pair.plural
        or not pair.language.knows("number")
        or (pair.language.rough and (not pair.strict or pair.language.knows("rough")))
    ):
        return
    found = pair.agreement
    extra = found.words_extra or found.extra if not found.missing else found.words_extra
    if found.words_missing and extra:
        was, now = found.words_missing[0].text, extra[0].text
        yield f"The English says “{was}”, the translation “{now}” ({extra[0].value}). Write the same number."


CHECK = Check(
    "number-word",
    Level.ERROR,
    run,
    needs=needs.numbers,
    good=(
        ("es", "Take two tablets", "Tome dos tabletas"),
        ("es", "Once a day", "Una vez al día"),
        ("es", "Both arms", "Los dos brazos"),
    ),
    bad=(("es", "Take two tablets", "Tome tres tabletas"), ("es", "Take it once a day", "Tómelo once veces al día")),
)
