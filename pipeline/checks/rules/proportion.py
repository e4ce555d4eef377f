"""A translation far shorter or longer than the language needs."""

from collections.abc import Iterator

from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level

SHORT = 36
"""Letters of an English text, its facts left out, that another language may well need many more words for."""


def run(pair: Pair) -> Iterator[str]:
    ours, theirs = pair.ours.letters, pair.theirs.letters
    if ours < 24 or pair.plural:
        return
    ratio = theirs / (ours * pair.language.length)
    slack = 1.0 if ours > 60 else 0.8
    if ratio < 0.62 * slack:
        yield f"The translation has {ratio:.0%} of the length that this language needs as a rule. Check that nothing is left out."
    elif ratio > (1.9 if pair.language.spaces else 2.3) / (slack if ours > SHORT else slack - 0.1):
        yield f"The translation has {ratio:.0%} of the length that this language needs as a rule. Check that nothing was added."


CHECK = Check(
    "proportion",
    Level.WARNING,
    run,
    speaks=lambda language: language.length > 0,
    good=(("es", "Call the clinic if you feel sick or dizzy.", "Llame a la clínica si se siente mal o mareado."),),
    bad=(("es", "Call the clinic if you feel sick or dizzy today.", "Llame a la clínica."),),
)
