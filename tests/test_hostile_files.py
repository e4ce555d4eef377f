"""Files that are no files: links out of the site, links without end, pipes, devices, and more than anybody can read.

Whatever stands where a file of the site is due: no byte from outside reaches a page or a report, nothing waits and nothing is
rewritten; the file is named, and the rest goes on.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.core import inputs
from pipeline.core.errors import LockstepError
from tests.conftest import REPO, lay_out, once, project_of, read_tree, translate, updated

SECRET = "root:x:0:0:hunter2"
PO = "locale/es/LC_MESSAGES/messages.po"
FILES = {
    "pyproject.toml": "",
    "source/care.md": "# Care\n\nRest well.\n",
    "source/site.yaml": "",
    "includes/note.md": "Eat well.\n",
    "source/pump.png": "\x89PNG",
    "source/pump.png.made-from": "",
    "mkdocs.yml": "site_name: A\n",
    "sidebars.js": "module.exports = {}\n",
    "book.toml": '[output.html.redirect]\n"a.html" = "care.html"\n',
    "_redirects": "/a /care/\n",
    "docusaurus.config.js": "redirects: [{from: '/a', to: '/care/'}]\n",
    "hugo.toml": '[permalinks]\nnews = "/:title/"\n',
    "_config.yml": "permalink: pretty\n",
    "source/_category_.json": "{}",
    "rspress.config.ts": "export default {}\n",
    "conf.py": "exclude_patterns = []\n",
    ".vitepress/config.mts": "export default {}\n",
    "templates/parts.html": "",
    "templates/static/logo.svg": "<svg/>",
    "locale/messages.pot": "",
    "locale/places.txt": "",
    "locale/edits.jsonl": "",
    "locale/recalls.jsonl": "",
    "locale/questions.jsonl": "",
    "locale/glossary.yaml": "protected:\n  - morphine\n",
    "locale/es/former.jsonl": "",
    "locale/es/reviews.jsonl": "",
    "locale/es/exceptions.yaml": "exceptions: []\n",
    PO: "",
}
"""Every kind of file that a site is read from."""


def out(path: Path, secret: Path) -> None:
    path.symlink_to(secret)


def chain(path: Path, secret: Path) -> None:
    """A link to a link inside the site that leads out of it, by a relative way."""
    middle = path.parent / ".middle"
    middle.symlink_to(os.path.relpath(secret, path.parent))
    path.symlink_to(middle.name)


def endless(path: Path, secret: Path) -> None:
    path.symlink_to("/dev/zero")


def circle(path: Path, secret: Path) -> None:
    path.symlink_to(path.name)


def nothing(path: Path, secret: Path) -> None:
    path.symlink_to("nowhere")


def pipe(path: Path, secret: Path) -> None:
    os.mkfifo(path)


def bound(path: Path, secret: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(path.parent)  # the name of a socket is short
        try:
            one.bind(path.name)
        finally:
            os.chdir(here)


def folder(path: Path, secret: Path) -> None:
    path.mkdir()


def huge(path: Path, secret: Path) -> None:
    with path.open("wb") as file:
        file.truncate(inputs.most_of(path.name) + 1)


ODD: list[Callable[[Path, Path], None]] = [out, chain, endless, circle, nothing, pipe, bound, folder, huge]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    return laid_out(tmp_path / "site")


@once
def laid_out(root: Path) -> None:
    """A site with a file of each kind, translated, in step."""
    pages = {"index.md": '# Home\n\nStop the pump.\n\n--8<-- "note.md"\n', "care.md": FILES["source/care.md"]}
    lay_out(root, pages, extra='dialect = ["mkdocs", "hugo", "jekyll", "vitepress", "myst", "rspress"]\n')
    (root / "includes").mkdir()
    (root / "includes/note.md").write_text(FILES["includes/note.md"])
    translate(root, {"Stop the pump.": "Pare la bomba.", "Rest well.": "Descanse bien."})
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(text)
    updated(root)


@pytest.mark.parametrize("put", ODD, ids=lambda put: put.__name__)
def test_whatever_stands_where_a_file_is_due(site: Path, put: Callable[[Path, Path], None], tmp_path: Path) -> None:
    for name in FILES:
        root = tmp_path / "copy"
        shutil.copytree(site, root)
        (root / name).unlink()
        put(root / name, tmp_path / "secret")
        try:
            inputs.read(root, name)
            raise AssertionError(f"{name} was read")
        except LockstepError as problem:
            assert str(problem.path) == name and problem.todo, name
        shutil.rmtree(root)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("put", [out, pipe, huge], ids=lambda put: put.__name__)
def test_verbs_name_the_file_and_go_on(
    site: Path, name: str, put: Callable[[Path, Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if put is huge and inputs.most_of(name) == inputs.LARGEST and name.startswith("templates/static"):
        pytest.skip("read as it is published, by the same reader")
    (site / name).unlink()
    put(site / name, tmp_path / "secret")
    before = read_tree(site / "locale")
    said = ""
    for verb in ("check", "update", "build", "status", "verify"):
        capsys.readouterr()
        code = main([verb, "--root", str(site)])
        printed = "".join(capsys.readouterr())
        assert code in {0, 1, 2}, (verb, printed)
        assert SECRET not in printed, verb
        said += printed
    assert name in said
    for path, body in read_tree(site / "locale").items():
        assert before.get(path, body) == body or path.endswith("places.txt"), path
    assert not any(SECRET.encode() in body for body in read_tree(site / "dist").values())


@pytest.mark.parametrize("name", ["locale", "locale/es", "locale/es/LC_MESSAGES", "source", "templates"])
def test_a_folder_that_leads_out(site: Path, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.move(site / name, tmp_path / "elsewhere")
    (site / name).symlink_to(tmp_path / "elsewhere")
    before = read_tree(tmp_path / "elsewhere")
    codes = [main([verb, "--root", str(site)]) for verb in ("check", "update", "build")]
    assert 0 < min(codes) <= max(codes) < 3, codes
    assert "link out of the site" in "".join(capsys.readouterr())
    assert read_tree(tmp_path / "elsewhere") == before


def test_links_inside_the_site_are_followed(site: Path) -> None:
    (site / "locale/shared.yaml").write_text("protected:\n  - fentanyl\n")
    (site / "locale/glossary.yaml").unlink()
    (site / "locale/glossary.yaml").symlink_to("shared.yaml")
    assert project_of(site).glossary.names[0].english == "fentanyl"
    shutil.copytree(site / "locale/es", site / "catalogs")
    shutil.rmtree(site / "locale/es")
    (site / "locale/es").symlink_to("../catalogs")
    assert main(["check", "--root", str(site)]) == 0


@pytest.mark.parametrize("name", [PO, "locale/glossary.yaml", "locale/es/reviews.jsonl", "locale/es/exceptions.yaml"])
def test_no_line_of_what_is_no_catalog_is_quoted(site: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A link inside the site may lead to a file that holds a secret, too."""
    (site / ".env").write_text(f"{SECRET}\nTOKEN hunter2\n")
    (site / name).unlink()
    (site / name).symlink_to(os.path.relpath(site / ".env", (site / name).parent))
    for verb in ("check", "build", "status"):
        main([verb, "--root", str(site)])
    assert "hunter2" not in "".join(capsys.readouterr())
    assert not any(b"hunter2" in body for body in read_tree(site / "dist").values())


def test_a_site_is_read_by_one_reader_alone() -> None:
    """Who opens a file on a way of its own reads what git, dist/, the store or the program have, and no site."""
    others = {
        "core/disk.py", "core/inputs.py", "core/cache.py", "core/git.py", "core/seen.py", "site/publish.py", "site/standing.py", "commands/audit/audit.py",
        "commands/shard.py", "build/shards.py", "commands/init.py", "cli/streams.py", "commands/recall.py", "commands/merge_driver.py", "catalog/bundled.py", "core/starter.py",
        "commands/audit/badges.py", "commands/audit/search.py", "commands/browser.py", "core/plugins.py", "core/installed.py", "desk/app.py", "site/search.py", "site/status.py",
    }  # fmt: skip
    home = REPO / "pipeline"
    own = {
        path.relative_to(home).as_posix()
        for path in home.rglob("*.py")
        if re.search(r"\bread_(?:bytes|text)\(|\bdisk\.read\(|\bos\.open\(", path.read_text("utf-8"))
    }
    assert (
        own
        - {
            "cli/main.py",
            "rewording/expressions.py",
            "commands/init.py",
            "text/acts/__init__.py",
            "text/languages/__init__.py",
            "text/lexicon.py",
            "text/respelling.py",
        }
        - {"rewording/medical.py", "rewording/thesaurus.py"}
        <= others
    ), own - others
