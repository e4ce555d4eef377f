"""The desk as a program meets it: what it writes, what it refuses, and that it goes on."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.main import main
from pipeline.desk import server
from tests.conftest import Make, lay_out, translate, updated
from tests.desks import Desk, desk
from tests.sites import interface

PAGE = """---
title: Pump
---

# Pump

Take 5 mg each day.

Rest for a few days after the refill.

Press **{clinic.phone}** or `*9`, see [home](index.md).

<b onclick="steal()">Not</b> this.
"""
SPANISH = {
    "Pump": "Bomba",
    "Take 5 mg each day.": "Tome 5 mg cada día.",
    "Rest for a few days after the refill.": "Descanse unos días después de la recarga.",
}
PO = "locale/es/LC_MESSAGES/messages.po"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def site(root: Path) -> Path:
    lay_out(
        root,
        {"index.md": "---\ntitle: Home\n---\n\n# Home\n\nTake 5 mg each day.\n", "pump.md": PAGE},
        locales=("es", "ru"),
    )
    translate(root, {**interface("es"), **SPANISH})
    translate(root, interface("ru"), "ru")
    (root / "source/pump.md").write_text(PAGE.replace("Take 5 mg", "Take 10 mg"), "utf-8")
    updated(root)
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site(tmp_path_factory.mktemp("desk") / "site")


@pytest.fixture(scope="module")
def open_desk(root: Path) -> Iterator[Desk]:
    with desk(root, "--as", "reviser", "--by", "Ana Ruiz") as found:
        yield found


def save(found: Desk, card: Any, *strings: str, **more: Any) -> tuple[int, Any]:
    asked = {
        "locale": card["locale"],
        "path": card["path"],
        "id": card["id"],
        "hash": card["hash"],
        "strings": [*strings],
        **more,
    }
    return found.post("save", **asked)


def test_a_page_is_what_a_build_makes_and_the_desk_stands_beside_it(root: Path, open_desk: Desk) -> None:
    assert main(["build", "--root", str(root)]) == 0
    for path in ("en/pump/index.html", "es/pump/", "static/lockstep.css"):
        status, text = open_desk.ask(f"/{path}")
        file = root / "dist" / (path if "." in path else f"{path}index.html")
        links = re.compile(r"<link rel=\"(?:canonical|alternate)\"[^>]*>\n")
        assert status == 200 and links.sub("", text) == links.sub("", file.read_text("utf-8"))
    assert "script-src" not in open_desk.headers["content-security-policy"].replace("default-src 'none'", "")


def test_a_save_writes_its_entry_and_no_other_byte(root: Path, open_desk: Desk) -> None:
    path = root / PO
    before = path.read_text("utf-8")
    card = open_desk.card("es", "source/pump.md", "Take 10 mg each day.")
    assert card["state"] == "stale" and card["fuzzy"] and ["-", "5"] in card["diff"] and ["+", "10"] in card["diff"]
    path.write_text(
        before.replace('#, fuzzy\n#| msgid "Take 5 mg', '# ask Bea\n#, fuzzy\n#| msgid "Take 5 mg'), "utf-8"
    )
    noted = path.read_text("utf-8")
    assert noted != before
    status, made = save(open_desk, card, "Tome 10 mg cada día.")
    assert status == 200 and made["state"] == "translated" and made["notes"] == ["ask Bea"]
    after = path.read_text("utf-8")
    gone = '#, fuzzy\n#| msgid "Take 5 mg each day."\n'
    assert after == noted.replace(gone, "").replace(
        'msgid "Take 10 mg each day."\nmsgstr "Tome 5 mg cada día."',
        'msgid "Take 10 mg each day."\nmsgstr "Tome 10 mg cada día."',
    )
    assert "Tome 10 mg" in open_desk.ask("/es/pump/")[1]
    status, back = open_desk.post("undo", locale="es", path=made["path"], id=made["id"], hash=made["hash"])
    assert status == 200 and path.read_text("utf-8") == noted and not back["undo"]
    path.write_text(before, "utf-8")


def test_a_text_that_changed_meanwhile_is_not_overwritten(root: Path, open_desk: Desk) -> None:
    path = root / PO
    before = path.read_text("utf-8")
    card = open_desk.card("es", "source/pump.md", "Rest for a few days after the refill.")
    theirs = before.replace("Descanse unos días", "Repose unos días")
    path.write_text(theirs, "utf-8")
    status, made = save(open_desk, card, "Duerma unos días después de la recarga.")
    assert (
        status == 409
        and "meanwhile" in made["error"]
        and made["theirs"]["strings"] == ["Repose unos días después de la recarga."]
    )
    assert path.read_text("utf-8") == theirs
    assert save(open_desk, made["theirs"], "Duerma unos días después de la recarga.")[0] == 200
    path.write_text(
        before.replace("Descanse unos días después de la recarga.", "X").replace('msgstr "X"', 'msgstr "X'), "utf-8"
    )
    status, made = save(open_desk, card, "Descanse.")
    assert status == 409 and 'msgstr "X\n' in path.read_text("utf-8"), "a broken catalog is not written"
    path.write_text(before, "utf-8")
    asked = {"locale": "es", "path": card["path"], "id": card["id"], "strings": ["Descanse."]}
    for _ in range(200):  # until the desk has heard that the catalog is whole again
        if open_desk.post("check", **asked)[0] == 200:
            return
        time.sleep(0.05)
    pytest.fail("the desk does not read a catalog that is whole again")


def test_what_is_typed_is_judged_and_written_nowhere(root: Path, open_desk: Desk) -> None:
    before = (root / PO).read_bytes()
    card = open_desk.card("es", "source/pump.md", "Take 10 mg each day.")
    asked = {"locale": "es", "path": card["path"], "id": card["id"], "page": "source/pump.md"}
    status, wrong = open_desk.post("check", strings=["Tome 100 mg cada día."], **asked)
    assert status == 200 and wrong["state"] == "unsafe" and "Tome 100 mg" not in wrong["html"]
    assert any(one["level"] == "error" and "number" in one["code"] for one in wrong["findings"])
    status, right = open_desk.post("check", strings=["Tome 10 mg cada día."], **asked)
    assert right["state"] == "translated" and right["findings"] == [] and "Tome 10 mg cada día." in right["html"]
    status, hostile = open_desk.post("check", strings=[HOSTILE], **asked)
    assert status == 200 and "<script>alert" not in hostile["html"] and "onerror" not in hostile["html"]
    assert (root / PO).read_bytes() == before


def test_plurals_have_a_box_a_form_by_the_language(root: Path, open_desk: Desk) -> None:
    found = open_desk.get("worklist", locale="ru")
    page = open_desk.get("blocks", locale="ru", path="source/pump.md")
    assert found["of"] >= 2 and page["blocks"][0]["state"] == "untranslated"
    from pipeline.catalog import po_file
    from pipeline.core.model import ident

    entry = next(one for one in po_file.load(root, PO.replace("es", "ru", 1)).entries if one.plural)
    card = open_desk.get("card", locale="ru", path=entry.references[0], id=ident(entry.key))
    assert len(card["forms"]) == len(card["strings"]) == 3 and card["forms"][0].startswith("for 1, 21, 31")
    assert save(open_desk, card, "a", "b")[0] == 400
    assert save(open_desk, card, *card["strings"])[0] == 200


def test_a_card_has_what_a_translator_needs(open_desk: Desk) -> None:
    card = open_desk.card("es", "source/pump.md", "Press **{clinic.phone}** or `*9`, see [home](index.md).")
    assert card["pieces"] == ["{clinic.phone}", "`*9`", "[home](index.md)"] and card["place"].startswith(
        "source/pump.md:"
    )
    assert card["state"] == "untranslated" and card["file"].startswith(PO) and card["under"] == ["Pump"]
    rest = open_desk.card("es", "source/pump.md", "Take 10 mg each day.")
    assert any(one["text"] == "Tome 5 mg cada día." for one in rest["memory"])
    assert open_desk.card("es", "source/index.md", "Take 5 mg each day.")["state"] == "translated"


def test_the_worklist_is_gravest_first(open_desk: Desk) -> None:
    found: Any = {"known": 0, "of": 1}
    for _ in range(50):
        found = open_desk.get("worklist", locale="es")
        if found["known"] == found["of"]:
            break
        open_desk.get("blocks", locale="es", path="source/pump.md")
        import time

        time.sleep(0.4)
    assert found["known"] == found["of"] and found["rows"][0]["grade"] == "critical"
    assert found["rows"][0]["english"] == "Take 10 mg each day." and found["left"] == sum(
        row["words"] for row in found["rows"]
    )


def standing(found: Desk, anew: str = "1") -> dict[str, Any]:
    """How far each language is, once that is worked out."""
    made = found.get("standing", anew=anew)
    for _ in range(200):
        if not made["busy"] and "languages" in made:
            break
        time.sleep(0.2)
        made = found.get("standing")
    return {one["locale"]: one for one in made["languages"]}


def test_how_far_every_language_is_follows_what_is_saved(root: Path, open_desk: Desk) -> None:
    before = (root / PO).read_bytes()
    card = open_desk.card("es", "source/pump.md", "Take 10 mg each day.")
    was = standing(open_desk)
    assert was.keys() == {"es", "ru"} and was["es"]["critical"] == 1 and was["ru"]["states"]["untranslated"] > 3
    assert save(open_desk, card, "Tome 10 mg cada día.")[0] == 200
    now = standing(open_desk)
    assert now["es"]["critical"] == 0 and now["es"]["done"] == was["es"]["done"] + 5 and now["ru"] == was["ru"]
    (root / PO).write_bytes(before)


def test_nobody_signs_for_what_was_not_read(root: Path, open_desk: Desk) -> None:
    card = open_desk.card("es", "source/pump.md", "Rest for a few days after the refill.")
    asked = {"locale": "es", "path": card["path"], "id": card["id"], "hash": card["hash"], "note": ""}
    assert open_desk.post("sign", token="000000-000000-000000-000000", **asked)[0] == 409
    _, other = save(open_desk, card, "Descanse unos días después de la recarga, por favor.")
    status, said = open_desk.post("sign", token=card["token"], **asked)
    assert (
        status == 409
        and "the translation" in said["error"]
        and not (root / "locale/es/reviews.jsonl").read_bytes().count(b"Ana Ruiz")
    )
    status, said = open_desk.post("sign", **{**asked, "token": other["token"], "hash": other["hash"]})
    assert status == 200 and said["signatures"][0][:2] == ["reviser", "Ana Ruiz"]
    assert b"Ana Ruiz" in (root / "locale/es/reviews.jsonl").read_bytes()


REFUSED = [
    ({"host": "evil.example"}, 421), ({"host": "127.0.0.1:1"}, 421), ({"Origin": "http://evil.example"}, 403), ({"Origin": "null"}, 403),
    ({"Sec_Fetch_Site": "cross-site"}, 403), ({"Cookie": ""}, 403), ({"method": "DELETE"}, 405), ({"method": "OPTIONS"}, 405),
]  # fmt: skip


@pytest.mark.parametrize(("how", "status"), REFUSED)
def test_another_site_gets_nothing(open_desk: Desk, how: dict[str, str], status: int) -> None:
    for path in ("/es/pump/", "/-desk/", "/-desk/api/site"):
        got, said = open_desk.ask(path, **how)  # type: ignore[arg-type]
        assert got == status and "error" in said and open_desk.token not in str(said)


WRONG: list[tuple[dict[str, Any], int]] = [
    ({"raw": b"{"}, 400), ({"raw": b"[]"}, 400), ({"raw": b"[" * 100_000}, 400), ({"raw": b'{"locale": 1}'}, 400), ({"raw": b"\xff\xfe"}, 400),
    ({"raw": b'{"locale": "\\ud800"}'}, 400), ({"raw": b" " * 300_000}, 413), ({"body": {"locale": "xx", "id": "0"}}, 404),
    ({"body": {"locale": "es", "id": "0" * 16, "path": "../../etc/passwd"}}, 404), ({"body": {}, "X_Desk_Token": "no"}, 403),
    ({"body": {}, "Content_Type": "text/plain"}, 415), ({"body": {"locale": "es"}}, 400),
]  # fmt: skip


@pytest.mark.parametrize("name", ["save", "check", "sign", "undo"])
@pytest.mark.parametrize(("how", "status"), WRONG)
def test_what_is_no_question_is_refused_and_the_desk_goes_on(
    root: Path, open_desk: Desk, name: str, how: dict[str, Any], status: int
) -> None:
    before = (root / PO).read_bytes()
    got, said = open_desk.ask(f"/-desk/api/{name}", **how)
    assert got == status and len(said["error"]) > 10
    assert open_desk.ask("/es/pump/")[0] == 200 and (root / PO).read_bytes() == before


OUTSIDE = [
    "/../pyproject.toml", "/es/../../pyproject.toml", "/assets/../site.yaml", "/assets/%2e%2e/%2e%2e/pyproject.toml", "/static/..%2fpage.html",
    "/assets//etc/passwd", "/assets/link.txt", "/locale/es/LC_MESSAGES/messages.po", "/source/pump.md", "/-desk/static/..%2fwork.py",
    "/-desk/static/desk.html", "/es/pump/../../../x", "/%00", "/es/%ff",
]  # fmt: skip


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_file_outside_of_what_is_published_is_served(root: Path, open_desk: Desk, path: str) -> None:
    link = root / "source/link.txt"
    if not link.is_symlink():
        link.symlink_to("/etc/passwd")
    status, said = open_desk.ask(path)
    assert status in {404, 500} and "root:" not in str(said) and "msgid" not in str(said)
    link.unlink(missing_ok=True)


def test_half_a_request_and_garbage_leave_the_desk_alive(open_desk: Desk) -> None:
    for sent in (
        b"POST /-desk/api/save HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{",
        b"\x16\x03\x01" * 50,
        b"GET / HTTP/9\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", open_desk.port), 5) as line:
            line.sendall(sent)
    assert open_desk.ask("/es/pump/")[0] == 200


def test_only_this_machine_is_listened_to(open_desk: Desk) -> None:
    rows = Path("/proc/net/tcp").read_text().splitlines() if Path("/proc/net/tcp").exists() else []
    ours = [
        row.split()[1]
        for row in rows[1:]
        if row.split()[1].endswith(f":{open_desk.port:04X}") and row.split()[3] == "0A"
    ]
    assert ours in ([f"0100007F:{open_desk.port:04X}"], [])


def test_a_page_that_is_not_there_is_the_site_s_own(make: Make) -> None:
    root = site(make({"x.md": "# X\n"}))
    (root / "templates/404.html").write_text(
        "<h1>Lost</h1>{% for one in homes %}<p>{{ one.name }} {{ one.href }}</p>{% endfor %}"
    )
    (root / "templates/missing.html").write_text("<h1>{{ locale.tag }} {{ home }}</h1>")
    with desk(root, verb="serve") as shown:
        for path in ("/nothing", "/nothing/", "/xx/pump.html"):
            status, html = shown.ask(path)
            assert status == 404 and shown.headers["content-type"].startswith("text/html"), path
            assert "<h1>Lost</h1>" in html and "Español /es/index.html" in html
        assert shown.ask("/es/nothing/") == (404, "<h1>es /es/index.html</h1>")
        assert shown.ask("/es/a/none.html") == (404, "<h1>es /es/index.html</h1>")
        assert shown.ask("/assets/none.png") == (404, {"error": "The site has no such file."})
    (root / "templates/missing.html").unlink()
    page = root / "templates/page.html"
    page.write_text(f"{page.read_text()}\n{{{{ nope }}}}\n")
    line = page.read_text().count("\n")
    with desk(root, verb="serve") as shown:
        assert "<h1>Lost</h1>" in shown.ask("/es/nothing/")[1]
        status, said = shown.ask("/es/pump/")
        assert status == 500 and said.startswith(f"templates/page.html:{line}: The template failed: there is no `nope`")


def test_serve_writes_nothing_and_a_clinician_no_translation(make: Make) -> None:
    root = site(make({"x.md": "# X\n"}))
    before = {path: path.read_bytes() for path in (root / "locale").rglob("*") if path.is_file()}
    with desk(root, verb="serve") as shown:
        card = shown.card("es", "source/pump.md", "Take 10 mg each day.")
        asked = {"locale": "es", "path": card["path"], "id": card["id"], "hash": card["hash"], "token": card["token"]}
        for name in ("save", "sign", "comment", "send-back", "undo", "decide"):
            assert shown.post(name, strings=["x"], note="x", meaning="raised", **asked)[0] == 403
    assert {path: path.read_bytes() for path in before} == before
    with desk(root, "--as", "clinician", "--by", "Dr. Lee") as found:
        card = found.card("es", "source/pump.md", "Rest for a few days after the refill.")
        assert save(found, card, "Duerma.")[0] == 403
        asked = {"locale": "es", "path": card["path"], "id": card["id"], "hash": card["hash"], "token": card["token"]}
        status, noted = found.post("comment", note="Say how\nmany days.", **asked)
        assert status == 200 and noted["notes"][-1].endswith("Say how many days.") and noted["state"] == "translated"
        status, back = found.post(
            "send-back", note="This is wrong.", **{**asked, "hash": noted["hash"], "token": noted["token"]}
        )
        assert status == 200 and back["fuzzy"] and back["in_english"] and "Descanse" not in found.ask("/es/pump/")[1]
    assert "# sent back by Dr. Lee (clinician), " in (root / PO).read_text("utf-8")


def test_it_says_what_it_needs_and_ends_when_asked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["desk", "--root", str(root), "--as", "reviser", "--no-open"]) == 2
    assert "--by" in capsys.readouterr().err
    assert main(["serve", "--root", str(root), "--locale", "xx", "--no-open"]) == 2
    with desk(root, verb="serve") as one, desk(root, verb="serve") as two:
        assert one.port != two.port, "a second desk of the same site takes the next port"
        one.process.send_signal(signal.SIGINT)
        assert one.process.wait(10) == 0


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="children of a process are read from /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_what_works_aside_ends_with_the_desk(root: Path, how: signal.Signals) -> None:
    """However the desk ends, and whatever is being worked out, no process of it goes on."""
    with desk(root) as found:
        found.get("standing", anew="1")
        found.get("impact")
        threads = Path(f"/proc/{found.process.pid}/task").glob("*/children")
        mine = [child for one in threads for child in one.read_text().split()]
        assert len(mine) >= 2
        found.process.send_signal(how)
        found.process.wait(60)  # however busy the machine is
        end = time.monotonic() + 5
        while alive(mine) and time.monotonic() < end:
            time.sleep(0.05)
        assert not alive(mine)


def alive(processes: list[str]) -> list[str]:
    """Those of them that are there and are no corpses."""
    made = []
    for one in processes:
        try:
            state = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state not in "ZX":
            made.append(one)
    return made


@pytest.mark.parametrize("pieces", [0, 5, 10_000])
def test_a_file_half_written_is_no_news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pieces: int) -> None:
    """A catalog that is being written is read when it is whole; one that is written on and on, after a second all the same."""
    catalog, slept = tmp_path / "messages.po", 0
    catalog.touch()

    async def sleep(seconds: float) -> None:
        nonlocal slept
        slept += 1
        if slept <= pieces:
            catalog.write_bytes(b"x" * slept)

    monkeypatch.setattr("pipeline.desk.server.asyncio.sleep", sleep)
    asyncio.run(server.written([catalog, tmp_path / "gone.po"]))
    assert catalog.stat().st_size == min(pieces, server.LONGEST // server.STEADY)
    assert slept == min(pieces + 1, server.LONGEST // server.STEADY)


def test_a_file_beside_the_folders_is_heard_of_however_it_is_saved(tmp_path: Path) -> None:
    """Editors put another file in its place; the second time, and of one that was not there, nobody heard."""
    (tmp_path / "source").mkdir()
    (tmp_path / "pyproject.toml").write_text("a", "utf-8")
    told: list[set[str]] = []

    async def heard(name: str, count: int) -> bool:
        for turn in range(200):
            if turn % 50 == 0:
                (tmp_path / "other").write_text(f"{count} {turn}", "utf-8")
                (tmp_path / "other").replace(tmp_path / name)
            await asyncio.sleep(0.05)
            if {name} in told:
                told.clear()
                return True
        return False

    async def main() -> list[bool]:
        task = asyncio.create_task(server.watch(tmp_path, told.append))
        found = [await heard(name, at) for at, name in enumerate(["pyproject.toml", "pyproject.toml", "sidebars.js"])]
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return found

    assert asyncio.run(main()) == [True, True, True]


def test_a_folder_that_is_made_meanwhile_is_heard_of(tmp_path: Path) -> None:
    """Nobody heard of a file in `includes/` that was not there when the desk started."""
    (tmp_path / "source").mkdir()
    told: set[str] = set()

    async def heard(name: str) -> bool:
        for turn in range(200):
            if turn % 50 == 0:
                (tmp_path / name).write_text(f"{turn}", "utf-8")
            await asyncio.sleep(0.05)
            if name in told:
                told.clear()
                return True
        return False

    async def main() -> list[bool]:
        task = asyncio.create_task(server.watch(tmp_path, told.update))
        found = [await heard("source/a.md")]
        (tmp_path / "includes").mkdir()
        (tmp_path / "includes/a.md").write_text("a", "utf-8")
        found += [await heard("includes/b.md"), await heard("includes/b.md"), await heard("source/a.md")]
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return found

    assert asyncio.run(main()) == [True, True, True, True]


def test_who_stops_to_watch_leaves_nobody_behind(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()

    def gone(_: set[str]) -> None:
        raise FileNotFoundError(tmp_path)

    async def main() -> int:
        task = asyncio.create_task(server.watch(tmp_path, gone))
        for turn in range(200):
            await asyncio.sleep(0.05)
            (tmp_path / "source/a.md").write_text(f"{turn}", "utf-8")
            if task.done():
                break
        await asyncio.gather(task, return_exceptions=True)
        return len(asyncio.all_tasks())

    assert asyncio.run(main()) == 1
