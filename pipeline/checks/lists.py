"""What the lists of an English text have and those of its translation do not, or have more."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.check import Pair
from pipeline.text.listing import english_lists, lengthened, shortened, unsaid
from pipeline.text.statements import together


def shorter(pair: Pair, *, plain: bool) -> Iterator[str]:
    """What is missing in each sentence or was added, in words: of what is a list beyond doubt (`plain`), or of what may be one."""
    if pair.plural:
        return
    found = english_lists(pair.ours)
    if len(pair.ours.sentences) != len(pair.theirs.sentences):
        found = found[-1:]
    both = together(pair.ours, pair.theirs, pair.source_language, pair.language)
    for here, (english, translation) in zip(found, both, strict=False):
        if not any(listed.plain is plain for listed in here):
            continue
        words = {token.text for token in translation.tokens}
        for listed in here:
            if name := unsaid(english, listed, translation, words, pair.language):
                if listed.plain is plain:
                    yield f"A list of the English names {name}, the translation does not. Add what is missing."
                break
        else:
            if here[0].plain is not plain:
                continue
            count = len(here[0].items)
            if shortened(here, translation.tokens, pair.language):
                yield f"A list of the English has {count} items, in the translation it has fewer. Add what is missing."
            elif plain and lengthened(here[0], english.tokens, translation.tokens, pair.language):
                yield f"A list of the English has {count} items, in the translation it has more. Take out what the English does not have."
