"""Every code that a finding can have, so that a misspelt one is told."""

from __future__ import annotations

from functools import lru_cache

from pipeline.checks import readability, runner

OTHERS = [
    "alt-text",
    "anchor",
    "below-gate",
    "box",
    "catalog",
    "control-character",
    "date",
    "dialect",
    "directive",
    "draft",
    "duplicate-id",
    "edit-log",
    "edit-log-ahead",
    "empty",
    "exceptions",
    "footnote-empty",
    "footnote-twice",
    "footnote-unused",
    "former",
    "front-matter",
    "history",
    "html-lang",
    "html-left-out",
    "html-unreachable",
    "link",
    "media",
    "merged",
    "nesting",
    "not-published",
    "notice",
    "out-of-step",
    "people",
    "picture-words",
    "placeholder",
    "plural",
    "provenance",
    "question",
    "questions",
    "recall-lost",
    "recalls",
    "recalls-ahead",
    "recalls-approval",
    "reference-title",
    "reviews",
    "settings",
    "shape",
    "slug",
    "slugs",
    "syntax",
    "table-row",
    "template",
    "template-attribute",
    "template-block",
    "template-place",
    "template-variable",
    "too-long",
    "unclosed",
    "unlisted",
    "untitled",
    "unread-page",
    "unreadable",
    "unchanged-since-edit",
]
"""The codes of what is no check of a translation and no hint: about files, settings, ledgers and the state of the site."""


@lru_cache
def every() -> frozenset[str]:
    """All of them."""
    return frozenset([*OTHERS, *readability.CODES, *(str(check.code) for check in runner.every_rule())])
