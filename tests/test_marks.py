"""Marks of authors that nobody knows, and what has no end: said at their line; nothing is lost, written or published by them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands.check import check
from pipeline.content import markdown
from pipeline.content.marks import ANY_MARKS, Marks
from pipeline.core.model import Level
from tests.conftest import Make, project_of, translate

SITE = Marks(("recipe",), ("weight", "x-*"))
CODES = {"box", "directive", "front-matter", "unclosed"}

RIGHT = [
    "::: warning\nStop.\n:::",
    "::: Warning\nStop.\n:::",
    "::: tip Before you go\nStop.\n:::",
    "::: recipe For the weekend\nStop.\n:::",
    ":::: note\n::: warning\nStop.\n:::\n::::",
    "- ::: warning\n  Stop.\n  :::\n- b",
    "> ::: warning\n> Stop.\n> :::\n\nb",
    "`::: waring` and `{a.b}`",
    "```md\n::: waring\n<!-- I18n: critical -->\n```",
    "````md\n```sh\nls\n```\n````",
    "~~~\n```sh\nls\n~~~",
    "```\nls\n```\n\na\n\n```sh\nls\n```",
    "- ```\n  ls\n  ```\n- b",
    "    ```\n    indented",
    "<!-- ask the nurse: skip this -->\n\na",
    "<!-- TODO: critical -->\n\na",
    "<!-- markdownlint-disable -->\n\na",
    "<!-- two\n\nparagraphs -->\n\na",
    "<!-- i18n: critical -->\n\na",
    "<!-->\n\na",
    "a <!-- b --> c",
    "<script>\nvar a = '<!--';\n\nb\n</script>\n\na",
    "<script src=x></script>\n\na",
    "<pre>\na\n\nb\n</pre>\n\nc",
    "<div>\n<pre>a\n</pre>\n</div>",
    "<svg><title/><style/></svg>\n\na",
    "<img alt='the <select> field' src=x>\n\na",
    "<details>\n<summary>a</summary>\n\nb\n</details>",
    "<select>\n<option>a</option>\n</select>",
    "a <textarea>b</textarea> c",
    "---\n\na\n\n---",
    "---\ntitle: a\nweight: 3\nx-y: z\ndraft: false\nclass: b\n---\na",
    "---\ndate: 2026-01-01\nsubtitle: b\nlayout: c\n---\na",
    "<!-- old\n\n<b>a</b> -->\n\nb",
    "<script>\ndocument.write('<script src=x><\\/script>')\n</script>\n\na",
    "<template>\n<template>a</template>\n</template>",
    "<details><summary>a</summary>\n\n<details><summary>b</summary>\n\nc\n</details>\n</details>",
    "Take <s>one</s> two.\n\n<del>\n\na\n\n</del>",
    "a <s>b\n\nc</s> d",
    "<a name=dose>\n\na",
    "a <b>b\n\n<div class=x>\n\nc",
    "<ul><li hidden>a<li>b</ul>\n\n<p hidden>a\n\nb",
    "<table><tr><td>a<td>b</table>",
    "<div title='a hidden b'>\n\nc",
    "<textarea><s></textarea>\n\na `<s>`",
    "<audio src=x controls></audio> a",
    "::: note The <s>old</s> `<s>` dose\na\n:::",
    "<svg width=9><path style='display:none' d=''/><a href=x/><g hidden/></svg>\n\na",
    "<svg style='visibility:hidden'/> a",
    "<!--[if !IE]><!-->\n<p>a</p>\n<!--<![endif]-->\n\nb",
    "<svg></svg><div hidden/>\n\nb",
    "<div>\n<iframe src=x />\n</div>\n\nb",
    "a ::: b",
    "Wow!!! Really",
    "> [!important link](x.md)",
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text: str) -> None:
    found = markdown.read("p.md", text, ("title",), marks=SITE).findings
    assert [one for one in found if one.code in CODES] == []


WRONG = [
    ("a\n\n::: waring\nStop.\n:::", "box", 3, "Did you mean `warning`?"),
    ("::: emergancy Call now\nStop.\n:::", "box", 1, "Did you mean `emergency`?"),
    ("::: recipee A title\nStop.\n:::", "box", 1, "Did you mean `recipe`?"),
    ("::: recipe\nStop.\n:::", "box", 1, "needs a title"),
    ("::: xyz\nStop.\n:::", "box", 1, "The boxes are: note, tip"),
    (":::warning[Never]\nStop.\n:::\n\na", "box", 1, "is read as text"),
    ("::: {.warning}\nStop.\n\n:::", "box", 1, "is read as text"),
    ("a\n\n:::", "box", 3, "is read as text"),
    ("> [!WARNING]\n> Stop.", "box", 1, "is read as text"),
    ('!!! danger "Never"\n    Stop.', "box", 1, "is read as text"),
    ("a\n\n::: warning\nStop.\n\nb", "unclosed", 3, "This box has no end"),
    (":::: note\n::: warning\nStop.\n::::\n\nb", "unclosed", 2, "This box has no end"),
    ("- ::: warning\n  Stop.\n- b", "unclosed", 1, "This box has no end"),
    ("<!-- I18n: critical -->\n\na", "directive", 1, "Did you mean `<!-- i18n: critical -->`?"),
    ("a\n\n<!-- il8n: skip -->\n\na", "directive", 3, "Did you mean `<!-- i18n: skip -->`?"),
    ("<!-- i18n critical -->\n\na", "directive", 1, "`<!-- i18n: critical -->`"),
    ("<!-- critical -->\n\na", "directive", 1, "`<!-- i18n: critical -->`"),
    ("<!-- i18n: critcal -->\n\na", "directive", 1, "`<!-- i18n: critical -->`"),
    ("<!-- i18n: Context=the verb -->\n\nOpen", "directive", 1, "`<!-- i18n: context=the verb -->`"),
    ("<!-- lockstep: critical -->\n\na", "directive", 1, "`<!-- i18n: critical -->`"),
    ("a <!-- I18N: skip --> b", "directive", 1, "inside a paragraph"),
    ("<div>\n<!-- I18n: critical -->\nStop\n</div>", "directive", 2, "`<!-- i18n: critical -->`"),
    ("---\ntitel: a\n---\nb", "front-matter", 2, "Did you mean `title`?"),
    ("---\ntitle: a\nTitle: a\n---\nb", "front-matter", 3, "Did you mean `title`?"),
    ("---\ndescripton: a\n---\nb", "front-matter", 2, "Did you mean `description`?"),
    ("---\ndarft: true\n---\nb", "front-matter", 2, "Did you mean `draft`?"),
    ("---\nweigth: 3\n---\nb", "front-matter", 2, "Did you mean `weight`?"),
    ("---\ndraft: maybe\n---\nb", "front-matter", 2, "neither true nor false"),
    ("---\ntitle: Alarms\n\n# Alarms", "unclosed", 1, "has no end"),
    ('+++\ntitle = "Alarms"\n+++\n\na', "front-matter", 1, "is not YAML"),
    ("a\n\n```sh\nls\n\n## Doses\n\nTake care.", "unclosed", 3, "no end"),
    ("a\n\n~~~\nls\n```\n\nb", "unclosed", 3, "no end"),
    ("a\n\n```", "unclosed", 3, "no end"),
    ("> ```\n> ls\n\nb", "unclosed", 1, "no end"),
    ("```sh\nls\n\n## Doses\n\n```sh\nls\n```", "unclosed", 1, "before another one begins, 5 lines below"),
    ("a\n\n<!-- ask\n\n## Doses\n\nb", "unclosed", 3, "`<!--` has no end"),
    ('a\n\n<p><img src=x ""a.png" alt="A pump></p>\n\nb "c" d', "unclosed", 3, "`<img>` has no end"),
    ("<div>\n<!-- ask\n\n## Doses -->\n</div>", "unclosed", 2, "`<!--` has no end"),
    ("a\n\n<script>\nvar a;\n\n## Doses", "unclosed", 3, "`<script>` has no end"),
    ("<div><script>\n\nb</script></div>", "unclosed", 1, "`<script>` has no end"),
    ("<style>\na\n</script>\n\nb", "unclosed", 1, "`<style>` has no end"),
    ("a\n\n<pre>\na\n\n## Doses", "unclosed", 3, "`<pre>` has no end"),
    ("a\n\n<textarea>\na\n\n## Doses", "unclosed", 3, "`<textarea>` has no end"),
    ("a <textarea> b\n\nc", "unclosed", 1, "`<textarea>` has no end"),
    ("<?php\n\na", "unclosed", 1, "`<?` has no end"),
    ("<template>\n\n## Doses", "unclosed", 1, "`<template>` has no end"),
    ("a\n\n<!-- ask Dr. Lee\n\n## Doses\n\n<!-- i18n: critical -->\n\nb", "unclosed", 3, "before another one begins, 4 lines below"),
    ("a <!-- ask <!-- i18n: critical --> b", "unclosed", 1, "before another one begins, in the same line"),
    ("<div>\n<!-- a\n<p>b</p>\n<!-- c -->\n</div>", "unclosed", 2, "before another one begins"),
    ("<script>\nvar a;\n\n## Doses\n\n<script>\nvar b;\n</script>", "unclosed", 1, "before another one begins"),
    ("<style>\na\n\nb\n\n<style>\nc\n</style>", "unclosed", 1, "before another one begins"),
    ("<pre>\na\n\n## Doses\n\n<pre>\nb\n</pre>", "unclosed", 1, "before another one begins"),
    ("Take <s>one two tablets.\n\nRest.", "unclosed", 1, "`<s>` has no end: a browser strikes out"),
    ("a\n\n<del>\n\nb", "unclosed", 3, "`<del>` has no end"),
    ("- a <details><summary>b</summary>\n\nc", "unclosed", 1, "`<details>` has no end: readers do not see"),
    ("<details>\n<summary>a</summary>\n\nb\n\n<details>\n<summary>c</summary>\n\nd\n</details>", "unclosed", 1, "`<details>`"),
    ("<div hidden>\n\na", "unclosed", 1, "`<div>` has no end: readers do not see"),
    ("a\n\n<section\nstyle='color: red; display:none'>\n\nb", "unclosed", 3, "`<section>` has no end"),
    ("<audio controls src=x>\n\na", "unclosed", 1, "`<audio>` has no end"),
    ("<table>\n<tr><td>a</td></tr>\n\nb", "unclosed", 1, "`<table>` has no end"),
    ("See <a href='x.md'>this.\n\nb", "unclosed", 1, "`<a>` has no end"),
    ("::: note Take <s>one\na\n:::", "unclosed", 1, "`<s>` has no end"),
    ("a\n\n!!! note \"Take <s>one\"\n    b", "unclosed", 3, "`<s>` has no end"),
    ("<script>a</script>\n<style>b</style><s>\n\nb", "unclosed", 2, "`<s>` has no end"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "line", "said"), WRONG)
def test_what_is_wrong_is_said_at_its_line(text: str, code: str, line: int, said: str) -> None:
    found = [one for one in markdown.read("p.md", text, ("title",), marks=SITE).findings if one.code == code]
    assert found and found[0].span.line == line and said in found[0].text, found
    assert found[0].level.name == "ERROR"


def test_where_nobody_can_tell_what_a_site_adds_nothing_is_unknown() -> None:
    text = "---\ntitel: a\n---\n::: waring\nStop.\n:::"
    assert not CODES & {one.code for one in markdown.read("p.md", text, (), marks=ANY_MARKS).findings}


def codes(root: Path) -> set[tuple[str, str]]:
    """What `check` says of the English: code and place."""
    return {(one.code, str(one.span)) for one in check(project_of(root)) if not one.locale}


FACTS = "name: Site\nclinic:\n  phone: 555-0142\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# A\n\n| a | b |\n| --- | --- |\n| Nurse | {clinic.fone} |", 5),
        ("# A\n\n[Call](tel:{clinic.fone})", 3),
        ("# A\n\n<tel:{clinic.fone}>", 3),
        ("# A\n\n[Call][x]\n\n[x]: tel:{clinic.fone}", 3),
        ("# A\n\n![{clinic.fone}](x.svg)", 3),
        ("# A\n\n[Call](https://a.example 'On {clinic.fone}')", 3),
        ("# A\n\n<p>\n{clinic.fone}</p>", 4),
        ("# A\n\n<a href='tel:{clinic.fone}'>Call</a>", 3),
        ("# A\n\n::: tip {clinic.fone}\nb\n:::", 3),
        ("---\ntitle: '{clinic.fone}'\n---\n\na", 2),
        ("# Call {clinic.fone}", 1),
        ("# A\n\nCall {clinc.phone}.", 3),
        ("# A\n\nCall {nurse.phone}.", 3),
    ],
)
def test_a_fact_that_nobody_stated_is_an_error_wherever_it_stands(make: Make, text: str, line: int) -> None:
    root = make({"index.md": text}, data=FACTS)
    (root / "source/x.svg").write_text("<svg/>")
    assert ("placeholder", f"source/index.md:{line}") in codes(root)
    for right in ("{clinic.phone}", "\\{clinic.fone}"):
        fine = text.replace("{clinic.fone}", right).replace("{clinc.phone}", right).replace("{nurse.phone}", right)
        if "\\" not in right or not any(mark in text for mark in ("tel:", "<p>", "title", "![", "'On")):
            (root / "source/index.md").write_text(fine)
            assert "placeholder" not in {code for code, _ in codes(root)}, fine
    (root / "source/index.md").write_text("# A\n\nCall {clinic.fone}.")
    (root / "source/site.yaml").write_text("name: Site\n")
    assert ("placeholder", "source/index.md:3") in codes(root), "nor where there is no fact at all"


def test_an_escaped_brace_begins_no_placeholder(make: Make) -> None:
    root = make({"index.md": "# \\{clinic.phone}\n\nWrite \\{clinic.phone} for {clinic.phone}.\n"}, data=FACTS)
    translate(root, {"Write \\{clinic.phone} for {clinic.phone}.": "Escriba \\{clinic.phone} para {clinic.phone}."})
    assert main(["build", "--root", str(root)]) == 0 and main(["audit", "--root", str(root)]) == 0
    english, spanish = ((root / "dist" / name / "index.html").read_text() for name in ("en", "es"))
    assert "Write {clinic.phone} for <" in english and "Escriba {clinic.phone} para <" in spanish
    assert ">{clinic.phone} · " in english and ">555-0142<" in spanish


HELD = (
    '[Call](https://a.example "On \\{clinic.phone} now")',
    "[Call](https://a.example 'On &#123;clinic.phone} now')",
    "[Call](https://a.example (On &lbrace;clinic.phone} now))",
    '![Call](x.svg "On \\{clinic.phone} now")',
    "![On \\{clinic.phone} now](x.svg)",
    "![*On &#x7B;clinic.phone} now*](x.svg)",
    '[Call][one]\n\n[one]: https://a.example "On \\{clinic.phone} now"',
    '[Call][one]\n\n[one]: https://a.example "On\n  \\{clinic.phone} now"',
    "<b>[Call](https://a.example 'On \\{clinic.phone} now')</b>",
)
"""A fact that its author escaped, where the parser gives one string."""


@pytest.mark.parametrize("text", HELD)
def test_an_escaped_brace_in_an_attribute_begins_no_placeholder(make: Make, text: str) -> None:
    root = make({"index.md": f"# A\n\nThe number is {{clinic.phone}}.\n\n{text}\n"}, data=FACTS)
    (root / "source/x.svg").write_text("<svg/>")
    own = text.split("\n")[0]
    spanish = own.replace("Call", "Llame").replace("On ", "Al ").replace(" now", " ya")
    translate(root, {"The number is {clinic.phone}.": "El número es {clinic.phone}.", own: spanish})
    assert main(["build", "--root", str(root)]) == 0 and main(["audit", "--root", str(root)]) == 0
    english, pages = ((root / "dist" / name / "index.html").read_text() for name in ("en", "es"))
    for page in (english, pages):
        words = " ".join(page.split())
        assert re.search(r'(?:alt|title)="(?:On|Al) \{clinic\.phone\} (?:now|ya)"', words), words
    if own != spanish and "&" not in own and own.count("\\"):
        translate(root, {own: spanish.replace("\\", "")})
        assert "brings" in {one.code for one in check(project_of(root))}


def test_an_escaped_brace_in_an_address_begins_no_placeholder(make: Make) -> None:
    root = make(
        {
            "index.md": "# A\n\n[Call](https://a.example/\\{clinic.phone}), [call](<tel:\\{clinic.phone}>), [so](tel:{clinic.phone})\n"
        },
        data=FACTS,
    )
    assert main(["build", "--root", str(root)]) == 0 and main(["audit", "--root", str(root)]) == 0
    page = (root / "dist/en/index.html").read_text()
    own = re.findall(r'href="(?:https://a.example/|tel:)([^"]*)"[^>]*>(Call|call|so)<', page)
    assert own == [("%7bclinic.phone%7D", "Call"), ("%7bclinic.phone%7D", "call"), ("555-0142", "so")]


SWALLOWS = ("```sh\nls\n", "<!-- ask\n", "<script>\nvar a;\n", "<pre>\na\n", "::: warning\n", "---\ntitle: a\n")


@pytest.mark.parametrize("swallow", SWALLOWS)
def test_a_page_with_no_end_changes_nothing(make: Make, swallow: str) -> None:
    root = make({"index.md": "# Pump\n\nFirst.\n\n## Doses\n\nTake care.\n"})
    translate(root, {"First.": "Primero.", "Take care.": "Tenga cuidado."})
    assert main(["build", "--root", str(root)]) == 0
    before = {
        path: path.read_bytes() for name in ("locale", "dist") for path in (root / name).rglob("*") if path.is_file()
    }
    text = (root / "source/index.md").read_text()
    (root / "source/index.md").write_text(
        swallow + text if "---" in swallow else text.replace("## Doses", f"{swallow}\n## Doses")
    )
    codes = [main([verb, "--root", str(root)]) for verb in ("extract", "update", "check", "build")]
    assert codes == [2, 2, 1, 2]
    assert before == {
        path: path.read_bytes() for name in ("locale", "dist") for path in (root / name).rglob("*") if path.is_file()
    }


def test_what_another_tool_would_fill_in_is_named(make: Make) -> None:
    root = make({"index.md": "# Home\n\nSee {rootdir:/docs/http.html}.\n\nWrite \\{key:value} or {a: b} or `{c:d}`.\n"})
    said = [(one.level, one.span.line) for one in check(project_of(root)) if one.code == "placeholder"]
    assert said == [(Level.INFO, 3)]


def test_drafts_are_not_there(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    draft = "---\ntitle: Secret launch\ndraft: true # not yet\n---\n\nNot before May.\n\n::: waring\n"
    pages = {
        "index.md": "# Home\n\n[Launch](launch.md)\n",
        "launch.md": draft,
        "b.md": "---\ndraft: no\n---\n\nHere.\n",
    }
    root = make(
        pages, data="name: Site\nnav:\n  - page: index.md\n    label: Home\n  - page: launch.md\n    label: Launch\n"
    )
    assert [main([verb, "--root", str(root)]) for verb in ("update", "check", "build", "audit")] == [0, 0, 0, 0]
    assert {("draft", "source/launch.md:1"), ("draft", "source/site.yaml:5"), ("link", "source/index.md:3")} <= codes(
        root
    )
    made = [path for name in ("dist", "locale") for path in (root / name).rglob("*") if path.is_file()]
    assert not any(b"before May" in path.read_bytes() or b"Secret" in path.read_bytes() for path in made)
    assert (root / "dist/en/b/index.html").exists() and not (root / "dist/en/launch").exists()
    (root / "source/launch.md").write_text(
        draft.replace("true", "false").replace("waring", "warning").rstrip() + "\nStop.\n:::\n"
    )
    assert [main([verb, "--root", str(root)]) for verb in ("update", "build")] == [0, 0]
    assert "Not before May" in (root / "dist/en/launch/index.html").read_text()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "front", ["---\ndraft: true\n---\n", "---\npublished: false\n---\n", "+++\ndraft = true\n+++\n"]
)
def test_a_draft_is_one_whatever_its_lines_end_with(make: Make, front: str, end: str) -> None:
    root = make({"index.md": "# Home\n"}, extra='dialect = ["hugo"]\n')
    (root / "source/launch.md").write_bytes(f"{front}\n# Launch\n\nNot yet.\n".replace("\n", end).encode())
    assert ("draft", "source/launch.md:1") in codes(root)
    assert [main([verb, "--root", str(root)]) for verb in ("update", "build")] == [0, 0]
    assert not (root / "dist/en/launch").exists()


def test_a_line_across_the_page_may_be_its_first(make: Make) -> None:
    """Prose between two lines of `---` is no front matter; what would be one and is written badly still is."""
    prose = "---\n\n# Done\n\nThis works.\n\nnpm install -g it\n\n---\n"
    root = make({"index.md": "# Home\n", "done.md": prose, "bad.md": "---\ntitle Mine\nwidth: 3\n---\n\n# Bad\n"})
    found = {(one.span.path, one.span.line) for one in check(project_of(root)) if one.level is Level.ERROR}
    assert found == {("source/bad.md", 3)}
    for wrong in ("title:Dosing\nnoindex:true", "my key: [x", '"My title": [x', "題 目: [歡迎", "title： Welcome"):
        (root / "source/bad.md").write_text(f"---\n{wrong}\n---\n\n# Bad\n")
        assert "source/bad.md" in {one.span.path for one in check(project_of(root)) if one.level is Level.ERROR}, wrong
    (root / "source/bad.md").unlink()
    assert [main([verb, "--root", str(root)]) for verb in ("update", "build", "audit")] == [0, 0, 0]
    page = (root / "dist/en/done/index.html").read_text()
    assert ">Done</h1>" in page and "This works." in page and page.count("<hr>") == 2


def test_the_settings_name_what_other_tools_read(make: Make) -> None:
    page = "---\nwidth: 3\nlayout: a\n---\n\n# Home\n\n::: recipe Soup\nStir.\n:::\n"
    root = make({"index.md": page, "b.md": "---\nlayout: a\n---\nText\n"})
    found = {one.text.partition(".")[0] for one in check(project_of(root)) if one.code in CODES}
    assert found == {
        "`width` means nothing to Lockstep",
        "`layout` means nothing to Lockstep (and on 1 more page)",
        "`::: recipe` is no box that Lockstep knows",
    }
    path = root / "pyproject.toml"
    path.write_text(
        path.read_text().replace(
            "[tool.lockstep]\n", '[tool.lockstep]\nboxes = ["recipe"]\nfront-matter = ["w*", "layout"]\n'
        )
    )
    assert not {one.code for one in check(project_of(root))} & CODES


@pytest.mark.parametrize(
    ("was", "now", "severity", "said"),
    [
        ("::: emergency", "::: note", "critical", "box: emergency → note"),
        ("::: emergency Call", "::: note Call", "critical", "box: emergency → note"),
        ("::: emergency", "::: warning", "critical", "box: emergency → warning"),
        ("::: warning", "::: emergency", "wording", "box: warning → emergency"),
        ("::: tip", "::: note", "wording", "box: tip → note"),
        ("::: tip", "::: warning", "wording", "box: tip → warning"),
        ("> ::: danger", "> ::: tip", "critical", "box: danger → tip"),
    ],
)
def test_a_changed_box_is_an_edit_of_its_texts(
    make: Make, capsys: pytest.CaptureFixture[str], was: str, now: str, severity: str, said: str
) -> None:
    end = "\n> Stop.\n> :::\n" if ">" in was else "\n- Stop.\n:::\n"
    root = make({"index.md": f"# Pump\n\n::: note\nFirst.\n:::\n\n## Alarm\n\n{was}{end}"})
    translate(root, {"Stop.": "Pare."})
    assert main(["review", "--root", str(root), "en", "index", "--as", "clinician", "--by", "Dr. Li"]) == 0
    log = root / "locale/edits.jsonl"
    before = log.read_text() if log.exists() else ""
    page = root / "source/index.md"
    page.write_text(page.read_text().replace(was, now))
    assert "out-of-step" in {code for code, _ in codes(root)}, "until it is logged"
    assert main(["impact", "--root", str(root)]) in (0, 1) and said in capsys.readouterr().out
    assert main(["update", "--root", str(root)]) == 0
    lines = [json.loads(line) for line in log.read_text().removeprefix(before).splitlines()]
    boxes = [line for line in lines if line["how"] == "box"]
    assert [(line["page"], line["block"], line["severity"], line["reasons"]) for line in boxes] == [
        ("source/index.md", "alarm", severity, [said])
    ]
    assert main(["update", "--root", str(root)]) == 0 and log.read_text().count(said) == 1


def test_a_box_that_comes_or_goes_is_logged(make: Make) -> None:
    page = "# Pump\n\n::: danger\nStop.\n:::\n"
    root = make({"index.md": page})
    for text, wanted in (
        ("# Pump\n\nStop.\n", ("critical", "box: danger removed")),
        (page, ("wording", "box: danger added")),
    ):
        assert main(["update", "--root", str(root)]) == 0
        (root / "source/index.md").write_text(text)
        assert main(["update", "--root", str(root)]) == 0
        rows = [json.loads(line) for line in (root / "locale/edits.jsonl").read_text().splitlines()]
        assert wanted in {(row["severity"], row["reasons"][0]) for row in rows if row["how"] == "box"}


OTHERS = [
    ("<!-- i18n:comment: the pump -->\n\na", [], ("the pump",)),
    ("<!-- mdbook-xgettext:comment: the pump -->\n\na", [], ("the pump",)),
    ("<!-- mdbook-xgettext:skip -->\n\na\n\nb", [], ()),
    ("<!-- i18n:comment Keep the break. -->\n\na", [], ("Keep the break.",)),
    ("<!-- i18n:comment Keep -->\n<!-- i18n:comment the break. -->\n\na", [], ("Keep", "the break.")),
    ("<!-- i18n: comment=Keep it -->\n<!-- i18n: critical -->\n\na", [], ("Keep it", "critical")),
    ("<!-- i18n: comment this out -->\n\na", [("directive", Level.WARNING)], ()),
    ("<!-- i18n:comment Keep -->\n<!-- of whom -->\n\na", [], ("Keep",)),
    ("<!-- i18n: critical -->\n\n<!--\nof whom\n-->\n\na", [], ("critical",)),
    ("<!-- i18n: critical -->\n\n<p>b</p>\n\na", [], ("critical",)),
    ('<!-- i18n: critical -->\n\n<a id="x"></a>\n\na', [], ("critical",)),
    ('<!-- i18n: critical -->\n\n<div class="x">\n\na\n\n</div>', [], ("critical",)),
    ("<!-- i18n: critical -->\n\n---\n\na", [], ("critical",)),
    ("<!-- i18n: comment=A lamp -->\n\n![](b.svg)\n\na", [], ()),
    ("<!-- i18n: comment=A lamp -->\n\n<img src=b.svg>\n\na", [], ()),
    ("<!-- i18n: comment=Code -->\n\n```\nb\n```\n\na", [], ()),
    ("<!-- i18n: skip -->\n\n---\n\na", [], ()),
    ("<!-- mdpo-disable-next-line -->\n\na", [("directive", Level.WARNING)], ()),
    ("<!-- i18n: lang=en -->\n\na", [("directive", Level.WARNING)], ()),
    ("<!-- i18n: kritical -->\n\na", [("directive", Level.ERROR)], ()),
    ("<!-- I18n: critical -->\n\na", [("directive", Level.ERROR)], ()),
]


@pytest.mark.parametrize(("text", "wanted", "comments"), OTHERS)
def test_words_to_other_tools_are_heeded_or_named_and_stop_nothing(
    text: str, wanted: list[tuple[str, Level]], comments: tuple[str, ...]
) -> None:
    document = markdown.read("p.md", text, ())
    assert [(f.code, f.level) for f in document.findings] == wanted
    assert next(document.messages()).comments == comments


@pytest.mark.parametrize(("text", "level"), [
    ("Call {phone} now.", "warning"),
    ("Call {clinic} now.", "warning"),
    ("Meet at {place}.", "info"),
    ("Write \\{phone} so.", ""),
    ("Write `{phone}` so.", ""),
    ("Call {clinic.phone}.", ""),
    ("A set {1, 2} of { x }.", ""),
])  # fmt: skip
def test_a_name_in_braces_that_lacks_its_group_is_told(make: Make, text: str, level: str) -> None:
    """Readers saw the braces, and nobody was told."""
    root = make({"index.md": f"# Pump\n\n{text}\n"}, data="name: X\nclinic:\n  phone: '555-0100'\n")
    found = [one for one in check(project_of(root)) if one.code == "placeholder"]
    assert [(str(one.span), one.level.name.lower()) for one in found] == [("source/index.md:3", level)] * bool(level)
