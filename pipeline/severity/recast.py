"""Sentences that say the same by another construction: "warm the drops by holding them", "hold the drops to warm them"; "after washing it, dry it", "wash it
before you dry it"; "it takes an hour and does not hurt", "it does not hurt and takes an hour".

Each way holds for the words as they are: what else an editor changed is left where it is, and compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.rewording.clause_forms import base
from pipeline.rewording.plainer import put
from pipeline.text import lexicon
from pipeline.text.english import Word

Part = Sequence[Word]
ACTS = lexicon.IMPERATIVES | lexicon.MILD_IMPERATIVES
STATES = frozenset("is are was were does has takes lasts costs needs hurts contains may can will".split())  # noqa: SIM905
"""Verbs that tell how something is: which of two of them comes first is the same."""
BREAKS = frozenset("and or but then so if when while until unless before after because that which who".split())  # noqa: SIM905


def recast(said: Part) -> Iterator[Part]:
    """What a sentence would be by other constructions."""
    yield from predicates(said)
    yield from by_doing(said)
    yield from of_it(said)


EASY = frozenset("safe easy hard difficult simple".split())  # noqa: SIM905


def of_it(said: Part) -> Iterator[Part]:
    """What it is safe or hard to do something with: "it is safe to take the drops with it", "the drops are safe to take with it"."""
    if [word.same for word in said[:2]] != ["it", "is"] or len(said) < 6 or said[2].same not in EASY | {"not"}:
        return
    link = next((at for at in (3, 4) if said[at].same == "to" and said[at - 1].same in EASY), 0)
    if not link or any(word.same in BREAKS or word.before.strip("-") for word in said[1:]):
        return
    for end in range(link + 3, min(link + 8, len(said)) + 1):
        thing = said[link + 2 : end]
        first = thing[0]._replace(before=said[0].before)
        for be in {"is", "are"} if thing[-1].same.endswith("s") else {"is"}:
            yield [first, *thing[1:], said[1]._replace(text=be, same=be), *said[2 : link + 2], *said[end:]]


def predicates(said: Part) -> Iterator[Part]:
    """The same of one thing, the other way round: "it takes an hour and does not hurt". Not what a reader does, nor what happens."""
    links = [at for at in range(2, len(said) - 1) if said[at].same in BREAKS or said[at].before.strip("-")]
    if (
        len(links) != 1
        or said[links[0]].same != "and"
        or said[links[0]].before
        or said[links[0] + 1].same not in STATES
    ):
        return
    link = links[0]
    verb = next((at for at in range(1, link) if said[at].same in STATES), 0)
    if not verb or any(word.same in {"you", "not", "no"} for word in said[:verb]):
        return
    yield [*said[:verb], *said[link + 1 :], said[link], *said[verb:link]]


def by_doing(said: Part) -> Iterator[Part]:
    """By what something is done, and to what end: "warm the drops by holding them", "hold them to warm the drops"."""
    link = next(
        (at for at in range(2, len(said) - 1) if said[at].same == "by" and said[at + 1].same.endswith("ing")), 0
    )
    verb = base(said[link + 1].same) if link else ""
    if not verb or verb == said[link + 1].same or not plainly_told(said):
        return
    first = said[link + 1]._replace(text=verb, same=verb, before=said[0].before)
    yield [first, *said[link + 2 :], *put(["to"], Word("", "", "word")), said[0]._replace(before=""), *said[1:link]]


def plainly_told(said: Part) -> bool:
    """Whether a sentence is one instruction, of one clause."""
    return said[0].same in ACTS and not any(word.same in BREAKS or word.before.strip("-") for word in said[1:])


def in_sequence(said: Part) -> Iterator[Part]:
    """Two acts, one after the other: "after washing it, dry it", "wash it before you dry it"."""
    comma = next((at for at in range(2, len(said)) if "," in said[at].before), 0)
    if said[0].same != "after" or not comma or comma + 1 >= len(said):
        return
    start = 2 if said[1].same == "you" else 1
    verb = base(said[start].same)
    if verb not in ROUTINE or (said[start].same == verb) != (start == 2) or said[comma].same not in ACTS:
        return
    if any(word.same in BREAKS for word in (*said[1:comma], *said[comma:])):
        return
    first = said[start]._replace(text=verb, same=verb, before=said[0].before)
    yield [
        *[first, *said[start + 1 : comma]],
        *put(["before", "you"], Word("", "", "word")),
        said[comma]._replace(before=""),
        *said[comma + 1 :],
    ]


ROUTINE = frozenset("wash rinse clean wipe dry pat scrub disinfect shake".split())  # noqa: SIM905
"""Acts that may be ordered as well as done. Not of what is done or not as it comes: after you take a painkiller, check your temperature."""
TOLD = frozenset("should must can may will need have are".split())  # noqa: SIM905
SAID_TO = {"their": "your", "they": "you", "them": "you", "themselves": "yourself"}
OTHERS = frozenset("child children baby babies visitors relatives carers parents nurse nurses doctor doctors staff we us our he she his her".split())  # noqa: SIM905  # fmt: skip


def to_readers(said: Part) -> Part | None:
    """What is said of patients, said to the one who reads it: "patients should bring their letters"; None where somebody else is named."""
    if (
        len(said) < 3
        or said[0].same != "patients"
        or said[1].same not in TOLD
        or any(word.same in OTHERS for word in said)
    ):
        return None
    return [
        Word("You", "you", "word", said[0].before),
        *(word._replace(same=SAID_TO.get(word.same, word.same)) for word in said[1:]),
    ]
