"""What translation platforms are told: each file as its reader parses it, and a problem matcher that fits what is printed."""

from __future__ import annotations

import configparser
import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from pipeline.cli.main import main
from tests.conftest import REPO, Make


@pytest.fixture
def site(make: Make) -> Path:
    root = make(
        {"index.md": "[See](nowhere.md)\n"}, locales=("es", "pt_BR", "zh_Hans"), extra='report-bugs = "ask@example.org"'
    )
    main(["update", "--root", str(root)])
    return root


def told(site: Path, name: str, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["platform", name, "-C", str(site)]) == 0
    return capsys.readouterr().out


def test_weblate(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (one,) = json.loads(told(site, "weblate", capsys))
    assert one["report_source_bugs"] == "ask@example.org" and one["new_lang"] == "none"
    found = sorted(path.parts[-3] for path in site.glob(one["filemask"]))
    assert found == ["es", "pt_BR", "zh_Hans"] and all(re.match(one["language_regex"], name) for name in found)
    assert (site / one["new_base"]).exists()


def test_pontoon(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = tomllib.loads(told(site, "pontoon", capsys))
    assert said["locales"] == ["es", "pt-BR", "zh-Hans"]
    found = {tag: path["l10n"].format(locale=tag) for path in said["paths"] for tag in path["locales"]}
    assert list(found) == said["locales"] and all((site / path["reference"]).exists() for path in said["paths"])
    assert all((site / path).exists() for path in found.values()), "in the folders that there are"


def test_crowdin(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (one,) = yaml.safe_load(told(site, "crowdin", capsys))["files"]
    names = one["languages_mapping"]["locale_with_underscore"]
    assert names == {"es-ES": "es", "pt-BR": "pt_BR", "zh-CN": "zh_Hans"}
    for name in names.values():
        assert (site / one["translation"].lstrip("/").replace("%locale_with_underscore%", name)).exists()


def test_transifex(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = configparser.RawConfigParser()
    said.read_string(told(site, "transifex", capsys))
    mapped = dict(pair.split(": ") for pair in said["main"]["lang_map"].split(", "))
    assert mapped == {"zh-Hans": "zh_Hans"}
    assert (site / said[said.sections()[1]]["file_filter"].replace("<lang>", mapped["zh-Hans"])).exists()


def test_the_problem_matcher_reads_what_is_printed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pattern = json.loads((REPO / "docs/problem-matcher.json").read_text())["problemMatcher"][0]["pattern"][0]
    capsys.readouterr()
    main(["check", "--select", "link", "-C", str(site)])
    (found,) = re.findall(pattern["regexp"], capsys.readouterr().out, re.MULTILINE)
    assert found[:4] == ("source/index.md", "1", "warning", "link")
