"""Whether an English sentence tells its reader to do or not to do something: by the verb that opens a clause, or must, should and may with an act."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.text.lexicon import IMPERATIVES
from pipeline.text.quantities import Reading
from pipeline.text.statements import BREAKS
from pipeline.text.tokens import Token

BEFORE_ORDER = frozenset(
    "please then and or but always never not also just only so first next now carefully slowly gently immediately".split()  # noqa: SIM905
)
"""English words that may stand between the start of a clause and its imperative."""
ORDERS = IMPERATIVES | frozenset(
    "adjust ask bend boil bring carry charge contact dab deflate discard drain dry exercise exhale finish flex follow fold gargle have hug inflate inform make move peel "  # noqa: SIM905
    "plug power prick read recap refill refrain reinsert reuse rotate schedule scrub secure see set share shut show sign silence sip spray squeeze "
    "stir straighten stretch suck support talk thaw tie tilt try unscrew unwrap visit wet wipe".split()
)
"""English verbs by which a clause that begins with one gives an order. Acts of the table of English are others."""
NAMES = frozenset(
    "book call carry change charge chill clamp close cook cut double draw drain drink drive drop dry empty exercise feed fill fold have heat hug increase lift limit lower massage "  # noqa: SIM905
    "monitor move open pause phone power prick record reduce refill repeat restart ring run schedule set shake share shave shower show shut sign silence sip "
    "smoke split spray stand start stop store stretch support switch tape test text thaw tie touch twist use wait wake walk warm wash wet".split()
)
"""Those of them that are as often names of things, or say how things are: an order where what may follow one does."""
FOLLOWING = frozenset(
    "the a an your this that these those it them him her every each all both any nothing someone everyone yourself around on off up down out without before "  # noqa: SIM905
    "after until only slowly gently carefully".split()
)
"""English words that follow a verb, and no name of a thing that opens a sentence."""


@lru_cache(maxsize=1 << 12)
def instruction(reading: Reading) -> bool:
    """Whether an English text is an instruction."""
    return any(orders(tokens) for tokens in reading.sentences)


def begins(tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb of an order stands at a place where a clause may open: not *close friends*, nor a *phone* that is a thing."""
    token = tokens[at]
    text = token.text
    if text in NAMES:
        return bool(token.slot("act")) or (at + 1 < len(tokens) and tokens[at + 1].text in FOLLOWING)
    return text in ORDERS or ("act", text) in [sense for sense, _ in token.slots]


def orders(tokens: Sequence[Token]) -> bool:
    """Whether an English sentence is an instruction."""
    start = True
    modal = negated = False
    before = ""
    for at, token in enumerate(tokens):
        if token.kind == "sign":
            start = start or token.text in BREAKS or token.text in "•-*"
            continue
        text = token.text
        if text in {"never", "avoid", "unless"} and start:
            return True
        if start and begins(tokens, at):
            if text not in {"do", "don't", "dont"}:
                return True
            negated = True
        elif (negated and (text == "not" or text == "n't")) or (modal and token.slot("act")):
            return True
        if before == "please" and token.kind == "word" and text not in COURTEOUS:
            return True
        modal = (
            modal
            or text in MODALS
            or (text in ALLOWING and before == "you")
            or (text == "to" and before in {"need", "have"})
        )
        before = text
        start = (start and text in BEFORE_ORDER) or text in {"then", "please"} or (text in {"and", "or"} and modal)
    return False


COURTEOUS = frozenset("note accept forgive excuse bear find enjoy".split())  # noqa: SIM905
"""What *please* stands before and nobody is asked to do."""
MODALS = frozenset(["must", "should", "shall", "mustn't", "shouldn't", "ought"])
ALLOWING = frozenset(["may", "can", "cannot", "can't", "might"])
"""English words that tell a reader to do something where *you* stands before them."""
