"""Papers: what is handed out says what its page says, and `v/<id>/` never calls a paper current whose page says something else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli.main import main
from pipeline.commands import browser
from pipeline.commands.audit import audit
from pipeline.review import handouts
from pipeline.review.handouts import Handouts
from tests.conftest import Make, built, lay_out, once, translate, updated
from tests.sites import on

PAGE = """---
title: Pump
updated: "2026-11-01"
---

# Pump

Take 5 mg at night.

![The pump](pump.svg)

- Call us.
- Rest.
"""
WORDS = {
    "es": {"Pump": "Bomba", "Take 5 mg at night.": "Tome 5 mg por la noche.", "Call us.": "Llámenos.", "![The pump](pump.svg)": "![La bomba](pump.svg)"},
    "ar": {"Pump": "مضخة", "Take 5 mg at night.": "تناول 5 mg ليلًا.", "Call us.": "اتصل بنا."},
}  # fmt: skip
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
DATA = "name: Site\nclinic:\n  phone: 555-0142\n"
URL = 'url = "https://clinic.example/pumps"\n'


@once
def site(root: Path) -> Path:
    lay_out(
        root, {"index.md": "# Home\n\n[Pump](pump.md)\n", "pump.md": PAGE}, locales=("es", "ar"), extra=URL, data=DATA
    )
    (root / "source/pump.svg").write_text(SVG)
    for name, words in WORDS.items():
        translate(root, words, name)
    return root


@pytest.fixture
def clinic(make: Make, tmp_path: Path) -> Path:
    return site(tmp_path / "site")


def hand(root: Path, locale: str = "es", *more: str, page: str = "pump", to: str = "paper.html") -> str:
    with on(2):
        assert main(["handout", page, "--root", str(root), "--locale", locale, "-o", str(root / to), *more]) == 0
    return (root / to).read_text() if to.endswith(".html") else ""


def version(html: str) -> str:
    return re.search(r'data-version="([0-9a-f]{12})"', html)[1]  # type: ignore[index]


def answer(root: Path, which: str) -> tuple[str, str, str]:
    """The language of an answer, what became of the paper, and the whole of it."""
    html = (root / "dist/v" / which / "index.html").read_text()
    return re.search(r'<html lang="([\w-]+)"', html)[1], re.search(r'data-standing="(\w+)"', html)[1], html  # type: ignore[index]


def edit(root: Path, old: str, new: str, path: str = "source/pump.md") -> None:
    text = (root / path).read_text()
    assert old in text
    (root / path).write_text(text.replace(old, new))


def rebuilt(root: Path) -> None:
    updated(root)
    built(root)
    assert audit.audit(root / "dist") == []


def dose(root: Path) -> None:
    edit(root, "Take 5 mg", "Take 50 mg")


def looks(root: Path) -> None:
    edit(root, "at night.", "at night!")


def mended(root: Path) -> None:
    for name in WORDS:
        edit(root, "5 mg", "5 mg (cinco)", f"locale/{name}/LC_MESSAGES/messages.po")


def picture(root: Path) -> None:
    (root / "source/pump.svg").write_text(SVG.replace("9", "8"))


def number(root: Path) -> None:
    edit(root, "555-0142", "555-0143", "source/site.yaml")


def order(root: Path) -> None:
    edit(root, "- Call us.\n- Rest.\n", "- Rest.\n- Call us.\n")


def away(root: Path) -> None:
    (root / "source/pump.md").unlink()
    edit(root, "[Pump](pump.md)", "Pump", "source/index.md")


def recalled(root: Path) -> None:
    with on(3):
        words = ["--by", "Ann", "--reason", "wrong", "--stub"]
        assert main(["recall", "pump.md#pump.1", "--root", str(root), *words]) == 0


def unlisted(root: Path) -> None:
    edit(root, 'locales = ["es", "ar"]', 'locales = ["fr"]', "pyproject.toml")


CHANGES = [
    (dose, "superseded", True),
    (looks, "superseded", True),
    (mended, "superseded", False),
    (picture, "superseded", True),
    (order, "superseded", True),
    (number, "superseded", True),
    (away, "gone", True),
    (recalled, "recalled", True),
    (unlisted, "gone", False),
]


@pytest.mark.parametrize(("change", "standing", "english_too"), CHANGES)
def test_a_paper_whose_page_changed_is_never_current(
    clinic: Path, change: object, standing: str, english_too: bool
) -> None:
    """In every language, from the next build on, whatever of the page changed; and the audit says so too."""
    papers = {name: version(hand(clinic, name)) for name in ("es", "ar", "en")}
    rebuilt(clinic)
    assert {answer(clinic, one)[:2] for one in papers.values()} == {(name, "current") for name in papers}
    change(clinic)  # type: ignore[operator]
    rebuilt(clinic)
    for name, which in papers.items():
        lang, found, html = answer(clinic, which)
        assert found == (standing if name != "en" or english_too else "current")
        assert lang == (name if change is not unlisted else "en")
        assert "5 mg" not in html or found != "recalled"
    if change is dose:
        assert "50 mg" in answer(clinic, papers["ar"])[2]
        edit(clinic, "Take 50 mg", "Take 5 mg")
        rebuilt(clinic)
        assert {answer(clinic, one)[1] for one in papers.values()} == {"current"}, "the page is that version again"


@given(st.lists(st.sampled_from(["5 mg", "50 mg", "0.5 mg", "5 ml"]), min_size=2, max_size=4))
@settings(max_examples=6)
def test_only_the_version_that_is_shown_is_current(tmp_path_factory: pytest.TempPathFactory, doses: list[str]) -> None:
    root = site(tmp_path_factory.mktemp("law") / "site")
    handed: dict[str, str] = {}
    for one in doses:
        (root / "source/pump.md").write_text(PAGE.replace("5 mg", one))
        updated(root)
        handed[one] = version(hand(root, "ar"))
    rebuilt(root)
    for one, which in handed.items():
        assert (answer(root, which)[1] == "current") == (one == doses[-1])


def test_a_paper_says_what_its_page_says(clinic: Path) -> None:
    """What is stale stands there in English under its notice, what is recalled does not; the same input gives the same bytes."""
    edit(clinic, "Take 5 mg", "Take 50 mg")
    updated(clinic)
    html = hand(clinic)
    assert html == hand(clinic) and len((clinic / handouts.PATH).read_text().splitlines()) == 1
    assert re.search(r'<p[^>]* lang="en"[^>]*>Take 50\s?mg', html) and "Tome 5" not in html
    assert "notice-stale" in html and "La bomba" in html and 'src="data:image/svg+xml;base64,' in html
    both = hand(clinic, "es", "--bilingual")
    assert version(both) == version(html), "one version, whatever the paper looks like"
    assert re.search(r"Llámenos\..*lang=\"en\"[^>]*>.*Call us\.", both, re.S)
    assert 'class="qr"' in both and f"https://clinic.example/pumps/v/{version(both)}/" in both
    ids = re.findall(r'\sid="([^"]+)"', both)
    assert len(ids) == len(set(ids)), "what stands there twice is named once"
    recalled(clinic)
    assert (
        "50"
        not in re.sub(r"<style.*?</style>", "", hand(clinic), flags=re.S).partition("<main>")[2].partition("</main>")[0]
    )


def test_what_is_not_published_is_not_handed_out(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"pump.md": PAGE}, locales=("es", "fr"), notices=False)
    (root / "source/pump.svg").write_text(SVG)
    for words, said in (
        (["pump", "--locale", "fr"], "French is withheld, on paper as on the site"),
        (["pump", "--locale", "it"], "no language of this site"),
        (["pumps", "--locale", "en"], "there is no page 'pumps'"),
        (["pump", "--locale", "en", "--bilingual"], "this is the English"),
        (["pump", "--locale", "en", "-o", "x.doc"], "a .pdf or an .html"),
    ):
        assert main(["handout", *words, "--root", str(root)]) == 2, words
        assert said in capsys.readouterr().err
    assert not (root / handouts.PATH).exists()


ROW = '{"content": "0123456789abcdef", "date": "2026-11-01", "id": "%s", "locale": "es", "page": "source/pump.md", "parts": []}'
TRUE = handouts.version_of("source/pump.md", "es", "0123456789abcdef", [])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (ROW % TRUE, ""),
        (ROW % "aaaaaaaaaaaa", "follows from what the line lists"),
        (ROW % "../../index", "follows from what the line lists"),
        ((ROW % TRUE).replace("2026-11-01", "today"), "`date`"),
        ((ROW % TRUE).replace('"es"', '"../es"'), "`locale`"),
        ((ROW % TRUE).replace("[]", '["<script>"]'), "`parts`"),
        ((ROW % TRUE).replace("[]", "7"), "`parts`"),
        ("[" * 100_000, "nested"),
        ("{", "not JSON"),
    ],
)  # fmt: skip
def test_a_line_is_what_it_lists(line: str, said: str) -> None:
    found = Handouts().read(line.encode())
    assert len(found.rows) == (not said) and all(said in one.text for one in found.findings)
    assert bool(found.findings) == bool(said)


def test_papers_are_bounded() -> None:
    lines = []
    for at in range(handouts.MOST + 20):
        content = f"{at:016x}"
        row = json.loads(ROW % handouts.version_of("source/pump.md", "es", content, []))
        lines.append(json.dumps({**row, "content": content, "date": f"2026-{at // 28 + 1:02}-{at % 28 + 1:02}"}))
    found = Handouts().read("\n".join(lines).encode())
    assert len(found.rows) == len(lines)
    kept = found.by_page["source/pump.md", "es"]
    assert len(kept) == handouts.MOST and min(row.date for row in kept) > min(row.date for row in found.rows)


LIES = [
    ('data-standing="superseded"', 'data-standing="current"', "its standing is current"),
    ("Este papel ya no está vigente. No lo siga. Siga la página como está ahora.", "Este papel está vigente.", "says"),
    ("50", "5", "the texts that it shows as changed"),
    ('es/pump/"', 'es/"', "does not lead to es/pump/index.html"),
    ('id="Answer"', 'id="Answer" onclick="x()"', "which no template writes"),
    ("</main>", "<p>Do not worry.</p></main>", "which the manifest does not say"),
]


@pytest.mark.parametrize(("old", "new", "said"), LIES)
def test_the_audit_sees_a_lie_about_a_paper(clinic: Path, old: str, new: str, said: str) -> None:
    """Besides that the file is not the one that was built: what is wrong with it."""
    other = version(hand(clinic, "es", page="index"))
    paper = version(hand(clinic))
    translate(clinic, {"Is this paper still current?": "¿Sigue vigente este papel?"})
    dose(clinic)
    rebuilt(clinic)
    assert answer(clinic, other)[1] == "current"
    edit(clinic, old, new, f"dist/v/{paper}/index.html")
    found = [one.what for one in audit.audit(clinic / "dist") if one.page.startswith("v/")]
    assert any(said in what for what in found), found


def test_a_code_that_nobody_knows_is_answered_as_out_of_date(clinic: Path) -> None:
    rebuilt(clinic)
    assert "Then that paper is out of date" in (clinic / "dist/404.html").read_text()


def test_a_site_without_the_template_answers_for_no_papers(clinic: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (clinic / "templates/paper.html").unlink()
    rebuilt(clinic)
    assert not (clinic / "dist/v").exists() and "Version" not in (clinic / "dist/en/pump/index.html").read_text()
    assert main(["handout", "pump", "--root", str(clinic), "--locale", "es"]) == 2
    assert "templates/paper.html" in capsys.readouterr().err


@pytest.mark.browser
def test_a_pdf_says_the_language_of_every_block(clinic: Path) -> None:
    if not browser.find():
        pytest.skip("there is no browser")
    hand(clinic, "ar", "--bilingual", to="one.pdf")
    hand(clinic, "ar", "--bilingual", to="two.pdf")
    body = (clinic / "one.pdf").read_bytes()
    assert body == (clinic / "two.pdf").read_bytes() and b"/MarkInfo" in body
    assert b"/Lang (ar)" in body and body.count(b"/Lang (en)") >= 4 and b"D:20261101000000" in body


def test_where_there_is_no_browser_it_says_so(
    clinic: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(browser.NAMED, "/nowhere/chrome")
    assert main(["handout", "pump", "--root", str(clinic), "--locale", "es", "-o", str(clinic / "x.pdf")]) == 2
    assert "-o FILE.html" in capsys.readouterr().err and not (clinic / handouts.PATH).exists()
