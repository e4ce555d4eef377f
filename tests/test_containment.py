"""Every hostile string in every kind of slot, opened in Chromium with scripts on and off: no element, attribute, URL or script
beyond those of the page whose translations are the English words themselves.

The slots: heading, paragraph, link, list item, table head and cell, quote, term and definition, warning box, HTML text, footnote,
alt text, title attribute, page title and description, site name and tagline, navigation labels, every string of the templates
(labels, notices, chooser, 404), the catalog's header fields and comments, front matter of the source, and the status page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pipeline.catalog import po_entry, po_file
from tests.conftest import Make, built, translate
from tests.test_browser import browser, missing  # noqa: F401
from tests.test_checks import DATA, PAGE, hostile

pytestmark = pytest.mark.browser
SCRIPTS = "scripts on", "scripts off"
PAGES = ["es/index.html", "es/other/index.html", "index.html", "404.html", "status/index.html"]
SEEN = """() => {
  const found = {};
  const add = (what) => { found[what] = (found[what] || 0) + 1; };
  const walk = (root) => { for (const node of root.querySelectorAll('*')) {
    add('<' + node.localName + '>');
    for (const attribute of node.attributes) {
      add(node.localName + ' ' + attribute.name);
      if (['href', 'src', 'action', 'formaction', 'poster', 'data', 'srcdoc', 'srcset', 'style', 'content'].includes(attribute.name)
          && !(node.localName === 'meta')) add(attribute.name + '=' + attribute.value);
      if (attribute.name.startsWith('on')) add('handler ' + attribute.name);
    }
    if (node.shadowRoot) walk(node.shadowRoot);
    if (node.localName === 'template') walk(node.content);
    if (node.localName === 'script' && node.type !== 'application/ld+json') add('script ' + node.textContent);
    if (node.localName === 'script' && node.type === 'application/ld+json') { JSON.parse(node.textContent); add('data'); }
  } };
  walk(document);
  return found;
}"""
HONEST = {"<span>", "span lang", "span dir", "<bdi>", "bdi dir", "bdi lang"}
"""What marks of language, and notices tied to their text, add to an element that is there: they are ours, not the payload's."""
EVERY = os.environ.get("HYPOTHESIS_PROFILE") == "soak"


class Windows(NamedTuple):
    """A window with scripts and one without, and what either gave away: a dialog, or what it asked of the network."""

    by_name: dict[str, Any]
    alarms: list[str]


@pytest.fixture
def windows(browser: Any) -> Iterator[Windows]:  # noqa: F811
    made, alarms = {}, list[str]()
    contexts = {name: browser.new_context(java_script_enabled=name == "scripts on") for name in SCRIPTS}
    for name, context in contexts.items():
        page = made[name] = context.new_page()
        page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else alarms.append(asked.url))
    yield Windows(made, alarms)
    for context in contexts.values():
        context.close()


def seen(windows: Windows, root: Path) -> dict[tuple[str, str], dict[str, int]]:
    """What each page of a built site is made of, as Chromium understands it, with scripts and without."""
    found = {}
    for scripts, page in windows.by_name.items():
        for name in PAGES:
            page.goto((root / "dist" / name).as_uri())
            found[scripts, name] = page.evaluate(SEEN)
    return found


def fill(root: Path, texts: list[str], header: list[str]) -> None:
    """Write one text into every entry of the catalog but the notices, and others into its comments and header."""
    path = root / "locale/es/LC_MESSAGES/messages.po"
    empty = po_file.load(root, "locale/es/LC_MESSAGES/messages.po")
    entries = tuple(
        entry
        if "templates/notices.html" in entry.references
        else po_entry.amended(entry, entry._replace(strings=tuple(texts[n % len(texts)] for _ in entry.strings)))
        for n, entry in enumerate(empty.entries)
    )
    body = replace(empty, entries=entries).text()
    one = [" ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') for text in header]
    body = body.replace('"Last-Translator: ', f'"Last-Translator: {one[0]} ', 1).replace(
        '"Language-Team: ', f'"Language-Team: {one[1]} ', 1
    )
    comments = " ".join(header[2].split())
    path.write_bytes(body.replace("\n#: ", f"\n# {comments}\n#: ").encode("utf-8", "surrogatepass"))


def test_no_payload_adds_anything_in_a_browser(make: Make, windows: Windows) -> None:
    payloads = hostile()
    assert len(payloads) > 300
    root = make({"index.md": PAGE, "other.md": "# Slot other\n"}, data=DATA)
    translate(root, {})
    empty = (root / "locale/es/LC_MESSAGES/messages.po").read_bytes()
    path = root / "locale/es/LC_MESSAGES/messages.po"
    before = po_file.load(root, "locale/es/LC_MESSAGES/messages.po")
    built(root)
    clean = seen(windows, root)
    same = tuple(
        entry
        if "templates/notices.html" in entry.references
        else po_entry.amended(
            entry, entry._replace(strings=(entry.key.msgid, entry.plural or "")[: len(entry.strings)])
        )
        for entry in before.entries
    )
    path.write_text(replace(before, entries=same).text(), "utf-8")
    built(root)
    for where, parts in seen(windows, root).items():
        clean[where] = {
            part: max(count, clean[where].get(part, 0)) for part, count in {**clean[where], **parts}.items()
        }
    step = 1 if EVERY else 41
    for at in range(0, len(payloads), step):
        turned = payloads[at:] + payloads[:at]
        path.write_bytes(empty)
        fill(root, turned, turned[7:10])
        built(root)
        for where, parts in seen(windows, root).items():
            extra = {
                part: count - clean[where].get(part, 0)
                for part, count in parts.items()
                if count > clean[where].get(part, 0)
            }
            known = {
                part for part in extra if "=" in part and clean[where].get(part)
            }  # the English page's own address, said once more
            extra = {
                part: count for part, count in extra.items() if part not in HONEST | known and not ours(where[1], part)
            }
            assert not extra, (where, at, extra)
    assert not windows.alarms, "no dialog, and nothing asked of the network"


def test_no_payload_in_the_front_matter_adds_anything(make: Make, windows: Windows) -> None:
    """The front matter is its author's; what it holds is text all the same, in the title, the description and the data."""
    payloads = [" ".join(text.split()) for text in hostile()]
    root = make({"index.md": PAGE, "other.md": front("Other")}, data=DATA)
    translate(root, {})
    built(root)
    clean = seen(windows, root)
    for at in range(0, len(payloads), 1 if EVERY else 29):
        (root / "source/other.md").write_text(front(payloads[at]), "utf-8")
        built(root)
        for where, parts in seen(windows, root).items():
            extra = {part: count for part, count in parts.items() if count > clean[where].get(part, 0)}
            assert not {part for part in extra if part not in HONEST and not ours(where[1], part)}, (
                where,
                payloads[at],
                extra,
            )
    assert not windows.alarms


def front(text: str) -> str:
    """A page with one text in every field of its front matter."""
    said = "'" + text.replace("'", "''") + "'"
    return f"---\ntitle: {said}\ndescription: {said}\nclass: {said}\n---\nSlot body\n"


def ours(name: str, part: str) -> bool:
    """What the status page adds for each message that is not done: rows of tables and links to itself; notices on pages."""
    if name.startswith("status"):
        if re.fullmatch(r"style=(?:(?:inline-size|--share): [\d.]+%|(?:--[a-z]+: -?\d+(?:; )?)+)", part):
            return True
        return not part.startswith(
            ("<script", "script", "handler", "src=", "<iframe", "<img", "<svg", "<style", "style=", "<form")
        )
    return part in {"<p>", "p class", "p id", "<div>", "div class", "div id", "p data-of"} or part.endswith(
        (" aria-describedby", " data-state", " lang", " dir")
    )
