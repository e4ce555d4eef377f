"""What looks like a placeholder of another tool, `{name}` or `%(name)r`, and is not in the English: readers would see it as it is.
So is one of ours whose brace is written as an entity or behind a backslash: it is none, and looks like one."""

import html
import re
from collections import Counter
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.inline import ARGUMENT
from pipeline.core.model import Level

LOOKS = re.compile(r"\{[^\W\d]\w*(?:![rsa])?(?::[^{}\n]*)?\}|%\(\w*\)?[^\sA-Za-z]*[A-Za-z]?")
NAMED = re.compile(r"\{[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+\}")
CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.S)


def run(pair: Pair) -> Iterator[str]:
    if shown := disguised(pair.translation.source) - disguised(pair.english.source):
        one = next(iter(shown))
        yield f"The translation has {one} with a brace that is no brace of a placeholder, and readers see it as it is. Write {one}, if the English has it."
    theirs = found(pair.translation.source)
    if theirs and (added := theirs - found(pair.english.source)):
        yield f"The translation has {next(iter(added))}, which is no placeholder of the English. Write those of the English as they are."


def disguised(text: str) -> Counter[str]:
    """What reads as a placeholder and is not written as one; code is written as it reads."""
    if "}" not in text and "&" not in text:
        return Counter()
    plain = CODE.sub("", text)
    if "&" not in plain and "\\{" not in plain:
        return Counter()
    return Counter(NAMED.findall(html.unescape(plain.replace("\\{", "{")))) - Counter(
        NAMED.findall(plain.replace("\\{", ""))
    )


def found(text: str) -> Counter[str]:
    """What looks like a placeholder, less what is one."""
    if "{" not in text and "%(" not in text:
        return Counter()
    return Counter(one for one in LOOKS.findall(text) if not ARGUMENT.fullmatch(one))


CHECK = Check(
    "placeholder-added",
    Level.ERROR,
    run,
    needs=needs.braces,
    good=(
        ("es", "Hello {name}", "Hola {name}"),
        ("es", "In {braces}", "Entre llaves"),
        ("es", "Call {clinic.phone}", "Llame al {clinic.phone}"),
        ("es", "Ten percent (10%)", "Diez por ciento (10%)"),
        ("es", "Write \\{clinic.phone} & more", "Escriba &#123;clinic.phone} y más"),
        ("es", "Write `{clinic.phone}` &amp; more", "Escriba `{clinic.phone}` &amp; más"),
        ("es", "Call {clinic.phone} &amp; us", "Llame al {clinic.phone} &amp; a nosotros"),
    ),
    bad=(
        ("es", "Hello {name}", "Hola {nombre}"),
        ("es", "Hello", "Hola {name}"),
        ("es", "Hello {name}", "Hola {name:>999999}"),
        ("es", "Done", "Hecho %(n)999999999s"),
        ("es", "Done", "Hecho %(n)r"),
        ("es", "Done", "Hecho %(n"),
        ("es", "Call us", "Llame al &#123;clinic.phone}"),
        ("es", "Call us", "Llame al &#123;clinic.phone&#125;"),
        ("es", "Call {clinic.phone}", "Llame al {clinic.phone&#125;"),
        ("es", "Call us", "Llame al \\{clinic.phone}"),
        ("es", '[a](x "Call {clinic.phone}")', '[a](x "Llame al &lbrace;clinic.phone}")'),
        ("es", "<b title='Call {clinic.phone}'>a</b>", "<b title='Llame &#x7b;clinic.phone}'>a</b>"),
    ),
)
