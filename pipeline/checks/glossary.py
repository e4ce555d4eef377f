"""The glossary `locale/glossary.yaml`: names that no edit and no translation may change silently, and terms by language.

protected:
  - morphine
  - name: SynchroMed II
    confuse: Prometra
    ar: سينكروميد 2, سنكروميد 2
terms:
  - english: pain pump, pain pumps
    es:
      must: bomba de infusión, bomb* analgésic*
      never: bomba de dolor

Forms are written as in `pipeline/languages`: separated by commas, `*` for any ending.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.content import yaml
from pipeline.core import inputs
from pipeline.core.errors import LockstepError
from pipeline.core.locales import NAME
from pipeline.core.schema import Node, Option, each, either, table, text
from pipeline.text.english import name_of
from pipeline.text.features import Names

GLOSSARY_PATH = "locale/glossary.yaml"
TIERS = ("must", "prefer", "never")


@dataclass(frozen=True, slots=True)
class Name:
    """A protected name: its English, its accepted forms by locale, and the names it must not be confused with."""

    english: str
    accepted: Mapping[str, tuple[str, ...]]
    confuse: tuple[str, ...] = ()

    def forms(self, locale: str) -> tuple[str, ...]:
        """How it may be written in a language, beside its English."""
        return self.accepted.get(locale, ()) or self.accepted.get(locale.partition("_")[0], ())


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its English forms, and by locale the forms of each tier (must, prefer, never)."""

    english: tuple[str, ...]
    tiers: Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Glossary:
    """What terminologists decided; `words` is how severity compares the protected names."""

    names: tuple[Name, ...] = ()
    terms: tuple[Term, ...] = ()
    words: Names = frozenset()

    def __hash__(self) -> int:
        return hash((self.words, len(self.terms)))


NO_GLOSSARY = Glossary()


def kept(found: Glossary, locale: str) -> str:
    """A pattern of the protected names as a text in a language has them, and no machine is to translate them: in English, or as the
    glossary says that they are written there; with a capital where they begin a sentence. "" where there are none."""
    forms = {form for one in found.names for form in (one.english, *one.forms(locale))}
    forms |= {form[:1].upper() + form[1:] for form in forms}
    return "|".join(map(whole, sorted(forms, key=lambda form: (-len(form), form))))


def whole(form: str) -> str:
    """A name as a pattern: no part of another word, in scripts that part words. It begins with a letter, and only behind that looks
    what stands before it: so a text is searched for the first letters of all names at once (20 times as fast)."""
    first, rest = (re.escape(part).replace(r"\*", r"\w*") for part in (form[0], form[1:]))
    start = "" if PARTLESS.match(form[0]) else rf"(?<!\w{first})"
    end = "" if PARTLESS.match(form[-1]) else r"(?!\w)"
    return first + start + rest + end


PARTLESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]|\\W")
"""Letters of the scripts that write words together, or words and their endings, and what is no letter at all."""


def load(root: Path) -> Glossary:
    """The glossary of a site; an empty one where there is no file. Raises LockstepError with file:line for what it cannot be."""
    body = inputs.read(root, GLOSSARY_PATH)
    if body is None:
        return NO_GLOSSARY
    try:
        found = yaml.load(GLOSSARY_PATH, body.decode())
    except UnicodeDecodeError as problem:
        raise LockstepError("not UTF-8", path=GLOSSARY_PATH, todo="Save the file as UTF-8.") from problem
    return GLOSSARY.read(yaml.node(GLOSSARY_PATH, found))


Forms = tuple[str, ...]
LOCALE = text("a locale name: es, zh_Hans", "", NAME.match)
WORD = text("a name that has a letter", r"\w").then(str.strip)
LIST = each(text("a form that has a letter", r"\w"), "a text with commas, or a list of texts")
FORMS = either(
    str,
    text("a text with commas, each part with a letter", r"^([^,]*\w[^,]*)(,[^,]*\w[^,]*)*,?\s*$").then(
        lambda forms: tuple(forms.split(","))
    ),
    LIST,
).then(lambda forms: tuple(form.strip() for form in forms if form.strip()))


def name(node: Node, name: str, confuse: Forms, rest: Mapping[str, Forms]) -> Name:
    """A protected name with what is said of it."""
    return Name(name, rest, confuse)


def term(node: Node, english: Forms, rest: Mapping[str, Mapping[str, Forms]]) -> Term:
    """A term."""
    return Term(english, rest)


def tiers(node: Node, **said: Forms) -> Mapping[str, Forms]:
    """What is said of a term in a language."""
    if not said:
        raise node.wrong("is empty", "Write for example `never: bomba de dolor`.")
    return said


def glossary(node: Node, protected: tuple[Name, ...], terms: tuple[Term, ...]) -> Glossary:
    """The whole glossary."""
    return Glossary(protected, terms, frozenset(words for one in protected if (words := name_of(one.english))))


PROTECTED = table(
    name, Option("name", WORD, required=True), Option("confuse", FORMS, default=[]), names=LOCALE, rest=FORMS
)
TERM = table(
    term,
    Option("english", FORMS, required=True),
    names=LOCALE,
    rest=table(tiers, *(Option(tier, FORMS) for tier in TIERS)),
)
GLOSSARY = table(
    glossary,
    Option(
        "protected",
        each(either(dict, PROTECTED, WORD.then(lambda word: Name(word, {}))), "a list of names"),
        default=[],
    ),
    Option("terms", each(TERM, "a list of terms"), default=[]),
)
