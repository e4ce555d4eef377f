"""Adopting a catalog or copies in another script than the site has: asked for, never taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.adoption.foreign import language
from pipeline.catalog import po_file
from pipeline.cli.main import main
from pipeline.commands import copies
from pipeline.commands.copies import Where
from pipeline.core.locales import make as locale
from pipeline.core.model import Key
from pipeline.text import han
from tests.conftest import Make, project_of, updated

HANS, HANT, SAME = "请把软件带在身边。", "請把軟體帶在身邊。", "你好。"
LATIN, CYRILLIC = "Ponesite program sa sobom.", "Понесите програм са собом."
ROWS = [
    # header, path, locales of the site, a text, the locale ("" for none)
    ("zh", "zh.po", "zh_Hant", HANS, ""),
    ("", "zh.po", "zh_Hant", HANS, ""),
    ("zh", "zh.po", "zh_Hant", SAME, ""),
    ("zh_Hant", "zh_Hant.po", "zh_Hant", HANS, ""),
    ("zh", "zh.po", "zh_Hans", HANT, ""),
    ("zh_CN", "zh_CN.po", "zh_Hans", HANT, ""),
    ("zh", "zh.po", "zh_Hant", HANT, "zh_Hant"),
    ("zh", "zh.po", "zh_Hans", HANS, "zh_Hans"),
    ("zh", "zh.po", "zh_Hans", SAME, "zh_Hans"),
    ("zh_TW", "zh_TW.po", "zh_Hant", SAME, "zh_Hant"),
    ("zh_TW", "zh_TW.po", "zh_Hant", "台灣的后里。", "zh_Hant"),
    ("sr", "sr.po", "sr_Latn", CYRILLIC, ""),
    ("sr", "sr.po", "sr", LATIN, ""),
    ("sr", "sr.po", "sr_Latn", LATIN, "sr_Latn"),
    ("sr_Latn", "sr.po", "sr_Latn", LATIN, "sr_Latn"),
    ("sr", "sr.po", "sr", CYRILLIC, "sr"),
    ("es", "es.po", "es", "Hola.", "es"),
    ("ja", "ja.po", "ja", "漢字。", "ja"),
]


def catalog(header: str, text: str) -> str:
    return f'msgid ""\nmsgstr ""\n"Language: {header}\\n"\n\nmsgid "Take it with you."\nmsgstr "{text}"\n'


@pytest.mark.parametrize(("header", "path", "names", "text", "wanted"), ROWS)
def test_a_catalog_in_another_script_is_asked_for(header: str, path: str, names: str, text: str, wanted: str) -> None:
    found = po_file.parse(path, catalog(header, text).encode())
    assert language(found, Path("po", path), [locale(name) for name in names.split()])[0] == wanted


def test_it_is_taken_where_somebody_says_so(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": "# Guide\n\nTake it with you.\n"}, locales=("zh_Hant",))
    updated(root)
    path = root.parent / "zh.po"
    path.write_text(catalog("zh", HANS), "utf-8")
    assert main(["adopt", "--root", str(root), str(path), "--write"]) == 2
    assert "Its texts are in Hans, and `zh_Hant` of this site is in Hant. Say which with --locale" in "".join(
        capsys.readouterr()
    )
    name = root / "locale/zh_Hant/LC_MESSAGES/messages.po"
    assert HANS not in name.read_text("utf-8")
    assert main(["adopt", "--root", str(root), str(path), "--write", "--locale", "zh_Hant"]) == 0
    assert po_file.load(root, "locale/zh_Hant/LC_MESSAGES/messages.po").live()[
        Key(None, "Take it with you.")
    ].strings == (HANS,)


@pytest.mark.parametrize(
    ("name", "ours", "text", "taken"),
    [
        ("zh", "zh_Hans", HANT, False),
        ("zh-tw", "zh_Hant", HANS, False),
        ("zh-cn", "zh_Hans", HANS, True),
        ("zh", "zh_Hans", SAME, True),
    ],
)
def test_copies_in_another_script_are_asked_for(make: Make, name: str, ours: str, text: str, taken: bool) -> None:
    root = make({"index.md": "# Guide\n\nTake it with you.\n"}, locales=(ours,))
    updated(root)
    other = root.parent / "theirs"
    (other / name).mkdir(parents=True)
    (other / name / "index.md").write_text(f"# 你好\n\n{text}\n", "utf-8")
    search = copies.search(project_of(root), other)
    assert search.found.get(ours) == (Where(other / name) if taken else None)
    assert taken or f"say {ours}={other / name}" in search.left[0].said


@pytest.mark.parametrize(("text", "script"), [(HANS, "Hans"), (HANT, "Hant"), (SAME, ""), ("", ""), (HANS + HANT, "")])
def test_the_script_of_a_chinese_text(text: str, script: str) -> None:
    assert han.written(text) == script
