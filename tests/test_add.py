"""A language is added by one command: the settings are edited where they stand, and its catalog is there."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands.add import listed
from pipeline.core.errors import LockstepError
from pipeline.core.tags import language
from tests.conftest import Make, read_tree

TABLE = "[tool.lockstep]\nlocales = "
SETTINGS = [
    (f'{TABLE}["es"] # for now\n', f'{TABLE}["es", "ar", "fr"] # for now\n'),
    (f'{TABLE}[]\n', f'{TABLE}["ar", "fr"]\n'),
    (f'{TABLE}["es",]\r\nurl = ""\r\n', f'{TABLE}["es", "ar", "fr"]\r\nurl = ""\r\n'),
    (f"{TABLE}[\n    'es', # Spanish\n    # soon: 'ht'\n]\n# end\n", None),
    ('[tool.lockstep] # ours\nurl = ""\n\n[tool.ruff]\nline-length = 100 # long\n', None),
    ('[project]\nname = "x"\n\n[[tool.babel.mappings]] # all\nmethod = "ignore"\npattern = "x"\n', None),
    ('tool.lockstep.locales = ["es"]\n', 'tool.lockstep.locales = ["es", "ar", "fr"]\n'),
    ('[tool]\nlockstep = { locales = ["es"] } # one line\n', None),
]  # fmt: skip


@pytest.mark.parametrize(("before", "wanted"), SETTINGS)
def test_the_settings_are_edited_where_they_stand(before: str, wanted: str | None) -> None:
    after = listed(before, ["ar", "fr"])
    assert wanted is None or after == wanted
    then, now = tomllib.loads(before), tomllib.loads(after)
    had = then["tool"].setdefault("lockstep", {}).pop("locales", [])
    assert now["tool"]["lockstep"].pop("locales") == [*had, "ar", "fr"] and now == then
    comments = [line.partition("#")[2] for line in before.splitlines() if "#" in line]
    assert [line.partition("#")[2] for line in after.splitlines() if "#" in line] == comments


NAMES = [
    ("es", "es"), ("pt-br", "pt_BR"), ("zh_hans", "zh_Hans"), ("es_419", "es_419"), ("sr-latn-rs", "sr_Latn_RS"),
    ("hmn", "hmn"), ("qaa", "qaa"), ("ES", "es"),
]  # fmt: skip
REFUSED = [
    ("Spanish", "Did you mean es (Spanish)?"), ("span", "Did you mean es (Spanish)?"), ("xx", "Write its code"),
    ("zh_Hons", "Hons is no script"), ("es_ZQ", "ZQ is no script or region"), ("../x", "Write its code"), ("", "Write its code"),
    ("es_MX_x", "Write its code"), ("vietnamse", "Did you mean vi (Vietnamese)?"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "name"), NAMES)
def test_a_language_by_any_spelling_of_its_code(word: str, name: str) -> None:
    assert language(word) == name


@pytest.mark.parametrize(("word", "said"), REFUSED)
def test_what_is_no_language_is_refused_with_what_it_may_mean(word: str, said: str) -> None:
    with pytest.raises(LockstepError) as problem:
        language(word)
    assert said in f"{problem.value.what} {problem.value.todo}"


def test_add(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "# Home\n\nWords.\n"}, locales=("es",))
    before = read_tree(root)
    for names in (["xx"], ["fr", "xx"], ["en"]):
        assert main(["add", *names, "--root", str(root)]) == 2
        assert read_tree(root) == before, "nothing is written where one of them is refused"
    assert main(["add", "ar", "fr", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    assert "ar: Arabic (العربية), right to left, 6 plural forms; " in said and "translate locale/fr/LC_MESSAGES" in said
    text = (root / "locale/ar/LC_MESSAGES/messages.po").read_text("utf-8")
    assert 'msgid "Words."\nmsgstr ""' in text and "nplurals=6" in text and "الانتقال إلى المحتوى" in text
    after = read_tree(root)
    assert main(["add", "fr", "--root", str(root)]) == 0 and read_tree(root) == after
    assert main(["update", "--check", "--root", str(root)]) == 0 and main(["build", "--root", str(root)]) == 0
    assert (root / "dist/ar/index.html").exists()


def test_add_where_a_page_cannot_be_read(make: Make) -> None:
    """Its messages would seem to be gone: then the settings stay as they are, too."""
    root = make({"index.md": "# Home\n", "other.md": "---\ntitle: [\n---\n\nText\n"})
    before = Path(root / "pyproject.toml").read_bytes()
    assert main(["add", "fr", "--root", str(root)]) == 2
    assert Path(root / "pyproject.toml").read_bytes() == before


def test_a_language_that_nobody_knows_is_no_setting_unless_it_is_named(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was taken with a warning, and built under its code; a language that CLDR lacks says what it calls itself."""
    root = make({"index.md": "# Home\n\nWords.\n"}, locales=("es",))
    settings = (root / "pyproject.toml").read_text("utf-8")
    assert '"es"' in settings
    for name, fine in (("spn", False), ("kjb", False), ("qaa", True), ("prs", True), ("es_419", True)):
        (root / "pyproject.toml").write_text(settings.replace('"es"', f'"es", "{name}"'), "utf-8")
        assert (main(["update", "--root", str(root)]) == 0) is fine, capsys.readouterr()
    (root / "pyproject.toml").write_text(
        settings.replace('"es"', '"es", "kjb"') + "\n[tool.lockstep.locale.kjb]\nname = \"Q'anjob'al\"\n", "utf-8"
    )
    assert main(["update", "--root", str(root)]) == 0 and (root / "locale/kjb/LC_MESSAGES/messages.po").exists()
    assert main(["init", str(tmp_path / "new"), "--locales", "es,xx"]) == 2 and not (tmp_path / "new").exists()
