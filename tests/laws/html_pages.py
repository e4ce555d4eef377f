"""Random pages in HTML, for the laws."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.laws.pages import PLAIN

SPAN = st.one_of(
    PLAIN,
    PLAIN.map(lambda text: f"<em>{text}</em>"),
    PLAIN.map(lambda text: f'<b class="x" title="{text}">{text}</b>'),
    PLAIN.map(lambda text: f'<a href="https://example.org/a">{text}</a>'),
    PLAIN.map(lambda text: f'<img src=img.png alt="{text}">'),
    PLAIN.map(lambda text: f'<label>{text} <input placeholder="{text}"></label>'),
    PLAIN.map(lambda text: f"<button type=submit>{text}</button>"),
    st.sampled_from(
        [
            "a & b",
            "5 < 6",
            "a &amp; b",
            "&copy 2",
            "{clinic.phone}",
            "one<br>two",
            "<br>",
            "<!-- c -->",
            "5&nbsp;mg",
            "<code>x = 1</code>",
            "a\n  b",
            "<cite translate=no>Latin</cite>",
            "<i lang=fr>mot</i>",
            "&lt;b&gt;",
        ]
    ),
)
INLINE = st.lists(SPAN, min_size=1, max_size=3).map(" ".join)
ROW = st.lists(INLINE, min_size=2, max_size=2)


def listed(items: list[str], *, closed: bool) -> str:
    end = "</li>" if closed else ""
    return f"<ul>{''.join(f'<li>{one}{end}' for one in items)}</ul>"


LEAF = st.one_of(
    INLINE,
    INLINE.map(lambda text: f"<p>{text}</p>"),
    INLINE.map(lambda text: f"<p>{text}"),
    INLINE.map(lambda text: f"<P CLASS=big>\n{text}\n</P>\n"),
    st.tuples(st.integers(1, 6), INLINE).map(lambda pair: f"<h{pair[0]}>{pair[1]}</h{pair[0]}>"),
    st.tuples(st.lists(INLINE, min_size=1, max_size=3), st.booleans()).map(
        lambda pair: listed(pair[0], closed=pair[1])
    ),
    st.tuples(INLINE, INLINE).map(lambda pair: f"<ul><li>{pair[0]}<ol><li>{pair[1]}</ol></ul>"),
    ROW.map(lambda row: f"<table><caption>{row[0]}</caption><tr><th>{row[0]}<th>{row[1]}<tr><td>{row[1]}<td>5</table>"),
    ROW.map(lambda row: f"<table><thead><tr><th>{row[0]}</th></tr></thead><tbody><tr><td>{row[1]}</td></tr></tbody></table>"),
    PLAIN.map(lambda text: f"<h2 class='c' data-x=1>{text}</h2>"),
    ROW.map(lambda row: f"<dl><dt>{row[0]}<dd>{row[1]}</dl>"),
    ROW.map(lambda row: f"<figure><img src=a.png alt=''><figcaption>{row[0]}</figcaption></figure>{row[1]}"),
    ROW.map(lambda row: f"<details><summary>{row[0]}</summary>{row[1]}</details>"),
    ROW.map(lambda row: f"<blockquote><p>{row[0]}</blockquote><hr>{row[1]}"),
    ROW.map(lambda row: f"<hr><a href='x.html'><div>{row[0].replace('<a ', '<u ').replace('</a', '</u')}</div></a>".replace("<label>", "").replace("</label>", "")),
    PLAIN.map(lambda text: f'<iframe src="https://example.org/" title="{text}"></iframe>'),
    PLAIN.map(lambda text: f"<select><option>{text}<option>No</select>"),
    st.just("<pre>\n  code\n</pre>"),
    st.just("<script>if (1 < 2) { '</p>' }</script>"),
    st.just("<style>p > b { color: red }</style>"),
    st.just("<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>"),
    st.just("<textarea>\n</textarea>"),
    st.just("<!-- a comment -->"),
    st.just("<p>one<p><p></p>"),
    st.just("<!-- i18n: critical --><ul><li>one<li>two</ul>"),
    st.just("<!-- i18n: skip --><p>not this</p>"),
    st.just('<div class="callout warning"><p>Careful</p></div>'),
)  # fmt: skip
PAGE = st.recursive(
    st.lists(LEAF, min_size=1, max_size=4).map("\n".join),
    lambda inner: st.one_of(
        inner.map(lambda text: f'<div class="x">{text}</div>'),
        inner.map(lambda text: f"<section>\n{text}\n</section>"),
        st.tuples(inner, inner).map("".join),
    ),
    max_leaves=6,
)
"""The content of a page that nothing is wrong with."""
