"""Markdown of other tools: read as what it is, or named at its line. Never text in front of readers in silence."""

from __future__ import annotations

import re

import pytest

from pipeline.content import markdown
from pipeline.content.marks import Marks
from pipeline.core.dialects import CONSTRUCTS, DIALECTS, NAMES, constructs
from pipeline.core.model import Level
from tests.laws.test_pages import in_english

COMMON = Marks(reads=constructs(["common"]))


def html(text: str, *reads: str) -> str:
    return re.sub(
        r"\n", "", in_english(markdown.read("p.md", text, (), marks=Marks(reads=constructs(reads or ["common"]))))
    )


def texts(text: str, *reads: str) -> list[str]:
    found = markdown.read("p.md", text, (), marks=Marks(reads=constructs(reads or ["common"])))
    return [message.key.msgid for message in found.messages() if message.kind != "label"]


LEAVE_ALONE = [
    "> [!important link](x.md)",
    "> A [!NOTE] inside",
    "Wow!!! note this",
    "??? ",
    "- [link] text",
    "- [ ]",
    "- [x](y.md) text",
    "1. [y] a",
    "    !!! note\n\n        a",
    "```\n!!! note\n\n    a\n```",
    "## Sets {1, 2}",
    "## The {clinic.phone} number",
    "## A {b}",
    "A {#b}",
    "See [TOC] here",
    "Title\n===",
    "[toc]: /x\n\nsee [toc]",
]


@pytest.mark.parametrize("text", LEAVE_ALONE)
def test_what_is_plain_is_left_alone(text: str) -> None:
    plain = markdown.read("p.md", text, ())
    found = markdown.read("p.md", text, (), marks=COMMON)
    assert in_english(found) == in_english(plain)
    assert [m.key for m in found.messages()] == [m.key for m in plain.messages()]
    assert [f for f in found.findings if f.code == "dialect"] == []


READ = [
    ("> [!WARNING]\n> Do *not*.", ["Do *not*."], '<div class="callout warning" role="note"><p class="callout-label">Warning</p><p>Do <em>not</em>.</p></div>'),
    ("> [!note]\n>\n> a\n>\n> - b", ["a", "b"], '<div class="callout note" role="note"><p class="callout-label">Note</p><p>a</p><ul><li>b</li></ul></div>'),
    ("> [!danger] My *title*\n> a", ["My *title*", "a"], '<p class="callout-label">My <em>title</em></p><p>a</p></div>'),
    ("> [!TIP]-\n> a", ["a"], '<details class="callout tip" role="note"><summary class="callout-label">Tip</summary><p>a</p></details>'),
    ("> [!info]\n> a", ["a"], '<div class="callout note" role="note">'),
    ("- > [!NOTE]\n  > a\n- b", ["a", "b"], '<li><div class="callout note"'),
    ('!!! danger "Never stop"\n\n    Do *not*.\n\n    - a\n\nb', ["Never stop", "Do *not*.", "a", "b"], '<div class="callout danger" role="note"><p class="callout-label">Never stop</p><p>Do <em>not</em>.</p><ul><li>a</li></ul></div><p>b</p>'),
    ("!!! warning\n    a\n    b", ["a b"], "<p>a b</p></div>"),
    ("a\n!!! warning\n    b", ["a", "b"], "<p>a</p><div"),
    ("??? question\n    a", ["Question", "a"], '<details class="callout note" role="note"><summary class="callout-label">Question</summary><p>a</p></details>'),
    ('???+ tip "T"\n    a', ["T", "a"], '<details class="callout tip" role="note" open>'),
    ("!!! note\n\n    !!! danger\n\n        a\n\n    b", ["a", "b"], '<div class="callout danger" role="note">'),
    ("- a\n\n    !!! note\n\n        b", ["a", "b"], '<div class="callout note" role="note">'),
    ('=== "At home"\n\n    a\n\n=== "Out"\n\n    b', ["At home", "a", "Out", "b"], '<p class="callout-label">At home</p><p>a</p></div>'),
    (":::warning[Never *stop*]\na\n:::", ["Never *stop*", "a"], '<div class="callout warning" role="note"><p class="callout-label">Never <em>stop</em></p>'),
    (":::tip[T]{icon=x}\na\n:::", ["T", "a"], '<p class="callout-label">T</p>'),
    ("::: tip T\na\n:::", ["T", "a"], '<p class="callout-label">T</p>'),
    ("## Call us {#call}", ["Call us"], '<a id="call-us" class="alias"></a><h2 id="call">Call us</h2>'),
    ("## Call us {: #call .big }", ["Call us"], '<h2 id="call" class="big">Call us</h2>'),
    ("## Call us {#call.big}", ["Call us"], '<h2 id="call" class="big">Call us</h2>'),
    ("## Call us {.big}", ["Call us"], '<h2 class="big" id="call-us">Call us</h2>'),
    ("Call us {#call}\n---", ["Call us"], '<h2 id="call">Call us</h2>'),
    ("## Call us {/* #call */}", ["Call us"], '<h2 id="call">Call us</h2>'),
    ("## {clinic.phone} {#call}", [], '<h2 id="call">'),
    ("- [ ] a\n- [x] b", ["a", "b"], '<li class="task"><input type="checkbox" disabled> a</li><li class="task"><input type="checkbox" disabled checked> b</li>'),
    ("1. [X] a", ["a"], '<input type="checkbox" disabled checked> a'),
    ("[TOC]\n\n## A\n\n### B", ["A", "B", "A", "B"], '<ul class="toc"><li class="toc-2"><a href="#a">A</a></li><li class="toc-3"><a href="#b">B</a></li></ul>'),
    ("[[toc]]\n\n# T\n\n## A", ["A", "T", "A"], '<li class="toc-2"><a href="#a">A</a></li></ul>'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages", "wanted"), READ)
def test_what_is_read(text: str, messages: list[str], wanted: str) -> None:
    found = markdown.read("p.md", text, (), marks=COMMON)
    assert texts(text) == messages
    assert wanted in html(text)
    assert [f for f in found.findings if f.level > Level.INFO] == []


UNREAD = [
    ("a\n\n> [!WARNING]\n> b", 3),
    ("a\n\n!!! danger\n\n    b", 3),
    ('a\n\n=== "Tab"\n\n    b', 3),
    ("a\n\n:::warning[b]\nc\n:::", 3),
    ("a\n\n## b {#c}", 3),
    ("a\n\n- [ ] b", 3),
    ("a\n\n[TOC]", 3),
]


@pytest.mark.parametrize(("text", "line"), UNREAD)
def test_what_is_not_read_is_named(text: str, line: int) -> None:
    found = [f for f in markdown.read("p.md", text, ()).findings if f.code in {"dialect", "box"}]
    assert found and (found[0].span.line, found[0].level) == (line, Level.ERROR)


TOML = '''+++
title = "Alarms # and more"
weight = 3
draft = false
tags = ["a", "b"]
date = 2026-11-01
[nav]
label = """
Two
lines"""
+++
text
'''


def test_toml_front_matter_is_read_as_yaml_is() -> None:
    keys = ("title", "nav.label")
    document = markdown.read("p.md", TOML, keys, marks=COMMON)
    assert [(m.key.msgid, m.span.line) for m in document.messages()] == [
        ("Alarms # and more", 2),
        ("Two lines", 8),
        ("text", 12),
    ]
    assert document.data == {
        "title": "Alarms # and more", "weight": "3", "draft": "false", "tags": ["a", "b"], "date": "2026-11-01", "nav": {"label": "Two\nlines"},
    }  # fmt: skip
    assert in_english(document) == "<p>text</p>\n"


FRONT = [
    ("+++\ntitle = \n+++\ntext", "syntax", 2),
    ("+++\ntitle = 'a'\ntext", "unclosed", 1),
    ("---\ntitle: a\ntext", "unclosed", 1),
    ('{\n  "title": "a"\n}\n\ntext', "front-matter", 1),
    ("+++\ntitel = 'a'\n+++\ntext", "front-matter", 2),
    ("---\npublished: perhaps\n---\ntext", "front-matter", 2),
]


@pytest.mark.parametrize(("text", "code", "line"), FRONT)
def test_what_is_wrong_in_front_matter_is_said(text: str, code: str, line: int) -> None:
    found = markdown.read("p.md", text, (), marks=COMMON).findings
    assert [(f.code, f.span.line, f.level) for f in found] == [(code, line, Level.ERROR)]


def test_two_headings_of_one_id_are_named() -> None:
    found = markdown.read("p.md", "## A {#x}\n\n## B {#x}\n\n## x", (), marks=COMMON)
    assert [(f.code, f.span.line) for f in found.findings] == [("duplicate-id", 3)]
    assert "x-1" in found.anchors


def test_every_dialect_is_made_of_constructs() -> None:
    assert {one for some in DIALECTS.values() for one in some} <= {*CONSTRUCTS}
    assert set(NAMES) == {*DIALECTS, *CONSTRUCTS}
