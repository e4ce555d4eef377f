"""Days at the desk in a real browser: a translator's in Spanish and Arabic, an English editor's half hour, a clinician's review."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.main import main
from tests.conftest import lay_out, once, translate, updated
from tests.desks import Desk, desk
from tests.sites import interface
from tests.test_browser import AXE, browser, missing  # noqa: F401  the fixture is used by its name

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("LOCKSTEP_SHOTS", "")
"""A folder for the pictures of docs/desk.md, where somebody wants new ones."""
PAGE = """---
title: Your tablets
---

# Your tablets

{dose}

Rest for a few days after the refill.

Call {{clinic.phone}} if you feel *very* sleepy.

::: warning
Never drive after a tablet.
:::
"""
DATA = "name: Riverbend Pain Clinic\nclinic:\n  phone: 555-0142\n"
WORDS = {
    "Your tablets": ("Sus tabletas", "أقراصك"),
    "Take 5 mg of morphine each day.": ("Tome 5 mg de morfina cada día.", "تناول 5 مغ من المورفين كل يوم."),
    "Rest for a few days after the refill.": ("Descanse unos días después de la recarga.", "استرح بضعة أيام بعد إعادة التعبئة."),
    "Call {clinic.phone} if you feel *very* sleepy.": (
        "Llame al {clinic.phone} si siente *mucho* sueño.", "اتصل على {clinic.phone} إذا شعرت بنعاس *شديد*.",
    ),
    "Never drive after a tablet.": ("Nunca conduzca después de una tableta.", "لا تقد السيارة أبدًا بعد تناول قرص."),
    "Home": ("Inicio", "الرئيسية"),
    "Riverbend Pain Clinic": ("Clínica del Dolor Riverbend", "عيادة ريفربند للألم"),
    "Warning": ("Advertencia", "تحذير"),
}  # fmt: skip
NEW = "Take 10 mg of morphine each day."
LANGUAGE = {"es": "Spanish", "ar": "Arabic"}
DAYS = {
    "es": ("Tome 100 mg de morfina cada día.", "Tome 10 mg de morfina cada día.", "ltr"),
    "ar": ("تناول 100 مغ من المورفين كل يوم.", "تناول 10 مغ من المورفين كل يوم.", "rtl"),
}


@once
def site(root: Path) -> Path:
    pages = {"index.md": "---\ntitle: Home\n---\n\n# Home\n\nRest for a few days after the refill.\n"}
    lay_out(
        root,
        {**pages, "tablets.md": PAGE.format(dose="Take 5 mg of morphine each day.")},
        locales=("es", "ar"),
        data=DATA,
    )
    for at, name in enumerate(("es", "ar")):
        translate(root, {**interface(name), **{english: both[at] for english, both in WORDS.items()}}, name)
    (root / "source/tablets.md").write_text(PAGE.format(dose=NEW), "utf-8")
    updated(root)
    return root


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:  # noqa: F811
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    context.set_default_timeout(15_000)
    made = context.new_page()
    said: list[str] = []
    made.on("pageerror", lambda problem: said.append(str(problem)))
    made.on(
        "console",
        lambda message: (
            said.append(message.text)
            if message.type == "error" and not any(one in message.text for one in ("403", "409", "net::ERR_"))
            else None
        ),
    )
    yield made
    assert said == []
    context.close()


def shot(page: Any, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png")


def start(page: Any, found: Desk, locale: str, path: str = "source/tablets.md") -> Any:
    page.goto(f"{found.url.partition('#')[0]}#{locale}|{path}")
    frame = page.frame_locator("#main-frame")
    frame.locator("[data-block]").first.wait_for()
    page.locator("#list .row").first.wait_for()
    return frame


def clean(page: Any) -> None:
    """No complaint of axe about the desk as it stands."""
    axe = next((path for path in AXE if path.exists()), None)
    if axe is None:
        missing("axe-core is not installed (npm install --prefix .nox/axe axe-core)")
    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
    page.evaluate(Path(str(axe)).read_text("utf-8") + "; 1")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("async (tags) => (await axe.run(document, {runOnly: tags, iframes: false})).violations", tags)
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def typed(page: Any, text: str) -> None:
    page.locator("#text-0").fill(text)


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds. (The desk's own page lets nobody evaluate a text as a script, a test's waiting included.)"""
    for _ in range(150):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it does not come about")


@pytest.mark.parametrize("locale", ["es", "ar"])
def test_a_translators_day(page: Any, tmp_path: Path, locale: str) -> None:
    """By keyboard alone, but for the first click: find the stale dose, mend it, be stopped at a wrong number, save, approve."""
    root = site(tmp_path / "site")
    wrong, right, direction = DAYS[locale]
    with desk(root, "--locale", locale, "--as", "reviser", "--by", "Ana Ruiz") as found:
        frame = start(page, found, locale, "source/index.md")
        page.locator("#tab-texts").focus()
        page.keyboard.press("ArrowRight")
        row = page.locator("#list .row").first
        row.filter(has_text="critical").wait_for()
        assert NEW in row.inner_text()
        clean(page)
        shot(page, f"desk-work-{locale}")
        row.focus()
        page.keyboard.press("Enter")
        frame.locator("h1", has_text=WORDS["Your tablets"][locale == "ar"]).wait_for()
        box = page.locator("#text-0")
        box.wait_for()
        assert (
            page.locator("#card del").first.inner_text() == "5" and page.locator("#card ins").first.inner_text() == "10"
        )
        assert box.evaluate("box => [getComputedStyle(box).direction, box.lang, document.activeElement === box]") == [
            direction,
            locale,
            True,
        ]
        assert frame.locator("[data-block]", has_text=NEW).count() == 1, "readers get the English until it is mended"
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(wrong)
        page.locator(".findings .error").first.wait_for()
        assert frame.locator(f"text={wrong}").count() == 0
        shot(page, f"desk-wrong-{locale}")
        clean(page)
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(right)
        frame.locator(f"text={right}").wait_for()
        page.locator(".findings .fine").wait_for()
        before = (root / f"locale/{locale}/LC_MESSAGES/messages.po").read_text("utf-8")
        page.keyboard.press("Control+Enter")
        page.locator("#undo").wait_for()
        after = (root / f"locale/{locale}/LC_MESSAGES/messages.po").read_text("utf-8")
        lines = {*before.split("\n")} ^ {*after.split("\n")}
        assert (
            f'msgstr "{right}"' in lines and all(line.startswith(("#", "msgstr")) for line in lines) and len(lines) <= 5
        )
        page.locator("#approve:not([disabled])").focus()
        page.keyboard.press("Enter")
        page.locator("text=Ana Ruiz, reviser, 20").wait_for()
        shot(page, f"desk-signed-{locale}")
        page.keyboard.press("Escape")
        page.locator("#tab-work").click()
        page.locator("text=100 % of the words are done").wait_for()
        page.locator("#tab-work").press("ArrowRight")
        line = page.locator("#list tr", has=page.locator(f"progress[aria-label='Done in {LANGUAGE[locale]}']"))
        line.filter(has_not_text="for a translator").wait_for(timeout=60_000)
        po = root / f"locale/{locale}/LC_MESSAGES/messages.po"
        whole = po.read_text("utf-8")
        po.write_text(whole.replace(f'msgstr "{right}"', 'msgstr ""'), "utf-8")
        line.filter(has_text="1 for a translator").wait_for(timeout=60_000)
        po.write_text(whole, "utf-8")
        line.filter(has_not_text="for a translator").wait_for(timeout=60_000)
        clean(page)
        shot(page, f"desk-languages-{locale}")
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.locator("#tab-texts").click()
        page.locator("#list .row").nth(2).click()
        box.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        clean(page)
        shot(page, f"desk-phone-{locale}")
    assert main(["build", "--root", str(root)]) == 0
    assert right in (root / f"dist/{locale}/tablets/index.html").read_text("utf-8")
    ledger = [json.loads(line) for line in (root / f"locale/{locale}/reviews.jsonl").read_text("utf-8").splitlines()]
    assert [row["role"] for row in ledger if row.get("by", row.get("name")) == "Ana Ruiz"] == ["reviser"]


def test_nothing_typed_is_lost(page: Any, tmp_path: Path) -> None:
    """A reload, a new start of the desk, another program that saves the same text: what was typed is there, and so is theirs."""
    root = site(tmp_path / "site")
    po = root / "locale/es/LC_MESSAGES/messages.po"
    with desk(root) as first:
        frame = start(page, first, "es")
        frame.locator("[data-block]", has_text="Descanse").click()
        page.locator("#text-0").wait_for()
        typed(page, "Repose unos días después de la recarga.")
        page.locator(".findings .fine").wait_for()
        frame.locator("text=Repose").wait_for()
        page.reload()
        frame.locator("[data-block]", has_text="Descanse").click()
        until(lambda: page.locator("#text-0").input_value().startswith("Repose"))
        port = first.port
    with desk(root, port=port) as again:
        frame = start(page, again, "es")
        frame.locator("[data-block]", has_text="Descanse").click()
        until(lambda: page.locator("#text-0").input_value().startswith("Repose"))
        po.write_text(po.read_text("utf-8").replace("Descanse unos días", "Duerma unos días"), "utf-8")
        page.locator("#keep-theirs").wait_for()
        assert "Duerma" in page.locator(".conflict").inner_text() and "Repose" in page.locator(".conflict").inner_text()
        clean(page)
        shot(page, "desk-conflict")
        page.locator("#use-mine").click()
        page.locator("#undo").wait_for()
        assert "Repose unos días" in po.read_text("utf-8") and page.evaluate("localStorage.length") == 0
        page.keyboard.press("Alt+0")
        until(lambda: page.locator("#text-0").input_value().startswith("Rest for"))
        page.keyboard.press("Escape")
        frame.locator("[data-block]", has_text="Llame").click()
        page.locator(".piece").first.wait_for()
        typed(page, "Llame al ")
        page.keyboard.press("Alt+1")
        assert page.locator("#text-0").input_value() == "Llame al {clinic.phone}"


def test_an_english_editors_half_hour(page: Any, tmp_path: Path) -> None:
    root = site(tmp_path / "site")
    source = root / "source/tablets.md"
    with desk(root, "--as", "reviser", "--by", "Ana Ruiz") as found:
        frame = start(page, found, "en")
        frame.locator("[data-block]").last.scroll_into_view_if_needed()
        frame.locator("h1").evaluate("heading => { heading.kept = true; }")
        source.write_text(source.read_text("utf-8").replace("Rest for a few days", "Rest for several days"), "utf-8")
        frame.locator("text=Rest for several days").wait_for()
        assert frame.locator("h1").evaluate("heading => heading.kept") is True, "what did not change was not touched"
        page.locator("#tab-impact").click()
        page.locator("#list .row", has_text="(2 languages)").filter(has_text="several").wait_for()
        clean(page)
        shot(page, "desk-impact")
        style = root / "templates/static/lockstep.css"
        style.write_text(style.read_text("utf-8") + "\nh1 { letter-spacing: 7px }\n", "utf-8")
        until(lambda: frame.locator("h1").evaluate("heading => getComputedStyle(heading).letterSpacing") == "7px")
        page_ = root / "templates/page.html"
        page_.write_text(
            page_.read_text("utf-8").replace("{% broken", "").replace("<main", "<main {% nonsense %}", 1), "utf-8"
        )
        page.locator("#trouble:not([hidden]), #status:not(:empty)").first.wait_for()
        page_.write_text(page_.read_text("utf-8").replace("<main {% nonsense %}", "<main", 1), "utf-8")
        assert main(["update", "--root", str(root)]) == 0
        page.locator("#locale").select_option("es")
        block = frame.locator("[data-block='your-tablets.2']")
        block.wait_for()
        block.click()
        time.sleep(1.1)  # the log was read in another second than that of the decision
        page.locator("#reason").fill("Only the style changed.")
        page.locator("text=The meaning is unchanged").click()
        page.locator("#status", has_text="stays critical on one person's word").wait_for()
        page.locator("#second").fill("Omar Haddad")
        page.locator("text=The meaning is unchanged").click()
        page.locator(".mark", has_text="Carried over").wait_for()
    assert '["Ana Ruiz", "Omar Haddad"]' in (root / "locale/edits.jsonl").read_text("utf-8")


def test_a_clinicians_review(page: Any, tmp_path: Path) -> None:
    root = site(tmp_path / "site")
    po = root / "locale/es/LC_MESSAGES/messages.po"
    with desk(root, "--locale", "es", "--as", "clinician", "--by", "Dr. Lee", "--qualification", "MD") as found:
        frame = start(page, found, "es")
        frame.locator("[data-block]", has_text="Descanse").click()
        page.locator("#approve:not([disabled])").wait_for()
        assert page.locator("#text-0").get_attribute("readonly") is not None and page.locator("#save").count() == 0
        shot(page, "desk-review")
        clean(page)
        page.locator("#approve").click()
        page.locator("text=Dr. Lee, clinician, 20").wait_for()
        frame.locator("[data-block]", has_text="Nunca conduzca").click()
        page.locator("#approve:not([disabled])").wait_for()
        page.locator("#note").fill("Say for how many hours.")
        page.locator("#comment").click()
        page.locator("li", has_text="Say for how many hours.").wait_for()
        page.locator("#approve:not([disabled])").wait_for()
        page.locator("#note").fill("This is not safe as it is.")
        page.locator("#send-back").click()
        frame.locator("[data-block]", has_text="Never drive after a tablet.").wait_for()
        page.locator("text=Readers get the English").wait_for()
    text = po.read_text("utf-8")
    assert "# note by Dr. Lee (clinician), " in text and "# sent back by Dr. Lee (clinician), " in text
    assert "Dr. Lee" in (root / "locale/es/reviews.jsonl").read_text("utf-8")
