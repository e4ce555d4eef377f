"""English left in a translation: a run of words that stands in the English too."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.checks import needs
from pipeline.checks.check import Check, Pair
from pipeline.core.model import Level
from pipeline.text import Reading, language
from pipeline.text.languages import spoken_by
from pipeline.text.terms import stands
from pipeline.text.tokens import Token

SPEAKING = frozenset(
    "i me my you your we us our they their he she his her not never don't do does did is are was were can cannot could should must "  # noqa: SIM905
    "will would may might have has had when what how why who which if".split()
)
"""Words that English names hardly ever have."""
ORDERS = frozenset(
    "ask avoid bring call check come do don't drink eat find get give go hold keep learn leave let look make move open put read "  # noqa: SIM905
    "refill remove rest see show start stay stop store take talk tell turn use wait wash watch wear write".split()
)
"""What an English sentence that says what to do begins with."""
SITUATIONS = frozenset(
    "the a an this that these at if with without before after until every each all more it them now today tonight tomorrow "  # noqa: SIM905
    "daily again here there once twice".split()
)
"""What follows in such a sentence, and seldom in a name that begins so (Call of Duty)."""


def run(pair: Pair) -> Iterator[str]:
    if pair.copied:
        if is_english(pair):
            yield f"{WORD_FOR_WORD} Translate it; if it is right as it is, say so: lockstep accept."
        return
    pairs = neighbours(pair.ours)
    if pairs.isdisjoint(itertools.pairwise(pair.theirs.words)):
        return
    run: list[Token] = []
    for token in (*pair.theirs.tokens, Token("", "end", 0)):
        if token.kind == "word" and token.text[0].isascii() and (not run or (run[-1].text, token.text) in pairs):
            run.append(token)
            continue
        if len(run) >= 3 and spoken(run, pair) and not kept(run, pair):
            yield f"“{' '.join(word.text for word in run)}” is left in English. Translate it."
            return
        run = [token] if token.kind == "word" and token.text[:1].isascii() else []


def kept(run: Sequence[Token], pair: Pair) -> bool:
    """Whether these words are code of the English, which the translation shows another way: in quotation marks."""
    text = " ".join(word.text for word in run)
    return any(text in node.text.lower() for node in pair.english.nodes if node.kind == "code")


def is_english(pair: Pair) -> bool:
    """Whether a text that is the same in both languages, but for capitals, is English all the same: two words or more that are no
    name (capital in each word that says something, a medicine, a protected name of the glossary), nor another language's (an
    address in French)."""
    words = [token for token in pair.ours.tokens if token.kind == "word" and token.text.isascii()]
    if len(words) < 2 or names_something(pair):
        return False
    text = " ".join(node.text for node in pair.english.nodes if node.kind in {"text", "image"})
    text = NOT_TOLD.sub(" ", text)
    written = [word for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text) if len(word) > 1]
    if len(written) < 2:
        return False
    english, known = language(pair.source).function, spoken_by()
    telling = {word.lower() for word in written} & english - pair.language.function
    foreign = [word for word in written if pair.source not in known.get(word.lower(), {pair.source})]
    if foreign:
        return len(telling) > len(foreign)
    said = [word for word in written[1:] if word.lower() not in english]
    if said and not any(word.islower() for word in said):
        return pair.source.startswith("en") and asks([word.lower() for word in written], written)
    return bool(said or telling)


def asks(words: Sequence[str], written: Sequence[str]) -> bool:
    """Whether English with a capital in each word is a sentence and no name: it speaks to somebody, says what to do or not to do, or
    has a capital in an article, which names have at their beginning alone."""
    return (
        not SPEAKING.isdisjoint(words)
        or not {"The", "A", "An"}.isdisjoint(written[1:])
        or (words[0] in ORDERS and not SITUATIONS.isdisjoint(words[1:]))
    )


def names_something(pair: Pair) -> bool:
    """Whether the English is a medicine or a protected name, and the words around it are too few to say something."""
    named = sum(
        len(name.english.split()) for name in pair.glossary.names if stands(name.english, pair.ours, pair.source)
    )
    named += len(pair.ours.medicines)
    return named > 0 and sum(1 for token in pair.ours.tokens if token.kind == "word") - named < 2


@lru_cache(maxsize=1 << 12)
def neighbours(english: Reading) -> frozenset[tuple[str, str]]:
    """The words of an English text, two and two."""
    return frozenset(itertools.pairwise(english.words))


def spoken(words: Sequence[Token], pair: Pair) -> bool:
    """Whether a run of words is English prose rather than a name: not all capitals, and with English function words."""
    said = re.search(r"[\W_]+".join(re.escape(word.text) for word in words), pair.english.source, re.I)
    content = [word for word in re.findall(r"[^\W\d_]+", said[0] if said else "") if len(word) > 3]
    if content and all(word[0].isupper() for word in content):
        return False
    english = language(pair.source).function
    telling = sum(1 for word in words if word.text in english and word.text not in pair.language.function)
    return telling >= (2 if len(words) > 4 else 1) or (telling >= 1 and len(words) >= 3)


WORD_FOR_WORD = "The translation is the English, word for word."
NOT_TOLD = re.compile(
    r"\{[^{}]*\}|\b[\w.+-]+@[\w.-]+|\b(?:https?://|www\.)\S+|[\w-]+(?:(?:\.|::)[\w-]+)+|\d[\d.,]*\s?(?:[mck]?[glm]|ml|m?cg|h|min|s|hz|iu)\b",
    re.I,
)
"""What is of no language: placeholders, addresses, names of files, measures."""
CHECK = Check(
    "untranslated",
    Level.WARNING,
    run,
    needs=needs.shared_words,
    speaks=lambda language: language.code != "en",
    good=(
        ("es", "Call Acme Pain Center", "Llame a Acme Pain Center"),
        ("es", "No", "No"),
        ("es", "Fax", "Fax"),
        ("es", "Acme Pain Center", "Acme Pain Center"),
        ("es", "Journal of Pain", "Journal of Pain"),
        ("es", "Plan B", "Plan B"),
        ("es", "5 rue de la Paix", "5 rue de la Paix"),
        ("es", "12 Main Street, Springfield, OH", "12 Main Street, Springfield, OH"),
        ("es", "morphine, baclofen", "morphine, baclofen"),
        ("es", "SynchroMed II 40 ml", "SynchroMed II 40 ml"),
        ("es", "MRI / CT", "MRI / CT"),
        ("es", "pump-card.pdf", "pump-card.pdf"),
        ("es", "desk@example.org {clinic.phone}", "desk@example.org {clinic.phone}"),
        ("fr", "Contact", "Contact"),
        ("de", "The Journal of Pain says so", "Das Journal of Pain schreibt das"),
    ),
    bad=(
        ("es", "Call us if you feel sick", "Call us if you feel sick"),
        ("es", "Call us", "Call us"),
        ("es", "Pump refill", "Pump refill"),
        ("zh_Hans", "Side effects", "Side effects"),
        ("es", "Read it", "Read it"),
        ("es", "Take morphine with food", "Take morphine with food"),
        ("es", "Rest. Call us if you feel sick.", "Descanse. Call us if you feel sick."),
        ("zh_Hans", "Rest. Call us if you feel sick.", "休息。Call us if you feel sick."),
    ),
    strict=Level.ERROR,
)
