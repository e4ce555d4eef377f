"""Text that was saved in one encoding and read in another: `dÃ­a` for día."""

import re
from collections.abc import Iterator

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level

BROKEN = re.compile(
    "\ufffd|Ã[\u0080-\u00bf\u0192\u201a-\u203a\u0152\u0153\u0160\u0161\u017d\u017e\u02c6\u02dc]|Â[\u00a0-\u00bf]|â€[\u0080-\u00bf\u2122\u0153\u02dc\u201c\u201d\u00a6]|Ð[\u0080-\u00bf]Ñ|[ØÙ][\u0080-\u00bf][ØÙ]|[\ue000-\uf8ff]"
)


def run(pair: Pair) -> Iterator[str]:
    if (match := BROKEN.search(pair.translation.source)) and match[0] not in pair.english.source:
        yield f"“{match[0]}” looks like a letter that was saved in another encoding. Type the text again in UTF-8."


CHECK = Check(
    "mojibake",
    Level.ERROR,
    run,
    needs=needs.broken,
    good=(("es", "A day", "Un día"), ("pt", "Action", "AÇÃO"), ("fr", "At", "À « bord »")),
    bad=(("es", "A day", "Un dÃ\u00ada"), ("fr", "Summer", "l\u2019Ã©té"), ("es", "A day", "Un d\ufffda")),
)
