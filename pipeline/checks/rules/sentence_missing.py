"""A sentence of the English that the translation lacks."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if pair.plural:
        return
    ours, theirs = len(pair.ours.sentences), len(pair.theirs.sentences)
    if ours < 2 or theirs >= ours or not pair.language.length:
        return
    ratio = pair.theirs.letters / max(pair.ours.letters * pair.language.length, 1)
    if ratio < 0.9:
        yield f"The English has {ours} sentences, the translation {theirs}, and it is short. Check that nothing is left out."


WITHOUT_MARKS = frozenset(["th", "lo"])
"""Languages in which nothing but a space stands between sentences, as between clauses."""
CHECK = Check(
    "sentence-missing",
    Level.WARNING,
    run,
    needs=needs.sentences,
    good=(
        ("es", "Call us. We can help you today.", "Llámenos y hoy mismo le podremos ayudar."),
        ("es", "Rest. Drink water.", "Descanse. Beba agua."),
        ("th", "Nothing was found. Try another word.", "ไม่พบสิ่งใด ลองใช้คำอื่น"),
    ),
    speaks=lambda language: language.code not in WITHOUT_MARKS,
    bad=(("es", "Call us if you feel sick. Do not drive a car today.", "Llámenos si se siente mal."),),
)
