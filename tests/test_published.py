"""No language leaves `dist/` with exit code 0 unless the settings say so."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.core.model import Key, ident
from tests.conftest import Make

TOLD = "This part is not translated yet. It is shown in English."
PO = "locale/{}/LC_MESSAGES/messages.po"
LETS_ES_GO = '[tool.lockstep.gate]\nunpublished = ["es"]\n'


def run(root: Path, *verbs: str) -> tuple[int, ...]:
    """The exit codes of some verbs."""
    return tuple(main([verb, "--root", str(root)]) for verb in verbs)


def site(make: Make, **rest: object) -> Path:
    """A published site in Spanish and French."""
    root = make({"index.md": "# Pump\n\nA text.\n"}, locales=("es", "fr"), **rest)
    assert run(root, "update", "check", "build") == (0, 0, 0) and (root / "dist/es").is_dir()
    return root


def said(root: Path, old: str, new: str) -> None:
    """Change the settings as a maintainer would."""
    path = root / "pyproject.toml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


def emptied(root: Path) -> None:
    """A merge loses the translation of one notice."""
    path = root / PO.format("es")
    head, found, rest = path.read_text().partition(f'msgid "{TOLD}"\n')
    assert found
    path.write_text(head + found + 'msgstr ""\n' + rest.partition("\n")[2])


@pytest.mark.parametrize("ledger", [True, False])
@pytest.mark.parametrize("left", [0, 0.3])
def test_an_emptied_catalog_keeps_the_old_pages(
    make: Make, capsys: pytest.CaptureFixture[str], left: float, *, ledger: bool
) -> None:
    """A full disk, a killed editor. `update` writes a ledger for each language that it adds: it saves no page from such a catalog."""
    root = site(make)
    book, path = root / "locale/es/reviews.jsonl", root / PO.format("es")
    book.unlink(missing_ok=True)
    if ledger:
        line = '{"at": "2026-01-02T08:00:00Z", "origin": "human", "source": "0123456789abcdef", "text": "0123456789abcdef", "what": "origin"}\n'
        book.write_text(
            (root / "locale/fr/reviews.jsonl").read_text() if (root / "locale/fr/reviews.jsonl").exists() else line
        )
    text = path.read_text()
    path.write_text("" if not left else text[: text.index("\n\n", int(len(text) * left)) + 1])
    before = (root / "dist/es/index.html").read_bytes()
    assert run(root, "build") == (2,)
    assert "Restore the catalog from git" in capsys.readouterr().err
    assert (root / "dist/es/index.html").read_bytes() == before


def unsafe(root: Path) -> None:
    """A tool damages a placeholder of a notice."""
    path = root / PO.format("es")
    text = re.sub(r'^(msgstr ".*)%\(date\)s', r"\1%(fecha)s", path.read_text(), flags=re.M)
    assert text != path.read_text()
    path.write_text(text)


def guessed(root: Path) -> None:
    """A tool marks the whole catalog as in need of work."""
    path = root / PO.format("es")
    path.write_text(path.read_text().replace("\n#: templates", "\n#, fuzzy\n#: templates"))


@pytest.mark.parametrize("change", [emptied, unsafe, guessed])
def test_a_language_that_was_begun_is_missed(make: Make, capsys: pytest.CaptureFixture[str], change: object) -> None:
    root = site(make)
    change(root)  # type: ignore[operator]
    run(root, "update")
    assert run(root, "check", "build", "check", "build") == (1, 1, 1, 1), "and not the first time only"
    assert not (root / "dist/es").exists() and (root / "dist/fr").is_dir(), "the others go on"
    assert "[not-published] Spanish" in capsys.readouterr().out
    said(root, "# What is translated", f"{LETS_ES_GO}\n# What is translated")
    assert run(root, "build") == (0,), "the settings say so"


def test_a_language_that_nobody_has_begun_is_not_missed(make: Make) -> None:
    root = make({"index.md": "# Pump\n"}, locales=("es", "cy"), notices=False)
    assert run(root, "update", "check", "build") == (0, 0, 0)
    assert (root / "dist/es").is_dir() and not (root / "dist/cy").exists()


def test_a_language_below_its_share_is_not_missed(make: Make) -> None:
    root = site(make)
    said(root, "# What is translated", "[tool.lockstep.policy]\npublished = { es = 100 }\n\n# What is translated")
    assert run(root, "check", "build") == (0, 0) and not (root / "dist/es").exists()


def test_a_published_language_whose_catalog_is_gone_stops_the_build(make: Make) -> None:
    root = make({"index.md": "# Pump\n"}, locales=("cy",))
    assert run(root, "update", "check", "build") == (0, 0, 0) and (root / "dist/cy").is_dir()
    (root / PO.format("cy")).unlink()
    assert run(root, "update", "build", "build") == (0, 2, 2), "nothing in the files tells of it but dist/"
    assert (root / "dist/cy").is_dir()
    said(root, 'locales = ["cy"]', "locales = []")
    assert run(root, "build") == (0,) and not (root / "dist/cy").exists()


def test_a_recalled_notice_is_said(make: Make) -> None:
    root = site(make)
    assert main(["recall", "--root", str(root), ident(Key(None, TOLD)), "--by", "Ana Ruiz", "--reason", "wrong"]) == 0
    assert run(root, "check", "build") == (1, 1) and not (root / "dist/es").exists()


def test_a_build_says_which_files_others_had_changed(
    make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a person changed in `dist/` is mended by the next build, and somebody ought to know."""
    monkeypatch.setenv("LOCKSTEP_STORE", str(tmp_path / "store"))
    root = site(make)
    page, manifest = root / "dist/en/index.html", root / "dist/lockstep.json"

    def told(verb: str) -> str:
        capsys.readouterr()
        assert run(root, verb) == (0,)
        return "".join(line for line in capsys.readouterr().err.splitlines() if line.startswith("Warning: dist/"))

    (root / "source/index.md").write_text("# Pump\n\nAnother text.\n")
    assert run(root, "update") == (0,) and told("build") == "", "what a build changes is nobody else's doing"
    for verb in ("build", "ci"):
        page.write_text(page.read_text("utf-8").replace("Another text", "No text"), "utf-8")
        (root / "dist/es/index.html").unlink()
        (root / "dist/CNAME\x1b[1m").write_text("x.org\n")
        said = told(verb)
        assert "3 files: en/index.html (changed), es/index.html (gone), CNAME?[1m (added)." in said, said
        assert "Another text" in page.read_text("utf-8") and told(verb) == ""
    html = page.read_text("utf-8")
    forged = html.replace("Another text", "No text")
    ours, theirs = (hashlib.sha256(one.encode()).hexdigest() for one in (html, forged))
    page.write_text(forged, "utf-8")
    manifest.write_text(manifest.read_text("utf-8").replace(ours, theirs), "utf-8")
    assert "1 file: lockstep.json (another)." in told("build"), "also where the digest was forged along"
    manifest.write_text("[" * 100_000)
    assert "lockstep.json (unreadable)." in told("ci") and told("ci") == ""
