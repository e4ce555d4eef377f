"""A protected name of the glossary stands in the translation, in one of its accepted forms, and no name it is confused with."""

from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.glossary import Glossary, Name
from pipeline.core.model import Level
from pipeline.text import Reading
from pipeline.text.medicines import medicine
from pipeline.text.spelling import normal
from pipeline.text.terms import Index, index, near, stands


def run(pair: Pair) -> Iterator[str]:
    glossary = pair.glossary
    ours = in_english(glossary, pair.source, pair.ours)
    theirs = near(accepted_names(glossary, pair.locale), pair.theirs)
    for at in sorted(ours | theirs) if ours or theirs else ():
        name = glossary.names[at]
        if at not in ours:
            yield f"The translation names {name.english}, the English does not. Check the name."
            continue
        if at not in theirs and not present(name, pair.theirs, pair.locale):
            yield (
                f"The protected name {name.english} is not in the translation. Write it, or record how it is written "
                f"in this language in locale/glossary.yaml."
            )
        for other in name.confuse:
            if stands(other, pair.theirs, pair.locale) and not stands(other, pair.ours, pair.source):
                yield f"The translation says {other}, which must not be confused with {name.english}. Write the right name."


@lru_cache(maxsize=1 << 13)
def in_english(glossary: Glossary, source: str, english: Reading) -> frozenset[int]:
    """The numbers of the names that an English text says."""
    return near(english_names(glossary, source), english)


@lru_cache(maxsize=8)
def english_names(glossary: Glossary, source: str) -> Index:
    return index(((at, name.english) for at, name in enumerate(glossary.names)), source)


@lru_cache(maxsize=256)
def accepted_names(glossary: Glossary, locale: str) -> Index:
    return index(((at, form) for at, name in enumerate(glossary.names) for form in name.forms(locale)), locale)


def present(name: Name, reading: Reading, locale: str) -> bool:
    """Whether a name stands in a translation as in English, or (a medicine) as its cognate."""
    if stands(name.english, reading, locale):
        return True
    known = medicine(normal(name.english))
    return bool(known) and any(
        ((said := token.sense("name")) is not None and said[0] == known) or medicine(token.text) == known
        for token in reading.tokens
        if token.kind == "word"
    )


GOOD = Glossary((Name("SynchroMed", {"ar": ("سينكروميد",)}, ("Prometra",)), Name("morphine", {})))

CHECK = Check(
    "protected-name",
    Level.WARNING,
    run,
    needs=needs.names,
    good=(
        ("es", "Your SynchroMed pump", "Su bomba SynchroMed"),
        ("ar", "Your SynchroMed pump", "مضخة سينكروميد"),
        ("es", "Take morphine", "Tome morfina"),
    ),
    bad=(("es", "Your SynchroMed pump", "Su bomba Prometra"), ("es", "Your SynchroMed pump", "Su bomba")),
    strict=Level.ERROR,
    glossary=GOOD,
)
