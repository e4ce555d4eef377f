"""Turns that say when, why and of whom something holds, in one form: "in case of fever", "if you have a fever", "if a fever develops"; "you should not drive", "do not drive";
"always take it with food", "do not take it without food"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.rewording import thesaurus
from pipeline.rewording.clause_forms import base, participle, phrase_end
from pipeline.rewording.plainer import begins, counts, put, said, together
from pipeline.rewording.turns import DETERMINERS, SUBJECTS
from pipeline.text import lexicon
from pipeline.text.english import Word

Part = Sequence[Word]
CASES = (
    ("in", "case", "of"),
    ("in", "the", "case", "of"),
    ("in", "the", "event", "of"),
    ("in", "any", "case", "of"),
)
OTHERS = frozenset("of doubt need fire death emergency failure error change delay any".split())  # noqa: SIM905
"""What nobody *has* whom the text speaks to: "in case of doubt"."""
STARTED = frozenset(["develop", "experience"])
"""How one comes to have what one has: "if you develop a fever"."""
COMES = frozenset("occurs occur develops develop arises arise appears appear".split())  # noqa: SIM905
"""How it comes: "if a fever develops"."""
SOME = frozenset(["a", "an", "any"])


def in_case(found: list[Word]) -> list[Word]:
    """A text with *if you have a fever* for *in case of a fever* and *if a fever develops*, *if you vomit* for *in case of vomiting*, and *if there is
    no pain* for *in the absence of pain*."""
    made: list[Word] = []
    at = 0
    while at < len(found):
        word = found[at]
        size = next((len(row) for row in CASES if word.same == "in" and said(found, at, row)), 0)
        then = found[at + size] if at + size < len(found) else word
        skipped = size and missed(found[at + size :])
        if size and skipped:
            made += [*put(["if", "you"], word), *missed(found[at + size :])]
            at += size + 2 + (found[at + size].same in SOME)
        elif size and then.text and not then.before and then.same not in OTHERS:
            plain = base(then.same) if then.same.endswith("ing") else ""
            acts = plain and plain != then.same and then.same not in thesaurus.kin().verbs - {plain}
            made += [*put(["if", "you"], word), then._replace(same=plain)] if acts else put(["if", "you", "have"], word)
            at += size + bool(acts)
        elif word.same == "in" and said(found, at, ("in", "the", "absence", "of")):
            made += put(["if", "there", "is", "no"], word)
            at += 4 + (found[at + 4].same == "any")
        elif word.same == "if" and said(found, at, ("if", "you")) and at + 4 < len(found):
            named = found[at + 2].same in STARTED and found[at + 3].same in SOME and together(found, at, at + 4)
            made += put(["if", "you", "have"], word) if named else [word]
            at += 3 if named else 1
        elif word.same == "if" and (size := coming(found, at + 1)):
            made += [*put(["if", "you", "have"], word), *found[at + 1 : at + size]]
            at += size + 1
        else:
            made.append(word)
            at += 1
    return made


def told_alike(old: list[Word], new: list[Word]) -> tuple[list[Word], list[Word]]:
    """Two texts of which one says what not to do and the other what one should not do, both as an order: "you should not drive", "do not drive".
    Where both speak of what one may, should or must, each keeps its words: they differ in how strictly they mean it."""
    one, other = ({word.same for word in found} & STRICT for found in (old, new))
    if {frozenset(one), frozenset(other)} == {frozenset(["may"]), frozenset(["can"])}:
        return may_be(old), may_be(new)
    if one and not other:
        return forbidden(old), new
    return (old, forbidden(new)) if other and not one else (old, new)


def may_be(found: list[Word]) -> list[Word]:
    """A text with *can* for *may*."""
    return [word._replace(same="can", text="can") if word.same == "may" else word for word in found]


STRICT = frozenset(
    "allowed permitted forbidden should must may can could might need shall ought recommend recommended advise advised better best try important".split()  # noqa: SIM905
)


def forbidden(found: list[Word]) -> list[Word]:
    """A text with *do not drive* for *you should not drive* and *you must not drive*, at the start of a sentence or behind a comma."""
    made: list[Word] = []
    at = 0
    while at < len(found):
        word = found[at]
        opens = word.same in TOLD and (begins(found, at) or "," in word.before) and at + 3 < len(found)
        denied = opens and found[at + 1].same in {"should", "must"} and found[at + 2].same == "not"
        verb = found[at + 3].same if denied else ""
        if verb in thesaurus.kin().verbs and verb not in FELT and together(found, at, at + 3):
            made += put(["do", "not"], word)
            at += 3
        else:
            made.append(word)
            at += 1
    return made


TOLD = frozenset(["you", "patients"])
FELT = frozenset("be have need feel see notice hear find get become expect know receive experience lose".split())  # noqa: SIM905
"""What happens to one, and nobody orders."""


def at_most(sentence: list[Word]) -> list[Word]:
    """A sentence with *take at most 8 tablets* for *do not take more than 8 tablets*."""
    for at in range(len(sentence) - 5):
        opens = not at or "," in sentence[at].before
        row = [word.same for word in sentence[at : at + 5]]  # whatever marks stand between them
        if not opens or row[:2] != ["do", "not"] or row[3:] != ["more", "than"] or not counts(sentence[at + 5]):
            continue
        if row[2] in lexicon.IMPERATIVES:
            order = sentence[at + 2]._replace(before=sentence[at].before)
            return [*sentence[:at], order, *put(["at", "most"], sentence[at + 3]), *sentence[at + 5 :]]
    return sentence


def rising(found: list[Word]) -> list[Word]:
    """A text with *if the pain increases* for *if there is an increase in the pain*."""
    made: list[Word] = []
    at = 0
    while at < len(found):
        way = found[at + 3].same if at + 5 < len(found) and said(found, at, ("there", "is")) else ""
        held = (
            way in RISES and found[at + 2].same in SOME and found[at + 4].same == "in" and together(found, at, at + 5)
        )
        end = phrase_end(found, at + 5) if held else 0
        if held and at + 5 < end <= at + 9:
            what = found[at + 5 : end]
            made += [what[0]._replace(before=found[at].before), *what[1:], *put([f"{way}s"], Word("", "", "word"))]
            at = end
        else:
            made.append(found[at])
            at += 1
    return made


RISES = frozenset("increase decrease rise drop fall change".split())  # noqa: SIM905


def first(sentence: list[Word]) -> list[Word]:
    """A sentence with *do not stop it unless you have talked to us* for *always talk to us before you stop it*."""
    at = next((at for at, word in enumerate(sentence) if word.same == "before"), 0)
    if len(sentence) < 6 or sentence[0].same != "always" or at < 2 or at + 2 >= len(sentence):
        return sentence
    speaks = sentence[at + 1].same == "you"
    act = sentence[at + 1 + speaks]
    verb = act.same if speaks else base(act.same) if act.same.endswith("ing") else ""
    small = {"and", "or", "if", "when", "unless", "but", "not"}
    if verb not in lexicon.IMPERATIVES or any(word.same in small or "," in word.before for word in sentence):
        return sentence
    end = len(sentence) - (not sentence[-1].text)
    rest = [act._replace(same=verb, before=""), *sentence[at + 2 + speaks : end]]
    spoken = sentence[1]._replace(same=participle(base(sentence[1].same)))
    return [
        *put(["do", "not"], sentence[0]),
        *rest,
        *put(["unless", "you", "have"], act),
        spoken,
        *sentence[2:at],
        *sentence[end:],
    ]


def available(sentence: list[Word]) -> list[Word]:
    """A sentence with *all women can have the vaccine free* for *the vaccine is available free to all women*."""
    at = next((at for at, word in enumerate(sentence) if word.same == "available"), 0)
    link = next((to for to in range(at + 1, min(at + 5, len(sentence) - 1)) if sentence[to].same in {"to", "for"}), 0)
    if at < 2 or not link or sentence[at - 1].same not in {"is", "are"} or not together(sentence, 0, link + 2):
        return sentence
    end = phrase_end(sentence, link + 1)
    whom = sentence[link + 1 : end]
    if not whom or whom[0].same not in DETERMINERS | {
        "people",
        "everyone",
        "anyone",
        "children",
        "adults",
        "women",
        "men",
    }:
        return sentence
    return [
        whom[0]._replace(before=sentence[0].before),
        *whom[1:],
        *put(["can", "have"], Word("", "", "word")),
        sentence[0]._replace(before=""),
        *sentence[1 : at - 1],
        *sentence[at + 1 : link],
        *sentence[end:],
    ]


def reasons(found: list[Word]) -> list[Word]:
    """A text with *…, because it may leak* for *…. This is because it may leak* and *…, since it may leak*."""
    made: list[Word] = []
    at = 0
    while at < len(found):
        word = found[at]
        if at and begins(found, at) and said(found, at, ("this", "is", "because")):
            made.append(found[at + 2]._replace(before=", "))
            at += 3
            continue
        cause = word.same == "since" and "," in word.before and found[at + 1].same in SUBJECTS | DETERMINERS
        made.append(word._replace(same="because") if cause else word)
        at += 1
    return made


def started_again(found: list[Word]) -> list[Word]:
    """A text with *restart the tablets* for *start the tablets again*."""
    made = list(found)
    for at, word in enumerate(found):
        if word.same not in AGAIN or word.kind != "word":
            continue
        for to in range(at + 2, min(at + 5, len(found) - 1)):
            if not together(found, at, to):
                break
            if found[to].same == "again" and not found[to].before and found[at + 1].same not in {"with", "from", "to"}:
                made[at : to + 1] = [word._replace(same=AGAIN[word.same]), *found[at + 1 : to]]
                return started_again(made)
    return made


AGAIN = {"start": "restart", "starts": "restarts", "started": "restarted", "starting": "restarting", "begin": "restart"}


def always_with(sentence: list[Word]) -> list[Word]:
    """A sentence with *do not take it without food* for *always take it with food*."""
    if len(sentence) < 5 or sentence[0].same not in {"always", "only"} or sentence[1].same not in lexicon.IMPERATIVES:
        return sentence
    links = [at for at, word in enumerate(sentence) if word.same == "with"]
    small = {"and", "or", "if", "when", "unless", "but", "not", "before", "after", "no"}
    if len(links) != 1 or not 1 < links[0] < len(sentence) - 1 or any(word.same in small for word in sentence):
        return sentence
    denied = [*put(["do", "not"], sentence[0]), *(word._replace() for word in sentence[1:])]
    at = links[0] + 1
    denied[at] = denied[at]._replace(same="without", text="without")
    return denied


def said_again(found: list[Word]) -> list[Word]:
    """A text with *keep it dry and in a drawer* for *keep it dry. Keep it in a drawer*: an order that only goes on with the one before."""
    made = list(found)
    starts = [at for at in range(len(made)) if begins(made, at) and made[at].text]
    for one, other in reversed([*pairwise(starts)]):
        verb = made[one].same
        again = verb in lexicon.IMPERATIVES and made[other].same == verb and other + 2 < len(made)
        if (
            not again
            or made[other + 1].same not in {"it", "them"}
            or made[one + 1].same not in DETERMINERS | {"it", "them"}
        ):
            continue
        if any("," in word.before or word.same in {"and", "or", "if", "not", "unless"} for word in made[one:other]):
            continue
        if made[other].before.strip() == "." and not made[other + 2].before:
            made[other : other + 2] = [Word("and", "and", "word", "")]
    return made


def coming(found: Part, at: int) -> int:
    """How many words behind it the verb of what comes stands before which a place is: *a fever develops*; none where none does."""
    for size in range(2, 6):
        if at + size >= len(found) or not together(found, at, at + size) or found[at].same in SUBJECTS:
            return 0
        then = found[at + size]
        if found[at + size - 1].same in COMES and not (size == 2 and found[at].same in DETERMINERS):
            return size if not then.text or then.before else 0
    return 0


MISSED = {"missed": "miss", "forgotten": "forget", "skipped": "skip"}


def missed(found: Part) -> list[Word]:
    """What begins with *missed doses* or *a missed dose*, as something that one does: *miss a dose*; nothing where it does not."""
    start = bool(found) and found[0].same in SOME
    if (
        len(found) < start + 2
        or found[start].same not in MISSED
        or not found[start + 1].text
        or not together(found, 0, start + 1)
    ):
        return []
    act, thing = found[start : start + 2]
    return [act._replace(same=MISSED[act.same], before=""), *put(["a"], Word("", "", "word")), thing]


def heading(found: list[Word]) -> list[Word]:
    """A heading with *if you miss a dose* for *missed doses*."""
    done = missed(found) if len([word for word in found if word.text]) == 2 else []
    return [*put(["if", "you"], found[0]), *done, *found[2:]] if done else found


def with_reasons(old: list[Word], new: list[Word]) -> tuple[list[Word], list[Word]]:
    """Two texts of which one gives as a reason (*…, because it may leak*) what the other says in a sentence of its own (*…. It may leak*)."""
    return reasoned(old, new), reasoned(new, old)


def reasoned(found: list[Word], other: Part) -> list[Word]:
    """A text with its sentences as reasons that are reasons in the other one."""
    if any(word.same == "because" for word in found):
        return found
    for at, word in enumerate(other[:-3]):
        if word.same == "because" and "," in word.before:
            row = [one.same for one in other[at + 1 : at + 4]]
            for to in range(1, len(found) - 2):
                if begins(found, to) and [one.same for one in found[to : to + 3]] == row:
                    return [
                        *found[:to],
                        Word("because", "because", "word", ", "),
                        found[to]._replace(before=" "),
                        *found[to + 1 :],
                    ]
    return found
