"""Recalling a wording: gone from every language and every file at once, until two people approve it again."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.core.model import Key, ident
from pipeline.review import recalls
from tests.conftest import Make, built, made_once, read_tree, translate, updated
from tests.sites import on

FLUSH = "Flush the port with plain water."
LONGER = "Before a visit, flush the port with plain water again and again."
KEEP = "Carry your pump card with you."
PAGE = f"---\ntitle: Port care\n---\n\n# Port care\n\n{FLUSH}\n\n## Cards\n\n{KEEP}\n\n{LONGER}\n"
WORDS = {
    "es": {"Port care": "Cuidado del puerto", FLUSH: "Enjuague el puerto con agua.", KEEP: "Lleve su tarjeta."},
    "fr": {"Port care": "Soin du port", FLUSH: "Rincez le port à l’eau.", KEEP: "Gardez votre carte sur vous."},
}
NAV = "name: Site\nnav:\n  - page: index.md\n    label: Port care\n"
WHY = ("--reason", "a patient was hurt", "--by", "Dr. Lee")


@pytest.fixture
@made_once
def ported(make: Make) -> Path:
    root = make({"index.md": PAGE}, locales=("es", "fr"), data=NAV)
    for name, words in WORDS.items():
        translate(root, words, name)
    built(root)
    return root


def run(root: Path, *words: str) -> int:
    return main([words[0], "--root", str(root), *words[1:]])


def holding(root: Path, text: str) -> list[str]:
    """The files of a fresh build that hold a text."""
    built(root)
    return [name for name, body in read_tree(root / "dist").items() if text.encode() in body]


def gone(root: Path, msgid: str) -> bool:
    return not any(holding(root, words[msgid]) for words in WORDS.values())


def test_a_recall_withdraws_a_wording_in_every_language_and_file(ported: Path) -> None:
    assert holding(ported, WORDS["es"][FLUSH]) == ["es/index.html"]
    assert run(ported, "recall", "index#port-care.1", *WHY) == 0
    assert gone(ported, FLUSH)
    for tag in ("es", "fr"):
        html = (ported / f"dist/{tag}/index.html").read_text()
        assert f'lang="en" dir="ltr" data-state="recalled" aria-describedby="Notice-1">{FLUSH}' in html
        assert "notice-recalled" in html and WORDS[tag][KEEP] in html, "the rest stays"
    assert FLUSH in (ported / "dist/en/index.html").read_text(), "the English itself stays"
    assert run(ported, "audit") == 0


def test_with_a_stub_the_english_goes_too(ported: Path) -> None:
    assert run(ported, "recall", "index#port-care.1", "--stub", *WHY) == 0
    assert gone(ported, FLUSH) and holding(ported, FLUSH) == []
    assert "This text was taken off the page" in (ported / "dist/en/index.html").read_text()
    assert "Este texto se retiró de la página" in (ported / "dist/es/index.html").read_text()
    assert run(ported, "audit") == 0


SECTION = """# Care

## Flushing

Flush it once.

Then rest.

- Drink water.
- Eat.

::: warning
Stop at once.

Then call the ward.
:::

Go home.

Sleep.
"""


def test_of_a_section_that_is_withdrawn_the_page_says_so_once(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": SECTION})
    updated(root)
    assert run(root, "recall", "index#flushing", "--stub", *WHY) == 0
    built(root)
    page = root / "dist/es/index.html"
    html = page.read_text("utf-8")
    rows = re.findall(r'<(\w+)[^>]*data-block="flushing\.\d+"([^>]*)>(?:This text|Este texto)', html)
    assert [tag if "hidden" not in rest else "" for tag, rest in rows] == ["h2", "", "", "", "", "p", "", "", "p", ""]
    assert run(root, "audit") == 0, capsys.readouterr().out
    hidden = html.replace('data-block="care.0"', 'data-block="care.0" hidden="recalled"')
    for forged in (hidden, re.sub(r'(data-block="flushing\.\d+")(?! hidden)', r'\1 hidden="recalled"', html)):
        assert forged != html
        page.write_text(forged, "utf-8")
        assert run(root, "audit") == 1
        assert "nothing else says that it was withdrawn" in capsys.readouterr().out


def test_a_wording_is_recalled_wherever_it_stands(ported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Heading, title, menu label, meta data, address bar of the status page: one wording in three contexts."""
    assert run(ported, "recall", "index#title", "--stub", *WHY) == 0
    said = capsys.readouterr().out
    assert said.count("recalled (") == 3 and "source/site.yaml#nav.label" in said
    assert "source/index.md#port-care.0: the address of this section is made from its words" in said
    assert gone(ported, "Port care") and holding(ported, "Port care") == []


def test_by_the_id_of_a_message(ported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(ported, "recall", ident(Key(None, FLUSH)), *WHY) == 0
    said = capsys.readouterr().out
    assert f"source/index.md#port-care.1: recalled ({ident(Key(None, FLUSH))})" in said and gone(ported, FLUSH)
    assert "source/index.md#cards.2: holds these words too and is not recalled" in said


def test_a_whole_page(ported: Path) -> None:
    assert run(ported, "recall", "index", *WHY) == 0
    assert gone(ported, FLUSH) and gone(ported, KEEP) and gone(ported, "Port care")


def test_two_people_approve_it_again(ported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with on(0):
        assert run(ported, "recall", "index#port-care.1", *WHY) == 0
    approve = ("recall", "index#port-care.1", "--approve", "--reason", "checked")
    with on(1):
        for people in ((), ("--by", "Ana"), ("--by", "Ana", "--second", " ANA ")):
            before = (ported / recalls.PATH).read_bytes()
            assert run(ported, *approve, *people) == 2 and (ported / recalls.PATH).read_bytes() == before
        assert gone(ported, FLUSH)
        assert run(ported, *approve, "--by", "Ana", "--second", "Omar") == 0
        assert holding(ported, WORDS["es"][FLUSH]) == ["es/index.html"]
        assert run(ported, *approve, "--by", "Ana", "--second", "Omar") == 2, "nothing is recalled now"
    with on(2):
        assert run(ported, "recall", "index#port-care.1", *WHY) == 0
    assert gone(ported, FLUSH), "and it can be recalled again"


def edited(root: Path, new: str) -> None:
    (root / "source/index.md").write_text(PAGE.replace(FLUSH, new, 1))
    updated(root)


def test_an_edit_of_looks_is_no_way_out_and_another_wording_is(ported: Path) -> None:
    assert run(ported, "recall", "index#port-care.1", *WHY) == 0
    edited(ported, FLUSH.replace(".", "!"))
    assert gone(ported, FLUSH), "carried over or not, it is the recalled wording"
    assert run(ported, "audit") == 0
    new = FLUSH.replace("the port", "your port")
    edited(ported, new)
    assert gone(ported, FLUSH), "an old translation of what was recalled is no translation of the new wording"
    translate(ported, {new: "Enjuague su puerto con agua limpia."})
    assert holding(ported, "su puerto con agua limpia") == ["es/index.html"], (
        "a new wording is approved by being written"
    )


def test_but_for_the_recall_the_reworded_text_had_kept_its_translation(ported: Path) -> None:
    """What makes the test above worth its name."""
    edited(ported, FLUSH.replace("the port", "your port"))
    assert holding(ported, WORDS["es"][FLUSH]) == ["es/index.html"]


def test_a_recall_is_in_force_whatever_the_translations_become(ported: Path) -> None:
    assert run(ported, "recall", "index#port-care.1", *WHY) == 0
    translate(ported, {FLUSH: "Otra traducción."})
    assert holding(ported, "Otra traducción.") == []
    (ported / recalls.PATH).write_text((ported / recalls.PATH).read_text() * 2)
    assert gone(ported, FLUSH)


@pytest.mark.parametrize("bad", ['{"how": "recalled", "message": "12"}', "<<<<<<< HEAD", '{"how": "approved", "message": "0123456789abcdef", "date": "2026-11-01T08:00:00Z", "by": ["Ana"]}'])  # fmt: skip
def test_a_line_that_cannot_be_read_stops_publishing_not_the_pages(
    ported: Path, capsys: pytest.CaptureFixture[str], bad: str
) -> None:
    before = read_tree(ported / "dist")
    assert run(ported, "recall", "index#port-care.1", *WHY) == 0
    path = ported / recalls.PATH
    path.write_text(path.read_text() + bad + "\n")
    for verb in ("build", "audit"):
        assert run(ported, verb) == 2
        assert "recalls.jsonl:2" in capsys.readouterr().err
    assert read_tree(ported / "dist") == before, "the old pages stay: nothing half-right is published"
    assert run(ported, "check") == 1 and run(ported, "verify") == 1
    assert run(ported, "recall", "index#cards.1", *WHY) == 2, "and no line is added behind it"


def test_a_recall_does_not_wait_for_a_name_but_for_a_reason(ported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["git", "init", "-q"], cwd=ported, check=True)
    subprocess.run(["git", "config", "user.name", "Ana of git"], cwd=ported, check=True)
    assert run(ported, "recall", "index#port-care.1", "--reason", "hurt") == 0
    assert json.loads((ported / recalls.PATH).read_text())["by"] == ["Ana of git"]
    assert run(ported, "recall", "index#port-care.1", "--reason", " ") == 2
    assert run(ported, "recall", "index#nowhere", "--reason", "hurt") == 2
    assert "has no block 'nowhere'" in capsys.readouterr().err


def test_the_status_page_does_not_quote_it(ported: Path) -> None:
    """Findings quote the English, the worklist and the list of decisions quote both wordings of an edit."""
    path = ported / "pyproject.toml"
    path.write_text(path.read_text() + '\n[[tool.lockstep.checks]]\ncheck = "acronym"\nlevel = "warning"\n')
    edited(ported, FLUSH.replace("the port", "your PORT"))
    decide = ("--raise", "critical", "--by", "Ana", "--reason", "only this port")
    assert run(ported, "decide", "index#port-care.1", *decide) == 0
    updated(ported)
    assert "status/index.html" in holding(ported, "PORT") and "status/index.html" in holding(ported, "only this port")
    assert run(ported, "recall", "index#port-care.1", "--stub", *WHY) == 0
    assert holding(ported, "PORT") == [] and holding(ported, "only this port") == []
    assert run(ported, "audit") == 0


def test_what_is_dated_ahead_ends_no_recall(ported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong clock, or one who wants to have the last word."""
    line = {"by": ["A", "B"], "date": "9999-01-01T00:00:00Z", "how": "approved", "message": ident(Key(None, FLUSH))}
    (ported / recalls.PATH).write_text(json.dumps(line) + "\n")
    assert run(ported, "recall", "index#port-care.1", *WHY) == 0
    assert gone(ported, FLUSH)
    for verb in ("verify", "check"):
        assert run(ported, verb) == 1 and "recalls.jsonl:1: error [recalls-ahead]" in capsys.readouterr().out


@pytest.mark.parametrize(
    "bad",
    ['{"how": []}', '{"how": "recalled", "message": "0123456789abcdef", "date": "2026-99-99T99:99:99Z", "by": ["A"]}'],
)
def test_a_line_that_is_no_line_is_no_crash(ported: Path, bad: str) -> None:
    (ported / recalls.PATH).write_text(bad + "\n")
    assert run(ported, "build") == 2 and run(ported, "check") == 1


@pytest.mark.parametrize(
    "second", ["Dr. Lee\u200b", "\uff24r. Lee", "dr  lee", ".", "\u200b", "Lee", "Lee, MD", "B. Lee", "Lée Ann", "🙂"]
)
def test_one_person_does_not_approve_twice(ported: Path, second: str) -> None:
    assert run(ported, "recall", "index#port-care.1", *WHY) == 0
    approve = ("recall", "index#port-care.1", "--approve", "--reason", "ok", "--by", "Dr. Lee", "--second", second)
    assert run(ported, *approve) == 2 and gone(ported, FLUSH)


@pytest.mark.parametrize("by", ["\u200b", "🙂", ".", "\u3164"])
def test_nobody_recalls_nothing(ported: Path, capsys: pytest.CaptureFixture[str], by: str) -> None:
    for more in (("--by", by), ("--by", "Ana", "--second", by)):
        assert run(ported, "recall", "index#port-care.1", "--reason", "hurt", *more) == 2
        assert "a recall needs a name" in capsys.readouterr().err and not (ported / recalls.PATH).exists()
    subprocess.run(["git", "init", "-q"], cwd=ported, check=True)
    subprocess.run(["git", "config", "user.name", by], cwd=ported, check=True)
    assert run(ported, "recall", "index#port-care.1", "--reason", "hurt") == 0, "a recall does not wait for a name"
    assert json.loads((ported / recalls.PATH).read_text())["by"] != [by]


def test_an_approval_of_one_person_under_two_names_ends_nothing_and_is_said(
    ported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Written by hand, or before names were compared like this. The recall holds, so the pages can be published."""
    assert run(ported, "recall", "index#port-care.1", *WHY) == 0
    line = {
        "by": ["Ana Ruiz", "A. Ruiz"],
        "date": "2026-01-01T00:00:00Z",
        "how": "approved",
        "message": ident(Key(None, FLUSH)),
    }
    path = ported / recalls.PATH
    path.write_text(path.read_text().replace("2026-", "2025-") + json.dumps(line) + "\n")
    assert gone(ported, FLUSH)
    for verb in ("verify", "check"):
        assert run(ported, verb) == 1
        assert (
            "recalls.jsonl:2: error [recalls-approval] 'Ana Ruiz' and 'A. Ruiz' may be one person"
            in capsys.readouterr().out
        )
    path.write_text(path.read_text().replace("A. Ruiz", "Omar"))
    assert holding(ported, WORDS["es"][FLUSH]) == ["es/index.html"] and run(ported, "verify") == 0


@pytest.mark.parametrize("now", [FLUSH.replace(".", "!"), FLUSH.replace("the port", "the *port*")])
def test_withdrawn_english_does_not_come_back_by_an_edit_that_is_not_logged(ported: Path, now: str, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    assert run(ported, "recall", "index#port-care.1", "--stub", *WHY) == 0
    assert holding(ported, "Flush the") == []
    before = read_tree(ported / "dist")
    (ported / "source/index.md").write_text(PAGE.replace(FLUSH, now, 1))
    assert run(ported, "build") == 2 and "Run `lockstep update`" in capsys.readouterr().err
    assert read_tree(ported / "dist") == before
    updated(ported)
    assert holding(ported, "Flush the") == []


def test_what_became_of_a_withdrawn_text_is_not_quoted_either(make: Make) -> None:
    """In a critical block an edit leaves the recall in force; its reasons and the decision about it name its words."""
    page = "# A\n\n<!-- i18n: critical -->\n\n- {}\n"
    root = make({"index.md": page.format("Call us if the alarm sounds.")}, data="name:   Site   name\n")
    translate(root, {"Call us if the alarm sounds.": "Llámenos."})
    assert run(root, "recall", "index#a.1", "--stub", *WHY) == 0
    for text in ("Call us if the alarm ever sounds.", "Call us if the alarm zealously ever sounds."):
        (root / "source/index.md").write_text(page.format(text))
        updated(root)
    decide = ("--meaning-unchanged", "--by", "Ana", "--second", "Omar", "--reason", "fine")
    assert run(root, "decide", "index#a.1", *decide) == 0
    assert run(root, "recall", "site.yaml#name", "--stub", *WHY) == 0
    updated(root)
    assert holding(root, "zealously") == [] and holding(root, "Site   name") == [] and holding(root, "Site name") == []


def test_a_notice_cannot_be_withdrawn_and_the_language_stay(ported: Path) -> None:
    assert (ported / "dist/es").exists()
    assert run(ported, "recall", "notices.html#interface.3", "--stub", *WHY) == 0
    built(ported)
    assert not (ported / "dist/es").exists() and not (ported / "dist/fr").exists()


LOOKS = [
    ("a comma less", "Before you flush, call us.", "Before you flush call us."),
    ("another case", "Flush the port with plain water.", "FLUSH the port with plain water."),
    ("a stop for a mark", "Flush the port with plain water.", "Flush the port with plain water!"),
    ("emphasis", "Flush the port with plain water.", "Flush the **port** with plain water."),
    ("a link", "Flush the port with plain water.", "Flush [the port](other.md) with plain water."),
    ("spaces", "Flush the port with plain water.", "Flush the port with\u00a0plain water."),
    ("a hyphen", "Refill the port with care.", "Re-fill the port with care."),
    ("quotation marks", "Say “flush” to the nurse.", 'Say "flush" to the nurse.'),
    ("a dash", "Flush the port - with water.", "Flush the port – with water."),
    ("words written as one", "Flush any time you like.", "Flush anytime you like."),
    ("HTML", "Flush the port with plain water.", "Flush the <b>port</b> with plain water."),
]  # fmt: skip
OTHERS = [
    ("a word", "Flush the port with plain water.", "Flush the port with salt water."),
    ("a dose", "Take 35 mg now.", "Take 3.5 mg now."),
    ("a sign", "Keep it at 5 degrees.", "Keep it at -5 degrees."),
    ("a range", "Wait 5-10 hours.", "Wait 510 hours."),
    ("less than", "Wait if it is < 5.", "Wait if it is > 5."),
    ("a negation", "Do flush the port.", "Do not flush the port."),
]  # fmt: skip


UNASKED = (
    "number", "number-missing", "unit-missing", "negation", "untranslated", "language", "range", "statement", "statement-missing", "link-missing",
)  # fmt: skip
OFF = '\n[[tool.lockstep.checks]]\ncheck = "{}"\nlevel = "off"\nstrict = "off"\n'


def page(root: Path, *texts: str) -> None:
    (root / "source/index.md").write_text("# Port\n\n" + "".join(f"{text}\n\n" for text in texts))
    updated(root)


@pytest.mark.parametrize(("name", "was", "now"), LOOKS + OTHERS, ids=[row[0] for row in LOOKS + OTHERS])
def test_what_is_cut_and_comes_back_in_other_looks_is_withdrawn_still(
    make: Make, name: str, was: str, now: str
) -> None:
    """Cut, update, paste: the log knows of no way from the one to the other."""
    root = make({"index.md": f"# Port\n\n{was}\n\n{KEEP}\n", "other.md": "# Other\n"})
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text() + "".join(OFF.format(code) for code in UNASKED))
    updated(root)
    with on(0):
        assert run(root, "recall", "index#port.1", "--stub", *WHY) == 0
    page(root, KEEP)
    page(root, KEEP, now)
    translate(root, {now: "Una traducción nueva."})
    withdrawn = (name, was, now) in LOOKS
    assert (holding(root, "Una traducción nueva.") == []) == withdrawn
    assert ("taken off the page" in (root / "dist/en/index.html").read_text()) == withdrawn
    if withdrawn:
        approve = ("recall", "index#port.2", "--approve", "--by", "Ana", "--second", "Omar", "--reason", "checked")
        with on(1):
            assert run(root, *approve) == 0
            assert holding(root, "Una traducción nueva.") == ["es/index.html"]


@pytest.mark.parametrize(("name", "one", "other"), LOOKS + OTHERS, ids=[row[0] for row in LOOKS + OTHERS])
def test_the_same_in_other_looks_elsewhere_is_recalled_and_named(
    make: Make, capsys: pytest.CaptureFixture[str], name: str, one: str, other: str
) -> None:
    longer = f"First call. {other} Then rest."
    root = make(
        {
            "index.md": f"# Port\n\n{one}\n",
            "other.md": f"---\ntitle: {json.dumps(other)}\n---\n\n# Other\n\n{other}\n\n{longer}\n",
        }
    )
    updated(root)
    capsys.readouterr()
    assert run(root, "recall", "index#port.1", "--stub", *WHY) == 0
    said, same = capsys.readouterr().out, (name, one, other) in LOOKS
    for place in ("other.md#title", "other.md#other.1"):
        assert (f"source/{place}: recalled" in said) == same
    assert ("source/other.md#other.2: holds these words too" in said) == same
    built(root)
    html = (root / "dist/en/other/index.html").read_text()
    assert (html.count("taken off the page") > 2) == same, (
        "in the browser's tab, in the data about the page, in its text"
    )
    assert ("taken off the page" in html) == same


@pytest.mark.parametrize("stub", [(), ("--stub",)])
def test_a_lost_line_of_the_recalls_is_said(
    ported: Path, capsys: pytest.CaptureFixture[str], stub: tuple[str, ...]
) -> None:
    with on(0):
        assert run(ported, "recall", "index#port-care.1", *stub, *WHY) == 0
        assert run(ported, "recall", "index#cards.1", *WHY) == 0
        assert run(ported, "build") == 0 and "recall-lost" not in capsys.readouterr().err
    path = ported / recalls.PATH
    first, second = path.read_text().splitlines(True)
    path.write_text(second)
    assert run(ported, "build") == 0
    said = capsys.readouterr().err
    assert said.count("[recall-lost]") == 1 and "source/index.md:7: Flush the port" in said
    path.write_text(first + second)
    assert run(ported, "build") == 0 and "recall-lost" not in capsys.readouterr().err


def test_an_approved_text_is_not_said_to_be_lost_and_one_recalled_again_is(
    ported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with on(0):
        assert run(ported, "recall", "index#port-care.1", *WHY) == 0 == run(ported, "build")
    approve = ("recall", "index#port-care.1", "--approve", "--reason", "ok", "--by", "Ana", "--second", "Omar")
    with on(1):
        assert run(ported, *approve) == 0 == run(ported, "build")
        assert "recall-lost" not in capsys.readouterr().err
    before = (ported / recalls.PATH).read_text()
    with on(2):
        assert run(ported, "recall", "index#port-care.1", *WHY) == 0 == run(ported, "build")
        capsys.readouterr()
        (ported / recalls.PATH).write_text(before)
        assert run(ported, "build") == 0 and "[recall-lost]" in capsys.readouterr().err


def test_a_text_that_is_reworded_and_whose_line_is_gone_is_not_lost(ported: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    assert run(ported, "recall", "index#port-care.1", *WHY) == 0 == run(ported, "build")
    (ported / recalls.PATH).unlink()
    edited(ported, FLUSH.replace("plain", "salt"))
    capsys.readouterr()
    assert run(ported, "build") == 0 and "recall-lost" not in capsys.readouterr().err
    for damaged in (b"{", b'{"recalled": []}', b'{"recalled": {"a": 1}}', b"\xff"):
        (ported / "dist/lockstep.json").write_bytes(damaged)
        assert run(ported, "build") == 0


@pytest.mark.parametrize("obsolete", [False, True])
def test_a_recall_from_before_words_were_noted(ported: Path, obsolete: bool) -> None:
    """Its words are found while the text stands, and where a catalog still has it as obsolete."""
    assert run(ported, "recall", "index#port-care.1", "--stub", *WHY) == 0
    path = ported / recalls.PATH
    line = json.loads(path.read_text())
    assert line.pop("words")
    path.write_text(json.dumps(line, sort_keys=True) + "\n")
    if obsolete:
        (ported / "source/index.md").write_text(PAGE.replace(f"{FLUSH}\n\n", "", 1))
        updated(ported)
    (ported / "source/index.md").write_text(PAGE.replace(FLUSH, FLUSH.replace("the port", "*the port*"), 1))
    updated(ported)
    assert holding(ported, "Flush <em>the port</em>") == []
    assert "taken off the page" in (ported / "dist/en/index.html").read_text()
