"""Turns of a whole sentence that say the same, in one form: "should you feel dizzy", "if you feel dizzy"; "only … if", "do not … unless"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.rewording import thesaurus
from pipeline.rewording.plainer import put, together
from pipeline.text import lexicon
from pipeline.text.english import Word

Part = Sequence[Word]
DETERMINERS = frozenset("a an the your our their his her its this that these those each every any my all both".split())  # noqa: SIM905
ASKING = frozenset("what when where who whom whose which why how".split())  # noqa: SIM905


def inverted(said: list[Word], *, asked: bool) -> list[Word]:
    """A sentence with *if* for the *should* that stands before its subject: "should you feel dizzy"."""
    made = list(said)
    for at in range(len(said) - 2):
        word, then = said[at], said[at + 1]
        if word.same != "should" or then.before or then.same not in DETERMINERS | SUBJECTS | {"there"} or asked:
            continue
        if any(one.same in ASKING for one in said[:at]):
            continue
        if not at or word.before or (said[at - 1].same not in SUBJECTS and not noun_before(said, at)):
            made[at] = word._replace(same="if", text="if")
    return made


SUBJECTS = frozenset("you it they he she there we anyone someone".split())  # noqa: SIM905


def noun_before(found: Part, at: int) -> bool:
    """Whether the word before a place may be the subject of what stands there."""
    word = found[at - 1].same
    return not (
        word.endswith("ly")
        or word
        in {"immediately", "again", "us", "early", "soon", "nurse", "doctor", "unit", "clinic", "ward", "and", "or"}
    )


def only_if(said: list[Word]) -> list[Word]:
    """A sentence with *do not … unless* for *only … if*: "only remove it if we tell you to", "do not remove it unless we tell you to"."""
    only = [at for at, word in enumerate(said) if word.same == "only"]
    limits = [at for at, word in enumerate(said) if word.same == "if"]
    if len(only) != 1 or len(limits) != 1 or any(word.same in {"or", "and", "not", "but"} for word in said):
        return said
    at, limit = only[0], limits[0]
    first = not at and len(said) > 1 and said[1].same in lexicon.IMPERATIVES and not said[1].before
    if not first and not (at == limit - 1 and said[0].same in lexicon.IMPERATIVES):
        return said
    made = list(said)
    made[limit] = made[limit]._replace(same="unless", text="unless")
    verb = int(first)
    made[verb] = made[verb]._replace(before="")
    return [*put(["do", "not"], said[0]), *(word for place, word in enumerate(made) if place != at)]


def because(said: Part) -> Part:
    """A sentence with *keep it, because you may need it* for *you may need it, so keep it*."""
    links = [at for at in range(1, len(said)) if said[at].same == "so" and "," in said[at].before]
    if len(links) != 1 or said[0].same in {"if", "when", "because", "as", "since"} or links[0] + 2 >= len(said):
        return said
    reason, then = said[: links[0]], said[links[0] + 1 :]
    if then[0].same == "that" or any("," in word.before for word in then):
        return said
    link = Word("because", "because", "word", ",")
    return [then[0]._replace(before=reason[0].before), *then[1:], link, reason[0]._replace(before=""), *reason[1:]]


def with_it(said: list[Word]) -> list[Word]:
    """A sentence with *clean your teeth with a soft brush* for *use a soft brush to clean your teeth*."""
    end = next((at for at in range(1, len(said)) if said[at].before.strip("-")), len(said))
    link = next((at for at in range(2, min(8, end - 1)) if said[at].same == "to"), 0)
    if said[0].same != "use" or not link or not thesaurus.verb(said[link + 1].same):
        return said
    first, tool = said[link + 1]._replace(before=said[0].before), Word("with", "with", "word")
    return [first, *said[link + 2 : end], tool, *said[1:link], *said[end:]]


def of_you(said: list[Word]) -> list[Word]:
    """A sentence with *if you have diabetes, you should …* for *people with diabetes should …*."""
    if len(said) < 5 or said[0].same not in {"people", "anyone"} or said[1].same != "with":
        return said
    at = next((at for at in range(3, min(8, len(said))) if said[at].same in TOLD), 0)
    if not at or not together(said, 0, at + 1):
        return said
    rest = [word._replace(same=SAID_TO.get(word.same, word.same)) for word in said[at:]]
    return [*put(["if", "you", "have"], said[0]), *said[2:at], Word("you", "you", "word", ","), *rest]


TOLD = frozenset("should must can may need".split())  # noqa: SIM905
SAID_TO = {"their": "your", "they": "you", "them": "you", "themselves": "yourself"}
