"""A phone number of the English stands in the translation, digit for digit."""

from collections import Counter
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if not pair.ours.phones and not pair.theirs.phones:
        return
    ours, theirs = Counter(pair.ours.phones), Counter(pair.theirs.phones)
    gone = (ours - theirs).keys()
    came = (theirs - ours).keys()
    digits = "".join(char for char in pair.theirs.text if char.isdigit())
    for phone in gone:
        if came or phone not in digits:
            other = f"; the translation has {next(iter(came))}" if came else ""
            yield f"The phone number {phone} is not in the translation{other}. Write it digit for digit."
    if came and not gone:
        yield f"The phone number {next(iter(came))} is not in the English. Remove it."


CHECK = Check(
    "phone",
    Level.ERROR,
    run,
    needs=needs.phones,
    good=(
        ("es", "Call 1-800-222-1222", "Llame al 1-800-222-1222"),
        ("ar", "Call (555) 010-0100", "اتصل على (555) 010-0100"),
    ),
    bad=(
        ("es", "Call 1-800-222-1222", "Llame al 1-800-222-1223"),
        ("es", "Call 1-800-222-1222", "Llame"),
        ("es", "Call us", "Llame al 1-800-222-1222"),
    ),
)
