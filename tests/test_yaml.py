"""The safe subset of YAML: strings as written, and an error with its line for everything else."""

from __future__ import annotations

import pytest

from pipeline.content import yaml
from pipeline.core.errors import LockstepError


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
        ("a: [b\n", 2, "not valid YAML"),
        ("a: b\n---\nc: d\n", 2, "second YAML document"),
        ("a: " + "[" * 50 + "]" * 50, 1, "nested too deeply"),
        ("? [a]\n: b\n", 1, "not text"),
        ("a: \x07\n", 1, "not valid YAML"),
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
