"""Turns of a clause that say the same, in one form: "do not let the wound get wet", "the wound must not get wet"; "once you are home", "when you are home";
"report a fever to us", "tell us about a fever"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipeline.rewording import thesaurus
from pipeline.rewording.plainer import begins, put, said, together
from pipeline.rewording.turns import DETERMINERS, SUBJECTS
from pipeline.text import lexicon
from pipeline.text.english import Word

Part = Sequence[Word]

TIMES = frozenset("a an each every any this that these those all both".split())  # noqa: SIM905
"""What follows a *once* that counts: "once a day", "once every week"."""
LINKS = (lexicon.FUNCTION_WORDS - DETERMINERS) | frozenset(
    ["until", "before", "after", "unless", "because", "without", "since", "once", "or"]
)
UNITS = frozenset("minute minutes hour hours day days week weeks month months year years".split())  # noqa: SIM905
HELD = frozenset("upright level straight still steady".split())  # noqa: SIM905


@lru_cache(1 << 14)
def base(word: str) -> str:
    """A verb in its plain form, "" for what is no verb."""
    found = thesaurus.lemmas(word) & thesaurus.kin().verbs
    return min(found, key=lambda one: (one == word, len(one), one)) if found else ""


def when(found: list[Word]) -> list[Word]:
    """A text with *when you are home* for *once you are home*, and *after you have eaten* for *once* and *when you have eaten*: who does it
    *when you eat* does it sooner. What has ended has ended: *when you have finished*, *when you finish*."""
    made = list(found)
    for at, word in enumerate(found[:-2]):
        opens = found[at + 1].same in SUBJECTS | DETERMINERS - TIMES and not found[at + 1].before
        act = done(found, at) if opens and word.same in OPENING else ""
        if act and act not in ENDING:
            made[at] = word._replace(text="after", same="after")
        elif act or (opens and word.same == "once"):
            made[at] = word._replace(same="when")
    return made


OPENING = frozenset(["once", "after", "when"])
ENDING = frozenset("finish stop complete end arrive reach return leave notice".split())  # noqa: SIM905
"""Acts that take no time: who finishes has finished."""


def done(found: Part, at: int) -> str:
    """What has been done by the clause that opens at a place, "" for nothing: "when you have eaten", not "when you have pain"."""
    for place in range(at + 2, min(at + 5, len(found) - 2)):
        if not together(found, at, place + 1):
            return ""
        if found[place].same in {"have", "has"}:
            verb, then = found[place + 1].same, found[place + 2]
            perfect = verb.endswith(("ed", "en")) or verb in thesaurus.kin().irregular.keys() - {"had", "been"}
            perfect = perfect or (verb == "had" and then.same in DETERMINERS)
            ended = not then.text or bool(then.before) or then.same in LINKS | DETERMINERS | SUBJECTS
            return base(verb) if perfect and base(verb) != verb and ended else ""
    return ""


@lru_cache(1)
def participles() -> Mapping[str, str]:
    """The participle of each irregular verb, by its plain form."""
    found: dict[str, str] = {}
    for form, plain in sorted(thesaurus.kin().irregular.items()):
        if not form.endswith("s") and (form.endswith("n") or not found.get(plain, "").endswith("n")):
            found[plain] = form
    return found


def participle(verb: str) -> str:
    """What is done when one does something: changed, fed."""
    return participles().get(verb) or (f"{verb}d" if verb.endswith("e") else f"{verb}ed")


def kept_from(found: list[Word]) -> list[Word]:
    """A sentence with *the wound must not get wet* for *do not get the wound wet*, *do not let it get wet* and *make sure it does not get wet*, and *do
    not touch it* for *make sure you do not touch it*."""
    if said(found, 0, ("make", "sure")):
        for at in range(3, min(12, len(found) - 1)):
            if not together(found, 0, at + 1):
                break
            if found[at].same in {"do", "does"} and found[at + 1].same == "not":
                if said(found, 2, ("you", "do", "not")):
                    return [found[3]._replace(before=found[0].before), *found[4:]]
                if found[2].same in DETERMINERS | SUBJECTS:
                    return must_not(found[0], found[2:at], found[at + 2 :])
                break
    if len(found) > 5 and (said(found, 0, ("do", "not", "let")) or said(found, 0, ("do", "not", "allow"))):
        if found[3].same not in DETERMINERS | {"it", "them"}:
            return found
        for at in range(4 if found[3].same in {"it", "them"} else 5, min(12, len(found) - 1)):
            if not together(found, 0, at + 1):
                break
            if found[at].same == "to":
                return must_not(found[0], found[3:at], found[at + 1 :])
            then = found[at + 1]
            acts = found[at].same in thesaurus.kin().verbs and found[at - 1].same not in lexicon.FUNCTION_WORDS
            if found[at].same in {"get", "become", "be"} or (
                acts and (then.same in LINKS | DETERMINERS or not then.text)
            ):
                return must_not(found[0], found[3:at], found[at:])
    if len(found) > 5 and said(found, 0, ("do", "not", "get")) and found[3].same in DETERMINERS:
        for at in range(5, min(9, len(found))):
            ends = at + 1 == len(found) or found[at + 1].same in LINKS or found[at + 1].before
            if found[at].same in SPOILT and ends and together(found, 0, at) and not found[at].before:
                return must_not(found[0], found[3:at], [found[2], *found[at:]])
    return found


SPOILT = frozenset("wet dirty damp cold hot".split())  # noqa: SIM905
"""What things get that are not looked after."""


def must_not(first: Word, who: Part, rest: Part) -> list[Word]:
    """Somebody or something that must not do something."""
    named = [who[0]._replace(before=first.before), *who[1:]]
    return [*named, *put(["must", "not"], Word("", "", "word")), *rest]


def phrase_end(found: Part, at: int) -> int:
    """Where a noun's phrase ends that goes on at a place."""
    while at < len(found) and found[at].same not in LINKS and not found[at].before.strip("-"):
        at += 1
    return at


def reported(found: list[Word]) -> list[Word]:
    """A sentence with *tell your nurse about any fever* for *report any fever to your nurse*."""
    link = next((at for at in range(2, min(8, len(found) - 1)) if found[at].same == "to"), 0)
    if not found or found[0].same != "report" or not link or not together(found, 0, link + 1):
        return found
    if found[link + 1].same not in DETERMINERS:
        return found
    end = phrase_end(found, link + 2)
    while end > link + 2 and (found[end - 1].same.endswith("ly") or found[end - 1].same in {"immediately", "soon"}):
        end -= 1
    return [
        found[0]._replace(same="tell"),
        *found[link + 1 : end],
        *put(["about"], Word("", "", "word")),
        *found[1:link],
        *found[end:],
    ]


def at_the_end(found: list[Word]) -> list[Word]:
    """A text with *six hours beforehand* for *six hours before*, and *an hour afterwards* for *an hour after*."""
    made = list(found)
    for at in range(1, len(found) - 1):
        ended = not found[at + 1].text or begins(found, at + 1)
        counted = at > 1 and found[at - 1].same in UNITS and found[at - 2].same != "the"
        if found[at].same in ENDS and counted and ended and not found[at].before:
            made[at] = found[at]._replace(same=ENDS[found[at].same])
    return made


ENDS = {"before": "beforehand", "after": "afterwards", "afterward": "afterwards"}


def otherwise(found: list[Word]) -> list[Word]:
    """A sentence that forbids nothing with *unless you are told not to* for *unless you are told otherwise*."""
    start = next((at for at, word in enumerate(found) if word.same == "unless"), -1)
    for at in range(start + 2, min(start + 10, len(found) - 1)) if start >= 0 else ():
        if found[at].same in {"told", "tells", "tell", "advised", "advises", "instructed", "says", "say"}:
            place = at + 1 + (found[at + 1].same == "you")
            if place < len(found) and found[place].same == "otherwise" and all(word.same != "not" for word in found):
                return [*found[:place], *put(["not", "to"], found[place]), *found[place + 1 :]]
    return found


def kept_upright(found: list[Word]) -> list[Word]:
    """A text with *keep the bottle upright* for *hold the bottle upright*."""
    made = list(found)
    for at, word in enumerate(found):
        if (
            word.same == "hold"
            and begins(found, at)
            and any(
                one.same in HELD and together(found, at, to) for to, one in enumerate(found[at + 2 : at + 6], at + 2)
            )
        ):
            made[at] = word._replace(same="keep")
    return made


def without(found: list[Word]) -> list[Word]:
    """A prohibition with *unless you have talked to us* for *without talking to us*."""
    at = next((at for at, word in enumerate(found[:-1]) if word.same == "without"), -1)
    plain = base(found[at + 1].same) if at > 0 and found[at + 1].same.endswith("ing") else ""
    denied = any(word.same == "not" for word in found[: max(at, 0)])
    if not plain or plain == found[at + 1].same or not denied or found[at + 1].before:
        return found
    spoken = found[at + 1]._replace(same=participle(plain))
    return [*found[:at], *put(["unless", "you", "have"], found[at]), spoken, *found[at + 2 :]]


PARTED = dict(
    row.split("=")
    for row in [
        "take off=remove",
        "take out=remove",
        "take away=remove",
        "throw away=discard",
        "throw out=discard",
        "switch off=turn off",
        "switch on=turn on",
        "fill out=fill in",
        "hand back=return",
        "give back=return",
        "bring back=return",
        "carry out=do",
        "wash away=wash off",
        "phone up=call",
        "ring up=call",
    ]
)
"""Verbs of two words and what says the same."""
PARTICLES = frozenset(row.split()[1] for row in PARTED)


def in_one_word(found: list[Word]) -> list[Word]:
    """A text with *remove the plaster* for *take off the plaster*, in each form of the verb."""
    made: list[Word] = []
    for at, word in enumerate(found):
        first = base(made[-1].same) if made and word.same in PARTICLES and not word.before else ""
        wanted = PARTED.get(f"{first} {word.same}", "") if first else ""
        then = found[at + 1].same if at + 1 < len(found) else ""
        if not wanted or then in {"of", "from"} or made[-1].kind != "word":
            made.append(word)
            continue
        verb, _, rest = wanted.partition(" ")
        made[-1] = made[-1]._replace(same=inflected(verb, made[-1].same, first))
        made += [word._replace(same=rest)] if rest else []
    return made


def inflected(verb: str, like: str, base_form: str) -> str:
    """A verb in the form that another one has: removing as taking, removed as taken and took."""
    if like == base_form:
        return verb
    if like.endswith("ing"):
        return f"{verb.removesuffix('e')}ing" if verb.endswith("e") else f"{verb}ing"
    if like == f"{base_form}s" or like == f"{base_form}es":
        return f"{verb}es" if verb == "do" else f"{verb}s"
    return participle(verb)


def likelier(found: list[Word]) -> list[Word]:
    """A text with *you are more likely to bleed* for *you have a higher chance of bleeding* and *your risk of bleeding is higher*."""
    made: list[Word] = []
    at = 0
    while at < len(found):
        row = [word.same for word in found[at : at + 6]]
        verb = base(found[at + 5].same) if len(row) == 6 and row[5].endswith("ing") else ""
        if (
            verb
            and row[0] in {"have", "has"}
            and row[1] == "a"
            and row[2] in MORE
            and row[3] in {"chance", "risk", "likelihood"}
            and row[4] == "of"
            and together(found, at, at + 6)
        ):
            be = "are" if row[0] == "have" else "is"
            made += [*put([be, MORE[row[2]], "likely", "to"], found[at]), found[at + 5]._replace(same=verb)]
            at += 6
        else:
            made.append(found[at])
            at += 1
    return made


MORE = dict.fromkeys(["higher", "greater", "bigger", "increased", "larger"], "more") | dict.fromkeys(
    ["lower", "smaller", "reduced"], "less"
)
