"""Constructions that say the same, in one form, so that two texts are compared by what they say: "prior to", "before"; "should you feel", "if you feel";
"four times daily", "four times a day"; openers that say nothing: "please note that".

Each rewriting holds for itself, in either text, whatever the other one says. Word order and words of one sense are `severity/restored` and `expressions`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.rewording import clause_forms, expressions, occasions, thesaurus
from pipeline.rewording.plainer import OPENERS, RULES, begins, fits, opened, plainer, put, said, together
from pipeline.rewording.turns import DETERMINERS, inverted, of_you, only_if, with_it
from pipeline.text import lexicon
from pipeline.text.english import Word

Part = Sequence[Word]

NUMBERED = frozenset("two three four five six seven eight nine ten eleven twelve".split())  # noqa: SIM905
LEFT = frozenset("dry cool rest stand settle heal soak set thaw".split())  # noqa: SIM905
"""What things do when nobody touches them: "leave it to dry", "let it dry", "allow it to dry"."""
NOMINAL = dict(
    pair.split("/", 1)
    for pair in [
        "removal/removing",
        "insertion/inserting",
        "use/using",
        "treatment/treating",
        "prevention/preventing",
        "measurement/measuring",
        "application/applying",
        "replacement/replacing",
        "administration/giving",
        "cleaning/cleaning",
        "collection/collecting",
        "storage/storing",
        "disposal/disposing",
        "completion/completing",
        "consumption/eating",
        "preparation/preparing",
        "examination/examining",
        "management/managing",
        "reduction/reducing",
        "avoidance/avoiding",
        "placement/placing",
        "closure/closing",
        "injection/injecting",
        "infusion/infusing",
        "development/developing",
        "provision/providing",
        "selection/choosing",
        "introduction/introducing",
        "delivery/delivering",
        "assessment/assessing",
        "adjustment/adjusting",
        "monitoring/monitoring",
        "testing/testing",
        "washing/washing",
        "changing/changing",
    ]
)
"""Nouns that stand for a verb before an *of*: "the removal of your stitches", "removing your stitches"."""


def one_form(found: Part) -> list[Word]:
    """The words of a text with each construction of the tables in its one form."""
    made = [
        word._replace(text="a") if word.text == "A" and begins(found, at) else word for at, word in enumerate(found)
    ]
    said = {word.same for word in made}
    for step, words in STEPS:
        if not words.isdisjoint(said):
            made = step(made)
            said = {word.same for word in made}
    return made if OF_SENTENCES.isdisjoint(said) else by_sentence(made)


OF_SENTENCES = frozenset(
    [
        "get",
        "should",
        "only",
        "use",
        "people",
        "anyone",
        "let",
        "allow",
        "sure",
        "report",
        "unless",
        "without",
        "always",
        "available",
        "more",
    ]
)
"""Words of what is read a sentence at a time."""


BY_SENTENCE = (
    only_if,
    with_it,
    of_you,
    clause_forms.kept_from,
    clause_forms.reported,
    clause_forms.otherwise,
    clause_forms.without,
    occasions.always_with,
    occasions.first,
    occasions.at_most,
    occasions.available,
)


def by_sentence(found: list[Word]) -> list[Word]:
    """A text with each of its sentences in its one form."""
    made: list[Word] = []
    start = 0
    for at in range(1, len(found) + 1):
        if at < len(found) and found[at].text and not begins(found, at):
            continue
        said = found[start:at]
        asked = at < len(found) and "?" in found[at].before
        for step in BY_SENTENCE:
            said = step(said)
        made += inverted(said, asked=asked)
        start = at
    return made


def numbered(found: list[Word]) -> list[Word]:
    """A text with small numbers as digits: "seven days", "7 days"; not with what may be a part of a name, "Lakeside Two"."""
    return [
        word._replace(same=lexicon.number_words()[word.same], kind="number")
        if word.same in NUMBERED and word.kind == "word" and (word.text[:1].islower() or begins(found, at))
        else word
        for at, word in enumerate(found)
    ]


def following(found: list[Word]) -> list[Word]:
    """A text with *after* for a *following* that is a preposition: "following your operation"; *about* for *regarding*."""
    made = list(found)
    for at, word in enumerate(found[:-1]):
        then = found[at + 1]
        if word.same not in {"following", "regarding", "concerning"} or then.before or not then.text:
            continue
        before = found[at - 1].same if at else ""
        if before in DETERMINERS | {"by", "is", "are", "be", "been", "was", "were", "when", "while"}:
            continue
        if word.same == "following" and any(one.same in FOLLOWED for one in found[at + 1 : at + 4]):
            continue
        same = "after" if word.same == "following" else "about"
        if (
            then.same in DETERMINERS - {"that"}
            or not thesaurus.verb(then.same)
            or thesaurus.lemmas(then.same) & {"surgery"}
        ):
            made[at] = word._replace(same=same)
    return made


FOLLOWED = frozenset(
    "things steps symptoms advice instructions guidance guidelines rules plan recipe diet directions order link page section lead".split()  # noqa: SIM905
)


def having(found: list[Word]) -> list[Word]:
    """A text with *people with asthma* for *people who have asthma*. Not *people who have recovered*, nor *who have to*."""
    made: list[Word] = []
    at = 0
    while at < len(found):
        made.append(found[at])
        at += 1
        if found[at - 1].same in {"people", "anyone"} and fits(found, at, HAVING) and not found[at].before:
            then = found[at + 2].same
            if then not in {"to", "not", "had", "been", "no", "never", "just"} and not then.endswith(
                ("ed", "en", "ly")
            ):
                made += put(["with"], found[at])
                at += 2
    return made


HAVING = (frozenset(["who"]), frozenset(["have", "has"]))


def daily(found: list[Word]) -> list[Word]:
    """A text with *every day* for a *daily* that is no adjective."""
    made: list[Word] = []
    for at, word in enumerate(found):
        then = found[at + 1] if at + 1 < len(found) else word
        alone = word.same in EVERY and at and not word.before and (not then.text or then.before or then.same in AFTER)
        made += put(["every", EVERY[word.same]], word) if alone else [word]
    return made


EVERY = {"daily": "day", "nightly": "night", "weekly": "week", "monthly": "month", "yearly": "year", "hourly": "hour"}
AFTER = frozenset(
    [
        "using",
        "than",
        "at",
        "in",
        "on",
        "with",
        "for",
        "by",
        "to",
        "and",
        "or",
        "before",
        "after",
        "until",
        "when",
        "once",
        "if",
        "while",
        "during",
        "from",
        "as",
        "unless",
        "because",
        "so",
    ]
)


def let(found: list[Word]) -> list[Word]:
    """A text with *let it dry* for *allow it to dry* and *leave it to dry*, and *let dry* for *allowed to dry*."""
    made = list(found)
    gone: set[int] = set()
    for at, word in enumerate(found):
        if word.kind != "word" or thesaurus.lemmas(word.same).isdisjoint({"allow", "leave", "let"}):
            continue
        for to in range(at + 1, min(at + 6, len(found) - 1)):
            if not together(found, at, to + 1):
                break
            linked = found[to].same == "to"
            verb = found[to + linked]
            if verb.same in LEFT and not verb.before and (linked or to > at + 1):
                made[at] = word._replace(same="let")
                gone.update([to] if linked else [])
                break
    return [word for at, word in enumerate(made) if at not in gone] if gone else made


def nominal(found: list[Word]) -> list[Word]:
    """A text with *removing your stitches* for *the removal of your stitches*."""
    made: list[Word] = []
    at = 0
    while at < len(found):
        start = at + (found[at].same == "the" and at + 1 < len(found) and not found[at + 1].before)
        noun = found[start]
        if (
            start + 2 < len(found)
            and noun.same in NOMINAL
            and found[start + 1].same == "of"
            and together(found, at, start + 2)
        ):
            made += put([NOMINAL[noun.same]], found[at])
            at = start + 2
        else:
            made.append(found[at])
            at += 1
    return made


def reduced(found: list[Word]) -> list[Word]:
    """A text with *the affected eye* for *the eye that is affected*, and *tablets prescribed by us* for *tablets that are prescribed by us*."""
    made: list[Word] = []
    at = 0
    while at < len(found):
        word = found[at]
        if not (at and at + 2 < len(found) and word.same in {"that", "which", "who"} and found[at + 1].same in BEING):
            made.append(word)
            at += 1
            continue
        done, noun = found[at + 2], found[at - 1]
        if (
            not word.before
            and together(found, at, at + 3)
            and noun.kind == "word"
            and noun.same not in lexicon.FUNCTION_WORDS | TELLING
            and re.search("(?:ed|en|ing)$", done.same)
            and len(done.same) > 4
        ):
            then = found[at + 3]
            alone = (not then.text or then.before) and not done.same.endswith("ing") and not noun.before and at > 1
            if alone:
                made[-1:] = [done, noun]
                at += 3
            else:
                at += 2
            continue
        made.append(word)
        at += 1
    return made


BEING = frozenset("is are was were".split())  # noqa: SIM905
TELLING = frozenset(
    [
        "know",
        "think",
        "important",
        "sure",
        "means",
        "likely",
        "possible",
        "feel",
        "say",
        "says",
        "tell",
        "hope",
        "all",
        "those",
        "everything",
        "anything",
        "nothing",
    ]
)


def it_is(found: list[Word]) -> list[Word]:
    """A text with *it is important to do it* for *it is important that you do it* and *for you to do it*."""
    made: list[Word] = []
    at = 0
    while at < len(found):
        word = found[at]
        made.append(word)
        at += 1
        if word.same not in NEEDED or at < 2 or not {found[at - 2].same, found[max(at - 3, 0)].same} & {"is"}:
            continue
        for row in (("that", "you"), ("for", "you", "to")):
            if said(found, at, row) and not found[at].before:
                made += put(["to"], found[at])
                at += len(row)
                break
    return made


def avoided(found: list[Word]) -> list[Word]:
    """A text with *do not lift* for an *avoid lifting* that begins a sentence."""
    made: list[Word] = []
    for at, word in enumerate(found):
        verb = found[at - 1] if at else word
        refrain = at > 1 and (found[at - 2].same, verb.same) == ("refrain", "from") and begins(found, at - 2)
        alone = at and verb.same == "avoid" and begins(found, at - 1)
        if (alone or refrain) and word.same.endswith("ing") and not word.before:
            base = sorted(thesaurus.lemmas(word.same) & thesaurus.kin().verbs, key=len)
            if base:
                size = 2 if refrain else 1
                made[-size:] = [*put(["do", "not"], found[at - size]), word._replace(same=base[-1])]
                continue
        made.append(word)
    return made


def never(found: list[Word]) -> list[Word]:
    """A text with *do not* for a *never* that begins an instruction, and *must not* for *must never*."""
    made: list[Word] = []
    for at, word in enumerate(found):
        if (
            word.same == "never"
            and begins(found, at)
            and found[at + 1].same in lexicon.IMPERATIVES
            and not found[at + 1].before
        ):
            made += put(["do", "not"], word)
        elif word.same == "never" and at and found[at - 1].same in {"must", "should"}:
            made.append(word._replace(same="not", text="not"))
        else:
            made.append(word)
    return made


def gathered(found: list[Word]) -> list[Word]:
    """A text with *take off the plaster* for *take the plaster off*, where that says something of its own."""
    made = list(found)
    for at in range(len(made) - 2):
        if (
            made[at].kind != "word"
            or made[at].same in expressions.BEING
            or made[at + 1].same in PARTICLES
            or not expressions.begins(made[at].same)
        ):
            continue
        for to in range(at + 2, min(at + 6, len(made) - 1)):
            if not together(made, at, to + 1):
                break
            then = made[to + 1]
            if made[to].same in PARTICLES and (not then.text or then.before or then.same in AFTER):
                if expressions.read((made[at].same, made[to].same)):
                    made[at + 1 : to + 1] = [made[to], *made[at + 1 : to]]
                break
    return made


PARTICLES = frozenset("off out away up down over".split())  # noqa: SIM905


def about_any(found: list[Word]) -> list[Word]:
    """A text with *if you have any allergies* for *about any allergies you have*, and without the *may* of what one *may have*."""
    made: list[Word] = []
    at = 0
    while at < len(found):
        if found[at].same == "about" and found[at + 1].same in {"any", "all"} and together(found, at, at + 3):
            for to in range(at + 3, min(at + 6, len(found) - 1)):
                size = 3 if said(found, to, ("you", "may", "have")) else 2 if said(found, to, ("you", "have")) else 0
                if size and together(found, at, to + 1):
                    made += [*put(["if", "you", "have", "any"], found[at]), *found[at + 2 : to]]
                    at = to + size
                    break
        if at < len(found):
            made.append(found[at])
            at += 1
    return [
        word
        for place, word in enumerate(made)
        if not (
            word.same in {"may", "might"}
            and place > 1
            and made[place - 1].same == "you"
            and made[place - 2].same in {"questions", "worries", "concerns", "fears"}
            and made[place + 1].same == "have"
        )
    ]


def repeated(found: list[Word]) -> list[Word]:
    """A text without words said again behind *and* or *or*: "it begins to hurt or begins to swell", "it begins to hurt or swell"."""
    made: list[Word] = []
    start = at = 0
    while at < len(found):
        if begins(found, at):
            start = len(made)
        made.append(found[at])
        at += 1
        if made[-1].same not in {"and", "or"} or at + 2 >= len(found):
            continue
        earlier = [word.same for word in made[max(start, len(made) - EARLIER) : -1]]
        for size in (3, 2):
            again = [word.same for word in found[at : at + size]]
            if (
                at + size < len(found)
                and together(found, at, at + size + 1)
                and not found[at].before
                and {"not", "no", "never"}.isdisjoint(earlier)
                and {"not", "no", "never"}.isdisjoint(again)
                and again[-1] in {"to", "your", "the", "you", "a"}
                and any(earlier[place : place + size] == again for place in range(len(earlier)))
            ):
                at += size
                break
    return made


EARLIER = 40
"""Words of a clause before *and* in which they may have been said."""


def talked(found: list[Word]) -> list[Word]:
    """A text with *talk to you about the risks* for *discuss the risks with you*."""
    made: list[Word] = []
    at = 0
    while at < len(found):
        word = found[at]
        if word.same in {"discuss", "discusses", "discussed"}:
            links = [to for to in range(at + 2, min(at + 8, len(found) - 1)) if found[to].same == "with"]
            if links and together(found, at, links[0] + 1):
                to = links[0]
                size = 1 if found[to + 1].same in {"you", "us", "them"} else 2
                if together(found, to, to + size + 1) or found[to + size].before or not found[to + size].text:
                    whom = found[to + 1 : to + 1 + size]
                    talk = {"discuss": "talk", "discusses": "talks", "discussed": "talked"}[word.same]
                    made += [*put([talk, "to"], word), *whom, *put(["about"], found[to]), *found[at + 1 : to]]
                    at = to + 1 + size
                    continue
        made.append(word)
        at += 1
    return made


NEEDED = frozenset("important essential vital crucial necessary best better helpful useful advisable safe".split())  # noqa: SIM905

STEPS: tuple[tuple[Callable[[list[Word]], list[Word]], frozenset[str]], ...] = (
    (occasions.said_again, frozenset(["it", "them"])),
    (opened, frozenset(row.split()[0] for row in OPENERS.strip().split("\n"))),
    (
        plainer,
        frozenset(part for row in RULES.strip().split("\n") for part in row.split()[0].split("|")) - {"#"}
        | frozenset(["minutes", "hours", "days", "weeks", "months", "years"]),
    ),
    (having, frozenset(["people", "anyone"])),
    (following, frozenset(["following", "regarding", "concerning"])),
    (daily, frozenset(EVERY)),
    (it_is, NEEDED),
    (avoided, frozenset(["avoid", "refrain"])),
    (never, frozenset(["never"])),
    (about_any, frozenset(["about", "may", "might"])),
    (talked, frozenset(["discuss", "discusses", "discussed"])),
    (repeated, frozenset(["and", "or"])),
    (gathered, PARTICLES),
    (clause_forms.in_one_word, clause_forms.PARTICLES),
    (clause_forms.likelier, frozenset(["chance", "risk", "likelihood"])),
    (let, frozenset("allow allows allowed allowing leave leaves left leaving let lets letting".split())),  # noqa: SIM905
    (nominal, frozenset(NOMINAL)),
    (reduced, BEING),
    (clause_forms.when, clause_forms.OPENING),
    (clause_forms.at_the_end, frozenset(clause_forms.ENDS)),
    (clause_forms.kept_upright, frozenset(["hold"])),
    (numbered, NUMBERED),
    (occasions.heading, frozenset(occasions.MISSED)),
    (occasions.in_case, frozenset(["in", "if"])),
    (occasions.started_again, frozenset(["again"])),
    (occasions.rising, occasions.RISES),
    (occasions.reasons, frozenset(["because", "since"])),
)
"""What is done with a text, in order, where one of the words stands in it."""
