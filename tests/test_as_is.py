"""`lang` and `translate` of HTML are heeded: in blocks of HTML, around Markdown, inside a text; and the audit agrees."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.catalog import po_file
from pipeline.cli.main import main
from tests.conftest import Make, built, translate

ROWS: list[tuple[str, str, list[str], list[str]]] = [
    ("an ordinary element", "<p>Quiet Flow</p>", ["Quiet Flow"], []),
    ("the language of the source", '<p lang="en-GB">Quiet Flow</p>', ["Quiet Flow"], ['<p lang="en-GB"><span data-block="a.1" lang="es" dir="ltr">~Quiet Flow</span></p>']),
    ("another language", '<p lang="fr">Bonjour le monde</p>', [], ['<p lang="fr">Bonjour le monde</p>']),
    ("another language, unquoted, in capitals", "<P LANG=fr-CA>Bonjour le monde</P>", [], ["<P LANG=fr-CA>Bonjour le monde</P>"]),
    ("no translation", '<p translate="no">Quiet Flow</p>', [], ['<p translate="no"><span lang="en" dir="ltr" translate="no">Quiet Flow</span></p>']),
    ("a translation after all", '<div translate="no">\n<p>Quiet</p>\n<p translate="yes">Take two</p>\n<p>Flow</p>\n</div>', ["Take two"], [">Quiet<", ">~Take two<", ">Flow<"]),
    ("a translation after all, inside a text", '<p translate=no>Quiet &lt; Flow <b translate>take two</b> P-20</p>', ["<b translate>take two</b>"], ["Quiet &lt; Flow <", "~take two"]),
    ("around Markdown", '<div lang="fr">\n\nBonjour *le monde*\n\n- Un\n- Deux\n\n</div>\n\nAfter', ["After"], ["<p>Bonjour <em>le monde</em></p>", "<li>Un</li>", ">~After<"]),
    ("elements that nobody closes", "<ul><li lang=fr>Un<li>Two<li lang=de>Drei</ul>\n\n<p lang=fr>Jamais\n\nAfter", ["Two", "After"], ["<li lang=fr>Un<", ">~Two<", ">~After<"]),
    ("inside a text", 'Say <i lang="fr">bonjour</i> and press <b translate="no">Go</b>.', ['Say <i lang="fr">bonjour</i> and press <b translate="no">Go</b>.'], ['<i lang="fr">bonjour</i>']),
    ("alone in a text", '<i lang="fr">Bonjour</i>\n\n<b translate="no">Quiet Flow</b> 20', [], ['<p><i lang="fr">Bonjour</i></p>', '<p lang="en" dir="ltr" translate="no"><b translate="no">Quiet Flow</b> 20</p>']),
    ("in a cell", '| A |\n| --- |\n| <span lang="fr">Bonjour</span> |', ["A"], ['<td><span lang="fr">Bonjour</span></td>']),
    ("words of attributes", '<img src="x.png" alt="Quiet Flow" translate="no">\n\n<iframe lang="fr" title="Bonjour" src="x"></iframe>', [], ['alt="Quiet Flow"', '<iframe lang="fr" title="Bonjour" src="x"></iframe>']),
    ("code of another language", '<pre lang="fr">si vrai</pre>', [], ['<pre lang="fr">si vrai</pre>']),
]  # fmt: skip


@pytest.mark.parametrize(("page", "messages", "shown"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_what_stays_as_it_is(make: Make, page: str, messages: list[str], shown: list[str], capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    root = make({"index.md": f"# A\n\n{page}\n"})
    words = {one: one if "lang=" in one else one.replace(">t", ">~t") if "<" in one else f"~{one}" for one in messages}
    translate(root, {**words, "A": "~A"})
    entries = po_file.load(root, "locale/es/LC_MESSAGES/messages.po").entries
    found = [one.key.msgid for one in entries if not one.obsolete and any("index.md" in ref for ref in one.references)]
    assert sorted({*found} - {"A"}) == sorted({*messages} - {"A"})
    built(root)
    html = (root / "dist/es/index.html").read_text("utf-8")
    assert [one for one in shown if one not in html] == [], html[html.index("<article") :]
    assert main(["check", "--root", str(root)]) == 0
    assert "html-unreachable" not in capsys.readouterr().out
    assert main(["audit", "--root", str(root)]) == 0, capsys.readouterr().out


def test_a_translation_changes_nothing_of_it(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    english = 'Press <b translate="no">Quiet Flow</b> now.'
    root: Path = make({"index.md": f"# A\n\n{english}\n"})
    translate(root, {english: 'Pulse <b translate="no">Flujo Tranquilo</b> ya.'})
    assert main(["check", "--root", str(root)]) == 1
    assert "“Quiet Flow” is to stay as it is" in capsys.readouterr().out
    built(root)
    assert "Flujo" not in (root / "dist/es/index.html").read_text("utf-8")
