"""Pictures of texts in their places: pages of `dist/` as a browser on this computer shows them, the text framed."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.commands import browser
from pipeline.content import plain
from pipeline.core import inputs
from pipeline.core.errors import LockstepError
from pipeline.core.inline import NO_FACTS
from pipeline.core.model import Key, Resolution
from pipeline.project.project import Project
from pipeline.resolve.addresses import pages_in
from pipeline.site.brief import Brief, Item

MOST = 25
"""How many pictures a brief has: each is about 50 KB, and a second's work."""
SIZE = "720,440"
LONGEST = 80
FRAME = """<script>
addEventListener("load", () => {
  const [words, section] = %s, inside = "p,li,td,th,dt,dd,h1,h2,h3,h4,h5,h6,figcaption,summary,span";
  for (const one of document.querySelectorAll("main details")) one.open = true;
  let found = document.getElementById(section);
  for (const one of document.querySelectorAll("main *")) {
    if (!one.matches(inside) || !one.textContent.replace(/\\s+/g, " ").includes(words) || !one.getClientRects().length) continue;
    if (![...one.children].some((child) => child.matches(inside) && child.textContent.replace(/\\s+/g, " ").includes(words))) { found = one; break; }
  }
  if (!found) return;
  found.style.outline = "4px solid #c2185b"; found.style.outlineOffset = "4px";
  document.documentElement.style.marginBlockStart = `${140 - found.getBoundingClientRect().top}px`;
});
</script>"""
"""What is added to a copy of a page: it is never part of one that is published."""


def taken(project: Project, told: Brief) -> Brief:
    """The brief with a picture of each new text that stands on a page. Raises LockstepError where there is no browser, or no build."""
    shown = next(found for found in project.coverage if found.locale == told.locale.name)
    by_key: Mapping[Key, Resolution] = {one.message.key: one for one in shown.open}
    table = project.table(told.locale.name)
    placed = pages_in(project.content, table, project.slugs, project.settings.slugs)
    files = {path: f"dist/{told.locale.tag}/{page.file}" for path, page in placed.items()}
    new: list[Item] = []
    for at, item in enumerate(told.new):
        file = files.get(item.row.message.span.path)
        if at >= MOST or file is None:
            new.append(item)
            continue
        body = inputs.read(project.root, file)
        if body is None:
            raise LockstepError(
                "this page is not built", path=file, todo="Pictures are taken of dist/: run `lockstep build` first."
            )
        project.progress("Taking pictures", at, min(len(told.new), MOST))
        one = by_key.get(item.row.message.key)
        words = said(plain(one.text, NO_FACTS)) if one else ""
        picture = browser.picture(
            framed(body, (project.root / file).resolve().as_uri(), words, item.row.block.rpartition(".")[0]), SIZE
        )
        new.append(replace(item, picture=f"data:image/png;base64,{base64.b64encode(picture).decode()}"))
    return replace(told, new=tuple(new))


def said(text: str) -> str:
    """The words by which a text is found: the longest part of it without a value."""
    parts: Iterable[str] = (" ".join(part.split()) for part in re.split(r"\{[^}]*\}|%\(\w+\)\w", text))
    return max(parts, key=len, default="")[:LONGEST]


def framed(body: bytes, address: str, words: str, section: str) -> bytes:
    """A copy of a page that frames a text of it, or its section, and shows it near the top."""
    asked = json.dumps([words or "\0", section]).replace("<", "\\u003c")
    base = f'<base href="{address}">'.encode()
    body = re.sub(rb"<head[^>]*>", lambda head: head[0] + base, body, count=1)
    return body.replace(b"</body>", (FRAME % asked).encode() + b"</body>", 1)
