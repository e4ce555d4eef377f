"""The audit's reader reads HTML as the standard says, however odd: each row is a page, and what its readers get of it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.site import html_text

ROWS: list[tuple[str, str, list[str]]] = [
    ("nothing", "", []),
    ("a page", "<!doctype html><html lang=es><title>T</title><p data-block=a.1>one <b>two</b>", ["es::T", "es:a.1:one ", "es:a.1:two"]),
    ("white space counts inside of blocks alone", "<p> <i data-block=a><b>x</b> <b>y</b></i> <i> </i>", [":a:x", ":a: ", ":a:y"]),
    ("a paragraph ends where the next begins", "<p lang=es><b>a<p>b", ["es::a", "::b"]),
    ("an item ends where the next begins", "<ul><li lang=es><q>a<li>b", ["es::a", "::b"]),
    ("a term ends where its definition begins", "<dl><dt lang=es><q>a<dd>b", ["es::a", "::b"]),
    ("a cell ends where the next begins", "<table><td lang=es><q>a<td>b<tr><th>c", ["es::a", "::b", "::c"]),
    ("what formats goes on in the next paragraph", "<p><i lang=es>a<p>b</i>c", ["es::a", "es::b", "::c"]),
    ("text in a table stands before it", "<table lang=es>a<td>b</table>", ["::a", "es::b"]),
    ("an end tag of nothing", "<p lang=es>a</div></b>b</p>c", ["es::ab", "::c"]),
    ("an end tag of a paragraph alone is a paragraph", "a</p>b", ["::a", "::b"]),
    ("text after the page is in the page", "<html lang=es><body>a</body></html>b", ["es::ab"]),
    ("a late body and a late html say what is not said yet", "<html lang=es><p>a<body lang=en><html lang=fr>b", ["en::ab"]),
    ("of two attributes the first counts", "<p lang=es lang=en data-block=a data-block=b>x", ["es:a:x"]),
    ("names in capitals", "<P LANG=es DATA-BLOCK=a>x", ["es:a:x"]),
    ("a language in no language", "<div lang=es>a<p lang=''>b<p lang>c", ["es::a", "::b", "::c"]),
    ("entities in attributes", "<p lang='&#101;s' data-block='a&period;1'>&lt;&ampx", ["es:a.1:<&x"]),
    ("an empty element that is none", "<i lang=es />a<br lang=fr>b", ["es::a", "es::b"]),
    ("what a template holds is not on the page", "a<template><p data-block=a>b</template>c", ["::a", "::c"]),
    ("what is instead of something", "<body><noscript>a</noscript><object>b</object><video>c</video><iframe>d</iframe><dialog>e</dialog>", []),
    ("an open dialog", "<dialog open>a", ["::a"]),
    ("what is hidden", "<p hidden>a<p hidden=until-found>b<p aria-hidden=TRUE>c<p style='DISPLAY :&#10;none'>d<p style='display:nonesuch'hidden>e", []),
    ("hidden all around", "<div hidden><p>a<p style='display: block'>b</div>c", ["::c"]),
    ("comments", "<!-->a<!--->b<!-- --!>c<!-- > --\\>d--><!x>e<?php f ?>g</ h>i<![CDATA[>j", ["::a", "::b", "::c", "::e", "::g", "::i", "::j"]),
    ("CDATA in a drawing", "<svg><text lang=es><![CDATA[a<b>]]></text><title>c</title></svg>d", ["es::a<b>", "::c", "::d"]),
    ("text of a field is text", "<textarea><p data-block=a>b</textarea><title><i>c</title>", ["::<p data-block=a>b", "::<i>c"]),
    ("code that runs or paints is no text", "<script>a<!--<script></script>--></script>b<style><p>c</style>d", ["::b", "::d"]),
    ("NUL", "a\0b&#0;", ["::ab\ufffd"]),
    ("a surrogate", "a\ud800b", ["::ab"]),
    ("English beside", "<p data-block=a lang=es>x<span class='k beside' lang=en>y <b>z", ["es:a:x", "en:a:y ", "en:a:z"]),
]  # fmt: skip


@pytest.mark.parametrize(("html", "texts"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_what_is_read(html: str, texts: list[str]) -> None:
    found = [one for one in html_text.read(html).texts if not one.attribute and not one.place.hidden]
    assert [f"{one.place.lang}:{one.place.block}:{one.text}" for one in found] == texts


def test_what_else_is_seen() -> None:
    html = """<html lang=es><title>T</title><meta name=Description content=D><link hreflang=en><script type=application/ld+json>{"a<b>": 1}
    </script><p data-block=a class=c>x <time>y</time><code>z</code><i lang=en>v</i><span class=beside lang=en>w</span><p data-block=a>2
    <a class=footnote-backref title=t>u</a><p id=i hidden>n<p id=i>m<p id=j><img alt=k>"""
    found = html_text.read(html)
    assert (found.lang, found.twice, found.data.strip()) == ("es", ("a",), '{"a<b>": 1}')
    assert (dict(found.words), dict(found.beside)) == ({"a": "x yzv2"}, {"a": "w"})
    assert found.told == {""} and list(found.idents) == ["i", "j"], "of two ids the first counts"
    assert [link.get("hreflang") for link in found.links] == ["en", None]
    of = {one.text.strip(): one for one in found.texts}
    assert [text for text, one in of.items() if one.attribute] == ["D", "t", "k"]
    assert [text for text, one in of.items() if one.place.own] == ["v"]
    assert [text for text, one in of.items() if one.place.silent] == ["z", "t", "u"] and of["u"].place.block == ""
    assert [text for text, one in of.items() if one.place.time] == ["y"] and not of["y"].place.silent
    assert of["k"].place.ident == "j" and [text for text, one in of.items() if one.place.beside] == ["w"]


def test_a_fragment_begins_anywhere() -> None:
    found = html_text.read("<td title=x>A</td> b<li lang=es>c</li><tr><td>d", fragment=True)
    assert [(one.place.lang, one.text) for one in found.texts] == [
        ("", "x"),
        ("", "A"),
        ("", " b"),
        ("es", "c"),
        ("", "d"),
    ]


def test_the_text_of_our_own_html_is_what_the_reader_reads() -> None:
    """The build tells it without a parser."""
    for html in (
        "a  <b>b</b>\n&amp;<!-- c -->",
        '<img alt="x > y" src="z">a<br>\nb &lt;i&gt;',
        "<bdi>5</bdi> ml",
        "a > b",
        "",
    ):
        read = "".join(one.text for one in html_text.read(html, fragment=True).texts if not one.attribute)
        assert html_text.folded(html_text.text_of(html)) == html_text.folded(read)


PIECES = "<p> </p> <td> <table> </table> <template> </template> <svg> <math> <title> <script> </script> <!-- --> <![CDATA[ ]]> \0 &#0; &am " \
    "<body+lang=en> <html+lang> </html> <frameset> <select> <b+id=a> <a+href> </a> x <noscript> <plaintext> <li+data-block=q> <iframe> \ud800 é " \
    "< \" ' = / <meta+charset=utf-7> \ufeff <selectedcontent> <form> <br/> </br>"  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES.replace("+", " ").split(" ")) | st.text(max_size=5), max_size=30).map("".join),
    st.booleans(),
)
def test_nothing_is_too_odd_to_be_read(html: str, fragment: bool) -> None:
    found = html_text.read(html, fragment=fragment)
    assert html_text.read(html, fragment=fragment) == found
    assert {one.place.block for one in found.texts} <= {"", *found.blocks} and found.told <= {"", *found.idents}


def test_depth_is_no_matter() -> None:
    assert html_text.read("<div lang=es>" * 3000 + "x").texts[0].place.lang == "es"


def test_only_reading_needs_the_parser() -> None:
    script = "import sys; from pipeline.site import html_text as h; h.digest('a'); h.folded('a'); assert 'selectolax' not in sys.modules; h.read('a'); assert 'selectolax' in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)
