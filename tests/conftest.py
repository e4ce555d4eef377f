"""What every test may use: small real sites in real folders, and the material that is not committed."""

from __future__ import annotations

import functools
import gc
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from pipeline.catalog import po_entry, po_file
from pipeline.cli.main import RARELY
from pipeline.commands import build, update
from pipeline.commands.init import patterns, text_of
from pipeline.core import cache, clock, disk
from pipeline.core.locales import make as locales_of
from pipeline.core.model import Finding
from pipeline.project import project
from pipeline.project.project import Project

REPO = Path(__file__).parent.parent
SHARED = REPO.parent / "shared" / "data"
MEMORY, ROOM = Path("/dev/shm"), 8 << 30
"""Where Linux keeps files in memory, and the bytes that have to be free there; a run of all tests takes less than one of them in ten."""


def in_memory() -> bool:
    """Whether tests may write their files in memory: there is room for them, and programs may be run there."""
    try:
        found = os.statvfs(MEMORY)
    except (AttributeError, OSError):
        return False
    return found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & os.ST_NOEXEC and os.access(MEMORY, os.W_OK)


gc.set_threshold(*RARELY)  # as in every run of the program; the tests themselves are many, and stay
if in_memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))  # so pytest calls where its temporary folders are

settings.register_profile(
    "default",
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("soak", deadline=None, max_examples=5000, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
"""Whether there is time."""


@pytest.fixture(scope="session", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A store for the whole run of the tests, as a person has it; LOCKSTEP_STORE=off tests without."""
    os.environ.setdefault("LOCKSTEP_STORE", str(tmp_path_factory.mktemp("store")))


@pytest.fixture(scope="session", autouse=True)
def unsynced() -> Iterator[None]:
    """No disk is waited for: what a run of the tests writes need not outlast a power failure. That files are synced, and when, the laws of
    power see by the calls (`tests/faults`); the programs that tests start wait for the disk as everybody's do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", asked)
        patch.setattr(disk, "syncfs", asked)
        yield


def asked(handle: int) -> None:
    """What a call that syncs a file does with a handle that is none: it raises OSError."""
    os.fstat(handle)


def material(name: str) -> Path:
    """A folder of real material, or a clear skip where it is not at hand (it is not committed)."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the real material {name} is not beside this checkout")
    return path


Make = Callable[..., Path]
MAPPINGS = text_of("settings.toml", name="", locales="", dialect="", pages=patterns(()), html="")


TWO = "people:\n" + "".join(
    f"  - name: {name}\n    may: [decide, recall]\n"
    for name in (
        "Ana",
        "Ana Ruiz",
        "Omar",
        "Omar Haddad",
        "Lee",
        "Gil",
        "Ann Lee",
        "Bo",
        "Bo Chen",
        "Ann",
        "Cy",
        "A",
        "Rui",
        "Li",
    )
)
"""Who counts where two people are needed; for all else anybody may speak."""


def lay_out(
    root: Path,
    pages: Mapping[str, str],
    *,
    locales: tuple[str, ...] = ("es",),
    data: str = "name: Site\n",
    extra: str = "",
    templates: Path | None = None,
    notices: bool = True,
) -> Path:
    """Write a site: pages by name under source/, `data` as site.yaml, the repository's own templates.

    The `notices` are translated from the start, so that the languages are published.
    """
    root.mkdir(parents=True, exist_ok=True)
    names = ", ".join(f'"{name}"' for name in locales)
    mappings = MAPPINGS.partition("# What is translated")[2]
    (root / "pyproject.toml").write_text(
        f'[project]\nname = "t"\nversion = "0"\n\n[tool.lockstep]\nlocales = [{names}]\n{extra}\n# What is translated{mappings}',
        "utf-8",
    )
    for name, text in {**pages, "site.yaml": data}.items():
        path = root / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    (root / "people.yaml").write_text(TWO, "utf-8")
    if not (root / "templates").exists():
        shutil.copytree(templates or REPO / "templates", root / "templates")
    for name in locales if notices else ():
        path = root / "locale" / name / "LC_MESSAGES" / "messages.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(translated_notices(name), "utf-8")
    return root


def without_notices(root: Path) -> Path:
    """Give a site notices that need no translation: its languages are published whatever their catalogs hold."""
    said = "{% macro notice(kind, id, since, date, lang, dir, plain) %}<p class='notice' id='{{ id }}'>{{ kind }}</p>{% endmacro %}"
    empty = "{% macro disclosed(figures, about) %}{% endmacro %}{% macro vouched(role, date) %}{% endmacro %}"
    (root / "templates/notices.html").write_text(said + empty)
    return root


@functools.cache
def translated_notices(name: str) -> str:
    """A catalog in which only the notices are translated, without which a language is not published; made up where we have none."""
    made = locales_of(name)
    ours = REPO / "locale" / name / "LC_MESSAGES" / "messages.po"
    found = po_file.parse("x.po", (ours if ours.exists() else REPO / "locale/es/LC_MESSAGES/messages.po").read_bytes())
    bundled = REPO / "pipeline/catalog/interface" / f"{name.partition('_')[0]}.po"
    known = (
        {entry.key: entry.strings for entry in po_file.parse("y.po", bundled.read_bytes()).entries}
        if bundled.exists() and not ours.exists()
        else {}
    )
    count = int(re.search(r"nplurals=(\d)", made.plurals)[1])  # type: ignore[index]
    lines = [
        f'msgid ""\nmsgstr ""\n"Language: {name}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: {made.plurals}\\n"\n'
    ]
    for entry in found.entries:
        if "templates/notices.html" not in entry.references or entry.obsolete:
            continue
        context = f"msgctxt {po_entry.quote(entry.key.context)}\n" if entry.key.context else ""
        strings = known.get(entry.key, entry.strings)
        strings = (strings * count)[:count] if entry.plural else strings
        text = f"#: templates/notices.html\n{context}msgid {po_entry.quote(entry.key.msgid)}\n"
        if entry.plural:
            text += f"msgid_plural {po_entry.quote(entry.plural)}\n"
            text += "".join(f"msgstr[{at}] {po_entry.quote(string)}\n" for at, string in enumerate(strings))
        else:
            text += f"msgstr {po_entry.quote(strings[0])}\n"
        lines.append(text)
    return "\n".join(lines)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Lay out a site in a fresh folder."""
    return lambda pages, **rest: lay_out(tmp_path / "site", pages, **rest)


def once(lay: Callable[[Path], object]) -> Callable[[Path], Path]:
    """Have a site that many tests begin with be made once in a process, in a folder of its own, and copied for each of them."""
    made: list[tempfile.TemporaryDirectory[str]] = []

    def copied(root: Path) -> Path:
        if not made:
            home = tempfile.TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))
            lay(Path(home.name, "site"))
            made.append(home)
        return Path(shutil.copytree(Path(made[0].name, "site"), root))

    copied.__name__, copied.__doc__ = lay.__name__, lay.__doc__
    return copied


def made_once(lay: Callable[[Make], object]) -> Callable[..., Path]:
    """The same of a fixture."""
    site = once(lambda root: lay(lambda pages, **rest: lay_out(root, pages, **rest)))

    def copied(tmp_path: Path) -> Path:
        return site(tmp_path / "site")

    copied.__name__, copied.__doc__ = lay.__name__, lay.__doc__
    return copied


def translate(root: Path, words: Mapping[str, str], locale: str = "es") -> Path:
    """Fill in translations as a translator would, in the catalog that `update` wrote."""
    updated(root)
    path = f"locale/{locale}/LC_MESSAGES/messages.po"
    found = po_file.load(root, path)
    from dataclasses import replace

    filled = tuple(
        po_entry.amended(
            entry,
            entry._replace(
                strings=(words[entry.key.msgid],),
                flags=tuple(f for f in entry.flags if f != "fuzzy"),
                previous=None,
            ),
        )
        if entry.key.msgid in words and not entry.obsolete
        else entry
        for entry in found.entries
    )
    po_file.save(root, replace(found, entries=filled))
    return root / path


def project_of(root: Path) -> Project:
    """The site in a folder, read now."""
    return project.load(root, clock.read(), store=cache.read())


def updated(root: Path) -> tuple[list[str], list[Finding]]:
    """Run `update`; returns the files written and what is wrong with others."""
    return update.update(project_of(root))


def built(root: Path) -> Project:
    """Build the site; returns it as read."""
    found = project_of(root)
    build.build(found)
    return found


class Events(HTMLParser):
    """An HTML text as a list of what a browser would see: tags with sorted attributes, and text with white space folded."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append(("<", tag, *sorted(f"{name}={value or ''}" for name, value in attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.events.append((">", tag))

    def handle_data(self, data: str) -> None:
        if self.events and self.events[-1][0] == "text":
            data = self.events.pop()[1] + data
        self.events.append(("text", data))

    def handle_comment(self, data: str) -> None:
        self.events.append(("comment", " ".join(data.split())))

    def handle_decl(self, decl: str) -> None:
        self.events.append(("declaration", decl))

    def handle_pi(self, data: str) -> None:
        self.events.append(("instruction", data))

    unknown_decl = handle_decl


def seen(html: str) -> list[tuple[str, ...]]:
    """`html` as `Events`, white space folded, empty text dropped."""
    parser = Events()
    parser.feed(html)
    parser.close()
    folded = [
        ("text", re.sub(r"\s+", " ", event[1]).strip()) if event[0] == "text" else event for event in parser.events
    ]
    return [event for event in folded if event != ("text", "")]


VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905


def spoken(html: str) -> list[tuple[str, str]]:
    """`(language, text)` of every text node and translated attribute of a page, in the order of the page.

    Read by the standard library's parser and not by `html_text`: that is the audit's, whose honesty the laws test, too.
    """
    stack, found = [("", "")], []
    for kind, name, *attributes in seen(html):
        if kind == "<":
            given = dict(one.split("=", 1) for one in attributes)
            lang = given.get("lang") or stack[-1][1]
            worded = [given.get(one, "") for one in ("alt", "title", "aria-label", "placeholder")]
            worded += [given.get("content", "")] * (name == "meta" and given.get("name") == "description")
            found += [(lang, " ".join(text.split())) for text in worded if text]
            stack += [(name, lang)] * (name not in VOID)
        elif kind == ">":
            while len(stack) > 1 and stack.pop()[0] != name:
                pass
        elif kind == "text" and stack[-1][0] not in {"script", "style"}:
            found.append((stack[-1][1], name))
    return found


def made_of(html: str) -> Counter[str]:
    """Every element, attribute and URL of a page, less the marks of language and state that are ours to add."""
    found: Counter[str] = Counter()
    for event in seen(html):
        if event[0] == "<":
            found[f"<{event[1]}>"] += 1
            for attribute in event[2:]:
                name, _, value = attribute.partition("=")
                if name in {"lang", "dir", "data-state", "data-block", "aria-describedby", "alt", "title", "content"}:
                    continue
                found[f"{event[1]} {name}={value}" if name in {"href", "src"} else f"{event[1]} {name}"] += 1
        elif event[0] != "text" and event[0] != ">":
            found[" ".join(event)] += 1
    return found


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder and its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def lenient(root: Path) -> None:
    """Turn off, in a site's settings, every check that can be: for tests whose translations are made-up words."""
    from pipeline.checks import runner

    rules = "".join(
        f'\n[[tool.lockstep.checks]]\ncheck = "{check.code}"\nlevel = "off"\nstrict = "off"\n'
        for check in runner.checks()
        if not check.final
    )
    path = root / "pyproject.toml"
    path.write_text(path.read_text("utf-8") + rules, "utf-8")
