"""What looks like a placeholder of another tool, `{name}` or `%(name)r`, and is not in the English: readers would see it as it is."""

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.checks.check import Check, Pair
from pipeline.core.inline import ARGUMENT
from pipeline.core.model import Level

LOOKS = re.compile(r"\{[^\W\d]\w*(?:![rsa])?(?::[^{}\n]*)?\}|%\(\w*\)?[^\sA-Za-z]*[A-Za-z]?")


def run(pair: Pair) -> Iterator[str]:
    theirs = found(pair.translation.source)
    if theirs and (added := theirs - found(pair.english.source)):
        yield f"The translation has {next(iter(added))}, which is no placeholder of the English. Write those of the English as they are."


def found(text: str) -> Counter[str]:
    """What looks like a placeholder, less what is one."""
    if "{" not in text and "%(" not in text:
        return Counter()
    return Counter(one for one in LOOKS.findall(text) if not ARGUMENT.fullmatch(one))


CHECK = Check(
    "placeholder-added",
    Level.ERROR,
    run,
    good=(
        ("es", "Hello {name}", "Hola {name}"),
        ("es", "In {braces}", "Entre llaves"),
        ("es", "Call {clinic.phone}", "Llame al {clinic.phone}"),
        ("es", "Ten percent (10%)", "Diez por ciento (10%)"),
    ),
    bad=(
        ("es", "Hello {name}", "Hola {nombre}"),
        ("es", "Hello", "Hola {name}"),
        ("es", "Hello {name}", "Hola {name:>999999}"),
        ("es", "Done", "Hecho %(n)999999999s"),
        ("es", "Done", "Hecho %(n)r"),
        ("es", "Done", "Hecho %(n"),
    ),
)
