"""What hosts read beside the pages, the page for what is not found, and a crawl of a sub-path on a real nginx."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from html import unescape
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import pytest

from pipeline.cli.main import main
from pipeline.site import hosts
from tests.conftest import REPO, Make, built, translate, updated
from tests.sites import interface

URL = "https://clinic.example/care"
PAGES = {
    "index.md": "# Home\n\nGo to [the pump](pump.md).\n",
    "pump.md": "---\ntitle: Pump\naliases: [/old/pump/, /older.html]\n---\n\n# Pump\n\n![A pump](a.svg)\n",
    "a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}
NEEDS = [
    ('<img src="a.svg"><img src="data:image/png;base64,AA"><img srcset="a.png 1x, b.png 2x">', set()),
    ('<script type="application/ld+json">{"a": 1}</script>', set()),
    ('<link rel="canonical" href="https://x.example/"><a href="https://x.example/">x</a>', set()),
    ('<link rel="stylesheet" href="../static/a.css"><video src="a.mp4" poster="a.png"></video>', set()),
    ('<link rel="stylesheet" href="https://x.example/a.css">', {("style-src", "https://x.example")}),
    ('<img alt="a > b" src="//x.example/a.png">', {("img-src", "https://x.example")}),
    ("<img srcset='a.png 1x, https://x.example/b.png 2x'>", {("img-src", "https://x.example")}),
    ('<iframe src="https://video.example/1?a&amp;b"></iframe>', {("frame-src", "https://video.example")}),
    ('<script src="../static/a.js"></script>', {("script-src", "'self'")}),
    ("<script>a()</script>", {("script-src", hosts.hashed("a()"))}),
    ('<script type="module">a()</script>', {("script-src", hosts.hashed("a()"))}),
    ('<b onclick="a(&quot;b&quot;)">', {("script-src", "'unsafe-hashes'"), ("script-src", hosts.hashed('a("b")'))}),
    ("<object data='a.pdf'></object>", {("object-src", "'self'")}),
    ("<form><input></form>", {("form-action", "'self'")}),
]  # fmt: skip


@pytest.mark.parametrize(("html", "wanted"), NEEDS)
def test_what_a_page_loads_and_runs(html: str, wanted: set[tuple[str, str]]) -> None:
    assert {*hosts.needs(html.encode())} == wanted


def test_the_hash_of_a_script_is_that_of_the_standard() -> None:
    """The example of Content Security Policy Level 3, 8.3."""
    assert hosts.hashed("doSomething();") == "'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='"


def site(
    make: Make, host: str = "plain", url: str = URL, slugs: str = "english", hashed: str = "false", **more: str
) -> Path:
    extra = f'url = "{url}"\nhost = "{host}"\nslugs = "{slugs}"\nhashed = {hashed}\n'
    root = make({**PAGES, **more}, locales=("es", "ar"), extra=extra)
    for name in ("es", "ar"):
        words = {"Home": "Inicio"} if name == "es" else {"Home": "الرئيسية", "Pump": "المضخة"}
        translate(root, {**interface(name), **words}, name)
    updated(root)
    built(root)
    return root


def test_the_files_of_each_host(make: Make) -> None:
    root = site(
        make, "netlify", **{"video.md": '# Video\n\n<iframe src="https://video.example/1" title="x"></iframe>\n'}
    )
    headers = (root / "dist/_headers").read_text("utf-8")
    assert headers.startswith("/care/*\n  Content-Security-Policy: default-src 'none';")
    assert "frame-src https://video.example" in headers and "script-src" not in headers
    assert sorted((root / "dist/_redirects").read_text("utf-8").splitlines()) == sorted(
        [
            *(f"/care/{tag}{old} /care/{tag or 'en/'}pump/ 301!" for tag in ("", "ar/", "en/", "es/") for old in ("old/pump/", "older.html")),
            *(f"/care/{tag}/* /care/{tag}/404.html 404" for tag in ("en", "es", "ar")),
        ]
    )  # fmt: skip
    assert main(["audit", "--root", str(root)]) == 0
    path = root / "pyproject.toml"
    path.write_text(path.read_text("utf-8").replace('host = "netlify"', 'host = "cloudflare"'), "utf-8")
    built(root)
    about = re.fullmatch(
        r"/care/\*\n(.*?)/care/status/\*\n  ! Content-Security-Policy\n  Content-Security-Policy: (.*?)\n",
        (root / "dist/_headers").read_text("utf-8"),
        re.S,
    )
    assert about and "script-src" not in about[1] and "script-src 'self'" in about[2], "the tables of the status pages"
    rows = (root / "dist/_redirects").read_text("utf-8").splitlines()
    assert len(rows) == 8 and all(row.endswith(" 301") for row in rows)
    path.write_text(path.read_text("utf-8").replace('host = "cloudflare"\n', ""), "utf-8")
    built(root)
    assert not [*(root / "dist").glob("_*")]


def test_what_is_not_found_is_said_in_each_language(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = site(make)
    page = root / "dist/es/404.html"
    html = page.read_text("utf-8")
    assert '<html lang="es" dir="ltr">' in html and 'href="/care/static/lockstep.css"' in html
    assert re.findall(r'<a href="([^"]*)"', html) == ["/care/es/", "/care/es/find-a-topic/", "/care/"]
    assert "English" not in html and "<span lang" not in html, "all of it is in Spanish"
    for old, new in (('href="/care/es/" hreflang', 'href="/care/ar/" hreflang'), ('lang="es"', 'lang="ar"'), ("<h1>", "<h1>Tome dos. "), ("</main>", '<a href="https://evil.example/">x</a></main>')):  # fmt: skip
        assert old in html
        page.write_text(html.replace(old, new), "utf-8")
        assert main(["audit", "--root", str(root)]) == 1
        assert capsys.readouterr().out.count("es/404.html") > 1, (new, "more is said than that the file is another")
    (root / "templates/missing.html").unlink()
    built(root)
    assert not page.exists() and main(["audit", "--root", str(root)]) == 0


@pytest.fixture
def served(make: Make, tmp_path: Path) -> Iterator[int]:
    """The port of an nginx that serves a site under a path, as docs/hosts.md has it."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        if os.environ.get("CI"):
            pytest.fail("nginx is not installed, and CI is set")
        pytest.skip("nginx is not installed (Debian: apt install nginx-light)")
    root = site(make, slugs="translated", hashed="true")
    home = tmp_path / "nginx"
    shutil.copytree(root / "dist", home / "clinic/care")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = re.search(r"```nginx\n(.*?)```", (REPO / "docs/hosts.md").read_text("utf-8"), re.S)
    assert said
    ours = said[1].replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/clinic", str(home / "clinic"))
    temps = "".join(
        f"{name}_temp_path {home}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (home / "nginx.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {home}/pid;\nerror_log {home}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\ninclude /etc/nginx/mime.types;\n{temps}{ours}}}\n"
    )
    with subprocess.Popen(
        [nginx, "-p", str(home), "-c", str(home / "nginx.conf"), "-e", str(home / "error.log")]
    ) as run:
        try:
            for _ in range(200):
                with socket.socket() as knock:
                    if not knock.connect_ex(("127.0.0.1", port)):
                        break
                assert run.poll() is None, (home / "error.log").read_text()
                time.sleep(0.05)
            yield port
        finally:
            run.terminate()


def asked(port: int, path: str, **headers: str) -> tuple[HTTPResponse, str]:
    line = HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", path, headers=headers)
    answer = line.getresponse()
    body = answer.read().decode("utf-8", "replace")
    line.close()
    return answer, body


def test_a_site_under_a_path_is_crawled(served: int) -> None:
    """From the first page every link and file is there at once, with its headers; what is not there is said in its language."""
    seen, ahead = set[str](), ["/care/"]
    while ahead:
        path = ahead.pop()
        answer, body = asked(served, path, **{"Accept-Language": "ar"})
        assert answer.status == 200, path
        lasts = hosts.LASTING if re.search(r"\.[0-9a-f]{10}\.(?:css|js)$", path) else "no-cache"
        assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Cache-Control"] == lasts
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        if "text/html" not in answer.headers["Content-Type"]:
            continue
        assert 'lang="en"' in body if path == "/care/" else True, "nobody is led by Accept-Language"
        for href in re.findall(r'(?:href|src)="([^"]*)"', body):
            to = urlsplit(urldefrag(urljoin(f"{URL}/{path.removeprefix('/care/')}", unescape(href)))[0])
            if to.netloc == "clinic.example" and to.scheme == "https" and to.path not in seen:
                seen.add(to.path)
                ahead.append(to.path)
    assert {"/care/es/pump/", "/care/ar/find-a-topic/", "/care/assets/a.svg", "/care/es/feed.xml"} <= seen  # fmt: skip
    assert [path for path in seen if re.fullmatch(r"/care/static/lockstep\.[0-9a-f]{10}\.css", path)]
    for path, lang in (
        ("/care/es/none/", "es"),
        ("/care/ar/pump/none", "ar"),
        ("/care/none/", "en"),
        ("/care/zz/", "en"),
        ("/care/static/former.0123456789.css", "en"),
    ):
        answer, body = asked(served, path)
        assert (answer.status, f'<html lang="{lang}"' in body) == (404, True), path
        assert answer.headers["Cache-Control"] == "no-cache"
    answer, _ = asked(served, "/care/es")
    assert (answer.status, answer.headers["Location"]) == (301, "/care/es/")
    arabic = quote("المضخة")
    assert f"/care/ar/{arabic}/" in seen and "/care/ar/pump/" not in seen, "pages are called in Arabic"
    for former in ("pump/", "old/pump/", "older.html"):
        answer, body = asked(served, f"/care/ar/{former}")
        assert answer.status == 200 and re.search(rf'url=(?:\.\./)+ar/{arabic}/"', body), former
    answer, body = asked(served, "/care/es/older.html")
    assert answer.status == 200 and "url=pump/" in body.replace("../es/", "")
