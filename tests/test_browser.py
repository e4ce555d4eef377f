"""The pages in a real browser: direction, width of a phone, keyboard, accessibility, print, no script and no request elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPO, Make, built, translate
from tests.sites import KINDS, every_notice
from tests.test_html_pages import mapped
from tests.test_site import sample

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = [REPO / ".nox/axe/node_modules/axe-core/axe.min.js", REPO / "node_modules/axe-core/axe.min.js"]
VNU = ".nox/vnu/node_modules/vnu-jar/build/dist/vnu.jar"
LARGEST = 60_000
"""Bytes of a page without its pictures: a second on a slow telephone line."""
LANGUAGES = ["en", "es", "fr", "ar", "zh-Hans", "vi", "ru", "de", "ht"]
pytestmark = pytest.mark.browser


def missing(what: str) -> None:
    """Skip where something is not at hand; in CI that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}, and CI is set")
    pytest.skip(what)


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = sample(tmp_path_factory.mktemp("site"))
    built(root)
    return root / "dist"


@pytest.fixture(scope="module")
def noticed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages on which every notice stands."""
    return every_notice(tmp_path_factory.mktemp("notices") / "site") / "dist"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        missing("no Chromium is installed (Debian: apt install chromium)")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_a_phone_and_nothing_is_fetched_elsewhere(dist: Path, phone: Any, language: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.on("console", lambda message: said.append(message.text))
    for page in sorted((dist / language).rglob("index.html")):
        phone.goto(page.as_uri())
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, page
        assert phone.evaluate("[...document.images].every(image => image.naturalWidth > 0)"), page
        assert phone.evaluate("getComputedStyle(document.body).fontFamily") != "", page
    assert all(url.startswith(("file:", "data:")) for url in asked) and said == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_to_call_in_an_emergency_is_on_the_first_screen(dist: Path, phone: Any, language: str) -> None:
    """The first line of the red box, its number with it; what is to be told of the translation comes after the box."""
    phone.goto((dist / language / "alarms-and-emergencies/index.html").as_uri())
    found = phone.evaluate("""() => {
        const box = document.querySelector('.callout.emergency'), call = box.querySelector('a[href^="tel:"]'), told = document.querySelector('.parts')
        const after = told && !!(box.compareDocumentPosition(told) & Node.DOCUMENT_POSITION_FOLLOWING)
        return [box.querySelector('p:not(.callout-label)').getBoundingClientRect().top, call.getBoundingClientRect().bottom, told === null || after]
    }""")
    assert found[0] < 740 and found[1] < 740 and found[2]


@pytest.mark.parametrize("name", ["index.html", "404.html", "status/index.html", "status/ht/index.html"])
def test_the_other_pages_fit_too(dist: Path, phone: Any, name: str) -> None:
    phone.goto((dist / name).as_uri())
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_tables_of_the_status_page_are_sorted_by_a_click_and_stand_without_script(dist: Path, browser: Any) -> None:
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        page.goto((dist / "status/index.html").as_uri())
        table = page.locator("table").first
        names = table.locator("tbody th").all_inner_texts()
        assert names[:2] == ["Spanish", "French"] and table.get_by_role("button").count() == 13 * script
        if script:
            for at, wanted in ((1, sorted(names)), (2, sorted(names, reverse=True))):
                table.get_by_role("button", name="Language").press("Enter")
                assert table.locator("tbody th").all_inner_texts() == wanted, at
            table.get_by_role("button", name="Untranslated").click()
            assert table.locator("tbody th").all_inner_texts()[-1] == "Haitian Creole"
            assert table.locator("[aria-sort]").all_inner_texts() == ["Untranslated"]
        context.close()


def test_arabic_is_mirrored(dist: Path, browser: Any) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    found = {}
    for language in ("en", "ar"):
        page.goto((dist / language / "pain-pump/index.html").as_uri())
        found[language] = page.evaluate("""() => ({
            direction: getComputedStyle(document.querySelector('.prose p')).direction,
            main: document.querySelector('h1').getBoundingClientRect().right, list: getComputedStyle(document.querySelector('main li')).textAlign,
            line: parseFloat(getComputedStyle(document.querySelector('.prose p')).lineHeight) / parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)
        })""")
        found[language]["heading"] = page.locator("h1").evaluate(
            "h => { const r = document.createRange(); r.selectNodeContents(h); const b = r.getBoundingClientRect(); return [b.left, innerWidth - b.right] }"
        )
    assert (found["en"]["direction"], found["ar"]["direction"]) == ("ltr", "rtl")
    assert (
        found["en"]["heading"][0] < found["en"]["heading"][1] and found["ar"]["heading"][0] > found["ar"]["heading"][1]
    )
    assert found["ar"]["line"] > found["en"]["line"], "Arabic lines stand further apart"


def test_a_telephone_number_in_arabic_reads_from_the_left(dist: Path, phone: Any) -> None:
    phone.goto((dist / "ar/alarms-and-emergencies/index.html").as_uri())
    order = phone.evaluate("""() => {
        const fact = [...document.querySelectorAll('main bdi')].find(b => b.textContent === '555-0142').firstChild
        return [0, 4].map(at => { const r = document.createRange(); r.setStart(fact, at); r.setEnd(fact, at + 1); return r.getBoundingClientRect().left })
    }""")
    assert order[0] < order[1]


def test_the_keyboard_reaches_the_languages(dist: Path, phone: Any) -> None:
    """Tab to the skip link first, then to the language menu; open it, and walk to another language."""
    phone.goto((dist / "en/pain-pump/index.html").as_uri())
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    for _ in range(20):
        phone.keyboard.press("Tab")
        if phone.evaluate(
            "document.activeElement.tagName === 'SUMMARY' && !!document.activeElement.parentElement.querySelector('[hreflang]')"
        ):
            break
    else:
        pytest.fail("the language menu is not reached by Tab")
    phone.keyboard.press("Enter")
    for _ in range(len(LANGUAGES)):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.hreflang") == "ar":
            break
    assert phone.evaluate("document.activeElement.hreflang") == "ar"
    assert phone.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", "focus is visible"
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/ar/pain-pump/index.html")
    assert phone.evaluate("document.documentElement.dir") == "rtl"


def test_without_scripts_all_can_be_read(dist: Path, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto((dist / "es/alarms-and-emergencies/index.html").as_uri())
    assert page.locator("main").inner_text().count("911") >= 3
    context.close()


def test_on_paper_there_is_text_and_no_menu(dist: Path, phone: Any) -> None:
    phone.goto((dist / "ht/pain-pump/index.html").as_uri())
    phone.emulate_media(media="print")
    assert not any(
        phone.evaluate(
            "[...document.querySelectorAll('nav')].map(n => n.offsetParent !== null && n.getBoundingClientRect().height > 0)"
        )
    )
    assert phone.locator("main h1").is_visible() and phone.locator(".notice").first.is_visible()
    assert phone.evaluate("getComputedStyle(document.body).color") in {
        "rgb(0, 0, 0)",
        "rgb(17, 17, 17)",
        "rgb(20, 20, 20)",
    }


def test_every_page_is_html_as_the_standard_says(dist: Path, noticed: Path) -> None:
    """Of the sample in all languages and of the site of all notices: pages, lists, answers about papers, what is not found, the
    status page. By the checker of the W3C (vnu)."""
    jar, java = REPO / VNU, shutil.which("java")
    if java is None or not jar.exists():
        missing("vnu is not installed (a Java runtime, and npm install --prefix .nox/vnu vnu-jar)")
    pages = [*dist.rglob("*.html"), *noticed.rglob("*.html")]
    assert {page for page in pages if page.stat().st_size > LARGEST} == set()
    command = [java, "-Xss8m", "-jar", str(jar), "--errors-only", "--skip-non-html", "--format", "gnu"]
    run = subprocess.run([*command, str(dist), str(noticed)], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, ""), run.stderr[:4000]


PAGES = [*(f"{tag}/alarms-and-emergencies/index.html" for tag in ("en", "ar", "ht")), "zh-Hans/pain-pump/index.html", "vi/before-surgery/index.html", "ar/find-a-topic/index.html", "es/404.html",
         "en/glossary/index.html", "ru/living-with-your-pump/index.html", "index.html", "404.html", "status/index.html", "status/ht/index.html"]  # fmt: skip


RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
"""What axe is asked in each scheme: everything in one, in the other what colours decide."""


def test_no_accessibility_violations(dist: Path, noticed: Path, browser: Any) -> None:
    axe = next((path for path in AXE if path.exists()), None)
    if axe is None:
        missing("axe-core is not installed (npm install --prefix .nox/axe axe-core)")
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, reduced_motion="reduce"
    )  # colours that fade into each other have no contrast yet
    page = context.new_page()
    page.route(
        "file:///static/*.css", lambda route: route.fulfill(path=dist / "static/lockstep.css")
    )  # as a host would
    for path in [*(dist / name for name in PAGES), *sorted(noticed.glob("*/*/index.html")), noticed / "es/index.html"]:
        page.goto(path.as_uri())
        page.add_script_tag(path=str(axe))
        for scheme, rules in RULES.items():
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(
                "async rules => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']})).violations",
                rules,
            )
            assert [
                (violation["id"], [node["html"][:120] for node in violation["nodes"][:3]]) for violation in found
            ] == [], (path, scheme)
    context.close()


@pytest.mark.parametrize("under", ["", "<ul><li>Under it.<li>Too.</ul>"])
def test_an_item_in_the_other_direction_keeps_its_mark_on_the_page(make: Make, phone: Any, under: str) -> None:
    root = mapped(make, f"<h1>Card</h1><ul><li>One of them.{under}<li>Another of them.</ul>", locales=("ar",))
    translate(root, {"One of them.": "واحد منها."}, "ar")
    built(root)
    phone.goto((root / "dist/ar/card/index.html").as_uri())
    assert phone.locator("main li[dir='ltr']").count()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("language", ["es", "ar", "zh-Hans"])
def test_every_notice_is_seen_and_tied_to_its_blocks(noticed: Path, phone: Any, language: str, media: str) -> None:
    """On a phone and on paper: a line of text that can be seen, above the block, and read out with it."""
    kinds = set()
    for name in ("notices", "signed", "held"):
        phone.goto((noticed / language / name / "index.html").as_uri())
        phone.emulate_media(media=media)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
        tied = phone.evaluate("""() => [...document.querySelectorAll('main [aria-describedby]')].flatMap(block =>
            block.getAttribute('aria-describedby').split(' ').map(id => {
                const line = document.getElementById(id), box = line.getBoundingClientRect()
                return {block: block.dataset.block, kind: line.className, text: line.innerText.trim(), height: box.height,
                        lang: line.closest('[lang]').lang, above: box.bottom <= block.getBoundingClientRect().bottom}
            }))""")
        assert tied
        for one in tied:
            assert len(one["text"]) > 10 and one["height"] > 8 and one["above"], one
            assert one["lang"] == language, "in the reader's language"
            kinds.add(
                one["kind"].split()[-1] if "parts" in one["kind"] else one["kind"].split()[1].removeprefix("notice-")
            )
        assert {one["block"] for one in tied} >= set(
            phone.evaluate("[...document.querySelectorAll('main [data-state]')].map(block => block.dataset.block)")
        )
    assert kinds == {*KINDS, "parts"}


@pytest.mark.parametrize("language", ["es", "ar", "zh-Hans"])
def test_a_warning_has_its_english_beside_it_until_it_is_reviewed(noticed: Path, phone: Any, language: str) -> None:
    phone.goto((noticed / language / "notices/index.html").as_uri())
    beside = phone.locator(".callout .beside")
    assert [one.strip() for one in beside.all_inner_texts()] == [
        "Never stop the pump on your own.",
        "Call us if the alarm sounds.",
    ]
    assert (
        beside.first.is_visible() and beside.first.evaluate("element => getComputedStyle(element).direction") == "ltr"
    )
    quiet, plain = (phone.locator(f".notice-machine{how}").first for how in (":not(.notice-plain)", ".notice-plain"))
    border = "element => parseFloat(getComputedStyle(element).borderInlineStartWidth)"
    assert quiet.evaluate(border) == 0 < plain.evaluate(border), "quiet for prose, plain for warnings"
    phone.goto((noticed / language / "index.html").as_uri())
    assert phone.locator(".callout").count() == 1 and phone.locator(".beside, .notice, .parts").count() == 0
    data = phone.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)")
    assert data["lastReviewed"] == "2026-11-01", "the older of the two"
    days = phone.evaluate("[...document.querySelectorAll('.reviewed time')].map(time => time.dateTime)")
    assert days == ["2026-11-01", "2026-11-02"] and phone.locator(".reviewed").first.is_visible()
    phone.goto((noticed / "en/index.html").as_uri())
    assert phone.locator(".reviewed").count() == 1, "nobody translated the English"


UNMARKED = """() => [...document.querySelectorAll('main [data-state]')].filter(block => {
    const style = getComputedStyle(block)
    const side = parseFloat(style.borderInlineStartWidth) > 0 && style.borderInlineStartStyle !== 'none'
    return !side && !style.textDecorationLine.includes('underline') && style.backgroundImage === 'none'
}).map(block => block.outerHTML.slice(0, 90))"""
BOXES = """
::: warning Never stop it
Call us.
:::

::: emergency When to call
Call us.
:::

??? tip "More of it"
    Call us.

```sh title="Run this"
ls
```

- One of *them*.

| The pump | Call us. |
|----------|----------|
| It       | Term |

Term
: Call us.
"""


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("language", ["es", "ar"])
def test_every_part_that_is_not_in_its_language_has_a_mark_that_is_seen(
    make: Make, noticed: Path, phone: Any, language: str, media: str
) -> None:
    """The page says "each has a mark": titles of boxes had none."""
    root = make({"index.md": f"# Pump\n{BOXES}"}, locales=(language,))
    translate(root, {"Call us.": "Llámenos."}, language)
    built(root)
    phone.emulate_media(media=media)
    places = [root / f"dist/{language}/index.html", *sorted((noticed / language).glob("*/index.html"))]
    for path in places:
        phone.goto(path.as_uri())
        assert phone.evaluate(UNMARKED) == [], path
        assert media == "print" or phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.goto(places[0].as_uri())
    assert phone.locator(".callout-label[data-state]").count() == 4
