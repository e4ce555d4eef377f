"""What deciding by what changed is worth: `python bench/severity.py [--material DIR] [--seed N] [--quick]`.

On real updates of public catalogs: how many entries Babel's update and msgmerge leave fuzzy, and how many of those stay
live here. On real pages edited by a seeded editor, so that the truth is known: who pairs an edited message with the right
old one. And the seconds of our update of all languages beside msgmerge's, in one run.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import polib
from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.pofile import read_po

from pipeline.catalog import po_entry, po_file
from pipeline.catalog.po_entry import Entry
from pipeline.catalog.po_file import Catalog
from pipeline.catalog.template import entries
from pipeline.changes import align, occurrences
from pipeline.changes import merge as update
from pipeline.changes.edit_log import Log
from pipeline.changes.lineage import Known, lineage_of
from pipeline.content import markdown
from pipeline.core import locales, settings
from pipeline.core.model import Key, Message, Severity, Span
from pipeline.core.states import State
from pipeline.text import similarity

REPO = Path(__file__).resolve().parent.parent
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
ES = locales.make("es")
BABEL = 60
"""Babel's update compares each new message with each old one: catalogs with more new ones than this would take an hour."""
DATED = re.compile(rb"(POT-Creation-Date|PO-Revision-Date): [^\\]*")  # Babel stops at other tools' dates
SITE = settings.Settings(REPO, locales.make("en"), (ES,))


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def normal(path: Path) -> bytes:
    """A catalog as gettext reads it: real ones are sometimes broken, or lack a header."""
    done = subprocess.run(["msgcat", "--no-wrap", str(path)], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 and done.stdout else path.read_bytes()


# Real updates ----------------------------------------------------------------------------------------------------


def replays(material: Path) -> Iterator[tuple[str, Path, Path, list[Path]]]:
    """Each real update: its name, the old and the new template, the old catalogs."""
    for folder in sorted((material / "replay").glob("*/*")):
        old, new = sorted(folder.glob("old.*.pot")), sorted(folder.glob("new.*.pot"))
        catalogs = sorted(folder.glob("old.*.po"))
        if old and new and catalogs:
            yield f"{folder.parent.name}/{folder.name}", old[0], new[0], catalogs


def real(material: Path, *, quick: bool) -> Counter[str]:
    """The fuzzies of three tools on real updates, summed over folders and languages."""
    total: Counter[str] = Counter()
    print(
        f"{'real update':<28}{'languages':>10}{'lineage':>9}{'cosmetic':>9}   fuzzy: {'Babel':>7}{'msgmerge':>9}{'ours':>7}   {'carried':>8}"
    )
    for name, old_path, new_path, catalogs in replays(material):
        old, new = po_file.parse("old.pot", normal(old_path)), po_file.parse("new.pot", normal(new_path))
        found = align.edits(occurrences.of_template(old), occurrences.of_template(new), Log(), "2026-01-01")
        log = Log(found)
        row: Counter[str] = Counter(languages=len(catalogs))
        row["lineage"] = sum(1 for edit in found if edit.how in {"edited", "split", "merged"})
        row["cosmetic"] = sum(1 for e in found if e.how == "edited" and e.severity is Severity.COSMETIC)
        row["moved"] = sum(1 for e in found if e.how == "moved")
        for path in catalogs:
            say(f"  {name} {path.name}")
            try:
                row.update(one_language(path, old, new, new_path, log, quick=quick))
            except subprocess.CalledProcessError:
                say(f"    left out: gettext refuses {path.name}")
        total.update(row)
        print(
            f"{name:<28}{row['languages']:>10}{row['lineage']:>9}{row['cosmetic']:>9}          {row['babel'] if not quick else '-':>7}{row['msgmerge']:>9}{row['ours']:>7}   {row['carried']:>8}"
        )
    return total


def one_language(path: Path, old: Catalog, new: Catalog, new_path: Path, log: Log, *, quick: bool) -> Counter[str]:
    """The fuzzies that this update makes in one catalog, by tool: those whose old message stood in the old template.

    (Some catalogs lag behind their template by several updates; what they offer for that is nobody's edit.)
    """
    body = normal(path)
    before = po_file.parse(path.name, body)
    known = {entry.key.msgid for entry in old.entries}
    owner = {entry.strings[0]: entry.key.msgid for entry in before.live().values() if entry.translated}
    stays = {entry.key.msgid for entry in before.entries}
    made = update.update(new, {"es": before}, SITE, log)["es"]
    by_key = Known((entry.key, entry) for entry in sorted(made.entries, key=lambda e: not e.obsolete))
    states: dict[str, State] = {}
    for entry in made.live().values():
        now = lineage_of(entry, log, by_key)
        if entry.key.msgid not in stays and now.made_for.msgid in known:
            states[entry.key.msgid] = now.state
    ours = {msgid for msgid, state in states.items() if state in {State.STALE, State.SUGGESTED}}
    carried = {msgid for msgid, state in states.items() if state is State.CARRIED}
    row: Counter[str] = Counter(map(str, states.values()))
    merged = {m for m, text in fuzzies(msgmerge(body, normal(new_path))) if owner.get(text) in known and m not in stays}
    row.update(ours=len(ours), msgmerge=len(merged), msgmerge_live=len(merged & carried))
    if not quick and len([entry for entry in new.entries if entry.key.msgid not in stays]) <= BABEL:
        row.update(ours_beside_babel=len(ours))
        theirs = {m for m, text in babel(body, normal(new_path)) if owner.get(text) in known and m not in stays}
        row.update(babel=len(theirs), babel_live=len(theirs & carried))
    kept = {entry.key: entry for entry in before.live().values() if entry.translated and not entry.fuzzy}
    live = made.live()
    row["kept"] = sum(1 for key in kept if key in live)
    row["lost"] = sum(1 for key, entry in kept.items() if key in live and live[key].strings != entry.strings)
    return row


def msgmerge(old: bytes, template: bytes) -> bytes:
    """What msgmerge makes of a catalog."""
    with tempfile.TemporaryDirectory() as folder:
        one, two = Path(folder) / "old.po", Path(folder) / "new.pot"
        one.write_bytes(old)
        two.write_bytes(template)
        return subprocess.run(
            ["msgmerge", "-q", "--previous", "--no-wrap", str(one), str(two)], capture_output=True, check=True
        ).stdout


def fuzzies(body: bytes) -> set[tuple[str, str]]:
    """The live fuzzy entries of a catalog, msgid and msgstr."""
    found = polib.pofile(body.decode(errors="replace"), wrapwidth=0)
    return {(e.msgid, e.msgstr) for e in found if "fuzzy" in e.flags and not e.obsolete}


def babel(old: bytes, template: bytes) -> set[tuple[str, str]]:
    """The live fuzzy entries that Babel's update leaves."""
    found = [m for m in babel_update(old, template) if m.id and m.fuzzy and m.string]
    return {(str(m.id), str(m.string)) for m in found if isinstance(m.id, str)}


def babel_update(old: bytes, template: bytes) -> BabelCatalog:
    old, template = (DATED.sub(rb"\1: 2026-01-01 00:00+0000", body) for body in (old, template))
    with contextlib.redirect_stdout(sys.stderr):
        made = read_po(io.BytesIO(old), ignore_obsolete=False, abort_invalid=False)
        made.update(read_po(io.BytesIO(template), abort_invalid=False))
    return made


# Known truth -----------------------------------------------------------------------------------------------------

Pages = dict[str, list[str]]
KINDS = {
    "punctuation": 22, "case": 8, "markup": 7, "link": 7, "words": 30, "heavy": 10, "number": 6.6, "negation": 3.4,
    "split": 4, "merge": 4, "move": 10, "insert": 10, "decoy": 10, "delete": 8,
}  # fmt: skip
"""What editors do, in parts: the first eight as in 1,806 edits of a public course (44 % looks, 40 % wording, 10 % grave)."""


def corpus(material: Path) -> Pages:
    """The messages of 198 real pages, in reading order."""
    folder = material / "rust-by-example" / "src"
    found = {}
    for path in sorted(folder.rglob("*.md")):
        document = markdown.read(path.relative_to(folder).as_posix(), path.read_text("utf-8"), ())
        texts = [message.key.msgid for message in document.messages()]
        if texts:
            found[path.relative_to(folder).as_posix()] = texts
    return found


def edited(pages: Pages, rng: random.Random, share: float) -> tuple[Pages, dict[str, tuple[str, set[str]]]]:
    """The pages after an editor changed `share` of their messages, and the truth: new text → kind of edit, right old texts."""
    every = [text for texts in pages.values() for text in texts]
    count = Counter(every)
    new: Pages = {page: list(texts) for page, texts in pages.items()}
    truth: dict[str, tuple[str, set[str]]] = {}
    known = set(every)
    lone = [
        (page, text) for page, texts in pages.items() for text in texts if count[text] == 1 and len(text.split()) > 3
    ]
    for page, text in rng.sample(lone, int(len(every) * share)):
        kind, texts = rng.choices(list(KINDS), list(KINDS.values()))[0], new[page]
        at = texts.index(text) if text in texts else -1
        if at < 0:
            continue
        made = changed(kind, text, every, rng)
        if kind == "delete":
            texts.pop(at)
        elif kind == "move":
            texts.pop(at)
            there = rng.choice([page, rng.choice(sorted(new))])
            new[there].insert(rng.randint(0, len(new[there])), text)
        elif kind == "merge" and at + 1 < len(texts) and texts[at + 1] in known and count[texts[at + 1]] == 1:
            both = f"{text} {texts[at + 1]}"
            truth[both] = (kind, {text, texts[at + 1]})
            texts[at : at + 2] = [both]
        elif kind in {"insert", "decoy"} and not known & set(made):
            texts[at + 1 : at + 1] = made
            truth |= {one: (kind, set()) for one in made}
        elif (
            kind not in {"merge", "insert", "decoy"} and made and not known & set(made) and not truth.keys() & set(made)
        ):
            texts[at : at + 1] = made
            truth |= {one: (kind, {text}) for one in made}
    return new, truth


def changed(kind: str, text: str, every: list[str], rng: random.Random) -> list[str]:
    """The texts that one edit makes of a text; none where this kind does not apply."""
    words, other = text.split(), rng.choice(every).split()
    at = rng.randrange(len(words))
    match kind:
        case "words":
            words[at : at + rng.choice([0, 1, 1, 2])] = rng.sample(other, min(len(other), rng.choice([1, 1, 2])))
        case "number":
            words.insert(at, str(rng.randint(2, 99)))
        case "punctuation":
            words[-1] = words[-1][:-1] if words[-1][-1] in ".:!" else f"{words[-1]}."
        case "case":
            words[at] = words[at].capitalize() if words[at].islower() else words[at].lower()
        case "link":
            return [text.replace("](", "](new/", 1)] if "](" in text and "](http" not in text else []
        case "markup":
            return [text.replace("**", "_")] if "**" in text else [f"{text[:-1]}" if text[-1] == "." else f"{text}."]
        case "negation":
            words.insert(at, rng.choice(["not", "never", "no"]))
        case "heavy":
            half = rng.sample(range(len(words)), len(words) // 2)
            words = [rng.choice(other) if place in half else word for place, word in enumerate(words)]
        case "split":
            parts = text.split(". ", 1)
            return [f"{parts[0]}.", parts[1]] if len(parts) == 2 and min(map(len, parts)) > 15 else []
        case "insert":
            return [" ".join([*other, *rng.sample(words, 2)])]
        case "decoy":
            decoy = rng.choice(every).split()
            decoy[rng.randrange(len(decoy))] = rng.choice(words)
            return [" ".join(decoy)]
    made = " ".join(words)
    return [made] if made != text else []


def messages(pages: Pages) -> list[Message]:
    return [
        Message(Key(None, text), Span(f"source/{page}", 1), kind="paragraph")
        for page in sorted(pages)
        for text in pages[page]
    ]


def paired_by_us(old: Pages, new: Pages) -> tuple[dict[str, str], int]:
    """New text → the old one whose translation our update puts in its entry, by lineage only; and how many are fuzzy."""
    before, after = messages(old), messages(new)
    log = Log(align.edits(occurrences.of_messages(before), occurrences.of_messages(after), Log(), "2026-01-01"))
    found = numbered(before)
    template = Catalog(
        "t.pot", po_entry.fresh(Entry(Key(None, ""), (HEAD,))), entries=tuple(map(po_entry.fresh, entries(after)))
    )
    made = update.update(template, {"es": found}, SITE, log)["es"]
    known = Known((entry.key, entry) for entry in sorted(made.entries, key=lambda e: not e.obsolete))
    live = [entry for entry in made.live().values() if entry.translated]
    pairs = [
        (entry.key.msgid, now)
        for entry in live
        if (now := lineage_of(entry, log, known)).state in {State.STALE, State.CARRIED}
    ]
    return {msgid: now.made_for.msgid for msgid, now in pairs}, sum(entry.fuzzy for entry in live)


def numbered(found: list[Message]) -> Catalog:
    """A catalog in which every message has a translation of its own."""
    made = [po_entry.fresh(e._replace(strings=(f"t{at}",))) for at, e in enumerate(entries(found))]
    return Catalog(
        "es.po",
        po_entry.fresh(Entry(Key(None, ""), ("Content-Type: text/plain; charset=UTF-8\n",))),
        entries=tuple(made),
    )


def paired_by_likeness(old: Pages, new: Pages) -> tuple[dict[str, str], int]:
    """The same by similarity alone: best first, each old message once."""
    before, after = ({Key(None, text) for texts in pages.values() for text in texts} for pages in (old, new))
    found: dict[str, str] = {}
    taken = set()
    for match in similarity.similar(sorted(after - before), sorted(before - after)):
        if match.new.msgid not in found and match.old not in taken:
            found[match.new.msgid] = match.old.msgid
            taken.add(match.old)
    return found, len(found)


def texts_of(pages: Pages) -> tuple[bytes, dict[str, str]]:
    made = numbered(messages(pages))
    return made.text().encode(), {entry.strings[0]: entry.key.msgid for entry in made.entries}


def paired_by_msgmerge(old: Pages, new: Pages) -> tuple[dict[str, str], int]:
    body, owner = texts_of(old)
    found = fuzzies(msgmerge(body, texts_of(new)[0]))
    return {msgid: owner[text] for msgid, text in found if text in owner}, len(found)


def paired_by_babel(old: Pages, new: Pages) -> tuple[dict[str, str], int]:
    body, owner = texts_of(old)
    found = babel(body, texts_of(new)[0])
    return {msgid: owner[text] for msgid, text in found if text in owner}, len(found)


def known_truth(material: Path, seed: int, share: float, *, quick: bool) -> None:
    """Who pairs right, wrong, or not at all, by kind of edit."""
    pages = corpus(material)
    new, truth = edited(pages, random.Random(seed), share)
    tools = {"ours": paired_by_us, "similarity": paired_by_likeness, "msgmerge": paired_by_msgmerge}
    if not quick:
        tools["Babel"] = paired_by_babel
    print(
        f"\nknown truth: {sum(map(len, pages.values()))} messages of {len(pages)} pages, {len(truth)} new texts, seed {seed}, share {share:.0%}"
    )
    print(f"{'':<14}" + "".join(f"{name + ' right wrong none':>28}" for name in tools))
    results, fuzzy = {}, {}
    for name, tool in tools.items():
        say(f"  pairing: {name}")
        pairs, fuzzy[name] = tool(pages, new)
        results[name] = scored(pairs, truth)
    for kind in ["edited", *dict.fromkeys(kind for kind, _ in truth.values())]:
        cells = []
        for found in results.values():
            right, wrong, none = (found[kind, how] for how in ("right", "wrong", "none"))
            whole = max(1, right + wrong + none)
            cells.append(f"{right:>8} {right / whole:>5.0%}{wrong:>6}{none:>6}")
        print(f"{kind:<14}" + "".join(f"{cell:>28}" for cell in cells))
    print("fuzzy entries: " + ", ".join(f"{name} {count}" for name, count in fuzzy.items() if name != "similarity"))


def scored(found: Mapping[str, str], truth: Mapping[str, tuple[str, set[str]]]) -> Counter[tuple[str, str]]:
    """Right, wrong and none by kind of edit; `edited` sums the kinds that have a right answer. A half of a split may go without."""
    score: Counter[tuple[str, str]] = Counter()
    for text, (kind, right) in truth.items():
        got = found.get(text)
        how = ("none" if right else "right") if got is None else "right" if got in right else "wrong"
        score[kind, how] += 1
        if right:
            score["edited", how] += 1
    return score


# Time ------------------------------------------------------------------------------------------------------------


def seconds(material: Path) -> None:
    """Our update of all languages of the real update that has most beside msgmerge's, three runs each, the fastest."""
    name, old_path, new_path, every = max(replays(material), key=lambda found: len(found[3]))
    catalogs = [
        path
        for path in every
        if subprocess.run(["msgfmt", "-o", "/dev/null", str(path)], capture_output=True, check=False).returncode == 0
    ]
    old, new = po_file.parse("old.pot", normal(old_path)), po_file.parse("new.pot", normal(new_path))
    loaded = {f"l{at}": po_file.parse(path.name, normal(path)) for at, path in enumerate(catalogs)}
    site = replace(SITE, locales=tuple(replace(ES, name=key) for key in loaded))

    def ours() -> None:
        log = Log(align.edits(occurrences.of_template(old), occurrences.of_template(new), Log(), "2026-01-01"))
        for made in update.update(new, loaded, site, log).values():
            made.text()

    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{at}.po" for at in range(len(catalogs))]
        for path, source in zip(paths, catalogs, strict=True):
            path.write_bytes(normal(source))
        template = Path(folder) / "new.pot"
        template.write_bytes(normal(new_path))

        def theirs() -> None:
            for path in paths:
                subprocess.run(["msgmerge", "-q", "-o", "/dev/null", str(path), str(template)], check=True)

        one, other = fastest(ours), fastest(theirs)
    print(
        f"\nupdate of {name}, {len(catalogs)} languages: ours {one:.2f} s (one diff, all languages), msgmerge {other:.2f} s: {one / other:.2f} times"
    )


def fastest(run: object) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        run()  # type: ignore[operator]
        times.append(time.perf_counter() - start)
    return min(times)


def percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "-"


def main(words: Iterable[str] | None = None) -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--material", type=Path, default=REPO.parent / "shared" / "data")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--share", type=float, default=0.1, help="share of the messages that are edited")
    arguments.add_argument("--quick", action="store_true", help="leave out Babel, which takes minutes")
    given = arguments.parse_args(None if words is None else list(words))
    if not (given.material / "replay").is_dir() or shutil.which("msgmerge") is None:
        sys.exit(f"This needs the real material at {given.material} and gettext's msgmerge.")
    total = real(given.material, quick=given.quick)
    print(
        f"in all: ours {total['ours']} new fuzzies, msgmerge {total['msgmerge']}, Babel {total['babel'] or '-'}; carried, not fuzzy: {total['carried']}\n"
        f"(Babel's are those of catalogs with few new messages; ours in the same ones: {total['ours_beside_babel'] or '-'})\n"
        f"of msgmerge's fuzzies live here {percent(total['msgmerge_live'], total['msgmerge'])}, of Babel's {percent(total['babel_live'], total['babel'])}; "
        f"ours by state: stale {total['stale']}, suggested {total['suggested']}\n"
        f"translations whose message stayed or moved: {total['kept']}, lost {total['lost']}; moved between files: {total['moved']}"
    )
    known_truth(given.material, given.seed, given.share, quick=given.quick)
    seconds(given.material)


if __name__ == "__main__":
    main()
