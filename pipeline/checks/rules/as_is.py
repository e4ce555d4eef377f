"""What the English marks `translate="no"`, or as another language, must stand in the translation as it is: a name, a quotation."""

import re
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.as_is import runs
from pipeline.core.inline import TAG
from pipeline.core.model import Level


def run(pair: Pair) -> Iterator[str]:
    left = runs(pair.english.nodes, pair.source) - runs(pair.translation.nodes, pair.source)
    for one in left:
        words = " ".join(re.sub(TAG, "", one).split())
        yield f"“{words}” is to stay as it is, with the tags around it. Write it letter for letter as in the English."


CHECK = Check(
    "as-is",
    Level.ERROR,
    run,
    needs=needs.as_is,
    good=(
        ("es", 'Press <b translate="no">Quiet Flow</b> now', 'Pulse <b translate="no">Quiet Flow</b> ya'),
        ("es", 'Say <i lang="fr">bonjour à tous</i> first', 'Primero diga <i lang="fr">bonjour à tous</i>'),
        (
            "es",
            'A <b translate="no">P-20 <i translate="yes">pump</i></b>',
            'Una <b translate="no">P-20 <i translate="yes">bomba</i></b>',
        ),
        ("es", 'See the <i lang="en">pump</i>', 'Vea la <i lang="en">bomba</i>'),
    ),
    bad=(
        ("es", 'Press <b translate="no">Quiet Flow</b> now', 'Pulse <b translate="no">Flujo Tranquilo</b> ya'),
        ("es", 'Say <i lang="fr">bonjour à tous</i> first', 'Primero diga <i lang="fr">buenos días</i>'),
        ("es", 'Press <b translate="no">Quiet Flow</b> now', "Pulse Quiet Flow ya"),
        ("es", 'See <img translate="no" alt="Quiet Flow" src="x">', 'Vea <img translate="no" alt="Flujo" src="x">'),
    ),
)
