"""Style sheets, scripts and fonts under names that change with them (`hashed = true`)."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from pipeline.cli.main import main
from pipeline.commands import build
from pipeline.core import inputs
from pipeline.site import hashed, hosts
from tests.conftest import Make, built, project_of, read_tree, translate, updated
from tests.sites import interface, on
from tests.test_browser import browser  # noqa: F401

URL = "https://clinic.example/care"
NAME = re.compile(r"\.([0-9a-f]{10})(\.\w+)$")
STATIC = {
    "all.css": "@import 'deep/one.css';\nbody { background: url(../static/back%20drop.svg#a), url('logo.svg'), url(none.png) }\n",
    "deep/one.css": '/* url(../font.woff2) */ @font-face { font-family: "F"; src: url("../font.woff2?v=1#x") }\n:root { color: rgb(1, 2, 3) }',
    "round.css": "@import 'about.css';",
    "about.css": "@import 'round.css'; b { background: url(/care/static/back%20drop.svg) url(data:image/png;base64,AA) url(//x/static/logo.svg) }",
    "bare.css": "\x00url(",
    "font.woff2": "font",
    "app.mjs": "import './b.js';",
    "b.js": "1;",
    "back drop.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "logo.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='1'/>",
    "words.txt": "x",
}
PAGES = {
    "index.md": "# Home\n\n![Logo](/static/logo.svg)\n\nGo to [the pump](pump.md).\n",
    "pump.md": "# Pump\n\nTurn it.\n",
}
ON = f'url = "{URL}"\nhost = "cloudflare"\nhashed = true\n'


def site(make: Make, extra: str = ON) -> Path:
    root = make(PAGES, locales=("es",), extra=extra)
    for name, text in STATIC.items():
        path = root / "templates/static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    page = root / "templates/page.html"
    page.write_text(
        page.read_text("utf-8").replace("</head>", '<link rel="stylesheet" href="{{ root }}static/all.css?2"></head>')
    )
    translate(root, {**interface("es"), "Home": "Inicio"})
    updated(root)
    built(root)
    return root


def under(root: Path) -> dict[str, str]:
    """The files of static/ that have a hashed name, by their plain one."""
    found = (path.relative_to(root / "dist/static").as_posix() for path in (root / "dist/static").rglob("*"))
    return {NAME.sub(r"\2", name): name for name in found if NAME.search(name)}


def test_a_name_says_what_is_in_a_file_and_in_those_that_it_names(make: Make) -> None:
    root = site(make)
    names, static = under(root), root / "dist/static"
    assert set(names) == {*STATIC, "lockstep.css"} - {"logo.svg", "words.txt"}, (
        "a page names the logo; it keeps its address"
    )
    for name in names.values():
        body = (static / name).read_bytes()
        assert hashlib.sha256(body).hexdigest().startswith(NAME.search(name)[1]), name  # type: ignore[index]
    for name, text in STATIC.items():
        assert (static / name).read_text("utf-8") == text, "the plain name stays for whoever writes it"
    one, drop = names["deep/one.css"], names["back drop.svg"].replace(" ", "%20")
    assert (static / names["all.css"]).read_text() == (
        f"@import '{one}';\nbody {{ background: url('../static/{drop}#a'), url('logo.svg'), url(none.png) }}\n"
    )
    assert (
        f"/* url(../font.woff2) */ @font-face {{ font-family: \"F\"; src: url('../{names['font.woff2']}?v=1#x') }}"
        in (static / one).read_text()
    )
    about, around = ((static / names[name]).read_text() for name in ("about.css", "round.css"))
    assert around == "@import 'about.css';" and f"@import '{names['round.css']}'" in about, (
        "a circle is open at one place"
    )
    assert f"url('/care/static/{drop}') url(data:image/png;base64,AA) url(//x/static/logo.svg)" in about
    for page in [*(root / "dist").rglob("*.html")]:
        html = page.read_text("utf-8")
        for href in re.findall(r'(?:<link rel="stylesheet" href|<script[^>]* src)="([^"]*)"', html):
            assert NAME.search(href.partition("?")[0]), (page, href)
    assert f'href="../static/{names["all.css"]}?2"' in (root / "dist/es/index.html").read_text("utf-8")
    assert main(["audit", "--root", str(root)]) == 0
    (static / names["all.css"]).unlink()
    assert main(["audit", "--root", str(root)]) == 1


def test_without_the_option_pages_differ_by_the_names_alone(make: Make) -> None:
    root = site(make)
    known = {
        f"static/{name}": body for name, body in ((name, (root / "dist/static" / name).read_bytes()) for name in STATIC)
    }
    own = {
        path: re.sub(rb"\.[0-9a-f]{10}(\.(?:css|m?js)\b)", rb"\1", body)
        for path, body in read_tree(root / "dist").items()
        if path.endswith(".html")
    }
    path = root / "pyproject.toml"
    path.write_text(path.read_text("utf-8").replace("hashed = true", "hashed = false"), "utf-8")
    built(root)
    plain = read_tree(root / "dist")
    assert {path: body for path, body in plain.items() if path.endswith(".html")} == own
    assert not [name for name in plain if NAME.search(name)] and b"immutable" not in plain["_headers"]
    assert {name: plain[name] for name in known} == known


def test_pages_from_the_store_name_the_sheet_of_today(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the sheet is as it was, and a font that it names is another."""
    monkeypatch.setenv("LOCKSTEP_STORE", str(tmp_path / "store"))
    root = site(make)
    for name in ("all.css", "font.woff2"):
        was = under(root)
        (root / "templates/static" / name).write_text("p { color: red }", "utf-8")
        built(root)
        now = under(root)
        assert now["all.css"] != was["all.css"] and now["app.mjs"] == was["app.mjs"]
        for tag in ("en", "es"):
            for page in ("index.html", "pump/index.html"):
                html = (root / f"dist/{tag}/{page}").read_text("utf-8")
                assert now["all.css"] in html and was["all.css"] not in html, (name, tag, page)
        assert not (root / "dist/static" / was["all.css"]).exists()
        (root / "templates/static/all.css").write_text(STATIC["all.css"], "utf-8")
        built(root)
    shutil.rmtree(tmp_path / "store")
    wanted = read_tree(root / "dist")
    built(root)
    assert read_tree(root / "dist") == wanted


def test_a_page_that_names_an_image_gives_every_page_another_sheet(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The image keeps its plain name then, so the sheet that names it is another one: on pages from the store as well."""
    monkeypatch.setenv("LOCKSTEP_STORE", str(tmp_path / "store"))
    root = site(make)
    was = under(root)["all.css"]
    path = root / "source/pump.md"
    path.write_text(f"{path.read_text('utf-8')}\nSee `back drop.svg`.\n", "utf-8")
    updated(root)
    built(root)
    now = under(root)["all.css"]
    assert now != was and main(["audit", "--root", str(root)]) == 0
    assert all(now in (root / f"dist/es/{page}index.html").read_text("utf-8") for page in ("", "pump/"))


def test_the_same_bytes_in_parts_and_by_several(make: Make, tmp_path: Path) -> None:
    with on(1):
        root = site(make, ON + 'search = "pagefind"\n')
        wanted = read_tree(root / "dist")
        assert len([name for name in wanted if re.search(r"lockstep-search\.[0-9a-f]{10}\.js", name)]) == 1
        other = tmp_path / "other"
        shutil.copytree(root, other, ignore=shutil.ignore_patterns("dist"))
        for at in (1, 2):
            part = str(tmp_path / f"part{at}")
            assert main(["build", "--root", str(other), "--shard", f"{at}/2", "--out", part]) == 0
        assert main(["join", "--root", str(other), str(tmp_path / "part1"), str(tmp_path / "part2")]) == 0
        assert read_tree(other / "dist") == wanted
        shutil.rmtree(other / "dist")
        os.environ["LOCKSTEP_STORE"], before = "off", os.environ["LOCKSTEP_STORE"]
        try:
            assert main(["build", "--root", str(other), "--jobs", "2"]) == 0
        finally:
            os.environ["LOCKSTEP_STORE"] = before
        assert read_tree(other / "dist") == wanted
        assert main(["audit", "--root", str(other)]) == 0


def test_a_sheet_that_changes_while_pages_are_made_is_the_one_they_name(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site(make)
    sheet, read = root / "templates/static/all.css", inputs.read

    def later(where: Path, name: str) -> bytes | None:
        body = read(where, name)
        if name == "templates/static/all.css":
            sheet.write_bytes((body or b"") + b" ")
        return body

    monkeypatch.setattr(inputs, "read", later)
    build.build(project_of(root), jobs=2)
    name = under(root)["all.css"]
    for page in ("en/index.html", "es/index.html", "es/pump/index.html"):
        assert f"static/{name}?2" in (root / "dist" / page).read_text("utf-8"), page
    assert hashed.named("all.css", (root / "dist/static" / name).read_bytes()) == name


NAMES = {"static/a.css": "static/a.0123456789.css", "static/b c.js": "static/b c.0123456789.js"}
TEMPLATES = [
    # left alone
    ('<a href="{{ root }}static/a.css.map">', None),
    ('<a href="{{ root }}en/static/a.css">', None),
    ('<a href="//static/a.css"><a href="https://x.example/static/a.css">', None),
    ('{{ root ~ "static/a.css" }}', None),
    ('{% trans %}Get <a href="{{ root }}static/a.css">it</a>{% endtrans %}', None),
    ('{%- trans root=root -%}<a href="{{ root }}static/a.css">{%- endtrans -%}', None),
    # renamed
    ('<link href="{{ root }}static/a.css">', '<link href="{{ root }}static/a.0123456789.css">'),
    ("<link href={{root}}static/a.css?v=1#x>", "<link href={{root}}static/a.0123456789.css?v=1#x>"),
    ('<script src="{{- root -}}static/b%20c.js">', '<script src="{{- root -}}static/b%20c.0123456789.js">'),
    ('<link href="/care/static/a.css">', '<link href="/care/static/a.0123456789.css">'),
    ("@import url({{ root }}static/a.css);", "@import url({{ root }}static/a.0123456789.css);"),
    ('{% trans %}x{% endtrans %}<link href="{{ root }}static/a.css">', '{% trans %}x{% endtrans %}<link href="{{ root }}static/a.0123456789.css">'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), TEMPLATES)
def test_what_becomes_of_a_template(text: str, wanted: str | None) -> None:
    assert hashed.template(text, NAMES, "/care") == (wanted or text)
    assert hashed.template(text, {}, "/care") == text


def test_hosts_are_told_which_files_last(make: Make) -> None:
    root = site(make)
    lasting = {f"/care/static/{name.replace(' ', '%20')}" for name in under(root).values()}
    lasting |= {f"/care/status/{path.name}" for path in (root / "dist/status").glob("status.*")}
    head, *rules = re.split(r"^(?=/)", (root / "dist/_headers").read_text("utf-8"), flags=re.M)[1:]
    said = {rule.splitlines()[0]: rule.splitlines()[1:] for rule in rules}
    assert {path for path, rows in said.items() if "immutable" in str(rows)} == lasting and len(lasting) == 12
    for path in lasting:
        assert (root / "dist" / unquote(path.removeprefix("/care/"))).is_file()
        assert said[path] == ["  ! Cache-Control", "  Cache-Control: public, max-age=31536000, immutable"]
    assert "  Cache-Control: no-cache\n" in head
    many = [f"static/{at}.0123456789.css" for at in range(200)]
    made = {
        host: next(hosts.outputs(host, "", {}, (), (), {"/status/*": ()}, lasting=many)).body.decode()
        for host in hosts.HOSTS
    }
    assert len(re.findall("^/", made["cloudflare"], re.M)) == 100, "as many rules as it reads"
    assert made["netlify"].count("Cache-Control") == made["netlify"].count("immutable") == 200, "no two for one file"


@pytest.mark.browser
def test_pages_look_as_they_did(make: Make, browser: Any) -> None:  # noqa: F811
    root = site(make, "hashed = true\n")
    looks = []
    for change in ("", "hashed = false\n"):
        if change:
            path = root / "pyproject.toml"
            path.write_text(path.read_text("utf-8").replace("hashed = true\n", change), "utf-8")
            built(root)
        for name in (
            "index.html",
            "es/index.html",
            "es/pump/index.html",
            "es/find-a-topic/index.html",
            "status/index.html",
        ):
            page, asked = browser.new_page(viewport={"width": 360, "height": 740}), list[str]()
            page.on("requestfinished", lambda one, asked=asked: asked.append(unquote(one.url).rpartition("/")[2]))
            page.goto((root / "dist" / name).as_uri())
            assert any(NAME.search(one.partition("?")[0]) for one in asked) is not bool(change), (name, asked)
            if name == "es/index.html":
                assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(1, 2, 3)", "by @import"
                assert len({one.partition("#")[0] for one in asked if "back drop" in one}) == 1
            looks.append(page.screenshot())
            page.close()
    half = len(looks) // 2
    assert looks[:half] == looks[half:]
