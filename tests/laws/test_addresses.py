"""Addresses last: whatever is renamed and reworded, every address that a page or a heading ever had leads there."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.commands.audit import audit
from pipeline.content.earlier_names import places
from pipeline.content.inline_html import slug
from tests.conftest import built, lay_out, updated
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


def written(root: Path, pages: dict[str, tuple[str, str, list[str]]]) -> None:
    """The source of the model: by page its file, its title, the words of its headings."""
    for path in (root / "source").rglob("*.md"):
        path.unlink()
    (root / "source/index.md").write_text("# Home\n\nWelcome to all of you who read this.\n", "utf-8")
    for name, (file, title, heads) in pages.items():
        body = "".join(f"## {head}\n\n{text}\n\n" for head, text in zip(heads, TEXTS[name], strict=True))
        path = root / f"source/{file}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: {title}\n---\n\n{body}", "utf-8")


step = st.tuples(st.sampled_from(["one", "two"]), st.sampled_from(["file", "head", "title"]), st.integers(0, 20))


@settings(max_examples=6, phases=[Phase.generate])
@given(st.lists(st.lists(step, min_size=1, max_size=2), min_size=1, max_size=4))
def test_every_address_that_was_published_answers(rounds: list[list[tuple[str, str, int]]]) -> None:
    model = {
        "one": ("pump", "Pump", [f"Pump {word}" for word in WORDS[:3]]),
        "two": ("alarms", "Alarms", [f"Alarm {word}" for word in WORDS[:3]]),
    }
    had: dict[str, dict[str, None]] = {"one": {}, "two": {}}
    ids: dict[tuple[str, int], dict[str, None]] = {}
    with TemporaryDirectory() as folder:
        root = lay_out(Path(folder) / "s", {}, locales=("es", "ar"))
        for day, edits in enumerate([[], *rounds]):
            for name, what, number in edits:
                file, title, heads = model[name]
                if what == "file":
                    others = {file for file, _, _ in model.values()}
                    free = [one for one in (*FILES, *had["one"], *had["two"]) if one not in others]
                    file = free[number % len(free)]
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
            check(root, model, had, ids)


def check(
    root: Path,
    model: dict[str, tuple[str, str, list[str]]],
    had: dict[str, dict[str, None]],
    ids: dict[tuple[str, int], dict[str, None]],
) -> None:
    dist, there = root / "dist", {place_of(file) for file, _, _ in model.values()}
    for name, (file, _, heads) in model.items():
        others = {place_of(one) for other, files in had.items() if other != name for one in files}
        for tag in ("en", "es", "ar"):
            here = f"{tag}/{place_of(file)}"
            for old in map(place_of, had[name]):
                if old not in there | others:
                    assert links.answers(dist, f"{tag}/{old}") == here, (old, file)
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
        "source/a.md": ("b/", "c/")
    }
