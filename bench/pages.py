"""How well translated copies of pages are paired with their English: `python -m bench.pages [SITE …] [--sentences PO …]`.

Of a site's pages and what its catalogs have of them, translated copies are made as people keep them (`es/guide.md`), then spoilt as
people do: some blocks dropped, some in another order, two made one, one made two, one from elsewhere put in. What then is paired
is counted against what is known: how many of the copy's texts came to their own English, how many pairs are right, and how many of
those that readers would see (live) are of another text. `--sentences`: pages of bare paragraphs from a catalog of sentences.
`--sections 0.5`: on so many pages two sections of one level, beside each other, change places. `--html`: the pages and their copies are rendered to HTML first, and read as that. `--part seen|unseen`: two thirds of the pages, or the third that nobody looks at while the pairing is made.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt

from bench.professional import NAMES
from pipeline.catalog import po_file
from pipeline.changes import pairing
from pipeline.changes.carry_over import inlined
from pipeline.changes.fragments import Leads, Sides
from pipeline.changes.parts import parts
from pipeline.commands import adopt_pages
from pipeline.content import files, marks, sources
from pipeline.content.inline_html import same
from pipeline.core import clock
from pipeline.core.model import Document, Key, Message
from pipeline.core.progress import silent
from pipeline.core.settings import SourceMapping
from pipeline.project import project
from pipeline.text import language

SPOILT = {"drop": 0.04, "swap": 0.03, "merge": 0.03, "split": 0.03, "more": 0.02}
"""How often each happens to a block, at `--harsh 1`."""
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|(?<=[。！？])(?=\S)")
PER_PAGE = 24
IN_HTML = SourceMapping("lockstep-html", "source/**.html", {})


class Sample(NamedTuple):
    """A page, a copy of it, and which English the texts of the copy are of."""

    path: str
    english: Document
    copy: Document
    truth: Mapping[str, frozenset[Key]]


def unseen(path: str) -> bool:
    """Whether a page is of the third that is kept aside."""
    return hashlib.sha256(path.encode()).digest()[0] % 3 == 0


def rendered(text: str, messages: Sequence[Message], translations: Mapping[Key, str]) -> str:
    """A page with its texts replaced where they stand; what cannot be found stays English."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    made, at = [], 0
    for message in messages:
        wanted = translations.get(message.key)
        if not wanted:
            continue
        words = [re.escape(word) for word in message.key.msgid.split()]
        begin = max(at, starts[min(message.span.line - 1, len(lines) - 1)])
        found = re.compile(r"(?:[ \t]*\n[ \t>]*|[ \t]+)".join(words)).search(text, begin)
        if found and found.start() - begin < 400:
            made += [text[at : found.start()], wanted.replace("\n", " ")]
            at = found.end()
    return "".join([*made, text[at:]])


def chunks(text: str) -> list[str]:
    """The blocks of a page: what blank lines part, code and front matter whole."""
    found, fence = [""], ""
    for line in text.split("\n"):
        mark = re.match(r"\s*(```+|~~~+|---$)", line)
        if mark and (mark[1] != "---" or not found[0].strip() or fence == "---"):
            fence = "" if fence and mark[1].startswith(fence[:3]) else fence or mark[1]
        if line.strip() or fence:
            found[-1] += f"{line}\n"
        elif found[-1]:
            found.append("")
    return [one for one in found if one]


def is_prose(chunk: str) -> bool:
    return not re.match(r"\s*(?:[#>|`~<\[:!+*-]|\d+[.)]|---)", chunk)


def spoilt(text: str, others: Sequence[str], rng: random.Random, harsh: float) -> tuple[str, Counter[str]]:
    """A copy as people leave it, and what was done to it."""
    rows, done = chunks(text), Counter[str]()
    made: list[str] = []
    for row in rows:
        what = next((name for name, share in SPOILT.items() if rng.random() < share * harsh), "")
        if row.startswith("---") or what == "":
            made.append(row)
            continue
        if what == "drop":
            pass
        elif what == "swap" and made and not made[-1].startswith("---"):
            made.insert(len(made) - 1, row)
        elif what == "merge" and made and is_prose(row) and is_prose(made[-1]):
            made[-1] += row
        elif what == "split" and is_prose(row) and len(halves := SENTENCE.split(row.strip(), maxsplit=1)) == 2:
            made += [f"{half}\n" for half in halves]
        elif what == "more" and others:
            made += [row, rng.choice(others)]
        else:
            made.append(row)
            continue
        done[what] += 1
    return "\n".join(made), done


def exchanged(text: str, rng: random.Random) -> str:
    """A page on which two sections of one level that stand beside each other changed places; as it is where there are none."""
    rows = chunks(text)
    levels = [len(found[1]) if (found := re.match(r"(#{1,6}) ", row)) else 0 for row in rows]

    def end(at: int) -> int:
        return next((other for other in range(at + 1, len(rows)) if 0 < levels[other] <= levels[at]), len(rows))

    firsts = [at for at, level in enumerate(levels) if level and end(at) < len(rows) and levels[end(at)] == level]
    if not firsts:
        return text
    first = rng.choice(firsts)
    second = end(first)
    last = end(second)
    return "\n".join([*rows[:first], *rows[second:last], *rows[first:second], *rows[last:]])


def as_html(text: str) -> str:
    """A page of Markdown as the page in HTML that it is published as."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(files.FRONT_MATTER.sub("", text, 1))


def site_samples(
    root: Path, locale: str, part: str, rng: random.Random, harsh: float, html: bool = False, sections: float = 0.0
) -> Iterator[Sample]:
    """The pages of a site and copies of them, by its catalog."""
    found = project.load(root.resolve(), clock.read(), silent)
    live = {
        key: entry.strings[0]
        for key, entry in found.catalogs[locale].live().items()
        if entry.translated and not entry.fuzzy and entry.plural is None
    }
    mappings, known = dict(files.files(found.settings)), marks.of(found.settings)
    pages = [path for path in found.content.by_path if path.endswith(".md") and Path(root, path).is_file()]
    texts = {path: Path(root, path).read_text("utf-8") for path in pages}
    documents = {path: sources.document(texts[path].encode(), path, mappings[path], same, known) for path in pages}
    copies = {path: rendered(texts[path], [*documents[path].messages()], live) for path in pages}
    others = [one for path in pages for one in chunks(copies[path]) if is_prose(one) and copies[path] != texts[path]]

    def read(path: str, text: str) -> Document:
        name, mapping = (f"{path}.html", IN_HTML) if html else (path, mappings[path])
        return sources.document((as_html(text) if html else text).encode(), name, mapping, same, known)

    for path in pages:
        if part != "all" and unseen(path) != (part == "unseen"):
            continue
        english, whole = read(path, texts[path]), read(path, copies[path])
        ours, theirs = [*english.messages()], [*whole.messages()]
        if len(ours) != len(theirs) or sum(one.key != two.key for one, two in zip(ours, theirs, strict=True)) < 3:
            continue
        truth: dict[str, set[Key]] = {}
        for one, two in zip(ours, theirs, strict=True):
            if (html or live.get(one.key)) and one.key != two.key:
                truth.setdefault(two.key.msgid, set()).add(one.key)
        text, _ = spoilt(copies[path], others, rng, harsh)
        if sections and rng.random() < sections:
            text = exchanged(text, rng)
        yield Sample(path, english, read(path, text), {key: frozenset(some) for key, some in truth.items()})


def sentence_samples(path: Path, part: str, rng: random.Random, harsh: float) -> Iterator[Sample]:
    """Pages of bare paragraphs, by a catalog of sentences."""
    rows = [
        (entry.key.msgid, entry.strings[0])
        for entry in po_file.load(path.parent, path.name).entries
        if entry.plural is None and not entry.obsolete and not entry.fuzzy and entry.translated
    ]
    mapping, known = SourceMapping("lockstep-markdown", "source/**.md", {}), marks.NO_MARKS
    others = [f"{other}\n" for _, other in rows]
    for at in range(0, len(rows), PER_PAGE):
        name, some = f"source/{path.stem}-{at}.md", rows[at : at + PER_PAGE]
        if part != "all" and unseen(str(at)) != (part == "unseen"):
            continue
        english, whole = (
            sources.document("\n\n".join(side).encode(), name, mapping, same, known) for side in zip(*some, strict=True)
        )
        ours, theirs = [*english.messages()], [*whole.messages()]
        if len(ours) != len(theirs):
            continue
        truth: dict[str, set[Key]] = {}
        for one, two in zip(ours, theirs, strict=True):
            truth.setdefault(two.key.msgid, set()).add(one.key)
        text, _ = spoilt("\n\n".join(other for _, other in some), others, rng, harsh)
        copy = sources.document(text.encode(), name, mapping, same, known)
        yield Sample(name, english, copy, {key: frozenset(some) for key, some in truth.items()})


class Tally(NamedTuple):
    """What was counted: texts of copies that have an English, those that came to it (live, or fuzzy), those that came to another
    one, by whether readers would see them, and texts with no English of their own."""

    texts: int = 0
    live: int = 0
    fuzzy: int = 0
    wrong_live: int = 0
    wrong_fuzzy: int = 0

    @property
    def recall(self) -> float:
        return (self.live + self.fuzzy) / max(1, self.texts)

    @property
    def precision(self) -> float:
        return (self.live + self.fuzzy) / max(1, self.live + self.fuzzy + self.wrong_live + self.wrong_fuzzy)

    @property
    def wrong(self) -> float:
        return self.wrong_live / max(1, self.live + self.wrong_live)


def measured(samples: Sequence[Sample], locale: str, show: int = 0) -> Tally:
    """The samples of one language, paired and counted."""
    first, second = language("en"), language(locale)
    names = [adopt_pages.called(one.path) for one in samples]
    leads = Leads({name: Sides(one.english, one.copy) for name, one in zip(names, samples, strict=True)})
    both = [
        (parts(one.english, first), parts(one.copy, second, partial(leads.english, name)))
        for name, one in zip(names, samples, strict=True)
    ]
    counts: Counter[str] = Counter()
    for sample, (ours, theirs), pairs in zip(samples, both, pairing.paired(both, second.length), strict=True):
        counts["texts"] += sum(bool(part.message and part.message.key.msgid in sample.truth) for part in theirs)
        for pair in pairs.judged():
            english, copy = ours[pair.english].message, theirs[pair.copy].message
            if pair.how == pairing.ENGLISH or english is None or copy is None:
                continue
            if copy.key.msgid == english.key.msgid:
                continue
            text = adopt_pages.readdressed(
                inlined(copy.key.msgid, copy.refs), english.key.msgid, leads, adopt_pages.called(sample.path)
            )
            is_live = pair.how == pairing.CERTAIN and not adopt_pages.doubt(
                ours[pair.english], text, sample.english.scope, locale
            )
            right = english.key in sample.truth.get(copy.key.msgid, frozenset())
            counts[("" if right else "wrong_") + ("live" if is_live else "fuzzy")] += 1
            if show > 0 and is_live and not right:
                show -= 1
                print(f"  {sample.path}: “{english.key.msgid[:90]}” — “{copy.key.msgid[:90]}” ({pair.why})")
    return Tally(*(counts[name] for name in Tally._fields))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sites", nargs="*", type=Path)
    parser.add_argument("--sentences", nargs="+", default=[], type=Path)
    parser.add_argument("--html", action="store_true", help="as pages in HTML")
    parser.add_argument("--sections", type=float, default=0.0, help="the share of pages with two sections exchanged")
    parser.add_argument("--locales", nargs="+", default=[])
    parser.add_argument("--part", choices=("all", "seen", "unseen"), default="all")
    parser.add_argument("--harsh", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1, help="of the first draw")
    parser.add_argument("--draws", type=int, default=1)
    parser.add_argument(
        "--show", type=int, default=0, help="this many wrong pairs that readers would see, of each language"
    )
    given = parser.parse_args()
    print("material             texts   found    live  precision  live and wrong  fuzzy that is right")
    every = []
    for root in given.sites:
        for locale in project.load(root.resolve(), clock.read(), silent).settings.locales:
            if not given.locales or locale.name in given.locales:
                made = [
                    measured(
                        [
                            *site_samples(
                                root,
                                locale.name,
                                given.part,
                                drawn(seed, root.name, locale.name),
                                given.harsh,
                                given.html,
                                given.sections,
                            )
                        ],
                        locale.name,
                        given.show,
                    )
                    for seed in range(given.seed, given.seed + given.draws)
                ]
                every.append((f"{root.name} {locale.name}", summed(made)))
                told(*every[-1])
    for path in given.sentences:
        made = [
            measured(
                [*sentence_samples(path, given.part, drawn(seed, path.stem), given.harsh)],
                NAMES.get(path.stem, path.stem),
                given.show,
            )
            for seed in range(given.seed, given.seed + given.draws)
        ]
        every.append((f"sentences {path.stem}", summed(made)))
        told(*every[-1])
    for name, some in (("sites", every[: len(every) - len(given.sentences)]), ("sentences", every[len(every) - len(given.sentences) :]), ("all", every)):  # fmt: skip
        told(name, summed([one for _, one in some]))


def drawn(*words: object) -> random.Random:
    return random.Random(" ".join(map(str, words)))


def summed(some: Sequence[Tally]) -> Tally:
    return Tally(*map(sum, zip(*some, strict=True))) if some else Tally()


def told(name: str, one: Tally) -> None:
    print(
        f"{name:<20}{one.texts:>6}  {one.recall:>6.1%}  {one.live / max(1, one.texts):>6.1%}  {one.precision:>9.1%}"
        f"  {one.wrong_live:>3} ({one.wrong:.2%})  {one.fuzzy / max(1, one.fuzzy + one.wrong_fuzzy):>6.1%}"
    )


if __name__ == "__main__":
    main()
