"""The safe subset of YAML: strings as written, and an error with its line for everything else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.main import main
from pipeline.content import yaml
from pipeline.core.errors import LockstepError
from tests.conftest import Make


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "a: no\nb: 1.10\nc: 12:30\nd: ~\ne:\nf: 'x'",
            {"a": "no", "b": "1.10", "c": "12:30", "d": "~", "e": "", "f": "x"},
        ),
        ("a:\n  - b: c\n  - d", {"a": [{"b": "c"}, "d"]}),
        ("a: >-\n  two\n  lines\n", {"a": "two lines"}),
        ("", {}),
        ("# only a comment\n", {}),
    ],
)
def test_values_are_text(text: str, wanted: dict[str, object]) -> None:
    assert yaml.load("s.yaml", text) == wanted


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("dose: 5 ml\ndose: 50 ml\n", 2, "`dose` stands twice"),
        ("a: &x 1\nb: *x\n", 1, "anchor"),
        ("a: 1\nb: *x\n", 2, "alias"),
        ("a: 1\n<<: {b: c}\n", 2, "merge key"),
        ("a: !!python/object:os.system x\n", 1, "tag"),
        ("a: !local x\n", 1, "tag"),
        ("- a\n", 1, "key: value"),
        ("a: [b\n", 1, "not valid YAML: a bracket that is not closed"),
        ("a: b\n---\nc: d\n", 2, "second YAML document"),
        ("a: " + "[" * 50 + "]" * 50, 1, "nested too deeply"),
        ("? [a]\n: b\n", 1, "not text"),
        ("a: \x07\n", 1, "not valid YAML: the character U+0007\n  Remove it."),
        ("é: é\na: \x07", 2, "the character U+0007"),
        ("a:\n\tb: c\n", 2, "not valid YAML: a tab, where YAML takes spaces alone\n  Indent the line with spaces."),
        ("a:\n  b: c\n\td: e\n", 3, "a tab"),
        ("a: |\n\tb\n", 2, "a tab"),
        ("a: b: c\n", 1, "a colon where no key can be"),
        ("a: b\n c: d\n", 2, "a colon where no key can be"),
        ("x: y\na: 'b\nc: d\n", 2, "a quotation mark that is never closed"),
        ("a: {b: c d: e}\n", 1, "items in it that no comma parts"),
        ("a: [b\nc: d\n", 1, "a bracket that is not closed"),
        ("a: @b\n", 1, "a value that begins with @\n  Put the value in quotes."),
        ("a: b\nc: ]\n", 2, "a value that begins with ]"),
        ("a: b\nc\nd: e\n", 2, "a line without a colon"),
        ("a: 'it's'\n", 1, "something behind the end of a value (s)"),
        ("a:\n  b: c\n d: e\n", 3, "a line that is indented otherwise"),
        ("a:\n  - b\n  c: d\n", 3, "a line that is no item"),
        ("a: - b\n", 1, "a `- ` behind a key"),
        ('a: "x\\q"\n', 1, "a backslash in double quotes"),
        ('a: x\nb: "c\\0d"\n', 2, "control character U+0000"),
    ],
)
def test_refused(text: str, line: int, said: str) -> None:
    with pytest.raises(LockstepError) as found:
        yaml.load("s.yaml", text)
    assert found.value.line == line and said in str(found.value)


def test_declared_keys_become_messages_with_their_line() -> None:
    text = "name: A clinic\nclinic:\n  hours: Open  all\n    day\n  phone: 555\nnav:\n  - label: One\n  - label: Two\n"
    document = yaml.read("source/site.yaml", text, ["name", "clinic.*", "nav.label"])
    assert [(message.key, message.span.line) for message in document.messages()] == [
        (("name", "A clinic"), 1),
        (("clinic.hours", "Open all day"), 3),
        (("nav.label", "One"), 7),
        (("nav.label", "Two"), 8),
    ]


@given(st.text(alphabet="ab:- \t\n'\"[]{},?|>@%&*!\\#\r\x0b\x85\u2028é", max_size=40))
def test_whatever_is_no_yaml_is_told_by_a_line_of_it(text: str) -> None:
    try:
        yaml.load("s.yaml", text)
    except LockstepError as problem:
        assert problem.line and 1 <= problem.line <= len(text.splitlines()) + 1 and problem.todo
        assert problem.what.count("\n") == 0


def test_facts_that_cannot_be_read_are_not_called_missing(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """One tab, one error: nobody can tell which facts there are. Where the file is right, what it lacks is told."""
    root = make({"index.md": "# Home\n\nCall {clinic.phone} or {clinic.fax}.\n"})
    site = root / "source/site.yaml"
    for body, wanted in (
        ("name: X\nclinic:\n\tphone: '1'\n", [("syntax", "source/site.yaml", 3)]),
        ("name: X\nclinic:\n  phone: '1'\n", [("placeholder", "source/index.md", 3)]),
        ("name: X\n", [("placeholder", "source/index.md", 3)] * 2),
    ):
        site.write_text(body)
        assert main(["check", "--root", str(root), "--format", "json"]) == 1
        told = json.loads(capsys.readouterr().out)["findings"]
        assert [(one["check"], one["file"], one["line"]) for one in told if one["level"] == "error"] == wanted
