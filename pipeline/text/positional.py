"""The positional placeholders of other programs (`%1`, `%2$s`): each stands for a value by its place in a list, and is no number itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.text.tokens import Token

FIRST = "%1"
"""The first of the list: a text without it has none. `%50` alone is a percentage, as Turkish writes it."""
POSITIONAL = re.compile(r"(?<![0-9A-Za-z_%/=&.-])%([1-9]\d?)(?![\d%]|[.,]\d)(?:\$(?:l?l?[dux]|[sdfc@])(?![^\W\d_]))?")
NAMED = re.compile(r"\{position\.(\d+)\}")


def positioned(ours: str, theirs: str) -> tuple[str, str]:
    """Two texts with the positional placeholders of the English made into what is read as a fact."""
    if FIRST not in ours or not (here := positions(ours)):
        return ours, theirs

    def named(match: re.Match[str]) -> str:
        return f"{{position.{match[1]}}}" if match[1] in here else match[0]

    return POSITIONAL.sub(named, ours), POSITIONAL.sub(named, theirs)


def positions(text: str) -> Counter[str]:
    """The places that an English text has a placeholder of, each with how often."""
    found = Counter(POSITIONAL.findall(text))
    return found if found["1"] else Counter()


def lost(ours: str, theirs: str) -> Counter[str]:
    """The placeholders of an English text that its translation lacks."""
    here = positions(ours)
    return here - Counter(POSITIONAL.findall(theirs)) if here else here


def brought(ours: str, theirs: str) -> Counter[str]:
    """The placeholders of a translation that are none of its English, which has others, nor a percentage that it says."""
    here = positions(ours)
    found = Counter(POSITIONAL.findall(theirs)) if here else here
    return Counter(
        {place: n for place, n in (found - here).items() if not re.search(rf"(?<![%\d]){place}(?!\d)", ours)}
    )


def units(tokens: Sequence[Token]) -> Mapping[str, frozenset[str]]:
    """The units behind the placeholders that a text has once, each with all that it may stand for; *m* alone is minutes and metres."""
    found: dict[str, list[frozenset[str]]] = {}
    for token, after in pairwise(tokens):
        if token.kind == "fact" and (place := NAMED.fullmatch(token.text)):
            said = [value for (kind, value), _ in after.senses if kind == "unit"]
            found.setdefault(place[1], []).append(frozenset(said if after.text != METRES else ()))
    return {place: said[0] for place, said in found.items() if len(said) == 1 and said[0]}


METRES = "m"


def as_written(said: str) -> str:
    """A complaint with the placeholders that it quotes as they stand in the texts."""
    return NAMED.sub(r"%\1", said) if "{position." in said else said
