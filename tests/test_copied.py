"""A catalog that was begun as a copy of another region's: what that one knows of its texts holds for the copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.cli.main import main
from tests.conftest import Make, built, made_once, translate, updated
from tests.sites import on
from tests.test_flags import of_polib

ES, MX = "locale/es/LC_MESSAGES/messages.po", "locale/es_MX/LC_MESSAGES/messages.po"
NEEDLE, AGUJA = "A nurse fills the pump with a needle.", "Una enfermera la llena con lo previsto."
SHORT, BREVE = "A fork", "Un cubierto"
CALM, CALMA = "The pump sits under the skin.", "La bomba está debajo de la piel."
EDITS = ((NEEDLE, "needle", "spoon"), (SHORT, "fork", "cup"))


def edited(site: Path, *edits: tuple[str, str, str]) -> None:
    path = site / "source/index.md"
    for text, one, other in edits:
        path.write_text(path.read_text("utf-8").replace(text, text.replace(one, other)), "utf-8")
    with on(1):
        updated(site)


@pytest.fixture
@made_once
def site(make: Make) -> Path:
    with on(0):
        root = make({"index.md": f"# Pump\n\n{NEEDLE}\n\n{SHORT}\n\n{CALM}\n"})
        translate(root, {NEEDLE: AGUJA, SHORT: BREVE, CALM: CALMA})
    edited(root, *EDITS)
    return root


def copied(site: Path) -> None:
    """The catalog alone, by `cp`, from which a tool has taken marks, comments and obsolete entries."""
    kept = (site / ES).read_bytes()
    of_polib(bare=True, obsolete=False)(site)
    (site / MX).parent.mkdir(parents=True)
    (site / MX).write_text((site / ES).read_text("utf-8").replace("Language: es\\n", "Language: es_MX\\n"), "utf-8")
    (site / ES).write_bytes(kept)
    settings = site / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8").replace('["es"]', '["es", "es_MX"]'), "utf-8")


def page(site: Path) -> str:
    with on(2):
        built(site)
    return (site / "dist/es-MX/index.html").read_text("utf-8")


@pytest.mark.parametrize("update", [False, True])
def test_a_copy_without_its_marks_is_as_stale_as_what_it_was_copied_from(site: Path, update: bool) -> None:
    copied(site)
    if update:
        with on(2):
            updated(site)
    found = page(site)
    assert CALMA in found and AGUJA not in found and BREVE not in found
    if update:
        shutil.rmtree(site / "locale/es")
        settings = site / "pyproject.toml"
        settings.write_text(settings.read_text("utf-8").replace('"es", ', ""), "utf-8")
        assert AGUJA not in page(site), "by its own list now"


def test_what_is_written_anew_is_the_copy_s_own(site: Path) -> None:
    copied(site)
    translate(site, {NEEDLE.replace("needle", "spoon"): AGUJA.replace("lo previsto", "una cuchara")}, "es_MX")
    found = page(site)
    assert "una cuchara" in found and BREVE not in found


def test_a_build_notices_that_the_other_list_changed(site: Path) -> None:
    """Of two regions neither of which falls back on the other."""
    copied(site)
    (site / "locale/es").rename(site / "locale/es_AR")
    for path in (site / "pyproject.toml", site / "locale/es_AR/LC_MESSAGES/messages.po"):
        text = path.read_text("utf-8").replace('["es"', '["es_AR"').replace("Language: es\\n", "Language: es_AR\\n")
        path.write_text(text, "utf-8")
    (site / "locale/es_AR/former.jsonl").rename(site / "kept.jsonl")
    assert AGUJA in page(site)
    (site / "kept.jsonl").rename(site / "locale/es_AR/former.jsonl")
    assert AGUJA not in page(site)


def test_two_short_texts_may_be_alike_by_chance(site: Path) -> None:
    """Who translated on their own put two words as another translator had put them for another English; no sentence is alike."""
    copied(site)
    text = (site / MX).read_text("utf-8")
    for one, other in {AGUJA: "La enfermera usa una cuchara.", CALMA: "Está bajo la piel."}.items():
        text = text.replace(one, other)
    (site / MX).write_text(text, "utf-8")
    found = page(site)
    assert BREVE in found and "La enfermera usa una cuchara." in found


def test_what_a_person_stands_by_in_the_other_region_is_no_stale_copy(site: Path) -> None:
    """Whoever looked at it there and found it right looked for its copy too, as long as they stand by it."""
    copied(site)
    (site / "locale/es").rename(site / "locale/es_AR")
    path = site / "locale/es_AR/LC_MESSAGES/messages.po"
    for file in (site / "pyproject.toml", path):
        text = file.read_text("utf-8").replace('["es"', '["es_AR"').replace("Language: es\n", "Language: es_AR\n")
        file.write_text(text.replace("#, fuzzy\n", ""), "utf-8")
    assert AGUJA not in page(site)
    ledger = site / "locale/es_AR/reviews.jsonl"
    before = ledger.read_bytes()
    sign = ("--as", "reviser", "--by", "Omar", "--qualification", "Certified", "--origin", "human")
    with on(2):
        assert main(["review", "es_AR", "index", *sign, "--root", str(site)]) == 0
    assert AGUJA in page(site)
    with on(2):
        updated(site)
        assert updated(site)[0] == []
    assert AGUJA in page(site)
    ledger.write_bytes(before)
    assert AGUJA not in page(site)


def test_a_translation_is_no_guess_since_another_region_was_offered_the_same(make: Make) -> None:
    """es_MX was translated long before es was begun, of whose catalog an update offers a text to a message of other words."""
    both = "La bomba se llena siempre con mucha calma."
    nurse, doctor = "The pump is always filled by a nurse in calm.", "The pump is always filled by a doctor in calm."
    with on(0):
        root = make({"index.md": f"# Pump\n\n{nurse}\n"}, locales=("es_MX", "es"))
        translate(root, {nurse: "Una enfermera llena la bomba."}, "es_MX")
        translate(root, {nurse: both}, "es")
        updated(root)
        kept = (root / ES).read_bytes()
        settings = root / "pyproject.toml"
        before = settings.read_text("utf-8")
        settings.write_text(before.replace(', "es"]', "]"), "utf-8")
        shutil.move(root / "locale/es", root.parent / "es")
        for text in ("# Pump\n", f"# Pump\n\n{doctor}\n"):
            (root / "source/index.md").write_text(text, "utf-8")
            updated(root)
        translate(root, {doctor: both}, "es_MX")
    with on(1):
        settings.write_text(before, "utf-8")
        shutil.move(root.parent / "es", root / "locale/es")
        (root / ES).write_bytes(kept)
        updated(root)
    assert "guess" in (root / "locale/es/former.jsonl").read_text("utf-8")
    assert both in page(root)


def test_a_translation_is_no_guess_since_another_tool_has_it_fuzzy_in_the_other_region(make: Make) -> None:
    """As in the catalogs of a site that comes from another tool: nobody but that tool knows the English that its text was made for."""
    english, spanish = (
        "The pump is always filled by a nurse in calm.",
        "Una enfermera llena la bomba siempre con mucha calma.",
    )
    root = make({"index.md": f"# Pump\n\n{english}\n"}, locales=("es_MX", "es"))
    translate(root, {english: spanish}, "es_MX")
    translate(root, {english: spanish}, "es")
    path = root / ES
    path.write_text(
        path.read_text("utf-8").replace(f'msgid "{english}"', f'#, fuzzy\n#| msgid "Fill it."\nmsgid "{english}"'),
        "utf-8",
    )
    with on(1):
        updated(root)
        assert "guess" in (root / "locale/es/former.jsonl").read_text("utf-8")
        assert updated(root)[0] == []
    assert spanish in page(root)
