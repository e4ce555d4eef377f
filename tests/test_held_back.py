"""One page's error holds back that page: the rest is published, nothing of that page is, and nobody is led into nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli.main import main
from tests.conftest import Make, read_tree

PAGES = {
    "index.md": "# Home\n\nSee [the dose](dose.md#how-much), and [rest](rest.md).\n",
    "dose.md": "# Dose\n\n## How much\n\nTake 5 mg.\n",
    "rest.md": "# Rest\n\nRest well. [Dose](dose.md)\n",
    "site.yaml": "name: Site\nnav:\n  - page: index.md\n  - page: dose.md\n  - page: rest.md\n",
}
BROKEN = [
    b"# Dose\n\nTake 7 mg.\n\n<!-- ask\n\nNever more.\n",
    b"# Dose\n\n```\nTake 7 mg.\n",
    b"---\ntitle: [Dose\n---\nTake 7 mg.\n",
    b"---\ntitle: Dose\nTake 7 mg.\n",
    b"# Dose\n\n::: warning\nTake 7 mg.\n",
    b"# Dose\n\nTake caf\xe9.\n",
    b"\n",
]


def built(root: Path) -> int:
    return main(["build", "--root", str(root)])


@pytest.mark.parametrize("body", BROKEN)
def test_one_page_is_held_back(make: Make, body: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    root = make(PAGES)
    (root / "templates/missing.html").exists() or pytest.fail(
        "the sample's templates have a page for what is not found"
    )
    assert main(["update", "--root", str(root)]) == 0 and built(root) == 0
    (root / "source/dose.md").write_bytes(body)
    (root / "source/rest.md").write_text("# Rest\n\nRest longer. [Dose](dose.md)\n")
    capsys.readouterr()
    assert built(root) == 1
    said = capsys.readouterr().err
    assert "source/dose.md:" in said and "Held back in every language: source/dose.md." in said and "nav" not in said
    tree = {name: body.decode("utf-8", "replace") for name, body in read_tree(root / "dist").items()}
    assert not [name for name in tree if "dose" in name], "in no language"
    assert not [name for name, text in tree.items() if "5 mg" in text or "7 mg" in text]
    assert "Rest longer" in tree["en/rest/index.html" if "en/rest/index.html" in tree else "en/rest.html"]
    assert 'href="404.html"' in tree["en/index.html"] and "dose.md" not in tree["en/index.html"]
    before = read_tree(root)
    assert built(root) == 1 and read_tree(root) == before, "and once more the same"
    for jobs in ("1", "2"):
        assert main(["build", "--jobs", jobs, "--root", str(root)]) == 1 and read_tree(root / "dist") == before_dist(
            before
        )
    assert main(["audit", "--root", str(root)]) == 0, "what is there is in order"
    assert main(["update", "--root", str(root)]) == 2, "its translations are not made obsolete"
    (root / "source/dose.md").write_text(PAGES["dose.md"])
    assert built(root) == 0 and [name for name in read_tree(root / "dist") if "en/dose" in name]


def before_dist(tree: dict[str, bytes]) -> dict[str, bytes]:
    return {name.removeprefix("dist/"): body for name, body in tree.items() if name.startswith("dist/")}


def test_a_recall_goes_out_though_another_page_is_broken(make: Make) -> None:
    """A typing error on one page kept a wrong dose on another one online."""
    root = make(PAGES)
    assert main(["update", "--root", str(root)]) == 0 and built(root) == 0
    recall = ["recall", "dose#how-much.1", "--by", "Ann", "--reason", "wrong dose", "--stub", "--root", str(root)]
    assert main(recall) == 0
    (root / "source/rest.md").write_text("# Rest\n\n<!-- ask\n")
    assert any(b"5 mg" in body for body in read_tree(root / "dist").values())
    assert built(root) == 1
    assert not [name for name, body in read_tree(root / "dist").items() if b"5 mg" in body]


def test_nothing_is_held_where_something_else_is_broken(make: Make) -> None:
    root = make(PAGES)
    assert main(["update", "--root", str(root)]) == 0 and built(root) == 0
    before = read_tree(root / "dist")
    (root / "source/dose.md").write_text("# Dose\n\n<!-- ask\n")
    (root / "locale/recalls.jsonl").write_text("{\n")
    assert built(root) == 2 and read_tree(root / "dist") == before
    assert main(["ci", "--root", str(root)]) != 0
    assert main(["build", "--shard", "1/2", "--root", str(root)]) == 2, "parts are made of whole sites"


def test_the_manifest_has_what_is_there(make: Make) -> None:
    root = make(PAGES)
    (root / "source/dose.md").write_text("# Dose\n\n<!-- ask\n")
    built(root)
    pages = (
        json.loads((root / "dist/en/manifest.json").read_text()) if (root / "dist/en/manifest.json").exists() else {}
    )
    assert "dose" not in json.dumps(pages)


NEW = {
    "box.md": "# Box\n\n::: mything\na\n:::\n",
    "open.md": "# Open\n\n<!-- ask\n",
    "other.mdx": "# Other\n\nb\n",
}


@pytest.mark.parametrize("name", NEW)
def test_a_new_page_that_cannot_be_read_holds_up_no_other(
    make: Make, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever brings 574 pages gets the catalogs of 573."""
    root = make(PAGES)
    assert main(["update", "--root", str(root)]) == 0
    (root / "source" / name).write_text(NEW[name], "utf-8")
    (root / "source/more.md").write_text("# More\n\nNew words.\n", "utf-8")
    before = read_tree(root / "locale")
    assert main(["update", "--check", "--root", str(root)]) == 2 and read_tree(root / "locale") == before
    for _ in range(2):
        capsys.readouterr()
        assert main(["update", "--root", str(root)]) == 2, "each time, until it is mended"
        assert f"source/{name}:" in capsys.readouterr().out
    made = (root / "locale/messages.pot").read_text("utf-8")
    assert "New words." in made and f"source/{name}" not in made
    assert main(["extract", "--root", str(root)]) == 2 and f"source/{name}:" in capsys.readouterr().out
    assert main(["check", "--root", str(root)]) == 1
    assert "out-of-step" not in capsys.readouterr().out, "an update would change nothing"
    (root / "source" / name).unlink()
    (root / "source" / name).with_suffix(".md").write_text("# Mended\n", "utf-8")
    assert main(["update", "--root", str(root)]) == 0
    assert "Mended" in (root / "locale/messages.pot").read_text("utf-8")


@pytest.mark.parametrize(("name", "more"), [("dose.mdx", ""), ("other.mdx", ""), ("other.md", "\n\n<!-- ask\n")])
def test_a_page_with_translations_that_is_called_otherwise_is_no_new_one(make: Make, name: str, more: str) -> None:
    root = make(PAGES)
    assert main(["update", "--root", str(root)]) == 0
    before = read_tree(root / "locale")
    (root / "source/dose.md").rename(root / "source" / name)
    with (root / "source" / name).open("a") as file:
        file.write(more)
    assert main(["update", "--root", str(root)]) == 2 and read_tree(root / "locale") == before
