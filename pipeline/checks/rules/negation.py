"""A negation that was dropped, or moved: “do not stop” is not “stop”, “do not stop if you feel well” not “stop if you do not”."""

from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.checks.comparison import NOT, read_as
from pipeline.checks.negation import dropped, moved, unstressed
from pipeline.comparison.carried import denials
from pipeline.comparison.granted import granted
from pipeline.comparison.needless import excepted, needless
from pipeline.comparison.reach import exchanged
from pipeline.comparison.unreached import unreached
from pipeline.comparison.unsure import otherwise_allowed
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    if pair.plural or not pair.theirs.tokens:
        return
    if "*" in pair.english.source and unstressed(
        pair.english.source, pair.translation.source, pair.source_language, pair.language
    ):
        yield "The English stresses its no, the translation another word. Stress the no."
        return
    for english, translation in pair.sentences:
        if moved(english, translation) and not denials(english, translation, pair.language):
            yield "What the English says no to is not what the translation says no to. Check where the no stands."
            return
        if needless(english, translation, pair.language):
            yield "The English says that it must not be, the translation that it need not be. Forbid it."
            return
        if excepted(english, translation, pair.language):
            yield "The English says not even, the translation except. Check that it says the same."
            return
        if dropped(english, translation, pair.language) and not otherwise_allowed(english, translation):
            no = read_as(english.tokens, NOT, pair.source_language)
            yield f"The English says no or not{no}, the translation does not, or less often. Check that it says the same."
            return
        if pair.strict and unreached(english.tokens, translation.tokens, pair.language):
            yield "The English forbids two things by one no, the translation orders the second. Say no to both."
            return
        if pair.strict and granted(english, translation, pair.language):
            yield "The English forbids two things by one no, the translation allows one of them. Say no to both."
            return
        if needs.flat(pair) and exchanged(english.tokens, translation.tokens, pair.language):
            yield "The English orders one thing and forbids another, the translation forbids the first. Check which is which."
            return


CHECK = Check(
    "negation",
    Level.ERROR,
    run,
    sentences=True,
    needs=needs.negations,
    speaks=lambda language: language.knows("says", "not"),
    good=(
        ("es", "Do not stop", "No se detenga"),
        ("es", "Do **not** touch the wound", "**No** toque la herida"),
        ("es", "Avoid alcohol", "No beba alcohol"),
        ("es", "Call us", "Llame"),
        ("es", "Do not wait until tomorrow", "No espere hasta mañana"),
        ("es", "Take no more than 4", "No tome más de 4"),
        ("fr", "Do not stop your tablets", "Continuez vos comprimés"),
    ),
    bad=(
        ("es", "Do not take it with food", "Tómelo con comida"),
        ("es", "Do not stop your medicine. Call us.", "Suspenda su medicina. Llámenos."),
        ("es", "Do not wait until tomorrow", "Espere hasta mañana"),
        ("de", "You must not scratch it", "Sie müssen nicht daran kratzen"),
        ("es", "Do **not** touch the wound", "No toque **la herida**"),
        ("es", "Do not stop it if you feel well", "Suspéndalo si no se siente bien"),
        ("es", "Do not take it off or get it wet", "No se lo quite y mójelo"),
        ("es", "Close the lid and do not shake the bottle", "No cierre la tapa y agite el frasco"),
    ),
)
