"""Adopting translated copies of pages: each block under its own English or listed, and what is stale known from the first day."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.catalog import Entry, po_file
from pipeline.cli.main import main
from pipeline.commands import adopt_pages, copies
from pipeline.commands.adopt_pages import Copied
from pipeline.commands.copies import Where
from pipeline.core.model import Key
from tests.conftest import Make, project_of, read_tree, updated

PO = "locale/es/LC_MESSAGES/messages.po"
ENGLISH = """\
# Pain pump

Take 5 mg at night.

Call us if you feel dizzy. We are here from 8 a.m. to 5 p.m.

- Rest after the visit.
- Drink water.

See [the guide](guide.md) for more.
"""
SPANISH = """\
# Bomba para el dolor

Tome 5 mg por la noche.

Llámenos si se siente mareado. Estamos aquí de 8 a.m. a 5 p.m.

- Descanse después de la visita.
- Beba agua.

Vea [la guía](../es/guide.md) para saber más.
"""
DOSE = Key(None, "Take 50 mg at night.")


def commit(root: Path, day: str, files: Mapping[str, str], *, by: str = "A") -> None:
    """A commit of these files on a day."""
    if not (root / ".git").exists():
        git(root, day, "init", "-q", "-b", "main")
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    git(root, day, "add", "-A")
    git(root, day, "commit", "-qm", f"by {by}")


def git(root: Path, day: str, *words: str) -> None:
    env = {**os.environ, "GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *name, *words], cwd=root, env=env, check=True, capture_output=True)


def theirs(root: Path) -> Path:
    """The folder of the other site, beside ours."""
    path = root.parent / "theirs"
    path.mkdir(exist_ok=True)
    return path


def brought(root: Path, *, write: bool = True, english: bool = True) -> Copied:
    other = theirs(root)
    place = Where(other / "en") if english else None
    made, _, wrong = adopt_pages.adopt(project_of(root), {"es": Where(other / "es")}, place, write=write)
    assert not [one for one in wrong if one.level == 2]
    return made[0]


def live(root: Path) -> dict[Key, Entry]:
    return po_file.load(root, PO).live()


def site(make: Make, english: str = ENGLISH) -> Path:
    root = make({"pump.md": english, "guide.md": "# Guide\n\nHow to use it.\n"})
    updated(root)
    return root


def test_a_copy_becomes_translations_that_nobody_reviewed(make: Make) -> None:
    root = site(make)
    commit(theirs(root), "2026-01-01", {"en/pump.md": ENGLISH, "es/pump.md": SPANISH})
    made = brought(root)
    found = live(root)
    assert found[Key(None, "Take 5 mg at night.")].strings == ("Tome 5 mg por la noche.",)
    assert (made.pages, made.dated, made.alone, made.stale) == (1, 1, [], [])
    own = [entry for entry in found.values() if any("es/pump.md" in note for note in entry.notes)]
    assert len(own) == 6 and not any(entry.fuzzy for entry in own)
    assert found[Key(None, "See [the guide](guide.md) for more.")].strings == (
        "Vea [la guía](guide.md) para saber más.",
    )
    before = read_tree(root)
    brought(root)
    assert read_tree(root) == before, "twice is once"


NEVER_LIVE = [
    ("Take 5 mg at night.", "Tome 50 mg por la noche."),
    ("Take 0.5 mg at night.", "Tome 5 mg por la noche."),
    ("Take 5 mg at night.", "Tome la medicina por la noche."),
    ("Take it at night.", "Tome 5 mg por la noche."),
    ("Take 2 tablets 3 times a day.", "Tome 3 tabletas 4 veces al día."),
    ("Take two tablets.", "Tome tres tabletas."),
    ("Call 555-0142 at night.", "Llame al 555-0143 por la noche."),
    ("Do not take it at night, call us first.", "Tómelo por la noche, llámenos primero."),
]


@pytest.mark.parametrize(("english", "spanish"), NEVER_LIVE)
def test_a_pair_whose_numbers_or_sense_differ_is_never_live(make: Make, english: str, spanish: str) -> None:
    """However sure everything around it is; it is offered to a translator, with the reason."""
    ours, other = (text.replace(old, new) for text, old, new in ((ENGLISH, "Take 5 mg at night.", english), (SPANISH, "Tome 5 mg por la noche.", spanish)))  # fmt: skip
    root = site(make, ours)
    commit(theirs(root), "2026-01-01", {"en/pump.md": ours, "es/pump.md": other})
    brought(root)
    found = live(root)[Key(None, english)]
    assert found.fuzzy or not found.translated
    around = live(root)[Key(None, "Drink water.")]
    assert around.strings == ("Beba agua.",) and not around.fuzzy


DOSES = [
    ("Take 5 mg when you wake up.", "Tome 5 mg al despertarse."),
    ("Take 5 mg before you go to sleep.", "Tome 5 mg antes de dormir."),
]


def test_doses_that_changed_places_are_never_live_under_each_other(make: Make) -> None:
    """Nothing but the words tells the two apart, so a translator decides, whatever order they are in."""
    ours = ENGLISH.replace("Take 5 mg at night.", DOSES[0][0]).replace("5 p.m.\n", f"5 p.m.\n\n{DOSES[1][0]}\n")
    other = SPANISH.replace("Tome 5 mg por la noche.", DOSES[1][1]).replace("5 p.m.\n", f"5 p.m.\n\n{DOSES[0][1]}\n")
    root = site(make, ours)
    commit(theirs(root), "2026-01-01", {"en/pump.md": ours, "es/pump.md": other})
    brought(root)
    for text, _ in DOSES:
        assert live(root)[Key(None, text)].fuzzy
    told = live(root)[Key(None, DOSES[0][0])].notes
    assert any("a dose, and nothing" in note for note in told)


def test_what_has_no_english_is_listed(make: Make) -> None:
    root = site(make)
    more = SPANISH.replace(
        "- Descanse", "Un texto que solo está aquí, y que es bastante más largo que lo demás.\n\n- Descanse"
    )
    commit(theirs(root), "2026-01-01", {"en/pump.md": ENGLISH, "es/pump.md": more, "es/nowhere.md": "# Nada\n"})
    made = brought(root)
    assert [one.text[:12] for one in made.alone] == ["Un texto que"]
    assert made.alone[0].place.endswith("es/pump.md:7")
    assert len(made.missing) == 1 and "no page of the site is called nowhere" in made.missing[0]


def test_the_copy_of_a_page_that_cannot_be_read_says_so(make: Make) -> None:
    root = site(make)
    (root / "source/new.md").write_text("# New\n\n```\nx\n", "utf-8")
    commit(theirs(root), "2026-01-01", {"en/pump.md": ENGLISH, "es/pump.md": SPANISH, "es/new.md": "# Nuevo\n"})
    place, other = Where(theirs(root) / "es"), Where(theirs(root) / "en")
    made, _, _ = adopt_pages.adopt(project_of(root), {"es": place}, other)
    (said,) = made[0].missing
    assert said.endswith("es/new.md: its page cannot be read. Mend source/new.md, then adopt again")


def test_the_word_of_a_box_that_a_copy_writes_out_is_no_lost_text(make: Make, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    root = site(make)
    boxes = "\n!!! note\n    Read this at home.\n\n!!! note\n    And this at work.\n"
    (root / "source/pump.md").write_text(ENGLISH + boxes, "utf-8")
    updated(root)
    said = '\n!!! note "Nota"\n    Lea esto en casa.\n\n!!! note "Nota"\n    Y esto en el trabajo.\n\n!!! tip "Consejo"\n    Duerma.\n'
    commit(theirs(root), "2026-01-01", {"en/pump.md": ENGLISH + boxes, "es/pump.md": SPANISH + said})
    made = brought(root)
    assert [one.text for one in made.alone] == ["Consejo", "Duerma."] and made.counts[adopt_pages.TITLED] == 2
    main(["adopt", "--root", str(root), "--pages", f"es={theirs(root)}/es"])
    assert "2 titles of boxes that have none in English" in capsys.readouterr().out


def test_what_is_stale_is_known_from_the_first_day(make: Make) -> None:
    """The copy is older than an edit of the dose: paired with the English of its time, and stale since the day of the edit."""
    now = ENGLISH.replace("5 mg", "50 mg").replace("Drink water.", "Drink water!")
    root = site(make, now)
    other = theirs(root)
    commit(other, "2026-01-01", {"en/pump.md": ENGLISH, "es/pump.md": SPANISH})
    commit(other, "2026-02-01", {"en/pump.md": ENGLISH.replace("5 mg", "50 mg")})
    commit(other, "2026-03-01", {"en/pump.md": now})
    before = read_tree(root)
    tried = brought(root, write=False)
    assert read_tree(root) == before
    made = brought(root)
    assert made.stale == tried.stale
    (one,) = made.stale
    assert (str(one.severity), one.since, one.why) == ("critical", "2026-02-01", "number: 5 mg → 50 mg")
    found = live(root)
    assert found[DOSE].fuzzy and found[DOSE].previous and found[DOSE].previous.key.msgid == "Take 5 mg at night."
    assert not found[Key(None, "Drink water!")].fuzzy, "looks alone carry over"
    shown = project_of(root).own("es")["source/pump.md", DOSE]
    assert str(shown.state) == "stale" and shown.spoken == "en"


def test_a_block_is_as_old_as_its_own_lines(make: Make) -> None:
    """A typing error mended elsewhere in the copy, after the dose was changed, makes no dose new."""
    now = ENGLISH.replace("5 mg", "50 mg")
    root = site(make, now)
    other = theirs(root)
    commit(other, "2026-01-01", {"en/pump.md": ENGLISH, "es/pump.md": SPANISH})
    commit(other, "2026-02-01", {"en/pump.md": now})
    commit(other, "2026-03-01", {"es/pump.md": SPANISH.replace("Beba agua", "Beba mucha agua")})
    made = brought(root)
    assert [(one.since, one.why) for one in made.stale] == [("2026-02-01", "number: 5 mg → 50 mg")]
    assert live(root)[DOSE].fuzzy
    assert live(root)[Key(None, "Drink water.")].strings == ("Beba mucha agua.",)


def test_the_copy_of_a_later_english_is_current(make: Make) -> None:
    now = ENGLISH.replace("5 mg", "50 mg")
    root = site(make, now)
    other = theirs(root)
    commit(other, "2026-01-01", {"en/pump.md": ENGLISH, "es/pump.md": SPANISH})
    commit(other, "2026-02-01", {"en/pump.md": now})
    commit(other, "2026-03-01", {"es/pump.md": SPANISH.replace("5 mg", "50 mg")})
    assert brought(root).stale == []
    assert live(root)[DOSE].strings == ("Tome 50 mg por la noche.",) and not live(root)[DOSE].fuzzy


def test_lines_that_are_older_than_their_english_are_a_draft(make: Make) -> None:
    """A block whose English came into the page after the block's own lines is a draft."""
    root = site(make, ENGLISH)
    other = theirs(root)
    commit(other, "2026-01-01", {"en/pump.md": ENGLISH.replace("Drink water.\n", "Sleep with a pillow under both knees, every night.\n"), "es/pump.md": SPANISH})  # fmt: skip
    commit(other, "2026-02-01", {"en/pump.md": ENGLISH})
    commit(other, "2026-03-01", {"es/pump.md": SPANISH.replace("mareado", "mareada")})
    brought(root)
    found = live(root)[Key(None, "Drink water.")]
    assert found.fuzzy or not found.translated


def test_english_that_is_gone_keeps_its_translation(make: Make) -> None:
    root = site(make, ENGLISH.replace("Call us if you feel dizzy. We are here from 8 a.m. to 5 p.m.\n\n", ""))
    commit(theirs(root), "2026-01-01", {"en/pump.md": ENGLISH, "es/pump.md": SPANISH})
    made = brought(root)
    kept = [entry for entry in po_file.load(root, PO).entries if entry.obsolete and "Llámenos" in entry.strings[0]]
    assert len(kept) == 1 and kept[0].key.msgid.startswith("Call us if you feel dizzy.")
    assert any(one.what == adopt_pages.GONE for one in made.merge.outcomes)


def test_without_git_it_says_that_it_cannot_know(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = site(make)
    (theirs(root) / "es").mkdir()
    (theirs(root) / "es/pump.md").write_text(SPANISH)
    assert main(["adopt", "--root", str(root), "--pages", f"es={theirs(root) / 'es'}"]) == 0
    said = capsys.readouterr().out
    assert (
        "0 beside the English of their time" in said and "Git does not tell" in said and "Nothing was written" in said
    )


def test_a_clone_without_its_history_makes_nothing_current(make: Make) -> None:
    """Every file of it seems to be of its one commit."""
    now = ENGLISH.replace("5 mg", "50 mg").replace("night", "noon")
    root = site(make, now)
    whole = root.parent / "whole"
    whole.mkdir()
    commit(whole, "2026-01-01", {"en/pump.md": ENGLISH, "es/pump.md": SPANISH})
    commit(whole, "2026-02-01", {"en/pump.md": now})
    git(root.parent, "2026-03-01", "clone", "-q", "--depth", "1", whole.as_uri(), "theirs")
    made = brought(root)
    assert made.dated == 0 and "git fetch --unshallow" in made.missing[0]


def test_a_copy_that_is_no_text_is_named(make: Make) -> None:
    root = site(make)
    commit(theirs(root), "2026-01-01", {"en/pump.md": ENGLISH, "es/pump.md": SPANISH, "es/guide.md": ""})
    (theirs(root) / "es/guide.md").write_bytes(b"# Gu\xeda\n")
    made = brought(root)
    assert made.pages == 1 and "es/guide.md" in made.missing[0]


def test_a_catalog_wins_over_a_copy(make: Make) -> None:
    root = site(make)
    path = root / PO
    path.write_text(
        path.read_text().replace('msgid "Drink water."\nmsgstr ""', 'msgid "Drink water."\nmsgstr "Tome agua."')
    )
    commit(theirs(root), "2026-01-01", {"en/pump.md": ENGLISH, "es/pump.md": SPANISH})
    made = brought(root)
    assert live(root)[Key(None, "Drink water.")].strings == ("Tome agua.",)
    assert [one.english for one in adopt_pages.waiting(made)] == ["Drink water."]


LAYOUTS = [
    ("folders", "en/pump.md", "es/pump.md", "es", "en"),
    ("mkdocs folders", "docs/en/pump.md", "docs/es/pump.md", "docs/es", "docs/en"),
    ("mkdocs suffix", "docs/pump.md", "docs/pump.es.md", "docs/{page}.es.md", "docs"),
    ("hugo", "content/en/pump.md", "content/es/pump.md", "content/es", "content/en"),
    ("hugo suffix", "content/pump.en.md", "content/pump.es.md", "content/{page}.es.md", "content/{page}.en.md"),
    ("suffix with _", "docs/pump.md", "docs/pump_es.md", "docs/{page}_es.md", "docs"),
    ("suffix with -", "docs/pump.md", "docs/pump-es.md", "docs/{page}-es.md", "docs"),
    ("a region", "docs/pump.md", "docs/pump.es-ES.md", "docs/{page}.es-ES.md", "docs"),
    ("behind the ending", "docs/pump.md.en", "docs/pump.md.es", "docs/{page}.md.es", "docs/{page}.md.en"),
    ("and its encoding", "docs/pump.md", "docs/pump.md.es.utf8", "docs/{page}.md.es.utf8", "docs"),
    ("jekyll", "pump.md", "es/pump.md", "es", "."),
    ("jekyll collections", "_en/pump.md", "_es/pump.md", "_es", "_en"),
    ("starlight", "src/content/docs/pump.mdx", "src/content/docs/es/pump.mdx", "src/content/docs/es", "src/content/docs"),
    ("docusaurus", "docs/pump.md", "i18n/es/docusaurus-plugin-content-docs/current/pump.md", "i18n/es/docusaurus-plugin-content-docs/current", "docs"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "english", "copy", "place", "home"), LAYOUTS, ids=[row[0] for row in LAYOUTS])
def test_where_other_tools_keep_their_copies(
    make: Make, name: str, english: str, copy: str, place: str, home: str
) -> None:
    root = site(make)
    other = theirs(root)
    more = {"node_modules/x/es/pump.md": "# No\n"}
    commit(
        other, "2026-01-01", {english: ENGLISH, copy: SPANISH, english.replace("pump", "guide"): "# Guide\n", **more}
    )
    found = copies.found(project_of(root), other)
    wanted = {
        locale: f"{other}/{path}" if path != "." else str(other) for locale, path in (("es", place), ("en", home))
    }
    assert {locale: str(where) for locale, where in found.items()} == wanted
    made, _, _ = adopt_pages.adopt(project_of(root), {"es": found["es"]}, found["en"])
    assert (made[0].pages, made[0].dated, made[0].alone) == (1, 1, [])


def test_the_verb(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = site(make)
    other = theirs(root)
    commit(other, "2026-01-01", {"en/pump.md": ENGLISH, "es/pump.md": SPANISH, "es/guide.md": "# Guía\n\nCómo usarla.\n\nY más de lo que nadie sabe aquí.\n"})  # fmt: skip
    asked = ["adopt", "--root", str(root), "--pages", str(other)]
    before = read_tree(root)
    assert main([*asked, "--format", "json"]) == 1, "one text waits for a person"
    (one,) = json.loads(capsys.readouterr().out)
    assert one["locale"] == "es" and one["pages"] == 2 and len(one["alone"]) == 1
    assert main([*asked, "--format", "markdown"]) == 1
    assert capsys.readouterr().out.startswith("## es  2 copies")
    assert read_tree(root) == before
    assert main([*asked, "--write"]) == 1
    assert f"{PO}: written" in capsys.readouterr().out
    for words, said in (
        (["--pages", "xx=docs"], "no language of this site"),
        (["--pages", f"es={other}/nowhere"], "no such folder"),
        (["--pages", str(root / "locale")], "no copies"),
        (["--pages", f"es={other}/en/x"], "no such folder"),
        ([str(other / "es"), "--pages", str(other)], "both catalogs and copies"),
        ([], "nothing is named"),
        (["--pages", str(other), "--format", "html"], "no report in HTML"),
    ):
        assert main(["adopt", "--root", str(root), *words]) == 2, words
        assert said in capsys.readouterr().err


HTML = """
[[tool.babel.mappings]]
method = "lockstep-html"
pattern = "source/**.html"
keys = ["title", "description"]
"""
PUMP = """<!doctype html><html lang="en"><head><title>The pump</title></head><body><header>Clinic</header><main>
<h1>The pump</h1>
<p>It gives medicine slowly, day and night.</p>
<ul><li>Take <b>5 mg</b> at night.<li>Drink water.</ul>
<p>See <a href="guide.html#use">the guide</a> for more. <img src="images/a.png" alt="A pump"></p>
<table><tr><th>Drug<th>Dose<tr><td>Morphine<td>20 mg</table>
<pre>set 5</pre>
<p>New since then.</p>
</main></body></html>
"""
BOMBA = """<!doctype html><html lang="es"><head><title>La bomba</title></head><body><header>Clínica</header><main>
<h1>La bomba</h1>
<p>Administra la medicina poco a poco, d&iacute;a y&nbsp;noche&#x2026; &lt;1</p>
<ul><li>Tome <b>5 mg</b> por la noche.</li><li>Beba agua.</li></ul>
<p>Vea <a href="/es/guide.html#use">la guía</a> para saber más. <img src="../images/a.png" alt="Una bomba"></p>
<table><tr><th>Fármaco<th>Dosis<tr><td>Morfina<td>200 mg</table>
<pre>set 5</pre>
</main></body></html>
"""


def test_copies_in_html(make: Make) -> None:
    """A page in HTML and its copy: the same pairs, the addresses of the English, a wrong dose never live; the rest is named."""
    root = make({"pump.html": PUMP, "guide.html": "<h1>Guide</h1><p id=use>Use it.</p>", "index.md": "# Home"})
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8") + HTML, "utf-8")
    other = theirs(root)
    for name, text in {"es/pump.html": BOMBA, "es/index.html": "<h1>Inicio</h1>"}.items():
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_text(text, "utf-8")
    updated(root)
    made = brought(root, english=False)
    found = {key.msgid: entry for key, entry in live(root).items() if entry.translated and not entry.fuzzy}
    assert found["Take <b>5 mg</b> at night."].strings == ("Tome <b>5 mg</b> por la noche.",)
    link = 'See <a href="guide.html#use">the guide</a> for more. <img src="images/a.png" alt="A pump">'
    assert found[link].strings == (
        'Vea <a href="guide.html#use">la guía</a> para saber más. <img src="images/a.png" alt="Una bomba">',
    )
    assert live(root)[Key(None, "It gives medicine slowly, day and night.")].strings == (
        "Administra la medicina poco a poco, día y&nbsp;noche… &lt;1",
    )
    assert "20 mg" not in found and "New since then." not in found
    assert live(root)[Key("title", "The pump")].strings == ("La bomba",)
    assert any("index.html" in one and "another format" in one for one in made.missing)
    assert copies.found(project_of(root), other)["es"] == Where(other / "es")


PART = "Keep the pump dry. See [the guide](./guide.md#care).\n\nCall 555-0100 when it beeps.\n"
PARTE = "Mantenga seca la bomba. Vea [la guía](./guide.md#care).\n\nLlame al 555-0100 cuando suene.\n"
USED = [
    ("docusaurus", "source/care/_part.mdx", "import Part from './care/_part.mdx'\n\n# Home\n\n<Part />\n"),
    ("mkdocs", "source/care/_part.md", '# Home\n\n--8<-- "care/_part.md"\n'),
    ("mkdocs", "includes/care/_part.md", '# Home\n\n--8<-- "care/_part.md"\n'),
    ("hugo", "includes/care/_part.md", '# Home\n\n{{% include "care/_part.md" %}}\n'),
]


@pytest.mark.parametrize(("dialect", "part", "page"), USED)
def test_the_copy_of_a_part_of_pages_is_paired_too(make: Make, dialect: str, part: str, page: str) -> None:
    """Its texts stayed in English, and its copy was said to be of no page."""
    guide = "# Guide\n\n## Care\n"
    root = make(
        {"index.md": page, "care/guide.md": guide, "guide.md": guide}, extra=f'dialect = ["common", "{dialect}"]\n'
    )
    (root / part).parent.mkdir(parents=True, exist_ok=True)
    (root / part).write_text(PART)
    updated(root)
    es = root.parent / "es"
    (es / "care").mkdir(parents=True)
    (es / f"care/{Path(part).name}").write_text(PARTE, "utf-8")
    (es / "index.md").write_text(page.replace("Home", "Inicio"), "utf-8")
    (es / "care/_other.md").write_text("Otra.\n", "utf-8")
    (made,), _, _ = adopt_pages.adopt(project_of(root), {"es": Where(es)}, None, write=True)
    assert made.missing == [f"{es}/care/_other.md: no page of the site is called care/_other"]
    found = {key.msgid: entry.strings[0] for key, entry in live(root).items()}
    to = "/care/guide.md#care" if dialect == "docusaurus" else "./guide.md#care"
    assert found[f"Keep the pump dry. See [the guide]({to})."] == f"Mantenga seca la bomba. Vea [la guía]({to})."
    assert found["Call 555-0100 when it beeps."] == "Llame al 555-0100 cuando suene."
    assert found["Home"] == "Inicio"


def test_what_is_stale_in_a_part_of_pages_is_known(make: Make) -> None:
    page = "import Part from './_part.mdx'\n\n# Home\n\n<Part />\n"
    root = make(
        {"index.md": page, "_part.mdx": PART.replace("0100", "0111")}, extra='dialect = ["common", "docusaurus"]\n'
    )
    (old := root.parent / "old").mkdir()
    commit(old, "2026-01-01", {"en/index.md": page, "en/_part.mdx": PART, "es/index.md": page, "es/_part.mdx": PARTE})
    commit(old, "2026-02-01", {"en/_part.mdx": PART.replace("0100", "0111")})
    updated(root)
    (made,), _, _ = adopt_pages.adopt(project_of(root), {"es": Where(old / "es")}, Where(old / "en"), write=True)
    assert [(one.english, one.since) for one in made.stale] == [("Call 555-0100 when it beeps.", "2026-02-01")]


SECTIONS = [
    ("# A\n\nThe first challenge asks you to put a file on your server, on port 80.\n\n", "# Uno\n\nEl primer desafío le pide que ponga un archivo en su servidor, en el puerto 80.\n\n"),
    ("# SNI\n\nThis was defined in drafts and sent a specific [header](https://d.org/sni); it was removed.\n\n", "# SNI\n\nEste se definió en borradores y enviaba un [encabezado](https://d.org/sni) específico; fue retirado.\n\n"),
    ("# B\n\nThis one was developed after it and is performed on port 443; see [the text](https://d.org/alpn).\n\nIt is best suited to large hosts.\n", "# Dos\n\nEste se desarrolló después y se realiza en el puerto 443; vea [el texto](https://d.org/alpn).\n\nEs más adecuado para grandes servicios.\n"),
]  # fmt: skip


def test_a_section_in_another_place_is_a_draft(make: Make) -> None:
    """Its text was listed as one without an English, though both have the same link and no other block has it."""
    root = make({"index.md": "".join(english for english, _ in SECTIONS)})
    updated(root)
    (es := root.parent / "es").mkdir()
    first, second, third = (spanish for _, spanish in SECTIONS)
    (es / "index.md").write_text(first + third.rstrip("\n") + "\n\n" + second, "utf-8")
    (made,), _, _ = adopt_pages.adopt(project_of(root), {"es": Where(es)}, None, write=True)
    assert [one.text for one in made.alone] == ["SNI"], "a heading that the other one took"
    entry = next(one for key, one in live(root).items() if key.msgid.startswith("This was defined"))
    assert entry.fuzzy and entry.strings[0].startswith("Este se definió")
    assert "likely: it stands in another place of the page" in "".join(entry.notes)
    assert "taken over, not sure: it stands in another place of the page" in entry.extracted
    before = read_tree(root / "locale")
    updated(root)
    assert read_tree(root / "locale") == before


def test_blocks_that_share_nothing_rare_are_no_pair_in_another_place(make: Make) -> None:
    root = make(
        {
            "index.md": "# A\n\nOne [a](https://d.org/a) [b](https://d.org/b).\n\nTwo [b](https://d.org/b) here.\n\nThree here.\n"
        }
    )
    updated(root)
    (es := root.parent / "es").mkdir()
    (es / "index.md").write_text(
        "# A\n\nTres.\n\nDos [b](https://d.org/b) y [b](https://d.org/b), con mucho más texto que en inglés, [c](https://d.org/c).\n",
        "utf-8",
    )
    adopt_pages.adopt(project_of(root), {"es": Where(es)}, None, write=True)
    assert not [one for one in live(root).values() if any("another place" in note for note in one.notes)]


LED = """\
# The pump

Words about this page stand here.

## Where to read

For how much to give, read [the part on amounts](#amounts).

## Amounts

The pump gives it in 20 minutes.

## Storage

In the fridge.
"""
LED_COPY = """\
# La bomba

Aquí hay palabras sobre esta página.

## Dónde leer

Para saber cuánto dar, lea [la parte sobre cantidades](#amounts).

## Cantidades

La bomba lo da en 20 minutos.

## Almacenamiento

En la nevera.
"""
AMOUNTS = Key(None, "For how much to give, read [the part on amounts](#amounts).")


def led(make: Make, english: str, spanish: str) -> Path:
    root = make({"pump.md": english, "guide.md": LED.replace("# The pump", "# Guide")})
    updated(root)
    commit(theirs(root), "2026-01-01", {"en/pump.md": english, "es/pump.md": spanish})
    brought(root)
    return root


@pytest.mark.parametrize("before", ["", "guide.md", "../es/guide/"])
def test_a_text_that_leads_to_another_place_is_never_live(make: Make, before: str) -> None:
    """However sure all around it is. Its address stays as it is, so that a translator sees what is wrong."""
    page = before and "guide.md"
    english = LED.replace("#amounts", f"{page}#amounts")
    said = f"Cómo se guarda lo dice [la parte sobre guardarla]({before}#storage)."
    spanish = LED_COPY.replace("Para saber cuánto dar, lea [la parte sobre cantidades](#amounts).", said)
    root = led(make, english, spanish)
    found = live(root)[AMOUNTS._replace(msgid=AMOUNTS.msgid.replace("#amounts", f"{page}#amounts"))]
    assert found.fuzzy and found.strings == (said,)
    assert any("their links differ" in note for note in found.notes)
    assert not live(root)[Key(None, "Words about this page stand here.")].fuzzy


@pytest.mark.parametrize(("name", "certain"), [("cantidades", True), ("almacenamiento", False)])
def test_a_place_that_is_called_by_translated_words_is_that_of_the_english(make: Make, name: str, certain: bool) -> None:  # fmt: skip
    """Other tools make the name of a heading from its translation; where the headings are the same, its place tells which it is."""
    root = led(make, LED, LED_COPY.replace("#amounts", f"#{name}"))
    found = live(root)[AMOUNTS]
    assert found.fuzzy is not certain, found.notes
    place = "amounts" if certain else "storage"
    assert found.strings == (f"Para saber cuánto dar, lea [la parte sobre cantidades](#{place}).",)


def test_where_the_headings_differ_a_translated_name_is_not_known(make: Make) -> None:
    more = LED_COPY.replace("## Cantidades", "## Una sección más\n\nTexto.\n\n## Cantidades").replace("#amounts", "#cantidades")  # fmt: skip
    found = live(led(make, LED, more))[AMOUNTS]
    assert found.fuzzy or not found.translated


LISTED = ["colors", "errors", "window", "answer"]
NAMES = {"colors": "Colores", "errors": "Errores", "window": "Ventana", "answer": "Respuesta"}


def linked(order: list[str], words: Mapping[str, str], title: str) -> str:
    items = "\n".join(f'<li><a href="#{one}">{words[one]}</a></li>' for one in order)
    parts = "".join(f'<h2 id="{one}">{words[one]}</h2>' for one in LISTED)
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>\n<ul>\n{items}\n</ul>\n{parts}\n</body></html>\n"


@pytest.mark.parametrize("order", [LISTED, ["answer", "colors", "window", "errors"]])
def test_links_tell_which_item_of_a_list_is_which(make: Make, order: list[str]) -> None:
    root = make({"pump.md": "# A page\n"})
    (root / "source/index.html").write_text(linked(LISTED, {one: one.title() for one in LISTED}, "Index"), "utf-8")
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8") + HTML, "utf-8")
    updated(root)
    copy = theirs(root) / "es/index.html"
    copy.parent.mkdir()
    copy.write_text(linked(order, NAMES, "Índice"), "utf-8")
    adopt_pages.adopt(project_of(root), {"es": Where(theirs(root) / "es")}, None, write=True)
    for one in LISTED:
        found = live(root)[Key(None, f'<a href="#{one}">{one.title()}</a>')]
        assert found.strings == (f'<a href="#{one}">{NAMES[one]}</a>',)
        assert not found.fuzzy or order != LISTED
        assert not live(root)[Key(None, one.title())].fuzzy


@pytest.mark.parametrize(
    ("locales", "spelt", "wanted"),
    [
        (["nb"], "nb-no", "nb"),
        (["nb"], "nb_NO", "nb"),
        (["nb"], "no", "nb"),
        (["pt"], "pt-BR", "pt"),
        (["pt_BR"], "pt", "pt_BR"),
        (["es"], "es-419", "es"),
        (["zh_Hant"], "zh-TW", "zh_Hant"),
        (["zh_Hans"], "zh-TW", ""),
        (["zh_Hans", "zh_Hant"], "zh_HK", "zh_Hant"),
        (["pt_BR"], "pt-PT", ""),
        (["pt", "pt_BR"], "pt-br", "pt_BR"),
        (["nn", "nb"], "nn-NO", "nn"),
        (["sr"], "sr-Latn", ""),
    ],
)
@pytest.mark.parametrize("layout", ["docs/{}/pump.md", "docs/pump.{}.md", "docs/pump_{}.md"])
def test_a_region_of_a_language_that_the_site_has_once(make: Make, locales: list[str], spelt: str, wanted: str, layout: str) -> None:  # fmt: skip
    root = make({"pump.md": ENGLISH}, locales=locales)
    other = theirs(root)
    for path in ("docs/pump.md", copy := layout.format(spelt)):
        (other / path).parent.mkdir(parents=True, exist_ok=True)
        (other / path).write_text(ENGLISH, "utf-8")
    search = copies.search(project_of(root), other)
    assert [name for name in search.found if name != "en"] == ([wanted] if wanted else [])
    if wanted:
        assert (search.found[wanted].folder / search.found[wanted].pages["pump"]) == other / copy
    else:
        (left,) = search.left
        assert left.locale == locales[0] and f"({spelt.lower()}) was not taken" in left.said


def test_two_regions_of_a_language_are_for_a_person(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """And what no copies were found of is said."""
    root = make({"pump.md": ENGLISH, "install-it.md": "# To install it\n", "install.md": "# To install\n"}, locales=["es", "pt", "it"])  # fmt: skip
    updated(root)
    other = theirs(root)
    for name in ("pump.md", "pump.pt-BR.md", "pump.pt-PT.md", "pump.es.md", "install.md", "install-it.md"):
        (other / name).write_text(SPANISH, "utf-8")
    main(["adopt", "--root", str(root), "--pages", str(other)])
    said = capsys.readouterr().out
    assert f"{other}/{{page}}.pt-BR.md (pt-br) was not taken: it may be another pt. If it is that, say pt=" in said
    assert "(pt-pt) was not taken" in said and "no copies were found in it. Say where: it=docs/it" in said
    assert f"{other} is not in git, or not in it yet." in said
    main(["adopt", "--root", str(root), "--pages", str(other), f"pt={other}/{{page}}.pt-BR.md"])
    assert "was not taken" not in capsys.readouterr().out


def test_what_to_type_where_the_history_is_not_known(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = site(make)
    commit(theirs(root), "2026-01-01", {"en/pump.md": ENGLISH, "es/pump.md": SPANISH})
    main(["adopt", "--root", str(root), "--pages", f"es={theirs(root)}/es"])
    assert f"en={theirs(root)}/en" in capsys.readouterr().out


ROWS = "<h1>Keys</h1><p>All of the keys and commands are told here.</p><dl><dt>{}<dd>Go one letter to the left.</dl><p>More are on another page.</p>"
ROWS_THERE = "<h1>Teclas</h1><p>Aquí se dicen todas las teclas y órdenes.</p><dl><dt>{}<dd>Ir una letra a la izquierda.</dl><p>Hay más en otra página.</p>"


def brought_in_html(make: Make, english: str, spanish: str) -> dict[Key, Entry]:
    """What the catalog has of a page in HTML and its copy."""
    root = make({"pump.html": english, "index.md": "# Home"})
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8") + HTML, "utf-8")
    (theirs(root) / "es").mkdir()
    (theirs(root) / "es/pump.html").write_text(spanish, "utf-8")
    updated(root)
    brought(root, english=False)
    return live(root)


@pytest.mark.parametrize(
    ("english", "there", "certain"),
    [
        ("MOVE_LEFT", "C-b, LEFT", False),
        ("MOVE_LEFT", "MOVE_UP", False),
        ("MOVE_LEFT", "Mover a la izq", False),
        ("SPC, C-v, +", "SPC,C-v", False),
        ("--left", "--right", False),
        ("C-f, LEFT", "C-f, IZQUIERDA", True),
        ("WARNING", "ATENCIÓN", True),
    ],
)
def test_the_name_of_a_command_is_never_live_under_another(make: Make, english: str, there: str, certain: bool) -> None:
    found = brought_in_html(make, ROWS.format(english), ROWS_THERE.format(there))
    assert found[Key(None, english)].fuzzy is not certain
    assert found[Key(None, english)].strings == (there,)
    assert not found[Key(None, "Go one letter to the left.")].fuzzy


SAME = [
    ("MOVE_LEFT", True), ("C-b, LEFT", True), ("--help", True), ("BACK", False), ("Left", False), ("Use --help", False),
    ("w", True), ("MENU:UP", True), ("SPC, RET, RIGHT", True), ("SunOS 4.1.x", True), ("Ana Ruiz, ana@example.org", True),
    ("DO NOT", False), ("5 mg", False), ("Ana Ruiz", False), ("Do not write to ana@example.org", False), ("Go on.", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "taken"), SAME)
def test_a_name_that_is_the_same_in_both_is_its_own_translation(make: Make, text: str, taken: bool) -> None:
    """What may be a word is still English."""
    found = brought_in_html(make, ROWS.format(text), ROWS_THERE.format(text))[Key(None, text)]
    assert (found.strings == (text,) and not found.fuzzy) is taken


@pytest.mark.parametrize(
    ("english", "spanish", "certain"),
    [
        ("You successfully created an array!", "Creaste un array con éxito.", True),
        ("You successfully created an array! Look at it.", "Creaste un array.", False),
        ("You created it!", "Creaste un array con éxito y aquí lo puedes ver ahora mismo.", False),
    ],
)
def test_a_short_text_between_blocks_of_other_kinds_may_be_shorter(make: Make, english: str, spanish: str, certain: bool) -> None:  # fmt: skip
    """Its place says which it is, and good translators write it shorter; not where it has a sentence less, or is another altogether."""
    page = "# {}\n\n{}\n\n## {}\n\n1. {}\n"
    root = site(make, page.format("Arrays", english, "What is next", "Choose the next exercise."))
    there = page.format("Arreglos", spanish, "Lo que sigue", "Elija el siguiente ejercicio.")
    commit(
        theirs(root), "2026-01-01", {"en/pump.md": (root / "source/pump.md").read_text("utf-8"), "es/pump.md": there}
    )
    brought(root)
    found = live(root)[Key(None, english)]
    assert (found.translated and not found.fuzzy) is certain


SWAPPED = [
    ("Amounts", "How much to give is told for each of the two pumps.", "Cantidades", "Aquí se dice cuánto se da con cada una de las dos bombas."),
    ("Storage", "Where to keep it is told for each of the two rooms.", "Almacenamiento", "Aquí se dice dónde se guarda en cada una de las dos salas."),
]  # fmt: skip


def sectioned(title: str, rows: list[tuple[str, str]], last: str, listed: bool) -> str:
    """A page of sections, with a list of them or without."""
    contents = "".join(f"- [{name}](#{name.lower()})\n" for name, _ in rows) if listed else ""
    return "\n\n".join([f"# {title}", contents, *(f"## {name}\n\n{text}" for name, text in rows), last]) + "\n"


@pytest.mark.parametrize("listed", [False, True])
@pytest.mark.parametrize(("told", "order", "certain"), [("", -1, False), ("", 1, False), (" ({} rpm)", 1, True)])
def test_sections_that_may_have_changed_places_are_drafts(make: Make, listed: bool, told: str, order: int, certain: bool) -> None:  # fmt: skip
    """As in a copy whose sections are in the order of the alphabet. Each text was live under the other section; a link of the list to
    a translated name was that to the section at its place, and so one more sign that all is in order."""
    rows = [
        [part + told.format(20 + at) * (place % 2) for place, part in enumerate(row)] for at, row in enumerate(SWAPPED)
    ]
    english = sectioned("Pump", [(one[0], one[1]) for one in rows], "## Words\n\nSomething stands here.", listed)
    spanish = sectioned(
        "Bomba", [(one[2], one[3]) for one in rows][::order], "## Palabras\n\nAlgo se dice aquí.", listed
    )
    root = make({"pump.md": english})
    updated(root)
    commit(theirs(root), "2026-01-01", {"en/pump.md": english, "es/pump.md": spanish})
    brought(root)
    found = live(root)
    listing = [f"[{row[0]}](#{row[0].lower()})" for row in rows] * listed
    for text in [*listing, *(one for row in rows for one in row[:2])]:
        assert found[Key(None, text)].fuzzy is not certain, text
        assert found[Key(None, text)].translated
    assert not found[Key(None, "Words")].fuzzy and not found[Key(None, "Something stands here.")].fuzzy


@pytest.mark.parametrize(
    ("name", "certain"),
    [("amounts", True), ("cantidades", True), ("otra-cosa", False), ("storage", False)],
)
def test_a_name_that_somebody_wrote_is_that_place_and_no_other(make: Make, name: str, certain: bool) -> None:
    """`## Cantidades {#otra-cosa}` was taken for the heading at its place, and a link to it was live under that of the English. An
    address that is another one stays in the draft, where a translator sees it."""
    given = "" if name == "cantidades" else f" {{#{name}}}"
    copy = LED_COPY.replace("## Cantidades", f"## Cantidades{given}").replace("#amounts", f"#{name}")
    if name == "storage":
        copy = copy.replace("## Almacenamiento", "## Almacenamiento {#amounts}")
    found = live(led(make, LED, copy))[AMOUNTS]
    assert found.fuzzy is not certain
    assert found.strings[0].endswith("(#amounts)." if certain else f"(#{name}).")


ONE_LINE = """\
::: note Si lo despublica mientras alguien lo contesta,
sus respuestas
se perderán.
:::
"""


def test_no_words_of_a_box_are_lost(make: Make) -> None:
    """A sentence that stands where a title stands was half of a draft, and the other half counted as a title that readers get."""
    english = "# Quiz\n\n::: note\nIf you unpublish it, answers are lost.\n:::\n"
    root = make({"pump.md": english})
    updated(root)
    commit(theirs(root), "2026-01-01", {"en/pump.md": english, "es/pump.md": f"# Prueba\n\n{ONE_LINE}"})
    made = brought(root)
    texts = " ".join([one.text for one in made.alone] + [one.strings[0] for one in live(root).values()])
    assert "Si lo despublica mientras alguien lo contesta," in texts and "sus respuestas se perderán." in texts
    assert not made.counts[adopt_pages.TITLED]


def test_code_that_is_not_that_of_the_english_is_listed(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    english = "# Sum\n\nBefore.\n\n```python\n# Add them\nprint(1 + 2)\n```\n\nAfter.\n\n    ls -l\n"
    spanish = "# Suma\n\nAntes.\n\n```python\n# Sumarlos\nprint(1 + 2)\n```\n\nDespués.\n\n    Un párrafo <con> sangría.\n\n- a\n\n      ls   -l\n"
    root = make({"pump.md": english})
    updated(root)
    commit(theirs(root), "2026-01-01", {"en/pump.md": english, "es/pump.md": spanish})
    main(["adopt", "--root", str(root), "--pages", f"es={theirs(root) / 'es'}"])
    said = capsys.readouterr().out
    assert "code is not translated (2)" in said
    assert "es/pump.md:6  “# Sumarlos print(1 + 2)”" in said and "es/pump.md:12  “Un párrafo <con> sangría.”" in said


def test_what_is_wrong_is_said_and_nothing_else(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """It said that there is no copy of a page where no page could be read, and that a path is no language where there is no folder."""
    root = make({"index.md": "# A\n"})
    updated(root)
    (root / "source/new.md").write_text("# B\n\n!!! warning\n\nText.\n", "utf-8")
    commit(theirs(root), "2026-01-01", {"es/new.md": "# B\n\nTexto.\n"})
    assert main(["adopt", "--root", str(root), "--pages", f"es={theirs(root) / 'es'}"]) == 2
    said = capsys.readouterr().err
    assert "has no copy of a page" not in said and "Mend source/new.md, then adopt again" in said
    assert main(["adopt", "--root", str(root), "--pages", str(theirs(root) / "nowhere")]) == 2
    assert "nowhere: there is no such folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "around", "taken"),
    [
        ("Error", "Aquí se dice qué es un error y cómo se evita.", True),
        ("Error", "Aquí se dice qué es una falla y cómo se evita.", False),
        ("Error", "What an error is and how to avoid it is told here.", False),
        ("Fatal error", "Aquí se dice qué es un error y cómo se evita.", False),
    ],
)
def test_a_word_that_both_languages_have_is_its_own_translation(
    make: Make, text: str, around: str, taken: bool
) -> None:
    """It was English still, and readers saw it under a notice that it is not translated. Where nothing says that the language has the
    word, or what stands around it is English, it is listed."""
    english = f"# Help\n\nWhat an error is and how to avoid it is told here.\n\n## {text}\n\nLook at the pump first.\n"
    root = make({"pump.md": english})
    updated(root)
    spanish = f"# Ayuda\n\n{around}\n\n## {text}\n\nMire primero la bomba.\n"
    commit(theirs(root), "2026-01-01", {"en/pump.md": english, "es/pump.md": spanish})
    made = brought(root)
    found = live(root)[Key(None, text)]
    assert (found.strings == (text,) and not found.fuzzy) is taken
    assert (text in [one.text for one in made.english]) is not taken


HEADS = "# Help\n\n| {} | Type |\n|---|---|\n| {} | x1 |\n"


@pytest.mark.parametrize(("head", "taken"), [("Predeterminado", True), ("Default", False)])
def test_a_head_beside_translated_ones_is_translated(make: Make, head: str, taken: bool) -> None:
    english = HEADS.format("Default", "How long it is kept")
    root = make({"pump.md": english})
    updated(root)
    commit(theirs(root), "2026-01-01", {"en/pump.md": english, "es/pump.md": HEADS.format(head, "Cuánto se guarda")})
    brought(root)
    assert live(root)[Key(None, "Type")].translated is taken


def test_a_text_that_ends_in_another_sign_is_english_still(make: Make) -> None:
    root = make({"pump.md": "# Help\n\nUse the **classic** one.\n"})
    updated(root)
    commit(theirs(root), "2026-01-01", {"es/pump.md": "# Ayuda\n\nUse the **classic** one:\n"})
    made = brought(root, english=False)
    assert [one.text for one in made.english] == ["Use the **classic** one:"]


NAMED = "# {}\n\n{}\n\n{level} {} {{#publish}}\n\n{}\n\n{level} {} {{#duplicate}}\n\n{}\n"


@pytest.mark.parametrize("level", ["##", "###"])
def test_headings_of_one_name_are_one_and_hold_their_sections(make: Make, level: str) -> None:
    """Not of one level they were no pair, and nothing below them was certain."""
    english = NAMED.format("Quiz", "Intro.", "Publishing a quiz", "Publishing means that anyone can see it.", "Making a copy", "Making a copy means one that is the same.", level="###")  # fmt: skip
    spanish = NAMED.format("Prueba", "Inicio.", "Publicar una prueba", "Publicar es que cualquiera la pueda ver.", "Hacer una copia", "Hacer una copia es hacer una que es igual.", level=level)  # fmt: skip
    root = make({"pump.md": english})
    updated(root)
    commit(theirs(root), "2026-01-01", {"en/pump.md": english, "es/pump.md": spanish})
    made = brought(root)
    assert made.counts["certain"] == 6 and not made.alone
    assert live(root)[Key(None, "Making a copy")].strings == ("Hacer una copia",)


UNPUBLISHED = [
    "---\ntitle: Bomba\ndraft: true\n---\n",
    "---\ntitle: Bomba\nDraft: 'yes' # not ready\n---\n",
    "---\npublished: false\n---\n",
    "---\nunlisted: true\n---\n",
    "---\npublishDate: 2199-01-01\n---\n",
    "---\ndate: 2199-01-01T10:00:00Z\n---\n",
    "---\ndate: Jan 2, 2199\n---\n",
    "---\nexpiryDate: 2001-01-01\n---\n",
    "---\nbuild:\n  render: never\n---\n",
    "---\n_build: {list: never, render: always}\n---\n",
    "---\r\nheadless: true\r\n---\r\n",
    "---\nstatus: draft\n---\n",
    '+++\ntitle = "Bomba"\ndraft = true\n+++\n',
    "+++\npublishDate = 2199-01-01\n+++\n",
    '{\n  "title": "Bomba", "draft": true\n}\n',
]


@pytest.mark.parametrize("front", UNPUBLISHED)
def test_a_copy_that_was_not_published_is_a_draft_at_most(
    make: Make, front: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of it went live, and nobody was told."""
    root = site(make)
    commit(theirs(root), "2026-01-01", {"en/pump.md": ENGLISH, "es/pump.md": front + "\n" + SPANISH})
    made = brought(root)
    found = [entry for entry in live(root).values() if any("es/pump.md" in note for note in entry.notes)]
    assert len(found) >= 5 and all(entry.fuzzy for entry in found)
    (said,) = made.kept
    assert "es/pump.md:" in said
    line = int(said.partition("es/pump.md:")[2].split()[0])
    assert said.partition("`")[2][:5] in front.splitlines()[line - 1]
    assert main(["adopt", "--root", str(root), "--pages", f"es={theirs(root)}/es"]) == 1
    assert f"that all of them is a draft here (1):\n      {said}" in capsys.readouterr().out


@pytest.mark.parametrize("front", ["---\ntitle: Bomba\ndraft: false\npublished: true\n---\n", "---\ndate: 2020-01-01\nexpiryDate: 2199-01-01\n---\n", "---\ntitle: A draft, true to life\n---\n", "\ndraft: true\n"])  # fmt: skip
def test_a_copy_that_was_published_is_none(make: Make, front: str) -> None:
    root = site(make)
    commit(theirs(root), "2026-01-01", {"en/pump.md": ENGLISH, "es/pump.md": front + "\n" + SPANISH})
    made = brought(root)
    assert not made.kept and live(root)[Key(None, "Drink water.")].strings == ("Beba agua.",)
    assert not live(root)[Key(None, "Drink water.")].fuzzy


@pytest.mark.parametrize(
    ("english", "spanish", "how"),
    [
        ('<p><a href="a.html" title="Go">Go back to it</a></p>', '<p><a href="b.html" title="Ir" hreflang="es">Go back to it</a></p>', "still English"),
        ('<p><img src="a.png" alt="A page of it"></p>', '<p><img src="a.png" alt="A page of it"></p>', "still English"),
        ('<p><img src="a.png" alt="x1"> <a href="#a">mod_ssl</a></p>', '<p><img src="a.png" alt="x1"> <a href="#a">mod_ssl</a></p>', "certain"),
    ],
)  # fmt: skip
def test_english_in_other_tags_is_english_still(make: Make, english: str, spanish: str, how: str) -> None:
    """It was live as a translation: two tags were the same on both pages."""
    root = make({"pump.html": f"<h1>Pump</h1>{english}<p>Look at it.</p>", "index.md": "# Home"})
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8") + HTML, "utf-8")
    commit(theirs(root), "2026-01-01", {"es/pump.html": f"<h1>Bomba</h1>{spanish}<p>Mírela.</p>"})
    updated(root)
    assert brought(root, english=False).counts[how] >= 1
    said = [
        key.msgid for key, one in live(root).items() if one.translated and any("certain" in note for note in one.notes)
    ]
    assert len(said) == (3 if how == "certain" else 2)


@pytest.mark.parametrize(
    ("copy", "said"),
    [
        ("zh-cn/pump.md", "/zh-cn/"),
        ("docs/pump.zh-cn.md", "/zh-cn/"),
        ("docs/pump.md.zh_CN", ""),
        ("zh-Hans/pump.md", ""),
        ("zh-Hans/docs/x/pump.md", ""),
    ],
)
def test_a_folder_of_a_language_with_another_name_is_told(make: Make, capsys: pytest.CaptureFixture[str], copy: str, said: str) -> None:  # fmt: skip
    """Its pages' old addresses lead nowhere: of pages in English files lead on, of these none do."""
    root = make({"pump.md": "# Pump\n\nText.\n"}, locales=["zh_Hans"])
    updated(root)
    capsys.readouterr()
    commit(theirs(root), "2026-01-01", {copy: "# 泵\n\n文字。\n"})
    main(["adopt", "--root", str(root), "--pages", str(theirs(root))])
    told = capsys.readouterr().out
    assert ("paired" in told) and (f"at /zh-Hans/… here. If they were at {said}…" in told) is bool(said)
    assert ("here. If they were" in told) is bool(said)


@pytest.mark.parametrize(
    ("english", "spanish", "said"),
    [
        ("More of it.", "", "the copy has nothing for “More of it.”, near it"),
        ("", "Hay <b>más</b> aquí.", "the English has nothing for “Hay más aquí.”, near it"),
    ],
)
def test_a_draft_says_what_is_missing_near_it(make: Make, english: str, spanish: str, said: str) -> None:
    """It said that blocks were added or left out around it, of almost all drafts."""
    root = make({"pump.md": f"# Pump\n\nLook at the pump first.\n\n{english}\n"})
    updated(root)
    commit(theirs(root), "2026-01-01", {"es/pump.md": f"# Bomba\n\nMire primero la bomba.\n\n{spanish}\n"})
    brought(root, english=False)
    found = live(root)[Key(None, "Look at the pump first.")]
    assert found.fuzzy and found.notes[0].endswith(f"likely: {said}")
