"""Formats that packages bring: the documented one, installed with real metadata; one that fails; one that changes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPO, Make

DOCS = (REPO / "docs/formats.md").read_text("utf-8")
MODULE, METADATA, MAPPING = re.findall(r"```(?:python|toml)\n(.*?)\n```", DOCS, re.S)[:3]
PAGE = """---
title: Your pump
---
A pump gives *one* medicine & no other.
## Each day
* Look at the skin
=> index.md Back to the start
> Call us
```
code <b>
```
"""


def installed(folder: Path, module: str = MODULE, name: str = "acme_gemtext") -> Path:
    """A package as an installer leaves it: the module, and its metadata with the entry points."""
    points = re.sub(r"\[project\.entry-points\.\"([\w.]+)\"\]", r"[\1]", METADATA).replace('"', "")
    folder.mkdir(exist_ok=True)
    (folder / "gemtext.py").write_text(module, "utf-8")
    (folder / f"{name}-1.0.dist-info").mkdir(exist_ok=True)
    (folder / f"{name}-1.0.dist-info/METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (folder / f"{name}-1.0.dist-info/entry_points.txt").write_text(points, "utf-8")
    return folder


def site(make: Make, text: str = PAGE) -> Path:
    root = make({"index.md": "# Home\n\nText", "pump.gmi": text})
    settings = root / "pyproject.toml"
    settings.write_text(f"{settings.read_text('utf-8')}\n{MAPPING}\n", "utf-8")
    return root


def run(root: Path, plugin: Path | None, *words: str) -> tuple[int, str]:
    """What the program says, with a plug-in beside it: a process of its own, as a person has it."""
    paths = [str(REPO), *([str(plugin)] if plugin else [])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *words, "--root", str(root)],
        capture_output=True, text=True, env=environment, cwd=root.parent, check=False, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_the_documented_format(make: Make, tmp_path: Path) -> None:
    """Its pages are extracted, published and audited; pybabel finds the same; a new version of it is not answered with the old one's
    reading; without it the settings say what is missing."""
    root, plugin = site(make), installed(tmp_path / "plugin")
    code, said = run(root, plugin, "update")
    assert code == 0, said
    template = (root / "locale/messages.pot").read_text("utf-8")
    for text in (
        "Your pump",
        "A pump gives *one* medicine & no other.",
        "Each day",
        "Look at the skin",
        "Back to the start",
    ):
        assert f'msgid "{text}"' in template
    assert "code <b>" not in template and "#. heading 2 (plain)" in template
    assert run(root, plugin, "build")[0] == 0
    html = (root / "dist/en/pump/index.html").read_text("utf-8")
    assert "A pump gives *one* medicine &amp; no other." in html and '<a href="../index.html"' in html
    assert '<h2 id="each-day"' in html and "<pre" in html and "code &lt;b&gt;" in html
    assert (code := run(root, plugin, "audit"))[0] == 0, code
    babel = "from pipeline.core.settings import load; import io; from importlib.metadata import entry_points; "
    babel += "f = open('source/pump.gmi', 'rb'); [e] = entry_points(group='babel.extractors', name='acme-gemtext'); "
    babel += "print([m[2] for m in e.load()(f, (), (), {'keys': ['title']})])"
    environment = {**os.environ, "PYTHONPATH": f"{REPO}{os.pathsep}{plugin}"}
    done = subprocess.run(
        [sys.executable, "-c", babel], capture_output=True, text=True, env=environment, cwd=root, check=True
    )
    assert "Look at the skin" in done.stdout
    installed(
        plugin,
        MODULE.replace('line.removeprefix(mark).strip(), "", ""', 'line.removeprefix(mark).strip().upper(), "", ""'),
    )
    assert run(root, plugin, "update")[0] == 0
    assert 'msgid "LOOK AT THE SKIN"' in (root / "locale/messages.pot").read_text("utf-8")
    code, said = run(root, None, "check")
    assert code != 0 and "acme-gemtext" in said and "pyproject.toml:" in said and "install that package" in said


def test_a_file_that_an_installed_format_would_read_is_named(make: Make, tmp_path: Path) -> None:
    root = make({"index.md": "# Home\n\nText", "pump.gmi": PAGE})
    _, said = run(root, installed(tmp_path / "plugin"), "check")
    assert "source/pump.gmi:1: warning [unread-page] The format `acme-gemtext` reads such files" in said
    assert "pump.gmi" not in run(root, None, "check")[1]


FAILING = [
    (MODULE.replace("    code = None\n", "    raise KeyError(path)\n"), "KeyError", "source/pump.gmi:1"),
    (MODULE.replace("    return Document(\n        path,", "    return Document(\n        'other',"), "another file", "source/pump.gmi:1"),
    (MODULE.replace("    return Document(", "    return dict(path=path) or Document("), "gave a dict", "source/pump.gmi:1"),
    (MODULE.replace('FORMAT = Format(read, (".gmi",))', "FORMAT = read"), "brings no Format", "source/pump.gmi:1"),
    (MODULE.replace('(".gmi",)', '".gmi"'), "is '.gmi', and no tuple", "source/pump.gmi:1"),
    (f"import sys\nsys.exit(3)\n{MODULE}", "SystemExit: 3", "source/pump.gmi:1"),
    (MODULE.replace("    code = None\n", "    raise SystemExit(path)\n"), "SystemExit", "source/pump.gmi:1"),
    (f"import nothing_of_this_name\n{MODULE}", "cannot be loaded", "source/pump.gmi:1"),
]  # fmt: skip


@pytest.mark.parametrize(("module", "said", "place"), FAILING)
def test_a_format_that_fails_is_one_error(make: Make, tmp_path: Path, module: str, said: str, place: str) -> None:
    """It names the plug-in and the file, and nothing is written."""
    root = site(make)
    code, found = run(root, installed(tmp_path / "plugin", module), "update")
    assert code != 0 and "acme-gemtext" in found and said in found and place in found, found
    assert "Traceback" not in found and found.count("acme-gemtext") == 1
    assert not (root / "locale/messages.pot").exists()
