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

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.content import yaml
from pipeline.core import disk
from pipeline.core.errors import LockstepError
from pipeline.core.locales import NAME
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


def load(root: Path) -> Glossary:
    """The glossary of a site; an empty one where there is no file. Raises LockstepError with the file for what it cannot be."""
    body = disk.read(root / GLOSSARY_PATH)
    if body is None:
        return NO_GLOSSARY
    try:
        text = body.decode()
    except UnicodeDecodeError as problem:
        raise LockstepError("not UTF-8", path=GLOSSARY_PATH, todo="Save the file as UTF-8.") from problem
    found = yaml.load(GLOSSARY_PATH, text)
    names = tuple(name(row, text) for row in rows(found, "protected", text))
    terms = tuple(term(row, text) for row in rows(found, "terms", text))
    for key in found:
        if key not in {"protected", "terms"}:
            raise wrong(f"`{key}` is no part of a glossary", key, text, "The parts are `protected` and `terms`.")
    return Glossary(names, terms, frozenset(words for one in names if (words := name_of(one.english))))


def rows(found: Mapping[str, object], key: str, text: str) -> list[object]:
    """A list of the glossary, empty where there is none."""
    said = found.get(key, [])
    if not isinstance(said, list):
        raise wrong(f"`{key}` is not a list", key, text, "Write one entry a line: `  - morphine`.")
    return said


def name(row: object, text: str) -> Name:
    """One protected name: a text, or a mapping with `name`."""
    if isinstance(row, str) and row.strip():
        return Name(row.strip(), {})
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"].strip():
        raise wrong("`protected` is not a list of names", "protected", text, "Write one name a line: `  - morphine`.")
    accepted = {}
    for key, said in row.items():
        if key not in {"name", "confuse"}:
            locale(key, text)
            accepted[key] = tuple(forms(key, said, text))
    return Name(row["name"].strip(), accepted, tuple(forms("confuse", row.get("confuse", ""), text)))


def term(row: object, text: str) -> Term:
    """One term: its English, and a mapping of tiers for each language."""
    if not isinstance(row, dict) or not isinstance(row.get("english"), str):
        raise wrong(
            "a term has no `english`", "terms", text, "Write `  - english: pain pump` and below it the languages."
        )
    tiers = {}
    for key, said in row.items():
        if key == "english":
            continue
        locale(key, text)
        if not isinstance(said, dict) or not said or set(said) - set(TIERS):
            raise wrong(
                f"`{key}` of the term {row['english']!r} is not a table of must, prefer, never",
                key,
                text,
                "Write for example `never: bomba de dolor`.",
            )
        tiers[key] = {tier: tuple(forms(tier, found, text)) for tier, found in said.items()}
    return Term(tuple(forms("english", row["english"], text)), tiers)


def forms(key: str, said: object, text: str) -> Iterator[str]:
    """The forms of a row: a text with commas, or a list of texts."""
    parts = said.split(",") if isinstance(said, str) else said
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise wrong(f"`{key}` is not a text or a list of texts", key, text, "Write the forms with commas between them.")
    return (part.strip() for part in parts if part.strip())


def locale(key: object, text: str) -> None:
    """Raise unless a key is a locale's name."""
    if not isinstance(key, str) or not NAME.match(key):
        raise wrong(f"`{key}` is not a locale name", str(key), text, "Write it as in `locales`: es, zh_Hans.")


def wrong(what: str, key: str, text: str, todo: str) -> LockstepError:
    line = next((n for n, line in enumerate(text.split("\n"), 1) if f"{key}:" in line), 1)
    return LockstepError(what, path=GLOSSARY_PATH, line=line, todo=todo)
