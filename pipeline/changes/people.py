"""Who may say what: `people.yaml`, beside `pyproject.toml`, lists the people whose word counts, and for what.

people:
  - name: Ana Ruiz
    roles: [translator, reviser]
    may: [accept]
    languages: [es, ht]
    emails: [ana@clinic.example]
  - name: Omar Haddad
    may: [decide, recall]

It stands outside of `locale/`, so that who may write translations may not say who is heard. For what nobody is listed anybody
may speak, but where two people are needed only listed ones are counted, in a site without the file none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.core import inputs
from pipeline.core.errors import LockstepError
from pipeline.core.locales import NAME
from pipeline.core.model import Finding, Level, Span
from pipeline.core.pickled import travels
from pipeline.core.policy import ROLES
from pipeline.core.schema import Kind, Option, choice, each, table, text
from pipeline.core.signers import SECOND, Likeness, Signer, doubt, likeness, people, signer

PATH = "people.yaml"
ACCEPT, DECIDE, RECALL, OFFICIAL = ACTS = ("accept", "decide", "recall", "official")
"""What people may do besides signing: accept what a check finds, decide that an edit changed no meaning, end a recall, bind an official
notice."""


@travels
@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is listed; no `languages` means all."""

    name: str
    roles: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    line: int = 1

    def does(self, act: str, locale: str) -> bool:
        """Whether they may do something in a language ("": in all)."""
        return act in (*self.roles, *self.may) and (not self.languages or locale in self.languages)


@travels
@dataclass(frozen=True, slots=True)
class People:
    """The people of a site. `open`: nothing asks who is listed, as in a value that no file was read for; `broken`: the file cannot
    be read, and nobody is heard."""

    persons: tuple[Person, ...] = ()
    open: bool = False
    broken: bool = False
    findings: tuple[Finding, ...] = ()

    def asks(self, act: str) -> bool:
        """Whether anybody is listed for an act, so that nobody else is heard."""
        return self.broken or any(act in (*one.roles, *one.may) for one in self.persons)

    def known(self, name: str) -> Person | None:
        """The listed person of this very name, whatever its case, accents, titles and order."""
        said = signer(name)
        found = (one for one in self.persons if said and likeness(Signer.parse(one.name), said) is Likeness.SAME)
        return next(found, None)

    def heard(self, name: str, act: str, locale: str = "") -> bool:
        """Whether a name counts for an act in a language."""
        if self.open or not self.asks(act):
            return True
        found = self.known(name)
        return found is not None and not self.broken and found.does(act, locale)

    def count(self, names: Sequence[str], act: str, locale: str = "") -> int:
        """How many different people of these count for an act: two and more only where they are listed for it."""
        if self.open:
            return people(names)
        if not self.asks(act):
            return min(people(names), 1)
        return people([name for name in names if self.heard(name, act, locale)])

    def unlisted(self, name: str, act: str, locale: str = "") -> str:
        """Why a name does not count for an act that one person does, in words; "" where it does."""
        if self.heard(name, act, locale):
            return ""
        if self.broken:
            return f"{PATH} cannot be read"
        known = self.known(name)
        if known and not locale and act in (*known.roles, *known.may):
            only = ", ".join(known.languages)
            return (
                f"{name!r} is listed for `{act}` in {PATH} in {only} alone (`languages`), and this is of every language"
            )
        return f"{name!r} is not listed for `{act}` in {PATH}{f' in {locale}' if locale else ''}"

    def unheard(self, names: Iterable[str], act: str, locale: str = "") -> str:
        """Why names do not count as two people for an act, in words; "" where they do."""
        if not self.open and not self.asks(act):
            return f"nobody is listed for `{act}` in {PATH}, and only listed people count as two"
        return next(filter(None, (self.unlisted(name, act, locale) for name in names)), "")

    def second(self, names: Sequence[str], act: str) -> tuple[str, str]:
        """Why names do not count as two people for an act, in words, and what to do about it."""
        if unsure := doubt(names):
            return unsure, SECOND
        why = self.unheard(names, act)
        if len(names) < 2:
            return why, f"{SECOND} {listing('Both have to be listed', act)}" if why else SECOND
        return why, f"{listing('List both', act)}, and run this again. Nothing was written."


def listing(said: str, act: str) -> str:
    """How people are listed for an act."""
    return f"{said} in {PATH}, each by a name and `may: [{act}]`"


EVERYBODY, NOBODY = People(open=True), People()
"""Of a value that no site was asked for; of a site without a list."""
NAMES = "a list of names"
PERSON: Kind[Person] = table(
    lambda node, **said: Person(line=node.line, **said),
    Option("name", text("the name of a person", fits=signer), "as they write it with --by", required=True),
    Option("roles", each(choice({role: role for role in ROLES}), NAMES), "the roles they sign in", []),
    Option("may", each(choice({act: act for act in ACTS}), NAMES), "what they may do besides", []),
    Option("languages", each(text("a locale name: es, zh_Hans", f"^{NAME.pattern[:-2]}$", NAME.match), NAMES), "only in these; none: in all", []),
    Option("emails", each(text("an e-mail address", r"^\S+@\S+$"), "a list of addresses"), "by which git knows their commits", []),
)  # fmt: skip
LIST: Kind[tuple[Person, ...]] = table(
    lambda node, people: people, Option("people", each(PERSON, "a list of people"), "who is heard", required=True)
)


def load(root: Path) -> People:
    """The people of a site; NOBODY where it has no list. What cannot be read is a finding, and nobody is heard."""
    try:
        body = inputs.read(root, PATH)
        return NOBODY if body is None else parsed(body)
    except LockstepError as problem:
        return broken(f"This file {problem.what}. {problem.todo}", 1)


@lru_cache(8)
def parsed(body: bytes) -> People:
    """What a file's bytes say."""
    from pipeline.content import yaml

    try:
        top = yaml.node(PATH, yaml.load(PATH, body.decode()))
        found = LIST.read(top)
        seen: list[Person] = []
        for one in found:
            if other := People(tuple(seen)).known(one.name):
                what = f"This is the person of line {other.line} again. Say all of one person in one place."
                return broken(what, one.line)
            seen.append(one)
        return People(found)
    except UnicodeDecodeError as problem:
        return broken("This file is not UTF-8. Save it as UTF-8.", body.count(b"\n", 0, problem.start) + 1)
    except LockstepError as problem:
        return broken(f"{problem.what}. {problem.todo}", problem.line or 1)


def broken(what: str, line: int) -> People:
    """A list that nobody can be heard by."""
    text = f"{what} Until then no signature, decision or acceptance counts, and no recall is ended."
    return People(broken=True, findings=(Finding("people", Level.ERROR, text, Span(PATH, line)),))


def json_schema() -> dict[str, object]:
    """The file as JSON Schema, for editors."""
    title = "Who may say what in a Lockstep site: people.yaml"
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, **LIST.schema}
