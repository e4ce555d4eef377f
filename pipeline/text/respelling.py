"""One English word in two spellings: British and American, joined and apart, mistyped and mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pipeline.text import lexicon, opposites, similarity
from pipeline.text.medicines import medicine

RULES = (
    (r"\b(an|leuk|isch|ur|tox|bacter|septic|vir|glyc|hypoglyc|hyperglyc|hyper|hypo)aem", r"\1em"),
    (r"h(a?)emo(?=[a-z])|haem", "hem"),
    (r"\banaesth|(?<=[a-z])anaesth", "anesth"),
    (r"oedem", "edem"),
    (r"oesoph", "esoph"),
    (r"oestr", "estr"),
    (r"(?<!s)paed", "ped"),
    (r"\bfo?et(?=us|al)", "fet"),
    (r"gynaec", "gynec"),
    (r"\bfaec", "fec"),
    (r"rrhoe", "rrhe"),
    (r"pnoea", "pnea"),
    (r"caesar", "cesar"),
    (r"coeliac", "celiac"),
    (r"manoeuv(?:re|er)", "maneuver"),
    (r"(?<=al)ys(?=e[ds]?\b|ing\b)", "yz"),
    (
        r"\b(\w*(?:organ|recogn|real|minim|maxim|special|steril|hospital|immun|stabil|emphas|apolog|author|character|critic|"
        r"familiar|final|general|ideal|individual|local|memor|mobil|neutral|normal|optim|penal|personal|prior|public|random|"
        r"summar|symbol|util|visual|categor|central|digital|harmon|anesthet|pasteur|crystal|metabol|oxid|standard|moistur|nebul))"
        r"is(?=e|ing|ation)",
        r"\1iz",
    ),
    (r"\b(col|tum|fav|behavi|lab|od|vap|hum|neighb|hon|rig|harb|savi|end?eav|flav)our", r"\1or"),
    (r"\b(\w*(?:cent|lit|met|fib|theat|calib|sab))re(?=s?\b)", r"\1er"),
    (r"\b(travel|cancel|label|model|counsel|fuel|signal|total|dial|level|quarrel)l(?=ed\b|ing\b|ers?\b|ors?\b)", r"\1"),
    (r"\b(fulfil|enrol|instal|distil|instil)(?=s?\b|ment)", r"\1l"),
    (r"\bskilful|\bskillful", "skillful"),
    (r"\bgrey", "gray"),
    (r"\bprogramme(?=s?\b)", "program"),
    (r"\b(judg|acknowledg|lodg)ement", r"\1ment"),
    (r"\bdietician", "dietitian"),
    (r"\bpyjama", "pajama"),
    (r"\bpractis(?=e|ing)", "practic"),
    (r"\blicence", "license"),
    (r"\b(def|off|pret)ence", r"\1ense"),
    (r"\bage(?=ing\b)", "ag"),
    (r"\bmould", "mold"),
    (r"\b(cata|dia|ana|mono)logue", r"\1log"),
    (r"\bmum(?=my\b|s?\b)", "mom"),
    (r"\b(to|back|for|after|up|down|in|out)wards\b", r"\1ward"),
    (r"\b(learn|burn|dream|spell?|lean)t\b", r"\1ed"),
    (r"\bsulph", "sulf"),
    (r"\bwhilst\b", "while"),
    (r"\bcheque", "check"),
)
"""Endings and stems that British and American English write otherwise (after the Oxford and Merriam-Webster dictionaries)."""
VARIANTS = tuple((re.compile(old), new) for old, new in RULES)


@lru_cache(1 << 14)
def american(word: str) -> str:
    """A folded word in its American spelling; any other word as it is."""
    if len(word) < 3 or not word.isalpha():
        return word
    for old, new in VARIANTS:
        word = old.sub(new, word)
    return word


AGREEING = frozenset([frozenset(("a", "an")), frozenset(("is", "are")), frozenset(("was", "were"))])


def respelled(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether words that gave way to others are the same in another spelling: joined or apart, a word twice, a mended slip.

    A slip is a word that no dictionary has, one or two letters from one that is there.
    """
    if was and now and "".join(was) == "".join(now):
        if "re" in (was[0], now[0]):
            return True
        beside = {was[-1], now[-1]} & PARTICLES
        words = [word for word in (*was, *now) if word not in beside]
        return all(len(word) > 2 and word not in lexicon.FUNCTION_WORDS and not critical(word) for word in words)
    if len(was) == len(now) == 1:
        return frozenset((was[0], now[0])) in AGREEING or slip(was[0], now[0])
    return False


PARTICLES = frozenset(["up", "out", "off", "in", "on", "down"])
"""What verbs are written together with as nouns: "set up", "a setup"."""


def critical(word: str) -> bool:
    return any(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", rows) for rows in lexicon.CRITICAL.values())


def slip(was: str, now: str) -> bool:
    """Whether a word was mistyped, and what took its place is the word that was meant."""
    if not (was.isalpha() and now.isalpha() and was.isascii() and now.isascii()) or len(now) < 3:
        return False
    if opposites.opposed(was, now):
        return False
    most = 2 if min(len(was), len(now)) > 8 or consonants(was) == consonants(now) else 1
    if medicine(was, "en") or medicine(now, "en") or similarity.letters_apart(was, now) > most:
        return False
    return known(now) and not known(was) and not rare(was)


def consonants(word: str) -> str:
    """The consonants of a word, in order: what most slips leave alone."""
    return re.sub("[aeiou]", "", word)


LIST = Path(__file__).with_name("english-words.txt")
INFLECTED = re.compile(r"(?:ies|ied|ier|iest|ying|ily|(?<=[sxz])es|ing|edly|ed|er|est|ly|ness|less|ful|able|(?<!s)s)$")


def uninflected(word: str) -> list[str]:
    """What a word may be an inflection of."""
    found = INFLECTED.search(word)
    if not found or found.start() < 3:
        return []
    stem = word[: found.start()]
    if found[0] in {"ies", "ied", "ier", "iest", "ying", "ily"}:
        return [f"{stem}y"]
    doubled = [stem[:-1]] if len(stem) > 3 and stem[-1] == stem[-2] else []
    return [stem, f"{stem}e", *doubled]


@lru_cache(1)
def words() -> tuple[frozenset[str], frozenset[str]]:
    """The common words of the list, and the rare ones that are near them."""
    lines = [line for line in LIST.read_text("utf-8").split("\n") if line and line[0] != "#"]
    return frozenset(line for line in lines if line[0] != "~"), frozenset(line[1:] for line in lines if line[0] == "~")


def known(word: str) -> bool:
    """Whether the list has a word among the common ones, in this inflection or another."""
    return any(form in words()[0] for form in (american(word), *uninflected(american(word))))


def rare(word: str) -> bool:
    """Whether it has it among the rare ones."""
    return any(form in words()[1] for form in (american(word), *uninflected(american(word))))
