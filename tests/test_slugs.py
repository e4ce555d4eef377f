"""Addresses from translated titles: what they are made of, whose they are, and that each one is answered for good."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.main import main
from pipeline.commands import build
from pipeline.commands.audit.audit import audit
from pipeline.commands.check import check
from pipeline.commands.update import rehearse
from pipeline.core import cache, clock
from pipeline.core.ledger import Fields
from pipeline.project import project
from pipeline.review.slugs import BYTES, LONGEST, PATH, Slug, component
from tests.conftest import Make, built, project_of, translate, updated
from tests.laws import links
from tests.sites import interface, on, run

ON = 'slugs = "translated"\n'
NAMES = [
    ("Bomba para el dolor", "bomba-para-el-dolor"),
    ("  ¿Qué hacer?  ", "qué-hacer"),
    ("L’alarme sonne", "l-alarme-sonne"),
    ("A/B\\C", "a-b-c"),
    ("../x", "x"),
    ("..", ""),
    ("", ""),
    ("—!?", ""),
    ("2026", ""),
    ("con", ""),
    ("LPT1", ""),
    ("Index", ""),
    ("find a topic", ""),
    ("con dolor", "con-dolor"),
    ("\u202egnp.exe", "gnp-exe"),
    ("a\u200fb\ufeffc", "abc"),
    ("a\0b\nc", "a-b-c"),
    ("\u0301a", "a"),
    ("cafe\u0301", "caf\u00e9"),
    ("می‌شود", "می-شود"),
    ("مِضخّة الألم", "مِضخّة-الألم"),
    ("疼痛泵", "疼痛泵"),
    ("a" * 400, "a" * 60),
    ("palabra " * 50, "palabra-palabra-palabra-palabra-palabra-palabra-palabra"),
    ("泵" * 100, "泵" * 60),
    ("x&y<z>\"'%20#?", "x-y-z-20"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "wanted"), NAMES)
def test_what_a_title_makes(title: str, wanted: str) -> None:
    assert component(title) == wanted


@given(st.text(max_size=200))
def test_whatever_a_title_is_a_file_may_have_its_name(title: str) -> None:
    name = component(title)
    assert component(name) == name, "a name is its own"
    assert len(name) <= LONGEST and len(name.encode()) <= BYTES
    assert not re.search(r"[\s/\\:*?\"<>|.%#\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]|^-|-$|--", name)
    if name:
        assert (
            Slug.parse(Fields(json.loads(Slug("2026-01-01T00:00:00Z", "es", "source/a.md", name).line()))).slug == name
        )


LINES = ["a/../b", "/a", "a/", "", "a//b", ".a", "a\\b", "a:b", "con\nx", "a\u0000", "x" * 300]


@pytest.mark.parametrize("slug", LINES)
def test_no_line_leads_out_of_a_language(slug: str) -> None:
    with pytest.raises(ValueError):
        Slug.parse(Fields({"at": "2026-01-01T00:00:00Z", "locale": "es", "page": "source/a.md", "slug": slug}))


PAGES = {
    "index.md": "# Home\n\nGo to [the pump](pump.md#doses).\n",
    "pump.md": "---\ntitle: Pump\n---\n\nSee [alarms](care/alarms.md).\n\n## Doses\n\nTake two tablets.\n",
    "care/index.md": "# Care\n\nAbout care at home.\n",
    "care/alarms.md": "# Alarms\n\n[Up](index.md), [the pump](../pump.md#doses).\n\n## Beeps\n\nCall us when it beeps.\n",
}
SPANISH = {"Home": "Inicio", "Pump": "Bomba", "Care": "Cuidado", "Alarms": "Alarmas"}


def site(make: Make, words: dict[str, str] = SPANISH, extra: str = ON, data: str = "name: Site\n", **more: str) -> Path:
    """A site in Spanish and Arabic, its pages called in Spanish."""
    root = make({**PAGES, **more}, locales=("es", "ar"), extra=extra, data=data)
    for name in ("es", "ar"):
        translate(root, {**interface(name), **(words if name == "es" else {"Pump": "المضخة"})}, name)
    published(root)
    return root


def published(root: Path) -> dict[str, str]:
    """Update and build; the file of each page in Spanish, by its source. Nothing is broken, and the audit agrees."""
    updated(root)
    built(root)
    assert [*links.broken(root / "dist", project_of(root).settings.url)] == []
    assert main(["audit", "--root", str(root)]) == 0
    pages = json.loads((root / "dist/lockstep/es.json").read_text("utf-8"))
    return {page["source"].removeprefix("source/"): file.removeprefix("es/") for file, page in pages.items()}


def answer(root: Path, address: str) -> str:
    return links.answers(root / "dist", f"{address}index.html")


def test_pages_stand_where_their_titles_say(make: Make) -> None:
    root = site(make, extra=f'{ON}url = "https://clinic.example/care"\nhost = "netlify"\n')
    dist = root / "dist"
    assert published(root) == {
        "index.md": "index.html",
        "pump.md": "bomba/index.html",
        "care/index.md": "cuidado/index.html",
        "care/alarms.md": "cuidado/alarmas/index.html",
    }
    assert (
        answer(root, "es/pump/") == "es/bomba/index.html"
        and answer(root, "es/care/alarms/") == "es/cuidado/alarmas/index.html"
    )
    html = (dist / "es/cuidado/alarmas/index.html").read_text("utf-8")
    assert (
        'href="../../bomba/#doses"' in html
        and 'href="../../cuidado/"' in html
        and "pump/" not in html.replace("en/pump/", "")
    )
    arabic = "%D8%A7%D9%84%D9%85%D8%B6%D8%AE%D8%A9"
    assert f'href="../../ar/{arabic}/"' in (dist / "es/bomba/index.html").read_text("utf-8")
    rows = (dist / "_redirects").read_text("utf-8").splitlines()
    assert (
        f"/care/ar/pump/ /care/ar/{arabic}/ 302!" in rows
        and "/care/es/care/alarms/ /care/es/cuidado/alarmas/ 302!" in rows
    )
    assert "bomba" in (dist / "es/find-a-topic/index.html").read_text("utf-8")
    assert "es/bomba/" in (dist / "status/es/index.html").read_text("utf-8")


def test_a_page_is_called_in_english_until_its_title_is_shown(make: Make) -> None:
    """And once it is not any more; the other address answers meanwhile. What the English lacks is not asked for."""
    root = site(make, {"Home": "Inicio"})
    assert (
        published(root)["pump.md"] == "pump/index.html" and len((root / PATH).read_text("utf-8").splitlines()) == 1
    ), "Arabic"
    translate(root, SPANISH)
    built(root)
    assert answer(root, "es/pump/") == "es/pump/index.html", "nothing is given before it is noted"
    assert published(root)["care/alarms.md"] == "cuidado/alarmas/index.html"
    path = root / "source/pump.md"
    path.write_text(path.read_text("utf-8").replace("title: Pump", "title: Never stop the pump"), "utf-8")
    assert published(root)["pump.md"] == "pump/index.html" and answer(root, "es/bomba/") == "es/pump/index.html"
    translate(root, {"Never stop the pump": "Nunca pare la bomba"})
    assert published(root)["pump.md"] == "nunca-pare-la-bomba/index.html"
    assert {answer(root, f"es/{one}/") for one in ("bomba", "pump")} == {"es/nunca-pare-la-bomba/index.html"}
    (root / "pyproject.toml").write_text((root / "pyproject.toml").read_text("utf-8").replace(ON, ""), "utf-8")
    assert published(root)["pump.md"] == "pump/index.html"
    assert {answer(root, f"es/{one}/") for one in ("bomba", "nunca-pare-la-bomba")} == {"es/pump/index.html"}, (
        "turned off"
    )


def test_a_withdrawn_title_names_no_page(make: Make) -> None:
    root = site(make)
    run(root, "recall", "pump#title", "--by", "Dr. Lee", "--reason", "a patient was hurt")
    assert published(root)["pump.md"] == "pump/index.html" and answer(root, "es/bomba/") == "es/pump/index.html"


def test_a_translator_rewords_a_title_or_gives_a_name(make: Make) -> None:
    root = site(make, **{"heat.md": "---\ntitle: Heat\nslug: heat\n---\n\nStay cool.\n"})
    text = (root / "pyproject.toml").read_text("utf-8")
    (root / "pyproject.toml").write_text(
        text.replace('"title", "description"', '"title", "description", "slug"'), "utf-8"
    )
    with on(3):
        translate(root, {"Heat": "Cuando hace mucho calor", "heat": "calor"})
        assert published(root)["heat.md"] == "calor/index.html"
        translate(root, {"Care": "En casa"})
        found = published(root)
        assert (
            found["care/index.md"] == "en-casa/index.html" and found["care/alarms.md"] == "en-casa/alarmas/index.html"
        )
        assert answer(root, "es/cuidado/alarmas/") == "es/en-casa/alarmas/index.html", "what stands below it, too"


def test_two_pages_of_one_title(make: Make) -> None:
    """The first keeps the name, the other gets a number, and somebody is told; no page gets the English name of another."""
    root = site(make, {**SPANISH, "Heat": "Bomba", "Cold": "Pump"}, **{"zheat.md": "# Heat\n", "cold.md": "# Cold\n"})
    found = published(root)
    assert (found["pump.md"], found["zheat.md"], found["cold.md"]) == (
        "bomba/index.html",
        "bomba-2/index.html",
        "pump-2/index.html",
    )
    said = [one for one in updated(root)[1] if one.code == "slug"]
    assert [(one.span.path, one.locale) for one in said] == [("source/cold.md", "es"), ("source/zheat.md", "es")]
    assert "bomba is the address of another page" in said[1].text
    before = (root / PATH).read_bytes()
    with on(9):
        updated(root)
    assert (root / PATH).read_bytes() == before, "a page that has a name keeps it"


def test_what_two_branches_gave(make: Make) -> None:
    """One name for two pages: the first to have it keeps it. A line that is no address is named, and nothing else is lost."""
    root = site(make)
    line = '{{"at": "{}", "locale": "es", "page": "source/{}", "slug": "{}"}}\n'
    rows = [
        ("2030-01-01T00:00:00Z", "care/index.md", "bomba"),
        ("2030-01-01T00:00:00Z", "pump.md", "a/b"),
        ("x", "pump.md", "../x"),
    ]
    (root / PATH).write_text((root / PATH).read_text("utf-8") + "".join(line.format(*row) for row in rows), "utf-8")
    built(root)
    assert answer(root, "es/cuidado/") == "es/care/index.html" and answer(root, "es/bomba/") == "es/pump/index.html"
    assert answer(root, "es/a/b/") == "es/pump/index.html", "as deep as it is not: an address that leads on"
    assert [one.span.line for one in check(project_of(root)) if one.code == "slugs"] == [7]
    assert main(["audit", "--root", str(root)]) == 0


def test_two_branches_gave_one_address_to_two_pages(make: Make) -> None:
    """Git merges their lines. The other page gets a number and somebody is told, as in one branch."""
    root = site(make)
    line = '{"at": "2030-01-01T00:00:00Z", "locale": "es", "page": "source/cold.md", "slug": "bomba"}\n'
    (root / "source/cold.md").write_text("# Cold\n", "utf-8")
    updated(root)
    translate(root, {"Cold": "Bomba"})
    (root / PATH).write_text((root / PATH).read_text("utf-8") + line, "utf-8")
    said = [one.span.path for one in updated(root)[1] if one.code == "slug"]
    assert said == ["source/cold.md"]
    found = published(root)
    assert (found["pump.md"], found["cold.md"]) == ("bomba/index.html", "bomba-2/index.html")


def test_two_branches_gave_one_name_to_two_pages_that_have_it_still(make: Make) -> None:
    """The next update gives the second of them another, and says so."""
    root = site(make, {**SPANISH, "Care": "Bomba"})
    path = root / PATH
    path.write_text(path.read_text("utf-8").replace("bomba-2", "bomba"), "utf-8")
    found = published(root)
    assert {found["care/index.md"], found["pump.md"]} == {"bomba/index.html", "bomba-2/index.html"}
    assert [one.code for one in updated(root)[1]] == ["slug"]


def test_a_number_that_a_title_had_itself(make: Make) -> None:
    """It goes with the title: no other page has the name without it."""
    loose = '[[tool.lockstep.checks]]\ncheck = "number-added"\nlevel = "warning"\n'
    root = site(make, {**SPANISH, "Pump": "Paso 2"}, extra=ON + loose)
    with on(3):
        translate(root, {"Pump": "Paso"})
        assert published(root)["pump.md"] == "paso/index.html" and updated(root)[1] == []
    assert answer(root, "es/paso-2/") == "es/paso/index.html"


def test_nobody_comes_from_a_page_that_is_held_back_to_another(make: Make) -> None:
    """By its English address, which another page had once in one language."""
    root = site(make, {**SPANISH, "Heat": "Calor"}, **{"heat.md": "# Heat\n\nStay cool.\n"})
    with on(3):
        translate(root, {"Heat": "Mucho calor"})
        published(root)
    path = root / "source/calor.md"
    path.write_text("# Cold\n\nStay warm at home.\n", "utf-8")
    with on(4):
        assert published(root)["calor.md"] == "calor/index.html"
    path.write_bytes(b"\xff")
    assert main(["build", "--root", str(root)]) == 1
    assert (root / "dist/es/mucho-calor/index.html").exists() and not (root / "dist/es/calor").exists()


def test_a_page_becomes_the_first_one(make: Make) -> None:
    root = site(make)
    (root / "source/pump.md").rename(root / "source/index.md")
    path = root / "source/care/alarms.md"
    path.write_text(path.read_text("utf-8").replace("pump.md", "index.md"), "utf-8")
    published(root)
    assert {answer(root, f"es/{one}/") for one in ("pump", "bomba")} == {"es/index.html"}


def test_a_file_is_renamed_and_its_address_stays(make: Make) -> None:
    root = site(make)
    (root / "source/pump.md").rename(root / "source/your-pump.md")
    for path in (root / "source/index.md", root / "source/care/alarms.md"):
        path.write_text(path.read_text("utf-8").replace("pump.md", "your-pump.md"), "utf-8")
    assert published(root)["your-pump.md"] == "bomba/index.html"
    assert answer(root, "es/pump/") == answer(root, "es/your-pump/") == "es/bomba/index.html"
    assert answer(root, "en/pump/") == "en/your-pump/index.html"


@pytest.mark.parametrize("again", ["Pump", "Heat"])
def test_a_new_page_has_the_name_of_a_file_that_was_renamed(make: Make, again: str) -> None:
    """What was the address of one page is never given to another, however its title is translated; and both keep theirs from then on."""
    root = site(make, {**SPANISH, "Heat": "Calor"})
    pump, renamed = root / "source/pump.md", root / "source/your-pump.md"
    for day, (one, other) in enumerate([(pump, renamed), (renamed, root / "source/our-pump.md")], 3):
        with on(day):
            one.rename(other)
            for path in (root / "source/index.md", root / "source/care/alarms.md"):
                path.write_text(path.read_text("utf-8").replace(one.name, other.name), "utf-8")
            published(root)
            one.write_text(f"# {again}\n\nNew page number {day}.\n", "utf-8")
            translate(root, {"Heat": "Calor", "Pump": "Bomba"})
            found = published(root)
        assert found[other.name] == "bomba/index.html" and answer(root, "es/bomba/") == "es/bomba/index.html"
    before = (root / PATH).read_bytes()
    with on(9):
        published(root)
    assert (root / PATH).read_bytes() == before, "nothing is noted twice"


def test_a_page_whose_links_lead_elsewhere_now_is_made_anew(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a store knows, and in however many processes: the same bytes."""
    monkeypatch.setenv("LOCKSTEP_STORE", str(tmp_path / "store"))
    menu = "name: Site\nnav:\n  - page: index.md\n    label: Home\n"  # which has no link to the pump, as that of a large site
    root = site(make, {key: word for key, word in SPANISH.items() if key != "Pump"}, data=menu)
    built(root)
    translate(root, {"Pump": "Bomba"})
    seen: list[bool] = []
    for change in (lambda: None, lambda: updated(root), lambda: (root / PATH).unlink()):
        change()
        kept = outputs(root)
        with monkeypatch.context() as patch:
            patch.setenv("LOCKSTEP_STORE", "off")
            assert kept == outputs(root) == outputs(root, 2)
        seen.append("es/bomba/index.html" in kept)
    assert seen == [False, True, False]


def outputs(root: Path, jobs: int = 1) -> dict[str, bytes]:
    found = project.load(root, clock.read(), store=cache.read())
    assert (found.store.folder is None) == (os.environ["LOCKSTEP_STORE"] == "off")
    return {one.path: one.body for one in build.outputs(found, jobs)}


def test_a_link_to_a_language_that_is_not_published(make: Make) -> None:
    """It leads to the best there is of the page, and says which language that is; a translator's too. The audit agrees."""
    text = "Also [in Haitian](/ht/b/#dose), [in Brazil](/pt-BR/b/), [in Spanish](/es/b/), [here](b.md)."
    pages = {"index.md": f"# A\n\n{text}\n\n<a href='/ht/'>Haiti</a>\n", "b.md": "# B\n\n## Dose\n\nTake two.\n"}
    few = "policy = { published = { ht = 100, pt_BR = 100 } }\n"
    root = make(pages, locales=("es", "ht", "pt", "pt_BR"), extra=ON + few)
    translate(
        root,
        {**interface("es"), "B": "Dosis", text: text.replace("Also", "También").replace("in Haitian", "en haitiano")},
    )
    published(root)
    assert not (root / "dist/ht").exists() and not (root / "dist/pt-BR").exists()
    html = (root / "dist/es/index.html").read_text("utf-8")
    english = '(<span lang="en" dir="ltr">English</span>)'
    assert f'<a href="../en/b/index.html#dose" hreflang="en">en haitiano {english}</a>' in html
    assert (
        '<a href="../pt/b/index.html" hreflang="pt">in Brazil (<span lang="pt" dir="ltr">Português</span>)</a>' in html
    )
    assert '<a href="../es/dosis/index.html">in Spanish</a>, <a href="dosis/index.html">here</a>' in html
    assert '<a href="../en/index.html" hreflang="en">' in html
    original = (root / "dist/en/index.html").read_text("utf-8")
    assert (
        '<a href="../en/b/index.html#dose" hreflang="en">in Haitian</a>' in original
        and '"../es/dosis/index.html"' in original
    )
    page = root / "dist/es/index.html"
    for old, new in (('hreflang="en">en', 'hreflang="pt">en'), ("../pt/b/", "../en/b/"), (f" {english}", "")):
        page.write_text(html.replace(old, new, 1), "utf-8")
        assert len(audit(root / "dist")) > 1, "more is said than that the file is another"


def test_a_title_gives_no_address_that_another_page_had_elsewhere(make: Make) -> None:
    """Whoever kept that address came to the page with the new name, in this language alone, and nothing was said."""
    root = site(make, **{"a.md": "---\ntitle: A\naliases: [/bomba/]\n---\n\n# A\n"})
    assert (root / "dist/es/bomba-2/index.html").exists()
    assert 'url=../../es/a/index.html"' in (root / "dist/es/bomba/index.html").read_text("utf-8")
    _, wrong = rehearse(project_of(root))
    assert [one.span.path for one in wrong if one.code == "slug" and one.span] == ["source/pump.md"]


def test_an_address_that_a_title_had_first_is_named(make: Make) -> None:
    root = site(make, **{"a.md": "---\ntitle: A\n---\n\n# A\n"})
    path = root / "source/a.md"
    path.write_text("---\ntitle: A\naliases: [/bomba/]\n---\n\n# A\n", "utf-8")
    assert published(root)["pump.md"] == "bomba/index.html"
    _, wrong = rehearse(project_of(root))
    (found,) = (one for one in wrong if one.code == "slug")
    assert found.text.startswith(
        "/bomba leads nobody to source/a.md in this language: it is or was the address of source/pump.md."
    )
