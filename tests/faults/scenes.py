"""Sites with work for each verb that writes: made once by the very commands their people would run, copied for each try."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from pipeline.cli.main import main
from pipeline.core.disk import DRAFT, SWAP
from pipeline.site import publish
from tests.conftest import lay_out, translate
from tests.sites import on

PAGE = """---
title: Pump
---

# Pump

The pump sits under the skin of your abdomen.

Take 5 mg at night.

Rest for a few days after the refill.

Call us when it beeps.

## Later

Come back after four weeks.
"""
SPANISH = {
    "Pump": "Bomba",
    "The pump sits under the skin of your abdomen.": "La bomba está debajo de la piel del abdomen.",
    "Take 5 mg at night.": "Tome 5 mg por la noche.",
    "Rest for a few days after the refill.": "Descanse unos días después de la recarga.",
    "Call us when it beeps.": "Llámenos cuando suene.",
    "Later": "Después",
    "Come back after four weeks.": "Vuelva después de cuatro semanas.",
    "Other": "Otra",
    "Nothing here.": "Nada aquí.",
}
FRENCH = {
    "Pump": "Pompe",
    "The pump sits under the skin of your abdomen.": "La pompe se trouve sous la peau de votre abdomen.",
    "Take 5 mg at night.": "Prenez 5 mg le soir.",
    "Call us when it beeps.": "Appelez-nous quand elle sonne.",
}
EDITS = (
    ("your abdomen.", "your abdomen!"),  # looks: a signature goes along
    ("Take 5 mg", "Take 50 mg"),
    ("Come back after four weeks.", "Come back soon."),
    ("Call us when it beeps.\n\n", ""),
    ("## Later\n", "Avoid magnets.\n\n## Later\n"),
)
SECOND = EDITS[-1][1].split("\n")[0]
SIGNS = ("--qualification", "certified medical translator")
PO = "locale/es/LC_MESSAGES/messages.po"


def run(root: Path, *words: str) -> int:
    """A verb on a site, in this process, without a word."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as said:
        code = main([words[0], "--root", str(root), *words[1:]])
    assert code in {0, 1}, (words, said.getvalue())
    return code


KEPT: dict[tuple[str, int], tempfile.TemporaryDirectory[str]] = {}
"""The sites that others begin with, each with its store."""


def often(make: Callable[[Path], None]) -> Callable[[Path], None]:
    """Have a site that many scenes begin with be made once in a process, with a store of its own, and copied for each of them."""

    def begun(root: Path) -> None:
        key = make.__name__, publish.LARGE
        if key not in KEPT:
            KEPT[key] = tempfile.TemporaryDirectory()
            with store(Path(KEPT[key].name, "store")):
                make(Path(KEPT[key].name, "site"))
        home, to = Path(KEPT[key].name), os.environ.get("LOCKSTEP_STORE", "off")
        subprocess.run(["cp", "-a", str(home / "site"), str(root)], check=True)
        if to != "off":
            shutil.copytree(home / "store", to, dirs_exist_ok=True)

    return begun


@often
def signed(root: Path) -> None:
    """Two languages translated, the pages signed in both and by a clinician in English, and built."""
    with on(0):
        lay_out(root, {"index.md": PAGE, "other.md": "# Other\n\nNothing here.\n"}, locales=("es", "fr"))
        (root / "source/card.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
        translate(root, SPANISH)
        translate(root, FRENCH, "fr")
    with on(1):
        for locale, role, name in (("es", "reviser", "Omar"), ("fr", "reviser", "Lea"), ("en", "clinician", "Ida")):
            run(root, "review", locale, "index", "--as", role, "--by", name, *SIGNS)
        run(root, "build")


def edited(root: Path, edits: tuple[tuple[str, str], ...] = EDITS) -> None:
    path = root / "source/index.md"
    text = path.read_text()
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)


RULE = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'


def grown(root: Path) -> None:
    """A signed site after edits of all kinds, with a language more and a catalog that a translator has just begun."""
    signed(root)
    edited(root)
    path = root / "pyproject.toml"
    path.write_text(path.read_text().replace('"fr"]', '"fr", "de", "it"]'))
    begun = root / "locale/it/LC_MESSAGES/messages.po"
    begun.parent.mkdir(parents=True)
    begun.write_text('msgid ""\nmsgstr ""\n"Language: it\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n' + RULE)


def changed_back(root: Path) -> None:
    """A site whose English was edited, brought into step, and edited back and crosswise."""
    signed(root)
    edited(root)
    with on(2):
        run(root, "update")
    edited(
        root, (("Take 50 mg", "Take 5 mg"), ("your abdomen!", "your abdomen."), ("Come back soon.", "Avoid magnets."))
    )


@often
def in_step(root: Path) -> None:
    signed(root)
    edited(root, EDITS[:3])
    with on(2):
        run(root, "update")


def built_twice(root: Path) -> None:
    """A site in step whose last build had a build before it to take over from, one page of which is there no more."""
    signed(root)
    (root / "source/old.md").write_text("# Old\n")
    with on(2):
        run(root, "build")
    edited(root, EDITS[:2])
    (root / "source/old.md").unlink()
    with on(2):
        run(root, "update")
        run(root, "build")
    edited(root, EDITS[2:3])
    with on(2):
        run(root, "update")


def superseded(root: Path) -> None:
    """Texts that are obsolete and that nobody signed for, what their English became having a translation of its own."""
    with on(0):
        lay_out(root, {"index.md": PAGE}, locales=("es", "fr"))
        translate(root, SPANISH)
        translate(root, FRENCH, "fr")
    edited(root, EDITS[1:3])
    with on(1):
        run(root, "update")
        translate(root, {"Take 50 mg at night.": "Tome 50 mg por la noche.", "Come back soon.": "Vuelva pronto."})
        translate(root, {"Take 50 mg at night.": "Prenez 50 mg le soir."}, "fr")
        run(root, "update")


def everywhere(root: Path) -> None:
    """A number replaced in all files at once, the catalogs and the ledgers among them, and a text that moved as well."""
    signed(root)
    edited(root, EDITS[:1])
    with on(1):
        run(root, "update")
    for path in [*root.glob("source/*.md"), *root.glob("locale/**/*.po*"), *root.glob("locale/**/*.txt")]:
        path.write_text(path.read_text().replace("Take 5 mg", "Take 50 mg"))


def named(root: Path) -> None:
    """Pages whose titles are to name them, and one of them under another file."""
    with on(0):
        lay_out(root, {"index.md": "# Home\n", "a.md": "# Pump\n\nCall us.\n"}, extra='slugs = "translated"')
        translate(root, {"Pump": "Bomba"})
        run(root, "update")
        translate(root, {"Pump": "Bomba nueva"})
    (root / "source/a.md").rename(root / "source/b.md")


def contradicted(root: Path) -> None:
    """A catalog whose header another tool wrote: one form for each text, and another character set."""
    in_step(root)
    path = root / PO
    text = re.sub(r"^msgstr\[[1-9]\] .*\n", "", path.read_text(), flags=re.M)
    text = re.sub(r"nplurals=.*;", "nplurals=1; plural=0;", text, count=1)
    text = text.replace("charset=UTF-8", "charset=windows-1252").replace("→", ">")
    path.write_bytes(text.encode("windows-1252"))


def unbuilt(root: Path) -> None:
    in_step(root)
    shutil.rmtree(root / "dist")


def wrong(root: Path) -> None:
    """A translation of which a check complains."""
    signed(root)
    path = root / PO
    path.write_text(path.read_text().replace("Llámenos cuando suene.", "Llámenos cuando suene."[:-1]))
    with on(2):
        run(root, "update")


def wrong_twice(root: Path) -> None:
    """The same in two languages."""
    signed(root)
    for name, text in (("es", "Llámenos cuando suene."), ("fr", "Appelez-nous quand elle sonne.")):
        path = root / PO.replace("es", name, 1)
        path.write_text(path.read_text().replace(text, text[:-1]))
    with on(2):
        run(root, "update")


def torn(root: Path) -> None:
    """Three catalogs as git gives them."""
    signed(root)
    body = (root / PO).read_text()
    (root / "base.po").write_text(body)
    (root / "ours.po").write_text(body.replace("Llámenos", "Llame"))
    (root / "theirs.po").write_text(body.replace("Descanse", "Repose"))


def unreadable(root: Path) -> None:
    """The same where one cannot be read by entry, so that git merges by lines."""
    torn(root)
    path = root / "base.po"
    path.write_text(path.read_text() + "\nbroken\n")


def parts(root: Path) -> None:
    """A build in two parts, to be joined over an older one."""
    in_step(root)
    with day():
        run(root, "build", "--shard", "1/2")
        run(root, "build", "--shard", "2/2")


def reported(root: Path) -> None:
    in_step(root)
    (root / "report.json").write_text("an older one")


def parts_of_old(root: Path) -> None:
    """The same after a translation was mended."""
    parts(root)
    path = root / PO
    path.write_text(path.read_text().replace("Llámenos", "Llame"))


def foreign(root: Path) -> None:
    """A site with edits that no update has heard of, and the catalog of another tool beside it: texts that are here, that are
    like one that is here, and that are nowhere."""
    with on(0):
        lay_out(root, {"index.md": PAGE}, locales=("es", "fr"))
        translate(root, FRENCH, "fr")
    edited(root, EDITS[1:3])
    texts = {f"{english}\n": text for english, text in SPANISH.items()} | {"Gone for good.": "Se fue."}
    (root / "theirs.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        + "".join(
            f"msgid {json.dumps(one)}\nmsgstr {json.dumps(other, ensure_ascii=False)}\n\n"
            for one, other in texts.items()
        )
    )


def copied(root: Path) -> None:
    """A site with edits that no update has heard of, and a translated copy of its page beside it, of the former English."""
    with on(0):
        lay_out(root, {"index.md": PAGE}, locales=("es", "fr"))
        translate(root, FRENCH, "fr")
    text = PAGE
    for english, spanish in SPANISH.items():
        text = text.replace(english, spanish)
    (root / "theirs").mkdir()
    (root / "theirs/index.md").write_text(text)
    edited(root, EDITS[1:3])


def noticed(root: Path) -> None:
    """Official notices that wait to be bound."""
    in_step(root)
    (root / "locale/official").mkdir()
    for name in ("es", "en", "fr"):
        (root / f"locale/official/help.{name}.txt").write_text(f"Help: {name}\n")


def nothing(root: Path) -> None:
    root.mkdir()


def line_of(root: Path, path: str = PO) -> str:
    """The line of an entry of which a check complains, and the check."""
    out = StringIO()
    with redirect_stdout(out), on(3):
        main(["check", "--root", str(root)])
    found = re.search(rf"({path}:\d+): \w+ \[(end|punctuation|ending[\w-]*|[\w-]+)\] ", out.getvalue())
    assert found, out.getvalue()
    return f"{found[1]} {found[2]}"


def asked(root: Path) -> None:
    """A text that a translator asked about."""
    in_step(root)
    with on(3):
        run(root, "ask", "index#pump.2", "How many?", "--by", "Ana", "--locale", "es")


def question_of(root: Path) -> str:
    """The id of the question that was asked."""
    found = re.search(r'"question": "(\w+)"', (root / "locale/questions.jsonl").read_text())
    assert found
    return found[1]


Words = Callable[[Path], list[str]]


def verb(*words: str) -> Words:
    return lambda root: [words[0], "--root", str(root), *words[1:]]


def accepting(root: Path) -> list[str]:
    *lines, check = (root / ".complaint").read_text().split()
    return ["accept", "--root", str(root), *lines, "--check", check, "--by", "Omar", "--reason", "right all the same"]


def merging(root: Path) -> list[str]:
    return ["merge-driver", *(str(root / f"{name}.po") for name in ("base", "ours", "theirs")), PO]


def sent(root: Path) -> None:
    """A site of which a catalog went to another tool, which an engine filled there; then the English was edited."""
    signed(root)
    with on(1):
        run(root, "export", "-l", "fr", "--format", "xliff1", "-o", str(root / "fr.xlf"))
    path = root / "fr.xlf"
    for english, french in (("Later", "Plus tard"), ("Come back after four weeks.", "Revenez dans quatre semaines.")):
        source = f"<source>{english}</source>"
        assert f'{source}<target state="new"></target>' in path.read_text()
        text = path.read_text().replace(f'{source}<target state="new">', f'{source}<target state="translated">{french}')
        path.write_text(text)
    edited(root, EDITS[1:])  # looks alone would have a second line in the ledger, of the signature that goes along


def importing(root: Path) -> list[str]:
    return ["import", "--root", str(root), str(root / "fr.xlf"), "--origin", "machine", "--engine", "Marvin"]


WHOLE = re.compile(r"(dist|\.lockstep/pseudo/dist|dist-shard-[^/]*|check-shard-[^/]*|new-site/templates)(?=/)")
"""The folders that are old or new as one."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A site and a verb that has something to write in it. `again`: it may be run as often as one likes; others are run again
    only where nothing came of them. `around`: what else is so in this scene."""

    make: Callable[[Path], None]
    words: Words
    again: bool = True
    around: Callable[[], AbstractContextManager[object]] = nullcontext


@contextmanager
def large() -> Iterator[None]:
    """Whatever its size, a site is one whose names `publish` keeps from one build to the next."""
    before, publish.LARGE = publish.LARGE, 0
    try:
        yield
    finally:
        publish.LARGE = before


SCENES: Mapping[str, Scene] = {
    "update": Scene(grown, verb("update")),
    "update back": Scene(changed_back, verb("update")),
    "update everywhere": Scene(everywhere, verb("update")),
    "update addresses": Scene(named, verb("update")),
    "update headers": Scene(contradicted, verb("update", "--mend-headers")),
    "extract": Scene(grown, verb("extract")),
    "build": Scene(in_step, verb("build")),
    "build anew": Scene(unbuilt, verb("build")),
    "build in processes": Scene(in_step, verb("build", "--jobs", "2")),
    "build of a large site": Scene(built_twice, verb("build"), around=large),
    "pseudo": Scene(in_step, verb("pseudo")),
    "shard": Scene(in_step, verb("build", "--shard", "1/2")),
    "shard anew": Scene(parts_of_old, verb("build", "--shard", "1/2")),
    "check shard": Scene(in_step, verb("check", "--shard", "1/2")),
    "report": Scene(reported, lambda root: ["check", "--root", str(root), "--report", f"sarif={root / 'report.json'}"]),
    "join": Scene(parts, verb("join")),
    "review": Scene(in_step, verb("review", "es", "index", "--as", "clinician", "--by", "Ida", *SIGNS)),
    "review void": Scene(in_step, verb("review", "es", "index", "--void", "--by", "Lee", "--note", "wrong side")),
    "media": Scene(in_step, verb("review", "es", "index#pump.1", "--into", "card.svg"), again=False),
    "decide": Scene(
        in_step,
        verb(
            "decide", "index#later.1", "--meaning-unchanged", "--by", "Ann Lee", "--second", "Bo Chen", "--reason", "r"
        ),
        again=False,
    ),
    "recall": Scene(in_step, verb("recall", "index#pump.2", "--by", "Ann", "--reason", "wrong dose")),
    "brief": Scene(
        in_step, lambda root: ["brief", "es", "--root", str(root), "--format", "html", "-o", str(root / "brief.html")]
    ),
    "ask": Scene(in_step, verb("ask", "index#pump.2", "How many?", "--by", "Ana", "--locale", "es")),
    "answer": Scene(
        asked,
        lambda root: ["answer", "--root", str(root), question_of(root), "One a day.", "--by", "Bo"],
    ),
    "accept": Scene(wrong, accepting, again=False),
    "accept in two languages": Scene(wrong_twice, accepting, again=False),
    "handout": Scene(
        in_step, lambda root: ["handout", "index", "--root", str(root), "-l", "es", "-o", str(root / "paper.html")]
    ),
    "official": Scene(noticed, verb("official", "--bind", "help.es.txt", "help.en.txt", "--by", "Ida")),
    "init": Scene(nothing, lambda root: ["init", str(root / "new-site"), "--locales", "es,fr,it"]),
    "add": Scene(in_step, verb("add", "it", "ar")),
    "adopt": Scene(foreign, lambda root: ["adopt", str(root / "theirs.po"), "--root", str(root), "--write"]),
    "adopt pages": Scene(
        copied, lambda root: ["adopt", "--root", str(root), "--write", "--pages", f"es={root / 'theirs'}"]
    ),
    "prune": Scene(superseded, verb("prune", "--days", "1", "--write")),
    "import": Scene(sent, importing),
    "export": Scene(in_step, lambda root: ["export", "--root", str(root), "-l", "es", "-o", str(root / "es.xlf")]),
    "merge-driver": Scene(torn, merging, again=False),
    "merge-driver by lines": Scene(unreadable, merging, again=False),
}
"""The verbs that write. Named twice where they write in another way."""


def made(name: str, home: Path) -> Path:
    """The site of a scene, below `home`, as it is before each try."""
    root = home / "before"
    with SCENES[name].around():
        SCENES[name].make(root)
    if name == "accept":
        (root / ".complaint").write_text(line_of(root))
    if name == "accept in two languages":
        french, spanish = line_of(root, PO.replace("es", "fr", 1)), line_of(root)
        (root / ".complaint").write_text(f"{french.split()[0]} {spanish}")
    for folder in root.rglob("__pycache__"):
        shutil.rmtree(folder)
    return root


def copied(root: Path, to: Path) -> Path:
    """A copy of a site for one try; what no verb writes is linked."""
    subprocess.run(["cp", "-a", str(root), str(to)], check=True)
    return to


def tree(root: Path) -> dict[str, bytes]:
    """Every file of a site and its bytes, but for those that have a hidden name for a while, and for the names of `dist/` that
    wait for the next build: which those are is no promise."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not left_over(name) and not name.startswith(".lockstep/dist/"):
            found[name] = path.read_bytes()
    return found


HIDDEN = re.compile(r"(^|/)\.(dist-new|dist-old|templates-new|(dist|check)-shard-[\w-]+\.new)(/|$)")


def left_over(name: str) -> bool:
    """Whether a path is one of those that a run uses while it writes."""
    return name.endswith((DRAFT, SWAP)) or bool(HIDDEN.search(name))


def left(root: Path) -> list[str]:
    """What a run left behind."""
    return sorted(
        name for path in root.rglob("*") if left_over(name := path.relative_to(root).as_posix()) and path.is_file()
    )


def units(files: Mapping[str, bytes]) -> dict[str, object]:
    """What of a site is old or new as one: each file, but for folders that are exchanged."""
    found: dict[str, object] = {}
    for name, body in files.items():
        if match := WHOLE.match(name):
            folder = found.setdefault(match[0], {})
            assert isinstance(folder, dict)
            folder[name] = body
        else:
            found[name] = body
    return found


@contextmanager
def day(number: int = 9) -> Iterator[None]:
    """A day on which everything happens, so that two runs write the same; and a store of its own for each try."""
    with on(number):
        yield


@contextmanager
def store(folder: Path) -> Iterator[None]:
    before = os.environ.get("LOCKSTEP_STORE")
    os.environ["LOCKSTEP_STORE"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["LOCKSTEP_STORE"]
        else:
            os.environ["LOCKSTEP_STORE"] = before
