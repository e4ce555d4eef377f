"""From save to pixels, in a real browser: `python -m bench.desk SITE [--times 60] [--locale es]`.

A file of the site is written as an editor writes it; the time runs until the browser has painted the new words in the open page. On a copy:
the site itself is left alone. Three kinds of edit: a translation in its catalog, a sentence of the English page, a template. And how long a page
takes to open, and a text that is typed to be judged.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pipeline.catalog import po_file
from pipeline.catalog.po_entry import quote
from pipeline.core import settings
from tests.desks import desk
from tests.test_browser import FLAGS

PAINTED = """([mark]) => new Promise(done => {
    const inner = document.querySelector('#main-frame').contentDocument;
    const there = () => inner.documentElement.outerHTML.includes(mark);
    const paint = () => requestAnimationFrame(() => requestAnimationFrame(() => done(Date.now())));
    if (there()) return paint();
    new MutationObserver((_, self) => { if (there()) { self.disconnect(); paint(); } }).observe(inner, {subtree: true, childList: true, characterData: true, attributes: true});
})"""


def spread(name: str, found: list[float]) -> str:
    rows = sorted(found)
    at = lambda share: rows[min(int(share * len(rows)), len(rows) - 1)]  # noqa: E731
    return f"{name:38} n={len(rows):3}  p50 {at(0.5):6.0f}  p90 {at(0.9):6.0f}  p95 {at(0.95):6.0f}  p99 {at(0.99):6.0f}  max {rows[-1]:6.0f} ms"


def painted(page: Any, mark: str, file: Path, body: str) -> float:
    """Milliseconds from the write of a file to the frame that shows it."""
    page.evaluate(f"mark => {{ window.waited = ({PAINTED})([mark]) }}", mark)
    start = time.time()
    file.write_text(body, "utf-8")
    end: float = page.evaluate("() => window.waited")
    return end - start * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--locale", default="es")
    given, _ = parser.parse_known_args()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="desk-") as folder, sync_playwright() as play:
        root = Path(folder) / "site"
        shutil.copytree(given.site, root, ignore=shutil.ignore_patterns("dist", ".git"))
        known = settings.load(root)
        locale = known.by_name.get(given.locale) or parser.error(
            f"no {given.locale} here, but {', '.join(known.by_name)}"
        )
        path = root / known.catalog_path(locale)
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        began = time.time()
        with desk(root, "--locale", given.locale) as found:
            pages = found.get("site")["pages"]
            print(f"{len(pages)} pages, {len(known.locales)} languages; ready after {time.time() - began:.1f} s")
            entries = {one.key.msgid: one for one in po_file.load(root, known.catalog_path(locale)).live().values()}
            english = ""
            for source in (one["path"] for one in pages[len(pages) // 2 :]):
                blocks = found.get("blocks", locale=given.locale, path=source)["blocks"]
                cards = (
                    found.get("card", locale=given.locale, path=source, id=one["id"])
                    for one in blocks
                    if one["done"] and one["name"]
                )
                fit = (
                    card
                    for card in cards
                    if card["kind"] == "paragraph" and not card["findings"] and len(card["places"]) == 0
                )
                english = next(
                    (
                        card["english"]
                        for card in fit
                        if card["english"] in entries and body_has(root, source, card["english"])
                    ),
                    "",
                )
                if english:
                    break
            if not english:
                parser.error(f"no paragraph of this site is translated into {given.locale} and free of findings")
            old = quote(entries[english].strings[0])
            base, text = path.read_text("utf-8"), (root / source).read_text("utf-8")
            page.goto(f"{found.url.partition('#')[0]}#{given.locale}|{source}")
            page.frame_locator("#main-frame").locator("[data-block]").first.wait_for()
            page.wait_for_timeout(1500)
            made: dict[str, list[float]] = {}
            plain = ""
            marks = ["catalog"] * given.times + ["page"] * given.times + ["template"] * (given.times // 3)
            for number, kind in enumerate(marks):
                mark = f"zzword{number}zz"
                if kind == "page" and number == given.times:
                    page.locator("#locale").select_option(known.english.name)
                    page.wait_for_timeout(2500)
                if kind == "catalog":
                    file, body = path, base.replace(old, f"{old[:-2]} {mark}{old[-2:]}", 1)
                elif kind == "page":
                    file, body = root / source, text.replace(english, f"{english[:-1]} {mark}{english[-1:]}", 1)
                else:
                    file = root / "templates/page.html"
                    plain = plain or file.read_text("utf-8")
                    body = plain.replace("</footer>", f'<i id="{mark}"></i></footer>', 1)
                made.setdefault(kind, []).append(painted(page, mark, file, body))
                page.wait_for_timeout(60)
            for kind, name in (
                ("catalog", "a translation, saved in its catalog"),
                ("page", "the English page, saved"),
                ("template", "a template, saved"),
            ):
                print(spread(name, made[kind]))
            asked = {"locale": given.locale, "path": source, "page": source}
            block = next(one for one in found.get("blocks", locale=given.locale, path=source)["blocks"] if one["done"])
            typed, opened = [], []
            card = found.get("card", locale=given.locale, path=source, id=block["id"])
            for number in range(given.times):
                start = time.time()
                status, _ = found.post(
                    "check", **asked, id=block["id"], strings=[f"{one} {number}" for one in card["strings"]]
                )
                assert status == 200
                typed.append((time.time() - start) * 1000)
            print(spread("a text typed, judged, its page made", typed))
            for one in pages[:: max(len(pages) // given.times, 1)]:
                start = time.time()
                assert found.ask(f"/{locale.tag}/{one['href']}")[0] == 200
                opened.append((time.time() - start) * 1000)
            print(spread("a page that nobody opened yet, served", opened))
            if any(spread_over(made[kind]) for kind in made):
                sys.exit(1)
        browser.close()


def body_has(root: Path, source: str, english: str) -> bool:
    return (root / source).read_text("utf-8").count(english) == 1


def spread_over(found: list[float], most: float = 200) -> bool:
    """Whether more than one in twenty takes longer than promised."""
    return sorted(found)[min(int(0.95 * len(found)), len(found) - 1)] > most


if __name__ == "__main__":
    main()
