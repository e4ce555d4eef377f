"""The names that no machine is to translate: told to browsers in the texts of pages, seen by nobody else."""

from __future__ import annotations

import re
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.glossary import Glossary, Name, kept
from pipeline.cli.main import main
from pipeline.commands.audit import audit
from pipeline.content import parse
from pipeline.content.inline_html import render
from pipeline.core.inline import Facts, Syntax
from pipeline.site import html_text
from tests.conftest import Make, built, read_tree, translate
from tests.sites import interface

NAMES = Glossary(
    (
        Name("morphine", {}),
        Name("SynchroMed II", {"ar": ("سينكروميد 2",), "zh": ("美敦力泵",)}),
        Name("P-20+", {}),
        Name("pump", {"es": ("bomba*",)}),
    )
)
ROWS = [
    ("es", "Tome morfina.", []),
    ("en", "Morphine, morphine; MORPHINE.", ["Morphine", "morphine"]),
    ("en", "morphines, amorphine", []),
    ("es", "La SynchroMed II.", ["SynchroMed II"]),
    ("es", "La SynchroMed III.", []),
    ("es", "Dos bombas y una Bomba", ["bombas", "Bomba"]),
    ("es", "Una P-20+ y P-20.", ["P-20+"]),
    ("ar", "مضخة سينكروميد 2 الآن", ["سينكروميد 2"]),
    ("fr", "Une pompe **morphine** et `morphine`", ["morphine"]),
    ("zh_Hans", "使用美敦力泵吗", ["美敦力泵"]),
    ("en", "![morphine](morphine.svg) [x](morphine.md)", []),
]
NAMED = re.compile(r'<span class="notranslate" translate="no">(.*?)</span>')


def html(locale: str, text: str, glossary: Glossary = NAMES) -> str:
    return render(parse(text, Syntax.TEXT), Facts({}, {}, locale == "ar", kept(glossary, locale)))


@pytest.mark.parametrize(("locale", "text", "wanted"), ROWS)
def test_a_name_is_marked_where_it_stands_as_it_is(locale: str, text: str, wanted: list[str]) -> None:
    made = render(parse(text, Syntax.MARKDOWN), Facts({}, {}, locale == "ar", kept(NAMES, locale)))
    assert [
        re.sub("<[^>]*>", "", one) for one in NAMED.findall(made.replace('<bdi dir="ltr">', "").replace("</bdi>", ""))
    ] == wanted


@given(
    st.lists(
        st.sampled_from(["morphine", "a", " ", "II", "SynchroMed ", "&", "<", "5-10", "bombas", "سينكروميد 2", "."])
    ).map("".join),
    st.sampled_from(["en", "es", "ar", "zh_Hans"]),
)
def test_nobody_else_sees_it(text: str, locale: str) -> None:
    """The words, what the audit sees of a block, and what is copied are the same with and without."""
    plain, marked = html(locale, text, Glossary()), html(locale, text)
    assert html_text.text_of(plain) == html_text.text_of(marked)
    page = '<html lang="es"><body><p data-block="a">{}</p></body></html>'
    one, other = (html_text.read(page.format(found)) for found in (plain, marked))
    assert (one.words, one.made) == (other.words, other.made)


def test_pages_follow_the_glossary_and_nothing_else_of_them_does(make: Make) -> None:
    page = "# Home\n\nAsk for morphine.\n\nAnd for [baclofen](index.md).\n\n![morphine](a.svg)\n"
    root = make({"index.md": page, "a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}, locales=("es",))
    translate(root, {**interface("es"), "Home": "Inicio", "Ask for morphine.": "Pida morphine."}, "es")
    built(root)
    before = read_tree(root / "dist")
    path = root / "locale/glossary.yaml"
    path.write_text("protected:\n  - morphine\n  - baclofen\n")
    built(root)
    after = read_tree(root / "dist")
    assert audit.audit(root / "dist") == []
    changed = {name for name in after if before.get(name) != after[name] and name.endswith(".html")}
    assert (
        {"en/index.html", "es/index.html"}
        <= changed
        <= {"en/index.html", "es/index.html", "status/index.html", "status/es/index.html"}
    )
    for name, wanted in (("en", ["morphine", "baclofen"]), ("es", ["morphine", "baclofen"])):
        text = after[f"{name}/index.html"].decode()
        assert (
            NAMED.findall(text.partition("<article")[2]) == wanted
            and NAMED.sub(r"\1", text) == before[f"{name}/index.html"].decode()
        )
    shutil.rmtree(root / "dist")
    path.unlink()
    built(root)
    assert read_tree(root / "dist") == before, "a page that an earlier run made is not kept where the names are others"
    assert main(["audit", "--root", str(root)]) == 0
