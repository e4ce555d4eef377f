"""A *no* that reaches too short: *do not take it off or get it wet* forbids both; *no se la quite y mójela* orders the second.

An English *not* reaches over *or* and *nor* to each act behind it. In a translation such an act is ordered where all that says it stands behind what
ends the reach of its *no*, with no other *no* in its clause, and in a form that orders: which that is, each language has its own way to tell. *No se la quite y
moje la venda* may be either, so nothing is made of it; of a language that is not told of here neither.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.comparison.reach import TURNING, denies, joint, polite, reached, said
from pipeline.text import lexicon
from pipeline.text.imperatives import BEFORE_ORDER
from pipeline.text.languages.table import Language
from pipeline.text.listing import COMMAS
from pipeline.text.statements import BREAKS
from pipeline.text.tokens import Token

NO = frozenset(["not", "n't", "don't", "never"])
LIGHT = frozenset("get let make allow become leave".split())  # noqa: SIM905
"""English verbs that say with what stands behind them what is done: *get it wet*."""


def banned(tokens: Sequence[Token]) -> Iterator[frozenset[str]]:
    """The acts that an English sentence forbids by the *not* of another act before them: *do not open it or get it wet*."""
    for start, token in enumerate(tokens):
        if token.text not in NO:
            continue
        end = next((at for at in range(start + 1, len(tokens)) if ended(tokens, at)), len(tokens))
        verbs = [at for at in range(start + 1, end) if opens(tokens, at, start)]
        joined = any(joint(token) == "or" for token in tokens[start:end])
        for at, following in zip(verbs[1:], [*verbs[2:], end], strict=False):
            acts = said(tokens[at])
            if not acts and tokens[at].text in LIGHT:
                acts = frozenset().union(*map(said, tokens[at:following]))
            if joined and acts:
                yield acts


ACTS = lexicon.IMPERATIVES | {"smoke", "drive", "swim", "bathe", "shower", "brush", "chew"}


def lost_acts(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> Iterator[str]:
    """Acts that an English sentence forbids beside others (*do not eat, drink or smoke*), and a translation that has fewer of them leaves
    out: another of them is said, and nothing may stand for this one."""
    for start, token in enumerate(ours):
        if token.text not in NO:
            continue
        end = next((at for at in range(start + 1, len(ours)) if ended(ours, at)), len(ours))
        verbs = [at for at in range(start + 1, end) if opens(ours, at, start)]
        listed = [value for at in verbs for value in said(ours[at]) & LISTED]
        if len(verbs) < MANY or not any(joint(token) == "or" for token in ours[start:end]):
            continue
        values = [*dict.fromkeys(listed)]
        gone = [value for value in values if missing(value, theirs, language)]
        known = [value for value in values if value not in gone and any(value in said(token) for token in theirs)]
        strange = len(listed) < len(verbs) and DRIVING in gone and any(map(denies, theirs))
        if gone and (known or strange) and links(theirs) < links(ours):
            yield from gone
        return


def fasts(ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether a translation says to fast, or to take nothing, for not to eat and drink: one English *not* forbids both."""
    if not any({"eat", "drink"} <= acts and not more for acts, more in barred(ours, FED)):
        return False
    return any(
        token.slot("meal") == "empty"
        or token.text.startswith(FASTING)
        or (token.text.startswith(TAKING) and any(near.text in NOTHING for near in theirs[at + 1 : at + 3]))
        for at, token in enumerate(theirs)
    )


def whole(ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether a translation says to swallow it unchewed for not to chew or crush it."""
    if not any(token.text in UNCHEWED for token in theirs):
        return False
    return any({"chew", "crush"} & acts and not more for acts, more in barred(ours, CHEWED))


UNCHEWED = frozenset(["unzerkaut", "unzerkleinert", "ungekaut"])


FED = frozenset("eat drink have take consume swallow".split())  # noqa: SIM905
CHEWED = frozenset("chew crush bite break split cut halve open dissolve grind suck".split())  # noqa: SIM905
"""Verbs of what one word for fasting, or for unchewed, forbids at once."""


def barred(tokens: Sequence[Token], alike: frozenset[str]) -> Iterator[tuple[frozenset[str], bool]]:
    """What each *not* of an English sentence forbids to do: all acts behind it in its clause; and whether any but some `alike` are among them:
    *do not eat, drink or smoke*."""
    for start, token in enumerate(tokens):
        if token.text in NO:
            end = next((at for at in range(start + 1, len(tokens)) if ended(tokens, at)), len(tokens))
            verbs = {tokens[at].text for at in range(start + 1, end) if opens(tokens, at, start)}
            yield frozenset().union(*map(said, tokens[start:end])), not (verbs & ACTS <= alike)


FASTING = ("nhịn", "berpuasa", "puasa", "금식", "صائم")
TAKING, NOTHING = ("ingier", "inger", "ingir", "consum", "consomm", "absorb"), frozenset(["nada", "rien"])


MANY = 2
LISTED = frozenset("eat drink drive chew crush swallow inject shake".split())  # noqa: SIM905
"""Acts that few words say, so that one of which none stands there was left out."""
DRIVING = "drive"


def missing(act: str, tokens: Sequence[Token], language: Language) -> bool:
    """Whether nothing in a translation says an act, or may stand for it, though the language has words for it."""
    if not language.knows("act", act) or language.knows("many", f"act {act}"):
        return False
    return not any(value == act and kind in SAYING for token in tokens for (kind, value), _ in token.slots)


SAYING = frozenset(["act", "act?"])


def links(tokens: Sequence[Token]) -> int:
    """How often a sentence joins two things: by *and*, *or*, *nor* or a comma."""
    return sum(token.text in LINKS or bool(joint(token)) for token in tokens)


LINKS = COMMAS | {"ni", "nem", "nor", "ні", "ни", "没有"}


def ended(tokens: Sequence[Token], at: int) -> bool:
    """Whether what an English *not* forbids ends before a place: commas may part acts."""
    token = tokens[at]
    if token.text in BREAKS:
        return token.text not in COMMAS
    return token.text in TURNING or token.text in NO or joint(token) == "and" or bool(token.slot("condition"))


def opens(tokens: Sequence[Token], at: int, start: int) -> bool:
    """Whether the verb of an act stands at a place of an English sentence: right behind its *not*, a comma or an *or*."""
    before = at - 1
    while before > start and tokens[before].text in BEFORE_ORDER and not joint(tokens[before]):
        before -= 1
    if before != start and tokens[before].text not in COMMAS and not joint(tokens[before]):
        return False
    return tokens[at].kind == "word" and not joint(tokens[at]) and not tokens[at].text.endswith("ing")


def alternatives(tokens: Sequence[Token]) -> int:
    """How many acts more than one an English *not* forbids at most, each of which another language says its own no to."""
    more = 0
    for start, token in enumerate(tokens):
        if token.text in NO:
            end = next((at for at in range(start + 1, len(tokens)) if ended(tokens, at)), len(tokens))
            more += sum(joint(token) == "or" for token in tokens[start:end])
    return more


def bans(tokens: Sequence[Token], act: str) -> bool:
    """Whether an English sentence forbids an act by the *not* of another one."""
    return any(act in acts for acts in banned(tokens))


def unreached(ours: Sequence[Token], theirs: Sequence[Token], language: Language) -> bool:
    """Whether a translation orders an act that its English forbids beside another one, behind a *no* that does not reach it."""
    orders = ORDERS.get(language.code)
    acts = Counter(banned(ours)) if orders else {}
    if orders is None or not acts:
        return False
    first = next((at for at, token in enumerate(theirs) if denies(token)), len(theirs))
    if language.code == "fa" and any(token.slot("modal") == "must-not" for token in theirs):
        return False  # نباید: one for all verbs of its sentence
    over = frozenset[int]() if language.code in VERB_LAST else reached(theirs, language)
    mine = [done for token in ours if (done := said(token))]
    yours = [(at, done) for at, token in enumerate(theirs) if (done := told(token, language))]
    for wanted, count in itertools.islice(acts.items(), MOST):
        if sum(not wanted.isdisjoint(acts) for done in mine) > count:
            continue  # it is ordered as well
        places = [at for at, done in yours if not wanted.isdisjoint(done)]
        if places and over.isdisjoint(places) and all(ordered(theirs, at, first, orders) for at in places):
            return True
    return False


def told(token: Token, language: Language) -> frozenset[str]:
    """What a word says that is done; an Arabic verb with *and* and its object written onto it is in no table."""
    if language.code == "ar" and token.text[:1] == "و":
        return said(token) | {sense.value for sense, _ in token.slots if sense.kind == "act?"}
    return said(token)


VERB_LAST = frozenset(["ko"])
"""Languages whose *no* ends the verb before it, and reaches nothing behind it."""
Orders = Callable[[Sequence[Token], int, int], bool]
"""Whether the clause that opens at the first place orders what stands at the second."""


def ordered(tokens: Sequence[Token], at: int, first: int, orders: Orders) -> bool:
    """Whether an act stands in another clause than the *no* before it, which says no by itself nowhere and orders it."""
    opening = next((place for place in range(at, max(first, at - CLAUSE) - 1, -1) if parts(tokens[place])), -1)
    if opening < 0 or denies(tokens[at]) or (at + 1 < len(tokens) and tokens[at + 1].text in IDIOMS):
        return False
    end = next((place for place in range(at + 1, min(at + CLAUSE, len(tokens))) if parts(tokens[place])), len(tokens))
    if end > at + CLAUSE:
        return False
    if any(refuses(token) for token in (*tokens[opening + 1 : at], *tokens[at + 1 : end])):
        return False
    return not refuses(tokens[opening]) and orders(tokens, opening, at)


CLAUSE = 60
"""Words of a clause that is read, on each side of its act: of a longer one nothing is told."""
MOST = 60
"""Acts that are looked for."""
IDIOMS = frozenset(
    "conseil avis contact soin soins garde note rendez-vous precauciones cuidado cuidados contato".split()  # noqa: SIM905
)
"""What the words for *take* take that is no medicine: *prenez conseil*."""


def parts(token: Token) -> bool:
    """Whether a word or sign parts two orders."""
    return token.text in BREAKS or joint(token) == "and" or token.text in JOINING


JOINING = frozenset(
    "pero sino mas mais aber sondern но а लेकिन لكن بل ليكن 但 但是 nhưng mà hãy men 말고 마시고 않고 말며 puis ensuite luego después dann потом".split()  # noqa: SIM905
)
"""Words that part two orders as well."""


def refuses(token: Token) -> bool:
    """Whether a word says or may say no."""
    if denies(token) or token.slot("act") == "avoid" or token.slot("condition") or token.text in RENOUNCING:
        return token.text not in JOINING
    meant = [sense for sense, _ in token.senses]
    return not REFUSING.isdisjoint(meant) and EARLIER not in meant


RENOUNCING = frozenset(["renoncez", "renoncer", "renuncie", "renunciar"])
REFUSING = frozenset([("excuses", "not"), ("denies", "not")])
EARLIER = ("says", "before")
"""What may stand for a no elsewhere, and is here when it is to be done or not."""


def enclitic(pattern: str) -> Orders:
    """Ordered by a pronoun written onto the verb, which none under a *no* has."""
    form = re.compile(pattern)
    return lambda tokens, opening, at: any(form.search(token.text) for token in tokens[opening + 1 : at + 1])


def ending(*endings: str) -> Orders:
    """Ordered by the ending of a verb right behind the joining word, or of the act itself."""
    return lambda tokens, opening, at: any(
        token.text.endswith(endings) for token in (*tokens[opening + 1 : opening + 3], tokens[at])
    )


def marked(words: str) -> Orders:
    """Ordered by a word before the act."""
    known = frozenset(words.split())
    return lambda tokens, opening, at: any(token.text in known for token in tokens[opening:at])


def pronoun_behind(tokens: Sequence[Token], opening: int, at: int) -> bool:
    """Portuguese *molhe-o*: an object pronoun that no noun follows."""
    behind = [token.text for token in tokens[at + 1 : at + 3]]
    return bool(behind) and behind[0] in OBJECTS and (len(behind) == 1 or not behind[1].isalpha() or behind[1] in AFTER)


OBJECTS = frozenset(["o", "a", "os", "as"])
AFTER = frozenset("com em no na antes depois durante bem se por até todos imediatamente sempre logo e".split())  # noqa: SIM905


def politely(tokens: Sequence[Token], opening: int, at: int) -> bool:
    """German *machen Sie es nass*."""
    return polite(tokens, opening) or any(token.text == "bitte" for token in tokens[opening + 1 : opening + 3])


def written_on(tokens: Sequence[Token], opening: int, at: int) -> bool:
    """Arabic *wa-ballilhā*: no verb of an order begins with the *ta-* or *ya-* of one that a *no* stands before."""
    return opening == at and tokens[at].text[:1] == "و" and tokens[at].text[1:2] not in {"ت", "ي", "ل"}


def always(tokens: Sequence[Token], opening: int, at: int) -> bool:
    """Where each verb has its own *no*."""
    return True


ORDERS: Mapping[str, Orders] = {
    "es": enclitic(r"[áéíóú]\w*(?<!ándo)(?<!iéndo)(?<!yéndo)(?:l[oae]s?|se|me|nos)$"),
    "fr": ending("ez"),
    "pt": pronoun_behind,
    "de": politely,
    "ru": ending("йте", "ите", "ьте", "йтесь", "итесь"),
    "ar": written_on,
    "hi": always,
    "ur": always,
    "fa": always,
    "ko": ending("세요", "십시오"),
    "zh": marked("请 要 应 应该 必须 可以 可 然后 再"),
    "vi": marked("hãy cần nên phải rồi"),
    "ht": marked("epi e answit"),
}
"""How the languages tell that the act of a clause is ordered."""
