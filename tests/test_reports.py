"""Findings as other programs read them: each format read back by a reader of its own, whatever stands in the findings."""

from __future__ import annotations

import json
import os
import random
import re
import string
import subprocess
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import as_json, reports
from pipeline.cli.formats import REPORTS
from pipeline.cli.main import main
from pipeline.cli.reports import github, rows
from pipeline.core.model import Finding, Key, Level, Span
from tests.conftest import REPO, Make, translate

SCHEMA = [
    folder / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
    for folder in (REPO / ".nox/sarif", REPO)
]
MARKS = [
    "<b>x</b>",
    "</li>",
    "<img src=x>",
    "~~x~~",
    "[x](y)",
    "**x**",
    "_x_",
    "`",
    "| x |",
    "&lt;",
    "::error::",
    "]]>",
    "<!--",
]
LETTERS = st.one_of(
    st.characters(exclude_categories=["Cs"]), st.sampled_from("\r\n\t%:,|`<>&\"'[]*_#\\\x00\x1b\u2028\ufffe\udc80")
)
TEXTS = st.lists(st.one_of(st.text(LETTERS, max_size=9), st.sampled_from(MARKS)), max_size=5).map("".join)
PATHS = st.text(string.ascii_letters + "äé #%?:,/.", min_size=1, max_size=20).filter(
    lambda text: text.strip("/. ") != ""
)
SPANS = st.builds(Span, PATHS, st.integers(0, 10_000))
KEYS = st.builds(Key, st.none() | TEXTS, TEXTS.filter(bool))
FINDINGS = st.builds(
    Finding,
    st.sampled_from(["number", "unit-word", "link", "out-of-step"]),
    st.sampled_from(Level),
    TEXTS.filter(bool),
    SPANS,
    st.sampled_from(["", "es", "zh_Hans"]),
    st.none() | KEYS,
    st.none() | SPANS,
)
MANY = st.lists(FINDINGS, max_size=40)


def reported(
    found: list[Finding], gate: Level | None = Level.ERROR, said: tuple[tuple[str, str], ...] = ()
) -> rows.Report:
    return reports.report(Path("/nowhere"), found, gate, "Checked 3 pages.", said)


def test_every_format_is_a_file_and_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    files = {path.stem for path in Path(reports.__file__).parent.glob("*.py")} - {"__init__", "rows"}
    assert files == set(REPORTS)
    for verb in ("check", "ci"):
        with pytest.raises(SystemExit):
            main([verb, "--format", "nonsense"])
        said = capsys.readouterr().err
        assert all(name in said for name in REPORTS)
        with pytest.raises(SystemExit):
            main([verb, "--report", "sarif"])
        assert "FORMAT=FILE" in capsys.readouterr().err


@given(MANY, st.sampled_from([None, *Level]))
def test_gitlab_reads_one_entry_for_each_finding(found: list[Finding], gate: Level | None) -> None:
    read = json.loads(reports.written("gitlab", reported(found, gate)))
    assert len(read) == len(found)
    assert len({one["fingerprint"] for one in read}) == len(found), "GitLab shows one of those with the same"
    for one in read:
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= one.keys()
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert one["location"]["lines"]["begin"] >= 1 and not one["location"]["path"].startswith("./")


@given(MANY)
def test_sarif_holds_to_its_schema(found: list[Finding]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    path = next((path for path in SCHEMA if path.exists()), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("the schema of SARIF is not installed")
        pytest.skip("the schema of SARIF is not installed (npm install --prefix .nox/sarif @microsoft/jest-sarif)")
    read = json.loads(reports.written("sarif", reported(found, said=(("audit", "1: two\nlines"),))))
    validator = jsonschema.Draft4Validator(json.loads(path.read_text()))
    assert not list(validator.iter_errors(read))
    run = read["runs"][0]
    assert len(run["results"]) == len(found)
    for one in run["results"]:
        assert run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"]
        place = one["locations"][0]["physicalLocation"]
        assert re.fullmatch(r"[A-Za-z0-9_.~/%-]+", place["artifactLocation"]["uri"])
        assert unquote(place["artifactLocation"]["uri"]) in {
            path for finding in found for path in (finding.span.path, finding.source and finding.source.path)
        }


@given(MANY, st.sampled_from([None, *Level]))
def test_junit_is_xml_and_counts_right(found: list[Finding], gate: Level | None) -> None:
    top = ElementTree.fromstring(reports.written("junit", reported(found, gate, (("links", "2: mend"),))))
    over = sum(gate is not None and one.level >= gate for one in found) + 1
    assert int(top.attrib["failures"]) == len(top.findall(".//failure")) == over
    assert len(top.findall(".//testcase")) == int(top.attrib["tests"]) == len(found) + 1
    for suite in top:
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
        names = [case.attrib["name"] for case in suite]
        assert len(set(names)) == len(names)


@given(MANY, st.booleans())
def test_github_shows_no_more_than_it_can_and_says_how_many_more(found: list[Finding], said: bool) -> None:
    """Read back as the runner reads it; nothing in a finding is a command of its own."""
    lines = reports.written("github", reported(found, said=(("links", "2: mend"),) * said)).split("\n")
    commands = [line for line in lines if line.startswith("::")]
    counts = dict.fromkeys(("error", "warning", "notice"), 0)
    for line in commands:
        kind, rest = line[2:].split(" ", 1)
        values, _, text = rest.partition("::")
        assert {pair.split("=")[0] for pair in values.split(",")} <= {"file", "line", "title"} and "\r" not in text
        counts[kind] += 1
    assert max(counts.values()) <= github.SHOWN
    more = sum(int(line.split()[0]) for line in lines if " without an annotation" in line)
    assert sum(counts.values()) + more == len(found) + said


@given(MANY)
def test_markdown_shows_findings_as_text(found: list[Finding]) -> None:
    """Rendered by a Markdown that lets HTML through, nothing of a finding has become markup."""
    from markdown_it import MarkdownIt

    html = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .render(reports.written("markdown", reported(found)))
    )
    tags = set(re.findall(r"<([a-z0-9]+)", html))
    assert tags <= {"h3", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "code", "strong"}


@given(MANY, st.randoms(use_true_random=False))
def test_a_finding_is_known_by_the_same_mark_wherever_its_line_is(found: list[Finding], lot: random.Random) -> None:
    found = list({(one.code, one.locale, one.key or (one.span.path, one.text)): one for one in found}.values())
    moved = list(found)
    lot.shuffle(moved)
    moved = [
        Finding(one.code, one.level, one.text, Span(one.span.path, one.span.line + 7), one.locale, one.key, one.source)
        for one in moved
    ]
    assert {mark for _, mark in rows.marked(found)} == {mark for _, mark in rows.marked(moved)}


def test_what_a_pull_request_touches_comes_first_at_the_line_that_it_touches(
    make: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a site below the top of its repository: paths are the repository's."""
    root = make({"index.md": "# Home\n\nTake 5 mg.\n", "b.md": "# B\n\nTake 7 mg.\n"})
    translate(root, {"Take 5 mg.": "Tome 6 mg.", "Take 7 mg.": "Tome 8 mg."})
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(root.parent)]
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "one"], ["branch", "base"]):
        subprocess.run([*git, *words], check=True)
    (root / "source/index.md").write_text("# Home\n\nTake 5 mg.\n\nMore.\n")
    subprocess.run([*git, "commit", "-qam", "two"], check=True)
    subprocess.run([*git, "update-ref", "refs/remotes/origin/base", "base"], check=True)
    assert main(["check", "--root", str(root), "--format", "github"]) == 1
    first = capsys.readouterr().out.split("\n")[0]
    assert first.startswith("::error file=site/locale/es/LC_MESSAGES/messages.po,line=")
    monkeypatch.setenv("GITHUB_BASE_REF", "base")
    main(["check", "--root", str(root), "--format", "github"])
    first = capsys.readouterr().out.split("\n")[0]
    assert first.startswith("::error file=site/source/index.md,line=3,") and "messages.po:" in first


def test_a_report_is_written_beside_what_is_printed(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make({"index.md": "# Home\n\nTake 5 mg.\n"})
    translate(root, {"Take 5 mg.": "Tome 6 mg."})
    wanted = [f"--report={name}={tmp_path / name}" for name in REPORTS]
    for _ in range(2):  # also where the answer of the first run is known
        assert main(["check", "--root", str(root), *wanted]) == 1
        assert "Tome 6" not in capsys.readouterr().out
        for name in REPORTS:
            assert "5 mg" in (tmp_path / name).read_text()
            (tmp_path / name).unlink()
    assert main(["check", "--root", str(root), f"--report=sarif={tmp_path / 'no' / 'folder'}"]) == 2
    assert "could not be written" in capsys.readouterr().err


@given(MANY)
def test_json_carries_the_same_marks(found: list[Finding]) -> None:
    marks = [one["fingerprint"] for one in json.loads(as_json.findings(found))["findings"]]
    assert sorted(marks) == sorted(row.mark for row in reported(found).rows)
    assert [json.loads(line)["fingerprint"] for line in as_json.lines(found)] == marks


STYLED = "See the CTX scan: it is a piece of cake.\n\nTake .5 mg.\n"


def test_hints_about_style_stand_apart_and_fail_nothing(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """Nine of ten findings of a site were about its English, before what was wrong."""
    root = make({"index.md": STYLED}, locales=())
    assert main(["update", "--root", str(root)]) == 0
    capsys.readouterr()
    assert main(["check", "--fail-on", "warning", "--root", str(root)]) == 0
    found, hints = capsys.readouterr().out.split("\n\nHints about the English", 1)
    assert "[bare-decimal]" in found and "[idiom]" not in found and "1 info; 2 hints about the English" in found
    assert "[idiom]" in hints and "[acronym]" in hints and "[bare-decimal]" not in hints
    assert main(["check", "--fail-on", "info", "--ignore", "bare-decimal", "--root", str(root)]) == 0, (
        "no gate counts them"
    )
    capsys.readouterr()
    for form, apart in (
        ("markdown", "<details><summary>2 hints about"),
        ("github", "2 hints about the English without"),
    ):
        assert main(["check", "--format", form, "--root", str(root)]) == 0
        before, _, _ = capsys.readouterr().out.partition(apart)
        assert _ and "bare-decimal" in before and "idiom" not in before and "acronym" not in before
    for form in ("json", "sarif", "gitlab"):
        assert main(["check", "--format", form, "--root", str(root)]) == 0 and "idiom" in capsys.readouterr().out
    settings = root / "pyproject.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text + '\n[[tool.lockstep.checks]]\ncheck = "english-style"\nlevel = "off"\n', "utf-8")
    assert main(["check", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    assert "idiom" not in said and "hints about" not in said and "[bare-decimal]" in said
    settings.write_text(text + '\n[[tool.lockstep.checks]]\ncheck = "idiom"\nlevel = "error"\n', "utf-8")
    assert main(["check", "--root", str(root)]) == 1 and "error [idiom]" in capsys.readouterr().out
