"""The audit: every page of `dist/` read as its readers get it, and held to its manifest, `lockstep.json`; then both held to the sources.

The pages are read by `html_text`, which knows nothing of how they were rendered.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from pipeline.commands import build
from pipeline.commands.audit import badges, contents, feed, frame, search
from pipeline.commands.audit.known import OFFICIAL, Around, addressed
from pipeline.commands.audit.links import odd
from pipeline.commands.audit.papers import Answers
from pipeline.commands.audit.recount import DONE, data_wrong, figures_wrong, unlawful
from pipeline.core.errors import LockstepError
from pipeline.core.inline import letters
from pipeline.core.progress import Progress, silent
from pipeline.project.project import Project
from pipeline.site import html_text, manifest
from pipeline.site.html_text import Seen, Text

OTHERS = ("index.html", "404.html")
STATUS = "status/index.html"
STATUS_LISTS = ("edits", "findings")
KEPT = 2_000
"""Pages up to which what the manifest says of all of them stays in memory: 45 KB a page, read again in 0.2 ms."""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
LONGEST = 400
"""Words up to which a text is looked for in others put together."""
SIGN = re.compile(r"[^\w\s]")
ENDS = (":", ",", ";")
"""What a template may put behind a text: nothing that is said otherwise with it."""


class Difference(NamedTuple):
    """One thing that is not so: the file under dist/, and what is wrong, with the block or the id near which it stands."""

    page: str
    what: str


class Known(NamedTuple):
    """What may be said outside of blocks: whole texts, and texts with something filled in, each with its language; `interface`:
    those that are no name and no fact."""

    whole: frozenset[tuple[str, str]]
    filled: tuple[tuple[str, re.Pattern[str]], ...]
    interface: frozenset[tuple[str, str]]

    def has(self, lang: str, text: str) -> bool:
        """Whether a text may stand there in this language: alone, or after others with white space or a sign between, as a
        template that prints two texts in one element has them."""
        if (lang, text) in self.whole:
            return True
        words = html_text.folded(text).split(" ")
        return self.one(lang, " ".join(words)) or (len(words) <= LONGEST and self.several(lang, words))

    def one(self, lang: str, text: str) -> bool:
        """Whether this is one text that may stand there."""
        return (lang, text) in self.whole or any(
            tag == lang and pattern.fullmatch(text) for tag, pattern in self.filled
        )

    def several(self, lang: str, words: list[str]) -> bool:
        """Whether these are texts that may stand there, one after another."""
        reached = {0}
        for end in range(1, len(words) + 1):
            last = words[end - 1]
            if any(
                (start == end - 1 and SIGN.fullmatch(last))
                or self.one(lang, part := " ".join(words[start:end]))
                or (part[-1:] in ENDS and self.one(lang, part[:-1]))
                for start in reached
            ):
                reached.add(end)
        return len(words) in reached


def load(dist: Path) -> dict[str, Any]:
    """The manifest of a build. Raises LockstepError where there is none or it cannot be read."""
    former = not (dist / manifest.PATH).exists() and (dist / manifest.FORMER).exists()
    path = dist / (manifest.FORMER if former else manifest.PATH)
    found = read_json(path)
    if found.get("format") != (3 if former else 4) or not isinstance(found.get("languages"), dict):
        raise LockstepError("this is no manifest of this version", path=path, todo="Run `lockstep build` again.")
    return {**found, "former": former} if former else {**read_json(dist / manifest.TEXTS), **found}


def read_json(path: Path) -> dict[str, Any]:
    """A part of the manifest. Raises LockstepError where there is none or it cannot be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise LockstepError("there is no manifest here", path=path, todo="Run `lockstep build` first.") from None
    except (OSError, ValueError, RecursionError) as problem:
        raise LockstepError(f"cannot be read: {problem}", path=path, todo="Run `lockstep build` again.") from problem
    if not isinstance(found, dict):
        raise LockstepError("this is no manifest of this version", path=path, todo="Run `lockstep build` again.")
    return found


@dataclass
class Parts:
    """What the manifest says of the pages of each published language, by path; read once, where that is not too much to keep."""

    dist: Path
    found: Mapping[str, Any]
    held: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (
            self.part(tag)
            for tag in sorted(tag for tag, about in self.found["languages"].items() if about["published"])
        )

    def part(self, tag: str) -> dict[str, Any]:
        """What is said of the pages of one language."""
        if not re.fullmatch(r"[A-Za-z0-9-]+", tag):
            raise ValueError(f"{tag} is no language tag")
        part = self.held.get(tag)
        if part is None:
            former = self.found.get("former")
            part = read_json(self.dist / (f"manifest/{tag}.json" if former else manifest.part_of(tag)))
            if sum(map(len, self.held.values())) + len(part) < KEPT:
                self.held[tag] = part
        return part


def audit(dist: Path, progress: Progress = silent) -> list[Difference]:
    """Everything in `dist` that is not as its manifest says. Raises LockstepError where there is no manifest."""
    found = load(dist)
    try:
        return list(differences(dist, found, progress))
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        what = f"it lacks what a manifest has ({problem})"
        path = dist / (manifest.FORMER if found.get("former") else manifest.PATH)
        raise LockstepError(what, path=path, todo="Run `lockstep build` again.") from problem


def differences(dist: Path, found: Mapping[str, Any], progress: Progress) -> Iterator[Difference]:
    """The files, byte for byte; then what the pages say, and what stands beside them."""
    there, links = files(dist)
    parts = Parts(dist, found)
    pages = {name for part in parts for name in part}
    moved, answers = found.get("moved", {}), Answers(found["papers"])
    published = [tag for tag, about in found["languages"].items() if about["published"]]
    lists = contents.lists(found, published)
    about = {STATUS, *(f"status/{name}/index.html" for name in (*found["languages"], *STATUS_LISTS))}
    lost = {f"{tag}/404.html": tag for tag in published} if found.get("missing") else {}
    for part in parts:
        for name, page in part.items():
            answers.note(name, page)
    yield from (Difference(*wrong) for wrong in answers.finish())
    yield from (Difference(name, "is not there") for name in sorted({*answers.wanted} - {*found["files"]}))
    yield from (Difference(name, "is a link, which nobody built") for name in links)
    wanted = found["files"]
    for name in sorted({*wanted, *there} - {manifest.FORMER if found.get("former") else manifest.PATH}):
        if name not in wanted:
            yield Difference(name, "is not in the manifest")
        elif name not in there:
            yield Difference(name, "is in the manifest, and is not there")
        elif name in moved and not leads_on(
            (dist / name).read_text("utf-8", "replace"),
            name,
            addressed(found, moved[name]),
            quote(moved[name], safe="/@+,=!"),
        ):
            yield Difference(name, f"does not lead to {moved[name]} alone")
        elif (
            name.endswith(".html")
            and name not in pages | {*moved, *lists, *lost} | {*answers.wanted} | {*OTHERS} | about
            and not name.startswith("assets/")
        ):
            yield Difference(name, "is not among the manifest's pages")
        elif name not in pages and not sealed(dist, name, wanted):
            yield Difference(name, "is not the file that was built")
    names = {(tag, about["name"]) for tag, about in found["languages"].items()}
    source = found["source"]
    english = parts.part(source) if source in found["languages"] else {}
    found = {**found, "originals": {page["source"]: page for page in english.values()}}
    around = Around(found, frozenset(wanted))
    for part in parts:
        around.note_indexed(part)
    names |= {(source, fact) for fact in found["facts"]}
    known = {tag: known_of(texts, names) for tag, texts in found["texts"].items()}
    every_page = ((part, *row) for part in parts for row in sorted(part.items()))
    for at, (part, name, page) in enumerate(every_page, 1):
        progress("Auditing", at, len(pages))
        body = (dist / name).read_bytes() if name in there else b""
        if name in there and name in wanted and hashlib.sha256(body).hexdigest() != wanted[name]:
            yield Difference(name, "is not the file that was built")
        html = read(body, once=True) if name in there else None
        if html and not frame.between(page, html):  # a list of its content may be that of a menu
            html = read(body)
        if html:
            yield from page_differences(name, page, html, known[page["lang"]], found)
            yield from (Difference(name, what) for what in around_wrong(dist, around, name, page, part, html, known))
            yield from (Difference(name, what) for what in unofficial(found["official"], html))
        elif name in there or name not in wanted:
            yield Difference(name, "is no page")
    for name in sorted(there & {*answers.wanted}):
        own = known[answers.wanted[name]["lang"]]
        html = read((dist / name).read_bytes())
        wrong = answers.wrong(name, html, around, lambda seen, blocks, own=own: outside(seen, own, blocks))  # type: ignore[misc]
        yield from (Difference(name, what) for what in wrong)
        yield from (Difference(name, what) for what in unofficial(found["official"], html) if html)
    yield from (Difference(*wrong) for wrong in frame.all_wrong(around))
    for name, tag in lists.items():
        if name in there and (html := read((dist / name).read_bytes())):
            wrong = contents.list_wrong(around, tag, html, parts.part(tag), known[tag])
            yield from (Difference(name, what) for what in wrong)
            told = odd(around, around.tags["find.html"], name, html.elements, html)
            yield from (Difference(name, what) for what in (*told, *unofficial(found["official"], html)))
    for tag in found.get("feeds", ()):
        if (name := f"{tag}/feed.xml") in there:
            told = feed.wrong(found, tag, (dist / name).read_bytes(), parts.part(tag), known[tag])
            yield from (Difference(name, what) for what in told)
    every = known_of([pair for texts in found["texts"].values() for pair in texts], names)
    for name, tag in {**dict.fromkeys(OTHERS, ""), **lost}.items():
        if name in there and (html := read((dist / name).read_bytes())):
            yield from (said(name, one) for one in outside(html, known[tag] if tag else every, {}))
            yield from (Difference(name, what) for what in frame.chooser_wrong(around, name, html, tag))
            yield from (Difference(name, what) for what in unofficial(found["official"], html))
    if STATUS in there:
        counts = {tag: {**states, **found["vouched"][tag]} for tag, states in found["states"].items()}
        yield from status_differences((dist / STATUS).read_text("utf-8", "replace"), counts)
    for tag in published if lists else ():
        yield from (Difference(*row) for row in search.wrong(dist, tag, found["find"], parts.part(tag)))
    yield from (Difference(*wrong) for wrong in badges.wrong(dist, found, there))


def unofficial(notices: Mapping[str, Any], html: Seen | None) -> Iterator[str]:
    """The official notices that are not on a page word for word, in their own language."""
    said: dict[str, list[Text]] = {}
    for one in html.texts if html else ():
        if one.place.ident.startswith(OFFICIAL) and not one.attribute:
            said.setdefault(one.place.ident.removeprefix(OFFICIAL), []).append(one)
    for name, (lang, digest) in notices.items():
        texts = said.get(name, [])
        if html_text.digest("".join("".join(one.text for one in texts).split())) != digest:
            yield f"the official notice {name} {'does not stand there word for word' if texts else 'is not there'}"
        if any(one.place.lang != lang or one.place.hidden for one in texts):
            yield f"the official notice {name} is not in [{lang}], or is hidden"
    for name in sorted(said.keys() - notices.keys()):
        yield f"an official notice {name} stands there, which nobody bound"


def leads_on(html: str, name: str, *pages: str) -> bool:
    """Whether a file at a former address leads to its page, by one of its addresses, and says nothing else."""
    ways = [f"{'../' * name.count('/')}{page}" for page in pages]
    addresses = re.findall(r"""(?:href=|url=)["']?([^"'>]+)""", html)
    words = re.sub(r"<[^>]*>", " ", html).split()
    said = {unescape(one) for one in addresses}
    return any(said == {to} and {unescape(word) for word in words} <= {to} for to in ways)


def files(dist: Path) -> tuple[frozenset[str], list[str]]:
    """The files under a folder, and the links in it, which are not followed."""
    found, links = set(), []
    for folder, folders, names in os.walk(dist):
        for name in (*folders, *names):
            path = Path(folder) / name
            if path.is_symlink():
                links.append(path.relative_to(dist).as_posix())
            elif name in names:
                found.add(path.relative_to(dist).as_posix())
    return frozenset(found), sorted(links)


def sealed(dist: Path, name: str, wanted: Mapping[str, str]) -> bool:
    """Whether a file is the one that was built."""
    return hashlib.sha256((dist / name).read_bytes()).hexdigest() == wanted[name]


def read(body: bytes, *, once: bool = False) -> Seen | None:
    """A page as its readers get it; None where there is nothing to read, so that it is none. `once`: see `html_text.read`."""
    found = html_text.read(body.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n"), once=once)
    return found if found.texts else None


def known_of(texts: Iterable[list[str]], names: Iterable[tuple[str, str]]) -> Known:
    """What may be said outside of blocks; of a text with placeholders also each piece between them."""
    named, filled = {(lang, html_text.folded(text)) for lang, text in names}, []
    whole = {*named}
    for lang, text in texts:
        whole.add((lang, html_text.folded(text)))
        pieces = PLACEHOLDER.split(text)
        if len(pieces) > 1:
            whole |= {(lang, html_text.folded(piece)) for piece in pieces}
            pattern = ".+?".join(
                re.escape(html_text.folded(piece)) if not piece.strip() else space(piece) for piece in pieces
            )
            filled.append((lang, re.compile(pattern, re.S)))
    return Known(frozenset(whole), tuple(filled), frozenset(whole - named))


def space(piece: str) -> str:
    """A piece of a text as a pattern in which white space is folded."""
    return r"\s+".join(re.escape(part) for part in re.split(r"[ \t\n\r\f]+", piece))


def said(name: str, text: Text) -> Difference:
    short = html_text.folded(text.text)
    short = short if len(short) < 60 else f"{short[:57]}…"
    block, ident = text.place.block, text.place.ident
    near = f"block {block}: " if block else f"#{ident}: " if ident else ""
    return Difference(name, f"{near}“{short}” stands there as [{text.place.lang}], which the manifest does not say")


def around_wrong(
    dist: Path,
    around: Around,
    name: str,
    page: Mapping[str, Any],
    part: Mapping[str, Any],
    html: Seen,
    known: Mapping[str, Known],
) -> Iterator[str]:
    """What is not so of what is between the blocks of a page and around them."""
    if not frame.between(page, html):
        source = around.found["source"]
        path = dist / source / around.page_of(name)
        english, originals = read(path.read_bytes()) if path.is_file() else None, around.found["originals"]
        place = (
            frame.near(page, html, originals[page["source"]], english)
            if english and page["source"] in originals
            else ""
        )
        yield f"what is around and between its blocks (lists, tables, boxes, headings, pictures) is not that of its source{place}"
    yield from frame.page_wrong(around, name, page, part, html, known[page["lang"]].interface)


def outside(
    html: Seen, known: Known, blocks: Mapping[str, Any], content: tuple[int, int] = (0, 0), source: str = ""
) -> Iterator[Text]:
    """The texts outside of blocks, and those with a language of their own inside, that the manifest does not know. What the
    source has between its blocks (`content`, in the outline) is held to it; here only whether words of it are marked as what
    they are, in the language of the source."""
    start, stop = content
    for one in html.texts:
        lang, block, own, beside, silent, time, *_ = one.place
        if one.place.ident.startswith(OFFICIAL) and not one.attribute:
            continue  # held to the notices word for word
        if contents.ours(one):
            continue
        if start <= one.at < stop:
            if (
                html.lang != source
                and lang == html.lang
                and not silent
                and letters(one.text)
                and not known.has(lang, one.text)
            ):
                yield one
            continue
        if silent or beside or (block in blocks and not own) or not one.worded or (time and lang == html.lang):
            continue
        marks = blocks[block].get("marks", ()) if block in blocks else ()
        if lang not in marks and not known.has(lang, one.text):
            yield one


def page_differences(
    name: str, page: Mapping[str, Any], html: Seen, known: Known, found: Mapping[str, Any]
) -> Iterator[Difference]:
    """What of one page is not as the manifest says."""
    source, blocks = found["source"], page["blocks"]
    body = {at: block for at, block in blocks.items() if not block.get("head")}
    if html.lang != page["lang"]:
        yield Difference(name, f"the page is in [{html.lang}]; the manifest says {page['lang']}")
    for at in sorted(set(body) ^ set(html.blocks)):
        yield Difference(name, f"block {at} is {'not on the page' if at in body else 'not in the manifest'}")
    for at in html.twice:
        yield Difference(name, f"block {at} stands on the page twice")
    for one in html.texts:
        lang, block, own, beside, silent, *_ = one.place
        if block not in body or own or silent or lang == (source if beside else body[block]["lang"]):
            continue
        if one.worded:
            yield said(name, one)
    content = frame.stretch(page, html)
    yield from (said(name, one) for one in outside(html, known, body, content, source))
    yield from (Difference(name, what) for what in contents.page_wrong(found, name, page, html, content, known))
    shut = hidden(page, html, content) if html.unseen else frozenset()
    for at, block in body.items():
        if at in html.blocks:
            some = [*block_wrong(at, block, html, source, shown=at not in shut), *unsaid(at, body, html)]
            yield from (Difference(name, f"block {at}: {what}") for what in some)
    for at, block in blocks.items():
        if what := unlawful(block, source):
            yield Difference(name, f"block {at}: {what}")
    yield from (Difference(name, what) for what in figures_wrong(page, html, source))
    yield from (Difference(name, what) for what in data_wrong(page, html, found))
    listed = {one for tag, about in found["languages"].items() if about["published"] for one in (tag, about["search"])}
    for link in html.links:
        tag = link.get("hreflang", "")
        if tag and tag != "x-default" and tag not in listed:
            yield Difference(name, f"links to {tag}, which is not published")


def hidden(page: Mapping[str, Any], html: Seen, content: tuple[int, int]) -> frozenset[str]:
    """The blocks that something hides which is none of what the page's source says: its author may, a template may not."""
    start, stop = content if frame.between(page, html) else (0, 0)
    return frozenset(at for at, where in html.unseen.items() if not start <= where < stop)


def unsaid(at: str, blocks: Mapping[str, Any], html: Seen) -> Iterator[str]:
    """Whether a block that is hidden since it would say once more that a text was withdrawn has another one that says so."""

    def once(name: str) -> bool:
        return html.blocks.get(name, {}).get("hidden") == html_text.RECALLED

    if once(at) and not any(
        block["state"] == blocks[at]["state"] == "recalled" and block["text"] == blocks[at]["text"] and not once(name)
        for name, block in blocks.items()
    ):
        yield "it is hidden, and nothing else says that it was withdrawn"


def block_wrong(at: str, block: Mapping[str, Any], html: Seen, source: str, *, shown: bool) -> Iterator[str]:
    """What of one block on the page is not as the manifest says: its words, its notices, the English beside it."""
    if not shown or html_text.digest(html.words.get(at, "")) != block["text"]:
        yield "its words are not those of the manifest"
    if html.made.get(at, "") != block.get("made", ""):
        yield "its links, pictures, emphasis or other elements, or what they say, are not those of the manifest"
    given = html.blocks[at]
    wanted = block["state"] if block.get("notices") and block["state"] not in DONE else ""
    if given.get("data-state", "") != wanted:
        yield f"it says that it is {given.get('data-state') or 'in no state'}; the manifest says {wanted or 'in none'}"
    if at in html.unseen:  # and so is what stands beside it
        return
    if block.get("beside") and html_text.digest(html.beside.get(at, "")) != block["beside"]:
        yield "the English does not stand beside it"
    if not block.get("beside") and html.beside.get(at):
        yield "English stands beside it, which the manifest does not say"
    tied = html.blocks[at].get("aria-describedby", "").split()
    for ident in tied:
        if ident not in html.idents:
            yield f"is tied to #{ident}, which is not there"
        elif ident not in html.told:
            yield f"is tied to #{ident}, which says nothing"
    kinds = [[*html.idents.get(ident, {}).get("class", "").split(), ident.lower()] for ident in tied]
    for kind in block.get("notices", ()):
        if not any(f"notice-{kind}" in classes or kind in classes for classes in kinds):
            yield f"the notice {kind!r} is not tied to it"
    if len(tied) != len(block.get("notices", ())):
        yield "it is tied to another number of notices"


def status_differences(html: str, states: Mapping[str, Mapping[str, int]]) -> Iterator[Difference]:
    """Whether the status page's figures are the manifest's."""
    for tag, counts in states.items():
        match = re.search(rf'<li[^>]* data-language="{re.escape(tag)}"([^>]*)>', html)
        printed = dict(re.findall(r'data-([a-z]+)="(\d+)"', match[1])) if match else {}
        if printed != {state: str(count) for state, count in counts.items()}:
            yield Difference(STATUS, f"its figures for {tag} are not the manifest's")


def against(project: Project, dist: Path) -> list[Difference]:
    """Every file of `dist` that is not what the sources give now."""
    there, wanted = set(files(dist)[0]), set()
    what: dict[str, str] = {}
    for output in build.outputs(build.held_back(project)):
        wanted.add(output.path)
        if output.path in there and (dist / output.path).read_bytes() != output.body:
            what[output.path] = "differs from"
    what = {
        **dict.fromkeys(sorted(wanted - there), "should be there"),
        **dict.fromkeys(sorted(there - wanted), "should not be there"),
        **dict(sorted(what.items())),
    }
    text = {
        "differs from": "differs from what source/ and locale/ give now; build again (where the build had a SOURCE_DATE_EPOCH, with the same)"
    }
    return [
        Difference(path, text.get(said, f"{said} by source/ and locale/; build again")) for path, said in what.items()
    ]


def counted(dist: Path) -> str:
    """How much was audited, in words."""
    pages = blocks = 0
    for part in Parts(dist, load(dist)):
        pages += len(part)
        found = (page.get("blocks") for page in part.values() if isinstance(page, dict))
        blocks += sum(len(some) for some in found if isinstance(some, dict))
    return f"{pages} page{'s' * (pages != 1)}, {blocks} block{'s' * (blocks != 1)}"
