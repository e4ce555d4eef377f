"""What a check needs in a pair of texts before it can say anything: where it is not there, the check is not asked.

A need may be there and its checks still be silent; where it is not, they are (`tests/laws/test_checks.py` holds it for each).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from operator import eq

from pipeline.checks.check import Need, Pair
from pipeline.checks.comparison import NI
from pipeline.checks.negation import NEEDED
from pipeline.comparison import acts
from pipeline.comparison.differing import told_apart
from pipeline.comparison.matching import CLOCKED, NOTHING
from pipeline.comparison.obligations import REQUIRED
from pipeline.comparison.qualified import told_apart as qualified
from pipeline.core.inline import title_of
from pipeline.text.figures import MULTIPLYING
from pipeline.text.positional import FIRST
from pipeline.text.statements import CONDITIONS as STATED
from pipeline.text.statements import FLOORS

MARK = re.compile(r"\*|(?<!\w)_|_(?!\w)|`|\]\(|:::|\A[#>]|\A[-+•][ \t]|~~~|\{[{%]|%\}|\}\}")


def explained(pair: Pair) -> bool:
    """The English explains an abbreviation."""
    return pair.english.source.startswith("*[")


def numbers(pair: Pair) -> bool:
    """A number or a time of day on either side."""
    return bool(pair.ours.items or pair.theirs.items or pair.ours.clocks or pair.theirs.clocks)


def unanswered(pair: Pair) -> bool:
    """A number of the English that the translation does not answer, or one in figures the other way round."""
    found = pair.agreement
    return found is not NOTHING and bool(
        found.missing or found.extra or found.words_missing or found.words_extra or found.months_missing
    )


def measured(pair: Pair) -> bool:
    """Numbers that answer each other, and that have a unit or a thing in the English, or are not written alike."""
    return any(found.how != "same" or found.english.unit or found.english.thing for found in pair.agreement.matched)


def several(pair: Pair) -> bool:
    """More numbers or facts than one in the English, a time of day, or a date in figures."""
    ours = pair.ours
    if numbers(pair) and (len(ours.items) > 1 or ours.clocks or pair.theirs.clocks or "-" in ours.text):
        return True
    return ours.text.count("{") > 1


def number_words(pair: Pair) -> bool:
    """A number in words."""
    return any(item.kind != "digits" for items in (pair.ours.items, pair.theirs.items) for item in items)


def numbers_amiss(pair: Pair) -> bool:
    """Numbers that do not answer each other, or have a unit; 24/7, or an English *double*."""
    ours = pair.ours
    if not MULTIPLYING.keys().isdisjoint(ours.vocabulary):
        return True
    return numbers(pair) and (unanswered(pair) or measured(pair) or "24/7" in ours.text)


def clocks(pair: Pair) -> bool:
    """A time of day in the English, or one in words that its translation tells in figures."""
    return bool(pair.ours.clocks) or (bool(pair.theirs.clocks) and not CLOCKED.isdisjoint(pair.ours.vocabulary))


def strokes(pair: Pair) -> bool:
    """A stroke in the English, as in a date in figures."""
    return "/" in pair.ours.text


def marks(pair: Pair) -> bool:
    """Something in the translation that Markdown or another tool may take for a mark."""
    source = pair.translation.source
    return (source[:1] in "#>-+•" or any(map(source.__contains__, MARKED))) and MARK.search(source) is not None


MARKED = ("*", "_", "`", "](", ":::", "~~~", "{", "}")
"""What is in every mark but those that begin a text: looked for first, for it is ten times as fast."""


def units(pair: Pair) -> bool:
    """Units in words on both sides."""
    return bool(pair.ours.units and pair.theirs.units)


def phones(pair: Pair) -> bool:
    """A phone number on either side."""
    return bool(pair.ours.phones or pair.theirs.phones)


def addresses(pair: Pair) -> bool:
    """Addresses in the text that are not the same on both sides."""
    return pair.ours.addresses != pair.theirs.addresses


def medicines(pair: Pair) -> bool:
    """Medicines that are not the same on both sides, or several in the English."""
    return pair.ours.medicines != pair.theirs.medicines or len(pair.ours.medicines) > 1


def negations(pair: Pair) -> bool:
    """A negation in the English: fewer in the translation, a condition with it, stressed, or beside an *or* or *and*."""
    if "hesitate" in pair.ours.vocabulary:
        return True
    if "not" not in pair.ours.says:
        return False
    if OR in pair.ours.slots or not pair.ours.vocabulary.isdisjoint(BARRED):
        return True
    if flat(pair):
        return True
    if "*" in pair.english.source or NI in pair.theirs.vocabulary:
        return True
    one = len(pair.ours.sentences) == 1 == len(pair.theirs.sentences)
    if not one or pair.theirs.denials < pair.ours.denials or not CONDITIONS.isdisjoint(pair.ours.slots):
        return True
    return AVOIDED in pair.ours.slots and AVOIDED in pair.theirs.slots


def flat(pair: Pair) -> bool:
    """An instruction that says no and orders or forbids something besides."""
    return pair.strict and (AND in pair.ours.slots or not pair.ours.vocabulary.isdisjoint(FLAT))


def more_negations(pair: Pair) -> bool:
    """A negation in the translation, and none in the English or in one of several sentences, or fewer and something joined, *with* something, or needed."""
    if "not" not in pair.theirs.says:
        return False
    if "not" not in pair.ours.says or len(pair.ours.sentences) > 1:
        return True
    if pair.theirs.denials <= pair.ours.denials:
        return False
    return not JOINS.isdisjoint(pair.theirs.slots) or not pair.ours.vocabulary.isdisjoint(TURNED)


TURNED = NEEDED | {"with"}
"""English words beside which another *no* turns what is said."""


def statements(pair: Pair) -> bool:
    """Something in the English that a statement may say, and that the translation does not say, or may turn round; or what it
    forbids, or says is to be taken without food; or an act that it orders and of which the translation has nothing."""
    both = (pair.ours, pair.theirs, pair.source_language, pair.language)
    said = pair.ours.slots or not REQUIRED.isdisjoint(pair.ours.vocabulary) or qualified(pair.ours, pair.theirs)
    if (said or not ALONE.isdisjoint(pair.theirs.slots)) and told_apart(*both):
        return True
    return acts.told_apart(*both)


def lists(pair: Pair) -> bool:
    """A comma in the English, and *and* or *or*."""
    return "," in pair.ours.text and not JOINS.isdisjoint(pair.ours.slots)


def joined(pair: Pair) -> bool:
    """What may be a list of the English, or one that is longer in the translation."""
    return lists(pair) or joined_more(pair)


def unjoined(pair: Pair) -> bool:
    """An English *and* or *or*, and none in the translation or in one of its sentences."""
    if JOINS.isdisjoint(pair.ours.slots):
        return False
    return len(pair.theirs.sentences) > 1 or JOINS.isdisjoint(pair.theirs.slots)


def joined_more(pair: Pair) -> bool:
    """An *and* or *or* on both sides, and a comma in the translation."""
    commas = "," in pair.theirs.text or "、" in pair.theirs.text or "،" in pair.theirs.text
    return commas and not JOINS.isdisjoint(pair.ours.slots) and not JOINS.isdisjoint(pair.theirs.slots)


ALONE = frozenset(
    [
        ("modal", "must-not"),
        ("meal", "empty"),
        ("meal", "between"),
        ("act", "turn-on"),
        ("act", "turn-off"),
        ("condition", "until"),
        ("condition", "unless"),
        *(("bound", bound) for bound in FLOORS),
    ]
)
"""What a translation may not say by itself."""
AVOIDED = ("act", "avoid")
BARRED, FLAT = ("must", "even"), ("don't", "do", "should", "shall", "never")
"""English words beside whose *not* something is forbidden, wherever they stand, and in an instruction; or *not even* allowed."""
OR, AND = ("join", "or"), ("join", "and")
JOINS = frozenset([("join", "and"), ("join", "or")])
CONDITIONS = frozenset([("condition", value) for value in STATED])


def sentences(pair: Pair) -> bool:
    """More sentences in the English than in the translation."""
    return len(pair.ours.sentences) > len(pair.theirs.sentences)


def markup(pair: Pair) -> bool:
    """Markup, code, a link, a tag or a placeholder on either side, or a character in the translation that makes emphasis or code."""
    if pair.english.parts or pair.translation.parts:
        return True
    return any(map(pair.translation.source.__contains__, "*_`~"))


def braces(pair: Pair) -> bool:
    """A brace in the translation, or what may stand for one or for another tool's."""
    return any(map(pair.translation.source.__contains__, ("{", "}", "&", "%(")))


def titles(pair: Pair) -> bool:
    """A title of a link, a picture or a tag in the English."""
    return bool(pair.english.parts) and any(map(title_of, pair.english.nodes))


def pictures(pair: Pair) -> bool:
    """A picture in the English."""
    return bool(pair.english.parts) and any(node.kind == "image" for node in pair.english.nodes)


def missing(pair: Pair) -> bool:
    """Markup or a placeholder that the translation lacks."""
    return bool(pair.english.parts and pair.missing)


def positional(pair: Pair) -> bool:
    """A placeholder in the English that names a place in a list."""
    return FIRST in pair.english.source


def names(pair: Pair) -> bool:
    """A glossary with protected names."""
    return bool(pair.glossary.names)


def terms(pair: Pair) -> bool:
    """A term of the glossary in the English, with something to say of it in the language."""
    return bool(pair.glossary.terms and pair.terms)


def letters(pair: Pair) -> bool:
    """A letter or sign beyond ASCII in the translation."""
    return not pair.translation.source.isascii()


def broken(pair: Pair) -> bool:
    """A letter in the translation with which text of another encoding begins."""
    source = pair.translation.source
    return not source.isascii() and BROKEN.search(source) is not None


BROKEN = re.compile("[\ufffdÃÂâÐØÙ\ue000-\uf8ff]")


def brackets(pair: Pair) -> bool:
    """A bracket or quotation mark in the translation, or what may stand for one."""
    return BRACKET.search(pair.translation.source) is not None


BRACKET = re.compile("[()\\[\\]{}（）「」『』【】《》“”«»&]")


def french_marks(pair: Pair) -> bool:
    """A mark in the translation that French sets a space beside, or what may stand for one."""
    return FRENCH_MARK.search(pair.translation.source) is not None


FRENCH_MARK = re.compile("[:;!?«»&]")


def hidden(pair: Pair) -> bool:
    """A character in the translation that readers may not see, or what may stand for one."""
    source = pair.translation.source
    return (UNSEEN if source.isprintable() else HIDDEN).search(source) is not None


UNSEEN = re.compile("[&\u034f\u115f\u1160\u2800\u3164\uffa0\ufffc]")
"""Those of them that Python calls printable: looked for alone in a text that has no other, as nearly every text is."""
HIDDEN = re.compile(
    "[&\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U0004fffe\U0004ffff\U0005fffe\U0005ffff\U0006fffe\U0006ffff\U0007fffe\U0007ffff\U0008fffe\U0008ffff\U0009fffe\U0009ffff\U000afffe\U000affff\U000bfffe\U000bffff\U000cfffe\U000cffff\U000dfffe\U000dffff\U000efffe\U000effff\U000ffffe\U000fffff\U0010fffe\U0010ffff\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u2800\u115f\u1160\u180e\u200b-\u200d\u2028-\u202e\u2060-\u2069\u3164\ufeff\uffa0\ufff9-\ufffc\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)


def spaces(pair: Pair) -> bool:
    """Two spaces in a row in the translation, or one at an end."""
    text = pair.translation.source
    return "  " in text or text[:1].isspace() or text[-1:].isspace()


def bulk(pair: Pair) -> bool:
    """A translation that may be longer than what is always shown: a character is four bytes at most."""
    return len(pair.translation.source) > ALWAYS // 4


ALWAYS = 2048
"""Bytes of UTF-8 that are never too long."""


def signs(pair: Pair) -> bool:
    """A translation that begins with neither letter nor figure."""
    return not pair.translation.source[:1].isalnum()


def shared_words(pair: Pair) -> bool:
    """Three words that stand in both, or the same text."""
    shared = sum(map(pair.ours.vocabulary.__contains__, pair.theirs.words))
    return shared > 2 or pair.copied


def repetition(pair: Pair) -> bool:
    """A word twice in a row in the translation."""
    words = pair.theirs.words
    return len(pair.theirs.vocabulary) < len(words) and any(map(eq, words, words[1:]))


def as_is(pair: Pair) -> bool:
    """A tag of the English that names a language or says `translate`."""
    return any(node.kind == "html" and ("lang" in node.text or "translate" in node.text) for node in pair.english.nodes)


def signed(pair: Pair) -> bool:
    """A sign in the translation that marks, quotes or encloses something, or may stand for one that does."""
    source = pair.translation.source
    return SIGNED.search(source) is not None or source.startswith((">", "-", "+", "•")) or ":::" in source


SIGNED = re.compile("[*_`#~%&()\\[\\]{}（）「」『』【】《》“”«»]")


def parts(pair: Pair) -> bool:
    """Markup, code, a link, a tag or a placeholder in the English."""
    return bool(pair.english.parts)


WITHIN: Mapping[Need, Need] = {
    **dict.fromkeys((unanswered, measured, number_words, clocks), numbers),
    **dict.fromkeys((marks, braces, brackets), signed),
    **dict.fromkeys((titles, pictures, missing, as_is), parts),
    broken: letters,
}
"""Needs that only a pair may have which has another one."""
