"""How folders and file names spell the languages of a site: `pt-br`, `zh-cn`, and regions of a language that the site has once (`nb-no`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?")
FORMER = {"no": "nb", "iw": "he", "in": "id", "ji": "yi"}
"""Codes that stand for another (the IANA registry of subtags); Norwegian is written as Bokmål unless it says Nynorsk."""
SCRIPTS = {"zh": "hans", "zh-cn": "hans", "zh-sg": "hans", "zh-my": "hans", "zh-tw": "hant", "zh-hk": "hant", "zh-mo": "hant"}  # fmt: skip
"""The script that a Chinese without one is in, by its region."""


def tag(text: str) -> str:
    """A name as it is compared: small letters, with `-`."""
    return text.lower().replace("_", "-")


@lru_cache(maxsize=4096)
def read(spelt: str) -> tuple[str, str, str] | None:
    """The language, script and region of a tag; None where it is none."""
    found = TAG.fullmatch(spelt)
    if found is None:
        return None
    language, region = FORMER.get(found[1], found[1]), found[3] or ""
    script = found[2] or SCRIPTS.get(f"{language}-{region}".rstrip("-"), "")
    return language, script, region


@lru_cache(maxsize=4096)
def locale(spelt: str, names: Sequence[str]) -> str:
    """The one of some languages that a tag names: itself, or the only one of its language, unless both name a script or region and
    these differ. "" where that is none."""
    known = read(spelt)
    if known is None:
        return ""
    if exact := [name for name in names if tag(name) == spelt]:
        return exact[0]
    alike = [(name, mine) for name in names if (mine := read(tag(name))) and mine[:2] == known[:2]]
    if exact := [name for name, mine in alike if mine == known]:
        return exact[0]
    return alike[0][0] if len(alike) == 1 and is_near(known, alike[0][1]) else ""


def is_near(one: tuple[str, str, str], two: tuple[str, str, str]) -> bool:
    """Whether two tags of a language can be the same."""
    return one[:2] == two[:2] and (not one[2] or not two[2])


def language(spelt: str, names: Sequence[str]) -> bool:
    """Whether a tag is of the language of one of some."""
    known = read(spelt)
    return known is not None and any((mine := read(tag(name))) and mine[0] == known[0] for name in names)


def suffixes(stem: str) -> Iterator[tuple[str, str]]:
    """The ways to read a file's name as a page's with a language at its end: `pump.es`, `pump_pt_BR`, `pump-zh-tw`."""
    for mark in re.finditer(r"[._-]", stem):
        if mark.start() and TAG.fullmatch(tag(stem[mark.end() :])):
            yield stem[: mark.start()], stem[mark.start() :]
