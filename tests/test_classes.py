"""The class names of `docs/classes.md` against what pages have."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.core.states import State
from pipeline.resolve.notices import KINDS
from tests.conftest import REPO, Make, built, translate, updated

TEXT = (REPO / "docs/classes.md").read_text()
NAMED = set(re.findall(r"^\| `([a-z-]+)` \|", TEXT, re.M))
MACHINE = '\n[tool.lockstep.policy]\norigin = "machine"\nmachine = "serve-with-notice"\n'


def classes(root: Path, name: str = "es/index.html") -> set[str]:
    return {
        one for found in re.findall(r'\sclass="([^"]+)"', (root / "dist" / name).read_text()) for one in found.split()
    }


def test_every_kind_of_notice_is_named_and_no_other() -> None:
    notices = {name for name in NAMED if name.startswith("notice-")} - {"notice-plain"}
    assert notices == {f"notice-{kind}" for kind in KINDS if kind != "held"}
    css = (REPO / "templates/static/lockstep.css").read_text()
    assert set(re.findall(r"\.(notice-[a-z]+)", css)) <= NAMED
    states = re.search(r"is a class of its own \(([^;]*);", TEXT)
    assert states and re.findall(r"`([a-z]+)`", states[1]) == [state.value for state in State]


def test_pages_have_the_classes_that_are_named(make: Make) -> None:
    """A stale, an unsafe and an untranslated text, and one from a machine, critical and not."""
    page = "# Pump\n\nTake 5 mg.\n\nCall 911.\n\nRest.\n\n<!-- i18n: critical -->\nStop the pump.\n\n::: warning\nRest.\n:::\n"
    root = make({"index.md": page}, extra=MACHINE)
    translate(root, {"Pump": "Bomba", "Take 5 mg.": "Tome 5 mg.", "Call 911.": "Llame al 112.", "Stop the pump.": "Pare la bomba."})  # fmt: skip
    (root / "source/index.md").write_text(page.replace("5 mg", "50 mg"))
    updated(root)
    built(root)
    found = classes(root)
    assert {"notice", "notice-plain", "notice-stale", "notice-unsafe", "notice-untranslated", "notice-machine", "beside", "parts", "callout"} <= found  # fmt: skip
    assert {name for name in found if name.startswith("notice")} <= NAMED
    status = (root / "dist/status/index.html").read_text()
    assert 'class="is-stale is-turned is-critical"' in status
    assert all(f'data-{name}="' in status for name in (*State, "machine", "reviewed", "withheld"))


def test_of_two_pictures_one_is_shown() -> None:
    """`#only-dark` (Material for MkDocs) and `#gh-dark-mode-only` (GitHub) stood beside the picture for light pages."""
    css = (REPO / "templates/static/lockstep.css").read_text()
    light, dark = css.split("@media screen and (prefers-color-scheme: dark)", 1)
    hidden = '.prose img:is([src$="#only-dark"], [src$="#gh-dark-mode-only"]) { display: none; }'
    assert hidden in light and hidden not in dark
    assert '.prose img:is([src$="#only-light"], [src$="#gh-light-mode-only"]) { display: none; }' in dark
