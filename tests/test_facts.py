"""Translated facts of site.yaml: a text is as fresh, as reviewed and as much in its language as the facts in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands.check import check
from tests.conftest import MAPPINGS, Make, built, made_once, project_of, translate, updated
from tests.sites import on

CARRY, PHOTO, HOURS = (
    "Carry your card, {clinic.hours}.",
    "![Photo {clinic.hours}](pic.png)",
    "Monday to Friday, after the visit",
)
PAGE = f"# Pump\n\n<!-- i18n: critical -->\n\n- {CARRY}\n\n{PHOTO}\n"
DATA = f"name: Clinic\nclinic:\n  hours: {HOURS}\n"
WORDS = {
    "Pump": "Bomba",
    CARRY: "Lleve su tarjeta, {clinic.hours}.",
    PHOTO: "![Foto {clinic.hours}](pic.png)",
    "Clinic": "Clínica",
}
SPANISH = "De lunes a viernes, después de la visita"


@pytest.fixture
@made_once
def clinic(make: Make) -> Path:
    """A page whose own texts are translated and signed for by everybody; its fact is translated and signed for by nobody."""
    with on(0):
        root = make({"index.md": PAGE}, data=DATA, extra='[tool.lockstep.policy]\norigin = "machine"\n')
        (root / "source/pic.png").write_bytes(b"x")
        path = root / "pyproject.toml"
        path.write_text(path.read_text().replace('"nav.label"]', '"nav.label", "clinic.hours"]'))
        assert '"clinic.hours"' in path.read_text() and MAPPINGS
        translate(root, WORDS)
        for role, by in (("translator", "Ana"), ("reviser", "Omar"), ("clinician", "Lee")):
            assert sign(root, "index", role, by) == 0
    return root


def sign(root: Path, page: str, role: str, by: str) -> int:
    more = ("--qualification", "q", "--origin", "human")
    return main(["review", "--root", str(root), "es", page, "--as", role, "--by", by, *more])


def shown(root: Path, day: int = 1) -> tuple[str, dict[str, object]]:
    with on(day):
        built(root)
        assert main(["audit", "--root", str(root)]) == 0
    html = (root / "dist/es/index.html").read_text()
    return html, json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])  # type: ignore[index]


def test_a_fact_that_nobody_vouches_for_leaves_its_block_unvouched(clinic: Path) -> None:
    translate(clinic, {HOURS: SPANISH})
    html, data = shown(clinic)
    assert SPANISH in html and "notice-machine" in html and 'class="beside"' in html and "lastReviewed" not in data
    assert 'data-machine="2"' in html, "the list item and the picture"
    for role, by in (("translator", "Ana"), ("reviser", "Omar"), ("clinician", "Lee")):
        with on(1):
            assert sign(clinic, "site.yaml", role, by) == 0
    html, data = shown(clinic, 2)
    assert "notice-machine" not in html and 'class="beside"' not in html
    assert data["lastReviewed"] == "2026-11-01", "the oldest signature of all that is read"


@pytest.mark.parametrize(
    ("now", "grave"), [(HOURS.replace("the visit", "your visit"), False), ("Monday to Friday, before the visit", True)]
)
def test_a_fact_that_changed_makes_its_block_stale(clinic: Path, now: str, grave: bool) -> None:
    translate(clinic, {HOURS: SPANISH})
    for role, by in (("translator", "Ana"), ("reviser", "Omar"), ("clinician", "Lee")):
        with on(0):
            assert sign(clinic, "site.yaml", role, by) == 0
    assert shown(clinic)[1]["lastReviewed"] == "2026-11-01"
    with on(1):
        (clinic / "source/site.yaml").write_text(DATA.replace(HOURS, now))
        updated(clinic)
    html, data = shown(clinic)
    assert "lastReviewed" not in data
    item = re.search(r"<li.*?</li>", html.partition('class="prose"')[2], re.S)[0]  # type: ignore[index]
    assert now in item and "Carry your card" in item, "in a critical block the English of today is there"
    assert SPANISH not in item, "a stale fact of a critical block is grave"
    picture = re.search(r"<img[^>]*>", html)[0]  # type: ignore[index]
    assert (SPANISH in picture) == (not grave) and (now in picture) == grave


def test_an_untranslated_fact_is_marked_and_where_it_cannot_be_the_whole_is_english(clinic: Path) -> None:
    html, data = shown(clinic)
    assert re.search(rf'Lleve su tarjeta, <span lang="en" dir="ltr">{HOURS}</span>', html)
    assert f'alt="Photo {HOURS}"' in html and "Foto" not in html and "lastReviewed" not in data


def test_a_fact_is_held_to_the_policy_of_the_page_it_stands_on(clinic: Path) -> None:
    translate(clinic, {HOURS: SPANISH})
    path = clinic / "pyproject.toml"
    path.write_text(path.read_text() + '\n[[tool.lockstep.policy.rules]]\nclasses = ["doses"]\nmachine = "english"\n')
    (clinic / "source/index.md").write_text("---\nclass: doses\n---\n\n" + PAGE)
    html, _ = shown(clinic)
    assert SPANISH not in html and "Carry your card" in html and "notice-unreviewed" in html


def test_a_fact_that_turned_english_in_a_translation_has_its_notice(
    clinic: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Like any other English: while it has no translation, and when its own was withdrawn."""
    html, _ = shown(clinic)
    block = re.search(r'<span data-block="pump.1"([^>]*)>Lleve su tarjeta, <span lang="en" dir="ltr">', html)
    assert block and 'aria-describedby="Notice-1"' in block[1]
    assert re.search(r'<p class="notice notice-untranslated[^>]*id="Notice-1"', html)
    dist = clinic / "dist"
    path = dist / "lockstep/es.json"
    path.write_text(path.read_text().replace('"notices":["untranslated"],', ""))
    assert main(["audit", "--root", str(clinic), "--dist", str(dist)]) == 1
    assert "a value in it is in English, and no notice says so" in capsys.readouterr().out
    translate(clinic, {HOURS: SPANISH})
    html, _ = shown(clinic)
    assert "notice-untranslated" not in html and SPANISH in html
    (clinic / "source/site.yaml").write_text(DATA.replace("Monday", "Tuesday"))
    with on(3):
        updated(clinic)
    html, _ = shown(clinic, 3)
    assert "notice-stale" in html and "Tuesday to Friday" in html and SPANISH not in html


def test_a_brace_can_be_escaped_where_no_markdown_is_read(make: Make) -> None:
    """`check` said to write `\\{`, and in a title or in HTML readers saw the backslash and the fact."""
    page = "---\ntitle: 'Write \\{clinic.phone} for {clinic.phone}'\n---\n\n<p>Or \\{clinic.fone}, {clinic.phone} \\x</p>\n"
    root = make({"index.md": page}, data="name: Site\nclinic:\n  phone: 555-0142\n")
    updated(root)
    assert [one for one in check(project_of(root)) if one.code == "placeholder"] == []
    built(root)
    said = (root / "dist/es/index.html").read_text()
    assert "Write {clinic.phone} for 555-0142" in said.partition("</title>")[0]
    assert 'Write {clinic.phone} for <bdi dir="ltr">555-0142</bdi></h1>' in said
    assert 'Or {clinic.fone}, <bdi dir="ltr">555-0142</bdi> \\x' in said
