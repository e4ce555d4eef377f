"""Who vouches for what: what ends a signature and what does not, that roles are people, and what an auditor is given."""

from __future__ import annotations

import csv
import io
import itertools
import json
import random
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.catalog import po_file
from pipeline.changes.edit_log import Edit, Log
from pipeline.cli.main import main
from pipeline.commands import review
from pipeline.core.inline import Inline, Syntax
from pipeline.core.ledger import Fields
from pipeline.core.model import Key, Message, Resolution, Review, Severity, Span, ident
from pipeline.core.policy import DEFAULT
from pipeline.core.states import State
from pipeline.resolve.coverage import tally
from pipeline.review import reviews
from pipeline.review.reviews import Line, PairId, Reviews
from tests.conftest import Make, built, made_once, project_of, translate, updated, without_notices
from tests.sites import on

PO = "locale/es/LC_MESSAGES/messages.po"
LEDGER = "locale/es/reviews.jsonl"
ENGLISH, SPANISH = "The pump sits under the skin of your abdomen.", "La bomba está debajo de la piel del abdomen."
REST, DESCANSO = "Rest for a few days after the refill.", "Descanse unos días después de la recarga."
PAGE = f"# Pump\n\n{ENGLISH}\n\n{REST}\n"
CERTIFIED = ("--qualification", "certified medical translator")


def run(root: Path, *words: str) -> int:
    return main([words[0], "--root", str(root), *words[1:]])


def sign(root: Path, *targets: str, role: str = "reviser", by: str = "Omar", more: tuple[str, ...] = CERTIFIED) -> int:
    return run(root, "review", "es", *targets, "--as", role, "--by", by, *more)


def text(root: Path, msgid: str = ENGLISH) -> review.Signable:
    found = review.texts(project_of(root), "es")
    return next(one for one in found if one.place.key.msgid == msgid)


def holds(root: Path, msgid: str = ENGLISH) -> list[str]:
    """The roles whose signatures hold."""
    return [one.line.role for one in text(root, msgid).signatures if not one.why]


@pytest.fixture
@made_once
def signed(make: Make) -> Path:
    """A page of two paragraphs, translated, both signed for by a reviser."""
    with on(0):
        root = make({"index.md": PAGE, "other.md": "# Other\n\nNothing here.\n"})
        translate(root, {"Pump": "Bomba", ENGLISH: SPANISH, REST: DESCANSO})
        assert sign(root, "index") == 0
    assert holds(root) == ["reviser"]
    return root


def source(root: Path, body: str, name: str = "index.md") -> None:
    (root / "source" / name).write_text(body)
    updated(root)


def po(root: Path, old: str, new: str) -> None:
    path = root / PO
    before = path.read_text()
    assert old in before
    path.write_text(before.replace(old, new))


def wrapped(root: Path) -> None:
    po(root, f'msgstr "{SPANISH}"', 'msgstr ""\n"La bomba está debajo "\n"de la piel del abdomen."')


def moved(root: Path) -> None:
    (root / "source/index.md").write_text(f"# Pump\n\n{REST}\n")
    source(root, f"# Other\n\nNothing here.\n\n{ENGLISH}\n", "other.md")


def reworded(root: Path) -> None:
    """The English changed, and somebody took the mark off a translation that nobody changed."""
    new = ENGLISH.replace("of your abdomen", "of the abdomen")
    source(root, PAGE.replace(ENGLISH, new))
    path = root / PO
    entry = next(one for one in po_file.load(root, PO).entries if one.key.msgid == new)
    assert entry.fuzzy
    path.write_text(path.read_text().replace("#, fuzzy\n", ""))
    assert text(root, new).shown.state is State.STALE


KEPT: list[tuple[str, Callable[[Path], None]]] = [
    ("nothing", lambda root: None),
    ("the catalog wrapped otherwise", wrapped),
    ("the paragraph wrapped otherwise", lambda root: source(root, PAGE.replace("sits under", "sits\nunder"))),
    ("the blocks in another order", lambda root: source(root, f"# Pump\n\n{REST}\n\n{ENGLISH}\n")),
    ("the paragraph on another page", moved),
    ("a note of a translator", lambda root: po(root, f'msgid "{ENGLISH}"', f'# mine\nmsgid "{ENGLISH}"')),
    ("another text edited", lambda root: source(root, PAGE.replace(REST, "Rest for 3 days."))),
    ("another translation edited", lambda root: po(root, DESCANSO, DESCANSO + "..")),
    ("ledger in another order, lines doubled", lambda root: (root / LEDGER).write_text("".join(reversed((root / LEDGER).read_text().splitlines(True) * 2)))),
    ("line ends of Windows", lambda root: (root / LEDGER).write_bytes((root / LEDGER).read_bytes().replace(b"\n", b"\r\n"))),
]  # fmt: skip
ENDED: list[tuple[str, Callable[[Path], None], str]] = [
    ("a character of the translation", lambda root: po(root, SPANISH, SPANISH[:-1] + "!"), ENGLISH),
    ("a space in the translation", lambda root: po(root, SPANISH, SPANISH.replace("la piel", "la  piel")), ENGLISH),
    ("a word of the English, the translation kept", reworded, ENGLISH.replace("of your abdomen", "of the abdomen")),
    ("another context", lambda root: (source(root, PAGE.replace(ENGLISH, f"<!-- i18n: context=x -->\n\n{ENGLISH}")), po(root, f'#, fuzzy\n#| msgid "{ENGLISH}"\n', ""))[0], ENGLISH),
    ("a translation marked fuzzy by hand", lambda root: po(root, f'msgid "{ENGLISH}"', f'#, fuzzy\nmsgid "{ENGLISH}"'), ENGLISH),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change"), KEPT, ids=[name for name, _ in KEPT])
def test_what_ends_no_signature(signed: Path, name: str, change: Callable[[Path], None]) -> None:
    change(signed)
    assert holds(signed) == ["reviser"]
    assert run(signed, "verify") == 0


@pytest.mark.parametrize(("name", "change", "msgid"), ENDED, ids=[name for name, _, _ in ENDED])
def test_what_ends_a_signature(signed: Path, name: str, change: Callable[[Path], None], msgid: str) -> None:
    change(signed)
    assert holds(signed, msgid) == []
    assert holds(signed, REST) == ["reviser"], "the other text is not touched"
    found = [row for row in review.rows(project_of(signed), "es") if row.line and row.why]
    assert found and all("changed since" in row.why for row in found), "an auditor still sees it, and why it ended"
    assert run(signed, "verify") == 0, "an ended signature is no fault"


def test_a_signature_comes_back_with_its_texts(signed: Path) -> None:
    po(signed, SPANISH, "Otra cosa.")
    assert holds(signed) == []
    po(signed, "Otra cosa.", SPANISH)
    assert holds(signed) == ["reviser"]


def test_a_cosmetic_edit_carries_the_signature_and_says_so(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = ENGLISH[:-1] + "!"
    source(signed, PAGE.replace(ENGLISH, new))
    assert text(signed, new).shown.state is State.CARRIED and holds(signed, new) == ["reviser"]
    lines = [Line.parse(Fields.of(line)) for line in (signed / LEDGER).read_text().splitlines()]
    carried = [line for line in lines if line.how == "carried"]
    assert carried[-1].was == PairId(ident(Key(None, ENGLISH)), reviews.hash_of((SPANISH,)))
    assert carried[-1].pair.message == ident(Key(None, new))
    before = (signed / LEDGER).read_bytes()
    updated(signed)
    assert (signed / LEDGER).read_bytes() == before, "a second update adds nothing"
    assert (
        main(["decide", "--root", str(signed), "index#pump.1", "--raise", "critical", "--by", "A", "--reason", "r"])
        == 0
    )
    updated(signed)
    assert holds(signed, new) == [], "the edit log is what carries, so a decision there takes the signature along"


def test_void_takes_back_and_a_later_signature_holds(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with on(1):
        assert run(signed, "review", "es", "index#pump.1", "--void", "--by", "Lee", "--note", "wrong side") == 0
    assert holds(signed) == [] and holds(signed, REST) == ["reviser"]
    assert text(signed).signatures[0].why == "voided on 2026-11-02 by Lee: wrong side"
    with on(2):
        assert sign(signed, "index#pump.1") == 0
    assert holds(signed) == ["reviser"]
    with on(3):
        assert run(signed, "review", "es", "other", "--void", "--by", "Lee", "--note", "x") == 2, "nothing stands there"
        assert run(signed, "review", "es", "index", "--void", "--by", "Lee") == 2, "a reason is needed"


PEOPLE = [
    ("another person revises", [("translator", "Ana"), ("reviser", "Omar")], ["translator", "reviser"]),
    ("nobody revises what they translated", [("translator", "Ana"), ("reviser", "Ana")], None),
    ("nor under another spelling", [("translator", "Ana Ruiz"), ("reviser", "ana  RUIZ")], None),
    ("nor in another Unicode form", [("translator", "José"), ("reviser", "Jose\u0301")], None),
    ("nor in wide letters", [("translator", "Ana"), ("reviser", "\uff21na")], None),
    ("nor the other way round", [("reviser", "Ana"), ("translator", "Ana")], ["translator"]),
    ("a clinician is a third person", [("translator", "Ana"), ("reviser", "Omar"), ("clinician", "Lee")], ["translator", "reviser", "clinician"]),
    ("the translator is no clinician", [("translator", "Ana"), ("clinician", "Ana")], None),
    ("the reviser is no clinician", [("reviser", "Omar"), ("clinician", "Omar")], None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "who", "wanted"), PEOPLE, ids=[row[0] for row in PEOPLE])
def test_each_role_is_another_person(
    make: Make, capsys: pytest.CaptureFixture[str], name: str, who: list[tuple[str, str]], wanted: list[str] | None
) -> None:
    root = make({"index.md": PAGE})
    translate(root, {ENGLISH: SPANISH})
    before, codes = b"", []
    for day, (role, by) in enumerate(who):
        before = (root / LEDGER).read_bytes() if (root / LEDGER).exists() else b""
        with on(day):
            codes.append(sign(root, "index#pump.1", role=role, by=by))
    if wanted is None:
        assert codes[-1] == 2 and "same person" in capsys.readouterr().err
        assert (root / LEDGER).read_bytes() == before, "nothing was written"
    else:
        assert set(codes) == {0} and holds(root) == wanted


def test_a_ledger_written_by_hand_is_held_to_the_same(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pair = PairId(ident(Key(None, ENGLISH)), reviews.hash_of((SPANISH,)))
    forged = Line("signed", pair, "2026-11-02", "translator", "OMAR", "x")
    future = Line("signed", pair, "2999-01-01", "clinician", "Lee", "MD")
    path = signed / LEDGER
    path.write_text(path.read_text() + forged.line() + "\n" + future.line() + "\n")
    assert holds(signed) == ["translator"], "of one person's two roles the translator's; nobody signs ahead of time"
    assert run(signed, "verify") == 1
    said = capsys.readouterr().out
    assert "Omar signed as reviser, but the same person translated it" in said
    ahead = f"{LEDGER}:{len(path.read_text().splitlines())}: error [reviews] This line is dated 2999-01-01"
    assert said.count(ahead) == 1
    assert run(signed, "check") == 1 and capsys.readouterr().out.count(ahead) == 1, "check says so as well, once"


def test_verify_names_the_signatures_that_ended_until_somebody_signs_again(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(signed, "verify") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "es: 3 signatures hold, 0 ended"
    po(signed, DESCANSO, "Descanse unos días tras la recarga.")
    with on(1):
        assert run(signed, "verify") == 0
        rows = capsys.readouterr().out.splitlines()
        assert rows[-2:] == [
            "es: 2 signatures hold, 1 ended",
            "  source/index.md#pump.2: Omar (reviser, 2026-11-01): the translation changed since",
        ]
        assert sign(signed, "index") == 0
        capsys.readouterr()
        assert run(signed, "verify") == 0
        assert capsys.readouterr().out.splitlines()[-1] == "es: 5 signatures hold, 1 ended"


def test_a_forged_carry_carries_nothing(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with on(1):
        assert run(signed, "review", "es", "index#pump.1", "--void", "--by", "Lee", "--note", "x") == 0
    rest, pump = (PairId(ident(Key(None, a)), reviews.hash_of((b,))) for a, b in ((REST, DESCANSO), (ENGLISH, SPANISH)))
    path = signed / LEDGER
    path.write_text(path.read_text() + Line("carried", pump, "2026-11-03", was=rest).line() + "\n")
    assert holds(signed) == [] and holds(signed, REST) == ["reviser"]
    assert run(signed, "verify") == 0 and "does not say that only looks changed" in capsys.readouterr().out


def test_a_line_that_cannot_be_read_ends_every_signature_of_its_file(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = signed / LEDGER
    for bad in ('{"how": "void", "message":\n', "<<<<<<< mine\n", "\ufeff{}\n", "[]\n", '{"message": 1}\n', "\udcff\n"):
        good = path.read_bytes()
        path.write_bytes(good + bad.encode(errors="surrogateescape"))
        assert holds(signed) == [] and holds(signed, REST) == []
        assert run(signed, "verify") == 1 and run(signed, "check") == 1
        last = good.count(b"\n") + 1
        assert f"{LEDGER}:{last}: error [reviews]" in capsys.readouterr().out
        assert sign(signed, "index") == 2, "nobody signs on such a file"
        assert "cannot be read" in capsys.readouterr().err
        built(signed)
        assert SPANISH in (signed / "dist/es/index.html").read_text(), "the pages go on, by the policy's word"
        path.write_bytes(good)
    assert holds(signed) == ["reviser"]


def test_only_what_readers_may_see_is_signed_for(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": f"# Pump\n\n{ENGLISH}\n\nTake 5 mg.\n\n{REST}\n\nNew.\n"})
    translate(root, {ENGLISH: SPANISH, "Take 5 mg.": "Tome 50 mg.", REST: DESCANSO})
    po(root, f'msgid "{REST}"', f'#, fuzzy\nmsgid "{REST}"')
    assert sign(root, "index") == 0
    said = capsys.readouterr().out
    for block, why in (("pump.0", "not translated"), ("pump.2", "unsafe"), ("pump.3", "not translated"), ("pump.4", "not translated")):  # fmt: skip
        assert f"source/index.md#{block}: not signed ({why})" in said
    assert said.endswith("1 text signed in locale/es/reviews.jsonl.\n")
    assert sign(root, "index#pump.2") == 1, "nothing was signed"


WRONG = [
    (["es", "index", "--as", "reviser"], "a signature needs a name"),
    (["es", "--as", "reviser", "--by", "A"], "nothing to sign for"),
    (["es", "index", "--by", "A"], "a signature has a role"),
    (["xx", "index", "--as", "reviser", "--by", "A"], "no language of this site"),
    (["es", "nowhere", "--as", "reviser", "--by", "A"], "there is no page"),
    (["es", "index#none", "--as", "reviser", "--by", "A"], "has no block"),
    (["en", "index", "--as", "reviser", "--by", "A"], "nobody translated the English"),
]


@pytest.mark.parametrize(("words", "why"), WRONG, ids=[why for _, why in WRONG])
def test_a_signature_that_cannot_be(
    signed: Path, capsys: pytest.CaptureFixture[str], words: list[str], why: str
) -> None:
    before = (signed / LEDGER).read_bytes()
    assert run(signed, "review", *words) == 2
    assert why in capsys.readouterr().err and (signed / LEDGER).read_bytes() == before


def test_a_qualification_is_stated_once_a_role_and_language(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": PAGE}, locales=("es", "fr"), extra='[tool.lockstep.policy]\norigin = "machine"\n')
    translate(root, {ENGLISH: SPANISH, REST: DESCANSO})
    translate(root, {ENGLISH: "La pompe est sous la peau de l’abdomen."}, "fr")
    with on(0):
        assert sign(root, "index#pump.1", more=()) == 0
        assert "No qualification is stated" in capsys.readouterr().out
    shown = text(root).shown.review
    assert shown == Review("machine", (("reviser", "2026-11-01"),)) and shown.machine, (
        "signed, yet not by one qualified"
    )
    with on(1):
        assert sign(root, "index#pump.1") == 0 and sign(root, "index#pump.2", more=()) == 0
        assert run(root, "review", "fr", "index#pump.1", "--as", "reviser", "--by", "Omar") == 0
    assert not text(root).shown.review.machine and text(root, REST).shown.review.qualified == "2026-11-02"  # type: ignore[union-attr]
    french = review.texts(project_of(root), "fr", "index#pump.1")[0]
    assert french.shown.review.machine, "certified for Spanish is not certified for French"  # type: ignore[union-attr]


def test_a_thousand_union_merges_lose_nothing_and_agree(tmp_path: Path) -> None:
    """git's own union merge of ledgers that two branches went on with, in both directions: the same signatures hold."""
    dice = random.Random(20261125)
    pairs = [PairId(f"{at:016x}", f"{at + 9:016x}") for at in range(3)]

    def line() -> str:
        how = dice.choice(["signed"] * 4 + ["void", "carried"])
        day, pair = f"2026-11-{dice.randint(1, 28):02}", dice.choice(pairs)
        if how == "carried":
            return Line("carried", pair, day, was=dice.choice(pairs), note="looks").line() + "\n"
        role = dice.choice(["translator", "reviser", "clinician"] + [""] * (how == "void"))
        name, note = dice.choice(["Ana", "Omar", "Lee"]), dice.choice(["", "x"])
        seen = dice.choice(["", "a" * 16, "b" * 16]) if how == "signed" else ""
        return Line(how, pair, day, role, name, "q", dice.choice(["", "human", "machine"]) * (how == "signed"), note=note, seen=seen).line() + "\n"  # fmt: skip

    files = [tmp_path / name for name in ("ours", "base", "theirs")]
    for _ in range(1000):
        base = [line() for _ in range(dice.randint(0, 4))]
        ours, theirs = ([*base, *(line() for _ in range(dice.randint(0, 4)))] for _ in range(2))
        merged = []
        for order in ((ours, base, theirs), (theirs, base, ours)):
            for path, lines in zip(files, order, strict=True):
                path.write_text("".join(lines))
            done = subprocess.run(
                ["git", "merge-file", "--union", "-p", *map(str, files)], capture_output=True, check=True
            )
            merged.append(Reviews(path=LEDGER, locale="es").read(done.stdout))
        assert not any(found.findings for found in merged), "no line is broken"
        assert {one.line() + "\n" for one in merged[0].rows} == {*ours, *theirs}, "no line is lost"
        straight = Reviews(path=LEDGER, locale="es").read("".join([*ours, *theirs]).encode())
        for pair in pairs:
            for found in merged:
                assert found.review(pair, DEFAULT) == straight.review(pair, DEFAULT)
                assert found.review(pair, DEFAULT).seen == straight.review(pair, DEFAULT).seen, "nor a page"
                assert found.signatures(pair) == straight.signatures(pair)


def test_git_merges_two_branches_of_reviews_by_itself(signed: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *words], cwd=signed, check=True, capture_output=True)  # fmt: skip

    (signed / ".gitattributes").write_text("locale/**/*.jsonl -text merge=union\n")
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "base")
    for branch, role, by in (("one", "translator", "Ana"), ("two", "clinician", "Lee")):
        git("checkout", "-q", "-b", branch, "main")
        assert sign(signed, "index", role=role, by=by) == 0
        git("commit", "-qam", branch)
    git("merge", "-q", "-m", "merge", "one")
    assert sorted(holds(signed)) == ["clinician", "reviser", "translator"] and run(signed, "verify") == 0


def test_what_an_auditor_is_given(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with on(1):
        hostile = ("--note", '=HYPERLINK("x")', "--qualification", "<b>MD</b>")
        assert sign(signed, "index#pump.1", role="clinician", by="<script>alert(1)</script>", more=hostile) == 0
        assert run(signed, "review", "es", "index#pump.2", "--void", "--by", "Lee", "--note", "typo") == 0
    capsys.readouterr()
    assert run(signed, "review", "es", "--export", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    at = {(row["block"], row["role"]): row for row in rows if row["page"] == "source/index.md"}
    first, second = at["pump.1", "reviser"], at["pump.2", "reviser"]
    assert (first["text"], first["translation"], first["who"], first["valid"]) == (ENGLISH, SPANISH, "Omar", "yes")
    assert (second["valid"], second["why not"]) == ("no", "voided on 2026-11-02 by Lee: typo")
    assert at["pump.1", "clinician"]["note"] == '\'=HYPERLINK("x")', "no formula for a spreadsheet"
    assert any(row["why not"].startswith("not translated") for row in rows), "what nobody signed for is there too"
    assert run(signed, "review", "es", "index", "--export", "html") == 0
    html = capsys.readouterr().out
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)" in html and SPANISH in html and "Omar" in html
    assert run(signed, "review", "es", "index#pump.1", "--list") == 0
    listed = capsys.readouterr().out
    assert "Omar" in listed and "pump.1" in listed and "pump.2" not in listed
    assert run(signed, "review", "verify") == 0 == run(signed, "verify")
    assert "es: 3 signatures hold, 1 ended" in capsys.readouterr().out


def test_signing_the_old_translation_again_after_a_grave_edit_is_pointed_out(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Thirty hashes bumped and nothing translated."""
    new = REST.replace("a few days", "12 days")
    source(signed, PAGE.replace(REST, new))
    (signed / PO).write_text((signed / PO).read_text().replace("#, fuzzy\n", ""))
    lenient = '[[tool.lockstep.checks]]\ncheck = "number-missing"\nlevel = "off"\nstrict = "off"\n'
    lenient += lenient.replace("number-missing", "number")
    path = signed / "pyproject.toml"
    path.write_text(path.read_text() + lenient)
    with on(5):
        assert sign(signed, "index#pump.2") == 0
        capsys.readouterr()
        assert run(signed, "verify") == 0
    assert "signed for on 2026-11-01; then the English changed" in capsys.readouterr().out


def test_of_an_origin_the_newest_word_counts_and_of_one_time_the_least_trusted() -> None:
    pair = PairId("0" * 16, "1" * 16)

    def said(*rows: tuple[str, str]) -> str:
        return Reviews(tuple(Line("signed", pair, day, origin=origin) for day, origin in rows)).origin(pair, "memory")

    assert said() == "memory"
    assert said(("2026-01-01", "machine"), ("2026-01-02", "machine+edited")) == "machine+edited"
    assert said(("2026-01-01", "human"), ("2026-01-01", "machine")) == "machine"


def test_lines_are_json_with_sorted_keys_and_read_back(signed: Path) -> None:
    for raw in (signed / LEDGER).read_text().splitlines():
        found = json.loads(raw)
        assert list(found) == sorted(found) and Line.parse(Fields.of(raw)).line() == raw


TWINS = [
    "Ana\u200b Ruiz",
    "Ana\u00ad Ruiz",
    "Ana\u2060 Ruiz",
    "A\u034fna Ruiz",
    "Ana\ufe0f Ruiz",
    "\u202eAna Ruiz",
    "Ana Ruiz.",
    "\u0410na Ruiz",
    "ＡＮＡ RUIZ",
    "Dr. Ana Ruiz",
    "Ruiz, Ana",
    "Ana Ruiz MD",
    "A. Ruiz",
    "Ana Ruíz",
    "Ana Ruiz Soto",
    "\u200b",
    ".",
    "",
]


@pytest.mark.parametrize("twin", TWINS)
def test_one_person_is_not_two_by_what_is_unseen_in_a_name(make: Make, twin: str) -> None:
    root = make({"index.md": PAGE})
    translate(root, {ENGLISH: SPANISH})
    assert sign(root, "index#pump.1", role="translator", by="Ana Ruiz") == 0
    before = (root / LEDGER).read_bytes()
    assert sign(root, "index#pump.1", by=twin) == 2 and (root / LEDGER).read_bytes() == before
    assert run(root, "review", "es", "index#pump.1", "--void", "--by", "Lee", "--note", "x") == 0
    assert sign(root, "index#pump.1", by="Ana Ruiz") == 2, "who translated has translated, whatever was taken back"


def test_a_doubt_is_said_and_what_to_do_about_it(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": PAGE})
    translate(root, {ENGLISH: SPANISH})
    assert sign(root, "index#pump.1", role="translator", by="Ana Ruiz Gil") == 0
    assert sign(root, "index#pump.1", by="Ana Ruiz") == 2
    said = capsys.readouterr().err
    assert "it may be the same person as Ana Ruiz Gil, who translated it" in said and "write both names in full" in said
    assert sign(root, "index#pump.1", by="Ana Ruiz Soto") == 0 and holds(root) == ["translator", "reviser"]


def test_a_qualification_is_remembered_under_a_name_without_doubt(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make({"index.md": PAGE})
    translate(root, {ENGLISH: SPANISH, REST: DESCANSO})
    assert sign(root, "index#pump.1", by="Ana Ruiz") == 0
    for by, known in (("A. Ruiz", ""), ("RUIZ, Ana, MD", CERTIFIED[1])):
        assert sign(root, "index#pump.2", by=by, more=()) == 0
        lines = [Line.parse(Fields.of(raw)) for raw in (root / LEDGER).read_text().splitlines()]
        assert [line.qualification for line in lines if line.name == by] == [known]


def test_who_was_two_people_once_and_is_one_now_is_said(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A ledger from before names were compared like this."""
    pair = PairId(ident(Key(None, ENGLISH)), reviews.hash_of((SPANISH,)))
    path = signed / LEDGER
    path.write_text(path.read_text() + Line("signed", pair, "2026-10-30", "translator", "O. Haddad").line() + "\n")
    path.write_text(path.read_text() + Line("signed", pair, "2026-11-01", "clinician", "Omar Haddad").line() + "\n")
    assert holds(signed) == ["translator"] and run(signed, "verify") == 1
    said = capsys.readouterr().out
    last = len(path.read_text().splitlines())
    assert f"{LEDGER}:{last}: error [reviews] Omar Haddad signed as clinician, but it may be the same person as" in said


def test_names_of_the_world_are_names(make: Make) -> None:
    root = make({"index.md": PAGE})
    translate(root, {ENGLISH: SPANISH})
    for day, name in enumerate(["O'Brien-Šťastná, J. R.", "Нгуен Тхи Ха", "王小明", "محمد علي", "ณัฐ", "Ζωή"]):
        with on(day):
            assert sign(root, "index#pump.1", by=name) == 0, name
    assert len(holds(root)) == 6


def test_a_void_follows_what_it_voids_there_and_back(signed: Path) -> None:
    """Signed as A, carried to B, taken back there: back at A it does not hold again."""
    new = ENGLISH[:-1] + "!"
    with on(1):
        source(signed, PAGE.replace(ENGLISH, new))
        assert holds(signed, new) == ["reviser"]
        assert run(signed, "review", "es", "index#pump.1", "--void", "--by", "Lee", "--note", "x") == 0
        assert holds(signed, new) == []
    with on(2):
        source(signed, PAGE)
        assert holds(signed) == []
        assert sign(signed, "index#pump.1") == 0
        assert holds(signed) == ["reviser"]


def test_voiding_and_signing_within_one_second(signed: Path) -> None:
    with on(1):
        assert run(signed, "review", "es", "index#pump.1", "--void", "--by", "Lee", "--note", "x") == 0
        assert sign(signed, "index#pump.1") == 0
        assert holds(signed) == ["reviser"]


def test_what_is_taken_back_or_ahead_or_unreadable_makes_no_text_more_trusted(make: Make) -> None:
    root = make({"index.md": PAGE}, extra='[tool.lockstep.policy]\norigin = "machine"\nmachine = "english"\n')
    translate(root, {ENGLISH: SPANISH})
    with on(0):
        assert sign(root, "index#pump.1", role="translator", by="Mo", more=("--origin", "human")) == 0
    assert text(root).shown.spoken == "es"
    good = (root / LEDGER).read_text()
    with on(1):
        assert run(root, "review", "es", "index#pump.1", "--void", "--by", "Lee", "--note", "a machine made it") == 0
    assert text(root).shown.state is State.UNREVIEWED and text(root).shown.spoken == "en"
    (root / LEDGER).write_text(good + "{\n")
    assert text(root).shown.spoken == "en"
    (root / LEDGER).write_text(
        good.replace('"date": "2026-11-01T08:00:00Z", "message"', '"date": "9999-01-01", "message"')
    )
    assert text(root).shown.spoken == "en"


DATES = ["2026-02-31", "0000-00-00", "2026-11-01T25:00:00Z", "2026-11-01T08:00:00", "yesterday", "2026-1-1"]
LINES = [*({"date": date} for date in DATES), {"how": []}, {"role": []}, {"name": "\ud800"}, {"name": "a\x1b[31mb"}, {"note": "\x1b]0;x\x07"}]  # fmt: skip


@pytest.mark.parametrize("bad", LINES, ids=[json.dumps(bad) for bad in LINES])
def test_a_line_that_is_no_line_is_an_error_and_no_crash(signed: Path, bad: dict[str, object]) -> None:
    path = signed / LEDGER
    pair = {"message": "0" * 16, "translation": "1" * 16, "date": "2026-11-01", "role": "reviser", "name": "Omar"}
    path.write_text(path.read_text() + json.dumps({**pair, **bad}) + "\n")
    assert holds(signed) == []
    for verb in (["verify"], ["check"], ["review", "es", "--list"], ["review", "es", "--export", "html"]):
        assert run(signed, *verb) in {0, 1}, verb
    built(signed)


def test_long_and_dense_carries_end(signed: Path) -> None:
    """A thousand carried one after the other, and twelve each carried from each: linear in the lines, no recursion."""
    pairs = [PairId(f"{at:016x}", "1" * 16) for at in range(1200)]
    some = pairs[:12]
    hops = [*itertools.pairwise(pairs), *itertools.permutations(some, 2)]
    log = Log(
        tuple(Edit(was.message, now.message, "a.md", "a", "2026-11-01", Severity.COSMETIC, ()) for was, now in hops)
    )
    lines = [Line("carried", now, "2026-11-02", was=was) for was, now in hops]
    first = Line("signed", pairs[0], "2026-11-01", "reviser", "Omar", "q", "human")
    ledger = Reviews((first, *lines))
    for pair in (pairs[-1], some[5]):
        assert [one.line for one in ledger.signatures(pair, log)] == [first] and ledger.origin(
            pair, "machine", log
        ) == "human"
    last = Line("void", pairs[-1], "2026-11-03", name="Lee")
    assert [one.why for one in Reviews((first, last, *lines)).signatures(some[5], log)] == [
        "voided on 2026-11-03 by Lee"
    ]


def test_a_clinicians_signature_under_the_english_goes_along_with_looks(signed: Path) -> None:
    with on(1):
        assert run(signed, "review", "en", "index", "--as", "clinician", "--by", "Lee", "--qualification", "MD") == 0
        new = ENGLISH[:-1] + "!"
        source(signed, PAGE.replace(ENGLISH, new))

    def english(msgid: str) -> list[str]:
        found = review.texts(project_of(signed), "en")
        one = next(one for one in found if one.place.key.msgid == msgid)
        return [signature.line.role for signature in one.signatures if not signature.why]

    assert english(new) == ["clinician"]
    with on(2):
        source(signed, PAGE.replace(ENGLISH, new.replace("your", "the")))
    assert english(new.replace("your", "the")) == []


def test_the_plural_of_the_english_is_signed_for_too() -> None:
    key = Key(None, "one page")
    assert reviews.pair_of(key, ("a", "b"), "%(num)s pages") != reviews.pair_of(key, ("a", "b"), "%(num)s sheets")


def test_a_text_of_the_parent_is_held_to_the_pages_policy_and_hides_nothing(make: Make, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    rule = '[[tool.lockstep.policy.rules]]\nlocales = ["pt_BR"]\nunreviewed = "english"\n'
    root = make({"index.md": f"# Pump\n\nTake 5 mg.\n\n{REST}\n"}, locales=("pt", "pt_BR"), extra=rule)
    translate(root, {"Take 5 mg.": "Tome 5 mg.", REST: "Descanse uns dias após a recarga."}, "pt")
    translate(root, {"Take 5 mg.": "Tome 50 mg."}, "pt_BR")
    built(root)
    assert "Descanse" in (root / "dist/pt/index.html").read_text()
    assert not (root / "dist/pt-BR").exists(), "nobody has reviewed its notices, as its policy asks"
    assert run(root, "check") == 1 and "[number]" in capsys.readouterr().out, "its own error is said"
    assert run(root, "review", "pt_BR", "index#pump.1", "--as", "reviser", "--by", "Rui") == 1
    assert "not signed (unsafe)" in capsys.readouterr().out


def test_what_a_machine_made_is_not_as_good_as_what_people_signed_for(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    """The figures of every report: all is translated, and until a reviser signs nothing is reviewed; a withheld text is neither."""
    root = make(
        {"index.md": "# One\n\nTwo words.\n\nTake 5 mg.\n"}, extra='[tool.lockstep.policy]\norigin = "machine"\n'
    )
    without_notices(root)
    translate(root, {"One": "Uno", "Two words.": "Dos palabras.", "Take 5 mg.": "Tome 6 mg."})

    def figures() -> tuple[int, int, int]:
        capsys.readouterr()
        main(["status", "--format", "json", "--root", str(root)])
        page = json.loads(capsys.readouterr().out)["locales"]["es"]["pages"]["source/index.md"]
        return page["machine"], page["reviewed"], page["withheld"]

    assert figures() == (2, 0, 1)
    sign(root, "index", role="translator", by="Ana")
    assert figures() == (0, 0, 1), "a qualified translator vouches for what a machine made; nobody has reviewed it"
    sign(root, "index", role="reviser", by="Omar")
    assert figures() == (0, 2, 1)
    built(root)
    assert 'data-machine="0" data-reviewed="2" data-withheld="1"' in re.sub(
        r'(data-machine=")\d+', r"\g<1>0", (root / "dist/status/index.html").read_text()
    )
    nobody = Resolution(
        Message(Key(None, "One"), Span("x", 1)), State.TRANSLATED, Inline("Uno", Syntax.TEXT, ()), "es", review=Review()
    )
    assert not nobody.review.open and not tally([nobody]).reviewed, (
        "a policy that asks for nobody makes nobody a reviewer"
    )
