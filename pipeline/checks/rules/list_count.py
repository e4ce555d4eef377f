"""A list that seems to have fewer items in the translation, which joins as much as its English all the same (*A and B, C* for *A, B, and C*); or
an item of what the English joins that seems to be gone, or one that seems to be more, by what answers what (`comparison/aligned`).

Good translators write a list in another order and with other marks, so this withholds nothing.
"""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.growth import borne_out, doubtful, grew, has_more, lacks
from pipeline.checks.lists import shorter
from pipeline.comparison.joined import sparing
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    found = [said for plain in (True, False) for said in shorter(pair, plain=plain, sure=False)]
    if found and borne_out(pair, more=False):
        yield from found
    elif not found and not pair.plural and needs.joined(pair) and not told(pair):
        if lacks(pair):
            yield "An item of what the English joins seems to be missing in the translation. Add what is missing."
        elif has_more(pair):
            yield "The translation seems to join an item more than the English. Take out what the English does not have."


def told(pair: Pair) -> bool:
    """Whether the other checks of lists have something to say."""
    if any(grew(pair)) or any(any(shorter(pair, plain=plain)) for plain in (True, False)):
        return True
    return sparing(pair.language) and doubtful(pair)


CHECK = Check(
    "list-count",
    Level.WARNING,
    run,
    sentences=True,
    needs=needs.joined,
    speaks=lambda language: language.knows("join"),
    good=(
        ("es", "Call us if you have a fever, chills, or pain", "Llámenos si tiene fiebre, escalofríos o dolor"),
        (
            "es",
            "In the evening, a nurse or a doctor comes to see you",
            "Por la noche, una enfermera o un médico vienen a verle",
        ),
        ("zh_Hans", "The kit has tape, pads, and gel.", "套件中有胶带、垫片，以及凝胶。"),
        (
            "de",
            "Ask your doctor, nurse or pharmacist.",
            "Fragen Sie Ihre Ärztin, Ihren Arzt, Ihre Pflegekraft oder Apotheke.",
        ),
    ),
    bad=(
        ("hi", "The kit has tape, pads, wipes, and gel", "किट में टेप और पैड, वाइप्स, बंद हैं"),
        ("es", "In the evening, a nurse or a doctor comes to see you", "Por la noche o un médico vienen a verle"),
        (
            "zh_Hans",
            "Tape, pads, and gel were also reported as gone from the kit.",
            "另据报道，胶带和凝胶也不在套件中。",
        ),
        ("zh_Hans", "The kit has tape, pads, and gel.", "套件中有胶带、垫片、各种不同大小的已经消毒的手套和凝胶。"),
    ),
)
