"""Make a site of any size out of this repository's own pages and catalogs: `python -m bench.generate DIR --pages N --languages L`.

Sentences and translations are real: those of `source/` and of the eight catalogs, recombined, each with a name and a number of its
own so that messages differ. Same arguments, same bytes. Nothing of the program is imported: a site is what its files are.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, zip_longest
from pathlib import Path

import polib

REPO = Path(__file__).resolve().parent.parent
BASES = ("es", "fr", "ar", "zh_Hans", "vi", "ru", "de", "ht")
"""The languages this repository is translated into."""
REGIONS = {
    "es": "419 MX US AR CO CL PE VE EC GT",
    "fr": "CA BE CH SN CM CI HT ML MA",
    "ar": "EG SA MA IQ JO DZ SY YE TN SD",
    "zh_Hans": "SG HK MO",
    "vi": "VN",
    "ru": "KZ BY UA KG MD",
    "de": "AT LU LI BE IT",
}
"""More languages are the same texts as written elsewhere: a catalog of its own for each."""
TURNS = zip_longest(*([f"{base}_{region}" for region in regions.split()] for base, regions in REGIONS.items()))
LOCALES = (*BASES, *(name for turn in TURNS for name in turn if name))
NAMES = (
    "Keller",
    "Okafor",
    "Nguyen",
    "Moreau",
    "Haddad",
    "Silva",
    "Novak",
    "Lindqvist",
    "Tanaka",
    "Osei",
    "Petrov",
    "Duval",
)
UNTRANSLATED, FUZZY, OBSOLETE = 0.08, 0.03, 0.05
"""Shares of a catalog's entries."""
SECTION = 25
"""Pages in a folder."""
STALE = " We changed this text."
ELSEWHERE = re.compile(r"\]\([^)\s]*\.md[^)]*\)")


@dataclass(frozen=True, slots=True)
class Plan:
    """What site to make. `sections` is how long a page is: about ten messages a section and thirteen beside them.

    `obsolete` is how many entries of a catalog are (None: a twentieth), `foreign` how many live ones no page asks for, `chain` how
    often the first paragraph of the first page was edited and translated again, by the edit log.
    """

    pages: int
    languages: int
    sections: int = 3
    obsolete: int | None = None
    foreign: int = 0
    chain: int = 0
    seed: int = 1

    @property
    def locales(self) -> tuple[str, ...]:
        if not 0 < self.languages <= len(LOCALES):
            raise SystemExit(f"A site has 1 to {len(LOCALES)} languages, not {self.languages}.")
        return LOCALES[: self.languages]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text of ours in English and in the eight languages."""

    english: str
    translations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """A text of the site: sentences of ours one after the other, a mark that makes it unlike any other, and where its links lead."""

    parts: tuple[Sentence, ...]
    mark: str = ""
    link: str = ""
    context: str = ""

    def english(self) -> str:
        return self.joined(part.english for part in self.parts)

    def translation(self, base: str) -> str:
        """Its translation, or "" where one of its sentences has none."""
        texts = [part.translations[base] for part in self.parts]
        return self.joined(texts) if all(texts) else ""

    def joined(self, texts: Iterable[str]) -> str:
        text = " ".join(texts) + (f" ({self.mark})" if self.mark else "")
        return ELSEWHERE.sub(f"]({self.link})", text) if self.link else text


@cache
def catalogs() -> Mapping[str, polib.POFile]:
    return {base: polib.pofile(str(REPO / "locale" / base / "LC_MESSAGES/messages.po")) for base in BASES}


@cache
def sentences() -> Mapping[str, tuple[Sentence, ...]]:
    """Our texts by kind (paragraph, list item, linked …): those translated into all languages but those still on their way."""
    translated = {
        base: {
            (entry.msgctxt, entry.msgid): entry.msgstr for entry in catalog if entry.translated() and not entry.obsolete
        }
        for base, catalog in catalogs().items()
    }
    most = 0.9 * max(map(len, translated.values()))
    whole = [base for base in BASES if len(translated[base]) > most]
    found: dict[str, list[Sentence]] = {}
    for entry in polib.pofile(str(REPO / "locale/messages.pot")):
        key, words = (entry.msgctxt, entry.msgid), entry.comment.splitlines()
        if (
            not entry.occurrences[0][0].endswith(".md")
            or entry.msgctxt == "callout"
            or "[^" in entry.msgid
            or "![" in entry.msgid
            or entry.msgid.endswith(":")
        ):
            continue
        if all(key in translated[base] for base in whole):
            kind = "critical" if "critical" in words and words[0] in ("paragraph", "warning", "emergency") else words[0]
            kind = "linked" if ELSEWHERE.search(entry.msgid) else kind
            found.setdefault(kind, []).append(
                Sentence(entry.msgid, {base: translated[base].get(key, "") for base in BASES})
            )
    return {kind: tuple(texts) for kind, texts in found.items()}


class Writer:
    """Draws the texts of a site, each with the next number, and keeps what it drew in the order of the pages."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.random, self.number = plan, random.Random(plan.seed), 1000
        self.messages: dict[str, list[Message]] = {}

    def mark(self) -> str:
        self.number += 1
        return f"{NAMES[self.number % len(NAMES)]} {self.number}"

    def draw(self, kind: str, *, count: int = 1, marked: bool = True, link: str = "", context: str = "") -> Message:
        parts = tuple(self.random.sample(sentences()[kind], count))
        return Message(parts, self.mark() if marked else "", link, context)

    def say(self, path: str, message: Message) -> str:
        self.messages.setdefault(path, []).append(message)
        return message.english()

    def page(self, at: int) -> str:
        """The Markdown of a page."""
        path = f"source/{address(at)}"

        def some(kind: str, **rest: object) -> str:
            return self.say(path, self.draw(kind, **rest))  # type: ignore[arg-type]

        title = self.draw("title", context="title")
        lines = ["---", f"title: {json.dumps(self.say(path, title))}"]
        lines += [
            f"description: {json.dumps(some('description', context='description'))}",
            f'updated: "2026-{at % 12 + 1:02}-{at % 28 + 1:02}"',
        ]
        lines += ["class: safety"] * (at % 5 == 0) + ["---", ""]
        lines += [f"# {self.say(path, Message(title.parts, title.mark))}", "", some("paragraph", count=2), ""]
        for section in range(self.plan.sections):
            lines += [f"## {some('heading 2')}", "", some("paragraph"), ""]
            lines += [some("linked", link=self.target(at)), "", some("paragraph", count=2), ""]
            lines += [("1. " if section % 2 else "- ") + some("list item") for _ in range(4)] + [""]
            lines += [f"### {some('heading 3')}", "", some("paragraph"), ""]
        heads = [some("table heading", marked=False) for _ in range(2)]
        lines += [f"| {heads[0]} | {heads[1]} |", "| --- | --- |"]
        lines += [f"| {some('table cell')} | {some('table cell', marked=False)} |" for _ in range(3)] + [""]
        lines += [f"::: {('note', 'tip', 'important')[at % 3]}", some("paragraph"), ":::", ""]
        if at % 2 == 0:
            lines += ["<!-- i18n: critical -->", "", "::: warning", some("critical"), ":::", ""]
        if at % 3 == 0:
            lines += [some("term", marked=False), f": {some('definition')}", ""]
        return "\n".join(lines)

    def target(self, at: int) -> str:
        """A link from a page to one at random."""
        other = address(self.random.randrange(self.plan.pages))
        return ("../" if "/" in address(at) else "") + other


def address(at: int) -> str:
    """The file of a page under source/."""
    return f"part-{at // SECTION + 1:03}/page-{at:05}.md" if at else "index.md"


def share(*words: object) -> float:
    """A number from 0 to 1 that follows from the words."""
    return int(hashlib.sha256("\0".join(map(str, words)).encode()).hexdigest()[:8], 16) / 2**32


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def ident(text: str) -> str:
    """A message's id in the edit log, as docs/ci.md describes it."""
    return hashlib.sha256(f"\x04{text}".encode()).hexdigest()[:16]


def entry(
    msgid: str, msgstr: str, *, context: str = "", places: Iterable[str] = (), before: str = "", dead: bool = False
) -> str:
    """An entry of a catalog; `before` makes it fuzzy, with that as its previous msgid."""
    lines = [f"#: {place}" for place in places] + ["#, fuzzy", f"#| msgid {quoted(before)}"] * bool(before)
    lines += [f"msgctxt {quoted(context)}"] * bool(context)
    lines += [f"msgid {quoted(msgid)}", f"msgstr {quoted(msgstr)}"]
    return "\n".join(line if not dead else f"#~ {line}" for line in lines) + "\n"


def catalog(plan: Plan, locale: str, messages: Mapping[str, list[Message]], spare: list[Message]) -> Iterator[str]:
    """A language's catalog, entry by entry: header, the texts of the templates and of site.yaml as ours, those of the pages."""
    base = next(one for one in BASES if locale == one or locale.startswith(f"{one}_"))
    ours = catalogs()[base]
    header = {**ours.metadata, "Language": locale}
    yield 'msgid ""\nmsgstr ""\n' + "".join(
        f"{quoted(f'{name}: {value}' + chr(10))}\n" for name, value in header.items()
    )
    shared = [
        one for one in ours if not one.obsolete and any(not place.endswith(".md") for place, _ in one.occurrences)
    ]
    yield from (f"{str(one).strip()}\n" for one in shared)
    known = {(one.msgctxt or "", one.msgid) for one in shared}
    places: dict[tuple[str, str], tuple[Message, list[str]]] = {}
    for path, found in messages.items():
        for message in found:
            where = places.setdefault((message.context, message.english()), (message, []))[1]
            where += [path] * (path not in where)
    for (context, english), (message, paths) in places.items():
        if (context, english) in known:
            continue
        lot = share(plan.seed, locale, context, english)
        text = "" if lot < UNTRANSLATED else message.translation(base)
        before = english + STALE if text and lot < UNTRANSLATED + FUZZY else ""
        if plan.chain and paths == ["source/index.md"] and english == opening(messages).english():
            text, before = message.translation(base), version(english, 0)
        yield entry(english, text, context=context, places=paths, before=before)
    first = opening(messages)
    for number in range(plan.chain):
        yield entry(version(first.english(), number), f"{first.translation(base)} ({number})", dead=True)
    for number, message in enumerate(spare):
        dead = number >= plan.foreign
        yield entry(message.english(), message.translation(base), dead=dead)


def opening(messages: Mapping[str, list[Message]]) -> Message:
    """The first paragraph of the first page: after title, description and heading."""
    return messages["source/index.md"][3]


def version(english: str, number: int) -> str:
    return f"{english} (version {number})"


def log(plan: Plan, english: str) -> str:
    """An edit log in which a text was edited again and again until it is what it is."""
    texts = [*(version(english, number) for number in range(plan.chain)), english]
    lines = [
        {
            "block": "opening.1",
            "how": "edited",
            "now": ident(now),
            "on": "2026-11-22",
            "page": "source/index.md",
            "reasons": ["“version” changed"],
        }
        | {"severity": "wording", "was": ident(was)}
        for was, now in pairwise(texts)
    ]
    return "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines)


def settings(plan: Plan) -> str:
    names = ", ".join(f'"{name}"' for name in plan.locales)
    ours = (REPO / "pyproject.toml").read_text("utf-8")
    tables = re.findall(
        r"^\[tool\.lockstep\.policy\]\n(?:[^\[\n].*\n)+|^\[\[tool\.babel\.mappings\]\]\n(?:[^\[\n].*\n)+",
        ours,
        re.MULTILINE,
    )
    return "\n".join(['[project]\nname = "bench"\nversion = "0"\n', f"[tool.lockstep]\nlocales = [{names}]\n", *tables])


def site_data() -> str:
    """Our site.yaml without its menu, so that the menu is all pages."""
    return (REPO / "source/site.yaml").read_text("utf-8").partition("nav:\n")[0]


def write(root: Path, name: str, chunks: Iterable[str]) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(chunks)


def site(root: Path, plan: Plan) -> None:
    """Lay the site out in a new folder, as it is before its first `lockstep update`."""
    writer = Writer(plan)
    for at in range(plan.pages):
        write(root, f"source/{address(at)}", [writer.page(at)])
    count = len({(one.context, one.english()) for found in writer.messages.values() for one in found})
    dead = int(count * OBSOLETE) if plan.obsolete is None else plan.obsolete
    spare = [writer.draw("paragraph", count=2) for _ in range(plan.foreign + dead)]
    write(root, "source/site.yaml", [site_data()])
    write(root, "pyproject.toml", [settings(plan)])
    shutil.copytree(REPO / "templates", root / "templates", copy_function=shutil.copyfile)
    write(root, "locale/glossary.yaml", [(REPO / "locale/glossary.yaml").read_text("utf-8")])
    if plan.chain:
        write(root, "locale/edits.jsonl", [log(plan, opening(writer.messages).english())])
    for locale in plan.locales:
        entries = catalog(plan, locale, writer.messages, spare)
        write(root, f"locale/{locale}/LC_MESSAGES/messages.po", (chunk for one in entries for chunk in (one, "\n")))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    for name, given in (
        ("pages", 100),
        ("languages", 8),
        ("sections", 3),
        ("obsolete", None),
        ("foreign", 0),
        ("chain", 0),
        ("seed", 1),
    ):
        arguments.add_argument(f"--{name}", type=int, default=given)
    wanted = vars(arguments.parse_args())
    site(wanted.pop("folder"), Plan(**wanted))


if __name__ == "__main__":
    main()
