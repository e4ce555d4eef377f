"""The site in made-up languages: every text in other letters, every code as it is, and the English that is no message named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.main import main
from pipeline.content.cut import cut
from pipeline.core.inline import Syntax
from pipeline.text.pseudo import pseudo
from tests.conftest import Make, read_tree
from tests.test_site import sample

TEXTS = [
    ("555-0142", Syntax.MARKDOWN, "555-0142"),
    ("Call {clinic.phone}.", Syntax.MARKDOWN, "Çååļļ {clinic.phone}."),
    ("**Do** see [it](a.md \"Me\") at `x`.[^1]", Syntax.MARKDOWN, "**Ðöö** šéééé [îîţ](a.md \"Ṁéé\") ååţ `x`.[^1]"),
    ("Fish &amp; chips: a@b.org, www.x.org", Syntax.MARKDOWN, "Ƒîîšĥ &amp; çĥîîþš: a@b.org, www.x.org"),
    ("Go <b class=\"x\">on</b>", Syntax.HTML, "Ĝöö <b class=\"x\">ööñ</b>"),
    ("%(count)s of them", Syntax.TEMPLATE, "%(count)s ööƒ ţĥéém".replace("m", "ɱ")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "syntax", "wanted"), TEXTS)
def test_words_change_and_codes_do_not(text: str, syntax: Syntax, wanted: str) -> None:
    assert pseudo("en_XA", cut(text, syntax)) == wanted
    arabic = pseudo("ar_XB", cut(text, syntax))
    assert (arabic == text) == (wanted == text) and len(arabic) == len(wanted)


@given(st.text(alphabet="aB1 *_[](){}`<>&;%s!#:/.\\", max_size=60), st.sampled_from([*Syntax]))
def test_the_codes_of_a_text_stay(text: str, syntax: Syntax) -> None:
    pieces = cut(text, syntax)
    made = pseudo("en_XA", pieces)
    assert re.sub(r"[^\W\d_]", "", made) == re.sub(r"[^\W\d_]", "", "".join(piece.text for piece in pieces))


def test_no_english_escapes_from_the_sample_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every text on every page of the sample, its lists and pages for what is not found, is a message; nothing else is touched."""
    root = sample(tmp_path)
    before = read_tree(root)
    assert main(["pseudo", "--root", str(root)]) == 0, capsys.readouterr().out
    assert "stand in English" not in capsys.readouterr().out
    after = read_tree(root)
    assert {name: body for name, body in after.items() if not name.startswith(".lockstep/")} == before
    dist = root / ".lockstep/pseudo/dist"
    html = (dist / "en-XA/alarms-and-emergencies/index.html").read_text("utf-8")
    assert "Îîñ ååñ éééméérĝééñçý".replace("m", "ɱ").split()[0] in html and 'data-state="untranslated"' not in html
    assert '<html lang="ar-XB" dir="rtl">' in (dist / "ar-XB/index.html").read_text("utf-8")
    assert (dist / "en-XA/404.html").is_file() and not (dist / "es").exists()


def test_pages_that_only_lead_on_have_no_english(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """Those of former addresses and of pages that were renamed here. A page that says an address beside a refresh of its own has some."""
    root = make({"index.md": "# Home\n", "words.md": "---\naliases: [some/former/place]\n---\n\n# Words\n"})
    assert main(["update", "--root", str(root)]) == 0
    (root / "source/words.md").rename(root / "source/glossary.md")
    assert main(["update", "--root", str(root)]) == 0
    assert main(["pseudo", "--root", str(root)]) == 0, capsys.readouterr().out
    for name in ("some/former/place", "words"):
        assert "http-equiv" in (root / f".lockstep/pseudo/dist/en-XA/{name}/index.html").read_text("utf-8")
    page = root / "templates/page.html"
    page.write_text(page.read_text("utf-8").replace("</body>", "<p>See other/place</p></body>"), "utf-8")
    assert main(["pseudo", "--root", str(root)]) == 1 and "“See other/place” is English" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("templates/page.html", "</footer>", "<p>Made with care</p></footer>"),
        ("templates/find.html", "<h1>", '<h1 title="Made with care">'),
        ("templates/missing.html", "</main>", "Made with care</main>"),
    ],
)
def test_english_that_is_no_message_is_named(
    make: Make, name: str, old: str, new: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make(
        {"index.md": "# Home\n\nCall `sh` at {clinic.phone}, Riverbend.\n"}, data="clinic:\n  phone: call 911\n"
    )
    assert main(["pseudo", "--root", str(root), "--to", str(root / "out")]) == 0, capsys.readouterr().out
    path = root / name
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert main(["pseudo", "--root", str(root), "--to", str(root / "out")]) == 1
    assert "“Made with care” is English and no message" in capsys.readouterr().out
    for own in (root, root / ".lockstep"):
        assert main(["pseudo", "--root", str(root), "--to", str(own)]) == 2


def test_a_folder_that_cannot_be_made(make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, file = make({"index.md": "# Home\n"}), tmp_path / "file"
    file.write_text("")
    assert main(["pseudo", "--root", str(root), "--to", str(file / "here")]) == 2
    said = capsys.readouterr().err
    assert "this folder cannot be made: Not a directory" in said and "--to DIR" in said
