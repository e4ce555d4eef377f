"""The first hour, walked through as it is written."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from pipeline.cli.main import main
from tests.conftest import REPO

STEPS = re.compile(
    r"(?:^(?P<before>[^\n`]*(?:`[^`\n]+`[^\n`]*)*):\n\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.M | re.S
)


def test_the_first_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    done: list[str] = []
    shown = {}
    for step in STEPS.finditer((REPO / "docs/first-hour.md").read_text("utf-8")):
        kind, body, before = step["kind"], step["body"], step["before"] or ""
        if kind == "po":
            path = Path("locale/es/LC_MESSAGES/messages.po")
            asked = body.replace(body.splitlines()[1], 'msgstr ""')
            assert path.read_text("utf-8").count(asked) == 1
            path.write_text(path.read_text("utf-8").replace(asked, body), "utf-8")
        elif kind != "sh":
            path = Path(re.findall(r"`([^`]+)`", before)[0])
            assert path.parent.is_dir(), path
            path.write_text(body, "utf-8")
        for line in body.splitlines() if kind == "sh" else ():
            program, *words = shlex.split(line)
            done.append(line)
            if program == "cd":
                monkeypatch.chdir(words[0])
            elif program == "git":
                subprocess.run([program, *words], check=True, capture_output=True)
            else:
                assert program == "lockstep" and main(words) == 0, (line, capsys.readouterr())
            if line == "lockstep build":
                page = Path("dist/es/guide/index.html")
                shown[len(done)] = page.read_text("utf-8") if page.exists() else ""
    first, untranslated, translated, grave, more, designed = shown.values()
    assert not first and "Tome la pastilla" not in untranslated and "notice" in untranslated
    assert "Tome la pastilla <strong>con agua</strong>" in translated
    assert "Tome la pastilla" not in grave and "Do not take" in grave
    assert Path("dist/ar/guide/index.html").exists() and more and "Published by the clinic." in designed
    assert "lockstep impact" in done and "lockstep audit" in done
