"""Files that a page includes: read in their place, each text at the file and line where it is written, and no file from elsewhere."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pipeline.catalog import po_file
from pipeline.cli.main import main
from pipeline.commands.check import check
from pipeline.content import excerpts, includes
from pipeline.content.includes import of_page
from pipeline.content.pages import read
from pipeline.core import clock, inputs
from pipeline.core.dialects import constructs
from pipeline.core.errors import LockstepError
from pipeline.core.settings import load
from tests.conftest import Make, built, project_of, read_tree, translate, updated
from tests.test_ecosystems import page
from tests.test_live import Live, shown, whole

READS = constructs(["common", "mkdocs", "mdbook"])
FILES = {
    "includes/a.md": "One.\n\nTwo.\n",
    "includes/in.md": 'A\n--8<-- "a.md"\nB',
    "source/_parts/b.md": "# --8<-- [start:one]\nB one.\n# --8<-- [end:one]\nB two.\n# --8<-- [start:two]\nB three.\n# --8<-- [end:two]\n",
    "includes/c.rs": "// ANCHOR: all\nfn main() {\n    // ANCHOR: inner\n    run();\n    // ANCHOR_END: inner\n}\n// ANCHOR_END: all\n",
    "includes/listings/d.rs": "d\n",
    "includes/round.md": '--8<-- "again.md"',
    "includes/again.md": 'x\n--8<-- "round.md"',
    "includes/empty.md": "",
    "includes/x.py": "1\n2\n3\n4\n",
    "includes/ticks.md": "```\nx\n```\n",
    "includes/book.md": "{{#include a.md:1}}!",
}


def reading(name: str) -> bytes | None:
    return FILES[name].encode() if name in FILES else None


def text(page: str, path: str = "source/p.md") -> str:
    whole = of_page(path, page.encode(), READS, reading)
    assert whole is None or whole.findings == (), whole.findings
    return page if whole is None else whole.text


def wrong(page: str, path: str = "source/p.md") -> list[tuple[str, int, str]]:
    whole = of_page(path, page.encode(), READS, reading)
    return [(one.span.path, one.span.line, one.text) for one in whole.findings] if whole else []


PLAIN = [
    "a",
    "a -8<- b",
    "--8<-- a.md",
    'x --8<-- "a.md"',
    '--8<-- "a.md" ',
    "{{ a }} #",
    "{{#title A}}",
    "{{#if}}",
    "{!a!}",
    "a{* b.py *}",
    "{*a.py*}",
    "{! a.md[ln:1] !}",
]

EXPANDED = [
    ('a\n--8<-- "a.md"\nb', "a\nOne.\n\nTwo.\nb"),
    ("-8<- 'includes/a.md:1:1'", "One."),
    ('--8<-- "a.md:3"', "Two."),
    ('--8<-- "a.md::1"', "One."),
    ('--8<-- "a.md:1:1,3:3"', "One.\nTwo."),
    ('  --8<-- "a.md"', "  One.\n\n  Two."),
    ('--8<-- "_parts/b.md:two"', "B three."),
    ('--8<-- "_parts/b.md"', "B one.\nB two.\nB three."),
    ("--8<--\na.md:1:1\n\n; a.md\n_parts/b.md:one\n--8<--\nc", "One.\n\nB one.\nc"),
    (';--8<-- "a.md"', '--8<-- "a.md"'),
    ('--8<-- "in.md"', "A\nOne.\n\nTwo.\nB"),
    ('--8<-- "empty.md"', ""),
    ('---\nx: --8<--\n---\n--8<-- "a.md:1:1"', "---\nx: --8<--\n---\nOne."),
    ("{!a.md!}", "One.\n\nTwo."),
    ("x {!> ../../a.md !} y", "x One.\n\nTwo. y"),
    ("```\n{!> ../../listings/d.rs!}\n```", "```\nd\n```"),
    ("{* ../../x.py ln[1:2,4] hl[1] *}", "```python\n1\n2\n4\n```"),
    ("    ```\n    {!> ../../a.md!}\n    ```", "    ```\n    One.\n\n    Two.\n    ```"),
    ("- x\n\n  {!> a.md !} y", "- x\n\n  One.\n\n  Two. y"),
    ("{!a.md!}\n  {!a.md!}", "One.\n\nTwo.\n  One.\n\nTwo."),
    ("    {* ../../x.py ln[1:2] *}", "    ```python\n    1\n    2\n    ```"),
    ("{* ../../ticks.md *}", "````markdown\n```\nx\n```\n````"),
    ("{{#include ../includes/a.md}}", "One.\n\nTwo."),
    ("{{#include ../a.md}}", "One.\n\nTwo."),
    ("x {{#include ../a.md:1}} y {{#include ../a.md:3:}} z", "x One. y Two. z"),
    ("x {{#include ../a.md}} z", "x One.\n\nTwo. z"),
    ("{{#include ../listings/d.rs}}", "d"),
    ("{{ #include ../../c.rs:inner }}", "    run();"),
    ("{{#rustdoc_include ../c.rs:all}}", "fn main() {\n    run();\n}"),
    ("{{#playground ../listings/d.rs editable}}", "```rust\nd\n```"),
    ("\\{{#include ../a.md}}", "{{#include ../a.md}}"),
    ("{{#include ../book.md}}", "One.!"),
    ("```\n{{#include ../listings/d.rs}}\n```", "```\nd\n```"),
    ('```\n--8<-- "h.md"\n```\n--8<-- "h.md:4:"', "```\n---\ntitle: H\n---\n\nx\n```\n\nx"),
]

WRONG = [
    ('a\n--8<-- "no.md"', 2, "looked for: includes/no.md, source/no.md"),
    ('--8<-- "a.md:none"', 1, "names a section that includes/a.md has not"),
    ('--8<-- "../../etc/passwd"', 1, "looked for: includes/etc/passwd)"),
    ('--8<-- "/etc/passwd"', 1, "leads out of the site"),
    ('--8<-- "C:/a.md"', 1, "leads out of the site"),
    ('--8<-- "https://e.org/a.md"', 1, "is an address, and nothing is fetched"),
    ("{{#include https://e.org/a.md}}", 1, "is an address, and nothing is fetched"),
    ("{{#include ../../../../etc/passwd}}", 1, "looked for: includes/etc/passwd)"),
    ("{{#include p.md}}", 1, "includes what includes it: source/p.md → source/p.md"),
    ('--8<-- "round.md"', 1, "includes/again.md:2: `--8<-- \"round.md\"` includes what includes it: includes/round.md → includes/again.md → includes/round.md"),
    ("x\n--8<--\na.md", 2, "begins a list of files here that nothing ends"),
    ('--8<-- "a.md:1,9:12"', 1, "names lines that includes/a.md has not, which ends at line 3"),
    ("{{#include ../a.md:4:}}", 1, "names lines that includes/a.md has not"),
    ('x\n\n--8<-- "h.md"', 3, "includes/h.md begins with front matter, which readers see here as text. Include what is below it: `h.md:4:`"),
    ("import N from './none.mdx'\n\n<N />", 3, "looked for: source/none.mdx, includes/none.mdx"),
    ("import P from './p.md'\n\n<P />", 3, "includes what includes it: source/p.md → source/p.md"),
    ("```\n{{#include ../f.md}}\n```", 2, "includes/f.md:2 ends the block of code"),
]  # fmt: skip
FILES["source/_parts/n.mdx"] = (
    "To [a](../a.md#x), [b](./b/c.md), [c](/c), [d](https://e.org/), [e](#e), `[f]`\n[f]: d.md\n<img src='i.png'>\n"
)
FILES["source/_parts/m.mdx"] = 'import N from "./n.mdx"\n\n<N/>'
FILES["includes/src/_o.mdx"] = "O [a](a.md)."
FILES["includes/_q.md"] = "Q."
FILES["source/_parts/k.mdx"] = (
    "---\ntitle: K\n---\nK `<a href='a'>` [b](b.md).\n\n```html\n<a href='a'>\n```\n[`c`](c.md)\n"
)
FILES["source/_parts/w.mdx"] = "---\nDo not stop it.\n\n---\nW."  # two lines across the page, and no front matter
SHOWN = "K `<a href='a'>` [b](/_parts/b.md).\n\n```html\n<a href='a'>\n```\n[`c`](/_parts/c.md)"
NOTED = "To [a](/a.md#x), [b](/_parts/b/c.md), [c](/c), [d](https://e.org/), [e](#e), `[f]`\n[f]: /_parts/d.md\n<img src='/_parts/i.png'>"
PARTIALS = [
    ("import N from './_parts/n.mdx'\n\n<N />\nx", f"\n\n{NOTED}\nx"),
    ('import N from "@site/docs/_parts/n.mdx";\n- y\n\n  <N/>', "\n- y\n\n" + "\n".join(f"  {line}" for line in NOTED.split("\n"))),
    ("<M />\n\nimport M from './_parts/m.mdx'", f"\n\n{NOTED}\n\n"),
    ("import O from '@site/src/_o.mdx'\n<O />", "\nO [a](a.md)."),
    ("import N from '@en/_parts/n'\nimport M from '@en/_parts/n.mdx'\n<M />", f"import N from '@en/_parts/n'\n\n{NOTED}"),
    ("import M from '@/_parts/n.mdx'\n<M />", f"\n{NOTED}"),
    ("import K from './_parts/k.mdx'\n<K />", f"\n{SHOWN}"),
    ("import W from './_parts/w.mdx'\n<W />", "\n---\nDo not stop it.\n\n---\nW."),
    ("import Q from '../_q.md'\nimport {R} from './r'\n<Q />\n<R />", "\nimport {R} from './r'\nQ.\n<R />"),
]  # fmt: skip
"""What MDX would put there: addresses are told from the file in which they stand, code stays as it is, and front matter is not shown."""
NO_PARTIALS = [
    "import N from './_parts/n.mdx'",
    "<N />",
    "import N from './n.js'\n<N />",
    "import {N} from './_parts/n.mdx'\n<N />",
    "import N from './_parts/n.mdx'\n<N more='x' />",
    "import N from './_parts/n.mdx'\na <N /> b",
    "```mdx\nimport N from './_parts/n.mdx'\n<N />\n```",
    "import Known from './_parts/n.mdx'\n<Known />",
]
FILES["includes/f.md"] = "x\n```\ny\n"
FILES["includes/h.md"] = "---\ntitle: H\n---\n\nx\n"
FILES["source/p.md"] = "p"


@pytest.mark.parametrize("page", PLAIN)
def test_what_includes_nothing_is_left_alone(page: str) -> None:
    assert of_page("source/p.md", page.encode(), READS, reading) is None
    assert of_page("source/p.md", b'--8<-- "a.md"\n{{#include a.md}}', constructs(["common"]), reading) is None


@pytest.mark.parametrize(("page", "wanted"), EXPANDED)
def test_a_file_is_read_where_it_is_included(page: str, wanted: str) -> None:
    assert text(page) == wanted


@pytest.mark.parametrize(("page", "wanted"), PARTIALS)
def test_a_page_that_mdx_imports_is_read_where_it_is_shown(page: str, wanted: str) -> None:
    assert text(page) == wanted


def test_a_page_that_is_imported_is_missed_by_nobody(make: Make) -> None:
    """It was named as one that is not published, and its front matter was shown as a heading."""
    head = "---\ntitle: P\n---\n"
    root = make({"index.md": "# Home\n\nimport P from './_parts/p.md'\n\n<P />\n", "_parts/p.md": f"{head}\nWords.\n"})
    assert [one.text for one in read(load(root)).findings] == []
    (root / "source/_parts/q.md").write_text(f"{head}\nWords.\n", "utf-8")
    assert [one.span.path for one in read(load(root)).findings] == ["source/_parts/q.md"]


@pytest.mark.parametrize("page", NO_PARTIALS)
def test_what_mdx_would_work_out_is_left_to_be_named(page: str) -> None:
    """Values for it, another name of it, a use in a sentence, code; and a component of which the settings say what it is."""
    assert of_page("source/p.md", page.encode(), READS, reading, known=("Known",)) is None


@pytest.mark.parametrize(("page", "line", "said"), WRONG)
def test_what_cannot_be_included_is_one_error_at_its_line(page: str, line: int, said: str) -> None:
    ((path, at, told),) = wrong(page)
    assert (path, at) == ("source/p.md", line) and said in told


def test_a_page_cannot_grow_without_end() -> None:
    FILES.update({f"includes/n{at}.md": f'--8<-- "n{at + 1}.md"\n' * 10 for at in range(30)})
    FILES["includes/n30.md"] = "x"
    assert all("one too many" in told for *_, told in wrong('--8<-- "n0.md"'))
    FILES["includes/large.md"] = "y" * 1_500_000
    assert ["makes the page too large" in told for *_, told in wrong('--8<-- "large.md"\n' * 2)] == [True]
    assert len(wrong('--8<-- "none.md"\n' * 3000)) < 30
    assert len(wrong('--8<-- "' + "a" * 5000 + '"')) == 1


def test_a_file_that_a_page_includes_often_is_read_once() -> None:
    asked: list[str] = []
    page = '--8<-- "a.md:1:1"\n' * 9
    assert of_page("source/p.md", page.encode(), READS, lambda name: asked.append(name) or reading(name))
    assert asked == ["includes/a.md"]


def test_no_file_is_read_from_elsewhere(make: Make, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    root = make({"index.md": '# Home\n\n--8<-- "link.md"\n'}, extra='dialect = ["mkdocs"]\n')
    (root / "includes").mkdir()
    (root / "includes/link.md").symlink_to(tmp_path / "secret.md")
    content = read(load(root))
    (told,) = content.amiss()
    assert "link out of the site" in told.text and told.span == ("source/index.md", 3)
    with pytest.raises(LockstepError):
        content.whole()
    for name in ("../secret.md", "../../secret.md", "templates/page.html", "people.yaml", "includes/../people.yaml"):
        assert not any(inputs.read(root, one) for one in excerpts.ways("", name)), name


def site(make: Make) -> Path:
    root = make(
        {
            "index.md": '# Home\n\n--8<-- "note.md"\n\nAfter.\n',
            "b.md": '# B\n\n!!! tip\n\n    --8<-- "note.md"\n',
            "c.md": "# C\n\nNo more.\n",
            "code.md": '# Code\n\n```py\n--8<-- "x.py"\n```\n',
        },
        extra='dialect = ["mkdocs"]\n',
    )
    (root / "includes").mkdir()
    (root / "includes/note.md").write_text("Keep it dry.\n\nCall [us](c.md).\n")
    (root / "includes/x.py").write_text("run()\n")
    return root


def test_an_included_text_is_a_message_of_its_own_file(make: Make) -> None:
    root = site(make)
    catalog = translate(root, {"Keep it dry.": "Manténgalo seco."})
    said = catalog.read_text()
    assert (
        "#: source/b.md source/index.md includes/note.md" in said
        or "#: source/b.md includes/note.md source/index.md" in said
    )
    assert said.count('msgid "Keep it dry."') == 1
    places = {
        one.key.msgid: (str(one.span), str(one.place))
        for one in read(load(root)).by_path["source/index.md"].document.messages()
    }
    assert places["Call [us](c.md)."] == ("source/index.md:3", "includes/note.md:3")
    assert places["After."] == ("source/index.md:5", "source/index.md:5")
    built(root)
    for name in ("index.html", "b/index.html"):
        assert "Manténgalo seco." in (root / "dist/es" / name).read_text()
    assert '<code class="language-py">run()' in (root / "dist/es/code/index.html").read_text()
    assert not [*(root / "dist").rglob("note*")]
    assert main(["audit", "--root", str(root)]) == 0


def test_a_finding_is_where_the_text_is_written(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = site(make)
    (root / "includes/note.md").write_text("Keep it [dry](no.md).\n\n{% x %}\n")
    assert main(["check", "--root", str(root)]) == 1
    said = capsys.readouterr().out
    assert "includes/note.md:1" in said and "includes/note.md:3" in said and "source/b.md:5" not in said
    assert said.count("includes/note.md:3") == 1


def test_an_edited_file_writes_the_pages_that_include_it_and_no_other(make: Make, tmp_path: Path) -> None:
    """Warm is as cold, and what rests on the file is found by it."""
    root = site(make)
    translate(root, {"Keep it dry.": "Manténgalo seco."})
    for _ in range(2):  # the second time all is known
        assert main(["update", "--root", str(root)]) == 0
        assert main(["build", "--root", str(root)]) == 0
    before = {path: path.stat().st_mtime_ns for path in (root / "dist").rglob("*.html")}
    (root / "includes/note.md").write_text("Keep it cool.\n\nCall [us](c.md).\n")
    assert main(["update", "--root", str(root)]) == 0
    assert 'msgid "Keep it cool."' in (root / "locale/es/LC_MESSAGES/messages.po").read_text()
    assert main(["build", "--root", str(root)]) == 0
    after = {path: path.stat().st_mtime_ns for path in (root / "dist").rglob("*.html")}
    pages = {path.relative_to(root / "dist").as_posix() for path in after if before.get(path) != after[path]}
    assert {"en/index.html", "es/index.html", "en/b/index.html", "es/b/index.html"} <= pages
    assert not {one for one in pages if "/c/" in one or "/code/" in one}
    assert "Keep it cool." in (root / "dist/en/b/index.html").read_text()
    warm = read_tree(root / "dist")
    shutil.rmtree(root / "dist")
    os.environ["LOCKSTEP_STORE"], old = str(tmp_path / "other"), os.environ["LOCKSTEP_STORE"]
    try:
        assert main(["build", "--root", str(root)]) == 0
    finally:
        os.environ["LOCKSTEP_STORE"] = old
    assert read_tree(root / "dist") == warm


def test_a_missing_file_holds_back_its_pages_alone(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = site(make)
    (root / "source/b.md").write_text('# B\n\n--8<-- "none.md"\n')
    assert main(["build", "--root", str(root)]) != 0
    assert "source/b.md:3" in capsys.readouterr().err
    assert "Keep it dry." in (root / "dist/en/index.html").read_text()
    assert not (root / "dist/en/b/index.html").exists()
    (root / "includes/none.md").write_text("Here now.\n")
    assert main(["update", "--root", str(root)]) == 0
    assert main(["build", "--root", str(root)]) == 0
    assert "Here now." in (root / "dist/en/b/index.html").read_text()


def test_every_page_ends_with_what_the_settings_append(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """Links led nowhere, since the file with their addresses stands below every page of its tool."""
    pages = {"index.md": "# Home\n\nThe WHO: [here][there]", "b.md": "# B\n\nNothing."}
    root = make(pages, extra='dialect = ["mkdocs"]\nappend = ["abbrs.txt"]\n')
    (root / "includes").mkdir()
    (root / "includes/abbrs.txt").write_text("*[WHO]: World Health Organization\n\n[there]: https://who.int\n")
    updated(root)
    built(root)
    page = (root / "dist/en/index.html").read_text()
    assert '<abbr title="World Health Organization">WHO</abbr>: <a href="https://who.int"' in page
    said = (root / "locale/es/LC_MESSAGES/messages.po").read_text()
    assert said.count("World Health Organization") == 1 and "includes/abbrs.txt" in said
    assert main(["audit", "--root", str(root)]) == 0
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text().replace('append = ["abbrs.txt"]\n', ""))
    (root / "mkdocs.yml").write_text(
        "markdown_extensions:\n  - pymdownx.snippets:\n      auto_append:\n        - abbrs.txt\n"
    )
    capsys.readouterr()
    assert main(["check", "--root", str(root)]) == 1
    assert "mkdocs.yml:3" in capsys.readouterr().out


def test_a_page_that_every_page_ends_with_does_not_end_with_itself() -> None:
    FILES["source/links.md"] = "# Links\n\n[a]: https://e.org\n"
    for path, wanted in ("source/links.md", ""), ("source/p.md", "\n# Links\n\n[a]: https://e.org"):
        whole = of_page(path, b"x", READS, reading, ["links.md"])
        assert whole and whole.findings == () and whole.text == f"x{wanted and chr(10)}{wanted}"


@pytest.mark.parametrize("mark", ["{{#include a.md}}", "{! a.md !}"])
def test_nothing_is_included_above_a_page(make: Make, mark: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = make({"index.md": f'---\ntitle: "{mark}"\n---\n\n# Home\n'}, extra='dialect = ["mkdocs", "mdbook"]\n')
    assert main(["check", "--root", str(root)]) == 1
    said = capsys.readouterr().out
    assert "Copy its text." in said and "or name" not in said


def test_a_book_shows_the_code_it_includes(make: Make) -> None:
    root = make(
        {"index.md": "# Home\n\n```rust\n{{#include ../listings/a.rs:run}}\n```\n"}, extra='dialect = ["mdbook"]\n'
    )
    (root / "includes/listings").mkdir(parents=True)
    (root / "includes/listings/a.rs").write_text("# hidden\n// ANCHOR: run\nrun();\n// ANCHOR_END: run\n")
    content = read(load(root))
    assert content.amiss() == [] and content.included == {"source/index.md": ("includes/listings/a.rs",)}
    updated(root)
    built(root)
    assert '<code class="language-rust">run();\n</code>' in (root / "dist/en/index.html").read_text()


@pytest.mark.parametrize("name", ["includes/note.md", "source/_parts/d.md", "source/c.md"])
def test_a_site_in_memory_shows_what_a_build_would(make: Make, name: str) -> None:
    root = site(make)
    (root / "source/_parts").mkdir()
    (root / "source/_parts/d.md").write_text("D.\n")
    path = root / "source/b.md"
    path.write_text(path.read_text() + '\n--8<-- "_parts/d.md"\n--8<-- "c.md:3"\n')
    updated(root)
    live = Live(root, clock.read)
    assert shown(live) == whole(root)
    (root / name).write_text((root / name).read_text() + "\nNew here.\n")
    live.take([name])
    assert shown(live) == whole(root)
    assert any(b"New here." in body for path, body in shown(live).items() if path.endswith("b/index.html"))


def test_a_copy_of_a_page_is_held_beside_its_own_texts(make: Make, tmp_path: Path) -> None:
    """An included text, which no copy has, got the translation of the one before it, as a guess."""
    root = make(
        {"index.md": '# Home\n\nThe WHO says so.\n\n--8<-- "note.md"\n\nWash your hands.\n'},
        extra='dialect = ["mkdocs"]\n',
    )
    (root / "includes").mkdir()
    (root / "includes/note.md").write_text("Keep the pump dry.\n")
    (tmp_path / "es").mkdir()
    copy = '# Inicio\n\nLo dice la OMS.\n\n--8<-- "note.md"\n\nLávese las manos.\n'
    (tmp_path / "es/index.md").write_text(copy, "utf-8")
    assert main(["adopt", "--root", str(root), "--pages", f"es={tmp_path / 'es'}", "--write"]) == 0
    found = {
        entry.key.msgid: entry.strings[0] for entry in po_file.load(root, "locale/es/LC_MESSAGES/messages.po").entries
    }
    assert found["Keep the pump dry."] == ""
    assert (found["The WHO says so."], found["Wash your hands."]) == ("Lo dice la OMS.", "Lávese las manos.")


def test_translated_copies_and_other_tools_read_no_file() -> None:
    """Who has no site at hand, such as Babel, names what it cannot read."""
    assert "would include a file" in "".join(one.text for one in page('--8<-- "a.md"').findings)
    assert "would include a file" in "".join(one.text for one in page("{{#include a.md}}").findings)
    assert [
        one.text for one in page('```\n{{#include a.md}}\n```\n\n```\n--8<-- "a"\n```').findings if "includ" in one.text
    ] != []


VITE = constructs(["common", "vitepress"])
PARTS = {
    "source/parts/a.md": "---\ntitle: A\n---\nOne.\n\n<!-- #region b -->\nTwo.\n<!-- #endregion b -->\n",
    "source/parts/b.md": "<!--@include: ./a.md#b-->\nThree.",
    "includes/snippets/c.js": "// #region d\nrun();\n// #endregion d\nend();\n",
}
EMBEDDED = [
    ("<!--@include: ./parts/a.md-->\nb", "One.\n\n<!-- #region b -->\nTwo.\n<!-- #endregion b -->\nb"),
    ("a\n\n<!-- @include: @/parts/a.md#b -->\n", "a\n\nTwo.\n"),
    ("<!--@include: ./parts/b.md-->", "Two.\nThree."),
    ("<!--@include: ./parts/a.md{4,5}-->", "One.\n"),
    ("<!--@include: ./parts/a.md{7}-->", "Two."),
    ("- <!--@include: ./parts/a.md{4}-->", "- One."),
    ("<<< @/snippets/c.js", "```js\n// #region d\nrun();\n// #endregion d\nend();\n```"),
    ("<<< ../snippets/c.js#d{1 ts:line-numbers} [Run it]", "```ts [Run it]\nrun();\n```"),
    ("- a\n\n  <<< @/snippets/c.js#d", "- a\n\n  ```js\n  run();\n  ```"),
]


@pytest.mark.parametrize(("text", "wanted"), EMBEDDED)
def test_what_vitepress_includes_stands_in_its_place(text: str, wanted: str) -> None:
    found = of_page(
        "source/index.md", text.encode(), VITE, lambda name: PARTS[name].encode() if name in PARTS else None
    )
    assert found and found.text == wanted and found.findings == ()
    assert of_page("source/index.md", text.encode(), READS, reading) is None, "that is VitePress' alone"


def test_what_vitepress_cannot_include_is_named_and_code_shows_how() -> None:
    for text in (
        "<!--@include: ./none.md-->",
        "<<< @/none.js",
        "<!--@include: @/parts/a.md#none-->",
        "<!--@include: ./parts/a.md{90,99}-->",
    ):
        found = of_page(
            "source/index.md",
            f"a\n\n{text}".encode(),
            VITE,
            lambda name: PARTS[name].encode() if name in PARTS else None,
        )
        assert found and [(one.code, one.span.line) for one in found.findings] == [("unreadable", 3)], text
    assert of_page("source/index.md", b"```md\n<<< @/snippets/c.js\n```", VITE, reading) is None
    assert page("<<< @/a.js").findings and page("<!--@include: ./a.md-->").findings, "named where it is not read"


SHOWN = {
    "includes/a.md": "---\ntitle: A\n---\nOne.\n\n<!-- here -->\nTwo.\n<!-- end -->\nThree.\n",
    "source/guide/b.md": "Beside.",
    "source/examples/pods/c.yaml": "kind: Pod",
    "source/guide/in.md": '{{% include "b.md" %}}\nMore.',
    "includes/d.py": "1\n2\n3\n4\n5",
    "source/guide/t.md": "```\nx\n```",
}
BY_HUGO = [
    ('{{< readfile file="/includes/a.md" >}}', "One.\n\n<!-- here -->\nTwo.\n<!-- end -->\nThree."),
    ('{{% include "b.md" %}}', "Beside."),
    ("{{% include file='/content/en/guide/b.md' /%}}", "Beside."),
    ("{{< include b.md >}}", "Beside."),
    ("- x\n\n  {{<include `in.md`>}}", "- x\n\n  Beside.\n  More."),
    ('{{< readfile file="b.md" code="true" lang="text" >}}', "```text\nBeside.\n```"),
    ('{{< readfile file="t.md" code="true" >}}', "````markdown\n```\nx\n```\n````"),
    ('{{% code_sample file="pods/c.yaml" %}}', "```yaml\nkind: Pod\n```"),
    ('```\n{{< readfile file="b.md" >}}\n```', "```\nBeside.\n```"),
]
BY_MYST = [
    ("```{include} b.md\n```", "Beside."),
    (":::{include} /guide/b.md\n:relative-docs: x\n\n:::", "Beside."),
    ("```{include} ../a.md\n:start-after: <!-- here -->\n:end-before: <!-- end -->\n```\nz", "Two.\nz"),
    ("~~~{include} /a.md\n:start-line: 6\n:end-line: -2\n~~~", "Two."),
    (
        "- x\n\n  ```{literalinclude} /d.py\n  :lines: 2-3,5\n  :linenos:\n  ```",
        "- x\n\n  ```python\n  2\n  3\n  5\n  ```",
    ),
    ("```{literalinclude} /d.py\n:language: text\n:start-at: 4\n```", "```text\n4\n5\n```"),
    ("```{include} b.md\n:literal:\n```", "```markdown\nBeside.\n```"),
]
LEFT = [
    ("hugo", '{{</* readfile file="b.md" */>}}'),
    ("hugo", 'x {{< readfile file="b.md" >}} y'),
    ("hugo", '`{{< readfile file="b.md" >}}`'),
    ("hugo", '{{< include "notice" >}}'),
    ("hugo", '{{< include file="b.md" title="T" >}}'),
    ("hugo", '{{< readfile file="b.md" %}}'),
    ("hugo", '{{< figure src="b.md" >}}'),
    ("hugo", '{{< code lang="js" >}}\nb\n{{< /code >}}'),
    ("hugo", "include b.md"),
    ("common", '{{< readfile file="b.md" >}}'),
    ("common", "```{include} b.md\n```"),
    ("myst", "````md\n```{include} b.md\n```\n````"),
    ("myst", "```{include} b.md\n:heading-offset: 1\n```"),
    ("myst", "```{include} b.md\nwords\n```"),
    ("myst", "```{include} b.md"),
    ("myst", "```include b.md\n```"),
    ("myst", "```{literalinclude} /d.py\n:caption: Words\n```"),
    ("myst", "Write {include} b.md in it."),
]


def shown_by(dialect: str, page: str) -> tuple[str, list[str]]:
    whole = of_page("source/guide/p.md", page.encode(), constructs([dialect]), lambda name: SHOWN[name].encode() if name in SHOWN else None)  # fmt: skip
    return (whole.text, [one.text for one in whole.findings]) if whole else (page, [])


@pytest.mark.parametrize(("page", "wanted"), BY_HUGO)
def test_a_shortcode_of_hugo_that_shows_a_file_is_its_text(page: str, wanted: str) -> None:
    assert shown_by("hugo", page) == (wanted, [])


@pytest.mark.parametrize(("page", "wanted"), BY_MYST)
def test_a_directive_that_includes_a_file_is_its_text(page: str, wanted: str) -> None:
    assert shown_by("myst", page) == (wanted, [])


@pytest.mark.parametrize(("dialect", "page"), LEFT)
def test_what_only_looks_so_or_says_more_is_left(dialect: str, page: str) -> None:
    assert shown_by(dialect, page) == (page, [])


@pytest.mark.parametrize(
    ("dialect", "page"),
    [
        ("hugo", '{{< readfile file="none.md" >}}'),
        ("hugo", '{{< include "../../../etc/b.md" >}}'),
        ("myst", "```{include} none.md\n```"),
        ("myst", "```{include} /a.md\n:start-after: nowhere\n```"),
        ("myst", "```{literalinclude} /d.py\n:lines: 90-99\n```"),
    ],
)
def test_a_file_that_cannot_be_shown_is_named(dialect: str, page: str) -> None:
    said, wrong = shown_by(dialect, page)
    assert said == "" and len(wrong) == 1 and ("not there" in wrong[0] or "names lines" in wrong[0])


LONG = [
    ("hugo", "{{< include" + " " * 3000),
    ("hugo", "{{< include a" + " " * 30_000 + "x"),
    ("myst", "```{literalinclude} /d.py\n:lines: 1" + " " * 100_000 + "x\n```"),
]


@pytest.mark.parametrize(("dialect", "page"), LONG)
def test_a_line_of_many_spaces_is_read_once(dialect: str, page: str) -> None:
    """Of 800 spaces behind `{{< include` it took 20 s, of twice as many eight times as long."""
    assert shown_by(dialect, page) == (page, [])


@pytest.mark.parametrize(
    "page", ["```{literalinclude} n.txt\n:lines: " + "1-," * 20_000 + "1\n```", '--8<-- "n.txt:' + "1:," * 150 + '1"']
)
def test_lines_that_are_named_again_and_again_are_not_gathered(page: str) -> None:
    """20,000 times all 40,000 lines of a file were 800 million numbers before anybody asked how many they are."""
    text = b"\n" * 40_000
    whole = of_page("source/p.md", page.encode(), READS | {"inclusions"}, lambda name: text if name[-5:] == "n.txt" else None)  # fmt: skip
    assert whole and ["makes the page too large" in one.text for one in whole.findings] == [True]


def test_a_text_that_hugo_shows_is_a_message_at_its_file(make: Make) -> None:
    """It was an error with the advice to copy the text."""
    root = make({"index.md": 'A.\n\n{{% include "/includes/note.md" %}}\n'}, extra='dialect = ["common", "hugo"]\n')
    (root / "includes").mkdir()
    (root / "includes/note.md").write_text("Stop the pump.\n")
    updated(root)
    (one,) = (
        m
        for m in read(
            load(root),
        ).messages()
        if m.key.msgid == "Stop the pump."
    )
    assert one.written and (one.written.path, one.written.line) == ("includes/note.md", 1)


BASE_PATHS = [
    ("      base_path: docs/parts\n", ("source/parts",)),
    ("      base_path: [docs, 'parts', \"more/x\"]\n", ("source", "includes/parts", "includes/more/x")),
    ("      base_path:\n        - parts\n        # a\n        - docs/b-c # d\n      check_paths: true\n", ("includes/parts", "source/b-c")),
    ("      base_path:\n      - .\n      - ../out\n      - /etc\n", ()),
    ("docs_dir: content\n      base_path: content/a\n", ("source/a",)),
    ("      check_paths: true\n", ()),
]  # fmt: skip


@pytest.mark.parametrize(("said", "wanted"), BASE_PATHS)
def test_the_folders_of_snippets_of_a_mkdocs_yml(said: str, wanted: tuple[str, ...]) -> None:
    head = "" if said.startswith("docs_dir") else "markdown_extensions:\n  - pymdownx.snippets:\n"
    assert includes.snippet_bases(f"{head}{said}") == wanted


def test_a_snippet_is_found_in_the_folder_that_mkdocs_yml_names(make: Make) -> None:
    """Each such page was an error until its lines were written anew."""
    root = make(
        {"index.md": 'A.\n\n--8<-- "note.md"\n', "_parts/note.md": "Stop the pump.\n"},
        extra='dialect = ["common", "mkdocs"]\n',
    )
    assert [one.code for one in read(load(root)).amiss()] == ["unreadable"]
    (root / "mkdocs.yml").write_text("markdown_extensions:\n  - pymdownx.snippets:\n      base_path: [docs/_parts]\n")
    assert "Stop the pump." in {one.key.msgid for one in read(load(root)).messages()}
    built(root)
    (root / "source/_parts/note.md").write_text("Start the pump.\n")
    updated(root)
    built(root)
    assert "Start the pump." in (root / "dist/en/index.html").read_text("utf-8")


@pytest.mark.parametrize(("dialect", "text", "said"), [
    ("myst", "```{include} b.md\n:heading-offset: 1\n```", "with no other options"),
    ("common", "```{include} b.md\n```", "with the dialect `myst` alone"),
    ("hugo", 'x {{< include "b.md" >}} y', "on a line of its own"),
    ("hugo", '{{< include file="b.md" title="T" >}}', "by the file's name alone"),
    ("common", "{% include b.md %}", "which nobody does here"),
])  # fmt: skip
def test_what_is_not_included_is_told_how_it_would_be(make: Make, dialect: str, text: str, said: str) -> None:
    """It was said that nobody includes files here, on sites where others are included."""
    root = make({"index.md": f"# A\n\n{text}\n", "b.md": "# B\n"}, extra=f'dialect = ["{dialect}"]\n')
    assert any(said in one.text for one in check(project_of(root)) if one.span.path == "source/index.md")
