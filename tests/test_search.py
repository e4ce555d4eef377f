"""The search on the list of all pages: what stands on the pages is found, by the rules of its language, and nothing else."""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.main import main
from pipeline.commands.audit import audit
from pipeline.core.errors import LockstepError
from pipeline.site import pagefind
from tests.conftest import Make, built, lay_out, project_of, read_tree, translate
from tests.sites import interface, on
from tests.test_browser import browser  # noqa: F401

pytest.importorskip("pagefind")
PAGES = {
    "index.md": "# Home\n\nThe clinic opens at nine.\n",
    "pump.md": (
        "# Pump\n\nThe pump sits under your skin.\n\n## Surgery\n\nThe operation takes one hour.\n\nNo alcohol before.\n\n"
        "## Card\n\nAlways carry the qxrcard with you.\n\n## Alarms\n\nTwo alarms sounded.\n\n"
        "## Water\n\nBring water.\n"
    ),
}
SPANISH = {
    "Home": "Inicio", "The clinic opens at nine.": "La clínica abre a las nueve.", "Pump": "Bomba", "Card": "Tarjeta",
    "The pump sits under your skin.": "La bomba está debajo de la piel.", "Surgery": "Cirugía", "Alarms": "Alarmas", "Water": "Agua", "Bring water.": "Traiga qxragua.",
    "The operation takes one hour.": "La operación dura una hora.",
    "Always carry the qxrcard with you.": "Lleve siempre la qxrtarjeta.",
}  # fmt: skip
ARABIC = {
    "Home": "الرئيسية",
    "Pump": "المضخة",
    "The pump sits under your skin.": "المضخة تحت جلد رقيق.",
    "Surgery": "الجراحة",
}
ON = 'search = "pagefind"\nhost = "netlify"\n[tool.lockstep.policy]\norigin = "human"\nrequire = []\n'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Spanish with a text in English and one that was withdrawn, and Arabic, mostly in English."""
    root = tmp_path_factory.mktemp("search") / "site"
    with on(0):
        lay_out(root, PAGES, locales=("es", "ar"), extra=ON)
        for name, words in (("es", SPANISH), ("ar", ARABIC)):
            translate(root, {**interface(name), **words}, name)
    with on(1):
        why = ("--by", "Ida", "--reason", "wrong")
        assert main(["recall", "--root", str(root), "pump#card.1", "--stub", *why]) == 0
        assert main(["recall", "--root", str(root), "pump#water.1", *why]) == 0
        assert main(["build", "--root", str(root)]) == 0
    return root


def records(root: Path, tag: str, lang: str) -> dict[str, str]:
    """What an index holds, by address."""
    found = {}
    for path in (root / f"dist/{tag}/find-a-topic/pagefind/{lang}/fragment").glob("*"):
        row = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        found[row["url"]] = row["content"]
    return found


def test_each_language_has_an_index_of_its_texts_and_one_of_the_english_that_stands_for_some(site: Path) -> None:
    spanish, english = records(site, "es", "es"), records(site, "es", "en")
    assert spanish["/pump/index.html#surgery"] == "Cirugía · La operación dura una hora."
    assert english == {
        "/pump/index.html#surgery": "No alcohol before.",
        "/pump/index.html#alarms": "Two alarms sounded.",
        "/pump/index.html#water": "Bring water.",  # its translation alone was withdrawn
    }
    assert spanish["/pump/index.html#card"] == "Tarjeta", "neither what is withdrawn nor what stands for it"
    assert set(records(site, "ar", "ar")) == {"/index.html", "/pump/index.html", "/pump/index.html#surgery"}
    assert [*(site / "dist/en/find-a-topic/pagefind").iterdir()] == [site / "dist/en/find-a-topic/pagefind/en"]
    for path in (site / "dist").rglob("*.pf_*"):
        assert b"qxr" not in gzip.decompress(path.read_bytes()), path
    assert audit.audit(site / "dist") == []


def test_the_same_bytes_whoever_builds_and_whatever_was_kept(site: Path, tmp_path: Path) -> None:
    wanted = read_tree(site / "dist")
    assert sum("/pagefind/" in name for name in wanted) > 20
    other = tmp_path / "other"
    shutil.copytree(site, other, ignore=shutil.ignore_patterns("dist"))
    with on(1):
        for at in (1, 2):
            assert (
                main(["build", "--root", str(other), "--shard", f"{at}/2", "--out", str(tmp_path / f"part{at}")]) == 0
            )
        assert main(["join", "--root", str(other), str(tmp_path / "part1"), str(tmp_path / "part2")]) == 0
        assert read_tree(other / "dist") == wanted, "made in parts"
        path = other / "source/pump.md"
        path.write_text(path.read_text().replace("one hour", "two hours"))
        main(["update", "--root", str(other)])
        built(other)
        edited = read_tree(other / "dist")
        shutil.rmtree(other / "dist")
        built(other)
        assert read_tree(other / "dist") == edited
    assert "two hours" in records(other, "en", "en")["/pump/index.html#surgery"]
    assert "two hours" in records(other, "es", "en")["/pump/index.html#surgery"], "since the Spanish is stale"


def test_where_nothing_is_to_be_found_there_is_no_search(make: Make) -> None:
    root = make(
        {"index.md": "# Home\n"}, locales=(), extra='search = "pagefind"\n[tool.lockstep.policy]\nnoindex = "always"\n'
    )
    built(root)
    assert not [name for name in read_tree(root / "dist") if "search" in name] and audit.audit(root / "dist") == []


def changed(path: Path, **new: Any) -> None:
    row = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
    path.write_bytes(gzip.compress(b"pagefind_dcd" + json.dumps({**row, **new}).encode()))


def test_the_audit_reads_every_record(site: Path, tmp_path: Path) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"content": "Tome dos."}, "finds “Tome” on es/"),
        ({"url": "/nowhere/"}, "finds /nowhere/, which is no page"),
        ({"url": "/pump/index.html#gone"}, "leads to #gone"),
        ({"meta": {"title": "Bomba", "lang": "en"}}, "is of [en]"),
        ({"meta": 3}, "is no record"),
    ]
    for at, (new, said) in enumerate(wrong):
        dist = tmp_path / str(at)
        shutil.copytree(site / "dist", dist)
        changed(min((dist / "es/find-a-topic/pagefind/es/fragment").iterdir()), **new)
        told = [one.what for one in audit.audit(dist)]
        assert any(said in one for one in told) and "is not the file that was built" in told, said


def test_hosts_are_told_what_the_search_needs(tmp_path: Path) -> None:
    for host in ("netlify", "cloudflare"):
        root = tmp_path / host
        lay_out(root, {"index.md": "# Home\n"}, locales=("es",), extra=f'search = "pagefind"\nhost = "{host}"\n')
        built(root)
        first, *rest = re.findall(r"^  Content-Security-Policy: (.*)$", (root / "dist/_headers").read_text(), re.M)
        allowed = "'wasm-unsafe-eval'" in first and "connect-src 'self'" in first
        assert allowed == (host == "netlify") and ("script-src" in first) == allowed
        if rest:
            rule = "/:language/find-a-topic/*\n  ! Content-Security-Policy\n  Content-Security-Policy: "
            assert rule in (root / "dist/_headers").read_text() and "'wasm-unsafe-eval'" in rest[-1] + rest[0]


def test_what_is_lacking_is_said_and_nothing_is_published(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make({"index.md": "# Home\n"}, locales=("zh_Hans",), extra='search = "pagefind"\n')
    translate(root, {"Home": "首页"}, "zh_Hans")
    monkeypatch.setattr(pagefind, "program", lambda: "/usr/bin/pagefind")
    with pytest.raises(LockstepError, match=r"finds no words in some languages \(zh\)"):
        built(root)
    monkeypatch.setattr(pagefind, "program", lambda: shutil.which("true") or "")
    with pytest.raises(LockstepError, match="finds no words"):
        built(root)
    with pytest.raises(LockstepError, match="it answered 0 of 1"):
        pagefind.asked(shutil.which("true") or "", [{"type": "NewIndex", "config": {}}])
    monkeypatch.undo()
    monkeypatch.setitem(sys.modules, "pagefind.service", None)
    with pytest.raises(LockstepError, match="Pagefind is not installed"):
        built(root)
    monkeypatch.undo()
    page = root / "templates/find.html"
    page.write_text(page.read_text().replace("data-search", "data-x"))
    with pytest.raises(LockstepError, match="no place for it"):
        built(root)
    assert not (root / "dist").exists()
    (root / "pyproject.toml").write_text((root / "pyproject.toml").read_text().replace('"pagefind"', '"off"'))
    built(root)
    assert not [name for name in read_tree(root / "dist") if "pagefind" in name or "search" in name]
    assert project_of(root).settings.search is False


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site on a host that sends the policy that its `_headers` have."""
    policy = re.findall(r"Content-Security-Policy: (.*)", (site / "dist/_headers").read_text())[0]

    class Host(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=site / "dist")) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


SEARCHES = [
    ("es", "operaciones", "pump/index.html#surgery", "La operación dura una hora."),
    ("es", "cirugia", "pump/index.html#surgery", "Cirugía"),
    ("es", "alcohol", "pump/index.html#surgery", "No alcohol before."),
    ("es", "sounds", "pump/index.html#alarms", "Two alarms sounded."),
    ("es", "qxrtarjeta", "", ""),
    ("en", "qxrcard", "", ""),
    ("ar", "المضخة", "pump/index.html", "المضخة تحت جلد رقيق."),
    ("ar", "والجلد", "pump/index.html", "المضخة تحت جلد رقيق."),
    ("ar", "clinic", "index.html", "The clinic opens at nine."),
]


@pytest.mark.browser
def test_a_reader_finds_a_page_on_a_phone(address: str, browser: Any) -> None:  # noqa: F811
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda problem: said.append(str(problem)))
    page.on("request", lambda request: asked.append(request.url))
    for tag, words, to, text in SEARCHES:
        page.goto(f"{address}/{tag}/find-a-topic/index.html")
        page.get_by_role("searchbox").fill(words)
        page.locator("[data-found]:visible, [data-none]:visible").wait_for()
        links = page.locator(".search-results a")
        assert [one.get_attribute("href") for one in links.all()][:1] == ([f"{address}/{tag}/{to}"] if to else []), (
            words
        )
        if text:
            item = page.locator(".search-results li").first
            assert text in item.locator("p").inner_text()
            english = text.isascii()
            assert (item.locator("p").get_attribute("lang") or tag) == ("en" if english else tag)
            assert item.locator("p").evaluate("one => getComputedStyle(one).direction") == (
                "rtl" if tag == "ar" and not english else "ltr"
            )
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(f"{address}/es/find-a-topic/index.html")
    page.get_by_role("searchbox").fill("operación")
    page.locator(".search-results a").first.click()
    assert page.url == f"{address}/es/pump/index.html#surgery" and page.locator("script[src]").count() == 0
    assert said == [] and all(url.startswith(address) for url in asked)
    context.close()


@pytest.mark.browser
def test_without_script_or_from_disk_the_list_is_what_it_was(address: str, site: Path, browser: Any) -> None:  # noqa: F811
    for script, start in ((False, address), (True, (site / "dist").as_uri())):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        page.goto(f"{start}/es/find-a-topic/index.html")
        assert page.get_by_role("searchbox").count() == 0 and not page.locator("form").is_visible()
        page.get_by_role("link", name="Bomba").first.click()
        assert page.url.endswith("es/pump/index.html")
        context.close()
