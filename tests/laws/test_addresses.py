"""Addresses last: whatever is renamed and reworded, every address that a page or a heading ever had leads there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.commands.audit.audit import audit
from pipeline.content.earlier_names import places
from pipeline.content.inline_html import slug
from tests.conftest import built, lay_out, translate, updated
from tests.laws import links
from tests.sites import on

FILES = ["a", "b", "c", "care/a", "care/index", "old", "Über uns"]
WORDS = ["alpha", "beta", "gamma", "delta"]
TEXTS = {
    "one": [
        "The pump rests under the skin of your belly.",
        "Its battery lasts for several years.",
        "A nurse fills it.",
    ],
    "two": ["An alarm sounds when little medicine is left.", "Write down the day of every visit.", "Carry your card."],
}


def place_of(file: str) -> str:
    """Where a file's page stands under a language."""
    return "index.html" if file == "index" else f"{file.removesuffix('/index')}/index.html"


def written(root: Path, pages: Model) -> None:
    """The source of the model: by page its file, its title, the words of its headings."""
    for path in (root / "source").rglob("*.md"):
        path.unlink()
    (root / "source/index.md").write_text("# Home\n\nWelcome to all of you who read this.\n", "utf-8")
    for name, (file, title, heads) in pages.items():
        body = "".join(f"## {head}\n\n{text}\n\n" for head, text in zip(heads, TEXTS[name], strict=True))
        path = root / f"source/{file}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: {title}\n---\n\n{body}", "utf-8")


SPANISH = ["Bomba", "Alarma", "Bomba", "../x", "con", "", "¡!", "Pump", "alarms", "أ" * 300, "a/b", "\u202eB"]
"""What a translator may call a page: as another page, as one in English, as no file may be called."""
Model = dict[str, tuple[str, str, list[str]]]
step = st.tuples(
    st.sampled_from(["one", "two"]), st.sampled_from(["file", "head", "title", "es", "es"]), st.integers(0, 20)
)


@settings(max_examples=6, phases=[Phase.generate])
@given(st.lists(st.lists(step, min_size=1, max_size=2), min_size=1, max_size=4))
def test_every_address_that_was_published_answers(rounds: list[list[tuple[str, str, int]]]) -> None:
    model: Model = {
        "one": ("pump", "Pump", [f"Pump {word}" for word in WORDS[:3]]),
        "two": ("alarms", "Alarms", [f"Alarm {word}" for word in WORDS[:3]]),
    }
    had: dict[str, dict[str, None]] = {"one": {}, "two": {}}
    stood: dict[tuple[str, str], dict[str, None]] = {}
    ids: dict[tuple[str, int], dict[str, None]] = {}
    with TemporaryDirectory() as folder:
        root = lay_out(Path(folder) / "s", {}, locales=("es", "ar"), extra='slugs = "translated"')
        (root / "source/index.md").write_text("# Home\n", "utf-8")
        for day, edits in enumerate([[], *rounds]):
            for name, what, number in edits:
                file, title, heads = model[name]
                if what == "file":
                    others = {file for file, _, _ in model.values()}
                    free = [one for one in (*FILES, *had["one"], *had["two"]) if one not in others]
                    file = free[number % len(free)]
                elif what == "es":
                    with on(day):
                        translate(root, {title: SPANISH[number % len(SPANISH)]})
                elif what == "title":
                    title = f"{title} of {WORDS[number % 4]}"
                else:
                    heads = [*heads]
                    heads[number % 3] += f" {WORDS[number % 4]}"
                model[name] = file, title, heads
            if len({place_of(file).lower() for file, _, _ in model.values()}) < 2:
                return  # which is an error of the site
            for name, (file, _, heads) in model.items():
                had[name][file] = None
                for at, head in enumerate(heads):
                    ids.setdefault((name, at), {})[slug(head)] = None
            written(root, model)
            with on(day):
                updated(root)
                built(root)
            check(root, model, stood, ids)


def check(
    root: Path,
    model: Model,
    stood: dict[tuple[str, str], dict[str, None]],
    ids: dict[tuple[str, int], dict[str, None]],
) -> None:
    """`stood`: where each page stood in each language, all there ever was."""
    dist = root / "dist"
    now: dict[tuple[str, str], str] = {}
    by_file = {f"source/{file}.md": name for name, (file, _, _) in model.items()}
    for tag in ("en", "es", "ar"):
        pages = json.loads((dist / f"lockstep/{tag}.json").read_text("utf-8"))
        for file, page in pages.items():
            now[tag, page["source"]] = file
            if page["source"] in by_file:
                stood.setdefault((by_file[page["source"]], tag), {})[file] = None
    for name, (_, _, heads) in model.items():
        for tag in ("en", "es", "ar"):
            here = now[tag, f"source/{model[name][0]}.md"]
            others = {one for (other, lang), files in stood.items() if other != name and lang == tag for one in files}
            for old in stood[name, tag]:
                if old not in others:
                    assert links.answers(dist, old) == here, (old, here)
            html = (dist / here).read_text("utf-8")
            for at, head in enumerate(heads):
                taken = {one for (page, where), some in ids.items() if page == name and where != at for one in some}
                for old in ids[name, at]:
                    found = re.search(
                        rf'<a id="{old}" class="alias"></a>\n(?:<a [^>]*></a>\n)*<h2 id="{slug(head)}"', html
                    )
                    assert old in taken or old == slug(head) or found, (tag, old, head)
    assert [*links.broken(dist)] == []
    assert audit(dist) == []


def test_what_the_log_says_may_be_anything() -> None:
    """Nobody's line in the log leads a page out of its language."""
    hostile = (
        "source/../../x.md",
        "source//etc.md",
        "/source/x.md",
        "source/a\nb.md",
        "source/site.yaml",
        "x",
        "source/",
    )
    assert places({"source/a.md": hostile}) == {}
    assert places({"source/a.md": ("source/b.md", "source/c/index.md", "source/index.md")}) == {
        "source/a.md": ("b/", "c/", "index.html")
    }
