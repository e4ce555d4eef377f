"""Hands on the files of a site: what editors, translators, tools, git and accidents do to them, one hand at a time.

Every English sentence says what matters of it (a number, a *not*, one of two words, a mark at its end), and every translation, for whoever
can read it, which English it was written for: so the files alone tell whether an old text stands under new words.
"""

from __future__ import annotations

import csv
import itertools
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import polib
import pytest

from pipeline.catalog import po_entry, po_file
from pipeline.changes import occurrences
from pipeline.changes.edit_log import LOG_PATH
from pipeline.changes.former import path_of
from pipeline.cli.main import main
from pipeline.core.errors import LockstepError
from pipeline.core.settings import TEMPLATE_PATH
from tests.conftest import REPO, lay_out, lenient, without_notices
from tests.sites import on

PO = "locale/es/LC_MESSAGES/messages.po"
PLACES, FORMER = occurrences.OCCURRENCES_PATH, path_of("es")
DATA = "source/site.yaml"
TABLE = ".git/es.csv"
ATTRIBUTES = "*.po -text merge=lockstep\n*.pot -text merge=lockstep\nlocale/**/*.jsonl -text merge=union\nlocale/places.txt -text\n"
TOPICS = [
    ("Take", "{} tablets with", "meal"),
    ("Call", "a nurse {} hours after", "visit"),
    ("Wait", "{} hours before", "swim"),
    ("Carry", "{} cards in", "bag"),
    ("Fill", "{} cups for", "test"),
    ("Rest", "{} days after", "refill"),
    ("Walk", "{} miles on", "road"),
    ("Bring", "{} papers to", "clinic"),
]
SENTENCE = re.compile(
    "|".join(
        rf"(?:Do not )?{verb}".replace(verb, f"(?:{verb}|{verb.lower()})")
        + rf" {rest.format('[0-9]+')} (?:the|your) {noun}[.!]"
        for verb, rest, noun in TOPICS
    )
)
TOKEN = re.compile(r"\b([A-H])(\d+)(n?)([ty])([DVB])\b")
YES, NO = "Do", "Never"


class Said(NamedTuple):
    """A sentence: what it is about, the number, whether it is turned, which of two words; where it stands (`B`: anywhere)."""

    topic: int
    number: int
    turned: bool
    yours: bool
    place: str = "B"
    mark: str = "."

    def english(self) -> str:
        verb, rest, noun = TOPICS[self.topic]
        verb = f"Do not {verb.lower()}" if self.turned else verb
        return f"{verb} {rest.format(self.number)} {'your' if self.yours else 'the'} {noun}{self.mark}"

    def token(self) -> str:
        return f"{'ABCDEFGH'[self.topic]}{self.number}{'n' * self.turned}{'y' if self.yours else 't'}{self.place}"


def drawn(rng: random.Random) -> Said:
    return Said(rng.randrange(len(TOPICS)), rng.randint(2, 90), rng.random() < 0.3, rng.random() < 0.5)


def sentences(text: str, place: str = "B") -> list[Said]:
    """What an English text says."""
    found = []
    for match in SENTENCE.finditer(text):
        said = match[0]
        verb = said.removeprefix("Do not ").split()[0].capitalize()
        topic = next(at for at, one in enumerate(TOPICS) if one[0] == verb)
        number = int(re.search(r"\d+", said)[0])  # type: ignore[index]
        found.append(Said(topic, number, said.startswith("Do not "), " your " in said, place, said[-1]))
    return found


def tokens(text: str) -> list[Said]:
    """What a translation was written for."""
    return [
        Said("ABCDEFGH".index(one[1]), int(one[2]), bool(one[3]), one[4] == "y", one[5]) for one in TOKEN.finditer(text)
    ]


@dataclass
class Site:
    """A site in a repository, the day it is, and what somebody has accepted by name."""

    root: Path
    places: bool
    """Whether it is held where a text stands, too (`former.jsonl` alone knows that of a text whose marks are gone, and `places.txt` before an
    update)."""
    day: int = 0
    count: int = 0
    accepted: set[tuple[str, str]] = field(default_factory=set)
    seen: dict[str, str] = field(default_factory=dict)
    """Where each text stood when the catalogs were brought into step, as those who work in them know it."""

    def path(self, name: str) -> Path:
        return self.root / name

    def pages(self) -> list[Path]:
        return sorted((self.root / "source").glob("*.md"))

    def read(self, name: str) -> str:
        path = self.root / name
        return path.read_text("utf-8") if path.exists() else ""

    def verb(self, *words: str) -> int:
        """A verb, as a person types it; what it says is not heard."""
        with on(self.day), redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            code = main([words[0], "--root", str(self.root), *words[1:]])
        if words[0] in {"update", "extract"}:
            self.seen = self.headings()
        return code

    def git(self, *words: str) -> subprocess.CompletedProcess[str]:
        driver = f'"{sys.executable}" -m pipeline merge-driver %O %A %B %P'
        with on(self.day):
            date = f"@{os.environ['SOURCE_DATE_EPOCH']} +0000"
            env = {**os.environ, "PYTHONPATH": str(REPO), "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
            env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_EDITOR": "true"}
            set_up = ("user.name=Ana", "user.email=a@b.c", "gc.auto=0", f"merge.lockstep.driver={driver}")
            command = ["git", *(word for one in set_up for word in ("-c", one)), *words]
            return subprocess.run(command, cwd=self.root, env=env, capture_output=True, text=True, check=False)

    def recorded(self) -> set[str]:
        """The messages that any of the newest commits says where they stand, by id."""
        names = self.git("log", "-6", "--first-parent", "--format=%H", "--", PLACES).stdout.split()
        bodies = [self.git("show", f"{name}:{PLACES}").stdout for name in names]
        return {match[1] for body in bodies for match in re.finditer(r"^  ([0-9a-f]{16}) ", body, re.M)}

    def headings(self) -> dict[str, str]:
        """Where each text stands by the pages: under Do, under Never, or in more than one place."""
        found: dict[str, str] = {}
        for path in self.pages():
            place = "B"
            for line in path.read_text("utf-8").splitlines():
                if line.startswith("## "):
                    place = {YES: "D", NO: "V"}.get(line[3:].strip(), "B")
                text = line.removeprefix("- ")
                found[text] = place if found.get(text, place) == place else "B"
        return found


def laid_out(root: Path, rng: random.Random, *, places: bool, driver: bool = True) -> Site:
    """Two pages of sentences, all of them translated, and committed."""
    said = [replace_topic(drawn(rng), at % len(TOPICS)).english() for at in range(10)]
    index = f"# Care\n\n## {YES}\n\n- {said[0]}\n- {said[1]}\n- {said[2]}\n\n## {NO}\n\n- {said[3]}\n- {said[4]}\n"
    other = f"---\ntitle: Home\ndescription: {said[8]}\n---\n\n# Home\n\n{said[5]}\n\n{said[6]} {said[7]}\n\nNow {{clinic.rule}}\n"
    lay_out(root, {"index.md": index, "home.md": other}, data=f"name: Clinic\nclinic:\n  rule: {said[9]}\n")
    without_notices(root)
    lenient(root)
    settings = (root / "pyproject.toml").read_text("utf-8")
    (root / "pyproject.toml").write_text(settings.replace('"tagline"', '"clinic.rule"'), "utf-8")
    (root / ".gitattributes").write_text(ATTRIBUTES if driver else ATTRIBUTES.replace("merge=lockstep", ""))
    (root / ".gitignore").write_text("/dist*\n/.lockstep*\n")
    site = Site(root, places)
    site.git("init", "-q", "-b", "main")
    site.verb("update")
    fill(site, rng, share=1)
    site.verb("update")
    commit(site, rng)
    return site


def replace_topic(said: Said, topic: int) -> Said:
    return said._replace(topic=topic)


# Editors -----------------------------------------------------------------------------------------------------------


def lines_of(site: Site, rng: random.Random) -> tuple[Path, list[str], list[int]]:
    """A page, its lines, and which of them are texts."""
    path = rng.choice(site.pages())
    lines = path.read_text("utf-8").split("\n")
    return path, lines, [at for at, line in enumerate(lines) if SENTENCE.search(line)]


def edits_sentence(change: Callable[[Said, random.Random], Said]) -> Callable[[Site, random.Random], None]:
    def hand(site: Site, rng: random.Random) -> None:
        paths = [*site.pages(), site.path(DATA)]
        path = rng.choice(paths)
        text = path.read_text("utf-8")
        if found := list(SENTENCE.finditer(text)):
            match = rng.choice(found)
            new = change(sentences(match[0])[0], rng).english()
            path.write_text(text[: match.start()] + new + text[match.end() :], "utf-8")

    return hand


def move(site: Site, rng: random.Random) -> None:
    """A text to another place of any page."""
    path, lines, texts = lines_of(site, rng)
    movable = [at for at in texts if not lines[at].startswith("description:")]
    if not movable:
        return
    text = lines.pop(rng.choice(movable)).removeprefix("- ")
    path.write_text("\n".join(lines), "utf-8")
    insert(site, rng, text)


def insert(site: Site, rng: random.Random, text: str = "") -> None:
    path = rng.choice(site.pages())
    lines = path.read_text("utf-8").split("\n")
    heads = [at for at, line in enumerate(lines) if line.startswith("#")]
    text = text or drawn(rng).english()
    if not heads:
        return
    at = rng.choice(heads)
    lines[at + 1 : at + 1] = ["", f"- {text}" if lines[at].startswith("##") else text]
    if lines[at + 3 :] and lines[at + 3].strip() and not lines[at + 3].startswith("-"):
        lines.insert(at + 3, "")
    path.write_text("\n".join(lines), "utf-8")


def swap(site: Site, rng: random.Random) -> None:
    path, lines, texts = lines_of(site, rng)
    plain = [at for at in texts if not lines[at].startswith("description:")]
    if len(plain) > 1:
        one, other = rng.sample(plain, 2)
        marks = ["- " * lines[at].startswith("- ") for at in (one, other)]
        said = [lines[at].removeprefix("- ") for at in (one, other)]
        lines[one], lines[other] = marks[0] + said[1], marks[1] + said[0]
        path.write_text("\n".join(lines), "utf-8")


def split(site: Site, rng: random.Random) -> None:
    path, lines, texts = lines_of(site, rng)
    for at in texts:
        found = [match[0] for match in SENTENCE.finditer(lines[at])]
        if len(found) > 1:
            lines[at : at + 1] = [found[0], "", " ".join(found[1:])]
            path.write_text("\n".join(lines), "utf-8")
            return


def join(site: Site, rng: random.Random) -> None:
    path, lines, texts = lines_of(site, rng)
    pairs = [(one, other) for one, other in itertools.pairwise(texts) if not lines[one].startswith("desc")]
    if pairs:
        one, other = rng.choice(pairs)
        lines[one] += " " + lines.pop(other).removeprefix("- ")
        path.write_text("\n".join(lines), "utf-8")


def delete(site: Site, rng: random.Random) -> None:
    path, lines, texts = lines_of(site, rng)
    if len(texts) > 1:
        lines.pop(rng.choice(texts))
        path.write_text("\n".join(lines), "utf-8")


def restore(site: Site, rng: random.Random) -> None:
    """A page as it was some commits ago."""
    path = rng.choice(site.pages())
    older(site, rng, f"source/{path.name}")


def rename(site: Site, rng: random.Random) -> None:
    path = rng.choice(site.pages())
    if path.name != "index.md":
        path.rename(path.with_name(f"home{rng.randint(1, 3)}.md"))


def everywhere(site: Site, rng: random.Random) -> None:
    """A number replaced in all files, or in the catalogs first."""
    _, lines, texts = lines_of(site, rng)
    if not texts:
        return
    old = SENTENCE.search(lines[rng.choice(texts)])[0]  # type: ignore[index]
    new = sentences(old)[0]._replace(number=rng.randint(2, 90)).english()
    for other in [
        one for kind in rng.choice([["source/*", "locale/**/*"], ["locale/**/*.po"]]) for one in site.root.glob(kind)
    ]:
        if other.is_file():
            text = other.read_text("utf-8")
            if old in text:
                other.write_text(text.replace(old, new), "utf-8")


def directive(site: Site, rng: random.Random) -> None:
    """A context, or a mark of what is critical, above a text; or no more."""
    path, lines, texts = lines_of(site, rng)
    plain = [at for at in texts if not lines[at].startswith(("- ", "description:"))]
    if plain:
        at = rng.choice(plain)
        if lines[at - 2].startswith("<!-- i18n"):
            del lines[at - 2 : at]
        else:
            lines[at:at] = [rng.choice(["<!-- i18n: context=dose -->", "<!-- i18n: critical -->"]), ""]
        path.write_text("\n".join(lines), "utf-8")


def turn_heading(site: Site, rng: random.Random) -> None:
    """*Do* and *Never* change places."""
    text = site.read("source/index.md")
    turned = re.sub(rf"^## ({YES}|{NO})$", lambda m: f"## {NO if m[1] == YES else YES}", text, flags=re.M)
    site.path("source/index.md").write_text(turned, "utf-8")


# Translators and their tools -----------------------------------------------------------------------------------------


def written(site: Site, rng: random.Random, msgid: str, where: dict[str, str]) -> str:
    """A translation by a person, of this English where it stands."""
    site.count += 1
    place = where.get(msgid, "B")
    place = place if site.seen.get(msgid, place) == place else "B"  # the page says one, the catalog is from before
    made = " ".join(one.token() for one in sentences(msgid, place))
    facts = " ".join(re.findall(r"\{[\w.]+\}", msgid))
    return f"Esto se escribió para {made or 'nada'} {facts} por la persona {site.count}x{rng.randint(0, 9999)}."


def amended(site: Site, change: Callable[[po_entry.Entry], po_entry.Entry | None]) -> None:
    """Every entry of the catalog as a tool leaves it: changed, as it is, or gone."""
    found = po_file.load(site.root, PO)
    made = []
    for entry in found.entries:
        new = change(entry)
        if new is not None:
            made.append(po_entry.amended(entry, new) if new is not entry else entry)
    site.path(PO).write_bytes(replace(found, entries=tuple(made)).text().encode())


def unflagged(entry: po_entry.Entry) -> tuple[str, ...]:
    return tuple(flag for flag in entry.flags if flag != "fuzzy")


def fill(site: Site, rng: random.Random, share: float = 0.6) -> None:
    """A translator translates what waits, as it stood when the catalog was made."""
    where = site.headings()

    def change(entry: po_entry.Entry) -> po_entry.Entry:
        waits = not entry.obsolete and (entry.fuzzy or not entry.translated) and entry.plural is None
        if (
            not waits
            or (not SENTENCE.search(entry.key.msgid) and "{clinic" not in entry.key.msgid)
            or rng.random() > share
        ):
            return entry
        text = written(site, rng, entry.key.msgid, where)
        return entry._replace(strings=(text,), flags=unflagged(entry), previous=None)

    amended(site, change)


def one_of(
    pick: Callable[[po_entry.Entry], bool], change: Callable[[Site, random.Random, po_entry.Entry], po_entry.Entry]
) -> Callable[[Site, random.Random], None]:
    """A hand on one entry."""

    def hand(site: Site, rng: random.Random) -> None:
        found = [
            e.key
            for e in po_file.load(site.root, PO).entries
            if not e.obsolete and SENTENCE.search(e.key.msgid) and pick(e)
        ]
        if found:
            chosen = rng.choice(found)
            amended(site, lambda e: change(site, rng, e) if e.key == chosen and not e.obsolete else e)

    return hand


def anew(site: Site, rng: random.Random, entry: po_entry.Entry) -> po_entry.Entry:
    text = written(site, rng, entry.key.msgid, site.headings())
    return entry._replace(strings=(text,), flags=unflagged(entry), previous=None)


def draft(site: Site, rng: random.Random, entry: po_entry.Entry) -> po_entry.Entry:
    text = written(site, rng, entry.key.msgid, site.headings())
    return entry._replace(strings=(text,), flags=("fuzzy", *unflagged(entry)), previous=None)


def confirm(site: Site, rng: random.Random, entry: po_entry.Entry) -> po_entry.Entry:
    return entry._replace(flags=unflagged(entry), previous=None)


def tool(*words: str) -> Callable[[Site, random.Random], None]:
    def hand(site: Site, rng: random.Random) -> None:
        subprocess.run([*words, PO, "-o", PO], cwd=site.root, capture_output=True, check=False)

    return hand


def msgmerge(site: Site, rng: random.Random) -> None:
    """With the template as it is, or as it was; upon a catalog that is committed."""
    site.git("add", "-A"), site.git("commit", "-qm", "before msgmerge")
    if rng.random() < 0.5:
        site.verb("extract")
    else:
        older(site, rng, TEMPLATE_PATH)
    subprocess.run(["msgmerge", "-q", PO, TEMPLATE_PATH, "-o", PO], cwd=site.root, capture_output=True, check=False)


def sed(site: Site, rng: random.Random) -> None:
    text = re.sub(r"^#, fuzzy\n|^#\|.*\n", "", site.read(PO), flags=re.M)
    site.path(PO).write_text(text.replace("#, fuzzy, ", "#, "), "utf-8")


def bare(site: Site, rng: random.Random) -> None:
    text = re.sub(r"^#, fuzzy\n|^#[|.].*\n|^#: .*\n", "", site.read(PO), flags=re.M)
    site.path(PO).write_text(text.replace("#, fuzzy, ", "#, "), "utf-8")


def by_polib(site: Site, rng: random.Random) -> None:
    found = polib.pofile(str(site.path(PO)), wrapwidth=rng.choice([40, 77, 79, 0]))
    for entry in found:
        if "fuzzy" in entry.flags and rng.random() < 0.5:
            entry.flags.remove("fuzzy")
            entry.previous_msgid = None
            entry.comment = ""
    if rng.random() < 0.3:
        found.sort()
    found.save(str(site.path(PO)))


# Files and ledgers -----------------------------------------------------------------------------------------------------


def older(site: Site, rng: random.Random, path: str) -> None:
    """A file as one of the last commits of any branch has it."""
    found = site.git("log", "-12", "--all", "--format=%H", "--", path).stdout.split()
    if found:
        site.git("checkout", rng.choice(found), "--", path)


def catalog_of_another_branch(site: Site, rng: random.Random) -> None:
    older(site, rng, PO)


def compendium(site: Site, rng: random.Random) -> None:
    """msgmerge with what catalogs had before, offered to what is empty."""
    commit(site, rng)
    found = site.git("log", "-12", "--all", "--format=%H", "--", PO).stdout.split()
    if found:
        memory = site.path(".git/memory.po")
        memory.write_text(site.git("show", f"{rng.choice(found)}:{PO}").stdout, "utf-8")
        site.verb("extract")
        command = ["msgmerge", "-q", "-C", str(memory), PO, TEMPLATE_PATH, "-o", PO]
        subprocess.run(command, cwd=site.root, capture_output=True, check=False)


def sent(site: Site, rng: random.Random) -> None:
    """The catalog to somebody who translates in a table."""
    site.verb("export", "--locale", "es", "--format", "csv", "-o", str(site.path(TABLE)))


def back(site: Site, rng: random.Random) -> None:
    """What was sent comes back, some of it translated, for the English of then."""
    if not site.path(TABLE).exists():
        return
    rows = list(csv.DictReader(StringIO(site.read(TABLE).removeprefix("\ufeff"))))
    where = site.headings()
    for row in rows:
        if row["state"] in {"new", "fuzzy"} and SENTENCE.search(row["source"]) and rng.random() < 0.6:
            row["target"], row["state"] = written(site, rng, row["source"], where), "translated"
        elif row["state"] == "fuzzy" and rng.random() < 0.3:
            row["state"] = "translated"  # as a tool does that knows no such state
    made = StringIO()
    table = csv.DictWriter(made, rows[0])
    table.writeheader(), table.writerows(rows)
    site.path(TABLE).write_text(made.getvalue(), "utf-8")
    site.verb("import", "--locale", "es", *rng.choice([[], ["--overwrite"]]), str(site.path(TABLE)))


def whole_folder(site: Site, rng: random.Random) -> None:
    """Sources or catalogs with all ledgers as another commit has them."""
    older(site, rng, rng.choice(["source", "locale", "."]))


def no_obsolete(site: Site, rng: random.Random) -> None:
    share = rng.choice([0.3, 1])
    amended(site, lambda entry: None if entry.obsolete and rng.random() < share else entry)


def ledger(path: str) -> Callable[[Site, random.Random], None]:
    """A ledger with a line lost, twice, torn, elsewhere; as it was; or gone."""

    def hand(site: Site, rng: random.Random) -> None:
        lines = site.read(path).splitlines(keepends=True)
        match rng.choice(["lost", "lost", "twice", "torn", "shuffled", "older", "gone", "ours"]):
            case "lost" if lines:
                lines.pop(rng.randrange(len(lines)))
            case "twice" if lines:
                lines.insert(rng.randrange(len(lines)), rng.choice(lines))
            case "torn" if lines:
                lines[-1] = lines[-1][: rng.randrange(len(lines[-1]))]
            case "shuffled":
                rng.shuffle(lines)
            case "older":
                return older(site, rng, path)
            case "gone":
                return site.path(path).unlink(missing_ok=True)
            case _:
                return None
        return site.path(path).write_text("".join(lines), "utf-8") and None

    return hand


# Git -------------------------------------------------------------------------------------------------------------------


def commit(site: Site, rng: random.Random) -> None:
    site.git("add", "-A")
    site.git("commit", "-qm", f"work {rng.randrange(10_000)}")


def resolved(site: Site, rng: random.Random) -> None:
    """Somebody takes a side of each file that git could not join."""
    for path in set(site.git("diff", "--name-only", "--diff-filter=U").stdout.split()):
        if site.git("checkout", rng.choice(["--ours", "--theirs"]), "--", path).returncode:
            site.git("rm", "-qf", "--", path)
        site.git("add", "--", path)


def switch(site: Site, rng: random.Random) -> None:
    commit(site, rng)
    here = site.git("branch", "--show-current").stdout.strip()
    other = "side" if here == "main" else "main"
    if site.git("checkout", "-q", other).returncode:
        site.git("checkout", "-qb", other)


def other(site: Site) -> str:
    return "side" if site.git("branch", "--show-current").stdout.strip() == "main" else "main"


def git_merge(site: Site, rng: random.Random) -> None:
    commit(site, rng)
    side = rng.choice([[], [], [], ["-X", "ours"], ["-X", "theirs"]])
    site.git("merge", "-q", "-m", "merged", "--no-ff", *side, other(site))
    resolved(site, rng)
    commit(site, rng)


def git_squash(site: Site, rng: random.Random) -> None:
    commit(site, rng)
    site.git("merge", "-q", "--squash", other(site))
    resolved(site, rng)
    commit(site, rng)


def unfinished(site: Site, rng: random.Random, what: str) -> None:
    """Git goes on where somebody took a side of what it could not join."""
    for _ in range(12):
        if not any(
            (site.root / ".git" / one).exists()
            for one in ("rebase-merge", "rebase-apply", "CHERRY_PICK_HEAD", "REVERT_HEAD")
        ):
            return
        resolved(site, rng)
        if site.git(what, "--continue").returncode and not site.git("diff", "--name-only", "--diff-filter=U").stdout:
            site.git(what, "--skip")
    site.git(what, "--abort")


def rebase(site: Site, rng: random.Random) -> None:
    commit(site, rng)
    site.git("rebase", "-q", *rng.choice([[], [], ["-X", "ours"], ["-X", "theirs"]]), other(site))
    unfinished(site, rng, "rebase")


def pick(site: Site, rng: random.Random) -> None:
    commit(site, rng)
    site.git("cherry-pick", "--allow-empty", rng.choice([other(site), f"{other(site)}~1"]))
    unfinished(site, rng, "cherry-pick")


def revert(site: Site, rng: random.Random) -> None:
    commit(site, rng)
    site.git("revert", "--no-edit", rng.choice(["HEAD", "HEAD~1", "HEAD~2"]))
    unfinished(site, rng, "revert")


def stash(site: Site, rng: random.Random) -> None:
    site.git("stash", "-q")


def pop(site: Site, rng: random.Random) -> None:
    if site.git("stash", "pop", "-q").returncode:
        resolved(site, rng)
        site.git("reset", "-q")
        site.git("stash", "drop", "-q")


def amend(site: Site, rng: random.Random) -> None:
    site.git("add", "-A")
    site.git("commit", "-q", "--amend", "--no-edit")


def reset(site: Site, rng: random.Random) -> None:
    site.git("reset", "-q", rng.choice(["--hard", "--soft", "--mixed"]), rng.choice(["HEAD", "HEAD~1"]))


def cloned(site: Site, rng: random.Random) -> None:
    """Somebody goes on in another clone of the branch."""
    commit(site, rng)
    here = site.git("branch", "--show-current").stdout.strip() or "main"
    aside = site.root.with_name("aside")
    site.root.rename(aside)
    subprocess.run(
        ["git", "clone", "-q", "--branch", here, str(aside), str(site.root)], capture_output=True, check=False
    )
    site.git("branch", "side" if here == "main" else "main", f"origin/{'side' if here == 'main' else 'main'}")
    site.git("remote", "remove", "origin")
    shutil.rmtree(aside)


# The product, its accidents, and the clock -----------------------------------------------------------------------------


class Stopped(BaseException):
    """The process was killed."""


@contextmanager
def killed(after: int) -> Iterator[None]:
    """A process that dies at one of its writes: what it has put in place stands there."""
    left = [after]

    def dying(call: Callable[..., None]) -> Callable[..., None]:
        def made(*names: object) -> None:
            if not left[0]:
                raise Stopped
            left[0] -= 1
            call(*names)

        return made

    with pytest.MonkeyPatch.context() as patch, suppress(Stopped):
        patch.setattr(os, "replace", dying(os.replace))
        patch.setattr(os, "rename", dying(os.rename))
        yield


def update(site: Site, rng: random.Random) -> None:
    site.verb("update")


def update_killed(site: Site, rng: random.Random) -> None:
    with killed(rng.randrange(8)):
        site.verb("update")


def update_tomorrow(site: Site, rng: random.Random) -> None:
    site.day += rng.randint(1, 60)
    site.verb("update")


def clock(site: Site, rng: random.Random) -> None:
    site.day = max(0, site.day + rng.choice([-40, -3, -1, 1, 1, 30, 100]))


def accept(site: Site, rng: random.Random) -> None:
    """Somebody accepts a text by name, if a check complains that it stands unchanged."""
    found = [
        one for one in po_file.load(site.root, PO).live().values() if one.translated and SENTENCE.search(one.key.msgid)
    ]
    if found:
        one = rng.choice(found)
        words = ("--check", "unchanged-since-edit", "--by", "Ana Ruiz", "--reason", "right")
        if site.verb("accept", f"{PO}:{one.line}", *words) == 0:
            site.accepted.add((one.key.msgid, one.strings[0]))


EDITOR: dict[str, Callable[[Site, random.Random], None]] = {
    "a number": edits_sentence(lambda said, rng: said._replace(number=rng.randint(2, 90))),
    "not": edits_sentence(lambda said, rng: said._replace(turned=not said.turned)),
    "a word": edits_sentence(lambda said, rng: said._replace(yours=not said.yours)),
    "looks": edits_sentence(lambda said, rng: said._replace(mark="!" if said.mark == "." else ".")),
    "another sentence": edits_sentence(lambda said, rng: drawn(rng)),
    "a text moved": move,
    "a text more": insert,
    "two texts swapped": swap,
    "a text split": split,
    "two texts joined": join,
    "a text less": delete,
    "a page as it was": restore,
    "a page renamed": rename,
    "headings turned": turn_heading,
    "a number everywhere": everywhere,
    "a directive": directive,
}
TRANSLATOR: dict[str, Callable[[Site, random.Random], None]] = {
    "all filled": lambda site, rng: fill(site, rng, 1),
    "some filled": fill,
    "a text anew": one_of(lambda e: True, anew),
    "a draft": one_of(lambda e: e.fuzzy or not e.translated, draft),
    "a mark less": one_of(lambda e: e.fuzzy, confirm),
    "sed": sed,
    "bare": bare,
    "polib": by_polib,
    "msgattrib": tool("msgattrib", "--clear-fuzzy", "--clear-previous"),
    "msgattrib, no obsolete": tool("msgattrib", "--clear-fuzzy"),
    "msgcat": tool("msgcat", "--no-wrap"),
    "msgcat wrapped": tool("msgcat", "-w", "60"),
    "msgcat sorted": tool("msgcat", "-s"),
    "msgmerge": msgmerge,
    "a compendium": compendium,
    "sent": sent,
    "back": back,
    "a catalog of another branch": catalog_of_another_branch,
}
GIT: dict[str, Callable[[Site, random.Random], None]] = {
    "commit": commit,
    "switch": switch,
    "merge": git_merge,
    "squash": git_squash,
    "rebase": rebase,
    "pick": pick,
    "revert": revert,
    "stash": stash,
    "pop": pop,
    "amend": amend,
    "reset": reset,
    "cloned": cloned,
    "a folder as it was": whole_folder,
}
OURS: dict[str, Callable[[Site, random.Random], None]] = {
    "update": update,
    "update killed": update_killed,
    "update later": update_tomorrow,
    "extract": lambda site, rng: site.verb("extract") and None,
    "clock": clock,
    "accept": accept,
    "prune": lambda site, rng: site.verb("prune", "--write") and None,
}
HANDS = {**EDITOR, **TRANSLATOR, **GIT, **OURS}
LEDGERS: dict[str, Callable[[Site, random.Random], None]] = {
    "log": ledger(LOG_PATH),
    "former": ledger(FORMER),
    "places": ledger(PLACES),
    "template": ledger(TEMPLATE_PATH),
    "obsolete": no_obsolete,
}


def laid(site: Site, name: str, number: int, which: Sequence[str]) -> None:
    """One hand on the files; where the site cannot be read, nothing comes of it."""
    rng = random.Random(number)
    if not site.pages() and name in EDITOR:
        return
    if name in {"a number everywhere", "amend"} and "places" in which:
        return  # what became of a word that was replaced everywhere is told by what stood where (decision 70); an amended first commit has
        # the damaged record alone
    with suppress(LockstepError, OSError):
        (LEDGERS[rng.choice(sorted(which))] if name == "a ledger" else HANDS[name])(site, rng)
