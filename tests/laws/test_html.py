"""Laws of raw HTML: its tags are found in linear time, and are those that a plain search finds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.content import html_blocks
from pipeline.content.inline_html import Tags, html_nodes, same
from pipeline.core.inline import TAG

PIECES = ["<!--", "-->", "--!>", "<!-->", "<?", "?>", "<![CDATA[", "]]>", "<!x", "<a b='", "'", ">", "<b>", "</b>", "a", "\n", "<pre>", "</pre>", "<"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.integers(0, 9))
def test_tags_are_those_of_a_plain_search(html: str, start: int) -> None:
    found = [(match.span(), match.group(1, 2, 3)) for match in Tags(html, start, len(html) - 2)]
    assert found == [(match.span(), match.group(1, 2, 3)) for match in TAG.finditer(html, start, len(html) - 2)]
    tags = Tags(html)
    for place in range(len(html)):
        one, other = tags.at(place), TAG.match(html, place)
        assert (one and one.span()) == (other and other.span())


@pytest.mark.parametrize("piece", ["<!--", "<?", "<![CDATA[", "--><!--", "<textarea>>", "<a b='"])
def test_what_nothing_closes_takes_linear_time(piece: str) -> None:
    html, began = piece * 20_000, time.process_time()
    list(html_nodes(html, same))
    list(html_blocks.split(html))
    list(html_blocks.unreachable(f"<textarea>{'>' * 20_000}{html}"))
    assert time.process_time() - began < 2, "a plain search takes ten seconds and more"
