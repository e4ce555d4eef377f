"""Official notices stand on every page and paper word for word, or not at all and then that is an error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands.audit import audit
from pipeline.core.model import Level
from pipeline.review import official
from tests.conftest import Make, built, lay_out, project_of

TEXTS = {
    "en": "Free help in your language: call 1-800-555-0100 (TTY: 711).\n",
    "es": "Ayuda gratuita en su idioma: llame al 1-800-555-0100 (TTY: 711).\n\nTambién <b>en persona</b>.\n",
    "ar": "مساعدة مجانية بلغتك: اتصل على 1-800-555-0100 (TTY: 711).\r\n",
    "ko": "한국어 도움을 무료로 받으실 수 있습니다. 1-800-555-0100\n",
}
WHO = "people:\n  - name: Ida Bell\n    may: [official]\n"


@pytest.fixture
def noticed(make: Make) -> Path:
    root = make({"index.md": "# Home\n\nText.\n"}, locales=("es", "ar"))
    for name, text in TEXTS.items():
        path = root / official.FOLDER / f"assistance.{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    (root / "people.yaml").write_text(WHO)
    return root


def bind(root: Path, *names: str, by: str = "Ida Bell") -> int:
    return main(["official", "--root", str(root), "--bind", *names, "--by", by])


def every(root: Path) -> int:
    return bind(root, *(f"assistance.{name}.txt" for name in TEXTS))


def wrong(root: Path) -> list[tuple[str, Level]]:
    return sorted((one.span.path.rpartition("/")[2], one.level) for one in project_of(root).official.findings)


def test_every_page_has_every_notice_in_its_own_language(noticed: Path) -> None:
    assert every(noticed) == 0 and wrong(noticed) == []
    built(noticed)
    assert audit.audit(noticed / "dist") == []
    others = (one for one in noticed.glob("dist/**/index.html") if "status" not in one.parts)
    pages = [*others, noticed / "dist/404.html"]
    assert len(pages) == 3 + 1 + 3 + 3 + 1
    for page in pages:
        html = page.read_text()
        for name in TEXTS:
            assert f'id="Official-assistance.{name}" lang="{name}"' in html, page
        assert "Ayuda gratuita en su idioma" in html and "&lt;b&gt;en persona" in html, "words, never markup"
    paper = noticed / "paper.html"
    assert main(["handout", "index", "--root", str(noticed), "-l", "ar", "-o", str(paper)]) == 0
    assert paper.read_text().count('id="Official-') == len(TEXTS)
    first = [part[:13] for part in (noticed / "dist/ar/index.html").read_text().split('id="Official-')[1:]]
    assert first[:2] == ["assistance.ar", "assistance.en"], "the page's own language first"


def changed(root: Path) -> None:
    path = root / official.FOLDER / "assistance.es.txt"
    path.write_text(path.read_text().replace("0100", "0199"))


def taken(root: Path) -> None:
    (root / official.FOLDER / "assistance.es.txt").unlink()


def unbound(root: Path) -> None:
    path = root / official.PATH
    path.write_text("".join(line for line in path.read_text().splitlines(True) if "es.txt" not in line))


def forged(root: Path) -> None:
    """By somebody who is not listed, and by nobody."""
    changed(root)
    body = (root / official.FOLDER / "assistance.es.txt").read_bytes()
    row = {
        "file": "assistance.es.txt",
        "sha256": official.sha(body),
        "by": "Mallory Moe",
        "date": "2026-11-29T00:00:00Z",
    }
    with (root / official.PATH).open("a") as file:
        file.write(json.dumps(row) + "\n")


def ahead(root: Path) -> None:
    forged(root)
    path = root / official.PATH
    path.write_text(
        path.read_text().replace("Mallory Moe", "Ida Bell").replace("2026-11-29T00:00:00Z", "2999-01-01T00:00:00Z")
    )


def bidi(root: Path) -> None:
    path = root / official.FOLDER / "assistance.es.txt"
    path.write_text("\u202e" + path.read_text())


@pytest.mark.parametrize("change", [changed, taken, unbound, forged, ahead, bidi])
def test_what_is_not_the_bound_text_is_not_shown_and_is_an_error(noticed: Path, change: object) -> None:
    every(noticed)
    change(noticed)  # type: ignore[operator]
    assert any(level is Level.ERROR for _, level in wrong(noticed))
    assert main(["check", "--root", str(noticed)]) == 1 and main(["build", "--root", str(noticed)]) == 1
    html = (noticed / "dist/es/index.html").read_text()
    assert 'id="Official-assistance.es"' not in html and html.count('id="Official-') == len(TEXTS) - 1
    assert audit.audit(noticed / "dist") == [], "what is shown is what was bound"


def test_nothing_is_bound_by_a_word_of_nobody(noticed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bind(noticed, "assistance.es.txt", by="Mallory Moe") == 2 and "not listed" in capsys.readouterr().err
    assert bind(noticed, "assistance.es.txt", by="") == 2
    assert bind(noticed, "assistance.xx.txt", "assistance.es.txt") == 2 and "no notice" in capsys.readouterr().err
    assert not (noticed / official.PATH).exists()
    assert every(noticed) == 0
    before = (noticed / official.PATH).read_bytes()
    assert every(noticed) == 0 and (noticed / official.PATH).read_bytes() == before, "bound already"


def test_the_languages_that_are_missing_are_said(noticed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    every(noticed)
    path = noticed / "pyproject.toml"
    path.write_text(
        path.read_text().replace("[tool.lockstep]\n", '[tool.lockstep]\nofficial = ["es", "vi", "zh_Hant"]\n')
    )
    assert main(["official", "--root", str(noticed)]) == 0
    assert "missing in Vietnamese (vi), Chinese (Traditional) (zh_Hant)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "printed"),
    [
        ("", True),
        ("{% block help %}<p>Help</p>{% endblock %}", True),
        ("{% block foot %}<p>Foot</p>{% endblock %}", False),
        ("{% block foot %}<p>Foot</p>{{ super() }}{% endblock %}", True),
    ],
)
def test_a_template_that_extends_ours_prints_them_with_the_part_that_does(
    noticed: Path, more: str, printed: bool
) -> None:
    every(noticed)
    (noticed / "templates/page.html").write_text('{% extends "lockstep/page.html" %}\n' + more, "utf-8")
    wrong = [one for one in project_of(noticed).findings if one.code == "official"]
    assert [one.span.path for one in wrong] == ([] if printed else ["templates/page.html"])
    built(noticed)
    assert ('class="official"' in (noticed / "dist/es/index.html").read_text("utf-8")) is printed


def test_a_template_that_does_not_print_them_is_an_error(noticed: Path) -> None:
    every(noticed)
    path = noticed / "templates/page.html"
    path.write_text(path.read_text().replace("official", "other").replace("other_notices", "fact"))
    assert ("page.html", Level.ERROR) in wrong(noticed)


LIES = [
    ("call 1-800-555-0100", "call 1-800-555-0199", "does not stand there word for word"),
    ('id="Official-assistance.en" lang="en"', 'id="Official-assistance.en" lang="es"', "is not in [en]"),
    ('id="Official-assistance.en"', 'id="Official-other.en"', "which nobody bound"),
    ('id="Official-assistance.en"', 'hidden id="Official-assistance.en"', "hidden"),
]


@pytest.mark.parametrize("page", ["es/index.html", "index.html"])
@pytest.mark.parametrize(("old", "new", "said"), LIES)
def test_the_audit_sees_a_notice_that_is_not_word_for_word(
    noticed: Path, page: str, old: str, new: str, said: str
) -> None:
    every(noticed)
    built(noticed)
    path = noticed / "dist" / page
    html = path.read_text()
    assert old in html
    path.write_text(html.replace(old, new))
    assert any(said in one.what for one in audit.audit(noticed / "dist") if one.page == page)


def test_a_notice_that_is_bound_is_on_pages_that_were_made_before(noticed: Path) -> None:
    """Pages are made anew when a notice is bound, and no other work is."""
    built(noticed)
    assert "Official-" not in (noticed / "dist/es/index.html").read_text()
    every(noticed)
    built(noticed)
    assert "Official-" in (noticed / "dist/es/index.html").read_text()


def test_no_notices_no_word_about_them(tmp_path: Path) -> None:
    assert project_of(lay_out(tmp_path / "site", {"index.md": "Text\n"})).official == official.Official()
