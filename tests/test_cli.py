"""The door: verbs, formats and exit codes, as a person and as CI meet them."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import re
import shlex
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import console, verbs
from pipeline.cli.main import main
from pipeline.commands.init import SESSIONS
from pipeline.core.model import Finding, Key, Level, Span
from tests.conftest import REPO, Make, read_tree, translate

VERBS = [
    "extract", "add", "adopt", "update", "export", "import", "check", "desk", "serve", "lsp", "build", "pseudo", "handout", "join", "status", "brief", "ask", "answer", "ci", "impact", "decide", "accept", "review", "prune", "verify", "official", "recall", "policy",
    "audit", "init", "platform", "merge-driver", "completion",
]  # fmt: skip


def test_help_is_fast_and_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    assert re.findall(r"^    ([a-z-]+)(?:  |$)", text, re.MULTILINE) == VERBS and "Exit codes" in text
    heavy = subprocess.run(
        [sys.executable, "-c", "import sys, pipeline.cli.main as cli; cli.parser(); print(*sys.modules)"],
        capture_output=True, text=True, check=True, cwd=REPO,
    )  # fmt: skip
    loaded = {name for name in heavy.stdout.split() if name.startswith("pipeline")}
    beside = {name for name in loaded if not name.startswith("pipeline.cli")}
    assert beside == {"pipeline", "pipeline.core", "pipeline.core.errors"}
    assert not {"babel", "jinja2", "markdown_it", "rich", "polib", "yaml"} & {*heavy.stdout.split()}, "nothing heavy"


def test_a_verb_is_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Named as it is called; a further file is a further verb, at its place in the help."""
    for verb in verbs.every():
        assert verb.run.__module__ == f"pipeline.cli.verbs.{verb.name.replace('-', '_')}"
    (tmp_path / "greet.py").write_text(
        "from pipeline.cli.verb import Verb\n"
        "VERB = Verb(35, 'greet', 'say hello', 'More.', lambda given: print(given.root, given.format) or 7, formats=('text',))\n"
    )
    monkeypatch.setattr(verbs, "__path__", [*verbs.__path__, str(tmp_path)])
    assert main(["greet", "--root", "here"]) == 7
    assert capsys.readouterr().out == "here text\n"
    assert [verb.name for verb in verbs.every()] == [*VERBS[:7], "greet", *VERBS[7:]]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([verb, "--help"])
    assert stop.value.code == 0 and len(capsys.readouterr().out) > 200


def test_the_whole_day(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(make({"index.md": "---\ntitle: Home\n---\n\nText\n"}))
    assert main(["update", "--root", root]) == 0
    assert main(["check", "--root", root]) == 0
    assert main(["build", "--root", root]) == 0
    assert "Pages:" in capsys.readouterr().out
    assert main(["update", "--root", root]) == 0
    assert "nothing written" in capsys.readouterr().out
    assert main(["status", "--root", root, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["locales"]["es"]
    assert (
        sum(found["messages"][state] for state in ("translated", "stale", "untranslated", "unsafe"))
        == found["messages"]["total"]
    )
    assert (
        sum(found["words"][state] for state in ("translated", "stale", "untranslated", "unsafe"))
        == found["words"]["total"]
    )
    assert main(["status", "--root", root, "--pages"]) == 0


def test_check_formats_and_gate(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "Call us\n\n[x](nowhere.md)\n"})
    translate(root, {"Call us": "Llame <b>ya</b>"})
    assert main(["check", "--root", str(root)]) == 1
    assert "source/index.md:3: warning [link]" in capsys.readouterr().out
    assert main(["check", "--root", str(root), "--fail-on", "never"]) == 0
    capsys.readouterr()
    assert main(["check", "--root", str(root), "--format", "jsonl"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    row = next(row for row in rows if row["check"] == "brings")
    assert {"file", "line", "msgctxt", "msgid", "check", "level", "message", "source", "source_line"} <= set(row)
    assert (row["file"], row["level"], row["source"], row["source_line"]) == (
        "locale/es/LC_MESSAGES/messages.po",
        "error",
        "source/index.md",
        1,
    )
    assert main(["check", "--root", str(root), "--format", "json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["findings"]) == len(rows)


def test_a_share_can_be_asked_for(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "Text\n"}, extra="[tool.lockstep.gate]\ntranslated = { es = 100 }\n")
    assert main(["update", "--root", str(root)]) == 0
    assert main(["check", "--root", str(root)]) == 1
    assert "below-gate" in capsys.readouterr().out


CANNOT_RUN = [
    ("pyproject.toml", "[tool.lockstep]\nlocales = [\n", "not valid TOML"),
    (
        "pyproject.toml",
        '[tool.lockstep]\nlocales = ["../es"]\n',
        "pyproject.toml:2: [tool.lockstep] `locales` item 1 is a locale name",
    ),
    ("pyproject.toml", '[tool.lockstep]\nlocales = ["es", "es"]\n', "stands twice"),
    ("pyproject.toml", '[tool.lockstep]\nlocale = "es"\n', "is a table"),
    (
        "pyproject.toml",
        '[tool.lockstep]\n\nlanguages = ["es"]\n',
        "pyproject.toml:3: [tool.lockstep] `languages` is not a setting",
    ),
    ("pyproject.toml", '[tool.lockstep]\nlocales = []\nurl = "clinic"\n', "pyproject.toml:3: [tool.lockstep] `url`"),
    (
        "pyproject.toml",
        '[tool.lockstep]\nlocales = ["es"]\n[tool.lockstep.locale.fr]\nname = "x"\n',
        "pyproject.toml:3: [tool.lockstep.locale.fr] is not one of the languages in `locales`",
    ),
    ("pyproject.toml", '[tool.lockstep]\nlocales = ["es"]\n[tool.lockstep.gate]\nlevel = "all"\n', "pyproject.toml:4"),
    ("templates/page.html", "{% if %}", "templates/page.html:1: broken template"),
    ("templates/page.html", "\n{{ nothing.here }}", "templates/page.html:2: the template failed"),
]


@pytest.mark.parametrize(("name", "text", "said"), CANNOT_RUN)
def test_exit_2_says_where_and_what(
    make: Make, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str
) -> None:
    root = make({"index.md": "Text\n"})
    (root / name).write_text(text)
    assert main(["build", "--root", str(root)]) == 2
    assert said in capsys.readouterr().err
    assert not (root / "dist").exists()


def test_exit_2_without_a_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--root", str(tmp_path)]) == 2
    assert "lockstep init" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stop:
        main(["build", "--nonsense"])
    assert stop.value.code == 2


def test_exit_2_for_a_broken_source_or_catalog(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "Text\n"})
    (root / "source/bad.md").write_bytes(b"# caf\xe9\n")
    assert main(["extract", "--root", str(root)]) == 2
    assert "source/bad.md:1: error [unreadable] not UTF-8" in capsys.readouterr().out
    assert main(["build", "--root", str(root)]) == 1, "it is held back, and the rest is published"
    said = capsys.readouterr().err
    assert (
        "source/bad.md:1: error [unreadable] not UTF-8" in said
        and "Held back in every language: source/bad.md." in said
    )
    assert (root / "dist/en/index.html").exists() and not (root / "dist/en/bad").exists()
    assert main(["check", "--root", str(root)]) == 1
    assert main(["status", "--root", str(root)]) == 0
    (root / "source/bad.md").unlink()
    assert main(["update", "--root", str(root)]) == 0
    (root / "locale/es/LC_MESSAGES/messages.po").write_text("<<<<<<< ours\n")
    assert main(["update", "--root", str(root)]) == 2


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("index.md", b"---\ntitle: [A\n---\nText\n", 2),
        ("index.md", b"Text\n\n<!-- no end\n", 2),
        ("index.md", b"caf\xe9\n", 2),
        ("site.yaml", b"name: [x\n", 2),
        ("site.yaml", b"name: caf\xe9\n", 2),
    ],
)
def test_a_build_never_lacks_its_first_page_or_its_data(make: Make, name: str, body: bytes, code: int) -> None:
    root = make({"index.md": "Text\n", "other.md": "Other\n"})
    assert main(["build", "--root", str(root)]) == 0
    before = read_tree(root / "dist")
    (root / "source" / name).write_bytes(body)
    assert main(["build", "--root", str(root)]) == code
    assert code == 0 or read_tree(root / "dist") == before


@pytest.mark.parametrize("name", ["a\nb.md", "a\x1b.md", os.fsdecode(b"a\xff.md")])
def test_a_file_name_that_no_catalog_can_hold(make: Make, capsys: pytest.CaptureFixture[str], name: str) -> None:
    root = make({"index.md": "Text\n"})
    (root / "source" / name).write_text("# Hi\n")
    for verb in ("update", "build", "check"):
        assert main([verb, "--root", str(root)]) == 2
        assert f"{'source/' + name!a}: a file name" in capsys.readouterr().err


@pytest.mark.parametrize("epoch", ["99999999999999", "²", "now", "-1", "1.5", " 1"])
def test_a_source_date_that_is_none(
    make: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert main(["extract", "--root", str(make({"index.md": "Text\n"}))]) == 2
    assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--help"], ["check"], ["status"], ["build"]])
def test_an_ascii_terminal_is_no_bug(make: Make, words: list[str]) -> None:
    root = make({"index.md": "Don’t “stop” [x](nowhere…)\n"})
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *words, *(["--root", str(root)] if words != ["--help"] else [])],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(REPO), "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_status_says_how_it_counts(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(make({"index.md": "Text\n", "b.md": "Text\n"}))
    assert main(["status", "--root", root]) == 0
    assert "counts once" in capsys.readouterr().out


@pytest.mark.parametrize(("share", "text"), [(0, "0%"), (0.29, "29%"), (0.58, "58%"), (0.586, "58%"), (0.9999999999999, "99%"), (1, "100%")])  # fmt: skip
def test_percent(share: float, text: str) -> None:
    from pipeline.resolve.coverage import percent

    assert percent(share) == text


def test_check_says_which_catalog_is_out_of_step(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "Text\n"}, locales=("es", "fr"))
    assert main(["update", "--root", str(root)]) == 0
    path = root / "locale/fr/LC_MESSAGES/messages.po"
    path.write_text(path.read_text().replace('msgid "Text"\nmsgstr ""\n', ""))
    capsys.readouterr()
    assert main(["check", "--root", str(root), "--format", "jsonl", "--fail-on", "warning"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["file"] for row in rows if row["check"] == "out-of-step"] == ["locale/fr/LC_MESSAGES/messages.po"]
    assert main(["update", "--root", str(root)]) == 0
    assert main(["check", "--root", str(root), "--fail-on", "warning"]) == 0


def test_exit_3_is_our_bug(make: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import pipeline.content.pages

    monkeypatch.setattr(pipeline.content.pages, "read", lambda settings: 1 / 0)
    assert main(["build", "--root", str(make({"index.md": "x"}))]) == 3
    assert "Please report it" in capsys.readouterr().err


def test_exit_130_when_interrupted(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    import pipeline.content.pages

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline.content.pages, "read", interrupt)
    assert main(["build", "--root", str(make({"index.md": "x"}))]) == 130


FULL = "lockstep: standard output could not be written: No space left on device"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("words", "ends", "code", "said"),
    [
        (["check"], "> /dev/full", 2, FULL),
        (["status", "--format", "json"], "> /dev/full", 2, FULL),
        (["--help"], "> /dev/full", 2, FULL),
        (["build"], "> /dev/full 2> /dev/full", 2, ""),
        (["check"], "2> /dev/full", 0, ""),
        (["status"], ">&-", 0, ""),
        (["build"], ">&- 2>&-", 0, ""),
        (["check"], "> pipe", 141, ""),
        (["--help"], "> pipe", 141, ""),
    ],
)
def test_streams_that_fail_are_no_bug(make: Make, words: list[str], ends: str, code: int, said: str) -> None:
    """A full disk behind standard output, nobody who reads on, a stream that is closed."""
    root = make({"index.md": "x\n"})
    translate(root, {"x": "y"})
    where = [] if words == ["--help"] else ["--root", str(root)]
    command = " ".join(map(shlex.quote, [sys.executable, "-m", "pipeline", *words, *where]))
    if ends == "> pipe":  # closed before anything is written to it
        command = f"mkfifo pipe; (exec 3< pipe; sleep 0.1) & exec 4> pipe; wait; {command} >&4"
        ends = ""
    done = subprocess.run(
        ["bash", "-c", f"{command} {ends}"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(REPO)},
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr
    assert done.returncode == code and done.stderr.strip() == said, done


def test_init_lays_out_a_site_that_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "my-clinic"
    assert main(["init", str(root), "--locales", "es,ar"]) == 0
    assert 'locales = ["es", "ar"]' in (root / "pyproject.toml").read_text()
    assert main(["update", "--root", str(root)]) == 0
    assert main(["check", "--root", str(root)]) == 0
    assert main(["build", "--root", str(root)]) == 0
    spanish = (root / "dist/es/index.html").read_text()
    assert "Saltar al contenido" in spanish or "Ir al contenido" in spanish, "interface texts come translated"
    for path in (root / "templates").glob("*.html"):
        assert f'{{% extends "lockstep/{path.name}" %}}' in path.read_text(), "fixes of ours reach it"
    assert main(["audit", "--root", str(root)]) == 0 and main(["update", "--check", "--root", str(root)]) == 0
    compile((root / "noxfile.py").read_text(), "noxfile.py", "exec")
    listed = subprocess.run([sys.executable, "noxfile.py", "-l"], cwd=root, capture_output=True, text=True)
    assert [line.split()[0] for line in listed.stdout.splitlines()] == [*SESSIONS] and not listed.stderr
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    work = yaml.safe_load((root / ".github/workflows/pages.yml").read_text())
    runs = [shlex.split(os.path.expandvars(step["run"])) for step in work["jobs"]["pages"]["steps"] if "run" in step]
    assert [words[3] for words in runs] == ["ci", "impact", "build"]
    for words in runs:
        if words[3] != "impact":
            assert main([words[3], "--root", str(root), *words[5:]]) == 0, words
    assert "### Lockstep: passed" in (tmp_path / "summary.md").read_text()
    before = read_tree(root)
    assert main(["init", str(root), "--locales", "fr"]) == 0
    assert read_tree(root) == before, "what is there is left alone"
    for names in ("../x", "en", "es,en"):
        assert main(["init", str(tmp_path / "x"), "--locales", names]) == 2
        assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("name", ['a "b" \\ c', "a: #b", "é’s\x85 \x7f", "[x]", "tab\t", os.fsdecode(b"x\xff")])
def test_init_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    assert main(["init", str(tmp_path / name)]) == 0
    assert main(["build", "--root", str(tmp_path / name)]) == 0


def test_a_second_run_changes_nothing_in_git(tmp_path: Path) -> None:
    """On the sample site itself: the committed catalogs are in step."""
    copy = tmp_path / "site"
    copy.mkdir()
    for name in ("source", "locale", "templates", "pyproject.toml"):
        subprocess.run(["cp", "-r", str(REPO / name), str(copy)], check=True)
    before = read_tree(copy)
    for verb in ("extract", "update", "check", "build"):
        assert main([verb, "--root", str(copy)]) == 0
    after = {path: body for path, body in read_tree(copy).items() if not path.startswith("dist/")}
    assert after == before


def test_the_noxfile_installs_where_it_means_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever pip is set to for this person, and whatever its version looks like. The tests' own environment has no pip."""
    pip = importlib.util.module_from_spec(ModuleSpec("pip", None))
    spec = importlib.util.spec_from_file_location("boot", REPO / "noxfile.py")
    assert spec and spec.loader
    boot = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(boot)
    for file in ("pyproject.toml", "constraints.txt"):
        (tmp_path / file).write_text("")
    calls = []

    def run(words: list[str], **rest: object) -> None:
        (tmp_path / ".nox/site").mkdir(parents=True, exist_ok=True)
        calls.append((words, rest.get("env")))

    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setitem(sys.modules, "pip", pip)
    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(boot, "ROOT", tmp_path)
    for version in ("25.1", "22.3rc1", "24.0+debian", "25.dev0"):
        monkeypatch.setattr(pip, "__version__", version, raising=False)
        (tmp_path / "constraints.txt").write_text(version)
        boot.environment(*boot.SITE)
        words, given = calls[-1]
        assert (
            words[-1] == f"{tmp_path}[nox]"
            and "--python" in words
            and given["PIP_USER"] == "0"
            and given["PIP_REQUIRE_VIRTUALENV"] == "0"
        )


@pytest.mark.skipif(os.name != "posix", reason="POSIX shell")
def test_the_noxfile_says_so_on_an_old_python(tmp_path: Path) -> None:
    old = tmp_path / "sitecustomize.py"
    old.write_text("import sys\nsys.version_info = (3, 10, 4, 'final', 0)\n")
    done = subprocess.run(
        [sys.executable, str(REPO / "noxfile.py")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == 1 and "needs Python 3.11 or newer; this is Python 3.10" in done.stderr


CHARACTERS = st.text(st.characters(exclude_characters="\t", exclude_categories=["Cs"]), max_size=30)
FOUND = st.builds(
    Finding,
    CHARACTERS,
    st.sampled_from(Level),
    CHARACTERS,
    st.builds(Span, CHARACTERS, st.integers(0, 9)),
    key=st.none() | st.builds(Key, st.none(), st.text("a\n [/]b三\x1b", max_size=120)),
    source=st.none() | st.builds(Span, CHARACTERS, st.integers(0, 9)),
)


@given(st.lists(FOUND, max_size=3))
def test_findings_without_colours_are_the_lines_of_those_with(found: list[Finding]) -> None:
    """Where no terminal is, rich is not loaded, and what is written is what it would write."""
    plain, rich = io.StringIO(), io.StringIO()
    console.show(found, plain)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(console, "COLOURED", ("PATH",))
        console.show(found, rich)
    assert plain.getvalue() == rich.getvalue()


def test_one_language_is_its_part_of_the_whole(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """`--locale` gives what a whole check says of that language, the source's findings go without one, and a language that the
    site has not is said so."""
    root = make({"index.md": "# One\n\nTake 5 mg.\n\n[x](nowhere.md)\n"}, locales=("es", "pt_BR", "fr"))
    for locale in ("es", "pt_BR"):
        translate(root, {"Take 5 mg.": "Tome 6 mg."}, locale)

    def found(*words: str) -> list[dict[str, object]]:
        capsys.readouterr()
        main(["check", "-C", str(root), "--format", "json", *words])
        return json.loads(capsys.readouterr().out)["findings"]  # type: ignore[no-any-return]

    whole = found()
    assert {one["locale"] for one in whole} == {"", "es", "pt_BR"}
    for names in (["es"], ["pt-BR"], ["fr", "es"]):
        words = [word for name in names for word in ("-l", name)]
        wanted = {name.replace("-", "_") for name in names}
        assert found(*words) == [one for one in whole if one["locale"] in wanted]
    for verb in ("check", "status"):
        assert main([verb, "-C", str(root), "-l", "xx"]) == 2
        assert "'xx'" in capsys.readouterr().err
    main(["status", "-C", str(root), "-l", "es", "--format", "json"])
    assert [*json.loads(capsys.readouterr().out)["locales"]] == ["es"]
    assert main(["check", "-C", str(root), "-l", "es", "--shard", "1/2"]) == 2


def test_lockstep_alone_says_what_it_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([])
    assert stop.value.code == 0 and "A day's work" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("check", 1, {"front-matter", "link"}),
        ("check --select link", 0, {"link"}),
        ("check --ignore front-matter,draft", 0, {"link"}),
        ("check --select front-matter --ignore front-matter", 0, set()),
        ("check -q", 1, {"front-matter", "link"}),
    ],
)
def test_findings_of_some_codes(
    make: Make, capsys: pytest.CaptureFixture[str], words: str, code: int, said: set[str]
) -> None:
    root = make({"index.md": "---\ntitel: Text\n---\n\n[See](nowhere.md)\n"})
    main(["update", "-C", str(root)])
    capsys.readouterr()
    assert main([*words.split(), "-C", str(root)]) == code
    out = capsys.readouterr().out
    assert {*re.findall(r"\[([a-z-]+)\]", out)} & {"front-matter", "link"} == said
    assert ("Checked" in out) is ("-q" not in words)
    assert ("left out)" in out) is ("--" in words), "what is kept back is counted"


def test_a_code_that_is_none_is_told(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--ignore", "nubmer", "-C", str(make({"index.md": "Text\n"}))]) == 2
    assert "Did you mean `number`?" in capsys.readouterr().err


def test_every_code_is_known() -> None:
    from pipeline.checks import codes

    written = re.compile(
        r'Finding\(\s*"([a-z-]+)"|\bcode(?:: ClassVar\[str\])? = "([a-z-]+)"|CODE = "([a-z-]+)"|code = "[a-z-]+" if .* else "([a-z-]+)"'
    )
    found = {
        code
        for path in (REPO / "pipeline").rglob("*.py")
        for match in written.findall(path.read_text("utf-8"))
        for code in match
        if code
    }
    assert "link" in found and not found - codes.every()


def test_verbose_says_where_the_time_went(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "Text\n"})
    for _ in range(2):
        assert main(["build", "-v", "-C", str(root)]) == 0
        assert re.search(r"^Reading: \d+\.\d\d s$", capsys.readouterr().err, re.MULTILINE)


def test_times_are_never_those_of_an_earlier_run(make: Make, tmp_path: Path) -> None:
    from pipeline.cli import again
    from pipeline.cli.main import parsed
    from pipeline.core.cache import Store

    root, store = str(make({"index.md": "Text\n"})), Store(tmp_path / "store")
    assert again.asked(parsed(["build", "-C", root]), store)
    assert again.asked(parsed(["build", "-v", "-C", root]), store) is None


def test_languages_are_named_with_spaces_or_commas_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Wherever a verb takes some: `init`, `add`, and behind a verb with `--locale`."""
    root = tmp_path / "site"
    assert main(["init", str(root), "--locales", "es", "ar", "pt_BR,vi"]) == 0
    assert 'locales = ["es", "ar", "pt_BR", "vi"]' in (root / "pyproject.toml").read_text()
    assert main(["add", "fr,de", "it", "--root", str(root)]) == 0
    assert '"vi", "fr", "de", "it"]' in (root / "pyproject.toml").read_text()
    capsys.readouterr()
    wanted = None
    for words in (
        ["es", "ar"],
        ["es,ar"],
        ["-l", "es,ar"],
        ["-l", "es", "-l", "ar"],
        ["es", "-l", "ar"],
        ["-l", "es", "ar"],
    ):
        assert main(["status", "--root", str(root), "--format", "json", *words]) == 0, words
        told = sorted(json.loads(capsys.readouterr().out)["locales"])
        assert told == (wanted := wanted or told) == ["ar", "es"]
    assert main(["export", "ar", "--root", str(root), "--format", "csv"]) == 0
    assert (
        main(["export", "xx", "--root", str(root)]) == 2
        and "no language of this site is called 'xx'" in capsys.readouterr().err
    )
    for words in (["check", "source/index.md"], ["build", "es"], ["check", "es", "--nothing"], ["verify", "es"]):
        with pytest.raises(SystemExit) as stop:
            main([*words, "--root", str(root)])
        assert stop.value.code == 2 and "unrecognized arguments" in capsys.readouterr().err


def test_what_is_printed_names_no_file_that_a_site_lacks() -> None:
    """Pages of ours are named as ours: a site has no `docs/`."""
    for path in (REPO / "pipeline").rglob("*.py"):
        for line in path.read_text("utf-8").splitlines():
            if re.search(r"""["'].*\bdocs/[a-z-]+\.md""", line) and '"""' not in line and "@site" not in line:
                ours = re.findall(r"docs/[a-z-]+\.md(?! and)(?! of Lockstep)", line)
                assert not ours, f"{path}: {line}"


def test_what_was_never_measured_is_said_once(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "# Home\n"}, locales=("vi", "ht", "es"))
    main(["check", "--root", str(root)])
    said = [line for line in capsys.readouterr().out.splitlines() if "measured" in line]
    assert said == ["vi, ht are read, but nobody has measured how much of what is wrong is found: let a person look at numbers, doses and negations. (docs/checks.md of Lockstep)"]  # fmt: skip


@pytest.mark.parametrize("name", ["locale/es/LC_MESSAGES/messages.po", "source/index.md"])
def test_a_conflict_that_is_not_committed_is_not_called_so(make: Make, name: str, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    root = make({"index.md": "# Home\n"})
    assert main(["update", "--root", str(root)]) == 0
    path = root / name
    path.write_text(path.read_text("utf-8") + "\n<<<<<<< HEAD\n=======\n>>>>>>> side\n", "utf-8")
    main(["check", "--root", str(root)])
    said = capsys.readouterr().out
    assert "merge conflict that nobody has resolved" in said and "committed." not in said
    assert ("lockstep merge-driver --help" in said) == name.endswith(".po")


def test_what_is_wrong_with_an_entry_is_said_once_wherever_its_english_stands(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {f"{name}.md": f"# {name}\n\nWait 15 minutes.\n" for name in ("index", "b", "c")}
    root = make(pages)
    translate(root, {"Wait 15 minutes.": "Espere 51 minutos."})
    capsys.readouterr()
    assert main(["check", "--root", str(root)]) == 1
    said = capsys.readouterr().out
    assert said.count("[number]") == 1 and "source/index.md:3 and 2 more places: Wait 15 minutes." in said
    assert "Checked 3 pages in 1 language: 1 error" in said
    main(["check", "--root", str(root), "--format", "jsonl"])
    assert capsys.readouterr().out.count('"number"') == 3, "a tool is told of each place"
